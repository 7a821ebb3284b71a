/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "out/learn.h"
#include "read/diag.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CELL = 48, NAME = 26 };

/* Surprise below which an estimate is said to be at odds with what came. */
#define AT_ODDS 0.05

/* s2 over m of a trade, 1 for a Poisson law, from which on it is told. */
#define SCATTER 2

static const char *
figure(char s[CELL], double x)
{
    if (fabs(x) >= 999.5 && fabs(x) < 1e15)
        return rw_money_print(s, x);
    snprintf(s, CELL, "%.3g", x);
    return s;
}

/* "x (low-high)" padded to a width. */
static void
range(struct rw_text *t, double x, const struct rw_learn_law *l, int width)
{
    char a[CELL], b[CELL], c[CELL], s[4 * CELL];

    snprintf(
        s, sizeof s, "%s (%s-%s)", figure(a, x), figure(b, l->p5), figure(c, l->p95));
    rw_text_addf(t, "%-*s ", width, s);
}

static void
day(struct rw_text *t, long at)
{
    struct rw_date d = rw_date_of(at);

    rw_text_addf(t, "%04d-%02u-%02u", d.year, d.month, d.day);
}

static void
name(struct rw_text *t, const struct rw_learn_move *v)
{
    char s[2 * CELL + 40];

    if (v->kind == RW_LEARN_AMOUNT)
        snprintf(s, sizeof s, "%.60s %.40s", v->owner, v->estimate);
    else
        snprintf(s, sizeof s, "%.60s", v->owner);
    rw_text_addf(t, "  %-*s ", NAME, s);
}

static size_t
moved(const struct rw_learn *x, enum rw_learn_kind kind)
{
    size_t n = 0;

    for (size_t k = 0; k < x->n; k++)
        n += x->v[k].kind == kind && x->v[k].why == NULL;
    return n;
}

static void
head(const struct rw_learn *x, struct rw_text *t)
{
    const struct rw_learn_request *q = x->q;

    rw_text_add(t, "Watched from ");
    day(t, q->from);
    rw_text_add(t, " to ");
    day(t, q->to);
    rw_text_addf(t, " (%.4g years)", x->years);
    if (q->incidents)
        rw_text_addf(
            t, ": %zu incident%s", q->incidents->n, q->incidents->n == 1 ? "" : "s");
    if (q->audits)
        rw_text_addf(t, "%s %zu audit%s", q->incidents ? "," : ":", q->audits->n,
            q->audits->n == 1 ? "" : "s");
    rw_text_add(t, "\n");
    for (size_t k = 0; q->incidents && k < q->incidents->n_others; k++) {
        rw_text_add(t, k ? ", " : "Columns passed over: ");
        rw_safe_add(t, q->incidents->others[k], strnlen(q->incidents->others[k], 40));
    }
    rw_text_add(t, q->incidents && q->incidents->n_others ? "\n" : "");
}

static void
frequencies(const struct rw_learn *x, struct rw_text *t)
{
    if (moved(x, RW_LEARN_FREQUENCY) == 0)
        return;
    rw_text_addf(t, "\n%-*s %-22s %-22s %-9s %s\n", NAME + 2, "Attempts a year (90 %)",
        "before", "after", "expected", "came");
    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];
        char s[CELL];

        if (v->kind != RW_LEARN_FREQUENCY || v->why != NULL)
            continue;
        name(t, v);
        range(t, v->before.mean, &v->before, 22);
        range(t, v->after.mean, &v->after, 22);
        rw_text_addf(t, "%-9s %.0f\n", figure(s, v->expected), v->n);
    }
}

static void
trade(const struct rw_learn *x, struct rw_text *t)
{
    bool any = false;

    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];
        char a[CELL], b[CELL], s[3 * CELL];

        if (v->kind != RW_LEARN_FREQUENCY || v->why != NULL || v->trade.members == 0)
            continue;
        if (!any)
            rw_text_addf(t, "\n%-*s %-22s %-10s %-10s %s\n", NAME + 2,
                "Seen in the trade", "a year \xc2\xb1 spread", "members", "years",
                "own counts");
        any = true;
        name(t, v);
        snprintf(s, sizeof s, "%s \xc2\xb1 %s", figure(a, v->trade.mean),
            figure(b, sqrt(v->trade.variance)));
        rw_text_addf(t, "%-23s %-10zu %-10.4g %.3g %%\n", s, v->trade.members,
            v->trade.years, 100 * v->credibility);
    }
}

static void
amounts(const struct rw_learn *x, struct rw_text *t)
{
    if (moved(x, RW_LEARN_AMOUNT) == 0)
        return;
    rw_text_addf(t, "\n%-*s %-22s %-22s %-9s %s\n", NAME + 2,
        "A loss, its median (90 %)", "before", "after", "worth", "losses");
    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];

        if (v->kind != RW_LEARN_AMOUNT || v->why != NULL)
            continue;
        name(t, v);
        range(t, v->before.p50, &v->before, 22);
        range(t, v->after.p50, &v->after, 22);
        rw_text_addf(t, "%-9.4g %.0f\n", v->weight - v->n, v->n);
    }
}

static void
failures(const struct rw_learn *x, struct rw_text *t)
{
    if (moved(x, RW_LEARN_FAILURES) == 0)
        return;
    rw_text_addf(t, "\n%-*s %-22s %-22s %-9s %s\n", NAME + 2, "Failures a year (90 %)",
        "before", "after", "works", "audits");
    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];
        char s[CELL];

        if (v->kind != RW_LEARN_FAILURES || v->why != NULL)
            continue;
        name(t, v);
        range(t, v->before.mean, &v->before, 22);
        range(t, v->after.mean, &v->after, 22);
        snprintf(s, sizeof s, "%.3g %%", 100 * v->available_after);
        rw_text_addf(t, "%-9s %.0f of %.0f good\n", s, v->good, v->n);
    }
}

