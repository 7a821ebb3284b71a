/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a strategy that knows the truth expects of controls: each future's own
 * coverage, efficacy and wear, and whether it works just now.
 *
 * A control that fails `l` times a year and is put right `u` times a year works
 * with probability A + (s - A) e^-(k x) after a time x, A = u / k, k = l + u, s = 1
 * if it works now and 0 if not; over a time T on average
 *   A + (s - A) (1 - e^-(k T)) / (k T),
 * a common cause likewise.  A product of such a share and the efficacy's mean
 * over T stands for the mean of the product. */
#include "wheel/foresight.h"
#include "wheel/wear.h"
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

/* An on/off process seen from a moment on. */
struct decay {
    double share, kept; /* A; (1 - e^-(k T)) / (k T) */
};

static struct decay
decay_of(double fails, double mended, double years)
{
    double k = fails + mended;

    return (struct decay){mended / k, -expm1(-k * years) / (k * years)};
}

/* Mended a year: found unaided, or at a cycle's end if it acts. */
static double
mended(const struct rw_wheel *g, const struct rw_control *x)
{
    return 1 / x->fail_years + (rw_wheel_mends(g) ? g->m->per_year : 0);
}

static bool
fails_itself(const struct rw_control *x)
{
    return x->fails > 0 && x->fail_years > 0;
}

/* works[] <- the mean share of time, from cycle `begin` to the end, that no
 * common cause is down. */
static void
add_causes(const struct rw_wheel *g, const struct rw_control *x, unsigned begin,
    double works[])
{
    const struct rw_world *w = g->w;
    double years = (g->m->cycles - begin) * g->m->years;

    for (size_t k = 0; k < x->n_causes; k++) {
        const struct rw_cause *cause = &g->m->dependence.causes[x->causes[k]];
        struct decay d;

        if (cause->fails <= 0 || cause->fail_years <= 0)
            continue;
        d = decay_of(cause->fails, 1 / cause->fail_years, years);
        for (size_t i = 0; i < w->n; i++)
            works[i] *=
                d.share +
                (rw_world_cause_up(w, x->causes[k], i, begin) - d.share) * d.kept;
    }
}

/* Sums over the ages [a, b) of the efficacy in future i, and of what is left of
 * it while failed. */
struct ages {
    const struct rw_control *x;
    const double *efficacy, *sums; /* truth, or sums over ages by plugin */
    const double *wear;            /* (cycles + 1) sums over ages */
    size_t room;
};

static double
sum_intended(const struct ages *k, size_t i, unsigned a, unsigned b)
{
    if (k->sums != NULL)
        return k->sums[b * k->room + i] - k->sums[a * k->room + i];
    return k->efficacy[i] * (k->wear[b] - k->wear[a]);
}

static double
sum_weak(const struct ages *k, size_t i, unsigned a, unsigned b)
{
    double sum = 0;

    if (k->x->fail_efficacy <= 0 || !rw_fail_possible(k->x))
        return 0;
    if (k->sums == NULL && k->x->half_life <= 0)
        return fmin(k->x->fail_efficacy, k->efficacy[i]) * (b - a);
    for (unsigned age = a; age < b; age++)
        sum += fmin(k->x->fail_efficacy, sum_intended(k, i, age, age + 1));
    return sum;
}

static struct ages
ages_of(const struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];

    return (struct ages){.x = x,
        .efficacy = x->use.plugin == NULL ? rw_world_truth(g->w, &x->efficacy) : NULL,
        .sums = g->foresight->efficacy[c],
        .wear = g->oracle_wear + c * (g->m->cycles + 1),
        .room = g->room};
}

void
rw_oracle_init(struct rw_wheel *g)
{
    unsigned cycles = g->m->cycles;

    for (size_t c = 0; c < g->m->n_controls; c++) {
        double *sum = g->oracle_wear + c * (cycles + 1);

        sum[0] = 0;
        for (unsigned age = 0; age < cycles; age++)
            sum[age + 1] =
                sum[age] + rw_wear_left(&g->m->controls[c], g->m->years, age);
    }
}

/* Its share of working time is that of the long run: it is no process of two
 * constant rates, or others depend on it, or it has no process of its own. */
static bool
is_steady(const struct rw_control *x)
{
    const struct rw_upkeep *u = &x->upkeep;

    return u->supported || x->effect == RW_EFFECT_SUPPORT || u->at_most > 0 ||
           u->correction > 0 || u->steady_fails > 0;
}

