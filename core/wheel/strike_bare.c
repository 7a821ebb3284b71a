/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source that nothing stands against: every strategy is hit by every event. */
#include "num/cpu.h"
#include "num/row.h"
#include "wheel/strike.h"

enum { STEP = RW_RANKS_STEP };

/* Two losses of one form: they would be booked in another order. */
static bool
repeats_a_form(const struct rw_threat *t)
{
    bool has[RW_FORMS] = {false};

    for (size_t j = 0; j < t->n_losses; j++) {
        if (has[t->losses[j].form])
            return true;
        has[t->losses[j].form] = true;
    }
    return false;
}

/* Whether it does not matter of its events which is which. */
static bool
is_bare(const struct rw_world *w, struct rw_wheel *const g[], size_t n, size_t risk)
{
    const struct rw_risk *r = &w->m->risks[risk];

    if (r->cover != NULL || repeats_a_form(&w->m->threats[r->threat]))
        return false;
    for (size_t s = 0; s < n; s++)
        if (!g[s]->untouched[risk] || rw_size_notes(g[s], r->threat))
            return false;
    return true;
}

RW_CPU_EACH void
take_by(
    size_t n, const double *restrict x, double *restrict sum, double *restrict largest)
{
    for (size_t j = 0; j < n; j++) {
        sum[j] += x[j];
        largest[j] = x[j] > largest[j] ? x[j] : largest[j];
    }
}
RW_CPU_VARIANTS(void, take,
    (size_t n, const double x[], double sum[], double largest[]), (n, x, sum, largest))

/* Forms are booked one by one only where there are several: the account's gathering
 * knows of one. */
static size_t
forms_of(const struct rw_threat *t)
{
    return t->n_losses > 1 ? t->n_losses : 0;
}

static double *
form_of(const struct rw_wheel *g, const struct rw_threat *t, size_t j)
{
    return g->acc.form_loss + t->losses[j].form * g->room;
}

/* The sums so far of these futures, strategy by strategy and form by form. */
static void
fetch_forms(struct rw_strike *x, struct rw_wheel *const g[], size_t n,
    const struct rw_threat *t, const struct rw_ranks *r)
{
    const uint32_t *future = r->future + r->from;
    double(*row)[STEP] = x->formed;

    for (size_t s = 0; s < n; s++)
        for (size_t j = 0; j < forms_of(t); j++, row++)
            for (size_t i = 0; i < r->n; i++)
                (*row)[i] = form_of(g[s], t, j)[future[i]];
}

static void
return_forms(const struct rw_strike *x, struct rw_wheel *const g[], size_t n,
    const struct rw_threat *t, const struct rw_ranks *r)
{
    const uint32_t *future = r->future + r->from;
    const double(*row)[STEP] = (const double(*)[STEP])x->formed;

    for (size_t s = 0; s < n; s++)
        for (size_t j = 0; j < forms_of(t); j++, row++)
            for (size_t i = 0; i < r->n; i++)
                form_of(g[s], t, j)[future[i]] = (*row)[i];
}

/* All events of the futures at hand. */
static void
add_up(struct rw_strike *x, struct rw_world *w, struct rw_wheel *const g[], size_t n,
    const struct rw_threat *t, const struct rw_ranks *r)
{
    const uint32_t *future = r->future + r->from;
    double sum[STEP], most[STEP];
    const double *total;

    rw_row_fill(r->n, 0, sum);
    rw_row_fill(r->n, 0, most);
    fetch_forms(x, g, n, t, r);
    for (unsigned k = 0; k < r->most; k++) {
        size_t have = rw_world_rank_losses(w, k, x->loss, x->sums, &total);
        double(*row)[STEP] = x->formed;

        if (have == 0)
            break;
        take(have, total, sum, most);
        for (size_t s = 0; s < n; s++)
            for (size_t j = 0; j < forms_of(t); j++, row++)
                rw_row_add(have, x->loss[j], *row);
    }
    return_forms(x, g, n, t, r);
    for (size_t j = 0; j < r->n; j++) {
        x->cost[future[j]] = sum[j];
        x->largest[future[j]] = most[j];
    }
}

RW_CPU_EACH uint32_t
count_by(size_t n, const uint8_t *restrict number, double *restrict incidents,
    uint32_t *restrict now)
{
    uint32_t any = 0;

    for (size_t i = 0; i < n; i++) {
        incidents[i] += number[i];
        now[i] += number[i];
        any |= number[i];
    }
    return any;
}
RW_CPU_VARIANTS(uint32_t, count,
    (size_t n, const uint8_t number[], double incidents[], uint32_t now[]),
    (n, number, incidents, now))

/* Of amounts with a floor or cap every event draws one. */
static void
count_draws(
    struct rw_wheel *g, const struct rw_risk *k, size_t n, const uint8_t number[])
{
    const struct rw_threat *t = &g->m->threats[k->threat];

    for (size_t j = 0; j < t->n_losses; j++) {
        size_t row = k->scale[j] > 0 ? t->losses[j].drawn[RW_ENDING_FULL] : 0;

        for (size_t i = 0; row > 0 && i < n; i++)
            g->acc.drawn[(row - 1) * g->room + i] += number[i];
    }
}

static void
book(const struct rw_strike *x, struct rw_wheel *g, size_t risk,
    const struct rw_ranks *r)
{
    struct rw_strike_rows to = rw_strike_rows_of(g, risk);
    const struct rw_risk *k = &g->m->risks[risk];
    size_t n = g->w->n;

    *to.any |= count(n, r->number, to.incidents, to.now) > 0;
    rw_row_add(n, x->cost, to.loss);
    rw_row_most(n, x->largest, to.largest);
    if (g->m->threats[k->threat].bounded)
        count_draws(g, k, n, r->number);
}

bool
rw_strike_bare(struct rw_strike *x, struct rw_world *w, struct rw_wheel *const g[],
    size_t n, size_t source)
{
    size_t risk = w->m->sources[source].first_risk;
    const struct rw_threat *t = &w->m->threats[w->m->sources[source].threat];
    const struct rw_ranks *r;

    if (!rw_world_ranked(w, source) || !is_bare(w, g, n, risk))
        return false;
    r = rw_world_rank(w, source);
    rw_row_fill(w->n, 0, x->cost);
    rw_row_fill(w->n, 0, x->largest);
    for (size_t from = 0; from < r->over[0]; from += STEP) {
        rw_world_rank_turn(w, from);
        add_up(x, w, g, n, t, r);
    }
    for (unsigned k = 0; k < r->most; k++)
        x->events += r->over[k];
    for (size_t s = 0; s < n; s++)
        book(x, g[s], risk, r);
    return true;
}
