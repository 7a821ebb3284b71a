/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each control takes off the residual risk of attacks in stages and of what
 * is insured: one by one, in an order that is drawn and in its reverse. */
#include "num/order.h"
#include "wheel/benefit.h"
#include "wheel/stage_meet.h"

/* One risk in one future while its controls join. */
struct joining {
    struct rw_wheel *g;
    const struct rw_risk *risk;
    size_t i;
    double *x;      /* (n_controls) as they stand so far */
    double attacks; /* a year, before prevention  */
    double factor;  /* of the size of losses       */
    double cost;    /* of an attack that comes through */
};

static double
left_by(const struct joining *j, int f, int last)
{
    double left = 1;

    for (; f <= last; f++)
        for (size_t k = 0; k < j->risk->n_controls[f]; k++)
            left *= 1 - j->x[j->risk->controls[f][k]];
    return left;
}

/* What one attack is expected to cost that prevention has let through. */
static double
cost_of(const struct joining *j)
{
    const struct rw_model *m = j->g->m;
    double p0 = m->threats[j->risk->threat].seen_probability, seen = 1, left;

    if (j->risk->staged != NULL) {
        struct rw_stage_meet meet;

        rw_stage_meet(m, j->risk, j->x, &meet);
        return j->factor * rw_stage_cost(m, j->risk, &meet);
    }
    for (int f = RW_FUNCTION_VISIBILITY; f <= RW_FUNCTION_RECOGNITION; f++)
        seen *= 1 - left_by(j, f, f);
    seen = p0 + (1 - p0) * seen;
    left = left_by(j, RW_FUNCTION_CONTAINMENT, RW_FUNCTION_LOSS_MINIMISATION);
    return (1 - seen) * rw_risk_kept(j->risk, j->factor) +
           seen * rw_risk_kept(j->risk, j->factor * left);
}

/* Residual risk; of prevention alone the cost stays what it was. */
static double
residual(struct joining *j, bool prevention)
{
    if (!prevention)
        j->cost = cost_of(j);
    return j->attacks * left_by(j, RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE) *
           j->cost;
}

/* x <- as under "nothing"; lists those that the strategy has otherwise. */
static size_t
gather(struct joining *j, const struct rw_wheel *nothing)
{
    struct rw_benefit *b = &j->g->benefits;
    size_t n = 0;

    for (int f = 0; f < RW_FUNCTIONS; f++)
        for (size_t k = 0; k < j->risk->n_controls[f]; k++) {
            size_t c = j->risk->controls[f][k], at = c * j->g->room + j->i;

            b->x[c] = nothing->stands[at];
            if (j->g->stands[at] != nothing->stands[at])
                b->apart[n++] = c;
        }
    return n;
}

/* Those listed join one after the other, and half of what each takes off is its. */
static void
join(struct joining *j, const size_t list[], size_t n, double before)
{
    for (size_t k = 0; k < n; k++) {
        size_t c = list[k], at = c * j->g->room + j->i;
        double now;

        j->x[c] = j->g->stands[at];
        now = residual(j, j->g->m->controls[c].effect == RW_EFFECT_PREVENT);
        j->g->benefits.now[at] += (before - now) / 2;
        before = now;
    }
}

static void
reverse(size_t list[], size_t n)
{
    for (size_t k = 0; k < n / 2; k++) {
        size_t c = list[k];

        list[k] = list[n - 1 - k];
        list[n - 1 - k] = c;
    }
}

void
rw_benefit_by_order(struct rw_wheel *g, const struct rw_wheel *nothing, size_t r,
    size_t first, size_t n)
{
    const struct rw_world *w = g->w;
    const struct rw_risk *x = &g->m->risks[r];
    const double *raw = rw_world_expected(g->w, x->source);
    struct rw_stream orders = {w->seed, x->order_lane};
    bool shocked = g->m->threats[x->threat].shocked;
    struct joining j = {.g = g, .risk = x, .x = g->benefits.x};
    size_t *list = g->benefits.apart;

    for (size_t i = first; i < first + n; i++) {
        size_t apart, at = x->threat * w->room + i;
        double without, cost;

        j.i = i;
        apart = gather(&j, nothing);
        if (apart == 0)
            continue;
        j.attacks = raw[i] * g->m->per_year + (shocked ? w->brought[at] : 0);
        j.factor = w->factor[at];
        without = residual(&j, false);
        cost = j.cost;
        rw_order_shuffle(orders, w->first + i, w->cycle, apart, list);
        join(&j, list, apart, without);
        for (size_t k = 0; k < apart; k++)
            j.x[list[k]] = nothing->stands[list[k] * g->room + i];
        j.cost = cost;
        reverse(list, apart);
        join(&j, list, apart, without);
    }
}
