/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/output.h -- files and folders that appear whole or not at all.
 *
 * A staging folder is made beside the target; files are written there and
 * moved in one by one when all are complete, each by an atomic rename
 * within one file system.  Until rw_output_commit an existing target keeps
 * every old file; afterwards files of the same names are replaced and others
 * stay.  rw_output_abort (or a failed commit) removes the staging folder.
 *
 * Floor: base.  Threads: one output, one thread.
 */
#ifndef RW_BASE_OUTPUT_H
#define RW_BASE_OUTPUT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct rw_output {
    char target[4096];
    char staging[4096]; /* "" : not open */
};

/* Checks that the target can be written and makes the staging folder, so
 * that a bad place is found before anything is simulated. */
RW_MUST_CHECK enum rw_err rw_output_open(
    struct rw_output *o, const char *target, struct rw_error *e);

/* Writes name (one relative path, folders are made) with fsync; short
 * writes, ENOSPC and close errors are reported with the file's name. */
RW_MUST_CHECK enum rw_err rw_output_write(struct rw_output *o, const char *name,
    const char *bytes, size_t n, struct rw_error *e);

RW_MUST_CHECK enum rw_err rw_output_commit(struct rw_output *o, struct rw_error *e);
void rw_output_abort(struct rw_output *o);

/* Reads a regular file of at most max bytes whole; *bytes is malloc'ed and
 * NUL-terminated beyond n.  Folders, devices and FIFOs are refused. */
RW_MUST_CHECK enum rw_err rw_file_read(
    const char *path, size_t max, char **bytes, size_t *n, struct rw_error *e);

/* One file, whole or not at all: written beside the target and moved there.  A
 * file that is replaced keeps its rights, a link goes on leading to it; folders
 * and devices are refused.  RW_ERR_IO; the target is as it was. */
RW_MUST_CHECK enum rw_err rw_file_write(
    const char *path, const char *bytes, size_t n, struct rw_error *e);

/* Both are there and are one file. */
bool rw_file_same(const char *a, const char *b);

#endif
