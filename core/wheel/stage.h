/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/stage.h -- attacks in stages meet the controls.
 *
 * An attack meets the controls as they stand when it begins: prevention thins
 * it as any event; then stage by stage it is seen, fails or goes on, all by
 * uniforms that are the same for every strategy (num/detect.h).  Its loss falls
 * when it is seen, fails or has its full impact, in a cycle that may come later
 * or lie beyond the horizon.  The horizon's loss and npv count what falls after
 * it, no cycle and no year does.
 *
 * With the uniforms given, better detection is never later and a loss seen
 * earlier is never larger, so a horizon's loss never rises with a stronger
 * control.  To the bit: attacks are added to it in the order of their
 * beginning.  A year's may, for a loss seen earlier falls earlier.
 *
 *   E[loss of an attack] = sum over endings e, seen ones times `money`, of
 *     event_e P_e + dwell_e (D_e + P_e Tc_e) + outage_e P_e T_e
 * with P and D from rw_stages_end, Tc and T the times of the response.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_STAGE_H
#define RW_WHEEL_STAGE_H

#include "base/err.h"
#include "num/detect.h"

#include <stddef.h>

struct rw_wheel;
struct rw_world;
struct rw_model;
struct rw_strike;
struct rw_attack_outcome;

/* No rows where no threat has stages. */
struct rw_stages {
    double *x;     /* (n_controls) those of one risk as they stand */
    double *later; /* (cycles, n_staged, room) money by the cycle in which it falls */
    double *after; /* (n_staged, room) beyond the horizon */
    double *after_npv; /* (room) the same, discounted */
    double *due; /* (cycles, n_staged, room) believed incidents by the cycle in which
                    they come to light; closed loop only */
};

RW_MUST_CHECK enum rw_err rw_stage_init(struct rw_wheel *g);
void rw_stage_begin(struct rw_wheel *g);
/* Residual risk of the risk, its rate being set. */
void rw_stage_residual(struct rw_wheel *g, size_t r);
/* What falls in the present cycle into the account; before it is gathered. */
void rw_stage_due(struct rw_wheel *g);
/* What falls beyond the horizon; after the last cycle is closed. */
void rw_stage_close(struct rw_wheel *g);

/* stage_strike.c */
RW_MUST_CHECK enum rw_err rw_stage_strike_init(
    struct rw_strike *x, const struct rw_model *m, size_t n);
/* The listed events meet one risk under every strategy. */
void rw_stage_strike(
    struct rw_strike *x, struct rw_world *w, size_t n, size_t source, size_t r);

/* How an attack may end: seen in a stage of each class, with its full impact, failed in
 * a stage of each class. */
enum { RW_STAGE_ENDS = 2 * RW_ENDING_FULL + 1 };

/* Believed of future i: chance of each ending, and that times what it costs, per unit of
 * the mean loss's factor. */
void rw_stage_believed_ends(struct rw_wheel *g, size_t r, size_t i, double *survive,
    double chance[RW_STAGE_ENDS], double cost[RW_STAGE_ENDS]);

/* Believed: loss of one attack per unit of the mean loss's factor, by the
 * present question's worths; incidents that ought to come to light in this
 * cycle, of rate[] attacks in it before prevention and of earlier ones.
 * Shapes (room). */
void rw_stage_believed(struct rw_wheel *g, size_t r, double survive[], double cost[]);
void rw_stage_exposure(struct rw_wheel *g, size_t r, double rate, double exposure[]);

#endif
