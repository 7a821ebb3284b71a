/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/fit_notes.c -- what a reader of a fit must know before using it. */
#include "study/fit.h"

#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TENABLE 10 /* AIC more: Burnham and Anderson 2002, section 2.6 */

struct notes {
    struct rw_fit_result *r;
    struct rw_arena *a;
    bool memory;
};

static void RW_PRINTF(2, 3) note(struct notes *n, const char *fmt, ...)
{
    char s[512];
    va_list ap;

    if (n->r->n_notes == RW_FIT_NOTES)
        return;
    va_start(ap, fmt);
    vsnprintf(s, sizeof s, fmt, ap);
    va_end(ap);
    n->r->note[n->r->n_notes] = rw_arena_strdup(n->a, s);
    n->memory = n->memory || n->r->note[n->r->n_notes] == NULL;
    n->r->n_notes++;
}

/* ---- losses ---- */

/* A law without a mean, or one that may be. */
static void
tail(struct notes *n, const struct rw_severity_fit *f, const struct rw_fit_figures *g)
{
    bool gpd = strcmp(f->law->name, "gpd") == 0;
    bool lomax = strcmp(f->law->name, "lomax") == 0;
    double high = gpd ? f->fit.high[0] : lomax ? 1 / f->fit.low[0] : 0;

    if (isinf(g->mean))
        note(n,
            "The fitted %s has no mean (%s): a year's average loss would be infinite. "
            "It needs a cap, the most that one incident can cost%s.",
            f->law->name, gpd ? "xi is 1 or more" : "alpha is 1 or less",
            n->r->q->cap > 0 ? "" : ": --cap, or \"cap\" in the scenario");
    else if (high >= 1)
        note(n,
            "A law without a mean lies within the 95 %% interval: its mean is hardly "
            "known, and a cap on what one incident can cost is worth having.");
    else if (high >= 0.5)
        note(n,
            "A law without a standard deviation lies within the 95 %% interval: the "
            "mean of many years hangs on the largest of them.");
}

static void
goodness(struct notes *n, const struct rw_severity_fit *f)
{
    if (f->fit.replicates == 0)
        return;
    if (f->fit.ks_p < 0.05)
        note(n,
            "Even the best of these laws, %s, is not the law of these losses (p = "
            "%.2g): fit the large ones alone (--above), or paste the losses "
            "themselves as an empirical distribution.",
            f->law->name, f->fit.ks_p);
}

static void
sample(struct notes *n, const struct rw_losses *s)
{
    double share = s->x[s->n - 1] / (s->mean * (double)s->n);
    size_t same = 0, run = 1;

    for (size_t i = 1; i < s->n; i++) {
        run = s->x[i] == s->x[i - 1] ? run + 1 : 1;
        same = run > same ? run : same;
    }
    if (s->n < 30)
        note(n, "%zu losses are few: the tail is guessed more than known.", s->n);
    if (share > 0.5)
        note(n, "The largest loss alone makes %.3g %% of their sum: is it right?",
            100 * share);
    if (same > 2 && same * 20 > s->n)
        note(n,
            "%zu losses have the same size, as rounded or flat sums do: no smooth law "
            "fits that, and its p suffers.",
            same);
}

/* A law that fits better but is hardly one. */
static void
passed_over(struct notes *n, const struct rw_fit_severity_result *s)
{
    const struct rw_severity_fit *f = &s->fit[s->first];

    if (s->first == s->best)
        return;
    note(n,
        "The %s says that the threshold lets one incident in %.1e through: not even "
        "its "
        "scale is known, and it is not offered.",
        f->law->name, 1 / f->seen);
}

/* May be the law as well, by AIC and by its own test. */
static bool
tenable(const struct rw_fit_severity_result *s, size_t k)
{
    const struct rw_fit *f = &s->fit[k].fit;

    return k != s->best && f->why[0] == '\0' &&
           f->aic - s->fit[s->best].fit.aic < TENABLE &&
           (f->replicates == 0 || f->ks_p >= 0.05);
}

