/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/pool.h"

#include "base/fence.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STACK_BYTES = 8 << 20, POLL_MS = 100, REPORT_MS = 500 };

static double
now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool
stopped(const struct rw_pool *p)
{
    return rw_stopped(p->options->stop);
}

/* Keeps the error of the lowest block, so that it does not depend on timing
 * more than it must. */
static void
fail(struct rw_pool *p, size_t block, const struct rw_error *e)
{
    (void)pthread_mutex_lock(&p->lock);
    if (block < p->failed_block) {
        p->failed_block = block;
        p->error = *e;
    }
    (void)pthread_cond_broadcast(&p->turned);
    (void)pthread_mutex_unlock(&p->lock);
}

/* Blocks that were there before the run are not computed again. */
static bool
is_left(struct rw_pool *p)
{
    if (p->claimed < p->joined)
        p->claimed = p->joined;
    while (p->claimed < p->range.to && p->claimed < p->joined + p->window &&
           p->ready[p->claimed % p->window])
        p->claimed++;
    return p->failed_block == SIZE_MAX && !stopped(p) && p->claimed < p->range.to;
}

/* The next block to compute; false when there is none or the run must end. */
static bool
claim(struct rw_pool *p, size_t *block)
{
    bool got = false;

    (void)pthread_mutex_lock(&p->lock);
    while (is_left(p) && p->claimed >= p->joined + p->window) {
        p->waiting++;
        (void)pthread_cond_wait(&p->turned, &p->lock);
        p->waiting--;
    }
    if (is_left(p)) {
        *block = p->claimed++;
        got = true;
    }
    (void)pthread_mutex_unlock(&p->lock);
    return got;
}

/* A randomisation is complete: its mean is one observation. */
static void
observe(struct rw_moments *means, struct rw_moments *within)
{
    const struct rw_moments one = {1, within->mean, 0};

    if (within->n > 0)
        rw_moments_join(means, &one);
    *within = (struct rw_moments){0};
}

/* Adds a block's ledger; `complete': a randomisation ends with it. */
static void
join_ledger(struct rw_pool *p, const struct rw_moments *ledger, bool complete)
{
    size_t size = p->size;

    for (size_t k = 0; k < size; k++)
        rw_moments_join(&p->total[k], &ledger[k]);
    for (size_t k = 0; k < size && p->each > 0; k++) {
        struct rw_moments *within = &p->total[size + k];

        rw_moments_join(within, &ledger[k]);
        if (complete)
            observe(&p->total[2 * size + k], within);
    }
}

/* What progress tells; a share may begin amid a randomisation, which is left out. */
static void
join_shown(struct rw_pool *p, const struct rw_moments *shown, bool complete)
{
    if (p->each == 0) {
        rw_moments_join(&p->so_far, shown);
        return;
    }
    rw_moments_join(&p->shown_within, shown);
    if (complete && p->shown_within.n < p->each)
        p->shown_within = (struct rw_moments){0};
    if (complete)
        observe(&p->so_far, &p->shown_within);
}

static size_t
futures_of(const struct rw_pool *p, size_t block)
{
    return rw_range_futures((struct rw_range){block, block + 1}, p->n);
}

static void
join_block(struct rw_pool *p, size_t slot)
{
    bool complete = p->each > 0 && (p->joined + 1) * RW_RUN_BLOCK % p->each == 0;

    if (!p->apart)
        join_ledger(p, p->ledgers + slot * p->size, complete);
    if (p->histories == 0)
        join_shown(p, &p->shown[slot], complete);
    if (!p->apart)
        p->ready[slot] = 0;
    p->joined++;
}

struct rw_moments *
rw_pool_ledger(struct rw_pool *p, size_t block)
{
    return p->ledgers + block % p->window * p->size;
}

void
rw_pool_has(struct rw_pool *p, size_t block)
{
    p->ready[block % p->window] = 1;
    while (p->joined < p->range.to && p->ready[p->joined % p->window])
        join_block(p, p->joined % p->window);
    p->claimed = p->joined;
}

