/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/benefit.h -- what each control takes off the residual risk.
 *
 * Of one future, cycle and risk let R(x) be the residual risk with the controls
 * as they stand, x under the strategy and y under "nothing": threats and year are
 * the same.  The benefit of control c is the Shapley value of R(y) - R: what c
 * takes off when it joins, from y_c to x_c, averaged over all orders in which the
 * controls that stand apart can join.  Hence
 *   - the benefits add up to R(y) - R(x), in every future;
 *   - a control that stands alike, or moves nothing, has 0 exactly;
 *   - two that do the same have the same, whichever came first;
 *   - of what only several do together (to see needs three functions, to answer
 *     needs to see) each has its share.
 *
 * Without stages and cover R is linear in every single x_c, so the mean over the
 * orders is an integral along the line from y to x (Owen, Management Science 18
 * (1972) 64),
 *   B_c = int_0^1 (y_c - x_c) dR/dx_c (y + u (x - y)) du,
 * of a polynomial of degree k - 1 in u where k controls stand apart, which
 * Gauss's rule with k / 2 nodes has exactly.  No other rule has these properties
 * for such R (Sun and Sundararajan, arXiv 1102.0989).
 *
 * With stages or a cover R is not: there the controls join in an order drawn for
 * the future, cycle and risk, then in its reverse, and the mean of both is taken
 * (Castro, Gomez and Tejada, Computers & OR 36 (2009) 1726).  It adds up in every
 * future too; its mean over futures is the Shapley value, and its standard error
 * holds the noise of the orders.
 *
 * Controls that support others have none of their own: what they do is in the
 * controls that stand better for it; so is what audits and corrections do.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_BENEFIT_H
#define RW_WHEEL_BENEFIT_H

#include "base/arena.h"
#include "model/names.h"
#include "num/sum.h"

#include <stdbool.h>

struct rw_model;
struct rw_wheel;
struct rw_strategy;
struct rw_control;

/* Figures are told of all together, of each control, then of pillars and
 * principles and of the controls without principle. */
enum { RW_BENEFIT_GROUPS = RW_PILLARS + RW_PRINCIPLES + 1 };
/* Of a strategy: the model wants them, and it is neither "nothing" nor a twin. */
bool rw_benefit_told(const struct rw_model *m, const struct rw_strategy *s);
size_t rw_benefit_rows(const struct rw_model *m);
/* The share of a control's figures that is counted to a group: one that serves
 * several principles is shared among them. */
double rw_benefit_share(const struct rw_control *x, size_t group);

/* Futures looked at together. */
enum { RW_BENEFIT_TILE = 64 };

struct rw_benefit {
    bool on;              /* the model wants it, of this strategy */
    double *now, *all;    /* (n_controls, room), (room): money a year, this cycle */
    double *sum, *in_all; /* likewise: money over the horizon so far */
    /* scratch: nodes for 1, 2, ... nodes; (n_controls) those that stand apart, and all
     * as they join; of each node (n_controls, RW_BENEFIT_TILE) products before each and
     * (RW_GUARD_PARTS, RW_BENEFIT_TILE) what is beside a part's */
    double *node, *weight;
    size_t *apart;
    double *x, (*before)[RW_BENEFIT_TILE], (*rest)[RW_BENEFIT_TILE];
    size_t tiles;
    bool *differs; /* (n_controls, tiles) it stands apart in a future of the tile */
    bool *some;    /* (n_controls) in any; else its row of now is 0 */
};

/* Nothing where the model wants none.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_benefit_init(struct rw_wheel *g);
void rw_benefit_begin(struct rw_wheel *g);
/* After the cycle's residual risk is known of both, before events strike. */
void rw_benefit_cycle(struct rw_wheel *g, const struct rw_wheel *nothing);

/* Of the rule with so many nodes, between 0 and 1. */
const double *rw_benefit_nodes(const struct rw_benefit *x, size_t n);
const double *rw_benefit_weights(const struct rw_benefit *x, size_t n);

/* benefit_line.c: now[] += of all risks, in their order; those with stages or cover by
 * orders (benefit_order.c), futures i .. i + n - 1 of one. */
void rw_benefit_walk(struct rw_wheel *g, const struct rw_wheel *nothing);
void rw_benefit_by_order(struct rw_wheel *g, const struct rw_wheel *nothing, size_t r,
    size_t first, size_t n);

/* (rw_benefit_rows) moments of this cycle; of the horizon's benefit, of what was
 * spent on the controls beyond "nothing", and of the former less the latter.
 * rows: scratch, (n_controls + 2, room). */
void rw_benefit_note_cycle(
    const struct rw_wheel *g, double rows[], struct rw_moments at[]);
void rw_benefit_note_horizon(const struct rw_wheel *g, const struct rw_wheel *nothing,
    double rows[], struct rw_moments benefit[], struct rw_moments spend[],
    struct rw_moments net[]);

#endif
