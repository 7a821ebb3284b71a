/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/sandbox.h"
#include "plug/library.h"

#include <lauxlib.h>

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HOOK_COUNT = 100 }; /* instructions between two looks at the clock */

const struct rw_limits rw_limits_default = {
    .bytes = 16u << 20, .instructions = 100000000, .seconds = 5, .rows = 4096};

static atomic_bool interrupted;
static const char chunk_key; /* registry: the compiled main chunk */

void
rw_sandbox_interrupt(bool raised)
{
    atomic_store(&interrupted, raised);
}

bool
rw_sandbox_interrupted(void)
{
    return atomic_load_explicit(&interrupted, memory_order_relaxed);
}

struct rw_sandbox *
rw_sandbox_of(lua_State *L)
{
    struct rw_sandbox *sb;

    memcpy(&sb, lua_getextraspace(L), sizeof sb);
    return sb;
}

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The allocator.  Bytes also count as work: long strings cost time that no
 * instruction shows. */
static void *
allocate(void *self, void *ptr, size_t osize, size_t nsize)
{
    struct rw_sandbox *sb = self;
    size_t old = ptr ? osize : 0; /* osize is a type tag when ptr is NULL */
    void *got;

    if (nsize == 0) {
        free(ptr);
        sb->used -= old;
        return NULL;
    }
    if (nsize > old &&
        (sb->used > sb->limits.bytes || nsize - old > sb->limits.bytes - sb->used))
        return NULL;
    got = realloc(ptr, nsize);
    if (got == NULL) {
        if (nsize <= old)
            return ptr; /* Lua takes it that shrinking cannot fail */
        sb->starved = true;
        return NULL;
    }
    sb->used = sb->used - old + nsize;
    if (sb->used > sb->peak)
        sb->peak = sb->used;
    sb->left -= (int64_t)(nsize / 64);
    return got;
}

static int
panic(lua_State *L)
{
    (void)L;
    rw_bug_abort(__FILE__, __LINE__, "a Lua error outside of a protected call");
}

static const char *
stop_text(const struct rw_sandbox *sb, char *buf, size_t size)
{
    switch (sb->stop) {
    case RW_STOP_INSTRUCTIONS:
        snprintf(buf, size, "ran more than %llu instructions in one call",
            (unsigned long long)sb->limits.instructions);
        break;
    case RW_STOP_TIME:
        snprintf(buf, size, "ran longer than %g s in one call", sb->limits.seconds);
        break;
    case RW_STOP_MEMORY:
        snprintf(buf, size,
            "needs more than %zu KiB of memory; does a table, a text or a recursion "
            "grow "
            "without end?",
            sb->limits.bytes / 1024);
        break;
    default:
        snprintf(buf, size, "interrupted");
        break;
    }
    return buf;
}

static enum rw_stop
reason_to_stop(const struct rw_sandbox *sb)
{
    if (sb->stop != RW_STOP_NONE)
        return sb->stop;
    if (rw_sandbox_interrupted())
        return RW_STOP_INTERRUPT;
    if (sb->left < 0)
        return RW_STOP_INSTRUCTIONS;
    return now() > sb->deadline ? RW_STOP_TIME : RW_STOP_NONE;
}

/* Work in one go that is worth a look at the clock. */
enum { CHARGE_LOOK = 4096 };

static void hook(lua_State *L, lua_Debug *ar);

/* Ends the call: from now on every instruction raises anew. */
static void
check_stop(lua_State *L, int line)
{
    struct rw_sandbox *sb = rw_sandbox_of(L);
    enum rw_stop stop = reason_to_stop(sb);
    char text[128];

    if (stop == RW_STOP_NONE)
        return;
    if (sb->stop == RW_STOP_NONE) {
        sb->stop = stop;
        sb->line = line;
    }
    lua_sethook(L, hook, LUA_MASKCOUNT, 1);
    luaL_error(L, "%s", stop_text(sb, text, sizeof text));
}

static void
hook(lua_State *L, lua_Debug *ar)
{
    lua_getinfo(L, "l", ar);
    rw_sandbox_of(L)->left -= HOOK_COUNT;
    check_stop(L, ar->currentline);
}

