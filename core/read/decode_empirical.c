/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/decode_empirical.c -- observed values, in the scenario or in a
 * column of a file beside it. */
#include "base/output.h"
#include "base/sha256.h"
#include "num/empirical.h"
#include "read/column.h"
#include "read/decode_dist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHY = 256 };

/* ---- in the scenario ---- */

static bool
decode_values(struct rw_decode *x, const struct rw_node *list,
    const struct rw_measure *q, double v[])
{
    struct rw_measure m = *q;
    bool good = true;

    m.name = "a value";
    for (const struct rw_node *c = list->first; c; c = c->next)
        good = rw_decode_quantity(x, c, &m, &v[c->index]) && good;
    return good;
}

static double *
take_values(struct rw_decode *x, const struct rw_node *list, const struct rw_measure *q,
    size_t *n)
{
    double *v;

    if (list->kind != RW_JSON_ARRAY || list->n == 0) {
        if (list->kind != RW_JSON_ARRAY)
            rw_decode_wrong_kind(x, list, "values", "a list of what was observed");
        else
            rw_decode_wrong(x, list, "values must hold one value or more");
        return NULL;
    }
    *n = list->n;
    v = RW_DECODE_NEW(x, list->n, double);
    return v && decode_values(x, list, q, v) ? v : NULL;
}

/* ---- in a file ---- */

/* Beside the scenario, unless the name begins with '/'. */
static const char *
path_of(struct rw_decode *x, const char *name)
{
    const char *slash = strrchr(x->m->file, '/');
    char *path = NULL;

    if (name[0] == '/' || slash == NULL)
        return rw_decode_copy(x, name);
    path =
        rw_arena_printf(x->a, "%.*s/%s", (int)(slash - x->m->file), x->m->file, name);
    x->memory = x->memory || path == NULL;
    return path ? path : "";
}

/* The file and its hash among the model's, once. */
static void
note_file(struct rw_decode *x, const char *name, const char *bytes, size_t n)
{
    struct rw_data **link = &x->m->data;
    struct rw_data *data;
    char hex[RW_SHA256_HEX];

    for (; *link; link = &(*link)->next)
        if (strcmp((*link)->file, name) == 0)
            return;
    data = RW_DECODE_NEW(x, 1, struct rw_data);
    if (data == NULL)
        return;
    rw_sha256_hex(bytes, n, hex);
    data->file = rw_decode_copy(x, name);
    data->sha256 = rw_decode_copy(x, hex);
    *link = data;
}

/* A cell as a quantity: what is a number counts as one, else as a text with a
 * unit. */
static bool
cell_value(const struct rw_measure *q, const char *s, double *to, char why[WHY])
{
    double v;

    if (rw_unit_parse(s, RW_UNIT_PLAIN, NULL, &v, why, WHY) == RW_OK) {
        *to = v * q->plain;
        return true;
    }
    if (q->unit == RW_UNIT_PLAIN ||
        rw_unit_parse(s, q->unit, q->currency, &v, why, WHY) != RW_OK)
        return false;
    *to = v * q->scale;
    return true;
}

/* Values below the key's least count as it where a floor says so, here or in a
 * law that this one is a part of. */
static bool
has_floor(const struct rw_node *node)
{
    for (; node; node = node->parent)
        if (rw_node_get(node, "floor") != NULL)
            return true;
    return false;
}

/* Reports a cell that is no value, by its line and column. */
static void
wrong_cell(struct rw_decode *x, const struct rw_node *column, const char *file,
    const struct rw_cell *c, const char *why)
{
    if (c->text[0] == '\0')
        rw_decode_wrong(x, column, "%s line %zu: the cell of column '%s' is empty",
            rw_diag_shown(x->d, file), c->line, rw_diag_shown(x->d, column->text));
    else
        rw_decode_wrong(x, column, "%s line %zu, column '%s': '%s' is no value: %s",
            rw_diag_shown(x->d, file), c->line, rw_diag_shown(x->d, column->text),
            rw_diag_shown(x->d, c->text), why);
}

/* v[] from the cells; the first ones that are none are reported, with the number
 * of others. */
