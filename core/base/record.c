/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORD = 8 };

static void
set_word(unsigned char *to, uint64_t x)
{
    for (int k = 0; k < WORD; k++)
        to[k] = (unsigned char)(x >> (8 * k));
}

static uint64_t
word(const unsigned char *from)
{
    uint64_t x = 0;

    for (int k = 0; k < WORD; k++)
        x |= (uint64_t)from[k] << (8 * k);
    return x;
}

static void
start(struct rw_record *r, const char *path)
{
    r->path = path;
    r->fd = -1;
    r->at = r->filled = 0;
    r->left = 0;
    rw_sha256_init(&r->sum);
    rw_error_clear(&r->error);
}

/* --- writing --- */

static void
flush(struct rw_record *r)
{
    rw_sha256_add(&r->sum, r->buffer, r->filled);
    if (r->error.code == RW_OK)
        r->error.code = rw_file_add(&r->file, r->buffer, r->filled, &r->error);
    r->filled = 0;
}

static void
put_bytes(struct rw_record *r, const void *bytes, size_t n)
{
    const unsigned char *from = bytes;

    while (n > 0) {
        size_t room = RW_RECORD_BUFFER - r->filled, k = n < room ? n : room;

        memcpy(r->buffer + r->filled, from, k);
        r->filled += k;
        from += k;
        n -= k;
        if (r->filled == RW_RECORD_BUFFER)
            flush(r);
    }
}

void
rw_record_begin(struct rw_record *r, const char *path, const char *kind, bool again)
{
    start(r, path);
    r->error.code = rw_file_begin(&r->file, path, again, &r->error);
    put_bytes(r, kind, RW_RECORD_KIND);
}

void
rw_record_put(struct rw_record *r, uint64_t x)
{
    unsigned char bytes[WORD];

    set_word(bytes, x);
    put_bytes(r, bytes, WORD);
}

void
rw_record_put_double(struct rw_record *r, double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    rw_record_put(r, bits);
}

void
rw_record_put_doubles(struct rw_record *r, const double x[], size_t n)
{
    for (size_t k = 0; k < n; k++)
        rw_record_put_double(r, x[k]);
}

void
rw_record_put_text(struct rw_record *r, const char *s)
{
    rw_record_put(r, strlen(s));
    put_bytes(r, s, strlen(s));
}

enum rw_err
rw_record_commit(struct rw_record *r, struct rw_error *e)
{
    unsigned char sum[RW_SHA256_BYTES];

    flush(r);
    rw_sha256_end(&r->sum, sum);
    if (r->error.code == RW_OK)
        r->error.code = rw_file_add(&r->file, sum, sizeof sum, &r->error);
    if (r->error.code == RW_OK)
        r->error.code = rw_file_commit(&r->file, &r->error);
    rw_file_abort(&r->file);
    if (r->error.code != RW_OK)
        *e = r->error;
    return r->error.code;
}

/* --- reading --- */

void
rw_record_bad(struct rw_record *r, const char *why)
{
    rw_error_set(&r->error, RW_ERR_INPUT, "'%.800s' %s", r->path, why);
}

static void
damaged(struct rw_record *r)
{
    rw_record_bad(r, "is damaged: its bytes are not those that were written");
}

/* n bytes as they come; false: an error, or the file is shorter than it was. */
static bool
read_all(struct rw_record *r, unsigned char *to, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t k = read(r->fd, to + done, n - done);

        if (k == 0)
            damaged(r);
        else if (k < 0 && errno != EINTR)
            rw_error_set(&r->error, RW_ERR_IO, "cannot read '%.800s': %s", r->path,
                strerror(errno));
        else if (k > 0)
            done += (size_t)k;
        if (r->error.code != RW_OK)
            return false;
    }
    return true;
}

