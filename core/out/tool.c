/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create, addchdir_np */
#include "out/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct child {
    pid_t pid;
    int output, errors; /* files */
    int status;
};

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* "NAME=value" of our own environment in buf, or of a preset. */
static char *
variable(char *buf, size_t n, const char *name, const char *preset)
{
    const char *value = getenv(name);

    snprintf(buf, n, "%s=%s", name, value ? value : preset);
    return buf;
}

static int
file_actions(posix_spawn_file_actions_t *a, const struct rw_tool *t, struct child *c)
{
    int rc = posix_spawn_file_actions_addopen(a, 0, "/dev/null", O_RDONLY, 0);

    if (!rc)
        rc = posix_spawn_file_actions_adddup2(a, c->output, 1);
    if (!rc)
        rc = posix_spawn_file_actions_adddup2(a, c->errors, 2);
    if (!rc)
        rc = posix_spawn_file_actions_addchdir_np(a, t->folder);
    return rc;
}

static int
attributes(posix_spawnattr_t *a)
{
    sigset_t none, standard;
    int rc;

    sigemptyset(&none);
    sigemptyset(&standard);
    sigaddset(&standard, SIGPIPE);
    sigaddset(&standard, SIGINT);
    sigaddset(&standard, SIGTERM);
    rc = posix_spawnattr_setflags(
        a, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (!rc)
        rc = posix_spawnattr_setpgroup(a, 0);
    if (!rc)
        rc = posix_spawnattr_setsigdefault(a, &standard);
    if (!rc)
        rc = posix_spawnattr_setsigmask(a, &none);
    return rc;
}

/* errno-style; 0 when the child runs. */
static int
start(const struct rw_tool *t, struct child *c)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    char path[8192], home[4352], locale[] = "LC_ALL=C.UTF-8";
    char *env[] = {variable(path, sizeof path, "PATH", "/usr/local/bin:/usr/bin:/bin"),
        variable(home, sizeof home, "HOME", "/"), locale, NULL};
    int rc = posix_spawn_file_actions_init(&actions);

    if (rc)
        return rc;
    rc = posix_spawnattr_init(&attr);
    if (rc) {
        posix_spawn_file_actions_destroy(&actions);
        return rc;
    }
    rc = file_actions(&actions, t, c);
    if (!rc)
        rc = attributes(&attr);
    if (!rc) /* execve does not write to its arguments */
        rc = posix_spawnp(
            &c->pid, t->argv[0], &actions, &attr, (char *const *)t->argv, env);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    return rc;
}

/* Waits; false when the time was over or a stop came, and the child's whole
 * group is then dead. */
static bool
wait_for(const struct rw_tool *t, struct child *c)
{
    double end = now() + t->seconds;
    struct timespec pause = {0, 1000000};

    for (;;) {
        pid_t done = waitpid(c->pid, &c->status, WNOHANG);

        if (done == c->pid || (done < 0 && errno != EINTR))
            return done == c->pid;
        if (now() > end || rw_stopped(t->stop))
            break;
        nanosleep(&pause, NULL);
        if (pause.tv_nsec < 16000000)
            pause.tv_nsec *= 2;
    }
    kill(-c->pid, SIGKILL);
    while (waitpid(c->pid, &c->status, 0) < 0 && errno == EINTR)
        ;
    return false;
}

/* The first lines the program said, into e->detail. */
static void
keep_errors(const struct child *c, struct rw_error *e)
{
    ssize_t n = pread(c->errors, e->detail, sizeof e->detail - 1, 0);

    e->detail[n > 0 ? n : 0] = '\0';
    for (ssize_t k = n; k > 0 && strchr("\r\n ", e->detail[k - 1]); k--)
        e->detail[k - 1] = '\0';
}

static enum rw_err
judge(const struct rw_tool *t, struct child *c, int *missing, struct rw_error *e)
{
    const char *name = t->argv[0];
    struct stat st;
    int rc = start(t, c);

    if (rc) {
        *missing = 1;
        return rw_error_set(e, RW_ERR_TOOL, "cannot run '%s': %s", name, strerror(rc));
    }
    if (!wait_for(t, c)) {
        if (rw_stopped(t->stop))
            return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
        *missing = 1;
        return rw_error_set(
            e, RW_ERR_TOOL, "'%s' was stopped after %g seconds", name, t->seconds);
    }
    if (WIFEXITED(c->status) && WEXITSTATUS(c->status) == 0 &&
        fstat(c->output, &st) == 0 && st.st_size > 0) {
        if (fsync(c->output) != 0)
            return rw_error_set(
                e, RW_ERR_IO, "cannot write '%s': %s", t->output, strerror(errno));
        return RW_OK;
    }
    if (WIFSIGNALED(c->status))
        rw_error_set(
            e, RW_ERR_TOOL, "'%s' ended by signal %d", name, WTERMSIG(c->status));
    else if (WIFEXITED(c->status) && WEXITSTATUS(c->status) == 127) {
        *missing = 1;
        rw_error_set(e, RW_ERR_TOOL, "cannot run '%s'", name);
    } else
        rw_error_set(e, RW_ERR_TOOL, "'%s' made no picture (exit status %d)", name,
            WEXITSTATUS(c->status));
    keep_errors(c, e);
    return RW_ERR_TOOL;
}

enum rw_err
rw_tool_run(const struct rw_tool *t, int *missing, struct rw_error *e)
{
    struct child c = {0};
    enum rw_err err;

    *missing = 0;
    unlink(t->output);
    c.output = open(t->output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (c.output < 0)
        return rw_error_set(
            e, RW_ERR_IO, "cannot write '%s': %s", t->output, strerror(errno));
    c.errors = memfd_create("riskwheel-errors", MFD_CLOEXEC);
    if (c.errors < 0)
        err = rw_error_set(e, RW_ERR_IO, "no room for messages: %s", strerror(errno));
    else
        err = judge(t, &c, missing, e);
    if (c.errors >= 0)
        close(c.errors);
    if (close(c.output) != 0 && err == RW_OK)
        err = rw_error_set(
            e, RW_ERR_IO, "cannot write '%s': %s", t->output, strerror(errno));
    if (err != RW_OK)
        unlink(t->output);
    return err;
}
