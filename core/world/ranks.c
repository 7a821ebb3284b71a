/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All events of a source, without a list of them.
 *
 * Futures stand in the order of how many events they have, so that those with a k-th
 * one are the first of a row: fours, quantiles and sums of event k are loops over
 * them, with nothing to guess and nothing to leave out.  Events have the draws of
 * events.c, and come in its order for each future, so sums have the same bits. */
#include "world/draw.h"

#include "num/cpu.h"
#include "num/row.h"

#include <stdlib.h>

enum { STEP = RW_RANKS_STEP };

bool
rw_world_ranks_new(struct rw_world *w)
{
    size_t most = 1;

    for (size_t t = 0; t < w->m->n_threats; t++)
        if (w->m->threats[t].n_losses > most)
            most = w->m->threats[t].n_losses;
    w->ranks.future = calloc(w->room, sizeof *w->ranks.future);
    w->ranks.scale = calloc(most, sizeof *w->ranks.scale);
    return w->ranks.future != NULL && w->ranks.scale != NULL;
}

void
rw_world_ranks_free(struct rw_world *w)
{
    free(w->ranks.future);
    free(w->ranks.scale);
}

bool
rw_world_ranked(const struct rw_world *w, size_t source)
{
    const struct rw_source *s = &w->m->sources[source];
    const struct rw_threat *t = &w->m->threats[s->threat];

    return w->quasi == NULL && s->n_risks == 1 && t->attack.n == 0 &&
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
rank(size_t n, struct rw_ranks *r)
{
    size_t at[RW_POISSON_NUMBERS + 1]; /* where those with so many stand; none: last */

    for (r->most = 0;; r->most++) {
        at[r->most] = r->over[r->most] = above(n, r->number, (uint8_t)r->most);
        if (r->over[r->most] == 0)
            break;
    }
    for (size_t i = 0; i < n; i++)
        r->future[at[r->number[i]]++] = (uint32_t)i;
}

const struct rw_ranks *
rw_world_rank(struct rw_world *w, size_t source)
{
    const struct rw_source *s = &w->m->sources[source];
    struct rw_ranks *r = &w->ranks;

    rw_numbers_row(w, s->event_lane, w->rate + source * w->room);
    r->risk = s->first_risk;
    r->number = w->numbers.number;
    rank(w->n, r);
    return r;
}

RW_CPU_EACH void
look_up_by(size_t n, const uint32_t *restrict future, double by,
    const double *restrict factor, double *restrict scale)
{
    for (size_t j = 0; j < n; j++)
        scale[j] = by * factor[future[j]];
}
RW_CPU_VARIANTS(void, look_up,
    (size_t n, const uint32_t future[], double by, const double factor[],
        double scale[]),
    (n, future, by, factor, scale))

void
rw_world_rank_turn(struct rw_world *w, size_t from)
{
    struct rw_ranks *r = &w->ranks;
    const struct rw_risk *x = &w->m->risks[r->risk];
    const double *factor = w->factor + x->threat * w->room;
    const uint32_t *future = r->future + from;

    r->from = from;
    r->n = r->over[0] - from < STEP ? r->over[0] - from : STEP;
    r->four = UINT64_MAX;
    for (size_t j = 0; j < r->n; j++)
        r->whose[j] = w->first + future[j];
    for (size_t j = 0; j < w->m->threats[x->threat].n_losses; j++)
        look_up(r->n, future, x->scale[j], factor, r->scale[j]);
}

/* How many of these futures have more than k events. */
static size_t
over(const struct rw_ranks *r, unsigned k)
{
    size_t all = k < r->most ? r->over[k] : 0;

    return all <= r->from ? 0 : all - r->from < r->n ? all - r->from : r->n;
}

/* Row (have) of the index-th uniform of each future; words come in order. */
static const double *
word(struct rw_world *w, uint64_t index, size_t have)
{
    struct rw_ranks *r = &w->ranks;
    uint64_t at = rw_world_word(w->cycle, index);

    if (r->four != at / 4)
        rw_stream_quad_rows((struct rw_stream){w->seed, w->m->risks[r->risk].loss_lane},
            have, r->whose, at / 4, STEP, r->u);
    r->four = at / 4;
    return r->u + at % 4 * STEP;
}

RW_CPU_EACH void
strike_out_by(size_t n, const double *restrict u, double chance, double *restrict loss)
{
    for (size_t j = 0; j < n; j++)
        loss[j] = u[j] < chance ? loss[j] : 0;
}
RW_CPU_VARIANTS(void, strike_out,
    (size_t n, const double u[], double chance, double loss[]), (n, u, chance, loss))

size_t
rw_world_rank_losses(struct rw_world *w, unsigned k, double loss[][RW_EVENTS_ROOM],
    double total[], const double **sum)
{
    struct rw_ranks *r = &w->ranks;
    const struct rw_threat *t = &w->m->threats[w->m->risks[r->risk].threat];
    uint64_t at = (uint64_t)k * t->words;
    size_t have = over(r, k);

    for (size_t j = 0; j < t->n_losses && have > 0; j++) {
        const struct rw_loss *l = &t->losses[j];

        rw_sampler_map(&l->sampler, have, word(w, at++, have), loss[j]);
        if (l->secondary < 1)
            strike_out(have, word(w, at++, have), l->secondary, loss[j]);
        rw_row_times(have, r->scale[j], loss[j]);
        if (j == 1)
            rw_row_copy(have, loss[0], total);
        if (j > 0)
            rw_row_add(have, loss[j], total);
    }
    *sum = t->n_losses > 1 ? total : loss[0];
    return have;
}
