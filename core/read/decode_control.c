/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <string.h>

enum { LOOP_SHOWN = 8 };

void
rw_decode_covers(struct rw_decode *x, const struct rw_node *list, struct rw_control *c)
{
    struct rw_id **refs = RW_DECODE_NEW(x, list->n, struct rw_id *);
    size_t n;

    if (refs == NULL)
        return;
    n = rw_decode_refs(x, list, 1u << RW_ID_ASSET | 1u << RW_ID_THREAT, refs, NULL);
    c->covers_threats =
        rw_decode_indices(x, refs, n, RW_ID_THREAT, &c->n_covers_threats);
    c->covers_assets = rw_decode_indices(x, refs, n, RW_ID_ASSET, &c->n_covers_assets);
}

static void
decode_requires(struct rw_decode *x, const struct rw_node *list, struct rw_control *c)
{
    struct rw_id **refs = RW_DECODE_NEW(x, list->n, struct rw_id *);
    size_t n;

    if (refs == NULL)
        return;
    n = rw_decode_refs(x, list, 1u << RW_ID_CONTROL, refs, NULL);
    c->requires = rw_decode_indices(x, refs, n, RW_ID_CONTROL, &c->n_requires);
}

static void
decode_excludes(struct rw_decode *x, const struct rw_node *list, struct rw_control *c)
{
    struct rw_id **refs = RW_DECODE_NEW(x, list->n, struct rw_id *);
    size_t n;

    if (refs == NULL)
        return;
    n = rw_decode_refs(x, list, 1u << RW_ID_CONTROL, refs, NULL);
    c->excludes = rw_decode_indices(x, refs, n, RW_ID_CONTROL, &c->n_excludes);
}

static void
check_efficacy(struct rw_decode *x, const struct rw_node *node)
{
    const struct rw_node *plugin = rw_node_get(node, "plugin");
    const struct rw_node *efficacy = rw_node_get(node, "efficacy");

    if (plugin && efficacy)
        rw_decode_conflict(x, plugin, efficacy,
            "the plugin supplies it: state it as one of its 'parameters'");
    if (plugin == NULL && efficacy == NULL) {
        rw_decode_missing(x, node, "control", "efficacy",
            "give the share it takes away, or a 'plugin' that knows it");
    }
}

/* 0-based from here on. */
void
rw_decode_check_start(
    struct rw_decode *x, const struct rw_node *node, struct rw_control *c)
{
    const struct rw_node *start = rw_node_get(node, "start");
    const struct rw_node *status = rw_node_get(node, "status");

    if (start && c->status != RW_STATUS_PLANNED) {
        rw_decode_wrong_key(x, start, "'start' needs the status 'planned'");
        if (status)
            rw_decode_also(x, status, "");
        rw_diag_help(x->d, "a candidate is bought by the plan of a strategy");
    } else if (start && c->start > x->m->cycles && x->m->cycles > 0) {
        rw_decode_wrong(x, start, "cycle %u is beyond the horizon of %u cycles",
            c->start, x->m->cycles);
    }
    c->start -= c->start > 0;
}

static void
decode_control(struct rw_decode *x, const struct rw_node *node, struct rw_control *c)
{
    const struct rw_node *list;
    const char *owner;

    c->place = rw_decode_place(x, node);
    if (!rw_decode_object(x, node, &rw_keys_control, c))
        return;
    if (c->name == NULL)
        c->name = c->id;
    owner = rw_arena_printf(x->a, "control %s", c->id);
    rw_decode_plugin(x, node, "plugin", RW_PLUGIN_CONTROL, owner ? owner : "", &c->use);
    check_efficacy(x, node);
    rw_decode_check_start(x, node, c);
    rw_decode_history(x, node);
    list = rw_decode_list(node, "covers");
    if (list)
        rw_decode_covers(x, list, c);
    list = rw_decode_list(node, "requires");
    if (list)
        decode_requires(x, list, c);
    list = rw_decode_list(node, "excludes");
    if (list)
        decode_excludes(x, list, c);
    rw_decode_upkeep(x, node, c);
}

