/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/asked.h"

#include "num/arithmetic.h"
#include "out/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Indices of the wanted strategies, in the scenario's order and each once;
 * "nothing" is always among them. */
static enum rw_err
choose_strategies(const struct rw_asked *q, const struct rw_model *m,
    struct rw_arena *a, struct rw_run_options *options, struct rw_error *e)
{
    size_t *chosen = RW_ARENA_NEW(a, m->n_strategies, size_t);
    const char **names = RW_ARENA_NEW(a, m->n_strategies, const char *);
    bool *wanted = RW_ARENA_NEW(a, m->n_strategies, bool);

    if (q->strategies.n == 0)
        return RW_OK;
    if (!chosen || !names || !wanted)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory");
    for (size_t k = 0; k < m->n_strategies; k++)
        names[k] = m->strategies[k].name;
    wanted[0] = true;
    for (size_t j = 0; j < q->strategies.n; j++) {
        const char *name = q->strategies.value[j], *near;
        size_t k = 0;

        while (k < m->n_strategies && strcmp(names[k], name) != 0)
            k++;
        near =
            k < m->n_strategies ? NULL : rw_nearest_word(name, names, m->n_strategies);
        if (near)
            return rw_error_set(e, RW_ERR_USAGE,
                "the scenario has no strategy '%.80s'; did you mean '%s'?", name, near);
        if (k == m->n_strategies)
            return rw_error_set(
                e, RW_ERR_USAGE, "the scenario has no strategy '%.80s'", name);
        wanted[k] = true;
    }
    options->strategies = chosen;
    for (size_t k = 0; k < m->n_strategies; k++)
        if (wanted[k])
            chosen[options->n_strategies++] = k;
    return RW_OK;
}

/* The exact laws, and which risks the run must watch for them. */
static enum rw_err
call_referee(struct rw_loaded *l, struct rw_product *p, struct rw_run_options *options,
    struct rw_error *e)
{
    enum rw_err err =
        rw_exact_make(l->model, NULL, 0, rw_signals_flag(), &l->arena, &p->exact, e);

    return err == RW_OK ? rw_referee_watch(&p->exact, &l->arena, &options->watched,
                              &options->n_watched, e)
                        : err;
}

static const char exact[] = "exact", histogram[] = "histogram";

enum rw_err
rw_asked_check(const struct rw_asked *q, struct rw_error *e)
{
    if (q->quantiles == NULL || strcmp(q->quantiles, exact) == 0 ||
        strcmp(q->quantiles, histogram) == 0)
        return RW_OK;
    return rw_error_set(e, RW_ERR_USAGE,
        "--quantiles wants 'exact' or 'histogram', not '%.60s'", q->quantiles);
}

static bool
is_tallied(const struct rw_asked *q, const struct rw_model *m)
{
    return q->quantiles != NULL
               ? strcmp(q->quantiles, histogram) == 0
               : m->sampling == RW_SAMPLING_PLAIN && (double)m->trials > RW_ASKED_EXACT;
}

struct rw_nest
rw_asked_nest(const struct rw_asked *q, const struct rw_model *m, size_t n)
{
    if (q->no_band)
        return (struct rw_nest){.none = "left out by --no-band"};
    return rw_nest_of(m, n);
}

/* The model's sampling, and what does not go with it; how futures are held. */
static enum rw_err
choose_sampling(const struct rw_asked *q, struct rw_model *m, struct rw_run_options *x,
    struct rw_error *e)
{
    size_t n, each;

    for (int k = 0; q->sampling && k < RW_SAMPLINGS; k++)
        if (strcmp(q->sampling, rw_sampling_names[k]) == 0)
            m->sampling = (enum rw_sampling)k;
    if (m->sampling == RW_SAMPLING_SOBOL && q->referee)
        return rw_error_set(e, RW_ERR_USAGE,
            "--referee judges by the laws of independent futures, which those of "
            "sampling 'sobol' are not; leave it out, or ask for --sampling plain");
    x->futures = is_tallied(q, m) ? RW_FUTURES_TALLIED : RW_FUTURES_ANY;
    return rw_run_futures(m, x, &n, &each, e);
}

enum rw_err
rw_asked_sampling(const char *s, struct rw_error *e)
{
    const char *near = rw_nearest_word(s, rw_sampling_names, RW_SAMPLINGS);

    for (int k = 0; k < RW_SAMPLINGS; k++)
        if (strcmp(s, rw_sampling_names[k]) == 0)
            return RW_OK;
    if (near)
        return rw_error_set(e, RW_ERR_USAGE,
            "--sampling wants 'plain' or 'sobol', not '%.60s'; did you mean '%s'?", s,
            near);
    return rw_error_set(
        e, RW_ERR_USAGE, "--sampling wants 'plain' or 'sobol', not '%.60s'", s);
}

enum rw_err
rw_asked_options(const struct rw_asked *q, struct rw_loaded *l, struct rw_product *p,
    struct rw_run_options *x, struct rw_error *e)
{
    enum rw_err err;

    *x = (struct rw_run_options){
        .threads = (unsigned)q->threads, .stop = rw_signals_flag()};
    if (q->trials_given)
        l->model->trials = (size_t)q->trials;
    if (q->seed_given)
        l->model->seed = q->seed;
    err = choose_sampling(q, l->model, x, e);
    if (err == RW_OK)
        err = choose_strategies(q, l->model, &l->arena, x, e);
    p->asks_referee = q->referee;
    if (err == RW_OK && q->referee)
        err = call_referee(l, p, x, e);
    x->nest = rw_asked_nest(q, l->model, 0);
    return err;
}

