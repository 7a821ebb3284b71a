/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/learn.h"

#include <math.h>
#include <stdio.h>

enum { CELL = 48 };

static const char *
chance(char s[CELL], double p)
{
    if (isnan(p))
        return "-";
    if (p < 1e-4)
        return "<0.0001";
    snprintf(s, CELL, "%.2g", p);
    return s;
}

static void
row(const struct rw_backtest *x, size_t k, struct rw_text *t)
{
    const struct rw_score *s = &x->score[k];
    char rule[CELL], a[CELL], b[CELL];

    if (x->dispersion[k] > 0)
        snprintf(rule, sizeof rule, "%.4g, dispersion %.4g", x->discount[k],
            x->dispersion[k]);
    else
        snprintf(rule, sizeof rule, "%.4g", x->discount[k]);
    rw_text_addf(t, "%-24s %6.1f %%  (%.1f %%) %9.3f   %-9s %s\n", rule,
        100 * (double)s->inside / (double)s->n, 100 * s->nominal, s->log_score,
        chance(a, s->kupiec_p), chance(b, s->cluster_p));
}

enum rw_err
rw_backtest_text(const struct rw_backtest *x, struct rw_text *t, struct rw_error *e)
{
    const struct rw_score *s = &x->score[0];

    rw_text_addf(t, "%zu periods", x->n);
    if (x->first)
        rw_text_addf(t, " from %s to %s", x->first, x->last);
    rw_text_addf(t,
        ", each of the last %zu forecast from those before it\n\n"
        "%-24s %-8s %9s %9s   %-9s %s\n",
        s->n, "discount a period", "in 90 %", "(by law)", "log score", "misses p",
        "clusters p");
    for (size_t k = 0; k < x->rules; k++) {
        row(x, k, t);
        if (k == 0)
            rw_text_add(t, "beside it, counts as a belief alone would have them:\n");
    }
    rw_text_add(t, "\nWhere in the first rule's forecasts the counts fell, in tenths "
                   "(10 % each if right)\n");
    for (size_t b = 0; b < RW_FORECAST_BINS; b++)
        rw_text_addf(t, "%5.1f", 100 * s->bin[b] / (double)s->n);
    rw_text_addf(t,
        "\n\nThe next period by the first rule: %u to %u (90 %%), mean %.4g\n", x->low,
        x->high, s->a / s->b);
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory for the report")
                     : RW_OK;
}
