/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "tests/support/check.h"

static void
text_grows_and_stays_terminated(void **state)
{
    struct rw_text t;

    (void)state;
    rw_text_init(&t);
    for (int i = 0; i < 1000; i++) {
        rw_text_addf(&t, "%d,", i % 10);
        assert_int_equal(t.len, strlen(t.s));
    }
    assert_int_equal(2000, t.len);
    assert_memory_equal("7,8,9,0,", t.s + 14, 8);
    rw_text_addn(&t, "a\0b", 3);
    assert_int_equal(2003, t.len);
    assert_int_equal('\0', t.s[t.len]);
    assert_false(t.failed);
    rw_text_fini(&t);
    assert_null(t.s);
}

static void
nothing_added_is_still_text(void **state)
{
    struct rw_text t;

    (void)state;
    rw_text_init(&t);
    rw_text_add(&t, "");
    assert_string_equal("", t.s);
    rw_text_fini(&t);
}

static void
a_failure_sticks_and_keeps_what_was_there(void **state)
{
    struct rw_text t;
    volatile size_t most = SIZE_MAX;

    (void)state;
    rw_text_init(&t);
    rw_text_add(&t, "old");
    rw_text_addn(&t, "x", most);
    assert_true(t.failed);
    rw_text_add(&t, "new");
    assert_string_equal("old", t.s);
    rw_text_fini(&t);
}

static const char *
as_json(struct rw_text *t, const char *s)
{
    rw_text_fini(t);
    rw_text_add_json_string(t, s);
    return t->s;
}

static void
json_strings_are_escaped(void **state)
{
    struct rw_text t;

    (void)state;
    rw_text_init(&t);
    assert_string_equal("\"\"", as_json(&t, ""));
    assert_string_equal("\"a\\\"b\\\\c/\"", as_json(&t, "a\"b\\c/"));
    assert_string_equal("\"\\b\\f\\n\\r\\t\"", as_json(&t, "\b\f\n\r\t"));
    assert_string_equal("\"\\u0001\\u001f\\u007f\"", as_json(&t, "\x01\x1f\x7f"));
    assert_string_equal(
        "\"\xc3\xa9\xf0\x9f\x98\x80\"", as_json(&t, "\xc3\xa9\xf0\x9f\x98\x80"));
    /* bytes that are no text never reach a file */
    assert_string_equal("\"a\xef\xbf\xbd z\"", as_json(&t, "a\xff z"));
    assert_string_equal("\"\xef\xbf\xbd\"", as_json(&t, "\xc3"));
    rw_text_fini(&t);
}

