/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls that stop working and work again. */
#include "num/cpu.h"
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
    x->works = RW_ARENA_NEW(&g->arena, n, double);
    x->failed = RW_ARENA_NEW(&g->arena, n, double);
    x->began = RW_ARENA_NEW(&g->arena, n, uint8_t);
    x->from = RW_ARENA_NEW(&g->arena, n, struct rw_outage_state);
    x->changes = RW_ARENA_NEW(&g->arena, n, struct rw_fail_changes);
    x->n_changes = RW_ARENA_NEW(&g->arena, n, uint8_t);
    x->mends = RW_ARENA_NEW(&g->arena, n, double);
    x->list = RW_ARENA_NEW(&g->arena, g->room, uint32_t);
    x->begin = RW_ARENA_NEW(&g->arena, g->room, struct rw_outage_state);
    return x->works != NULL && x->failed != NULL && x->began != NULL &&
                   x->from != NULL && x->changes != NULL && x->n_changes != NULL &&
                   x->mends != NULL && x->list != NULL && x->begin != NULL
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

static void
set(struct rw_wheel *g, size_t at, struct rw_outage_state s)
{
    g->fail.works[at] = s.works;
    g->fail.failed[at] = s.failed;
}

void
rw_fail_start(struct rw_wheel *g, size_t c, size_t i, bool running_in)
{
    struct rw_outage x = outage_of(g, c, i);
    size_t at = c * g->room + i;

    set(g, at, running_in ? rw_outage_running(&x) : rw_outage_new());
    g->fail.mends[at] = -INFINITY;
}

/* The cycle's first failure of one that others keep working: perhaps none where
 * the world lists one. */
static double
first_fault(const struct rw_outage *x, double listed)
{
    return isinf(listed) ? listed : rw_outage_fault(x, x->cycle * x->years);
}

/* What a cycle has brought; p->changes many are played again when they are asked for
 * (works_itself), all others are told by what is kept here. */
static void
keep(struct rw_wheel *g, size_t at, struct rw_outage_state from,
    const struct rw_outage_play *p)
{
    unsigned n = p->changes < RW_OUTAGE_NOTED ? p->changes : RW_OUTAGE_NOTED;

    set(g, at, p->at);
    g->fail.began[at] = from.works <= g->w->cycle * g->m->years;
    g->fail.n_changes[at] = (uint8_t)(p->changes < UINT8_MAX ? p->changes : UINT8_MAX);
    for (unsigned k = 0; k < n; k++)
        g->fail.changes[at].when[k] = p->when[k];
    if (p->changes > RW_OUTAGE_NOTED)
        g->fail.from[at] = from;
}

/* How it begins the cycle: another correction takes no longer than one that begins with
 * it would. */
static struct rw_outage_state
state_of(const struct rw_wheel *g, size_t at, double correction)
{
    struct rw_outage_state s = {g->fail.failed[at], g->fail.works[at]};

    if (isfinite(s.works) && s.works != g->fail.mends[at])
        s.works = fmin(s.works, g->w->cycle * g->m->years + correction);
    return s;
}

/* Futures whose process may not just work in this cycle: its own rates, or what
 * supporters leave of them. */
static void
follow(struct rw_wheel *g, size_t c, size_t n, const uint32_t future[])
{
    const struct rw_outage_play *plays = g->w->plays + c * g->room;
    struct rw_outage_state *from = g->fail.begin;

    for (size_t j = 0; j < n; j++)
        from[j] =
            state_of(g, c * g->room + future[j], g->m->controls[c].upkeep.correction);
    rw_world_play(g->w, c, n, future, from);
    for (size_t j = 0; j < n; j++)
        keep(g, c * g->room + future[j], from[j], &plays[future[j]]);
}

