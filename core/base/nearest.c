/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <string.h>

/* words beyond have no near one; what is shorter stands for no other word */
enum { LONGEST = 63, SHORTEST = 3 };

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits that turn a[n] into b[m]: insertion, deletion, substitution and
 * swap of neighbours, none of them within another (optimal string alignment
 * form of Damerau-Levenshtein).  n, m <= LONGEST. */
static size_t
distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][LONGEST + 1], *before = rows[0], *last = rows[1], *now = rows[2];

    for (size_t j = 0; j <= m; j++) {
        before[j] = 0;
        last[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t *spare = before;

        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t differs = lower(a[i - 1]) != lower(b[j - 1]);

            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + differs);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                now[j] = least(now[j], before[j - 2] + 1);
        }
        before = last;
        last = now;
        now = spare;
    }
    return last[m];
}

/* The only word that begins with s[len], of which it is short; NULL: none, or several
 * different ones. */
static const char *
abbreviated(const char *s, size_t len, const char *const words[], size_t n)
{
    const char *found = NULL;

    for (size_t i = 0; i < n && len >= SHORTEST; i++) {
        size_t k = 0;

        while (k < len && lower(words[i][k]) == lower(s[k]))
            k++;
        if (k < len)
            continue;
        if (found && strcmp(found, words[i]) != 0)
            return NULL;
        found = words[i];
    }
    return found;
}

const char *
rw_nearest_word(const char *s, const char *const words[], size_t n)
{
    size_t len = strlen(s), best = len / 3 > 1 ? len / 3 : 1;
    const char *found = NULL;

    if (len == 0 || len > LONGEST)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t m = strlen(words[i]), d;

        if (m > LONGEST)
            continue;
        d = distance(s, len, words[i], m);
        if (d < best || (d == best && found == NULL)) {
            best = d;
            found = words[i];
        }
    }
    return found ? found : abbreviated(s, len, words, n);
}
