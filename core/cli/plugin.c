/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel plugin: what plugins there are, and one of them in words. */
#include "cli/cli.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WRAP = 76 };

/* s in lines of at most WRAP columns, each after so many spaces. */
static void
wrap(struct rw_text *t, const char *s, int indent)
{
    size_t column = WRAP + 1; /* a new line before the first word */
    bool first = true;

    while (*s) {
        size_t n = strcspn(s, " \n\t");

        if (n > 0) {
            if (column + 1 + n > WRAP) {
                rw_text_addf(t, "%s%*s", first ? "" : "\n", indent, "");
                column = (size_t)indent;
            } else {
                rw_text_add(t, " ");
                column++;
            }
            rw_text_addn(t, s, n);
            column += n;
            first = false;
        }
        s += n;
        s += strspn(s, " \n\t");
    }
    rw_text_add(t, "\n");
}

static void
print_range(struct rw_text *t, const struct rw_plugin_param *p)
{
    if (isfinite(p->min) && isfinite(p->max))
        rw_text_addf(t, "from %.10g to %.10g", p->min, p->max);
    else if (isfinite(p->min))
        rw_text_addf(t, "at least %.10g", p->min);
    else if (isfinite(p->max))
        rw_text_addf(t, "at most %.10g", p->max);
    else
        rw_text_add(t, "any number");
}

static void
print_preset(struct rw_text *t, const struct rw_plugin_param *p)
{
    const struct rw_dist *d = &p->preset;

    if (!p->has_default)
        rw_text_add(t, "; must be given");
    else if (rw_dist_is_constant(d))
        rw_text_addf(t, "; default %.10g", rw_dist_mean(d));
    else
        rw_text_addf(t, "\n      default: %s, mean %.3g, nine in ten from %.3g to %.3g",
            d->family->name, rw_dist_mean(d), rw_dist_quantile(d, 0.05),
            rw_dist_quantile(d, 0.95));
}

static void
print_params(struct rw_text *t, const struct rw_plugin *p)
{
    if (p->n_params > 0)
        rw_text_add(t, "\nParameters\n");
    for (size_t k = 0; k < p->n_params; k++) {
        const struct rw_plugin_param *q = &p->params[k];

        rw_text_addf(t, "  %s [%s]: ", q->name, q->unit ? q->unit : "1");
        print_range(t, q);
        print_preset(t, q);
        rw_text_add(t, "\n");
        if (q->doc && *q->doc)
            wrap(t, q->doc, 6);
    }
    if (p->n_states > 0)
        rw_text_add(t, "\nKept from cycle to cycle\n");
    for (size_t k = 0; k < p->n_states; k++)
        rw_text_addf(
            t, "  %s, at first %.10g\n", p->states[k].name, p->states[k].initial);
}

/* What a scenario writes to use it. */
static void
print_use(struct rw_text *t, const struct rw_plugin *p)
{
    const char *comma = "\"parameters\": { ";
    struct rw_text line;

    rw_text_init(&line);
    rw_text_addf(&line, "\"%s\": \"%s\"",
        p->kind == RW_PLUGIN_PLANNER ? "planner" : "plugin", p->name);
    for (size_t k = 0; k < p->n_params; k++)
        if (!p->params[k].has_default) {
            rw_text_addf(&line, ", %s\"%s\": ...", comma, p->params[k].name);
            comma = "";
        }
    rw_text_add(&line, *comma ? "" : " }");
    rw_text_add(t, "\nIn a scenario\n");
    wrap(t, line.failed ? "" : line.s, 2);
    t->failed |= line.failed;
    rw_text_fini(&line);
}

static void
print_page(struct rw_text *t, const struct rw_plugin *p)
{
    const char *version = p->version ? p->version : "";

    rw_text_addf(t, "%s%s%s, a %s%s\n", p->name, *version ? " " : "", version,
        p->systemic ? "systemic " : "", rw_plugin_kind_names[p->kind]);
    if (p->doc && *p->doc)
        wrap(t, p->doc, 2);
    if (p->source && *p->source) {
        rw_text_add(t, "\nSource\n");
        wrap(t, p->source, 2);
    }
    print_params(t, p);
    print_use(t, p);
    if (p->systemic)
        wrap(t, "One event hits every asset that the threat lists.", 2);
    for (int k = 0; k < RW_NEEDS; k++)
        if (p->needs >> k & 1)
            wrap(t,
                k == RW_NEED_APPETITE
                    ? "It decides by the scenario's appetite, which has to be stated."
                    : "It decides by the law of a year's loss: a run takes longer.",
                2);
    rw_text_addf(t, "\nFile\n  %s\n  sha256 %s\n", p->file, p->sha256);
    if (p->license && *p->license)
        rw_text_addf(t, "  licence %s\n", p->license);
}

