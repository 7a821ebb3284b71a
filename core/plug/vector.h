/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/vector.h -- one number per future of the block, as one Lua value.
 *
 *   + - * / ^  unary -          element by element, numbers broadcast
 *   vec.lt le gt ge eq ne       masks of 0 and 1
 *   vec.where(mask, a, b)       a where the mask is not 0, else b
 *   vec.min max (any number)    vec.clamp(x, low, high)
 *   vec.exp log pow sqrt abs floor
 *   vec.sum cumsum (list)       over a list of values, from its first on
 *   vec.pick(index, list)       in each future the value of that number
 *
 * With numbers alone the result is a number.  NaN in gives NaN out, in min
 * and max too.  No function joins futures: a result of one future may depend
 * on that future alone, or blocks of another size would give other numbers.
 *
 * A vector is {node, generation}: a place on the tape of its call (plug/tape.h), not
 * its elements, which nobody has computed yet.  One that is kept beyond its call is
 * refused by its generation.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_VECTOR_H
#define RW_PLUG_VECTOR_H

#include "plug/tape.h"

#include <lua.h>

/* [-0, +1, e]  The row of that number, which has that unit, as a vector. */
void rw_vector_push_row(lua_State *L, uint32_t row, struct rw_dimension unit);

/* [-0, +1, e]  A number or a node of this call. */
void rw_vector_push(lua_State *L, struct rw_term x);

/* [-0, +0, e]  Reads the number or vector at `at`; `what` names it in the error. */
struct rw_term rw_vector_operand(lua_State *L, int at, const char *what);

/* [-0, +1, e]  Uniforms of draw `at` of this call. */
struct rw_term rw_vector_draw(lua_State *L, uint32_t at);

/* [-0, +1, e]  op of its operands, recorded with `with`; a number if all are. */
struct rw_term rw_vector_apply(lua_State *L, const struct rw_operation *op,
    const void *with, struct rw_term x, struct rw_term y, struct rw_term z);

/* [-0, +1, e]  The library table. */
void rw_vector_open(lua_State *L);

/* [-0, +0, e]  Adds the functions of lists to the library table on the top. */
void rw_vector_lists(lua_State *L);

#endif
