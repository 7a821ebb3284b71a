/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/base/scratch.h -- a folder of one's own for tests that write files.
 * Used as group setup and teardown; it is removed with all that is in it.
 */
#ifndef RW_TESTS_BASE_SCRATCH_H
#define RW_TESTS_BASE_SCRATCH_H

#include "tests/support/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCRATCH_NOBODY = 65534 };

static char scratch[256];

static inline int
scratch_make(void **state)
{
    const char *tmp = getenv("TMPDIR");

    (void)state;
    snprintf(scratch, sizeof scratch, "%.200s/riskwheel-test.XXXXXX",
        tmp && *tmp ? tmp : "/tmp");
    if (mkdtemp(scratch) == NULL)
        return -1;
    /* so that a test of rights may go on as nobody */
    return getuid() == 0 ? chown(scratch, SCRATCH_NOBODY, SCRATCH_NOBODY) : 0;
}

/* Root may do anything: a case about rights goes on as nobody, or is skipped
 * where even that is not allowed. */
static inline void
scratch_drop_root(void)
{
    if (geteuid() == 0 && seteuid(SCRATCH_NOBODY) != 0)
        skip();
}

static inline void
scratch_take_root(void)
{
    if (seteuid(getuid()) != 0)
        abort();
}

static inline void
scratch_erase(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *entry;

    while (d && (entry = readdir(d)) != NULL) {
        char path[4096];

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < 4096 &&
            unlink(path) != 0)
            scratch_erase(path);
    }
    if (d)
        closedir(d);
    rmdir(folder);
}

static inline int
scratch_remove(void **state)
{
    (void)state;
    scratch_take_root();
    scratch_erase(scratch);
    return 0;
}

/* scratch/name, in one of four buffers taken in turn */
static inline const char *
scratch_path(const char *name)
{
    static char paths[4][1024];
    static unsigned next;
    char *p = paths[next++ % 4];

    snprintf(p, sizeof paths[0], "%s/%s", scratch, name);
    return p;
}

static inline void
scratch_write(const char *name, const char *bytes)
{
    FILE *f = fopen(scratch_path(name), "w");

    assert_non_null(f);
    assert_true(fputs(bytes, f) >= 0);
    assert_int_equal(0, fclose(f));
}

/* Entries of a folder below scratch, without the dots; -1: there is none. */
static inline int
scratch_count(const char *name)
{
    DIR *d = opendir(scratch_path(name));
    int n = -2;

    if (d == NULL)
        return -1;
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

#endif
