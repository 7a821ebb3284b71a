/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/scan.h -- the state of the prescan, shared by its files:
 * prescan.c (structure), scan_text.c (strings and words), scan_number.c,
 * scan_keys.c (keys that stand twice).
 *
 * The functions that return bool say whether the scan can go on; what was
 * wrong is in the diagnostics by then.
 *
 * Floor: read.  Threads: one scan, one thread.
 */
#ifndef RW_READ_SCAN_H
#define RW_READ_SCAN_H

#include "read/prescan.h"

/* An open object or array. */
struct rw_scan_frame {
    bool object;
    size_t index;     /* of the element under way          */
    size_t open, key; /* marks of it and of the key        */
    size_t first_key; /* of its keys in the stack of keys  */
};

struct rw_scan {
    const struct rw_input *in;
    const unsigned char *s; /* bytes of in */
    size_t n, at;
    int line, col;
    struct rw_marks *marks;
    struct rw_diags *d;
    struct rw_scan_frame stack[RW_JSON_DEPTH];
    int depth;
    uint32_t *keys; /* marks of the keys of all open objects */
    size_t n_keys, cap_keys;
    bool bad;    /* something is no JSON       */
    bool memory; /* out of memory              */
    bool said_comment, said_utf8;
};

/* The byte at the place, -1 at the end. */
static inline int
rw_scan_peek(const struct rw_scan *x)
{
    return x->at < x->n ? x->s[x->at] : -1;
}

/* Passes one character; a byte that belongs to none counts as one. */
void rw_scan_step(struct rw_scan *x);

/* The place here, len bytes long. */
struct rw_span rw_scan_here(const struct rw_scan *x, size_t len);

/* Bytes of the character here. */
size_t rw_scan_char(const struct rw_scan *x);

/* Begins a diagnostic; the text is no JSON. */
void rw_scan_error(struct rw_scan *x, struct rw_span at, const char *fmt, ...)
    RW_PRINTF(3, 4);

/* The JSON pointer of the value under way, kept with the diagnostics. */
const char *rw_scan_pointer(struct rw_scan *x);

/* Puts down a mark of `kind` here; false: no memory or too many. */
bool rw_scan_mark(struct rw_scan *x, enum rw_json kind, bool key);
/* The mark reaches to here. */
void rw_scan_close(struct rw_scan *x, size_t mark);

/* A string, its place behind a mark already put down. */
bool rw_scan_string(struct rw_scan *x);
/* Letters that should be true, false or null. */
bool rw_scan_word(struct rw_scan *x);
bool rw_scan_number(struct rw_scan *x);

/* Notes the key just marked; at the end of its object, names what stands
 * twice. */
bool rw_scan_key(struct rw_scan *x, size_t mark);
void rw_scan_keys_end(struct rw_scan *x, struct rw_scan_frame *f);

/* Value of four hexadecimal digits, -1 where there are none. */
int rw_scan_hex4(const unsigned char *s, size_t n);

#endif
