/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check: what the organisation learns at a cycle's end.  It counts the
 * incidents that came to light, compares them with what it expected under the
 * controls it believes to stand, and audits a share of its controls. */
#include "num/belief.h"
#include "num/cpu.h"
#include "wheel/partner.h"
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

static void
count_seen(struct rw_wheel *g, size_t r)
{
    rw_light_take(g, r, g->new_seen);
    rw_row_add(g->w->n, g->new_seen, g->acc.seen);
}

RW_CPU_EACH void
wait_on_by(size_t n, double due, double kept, double *restrict waits,
    double *restrict exposure)
{
    for (size_t i = 0; i < n; i++) {
        double come = waits[i] * due + exposure[i] * (1 - kept);

        waits[i] += exposure[i] - come;
        exposure[i] = come;
    }
}
RW_CPU_VARIANTS(void, wait_on,
    (size_t n, double due, double kept, double waits[], double exposure[]),
    (n, due, kept, waits, exposure))

/* What of the exposure ought to have come to light by the cycle's end, when
 * incidents wait for an exponential time of mean d: of this cycle's, whose
 * times are uniform over its D years, 1 - d / D (1 - e^-(D/d)); of what still
 * waits, 1 - e^-(D/d). */
static void
await(const struct rw_wheel *g, size_t r, double waits[], double exposure[])
{
    double d = g->m->threats[g->m->risks[r].threat].seen_delay * g->m->per_year;
    double due = d > 0 ? -expm1(-1 / d) : 1, kept = d * due;

    wait_on(g->w->n, due, kept, waits, exposure);
}

void
rw_check_assess(struct rw_wheel *g)
{
    size_t bytes = g->m->n_risks * g->room * sizeof *g->b;

    if (g->s->deciding.reassess == 0 || g->w->cycle == 0 ||
        rw_wheel_assessed(g) != g->w->cycle)
        return;
    if (g->lessons & 1u << RW_LESSON_RATES)
        memcpy(g->b, g->b_anew, bytes);
    memcpy(g->waits, g->waits_anew, bytes);
    rw_size_assess(g);
}

/* row <- incidents that ought to have come to light in this cycle; of attacks in
 * stages, whose exposure is kept by the cycle in which it is due, b_anew takes them
 * in the proportion of this cycle's rates. */
static void
expose(struct rw_wheel *g, size_t r)
{
    const double *rate = g->prior->rate + r * g->m->cycles;
    unsigned t = g->w->cycle, assessed = rw_wheel_assessed(g);
    bool staged = g->m->risks[r].staged != NULL, anew = g->s->deciding.reassess > 0;
    double *b = g->b_anew + (anew ? r * g->room : 0);

    if (anew && !staged) {
        rw_value_exposure(g, r, t, g->row);
        await(g, r, g->waits_anew + r * g->room, g->row);
        for (size_t i = 0; i < g->w->n; i++)
            b[i] = g->s->discount * b[i] + g->row[i];
    }
    if (staged) {
        rw_stage_exposure(g, r, rate[assessed], g->row);
    } else {
        rw_value_exposure(g, r, assessed, g->row);
        await(g, r, g->waits + r * g->room, g->row);
    }
    for (size_t i = 0; i < g->w->n && anew && staged; i++)
        b[i] = g->s->discount * b[i] +
               g->row[i] * (rate[assessed] > 0 ? rate[t] / rate[assessed] : 1);
}

/* What partners tell is evidence under either rate. */
static void
hear_partners(struct rw_wheel *g, size_t r)
{
    size_t n = g->w->n;

    memcpy(g->effect, g->row, n * sizeof *g->row);
    rw_partners_tell(g, r, g->new_seen, g->row);
    for (size_t i = 0; i < n && g->s->deciding.reassess > 0; i++)
        g->b_anew[r * g->room + i] += g->row[i] - g->effect[i];
}

static void
learn(struct rw_wheel *g, size_t r)
{
    bool rates = g->lessons & 1u << RW_LESSON_RATES;

    expose(g, r);
    rw_trigger_expect(g, r, g->row);
    rw_foretold_add(&g->told, g->m->n_risks, rates ? g->s->discount : 1,
        g->a + r * g->room, g->b + r * g->room, g->row, g->new_seen);
    if (!rates)
        return;
    hear_partners(g, r);
    rw_belief_update(g->w->n, g->s->discount, g->new_seen, g->row, g->a + r * g->room,
        g->b + r * g->room);
}

