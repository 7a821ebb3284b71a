/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/backtest.h"

#include "base/date.h"
#include "base/unit.h"
#include "num/count.h"
#include "read/column.h"
#include "read/diag.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WHY = 256, MOST_COUNT = 10000000 };

/* Rules that stand beside the one asked for: no forgetting first. */
static const double beside[] = {1, 0.95, 0.9, 0.8, 0.7};

struct sheet {
    struct rw_input in;
    struct rw_arena *a;
    struct rw_diags d;
    struct rw_cell *count, *date, *year, *part;
    unsigned per_year; /* of `part`: 12 or 4 */
    size_t n;
    double *counts, *exposure; /* (n) those kept */
    size_t kept, first, last;  /* rows of the first and last one kept */
};

static enum rw_err
column(struct sheet *s, const char *name, bool must, struct rw_cell **cells,
    struct rw_error *e)
{
    char why[RW_COLUMN_WHY];
    const char **names;
    bool found = must;
    size_t k;
    enum rw_err err = rw_column_names(s->in.bytes, s->in.n, s->a, &names, &k, why);

    *cells = NULL;
    for (size_t i = 0; err == RW_OK && i < k; i++)
        found = found || strcmp(names[i], name) == 0;
    if (err == RW_OK && found)
        err = rw_column_read(s->in.bytes, s->in.n, name, s->a, cells, &s->n, why);
    if (err == RW_ERR_INPUT) {
        rw_error_set(e, err, "%s", why);
        rw_error_place(e, s->in.name, 0, 0, "");
    } else if (err != RW_OK)
        rw_error_set(e, err, "no memory for '%.200s'", s->in.name);
    return err;
}

static enum rw_err
columns(struct sheet *s, struct rw_error *e)
{
    enum rw_err err = column(s, "count", true, &s->count, e);

    if (err == RW_OK)
        err = column(s, "date", false, &s->date, e);
    if (err == RW_OK && s->date == NULL)
        err = column(s, "year", false, &s->year, e);
    if (err == RW_OK && s->year != NULL) {
        s->per_year = 12;
        err = column(s, "month", false, &s->part, e);
    }
    if (err == RW_OK && s->year != NULL && s->part == NULL) {
        s->per_year = 4;
        err = column(s, "quarter", false, &s->part, e);
    }
    return err;
}

static void
wrong(struct sheet *s, const struct rw_cell *c, const char *what)
{
    struct rw_span span = rw_cell_span(&s->in, c);

    rw_diag_add(&s->d, &span, "", "%s", what);
}

static bool
whole(struct sheet *s, const struct rw_cell *c, double low, double high, double *to)
{
    char why[WHY], what[WHY];

    if (rw_unit_parse(c->text, RW_UNIT_PLAIN, NULL, to, why, sizeof why) == RW_OK &&
        *to >= low && *to <= high && *to == floor(*to))
        return true;
    snprintf(what, sizeof what, "this is no whole number from %g to %.10g", low, high);
    wrong(s, c, what);
    return false;
}

/* First day of the row's period; false: told, or there are no dates. */
static bool
day_of(struct sheet *s, size_t i, long *day)
{
    char why[WHY];
    struct rw_date d = {.month = 1};
    double year, part = 1;

    if (s->date != NULL) {
        if (rw_date_parse(s->date[i].text, &d, why, sizeof why) != RW_OK) {
            wrong(s, &s->date[i], why);
            return false;
        }
        *day = rw_date_first(d);
        return true;
    }
    if (s->year == NULL || !whole(s, &s->year[i], 1000, 9999, &year) ||
        (s->part != NULL && !whole(s, &s->part[i], 1, s->per_year, &part)))
        return false;
    d.year = (int)year;
    d.month = (unsigned)(part - 1) * (12 / s->per_year) + 1;
    *day = rw_date_first(d);
    return true;
}

/* The rows between from and to.  A gap between two periods, or a step back, is one
 * that differs from the first step by more than calendars do. */
static void
rows(struct sheet *s, long from, long to)
{
    long before = 0, step = 0, day = 0;

    for (size_t i = 0; i < s->n; i++) {
        bool dated = day_of(s, i, &day);
        double count;

        if (!whole(s, &s->count[i], 0, MOST_COUNT, &count))
            continue;
        if (dated && i > 0 && day <= before)
            wrong(s, s->date ? &s->date[i] : &s->year[i],
                "periods ascend, and this one does not follow the one before");
        else if (dated && i > 1 && labs(day - before - step) > step / 9 + 1)
            wrong(s, s->date ? &s->date[i] : &s->year[i],
                "there is a gap before this period, or it has another length");
        if (dated && i > 0)
            step = i == 1 ? day - before : step;
        before = day;
        if (dated && (day < from || day > to))
            continue;
        if (s->kept == 0)
            s->first = i;
        s->last = i;
        s->exposure[s->kept] = 1;
        s->counts[s->kept++] = count;
    }
}

