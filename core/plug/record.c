/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/record.h"

#include <stdlib.h>
#include <string.h>

/* A copy without rows; NULL: no memory. */
static struct rw_hook_field *
copy_fields(const struct rw_hook_field *f, size_t n)
{
    struct rw_hook_field *to = calloc(n + 1, sizeof *to);

    for (size_t k = 0; k < n && to; k++) {
        to[k] = f[k];
        to[k].x = NULL;
    }
    return to;
}

static bool
copy_items(struct rw_hook_call *to, const struct rw_hook_call *from)
{
    to->items = calloc(from->n_items + 1, sizeof *to->items);
    for (size_t k = 0; k < from->n_items && to->items; k++) {
        const struct rw_hook_item *x = &from->items[k];
        struct rw_hook_item *y = &to->items[to->n_items++];

        *y = (struct rw_hook_item){
            strdup(x->id), copy_fields(x->fields, x->n_fields), x->n_fields};
        if (y->id == NULL || y->fields == NULL)
            return false;
    }
    return to->items != NULL;
}

enum rw_err
rw_record_new(struct rw_border *b, const struct rw_tape *t, struct rw_record **r,
    struct rw_error *e)
{
    struct rw_record *x = calloc(1, sizeof *x);
    enum rw_err err = RW_ERR_MEMORY;

    *r = NULL;
    if (x != NULL) {
        x->call.n_fields = b->call->n_fields;
        x->call.fields = copy_fields(b->call->fields, b->call->n_fields);
        x->pending = calloc(b->n_pending + 1, sizeof *x->pending);
        if (x->call.fields && x->pending && copy_items(&x->call, b->call)) {
            memcpy(x->pending, b->pending, b->n_pending * sizeof *x->pending);
            err = rw_border_program(b, t, &x->program, e);
        }
    }
    if (err != RW_OK) {
        rw_record_free(x);
        return rw_error_set(e, err, "no memory for a plugin's call");
    }
    *r = x;
    return RW_OK;
}

void
rw_record_free(struct rw_record *r)
{
    if (r == NULL)
        return;
    for (size_t k = 0; k < r->call.n_items; k++) {
        free((void *)(uintptr_t)r->call.items[k].id);
        free(r->call.items[k].fields);
    }
    free(r->call.items);
    free(r->call.fields);
    free(r->pending);
    rw_program_fini(&r->program);
    free(r);
}

/* Bits, so that nan fits itself and -0 is not 0. */
static bool
same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool
same_fields(const struct rw_hook_field *a, const struct rw_hook_field *b, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (a[k].kind != b[k].kind ||
            (a[k].kind == RW_FIELD_NUMBER && !same_number(a[k].number, b[k].number)))
            return false;
    return true;
}

bool
rw_record_fits(const struct rw_record *r, const struct rw_hook_call *c)
{
    const struct rw_hook_call *own = &r->call;

    if (own->n_items != c->n_items || own->n_fields != c->n_fields ||
        !same_fields(own->fields, c->fields, c->n_fields))
        return false;
    for (size_t k = 0; k < c->n_items; k++) {
        const struct rw_hook_item *a = &own->items[k], *b = &c->items[k];

        if (a->n_fields != b->n_fields || strcmp(a->id, b->id) != 0 ||
            !same_fields(a->fields, b->fields, b->n_fields))
            return false;
    }
    return true;
}

bool
rw_records_keep(struct rw_records *all, struct rw_record *r)
{
    if (r->program.n_steps + 1 > RW_RECORD_STEPS - all->steps)
        return false;
    if (all->n == all->room) {
        size_t room = all->room ? 2 * all->room : 16;
        struct rw_record **more = realloc(all->v, room * sizeof *more);

        if (more == NULL)
            return false;
        all->v = more;
        all->room = room;
    }
    all->v[all->n++] = r;
    all->steps += r->program.n_steps + 1;
    return true;
}

void
rw_records_fini(struct rw_records *all)
{
    for (size_t k = 0; k < all->n; k++)
        rw_record_free(all->v[k]);
    free(all->v);
    memset(all, 0, sizeof *all);
}
