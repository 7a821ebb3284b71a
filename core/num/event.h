/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/event.h -- one loss as a law of its own; private to num.
 *
 *   Y = retained(scale * amount) with a probability, else 0,
 *   retained(x) = min(x, deductible) + max(x - deductible - limit, 0)
 *
 * A mix is a weighted sum of such laws: of events that are of several kinds.
 * Its survival function and stop-loss E(Y - y)+ stand in a table, for loops:
 * six coefficients for each sixteenth of an octave of y, checked between the
 * nodes to 1e-9 of the value at the cell's start; cells that miss it and y
 * outside are worked out.
 *
 * Floor: num.  Threads: read-only once made.
 */
#ifndef RW_NUM_EVENT_H
#define RW_NUM_EVENT_H

#include "num/aggregate.h"
#include "num/sampler.h"

enum { RW_EVENT_OCTAVES = 8, RW_EVENT_CELLS = 16, RW_EVENT_TERMS = 6 };

struct rw_event_law {
    struct rw_sampler amount;
    double scale, probability, deductible, limit; /* deductible INFINITY: no cover */
    double mean, sf_zero;                         /* E Y, P(Y > 0)  */
    double amount_mean;
    bool atoms; /* above 0 */
};

/* share * part, less what a cover pays (limit 0: none).  RW_ERR_INPUT where it
 * may be negative, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_event_law_make(const struct rw_event_part *p, double share,
    double deductible, double limit, struct rw_arena *a, struct rw_event_law *law,
    struct rw_error *error);

/* For y >= 0. */
double rw_event_sf(const struct rw_event_law *l, double y);
double rw_event_stop(const struct rw_event_law *l, double y);

/* x after the cover. */
static inline double
rw_event_retained(double x, double deductible, double limit)
{
    double over = x - deductible - limit, kept = x < deductible ? x : deductible;

    return over > 0 ? kept + over : kept;
}

/* Losses this near to each other, relative, count as equal: an atom that was
 * scaled may miss its place by a rounding. */
#define RW_EVENT_SAME 0x1p-49

struct rw_event_mix {
    const struct rw_event_law *law;
    const double *weight; /* (n), >= 0 */
    size_t n;
    bool atoms;
};

double rw_event_mix_sf(const struct rw_event_mix *m, double y);
double rw_event_mix_stop(const struct rw_event_mix *m, double y);
/* Weight of the atoms at y > 0. */
double rw_event_mix_atom(const struct rw_event_mix *m, double y);

/* y[i] <- the u[i] quantile; u may be y. */
void rw_event_map(const struct rw_event_law *l, size_t n, const double u[], double y[]);

struct rw_event_table {
    double low, high; /* of y */
    int first;        /* exponent of low */
    double sf[RW_EVENT_OCTAVES * RW_EVENT_CELLS][RW_EVENT_TERMS];
    double stop[RW_EVENT_OCTAVES * RW_EVENT_CELLS][RW_EVENT_TERMS];
};

/* Over RW_EVENT_OCTAVES octaves, the last but one of which holds y. */
void rw_event_table_make(
    struct rw_event_table *t, const struct rw_event_mix *m, double y, bool stop);

/* A row's polynomial at y; NaN where the row is void. */
static inline double
rw_event_read(
    const struct rw_event_table *t, const double rows[][RW_EVENT_TERMS], double y)
{
    uint64_t bits;
    const double *c;
    double x;

    memcpy(&bits, &y, sizeof bits);
    c = rows[(bits >> 48) - ((uint64_t)(t->first + 1023) << 4)];
    bits = (bits << 4 & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000);
    memcpy(&x, &bits, sizeof x);
    x -= 1.0;
    return c[0] + x * (c[1] + x * (c[2] + x * (c[3] + x * (c[4] + x * c[5]))));
}

#endif
