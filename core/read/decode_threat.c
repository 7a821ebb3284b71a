/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <math.h>
#include <string.h>

/* The amount in the unit that `of` makes of it. */
static void
decode_amount(struct rw_decode *x, const struct rw_node *node, const struct rw_node *of,
    struct rw_loss *l)
{
    const struct rw_key *key = rw_key_find(&rw_keys_loss, "amount");
    const struct rw_key *of_key = rw_key_find(&rw_keys_loss, "of");
    const struct rw_node *inner = rw_node_get(node, "of");
    struct rw_measure q;

    if (inner && of)
        rw_decode_conflict(x, of, inner, "say once what the amount is a multiple of");
    else if (inner)
        rw_decode_value(x, inner, of_key, &l->of);
    q = rw_decode_measure(x, key);
    if (l->of == RW_OF_VALUE)
        q.unit = RW_UNIT_SHARE;
    rw_decode_dist(x, node, &q, "of", &l->amount);
}

/* Every asset hit must have what the loss multiplies. */
static void
check_of(struct rw_decode *x, const struct rw_node *node, const struct rw_threat *t,
    const struct rw_loss *l)
{
    const struct rw_node *amount = rw_node_get(node, "amount");
    const struct rw_node *of = rw_node_get(node, "of");
    const char *quantity = rw_relative_names[l->of];

    if (l->of == RW_OF_MONEY)
        return;
    if (of == NULL)
        of = rw_node_get(amount, "of");
    for (size_t i = 0; of && i < t->n_assets; i++) {
        const struct rw_asset *a = &x->m->assets[t->assets[i]];

        if ((l->of == RW_OF_VALUE ? a->value : a->records) > 0)
            continue;
        rw_decode_wrong(
            x, of, "asset '%s' states no %s for this loss", a->id, quantity);
        rw_diag_help(x->d, "give the asset its '%s', or the loss in money", quantity);
    }
}

static void
decode_losses(struct rw_decode *x, const struct rw_node *list,
    const struct rw_node *threat, struct rw_threat *t)
{
    size_t i = 0;

    t->losses = RW_DECODE_NEW(x, list->n, struct rw_loss);
    if (t->losses == NULL)
        return;
    t->n_losses = list->n;
    for (const struct rw_node *c = list->first; c; c = c->next, i++) {
        struct rw_loss *l = &t->losses[i];
        const struct rw_node *amount = rw_node_get(c, "amount");

        l->place = rw_decode_place(x, c);
        l->amount = rw_dist_constant(0);
        if (!rw_decode_object(x, c, &rw_keys_loss, l))
            continue;
        if (amount)
            decode_amount(x, amount, rw_node_get(c, "of"), l);
        check_of(x, c, t, l);
        rw_decode_loss_outcomes(x, c, threat, t, l);
    }
}

/* Frequency and susceptibility come from a plugin, or from the scenario. */
static void
check_source(struct rw_decode *x, const struct rw_node *node, struct rw_threat *t)
{
    static const char *const stated[] = {
        "frequency", "susceptibility", "capability", "resistance"};
    const struct rw_node *plugin = rw_node_get(node, "plugin"), *given[4];

    for (int i = 0; i < 4; i++) {
        given[i] = rw_node_get(node, stated[i]);
        if (plugin && given[i])
            rw_decode_conflict(x, plugin, given[i],
                "the plugin supplies it: state it as one of its 'parameters'");
    }
    if (plugin)
        return;
    if (given[0] == NULL) {
        rw_decode_missing(x, node, "threat", "frequency",
            "give attempts a year, or a 'plugin' that supplies them");
    }
    if (given[1] && (given[2] || given[3]))
        rw_decode_conflict(x, given[1], given[2] ? given[2] : given[3],
            "give the susceptibility itself, or capability and resistance");
    if (!given[2] != !given[3])
        rw_decode_missing(
            x, node, "threat", given[2] ? "resistance" : "capability", NULL);
    t->contest = given[2] && given[3];
}

/* Each parameter of the count laws and whose it is. */
static void
check_count_keys(struct rw_decode *x, const struct rw_node *count, const char *law)
{
    static const struct {
        const char *key, *law;
    } parameters[] = {{"dispersion", "negbin"}, {"zero", "zip"}, {"n", "binomial"}};

    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        const char *key = parameters[i].key;
        const struct rw_node *given = rw_node_get(count, key);
        bool own = strcmp(law, parameters[i].law) == 0;

        if (own && given == NULL)
            rw_decode_missing(x, count, "count", key, NULL);
        if (own || given == NULL)
            continue;
        rw_decode_wrong_key(x, given, "the law '%s' has no %s", law, key);
        if (strcmp(law, "poisson") == 0 && i == 0)
            rw_diag_help(x->d, "its variance is its mean; more varying is 'negbin'");
        else
            rw_diag_help(x->d, "leave it out, or take the law '%s'", parameters[i].law);
    }
}

/* A year cannot have more events than chances. */
static void
check_chances(
    struct rw_decode *x, const struct rw_node *frequency, const struct rw_threat *t)
{
    double n = t->law == RW_COUNT_BINOMIAL ? t->chances : 1, low, high;
    char most[RW_NUMBER_MAX], end[RW_NUMBER_MAX];

