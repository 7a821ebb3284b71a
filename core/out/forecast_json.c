/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What results.json tells of a closed loop's forecasts of its incidents, and of what
 * else it believes. */
#include "out/law_json.h"

#include "wheel/forecast.h"

/* Of what the losses that came to light were foretold to be. */
static void
write_losses(struct rw_writer *w, const struct rw_result_cycle *c)
{
    rw_writer_object(w, "losses", true);
    rw_json_mean(w, "threats", c->met);
    if (c->met.mean > 0)
        rw_json_mean(w, "inside", c->met_inside);
    rw_writer_end(w);
}

/* Of how often controls work, by what audits taught. */
static void
write_reliability(struct rw_writer *w, const struct rw_result_cycle *c)
{
    rw_writer_object(w, "reliability", true);
    rw_json_mean(w, "believed", c->relied);
    rw_json_mean(w, "true", c->reliable);
    rw_json_mean(w, "inside", c->relied_inside);
    rw_writer_end(w);
}

void
rw_json_forecast(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_strategy *s)
{
    rw_writer_object(w, "forecast", false);
    rw_writer_number(w, "level", RW_FORECAST_LEVEL);
    rw_writer_array(w, "cycles", false);
    for (unsigned t = 0; t < m->cycles; t++) {
        const struct rw_result_cycle *c = &s->cycles[t];

        rw_writer_object(w, NULL, true);
        rw_writer_count(w, "cycle", c->cycle);
        rw_json_mean(w, "inside", c->inside);
        rw_json_mean(w, "nominal", c->nominal);
        rw_json_mean(w, "log_score", c->score);
        if (s->met_pit != NULL)
            write_losses(w, c);
        if (c->reliable.mean > 0)
            write_reliability(w, c);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_array(w, "pit", true);
    for (size_t k = 0; k < RW_FORECAST_BINS; k++)
        rw_json_mean(w, NULL, s->pit[k]);
    rw_writer_end(w);
    rw_json_mean(w, "kupiec_rejected", s->rejected);
    if (s->met_pit != NULL) {
        rw_writer_array(w, "losses_pit", true);
        for (size_t k = 0; k < RW_FORECAST_BINS; k++)
            rw_json_mean(w, NULL, s->met_pit[k]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}
