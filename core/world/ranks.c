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

enum { STEP = 256 }; /* futures whose rows are in the nearest cache */

/* Futures by how many events they have, most first. */
struct ranks {
    unsigned most;
    size_t over[RW_POISSON_NUMBERS + 1]; /* how many futures have more than k */
    const uint32_t *future;              /* (n) */
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

/* How many of a row are above k. */
RW_CPU_EACH uint32_t
above_by(size_t n, const uint8_t *restrict number, uint8_t k)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += number[i] > k;
    return sum;
}
RW_CPU_VARIANTS(
    uint32_t, above, (size_t n, const uint8_t number[], uint8_t k), (n, number, k))

static void
rank(size_t n, const uint8_t number[], uint32_t future[], struct ranks *r)
{
    size_t at[RW_POISSON_NUMBERS + 1]; /* where those with so many stand; none: last */

    for (r->most = 0;; r->most++) {
        at[r->most] = r->over[r->most] = above(n, number, (uint8_t)r->most);
        if (r->over[r->most] == 0)
            break;
    }
    for (size_t i = 0; i < n; i++)
        future[at[number[i]]++] = (uint32_t)i;
    r->future = future;
}

RW_CPU_EACH void
look_up_by(size_t n, const uint32_t *restrict future, uint64_t first,
    uint64_t *restrict whose, double by, const double *restrict factor,
    double *restrict scale)
{
    for (size_t j = 0; j < n; j++) {
        whose[j] = first + future[j];
        scale[j] = by * factor[future[j]];
    }
}
RW_CPU_VARIANTS(void, look_up,
    (size_t n, const uint32_t future[], uint64_t first, uint64_t whose[], double by,
        const double factor[], double scale[]),
    (n, future, first, whose, by, factor, scale))

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

    look_up(n, future, w->first, whose, x->scale[0], factor, scale);
    rw_row_fill(n, 0, sum);
    rw_row_fill(n, 0, most);
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
    size_t some;
    struct ranks r;
    uint64_t events = 0;

    rw_numbers_row(w, s->event_lane, w->rate + source * w->room);
    rank(w->n, p->number, w->ranked, &r);
    some = r.over[0];
    out->number = p->number;
    rw_row_fill(w->n, 0, out->cost);
    rw_row_fill(w->n, 0, out->largest);
    for (size_t j = 0; j < some; j += STEP)
        add_up(w, &w->m->risks[s->first_risk], &r, j, some - j < STEP ? some - j : STEP,
            out->cost, out->largest);
    for (unsigned k = 0; k < r.most; k++)
        events += r.over[k];
    return events;
}
