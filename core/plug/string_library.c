/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/string_library.c -- string.rep, find and format with bounds. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem: linear time */
#endif
#include "plug/library.h"
#include "plug/sandbox.h"

#include <lauxlib.h>

#include <string.h>

static int
string_rep(lua_State *L)
{
    size_t n, between, total;
    const char *s = luaL_checklstring(L, 1, &n);
    lua_Integer times = luaL_checkinteger(L, 2);
    const char *sep = luaL_optlstring(L, 3, "", &between);
    luaL_Buffer b;
    char *out;

    if (times <= 0 || n + between == 0) {
        lua_pushstring(L, "");
        return 1;
    }
    if ((lua_Unsigned)times > RW_LIBRARY_STRING / (n + between) + 1 ||
        (total = n * (size_t)times + between * ((size_t)times - 1)) > RW_LIBRARY_STRING)
        return luaL_error(
            L, "string.rep would make more than %d bytes", (int)RW_LIBRARY_STRING);
    rw_sandbox_charge(L, (uint64_t)times + total / 16);
    out = luaL_buffinitsize(L, &b, total);
    for (lua_Integer i = 0; i < times; i++) {
        if (i > 0 && between > 0) {
            memcpy(out, sep, between);
            out += between;
        }
        if (n > 0)
            memcpy(out, s, n);
        out += n;
    }
    luaL_pushresultsize(&b, total);
    return 1;
}

/* Plain text only.  A text with magic characters must say that it is meant
 * as it stands, so that no pattern is silently taken for one. */
static int
string_find(lua_State *L)
{
    size_t n, m;
    const char *s = luaL_checklstring(L, 1, &n), *sub = luaL_checklstring(L, 2, &m),
               *at;
    lua_Integer init = luaL_optinteger(L, 3, 1);
    size_t from;

    if (!lua_toboolean(L, 4) && strpbrk(sub, "^$*+?.([%-"))
        return luaL_error(L, "string.find looks for plain text here, patterns are not "
                             "offered; pass true as its fourth argument");
    if (init < 0)
        init = (lua_Unsigned)-init > n ? 1 : (lua_Integer)n + init + 1;
    from = init > 0 ? (size_t)init - 1 : 0;
    rw_sandbox_charge(L, n / 4);
    at = from > n ? NULL : memmem(s + from, n - from, sub, m);
    if (at == NULL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, (at - s) + 1);
    lua_pushinteger(L, (at - s) + (lua_Integer)m);
    return 2;
}

/* Upvalue 1: Lua's own format, which checks everything else.  Here %s gets
 * the text of our tostring, and %p, which prints an address, is refused. */
static int
string_format(lua_State *L)
{
    const char *p = luaL_checkstring(L, 1);
    int arg = 1, top = lua_gettop(L);

    while ((p = strchr(p, '%')) != NULL) {
        p += 1 + strspn(p + 1, "-+ #0123456789.");
        if (*p == '\0')
            break;
        if (*p != '%')
            arg++;
        if (*p == 'p')
            return luaL_error(L, "string.format offers no %%p: an address is not "
                                 "repeatable");
        if (*p == 's' && arg <= top) {
            rw_library_tostring(L, arg);
            lua_replace(L, arg);
        }
        p++;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, top, 1);
    return 1;
}

void
rw_library_string(lua_State *L)
{
    static const luaL_Reg ours[] = {
        {"find", string_find}, {"rep", string_rep}, {NULL, NULL}};

    luaL_setfuncs(L, ours, 0);
    lua_getfield(L, -1, "format");
    lua_pushcclosure(L, string_format, 1);
    lua_setfield(L, -2, "format");
}
