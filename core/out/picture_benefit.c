/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each control takes off the residual risk over the horizon: one panel a
 * strategy, bars in the colours of the pillars, and a mark at what the control
 * costs.  All panels have the same controls in the same order. */
#include "model/names.h"
#include "out/picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LISTED = 14 }; /* controls that have a bar */

static const char *const colours[RW_PILLARS] = {
    "#0072B2", "#E69F00", "#009E73", "#CC79A7"};
static const char *const titles[RW_PILLARS] = {
    "technical", "organizational", "physical", "social engineering"};

struct bar {
    size_t control;
    double most; /* that it takes off under any strategy */
};

struct chart {
    const struct rw_view *v;
    struct bar *bars; /* the largest first */
    size_t n, left_out;
    double low, high;
};

static int
larger_first(const void *a, const void *b)
{
    const struct bar *p = a, *q = b;

    if (p->most != q->most)
        return p->most < q->most ? 1 : -1;
    return p->control < q->control ? -1 : p->control > q->control;
}

/* Those whose bars any strategy has; what they reach to. */
static bool
collect(struct chart *x)
{
    const struct rw_view *v = x->v;

    x->bars = calloc(v->n_controls, sizeof *x->bars);
    for (size_t c = 0; x->bars != NULL && c < v->n_controls; c++) {
        struct bar b = {c, 0};
        bool any = false;

        for (size_t s = 0; s < v->n_strategies; s++) {
            const struct rw_view_benefit *g = v->strategies[s].benefit;

            if (g == NULL || !g[c].told)
                continue;
            any |= g[c].taken_off.mean != 0 || g[c].spend != 0;
            b.most = fmax(b.most, fabs(g[c].taken_off.mean));
        }
        if (any)
            x->bars[x->n++] = b;
    }
    if (x->bars == NULL || x->n == 0)
        return false;
    qsort(x->bars, x->n, sizeof *x->bars, larger_first);
    x->left_out = x->n > LISTED ? x->n - LISTED : 0;
    x->n -= x->left_out;
    return true;
}

static void
find_range(struct chart *x)
{
    for (size_t s = 0; s < x->v->n_strategies; s++)
        for (size_t k = 0; k < x->n && x->v->strategies[s].benefit != NULL; k++) {
            const struct rw_view_benefit *g =
                &x->v->strategies[s].benefit[x->bars[k].control];

            x->low = fmin(x->low, g->taken_off.mean - 1.96 * g->taken_off.se);
            x->high = fmax(x->high, g->taken_off.mean + 1.96 * g->taken_off.se);
            x->high = fmax(x->high, g->spend);
        }
}

/* Rows: place, taken off, 1.96 standard errors, cost. */
static bool
block_of(struct rw_picture *p, const struct chart *x, const struct rw_view_strategy *s,
    size_t pillar, size_t *block)
{
    bool any = false;

    for (size_t k = 0; k < x->n; k++) {
        const struct rw_view_benefit *g = &s->benefit[x->bars[k].control];

        if (x->v->controls[x->bars[k].control].pillar != pillar)
            continue;
        if (g->taken_off.mean == 0 && g->taken_off.se == 0 && g->spend == 0)
            continue;
        if (!any)
            *block = rw_picture_block(p);
        any = true;
        rw_picture_row(p,
            (double[]){(double)k, g->taken_off.mean, 1.96 * g->taken_off.se, g->spend},
            4);
    }
    return any;
}

/* Names of the controls, beside the leftmost panels. */
static void
names(struct rw_text *t, const struct chart *x, bool leftmost)
{
    rw_text_add(t, "set ytics scale 0 (");
    for (size_t k = 0; k < x->n; k++) {
        rw_text_add(t, k > 0 ? "," : "");
        if (leftmost)
            rw_picture_quote(t, x->v->controls[x->bars[k].control].name, 27);
        else
            rw_text_add(t, "''");
        rw_text_addf(t, " %zu", k);
    }
    rw_text_addf(t, ") font plain.',10'\nset yrange [%.4g:-0.6]\n", (double)x->n - 0.4);
}

