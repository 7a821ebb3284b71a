/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the controls cover as they stand, and which documents there are. */
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

static void
fill(double row[], size_t n, double x)
{
    for (size_t i = 0; i < n; i++)
        row[i] = x;
}

/* row[] *= 1 - what stands of the control. */
static void
leave(const struct rw_wheel *g, size_t c, double row[])
{
    const double *stands = g->stands + c * g->room;

    for (size_t i = 0; i < g->w->n; i++)
        row[i] *= 1 - stands[i];
}

/* The rows of pillars and principles, and which have a control at all. */
static void
cover(struct rw_wheel *g)
{
    struct rw_progress *x = g->progress;
    double *rows = x->rows + RW_PROGRESS_PILLAR * g->room;
    size_t n = g->w->n, both = RW_PILLARS + RW_PRINCIPLES;

    memset(x->standing, 0, n * sizeof *x->standing);
    for (size_t k = 0; k < both; k++)
        fill(rows + k * g->room, n, 1);
    for (size_t c = 0; c < g->m->n_controls; c++) {
        const struct rw_control *k = &g->m->controls[c];
        const uint16_t *since = g->since + c * g->room;
        unsigned set = 1u << k->pillar | k->principles << RW_PILLARS;

        for (size_t i = 0; i < n; i++)
            x->standing[i] |= (uint16_t)(since[i] <= g->w->cycle ? set : 0);
        for (size_t j = 0; j < both; j++)
            if (set >> j & 1u)
                leave(g, c, rows + j * g->room);
    }
    for (size_t k = 0; k < both; k++)
        for (size_t i = 0; i < n; i++)
            rows[k * g->room + i] = 1 - rows[k * g->room + i];
}

/* mean[] <- of the rows in the set. */
static void
average(const struct rw_wheel *g, const double rows[], unsigned set, double mean[])
{
    unsigned asked = 0;

    fill(mean, g->w->n, 0);
    for (size_t k = 0; set >> k; k++)
        if (set >> k & 1u) {
            for (size_t i = 0; i < g->w->n; i++)
                mean[i] += rows[k * g->room + i];
            asked++;
        }
    for (size_t i = 0; i < g->w->n; i++)
        mean[i] /= asked;
}

/* How many of the evidence's controls operate. */
static size_t
operating(const struct rw_wheel *g, const struct rw_evidence *v, size_t i)
{
    size_t n = 0;

    for (size_t k = 0; k < v->n_controls; k++)
        n += g->since[v->controls[k] * g->room + i] <= g->w->cycle;
    return n;
}

static bool
shown(const struct rw_wheel *g, const struct rw_evidence *v, size_t i)
{
    const struct rw_progress *x = g->progress;
    unsigned t = g->w->cycle;

    switch (v->by) {
    case RW_PROOF_AUDITS: /* within a year: this cycle and those before it */
        return x->audited[i] > 0 && t - (x->audited[i] - 1u) < g->m->per_year;
    case RW_PROOF_CORRECTIONS:
        return x->corrected[i];
    case RW_PROOF_IMPROVEMENT:
        return x->audited[i] > 0 || x->corrected[i] || g->lessons != 0;
    case RW_PROOF_CYCLE:
        return t >= v->from;
    case RW_PROOF_ALL:
        return operating(g, v, i) == v->n_controls;
    case RW_PROOF_ANY:
        return operating(g, v, i) > 0;
    default: /* preparation: see x->prepared */
        return false;
    }
}

void
rw_readiness_set(struct rw_wheel *g)
{
    const struct rw_programme *p = &g->m->programme;
    struct rw_progress *x = g->progress;

    cover(g);
    average(g, x->rows + RW_PROGRESS_PILLAR * g->room, p->pillars, x->pillars);
    average(g, x->rows + RW_PROGRESS_PRINCIPLE * g->room, p->principles, x->principles);
    for (size_t i = 0; i < g->w->n; i++) {
        unsigned have = 0;

        x->corrected[i] |= g->acc.failed[i] > 0;
        for (int d = 0; d < RW_DOCUMENTS; d++)
            have |= (unsigned)shown(g, &p->evidence[d], i) << d;
        x->have[i] = (uint16_t)have;
    }
}

bool
rw_readiness_enough(const struct rw_wheel *g, size_t i)
{
    const struct rw_programme *p = &g->m->programme;
    const struct rw_progress *x = g->progress;
    unsigned asked = p->pillars | p->principles << RW_PILLARS;

    return (x->standing[i] & asked) == asked && x->pillars[i] >= p->threshold &&
           x->principles[i] >= p->threshold;
}

double
rw_readiness_documents(const struct rw_wheel *g, size_t i)
{
    const struct rw_progress *x = g->progress;
    unsigned have = x->have[i] | (x->prepared[i] < INFINITY ? x->prepared_set : 0);
    unsigned asked = g->m->programme.documents;

    return (double)__builtin_popcount(have & asked) / __builtin_popcount(asked);
}

double
rw_readiness_of(const struct rw_wheel *g, size_t i)
{
    const struct rw_progress *x = g->progress;

    return fmin(fmin(x->pillars[i], x->principles[i]), rw_readiness_documents(g, i));
}
