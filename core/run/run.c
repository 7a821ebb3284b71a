/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"

#include "base/output.h"
#include "num/sample.h"
#include "run/outcome_make.h"
#include "run/part.h"
#include "world/quasi.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One run on its way: its futures, then those of the nested run. */
struct job {
    const struct rw_model *m;
    struct rw_quasi quasi;
    const struct rw_run_options *options;
    struct rw_part part;
    double begun, before; /* seconds that a run which goes on took before */
};

static double
now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* What progress goes on to tell, if anybody wants it: the last strategy's first year.
 * A share's futures are no whole randomisations: of them nothing is told. */
static struct rw_moments
shown(const struct job *j)
{
    const struct rw_outcome *o = j->part.o;

    if (j->options->progress == NULL || (o->each > 0 && o->n % o->each > 0))
        return (struct rw_moments){0};
    if (o->year_loss == NULL)
        return j->part.futures.so_far;
    return rw_sample_means(
        o->year_loss[(o->n_strategies - 1) * o->years], o->n, o->each);
}

enum rw_err
rw_run_futures(const struct rw_model *m, const struct rw_run_options *x, size_t *n,
    size_t *each, struct rw_error *e)
{
    *n = x->trials > 0 ? x->trials : m->trials;
    *each = 0;
    if (m->sampling == RW_SAMPLING_PLAIN)
        return RW_OK;
    if (x->futures == RW_FUTURES_TALLIED)
        return rw_error_set(e, RW_ERR_USAGE,
            "--quantiles histogram counts all futures together, and the errors of "
            "sampling 'sobol' are those of its randomisations, each by itself: ask for "
            "--quantiles exact, or for --sampling plain");
    *each = rw_quasi_each(*n);
    if (*each < RW_RUN_BLOCK)
        return rw_error_set(e, RW_ERR_USAGE,
            "sampling 'sobol' knows its error from %d randomisations of %d futures or "
            "more, and there are only %zu futures: ask for --trials %d, or for "
            "--sampling plain",
            RW_QUASI_RANDOMISATIONS, RW_RUN_BLOCK, *n,
            RW_QUASI_RANDOMISATIONS * RW_RUN_BLOCK);
    *n = (*n + *each - 1) / *each * *each;
    return RW_OK;
}

static struct rw_run_share
share_of(const struct rw_run_options *x)
{
    return x->keep != NULL ? x->keep->share : (struct rw_run_share){0, 0};
}

/* What both pools of the job have alike. */
static struct rw_pool
pool_of(const struct job *j, size_t n, size_t strategies)
{
    const struct rw_run_options *x = j->options;

    struct rw_layout layout = rw_layout_of(j->m, strategies);

    return (struct rw_pool){.m = j->m,
        .options = x,
        .seed = x->seed_given ? x->seed : j->m->seed,
        .strategies = j->part.o->strategy,
        .n_strategies = strategies,
        .n = n,
        .range = rw_run_share_range(share_of(x), n),
        .threads = x->threads > 0 ? x->threads : rw_run_processors(),
        .layout = layout,
        .size = layout.size,
        .steady = x->keep != NULL && x->keep->checkpoint != NULL};
}

static void
prepare_futures(struct job *j, size_t n, size_t each)
{
    struct rw_outcome *o = j->part.o;
    struct rw_pool p = pool_of(j, n, o->n_strategies);

    if (each > 0) {
        rw_quasi_make(&j->quasi, j->m, p.seed, each);
        p.quasi = &j->quasi;
        p.each = o->each = each;
        o->even = j->quasi.n;
        o->wanted = j->quasi.wanted;
    }
    p.sink = (struct rw_sink){.year_loss = o->year_loss,
        .year_largest = o->year_largest,
        .total_loss = o->horizon_loss,
        .spend = o->spend,
        .spent = o->spent,
        .npv = o->npv,
        .statement = o->statement,
        .watched = o->watched,
        .n_watched = o->n_watched,
        .risk_year = o->risk_year,
        .first = p.range.from * RW_RUN_BLOCK};
    if (o->packed != NULL || o->tallies != NULL)
        p.o = o;
    if (o->tallies != NULL)
        p.size += o->tallies->n;
    j->part.futures = p;
}

static enum rw_err
prepare_nested(struct job *j, struct rw_error *e)
{
    const struct rw_nest *x = &j->options->nest;
    struct rw_outcome *o = j->part.o;
    size_t n = x->truths * x->histories;
    struct rw_range range = rw_run_share_range(share_of(j->options), n);
    enum rw_err err = rw_outcome_nest(o, x, rw_range_futures(range, n), e);
    struct rw_pool p = pool_of(j, n, o->nested.n_strategies);

    p.histories = x->histories;
    p.sink = (struct rw_sink){.year_loss = o->nested.year_loss,
        .first = RW_NESTED_FIRST + range.from * RW_RUN_BLOCK};
    j->part.nested = p;
    return err;
}

