/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/result.h -- the figures that people read, each with its error.
 *
 * Made once from a run's outcome; every output (JSON, CSV, pictures, the
 * summary) is a view of this and of nothing else.
 *
 * Units: money in the model's currency; probabilities in [0, 1].
 * Floor: study.  Threads: built by one, then read-only.
 */
#ifndef RW_STUDY_RESULT_H
#define RW_STUDY_RESULT_H

#include "base/arena.h"
#include "base/stop.h"
#include "num/tail.h"
#include "run/outcome.h"
#include "study/precision.h"

enum { RW_RESULT_QUANTILES = 8, RW_RESULT_TVARS = 2, RW_RESULT_CURVE = 60 };
enum { RW_BAND_LEVELS = 5 };
extern const double rw_band_levels[RW_BAND_LEVELS]; /* 0.05 0.25 0.5 0.75 0.95 */
extern const char *const rw_band_level_names[RW_BAND_LEVELS];
/* 0.05 0.5 0.75 0.9 0.95 0.99 0.995 0.999 */
extern const double rw_result_quantiles[RW_RESULT_QUANTILES];
extern const char *const rw_result_quantile_names[RW_RESULT_QUANTILES];
extern const double rw_result_tvars[RW_RESULT_TVARS]; /* 0.95 0.99 */
extern const char *const rw_result_tvar_names[RW_RESULT_TVARS];
#define RW_RESULT_LEVEL 0.95 /* of every interval */

struct rw_curve_point {
    double loss, probability; /* P(L > loss) */
    double low, high, se;     /* its interval; its standard error */
};

/* The law of one figure over the futures. */
struct rw_law {
    double mean, mean_se, sd;
    double p0; /* P(figure = 0) */
    double min, max;
    struct rw_quantile quantile[RW_RESULT_QUANTILES];
    struct rw_tvar tvar[RW_RESULT_TVARS];
    struct rw_curve_point curve[RW_RESULT_CURVE]; /* losses only; ascending loss */
    size_t n_curve;
};

/* A mean with its standard error. */
struct rw_mean {
    double mean, se;
};

/* P(L > loss | truth): its law over the truths. */
struct rw_band_point {
    double loss;
    double chance[RW_BAND_LEVELS], se[RW_BAND_LEVELS]; /* at rw_band_levels */
};

/* What the estimates leave open in one yearly loss (study/band.h). */
struct rw_band {
    struct rw_band_point *points; /* ascending loss, at losses of the curve */
    size_t n;
    size_t left_out; /* points of the curve that the nested run cannot tell */
    /* Var E[L | truth] / Var L; below 0 only by chance */
    struct rw_mean epistemic;
};

struct rw_result_cycle {
    unsigned cycle; /* 1-based */
    struct rw_mean residual, loss, spend, incidents, seen, failed;
    /* of residual risk since the last cycle; where model->attribution */
    struct rw_mean change, drift, controls, wear, learning, chance;
    struct rw_mean inside, nominal, score; /* of a closed loop's forecasts */
    struct rw_mean met, met_inside; /* threats whose losses were foretold and came; the
                                     * share of those inside, NAN: none */
    /* of controls whose reliability is learned: believed, true (0: none is), and the
     * share of them inside the belief's interval */
    struct rw_mean relied, reliable, relied_inside;
    double band[5]; /* residual at 0.05 0.25 0.5 0.75 0.95, within RW_HISTOGRAM_ERROR */
    struct rw_mean *threat_loss;               /* (n_threats), adds up to loss */
    struct rw_mean *risk_rate, *risk_residual; /* (n_risks) */
    struct rw_mean *operating;                 /* (n_controls) */
    struct rw_mean *benefit; /* (rw_benefit_rows), money a year; NULL: not told */
};

struct rw_verdict {
    double loss, probability;   /* the appetite's point */
    double exceeded, low, high; /* P(annual loss > loss) and its interval */
    int met;                    /* 1 yes, -1 no, 0 the interval straddles the point */
};

