/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel exact: the laws that need no sampling. */
#include "base/unit.h"
#include "cli/cli.h"
#include "out/exact.h"

/* What the command line says. */
struct request {
    const char *scenario;
    bool json;
    struct rw_values settings, losses;
};

static enum rw_err
parse(struct request *q, int argc, char **argv, struct rw_error *e)
{
    const struct rw_option options[] = {
        {"set", 0, RW_OPTION_LIST, &q->settings, NULL, 0, 0},
        {"exceed", 0, RW_OPTION_LIST, &q->losses, NULL, 0, 0},
        {"json", 0, RW_OPTION_FLAG, &q->json, NULL, 0, 0},
    };
    struct rw_values operands;
    enum rw_err err = rw_options_parse(
        options, sizeof options / sizeof *options, argc, argv, &operands, e);

    return err == RW_OK ? rw_options_one(&operands, "SCENARIO", &q->scenario, e) : err;
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

static enum rw_err
print_json(const struct request *q, const struct rw_exact *x,
    const struct rw_read_set *sets, struct rw_text *t, struct rw_error *e)
{
    const char *paths[RW_VALUES_MAX], *values[RW_VALUES_MAX];
    struct rw_json_head head = {rw_version(), paths, values, q->settings.n, NULL};

    for (size_t k = 0; k < q->settings.n; k++) {
        paths[k] = sets[k].path;
        values[k] = sets[k].value;
    }
    return rw_exact_json(x, &head, t, e);
}

static enum rw_err
work(const struct request *q, struct rw_loaded *l, const struct rw_read_set *sets,
    struct rw_error *e)
{
    double at[RW_VALUES_MAX];
    struct rw_exact x;
    struct rw_text t;
    enum rw_err err = parse_losses(q, l->model->currency, at, e);

    if (err == RW_OK)
        err = rw_exact_make(
            l->model, at, q->losses.n, rw_signals_flag(), &l->arena, &x, e);
    if (err != RW_OK)
        return err;
    rw_text_init(&t);
    err = q->json ? print_json(q, &x, sets, &t, e) : rw_exact_text(&x, &t, e);
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
        err = rw_loaded_init(&l, q.scenario, sets, q.settings.n, e);
        if (err == RW_OK)
            err = work(&q, &l, sets, e);
        rw_loaded_fini(&l);
    }
    rw_arena_fini(&arena);
    return err;
}