static void
fini(struct job *j)
{
    rw_pool_fini(&j->part.futures);
    rw_pool_fini(&j->part.nested);
}

/* Simulates what of the pool's blocks is missing. */
static enum rw_err
run_pool(struct job *j, struct rw_pool *p, struct rw_error *e)
{
    struct rw_prior prior;
    enum rw_err err;

    if (p->joined == p->range.to)
        return RW_OK;
    err = rw_prior_make(j->m, p->seed, j->options->stop, &prior, e);
    p->prior = &prior;
    if (err == RW_OK)
        err = rw_pool_run(p, e);
    rw_prior_fini(&prior);
    if (p->started > j->part.threads)
        j->part.threads = p->started;
    return err;
}

static enum rw_err
run_both(struct job *j, struct rw_error *e)
{
    struct rw_pool *p = &j->part.futures, *q = &j->part.nested;
    enum rw_err err = run_pool(j, p, e);

    if (err != RW_OK || q->joined == q->range.to)
        return err;
    q->so_far = shown(j);
    q->seconds = now() - j->begun;
    return run_pool(j, q, e);
}

/* --- what is kept in files --- */

static enum rw_err
save(struct job *j, const char *path, struct rw_error *e)
{
    struct rw_keep *k = j->options->keep;
    enum rw_err err;

    j->part.seconds = j->before + now() - j->begun;
    err = rw_part_write(&j->part, path, &k->saved, e);
    k->due = now() + k->every;
    return err;
}

/* Amid the run: the next one may succeed. */
static void
save_or_tell(void *self)
{
    struct job *j = self;
    struct rw_keep *k = j->options->keep;
    struct rw_error e;

    if (now() < k->due)
        return;
    rw_error_clear(&e);
    if (save(j, k->checkpoint, &e) != RW_OK && k->tell != NULL)
        k->tell(k->self, &e);
}

/* The pools are made, filled with what there is already, and the place for
 * checkpoints is tried. */
static enum rw_err
begin(struct job *j, struct rw_error *e)
{
    struct rw_keep *k = j->options->keep;
    struct rw_part *p = &j->part;
    enum rw_err err;

    if (k == NULL || k->resume == NULL) {
        err = rw_pool_init(&p->futures, e);
        return err == RW_OK ? rw_pool_init(&p->nested, e) : err;
    }
    err = rw_part_resume(p, k->resume, &k->saved, e);
    j->before = p->seconds;
    return err;
}

static enum rw_err
try_place(const char *path, struct rw_error *e)
{
    struct rw_file f;
    enum rw_err err = rw_file_begin(&f, path, true, e);

    rw_file_abort(&f);
    return err;
}

/* A bad place is found before anything is simulated; where nothing was kept before,
 * the first checkpoint says which run it is. */
static enum rw_err
try_places(struct job *j, struct rw_error *e)
{
    struct rw_keep *k = j->options->keep;
    enum rw_err err = RW_OK;

    k->due = now() + k->every;
    if (k->checkpoint != NULL && k->resume == NULL)
        err = save(j, k->checkpoint, e);
    else if (k->checkpoint != NULL)
        err = try_place(k->checkpoint, e);
    return err == RW_OK && k->shard != NULL ? try_place(k->shard, e) : err;
}

/* The run, the checkpoint of all of it, and its share.  What was simulated before an
 * interruption is kept as well. */
static enum rw_err
run_kept(struct job *j, struct rw_error *e)
{
    struct rw_keep *k = j->options->keep;
    struct rw_pool *p = &j->part.futures, *q = &j->part.nested;
    enum rw_err err = try_places(j, e), of_save = RW_OK;
    struct rw_error told;

    k->total = rw_range_futures(p->range, p->n) + rw_range_futures(q->range, q->n);
    p->save = q->save = k->checkpoint != NULL ? save_or_tell : NULL;
    p->self = q->self = j;
    if (err != RW_OK)
        return err;
    err = run_both(j, e);
    rw_error_clear(&told);
    if (k->checkpoint != NULL && (err == RW_OK || err == RW_ERR_INTERRUPT))
        of_save = save(j, k->checkpoint, &told);
    if (of_save == RW_OK && err == RW_OK && k->shard != NULL)
        of_save = save(j, k->shard, &told);
    if (of_save == RW_OK)
        return err;
    *e = told;
    return of_save;
}

/* --- the run --- */

