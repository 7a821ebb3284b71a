/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/catalogue.h"
#include "base/text.h"
#include "plug/declare.h"
#include "plug/host.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct rw_catalogue {
    struct rw_arena arena;
    struct rw_limits limits;
    struct rw_sampler normal;
    struct rw_catalogue_entry *entries; /* by kind and name */
    size_t n, room;
    const char **names[RW_PLUGIN_KINDS]; /* NULL-terminated */
};

static const char suffix[] = ".lua";

static enum rw_err
no_memory(struct rw_error *e)
{
    return rw_error_set(e, RW_ERR_MEMORY, "no memory for the list of plugins");
}

/* NAME of "NAME.lua", NULL where it is no plugin's. */
static char *
name_of_file(struct rw_arena *a, const char *file)
{
    size_t n = strlen(file), end = sizeof suffix - 1;
    char *name;

    if (n <= end || strcmp(file + n - end, suffix) != 0)
        return NULL;
    name = rw_arena_strndup(a, file, n - end);
    return name && rw_declare_is_name(name) ? name : NULL;
}

static bool
is_known(const struct rw_catalogue *c, enum rw_plugin_kind kind, const char *name)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->entries[i].kind == kind && strcmp(c->entries[i].name, name) == 0)
            return true;
    return false;
}

static enum rw_err
add_entry(struct rw_catalogue *c, enum rw_plugin_kind kind, const char *folder,
    const char *name, struct rw_error *e)
{
    const char *file = rw_arena_printf(&c->arena, "%s/%s%s", folder, name, suffix);

    if (file == NULL)
        return no_memory(e);
    if (c->n == c->room) {
        size_t room = c->room ? 2 * c->room : 32;
        struct rw_catalogue_entry *more = realloc(c->entries, room * sizeof *more);

        if (more == NULL)
            return no_memory(e);
        c->entries = more;
        c->room = room;
    }
    memset(&c->entries[c->n], 0, sizeof c->entries[c->n]);
    c->entries[c->n].kind = kind;
    c->entries[c->n].name = name;
    c->entries[c->n++].file = file;
    return RW_OK;
}

/* Lists FOLDER/KINDs. */
static enum rw_err
scan(struct rw_catalogue *c, const char *top, enum rw_plugin_kind kind,
    struct rw_error *e)
{
    char *folder =
        rw_arena_printf(&c->arena, "%s/%ss", top, rw_plugin_kind_names[kind]);
    enum rw_err err = RW_OK;
    struct dirent *d;
    DIR *dir;

    if (folder == NULL)
        return no_memory(e);
    dir = opendir(folder);
    if (dir == NULL)
        return errno == ENOENT || errno == ENOTDIR
                   ? RW_OK
                   : rw_error_set(e, RW_ERR_IO, "cannot list the folder %s: %s", folder,
                         strerror(errno));
    while (err == RW_OK && (d = readdir(dir)) != NULL) {
        const char *name = name_of_file(&c->arena, d->d_name);

        if (name && !is_known(c, kind, name))
            err = add_entry(c, kind, folder, name, e);
    }
    closedir(dir);
    return err;
}

static int
by_kind_and_name(const void *pa, const void *pb)
{
    const struct rw_catalogue_entry *a = pa, *b = pb;

    return a->kind != b->kind ? (int)a->kind - (int)b->kind : strcmp(a->name, b->name);
}

static enum rw_err
index_names(struct rw_catalogue *c, struct rw_error *e)
{
    if (c->n > 0)
        qsort(c->entries, c->n, sizeof *c->entries, by_kind_and_name);
    for (int kind = 0; kind < RW_PLUGIN_KINDS; kind++) {
        size_t k = 0;

        c->names[kind] = RW_ARENA_NEW(&c->arena, c->n + 1, const char *);
        if (c->names[kind] == NULL)
            return no_memory(e);
        for (size_t i = 0; i < c->n; i++)
            if (c->entries[i].kind == (enum rw_plugin_kind)kind)
                c->names[kind][k++] = c->entries[i].name;
    }
    return RW_OK;
}

