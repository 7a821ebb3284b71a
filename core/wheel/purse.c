/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The purse of a closed loop: money a cycle.  It pays the capital of new
 * controls and the running cost of those the planner chose, from the cycle they
 * operate; what is left is carried over, or a share of it.  Running costs
 * promised, of controls being built too, stay within one cycle's budget when
 * they are promised; should the budget fall later they are paid all the same, and
 * nothing is bought until the debt is gone.  The reserve pays capital that the
 * budget does not reach, once.
 *
 * What is counted is what costs are known to be: expected, or the truth. */
#include "num/cpu.h"
#include "wheel/wheel.h"

static double
capital_cost(const struct rw_wheel *g, size_t c, size_t i)
{
    return g->foresight == NULL ? g->prior->capital[c]
                                : rw_world_truth(g->w, &g->m->controls[c].capital)[i];
}

double
rw_purse_running(const struct rw_wheel *g, size_t c, size_t i)
{
    double cost = g->foresight == NULL
                      ? g->prior->running[c]
                      : rw_world_truth(g->w, &g->m->controls[c].running)[i];

    return cost * g->m->years * rw_deliver_growth(g, c);
}

/* Of that, in the cycle of purchase: if it operates at once. */
static double
running_first(const struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];
    bool at_once = x->build == 0;

    for (size_t k = 0; k < x->n_requires; k++)
        at_once = at_once && g->since[x->requires[k] * g -> room + i] <= g->w->cycle;
    return at_once ? rw_purse_running(g, c, i) : 0;
}

bool
rw_purse_affords(const struct rw_wheel *g, size_t c, size_t i)
{
    double running = running_first(g, c, i);

    return running <= g->balance[i] &&
           capital_cost(g, c, i) + running <= g->balance[i] + g->reserve[i] &&
           g->committed[i] + rw_purse_running(g, c, i) <= g->budget[i];
}

void
rw_purse_pay(struct rw_wheel *g, size_t c, size_t i)
{
    double first = capital_cost(g, c, i) + running_first(g, c, i);
    double missing = first - g->balance[i];

    if (missing > 0) {
        g->reserve[i] -= missing;
        first = g->balance[i];
    }
    g->balance[i] -= first;
    g->committed[i] += rw_purse_running(g, c, i);
}

void
rw_purse_begin(struct rw_wheel *g)
{
    const struct rw_estimate *reserve = g->s->deciding.reserve;

    for (size_t i = 0; i < g->w->n; i++) {
        g->balance[i] = g->committed[i] = 0;
        g->budget[i] = g->s->deciding.n_steps > 0 ? 0 : g->s->budget;
        g->reserve[i] = reserve != NULL ? rw_world_truth(g->w, reserve)[i] : 0;
    }
}

/* budget[] <- that of the present cycle, where it changes. */
static void
take_step(struct rw_wheel *g)
{
    const struct rw_deciding *d = &g->s->deciding;

    for (size_t k = 0; k < d->n_steps; k++)
        if (d->steps[k].cycle == g->w->cycle)
            for (size_t i = 0; i < g->w->n; i++)
                g->budget[i] = rw_world_truth(g->w, &d->steps[k].amount)[i];
}

/* A cycle's money comes, and of what was left before a share is forfeited. */
RW_CPU_EACH void
fill_by(
    size_t n, double forfeited, const double *restrict budget, double *restrict balance)
{
    const double kept = 1 - forfeited;

    for (size_t i = 0; i < n && forfeited > 0; i++)
        balance[i] = balance[i] > 0 ? balance[i] * kept : balance[i];
    for (size_t i = 0; i < n; i++)
        balance[i] += budget[i];
}
RW_CPU_VARIANTS(void, fill,
    (size_t n, double forfeited, const double budget[], double balance[]),
    (n, forfeited, budget, balance))

/* The same cost in all futures, where the planner chose the control and it operates. */
RW_CPU_EACH void
pay_alike_by(size_t n, double cost, const uint8_t *restrict chosen,
    const uint16_t *restrict since, uint16_t cycle, double *restrict balance)
{
    for (size_t i = 0; i < n; i++)
        balance[i] -= ((chosen[i] != 0) & (since[i] <= cycle)) ? cost : 0;
}
RW_CPU_VARIANTS(void, pay_alike,
    (size_t n, double cost, const uint8_t chosen[], const uint16_t since[],
        uint16_t cycle, double balance[]),
    (n, cost, chosen, since, cycle, balance))

/* The running cost of control c where the planner chose it. */
static void
pay_chosen(struct rw_wheel *g, size_t c)
{
    const uint8_t *chosen = g->chosen + c * g->room;
    const uint16_t *since = g->since + c * g->room;
    uint16_t t = (uint16_t)g->w->cycle;

    if (!rw_row_any(g->w->n, chosen))
        return;
    if (g->foresight == NULL) {
        pay_alike(g->w->n, rw_purse_running(g, c, 0), chosen, since, t, g->balance);
        return;
    }
    for (size_t i = 0; i < g->w->n; i++)
        if (chosen[i] && since[i] <= t)
            g->balance[i] -= rw_purse_running(g, c, i);
}

void
rw_purse_fill(struct rw_wheel *g)
{
    take_step(g);
    fill(g->w->n, g->s->deciding.forfeited, g->budget, g->balance);
    for (size_t c = 0; c < g->m->n_controls; c++)
        pay_chosen(g, c);
}
