/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/note.h"

#include "num/row.h"

#include <stdlib.h>
#include <string.h>

/* One for all who know the truth. */
static enum rw_err
make_foresight(struct rw_turn *x, struct rw_error *e)
{
    for (size_t k = 0; k < x->n; k++) {
        if (x->wheels[k]->s->deciding.knows != RW_KNOWS_TRUTH)
            continue;
        if (x->foresight == NULL) {
            enum rw_err err = rw_foresight_new(x->w, &x->foresight, e);

            if (err != RW_OK)
                return err;
        }
        x->wheels[k]->foresight = x->foresight;
    }
    return RW_OK;
}

enum rw_err
rw_turn_new(const struct rw_model *m, uint64_t seed, const size_t strategies[],
    size_t n, const struct rw_prior *prior, size_t room,
    const volatile sig_atomic_t *stop, struct rw_turn **out, struct rw_error *e)
{
    struct rw_turn *x = calloc(1, sizeof *x);
    enum rw_err err = RW_OK;

    *out = x;
    if (x == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a worker");
    x->n = n;
    x->layout = rw_layout_of(m, n);
    x->wheels = calloc(n, sizeof *x->wheels);
    x->bands = calloc(n * m->cycles, sizeof *x->bands);
    x->share = calloc(room, sizeof *x->share);
    x->rows = calloc(m->benefit ? (m->n_controls + 2) * room : 1, sizeof *x->rows);
    if (x->wheels == NULL || x->bands == NULL || x->share == NULL || x->rows == NULL ||
        rw_strike_init(&x->strike, m, room, n) != RW_OK)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a worker");
    err = rw_world_new(m, seed, room, stop, &x->w, e);
    for (size_t k = 0; k < n && err == RW_OK; k++)
        err =
            rw_wheel_new(x->w, &m->strategies[strategies[k]], prior, &x->wheels[k], e);
    return err == RW_OK ? make_foresight(x, e) : err;
}

void
rw_turn_free(struct rw_turn *x)
{
    if (x == NULL)
        return;
    for (size_t k = 0; x->wheels != NULL && k < x->n; k++)
        rw_wheel_free(x->wheels[k]);
    rw_foresight_free(x->w, x->foresight);
    rw_world_free(x->w);
    free(x->wheels);
    free(x->bands);
    free(x->share);
    free(x->rows);
    rw_strike_fini(&x->strike);
    free(x);
}

void
rw_turn_nest(struct rw_turn *x, size_t histories)
{
    x->w->histories = histories;
    free(x->bands);
    x->bands = NULL;
    for (size_t s = 0; s < x->n; s++) /* what is for the ledger alone */
        x->wheels[s]->parts.on = x->wheels[s]->benefits.on = false;
}

/* Control by control they audit by the same draws. */
static void
check(struct rw_turn *x)
{
    const struct rw_model *m = x->w->m;

    for (size_t s = 0; s < x->n; s++) {
        rw_stage_due(x->wheels[s]);
        rw_account_gather(&x->wheels[s]->acc, m, x->w->n);
        rw_check_learn(x->wheels[s]);
    }
    for (size_t c = 0; c < m->n_controls; c++)
        for (size_t s = 0; s < x->n; s++)
            rw_check_audit(x->wheels[s], c);
    for (size_t s = 0; s < x->n; s++)
        rw_check_close(x->wheels[s]);
}

void
rw_turn_even(struct rw_turn *x, const struct rw_quasi *q)
{
    x->w->quasi = q;
}

/* Plan and Do of every strategy, the events, Check and Act. */
static enum rw_err
turn_cycle(struct rw_turn *x, unsigned t, struct rw_error *e)
{
    const struct rw_model *m = x->w->m;
    enum rw_err err = rw_world_cycle(x->w, t, e);

    for (size_t s = 0; s < x->n && err == RW_OK; s++) {
        rw_account_open(&x->wheels[s]->acc, m, t);
        err = rw_wheel_plan(x->wheels[s], e);
        if (err == RW_OK)
            err = rw_wheel_do(x->wheels[s], e);
    }
    for (size_t s = 1; s < x->n && err == RW_OK; s++)
        rw_benefit_cycle(x->wheels[s], x->wheels[0]);
    for (size_t k = 0; k < m->n_sources && err == RW_OK; k++)
        rw_strike(&x->strike, x->w, x->wheels, x->n, k);
    for (size_t k = 0; k < m->dependence.n_shocks && err == RW_OK; k++)
        rw_strike_shock(&x->strike, x->w, x->wheels, x->n, k);
    if (x->foresight != NULL)
        rw_foresight_pass(x->foresight, x->w);
    if (err == RW_OK)
        check(x);
    for (size_t s = 0; s < x->n && err == RW_OK; s++) {
        rw_wheel_act(x->wheels[s]);
        rw_progress_cycle(x->wheels[s]);
        rw_account_close(&x->wheels[s]->acc, m, x->w->n, t);
    }
    if (err == RW_OK && rw_world_stopped(x->w))
        err = rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    return err;
}

static void
keep(double *all[], size_t at, uint64_t index, const double row[], size_t n)
{
    if (all != NULL)
        memcpy(all[at] + index, row, n * sizeof *row);
}

/* Most strategies spend nothing in any future, or something in all of them. */
static void
keep_spend(
    const struct rw_sink *sink, size_t s, uint64_t index, const double row[], size_t n)
{
    if (sink->spent != NULL) {
        if (rw_row_nothing(n, row))
            return;
        __atomic_store_n(&sink->spent[s], true, __ATOMIC_RELAXED);
    }
    keep(sink->spend, s, index, row, n);
}

static void
keep_npv(const struct rw_sink *sink, size_t s, uint64_t index, const struct rw_wheel *g,
    size_t n)
{
    const struct rw_account *a = &g->acc;

    if (!rw_account_follows(g->m))
        keep(sink->npv, s, index, a->npv, n);
    else if (sink->npv != NULL)
        rw_account_worth(g->m, n, a->total_loss, a->total_spend, sink->npv[s] + index);
}

static void
keep_year(const struct rw_turn *x, size_t s, unsigned year, uint64_t index, size_t n,
    const struct rw_sink *sink)
{
    const struct rw_account *a = &x->wheels[s]->acc;
    size_t at = s * x->w->m->n_years + year;

    keep(sink->year_loss, at, index, a->year_loss, n);
    keep(sink->year_largest, at, index, a->year_largest + year * a->room, n);
}

/* The cycle's loss of the watched risks, added up over the first year. */
static void
watch(const struct rw_turn *x, unsigned t, uint64_t first, size_t n,
    const struct rw_sink *sink)
{
    const struct rw_wheel *g = x->wheels[0];

    for (size_t k = 0; k < sink->n_watched && t < g->m->per_year; k++) {
        const double *row = g->acc.risk_loss + sink->watched[k] * g->room;
        double *to = sink->risk_year[k] + first;

        for (size_t i = 0; i < n; i++)
            to[i] = t > 0 ? to[i] + row[i] : row[i];
    }
}

enum rw_err
rw_turn_block(struct rw_turn *x, uint64_t first, size_t n, const struct rw_sink *sink,
    struct rw_moments ledger[], struct rw_error *e)
{
    const struct rw_model *m = x->w->m;
    uint64_t index = first - sink->first;
    bool noted = x->bands != NULL;
    enum rw_err err = x->foresight != NULL
                          ? rw_foresight_begin(x->foresight, x->w, first, n, e)
                          : rw_world_begin(x->w, first, n, e);

    for (size_t s = 0; s < x->n && err == RW_OK; s++)
        err = rw_wheel_begin(x->wheels[s], e);
    for (unsigned t = 0; t < m->cycles && err == RW_OK; t++) {
        err = turn_cycle(x, t, e);
        if (err == RW_OK)
            watch(x, t, index, n, sink);
        for (size_t s = 0; s < x->n && err == RW_OK; s++) {
            if (noted)
                rw_note_cycle(x, s, ledger);
            if (noted && t + 1 == m->per_year)
                rw_note_held(x, s, RW_HELD_YEAR_DRAWS, ledger);
            if ((t + 1) % m->per_year == 0)
                keep_year(x, s, t / m->per_year, index, n, sink);
        }
    }
    for (size_t s = 0; s < x->n && err == RW_OK; s++) {
        rw_stage_close(x->wheels[s]);
        if (noted) {
            rw_note_horizon(x, s, ledger);
            rw_note_held(x, s, RW_HELD_HORIZON_DRAWS, ledger);
        }
        if (!rw_model_is_one_year(m) || sink->total_loss != sink->year_loss)
            keep(sink->total_loss, s, index, x->wheels[s]->acc.total_loss, n);
        keep_spend(sink, s, index, x->wheels[s]->acc.total_spend, n);
        keep_npv(sink, s, index, x->wheels[s], n);
        if (x->wheels[s]->progress != NULL)
            keep(sink->statement, s, index, x->wheels[s]->progress->first, n);
    }
    return err;
}
