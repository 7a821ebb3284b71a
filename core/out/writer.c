/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/writer.h"

#include <inttypes.h>

void
rw_writer_init(struct rw_writer *w)
{
    *w = (struct rw_writer){.depth = 0};
    rw_text_init(&w->text);
}

void
rw_writer_fini(struct rw_writer *w)
{
    rw_text_fini(&w->text);
}

static void
new_line(struct rw_writer *w)
{
    rw_text_add(&w->text, "\n");
    for (unsigned k = 0; k < w->depth; k++)
        rw_text_add(&w->text, " ");
}

/* What stands before a value: comma, line, key. */
static void
begin(struct rw_writer *w, const char *key)
{
    if (w->depth > 0) {
        if (w->filled[w->depth])
            rw_text_add(&w->text, w->line ? ", " : ",");
        w->filled[w->depth] = true;
        if (!w->line)
            new_line(w);
    }
    if (key) {
        rw_text_add_json_string(&w->text, key);
        rw_text_add(&w->text, ": ");
    }
}

static void
open_level(struct rw_writer *w, const char *key, bool line, char open, char close)
{
    begin(w, key);
    rw_text_addn(&w->text, &open, 1);
    w->depth++;
    RW_BUG_ASSERT(w->depth < RW_WRITER_DEPTH);
    w->filled[w->depth] = false;
    w->close[w->depth] = close;
    if (line && !w->line)
        w->line = w->depth;
}

void
rw_writer_object(struct rw_writer *w, const char *key, bool line)
{
    open_level(w, key, line, '{', '}');
}

void
rw_writer_array(struct rw_writer *w, const char *key, bool line)
{
    open_level(w, key, line, '[', ']');
}

void
rw_writer_end(struct rw_writer *w)
{
    unsigned ended = w->depth;

    RW_BUG_ASSERT(ended > 0);
    w->depth--;
    if (!w->line && w->filled[ended])
        new_line(w);
    rw_text_addn(&w->text, &w->close[ended], 1);
    if (w->line == ended)
        w->line = 0;
    if (w->depth == 0)
        rw_text_add(&w->text, "\n");
}

void
rw_writer_number(struct rw_writer *w, const char *key, double x)
{
    begin(w, key);
    rw_text_add_number(&w->text, x);
}

void
rw_writer_count(struct rw_writer *w, const char *key, uint64_t x)
{
    begin(w, key);
    rw_text_addf(&w->text, "%" PRIu64, x);
}

void
rw_writer_flag(struct rw_writer *w, const char *key, bool x)
{
    begin(w, key);
    rw_text_add(&w->text, x ? "true" : "false");
}

void
rw_writer_string(struct rw_writer *w, const char *key, const char *s)
{
    begin(w, key);
    rw_text_add_json_string(&w->text, s);
}

enum rw_err
rw_writer_hand_over(struct rw_writer *w, struct rw_text *t, struct rw_error *e)
{
    bool failed = w->text.failed;

    if (!failed)
        rw_text_addn(t, w->text.s, w->text.len);
    failed |= t->failed;
    rw_writer_fini(w);
    return failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory for the document")
                  : RW_OK;
}
