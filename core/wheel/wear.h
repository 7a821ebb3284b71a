/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/wear.h -- what is left of a control's efficacy at an age.
 *
 *   2^-(a / half_life),  a = age since the last refresh
 *
 * A cycle takes its mean over the cycle's ages, in closed form: with
 * F(a) the integral from 0 to a, whole teeth of length `refresh` and a part,
 *   F(a) = floor(a / refresh) W(refresh) + W(a mod refresh),
 *   W(x) = half_life / ln 2 (1 - 2^-(x / half_life)).
 *
 * Floor: wheel.  Threads: pure.
 */
#ifndef RW_WHEEL_WEAR_H
#define RW_WHEEL_WEAR_H

#include "model/model.h"

#include <math.h>

/* W(x), with its digits for small x. */
static inline double
rw_wear_tooth(const struct rw_control *c, double x)
{
    return -c->half_life / M_LN2 * expm1(-M_LN2 * x / c->half_life);
}

static inline double
rw_wear_until(const struct rw_control *c, double age)
{
    double teeth = c->refresh > 0 ? floor(age / c->refresh) : 0;

    return teeth * (teeth > 0 ? rw_wear_tooth(c, c->refresh) : 0) +
           rw_wear_tooth(c, age - teeth * c->refresh);
}

/* Mean share in (0, 1] left over the cycle `age` cycles after operation
 * began; years: length of a cycle. */
static inline double
rw_wear_left(const struct rw_control *c, double years, unsigned age)
{
    if (c->half_life <= 0)
        return 1;
    return (rw_wear_until(c, (age + 1) * years) - rw_wear_until(c, age * years)) /
           years;
}

#endif
