/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation learns of how often controls fail. */
#include "num/belief.h"
#include "num/look.h"
#include "wheel/wheel.h"

#include <math.h>

static struct rw_reliability
law_of(const struct rw_control *x, double fails)
{
    return (struct rw_reliability){.fails = fails,
        .years = x->fail_years,
        .at_most = x->upkeep.at_most > 0 ? x->upkeep.at_most : INFINITY};
}

/* Their failures a year, about the first belief. */
static void
set_nodes(struct rw_wheel *g, size_t j)
{
    struct rw_failings *x = &g->failings;
    size_t c = x->control[j];
    struct rw_reliability law = law_of(&g->m->controls[c], 0);

    x->middle[j] = log(g->prior->works_a[c] / g->prior->works_b[c]);
    for (size_t k = 0; k < RW_LOOK_NODES; k++) {
        double odds = rw_look_node(x->middle[j], k);
        struct rw_failing_node *node = &x->node[j * RW_LOOK_NODES + k];

        node->rest = 1 / (1 + exp(odds));
        node->fails = rw_reliability_fails(&law, 1 - node->rest);
    }
}

enum rw_err
rw_failing_init(struct rw_wheel *g)
{
    struct rw_failings *x = &g->failings;
    double **row[] = {&x->a, &x->b, &x->fails};
    size_t nodes;
    bool learns = g->lessons & 1u << RW_LESSON_RELIABILITY;
    bool ok;

    x->slot = RW_ARENA_NEW(&g->arena, g->m->n_controls, size_t);
    x->control = RW_ARENA_NEW(&g->arena, g->m->n_controls, size_t);
    ok = x->slot != NULL && x->control != NULL;
    for (size_t c = 0; c < g->m->n_controls && ok; c++) {
        bool learned = learns && g->prior->doubted[c];

        x->slot[c] = learned ? x->n : SIZE_MAX;
        if (learned)
            x->control[x->n++] = c;
    }
    for (size_t k = 0; k < sizeof row / sizeof *row && ok; k++) {
        *row[k] = RW_ARENA_NEW(&g->arena, x->n * g->room, double);
        ok = *row[k] != NULL;
    }
    nodes = x->n * RW_LOOK_NODES;
    x->middle = RW_ARENA_NEW(&g->arena, x->n, double);
    x->node = RW_ARENA_NEW(&g->arena, nodes, struct rw_failing_node);
    x->hides = RW_ARENA_NEW(&g->arena, nodes * g->room, double);
    ok = ok && x->middle != NULL && x->node != NULL && x->hides != NULL;
    for (size_t j = 0; j < x->n && ok; j++)
        set_nodes(g, j);
    return ok ? RW_OK : RW_ERR_MEMORY;
}

void
rw_failing_begin(struct rw_wheel *g)
{
    struct rw_failings *x = &g->failings;

    for (size_t j = 0; j < x->n; j++)
        for (size_t i = 0; i < g->w->n; i++) {
            size_t at = j * g->room + i, c = x->control[j];

            x->a[at] = g->prior->works_a[c];
            x->b[at] = g->prior->works_b[c];
            x->fails[at] = g->prior->fails[c];
        }
}

/* fails <- at the mean of R. */
static void
set_fails(struct rw_wheel *g, size_t j, size_t at)
{
    struct rw_failings *x = &g->failings;
    struct rw_reliability law = law_of(&g->m->controls[x->control[j]], 0);

    x->fails[at] = rw_reliability_fails(&law, x->a[at] / (x->a[at] + x->b[at]));
}

/* What a cycle does at every node, under what supporters leave. */
static void
set_steps(struct rw_wheel *g, size_t j, const double left[RW_SUPPORTS])
{
    const struct rw_control *c = &g->m->controls[g->failings.control[j]];

    for (size_t k = 0; k < RW_LOOK_NODES; k++) {
        struct rw_failing_node *node = &g->failings.node[j * RW_LOOK_NODES + k];
        struct rw_reliability law = law_of(c, node->fails * left[RW_SUPPORT_FAILS]);
        double h, both;

        law.years *= left[RW_SUPPORT_FINDS];
        h = rw_reliability_hidden(&law);
        both = law.fails + 1 / fmax(h, 1e-300);
        node->in_the_end = h > 0 ? law.fails / both / node->rest : 0;
        node->kept = exp(-both * g->m->years);
    }
}

