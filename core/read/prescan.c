/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool scan_value(struct rw_scan *x);

void
rw_marks_init(struct rw_marks *m)
{
    memset(m, 0, sizeof *m);
}

void
rw_marks_fini(struct rw_marks *m)
{
    free(m->v);
    rw_marks_init(m);
}

struct rw_span
rw_mark_span(const struct rw_input *in, const struct rw_mark *m)
{
    /* of a container only its bracket is shown */
    size_t len = m->kind >= RW_JSON_ARRAY ? 1 : m->len;

    return (struct rw_span){in, m->at, len, m->line, m->col};
}

size_t
rw_scan_char(const struct rw_scan *x)
{
    size_t len = rw_utf8_length(x->s + x->at, x->n - x->at);

    return len ? len : 1;
}

void
rw_scan_step(struct rw_scan *x)
{
    unsigned char c = x->s[x->at];

    x->at += c < 0x80 ? 1 : rw_scan_char(x);
    x->col++;
    /* the LF of CR LF ends the line that its CR left open */
    if (c == '\n' || (c == '\r' && rw_scan_peek(x) != '\n')) {
        x->line++;
        x->col = 1;
    }
}

struct rw_span
rw_scan_here(const struct rw_scan *x, size_t len)
{
    return (struct rw_span){x->in, x->at, len, x->line, x->col};
}

void
rw_scan_error(struct rw_scan *x, struct rw_span at, const char *fmt, ...)
{
    char s[512];
    va_list args;

    va_start(args, fmt);
    vsnprintf(s, sizeof s, fmt, args);
    va_end(args);
    x->bad = true;
    rw_diag_add(x->d, &at, rw_scan_pointer(x), "%s", s);
}

const char *
rw_scan_pointer(struct rw_scan *x)
{
    struct rw_text t;
    char *kept;

    rw_text_init(&t);
    for (int i = 0; i < x->depth; i++) {
        const struct rw_scan_frame *f = &x->stack[i];
        const struct rw_mark *m = &x->marks->v[f->key];

        if (!f->object)
            rw_text_addf(&t, "/%zu", f->index);
        else if (m->key && m->len >= 2)
            rw_pointer_add(&t, x->in->bytes + m->at + 1, m->len - 2);
    }
    kept = t.s ? rw_arena_strdup(&x->d->arena, t.s) : NULL;
    rw_text_fini(&t);
    return kept ? kept : "";
}

bool
rw_scan_mark(struct rw_scan *x, enum rw_json kind, bool key)
{
    struct rw_marks *m = x->marks;

    if (m->n == RW_JSON_MARKS) {
        rw_scan_error(x, rw_scan_here(x, 1),
            "more than %d keys and values are not read", RW_JSON_MARKS);
        return false;
    }
    if (m->n == m->cap) {
        size_t cap = m->cap ? 2 * m->cap : 256;
        struct rw_mark *v = realloc(m->v, cap * sizeof *v);

        if (v == NULL) {
            x->memory = true;
            return false;
        }
        m->v = v;
        m->cap = cap;
    }
    m->v[m->n++] =
        (struct rw_mark){(uint32_t)x->at, 0, x->line, x->col, (unsigned char)kind, key};
    return true;
}

void
rw_scan_close(struct rw_scan *x, size_t mark)
{
    x->marks->v[mark].len = (uint32_t)x->at - x->marks->v[mark].at;
}

/* Passes a comment; the first one is reported. */
static void
skip_comment(struct rw_scan *x)
{
    bool block = x->s[x->at] == '/' && x->at + 1 < x->n && x->s[x->at + 1] == '*';
    size_t len = block || x->s[x->at] == '/' ? 2 : 1;

    if (!x->said_comment) {
        rw_scan_error(x, rw_scan_here(x, len), "JSON has no comments");
        rw_diag_help(x->d, "write notes as a key: \"//\": \"...\"");
        x->said_comment = true;
    }
    for (size_t i = 0; i < len; i++)
        rw_scan_step(x);
    while (x->at < x->n) {
        bool end =
            block ? x->s[x->at] == '*' && x->at + 1 < x->n && x->s[x->at + 1] == '/'
                  : x->s[x->at] == '\n' || x->s[x->at] == '\r';

        if (end && block) {
            rw_scan_step(x);
            rw_scan_step(x);
        }
        if (end)
            return;
        rw_scan_step(x);
    }
}

