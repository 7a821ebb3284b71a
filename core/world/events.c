/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events by level coupling, and their marks. */
#include "world/draw.h"

#include <math.h>

/* Products of uniforms are kept above this; below, their logarithm moves to
 * the base. */
#define SMALLEST 0x1p-500
/* Of rates below, most futures' events are among those drawn ahead. */
#define MOST_FEW 9

/* How many fours a future is likely to need for events up to `most`. */
static inline size_t
ahead(double most)
{
    return most < 3 ? 1 : most < 6 ? 2 : RW_WORLD_AHEAD;
}

/* Appends the events of one future from where the cursor stands until their
 * level passes `most`, s_k < most <=> product > exp(base - most); false when
 * the list is full.  first: the future's fours drawn ahead. */
static inline bool
make_future(struct rw_event_list *list, const struct rw_world *w, double most,
    const double first[], struct rw_event_cursor *c)
{
    uint64_t lane = w->m->sources[c->source].event_lane,
             words = rw_world_word(w->cycle, 0);
    double more[4], base = c->base, product = c->product, limit;
    uint32_t k = (uint32_t)c->k, drawn = 4 * (uint32_t)ahead(most);
    const double *u = k < drawn ? first + k / 4 * 4 * w->room : more;
    size_t n = list->n;
    bool ended = false;

    if (base - most != c->exponent) { /* futures of one rate follow each other */
        c->exponent = base - most;
        c->limit = exp(c->exponent);
    }
    limit = c->limit;
    if (k >= drawn)
        rw_world_four(w, lane, c->future, (words + k) / 4, more);
    while (n < RW_EVENTS_ROOM) {
        double next = product * u[k % 4];

        ended = next <= limit;
        if (ended)
            break;
        product = next;
        list->event[n++] = (struct rw_event){(uint32_t)c->future, k, base, product};
        if (product < SMALLEST) {
            base -= log(product);
            product = 1;
            limit = exp(base - most);
        }
        if (++k % 4 == 0) {
            u = k < drawn ? first + k * w->room : more;
            if (k >= drawn)
                rw_world_four(w, lane, c->future, (words + k) / 4, more);
        }
    }
    list->n = n;
    c->k = k;
    c->base = base;
    c->product = product;
    return ended;
}

static inline double
most_of(const struct rw_world *w, const struct rw_event_cursor *at, size_t i)
{
    return rw_world_above(w->rate[at->source * w->room + i] * at->bound[i]);
}

/* All events of a future whose fours drawn ahead reach beyond `most', and its list has
 * room for as many as these may be: all are written, then those that are there are
 * counted, so that nothing is to be guessed.  False: they do not reach, or may not. */
static inline bool
make_few(struct rw_event_list *list, const struct rw_world *w, double most,
    const double first[], struct rw_event_cursor *c)
{
    size_t n = ahead(most), count = 0;
    double product = 1, limit;

    if (!(most < MOST_FEW) || list->n + 4 * RW_WORLD_AHEAD > RW_EVENTS_ROOM)
        return false;
    if (c->exponent != -most) {
        c->exponent = -most;
        c->limit = exp(c->exponent);
    }
    limit = c->limit;
    for (size_t four = 0; four < n; four++) {
        const double *u = first + 4 * four * w->room;
        struct rw_event *v = list->event + list->n + 4 * four;

        for (size_t j = 0; j < 4; j++) {
            product *= u[j];
            count += product > limit;
            v[j] = (struct rw_event){
                (uint32_t)c->future, (uint32_t)(4 * four + j), 0, product};
        }
    }
    if (count == 4 * n)
        return false;
    list->n += count;
    return true;
}

/* Draws ahead for every future at once: a generator's long chains overlap when
 * nothing is decided between them.  A further four is drawn for all where it is for
 * many. */
void
rw_world_points_begin(
    struct rw_world *w, size_t source, const double bound[], struct rw_event_cursor *at)
{
    uint64_t lane = w->m->sources[source].event_lane;
    uint64_t quad = rw_world_word(w->cycle, 0) / 4;

    *at = (struct rw_event_cursor){
        .source = source, .bound = bound, .product = 1, .exponent = NAN};
    rw_stream_row(&w->keys, lane, w->first, quad, w->n, w->fours);
    for (size_t k = 1; k < RW_WORLD_AHEAD; k++) {
        double *u = w->fours + 4 * k * w->room;
        size_t many = 0;

        for (size_t i = 0; i < w->n; i++)
            many += ahead(most_of(w, at, i)) > k;
        if (many > w->n / 2)
            rw_stream_row(&w->keys, lane, w->first, quad + k, w->n, u);
        else
            for (size_t i = 0; i < w->n && many > 0; i++)
                if (ahead(most_of(w, at, i)) > k)
                    rw_world_four(w, lane, i, quad + k, u + 4 * i);
    }
}