void
rw_sandbox_charge(lua_State *L, uint64_t work)
{
    struct rw_sandbox *sb = rw_sandbox_of(L);

    if (work > sb->limits.instructions)
        sb->left = -1;
    else
        sb->left -= (int64_t)work;
    if (sb->left < 0 || work >= CHARGE_LOOK)
        check_stop(L, rw_sandbox_line(L));
}

int
rw_sandbox_line(lua_State *L)
{
    lua_Debug ar;

    for (int level = 0; lua_getstack(L, level, &ar); level++)
        if (lua_getinfo(L, "l", &ar) && ar.currentline > 0)
            return ar.currentline;
    return 0;
}

/* Copies text as far as it fits, with nothing a terminal would act on. */
static void
copy_plain(char *to, size_t size, const char *from, bool lines)
{
    size_t i;

    for (i = 0; i + 1 < size && from[i]; i++) {
        unsigned char c = (unsigned char)from[i];

        if (c == '\n' && lines)
            to[i] = '\n';
        else if (c == '\n' || c == '\t')
            to[i] = ' ';
        else
            to[i] = c < ' ' || c == 0x7f ? '?' : from[i];
    }
    to[i] = '\0';
}

/* Takes "chunk:LINE: " off the front of a message; 0 if it is not there. */
static int
take_place(const struct rw_sandbox *sb, const char **message)
{
    const char *chunk = sb->chunk + 1, *s = *message;
    size_t n = strlen(chunk);
    char *end;
    long line;

    if (n == 0 || strncmp(s, chunk, n) != 0 || s[n] != ':')
        return 0;
    line = strtol(s + n + 1, &end, 10);
    if (end == s + n + 1 || end[0] != ':' || end[1] != ' ' || line <= 0 ||
        line > 1000000)
        return 0;
    *message = end + 2;
    return (int)line;
}

/* Message handler.  No metamethod runs here: __tostring may loop. */
static int
with_traceback(lua_State *L)
{
    struct rw_sandbox *sb = rw_sandbox_of(L);
    int type = lua_type(L, 1), line = rw_sandbox_line(L), told = 0;
    char odd[64];
    const char *message = odd;

    if (type == LUA_TSTRING || type == LUA_TNUMBER)
        message = lua_tostring(L, 1);
    else
        snprintf(odd, sizeof odd, "error() was called with a %s value",
            lua_typename(L, type));
    told = take_place(sb, &message);
    copy_plain(sb->message, sizeof sb->message, message, false);
    if (sb->line == 0 || (sb->stop == RW_STOP_NONE && (told || line)))
        sb->line = told ? told : line;
    if (line) {
        luaL_traceback(L, L, NULL, 1);
        copy_plain(sb->traceback, sizeof sb->traceback, lua_tostring(L, -1), true);
        lua_pop(L, 1);
    }
    return 1;
}

static void
arm(struct rw_sandbox *sb)
{
    sb->left = (int64_t)sb->limits.instructions;
    sb->deadline = now() + sb->limits.seconds;
    sb->stop = RW_STOP_NONE;
    sb->starved = false;
    sb->line = 0;
    sb->message[0] = sb->traceback[0] = '\0';
    lua_sethook(sb->L, hook, LUA_MASKCOUNT, HOOK_COUNT);
}

static enum rw_err
report(struct rw_sandbox *sb, int rc, struct rw_error *e)
{
    enum rw_err code = RW_ERR_PLUGIN;
    char text[128];

    if (rc == LUA_ERRMEM && sb->stop == RW_STOP_NONE)
        sb->stop = RW_STOP_MEMORY;
    if (sb->stop == RW_STOP_INTERRUPT)
        code = RW_ERR_INTERRUPT;
    else if (sb->stop == RW_STOP_MEMORY && sb->starved)
        code = RW_ERR_MEMORY;
    if (code == RW_ERR_MEMORY)
        rw_error_set(e, code, "no memory for its Lua state");
    else if (sb->stop != RW_STOP_NONE)
        rw_error_set(e, code, "%s", stop_text(sb, text, sizeof text));
    else
        rw_error_set(e, code, "%s",
            sb->message[0] ? sb->message : "failed while handling its own error");
    rw_error_place(e, sb->file, sb->line, 0, NULL);
    if (e && e->detail[0] == '\0')
        snprintf(e->detail, sizeof e->detail, "%s", sb->traceback);
    return code;
}

