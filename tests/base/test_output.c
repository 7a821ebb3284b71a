/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"
#include "tests/base/scratch.h"

#include <signal.h>
#include <sys/resource.h>

static struct rw_output out;
static struct rw_error error;

static const char *
content(const char *name)
{
    static char s[100];
    FILE *f = fopen(scratch_path(name), "r");
    size_t n = f ? fread(s, 1, sizeof s - 1, f) : 0;

    if (f)
        fclose(f);
    s[n] = '\0';
    return f ? s : "(not there)";
}

static void
open_at(const char *name)
{
    rw_error_clear(&error);
    assert_int_equal(RW_OK, rw_output_open(&out, scratch_path(name), &error));
}

static void
put(const char *name, const char *bytes)
{
    assert_int_equal(RW_OK, rw_output_write(&out, name, bytes, strlen(bytes), &error));
}

/* each case has scratch to itself */
static int
each_before(void **state)
{
    return scratch_make(state);
}

static int
each_after(void **state)
{
    rw_output_abort(&out);
    return scratch_remove(state);
}

static void
nothing_shows_before_the_commit(void **state)
{
    (void)state;
    open_at("a.out");
    put("results.json", "{}");
    put("plots/lec.svg", "<svg/>");
    assert_int_equal(-1, scratch_count("a.out"));
    assert_int_equal(RW_OK, rw_output_commit(&out, &error));
    assert_string_equal("{}", content("a.out/results.json"));
    assert_string_equal("<svg/>", content("a.out/plots/lec.svg"));
    assert_int_equal(2, scratch_count("a.out"));
    assert_int_equal(1, scratch_count("")); /* no staging folder is left */
    assert_string_equal("", out.staging);
}

static void
an_empty_file_is_a_file(void **state)
{
    (void)state;
    open_at("a.out");
    put("empty.csv", "");
    assert_int_equal(RW_OK, rw_output_commit(&out, &error));
    assert_string_equal("", content("a.out/empty.csv"));
}

static void
old_files_stay_until_the_commit_and_others_beyond(void **state)
{
    (void)state;
    assert_int_equal(0, mkdir(scratch_path("a.out"), 0777));
    scratch_write("a.out/results.json", "old");
    scratch_write("a.out/notes.txt", "mine");
    open_at("a.out/");
    put("results.json", "new");
    assert_string_equal("old", content("a.out/results.json"));
    assert_int_equal(RW_OK, rw_output_commit(&out, &error));
    assert_string_equal("new", content("a.out/results.json"));
    assert_string_equal("mine", content("a.out/notes.txt"));
    assert_int_equal(2, scratch_count("a.out"));
    assert_int_equal(1, scratch_count(""));
}

static void
who_reads_the_old_file_reads_it_to_the_end(void **state)
{
    char s[8] = "";
    int fd;

    (void)state;
    assert_int_equal(0, mkdir(scratch_path("a.out"), 0777));
    scratch_write("a.out/results.json", "old");
    fd = open(scratch_path("a.out/results.json"), O_RDONLY);
    assert_true(fd >= 0);
    open_at("a.out");
    put("results.json", "new and longer");
    assert_int_equal(RW_OK, rw_output_commit(&out, &error));
    assert_int_equal(3, read(fd, s, sizeof s - 1)); /* replaced, not rewritten */
    assert_string_equal("old", s);
    close(fd);
}

static void
abort_removes_all_and_touches_nothing(void **state)
{
    (void)state;
    assert_int_equal(0, mkdir(scratch_path("a.out"), 0777));
    scratch_write("a.out/results.json", "old");
    open_at("a.out");
    put("results.json", "new");
    put("plots/deep/lec.svg", "<svg/>");
    rw_output_abort(&out);
    assert_string_equal("old", content("a.out/results.json"));
    assert_int_equal(1, scratch_count("a.out"));
    assert_int_equal(1, scratch_count(""));
    rw_output_abort(&out); /* twice does no harm */
}

