/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/unit.h"
#include "tests/support/check.h"

struct good {
    const char *text;
    double value;
};

static void
accepts(enum rw_unit unit, const struct good table[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char why[200] = "";
        double x = -99;

        if (rw_unit_parse(table[i].text, unit, "USD", &x, why, sizeof why) != RW_OK)
            fail_msg("'%s' is refused: %s", table[i].text, why);
        assert_relative(x, table[i].value, 1e-15);
        assert_string_equal("", why);
    }
}

static void
refuses(enum rw_unit unit, const char *currency, const char *text, const char *part)
{
    char why[200] = "";
    double x = -99;

    if (rw_unit_parse(text, unit, currency, &x, why, sizeof why) != RW_ERR_INPUT)
        fail_msg("'%s' is taken for %g", text, x);
    if (strstr(why, part) == NULL)
        fail_msg("'%s' is refused with \"%s\", without \"%s\"", text, why, part);
    assert_true(x == -99);
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void
money_has_magnitudes_and_one_currency(void **state)
{
    static const struct good table[] = {{"250k", 250e3}, {"1.2M", 1.2e6}, {"3e6", 3e6},
        {"250k USD", 250e3}, {"250 k USD", 250e3}, {" 7 ", 7}, {"12 USD", 12},
        {"12USD", 12}, {"2B", 2e9}, {"1T", 1e12}, {"-5k", -5e3}, {"1.5e3k", 1.5e6},
        {"0.25M", 250e3}};

    (void)state;
    accepts(RW_UNIT_MONEY, table, COUNT(table));
}

static void
rates_are_per_year(void **state)
{
    static const struct good table[] = {{"2/yr", 2}, {"0.5/month", 6},
        {"3/quarter", 12}, {"1/week", 365.0 / 7}, {"1/day", 365}, {"2 / year", 2},
        {"1/h", 8760}};

    (void)state;
    accepts(RW_UNIT_RATE, table, COUNT(table));
}

static void
shares_are_of_one(void **state)
{
    static const struct good table[] = {
        {"35%", 0.35}, {"0.35", 0.35}, {"100 %", 1}, {"2.5%", 0.025}, {"140%", 1.4}};

    (void)state;
    accepts(RW_UNIT_SHARE, table, COUNT(table));
}

static void
times_are_in_years(void **state)
{
    static const struct good table[] = {{"90d", 90 / 365.0}, {"6h", 6 / 8760.0},
        {"2w", 14 / 365.0}, {"5mo", 5 / 12.0}, {"1.5yr", 1.5}, {"365 days", 1},
        {"1 quarter", 0.25}, {"12 months", 1}};

    (void)state;
    accepts(RW_UNIT_TIME, table, COUNT(table));
}

static void
plain_numbers_have_no_unit(void **state)
{
    static const struct good table[] = {{"7", 7}, {"-0.5", -0.5}, {"1E-3", 1e-3}};

    (void)state;
    accepts(RW_UNIT_PLAIN, table, COUNT(table));
    refuses(RW_UNIT_PLAIN, "USD", "7d", "'d'");
}

static void
thousands_marks_are_refused_with_a_hint(void **state)
{
    static const char *const bad[] = {
        "1,000", "1_000", "1'000", "1 000", "1.000.000", "12,5", "1,000k USD"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        refuses(RW_UNIT_MONEY, "USD", bad[i], "write 1000");
}

static void
what_is_no_number_is_refused(void **state)
{
    static const char *const bad[] = {"", " ", "k", "USD 5", "+1", ".5", "5.", "007",
        "0x10", "inf", "nan", "--1", "1e", "1e+", "\t1"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        refuses(RW_UNIT_MONEY, "USD", bad[i], "");
    refuses(RW_UNIT_PLAIN, NULL, "abc", "does not begin with a number");
    refuses(RW_UNIT_PLAIN, NULL, "1e999", "too large");
    refuses(RW_UNIT_MONEY, NULL, "1e308T", "too large");
}

static void
unknown_units_are_named(void **state)
{
    (void)state;
    refuses(RW_UNIT_MONEY, "USD", "10 kk", "'kk'");
    refuses(RW_UNIT_MONEY, "USD", "10 m", "'m'");
    refuses(RW_UNIT_MONEY, "USD", "10 USD k", "'k'");
    refuses(RW_UNIT_TIME, "USD", "5 parsec", "'parsec'");
    refuses(RW_UNIT_TIME, "USD", "5", "unit is missing");
    refuses(RW_UNIT_TIME, "USD", "5d5", "'d5'");
    refuses(RW_UNIT_RATE, "USD", "5/fortnight", "'fortnight'");
    refuses(RW_UNIT_RATE, "USD", "5/", "unit is missing");
    refuses(RW_UNIT_RATE, "USD", "5", "2/yr");
    refuses(RW_UNIT_RATE, "USD", "5 per year", "'per year'");
    refuses(RW_UNIT_SHARE, "USD", "35 percent", "35%");
    refuses(RW_UNIT_SHARE, "USD", "35%%", "'%'");
}

static void
another_currency_is_refused(void **state)
{
    (void)state;
    refuses(RW_UNIT_MONEY, "USD", "1.2M EUR", "money is in USD here");
    refuses(RW_UNIT_MONEY, "USD", "1.2M usd", "'usd'");
    refuses(RW_UNIT_MONEY, NULL, "1.2M EUR", "EUR");
}

/* The reason is a sentence for a person whatever the text was. */
static void
a_reason_is_short_and_whole(void **state)
{
    char text[4000], why[300], tiny[8];
    double x = 0;

    (void)state;
    text[0] = '5';
    for (size_t i = 1; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    text[sizeof text - 1] = '\0';
    assert_int_equal(
        RW_ERR_INPUT, rw_unit_parse(text, RW_UNIT_TIME, NULL, &x, why, sizeof why));
    assert_true(strlen(why) < 150);
    assert_non_null(strstr(why, "\xc3\xa9'")); /* cut between characters */
    assert_int_equal(
        RW_ERR_INPUT, rw_unit_parse("x", RW_UNIT_TIME, NULL, &x, tiny, sizeof tiny));
    assert_true(strlen(tiny) < sizeof tiny);
    assert_int_equal(RW_ERR_INPUT, rw_unit_parse("x", RW_UNIT_TIME, NULL, &x, NULL, 0));
}

CHECK_MAIN(cmocka_unit_test(money_has_magnitudes_and_one_currency),
    cmocka_unit_test(rates_are_per_year), cmocka_unit_test(shares_are_of_one),
    cmocka_unit_test(times_are_in_years), cmocka_unit_test(plain_numbers_have_no_unit),
    cmocka_unit_test(thousands_marks_are_refused_with_a_hint),
    cmocka_unit_test(what_is_no_number_is_refused),
    cmocka_unit_test(unknown_units_are_named),
    cmocka_unit_test(another_currency_is_refused),
    cmocka_unit_test(a_reason_is_short_and_whole))
