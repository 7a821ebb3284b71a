/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The programme's stages, future by future.  Draws are those of the visit's or
 * audit's number, the same for every strategy. */
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

/* A surveillance audit this close to the statement's end is the re-audit. */
#define RW_TICK 1e-6

static bool
make_rows(struct rw_progress *x, struct rw_arena *a, size_t n)
{
    double **doubles[] = {&x->at, &x->until, &x->limit, &x->expires, &x->check,
        &x->prepared, &x->first, &x->pillars, &x->principles};
    uint16_t **words[] = {
        &x->applications, &x->audits, &x->audited, &x->standing, &x->have};
    uint8_t **bytes[] = {&x->stage, &x->halved, &x->corrected};
    bool ok;

    x->rows = RW_ARENA_NEW(a, RW_PROGRESS_ROWS * n, double);
    x->visits = RW_ARENA_NEW(a, RW_STEPS * n, uint16_t);
    ok = x->rows != NULL && x->visits != NULL;
    for (size_t k = 0; k < sizeof doubles / sizeof *doubles; k++)
        ok = (*doubles[k] = RW_ARENA_NEW(a, n, double)) != NULL && ok;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        ok = (*words[k] = RW_ARENA_NEW(a, n, uint16_t)) != NULL && ok;
    for (size_t k = 0; k < sizeof bytes / sizeof *bytes; k++)
        ok = (*bytes[k] = RW_ARENA_NEW(a, n, uint8_t)) != NULL && ok;
    return ok;
}

enum rw_err
rw_progress_new(struct rw_wheel *g, struct rw_progress **out)
{
    const struct rw_programme *p = &g->m->programme;
    struct rw_progress *x;

    *out = NULL;
    if (!p->stated)
        return RW_OK;
    *out = x = RW_ARENA_NEW(&g->arena, 1, struct rw_progress);
    if (x == NULL || !make_rows(x, &g->arena, g->room))
        return RW_ERR_MEMORY;
    x->follows = p->follows[g->s - g->m->strategies];
    for (int d = 0; d < RW_DOCUMENTS; d++)
        if (p->evidence[d].by == RW_PROOF_PREPARATION)
            x->prepared_set |= 1u << d;
    return RW_OK;
}

void
rw_progress_begin(struct rw_wheel *g)
{
    struct rw_progress *x = g->progress;
    size_t n = g->room;

    if (x == NULL)
        return;
    memset(x->stage, RW_STEP_OUTSIDE, n);
    memset(x->halved, 0, n);
    memset(x->corrected, 0, n);
    memset(x->visits, 0, RW_STEPS * n * sizeof *x->visits);
    memset(x->applications, 0, n * sizeof *x->applications);
    memset(x->audits, 0, n * sizeof *x->audits);
    memset(x->audited, 0, n * sizeof *x->audited);
    for (size_t i = 0; i < n; i++) {
        x->at[i] = x->until[i] = x->limit[i] = x->expires[i] = x->check[i] = 0;
        x->prepared[i] = x->first[i] = INFINITY;
    }
}

/* One future's way through one cycle. */
struct walk {
    struct rw_wheel *g;
    const struct rw_programme *p;
    struct rw_progress *x;
    size_t i;
    double now, end; /* years from the start */
    bool enough;
};

static double
draw(const struct walk *w, uint64_t lane, uint64_t number)
{
    struct rw_stream at = {w->g->w->seed, lane};

    return rw_stream_uniform(at, w->g->w->first + w->i, number);
}

static void
pay(const struct walk *w, enum rw_fee fee, double times)
{
    double money = times * rw_world_truth(w->g->w, &w->p->fee[fee])[w->i];

    w->g->acc.spend[w->i] += money;
    w->g->acc.wheel_spend[w->i] += money;
    w->x->rows[RW_PROGRESS_SPEND * w->g->room + w->i] += money;
}

