/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/outage.h -- something that fails, is found and works again: in law
 * the on/off process of num/reliability.h, drawn so that it is monotone.
 *
 * Failures and findings are points of two Poisson processes in the plane of
 * time and level, one of each in a unit of it: those with a level below the
 * failures a year happen, and of the findings those with a level below
 * 1 / (mean years until found).  It is down from a failure to `correction`
 * years after the first finding that follows, or after its greatest age; a
 * failure that comes before it works again starts that anew.  So fewer
 * failures, sooner findings and shorter corrections never put a later failure
 * in the place of an earlier one: whenever the worse of two works, the better
 * one does.  (Periods drawn one after the other do not have that: a failure
 * that comes later may hit a moment when the worse one works again.)
 *
 * The law holds for one cycle and may be another in the next.  Points are
 * drawn where they are asked for: a cycle's levels are cut into bands
 * [0, 4), [4, 16), [16, 64) ... points a cycle, each band into as many slots
 * of time as leave a cell a few points.  Which points there are does not
 * depend on the law.  From 4^12 points a cycle on, the next one comes at once
 * (an error of time below 1e-7 of a cycle).
 *
 * Times in years from the start of the horizon.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_OUTAGE_H
#define RW_NUM_OUTAGE_H

#include "num/reliability.h"
#include "num/stream.h"

#include <math.h>
#include <stdbool.h>

struct rw_outage_lanes {
    uint64_t fault, finding;
};

/* One thing in one cycle of one future. */
struct rw_outage {
    uint64_t seed;
    struct rw_outage_lanes lanes;
    uint64_t future;
    unsigned cycle; /* 0-based */
    double years;   /* of a cycle */
    struct rw_reliability law;
};

/* When it last failed (-INFINITY: never), and from when it works: INFINITY
 * where no finding is known yet. */
struct rw_outage_state {
    double failed, works;
};

/* How many changes of a cycle are noted: more are rare. */
enum { RW_OUTAGE_NOTED = 4 };

struct rw_outage_play {
    struct rw_outage_state at;
    double now;                   /* played until here, or nothing changes any more */
    unsigned changes;             /* how often it went down or came back */
    double when[RW_OUTAGE_NOTED]; /* the first of them */
};

/* A new one works. */
static inline struct rw_outage_state
rw_outage_new(void)
{
    return (struct rw_outage_state){-INFINITY, -INFINITY};
}

/* At the start of the cycle, of one that has been running for long: the last
 * failure lies back an exponential time, what found it came an exponential
 * time later. */
struct rw_outage_state rw_outage_running(const struct rw_outage *x);

/* The cycle's first failure after a time within it; INFINITY: none. */
double rw_outage_fault(const struct rw_outage *x, double after);
/* From the start of the cycle to a time within it; fault: its first failure. */
struct rw_outage_play rw_outage_play(
    const struct rw_outage *x, struct rw_outage_state from, double fault, double until);

/* Whether it works at a time of the cycle, after at most RW_OUTAGE_NOTED changes;
 * works: it did when the cycle began. */
static inline bool
rw_outage_works(bool works, unsigned changes, const double when[], double time)
{
    for (unsigned k = 0; k < changes && when[k] <= time; k++)
        works = !works;
    return works;
}
/* The same of what was played from there to the cycle's end, however much changed. */
bool rw_outage_stands(const struct rw_outage *x, struct rw_outage_state from,
    double fault, const struct rw_outage_play *p, double time);

/* ---- many futures at once: the same, drawn together ---- */

/* One thing in one cycle; `law' of all futures, its failures a year unless a row tells
 * them. */
struct rw_outage_set {
    uint64_t seed;
    struct rw_outage_lanes lanes;
    unsigned cycle;
    double years;
    struct rw_reliability law;
};

/* Failures of a cycle, listed up to so many. */
enum { RW_OUTAGE_POINTS = 7, RW_OUTAGE_MANY = 255 };

/* The cycle's failures by future of a block. */
struct rw_outage_faults {
    size_t room;
    uint8_t *n;     /* (room); RW_OUTAGE_MANY: not listed, ask rw_outage_fault */
    uint32_t *time; /* (RW_OUTAGE_POINTS, room) ascending, of 24 bits */
};

/* to <- of the futures first .. first + n - 1, at fails[i] a year; NULL: at the law's
 * (outage_row.c). */
void rw_outage_faults(const struct rw_outage_set *x, uint64_t first, size_t n,
    const double fails[], const struct rw_outage_faults *to);

/* Futures that are played together from the start of a cycle, and how they begin it.
 * Shapes (n). */
struct rw_outage_list {
    size_t n;
    uint32_t *future;       /* within the block */
    double *works, *failed; /* as of a state; failed NULL: nothing ends by age */
};

/* list->works <- as rw_outage_running, -INFINITY for any time before the cycle; ->failed
 * <- its times, if they are wanted (outage_running.c). */
void rw_outage_runnings(const struct rw_outage_set *x, uint64_t first,
    const double fails[], const struct rw_outage_list *list);

/* What has become of them, by future of a block.  Shapes (room). */
struct rw_outage_rows {
    double *works, *failed; /* at the cycle's end; failed NULL as above */
    uint8_t *changes;       /* at most 255 */
    uint8_t *worked;        /* when it began, and at its middle: bits as below */
    uint8_t tag;            /* whose they are: the other bits of `worked' */
    double (*when)[RW_OUTAGE_NOTED];
    struct rw_outage_state *from; /* how it began, where there were more changes */
};

enum { RW_OUTAGE_BEGAN = 1, RW_OUTAGE_MIDDLE = 2, RW_OUTAGE_TAGS = 4 };

/* Plays a list to the end of the cycle, after their block's failures were listed
 * (outage_many.c). */
void rw_outage_plays(const struct rw_outage_set *x, uint64_t first,
    const double fails[], const struct rw_outage_faults *faults,
    const struct rw_outage_list *list, const struct rw_outage_rows *to);
/* One of them, as outage.c has played it. */
void rw_outage_put(const struct rw_outage *x, struct rw_outage_state from, double fault,
    const struct rw_outage_play *p, const struct rw_outage_rows *to, size_t i);

#endif
