/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/floor.c -- the generator, the draws a model needs, and the world alone. */
#include "tests/bench/bench.h"

#include "num/row.h"
#include "world/world.h"

#include <stdlib.h>

enum { BLOCK = RW_RUN_BLOCK, MOST = RW_POISSON_NUMBERS };

double
bench_raw(size_t n)
{
    static double u[BLOCK];
    double sum = 0, begun = now();

    for (size_t i = 0; i < n; i += BLOCK) {
        rw_stream_fill((struct rw_stream){1, 2}, i, 0, BLOCK, u);
        sum += u[0];
    }
    return sum > 0 ? now() - begun : 0;
}

double
bench_fours(size_t n)
{
    static double u[4 * BLOCK];
    double sum = 0, begun = now();

    for (size_t i = 0; i < n; i += BLOCK) {
        rw_stream_own_row((struct rw_stream){1, 2}, i, 0, BLOCK, u);
        sum += u[0];
    }
    return sum > 0 ? now() - begun : 0;
}

/* As many as count says: whole fours. */
static size_t
draw(struct rw_stream s, uint64_t first, const uint8_t count[], double u[])
{
    static uint64_t future[BLOCK * MOST / 4], quad[BLOCK * MOST / 4];
    size_t n = 0;

    for (size_t i = 0; i < BLOCK; i++)
        for (unsigned k = 0; 4 * k < count[i]; k++, n++) {
            future[n] = first + i;
            quad[n] = k;
        }
    rw_stream_quads(s, n, future, quad, u);
    return 4 * n;
}

double
bench_floor(const struct rw_sampler *amount, size_t n, size_t *events)
{
    static double start[BLOCK], u[BLOCK * MOST], x[BLOCK * MOST];
    static uint8_t count[BLOCK];
    struct rw_poisson law;
    double sum = 0, begun = now();

    rw_poisson_init(&law, BENCH_MEAN);
    *events = 0;
    for (size_t first = 0; first < n; first += BLOCK) {
        size_t needed = 0;

        rw_stream_fill((struct rw_stream){1, 1}, first, 0, BLOCK, start);
        rw_poisson_row(&law, BLOCK, start, count);
        for (size_t i = 0; i < BLOCK; i++)
            needed += count[i];
        sum += u[draw((struct rw_stream){1, 2}, first, count, u) - 1];
        rw_sampler_map(amount, needed, u, x);
        sum += x[needed - 1];
        *events += needed;
    }
    return sum > 0 ? now() - begun : 0;
}

/* Sums of a block, as the wheel takes them. */
static void
sum_block(struct rw_world *w, double cost[])
{
    static double loss[RW_FORMS][RW_EVENTS_ROOM], sums[RW_EVENTS_ROOM];
    const struct rw_ranks *r = rw_world_rank(w, 0);

    for (size_t from = 0; from < r->over[0]; from += RW_RANKS_STEP) {
        double sum[RW_RANKS_STEP] = {0};
        const double *total;
        size_t have;

        rw_world_rank_turn(w, from);
        for (unsigned k = 0; k < r->most; k++) {
            have = rw_world_rank_losses(w, k, loss, sums, &total);
            rw_row_add(have, total, sum);
        }
        for (size_t j = 0; j < r->n; j++)
            cost[r->future[from + j]] = sum[j];
    }
}

double
bench_kernel(const struct rw_model *m, size_t n)
{
    static double cost[BLOCK];
    double sum = 0, begun, spent;
    struct rw_world *w;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_world_new(m, 1, BLOCK, NULL, &w, &e) != RW_OK)
        abort();
    begun = now();
    for (size_t first = 0; first < n; first += BLOCK) {
        if (rw_world_begin(w, first, BLOCK, &e) != RW_OK ||
            rw_world_cycle(w, 0, &e) != RW_OK || !rw_world_ranked(w, 0))
            abort();
        sum_block(w, cost);
        sum += cost[0];
    }
    spent = now() - begun;
    rw_world_free(w);
    return sum > 0 ? spent : 0;
}

double
bench_draws(const struct rw_sampler *s, size_t n)
{
    static double x[BLOCK];
    double sum = 0, begun = now();

    for (size_t i = 0; i < n; i += BLOCK) {
        rw_sampler_fill(s, (struct rw_stream){1, 2}, i, 0, BLOCK, x);
        sum += x[0];
    }
    return sum > 0 ? now() - begun : 0;
}
