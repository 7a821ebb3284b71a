/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fails, as far as all strategies share it: common causes, and where the
 * first failures of controls lie. */
#include "world/world.h"

#include <limits.h>

static struct rw_outage
cause_of(const struct rw_world *w, size_t cause, size_t future)
{
    const struct rw_cause *x = &w->m->dependence.causes[cause];
    const struct rw_reliability law = {
        .fails = x->fails, .years = x->fail_years, .at_most = INFINITY};

    return rw_world_outage(w, x->lanes, law, future);
}

void
rw_world_outages_begin(struct rw_world *w)
{
    for (size_t c = 0; c < w->m->dependence.n_causes; c++)
        for (size_t i = 0; i < w->n; i++) {
            struct rw_outage x = cause_of(w, c, i);

            w->causes[c * w->room + i].at = rw_outage_running(&x);
        }
    for (size_t c = 0; c < w->m->n_controls; c++)
        w->faults_of[c] = UINT_MAX;
    for (size_t at = 0; at < w->m->n_controls * w->room; at++)
        w->plays_of[at] = UINT16_MAX;
    w->audits_of = w->m->n_controls;
}

void
rw_world_outages_cycle(struct rw_world *w)
{
    double begin = w->cycle * w->m->years, end = (w->cycle + 1) * w->m->years;

    for (size_t c = 0; c < w->m->dependence.n_causes; c++)
        for (size_t i = 0; i < w->n && !rw_world_stopped(w); i++) {
            size_t at = c * w->room + i;
            struct rw_outage x = cause_of(w, c, i);
            struct rw_outage_play *p = &w->causes[at];

            w->causes_from[at] = p->at;
            *p = rw_outage_play(&x, p->at, rw_outage_fault(&x, begin), end);
            w->cause_changes[at] =
                (uint8_t)(p->changes < UINT8_MAX ? p->changes : UINT8_MAX);
        }
}

bool
rw_world_cause_down(const struct rw_world *w, size_t cause, size_t future, double time)
{
    size_t at = cause * w->room + future;
    const struct rw_outage_play *p = &w->causes[at];
    double begin = w->cycle * w->m->years;

    if (p->changes > RW_OUTAGE_NOTED) {
        struct rw_outage x = cause_of(w, cause, future);

        return rw_outage_play(&x, w->causes_from[at], rw_outage_fault(&x, begin), time)
                   .at.works > time;
    }
    return !rw_outage_works(
        w->causes_from[at].works <= begin, p->changes, p->when, time);
}

bool
rw_world_cause_up(const struct rw_world *w, size_t cause, size_t future, unsigned from)
{
    size_t at = cause * w->room + future;

    return (from > w->cycle ? w->causes[at].at : w->causes_from[at]).works <=
           from * w->m->years;
}

struct rw_reliability
rw_world_reliability(
    const struct rw_world *w, const struct rw_control *x, size_t future)
{
    const struct rw_upkeep *u = &x->upkeep;

    return (struct rw_reliability){rw_world_fails(w, x, future), x->fail_years,
        u->at_most > 0 ? u->at_most : INFINITY, u->correction};
}

static struct rw_outage_set
set_of(const struct rw_world *w, const struct rw_control *x)
{
    return (struct rw_outage_set){
        w->seed, x->upkeep.lanes, w->cycle, w->m->years, rw_world_reliability(w, x, 0)};
}

/* Row of a control's failures a year. */
static const double *
fails_of(struct rw_world *w, const struct rw_control *x)
{
    if (x->unsure)
        return rw_world_truth(w, &x->failing);
    for (size_t i = 0; i < w->n; i++)
        w->fails[i] = rw_world_fails(w, x, i);
    return w->fails;
}

const double *
rw_world_faults(struct rw_world *w, size_t control)
{
    const struct rw_control *x = &w->m->controls[control];
    const struct rw_outage_set set = set_of(w, x);
    size_t at = control * w->room;

    if (w->faults_of[control] != w->cycle)
        rw_outage_faults(
            &set, w->first, w->n, fails_of(w, x), w->faults + at, w->next_faults + at);
    w->faults_of[control] = w->cycle;
    return w->faults + at;
}

/* Whether it was played in this cycle from where it now stands. */
static bool
played(const struct rw_world *w, size_t at, struct rw_outage_state from)
{
    const struct rw_outage_state *last = &w->plays_from[at];

    return w->plays_of[at] == w->cycle && last->works == from.works &&
           last->failed == from.failed;
}

void
rw_world_play(struct rw_world *w, size_t control, size_t n, const uint32_t future[],
    const struct rw_outage_state from[])
{
    const struct rw_control *x = &w->m->controls[control];
    const struct rw_outage_set set = set_of(w, x);
    struct rw_outage_item item[RW_OUTAGE_ITEMS];
    size_t items = 0;

    for (size_t j = 0; j < n; j++) {
        size_t i = future[j], at = control * w->room + i;

        if (!played(w, at, from[j]))
            item[items++] = (struct rw_outage_item){.future = w->first + i,
                .fails = rw_world_fails(w, x, i),
                .fault = w->faults[at],
                .next = w->next_faults[at],
                .from = from[j],
                .play = &w->plays[at]};
        w->plays_of[at] = (uint16_t)w->cycle;
        w->plays_from[at] = from[j];
        if (items == RW_OUTAGE_ITEMS || (j + 1 == n && items > 0)) {
            rw_outage_plays(&set, items, item);
            items = 0;
        }
    }
}

const double (*rw_world_audits(struct rw_world *w, size_t control))[4]
{
    uint64_t lane = w->m->controls[control].audit_lane;

    if (w->audits_of != control || w->audits_at != w->cycle)
        rw_stream_own_row(
            (struct rw_stream){w->seed, lane}, w->first, w->cycle, w->n, w->audits[0]);
    w->audits_of = control;
    w->audits_at = w->cycle;
    return (const double(*)[4])w->audits;
}
