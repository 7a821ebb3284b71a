/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/import_text.c -- what became of a catalogue's objects, for people. */
#include "out/import.h"
#include "read/diag.h"

#include <stdio.h>
#include <string.h>

enum { LISTED = 12, REFERENCE = 10, LABEL = 12, WIDTH = 80 };

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* A line of parts, broken where it gets too wide. */
struct line {
    struct rw_text *t;
    size_t from; /* its first byte */
    bool first;
};

static struct line
taken(struct rw_text *t, const char *what, size_t n, size_t all)
{
    size_t from = t->len;

    rw_text_addf(t, "  %-*s %zu of %zu", LABEL, what, n, all);
    return (struct line){t, from, true};
}

/* ", 3 revoked" behind the first. */
static void
part(struct line *x, size_t n, const char *what)
{
    char s[WIDTH];

    if (n == 0)
        return;
    snprintf(s, sizeof s, "%zu %s", n, what);
    rw_text_add(x->t, x->first ? ":" : ",");
    if (x->t->len - x->from + 1 + strlen(s) > WIDTH) {
        x->from = x->t->len + 1;
        rw_text_addf(x->t, "\n%*s", LABEL + 2, "");
    }
    rw_text_addf(x->t, " %s", s);
    x->first = false;
}

static void
tally(struct rw_text *t, const char *what, const struct rw_import_tally *y)
{
    struct line x = taken(t, what, y->taken, y->all);

    part(&x, y->revoked, "revoked");
    part(&x, y->deprecated, "deprecated");
    part(&x, y->withdrawn, "withdrawn");
    part(&x, y->unwanted, "not asked for");
    part(&x, y->futile, "no control (below)");
    rw_text_add(t, "\n");
}

static void
relations(struct rw_text *t, const char *what, const struct rw_import_relations *r)
{
    struct line x = taken(t, what, r->taken, r->all);

    part(&x, r->revoked, "revoked");
    part(&x, r->deprecated, "deprecated");
    part(&x, r->ended, "of things no longer in use");
    part(&x, r->unwanted, "not asked for");
    part(&x, r->futile, "of no control");
    part(&x, r->elsewhere, "with other things");
    part(&x, r->dangling, "with an end that is not there");
    part(&x, r->repeated, "stated twice");
    rw_text_add(t, "\n");
}

static size_t
children(const struct rw_import_item v[], size_t n)
{
    size_t found = 0;

    for (size_t k = 0; k < n; k++)
        found += v[k].parent != SIZE_MAX;
    return found;
}

static void
item(struct rw_text *t, const char *reference, const char *name)
{
    rw_text_addf(t, "  %-*s %s", REFERENCE, reference, name);
}

static void
more(struct rw_text *t, size_t n, size_t shown)
{
    if (n > shown)
        rw_text_addf(t, "  and %zu more\n", n - shown);
}

static void
uncovered(struct rw_text *t, const struct rw_import *x)
{
    size_t n = 0, shown = 0;

    for (size_t k = 0; k < x->n_threats; k++)
        n += x->threats[k].n_covered == 0;
    if (n == 0)
        return;
    rw_text_addf(t, "\nNo control covers %zu of the %zu techniques\n", n, x->n_threats);
    for (size_t k = 0; k < x->n_threats && shown < LISTED; k++) {
        const struct rw_import_item *v = &x->threats[k];

        if (v->n_covered > 0)
            continue;
        item(t, v->reference, v->name);
        rw_text_add(t, v->futile ? " (nothing helps, the file says)\n" : "\n");
        shown++;
    }
    more(t, n, shown);
}

static void
idle(struct rw_text *t, const struct rw_import *x)
{
    size_t n = 0, shown = 0;

    for (size_t k = 0; k < x->n_controls; k++)
        n += x->controls[k].n_covers == 0;
    if (n == 0 || x->n_threats == 0)
        return;
    rw_text_addf(t, "\n%zu of the %zu controls cover%s no technique of these\n", n,
        x->n_controls, n == 1 ? "s" : "");
    for (size_t k = 0; k < x->n_controls && shown < LISTED; k++) {
        if (x->controls[k].n_covers > 0)
            continue;
        item(t, x->controls[k].reference, x->controls[k].name);
        rw_text_add(t, "\n");
        shown++;
    }
    more(t, n, shown);
}

static void
statements(struct rw_text *t, const struct rw_import *x)
{
    size_t n = x->measures.futile;

    if (n == 0)
        return;
    rw_text_add(t, "\nNo control, but the statement that nothing helps\n");
    for (size_t k = 0; k < n && k < LISTED; k++) {
        item(t, x->futile[k].reference, x->futile[k].name);
        rw_text_add(t, "\n");
    }
    more(t, n, n < LISTED ? n : LISTED);
}

