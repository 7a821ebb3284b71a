/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/host.h"
#include "base/fence.h"
#include "base/sha256.h"
#include "plug/border.h"
#include "plug/declare.h"
#include "plug/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct instance {
    struct rw_sandbox sandbox;
    struct rw_tape tape;
    struct rw_border border;
    const struct rw_host_plugin *self;

    struct rw_records records;
    struct rw_record *own; /* of the last call, if it is not kept */
    size_t calls;          /* of this block                       */
    bool awake;            /* Lua has made the calls of this block */
    bool kept;             /* they are the first of the records    */
};

static const char function_key; /* registry: the block's cycle or score */

const struct rw_sandbox *
rw_host_sandbox(const void *instance)
{
    return &((const struct instance *)instance)->sandbox;
}

void
rw_host_fix_draws(void *instance, const double *uniforms, size_t n)
{
    struct rw_border *b = &((struct instance *)instance)->border;

    b->fixed = uniforms;
    b->n_fixed = n;
}

static void
interrupt(void)
{
    rw_sandbox_interrupt(true);
}

/* The plugin's file and the place of its use in the scenario. */
static void
add_places(struct rw_error *e, const struct instance *it)
{
    const struct rw_place *at = &it->border.use->place;
    size_t n;

    rw_error_place(e, it->self->plugin.file, it->border.line, 0, NULL);
    if (e == NULL || at->file == NULL)
        return;
    n = strlen(e->detail);
    snprintf(e->detail + n, sizeof e->detail - n, "%sscenario: %s:%d:%d %s",
        n ? "\n" : "", at->file, at->line, at->col, at->pointer ? at->pointer : "");
}

static enum rw_err
failed_to_begin(struct instance *it, enum rw_err err, struct rw_error *e)
{
    if (err == RW_OK)
        return err;
    rw_error_prepend(e, "plugin '%s' failed in its main chunk for %s",
        it->self->plugin.name, it->border.use->owner);
    it->border.line = 0;
    add_places(e, it);
    return err;
}

static enum rw_err
failed_in_call(struct instance *it, const struct rw_hook_call *c, enum rw_err err,
    struct rw_error *e)
{
    const struct rw_plugin *p = &it->self->plugin;

    if (err == RW_OK)
        return err;
    rw_error_prepend(e,
        "plugin '%s' failed in %s() of %s, cycle %u, %sfutures %llu..%llu", p->name,
        rw_declare_function_name(p->kind), it->border.use->owner, c->cycle + 1,
        c->first >= RW_PILOT_FIRST ? "pilot " : "",
        (unsigned long long)(c->first % RW_PILOT_FIRST),
        (unsigned long long)(c->first % RW_PILOT_FIRST + (c->n ? c->n - 1 : 0)));
    add_places(e, it);
    return err;
}

static int
set_up(lua_State *L)
{
    const struct instance *it = lua_touserdata(L, 1);

    rw_border_open(L, it->self->plugin.kind);
    return 0;
}

static void
close_instance(void *instance)
{
    struct instance *it = instance;

    if (it == NULL)
        return;
    rw_sandbox_fini(&it->sandbox);
    rw_tape_fini(&it->tape);
    rw_border_fini(&it->border);
    rw_records_fini(&it->records);
    rw_record_free(it->own);
    free(it);
}

static enum rw_err
open_instance(const struct rw_plugin_use *use, void **instance, struct rw_error *e)
{
    const struct rw_host_plugin *self = use->plugin->self;
    struct instance *it = calloc(1, sizeof *it);
    enum rw_err err;

    *instance = NULL;
    if (it == NULL)
        return rw_error_set(
            e, RW_ERR_MEMORY, "no memory for plugin '%s'", use->plugin->name);
    it->self = self;
    it->border =
        (struct rw_border){.plugin = &self->plugin, .use = use, .normal = self->normal};
    err = rw_sandbox_init(&it->sandbox, self->limits, e);
    if (err == RW_OK) {
        it->sandbox.tape = &it->tape;
        it->sandbox.host = &it->border;
        err = rw_sandbox_load(&it->sandbox, self->plugin.file, self->text, self->n, e);
    }
    if (err == RW_OK)
        err = rw_sandbox_run(&it->sandbox, set_up, it, e);
    if (err) {
        err = failed_to_begin(it, err, e);
        close_instance(it);
        return err;
    }
    *instance = it;
    return RW_OK;
}

static int
run_main(lua_State *L)
{
    const struct instance *it = lua_touserdata(L, 1);

    rw_sandbox_main(L);
    rw_declare_function(L, &it->self->plugin);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &function_key);
    return 0;
}

/* Runs the main chunk anew. */
static enum rw_err
wake(struct instance *it, struct rw_error *e)
{
    it->awake = true;
    rw_border_begin_block(&it->border);
    return failed_to_begin(it, rw_sandbox_run(&it->sandbox, run_main, it, e), e);
}

