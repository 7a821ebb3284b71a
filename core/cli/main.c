/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/main.c -- where riskwheel begins; the map of its tree.
 *
 *   core/base    errors with their place, arena, text, units, atomic output
 *   core/num     streams of random numbers, distributions, tails with errors
 *   core/model   organisation, assets, threats, controls, strategies: const
 *   core/read    scenario JSON -> model, every diagnostic at once
 *   core/plug    Lua host: sandbox, vectors, kinds of plugins
 *   core/world   one block of futures: truth, intensity, events, losses
 *   core/wheel   plan, do, check, act: how a strategy answers the world
 *   core/run     blocks over threads, merged in order; shards, checkpoints
 *   core/study   laws, verdicts and differences out of the futures
 *   core/out     results.json, tables, pictures, summary
 *   core/cli     this: one file a command
 *   plugins/     threats, controls and planners in Lua
 *   scenarios/   examples to run and to copy
 *   tests/       one folder a floor
 *
 * A floor includes only itself and those above it in this list (read, plug
 * and world stand side by side).  docs/riskwheel.1 is the manual page.
 */
#include "cli/cli.h"
#include "cli/ranks.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct rw_command rw_commands[] = {
    {"run", "simulate a scenario", rw_help_run, rw_command_run, NULL, ""},
    {"merge", "the results of a run out of its shards", rw_help_merge, rw_command_merge,
        NULL, ""},
    {"check", "validate a scenario and say what it holds", rw_help_check,
        rw_command_check, NULL, ""},
    {"exact", "the laws of static risks, without sampling", rw_help_exact,
        rw_command_exact, NULL, ""},
    {"fit", "frequency and size of losses out of incidents", rw_help_fit,
        rw_command_fit, NULL, ""},
    {"learn", "a scenario's estimates after what was observed", rw_help_learn,
        rw_command_learn, NULL, ""},
    {"import", "stubs of threats and controls out of catalogues", rw_help_import, NULL,
        rw_import_commands, ""},
    {"plot", "draw the pictures of a run again", rw_help_plot, rw_command_plot, NULL,
        ""},
    {"plugin", "list and describe plugins", rw_help_plugin, NULL, rw_plugin_commands,
        ""},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

enum rw_err
rw_command_find(const struct rw_command *list, const char *name,
    const struct rw_command **found, struct rw_error *e)
{
    const char *names[16], *near;
    size_t n = 0;

    for (; list[n].name; n++) {
        names[n] = list[n].name;
        if (strcmp(name, list[n].name) == 0) {
            *found = &list[n];
            return RW_OK;
        }
    }
    near = rw_nearest_word(name, names, n);
    if (near)
        return rw_error_set(
            e, RW_ERR_USAGE, "unknown command '%.80s'; did you mean '%s'?", name, near);
    return rw_error_set(e, RW_ERR_USAGE, "unknown command '%.80s'", name);
}

/* --help anywhere before "--" wins over all other words. */
static bool
wants_help(int argc, char **argv)
{
    for (int k = 1; k < argc && strcmp(argv[k], "--") != 0; k++)
        if (strcmp(argv[k], "--help") == 0 || strcmp(argv[k], "-h") == 0)
            return true;
    return false;
}

static enum rw_err
print(const char *s, struct rw_error *e)
{
    return rw_stdout_write(s, strlen(s), e);
}

static enum rw_err
print_version(struct rw_error *e)
{
    char line[128];

    snprintf(line, sizeof line, RW_PROGRAM " %s\n", rw_version());
    return print(line, e);
}

/* The command in argv[1], of a command's own commands where it has them. */
static enum rw_err
dispatch(const struct rw_command *list, const char *help, int argc, char **argv,
    const struct rw_command **at, struct rw_error *e)
{
    enum rw_err err;

    if (argc < 2) {
        fputs(help, stderr);
        return rw_error_set(e, RW_ERR_USAGE, "a command is wanted");
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        (strcmp(argv[1], "help") == 0 && argc == 2))
        return print(help, e);
    if (strcmp(argv[1], "--version") == 0 && argc > 2)
        return rw_error_set(e, RW_ERR_USAGE,
            "--version stands alone, but there is also '%.80s'", argv[2]);
    if (strcmp(argv[1], "--version") == 0)
        return print_version(e);
    if (strcmp(argv[1], "help") == 0) { /* help COMMAND */
        err = rw_command_find(list, argv[2], at, e);
        return err == RW_OK ? print((*at)->help, e) : err;
    }
    if (argv[1][0] == '-')
        return rw_error_set(
            e, RW_ERR_USAGE, "unknown option '%.80s' before the command", argv[1]);
    err = rw_command_find(list, argv[1], at, e);
    if (err != RW_OK)
        return err;
    if ((*at)->commands)
        return dispatch((*at)->commands, (*at)->help, argc - 1, argv + 1, at, e);
    if (wants_help(argc - 1, argv + 1))
        return print((*at)->help, e);
    return (*at)->run(argc - 1, argv + 1, e);
}

/* Of the processes of mpirun only a run is for all; of all else one is enough. */
static bool
is_for_all(int argc, char **argv)
{
    return rw_rank() == 0 ||
           (argc > 1 && strcmp(argv[1], "run") == 0 && !wants_help(argc - 1, argv + 1));
}

int
main(int argc, char **argv)
{
    const struct rw_command *at = NULL;
    struct rw_error e;
    enum rw_err err = RW_OK;

    gsl_set_error_handler_off();
    rw_streams_init();
    rw_signals_init();
    rw_error_clear(&e);
    err = rw_cpu_ask_environment(&e);
    if (err == RW_OK)
        err = rw_fence_ask_environment(&e);
    rw_ranks_init();
    if (err == RW_OK && is_for_all(argc, argv))
        err = dispatch(rw_commands, rw_help_main, argc, argv, &at, &e);
    rw_ranks_fini();
    if (rw_streams_pipe_broken())
        rw_signals_die(SIGPIPE);
    if (err == RW_ERR_INTERRUPT && *rw_signals_flag()) {
        if (strcmp(e.text, "interrupted") == 0)
            rw_message("interrupted; nothing was written");
        else
            rw_message("%s", e.text);
        rw_signals_die((int)*rw_signals_flag());
    }
    if (err == RW_ERR_USAGE && rw_rank() > 0) /* the same as of the first one */
        return rw_err_exit_status(err);
    if (err != RW_OK)
        rw_error_print(&e);
    if (err == RW_ERR_USAGE)
        fprintf(stderr, "Try '" RW_PROGRAM " %s%s%s--help'.\n", at ? at->parent : "",
            at ? at->name : "", at ? " " : "");
    return rw_err_exit_status(err);
}
