/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Common causes of failing controls: period j (even: works, odd: down) of a
 * future lasts -ln u_j * (j even ? 1 / fails : fail_years); in the long run it
 * is down a share fails fail_years / (1 + fails fail_years) of the time. */
#include "world/world.h"

#include <math.h>

/* Index of the uniform that decides the state at the start of the horizon. */
#define FIRST_STATE (UINT64_C(1) << 40)

static double
uniform(const struct rw_world *w, const struct rw_cause *x, size_t i, uint64_t index)
{
    return rw_stream_uniform((struct rw_stream){w->seed, x->lane}, w->first + i, index);
}

static double
period(const struct rw_world *w, const struct rw_cause *x, size_t i, uint32_t j)
{
    return -log(uniform(w, x, i, j)) * (j % 2 == 0 ? 1 / x->fails : x->fail_years);
}

void
rw_world_causes_begin(struct rw_world *w)
{
    for (size_t c = 0; c < w->m->dependence.n_causes; c++) {
        const struct rw_cause *x = &w->m->dependence.causes[c];
        double odds = x->fails * x->fail_years; /* down : working */

        for (size_t i = 0; i < w->n; i++) {
            size_t at = c * w->room + i;

            w->cause_switches[at] = uniform(w, x, i, FIRST_STATE) < odds / (1 + odds);
            w->cause_at[at] = period(w, x, i, w->cause_switches[at]);
        }
    }
}

void
rw_world_causes_cycle(struct rw_world *w)
{
    double end = (w->cycle + 1) * w->m->years;

    for (size_t c = 0; c < w->m->dependence.n_causes; c++)
        for (size_t i = 0; i < w->n && !rw_world_stopped(w); i++) {
            const struct rw_cause *x = &w->m->dependence.causes[c];
            size_t at = c * w->room + i;

            w->cause_changes[at] = 0;
            w->cause_from[at] = w->cause_at[at];
            w->cause_switches_from[at] = w->cause_switches[at];
            while (w->cause_at[at] < end) {
                if (w->cause_changes[at] < UINT8_MAX)
                    w->cause_changes[at]++;
                w->cause_switches[at]++;
                w->cause_at[at] += period(w, x, i, w->cause_switches[at]);
            }
        }
}

bool
rw_world_cause_down(const struct rw_world *w, size_t cause, size_t future, double time)
{
    const struct rw_cause *x = &w->m->dependence.causes[cause];
    size_t at = cause * w->room + future;
    uint32_t j = w->cause_switches_from[at];

    for (double next = w->cause_from[at]; next <= time; next += period(w, x, future, j))
        j++;
    return j % 2 == 1;
}
