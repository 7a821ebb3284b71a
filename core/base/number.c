/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A positive number as 0.d1d2d3... x 10^(exponent + 1). */
struct decimal {
    char digits[20]; /* n of them, no final zero unless n == 1 */
    int n, exponent; /* of the first digit                    */
};

static double
read_back(const struct decimal *d)
{
    char s[40];

    snprintf(s, sizeof s, "%.1s.%se%d", d->digits, d->digits + 1, d->exponent);
    return strtod(s, NULL);
}

/* The n-digit decimal nearest to x > 0. */
static struct decimal
nearest(double x, int n)
{
    struct decimal d;
    char s[40];

    snprintf(s, sizeof s, "%.*e", n - 1, x); /* "d.ddde-XX" or "de-XX" */
    d.digits[0] = s[0];
    memcpy(d.digits + 1, s + 2, (size_t)(n - 1));
    d.exponent = atoi(strchr(s, 'e') + 1);
    while (n > 1 && d.digits[n - 1] == '0')
        n--;
    d.digits[n] = '\0';
    d.n = n;
    return d;
}

/* Whether some n-digit decimal reads back as x; *d <- it.  The gap below a
 * power of two is half the gap above, so there the next decimal above may do
 * although the nearest one, below, does not. */
static bool
reads_back(double x, int n, struct decimal *d)
{
    int e;

    *d = nearest(x, n);
    if (read_back(d) == x)
        return true;
    if (frexp(x, &e) != 0.5 || d->n < n || d->digits[n - 1] == '9')
        return false;
    d->digits[n - 1]++;
    return read_back(d) == x;
}

/* A normal double is within 2^-53 of any decimal that reads back as it, which
 * is less than half a unit of the 15th digit: if at most 15 digits do, they
 * are those of the nearest 15-digit decimal without its final zeros.
 * Subnormal ones are coarser: from one digit up. */
static struct decimal
shortest(double x)
{
    struct decimal d;

    for (int n = x < DBL_MIN ? 1 : 15; n < 17; n++)
        if (reads_back(x, n, &d))
            return d;
    return nearest(x, 17);
}

static char *
put(char *out, const char *s, int n)
{
    memcpy(out, s, (size_t)n);
    out[n] = '\0';
    return out + n;
}

/* Positional between 1e-5 and 1e16, scientific beyond. */
static void
lay_out(char *out, const struct decimal *d)
{
    const char *s = d->digits;
    int e = d->exponent, whole = e + 1;

    if (e < -5 || e >= 16) {
        out = put(out, s, 1);
        if (d->n > 1)
            out = put(put(out, ".", 1), s + 1, d->n - 1);
        snprintf(out, 8, "e%+03d", e);
    } else if (whole <= 0) {
        out = put(put(out, "0.", 2), "0000", -whole);
        put(out, s, d->n);
    } else if (d->n > whole) {
        out = put(put(out, s, whole), ".", 1);
        put(out, s + whole, d->n - whole);
    } else {
        out = put(out, s, d->n);
        put(out, "0000000000000000", whole - d->n);
    }
}

char *
rw_number_print(char *buf, double x)
{
    struct decimal d;
    char *out = buf;

    if (!isfinite(x))
        return strcpy(buf, "null");
    if (signbit(x))
        *out++ = '-';
    if (x == 0) {
        strcpy(out, "0");
        return buf;
    }
    d = shortest(fabs(x));
    lay_out(out, &d);
    return buf;
}

char *
rw_money_print(char *buf, double x)
{
    static const char suffix[] = {'\0', 'k', 'M', 'B', 'T'};
    char rounded[RW_NUMBER_MAX];
    int group = 0;
    double y;

    if (!isfinite(x))
        return strcpy(buf, "n/a");
    if (x == 0)
        return strcpy(buf, "0");
    /* to three digits first, so that 999.9 becomes 1.00k and not 1000 */
    snprintf(rounded, sizeof rounded, "%.2e", fabs(x));
    y = strtod(rounded, NULL);
    if (y >= 1e15) {
        snprintf(buf, RW_NUMBER_MAX, "%.2e", x);
        return buf;
    }
    for (; y >= 1000; y /= 1000)
        group++;
    snprintf(buf, RW_NUMBER_MAX, "%s%.*f%.1s", x < 0 ? "-" : "",
        y < 9.995   ? 2
        : y < 99.95 ? 1
                    : 0,
        y, &suffix[group]);
    return buf;
}
