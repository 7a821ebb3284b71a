/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
kind_of(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISFIFO(mode))
        return "a pipe";
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return "a device";
    return "no regular file";
}

/* Reads up to room bytes until the end of the file; -1 with errno. */
static ssize_t
read_all(int fd, char *to, size_t room)
{
    size_t n = 0;

    while (n < room) {
        ssize_t k = read(fd, to + n, room - n);
        if (k == 0)
            break;
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return -1;
        n += (size_t)k;
    }
    return (ssize_t)n;
}

/* The file open at fd, known to be regular.  One byte more than its size is
 * asked for, so that one which grows meanwhile is noticed. */
static enum rw_err
read_regular(int fd, const char *path, size_t size, size_t max, char **bytes, size_t *n,
    struct rw_error *e)
{
    char *s;
    ssize_t k;

    if (size > max || size > SSIZE_MAX - 2)
        return rw_error_set(e, RW_ERR_INPUT,
            "'%.800s' is too large: %zu bytes, at most %zu are read", path, size, max);
    s = malloc(size + 2);
    if (s == NULL)
        return rw_error_set(
            e, RW_ERR_MEMORY, "no memory for the %zu bytes of '%.800s'", size, path);
    k = read_all(fd, s, size + 1);
    if (k < 0 || (size_t)k > size) {
        int cause = errno;
        free(s);
        if (k >= 0)
            return rw_error_set(e, RW_ERR_IO, "'%.800s' grew while it was read", path);
        return rw_error_set(
            e, RW_ERR_IO, "cannot read '%.800s': %s", path, strerror(cause));
    }
    s[k] = '\0';
    *bytes = s;
    *n = (size_t)k;
    return RW_OK;
}

enum rw_err
rw_file_read(const char *path, size_t max, char **bytes, size_t *n, struct rw_error *e)
{
    /* without O_NONBLOCK the open of a pipe would wait for a writer */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    enum rw_err err;

    if (fd < 0 || fstat(fd, &st) != 0)
        err = rw_error_set(
            e, RW_ERR_IO, "cannot open '%.800s': %s", path, strerror(errno));
    else if (!S_ISREG(st.st_mode))
        err = rw_error_set(e, RW_ERR_INPUT, "'%.800s' is %s, and a file is needed",
            path, kind_of(st.st_mode));
    else
        err = read_regular(fd, path, (size_t)st.st_size, max, bytes, n, e);
    if (fd >= 0)
        close(fd);
    return err;
}
