/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_CHARS = 40, POINTER_BYTES = 200, SENTENCE = 1024 };

void
rw_diags_init(struct rw_diags *d)
{
    memset(d, 0, sizeof *d);
    rw_arena_init(&d->arena);
}

void
rw_diags_fini(struct rw_diags *d)
{
    rw_arena_fini(&d->arena);
}

bool
rw_diags_full(const struct rw_diags *d)
{
    return d->n == RW_DIAGS_KEPT;
}

/* The diagnostic under way, NULL if it is only counted: its label must not go
 * to the one before. */
static struct rw_diag *
current(struct rw_diags *d)
{
    return d->total == d->n && d->n > 0 ? &d->kept[d->n - 1] : NULL;
}

static const char *
keep(struct rw_diags *d, const char *s)
{
    const char *copy = rw_arena_strdup(&d->arena, s);

    if (copy == NULL) {
        d->failed = true;
        return "";
    }
    return copy;
}

static const char *
keep_format(struct rw_diags *d, const char *fmt, va_list args)
{
    char s[SENTENCE];

    vsnprintf(s, sizeof s, fmt, args);
    return keep(d, s);
}

void
rw_diag_add(struct rw_diags *d, const struct rw_span *span, const char *pointer,
    const char *fmt, ...)
{
    struct rw_diag *x;
    va_list args;

    d->total++;
    if (rw_diags_full(d))
        return;
    x = &d->kept[d->n++];
    va_start(args, fmt);
    *x = (struct rw_diag){.message = keep_format(d, fmt, args), .help = ""};
    va_end(args);
    x->number = d->total;
    rw_diag_also(d, span, pointer);
}

void
rw_diag_also(struct rw_diags *d, const struct rw_span *span, const char *pointer)
{
    struct rw_diag *x = current(d);

    if (x == NULL || x->n_parts == RW_DIAG_PARTS)
        return;
    x->parts[x->n_parts++] = (struct rw_diag_part){*span, keep(d, pointer), ""};
}

void
rw_diag_label(struct rw_diags *d, const char *fmt, ...)
{
    struct rw_diag *x = current(d);
    va_list args;

    if (x == NULL)
        return;
    va_start(args, fmt);
    x->parts[x->n_parts - 1].label = keep_format(d, fmt, args);
    va_end(args);
}

void
rw_diag_help(struct rw_diags *d, const char *fmt, ...)
{
    struct rw_diag *x = current(d);
    va_list args;

    if (x == NULL)
        return;
    va_start(args, fmt);
    x->help = keep_format(d, fmt, args);
    va_end(args);
}

const char *
rw_diag_shown(struct rw_diags *d, const char *s)
{
    size_t n = strlen(s), at = 0;
    char *cut;

    if (d->total > d->n)
        return "";
    for (int i = 0; i < SHOWN_CHARS && at < n; i++) {
        size_t len = rw_utf8_length((const unsigned char *)s + at, n - at);
        at += len ? len : 1;
    }
    if (at == n)
        return s;
    cut = rw_arena_printf(&d->arena, "%.*s...", (int)at, s);
    return cut ? cut : "";
}

void
rw_pointer_add(struct rw_text *t, const char *key, size_t n)
{
    rw_text_add(t, "/");
    for (size_t i = 0; i < n; i++) {
        if (key[i] == '~')
            rw_text_add(t, "~0");
        else if (key[i] == '/')
            rw_text_add(t, "~1");
        else
            rw_text_addn(t, key + i, 1);
    }
}

static int
by_place(const void *a, const void *b)
{
    const struct rw_diag *x = a, *y = b;
    const struct rw_span *s = &x->parts[0].span, *t = &y->parts[0].span;

    if (s->in != t->in)
        return s->in->rank < t->in->rank ? -1 : 1;
    if (s->at != t->at)
        return s->at < t->at ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

static int
digits(int n)
{
    int k = 1;

    for (; n >= 10; n /= 10)
        k++;
    return k;
}

static void
render_place(struct rw_text *out, const struct rw_diag_part *p, int width)
{
    size_t n = strlen(p->pointer);

    rw_text_addf(out, "%*s--> ", width, "");
    rw_safe_add(out, p->span.in->name, strlen(p->span.in->name));
    rw_text_addf(out, ":%d:%d", p->span.line, p->span.col);
    if (n > 0) {
        rw_text_add(out, "   at ");
        rw_safe_add(out, p->pointer, n < POINTER_BYTES ? n : POINTER_BYTES);
        rw_text_add(out, n < POINTER_BYTES ? "" : "...");
    }
    rw_text_add(out, "\n");
    rw_snippet_add(out, &p->span, width, p->label);
}

static void
render(struct rw_text *out, const struct rw_diag *x)
{
    int width = 0;

    for (int i = 0; i < x->n_parts; i++)
        if (digits(x->parts[i].span.line) > width)
            width = digits(x->parts[i].span.line);
    rw_text_add(out, "error: ");
    rw_safe_add(out, x->message, strlen(x->message));
    rw_text_add(out, "\n");
    for (int i = 0; i < x->n_parts; i++)
        render_place(out, &x->parts[i], width);
    if (x->help[0]) {
        rw_text_addf(out, "%*s = help: ", width, "");
        rw_safe_add(out, x->help, strlen(x->help));
        rw_text_add(out, "\n");
    }
    rw_text_add(out, "\n");
}

void
rw_diags_render(struct rw_diags *d, const char *file, struct rw_text *out)
{
    size_t shown = d->n < RW_DIAGS_SHOWN ? d->n : RW_DIAGS_SHOWN;

    qsort(d->kept, d->n, sizeof *d->kept, by_place);
    for (size_t i = 0; i < shown; i++)
        render(out, &d->kept[i]);
    rw_safe_add(out, file, strlen(file));
    rw_text_addf(out, ": %zu error%s", d->total, d->total == 1 ? "" : "s");
    if (d->total > shown)
        rw_text_addf(out, ", the first %zu are shown", shown);
    rw_text_add(out, "\n");
    if (d->failed)
        out->failed = true;
}
