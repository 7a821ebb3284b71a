/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel plot: the pictures of an earlier run, drawn again. */
#include "cli/cli.h"
#include "out/plot.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Where the results are and where the pictures go. */
static enum rw_err
find_places(
    const char *given, char file[PATH_MAX], char folder[PATH_MAX], struct rw_error *e)
{
    const char *slash = strrchr(given, '/');
    bool is_folder;
    struct stat st;

    if (strlen(given) + sizeof "/" RW_RESULTS_FILE > PATH_MAX)
        return rw_error_set(e, RW_ERR_IO, "the name of the results is too long");
    is_folder = stat(given, &st) == 0 && S_ISDIR(st.st_mode);
    snprintf(file, PATH_MAX, is_folder ? "%s/" RW_RESULTS_FILE : "%s", given);
    if (is_folder)
        snprintf(folder, PATH_MAX, "%s", given);
    else if (slash == NULL)
        snprintf(folder, PATH_MAX, ".");
    else
        snprintf(
            folder, PATH_MAX, "%.*s", slash == given ? 1 : (int)(slash - given), given);
    return RW_OK;
}

static enum rw_err
tell(const char *folder, const struct rw_plot_report *report, struct rw_error *e)
{
    struct rw_text t;
    enum rw_err err;

    rw_text_init(&t);
    for (size_t k = 0; k < RW_PLOTS; k++)
        if (report->drawn[k])
            rw_text_addf(&t, "%s/" RW_PLOT_FOLDER "/%s.{svg,png,gp,tsv}\n", folder,
                report->name[k]);
        else if (report->nothing[k][0])
            rw_text_addf(
                &t, "%s: nothing to draw, %s\n", report->name[k], report->nothing[k]);
    err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    return err;
}

static enum rw_err
draw(const char *file, const char *folder, struct rw_plot_report *report,
    struct rw_error *e)
{
    struct rw_plot_options options = {RW_GNUPLOT, RW_PLOT_SECONDS, rw_signals_flag()};
    struct rw_output output;
    char *bytes = NULL;
    size_t n;
    enum rw_err err = rw_file_read(file, RW_RESULTS_BYTES, &bytes, &n, e);

    if (err != RW_OK)
        return err;
    err = rw_output_open(&output, folder, e);
    if (err == RW_OK) {
        err = rw_plots_write(bytes, n, &output, &options, report, e);
        if (err == RW_OK)
            err = rw_output_commit(&output, e);
        if (err == RW_OK)
            rw_plots_tidy(folder, report);
        rw_output_abort(&output);
    }
    if (err == RW_ERR_INPUT)
        rw_error_place(e, file, 0, 0, e->pointer);
    free(bytes);
    return err;
}

enum rw_err
rw_command_plot(int argc, char **argv, struct rw_error *e)
{
    bool quiet = false;
    const struct rw_option options[] = {
        {"quiet", 0, RW_OPTION_FLAG, &quiet, NULL, 0, 0},
    };
    char file[PATH_MAX], folder[PATH_MAX];
    struct rw_plot_report report;
    struct rw_values operands;
    const char *given;
    enum rw_err err = rw_options_parse(options, 1, argc, argv, &operands, e);

    if (err == RW_OK)
        err = rw_options_one(&operands, "RESULTS", &given, e);
    if (err == RW_OK)
        err = find_places(given, file, folder, e);
    if (err == RW_OK)
        err = draw(file, folder, &report, e);
    if (err == RW_OK && !quiet)
        err = tell(folder, &report, e);
    if (err == RW_OK && report.tool.code != RW_OK) {
        *e = report.tool;
        err = report.tool.code;
    }
    return err;
}
