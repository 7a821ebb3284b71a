/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel plugin test: a plugin by its author's examples and by what every one
 * has to keep. */
#include "cli/cli.h"
#include "plug/host.h"
#include "plug/trial.h"

#include <math.h>

static enum rw_err
try(struct rw_trial *trial, const struct rw_host_plugin *self, struct rw_arena *a,
    struct rw_text *t, bool *good, struct rw_error *e)
{
    double ns = INFINITY;
    enum rw_err err = rw_trial_open(trial, &self->plugin, &self->examples, a, e);

    if (err == RW_OK)
        err = rw_trial_examples(trial, t, good, e);
    if (err == RW_OK)
        err = rw_trial_probes(trial, t, good, e);
    if (err == RW_OK && *good)
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
    bool good = true;
    enum rw_err err;

    if (trial == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to try '%s'", p->name);
    rw_text_addf(t, "%s, a %s: %s\n", p->name, rw_plugin_kind_names[p->kind], p->file);
    err = try(trial, p->self, a, t, &good, e);
    rw_trial_close(trial);
    if (err != RW_OK || good)
        return err;
    return rw_error_set(
        e, RW_ERR_VERDICT, "'%s' does not keep what it should", p->name);
}

enum rw_err
rw_command_plugin_test(int argc, char **argv, struct rw_error *e)
{
    return rw_plugin_named(argc, argv, test, e);
}
