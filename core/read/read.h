/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/read.h -- from a scenario file to the stated part of a model.
 *
 * docs/scenarios.md is the reference of the format.  The reader is strict:
 * nothing is dropped, repaired or guessed, and everything that is wrong is
 * told at once, each with its place, its line and what would be right.
 *
 * Floor: read (uses model and cJSON).  Threads: one reading at a time in a
 * process, because cJSON writes a static while it parses.
 */
#ifndef RW_READ_READ_H
#define RW_READ_READ_H

#include "base/text.h"
#include "model/model.h"

/* --set PATH=VALUE: replaces a value, or adds a key to an object there is.
 * PATH is a JSON pointer (/simulation/trials) or dotted (simulation.trials,
 * threats.phish.frequency); elements of lists go by number from 0, by id or
 * by name.  VALUE is JSON; what is no JSON counts as a text. */
struct rw_read_set {
    const char *path, *value;
};

/* Reads a file ("-": standard input), applies the sets in order, and decodes
 * it.  *m lives in the arena with its stated part filled, as rw_model_build
 * wants it.
 *
 * RW_ERR_INPUT: *report (initialised here, the caller releases it) holds every
 * diagnostic as text ending with a line of their number; e is as it was.
 * RW_ERR_IO, RW_ERR_MEMORY, RW_ERR_BUG, and RW_ERR_PLUGIN where a named plugin
 * does not load: e. */
RW_MUST_CHECK enum rw_err rw_read_scenario(const char *file,
    const struct rw_read_set sets[], size_t n_sets,
    const struct rw_plugin_finder *plugins, struct rw_arena *a, struct rw_model **m,
    struct rw_text *report, struct rw_error *e);

/* The same from bytes; name stands for the file in messages and results. */
RW_MUST_CHECK enum rw_err rw_read_scenario_bytes(const char *name, const char *bytes,
    size_t n, const struct rw_read_set sets[], size_t n_sets,
    const struct rw_plugin_finder *plugins, struct rw_arena *a, struct rw_model **m,
    struct rw_text *report, struct rw_error *e);

#endif
