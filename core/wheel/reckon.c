/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/reckon.h"

#include "num/exceed.h"
#include "wheel/wheel.h"

#include <math.h>
#include <string.h>

/* An asset of a systemic threat, and how many events hit it. */
struct rw_reckon_hit {
    double events, shape;
    struct rw_lattice_law law;
};

static size_t
most_assets(const struct rw_model *m)
{
    size_t most = 0;

    for (size_t k = 0; k < m->n_sources; k++)
        if (m->sources[k].n_risks > most)
            most = m->sources[k].n_risks;
    return most;
}

enum rw_err
rw_reckon_init(struct rw_wheel *g)
{
    struct rw_reckon *x = &g->reckon;
    double **row[] = {&x->events, &x->shape, &x->seen, &x->left, &x->times};
    size_t n = rw_strategy_reckons(g->s) ? g->m->n_risks * g->room : 0;
    bool ok;

    x->hits =
        RW_ARENA_NEW(&g->arena, n > 0 ? most_assets(g->m) : 0, struct rw_reckon_hit);
    ok = x->hits != NULL;
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        *row[k] = RW_ARENA_NEW(&g->arena, n, double);
        ok = ok && *row[k] != NULL;
    }
    return ok ? RW_OK : RW_ERR_MEMORY;
}

/* shape <- of the gamma that the rate is believed to be, which decision support holds
 * nearer to the truth, reckoned[] times the expected one. */
static void
set_shape(const struct rw_wheel *g, size_t r, const double reckoned[], double shape[])
{
    const double *a = g->a + r * g->room, *b = g->b + r * g->room;
    const double *aware = g->aware.share;
    bool knows = g->foresight != NULL;

    for (size_t i = 0; i < g->w->n && knows; i++)
        shape[i] = INFINITY;
    for (size_t i = 0; i < g->w->n && !knows; i++) {
        double left = aware != NULL ? 1 - aware[i] : 1;

        shape[i] = left > 0 ? pow(reckoned[i] * b[i] / left, 2) / a[i] : INFINITY;
    }
}

void
rw_reckon_look(struct rw_wheel *g, bool ahead)
{
    struct rw_reckon *x = &g->reckon;

    for (size_t r = 0; r < g->m->n_risks; r++) {
        size_t at = r * g->room;

        if (g->foresight == NULL)
            rw_value_believed(g, r, g->effect);
        set_shape(g, r, g->effect, x->shape + at);
        rw_value_year(
            g, r, ahead, x->events + at, x->seen + at, x->left + at, x->times + at);
    }
}

/* A lattice and what is put on it. */
struct grid {
    int cells;
    double h;
    enum rw_lattice_kind kind;
};

/* g[] <- with this chance, times Y less what the cover pays. */
static void
put(const struct grid *q, const struct rw_losses *l, const struct rw_cover *cover,
    double times, double chance, struct rw_lattice_law *law)
{
    if (times > 0)
        rw_losses_add(l, times, cover, q->kind, q->h, q->cells, chance, law);
    else
        law->g[0] += chance;
}

static void
put_endings(struct rw_wheel *g, const struct grid *q, size_t r, size_t i,
    struct rw_lattice_law *law, double *survive)
{
    const struct rw_losses *l = &g->prior->losses[r];
    double chance[RW_STAGE_ENDS], cost[RW_STAGE_ENDS], mean = rw_losses_mean(l);
    double times = g->reckon.times[r * g->room + i];

    rw_stage_believed_ends(g, r, i, survive, chance, cost);
    for (int e = 0; e < RW_STAGE_ENDS; e++)
        if (chance[e] > 0)
            put(q, l, NULL, mean > 0 ? times * cost[e] / (chance[e] * mean) : 0,
                chance[e], law);
}

/* *law <- of one event on the risk; returns their number in a year. */
static double
event_law(struct rw_wheel *g, const struct grid *q, size_t r, size_t i,
    struct rw_lattice_law *law)
{
    const struct rw_threat *t = &g->m->threats[g->m->risks[r].threat];
    const struct rw_cover cover = {t->deductible, t->limit};
    const struct rw_losses *l = &g->prior->losses[r];
    size_t at = r * g->room + i;
    double times = g->reckon.times[at], left = g->reckon.left[at], survive = 1;
    double seen = left < 1 ? g->reckon.seen[at] : 0;

    memset(law, 0, sizeof *law);
    if (t->attack.n > 0) {
        put_endings(g, q, r, i, law, &survive);
        return g->reckon.events[at] * survive;
    }
    if (seen < 1)
        put(q, l, t->covered ? &cover : NULL, times, 1 - seen, law);
    if (seen > 0)
        put(q, l, t->covered ? &cover : NULL, times * left, seen, law);
    return g->reckon.events[at];
}

/* How many events of the threat there are in a year, m on average. */
static struct rw_exceed_count
count_of(const struct rw_threat *t, double m, double shape)
{
    struct rw_exceed_count c = {m, shape, t->count.chances, 0};

    if (t->law == RW_COUNT_NEGBIN)
        c.shape = 1 / (t->dispersion + (1 + t->dispersion) / shape);
    if (t->law == RW_COUNT_ZIP) {
        c.zero = t->zero;
        c.mean = t->zero < 1 ? m / (1 - t->zero) : 0;
    }
    return c;
}