static bool
cell_values(struct rw_decode *x, const struct rw_node *column,
    const struct rw_measure *q, const char *file, const struct rw_cell cells[],
    size_t n, double v[])
{
    enum { TOLD = 5 };
    bool floored = has_floor(column->parent);
    char why[WHY], least[RW_NUMBER_MAX];
    size_t bad = 0;

    for (size_t i = 0; i < n; i++) {
        bool good = cell_value(q, cells[i].text, &v[i], why);

        if (good && v[i] < q->min && !floored) {
            snprintf(why, sizeof why, "%s must be at least %s", q->name,
                rw_number_print(least, q->min));
            good = false;
        }
        if (!good && bad++ < TOLD)
            wrong_cell(x, column, file, &cells[i], why);
    }
    if (bad > TOLD)
        rw_diag_label(x->d, "and %zu more of its %zu cells", bad - TOLD, n);
    return bad == 0;
}

static double *
values_of(struct rw_decode *x, const struct rw_node *file, const struct rw_node *column,
    const struct rw_measure *q, const char *bytes, size_t n_bytes, size_t *n)
{
    char why[RW_COLUMN_WHY];
    struct rw_arena table;
    struct rw_cell *cells;
    double *v = NULL;
    enum rw_err err;

    rw_arena_init(&table);
    err = rw_column_read(bytes, n_bytes, column->text, &table, &cells, n, why);
    if (err == RW_ERR_INPUT)
        rw_decode_wrong(x, column, "%s: %s", rw_diag_shown(x->d, file->text), why);
    else if (err != RW_OK)
        x->memory = true;
    else if (*n == 0)
        rw_decode_wrong(x, column,
            "%s has no line below that with the names of its "
            "columns",
            rw_diag_shown(x->d, file->text));
    else if ((v = RW_DECODE_NEW(x, *n, double)) != NULL &&
             !cell_values(x, column, q, file->text, cells, *n, v))
        v = NULL;
    rw_arena_fini(&table);
    return v;
}

static double *
take_column(struct rw_decode *x, const struct rw_node *node, const struct rw_node *file,
    const struct rw_measure *q, size_t *n)
{
    const struct rw_node *column = rw_node_get(node, "column");
    struct rw_error refused;
    char *bytes;
    double *v;
    size_t n_bytes;
    enum rw_err err;

    if (column == NULL)
        rw_decode_missing(x, node, "empirical distribution", "column", NULL);
    else if (column->kind != RW_JSON_STRING)
        rw_decode_wrong_kind(x, column, "column", "the name of a column in the file");
    if (file->kind != RW_JSON_STRING)
        rw_decode_wrong_kind(x, file, "file", "the name of a file");
    if (column == NULL || column->kind != RW_JSON_STRING ||
        file->kind != RW_JSON_STRING)
        return NULL;
    rw_error_clear(&refused);
    err = rw_file_read(
        path_of(x, file->text), RW_COLUMN_BYTES, &bytes, &n_bytes, &refused);
    if (err != RW_OK) {
        rw_decode_wrong(x, file, "%s", refused.text);
        rw_diag_help(x->d, "a file is looked for in the folder of the scenario");
        return NULL;
    }
    note_file(x, file->text, bytes, n_bytes);
    v = values_of(x, file, column, q, bytes, n_bytes, n);
    free(bytes);
    return v;
}

bool
rw_decode_empirical(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const struct rw_outer *outer, struct rw_dist *to)
{
    const struct rw_node *list = rw_node_get(node, "values");
    const struct rw_node *file = rw_node_get(node, "file");
    const struct rw_node *column = rw_node_get(node, "column");
    double *v;
    size_t n;

    (void)outer;
    if (list && (file || column)) {
        rw_decode_conflict(x, list, file ? file : column,
            "an empirical distribution has its values here or in a file");
        return false;
    }
    if (list == NULL && file == NULL) {
        rw_decode_missing(x, node, "empirical distribution", column ? "file" : "values",
            "such as \"values\": [1200, 3400], or \"file\": "
            "\"losses.csv\" with \"column\": \"loss\"");
        return false;
    }
    v = list ? take_values(x, list, q, &n) : take_column(x, node, file, q, &n);
    if (v == NULL)
        return false;
    if (rw_empirical_make(v, n, x->a, to) != RW_OK) {
        x->memory = true;
        return false;
    }
    return true;
}