/* Where there are records, Lua sleeps until it is asked something new. */
static enum rw_err
begin_block(void *instance, struct rw_error *e)
{
    struct instance *it = instance;

    it->calls = 0;
    it->kept = true;
    it->awake = false;
    return it->records.n > 0 ? RW_OK : wake(it, e);
}

static int
run_function(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &function_key);
    lua_call(L, rw_border_push_arguments(L), 0);
    return 0;
}

/* Leaves on the tape what the function does in this call. */
static enum rw_err
run_lua(struct instance *it, struct rw_hook_call *c, struct rw_error *e)
{
    enum rw_err err = rw_border_begin(&it->border, c, e);

    if (err)
        return err;
    if (!rw_tape_begin(&it->tape, rw_border_rows(&it->border), it->sandbox.limits.rows))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a plugin's vectors");
    err = rw_sandbox_run(&it->sandbox, run_function, NULL, e);
    rw_tape_end(&it->tape);
    if (err == RW_OK)
        rw_border_end(&it->border, &it->tape);
    return err;
}

/* Has Lua make the calls of this block that records have stood for. */
static enum rw_err
catch_up(struct instance *it, struct rw_error *e)
{
    enum rw_err err = wake(it, e);

    for (size_t k = 0; k < it->calls && err == RW_OK; k++)
        err = run_lua(it, &it->records.v[k]->call, e);
    return err;
}

static enum rw_err
make_record(struct instance *it, struct rw_hook_call *c, const struct rw_record **r,
    struct rw_error *e)
{
    bool keep = it->kept && it->border.fixed == NULL;
    enum rw_err err = it->awake ? RW_OK : catch_up(it, e);

    it->kept = false;
    rw_record_free(it->own);
    it->own = NULL;
    if (err == RW_OK)
        err = run_lua(it, c, e);
    if (err == RW_OK)
        err = rw_record_new(&it->border, &it->tape, &it->own, e);
    *r = it->own;
    if (err == RW_OK && keep && it->calls == it->records.n &&
        rw_records_keep(&it->records, it->own)) {
        it->own = NULL;
        it->kept = true;
    }
    return err;
}

static enum rw_err
call_function(void *instance, struct rw_hook_call *c, struct rw_error *e)
{
    struct instance *it = instance;
    const struct rw_record *r = NULL;
    enum rw_err err = rw_border_begin(&it->border, c, e);

    if (err)
        return failed_in_call(it, c, err, e);
    if (!it->awake && it->calls < it->records.n && it->border.fixed == NULL &&
        rw_record_fits(it->records.v[it->calls], c))
        r = it->records.v[it->calls];
    else
        err = make_record(it, c, &r, e);
    if (err == RW_OK) {
        it->calls++;
        err = rw_border_commit(&it->border, r->pending, &r->program, e);
    }
    it->border.call = NULL;
    return failed_in_call(it, c, err, e);
}

const struct rw_plugin_ops rw_host_ops = {
    .open = open_instance,
    .begin = begin_block,
    .call = call_function,
    .close = close_instance,
    .interrupt = interrupt,
};

struct loading {
    struct rw_arena *arena;
    struct rw_host_plugin *self;
    const char *file;
};

static int
run_declaration(lua_State *L)
{
    struct loading *l = lua_touserdata(L, 1);

    rw_sandbox_main(L);
    rw_declare_read(L, l->arena, &l->self->plugin);
    rw_example_read(L, l->arena, &l->self->plugin, &l->self->examples);
    return 0;
}

/* In a state of its own, which is gone afterwards. */
static enum rw_err
load(void *loading, struct rw_error *e)
{
    struct loading *l = loading;
    struct rw_sandbox sandbox;
    enum rw_err err = rw_sandbox_init(&sandbox, l->self->limits, e);

    if (err)
        return err;
    err = rw_sandbox_load(&sandbox, l->file, l->self->text, l->self->n, e);
    if (err == RW_OK)
        err = rw_sandbox_run(&sandbox, run_declaration, l, e);
    rw_sandbox_fini(&sandbox);
    return err;
}

static char *
digest(struct rw_arena *a, const char *text, size_t n)
{
    char hex[RW_SHA256_HEX];

    rw_sha256_hex(text, n, hex);
    return rw_arena_strdup(a, hex);
}

enum rw_err
rw_host_load(struct rw_arena *a, const char *file, const char *text, size_t n,
    const struct rw_limits *limits, const struct rw_sampler *normal,
    const struct rw_plugin **plugin, struct rw_error *e)
{
    struct rw_host_plugin *self = RW_ARENA_NEW(a, 1, struct rw_host_plugin);
    enum rw_err err;

    if (self == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for plugin %s", file);
    *self = (struct rw_host_plugin){
        .text = text, .n = n, .limits = limits, .normal = normal};
    err = rw_fence_call(load, &(struct loading){a, self, file}, e);
    if (err)
        return err;
    self->plugin.file = file;
    self->plugin.sha256 = digest(a, text, n);
    self->plugin.ops = &rw_host_ops;
    self->plugin.self = self;
    if (self->plugin.sha256 == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for plugin %s", file);
    *plugin = &self->plugin;
    return RW_OK;
}