/* works[] <- that share. */
static void
long_run(struct rw_wheel *g, const struct rw_control *x, double works[])
{
    double left[RW_SUPPORTS] = {1, 1, 1, 1}, alone = 0;

    for (size_t i = 0; i < g->w->n; i++) {
        double fails = rw_world_fails(g->w, x, i);

        for (int k = 0; k < RW_SUPPORTS && x->upkeep.supported; k++) {
            left[k] = 1;
            for (size_t j = 0; j < x->upkeep.n_by[k]; j++)
                left[k] *= 1 - rw_believe_worth(g, x->upkeep.by[k][j], i);
        }
        if (i == 0 || x->unsure || x->upkeep.supported)
            alone = rw_believe_available(g, x, fails, left);
        works[i] = alone;
    }
}

static unsigned
max_of(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* When what is bought operates, and the chance that it will: a roll-out's end is
 * known, its success is chance. */
static unsigned
start_of(const struct rw_wheel *g, size_t c, size_t i, double *chance)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room + i;

    *chance = 1;
    if (x->delivery.may_fail && g->bought[at] != RW_NEVER &&
        g->since[at] > g->w->cycle) {
        *chance = x->delivery.rollout;
        if (g->deliver.lost[at] != RW_NEVER)
            return g->deliver.lost[at];
    }
    return g->since[at];
}

static unsigned wait_once(const struct rw_wheel *g, size_t c, size_t i, unsigned from);

/* As wait_of, within its question. */
static unsigned
wait_anew(const struct rw_wheel *g, size_t c, size_t i, unsigned from)
{
    const struct rw_control *x = &g->m->controls[c];
    unsigned last = 0;

    for (size_t k = 0; k < x->n_requires; k++) {
        size_t needed = x->requires[k], at = needed * g->room + i;
        unsigned begin, wait;
        double chance;

        if (g->since[at] <= g->w->cycle)
            continue;
        begin = g->bought[at] != RW_NEVER ? start_of(g, needed, i, &chance)
                                          : rw_deliver_due(g, needed, i, from);
        wait = wait_once(g, needed, i, from);
        last = max_of(last, max_of(begin, wait));
    }
    return last;
}

static unsigned
wait_once(const struct rw_wheel *g, size_t c, size_t i, unsigned from)
{
    const struct rw_deliver *x = &g->deliver;

    if (x->asked[c] != *x->question) {
        x->expected[c] = wait_anew(g, c, i, from);
        x->asked[c] = *x->question;
    }
    return x->expected[c];
}

/* When all that it requires operates, of which it buys the rest in cycle `from`; 0: it
 * does. */
static unsigned
wait_of(const struct rw_wheel *g, size_t c, size_t i, unsigned from)
{
    ++*g->deliver.question;
    return wait_once(g, c, i, from);
}

/* known[] <- mean effect from cycle `from` on, of what is bought. */
static void
know(struct rw_wheel *g, size_t c, unsigned from, double known[])
{
    const struct rw_control *x = &g->m->controls[c];
    const double *coverage = rw_world_truth(g->w, &x->coverage);
    struct ages k = ages_of(g, c);
    unsigned cycles = g->m->cycles, last = cycles;
    bool process = fails_itself(x) && !is_steady(x);
    struct decay d = {1, 0};

    for (size_t i = 0; i < g->w->n; i++)
        g->row[i] = 1;
    if (is_steady(x))
        long_run(g, x, g->row);
    else
        add_causes(g, x, from, g->row);
    for (size_t i = 0; i < g->w->n; i++) {
        double works = g->row[i], chance;
        unsigned since = start_of(g, c, i, &chance), begin;
        double now = process && since < from ? rw_fail_stands(g, c, i, from) : 1;

        if (since > g->w->cycle)
            since = max_of(since, wait_of(g, c, i, from));
        begin = max_of(since, from);
        known[i] = 0;
        if (begin >= cycles)
            continue;
        if (process) {
            if (begin != last || x->unsure)
                d = decay_of(rw_world_fails(g->w, x, i), mended(g, x),
                    (cycles - begin) * g->m->years);
            last = begin;
            if (x->status == RW_STATUS_OPERATING && from == 0) /* in any state */
                now = d.share;
            works *= d.share + (now - d.share) * d.kept;
        }
        known[i] = chance * coverage[i] *
                   (works * sum_intended(&k, i, begin - since, cycles - since) +
                       (1 - works) * sum_weak(&k, i, begin - since, cycles - since)) /
                   (cycles - from);
    }
}

