/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/diag.h -- everything that is wrong with a scenario, for people.
 *
 *   error: probability must be between 0 and 1
 *     --> hospital.json:31:22   at /controls/2/coverage
 *   31 |     "coverage": 1.35,
 *      |                 ^^^^ got 1.35
 *      = help: write 35 % as 0.35 or "35%"
 *
 * A diagnostic is begun by rw_diag_add and completed by the calls after it.
 * All are counted, the first RW_DIAGS_KEPT kept, and the first
 * RW_DIAGS_SHOWN of those shown in the order of the text.
 *
 * Whatever comes from the scenario is made safe to print: control characters
 * and those that turn or hide text become U+FFFD, long texts are cut.
 *
 * Floor: read (uses base).  Threads: one list, one thread.
 */
#ifndef RW_READ_DIAG_H
#define RW_READ_DIAG_H

#include "base/arena.h"
#include "base/text.h"
#include "read/span.h"

#include <stdbool.h>

enum { RW_DIAGS_SHOWN = 20, RW_DIAGS_KEPT = 64, RW_DIAG_PARTS = 2 };

struct rw_diag_part {
    struct rw_span span;
    const char *pointer; /* "" none */
    const char *label;   /* "" none */
};

struct rw_diag {
    const char *message, *help; /* help: "" none */
    struct rw_diag_part parts[RW_DIAG_PARTS];
    int n_parts;
    size_t number; /* in the order of finding */
};

struct rw_diags {
    struct rw_arena arena; /* texts of the diagnostics */
    struct rw_diag kept[RW_DIAGS_KEPT];
    size_t n, total; /* kept, found */
    bool failed;     /* memory out  */
};

void rw_diags_init(struct rw_diags *d);
void rw_diags_fini(struct rw_diags *d);

/* No further diagnostic will be kept: hints need not be looked for. */
bool rw_diags_full(const struct rw_diags *d);

/* Begins a diagnostic about span. */
void rw_diag_add(struct rw_diags *d, const struct rw_span *span, const char *pointer,
    const char *fmt, ...) RW_PRINTF(4, 5);
/* The remark behind the carets of the last place given. */
void rw_diag_label(struct rw_diags *d, const char *fmt, ...) RW_PRINTF(2, 3);
/* A second place, e.g. of the first of two equal ids. */
void rw_diag_also(struct rw_diags *d, const struct rw_span *span, const char *pointer);
void rw_diag_help(struct rw_diags *d, const char *fmt, ...) RW_PRINTF(2, 3);

/* s cut to a length that fits a message; lives as long as the list. */
const char *rw_diag_shown(struct rw_diags *d, const char *s);

/* Appends all that is to be shown, and how many errors there are. */
void rw_diags_render(struct rw_diags *d, const char *file, struct rw_text *out);

/* The lines "31 | source" and "   | ^^^^ label" with the span's carets; width
 * is that of the line numbers. */
void rw_snippet_add(
    struct rw_text *out, const struct rw_span *span, int width, const char *label);

/* s[n] made safe to print on one line. */
void rw_safe_add(struct rw_text *out, const char *s, size_t n);

/* Appends "/key" to a JSON pointer, with ~ and / escaped (RFC 6901). */
void rw_pointer_add(struct rw_text *t, const char *key, size_t n);

#endif
