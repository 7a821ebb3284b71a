/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel plugin test: a plugin by its author's examples and by what every one
 * has to keep. */
#include "cli/cli.h"
#include "plug/host.h"
#include "plug/trial.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* The file, or the first plugin of that name; NAME.lua is one that is found, too,
 * where there is no such file here. */
static enum rw_err
find(struct rw_catalogue *c, const char *name, const struct rw_plugin **p,
    struct rw_error *e)
{
    size_t length = strlen(name), n;
    bool lua = length > 4 && strcmp(name + length - 4, ".lua") == 0;
    const struct rw_catalogue_entry *list;

    if (strchr(name, '/') || (lua && access(name, F_OK) == 0))
        return rw_catalogue_load_file(c, name, p, e);
    length -= lua ? 4 : 0;
    list = rw_catalogue_list(c, &n);
    for (size_t k = 0; k < n; k++) {
        if (strncmp(list[k].name, name, length) != 0 || list[k].name[length] != '\0')
            continue;
        *p = list[k].plugin;
        if (*p == NULL)
            *e = list[k].error;
        return *p ? RW_OK : e->code;
    }
    return rw_error_set(e, RW_ERR_USAGE,
        "there is no plugin '%.80s'; give its path, or see '" RW_PROGRAM
        " plugin list'",
        name);
}

static enum rw_err
try(const struct rw_plugin *p, struct rw_arena *a, struct rw_text *t, bool *good,
    struct rw_error *e)
{
    const struct rw_host_plugin *self = p->self;
    struct rw_trial *trial = RW_ARENA_NEW(a, 1, struct rw_trial);
    double ns = INFINITY;
    enum rw_err err;

    if (trial == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to try '%s'", p->name);
    rw_text_addf(t, "%s, a %s: %s\n", p->name, rw_plugin_kind_names[p->kind], p->file);
    err = rw_trial_open(trial, p, &self->examples, a, e);
    if (err == RW_OK)
        err = rw_trial_examples(trial, t, good, e);
    if (err == RW_OK)
        err = rw_trial_probes(trial, t, good, e);
    if (err == RW_OK && *good)
        err = rw_trial_speed(trial, &ns, e);
    rw_trial_close(trial);
    if (err != RW_OK)
        return err;
    if (self->examples.n == 0)
        rw_text_add(t, "  none   it has no examples: say what it should give\n");
    if (isfinite(ns))
        rw_text_addf(t, "  %.3g ns a future and cycle\n", ns);
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory for the report")
                     : RW_OK;
}

enum rw_err
rw_command_plugin_test(int argc, char **argv, struct rw_error *e)
{
    struct rw_catalogue *catalogue = NULL;
    const struct rw_plugin *p = NULL;
    struct rw_values operands;
    struct rw_arena arena;
    struct rw_text t;
    const char *name;
    bool good = true;
    enum rw_err err = rw_options_parse(NULL, 0, argc, argv, &operands, e);

    if (err == RW_OK)
        err = rw_options_one(&operands, "NAME", &name, e);
    if (err != RW_OK)
        return err;
    rw_arena_init(&arena);
    rw_text_init(&t);
    err = rw_catalogue_open(NULL, &arena, &catalogue, e);
    if (err == RW_OK)
        err = find(catalogue, name, &p, e);
    if (err == RW_OK)
        err = try(p, &arena, &t, &good, e);
    if (err == RW_OK)
        err = rw_stdout_text(&t, e);
    if (err == RW_OK && !good)
        err = rw_error_set(
            e, RW_ERR_VERDICT, "'%s' does not keep what it should", p->name);
    rw_text_fini(&t);
    rw_catalogue_free(catalogue);
    rw_arena_fini(&arena);
    return err;
}
