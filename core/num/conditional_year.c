/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_year.c -- compounds as groups of events. */
#include "num/conditional_parts.h"

#include <math.h>

struct make {
    struct rw_others *o;
    const struct rw_compound *c;
    size_t n;
    struct rw_error *e;
    bool memory; /* is out */
};

#define ROOM(x, n, type)                                                               \
    ((type *)rw_others_room((x)->o, (n), sizeof(type), &(x)->memory))

/* ---- kinds of events ---- */

static size_t
parts_of(const struct rw_event_loss *v)
{
    size_t n = 0;

    for (size_t i = 0; i < v->n_parts; i++)
        n += v->parts[i].probability > 0;
    return n;
}

/* One kind: the event where this share of its loss is left. */
static enum rw_err
add_kind(struct make *x, struct rw_group *g, const struct rw_event_loss *v,
    double probability, double share)
{
    struct rw_kind *k = &g->kind[g->n_kinds];
    size_t n = parts_of(v), made = 0;
    struct rw_event_law *law;
    enum rw_err err = RW_OK;

    if (n == 0 || share <= 0 || probability <= 0)
        return RW_OK;
    law = ROOM(x, n, struct rw_event_law);
    if (x->memory)
        return RW_ERR_MEMORY;
    *k = (struct rw_kind){.probability = probability, .part = law, .n_parts = n};
    if (n > 1 && v->limit > 0) {
        k->deductible = v->deductible;
        k->limit = v->limit;
    }
    for (size_t i = 0; i < v->n_parts && err == RW_OK; i++) {
        if (v->parts[i].probability <= 0)
            continue;
        err = rw_event_law_make(&v->parts[i], share, v->deductible,
            n > 1 ? 0 : v->limit, &x->o->arena, &law[made], x->e);
        g->loss += probability * share * v->parts[i].probability * v->parts[i].scale *
                   law[made].amount_mean;
        x->o->atoms |= law[made++].atoms;
    }
    g->n_kinds++;
    g->most_parts = n > g->most_parts ? n : g->most_parts;
    return err;
}

static enum rw_err
add_member(struct make *x, struct rw_group *g, const struct rw_compound_member *m,
    double probability)
{
    const struct rw_event_loss *v = &m->event;
    enum rw_err err = RW_OK;

    if (v->n_shares == 0)
        return add_kind(x, g, v, probability, 1);
    for (size_t i = 0; i < v->n_shares && err == RW_OK; i++)
        err = add_kind(x, g, v, probability * v->share_weight[i], v->share[i]);
    return err;
}

static size_t
kinds_of(const struct rw_compound_member *m)
{
    return m->event.n_shares > 0 ? m->event.n_shares : 1;
}

/* ---- groups ---- */

static struct rw_count
count_of(const struct rw_compound *c)
{
    return (struct rw_count){.law = c->law,
        .dispersion = c->law == RW_COUNT_NEGBIN ? c->dispersion : 0,
        .zero = c->law == RW_COUNT_ZIP ? c->zero : 0,
        .chances = c->law == RW_COUNT_BINOMIAL    ? c->chances
                   : c->law == RW_COUNT_BERNOULLI ? 1
                                                  : 0};
}

/* Mean number of events for a share of 1. */
static double
rate(const struct rw_compound *c)
{
    struct rw_count law = count_of(c);
    double mean = 0;

    for (size_t k = 0; k < c->n_nodes; k++)
        mean += c->weight[k] * rw_count_mean(&law, c->m[k]);
    return mean;
}

static double
shares(const struct rw_compound *c)
{
    double sum = 0;

    for (size_t j = 0; j < c->n_members; j++)
        sum += c->members[j].share;
    return sum;
}

/* Poisson counts of a known rate: those of all threats add up to one. */
static bool
known(const struct rw_compound *c)
{
    return c->law == RW_COUNT_POISSON && c->n_nodes == 1;
}

static struct rw_group *
open_group(struct make *x, const struct rw_compound *c, double share, size_t kinds)
{
    struct rw_group *g = &x->o->group[x->o->n_groups++];

    *g = (struct rw_group){.node = RW_NO_PLACE,
        .split = RW_NO_PLACE,
        .kind = ROOM(x, kinds, struct rw_kind),
        .law = count_of(c),
        .m = c->m,
        .weight = c->weight,
        .n_nodes = c->n_nodes,
        .share = share,
        .events = rate(c) * share};
    return g;
}

