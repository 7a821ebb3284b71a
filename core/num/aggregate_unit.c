/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_unit.c -- a common measure of all atoms, so that one
 * lattice has them all on its points. */
#include "num/aggregate_parts.h"

#include <math.h>

/* Places are multiples of the unit to this share of the largest, and no more
 * than so many units: more than any lattice has points. */
#define NEAR  1e-11
#define UNITS 0x1p25

/* Euclid's algorithm on lengths that are known to within tol. */
static double
measure(double a, double b, double tol)
{
    while (b > tol) {
        double r = a - b * rint(a / b);

        a = b;
        b = fabs(r);
    }
    return a;
}

static bool
on_lattice(const struct rw_year *y, double unit)
{
    for (size_t i = 0; i < y->n_severities; i++)
        for (size_t k = 0; k < y->severity[i].n_atoms; k++) {
            double at = y->severity[i].atom[k].x / unit;

            if (fabs(at - rint(at)) > NEAR * fmax(at, 1) || at > UNITS)
                return false;
        }
    return true;
}

void
rw_year_unit(struct rw_year *y)
{
    double unit = 0, largest = 0;

    y->discrete = true;
    for (size_t i = 0; i < y->n_severities; i++) {
        const struct rw_severity *s = &y->severity[i];

        if (!rw_severity_is_discrete(s))
            y->discrete = false;
        if (s->n_atoms > 0)
            largest = fmax(largest, s->atom[s->n_atoms - 1].x);
    }
    for (size_t i = 0; i < y->n_severities; i++)
        for (size_t k = 0; k < y->severity[i].n_atoms; k++)
            if (y->severity[i].atom[k].x > 0)
                unit = measure(largest,
                    unit > 0 ? measure(unit, y->severity[i].atom[k].x, NEAR * largest)
                             : y->severity[i].atom[k].x,
                    NEAR * largest);
    if (unit > 0)
        unit = largest / rint(largest / unit);
    y->largest = largest;
    y->unit = unit > 0 && !on_lattice(y, unit) ? NAN : unit;
}
