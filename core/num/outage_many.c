/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outages of many futures side by side.  What each draws is that of outage.c.
 *
 * Between two failures one that is down comes back at most once: at
 *   W = min(found by chance, age) + correction,
 * unless the next failure is before W, which starts that anew.  So a cycle of n failures
 * takes n + 1 steps, and none of them has a branch. */
#include "num/cpu.h"
#include "num/outage_parts.h"
#include "num/row.h"

static struct rw_outage_state
from_of(const struct rw_outage_list *list, size_t j)
{
    double failed = list->failed != NULL ? list->failed[j] : -INFINITY;

    return (struct rw_outage_state){failed, list->works[j]};
}

struct step {
    double begin, middle, end, at_most, correction;
};

/* All that was noted before is no later. */
RW_CPU_EACH void
note(struct rw_outage_side *p, size_t j, double time)
{
    for (int k = 0; k < RW_OUTAGE_NOTED; k++) {
        double was = p->when[k][j], is = time;

        p->when[k][j] = was < is ? was : is;
        time = was < is ? is : was;
    }
}

/* The first two; one that fails has come back before. */
RW_CPU_EACH void
note_first(struct rw_outage_side *p, size_t j, double came, double failed)
{
    p->when[0][j] = came < failed ? came : failed;
    p->when[1][j] = came < failed ? failed : came;
    for (int k = 2; k < RW_OUTAGE_NOTED; k++)
        p->when[k][j] = INFINITY;
}

/* Up to the next failure, or to the end; `first' from the cycle's start. */
RW_CPU_EACH void
step_any_by(size_t n, const struct step *x, const double *restrict faults,
    const double *restrict founds, struct rw_outage_side *restrict p, bool first)
{
    const double middle = x->middle, begin = x->begin, end = x->end;
    const double at_most = x->at_most, correction = x->correction;

    for (size_t j = 0; j < n; j++) {
        double now = first ? begin : p->now[j], works = p->works[j];
        double was = p->failed[j], age = was + at_most;
        double fault = faults[j], until = fault < end ? fault : end;
        double found = founds[j], back, came, failed, stands, changes;

        age = age > now ? age : INFINITY;
        found = age < found ? age : found;
        found = works > now + correction ? found : INFINITY;
        back = found + correction;
        back = back < works ? back : works;
        back = found < works ? back : works;
        came = back <= until ? back : INFINITY;
        failed = back <= until ? fault : INFINITY;
        came = works > now ? came : INFINITY;
        failed = works > now ? failed : fault;
        changes = first ? 0 : p->changes[j];
        changes += came < INFINITY ? 1.0 : 0.0;
        changes += failed < INFINITY ? 1.0 : 0.0;
        p->changes[j] = changes;
        stands = works <= begin ? 1.0 : 0.0;
        stands = first ? stands : p->middle[j];
        stands = came <= middle ? 1.0 : stands;
        p->middle[j] = failed <= middle ? 0.0 : stands;
        if (first) {
            note_first(p, j, came, failed);
        } else {
            note(p, j, came);
            note(p, j, failed);
        }
        found = found <= end ? found : INFINITY;
        works = found < works ? back : works;
        p->works[j] = fault < INFINITY ? INFINITY : works;
        p->failed[j] = fault < INFINITY ? fault : was;
        p->now[j] = fault;
    }
}
RW_CPU_EACH void
first_step_by(size_t n, const struct step *x, const double *restrict faults,
    const double *restrict founds, struct rw_outage_side *restrict p)
{
    step_any_by(n, x, faults, founds, p, true);
}
RW_CPU_EACH void
step_by(size_t n, const struct step *x, const double *restrict faults,
    const double *restrict founds, struct rw_outage_side *restrict p)
{
    step_any_by(n, x, faults, founds, p, false);
}
RW_CPU_VARIANTS(void, first_step,
    (size_t n, const struct step *x, const double faults[], const double founds[],
        struct rw_outage_side *p),
    (n, x, faults, founds, p))
RW_CPU_VARIANTS(void, step,
    (size_t n, const struct step *x, const double faults[], const double founds[],
        struct rw_outage_side *p),
    (n, x, faults, founds, p))

/* Some of a list, none with too many failures, as they begin the cycle. */
static void
enter(const struct rw_outage_set *x, uint64_t first,
    const struct rw_outage_faults *faults, const struct rw_outage_list *list,
    const uint32_t which[], struct rw_outage_side *p)
{
    p->most = 0;
    for (size_t j = 0; j < p->n; j++) {
        uint32_t i = list->future[which[j]];

        p->place[j] = i;
        p->future[j] = first + i;
        p->works[j] = p->from[j] = list->works[which[j]];
        p->many[j] = faults->n[i];
        p->most = faults->n[i] > p->most ? faults->n[i] : p->most;
    }
    for (size_t j = 0; j < p->n; j++)
        p->failed[j] = list->failed != NULL ? list->failed[which[j]] : -INFINITY;
    rw_row_fill(p->n, x->cycle * x->years, p->now);
}

