/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/believe.h -- what the organisation believes of controls that
 * others keep working, of which it learns how often they fail, or whose coming is
 * uncertain.
 *
 * Of an ordinary control value.c knows by its age what it is worth.  Of these,
 * a future at a time, the believed worth is A I + (1 - A) W with I and W the
 * means of coverage * efficacy working and failed, and A the availability under
 * the believed worth of its supporters (rates times prod (1 - x), audits by the
 * mean rate at which they find).  One that is still being built has the mean of
 * I and W over the times at which it may yet come, its roll-out's chance
 * included; one scheduled may be bought again.  None operates before what it requires
 * is expected to (deliver.h).
 *
 * What a candidate saves where effects do not simply multiply (support, stages)
 * is the difference of the expected loss without and with it: the trial.
 *
 * Who knows the truth has rows of his own for all controls (oracle.c).
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_BELIEVE_H
#define RW_WHEEL_BELIEVE_H

#include "model/upkeep.h"

struct rw_wheel;
struct rw_control;

/* (n_controls, cycles + 1) unless said otherwise; none where no control is so. */
struct rw_believe {
    bool *special;                       /* (n_controls) believed future by future */
    double *sum_intended, *sum_weak;     /* over ages, as rw_wheel.believed        */
    double *intended, *weak;             /* of this question, by start of operation */
    double *due_intended, *due_weak;     /* being built, by purchase: once         */
    double *again_intended, *again_weak; /* and bought again if it fails          */
    double *weight;                      /* P(that many cycles of overrun)         */
    double *standing;                    /* (n_controls, room) worth               */
    size_t trial;   /* candidate taken as bought now; n_controls: none */
    bool *moved;    /* (n_controls) scratch */
    double *cost;   /* (room) of a risk, with the trial; */
    double *costs;  /* (n_risks, room) without, as far as */
    bool *has_cost; /* (n_risks) it was worked out for this plan */
};

RW_MUST_CHECK enum rw_err rw_believe_init(struct rw_wheel *g);
/* After the sums by age are set; then for each question, the plain worths
 * being answered: of the mean over what is ahead, or of this cycle. */
void rw_believe_sums(struct rw_wheel *g);
void rw_believe_ask(struct rw_wheel *g, bool ahead);
/* Believed share of time in which it works, at so many failures a year and the
 * rates left[] to it. */
double rw_believe_available(const struct rw_wheel *g, const struct rw_control *x,
    double fails, const double left[RW_SUPPORTS]);
/* left[] <- what its supporters leave, as believed of future i; whether that is not
 * what left[] held. */
bool rw_believe_support(
    const struct rw_wheel *g, size_t c, size_t i, double left[RW_SUPPORTS]);
/* Its row of worths, or NULL: by the cycle of operation's start. */
const double *rw_believe_row(const struct rw_wheel *g, size_t c);
/* Worth in future i, of any control. */
double rw_believe_worth(const struct rw_wheel *g, size_t c, size_t i);
/* Worth of the candidate if bought now: a number, or (room) numbers. */
const double *rw_believe_try(struct rw_wheel *g, size_t c, size_t *step);
/* benefit <- of candidates whose effects do not simply multiply. */
void rw_believe_benefits(struct rw_wheel *g);

#endif
