/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/decode_copula.c -- what a copula couples, and how. */
#include "read/decode.h"

#include <string.h>

/* An estimate under the name by which a copula calls it. */
struct name {
    const char *name;
    struct rw_estimate *estimate;
    const struct rw_node *asked; /* by which copula's list */
};

struct names {
    struct name *v;
    size_t n;
};

static void
add_name(struct rw_decode *x, struct names *names, const char *id, const char *what,
    struct rw_estimate *estimate)
{
    char *name = rw_arena_printf(x->a, "%s.%s", id, what);

    if (name == NULL)
        x->memory = true;
    else
        names->v[names->n++] = (struct name){name, estimate, NULL};
}

static void
add_values(
    struct rw_decode *x, struct names *names, const char *id, struct rw_plugin_use *u)
{
    for (size_t k = 0; u->plugin && u->values && k < u->plugin->n_params; k++)
        add_name(x, names, id, u->plugin->params[k].name, &u->values[k]);
}

static size_t
count_names(const struct rw_model *m)
{
    size_t n = 2 * m->n_threats + 5 * m->n_controls + m->dependence.n_shocks;

    for (size_t k = 0; k < m->n_threats; k++)
        if (m->threats[k].use.plugin)
            n += m->threats[k].use.plugin->n_params;
    for (size_t k = 0; k < m->n_controls; k++)
        if (m->controls[k].use.plugin)
            n += m->controls[k].use.plugin->n_params;
    return n;
}

/* Every estimate there is.  Where a plugin's parameter is called like one of
 * the control's own keys, the key comes first and is the one that is found. */
static void
list_names(struct rw_decode *x, struct names *names)
{
    struct rw_model *m = x->m;

    names->n = 0;
    names->v = RW_DECODE_NEW(x, count_names(m), struct name);
    for (size_t k = 0; names->v && k < m->n_threats; k++) {
        struct rw_threat *t = &m->threats[k];

        if (t->use.plugin == NULL) {
            add_name(x, names, t->id, "frequency", &t->frequency);
            add_name(x, names, t->id, "susceptibility", &t->susceptibility);
        }
        add_values(x, names, t->id, &t->use);
    }
    for (size_t k = 0; names->v && k < m->n_controls; k++) {
        struct rw_control *c = &m->controls[k];

        if (c->use.plugin == NULL)
            add_name(x, names, c->id, "efficacy", &c->efficacy);
        add_name(x, names, c->id, "coverage", &c->coverage);
        add_name(x, names, c->id, "capital", &c->capital);
        add_name(x, names, c->id, "running", &c->running);
        if (c->fails > 0)
            add_name(x, names, c->id, "per_year", &c->failing);
        add_values(x, names, c->id, &c->use);
    }
    for (size_t k = 0; names->v && k < m->dependence.n_shocks; k++)
        add_name(x, names, m->dependence.shocks[k].id, "frequency",
            &m->dependence.shocks[k].frequency);
}

static void
unknown_name(struct rw_decode *x, const struct rw_node *node, const struct names *names)
{
    const char **words, *whole = NULL;
    size_t n = strlen(node->text);

    rw_decode_wrong(
        x, node, "there is no estimate '%s'", rw_diag_shown(x->d, node->text));
    if (rw_diags_full(x->d))
        return;
    for (size_t i = 0; i < names->n && whole == NULL; i++)
        if (strncmp(names->v[i].name, node->text, n) == 0 && names->v[i].name[n] == '.')
            whole = names->v[i].name;
    words = rw_arena_alloc(&x->d->arena, names->n, sizeof *words);
    for (size_t i = 0; words && i < names->n; i++)
        words[i] = names->v[i].name;
    if (whole)
        rw_diag_label(x->d, "an id alone: write '%s', for example", whole);
    else if (words)
        rw_decode_suggest(x, node->text, words, names->n);
    rw_diag_help(x->d,
        "estimates are called ID.KEY, with the keys frequency and susceptibility of "
        "threats, efficacy, coverage, capital, running and per_year of controls, "
        "frequency of shocks, and the parameters of plugins");
}

/* NULL: reported. */
static struct name *
find_name(struct rw_decode *x, const struct rw_node *node, const struct names *names)
{
    if (node->kind != RW_JSON_STRING) {
        rw_decode_wrong_kind(x, node, "an estimate", "named like \"mfa.efficacy\"");
        return NULL;
    }
    for (size_t k = 0; k < names->n; k++)
        if (strcmp(names->v[k].name, node->text) == 0)
            return &names->v[k];
    unknown_name(x, node, names);
    return NULL;
}

