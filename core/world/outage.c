/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fails, as far as all strategies share it: common causes, and where the
 * first failures of controls lie. */
#include "world/world.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

bool
rw_world_outages_init(struct rw_world *w)
{
    size_t n = w->m->n_controls, all = n * w->room + 1;
    struct rw_outage_list *list = &w->outages;

    w->faults = calloc(all, sizeof *w->faults);
    w->fault_times = calloc(RW_OUTAGE_POINTS * all, sizeof *w->fault_times);
    w->faults_of = calloc(n + 1, sizeof *w->faults_of);
    w->plays = calloc(all, sizeof *w->plays);
    w->plays_of = calloc(all, sizeof *w->plays_of);
    w->unplayed = calloc(w->room, sizeof *w->unplayed);
    w->audits = calloc(w->room, sizeof *w->audits);
    list->future = calloc(w->room, sizeof *list->future);
    list->works = calloc(w->room, sizeof *list->works);
    list->failed = calloc(w->room, sizeof *list->failed);
    return w->faults != NULL && w->fault_times != NULL && w->faults_of != NULL &&
           w->plays != NULL && w->plays_of != NULL && w->unplayed != NULL &&
           w->audits != NULL && list->future != NULL && list->works != NULL &&
           list->failed != NULL;
}

void
rw_world_outages_fini(struct rw_world *w)
{
    free(w->faults);
    free(w->fault_times);
    free(w->faults_of);
    free(w->plays);
    free(w->plays_of);
    free(w->unplayed);
    free(w->audits);
    free(w->outages.future);
    free(w->outages.works);
    free(w->outages.failed);
}

/* ---- common causes ---- */

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
        w->plays_of[at] = UINT32_MAX;
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

/* Row of a control's failures a year; NULL: they are alike. */
static const double *
fails_of(const struct rw_world *w, const struct rw_control *x)
{
    return x->unsure ? rw_world_truth(w, &x->failing) : NULL;
}

static struct rw_outage_faults
faults_of(const struct rw_world *w, size_t control)
{
    return (struct rw_outage_faults){w->room, w->faults + control * w->room,
        w->fault_times + control * RW_OUTAGE_POINTS * w->room};
}

const uint8_t *
rw_world_faults(struct rw_world *w, size_t control)
{
    const struct rw_control *x = &w->m->controls[control];
    const struct rw_outage_set set = set_of(w, x);
    const struct rw_outage_faults faults = faults_of(w, control);

    if (w->faults_of[control] != w->cycle)
        rw_outage_faults(&set, w->first, w->n, fails_of(w, x), &faults);
    w->faults_of[control] = w->cycle;
    return faults.n;
}

void
rw_world_running(struct rw_world *w, size_t control)
{
    const struct rw_control *x = &w->m->controls[control];
    const struct rw_outage_set set = set_of(w, x);
    struct rw_outage_list list = w->outages;

    if (isinf(set.law.at_most))
        list.failed = NULL;
    rw_outage_runnings(&set, w->first, fails_of(w, x), &list);
}

static struct rw_outage_state
begins(const struct rw_outage_list *list, size_t j)
{
    double failed = list->failed != NULL ? list->failed[j] : -INFINITY;

    return (struct rw_outage_state){failed, list->works[j]};
}

/* Of a cycle and a player, never UINT32_MAX. */
static uint32_t
mark(const struct rw_world *w, uint8_t tag)
{
    return (uint32_t)w->cycle << 8 | tag;
}

/* to[i] <- what was played in this cycle from there; false: nobody has. */
static bool
take(const struct rw_world *w, size_t at, size_t i, struct rw_outage_state from,
    const struct rw_outage_rows *to)
{
    const struct rw_world_play *last = &w->plays[at];
    const struct rw_outage_rows *by;

    if (w->plays_of[at] >> 8 != w->cycle || last->from.works != from.works ||
        last->from.failed != from.failed)
        return false;
    by = rw_world_player(w, NULL, (uint8_t)w->plays_of[at]);
    to->works[i] = last->works;
    if (to->failed != NULL)
        to->failed[i] = by->failed[at];
    to->changes[i] = by->changes[at];
    to->worked[i] = by->worked[at];
    return true;
}

/* Leaves on the list what nobody has played. */
static void
take_played(struct rw_world *w, size_t control, struct rw_outage_list *list,
    const struct rw_outage_rows *to)
{
    const uint32_t *future = list->future;
    size_t n = 0;

    list->future = w->unplayed;
    for (size_t j = 0; j < list->n; j++) {
        struct rw_outage_state from = begins(list, j);

        if (take(w, control * w->room + future[j], future[j], from, to))
            continue;
        list->future[n] = future[j];
        list->works[n] = from.works;
        if (list->failed != NULL)
            list->failed[n] = from.failed;
        n++;
    }
    list->n = n;
}

/* For the next strategy. */
static void
keep_played(struct rw_world *w, size_t control, const struct rw_outage_list *list,
    const struct rw_outage_rows *to)
{
    struct rw_world_play *plays = w->plays + control * w->room;
    uint32_t *of = w->plays_of + control * w->room, now = mark(w, to->tag);

    for (size_t j = 0; j < list->n; j++) {
        size_t i = list->future[j];

        plays[i] = (struct rw_world_play){begins(list, j), to->works[i]};
        of[i] = now;
    }
}

void
rw_world_join(struct rw_world *w, struct rw_outage_rows *rows)
{
    rows->tag = RW_WORLD_PLAYERS * RW_OUTAGE_TAGS;
    if (w->n_players == RW_WORLD_PLAYERS)
        return;
    rows->tag = (uint8_t)(w->n_players * RW_OUTAGE_TAGS);
    w->players[w->n_players++] = rows;
}

void
rw_world_play(struct rw_world *w, size_t control, const struct rw_outage_rows *by)
{
    const struct rw_control *x = &w->m->controls[control];
    const struct rw_outage_set set = set_of(w, x);
    const struct rw_outage_faults faults = faults_of(w, control);
    struct rw_outage_rows to = rw_world_rows(w, by, control);
    struct rw_outage_list list = w->outages;
    bool shared;

    if (isinf(set.law.at_most))
        list.failed = to.failed = NULL;
    shared = w->n_players > 1 && to.tag < RW_WORLD_PLAYERS * RW_OUTAGE_TAGS;
    if (shared)
        take_played(w, control, &list, &to);
    rw_outage_plays(&set, w->first, fails_of(w, x), &faults, &list, &to);
    if (shared)
        keep_played(w, control, &list, &to);
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
