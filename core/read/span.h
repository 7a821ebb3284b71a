/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/span.h -- a text that was read, and a piece of it.
 *
 * Lines and columns count from 1; columns count characters (code points),
 * not bytes.  CR, LF and CR LF each end one line.
 *
 * Floor: read.  Threads: constants once made.
 */
#ifndef RW_READ_SPAN_H
#define RW_READ_SPAN_H

#include <stddef.h>

/* A scenario file, or one --set argument. */
struct rw_input {
    const char *name;  /* as shown in messages               */
    const char *bytes; /* n of them and a NUL behind         */
    size_t n;
    int rank; /* order of diagnostics: the file first        */
};

struct rw_span {
    const struct rw_input *in;
    size_t at, len; /* bytes */
    int line, col;
};

#endif
