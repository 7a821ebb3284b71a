/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation believes of controls that others keep working, or
 * whose coming is uncertain. */
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

static bool
delayed(const struct rw_control *x)
{
    return x->delivery.overruns || x->delivery.may_fail;
}

static bool
wanted(const struct rw_wheel *g)
{
    const struct rw_upkeeps *u = &g->m->upkeep;

    return g->plans &&
           (u->supports || u->delays || g->m->n_staged > 0 || g->failings.n > 0);
}

enum rw_err
rw_believe_init(struct rw_wheel *g)
{
    struct rw_believe *b = &g->believe;
    size_t controls = wanted(g) ? g->m->n_controls : 0;
    size_t n = controls * (g->m->cycles + 1), risks = g->m->n_risks;
    double **rows[] = {&b->sum_intended, &b->sum_weak, &b->intended, &b->weak,
        &b->due_intended, &b->due_weak, &b->again_intended, &b->again_weak, &b->weight};
    bool ok;

    b->trial = g->m->n_controls;
    b->special = RW_ARENA_NEW(&g->arena, g->m->n_controls, bool);
    b->standing = RW_ARENA_NEW(&g->arena, controls * g->room, double);
    b->moved = RW_ARENA_NEW(&g->arena, controls, bool);
    b->cost = RW_ARENA_NEW(&g->arena, controls > 0 ? g->room : 0, double);
    b->costs = RW_ARENA_NEW(&g->arena, controls > 0 ? risks * g->room : 0, double);
    b->has_cost = RW_ARENA_NEW(&g->arena, controls > 0 ? risks : 0, bool);
    ok = b->special != NULL && b->standing != NULL && b->moved != NULL &&
         b->cost != NULL && b->costs != NULL && b->has_cost != NULL;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        *rows[k] = RW_ARENA_NEW(&g->arena, n, double);
        ok = ok && *rows[k] != NULL;
    }
    return ok ? RW_OK : RW_ERR_MEMORY;
}

/* P(overrun takes k cycles), as rw_deliver_buy rounds it. */
static void
weigh(const struct rw_wheel *g, size_t c)
{
    const struct rw_delivery *x = &g->m->controls[c].delivery;
    double *w = g->believe.weight + c * (g->m->cycles + 1), before = 0;

    w[0] = 1;
    for (unsigned k = 0; k <= g->m->cycles && x->overruns; k++) {
        double now = rw_dist_cdf(&x->overrun.dist, k * g->m->years * (1 + 0x1p-30));

        w[k] = now - before;
        before = now;
    }
}

void
rw_believe_sums(struct rw_wheel *g)
{
    unsigned cycles = g->m->cycles;

    for (size_t c = 0; c < g->m->n_controls && wanted(g); c++) {
        const struct rw_control *x = &g->m->controls[c];
        double *intended = g->believe.sum_intended + c * (cycles + 1);
        double *weak = g->believe.sum_weak + c * (cycles + 1);

        g->believe.special[c] =
            x->upkeep.supported || delayed(x) || rw_failing_row(g, c) != NULL;
        weigh(g, c);
        for (unsigned age = 0; age < cycles; age++) {
            intended[age + 1] = intended[age] + g->prior->intended[c * cycles + age];
            weak[age + 1] = weak[age] + g->prior->weak[c * cycles + age];
        }
    }
}

/* 1 / mean time until found, audits of rate `found` included, and the chance
 * that what was found works before it fails anew. */
double
rw_believe_available(const struct rw_wheel *g, const struct rw_control *x, double fails,
    const double left[RW_SUPPORTS])
{
    const struct rw_upkeep *u = &x->upkeep;
    double miss = left[RW_SUPPORT_AUDITS], works = 1, audits = 0, unaided, mends, once;
    struct rw_reliability law = {fails * left[RW_SUPPORT_FAILS],
        x->fail_years * left[RW_SUPPORT_FINDS], u->at_most > 0 ? u->at_most : INFINITY,
        u->correction * left[RW_SUPPORT_CORRECTS]};

    for (size_t k = 0; k < x->n_causes; k++) {
        const struct rw_cause *cause = &g->m->dependence.causes[x->causes[k]];

        works /= 1 + cause->fails * cause->fail_years;
    }
    if (u->steady_fails > 0)
        return works * rw_support_reliability(x, fails, left);
    if (law.fails <= 0)
        return works;
    if (rw_wheel_audits(g) > 0)
        audits = (1 - (1 - rw_wheel_audits(g)) * miss) *
                 (1 - (1 - rw_wheel_sensitivity(g)) * miss) * g->m->per_year;
    if (law.years <= 0)
        return works * rw_reliability_available(&law);
    unaided = 1 / law.years;
    mends = g->s->correction_years * left[RW_SUPPORT_CORRECTS];
    once = (unaided * exp(-law.fails * law.correction) +
               audits * exp(-law.fails * mends)) /
           (unaided + audits);
    law.years = 1 / (unaided + audits);
    law.correction = 0;
    return works * once * rw_reliability_available(&law);
}

