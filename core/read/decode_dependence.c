/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/decode_dependence.c -- multipliers, shocks and causes; copulas
 * have a file of their own. */
#include "read/decode.h"

/* The things of one kind that the member `key` of the object lists. */
static size_t *
decode_ids(struct rw_decode *x, const struct rw_node *object, const char *key,
    enum rw_id_kind kind, size_t *n, const struct rw_node **from)
{
    const struct rw_node *list = rw_decode_list(object, key);
    struct rw_id **refs;
    size_t count;

    *n = 0;
    if (list == NULL)
        return NULL;
    refs = RW_DECODE_NEW(x, list->n, struct rw_id *);
    if (refs == NULL)
        return NULL;
    count = rw_decode_refs(x, list, 1u << kind, refs, from);
    return rw_decode_indices(x, refs, count, kind, n);
}

/* A binomial count has chances, and no rate that a year could multiply. */
static void
check_multiplied(struct rw_decode *x, const struct rw_node *const from[],
    const struct rw_multiplier *m)
{
    for (size_t k = 0; k < m->n_threats; k++) {
        const struct rw_threat *t = &x->m->threats[m->threats[k]];

        if (t->law != RW_COUNT_BINOMIAL && t->law != RW_COUNT_BERNOULLI)
            continue;
        rw_decode_wrong(
            x, from[k], "the count of threat '%s' has no rate to multiply", t->id);
        rw_diag_help(x->d, "its law has a fixed number of chances; take 'poisson', "
                           "'negbin' or 'zip', or leave the threat out");
    }
}

static void
decode_multipliers(struct rw_decode *x, const struct rw_node *list)
{
    struct rw_dependence *d = &x->m->dependence;

    d->multipliers = RW_DECODE_NEW(x, list->n, struct rw_multiplier);
    for (const struct rw_node *c = list->first; c && d->multipliers; c = c->next) {
        struct rw_multiplier *m = &d->multipliers[d->n_multipliers++];
        const struct rw_node *threats = rw_decode_list(c, "threats"), **from;

        m->place = rw_decode_place(x, c);
        if (!rw_decode_object(x, c, &rw_keys_multiplier, m))
            continue;
        from = RW_DECODE_NEW(x, threats ? threats->n : 0, const struct rw_node *);
        if (from == NULL)
            return;
        m->threats = decode_ids(x, c, "threats", RW_ID_THREAT, &m->n_threats, from);
        check_multiplied(x, from, m);
    }
}

static void
decode_hits(struct rw_decode *x, const struct rw_node *list, struct rw_shock *s)
{
    size_t number = ++x->n_lists;

    s->hits = RW_DECODE_NEW(x, list->n, struct rw_hit);
    for (const struct rw_node *c = list->first; c && s->hits; c = c->next) {
        struct rw_hit *h = &s->hits[s->n_hits];
        const struct rw_node *threat;
        struct rw_id *id;

        if (!rw_decode_object(x, c, &rw_keys_hit, h))
            continue;
        threat = rw_decode_text(c, "threat");
        id = threat ? rw_decode_ref(x, threat, 1u << RW_ID_THREAT) : NULL;
        if (id == NULL)
            continue;
        if (id->asked_by == number) {
            rw_decode_wrong(x, threat, "this shock hits '%s' twice", id->id);
            rw_decode_also(x, id->asked, "first");
            rw_diag_help(x->d, "give one probability for it");
            continue;
        }
        id->asked_by = number;
        id->asked = threat;
        h->threat = id->index;
        s->n_hits++;
    }
}

static void
decode_shocks(struct rw_decode *x, const struct rw_node *list)
{
    struct rw_dependence *d = &x->m->dependence;

    d->shocks = RW_DECODE_NEW(x, list->n, struct rw_shock);
    for (const struct rw_node *c = list->first; c && d->shocks; c = c->next) {
        struct rw_shock *s = &d->shocks[d->n_shocks++];
        const struct rw_node *hits = rw_decode_list(c, "hits");

        s->place = rw_decode_place(x, c);
        if (rw_decode_object(x, c, &rw_keys_shock, s) && hits)
            decode_hits(x, hits, s);
    }
}

static void
decode_causes(struct rw_decode *x, const struct rw_node *list)
{
    struct rw_dependence *d = &x->m->dependence;

    d->causes = RW_DECODE_NEW(x, list->n, struct rw_cause);
    for (const struct rw_node *c = list->first; c && d->causes; c = c->next) {
        struct rw_cause *k = &d->causes[d->n_causes++];

        k->place = rw_decode_place(x, c);
        if (rw_decode_object(x, c, &rw_keys_cause, k))
            k->controls =
                decode_ids(x, c, "controls", RW_ID_CONTROL, &k->n_controls, NULL);
    }
}

void
rw_decode_dependence(struct rw_decode *x, const struct rw_node *object)
{
    const struct rw_node *multipliers = rw_decode_list(object, "multipliers");
    const struct rw_node *shocks = rw_decode_list(object, "shocks");
    const struct rw_node *causes = rw_decode_list(object, "causes");
    const struct rw_node *copulas = rw_decode_list(object, "copulas");

    if (multipliers)
        decode_multipliers(x, multipliers);
    if (shocks)
        decode_shocks(x, shocks);
    if (causes)
        decode_causes(x, causes);
    if (copulas)
        rw_decode_copulas(x, copulas);
}
