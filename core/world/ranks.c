/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all events of a source cost, without a list of them.
 *
 * Futures stand in the order of how many events they have, so that those with a k-th
 * one are the first of a row: fours, quantiles and sums of event k are loops over
 * them, with nothing to guess and nothing to leave out.  A future's losses are those
 * of events.c and are added up in the same order, so the bits are the same. */
#include "world/draw.h"

#include "num/cpu.h"
#include "num/row.h"

#include <string.h>

enum { STEP = 256 }; /* futures whose rows are in the nearest cache */

/* Futures by how many events they have, most first. */
struct ranks {
    unsigned most;
    size_t over[RW_POISSON_NUMBERS]; /* how many futures have more than k */
    const uint32_t *future;          /* (over[0]) */
};

bool
rw_world_adds_up(const struct rw_world *w, size_t source)
{
    const struct rw_source *s = &w->m->sources[source];
    const struct rw_threat *t = &w->m->threats[s->threat];

    return w->quasi == NULL && s->n_risks == 1 && t->words == 1 && t->n_losses == 1 &&
           t->count.chances == 0 && t->children == 0 &&
           !rw_row_above(w->n, w->rate + source * w->room, RW_POISSON_MOST);
}

static void
rank(const struct rw_numbers *p, uint32_t future[], struct ranks *r)
{
    size_t at[RW_POISSON_NUMBERS] = {0}, before = 0;

    for (size_t j = 0; j < p->n_some; j++)
        at[p->number[p->some[j]]]++;
    r->most = 0;
    for (unsigned k = RW_POISSON_NUMBERS; k-- > 0;) {
        size_t here = at[k];

        r->over[k] = at[k] = before;
        before += here;
        if (here > 0 && r->most == 0)
            r->most = k;
    }
    for (size_t j = 0; j < p->n_some; j++)
        future[at[p->number[p->some[j]]]++] = p->some[j];
    r->future = future;
}

/* Event k of each. */
RW_CPU_EACH void
take_by(size_t n, const double *restrict loss, const double *restrict scale,
    double *restrict sum, double *restrict largest)
{
    for (size_t j = 0; j < n; j++) {
        double x = loss[j] * scale[j];

        sum[j] += x;
        largest[j] = x > largest[j] ? x : largest[j];
    }
}
RW_CPU_VARIANTS(void, take,
    (size_t n, const double loss[], const double scale[], double sum[],
        double largest[]),
    (n, loss, scale, sum, largest))

/* How many of n futures, of which the first is `from', have more than k events. */
static size_t
over(const struct ranks *r, unsigned k, size_t from, size_t n)
{
    size_t all = k < r->most ? r->over[k] : 0;

    return all <= from ? 0 : all - from < n ? all - from : n;
}

/* At most STEP futures. */
static void
add_up(const struct rw_world *w, const struct rw_risk *x, const struct ranks *r,
    size_t from, size_t n, double cost[], double largest[])
{
    const struct rw_sampler *amount = &w->m->threats[x->threat].losses[0].sampler;
    const double *factor = w->factor + x->threat * w->room;
    const uint32_t *future = r->future + from;
    double u[4 * STEP], loss[STEP], scale[STEP], sum[STEP], most[STEP];
    uint64_t whose[STEP] = {0};

    for (size_t j = 0; j < n; j++) {
        whose[j] = w->first + future[j];
        scale[j] = x->scale[0] * factor[future[j]];
        sum[j] = most[j] = 0;
    }
    for (unsigned k = 0; over(r, k, from, n) > 0; k++) {
        size_t have = over(r, k, from, n);

        if (k % 4 == 0)
            rw_stream_quad_rows((struct rw_stream){w->seed, x->loss_lane}, have, whose,
                rw_world_word(w->cycle, k) / 4, STEP, u);
        rw_sampler_map(amount, have, u + (size_t)(k % 4) * STEP, loss);
        take(have, loss, scale, sum, most);
    }
    for (size_t j = 0; j < n; j++) {
        cost[future[j]] = sum[j];
        largest[future[j]] = most[j];
    }
}

uint64_t
rw_world_sums(struct rw_world *w, size_t source, struct rw_sums *out)
{
    const struct rw_source *s = &w->m->sources[source];
    struct rw_numbers *p = &w->numbers;
    struct ranks r;
    uint64_t events = 0;

    rw_numbers_draw(w, s->event_lane, w->rate + source * w->room);
    rank(p, w->ranked, &r);
    memset(out->number, 0, w->n * sizeof *out->number);
    memset(out->cost, 0, w->n * sizeof *out->cost);
    memset(out->largest, 0, w->n * sizeof *out->largest);
    for (size_t j = 0; j < p->n_some; j++) {
        out->number[p->some[j]] = p->number[p->some[j]];
        events += p->number[p->some[j]];
    }
    for (size_t j = 0; j < p->n_some; j += STEP)
        add_up(w, &w->m->risks[s->first_risk], &r, j,
            p->n_some - j < STEP ? p->n_some - j : STEP, out->cost, out->largest);
    return events;
}