/* [-0, +0]  The one protected call of the host. */
enum rw_err
rw_sandbox_run(struct rw_sandbox *sb, lua_CFunction f, void *arg, struct rw_error *e)
{
    lua_State *L = sb->L;
    enum rw_err code = RW_OK;
    int rc;

    arm(sb);
    lua_pushcfunction(L, with_traceback); /* msgh        */
    lua_pushcfunction(L, f);              /* msgh f      */
    lua_pushlightuserdata(L, arg);        /* msgh f arg  */
    rc = lua_pcall(L, 1, 0, 1);           /* msgh [error] */
    lua_sethook(L, NULL, 0, 0);
    if (rc != LUA_OK)
        code = report(sb, rc, e);
    lua_settop(L, 0);
    return code;
}

static int
set_up(lua_State *L)
{
    rw_library_open(L);
    return 0;
}

enum rw_err
rw_sandbox_init(
    struct rw_sandbox *sb, const struct rw_limits *limits, struct rw_error *e)
{
    enum rw_err err;

    memset(sb, 0, sizeof *sb);
    sb->limits = *limits;
    sb->L = lua_newstate(allocate, sb);
    if (sb->L == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a Lua state");
    memcpy(lua_getextraspace(sb->L), &sb, sizeof sb);
    lua_atpanic(sb->L, panic);
    err = rw_sandbox_run(sb, set_up, NULL, e);
    if (err)
        rw_sandbox_fini(sb);
    return err;
}

void
rw_sandbox_fini(struct rw_sandbox *sb)
{
    if (sb->L == NULL)
        return;
    lua_sethook(sb->L, NULL, 0, 0);
    lua_close(sb->L);
    sb->L = NULL;
    RW_BUG_ASSERT(sb->used == 0);
}

/* What the compiler should not even see. */
static const char *
why_no_text(const char *text, size_t n)
{
    if (n > RW_SANDBOX_TEXT)
        return "is larger than 256 KiB";
    if (n == 0)
        return "is empty";
    if (text[0] == LUA_SIGNATURE[0])
        return "is compiled Lua; only source text is accepted";
    if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        return "starts with a byte order mark; save it as UTF-8 without one";
    if (memchr(text, 0, n))
        return "has a NUL byte in it; only source text is accepted";
    return NULL;
}

/* Lua cuts long chunk names in the middle of a folder; a bare file name says
 * more, and the whole path stands in the error anyway. */
static void
name_chunk(struct rw_sandbox *sb, const char *file)
{
    const char *slash = strrchr(file, '/');

    if (strlen(file) > RW_SANDBOX_CHUNK && slash)
        file = slash + 1;
    snprintf(sb->chunk, sizeof sb->chunk, "@%s", file);
}

struct text {
    const char *s;
    size_t n;
};

static int
load_text(lua_State *L)
{
    const struct text *t = lua_touserdata(L, 1);
    struct rw_sandbox *sb = rw_sandbox_of(L);
    int rc = luaL_loadbufferx(L, t->s, t->n, sb->chunk, "t"); /* t chunk */

    if (rc == LUA_ERRMEM)
        sb->stop = RW_STOP_MEMORY;
    if (rc != LUA_OK)
        return lua_error(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &chunk_key);
    return 0;
}

enum rw_err
rw_sandbox_load(struct rw_sandbox *sb, const char *file, const char *text, size_t n,
    struct rw_error *e)
{
    const char *why = why_no_text(text, n);

    sb->file = file;
    name_chunk(sb, file);
    if (why) {
        rw_error_set(e, RW_ERR_PLUGIN, "%s", why);
        rw_error_place(e, file, 0, 0, NULL);
        return RW_ERR_PLUGIN;
    }
    return rw_sandbox_run(sb, load_text, &(struct text){text, n}, e);
}

void
rw_sandbox_main(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &chunk_key); /* chunk     */
    rw_library_environment(L);                     /* chunk env */
    lua_setupvalue(L, -2, 1);                      /* chunk     */
    lua_call(L, 0, 1);                             /* result    */
}
