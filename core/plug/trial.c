/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/trial.h"
#include "plug/host.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define QUARTER   0.25
#define TOLERANCE 1e-9 /* of an expected value */

/* Lane of the trial's only use: any number will do. */
#define LANE 99
#define SEED 27032

_Static_assert((int)RW_THREAT_FIELDS <= RW_TRIAL_FIELDS &&
                   (int)RW_CONTROL_FIELDS <= RW_TRIAL_FIELDS &&
                   (int)RW_PLAN_FIELDS <= RW_TRIAL_FIELDS &&
                   (int)RW_ASSET_FIELDS <= (int)RW_ITEM_FIELDS,
    "a trial has room for the fields of every kind");

static double *
new_row(struct rw_trial *t, double x)
{
    double *row = RW_ARENA_NEW(t->a, RW_TRIAL_FUTURES, double);

    for (size_t i = 0; row && i < RW_TRIAL_FUTURES; i++)
        row[i] = x;
    return row;
}

static void
fill(double *row, double x)
{
    for (size_t i = 0; i < RW_TRIAL_FUTURES; i++)
        row[i] = x;
}

/* Rows of a call's or an item's fields. */
static bool
make_rows(struct rw_trial *t, struct rw_hook_field *f, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (f[k].kind != RW_FIELD_NUMBER && (f[k].x = new_row(t, f[k].number)) == NULL)
            return false;
    return true;
}

/* Room for as many items as an example may have, if the kind has any. */
static bool
prepare_items(struct rw_trial *t)
{
    bool ok = true;

    t->n_item_fields = t->p->kind == RW_PLUGIN_THREAT    ? (size_t)RW_ASSET_FIELDS
                       : t->p->kind == RW_PLUGIN_PLANNER ? (size_t)RW_ITEM_FIELDS
                                                         : 0;
    for (size_t k = 0; k < RW_EXAMPLE_ITEMS && t->n_item_fields > 0; k++) {
        if (t->p->kind == RW_PLUGIN_THREAT)
            rw_hook_asset_fields(t->item_fields[k]);
        else
            rw_hook_item_fields(t->item_fields[k]);
        ok = ok && make_rows(t, t->item_fields[k], t->n_item_fields);
        t->items[k] = (struct rw_hook_item){"", t->item_fields[k], t->n_item_fields};
        if (t->p->systemic)
            t->items[k].n_fields = RW_ASSET_GIVEN;
    }
    return ok;
}

static bool
prepare(struct rw_trial *t)
{
    const struct rw_plugin *p = t->p;
    bool ok;

    t->call = (struct rw_hook_call){.n = RW_TRIAL_FUTURES,
        .seed = SEED,
        .params = t->params,
        .state = t->state,
        .fields = t->fields,
        .items = t->items};
    if (p->kind == RW_PLUGIN_THREAT)
        rw_hook_threat_fields(t->fields);
    else if (p->kind == RW_PLUGIN_CONTROL)
        rw_hook_control_fields(t->fields);
    else
        rw_hook_planner_fields(t->fields);
    t->call.n_fields = p->kind == RW_PLUGIN_THREAT    ? RW_THREAT_FIELDS
                       : p->kind == RW_PLUGIN_CONTROL ? RW_CONTROL_FIELDS
                                                      : RW_PLAN_FIELDS;
    ok = make_rows(t, t->fields, t->call.n_fields);
    for (size_t k = 0; k < p->n_params; k++) {
        t->params[k] = t->param_rows[k] = new_row(t, 0);
        ok = ok && t->params[k];
    }
    for (size_t k = 0; k < p->n_states; k++) {
        t->state[k] = new_row(t, p->states[k].initial);
        ok = ok && t->state[k];
    }
    return ok && prepare_items(t);
}

enum rw_err
rw_trial_open(struct rw_trial *t, const struct rw_plugin *p,
    const struct rw_examples *x, struct rw_arena *a, struct rw_error *e)
{
    memset(t, 0, sizeof *t);
    t->p = p;
    t->examples = x;
    t->a = a;
    t->use = (struct rw_plugin_use){.plugin = p, .owner = "the trial", .lane = LANE};
    if (!prepare(t))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to try '%s'", p->name);
    return p->ops->open(&t->use, &t->instance, e);
}

