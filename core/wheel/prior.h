/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/prior.h -- what the organisation expects before it has seen
 * anything: the scenario's own estimates, carried through the threats and
 * controls.
 *
 * For threats stated by estimates the means are exact, also under copulas
 * (num/copula.h: rw_copula_product) and with the events that shocks bring; a
 * plugin's are the means over RW_PRIOR_FUTURES futures that belong to no run (from
 * RW_PILOT_FIRST), so that a belief never contains a future's truth.  Those are one
 * scrambled net (world/quasi.h), for what is chance in them no error of a run holds.
 *
 * Floor: wheel.  Threads: made once, then read-only.
 */
#ifndef RW_WHEEL_PRIOR_H
#define RW_WHEEL_PRIOR_H

#include "num/belief.h"
#include "num/losses.h"
#include "world/world.h"

enum { RW_PRIOR_FUTURES = 16384, RW_PRIOR_POINTS = 32768 };

struct rw_prior {
    struct rw_arena arena;
    /* (n_risks, cycles): loss events in the cycle if there were no controls,
     * and money per such event */
    double *rate, *money;
    /* (n_risks, cycles): what of that comes before events bring events and the year's
     * multipliers, shocks aside (of a plugin's threat only where decision support wants
     * it); (n_risks): what shocks bring in a cycle */
    double *plain, *brought;
    /* (n_risks) of the rate, for being uncertain; of an estimate with an infinite
     * sd the one of the gamma with its ratio of p95 to p5 */
    double *cv;
    /* (n_risks) opinion.c: the multiplier of that rate as the organisation holds it
     * before it has seen anything, mean and cv; and of money, its mean */
    double *theta, *theta_cv, *dear;
    /* (n_risks, cycles): means over this and all later cycles; events per
     * year, and money per event weighted by them */
    double *rate_ahead, *money_ahead;
    /* prior_size.c, see size.h: whether there is anything to learn, and what is
     * thought at first (n_threats); E ln of an event's loss but for the factor
     * (n_risks); E ln of the factor (n_threats, cycles), its variance and E ln F - ln E F
     * (n_threats), means over the cycles */
    bool *sized;
    struct rw_nig *size;
    double *log_loss, *log_factor, *log_variance, *log_bend;
    /* prior_loss.c: one event's loss (n_risks), NULL where nobody reckons with it
     * (reckon.h); whether some of these laws have atoms */
    struct rw_losses *losses;
    bool lumpy;
    /* (n_controls), prior_failing.c, see failing.h: failures a year as believed at
     * first; whether audits may tell more, and the Beta of the share of time in which
     * they find it working */
    double *fails, *works_a, *works_b;
    bool *doubted;
    double *scratch; /* (RW_PRIOR_FUTURES) */
    /* (n_controls, cycles): coverage * efficacy at an age in cycles, working
     * and failed */
    double *intended, *weak;
    double *capital, *running; /* (n_controls) means */
};

RW_MUST_CHECK enum rw_err rw_prior_make(const struct rw_model *m, uint64_t seed,
    const volatile sig_atomic_t *stop, struct rw_prior *p, struct rw_error *e);
void rw_prior_fini(struct rw_prior *p);

/* prior_size.c: a cycle of the pilot's futures; then all of it.  RW_ERR_MEMORY. */
void rw_prior_size_cycle(const struct rw_world *w, struct rw_prior *p);
RW_MUST_CHECK enum rw_err rw_prior_size(const struct rw_model *m, struct rw_prior *p);

/* prior_loss.c: x[] (RW_PRIOR_POINTS) <- one event's loss on the risk, equally likely;
 * whether that is the same on either asset; the laws of all risks.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_prior_losses_at(
    const struct rw_threat *t, const struct rw_risk *r, double x[]);
bool rw_prior_alike(
    const struct rw_threat *t, const struct rw_risk *a, const struct rw_risk *b);
RW_MUST_CHECK enum rw_err rw_prior_losses(const struct rw_model *m, struct rw_prior *p);

/* prior_failing.c: fails, doubted and works of all controls. */
void rw_prior_failing(const struct rw_model *m, struct rw_prior *p);

/* opinion.c: theta, theta_cv and dear of a prior whose rates and cv are known. */
void rw_prior_opinion(const struct rw_model *m, struct rw_prior *p);

#endif
