/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation believes: of a control, the mean of its estimate,
 * worn by age and weakened by the failures it must expect; of a risk, the
 * prior rate times the mean of the learned multiplier. */
#include "wheel/wheel.h"

#include <string.h>

void
rw_value_init(struct rw_wheel *g)
{
    static const double alone[RW_SUPPORTS] = {1, 1, 1, 1};
    unsigned cycles = g->m->cycles;

    for (size_t c = 0; c < g->m->n_controls; c++) {
        double works =
            rw_believe_available(g, &g->m->controls[c], g->prior->fails[c], alone);
        double *sum = g->believed + c * (cycles + 1);

        sum[0] = 0;
        for (unsigned age = 0; age < cycles; age++)
            sum[age + 1] = sum[age] + works * g->prior->intended[c * cycles + age] +
                           (1 - works) * g->prior->weak[c * cycles + age];
    }
    rw_believe_sums(g);
}

/* worth[c][since] <- mean effect from this cycle to the end. */
static void
look_ahead(struct rw_wheel *g)
{
    unsigned cycles = g->m->cycles, t = g->w->cycle;

    for (size_t c = 0; c < g->m->n_controls; c++) {
        const double *sum = g->believed + c * (cycles + 1);
        double *worth = g->worth + c * (cycles + 1);

        for (unsigned since = 0; since <= cycles; since++) {
            double before = since < t ? sum[t - since] : 0;

            worth[since] = (sum[cycles - since] - before) / (cycles - t);
        }
    }
    rw_believe_ask(g, true);
}

void
rw_value_now(struct rw_wheel *g)
{
    unsigned cycles = g->m->cycles, t = g->w->cycle;

    for (size_t c = 0; c < g->m->n_controls; c++) {
        const double *sum = g->believed + c * (cycles + 1);
        double *worth = g->worth + c * (cycles + 1);

        for (unsigned since = 0; since <= cycles; since++)
            worth[since] = since <= t ? sum[t - since + 1] - sum[t - since] : 0;
    }
    rw_believe_ask(g, false);
}

static double
worth_of(const struct rw_wheel *g, size_t c, unsigned since)
{
    unsigned cycles = g->m->cycles;

    return g->worth[c * (cycles + 1) + (since < cycles ? since : cycles)];
}

static void
fill(size_t n, double x, double row[])
{
    for (size_t i = 0; i < n; i++)
        row[i] = x;
}

/* left[] <- prod (1 - worth) over the controls of functions f .. last. */
static void
believe_left(const struct rw_wheel *g, size_t r, int f, int last, double left[])
{
    const struct rw_risk *x = &g->m->risks[r];

    fill(g->w->n, 1, left);
    for (; f <= last; f++)
        for (size_t k = 0; k < x->n_controls[f]; k++) {
            size_t c = x->controls[f][k];
            const uint16_t *since = g->since + c * g->room;
            const double *row = rw_believe_row(g, c);

            bool waits = row == NULL && g->m->controls[c].n_requires > 0;

            for (size_t i = 0; i < g->w->n && row == NULL && !waits; i++)
                left[i] *= 1 - worth_of(g, c, since[i]);
            for (size_t i = 0; i < g->w->n && waits; i++)
                left[i] *= 1 - worth_of(g, c, rw_deliver_since(g, c, i));
            for (size_t i = 0; i < g->w->n && row != NULL; i++)
                left[i] *= 1 - row[i];
        }
}

/* The risk's b_ rows from the present worths. */
static void
believe(struct rw_wheel *g, size_t r)
{
    believe_left(g, r, RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE, g->b_survive);
    believe_left(
        g, r, RW_FUNCTION_CONTAINMENT, RW_FUNCTION_LOSS_MINIMISATION, g->b_left);
    for (int k = 0; k < 3; k++)
        believe_left(g, r, RW_FUNCTION_VISIBILITY + k, RW_FUNCTION_VISIBILITY + k,
            g->b_absent[k]);
}

static double
chance_seen(const struct rw_wheel *g, double p0, size_t i)
{
    return p0 + (1 - p0) * (1 - g->b_absent[0][i]) * (1 - g->b_absent[1][i]) *
                    (1 - g->b_absent[2][i]);
}

double
rw_value_more_seen(
    const struct rw_wheel *g, size_t r, size_t c, double effect, size_t i)
{
    double p0 = g->m->threats[g->m->risks[r].threat].seen_probability;
    int part = (int)g->m->controls[c].function - RW_FUNCTION_VISIBILITY;

    return (1 - p0) * effect * g->b_absent[part][i] *
           (1 - g->b_absent[(part + 1) % 3][i]) * (1 - g->b_absent[(part + 2) % 3][i]);
}

