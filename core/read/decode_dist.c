/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode_dist.h"

#include <math.h>
#include <string.h>

enum { MOST_ARGS = 16 };

/* The arguments of a distribution and where they stand. */
struct args {
    struct rw_dist_arg v[MOST_ARGS];
    const struct rw_node *node[MOST_ARGS];
    size_t n;
};

static bool
decode_arg(struct rw_decode *x, const struct rw_node *node, const struct rw_measure *q,
    const struct rw_family *f, struct args *args)
{
    struct rw_measure m = *q;

    m.name = node->key;
    if (rw_dist_is_pure(f, node->key)) {
        m.unit = RW_UNIT_PLAIN;
        m.plain = 1;
    }
    if (args->n == MOST_ARGS) {
        rw_decode_wrong_key(
            x, node, "a distribution has no more than %d parameters", MOST_ARGS);
        return false;
    }
    args->v[args->n].name = node->key;
    args->node[args->n] = node;
    return rw_decode_quantity(x, node, &m, &args->v[args->n++].value);
}

static bool
collect(struct rw_decode *x, const struct rw_node *node, const struct rw_measure *q,
    const char *skip, const struct rw_family *f, struct args *args)
{
    bool good = true;

    for (const struct rw_node *c = node->first; c; c = c->next) {
        bool own = strcmp(c->key, "dist") != 0 && !rw_decode_is_comment(c->key) &&
                   !(skip && strcmp(c->key, skip) == 0);

        for (size_t i = 0; i < args->n; i++) /* reported as keys given twice */
            own = own && strcmp(args->v[i].name, c->key) != 0;
        if (own)
            good = decode_arg(x, c, q, f, args) && good;
        if (args->n == MOST_ARGS && !good)
            return false;
    }
    return good;
}

static bool
name_of(struct rw_decode *x, const struct rw_node *node, const char **name)
{
    const struct rw_node *dist = rw_node_get(node, "dist");

    if (dist == NULL) {
        rw_decode_wrong(x, node, "this estimate does not say its 'dist'");
        rw_diag_help(x->d, "such as {\"dist\": \"pert\", \"min\": 1, \"mode\": 2, "
                           "\"max\": 5}");
        return false;
    }
    if (dist->kind != RW_JSON_STRING) {
        rw_decode_wrong_kind(x, dist, "dist", "the name of a distribution");
        return false;
    }
    *name = dist->text;
    return true;
}

/* A distribution that reaches beyond what the key allows. */
static void
beyond(struct rw_decode *x, const struct rw_node *node, const struct rw_measure *q,
    const struct rw_dist *d, bool low)
{
    char bound[RW_NUMBER_MAX], end[RW_NUMBER_MAX];
    double support[2], limit = low ? q->min : q->max;

    rw_dist_support(d, &support[0], &support[1]);
    rw_number_print(bound, limit);
    rw_decode_wrong(x, node, "%s must be %s %s, and this distribution reaches %s",
        q->name, low ? "at least" : "at most", bound, low ? "below" : "above");
    if (isfinite(support[!low]))
        rw_diag_label(
            x->d, "%s to %s", low ? "down" : "up", rw_number_print(end, support[!low]));
    rw_diag_help(x->d, "if values %s are to count as %s, add \"%s\": %s",
        low ? "below" : "above", bound, low ? "floor" : "cap", bound);
}

/* The mean of what has no upper end. */
static bool
check_mean(struct rw_decode *x, const struct rw_node *node, const struct rw_measure *q,
    const struct rw_dist *d)
{
    char most[RW_NUMBER_MAX], got[RW_NUMBER_MAX];
    double mean;

    if (q->mean_max == 0)
        return true;
    mean = rw_dist_mean(d);
    if (mean <= q->mean_max)
        return true;
    rw_decode_wrong(x, node, "the mean of %s must be at most %s", q->name,
        rw_number_print(most, q->mean_max));
    if (isfinite(mean))
        rw_diag_label(x->d, "it is %s", rw_number_print(got, mean));
    return false;
}

