/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/import_json.c -- what became of a catalogue's objects, for programs. */
#include "out/import.h"
#include "out/writer.h"

static void
tally(struct rw_writer *w, const char *key, const struct rw_import_tally *y)
{
    rw_writer_object(w, key, true);
    rw_writer_count(w, "all", y->all);
    rw_writer_count(w, "taken", y->taken);
    rw_writer_count(w, "revoked", y->revoked);
    rw_writer_count(w, "deprecated", y->deprecated);
    rw_writer_count(w, "withdrawn", y->withdrawn);
    rw_writer_count(w, "unwanted", y->unwanted);
    rw_writer_count(w, "futile", y->futile);
    rw_writer_end(w);
}

static void
relations(struct rw_writer *w, const struct rw_import_relations *r)
{
    rw_writer_object(w, "relations", true);
    rw_writer_count(w, "all", r->all);
    rw_writer_count(w, "taken", r->taken);
    rw_writer_count(w, "revoked", r->revoked);
    rw_writer_count(w, "deprecated", r->deprecated);
    rw_writer_count(w, "ended", r->ended);
    rw_writer_count(w, "unwanted", r->unwanted);
    rw_writer_count(w, "futile", r->futile);
    rw_writer_count(w, "elsewhere", r->elsewhere);
    rw_writer_count(w, "dangling", r->dangling);
    rw_writer_count(w, "repeated", r->repeated);
    rw_writer_end(w);
}

static void
dangling(struct rw_writer *w, const struct rw_import *x)
{
    size_t n = x->relations.dangling;

    rw_writer_array(w, "dangling", false);
    for (size_t k = 0; k < n && k < RW_IMPORT_SHOWN; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "source", x->dangling[k].source);
        rw_writer_string(w, "target", x->dangling[k].target);
        rw_writer_string(w, "missing", x->dangling[k].missing);
        rw_writer_count(w, "line", (uint64_t)x->dangling[k].line);
        rw_writer_count(w, "col", (uint64_t)x->dangling[k].col);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

static void
refer(struct rw_writer *w, const char *key, const struct rw_import_item v[],
    const size_t which[], size_t n)
{
    rw_writer_array(w, key, true);
    for (size_t k = 0; k < n; k++)
        rw_writer_string(w, NULL, v[which[k]].reference);
    rw_writer_end(w);
}

static void
items(struct rw_writer *w, const struct rw_import *x, bool controls)
{
    const struct rw_import_item *v = controls ? x->controls : x->threats;
    size_t n = controls ? x->n_controls : x->n_threats;

    rw_writer_array(w, controls ? "controls" : "threats", false);
    for (size_t k = 0; k < n; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "reference", v[k].reference);
        rw_writer_string(w, "id", v[k].id);
        rw_writer_string(w, "name", v[k].name);
        rw_writer_string(w, "within", v[k].within);
        if (v[k].whole)
            rw_writer_string(w, "parent", v[k].whole);
        if (controls) {
            refer(w, "covers", x->threats, v[k].covers, v[k].n_covers);
            refer(w, "requires", v, v[k].requires, v[k].n_requires);
        } else {
            rw_writer_count(w, "covered_by", v[k].n_covered);
            rw_writer_flag(w, "futile", v[k].futile);
        }
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

static void
source(struct rw_writer *w, const char *key, const struct rw_import *x)
{
    bool bundle = x->kind == RW_IMPORT_ATTACK;

    rw_writer_object(w, key, false);
    rw_writer_string(w, "kind", bundle ? "attack" : "oscal");
    rw_writer_string(w, "file", x->file);
    rw_writer_string(w, "sha256", x->sha256);
    rw_writer_string(w, "title", x->title);
    rw_writer_count(w, bundle ? "objects" : "groups", x->objects);
    if (bundle)
        tally(w, "techniques", &x->techniques);
    tally(w, bundle ? "mitigations" : "controls", &x->measures);
    relations(w, &x->relations);
    dangling(w, x);
    rw_writer_end(w);
}

static void
join(struct rw_writer *w, const struct rw_import_join *j)
{
    rw_writer_object(w, "labels", false);
    rw_writer_string(w, "standard", j->standard);
    rw_writer_count(w, "named", j->named);
    rw_writer_count(w, "met", j->met);
    rw_writer_array(w, "missing", true);
    for (size_t k = 0; k < j->n_missing; k++)
        rw_writer_string(w, NULL, j->missing[k]);
    rw_writer_end(w);
    rw_writer_end(w);
}

enum rw_err
rw_import_json(const struct rw_import *x, const struct rw_import_written *written,
    const char *version, struct rw_text *t, struct rw_error *e)
{
    struct rw_writer w;

    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_writer_object(&w, "program", true);
    rw_writer_string(&w, "version", version);
    rw_writer_end(&w);
    source(&w, "source", x);
    if (x->join) {
        source(&w, "bundle", x->join->bundle);
        join(&w, x->join);
    }
    items(&w, x, false);
    items(&w, x, true);
    rw_writer_count(&w, "blanks", rw_import_blanks(x));
    if (written->stubs)
        rw_writer_string(&w, "stubs", written->stubs);
    if (written->matrix)
        rw_writer_string(&w, "matrix", written->matrix);
    rw_writer_end(&w);
    return rw_writer_hand_over(&w, t, e);
}
