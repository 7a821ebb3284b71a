/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/catalogue.h -- the plugins that can be found, by kind and name.
 *
 * A folder of plugins holds threats/NAME.lua, controls/NAME.lua and
 * planners/NAME.lua.  Of equal names the first folder's counts.  A file must
 * be a plain one (no link), declare the kind of its folder and the name it is
 * called by.  Folders are listed once, when the catalogue is made; a file is
 * read once, when it is first asked for, so what runs is what was hashed.
 *
 * Floor: plug.  Threads: the catalogue belongs to one thread; the plugins it
 * gave are const and last as long as it does.
 */
#ifndef RW_PLUG_CATALOGUE_H
#define RW_PLUG_CATALOGUE_H

#include "model/hook.h"
#include "plug/sandbox.h"

struct rw_catalogue;

/* A file of the catalogue. */
struct rw_catalogue_entry {
    enum rw_plugin_kind kind;
    const char *name, *file;
    const struct rw_plugin *plugin; /* NULL: not loaded, or error.code is set */
    struct rw_error error;
};

/* Folders that do not exist are passed over.  limits NULL: the defaults.
 * RW_ERR_MEMORY; RW_ERR_IO when a folder exists but cannot be read. */
RW_MUST_CHECK enum rw_err rw_catalogue_new(const char *const folders[], size_t n,
    const struct rw_limits *limits, struct rw_catalogue **c, struct rw_error *e);
void rw_catalogue_free(struct rw_catalogue *c);

/* RW_ERR_INPUT: there is none of that name (with the nearest one);
 * RW_ERR_PLUGIN, RW_ERR_IO: it is there and cannot be loaded. */
RW_MUST_CHECK enum rw_err rw_catalogue_find(struct rw_catalogue *c,
    enum rw_plugin_kind kind, const char *name, const struct rw_plugin **plugin,
    struct rw_error *e);

/* Loads every plugin; entries by kind and name, errors kept in them. */
const struct rw_catalogue_entry *rw_catalogue_list(struct rw_catalogue *c, size_t *n);

/* Loads one file from anywhere; any kind, but the name must be the file's. */
RW_MUST_CHECK enum rw_err rw_catalogue_load_file(struct rw_catalogue *c,
    const char *path, const struct rw_plugin **plugin, struct rw_error *e);

/* The catalogue as the reader wants it. */
struct rw_plugin_finder rw_catalogue_finder(struct rw_catalogue *c);

#endif
