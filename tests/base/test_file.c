/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"
#include "tests/base/scratch.h"

static void
refuses(const char *path, size_t max, enum rw_err code, const char *part)
{
    struct rw_error e;
    char *bytes = NULL;
    size_t n = 99;

    rw_error_clear(&e);
    assert_int_equal(code, rw_file_read(path, max, &bytes, &n, &e));
    assert_int_equal(code, e.code);
    if (strstr(e.text, part) == NULL || strstr(e.text, path) == NULL)
        fail_msg("\"%s\" lacks \"%s\" or the path", e.text, part);
    assert_null(bytes);
    assert_int_equal(99, n);
}

static void
a_file_is_read_whole(void **state)
{
    struct rw_error e;
    char *bytes;
    size_t n;

    (void)state;
    rw_error_clear(&e);
    scratch_write("plain", "{ \"riskwheel\": 1 }\n");
    assert_int_equal(RW_OK, rw_file_read(scratch_path("plain"), 19, &bytes, &n, &e));
    assert_int_equal(19, n);
    assert_string_equal("{ \"riskwheel\": 1 }\n", bytes);
    free(bytes);
    scratch_write("empty", "");
    assert_int_equal(RW_OK, rw_file_read(scratch_path("empty"), 0, &bytes, &n, &e));
    assert_int_equal(0, n);
    assert_int_equal('\0', bytes[0]);
    free(bytes);
}

static void
a_link_to_a_file_is_followed(void **state)
{
    char *bytes;
    size_t n;

    (void)state;
    scratch_write("real", "x");
    assert_int_equal(0, symlink("real", scratch_path("link")));
    assert_int_equal(RW_OK, rw_file_read(scratch_path("link"), 9, &bytes, &n, NULL));
    free(bytes);
}

static void
a_file_beyond_the_limit_is_refused(void **state)
{
    (void)state;
    scratch_write("big", "12345");
    refuses(scratch_path("big"), 4, RW_ERR_INPUT, "5 bytes, at most 4");
}

static void
what_is_not_there_is_reported(void **state)
{
    (void)state;
    refuses(scratch_path("nothing"), 9, RW_ERR_IO, "No such file");
    refuses(scratch_path("plain/below"), 9, RW_ERR_IO, "Not a directory");
}

static void
folders_pipes_and_devices_are_refused(void **state)
{
    (void)state;
    assert_int_equal(0, mkfifo(scratch_path("pipe"), 0600));
    refuses(scratch, 9, RW_ERR_INPUT, "a folder");
    refuses(scratch_path("pipe"), 9, RW_ERR_INPUT, "a pipe"); /* and does not wait */
    refuses("/dev/zero", 9, RW_ERR_INPUT, "a device");
}

static void
a_circle_of_links_is_reported(void **state)
{
    (void)state;
    assert_int_equal(0, symlink("circle", scratch_path("circle")));
    refuses(scratch_path("circle"), 9, RW_ERR_IO, "symbolic links");
}

static void
an_unreadable_file_is_reported(void **state)
{
    (void)state;
    scratch_drop_root();
    scratch_write("secret", "x");
    assert_int_equal(0, chmod(scratch_path("secret"), 0));
    refuses(scratch_path("secret"), 9, RW_ERR_IO, "Permission denied");
    scratch_take_root();
}

static void
a_file_that_fails_to_read_is_reported(void **state)
{
    (void)state;
    /* regular, of size 0, and readable only at addresses that are mapped */
    refuses("/proc/self/mem", 9, RW_ERR_IO, "cannot read");
}

static void
holds(const char *path, const char *want)
{
    char *bytes;
    size_t n;

    assert_int_equal(RW_OK, rw_file_read(path, 99, &bytes, &n, NULL));
    assert_string_equal(want, bytes);
    free(bytes);
}

static void
a_file_is_written_whole(void **state)
{
    struct stat st;

    (void)state;
    assert_int_equal(RW_OK, rw_file_write(scratch_path("new"), "one\n", 4, NULL));
    holds(scratch_path("new"), "one\n");
    assert_int_equal(0, chmod(scratch_path("new"), 0640));
    assert_int_equal(RW_OK, rw_file_write(scratch_path("new"), "two", 3, NULL));
    holds(scratch_path("new"), "two");
    assert_int_equal(0, stat(scratch_path("new"), &st));
    assert_int_equal(0640, st.st_mode & 0777);
}

static void
a_link_goes_on_leading_to_what_is_written(void **state)
{
    struct stat st;

    (void)state;
    scratch_write("aim", "old");
    assert_int_equal(0, symlink("aim", scratch_path("pointer")));
    assert_int_equal(RW_OK, rw_file_write(scratch_path("pointer"), "new", 3, NULL));
    assert_int_equal(0, lstat(scratch_path("pointer"), &st));
    assert_true(S_ISLNK(st.st_mode));
    holds(scratch_path("aim"), "new");
    assert_true(rw_file_same(scratch_path("aim"), scratch_path("pointer")));
    assert_false(rw_file_same(scratch_path("aim"), scratch_path("absent")));
}

static void
what_cannot_be_written_is_reported(void **state)
{
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_IO, rw_file_write(scratch, "x", 1, &e));
    assert_non_null(strstr(e.text, "directory"));
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_IO, rw_file_write("/dev/null", "x", 1, &e));
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_IO, rw_file_write(scratch_path("no/where"), "x", 1, &e));
    assert_non_null(strstr(e.text, "No such file"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_is_read_whole),
        cmocka_unit_test(a_link_to_a_file_is_followed),
        cmocka_unit_test(a_file_beyond_the_limit_is_refused),
        cmocka_unit_test(what_is_not_there_is_reported),
        cmocka_unit_test(folders_pipes_and_devices_are_refused),
        cmocka_unit_test(a_circle_of_links_is_reported),
        cmocka_unit_test(an_unreadable_file_is_reported),
        cmocka_unit_test(a_file_that_fails_to_read_is_reported),
        cmocka_unit_test(a_file_is_written_whole),
        cmocka_unit_test(a_link_goes_on_leading_to_what_is_written),
        cmocka_unit_test(what_cannot_be_written_is_reported)};

    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
