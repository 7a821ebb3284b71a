/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/learn_twice.c -- days that an estimate has learned from already. */
#include "base/date.h"
#include "read/diag.h"
#include "study/learn.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { DATE = 32, WHY = 256 };

static void
print_day(char s[DATE], long day)
{
    struct rw_date d = rw_date_of(day);

    snprintf(s, DATE, "%04d-%02u-%02u", d.year, d.month, d.day);
}

static const char *
text_of(const struct rw_node *entry, const char *key)
{
    const struct rw_node *v = rw_node_get(entry, key);

    return v && v->kind == RW_JSON_STRING ? v->text : NULL;
}

/* Days of an entry; false: it does not say them. */
static bool
watch_of(const struct rw_node *entry, long *from, long *to)
{
    const char *a = text_of(entry, "from"), *b = text_of(entry, "to");
    char why[WHY];
    struct rw_date d;

    if (a == NULL || b == NULL || rw_date_parse(a, &d, why, sizeof why) != RW_OK)
        return false;
    *from = rw_date_first(d);
    if (rw_date_parse(b, &d, why, sizeof why) != RW_OK)
        return false;
    *to = rw_date_last(d);
    return true;
}

/* The entry is of the same estimate, and of what is observed once more. */
static bool
repeats(const struct rw_learn_request *q, const struct rw_learn_move *v,
    const struct rw_node *entry)
{
    const char *sha256 = text_of(entry, "sha256");
    const struct rw_node *exposure = rw_node_get(entry, "exposure");
    long from, to;

    if (v->kind == RW_LEARN_FREQUENCY && exposure && exposure->number <= 0)
        return false; /* the trade alone */
    if (watch_of(entry, &from, &to))
        return from <= q->to && q->from <= to;
    return sha256 && v->n > 0 &&
           strcmp(sha256, v->kind == RW_LEARN_FAILURES ? q->audits->sha256
                                                       : q->incidents->sha256) == 0;
}

static void
report(const struct rw_learn_request *q, const struct rw_learn_move *v,
    const struct rw_node *entry, struct rw_diags *d)
{
    const struct rw_node *at = rw_node_get(entry, "from");
    long from, to;
    char a[DATE], b[DATE], next[DATE];
    bool days = watch_of(entry, &from, &to);

    at = at && days ? at : entry;
    rw_diag_add(d, &at->span, rw_node_pointer(at, &d->arena),
        "%s of '%.60s' has learned from %s before, which would count twice",
        v->estimate, v->owner, days ? "some of these days" : "this table");
    if (!days) {
        rw_diag_help(d, "learn from the scenario as it was before");
        return;
    }
    print_day(a, from);
    print_day(b, to);
    rw_diag_label(d, "it learned from %s to %s", a, b);
    print_day(next, to + 1);
    if (q->to > to)
        rw_diag_help(d,
            "tell only of the days since then, --from %s, or learn from the scenario "
            "as it was before, with all of it in one table",
            next);
    else
        rw_diag_help(
            d, "learn from the scenario as it was before, with all of it in one table");
}

/* The last entry that the move would repeat.  The trade replaces what an estimate
 * was, and with it all that it had learned. */
static const struct rw_node *
repeated(const struct rw_learn_request *q, const struct rw_learn_move *v,
    const struct rw_node *history)
{
    const struct rw_node *found = NULL;

    if (v->trade.members > 0)
        return NULL;
    for (const struct rw_node *c = history ? history->first : NULL; c; c = c->next) {
        const char *estimate = text_of(c, "estimate");

        if (estimate == NULL || strcmp(estimate, v->estimate) != 0)
            continue;
        if (text_of(c, "industry"))
            found = NULL;
        if (repeats(q, v, c))
            found = c;
    }
    return found;
}

enum rw_err
rw_learn_twice(const struct rw_learn *x, const struct rw_edit *edit, struct rw_text *to,
    struct rw_error *e)
{
    const struct rw_learn_request *q = x->q;
    enum rw_err err = RW_OK;
    struct rw_diags d;

    rw_diags_init(&d);
    for (size_t k = 0; k < x->n; k++) {
        const struct rw_learn_move *v = &x->v[k];
        const struct rw_node *entry =
            v->why ? NULL : repeated(q, v, rw_learn_history(edit, v));

        if (entry != NULL)
            report(q, v, entry, &d);
    }
    if (d.total > 0) {
        rw_diags_render(&d, q->scenario.name, to);
        err = RW_ERR_INPUT;
    }
    if (d.failed || to->failed)
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
    rw_diags_fini(&d);
    return err;
}
