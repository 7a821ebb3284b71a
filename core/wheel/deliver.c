/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From purchase to operation, and what it then costs. */
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

/* Of a cycle: an overrun this close to a whole one is one. */
#define HAIR 1e-9

enum rw_err
rw_deliver_init(struct rw_wheel *g)
{
    size_t n = g->m->upkeep.delays ? g->m->n_controls * g->room : 0;

    g->deliver.lost = RW_ARENA_NEW(&g->arena, n, uint16_t);
    g->deliver.attempts = RW_ARENA_NEW(&g->arena, n, uint16_t);
    g->deliver.expected = RW_ARENA_NEW(&g->arena, g->m->n_controls, unsigned);
    g->deliver.asked = RW_ARENA_NEW(&g->arena, g->m->n_controls, unsigned);
    g->deliver.question = RW_ARENA_NEW(&g->arena, 1, unsigned);
    return g->deliver.lost == NULL || g->deliver.attempts == NULL ||
                   g->deliver.expected == NULL || g->deliver.asked == NULL ||
                   g->deliver.question == NULL
               ? RW_ERR_MEMORY
               : RW_OK;
}

void
rw_deliver_begin(struct rw_wheel *g)
{
    size_t n = g->m->upkeep.delays ? g->m->n_controls * g->room : 0;

    for (size_t k = 0; k < n; k++)
        g->deliver.lost[k] = RW_NEVER;
    memset(g->deliver.attempts, 0, n * sizeof *g->deliver.attempts);
}

static uint16_t
cycle_of(double t)
{
    return t < RW_NEVER ? (uint16_t)t : RW_NEVER;
}

static bool
succeeds(struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_delivery *x = &g->m->controls[c].delivery;
    struct rw_stream lane = {g->w->seed, x->rollout_lane};
    uint16_t attempt = g->deliver.attempts[c * g->room + i]++;

    return rw_stream_uniform(lane, g->w->first + i, attempt) < x->rollout;
}

unsigned
rw_deliver_due(const struct rw_wheel *g, size_t c, size_t i, unsigned t)
{
    const struct rw_control *x = &g->m->controls[c];
    double since = t + x->build;

    if (x->delivery.overruns)
        since +=
            ceil(rw_world_truth(g->w, &x->delivery.overrun)[i] * g->m->per_year - HAIR);
    return cycle_of(since);
}

static unsigned expect(const struct rw_wheel *g, size_t c, size_t i);

static unsigned
wait_for(const struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];
    unsigned last = 0;

    for (size_t k = 0; k < x->n_requires; k++) {
        size_t needed = x->requires[k];
        unsigned begin =
            g->since[needed * g->room + i] > g->w->cycle ? expect(g, needed, i) : 0;

        last = begin > last ? begin : last;
    }
    return last;
}

static unsigned
expect_anew(const struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room + i;
    unsigned t = g->w->cycle, bought = g->bought[at], begin, wait;

    if (g->since[at] <= t)
        return g->since[at];
    if (bought == RW_NEVER)
        bought = x->status == RW_STATUS_PLANNED && x->start > t ? x->start : t;
    begin = bought + x->build;
    if (begin <= t && g->bought[at] != RW_NEVER)
        begin = t + 1;
    wait = wait_for(g, c, i);
    return wait > begin ? wait : begin;
}

static unsigned
expect(const struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_deliver *x = &g->deliver;

    if (x->asked[c] != *x->question) {
        x->expected[c] = expect_anew(g, c, i);
        x->asked[c] = *x->question;
    }
    return x->expected[c];
}

unsigned
rw_deliver_wait(const struct rw_wheel *g, size_t c, size_t i)
{
    ++*g->deliver.question;
    return wait_for(g, c, i);
}

unsigned
rw_deliver_expected(const struct rw_wheel *g, size_t c, size_t i)
{
    ++*g->deliver.question;
    return expect(g, c, i);
}

unsigned
rw_deliver_since(const struct rw_wheel *g, size_t c, size_t i)
{
    unsigned since = g->since[c * g->room + i], wait;

    if (since <= g->w->cycle || since == RW_NEVER)
        return since;
    wait = rw_deliver_wait(g, c, i);
    return wait > since ? wait : since;
}

void
rw_deliver_buy(struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room + i;
    unsigned t = g->w->cycle, since = rw_deliver_due(g, c, i, t);

    g->bought[at] = (uint16_t)t;
    g->since[at] = (uint16_t)since;
    if (!x->delivery.may_fail || succeeds(g, c, i))
        return;
    g->deliver.lost[at] = cycle_of(fmax(since, t + 1));
    g->since[at] = RW_NEVER;
}

void
rw_deliver_settle(struct rw_wheel *g)
{
    for (size_t c = 0; c < g->m->n_controls; c++)
        for (size_t i = 0; i < g->w->n && g->m->controls[c].delivery.may_fail; i++) {
            size_t at = c * g->room + i;

            if (g->deliver.lost[at] != g->w->cycle)
                continue;
            g->deliver.lost[at] = RW_NEVER;
            if (!g->chosen[at]) {
                rw_deliver_buy(g, c, i);
                continue;
            }
            g->bought[at] = RW_NEVER;
            g->chosen[at] = 0;
            g->committed[i] -= rw_purse_running(g, c, i);
        }
}

/* Of t cycles. */
static double
growth(const struct rw_wheel *g, size_t c, unsigned t)
{
    return pow(1 + g->m->controls[c].delivery.inflation, t * g->m->years);
}

double
rw_deliver_growth(const struct rw_wheel *g, size_t c)
{
    return g->m->controls[c].delivery.inflation > 0 ? growth(g, c, g->w->cycle) : 1;
}

double
rw_deliver_ahead(const struct rw_wheel *g, size_t c)
{
    unsigned left = g->m->cycles - g->w->cycle;
    double step;

    if (g->m->controls[c].delivery.inflation <= 0)
        return 1;
    step = growth(g, c, 1);
    return growth(g, c, g->w->cycle) * (growth(g, c, left) - 1) / ((step - 1) * left);
}

void
rw_deliver_commit(struct rw_wheel *g)
{
    if (!g->m->upkeep.inflates)
        return;
    memset(g->committed, 0, g->room * sizeof *g->committed);
    for (size_t c = 0; c < g->m->n_controls; c++)
        for (size_t i = 0; i < g->w->n; i++)
            g->committed[i] +=
                g->chosen[c * g->room + i] ? rw_purse_running(g, c, i) : 0;
}
