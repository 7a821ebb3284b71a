/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/reliability.h -- what a control that fails is worth.
 *
 * Operational efficacy (FAIR-CAM): with coverage Cov, reliability Rel and the
 * intended and variant efficacies,
 *   OpEff = Cov (Rel IntEff + (1 - Rel) VarEff).
 *
 * Reliability of f failures a year while it works, found after d years on
 * average (exponential), then working again after a fixed c years, and found
 * after `at_most` years in any case.  A failure that comes while another is
 * being found or put right starts that anew.  With h the mean time until it is
 * found, from the last failure on, r = 1 / d and A = at_most,
 *   h = q / (r + f e^-(r+f)A),  q = 1 - e^-(r+f)A     (A infinite: h = d)
 *   availability = e^-fc / (1 + f h),
 * which is 1 / (1 + f d) for c = 0.  Corrections aside, R = 1 / (1 + f h) is the
 * share of time in which nothing is failed that nobody knows of: what audits of a
 * control left to itself find of it.  It falls from 1 to 0 as f grows.
 *
 * The knowledge base of FAIR-CAM has (1 - f/365)^(365 d) instead: the chance
 * that no failure began on any of the last 365 d days.
 *
 * Response: containment takes Tc, restoring Ts, and a share alpha of the
 * shorter is done beside the longer: T = Tc + Ts - alpha min(Tc, Ts).
 *
 * Source: FAIR-CAM Knowledge Base (github.com/faircam), files 04 and 09; the
 * availability from the renewal theorem: e^-fc is the chance that a correction
 * is not overtaken, and the spells between two failures are counted up.
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_RELIABILITY_H
#define RW_NUM_RELIABILITY_H

struct rw_reliability {
    double fails;      /* f, a year while it works */
    double years;      /* d, mean until found      */
    double at_most;    /* A, years; INFINITY: none */
    double correction; /* c, years from found to working */
};

double rw_reliability_effect(
    double coverage, double reliability, double intended, double variant);

/* In the long run the share of time in which it works. */
double rw_reliability_available(const struct rw_reliability *x);

/* h, years; and f by the share R in (0, 1], its own f apart: years > 0. */
double rw_reliability_hidden(const struct rw_reliability *x);
double rw_reliability_fails(const struct rw_reliability *x, double share);

/* The knowledge base's; 0 from 365 failures a year on. */
double rw_reliability_knowledge_base(double fails, double years);

/* Any unit of time; alpha in [0, 1]. */
double rw_reliability_response(double contain, double restore, double alpha);

#endif
