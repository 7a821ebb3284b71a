/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/regulation.h"
#include "read/decode.h"

#include <stdio.h>
#include <string.h>

enum { SENTENCE = 96 };

/* Keys that belong to one kind, which needs them. */
static void
check_keys(
    struct rw_decode *x, const struct rw_node *node, const struct rw_regulation *r)
{
    static const struct {
        const char *key;
        enum rw_regulation_kind kind;
    } own[] = {{"tier", RW_REGULATION_GDPR}, {"operator", RW_REGULATION_CHINA_CSL},
        {"consumers", RW_REGULATION_CCPA}, {"cap", RW_REGULATION_PCI_DSS}};

    for (size_t k = 0; k < sizeof own / sizeof *own; k++) {
        const struct rw_node *given = rw_node_get(node, own[k].key);
        bool wanted = own[k].kind == r->kind;

        if (wanted && given == NULL)
            rw_decode_missing(x, node, rw_regulation_names[r->kind], own[k].key, NULL);
        if (wanted || given == NULL)
            continue;
        rw_decode_wrong_key(x, given, "the regulation '%s' has no %s",
            rw_regulation_names[r->kind], own[k].key);
        rw_diag_help(x->d, "it belongs to '%s'", rw_regulation_names[own[k].kind]);
    }
}

/* Its money in the scenario's: nothing is guessed. */
static void
check_currency(struct rw_decode *x, const struct rw_node *node, struct rw_regulation *r)
{
    const char *law = rw_regulation_currency(r->kind), *ours = x->m->currency;
    char help[SENTENCE];
    const struct rw_node *stated = rw_node_get(node, "currency");
    const struct rw_node *rate = rw_node_get(node, "rate");

    if (law != NULL && r->currency != NULL && strcmp(law, r->currency) != 0) {
        rw_decode_wrong(x, stated, "the amounts of '%s' are in %s, not in %s",
            rw_regulation_names[r->kind], law, r->currency);
        rw_diag_help(x->d, "leave 'currency' out; 'rate' converts them");
    }
    if (law != NULL || r->currency == NULL)
        r->currency = law != NULL ? law : ours;
    if (ours == NULL)
        return; /* reported */
    if (strcmp(r->currency, ours) != 0) {
        if (rate != NULL)
            return;
        snprintf(help, sizeof help,
            "say how much %.8s one %.8s is, as of when the scenario stands", ours,
            r->currency);
        rw_decode_missing(x, node, "regulation", "rate", help);
    } else if (rate != NULL && r->rate != 1) {
        rw_decode_wrong(x, rate, "the amounts are in %s as the scenario is", ours);
        rw_diag_help(x->d, "leave 'rate' out");
    } else {
        r->rate = 1;
    }
}

/* What a cap is worked out from must be stated. */
static void
check_base(
    struct rw_decode *x, const struct rw_node *node, const struct rw_regulation *r)
{
    if (r->kind == RW_REGULATION_GDPR && x->m->revenue <= 0) {
        rw_decode_wrong(x, rw_node_get(node, "kind"),
            "the cap of 'gdpr' depends on the revenue, which is not stated");
        rw_diag_help(x->d, "give 'organisation' its 'revenue'");
    }
}

/* One event, one fine: a systemic event hits every asset. */
static void
check_systemic(struct rw_decode *x, const struct rw_node *from,
    const struct rw_regulation *r, const struct rw_threat *t)
{
    size_t hit = 0;

    for (size_t k = 0; k < t->n_assets; k++) {
        bool under = r->n_assets == 0;

        for (size_t j = 0; j < r->n_assets; j++)
            under = under || r->assets[j] == t->assets[k];
        hit += under;
        if (under && r->kind == RW_REGULATION_CCPA &&
            x->m->assets[t->assets[k]].records <= 0) {
            rw_decode_wrong(x, from, "asset '%s' of this threat states no records",
                x->m->assets[t->assets[k]].id);
            rw_diag_help(x->d, "'ccpa' counts consumers: give the asset its 'records', "
                               "or list in 'assets' what falls under it");
        }
    }
    if (hit == 0) {
        rw_decode_wrong(
            x, from, "nothing that '%s' hits falls under this regulation", t->id);
        rw_diag_help(x->d, "'assets' names none of the threat's");
    }
    if (t->systemic && hit > 1 && r->kind != RW_REGULATION_CCPA) {
        rw_decode_wrong(x, from,
            "an event of the systemic threat '%s' would be fined %zu times", t->id,
            hit);
        rw_diag_help(x->d, "name in 'assets' the one on which it counts");
    }
}

/* Appends the fine to the threat's losses. */
static void
add_fine(struct rw_decode *x, const struct rw_regulation *r, struct rw_threat *t)
{
    struct rw_loss *all = RW_DECODE_NEW(x, t->n_losses + 1, struct rw_loss);

    if (all == NULL)
        return;
    if (t->n_losses > 0)
        memcpy(all, t->losses, t->n_losses * sizeof *all);
    all[t->n_losses++] = (struct rw_loss){.form = RW_FORM_FINES,
        .amount = r->fraction,
        .secondary = r->probability,
        .fine = r,
        .place = r->place};
    t->losses = all;
}

static void
decode_regulation(
    struct rw_decode *x, const struct rw_node *node, struct rw_regulation *r)
{
    const struct rw_node *threats = rw_decode_list(node, "threats"), **from;
    const struct rw_node *assets = rw_decode_list(node, "assets");
    const struct rw_node *kind = rw_decode_text(node, "kind");
    size_t n;
    struct rw_id **refs;

    r->place = rw_decode_place(x, node);
    r->rate = 1;
    if (!rw_decode_object(x, node, &rw_keys_regulation, r))
        return;
    if (rw_node_get(node, "fraction") == NULL)
        r->fraction = rw_regulation_fraction(r->kind);
    if (assets) {
        refs = RW_DECODE_NEW(x, assets->n, struct rw_id *);
        if (refs == NULL)
            return;
        n = rw_decode_refs(x, assets, 1u << RW_ID_ASSET, refs, NULL);
        r->assets = rw_decode_indices(x, refs, n, RW_ID_ASSET, &r->n_assets);
    }
    if (kind && strcmp(kind->text, rw_regulation_names[r->kind]) == 0) {
        check_keys(x, node, r);
        check_currency(x, node, r);
        check_base(x, node, r);
    }
    if (threats == NULL)
        return;
    refs = RW_DECODE_NEW(x, threats->n, struct rw_id *);
    from = RW_DECODE_NEW(x, threats->n, const struct rw_node *);
    if (refs == NULL || from == NULL)
        return;
    n = rw_decode_refs(x, threats, 1u << RW_ID_THREAT, refs, from);
    for (size_t k = 0; k < n; k++) {
        check_systemic(x, from[k], r, &x->m->threats[refs[k]->index]);
        add_fine(x, r, &x->m->threats[refs[k]->index]);
    }
}

void
rw_decode_regulations(struct rw_decode *x, const struct rw_node *list)
{
    size_t k = 0;

    x->m->regulations = RW_DECODE_NEW(x, list->n, struct rw_regulation);
    if (x->m->regulations == NULL)
        return;
    x->m->n_regulations = list->n;
    for (const struct rw_node *c = list->first; c; c = c->next)
        decode_regulation(x, c, &x->m->regulations[k++]);
}
