/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/picture.h -- one gnuplot picture in the making: its script and its
 * data, both kept beside the picture so that they can be restyled.
 *
 * Data: one file of tab-separated numbers, blocks parted by two empty lines
 * and named in the script by `index`.  The script draws SVG, or PNG when the
 * variable `png` exists, to its standard output.
 *
 * Untrusted text (names of scenario, strategies, threats, assets, currency)
 * enters a script through rw_picture_quote only: valid UTF-8, no control
 * characters, single quotes as apostrophes (U+2019), at most so many characters.  Every
 * terminal is `noenhanced`, so that no character is markup.
 *
 * Floor: out.  Threads: one picture, one thread.
 */
#ifndef RW_OUT_PICTURE_H
#define RW_OUT_PICTURE_H

#include "base/text.h"
#include "out/view.h"

enum {
    RW_PICTURE_WIDTH = 960, /* pixels of the SVG; the PNG has half as many more */
    RW_PICTURE_HEIGHT = 600,
    RW_PICTURE_TEXT = 120 /* characters of untrusted text at most */
};

struct rw_picture {
    const char *name; /* "exceedance": of its files */
    struct rw_text script, data;
    size_t blocks;
    char nothing[160]; /* why there is nothing to draw; "" otherwise */
    bool left_out;     /* the scenario is about nothing of the kind */
};

/* Okabe and Ito's colours, distinct also to the colour-blind; k counts on
 * without end.  Strategies also differ by dash. */
const char *rw_picture_strategy_colour(size_t k);
const char *rw_picture_dash(size_t k); /* a dashtype */
const char *rw_picture_colour(size_t k);

/* Terminal, encoding, style and the two lines above the picture.  The
 * headline says what to read from it; both are trusted or quoted already. */
void rw_picture_begin(struct rw_picture *p, unsigned height);
void rw_picture_heading(struct rw_picture *p, const char *headline,
    const struct rw_view *v, const char *what);

/* s between single quotes after the rule above, with "…" when cut at max
 * characters. */
void rw_picture_quote(struct rw_text *t, const char *s, size_t max);
/* The same text without the quotes, for use inside a sentence that is quoted
 * as a whole afterwards. */
void rw_picture_clean(struct rw_text *t, const char *s, size_t max);

/* Starts a block of data that will have at least one row; its index. */
size_t rw_picture_block(struct rw_picture *p);
void rw_picture_row(struct rw_picture *p, const double x[], size_t n);

/* Panels in rows of equal size between the given screen borders. */
struct rw_panels {
    size_t n, columns, rows;
    double left, right, top, bottom, gap_x, gap_y;
};
struct rw_panels rw_panels_make(
    size_t n, double left, double right, double top, double bottom);
/* Margins of panel k, and whether it stands at the left or bottom border. */
void rw_panels_place(const struct rw_panels *g, size_t k, struct rw_text *t);
bool rw_panels_leftmost(const struct rw_panels *g, size_t k);
bool rw_panels_lowest(const struct rw_panels *g, size_t k);

/* "250k", "1.5M": a round amount as axes print it; buf has RW_NUMBER_MAX bytes. */
char *rw_axis_money_print(char *buf, double x);

/* Turns the strip at the bottom of a multiplot, so much of the picture high,
 * into its key; the caller goes on with ", keyentry with ... title ..." for
 * each line of it. */
#define RW_PICTURE_KEY 0.075
void rw_picture_key_strip(struct rw_picture *p, double height);

/* Axes, axis is "x" or "y".  Log axis over [low, high] with labels at the
 * powers of ten, at 2 and 5 times them too where there are few. */
void rw_axis_log_money(struct rw_text *t, const char *axis, double low, double high);
/* From low to high, about n ticks at round numbers; labels false: ticks alone,
 * for a panel beside one that has them. */
void rw_axis_money(struct rw_text *t, const char *axis, double low, double high,
    unsigned n, bool labels);
/* Probabilities on a log axis, labelled in per cent. */
void rw_axis_log_share(struct rw_text *t, const char *axis, double low);
/* Whole cycles, for panels in so many columns. */
void rw_axis_cycles(struct rw_text *t, const struct rw_view *v, size_t columns);
/* before, the currency, after. */
void rw_axis_label(struct rw_text *t, const char *axis, const char *before,
    const struct rw_view *v, const char *after);
/* "Quarter", from the name of the scenario's cycle, below a panel that has none below
 * it; no label otherwise. */
void rw_axis_cycle_label(struct rw_text *t, const struct rw_view *v, bool lowest);

/* ---- curve.c: exceedance curves on two log axes ---- */

struct rw_curve_range {
    double x_low, x_high, y_low;
};

/* What holds the losses of these years: three to four decades of loss, and
 * probabilities down to one in a thousand, or to the appetite if it is
 * stricter.  False where there is no curve. */
bool rw_curve_range(
    const struct rw_view *v, const size_t years[], size_t n, struct rw_curve_range *r);
/* The curve as a block: loss, probability, low, high; false where there is none to
 * draw. */
bool rw_curve_block(struct rw_picture *p, const struct rw_view_point curve[], size_t n,
    const struct rw_curve_range *r, size_t *block);

/* The pictures; each fills *p, or p->nothing. */
void rw_picture_exceedance(struct rw_picture *p, const struct rw_view *v);
void rw_picture_largest(struct rw_picture *p, const struct rw_view *v);
void rw_picture_residual(struct rw_picture *p, const struct rw_view *v);
void rw_picture_cost(struct rw_picture *p, const struct rw_view *v);
void rw_picture_risks(struct rw_picture *p, const struct rw_view *v);
void rw_picture_versus(struct rw_picture *p, const struct rw_view *v);
void rw_picture_programme(struct rw_picture *p, const struct rw_view *v);
void rw_picture_benefit(struct rw_picture *p, const struct rw_view *v);

#endif
