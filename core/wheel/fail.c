/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls that stop working and work again. */
#include "wheel/wheel.h"

#include <string.h>

enum rw_err
rw_fail_init(struct rw_wheel *g)
{
    struct rw_fail *x = &g->fail;
    size_t n = 0;

    for (size_t c = 0; c < g->m->n_controls; c++)
        if (g->m->controls[c].fails > 0)
            n = g->m->n_controls * g->room;
    x->at = RW_ARENA_NEW(&g->arena, n, struct rw_outage_state);
    x->from = RW_ARENA_NEW(&g->arena, n, struct rw_outage_state);
    x->changes = RW_ARENA_NEW(&g->arena, n, struct rw_fail_changes);
    x->n_changes = RW_ARENA_NEW(&g->arena, n, uint8_t);
    x->mends = RW_ARENA_NEW(&g->arena, n, double);
    return x->at != NULL && x->from != NULL && x->changes != NULL &&
                   x->n_changes != NULL && x->mends != NULL
               ? RW_OK
               : RW_ERR_MEMORY;
}

/* With what supporters leave of its rates in this cycle. */
static struct rw_outage
outage_of(const struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];
    struct rw_reliability law = rw_world_reliability(g->w, x, i);

    if (x->upkeep.supported) {
        law.fails *= rw_support_left(g, c, i, RW_SUPPORT_FAILS);
        law.years *= rw_support_left(g, c, i, RW_SUPPORT_FINDS);
        law.correction *= rw_support_left(g, c, i, RW_SUPPORT_CORRECTS);
    }
    return rw_world_outage(g->w, x->upkeep.lanes, law, i);
}

static double
end_of_cycle(const struct rw_wheel *g)
{
    return (g->w->cycle + 1) * g->m->years;
}

void
rw_fail_start(struct rw_wheel *g, size_t c, size_t i, bool running_in)
{
    struct rw_outage x = outage_of(g, c, i);
    size_t at = c * g->room + i;

    g->fail.at[at] = running_in ? rw_outage_running(&x) : rw_outage_new();
    g->fail.mends[at] = -INFINITY;
}

/* The cycle's first failure of one that others keep working: perhaps none where
 * the world lists one. */
static double
first_fault(const struct rw_outage *x, double listed)
{
    return isinf(listed) ? listed : rw_outage_fault(x, x->cycle * x->years);
}

static void
keep(struct rw_wheel *g, size_t at, struct rw_outage_state from,
    const struct rw_outage_play *p)
{
    g->fail.from[at] = from;
    g->fail.at[at] = p->at;
    memcpy(g->fail.changes[at].when, p->when, sizeof p->when);
    g->fail.n_changes[at] = (uint8_t)(p->changes < UINT8_MAX ? p->changes : UINT8_MAX);
}

/* A control's own process through a cycle in which it may not just work. */
static void
follow(struct rw_wheel *g, size_t c, size_t i, double listed)
{
    size_t at = c * g->room + i;
    struct rw_outage x = outage_of(g, c, i);
    struct rw_outage_state s = g->fail.at[at];
    struct rw_outage_play p;

    if (isfinite(s.works) && s.works != g->fail.mends[at])
        s.works = fmin(s.works, x.cycle * x.years + x.law.correction);
    if (!g->m->controls[c].upkeep.supported) {
        keep(g, at, s, rw_world_play(g->w, c, i, s));
        return;
    }
    p = rw_outage_play(&x, s, first_fault(&x, listed), end_of_cycle(g));
    keep(g, at, s, &p);
}

/* Changes of its causes count as its own: the risk has to look at times. */
static void
add_causes(struct rw_wheel *g, const struct rw_control *x, size_t at, size_t i)
{
    for (size_t k = 0; k < x->n_causes; k++) {
        unsigned sum =
            g->changes[at] + g->w->cause_changes[x->causes[k] * g->w->room + i];

        g->changes[at] = (uint8_t)(sum < UINT8_MAX ? sum : UINT8_MAX);
    }
}

void
rw_fail_cycle(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const double *faults = x->fails > 0 ? rw_world_faults(g->w, c) : NULL;
    double begin = g->w->cycle * g->m->years, end = end_of_cycle(g);

    for (size_t i = 0; i < g->w->n; i++) {
        size_t at = c * g->room + i;

        g->changes[at] = 0;
        if (g->since[at] > g->w->cycle || rw_world_stopped(g->w))
            continue;
        if (faults != NULL) {
            g->fail.n_changes[at] = 0;
            if (g->fail.at[at].works > begin || faults[i] <= end)
                follow(g, c, i, faults[i]);
            else if (x->n_causes == 0)
                continue;
            g->changes[at] = g->fail.n_changes[at];
        }
        add_causes(g, x, at, i);
        if (!rw_fail_works(g, c, i, begin + g->m->years / 2))
            g->stands[at] = g->weak[at];
    }
}

static bool
works_itself(const struct rw_wheel *g, size_t c, size_t i, double time)
{
    size_t at = c * g->room + i;
    unsigned changes = g->fail.n_changes[at];
    double begin = g->w->cycle * g->m->years;

    if (changes == 0)
        return g->fail.at[at].works <= begin;
    if (changes > RW_OUTAGE_NOTED) {
        struct rw_outage x = outage_of(g, c, i);
        double fault = first_fault(&x, g->w->faults[at]);

        return rw_outage_play(&x, g->fail.from[at], fault, time).at.works <= time;
    }
    return rw_outage_works(
        g->fail.from[at].works <= begin, changes, g->fail.changes[at].when, time);
}

bool
rw_fail_works(const struct rw_wheel *g, size_t c, size_t i, double time)
{
    const struct rw_control *x = &g->m->controls[c];

    for (size_t k = 0; k < x->n_causes; k++)
        if (rw_world_cause_down(g->w, x->causes[k], i, time))
            return false;
    return x->fails <= 0 || works_itself(g, c, i, time);
}

bool
rw_fail_unknown(const struct rw_wheel *g, size_t c, size_t i)
{
    return isinf(g->fail.at[c * g->room + i].works) &&
           g->fail.at[c * g->room + i].works > 0;
}

bool
rw_fail_audited(struct rw_wheel *g, size_t c, size_t i)
{
    double left = rw_support_left(g, c, i, RW_SUPPORT_CORRECTS);
    double *works = &g->fail.at[c * g->room + i].works, end = end_of_cycle(g);
    double *mends = &g->fail.mends[c * g->room + i], was = *works;

    if (was <= end)
        return false;
    *works = fmin(was, end + g->s->correction_years * left);
    if (isinf(was) || was == *mends) /* nothing else has found it */
        *mends = *works;
    return isinf(was);
}

void
rw_fail_hurry(struct rw_wheel *g, size_t c, size_t i)
{
    double *works = &g->fail.at[c * g->room + i].works;

    *works = fmin(*works, end_of_cycle(g));
}

bool
rw_fail_stands(const struct rw_wheel *g, size_t c, size_t i, unsigned from)
{
    return g->fail.at[c * g->room + i].works <= from * g->m->years;
}
