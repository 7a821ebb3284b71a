/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/text.h -- growing text, numbers that survive the round trip,
 * and the nearest word to a misspelt one.
 *
 * Floor: base.  Threads: no shared state; never reads or sets the locale.
 */
#ifndef RW_BASE_TEXT_H
#define RW_BASE_TEXT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* s is always NUL-terminated once anything was appended; failed is sticky
 * (memory out), so a writer checks it once at the end. */
struct rw_text {
    char *s;
    size_t len, cap;
    bool failed;
};

void rw_text_init(struct rw_text *t);
void rw_text_fini(struct rw_text *t);
void rw_text_add(struct rw_text *t, const char *s);
void rw_text_addn(struct rw_text *t, const char *s, size_t n);
void rw_text_addf(struct rw_text *t, const char *fmt, ...) RW_PRINTF(2, 3);

enum { RW_NUMBER_MAX = 32 };

/* Shortest decimal that strtod reads back to the same double ("0.1", "1e+22",
 * "-0"); buf has RW_NUMBER_MAX bytes.  NaN and inf print as "null".
 * Returns buf. */
char *rw_number_print(char *buf, double x);
void rw_text_add_number(struct rw_text *t, double x);

/* s as a JSON string with its quotes; control characters escaped. */
void rw_text_add_json_string(struct rw_text *t, const char *s);

/* Length of the valid UTF-8 sequence at s (1-4), 0 where there is none
 * (overlong forms, surrogates and above U+10FFFF are none). */
size_t rw_utf8_length(const unsigned char *s, size_t n);

/* The word of words[n] nearest to s by Damerau-Levenshtein distance, case
 * ignored, if within max(1, strlen(s) / 3); else the one that s, of three letters or
 * more, begins; NULL where none is near, or several begin so. */
const char *rw_nearest_word(const char *s, const char *const words[], size_t n);

/* Money for people, e.g. "1.23M", "450k", "12.0"; buf has RW_NUMBER_MAX bytes. */
char *rw_money_print(char *buf, double x);

#endif
