/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/fit_laws.h -- the rows of the table of num/fit_severity.h; private
 * to num.
 *
 * Floor: num.  Threads: constant.
 */
#ifndef RW_NUM_FIT_LAWS_H
#define RW_NUM_FIT_LAWS_H

#include "num/fit_severity.h"

extern const struct rw_severity_law rw_fit_exponential, rw_fit_lognormal, rw_fit_gamma,
    rw_fit_weibull, rw_fit_lomax, rw_fit_gpd;

#endif
