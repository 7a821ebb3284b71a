/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/fit_table.c -- the rows of a table of incidents, or all that is
 * wrong with them. */
#include "base/output.h"
#include "base/unit.h"
#include "read/column.h"
#include "read/diag.h"
#include "study/fit.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHY = 256, SHOWN = 60, TOLD = 10 };

/* ---- complaints ---- */

struct complaints {
    const char *file;
    struct rw_text text; /* a line each */
    size_t n, line;      /* line of the first */
    const char *hint;    /* the last one */
};

/* What is wrong in a cell; the hint what would be right, NULL: none, is told once
 * in a row. */
static void RW_PRINTF(5, 6) complain(struct complaints *c, const struct rw_cell *cell,
    const char *column, const char *hint, const char *fmt, ...)
{
    char s[WHY * 2];
    va_list ap;

    if (c->n++ == 0)
        c->line = cell->line;
    if (c->n > TOLD)
        return;
    va_start(ap, fmt);
    vsnprintf(s, sizeof s, fmt, ap);
    va_end(ap);
    if (c->n > 1)
        rw_text_addf(&c->text, "\n  line %zu, ", cell->line);
    rw_text_addf(&c->text, "column '%.60s': ", column);
    rw_safe_add(&c->text, s, strlen(s));
    if (hint != NULL && hint != c->hint)
        rw_text_addf(&c->text, "; %s", hint);
    c->hint = hint;
}