static enum rw_err
make_normal(struct rw_catalogue *c, struct rw_error *e)
{
    const struct rw_dist_arg args[] = {{"mean", 0}, {"sd", 1}};
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_make("normal", args, 2, &d, &bad, why))
        return rw_error_set(e, RW_ERR_BUG, "no standard normal: %s", why);
    return rw_sampler_init(&c->normal, &d, &c->arena) ? no_memory(e) : RW_OK;
}

enum rw_err
rw_catalogue_new(const char *const folders[], size_t n, const struct rw_limits *limits,
    struct rw_catalogue **made, struct rw_error *e)
{
    struct rw_catalogue *c = calloc(1, sizeof *c);
    enum rw_err err;

    *made = NULL;
    if (c == NULL)
        return no_memory(e);
    rw_arena_init(&c->arena);
    c->limits = limits ? *limits : rw_limits_default;
    err = make_normal(c, e);
    for (size_t i = 0; i < n && !err; i++)
        for (int kind = 0; kind < RW_PLUGIN_KINDS && !err; kind++)
            err = scan(c, folders[i], (enum rw_plugin_kind)kind, e);
    if (err == RW_OK)
        err = index_names(c, e);
    if (err) {
        rw_catalogue_free(c);
        return err;
    }
    *made = c;
    return RW_OK;
}

void
rw_catalogue_free(struct rw_catalogue *c)
{
    if (c == NULL)
        return;
    rw_arena_fini(&c->arena);
    free(c->entries);
    free(c);
}

static enum rw_err
cannot_read(const char *path, const char *why, struct rw_error *e)
{
    rw_error_set(e, RW_ERR_IO, "cannot read the plugin: %s", why);
    rw_error_place(e, path, 0, 0, NULL);
    return RW_ERR_IO;
}

/* Reads at most RW_SANDBOX_TEXT + 1 bytes, so that too long a file shows. */
static enum rw_err
read_whole(int fd, const char *path, char *to, size_t *n, struct rw_error *e)
{
    *n = 0;
    while (*n <= RW_SANDBOX_TEXT) {
        ssize_t got = read(fd, to + *n, RW_SANDBOX_TEXT + 1 - *n);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannot_read(path, strerror(errno), e);
        if (got == 0)
            break;
        *n += (size_t)got;
    }
    return RW_OK;
}

/* Opens the plain file at path: its folder as it is, its name without
 * following a link, and never waiting for a FIFO. */
static int
open_plain(struct rw_arena *a, const char *path, struct rw_error *e)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *folder = slash ? rw_arena_strndup(a, path, (size_t)(slash - path) + 1)
                         : rw_arena_strdup(a, ".");
    int dir, fd, saved;
    struct stat st;

    if (folder == NULL) {
        no_memory(e);
        return -1;
    }
    dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    fd = dir < 0 ? -1
                 : openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    saved = errno;
    if (dir >= 0)
        close(dir);
    if (fd < 0) {
        cannot_read(path,
            saved == ELOOP ? "it is a link, only plain files are taken"
                           : strerror(saved),
            e);
        return -1;
    }
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        cannot_read(path, "it is not a plain file", e);
        return -1;
    }
    return fd;
}

static enum rw_err
load(struct rw_catalogue *c, const char *path, const struct rw_plugin **plugin,
    struct rw_error *e)
{
    int fd = open_plain(&c->arena, path, e);
    char *buf, *text;
    size_t n = 0;
    enum rw_err err;

    if (fd < 0)
        return e && e->code ? e->code : RW_ERR_IO;
    buf = malloc(RW_SANDBOX_TEXT + 1);
    err = buf ? read_whole(fd, path, buf, &n, e) : no_memory(e);
    close(fd);
    if (err) {
        free(buf);
        return err;
    }
    text = rw_arena_alloc(&c->arena, n + 1, 1);
    if (text)
        memcpy(text, buf, n);
    free(buf);
    if (text == NULL)
        return no_memory(e);
    return rw_host_load(&c->arena, path, text, n, &c->limits, &c->normal, plugin, e);
}

