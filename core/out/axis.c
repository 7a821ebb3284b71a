/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

char *
rw_axis_money_print(char *buf, double x)
{
    static const char *const suffix[] = {"", "k", "M", "B", "T"};
    int group = 0;

    while (fabs(x) >= 999.5 && group < 4) {
        x /= 1000;
        group++;
    }
    snprintf(
        buf, RW_NUMBER_MAX, fabs(x) >= 1e6 ? "%.0e%s" : "%.4g%s", x, suffix[group]);
    return buf;
}

static void
add_money(struct rw_text *t, double x)
{
    char buf[RW_NUMBER_MAX];

    rw_text_add(t, rw_axis_money_print(buf, x));
}

void
rw_axis_log_money(struct rw_text *t, const char *axis, double low, double high)
{
    int first = (int)ceil(log10(low) - 1e-9), last = (int)floor(log10(high) + 1e-9);
    int step = (last - first) / 6 + 1;
    bool halves = last - first < 2;
    const char *comma = "";

    /* a tick that stands exactly on the border may be lost in rounding */
    rw_text_addf(t,
        "set logscale %s 10\nset %srange [%.17g:%.17g]\nset m%stics 10\n"
        "set %stics (",
        axis, axis, low * (1 - 1e-6), high * (1 + 1e-6), axis, axis);
    for (int k = first - 1; k <= last; k++) {
        static const double factors[] = {1, 2, 5};

        for (int j = 0; j < (halves ? 3 : 1); j++) {
            double x = pow(10, k) * factors[j];

            if (x < low * (1 - 1e-9) || x > high * (1 + 1e-9) ||
                (k - first) % step != 0)
                continue;
            rw_text_addf(t, "%s'", comma);
            add_money(t, x);
            rw_text_addf(t, "' %.17g", x);
            comma = ",";
        }
    }
    rw_text_add(t, ")\n");
}

/* 1, 2, 2.5 or 5 times a power of ten, at least x > 0. */
static double
round_step(double x)
{
    static const double factors[] = {1, 2, 2.5, 5, 10};
    double base = pow(10, floor(log10(x)));

    for (size_t k = 0; k < 5; k++)
        if (factors[k] * base >= x * (1 - 1e-9))
            return factors[k] * base;
    return 10 * base;
}

void
rw_axis_money(struct rw_text *t, const char *axis, double low, double high, unsigned n,
    bool labels)
{
    double step, first, last;
    const char *comma = "";

    if (!(high > low))
        high = low + 1;
    step = round_step((high - low) / n);
    first = ceil(low / step - 1e-9);
    last = floor(high / step + 1e-9);
    rw_text_addf(t,
        "unset logscale %s\nset %srange [%.17g:%.17g]\nset m%stics default\n"
        "set %stics (",
        axis, axis, low, high, axis, axis);
    for (double k = first; k <= last; k++) {
        rw_text_addf(t, "%s'", comma);
        if (labels)
            add_money(t, k * step + 0.0);
        rw_text_addf(t, "' %.17g", k * step + 0.0);
        comma = ",";
    }
    rw_text_add(t, ")\n");
}

void
rw_axis_log_share(struct rw_text *t, const char *axis, double low)
{
    static const double marks[] = {1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01};
    const char *comma = "";

    rw_text_addf(t,
        "set logscale %s 10\nset %srange [%.17g:1]\nset m%stics 1\nset %stics (", axis,
        axis, low, axis, axis);
    for (double scale = 1; scale >= low; scale /= 100)
        for (size_t k = scale == 1 ? 0 : 1; k < 7; k++) {
            double x = marks[k] * scale;

            if (x < low * (1 - 1e-9))
                break;
            rw_text_addf(t, "%s'%.4g %%%%' %.17g", comma, 100 * x, x);
            comma = ",";
        }
    rw_text_add(t, ")\n");
}

void
rw_axis_cycles(struct rw_text *t, const struct rw_view *v, size_t columns)
{
    static const size_t steps[] = {1, 2, 3, 4, 6, 12, 24, 60, 120, 600};
    size_t labels = columns <= 1 ? 24 : columns == 2 ? 16 : columns == 3 ? 12 : 8;
    size_t step, k = 0;
    const char *comma = "";

    while (k + 1 < sizeof steps / sizeof *steps && v->n_cycles > labels * steps[k])
        k++;
    step = steps[k];
    rw_text_addf(t, "set xrange [0.4:%zu.6]\nset xtics (", v->n_cycles);
    for (size_t c = 1; c <= v->n_cycles; c++)
        if (c % step == 0) {
            rw_text_addf(t, "%s'%zu' %zu", comma, c, c);
            comma = ",";
        }
    rw_text_add(t, ")\nset mxtics default\n");
}

void
rw_axis_label(struct rw_text *t, const char *axis, const char *before,
    const struct rw_view *v, const char *after)
{
    struct rw_text label;

    rw_text_init(&label);
    rw_text_add(&label, before);
    rw_picture_clean(&label, v->currency, 8);
    rw_text_add(&label, after);
    rw_text_addf(t, "set %slabel ", axis);
    rw_picture_quote(t, label.failed ? "" : label.s, RW_PICTURE_TEXT);
    rw_text_add(t, *axis == 'x' ? " offset 0,0.3\n" : " offset -0.3,0\n");
    t->failed |= label.failed;
    rw_text_fini(&label);
}

void
rw_axis_cycle_label(struct rw_text *t, const struct rw_view *v, bool lowest)
{
    char name[32];

    if (!lowest) {
        rw_text_add(t, "unset xlabel\n");
        return;
    }
    snprintf(name, sizeof name, "%s", v->cycle);
    if (name[0] >= 'a' && name[0] <= 'z')
        name[0] = (char)(name[0] - 'a' + 'A');
    rw_text_add(t, "set xlabel ");
    rw_picture_quote(t, name, 20);
    rw_text_add(t, " offset 0,0.3\n");
}