/* An audit that sees looks at what operates. */
static bool
finds(struct rw_wheel *g, size_t c, size_t i)
{
    return rw_wheel_mends(g) ? rw_fail_audited(g, c, i) : rw_fail_unknown(g, c, i);
}

/* Who knows the truth needs no audit. */
static void
know_failed(const struct rw_wheel *g, size_t c, uint8_t found[])
{
    for (size_t i = 0; i < g->w->n; i++)
        found[i] = g->since[c * g->room + i] <= g->w->cycle && rw_fail_unknown(g, c, i);
}

/* Share of operating controls that is audited, or its sensitivity, in a future. */
static double
raised(const struct rw_wheel *g, size_t c, size_t i, double share)
{
    return g->m->controls[c].upkeep.n_by[RW_SUPPORT_AUDITS] > 0
               ? rw_support_raised(g, c, i, share)
               : share;
}

/* An audit of control c, which operates, that sees a failure if chance is below its
 * sensitivity. */
static void
audit_one(struct rw_wheel *g, size_t c, size_t i, double chance)
{
    g->acc.spend[i] += g->s->audit_cost;
    g->acc.wheel_spend[i] += g->s->audit_cost;
    if (g->progress != NULL)
        g->progress->audited[i] = (uint16_t)(g->w->cycle + 1);
    g->found[c * g->room + i] =
        chance < raised(g, c, i, g->s->audit_sensitivity) && finds(g, c, i);
    rw_failing_audited(g, c, i, g->found[c * g->room + i]);
}

/* Those that are due by chance: the draws are the same for every strategy. */
static void
audit_some(struct rw_wheel *g, size_t c)
{
    const double(*u)[4] = rw_world_audits(g->w, c);
    const uint16_t *since = g->since + c * g->room;
    bool supported = g->m->controls[c].upkeep.n_by[RW_SUPPORT_AUDITS] > 0;
    double share = g->s->audit_share;
    size_t n = 0;

    for (size_t i = 0; i < g->w->n; i++) {
        if (supported)
            share = raised(g, c, i, g->s->audit_share);
        g->due[n] = (uint32_t)i;
        n += (since[i] <= g->w->cycle) & (u[i][0] < share);
    }
    for (size_t j = 0; j < n; j++)
        audit_one(g, c, g->due[j], u[g->due[j]][1]);
}

void
rw_check_audit(struct rw_wheel *g, size_t c)
{
    uint8_t *found = g->found + c * g->room;

    memset(found, 0, g->w->n);
    if (g->m->controls[c].fails <= 0 || g->s->deciding.no_check)
        return;
    if (g->foresight != NULL)
        know_failed(g, c, found);
    else if (g->s->audit_share > 0)
        audit_some(g, c);
}

/* In one future, of a control that was not due by chance. */
static void
audit_rest(struct rw_wheel *g, size_t c, size_t i)
{
    struct rw_stream at = {g->w->seed, g->m->controls[c].audit_lane};
    double u[4];

    if (g->since[c * g->room + i] > g->w->cycle)
        return;
    rw_stream_quad(at, g->w->first + i, g->w->cycle, u);
    if (!(u[0] < raised(g, c, i, g->s->audit_share)))
        audit_one(g, c, i, u[2]);
}

void
rw_check_all(struct rw_wheel *g, size_t i)
{
    for (size_t c = 0; c < g->m->n_controls && g->foresight == NULL; c++)
        if (g->m->controls[c].fails > 0)
            audit_rest(g, c, i);
}

void
rw_check_learn(struct rw_wheel *g)
{
    if (g->watches) {
        rw_foretold_open(&g->told);
        rw_value_now(g);
        rw_trust_hold(g); /* nothing is bought while it learns */
    }
    rw_trigger_open(g);
    for (size_t r = 0; r < g->m->n_risks; r++) {
        count_seen(g, r);
        rw_trigger_see(g, r);
        if (g->watches)
            learn(g, r);
    }
    rw_trust_release(g);
    rw_size_learn(g);
    rw_failing_open(g);
}

void
rw_check_close(struct rw_wheel *g)
{
    rw_trigger_check(g);
    rw_failing_tell(g);
}

void
rw_wheel_check(struct rw_wheel *g)
{
    rw_check_learn(g);
    for (size_t c = 0; c < g->m->n_controls; c++)
        rw_check_audit(g, c);
    rw_check_close(g);
}
