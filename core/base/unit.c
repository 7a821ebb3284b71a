/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/unit.h"
#include "base/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 24 }; /* bytes of the user's text shown in a message */

/* What the text is read with: where the sentence of a refusal goes. */
struct request {
    const char *currency;
    char *why;
    size_t n;
};

struct word {
    const char *name;
    double factor;
};

static const struct word magnitudes[] = {
    {"k", 1e3}, {"M", 1e6}, {"B", 1e9}, {"T", 1e12}, {NULL, 0}};

/* in years; the divisor, so that a count of days is rounded only once */
static const struct word periods[] = {{"yr", 1}, {"y", 1}, {"year", 1}, {"years", 1},
    {"quarter", 4}, {"quarters", 4}, {"mo", 12}, {"month", 12}, {"months", 12},
    {"w", RW_DAYS_PER_YEAR / 7}, {"week", RW_DAYS_PER_YEAR / 7},
    {"weeks", RW_DAYS_PER_YEAR / 7}, {"d", RW_DAYS_PER_YEAR}, {"day", RW_DAYS_PER_YEAR},
    {"days", RW_DAYS_PER_YEAR}, {"h", RW_DAYS_PER_YEAR * 24},
    {"hour", RW_DAYS_PER_YEAR * 24}, {"hours", RW_DAYS_PER_YEAR * 24}, {NULL, 0}};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *
skip_spaces(const char *s)
{
    while (*s == ' ')
        s++;
    return s;
}

static const char *
skip_digits(const char *s)
{
    while (is_digit(*s))
        s++;
    return s;
}

/* Bytes of s to show: whole characters, at most SHOWN, no spaces behind. */
static int
shown(const char *s)
{
    size_t n = strlen(s), at = 0;

    while (n > 0 && s[n - 1] == ' ')
        n--;
    while (at < n) {
        size_t len = rw_utf8_length((const unsigned char *)s + at, n - at);
        if (len == 0 || at + len > SHOWN)
            break;
        at += len;
    }
    return (int)at;
}

/* The end of a number written as JSON writes it, or NULL. */
static const char *
number_end(const char *s)
{
    const char *e;

    if (*s == '-')
        s++;
    if (!is_digit(*s) || (s[0] == '0' && is_digit(s[1])))
        return NULL;
    s = skip_digits(s);
    if (*s == '.') {
        if (!is_digit(s[1]))
            return NULL;
        s = skip_digits(s + 1);
    }
    if (*s == 'e' || *s == 'E') {
        e = s + 1 + (s[1] == '+' || s[1] == '-');
        if (is_digit(*e))
            s = skip_digits(e);
    }
    return s;
}

/* Digits go on behind a mark: 1,000 and its relatives. */
static bool
is_grouped(const char *end)
{
    return (*end == ',' || *end == '_' || *end == '\'' || *end == '.' || *end == ' ') &&
           is_digit(end[1]);
}

/* *x <- the number at s; returns what follows it, or NULL. */
static const char *
read_number(const struct request *q, const char *s, double *x)
{
    const char *end = number_end(s);

    if (end == NULL) {
        snprintf(q->why, q->n, "'%.*s' does not begin with a number like 250 or 0.5",
            shown(s), s);
        return NULL;
    }
    if (is_grouped(end)) {
        snprintf(q->why, q->n,
            "'%.*s' has marks between its digits; write 1000 and not 1,000", shown(s),
            s);
        return NULL;
    }
    *x = strtod(s, NULL);
    if (!isfinite(*x)) {
        snprintf(q->why, q->n, "'%.*s' is too large", shown(s), s);
        return NULL;
    }
    return end;
}