static void
stays(const struct rw_learn *x, struct rw_text *t)
{
    bool any = false;

    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];

        if (v->why == NULL)
            continue;
        rw_text_add(t, any ? "" : "\nAs before\n");
        any = true;
        rw_text_addf(t, "  %s %s: %s\n", v->owner, v->estimate, v->why);
        if (v->kind == RW_LEARN_FAILURES)
            rw_text_addf(
                t, "    (%.0f of %.0f audits found it working)\n", v->good, v->n);
    }
}

/* What the trade's table leaves open. */
static void
trade_remarks(const struct rw_learn *x, struct rw_text *t)
{
    bool any = false;

    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];

        if (v->kind != RW_LEARN_FREQUENCY || v->why != NULL || v->trade.members == 0)
            continue;
        any = true;
        if (!(v->trade.between > 0))
            rw_text_addf(t, "  %s: the trade's members do not differ beyond chance.\n",
                v->owner);
        if (v->trade.within > SCATTER * v->trade.mean &&
            x->q->m->threats[v->of].law == RW_COUNT_POISSON)
            rw_text_addf(t,
                "  %s: a member's rows scatter %.2g times as much as a Poisson law's; "
                "own\n    incidents count for too much unless the threat's count is "
                "negbin.\n",
                v->owner, v->trade.within / v->trade.mean);
    }
    if (any)
        rw_text_add(t, "  The trade's rate, for one more of its members, replaces the "
                       "estimate before; then\n  own incidents update it. Its members "
                       "are taken to see what the scenario's\n  organisation sees.\n");
}

/* Where the range became wider though more is known: what is likely grows with
 * its level. */
static void
wider(const struct rw_learn *x, struct rw_text *t)
{
    size_t n = 0;

    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];

        if (v->why != NULL || v->kind == RW_LEARN_AMOUNT ||
            v->after.p95 - v->after.p5 <= v->before.p95 - v->before.p5 ||
            v->after.sd * v->before.mean > v->before.sd * v->after.mean)
            continue;
        rw_text_addf(t, n++ > 0 ? ", %s" : "  %s", v->owner);
    }
    if (n > 0)
        rw_text_add(t, ": the range is wider because it is higher; for its height it\n"
                       "    is narrower than before.\n");
}

/* What to make of it, and what was taken for granted. */
static void
remarks(const struct rw_learn *x, struct rw_text *t)
{
    bool matched = false;

    rw_text_add(t, "\nWhy\n");
    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];

        if (v->why != NULL)
            continue;
        if (v->surprise < AT_ODDS)
            rw_text_addf(t,
                "  %s: %s made so %s incidents unlikely (p = %.2g); the mean\n"
                "    of the two is a compromise between views that disagree.\n",
                v->owner, v->trade.members > 0 ? "the trade" : "the estimate before",
                v->n > v->expected ? "many" : "few", v->surprise);
        if (v->kind == RW_LEARN_FREQUENCY && v->share != 1)
            rw_text_addf(t,
                "  %s: %.3g %% of the attempts were to become incidents that are seen "
                "(susceptibility,\n    controls, detection)",
                v->owner, 100 * v->share / (double)v->assets);
        if (v->kind == RW_LEARN_FREQUENCY && v->share != 1 && v->assets > 1)
            rw_text_addf(t, ", on each of %zu assets", v->assets);
        if (v->kind == RW_LEARN_FREQUENCY && v->share != 1)
            rw_text_add(t, "\n");
        if (v->kind == RW_LEARN_FREQUENCY && v->wide)
            rw_text_addf(t,
                "  %s: susceptibility and controls alone leave more open than the "
                "incidents do;\n    state them more narrowly if you can.\n",
                v->owner);
        matched |= v->kind == RW_LEARN_FREQUENCY && v->matched;
    }
    wider(x, t);
    trade_remarks(x, t);
    if (matched)
        rw_text_add(t,
            "  A frequency that was no gamma counts as the gamma with its mean "
            "and deviation.\n");
    if (moved(x, RW_LEARN_FREQUENCY) > 0) {
        rw_text_add(t, "  The table is taken for all incidents seen in the watch; "
                       "susceptibility and\n  controls stay as they are stated, and "
                       "operated throughout.\n");
        if (x->q->discount < 1)
            rw_text_addf(t, "  What was known a period before counts %.3g times.\n",
                x->q->discount);
        else
            rw_text_add(t, "  Nothing is forgotten (--discount).\n");
    }
    if (moved(x, RW_LEARN_AMOUNT) > 0)
        rw_text_add(t,
            "  Losses are taken before insurance; `worth` is how many losses "
            "the estimate before\n  counts for (--loss-worth).\n");
    if (moved(x, RW_LEARN_FAILURES) > 0)
        rw_text_add(t,
            "  Audits say how often a control is down; the time until that is "
            "found (days) stays,\n  so the failures a year move (--audit-worth).\n");
}

enum rw_err
rw_learn_text(const struct rw_learn *x, const char *written, struct rw_text *t,
    struct rw_error *e)
{
    head(x, t);
    trade(x, t);
    frequencies(x, t);
    amounts(x, t);
    failures(x, t);
    stays(x, t);
    if (x->moved > 0)
        remarks(x, t);
    if (written)
        rw_text_addf(t, "\n%zu estimate%s moved: %s\n", x->moved,
            x->moved == 1 ? "" : "s", written);
    else
        rw_text_addf(t,
            "\n%zu estimate%s would move; -o NEW.json writes the scenario\n", x->moved,
            x->moved == 1 ? "" : "s");
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory for the report")
                     : RW_OK;
}
