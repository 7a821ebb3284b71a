/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/look.h -- what looks teach of a share R that show something with a chance
 * which depends on R.
 *
 * A look shows a failure with chance s p(R) where R is the share, p(R) = (1 - R) r(R),
 * and r says how much of what might have failed can have done so since the last look:
 * 1 where that was long ago, 0 just after it.  r is kept at RW_LOOK_NODES nodes, half
 * apart in ln R / (1 - R), a smooth curve between them and as at the ends beyond.  Of
 * R ~ Beta(a, b) the Beta with the mean and variance of
 *   density x s p(R), found,  or  density x (1 - s p(R)), not found,
 * stands for what is believed afterwards.  The integrals are sums at RW_LOOK_POINTS
 * equidistant points of the log odds about the density's mode (trapezoidal rule, which
 * for such densities is good to many digits: Trefethen and Weideman, SIAM Review 56
 * (2014) 385); only their ratio to those of the Beta itself, which are known, is used,
 * so that a look that shows nothing changes nothing.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_LOOK_H
#define RW_NUM_LOOK_H

#include <stdbool.h>
#include <stddef.h>

enum { RW_LOOK_NODES = 32, RW_LOOK_POINTS = 20 };

/* Log odds of R at node k, `middle` between the two in the middle. */
double rw_look_node(double middle, size_t k);
/* E p(R). */
double rw_look_chance(double middle, const double r[RW_LOOK_NODES], double a, double b);
/* a, b <- after a look of sensitivity s in [0, 1]. */
void rw_look_take(double middle, const double r[RW_LOOK_NODES], double s, bool found,
    double *a, double *b);

#endif
