/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel run: read, simulate, study, write, print. */
#include "cli/cli.h"
#include "cli/progress.h"
#include "out/csv.h"
#include "out/exact.h"
#include "out/json.h"
#include "out/plot.h"
#include "out/summary.h"
#include "run/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { THREADS_MAX = 1024 };
#define TRIALS_MAX 1e9

/* What the command line says. */
struct request {
    const char *scenario, *folder;
    bool json, csv, quiet, no_plots, no_band, referee;
    bool trials_given, seed_given, threads_given, most_given;
    double trials, most, threads;
    const char *fence;     /* NULL: as the environment has it */
    const char *precision; /* NULL: the given number of futures will do */
    uint64_t seed;
    struct rw_values strategies, settings;
    bool files; /* anything is written to disk */
    char target[4096];
};

/* What a run leaves, until it is told. */
struct product {
    struct rw_read_set *sets;
    struct rw_result *result;
    struct rw_precision precision;
    struct rw_text json;
    struct rw_output output;
    struct rw_plot_report plots;
    struct rw_exact exact;
    struct rw_referee referee;
};

/* NAME.out for any/where/NAME.json. */
static void
default_target(struct request *q)
{
    const char *slash = strrchr(q->scenario, '/');
    const char *name = slash ? slash + 1 : q->scenario;
    size_t n = strlen(name);

    if (strcmp(name, "-") == 0) {
        name = "stdin";
        n = 5;
    } else if (n > 5 && strcmp(name + n - 5, ".json") == 0)
        n -= 5;
    snprintf(q->target, sizeof q->target, "%s%.*s.out", *name == '-' ? "./" : "",
        (int)n, name);
}

static enum rw_err
parse(struct request *q, int argc, char **argv, struct rw_error *e)
{
    const struct rw_option options[] = {
        {"trials", 0, RW_OPTION_WHOLE, &q->trials, &q->trials_given, 1, TRIALS_MAX},
        {"trials-max", 0, RW_OPTION_WHOLE, &q->most, &q->most_given, 1, TRIALS_MAX},
        {"precision", 0, RW_OPTION_TEXT, &q->precision, NULL, 0, 0},
        {"seed", 0, RW_OPTION_COUNTER, &q->seed, &q->seed_given, 0, 0},
        {"threads", 0, RW_OPTION_WHOLE, &q->threads, &q->threads_given, 1, THREADS_MAX},
        {"strategy", 0, RW_OPTION_LIST, &q->strategies, NULL, 0, 0},
        {"set", 0, RW_OPTION_LIST, &q->settings, NULL, 0, 0},
        {"output", 'o', RW_OPTION_TEXT, &q->folder, NULL, 0, 0},
        {"json", 0, RW_OPTION_FLAG, &q->json, NULL, 0, 0},
        {"csv", 0, RW_OPTION_FLAG, &q->csv, NULL, 0, 0},
        {"quiet", 0, RW_OPTION_FLAG, &q->quiet, NULL, 0, 0},
        {"no-plots", 0, RW_OPTION_FLAG, &q->no_plots, NULL, 0, 0},
        {"referee", 0, RW_OPTION_FLAG, &q->referee, NULL, 0, 0},
        {"no-band", 0, RW_OPTION_FLAG, &q->no_band, NULL, 0, 0},
        {"fence", 0, RW_OPTION_TEXT, &q->fence, NULL, 0, 0},
    };
    struct rw_values operands;
    enum rw_err err = rw_options_parse(
        options, sizeof options / sizeof *options, argc, argv, &operands, e);

    if (err == RW_OK)
        err = rw_options_one(&operands, "SCENARIO", &q->scenario, e);
    if (err == RW_OK && q->json + q->csv + q->quiet > 1)
        err = rw_error_set(
            e, RW_ERR_USAGE, "only one of --json, --csv and --quiet can be wanted");
    if (err == RW_OK && q->most_given && !q->precision)
        err = rw_error_set(e, RW_ERR_USAGE,
            "--trials-max is a limit of --precision, which is missing");
    if (err != RW_OK)
        return err;
    q->files = q->folder || !(q->json || q->csv);
    if (q->folder == NULL)
        default_target(q);
    else if (strlen(q->folder) < sizeof q->target)
        strcpy(q->target, q->folder);
    else
        return rw_error_set(
            e, RW_ERR_USAGE, "the name of the output folder is too long");
    return RW_OK;
}