static void
panel(struct rw_picture *p, const struct chart *x, const struct rw_panels *g,
    const struct rw_view_strategy *s, size_t at)
{
    struct rw_text *t = &p->script;
    const char *comma = "plot ";

    rw_panels_place(g, at, t);
    rw_text_add(t, "set title ");
    rw_picture_quote(t, s->name, 24);
    rw_text_add(t, " noenhanced font bold.',12' offset 0,-0.5\n");
    rw_axis_money(t, "x", x->low * 1.04, x->high * 1.04, g->columns > 2 ? 3 : 5, true);
    if (rw_panels_lowest(g, at))
        rw_axis_label(t, "x", "Over the horizon (", x->v, ")");
    else
        rw_text_add(t, "unset xlabel\n");
    names(t, x, rw_panels_leftmost(g, at));
    for (size_t k = 0; k < RW_PILLARS; k++) {
        size_t block;

        if (!block_of(p, x, s, k, &block))
            continue;
        rw_text_addf(t,
            "%sdata index %zu using (0):1:(0):2:($1-0.34):($1+0.34) with boxxyerror "
            "fc rgb '%s' notitle, \\\n"
            "     '' index %zu using 2:1:3 with xerrorbars pt 0 lw 1.5 lc rgb "
            "'#000000' notitle, \\\n"
            "     '' index %zu using ($4 > 0 ? $4 : NaN):1 with points pt 6 ps dot lw "
            "2 "
            "lc rgb '#000000' notitle",
            comma, block, colours[k], block, block);
        comma = ", \\\n     ";
    }
    rw_text_add(t, "\n");
    if (at == 0)
        rw_text_add(t, "unset label 1001\nunset label 1002\n");
}

static void
key(struct rw_picture *p, const struct chart *x)
{
    rw_picture_key_strip(p, RW_PICTURE_KEY);
    for (size_t pillar = 0; pillar < RW_PILLARS; pillar++) {
        bool any = false;

        for (size_t k = 0; k < x->n; k++)
            any |= x->v->controls[x->bars[k].control].pillar == pillar;
        if (any)
            rw_text_addf(&p->script,
                ", \\\n     keyentry with boxes fs solid 1 noborder fc rgb '%s' title "
                "'%s'",
                colours[pillar], titles[pillar]);
    }
    rw_text_add(&p->script,
        ", \\\n     keyentry with points pt 6 ps dot lw 2 lc rgb '#000000' title "
        "'what it costs'\nunset multiplot\n");
}

static void
headline(struct rw_picture *p, const struct chart *x, const struct rw_view_strategy *s)
{
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], what[192];
    struct rw_text t;

    rw_text_init(&t);
    rw_picture_clean(&t, s->name, 20);
    rw_text_addf(&t, " takes %s ", rw_money_print(a, s->taken_off.mean));
    rw_picture_clean(&t, x->v->currency, 8);
    if (s->taken_off.se > 0)
        rw_text_addf(&t, " (\xc2\xb1 %s)", rw_money_print(b, s->taken_off.se));
    rw_text_addf(&t, " off the residual risk of %zu %ss", x->v->n_cycles, x->v->cycle);
    snprintf(what, sizeof what, "each control's share of that; whiskers: 95 %%");
    if (x->left_out > 0)
        snprintf(what, sizeof what,
            "the %zu controls that take off most, %zu more are in benefit.csv; "
            "whiskers: 95 %%",
            x->n, x->left_out);
    rw_picture_heading(p, t.failed ? "" : t.s, x->v, what);
    p->script.failed |= t.failed;
    rw_text_fini(&t);
}

static void
draw(struct rw_picture *p, struct chart *x, size_t n, const struct rw_view_strategy *s)
{
    struct rw_panels g = rw_panels_make(n, 0.245, 0.975, 0.82, 0.19);
    double rows = (double)g.rows, height;
    size_t at = 0;

    find_range(x);
    height = 200 + rows * (60 + 24 * (double)x->n);
    g.top = 0.905 - 48 / height; /* below the heading, which is in shares */
    g.bottom = 112 / height;
    g.gap_y = 76 / height;
    rw_picture_begin(p, (unsigned)height);
    rw_text_add(&p->script, "set multiplot\nunset key\nset style fill solid 1.0 "
                            "noborder\nset grid noytics\n");
    headline(p, x, s);
    for (size_t k = 0; k < x->v->n_strategies; k++)
        if (x->v->strategies[k].benefit != NULL)
            panel(p, x, &g, &x->v->strategies[k], at++);
    key(p, x);
}

void
rw_picture_benefit(struct rw_picture *p, const struct rw_view *v)
{
    const struct rw_view_strategy *told = NULL;
    struct chart x = {.v = v};
    size_t n = 0;

    for (size_t s = 0; s < v->n_strategies; s++)
        if (v->strategies[s].benefit != NULL) {
            told = &v->strategies[s];
            n++;
        }
    if (v->strategies[v->best].benefit != NULL)
        told = &v->strategies[v->best];
    p->left_out = told == NULL;
    if (p->left_out)
        return;
    if (collect(&x))
        draw(p, &x, n, told);
    else
        snprintf(p->nothing, sizeof p->nothing,
            "no control takes anything off the residual risk");
    free(x.bars);
}