/* What the worker has counted since the last block, but for tallies. */
static void
join_counts(struct rw_pool *p, struct rw_turn *x)
{
    size_t n = x->bands != NULL && p->bands != NULL ? p->n_strategies : 0;

    for (size_t k = 0; k < n * p->m->cycles; k++)
        rw_histogram_join(&p->bands[k], &x->bands[k]);
    if (n > 0)
        memset(x->bands, 0, n * p->m->cycles * sizeof *x->bands);
    p->events += x->strike.events;
    x->strike.events = 0;
}

/* The block is there; in a steady pool with all that was counted in it.  Its futures
 * are those of b, if any. */
static enum rw_err
deliver(struct rw_pool *p, struct rw_turn *x, struct rw_block *b, size_t block,
    struct rw_error *e)
{
    enum rw_err err = RW_OK;

    (void)pthread_mutex_lock(&p->lock);
    if (p->steady && b != NULL && b->tallies != NULL)
        err = rw_tallies_add(p->o->tallies, b->rows, futures_of(p, block), b->one, e);
    if (p->steady)
        join_counts(p, x);
    p->ready[block % p->window] = err == RW_OK;
    while (p->joined < p->range.to && p->ready[p->joined % p->window])
        join_block(p, p->joined % p->window);
    if (p->waiting > 0)
        (void)pthread_cond_broadcast(&p->turned);
    (void)pthread_mutex_unlock(&p->lock);
    return err;
}

/* What progress tells of: the last strategy's loss in the first year, or over
 * a horizon that has none. */
static const double *
figure_shown(const struct rw_pool *p, const struct rw_sink *sink)
{
    size_t s = p->n_strategies - 1;

    return p->m->n_years > 0 ? sink->year_loss[s * p->m->n_years] : sink->total_loss[s];
}

/* Moments of the block's columns behind its ledger; what is watched is kept.  A steady
 * pool counts when it is delivered. */
static enum rw_err
tally_block(struct rw_pool *p, struct rw_block *b, size_t block, struct rw_error *e)
{
    size_t n = futures_of(p, block), first = (block - p->range.from) * RW_RUN_BLOCK;

    rw_tallies_note(
        b->tallies, b->rows, n, b->one, rw_pool_ledger(p, block) + p->layout.size);
    for (size_t w = 0; w < p->o->n_watched; w++)
        memcpy(p->o->risk_year[w] + first, b->rows[rw_row_watched(&b->shape, w)],
            n * sizeof *b->one);
    return p->steady ? RW_OK : rw_tallies_add(b->tallies, b->rows, n, b->one, e);
}

/* The block's futures into the outcome. */
static enum rw_err
keep_block(struct rw_pool *p, struct rw_block *b, size_t block, struct rw_error *e)
{
    size_t k = block - p->range.from, n = futures_of(p, block);
    enum rw_err err;

    if (b->tallies != NULL)
        return tally_block(p, b, block, e);
    rw_packing_make(&b->packing, &b->shape, b->rows, n);
    (void)pthread_mutex_lock(&p->lock);
    err = rw_packed_keep(p->o->packed, k, &b->packing, e);
    (void)pthread_mutex_unlock(&p->lock);
    return err;
}

/* b: where the futures go first; NULL: straight into the pool's sink. */
static enum rw_err
compute(struct rw_pool *p, struct rw_turn *x, struct rw_block *b, size_t block,
    struct rw_error *e)
{
    size_t first = (block - p->range.from) * RW_RUN_BLOCK, at = first;
    size_t n = futures_of(p, block);
    const struct rw_sink *sink = &p->sink;
    enum rw_err err;

    if (b != NULL) {
        b->sink.first = p->sink.first + first;
        sink = &b->sink;
        at = 0;
    } else {
        rw_pool_pages(p, block);
    }
    err = rw_turn_block(x, p->sink.first + first, n, sink, rw_pool_ledger(p, block), e);
    if (err == RW_OK && p->options->progress != NULL)
        p->shown[block % p->window] = rw_moments_array(figure_shown(p, sink) + at, n);
    return err == RW_OK && b != NULL ? keep_block(p, b, block, e) : err;
}

/* Counts join exactly in any order.  In a steady pool those of a block that was broken
 * off are all that is left, and nobody's. */