/* The results must not replace the scenario they come from. */
static enum rw_err
guard_scenario(const struct request *q, struct rw_error *e)
{
    char results[sizeof q->target + 32];
    struct stat a, b;

    snprintf(results, sizeof results, "%s/" RW_RESULTS_FILE, q->target);
    if (stat(q->scenario, &a) == 0 && stat(results, &b) == 0 && a.st_dev == b.st_dev &&
        a.st_ino == b.st_ino)
        return rw_error_set(e, RW_ERR_USAGE,
            "the results would replace the scenario '%s'; choose another folder",
            q->scenario);
    return RW_OK;
}

/* Indices of the wanted strategies, in the scenario's order and each once;
 * "nothing" is always among them. */
static enum rw_err
choose_strategies(const struct request *q, const struct rw_model *m, struct rw_arena *a,
    struct rw_run_options *options, struct rw_error *e)
{
    size_t *chosen = RW_ARENA_NEW(a, m->n_strategies, size_t);
    const char **names = RW_ARENA_NEW(a, m->n_strategies, const char *);
    bool *wanted = RW_ARENA_NEW(a, m->n_strategies, bool);

    if (q->strategies.n == 0)
        return RW_OK;
    if (!chosen || !names || !wanted)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory");
    for (size_t k = 0; k < m->n_strategies; k++)
        names[k] = m->strategies[k].name;
    wanted[0] = true;
    for (size_t j = 0; j < q->strategies.n; j++) {
        const char *name = q->strategies.value[j], *near;
        size_t k = 0;

        while (k < m->n_strategies && strcmp(names[k], name) != 0)
            k++;
        near =
            k < m->n_strategies ? NULL : rw_nearest_word(name, names, m->n_strategies);
        if (near)
            return rw_error_set(e, RW_ERR_USAGE,
                "the scenario has no strategy '%.80s'; did you mean '%s'?", name, near);
        if (k == m->n_strategies)
            return rw_error_set(
                e, RW_ERR_USAGE, "the scenario has no strategy '%.80s'", name);
        wanted[k] = true;
    }
    options->strategies = chosen;
    for (size_t k = 0; k < m->n_strategies; k++)
        if (wanted[k])
            chosen[options->n_strategies++] = k;
    return RW_OK;
}

/* The exact laws, and which risks the run must watch for them. */
static enum rw_err
call_referee(struct rw_loaded *l, struct product *p, struct rw_run_options *options,
    struct rw_error *e)
{
    enum rw_err err =
        rw_exact_make(l->model, NULL, 0, rw_signals_flag(), &l->arena, &p->exact, e);

    return err == RW_OK ? rw_referee_watch(&p->exact, &l->arena, &options->watched,
                              &options->n_watched, e)
                        : err;
}

static struct rw_nest
nest_of(const struct request *q, const struct rw_model *m, size_t trials)
{
    if (q->no_band)
        return (struct rw_nest){.none = "left out by --no-band"};
    return rw_nest_of(m, trials);
}

/* How long the nested run is to be is known after the last of the others. */
static enum rw_err
run_until_precise(const struct request *q, const struct rw_model *m,
    struct rw_run_options *options, struct rw_precision *p, struct rw_outcome **o,
    struct rw_error *e)
{
    enum rw_err err;

    options->nest = (struct rw_nest){.none = NULL};
    err = rw_precision_run(m, options, p, o, e);
    if (err != RW_OK)
        return err;
    options->nest = nest_of(q, m, (*o)->n);
    return rw_run_nested(m, options, *o, e);
}

