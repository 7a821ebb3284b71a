/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* statx */
#include "base/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* to[sizeof target] <- folder/name; false if it does not fit. */
static bool
join(char to[PATH_MAX], const char *folder, const char *name)
{
    int n = snprintf(to, PATH_MAX, "%s/%s", folder, name);

    return n >= 0 && n < PATH_MAX;
}

static enum rw_err
fail(struct rw_error *e, const char *what, const char *path, int cause)
{
    /* cut, so that the cause still fits behind the longest path */
    return rw_error_set(
        e, RW_ERR_IO, "cannot %s '%.800s': %s", what, path, strerror(cause));
}

/* Where entries of the staging folder go: visit is called for each, a folder
 * before its files; done for each folder after them.  Either may be NULL. */
struct walk {
    enum rw_err (*visit)(
        const char *from, const char *to, bool folder, struct rw_error *);
    enum rw_err (*done)(const char *from, const char *to, struct rw_error *);
};

static int
not_dots(const struct dirent *d)
{
    return strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
}

static enum rw_err walk_folder(
    const struct walk *w, const char *from, const char *to, struct rw_error *e);

static enum rw_err
walk_entry(const struct walk *w, const char *from_folder, const char *to_folder,
    const char *name, struct rw_error *e)
{
    char from[PATH_MAX], to[PATH_MAX];
    struct stat st;
    enum rw_err err = RW_OK;

    if (!join(from, from_folder, name) || !join(to, to_folder, name))
        return fail(e, "write", name, ENAMETOOLONG);
    if (lstat(from, &st) != 0)
        return fail(e, "write", to, errno);
    if (w->visit)
        err = w->visit(from, to, S_ISDIR(st.st_mode), e);
    if (err == RW_OK && S_ISDIR(st.st_mode))
        err = walk_folder(w, from, to, e);
    return err;
}

/* In the order of the names, so that two runs do the same. */
static enum rw_err
walk_folder(const struct walk *w, const char *from, const char *to, struct rw_error *e)
{
    struct dirent **entries;
    int n = scandir(from, &entries, not_dots, alphasort);
    enum rw_err err = RW_OK;

    if (n < 0)
        return fail(e, "read", from, errno);
    for (int i = 0; i < n; i++) {
        if (err == RW_OK)
            err = walk_entry(w, from, to, entries[i]->d_name, e);
        free(entries[i]);
    }
    free(entries);
    if (err == RW_OK && w->done)
        err = w->done(from, to, e);
    return err;
}

/* Before the first file is replaced: its folder is there, and nothing in the
 * way that a rename cannot replace. */
static enum rw_err
prepare(const char *from, const char *to, bool folder, struct rw_error *e)
{
    struct stat st;

    (void)from;
    if (folder) {
        if (mkdir(to, 0777) != 0 && errno != EEXIST)
            return fail(e, "make the folder", to, errno);
        if (stat(to, &st) != 0 || !S_ISDIR(st.st_mode))
            return fail(e, "make the folder", to, ENOTDIR);
    } else if (lstat(to, &st) == 0 && S_ISDIR(st.st_mode))
        return fail(e, "write", to, EISDIR);
    return RW_OK;
}

/* A file's move leaves one of two marks beside it in the staging folder: the
 * old file under a second name, or an empty file where there was none. */
static const char old_mark[] = ".old", none_mark[] = ".none";

static bool
marked(char path[PATH_MAX], const char *from, const char *mark)
{
    int n = snprintf(path, PATH_MAX, "%s%s", from, mark);

    return n > 0 && n < PATH_MAX;
}

/* 0 or errno.  Where the file system has no second names, nothing can be put
 * back, and the move goes on. */
