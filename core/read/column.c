/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/column.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_COLUMNS = 1024, SHOWN = 12 };

struct table {
    const char *begin, *at, *end;
    size_t line;
    char separator;
    struct rw_arena *a;
    bool memory, open; /* a quote that does not end */
};

static enum rw_err RW_PRINTF(2, 3) refuse(char why[RW_COLUMN_WHY], const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(why, RW_COLUMN_WHY, fmt, ap);
    va_end(ap);
    return RW_ERR_INPUT;
}

static bool
at_line_end(const struct table *t)
{
    return t->at == t->end || *t->at == '\n' ||
           (*t->at == '\r' && t->at + 1 < t->end && t->at[1] == '\n');
}

/* Passes the end of a line; false: it is the end of the file. */
static bool
next_line(struct table *t)
{
    if (t->at == t->end)
        return false;
    t->at += *t->at == '\r' ? 2 : 1;
    t->line++;
    return true;
}

static bool
is_blank(char c)
{
    return c == ' ' || (c == '\t');
}

/* The text of s[n] without blanks around it; NULL: memory. */
static const char *
keep(struct table *t, const char *s, size_t n)
{
    const char *copy;

    while (n > 0 && is_blank(*s)) {
        s++;
        n--;
    }
    while (n > 0 && is_blank(s[n - 1]))
        n--;
    copy = rw_arena_strndup(t->a, s, n);
    t->memory = t->memory || copy == NULL;
    return copy;
}

/* Within quotes, which are doubled to stand for one; t->at is behind the first
 * and goes behind the last. */
static const char *
quoted(struct table *t)
{
    const char *s = t->at;
    char *copy, *to;

    for (; t->at < t->end && (*t->at != '"' || (t->at + 1 < t->end && t->at[1] == '"'));
         t->at++) {
        t->line += *t->at == '\n';
        t->at += *t->at == '"';
    }
    t->open = t->at == t->end;
    copy = to = rw_arena_strndup(t->a, s, (size_t)(t->at - s));
    t->memory = t->memory || copy == NULL;
    if (copy == NULL || t->open)
        return NULL;
    for (const char *from = copy; *from; from++) {
        from += *from == '"';
        *to++ = *from;
    }
    *to = '\0';
    t->at++;
    return keep(t, copy, strlen(copy));
}

/* The cell here, kept only if it is wanted; t->at goes to the separator or end
 * behind it.  NULL: memory, or it begins with a quote and does not end so. */
static const char *
cell(struct table *t, bool wanted)
{
    const char *s, *text = "";

    while (!at_line_end(t) && is_blank(*t->at) && *t->at != t->separator)
        t->at++;
    if (t->at < t->end && *t->at == '"') {
        t->at++;
        text = quoted(t);
        for (; text != NULL && !at_line_end(t) && *t->at != t->separator; t->at++)
            if (!is_blank(*t->at))
                return NULL;
        return text;
    }
    s = t->at;
    while (!at_line_end(t) && *t->at != t->separator)
        t->at++;
    return wanted ? keep(t, s, (size_t)(t->at - s)) : "";
}

static char
separator_of(const char *s, const char *end)
{
    for (bool within = false; s < end && (within || *s != '\n'); s++) {
        within = within != (*s == '"');
        if (!within && (*s == ',' || *s == ';' || *s == '\t'))
            return *s;
    }
    return ',';
}

static enum rw_err
open_quote(const struct table *t, size_t line, char why[RW_COLUMN_WHY])
{
    if (t->memory)
        return RW_ERR_MEMORY;
    return refuse(
        why, "line %zu: a cell begins with \" and does not end with it", line);
}

/* names[] <- the cells of the first line. */
static enum rw_err
names_of(struct table *t, const char *names[MOST_COLUMNS], size_t *n,
    char why[RW_COLUMN_WHY])
{
    for (*n = 0;; t->at++) {
        if (*n == MOST_COLUMNS)
            return refuse(why, "line 1 has more than %d columns", MOST_COLUMNS);
        names[*n] = cell(t, true);
        if (names[(*n)++] == NULL)
            return open_quote(t, 1, why);
        if (at_line_end(t))
            return RW_OK;
    }
}

/* *index <- where the column stands in the first line, *columns <- of how many. */
static enum rw_err
find(struct table *t, const char *column, size_t *index, size_t *columns,
    char why[RW_COLUMN_WHY])
{
    const char *names[MOST_COLUMNS], *near;
    size_t n = 0, found = 0, used;
    enum rw_err err = names_of(t, names, &n, why);

    if (err != RW_OK)
        return err;
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], column) == 0) {
            *index = i;
            found++;
        }
    *columns = n;
    if (found > 1)
        return refuse(why, "line 1 names column '%.60s' %zu times", column, found);
    if (found == 1)
        return RW_OK;
    near = rw_nearest_word(column, names, n);
    refuse(why, "there is no column '%.60s' in line 1%s%.60s%s; there %s", column,
        near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "",
        n == 1 ? "is" : "are");
    for (size_t i = 0; i < n && i < SHOWN; i++) {
        used = strlen(why);
        snprintf(
            why + used, RW_COLUMN_WHY - used, "%s'%.30s'", i ? ", " : " ", names[i]);
    }
    return RW_ERR_INPUT;
}

