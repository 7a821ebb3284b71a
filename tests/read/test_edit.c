/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/edit.h"
#include "tests/support/check.h"

static struct rw_arena arena;

static struct rw_edit
open_text(const char *bytes)
{
    struct rw_edit x;

    rw_arena_init(&arena);
    assert_int_equal(
        rw_edit_init(&x, "x.json", bytes, strlen(bytes), &arena, NULL), RW_OK);
    return x;
}

static void
gives(struct rw_edit *x, const char *want)
{
    struct rw_text t;

    rw_text_init(&t);
    assert_int_equal(rw_edit_apply(x, &t, NULL), RW_OK);
    assert_string_equal(t.s, want);
    rw_text_fini(&t);
    rw_arena_fini(&arena);
}

static void
values_change_and_nothing_else(void **state)
{
    struct rw_edit x = open_text(
        "{\t\"a\" : 1.50, \"b\":{\"c\": [ \"]\\\"}\", {} ]},\r\n\"d\":null }\n");
    const struct rw_node *b = rw_node_get(x.root, "b");

    (void)state;
    assert_string_equal(rw_edit_text(&x, b), "{\"c\": [ \"]\\\"}\", {} ]}");
    rw_edit_replace(&x, rw_node_get(x.root, "d"), "[1]");
    rw_edit_replace(&x, rw_node_get(b, "c"), "2");
    rw_edit_replace(&x, rw_node_get(x.root, "a"), "{\"x\": 1}");
    gives(&x, "{\t\"a\" : {\"x\": 1}, \"b\":{\"c\": 2},\r\n\"d\":[1] }\n");
}

static void
nothing_asked_is_nothing_done(void **state)
{
    struct rw_edit x = open_text(" [ 1,\n2 ]");

    (void)state;
    gives(&x, " [ 1,\n2 ]");
}

static void
members_are_added_in_the_objects_own_layout(void **state)
{
    struct rw_edit x = open_text("{ \"a\": 1 }");

    (void)state;
    rw_edit_add_member(&x, x.root, "b", "[]");
    gives(&x, "{ \"a\": 1, \"b\": [] }");
    x = open_text("[\n  { \"a\": 1,\n    \"b\": \"}\" } ]");
    rw_edit_add_member(&x, x.root->first, "c", "{}");
    gives(&x, "[\n  { \"a\": 1,\n    \"b\": \"}\",\n    \"c\": {} } ]");
    x = open_text("{\r\n\t\"a\": [\r\n]\r\n}\r\n");
    rw_edit_add_member(&x, x.root, "c", "0");
    gives(&x, "{\r\n\t\"a\": [\r\n],\r\n\t\"c\": 0\r\n}\r\n");
}

static void
a_replaced_value_may_be_the_last_before_a_new_member(void **state)
{
    struct rw_edit x = open_text("{\"a\": {\"v\": 1}}");
    const struct rw_node *a = rw_node_get(x.root, "a");

    (void)state;
    rw_edit_add_member(&x, a, "h", "9");
    rw_edit_replace(&x, rw_node_get(a, "v"), "22");
    gives(&x, "{\"a\": {\"v\": 22, \"h\": 9}}");
}

static void
lists_grow_behind_their_last_element(void **state)
{
    struct rw_edit x = open_text("{\"a\": [ ], \"b\": [{\"x\": [1]} ]}");

    (void)state;
    rw_edit_append(&x, rw_node_get(x.root, "a"), "7, 8");
    rw_edit_append(&x, rw_node_get(x.root, "b"), "{}");
    gives(&x, "{\"a\": [7, 8 ], \"b\": [{\"x\": [1]}, {} ]}");
}

CHECK_MAIN(cmocka_unit_test(values_change_and_nothing_else),
    cmocka_unit_test(nothing_asked_is_nothing_done),
    cmocka_unit_test(members_are_added_in_the_objects_own_layout),
    cmocka_unit_test(a_replaced_value_may_be_the_last_before_a_new_member),
    cmocka_unit_test(lists_grow_behind_their_last_element))