static void
hand_over(struct rw_pool *p, struct rw_turn *x, const struct rw_block *b)
{
    struct rw_error e;

    rw_error_clear(&e);
    (void)pthread_mutex_lock(&p->lock);
    if (x != NULL && !p->steady)
        join_counts(p, x);
    if (b != NULL && b->tallies != NULL && !p->steady &&
        rw_tallies_join(p->o->tallies, b->tallies, &e) != RW_OK &&
        p->failed_block == SIZE_MAX) {
        p->failed_block = p->range.to;
        p->error = e;
    }
    p->working--;
    (void)pthread_cond_signal(&p->ended);
    (void)pthread_mutex_unlock(&p->lock);
}

static void *
work(void *self)
{
    struct rw_pool *p = self;
    struct rw_turn *x = NULL;
    struct rw_block room = {.x = NULL}, *b = p->o != NULL ? &room : NULL;
    struct rw_error e;
    size_t block = 0;
    enum rw_err err;

    rw_error_clear(&e);
    err = rw_turn_new(p->m, p->seed, p->strategies, p->n_strategies, p->prior,
        RW_RUN_BLOCK, p->options->stop, &x, &e);
    if (err == RW_OK && b != NULL)
        err = rw_block_init(b, p->o, &e);
    if (err == RW_OK && p->histories > 0)
        rw_turn_nest(x, p->histories);
    if (err == RW_OK && p->quasi != NULL)
        rw_turn_even(x, p->quasi);
    while (err == RW_OK && claim(p, &block)) {
        err = compute(p, x, b, block, &e);
        if (err == RW_OK)
            err = deliver(p, x, b, block, &e);
    }
    if (err != RW_OK)
        fail(p, block, &e);
    hand_over(p, x, b);
    rw_block_fini(&room);
    rw_turn_free(x);
    return NULL;
}

/* On a thread of its own: behind the fence. */
static void *
work_apart(void *self)
{
    struct rw_pool *p = self;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_fence_enter(&e) == RW_OK)
        return work(p);
    fail(p, 0, &e);
    hand_over(p, NULL, NULL);
    return NULL;
}

static enum rw_err
work_here(void *self, struct rw_error *e)
{
    (void)e; /* the pool keeps it */
    (void)work(self);
    return RW_OK;
}

static void
report(struct rw_pool *p, double begun)
{
    struct rw_run_progress g = {.total = p->all, .seconds = p->seconds + now() - begun};

    g.done =
        p->before + rw_range_futures((struct rw_range){p->range.from, p->joined}, p->n);
    if (g.done > p->had)
        g.left = g.seconds * (double)(g.total - g.done) / (double)(g.done - p->had);
    g.mean = p->so_far.mean;
    g.mean_se = rw_moments_se(&p->so_far);
    p->options->progress(p->options->self, &g);
}

static void
interrupt_plugins(const struct rw_model *m)
{
    for (size_t t = 0; t < m->n_threats; t++)
        if (m->threats[t].use.plugin != NULL &&
            m->threats[t].use.plugin->ops->interrupt != NULL)
            m->threats[t].use.plugin->ops->interrupt();
    for (size_t c = 0; c < m->n_controls; c++)
        if (m->controls[c].use.plugin != NULL &&
            m->controls[c].use.plugin->ops->interrupt != NULL)
            m->controls[c].use.plugin->ops->interrupt();
    for (size_t s = 0; s < m->n_strategies; s++)
        if (m->strategies[s].planner.plugin != NULL &&
            m->strategies[s].planner.plugin->ops->interrupt != NULL)
            m->strategies[s].planner.plugin->ops->interrupt();
}

static void
wait_a_little(struct rw_pool *p)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += POLL_MS * 1000000L;
    t.tv_sec += t.tv_nsec / 1000000000L;
    t.tv_nsec %= 1000000000L;
    (void)pthread_cond_timedwait(&p->ended, &p->lock, &t);
}

