/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every file of tests/plug/hostile ends within small limits with what its
 * first line expects, leaves no byte behind, and does the next plugin no harm.
 * alarm() is what fails when one does not end. */
#include "tests/plug/fixture.h"

#include <dirent.h>
#include <unistd.h>

enum { FILES = 256, SECONDS = 60 };

static const struct rw_limits small = {
    .bytes = 1u << 20, .instructions = 200000, .seconds = 5, .rows = 128};

static char names[FILES][64];
static size_t n_names;

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void
list_files(void)
{
    DIR *dir = opendir(source_path("tests/plug/hostile"));
    struct dirent *d;

    assert_non_null(dir);
    while ((d = readdir(dir)) != NULL)
        if (strstr(d->d_name, ".lua") && n_names < FILES)
            snprintf(names[n_names++], sizeof names[0], "%.60s", d->d_name);
    closedir(dir);
    qsort(names, n_names, sizeof names[0], by_name);
}

static void
read_expected(const char *path, char expected[256])
{
    static const char mark[] = "-- expect: ";
    char line[256];
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    line[strcspn(line, "\n")] = '\0';
    assert_int_equal(strncmp(line, mark, sizeof mark - 1), 0);
    snprintf(expected, 256, "%s", line + sizeof mark - 1);
}

/* Up to three cycles; the message, or "" if nothing failed. */
static void
run_file(const char *path, char text[1024])
{
    static struct fixture f;
    struct rw_catalogue *c;
    enum rw_err err;

    fixture_init(&f, &small);
    assert_int_equal(rw_catalogue_new(NULL, 0, &small, &c, &f.e), RW_OK);
    err = rw_catalogue_load_file(c, path, &f.plugin, &f.e);
    if (err == RW_OK)
        err = fixture_open(&f, 1024);
    if (err == RW_OK)
        err = fixture_begin(&f, 0);
    for (unsigned cycle = 0; cycle < 3 && err == RW_OK; cycle++)
        err = fixture_call(&f, cycle);
    assert_true(err == RW_OK || err == RW_ERR_PLUGIN);
    snprintf(text, 1024, "%s", f.e.text);
    if (err)
        assert_string_equal(f.e.file, path);
    fixture_close(&f); /* asserts that no byte is left */
    rw_catalogue_free(c);
}

static void
a_good_plugin_still_gives_its_figures(void)
{
    static const char text[] = "local s = ('x'):rep(3)\n"
                               "return riskwheel.threat { api = 1, name = 'test', doc "
                               "= 'd', state = { n = 0 },\n"
                               "  cycle = function(t, p, state)\n"
                               "    state.n = state.n + #s\n"
                               "    t.frequency = state.n + math.floor(1.5)\n  end }";
    static struct fixture f;

    fixture_init(&f, &small);
    assert_int_equal(fixture_try(&f, text, 16), RW_OK);
    assert_close(f.fields[RW_THREAT_FREQUENCY].x[15], 4, 0);
    fixture_close(&f);
}

static void
each_hostile_plugin_ends_as_its_first_line_expects(void **state)
{
    size_t bad = 0;

    (void)state;
    list_files();
    assert_true(n_names >= 20);
    for (size_t k = 0; k < n_names; k++) {
        char path[1200], expected[256], text[1024];

        snprintf(path, sizeof path, "%.1000s/%s", source_path("tests/plug/hostile"),
            names[k]);
        read_expected(path, expected);
        alarm(SECONDS);
        run_file(path, text);
        alarm(0);
        if (strstr(text, expected) == NULL) {
            print_error("%s: \"%s\" is not in \"%s\"\n", names[k], expected, text);
            bad++;
        }
        a_good_plugin_still_gives_its_figures();
    }
    assert_int_equal(bad, 0);
}

CHECK_MAIN(cmocka_unit_test(each_hostile_plugin_ends_as_its_first_line_expects))
