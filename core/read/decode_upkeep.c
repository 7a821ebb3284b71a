/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps controls working, and whom a control covers or supports. */
#include "read/decode.h"

#include <string.h>

static bool
is_support(const struct rw_control *c)
{
    return rw_function_effect(c->function) == RW_EFFECT_SUPPORT;
}

/* The function is one that was written, not the preset of a wrong one. */
static bool
has_function(const struct rw_node *node, const struct rw_control *c)
{
    const struct rw_node *f = rw_decode_text(node, "function");

    return f && strcmp(f->text, rw_function_names[c->function]) == 0;
}

static void
check_function(
    struct rw_decode *x, const struct rw_node *node, const struct rw_control *c)
{
    static const char *const of_support[] = {"acts", "supports"};
    const struct rw_node *covers = rw_node_get(node, "covers");
    const struct rw_node *function = rw_node_get(node, "function");

    for (int k = 0; k < 2 && !is_support(c); k++) {
        const struct rw_node *given = rw_node_get(node, of_support[k]);

        if (given == NULL)
            continue;
        rw_decode_wrong_key(x, given, "'%s' does not go with the function '%s'",
            of_support[k], rw_function_names[c->function]);
        rw_decode_also(x, function, "");
        rw_diag_help(x->d, "only variance_management and decision_support act on other "
                           "controls");
    }
    if (is_support(c) && rw_node_get(node, "acts") == NULL) {
        rw_decode_missing(x, node, "control", "acts",
            "it acts for others by prevention, identification or "
            "correction");
    }
    if (is_support(c) && covers) {
        rw_decode_wrong_key(x, covers, "a control of the function '%s' covers nothing",
            rw_function_names[c->function]);
        rw_decode_also(x, function, "");
        rw_diag_help(x->d, "it supports other controls: name them in 'supports'");
    }
}

static void
check_law(struct rw_decode *x, const struct rw_node *node, const struct rw_control *c)
{
    static const char *const of_process[] = {"at_most", "correction"};
    const struct rw_node *variance = rw_node_get(node, "variance");
    const struct rw_node *law = rw_node_get(variance, "reliability");

    for (int k = 0; k < 2 && c->upkeep.law == RW_RELIABILITY_KNOWLEDGE_BASE; k++) {
        const struct rw_node *given = rw_node_get(variance, of_process[k]);

        if (given)
            rw_decode_conflict(x, law, given,
                "the knowledge base's formula knows failures a year and days only");
    }
}

static void
check_delivery(
    struct rw_decode *x, const struct rw_node *node, const struct rw_control *c)
{
    static const char *const keys[] = {"overrun", "rollout"};

    for (int k = 0; k < 2 && c->status == RW_STATUS_OPERATING; k++) {
        const struct rw_node *given = rw_node_get(node, keys[k]);

        if (given == NULL)
            continue;
        rw_decode_wrong_key(
            x, given, "'%s' is of a control still to be built", keys[k]);
        rw_decode_also(x, rw_node_get(node, "status"), "this one operates already");
        rw_diag_help(x->d, "leave it out");
    }
}

static void
decode_supports(struct rw_decode *x, const struct rw_node *list, struct rw_control *c)
{
    struct rw_id **refs = RW_DECODE_NEW(x, list->n, struct rw_id *);
    size_t n;

    if (refs == NULL)
        return;
    n = rw_decode_refs(x, list, 1u << RW_ID_CONTROL, refs, NULL);
    c->upkeep.supports =
        rw_decode_indices(x, refs, n, RW_ID_CONTROL, &c->upkeep.n_supports);
}

void
rw_decode_upkeep(struct rw_decode *x, const struct rw_node *node, struct rw_control *c)
{
    const struct rw_node *list = rw_decode_list(node, "supports");

    c->fails = rw_dist_mean(&c->failing.dist); /* whether it can is asked here */
    if (list)
        decode_supports(x, list, c);
    if (has_function(node, c))
        check_function(x, node, c);
    check_law(x, node, c);
    check_delivery(x, node, c);
}

/* ---- of all controls together ---- */

static bool
holds(const size_t list[], size_t n, size_t what)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == what)
            return true;
    return false;
}

/* Threats and assets are both named, and no named threat hits a named asset. */
static void
check_covers(
    struct rw_decode *x, const struct rw_node *node, const struct rw_control *c)
{
    if (c->n_covers_threats == 0 || c->n_covers_assets == 0)
        return;
    for (size_t k = 0; k < c->n_covers_threats; k++) {
        const struct rw_threat *t = &x->m->threats[c->covers_threats[k]];

        for (size_t j = 0; j < t->n_assets; j++)
            if (holds(c->covers_assets, c->n_covers_assets, t->assets[j]))
                return;
    }
    rw_decode_wrong(x, rw_node_get(node, "covers"), "this control covers nothing");
    rw_diag_label(x->d, "none of these threats hits any of these assets");
    rw_diag_help(x->d, "name threats alone for all their assets, assets alone for all "
                       "threats on them");
}

static const struct rw_node *
support_node(const struct rw_node *node, size_t at)
{
    const struct rw_node *list = rw_decode_list(node, "supports");
    const struct rw_node *c = list ? list->first : NULL;

    while (c && at-- > 0)
        c = c->next;
    return c;
}

static bool
fails(const struct rw_control *c)
{
    return c->fails > 0;
}

/* What is named can fail, and is not itself. */
static void
check_supported(
    struct rw_decode *x, const struct rw_node *node, const struct rw_control *c)
{
    const struct rw_node *list = rw_decode_list(node, "supports");

    for (size_t k = 0; k < c->upkeep.n_supports; k++) {
        const struct rw_control *to = &x->m->controls[c->upkeep.supports[k]];
        const struct rw_node *at = support_node(node, k);

        if (list == NULL || list->n != c->upkeep.n_supports)
            at = list; /* some were refused */
        if (to != c && !fails(to)) {
            rw_decode_wrong(
                x, at, "control '%s' never fails: there is nothing to support", to->id);
            rw_diag_help(x->d, "give it a 'variance', or leave it out here");
        }
    }
}

/* By default: something must be there to be supported, unless what it knows
 * better is of use. */
static void
check_default(
    struct rw_decode *x, const struct rw_node *node, const struct rw_control *c)
{
    if (rw_node_get(node, "supports") || (c->function == RW_FUNCTION_DECISION_SUPPORT &&
                                             c->upkeep.acts == RW_ACTS_PREVENTION))
        return;
    for (size_t k = 0; k < x->m->n_controls; k++)
        if (!is_support(&x->m->controls[k]) && fails(&x->m->controls[k]))
            return;
    rw_decode_wrong(x, rw_node_get(node, "function"),
        "this control supports nothing: no control that reduces loss can fail");
    rw_diag_help(x->d, "give those it is to keep working a 'variance'");
}

void
rw_decode_supports(struct rw_decode *x, const struct rw_node *list)
{
    size_t i = 0;

    for (const struct rw_node *node = list->first; node; node = node->next, i++) {
        const struct rw_control *c = &x->m->controls[i];

        check_covers(x, node, c);
        if (!is_support(c) || !has_function(node, c))
            continue;
        check_supported(x, node, c);
        check_default(x, node, c);
    }
}
