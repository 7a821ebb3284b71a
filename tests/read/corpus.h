/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/read/corpus.h -- the files of tests/read/{valid,invalid}.  They are
 * looked for below top_srcdir of the environment (make check sets it) or ".". */
#ifndef RW_TESTS_READ_CORPUS_H
#define RW_TESTS_READ_CORPUS_H

#include "tests/support/check.h"

#include <dirent.h>

struct corpus {
    char **names; /* without folder and ending, ascending */
    size_t n;
};

static inline const char *
corpus_top(void)
{
    const char *top = getenv("top_srcdir");

    return top && top[0] ? top : ".";
}

static inline int
corpus_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline struct corpus
corpus_list(const char *folder, const char *ending)
{
    struct corpus c = {NULL, 0};
    char path[4096];
    struct dirent *entry;
    DIR *dir;

    snprintf(path, sizeof path, "%s/tests/read/%s", corpus_top(), folder);
    dir = opendir(path);
    if (dir == NULL)
        fail_msg("no folder %s", path);
    while ((entry = readdir(dir))) {
        size_t n = strlen(entry->d_name), end = strlen(ending);

        if (n <= end || strcmp(entry->d_name + n - end, ending) != 0)
            continue;
        c.names = realloc(c.names, (c.n + 1) * sizeof *c.names);
        c.names[c.n++] = strndup(entry->d_name, n - end);
    }
    closedir(dir);
    qsort(c.names, c.n, sizeof *c.names, corpus_order);
    return c;
}

static inline void
corpus_free(struct corpus *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->names[i]);
    free(c->names);
}

static inline FILE *
corpus_open(const char *folder, const char *name, const char *ending, const char *mode)
{
    char path[4096];
    FILE *f;

    snprintf(
        path, sizeof path, "%s/tests/read/%s/%s%s", corpus_top(), folder, name, ending);
    f = fopen(path, mode);
    if (f == NULL)
        fail_msg("cannot open %s", path);
    return f;
}

/* All bytes, a NUL behind; the caller frees them. */
static inline char *
corpus_read(const char *folder, const char *name, const char *ending, size_t *n)
{
    FILE *f = corpus_open(folder, name, ending, "rb");
    char *bytes = NULL;
    size_t k;

    *n = 0;
    do {
        bytes = realloc(bytes, *n + 65537);
        k = fread(bytes + *n, 1, 65536, f);
        *n += k;
    } while (k > 0);
    bytes[*n] = '\0';
    fclose(f);
    return bytes;
}

static inline void
corpus_write(const char *folder, const char *name, const char *ending,
    const char *bytes, size_t n)
{
    FILE *f = corpus_open(folder, name, ending, "wb");

    fwrite(bytes, 1, n, f);
    fclose(f);
}

#endif
