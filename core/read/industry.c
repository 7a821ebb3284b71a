/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/industry.h"

#include "base/unit.h"
#include "read/table.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* More than any organisation counts or any row can speak of. */
#define INCIDENTS_MAX 1e9
#define YEARS_MAX     1e6

static bool
take_number(struct rw_table *t, const struct rw_cell *c, const char *what, double most,
    double *to)
{
    char why[RW_TABLE_WHY];

    if (rw_unit_parse(c->text, RW_UNIT_PLAIN, NULL, to, why, sizeof why) != RW_OK) {
        rw_table_wrong(t, c, "%s is a number", what);
        rw_diag_label(&t->d, "%s", why);
        return false;
    }
    if (*to >= 0 && *to <= most)
        return true;
    rw_table_wrong(t, c, "%s is 0 or more and at most %g", what, most);
    return false;
}

static void
take_incidents(struct rw_table *t, const struct rw_cell *c, double *to)
{
    if (take_number(t, c, "incidents", INCIDENTS_MAX, to) && *to != floor(*to))
        rw_table_wrong(t, c, "incidents is a whole number");
}

static void
take_years(struct rw_table *t, const struct rw_cell *c, double *to)
{
    *to = 1;
    if (c == NULL)
        return;
    if (take_number(t, c, "years", YEARS_MAX, to) && *to == 0) {
        rw_table_wrong(t, c, "a row of 0 years says nothing");
        rw_diag_help(&t->d, "leave it out");
    }
}

/* ---- members ---- */

struct name {
    const char *text;
    size_t row;
};

static int
by_text(const void *a, const void *b)
{
    return strcmp(((const struct name *)a)->text, ((const struct name *)b)->text);
}

/* Numbers the members by their names' order. */
static enum rw_err
number_members(struct rw_table *t, const struct rw_cell *member, struct rw_industry *x)
{
    struct name *names = RW_ARENA_NEW(t->a, x->n, struct name);

    if (names == NULL)
        return RW_ERR_MEMORY;
    for (size_t i = 0; i < x->n; i++) {
        names[i] = (struct name){member[i].text, i};
        if (member[i].text[0] == '\0')
            rw_table_wrong(t, &member[i], "the row names no member");
    }
    qsort(names, x->n, sizeof *names, by_text);
    for (size_t i = 0; i < x->n; i++) {
        x->members += i == 0 || strcmp(names[i - 1].text, names[i].text) != 0;
        x->v[names[i].row].member = x->members - 1;
    }
    return RW_OK;
}

/* ---- rows ---- */

struct cells {
    struct rw_cell *risk, *member, *incidents, *years;
};

static enum rw_err
read_columns(struct rw_table *t, struct cells *c, struct rw_error *e)
{
    enum rw_err err = rw_table_column(t, "risk", true, &c->risk, e);

    if (err == RW_OK)
        err = rw_table_column(t, "member", true, &c->member, e);
    if (err == RW_OK)
        err = rw_table_column(t, "incidents", true, &c->incidents, e);
    return err == RW_OK ? rw_table_column(t, "years", false, &c->years, e) : err;
}

static enum rw_err
read_rows(struct rw_table *t, const struct cells *c, struct rw_industry *x)
{
    const char **threats = rw_table_threats(t);

    x->v = RW_ARENA_NEW(t->a, t->n, struct rw_industry_row);
    if (threats == NULL || x->v == NULL)
        return RW_ERR_MEMORY;
    for (size_t i = 0; i < t->n; i++) {
        struct rw_industry_row *row = &x->v[x->n++];

        row->threat = rw_table_id(
            t, &c->risk[i], "threat", c->risk[i].text, threats, t->m->n_threats);
        take_incidents(t, &c->incidents[i], &row->incidents);
        take_years(t, c->years ? &c->years[i] : NULL, &row->years);
    }
    return number_members(t, c->member, x);
}

enum rw_err
rw_industry_read(const struct rw_table_file *f, const struct rw_model *m,
    struct rw_arena *a, struct rw_industry *x, struct rw_text *report,
    struct rw_error *e)
{
    struct cells c;
    struct rw_table t;
    enum rw_err err;

    memset(x, 0, sizeof *x);
    memset(&c, 0, sizeof c);
    err = rw_table_begin(&t, f, m, LONG_MIN, LONG_MAX, a, x->sha256, e);
    if (err == RW_OK)
        err = read_columns(&t, &c, e);
    if (err == RW_OK && read_rows(&t, &c, x) != RW_OK)
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", f->name);
    if (err == RW_OK)
        return rw_table_end(&t, report, e);
    rw_diags_fini(&t.d);
    return err;
}
