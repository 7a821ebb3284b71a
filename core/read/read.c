/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/read.h"

#include "base/output.h"
#include "base/sha256.h"
#include "read/decode.h"
#include "read/set.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STDIN_CHUNK = 65536 };

static enum rw_err
no_memory(struct rw_error *e, const char *name)
{
    return rw_error_set(e, RW_ERR_MEMORY, "no memory to read '%s'", name);
}

/* The model as far as it is known without the text. */
static struct rw_model *
begin_model(struct rw_arena *a, const char *name, const char *bytes, size_t n)
{
    struct rw_model *m = RW_ARENA_NEW(a, 1, struct rw_model);
    char hex[RW_SHA256_HEX];

    if (m == NULL)
        return NULL;
    rw_sha256_hex(bytes, n, hex);
    m->file = rw_arena_strdup(a, name);
    m->sha256 = rw_arena_strdup(a, hex);
    return m->file && m->sha256 ? m : NULL;
}

static enum rw_err
decode(struct rw_decode *x, const struct rw_input *in, const struct rw_read_set sets[],
    size_t n_sets, struct rw_arena *tree, struct rw_error *e)
{
    struct rw_node *root;
    enum rw_err err = rw_node_parse(in, 0, tree, x->d, &root, e);

    for (size_t i = 0; i < n_sets && err == RW_OK; i++)
        err = rw_set_apply(&sets[i], (int)i + 1, tree, x->d, root, e);
    if (err != RW_OK)
        return err;
    rw_decode_scenario(x, root);
    if (x->memory || x->d->failed)
        return no_memory(e, in->name);
    return RW_OK;
}

/* in->bytes end with a NUL behind n. */
static enum rw_err
read_input(const struct rw_input *in, const struct rw_read_set sets[], size_t n_sets,
    const struct rw_plugin_finder *plugins, struct rw_arena *a, struct rw_model *m,
    struct rw_text *report, struct rw_error *e)
{
    struct rw_diags d;
    struct rw_error plugin_error;
    struct rw_decode x = {
        .a = a, .d = &d, .plugins = plugins, .m = m, .e = &plugin_error};
    struct rw_arena tree;
    enum rw_err err;

    rw_diags_init(&d);
    rw_arena_init(&tree);
    err = decode(&x, in, sets, n_sets, &tree, e);
    if (d.total > x.broken && (err == RW_OK || err == RW_ERR_INPUT)) {
        rw_diags_render(&d, in->name, report);
        err = report->failed ? no_memory(e, in->name) : RW_ERR_INPUT;
    } else if (err == RW_OK && x.plugin_err != RW_OK) {
        err = x.plugin_err;
        if (e)
            *e = plugin_error;
    }
    rw_arena_fini(&tree);
    rw_diags_fini(&d);
    return err;
}

enum rw_err
rw_read_scenario_bytes(const char *name, const char *bytes, size_t n,
    const struct rw_read_set sets[], size_t n_sets,
    const struct rw_plugin_finder *plugins, struct rw_arena *a, struct rw_model **m,
    struct rw_text *report, struct rw_error *e)
{
    struct rw_input in = {.n = n};
    char *copy = malloc(n + 1);
    enum rw_err err;

    rw_text_init(report);
    *m = begin_model(a, name, bytes, n);
    if (copy == NULL || *m == NULL) {
        free(copy);
        return no_memory(e, name);
    }
    if (n > 0)
        memcpy(copy, bytes, n);
    copy[n] = '\0';
    in.name = (*m)->file; /* places in the model keep it */
    in.bytes = copy;
    err = read_input(&in, sets, n_sets, plugins, a, *m, report, e);
    free(copy);
    return err;
}

/* All of standard input, which may be a pipe. */
static enum rw_err
read_stdin(char **bytes, size_t *n, struct rw_error *e)
{
    struct rw_text t;
    char chunk[STDIN_CHUNK];
    ssize_t k = 1;

    rw_text_init(&t);
    while (k != 0 && !t.failed && t.len <= RW_JSON_BYTES) {
        k = read(STDIN_FILENO, chunk, sizeof chunk);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0) {
            rw_text_fini(&t);
            return rw_error_set(
                e, RW_ERR_IO, "cannot read standard input: %s", strerror(errno));
        }
        rw_text_addn(&t, chunk, (size_t)k);
    }
    if (t.failed) {
        rw_text_fini(&t);
        return no_memory(e, "standard input");
    }
    *bytes = t.s;
    *n = t.len;
    return RW_OK;
}

enum rw_err
rw_read_scenario(const char *file, const struct rw_read_set sets[], size_t n_sets,
    const struct rw_plugin_finder *plugins, struct rw_arena *a, struct rw_model **m,
    struct rw_text *report, struct rw_error *e)
{
    bool standard = strcmp(file, "-") == 0;
    struct rw_error refused;
    char *bytes;
    size_t n;
    enum rw_err err;

    rw_text_init(report);
    rw_error_clear(&refused);
    err = standard ? read_stdin(&bytes, &n, &refused)
                   : rw_file_read(file, RW_JSON_BYTES, &bytes, &n, &refused);
    if (err == RW_ERR_INPUT) {
        rw_text_addf(report, "error: ");
        rw_safe_add(report, refused.text, strlen(refused.text));
        rw_text_add(report, "\n");
        return err;
    }
    if (err != RW_OK) {
        if (e && e->code == RW_OK)
            *e = refused;
        return err;
    }
    err = rw_read_scenario_bytes(
        standard ? "stdin" : file, bytes, n, sets, n_sets, plugins, a, m, report, e);
    free(bytes);
    return err;
}