/* ---- the questions ---- */

/* From running sums over ages: the mean from this cycle to the end, or this
 * cycle's, by the start of operation. */
static void
answer(const struct rw_wheel *g, const double sum[], bool ahead, double to[])
{
    unsigned cycles = g->m->cycles, t = g->w->cycle;

    for (unsigned since = 0; since <= cycles; since++) {
        double before = since < t ? sum[t - since] : 0;

        if (ahead)
            to[since] = (sum[cycles - since] - before) / (cycles - t);
        else
            to[since] = since <= t ? sum[t - since + 1] - sum[t - since] : 0;
    }
}

/* Its worth if bought in cycle b, where it has not come by cycle `after` and does not
 * operate before `wait`: of this roll-out alone, or with those that follow one that
 * fails. */
static double
due(const struct rw_wheel *g, size_t c, unsigned b, unsigned after, unsigned wait,
    const double by[], const double again[])
{
    const struct rw_control *x = &g->m->controls[c];
    const double *w = g->believe.weight + c * (g->m->cycles + 1);
    double sum = 0, mass = 0, p = x->delivery.may_fail ? x->delivery.rollout : 1;
    unsigned cycles = g->m->cycles, last = x->delivery.overruns ? cycles : 0;

    for (unsigned k = 0; k <= last; k++) {
        unsigned since = b + x->build + k, next = since > b ? since : b + 1;

        since = since > wait ? since : wait; /* it may be there, and wait */
        if (since < after || w[k] <= 0)
            continue;
        mass += w[k];
        if (since < cycles)
            sum += w[k] * p * by[since];
        if (again != NULL && next < cycles)
            sum += w[k] * (1 - p) * again[next];
    }
    if (after > b && x->delivery.overruns) /* what comes beyond the horizon */
        mass += rw_dist_sf(&x->delivery.overrun.dist, cycles * g->m->years);
    else if (after <= b)
        mass = 1;
    return mass > 0 ? sum / mass : 0;
}

/* By purchase, those of later cycles first: they are what a failed one turns
 * into. */
static void
ask_delayed(struct rw_wheel *g, size_t c)
{
    struct rw_believe *x = &g->believe;
    unsigned cycles = g->m->cycles, t = g->w->cycle;
    size_t at = c * (cycles + 1);
    struct {
        const double *by;
        double *once, *again;
    } of[] = {{x->intended + at, x->due_intended + at, x->again_intended + at},
        {x->weak + at, x->due_weak + at, x->again_weak + at}};

    for (size_t k = 0; k < 2; k++)
        for (unsigned b = cycles; b-- > 0;) {
            unsigned after = b < t ? t + 1 : b;

            of[k].once[b] = due(g, c, b, after, 0, of[k].by, NULL);
            of[k].again[b] = due(g, c, b, after, 0, of[k].by, of[k].again);
        }
}

/* I and W of control c, bought in cycle b and on its way, in future i; once: it is not
 * bought again if it fails. */
static void
expect_delayed(const struct rw_wheel *g, size_t c, size_t i, unsigned b, bool once,
    double *intended, double *weak)
{
    const struct rw_believe *x = &g->believe;
    size_t row = c * (g->m->cycles + 1);
    unsigned t = g->w->cycle, after = b < t ? t + 1 : b;
    unsigned wait = rw_deliver_wait(g, c, i);

    if (wait <= after) {
        *intended = (once ? x->due_intended : x->again_intended)[row + b];
        *weak = (once ? x->due_weak : x->again_weak)[row + b];
        return;
    }
    *intended = due(
        g, c, b, after, wait, x->intended + row, once ? NULL : x->again_intended + row);
    *weak = due(g, c, b, after, wait, x->weak + row, once ? NULL : x->again_weak + row);
}

