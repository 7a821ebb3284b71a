/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/commit.c -- what the plugin assigned, computed and checked. */
#include "plug/border.h"

#include "base/text.h"
#include "plug/draw.h"
#include "plug/field.h"
#include "plug/item.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FUTURE_TEXT = 48 };

/* " (parameters there: a = 1, b = 2)" of future i of the block. */
static void
print_params(const struct rw_border *b, size_t i, char *to, size_t size)
{
    char number[RW_NUMBER_MAX];
    size_t n = 0;

    to[0] = '\0';
    for (size_t k = 0; k < b->plugin->n_params && n < size; k++)
        n += (size_t)snprintf(to + n, size - n, "%s%s = %s",
            k ? ", " : "; its parameters: ", b->plugin->params[k].name,
            rw_number_print(number, b->call->params[k][i]));
}

static const char *
value_text(char *buf, double x)
{
    if (isfinite(x))
        return rw_number_print(buf, x);
    return isnan(x) ? "nan" : x > 0 ? "inf" : "-inf";
}

/* "future 12" of element i. */
static const char *
future_text(const struct rw_border *b, size_t i, char buf[FUTURE_TEXT])
{
    snprintf(buf, FUTURE_TEXT, "%sfuture %llu",
        b->call->first >= RW_PILOT_FIRST ? "pilot " : "",
        (unsigned long long)(b->call->first % RW_PILOT_FIRST + i));
    return buf;
}

static enum rw_err
refuse(struct rw_border *b, const struct rw_pending *p, const char *name, double x,
    size_t i, double low, double high, struct rw_error *e)
{
    char value[RW_NUMBER_MAX], lows[RW_NUMBER_MAX], highs[RW_NUMBER_MAX], params[512];
    char future[FUTURE_TEXT];

    print_params(b, i, params, sizeof params);
    b->line = p->line;
    if (!isfinite(x))
        return rw_error_set(e, RW_ERR_PLUGIN, "%s is %s in %s, it must be finite%s",
            name, value_text(value, x), future_text(b, i, future), params);
    return rw_error_set(e, RW_ERR_PLUGIN, "%s is %s in %s, it must be from %s to %s%s",
        name, value_text(value, x), future_text(b, i, future), value_text(lows, low),
        value_text(highs, high), params);
}

/* An operation that demands something of its operands, of draws all but the first:
 * "t:happens(-1) in future 12: an expected count is not negative; ...". */
static enum rw_err
refuse_misfit(struct rw_border *b, struct rw_error *e)
{
    const struct rw_misfit *m = &b->work.misfit;
    char value[RW_NUMBER_MAX], given[128], params[512], future[FUTURE_TEXT];
    size_t n = 0;

    for (int k = 1; k < m->step->op->operands && n < sizeof given; k++)
        n += (size_t)snprintf(given + n, sizeof given - n, "%s%s", k > 1 ? ", " : "",
            value_text(value, m->x[k]));
    print_params(b, m->future, params, sizeof params);
    b->line = m->step->line;
    return rw_error_set(e, RW_ERR_PLUGIN, "%s(%s) in %s: %s%s", m->step->op->name,
        given, future_text(b, m->future, future), m->step->op->demand, params);
}

/* The range of doubles that are finite and within [low, high]. */
static struct rw_range
range_of(double low, double high)
{
    return (struct rw_range){
        low > -DBL_MAX ? low : -DBL_MAX, high < DBL_MAX ? high : DBL_MAX};
}

/* Complains of the first element of x, which p went to, that is out of its range. */
static enum rw_err
check_row(struct rw_border *b, const struct rw_pending *p, const char *name, double low,
    double high, const double *x, struct rw_error *e)
{
    struct rw_range r = range_of(low, high);

    for (size_t i = 0; i < b->call->n; i++)
        if (!(x[i] >= r.least && x[i] <= r.most))
            return refuse(b, p, name, x[i], i, low, high, e);
    return RW_OK;
}

/* Whether a required result of the call was assigned neither to it nor to each of its
 * items; all: pending of the call. */
static bool
is_missing(const struct rw_border *b, const struct rw_hook_field *f,
    const struct rw_pending *all)
{
    const struct rw_hook_call *c = b->call;
    const struct rw_pending *p = all + c->n_fields + b->plugin->n_states;

    if (!f->required || all[f - c->fields].set)
        return false;
    for (size_t k = 0; k < c->n_items; k++) {
        const struct rw_hook_item *x = &c->items[k];
        const struct rw_hook_field *own =
            rw_field_find(x->fields, x->n_fields, f->name);

        if (own == NULL || !p[own - x->fields].set)
            return true;
        p += x->n_fields;
    }
    return c->n_items == 0;
}

/* Whether some required result was not assigned; name <- the first of them. */
static bool
find_missing(
    const struct rw_border *b, const struct rw_pending *all, char name[static 128])
{
    const struct rw_hook_call *c = b->call;
    const struct rw_pending *p = all + c->n_fields + b->plugin->n_states;

    for (size_t k = 0; k < c->n_fields; k++)
        if (is_missing(b, &c->fields[k], all)) {
            snprintf(name, 128, "%s", c->fields[k].name);
            return true;
        }
    for (size_t i = 0; i < c->n_items; p += c->items[i++].n_fields)
        for (size_t k = 0; k < c->items[i].n_fields; k++)
            if (c->items[i].fields[k].required && !p[k].set) {
                snprintf(name, 128, "%s %.60s: %s", rw_item_name(b->plugin->kind),
                    c->items[i].id, c->items[i].fields[k].name);
                return true;
            }
    return false;
}

