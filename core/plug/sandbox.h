/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/sandbox.h -- a Lua state in which a plugin can fail but do no
 * harm: no files, clock, environment or other plugin in reach, and a limit on
 * bytes, instructions and time.
 *
 * Everything that touches the state runs inside rw_sandbox_run, the only
 * protected call of the host; what the C functions of the library and of the
 * border raise ends there as a struct rw_error.  When a limit is reached the
 * count hook is re-armed for every instruction, so neither pcall nor a
 * to-be-closed variable can keep the plugin alive.
 *
 * Purity: rw_sandbox_main runs the main chunk in a fresh environment, and the
 * libraries are read-only, so nothing of one block is seen by another.
 *
 * Sources: the hosts and holes listed in docs/plugins.md, "What a plugin
 *          cannot do"; each hole is a file of tests/plug/hostile.
 * Floor:   plug.  Threads: a sandbox belongs to one thread;
 *          rw_sandbox_interrupt may come from any thread or signal handler.
 */
#ifndef RW_PLUG_SANDBOX_H
#define RW_PLUG_SANDBOX_H

#include "base/err.h"

#include <lua.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RW_SANDBOX_TEXT = 256 * 1024, /* largest plugin file, bytes             */
    RW_SANDBOX_CHUNK = 58         /* Lua cuts longer chunk names in messages */
};

/* Per call, but for bytes, which hold for the state's whole life. */
struct rw_limits {
    size_t bytes;          /* of Lua's own memory                     */
    uint64_t instructions; /* of the virtual machine, and C work as such */
    double seconds;        /* wall clock                              */
    size_t rows;           /* temporary vectors                       */
};

/* 16 MiB, 1e8 instructions, 5 s, 4096 vectors. */
extern const struct rw_limits rw_limits_default;

enum rw_stop {
    RW_STOP_NONE,
    RW_STOP_INSTRUCTIONS,
    RW_STOP_TIME,
    RW_STOP_MEMORY,
    RW_STOP_INTERRUPT
};

struct rw_tape;

struct rw_sandbox {
    lua_State *L;
    struct rw_limits limits;
    struct rw_tape *tape; /* on which vectors are; not owned */
    void *host;           /* for the border's functions      */

    size_t used, peak; /* bytes held by Lua                 */
    bool starved;      /* malloc itself failed              */
    int64_t left;      /* instructions                      */
    double deadline;   /* on the monotonic clock            */
    enum rw_stop stop; /* why the call was ended, if it was */

    const char *file;                    /* as shown in messages           */
    char chunk[RW_SANDBOX_CHUNK + 2];    /* '@' and its short form, for Lua */
    int line;                            /* of the failure, 0 unknown       */
    char message[1024], traceback[3600]; /* of the failure                 */
};

/* Makes the state with its library.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_sandbox_init(
    struct rw_sandbox *sb, const struct rw_limits *limits, struct rw_error *e);

/* Closes the state; all of its memory is back then.  Legal on a zeroed one. */
void rw_sandbox_fini(struct rw_sandbox *sb);

/* Compiles text as the main chunk.  `file` (kept) is shown in messages.
 * RW_ERR_PLUGIN: syntax error, not plain text, or too long. */
RW_MUST_CHECK enum rw_err rw_sandbox_load(struct rw_sandbox *sb, const char *file,
    const char *text, size_t n, struct rw_error *e);

/* Calls f(L) with arg as its light userdata, under fresh limits.  On failure
 * *e holds the plugin's file and line, the bare message and the traceback:
 * RW_ERR_PLUGIN, RW_ERR_INTERRUPT, or RW_ERR_MEMORY when malloc failed. */
RW_MUST_CHECK enum rw_err rw_sandbox_run(
    struct rw_sandbox *sb, lua_CFunction f, void *arg, struct rw_error *e);

/* [-0, +1, e]  Runs the main chunk in a fresh environment. */
void rw_sandbox_main(lua_State *L);

struct rw_sandbox *rw_sandbox_of(lua_State *L);

/* [-0, +0, e]  Counts work done in C as that many instructions. */
void rw_sandbox_charge(lua_State *L, uint64_t work);

/* Line of the plugin that is running, 0 if none is. */
int rw_sandbox_line(lua_State *L);

/* Raises (or lowers) the flag that ends every call under way. */
void rw_sandbox_interrupt(bool raised);
bool rw_sandbox_interrupted(void);

#endif