/* I and W of control c in future i. */
static void
expect(const struct rw_wheel *g, size_t c, size_t i, double *intended, double *weak)
{
    const struct rw_believe *x = &g->believe;
    size_t at = c * g->room + i, row = c * (g->m->cycles + 1);
    unsigned t = g->w->cycle, since = g->since[at], cycles = g->m->cycles;
    bool trial = c == x->trial, coming = since > t && g->bought[at] != RW_NEVER;

    if ((trial || coming) && delayed(&g->m->controls[c])) {
        unsigned b = trial ? t : g->bought[at];

        expect_delayed(g, c, i, b, trial || g->chosen[at], intended, weak);
        return;
    }
    since = trial ? rw_deliver_expected(g, c, i) : rw_deliver_since(g, c, i);
    since = since < cycles ? since : cycles;
    *intended = x->intended[row + since];
    *weak = x->weak[row + since];
}

double
rw_believe_worth(const struct rw_wheel *g, size_t c, size_t i)
{
    const double *row = rw_believe_row(g, c);
    unsigned since, cycles = g->m->cycles;

    if (row != NULL)
        return row[i];
    since = rw_deliver_since(g, c, i);
    return g->worth[c * (cycles + 1) + (since < cycles ? since : cycles)];
}

bool
rw_believe_support(
    const struct rw_wheel *g, size_t c, size_t i, double left[RW_SUPPORTS])
{
    const struct rw_upkeep *x = &g->m->controls[c].upkeep;
    bool changed = false;

    for (int k = 0; k < RW_SUPPORTS; k++) {
        double product = 1;

        for (size_t j = 0; j < x->n_by[k]; j++)
            product *= 1 - rw_believe_worth(g, x->by[k][j], i);
        changed |= product != left[k];
        left[k] = product;
    }
    return changed;
}

/* Most futures have the supporters of the one before them, and fail as often. */
static void
stand(struct rw_wheel *g, size_t c)
{
    const struct rw_control *x = &g->m->controls[c];
    const double *learned = rw_failing_row(g, c);
    double *row = g->believe.standing + c * g->room, left[RW_SUPPORTS] = {1, 1, 1, 1};
    double fails = g->prior->fails[c], works = rw_believe_available(g, x, fails, left);

    for (size_t i = 0; i < g->w->n; i++) {
        double intended, weak;

        bool moved = learned != NULL && learned[i] != fails;

        fails = moved ? learned[i] : fails;
        if (x->upkeep.supported)
            moved |= rw_believe_support(g, c, i, left);
        if (moved)
            works = rw_believe_available(g, x, fails, left);
        expect(g, c, i, &intended, &weak);
        row[i] = works * intended + (1 - works) * weak;
    }
}

static bool
supported_by(const struct rw_upkeep *x, const bool some[])
{
    bool any = false;

    for (int k = 0; k < RW_SUPPORTS; k++)
        for (size_t j = 0; j < x->n_by[k]; j++)
            any |= some[x->by[k][j]];
    return any;
}

/* The rows that the worth of control c is in, or all; supporters first. */
static void
stand_those(struct rw_wheel *g, size_t c)
{
    bool *moved = g->believe.moved;

    if (g->foresight != NULL) {
        rw_oracle_look(g, g->w->cycle);
        return;
    }
    for (size_t k = 0; k < g->m->n_controls; k++) {
        size_t j = g->m->upkeep.order[k];

        moved[j] = c == g->m->n_controls || j == c ||
                   supported_by(&g->m->controls[j].upkeep, moved);
        if (moved[j] && rw_believe_row(g, j) != NULL)
            stand(g, j);
    }
}

void
rw_believe_ask(struct rw_wheel *g, bool ahead)
{
    struct rw_believe *x = &g->believe;

    for (size_t c = 0; c < g->m->n_controls && wanted(g); c++) {
        size_t at = c * (g->m->cycles + 1);

        answer(g, x->sum_intended + at, ahead, x->intended + at);
        answer(g, x->sum_weak + at, ahead, x->weak + at);
        if (delayed(&g->m->controls[c]))
            ask_delayed(g, c);
    }
    if (wanted(g))
        stand_those(g, g->m->n_controls);
}

const double *
rw_believe_row(const struct rw_wheel *g, size_t c)
{
    bool has = g->believe.special[c] || c == g->believe.trial;

    if (g->foresight != NULL)
        return (c == g->believe.trial ? g->offer : g->known) + c * g->room;
    return has ? g->believe.standing + c * g->room : NULL;
}

