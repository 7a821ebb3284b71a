/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/prescan.h -- a strict look over the bytes of a JSON text.
 *
 * Grammar: RFC 8259, and beyond it: UTF-8 without a byte order mark, no
 * U+0000 and no lone surrogate even as an escape, numbers that a double
 * holds (finite, not underflowing, at most 63 characters), no key twice in
 * one object, at most RW_JSON_DEPTH levels, RW_JSON_MARKS keys and values,
 * and RW_JSON_BYTES bytes.  What it accepts, cJSON accepts and reads as the
 * same tree; cJSON alone would accept far more and tell no line.
 *
 * Floor: read (uses base).  Threads: pure.
 */
#ifndef RW_READ_PRESCAN_H
#define RW_READ_PRESCAN_H

#include "base/err.h"
#include "read/diag.h"

#include <stdint.h>

enum {
    RW_JSON_DEPTH = 64,
    RW_JSON_MARKS = 1 << 21,
    RW_JSON_BYTES = 64 << 20,
    RW_JSON_NUMBER = 63
};

enum rw_json {
    RW_JSON_NULL,
    RW_JSON_FALSE,
    RW_JSON_TRUE,
    RW_JSON_NUMERIC,
    RW_JSON_STRING,
    RW_JSON_ARRAY,
    RW_JSON_OBJECT
};

/* A key or value, where it stands. */
struct rw_mark {
    uint32_t at, len; /* bytes; strings with their quotes */
    int line, col;
    unsigned char kind; /* enum rw_json */
    bool key;
};

/* In document order: every key is followed by its value. */
struct rw_marks {
    struct rw_mark *v;
    size_t n, cap;
};

void rw_marks_init(struct rw_marks *m);
void rw_marks_fini(struct rw_marks *m);

/* Scans in->bytes from byte `from` (an argument's value behind its path) to
 * the end.  RW_OK: it is JSON; *marks holds the places, and keys that stand
 * twice are in *d.  RW_ERR_INPUT: *d says why not.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_prescan(
    const struct rw_input *in, size_t from, struct rw_marks *marks, struct rw_diags *d);

struct rw_span rw_mark_span(const struct rw_input *in, const struct rw_mark *m);

#endif
