/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prescan against cJSON, and against sizes that nobody writes by hand. */
#include "read/node.h"
#include "read/read.h"
#include "tests/read/corpus.h"
#include "tests/read/finder.h"
#include "tests/support/check.h"

#include <time.h>

/* Numbers and plain strings say what their bytes say. */
static void
assert_tree(const struct rw_node *node)
{
    const char *s = node->span.in->bytes + node->span.at;

    if (node->kind == RW_JSON_NUMERIC)
        assert_true(strtod(s, NULL) == node->number);
    if (node->kind == RW_JSON_STRING && !memchr(s, '\\', node->span.len)) {
        assert_int_equal(strlen(node->text), node->span.len - 2);
        assert_memory_equal(node->text, s + 1, node->span.len - 2);
    }
    for (const struct rw_node *c = node->first; c; c = c->next)
        assert_tree(c);
}

/* Whether it is JSON; if so cJSON must read the same tree. */
static bool
accepts(const char *bytes, size_t n)
{
    struct rw_input in = {"text.json", bytes, n, 0};
    struct rw_diags d;
    struct rw_arena a;
    struct rw_node *root;
    struct rw_error e;
    enum rw_err err;

    rw_diags_init(&d);
    rw_arena_init(&a);
    rw_error_clear(&e);
    err = rw_node_parse(&in, 0, &a, &d, &root, &e);
    if (err == RW_OK)
        assert_tree(root);
    else if (err != RW_ERR_INPUT)
        fail_msg("code %d: %s in: %.*s", err, e.text, (int)n, bytes);
    else
        assert_true(d.total > 0);
    rw_arena_fini(&a);
    rw_diags_fini(&d);
    return err == RW_OK;
}

static uint64_t
next_random(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

/* One to four small damages. */
static size_t
mutate(char *s, size_t n, uint64_t *seed)
{
    static const char pieces[] =
        "{}[],:\"\\u0-+.eE19truefalsnl \n\t\x01\xc3\xa9\xed\xa0/";

    for (uint64_t k = next_random(seed) % 4 + 1; k > 0 && n > 2; k--) {
        size_t at = next_random(seed) % n;

        switch (next_random(seed) % 3) {
        case 0:
            s[at] = pieces[next_random(seed) % (sizeof pieces - 1)];
            break;
        case 1:
            memmove(s + at, s + at + 1, n - at - 1);
            n--;
            break;
        default:
            memmove(s + at + 1, s + at, n - at);
            s[at] = pieces[next_random(seed) % (sizeof pieces - 1)];
            n++;
        }
    }
    s[n] = '\0';
    return n;
}

static void
what_the_prescan_accepts_cjson_reads_as_the_same_tree(void **state)
{
    static const char *const folders[] = {"valid", "invalid"};

    (void)state;
    for (int f = 0; f < 2; f++) {
        struct corpus c = corpus_list(folders[f], ".json");

        for (size_t i = 0; i < c.n; i++) {
            size_t n;
            char *bytes = corpus_read(folders[f], c.names[i], ".json", &n);
            bool bytes_are_bad = strncmp(c.names[i], "number_", 7) == 0;

            if (accepts(bytes, n))
                assert_false(bytes_are_bad);
            else
                assert_int_equal(f, 1);
            free(bytes);
        }
        corpus_free(&c);
    }
}

static void
damaged_scenarios_are_refused_or_read_as_the_same_tree(void **state)
{
    enum { ROUNDS = 4000 };
    size_t n, accepted = 0;
    char *bytes = corpus_read("valid", "everything", ".json", &n),
         *copy = malloc(n + 8);
    uint64_t seed = 27032;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        memcpy(copy, bytes, n);
        accepted += accepts(copy, mutate(copy, n, &seed));
    }
    /* damage within texts and blanks is often harmless, elsewhere never */
    assert_in_range(accepted, ROUNDS / 50, ROUNDS - ROUNDS / 50);
    free(copy);
    free(bytes);
}

static void
a_damaged_scenario_is_read_or_refused_with_a_report(void **state)
{
    enum { ROUNDS = 1500 };
    size_t n;
    char *bytes = corpus_read("valid", "everything", ".json", &n),
         *copy = malloc(n + 8);
    uint64_t seed = 1;

    (void)state;
    finder_init();
    for (int i = 0; i < ROUNDS; i++) {
        struct rw_arena a;
        struct rw_model *m;
        struct rw_text report;
        struct rw_error e;
        enum rw_err err;

        memcpy(copy, bytes, n);
        rw_arena_init(&a);
        rw_error_clear(&e);
        err = rw_read_scenario_bytes(
            "x", copy, mutate(copy, n, &seed), NULL, 0, &finder, &a, &m, &report, &e);
        if (err == RW_OK)
            err = rw_model_build(m, &a, &e);
        else if (err == RW_ERR_INPUT)
            assert_true(report.len > 0);
        if (err != RW_OK && err != RW_ERR_INPUT)
            fail_msg("round %d: code %d: %s", i, err, e.text);
        rw_text_fini(&report);
        rw_arena_fini(&a);
    }
    free(copy);
    free(bytes);
}

