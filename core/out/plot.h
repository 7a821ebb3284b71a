/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/plot.h -- all pictures of a run, into the folder plots/ of an
 * output: for each a gnuplot script, its data, an SVG and a PNG.
 *
 * Script and data are always written.  A missing, failing or hanging gnuplot
 * costs the pictures only; a picture with nothing in it is explained in
 * words instead.
 *
 * Floor: out.  Threads: one output, one thread.
 */
#ifndef RW_OUT_PLOT_H
#define RW_OUT_PLOT_H

#include "base/output.h"
#include "base/stop.h"

#define RW_PLOT_FOLDER "plots"

struct rw_plot_options {
    const char *program;               /* "gnuplot"                 */
    double seconds;                    /* limit for one picture     */
    const volatile sig_atomic_t *stop; /* nonzero: end soon; or NULL */
};

enum { RW_PLOTS = 8 };

struct rw_plot_report {
    const char *name[RW_PLOTS];
    char nothing[RW_PLOTS][160]; /* why there is nothing to draw; "" */
    int left_out[RW_PLOTS];      /* not a picture of this scenario   */
    int drawn[RW_PLOTS];         /* SVG and PNG are there            */
    struct rw_error tool;        /* code RW_OK: gnuplot did its work */
};

/* results: the n bytes of results.json.  An error means that nothing of it
 * should be committed (RW_ERR_INPUT, RW_ERR_IO, RW_ERR_MEMORY,
 * RW_ERR_INTERRUPT); what gnuplot failed to do is in report->tool only. */
RW_MUST_CHECK enum rw_err rw_plots_write(const char *results, size_t n,
    struct rw_output *out, const struct rw_plot_options *options,
    struct rw_plot_report *report, struct rw_error *e);

/* After the commit: removes pictures of an earlier run that this one could
 * not or need not draw, so that none stands beside figures that are not its
 * own. */
void rw_plots_tidy(const char *target, const struct rw_plot_report *report);

#endif