/* Simulates and makes the result; the outcome is gone afterwards. */
static enum rw_err
simulate(
    const struct request *q, struct rw_loaded *l, struct product *p, struct rw_error *e)
{
    struct rw_run_options options = {
        .threads = (unsigned)q->threads, .stop = rw_signals_flag()};
    struct rw_progress progress = {.shown = false};
    struct rw_outcome *outcome = NULL;
    enum rw_err err;

    if (q->trials_given)
        l->model->trials = (size_t)q->trials;
    if (q->seed_given)
        l->model->seed = q->seed;
    err = choose_strategies(q, l->model, &l->arena, &options, e);
    if (err == RW_OK && q->referee)
        err = call_referee(l, p, &options, e);
    if (err != RW_OK)
        return err;
    options.nest = nest_of(q, l->model, 0);
    progress.years = l->model->n_years > 0;
    progress.strategy =
        l->model
            ->strategies[options.n_strategies
                             ? options.strategies[options.n_strategies - 1]
                             : l->model->n_strategies - 1]
            .name;
    if (!q->quiet && rw_stderr_progress()) {
        options.progress = rw_progress_show;
        options.self = &progress;
    }
    if (q->precision)
        err = run_until_precise(q, l->model, &options, &p->precision, &outcome, e);
    else
        err = rw_run(l->model, &options, &outcome, e);
    rw_progress_erase(&progress);
    if (err == RW_OK)
        err =
            rw_result_make_unless(outcome, &l->arena, rw_signals_flag(), &p->result, e);
    if (err == RW_OK && q->precision)
        p->result->precision = &p->precision;
    if (err == RW_OK && q->referee)
        err = rw_referee_make(&p->exact, outcome, &l->arena, &p->referee, e);
    rw_outcome_free(outcome);
    return err;
}

static enum rw_err
make_json(const struct request *q, const struct rw_loaded *l, struct product *p,
    struct rw_arena *a, struct rw_error *e)
{
    size_t n = q->settings.n;
    const char **paths = RW_ARENA_NEW(a, n, const char *);
    const char **values = RW_ARENA_NEW(a, n, const char *);
    struct rw_json_head head = {
        rw_version(), paths, values, n, q->referee ? &p->referee : NULL};

    (void)l;
    if (!paths || !values)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the results");
    for (size_t k = 0; k < n; k++) {
        paths[k] = p->sets[k].path;
        values[k] = p->sets[k].value;
    }
    return rw_json_results(p->result, &head, &p->json, e);
}

/* Removes tables of an earlier run that this one has not. */
static void
tidy_tables(const struct request *q, const struct product *p)
{
    char file[sizeof q->target + 64];

    for (const struct rw_csv_table *t = rw_csv_tables; t->file; t++) {
        snprintf(file, sizeof file, "%s/%s", q->target, t->file);
        if (!rw_csv_wanted(t, p->result))
            unlink(file);
    }
}

/* Everything that goes to disk, complete before any of it is in its place. */
static enum rw_err
write_files(const struct request *q, struct product *p, struct rw_error *e)
{
    struct rw_plot_options options = {RW_GNUPLOT, RW_PLOT_SECONDS, rw_signals_flag()};
    enum rw_err err =
        rw_output_write(&p->output, RW_RESULTS_FILE, p->json.s, p->json.len, e);

    for (const struct rw_csv_table *t = rw_csv_tables; err == RW_OK && t->file; t++) {
        struct rw_text text;

        if (!rw_csv_wanted(t, p->result))
            continue;
        rw_text_init(&text);
        err = rw_csv_table(p->result, t->file, &text, e);
        if (err == RW_OK)
            err = rw_output_write(&p->output, t->file, text.s, text.len, e);
        rw_text_fini(&text);
    }
    if (err == RW_OK && !q->no_plots)
        err =
            rw_plots_write(p->json.s, p->json.len, &p->output, &options, &p->plots, e);
    if (err == RW_OK && *rw_signals_flag())
        err = rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    if (err == RW_OK)
        err = rw_output_commit(&p->output, e);
    if (err == RW_OK)
        tidy_tables(q, p);
    if (err == RW_OK && !q->no_plots)
        rw_plots_tidy(q->target, &p->plots);
    return err;
}

/* What became of the pictures, where it is not as expected. */
static void
tell_plots(const struct request *q, const struct product *p)
{
    if (p->plots.tool.code == RW_OK)
        return;
    rw_message("pictures are missing: %s%s%s", p->plots.tool.text,
        p->plots.tool.detail[0] ? "\n" : "", p->plots.tool.detail);
    rw_message("scripts and data are in %s/" RW_PLOT_FOLDER
               "; draw them later with '" RW_PROGRAM " plot %s'",
        q->target, q->target);
}

