/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/wear.h -- what is left of a control's efficacy at an age.
 *
 *   2^-(a / half_life),  a = age since the last refresh, at mid-cycle
 *
 * Floor: wheel.  Threads: pure.
 */
#ifndef RW_WHEEL_WEAR_H
#define RW_WHEEL_WEAR_H

#include "model/model.h"

#include <math.h>

/* Share in (0, 1] left in the cycle `age` cycles after operation began. */
static inline double
rw_wear_left(const struct rw_control *c, double years, unsigned age)
{
    double a = (age + 0.5) * years;

    if (c->half_life <= 0)
        return 1;
    return exp2(-(c->refresh > 0 ? fmod(a, c->refresh) : a) / c->half_life);
}

#endif
