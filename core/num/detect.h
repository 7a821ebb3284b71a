/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/detect.h -- an attack in stages, and when it is seen.
 *
 * A stage takes t years.  Its traces are there with probability V, they are
 * reviewed m times a year, and a review recognises them with probability R;
 * rho tells how far reviews of one stage are independent.  With
 * lambda = m t reviews,
 *   P(seen by controls) = V (1 - (1 - R)^(rho lambda)),   at most V,
 *                       = V R                    for rho = 0 (and lambda > 0).
 * In FAIR-CAM's terms V = Cov V Rel_V, R = R Rel_R and m = Rel_M / M, one
 * review every M.  It is seen by other means with probability p0, at a
 * constant rate.  Both are laws of the time within the stage too: at a time s
 * it has not been seen with
 *   S(s) = (1 - p0)^(s/t) (1 - V (1 - (1 - R)^(rho m s))),
 * with rho = 0 all that reviews see is seen at the first, at 1 / m or the end.
 *
 * An attack not seen in a stage goes on to the next with the probability
 * `advance`, or else fails; beyond the last is its full impact.  The chance to
 * reach stage i is P_reach(i-1) (1 - P_seen(i-1)) advance(i-1).
 *
 * With the uniforms of an attack given, everything that raises P_seen makes it
 * seen no later (rw_stage_when never falls when p0, V, R or m falls).
 *
 * Source: FAIR-CAM Knowledge Base (github.com/faircam), file 04, whose example
 * of six stages is a test, recomputed.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_DETECT_H
#define RW_NUM_DETECT_H

#include <stddef.h>

/* How an attack ends: seen in a stage of a class, or not at all. */
enum rw_ending {
    RW_ENDING_EARLY,
    RW_ENDING_MID,
    RW_ENDING_LATE,
    RW_ENDING_FULL,
    RW_ENDING_FAILS,
    RW_ENDINGS
};

/* Most stages of an attack: those of MITRE ATT&CK's tactics, and two. */
enum { RW_STAGES_MAX = 16 };

struct rw_stage_law {
    double years;         /* t                               */
    double advance;       /* unseen, to the next             */
    double base;          /* p0: seen without controls       */
    double visible;       /* V                               */
    double reviews;       /* m, a year                       */
    double recognised;    /* R                               */
    double independence;  /* rho                             */
    enum rw_ending class; /* where it is seen: early .. late */
};

/* By ending: its probability, and the mean time from the attack's start until
 * then times that probability. */
struct rw_endings {
    double chance[RW_ENDINGS], years[RW_ENDINGS];
    double failed[RW_ENDING_FULL], failed_years[RW_ENDING_FULL]; /* by class of stage */
};

/* P(seen in the stage by controls), and by anything. */
double rw_stage_reviewed(const struct rw_stage_law *x);
double rw_stage_seen(const struct rw_stage_law *x);

/* Years within the stage until it is seen, at the uniforms of controls and
 * other means; INFINITY: never. */
double rw_stage_when(const struct rw_stage_law *x, double u, double other);

/* E[(time within the stage - c)^+, seen]; c may be negative. */
double rw_stage_after(const struct rw_stage_law *x, double c);

void rw_stages_end(const struct rw_stage_law x[], size_t n, struct rw_endings *out);

/* E[(time until seen - c)^+, seen in any stage], c >= 0. */
double rw_stages_after(const struct rw_stage_law x[], size_t n, double c);

/* Probability to reach stage n (0-based), of x's that come before. */
double rw_stages_reach(const struct rw_stage_law x[], size_t n);

#endif
