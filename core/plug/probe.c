/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/probe.c -- what every plugin has to keep, whatever it computes. */
#include "num/stream.h"
#include "plug/host.h"
#include "plug/trial.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { LANE = 7, CANDIDATES = 5, ASSETS = 3 };
#define SEED 1

static const char *const ids[CANDIDATES] = {"one", "two", "three", "four", "five"};

/* What a run leaves: results of every cycle, then states. */
struct trace {
    double *x; /* (n_rows, RW_TRIAL_FUTURES) */
    size_t n_rows;
};

/* ---- inputs ---- */

static double
stated(const struct rw_trial *t, const struct rw_plugin_param *q)
{
    const struct rw_examples *x = t->examples;

    for (size_t k = 0; k < x->n; k++)
        for (size_t i = 0; i < x->v[k].params.n; i++)
            if (strcmp(x->v[k].params.v[i].name, q->name) == 0)
                return x->v[k].params.v[i].x;
    return NAN;
}

/* One value of a parameter, by a uniform. */
static double
value_at(const struct rw_trial *t, const struct rw_plugin_param *q, double u)
{
    double near = stated(t, q), x;

    if (q->has_default)
        x = rw_dist_quantile(&q->preset, fmin(fmax(u, 1e-9), 1 - 1e-9));
    else if (isfinite(near) && near != 0)
        x = near * exp2(2 * u - 1);
    else if (isfinite(q->min) && isfinite(q->max))
        x = q->min + u * (q->max - q->min);
    else
        x = isfinite(q->min) ? q->min + u : isfinite(q->max) ? q->max - u : u;
    return fmin(fmax(x, q->min), q->max);
}

static void
draw_params(struct rw_trial *t)
{
    for (size_t k = 0; k < t->p->n_params; k++) {
        double *row = t->param_rows[k];

        rw_stream_fill((struct rw_stream){SEED, LANE}, 0, k, RW_TRIAL_FUTURES, row);
        for (size_t i = 0; i < RW_TRIAL_FUTURES; i++)
            row[i] = value_at(t, &t->p->params[k], row[i]);
    }
}

/* Large, small, and without records. */
static void
draw_assets(struct rw_trial *t)
{
    static const double given[ASSETS][RW_ASSET_GIVEN] = {
        {2e6, 1e5}, {5e4, 10}, {3e5, 0}};

    for (size_t k = 0; k < ASSETS; k++) {
        t->items[k].id = ids[k];
        for (size_t j = 0; j < RW_ASSET_GIVEN; j++)
            t->item_fields[k][j].number = given[k][j];
    }
}

/* Candidates of every kind: cheap and dear, at once and slow, useless. */
static void
draw_candidates(struct rw_trial *t)
{
    static const double given[CANDIDATES][RW_ITEM_SCORE] = {
        {1e5, 5e4, 2e4, 0.5, 3e4, 0.5}, {0, 1e4, 0, 0, 0, 0.5},
        {2e6, 1e6, 0, 1, 1e6, 0}, {1e3, 0, 0, 0.25, 0, 0.6},
        {5e5, 3e5, 4e5, 10, 1e6, 0.2}};

    rw_trial_give(t, "budget", 1e6);
    for (size_t k = 0; k < CANDIDATES; k++) {
        struct rw_hook_field *f = t->item_fields[k];

        t->items[k].id = ids[k];
        for (int j = 0; j < RW_ITEM_SCORE; j++) { /* the inputs stand before it */
            f[j].number = given[k][j];
            for (size_t i = 0; f[j].kind == RW_FIELD_VECTOR && i < RW_TRIAL_FUTURES;
                 i++)
                f[j].x[i] = given[k][j] * (0.5 + (double)i / RW_TRIAL_FUTURES);
        }
    }
}

static void
draw_items(struct rw_trial *t)
{
    size_t n = 0;

    if (t->p->kind == RW_PLUGIN_THREAT) {
        draw_assets(t);
        n = ASSETS;
    } else if (t->p->kind == RW_PLUGIN_PLANNER) {
        draw_candidates(t);
        n = CANDIDATES;
    }
    rw_trial_items(t, n);
}

/* ---- runs ---- */

static size_t
rows_a_cycle(const struct rw_trial *t)
{
    return t->call.n_fields + t->p->n_states + t->call.n_items * t->n_item_fields;
}

/* Copies futures `from` .. of this cycle's results and states. */
static void
note(const struct rw_trial *t, unsigned cycle, size_t from, struct trace *r)
{
    size_t row = cycle * rows_a_cycle(t), bytes = t->call.n * sizeof(double);

    for (size_t k = 0; k < t->call.n_fields; k++, row++)
        if (t->fields[k].kind == RW_FIELD_RESULT)
            memcpy(r->x + row * RW_TRIAL_FUTURES + from, t->fields[k].x, bytes);
    for (size_t k = 0; k < t->p->n_states; k++, row++)
        memcpy(r->x + row * RW_TRIAL_FUTURES + from, t->state[k], bytes);
    for (size_t k = 0; k < t->call.n_items; k++)
        for (size_t j = 0; j < t->n_item_fields; j++, row++)
            if (t->item_fields[k][j].assigned)
                memcpy(r->x + row * RW_TRIAL_FUTURES + from, t->item_fields[k][j].x,
                    bytes);
}

