/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/student.h -- Student's t with d degrees of freedom:
 *   d / (d + T^2) ~ Beta(d / 2, 1 / 2).
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_STUDENT_H
#define RW_NUM_STUDENT_H

#include "num/special.h"

struct rw_student {
    double df;              /* within RW_SHAPE_MIN .. RW_SHAPE_MAX */
    struct rw_beta_law law; /* of df / (df + t^2) */
};

struct rw_student rw_student_of(double df);
double rw_student_cdf(const struct rw_student *s, double t);
/* 0 < lower = 1 - upper < 1; digits in both tails. */
double rw_student_quantile(const struct rw_student *s, double lower, double upper);

#endif
