/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"
#include "tests/base/scratch.h"

#include <math.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>

#define KIND "\211RWtest\n"

static struct rw_record r;
static struct rw_error e;

/* Texts and numbers of all kinds, more than a buffer of them. */
static enum rw_err
write_one(const char *path, bool again)
{
    rw_error_clear(&e);
    rw_record_begin(&r, path, KIND, again);
    rw_record_put(&r, UINT64_C(0x0123456789abcdef));
    rw_record_put_text(&r, "text");
    rw_record_put_double(&r, -0.0);
    rw_record_put_double(&r, INFINITY);
    for (int k = 0; k < 10000; k++)
        rw_record_put_double(&r, 1.0 / (k + 1));
    return rw_record_commit(&r, &e);
}

static void
what_was_written_is_read(void **state)
{
    double x[10000];
    char *s;

    (void)state;
    assert_int_equal(RW_OK, write_one(scratch_path("one"), false));
    assert_int_equal(RW_OK, rw_record_open(&r, scratch_path("one"), KIND, &e));
    assert_true(rw_record_get(&r) == UINT64_C(0x0123456789abcdef));
    s = rw_record_get_text(&r, 4);
    assert_string_equal("text", s);
    free(s);
    assert_true(signbit(rw_record_get_double(&r)));
    assert_true(isinf(rw_record_get_double(&r)));
    rw_record_get_doubles(&r, x, 10000);
    for (int k = 0; k < 10000; k++)
        assert_true(x[k] == 1.0 / (k + 1));
    assert_int_equal(RW_OK, rw_record_close(&r, &e));
    assert_int_equal(RW_OK, rw_record_check(scratch_path("one"), KIND, &e));
    assert_int_equal(1, scratch_count("")); /* and nothing is left beside it */
}

static void
numbers_are_little_endian(void **state)
{
    const unsigned char want[] = {0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x01, 4, 0,
        0, 0, 0, 0, 0, 0, 't', 'e', 'x', 't', 0, 0, 0, 0, 0, 0, 0, 0x80};
    char *bytes;
    size_t n;

    (void)state;
    assert_int_equal(RW_OK, write_one(scratch_path("one"), false));
    assert_int_equal(
        RW_OK, rw_file_read(scratch_path("one"), 1 << 20, &bytes, &n, NULL));
    assert_int_equal(8 + 8 + 12 + 16 + 80000 + 32, n);
    assert_memory_equal(KIND, bytes, 8);
    assert_memory_equal(want, bytes + 8, sizeof want);
    free(bytes);
}

static void
refuses(const char *path, const char *why)
{
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_INPUT, rw_record_check(path, KIND, &e));
    if (strstr(e.text, why) == NULL || strstr(e.text, path) == NULL)
        fail_msg("\"%s\" lacks \"%s\" or the path", e.text, why);
}

static void
put_file(const char *path, const char *bytes, size_t n)
{
    assert_int_equal(RW_OK, rw_file_write(path, bytes, n, NULL));
}

static void
every_flipped_bit_is_noticed(void **state)
{
    char *bytes, *path = strdup(scratch_path("one"));
    size_t n;

    (void)state;
    assert_int_equal(RW_OK, write_one(path, false));
    assert_int_equal(RW_OK, rw_file_read(path, 1 << 20, &bytes, &n, NULL));
    for (size_t k = 0; k < 400; k++) { /* the ends, and all over it */
        size_t at = k < 100 ? k : k < 200 ? n - 1 - (k - 100) : (k * 7919) % n;

        bytes[at] = (char)(bytes[at] ^ (1 << k % 8));
        put_file(path, bytes, n);
        refuses(path, at < 8 ? "another kind" : "damaged");
        bytes[at] = (char)(bytes[at] ^ (1 << k % 8));
    }
    for (size_t k = 0; k < 100; k++) { /* cut */
        size_t left = k < 50 ? k : n - 1 - (k - 50) * 1600;

        put_file(path, bytes, left);
        refuses(path, left < 40 ? "too short" : "damaged");
    }
    bytes = realloc(bytes, n + 1);
    bytes[n] = 0;
    put_file(path, bytes, n + 1); /* grown */
    refuses(path, "damaged");
    free(bytes);
    free(path);
}

static void
a_full_disk_leaves_the_old_one(void **state)
{
    const struct rlimit small = {50000, RLIM_INFINITY};
    struct rlimit before;

    (void)state;
    assert_int_equal(RW_OK, write_one(scratch_path("one"), true));
    assert_int_equal(0, getrlimit(RLIMIT_FSIZE, &before));
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &small));
    assert_int_equal(RW_ERR_IO, write_one(scratch_path("one"), true));
    assert_int_equal(RW_ERR_IO, write_one(scratch_path("one"), false));
    assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &before));
    assert_non_null(strstr(e.text, "File too large"));
    assert_int_equal(RW_OK, rw_record_check(scratch_path("one"), KIND, &e));
    assert_int_equal(1, scratch_count(""));
}

static void
there_must_be_a_place_for_it(void **state)
{
    (void)state;
    assert_int_equal(RW_ERR_IO, write_one(scratch_path("no/where"), false));
    assert_int_equal(RW_ERR_IO, write_one(scratch_path("no/where"), true));
    assert_int_equal(RW_ERR_IO, write_one(scratch, true));
    assert_int_equal(0, scratch_count(""));
}

/* A process that was killed leaves at most one file, which the next one takes. */
static void
what_a_killed_one_left_is_replaced(void **state)
{
    (void)state;
    scratch_write("one.new", "half of");
    assert_int_equal(RW_OK, write_one(scratch_path("one"), true));
    assert_int_equal(RW_OK, rw_record_check(scratch_path("one"), KIND, &e));
    assert_int_equal(1, scratch_count(""));
}

static void
two_do_not_write_into_one(void **state)
{
    int fd;

    (void)state;
    scratch_write("one.new", "another's");
    fd = open(scratch_path("one.new"), O_RDWR);
    assert_int_equal(0, flock(fd, LOCK_EX));
    assert_int_equal(RW_ERR_IO, write_one(scratch_path("one"), true));
    assert_non_null(strstr(e.text, "another process writes it"));
    close(fd);
    assert_int_equal(1, scratch_count("")); /* the other's, which is not ours */
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_make, scratch_remove)

CHECK_MAIN(CASE(what_was_written_is_read), CASE(numbers_are_little_endian),
    CASE(every_flipped_bit_is_noticed), CASE(a_full_disk_leaves_the_old_one),
    CASE(there_must_be_a_place_for_it), CASE(what_a_killed_one_left_is_replaced),
    CASE(two_do_not_write_into_one))
