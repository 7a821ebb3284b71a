/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The largest event of the last year beside all of its events together: one
 * panel for the first strategy and one for the best.  Where the two curves
 * meet, one event makes the year. */
#include "out/picture.h"

#include <stdio.h>

/* A curve with its interval; the plot goes on behind it. */
static const char *
line(struct rw_picture *p, const struct rw_view_point curve[], size_t n,
    const struct rw_curve_range *r, const char *colour, const char *dash,
    const char *comma)
{
    size_t block;

    if (!rw_curve_block(p, curve, n, r, &block))
        return comma;
    rw_text_addf(&p->script,
        "%sdata index %zu using 1:3:4 with filledcurves fc rgb '%s' "
        "fs transparent solid 0.3 noborder notitle, \\\n"
        "     data index %zu using 1:2 with lines lw 2.5 dt %s lc rgb '%s' notitle",
        comma, block, colour, block, dash, colour);
    return ", \\\n     ";
}

#define ALL     "#000000"
#define LARGEST "#D55E00"

static void
panel(struct rw_picture *p, const struct rw_view_strategy *s, size_t year,
    const struct rw_curve_range *r)
{
    const struct rw_view_year *y = &s->years[year];
    const char *comma = "plot ";

    rw_text_add(&p->script, "set title ");
    rw_picture_quote(&p->script, s->name, 24);
    rw_text_add(&p->script, " font bold.',12' offset 0,-0.5\n");
    comma = line(p, y->curve, y->n_curve, r, ALL, "1", comma);
    comma = line(p, y->largest, y->n_largest, r, LARGEST, "'-'", comma);
    if (*comma == 'p') /* no line at all: the empty frame */
        rw_text_addf(&p->script, "plot %.17g notitle", r->y_low / 2);
    rw_text_add(&p->script, "\nunset label 1001\nunset label 1002\n");
}

/* "Year 3 with pdca: 1 year in 20 has an event over 1.6M USD, and costs over
 * 1.9M" */
static void
headline(struct rw_picture *p, const struct rw_view *v, size_t year)
{
    const struct rw_view_strategy *best = &v->strategies[v->best];
    const struct rw_view_year *y = &best->years[year];
    char money[RW_NUMBER_MAX];
    struct rw_text t;

    rw_text_init(&t);
    if (y->has_p95 && y->has_largest_p95) {
        rw_text_addf(&t, "Year %u with ", y->year);
        rw_picture_clean(&t, best->name, 20);
        rw_text_addf(&t, ": 1 year in 20 has an event over %s ",
            rw_money_print(money, y->largest_p95));
        rw_picture_clean(&t, v->currency, 8);
        rw_text_addf(&t, ", 1 in 20 costs over %s", rw_money_print(money, y->p95));
    } else
        rw_text_add(&t, "How likely is a year with an event that costs more");
    rw_picture_heading(p, t.failed ? "" : t.s, v,
        "chance that the largest event of a year, or all of them, exceed an amount; "
        "shaded: 95 % interval");
    p->script.failed |= t.failed;
    rw_text_fini(&t);
}

static void
key(struct rw_picture *p)
{
    rw_picture_key_strip(p, RW_PICTURE_KEY);
    rw_text_add(&p->script,
        ", \\\n     keyentry with lines lw 2.5 lc rgb '" ALL "' "
        "title 'all events of the year'"
        ", \\\n     keyentry with lines lw 2.5 dt '-' lc rgb '" LARGEST "' "
        "title 'the largest of them'\n");
}

static bool
has_largest(const struct rw_view *v, size_t year)
{
    for (size_t s = 0; s < v->n_strategies; s++)
        if (v->strategies[s].years[year].n_largest > 0)
            return true;
    return false;
}

void
rw_picture_largest(struct rw_picture *p, const struct rw_view *v)
{
    size_t year = v->n_years - 1, n = v->n_strategies > 1 ? 2 : 1;
    struct rw_panels g;
    struct rw_curve_range r;

    if (v->n_years == 0) {
        snprintf(p->nothing, sizeof p->nothing, "the horizon holds no whole year");
        return;
    }
    if (!has_largest(v, year) || !rw_curve_range(v, &year, 1, &r)) {
        snprintf(p->nothing, sizeof p->nothing,
            "the last year's largest event has no curve: too few futures have one");
        return;
    }
    g = rw_panels_make(n, 0.095, 0.975, 0.82, 0.17);
    g.gap_x = 0.085;
    rw_picture_begin(p, RW_PICTURE_HEIGHT);
    rw_text_add(&p->script, "set multiplot\nunset key\n");
    headline(p, v, year);
    rw_axis_log_money(&p->script, "x", r.x_low, r.x_high);
    rw_axis_log_share(&p->script, "y", r.y_low);
    rw_axis_label(&p->script, "x", "Loss (", v, ")");
    for (size_t k = 0; k < n; k++) {
        rw_panels_place(&g, k, &p->script);
        rw_text_addf(&p->script, "set ylabel '%s' offset -0.3,0\n",
            k == 0 ? "Chance of more" : "");
        panel(p, &v->strategies[k == 0 ? 0 : v->best], year, &r);
    }
    key(p);
    rw_text_add(&p->script, "unset multiplot\n");
}