static enum rw_err
print_summary(const struct request *q, const struct product *p, struct rw_error *e)
{
    size_t tables = 0, pictures = 0;
    struct rw_text t;
    enum rw_err err;

    for (const struct rw_csv_table *c = rw_csv_tables; c->file; c++)
        tables += rw_csv_wanted(c, p->result);
    for (size_t k = 0; k < RW_PLOTS; k++)
        pictures += p->plots.drawn[k] != 0;
    rw_text_init(&t);
    err = rw_summary_print(p->result, rw_stdout_colour(), &t, e);
    if (err == RW_OK && q->referee)
        err = rw_referee_text(&p->referee, &t, e);
    rw_text_addf(&t, "\n%s: " RW_RESULTS_FILE ", %zu tables", q->target, tables);
    if (pictures > 0)
        rw_text_addf(&t, ", %zu picture%s in " RW_PLOT_FOLDER "/", pictures,
            pictures == 1 ? "" : "s");
    for (size_t k = 0; k < RW_PLOTS; k++)
        if (p->plots.nothing[k][0])
            rw_text_addf(
                &t, "\n%s: nothing to draw, %s", p->plots.name[k], p->plots.nothing[k]);
    rw_text_addf(&t, "\nSimulated in %.3g s on %u thread%s.\n", p->result->wall_seconds,
        p->result->threads, p->result->threads == 1 ? "" : "s");
    if (err == RW_OK)
        err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    return err;
}

static enum rw_err
print_result(const struct request *q, const struct product *p, struct rw_error *e)
{
    struct rw_text t;
    enum rw_err err;

    if (q->quiet)
        return RW_OK;
    if (q->json)
        return rw_stdout_text(&p->json, e);
    if (!q->csv)
        return print_summary(q, p, e);
    rw_text_init(&t);
    err = rw_csv_table(p->result, "years.csv", &t, e);
    if (err == RW_OK)
        err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    return err;
}

/* All is told, but it is not what was asked for. */
static enum rw_err
judge_precision(const struct product *p, struct rw_error *e)
{
    const struct rw_precision *x = &p->precision;

    if (x->met)
        return RW_OK;
    return rw_error_set(e, RW_ERR_LIMIT,
        "the %g quantile of '%s' is known to %.3g %% and not to %.3g %%, which would "
        "need about %.2g futures; all results are there, of %zu futures%s",
        x->q, x->strategy, 100 * x->reached, 100 * x->wanted, x->needed, p->result->n,
        p->result->n >= x->most ? " (the limit: see --trials-max)" : "");
}

static enum rw_err
work(
    const struct request *q, struct rw_loaded *l, struct product *p, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    if (q->files)
        err = rw_output_open(&p->output, q->target, e);
    if (err == RW_OK && !q->quiet)
        rw_notes_tell(l->model);
    if (err == RW_OK)
        err = simulate(q, l, p, e);
    if (err == RW_OK)
        err = make_json(q, l, p, &l->arena, e);
    if (err == RW_OK && q->files)
        err = write_files(q, p, e);
    if (q->files)
        rw_output_abort(&p->output); /* nothing after a commit */
    if (err == RW_OK && q->files && !q->no_plots)
        tell_plots(q, p);
    if (err == RW_OK)
        err = print_result(q, p, e);
    if (err == RW_OK && q->referee && !p->referee.agrees)
        err = rw_error_set(e, RW_ERR_VERDICT,
            "the run differs from the exact laws beyond chance: a bug, or a plugin or "
            "library that is not what it seems; please report it with the scenario");
    if (err == RW_OK && q->precision)
        err = judge_precision(p, e);
    return err;
}

enum rw_err
rw_command_run(int argc, char **argv, struct rw_error *e)
{
    struct request q = {.threads = 0};
    struct product p = {.sets = NULL};
    struct rw_arena arena;
    struct rw_loaded l;
    enum rw_err err;

    err = parse(&q, argc, argv, e);
    if (err == RW_OK && q.precision)
        err = rw_precision_parse(q.precision, &p.precision, e);
    p.precision.most = (size_t)q.most;
    if (err == RW_OK && q.files)
        err = guard_scenario(&q, e);
    if (err == RW_OK && q.fence)
        err = rw_fence_ask("--fence", q.fence, e);
    if (err != RW_OK)
        return err;
    rw_arena_init(&arena);
    rw_text_init(&p.json);
    err = rw_settings_parse(&q.settings, &arena, &p.sets, e);
    if (err == RW_OK) {
        err = rw_loaded_init(&l, q.scenario, p.sets, q.settings.n, e);
        if (err == RW_OK)
            err = work(&q, &l, &p, e);
        rw_loaded_fini(&l);
    }
    rw_text_fini(&p.json);
    rw_arena_fini(&arena);
    return err;
}
