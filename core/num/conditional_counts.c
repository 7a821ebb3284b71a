/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_counts.c -- laws of counts, and of their total. */
#include "num/conditional_parts.h"

#include <math.h>
#include <stdlib.h>

enum { COUNTS_MAX = 200000 };

#define LEFT_OUT  1e-10 /* of the counts' probability */
#define CUT       1e-13 /* of a total's */
#define WORK_MOST 3e8

/* ---- one count ---- */

/* p[k] += weight P(N = k), from the mean either way while they count. */
static void
add_node(const struct rw_count *law, double m, double weight, double p[])
{
    size_t middle = (size_t)fmin(rw_count_mean(law, m), COUNTS_MAX - 1);

    for (size_t k = middle + 1; k-- > 0;) {
        double q = rw_count_pmf(law, m, (unsigned)k);

        p[k] += weight * q;
        if (q < 1e-18 && law->zero <= 0)
            break;
    }
    for (size_t k = middle + 1; k < COUNTS_MAX; k++) {
        double q = rw_count_pmf(law, m, (unsigned)k);

        p[k] += weight * q;
        if (q < 1e-18)
            break;
    }
}

/* Chances without one of them. */
static void
add_less(const struct rw_count *law, double m, double weight, double p[])
{
    struct rw_count less = *law;

    less.chances = law->chances - 1;
    if (less.chances < 1)
        p[0] += weight;
    else
        add_node(&less, m * less.chances / law->chances, weight, p);
}

/* Where p may end. */
static enum rw_err
find_end(const double p[], double mean, struct rw_counts *n, struct rw_error *e)
{
    double events = 0;

    n->beyond = 1;
    while (n->n < COUNTS_MAX - 1 && n->beyond > LEFT_OUT) {
        n->beyond -= p[n->n];
        events += (double)n->n * p[n->n];
        n->n++;
    }
    n->beyond = fmax(n->beyond, 0);
    n->events_beyond = fmax(mean - events, 0);
    if (n->beyond > 100 * LEFT_OUT)
        return rw_error_set(e, RW_ERR_INPUT,
            "more than %d events a year have the probability %.2g; conditional Monte "
            "Carlo needs rarer ones: use plain Monte Carlo",
            COUNTS_MAX, n->beyond);
    return RW_OK;
}

/* The tables, from P(N = k) and that of the base. */
static enum rw_err
keep(const double p[], const double base[], struct rw_arena *a, struct rw_counts *n,
    struct rw_error *e)
{
    double sum = 0;

    n->base = RW_ARENA_NEW(a, n->n, double);
    n->size = RW_ARENA_NEW(a, n->n, double);
    n->sum = RW_ARENA_NEW(a, n->n, double);
    if (n->base == NULL || n->size == NULL || n->sum == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < n->n; k++) {
        n->base[k] = base[k];
        n->size[k] = (double)(k + 1) * p[k + 1];
        n->sum[k] = sum += base[k];
    }
    return RW_OK;
}

enum rw_err
rw_counts_make(const struct rw_count *law, const double m[], const double weight[],
    size_t n_nodes, double share, bool less, struct rw_arena *a, struct rw_counts *n,
    struct rw_error *e)
{
    double *p = calloc(2 * COUNTS_MAX, sizeof *p), *base, mean = 0;
    enum rw_err err;

    *n = (struct rw_counts){.n = 0};
    if (p == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "out of memory");
    base = less ? p + COUNTS_MAX : p;
    for (size_t k = 0; k < n_nodes; k++) {
        add_node(law, m[k] * share, weight[k], p);
        mean += weight[k] * rw_count_mean(law, m[k] * share);
        if (less)
            add_less(law, m[k] * share, weight[k], base);
    }
    err = find_end(p, mean, n, e);
    if (err == RW_OK)
        err = keep(p, base, a, n, e);
    free(p);
    return err;
}

/* ---- totals ---- */

enum rw_err
rw_total_init(struct rw_total *t, size_t parts, struct rw_arena *a)
{
    *t = (struct rw_total){.part = RW_ARENA_NEW(a, parts + 1, const struct rw_counts *),
        .rest = RW_ARENA_NEW(a, parts + 1, double *),
        .length = RW_ARENA_NEW(a, parts + 1, size_t)};
    if (t->part == NULL || t->rest == NULL || t->length == NULL)
        return RW_ERR_MEMORY;
    t->rest[0] = RW_ARENA_NEW(a, 1, double);
    if (t->rest[0] == NULL)
        return RW_ERR_MEMORY;
    t->rest[0][0] = 1;
    t->length[0] = 1;
    return RW_OK;
}

/* rest[g] is the law of the parts 0 .. g - 1. */
enum rw_err
rw_total_add(
    struct rw_total *t, const struct rw_counts *part, struct rw_arena *a, bool *added)
{
    size_t g = t->n_parts, last = t->length[g], n = last + part->n - 1;
    const double *before = t->rest[g];
    double *law, cut = 0;

    *added = false;
    t->work += (double)last * (double)part->n;
    if (n > COUNTS_MAX || t->work > WORK_MOST)
        return RW_OK;
    law = RW_ARENA_NEW(a, n, double);
    if (law == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < part->n; k++)
        for (size_t j = 0; part->base[k] > 0 && j < last; j++)
            law[k + j] += part->base[k] * before[j];
    while (n > 1 && cut + law[n - 1] < CUT)
        cut += law[--n];
    t->part[g] = part;
    t->rest[g + 1] = law;
    t->length[g + 1] = n;
    t->n_parts++;
    *added = true;
    return RW_OK;
}

size_t
rw_total_split(const struct rw_total *t, size_t g, size_t total, double u)
{
    const struct rw_counts *p = t->part[g];
    double want = u * t->rest[g + 1][total], sum = 0;
    size_t low = total < t->length[g] ? 0 : total - t->length[g] + 1, found = low;

    for (size_t k = low; k <= total && k < p->n; k++) {
        double mass = p->base[k] * t->rest[g][total - k];

        if (mass <= 0)
            continue;
        found = k;
        sum += mass;
        if (sum >= want)
            break;
    }
    return found;
}