static bool
at_comment(const struct rw_scan *x)
{
    int c = rw_scan_peek(x), next = x->at + 1 < x->n ? x->s[x->at + 1] : -1;

    return c == '#' || (c == '/' && (next == '/' || next == '*'));
}

static void
skip_space(struct rw_scan *x)
{
    for (;;) {
        int c = rw_scan_peek(x);

        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            rw_scan_step(x);
        else if (at_comment(x))
            skip_comment(x);
        else
            return;
    }
}

/* The bracket that waits for its other half, as the second place. */
static void
point_at_opening(struct rw_scan *x)
{
    const struct rw_scan_frame *f = &x->stack[x->depth - 1];
    struct rw_span open = rw_mark_span(x->in, &x->marks->v[f->open]);

    rw_diag_also(x->d, &open, "");
    rw_diag_label(x->d, "this one is still open");
}

/* The text ends inside what the innermost frame opened. */
static bool
unfinished(struct rw_scan *x)
{
    const struct rw_scan_frame *f = x->depth ? &x->stack[x->depth - 1] : NULL;

    rw_scan_error(x, rw_scan_here(x, 0),
        f ? "the text ends too early" : "there is no scenario: the text is empty");
    if (f == NULL) {
        rw_diag_help(x->d, "docs/scenarios.md begins with a small complete one");
        return false;
    }
    rw_diag_label(
        x->d, "a closing '%c' is missing here or before", f->object ? '}' : ']');
    point_at_opening(x);
    return false;
}

/* Something else than what should follow. */
static bool
unexpected(struct rw_scan *x, const char *wanted)
{
    size_t len;
    int c = rw_scan_peek(x);

    if (c < 0)
        return unfinished(x);
    len = rw_scan_char(x);
    rw_scan_error(x, rw_scan_here(x, len), "expected %s", wanted);
    if (c == '\'')
        rw_diag_help(x->d, "JSON takes double quotes: \"text\"");
    else if (len == 3 && memcmp(x->s + x->at, "\xe2\x80", 2) == 0)
        rw_diag_help(x->d, "write plain double quotes \" instead of typographic ones");
    else if (c == 0)
        rw_diag_help(x->d, "this is a NUL byte; save the file as UTF-8 text");
    else
        rw_diag_label(x->d, "not this");
    return false;
}

static bool
push(struct rw_scan *x, bool object)
{
    if (x->depth == RW_JSON_DEPTH) {
        rw_scan_error(x, rw_scan_here(x, 1),
            "nested more than %d levels deep, which no file needs", RW_JSON_DEPTH);
        return false;
    }
    if (!rw_scan_mark(x, object ? RW_JSON_OBJECT : RW_JSON_ARRAY, false))
        return false;
    x->stack[x->depth++] = (struct rw_scan_frame){.object = object,
        .open = x->marks->n - 1,
        .key = x->marks->n - 1,
        .first_key = x->n_keys};
    rw_scan_step(x);
    skip_space(x);
    return true;
}

static void
pop(struct rw_scan *x)
{
    struct rw_scan_frame *f = &x->stack[x->depth - 1];

    rw_scan_step(x);
    rw_scan_close(x, f->open);
    if (f->object)
        rw_scan_keys_end(x, f);
    x->depth--;
}

/* Between two elements: true and *more, or the closing bracket passed. */
static bool
separator(struct rw_scan *x, char close, bool *more)
{
    struct rw_span comma = rw_scan_here(x, 1);
    int c = rw_scan_peek(x);

    *more = false;
    if (c == close) {
        pop(x);
        return true;
    }
    if (c != ',') {
        unexpected(x, close == '}' ? "',' or '}' after this value"
                                   : "',' or ']' after this value");
        if (c == '"' || c == '{' || c == '[')
            rw_diag_help(x->d, "a comma is missing before this");
        else if (c == '}' || c == ']')
            point_at_opening(x);
        return false;
    }
    rw_scan_step(x);
    skip_space(x);
    if (rw_scan_peek(x) != close) {
        *more = true;
        return true;
    }
    rw_scan_error(x, comma, "a comma before the closing '%c'", close);
    rw_diag_label(x->d, "remove it");
    pop(x);
    return true;
}

static bool
no_key(struct rw_scan *x, bool first)
{
    int c = rw_scan_peek(x);
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';

    unexpected(x, first ? "a key in double quotes or '}'" : "a key in double quotes");
    if (letter)
        rw_diag_help(x->d, "put the key in double quotes");
    else if (c >= '0' && c <= '9')
        rw_diag_help(x->d, "write numbers without marks between digits (1000, not "
                           "1,000) and with a decimal point (0.5, not 0,5)");
    return false;
}