/* What one event's expected cost falls by: detection and response act on the
 * share that is lost, and what the cover leaves of it is no straight line.  Of
 * a plugin's loss factor the believed mean is taken. */
static double
saved_of_covered(const struct rw_risk *r, enum rw_effect effect, double money,
    double worth, double seen, double left, double more_seen)
{
    double factor = r->mean_loss > 0 ? money / r->mean_loss : 1;
    double whole = rw_risk_kept(r, factor), part = rw_risk_kept(r, factor * left);

    if (effect == RW_EFFECT_PREVENT)
        return worth * ((1 - seen) * whole + seen * part);
    if (effect == RW_EFFECT_RESPOND)
        return seen * (part - rw_risk_kept(r, factor * left * (1 - worth)));
    return more_seen * (whole - part);
}

void
rw_value_believed(const struct rw_wheel *g, size_t r, double times[])
{
    const double *a = g->a + r * g->room, *b = g->b + r * g->room;

    for (size_t i = 0; i < g->w->n; i++)
        times[i] = a[i] / b[i];
    rw_aware_rate(g, r, times);
}

/* rate_ahead, money_ahead <- what is believed where so much was to be expected. */
static void
believe_risk(struct rw_wheel *g, size_t r, double rate, double money)
{
    const double *times = rw_size_times(g, g->m->risks[r].threat);

    rw_value_believed(g, r, g->rate_ahead);
    fill(g->w->n, g->prior->dear[r], g->money_ahead);
    if (times != NULL)
        memcpy(g->money_ahead, times, g->w->n * sizeof *times);
    rw_aware_size(g, r, g->money_ahead);
    for (size_t i = 0; i < g->w->n; i++) {
        g->rate_ahead[i] *= rate;
        g->money_ahead[i] *= money;
    }
}

/* rate_ahead, money_ahead <- of risk r from now to the end of the horizon: events
 * a year if there were no controls, and money for each. */
static void
expect(struct rw_wheel *g, size_t r)
{
    size_t at = r * g->m->cycles + rw_wheel_assessed(g);
    double rate = g->prior->rate_ahead[at], money = g->prior->money_ahead[at];

    if (g->foresight != NULL) {
        rw_foresight_ahead(g->foresight, g->w, r, g->rate_ahead, g->money_ahead);
        return;
    }
    if (g->s->deciding.reassess > 0) { /* it knows no drift */
        rate = g->prior->rate[at] * g->m->per_year;
        money = g->prior->money[at];
    }
    believe_risk(g, r, rate, money);
}

/* Adds what candidate c would save on risk r, whose b_ rows, rate and money are
 * set. */
static void
add_saving(struct rw_wheel *g, size_t r, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const struct rw_risk *k = &g->m->risks[r];
    double p0 = g->m->threats[k->threat].seen_probability;
    size_t step;
    const double *effects = rw_believe_try(g, c, &step);
    double *benefit = g->benefit + c * g->room;

    for (size_t i = 0; i < g->w->n; i++) {
        double events = g->rate_ahead[i] * g->b_survive[i], money = g->money_ahead[i];
        double seen = chance_seen(g, p0, i), more_seen = 0, saved;
        double effect = effects[i * step];

        if (x->effect == RW_EFFECT_DETECT)
            more_seen = rw_value_more_seen(g, r, c, effect, i);
        if (x->effect == RW_EFFECT_PREVENT)
            saved = effect * (1 - seen * (1 - g->b_left[i]));
        else if (x->effect == RW_EFFECT_RESPOND)
            saved = effect * seen * g->b_left[i];
        else
            saved = more_seen * (1 - g->b_left[i]);
        saved *= events * money;
        if (k->cover != NULL)
            saved = events * saved_of_covered(k, x->effect, money, effect, seen,
                                 g->b_left[i], more_seen);
        g->saved[i] = g->bought[c * g->room + i] == RW_NEVER ? saved : 0;
        benefit[i] += g->saved[i];
    }
    rw_doubt_add(g, r, c, g->saved);
    rw_relief_try(g, r, c, effects, step);
}

/* The last risk of its threat is valued. */
static void
close_threat(struct rw_wheel *g, size_t r)
{
    size_t next = r + 1;

    if (next < g->m->n_risks && g->m->risks[next].threat == g->m->risks[r].threat)
        return;
    for (size_t c = 0; c < g->m->n_controls; c++)
        if (g->m->controls[c].status == RW_STATUS_CANDIDATE)
            rw_doubt_threat(g, c);
}