static void
sort_hits(struct rw_reckon_hit hits[], size_t n)
{
    for (size_t k = 1; k < n; k++) {
        struct rw_reckon_hit x = hits[k];
        size_t j = k;

        for (; j > 0 && hits[j - 1].events < x.events; j--)
            hits[j] = hits[j - 1];
        hits[j] = x;
    }
}

static void
add_together(struct rw_wheel *g, const struct grid *q, const struct rw_source *s,
    size_t i, struct rw_exceed *year)
{
    struct rw_reckon_hit *hits = g->reckon.hits;
    struct rw_lattice_law mix = {.small = {0}}, all = {.g = {1}};
    struct rw_exceed_count c;

    for (size_t k = 0; k < s->n_risks; k++) {
        size_t r = s->first_risk + k;

        hits[k].events = event_law(g, q, r, i, &hits[k].law);
        hits[k].shape = g->reckon.shape[r * g->room + i];
    }
    sort_hits(hits, s->n_risks);
    if (!(hits[0].events > 0))
        return;
    for (size_t k = 0; k < s->n_risks; k++) {
        double next = k + 1 < s->n_risks ? hits[k + 1].events : 0;

        rw_exceed_join(&all, &hits[k].law);
        for (int j = 0; j < RW_LATTICE_POINTS; j++)
            mix.g[j] += (hits[k].events - next) / hits[0].events * all.g[j];
    }
    c = count_of(&g->m->threats[s->threat], hits[0].events, hits[0].shape);
    rw_exceed_add(year, &c, &mix);
}

static void
add_source(struct rw_wheel *g, const struct grid *q, const struct rw_source *s,
    size_t i, struct rw_exceed *year)
{
    struct rw_lattice_law law;
    double shape = g->reckon.shape[s->first_risk * g->room + i];
    struct rw_exceed_count c;

    if (s->n_risks > 1) {
        add_together(g, q, s, i, year);
        return;
    }
    c = count_of(
        &g->m->threats[s->threat], event_law(g, q, s->first_risk, i, &law), shape);
    rw_exceed_add(year, &c, &law);
}

void
rw_reckon_loss(const struct rw_wheel *g, size_t r, double times, double limit,
    int cells, struct rw_lattice_law *law)
{
    const struct rw_threat *t = &g->m->threats[g->m->risks[r].threat];
    const struct rw_cover cover = {t->deductible, t->limit};
    const struct grid q = {cells, limit / cells, RW_LATTICE_EVEN};

    memset(law, 0, sizeof *law);
    put(&q, &g->prior->losses[r], t->covered ? &cover : NULL, times, 1, law);
}

void
rw_reckon_year(struct rw_wheel *g, size_t i, double limit, int cells,
    enum rw_lattice_kind kind, struct rw_exceed *year)
{
    const struct grid q = {cells, limit / cells, kind};

    rw_exceed_open(year, cells, kind == RW_LATTICE_EVEN);
    for (size_t k = 0; k < g->m->n_sources; k++)
        add_source(g, &q, &g->m->sources[k], i, year);
    rw_exceed_close(year);
}

/* P(S > limit), and what may be wrong with it. */
static double
over(struct rw_wheel *g, size_t i, double limit, int cells, enum rw_lattice_kind kind,
    double *doubt)
{
    struct rw_exceed year;

    rw_reckon_year(g, i, limit, cells, kind, &year);
    *doubt = rw_exceed_doubt(&year);
    return rw_exceed_over(&year);
}

double
rw_reckon_over(struct rw_wheel *g, size_t i, double limit)
{
    const int all = RW_LATTICE_CELLS;
    double doubt, p = over(g, i, limit, all, RW_LATTICE_EVEN, &doubt), low, high;

    if (!g->prior->lumpy)
        return p;
    low = over(g, i, limit, all, RW_LATTICE_DOWN, &doubt);
    high = over(g, i, limit, all, RW_LATTICE_UP, &doubt);
    return fmin(fmax(p, low), high);
}

/* What is not above by more than rounding is as much. */
static bool
above(double p, const struct rw_appetite *point)
{
    return p > point->probability * (1 + 1e-9) + 1e-12;
}

/* Half the cells, and where laws have atoms the bounds, tell it unless the two are
 * near to each other. */
bool
rw_reckon_exceeds(struct rw_wheel *g, size_t i, const struct rw_appetite *point)
{
    const int half = RW_LATTICE_CELLS / 2;
    double doubt, p;

    if (g->prior->lumpy) {
        for (int cells = half; cells <= RW_LATTICE_CELLS; cells += half) {
            if (!above(over(g, i, point->loss, cells, RW_LATTICE_UP, &doubt), point))
                return false;
            if (above(over(g, i, point->loss, cells, RW_LATTICE_DOWN, &doubt), point))
                return true;
        }
    } else {
        p = over(g, i, point->loss, half, RW_LATTICE_EVEN, &doubt);
        if (fabs(p - point->probability) > doubt)
            return above(p, point);
    }
    return above(rw_reckon_over(g, i, point->loss), point);
}
