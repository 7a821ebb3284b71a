/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/chance.h -- the law of a probability that differs from group to
 * group, seen only through how often it came true.
 *
 * Given: groups g = 1 .. G with their own p_g, drawn from an unknown law H,
 * and c_g ~ Binomial(k, p_g).  The c_g / k scatter more than the p_g; wanted
 * is H itself.
 *   mean      m = sum c_g / (G k)
 *   variance  v = (k s^2 - m (1 - m)) / (k - 1), s^2 the sample variance of
 *             the c_g / k: unbiased but for terms of 1/G; v <= 0 means that
 *             chance alone explains the scatter
 *   start     the beta law of mean m and variance v (moments of the
 *             beta-binomial: Skellam, JRSS B 10 (1948) 257)
 *   law       RW_CHANCE_STEPS steps of the EM algorithm from there towards
 *             the nonparametric maximum of the likelihood of H on a grid in
 *             ln (p / (1 - p)) (Laird, JASA 73 (1978) 805), which is too
 *             rough to be used itself; stopping early after a smooth start is
 *             "smoothing by roughening" (Shen and Louis, J. Comput. Graph.
 *             Stat. 8 (1999) 800).
 * Three steps cost little where the beta law is right and take up most of
 * its error where it is not; tests/num/test_chance.c holds both.
 *
 * Floor: num.  Threads: a fit belongs to one thread.
 */
#ifndef RW_NUM_CHANCE_H
#define RW_NUM_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RW_CHANCE_NODES = 96, RW_CHANCE_STEPS = 3 };

/* The counts in short: groups[d] groups had count[d] of k; n of them, the
 * counts ascending and different. */
struct rw_chance_counts {
    unsigned k; /* >= 2 */
    size_t n;
    const uint32_t *count;
    const uint32_t *groups; /* 0 is allowed */
};

/* Where H is looked for, and the likelihood of each count there. */
struct rw_chance_grid {
    double low, width;               /* first edge and width of a cell, in logits */
    double ln_p[RW_CHANCE_NODES];    /* at the middles of the cells */
    double ln_q[RW_CHANCE_NODES];    /* ln (1 - p) */
    double (*like)[RW_CHANCE_NODES]; /* (n); at most 1 in each row */
};

struct rw_chance_law {
    double mean, variance;
    bool spread; /* false: v <= 0, and H is the point m */
    double low, width;
    double weight[RW_CHANCE_NODES];
};

/* m and v; groups in all >= 2. */
void rw_chance_moments(
    const struct rw_chance_counts *c, double *mean, double *variance);

/* v in units of its standard error if there were no spread at all,
 *   m (1 - m) / (k - 1) sqrt(2 / (G - 1)):
 * the index of dispersion, (G - 1) k s^2 / (m (1 - m)), is then nearly
 * chi-squared with G - 1 degrees of freedom.  0 where m is 0 or 1. */
double rw_chance_evidence(const struct rw_chance_counts *c);

/* A grid that holds H; like: (c->n) rows.  False where v <= 0: there is none. */
bool rw_chance_grid(struct rw_chance_grid *g, const struct rw_chance_counts *c,
    double (*like)[RW_CHANCE_NODES]);

/* *h <- H.  The grid is that of the same counts, or of more groups with them;
 * NULL: no spread is looked for. */
void rw_chance_fit(struct rw_chance_law *h, const struct rw_chance_counts *c,
    const struct rw_chance_grid *g);

/* The law's quantile, 0 < q < 1, where its mean is known better to be `mean`
 * (else h->mean): shifted in logits by the difference of the two. */
double rw_chance_quantile(const struct rw_chance_law *h, double q, double mean);

#endif
