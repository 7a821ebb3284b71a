/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation learns of how often controls fail. */
#include "num/belief.h"
#include "wheel/wheel.h"

#include <math.h>

enum rw_err
rw_failing_init(struct rw_wheel *g)
{
    struct rw_failings *x = &g->failings;
    double **row[] = {&x->a, &x->b, &x->fails, &x->hidden};
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
            x->hidden[at] = 0;
        }
}

static struct rw_reliability
law_of(const struct rw_control *x, double fails)
{
    return (struct rw_reliability){.fails = fails,
        .years = x->fail_years,
        .at_most = x->upkeep.at_most > 0 ? x->upkeep.at_most : INFINITY};
}

/* fails <- at the mean of R. */
static void
set_fails(struct rw_wheel *g, size_t j, size_t at)
{
    struct rw_failings *x = &g->failings;
    struct rw_reliability law = law_of(&g->m->controls[x->control[j]], 0);

    x->fails[at] = rw_reliability_fails(&law, x->a[at] / (x->a[at] + x->b[at]));
}

/* hidden <- at the cycle's end, of one that operates. */
static void
follow(struct rw_wheel *g, size_t j, size_t i, const double left[RW_SUPPORTS])
{
    struct rw_failings *x = &g->failings;
    const struct rw_control *c = &g->m->controls[x->control[j]];
    size_t at = j * g->room + i;
    double *p = &x->hidden[at], h, both, share;
    struct rw_reliability law = law_of(c, x->fails[at] * left[RW_SUPPORT_FAILS]);

    law.years *= left[RW_SUPPORT_FINDS];
    h = rw_reliability_hidden(&law);
    if (!(h > 0)) {
        *p = 0;
        return;
    }
    both = law.fails + 1 / h;
    share = law.fails / both;
    if (g->since[x->control[j] * g->room + i] == g->w->cycle)
        *p = c->status == RW_STATUS_OPERATING ? share : 0;
    *p = share + (*p - share) * exp(-both * g->m->years);
}

void
rw_failing_open(struct rw_wheel *g)
{
    struct rw_failings *x = &g->failings;

    for (size_t j = 0; j < x->n; j++) {
        size_t c = x->control[j];
        double left[RW_SUPPORTS] = {1, 1, 1, 1};

        for (size_t i = 0; i < g->w->n; i++) {
            size_t at = j * g->room + i;

            if (g->s->discount < 1) {
                rw_beta_forget(g->s->discount, g->prior->works_a[c],
                    g->prior->works_b[c], &x->a[at], &x->b[at]);
                set_fails(g, j, at);
            }
            if (g->since[c * g->room + i] > g->w->cycle)
                continue;
            if (g->m->controls[c].upkeep.supported)
                (void)rw_believe_support(g, c, i, left);
            follow(g, j, i, left);
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
    double *p, failed, sensitivity;

    if (j == SIZE_MAX)
        return;
    at = j * g->room + i;
    p = &x->hidden[at];
    sensitivity = sensitivity_of(g, c, i);
    failed = x->b[at] / (x->a[at] + x->b[at]);
    if (found) {
        x->b[at]++;
        *p = 0;
    } else {
        rw_beta_missed(fmin(sensitivity * *p / failed, 1), &x->a[at], &x->b[at]);
        *p *= (1 - sensitivity) / (1 - sensitivity * *p);
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
