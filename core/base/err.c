/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes s, which snprintf may have cut, one line of whole characters. */
static void
tidy_line(char *s)
{
    size_t n = strlen(s), whole = 0;

    for (size_t i = 0; i < n; i++)
        if (s[i] == '\n' || s[i] == '\r' || s[i] == '\t')
            s[i] = ' ';
    while (n > 0 && s[n - 1] == ' ')
        s[--n] = '\0';
    /* a character cut in two at the end is dropped; foreign bytes inside,
     * which are no UTF-8 at all, stay for the printer to deal with */
    while (whole < n) {
        size_t len = rw_utf8_length((const unsigned char *)s + whole, n - whole);
        if (len == 0 && n - whole < 4 && ((unsigned char)s[whole] & 0xc0) == 0xc0)
            break;
        whole += len ? len : 1;
    }
    s[whole] = '\0';
}

void
rw_error_clear(struct rw_error *e)
{
    e->code = RW_OK;
    e->line = e->col = 0;
    e->file[0] = e->pointer[0] = e->text[0] = e->detail[0] = '\0';
}

enum rw_err
rw_error_set(struct rw_error *e, enum rw_err code, const char *fmt, ...)
{
    va_list args;

    if (e == NULL || e->code != RW_OK)
        return code;
    e->code = code;
    va_start(args, fmt);
    vsnprintf(e->text, sizeof e->text, fmt, args);
    va_end(args);
    tidy_line(e->text);
    return code;
}

void
rw_error_place(
    struct rw_error *e, const char *file, int line, int col, const char *pointer)
{
    if (e == NULL)
        return;
    /* file, line and column belong together */
    if (file && e->file[0] == '\0')
        snprintf(e->file, sizeof e->file, "%s", file);
    if (e->line == 0 && (file == NULL || strcmp(e->file, file) == 0)) {
        e->line = line;
        e->col = col;
    }
    if (pointer && e->pointer[0] == '\0')
        snprintf(e->pointer, sizeof e->pointer, "%s", pointer);
}

void
rw_error_prepend(struct rw_error *e, const char *fmt, ...)
{
    char old[sizeof e->text];
    size_t n;
    va_list args;

    if (e == NULL || e->code == RW_OK)
        return;
    memcpy(old, e->text, sizeof old);
    va_start(args, fmt);
    vsnprintf(e->text, sizeof e->text, fmt, args);
    va_end(args);
    n = strlen(e->text);
    snprintf(e->text + n, sizeof e->text - n, ": %s", old);
    tidy_line(e->text);
}

int
rw_err_exit_status(enum rw_err code)
{
    switch (code) {
    case RW_OK:
        return 0;
    case RW_ERR_VERDICT:
        return 1;
    case RW_ERR_USAGE:
        return 2;
    case RW_ERR_INPUT:
    case RW_ERR_DOMAIN:
        return 3;
    case RW_ERR_PLUGIN:
        return 4;
    case RW_ERR_IO:
    case RW_ERR_TOOL:
        return 5;
    case RW_ERR_LIMIT:
    case RW_ERR_MEMORY:
        return 6;
    case RW_ERR_INTERRUPT: /* what a shell shows when main re-raises SIGINT */
        return 130;
    case RW_ERR_BUG:
        break;
    }
    return 70;
}

_Noreturn void
rw_bug_abort(const char *file, int line, const char *what)
{
    fprintf(stderr, "riskwheel: bug at %s:%d: '%s' does not hold; please report it\n",
        file, line, what);
    fflush(stderr);
    _Exit(rw_err_exit_status(RW_ERR_BUG));
}