static void
utf8_follows_the_table_of_the_standard(void **state)
{
    static const struct {
        const char *bytes;
        size_t n, length;
    } table[] = {
        {"", 0, 0},
        {"\0", 1, 1},
        {"A", 1, 1},
        {"\x7f", 1, 1},
        {"\x80", 1, 0},
        {"\xbf", 1, 0},
        {"\xc0\x80", 2, 0},
        {"\xc1\xbf", 2, 0},
        {"\xc2\x80", 2, 2},
        {"\xdf\xbf", 2, 2},
        {"\xc2", 1, 0},
        {"\xc2\x7f", 2, 0},
        {"\xc2\xc0", 2, 0},
        {"\xc2\x80x", 3, 2},
        {"\xe0\x9f\xbf", 3, 0},
        {"\xe0\xa0\x80", 3, 3},
        {"\xed\x9f\xbf", 3, 3},
        {"\xed\xa0\x80", 3, 0},
        {"\xed\xbf\xbf", 3, 0},
        {"\xee\x80\x80", 3, 3},
        {"\xef\xbf\xbf", 3, 3},
        {"\xe2\x82", 2, 0},
        {"\xe2\x82\x28", 3, 0},
        {"\xf0\x8f\xbf\xbf", 4, 0},
        {"\xf0\x90\x80\x80", 4, 4},
        {"\xf4\x8f\xbf\xbf", 4, 4},
        {"\xf4\x90\x80\x80", 4, 0},
        {"\xf5\x80\x80\x80", 4, 0},
        {"\xff", 1, 0},
        {"\xf0\x9f\x98", 3, 0},
        {"\xf0\x9f\x98\x28", 4, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (rw_utf8_length((const unsigned char *)table[i].bytes, table[i].n) !=
            table[i].length)
            fail_msg("row %zu of the table", i);
}

static void
every_code_point_is_accepted_once(void **state)
{
    unsigned char s[4];
    unsigned long accepted = 0;

    (void)state;
    /* all three-byte strings: of them 2048 are surrogates, 2048 too long */
    s[3] = 0x80;
    for (unsigned first = 0xe0; first < 0xf0; first++)
        for (unsigned rest = 0; rest < 1 << 12; rest++) {
            s[0] = (unsigned char)first;
            s[1] = (unsigned char)(0x80 | rest >> 6);
            s[2] = (unsigned char)(0x80 | (rest & 63));
            accepted += rw_utf8_length(s, 4) == 3;
        }
    assert_int_equal(0x10000 - 0x800 - 0x800, accepted);
}

static void
the_nearest_word_is_found(void **state)
{
    static const char *const words[] = {
        "efficacy", "coverage", "cost", "build", "id", "threats", "assets"};
    const size_t n = sizeof words / sizeof *words;

    (void)state;
    assert_string_equal("efficacy", rw_nearest_word("eficacy", words, n));
    assert_string_equal("coverage", rw_nearest_word("covergae", words, n));
    assert_string_equal("cost", rw_nearest_word("Cost", words, n));
    assert_string_equal("cost", rw_nearest_word("cots", words, n));
    assert_string_equal("threats", rw_nearest_word("thread", words, n));
    assert_string_equal("id", rw_nearest_word("ids", words, n));
    assert_string_equal("coverage", rw_nearest_word("cover", words, n));
    assert_string_equal("assets", rw_nearest_word("ASS", words, n));
    assert_null(rw_nearest_word("co", words, n)); /* of two */
    assert_null(rw_nearest_word("as", words, n)); /* too short to stand for one */
    assert_null(rw_nearest_word("susceptibility", words, n));
    assert_null(rw_nearest_word("", words, n));
    assert_null(rw_nearest_word("cost", words, 0));
}

static void
the_limit_of_nearness_is_a_third(void **state)
{
    static const char *const words[] = {"abcdefghi"};

    (void)state;
    /* nine letters: three edits are near, four are not */
    assert_non_null(rw_nearest_word("xxxdefghi", words, 1));
    assert_null(rw_nearest_word("xxxxefghi", words, 1));
    /* two neighbours swapped are one edit, not two */
    assert_non_null(rw_nearest_word("badcfeghi", words, 1));
}

static void
a_word_of_any_length_is_looked_up(void **state)
{
    static char long_word[100000];
    const char *const words[] = {"cost", long_word};

    (void)state;
    memset(long_word, 'a', sizeof long_word - 1);
    assert_null(rw_nearest_word(long_word, words, 2));
    assert_string_equal("cost", rw_nearest_word("costs", words, 2));
}

CHECK_MAIN(cmocka_unit_test(text_grows_and_stays_terminated),
    cmocka_unit_test(nothing_added_is_still_text),
    cmocka_unit_test(a_failure_sticks_and_keeps_what_was_there),
    cmocka_unit_test(json_strings_are_escaped),
    cmocka_unit_test(utf8_follows_the_table_of_the_standard),
    cmocka_unit_test(every_code_point_is_accepted_once),
    cmocka_unit_test(the_nearest_word_is_found),
    cmocka_unit_test(the_limit_of_nearness_is_a_third),
    cmocka_unit_test(a_word_of_any_length_is_looked_up))
