/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalogue's controls and a bundle's techniques, by the labels of mitigations:
 * ATT&CK for ICS has "NIST SP 800-53 Rev. 5 - AC-3; SC-7". */
#include "read/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define GAP " - "

/* A name of a control, in the catalogue. */
struct name {
    const char *s;
    size_t control;
};

/* A mitigation consists of a control, among others. */
struct part {
    size_t control, mitigation;
};

struct joining {
    struct rw_arena *a;
    struct rw_arena scratch;
    struct rw_import *x;
    const struct rw_import *bundle;
    struct rw_import_join *j;
    struct name *names; /* n_names, ascending */
    struct part *parts;
    const char **missing;
    size_t n_names, n_parts, n_missing;
    bool memory;
};

static void *
room(struct joining *g, struct rw_arena *a, size_t n, size_t size)
{
    void *p = rw_arena_alloc(a, n, size);

    g->memory |= p == NULL;
    return p;
}

static int
by_name(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    int c = strcasecmp(x->s, y->s);

    return c != 0 ? c : (x->control > y->control) - (x->control < y->control);
}

/* References and labels of the catalogue's controls. */
static void
list_names(struct joining *g)
{
    size_t n = g->x->n_controls;

    for (size_t k = 0; k < g->x->n_controls; k++)
        n += g->x->controls[k].n_labels;
    g->names = room(g, &g->scratch, n, sizeof *g->names);
    for (size_t k = 0; k < g->x->n_controls && g->names; k++) {
        const struct rw_import_item *c = &g->x->controls[k];

        g->names[g->n_names++] = (struct name){c->reference, k};
        for (size_t i = 0; i < c->n_labels; i++)
            g->names[g->n_names++] = (struct name){c->labels[i], k};
    }
    if (g->n_names > 0)
        qsort(g->names, g->n_names, sizeof *g->names, by_name);
}

/* Its place, where the label is of that standard: what stands behind. */
static const char *
ids_of(const char *label, const char *standard)
{
    size_t n = strlen(standard);

    if (strncmp(label, standard, n) != 0 ||
        strncmp(label + n, GAP, sizeof GAP - 1) != 0)
        return NULL;
    return label + n + sizeof GAP - 1;
}

