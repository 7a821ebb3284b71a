/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/view.h -- what pictures show, read from results.json.
 *
 * Pictures are made from the text of results.json and from nothing else, in
 * `run` as in `plot`: a picture drawn again years later is the same one.
 *
 * Units: money in the scenario's currency; rates 1/year; probabilities in
 * [0, 1].  Every number is finite.
 * Floor: out.  Threads: read-only once made.
 */
#ifndef RW_OUT_VIEW_H
#define RW_OUT_VIEW_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct rw_view_point {
    double loss, probability, low, high; /* low, high: interval of probability */
};

/* Chance of a larger loss, over the truths at 0.05 0.25 0.5 0.75 0.95. */
struct rw_view_chance {
    double loss, at[5];
};

struct rw_view_mean {
    double mean, se; /* se: 0 also where one future tells of no error */
};

struct rw_view_cycle {
    double residual, loss, spend;
    double band[5];      /* residual at 0.05 0.25 0.5 0.75 0.95 */
    double *threat_loss; /* (n_threats) */
    double *rate, *risk; /* (n_risks): events and money a year  */
};

struct rw_view_year {
    unsigned year;
    bool has_p95, has_largest_p95;
    double p95, largest_p95;
    struct rw_view_point *curve;
    size_t n_curve;
    struct rw_view_point *largest; /* of the largest event; results of before: none */
    size_t n_largest;
    struct rw_view_chance *band; /* what the estimates leave open */
    size_t n_band;               /* 0: it is not told */
};

/* Where a strategy stands at the end of a cycle on the way to a statement. */
struct rw_view_progress {
    double stage[9];          /* shares, in the order of the stages */
    double issued, low, high; /* chance that a statement was issued */
};

/* What a control takes off residual risk over the horizon, and costs; told is
 * false of those that act through others. */
struct rw_view_benefit {
    bool told;
    struct rw_view_mean taken_off;
    double spend;
};

struct rw_view_strategy {
    const char *name;
    struct rw_view_cycle *cycles;      /* (n_cycles) */
    struct rw_view_year *years;        /* (n_years)  */
    struct rw_view_progress *progress; /* (n_cycles); NULL: it follows no programme */
    struct rw_view_benefit *benefit;   /* (n_controls); NULL: it is not told */
    struct rw_view_mean taken_off;     /* by all of them */
    bool versus;                       /* has paired differences to the first */
    struct rw_view_mean loss, spend, total;
};

struct rw_view_risk {
    size_t threat, asset;
};

struct rw_view_control {
    const char *id, *name;
    size_t pillar;
};

struct rw_view {
    const char *name, *currency, *cycle;
    size_t n_cycles, n_years, n_strategies, n_threats, n_assets, n_risks, n_appetite,
        n_controls;
    const char **threats, **assets; /* names; ids below */
    const char **threat_ids, **asset_ids, **risk_ids;
    struct rw_view_risk *risks;
    struct rw_view_control *controls; /* none in results of before */
    struct rw_view_point *appetite;   /* loss and probability */
    struct rw_view_strategy *strategies;
    size_t best; /* of least expected total cost; results of before: the last one */
    const char *statement; /* what the programme leads to; NULL: there is none */
    unsigned deadline;     /* cycle; 0: none */
};

/* Reads the n bytes of results.json; everything is in the arena.
 * RW_ERR_INPUT names the member that is missing or of the wrong kind, with
 * its JSON pointer. */
RW_MUST_CHECK enum rw_err rw_view_read(const char *bytes, size_t n, struct rw_arena *a,
    struct rw_view **view, struct rw_error *e);

#endif
