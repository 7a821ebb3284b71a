/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/account.h -- what a strategy has lost and spent, future by
 * future.  Plain sums in a fixed order, so that a future's figure never
 * rises when a loss in it falls.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_ACCOUNT_H
#define RW_WHEEL_ACCOUNT_H

#include "base/arena.h"
#include "model/model.h"

/* Rows of shape (room). */
struct rw_account {
    /* this cycle */
    /* loss: what falls in the cycle; plain: of risks without stages, the others'
     * attacks are in total_loss from their beginning (wheel/stage.h) */
    double *loss, *plain, *spend, *incidents, *seen, *failed, *residual;
    double *threat_loss;               /* (n_threats, room), gathered at the end */
    double *risk_loss;                 /* (n_risks, room), gathered at the end */
    double *risk_rate, *risk_residual; /* (n_risks, room)  */
    /* this year */
    double *year_loss;
    /* the horizon */
    double *year_largest; /* (begun years, room) of one event (wheel/largest.h) */
    double *total_loss, *total_spend, *npv, *wheel_spend;
    double *total_threat;  /* (n_threats, room)  */
    double *asset_loss;    /* (n_assets, room)   */
    double *form_loss;     /* (RW_FORMS, room)   */
    double *pillar_spend;  /* (RW_PILLARS, room) */
    double *control_spend; /* (n_controls, room), where model->benefit */
    double *drawn;         /* (n_drawn, room) amounts drawn that have a floor or cap */
    double *after;         /* of total_loss, what falls after the horizon */
    /* whether the model has anything to write there; else the rows are 0 for good */
    bool form_used[RW_FORMS], pillar_used[RW_PILLARS], after_used;
    bool pays; /* spend, failed, total_spend, wheel_spend */
    size_t room;
};

RW_MUST_CHECK enum rw_err rw_account_init(
    struct rw_account *x, const struct rw_model *m, size_t room, struct rw_arena *a);

/* The start of the horizon, and of every cycle. */
void rw_account_begin(struct rw_account *x, const struct rw_model *m);
void rw_account_open(struct rw_account *x, const struct rw_model *m, unsigned t);
/* After the events: loss by threat, asset and form, and in all. */
void rw_account_gather(struct rw_account *x, const struct rw_model *m, size_t n);
/* The cycle's end: its figures into year and horizon, discounted at mid-cycle. */
void rw_account_close(
    struct rw_account *x, const struct rw_model *m, size_t n, unsigned t);

/* Whether npv follows from the horizon's loss and spend, future by future: of one cycle,
 * after which nothing falls.  Then the account has none, and npv (n) <- what it would
 * be. */
bool rw_account_follows(const struct rw_model *m);
void rw_account_worth(const struct rw_model *m, size_t n, const double loss[],
    const double spend[], double npv[]);

#endif
