/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/screen.h -- the summary's page: cells of a width in characters, tones
 * where the terminal has colours; private to out/summary*.c.
 *
 * Floor: out.  Threads: the page's.
 */
#ifndef RW_OUT_SCREEN_H
#define RW_OUT_SCREEN_H

#include "base/text.h"
#include "study/result.h"

#include <stdbool.h>
#include <stddef.h>

enum { RW_SCREEN_NAME = 11, RW_SCREEN_CELL = 96, RW_SCREEN_STRATEGIES = 8 };

struct rw_screen {
    const struct rw_result *r;
    struct rw_text *t;
    bool colour;
};

enum rw_tone { RW_PLAIN, RW_BOLD, RW_GOOD, RW_BAD, RW_DIM };

void rw_screen_tone(struct rw_screen *s, enum rw_tone t);

/* Columns that s takes: characters, not bytes. */
size_t rw_screen_width(const char *s);

/* cell in width columns, to the right if width < 0; a cell that is too long
 * is cut. */
void rw_screen_put(struct rw_screen *s, const char *cell, int width);

/* The same with text of the scenario, so without control characters. */
void rw_screen_name(struct rw_screen *s, const char *name, int width);

/* "2.1M +- 12k". */
void rw_screen_mean(struct rw_screen *s, double mean, double se, int width);

/* Ends the line without the spaces before it. */
void rw_screen_end(struct rw_screen *s);

/* Strategies that are shown: the first ones, without twins. */
size_t rw_screen_shown(const struct rw_screen *s);

/* --- sampling.c --- */

/* What drawing futures evenly gained, where they were. */
void rw_summary_sampling(struct rw_screen *s);

/* --- summary_bought.c --- */

/* What closed loops bought, in how many futures and by when. */
void rw_summary_bought(struct rw_screen *s);

/* --- summary_verdict.c --- */

/* What the strategies cost and gain, the appetite's verdicts, the way to a
 * third party's statement. */
void rw_summary_programme(struct rw_screen *s);
void rw_summary_appetite(struct rw_screen *s);
void rw_summary_statement(struct rw_screen *s);

#endif