static enum rw_err
not_as_called(const struct rw_plugin *p, const char *what, const char *is,
    const char *wanted, struct rw_error *e)
{
    rw_error_set(e, RW_ERR_PLUGIN, "declares the %s '%s', but its place says '%s'",
        what, is, wanted);
    rw_error_place(e, p->file, 0, 0, NULL);
    return RW_ERR_PLUGIN;
}

static void
load_entry(struct rw_catalogue *c, struct rw_catalogue_entry *entry)
{
    const struct rw_plugin *p;

    if (entry->plugin || entry->error.code)
        return;
    if (load(c, entry->file, &p, &entry->error))
        return;
    if (p->kind != entry->kind)
        not_as_called(p, "kind", rw_plugin_kind_names[p->kind],
            rw_plugin_kind_names[entry->kind], &entry->error);
    else if (strcmp(p->name, entry->name) != 0)
        not_as_called(p, "name", p->name, entry->name, &entry->error);
    else
        entry->plugin = p;
}

static enum rw_err
not_found(const struct rw_catalogue *c, enum rw_plugin_kind kind, const char *name,
    struct rw_error *e)
{
    const char *near;
    size_t n = 0;

    while (c->names[kind][n])
        n++;
    near = rw_nearest_word(name, c->names[kind], n);
    if (near)
        return rw_error_set(e, RW_ERR_INPUT,
            "there is no %s plugin '%s'; did you mean '%s'?",
            rw_plugin_kind_names[kind], name, near);
    return rw_error_set(e, RW_ERR_INPUT,
        "there is no %s plugin '%s' (a file %ss/%s.lua in a folder of plugins)",
        rw_plugin_kind_names[kind], name, rw_plugin_kind_names[kind], name);
}

enum rw_err
rw_catalogue_find(struct rw_catalogue *c, enum rw_plugin_kind kind, const char *name,
    const struct rw_plugin **plugin, struct rw_error *e)
{
    for (size_t i = 0; i < c->n; i++) {
        struct rw_catalogue_entry *entry = &c->entries[i];

        if (entry->kind != kind || strcmp(entry->name, name) != 0)
            continue;
        load_entry(c, entry);
        *plugin = entry->plugin;
        if (entry->error.code && e && e->code == RW_OK)
            *e = entry->error;
        return entry->error.code;
    }
    return not_found(c, kind, name, e);
}

const struct rw_catalogue_entry *
rw_catalogue_list(struct rw_catalogue *c, size_t *n)
{
    for (size_t i = 0; i < c->n; i++)
        load_entry(c, &c->entries[i]);
    *n = c->n;
    return c->entries;
}

enum rw_err
rw_catalogue_load_file(struct rw_catalogue *c, const char *path,
    const struct rw_plugin **plugin, struct rw_error *e)
{
    const char *file = rw_arena_strdup(&c->arena, path), *slash, *name;
    enum rw_err err;

    if (file == NULL)
        return no_memory(e);
    slash = strrchr(file, '/');
    name = name_of_file(&c->arena, slash ? slash + 1 : file);
    err = load(c, file, plugin, e);
    if (err == RW_OK && (name == NULL || strcmp((*plugin)->name, name) != 0))
        return not_as_called(
            *plugin, "name", (*plugin)->name, slash ? slash + 1 : file, e);
    return err;
}

static enum rw_err
finder_find(void *self, enum rw_plugin_kind kind, const char *name,
    const struct rw_plugin **plugin, struct rw_error *e)
{
    return rw_catalogue_find(self, kind, name, plugin, e);
}

static const char *const *
finder_names(void *self, enum rw_plugin_kind kind)
{
    struct rw_catalogue *c = self;

    return c->names[kind];
}

struct rw_plugin_finder
rw_catalogue_finder(struct rw_catalogue *c)
{
    return (struct rw_plugin_finder){finder_find, finder_names, c};
}
