/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/bound.h"

#include "num/families.h"

#include <math.h>
#include <stdio.h>

enum { PATH = 256 };

/* A law and those that it is a part of. */
struct level {
    const struct level *up;
    const struct rw_dist *d;
    double above, up_to; /* only these of its values are draws of the next */
};

/* Whether a value of the law gets through to a draw of the whole. */
static bool
gets_through(const struct level *l, double x)
{
    for (; l != NULL; l = l->up) {
        x = fmin(fmax(x, l->d->floor), l->d->cap);
        if (!(x > l->above && x <= l->up_to))
            return false;
    }
    return true;
}

struct walk {
    bool (*see)(void *self, const struct rw_dist_hold *h);
    void *self;
};

static bool
tell(const struct walk *w, const struct level *l, double chance, const char *path,
    bool cap)
{
    struct rw_dist bare = *l->d;
    struct rw_dist_hold h = {.cap = cap, .value = cap ? l->d->cap : l->d->floor};
    char own[PATH + 8];

    if (!isfinite(h.value))
        return true;
    snprintf(own, sizeof own, "%s/%s", path, cap ? "cap" : "floor");
    h.path = own;
    bare.floor = -INFINITY;
    bare.cap = INFINITY;
    if (!gets_through(l, h.value))
        chance = 0;
    h.probability =
        chance * (cap ? rw_dist_sf(&bare, h.value) : rw_dist_below(&bare, h.value));
    if (h.probability > 0) {
        double lev = rw_dist_lev(&bare, h.value);

        h.shift = cap ? -chance * fmax(rw_dist_mean(&bare) - lev, 0)
                      : chance * fmax(h.value - lev, 0);
    }
    return w->see(w->self, &h);
}

static bool
visit(const struct walk *w, const struct level *l, double chance, const char *path)
{
    struct rw_dist_part p;
    char below[PATH];

    if (!tell(w, l, chance, path, false) || !tell(w, l, chance, path, true))
        return false;
    for (size_t k = 0; l->d->family->part != NULL && l->d->family->part(l->d, k, &p);
         k++) {
        struct level next = {l, p.dist, p.above, p.up_to};

        snprintf(below, sizeof below, "%s%s", path, p.path);
        if (!visit(w, &next, chance * p.chance, below))
            return false;
    }
    return true;
}

bool
rw_dist_holds(const struct rw_dist *d,
    bool (*see)(void *self, const struct rw_dist_hold *h), void *self)
{
    struct walk w = {see, self};
    struct level whole = {NULL, d, -INFINITY, INFINITY};

    return visit(&w, &whole, 1, "");
}