static enum rw_err
check_fields(struct rw_border *b, const char *prefix, struct rw_hook_field *f, size_t n,
    const struct rw_pending *p, struct rw_error *e)
{
    for (size_t k = 0; k < n; k++) {
        char name[128];
        enum rw_err err;

        if (f[k].kind != RW_FIELD_RESULT || !p[k].set)
            continue;
        snprintf(name, sizeof name, "%s%s", prefix, f[k].name);
        err = check_row(b, &p[k], name, f[k].low, f[k].high, f[k].x, e);
        if (err)
            return err;
    }
    return RW_OK;
}

/* What is missing, else in the order of fields, states and items the first thing that
 * is wrong. */
static enum rw_err
complain(struct rw_border *b, const struct rw_pending *p, struct rw_error *e)
{
    struct rw_hook_call *c = b->call;
    char missing[128];
    enum rw_err err;

    if (find_missing(b, p, missing))
        return rw_error_set(e, RW_ERR_PLUGIN, "%s was not assigned", missing);
    err = check_fields(b, "", c->fields, c->n_fields, p, e);
    p += c->n_fields;
    for (size_t i = 0; i < b->plugin->n_states && !err; i++, p++) {
        char name[64];

        snprintf(name, sizeof name, "state.%s", b->plugin->states[i].name);
        if (p->set)
            err = check_row(b, p, name, -INFINITY, INFINITY, c->state[i], e);
    }
    for (size_t k = 0; k < c->n_items && !err; k++) {
        char prefix[96];

        snprintf(prefix, sizeof prefix, "%s %.60s: ", rw_item_name(b->plugin->kind),
            c->items[k].id);
        err = check_fields(b, prefix, c->items[k].fields, c->items[k].n_fields, p, e);
        p += c->items[k].n_fields;
    }
    return err;
}

/* Rows of the tape from `at` on <- those of the fields; p: what was assigned to them. */
static void
bind_fields(struct rw_border *b, size_t at, struct rw_hook_field *f, size_t n,
    const struct rw_pending *p)
{
    for (size_t k = 0; k < n; k++, at++) {
        b->row[at] = f[k].kind != RW_FIELD_NUMBER ? f[k].x : NULL;
        b->to[at] = NULL;
        if (f[k].kind != RW_FIELD_RESULT)
            continue;
        b->to[at] = f[k].x;
        b->range[at] = range_of(f[k].low, f[k].high);
        f[k].assigned = p[k].set;
    }
}

static void
bind_rows(struct rw_border *b, const struct rw_pending *p)
{
    const struct rw_hook_call *c = b->call;
    size_t at = 0;

    for (; at < b->plugin->n_params; at++) {
        b->row[at] = c->params[at];
        b->to[at] = NULL;
    }
    bind_fields(b, at, c->fields, c->n_fields, p);
    at += c->n_fields;
    p += c->n_fields;
    for (size_t k = 0; k < b->plugin->n_states; k++, at++, p++) {
        b->row[at] = b->to[at] = c->state[k];
        b->range[at] = range_of(-INFINITY, INFINITY);
    }
    for (size_t k = 0; k < c->n_items; k++) {
        const struct rw_hook_item *x = &c->items[k];

        bind_fields(b, at, x->fields, x->n_fields, p);
        at += x->n_fields;
        p += x->n_fields;
    }
}

enum rw_err
rw_border_program(struct rw_border *b, const struct rw_tape *t, struct rw_program *p,
    struct rw_error *e)
{
    uint32_t *row = malloc((b->n_pending + 1) * sizeof *row);
    struct rw_term *x = malloc((b->n_pending + 1) * sizeof *x);
    size_t n = 0;
    bool made = false;

    for (size_t k = 0; k < b->n_pending && row && x; k++)
        if (b->pending[k].set) {
            row[n] = (uint32_t)(b->plugin->n_params + k);
            x[n++] = b->pending[k].x;
        }
    if (row && x)
        made = rw_program_make(p, t, row, x, n);
    free(row);
    free(x);
    return made ? RW_OK
                : rw_error_set(e, RW_ERR_MEMORY, "no memory for a plugin's results");
}

enum rw_err
rw_border_commit(struct rw_border *b, const struct rw_pending pending[],
    const struct rw_program *program, struct rw_error *e)
{
    char missing[128];
    enum rw_err err;

    bind_rows(b, pending);
    err = rw_program_run(program, &b->work,
        &(struct rw_block){b->call->n, b->row, b->to, b->range, rw_draw_uniforms, b},
        e);
    if (err == RW_OK && b->work.misfit.step != NULL)
        err = refuse_misfit(b, e);
    if (err == RW_OK && (b->work.outside || find_missing(b, pending, missing)))
        err = complain(b, pending, e);
    return err;
}
