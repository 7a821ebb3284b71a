/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docs/scenarios.md says what the reader does.  RW_GOLDEN=write in the
 * environment puts the listing of keys into it anew. */
#include "read/keys.h"
#include "read/read.h"
#include "tests/read/corpus.h"
#include "tests/support/check.h"

static const char begin_mark[] = "<!-- keys: begin -->\n";
static const char end_mark[] = "<!-- keys: end -->\n";
static const char example_mark[] = "<!-- example -->\n```json\n";

static char *
read_doc(void)
{
    size_t n;

    return corpus_read("../../docs", "scenarios", ".md", &n);
}

static void
write_keys(const char *doc, const struct rw_text *keys)
{
    struct rw_text t;
    const char *begin = strstr(doc, begin_mark), *end = strstr(doc, end_mark);

    rw_text_init(&t);
    rw_text_addn(&t, doc, (size_t)(begin - doc) + sizeof begin_mark - 1);
    rw_text_addn(&t, keys->s, keys->len);
    rw_text_add(&t, end);
    corpus_write("../../docs", "scenarios", ".md", t.s, t.len);
    rw_text_fini(&t);
}

static void
the_reference_lists_every_key_as_it_is_checked(void **state)
{
    struct rw_text keys;
    char *doc = read_doc(), *begin, *end;

    (void)state;
    rw_text_init(&keys);
    rw_read_keys_markdown(&keys);
    assert_false(keys.failed);
    if (getenv("RW_GOLDEN"))
        write_keys(doc, &keys);
    free(doc);
    doc = read_doc();
    begin = strstr(doc, begin_mark);
    end = strstr(doc, end_mark);
    assert_non_null(begin);
    assert_non_null(end);
    *end = '\0';
    assert_string_equal(begin + sizeof begin_mark - 1, keys.s);
    free(doc);
    rw_text_fini(&keys);
}

static void
the_example_of_the_reference_is_read(void **state)
{
    char *doc = read_doc(), *example = strstr(doc, example_mark), *end;
    struct rw_arena a;
    struct rw_model *m;
    struct rw_text report;
    struct rw_error e;
    enum rw_err err;

    (void)state;
    assert_non_null(example);
    example += sizeof example_mark - 1;
    end = strstr(example, "```");
    assert_non_null(end);
    rw_arena_init(&a);
    rw_error_clear(&e);
    err = rw_read_scenario_bytes("docs/scenarios.md", example, (size_t)(end - example),
        NULL, 0, NULL, &a, &m, &report, &e);
    if (err != RW_OK)
        fail_msg("%s%s", e.text, report.s ? report.s : "");
    assert_int_equal(rw_model_build(m, &a, &e), RW_OK);
    rw_text_fini(&report);
    rw_arena_fini(&a);
    free(doc);
}

/* Every estimate shown is read where a loss stands. */
static void
the_estimates_of_the_reference_are_read(void **state)
{
    static const char mark[] = "<!-- estimate -->\n```json\n";
    char *doc = read_doc(), *at = doc, *end;
    size_t n = 0;

    (void)state;
    while ((at = strstr(at, mark))) {
        struct rw_arena a;
        struct rw_model *m;
        struct rw_text report, t;
        struct rw_error e;

        at += sizeof mark - 1;
        end = strstr(at, "```");
        assert_non_null(end);
        rw_text_init(&t);
        rw_text_addf(&t,
            "{\"riskwheel\": 1, \"name\": \"x\", \"currency\": \"EUR\", \"horizon\": "
            "{\"cycles\": 1, \"cycle\": \"year\"}, \"assets\": [{\"id\": \"a\"}], "
            "\"threats\": [{\"id\": \"t\", \"assets\": [\"a\"], \"frequency\": 1, "
            "\"losses\": [{\"form\": \"response\", \"amount\": %.*s}]}]}",
            (int)(end - at), at);
        rw_arena_init(&a);
        rw_error_clear(&e);
        if (rw_read_scenario_bytes("docs/scenarios.md", t.s, t.len, NULL, 0, NULL, &a,
                &m, &report, &e) != RW_OK)
            fail_msg("%s%s", e.text, report.s ? report.s : "");
        assert_int_equal(rw_model_build(m, &a, &e), RW_OK);
        rw_text_fini(&report);
        rw_text_fini(&t);
        rw_arena_fini(&a);
        n++;
    }
    assert_int_equal(n, 4);
    free(doc);
}

/* A preset that the reader itself would refuse is a slip in a table. */
static void
presets_lie_in_their_ranges(void **state)
{
    (void)state;
    for (size_t i = 0; rw_key_tables[i]; i++)
        for (size_t k = 0; k < rw_key_tables[i]->n; k++) {
            const struct rw_key *key = &rw_key_tables[i]->keys[k];
            double v = key->preset ? strtod(key->preset, NULL) : key->min;

            if (key->preset && key->unit == RW_UNIT_TIME) /* written in days */
                v /= RW_DAYS_PER_YEAR;
            assert_false(key->required && key->preset);
            assert_true(key->doc && key->doc[0]);
            /* what is stored has a place */
            if (key->size == 0 &&
                (key->type == RW_KEY_NUMBER || key->type == RW_KEY_ESTIMATE))
                fail_msg("%s has no place", key->name);
            if (key->type == RW_KEY_NUMBER || key->type == RW_KEY_WHOLE ||
                key->type == RW_KEY_ESTIMATE)
                assert_true(v >= key->min && v <= key->max && key->max > key->min - 1);
        }
}

CHECK_MAIN(cmocka_unit_test(the_reference_lists_every_key_as_it_is_checked),
    cmocka_unit_test(the_example_of_the_reference_is_read),
    cmocka_unit_test(the_estimates_of_the_reference_are_read),
    cmocka_unit_test(presets_lie_in_their_ranges))