static enum rw_err
show(const struct rw_plugin *p, struct rw_arena *a, struct rw_text *t,
    struct rw_error *e)
{
    (void)a;
    (void)e;
    if (t->len > 0)
        rw_text_add(t, "\n\n");
    print_page(t, p);
    return RW_OK;
}

static enum rw_err
command_show(int argc, char **argv, struct rw_error *e)
{
    return rw_plugin_named(argc, argv, show, e);
}

/* Kind, name and doc of each; the first error of one that does not load goes to *e. */
static enum rw_err
list(struct rw_catalogue *c, const char *kind, struct rw_text *t, struct rw_error *e)
{
    size_t n;
    const struct rw_catalogue_entry *entries = rw_catalogue_list(c, &n);
    const char *version;
    enum rw_err err = RW_OK;

    for (size_t k = 0; k < n; k++) {
        const struct rw_catalogue_entry *x = &entries[k];
        if (kind && strcmp(kind, rw_plugin_kind_names[x->kind]) != 0)
            continue;
        if (x->plugin == NULL) {
            if (err == RW_OK)
                *e = x->error;
            err = e->code;
            continue;
        }
        version = x->plugin->version ? x->plugin->version : "";
        rw_text_addf(t, "%-8s %s%s%s\n", rw_plugin_kind_names[x->kind], x->name,
            *version ? " " : "", version);
        if (x->plugin->doc && *x->plugin->doc)
            wrap(t, x->plugin->doc, 9);
    }
    return err;
}

static enum rw_err
command_list(int argc, char **argv, struct rw_error *e)
{
    struct rw_catalogue *catalogue = NULL;
    struct rw_error broken;
    struct rw_values operands;
    struct rw_arena arena;
    struct rw_text t;
    const char *kind = NULL;
    enum rw_err err = rw_options_parse(NULL, 0, argc, argv, &operands, e), loaded;
    size_t k = 0;

    if (err == RW_OK && operands.n > 0)
        err = rw_options_one(&operands, "KIND", &kind, e);
    while (kind && k < RW_PLUGIN_KINDS && strcmp(kind, rw_plugin_kind_names[k]) != 0)
        k++;
    if (err == RW_OK && k == RW_PLUGIN_KINDS)
        err = rw_error_set(
            e, RW_ERR_USAGE, "KIND is threat, control or planner, not '%.80s'", kind);
    if (err != RW_OK)
        return err;
    rw_arena_init(&arena);
    rw_text_init(&t);
    rw_error_clear(&broken);
    err = rw_catalogue_open(NULL, &arena, &catalogue, e);
    if (err == RW_OK) {
        loaded = list(catalogue, kind, &t, &broken);
        if (loaded == RW_OK && t.len == 0)
            rw_message("no %s%splugins found; %s", kind ? kind : "", kind ? " " : "",
                rw_catalogue_places(NULL, &arena));
        err = rw_stdout_text(&t, e);
        if (err == RW_OK && loaded != RW_OK) {
            *e = broken;
            err = loaded;
        }
    }
    rw_text_fini(&t);
    rw_catalogue_free(catalogue);
    rw_arena_fini(&arena);
    return err;
}

const struct rw_command rw_plugin_commands[] = {
    {"list", "the plugins that are found", rw_help_plugin_list, command_list, NULL,
        "plugin "},
    {"show", "one plugin in words", rw_help_plugin_show, command_show, NULL, "plugin "},
    {"new", "a plugin to make your own", rw_help_plugin_new, rw_command_plugin_new,
        NULL, "plugin "},
    {"test", "whether one keeps what it should", rw_help_plugin_test,
        rw_command_plugin_test, NULL, "plugin "},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