/* row <- worth of an ordinary candidate by when what it requires lets it operate. */
static const double *
try_waiting(struct rw_wheel *g, size_t c)
{
    unsigned cycles = g->m->cycles;
    const double *worth = g->worth + c * (cycles + 1);

    for (size_t i = 0; i < g->w->n; i++) {
        unsigned since = rw_deliver_expected(g, c, i);

        g->row[i] = worth[since < cycles ? since : cycles];
    }
    return g->row;
}

const double *
rw_believe_try(struct rw_wheel *g, size_t c, size_t *step)
{
    const struct rw_control *x = &g->m->controls[c];
    unsigned since = g->w->cycle + x->build, cycles = g->m->cycles;

    *step = g->foresight != NULL || g->believe.special[c] || x->n_requires > 0;
    if (g->foresight != NULL)
        return g->offer + c * g->room;
    if (!g->believe.special[c] && x->n_requires > 0)
        return try_waiting(g, c);
    if (!g->believe.special[c])
        return g->worth + c * (cycles + 1) + (since < cycles ? since : cycles);
    g->believe.trial = c;
    stand(g, c);
    memcpy(g->row, g->believe.standing + c * g->room, g->w->n * sizeof *g->row);
    g->believe.trial = g->m->n_controls;
    stand(g, c);
    return g->row;
}

/* ---- benefits by difference ---- */

/* Whether the candidate's effect on the risk does not simply multiply. */
static bool
tangled(const struct rw_wheel *g, size_t c, size_t r)
{
    const struct rw_control *x = &g->m->controls[c];
    const struct rw_risk *k = &g->m->risks[r];

    if (x->effect == RW_EFFECT_SUPPORT)
        return true;
    if (k->staged == NULL)
        return false;
    for (size_t j = 0; j < k->n_controls[x->function]; j++)
        if (k->controls[x->function][j] == c)
            return true;
    return false;
}

/* What the risks cost without candidate c: worked out for the first that asks. */
static void
set_costs_without(struct rw_wheel *g, size_t c)
{
    struct rw_believe *x = &g->believe;

    for (size_t r = 0; r < g->m->n_risks; r++) {
        if (!tangled(g, c, r))
            continue;
        if (!x->has_cost[r])
            rw_value_cost(g, r, x->costs + r * g->room);
        x->has_cost[r] = true;
    }
}

/* benefit += what risk r costs without it less what it costs with it, the trial. */
static void
add_difference(struct rw_wheel *g, size_t c, size_t r, double benefit[])
{
    const double *without = g->believe.costs + r * g->room;
    double *saved = g->believe.cost;

    rw_value_cost(g, r, saved);
    for (size_t i = 0; i < g->w->n; i++) {
        saved[i] = g->bought[c * g->room + i] == RW_NEVER ? without[i] - saved[i] : 0;
        benefit[i] += saved[i];
    }
    rw_doubt_add(g, r, c, saved);
    rw_relief_share(g, r, c, saved, without);
}

static void
add_differences(struct rw_wheel *g, size_t c, double benefit[])
{
    size_t threat = 0;

    for (size_t r = 0; r < g->m->n_risks; r++) {
        if (g->m->risks[r].threat != threat)
            rw_doubt_threat(g, c);
        threat = g->m->risks[r].threat;
        if (tangled(g, c, r))
            add_difference(g, c, r, benefit);
    }
    rw_doubt_threat(g, c);
}

static bool
any_tangled(const struct rw_wheel *g, size_t c)
{
    for (size_t r = 0; r < g->m->n_risks; r++)
        if (tangled(g, c, r))
            return true;
    return false;
}

void
rw_believe_benefits(struct rw_wheel *g)
{
    if (wanted(g))
        memset(g->believe.has_cost, 0, g->m->n_risks * sizeof *g->believe.has_cost);
    for (size_t c = 0; c < g->m->n_controls && wanted(g); c++) {
        double *benefit = g->benefit + c * g->room;

        if (g->m->controls[c].status != RW_STATUS_CANDIDATE || !any_tangled(g, c))
            continue;
        set_costs_without(g, c);
        g->believe.trial = c;
        stand_those(g, c);
        add_differences(g, c, benefit);
        g->believe.trial = g->m->n_controls;
        stand_those(g, c);
    }
}
