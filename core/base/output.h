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

/* The same piece by piece, for what is too large to be held twice.  Between begin and
 * commit the bytes stand in a file beside the target: of a name of its own, or, where
 * the file is written `again` and again, TARGET.new, so that a process that was killed
 * leaves no more than one, and locked, so that two processes do not write into it.
 * rw_file_abort removes it; after rw_file_commit, or an error of it, there is nothing
 * to remove. */
struct rw_file {
    const char *path; /* the caller's */
    char target[4096], part[4096 + 16];
    unsigned mode;
    int fd; /* -1: not open */
    size_t n;
};
RW_MUST_CHECK enum rw_err rw_file_begin(
    struct rw_file *f, const char *path, bool again, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_file_add(
    struct rw_file *f, const void *bytes, size_t n, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_file_commit(struct rw_file *f, struct rw_error *e);
void rw_file_abort(struct rw_file *f);

/* Both are there and are one file. */
bool rw_file_same(const char *a, const char *b);

#endif
