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

static struct rw_outage
control_of(const struct rw_world *w, size_t control, size_t future)
{
    const struct rw_control *x = &w->m->controls[control];

    return rw_world_outage(
        w, x->upkeep.lanes, rw_world_reliability(w, x, future), future);
}

const double *
rw_world_faults(struct rw_world *w, size_t control)
{
    enum { STEP = 256 };
    struct rw_outage_lanes lanes = w->m->controls[control].upkeep.lanes;
    double *row = w->faults + control * w->room;
    uint64_t words[STEP];

    if (w->faults_of[control] == w->cycle)
        return row;
    for (size_t i = 0; i < w->n; i++) {
        struct rw_outage x = control_of(w, control, i);
        size_t step = w->n - i < STEP ? w->n - i : STEP;

        if (i % STEP == 0)
            rw_outage_fault_words(w->seed, lanes, w->cycle, w->first + i, step, words);
        row[i] = rw_outage_first_fault(&x, words[i % STEP]);
        w->plays_from[control * w->room + i].works = NAN;
    }
    w->faults_of[control] = w->cycle;
    return row;
}

const struct rw_outage_play *
rw_world_play(
    struct rw_world *w, size_t control, size_t future, struct rw_outage_state from)
{
    size_t at = control * w->room + future;
    const struct rw_outage_state *last = &w->plays_from[at];

    if (!(last->works == from.works && last->failed == from.failed)) {
        struct rw_outage x = control_of(w, control, future);

        w->plays[at] =
            rw_outage_play(&x, from, w->faults[at], (w->cycle + 1) * w->m->years);
        w->plays_from[at] = from;
    }
    return &w->plays[at];
}
