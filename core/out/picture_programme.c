/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the programme is: one panel a strategy that follows it, stacked bars
 * of the stages' shares at every cycle's end and the chance that a statement
 * was issued by then. */
#include "model/programme.h"
#include "out/picture.h"

#include <stdio.h>

/* From the bottom of the bars to their top, and how they look. */
static const struct {
    enum rw_step stage;
    const char *colour, *title;
} layers[RW_STEPS] = {
    {RW_STEP_STATEMENT, "#009E73", "statement in force"},
    {RW_STEP_SUSPENDED, "#D55E00", "suspended"},
    {RW_STEP_CORRECTIVE, "#E69F00", "corrective action"},
    {RW_STEP_AUDIT, "#CC79A7", "audit on site"},
    {RW_STEP_PRE_EVALUATION, "#F0E442", "pre-evaluation"},
    {RW_STEP_APPLICATION, "#56B4E9", "application"},
    {RW_STEP_OPERATE, "#0072B2", "operation with records"},
    {RW_STEP_PREPARE, "#999999", "preparation"},
    {RW_STEP_OUTSIDE, "#eeeeee", "not begun"},
};

/* cycle, running sums of the layers, chance of a statement, its interval. */
static size_t
stack(struct rw_picture *p, const struct rw_view *v, const struct rw_view_strategy *g)
{
    size_t block = rw_picture_block(p);

    for (size_t c = 0; c < v->n_cycles; c++) {
        const struct rw_view_progress *x = &g->progress[c];
        double row[RW_STEPS + 4] = {(double)(c + 1)}, sum = 0;

        for (size_t k = 0; k < RW_STEPS; k++)
            row[k + 1] = sum += x->stage[layers[k].stage];
        row[RW_STEPS + 1] = x->issued;
        row[RW_STEPS + 2] = x->low;
        row[RW_STEPS + 3] = x->high;
        rw_picture_row(p, row, RW_STEPS + 4);
    }
    return block;
}

static void
panel(struct rw_picture *p, const struct rw_view *v, const struct rw_panels *g,
    const struct rw_view_strategy *s, size_t at)
{
    struct rw_text *t = &p->script;
    size_t block = stack(p, v, s);

    rw_panels_place(g, at, t);
    rw_axis_cycle_label(t, v, rw_panels_lowest(g, at));
    rw_text_add(t, "set title ");
    rw_picture_quote(t, s->name, 24);
    rw_text_add(t, " noenhanced font bold.',12' offset 0,-0.5\n");
    rw_text_add(t, at == 0
                       ? "set key at screen 0.755,0.82 left top vertical Left reverse "
                         "samplen 1.5 spacing 1.6 font plain.',9'\n"
                       : "unset key\n");
    if (v->deadline > 0)
        rw_text_addf(t,
            "set arrow 1 from %u.5, 0 to %u.5, 1 nohead lw 1.5 dt (6,4) lc rgb "
            "'#222222' front\n",
            v->deadline, v->deadline);
    rw_text_addf(t, "set yrange [0:1]\nset ytics (%s)\n",
        rw_panels_leftmost(g, at)
            ? "'0 %%' 0,'25 %%' 0.25,'50 %%' 0.5,'75 %%' 0.75,'100 %%' 1"
            : "'' 0,'' 0.25,'' 0.5,'' 0.75,'' 1");
    /* the highest sum first: the lower ones are painted over it */
    rw_text_add(t, "plot ");
    for (size_t k = RW_STEPS; k-- > 0;)
        rw_text_addf(t,
            "data index %zu using 1:%zu with boxes fc rgb '%s' title '%s', \\\n     ",
            block, k + 2, layers[k].colour, layers[k].title);
    rw_text_addf(t,
        "data index %zu using 1:%d:%d:%d with yerrorbars pt 7 ps dot * 0.6 lw 1.5 lc "
        "rgb '#000000' notitle, \\\n     "
        "data index %zu using 1:%d with linespoints pt 7 ps dot * 0.6 lw 2 lc rgb "
        "'#000000' title 'issued by then'\n",
        block, RW_STEPS + 2, RW_STEPS + 3, RW_STEPS + 4, block, RW_STEPS + 2);
    if (at == 0)
        rw_text_add(t, "unset label 1001\nunset label 1002\n");
}

static void
headline(
    struct rw_picture *p, const struct rw_view *v, const struct rw_view_strategy *g)
{
    size_t c =
        v->deadline > 0 && v->deadline <= v->n_cycles ? v->deadline : v->n_cycles;
    char what[192];
    struct rw_text t;

    rw_text_init(&t);
    rw_picture_clean(&t, g->name, 20);
    rw_text_addf(&t, " has its statement by the end of %s %zu with probability %.3g %%",
        v->cycle, c, 100 * g->progress[c - 1].issued);
    snprintf(what, sizeof what, "stages towards a %s%s", v->statement,
        v->deadline > 0 ? "; dashed: deadline" : "");
    rw_picture_heading(p, t.failed ? "" : t.s, v, what);
    p->script.failed |= t.failed;
    rw_text_fini(&t);
}

void
rw_picture_programme(struct rw_picture *p, const struct rw_view *v)
{
    const struct rw_view_strategy *told = NULL;
    struct rw_panels g;
    size_t n = 0, at = 0;

    for (size_t s = 0; s < v->n_strategies; s++)
        if (v->strategies[s].progress != NULL) {
            told = &v->strategies[s];
            n++;
        }
    if (v->strategies[v->best].progress != NULL)
        told = &v->strategies[v->best];
    p->left_out = v->statement == NULL;
    if (p->left_out)
        return;
    if (told == NULL) {
        snprintf(p->nothing, sizeof p->nothing, "no strategy follows the programme");
        return;
    }
    g = rw_panels_make(n, 0.085, 0.745, 0.82, 0.12);
    rw_picture_begin(p, (unsigned)(RW_PICTURE_HEIGHT - 40 + 220 * (g.rows - 1)));
    rw_text_add(&p->script, "set multiplot\nset style fill solid 1.0 noborder\n"
                            "set boxwidth 0.8\n");
    headline(p, v, told);
    rw_axis_cycles(&p->script, v, g.columns + 1);
    rw_text_add(&p->script, "set grid noxtics\n");
    for (size_t s = 0; s < v->n_strategies; s++)
        if (v->strategies[s].progress != NULL)
            panel(p, v, &g, &v->strategies[s], at++);
    rw_text_add(&p->script, "unset multiplot\n");
}