/* The calling thread's part: look for a stop, report, wait for the end. */
static void
attend(struct rw_pool *p, double begun)
{
    double next = now() + REPORT_MS * 1e-3;
    bool told = false;

    (void)pthread_mutex_lock(&p->lock);
    while (p->working > 0) {
        wait_a_little(p);
        if (stopped(p) && !told) {
            interrupt_plugins(p->m);
            (void)pthread_cond_broadcast(&p->turned);
            told = true;
        }
        if (p->options->progress != NULL && !told && now() >= next) {
            report(p, begun);
            next = now() + REPORT_MS * 1e-3;
        }
        if (p->save != NULL && !told) {
            (void)pthread_mutex_unlock(&p->lock);
            p->save(p->self);
            (void)pthread_mutex_lock(&p->lock);
        }
    }
    (void)pthread_mutex_unlock(&p->lock);
}

static enum rw_err
start(struct rw_pool *p, pthread_t thread[], struct rw_error *e)
{
    pthread_attr_t attr;

    if (pthread_attr_init(&attr) != 0)
        return RW_ERR_MEMORY;
    (void)pthread_attr_setstacksize(&attr, STACK_BYTES);
    for (p->started = 0; p->started < p->threads; p->started++) {
        (void)pthread_mutex_lock(&p->lock);
        p->working++;
        (void)pthread_mutex_unlock(&p->lock);
        if (pthread_create(&thread[p->started], &attr, work_apart, p) != 0)
            break;
    }
    (void)pthread_attr_destroy(&attr);
    if (p->started == p->threads)
        return RW_OK;
    if (p->started == 0) { /* not one thread to be had: this one does it all */
        enum rw_err err = rw_fence_call(work_here, p, e);

        p->working = 0; /* also if it could not */
        return err;
    }
    (void)pthread_mutex_lock(&p->lock);
    p->working--;
    (void)pthread_mutex_unlock(&p->lock);
    return RW_OK;
}

enum rw_err
rw_pool_init(struct rw_pool *p, struct rw_error *e)
{
    size_t left = p->range.to - p->range.from;

    if (p->n == 0)
        return RW_OK;
    if (p->threads > left)
        p->threads = (unsigned)left;
    p->claimed = p->joined = p->range.from;
    p->apart = p->histories == 0 && p->range.from > 0;
    p->window = 2 * (size_t)p->threads + 2;
    if (p->apart && left > p->window)
        p->window = left;
    if (p->reach > p->window)
        p->window = p->reach;
    p->failed_block = SIZE_MAX;
    p->ledgers = calloc(p->window * p->size, sizeof *p->ledgers);
    p->shown = calloc(p->window, sizeof *p->shown);
    p->ready = calloc(p->window, 1);
    p->total = calloc(rw_pool_total(p), sizeof *p->total);
    if (p->histories == 0)
        p->bands = calloc(p->n_strategies * p->m->cycles, sizeof *p->bands);
    if (p->ledgers == NULL || p->shown == NULL || p->ready == NULL ||
        p->total == NULL || (p->bands == NULL && p->histories == 0))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the run's figures");
    (void)pthread_mutex_init(&p->lock, NULL);
    (void)pthread_cond_init(&p->turned, NULL);
    (void)pthread_cond_init(&p->ended, NULL);
    p->made = true;
    return RW_OK;
}

enum rw_err
rw_pool_run(struct rw_pool *p, struct rw_error *e)
{
    double begun = now();
    enum rw_err err;
    pthread_t *thread = calloc(p->threads > 0 ? p->threads : 1, sizeof *thread);

    if (thread == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for threads");
    rw_error_clear(&p->error);
    err = start(p, thread, e);
    attend(p, begun);
    for (unsigned k = 0; k < p->started; k++)
        (void)pthread_join(thread[k], NULL);
    free(thread);
    if (stopped(p))
        return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    if (p->failed_block != SIZE_MAX) {
        *e = p->error;
        return p->error.code;
    }
    return err;
}

void
rw_pool_fini(struct rw_pool *p)
{
    if (p->made) {
        (void)pthread_cond_destroy(&p->turned);
        (void)pthread_cond_destroy(&p->ended);
        (void)pthread_mutex_destroy(&p->lock);
    }
    free(p->ledgers);
    free(p->shown);
    free(p->ready);
    free(p->total);
    free(p->bands);
}
