/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/ages.h"

static const struct rw_plugin_use *
use_of(const struct rw_world *w, const struct rw_ages *x)
{
    return &w->m->controls[x->control].use;
}

enum rw_err
rw_ages_open(const struct rw_world *w, size_t c, struct rw_arena *a, struct rw_ages *x,
    struct rw_error *e)
{
    const struct rw_plugin_use *u = &w->m->controls[c].use;
    const struct rw_plugin *p = u->plugin;

    *x = (struct rw_ages){.control = c,
        .state = RW_ARENA_NEW(a, p->n_states * w->room, double),
        .age = RW_ARENA_NEW(a, w->room, double),
        .efficacy = RW_ARENA_NEW(a, w->room, double),
        .params = RW_ARENA_NEW(a, p->n_params, const double *),
        .states = RW_ARENA_NEW(a, p->n_states, double *)};
    if (x->state == NULL || x->age == NULL || x->efficacy == NULL ||
        x->params == NULL || x->states == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to look ahead");
    return p->ops->open(u, &x->instance, e);
}

void
rw_ages_close(const struct rw_world *w, struct rw_ages *x)
{
    if (x->instance != NULL)
        use_of(w, x)->plugin->ops->close(x->instance);
    x->instance = NULL;
}

enum rw_err
rw_ages_begin(const struct rw_world *w, struct rw_ages *x, struct rw_error *e)
{
    const struct rw_plugin *p = use_of(w, x)->plugin;

    for (size_t j = 0; j < p->n_states; j++)
        for (size_t i = 0; i < w->n; i++)
            x->state[j * w->room + i] = p->states[j].initial;
    return p->ops->begin(x->instance, e);
}

enum rw_err
rw_ages_next(struct rw_world *w, struct rw_ages *x, unsigned age, struct rw_error *e)
{
    const struct rw_plugin_use *u = use_of(w, x);
    struct rw_hook_field f[RW_CONTROL_FIELDS];
    struct rw_hook_call call = {.fields = f, .n_fields = RW_CONTROL_FIELDS};

    for (size_t i = 0; i < w->n; i++) {
        x->age[i] = (age + 0.5) * w->m->years;
        x->efficacy[i] = 0;
    }
    w->cycle = age;
    rw_hook_control_fields(f);
    f[RW_CONTROL_CYCLE].number = age + 1;
    f[RW_CONTROL_YEARS].number = w->m->years;
    f[RW_CONTROL_TIME].number = age * w->m->years;
    f[RW_CONTROL_AGE].x = x->age;
    f[RW_CONTROL_EFFICACY].x = x->efficacy;
    rw_world_bind(w, u, x->state, x->params, x->states, &call);
    return u->plugin->ops->call(x->instance, &call, e);
}
