/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/upkeep.c -- completes how controls are kept working. */
#include "model/build.h"

static bool
supports_others(const struct rw_control *c)
{
    return c->effect == RW_EFFECT_SUPPORT;
}

void
rw_upkeep_room(const struct rw_model *m, size_t *truth, size_t *lanes)
{
    *truth += 2 * m->n_controls;
    *lanes += 4 * m->n_controls;
}

/* On what of the others it acts. */
static enum rw_support
kind_of(const struct rw_control *c)
{
    switch (c->upkeep.acts) {
    case RW_ACTS_PREVENTION:
        return RW_SUPPORT_FAILS;
    case RW_ACTS_IDENTIFICATION:
        return c->function == RW_FUNCTION_DECISION_SUPPORT ? RW_SUPPORT_AUDITS
                                                           : RW_SUPPORT_FINDS;
    default:
        return RW_SUPPORT_CORRECTS;
    }
}

/* Those that reduce loss and fail. */
static enum rw_err
support_all(struct build *b, struct rw_model *m, struct rw_control *c)
{
    c->upkeep.supports = RW_ARENA_NEW(rw_build_arena(b), m->n_controls, size_t);
    if (c->upkeep.supports == NULL)
        return rw_build_memory(b);
    for (size_t k = 0; k < m->n_controls; k++)
        if (!supports_others(&m->controls[k]) && m->controls[k].fails > 0)
            c->upkeep.supports[c->upkeep.n_supports++] = k;
    return RW_OK;
}

static enum rw_err
list_supporter(struct build *b, struct rw_model *m, size_t c)
{
    const struct rw_upkeep *u = &m->controls[c].upkeep;
    enum rw_support kind = kind_of(&m->controls[c]);

    for (size_t k = 0; k < u->n_supports; k++) {
        struct rw_upkeep *x = &m->controls[u->supports[k]].upkeep;

        if (x->by[kind] == NULL)
            x->by[kind] = RW_ARENA_NEW(rw_build_arena(b), m->n_controls, size_t);
        if (x->by[kind] == NULL)
            return rw_build_memory(b);
        x->by[kind][x->n_by[kind]++] = c;
        x->supported = true;
    }
    return RW_OK;
}

static size_t
supporters(const struct rw_upkeep *x)
{
    size_t n = 0;

    for (int k = 0; k < RW_SUPPORTS; k++)
        n += x->n_by[k];
    return n;
}

/* Supporters first: a control is listed when none of its own is left. */
static enum rw_err
sort(struct build *b, struct rw_model *m)
{
    size_t *waits = RW_ARENA_NEW(rw_build_arena(b), m->n_controls, size_t), n = 0;

    if (waits == NULL)
        return rw_build_memory(b);
    for (size_t c = 0; c < m->n_controls; c++) {
        waits[c] = supporters(&m->controls[c].upkeep);
        if (waits[c] == 0)
            m->upkeep.order[n++] = c;
    }
    for (size_t at = 0; at < n; at++) {
        const struct rw_upkeep *x = &m->controls[m->upkeep.order[at]].upkeep;

        for (size_t k = 0; k < x->n_supports; k++)
            if (--waits[x->supports[k]] == 0)
                m->upkeep.order[n++] = x->supports[k];
    }
    return n == m->n_controls ? RW_OK
                              : rw_build_refuse(b, "controls support each other in a "
                                                   "circle");
}

/* The process, or what stands for it. */
static enum rw_err
settle(struct build *b, struct rw_control *c)
{
    struct rw_upkeep *x = &c->upkeep;

    if (x->law != RW_RELIABILITY_PROCESS) {
        x->steady_fails = c->fails;
        c->fails = 0;
    }
    return c->fails > 0 ? rw_build_outage(b, "control", c->id, &x->lanes) : RW_OK;
}

/* How often it fails, where that is drawn. */
static enum rw_err
doubt(struct build *b, struct rw_control *c)
{
    const struct rw_dist *d = &c->failing.dist;

    if (d->family == NULL)
        return RW_OK;
    c->fails = rw_dist_mean(d);
    c->unsure = c->fails > 0 && !rw_dist_is_constant(d);
    return c->unsure ? rw_build_estimate(b, &c->failing, "control", c->id, "per_year")
                     : RW_OK;
}

static enum rw_err
deliver(struct build *b, struct rw_model *m, struct rw_control *c)
{
    struct rw_delivery *x = &c->delivery;
    double low, high = 0;
    enum rw_err err = RW_OK;

    if (x->overrun.dist.family != NULL)
        rw_dist_support(&x->overrun.dist, &low, &high);
    x->overruns = high > 0;
    x->may_fail = x->rollout > 0 && x->rollout < 1;
    m->upkeep.delays |= x->overruns || x->may_fail;
    m->upkeep.inflates |= x->inflation > 0;
    if (x->overruns)
        err = rw_build_estimate(b, &x->overrun, "control", c->id, "overrun");
    if (err == RW_OK && x->may_fail)
        err = rw_build_lane(b, "control", c->id, "rollout", &x->rollout_lane);
    return err;
}

enum rw_err
rw_upkeep_build(struct build *b, struct rw_model *m)
{
    struct rw_upkeeps *u = &m->upkeep;
    enum rw_err err = RW_OK;

    u->order = RW_ARENA_NEW(rw_build_arena(b), m->n_controls, size_t);
    u->aware = RW_ARENA_NEW(rw_build_arena(b), m->n_controls, size_t);
    if (u->order == NULL || u->aware == NULL)
        return rw_build_memory(b);
    for (size_t c = 0; c < m->n_controls && err == RW_OK; c++)
        err = doubt(b, &m->controls[c]);
    for (size_t c = 0; c < m->n_controls && err == RW_OK; c++) {
        struct rw_control *x = &m->controls[c];

        u->order[c] = c;
        if (!supports_others(x))
            continue;
        u->supports = true;
        if (x->function == RW_FUNCTION_DECISION_SUPPORT &&
            x->upkeep.acts == RW_ACTS_PREVENTION)
            u->aware[u->n_aware++] = c;
        if (x->upkeep.n_supports == 0)
            err = support_all(b, m, x);
        if (err == RW_OK)
            err = list_supporter(b, m, c);
    }
    if (err == RW_OK && u->supports)
        err = sort(b, m);
    for (size_t c = 0; c < m->n_controls && err == RW_OK; c++) {
        err = settle(b, &m->controls[c]);
        if (err == RW_OK)
            err = deliver(b, m, &m->controls[c]);
    }
    return err;
}
