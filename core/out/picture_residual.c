/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Residual risk cycle by cycle: one panel a strategy, a fan over the futures
 * (5 to 95 and 25 to 75 per cent, median) and the mean. */
#include "out/picture.h"

#include <math.h>
#include <stdio.h>

static void
headline(struct rw_picture *p, const struct rw_view *v)
{
    const struct rw_view_strategy *best = &v->strategies[v->best];
    double from = best->cycles[0].residual, to = best->cycles[v->n_cycles - 1].residual;
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX];
    struct rw_text t;

    rw_text_init(&t);
    rw_text_add(&t, "With ");
    rw_picture_clean(&t, best->name, 20);
    if (v->n_cycles > 1) {
        rw_text_addf(&t, " residual risk goes from %s to %s ", rw_money_print(a, from),
            rw_money_print(b, to));
        rw_picture_clean(&t, v->currency, 8);
        rw_text_addf(&t, " a year by %s %zu", v->cycle, v->n_cycles);
    } else {
        rw_text_addf(&t, " residual risk is %s ", rw_money_print(a, from));
        rw_picture_clean(&t, v->currency, 8);
        rw_text_add(&t, " a year");
    }
    rw_picture_heading(p, t.failed ? "" : t.s, v,
        "expected annual loss with the controls as they stand");
    p->script.failed |= t.failed;
    rw_text_fini(&t);
}

/* cycle, five quantiles, mean; a single cycle is widened to a bar. */
static size_t
fan(struct rw_picture *p, const struct rw_view *v, const struct rw_view_strategy *s)
{
    size_t block = rw_picture_block(p);

    for (size_t c = 0; c < v->n_cycles; c++) {
        const struct rw_view_cycle *y = &s->cycles[c];
        double at = (double)(c + 1), half = v->n_cycles == 1 ? 0.25 : 0;

        for (int side = -1; side <= (half > 0 ? 1 : -1); side += 2)
            rw_picture_row(p,
                (double[]){at + side * half, y->band[0], y->band[1], y->band[2],
                    y->band[3], y->band[4], y->residual},
                7);
    }
    return block;
}

static void
panel(struct rw_picture *p, const struct rw_view *v, const struct rw_panels *g,
    size_t s, double high)
{
    const char *colour = rw_picture_strategy_colour(s);
    struct rw_text *t = &p->script;
    size_t block = fan(p, v, &v->strategies[s]);

    rw_panels_place(g, s, t);
    rw_axis_cycle_label(t, v, rw_panels_lowest(g, s));
    rw_text_add(t, "set title ");
    rw_picture_quote(t, v->strategies[s].name, 24);
    rw_text_add(t, " noenhanced font bold.',12' offset 0,-0.5\n");
    rw_axis_money(t, "y", 0, high * 1.06, 6, rw_panels_leftmost(g, s));
    if (rw_panels_leftmost(g, s))
        rw_axis_label(t, "y", "", v, " a year");
    else
        rw_text_add(t, "unset ylabel\n");
    rw_text_addf(t,
        "plot data index %zu using 1:2:6 with filledcurves fc rgb '%s' "
        "fs transparent solid 0.18 noborder notitle, \\\n"
        "     '' index %zu using 1:3:5 with filledcurves fc rgb '%s' "
        "fs transparent solid 0.35 noborder notitle, \\\n"
        "     '' index %zu using 1:4 with lines lw 2.5 lc rgb '%s' notitle, \\\n"
        "     '' index %zu using 1:7 with linespoints lw 1.5 dt 2 pt 7 ps 0.5*dot "
        "lc rgb '#000000' notitle\n",
        block, colour, block, colour, block, colour, block);
    if (s == 0)
        rw_text_add(t, "unset label 1001\nunset label 1002\n");
}

void
rw_picture_residual(struct rw_picture *p, const struct rw_view *v)
{
    struct rw_panels g = rw_panels_make(v->n_strategies, 0.095, 0.975, 0.82, 0.185);
    double high = 0;

    for (size_t s = 0; s < v->n_strategies; s++)
        for (size_t c = 0; c < v->n_cycles; c++)
            high = fmax(high, fmax(v->strategies[s].cycles[c].band[4],
                                  v->strategies[s].cycles[c].residual));
    if (!(high > 0)) {
        snprintf(
            p->nothing, sizeof p->nothing, "there is no residual risk at any time");
        return;
    }
    rw_picture_begin(p, (unsigned)(RW_PICTURE_HEIGHT - 40 + 220 * (g.rows - 1)));
    rw_text_add(&p->script, "set multiplot\nunset key\n");
    headline(p, v);
    rw_axis_cycles(&p->script, v, g.columns);
    for (size_t s = 0; s < v->n_strategies; s++)
        panel(p, v, &g, s, high);
    rw_picture_key_strip(p, RW_PICTURE_KEY);
    rw_text_add(&p->script,
        ", \\\n     keyentry with boxes fs solid 0.18 noborder fc rgb '#555555' "
        "title '9 in 10 futures'"
        ", \\\n     keyentry with boxes fs solid 0.45 noborder fc rgb '#555555' "
        "title 'half of the futures'"
        ", \\\n     keyentry with lines lw 2.5 lc rgb '#555555' title 'median'"
        ", \\\n     keyentry with linespoints lw 1.5 dt 2 pt 7 ps 0.5*dot lc rgb "
        "'#000000' "
        "title 'mean'\nunset multiplot\n");
}