static bool
scan_member(struct rw_scan *x, bool first)
{
    struct rw_scan_frame *f = &x->stack[x->depth - 1];
    size_t mark;

    if (rw_scan_peek(x) != '"')
        return no_key(x, first);
    if (!rw_scan_mark(x, RW_JSON_STRING, true))
        return false;
    mark = x->marks->n - 1;
    if (!rw_scan_string(x))
        return false;
    rw_scan_close(x, mark);
    f->key = mark;
    if (!rw_scan_key(x, mark))
        return false;
    skip_space(x);
    if (rw_scan_peek(x) != ':')
        return unexpected(x, "':' and a value after this key");
    rw_scan_step(x);
    skip_space(x);
    if (!scan_value(x))
        return false;
    f->key = f->open; /* what follows is not within the value */
    return true;
}

static bool
scan_object(struct rw_scan *x)
{
    bool more = true;

    if (!push(x, true))
        return false;
    if (rw_scan_peek(x) == '}') {
        pop(x);
        return true;
    }
    for (bool first = true; more; first = false) {
        if (!scan_member(x, first))
            return false;
        skip_space(x);
        if (!separator(x, '}', &more))
            return false;
    }
    return true;
}

static bool
scan_array(struct rw_scan *x)
{
    bool more = true;

    if (!push(x, false))
        return false;
    if (rw_scan_peek(x) == ']') {
        pop(x);
        return true;
    }
    while (more) {
        if (!scan_value(x))
            return false;
        skip_space(x);
        if (!separator(x, ']', &more))
            return false;
        if (more)
            x->stack[x->depth - 1].index++;
    }
    return true;
}

static bool
scan_value(struct rw_scan *x)
{
    int c = rw_scan_peek(x);
    size_t mark = x->marks->n;

    if (c == '{')
        return scan_object(x);
    if (c == '[')
        return scan_array(x);
    if (c == '"') {
        if (!rw_scan_mark(x, RW_JSON_STRING, false) || !rw_scan_string(x))
            return false;
        rw_scan_close(x, mark);
        return true;
    }
    if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.')
        return rw_scan_number(x);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
        return rw_scan_word(x);
    return unexpected(x, "a value");
}

/* Bytes that no reading would help. */
static bool
begins_well(struct rw_scan *x)
{
    const unsigned char *s = x->s + x->at;
    size_t n = x->n - x->at;

    if (n > RW_JSON_BYTES)
        rw_scan_error(x, rw_scan_here(x, 0), "larger than %d MiB", RW_JSON_BYTES >> 20);
    else if (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
        rw_scan_error(x, rw_scan_here(x, 3), "the file begins with a byte order mark");
        rw_diag_help(x->d, "save it as UTF-8 without BOM");
    } else if (n >= 2 &&
               (memcmp(s, "\xff\xfe", 2) == 0 || memcmp(s, "\xfe\xff", 2) == 0 ||
                   (s[0] == 0 && s[1]) || (s[0] && s[1] == 0))) {
        rw_scan_error(
            x, rw_scan_here(x, 1), "the file is not UTF-8 (it looks like UTF-16)");
        rw_diag_help(x->d, "save it as UTF-8");
    } else
        return true;
    return false;
}

static void
scan_text(struct rw_scan *x)
{
    if (!begins_well(x))
        return;
    skip_space(x);
    if (!scan_value(x))
        return;
    skip_space(x);
    if (x->at < x->n) {
        rw_scan_error(x, rw_scan_here(x, rw_scan_char(x)),
            "more text behind the closing bracket");
        rw_diag_help(x->d, "a file holds one object, in one pair of braces");
    }
}

enum rw_err
rw_prescan(
    const struct rw_input *in, size_t from, struct rw_marks *marks, struct rw_diags *d)
{
    struct rw_scan x = {.in = in,
        .s = (const unsigned char *)in->bytes,
        .n = in->n,
        .line = 1,
        .col = 1,
        .marks = marks,
        .d = d};

    while (x.at < from)
        rw_scan_step(&x);
    scan_text(&x);
    free(x.keys);
    if (x.memory || d->failed)
        return RW_ERR_MEMORY;
    return x.bad ? RW_ERR_INPUT : RW_OK;
}
