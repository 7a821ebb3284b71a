/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All of it, and on the disk; 0 or errno. */
static int
write_whole(int fd, const char *bytes, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t k = write(fd, bytes + done, n - done);

        if (k >= 0)
            done += (size_t)k;
        else if (errno != EINTR)
            return errno;
    }
    return fsync(fd) == 0 ? 0 : errno;
}

/* The name itself reaches the disk. */
static void
sync_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX];
    int fd;

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
        slash ? path : ".");
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)!fsync(fd); /* not every file system can */
        close(fd);
    }
}

/* to <- where the file really is, and its rights; false: errno. */
static bool
find_target(const char *path, char to[PATH_MAX], mode_t *mode)
{
    mode_t mask = umask(0);
    struct stat st;

    umask(mask);
    *mode = 0666 & ~mask;
    if (stat(path, &st) == 0) {
        if (!S_ISREG(st.st_mode))
            errno = S_ISDIR(st.st_mode) ? EISDIR : EEXIST;
        *mode = st.st_mode & 0777;
        return S_ISREG(st.st_mode) && realpath(path, to) != NULL;
    }
    if (errno != ENOENT)
        return false;
    if (snprintf(to, PATH_MAX, "%s", path) < PATH_MAX)
        return true;
    errno = ENAMETOOLONG;
    return false;
}

enum rw_err
rw_file_write(const char *path, const char *bytes, size_t n, struct rw_error *e)
{
    char target[PATH_MAX], part[PATH_MAX + 16];
    mode_t mode;
    int cause = 0, fd;

    if (!find_target(path, target, &mode))
        return rw_error_set(
            e, RW_ERR_IO, "cannot write '%.800s': %s", path, strerror(errno));
    snprintf(part, sizeof part, "%s.XXXXXX", target);
    fd = mkostemp(part, O_CLOEXEC);
    if (fd < 0)
        return rw_error_set(
            e, RW_ERR_IO, "cannot write '%.800s': %s", path, strerror(errno));
    cause = write_whole(fd, bytes, n);
    if (cause == 0 && fchmod(fd, mode) != 0)
        cause = errno;
    if (close(fd) != 0 && cause == 0)
        cause = errno;
    if (cause == 0 && rename(part, target) != 0)
        cause = errno;
    if (cause != 0) {
        unlink(part);
        return rw_error_set(e, RW_ERR_IO, "cannot write '%.800s' (%zu bytes): %s", path,
            n, strerror(cause));
    }
    sync_parent(target);
    return RW_OK;
}

bool
rw_file_same(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}
