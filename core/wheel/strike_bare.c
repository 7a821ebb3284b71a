/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source that nothing stands against: every strategy is hit by every event. */
#include "num/cpu.h"
#include "num/row.h"
#include "wheel/strike.h"

/* Whether nothing is asked of its events but their sums. */
static bool
asks_for_sums(
    const struct rw_world *w, struct rw_wheel *const g[], size_t n, size_t risk)
{
    const struct rw_risk *r = &w->m->risks[risk];

    if (r->cover != NULL || w->m->threats[r->threat].bounded)
        return false;
    for (size_t s = 0; s < n; s++)
        if (!g[s]->untouched[risk] || rw_size_notes(g[s], r->threat))
            return false;
    return true;
}

RW_CPU_EACH uint32_t
count_by(size_t n, const uint8_t *restrict number, double *restrict incidents,
    uint32_t *restrict now)
{
    uint32_t any = 0;

    for (size_t i = 0; i < n; i++) {
        incidents[i] += number[i];
        now[i] += number[i];
        any |= number[i];
    }
    return any;
}
RW_CPU_VARIANTS(uint32_t, count,
    (size_t n, const uint8_t number[], double incidents[], uint32_t now[]),
    (n, number, incidents, now))

bool
rw_strike_bare(struct rw_strike *x, struct rw_world *w, struct rw_wheel *const g[],
    size_t n, size_t source)
{
    size_t r = w->m->sources[source].first_risk;
    const struct rw_sums *sums = &x->all_of;

    if (!rw_world_adds_up(w, source) || !asks_for_sums(w, g, n, r))
        return false;
    x->events += rw_world_sums(w, source, &x->all_of);
    for (size_t s = 0; s < n; s++) {
        struct rw_strike_rows to = rw_strike_rows_of(g[s], r);

        *to.any |= count(w->n, sums->number, to.incidents, to.now) > 0;
        rw_row_add(w->n, sums->cost, to.loss);
        rw_row_most(w->n, sums->largest, to.largest);
    }
    return true;
}
