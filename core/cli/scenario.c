/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "run/run.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FOLDERS_MAX = 64 };

struct folders {
    const char *name[FOLDERS_MAX];
    size_t n;
    struct rw_arena *arena;
    bool failed;
};

/* Adds a folder once, however it is spelt. */
static void
add_folder(struct folders *f, const char *name)
{
    char real[PATH_MAX], other[PATH_MAX];
    char *copy;

    if (name[0] == '\0' || f->n == FOLDERS_MAX || realpath(name, real) == NULL)
        return;
    for (size_t k = 0; k < f->n; k++)
        if (realpath(f->name[k], other) && strcmp(real, other) == 0)
            return;
    copy = rw_arena_strdup(f->arena, name);
    f->failed |= copy == NULL;
    if (copy)
        f->name[f->n++] = copy;
}

static void
add_list(struct folders *f, const char *list)
{
    while (list && *list) {
        size_t n = strcspn(list, ":");
        char *one = rw_arena_strndup(f->arena, list, n);

        f->failed |= one == NULL;
        if (one)
            add_folder(f, one);
        list += n + (list[n] == ':');
    }
}

static void
add_beside(struct folders *f, const char *file, const char *below)
{
    const char *slash = strrchr(file, '/');
    int n = slash ? (int)(slash - file) + 1 : 0;
    char *name = rw_arena_printf(f->arena, "%.*s%s", n, file, below);

    f->failed |= name == NULL;
    if (name)
        add_folder(f, name);
}

/* Those of the sources that it was built in, or of the place where it was installed. */
static void
add_own(struct folders *f)
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

    if (n > 0) {
        self[n] = '\0';
        add_beside(f, self, "plugins");
        add_beside(f, self, "../plugins");
        add_beside(f, self, "../share/" RW_PROGRAM "/plugins");
    }
#ifdef RW_PLUGIN_DIR
    add_folder(f, RW_PLUGIN_DIR);
#endif
}

/* All that there are, in the order of the search; scenario may be NULL. */
static struct folders
find_folders(const char *scenario, struct rw_arena *a)
{
    struct folders f = {.n = 0, .arena = a};

    add_list(&f, getenv(RW_PLUGIN_VAR));
    if (scenario && strcmp(scenario, "-") != 0) {
        add_beside(&f, scenario, "plugins");
        add_beside(&f, scenario, "../plugins");
    }
    add_folder(&f, "plugins");
    add_own(&f);
    return f;
}

const char *
rw_catalogue_places(const char *scenario, struct rw_arena *a)
{
    struct folders f = find_folders(scenario, a);
    const char *all = f.n > 0 ? "searched" : "there is no folder to search";

    for (size_t k = 0; all && k < f.n; k++)
        all = rw_arena_printf(a, "%s%s '%s'", all, k ? "," : "", f.name[k]);
    if (all)
        all = rw_arena_printf(
            a, "%s (" RW_PLUGIN_VAR " can name more, parted by ':')", all);
    return all ? all : "no memory to list the folders";
}

enum rw_err
rw_catalogue_open(const char *scenario, struct rw_arena *a, struct rw_catalogue **c,
    struct rw_error *e)
{
    struct folders f = find_folders(scenario, a);

    if (f.failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the list of plugins");
    return rw_catalogue_new(f.name, f.n, NULL, c, e);
}

enum rw_err
rw_settings_parse(const struct rw_values *texts, struct rw_arena *a,
    struct rw_read_set **sets, struct rw_error *e)
{
    struct rw_read_set *list = RW_ARENA_NEW(a, texts->n, struct rw_read_set);

    for (size_t k = 0; list && k < texts->n; k++) {
        const char *text = texts->value[k], *equals = strchr(text, '=');

        if (equals == NULL || equals == text)
            return rw_error_set(
                e, RW_ERR_USAGE, "--set wants PATH=VALUE, not '%.80s'", text);
        list[k].path = rw_arena_strndup(a, text, (size_t)(equals - text));
        list[k].value = equals + 1;
        if (list[k].path == NULL)
            list = NULL;
    }
    *sets = list;
    return list ? RW_OK : rw_error_set(e, RW_ERR_MEMORY, "no memory for --set");
}

enum rw_err
rw_loaded_init(struct rw_loaded *l, const char *file, const struct rw_read_set sets[],
    size_t n_sets, unsigned threads, struct rw_error *e)
{
    struct rw_plugin_finder finder;
    struct rw_text report;
    struct rw_team *team;
    unsigned here = rw_run_processors();
    enum rw_err err;

    memset(l, 0, sizeof *l);
    rw_arena_init(&l->arena);
    err = rw_catalogue_open(file, &l->arena, &l->catalogue, e);
    if (err != RW_OK)
        return err;
    finder = rw_catalogue_finder(l->catalogue);
    rw_text_init(&report);
    err =
        rw_read_scenario(file, sets, n_sets, &finder, &l->arena, &l->model, &report, e);
    if (report.len > 0)
        fputs(report.s, stderr);
    /* the reader knows no folders */
    if (report.len > 0 && strstr(report.s, RW_PROGRAM " plugin list"))
        rw_message("plugins: %s", rw_catalogue_places(file, &l->arena));
    rw_text_fini(&report);
    if (err != RW_OK)
        return err;
    team = rw_team_new(threads > 0 && threads < here ? threads : here);
    err = rw_model_build_by(team, l->model, &l->arena, e);
    rw_team_free(team);
    return err;
}

void
rw_loaded_fini(struct rw_loaded *l)
{
    rw_catalogue_free(l->catalogue);
    rw_arena_fini(&l->arena);
}