static const struct word *
find_word(const struct word words[], const char *s, size_t n)
{
    for (; words->name; words++)
        if (strlen(words->name) == n && strncmp(words->name, s, n) == 0)
            return words;
    return NULL;
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t
word_length(const char *s)
{
    size_t n = 0;

    while (is_letter(s[n]))
        n++;
    return n;
}

/* The period that makes up all of s, or NULL with its sentence. */
static const struct word *
read_period(const struct request *q, const char *s, const char *example)
{
    size_t n = word_length(s);
    const struct word *w = find_word(periods, s, n);

    if (w && *skip_spaces(s + n) == '\0')
        return w;
    if (*s == '\0')
        snprintf(q->why, q->n, "the unit is missing; write it like %s", example);
    else
        snprintf(q->why, q->n,
            "unknown unit '%.*s'; known are h, d, w, mo, quarter and yr, as in %s",
            shown(s), s, example);
    return NULL;
}

static bool
read_money(const struct request *q, const char *s, double *x)
{
    size_t n = word_length(s);
    const struct word *w = find_word(magnitudes, s, n);

    if (w) {
        *x *= w->factor;
        s = skip_spaces(s + n);
        n = word_length(s);
    }
    if (q->currency && n == strlen(q->currency) && strncmp(s, q->currency, n) == 0) {
        s = skip_spaces(s + n);
        n = word_length(s);
    }
    if (*s == '\0' && isfinite(*x))
        return true;
    if (*s == '\0')
        snprintf(q->why, q->n, "the amount is too large");
    else if (n == 3 && s[n] == '\0' && strcspn(s, "abcdefghijklmnopqrstuvwxyz") == 3)
        snprintf(q->why, q->n, "money is in %s here, and '%.3s' is not converted",
            q->currency ? q->currency : "one currency without a name", s);
    else if (*s == '/')
        snprintf(q->why, q->n,
            "money stands without '%.*s': an amount, or where it recurs one a year",
            shown(s), s);
    else
        snprintf(q->why, q->n,
            "unknown unit '%.*s' of money; known are k, M, B and T%s%s, as in 250k",
            shown(s), s, q->currency ? " and then " : "",
            q->currency ? q->currency : "");
    return false;
}

static bool
read_rate(const struct request *q, const char *s, double *x)
{
    const struct word *w;

    if (*s != '/') {
        snprintf(q->why, q->n, "'%.*s' is no \"per\" of a rate; write it like 2/yr",
            shown(s), s);
        return false;
    }
    w = read_period(q, skip_spaces(s + 1), "2/yr or 0.5/month");
    if (w)
        *x *= w->factor;
    return w && isfinite(*x);
}

static bool
read_time(const struct request *q, const char *s, double *x)
{
    const struct word *w = read_period(q, s, "90d or 1.5yr");

    if (w)
        *x /= w->factor;
    return w;
}

static bool
read_share(const struct request *q, const char *s, double *x)
{
    if (*s == '%') {
        *x /= 100;
        s = skip_spaces(s + 1);
    }
    if (*s)
        snprintf(q->why, q->n, "'%.*s' behind a share; write it like 35%% or 0.35",
            shown(s), s);
    return *s == '\0';
}

static bool
read_plain(const struct request *q, const char *s)
{
    if (*s)
        snprintf(q->why, q->n, "'%.*s' behind a plain number", shown(s), s);
    return *s == '\0';
}

enum rw_err
rw_unit_parse(const char *s, enum rw_unit unit, const char *currency, double *x,
    char *why, size_t n)
{
    struct request q = {currency, why, n};
    const char *rest;
    double value;
    bool good = false;

    if (n > 0)
        why[0] = '\0';
    rest = read_number(&q, skip_spaces(s), &value);
    if (rest == NULL)
        return RW_ERR_INPUT;
    rest = skip_spaces(rest);
    switch (unit) {
    case RW_UNIT_PLAIN:
        good = read_plain(&q, rest);
        break;
    case RW_UNIT_MONEY:
        good = read_money(&q, rest, &value);
        break;
    case RW_UNIT_RATE:
        good = read_rate(&q, rest, &value);
        break;
    case RW_UNIT_SHARE:
        good = read_share(&q, rest, &value);
        break;
    case RW_UNIT_TIME:
        good = read_time(&q, rest, &value);
        break;
    }
    if (!good)
        return RW_ERR_INPUT;
    *x = value;
    return RW_OK;
}
