/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
rw_text_init(struct rw_text *t)
{
    t->s = NULL;
    t->len = t->cap = 0;
    t->failed = false;
}

void
rw_text_fini(struct rw_text *t)
{
    free(t->s);
    rw_text_init(t);
}

/* Room for n more bytes and the NUL. */
static bool
reserve(struct rw_text *t, size_t n)
{
    size_t need, cap = t->cap ? t->cap : 64;
    char *s;

    if (t->failed)
        return false;
    if (__builtin_add_overflow(t->len, n, &need) ||
        __builtin_add_overflow(need, (size_t)1, &need)) {
        t->failed = true;
        return false;
    }
    if (need <= t->cap)
        return true;
    while (cap < need)
        cap = cap > SIZE_MAX / 2 ? need : 2 * cap;
    s = realloc(t->s, cap);
    if (s == NULL) {
        t->failed = true;
        return false;
    }
    t->s = s;
    t->cap = cap;
    return true;
}

void
rw_text_addn(struct rw_text *t, const char *s, size_t n)
{
    if (!reserve(t, n))
        return;
    if (n > 0)
        memcpy(t->s + t->len, s, n);
    t->len += n;
    t->s[t->len] = '\0';
}

void
rw_text_add(struct rw_text *t, const char *s)
{
    rw_text_addn(t, s, strlen(s));
}

void
rw_text_addf(struct rw_text *t, const char *fmt, ...)
{
    va_list args, again;
    int n;

    va_start(args, fmt);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n < 0)
        t->failed = true;
    else if (reserve(t, (size_t)n)) {
        vsnprintf(t->s + t->len, (size_t)n + 1, fmt, again);
        t->len += (size_t)n;
    }
    va_end(again);
}

void
rw_text_add_number(struct rw_text *t, double x)
{
    char buf[RW_NUMBER_MAX];

    rw_text_add(t, rw_number_print(buf, x));
}

/* The two-character escape of c, or 0. */
static char
short_escape(unsigned char c)
{
    switch (c) {
    case '"':
    case '\\':
        return (char)c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

void
rw_text_add_json_string(struct rw_text *t, const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t n = strlen(s);

    rw_text_addn(t, "\"", 1);
    while (n > 0) {
        size_t len = rw_utf8_length(u, n);
        char letter = short_escape(*u);

        if (letter)
            rw_text_addf(t, "\\%c", letter);
        else if (*u < 0x20 || *u == 0x7f)
            rw_text_addf(t, "\\u%04x", *u);
        else if (len == 0) /* not text: the replacement character */
            rw_text_add(t, "\xef\xbf\xbd");
        else
            rw_text_addn(t, (const char *)u, len);
        u += len ? len : 1;
        n -= len ? len : 1;
    }
    rw_text_addn(t, "\"", 1);
}

/* After table 3-7 of the Unicode standard, "Well-formed UTF-8 byte sequences":
 * the first byte fixes the length and the range of the second. */
size_t
rw_utf8_length(const unsigned char *s, size_t n)
{
    unsigned char low = 0x80, high = 0xbf;
    size_t len;

    if (n == 0)
        return 0;
    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    if (s[0] == 0xe0)
        low = 0xa0; /* overlong */
    else if (s[0] == 0xed)
        high = 0x9f; /* surrogates */
    else if (s[0] == 0xf0)
        low = 0x90; /* overlong */
    else if (s[0] == 0xf4)
        high = 0x8f; /* above U+10FFFF */
    if (n < len || s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if (s[i] < 0x80 || s[i] > 0xbf)
            return 0;
    return len;
}
