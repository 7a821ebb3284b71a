/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/pert.c -- bounds and a most likely value, smooth between.
 *
 *   X = min + (max - min) B,  B ~ Beta(a, b)
 *   a = 1 + shape (mode - min) / (max - min),  a + b = shape + 2
 *   E[X] = (min + shape mode + max) / (shape + 2)
 *   Var[X] = (mean - min)(max - mean) / (shape + 3)
 *
 * Sources: Malcolm et al., Operations Research 7 (1959) 646, for shape = 4;
 * Vose, Risk Analysis, 3rd ed. (2008), for any other shape.
 */
#include "num/families.h"

static bool
make(struct rw_dist *d, const double v[], char why[RW_DIST_WHY])
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

const struct rw_family rw_family_pert = {
    .name = "pert",
    .doc = "bounds and a most likely value, smooth between them",
    .pure = {"shape"},
    .forms = {{.params = {"min", "mode", "max", "shape"},
        .required = 3,
        .defaults = {0, 0, 0, 4},
        .make = make}},
    .cdf = rw_stretched_cdf,
    .sf = rw_stretched_sf,
    .quantile = rw_stretched_quantile,
    .mean = rw_stretched_mean,
    .sd = rw_stretched_sd,
    .lev = rw_stretched_lev,
    .support = rw_support_p0_p1,
    .tabulate = true,
};
