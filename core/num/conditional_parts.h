/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_parts.h -- the parts of conditional Monte Carlo; private
 * to num/conditional*.c.
 *
 * A group is a stream of events with one count law: a member of a threat, or
 * all members where their counts add up to one law (Poisson), or all threats
 * of Poisson counts with known rates.  Its events are of several kinds, each
 * with a probability; a kind has one part or several.  A loss that may be
 * left out, to be the largest, is tagged: the plain kinds of a group together,
 * and each part of a kind of several.
 *
 * A view is a year as one tagged loss sees it: sum and largest of all others.
 * View 0 is the year of all groups; groups with chances (binomial) see it
 * without the chance that is left out, and parts of an event see their
 * siblings besides.
 *
 * Floor: num.  Threads: one, but for reading.
 */
#ifndef RW_NUM_CONDITIONAL_PARTS_H
#define RW_NUM_CONDITIONAL_PARTS_H

#include "num/conditional.h"
#include "num/event.h"

/* ---- conditional_counts.c: how many others ---- */

/* base: P(k others) as they are drawn; size: E[N; k others of it] */
struct rw_counts {
    double *base, *size, *sum; /* (n); sum: of base[0] .. base[k] */
    size_t n;
    double beyond, events_beyond; /* of counts left out */
};

/* Of m[k] * share with weight[k].  One chance less where `less` (binomial). */
RW_MUST_CHECK enum rw_err rw_counts_make(const struct rw_count *law, const double m[],
    const double weight[], size_t n_nodes, double share, bool less, struct rw_arena *a,
    struct rw_counts *n, struct rw_error *e);

/* What a total is made of: rest[g] is the law of the parts 0 .. g - 1. */
struct rw_total {
    const struct rw_counts **part; /* (n_parts) */
    double **rest;                 /* (n_parts + 1); rest[0]: 0 for certain */
    size_t *length;                /* (n_parts + 1) */
    size_t n_parts;
    double work; /* multiplications so far */
};

/* Room for so many parts.  RW_ERR_MEMORY only, as the next. */
RW_MUST_CHECK enum rw_err rw_total_init(
    struct rw_total *t, size_t parts, struct rw_arena *a);
/* *added is false where the total's law would take too much work. */
RW_MUST_CHECK enum rw_err rw_total_add(
    struct rw_total *t, const struct rw_counts *part, struct rw_arena *a, bool *added);
/* The u quantile of part g, given that parts 0 .. g make total. */
size_t rw_total_split(const struct rw_total *t, size_t g, size_t total, double u);

/* ---- conditional_year.c: what a year is made of ---- */

enum { RW_NO_PLACE = -1 };

struct rw_kind {
    double probability;
    const struct rw_event_law *part;
    size_t n_parts;
    double deductible, limit; /* of several parts; limit 0: none, INFINITY: all above */
};

struct rw_group {
    struct rw_counts *counts; /* one, or one for each node */
    int node;                 /* of the draws of nodes, or RW_NO_PLACE */
    int split;                /* place in the total, or RW_NO_PLACE: by itself */
    double chances;           /* of binomial counts where one is less; else 0 */
    size_t view;
    struct rw_kind *kind;
    size_t n_kinds, most_parts;
    double events, loss; /* mean number; mean of one before covers */
    struct rw_count law; /* while it is made: */
    const double *m, *weight;
    size_t n_nodes;
    double share;
};

/* Frequencies that several groups share: one of the nodes. */
struct rw_shared {
    double *sum; /* (n) of weights 0 .. k */
    size_t n;
};

struct rw_tagged {
    struct rw_event_mix law;
    struct rw_event_table table;
    double factor; /* probability of its kind */
    size_t group, view;
    const struct rw_kind *kind; /* of several parts, else NULL */
    size_t part;
    bool inner;   /* a cover is on the sum of the parts */
    double alone; /* weight of the year without others, where nothing is drawn */
};

struct rw_others {
    struct rw_arena arena;
    struct rw_group *group;
    struct rw_shared *shared;
    struct rw_tagged *tagged;
    size_t n_groups, n_shared, n_tagged, n_views, most_parts, n_chances;
    struct rw_total total;
    const double *mass; /* (n_mass) of a total of k others */
    size_t n_mass;
    bool single;                      /* one group: weights are in the mass */
    bool plain;                       /* no others means that nothing is drawn */
    bool atoms;                       /* some loss has */
    bool steps;                       /* P(S > x) may have, above 0 */
    double least, most;               /* that a year can cost */
    double beyond, losses_beyond;     /* left out: probability, loss */
    struct rw_tail_estimate mean, p0; /* NaN: not closed */
    double scale;                     /* about the mean */
};

/* Zeroed, in the arena; *failed where there is none. */
static inline void *
rw_others_room(struct rw_others *o, size_t n, size_t size, bool *failed)
{
    void *p = rw_arena_alloc(&o->arena, n, size);

    *failed |= p == NULL;
    return p;
}

/* The groups and what is shared between them. */
RW_MUST_CHECK enum rw_err rw_groups_make(
    struct rw_others *o, const struct rw_compound c[], size_t n, struct rw_error *e);