static enum rw_err
limit(const char *text, const char *option, bool end, long *day, struct rw_error *e)
{
    char why[WHY];
    struct rw_date d;

    *day = end ? LONG_MAX : LONG_MIN;
    if (text == NULL)
        return RW_OK;
    if (rw_date_parse(text, &d, why, sizeof why) != RW_OK)
        return rw_error_set(e, RW_ERR_USAGE, "--%s: %s", option, why);
    *day = end ? rw_date_last(d) : rw_date_first(d);
    return RW_OK;
}

static const char *
label(struct sheet *s, size_t i)
{
    if (s->date != NULL)
        return s->date[i].text;
    if (s->year == NULL)
        return NULL;
    if (s->part == NULL)
        return s->year[i].text;
    return rw_arena_printf(s->a, "%s-%s%s", s->year[i].text,
        s->per_year == 4              ? "Q"
        : strlen(s->part[i].text) < 2 ? "0"
                                      : "",
        s->part[i].text);
}

/* The rules, and each one's score. */
static enum rw_err
score(const struct rw_backtest_request *q, const struct sheet *s, struct rw_backtest *x,
    struct rw_error *e)
{
    x->discount[x->rules] = q->discount;
    x->dispersion[x->rules++] = q->dispersion;
    for (size_t k = 0; k < sizeof beside / sizeof *beside; k++) {
        x->discount[x->rules] = beside[k];
        x->dispersion[x->rules++] = 0;
    }
    for (size_t k = 0; k < x->rules; k++) {
        struct rw_score_rule r = {
            x->discount[k], x->dispersion[k], RW_BACKTEST_LEVEL, 1, 0.1, q->skip};
        enum rw_err err =
            rw_score_make(&r, s->counts, s->exposure, s->kept, &x->score[k]);

        if (err == RW_ERR_DOMAIN) {
            rw_error_set(e, RW_ERR_INPUT,
                "%zu period%s: the first %zu are for learning alone (--skip), and none "
                "is "
                "left",
                s->kept, s->kept == 1 ? "" : "s", q->skip);
            rw_error_place(e, s->in.name, 0, 0, "");
            return RW_ERR_INPUT;
        }
        if (err != RW_OK)
            return rw_error_set(e, err, "no memory for '%.200s'", s->in.name);
    }
    return RW_OK;
}

static void
look_ahead(struct rw_backtest *x)
{
    const struct rw_score *s = &x->score[0];
    double f = x->dispersion[0] > 0 ? x->dispersion[0] : 1 / s->a;
    const struct rw_count c = {.law = RW_COUNT_NEGBIN, .dispersion = f};

    x->low = rw_count_quantile(&c, s->a / s->b, (1 - RW_BACKTEST_LEVEL) / 2);
    x->high = rw_count_quantile(&c, s->a / s->b, (1 + RW_BACKTEST_LEVEL) / 2);
}

enum rw_err
rw_backtest_make(const struct rw_backtest_request *q, struct rw_arena *a,
    struct rw_backtest *x, struct rw_text *report, struct rw_error *e)
{
    struct sheet s = {
        .in = {.name = q->file.name, .bytes = q->file.bytes, .n = q->file.n}, .a = a};
    long from, to;
    enum rw_err err = limit(q->from, "from", false, &from, e);

    memset(x, 0, sizeof *x);
    x->q = q;
    rw_sha256_hex(q->file.bytes, q->file.n, x->sha256);
    rw_diags_init(&s.d);
    if (err == RW_OK)
        err = limit(q->to, "to", true, &to, e);
    if (err == RW_OK)
        err = columns(&s, e);
    if (err == RW_OK && (q->from || q->to) && s.date == NULL && s.year == NULL)
        err = rw_error_set(e, RW_ERR_USAGE,
            "--from and --to want a column 'date' or 'year' in '%.200s'", q->file.name);
    s.counts = RW_ARENA_NEW(a, s.n, double);
    s.exposure = RW_ARENA_NEW(a, s.n, double);
    if (err == RW_OK && (s.counts == NULL || s.exposure == NULL))
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", q->file.name);
    if (err == RW_OK) {
        rows(&s, from, to);
        if (s.d.total > 0) {
            rw_diags_render(&s.d, q->file.name, report);
            err = RW_ERR_INPUT;
        }
    }
    if (err == RW_OK)
        err = score(q, &s, x, e);
    if (err == RW_OK) {
        x->n = s.kept;
        x->first = label(&s, s.first);
        x->last = label(&s, s.last);
        look_ahead(x);
    }
    rw_diags_fini(&s.d);
    return err;
}
