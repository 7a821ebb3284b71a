/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/decode_compound.c -- metalog, mixture and splice, and what is
 * common to them and empirical. */
#include "num/metalog.h"
#include "num/mixture.h"
#include "num/splice.h"
#include "read/decode_dist.h"

#include <math.h>
#include <string.h>

enum { MOST_KEYS = 6 };

typedef bool decode_fn(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, struct rw_dist *to);

static decode_fn decode_metalog, decode_mixture, decode_splice;

static const struct compound {
    const char *name, *keys[MOST_KEYS], *help;
    decode_fn *decode;
} compounds[] = {
    {"metalog", {"quantiles", "terms", "lower", "upper", "floor", "cap"},
        "metalog takes quantiles, optionally terms, lower and upper; floor and cap may "
        "be added",
        decode_metalog},
    {"empirical", {"values", "file", "column", "floor", "cap"},
        "empirical takes values, or file and column; floor and cap may be added",
        rw_decode_empirical},
    {"mixture", {"parts", "floor", "cap"},
        "mixture takes parts; floor and cap may be added", decode_mixture},
    {"splice", {"body", "tail", "threshold", "weight", "floor", "cap"},
        "splice takes tail and threshold, optionally body and weight; floor and cap "
        "may be added",
        decode_splice},
};

enum { N_COMPOUNDS = sizeof compounds / sizeof compounds[0] };

static const struct compound *
compound_of(const char *dist)
{
    for (size_t i = 0; i < N_COMPOUNDS; i++)
        if (strcmp(compounds[i].name, dist) == 0)
            return &compounds[i];
    return NULL;
}

bool
rw_decode_is_compound(const char *dist)
{
    return compound_of(dist) != NULL;
}

/* ---- common ---- */

/* Every key of the object is a word, a comment or the one to skip. */
static bool
check_keys(struct rw_decode *x, const struct rw_node *node, const char *what,
    const char *const keys[MOST_KEYS], const char *skip, const char *help)
{
    size_t n = 0;
    bool good = true;

    while (n < MOST_KEYS && keys[n] != NULL)
        n++;
    for (const struct rw_node *c = node->first; c; c = c->next) {
        bool known = strcmp(c->key, "dist") == 0 || rw_decode_is_comment(c->key) ||
                     (skip && strcmp(c->key, skip) == 0);

        for (size_t i = 0; i < n; i++)
            known = known || strcmp(c->key, keys[i]) == 0;
        if (known)
            continue;
        good = false;
        rw_decode_wrong_key(x, c, "%s has no '%s'", what, rw_diag_shown(x->d, c->key));
        rw_decode_suggest(x, c->key, keys, n);
        rw_diag_help(x->d, "%s", help);
    }
    return good;
}

/* A plain number or a share by its key; absent: as it was. */
static bool
decode_pure(struct rw_decode *x, const struct rw_node *node, const char *name,
    enum rw_unit unit, double *to)
{
    struct rw_measure m = {.name = name, .unit = unit, .plain = 1, .scale = 1};

    return node == NULL || rw_decode_quantity(x, node, &m, to);
}

/* The same in the unit of the estimate. */
static bool
decode_value(struct rw_decode *x, const struct rw_node *object,
    const struct rw_measure *q, const char *key, double *to)
{
    const struct rw_node *node = rw_node_get(object, key);
    struct rw_measure m = *q;

    m.name = key;
    return node == NULL || rw_decode_quantity(x, node, &m, to);
}

/* Part `key` of the object; false and reported where it is missing. */
static bool
decode_part(struct rw_decode *x, const struct rw_node *object, const char *what,
    const char *key, const struct rw_measure *q, const struct rw_outer *outer,
    struct rw_dist *to)
{
    const struct rw_node *node = rw_node_get(object, key);
    struct rw_measure m = *q;

    if (node == NULL) {
        rw_decode_missing(x, object, what, key, NULL);
        return false;
    }
    m.name = key;
    return rw_decode_part(x, node, &m, outer, to);
}

/* A list of objects or pairs that has to be there. */
static const struct rw_node *
list_of(struct rw_decode *x, const struct rw_node *object, const char *what,
    const char *key, const char *wanted)
{
    const struct rw_node *list = rw_node_get(object, key);

    if (list == NULL) {
        rw_decode_missing(x, object, what, key, NULL);
    } else if (list->kind != RW_JSON_ARRAY) {
        rw_decode_wrong_kind(x, list, key, wanted);
        list = NULL;
    }
    return list;
}

/* Floor and cap of the object onto *d; a part without a mean takes the cap of
 * the whole. */
