/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/law.h -- the laws that plugins draw from, by inversion of one uniform.
 *
 *   exponential(mean)  gamma(shape, scale)  beta(alpha, beta)  lognormal(mu, sigma)
 *   poisson(mean)      happens(mean): 1 if a Poisson number with that mean is not 0
 *
 * Parameters may differ from future to future.  As x = Q(u), a draw rises with the
 * parameter its law rises with, future by future.  The continuous ones are those of
 * num/dist.h; Poisson numbers of small means are found by adding up their
 * probabilities, the others by num/count.h.
 *
 * Floor: plug.  Threads: pure.
 */
#ifndef RW_PLUG_LAW_H
#define RW_PLUG_LAW_H

#include "plug/kernel.h"

#define RW_LAW_MEAN_MAX 1e6 /* of Poisson numbers */

struct rw_law {
    const char *name;    /* of the method                                   */
    const char *args[2]; /* of its parameters; the second may be NULL       */
    struct rw_operation
        op; /* of the uniform and the parameters; recorded with the law */
};

/* NULL: there is none. */
const struct rw_law *rw_law_find(const char *name);

#endif
