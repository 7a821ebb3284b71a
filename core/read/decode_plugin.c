/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/dimension.h"
#include "read/decode.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What a value of those powers is in a scenario; texts of any other are not read. */
static enum rw_unit
unit_of(struct rw_dimension d)
{
    if (d.kind != RW_DIMENSION_KNOWN)
        return RW_UNIT_PLAIN;
    if (d.money == 1 && d.time == 0)
        return RW_UNIT_MONEY;
    if (d.money != 0)
        return RW_UNIT_PLAIN;
    return d.time == 1                   ? RW_UNIT_TIME
           : d.time == -1                ? RW_UNIT_RATE
           : d.time == 0 && d.scale == 1 ? RW_UNIT_SHARE
                                         : RW_UNIT_PLAIN;
}

static struct rw_measure
measure_of(const struct rw_decode *x, const struct rw_plugin_param *p)
{
    struct rw_dimension d = rw_dimension_parse(p->unit);
    struct rw_measure q = {.name = p->name,
        .unit = unit_of(d),
        .plain = 1,
        .scale = 1,
        .min = p->min,
        .max = p->max,
        .currency = x->m->currency};

    if (q.unit != RW_UNIT_PLAIN) /* from currency and years to the plugin's */
        q.scale = 1 / d.scale;
    return q;
}

static bool
is_plugin_name(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return s[0] >= 'a' && s[0] <= 'z' && s[n] == '\0' && n <= RW_ID_MAX;
}

