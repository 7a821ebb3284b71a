/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/turn.h"

static size_t
most_triggers(const struct rw_model *m)
{
    size_t most = 0;

    for (size_t s = 0; s < m->n_strategies; s++)
        if (m->strategies[s].deciding.n_triggers > most)
            most = m->strategies[s].deciding.n_triggers;
    return most;
}

struct rw_layout
rw_layout_of(const struct rw_model *m, size_t strategies)
{
    struct rw_layout l = {.cycles = m->cycles, .strategies = strategies};
    size_t benefits = m->benefit ? rw_benefit_rows(m) : 0;

    l.threat_loss = RW_FIGURES;
    l.risk_rate = l.threat_loss + m->n_threats;
    l.risk_residual = l.risk_rate + m->n_risks;
    l.operating = l.risk_residual + m->n_risks;
    l.programme = l.operating + m->n_controls;
    l.benefit = l.programme + (m->programme.stated ? RW_PROGRESS_ROWS : 0);
    l.per_cycle = l.benefit + benefits;
    l.form = m->n_assets;
    l.threat = l.form + RW_FORMS;
    l.pillar = l.threat + m->n_threats;
    l.wheel = l.pillar + RW_PILLARS;
    l.pit = l.wheel + 1;
    l.rejected = l.pit + RW_FORECAST_BINS;
    l.met_place = l.rejected + 1;
    l.met = l.met_place + RW_FORECAST_BINS;
    l.after = l.met + 1;
    l.left = l.after + 1;
    l.bought = l.left + 1;
    l.fired = l.bought + m->n_controls;
    l.held = l.fired + most_triggers(m);
    l.taken_off = l.held + RW_HELDS * m->n_event_bounds;
    l.costs = l.taken_off + benefits;
    l.net = l.costs + benefits;
    l.per_horizon = l.net + benefits;
    l.size = strategies * (l.cycles * l.per_cycle + l.per_horizon);
    return l;
}

size_t
rw_layout_cycle(const struct rw_layout *l, size_t s, size_t t)
{
    return (s * l->cycles + t) * l->per_cycle;
}

size_t
rw_layout_horizon(const struct rw_layout *l, size_t s)
{
    return l->strategies * l->cycles * l->per_cycle + s * l->per_horizon;
}
