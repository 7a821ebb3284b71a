/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plugin that a command line names. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

enum { NAMES = 256 };

static enum rw_err
none(const struct rw_catalogue_entry *list, size_t n, const char *name,
    const char *places, struct rw_error *e)
{
    const char *names[NAMES], *near;
    size_t known = n < NAMES ? n : NAMES;

    for (size_t k = 0; k < known; k++)
        names[k] = list[k].name;
    near = rw_nearest_word(name, names, known);
    if (near)
        return rw_error_set(e, RW_ERR_USAGE,
            "there is no plugin '%.80s'; did you mean '%s'?", name, near);
    return rw_error_set(e, RW_ERR_USAGE,
        "there is no plugin '%.80s'; give its path, or see '" RW_PROGRAM
        " plugin list'; %s",
        name, places);
}

/* A file, or all plugins of that name, of any kind; NAME.lua is one of these too,
 * where there is no such file here. */
static enum rw_err
each(struct rw_catalogue *c, const char *name, rw_plugin_action *act,
    struct rw_arena *a, struct rw_text *t, struct rw_error *e)
{
    size_t length = strlen(name), n, found = 0;
    bool lua = length > 4 && strcmp(name + length - 4, ".lua") == 0;
    const struct rw_catalogue_entry *list;
    const struct rw_plugin *plugin;
    enum rw_err err = RW_OK;

    if (strchr(name, '/') || (lua && access(name, F_OK) == 0)) {
        err = rw_catalogue_load_file(c, name, &plugin, e);
        return err == RW_OK ? act(plugin, a, t, e) : err;
    }
    length -= lua ? 4 : 0;
    list = rw_catalogue_list(c, &n);
    for (size_t k = 0; k < n && err == RW_OK; k++) {
        if (strncmp(list[k].name, name, length) != 0 || list[k].name[length] != '\0')
            continue;
        found++;
        if (list[k].plugin == NULL) {
            *e = list[k].error;
            return e->code;
        }
        err = act(list[k].plugin, a, t, e);
    }
    return found > 0 ? err : none(list, n, name, rw_catalogue_places(NULL, a), e);
}

enum rw_err
rw_plugin_named(int argc, char **argv, rw_plugin_action *act, struct rw_error *e)
{
    struct rw_catalogue *catalogue = NULL;
    struct rw_values operands;
    struct rw_arena arena;
    struct rw_text t;
    const char *name;
    enum rw_err err = rw_options_parse(NULL, 0, argc, argv, &operands, e), told;

    if (err == RW_OK)
        err = rw_options_one(&operands, "NAME", &name, e);
    if (err != RW_OK)
        return err;
    rw_arena_init(&arena);
    rw_text_init(&t);
    err = rw_catalogue_open(NULL, &arena, &catalogue, e);
    if (err == RW_OK)
        err = each(catalogue, name, act, &arena, &t, e);
    told = err == RW_OK || err == RW_ERR_VERDICT ? rw_stdout_text(&t, e) : RW_OK;
    rw_text_fini(&t);
    rw_catalogue_free(catalogue);
    rw_arena_fini(&arena);
    return told != RW_OK ? told : err;
}
