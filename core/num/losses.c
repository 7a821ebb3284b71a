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
    double *value, *rest, *below;

    n = n_x - lower * (RW_LOSSES_EACH - 1);
    value = RW_ARENA_NEW(a, n, double);
    rest = RW_ARENA_NEW(a, n + 1, double);
    below = RW_ARENA_NEW(a, n + 1, double);
    if (value == NULL || rest == NULL || below == NULL)
        return RW_ERR_MEMORY;
    *l = (struct rw_losses){value, rest, below, .n = n};
    rw_sort(x, n_x, tmp);
    rest[0] = 1;
    below[0] = 0;
    for (size_t k = 0; k < n; k++) {
        size_t first = j, each = k < lower ? RW_LOSSES_EACH : 1;
        double sum = 0;

        for (; j < first + each; j++)
            sum += x[j];
        value[k] = x[first] < x[j - 1] ? sum / (double)each : x[first];
        rest[k + 1] = (double)(n_x - j) / (double)n_x;
        below[k + 1] = below[k] + value[k] * (double)each / (double)n_x;
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

static void
add_even(const struct rw_losses *l, double a, const struct rw_cover *c, double h,
    size_t n, double times, double g[])
{
    double before = 0, at = 0, after = limited(l, a, c, h);

    g[0] += times * (1 - after / h);
    for (size_t j = 1; j < n; j++) {
        before = at;
        at = after;
        after = limited(l, a, c, (double)(j + 1) * h);
        g[j] += times * fmax(2 * at - before - after, 0) / h;
    }
}

/* A hair to either side of a point, so that what is at it counts so. */
static void
add_rounded(const struct rw_losses *l, double a, const struct rw_cover *c, double h,
    size_t n, double times, bool up, double g[])
{
    double hair = up ? 1 + 4 * RW_EVENT_SAME : 1 - 4 * RW_EVENT_SAME, before = 1;

    for (size_t j = 0; j < n; j++) {
        double x = (double)(up ? j : j + 1) * h * hair, tail = over(l, a, c, x);

        g[j] += times * (before - tail);
        before = tail;
    }
}

void
rw_losses_add(const struct rw_losses *l, double a, const struct rw_cover *cover,
    enum rw_lattice_kind kind, double h, size_t n, double times, double g[])
{
    if (kind == RW_LATTICE_EVEN)
        add_even(l, a, cover, h, n, times, g);
    else
        add_rounded(l, a, cover, h, n, times, kind == RW_LATTICE_UP, g);
}
