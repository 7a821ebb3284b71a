/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/draw.h -- the only randomness a plugin has: methods of its first
 * argument, laid out in plug/border.h.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_DRAW_H
#define RW_PLUG_DRAW_H

#include <lua.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const char *const rw_draw_names[]; /* ends with NULL */

/* [-0, +1 or +0, -]  The function of t:NAME(); false, and nothing is pushed, if there
 * is none. */
bool rw_draw_push(lua_State *L, const char *name);

/* u[i] <- the uniform of draw `at` in future from + i of the call's block, i < n;
 * border: a struct rw_border with a call under way. */
void rw_draw_uniforms(
    const void *border, uint32_t at, size_t from, size_t n, double u[]);

#endif