void
rw_trial_close(struct rw_trial *t)
{
    if (t->instance)
        t->p->ops->close(t->instance);
    t->instance = NULL;
}

enum rw_err
rw_trial_begin(struct rw_trial *t, uint64_t first, size_t n, struct rw_error *e)
{
    t->call.first = first;
    t->call.n = n;
    for (size_t k = 0; k < t->p->n_states; k++)
        fill(t->state[k], t->p->states[k].initial);
    rw_host_fix_draws(t->instance, NULL, 0);
    return t->p->ops->begin(t->instance, e);
}

static struct rw_hook_field *
find(struct rw_hook_field *f, size_t n, const char *name)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(f[k].name, name) == 0)
            return &f[k];
    return NULL;
}

static void
give(struct rw_hook_field *f, double x)
{
    f->number = x;
    if (f->kind == RW_FIELD_VECTOR)
        fill(f->x, x);
}

void
rw_trial_give(struct rw_trial *t, const char *name, double x)
{
    struct rw_hook_field *f = find(t->fields, t->call.n_fields, name);

    if (f)
        give(f, x);
}

/* Sums of the items' inputs that the call has under the same name. */
static void
give_sums(struct rw_trial *t)
{
    for (size_t j = 0; j < t->n_item_fields && t->p->kind == RW_PLUGIN_THREAT; j++) {
        const char *name = t->item_fields[0][j].name;
        double sum = 0;

        if (t->item_fields[0][j].kind == RW_FIELD_RESULT)
            continue;
        for (size_t k = 0; k < t->call.n_items; k++)
            sum += t->item_fields[k][j].number;
        rw_trial_give(t, name, sum);
    }
}

void
rw_trial_items(struct rw_trial *t, size_t n)
{
    t->call.n_items = n;
    give_sums(t);
}

/* A quarter's inputs: the age of a control that was there from the start. */
static void
give_cycle(struct rw_trial *t, unsigned cycle)
{
    t->call.cycle = cycle;
    rw_trial_give(t, "cycle", cycle + 1);
    rw_trial_give(t, "years", QUARTER);
    rw_trial_give(t, "time", QUARTER * cycle);
    rw_trial_give(t, "age", QUARTER * (cycle + 0.5));
    rw_trial_give(t, "years_left", QUARTER * (RW_TRIAL_CYCLES - cycle));
}

enum rw_err
rw_trial_call(struct rw_trial *t, unsigned cycle, struct rw_error *e)
{
    give_cycle(t, cycle);
    return t->p->ops->call(t->instance, &t->call, e);
}

/* ---- examples ---- */

static double
named(const struct rw_named_list *list, const char *name, double otherwise)
{
    for (size_t k = 0; k < list->n; k++)
        if (strcmp(list->v[k].name, name) == 0)
            return list->v[k].x;
    return otherwise;
}

static void
set_up(struct rw_trial *t, const struct rw_example *x)
{
    const struct rw_plugin *p = t->p;

    for (size_t k = 0; k < p->n_params; k++) {
        const struct rw_plugin_param *q = &p->params[k];

        fill(t->param_rows[k],
            named(&x->params, q->name, q->has_default ? rw_dist_mean(&q->preset) : 0));
    }
    for (size_t k = 0; k < p->n_states; k++)
        fill(t->state[k], named(&x->state, p->states[k].name, p->states[k].initial));
    give_cycle(t, (unsigned)named(&x->given, "cycle", 1) - 1);
    for (size_t k = 0; k < x->n_items; k++) {
        t->items[k].id = x->items[k].id;
        for (size_t i = 0; i < t->n_item_fields; i++)
            if (t->item_fields[k][i].kind != RW_FIELD_RESULT)
                give(&t->item_fields[k][i],
                    named(&x->items[k].given, t->item_fields[k][i].name, 0));
    }
    rw_trial_items(t, x->n_items);
    for (size_t k = 0; k < t->call.n_fields; k++)
        if (t->fields[k].kind != RW_FIELD_RESULT)
            give(&t->fields[k],
                named(&x->given, t->fields[k].name, t->fields[k].number));
    if (x->n_draws > 0)
        rw_host_fix_draws(t->instance, x->draws, x->n_draws);
}

