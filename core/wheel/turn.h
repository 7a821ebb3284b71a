/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/turn.h -- one block of futures from the first cycle to the last,
 * under all strategies at once.
 *
 * The block's figures go two ways: one double per future straight into the
 * sink's arrays, and the moments of every figure of every cycle into a
 * ledger, which the caller joins block by block.
 *
 * Floor: wheel.  Threads: one turn per worker; a ledger per block.
 */
#ifndef RW_WHEEL_TURN_H
#define RW_WHEEL_TURN_H

#include "num/histogram.h"
#include "num/sum.h"
#include "wheel/wheel.h"

/* Figures of one strategy and cycle, in the ledger's order; then
 * n_threats losses, n_risks rates, n_risks residuals, n_controls standing, of a
 * model with a programme RW_PROGRESS_ROWS, and of one that wants benefits
 * rw_benefit_rows. */
enum rw_figure {
    RW_FIGURE_RESIDUAL,
    RW_FIGURE_LOSS,
    RW_FIGURE_SPEND,
    RW_FIGURE_INCIDENTS,
    RW_FIGURE_SEEN,
    RW_FIGURE_FAILED,
    RW_FIGURE_INSIDE,
    RW_FIGURE_NOMINAL,
    RW_FIGURE_SCORE,
    RW_FIGURE_MET,
    RW_FIGURE_MET_INSIDE,
    RW_FIGURE_RELIED,
    RW_FIGURE_RELIABLE,
    RW_FIGURE_RELIED_INSIDE,
    RW_FIGURE_CHANGE, /* of residual risk since the last cycle, and its parts */
    RW_FIGURE_DRIFT,
    RW_FIGURE_CONTROLS,
    RW_FIGURE_WEAR,
    RW_FIGURE_LEARNING,
    RW_FIGURE_CHANCE,
    RW_FIGURES
};

/* Where things lie in a ledger: a flat array of moments. */
struct rw_layout {
    size_t cycles, strategies;
    size_t threat_loss, risk_rate, risk_residual, operating, programme,
        benefit; /* of a cycle */
    size_t per_cycle;
    size_t asset, form, threat, pillar, wheel, pit, rejected, met_place, met,
        after;                    /* within a horizon */
    size_t left, bought, fired;   /* of strategies that decide, n_triggers at most */
    size_t held;                  /* floors and caps */
    size_t taken_off, costs, net; /* by control and group (benefit.h) */
    size_t per_horizon;
    size_t size; /* moments in a ledger */
};

struct rw_layout rw_layout_of(const struct rw_model *m, size_t strategies);
size_t rw_layout_cycle(const struct rw_layout *l, size_t s, size_t t);
size_t rw_layout_horizon(const struct rw_layout *l, size_t s);

/* Arrays over all futures of a run, by [s * years + y] and [s]; NULL: not
 * wanted.  total_loss may be year_loss where the model is of one year. */
struct rw_sink {
    double **year_loss, **year_largest, **total_loss, **spend, **npv;
    bool *spent;           /* [s] <- true where a row of spend was written; the others
                              were zeros and are; NULL: all are written */
    double **statement;    /* time of the first, years; INFINITY: none */
    const size_t *watched; /* (n_watched) risks */
    size_t n_watched;
    double **risk_year; /* [w], their first year's loss under the first strategy */
    uint64_t first;     /* number of the future at index 0 */
};

struct rw_turn {
    struct rw_world *w;
    struct rw_wheel **wheels; /* (n) */
    size_t n;
    struct rw_foresight *foresight; /* NULL: no strategy knows the truth */
    struct rw_layout layout;
    struct rw_strike strike;
    struct rw_histogram
        *bands;    /* (n * cycles): residual, of all its blocks; NULL: nested */
    double *share; /* (room) scratch */
    double *rows;  /* (n_controls + 2, room) likewise, where benefits are wanted */
};

RW_MUST_CHECK enum rw_err rw_turn_new(const struct rw_model *m, uint64_t seed,
    const size_t strategies[], size_t n, const struct rw_prior *prior, size_t room,
    const volatile sig_atomic_t *stop, struct rw_turn **x, struct rw_error *e);
void rw_turn_free(struct rw_turn *x);

/* From now on its futures are those of a nested run, `histories` to a truth;
 * it keeps no histograms and no ledger. */
void rw_turn_nest(struct rw_turn *x, size_t histories);

/* From now on its world takes the draws that q lists from q's nets. */
void rw_turn_even(struct rw_turn *x, const struct rw_quasi *q);

/* Futures first .. first + n - 1; ledger: (layout.size), overwritten, but for
 * those of a nested run. */
RW_MUST_CHECK enum rw_err rw_turn_block(struct rw_turn *x, uint64_t first, size_t n,
    const struct rw_sink *sink, struct rw_moments ledger[], struct rw_error *e);

#endif
