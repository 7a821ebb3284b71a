/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model.h"

enum rw_err
rw_risk_insure(struct rw_risk *r, const struct rw_threat *t, struct rw_arena *a)
{
    const struct rw_cover cover = {t->deductible, t->limit};
    struct rw_event_part *parts;

    r->cover = NULL;
    if (!t->covered)
        return RW_OK;
    parts = RW_ARENA_NEW(a, t->n_losses, struct rw_event_part);
    r->cover = RW_ARENA_NEW(a, 1, struct rw_cover_mean);
    if (parts == NULL || r->cover == NULL)
        return RW_ERR_MEMORY;
    for (size_t j = 0; j < t->n_losses; j++)
        parts[j] = (struct rw_event_part){
            t->losses[j].amount, r->scale[j], t->losses[j].secondary};
    return rw_cover_mean_init(r->cover, &cover, parts, t->n_losses, a);
}
