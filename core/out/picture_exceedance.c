/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loss exceedance curve of the first and the last year: one panel a
 * year, one line a strategy with its interval, what the estimates leave open
 * for the first and the best strategy, and the appetite's points. */
#include "out/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The band as a block; returns false where there is none to draw. */
static bool
band(struct rw_picture *p, const struct rw_view_year *y, const struct rw_curve_range *r,
    size_t *block)
{
    const struct rw_view_chance *before = NULL;
    size_t rows = 0;

    for (size_t k = 0; k < y->n_band; k++) {
        const struct rw_view_chance *c = &y->band[k];

        if (c->loss < r->x_low) {
            before = c;
            continue;
        }
        if (rows++ == 0) {
            *block = rw_picture_block(p);
            if (before && c->loss > r->x_low)
                rw_picture_row(p,
                    (double[]){r->x_low, fmax(before->at[0], 1e-9), before->at[4]}, 3);
        }
        rw_picture_row(p, (double[]){c->loss, fmax(c->at[0], 1e-9), c->at[4]}, 3);
    }
    return rows > 1;
}

/* Appetite's points go into a block; false where there is none. */
static bool
appetite(struct rw_picture *p, const struct rw_view *v, size_t *block)
{
    size_t rows = 0;

    for (size_t k = 0; k < v->n_appetite; k++) {
        const struct rw_view_point *a = &v->appetite[k];

        if (a->loss <= 0 || a->probability <= 0)
            continue;
        if (rows++ == 0)
            *block = rw_picture_block(p);
        rw_picture_row(p, (double[]){a->loss, a->probability}, 2);
    }
    return rows > 0;
}

/* More than two bands hide each other: of the strategies the first and the
 * best have theirs, which the headline compares. */
static bool
compared(const struct rw_view *v, size_t s)
{
    return s == 0 || s == v->best;
}

static void
panel(struct rw_picture *p, const struct rw_view *v, size_t year,
    const struct rw_curve_range *r)
{
    struct rw_text *t = &p->script;
    const char *comma = "plot ";
    size_t block;

    rw_text_addf(t, "set title 'Year %u' font bold.',12' offset 0,-0.5\n",
        v->strategies[0].years[year].year);
    for (size_t s = 0; s < v->n_strategies; s++) {
        if (!compared(v, s) || !band(p, &v->strategies[s].years[year], r, &block))
            continue;
        rw_text_addf(t,
            "%sdata index %zu using 1:2:3 with filledcurves fc rgb '%s' "
            "fs transparent solid 0.13 noborder notitle",
            comma, block, rw_picture_strategy_colour(s));
        comma = ", \\\n     ";
    }
    for (size_t s = 0; s < v->n_strategies; s++) {
        const struct rw_view_year *y = &v->strategies[s].years[year];

        if (!rw_curve_block(p, y->curve, y->n_curve, r, &block))
            continue;
        rw_text_addf(t,
            "%sdata index %zu using 1:3:4 with filledcurves fc rgb '%s' "
            "fs transparent solid 0.35 noborder notitle, \\\n"
            "     data index %zu using 1:2 with lines lw 2.5 dt %s lc rgb '%s' notitle",
            comma, block, rw_picture_strategy_colour(s), block, rw_picture_dash(s),
            rw_picture_strategy_colour(s));
        comma = ", \\\n     ";
    }
    if (appetite(p, v, &block)) {
        rw_text_addf(t,
            "%sdata index %zu using 1:2 with linespoints lw 1.2 dt 3 pt 13 ps 1.6*dot "
            "lc rgb '#000000' notitle",
            comma, block);
        comma = ",";
    }
    if (*comma == 'p') /* no line at all: the empty frame */
        rw_text_addf(t, "plot %.17g notitle", r->y_low / 2);
    rw_text_add(t, "\nunset label 1001\nunset label 1002\n");
}

static bool
has_band(const struct rw_view *v, const size_t years[], size_t n)
{
    for (size_t k = 0; k < n; k++)
        for (size_t s = 0; s < v->n_strategies; s++)
            if (compared(v, s) && v->strategies[s].years[years[k]].n_band > 1)
                return true;
    return false;
}

/* What the key needs beyond its strip: the long words about the band make it
 * two columns, of which two rows fit. */
static double
more_height(const struct rw_view *v, bool banded)
{
    size_t rows = (v->n_strategies + (v->n_appetite > 0) + 3) / 2;

    return banded && rows > 2 ? fmin(0.03 * (double)(rows - 2), 0.3) : 0;
}

