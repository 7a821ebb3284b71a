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
    x->own.works = RW_ARENA_NEW(&g->arena, n, double);
    x->own.failed = RW_ARENA_NEW(&g->arena, n, double);
    x->own.changes = RW_ARENA_NEW(&g->arena, n, uint8_t);
    x->own.worked = RW_ARENA_NEW(&g->arena, n, uint8_t);
    x->own.when = rw_arena_alloc(&g->arena, n, sizeof *x->own.when);
    x->own.from = RW_ARENA_NEW(&g->arena, n, struct rw_outage_state);
    x->mends = RW_ARENA_NEW(&g->arena, n, double);
    x->mended = RW_ARENA_NEW(&g->arena, g->m->n_controls, bool);
    rw_world_join(g->w, &x->own);
    return x->own.works != NULL && x->own.failed != NULL && x->own.changes != NULL &&
                   x->own.worked != NULL && x->own.when != NULL &&
                   x->own.from != NULL && x->mends != NULL && x->mended != NULL
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

/* How it begins where it comes into operation, list->works and ->failed. */
static void
set_states(
    struct rw_wheel *g, size_t c, const struct rw_outage_list *list, bool running_in)
{
    bool supported = g->m->controls[c].upkeep.supported;
    struct rw_outage_state s = rw_outage_new();

    for (size_t j = 0; j < list->n; j++) {
        if (running_in && supported) {
            struct rw_outage x = outage_of(g, c, list->future[j]);

            s = rw_outage_running(&x);
        }
        list->works[j] = s.works;
        list->failed[j] = s.failed;
    }
    if (running_in && !supported)
        rw_world_running(g->w, c);
}

void
rw_fail_start(struct rw_wheel *g, size_t c, bool running_in)
{
    struct rw_outage_list *list = &g->w->outages;
    const uint16_t *since = g->since + c * g->room;
    size_t n = 0;

    for (size_t i = 0; i < g->w->n; i++) {
        list->future[n] = (uint32_t)i;
        n += since[i] == g->w->cycle;
    }
    list->n = n;
    set_states(g, c, list, running_in);
    for (size_t j = 0; j < n; j++) {
        size_t at = c * g->room + list->future[j];

        g->fail.own.works[at] = list->works[j];
        g->fail.own.failed[at] = list->failed[j];
        g->fail.mends[at] = -INFINITY;
    }
}

/* The cycle's first failure of one that others keep working: perhaps none where
 * the world lists one. */
static double
first_fault(const struct rw_outage *x, uint8_t listed)
{
    return listed > 0 ? rw_outage_fault(x, x->cycle * x->years) : INFINITY;
}

/* ---- a cycle ---- */

/* Futures in which it operates and is down or fails in this cycle. */
RW_CPU_EACH void
set_moved_by(size_t n, const uint16_t *restrict since, unsigned cycle,
    const double *restrict works, double begin, const uint8_t *restrict faults,
    uint8_t *restrict moved)
{
    const uint16_t t = (uint16_t)cycle;

    for (size_t i = 0; i < n; i++)
        moved[i] = (since[i] <= t) & ((works[i] > begin) | (faults[i] > 0));
}
RW_CPU_VARIANTS(void, set_moved,
    (size_t n, const uint16_t since[], unsigned cycle, const double works[],
        double begin, const uint8_t faults[], uint8_t moved[]),
    (n, since, cycle, works, begin, faults, moved))

static void
list_moved(struct rw_wheel *g, size_t c, struct rw_outage_list *list)
{
    uint8_t *moved = g->fail.own.changes + c * g->room; /* 0 again below */
    uint32_t *future = list->future;
    size_t n = 0;

    set_moved(g->w->n, g->since + c * g->room, g->w->cycle,
        g->fail.own.works + c * g->room, g->w->cycle * g->m->years,
        rw_world_faults(g->w, c), moved);
    for (size_t i = 0; i < g->w->n; i++) {
        future[n] = (uint32_t)i;
        n += moved[i];
    }
    memset(moved, 0, g->w->n);
    list->n = n;
}

static void
list_operating(struct rw_wheel *g, size_t c, struct rw_outage_list *list)
{
    const uint16_t *since = g->since + c * g->room;
    uint32_t *future = list->future;
    size_t n = 0;

    for (size_t i = 0; i < g->w->n; i++) {
        future[n] = (uint32_t)i;
        n += since[i] <= g->w->cycle;
    }
    list->n = n;
}

/* From when it works, as it begins the cycle: another correction than an audit's takes no
 * longer than one that begins with it would. */
static double
hastened(double works, double mends, double begun)
{
    double sooner = works < begun ? works : begun;
    bool another = (works < INFINITY) & (works != mends);

    return another ? sooner : works;
}

/* Those on the list through the cycle: its own rates, or what supporters leave of
 * them. */
static void
follow(struct rw_wheel *g, size_t c, const struct rw_outage_list *list)
{
    const struct rw_upkeep *u = &g->m->controls[c].upkeep;
    const double *failed = g->fail.own.failed + c * g->room;
    const double *works = g->fail.own.works + c * g->room;
    const double *mends = g->fail.mends + c * g->room;
    double begun = g->w->cycle * g->m->years + u->correction;

    if (g->fail.mended[c])
        for (size_t j = 0; j < list->n; j++) {
            size_t i = list->future[j];

            list->works[j] = hastened(works[i], mends[i], begun);
        }
    else
        for (size_t j = 0; j < list->n; j++)
            list->works[j] = hastened(works[list->future[j]], -INFINITY, begun);
    for (size_t j = 0; j < list->n && u->at_most > 0; j++)
        list->failed[j] = failed[list->future[j]];
    rw_world_play(g->w, c, &g->fail.own);
}