static int
leave_mark(const char *from, const char *to)
{
    char path[PATH_MAX];
    int fd;

    if (!marked(path, from, old_mark))
        return ENAMETOOLONG;
    if (linkat(AT_FDCWD, to, AT_FDCWD, path, 0) == 0 || errno == EPERM ||
        errno == EOPNOTSUPP || errno == EMLINK)
        return 0;
    if (errno != ENOENT)
        return errno;
    if (!marked(path, from, none_mark))
        return ENAMETOOLONG;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static enum rw_err
move(const char *from, const char *to, bool folder, struct rw_error *e)
{
    int cause = folder ? 0 : leave_mark(from, to);

    if (cause == 0 && !folder && rename(from, to) != 0)
        cause = errno;
    return cause ? fail(e, "write", to, cause) : RW_OK;
}

static bool
take_off(char to[PATH_MAX], const char *path, const char *mark)
{
    size_t n = strlen(path), k = strlen(mark);

    if (n <= k || strcmp(path + n - k, mark) != 0)
        return false;
    snprintf(to, PATH_MAX, "%.*s", (int)(n - k), path);
    return true;
}

/* After a failure: what stood there before stands there again.  A file that
 * is still in the staging folder was never moved. */
static enum rw_err
move_back(const char *from, const char *to, bool folder, struct rw_error *e)
{
    char new[PATH_MAX], target[PATH_MAX];

    (void)e;
    if (folder)
        return RW_OK;
    if (take_off(new, from, old_mark) && access(new, F_OK) != 0 &&
        take_off(target, to, old_mark))
        (void)!rename(from, target);
    else if (take_off(new, from, none_mark) && access(new, F_OK) != 0 &&
             take_off(target, to, none_mark))
        (void)unlink(target);
    return RW_OK;
}

/* The new names themselves reach the disk. */
static enum rw_err
sync_folder(const char *from, const char *to, struct rw_error *e)
{
    int fd = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC), cause = 0;

    (void)from;
    if (fd < 0)
        return fail(e, "write", to, errno);
    if (fsync(fd) != 0 && errno != EINVAL) /* EINVAL: cannot be synced */
        cause = errno;
    close(fd);
    return cause ? fail(e, "write", to, cause) : RW_OK;
}

static enum rw_err
erase(const char *from, const char *to, bool folder, struct rw_error *e)
{
    (void)to;
    (void)e;
    if (!folder)
        unlink(from);
    return RW_OK;
}

static enum rw_err
erase_folder(const char *from, const char *to, struct rw_error *e)
{
    (void)to;
    (void)e;
    rmdir(from);
    return RW_OK;
}

/* o->target <- path without final slashes. */
static enum rw_err
set_target(struct rw_output *o, const char *path, struct rw_error *e)
{
    size_t n = strlen(path);

    while (n > 1 && path[n - 1] == '/')
        n--;
    if (n == 0)
        return rw_error_set(e, RW_ERR_IO, "the output folder has no name");
    /* room for the staging folder's name and for a file's in it */
    if (n > sizeof o->target - 256)
        return fail(e, "write", path, ENAMETOOLONG);
    memcpy(o->target, path, n);
    o->target[n] = '\0';
    return RW_OK;
}

/* o->staging <- a new folder beside the target, or in it. */
static bool
make_staging(struct rw_output *o, bool inside)
{
    const char *slash = strrchr(o->target, '/');
    int before = slash && !inside ? (int)(slash - o->target) + 1 : 0;
    const char *name = slash ? slash + 1 : o->target;

    if (inside)
        snprintf(o->staging, sizeof o->staging, "%.*s/.riskwheel.XXXXXX",
            (int)sizeof o->staging - 32, o->target);
    else
        snprintf(o->staging, sizeof o->staging, "%.*s.%.200s.XXXXXX", before, o->target,
            name);
    if (mkdtemp(o->staging))
        return true;
    o->staging[0] = '\0';
    return false;
}

/* Whether files move from the staging folder to the target by rename: one
 * file system is not enough, it must be one mount of it. */
static bool
same_mount(const struct rw_output *o)
{
    struct statx a, b;

    return statx(AT_FDCWD, o->staging, 0, STATX_MNT_ID, &a) == 0 &&
           statx(AT_FDCWD, o->target, 0, STATX_MNT_ID, &b) == 0 &&
           a.stx_dev_major == b.stx_dev_major && a.stx_dev_minor == b.stx_dev_minor &&
           a.stx_mnt_id == b.stx_mnt_id;
}