static void
key(struct rw_picture *p, const struct rw_view *v, bool banded)
{
    rw_picture_key_strip(p, RW_PICTURE_KEY + more_height(v, banded));
    for (size_t s = 0; s < v->n_strategies; s++) {
        rw_text_addf(&p->script,
            ", \\\n     keyentry with lines lw 2.5 dt %s lc rgb '%s' title ",
            rw_picture_dash(s), rw_picture_strategy_colour(s));
        rw_picture_quote(&p->script, v->strategies[s].name, 24);
    }
    if (v->n_appetite > 0)
        rw_text_add(&p->script,
            ", \\\n     keyentry with linespoints lw 1.2 dt 3 pt 13 "
            "ps 1.6 lc rgb '#000000' title 'appetite: stay below'");
    if (banded)
        rw_text_addf(&p->script,
            ", \\\n     keyentry with filledcurves fc rgb '#555555' "
            "fs transparent solid 0.18 noborder "
            "title 'uncertainty of the estimates, 90 %%'"
            ", \\\n     keyentry with filledcurves fc rgb '#555555' "
            "fs transparent solid 0.5 noborder title 'Monte Carlo error, 95 %%'");
    rw_text_add(&p->script, "\n");
}

/* Whose estimates the wide shades are of, where some strategy has none. */
static void
name_banded(struct rw_text *t, const struct rw_view *v)
{
    if (v->n_strategies < 3)
        return;
    rw_text_add(t, "; wide shade: ");
    rw_picture_clean(t, v->strategies[0].name, 12);
    rw_text_add(t, ", ");
    rw_picture_clean(t, v->strategies[v->best].name, 12);
}

/* "Year 3 with pdca: a 5 % chance of losing over 4.20M USD (nothing: 9.1M)" */
static void
headline(struct rw_picture *p, const struct rw_view *v, size_t year, bool banded)
{
    const struct rw_view_strategy *best = &v->strategies[v->best];
    const struct rw_view_year *y = &best->years[year],
                              *y0 = &v->strategies[0].years[year];
    char money[RW_NUMBER_MAX];
    struct rw_text t, what;

    rw_text_init(&t);
    if (y->has_p95 && y0->has_p95) {
        rw_text_addf(&t, "Year %u with ", y->year);
        rw_picture_clean(&t, best->name, 20);
        rw_text_addf(
            &t, ": 1 year in 20 costs over %s ", rw_money_print(money, y->p95));
        rw_picture_clean(&t, v->currency, 8);
        if (v->n_strategies > 1) {
            rw_text_add(&t, " (");
            rw_picture_clean(&t, v->strategies[0].name, 20);
            rw_text_addf(&t, ": %s)", rw_money_print(money, y0->p95));
        }
    } else
        rw_text_add(&t, "How likely is a year that costs more than an amount");
    rw_text_init(&what);
    rw_text_add(&what, "chance that the losses of one year exceed an amount");
    if (banded)
        name_banded(&what, v);
    else
        rw_text_add(&what, "; shaded: 95 % interval");
    rw_picture_heading(p, t.failed ? "" : t.s, v, what.failed ? "" : what.s);
    p->script.failed |= t.failed || what.failed;
    rw_text_fini(&t);
    rw_text_fini(&what);
}

void
rw_picture_exceedance(struct rw_picture *p, const struct rw_view *v)
{
    size_t years[2] = {0, v->n_years - 1}, n = v->n_years > 1 ? 2 : 1;
    struct rw_panels g;
    struct rw_curve_range r;
    bool banded;

    if (v->n_years == 0) {
        snprintf(p->nothing, sizeof p->nothing, "the horizon holds no whole year");
        return;
    }
    if (!rw_curve_range(v, years, n, &r)) {
        snprintf(p->nothing, sizeof p->nothing,
            "no year has enough futures with a loss for a curve");
        return;
    }
    banded = has_band(v, years, n);
    g = rw_panels_make(n, 0.095, 0.975, 0.82, 0.17 + more_height(v, banded));
    g.gap_x = 0.085;
    rw_picture_begin(p, RW_PICTURE_HEIGHT);
    rw_text_add(&p->script, "set multiplot\nunset key\n");
    headline(p, v, years[n - 1], banded);
    rw_axis_log_money(&p->script, "x", r.x_low, r.x_high);
    rw_axis_log_share(&p->script, "y", r.y_low);
    rw_axis_label(&p->script, "x", "Loss in the year (", v, ")");
    for (size_t k = 0; k < n; k++) {
        rw_panels_place(&g, k, &p->script);
        rw_text_addf(&p->script, "set ylabel '%s' offset -0.3,0\n",
            k == 0 ? "Chance of losing more" : "");
        panel(p, v, years[k], &r);
    }
    key(p, v, banded);
    rw_text_add(&p->script, "unset multiplot\n");
}
