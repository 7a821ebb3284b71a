/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/incidents.h"

#include "base/date.h"
#include "base/unit.h"
#include "read/column.h"
#include "read/diag.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WHY = 256, DATE = 32, NAMES = 256 };

struct table {
    struct rw_input in;
    const struct rw_model *m;
    struct rw_arena *a;
    struct rw_diags d;
    long from, to;
    const char **columns;
    size_t n_columns, n; /* rows */
};

/* ---- columns ---- */

static enum rw_err
refused(const struct table *t, enum rw_err err, const char *why, struct rw_error *e)
{
    if (err == RW_ERR_INPUT) {
        rw_error_set(e, err, "%s", why);
        rw_error_place(e, t->in.name, 0, 0, "");
        return err;
    }
    return rw_error_set(e, err, "no memory for '%.200s'", t->in.name);
}

static enum rw_err
begin(struct table *t, const struct rw_table_file *f, const struct rw_model *m,
    long from, long to, struct rw_arena *a, char sha256[RW_SHA256_HEX],
    struct rw_error *e)
{
    char why[RW_COLUMN_WHY];
    enum rw_err err;

    *t = (struct table){.in = {.name = f->name, .bytes = f->bytes, .n = f->n},
        .m = m,
        .a = a,
        .from = from,
        .to = to};
    rw_diags_init(&t->d);
    rw_sha256_hex(f->bytes, f->n, sha256);
    err = rw_column_names(f->bytes, f->n, a, &t->columns, &t->n_columns, why);
    return err == RW_OK ? RW_OK : refused(t, err, why, e);
}

static bool
has(const struct table *t, const char *name)
{
    for (size_t k = 0; k < t->n_columns; k++)
        if (strcmp(t->columns[k], name) == 0)
            return true;
    return false;
}

/* *cells <- NULL where a column that need not be there is not. */
static enum rw_err
column(struct table *t, const char *name, bool must, struct rw_cell **cells,
    struct rw_error *e)
{
    char why[RW_COLUMN_WHY];
    enum rw_err err;

    *cells = NULL;
    if (!must && !has(t, name))
        return RW_OK;
    err = rw_column_read(t->in.bytes, t->in.n, name, t->a, cells, &t->n, why);
    return err == RW_OK ? RW_OK : refused(t, err, why, e);
}

/* What is wrong with the rows; d is released. */
static enum rw_err
end(struct table *t, struct rw_text *report, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    if (t->d.total > 0) {
        rw_diags_render(&t->d, t->in.name, report);
        err = RW_ERR_INPUT;
    }
    if (t->d.failed || report->failed)
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", t->in.name);
    rw_diags_fini(&t->d);
    return err;
}

/* ---- cells ---- */

static void RW_PRINTF(3, 4)
    wrong(struct table *t, const struct rw_cell *c, const char *fmt, ...)
{
    struct rw_span span = rw_cell_span(&t->in, c);
    char s[2 * WHY];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(s, sizeof s, fmt, ap);
    va_end(ap);
    rw_diag_add(&t->d, &span, "", "%s", s);
}

static void
print_day(char s[DATE], long day)
{
    struct rw_date d = rw_date_of(day);

    snprintf(s, DATE, "%04d-%02u-%02u", d.year, d.month, d.day);
}

static bool
take_date(struct table *t, const struct rw_cell *c, long *first, long *last)
{
    char why[WHY], from[DATE], to[DATE];
    struct rw_date d;

    if (rw_date_parse(c->text, &d, why, sizeof why) != RW_OK) {
        wrong(t, c, "%s", why);
        return false;
    }
    *first = rw_date_first(d);
    *last = rw_date_last(d);
    if (*first >= t->from && *last <= t->to)
        return true;
    print_day(from, t->from);
    print_day(to, t->to);
    if (*last < t->from || *first > t->to)
        wrong(t, c, "this is not within the days of watch");
    else
        wrong(t, c, "only a part of this is within the days of watch");
    rw_diag_label(&t->d, "watched from %s to %s", from, to);
    rw_diag_help(&t->d, "leave such rows out, or state the watch by --from and --to");
    return false;
}

/* Index of the id among n names; SIZE_MAX: told. */
static size_t
find_id(struct table *t, const struct rw_cell *c, const char *what, const char *id,
    const char *const names[], size_t n)
{
    const char *near;

    for (size_t k = 0; k < n; k++)
        if (strcmp(names[k], id) == 0)
            return k;
    wrong(t, c, "the scenario has no %s '%s'", what, rw_diag_shown(&t->d, id));
    near = rw_nearest_word(id, names, n);
    if (near)
        rw_diag_label(&t->d, "did you mean '%s'?", near);
    else if (n > 0 && n <= 12) {
        char list[2 * WHY] = "";

        for (size_t k = 0; k < n; k++)
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%.60s",
                k ? ", " : "", names[k]);
        rw_diag_help(&t->d, "there %s %s", n == 1 ? "is" : "are", list);
    }
    return SIZE_MAX;
}

