/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/mills.c -- the far tail of the normal, see num/special.h. */
#include "num/special.h"

#include <math.h>

/* From here on the continued fraction; at 3 it needs some 60 terms. */
#define FAR 3.0
enum { TERMS = 80 };

/* 1 / (y + 2 / (y + 3 / (y + ...))) */
static double
fraction(double y)
{
    double f = y;

    for (int k = TERMS; k > 1; k--)
        f = y + k / f;
    return 1 / f;
}

double
rw_mills(double y)
{
    if (y < FAR)
        return erfc(y * M_SQRT1_2) * exp(y * y / 2) * sqrt(M_PI / 2);
    return 1 / (y + fraction(y));
}

double
rw_normal_density(double y)
{
    return exp(-y * y / 2) * (M_SQRT1_2 * M_2_SQRTPI / 2);
}

double
rw_normal_excess(double y)
{
    double f;

    if (y < 0)
        return rw_normal_excess(-y) - y;
    if (y < FAR)
        return rw_normal_density(y) - y * erfc(y * M_SQRT1_2) / 2;
    f = fraction(y);
    return rw_normal_density(y) * f / (y + f);
}