static void
a_bad_place_is_found_when_opened(void **state)
{
    static const char *const bad[][2] = {{"file", "is not a folder"},
        {"file/below.out", "Not a directory"}, {"missing/a.out", "No such file"}};

    (void)state;
    scratch_write("file", "x");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *path = scratch_path(bad[i][0]);

        rw_error_clear(&error);
        assert_int_equal(RW_ERR_IO, rw_output_open(&out, path, &error));
        assert_non_null(strstr(error.text, path));
        assert_non_null(strstr(error.text, bad[i][1]));
        assert_string_equal("", out.staging);
    }
    assert_int_equal(1, scratch_count(""));
    rw_error_clear(&error);
    assert_int_equal(RW_ERR_IO, rw_output_open(&out, "", &error));
}

static void
a_name_too_long_is_refused(void **state)
{
    static char name[5000];

    (void)state;
    memset(name, 'x', sizeof name - 1);
    rw_error_clear(&error);
    assert_int_equal(RW_ERR_IO, rw_output_open(&out, name, &error));
    assert_non_null(strstr(error.text, "too long"));
}

static void
a_folder_without_rights_is_refused(void **state)
{
    (void)state;
    scratch_drop_root();
    assert_int_equal(0, mkdir(scratch_path("a.out"), 0555));
    rw_error_clear(&error);
    assert_int_equal(RW_ERR_IO, rw_output_open(&out, scratch_path("a.out"), &error));
    assert_non_null(strstr(error.text, "Permission denied"));
}

static void
a_folder_of_ours_below_one_of_others_is_written(void **state)
{
    (void)state;
    scratch_drop_root();
    assert_int_equal(0, mkdir(scratch_path("theirs"), 0777));
    assert_int_equal(0, mkdir(scratch_path("theirs/a.out"), 0777));
    assert_int_equal(0, chmod(scratch_path("theirs"), 0555));
    open_at("theirs/a.out");
    put("results.json", "{}");
    assert_int_equal(RW_OK, rw_output_commit(&out, &error));
    assert_int_equal(1, scratch_count("theirs/a.out"));
    assert_int_equal(0, chmod(scratch_path("theirs"), 0777));
}

static void
a_link_to_a_folder_is_written_through(void **state)
{
    (void)state;
    assert_int_equal(0, mkdir(scratch_path("real"), 0777));
    assert_int_equal(0, symlink("real", scratch_path("a.out")));
    open_at("a.out");
    put("results.json", "{}");
    assert_int_equal(RW_OK, rw_output_commit(&out, &error));
    assert_string_equal("{}", content("real/results.json"));
}

static void
a_link_in_place_of_a_file_is_replaced_not_followed(void **state)
{
    (void)state;
    assert_int_equal(0, mkdir(scratch_path("a.out"), 0777));
    scratch_write("victim", "precious");
    assert_int_equal(0, symlink("../victim", scratch_path("a.out/results.json")));
    open_at("a.out");
    put("results.json", "{}");
    assert_int_equal(RW_OK, rw_output_commit(&out, &error));
    assert_string_equal("precious", content("victim"));
    assert_string_equal("{}", content("a.out/results.json"));
}

static void
a_full_disk_is_reported_with_the_name(void **state)
{
    struct rlimit old, small;
    static char bytes[5000];
    enum rw_err err;

    (void)state;
    open_at("a.out");
    /* a limit on file sizes cuts the second write short, as a full disk does */
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(0, getrlimit(RLIMIT_FSIZE, &old));
    small = old;
    small.rlim_cur = 1000;
    assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &small));
    err = rw_output_write(&out, "plots/fan.svg", bytes, sizeof bytes, &error);
    assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &old));
    assert_int_equal(RW_ERR_IO, err);
    assert_non_null(strstr(error.text, "a.out/plots/fan.svg"));
    assert_non_null(strstr(error.text, "5000 bytes"));
    assert_non_null(strstr(error.text, "File too large"));
    rw_output_abort(&out);
    assert_int_equal(0, scratch_count(""));
}

