/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_ladder.c -- the ladder of lattices, each as long as the
 * figure needs.
 *
 * F below a lattice's end does not depend on what lies above it, so each
 * figure x is read from a lattice of its own scale: rung j has length
 * mean * 4^j and serves x up to 0.45 of that.  Which rung serves a quantile is
 * decided by quick lattices, from the same start whatever was asked before:
 * results do not depend on the order of questions.
 */
#include "num/aggregate_parts.h"

#include <math.h>

enum { POINTS_QUICK = 1 << 11 };

/* Of the lattices of one rung; the next where the last leaves an error. */
static const size_t level_points[RW_LADDER_LEVELS] = {1 << 15, 1 << 18, 1 << 20};

#define SERVES 0.45

void
rw_ladder_init(struct rw_ladder *l, const struct rw_year *y)
{
    *l = (struct rw_ladder){.y = y};
    for (int j = 0; j < RW_LADDER_RUNGS; j++)
        l->quick[j] = NAN;
}

void
rw_ladder_free(struct rw_ladder *l)
{
    for (int j = 0; j < RW_LADDER_RUNGS; j++)
        for (int level = 0; level < RW_LADDER_LEVELS; level++)
            rw_grid_free(l->grid[j][level]);
}

static double
rung_length(const struct rw_ladder *l, int j)
{
    return ldexp(l->y->mean, 2 * (j - RW_LADDER_DOWN));
}

/* ---- which rung ---- */

static enum rw_err
quick_end(struct rw_ladder *l, int j, double *f)
{
    struct rw_grid *g;
    struct rw_bounded p;
    enum rw_err err;

    if (isnan(l->quick[j])) {
        err = rw_grid_new(&g, l->y, rung_length(l, j), POINTS_QUICK, true);
        if (err != RW_OK)
            return err;
        (void)rw_grid_cdf(g, SERVES * rung_length(l, j), 0, &p);
        l->quick[j] = p.value;
        rw_grid_free(g);
    }
    *f = l->quick[j];
    return RW_OK;
}

/* The lowest rung on which F comes to q. */
static enum rw_err
find_rung(struct rw_ladder *l, double q, int *rung)
{
    int j = RW_LADDER_DOWN;
    double f = 0;
    enum rw_err err = quick_end(l, j, &f);

    if (err == RW_OK && f >= q) {
        while (err == RW_OK && f >= q && j > 0) {
            j--;
            err = quick_end(l, j, &f);
        }
        if (f < q)
            j++;
    } else {
        while (err == RW_OK && f < q && j < RW_LADDER_RUNGS - 1) {
            j++;
            err = quick_end(l, j, &f);
        }
    }
    *rung = j;
    return err;
}

/* The first rung with x <= SERVES * mean * 4^(j - DOWN). */
static int
rung_of(const struct rw_ladder *l, double x)
{
    double up = ceil(log2(x / (SERVES * l->y->mean)) / 2);

    return RW_LADDER_DOWN + (int)fmin(fmax(up, -RW_LADDER_DOWN), RW_LADDER_UP);
}

enum rw_err
rw_ladder_reach(struct rw_ladder *l, double q, double *x)
{
    struct rw_grid *g;
    struct rw_bounded v;
    int j;
    enum rw_err err = find_rung(l, q, &j);

    if (err == RW_OK)
        err = rw_grid_new(&g, l->y, rung_length(l, j), POINTS_QUICK, true);
    if (err != RW_OK)
        return err;
    if (rw_grid_quantile(g, q, 0, &v) != RW_GRID_BEYOND)
        *x = v.value + rung_length(l, j) / 256;
    else
        *x = SERVES * rung_length(l, j);
    rw_grid_free(g);
    return RW_OK;
}

/* ---- reading ---- */

static enum rw_grid_reply
read_grid(const struct rw_ladder *l, const struct rw_grid *g, struct rw_figure f,
    double jump, struct rw_bounded *x)
{
    switch (f.kind) {
    case RW_FIGURE_QUANTILE:
        return rw_grid_quantile(g, f.at, jump, x);
    case RW_FIGURE_TVAR:
        return rw_grid_tvar(g, f.at, l->y->mean, l->y->slack, jump, x);
    default:
        return rw_grid_cdf(g, f.at, jump, x);
    }
}

/* From a rung up, and finer lattices as long as they help. */
enum rw_err
rw_ladder_read(
    struct rw_ladder *l, struct rw_figure f, double jump, struct rw_bounded *x)
{
    int j = 0;
    enum rw_err err = RW_OK;

    if (f.kind == RW_FIGURE_CDF)
        j = rung_of(l, f.at);
    else
        err = find_rung(l, f.at, &j);
    for (; err == RW_OK && j < RW_LADDER_RUNGS; j++)
        for (int level = 0; err == RW_OK && level < RW_LADDER_LEVELS; level++) {
            struct rw_grid **g = &l->grid[j][level];
            enum rw_grid_reply reply;

            if (*g == NULL)
                err =
                    rw_grid_new(g, l->y, rung_length(l, j), level_points[level], false);
            if (err != RW_OK)
                break;
            reply = read_grid(l, *g, f, jump, x);
            if (reply == RW_GRID_BEYOND)
                break;
            if (reply == RW_GRID_GOOD || level + 1 == RW_LADDER_LEVELS ||
                (level > 0 && reply == RW_GRID_FAIR))
                return RW_OK;
        }
    return err == RW_OK ? RW_ERR_LIMIT : err;
}
