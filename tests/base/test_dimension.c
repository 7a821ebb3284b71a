/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/dimension.h"
#include "tests/support/check.h"

static void
prints(struct rw_dimension a, const char *want)
{
    char text[RW_DIMENSION_TEXT];

    assert_string_equal(rw_dimension_print(a, text), want);
}

static void
units_are_read_and_told_in_words(void **state)
{
    static const struct {
        const char *unit, *told;
    } table[] = {{"1", "a pure number (1)"}, {"currency", "money (currency)"},
        {"1/year", "a rate (1/year)"}, {"1/day", "a rate (1/day)"},
        {"week", "a time (week)"}, {"hours", "a time (hour)"},
        {"currency/year", "money a time (currency/year)"},
        {"day/year", "a pure number (day/year)"},
        {"month*currency/year", "money (currency*month/year)"},
        {"1/currency", "a quantity (1/currency)"},
        {"currency/year/day", "a quantity (365 currency/year^2)"},
        {"day/currency", "a quantity (day/currency)"},
        {"year*year/currency", "a quantity (year^2/currency)"},
        {"year/year", "a pure number (1)"}};

    (void)state;
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        struct rw_dimension a = rw_dimension_parse(table[k].unit);

        assert_int_equal(a.kind, RW_DIMENSION_KNOWN);
        prints(a, table[k].told);
    }
}

static void
a_unit_with_another_word_says_nothing(void **state)
{
    static const char *const units[] = {NULL, "", "Gbit/s", "people", "currency/record",
        "1/", "/year", "1//year", "1s", "currencys", "1/sqrt(year)", "yearss", "y"};

    (void)state;
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        assert_int_equal(rw_dimension_parse(units[k]).kind, RW_DIMENSION_ANY);
}

static enum rw_likeness
likeness(struct rw_dimension a, struct rw_dimension b)
{
    struct rw_dimension both;

    return rw_dimension_join(a, b, &both);
}

static void
days_and_years_are_alike_but_for_their_size(void **state)
{
    struct rw_dimension day = rw_dimension_parse("day"),
                        year = rw_dimension_parse("year"),
                        rate = rw_dimension_parse("1/day"),
                        one = rw_dimension_parse("1"),
                        money = rw_dimension_parse("currency");

    (void)state;
    assert_int_equal(likeness(day, day), RW_ALIKE);
    assert_int_equal(likeness(day, year), RW_ALIKE_BUT_SCALE);
    assert_int_equal(likeness(day, money), RW_NOT_ALIKE);
    assert_int_equal(likeness(day, rate), RW_NOT_ALIKE);
    assert_int_equal(likeness(rw_dimension_product(day, rate), one), RW_ALIKE);
    assert_int_equal(
        likeness(rw_dimension_product(year, rate), one), RW_ALIKE_BUT_SCALE);
    assert_int_equal(likeness(rw_dimension_quotient(one, day), rate), RW_ALIKE);
    assert_int_equal(
        likeness(rw_dimension_power(rw_dimension_product(day, day), 0.5), day),
        RW_ALIKE);
    assert_int_equal(likeness(rw_dimension_parse("week"),
                         rw_dimension_product(rw_dimension_parse("week/day"), day)),
        RW_ALIKE);
}

/* ANY, PURE and KNOWN with each other. */
static void
what_may_stand_for_any_unit_raises_no_alarm(void **state)
{
    const struct rw_dimension known = rw_dimension_parse("1/year"),
                              any = {.kind = RW_DIMENSION_ANY},
                              pure = {.kind = RW_DIMENSION_PURE};
    const struct rw_dimension all[] = {any, pure, known};
    static const enum rw_dimension_kind sum[3][3] = {
        {RW_DIMENSION_ANY, RW_DIMENSION_ANY, RW_DIMENSION_KNOWN},
        {RW_DIMENSION_ANY, RW_DIMENSION_PURE, RW_DIMENSION_KNOWN},
        {RW_DIMENSION_KNOWN, RW_DIMENSION_KNOWN, RW_DIMENSION_KNOWN}};
    static const enum rw_dimension_kind product[3][3] = {
        {RW_DIMENSION_ANY, RW_DIMENSION_ANY, RW_DIMENSION_ANY},
        {RW_DIMENSION_ANY, RW_DIMENSION_PURE, RW_DIMENSION_KNOWN},
        {RW_DIMENSION_ANY, RW_DIMENSION_KNOWN, RW_DIMENSION_KNOWN}};

    (void)state;
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++) {
            struct rw_dimension both;

            assert_int_equal(rw_dimension_join(all[i], all[k], &both), RW_ALIKE);
            assert_int_equal(both.kind, sum[i][k]);
            assert_int_equal(rw_dimension_product(all[i], all[k]).kind, product[i][k]);
            assert_int_equal(rw_dimension_quotient(all[i], all[k]).kind, product[i][k]);
        }
    prints(rw_dimension_quotient(known, pure), "a rate (1/year)");
    prints(rw_dimension_quotient(pure, known), "a time (year)");
    prints(pure, "a pure number (1)");
}

CHECK_MAIN(cmocka_unit_test(units_are_read_and_told_in_words),
    cmocka_unit_test(a_unit_with_another_word_says_nothing),
    cmocka_unit_test(days_and_years_are_alike_but_for_their_size),
    cmocka_unit_test(what_may_stand_for_any_unit_raises_no_alarm))