/* offer[] <- mean effect from cycle `from` on, if it were bought now. */
static void
offer(struct rw_wheel *g, size_t c, unsigned from, double offered[])
{
    const struct rw_control *x = &g->m->controls[c];
    const double *coverage = rw_world_truth(g->w, &x->coverage);
    struct ages k = ages_of(g, c);
    unsigned cycles = g->m->cycles, last = cycles;
    bool process = fails_itself(x) && !is_steady(x);
    double chance = x->delivery.may_fail ? x->delivery.rollout : 1;
    struct decay d = {1, 0};

    for (size_t i = 0; i < g->w->n; i++)
        g->row[i] = 1;
    if (is_steady(x))
        long_run(g, x, g->row);
    else
        add_causes(g, x, from, g->row);
    for (size_t i = 0; i < g->w->n; i++) {
        unsigned begin = max_of(rw_deliver_due(g, c, i, from), wait_of(g, c, i, from));
        double works = g->row[i];

        offered[i] = 0;
        if (begin >= cycles)
            continue;
        if (process && (begin != last || x->unsure))
            d = decay_of(rw_world_fails(g->w, x, i), mended(g, x),
                (cycles - begin) * g->m->years);
        last = begin;
        works *= d.share + (1 - d.share) * d.kept;
        offered[i] = chance * coverage[i] *
                     (works * sum_intended(&k, i, 0, cycles - begin) +
                         (1 - works) * sum_weak(&k, i, 0, cycles - begin)) /
                     (cycles - from);
    }
}

/* Supporters first: those whom they keep working ask for theirs. */
void
rw_oracle_look(struct rw_wheel *g, unsigned from)
{
    for (size_t k = 0; k < g->m->n_controls; k++) {
        size_t c = g->m->upkeep.order[k];

        know(g, c, from, g->known + c * g->room);
        if (g->m->controls[c].status == RW_STATUS_CANDIDATE && c != g->believe.trial)
            offer(g, c, from, g->offer + c * g->room);
    }
}

/* Years more that a control works if it is mended within `delay` than if its
 * failure ends by itself: it would still be failed then with probability
 * 1 - A (1 - e^-(k delay)), and the difference dies out with e^-(k x). */
static double
time_gained(const struct rw_control *x, double fails, double delay, double years)
{
    double k = fails + 1 / x->fail_years;

    if (years <= delay)
        return 0;
    return (1 + expm1(-k * delay) / (x->fail_years * k)) *
           -expm1(-k * (years - delay)) / k;
}

/* found[] <- those failures of c whose correction pays. */
static void
sift(struct rw_wheel *g, size_t c, unsigned from)
{
    const struct rw_control *x = &g->m->controls[c];
    const double *coverage = rw_world_truth(g->w, &x->coverage);
    double *benefit = g->benefit + c * g->room, *failed = g->offer + c * g->room;
    struct ages k = ages_of(g, c);
    unsigned left = g->m->cycles - from;

    for (size_t i = 0; i < g->w->n; i++) {
        unsigned age = from - g->since[c * g->room + i];

        failed[i] = g->effect[i] = 0;
        if (!g->found[c * g->room + i])
            continue;
        failed[i] = coverage[i] * sum_weak(&k, i, age, age + left) / left;
        g->effect[i] = coverage[i] * sum_intended(&k, i, age, age + left) / left;
    }
    rw_value_change(g, c, failed, g->effect, benefit);
    for (size_t i = 0; i < g->w->n; i++) {
        double years = time_gained(
            x, rw_world_fails(g->w, x, i), g->s->correction_years, left * g->m->years);

        if (g->found[c * g->room + i] && benefit[i] * years <= g->s->correction_cost)
            g->found[c * g->room + i] = 0;
    }
}

static bool
any_found(const struct rw_wheel *g, size_t c)
{
    for (size_t i = 0; i < g->w->n; i++)
        if (g->found[c * g->room + i])
            return true;
    return false;
}

void
rw_oracle_sift(struct rw_wheel *g)
{
    unsigned from = g->w->cycle + 1;
    bool looked = false;

    if (g->s->correction_cost <= 0)
        return;
    for (size_t c = 0; c < g->m->n_controls; c++) {
        if (!any_found(g, c) || g->m->controls[c].effect == RW_EFFECT_SUPPORT)
            continue; /* what keeps others working is always put right */
        if (from >= g->m->cycles) {
            memset(g->found + c * g->room, 0, g->w->n);
            continue;
        }
        if (!looked)
            rw_oracle_look(g, from);
        looked = true;
        sift(g, c, from);
        know(g, c, from, g->known + c * g->room);
    }
}
