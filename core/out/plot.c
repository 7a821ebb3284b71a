/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/plot.h"

#include "out/picture.h"
#include "out/tool.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    void (*make)(struct rw_picture *p, const struct rw_view *v);
} pictures[RW_PLOTS] = {
    {"exceedance", rw_picture_exceedance},
    {"largest", rw_picture_largest},
    {"residual", rw_picture_residual},
    {"cost", rw_picture_cost},
    {"risks", rw_picture_risks},
    {"versus", rw_picture_versus},
    {"programme", rw_picture_programme},
    {"benefit", rw_picture_benefit},
};

static const char *const formats[] = {"svg", "png"};

/* One picture in one format, beside its script in the staging folder. */
static enum rw_err
render(const char *name, size_t format, const struct rw_output *out,
    const struct rw_plot_options *o, int *missing, struct rw_error *e)
{
    char script[64], folder[sizeof out->staging + 16], file[sizeof folder + 64];
    const char *svg[] = {o->program, "-d", script, NULL};
    const char *png[] = {o->program, "-d", "-e", "png=1", script, NULL};
    struct rw_tool tool = {.argv = format == 0 ? svg : png,
        .folder = folder,
        .output = file,
        .seconds = o->seconds,
        .stop = o->stop};

    snprintf(script, sizeof script, "%s.gp", name);
    snprintf(folder, sizeof folder, "%s/" RW_PLOT_FOLDER, out->staging);
    snprintf(file, sizeof file, "%s/%s.%s", folder, name, formats[format]);
    return rw_tool_run(&tool, missing, e);
}

static enum rw_err
write_text(struct rw_output *out, const char *name, const char *suffix,
    const struct rw_text *t, struct rw_error *e)
{
    char file[64];

    if (t->failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to draw '%s'", name);
    snprintf(file, sizeof file, RW_PLOT_FOLDER "/%s.%s", name, suffix);
    return rw_output_write(out, file, t->s ? t->s : "", t->len, e);
}

/* Script, data and, while gnuplot works (*missing is 0), the pictures. */
static enum rw_err
write_one(size_t k, const struct rw_view *v, struct rw_output *out,
    const struct rw_plot_options *o, struct rw_plot_report *report, int *missing,
    struct rw_error *e)
{
    struct rw_picture p = {.name = pictures[k].name};
    enum rw_err err = RW_OK;

    rw_text_init(&p.script);
    rw_text_init(&p.data);
    pictures[k].make(&p, v);
    report->name[k] = p.name;
    report->left_out[k] = p.left_out;
    snprintf(report->nothing[k], sizeof report->nothing[k], "%s", p.nothing);
    if (p.nothing[0] == '\0' && !p.left_out) {
        err = write_text(out, p.name, "gp", &p.script, e);
        if (err == RW_OK)
            err = write_text(out, p.name, "tsv", &p.data, e);
        for (size_t f = 0; err == RW_OK && !*missing && f < 2; f++) {
            struct rw_error why;

            rw_error_clear(&why);
            err = render(p.name, f, out, o, missing, &why);
            if (err == RW_OK) {
                report->drawn[k] += 1;
            } else if (err == RW_ERR_TOOL) {
                if (report->tool.code == RW_OK)
                    report->tool = why;
                err = RW_OK;
            } else
                *e = why;
        }
        report->drawn[k] = report->drawn[k] == 2;
    }
    rw_text_fini(&p.script);
    rw_text_fini(&p.data);
    return err;
}

enum rw_err
rw_plots_write(const char *results, size_t n, struct rw_output *out,
    const struct rw_plot_options *options, struct rw_plot_report *report,
    struct rw_error *e)
{
    struct rw_arena arena;
    struct rw_view *view;
    int missing = 0;
    enum rw_err err;

    memset(report, 0, sizeof *report);
    rw_arena_init(&arena);
    err = rw_view_read(results, n, &arena, &view, e);
    for (size_t k = 0; err == RW_OK && k < RW_PLOTS; k++)
        err = write_one(k, view, out, options, report, &missing, e);
    rw_arena_fini(&arena);
    return err;
}

void
rw_plots_tidy(const char *target, const struct rw_plot_report *report)
{
    static const char *const suffixes[] = {"svg", "png", "gp", "tsv"};
    char file[4352];

    for (size_t k = 0; k < RW_PLOTS; k++)
        for (size_t f = 0; f < 4; f++) {
            bool kept = f < 2 ? report->drawn[k]
                              : report->nothing[k][0] == '\0' && !report->left_out[k];

            if (kept || report->name[k] == NULL)
                continue;
            snprintf(file, sizeof file, "%s/" RW_PLOT_FOLDER "/%s.%s", target,
                report->name[k], suffixes[f]);
            unlink(file);
        }
}