/* All threats with known Poisson rates in one group. */
static enum rw_err
join_known(struct make *x)
{
    static const double one = 1;
    double total = 0, *m = ROOM(x, 1, double);
    size_t kinds = 0, first = x->n;
    enum rw_err err = RW_OK;
    struct rw_group *g;

    for (size_t i = x->n; i-- > 0;)
        if (known(&x->c[i])) {
            total += rate(&x->c[i]) * shares(&x->c[i]);
            for (size_t j = 0; j < x->c[i].n_members; j++)
                kinds += kinds_of(&x->c[i].members[j]);
            first = i;
        }
    if (!(total > 0) || x->memory)
        return x->memory ? RW_ERR_MEMORY : RW_OK;
    g = open_group(x, &x->c[first], 1, kinds);
    *m = total;
    g->m = m;
    g->weight = &one;
    g->events = total;
    for (size_t i = first; i < x->n && !x->memory; i++)
        for (size_t j = 0; known(&x->c[i]) && j < x->c[i].n_members && err == RW_OK;
             j++) {
            const struct rw_compound_member *to = &x->c[i].members[j];

            err = add_member(x, g, to, rate(&x->c[i]) * to->share / total);
        }
    return x->memory ? RW_ERR_MEMORY : err;
}

/* Poisson given a frequency that all members share. */
static enum rw_err
join_members(struct make *x, const struct rw_compound *c)
{
    double total = shares(c);
    size_t kinds = 0;
    enum rw_err err = RW_OK;
    struct rw_group *g;

    for (size_t j = 0; j < c->n_members; j++)
        kinds += kinds_of(&c->members[j]);
    if (!(rate(c) * total > 0))
        return RW_OK;
    g = open_group(x, c, total, kinds);
    for (size_t j = 0; j < c->n_members && err == RW_OK && !x->memory; j++)
        err = add_member(x, g, &c->members[j], c->members[j].share / total);
    return x->memory ? RW_ERR_MEMORY : err;
}

/* Each member by itself; of a frequency that they share a node is drawn. */
static enum rw_err
add_members(struct make *x, const struct rw_compound *c)
{
    enum rw_err err = RW_OK;
    int node = RW_NO_PLACE;

    if (!(rate(c) > 0))
        return RW_OK;
    if (c->n_nodes > 1 && c->n_members > 1) {
        struct rw_shared *s = &x->o->shared[node = (int)x->o->n_shared++];
        double sum = 0;

        *s = (struct rw_shared){ROOM(x, c->n_nodes, double), c->n_nodes};
        for (size_t k = 0; k < c->n_nodes && !x->memory; k++)
            s->sum[k] = sum += c->weight[k];
    }
    for (size_t j = 0; j < c->n_members && err == RW_OK && !x->memory; j++) {
        struct rw_group *g =
            open_group(x, c, c->members[j].share, kinds_of(&c->members[j]));

        g->node = node;
        if (!x->memory)
            err = add_member(x, g, &c->members[j], 1);
    }
    return x->memory ? RW_ERR_MEMORY : err;
}

/* Groups whose events all are without a loss are none. */
static void
drop_idle(struct rw_others *o)
{
    size_t n = 0;

    for (size_t g = 0; g < o->n_groups; g++)
        if (o->group[g].n_kinds > 0)
            o->group[n++] = o->group[g];
    o->n_groups = n;
}

enum rw_err
rw_groups_make(
    struct rw_others *o, const struct rw_compound c[], size_t n, struct rw_error *e)
{
    struct make of = {.o = o, .c = c, .n = n, .e = e}, *x = &of;
    size_t members = 0;
    enum rw_err err;

    for (size_t i = 0; i < x->n; i++)
        members += x->c[i].n_members;
    x->o->group = ROOM(x, members + 1, struct rw_group);
    x->o->shared = ROOM(x, x->n + 1, struct rw_shared);
    if (x->memory)
        return RW_ERR_MEMORY;
    err = join_known(x);
    for (size_t i = 0; i < x->n && err == RW_OK; i++)
        if (!known(&x->c[i]))
            err = x->c[i].law == RW_COUNT_POISSON ? join_members(x, &x->c[i])
                                                  : add_members(x, &x->c[i]);
    drop_idle(x->o);
    return err;
}