/* when <- the k-th failures. */
RW_CPU_EACH void
set_faults_by(size_t n, unsigned k, double cycle, double years,
    const uint64_t *restrict time, const uint32_t *restrict many, double *restrict when)
{
    for (size_t j = 0; j < n; j++) {
        double t = (cycle + rw_outage_time(time[j])) * years;

        when[j] = k < many[j] ? t : INFINITY;
    }
}
RW_CPU_VARIANTS(void, set_faults,
    (size_t n, unsigned k, double cycle, double years, const uint64_t time[],
        const uint32_t many[], double when[]),
    (n, k, cycle, years, time, many, when))

static void
enter_faults(const struct rw_outage_set *x, const struct rw_outage_faults *faults,
    struct rw_outage_side *p)
{
    uint64_t time[RW_OUTAGE_SIDE];

    for (unsigned k = 0; k < p->most; k++) {
        const uint32_t *row = faults->time + k * faults->room;

        for (size_t j = 0; j < p->n; j++)
            time[j] = row[p->place[j]];
        set_faults(p->n, k, x->cycle, x->years, time, p->many, p->fault[k]);
    }
    rw_row_fill(p->n, INFINITY, p->fault[p->most]);
}

static uint8_t
worked(bool began, bool middle, uint8_t tag)
{
    int bits = (began ? RW_OUTAGE_BEGAN : 0) | (middle ? RW_OUTAGE_MIDDLE : 0);

    return (uint8_t)(bits | tag);
}

static void
leave(double begin, const struct rw_outage_side *p, const struct rw_outage_list *list,
    const uint32_t which[], const struct rw_outage_rows *rows)
{
    const struct rw_outage_rows to = *rows;

    for (size_t j = 0; j < p->n; j++) {
        size_t i = p->place[j];
        double from = p->from[j];

        to.works[i] = p->works[j];
        to.changes[i] = (uint8_t)(int)p->changes[j];
        to.worked[i] = worked(from <= begin, p->middle[j] > 0, to.tag);
        for (unsigned k = 0; k < RW_OUTAGE_NOTED; k++)
            to.when[i][k] = p->when[k][j];
    }
    for (size_t j = 0; j < p->n && to.failed != NULL; j++)
        to.failed[p->place[j]] = p->failed[j];
    for (size_t j = 0; j < p->n; j++)
        if (p->changes[j] > RW_OUTAGE_NOTED)
            to.from[p->place[j]] = from_of(list, which[j]);
}

static void
play_side(const struct rw_outage_set *x, uint64_t first,
    const struct rw_outage_faults *faults, const struct rw_outage_list *list, size_t n,
    const uint32_t which[], const struct rw_outage_rows *to)
{
    double begin = x->cycle * x->years, end = (x->cycle + 1) * x->years;
    const struct step s = {
        begin, begin + x->years / 2, end, x->law.at_most, x->law.correction};
    struct rw_outage_side p;

    p.n = n;
    enter(x, first, faults, list, which, &p);
    enter_faults(x, faults, &p);
    rw_outage_find(x, &p);
    first_step(p.n, &s, p.fault[0], p.found[0], &p);
    for (unsigned k = 1; k <= p.most; k++)
        step(p.n, &s, p.fault[k], p.found[k], &p);
    leave(begin, &p, list, which, to);
}

void
rw_outage_put(const struct rw_outage *x, struct rw_outage_state from, double fault,
    const struct rw_outage_play *p, const struct rw_outage_rows *to, size_t i)
{
    double begin = x->cycle * x->years;
    bool middle = rw_outage_stands(x, from, fault, p, begin + x->years / 2);

    to->works[i] = p->at.works;
    if (to->failed != NULL)
        to->failed[i] = p->at.failed;
    to->changes[i] = (uint8_t)(p->changes < UINT8_MAX ? p->changes : UINT8_MAX);
    to->worked[i] = worked(from.works <= begin, middle, to->tag);
    for (unsigned k = 0; k < RW_OUTAGE_NOTED; k++)
        to->when[i][k] = k < p->changes ? p->when[k] : INFINITY;
    to->from[i] = from;
}

/* As outage.c does it. */
static void
play_one(const struct rw_outage_set *x, uint64_t first, double fails,
    const struct rw_outage_list *list, size_t j, const struct rw_outage_rows *to)
{
    size_t i = list->future[j];
    struct rw_outage o = {x->seed, x->lanes, first + i, x->cycle, x->years, x->law};
    struct rw_outage_state from = from_of(list, j);
    double end = (x->cycle + 1) * x->years, fault;
    struct rw_outage_play p;

    o.law.fails = fails;
    fault = rw_outage_fault(&o, x->cycle * x->years);
    p = rw_outage_play(&o, from, fault, end);
    rw_outage_put(&o, from, fault, &p, to, i);
}

void
rw_outage_plays(const struct rw_outage_set *x, uint64_t first, const double fails[],
    const struct rw_outage_faults *faults, const struct rw_outage_list *list,
    const struct rw_outage_rows *to)
{
    uint32_t side[RW_OUTAGE_SIDE];
    size_t m = 0;

    for (size_t j = 0; j < list->n; j++) {
        uint32_t i = list->future[j];

        if (faults->n[i] == RW_OUTAGE_MANY)
            play_one(x, first, fails != NULL ? fails[i] : x->law.fails, list, j, to);
        else
            side[m++] = (uint32_t)j;
        if (m == RW_OUTAGE_SIDE || (m > 0 && j + 1 == list->n)) {
            play_side(x, first, faults, list, m, side, to);
            m = 0;
        }
    }
}
