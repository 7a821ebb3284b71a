/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/foresight.h"

#include "wheel/wear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum rw_err
open_ages(const struct rw_world *w, struct rw_foresight *f, struct rw_error *e)
{
    const struct rw_model *m = w->m;
    enum rw_err err = RW_OK;

    for (size_t c = 0; c < m->n_controls && err == RW_OK; c++) {
        if (m->controls[c].use.plugin == NULL)
            continue;
        f->efficacy[c] = RW_ARENA_NEW(&f->arena, (m->cycles + 1) * w->room, double);
        if (f->efficacy[c] == NULL)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory to look ahead");
        err = rw_ages_open(w, c, &f->arena, &f->ages[c], e);
    }
    return err;
}

enum rw_err
rw_foresight_new(
    const struct rw_world *w, struct rw_foresight **out, struct rw_error *e)
{
    struct rw_foresight *f = calloc(1, sizeof *f);

    *out = f;
    if (f == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to look ahead");
    rw_arena_init(&f->arena);
    f->rate = RW_ARENA_NEW(&f->arena, w->m->n_risks * w->room, double);
    f->cost = RW_ARENA_NEW(&f->arena, w->m->n_risks * w->room, double);
    f->efficacy = RW_ARENA_NEW(&f->arena, w->m->n_controls, double *);
    f->ages = RW_ARENA_NEW(&f->arena, w->m->n_controls, struct rw_ages);
    if (f->rate == NULL || f->cost == NULL || f->efficacy == NULL || f->ages == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to look ahead");
    return open_ages(w, f, e);
}

void
rw_foresight_free(const struct rw_world *w, struct rw_foresight *f)
{
    if (f == NULL)
        return;
    for (size_t c = 0; f->ages != NULL && c < w->m->n_controls; c++)
        rw_ages_close(w, &f->ages[c]);
    rw_arena_fini(&f->arena);
    free(f);
}

/* Adds the world's present cycle to what is left, or takes it away. */
static void
count(struct rw_foresight *f, const struct rw_world *w, int sign)
{
    const struct rw_model *m = w->m;

    for (size_t r = 0; r < m->n_risks; r++) {
        const struct rw_risk *x = &m->risks[r];
        const double *rate = rw_world_expected(w, x->source);
        const double *factor = w->factor + x->threat * w->room;
        const double *brought = w->brought + x->threat * w->room;
        bool shocked = m->threats[x->threat].shocked;

        for (size_t i = 0; i < w->n; i++) {
            double y = rate[i] + (shocked ? brought[i] * m->years : 0);

            f->rate[r * w->room + i] += sign * y;
            f->cost[r * w->room + i] += sign * y * factor[i] * x->mean_loss;
        }
    }
}

static enum rw_err
look_at_controls(struct rw_foresight *f, struct rw_world *w, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    for (size_t c = 0; c < w->m->n_controls && err == RW_OK; c++) {
        const struct rw_control *x = &w->m->controls[c];
        double *sum = f->efficacy[c];

        if (sum == NULL)
            continue;
        err = rw_ages_begin(w, &f->ages[c], e);
        for (size_t i = 0; i < w->n; i++)
            sum[i] = 0;
        for (unsigned t = 0; t < w->m->cycles && err == RW_OK; t++) {
            double left = rw_wear_left(x, w->m->years, t);

            err = rw_ages_next(w, &f->ages[c], t, e);
            for (size_t i = 0; i < w->n; i++)
                sum[(t + 1) * w->room + i] =
                    sum[t * w->room + i] + f->ages[c].efficacy[i] * left;
        }
    }
    return err;
}

enum rw_err
rw_foresight_begin(struct rw_foresight *f, struct rw_world *w, uint64_t first, size_t n,
    struct rw_error *e)
{
    size_t bytes = w->m->n_risks * w->room * sizeof(double);
    enum rw_err err = rw_world_begin(w, first, n, e);

    memset(f->rate, 0, bytes);
    memset(f->cost, 0, bytes);
    f->from = 0;
    for (unsigned t = 0; t < w->m->cycles && err == RW_OK; t++) {
        if (rw_world_stopped(w))
            return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
        err = rw_world_cycle(w, t, e);
        if (err == RW_OK)
            count(f, w, 1);
    }
    if (err == RW_OK)
        err = look_at_controls(f, w, e);
    return err == RW_OK ? rw_world_begin(w, first, n, e) : err;
}

void
rw_foresight_pass(struct rw_foresight *f, const struct rw_world *w)
{
    count(f, w, -1);
    f->from = w->cycle + 1;
}

void
rw_foresight_ahead(const struct rw_foresight *f, const struct rw_world *w, size_t r,
    double rate[], double money[])
{
    const double *events = f->rate + r * w->room, *cost = f->cost + r * w->room;
    double years = (w->m->cycles - f->from) * w->m->years;

    for (size_t i = 0; i < w->n; i++) {
        bool some = years > 0 && events[i] > 0;

        rate[i] = some ? events[i] / years : 0;
        money[i] = some ? fmax(cost[i], 0) / events[i] : 0;
    }
}
