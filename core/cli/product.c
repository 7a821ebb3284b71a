/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/product.h"

#include "out/csv.h"
#include "out/json.h"
#include "out/summary.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum rw_err
rw_telling_check(struct rw_telling *t, struct rw_error *e)
{
    if (t->json + t->csv + t->quiet > 1)
        return rw_error_set(
            e, RW_ERR_USAGE, "only one of --json, --csv and --quiet can be wanted");
    t->files = t->folder || !(t->json || t->csv);
    if (t->folder && strlen(t->folder) >= sizeof t->target)
        return rw_error_set(
            e, RW_ERR_USAGE, "the name of the output folder is too long");
    return RW_OK;
}

void
rw_telling_name(const char *scenario, char *name, size_t size)
{
    const char *slash = strrchr(scenario, '/');
    const char *last = slash ? slash + 1 : scenario;
    size_t n = strlen(last);

    if (strcmp(last, "-") == 0) {
        last = "stdin";
        n = 5;
    } else if (n > 5 && strcmp(last + n - 5, ".json") == 0)
        n -= 5;
    snprintf(name, size, "%s%.*s", *last == '-' ? "./" : "", (int)n, last);
}

enum rw_err
rw_telling_aim(struct rw_telling *t, const char *scenario, struct rw_error *e)
{
    char results[sizeof t->target + 32], name[sizeof t->target - 8];

    rw_telling_name(scenario, name, sizeof name);
    if (t->folder == NULL)
        snprintf(t->target, sizeof t->target, "%s.out", name);
    else
        strcpy(t->target, t->folder);
    snprintf(results, sizeof results, "%s/" RW_RESULTS_FILE, t->target);
    if (t->files && rw_file_same(scenario, results))
        return rw_error_set(e, RW_ERR_USAGE,
            "the results would replace the scenario '%s'; choose another folder",
            scenario);
    return RW_OK;
}

static enum rw_err
make_json(struct rw_product *p, struct rw_arena *a, struct rw_error *e)
{
    const char **paths = RW_ARENA_NEW(a, p->n_sets, const char *);
    const char **values = RW_ARENA_NEW(a, p->n_sets, const char *);
    struct rw_json_head head = {
        rw_version(), paths, values, p->n_sets, p->asks_referee ? &p->referee : NULL};

    if (!paths || !values)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the results");
    for (size_t k = 0; k < p->n_sets; k++) {
        paths[k] = p->sets[k].path;
        values[k] = p->sets[k].value;
    }
    return rw_json_results(p->result, &head, &p->json, e);
}

/* Removes tables of an earlier run that this one has not. */
static void
tidy_tables(const struct rw_telling *t, const struct rw_product *p)
{
    char file[sizeof t->target + 64];

    for (const struct rw_csv_table *c = rw_csv_tables; c->file; c++) {
        snprintf(file, sizeof file, "%s/%s", t->target, c->file);
        if (!rw_csv_wanted(c, p->result))
            unlink(file);
    }
}

/* Everything that goes to disk, complete before any of it is in its place. */
static enum rw_err
write_files(const struct rw_telling *t, struct rw_product *p, struct rw_error *e)
{
    struct rw_plot_options options = {RW_GNUPLOT, RW_PLOT_SECONDS, rw_signals_flag()};
    enum rw_err err =
        rw_output_write(&p->output, RW_RESULTS_FILE, p->json.s, p->json.len, e);

    for (const struct rw_csv_table *c = rw_csv_tables; err == RW_OK && c->file; c++) {
        struct rw_text text;

        if (!rw_csv_wanted(c, p->result))
            continue;
        rw_text_init(&text);
        err = rw_csv_table(p->result, c->file, &text, e);
        if (err == RW_OK)
            err = rw_output_write(&p->output, c->file, text.s, text.len, e);
        rw_text_fini(&text);
    }
    if (err == RW_OK && !t->no_plots)
        err =
            rw_plots_write(p->json.s, p->json.len, &p->output, &options, &p->plots, e);
    if (err == RW_OK && *rw_signals_flag())
        err = rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    if (err == RW_OK)
        err = rw_output_commit(&p->output, e);
    if (err == RW_OK)
        tidy_tables(t, p);
    if (err == RW_OK && !t->no_plots)
        rw_plots_tidy(t->target, &p->plots);
    return err;
}

