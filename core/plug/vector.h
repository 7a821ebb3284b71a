/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/vector.h -- one number per future of the block, as one Lua value.
 *
 *   + - * / ^  unary -          element by element, numbers broadcast
 *   vec.lt le gt ge eq ne       masks of 0 and 1
 *   vec.where(mask, a, b)       a where the mask is not 0, else b
 *   vec.min max (any number)    vec.clamp(x, low, high)
 *   vec.exp log pow sqrt abs floor
 *
 * With numbers alone the result is a number.  NaN in gives NaN out, in min
 * and max too.  No function joins futures: a result of one future may depend
 * on that future alone, or blocks of another size would give other numbers.
 *
 * A vector is {x, n, generation}.  Its elements never change once made, so
 * rows are shared freely; temporaries live in rows that the next call takes
 * back, and a vector kept beyond its call is refused by its generation.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_VECTOR_H
#define RW_PLUG_VECTOR_H

#include "base/err.h"

#include <lua.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows for temporaries; they are made as needed and kept. */
struct rw_vectors {
    size_t n;            /* elements of this call's vectors; 0: no call   */
    size_t used, most;   /* rows                                          */
    uint64_t generation; /* number of the call                            */
    size_t stride;       /* elements a row has room for                   */
    double **chunks;
    size_t n_chunks;
};

void rw_vectors_fini(struct rw_vectors *v);

/* Takes all rows back for a call with n elements and at most `most` rows. */
void rw_vectors_begin(struct rw_vectors *v, size_t n, size_t most);
void rw_vectors_end(struct rw_vectors *v);

/* [-0, +0, e]  A row of this call, shape (n), unset. */
double *rw_vectors_row(lua_State *L);

/* [-0, +1, e]  x, shape (n), as a vector.  It may change before the call
 * ends (a state, a result): what keeps it must copy it. */
void rw_vector_push(lua_State *L, const double *x, bool changes);

/* A number or a vector. */
struct rw_operand {
    const double *x; /* shape (n); NULL: the number */
    double number;
    bool changes;
};

/* [-0, +0, e]  Reads the value at `at`; `what` names it in the error. */
struct rw_operand rw_vector_operand(lua_State *L, int at, const char *what);

/* [-0, +1, e]  The library table. */
void rw_vector_open(lua_State *L);

#endif