static double
duration(const struct walk *w, enum rw_step s)
{
    uint16_t *visits = &w->x->visits[s * w->g->room + w->i];

    return rw_sampler_quantile(
        &w->p->sampler[s], draw(w, w->p->stage_lane[s], (*visits)++));
}

static void
turn_to(const struct walk *w, enum rw_step s)
{
    w->x->stage[w->i] = (uint8_t)s;
    w->x->at[w->i] = w->now;
}

static void
enter(const struct walk *w, enum rw_step s)
{
    static const enum rw_fee fees[RW_STEPS] = {[RW_STEP_PREPARE] = RW_FEE_PREPARE,
        [RW_STEP_APPLICATION] = RW_FEE_APPLICATION,
        [RW_STEP_PRE_EVALUATION] = RW_FEE_PRE_EVALUATION,
        [RW_STEP_AUDIT] = RW_FEE_AUDIT};

    turn_to(w, s);
    w->x->until[w->i] = duration(w, s) + (s == RW_STEP_OPERATE ? 0 : w->now);
    if (s != RW_STEP_OPERATE && s != RW_STEP_CORRECTIVE)
        pay(w, fees[s], 1);
}

/* Major non-conformities that the next audit finds, by inversion of the
 * Poisson law; who is not ready has one at least.  They are paid for. */
static unsigned
majors(const struct walk *w)
{
    double ready = rw_readiness_of(w->g, w->i);
    double mean = fmax(w->p->majors - ready, 0) * (w->x->halved[w->i] ? 0.5 : 1);
    double u = draw(w, w->p->major_lane, w->x->audits[w->i]++);
    double p = exp(-mean), sum = p;
    unsigned n = 0;

    while (u > sum && p > 0) {
        p *= mean / ++n;
        sum += p;
    }
    if (n == 0 && !(w->enough && rw_readiness_documents(w->g, w->i) >= 1))
        n = 1;
    pay(w, RW_FEE_MAJOR, n);
    return n;
}

static void
issue(const struct walk *w)
{
    struct rw_progress *x = w->x;

    turn_to(w, RW_STEP_STATEMENT);
    x->expires[w->i] = w->now + w->p->validity;
    x->check[w->i] = w->now + w->p->surveillance;
    x->halved[w->i] = 0;
    if (!(x->first[w->i] < INFINITY))
        x->first[w->i] = w->now;
}

/* A round of corrective action, cut off by the withdrawal. */
static void
suspend(const struct walk *w)
{
    struct rw_progress *x = w->x;

    turn_to(w, RW_STEP_SUSPENDED);
    x->until[w->i] = fmin(w->now + duration(w, RW_STEP_CORRECTIVE), x->limit[w->i]);
}

static void
apply(const struct walk *w)
{
    struct rw_progress *x = w->x;

    x->halved[w->i] =
        draw(w, w->p->pre_lane, x->applications[w->i]++) < w->p->pre_evaluation;
    enter(w, x->halved[w->i] ? RW_STEP_PRE_EVALUATION : RW_STEP_AUDIT);
}

/* What follows a stage whose time is over. */
static void
leave(const struct walk *w)
{
    struct rw_progress *x = w->x;

    switch (x->stage[w->i]) {
    case RW_STEP_PREPARE:
        x->prepared[w->i] = w->now;
        enter(w, RW_STEP_OPERATE);
        break;
    case RW_STEP_APPLICATION:
        apply(w);
        break;
    case RW_STEP_PRE_EVALUATION:
        enter(w, RW_STEP_AUDIT);
        break;
    case RW_STEP_SUSPENDED:
        if (w->now >= x->limit[w->i])
            enter(w, RW_STEP_OPERATE); /* withdrawn: all over again */
        else if (majors(w) > 0)
            suspend(w);
        else
            turn_to(w, RW_STEP_STATEMENT);
        break;
    default: /* audit, corrective */
        if (majors(w) > 0)
            enter(w, RW_STEP_CORRECTIVE);
        else
            issue(w);
    }
}

/* Records grow while the controls are enough, through the rest of the cycle;
 * with them and all documents comes the application. */
