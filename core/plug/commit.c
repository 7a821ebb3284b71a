/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/commit.c -- what the plugin assigned, checked and copied out. */
#include "plug/border.h"

#include "base/text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

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

static enum rw_err
refuse(struct rw_border *b, const struct rw_pending *p, const char *name, double x,
    size_t i, double low, double high, struct rw_error *e)
{
    char value[RW_NUMBER_MAX], lows[RW_NUMBER_MAX], highs[RW_NUMBER_MAX], params[512];
    const char *future = b->call->first >= RW_PILOT_FIRST ? "pilot future" : "future";

    print_params(b, i, params, sizeof params);
    b->line = p->line;
    if (!isfinite(x))
        return rw_error_set(e, RW_ERR_PLUGIN,
            "%s is %s in %s %llu, it must be finite%s", name, value_text(value, x),
            future, (unsigned long long)(b->call->first % RW_PILOT_FIRST + i), params);
    return rw_error_set(e, RW_ERR_PLUGIN,
        "%s is %s in %s %llu, it must be from %s to %s%s", name, value_text(value, x),
        future, (unsigned long long)(b->call->first % RW_PILOT_FIRST + i),
        value_text(lows, low), value_text(highs, high), params);
}

/* to[] <- the value p, every element finite and within [low, high]. */
static enum rw_err
copy_out(struct rw_border *b, const struct rw_pending *p, const char *name, double low,
    double high, double *to, struct rw_error *e)
{
    size_t n = b->call->n;
    double least = low > -DBL_MAX ? low : -DBL_MAX,
           most = high < DBL_MAX ? high : DBL_MAX;
    int fine = 1;

    if (p->x)
        memcpy(to, p->x, n * sizeof *to);
    for (size_t i = 0; i < n && p->x == NULL; i++)
        to[i] = p->number;
    for (size_t i = 0; i < n; i++) /* nan is in no range */
        fine &= (to[i] >= least) & (to[i] <= most);
    for (size_t i = 0; i < n && !fine; i++)
        if (!(to[i] >= least && to[i] <= most))
            return refuse(b, p, name, to[i], i, low, high, e);
    return RW_OK;
}

static enum rw_err
copy_fields(struct rw_border *b, const char *prefix, struct rw_hook_field *f, size_t n,
    const struct rw_pending *p, struct rw_error *e)
{
    for (size_t k = 0; k < n; k++) {
        char name[128];
        enum rw_err err;

        if (f[k].kind != RW_FIELD_RESULT)
            continue;
        snprintf(name, sizeof name, "%s%s", prefix, f[k].name);
        f[k].assigned = p[k].set;
        if (!p[k].set && f[k].required)
            return rw_error_set(e, RW_ERR_PLUGIN, "%s was not assigned", name);
        if (!p[k].set)
            continue;
        err = copy_out(b, &p[k], name, f[k].low, f[k].high, f[k].x, e);
        if (err)
            return err;
    }
    return RW_OK;
}

enum rw_err
rw_border_commit(struct rw_border *b, struct rw_error *e)
{
    struct rw_hook_call *c = b->call;
    const struct rw_pending *p = b->pending;
    enum rw_err err;

    err = copy_fields(b, "", c->fields, c->n_fields, p, e);
    p += c->n_fields;
    for (size_t i = 0; i < b->plugin->n_states && !err; i++, p++) {
        char name[64];

        snprintf(name, sizeof name, "state.%s", b->plugin->states[i].name);
        if (p->set)
            err = copy_out(b, p, name, -INFINITY, INFINITY, c->state[i], e);
    }
    for (size_t k = 0; k < c->n_items && !err; k++) {
        char prefix[96];

        snprintf(prefix, sizeof prefix, "candidate %.60s: ", c->items[k].id);
        err = copy_fields(b, prefix, c->items[k].fields, c->items[k].n_fields, p, e);
        p += c->items[k].n_fields;
    }
    return err;
}
