/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of a Poisson process: how many, and at which levels.
 *
 * Of a rate up to RW_POISSON_MOST their number comes from one uniform, a row draw of
 * the lane.  What that leaves is the level of event 0 (num/poisson.h); the others'
 * levels are the fourth uniforms of their fates.  Most futures have no event, which a
 * comparison decides: u <= 1 - rate <= exp(-rate).  A level is drawn only where some
 * bound or strategy asks for it.
 *
 * Of a higher rate the events are made by ascending level, since few of many may be
 * let through: level k is -(ln u_0 + .. + ln u_k) / rate, from own draws of the lane. */
#include "world/draw.h"

#include "num/elementary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL = 8 }; /* events written at once */

bool
rw_numbers_new(struct rw_numbers *p, size_t room)
{
    p->start = malloc(room * sizeof *p->start);
    p->level = malloc(room * sizeof *p->level);
    p->number = malloc(room * sizeof *p->number);
    p->some = malloc(room * sizeof *p->some);
    p->rates = malloc(room * sizeof *p->rates);
    p->starts = malloc(room * sizeof *p->starts);
    p->levels = malloc(room * sizeof *p->levels);
    p->numbers = malloc(room * sizeof *p->numbers);
    p->law.rate = NAN;
    return p->start != NULL && p->level != NULL && p->number != NULL &&
           p->some != NULL && p->rates != NULL && p->starts != NULL &&
           p->levels != NULL && p->numbers != NULL;
}

void
rw_numbers_free(struct rw_numbers *p)
{
    free(p->start);
    free(p->level);
    free(p->number);
    free(p->some);
    free(p->rates);
    free(p->starts);
    free(p->levels);
    free(p->numbers);
}

static bool
are_alike(size_t n, const double x[])
{
    int differ = 0;

    for (size_t i = 0; i < n; i++)
        differ |= x[i] != x[0];
    return n > 0 && differ == 0 && x[0] <= RW_POISSON_MOST;
}

/* One law for all. */
static void
draw_alike(struct rw_numbers *p, size_t n)
{
    if (p->law.rate != p->rate[0])
        rw_poisson_init(&p->law, p->rate[0]);
    rw_poisson_row(&p->law, n, p->start, p->number);
}

static void
list_some(struct rw_numbers *p, size_t n)
{
    size_t some = 0;

    for (size_t i = 0; i < n; i++) {
        p->some[some] = (uint32_t)i;
        some += p->number[i] > 0;
    }
    p->n_some = some;
}

/* Those that may have events, in a row of their own: how many. */
static size_t
pick(struct rw_numbers *p, size_t n)
{
    size_t may = 0;

    for (size_t i = 0; i < n; i++) {
        double rate = p->rate[i];

        p->some[may] = (uint32_t)i;
        p->starts[may] = p->start[i];
        p->rates[may] = rate <= RW_POISSON_MOST ? rate : 0;
        may += p->start[i] > 1 - rate;
    }
    return may;
}

/* They are listed, too. */
static void
draw_each(struct rw_numbers *p, size_t n)
{
    size_t may = pick(p, n), some = 0;

    memset(p->number, 0, n * sizeof *p->number);
    rw_poisson_rows(may, p->rates, p->starts, p->numbers, p->levels);
    for (size_t j = 0; j < may; j++) {
        uint32_t i = p->some[j];

        p->level[i] = p->levels[j];
        p->number[i] = p->rate[i] <= RW_POISSON_MOST ? p->numbers[j] : RW_NUMBERS_MANY;
        p->some[some] = i;
        some += p->number[i] > 0;
    }
    p->n_some = some;
}

void
rw_numbers_row(struct rw_world *w, uint64_t lane, const double rate[])
{
    struct rw_numbers *p = &w->numbers;

    p->rate = rate;
    rw_world_row(w, lane, w->cycle, p->start);
    p->alike = are_alike(w->n, rate);
    if (p->alike)
        draw_alike(p, w->n);
    else
        draw_each(p, w->n);
}

void
rw_numbers_draw(struct rw_world *w, uint64_t lane, const double rate[])
{
    rw_numbers_row(w, lane, rate);
    if (w->numbers.alike)
        list_some(&w->numbers, w->n);
}