static void
dangling(struct rw_text *t, const struct rw_import *x)
{
    size_t n = x->relations.dangling;

    if (n == 0)
        return;
    rw_text_add(t, "\nRelated to, but not in ");
    rw_safe_add(t, x->file, strlen(x->file));
    rw_text_add(t, "\n");
    for (size_t k = 0; k < n && k < LISTED; k++)
        rw_text_addf(t, "  line %d: %s\n", x->dangling[k].line, x->dangling[k].missing);
    more(t, n, n < LISTED ? n : LISTED);
}

static void
to_do(struct rw_text *t, const struct rw_import *x, const struct rw_import_written *w)
{
    size_t blanks = rw_import_blanks(x), open = 0;

    for (size_t k = 0; k < x->n_controls; k++)
        open += x->controls[k].n_covers == 0;
    rw_text_addf(t,
        "\nA catalogue knows no estimates; to be filled in at %zu place%s\n", blanks,
        plural(blanks));
    rw_text_add(t, "  the scenario: currency, horizon, assets");
    rw_text_add(t, x->n_threats == 0 ? ", threats\n" : "\n");
    if (x->n_threats > 0)
        rw_text_add(t, "  each threat: assets, frequency, losses\n");
    if (x->n_controls > 0)
        rw_text_add(t, "  each control: pillar, function, efficacy, cost");
    if (open > 0)
        rw_text_addf(t, ", and of %zu what %s cover%s", open, open == 1 ? "it" : "they",
            open == 1 ? "s" : "");
    rw_text_add(t, x->n_controls > 0 ? "\n\n" : "\n");
    if (w->stubs) {
        rw_text_add(t, "Stubs:  ");
        rw_safe_add(t, w->stubs, strlen(w->stubs));
        rw_text_add(t, " (riskwheel check names what is still to be filled in)\n");
    }
    if (w->matrix) {
        rw_text_add(t, "Matrix: ");
        rw_safe_add(t, w->matrix, strlen(w->matrix));
        rw_text_add(t, "\n");
    }
    if (!w->stubs && !w->matrix)
        rw_text_add(t, "Nothing is written; -o NEW.json writes the stubs\n");
}

static void
head(struct rw_text *t, const struct rw_import *x)
{
    bool bundle = x->kind == RW_IMPORT_ATTACK;

    rw_safe_add(t, x->file, strlen(x->file));
    rw_text_addf(t, ": %s%s%s of %zu %s%s\n", x->title, x->title[0] ? ", " : "",
        bundle ? "a STIX bundle" : "an OSCAL catalogue", x->objects,
        bundle ? "object" : "group", plural(x->objects));
}

/* What the labels of the bundle's mitigations say of the catalogue's controls. */
static void
labels(struct rw_text *t, const struct rw_import_join *j)
{
    rw_text_addf(
        t, "  %-12s %zu of %zu name a control here", "labels", j->met, j->named);
    if (j->n_missing > 0)
        rw_text_addf(t, "; %zu control%s of %s %s not in the catalogue", j->n_missing,
            plural(j->n_missing), j->standard, j->n_missing == 1 ? "is" : "are");
    rw_text_add(t, "\n");
}

/* The lines of a bundle, and how many things stand below others. */
static void
counts(struct rw_text *t, const struct rw_import *x)
{
    bool bundle = x->kind == RW_IMPORT_ATTACK;
    size_t below = bundle ? children(x->threats, x->n_threats)
                          : children(x->controls, x->n_controls);

    head(t, x);
    if (bundle)
        tally(t, "techniques", &x->techniques);
    tally(t, bundle ? "mitigations" : "controls", &x->measures);
    relations(t, bundle ? "mitigates" : "required", &x->relations);
    if (below > 0)
        rw_text_addf(t, "  %zu of the %s %s part%s of another one\n", below,
            bundle ? "techniques" : "controls", below == 1 ? "is" : "are",
            plural(below));
}

enum rw_err
rw_import_text(const struct rw_import *x, const struct rw_import_written *written,
    struct rw_text *t, struct rw_error *e)
{
    counts(t, x);
    if (x->join) {
        counts(t, x->join->bundle);
        labels(t, x->join);
    }
    uncovered(t, x);
    idle(t, x);
    statements(t, x->join ? x->join->bundle : x);
    dangling(t, x);
    if (x->join)
        dangling(t, x->join->bundle);
    to_do(t, x, written);
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory for a report") : RW_OK;
}