/* hides <- at the cycle's end, of one that operates. */
static void
follow(struct rw_wheel *g, size_t j, size_t i)
{
    struct rw_failings *x = &g->failings;
    size_t c = x->control[j];
    const struct rw_failing_node *node = x->node + j * RW_LOOK_NODES;
    double *r = x->hides + (j * g->room + i) * RW_LOOK_NODES;
    bool starts = g->since[c * g->room + i] == g->w->cycle;
    bool running = g->m->controls[c].status == RW_STATUS_OPERATING;

    for (size_t k = 0; k < RW_LOOK_NODES && starts; k++)
        r[k] = running ? node[k].in_the_end : 0;
    for (size_t k = 0; k < RW_LOOK_NODES; k++)
        r[k] = node[k].in_the_end + (r[k] - node[k].in_the_end) * node[k].kept;
}

void
rw_failing_open(struct rw_wheel *g)
{
    struct rw_failings *x = &g->failings;

    for (size_t j = 0; j < x->n; j++) {
        size_t c = x->control[j];
        double left[RW_SUPPORTS] = {1, 1, 1, 1};

        set_steps(g, j, left);
        for (size_t i = 0; i < g->w->n; i++) {
            size_t at = j * g->room + i;

            if (g->s->discount < 1) {
                rw_beta_forget(g->s->discount, g->prior->works_a[c],
                    g->prior->works_b[c], &x->a[at], &x->b[at]);
                set_fails(g, j, at);
            }
            if (g->since[c * g->room + i] > g->w->cycle)
                continue;
            if (g->m->controls[c].upkeep.supported && rw_believe_support(g, c, i, left))
                set_steps(g, j, left);
            follow(g, j, i);
        }
    }
}

/* Of its audits, as it is believed to be. */
static double
sensitivity_of(const struct rw_wheel *g, size_t c, size_t i)
{
    double left[RW_SUPPORTS] = {1, 1, 1, 1}, s = g->s->audit_sensitivity;

    if (g->m->controls[c].upkeep.n_by[RW_SUPPORT_AUDITS] == 0 || s <= 0)
        return s;
    (void)rw_believe_support(g, c, i, left);
    return 1 - (1 - s) * left[RW_SUPPORT_AUDITS];
}

void
rw_failing_audited(struct rw_wheel *g, size_t c, size_t i, bool found)
{
    struct rw_failings *x = &g->failings;
    size_t j = x->slot[c], at;
    double *r, s;

    if (j == SIZE_MAX)
        return;
    at = j * g->room + i;
    r = x->hides + at * RW_LOOK_NODES;
    s = sensitivity_of(g, c, i);
    rw_look_take(x->middle[j], r, s, found, &x->a[at], &x->b[at]);
    for (size_t k = 0; k < RW_LOOK_NODES; k++) {
        double seen = s * r[k] * x->node[j * RW_LOOK_NODES + k].rest;

        r[k] *= found || s >= 1 ? 0 : (1 - s) / (1 - seen);
    }
    set_fails(g, j, at);
}

void
rw_failing_tell(struct rw_wheel *g)
{
    struct rw_failings *x = &g->failings;

    for (size_t j = 0; j < x->n; j++) {
        const struct rw_control *c = &g->m->controls[x->control[j]];

        for (size_t i = g->told.first; i < g->w->n; i += RW_FORECAST_EVERY) {
            struct rw_reliability law = law_of(c, rw_world_fails(g->w, c, i));
            size_t at = j * g->room + i;

            rw_foretold_reliability(
                &g->told, i, x->n, x->a[at], x->b[at], rw_reliability_available(&law));
        }
    }
}

const double *
rw_failing_row(const struct rw_wheel *g, size_t c)
{
    size_t j = g->failings.slot[c];

    return j == SIZE_MAX ? NULL : g->failings.fails + j * g->room;
}