double
rw_numbers_level(const struct rw_world *w, uint64_t fate_lane, const struct rw_event *v)
{
    const struct rw_numbers *p = &w->numbers;
    size_t i = v->future;
    double u[4];

    if (v->k == 0)
        return p->alike ? rw_poisson_rest(&p->law, p->start[i], p->number[i])
                        : p->level[i];
    rw_world_four(w, fate_lane, i, rw_world_event_word(w, v, 1), u);
    return u[3];
}

/* All events of a future, and their fours; there is room for RW_POISSON_NUMBERS.  As
 * many as is usual are written without a guess how many there are. */
static inline void
list_all(
    struct rw_event_list *list, const struct rw_world *w, uint32_t i, size_t number)
{
    struct rw_event *v = list->event + list->n;
    uint16_t *place = list->place + list->n, from = (uint16_t)(4 * list->n_fours);
    uint64_t *of = list->four_of + list->n_fours, *four = list->four + list->n_fours;
    uint64_t first = rw_world_word(w->cycle, 0) / 4;

    for (uint32_t k = 0; k < USUAL; k++) {
        v[k] = (struct rw_event){i, k, NAN, 0};
        place[k] = (uint16_t)(from + k);
    }
    for (size_t k = 0; k < USUAL / 4; k++) {
        of[k] = w->first + i;
        four[k] = first + k;
    }
    for (uint32_t k = USUAL; k < number; k++) {
        v[k] = (struct rw_event){i, k, NAN, 0};
        place[k] = (uint16_t)(from + k);
        of[k / 4] = w->first + i;
        four[k / 4] = first + k / 4;
    }
    list->n += number;
    list->n_fours += (number + 3) / 4;
}

static void
list_below(struct rw_event_list *list, const struct rw_world *w, uint64_t fate_lane,
    uint32_t i, size_t number, double bound)
{
    list->whole = false;
    for (uint32_t k = 0; k < number; k++) {
        struct rw_event v = {i, k, NAN, 0};

        v.level = rw_numbers_level(w, fate_lane, &v);
        if (v.level < rw_world_above(bound))
            list->event[list->n++] = v;
    }
}

/* Goes on with the events of one future by ascending level; false when the list is
 * full. */
static bool
list_many(struct rw_event_list *list, const struct rw_world *w, uint64_t lane,
    uint32_t i, double bound, struct rw_event_cursor *at)
{
    double rate = w->numbers.rate[i], most = rw_world_above(rate * bound), u[4];
    uint64_t first = rw_world_word(w->cycle, 0);

    list->whole = false;
    for (bool fresh = true;; fresh = false) {
        double next;

        if (list->n == RW_EVENTS_ROOM)
            return false;
        if (fresh || at->k % 4 == 0) {
            rw_world_four(w, lane, i, (first + at->k) / 4, u);
            for (int j = 0; j < 4; j++)
                u[j] = rw_log(u[j]);
        }
        next = at->sum - u[at->k % 4];
        if (next >= most)
            return true;
        list->event[list->n++] = (struct rw_event){i, (uint32_t)at->k, next / rate, 0};
        at->sum = next;
        at->k++;
    }
}

void
rw_numbers_list(struct rw_world *w, uint64_t lane, uint64_t fate_lane,
    struct rw_event_cursor *at, struct rw_event_list *list)
{
    const struct rw_numbers *p = &w->numbers;

    for (; at->next < p->n_some; rw_world_next(at)) {
        uint32_t i = p->some[at->next];
        unsigned number = p->number[i];

        if (number == RW_NUMBERS_MANY) {
            if (!list_many(list, w, lane, i, at->bound[i], at))
                return;
            continue;
        }
        if (RW_EVENTS_ROOM - list->n < RW_POISSON_NUMBERS)
            return;
        if (at->free || at->bound[i] >= 1)
            list_all(list, w, i, number);
        else
            list_below(list, w, fate_lane, i, number, at->bound[i]);
    }
}

void
rw_world_points_begin(
    struct rw_world *w, size_t source, const double bound[], struct rw_event_cursor *at)
{
    int lower = 0;

    for (size_t i = 0; i < w->n; i++)
        lower |= bound[i] < 1;
    *at =
        (struct rw_event_cursor){.source = source, .bound = bound, .free = lower == 0};
    rw_numbers_draw(w, w->m->sources[source].event_lane, w->rate + source * w->room);
}

void
rw_world_points(
    struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list)
{
    const struct rw_source *s = &w->m->sources[at->source];

    rw_numbers_list(w, s->event_lane, s->fate_lane, at, list);
}
