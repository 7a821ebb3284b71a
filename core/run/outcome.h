/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/outcome.h -- what a run leaves behind, before anyone reads it.
 *
 * Where futures are drawn evenly, moments in cells and breakdowns are those of the
 * randomisations' means: their mean is the futures' and their standard error the
 * run's, but their variance is not that of futures.
 *
 * Two parts.  Futures: one double per future for every yearly and horizon
 * figure whose law is wanted exactly, in plain rows or, of large runs, packed
 * (run/packed.h); rw_outcome_column reads both.  Or instead of them tallies, whose
 * size does not depend on the number of futures (run/tallies.h).  Cells: for every strategy and cycle
 * the moments of figures, joined in block order, and histograms for bands;
 * their size does not depend on the number of futures.
 *
 * Floor: run.  Threads: built by one run; read-only afterwards.
 */
#ifndef RW_RUN_OUTCOME_H
#define RW_RUN_OUTCOME_H

#include "base/team.h"
#include "model/model.h"
#include "num/forecast.h"
#include "num/histogram.h"
#include "num/sum.h"
#include "run/packed.h"
#include "run/tallies.h"

/* Figures of one strategy in one cycle; moments over futures. */
struct rw_cell {
    struct rw_moments
        residual; /* expected loss per year, controls as they stand at mid-cycle */
    struct rw_moments loss;      /* realised in the cycle */
    struct rw_moments spend;     /* programme cost in the cycle */
    struct rw_moments incidents; /* loss events in the cycle */
    struct rw_moments seen;      /* of them detected in the cycle (of any cycle's) */
    struct rw_moments failed;    /* controls found failed and corrected in the cycle */
    /* of residual risk since the last cycle, where it is told apart (wheel/attribute.h) */
    struct rw_moments change, drift, controls, wear, learning, chance;
    /* of a closed loop's forecasts, means over the risks (wheel/forecast.h) */
    struct rw_moments inside, nominal, score;
    struct rw_moments met, met_inside;                 /* and of losses' sizes */
    struct rw_moments relied, reliable, relied_inside; /* of controls' reliability */
    struct rw_moments *threat_loss;                    /* (n_threats) */
    struct rw_moments *risk_rate;     /* (n_risks) loss events a year, as residual */
    struct rw_moments *risk_residual; /* (n_risks) money a year, as residual */
    struct rw_moments *operating;     /* (n_controls) share in operation at mid-cycle */
    struct rw_moments *programme; /* (RW_PROGRESS_ROWS); NULL: there is no programme */
    struct rw_moments *benefit;   /* (rw_benefit_rows) taken off residual; or NULL */
};

/* Figures of one strategy over the horizon; moments over futures. */
struct rw_breakdown {
    struct rw_moments *asset_loss;     /* (n_assets)  */
    struct rw_moments *form_loss;      /* (RW_FORMS)  */
    struct rw_moments *threat_loss;    /* (n_threats) */
    struct rw_moments *pillar_spend;   /* (RW_PILLARS); corrections and audits apart */
    struct rw_moments wheel_spend;     /* audits and corrections */
    struct rw_moments *pit;            /* (RW_FORECAST_BINS) of its forecasts */
    struct rw_moments *met_place, met; /* (RW_FORECAST_BINS) of losses' sizes */
    /* of a strategy that decides (rw_strategy_decides) */
    struct rw_moments left;     /* money at hand at the end */
    struct rw_moments *bought;  /* (n_controls) share of futures */
    struct rw_moments *fired;   /* (its triggers) how often */
    struct rw_moments rejected; /* futures whose misses Kupiec's test rejects */
    struct rw_moments after;    /* loss that falls after the horizon's end */
    struct rw_moments *held;    /* (n_event_bounds, RW_HELDS) */
    /* (rw_benefit_rows) taken off residual risk, spent on it, and the difference;
     * NULL where the model wants none */
    struct rw_moments *taken_off, *costs, *net;
};

/* What is told of the estimates' part in the uncertainty: truths x histories
 * futures of their own, the histories of a truth behind each other. */
struct rw_nested {
    size_t truths, histories; /* 0: there is none   */
    const char *none;         /* and why; else NULL */
    bool all_known;           /* because every estimate is known */
    size_t n_strategies;      /* the first ones: twins, who come last, have none */
    double **year_loss;       /* [s * years + y], each (truths * histories) */
};

struct rw_outcome {
    const struct rw_model *model;
    size_t n;            /* futures */
    size_t each;         /* of a randomisation (world/quasi.h); 0: drawn by chance */
    size_t even, wanted; /* draws of a future that its net evens, and would with room */
    size_t n_strategies; /* simulated ones */
    const size_t
        *strategy; /* (n_strategies) indices into model->strategies; [0] is "nothing" */
    unsigned years; /* whole years */

    /* Each (n); NULL where the futures are packed or tallied. */
    double **year_loss;    /* [s * years + y] */
    double **year_largest; /* [s * years + y], of one event (wheel/largest.h) */
    double **horizon_loss; /* [s]; the year's rows where it is one (model/model.h) */
    double **spend;        /* [s], over the horizon */
    bool *spent; /* [s], in some future; else nobody writes to the row, whose pages are
                    zeros that are not there; NULL: not known */
    const size_t *watched; /* (n_watched) indices of risks, the caller's */
    size_t n_watched;
    double **risk_year; /* [w], first year's loss under "nothing" */
    double **statement; /* [s], time of the first statement, years; INFINITY: none;
                           NULL: there is no programme */
    double **npv; /* [s], of -(loss + spend), discounted to the start; NULL where it
                     follows from them (wheel/account.h) */
    struct rw_packed *packed;   /* NULL: they are not packed */
    struct rw_tallies *tallies; /* instead of them all, but for risk_year; NULL: none */

    struct rw_cell *cells;          /* [s * cycles + t] */
    struct rw_breakdown *breakdown; /* [s] */
    struct rw_histogram *bands;     /* [s * cycles + t], residual */
    double
        *residual_sd; /* [s * cycles + t], over futures; NULL: as the cells have it */
    struct rw_nested nested;

    /* Of the run itself; never part of the numbers. */
    double wall_seconds;
    unsigned threads;
    uint64_t events; /* loss events examined */
};

/* x <- the column's values of all n futures, shared out to a team (or NULL); of tallied
 * ones only those of watched risks are there.  Threads: several may read at once.
 * RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_outcome_column(const struct rw_outcome *o,
    struct rw_column c, double x[], struct rw_team *t, struct rw_error *e);

/* A plain row by its number (run/column.h), NULL where there is none; rows[] <- all of
 * them (rw_rows_count). */
double *rw_outcome_row(const struct rw_outcome *o, size_t row);
void rw_outcome_rows(const struct rw_outcome *o, double *rows[]);

#endif
