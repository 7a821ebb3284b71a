/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/record.h -- files of numbers that appear whole or not at all, and
 * that know when they are damaged.
 *
 *   8 bytes     what kind of file it is
 *   ...         whole numbers of 8 bytes, doubles by their bits, texts behind
 *               their length; little-endian on every machine
 *   32 bytes    SHA-256 of all before
 *
 * Both ways go through a small buffer, so that nothing is held twice, and keep
 * their first error: who reads or writes asks once, at the end.
 *
 * Floor: base.  Threads: one record, one thread.
 */
#ifndef RW_BASE_RECORD_H
#define RW_BASE_RECORD_H

#include "base/output.h"
#include "base/sha256.h"

#include <stdint.h>

enum { RW_RECORD_KIND = 8, RW_RECORD_BUFFER = 1 << 16 };

struct rw_record {
    struct rw_file file; /* when it is written */
    int fd;              /* when it is read    */
    const char *path;    /* the caller's       */
    struct rw_sha256 sum;
    struct rw_error error; /* the first one; code RW_OK: none */
    uint64_t left;         /* to be read, without the sum      */
    size_t at, filled;     /* in the buffer */
    unsigned char buffer[RW_RECORD_BUFFER];
};

/* Begins a file of that kind, a name of RW_RECORD_KIND bytes; again: as of rw_file. */
void rw_record_begin(
    struct rw_record *r, const char *path, const char *kind, bool again);
void rw_record_put(struct rw_record *r, uint64_t x);
void rw_record_put_double(struct rw_record *r, double x);
void rw_record_put_doubles(struct rw_record *r, const double x[], size_t n);
void rw_record_put_text(struct rw_record *r, const char *s);
/* Puts it in its place; else it is gone, and *e has the first error of all. */
RW_MUST_CHECK enum rw_err rw_record_commit(struct rw_record *r, struct rw_error *e);

/* Opens one to be read.  RW_ERR_IO; RW_ERR_INPUT: not of that kind, or shorter than
 * any. */
RW_MUST_CHECK enum rw_err rw_record_open(
    struct rw_record *r, const char *path, const char *kind, struct rw_error *e);
/* 0 behind the end, and after an error. */
uint64_t rw_record_get(struct rw_record *r);
double rw_record_get_double(struct rw_record *r);
void rw_record_get_doubles(struct rw_record *r, double x[], size_t n);
/* A text of at most `most` bytes, malloc'ed; NULL behind the end, or without memory. */
char *rw_record_get_text(struct rw_record *r, size_t most);
/* Bytes that are still to be read. */
uint64_t rw_record_left(const struct rw_record *r);
/* Notes an error of what was read, unless there is one. */
void rw_record_bad(struct rw_record *r, const char *why);
/* Reads what is left and closes.  RW_ERR_INPUT: its sum is another, or so rw_record_bad
 * said; RW_ERR_IO, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_record_close(struct rw_record *r, struct rw_error *e);

/* Reads all of it once: whether it is of that kind and undamaged. */
RW_MUST_CHECK enum rw_err rw_record_check(
    const char *path, const char *kind, struct rw_error *e);

#endif