/* The next best law, and what depends on the choice. */
static void
rival(struct notes *n, const struct rw_fit_severity_result *s)
{
    const struct rw_fit_figures *g = s->figures;
    size_t next = s->n;
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], c[RW_NUMBER_MAX], d[RW_NUMBER_MAX];

    for (size_t k = 0; k < s->n; k++)
        if (tenable(s, k) && (next == s->n || s->fit[k].fit.aic < s->fit[next].fit.aic))
            next = k;
    if (next < s->n)
        note(n,
            "The %s is tenable too (AIC %.1f more): its mean is %s, not %s, its 1 in "
            "100 %s, not %s. Try both and see what changes (--family).",
            s->fit[next].law->name, s->fit[next].fit.aic - s->fit[s->best].fit.aic,
            isinf(g[next].mean) ? "infinite" : rw_money_print(a, g[next].mean),
            isinf(g[s->best].mean) ? "infinite" : rw_money_print(b, g[s->best].mean),
            rw_money_print(c, g[next].p99), rw_money_print(d, g[s->best].p99));
    note(n, "What is to be pasted takes the loss law's parameters as known: their "
            "errors above are not in it.");
}

static void
severity(struct notes *n)
{
    const struct rw_fit_severity_result *s = n->r->severity;
    const struct rw_fit_table *t = &n->r->table;

    sample(n, &s->sample);
    if (s->first == s->n)
        note(n, "There is no law to paste: none of these laws can be fitted.");
    else
        passed_over(n, s);
    if (s->best < s->n) {
        goodness(n, &s->fit[s->best]);
        tail(n, &s->fit[s->best], &s->figures[s->best]);
        rival(n, s);
    }
    if (t->factor_high != t->factor_low)
        note(n,
            "Old losses were multiplied by %.3g to %.3g. If the source records none "
            "below some sum of its day, --above must be at least %.3g times that sum.",
            t->factor_low, t->factor_high, t->factor_high);
    if (t->empty > 0 && n->r->frequency != NULL)
        note(n,
            "Incidents without a loss (%zu) are left out of the counts too: if their "
            "loss "
            "is only unknown, count all rows with --of frequency.",
            t->empty);
}

/* ---- counts ---- */

static const char *
period(unsigned per_year)
{
    return per_year == 1 ? "year" : per_year == 4 ? "quarter" : "month";
}

static void
frequency(struct notes *n)
{
    const struct rw_fit_frequency_result *f = n->r->frequency;
    const struct rw_fit *best = &f->fit[f->best].fit;
    const char *one = period(f->per_year);

    if (f->assumed)
        note(n,
            "Whole %ss from the first incident to the last are taken as watched. If "
            "the "
            "watch began or ended otherwise, give --from and --to: the rate depends on "
            "it.",
            one);
    if (f->sample.n < RW_FIT_LEAST_PERIODS)
        note(n, "%zu %s%s cannot show how %ss differ: only Poisson's law is tried.",
            f->sample.n, one, f->sample.n == 1 ? "" : "s", one);
    if (f->trend.p < 0.01)
        note(n,
            "The counts %s from %s to %s (p = %.2g): their mean is too %s for the "
            "years "
            "to come. Fit recent ones alone, or let the frequency %s.",
            f->trend.z > 0 ? "rise" : "fall", one, one, f->trend.p,
            f->trend.z > 0 ? "low" : "high", f->trend.z > 0 ? "grow" : "shrink");
    if (best->replicates > 0 && best->ks_p < 0.05)
        note(n,
            "Even the best of these laws, %s, is not the law of these counts (p = "
            "%.2g).",
            rw_count_fit_name(f->fit[f->best].law), best->ks_p);
    if (f->alike)
        note(n,
            "Neighbouring %ss are alike (correlation %.2f): years differ by more than "
            "a "
            "law of %ss says, and the rate is known less well. Count by years (--per "
            "year)%s.",
            one, f->trend.r, one,
            n->r->paste.law == RW_COUNT_NEGBIN
                ? "; what is to be pasted takes all of a year as alike, the most that "
                  "its dispersion can be"
                : "");
    if (f->to_paste != f->best)
        note(n,
            "A zip law of %ss is none of years: what is to be pasted is the best of "
            "the "
            "others.",
            one);
}

enum rw_err
rw_fit_notes(struct rw_fit_result *r, struct rw_arena *a)
{
    struct notes n = {r, a, false};

    if (r->severity != NULL)
        severity(&n);
    if (r->frequency != NULL)
        frequency(&n);
    return n.memory ? RW_ERR_MEMORY : RW_OK;
}