static const char **
asset_names(struct table *t, const struct rw_threat *k)
{
    const char **names = RW_ARENA_NEW(t->a, k->n_assets, const char *);

    for (size_t i = 0; names && i < k->n_assets; i++)
        names[i] = t->m->assets[k->assets[i]].id;
    t->d.failed |= names == NULL;
    return names;
}

/* An asset that the threat hits. */
static bool
take_asset(struct table *t, const struct rw_cell *c, const char *id, size_t threat,
    size_t *asset)
{
    const struct rw_threat *k = &t->m->threats[threat];
    const char **names = asset_names(t, k);
    char what[WHY];
    size_t at;

    if (names == NULL)
        return false;
    snprintf(what, sizeof what, "asset of threat '%.64s' called", k->id);
    at = find_id(t, c, what, id, names, k->n_assets);
    if (at != SIZE_MAX)
        *asset = k->assets[at];
    return at != SIZE_MAX;
}

static bool
take_risk(struct table *t, const struct rw_cell *c, const struct rw_cell *asset,
    struct rw_incident *x)
{
    const char **names = RW_ARENA_NEW(t->a, t->m->n_threats, const char *);
    const char *slash = strchr(c->text, '/');
    char *id = rw_arena_strndup(
        t->a, c->text, slash ? (size_t)(slash - c->text) : strlen(c->text));

    x->asset = SIZE_MAX;
    if (names == NULL || id == NULL) {
        t->d.failed = true;
        return false;
    }
    for (size_t k = 0; k < t->m->n_threats; k++)
        names[k] = t->m->threats[k].id;
    x->threat = find_id(t, c, "threat", id, names, t->m->n_threats);
    if (x->threat == SIZE_MAX)
        return false;
    if (slash != NULL && asset != NULL && asset->text[0] != '\0' &&
        strcmp(slash + 1, asset->text) != 0) {
        wrong(t, asset, "the row names two assets");
        rw_diag_label(&t->d, "and '%s'", rw_diag_shown(&t->d, slash + 1));
        return false;
    }
    if (slash != NULL)
        return take_asset(t, c, slash + 1, x->threat, &x->asset);
    if (asset != NULL && asset->text[0] != '\0')
        return take_asset(t, asset, asset->text, x->threat, &x->asset);
    return true;
}

static bool
take_money(struct table *t, const struct rw_cell *c, bool zero, double *to)
{
    char why[WHY];

    *to = NAN;
    if (c == NULL || c->text[0] == '\0')
        return true;
    if (rw_unit_parse(c->text, RW_UNIT_MONEY, t->m->currency, to, why, sizeof why) !=
        RW_OK) {
        wrong(t, c, "this is no amount of money");
        rw_diag_label(&t->d, "%s", why);
    } else if (*to < 0) {
        wrong(t, c, "a loss is not negative");
        rw_diag_help(&t->d, "write what the incident cost as a positive amount");
    } else if (*to == 0 && !zero) {
        wrong(t, c, "a loss of 0 has no size to learn from");
        rw_diag_help(&t->d, "leave the cell empty where the loss is not known");
    } else
        return true;
    return false;
}

static bool
take_currency(struct table *t, const struct rw_cell *c)
{
    if (c == NULL || c->text[0] == '\0' || strcmp(c->text, t->m->currency) == 0)
        return true;
    wrong(t, c, "this row is in another currency than the scenario");
    rw_diag_label(&t->d, "the scenario's is %s", t->m->currency);
    rw_diag_help(&t->d, "convert the amount; riskwheel knows no rates of exchange");
    return false;
}

static bool
take_works(struct table *t, const struct rw_cell *c, bool *to)
{
    static const char *const yes[] = {"yes", "true", "1"}, *const no[] = {
                                                               "no", "false", "0"};

    for (size_t k = 0; k < 3; k++) {
        if (strcmp(c->text, yes[k]) == 0 || strcmp(c->text, no[k]) == 0) {
            *to = strcmp(c->text, yes[k]) == 0;
            return true;
        }
    }
    wrong(t, c, "works is yes or no");
    return false;
}

/* ---- rows ---- */

/* The columns of incidents. */
struct incident_cells {
    struct rw_cell *date, *risk, *asset, *loss, *currency, *form[RW_FORMS];
};

static enum rw_err
read_columns(struct table *t, struct incident_cells *c, struct rw_incidents *x,
    struct rw_error *e)
{
    enum rw_err err = column(t, "date", true, &c->date, e);

