/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/losses.h"

#include "num/event.h"
#include "num/tail.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* How many values are at most x. */
static size_t
at_most(const struct rw_losses *l, double x)
{
    size_t low = 0, high = l->n; /* the first above x */

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (l->value[mid] <= x)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

double
rw_losses_sf(const struct rw_losses *l, double x)
{
    return l->rest[at_most(l, x)];
}

/* L(x) from the values. */
static double
add_up(const struct rw_losses *l, double x)
{
    size_t k = at_most(l, x);

    return l->below[k] + (k < l->n ? l->rest[k] * x : 0);
}

static double
place(const struct rw_losses *l, size_t node)
{
    size_t octave = node / RW_LOSSES_NODES, part = node % RW_LOSSES_NODES;

    return ldexp(1 + (double)part / RW_LOSSES_NODES, l->first + (int)octave);
}

/* From the octave of the smallest value that is any to beyond the largest. */
static enum rw_err
tabulate(struct rw_losses *l, struct rw_arena *a)
{
    double least = l->value[l->n - 1], most = least, *node;
    int last;

    for (size_t k = l->n; k-- > 0 && l->value[k] > 0x1p-30 * most;)
        least = l->value[k];
    frexp(least, &l->first);
    l->first--;
    frexp(most, &last);
    l->n_nodes = most > 0 ? (size_t)(last - l->first) * RW_LOSSES_NODES : 0;
    node = RW_ARENA_NEW(a, l->n_nodes + 1, double);
    if (node == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k <= l->n_nodes; k++)
        node[k] = add_up(l, place(l, k));
    l->node = node;
    l->low = l->n_nodes > 0 ? place(l, 0) : 0;
    l->high = l->n_nodes > 0 ? place(l, l->n_nodes) : 0;
    return RW_OK;
}

double
rw_losses_limited(const struct rw_losses *l, double x)
{
    double within;
    uint64_t bits;
    size_t k;

    if (!(x > l->low)) /* there all of X is above x, or nothing at all */
        return x > 0 && l->low > 0 ? x / l->low * l->node[0] : 0;
    if (x >= l->high)
        return l->node[l->n_nodes];
    memcpy(&bits, &x, sizeof bits);
    k = (size_t)(bits >> 47) - ((size_t)(l->first + 1023) << 5);
    bits = (bits << 5 & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000);
    memcpy(&within, &bits, sizeof within);
    return l->node[k] + (within - 1) * (l->node[k + 1] - l->node[k]);
}

enum rw_err
rw_losses_make(
    struct rw_losses *l, double x[], double tmp[], size_t n_x, struct rw_arena *a)
{
    size_t lower = (n_x - n_x / RW_LOSSES_TAIL) / RW_LOSSES_EACH, n, j = 0;
    double *value, *rest, *sum[3];

    n = n_x - lower * (RW_LOSSES_EACH - 1);
    value = RW_ARENA_NEW(a, n, double);
    rest = RW_ARENA_NEW(a, n + 1, double);
    for (int k = 0; k < 3; k++)
        if ((sum[k] = RW_ARENA_NEW(a, n + 1, double)) == NULL)
            return RW_ERR_MEMORY;
    if (value == NULL || rest == NULL)
        return RW_ERR_MEMORY;
    *l = (struct rw_losses){value, rest, sum[0], sum[1], sum[2], .n = n};
    rw_sort(x, n_x, tmp);
    rest[0] = 1;
    for (size_t k = 0; k < n; k++) {
        size_t first = j, each = k < lower ? RW_LOSSES_EACH : 1;
        double all = 0, power = (double)each / (double)n_x;

        for (; j < first + each; j++)
            all += x[j];
        value[k] = x[first] < x[j - 1] ? all / (double)each : x[first];
        rest[k + 1] = (double)(n_x - j) / (double)n_x;
        for (int p = 0; p < 3; p++)
            sum[p][k + 1] = sum[p][k] + (power *= value[k]);
        l->lumpy |= k > 0 && value[k] > 0 && value[k] <= value[k - 1];
    }
    return tabulate(l, a);
}

/* L'(x) of aX under the cover. */
static double
limited(const struct rw_losses *l, double a, const struct rw_cover *c, double x)
{
    double d = c != NULL ? c->deductible : INFINITY, kept;

    kept = rw_losses_limited(l, fmin(x, d) / a);
    if (x > d && isfinite(c->limit))
        kept += rw_losses_limited(l, (x + c->limit) / a) -
                rw_losses_limited(l, (d + c->limit) / a);
    return a * kept;
}

/* P(aX under the cover > x). */
static double
over(const struct rw_losses *l, double a, const struct rw_cover *c, double x)
{
    if (c != NULL && x >= c->deductible)
        return isfinite(c->limit) ? rw_losses_sf(l, (x + c->limit) / a) : 0;
    return rw_losses_sf(l, x / a);
}

/* h' in cells. */
static int
places_of(int cells)
{
    return RW_LATTICE_SMALL * cells / RW_LATTICE_CELLS;
}

static void
add_small(const struct rw_losses *l, double a, double h, int places, double times,
    struct rw_lattice_law *law)
{
    double limit = places * h, unit = a / h;
    size_t k = at_most(l, limit / a);

    law->small[0] += times * (1 - l->rest[k]);
    law->small[1] += times * unit * l->below[k];
    law->small[2] += times * unit * unit * l->square[k];
    law->small[3] += times * unit * unit * unit * l->cube[k];
    law->edge +=
        times * ((limited(l, a, NULL, limit) - limited(l, a, NULL, limit - h)) / h -
                    l->rest[k]);
}

static void
add_even(const struct rw_losses *l, double a, const struct rw_cover *c, double h,
    int cells, double times, struct rw_lattice_law *law)
{
    double before = 0, at = 0, after = limited(l, a, c, h);
    int places = places_of(cells);

    law->g[0] += times * (1 - after / h);
    for (int j = 1; j < cells + 2; j++) {
        before = at;
        at = after;
        after = limited(l, a, c, (double)(j + 1) * h);
        law->g[j] += times * fmax(2 * at - before - after, 0) / h;
    }
    if (c == NULL || c->deductible >= places * h) /* not touched by the cover */
        add_small(l, a, h, places, times, law);
}

/* A hair to either side of a point, so that what is at it counts so. */
static void
add_rounded(const struct rw_losses *l, double a, const struct rw_cover *c, double h,
    int cells, double times, bool up, double g[])
{
    double hair = up ? 1 + 4 * RW_EVENT_SAME : 1 - 4 * RW_EVENT_SAME, before = 1;

    for (int j = 0; j < cells + 2; j++) {
        double x = (double)(up ? j : j + 1) * h * hair, tail = over(l, a, c, x);

        g[j] += times * (before - tail);
        before = tail;
    }
}

void
rw_losses_add(const struct rw_losses *l, double a, const struct rw_cover *cover,
    enum rw_lattice_kind kind, double h, int cells, double times,
    struct rw_lattice_law *law)
{
    if (kind == RW_LATTICE_EVEN)
        add_even(l, a, cover, h, cells, times, law);
    else
        add_rounded(l, a, cover, h, cells, times, kind == RW_LATTICE_UP, law->g);
}

void
rw_lattice_drop_small(struct rw_lattice_law *law, int cells)
{
    int places = places_of(cells);
    double dropped = 0;

    for (int j = 0; j < places; j++) {
        dropped += law->g[j];
        law->g[j] = 0;
    }
    law->g[places] = fmax(law->g[places] - law->edge, 0);
    law->g[0] = dropped + law->edge;
}