static bool
bound(struct rw_decode *x, const struct rw_node *node, const struct rw_measure *q,
    const struct rw_outer *outer, struct rw_dist *d)
{
    static const char *const keys[] = {"floor", "cap"};
    const struct rw_node *at[2];
    struct rw_dist_arg args[3];
    struct rw_dist made = *d, again = *d;
    char why[RW_DIST_WHY], unused[RW_DIST_WHY];
    size_t n = 0;
    int bad = -1, other;

    for (int i = 0; i < 2; i++) {
        if (rw_node_get(node, keys[i]) == NULL)
            continue;
        at[n] = rw_node_get(node, keys[i]);
        args[n].name = keys[i];
        if (!decode_value(x, node, q, keys[i], &args[n++].value))
            return false;
    }
    if (rw_dist_bound(&made, args, n, &bad, why) == RW_OK) {
        *d = made;
        return true;
    }
    args[n] = (struct rw_dist_arg){"cap", outer->cap};
    if (isfinite(outer->cap) &&
        rw_dist_bound(&again, args, n + 1, &other, unused) == RW_OK) {
        *d = again;
        return true;
    }
    rw_decode_wrong(x, bad >= 0 ? at[bad] : node, "%s", why);
    return false;
}

bool
rw_decode_compound(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const char *skip, const struct rw_outer *outer,
    struct rw_dist *to)
{
    const struct compound *c = compound_of(rw_node_get(node, "dist")->text);
    struct rw_outer inner = {NAN, outer->cap};
    double cap = INFINITY;
    struct rw_dist d;

    if (!check_keys(x, node, c->name, c->keys, skip, c->help))
        return false;
    if (rw_node_get(node, "cap") != NULL) {
        if (!decode_value(x, node, q, "cap", &cap))
            return false;
        inner.cap = fmin(inner.cap, cap);
    }
    if (!c->decode(x, node, q, &inner, &d) || !bound(x, node, q, outer, &d))
        return false;
    *to = d;
    return true;
}

/* What a maker answered; true: *d is made. */
static bool
is_made(struct rw_decode *x, enum rw_err err, const struct rw_node *at, const char *why)
{
    if (err == RW_ERR_INPUT)
        rw_decode_wrong(x, at, "%s", why);
    else if (err != RW_OK)
        x->memory = true;
    return err == RW_OK;
}

/* ---- metalog ---- */

static bool
decode_quantiles(struct rw_decode *x, const struct rw_node *list,
    const struct rw_measure *q, double p[], double v[])
{
    struct rw_measure m = *q;
    bool good = true;

    m.name = "a quantile";
    for (const struct rw_node *c = list->first; c; c = c->next) {
        if (c->kind != RW_JSON_ARRAY || c->n != 2) {
            rw_decode_wrong(x, c, "a quantile is a pair of probability and value");
            rw_diag_help(x->d, "such as [0.5, 18]: one half of all values is below 18");
            good = false;
        } else if (c->index < RW_METALOG_QUANTILES) {
            good = decode_pure(x, c->first, "the probability of a quantile",
                       RW_UNIT_SHARE, &p[c->index]) &&
                   good;
            good = rw_decode_quantity(x, c->last, &m, &v[c->index]) && good;
        }
    }
    return good;
}

/* The place that a fault is about. */
static const struct rw_node *
quantile_at_fault(const struct rw_node *node, const struct rw_node *list,
    enum rw_metalog_fault fault, size_t at)
{
    const struct rw_node *pair = list->first;
    const char *key = fault == RW_METALOG_COUNT ? "terms" : "lower";

    if (fault == RW_METALOG_WHOLE)
        return list;
    if (fault == RW_METALOG_P || fault == RW_METALOG_X) {
        while (at-- > 0)
            pair = pair->next;
        return fault == RW_METALOG_P ? pair->first : pair->last;
    }
    return rw_node_get(node, key) ? rw_node_get(node, key) : node;
}

/* Quantiles that have no metalog without ends often have one above 0. */
static void
suggest_lower(struct rw_decode *x, const struct rw_metalog_stated *s)
{
    struct rw_metalog_stated above = *s;
    enum rw_metalog_fault fault;
    char why[RW_DIST_WHY];
    struct rw_dist d;
    size_t at;

    if (isfinite(s->lower) || !(s->x[0] > 0))
        return;
    above.lower = 0;
    if (rw_metalog_make(&above, x->a, &d, &fault, &at, why) == RW_OK)
        rw_diag_help(x->d, "if no value is below 0, say so: with \"lower\": 0 these "
                           "quantiles have one");
}

