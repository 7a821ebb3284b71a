/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/small.h"
#include "tests/support/check.h"

struct rw_dist
small_dist(const char *name, size_t n, const struct rw_dist_arg args[])
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_make(name, args, n, &d, &bad, why) != RW_OK)
        fail_msg("%s: %s", name, why);
    return d;
}

static void
make_threat(struct rw_model *m, struct rw_arena *a, size_t k)
{
    struct rw_threat *t = &m->threats[k];

    t->id = rw_arena_printf(a, "t%zu", k);
    t->assets = RW_ARENA_NEW(a, m->n_assets, size_t);
    t->n_assets = 1;
    t->frequency.dist = rw_dist_constant(1);
    t->susceptibility.dist = rw_dist_constant(1);
    t->losses = RW_ARENA_NEW(a, 4, struct rw_loss);
    t->n_losses = 1;
    t->losses[0].form = RW_FORM_RESPONSE;
    t->losses[0].amount = rw_dist_constant(1);
    t->losses[0].secondary = 1;
    t->seen_probability = 1;
    t->bias_frequency = t->bias_severity = 1;
}

static void
make_control(struct rw_model *m, struct rw_arena *a, size_t k)
{
    struct rw_control *c = &m->controls[k];

    c->id = rw_arena_printf(a, "c%zu", k);
    c->function = RW_FUNCTION_RESISTANCE;
    c->status = RW_STATUS_CANDIDATE;
    c->efficacy.dist = rw_dist_constant(0);
    c->coverage.dist = rw_dist_constant(1);
    c->capital.dist = rw_dist_constant(0);
    c->running.dist = rw_dist_constant(0);
    c->requires = RW_ARENA_NEW(a, m->n_controls, size_t);
}

struct rw_model *
small_model(struct rw_arena *a, size_t assets, size_t threats, size_t controls,
    size_t strategies, unsigned cycles, unsigned per_year)
{
    struct rw_model *m = RW_ARENA_NEW(a, 1, struct rw_model);

    m->file = "small";
    m->name = "small";
    m->currency = "USD";
    m->cycles = cycles;
    m->per_year = per_year;
    m->trials = 1000;
    m->seed = 27032;
    m->n_assets = assets;
    m->n_threats = threats;
    m->n_controls = controls;
    m->n_strategies = strategies;
    m->assets = RW_ARENA_NEW(a, assets, struct rw_asset);
    m->threats = RW_ARENA_NEW(a, threats, struct rw_threat);
    m->controls = RW_ARENA_NEW(a, controls, struct rw_control);
    m->strategies = RW_ARENA_NEW(a, strategies, struct rw_strategy);
    for (size_t k = 0; k < assets; k++)
        m->assets[k].id = rw_arena_printf(a, "a%zu", k);
    for (size_t k = 0; k < threats; k++)
        make_threat(m, a, k);
    for (size_t k = 0; k < controls; k++)
        make_control(m, a, k);
    for (size_t k = 0; k < strategies; k++) {
        m->strategies[k].name = k == 0 ? "nothing" : rw_arena_printf(a, "s%zu", k);
        m->strategies[k].discount = m->strategies[k].audit_sensitivity = 1;
        m->strategies[k].idle = k == 0;
    }
    return m;
}

void
small_build(struct rw_model *m, struct rw_arena *a)
{
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_model_build(m, a, &e) != RW_OK)
        fail_msg("model: %s", e.text);
}

void
small_plan(
    struct rw_model *m, struct rw_arena *a, size_t s, size_t control, unsigned cycle)
{
    struct rw_strategy *x = &m->strategies[s];

    if (x->plan == NULL)
        x->plan = RW_ARENA_NEW(a, 64, struct rw_plan_item);
    x->plan[x->n_plan++] = (struct rw_plan_item){cycle, control};
}

struct rw_outcome *
small_run(const struct rw_model *m, size_t trials, uint64_t seed, unsigned threads)
{
    struct rw_run_options x = {
        .trials = trials, .seed = seed, .seed_given = true, .threads = threads};
    struct rw_outcome *o;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_run(m, &x, &o, &e) != RW_OK)
        fail_msg("run: %s", e.text);
    return o;
}
