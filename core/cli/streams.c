/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool pipe_broken;

bool
rw_streams_pipe_broken(void)
{
    return pipe_broken;
}

void
rw_streams_init(void)
{
    int fd;

    /* A stream closed by the caller must not be taken by the next file that
     * is opened.  What stands in for it can be read only, so that writing
     * results there is still an error. */
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= 2);
    if (fd > 2)
        close(fd);
}

enum rw_err
rw_stdout_write(const char *bytes, size_t n, struct rw_error *e)
{
    while (n > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, n);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            pipe_broken = errno == EPIPE;
            return rw_error_set(
                e, RW_ERR_IO, "cannot write to standard output: %s", strerror(errno));
        }
        bytes += written;
        n -= (size_t)written;
    }
    return RW_OK;
}

enum rw_err
rw_stdout_text(const struct rw_text *t, struct rw_error *e)
{
    if (t->failed)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the output");
    return rw_stdout_write(t->s ? t->s : "", t->len, e);
}

static bool
is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value && *value;
}

static bool
dumb_terminal(void)
{
    const char *term = getenv("TERM");

    return term == NULL || strcmp(term, "dumb") == 0;
}

bool
rw_stdout_colour(void)
{
    return isatty(STDOUT_FILENO) && !is_set("NO_COLOR") && !dumb_terminal();
}

bool
rw_stderr_progress(void)
{
    return isatty(STDERR_FILENO) && !is_set("CI") && !dumb_terminal();
}

void
rw_message(const char *fmt, ...)
{
    va_list args;

    fputs(RW_PROGRAM ": ", stderr);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
}

void
rw_error_print(const struct rw_error *e)
{
    struct rw_text t;

    if (e->text[0] == '\0')
        return;
    rw_text_init(&t);
    rw_text_add(&t, RW_PROGRAM ": error: ");
    if (e->file[0])
        rw_text_add(&t, e->file);
    if (e->file[0] && e->line > 0)
        rw_text_addf(&t, ":%d", e->line);
    if (e->file[0] && e->line > 0 && e->col > 0)
        rw_text_addf(&t, ":%d", e->col);
    if (e->file[0])
        rw_text_add(&t, ": ");
    rw_text_add(&t, e->text);
    if (e->pointer[0])
        rw_text_addf(&t, " (at %s)", e->pointer);
    rw_text_add(&t, "\n");
    if (e->detail[0])
        rw_text_addf(&t, "%s\n", e->detail);
    fputs(t.failed ? e->text : t.s, stderr);
    rw_text_fini(&t);
}