static bool
decode_metalog(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, struct rw_dist *to)
{
    double p[RW_METALOG_QUANTILES], v[RW_METALOG_QUANTILES], terms = 0;
    struct rw_metalog_stated s = {
        .p = p, .x = v, .lower = -INFINITY, .upper = INFINITY};
    const struct rw_node *list = list_of(x, node, "metalog", "quantiles",
                             "a list of pairs [probability, value]"),
                         *count = rw_node_get(node, "terms");
    enum rw_metalog_fault fault;
    char why[RW_DIST_WHY];
    enum rw_err err;
    size_t at;

    (void)outer;
    if (list == NULL || !decode_quantiles(x, list, q, p, v) ||
        !decode_value(x, node, q, "lower", &s.lower) ||
        !decode_value(x, node, q, "upper", &s.upper) ||
        !decode_pure(x, count, "terms", RW_UNIT_PLAIN, &terms))
        return false;
    if (count && !(terms >= RW_METALOG_LEAST && terms <= RW_METALOG_TERMS &&
                     terms == floor(terms))) {
        rw_decode_wrong(x, count, "terms must be a whole number from %d to %d",
            RW_METALOG_LEAST, RW_METALOG_TERMS);
        return false;
    }
    s.n = list->n;
    s.terms = (size_t)terms;
    err = rw_metalog_make(&s, x->a, to, &fault, &at, why);
    if (is_made(x, err, err == RW_OK ? node : quantile_at_fault(node, list, fault, at),
            why))
        return true;
    if (err == RW_ERR_INPUT && fault == RW_METALOG_X)
        suggest_lower(x, &s);
    return false;
}

/* ---- mixture ---- */

static bool
decode_weighted(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, double *weight,
    struct rw_dist *part)
{
    static const char *const keys[MOST_KEYS] = {"weight", "of"};
    const struct rw_node *w = rw_node_get(node, "weight");
    bool good;

    if (node->kind != RW_JSON_OBJECT) {
        rw_decode_wrong_kind(
            x, node, "a part", "an object {\"weight\": ..., \"of\": ...}");
        return false;
    }
    good = check_keys(x, node, "a part of a mixture", keys, NULL,
        "a part has its weight and of, an estimate: {\"weight\": 0.7, \"of\": "
        "{\"dist\": "
        "...}}");
    if (w == NULL)
        rw_decode_missing(x, node, "part", "weight", NULL);
    good = w != NULL && decode_pure(x, w, "weight", RW_UNIT_SHARE, weight) && good;
    return decode_part(x, node, "part", "of", q, outer, part) && good;
}

static bool
decode_mixture(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, struct rw_dist *to)
{
    const struct rw_node *list = list_of(
                             x, node, "mixture", "parts", "a list of its parts"),
                         *at = list;
    double *weight;
    struct rw_dist *part;
    char why[RW_DIST_WHY];
    bool good = true;
    enum rw_err err;
    int bad;

    if (list == NULL)
        return false;
    weight = RW_DECODE_NEW(x, list->n, double);
    part = RW_DECODE_NEW(x, list->n, struct rw_dist);
    if (weight == NULL || part == NULL)
        return false;
    for (const struct rw_node *c = list->first; c; c = c->next)
        good =
            decode_weighted(x, c, q, outer, &weight[c->index], &part[c->index]) && good;
    if (!good)
        return false;
    err = rw_mixture_make(weight, part, list->n, x->a, to, &bad, why);
    if (err == RW_ERR_INPUT && bad >= 0) {
        for (at = list->first; bad > 0; bad--)
            at = at->next;
        at = rw_node_get(at, "weight");
    }
    return is_made(x, err, at, why);
}

/* ---- splice ---- */

static bool
decode_splice(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, struct rw_dist *to)
{
    static const char *const places[] = {"body", "tail", "weight"};
    const struct rw_outer no_tail = {NAN, outer->cap};
    struct rw_outer of_tail = {NAN, outer->cap};
    const struct rw_node *threshold = rw_node_get(node, "threshold"), *at = node;
    double u = NAN, weight = NAN;
    enum rw_splice_fault fault;
    struct rw_dist body, tail;
    char why[RW_DIST_WHY];
    bool good = threshold != NULL;
    enum rw_err err;

    if (threshold == NULL)
        rw_decode_missing(x, node, "splice", "threshold", NULL);
    good = decode_value(x, node, q, "threshold", &u) && good;
    of_tail.threshold = u;
    if (rw_node_get(node, "body"))
        good = decode_part(x, node, "splice", "body", q, &no_tail, &body) && good;
    good = decode_part(x, node, "splice", "tail", q, &of_tail, &tail) && good;
    good =
        decode_pure(x, rw_node_get(node, "weight"), "weight", RW_UNIT_SHARE, &weight) &&
        good;
    if (!good)
        return false;
    err = rw_splice_make(rw_node_get(node, "body") ? &body : NULL, &tail, u, weight,
        x->a, to, &fault, why);
    if (err == RW_ERR_INPUT && rw_node_get(node, places[fault]))
        at = rw_node_get(node, places[fault]);
    return is_made(x, err, at, why);
}
