/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel plugin test: a plugin by its author's examples and by what every one
 * has to keep. */
#include "base/fence.h"
#include "cli/cli.h"
#include "plug/host.h"
#include "plug/trial.h"

#include <math.h>

struct attempt {
    struct rw_trial *trial;
    const struct rw_host_plugin *self;
    struct rw_arena *a;
    struct rw_text *t;
    bool good;
};

static enum rw_err
try(void *attempt, struct rw_error *e)
{
    struct attempt *x = attempt;
    struct rw_trial *trial = x->trial;
    const struct rw_host_plugin *self = x->self;
    struct rw_text *t = x->t;
    double ns = INFINITY;
    enum rw_err err = rw_trial_open(trial, &self->plugin, &self->examples, x->a, e);

    if (err == RW_OK)
        err = rw_trial_examples(trial, t, &x->good, e);
    if (err == RW_OK)
        err = rw_trial_probes(trial, t, &x->good, e);
    if (err == RW_OK && x->good)
        err = rw_trial_speed(trial, &ns, e);
    if (err == RW_OK && self->examples.n == 0)
        rw_text_add(t, "  none   it has no examples: say what it should give\n");
    if (isfinite(ns))
        rw_text_addf(t, "  %.3g ns a future and cycle\n", ns);
    return err;
}

static enum rw_err
test(const struct rw_plugin *p, struct rw_arena *a, struct rw_text *t,
    struct rw_error *e)
{
    struct rw_trial *trial = RW_ARENA_NEW(a, 1, struct rw_trial);
    struct attempt x = {trial, p->self, a, t, true};
    enum rw_err err;

    if (trial == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to try '%s'", p->name);
    rw_text_addf(t, "%s, a %s: %s\n", p->name, rw_plugin_kind_names[p->kind], p->file);
    err = rw_fence_call(try, &x, e);
    rw_trial_close(trial);
    if (err != RW_OK || x.good)
        return err;
    return rw_error_set(
        e, RW_ERR_VERDICT, "'%s' does not keep what it should", p->name);
}

enum rw_err
rw_command_plugin_test(int argc, char **argv, struct rw_error *e)
{
    return rw_plugin_named(argc, argv, test, e);
}
