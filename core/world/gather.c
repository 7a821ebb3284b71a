/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/world/gather.c -- the assets that a threat's plugin is given, and what it says
 * of each: by asset a frequency and a susceptibility, where it assigned them. */
#include "world/draw.h"

#include <stdlib.h>

enum { RESULTS = RW_ASSET_FIELDS - RW_ASSET_GIVEN };

bool
rw_world_gather_new(struct rw_world *w)
{
    const struct rw_model *m = w->m;
    size_t most = 0, rows = 0;

    for (size_t t = 0; t < m->n_threats; t++) {
        const struct rw_threat *x = &m->threats[t];

        if (x->use.plugin == NULL)
            continue;
        most = x->n_assets > most ? x->n_assets : most;
        if (!x->systemic)
            rows = x->n_assets > rows ? x->n_assets : rows;
    }
    w->assets = calloc(most + 1, sizeof *w->assets);
    w->asset_fields = calloc(most * RW_ASSET_FIELDS + 1, sizeof *w->asset_fields);
    w->asset_rows = calloc(rows * RESULTS * w->room + 1, sizeof *w->asset_rows);
    return w->assets != NULL && w->asset_fields != NULL && w->asset_rows != NULL;
}

void
rw_world_gather_free(struct rw_world *w)
{
    free(w->assets);
    free(w->asset_fields);
    free(w->asset_rows);
}

void
rw_world_gather(struct rw_world *w, size_t threat, struct rw_hook_call *call)
{
    const struct rw_threat *x = &w->m->threats[threat];

    call->items = w->assets;
    call->n_items = x->n_assets;
    for (size_t k = 0; k < x->n_assets; k++) {
        const struct rw_asset *a = &w->m->assets[x->assets[k]];
        struct rw_hook_field *f = w->asset_fields + k * RW_ASSET_FIELDS;

        rw_hook_asset_fields(f);
        f[RW_ASSET_VALUE].number = a->value;
        f[RW_ASSET_RECORDS].number = a->records;
        call->fields[RW_THREAT_VALUE].number += a->value;
        call->fields[RW_THREAT_RECORDS].number += a->records;
        for (size_t j = 0; j < RESULTS && !x->systemic; j++)
            f[RW_ASSET_GIVEN + j].x = w->asset_rows + (k * RESULTS + j) * w->room;
        w->assets[k] = (struct rw_hook_item){
            a->id, f, x->systemic ? RW_ASSET_GIVEN : RW_ASSET_FIELDS};
    }
}

const double *
rw_world_gathered(
    const struct rw_world *w, size_t source, size_t field, const double *otherwise)
{
    const struct rw_source *s = &w->m->sources[source];
    const struct rw_threat *x = &w->m->threats[s->threat];
    const struct rw_hook_field *f = w->asset_fields + field;

    if (x->use.plugin == NULL || x->systemic)
        return otherwise;
    f += (s->first_risk - x->first_risk) * RW_ASSET_FIELDS;
    return f->assigned ? f->x : otherwise;
}