/* Where a cell stands that began at `from` and ends here. */
static void
place(const struct table *t, const char *from, struct rw_cell *c)
{
    const char *to = t->at;

    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    c->at = (size_t)(from - t->begin);
    c->len = (size_t)(to - from);
}

/* The wanted cell of the line, which is not empty.  A cell that line 1 has no
 * name for is refused: 1,000 would be read as 1. */
static enum rw_err
take(struct table *t, const char *column, size_t index, size_t columns,
    struct rw_cell *to, char why[RW_COLUMN_WHY])
{
    size_t line = t->line;

    *to = (struct rw_cell){.line = line};
    for (size_t i = 0;; i++) {
        const char *begin = t->at, *text = cell(t, i == index || i >= columns);

        if (text == NULL)
            return open_quote(t, line, why);
        if (i == index) {
            to->text = text;
            place(t, begin, to);
        }
        if (i >= columns && text[0] != '\0')
            return refuse(why,
                "line %zu has more cells than line 1 has names (%zu): '%.60s' is left "
                "over; write 1000 and not 1,000",
                line, columns, text);
        if (at_line_end(t))
            break;
        t->at++;
    }
    if (to->text == NULL)
        return refuse(why, "line %zu is too short: '%.60s' is column %zu", line, column,
            index + 1);
    return RW_OK;
}

/* No line has more cells than it has bytes: as many lines as ends of lines. */
static size_t
count_lines(const char *bytes, size_t n)
{
    size_t lines = 1;

    for (size_t i = 0; i < n; i++)
        lines += bytes[i] == '\n';
    return lines;
}

/* t at the first line, which is not empty. */
static enum rw_err
open_table(struct table *t, const char *bytes, size_t n, struct rw_arena *a,
    char why[RW_COLUMN_WHY])
{
    *t = (struct table){
        .begin = bytes, .at = bytes, .end = bytes + n, .line = 1, .a = a};
    if (n > 0 && memchr(bytes, '\0', n) != NULL)
        return refuse(why, "it is no text: it holds a zero byte");
    if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        t->at += 3;
    if (at_line_end(t))
        return refuse(why, "line 1 is empty, and has to name the columns");
    t->separator = separator_of(t->at, t->end);
    return RW_OK;
}

enum rw_err
rw_column_names(const char *bytes, size_t n, struct rw_arena *a, const char ***names,
    size_t *n_names, char why[RW_COLUMN_WHY])
{
    struct table t;
    enum rw_err err = open_table(&t, bytes, n, a, why);

    if (err != RW_OK)
        return err;
    *names = RW_ARENA_NEW(a, MOST_COLUMNS, const char *);
    return *names ? names_of(&t, *names, n_names, why) : RW_ERR_MEMORY;
}

enum rw_err
rw_column_read(const char *bytes, size_t n, const char *column, struct rw_arena *a,
    struct rw_cell **cells, size_t *n_cells, char why[RW_COLUMN_WHY])
{
    struct table t;
    size_t index = 0, columns = 0;
    enum rw_err err = open_table(&t, bytes, n, a, why);

    if (err != RW_OK)
        return err;
    err = find(&t, column, &index, &columns, why);
    if (err != RW_OK)
        return err;
    *cells = RW_ARENA_NEW(a, count_lines(bytes, n), struct rw_cell);
    if (*cells == NULL)
        return RW_ERR_MEMORY;
    for (*n_cells = 0; next_line(&t) && t.at < t.end;) {
        if (at_line_end(&t))
            return refuse(why,
                "line %zu is empty: take it out, or put in the row that is missing",
                t.line);
        err = take(&t, column, index, columns, &(*cells)[(*n_cells)++], why);
        if (err != RW_OK)
            return err;
    }
    return RW_OK;
}

struct rw_span
rw_cell_span(const struct rw_input *in, const struct rw_cell *c)
{
    size_t begin = c->at, len = c->len;
    int col = 1;
    const char *broken = memchr(in->bytes + c->at, '\n', len);

    while (begin > 0 && in->bytes[begin - 1] != '\n')
        begin--;
    if (broken != NULL)
        len = (size_t)(broken - in->bytes) - c->at;
    /* a byte order mark is no character of the line */
    if (begin == 0 && in->n >= 3 && memcmp(in->bytes, "\xef\xbb\xbf", 3) == 0)
        begin = 3;
    for (size_t i = begin; i < c->at; i++)
        col += ((unsigned char)in->bytes[i] & 0xc0) != 0x80;
    return (struct rw_span){in, c->at, len, (int)c->line, col};
}