/* Fills the buffer; false at the end of what there is, or after an error. */
static bool
fill(struct rw_record *r)
{
    size_t n = r->left < RW_RECORD_BUFFER ? (size_t)r->left : RW_RECORD_BUFFER;

    r->at = r->filled = 0;
    if (r->error.code != RW_OK || n == 0 || !read_all(r, r->buffer, n))
        return false;
    rw_sha256_add(&r->sum, r->buffer, n);
    r->left -= n;
    r->filled = n;
    return true;
}

static void
get_bytes(struct rw_record *r, void *bytes, size_t n)
{
    unsigned char *to = bytes;

    while (n > 0) {
        size_t k;

        if (r->at == r->filled && !fill(r)) {
            damaged(r); /* it ends too early */
            memset(to, 0, n);
            return;
        }
        k = n < r->filled - r->at ? n : r->filled - r->at;
        memcpy(to, r->buffer + r->at, k);
        r->at += k;
        to += k;
        n -= k;
    }
}

enum rw_err
rw_record_open(
    struct rw_record *r, const char *path, const char *kind, struct rw_error *e)
{
    unsigned char found[RW_RECORD_KIND];
    struct stat st;

    start(r, path);
    r->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (r->fd < 0 || fstat(r->fd, &st) != 0)
        rw_error_set(
            &r->error, RW_ERR_IO, "cannot open '%.800s': %s", path, strerror(errno));
    else if (!S_ISREG(st.st_mode))
        rw_record_bad(r, "is not a file");
    else if (st.st_size < RW_RECORD_KIND + RW_SHA256_BYTES)
        rw_record_bad(r, "is too short to be one");
    else {
        r->left = (uint64_t)st.st_size - RW_SHA256_BYTES;
        get_bytes(r, found, sizeof found);
        if (memcmp(found, kind, sizeof found) != 0)
            rw_record_bad(r, "is another kind of file");
    }
    if (r->error.code == RW_OK)
        return RW_OK;
    if (r->fd >= 0)
        close(r->fd);
    r->fd = -1;
    *e = r->error;
    return e->code;
}

uint64_t
rw_record_get(struct rw_record *r)
{
    unsigned char bytes[WORD];

    get_bytes(r, bytes, WORD);
    return word(bytes);
}

double
rw_record_get_double(struct rw_record *r)
{
    uint64_t bits = rw_record_get(r);
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

void
rw_record_get_doubles(struct rw_record *r, double x[], size_t n)
{
    for (size_t k = 0; k < n; k++)
        x[k] = rw_record_get_double(r);
}

uint64_t
rw_record_left(const struct rw_record *r)
{
    return r->left + (r->filled - r->at);
}

char *
rw_record_get_text(struct rw_record *r, size_t most)
{
    uint64_t n = rw_record_get(r);
    char *s;

    if (n > most || n > rw_record_left(r)) {
        damaged(r);
        return NULL;
    }
    s = malloc((size_t)n + 1);
    if (s == NULL) {
        rw_error_set(&r->error, RW_ERR_MEMORY, "no memory to read '%.800s'", r->path);
        return NULL;
    }
    get_bytes(r, s, (size_t)n);
    s[n] = '\0';
    return s;
}

enum rw_err
rw_record_close(struct rw_record *r, struct rw_error *e)
{
    unsigned char sum[RW_SHA256_BYTES], found[RW_SHA256_BYTES + 1];

    while (fill(r))
        ;
    if (r->error.code == RW_OK && read_all(r, found, RW_SHA256_BYTES)) {
        rw_sha256_end(&r->sum, sum);
        if (memcmp(sum, found, sizeof sum) != 0 ||
            read(r->fd, found, 1) != 0) /* it grew */
            damaged(r);
    }
    close(r->fd);
    r->fd = -1;
    if (r->error.code != RW_OK)
        *e = r->error;
    return r->error.code;
}

enum rw_err
rw_record_check(const char *path, const char *kind, struct rw_error *e)
{
    struct rw_record *r = malloc(sizeof *r);
    enum rw_err err;

    if (r == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to read '%.800s'", path);
    err = rw_record_open(r, path, kind, e);
    if (err == RW_OK)
        err = rw_record_close(r, e);
    free(r);
    return err;
}