/* Row that an expected name speaks of: a result, "CANDIDATE" or "ASSET.RESULT". */
static const double *
result_row(struct rw_trial *t, const struct rw_example *x, const char *name)
{
    for (size_t k = 0; k < x->n_items; k++) {
        size_t n = strlen(x->items[k].id);
        const struct rw_hook_field *f;

        if (strncmp(x->items[k].id, name, n) != 0)
            continue;
        if (name[n] == '\0')
            return t->item_fields[k][RW_ITEM_SCORE].x;
        f = find(t->item_fields[k], t->n_item_fields, name + n + 1);
        if (name[n] == '.' && f)
            return f->assigned ? f->x : find(t->fields, t->call.n_fields, f->name)->x;
    }
    return find(t->fields, t->call.n_fields, name)->x;
}

static const double *
state_row(const struct rw_trial *t, const char *name)
{
    size_t k = 0;

    while (strcmp(t->p->states[k].name, name) != 0)
        k++;
    return t->state[k];
}

static void
compare(const char *what, const char *name, double got, double want, struct rw_text *to,
    bool *good)
{
    if (fabs(got - want) <= TOLERANCE * fmax(fabs(want), TOLERANCE))
        return;
    rw_text_addf(
        to, "    %s%s is %.12g, and %.12g is expected\n", what, name, got, want);
    *good = false;
}

static enum rw_err
run_example(struct rw_trial *t, const struct rw_example *x, struct rw_text *to,
    bool *good, struct rw_error *e)
{
    enum rw_err err = rw_trial_begin(t, 0, 1, e);

    if (err == RW_OK) {
        set_up(t, x);
        err = t->p->ops->call(t->instance, &t->call, e);
    }
    for (size_t k = 0; k < x->expect.n && err == RW_OK; k++)
        compare("", x->expect.v[k].name, result_row(t, x, x->expect.v[k].name)[0],
            x->expect.v[k].x, to, good);
    for (size_t k = 0; k < x->after.n && err == RW_OK; k++)
        compare("state.", x->after.v[k].name, state_row(t, x->after.v[k].name)[0],
            x->after.v[k].x, to, good);
    return err;
}

enum rw_err
rw_trial_examples(
    struct rw_trial *t, struct rw_text *to, bool *good, struct rw_error *e)
{
    for (size_t k = 0; k < t->examples->n; k++) {
        const struct rw_example *x = &t->examples->v[k];
        struct rw_text told;
        struct rw_error why;
        bool held = true;
        enum rw_err err;

        rw_text_init(&told);
        rw_error_clear(&why);
        err = run_example(t, x, &told, &held, &why);
        if (err != RW_OK && err != RW_ERR_PLUGIN) {
            rw_text_fini(&told);
            *e = why;
            return err;
        }
        held = held && err == RW_OK;
        rw_text_addf(
            to, "  %-6s example %zu: %s\n", held ? "ok" : "FAILED", k + 1, x->doc);
        rw_text_add(to, told.s ? told.s : "");
        if (err != RW_OK)
            rw_text_addf(to, "    %s:%d: %s\n", why.file, why.line, why.text);
        to->failed |= told.failed;
        rw_text_fini(&told);
        *good = *good && held;
    }
    return RW_OK;
}

/* ---- speed ---- */

static double
now(void)
{
    struct timespec s;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &s);
    return (double)s.tv_sec + 1e-9 * (double)s.tv_nsec;
}

enum rw_err
rw_trial_speed(struct rw_trial *t, double *ns, struct rw_error *e)
{
    enum { RUNS = 25 };
    enum rw_err err = RW_OK;

    *ns = INFINITY;
    for (int run = 0; run < RUNS && err == RW_OK; run++) {
        double start = now();

        err = rw_trial_begin(t, 0, RW_TRIAL_FUTURES, e);
        for (unsigned c = 0; c < RW_TRIAL_CYCLES && err == RW_OK; c++)
            err = rw_trial_call(t, c, e);
        *ns = fmin(*ns, 1e9 * (now() - start) / RW_TRIAL_FUTURES / RW_TRIAL_CYCLES);
    }
    return err;
}
