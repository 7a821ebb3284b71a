/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/outcome_pages.c -- the pages of plain rows, given back by as many threads as
 * wrote to them: 512 futures of a row are one, and the kernel takes them one by one. */
#include "base/pages.h"
#include "base/team.h"
#include "run/outcome_make.h"

enum {
    PART = 1 << 17,  /* numbers that one thread gives back at once */
    MANY = 16 * PART /* of all rows: fewer are not worth waking anybody for */
};

struct giving {
    const struct rw_outcome *o;
    size_t rows;
};

static void
give_back(void *self, size_t part)
{
    const struct giving *g = self;
    size_t at = part * PART, left = g->o->n - at, n = left < PART ? left : PART;

    for (size_t row = 0; row < g->rows; row++) {
        double *x = rw_outcome_row(g->o, row);

        if (x != NULL)
            rw_pages_gone(x + at, n * sizeof *x);
    }
}

void
rw_outcome_give_back(const struct rw_outcome *o)
{
    struct rw_rows shape = rw_rows_of(o);
    struct giving g = {o, rw_rows_count(&shape)};
    unsigned here = rw_run_processors();
    struct rw_team *team;

    if (o->threads <= 1 || here <= 1 || o->n * g.rows < MANY)
        return;
    team = rw_team_new(o->threads < here ? o->threads : here);
    rw_team_do(team, (o->n + PART - 1) / PART, give_back, &g);
    rw_team_free(team);
}
