/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/import_stubs.c -- threats and controls to fill in; and the matrix. */
#include "out/csv.h"
#include "out/import.h"
#include "out/writer.h"

#include <math.h>
#include <string.h>

enum { OF_THREAT = 3, OF_CONTROL = 5, OF_ALL = 3 }; /* blanks */

static void
blank(struct rw_writer *w, const char *key)
{
    rw_writer_number(w, key, NAN);
}

size_t
rw_import_blanks(const struct rw_import *x)
{
    size_t n = OF_ALL + x->n_controls * OF_CONTROL;

    n += x->n_threats > 0 ? x->n_threats * OF_THREAT : 1;
    for (size_t k = 0; k < x->n_controls; k++)
        n += x->controls[k].n_covers == 0;
    return n;
}

/* ---- stubs ---- */

static void
named(struct rw_writer *w, const struct rw_import_item *v)
{
    rw_writer_object(w, NULL, false);
    rw_writer_string(w, "id", v->id);
    rw_writer_string(w, "name", v->name);
    rw_writer_string(w, "reference", v->reference);
    if (v->whole)
        rw_writer_string(w, "// part of", v->whole);
    if (v->within[0])
        rw_writer_string(w, "// within", v->within);
}

static void
threats(struct rw_writer *w, const struct rw_import *x)
{
    if (x->n_threats == 0) {
        blank(w, "threats");
        return;
    }
    rw_writer_array(w, "threats", false);
    for (size_t k = 0; k < x->n_threats; k++) {
        named(w, &x->threats[k]);
        blank(w, "assets");
        blank(w, "frequency");
        blank(w, "losses");
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

/* Left out, covers would mean all threats and assets: nothing says so. */
static void
covers(struct rw_writer *w, const struct rw_import *x, const struct rw_import_item *c)
{
    if (c->n_covers == 0) {
        blank(w, "covers");
        return;
    }
    rw_writer_array(w, "covers", true);
    for (size_t k = 0; k < c->n_covers; k++)
        rw_writer_string(w, NULL, x->threats[c->covers[k]].id);
    rw_writer_end(w);
}

static void
controls(struct rw_writer *w, const struct rw_import *x)
{
    if (x->n_controls == 0)
        return;
    rw_writer_array(w, "controls", false);
    for (size_t k = 0; k < x->n_controls; k++) {
        const struct rw_import_item *c = &x->controls[k];

        named(w, c);
        blank(w, "pillar");
        blank(w, "function");
        covers(w, x, c);
        if (c->n_requires > 0)
            rw_writer_array(w, "requires", true);
        for (size_t j = 0; j < c->n_requires; j++)
            rw_writer_string(w, NULL, x->controls[c->requires[j]].id);
        if (c->n_requires > 0)
            rw_writer_end(w);
        blank(w, "efficacy");
        rw_writer_object(w, "cost", true);
        blank(w, "capital");
        blank(w, "running");
        rw_writer_end(w);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

/* A comment made of two texts. */
static void
remark(
    struct rw_writer *w, const char *key, const char *fmt, const char *a, const char *b)
{
    struct rw_text t;

    rw_text_init(&t);
    rw_text_addf(&t, fmt, a, b);
    w->text.failed |= t.failed;
    rw_writer_string(w, key, t.failed ? "" : t.s);
    rw_text_fini(&t);
}

static void
source(struct rw_writer *w, const char *key, const struct rw_import *x)
{
    const char *slash = strrchr(x->file, '/');

    remark(w, key, "%s, sha256 %s", slash ? slash + 1 : x->file, x->sha256);
    if (x->notice[0])
        rw_writer_string(w, "// notice", x->notice);
}

enum rw_err
rw_import_stubs(const struct rw_import *x, const char *version, struct rw_text *t,
    struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_writer_count(&w, "riskwheel", 1);
    remark(&w, "//", "stubs by riskwheel %s: every null is to be filled in, %s",
        version, "docs/import.md");
    source(&w, "// source", x);
    if (x->join)
        source(&w, "// techniques", x->join->bundle);
    rw_writer_string(&w, "name", x->title[0] ? x->title : "Stubs of a catalogue");
    blank(&w, "currency");
    blank(&w, "horizon");
    blank(&w, "assets");
    threats(&w, x);
    controls(&w, x);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}

/* ---- which control covers what ---- */

static void
head(const struct rw_import *x, struct rw_text *t)
{
    static const char *const columns[] = {
        "technique", "id", "name", "parent", "within", "covered_by"};
    struct rw_text cell;

    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        rw_csv_cell(t, columns[k]);
    for (size_t k = 0; k < x->n_controls; k++) {
        rw_text_init(&cell);
        rw_text_addf(&cell, "%s %s", x->controls[k].reference, x->controls[k].name);
        t->failed |= cell.failed;
        rw_csv_cell(t, cell.failed ? "" : cell.s);
        rw_text_fini(&cell);
    }
    rw_csv_end(t);
}

/* at[k]: the first thing that control k covers from this threat on. */
static void
row(const struct rw_import *x, size_t threat, size_t at[], struct rw_text *t)
{
    const struct rw_import_item *v = &x->threats[threat];

    rw_csv_cell(t, v->reference);
    rw_csv_cell(t, v->id);
    rw_csv_cell(t, v->name);
    rw_csv_cell(t, v->whole ? v->whole : "");
    rw_csv_cell(t, v->within);
    rw_csv_number(t, (double)v->n_covered);
    for (size_t k = 0; k < x->n_controls; k++) {
        const struct rw_import_item *c = &x->controls[k];
        bool covered = at[k] < c->n_covers && c->covers[at[k]] == threat;

        at[k] += covered;
        rw_csv_number(t, covered);
    }
    rw_csv_end(t);
}

enum rw_err
rw_import_matrix(const struct rw_import *x, struct rw_text *t, struct rw_error *e)
{
    struct rw_arena a;
    size_t *at;

    if (x->n_controls > 0 && x->n_threats > RW_IMPORT_CELLS / x->n_controls)
        return rw_error_set(e, RW_ERR_LIMIT,
            "a matrix of %zu threats and %zu controls has more than %d cells",
            x->n_threats, x->n_controls, RW_IMPORT_CELLS);
    rw_arena_init(&a);
    at = RW_ARENA_NEW(&a, x->n_controls, size_t);
    t->failed |= at == NULL;
    head(x, t);
    for (size_t i = 0; i < x->n_threats && at; i++)
        row(x, i, at, t);
    rw_arena_fini(&a);
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory for the matrix")
                     : RW_OK;
}
