/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What results.json tells of a strategy's decisions. */
#include "out/law_json.h"

#include <string.h>

static const struct rw_strategy *
stated(const struct rw_model *m, const char *name)
{
    for (size_t s = 0; s < m->n_strategies; s++)
        if (strcmp(m->strategies[s].name, name) == 0)
            return &m->strategies[s];
    return &m->strategies[0];
}

void
rw_json_decided(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_strategy *r)
{
    const struct rw_strategy *s = stated(m, r->name);

    rw_writer_object(w, "decided", false);
    if (s->planner.plugin != NULL)
        rw_json_mean(w, "money_left", r->left);
    rw_writer_object(w, "bought", false);
    for (size_t c = 0; c < m->n_controls; c++)
        if (m->controls[c].status != RW_STATUS_OPERATING)
            rw_json_mean(w, m->controls[c].id, r->bought[c]);
    rw_writer_end(w);
    rw_writer_array(w, "triggers", false);
    for (size_t k = 0; k < s->deciding.n_triggers; k++) {
        const struct rw_trigger *t = &s->deciding.triggers[k];

        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "on", rw_trigger_on_names[t->on]);
        rw_writer_string(w, "do", rw_trigger_do_names[t->action]);
        rw_json_mean(w, "fired", r->fired[k]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_end(w);
}