/* In this copula or another already? */
static bool
asked_twice(
    struct rw_decode *x, const struct rw_node *node, const struct rw_node **asked)
{
    if (*asked == NULL) {
        *asked = node;
        return false;
    }
    rw_decode_wrong(x, node,
        (*asked)->parent == node->parent ? "'%s' stands twice in this list"
                                         : "'%s' is in two copulas",
        rw_diag_shown(x->d, node->text));
    rw_decode_also(x, *asked, "first");
    if ((*asked)->parent != node->parent)
        rw_diag_help(x->d, "put all that depends on it into one copula, with a matrix");
    return true;
}

/* Estimates of the list; n of the copula stays that of the list. */
static void
decode_estimates(struct rw_decode *x, const struct rw_node *list, struct names *names,
    struct rw_coupling *c, bool sound)
{
    size_t k = 0;

    c->estimates = RW_DECODE_NEW(x, list->n, struct rw_estimate *);
    for (const struct rw_node *at = list->first; at && c->estimates;
         at = at->next, k++) {
        struct name *name = find_name(x, at, names);

        if (name == NULL || asked_twice(x, at, &name->asked))
            continue;
        c->estimates[k] = name->estimate;
        if (sound && rw_dist_is_constant(&name->estimate->dist)) {
            rw_decode_wrong(x, at, "'%s' is known: there is nothing to couple",
                rw_diag_shown(x->d, at->text));
            rw_diag_help(x->d, "give it a distribution, or leave it out of the copula");
        }
    }
}

static void
decode_years(struct rw_decode *x, const struct rw_node *list,
    const struct rw_node **asked, struct rw_coupling *c)
{
    size_t k = 0;

    c->threats = RW_DECODE_NEW(x, list->n, size_t);
    for (const struct rw_node *at = list->first; at && c->threats; at = at->next, k++) {
        struct rw_id *id = rw_decode_ref(x, at, 1u << RW_ID_THREAT);

        if (id == NULL || asked_twice(x, at, &asked[id->index]))
            continue;
        c->threats[k] = id->index;
        if (x->m->threats[id->index].law == RW_COUNT_NEGBIN)
            continue;
        rw_decode_wrong(
            x, at, "threat '%s' has no yearly multiplier to couple", id->id);
        rw_diag_help(x->d,
            "its count needs the law 'negbin'; a 'multiplier' works with "
            "other laws too");
    }
}

static void
check_df(struct rw_decode *x, const struct rw_node *node, const struct rw_coupling *c)
{
    const struct rw_node *df = rw_node_get(node, "df");
    const struct rw_node *kind = rw_decode_text(node, "kind");

    if (kind == NULL)
        return;
    if (c->kind == RW_COPULA_T && df == NULL) {
        rw_decode_missing(x, node, "copula", "df",
            "4 has marked joint extremes, 30 is nearly gaussian");
    }
    if (strcmp(kind->text, "gaussian") == 0 && df) {
        rw_decode_wrong_key(x, df, "a gaussian copula has no degrees of freedom");
        rw_diag_help(x->d, "leave 'df' out, or take the kind 't'");
    }
}

static bool
check_size(struct rw_decode *x, const struct rw_node *of)
{
    if (of->n == 1) {
        rw_decode_wrong(x, of, "a copula couples two or more; here is one");
        return false;
    }
    if (of->n > RW_MATRIX_MAX) {
        rw_decode_wrong(
            x, of, "a copula couples at most %d; here are %zu", RW_MATRIX_MAX, of->n);
        return false;
    }
    return of->n > 0;
}

void
rw_decode_copulas(struct rw_decode *x, const struct rw_node *list)
{
    struct rw_dependence *d = &x->m->dependence;
    bool sound = x->d->total == 0; /* else estimates may not be what was meant */
    const struct rw_node **years =
        RW_DECODE_NEW(x, x->m->n_threats, const struct rw_node *);
    struct names names;

    d->couplings = RW_DECODE_NEW(x, list->n, struct rw_coupling);
    list_names(x, &names);
    for (const struct rw_node *node = list->first; node && !x->memory;
         node = node->next) {
        struct rw_coupling *c = &d->couplings[d->n_couplings++];
        const struct rw_node *of = rw_decode_list(node, "of");
        size_t k = 0;

        c->place = rw_decode_place(x, node);
        if (!rw_decode_object(x, node, &rw_keys_copula, c))
            continue;
        check_df(x, node, c);
        if (of == NULL || !check_size(x, of))
            continue;
        c->n = of->n;
        c->names = RW_DECODE_NEW(x, c->n, const char *);
        c->rho = RW_DECODE_NEW(x, c->n * c->n, double);
        if (x->memory)
            return;
        for (const struct rw_node *at = of->first; at; at = at->next)
            c->names[k++] =
                at->kind == RW_JSON_STRING ? rw_decode_copy(x, at->text) : "?";
        if (c->over == RW_OVER_YEARS)
            decode_years(x, of, years, c);
        else
            decode_estimates(x, of, &names, c, sound);
        rw_decode_correlations(x, node, c->n, c->names, c->rho);
    }
}
