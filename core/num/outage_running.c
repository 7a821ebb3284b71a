/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many begin that have been running for long: as rw_outage_running, as far as
 * anything hangs on it.  Most of them have been found long before the cycle, or will be
 * long after: a logarithm for wide registers tells that, and only where it is close, or
 * where the numbers themselves are wanted, are they worked out as outage.c does it. */
#include "num/cpu.h"
#include "num/elementary.h"
#include "num/outage_parts.h"

/* Share of a time by which it may be misjudged, above all errors of logarithms. */
#define SLACK 1e-12

struct before {
    double begin, years, correction;
};

/* works <- INFINITY, -INFINITY (it works and has not been found late), or NAN: it is
 * close.  u: two of four uniforms of each. */
RW_CPU_EACH void
judge_by(size_t n, const struct before *x, const double *restrict u,
    const double *restrict fails, double *restrict works)
{
    const double begin = x->begin, years = x->years, correction = x->correction;

    for (size_t j = 0; j < n; j++) {
        double ago = -rw_log(u[4 * j]) / fails[j], wait = -rw_log(u[4 * j + 1]) * years;
        double slack = SLACK * (begin + ago + wait + correction), close = NAN;

        close = wait + correction < ago - slack ? -INFINITY : close;
        works[j] = wait > ago + slack ? INFINITY : close;
    }
}
RW_CPU_VARIANTS(void, judge,
    (size_t n, const struct before *x, const double u[], const double fails[],
        double works[]),
    (n, x, u, fails, works))

/* Futures that are begun together. */
struct start {
    uint64_t future[RW_OUTAGE_SIDE], quad[RW_OUTAGE_SIDE];
    double u[4 * RW_OUTAGE_SIDE], fails[RW_OUTAGE_SIDE], works[RW_OUTAGE_SIDE];
};

static void
draw(const struct rw_outage_set *x, uint64_t first, const double fails[], size_t n,
    const uint32_t future[], struct start *s)
{
    for (size_t j = 0; j < n; j++) {
        s->future[j] = first + future[j];
        s->quad[j] = RW_OUTAGE_FIRST_STATE;
        s->fails[j] = fails != NULL ? fails[future[j]] : x->law.fails;
    }
    rw_stream_quads(
        (struct rw_stream){x->seed, x->lanes.fault}, n, s->future, s->quad, s->u);
}

void
rw_outage_runnings(const struct rw_outage_set *x, uint64_t first, const double fails[],
    const struct rw_outage_list *list)
{
    const struct before b = {x->cycle * x->years, x->law.years, x->law.correction};
    struct start s;

    for (size_t j = 0; j < list->n; j += RW_OUTAGE_SIDE) {
        size_t n = list->n - j < RW_OUTAGE_SIDE ? list->n - j : RW_OUTAGE_SIDE;

        draw(x, first, fails, n, list->future + j, &s);
        judge(n, &b, s.u, s.fails, s.works);
        for (size_t k = 0; k < n; k++) {
            struct rw_outage_state at = {-INFINITY, s.works[k]};

            if (list->failed != NULL || !(s.fails[k] > 0) || isnan(at.works)) {
                struct rw_outage o = {
                    x->seed, x->lanes, s.future[k], x->cycle, x->years, x->law};

                o.law.fails = s.fails[k];
                at = rw_outage_running(&o);
            }
            list->works[j + k] = at.works;
            if (list->failed != NULL)
                list->failed[j + k] = at.failed;
        }
    }
}
