/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drawing futures evenly gained, on the screen and in results.json. */
#include "study/gain.h"

#include "out/law_json.h"
#include "out/screen.h"

#include <stdio.h>

/* "12", "1.3" */
static void
times(char buf[RW_SCREEN_CELL], double x)
{
    snprintf(buf, RW_SCREEN_CELL, x < 10 ? "%.1f" : "%.0f", x);
}

static void
figure(struct rw_screen *s, const char *name, const struct rw_gain *g)
{
    static const char *const verdict[] = {", a loss", ", not sure", ""};
    char ratio[RW_SCREEN_CELL], low[RW_SCREEN_CELL], high[RW_SCREEN_CELL];

    if (g->ratio == 0)
        return;
    times(ratio, g->ratio);
    times(low, g->low);
    times(high, g->high);
    rw_screen_put(s, " ", RW_SCREEN_NAME + 1);
    rw_screen_name(s, name, 30);
    rw_text_addf(s->t, "%s times the futures (%s-%s)%s", ratio, low, high,
        verdict[rw_gain_sign(g) + 1]);
    rw_screen_end(s);
}

void
rw_summary_sampling(struct rw_screen *s)
{
    const struct rw_sampled *x = s->r->sampled;
    char line[RW_SCREEN_CELL];

    if (x == NULL)
        return;
    rw_text_add(s->t, "\n");
    rw_screen_tone(s, RW_BOLD);
    rw_screen_put(s, "Sampling", RW_SCREEN_NAME + 1);
    rw_screen_tone(s, RW_PLAIN);
    snprintf(line, sizeof line,
        "sobol, %zu randomisations of %zu futures, %zu draws even; worth",
        x->randomisations, x->each, x->even);
    rw_screen_name(s, line, 79 - RW_SCREEN_NAME - 1);
    rw_screen_end(s);
    figure(s, "for residual risk", &x->gain[0][RW_GAIN_RESIDUAL]);
    if (s->r->model->n_years > 0)
        figure(s, "for the loss of year 1", &x->gain[0][RW_GAIN_YEAR]);
    else
        figure(s, "for the loss", &x->gain[0][RW_GAIN_LOSS]);
    if (s->r->best > 0) {
        snprintf(line, sizeof line, "for the net gain of %.70s",
            s->r->strategies[s->r->best].name);
        figure(s, line, &x->gain[s->r->best][RW_GAIN_VERSUS]);
    }
}

void
rw_json_sampling(struct rw_writer *w, const struct rw_result *r)
{
    const struct rw_sampled *x = r->sampled;

    if (x == NULL)
        return;
    rw_writer_object(w, "sampling", false);
    rw_writer_string(w, "method", rw_sampling_names[r->model->sampling]);
    rw_writer_count(w, "randomisations", x->randomisations);
    rw_writer_count(w, "futures_each", x->each);
    rw_writer_count(w, "even_draws", x->even);
    rw_writer_count(w, "draws_wanted", x->wanted);
    rw_writer_object(w, "gain", false);
    for (size_t k = 0; k < r->n_strategies; k++) {
        rw_writer_object(w, r->strategies[k].name, false);
        for (size_t f = 0; f < RW_GAINS; f++) {
            const struct rw_gain *g = &x->gain[k][f];

            if (g->ratio == 0)
                continue;
            rw_writer_object(w, rw_gain_names[f], true);
            rw_writer_number(w, "ratio", g->ratio);
            rw_writer_number(w, "low", g->low);
            rw_writer_number(w, "high", g->high);
            rw_writer_end(w);
        }
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_end(w);
}
