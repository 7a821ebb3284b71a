/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/writer.h -- JSON text, written member by member.
 *
 * Laid out so that differences read well: one member or element a line with
 * one space of indent per level; what is opened with `line` stands on one
 * line as a whole.  Numbers print shortest-round-trip (base/text.h), so the
 * same values give the same bytes.
 *
 * Floor: out.  Threads: one writer, one thread.
 */
#ifndef RW_OUT_WRITER_H
#define RW_OUT_WRITER_H

#include "base/text.h"

#include <stdint.h>

enum { RW_WRITER_DEPTH = 32 };

/* text.failed says at the end whether memory ran out. */
struct rw_writer {
    struct rw_text text;
    unsigned depth;
    unsigned line;                /* depth from which all stands on one line; 0: none */
    bool filled[RW_WRITER_DEPTH]; /* something stands at this level    */
    char close[RW_WRITER_DEPTH];
};

void rw_writer_init(struct rw_writer *w);
void rw_writer_fini(struct rw_writer *w);

/* key NULL: an element of an array, or the document itself. */
void rw_writer_object(struct rw_writer *w, const char *key, bool line);
void rw_writer_array(struct rw_writer *w, const char *key, bool line);
void rw_writer_end(struct rw_writer *w); /* of the last one opened */
void rw_writer_number(struct rw_writer *w, const char *key, double x);
void rw_writer_count(struct rw_writer *w, const char *key, uint64_t x);
void rw_writer_flag(struct rw_writer *w, const char *key, bool x);
void rw_writer_string(struct rw_writer *w, const char *key, const char *s);

/* Appends the finished document to *t and releases the writer.
 * RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_writer_hand_over(
    struct rw_writer *w, struct rw_text *t, struct rw_error *e);

#endif
