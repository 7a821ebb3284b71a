/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/learn.h"

#include "base/date.h"
#include "base/text.h"
#include "read/history.h"

#include <stdio.h>
#include <string.h>
#include <stdlib.h>

enum { DATE = 32 };

static enum rw_err
no_memory(struct rw_error *e)
{
    return rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
}

/* Element k of a list; NULL: there is none, for the model may have things that are
 * stated elsewhere (partners' controls, fines). */
static const struct rw_node *
element(const struct rw_node *list, size_t k)
{
    const struct rw_node *c = list ? list->first : NULL;

    while (c && k-- > 0)
        c = c->next;
    return c;
}

static const struct rw_node *
owner_of(const struct rw_edit *x, const struct rw_learn_move *v)
{
    return element(
        rw_node_get(x->root, v->kind == RW_LEARN_FAILURES ? "controls" : "threats"),
        v->of);
}

/* The value that the estimate's path leads to; NULL: it is not there. */
static const struct rw_node *
value_of(const struct rw_node *owner, const struct rw_learn_move *v)
{
    if (v->kind == RW_LEARN_FREQUENCY)
        return rw_node_get(owner, "frequency");
    if (v->kind == RW_LEARN_FAILURES)
        return rw_node_get(rw_node_get(owner, "variance"), "per_year");
    return rw_node_get(element(rw_node_get(owner, "losses"), v->loss), "amount");
}

const struct rw_node *
rw_learn_history(const struct rw_edit *edit, const struct rw_learn_move *v)
{
    return rw_node_get(owner_of(edit, v), "history");
}

/* What the last entry of the history says that the estimate is worth, or this. */
static double
worth(const struct rw_node *owner, const char *estimate, double preset)
{
    const struct rw_node *list = rw_node_get(owner, "history");

    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next) {
        const struct rw_node *of = rw_node_get(c, "estimate");
        const struct rw_node *weight = rw_node_get(c, "weight");

        if (of && weight && strcmp(of->text, estimate) == 0 && weight->number > 0)
            preset = weight->number;
    }
    return preset;
}

static enum rw_err
learn_one(const struct rw_learn_request *q, struct rw_edit *edit,
    struct rw_learn_move *v, struct rw_arena *a, struct rw_error *e)
{
    const struct rw_node *owner = owner_of(edit, v), *value = value_of(owner, v);
    bool failures = v->kind == RW_LEARN_FAILURES;

    v->owner = failures ? q->m->controls[v->of].id : q->m->threats[v->of].id;
    v->estimate = failures ? "variance/per_year"
                  : v->kind == RW_LEARN_FREQUENCY
                      ? "frequency"
                      : rw_arena_printf(a, "losses/%zu/amount", v->loss);
    if (v->estimate == NULL)
        return no_memory(e);
    v->weight = worth(owner, v->estimate, failures ? q->audit_worth : q->losses);
    v->prior = value ? rw_edit_text(edit, value) : NULL;
    if (value == NULL && v->kind == RW_LEARN_AMOUNT) {
        v->why = "it is not stated in the threat";
        return RW_OK;
    }
    if (owner == NULL) {
        v->why = "it is not stated among the controls";
        return RW_OK;
    }
    if (q->stop && *q->stop)
        return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    return v->kind == RW_LEARN_FREQUENCY ? rw_learn_frequency(q, v, a, e)
           : failures                    ? rw_learn_failures(q, v, a, e)
                                         : rw_learn_amount(q, v, a, e);
}

/* The estimates that the tables may speak of, in the order of the scenario. */
static size_t
list_moves(const struct rw_learn_request *q, struct rw_learn_move *v)
{
    size_t n = 0;

    for (size_t k = 0; k < q->m->n_threats && q->incidents; k++) {
        v[n++] = (struct rw_learn_move){.kind = RW_LEARN_FREQUENCY, .of = k};
        for (size_t j = 0; j < q->m->threats[k].n_losses; j++)
            v[n++] =
                (struct rw_learn_move){.kind = RW_LEARN_AMOUNT, .of = k, .loss = j};
    }
    for (size_t k = 0; k < q->m->n_controls && q->audits; k++) {
        bool any = false;

        for (size_t i = 0; i < q->audits->n; i++)
            any |= q->audits->v[i].control == k;
        if (any)
            v[n++] = (struct rw_learn_move){.kind = RW_LEARN_FAILURES, .of = k};
    }
    return n;
}

enum rw_err
rw_learn_make(const struct rw_learn_request *q, struct rw_arena *a, struct rw_learn *x,
    struct rw_text *report, struct rw_error *e)
{
    size_t most = q->m->n_controls;
    struct rw_edit edit;
    enum rw_err err;

