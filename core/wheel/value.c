/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation believes: of a control, the mean of its estimate,
 * worn by age and weakened by the failures it must expect; of a risk, the
 * prior rate times the mean of the learned multiplier. */
#include "num/cpu.h"
#include "num/row.h"
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

double
rw_value_more_seen(
    const struct rw_wheel *g, size_t r, size_t c, double effect, size_t i)
{
    double p0 = g->m->threats[g->m->risks[r].threat].seen_probability;
    int part = (int)g->m->controls[c].function - RW_FUNCTION_VISIBILITY;
    const double *const *absent = g->trust.absent;

    return (1 - p0) * effect * absent[part][i] * (1 - absent[(part + 1) % 3][i]) *
           (1 - absent[(part + 2) % 3][i]);
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

RW_CPU_EACH void
divide_by(size_t n, const double *restrict a, const double *restrict b,
    double *restrict times)
{
    for (size_t i = 0; i < n; i++)
        times[i] = a[i] / b[i];
}
RW_CPU_VARIANTS(void, divide,
    (size_t n, const double a[], const double b[], double times[]), (n, a, b, times))

void
rw_value_believed(const struct rw_wheel *g, size_t r, double times[])
{
    divide(g->w->n, g->a + r * g->room, g->b + r * g->room, times);
    rw_aware_rate(g, r, times);
}

/* rate_ahead, money_ahead <- what is believed where so much was to be expected. */
static void
believe_risk(struct rw_wheel *g, size_t r, double rate, double money)
{
    const double *times = rw_size_times(g, g->m->risks[r].threat);

    rw_value_believed(g, r, g->rate_ahead);
    rw_row_fill(g->w->n, g->prior->dear[r], g->money_ahead);
    if (times != NULL)
        memcpy(g->money_ahead, times, g->w->n * sizeof *times);
    rw_aware_size(g, r, g->money_ahead);
    rw_row_scale(g->w->n, rate, g->rate_ahead);
    rw_row_scale(g->w->n, money, g->money_ahead);
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

/* A candidate on a risk, rows (n). */
struct
try {
    const double *events, *money; /* events a year that come through, money for each */
    const double *seen, *left;    /* of these; what response leaves */
    const double *absent[3];      /* of detection; its own function first */
    const double *effects;
    const uint16_t *bought; /* RW_NEVER: it may be saved */
    double p0;
};

#define SAVE(SAVED)                                                                    \
    for (size_t i = 0; i < n; i++) {                                                   \
        double each = (SAVED) * (events[i] * money[i]);                                \
                                                                                       \
        saved[i] = bought[i] == RW_NEVER ? each : 0;                                   \
    }

RW_CPU_EACH void
save_by(size_t n, const struct try *x, enum rw_effect effect, double *restrict saved)
{
    const double *restrict events = x->events, *restrict money = x->money;
    const double *restrict seen = x->seen, *restrict left = x->left;
    const double *restrict own = x->absent[0], *restrict one = x->absent[1];
    const double *restrict two = x->absent[2], *restrict effects = x->effects;
    const uint16_t *restrict bought = x->bought;
    const double rest = 1 - x->p0;

    if (effect == RW_EFFECT_PREVENT)
        SAVE(effects[i] * (1 - seen[i] * (1 - left[i])))
    else if (effect == RW_EFFECT_RESPOND)
        SAVE(effects[i] * seen[i] * left[i])
    else
        SAVE(rest * effects[i] * own[i] * (1 - one[i]) * (1 - two[i]) * (1 - left[i]))
}
RW_CPU_VARIANTS(void, save,
    (size_t n, const struct try *x, enum rw_effect effect, double saved[]),
    (n, x, effect, saved))

static void
save_of_covered(struct rw_wheel *g, size_t r, size_t c, const double effects[])
{
    const struct rw_control *x = &g->m->controls[c];
    const struct rw_trust *k = &g->trust;

    for (size_t i = 0; i < g->w->n; i++) {
        double more_seen = x->effect == RW_EFFECT_DETECT
                               ? rw_value_more_seen(g, r, c, effects[i], i)
                               : 0;
        double saved = g->events_ahead[i] * saved_of_covered(&g->m->risks[r], x->effect,
                                                g->money_ahead[i], effects[i],
                                                k->seen[i], k->left[i], more_seen);

        g->saved[i] = g->bought[c * g->room + i] == RW_NEVER ? saved : 0;
    }
}

/* Adds what candidate c would save on risk r, of which everything is set. */
static void
add_saving(struct rw_wheel *g, size_t r, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const struct rw_risk *k = &g->m->risks[r];
    const double *const *absent = g->trust.absent;
    int own =
        x->effect == RW_EFFECT_DETECT ? (int)x->function - RW_FUNCTION_VISIBILITY : 0;
    const struct try t = {.events = g->events_ahead,
        .money = g->money_ahead,
        .seen = g->trust.seen,
        .left = g->trust.left,
        .absent = {absent[own], absent[(own + 1) % 3], absent[(own + 2) % 3]},
        .effects = rw_trust_try(g, c),
        .bought = g->bought + c * g->room,
        .p0 = g->m->threats[k->threat].seen_probability};

    if (k->cover == NULL)
        save(g->w->n, &t, x->effect, g->saved);
    else
        save_of_covered(g, r, c, t.effects);
    rw_row_add(g->w->n, g->saved, g->benefit + c * g->room);
    rw_doubt_add(g, r, c, g->saved);
    rw_relief_try(g, r, c, t.effects);
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

/* No candidate has a benefit yet; nothing else has one ever. */
static void
open_candidates(struct rw_wheel *g)
{
    for (size_t c = 0; c < g->m->n_controls; c++) {
        const uint16_t *bought = g->bought + c * g->room;

        g->open[c] = false;
        if (g->m->controls[c].status != RW_STATUS_CANDIDATE)
            continue;
        g->open[c] = rw_row_cycles(g->w->n, bought, 0).last == RW_NEVER;
        memset(g->benefit + c * g->room, 0, g->room * sizeof *g->benefit);
    }
}

void
rw_value_candidates(struct rw_wheel *g)
{
    open_candidates(g);
    rw_doubt_begin(g);
    if (g->foresight != NULL)
        rw_oracle_look(g, g->w->cycle);
    else
        look_ahead(g);
    rw_trust_hold(g); /* until the first trial */
    rw_relief_begin(g);
    for (size_t r = 0; r < g->m->n_risks; r++) {
        const struct rw_risk *x = &g->m->risks[r];

        if (x->staged != NULL) { /* by difference */
            rw_relief_risk(g, r);
            continue;
        }
        expect(g, r);
        rw_trust_risk(g, r);
        memcpy(g->events_ahead, g->rate_ahead, g->w->n * sizeof *g->rate_ahead);
        rw_row_times(g->w->n, g->trust.survive, g->events_ahead);
        rw_relief_risk(g, r);
        for (int f = 0; f < RW_FUNCTIONS; f++)
            for (size_t k = 0; k < x->n_controls[f]; k++) {
                size_t c = x->controls[f][k];

                if (g->open[c]) /* else it saves 0 everywhere */
                    add_saving(g, r, c);
            }
        close_threat(g, r);
    }
    rw_trust_release(g);
    rw_believe_benefits(g);
    rw_doubt_end(g);
}

/* cost[] *= what an attack's expected cost is multiplied by. */
static void
cost_staged(struct rw_wheel *g, size_t r, double cost[])
{
    const struct rw_risk *x = &g->m->risks[r];

    rw_stage_believed(g, r, g->events_ahead, cost);
    for (size_t i = 0; i < g->w->n; i++) {
        double factor = x->mean_loss > 0 ? g->money_ahead[i] / x->mean_loss : 1;

        cost[i] *= g->rate_ahead[i] * factor * g->events_ahead[i];
    }
}

void
rw_value_cost(struct rw_wheel *g, size_t r, double cost[])
{
    const struct rw_risk *x = &g->m->risks[r];
    const struct rw_trust *k = &g->trust;

    expect(g, r);
    if (x->staged != NULL) {
        cost_staged(g, r, cost);
        return;
    }
    rw_trust_risk(g, r);
    for (size_t i = 0; i < g->w->n; i++) {
        double factor = x->mean_loss > 0 ? g->money_ahead[i] / x->mean_loss : 1;

        cost[i] = g->rate_ahead[i] * k->survive[i] *
                  ((1 - k->seen[i]) * rw_risk_kept(x, factor) +
                      k->seen[i] * rw_risk_kept(x, factor * k->left[i]));
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

    rw_row_fill(g->w->n, 0, benefit);
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

RW_CPU_EACH void
expose_by(size_t n, double rate, const double *restrict survive,
    const double *restrict seen, double *restrict exposure)
{
    for (size_t i = 0; i < n; i++)
        exposure[i] = rate * survive[i] * seen[i];
}
RW_CPU_VARIANTS(void, expose,
    (size_t n, double rate, const double survive[], const double seen[],
        double exposure[]),
    (n, rate, survive, seen, exposure))

void
rw_value_exposure(struct rw_wheel *g, size_t r, unsigned assessed, double exposure[])
{
    rw_trust_risk(g, r);
    expose(g->w->n, g->prior->rate[r * g->m->cycles + assessed], g->trust.survive,
        g->trust.seen, exposure);
}

void
rw_value_year(struct rw_wheel *g, size_t r, bool ahead, double events[], double seen[],
    double left[], double money[])
{
    const struct rw_risk *x = &g->m->risks[r];
    size_t at = r * g->m->cycles + rw_wheel_assessed(g);
    double mean = x->mean_loss > 0 ? x->mean_loss : 1;

    if (ahead)
        expect(g, r);
    else
        believe_risk(g, r, g->prior->rate[at] * g->m->per_year, g->prior->money[at]);
    rw_trust_risk(g, r);
    for (size_t i = 0; i < g->w->n; i++) {
        events[i] = g->rate_ahead[i] * (x->staged != NULL ? 1 : g->trust.survive[i]);
        seen[i] = g->trust.seen[i];
        left[i] = g->trust.left[i];
        money[i] = g->money_ahead[i] / mean;
    }
}
