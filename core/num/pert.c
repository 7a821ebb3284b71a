/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/pert.c -- bounds and a most likely value, smooth between.
 *
 *   X = min + (max - min) B,  B ~ Beta(a, b)
 *   a = 1 + shape (mode - min) / (max - min),  a + b = shape + 2
 *   E[X] = (min + shape mode + max) / (shape + 2)
 *   Var[X] = (mean - min)(max - mean) / (shape + 3)
 *
 *   p5, mode, p95: with m = (mode - min) / (max - min) for unknown,
 *     r(m) = (m - q5(m)) / (q95(m) - q5(m)) = (mode - p5) / (p95 - p5),
 *     q5 and q95 the quantiles of B; then max - min = (p95 - p5) / (q95 - q5).
 *     r rises with m, from r(0) < 0, where the mode is min and lies a little
 *     below p5, to r(1) = 1 - r(0): any mode between has exactly one pert.
 *
 * Sources: Malcolm et al., Operations Research 7 (1959) 646, for shape = 4;
 * Vose, Risk Analysis, 3rd ed. (2008), for any other shape.
 */
#include "num/families.h"
#include "num/root.h"
#include "num/special.h"

#include <math.h>

static bool
make_bounds(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    double min = v[0], mode = v[1], max = v[2], shape = v[3], span = max - min;

    if (!(min <= mode && mode <= max))
        return rw_dist_refuse(why,
            "min, mode and max must ascend (got min = %.10g, mode = %.10g, "
            "max = %.10g)",
            min, mode, max);
    if (!rw_dist_check_shape("shape", shape, why))
        return false;
    if (min == max)
        *d = rw_dist_constant(min);
    else
        rw_stretched_set(d, min, max, 1 + shape * ((mode - min) / span),
            1 + shape * ((max - mode) / span));
    return true;
}

/* B of a mode at m of its range, 0 <= m <= 1/2, and where the mode lies between
 * its 0.05 and 0.95 quantiles. */
struct place {
    double shape, wanted;
    double low, high; /* quantiles */
};

static double
place_at(struct place *p, double m)
{
    struct rw_beta_law g = rw_beta_law(1 + p->shape * m, 1 + p->shape * (1 - m));
    double rest;

    p->low = rw_beta_inverse(&g, 0.05, 0.95, &rest);
    p->high = rw_beta_inverse(&g, 0.95, 0.05, &rest);
    return (m - p->low) / (p->high - p->low);
}

static double
off_place(const void *ctx, double m)
{
    struct place p = *(const struct place *)ctx;

    return place_at(&p, m) - p.wanted;
}

static bool
check_range(const double v[], double least, char why[RW_DIST_WHY])
{
    double p5 = v[0], mode = v[1], p95 = v[2], span = p95 - p5;

    if (!(p5 < p95))
        return rw_dist_refuse(
            why, "p95 must be above p5 (got p5 = %.10g, p95 = %.10g)", p5, p95);
    if (mode - p5 >= least * span && p95 - mode >= least * span)
        return true;
    return rw_dist_refuse(why,
        "mode must be between %.10g and %.10g for these p5 and p95 (got %.10g)",
        p5 + least * span, p95 - least * span, mode);
}

static bool
make_range(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
{
    double p5 = v[0], mode = v[1], p95 = v[2], m, span;
    struct place p = {.shape = v[3]};
    bool mirrored;

    if (!rw_dist_check_shape("shape", v[3], why) ||
        !check_range(v, place_at(&p, 0), why))
        return false;
    /* In the half where the mode is the nearer to 0, m keeps its digits. */
    mirrored = p95 - mode < mode - p5;
    p.wanted = (mirrored ? p95 - mode : mode - p5) / (p95 - p5);
    m = rw_root(off_place, &p, 0, 0.5);
    place_at(&p, m);
    span = (p95 - p5) / (p.high - p.low);
    if (mirrored)
        rw_stretched_set(d, p95 + span * p.low - span, p95 + span * p.low,
            1 + v[3] * (1 - m), 1 + v[3] * m);
    else
        rw_stretched_set(d, p5 - span * p.low, p5 - span * p.low + span, 1 + v[3] * m,
            1 + v[3] * (1 - m));
    return true;
}

const struct rw_family rw_family_pert = {
    .name = "pert",
    .doc = "bounds and a most likely value, smooth between them",
    .pure = {"shape"},
    .forms = {{.params = {"min", "mode", "max", "shape"},
                  .required = 3,
                  .defaults = {0, 0, 0, 4},
                  .make = make_bounds},
        {.params = {"p5", "mode", "p95", "shape"},
            .required = 3,
            .defaults = {0, 0, 0, 4},
            .make = make_range}},
    .cdf = rw_stretched_cdf,
    .sf = rw_stretched_sf,
    .quantile = rw_stretched_quantile,
    .mean = rw_stretched_mean,
    .sd = rw_stretched_sd,
    .lev = rw_stretched_lev,
    .support = rw_support_p0_p1,
    .tabulate = true,
};
