/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/fit.h"

#include "read/diag.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CELL = 48, WIDTH = 80 };

/* ---- cells ---- */

/* Four digits; large ones as money is. */
static const char *
figure(char s[CELL], double x)
{
    if (isinf(x))
        return "infinite";
    if (isnan(x))
        return "?";
    if (fabs(x) >= 1e4 && fabs(x) < 1e15)
        return rw_money_print(s, x);
    snprintf(s, CELL, "%.4g", x);
    return s;
}

/* "x ± se" */
static const char *
with_error(char s[3 * CELL], double x, double se)
{
    char a[CELL], b[CELL];

    if (!isfinite(x))
        return figure(s, x);
    if (fabs(x) >= 1e4)
        snprintf(s, 2 * CELL, "%s ± %s", figure(a, x),
            isfinite(se) ? rw_money_print(b, se) : "?");
    else if (isfinite(se))
        snprintf(s, 2 * CELL,
            fabs(se) < 100 || se >= 1e9 ? "%.4g ± %.3g" : "%.4g ± %.0f", x, se);
    else
        snprintf(s, 2 * CELL, "%.4g ± ?", x);
    return s;
}

/* s padded to a width; ± is two bytes and one column. */
static void
pad(struct rw_text *t, const char *s, int width)
{
    int columns = 0;

    for (const char *c = s; *c; c++)
        columns += ((unsigned char)*c & 0xc0) != 0x80;
    rw_text_addf(t, "%s%*s", s, columns < width ? width - columns : 1, "");
}

static const char *
probability(char s[CELL], double p)
{
    if (isnan(p))
        return "";
    snprintf(s, CELL, p < 1e-6 ? "below 1e-6" : p < 0.001 ? "%.0e" : "%.3f", p);
    return s;
}

/* p of a fit; where no replicate was further off, it may be anything less. */
static const char *
fit_p(char s[CELL], const struct rw_fit *f)
{
    if (f->replicates == 0)
        return "";
    snprintf(s, CELL, "%s%.3f", f->ks_p * (double)(f->replicates + 1) < 1.5 ? "≤" : "",
        f->ks_p);
    return s;
}

/* Ends a line without blanks behind it. */
static void
end_line(struct rw_text *t)
{
    while (t->len > 0 && t->s[t->len - 1] == ' ')
        t->s[--t->len] = '\0';
    rw_text_add(t, "\n");
}

