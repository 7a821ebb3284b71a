/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/sample.h -- figures of a sample with their errors, by how its futures were
 * drawn.
 *
 * each = 0: n independent futures; the errors are those of num/tail.h and num/sum.h.
 * each > 0: R = n / each independent randomisations (num/sobol.h) of `each' futures
 *   in a row, which depend on each other within one and have each their right law.
 *   What counts as one observation is a randomisation's figure, and with s^2 the
 *   variance of the R figures and t the quantile of Student's law with R - 1:
 *   mean         of means m_r: error s / sqrt(R)
 *   P(X > x)     of shares p_r: p -+ t s / sqrt(R); below RW_TAIL_BEYOND futures on
 *                either side few randomisations have any, and the interval holds
 *                Clopper and Pearson's as well
 *   quantile q   every x that the shares do not rule out: the interval of F(x) holds
 *                q (Woodruff, J. Am. Stat. Assoc. 47 (1952) 635), so that atoms do not
 *                matter
 *   TVaR         v + mean((X - v)+) / (1 - q) is least at v = VaR, so that the error
 *                of v does not count: s / sqrt(R) of the randomisations' figures at
 *                the whole sample's v
 * Values are those of the whole sample either way.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_SAMPLE_H
#define RW_NUM_SAMPLE_H

#include "num/sum.h"
#include "num/tail.h"

struct rw_sample {
    const double *x; /* (n) ascending */
    size_t n, each;
    const double *rows; /* each > 0: (n / each, each) the same by randomisation, each
                         * of them ascending */
};

/* Sorts x (n), which is in the order of the futures and finite, in place; tmp has room
 * for n, and so has rows unless each is 0: the sample points to it. */
struct rw_sample rw_sample_sort(
    double x[], size_t n, size_t each, double tmp[], double rows[]);

/* rows <- x by randomisation, each of them ascending; for a sample sorted elsewhere. */
void rw_sample_rows(
    const double x[], size_t n, size_t each, double tmp[], double rows[]);

/* Moments whose mean is that of x, in the order of the futures, and whose standard
 * error (rw_moments_se) is that mean's: of x, or of the randomisations' means. */
struct rw_moments rw_sample_means(const double x[], size_t n, size_t each);

double rw_sample_mean_se(const struct rw_sample *s);
struct rw_quantile rw_sample_quantile(
    const struct rw_sample *s, double q, double level);
struct rw_tvar rw_sample_tvar(const struct rw_sample *s, double q);
/* P(X > at). */
void rw_sample_exceedance(const struct rw_sample *s, double at, double level, double *p,
    double *low, double *high);
/* Standard error of the share of futures above `at'. */
double rw_sample_share_se(const struct rw_sample *s, double at);

#endif
