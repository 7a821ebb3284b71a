/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional_others.c -- groups' counts and their total, what may be
 * left out of a year, and what is known of it without a draw. */
#include "num/conditional_parts.h"

#include <math.h>

struct make {
    struct rw_others *o;
    struct rw_error *e;
    bool memory; /* is out */
};

#define ROOM(x, n, type)                                                               \
    ((type *)rw_others_room((x)->o, (n), sizeof(type), &(x)->memory))

/* ---- their counts ---- */

static enum rw_err
make_counts(struct make *x, struct rw_group *g)
{
    static const double one = 1;
    struct rw_others *o = x->o;
    bool less = g->law.chances > 0 && o->n_groups > 1, drawn = g->node != RW_NO_PLACE;
    size_t n = drawn ? g->n_nodes : 1;
    enum rw_err err = RW_OK;

    g->counts = ROOM(x, n, struct rw_counts);
    if (x->memory)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < n && err == RW_OK; k++)
        err = rw_counts_make(&g->law, &g->m[k], drawn ? &one : g->weight,
            drawn ? 1 : g->n_nodes, g->share, less, &o->arena, &g->counts[k], x->e);
    for (size_t k = 0; k < n && err == RW_OK; k++) {
        double weight = drawn ? g->weight[k] : 1;

        if (drawn || o->n_groups == 1)
            o->beyond += weight * g->counts[k].beyond;
        o->losses_beyond += weight * g->counts[k].events_beyond * g->loss;
    }
    g->chances = less ? g->law.chances : 0;
    return err;
}

/* The total of those counts that are not drawn by themselves. */
static enum rw_err
make_total(struct make *x)
{
    struct rw_others *o = x->o;
    struct rw_total *t = &o->total;
    enum rw_err err = rw_total_init(t, o->n_groups, &o->arena);
    double kept = 0;

    for (size_t g = 0; g < o->n_groups && err == RW_OK; g++) {
        bool added = false;

        if (o->group[g].node == RW_NO_PLACE)
            err = rw_total_add(t, o->group[g].counts, &o->arena, &added);
        if (added)
            o->group[g].split = (int)t->n_parts - 1;
        else if (o->group[g].node == RW_NO_PLACE)
            o->beyond += o->group[g].counts->beyond;
    }
    if (err != RW_OK)
        return rw_error_set(x->e, err, "out of memory");
    o->single = o->n_groups == 1;
    o->mass = o->single ? o->group[0].counts->size : t->rest[t->n_parts];
    o->n_mass = o->single ? o->group[0].counts->n : t->length[t->n_parts];
    for (size_t k = 0; k < o->n_mass; k++)
        kept += o->mass[k];
    if (!o->single)
        o->beyond += fmax(1 - kept, 0);
    return RW_OK;
}

/* ---- what may be left out ---- */

static void
tag_parts(struct make *x, size_t g, const struct rw_kind *k)
{
    static const double one = 1;
    struct rw_others *o = x->o;

    o->steps |= k->limit > 0; /* events that leave the deductible */
    for (size_t p = 0; p < k->n_parts; p++)
        o->tagged[o->n_tagged++] =
            (struct rw_tagged){.law = {&k->part[p], &one, 1, k->part[p].atoms},
                .factor = k->probability,
                .group = g,
                .view = o->n_views++,
                .kind = k,
                .part = p,
                .inner = k->limit > 0};
}

static void
tag_group(struct make *x, size_t g)
{
    struct rw_others *o = x->o;
    struct rw_group *group = &o->group[g];
    struct rw_event_law *law = ROOM(x, group->n_kinds + 1, struct rw_event_law);
    double *weight = ROOM(x, group->n_kinds + 1, double);
    struct rw_event_mix mix = {.law = law, .weight = weight};

    if (x->memory)
        return;
    if (group->chances > 0) {
        group->view = o->n_views++;
        o->n_chances++;
    }
    for (size_t k = 0; k < group->n_kinds; k++)
        if (group->kind[k].n_parts == 1) {
            law[mix.n] = group->kind[k].part[0];
            weight[mix.n] = group->kind[k].probability;
            mix.atoms |= law[mix.n++].atoms;
        }
    if (mix.n > 0)
        o->tagged[o->n_tagged++] = (struct rw_tagged){
            .law = mix, .factor = 1, .group = g, .view = group->view};
    for (size_t k = 0; k < group->n_kinds; k++)
        if (group->kind[k].n_parts > 1)
            tag_parts(x, g, &group->kind[k]);
}

static enum rw_err
tag(struct make *x)
{
    struct rw_others *o = x->o;
    size_t n = o->n_groups + 1;

    for (size_t g = 0; g < o->n_groups; g++)
        for (size_t k = 0; k < o->group[g].n_kinds; k++)
            n += o->group[g].kind[k].n_parts;
    o->tagged = ROOM(x, n, struct rw_tagged);
    o->n_views = 1;
    o->plain = true;
    for (size_t g = 0; g < o->n_groups && !x->memory; g++) {
        tag_group(x, g);
        o->plain = o->plain && o->group[g].split != RW_NO_PLACE &&
                   o->group[g].chances <= 0 && o->group[g].most_parts < 2;
        if (o->group[g].most_parts > o->most_parts)
            o->most_parts = o->group[g].most_parts;
    }
    return x->memory ? RW_ERR_MEMORY : RW_OK;
}