enum rw_err
rw_asked_merge(const struct rw_asked *q, struct rw_loaded *l,
    const struct rw_run_options *x, const char *const shards[], size_t n,
    struct rw_product *p, struct rw_error *e)
{
    struct rw_outcome *outcome = NULL;
    enum rw_err err = rw_run_merge(l->model, x, shards, n, &outcome, e);

    p->shards = n;
    if (err == RW_OK)
        err =
            rw_result_make_unless(outcome, &l->arena, rw_signals_flag(), &p->result, e);
    if (err == RW_OK && q->referee)
        err = rw_referee_make(&p->exact, outcome, &l->arena, &p->referee, e);
    rw_outcome_free(outcome);
    return err;
}

/* --- the facts --- */

static const char no_band[] = "--no-band", referee[] = "--referee",
                  tallied[] = "--quantiles histogram";
static const char trials[] = "trials", seed[] = "seed", strategy[] = "strategy",
                  setting[] = "--set", option[] = "option", sampling[] = "sampling";

/* Facts that are added one after the other. */
struct facts {
    struct rw_identity *id;
    struct rw_arena *arena;
    struct rw_error *e;
    enum rw_err err;
};

static void
add(struct facts *f, const char *what, const char *value)
{
    if (f->err == RW_OK)
        f->err = rw_identity_add(f->id, f->arena, what, value, f->e);
}

static void
add_count(struct facts *f, const char *what, uint64_t n)
{
    char value[32];

    snprintf(value, sizeof value, "%" PRIu64, n);
    add(f, what, value);
}

/* "kind name" and its bytes */
static void
add_file(struct facts *f, const char *kind, const char *name, const char *sha256)
{
    char *what = rw_arena_printf(f->arena, "%s %s", kind, name);

    if (what == NULL)
        f->err = rw_error_set(f->e, RW_ERR_MEMORY, "no memory for what a run is");
    else
        add(f, what, sha256);
}

static void
add_files(struct facts *f, const struct rw_model *m)
{
    size_t n = 0;
    const struct rw_plugin **list = rw_model_plugins(m, f->arena, &n);

    if (list == NULL)
        f->err = rw_error_set(f->e, RW_ERR_MEMORY, "no memory for what a run is");
    add(f, "scenario", m->sha256);
    for (const struct rw_data *d = m->data; d != NULL; d = d->next)
        add_file(f, "data", d->file, d->sha256);
    for (size_t k = 0; list != NULL && k < n; k++)
        add_file(
            f, rw_plugin_kind_names[list[k]->kind], list[k]->name, list[k]->sha256);
}

enum rw_err
rw_asked_identity(const struct rw_asked *q, struct rw_loaded *l,
    const struct rw_run_options *x, struct rw_identity *id, struct rw_error *e)
{
    const struct rw_model *m = l->model;
    struct facts f = {.id = id, .arena = &l->arena, .e = e};
    char sum[RW_SHA256_HEX];

    *id = (struct rw_identity){.scenario = m->file};
    rw_arithmetic_print(sum);
    add(&f, "program", rw_version());
    add(&f, "arithmetic", sum);
    add_files(&f, m);
    for (size_t k = 0; k < q->settings.n; k++)
        add(&f, setting, q->settings.value[k]);
    add_count(&f, trials, m->trials);
    add_count(&f, seed, m->seed);
    add(&f, sampling, rw_sampling_names[m->sampling]);
    for (size_t k = 0; k < (x->strategies ? x->n_strategies : m->n_strategies); k++)
        add(&f, strategy, m->strategies[x->strategies ? x->strategies[k] : k].name);
    if (q->no_band)
        add(&f, option, no_band);
    if (q->referee)
        add(&f, option, referee);
    if (x->futures == RW_FUTURES_TALLIED)
        add(&f, option, tallied);
    return f.err;
}

static bool
recall_list(const struct rw_identity *id, const char *what, struct rw_values *v)
{
    const char *value;

    for (v->n = 0; (value = rw_identity_get(id, what, v->n)) != NULL; v->n++) {
        if (v->n == RW_VALUES_MAX)
            return false;
        v->value[v->n] = value;
    }
    return true;
}

enum rw_err
rw_asked_recall(struct rw_asked *q, const struct rw_identity *id, struct rw_error *e)
{
    const char *n = rw_identity_get(id, trials, 0), *s = rw_identity_get(id, seed, 0);
    uint64_t count = 0;
    bool good;

    memset(q, 0, sizeof *q);
    if (n == NULL || s == NULL)
        return rw_error_set(e, RW_ERR_INPUT, "the shards do not say which run it is");
    good = rw_option_counter(trials, n, &count, e) == RW_OK &&
           rw_option_counter(seed, s, &q->seed, e) == RW_OK;
    q->trials = (double)count;
    q->trials_given = q->seed_given = true;
    q->sampling = rw_identity_get(id, sampling, 0);
    q->quantiles = exact;
    good = good && recall_list(id, strategy, &q->strategies) &&
           recall_list(id, setting, &q->settings);
    for (size_t k = 0; (s = rw_identity_get(id, option, k)) != NULL; k++) {
        q->no_band |= strcmp(s, no_band) == 0;
        q->referee |= strcmp(s, referee) == 0;
        if (strcmp(s, tallied) == 0)
            q->quantiles = histogram;
    }
    return good
               ? RW_OK
               : rw_error_set(e, RW_ERR_INPUT, "the shards do not say which run it is");
}
