/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/table.h"

#include "base/date.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DATE = 32 };

/* ---- columns ---- */

static enum rw_err
refused(const struct rw_table *t, enum rw_err err, const char *why, struct rw_error *e)
{
    if (err == RW_ERR_INPUT) {
        rw_error_set(e, err, "%s", why);
        rw_error_place(e, t->in.name, 0, 0, "");
        return err;
    }
    return rw_error_set(e, err, "no memory for '%.200s'", t->in.name);
}

enum rw_err
rw_table_begin(struct rw_table *t, const struct rw_table_file *f,
    const struct rw_model *m, long from, long to, struct rw_arena *a,
    char sha256[RW_SHA256_HEX], struct rw_error *e)
{
    char why[RW_COLUMN_WHY];
    enum rw_err err;

    *t = (struct rw_table){.in = {.name = f->name, .bytes = f->bytes, .n = f->n},
        .m = m,
        .a = a,
        .from = from,
        .to = to};
    rw_diags_init(&t->d);
    rw_sha256_hex(f->bytes, f->n, sha256);
    err = rw_column_names(f->bytes, f->n, a, &t->columns, &t->n_columns, why);
    return err == RW_OK ? RW_OK : refused(t, err, why, e);
}

bool
rw_table_has(const struct rw_table *t, const char *name)
{
    for (size_t k = 0; k < t->n_columns; k++)
        if (strcmp(t->columns[k], name) == 0)
            return true;
    return false;
}

enum rw_err
rw_table_column(struct rw_table *t, const char *name, bool must, struct rw_cell **cells,
    struct rw_error *e)
{
    char why[RW_COLUMN_WHY];
    enum rw_err err;

    *cells = NULL;
    if (!must && !rw_table_has(t, name))
        return RW_OK;
    err = rw_column_read(t->in.bytes, t->in.n, name, t->a, cells, &t->n, why);
    return err == RW_OK ? RW_OK : refused(t, err, why, e);
}

enum rw_err
rw_table_end(struct rw_table *t, struct rw_text *report, struct rw_error *e)
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

void
rw_table_wrong(struct rw_table *t, const struct rw_cell *c, const char *fmt, ...)
{
    struct rw_span span = rw_cell_span(&t->in, c);
    char s[2 * RW_TABLE_WHY];
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

bool
rw_table_date(struct rw_table *t, const struct rw_cell *c, long *first, long *last)
{
    char why[RW_TABLE_WHY], from[DATE], to[DATE];
    struct rw_date d;

    if (rw_date_parse(c->text, &d, why, sizeof why) != RW_OK) {
        rw_table_wrong(t, c, "%s", why);
        return false;
    }
    *first = rw_date_first(d);
    *last = rw_date_last(d);
    if (*first >= t->from && *last <= t->to)
        return true;
    print_day(from, t->from);
    print_day(to, t->to);
    if (*last < t->from || *first > t->to)
        rw_table_wrong(t, c, "this is not within the days of watch");
    else
        rw_table_wrong(t, c, "only a part of this is within the days of watch");
    rw_diag_label(&t->d, "watched from %s to %s", from, to);
    rw_diag_help(&t->d, "leave such rows out, or state the watch by --from and --to");
    return false;
}

size_t
rw_table_id(struct rw_table *t, const struct rw_cell *c, const char *what,
    const char *id, const char *const names[], size_t n)
{
    const char *near;

    for (size_t k = 0; k < n; k++)
        if (strcmp(names[k], id) == 0)
            return k;
    rw_table_wrong(t, c, "the scenario has no %s '%s'", what, rw_diag_shown(&t->d, id));
    near = rw_nearest_word(id, names, n);
    if (near)
        rw_diag_label(&t->d, "did you mean '%s'?", near);
    else if (n > 0 && n <= 12) {
        char list[2 * RW_TABLE_WHY] = "";

        for (size_t k = 0; k < n; k++)
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%.60s",
                k ? ", " : "", names[k]);
        rw_diag_help(&t->d, "there %s %s", n == 1 ? "is" : "are", list);
    }
    return SIZE_MAX;
}

const char **
rw_table_threats(struct rw_table *t)
{
    const char **names = RW_ARENA_NEW(t->a, t->m->n_threats, const char *);

    for (size_t k = 0; names && k < t->m->n_threats; k++)
        names[k] = t->m->threats[k].id;
    return names;
}
