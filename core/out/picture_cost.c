/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each cycle costs: one panel a strategy, stacked bars of the programme's
 * spend and, above it, the expected losses by threat. */
#include "out/picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LAYERS = 7 }; /* threats with a colour of their own */

/* Threats by loss over all strategies and cycles, largest first. */
struct order {
    size_t threat[LAYERS];
    size_t n; /* with a layer of their own; the others share one more */
    bool others;
};

static double
total_of(const struct rw_view *v, size_t threat)
{
    double sum = 0;

    for (size_t s = 0; s < v->n_strategies; s++)
        for (size_t c = 0; c < v->n_cycles; c++)
            sum += v->strategies[s].cycles[c].threat_loss[threat];
    return sum;
}

static bool
chosen(const struct order *o, size_t threat)
{
    for (size_t k = 0; k < o->n; k++)
        if (o->threat[k] == threat)
            return true;
    return false;
}

static struct order
find_order(const struct rw_view *v)
{
    size_t layers = v->n_threats <= LAYERS ? v->n_threats : LAYERS - 1;
    struct order o = {.others = v->n_threats > LAYERS};

    while (o.n < layers) {
        size_t best = v->n_threats;

        for (size_t k = 0; k < v->n_threats; k++)
            if (!chosen(&o, k) &&
                (best == v->n_threats || total_of(v, k) > total_of(v, best)))
                best = k;
        o.threat[o.n++] = best;
    }
    return o;
}

static double
cycle_total(const struct rw_view *v, const struct rw_view_cycle *c)
{
    double sum = c->spend;

    for (size_t k = 0; k < v->n_threats; k++)
        sum += c->threat_loss[k];
    return sum;
}

/* cycle, then running sums: spend, + first threat, + second ..., + others. */
static size_t
stack(struct rw_picture *p, const struct rw_view *v, const struct order *o, size_t s)
{
    size_t block = rw_picture_block(p);

    for (size_t c = 0; c < v->n_cycles; c++) {
        const struct rw_view_cycle *y = &v->strategies[s].cycles[c];
        double row[LAYERS + 3] = {(double)(c + 1), y->spend};

        for (size_t k = 0; k < o->n; k++)
            row[k + 2] = row[k + 1] + y->threat_loss[o->threat[k]];
        if (o->others)
            row[o->n + 2] = cycle_total(v, y);
        rw_picture_row(p, row, o->n + 2 + o->others);
    }
    return block;
}

static void
panel(struct rw_picture *p, const struct rw_view *v, const struct rw_panels *g,
    const struct order *o, size_t s, double high)
{
    struct rw_text *t = &p->script;
    size_t block = stack(p, v, o, s);

    rw_panels_place(g, s, t);
    rw_axis_cycle_label(t, v, rw_panels_lowest(g, s));
    rw_text_add(t, "set title ");
    rw_picture_quote(t, v->strategies[s].name, 24);
    rw_text_add(t, " noenhanced font bold.',12' offset 0,-0.5\n");
    rw_text_add(t, s == 0
                       ? "set key at screen 0.755,0.82 left top vertical Left reverse "
                         "samplen 1.5 spacing 1.6 font plain.',9'\n"
                       : "unset key\n");
    rw_axis_money(t, "y", 0, high * 1.06, 6, rw_panels_leftmost(g, s));
    if (rw_panels_leftmost(g, s)) {
        char after[48];

        snprintf(after, sizeof after, " a %s", v->cycle);
        rw_axis_label(t, "y", "", v, after);
    } else
        rw_text_add(t, "unset ylabel\n");
    /* the highest sum first: the lower ones are painted over it */
    rw_text_add(t, "plot ");
    if (o->others)
        rw_text_addf(t,
            "data index %zu using 1:%zu with boxes fc rgb '#999999' "
            "title 'other threats', \\\n     ",
            block, o->n + 3);
    for (size_t k = o->n; k-- > 0;) {
        rw_text_addf(t, "data index %zu using 1:%zu with boxes fc rgb '%s' title ",
            block, k + 3, rw_picture_colour(k));
        rw_picture_quote(t, v->threats[o->threat[k]], 30);
        rw_text_add(t, ", \\\n     ");
    }
    rw_text_addf(t,
        "data index %zu using 1:2 with boxes fc rgb '#333333' "
        "title 'security programme'\n",
        block);
    if (s == 0)
        rw_text_add(t, "unset label 1001\nunset label 1002\n");
}

static void
headline(struct rw_picture *p, const struct rw_view *v)
{
    const struct rw_view_strategy *best = &v->strategies[v->best];
    double sum = 0, spend = 0;
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], what[128];
    struct rw_text t;

    for (size_t c = 0; c < v->n_cycles; c++) {
        sum += cycle_total(v, &best->cycles[c]);
        spend += best->cycles[c].spend;
    }
    rw_text_init(&t);
    rw_picture_clean(&t, best->name, 20);
    rw_text_addf(&t, " costs %s ", rw_money_print(a, sum));
    rw_picture_clean(&t, v->currency, 8);
    rw_text_addf(
        &t, " in all, %s of it for the security programme", rw_money_print(b, spend));
    snprintf(what, sizeof what,
        "expected cost of each %s, losses by threat and what the programme spends",
        v->cycle);
    rw_picture_heading(p, t.failed ? "" : t.s, v, what);
    p->script.failed |= t.failed;
    rw_text_fini(&t);
}

void
rw_picture_cost(struct rw_picture *p, const struct rw_view *v)
{
    struct rw_panels g = rw_panels_make(v->n_strategies, 0.095, 0.745, 0.82, 0.12);
    struct order o = find_order(v);
    double high = 0;

    for (size_t s = 0; s < v->n_strategies; s++)
        for (size_t c = 0; c < v->n_cycles; c++)
            high = fmax(high, cycle_total(v, &v->strategies[s].cycles[c]));
    if (!(high > 0)) {
        snprintf(p->nothing, sizeof p->nothing, "nothing is lost and nothing is spent");
        return;
    }
    rw_picture_begin(p, (unsigned)(RW_PICTURE_HEIGHT - 40 + 220 * (g.rows - 1)));
    rw_text_add(&p->script, "set multiplot\nset style fill solid 1.0 noborder\n"
                            "set boxwidth 0.8\n");
    headline(p, v);
    rw_axis_cycles(&p->script, v, g.columns + 1);
    rw_text_add(&p->script, "set grid noxtics\n");
    for (size_t s = 0; s < v->n_strategies; s++)
        panel(p, v, &g, &o, s, high);
    rw_text_add(&p->script, "unset multiplot\n");
}
