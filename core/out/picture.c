/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/picture.h"

#include <stdint.h>
#include <string.h>

static const char *const colours[] = {"#E69F00", "#56B4E9", "#009E73", "#F0E442",
    "#0072B2", "#D55E00", "#CC79A7", "#000000"};
/* the first, usually "nothing", in the warm colour of danger */
static const char *const strategy_colours[] = {
    "#D55E00", "#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9"};
static const char *const dashes[] = {
    "solid", "(14,5)", "(14,4,3,4)", "(4,3)", "(20,4,3,4,3,4)", "(8,8)"};

const char *
rw_picture_colour(size_t k)
{
    return colours[k % (sizeof colours / sizeof *colours)];
}

const char *
rw_picture_strategy_colour(size_t k)
{
    return strategy_colours[k % (sizeof strategy_colours / sizeof *strategy_colours)];
}

const char *
rw_picture_dash(size_t k)
{
    return dashes[k % (sizeof dashes / sizeof *dashes)];
}

static uint32_t
decode(const unsigned char *s, size_t len)
{
    static const unsigned char first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t c = s[0] & first[len];

    for (size_t k = 1; k < len; k++)
        c = c << 6 | (s[k] & 0x3f);
    return c;
}

/* Characters that no picture may hold: controls, non-characters, and marks
 * that turn the direction of what follows. */
static bool
forbidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c & 0xfffe) == 0xfffe ||
           (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* Appends one character of s and returns the bytes it took; *taken counts
 * what was written. */
static size_t
clean_one(struct rw_text *t, const unsigned char *s, size_t n, size_t *taken)
{
    size_t len = rw_utf8_length(s, n);

    if (len == 0) {
        rw_text_add(t, "\xef\xbf\xbd"); /* U+FFFD */
        ++*taken;
        return 1;
    }
    if (*s == '\t' || *s == '\n') {
        rw_text_add(t, " ");
        ++*taken;
    } else if (!forbidden(decode(s, len))) {
        rw_text_addn(t, (const char *)s, len);
        ++*taken;
    }
    return len;
}

void
rw_picture_clean(struct rw_text *t, const char *s, size_t max)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t n = strlen(s), taken = 0;
    struct rw_text whole;

    rw_text_init(&whole);
    rw_text_add(&whole, "");
    while (n > 0 && taken <= max) {
        size_t cut = whole.len, len = clean_one(&whole, u, n, &taken);

        if (taken > max && !whole.failed) { /* one too many: the ellipsis instead */
            whole.s[whole.len = cut] = '\0';
            while (
                whole.len > 0 && ((unsigned char)whole.s[--whole.len] & 0xc0) == 0x80)
                ;
            rw_text_add(&whole, "\xe2\x80\xa6");
        }
        u += len;
        n -= len;
    }
    t->failed |= whole.failed;
    if (!whole.failed)
        rw_text_addn(t, whole.s, whole.len);
    rw_text_fini(&whole);
}

void
rw_picture_quote(struct rw_text *t, const char *s, size_t max)
{
    struct rw_text clean;

    rw_text_init(&clean);
    rw_picture_clean(&clean, s, max);
    rw_text_add(t, "'");
    /* Doubling would not do: gnuplot 5.4 takes three quotes at the beginning
     * for an empty string and the start of another one. */
    for (size_t k = 0; !clean.failed && k < clean.len; k++)
        rw_text_add(t, clean.s[k] == '\'' ? "\xe2\x80\x99" : (char[2]){clean.s[k], 0});
    rw_text_add(t, "'");
    t->failed |= clean.failed;
    rw_text_fini(&clean);
}