static void
a_scenario_cut_anywhere_is_refused(void **state)
{
    size_t n;
    char *bytes = corpus_read("valid", "everything", ".json", &n);

    (void)state;
    finder_init();
    while (bytes[n - 1] == '\n')
        n--;
    for (size_t cut = 0; cut < n; cut++) {
        struct rw_arena a;
        struct rw_model *m;
        struct rw_text report;
        struct rw_error e;

        rw_arena_init(&a);
        rw_error_clear(&e);
        assert_int_equal(rw_read_scenario_bytes("cut.json", bytes, cut, NULL, 0,
                             &finder, &a, &m, &report, &e),
            RW_ERR_INPUT);
        assert_non_null(strstr(report.s, "--> cut.json:"));
        rw_text_fini(&report);
        rw_arena_fini(&a);
    }
    free(bytes);
}

/* ---- sizes ---- */

struct outcome {
    enum rw_err err;
    size_t errors, marks;
    double seconds;
};

static struct outcome
scan(const struct rw_text *t)
{
    struct rw_input in = {"large.json", t->s, t->len, 0};
    struct rw_diags d;
    struct rw_marks marks;
    struct outcome o;
    clock_t start = clock();

    assert_false(t->failed);
    rw_diags_init(&d);
    rw_marks_init(&marks);
    o.err = rw_prescan(&in, 0, &marks, &d);
    o.errors = d.total;
    o.marks = marks.n;
    o.seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    rw_marks_fini(&marks);
    rw_diags_fini(&d);
    return o;
}

static void
a_hundred_thousand_keys_are_compared_in_n_log_n(void **state)
{
    for (int same = 0; same < 2; same++) {
        struct rw_text t;
        struct outcome o;

        (void)state;
        rw_text_init(&t);
        rw_text_add(&t, "{");
        for (int i = 0; i < 100000; i++)
            rw_text_addf(
                &t, "%s\"key%d\": 1", i ? "," : "", same ? 0 : i * 7919 % 100000);
        rw_text_add(&t, "}");
        o = scan(&t);
        assert_int_equal(o.err, RW_OK);
        assert_int_equal(o.errors, same ? 99999 : 0);
        assert_int_equal(o.marks, 200001);
        /* comparing all pairs would take 5e9 comparisons, minutes; this takes
         * a tenth of a second, and has room for a slow machine */
        assert_true(o.seconds < 20);
        rw_text_fini(&t);
    }
}

static void
depth_is_limited_to_64(void **state)
{
    static const size_t depths[] = {64, 65, 1000000};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct rw_text t;

        rw_text_init(&t);
        for (size_t k = 0; k < depths[i]; k++)
            rw_text_add(&t, "[");
        for (size_t k = 0; k < depths[i]; k++)
            rw_text_add(&t, "]");
        assert_int_equal(scan(&t).err, depths[i] <= 64 ? RW_OK : RW_ERR_INPUT);
        rw_text_fini(&t);
    }
}

static void
a_list_of_a_million_numbers_is_read(void **state)
{
    struct rw_text t;
    struct outcome o;

    (void)state;
    rw_text_init(&t);
    rw_text_add(&t, "[0");
    for (int i = 1; i < 1000000; i++)
        rw_text_add(&t, ",0");
    rw_text_add(&t, "]");
    o = scan(&t);
    assert_int_equal(o.err, RW_OK);
    assert_int_equal(o.marks, 1000001);
    assert_true(accepts(t.s, t.len));
    rw_text_fini(&t);
}

static void
more_than_two_million_items_and_64_mib_are_refused(void **state)
{
    struct rw_text t;

    (void)state;
    rw_text_init(&t);
    rw_text_add(&t, "[0");
    for (int i = 0; i < RW_JSON_MARKS; i++)
        rw_text_add(&t, ",0");
    rw_text_add(&t, "]");
    assert_int_equal(scan(&t).err, RW_ERR_INPUT);
    rw_text_fini(&t);
    t.len = (size_t)RW_JSON_BYTES + 1;
    t.s = malloc(t.len + 1);
    t.failed = false;
    memset(t.s, ' ', t.len);
    t.s[t.len] = '\0';
    assert_int_equal(scan(&t).err, RW_ERR_INPUT);
    free(t.s);
}

static void
numbers_are_what_rfc_8259_says(void **state)
{
    static const char *const good[] = {"0", "-0", "1", "-1.5", "10", "1e5", "1E+5",
        "1e-5", "0.0e9", "2.5e-308", "1.7976931348623157e308", "0e-999",
        "123456789012345678901234567890"};
    static const char *const bad[] = {"00", "-", "+1", ".5", "5.", "1e", "1e+", "0x1",
        "1_0", "01", "-01", "1.e5", "1e999", "-1e999", "1e-999", "5e-324", "--1",
        "1e5.0", "NaN", "-Infinity",
        "0123456789012345678901234567890123456789012345678901234567"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!accepts(good[i], strlen(good[i])))
            fail_msg("%s is a number", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (accepts(bad[i], strlen(bad[i])))
            fail_msg("%s is no number", bad[i]);
}

CHECK_MAIN(cmocka_unit_test(what_the_prescan_accepts_cjson_reads_as_the_same_tree),
    cmocka_unit_test(damaged_scenarios_are_refused_or_read_as_the_same_tree),
    cmocka_unit_test(a_damaged_scenario_is_read_or_refused_with_a_report),
    cmocka_unit_test(a_scenario_cut_anywhere_is_refused),
    cmocka_unit_test(a_hundred_thousand_keys_are_compared_in_n_log_n),
    cmocka_unit_test(depth_is_limited_to_64),
    cmocka_unit_test(a_list_of_a_million_numbers_is_read),
    cmocka_unit_test(more_than_two_million_items_and_64_mib_are_refused),
    cmocka_unit_test(numbers_are_what_rfc_8259_says))
