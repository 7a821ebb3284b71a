/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/scan.h"

#include <string.h>

int
rw_scan_hex4(const unsigned char *s, size_t n)
{
    int value = 0;

    if (n < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int c = s[i] | 0x20; /* lower case; digits keep theirs */

        if (c >= '0' && c <= '9')
            value = value * 16 + c - '0';
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + c - 'a' + 10;
        else
            return -1;
    }
    return value;
}

static void
steps(struct rw_scan *x, size_t n)
{
    while (n-- > 0)
        rw_scan_step(x);
}

/* The six characters of \uXXXX, twelve of a surrogate pair. */
static void
scan_unicode_escape(struct rw_scan *x)
{
    const unsigned char *s = x->s + x->at;
    size_t left = x->n - x->at;
    int high = rw_scan_hex4(s + 2, left - 2), low = -1;

    if (high < 0) {
        rw_scan_error(x, rw_scan_here(x, 2), "\\u needs four hexadecimal digits");
        steps(x, 2);
        return;
    }
    if (left >= 12 && s[6] == '\\' && s[7] == 'u')
        low = rw_scan_hex4(s + 8, left - 8);
    if (high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        steps(x, 12);
        return;
    }
    if (high >= 0xd800 && high < 0xe000) {
        rw_scan_error(x, rw_scan_here(x, 6), "half of a surrogate pair");
        rw_diag_help(x->d,
            "write the character itself; characters above U+FFFF take two "
            "escapes, as in \\ud83d\\ude00");
    } else if (high == 0)
        rw_scan_error(x, rw_scan_here(x, 6), "the character U+0000 is not allowed");
    steps(x, 6);
}

static void
scan_escape(struct rw_scan *x)
{
    int c = x->at + 1 < x->n ? x->s[x->at + 1] : -1;

    if (c == 'u') {
        scan_unicode_escape(x);
        return;
    }
    if (c < 0x20) { /* the end of line or text is reported by the string */
        rw_scan_step(x);
        return;
    }
    if (memchr("\"\\/bfnrt", c, 8) == NULL) {
        rw_scan_error(x, rw_scan_here(x, 2), "unknown escape in a text");
        rw_diag_help(x->d, "a backslash itself is written \\\\");
    }
    steps(x, 2);
}

static void
bad_character(struct rw_scan *x)
{
    int c = rw_scan_peek(x);

    if (c == '\t') {
        rw_scan_error(x, rw_scan_here(x, 1), "a tab within a text");
        rw_diag_help(x->d, "write it as \\t");
    } else if (c < 0x20)
        rw_scan_error(
            x, rw_scan_here(x, 1), "the control character U+%04X within a text", c);
    else if (!x->said_utf8) {
        rw_scan_error(x, rw_scan_here(x, 1), "the byte 0x%02X is not UTF-8", c);
        rw_diag_help(x->d, "save the file as UTF-8");
        x->said_utf8 = true;
    }
    rw_scan_step(x);
}

bool
rw_scan_string(struct rw_scan *x)
{
    struct rw_span open = rw_scan_here(x, 1);

    rw_scan_step(x);
    for (;;) {
        int c = rw_scan_peek(x);

        if (c < 0 || c == '\n' || c == '\r') {
            rw_scan_error(x, open, "a text without its closing quote");
            rw_diag_label(
                x->d, c < 0 ? "the file ends before it" : "the line ends before it");
            return false;
        }
        if (c == '"') {
            rw_scan_step(x);
            return true;
        }
        if (c == '\\')
            scan_escape(x);
        else if (c < 0x20 || rw_utf8_length(x->s + x->at, x->n - x->at) == 0)
            bad_character(x);
        else
            rw_scan_step(x);
    }
}

static size_t
word_length(const struct rw_scan *x)
{
    size_t n = 0;

    while (x->at + n < x->n) {
        int c = x->s[x->at + n], low = c | 0x20;

        if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            break;
        n++;
    }
    return n;
}

struct spelling {
    const char *word, *help;
};

/* What other languages write. */
static const struct spelling spellings[] = {
    {"nan", "JSON has no NaN; leave the key out if the value is not known"},
    {"infinity", "JSON has no infinity; leave the key out for \"no limit\""},
    {"inf", "JSON has no infinity; leave the key out for \"no limit\""},
    {"true", "write true in lower case"}, {"false", "write false in lower case"},
    {"null", "leave the key out"}, {"none", "leave the key out"},
    {"undefined", "leave the key out"}, {"yes", "write true"}, {"no", "write false"}};

static const char *
word_help(const unsigned char *s, size_t n)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        const char *w = spellings[i].word;
        size_t k = 0;

        while (k < n && w[k] && (s[k] | 0x20) == w[k])
            k++;
        if (k == n && w[k] == '\0')
            return spellings[i].help;
    }
    return "put texts in double quotes";
}

bool
rw_scan_word(struct rw_scan *x)
{
    static const struct {
        const char *word;
        enum rw_json kind;
    } known[] = {
        {"null", RW_JSON_NULL}, {"false", RW_JSON_FALSE}, {"true", RW_JSON_TRUE}};
    const unsigned char *s = x->s + x->at;
    size_t n = word_length(x), mark = x->marks->n;
    enum rw_json kind = RW_JSON_NULL;
    bool found = false;

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].word) == n && memcmp(known[i].word, s, n) == 0) {
            kind = known[i].kind;
            found = true;
        }
    if (!found) {
        rw_scan_error(x, rw_scan_here(x, n), "not a value of JSON");
        rw_diag_help(x->d, "%s", word_help(s, n));
    }
    if (!rw_scan_mark(x, kind, false))
        return false;
    steps(x, n);
    rw_scan_close(x, mark);
    return true;
}
