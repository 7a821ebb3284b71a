/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/fit_money.c -- old money in the money of one year. */
#include "base/output.h"
#include "base/unit.h"
#include "read/column.h"
#include "study/fit.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

enum { WHY = 256 };

/* A price index: years and their levels. */
struct prices {
    const char *file;
    size_t n;
    int *year;
    double *level;
};

static enum rw_err
refuse(const char *file, size_t line, struct rw_error *e, const char *what)
{
    rw_error_set(e, RW_ERR_INPUT, "%s", what);
    rw_error_place(e, file, line < INT_MAX ? (int)line : 0, 0, "");
    return RW_ERR_INPUT;
}

static double
level_of(const struct prices *p, int year)
{
    for (size_t k = 0; k < p->n; k++)
        if (p->year[k] == year)
            return p->level[k];
    return NAN;
}

static enum rw_err
take(struct prices *p, const struct rw_cell *year, const struct rw_cell *level,
    struct rw_error *e)
{
    char why[WHY];
    double y, x;

    if (rw_unit_parse(year->text, RW_UNIT_PLAIN, NULL, &y, why, sizeof why) != RW_OK ||
        !(y >= 1000 && y <= 9999 && y == floor(y)))
        return refuse(p->file, year->line, e, "column 'year': this is no year");
    if (rw_unit_parse(level->text, RW_UNIT_PLAIN, NULL, &x, why, sizeof why) != RW_OK ||
        !(x > 0))
        return refuse(
            p->file, level->line, e, "column 'index': this is no number above 0");
    if (!isnan(level_of(p, (int)y)))
        return refuse(p->file, year->line, e, "column 'year': this year stands twice");
    p->year[p->n] = (int)y;
    p->level[p->n++] = x;
    return RW_OK;
}

static enum rw_err
parse(struct prices *p, const char *bytes, size_t n_bytes, struct rw_arena *a,
    struct rw_error *e)
{
    struct rw_cell *years, *levels;
    char why[RW_COLUMN_WHY];
    size_t n;
    enum rw_err err = rw_column_read(bytes, n_bytes, "year", a, &years, &n, why);

    if (err == RW_OK)
        err = rw_column_read(bytes, n_bytes, "index", a, &levels, &n, why);
    if (err == RW_ERR_INPUT)
        return refuse(p->file, 0, e, why);
    if (err == RW_OK) {
        p->year = RW_ARENA_NEW(a, n, int);
        p->level = RW_ARENA_NEW(a, n, double);
    }
    if (err != RW_OK || p->year == NULL || p->level == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", p->file);
    for (size_t i = 0; i < n; i++) {
        err = take(p, &years[i], &levels[i], e);
        if (err != RW_OK)
            return err;
    }
    return RW_OK;
}

static enum rw_err
read_prices(struct prices *p, struct rw_arena *a, struct rw_error *e)
{
    char *bytes;
    size_t n;
    enum rw_err err = rw_file_read(p->file, RW_COLUMN_BYTES, &bytes, &n, e);

    if (err != RW_OK)
        return err;
    err = parse(p, bytes, n, a, e);
    free(bytes);
    return err;
}

/* The level of a year, which is needed. */
static enum rw_err
need(const struct rw_fit_request *q, const struct prices *p, int year, double *to,
    struct rw_error *e)
{
    *to = q->index ? level_of(p, year) : pow(1 + q->inflation, year - q->money_year);
    if (!isnan(*to))
        return RW_OK;
    rw_error_set(
        e, RW_ERR_INPUT, "there is no index of the year %d, which is needed", year);
    rw_error_place(e, p->file, 0, 0, "");
    return RW_ERR_INPUT;
}

enum rw_err
rw_fit_money(const struct rw_fit_request *q, struct rw_arena *a, const long first[],
    size_t n, double factor[], struct rw_error *e)
{
    struct prices p = {.file = q->index};
    double now, then;
    enum rw_err err = q->index ? read_prices(&p, a, e) : RW_OK;

    if (err == RW_OK)
        err = need(q, &p, q->money_year, &now, e);
    for (size_t i = 0; i < n && err == RW_OK; i++) {
        err = need(q, &p, rw_date_of(first[i]).year, &then, e);
        if (err == RW_OK)
            factor[i] = now / then;
    }
    return err;
}