static bool
is_named(const struct rw_decode *x, enum rw_plugin_kind kind, const char *name)
{
    const char *const *names = x->plugins->names(x->plugins->self, kind);

    for (size_t i = 0; names && names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void
unknown_plugin(
    struct rw_decode *x, const struct rw_node *node, enum rw_plugin_kind kind)
{
    const char *const *names;

    rw_decode_wrong(x, node, "there is no %s plugin '%s'", rw_plugin_kind_names[kind],
        rw_diag_shown(x->d, node->text));
    if (x->plugins == NULL)
        return;
    names = x->plugins->names(x->plugins->self, kind);
    rw_decode_suggest(x, node->text, names, rw_words_count(names));
    for (int k = 0; k < RW_PLUGIN_KINDS; k++)
        if (k != (int)kind && is_named(x, (enum rw_plugin_kind)k, node->text))
            rw_diag_label(x->d, "this is a %s plugin", rw_plugin_kind_names[k]);
    rw_diag_help(x->d, "'riskwheel plugin list' shows all there are");
}

/* A plugin that is there and does not load: told with the scenario's other
 * errors if there are any, else by itself with its traceback. */
static void
keep_failure(struct rw_decode *x, const struct rw_node *node, struct rw_error *e,
    enum rw_err err)
{
    const char *pointer = rw_node_pointer(node, &x->d->arena);
    struct rw_error *kept = x->e;
    size_t n;

    rw_diag_add(x->d, &node->span, pointer, "plugin '%s' does not load",
        rw_diag_shown(x->d, node->text));
    rw_diag_help(x->d, "%s%s%s", e->file, e->file[0] ? ": " : "", e->text);
    x->broken++;
    if (kept == NULL)
        return;
    if (x->plugin_err == RW_OK) {
        x->plugin_err = err;
        *kept = *e;
        rw_error_place(kept, NULL, 0, 0, pointer);
    }
    n = strlen(kept->detail);
    snprintf(kept->detail + n, sizeof kept->detail - n, "%sscenario: %s:%d:%d %s%s%s",
        n ? "\n" : "", node->span.in->name, node->span.line, node->span.col, pointer,
        x->broken > 1 ? ": " : "", x->broken > 1 ? e->text : "");
}

/* NULL: reported. */
static const struct rw_plugin *
find(struct rw_decode *x, const struct rw_node *node, enum rw_plugin_kind kind)
{
    const struct rw_plugin *plugin = NULL;
    struct rw_error e;
    enum rw_err err;

    if (!is_plugin_name(node->text)) {
        rw_decode_wrong(
            x, node, "'%s' is no name of a plugin", rw_diag_shown(x->d, node->text));
        rw_diag_help(x->d, "small letters, digits and '_': the name and not its file");
        return NULL;
    }
    if (x->plugins == NULL || !is_named(x, kind, node->text)) {
        unknown_plugin(x, node, kind);
        return NULL;
    }
    rw_error_clear(&e);
    err = x->plugins->find(x->plugins->self, kind, node->text, &plugin, &e);
    if (err == RW_OK && plugin)
        return plugin;
    if (err == RW_OK || err == RW_ERR_INPUT) {
        unknown_plugin(x, node, kind);
        if (e.text[0])
            rw_diag_help(x->d, "%s", e.text);
    } else {
        keep_failure(x, node, &e, err);
    }
    return NULL;
}

static size_t
index_of(const struct rw_plugin *p, const char *name)
{
    size_t i = 0;

    while (i < p->n_params && strcmp(p->params[i].name, name) != 0)
        i++;
    return i;
}

static void
unknown_param(
    struct rw_decode *x, const struct rw_node *node, const struct rw_plugin *p)
{
    const char **words = rw_arena_alloc(&x->d->arena, p->n_params, sizeof *words);

    rw_decode_wrong_key(x, node, "plugin '%s' has no parameter '%s'", p->name,
        rw_diag_shown(x->d, node->key));
    for (size_t i = 0; words && i < p->n_params; i++)
        words[i] = p->params[i].name;
    if (words)
        rw_decode_suggest(x, node->key, words, p->n_params);
    rw_diag_help(x->d, "'riskwheel plugin show %s' lists its parameters", p->name);
}

static void
missing_param(struct rw_decode *x, const struct rw_node *at,
    const struct rw_plugin *plugin, const struct rw_plugin_param *p)
{
    rw_decode_wrong(
        x, at, "plugin '%s' needs its parameter '%s'", plugin->name, p->name);
    rw_diag_help(x->d, "%s [%s]: %s", p->name, p->unit, p->doc ? p->doc : "");
}

/* One estimate per declared parameter, from parameters (may be NULL) or by
 * default; at is where a missing one is reported. */
static void
decode_params(struct rw_decode *x, const struct rw_node *parameters,
    const struct rw_node *at, struct rw_plugin_use *use)
{
    const struct rw_plugin *p = use->plugin;

    use->values = RW_DECODE_NEW(x, p->n_params, struct rw_estimate);
    if (use->values == NULL)
        return;
    for (const struct rw_node *c = parameters ? parameters->first : NULL; c;
         c = c->next)
        if (!rw_decode_is_comment(c->key) && index_of(p, c->key) == p->n_params)
            unknown_param(x, c, p);
    for (size_t i = 0; i < p->n_params; i++) {
        const struct rw_plugin_param *param = &p->params[i];
        const struct rw_node *node = rw_node_get(parameters, param->name);
        struct rw_measure q = measure_of(x, param);

        use->values[i].dist = param->has_default ? param->preset : rw_dist_constant(0);
        use->values[i].place = rw_decode_place(x, node ? node : at);
        if (node)
            rw_decode_dist(x, node, &q, NULL, &use->values[i].dist);
        else if (!param->has_default)
            missing_param(x, at, p, param);
    }
}

void
rw_decode_plugin(struct rw_decode *x, const struct rw_node *object, const char *key,
    enum rw_plugin_kind kind, const char *owner, struct rw_plugin_use *use)
{
    const struct rw_node *name = rw_node_get(object, key);
    const struct rw_node *parameters = rw_node_get(object, "parameters");

    use->owner = owner;
    if (parameters && name == NULL) {
        rw_decode_wrong_key(x, parameters, "'parameters' without a '%s'", key);
        rw_diag_help(x->d, "they belong to a plugin");
    }
    if (name == NULL || name->kind != RW_JSON_STRING)
        return;
    use->place = rw_decode_place(x, name);
    use->plugin = find(x, name, kind);
    if (use->plugin == NULL)
        return;
    if (parameters && parameters->kind != RW_JSON_OBJECT)
        return;
    decode_params(x, parameters, parameters ? parameters : name, use);
}
