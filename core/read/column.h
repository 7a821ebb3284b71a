/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/column.h -- one column of a table in a text file (CSV).
 *
 * The first line names the columns.  Cells are separated by the first of
 * comma, semicolon and tab that the first line has, may stand in double
 * quotes (doubled within: RFC 4180), and lose blanks around them.  Lines end
 * with LF or CR LF, the last one or not; a byte order mark is passed over.
 *
 * Floor: read (uses base).  Threads: pure.
 */
#ifndef RW_READ_COLUMN_H
#define RW_READ_COLUMN_H

#include "base/arena.h"
#include "base/err.h"
#include "read/span.h"

#include <stdbool.h>
#include <stddef.h>

enum { RW_COLUMN_BYTES = 64 << 20, RW_COLUMN_WHY = 512 };

struct rw_cell {
    const char *text; /* "" empty */
    size_t line;      /* of the file, from 1; that of the row where a cell is quoted */
    size_t at, len;   /* its bytes in the file, with quotes and without blanks */
};

/* The cells below the name `column` of bytes[n], in the arena; *n_cells of
 * them.  RW_ERR_INPUT: why[] is a sentence (no header, no such column with
 * those there are, an empty line, one that lacks it or has more cells than the
 * first one has, an open quote, a NUL).  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_column_read(const char *bytes, size_t n,
    const char *column, struct rw_arena *a, struct rw_cell **cells, size_t *n_cells,
    char why[RW_COLUMN_WHY]);

/* The names in the first line, in the arena.  Errors as above. */
RW_MUST_CHECK enum rw_err rw_column_names(const char *bytes, size_t n,
    struct rw_arena *a, const char ***names, size_t *n_names, char why[RW_COLUMN_WHY]);

/* The cell as a place to show; in: the file whose bytes were read. */
struct rw_span rw_cell_span(const struct rw_input *in, const struct rw_cell *c);

#endif
