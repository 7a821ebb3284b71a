/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/laws.c -- what the laws of a run cost a future, step by step. */
#include "tests/bench/bench.h"

#include "study/column.h"
#include "study/law.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 1000000 };

enum step { SORT, MOMENTS, COUNT, TWENTIETH, LAW, CURVE, STEPS };

static struct rw_law_desk desk;
static struct rw_law law;

static double
step_seconds(enum step step, const double loss[], double x[], double tmp[])
{
    const struct rw_values v = rw_values_array(loss, N);
    struct rw_moments m;
    double begun;

    if (step == TWENTIETH)
        rw_ascent_make(&desk.order, &v, &desk.room, false, NULL);
    begun = now();
    switch (step) {
    case SORT:
        rw_sort(x, N, tmp);
        break;
    case MOMENTS:
        m = rw_column_moments(&v, tmp, NULL, NULL);
        law.mean = m.mean;
        break;
    case COUNT:
        rw_ascent_make(&desk.order, &v, &desk.room, false, NULL);
        break;
    case TWENTIETH:
        rw_ascent_settle(&desk.order, N / 20 * 19, N, NULL);
        break;
    case LAW:
    case CURVE:
    case STEPS:
        rw_law_read(&desk, &law, &v, step == CURVE);
    }
    return now() - begun;
}

void
bench_laws(const struct rw_model *m)
{
    static const char *const name[STEPS] = {"sorting all of a column", "moments",
        "counting by cells", "dealing and sorting the upper twentieth",
        "a law, all in all", "a loss's, with its curve"};
    struct rw_outcome *o = small_run(m, N, 1, 1);
    double *x = malloc(N * sizeof *x), *tmp = malloc(N * sizeof *tmp);

    struct rw_ascent_room room;

    if (!rw_ascent_room_init(&room, N) || x == NULL || tmp == NULL)
        abort();
    memset(tmp, 0, N * sizeof *tmp);
    rw_law_desk_init(&desk, N, &room, false, NULL);
    printf("Laws of %d futures, one thread, a future\n", N);
    for (enum step s = 0; s < STEPS; s++) {
        double t[BENCH_PAIRS];

        for (int k = 0; k < BENCH_PAIRS; k++) {
            memcpy(x, o->horizon_loss[0], N * sizeof *x);
            t[k] = step_seconds(s, o->horizon_loss[0], x, tmp);
        }
        printf("  %-36s %8.2f ns\n", name[s], 1e9 / N * bench_median(t, BENCH_PAIRS));
    }
    rw_ascent_room_fini(&room);
    free(x);
    free(tmp);
    rw_outcome_free(o);
}
