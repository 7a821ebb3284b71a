/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"
#include "tests/support/check.h"

static void
only_the_first_error_stays(void **state)
{
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_INPUT, rw_error_set(&e, RW_ERR_INPUT, "bad %d", 7));
    assert_int_equal(RW_ERR_IO, rw_error_set(&e, RW_ERR_IO, "echo"));
    assert_int_equal(RW_ERR_INPUT, e.code);
    assert_string_equal("bad 7", e.text);
}

static void
a_cleared_error_takes_a_new_one(void **state)
{
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    (void)rw_error_set(&e, RW_ERR_INPUT, "one");
    rw_error_place(&e, "a.json", 3, 4, "/x");
    rw_error_clear(&e);
    assert_int_equal(RW_OK, e.code);
    assert_string_equal("", e.file);
    assert_string_equal("", e.pointer);
    (void)rw_error_set(&e, RW_ERR_IO, "two");
    assert_string_equal("two", e.text);
    assert_int_equal(0, e.line);
}

static void
no_error_struct_is_needed(void **state)
{
    (void)state;
    assert_int_equal(RW_ERR_IO, rw_error_set(NULL, RW_ERR_IO, "nobody reads this"));
    rw_error_place(NULL, "a", 1, 1, "/");
    rw_error_prepend(NULL, "x");
}

static void
the_place_is_put_where_it_is_unknown(void **state)
{
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    (void)rw_error_set(&e, RW_ERR_INPUT, "bad");
    rw_error_place(&e, NULL, 0, 0, "/threats/2");
    rw_error_place(&e, "bank.json", 41, 17, "/elsewhere");
    rw_error_place(&e, "other.json", 1, 1, NULL);
    assert_string_equal("bank.json", e.file);
    assert_int_equal(41, e.line);
    assert_int_equal(17, e.col);
    assert_string_equal("/threats/2", e.pointer);
}

static void
context_goes_before_the_text(void **state)
{
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    rw_error_prepend(&e, "nothing yet");
    assert_string_equal("", e.text);
    (void)rw_error_set(&e, RW_ERR_INPUT, "must be positive");
    rw_error_prepend(&e, "control '%s'", "mfa");
    assert_string_equal("control 'mfa': must be positive", e.text);
}

static void
the_text_is_one_line(void **state)
{
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    (void)rw_error_set(&e, RW_ERR_PLUGIN, "first\nsecond\n\n");
    assert_string_equal("first second", e.text);
}

static void
a_long_text_is_cut_between_characters(void **state)
{
    struct rw_error e;
    char long_text[3000];

    (void)state;
    /* one letter, then two-byte characters: the limit falls inside one */
    for (size_t i = 1; i + 1 < sizeof long_text; i += 2)
        memcpy(long_text + i, "\xc3\xa9", 2);
    long_text[0] = 'x';
    long_text[sizeof long_text - 1] = '\0';
    rw_error_clear(&e);
    (void)rw_error_set(&e, RW_ERR_INPUT, "x%s", long_text);
    assert_int_equal(sizeof e.text - 2, strlen(e.text));
    assert_int_equal((char)'\xa9', e.text[strlen(e.text) - 1]);
    rw_error_prepend(&e, "%s", long_text);
    assert_true(strlen(e.text) < sizeof e.text);
}

static void
every_code_has_its_exit_status(void **state)
{
    static const struct {
        enum rw_err code;
        int status;
    } table[] = {{RW_OK, 0}, {RW_ERR_VERDICT, 1}, {RW_ERR_USAGE, 2}, {RW_ERR_INPUT, 3},
        {RW_ERR_DOMAIN, 3}, {RW_ERR_PLUGIN, 4}, {RW_ERR_IO, 5}, {RW_ERR_TOOL, 5},
        {RW_ERR_LIMIT, 6}, {RW_ERR_MEMORY, 6}, {RW_ERR_INTERRUPT, 130},
        {RW_ERR_BUG, 70}};

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_int_equal(table[i].status, rw_err_exit_status(table[i].code));
}

CHECK_MAIN(cmocka_unit_test(only_the_first_error_stays),
    cmocka_unit_test(a_cleared_error_takes_a_new_one),
    cmocka_unit_test(no_error_struct_is_needed),
    cmocka_unit_test(the_place_is_put_where_it_is_unknown),
    cmocka_unit_test(context_goes_before_the_text),
    cmocka_unit_test(the_text_is_one_line),
    cmocka_unit_test(a_long_text_is_cut_between_characters),
    cmocka_unit_test(every_code_has_its_exit_status))