static bool
operate(struct walk *w)
{
    double *left = &w->x->until[w->i];

    if (!w->enough)
        return false;
    if (w->now + *left > w->end || rw_readiness_documents(w->g, w->i) < 1) {
        *left = fmax(*left - (w->end - w->now), 0);
        return false;
    }
    w->now += *left;
    enter(w, RW_STEP_APPLICATION);
    return true;
}

/* The next audit of a statement that is in force. */
static bool
hold(struct walk *w)
{
    struct rw_progress *x = w->x;
    size_t i = w->i;
    bool surveillance = x->check[i] < x->expires[i] - RW_TICK;
    double next = fmax(surveillance ? x->check[i] : x->expires[i], w->now);

    if (next > w->end)
        return false;
    w->now = next;
    if (!surveillance) {
        pay(w, RW_FEE_AUDIT, 1);
        if (majors(w) > 0)
            enter(w, RW_STEP_CORRECTIVE);
        else
            issue(w);
        return true;
    }
    pay(w, RW_FEE_SURVEILLANCE, 1);
    x->check[i] += w->p->surveillance;
    if (majors(w) > 0) {
        x->rows[RW_PROGRESS_FAILED * w->g->room + i]++;
        x->limit[i] = fmin(w->now + w->p->suspension, x->expires[i]);
        suspend(w);
    }
    return true;
}

/* The next change of stage within the cycle; false: there is none. */
static bool
step(struct walk *w)
{
    switch (w->x->stage[w->i]) {
    case RW_STEP_OUTSIDE:
        if (!w->x->follows || w->g->w->cycle < w->p->start)
            return false;
        enter(w, RW_STEP_PREPARE);
        return true;
    case RW_STEP_OPERATE:
        return operate(w);
    case RW_STEP_STATEMENT:
        return hold(w);
    default:
        if (w->x->until[w->i] > w->end)
            return false;
        w->now = fmax(w->x->until[w->i], w->now);
        leave(w);
        return true;
    }
}

/* The figures of the cycle's end. */
static void
note(const struct walk *w)
{
    struct rw_progress *x = w->x;
    double *rows = x->rows + w->i, documents = rw_readiness_documents(w->g, w->i);
    size_t room = w->g->room;
    unsigned have =
        x->have[w->i] | (x->prepared[w->i] < INFINITY ? x->prepared_set : 0);

    rows[RW_PROGRESS_READINESS * room] = rw_readiness_of(w->g, w->i);
    rows[RW_PROGRESS_READY * room] = w->enough && documents >= 1;
    rows[RW_PROGRESS_ISSUED * room] = x->first[w->i] < INFINITY;
    for (size_t s = 0; s < RW_STEPS; s++)
        rows[(RW_PROGRESS_STEP + s) * room] = x->stage[w->i] == s;
    for (size_t d = 0; d < RW_DOCUMENTS; d++)
        rows[(RW_PROGRESS_DOCUMENT + d) * room] = have >> d & 1u;
}

void
rw_progress_cycle(struct rw_wheel *g)
{
    struct rw_progress *x = g->progress;
    double begin = g->w->cycle * g->m->years, end = begin + g->m->years;

    if (x == NULL)
        return;
    rw_readiness_set(g);
    memset(x->rows + RW_PROGRESS_FAILED * g->room, 0, g->room * sizeof *x->rows);
    memset(x->rows + RW_PROGRESS_SPEND * g->room, 0, g->room * sizeof *x->rows);
    for (size_t i = 0; i < g->w->n; i++) {
        struct walk w = {.g = g,
            .p = &g->m->programme,
            .x = x,
            .i = i,
            .now = fmax(x->at[i], begin),
            .end = end,
            .enough = rw_readiness_enough(g, i)};

        while (step(&w))
            ;
        if (x->prepared[i] < end)
            pay(&w, RW_FEE_RUNNING, end - fmax(x->prepared[i], begin));
        note(&w);
    }
}
