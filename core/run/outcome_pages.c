/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/outcome_pages.c -- the pages of plain rows, given back by as many threads as
 * wrote to them: 512 futures of a row are one, and the kernel takes them one by one. */
#include "base/pages.h"
#include "base/team.h"
#include "run/outcome_make.h"

enum {
    PART = 1 << 17, /* numbers that one thread gives back at once */
    MANY = 2 * PART /* of a row: fewer are not worth waking anybody for */
};

static void
give_back_rows(double *const rows[], size_t n_rows, size_t at, size_t n)
{
    for (size_t k = 0; rows != NULL && k < n_rows; k++)
        rw_pages_gone(rows[k] + at, n * sizeof **rows);
}

static void
give_back(void *self, size_t part)
{
    const struct rw_outcome *o = self;
    size_t at = part * PART, left = o->n - at, n = left < PART ? left : PART;
    size_t s = o->n_strategies;

    give_back_rows(o->year_loss, s * o->years, at, n);
    give_back_rows(o->year_largest, s * o->years, at, n);
    if (o->horizon_loss != o->year_loss)
        give_back_rows(o->horizon_loss, s, at, n);
    give_back_rows(o->spend, s, at, n);
    give_back_rows(o->npv, s, at, n);
    give_back_rows(o->statement, s, at, n);
    give_back_rows(o->risk_year, o->n_watched, at, n);
}

void
rw_outcome_give_back(struct rw_outcome *o)
{
    unsigned here = rw_run_processors();
    struct rw_team *team;

    if (o->threads <= 1 || here <= 1 || o->n < MANY)
        return;
    team = rw_team_new(o->threads < here ? o->threads : here);
    rw_team_do(team, (o->n + PART - 1) / PART, give_back, o);
    rw_team_free(team);
}