/* Words of s, broken at the width; later lines are indented. */
static void
wrapped(struct rw_text *t, const char *first, const char *s)
{
    size_t indent = strlen(first), column = indent;

    rw_text_add(t, first);
    while (*s) {
        size_t n = strcspn(s, " ");

        if (column > indent && column + n + 1 > WIDTH) {
            rw_text_addf(t, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            rw_text_add(t, " ");
            column++;
        }
        rw_safe_add(t, s, n);
        column += n;
        s += n;
        s += *s == ' ';
    }
    rw_text_add(t, "\n");
}

/* ---- what was read ---- */

static void
read_rows(struct rw_text *t, const struct rw_fit_result *r)
{
    const struct rw_fit_table *b = &r->table;

    rw_safe_add(t, r->q->file, strlen(r->q->file));
    rw_text_addf(t, ": %zu row%s", b->rows, b->rows == 1 ? "" : "s");
    for (size_t k = 0; k < r->q->n_where; k++) {
        rw_text_add(t, k == 0 ? " with " : " and ");
        rw_safe_add(t, r->q->where[k].column, strlen(r->q->where[k].column));
        rw_text_add(t, "=");
        rw_safe_add(t, r->q->where[k].value, strlen(r->q->where[k].value));
    }
    rw_text_add(t, "\n");
    if (b->empty > 0)
        rw_text_addf(t, "  %zu left out: a cell is empty\n", b->empty);
    if (b->outside > 0)
        rw_text_addf(t, "  %zu left out: not between --from and --to\n", b->outside);
    if (b->below > 0) {
        char s[CELL];

        rw_text_addf(
            t, "  %zu left out: less than %s\n", b->below, figure(s, r->q->above));
    }
    if (r->q->money_year != 0)
        rw_text_addf(t, "  money of %d: losses times %.4g to %.4g\n", r->q->money_year,
            b->factor_low, b->factor_high);
}

/* ---- parameters, for both ---- */

static void
parameters(struct rw_text *t, const char *law, const struct rw_fit *f)
{
    char s[3 * CELL], a[CELL], b[CELL];

    for (size_t i = 0; i < f->n_params && f->why[0] == '\0'; i++) {
        pad(t, i == 0 ? law : "", 13);
        pad(t, f->name[i], 12);
        pad(t, with_error(s, f->p[i], f->se[i]), 22);
        snprintf(s, sizeof s, "%s to %s", figure(a, f->low[i]), figure(b, f->high[i]));
        pad(t, s, 1);
        end_line(t);
    }
}

static void
no_fit(struct rw_text *t, const char *law, const char *why)
{
    char first[CELL];

    snprintf(first, sizeof first, "%-13s", law);
    wrapped(t, first, why);
}

/* ---- losses ---- */

static void
law(struct rw_text *t, const struct rw_fit_severity_result *s, size_t k, double least)
{
    const struct rw_severity_fit *f = &s->fit[k];
    const struct rw_fit_figures *g = &s->figures[k];
    char c[3 * CELL];

    if (f->fit.why[0] != '\0') {
        no_fit(t, f->law->name, f->fit.why);
        return;
    }
    pad(t, f->law->name, 13);
    snprintf(c, sizeof c, "%.1f", f->fit.aic - least);
    pad(t, c, 9);
    pad(t, fit_p(c, &f->fit), 8);
    pad(t, with_error(c, g->mean, g->mean_se), 17);
    pad(t, with_error(c, g->p95, g->p95_se), 17);
    pad(t, with_error(c, g->p99, g->p99_se), 1);
    end_line(t);
}

static void
observed(struct rw_text *t, const struct rw_fit_severity_result *s)
{
    char c[3 * CELL];

    pad(t, "observed", 30);
    pad(t, with_error(c, s->sample.mean, s->se), 17);
    pad(t, figure(c, s->p95), 17);
    pad(t, s->sample.n >= 100 ? figure(c, s->p99) : "", 1);
    end_line(t);
}

/* In order of AIC, then those without a fit. */
static size_t
order(const struct rw_fit_severity_result *s, size_t to[])
{
    size_t n = 0;

    for (size_t k = 0; k < s->n; k++) {
        size_t at = n++;

        for (; at > 0; at--) {
            const struct rw_fit *f = &s->fit[to[at - 1]].fit;

            if (f->why[0] == '\0' &&
                (s->fit[k].fit.why[0] != '\0' || f->aic <= s->fit[k].fit.aic))
                break;
            to[at] = to[at - 1];
        }
        to[at] = k;
    }
    return n;
}

static void
tails(struct rw_text *t, const struct rw_fit_severity_result *s)
{
    char c[3 * CELL];

    if (s->n_tails == 0)
        return;
    rw_text_add(t, "\nTail beyond  losses   mean excess ± error    gpd xi ± error    "
                   "Hill xi ± error\n");
    for (size_t k = 0; k < s->n_tails; k++) {
        const struct rw_fit_tail *a = &s->tail[k];

        pad(t, figure(c, a->hill.u), 13);
        snprintf(c, sizeof c, "%zu", a->hill.k);
        pad(t, c, 9);
        pad(t, with_error(c, a->hill.excess, a->hill.excess_se), 23);
        pad(t,
            a->gpd.fit.why[0] ? "none"
                              : with_error(c, a->gpd.fit.p[0], a->gpd.fit.se[0]),
            18);
        pad(t, with_error(c, a->hill.xi, a->hill.se), 1);
        end_line(t);
    }
}

static void
severity(struct rw_text *t, const struct rw_fit_severity_result *s)
{
    size_t by[RW_FIT_LAWS], n = order(s, by);
    double least = s->first < s->n ? s->fit[s->first].fit.aic : 0;
    char a[CELL], b[CELL], c[CELL];

    rw_text_addf(t, "\n%zu losses", s->sample.n);
    if (s->sample.from > 0)
        rw_text_addf(t, " of %s or more", figure(a, s->sample.from));
    rw_text_addf(t, ": half of them up to %s, the largest %s\n", figure(b, s->median),
        figure(c, s->sample.x[s->sample.n - 1]));
    rw_text_add(t, "\nLaw          AIC more p       mean ± error     1 in 20 over     "
                   "1 in 100 over\n");
    observed(t, s);
    for (size_t k = 0; k < n; k++)
        law(t, s, by[k], least);
    rw_text_add(t, "\nLaw          parameter   value ± error         95 % interval\n");
    for (size_t k = 0; k < n; k++)
        parameters(t, s->fit[by[k]].law->name, &s->fit[by[k]].fit);
    tails(t, s);
}

/* ---- counts ---- */

static void
watch(struct rw_text *t, const struct rw_fit_frequency_result *f)
{
    struct rw_date a = rw_date_of(f->from), b = rw_date_of(f->to);
    const char *one = rw_fit_per_name(f->per_year);

    rw_text_addf(t, "\n%.0f incident%s in %zu %s%s", f->sample.events,
        f->sample.events == 1 ? "" : "s", f->sample.n, one,
        f->sample.n == 1 ? "" : "s");
    if (f->watched)
        rw_text_addf(t, ", from %04d-%02u-%02u to %04d-%02u-%02u", a.year, a.month,
            a.day, b.year, b.month, b.day);
    rw_text_add(t, "\n");
    if (f->sample.n > 1) {
        char s[CELL];

        rw_text_addf(t, "Scatter: %.3g times that of chance alone (Poisson, p %s%s)\n",
            f->scatter, f->scatter_p < 1e-6 ? "" : "= ", probability(s, f->scatter_p));
    }
}

static void
count_law(struct rw_text *t, const struct rw_fit_frequency_result *f, size_t k)
{
    const struct rw_fit *fit = &f->fit[k].fit;
    char s[3 * CELL], a[CELL], b[CELL];

    pad(t, rw_count_fit_name(f->fit[k].law), 13);
    snprintf(s, sizeof s, "%.1f", fit->aic - f->fit[f->best].fit.aic);
    pad(t, s, 9);
    pad(t, fit_p(s, fit), 8);
    pad(t, with_error(s, f->rate[k], f->rate_se[k]), 22);
    snprintf(
        s, sizeof s, "%s to %s", figure(a, f->rate_low[k]), figure(b, f->rate_high[k]));
    pad(t, s, 1);
    end_line(t);
}

static void
frequency(struct rw_text *t, const struct rw_fit_frequency_result *f)
{
    watch(t, f);
    rw_text_add(
        t, "\nLaw          AIC more p       mean a year ± error   95 % interval\n");
    for (size_t k = 0; k < RW_COUNT_FITS; k++)
        if (f->fit[k].fit.why[0] == '\0')
            count_law(t, f, k);
        else
            no_fit(t, rw_count_fit_name(f->fit[k].law), f->fit[k].fit.why);
    rw_text_addf(t,
        "\nLaw          parameter   value ± error         95 %% interval (of a "
        "%s)\n",
        rw_fit_per_name(f->per_year));
    for (size_t k = 0; k < RW_COUNT_FITS; k++)
        parameters(t, rw_count_fit_name(f->fit[k].law), &f->fit[k].fit);
}

/* ---- the page ---- */

static void
paste_remarks(struct rw_text *t, const struct rw_fit_result *r)
{
    const struct rw_fit_paste *p = &r->paste;
    char a[CELL], s[4 * CELL];

    if (p->wants_cap)
        wrapped(t, "", "The law below needs a cap before it can be used.");
    if (r->severity == NULL || r->severity->sample.from <= 0)
        return;
    snprintf(s, sizeof s,
        "%s of incidents that cost %s or more; smaller ones are in %s.",
        p->frequency && p->amount ? "Frequency and losses are those"
        : p->amount               ? "The losses are those"
                                  : "The frequency is that",
        figure(a, r->q->above), p->frequency && p->amount ? "neither" : "none of it");
    wrapped(t, "", s);
}

enum rw_err
rw_fit_text(const struct rw_fit_result *r, struct rw_text *t, struct rw_error *e)
{
    read_rows(t, r);
    if (r->severity != NULL)
        severity(t, r->severity);
    if (r->frequency != NULL)
        frequency(t, r->frequency);
    rw_text_add(t,
        "\n± is one standard error. AIC more: less is better, from 10 on hardly "
        "tenable.\n");
    if (r->q->replicates > 0)
        rw_text_add(t,
            "p: how often data of that law lie as far from it; under 0.05 it "
            "does not fit.\n");
    if (r->severity != NULL && r->severity->n_tails > 0)
        rw_text_add(t,
            "Hill takes the tail for a power of the loss; where it is none yet, xi is "
            "off,\nmostly high, though its error is small. Both agree far out, if "
            "data reach there.\n");
    if (r->n_notes > 0)
        rw_text_add(t, "\nTo heed\n");
    for (size_t k = 0; k < r->n_notes; k++)
        wrapped(t, "- ", r->note[k]);
    if (r->paste.frequency || r->paste.amount)
        rw_text_add(t, "\nTo paste into a threat (choose the loss form)\n");
    paste_remarks(t, r);
    return rw_fit_members(r, "  ", t, e);
}