static void
a_folder_in_the_way_stops_the_commit_before_the_first_file(void **state)
{
    (void)state;
    assert_int_equal(0, mkdir(scratch_path("a.out"), 0777));
    assert_int_equal(0, mkdir(scratch_path("a.out/results.json"), 0777));
    scratch_write("a.out/annual.csv", "old");
    open_at("a.out");
    put("annual.csv", "new");
    put("results.json", "{}");
    assert_int_equal(RW_ERR_IO, rw_output_commit(&out, &error));
    assert_non_null(strstr(error.text, "a.out/results.json"));
    assert_string_equal("old", content("a.out/annual.csv"));
    assert_int_equal(1, scratch_count("")); /* staging is gone */
}

static void
a_file_in_place_of_a_folder_stops_the_commit(void **state)
{
    (void)state;
    assert_int_equal(0, mkdir(scratch_path("a.out"), 0777));
    scratch_write("a.out/plots", "old");
    open_at("a.out");
    put("annual.csv", "new");
    put("plots/lec.svg", "<svg/>");
    assert_int_equal(RW_ERR_IO, rw_output_commit(&out, &error));
    assert_non_null(strstr(error.text, "a.out/plots"));
    assert_string_equal("old", content("a.out/plots"));
    assert_string_equal("(not there)", content("a.out/annual.csv"));
}

static void
names_that_lead_elsewhere_are_bugs(void **state)
{
    static const char *const bad[] = {
        "", "/etc/x", "..", "../x", "a/../../x", "a//b", "./a", "a/", "a/."};

    (void)state;
    open_at("a.out");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        rw_error_clear(&error);
        assert_int_equal(RW_ERR_BUG, rw_output_write(&out, bad[i], "x", 1, &error));
    }
    rw_output_abort(&out);
    assert_int_equal(RW_ERR_BUG, rw_output_write(&out, "a", "x", 1, &error));
    assert_int_equal(RW_ERR_BUG, rw_output_commit(&out, &error));
}

static void
the_umask_is_respected(void **state)
{
    struct stat st;
    mode_t old = umask(027);

    (void)state;
    open_at("a.out");
    put("plots/lec.svg", "<svg/>");
    assert_int_equal(RW_OK, rw_output_commit(&out, &error));
    umask(old);
    assert_int_equal(0, stat(scratch_path("a.out/plots/lec.svg"), &st));
    assert_int_equal(0640, st.st_mode & 0777);
    assert_int_equal(0, stat(scratch_path("a.out/plots"), &st));
    assert_int_equal(0750, st.st_mode & 0777);
    assert_int_equal(0, stat(scratch_path("a.out"), &st));
    assert_int_equal(0750, st.st_mode & 0777);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, each_before, each_after)

CHECK_MAIN(CASE(nothing_shows_before_the_commit), CASE(an_empty_file_is_a_file),
    CASE(old_files_stay_until_the_commit_and_others_beyond),
    CASE(who_reads_the_old_file_reads_it_to_the_end),
    CASE(abort_removes_all_and_touches_nothing), CASE(a_bad_place_is_found_when_opened),
    CASE(a_name_too_long_is_refused), CASE(a_folder_without_rights_is_refused),
    CASE(a_folder_of_ours_below_one_of_others_is_written),
    CASE(a_link_to_a_folder_is_written_through),
    CASE(a_link_in_place_of_a_file_is_replaced_not_followed),
    CASE(a_full_disk_is_reported_with_the_name),
    CASE(a_folder_in_the_way_stops_the_commit_before_the_first_file),
    CASE(a_file_in_place_of_a_folder_stops_the_commit),
    CASE(names_that_lead_elsewhere_are_bugs), CASE(the_umask_is_respected))
