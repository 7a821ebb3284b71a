/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation learns of how large losses are. */
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

static bool
delayed(const struct rw_wheel *g, size_t threat)
{
    return g->m->threats[threat].seen_delay > 0;
}

/* Lists the threats; returns how many rows of `seen` they want. */
static size_t
list(struct rw_wheel *g)
{
    struct rw_sizes *x = &g->sizes;
    size_t rows = 0;
    bool learns = g->lessons & 1u << RW_LESSON_SEVERITY;

    x->n = 0;
    for (size_t k = 0; k < g->m->n_threats; k++) {
        x->slot[k] = SIZE_MAX;
        if (!learns || !g->prior->sized[k])
            continue;
        x->slot[k] = x->n;
        x->threat[x->n] = k;
        x->row[x->n++] = rows;
        rows += delayed(g, k) ? g->m->cycles : 1;
    }
    return rows;
}

enum rw_err
rw_size_init(struct rw_wheel *g)
{
    struct rw_sizes *x = &g->sizes;
    size_t rows;

    x->slot = RW_ARENA_NEW(&g->arena, g->m->n_threats, size_t);
    x->threat = RW_ARENA_NEW(&g->arena, g->m->n_threats, size_t);
    x->row = RW_ARENA_NEW(&g->arena, g->m->n_threats + 1, size_t);
    if (x->slot == NULL || x->threat == NULL || x->row == NULL)
        return RW_ERR_MEMORY;
    rows = list(g);
    x->row[x->n] = rows;
    x->views = g->s->deciding.reassess > 0 ? RW_SIZE_VIEWS : 1;
    x->nig = RW_ARENA_NEW(&g->arena, x->views * x->n * g->room, struct rw_nig);
    x->times = RW_ARENA_NEW(&g->arena, x->n * g->room, double);
    x->seen = RW_ARENA_NEW(&g->arena, rows * x->views * g->room, struct rw_size_seen);
    return x->nig == NULL || x->times == NULL || x->seen == NULL ? RW_ERR_MEMORY
                                                                 : RW_OK;
}

/* What the belief makes of the mean. */
static double
times_of(const struct rw_wheel *g, size_t k, const struct rw_nig *p)
{
    const struct rw_nig *start = &g->prior->size[k];
    double spread = (rw_nig_variance(p) - rw_nig_variance(start)) / 2;
    double fades = fmax(0, 1 - start->k / p->k);

    spread = fmax(-RW_SIZE_SPREAD, fmin(spread, RW_SIZE_SPREAD));
    return exp(p->m + g->prior->log_bend[k] * fades + spread);
}

void
rw_size_begin(struct rw_wheel *g)
{
    struct rw_sizes *x = &g->sizes;

    for (size_t j = 0; j < x->n; j++) {
        const struct rw_nig *start = &g->prior->size[x->threat[j]];
        double times = times_of(g, x->threat[j], start);

        for (size_t i = 0; i < g->w->n; i++) {
            for (size_t v = 0; v < x->views; v++)
                x->nig[(v * x->n + j) * g->room + i] = *start;
            x->times[j * g->room + i] = times;
        }
    }
    memset(x->seen, 0, x->row[x->n] * x->views * g->room * sizeof *x->seen);
}

/* Where threat slot j keeps what comes to light in cycle t. */
static struct rw_size_seen *
rows_of(const struct rw_wheel *g, size_t j, unsigned t)
{
    const struct rw_sizes *x = &g->sizes;
    size_t row = x->row[j] + (delayed(g, x->threat[j]) ? t : 0);

    return x->seen + row * x->views * g->room;
}

bool
rw_size_notes(const struct rw_wheel *g, size_t threat)
{
    return g->sizes.slot[threat] != SIZE_MAX;
}

void
rw_size_note(struct rw_wheel *g, size_t r, const struct rw_event_list *hits,
    const double total[], const double share[], const uint16_t when[])
{
    size_t k = g->m->risks[r].threat, j = g->sizes.slot[k];
    const double *expected = g->prior->log_factor + k * g->m->cycles;
    unsigned now = g->w->cycle, as[RW_SIZE_VIEWS] = {rw_wheel_assessed(g), now};

    if (j == SIZE_MAX)
        return;
    for (size_t e = 0; e < hits->n; e++) {
        unsigned t = when != NULL ? when[e] : now;
        struct rw_size_seen *row;
        double y;

        if ((share != NULL && share[e] < 0) || t == RW_NEVER || !(total[e] > 0))
            continue;
        y = log(total[e]) - g->prior->log_loss[r];
        row = rows_of(g, j, t) + hits->event[e].future;
        for (size_t v = 0; v < g->sizes.views; v++, row += g->room) {
            double off = y - expected[as[v]];

            row->n++;
            row->y += off;
            row->square += off * off;
        }
    }
}

static struct rw_moments
moments_of(const struct rw_size_seen *seen)
{
    struct rw_moments s = {.n = (uint64_t)seen->n};

    if (s.n > 0) {
        s.mean = seen->y / seen->n;
        s.m2 = fmax(seen->square - seen->y * s.mean, 0);
    }
    return s;
}

void
rw_size_learn(struct rw_wheel *g)
{
    struct rw_sizes *x = &g->sizes;

    for (size_t j = 0; j < x->n; j++) {
        size_t k = x->threat[j];
        double surest = g->prior->size[k].k;

        for (size_t v = 0; v < x->views; v++) {
            struct rw_nig *p = x->nig + (v * x->n + j) * g->room;
            struct rw_size_seen *row = rows_of(g, j, g->w->cycle) + v * g->room;

            for (size_t i = 0; i < g->w->n; i++) {
                struct rw_moments s = moments_of(&row[i]);
                bool fades = p[i].k > surest;

                if (g->s->discount < 1)
                    rw_nig_forget(&p[i], g->s->discount);
                if (v == 0 && s.n > 0)
                    rw_foretold_size(&g->told, i, &p[i], row[i].n, s.mean);
                rw_nig_join(&p[i], &s);
                if (v == 0 && (fades || s.n > 0))
                    x->times[j * g->room + i] = times_of(g, k, &p[i]);
            }
            memset(row, 0, g->w->n * sizeof *row);
        }
    }
}

void
rw_size_assess(struct rw_wheel *g)
{
    struct rw_sizes *x = &g->sizes;
    const struct rw_nig *anew = x->nig + x->n * g->room;

    for (size_t j = 0; j < x->n; j++)
        for (size_t i = j * g->room; i < j * g->room + g->w->n; i++) {
            x->nig[i] = anew[i];
            x->times[i] = times_of(g, x->threat[j], &anew[i]);
        }
}

const double *
rw_size_times(const struct rw_wheel *g, size_t threat)
{
    size_t j = g->sizes.slot[threat];

    return j == SIZE_MAX ? NULL : g->sizes.times + j * g->room;
}
