/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/figures.h"

#include "study/column.h"
#include "wheel/account.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static unsigned
threads_of(const struct rw_outcome *o)
{
    unsigned here = rw_run_processors();

    return o->threads < here ? o->threads : here;
}

/* False when memory is out. */
static bool
make_room(struct rw_figures *f)
{
    size_t n = f->o->n;

    if (!rw_ascent_room_init(&f->room, n))
        return false;
    if (f->o->each > 0) {
        f->apart = malloc(n * sizeof *f->apart);
        f->x = f->room.tmp; /* as a whole order allows */
        return f->apart != NULL;
    }
    f->x = f->o->packed != NULL ? malloc(n * sizeof *f->x) : NULL;
    return f->x != NULL || f->o->packed == NULL;
}

enum rw_err
rw_figures_init(struct rw_figures *f, const struct rw_outcome *o, struct rw_error *e)
{
    *f = (struct rw_figures){.o = o, .rows = rw_rows_of(o)};
    if (o->tallies != NULL)
        return RW_OK;
    if (!make_room(f))
        return rw_error_set(
            e, RW_ERR_MEMORY, "no memory to make the results of %zu futures", o->n);
    f->team = rw_team_new(threads_of(o));
    rw_law_desk_init(&f->desk, o->n, &f->room, o->each > 0, f->team);
    return RW_OK;
}

void
rw_figures_fini(struct rw_figures *f)
{
    rw_team_free(f->team);
    if (f->x != f->room.tmp)
        free(f->x);
    rw_ascent_room_fini(&f->room);
    free(f->apart);
    rw_tally_view_fini(&f->view);
}

static enum rw_err
take_tally(struct rw_figures *f, size_t k, struct rw_error *e)
{
    rw_tally_view_fini(&f->view);
    f->moments = f->o->tallies->moments[k];
    if (rw_tally_look(&f->view, &f->o->tallies->tally[k]) == RW_OK)
        return RW_OK;
    return rw_error_set(e, RW_ERR_MEMORY, "no memory to read a histogram");
}

enum rw_err
rw_figures_take(struct rw_figures *f, struct rw_column c, struct rw_error *e)
{
    if (f->o->tallies != NULL)
        return take_tally(f, rw_tallies_find(f->o->tallies, c), e);
    f->ordered = false;
    if (f->x == NULL) {
        f->reading = rw_reading_of(f->o, c);
        f->values = rw_reading_values(&f->reading);
        return RW_OK;
    }
    f->values = rw_values_array(f->x, f->o->n);
    return rw_outcome_column(f->o, c, f->x, f->team, e);
}

/* What is put in order is finite. */
static void
make_finite(const void *self, size_t chunk, size_t n, double out[])
{
    const struct rw_figures *f = self;
    const double *x = rw_values_look(&f->values, chunk, out);

    for (size_t i = 0; i < n; i++)
        out[i] = fmin(x[i], DBL_MAX);
}

static void
put_in_order(struct rw_figures *f)
{
    const struct rw_values finite = {.n = f->o->n, .make = make_finite, .self = f};

    if (f->ordered)
        return;
    if (f->o->each > 0)
        rw_sample_rows(f->x, f->o->n, f->o->each, f->room.x, f->apart);
    rw_ascent_make(&f->desk.order, &finite, &f->room, f->desk.whole, f->team);
    f->ordered = true;
    if (f->o->each == 0)
        return;
    rw_ascent_settle(&f->desk.order, 0, f->o->n, f->team);
    f->sample = (struct rw_sample){f->desk.order.x, f->o->n, f->o->each, f->apart};
}

void
rw_figures_law(struct rw_figures *f, struct rw_law *l, bool with_curve)
{
    if (f->o->tallies != NULL) {
        rw_law_of_tally(l, &f->view, &f->moments, with_curve);
        return;
    }
    if (f->o->each > 0)
        rw_law_read_even(
            &f->desk, l, f->x, f->o->each, f->apart, with_curve, &f->sample);
    else
        rw_law_read(&f->desk, l, &f->values, with_curve);
    f->ordered = true;
}

bool
rw_figures_turns(const struct rw_figures *f)
{
    return f->o->tallies == NULL && f->x == NULL && f->o->npv == NULL;
}

/* npv of what is lost and spent. */
static void
pay(const void *self, size_t n, const double x[], double y[])
{
    static const double nothing[RW_VALUES_CHUNK];
    const struct rw_model *m = self;

    for (size_t i = 0; i < n; i += RW_VALUES_CHUNK)
        rw_account_worth(m, n - i < RW_VALUES_CHUNK ? n - i : RW_VALUES_CHUNK, x + i,
            nothing, y + i);
}

void
rw_figures_law_and_npv(struct rw_figures *f, struct rw_law *l, bool with_curve,
    struct rw_law *npv, size_t s)
{
    struct rw_reading r = rw_reading_of(f->o, rw_column_row(rw_row_npv(&f->rows, s)));
    const struct rw_law_turn t = {rw_reading_values(&r), pay, f->o->model};

    f->desk.turned = true;
    rw_figures_law(f, l, with_curve);
    f->desk.turned = false;
    rw_law_read_turned(&f->desk, npv, &t);
}

struct rw_verdict
rw_figures_verdict(struct rw_figures *f, const struct rw_appetite *a)
{
    struct rw_verdict v = {.loss = a->loss, .probability = a->probability};

    rw_figures_exceedance(f, a->loss, &v.exceeded, &v.low, &v.high);
    rw_law_judge(&v);
    return v;
}

struct rw_quantile
rw_figures_quantile(struct rw_figures *f, double q)
{
    struct rw_tail_place at;

    if (f->o->tallies != NULL)
        return rw_tally_quantile(&f->view, q, RW_RESULT_LEVEL);
    put_in_order(f);
    if (f->o->each > 0)
        return rw_sample_quantile(&f->sample, q, RW_RESULT_LEVEL);
    at = rw_tail_place(f->o->n, q, RW_RESULT_LEVEL);
    if (!at.refused)
        rw_ascent_settle(&f->desk.order, at.low - 1, at.high, f->team);
    return rw_tail_read(f->desk.order.x, &at);
}

void
rw_figures_exceedance(
    struct rw_figures *f, double at, double *p, double *low, double *high)
{
    size_t n = f->o->n;

    if (f->o->tallies != NULL) {
        rw_tally_exceedance(&f->view, at, RW_RESULT_LEVEL, p, low, high);
        return;
    }
    put_in_order(f);
    if (f->o->each > 0) {
        rw_sample_exceedance(&f->sample, at, RW_RESULT_LEVEL, p, low, high);
        return;
    }
    rw_tail_share(n, n - rw_ascent_upto(&f->desk.order, at, f->team), RW_RESULT_LEVEL,
        p, low, high);
}

struct rw_mean
rw_figures_mean(struct rw_figures *f)
{
    struct rw_moments m = f->o->each > 0 ? rw_sample_means(f->x, f->o->n, f->o->each)
                                         : rw_figures_moments(f);

    return (struct rw_mean){m.mean + 0.0, rw_moments_se(&m)};
}

struct rw_moments
rw_figures_moments(struct rw_figures *f)
{
    if (f->o->tallies != NULL)
        return f->moments;
    return rw_column_moments(&f->values, f->room.x, NULL, f->team);
}
