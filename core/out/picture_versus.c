/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each strategy changes against doing nothing, over the whole horizon:
 * losses avoided, extra spend, and the net saving, with 95 % intervals. */
#include "out/picture.h"

#include <math.h>
#include <stdio.h>

enum { BARS = 3 };

static const char *const bar_names[BARS] = {
    "losses avoided", "extra spend", "net saving"};
static const char *const bar_colours[BARS] = {"#009E73", "#999999", "#0072B2"};

/* As bars: what is good points to the right. */
static void
bars_of(const struct rw_view_strategy *s, struct rw_view_mean bar[BARS])
{
    bar[0] = (struct rw_view_mean){-s->loss.mean + 0.0, s->loss.se};
    bar[1] = (struct rw_view_mean){-s->spend.mean + 0.0, s->spend.se};
    bar[2] = (struct rw_view_mean){-s->total.mean + 0.0, s->total.se};
}

static void
headline(
    struct rw_picture *p, const struct rw_view *v, const struct rw_view_strategy *s)
{
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX];
    double net = -s->total.mean;
    struct rw_text t;

    rw_text_init(&t);
    rw_picture_clean(&t, s->name, 20);
    rw_text_addf(
        &t, net < 0 ? " costs %s more " : " saves %s ", rw_money_print(a, fabs(net)));
    rw_picture_clean(&t, v->currency, 8);
    if (s->total.se > 0)
        rw_text_addf(&t, " (\xc2\xb1 %s)", rw_money_print(b, s->total.se));
    rw_text_addf(&t, " net over %zu %ss", v->n_cycles, v->cycle);
    rw_picture_heading(p, t.failed ? "" : t.s, v,
        "difference to doing nothing, future by future; \xc2\xb1 one standard error; "
        "whiskers: 95 %");
    p->script.failed |= t.failed;
    rw_text_fini(&t);
}

/* Rows: position, value, 1.96 standard errors; one block a kind of bar. */
static void
block_of(struct rw_picture *p, const struct rw_view *v, size_t kind)
{
    double row = 0;

    rw_picture_block(p);
    for (size_t s = 0; s < v->n_strategies; s++) {
        struct rw_view_mean bar[BARS];

        if (!v->strategies[s].versus)
            continue;
        bars_of(&v->strategies[s], bar);
        rw_picture_row(p,
            (double[]){row + 0.27 * (double)kind, bar[kind].mean, 1.96 * bar[kind].se},
            3);
        row++;
    }
}

static void
labels(struct rw_text *t, const struct rw_view *v, double low, double high)
{
    double row = 0;
    unsigned tag = 100;

    for (size_t s = 0; s < v->n_strategies; s++) {
        struct rw_view_mean bar[BARS];
        char money[RW_NUMBER_MAX];

        if (!v->strategies[s].versus)
            continue;
        bars_of(&v->strategies[s], bar);
        rw_text_addf(t, "set label %u ", tag++);
        rw_picture_quote(t, v->strategies[s].name, 16);
        rw_text_addf(t,
            " at graph -0.015, first %.4g right noenhanced "
            "font bold.',11' tc rgb '#222222'\n",
            row + 0.27);
        for (size_t k = 0; k < BARS; k++) {
            double end = bar[k].mean + (bar[k].mean < 0 ? -1.96 : 1.96) * bar[k].se;

            rw_text_addf(t,
                "set label %u '%s' at first %.17g, first %.4g %s "
                "font plain.',10' tc rgb '#444444'\n",
                tag++, rw_money_print(money, bar[k].mean),
                end + (bar[k].mean < 0 ? -0.008 : 0.008) * (high - low),
                row + 0.27 * (double)k, bar[k].mean < 0 ? "right" : "left");
        }
        row++;
    }
}

/* Range of all bars with their errors, and the number of strategies. */
static size_t
find_range(const struct rw_view *v, double *low, double *high)
{
    size_t n = 0;

    *low = *high = 0;
    for (size_t s = 0; s < v->n_strategies; s++) {
        struct rw_view_mean bar[BARS];

        if (!v->strategies[s].versus)
            continue;
        n++;
        bars_of(&v->strategies[s], bar);
        for (size_t k = 0; k < BARS; k++) {
            *low = fmin(*low, bar[k].mean - 1.96 * bar[k].se);
            *high = fmax(*high, bar[k].mean + 1.96 * bar[k].se);
        }
    }
    return n;
}

void
rw_picture_versus(struct rw_picture *p, const struct rw_view *v)
{
    struct rw_text *t = &p->script;
    double low, high, room;
    size_t n = find_range(v, &low, &high);

    if (n == 0 || !(high > low)) {
        snprintf(p->nothing, sizeof p->nothing,
            n == 0 ? "there is only one strategy" : "no strategy changes anything");
        return;
    }
    room = 0.09 * (high - low);
    rw_picture_begin(p, (unsigned)(230 + 110 * n));
    headline(p, v, &v->strategies[v->best]);
    rw_axis_money(
        t, "x", low < 0 ? low - room : 0, high > 0 ? high + room : 0, 7, true);
    rw_axis_label(t, "x", "Gain over the horizon (", v, ")");
    rw_text_addf(t,
        "set lmargin at screen 0.15\nset rmargin at screen 0.97\n"
        "set tmargin at screen 0.80\nset bmargin at screen %.4f\n"
        "set yrange [%.4g:-0.3]\nunset ytics\nset grid noytics\n"
        "set key at screen 0.56,0.045 center center horizontal samplen 1.5\n"
        "set style fill solid 1.0 noborder\nset boxwidth 0.24\nset border 1\n"
        "set arrow 1 from 0, graph 0 to 0, graph 1 nohead lw 1.5 lc rgb '#555555' "
        "front\n",
        n == 1 ? 0.30 : 0.22, (double)n - 0.15);
    labels(t, v, low, high);
    rw_text_add(t, "plot ");
    for (size_t k = 0; k < BARS; k++) {
        block_of(p, v, k);
        rw_text_addf(t,
            "data index %zu using (0):1:(0):2:($1-0.12):($1+0.12) with boxxyerror "
            "fc rgb '%s' title '%s', \\\n"
            "     '' index %zu using 2:1:3 with xerrorbars pt 0 lw 1.5 lc rgb "
            "'#000000' "
            "notitle%s",
            k, bar_colours[k], bar_names[k], k, k + 1 < BARS ? ", \\\n     " : "\n");
    }
}