/* Results that were not assigned keep their default from one block to the next. */
static void
reset_results(struct rw_trial *t)
{
    for (size_t k = 0; k < t->call.n_fields; k++)
        if (t->fields[k].kind == RW_FIELD_RESULT)
            for (size_t i = 0; i < RW_TRIAL_FUTURES; i++)
                t->fields[k].x[i] = t->fields[k].number;
}

/* Inputs that differ from future to future, so many further on. */
static void
shift(struct rw_trial *t, ptrdiff_t by)
{
    for (size_t k = 0; k < t->p->n_params; k++)
        t->params[k] += by;
    for (size_t k = 0; k < t->call.n_items; k++)
        for (size_t j = 0; j < t->n_item_fields; j++)
            if (t->item_fields[k][j].kind == RW_FIELD_VECTOR)
                t->item_fields[k][j].x += by;
}

/* All cycles of futures from .. from + n. */
static enum rw_err
run_block(
    struct rw_trial *t, size_t from, size_t n, struct trace *r, struct rw_error *e)
{
    enum rw_err err;

    shift(t, (ptrdiff_t)from);
    err = rw_trial_begin(t, from, n, e);
    for (unsigned c = 0; c < RW_TRIAL_CYCLES && err == RW_OK; c++) {
        reset_results(t);
        err = rw_trial_call(t, c, e);
        if (err == RW_OK && r)
            note(t, c, from, r);
    }
    shift(t, -(ptrdiff_t)from);
    return err;
}

static enum rw_err
new_trace(struct rw_trial *t, struct trace *r, struct rw_error *e)
{
    r->n_rows = rows_a_cycle(t) * RW_TRIAL_CYCLES;
    r->x = RW_ARENA_NEW(t->a, r->n_rows * RW_TRIAL_FUTURES, double);
    return r->x ? RW_OK : rw_error_set(e, RW_ERR_MEMORY, "no memory for a trial");
}

/* ---- what is told ---- */

static void
tell(struct rw_text *to, bool held, const char *what, bool *good)
{
    rw_text_addf(to, "  %-6s %s\n", held ? "ok" : "FAILED", what);
    *good = *good && held;
}

/* An error of the plugin is a finding, any other one ends the trial. */
static enum rw_err
finding(enum rw_err err, const struct rw_error *why, const char *what,
    struct rw_text *to, bool *good, struct rw_error *e)
{
    if (err != RW_OK && err != RW_ERR_PLUGIN) {
        *e = *why;
        return err;
    }
    tell(to, err == RW_OK, what, good);
    if (err == RW_ERR_PLUGIN)
        rw_text_addf(to, "    %s:%d: %s\n", why->file, why->line, why->text);
    return RW_OK;
}

/* ---- the probes ---- */

/* Every parameter at its ends in turn, the others drawn. */
static enum rw_err
probe_ends(struct rw_trial *t, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    for (size_t k = 0; k < t->p->n_params && err == RW_OK; k++) {
        const struct rw_plugin_param *q = &t->p->params[k];
        const double ends[] = {q->min, q->max};

        for (int j = 0; j < 2 && err == RW_OK; j++) {
            if (!isfinite(ends[j]))
                continue;
            for (size_t i = 0; i < RW_TRIAL_FUTURES; i++)
                t->param_rows[k][i] = ends[j];
            err = run_block(t, 0, RW_TRIAL_FUTURES, NULL, e);
        }
        draw_params(t);
    }
    return err;
}

/* The same in blocks of 7, 100 and the rest, the last one first. */
static enum rw_err
probe_blocks(
    struct rw_trial *t, const struct trace *whole, bool *same, struct rw_error *e)
{
    static const size_t from[] = {107, 7, 0}, n[] = {RW_TRIAL_FUTURES - 107, 100, 7};
    struct trace r;
    enum rw_err err = new_trace(t, &r, e);

    for (int b = 0; b < 3 && err == RW_OK; b++)
        err = run_block(t, from[b], n[b], &r, e);
    *same = err == RW_OK &&
            memcmp(r.x, whole->x, r.n_rows * RW_TRIAL_FUTURES * sizeof(double)) == 0;
    return err;
}

static enum rw_err
probe_again(
    struct rw_trial *t, const struct trace *whole, bool *same, struct rw_error *e)
{
    struct trace r;
    enum rw_err err = new_trace(t, &r, e);