void
rw_value_candidates(struct rw_wheel *g)
{
    memset(g->benefit, 0, g->m->n_controls * g->room * sizeof *g->benefit);
    rw_doubt_begin(g);
    if (g->foresight != NULL)
        rw_oracle_look(g, g->w->cycle);
    else
        look_ahead(g);
    rw_relief_begin(g);
    for (size_t r = 0; r < g->m->n_risks; r++) {
        const struct rw_risk *x = &g->m->risks[r];

        if (x->staged != NULL) { /* by difference */
            rw_relief_risk(g, r);
            continue;
        }
        expect(g, r);
        believe(g, r);
        rw_relief_risk(g, r);
        for (int f = 0; f < RW_FUNCTIONS; f++)
            for (size_t k = 0; k < x->n_controls[f]; k++) {
                size_t c = x->controls[f][k];

                if (g->m->controls[c].status == RW_STATUS_CANDIDATE)
                    add_saving(g, r, c);
            }
        close_threat(g, r);
    }
    rw_believe_benefits(g);
    rw_doubt_end(g);
}

void
rw_value_cost(struct rw_wheel *g, size_t r, double cost[])
{
    const struct rw_risk *x = &g->m->risks[r];
    double p0 = g->m->threats[x->threat].seen_probability;

    expect(g, r);
    if (x->staged != NULL)
        rw_stage_believed(g, r, g->b_survive, cost);
    else
        believe(g, r);
    for (size_t i = 0; i < g->w->n; i++) {
        double rate = g->rate_ahead[i], seen;
        double factor = x->mean_loss > 0 ? g->money_ahead[i] / x->mean_loss : 1;

        if (x->staged != NULL) {
            cost[i] *= rate * factor * g->b_survive[i];
            continue;
        }
        seen = chance_seen(g, p0, i);
        cost[i] = rate * g->b_survive[i] *
                  ((1 - seen) * rw_risk_kept(x, factor) +
                      seen * rw_risk_kept(x, factor * g->b_left[i]));
    }
}

static bool
covers(const struct rw_wheel *g, size_t c, size_t r)
{
    const struct rw_risk *x = &g->m->risks[r];
    enum rw_function f = g->m->controls[c].function;

    for (size_t k = 0; k < x->n_controls[f]; k++)
        if (x->controls[f][k] == c)
            return true;
    return false;
}

void
rw_value_change(struct rw_wheel *g, size_t c, const double worse[],
    const double better[], double benefit[])
{
    double *known = g->known + c * g->room;
    size_t bytes = g->w->n * sizeof *known;

    fill(g->w->n, 0, benefit);
    for (size_t r = 0; r < g->m->n_risks; r++) {
        if (!covers(g, c, r))
            continue;
        memcpy(known, worse, bytes);
        rw_value_cost(g, r, g->saved);
        for (size_t i = 0; i < g->w->n; i++)
            benefit[i] += g->saved[i];
        memcpy(known, better, bytes);
        rw_value_cost(g, r, g->saved);
        for (size_t i = 0; i < g->w->n; i++)
            benefit[i] -= g->saved[i];
    }
}

void
rw_value_exposure(struct rw_wheel *g, size_t r, unsigned assessed, double exposure[])
{
    double p0 = g->m->threats[g->m->risks[r].threat].seen_probability;
    double rate = g->prior->rate[r * g->m->cycles + assessed];

    believe(g, r);
    for (size_t i = 0; i < g->w->n; i++)
        exposure[i] = rate * g->b_survive[i] * chance_seen(g, p0, i);
}

void
rw_value_year(struct rw_wheel *g, size_t r, bool ahead, double events[], double seen[],
    double left[], double money[])
{
    const struct rw_risk *x = &g->m->risks[r];
    size_t at = r * g->m->cycles + rw_wheel_assessed(g);
    double p0 = g->m->threats[x->threat].seen_probability;
    double mean = x->mean_loss > 0 ? x->mean_loss : 1;

    if (ahead)
        expect(g, r);
    else
        believe_risk(g, r, g->prior->rate[at] * g->m->per_year, g->prior->money[at]);
    believe(g, r);
    for (size_t i = 0; i < g->w->n; i++) {
        events[i] = g->rate_ahead[i] * (x->staged != NULL ? 1 : g->b_survive[i]);
        seen[i] = chance_seen(g, p0, i);
        left[i] = g->b_left[i];
        money[i] = g->money_ahead[i] / mean;
    }
}