    *x = (struct rw_learn){.q = q, .years = rw_learn_years(q->from, q->to)};
    for (size_t k = 0; k < q->m->n_threats; k++)
        most += 1 + q->m->threats[k].n_losses;
    x->v = RW_ARENA_NEW(a, most, struct rw_learn_move);
    if (x->v == NULL)
        return no_memory(e);
    err = rw_edit_init(&edit, q->scenario.name, q->scenario.bytes, q->scenario.n, a, e);
    if (err != RW_OK)
        return err;
    x->n = list_moves(q, x->v);
    for (size_t k = 0; k < x->n && err == RW_OK; k++) {
        err = learn_one(q, &edit, &x->v[k], a, e);
        x->moved += x->v[k].why == NULL;
    }
    if (err == RW_OK && edit.failed)
        return no_memory(e);
    return err == RW_OK ? rw_learn_twice(x, &edit, report, e) : err;
}

/* ---- the new scenario ---- */

static void
print_day(char s[DATE], long day)
{
    struct rw_date d = rw_date_of(day);

    snprintf(s, DATE, "%04d-%02u-%02u", d.year, d.month, d.day);
}

/* The entry of one estimate. */
static void
add_entry(const struct rw_learn *x, const struct rw_learn_move *v, struct rw_text *t)
{
    bool audits = v->kind == RW_LEARN_FAILURES;
    char from[DATE], to[DATE];

    print_day(from, x->q->from);
    print_day(to, x->q->to);
    rw_text_addf(t,
        "{ \"estimate\": \"%s\", \"prior\": %s, \"from\": \"%s\", \"to\": \"%s\"",
        v->estimate, v->prior, from, to);
    rw_text_add(t, ", \"source\": ");
    rw_text_add_json_string(t, audits ? x->q->audits_file : x->q->incidents_file);
    rw_text_addf(t, ", \"sha256\": \"%s\", \"events\": %.10g",
        audits ? x->q->audits->sha256 : x->q->incidents->sha256, v->n);
    if (v->trade.members > 0) {
        rw_text_add(t, ", \"industry\": ");
        rw_text_add_json_string(t, x->q->industry_file);
        rw_text_addf(t, ", \"industry_sha256\": \"%s\"", x->q->industry->sha256);
    }
    if (v->kind == RW_LEARN_FREQUENCY)
        rw_text_addf(t, ", \"exposure\": %.10g", v->exposure);
    else
        rw_text_addf(t, ", \"weight\": %.10g", v->weight);
    rw_text_add(t, " }");
}

/* The history of one owner, whose moves follow each other from v[k]; returns the
 * number of the next one's first. */
static size_t
add_history(const struct rw_learn *x, size_t k, struct rw_edit *edit, bool *failed)
{
    const struct rw_learn_move *first = &x->v[k];
    const struct rw_node *owner = owner_of(edit, first);
    const struct rw_node *list = rw_node_get(owner, "history");
    bool control = first->kind == RW_LEARN_FAILURES;
    struct rw_text t;
    size_t entries = 0;

    rw_text_init(&t);
    rw_text_add(&t, list ? "" : "[ ");
    for (; k < x->n && x->v[k].of == first->of &&
           (x->v[k].kind == RW_LEARN_FAILURES) == control;
         k++) {
        if (x->v[k].why != NULL)
            continue;
        rw_edit_replace(edit, value_of(owner, &x->v[k]), x->v[k].json);
        rw_text_add(&t, entries++ ? ", " : "");
        add_entry(x, &x->v[k], &t);
    }
    rw_text_add(&t, list ? "" : " ]");
    *failed |= t.failed;
    if (entries > 0 && !t.failed && list)
        rw_edit_append(edit, list, t.s);
    else if (entries > 0 && !t.failed)
        rw_edit_add_member(edit, owner, "history", t.s);
    rw_text_fini(&t);
    return k;
}

enum rw_err
rw_learn_write(const struct rw_learn *x, struct rw_arena *a, struct rw_text *to,
    struct rw_error *e)
{
    const struct rw_table_file *f = &x->q->scenario;
    struct rw_edit edit;
    bool failed = false;
    enum rw_err err = rw_edit_init(&edit, f->name, f->bytes, f->n, a, e);

    if (err != RW_OK)
        return err;
    for (size_t k = 0; k < x->n;)
        k = add_history(x, k, &edit, &failed);
    return failed ? no_memory(e) : rw_edit_apply(&edit, to, e);
}