/* ---- prerequisites, or support, that lead back to themselves ---- */

enum colour { WHITE, GREY, BLACK }; /* not seen, on the path, done */

/* What leads from one control to others, and the words for a circle of it. */
struct edges {
    const char *key, *itself, *circle;
    bool support;
};

static const struct edges edges_of_requires = {"requires", "a control requires itself",
    "controls require each other in a circle", false};
static const struct edges edges_of_supports = {"supports", "a control supports itself",
    "controls support each other in a circle", true};

static const size_t *
targets_of(const struct edges *e, const struct rw_control *c, size_t *n)
{
    *n = e->support ? c->upkeep.n_supports : c->n_requires;
    return e->support ? c->upkeep.supports : c->requires;
}

/* Depth first along them, with its own stack. */
struct walk {
    const struct edges *e;
    size_t *path, n;       /* controls on the way here  */
    size_t *next;          /* (n_controls) edge to take */
    unsigned char *colour; /* (n_controls)              */
};

static void
report_loop(struct rw_decode *x, const struct rw_node *list, const struct walk *w,
    size_t target)
{
    const struct rw_node *node = list->first;
    struct rw_text t;
    size_t at = w->n - 1;

    while (w->path[at] != target)
        at--;
    for (size_t i = 0; i < target; i++)
        node = node->next;
    rw_text_init(&t);
    for (size_t i = at; i < w->n && i < at + LOOP_SHOWN; i++)
        rw_text_addf(&t, "%s -> ", x->m->controls[w->path[i]].id);
    rw_text_addf(
        &t, "%s%s", w->n - at > LOOP_SHOWN ? "... -> " : "", x->m->controls[target].id);
    rw_decode_wrong(x, rw_node_get(node, w->e->key), "%s",
        w->n - at == 1 ? w->e->itself : w->e->circle);
    rw_diag_label(x->d, "%s", t.s ? t.s : "");
    rw_text_fini(&t);
}

static void
walk_from(struct rw_decode *x, const struct rw_node *list, struct walk *w, size_t start)
{
    w->n = 0;
    w->path[w->n++] = start;
    w->colour[start] = GREY;
    while (w->n > 0) {
        size_t at = w->path[w->n - 1], target, n;
        const size_t *to = targets_of(w->e, &x->m->controls[at], &n);

        if (w->next[at] == n) {
            w->colour[at] = BLACK;
            w->n--;
            continue;
        }
        target = to[w->next[at]++];
        if (w->colour[target] == GREY)
            report_loop(x, list, w, target);
        if (w->colour[target] != WHITE)
            continue;
        w->colour[target] = GREY;
        w->path[w->n++] = target;
    }
}

static void
check_loops(struct rw_decode *x, const struct rw_node *list, const struct edges *e)
{
    size_t n = x->m->n_controls;
    struct walk w = {.e = e,
        .path = RW_DECODE_NEW(x, n, size_t),
        .next = RW_DECODE_NEW(x, n, size_t),
        .colour = RW_DECODE_NEW(x, n, unsigned char)};

    if (x->memory)
        return;
    for (size_t i = 0; i < n; i++)
        if (w.colour[i] == WHITE)
            walk_from(x, list, &w, i);
}

void
rw_decode_controls(struct rw_decode *x, const struct rw_node *list)
{
    size_t i = 0;

    x->m->controls = RW_DECODE_NEW(x, list->n, struct rw_control);
    if (x->m->controls == NULL)
        return;
    x->m->n_controls = list->n;
    for (const struct rw_node *c = list->first; c; c = c->next)
        decode_control(x, c, &x->m->controls[i++]);
    check_loops(x, list, &edges_of_requires);
    check_loops(x, list, &edges_of_supports);
    rw_decode_supports(x, list);
    rw_decode_watches(x, list);
    rw_decode_required(x, list);
    rw_decode_exclusions(x, list);
}
