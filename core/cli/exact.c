/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel exact: the laws that need no sampling. */
#include "base/unit.h"
#include "cli/cli.h"
#include "out/exact.h"

#include <string.h>

enum { POINTS = 100000 }; /* of conditional Monte Carlo, a risk */

/* What the command line says. */
struct request {
    const char *scenario;
    bool json, semantics, points_given, seed_given;
    const char *method;    /* NULL: fft */
    const char *strategy;  /* NULL: nothing */
    struct rw_built built; /* where there is one */
    double points;
    uint64_t seed;
    struct rw_values settings, losses;
};

static bool
conditional(const struct request *q)
{
    return q->method != NULL && strcmp(q->method, "conditional") == 0;
}

/* Options that go together. */
static enum rw_err
check(const struct request *q, struct rw_error *e)
{
    if (q->method != NULL && !conditional(q) && strcmp(q->method, "fft") != 0)
        return rw_error_set(
            e, RW_ERR_USAGE, "--method is fft or conditional, not '%.60s'", q->method);
    if (!conditional(q) && (q->points_given || q->seed_given))
        return rw_error_set(e, RW_ERR_USAGE,
            "--%s goes with --method conditional: nothing else here is drawn",
            q->points_given ? "points" : "seed");
    if (conditional(q) && (q->semantics || q->losses.n > 0))
        return rw_error_set(e, RW_ERR_USAGE,
            "--%s does not go with --method conditional",
            q->semantics ? "semantics" : "exceed");
    if (q->semantics && q->losses.n > 0)
        return rw_error_set(e, RW_ERR_USAGE, "--exceed does not go with --semantics");
    return RW_OK;
}

static enum rw_err
parse(struct request *q, int argc, char **argv, struct rw_error *e)
{
    const struct rw_option options[] = {
        {"set", 0, RW_OPTION_LIST, &q->settings, NULL, 0, 0},
        {"exceed", 0, RW_OPTION_LIST, &q->losses, NULL, 0, 0},
        {"json", 0, RW_OPTION_FLAG, &q->json, NULL, 0, 0},
        {"semantics", 0, RW_OPTION_FLAG, &q->semantics, NULL, 0, 0},
        {"strategy", 0, RW_OPTION_TEXT, &q->strategy, NULL, 0, 0},
        {"method", 0, RW_OPTION_TEXT, &q->method, NULL, 0, 0},
        {"points", 0, RW_OPTION_WHOLE, &q->points, &q->points_given, 1000, 1e8},
        {"seed", 0, RW_OPTION_COUNTER, &q->seed, &q->seed_given, 0, 0},
    };
    struct rw_values operands;
    enum rw_err err = rw_options_parse(
        options, sizeof options / sizeof *options, argc, argv, &operands, e);

    if (err == RW_OK)
        err = rw_options_one(&operands, "SCENARIO", &q->scenario, e);
    return err == RW_OK ? check(q, e) : err;
}

/* The losses of --exceed. */
static enum rw_err
parse_losses(
    const struct request *q, const char *currency, double at[], struct rw_error *e)
{
    for (size_t k = 0; k < q->losses.n; k++) {
        char why[256];

        if (rw_unit_parse(q->losses.value[k], RW_UNIT_MONEY, currency, &at[k], why,
                sizeof why) != RW_OK)
            return rw_error_set(e, RW_ERR_USAGE,
                "--exceed wants a loss such as 250k, not '%.60s': %s",
                q->losses.value[k], why);
        if (at[k] < 0)
            return rw_error_set(e, RW_ERR_USAGE, "--exceed wants a loss of 0 or more");
    }
    return RW_OK;
}

/* As the strategy leaves it. */
static const struct rw_model *
model_of(const struct request *q, const struct rw_loaded *l)
{
    return q->strategy ? &q->built.model : l->model;
}

static enum rw_err
tell_exact(const struct request *q, struct rw_loaded *l,
    const struct rw_json_head *head, struct rw_text *t, struct rw_error *e)
{
    const volatile sig_atomic_t *stop = rw_signals_flag();
    double at[RW_VALUES_MAX];
    struct rw_readings *readings;
    struct rw_exact x;
    enum rw_err err = parse_losses(q, l->model->currency, at, e);

    if (err == RW_OK)
        err = rw_exact_make(model_of(q, l), at, q->losses.n, stop, &l->arena, &x, e);
    if (err != RW_OK)
        return err;
    x.built = q->strategy ? &q->built : NULL;
    if (!q->semantics)
        return q->json ? rw_exact_json(&x, head, t, e) : rw_exact_text(&x, t, e);
    err = rw_readings_make(&x, stop, &l->arena, &readings, e);
    if (err != RW_OK)
        return err;
    return q->json ? rw_readings_json(&x, readings, head, t, e)
                   : rw_readings_text(&x, readings, t, e);
}

static enum rw_err
tell_conditional(const struct request *q, struct rw_loaded *l,
    const struct rw_json_head *head, struct rw_text *t, struct rw_error *e)
{
    struct rw_conditional_laws x;
    enum rw_err err;

    err = rw_conditional_laws_make(model_of(q, l),
        q->points_given ? (size_t)q->points : POINTS, rw_signals_flag(), &l->arena, &x,
        e);
    if (err != RW_OK)
        return err;
    x.built = q->strategy ? &q->built : NULL;
    return q->json ? rw_conditional_json(&x, head, t, e)
                   : rw_conditional_text(&x, t, e);
}

static enum rw_err
work(struct request *q, struct rw_loaded *l, const struct rw_read_set *sets,
    struct rw_error *e)
{
    const char *paths[RW_VALUES_MAX], *values[RW_VALUES_MAX];
    struct rw_json_head head = {rw_version(), paths, values, q->settings.n, NULL};
    struct rw_text t;
    enum rw_err err = RW_OK;

    if (q->seed_given)
        l->model->seed = q->seed;
    if (q->strategy)
        err = rw_built_make(l->model, q->strategy, &l->arena, &q->built, e);
    if (err != RW_OK)
        return err;
    for (size_t k = 0; k < q->settings.n; k++) {
        paths[k] = sets[k].path;
        values[k] = sets[k].value;
    }
    rw_text_init(&t);
    err = conditional(q) ? tell_conditional(q, l, &head, &t, e)
                         : tell_exact(q, l, &head, &t, e);
    if (err == RW_OK)
        err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    return err;
}

enum rw_err
rw_command_exact(int argc, char **argv, struct rw_error *e)
{
    struct request q = {.json = false};
    struct rw_read_set *sets;
    struct rw_arena arena;
    struct rw_loaded l;
    enum rw_err err = parse(&q, argc, argv, e);

    if (err != RW_OK)
        return err;
    rw_arena_init(&arena);
    err = rw_settings_parse(&q.settings, &arena, &sets, e);
    if (err == RW_OK) {
        err = rw_loaded_init(&l, q.scenario, sets, q.settings.n, 0, e);
        if (err == RW_OK)
            err = work(&q, &l, sets, e);
        rw_loaded_fini(&l);
    }
    rw_arena_fini(&arena);
    return err;
}
