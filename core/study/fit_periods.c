/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/fit_periods.c -- incidents counted by periods of the calendar. */
#include "study/fit.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>

enum { WHY = 256 };

long
rw_fit_period(enum rw_fit_per per, long day)
{
    struct rw_date d = rw_date_of(day);

    return (long)d.year * per + (long)(d.month - 1) * per / 12;
}

/* First day of a period. */
static long
begin_of(enum rw_fit_per per, long period)
{
    return rw_date_first((struct rw_date){
        (int)(period / per), 1 + (unsigned)(period % per) * (12 / (unsigned)per), 1});
}

static enum rw_err
parse_day(const char *option, const char *s, bool last, long *to, struct rw_error *e)
{
    struct rw_date d;
    char why[WHY];

    if (s == NULL)
        return RW_OK;
    if (rw_date_parse(s, &d, why, sizeof why) != RW_OK)
        return rw_error_set(e, RW_ERR_USAGE, "%s: %s", option, why);
    *to = last ? rw_date_last(d) : rw_date_first(d);
    return RW_OK;
}

enum rw_err
rw_fit_watch(const struct rw_fit_request *q, long *from, long *to, struct rw_error *e)
{
    enum rw_err err;

    *from = LONG_MIN;
    *to = LONG_MAX;
    err = parse_day("--from", q->from, false, from, e);
    if (err == RW_OK)
        err = parse_day("--to", q->to, true, to, e);
    if (err == RW_OK && *from > *to)
        err = rw_error_set(
            e, RW_ERR_USAGE, "--from %.30s lies behind --to %.30s", q->from, q->to);
    return err;
}

/* The watch where it was not given: whole periods about the incidents. */
static void
assume(
    const struct rw_fit_request *q, const struct rw_fit_table *t, long *from, long *to)
{
    long first = LONG_MAX, last = LONG_MIN;

    for (size_t i = 0; i < t->n; i++) {
        first = t->first[i] < first ? t->first[i] : first;
        last = t->last[i] > last ? t->last[i] : last;
    }
    if (q->from == NULL)
        *from = begin_of(q->per, rw_fit_period(q->per, first));
    if (q->to == NULL)
        *to = begin_of(q->per, rw_fit_period(q->per, last) + 1) - 1;
}

/* k[] and e[] of the periods from .. to. */
static void
count(const struct rw_fit_request *q, const struct rw_fit_table *t, long from, long to,
    long base, size_t n, unsigned k[], double e[])
{
    for (size_t i = 0; i < n; i++) {
        long begin = begin_of(q->per, base + (long)i);
        long end = begin_of(q->per, base + (long)i + 1);
        long low = from > begin ? from : begin, high = to + 1 < end ? to + 1 : end;

        e[i] = (double)(high - low) / (double)(end - begin);
    }
    for (size_t i = 0; i < t->n; i++)
        k[rw_fit_period(q->per, t->first[i]) - base]++;
}

static enum rw_err
by_dates(const struct rw_fit_request *q, const struct rw_fit_table *t,
    struct rw_arena *a, struct rw_fit_frequency_result *f, struct rw_error *e)
{
    enum rw_err err = rw_fit_watch(q, &f->from, &f->to, e);
    long base;
    size_t n;
    unsigned *k;
    double *length;

    if (err != RW_OK)
        return err;
    f->watched = true;
    f->assumed = q->from == NULL || q->to == NULL;
    if (t->n == 0 && f->assumed)
        return rw_error_set(
            e, RW_ERR_INPUT, "%.200s: no incident is left to count", q->file);
    assume(q, t, &f->from, &f->to);
    base = rw_fit_period(q->per, f->from);
    n = (size_t)(rw_fit_period(q->per, f->to) - base) + 1;
    if (n > RW_FIT_MOST_PERIODS)
        return rw_error_set(e, RW_ERR_INPUT,
            "%.200s: from %d to %d there are %zu periods, and at most %d are taken; is "
            "a date wrong, or --per too short?",
            q->file, rw_date_of(f->from).year, rw_date_of(f->to).year, n,
            RW_FIT_MOST_PERIODS);
    k = RW_ARENA_NEW(a, n, unsigned);
    length = RW_ARENA_NEW(a, n, double);
    if (k == NULL || length == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for %zu periods", n);
    count(q, t, f->from, f->to, base, n, k, length);
    rw_counts_init(&f->sample, k, length, n);
    return RW_OK;
}

enum rw_err
rw_fit_periods(const struct rw_fit_request *q, const struct rw_fit_table *t,
    struct rw_arena *a, struct rw_fit_frequency_result *f, struct rw_error *e)
{
    double *length;

    f->per_year = (unsigned)q->per;
    if (t->count == NULL)
        return by_dates(q, t, a, f, e);
    if (t->n > RW_FIT_MOST_PERIODS)
        return rw_error_set(e, RW_ERR_INPUT,
            "%.200s has %zu periods, and at most %d are taken: add some up", q->file,
            t->n, RW_FIT_MOST_PERIODS);
    length = RW_ARENA_NEW(a, t->n, double);
    if (length == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for %zu periods", t->n);
    for (size_t i = 0; i < t->n; i++)
        length[i] = 1;
    rw_counts_init(&f->sample, t->count, length, t->n);
    return RW_OK;
}