static void
follow_supported(struct rw_wheel *g, size_t c, size_t n, const uint32_t future[])
{
    const double *faults = rw_world_faults(g->w, c);

    for (size_t j = 0; j < n; j++) {
        struct rw_outage x = outage_of(g, c, future[j]);
        struct rw_outage_state s =
            state_of(g, c * g->room + future[j], x.law.correction);
        struct rw_outage_play p =
            rw_outage_play(&x, s, first_fault(&x, faults[future[j]]), end_of_cycle(g));

        keep(g, c * g->room + future[j], s, &p);
    }
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

/* Futures in which it operates and is down or fails in this cycle. */
RW_CPU_EACH void
set_moved_by(size_t n, const uint16_t *restrict since, unsigned cycle,
    const double *restrict works, double begin, const double *restrict faults,
    double end, uint8_t *restrict moved)
{
    const uint16_t t = (uint16_t)cycle;

    for (size_t i = 0; i < n; i++)
        moved[i] = (since[i] <= t) & ((works[i] > begin) | (faults[i] <= end));
}
RW_CPU_VARIANTS(void, set_moved,
    (size_t n, const uint16_t since[], unsigned cycle, const double works[],
        double begin, const double faults[], double end, uint8_t moved[]),
    (n, since, cycle, works, begin, faults, end, moved))

static size_t
list_moved(struct rw_wheel *g, size_t c, const double faults[], uint32_t future[])
{
    uint8_t *moved = g->fail.n_changes + c * g->room; /* 0 again below */
    size_t n = 0;

    set_moved(g->w->n, g->since + c * g->room, g->w->cycle, g->fail.works + c * g->room,
        g->w->cycle * g->m->years, faults, end_of_cycle(g), moved);
    for (size_t i = 0; i < g->w->n; i++) {
        future[n] = (uint32_t)i;
        n += moved[i];
    }
    memset(moved, 0, g->w->n);
    return n;
}

static size_t
list_operating(struct rw_wheel *g, size_t c, uint32_t future[])
{
    size_t n = 0;

    for (size_t i = 0; i < g->w->n; i++) {
        future[n] = (uint32_t)i;
        n += g->since[c * g->room + i] <= g->w->cycle;
    }
    return n;
}

/* Of itself; future[] <- those in which something happened or is down. */
static size_t
fail_itself(struct rw_wheel *g, size_t c, uint32_t future[])
{
    size_t n = list_moved(g, c, rw_world_faults(g->w, c), future);

    if (g->m->controls[c].upkeep.supported)
        follow_supported(g, c, n, future);
    else
        follow(g, c, n, future);
    for (size_t j = 0; j < n; j++)
        g->changes[c * g->room + future[j]] =
            g->fail.n_changes[c * g->room + future[j]];
    return n;
}

static bool
works_itself(const struct rw_wheel *g, size_t c, size_t i, double time)
{
    size_t at = c * g->room + i;
    unsigned changes = g->fail.n_changes[at];
    double begin = g->w->cycle * g->m->years;

    if (changes == 0)
        return g->fail.works[at] <= begin;
    if (changes > RW_OUTAGE_NOTED) {
        struct rw_outage x = outage_of(g, c, i);
        double fault = first_fault(&x, g->w->faults[at]);

        return rw_outage_play(&x, g->fail.from[at], fault, time).at.works <= time;
    }
    return rw_outage_works(g->fail.began[at], changes, g->fail.changes[at].when, time);
}

void
rw_fail_cycle(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    uint32_t *future = g->fail.list;
    double middle = g->w->cycle * g->m->years + g->m->years / 2;
    size_t n = 0;

    memset(g->changes + c * g->room, 0, g->w->n);
    if (rw_world_stopped(g->w))
        return;
    if (x->fails > 0)
        n = fail_itself(g, c, future);
    if (x->n_causes > 0)
        n = list_operating(g, c, future);
    for (size_t j = 0; j < n; j++) {
        size_t i = future[j], at = c * g->room + i;

        add_causes(g, x, at, i);
        if (x->n_causes > 0 ? !rw_fail_works(g, c, i, middle)
                            : !works_itself(g, c, i, middle))
            g->stands[at] = g->weak[at];
    }
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
    return isinf(g->fail.works[c * g->room + i]) && g->fail.works[c * g->room + i] > 0;
}

bool
rw_fail_audited(struct rw_wheel *g, size_t c, size_t i)
{
    double left = rw_support_left(g, c, i, RW_SUPPORT_CORRECTS);
    double *works = &g->fail.works[c * g->room + i], end = end_of_cycle(g);
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
    double *works = &g->fail.works[c * g->room + i];

    *works = fmin(*works, end_of_cycle(g));
}

bool
rw_fail_stands(const struct rw_wheel *g, size_t c, size_t i, unsigned from)
{
    return g->fail.works[c * g->room + i] <= from * g->m->years;
}