/* The first complaint as the error's text, the others as its detail. */
static enum rw_err
told(struct complaints *c, struct rw_error *e)
{
    const char *rest;
    char more[64] = "";
    int line = c->line < INT_MAX ? (int)c->line : INT_MAX;

    if (c->n == 0)
        return RW_OK;
    if (c->text.failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for messages");
    rest = strchr(c->text.s, '\n');
    if (c->n > TOLD)
        snprintf(more, sizeof more, "\n  and %zu more", c->n - TOLD);
    if (e->text[0] == '\0')
        snprintf(e->detail, sizeof e->detail, "%s%s", rest ? rest + 1 : "", more);
    rw_error_set(e, RW_ERR_INPUT, "%.*s",
        rest ? (int)(rest - c->text.s) : (int)c->text.len, c->text.s);
    rw_error_place(e, c->file, line, 0, "");
    return RW_ERR_INPUT;
}

/* ---- the columns ---- */

/* A column that is used, NULL cells where it is not. */
struct used {
    const char *name;
    struct rw_cell *cells;
};

struct sheet {
    const struct rw_fit_request *q;
    struct used loss, date, count, where[RW_FIT_WHERE];
    size_t n; /* rows */
    long from, to;
    struct complaints complaints;
};

static enum rw_err
load(struct used *u, const char *name, const char *bytes, size_t n_bytes,
    struct rw_arena *a, struct sheet *s, struct rw_error *e)
{
    char why[RW_COLUMN_WHY];
    enum rw_err err;

    u->name = name;
    if (name == NULL)
        return RW_OK;
    err = rw_column_read(bytes, n_bytes, name, a, &u->cells, &s->n, why);
    if (err == RW_ERR_INPUT) {
        rw_error_set(e, err, "%s", why);
        rw_error_place(e, s->q->file, 0, 0, "");
    } else if (err != RW_OK)
        rw_error_set(e, err, "no memory for '%.200s'", s->q->file);
    return err;
}

/* No column is named: which there are. */
static enum rw_err
ask_for_columns(const struct rw_fit_request *q, const char *bytes, size_t n,
    struct rw_arena *a, struct rw_error *e)
{
    char why[RW_COLUMN_WHY];
    const char **names;
    struct rw_text t;
    size_t k;
    enum rw_err err = rw_column_names(bytes, n, a, &names, &k, why);

    if (err != RW_OK) {
        rw_error_set(e, err, "%s", err == RW_ERR_INPUT ? why : "no memory");
        rw_error_place(e, q->file, 0, 0, "");
        return err;
    }
    rw_text_init(&t);
    for (size_t i = 0; i < k && i < 20; i++) {
        rw_text_add(&t, i ? ", " : "");
        rw_safe_add(&t, names[i], strnlen(names[i], 40));
    }
    err = rw_error_set(e, RW_ERR_USAGE,
        "say which column holds what: --loss, --date or --counts; '%.200s' has %s",
        q->file, t.failed ? "" : t.s);
    rw_text_fini(&t);
    return err;
}

static enum rw_err
load_all(struct sheet *s, const char *bytes, size_t n, struct rw_arena *a,
    struct rw_error *e)
{
    const struct rw_fit_request *q = s->q;
    enum rw_err err = RW_OK;

    if (q->loss == NULL && q->date == NULL && q->counts == NULL)
        return ask_for_columns(q, bytes, n, a, e);
    for (size_t k = 0; k < q->n_where && err == RW_OK; k++)
        err = load(&s->where[k], q->where[k].column, bytes, n, a, s, e);
    if (err == RW_OK)
        err = load(&s->loss, q->loss, bytes, n, a, s, e);
    if (err == RW_OK)
        err = load(&s->date, q->date, bytes, n, a, s, e);
    return err == RW_OK ? load(&s->count, q->counts, bytes, n, a, s, e) : err;
}

/* ---- the cells of a row ---- */

static const char skip_empty[] = "leave such rows out with --skip-empty",
                  skip_outside[] = "leave such rows out with --skip-outside",
                  zeros[] = "leave such rows out with --above, such as --above 1";

static bool
wanted(const struct sheet *s, size_t i)
{
    for (size_t k = 0; k < s->q->n_where; k++)
        if (strcmp(s->where[k].cells[i].text, s->q->where[k].value) != 0)
            return false;
    return true;
}

/* The used column whose cell is empty, or NULL. */
static const struct used *
empty_one(const struct sheet *s, size_t i)
{
    const struct used *all[] = {&s->loss, &s->date, &s->count};

    for (size_t k = 0; k < 3; k++)
        if (all[k]->cells && all[k]->cells[i].text[0] == '\0')
            return all[k];
    return NULL;
}

static bool
take_loss(struct sheet *s, size_t i, double *to)
{
    const struct rw_cell *c = &s->loss.cells[i];
    char why[WHY];

    if (rw_unit_parse(c->text, RW_UNIT_MONEY, NULL, to, why, sizeof why) != RW_OK)
        complain(&s->complaints, c, s->loss.name, NULL,
            "'%.*s' is no amount of money: %s", SHOWN, c->text, why);
    else if (*to < 0)
        complain(&s->complaints, c, s->loss.name, NULL,
            "'%.*s' is negative, and a loss is not", SHOWN, c->text);
    else if (*to == 0 && !(s->q->above > 0))
        complain(&s->complaints, c, s->loss.name, zeros,
            "a loss of 0 has no law of its size");
    else
        return true;
    return false;
}

static bool
take_date(struct sheet *s, size_t i, long *first, long *last, bool *outside)
{
    const struct rw_cell *c = &s->date.cells[i];
    char why[WHY];
    struct rw_date d;

    if (rw_date_parse(c->text, &d, why, sizeof why) != RW_OK) {
        complain(&s->complaints, c, s->date.name, NULL, "%s", why);
        return false;
    }
    *first = rw_date_first(d);
    *last = rw_date_last(d);
    *outside = *last < s->from || *first > s->to;
    if (*outside && s->q->skip_outside)
        return true;
    if (*outside)
        complain(&s->complaints, c, s->date.name, skip_outside,
            "%.*s is not between --from and --to", SHOWN, c->text);
    else if (*first < s->from || *last > s->to)
        complain(&s->complaints, c, s->date.name, NULL,
            "%.*s is only partly between --from and --to", SHOWN, c->text);
    else if (s->q->frequency &&
             rw_fit_period(s->q->per, *first) != rw_fit_period(s->q->per, *last))
        complain(&s->complaints, c, s->date.name, NULL,
            "%.*s does not say the %s that it is counted in", SHOWN, c->text,
            s->q->per == RW_FIT_MONTH ? "month" : "quarter");
    else
        return true;
    return false;
}

static bool
take_count(struct sheet *s, size_t i, unsigned *to)
{
    const struct rw_cell *c = &s->count.cells[i];
    char why[WHY];
    double x;

    if (rw_unit_parse(c->text, RW_UNIT_PLAIN, NULL, &x, why, sizeof why) != RW_OK)
        complain(&s->complaints, c, s->count.name, NULL, "'%.*s' is no number: %s",
            SHOWN, c->text, why);
    else if (!(x >= 0 && x <= 1e7 && x == floor(x)))
        complain(&s->complaints, c, s->count.name, NULL,
            "'%.*s' is no number of incidents: whole, from 0 to 10000000", SHOWN,
            c->text);
    else {
        *to = (unsigned)x;
        return true;
    }
    return false;
}

/* ---- the rows ---- */

/* Whether row i is kept: its values then stand at t->n. */
static bool
take_row(struct sheet *s, size_t i, struct rw_fit_table *t)
{
    const struct used *empty = empty_one(s, i);
    bool good = true, outside = false;

    if (empty && s->q->skip_empty) {
        t->empty++;
        return false;
    }
    if (empty) {
        complain(&s->complaints, &empty->cells[i], empty->name, skip_empty,
            "the cell is empty");
        return false;
    }
    if (s->date.cells)
        good = take_date(s, i, &t->first[t->n], &t->last[t->n], &outside);
    if (good && outside) {
        t->outside++;
        return false;
    }
    if (s->loss.cells)
        good = take_loss(s, i, &t->loss[t->n]) && good;
    if (s->count.cells)
        good = take_count(s, i, &t->count[t->n]) && good;
    return good;
}

static bool
make_room(const struct sheet *s, struct rw_arena *a, struct rw_fit_table *t)
{
    if (s->loss.cells)
        t->loss = RW_ARENA_NEW(a, s->n, double);
    if (s->date.cells) {
        t->first = RW_ARENA_NEW(a, s->n, long);
        t->last = RW_ARENA_NEW(a, s->n, long);
    }
    if (s->count.cells)
        t->count = RW_ARENA_NEW(a, s->n, unsigned);
    return (t->loss || !s->loss.cells) && ((t->first && t->last) || !s->date.cells) &&
           (t->count || !s->count.cells);
}

static enum rw_err
refuse_where(const struct sheet *s, struct rw_arena *a, struct rw_error *e)
{
    const char **cells[RW_FIT_WHERE];

    for (size_t k = 0; k < s->q->n_where; k++) {
        cells[k] = RW_ARENA_NEW(a, s->n, const char *);
        if (cells[k] == NULL)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory for %zu rows", s->n);
        for (size_t i = 0; i < s->n; i++)
            cells[k][i] = s->where[k].cells[i].text;
    }
    return rw_fit_nowhere(s->q, cells, s->n, a, e);
}

static enum rw_err
take_rows(
    struct sheet *s, struct rw_arena *a, struct rw_fit_table *t, struct rw_error *e)
{
    enum rw_err err;

    if (!make_room(s, a, t))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for %zu rows", s->n);
    s->complaints.file = s->q->file;
    rw_text_init(&s->complaints.text);
    for (size_t i = 0; i < s->n; i++)
        if (wanted(s, i)) {
            t->rows++;
            t->n += take_row(s, i, t);
        }
    err = told(&s->complaints, e);
    rw_text_fini(&s->complaints.text);
    if (err != RW_OK || t->rows > 0)
        return err;
    if (s->n == 0) {
        err = rw_error_set(
            e, RW_ERR_INPUT, "there is no row below the names of the columns");
        rw_error_place(e, s->q->file, 0, 0, "");
        return err;
    }
    return refuse_where(s, a, e);
}

/* Losses in one year's money, and none below the threshold. */
static enum rw_err
reckon(const struct rw_fit_request *q, struct rw_arena *a, struct rw_fit_table *t,
    struct rw_error *e)
{
    double *factor = NULL;
    size_t kept = 0;
    enum rw_err err;

    t->factor_low = t->factor_high = 1;
    if (q->money_year != 0) {
        factor = RW_ARENA_NEW(a, t->n, double);
        if (factor == NULL)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory for %zu rows", t->n);
        err = rw_fit_money(q, a, t->first, t->n, factor, e);
        if (err != RW_OK)
            return err;
        t->factor_low = INFINITY;
        t->factor_high = 0;
    }
    for (size_t i = 0; i < t->n; i++) {
        double x = t->loss[i] * (factor ? factor[i] : 1);

        if (factor) {
            t->factor_low = fmin(t->factor_low, factor[i]);
            t->factor_high = fmax(t->factor_high, factor[i]);
        }
        if (x < q->above)
            continue;
        t->loss[kept] = x;
        if (t->first) {
            t->first[kept] = t->first[i];
            t->last[kept] = t->last[i];
        }
        kept++;
    }
    t->below = t->n - kept;
    t->n = kept;
    return RW_OK;
}

enum rw_err
rw_fit_read(const struct rw_fit_request *q, struct rw_arena *a, struct rw_fit_table *t,
    struct rw_error *e)
{
    struct sheet s = {.q = q};
    char *bytes;
    size_t n;
    enum rw_err err;

    *t = (struct rw_fit_table){.n = 0};
    err = rw_fit_watch(q, &s.from, &s.to, e);
    if (err == RW_OK)
        err = rw_file_read(q->file, RW_COLUMN_BYTES, &bytes, &n, e);
    if (err != RW_OK)
        return err;
    rw_sha256_hex(bytes, n, t->sha256);
    err = load_all(&s, bytes, n, a, e);
    if (err == RW_OK)
        err = take_rows(&s, a, t, e);
    free(bytes);
    return err == RW_OK && t->loss ? reckon(q, a, t, e) : err;
}
