/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/student.h"

#include <math.h>

struct rw_student
rw_student_of(double df)
{
    return (struct rw_student){df, rw_beta_law(df / 2, 0.5)};
}

/* P(T < -|t|) = I_x(d / 2, 1 / 2) / 2 with x = d / (d + t^2), so that
 * x / (1 - x) = d / t^2. */
double
rw_student_cdf(const struct rw_student *s, double t)
{
    double p, q;

    if (t == 0)
        return 0.5;
    rw_beta_tails(&s->law, log(s->df) - 2 * log(fabs(t)), &p, &q);
    return t < 0 ? p / 2 : 0.5 + q / 2;
}

double
rw_student_quantile(const struct rw_student *s, double lower, double upper)
{
    double tail = fmin(lower, upper), y, x, t;

    if (tail == 0.5)
        return 0;
    x = rw_beta_inverse(&s->law, 2 * tail, 1 - 2 * tail, &y);
    t = sqrt(s->df * y / x);
    return lower < upper ? -t : t;
}