static bool
check_support(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_dist *d)
{
    double low, high;

    rw_dist_support(d, &low, &high);
    if (low < q->min || (q->above && low == q->min && rw_dist_is_constant(d))) {
        beyond(x, node, q, d, true);
        return false;
    }
    if (high > q->max) {
        beyond(x, node, q, d, false);
        return false;
    }
    return check_mean(x, node, q, d);
}

/* ---- stated by parameters ---- */

/* Where the law has no mean by itself, the cap of what it is a part of will
 * do: the whole is the same with it. */
static bool
made(struct args *args, const char *name, const struct rw_outer *outer,
    struct rw_dist *d, int *bad, char why[RW_DIST_WHY])
{
    char again[RW_DIST_WHY];
    int at;

    if (rw_dist_make(name, args->v, args->n, d, bad, why) == RW_OK)
        return true;
    if (!isfinite(outer->cap) || args->n == MOST_ARGS)
        return false;
    args->v[args->n] = (struct rw_dist_arg){"cap", outer->cap};
    return rw_dist_make(name, args->v, args->n + 1, d, &at, again) == RW_OK;
}

/* A tail that knows thresholds and states none gets that of its splice. */
static void
add_threshold(const struct rw_family *f, const struct rw_node *node,
    const struct rw_outer *outer, struct args *args)
{
    if (isnan(outer->threshold) || args->n == MOST_ARGS ||
        rw_node_get(node, "threshold") != NULL || !rw_dist_has_param(f, "threshold"))
        return;
    args->v[args->n] = (struct rw_dist_arg){"threshold", outer->threshold};
    args->node[args->n++] = node;
}

static bool
decode_stated(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const char *skip, const struct rw_outer *outer,
    struct rw_dist *to)
{
    struct args args = {.n = 0};
    const struct rw_family *f;
    const char *name;
    char why[RW_DIST_WHY];
    int bad = -1;

    if (!name_of(x, node, &name))
        return false;
    if (rw_decode_is_compound(name))
        return rw_decode_compound(x, node, q, skip, outer, to);
    f = rw_dist_family(name);
    if (f != NULL && !collect(x, node, q, skip, f, &args))
        return false;
    if (f != NULL)
        add_threshold(f, node, outer, &args);
    if (!made(&args, name, outer, to, &bad, why)) {
        const struct rw_node *at = bad >= 0    ? args.node[bad]
                                   : f != NULL ? node
                                               : rw_node_get(node, "dist");

        rw_decode_wrong(x, at, "%s%s", why,
            q->unit == RW_UNIT_TIME && strstr(why, "got ") ? ", in years" : "");
        return false;
    }
    return true;
}

static bool
is_estimate(struct rw_decode *x, const struct rw_node *node, const struct rw_measure *q)
{
    if (node->kind == RW_JSON_NUMERIC || node->kind == RW_JSON_STRING ||
        node->kind == RW_JSON_OBJECT)
        return true;
    rw_decode_wrong_kind(
        x, node, q->name, "a number, a text with a unit, or {\"dist\": ...}");
    return false;
}

bool
rw_decode_part(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, struct rw_dist *to)
{
    double v;

    if (!is_estimate(x, node, q))
        return false;
    if (node->kind == RW_JSON_OBJECT)
        return decode_stated(x, node, q, NULL, outer, to);
    if (!rw_decode_quantity(x, node, q, &v))
        return false;
    *to = rw_dist_constant(v);
    return true;
}

bool
rw_decode_dist(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const char *skip, struct rw_dist *to)
{
    const struct rw_outer none = {NAN, INFINITY};
    struct rw_dist d;
    double v;

    if (!is_estimate(x, node, q))
        return false;
    if (node->kind == RW_JSON_OBJECT) {
        if (!decode_stated(x, node, q, skip, &none, &d) ||
            !check_support(x, node, q, &d))
            return false;
        *to = d;
        return true;
    }
    if (!rw_decode_number(x, node, q, &v))
        return false;
    *to = rw_dist_constant(v);
    return check_mean(x, node, q, to);
}
