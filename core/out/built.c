/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/built.c -- under which strategy an exact law holds. */
#include "out/exact.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 80 };

const char *
rw_built_name(const struct rw_built *b)
{
    return b ? b->strategy : "nothing";
}

/* "HEAD: id, id", in lines of WIDTH at most. */
static void
list(struct rw_text *t, const char *head, const struct rw_built *b, const size_t of[],
    size_t n)
{
    size_t at = strlen(head) + 1;

    rw_text_addf(t, "%s:", head);
    for (size_t k = 0; k < n; k++) {
        const char *id = b->model.controls[of[k]].id;
        size_t len = strlen(id) + 2;

        rw_text_add(t, at + len > WIDTH ? "\n  " : " ");
        at = at + len > WIDTH ? 2 + len : at + len;
        rw_text_addf(t, "%s%s", id, k + 1 < n ? "," : "\n");
    }
}

void
rw_built_text(const struct rw_built *b, struct rw_text *t)
{
    char head[WIDTH];

    if (b == NULL)
        return;
    snprintf(head, sizeof head, "All that it builds operates (from %s %u on%s)",
        b->model.cycle_name, b->cycle + 1, b->delayed ? ", at the earliest" : "");
    if (b->n_come > 0)
        list(t, head, b, b->come, b->n_come);
    else
        rw_text_add(t, "It builds nothing: only what operates today does.\n");
    if (b->n_late > 0)
        list(
            t, "Left out, for they come only after the horizon", b, b->late, b->n_late);
}

static void
ids(struct rw_writer *w, const char *key, const struct rw_built *b, const size_t of[],
    size_t n)
{
    rw_writer_array(w, key, true);
    for (size_t k = 0; k < n; k++)
        rw_writer_string(w, NULL, b->model.controls[of[k]].id);
    rw_writer_end(w);
}

void
rw_built_json(struct rw_writer *w, const struct rw_built *b)
{
    if (b == NULL)
        return;
    ids(w, "built", b, b->come, b->n_come);
    ids(w, "too_late", b, b->late, b->n_late);
    if (b->n_come > 0)
        rw_writer_count(w, "from_cycle", b->cycle + 1);
}