    if (err == RW_OK)
        err = run_block(t, 0, RW_TRIAL_FUTURES, &r, e);
    *same = err == RW_OK &&
            memcmp(r.x, whole->x, r.n_rows * RW_TRIAL_FUTURES * sizeof(double)) == 0;
    return err;
}

static size_t
field_at(const struct rw_trial *t, const char *name)
{
    size_t k = 0;

    while (strcmp(t->fields[k].name, name) != 0)
        k++;
    return k;
}

/* The first future in which a row of the traces goes the wrong way; SIZE_MAX: none. */
static size_t
goes_back(const struct rw_monotone *m, const double before[], const double after[])
{
    for (size_t i = 0; i < RW_TRIAL_FUTURES; i++)
        if (m->sign * (after[i] - before[i]) < -1e-12 * fabs(before[i]))
            return i;
    return SIZE_MAX;
}

/* Of the result in a cycle whose rows begin at `row`: the threat's, and its assets' own
 * (rows that nothing was assigned to are 0 in both). */
static size_t
wrong_in(const struct rw_trial *t, const struct rw_monotone *m, const double before[],
    const double after[], size_t row)
{
    size_t at = (row + field_at(t, m->result)) * RW_TRIAL_FUTURES;
    size_t wrong = goes_back(m, before + at, after + at);

    row += t->call.n_fields + t->p->n_states;
    for (size_t k = 0; k < t->call.n_items; k++)
        for (size_t j = 0; j < t->n_item_fields; j++, row++) {
            at = row * RW_TRIAL_FUTURES;
            if (wrong == SIZE_MAX && strcmp(t->item_fields[k][j].name, m->result) == 0)
                wrong = goes_back(m, before + at, after + at);
        }
    return wrong;
}

/* The parameter from its drawn value half way to its upper end (or twice it): in
 * no future may the result go the other way; *worst <- the first that does. */
static enum rw_err
probe_monotone(struct rw_trial *t, const struct rw_monotone *m,
    const struct trace *whole, size_t *wrong, struct rw_error *e)
{
    const struct rw_plugin_param *q = &t->p->params[m->param];
    double *row = t->param_rows[m->param];
    struct trace r;
    enum rw_err err = new_trace(t, &r, e);

    for (size_t i = 0; i < RW_TRIAL_FUTURES; i++)
        row[i] =
            isfinite(q->max) ? (row[i] + q->max) / 2 : row[i] + fmax(fabs(row[i]), 1);
    if (err == RW_OK)
        err = run_block(t, 0, RW_TRIAL_FUTURES, &r, e);
    draw_params(t);
    *wrong = SIZE_MAX;
    for (unsigned c = 0; c < RW_TRIAL_CYCLES && err == RW_OK; c++)
        if (*wrong == SIZE_MAX)
            *wrong = wrong_in(t, m, whole->x, r.x, c * rows_a_cycle(t));
    return err;
}

static enum rw_err
probe_all_monotone(struct rw_trial *t, const struct trace *whole, struct rw_text *to,
    bool *good, struct rw_error *e)
{
    for (size_t k = 0; k < t->examples->n_monotone; k++) {
        const struct rw_monotone *m = &t->examples->monotone[k];
        struct rw_error why;
        char what[256];
        size_t wrong;
        enum rw_err err;

        rw_error_clear(&why);
        err = probe_monotone(t, m, whole, &wrong, &why);
        snprintf(what, sizeof what, "%.60s never %s as %.60s rises", m->result,
            m->sign > 0 ? "falls" : "rises", t->p->params[m->param].name);
        if (err == RW_OK && wrong != SIZE_MAX) {
            tell(to, false, what, good);
            rw_text_addf(to, "    it does in future %zu\n", wrong);
            continue;
        }
        err = finding(err, &why, what, to, good, e);
        if (err != RW_OK)
            return err;
    }
    return RW_OK;
}

enum rw_err
rw_trial_probes(struct rw_trial *t, struct rw_text *to, bool *good, struct rw_error *e)
{
    struct trace whole;
    struct rw_error why;
    bool blocks = false, again = false, held = true;
    enum rw_err err;

    rw_error_clear(&why);
    draw_items(t);
    draw_params(t);
    err = new_trace(t, &whole, e);
    if (err != RW_OK)
        return err;
    err = run_block(t, 0, RW_TRIAL_FUTURES, &whole, &why);
    if (err == RW_OK)
        err = probe_ends(t, &why);
    held = err == RW_OK;
    err = finding(err, &why,
        "results within their ranges, parameters at their ends too", to, good, e);
    if (err != RW_OK || !held)
        return err;
    err = probe_blocks(t, &whole, &blocks, e);
    if (err == RW_OK)
        err = probe_again(t, &whole, &again, e);
    if (err != RW_OK)
        return err;
    tell(to, blocks, "the same bits in other blocks, in another order", good);
    tell(to, again, "the same bits again", good);
    return probe_all_monotone(t, &whole, to, good, e);
}
