/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/plug/fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static char top[64];

static const char *
path(const char *file)
{
    static char paths[2][256];
    static unsigned next;
    char *p = paths[next++ % 2];

    snprintf(p, sizeof paths[0], "%s/%s", top, file);
    return p;
}

static void
put(const char *file, const char *text)
{
    FILE *f = fopen(path(file), "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void
put_threat(const char *file, const char *name, const char *version)
{
    char text[256];

    snprintf(text, sizeof text,
        "return riskwheel.threat { api = 1, name = '%s', version = '%s', doc = 'd',\n"
        "  cycle = function(t) t.frequency = 1 end }",
        name, version);
    put(file, text);
}

static int
make_folders(void **state)
{
    static const char *const folders[] = {
        "a", "b", "a/threats", "a/controls", "b/threats"};

    (void)state;
    strcpy(top, "/tmp/riskwheel-catalogue-XXXXXX");
    if (mkdtemp(top) == NULL)
        return -1;
    for (size_t k = 0; k < sizeof folders / sizeof folders[0]; k++)
        mkdir(path(folders[k]), 0777);
    put_threat("a/threats/phishing.lua", "phishing", "1");
    put_threat("b/threats/phishing.lua", "phishing", "2");
    put_threat("b/threats/worm.lua", "worm", "1");
    put_threat("b/threats/other.lua", "another", "1");
    put_threat("a/controls/threat_here.lua", "threat_here", "1");
    put_threat("a/threats/Capital.lua", "capital", "1");
    put("a/threats/broken.lua", "return return");
    put("a/threats/readme.txt", "no plugin");
    if (symlink(path("b/threats/worm.lua"), path("a/threats/link.lua")))
        return -1;
    return mkfifo(path("a/threats/pipe.lua"), 0666);
}

static int
remove_folders(void **state)
{
    static const char *const files[] = {"a/threats/phishing.lua",
        "b/threats/phishing.lua", "b/threats/worm.lua", "b/threats/other.lua",
        "a/controls/threat_here.lua", "a/threats/Capital.lua", "a/threats/broken.lua",
        "a/threats/readme.txt", "a/threats/link.lua", "a/threats/pipe.lua", "a/threats",
        "a/controls", "b/threats", "a", "b", ""};
    int bad = 0;

    (void)state;
    for (size_t k = 0; k < sizeof files / sizeof files[0]; k++)
        bad |= remove(path(files[k]));
    return bad;
}

static struct rw_catalogue *
open_both(void)
{
    static char a[256], b[256];
    const char *folders[] = {a, "/nowhere/at/all", b};
    struct rw_catalogue *c;
    struct rw_error e = {0};

    snprintf(a, sizeof a, "%s", path("a"));
    snprintf(b, sizeof b, "%s", path("b"));
    if (rw_catalogue_new(folders, 3, NULL, &c, &e))
        fail_msg("%s", e.text);
    return c;
}

static void
the_first_folder_that_has_the_name_counts(void **state)
{
    struct rw_catalogue *c = open_both();
    const struct rw_plugin *p, *again;
    struct rw_error e = {0};

    (void)state;
    assert_int_equal(rw_catalogue_find(c, RW_PLUGIN_THREAT, "phishing", &p, &e), RW_OK);
    assert_string_equal(p->version, "1");
    assert_string_equal(p->file, path("a/threats/phishing.lua"));
    assert_int_equal(rw_catalogue_find(c, RW_PLUGIN_THREAT, "worm", &p, &e), RW_OK);
    assert_string_equal(p->file, path("b/threats/worm.lua"));
    assert_int_equal(rw_catalogue_find(c, RW_PLUGIN_THREAT, "worm", &again, &e), RW_OK);
    assert_ptr_equal(p, again);
    rw_catalogue_free(c);
}

static void
what_cannot_be_found_or_loaded_says_why(void **state)
{
    static const struct {
        enum rw_plugin_kind kind;
        const char *name;
        enum rw_err err;
        const char *message;
    } cases[] = {{RW_PLUGIN_THREAT, "phising", RW_ERR_INPUT,
                     "there is no threat plugin 'phising'; did you mean 'phishing'?"},
        {RW_PLUGIN_PLANNER, "phishing", RW_ERR_INPUT,
            "there is no planner plugin 'phishing' (a file planners/phishing.lua"},
        {RW_PLUGIN_THREAT, "../threats/worm", RW_ERR_INPUT,
            "there is no threat plugin"},
        {RW_PLUGIN_THREAT, "capital", RW_ERR_INPUT, "there is no threat plugin"},
        {RW_PLUGIN_THREAT, "link", RW_ERR_IO,
            "it is a link, only plain files are taken"},
        {RW_PLUGIN_THREAT, "pipe", RW_ERR_IO, "it is not a plain file"},
        {RW_PLUGIN_THREAT, "broken", RW_ERR_PLUGIN, "unexpected symbol near 'return'"},
        {RW_PLUGIN_THREAT, "other", RW_ERR_PLUGIN,
            "declares the name 'another', but its place says 'other'"},
        {RW_PLUGIN_CONTROL, "threat_here", RW_ERR_PLUGIN,
            "declares the kind 'threat', but its place says 'control'"}};
    struct rw_catalogue *c = open_both();

    (void)state;
    for (int twice = 0; twice < 2; twice++)
        for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
            const struct rw_plugin *p;
            struct rw_error e = {0};

            assert_int_equal(rw_catalogue_find(c, cases[k].kind, cases[k].name, &p, &e),
                cases[k].err);
            assert_contains(e.text, cases[k].message);
        }
    rw_catalogue_free(c);
}

static void
the_list_keeps_the_errors_of_single_files(void **state)
{
    static const char *const names[] = {
        "broken", "link", "other", "phishing", "pipe", "worm", "threat_here"};
    struct rw_catalogue *c = open_both();
    const struct rw_catalogue_entry *entries;
    size_t n;

    (void)state;
    entries = rw_catalogue_list(c, &n);
    assert_int_equal(n, 7);
    for (size_t k = 0; k < n; k++) {
        assert_string_equal(entries[k].name, names[k]);
        assert_true((entries[k].plugin != NULL) == (k == 3 || k == 5));
        assert_true((entries[k].plugin == NULL) == (entries[k].error.code != RW_OK));
    }
    rw_catalogue_free(c);
}

static void
a_file_is_read_once(void **state)
{
    struct rw_catalogue *c = open_both();
    const struct rw_plugin *p;
    struct rw_error e = {0};
    char hash[65];

    (void)state;
    assert_int_equal(rw_catalogue_find(c, RW_PLUGIN_THREAT, "worm", &p, &e), RW_OK);
    strcpy(hash, p->sha256);
    put_threat("b/threats/worm.lua", "worm", "changed");
    assert_int_equal(rw_catalogue_find(c, RW_PLUGIN_THREAT, "worm", &p, &e), RW_OK);
    assert_string_equal(p->sha256, hash);
    assert_string_equal(p->version, "1");
    rw_catalogue_free(c);
    put_threat("b/threats/worm.lua", "worm", "1");
}

static void
the_finder_is_the_catalogue(void **state)
{
    struct rw_catalogue *c = open_both();
    struct rw_plugin_finder finder = rw_catalogue_finder(c);
    const struct rw_plugin *p;
    struct rw_error e = {0};
    const char *const *names = finder.names(finder.self, RW_PLUGIN_THREAT);

    (void)state;
    assert_string_equal(names[0], "broken");
    assert_string_equal(names[5], "worm");
    assert_null(names[6]);
    assert_null(finder.names(finder.self, RW_PLUGIN_PLANNER)[0]);
    assert_int_equal(finder.find(finder.self, RW_PLUGIN_THREAT, "worm", &p, &e), RW_OK);
    rw_catalogue_free(c);
}

static void
one_file_is_loaded_from_anywhere_by_its_own_name(void **state)
{
    struct rw_catalogue *c;
    const struct rw_plugin *p;
    struct rw_error e = {0};

    (void)state;
    assert_int_equal(rw_catalogue_new(NULL, 0, NULL, &c, &e), RW_OK);
    assert_int_equal(
        rw_catalogue_load_file(c, path("b/threats/worm.lua"), &p, &e), RW_OK);
    assert_int_equal(
        rw_catalogue_load_file(c, path("b/threats/other.lua"), &p, &e), RW_ERR_PLUGIN);
    rw_error_clear(&e);
    assert_int_equal(rw_catalogue_load_file(c, path("none.lua"), &p, &e), RW_ERR_IO);
    assert_contains(e.text, "No such file");
    rw_catalogue_free(c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_folder_that_has_the_name_counts),
        cmocka_unit_test(what_cannot_be_found_or_loaded_says_why),
        cmocka_unit_test(the_list_keeps_the_errors_of_single_files),
        cmocka_unit_test(a_file_is_read_once),
        cmocka_unit_test(the_finder_is_the_catalogue),
        cmocka_unit_test(one_file_is_loaded_from_anywhere_by_its_own_name)};

    return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