    if (err == RW_OK)
        err = column(t, "risk", true, &c->risk, e);
    if (err == RW_OK)
        err = column(t, "asset", false, &c->asset, e);
    if (err == RW_OK)
        err = column(t, "loss", false, &c->loss, e);
    if (err == RW_OK)
        err = column(t, "currency", false, &c->currency, e);
    for (size_t k = 0; rw_loss_form_names[k] && err == RW_OK; k++) {
        err = column(t, rw_loss_form_names[k], false, &c->form[k], e);
        x->has_form[k] = c->form[k] != NULL;
    }
    x->has_loss = c->loss != NULL;
    return err;
}

static void
list_others(const struct table *t, struct rw_incidents *x)
{
    static const char *const known[] = {"date", "risk", "asset", "loss", "currency"};

    for (size_t k = 0; k < t->n_columns && x->n_others < RW_TABLE_OTHERS; k++) {
        bool used = false;

        for (size_t j = 0; j < sizeof known / sizeof *known; j++)
            used = used || strcmp(t->columns[k], known[j]) == 0;
        for (size_t j = 0; rw_loss_form_names[j]; j++)
            used = used || strcmp(t->columns[k], rw_loss_form_names[j]) == 0;
        if (!used)
            x->others[x->n_others++] = t->columns[k];
    }
}

#define CELL(column, i) ((column) ? &(column)[i] : NULL)

static void
read_incident(
    struct table *t, const struct incident_cells *c, size_t i, struct rw_incident *x)
{
    take_date(t, &c->date[i], &x->first, &x->last);
    take_risk(t, &c->risk[i], CELL(c->asset, i), x);
    take_currency(t, CELL(c->currency, i));
    take_money(t, CELL(c->loss, i), false, &x->loss);
    for (size_t k = 0; rw_loss_form_names[k]; k++)
        take_money(t, CELL(c->form[k], i), true, &x->form[k]);
}

enum rw_err
rw_incidents_read(const struct rw_table_file *f, const struct rw_model *m, long from,
    long to, struct rw_arena *a, struct rw_incidents *x, struct rw_text *report,
    struct rw_error *e)
{
    struct incident_cells c;
    struct table t;
    enum rw_err err;

    memset(x, 0, sizeof *x);
    memset(&c, 0, sizeof c);
    err = begin(&t, f, m, from, to, a, x->sha256, e);
    if (err == RW_OK)
        err = read_columns(&t, &c, x, e);
    if (err == RW_OK) {
        list_others(&t, x);
        x->v = RW_ARENA_NEW(a, t.n, struct rw_incident);
        if (x->v == NULL)
            err = rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", f->name);
    }
    for (size_t i = 0; i < t.n && err == RW_OK; i++)
        read_incident(&t, &c, i, &x->v[x->n++]);
    if (err == RW_OK)
        return end(&t, report, e);
    rw_diags_fini(&t.d);
    return err;
}

static void
read_audit(struct table *t, const struct rw_cell *control, const struct rw_cell *date,
    const struct rw_cell *works, const char *const names[], struct rw_audit *x)
{
    take_date(t, date, &x->first, &x->last);
    take_works(t, works, &x->works);
    x->control = find_id(t, control, "control", control->text, names, t->m->n_controls);
    if (x->control == SIZE_MAX ||
        t->m->controls[x->control].status == RW_STATUS_OPERATING)
        return;
    wrong(t, control, "control '%s' does not operate", t->m->controls[x->control].id);
    rw_diag_label(
        &t->d, "its status is %s", rw_status_names[t->m->controls[x->control].status]);
    rw_diag_help(&t->d, "what operates by now has the status 'operating'");
}

enum rw_err
rw_audits_read(const struct rw_table_file *f, const struct rw_model *m, long from,
    long to, struct rw_arena *a, struct rw_audits *x, struct rw_text *report,
    struct rw_error *e)
{
    const char **names = RW_ARENA_NEW(a, m->n_controls, const char *);
    struct rw_cell *control = NULL, *date = NULL, *works = NULL;
    struct table t;
    enum rw_err err;

    memset(x, 0, sizeof *x);
    err = begin(&t, f, m, from, to, a, x->sha256, e);
    if (err == RW_OK)
        err = column(&t, "control", true, &control, e);
    if (err == RW_OK)
        err = column(&t, "date", true, &date, e);
    if (err == RW_OK)
        err = column(&t, "works", true, &works, e);
    if (err == RW_OK) {
        x->v = RW_ARENA_NEW(a, t.n, struct rw_audit);
        if (x->v == NULL || names == NULL)
            err = rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", f->name);
    }
    for (size_t k = 0; k < m->n_controls && err == RW_OK; k++)
        names[k] = m->controls[k].id;
    for (size_t i = 0; i < t.n && err == RW_OK; i++)
        read_audit(&t, &control[i], &date[i], &works[i], names, &x->v[x->n++]);
    if (err == RW_OK)
        return end(&t, report, e);
    rw_diags_fini(&t.d);
    return err;
}