    if (frequency == NULL || t->law < RW_COUNT_BINOMIAL || n < 1)
        return;
    rw_dist_support(&t->frequency.dist, &low, &high);
    if (high <= n)
        return;
    rw_number_print(most, n);
    rw_decode_wrong(x, frequency,
        "frequency must be at most %s, the chances a year of the law '%s'", most,
        t->law == RW_COUNT_BINOMIAL ? "binomial" : "bernoulli");
    if (isfinite(high))
        rw_diag_label(x->d, "%s %s",
            rw_dist_is_constant(&t->frequency.dist) ? "it is" : "up to",
            rw_number_print(end, high));
    if (!rw_dist_is_constant(&t->frequency.dist))
        rw_diag_help(
            x->d, "if values above are to count as %s, add \"cap\": %s", most, most);
}

static void
check_count(struct rw_decode *x, const struct rw_node *node, const struct rw_threat *t)
{
    const struct rw_node *count = rw_node_get(node, "count");
    const struct rw_node *law = rw_decode_text(count, "law");

    if (law == NULL ||
        strcmp(law->text, rw_key_find(&rw_keys_count, "law")->words[t->law]) != 0)
        return; /* reported */
    check_count_keys(x, count, law->text);
    check_chances(x, rw_node_get(node, "frequency"), t);
}

static void
check_excitation(
    struct rw_decode *x, const struct rw_node *node, const struct rw_threat *t)
{
    const struct rw_node *excitation = rw_node_get(node, "excitation");
    const struct rw_node *law = rw_decode_text(rw_node_get(node, "count"), "law");
    double mean = rw_dist_mean(&t->frequency.dist) / (1 - t->children);
    char got[RW_NUMBER_MAX];

    if (excitation == NULL || excitation->kind != RW_JSON_OBJECT)
        return;
    if (law && t->law != RW_COUNT_POISSON && t->law != RW_COUNT_NEGBIN) {
        rw_decode_wrong_key(x, excitation,
            "events of the law '%s' cannot bring further events", law->text);
        rw_decode_also(x, law, "this law");
        rw_diag_help(x->d, "excitation goes with 'poisson' and 'negbin'");
    }
    if (t->children > 0 && t->use.plugin == NULL && !(mean <= RW_EXCITED_MAX)) {
        rw_decode_wrong_key(x, excitation,
            "with their excitation these would be more than %s attempts a year",
            rw_number_print(got, RW_EXCITED_MAX));
        rw_diag_help(x->d, "state them as fewer, larger events");
    }
}

static void
check_cover(const struct rw_node *node, struct rw_threat *t)
{
    const struct rw_node *cover = rw_node_get(node, "cover");

    t->covered = cover && cover->kind == RW_JSON_OBJECT;
    if (t->covered && rw_node_get(cover, "limit") == NULL)
        t->limit = INFINITY;
}

static void
check_industry(struct rw_decode *x, const struct rw_node *node, struct rw_threat *t)
{
    const struct rw_node *industry = rw_node_get(node, "industry");

    const struct rw_node *value = rw_node_get(industry, "frequency");

    t->has_industry = value && value->kind == RW_JSON_OBJECT;
    if (value && !t->has_industry) {
        rw_decode_wrong(x, value, "a number leaves no room for one's own estimate");
        rw_diag_help(x->d, "give a distribution: how much do others differ?");
    }
}

static void
check_systemic(struct rw_decode *x, const struct rw_node *node, struct rw_threat *t)
{
    const struct rw_node *stated = rw_node_get(node, "systemic");

    if (t->use.plugin == NULL || !t->use.plugin->systemic)
        return;
    if (stated && stated->kind == RW_JSON_FALSE) {
        rw_decode_wrong(
            x, stated, "plugin '%s' makes this threat systemic", t->use.plugin->name);
        rw_diag_help(x->d, "leave the key out, or write true");
    }
    t->systemic = true;
}

static void
decode_assets(struct rw_decode *x, const struct rw_node *list, struct rw_threat *t)
{
    struct rw_id **refs = RW_DECODE_NEW(x, list->n, struct rw_id *);
    size_t n;

    if (refs == NULL)
        return;
    n = rw_decode_refs(x, list, 1u << RW_ID_ASSET, refs, NULL);
    t->assets = rw_decode_indices(x, refs, n, RW_ID_ASSET, &t->n_assets);
}

static void
decode_threat(struct rw_decode *x, const struct rw_node *node, struct rw_threat *t)
{
    const struct rw_node *list;
    const char *owner;

    t->place = rw_decode_place(x, node);
    if (!rw_decode_object(x, node, &rw_keys_threat, t))
        return;
    if (t->name == NULL)
        t->name = t->id;
    owner = rw_arena_printf(x->a, "threat %s", t->id);
    rw_decode_plugin(x, node, "plugin", RW_PLUGIN_THREAT, owner ? owner : "", &t->use);
    check_source(x, node, t);
    check_count(x, node, t);
    check_excitation(x, node, t);
    check_cover(node, t);
    check_industry(x, node, t);
    check_systemic(x, node, t);
    rw_decode_attack(x, node, t);
    rw_decode_history(x, node);
    list = rw_decode_list(node, "assets");
    if (list)
        decode_assets(x, list, t);
    list = rw_decode_list(node, "losses");
    if (list)
        decode_losses(x, list, node, t);
}

void
rw_decode_threats(struct rw_decode *x, const struct rw_node *list)
{
    size_t i = 0;

    x->m->threats = RW_DECODE_NEW(x, list->n, struct rw_threat);
    if (x->m->threats == NULL)
        return;
    x->m->n_threats = list->n;
    for (const struct rw_node *c = list->first; c; c = c->next)
        decode_threat(x, c, &x->m->threats[i++]);
}