enum rw_err
rw_output_open(struct rw_output *o, const char *target, struct rw_error *e)
{
    struct stat st;
    enum rw_err err;
    bool exists;

    o->target[0] = o->staging[0] = '\0';
    err = set_target(o, target, e);
    if (err != RW_OK)
        return err;
    exists = stat(o->target, &st) == 0;
    if (!exists && errno != ENOENT)
        return fail(e, "write", o->target, errno);
    if (exists && !S_ISDIR(st.st_mode))
        return rw_error_set(e, RW_ERR_IO,
            "cannot write '%s': it exists and is not a folder", o->target);
    if (exists && faccessat(AT_FDCWD, o->target, W_OK | X_OK, AT_EACCESS) != 0)
        return fail(e, "write", o->target, errno);
    if (make_staging(o, false)) {
        if (!exists || same_mount(o))
            return RW_OK;
        rw_output_abort(o);
    } else if (!exists)
        return fail(e, "write", o->target, errno);
    /* the target is a mount point, a link elsewhere, or in a folder that is
     * not ours: then its own inside is the place for it */
    if (make_staging(o, true))
        return RW_OK;
    return fail(e, "write", o->target, errno);
}

/* Relative, and neither up nor in circles. */
static bool
is_plain_name(const char *name)
{
    if (*name == '\0')
        return false;
    for (;;) {
        size_t n = strcspn(name, "/");

        if (n == 0 || (n == 1 && name[0] == '.') ||
            (n == 2 && name[0] == '.' && name[1] == '.'))
            return false;
        if (name[n] == '\0')
            return true;
        name += n + 1;
    }
}

/* The folders of path below the staging folder; 0 or errno. */
static int
make_folders(const struct rw_output *o, char *path)
{
    for (char *p = path + strlen(o->staging) + 1; (p = strchr(p, '/')); p++) {
        int rc;

        *p = '\0';
        rc = mkdir(path, 0777);
        *p = '/';
        if (rc != 0 && errno != EEXIST)
            return errno;
    }
    return 0;
}

/* 0 or errno. */
static int
write_file(const char *path, const char *bytes, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    int cause = 0;

    if (fd < 0)
        return errno;
    for (size_t done = 0; done < n && cause == 0;) {
        ssize_t k = write(fd, bytes + done, n - done);
        if (k >= 0)
            done += (size_t)k;
        else if (errno != EINTR)
            cause = errno;
    }
    if (cause == 0 && fsync(fd) != 0)
        cause = errno;
    if (close(fd) != 0 && cause == 0)
        cause = errno;
    return cause;
}

enum rw_err
rw_output_write(struct rw_output *o, const char *name, const char *bytes, size_t n,
    struct rw_error *e)
{
    char path[PATH_MAX];
    int cause;

    if (o->staging[0] == '\0' || !is_plain_name(name))
        return rw_error_set(e, RW_ERR_BUG, "'%s' is no name of an output file", name);
    cause = join(path, o->staging, name) ? make_folders(o, path) : ENAMETOOLONG;
    if (cause == 0)
        cause = write_file(path, bytes, n);
    if (cause)
        return rw_error_set(e, RW_ERR_IO,
            "cannot write '%.600s/%.200s' (%zu bytes): %s", o->target, name, n,
            strerror(cause));
    return RW_OK;
}

enum rw_err
rw_output_commit(struct rw_output *o, struct rw_error *e)
{
    static const struct walk first = {prepare, NULL}, then = {move, sync_folder},
                             back = {move_back, NULL};
    enum rw_err err;

    if (o->staging[0] == '\0')
        return rw_error_set(e, RW_ERR_BUG, "no output is open");
    err = prepare(o->staging, o->target, true, e);
    if (err == RW_OK)
        err = walk_folder(&first, o->staging, o->target, e);
    if (err == RW_OK) {
        err = walk_folder(&then, o->staging, o->target, e);
        if (err != RW_OK)
            (void)walk_folder(&back, o->staging, o->target, NULL);
    }
    rw_output_abort(o);
    return err;
}

void
rw_output_abort(struct rw_output *o)
{
    static const struct walk away = {erase, erase_folder};
    int cause = errno;

    if (o->staging[0]) /* what cannot be removed stays, there is no remedy */
        (void)!walk_folder(&away, o->staging, o->target, NULL);
    o->staging[0] = '\0';
    errno = cause;
}