enum rw_err
rw_run_nested(const struct rw_model *m, const struct rw_run_options *options,
    struct rw_outcome *o, struct rw_error *e)
{
    struct job j = {.m = m, .options = options, .part.o = o, .begun = now()};
    struct rw_pool *p = &j.part.nested;
    enum rw_err err = prepare_nested(&j, e);

    if (err == RW_OK && o->nested.truths > 0) {
        p->before = o->n;
        p->all = o->n + p->n;
        p->seconds = o->wall_seconds;
        p->so_far = shown(&j);
        err = rw_pool_init(p, e);
        if (err == RW_OK)
            err = run_pool(&j, p, e);
    }
    rw_pool_fini(p);
    o->wall_seconds += now() - j.begun;
    return err;
}

/* The outcome's cells. */
static enum rw_err
fill(const struct job *j, struct rw_error *e)
{
    const struct rw_pool *p = &j->part.futures;
    enum rw_err err = rw_outcome_fill(j->part.o, &p->layout, rw_pool_means(p), e);

    if (err == RW_OK && p->each > 0)
        err = rw_outcome_spread(j->part.o, &p->layout, p->total, e);
    return err;
}

/* Both runs; the outcome's cells, unless it is but a share. */
static enum rw_err
work(struct job *j, struct rw_error *e)
{
    struct rw_pool *p = &j->part.futures, *q = &j->part.nested;
    struct rw_outcome *o = j->part.o;
    enum rw_err err = begin(j, e);

    q->before = o->n;
    p->all = q->all = o->n + rw_range_futures(q->range, q->n);
    p->had = q->had =
        rw_range_futures((struct rw_range){p->range.from, p->joined}, p->n) +
        rw_range_futures((struct rw_range){q->range.from, q->joined}, q->n);
    if (err == RW_OK)
        err = j->options->keep != NULL ? run_kept(j, e) : run_both(j, e);
    if (err == RW_OK && (j->options->keep == NULL || j->options->keep->shard == NULL))
        err = fill(j, e);
    return err;
}

enum rw_err
rw_run(const struct rw_model *m, const struct rw_run_options *options,
    struct rw_outcome **out, struct rw_error *e)
{
    struct job j = {.m = m, .options = options, .begun = now()};
    size_t n, each;
    struct rw_outcome *o;
    enum rw_err err = rw_run_futures(m, options, &n, &each, e);

    *out = NULL;
    if (err == RW_OK)
        err = rw_outcome_make(m, options,
            rw_range_futures(rw_run_share_range(share_of(options), n), n), out, e);
    if (err != RW_OK)
        return err;
    j.part.o = o = *out;
    j.part.share = share_of(options);
    j.part.identity = options->keep != NULL ? options->keep->identity : NULL;
    prepare_futures(&j, n, each);
    err = prepare_nested(&j, e);
    if (err == RW_OK)
        err = work(&j, e);
    o->bands = j.part.futures.bands;
    j.part.futures.bands = NULL;
    o->threads = j.part.threads;
    o->events = j.part.futures.events;
    o->wall_seconds = j.before + now() - j.begun;
    fini(&j);
    return err;
}

enum rw_err
rw_run_merge(const struct rw_model *m, const struct rw_run_options *options,
    const char *const shards[], size_t n_shards, struct rw_outcome **out,
    struct rw_error *e)
{
    struct job j = {.m = m, .options = options, .begun = now()};
    size_t n, each;
    struct rw_outcome *o;
    enum rw_err err = rw_run_futures(m, options, &n, &each, e);

    *out = NULL;
    if (err == RW_OK)
        err = rw_outcome_make(m, options, n, out, e);
    if (err != RW_OK)
        return err;
    j.part.o = o = *out;
    prepare_futures(&j, n, each);
    err = prepare_nested(&j, e);
    if (err == RW_OK)
        err = begin(&j, e);
    for (size_t k = 0; k < n_shards && err == RW_OK; k++)
        err = rw_stopped(options->stop)
                  ? rw_error_set(e, RW_ERR_INTERRUPT, "interrupted")
                  : rw_part_join(&j.part, shards[k], e);
    if (err == RW_OK && (j.part.futures.joined < j.part.futures.range.to ||
                            j.part.nested.joined < j.part.nested.range.to))
        err = rw_error_set(e, RW_ERR_INPUT, "shares of the run are missing");
    if (err == RW_OK)
        err = fill(&j, e);
    o->bands = j.part.futures.bands;
    j.part.futures.bands = NULL;
    o->threads = j.part.threads;
    o->events = j.part.futures.events;
    o->wall_seconds = j.part.seconds;
    fini(&j);
    return err;
}
