/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world/quasi.h"

#include "world/draw.h"

size_t
rw_quasi_each(size_t n)
{
    size_t each = 1;

    if (n < RW_QUASI_RANDOMISATIONS)
        return 0;
    while (each <= n / RW_QUASI_RANDOMISATIONS / 2)
        each *= 2;
    return each;
}

static void
want(struct rw_quasi *q, uint64_t lane, uint64_t index)
{
    if (q->wanted++ < RW_QUASI_MOST)
        q->draw[q->n++] = (struct rw_quasi_draw){lane, index};
}

/* What holds for the whole horizon. */
static void
want_truth(struct rw_quasi *q, const struct rw_model *m)
{
    for (size_t k = 0; k < m->n_truth; k++)
        if (!m->truth[k]->sampler.known)
            want(q, m->truth[k]->lane, 0);
    for (size_t k = 0; k < m->dependence.n_couplings; k++) {
        const struct rw_coupling *c = &m->dependence.couplings[k];

        if (c->over == RW_OVER_ESTIMATES && c->kind == RW_COPULA_T)
            want(q, c->lane, 0);
    }
}

static void
want_year(struct rw_quasi *q, const struct rw_model *m, unsigned year)
{
    const struct rw_dependence *d = &m->dependence;

    for (size_t k = 0; k < d->n_multipliers; k++)
        want(q, d->multipliers[k].lane, year);
    for (size_t k = 0; k < d->n_couplings; k++)
        if (d->couplings[k].over == RW_OVER_YEARS &&
            d->couplings[k].kind == RW_COPULA_T)
            want(q, d->couplings[k].lane, year);
    for (size_t k = 0; k < m->n_sources; k++) {
        const struct rw_threat *t = &m->threats[m->sources[k].threat];
        bool first = k == 0 || m->sources[k - 1].threat != m->sources[k].threat;

        if ((t->law == RW_COUNT_NEGBIN || t->law == RW_COUNT_ZIP) &&
            (first || !t->coupled_year))
            want(q, m->sources[k].mix_lane, year);
    }
}

/* Laws of a number of chances a year have no number drawn. */
static bool
has_number(const struct rw_model *m, size_t source)
{
    return m->threats[m->sources[source].threat].count.chances == 0;
}

static void
want_cycle(struct rw_quasi *q, const struct rw_model *m, unsigned cycle)
{
    for (size_t k = 0; k < m->n_sources; k++)
        if (has_number(m, k))
            want(q, m->sources[k].event_lane, cycle);
    for (size_t k = 0; k < m->dependence.n_shocks; k++)
        want(q, m->dependence.shocks[k].event_lane, cycle);
    for (size_t k = 0; k < m->n_sources; k++) {
        const struct rw_source *s = &m->sources[k];

        for (size_t r = s->first_risk; r < s->first_risk + s->n_risks; r++)
            for (unsigned j = 0; j < m->threats[s->threat].words && has_number(m, k);
                 j++)
                want(q, m->risks[r].loss_lane, rw_world_word(cycle, j));
    }
}

void
rw_quasi_make(struct rw_quasi *q, const struct rw_model *m, uint64_t seed, size_t each)
{
    *q = (struct rw_quasi){.seed = seed};
    RW_BUG_ASSERT(each > 0 && (each & (each - 1)) == 0);
    while ((size_t)1 << (q->bits + 1) <= each)
        q->bits++;
    RW_BUG_ASSERT(q->bits >= 1 && q->bits <= RW_SOBOL_BITS);
    want_truth(q, m);
    for (unsigned year = 0; year < rw_model_begun_years(m); year++)
        want_year(q, m, year);
    for (unsigned cycle = 0; cycle < m->cycles; cycle++)
        want_cycle(q, m, cycle);
}

/* Its dimension; q->n: it is chance's. */
static size_t
find(const struct rw_quasi *q, uint64_t lane, uint64_t index)
{
    size_t d = 0;

    while (d < q->n && (q->draw[d].lane != lane || q->draw[d].index != index))
        d++;
    return d;
}

bool
rw_quasi_some(const struct rw_quasi *q, uint64_t lane, uint64_t index, size_t n,
    const uint64_t future[], double out[])
{
    size_t d = find(q, lane, index);

    if (d < q->n)
        rw_sobol_some((struct rw_stream){q->seed, lane}, index, (unsigned)d, q->bits, n,
            future, out);
    return d < q->n;
}

bool
rw_quasi_row(const struct rw_quasi *q, uint64_t lane, uint64_t index, uint64_t first,
    size_t n, double u[])
{
    size_t d = find(q, lane, index);

    if (d < q->n)
        rw_sobol_row((struct rw_stream){q->seed, lane}, index, (unsigned)d, q->bits,
            first, n, u);
    return d < q->n;
}
