/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <stdlib.h>
#include <string.h>

/* Written for another version, everything else may mean something else. */
static bool
check_version(struct rw_decode *x, const struct rw_node *root)
{
    const struct rw_node *version = rw_node_get(root, "riskwheel");
    char got[RW_NUMBER_MAX];

    if (version == NULL || version->kind != RW_JSON_NUMERIC || version->number == 1)
        return true;
    rw_number_print(got, version->number);
    rw_decode_wrong(
        x, version, "this program reads scenarios of format 1, not %s", got);
    rw_diag_help(x->d, version->number > 1
                           ? "the file is for a newer riskwheel: update the program"
                           : "there was no format before 1: write 1");
    return false;
}

static void
decode_name(struct rw_decode *x, const struct rw_node *root)
{
    const struct rw_node *name =
        rw_decode_text(rw_node_get(root, "organisation"), "name");

    if (rw_node_get(root, "name"))
        return;
    if (name)
        x->m->name = rw_decode_copy(x, name->text);
    else
        rw_decode_missing(x, root, "scenario", "name", NULL);
}

static void
decode_assets(struct rw_decode *x, const struct rw_node *list)
{
    size_t i = 0;

    x->m->assets = RW_DECODE_NEW(x, list->n, struct rw_asset);
    if (x->m->assets == NULL)
        return;
    x->m->n_assets = list->n;
    for (const struct rw_node *c = list->first; c; c = c->next) {
        struct rw_asset *a = &x->m->assets[i++];

        a->place = rw_decode_place(x, c);
        rw_decode_object(x, c, &rw_keys_asset, a);
        if (a->name == NULL)
            a->name = a->id;
    }
}

/* A point and where it stands. */
struct point {
    struct rw_appetite at;
    const struct rw_node *node;
};

static int
by_loss(const void *a, const void *b)
{
    const struct point *x = a, *y = b;

    if (x->at.loss != y->at.loss)
        return x->at.loss < y->at.loss ? -1 : 1;
    return (x->node->index > y->node->index) - (x->node->index < y->node->index);
}

static void
check_points(struct rw_decode *x, const struct point *p, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        bool same = p[i].at.loss == p[i - 1].at.loss;

        if (!same && p[i].at.probability <= p[i - 1].at.probability)
            continue;
        rw_decode_wrong(x, p[i].node,
            same
                ? "the appetite names one loss twice"
                : "the appetite tolerates a larger loss more often than a smaller one");
        rw_decode_also(x, p[i - 1].node, same ? "first" : "the smaller one");
    }
}

static void
decode_appetite(struct rw_decode *x, const struct rw_node *list)
{
    struct point *p = RW_DECODE_NEW(x, list->n, struct point);
    size_t n = 0, before = x->d->total;

    x->m->appetite = RW_DECODE_NEW(x, list->n, struct rw_appetite);
    if (x->memory)
        return;
    for (const struct rw_node *c = list->first; c; c = c->next) {
        p[n].node = c;
        rw_decode_object(x, c, &rw_keys_appetite, &p[n++].at);
    }
    if (n > 0)
        qsort(p, n, sizeof *p, by_loss);
    if (x->d->total == before) /* else some points are not what was meant */
        check_points(x, p, n);
    for (size_t i = 0; i < n; i++)
        x->m->appetite[i] = p[i].at;
    x->m->n_appetite = n;
}

/* The currency is needed to read money, wherever it stands. */
static void
peek_currency(struct rw_decode *x, const struct rw_node *root)
{
    const struct rw_node *node = rw_decode_text(root, "currency");

    if (node && strlen(node->text) == 3)
        x->m->currency = node->text;
}

static void
decode_lists(struct rw_decode *x, const struct rw_node *root)
{
    const struct rw_node *assets = rw_decode_list(root, "assets");
    const struct rw_node *threats = rw_decode_list(root, "threats");
    const struct rw_node *controls = rw_decode_list(root, "controls");
    const struct rw_node *strategies = rw_decode_list(root, "strategies");
    const struct rw_node *appetite = rw_decode_list(root, "appetite");
    const struct rw_node *dependence = rw_node_get(root, "dependence");
    const struct rw_node *partners = rw_decode_list(root, "partners");
    const struct rw_node *regulations = rw_decode_list(root, "regulations");

    rw_ids_add(x, &x->ids, assets, "id", RW_ID_ASSET);
    rw_ids_add(x, &x->ids, threats, "id", RW_ID_THREAT);
    rw_ids_add(x, &x->ids, controls, "id", RW_ID_CONTROL);
    rw_ids_add(
        x, &x->ids, rw_decode_list(dependence, "multipliers"), "id", RW_ID_MULTIPLIER);
    rw_ids_add(x, &x->ids, rw_decode_list(dependence, "shocks"), "id", RW_ID_SHOCK);
    rw_ids_add(x, &x->ids, rw_decode_list(dependence, "causes"), "id", RW_ID_CAUSE);
    rw_ids_add(x, &x->ids, partners, "id", RW_ID_PARTNER);
    for (size_t k = 0; controls && k < x->ids.n; k++)
        if (x->ids.v[k].kind == RW_ID_PARTNER)
            x->ids.v[k].index += controls->n; /* they stand behind them */
    rw_ids_sort(x, &x->ids);
    if (assets)
        decode_assets(x, assets);
    if (threats)
        rw_decode_threats(x, threats);
    if (controls)
        rw_decode_controls(x, controls);
    if (partners)
        rw_decode_partners(x, partners);
    if (regulations)
        rw_decode_regulations(x, regulations);
    if (dependence)
        rw_decode_dependence(x, dependence);
    if (appetite) /* triggers of strategies refer to it */
        decode_appetite(x, appetite);
    rw_decode_strategies(x, strategies ? strategies : root);
    rw_decode_programme(x, rw_node_get(root, "programme"));
}

void
rw_decode_scenario(struct rw_decode *x, const struct rw_node *root)
{
    if (!check_version(x, root))
        return;
    peek_currency(x, root);
    if (!rw_decode_object(x, root, &rw_keys_scenario, x->m))
        return;
    /* until here per_year is the number of the word: month, quarter, year */
    x->m->cycle_name = rw_cycle_names[x->m->per_year];
    x->m->per_year = rw_cycles_per_year[x->m->per_year];
    decode_name(x, root);
    decode_lists(x, root);
}
