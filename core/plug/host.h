/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/host.h -- Lua behind the vtable of model/hook.h.
 *
 * An instance is a Lua state of its own with the compiled main chunk.
 * In every block the chunk is run anew, which is what makes blocks independent: no
 * upvalue, global or table survives it.  call() has the one function that was
 * declared write down what it does with its vectors, and then does it; blocks that
 * are given what an earlier one was given do it without Lua (plug/record.h).
 * Errors read
 *   plugin 'NAME' failed in cycle() of OWNER, cycle 3, futures 1024..2047: ...
 * with the plugin's file and line as their place, the traceback and the place
 * in the scenario as detail.
 *
 * Floor: plug.  Threads: as model/hook.h says.
 */
#ifndef RW_PLUG_HOST_H
#define RW_PLUG_HOST_H

#include "base/arena.h"
#include "model/hook.h"
#include "plug/example.h"
#include "plug/sandbox.h"

extern const struct rw_plugin_ops rw_host_ops;

/* A plugin's `self`: all that its instances share. */
struct rw_host_plugin {
    struct rw_plugin plugin;
    const char *text;
    size_t n;
    const struct rw_limits *limits;
    const struct rw_sampler *normal;
    struct rw_examples examples;
};

/* Loads the plugin that `text` (kept) declares; its memory in the arena.
 * `file` (kept) is shown in messages.  RW_ERR_PLUGIN, RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_host_load(struct rw_arena *a, const char *file,
    const char *text, size_t n, const struct rw_limits *limits,
    const struct rw_sampler *normal, const struct rw_plugin **plugin,
    struct rw_error *e);

/* From now on the draws of each call are these uniforms, in their order, for every
 * future (kept; NULL: the streams again); one more is an error. */
void rw_host_fix_draws(void *instance, const double *uniforms, size_t n);

/* Of an instance: bytes Lua holds and has held at most, for tests. */
const struct rw_sandbox *rw_host_sandbox(const void *instance);

#endif
