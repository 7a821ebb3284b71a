/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every tests/read/invalid/NAME.json is refused with exactly the text of
 * NAME.err.  RW_GOLDEN=write in the environment writes the texts anew, to be
 * read by a person before they are kept. */
#include "read/read.h"
#include "tests/read/corpus.h"
#include "tests/read/finder.h"
#include "tests/support/check.h"

static void
assert_refused_as_told(const char *name)
{
    struct rw_text report;
    struct rw_arena a;
    struct rw_model *m;
    struct rw_error e;
    char file[300], told[300];
    size_t n, n_told;
    char *bytes = corpus_read("invalid", name, ".json", &n), *want;

    snprintf(file, sizeof file, "%s.json", name);
    rw_arena_init(&a);
    rw_error_clear(&e);
    enum rw_err err =
        rw_read_scenario_bytes(file, bytes, n, NULL, 0, &finder, &a, &m, &report, &e);
    if (err != RW_ERR_INPUT)
        fail_msg("%s: code %d, %s", file, err, e.text);
    if (getenv("RW_GOLDEN"))
        corpus_write("invalid", name, ".err", report.s, report.len);
    want = corpus_read("invalid", name, ".err", &n_told);
    snprintf(told, sizeof told, "%s: got\n", name);
    if (strcmp(want, report.s) != 0)
        print_error("%s%s", told, report.s);
    assert_string_equal(report.s, want);
    assert_int_equal(e.code, RW_OK);
    free(want);
    free(bytes);
    rw_text_fini(&report);
    rw_arena_fini(&a);
}

static void
every_bad_scenario_is_refused_with_its_message(void **state)
{
    struct corpus c = corpus_list("invalid", ".json");

    (void)state;
    finder_init();
    assert_true(c.n >= 60);
    for (size_t i = 0; i < c.n; i++)
        assert_refused_as_told(c.names[i]);
    corpus_free(&c);
}

static void
every_message_belongs_to_a_bad_scenario(void **state)
{
    struct corpus c = corpus_list("invalid", ".err"),
                  j = corpus_list("invalid", ".json");

    (void)state;
    assert_int_equal(c.n, j.n);
    for (size_t i = 0; i < c.n; i++)
        assert_string_equal(c.names[i], j.names[i]);
    corpus_free(&c);
    corpus_free(&j);
}

CHECK_MAIN(cmocka_unit_test(every_bad_scenario_is_refused_with_its_message),
    cmocka_unit_test(every_message_belongs_to_a_bad_scenario))
