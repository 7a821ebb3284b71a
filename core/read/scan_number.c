/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/scan.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool
is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* All that was meant as one number: digits, letters, points and signs. */
static size_t
token_length(const struct rw_scan *x)
{
    size_t n = 0;

    while (x->at + n < x->n) {
        int c = x->s[x->at + n], low = c | 0x20;

        if (!is_digit(c) && !(low >= 'a' && low <= 'z') && c != '_' && c != '.' &&
            c != '+' && c != '-' && c != '%')
            break;
        n++;
    }
    return n;
}

static size_t
digits(const char *s, size_t n, size_t at)
{
    while (at < n && is_digit(s[at]))
        at++;
    return at;
}

/* number = [ "-" ] int [ frac ] [ exp ] of RFC 8259, all of s[n]. */
static bool
is_number(const char *s, size_t n)
{
    size_t at = n > 0 && s[0] == '-' ? 1 : 0, end = digits(s, n, at);

    if (end == at || (s[at] == '0' && end > at + 1))
        return false;
    at = end;
    if (at < n && s[at] == '.') {
        end = digits(s, n, at + 1);
        if (end == at + 1)
            return false;
        at = end;
    }
    if (at < n && (s[at] == 'e' || s[at] == 'E')) {
        at += at + 1 < n && (s[at + 1] == '+' || s[at + 1] == '-') ? 2 : 1;
        end = digits(s, n, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == n;
}

static size_t
count(const char *s, size_t n, char c)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        k += s[i] == c;
    return k;
}

/* What is wrong with s[n], which is no number. */
static const char *
number_help(const char *s, size_t n)
{
    size_t sign = s[0] == '-' || s[0] == '+' ? 1 : 0;
    const char *t = s + sign;
    size_t left = n - sign;

    if (left == 0)
        return "a sign without digits";
    if ((left >= 3 && memcmp(t, "Inf", 3) == 0) ||
        (left >= 3 && memcmp(t, "inf", 3) == 0))
        return "JSON has no infinity; leave the key out for \"no limit\"";
    if (left >= 3 && memcmp(t, "NaN", 3) == 0)
        return "JSON has no NaN; leave the key out if the value is not known";
    if (left >= 2 && t[0] == '0' && (t[1] | 0x20) == 'x')
        return "write it in decimal digits";
    if (memchr(s, '_', n))
        return "write digits without marks between them: 1000000 or 1e6";
    if (memchr(s, '%', n))
        return "a share is 0.35, or \"35%\" with its quotes";
    if (s[0] == '+' && is_number(t, left))
        return "leave out the plus sign";
    if (t[0] == '.')
        return "begin with a digit: 0.5";
    if (left >= 2 && t[0] == '0' && is_digit(t[1]))
        return "leave out the leading zeros";
    if (t[left - 1] == '.')
        return "a digit is missing behind the point: 5 or 5.0";
    if (count(t, left, '.') > 1)
        return "a number has one decimal point and no other marks";
    if (t[digits(t, left, 0)] == 'e' || t[digits(t, left, 0)] == 'E')
        return "an exponent has digits only: 1e6";
    return "quantities with a unit are texts: \"250k\", \"2/yr\", \"90d\"";
}

/* Whether a double holds s[n] well; 0 stands for 0 only. */
static bool
check_range(struct rw_scan *x, const char *s, size_t n)
{
    char copy[RW_JSON_NUMBER + 1];
    double value;

    if (n > RW_JSON_NUMBER) {
        rw_scan_error(x, rw_scan_here(x, n), "a number of %zu characters", n);
        rw_diag_help(x->d, "at most %d are read; a number keeps about 16 digits",
            RW_JSON_NUMBER);
        return false;
    }
    memcpy(copy, s, n);
    copy[n] = '\0';
    value = strtod(copy, NULL);
    if (!isfinite(value)) {
        rw_scan_error(x, rw_scan_here(x, n), "this number is too large to be kept");
        rw_diag_help(x->d, "the largest is about 1.8e308");
        return false;
    }
    if (fabs(value) < DBL_MIN && strcspn(copy, "123456789") < strcspn(copy, "eE")) {
        rw_scan_error(x, rw_scan_here(x, n), "this number is too small to be kept");
        rw_diag_help(x->d, "write 0; the smallest above is about 2.3e-308");
        return false;
    }
    return true;
}

bool
rw_scan_number(struct rw_scan *x)
{
    const char *s = x->in->bytes + x->at;
    size_t n = token_length(x), mark = x->marks->n;

    if (is_number(s, n))
        check_range(x, s, n);
    else {
        rw_scan_error(x, rw_scan_here(x, n), "not a number of JSON");
        rw_diag_label(x->d, "%s", number_help(s, n));
    }
    if (!rw_scan_mark(x, RW_JSON_NUMERIC, false))
        return false;
    x->at += n;
    x->col += (int)n;
    rw_scan_close(x, mark);
    return true;
}
