/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

static enum rw_err
fail(const struct rw_file *f, int cause, struct rw_error *e)
{
    return rw_error_set(e, RW_ERR_IO, "cannot write '%.800s' (%zu bytes): %s", f->path,
        f->n, strerror(cause));
}

/* TARGET.new, emptied and locked; 0 or errno.  Who had it may just have moved it to
 * the target, which must not be emptied: then it is opened once more. */
static int
open_again(struct rw_file *f)
{
    struct stat here, there;

    snprintf(f->part, sizeof f->part, "%s.new", f->target);
    for (;;) {
        f->fd = open(f->part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (f->fd < 0)
            return errno;
        if (flock(f->fd, LOCK_EX | LOCK_NB) != 0 && errno != ENOLCK)
            return errno;
        if (fstat(f->fd, &here) == 0 && stat(f->part, &there) == 0 &&
            here.st_ino == there.st_ino && here.st_dev == there.st_dev)
            return ftruncate(f->fd, 0) == 0 ? 0 : errno;
        close(f->fd);
    }
}

enum rw_err
rw_file_begin(struct rw_file *f, const char *path, bool again, struct rw_error *e)
{
    mode_t mode;
    int cause = 0;

    f->path = path;
    f->fd = -1;
    f->n = 0;
    if (!find_target(path, f->target, &mode))
        cause = errno;
    f->mode = mode;
    if (cause == 0 && again)
        cause = open_again(f);
    else if (cause == 0) {
        snprintf(f->part, sizeof f->part, "%s.XXXXXX", f->target);
        f->fd = mkostemp(f->part, O_CLOEXEC);
        cause = f->fd < 0 ? errno : 0;
    }
    if (cause == 0)
        return RW_OK;
    if (f->fd >= 0) /* another's: not ours to remove */
        close(f->fd);
    f->fd = -1;
    if (cause == EWOULDBLOCK)
        return rw_error_set(
            e, RW_ERR_IO, "cannot write '%.800s': another process writes it", path);
    return rw_error_set(
        e, RW_ERR_IO, "cannot write '%.800s': %s", path, strerror(cause));
}

enum rw_err
rw_file_add(struct rw_file *f, const void *bytes, size_t n, struct rw_error *e)
{
    const char *s = bytes;

    f->n += n;
    for (size_t done = 0; done < n;) {
        ssize_t k = write(f->fd, s + done, n - done);

        if (k >= 0)
            done += (size_t)k;
        else if (errno != EINTR)
            return fail(f, errno, e);
    }
    return RW_OK;
}

/* All of it is on the disk before it gets its name. */
enum rw_err
rw_file_commit(struct rw_file *f, struct rw_error *e)
{
    int cause = 0;

    if (fsync(f->fd) != 0 || fchmod(f->fd, (mode_t)f->mode) != 0)
        cause = errno;
    if (cause == 0 && rename(f->part, f->target) != 0)
        cause = errno;
    if (close(f->fd) != 0 && cause == 0)
        cause = errno;
    f->fd = -1;
    if (cause != 0) {
        unlink(f->part);
        return fail(f, cause, e);
    }
    sync_parent(f->target);
    return RW_OK;
}

void
rw_file_abort(struct rw_file *f)
{
    if (f->fd < 0)
        return;
    unlink(f->part);
    close(f->fd);
    f->fd = -1;
}

enum rw_err
rw_file_write(const char *path, const char *bytes, size_t n, struct rw_error *e)
{
    struct rw_file f;
    enum rw_err err = rw_file_begin(&f, path, false, e);

    if (err == RW_OK)
        err = rw_file_add(&f, bytes, n, e);
    if (err == RW_OK)
        return rw_file_commit(&f, e);
    rw_file_abort(&f);
    return err;
}

bool
rw_file_same(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}