void
rw_picture_begin(struct rw_picture *p, unsigned height)
{
    rw_text_addf(&p->script,
        "# %s.gp -- made by riskwheel from results.json; draws %s.tsv.\n"
        "#   gnuplot %s.gp > %s.svg        gnuplot -e png=1 %s.gp > %s.png\n"
        "if (exists(\"png\")) {\n"
        "    plain = 'DejaVu Sans'; bold = 'DejaVu Sans:Bold'; dot = 1.0\n"
        "    set terminal pngcairo noenhanced size %u,%u font plain.',11' "
        "fontscale 1.5 linewidth 1.5 pointscale 1.5\n"
        "} else {\n"
        "    # a viewer has its own fonts; the terminal knows no bold one, so the\n"
        "    # attribute is passed through\n"
        "    plain = 'sans-serif'; bold = 'sans-serif\" font-weight=\"bold'; dot = "
        "0.7\n"
        "    set terminal svg noenhanced size %u,%u font plain.',11' "
        "fontscale 1.3 dashed background '#ffffff'\n"
        "}\n"
        "set encoding utf8\n"
        "set datafile separator \"\\t\"\n"
        "set datafile commentschars \"\"\n"
        "set border 3 lw 1 lc rgb '#555555'\n"
        "set tics nomirror out scale 0.6 tc rgb '#333333'\n"
        "set grid xtics ytics lt 1 lw 0.5 lc rgb '#e4e4e4'\n"
        "set key noenhanced\n"
        "data = '%s.tsv'\n",
        p->name, p->name, p->name, p->name, p->name, p->name, RW_PICTURE_WIDTH * 3 / 2,
        height * 3 / 2, RW_PICTURE_WIDTH, height, p->name);
}

void
rw_picture_heading(struct rw_picture *p, const char *headline, const struct rw_view *v,
    const char *what)
{
    struct rw_text sub;

    rw_text_init(&sub);
    rw_picture_clean(&sub, v->name, 60);
    rw_text_addf(&sub, ": %s", what);
    rw_text_add(&p->script, "set label 1001 ");
    rw_picture_quote(&p->script, headline, RW_PICTURE_TEXT);
    rw_text_add(&p->script, " at screen 0.02,0.955 left noenhanced "
                            "font bold.',14' tc rgb '#222222'\n"
                            "set label 1002 ");
    rw_picture_quote(
        &p->script, sub.failed ? "" : sub.s, RW_PICTURE_TEXT + RW_PICTURE_TEXT / 2);
    rw_text_add(&p->script, " at screen 0.02,0.905 left noenhanced "
                            "font plain.',11' tc rgb '#666666'\n");
    p->script.failed |= sub.failed;
    rw_text_fini(&sub);
}

size_t
rw_picture_block(struct rw_picture *p)
{
    if (p->blocks > 0)
        rw_text_add(&p->data, "\n\n");
    return p->blocks++;
}

void
rw_picture_row(struct rw_picture *p, const double x[], size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (k > 0)
            rw_text_add(&p->data, "\t");
        rw_text_add_number(&p->data, x[k]);
    }
    rw_text_add(&p->data, "\n");
}

struct rw_panels
rw_panels_make(size_t n, double left, double right, double top, double bottom)
{
    struct rw_panels g = {.n = n,
        .left = left,
        .right = right,
        .top = top,
        .bottom = bottom,
        .gap_x = 0.03,
        .gap_y = 0.10};

    g.columns = n <= 3 ? n : n == 4 ? 2 : n <= 6 ? 3 : 4;
    g.rows = (n + g.columns - 1) / g.columns;
    return g;
}

void
rw_panels_place(const struct rw_panels *g, size_t k, struct rw_text *t)
{
    double columns = (double)g->columns, rows = (double)g->rows;
    double width = (g->right - g->left - g->gap_x * (columns - 1)) / columns;
    double height = (g->top - g->bottom - g->gap_y * (rows - 1)) / rows;
    double x = g->left + (double)(k % g->columns) * (width + g->gap_x);
    double y = g->top - (double)(k / g->columns) * (height + g->gap_y);

    rw_text_addf(t,
        "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
        "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
        x, x + width, y, y - height);
}

bool
rw_panels_leftmost(const struct rw_panels *g, size_t k)
{
    return k % g->columns == 0;
}

bool
rw_panels_lowest(const struct rw_panels *g, size_t k)
{
    return k + g->columns >= g->n;
}

void
rw_picture_key_strip(struct rw_picture *p, double height)
{
    rw_text_addf(&p->script,
        "set lmargin at screen 0.02\nset rmargin at screen 0.98\n"
        "set tmargin at screen %.3g\nset bmargin at screen 0.01\n"
        "unset border\nunset tics\nunset xlabel\nunset ylabel\nunset title\n"
        "unset logscale\nunset grid\nset xrange [0:1]\nset yrange [0:1]\n"
        "set key center center horizontal Left reverse samplen 2.5 width 1\n"
        "plot -1 notitle",
        height);
}