/* The first of the names that is not below s. */
static size_t
first_of(const struct joining *g, const char *s)
{
    size_t low = 0, high = g->n_names;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (strcasecmp(g->names[mid].s, s) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Of two controls of that name the first one counts. */
static void
take_id(struct joining *g, const char *id, size_t mitigation)
{
    size_t at = first_of(g, id);

    g->j->named++;
    if (at < g->n_names && strcasecmp(g->names[at].s, id) == 0) {
        g->j->met++;
        g->parts[g->n_parts++] = (struct part){g->names[at].control, mitigation};
    } else
        g->missing[g->n_missing++] = id;
}

/* "AC-3; SC-7" */
static void
take_ids(struct joining *g, const char *s, size_t mitigation)
{
    while (!g->memory) {
        size_t n = strcspn(s, ";"), len = n;
        char *id;

        while (len > 0 && s[len - 1] == ' ')
            len--;
        id = rw_arena_strndup(g->a, s, len);
        g->memory |= id == NULL;
        if (len > 0 && id)
            take_id(g, id, mitigation);
        if (s[n] == '\0')
            return;
        s += n + 1;
        s += strspn(s, " ");
    }
}

static void
read_labels(struct joining *g)
{
    const struct rw_import *b = g->bundle;
    size_t most = 0;

    for (size_t k = 0; k < b->n_controls; k++)
        for (size_t i = 0; i < b->controls[k].n_labels; i++) {
            most++;
            for (const char *c = b->controls[k].labels[i]; *c; c++)
                most += *c == ';';
        }
    g->parts = room(g, &g->scratch, most, sizeof *g->parts);
    g->missing = room(g, g->a, most, sizeof *g->missing);
    for (size_t k = 0; k < b->n_controls && !g->memory; k++)
        for (size_t i = 0; i < b->controls[k].n_labels; i++) {
            const char *ids = ids_of(b->controls[k].labels[i], g->j->standard);

            if (ids)
                take_ids(g, ids, k);
        }
}

/* ---- what follows from them ---- */

static int
by_part(const void *a, const void *b)
{
    const struct part *x = a, *y = b;

    if (x->control != y->control)
        return x->control < y->control ? -1 : 1;
    return (x->mitigation > y->mitigation) - (x->mitigation < y->mitigation);
}

/* c covers what any of its mitigations does: marks[i] is set for the threat i, and
 * clear again at the end. */
static void
cover(struct joining *g, struct rw_import_item *c, const struct part *p, size_t n,
    bool marks[])
{
    size_t found = 0;

    for (size_t k = 0; k < n; k++) {
        const struct rw_import_item *m = &g->bundle->controls[p[k].mitigation];

        for (size_t i = 0; i < m->n_covers; i++) {
            found += !marks[m->covers[i]];
            marks[m->covers[i]] = true;
        }
    }
    c->covers = room(g, g->a, found, sizeof *c->covers);
    for (size_t i = 0; i < g->x->n_threats && c->covers; i++) {
        if (!marks[i])
            continue;
        marks[i] = false;
        c->covers[c->n_covers++] = i;
        g->x->threats[i].n_covered++;
    }
}

static void
cover_all(struct joining *g)
{
    struct rw_import *x = g->x;
    bool *marks = room(g, &g->scratch, g->bundle->n_threats, sizeof *marks);
    size_t next;

    x->threats = room(g, g->a, g->bundle->n_threats, sizeof *x->threats);
    if (g->memory)
        return;
    x->n_threats = g->bundle->n_threats;
    for (size_t i = 0; i < x->n_threats; i++) {
        x->threats[i] = g->bundle->threats[i];
        x->threats[i].n_covered = 0;
    }
    if (g->n_parts > 0)
        qsort(g->parts, g->n_parts, sizeof *g->parts, by_part);
    for (size_t k = 0; k < g->n_parts && !g->memory; k = next) {
        size_t control = g->parts[k].control;

        for (next = k; next < g->n_parts && g->parts[next].control == control;)
            next++;
        cover(g, &x->controls[control], &g->parts[k], next - k, marks);
    }
}

static int
by_word(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In order, each once. */
static size_t
unique(const char *v[], size_t n)
{
    size_t kept = 0;

    if (n > 0)
        qsort(v, n, sizeof *v, by_word);
    for (size_t k = 0; k < n; k++)
        if (kept == 0 || strcmp(v[k], v[kept - 1]) != 0)
            v[kept++] = v[k];
    return kept;
}

/* Which standards the labels are of. */
static enum rw_err
no_label(struct joining *g, struct rw_error *e)
{
    const char *words[RW_IMPORT_WORDS];
    const struct rw_import *b = g->bundle;
    char list[600] = "";
    size_t n = 0, at = 0;

    for (size_t k = 0; k < b->n_controls; k++)
        for (size_t i = 0; i < b->controls[k].n_labels && n < RW_IMPORT_WORDS; i++) {
            const char *gap = strstr(b->controls[k].labels[i], GAP);

            if (gap == NULL)
                continue;
            words[n] = rw_arena_strndup(&g->scratch, b->controls[k].labels[i],
                (size_t)(gap - b->controls[k].labels[i]));
            n += words[n] != NULL;
            n = n == RW_IMPORT_WORDS ? unique(words, n) : n;
        }
    n = unique(words, n);
    for (size_t k = 0; k < n && at < sizeof list; k++)
        at += (size_t)snprintf(
            list + at, sizeof list - at, "%s'%s'", k ? ", " : "", words[k]);
    return rw_error_set(e, RW_ERR_USAGE,
        "no mitigation in '%.200s' has a label of '%.80s'; %s%s", b->file,
        g->j->standard, n > 0 ? "there are labels of " : "none has any", list);
}

enum rw_err
rw_import_join(struct rw_import *x, const struct rw_import *bundle,
    const char *standard, struct rw_arena *a, struct rw_error *e)
{
    struct joining g = {.a = a, .x = x, .bundle = bundle};
    enum rw_err err = RW_OK;

    rw_arena_init(&g.scratch);
    g.j = room(&g, a, 1, sizeof *g.j);
    if (g.j) {
        *g.j = (struct rw_import_join){.bundle = bundle, .standard = standard};
        list_names(&g);
        read_labels(&g);
    }
    if (!g.memory && g.j->named == 0)
        err = no_label(&g, e);
    else if (!g.memory) {
        cover_all(&g);
        g.j->n_missing = unique(g.missing, g.n_missing);
        g.j->missing = g.missing;
        x->join = g.j;
    }
    rw_arena_fini(&g.scratch);
    if (g.memory)
        err =
            rw_error_set(e, RW_ERR_MEMORY, "no memory to join '%.200s'", bundle->file);
    return err;
}
