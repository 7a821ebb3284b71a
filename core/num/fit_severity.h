/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/fit_severity.h -- laws of the size of a loss, by maximum
 * likelihood, from losses of which only those from a threshold d on are known.
 *
 *   l(p) = sum ln f(x_i; p) - n ln (1 - F(d; p)),   x_i >= d >= 0
 * d = 0 means that nothing was left out.  The law fitted is that of all
 * losses, those below d too; only gpd is the law of what lies beyond d.
 *
 * One row of the table for a family; parameters are those of the first form of
 * num/dist.h.
 * With y = x - d, g the mean of g over the sample:
 *   exponential  mean = y
 *   lognormal    d = 0: moments of ln x.  Else z = ln(x / d) is a normal cut at
 *                0, an exponential family: with h(a) = phi(a) / (1 - Phi(a)),
 *                (1 - a (h - a)) / (h - a)^2 = z^2 / z^2 has one root a if the
 *                right side is below 2, else there is no maximum and the limit
 *                is a Pareto law (del Castillo, Annals of the Institute of
 *                Statistical Mathematics 46 (1994) 57); sigma = z / (h - a),
 *                mu = ln d - a sigma
 *   gamma        d = 0: ln shape - psi(shape) = ln x - ln x, scale = x / shape;
 *                else a search in both logarithms
 *   weibull      scale^shape = x^shape - d^shape, and the profile of shape
 *   gpd, lomax   xi = ln(1 + t y), beta = xi / t, and the profile of t
 *                (Grimshaw, Technometrics 35 (1993) 185); lomax is the same
 *                with alpha = 1 / xi, theta = 1 / t - d.  Errors are those of
 *                the information only for xi > -1/2 (Smith, Biometrika 72
 *                (1985) 67): less is refused.
 *
 * Goodness of fit: D = sup |Fn - F|, F cut at d.  Because p was fitted to the
 * same losses, Kolmogorov's law of D does not hold (Lilliefors, JASA 62 (1967)
 * 399); instead samples are drawn from the fitted law and fitted again,
 *   p = (1 + #{D* >= D}) / (1 + replicates)
 * (Stute, Gonzalez Manteiga and Presedo Quindimil, Metrika 40 (1993) 243).
 * Sample b draws index i of the stream (seed, lane of the family) at future b.
 *
 * Floor: num (uses GSL).  Threads: pure.
 */
#ifndef RW_NUM_FIT_SEVERITY_H
#define RW_NUM_FIT_SEVERITY_H

#include "base/arena.h"
#include "num/dist.h"
#include "num/fit.h"

#include <signal.h>
#include <stdint.h>

/* Losses ascending, above 0 and from `from` on, not all equal; shape (n). */
struct rw_losses {
    const double *x, *log; /* the losses and their logarithms */
    size_t n;
    double from;             /* d */
    double mean, log1, log2; /* means of x, ln x and (ln x - log1)^2 */
};

/* logs[n] is filled, and borrowed like x. */
void rw_losses_init(
    struct rw_losses *s, const double x[], double logs[], size_t n, double from);

struct rw_severity_law {
    const char *name; /* of the family */
    const char *param[RW_FIT_PARAMS];
    bool positive[RW_FIT_PARAMS];
    bool beyond; /* the law of what lies beyond d: takes d as its threshold */
    rw_fit_likelihood *loglik; /* ctx: struct rw_losses */
    /* p[] of *f <- the maximum; near f->p where `near`.  False: f->why. */
    bool (*maximise)(const struct rw_losses *s, bool near, struct rw_fit *f);
};

/* All of them; *n receives their number. */
const struct rw_severity_law *const *rw_severity_laws(size_t *n);
const struct rw_severity_law *rw_severity_law(const char *name);

struct rw_severity_fit {
    const struct rw_severity_law *law;
    struct rw_fit fit;
    struct rw_dist dist; /* the fitted law; void where fit.why */
    double seen;         /* 1 - F(d): what share of all losses is from d on */
};

/* The fit without ks. */
void rw_severity_fit(const struct rw_severity_law *law, const struct rw_losses *s,
    struct rw_severity_fit *f);

/* The law at parameters p; false outside its domain. */
bool rw_severity_dist(const struct rw_severity_law *law, double from, const double p[],
    struct rw_dist *d);

/* Quantile at u and mean of the law cut at d: of the losses that are known.
 * The mean is INFINITY where there is none. */
double rw_severity_quantile(const struct rw_dist *d, double from, double u);
double rw_severity_mean(const struct rw_dist *d, double from);

/* sup |Fn - F|. */
double rw_severity_distance(const struct rw_dist *d, const struct rw_losses *s);

/* ks and ks_p of a fit.  *stop nonzero: RW_ERR_INTERRUPT.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_severity_test(struct rw_severity_fit *f,
    const struct rw_losses *s, size_t replicates, uint64_t seed,
    const volatile sig_atomic_t *stop);

#endif