void
rw_world_points(
    struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list)
{
    for (; at->future < w->n; rw_world_next_future(at)) {
        const double *first = w->fours + 4 * at->future;
        double most = most_of(w, at, at->future);

        /* exp(-most) >= 1 - most decides most empty futures */
        if (at->k == 0 && first[0] <= 1 - most)
            continue;
        if (at->k == 0 && make_few(list, w, most, first, at))
            continue;
        if (!make_future(list, w, most, first, at))
            break;
    }
}

void
rw_world_events_begin(
    struct rw_world *w, size_t source, const double bound[], struct rw_event_cursor *at)
{
    const struct rw_threat *t = &w->m->threats[w->m->sources[source].threat];

    if (t->count.chances > 0)
        *at = (struct rw_event_cursor){.source = source, .bound = bound, .product = 1};
    else
        rw_world_points_begin(w, source, bound, at);
    at->chances = t->count.chances > 0;
    at->excited = t->children > 0;
}

bool
rw_world_events(
    struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list)
{
    list->n = 0;
    if (at->chances)
        rw_world_chances(w, at, list);
    else
        rw_world_points(w, at, list);
    if (at->excited && at->future == w->n)
        rw_world_descendants(w, at, list);
    return list->n > 0;
}

double
rw_world_level(const struct rw_world *w, size_t source, const struct rw_event *v)
{
    if (v->k & RW_EVENT_DESCENDANT)
        return v->base;
    return (v->base - log(v->product)) / w->rate[source * w->room + v->future];
}

struct rw_fate
rw_world_fate_in(const struct rw_world *w, uint64_t lane, const struct rw_event *v)
{
    double u[4];

    rw_world_four(w, lane, v->future, rw_world_event_word(w, v, 1), u);
    return (struct rw_fate){.time = v->k & RW_EVENT_DESCENDANT ? v->product : u[0],
        .seen = u[1],
        .wait = u[2]};
}

/* Events of one future share fours: those are listed first, without a branch that a
 * processor would guess wrong once a future. */
void
rw_world_uniforms(const struct rw_world *w, uint64_t lane, size_t n,
    const struct rw_event v[], double out[])
{
    enum { STEP = 256 };
    uint64_t future[STEP], quad[STEP];
    double u[4 * STEP];
    uint16_t from[STEP];

    for (size_t e = 0, step; e < n; e += step) {
        size_t fours = 0;

        step = n - e < STEP ? n - e : STEP;
        for (size_t j = 0; j < step; j++) {
            const struct rw_event *x = &v[e + j];
            size_t next =
                j == 0 || x->future != x[-1].future || x->k / 4 != x[-1].k / 4;

            fours += next;
            future[fours - 1] = w->first + x->future;
            quad[fours - 1] = rw_world_event_word(w, x, 1) / 4;
            from[j] = (uint16_t)(4 * (fours - 1) + x->k % 4);
        }
        rw_stream_quads(&w->keys, lane, fours, future, quad, u);
        for (size_t j = 0; j < step; j++)
            out[e + j] = u[from[j]];
    }
}

void
rw_world_words(const struct rw_world *w, uint64_t lane, size_t n,
    const struct rw_event v[], unsigned per_event)
{
    for (size_t e = 0; e < n; e++) {
        uint64_t next = rw_world_event_word(w, &v[e], per_event);
        double u[4];

        for (unsigned j = 0; j < per_event; j++, next++) {
            if (j == 0 || next % 4 == 0)
                rw_world_four(w, lane, v[e].future, next / 4, u);
            w->words[j * RW_EVENTS_ROOM + e] = u[next % 4];
        }
    }
}

const double *
rw_world_losses_in(struct rw_world *w, size_t risk, uint64_t lane, size_t n,
    const struct rw_event v[], double loss[][RW_EVENTS_ROOM], double total[])
{
    const struct rw_risk *r = &w->m->risks[risk];
    const struct rw_threat *t = &w->m->threats[r->threat];
    const double *factor = w->factor + r->threat * w->room;
    const double *word = w->words;

    if (t->words == 1)
        rw_world_uniforms(w, lane, n, v, w->words);
    else
        rw_world_words(w, lane, n, v, t->words);
    for (size_t j = 0; j < t->n_losses; j++) {
        const struct rw_loss *l = &t->losses[j];

        rw_sampler_map(&l->sampler, n, word, loss[j]);
        word += RW_EVENTS_ROOM;
        if (l->secondary < 1) {
            for (size_t e = 0; e < n; e++)
                loss[j][e] = word[e] < l->secondary ? loss[j][e] : 0;
            word += RW_EVENTS_ROOM;
        }
        for (size_t e = 0; e < n; e++)
            loss[j][e] *= r->scale[j] * factor[v[e].future];
        for (size_t e = 0; j == 1 && e < n; e++)
            total[e] = loss[0][e] + loss[1][e];
        for (size_t e = 0; j > 1 && e < n; e++)
            total[e] += loss[j][e];
    }
    return t->n_losses > 1 ? total : loss[0];
}