static void
follow_supported(struct rw_wheel *g, size_t c, const struct rw_outage_list *list)
{
    const uint8_t *faults = rw_world_faults(g->w, c);
    const struct rw_outage_rows to = rw_world_rows(g->w, &g->fail.own, c);
    double begin = g->w->cycle * g->m->years;

    for (size_t j = 0; j < list->n; j++) {
        size_t i = list->future[j];
        struct rw_outage x = outage_of(g, c, i);
        struct rw_outage_state s = {
            to.failed[i], hastened(to.works[i], g->fail.mends[c * g->room + i],
                              begin + x.law.correction)};
        double first = first_fault(&x, faults[i]);
        struct rw_outage_play p = rw_outage_play(&x, s, first, end_of_cycle(g));

        rw_outage_put(&x, s, first, &p, &to, i);
    }
}

/* What stands at the cycle's middle. */
RW_CPU_EACH void
stand_by(size_t n, const uint8_t *restrict worked, const double *restrict weak,
    double *restrict stands)
{
    for (size_t i = 0; i < n; i++)
        stands[i] = worked[i] & RW_OUTAGE_MIDDLE ? stands[i] : weak[i];
}
RW_CPU_VARIANTS(void, stand,
    (size_t n, const uint8_t worked[], const double weak[], double stands[]),
    (n, worked, weak, stands))

/* Of itself; on the list are those in which something happened or is down. */
static void
fail_itself(struct rw_wheel *g, size_t c, struct rw_outage_list *list)
{
    size_t at = c * g->room;

    list_moved(g, c, list);
    memset(g->fail.own.worked + at, RW_OUTAGE_MIDDLE, g->w->n); /* those not listed */
    if (g->m->controls[c].upkeep.supported)
        follow_supported(g, c, list);
    else
        follow(g, c, list);
    stand(g->w->n, g->fail.own.worked + at, g->weak + at, g->stands + at);
    memcpy(g->changes + at, g->fail.own.changes + at, g->w->n);
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

/* Works at a time, if it changed more often than was noted.  Rare, and kept out of what
 * is asked for every event. */
static __attribute__((noinline)) bool
replay(const struct rw_wheel *g, size_t c, size_t i, const struct rw_outage_rows *by,
    double time)
{
    size_t at = c * g->room + i;
    struct rw_outage x = outage_of(g, c, i);
    double fault = first_fault(&x, g->w->faults[at]);

    return rw_outage_play(&x, by->from[at], fault, time).at.works <= time;
}

static bool
works_itself(const struct rw_wheel *g, size_t c, size_t i, double time)
{
    size_t at = c * g->room + i;
    unsigned changes = g->fail.own.changes[at];
    uint8_t worked = g->fail.own.worked[at];
    const struct rw_outage_rows *by;

    if (changes == 0)
        return g->fail.own.works[at] <= g->w->cycle * g->m->years;
    by = rw_world_player(g->w, &g->fail.own, worked);
    if (changes > RW_OUTAGE_NOTED)
        return replay(g, c, i, by, time);
    return rw_outage_works(worked & RW_OUTAGE_BEGAN, changes, by->when[at], time);
}

/* Where causes make it fail as well. */
static void
fail_with_causes(struct rw_wheel *g, size_t c, struct rw_outage_list *list)
{
    const struct rw_control *x = &g->m->controls[c];
    double middle = g->w->cycle * g->m->years + g->m->years / 2;

    list_operating(g, c, list);
    for (size_t j = 0; j < list->n; j++) {
        size_t i = list->future[j], at = c * g->room + i;

        add_causes(g, x, at, i);
        if (!rw_fail_works(g, c, i, middle))
            g->stands[at] = g->weak[at];
    }
}

void
rw_fail_cycle(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];

    if (x->fails <= 0 || rw_world_stopped(g->w))
        memset(g->changes + c * g->room, 0, g->w->n);
    if (rw_world_stopped(g->w))
        return;
    if (x->fails > 0)
        fail_itself(g, c, &g->w->outages);
    if (x->n_causes > 0)
        fail_with_causes(g, c, &g->w->outages);
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
    return isinf(g->fail.own.works[c * g->room + i]) &&
           g->fail.own.works[c * g->room + i] > 0;
}

bool
rw_fail_audited(struct rw_wheel *g, size_t c, size_t i)
{
    double left = rw_support_left(g, c, i, RW_SUPPORT_CORRECTS);
    double *works = &g->fail.own.works[c * g->room + i], end = end_of_cycle(g);
    double *mends = &g->fail.mends[c * g->room + i], was = *works;

    if (was <= end)
        return false;
    *works = fmin(was, end + g->s->correction_years * left);
    if (isinf(was) || was == *mends) /* nothing else has found it */
        *mends = *works;
    g->fail.mended[c] = true;
    return isinf(was);
}

void
rw_fail_hurry(struct rw_wheel *g, size_t c, size_t i)
{
    double *works = &g->fail.own.works[c * g->room + i];

    *works = fmin(*works, end_of_cycle(g));
}

bool
rw_fail_stands(const struct rw_wheel *g, size_t c, size_t i, unsigned from)
{
    return g->fail.own.works[c * g->room + i] <= from * g->m->years;
}
