/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/writer.h"
#include "tests/support/check.h"

#include <cjson/cJSON.h>

static void
members_stand_on_lines_and_closed_groups_on_one(void **state)
{
    struct rw_writer w;

    (void)state;
    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_writer_count(&w, "seed", UINT64_MAX);
    rw_writer_object(&w, "loss", true);
    rw_writer_number(&w, "mean", 0.1);
    rw_writer_array(&w, "x", false);
    rw_writer_number(&w, NULL, 1);
    rw_writer_number(&w, NULL, -2.5e-300);
    rw_writer_end(&w);
    rw_writer_end(&w);
    rw_writer_array(&w, "list", false);
    rw_writer_string(&w, NULL, "a\"b\\\n");
    rw_writer_end(&w);
    rw_writer_object(&w, "empty", false);
    rw_writer_end(&w);
    rw_writer_end(&w);
    assert_false(w.text.failed);
    assert_string_equal(w.text.s,
        "{\n \"seed\": 18446744073709551615,\n"
        " \"loss\": {\"mean\": 0.1, \"x\": [1, -2.5e-300]},\n"
        " \"list\": [\n  \"a\\\"b\\\\\\n\"\n ],\n \"empty\": {}\n}\n");
    rw_writer_fini(&w);
}

static void
numbers_survive_the_round_trip(void **state)
{
    static const double values[] = {0.1 + 0.2, 9007199254740993.0, 1.0 / 3, 5e-324,
        1.7976931348623157e308, -123456.789, 1e22, 0, 4.35};
    struct rw_writer w;
    cJSON *root, *x;
    size_t k = 0;

    (void)state;
    rw_writer_init(&w);
    rw_writer_array(&w, NULL, false);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        rw_writer_number(&w, NULL, values[i]);
    rw_writer_end(&w);
    root = cJSON_Parse(w.text.s);
    assert_non_null(root);
    cJSON_ArrayForEach(x, root)
    {
        assert_memory_equal(&x->valuedouble, &values[k], sizeof(double));
        k++;
    }
    assert_int_equal(k, sizeof values / sizeof *values);
    cJSON_Delete(root);
    rw_writer_fini(&w);
}

CHECK_MAIN(cmocka_unit_test(members_stand_on_lines_and_closed_groups_on_one),
    cmocka_unit_test(numbers_survive_the_round_trip))