/* What became of the pictures, where it is not as expected. */
static void
tell_plots(const struct rw_telling *t, const struct rw_product *p)
{
    if (p->plots.tool.code == RW_OK)
        return;
    rw_message("pictures are missing: %s%s%s", p->plots.tool.text,
        p->plots.tool.detail[0] ? "\n" : "", p->plots.tool.detail);
    rw_message("scripts and data are in %s/" RW_PLOT_FOLDER
               "; draw them later with '" RW_PROGRAM " plot %s'",
        t->target, t->target);
}

static void
tell_effort(const struct rw_product *p, struct rw_text *x)
{
    const struct rw_result *r = p->result;

    if (p->shards > 0)
        rw_text_addf(x, "\nMerged from %zu shard%s, which took %.3g s in all.\n",
            p->shards, p->shards == 1 ? "" : "s", r->wall_seconds);
    else
        rw_text_addf(x, "\nSimulated in %.3g s on %u thread%s.\n", r->wall_seconds,
            r->threads, r->threads == 1 ? "" : "s");
}

static enum rw_err
print_summary(
    const struct rw_telling *t, const struct rw_product *p, struct rw_error *e)
{
    size_t tables = 0, pictures = 0;
    struct rw_text x;
    enum rw_err err;

    for (const struct rw_csv_table *c = rw_csv_tables; c->file; c++)
        tables += rw_csv_wanted(c, p->result);
    for (size_t k = 0; k < RW_PLOTS; k++)
        pictures += p->plots.drawn[k] != 0;
    rw_text_init(&x);
    err = rw_summary_print(p->result, rw_stdout_colour(), &x, e);
    if (err == RW_OK && p->asks_referee)
        err = rw_referee_text(&p->referee, &x, e);
    rw_text_addf(&x, "\n%s: " RW_RESULTS_FILE ", %zu tables", t->target, tables);
    if (pictures > 0)
        rw_text_addf(&x, ", %zu picture%s in " RW_PLOT_FOLDER "/", pictures,
            pictures == 1 ? "" : "s");
    for (size_t k = 0; k < RW_PLOTS; k++)
        if (p->plots.nothing[k][0])
            rw_text_addf(
                &x, "\n%s: nothing to draw, %s", p->plots.name[k], p->plots.nothing[k]);
    tell_effort(p, &x);
    if (err == RW_OK)
        err = rw_stdout_text(&x, e);
    rw_text_fini(&x);
    return err;
}

static enum rw_err
print_result(const struct rw_telling *t, const struct rw_product *p, struct rw_error *e)
{
    struct rw_text x;
    enum rw_err err;

    if (t->quiet)
        return RW_OK;
    if (t->json)
        return rw_stdout_text(&p->json, e);
    if (!t->csv)
        return print_summary(t, p, e);
    rw_text_init(&x);
    err = rw_csv_table(p->result, "years.csv", &x, e);
    if (err == RW_OK)
        err = rw_stdout_text(&x, e);
    rw_text_fini(&x);
    return err;
}

/* All is told, but it is not what was asked for. */
static enum rw_err
judge_precision(const struct rw_product *p, struct rw_error *e)
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

enum rw_err
rw_product_tell(const struct rw_telling *t, struct rw_product *p, struct rw_arena *a,
    struct rw_error *e)
{
    enum rw_err err;

    rw_text_init(&p->json);
    err = make_json(p, a, e);
    if (err == RW_OK && t->files)
        err = write_files(t, p, e);
    if (err == RW_OK && t->files && !t->no_plots)
        tell_plots(t, p);
    if (err == RW_OK)
        err = print_result(t, p, e);
    rw_text_fini(&p->json);
    if (err == RW_OK && p->asks_referee && !p->referee.agrees)
        err = rw_error_set(e, RW_ERR_VERDICT,
            "the run differs from the exact laws beyond chance: a bug, or a plugin or "
            "library that is not what it seems; please report it with the scenario");
    if (err == RW_OK && p->asks_precision)
        err = judge_precision(p, e);
    return err;
}
