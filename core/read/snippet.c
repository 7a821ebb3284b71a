/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/diag.h"

#include <stdint.h>
#include <string.h>

/* cells of a shown line, and of it before the carets where it is cut */
enum { LINE_CELLS = 96, LEFT_CELLS = 40, BYTES_AROUND = 4 * LINE_CELLS };

static const char replacement[] = "\xef\xbf\xbd";

struct range {
    uint32_t low, high;
};

static bool
within(const struct range *r, size_t n, uint32_t c)
{
    for (size_t i = 0; i < n; i++)
        if (c >= r[i].low && c <= r[i].high)
            return true;
    return false;
}
#define WITHIN(table, c) within(table, sizeof(table) / sizeof *(table), c)

/* Controls, and marks that turn the direction of text or are not seen. */
static const struct range unsafe[] = {{0, 0x1f}, {0x7f, 0x9f}, {0xad, 0xad},
    {0x61c, 0x61c}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
    {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};
/* Marks that stand on the character before. */
static const struct range combining[] = {{0x300, 0x36f}, {0x483, 0x489}, {0x591, 0x5bd},
    {0x610, 0x61a}, {0x64b, 0x65f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
    {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};
/* Characters two cells wide on a terminal (Unicode, East Asian Width). */
static const struct range wide[] = {{0x1100, 0x115f}, {0x2e80, 0x303e},
    {0x3041, 0xa4cf}, {0xa960, 0xa97f}, {0xac00, 0xd7a3}, {0xf900, 0xfaff},
    {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd}};

/* One character of s[n], n > 0: its bytes, code point and cells. */
struct glyph {
    size_t len;
    int cells;
    bool safe;
};

static struct glyph
glyph_at(const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t len = rw_utf8_length(s, n);
    uint32_t c = s[0];

    if (len == 0)
        return (struct glyph){1, 1, false};
    if (len > 1)
        c &= 0xffu >> (len + 1);
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (s[i] & 0x3fu);
    if (WITHIN(unsafe, c))
        return (struct glyph){len, 1, false};
    return (struct glyph){len,
        WITHIN(combining, c) ? 0
        : WITHIN(wide, c)    ? 2
                             : 1,
        true};
}

void
rw_safe_add(struct rw_text *out, const char *s, size_t n)
{
    while (n > 0) {
        struct glyph g = glyph_at(s, n);

        if (g.safe)
            rw_text_addn(out, s, g.len);
        else
            rw_text_add(out, *s == '\t' ? " " : replacement);
        s += g.len;
        n -= g.len;
    }
}

static int
cells(const char *s, size_t n)
{
    int k = 0;

    while (n > 0) {
        struct glyph g = glyph_at(s, n);
        k += g.cells;
        s += g.len;
        n -= g.len;
    }
    return k;
}

static bool
ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* The part of a line that is shown. */
struct view {
    size_t begin, end;
    bool cut_left, cut_right;
};

/* The line around s, as far as it may be shown. */
static struct view
line_of(const struct rw_span *s)
{
    const char *b = s->in->bytes;
    struct view v = {s->at, s->at, false, false};

    while (v.begin > 0 && !ends_line(b[v.begin - 1]) && s->at - v.begin < BYTES_AROUND)
        v.begin--;
    v.cut_left = v.begin > 0 && !ends_line(b[v.begin - 1]);
    while (v.cut_left && v.begin < s->at && ((unsigned char)b[v.begin] & 0xc0) == 0x80)
        v.begin++;
    while (v.end < s->in->n && !ends_line(b[v.end]) && v.end - s->at < BYTES_AROUND)
        v.end++;
    v.cut_right = v.end < s->in->n && !ends_line(b[v.end]);
    return v;
}

static void
cut_to_width(struct view *v, const struct rw_span *s)
{
    const char *b = s->in->bytes;
    size_t end = v->begin;
    int width = 0;

    if (!v->cut_left && cells(b + v->begin, v->end - v->begin) <= LINE_CELLS)
        return;
    while (cells(b + v->begin, s->at - v->begin) > LEFT_CELLS) {
        v->begin += glyph_at(b + v->begin, s->at - v->begin).len;
        v->cut_left = true;
    }
    for (end = v->begin; end < v->end;) {
        struct glyph g = glyph_at(b + end, v->end - end);
        if (width + g.cells > LINE_CELLS) {
            v->cut_right = true;
            break;
        }
        width += g.cells;
        end += g.len;
    }
    v->end = end;
}

static void
repeat(struct rw_text *out, const char *s, int n)
{
    for (int i = 0; i < n; i++)
        rw_text_add(out, s);
}

void
rw_snippet_add(
    struct rw_text *out, const struct rw_span *s, int width, const char *label)
{
    const char *b = s->in->bytes;
    struct view v = line_of(s);
    size_t stop;
    int carets;

    cut_to_width(&v, s);
    rw_text_addf(out, "%*d |%s", width, s->line, v.end > v.begin ? " " : "");
    rw_text_add(out, v.cut_left ? "..." : "");
    rw_safe_add(out, b + v.begin, v.end - v.begin);
    rw_text_add(out, v.cut_right ? "...\n" : "\n");
    stop = s->at + s->len < v.end ? s->at + s->len : v.end;
    carets = stop > s->at ? cells(b + s->at, stop - s->at) : 1;
    rw_text_addf(out, "%*s | ", width, "");
    repeat(out, " ", cells(b + v.begin, s->at - v.begin) + (v.cut_left ? 3 : 0));
    repeat(out, "^", carets > 0 ? carets : 1);
    if (label[0]) {
        rw_text_add(out, " ");
        rw_safe_add(out, label, strlen(label));
    }
    rw_text_add(out, "\n");
}