struct rw_result_year {
    unsigned year; /* 1-based; whole years only */
    struct rw_law loss;
    struct rw_law largest;       /* of what its largest event cost */
    struct rw_verdict *appetite; /* (n_appetite) */
    struct rw_band *band; /* NULL: none (rw_result.no_band says why), or a twin's */
};

/* Paired difference strategy - nothing, future by future. */
struct rw_versus {
    struct rw_law loss, spend, total, npv;
    double
        variance_ratio; /* (var A + var B) / var(A - B) of horizon loss; 0: no difference */
    double benefit_cost; /* loss avoided / extra spend; 0 where nothing is spent */
    double p_worse;      /* P(total cost above that of nothing) */
};

struct rw_result_programme;
struct rw_result_benefit; /* study/benefit.h */

struct rw_result_strategy {
    const char *name;
    const struct rw_strategy *stated; /* in the model */
    unsigned twin;                    /* enum rw_twin: it stands beside another */
    size_t twin_of;                   /* index into the result's; of twins only */
    bool learning; /* that part of a change is known: its twin without Check is here */
    struct rw_result_cycle *cycles;        /* (model->cycles) */
    struct rw_result_year *years;          /* (n_years)       */
    struct rw_law loss, spend, total, npv; /* over the horizon */
    struct rw_mean *asset_loss, *form_loss, *threat_loss, *pillar_spend;
    struct rw_mean *held; /* (n_event_bounds, RW_HELDS) */
    struct rw_mean after; /* of the horizon's loss, what falls after its end */
    struct rw_mean wheel_spend;
    struct rw_mean *bought, *fired, left; /* strategies that decide, else NULL */
    struct rw_mean *pit, rejected; /* closed loops; pit (RW_FORECAST_BINS), else NULL */
    struct rw_mean *met_pit;       /* the same of losses' sizes; NULL: none came */
    struct rw_versus *versus;      /* NULL for nothing */
    struct rw_result_programme *programme; /* study/programme.h; NULL: there is none */
    struct rw_result_benefit *benefit;     /* (rw_benefit_rows); NULL: not told */
};

struct rw_phase_worth; /* study/phases.h */
struct rw_sampled;     /* study/gain.h */

struct rw_result {
    const struct rw_model *model;
    size_t n;
    size_t n_strategies;
    struct rw_result_strategy *strategies;
    /* the strategy with the least expected total cost, of those beside the first one
     * that one could follow: twins and those who know the truth aside, unless there is
     * no other; 0 where there is but one */
    size_t best;
    struct rw_phase_worth *worth;         /* (n_worth) what phases are worth */
    size_t n_worth;                       /* closed loops with twins; mostly 0 */
    size_t n_twins;                       /* of the strategies, behind all others */
    const struct rw_precision *precision; /* NULL: none was asked for */
    const struct rw_sampled *sampled;     /* NULL: all futures were drawn by chance */
    size_t truths, histories;             /* of the nested run; 0: there is none   */
    const char *no_band;                  /* and why; NULL: nobody asked for it    */
    bool all_known;                       /* because every estimate is known       */
    bool
        tallied; /* quantiles are known within RW_TALLY_ERROR besides their intervals */
    double wall_seconds;
    unsigned threads;
    uint64_t events;
};

/* Everything is allocated in the arena; the outcome may go afterwards.  Its nested
 * run is sorted in place, truth by truth; the rest stays as it is.  Made by as many
 * threads as the run had; that changes no byte. */
RW_MUST_CHECK enum rw_err rw_result_make(const struct rw_outcome *o, struct rw_arena *a,
    struct rw_result **r, struct rw_error *e);

/* The same, but ends soon with RW_ERR_INTERRUPT once *stop is not zero;
 * stop NULL: never. */
RW_MUST_CHECK enum rw_err rw_result_make_unless(const struct rw_outcome *o,
    struct rw_arena *a, const volatile sig_atomic_t *stop, struct rw_result **r,
    struct rw_error *e);

#endif
