/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/import.h"
#include "read/read.h"
#include "tests/support/check.h"

#include <cjson/cJSON.h>

/* Two techniques, the second a part of the first; two controls, one of which covers
 * it. */
static size_t covered[] = {1};
static struct rw_import_item threats[] = {
    {.id = "t1",
        .reference = "T1",
        .name = "=cmd()|'calc'",
        .within = "a, b",
        .parent = SIZE_MAX,
        .futile = true},
    {.id = "t1-1",
        .reference = "T1.1",
        .name = "-1+\"x\"",
        .whole = "T1",
        .within = "",
        .n_covered = 1},
};
static struct rw_import_item controls[] = {
    {.id = "m1", .reference = "M1", .name = "Open", .within = "", .parent = SIZE_MAX},
    {.id = "m2",
        .reference = "M2",
        .name = "Lid, \"tight\"",
        .within = "",
        .parent = SIZE_MAX,
        .covers = covered,
        .n_covers = 1,
        .requires = &(size_t){0},
        .n_requires = 1},
};

static struct rw_import
made(void)
{
    return (struct rw_import){.kind = RW_IMPORT_ATTACK,
        .file = "folder/x.json",
        .title = "",
        .notice = "",
        .sha256 = "00",
        .threats = threats,
        .controls = controls,
        .n_threats = 2,
        .n_controls = 2};
}

static void
cells_that_look_like_formulas_are_guarded(void **state)
{
    const struct rw_import x = made();
    struct rw_text t;
    struct rw_error e;

    (void)state;
    rw_text_init(&t);
    rw_error_clear(&e);
    assert_int_equal(rw_import_matrix(&x, &t, &e), RW_OK);
    assert_string_equal(t.s, "technique,id,name,parent,within,covered_by,M1 Open,\"M2 "
                             "Lid, \"\"tight\"\"\"\r\n"
                             "T1,t1,\"'=cmd()|'calc'\",,\"a, b\",0,0,0\r\n"
                             "T1.1,t1-1,\"'-1+\"\"x\"\"\",T1,,1,0,1\r\n");
    rw_text_fini(&t);
}

static void
a_matrix_that_is_too_large_is_refused(void **state)
{
    const struct rw_import x = {.n_threats = 1 << 13, .n_controls = (1 << 11) + 1};
    struct rw_text t;
    struct rw_error e;

    (void)state;
    rw_text_init(&t);
    rw_error_clear(&e);
    assert_int_equal(rw_import_matrix(&x, &t, &e), RW_ERR_LIMIT);
    assert_int_equal(t.len, 0);
    assert_non_null(strstr(e.text, "8192 threats and 2049 controls"));
}

/* The reader names every null, and nothing else. */
static void
blanks_are_all_that_is_wrong_with_stubs(void **state)
{
    static const size_t sizes[][2] = {{2, 2}, {0, 1}}; /* threats, controls */

    (void)state;
    for (size_t k = 0; k < 2; k++) {
        struct rw_import x = made();
        struct rw_text t, report;
        struct rw_error e;
        struct rw_arena a;
        struct rw_model *m;
        char want[64];
        size_t nulls = 0;

        x.n_threats = sizes[k][0];
        x.n_controls = sizes[k][1];
        rw_text_init(&t);
        rw_arena_init(&a);
        rw_error_clear(&e);
        assert_int_equal(rw_import_stubs(&x, "1.2.3", &t, &e), RW_OK);
        for (const char *c = t.s; (c = strstr(c, ": null")); c++)
            nulls++;
        assert_int_equal(nulls, rw_import_blanks(&x));
        assert_int_equal(rw_read_scenario_bytes("stubs.json", t.s, t.len, NULL, 0, NULL,
                             &a, &m, &report, &e),
            RW_ERR_INPUT);
        snprintf(want, sizeof want, "stubs.json: %zu errors", nulls);
        if (strstr(report.s, want) == NULL)
            fail_msg("%zu nulls, but %s", nulls, report.s);
        rw_text_fini(&report);
        rw_arena_fini(&a);
        rw_text_fini(&t);
    }
}

static void
the_report_counts_what_became_of_all(void **state)
{
    struct rw_import x = made();
    const struct rw_import_written w = {"a.json", NULL};
    struct rw_text t;
    struct rw_error e;
    size_t width = 0;

    (void)state;
    x.techniques =
        (struct rw_import_tally){.all = 9, .taken = 2, .revoked = 3, .deprecated = 4};
    x.relations = (struct rw_import_relations){.all = 28,
        .taken = 0,
        .revoked = 1,
        .deprecated = 2,
        .ended = 3,
        .unwanted = 4,
        .futile = 5,
        .elsewhere = 6,
        .repeated = 7};
    rw_text_init(&t);
    rw_error_clear(&e);
    assert_int_equal(rw_import_text(&x, &w, &t, &e), RW_OK);
    assert_non_null(strstr(t.s, "techniques   2 of 9: 3 revoked, 4 deprecated\n"));
    assert_non_null(strstr(t.s, "No control covers 1 of the 2 techniques\n"));
    assert_non_null(strstr(t.s, "  T1         =cmd()|'calc' (nothing helps"));
    assert_non_null(strstr(t.s, "1 of the 2 controls covers no technique"));
    assert_non_null(strstr(t.s, "and of 1 what it covers"));
    assert_non_null(strstr(t.s, "Stubs:  a.json"));
    for (const char *c = t.s; *c; c += width + 1) {
        width = strcspn(c, "\n");
        assert_true(width <= 80);
    }
    rw_text_fini(&t);
    rw_text_init(&t);
    assert_int_equal(rw_import_json(&x, &w, "1.2.3", &t, &e), RW_OK);
    cJSON *root = cJSON_Parse(t.s), *source = cJSON_GetObjectItem(root, "source");

    assert_non_null(root);
    assert_int_equal(
        cJSON_GetObjectItem(cJSON_GetObjectItem(source, "techniques"), "revoked")
            ->valueint,
        3);
    assert_int_equal(
        cJSON_GetObjectItem(cJSON_GetObjectItem(source, "relations"), "repeated")
            ->valueint,
        7);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(root, "threats")), 2);
    cJSON_Delete(root);
    rw_text_fini(&t);
}

CHECK_MAIN(cmocka_unit_test(cells_that_look_like_formulas_are_guarded),
    cmocka_unit_test(a_matrix_that_is_too_large_is_refused),
    cmocka_unit_test(blanks_are_all_that_is_wrong_with_stubs),
    cmocka_unit_test(the_report_counts_what_became_of_all))
