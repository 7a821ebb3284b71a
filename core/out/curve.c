/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/curve.c -- exceedance curves in a picture. */
#include "out/picture.h"

#include <math.h>

bool
rw_curve_range(
    const struct rw_view *v, const size_t years[], size_t n, struct rw_curve_range *r)
{
    double low = HUGE_VAL, high = 0, least = 1;

    for (size_t s = 0; s < v->n_strategies; s++)
        for (size_t y = 0; y < n; y++) {
            const struct rw_view_year *year = &v->strategies[s].years[years[y]];

            for (size_t k = 0; k < year->n_curve; k++) {
                const struct rw_view_point *p = &year->curve[k];

                if (p->loss > 0 && p->probability > 0) {
                    low = fmin(low, p->loss);
                    high = fmax(high, p->loss);
                    least = fmin(least, p->probability);
                }
            }
        }
    if (high == 0)
        return false;
    r->y_low = fmax(least, 1e-3);
    for (size_t k = 0; k < v->n_appetite; k++) {
        if (v->appetite[k].probability > 0)
            r->y_low = fmin(r->y_low, v->appetite[k].probability);
        if (v->appetite[k].loss > 0) {
            low = fmin(low, v->appetite[k].loss / 2);
            high = fmax(high, v->appetite[k].loss * 1.5);
        }
    }
    r->y_low = fmax(r->y_low / 1.3, 1e-6);
    r->x_high = pow(10, ceil(2 * log10(high) - 1e-9) / 2);
    r->x_low = pow(10, floor(2 * log10(fmax(low, high / 3e3)) + 1e-9) / 2);
    if (r->x_low >= r->x_high)
        r->x_low = r->x_high / 10;
    return true;
}

bool
rw_curve_block(struct rw_picture *p, const struct rw_view_point curve[], size_t n,
    const struct rw_curve_range *r, size_t *block)
{
    const struct rw_view_point *before = NULL;
    size_t rows = 0;

    for (size_t k = 0; k < n; k++) {
        const struct rw_view_point *c = &curve[k];

        if (c->probability <= 0)
            break;
        if (c->loss < r->x_low) {
            before = c;
            continue;
        }
        if (rows++ == 0) {
            *block = rw_picture_block(p);
            if (before && c->loss > r->x_low)
                rw_picture_row(p,
                    (double[]){
                        r->x_low, before->probability, before->low, before->high},
                    4);
        }
        rw_picture_row(
            p, (double[]){c->loss, c->probability, fmax(c->low, 1e-9), c->high}, 4);
    }
    return rows > 0;
}