/* ---- conditional_others.c: all that is known before drawing ---- */

RW_MUST_CHECK enum rw_err rw_others_make(
    struct rw_others *o, const struct rw_compound c[], size_t n, struct rw_error *e);
void rw_others_free(struct rw_others *o);

/* ---- conditional_points.c, conditional_views.c: drawing ---- */

/* Totals first .. last, and how many points, a power of 2. */
struct rw_stratum {
    size_t first, last, n;
    double mass; /* sum of mass[first .. last] */
};

struct rw_view {
    double *sum, *largest;
    unsigned *ties; /* how many are the largest; NULL: there are no atoms */
};

/* One coordinate of a stratum's points: a permutation of the n-th parts of
 * (0, 1) and a place within them. */
struct rw_coordinate {
    uint32_t multiplier, offset, second, mask;
    int fold; /* 0: none */
    double place, width;
};

struct rw_points {
    struct rw_view *view; /* (n_views) of (n) */
    double **weight;      /* (n_groups) of (n); NULL: 1 */
    double **tie;         /* (n_tagged) of (n); NULL: no atoms */
    double **inner;       /* (n_tagged) of (n); NULL: no cover on a sum */
    /* while a stratum is drawn: */
    struct rw_view *chance; /* (n_groups) of (n_most), of those with chances */
    double **sibling;       /* (most_parts) of (n_most) */
    uint32_t *total, *count, *list;
    uint32_t **node;                  /* (n_shared) of (n_most) */
    struct rw_coordinate *coordinate; /* (most_parts) */
    struct rw_arena arena;
};

/* Numbers that a point takes. */
size_t rw_points_size(const struct rw_others *o);
/* Room for n points, n_most in a stratum; RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_points_init(
    struct rw_points *p, const struct rw_others *o, size_t n, size_t n_most);
void rw_points_free(struct rw_points *p);

/* Draws the s->n points of a stratum to the places from `to` on. */
void rw_points_draw(const struct rw_others *o, const struct rw_stratum *s,
    struct rw_stream at, uint64_t replicate, struct rw_points *p, size_t to);

/* The view from point i on. */
static inline struct rw_view
rw_view_from(const struct rw_view *v, size_t i)
{
    return (struct rw_view){
        v->sum + i, v->largest + i, v->ties == NULL ? NULL : v->ties + i};
}

/* Empties it; one more loss, for the largest only; all of another's losses. */
void rw_view_clear(const struct rw_view *v, size_t n);
static inline void
rw_view_meet(const struct rw_view *v, size_t i, double y)
{
    if (v->ties == NULL) {
        v->largest[i] = y > v->largest[i] ? y : v->largest[i];
    } else if (y > v->largest[i] * (1 + RW_EVENT_SAME)) {
        v->largest[i] = y;
        v->ties[i] = 1;
    } else if (y >= v->largest[i] * (1 - RW_EVENT_SAME)) {
        v->ties[i]++;
    }
}
void rw_view_join(const struct rw_view *to, const struct rw_view *from, size_t n);

/* What chances bring others, and siblings, to the views of the points to ..
 * to + n - 1; then what ties weigh. */
void rw_views_chances(
    const struct rw_others *o, const struct rw_points *p, size_t to, size_t n);
void rw_views_siblings(const struct rw_others *o, const struct rw_points *p,
    size_t first_tagged, size_t to, size_t n);
void rw_views_ties(
    const struct rw_others *o, const struct rw_points *p, size_t to, size_t n);

/* ---- conditional.c, conditional_read.c: what a point says ---- */

enum { RW_STRATA_MAX = 256 };

struct rw_conditional {
    struct rw_others others;
    struct rw_stratum stratum[RW_STRATA_MAX];
    size_t n_strata, n_points; /* of a replicate */
    struct rw_points points;   /* (RW_CONDITIONAL_REPLICATES, n_points) in strata */
    double guess;              /* about the quantile asked for first */
    double p0;
};

/* sum[i] <- what point from + i says of P(S > x), i < n. */
void rw_conditional_each(
    const struct rw_conditional *c, double x, size_t from, size_t n, double sum[]);

/* P(S > x), and E(S - x)+ where stop, by each replicate; the first `last`. */
struct rw_tally {
    double sf[RW_CONDITIONAL_REPLICATES], stop[RW_CONDITIONAL_REPLICATES];
};
void rw_conditional_tally(
    const struct rw_conditional *c, double x, int last, bool stop, struct rw_tally *t);

/* ---- conditional_figures.c ---- */

/* inf{x : P(S > x) <= target} by the first `last` replicates, to a relative
 * width, target < P(S > 0); sought from guess > 0 on.  Right on steps: above
 * target just below it, unless it is 0. */
double rw_conditional_solve(const struct rw_conditional *c, double target, double guess,
    int last, double width);
/* P(S = 0) by the first replicates: a pilot has one. */
double rw_conditional_quiet(const struct rw_conditional *c, int replicates);

#endif