/* ---- closed figures ---- */

/* P(no loss) of an event of the kind; NaN where that is not closed. */
static double
kind_zero(const struct rw_kind *k)
{
    double zero = 1;

    if (k->limit > 0 && k->deductible <= 0)
        return isinf(k->limit) ? 1 : NAN;
    for (size_t p = 0; p < k->n_parts; p++)
        zero *= 1 - k->part[p].sf_zero;
    return zero;
}

static double
kind_mean(const struct rw_kind *k)
{
    double mean = 0;

    for (size_t p = 0; p < k->n_parts; p++)
        mean += k->part[p].mean;
    return k->limit > 0 ? NAN : mean;
}

static double
group_zero(const struct rw_group *g)
{
    double some = 0;

    for (size_t k = 0; k < g->n_kinds; k++)
        some += g->kind[k].probability * (1 - kind_zero(&g->kind[k]));
    return 1 - some;
}

/* The least and the most that an event of the kind costs. */
static void
kind_range(const struct rw_kind *k, double *least, double *most)
{
    *least = *most = 0;
    for (size_t p = 0; p < k->n_parts; p++) {
        const struct rw_event_law *l = &k->part[p];

        if (l->probability >= 1)
            *least +=
                rw_event_retained(l->amount.low * l->scale, l->deductible, l->limit);
        *most += rw_event_retained(l->amount.high * l->scale, l->deductible, l->limit);
    }
    if (k->limit > 0) {
        *least = rw_event_retained(*least, k->deductible, k->limit);
        *most = rw_event_retained(*most, k->deductible, k->limit);
    }
}

/* Adds the group's events, of which there may be none or no end. */
static void
add_range(struct rw_others *o, const struct rw_group *g)
{
    double least = INFINITY, most = 0, some = 0, certain = g->law.chances;

    for (size_t k = 0; k < g->n_kinds; k++) {
        double low, high;

        kind_range(&g->kind[k], &low, &high);
        least = fmin(least, low);
        most = fmax(most, high);
        some += g->kind[k].probability;
    }
    for (size_t k = 0; k < g->n_nodes; k++)
        if (g->m[k] * g->share < g->law.chances)
            certain = 0;
    if (some > 1 - 1e-12 && certain > 0)
        o->least += certain * least;
    if (most > 0)
        o->most += g->law.chances > 0 ? g->law.chances * most : INFINITY;
}

static struct rw_tail_estimate
closed(double x)
{
    return (struct rw_tail_estimate){x, 0, x, x};
}

/* Mean, P(S = 0) and range.  Groups of one shared frequency come one after the
 * other. */
static void
close_figures(struct rw_others *o)
{
    double mean = 0, zero = 1;

    for (size_t g = 0; g < o->n_groups; g++) {
        double each = 0;

        add_range(o, &o->group[g]);
        o->scale += o->group[g].events * o->group[g].loss;
        for (size_t k = 0; k < o->group[g].n_kinds; k++)
            each += o->group[g].kind[k].probability * kind_mean(&o->group[g].kind[k]);
        mean += o->group[g].events * each;
    }
    for (size_t g = 0, next; g < o->n_groups; g = next) {
        double sum = 0;

        next = g + 1;
        while (o->group[g].node != RW_NO_PLACE && next < o->n_groups &&
               o->group[next].node == o->group[g].node)
            next++;
        for (size_t k = 0; k < o->group[g].n_nodes; k++) {
            double all = o->group[g].weight[k];

            for (size_t h = g; h < next; h++)
                all *= rw_count_pgf(&o->group[h].law,
                    o->group[h].m[k] * o->group[h].share, group_zero(&o->group[h]));
            sum += all;
        }
        zero *= sum;
    }
    o->mean = closed(mean);
    o->p0 = closed(zero);
}

enum rw_err
rw_others_make(
    struct rw_others *o, const struct rw_compound c[], size_t n, struct rw_error *e)
{
    struct make x = {.o = o, .e = e};
    enum rw_err err;

    *o = (struct rw_others){.n_groups = 0};
    rw_arena_init(&o->arena);
    err = rw_groups_make(o, c, n, e);
    for (size_t g = 0; g < o->n_groups && err == RW_OK; g++)
        err = make_counts(&x, &o->group[g]);
    if (err == RW_OK)
        err = make_total(&x);
    o->steps = o->atoms;
    if (err == RW_OK)
        err = tag(&x);
    if (err == RW_OK)
        close_figures(o);
    return err == RW_ERR_MEMORY ? rw_error_set(e, err, "out of memory") : err;
}

void
rw_others_free(struct rw_others *o)
{
    rw_arena_fini(&o->arena);
}
