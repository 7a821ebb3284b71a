/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of futures that were drawn evenly: what is told is the whole sample's, how sure
 * it is the randomisations'. */
#include "study/law.h"

void
rw_law_read_even(struct rw_law_desk *d, struct rw_law *l, double x[], size_t each,
    double rows[], bool with_curve, struct rw_sample *s)
{
    const struct rw_values v = rw_values_array(x, d->n);

    rw_sample_rows(x, d->n, each, d->room.x, rows);
    rw_law_read(d, l, &v, with_curve);
    rw_ascent_settle(&d->order, 0, d->n, d->team);
    *s = (struct rw_sample){d->order.x, d->n, each, rows};
    l->mean_se = rw_sample_mean_se(s);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        l->quantile[k] = rw_sample_quantile(s, rw_result_quantiles[k], RW_RESULT_LEVEL);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        l->tvar[k] = rw_sample_tvar(s, rw_result_tvars[k]);
    for (size_t k = 0; k < l->n_curve; k++) {
        struct rw_curve_point *p = &l->curve[k];

        rw_sample_exceedance(
            s, p->loss, RW_RESULT_LEVEL, &p->probability, &p->low, &p->high);
        p->se = rw_sample_share_se(s, p->loss);
    }
}
