/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "tests/support/check.h"

#include <float.h>

static void
prints(const char *want, double x)
{
    char buf[RW_NUMBER_MAX];

    assert_string_equal(want, rw_number_print(buf, x));
}

static void
known_numbers_print_as_known(void **state)
{
    (void)state;
    prints("0", 0.0);
    prints("-0", -0.0);
    prints("1", 1);
    prints("-1.5", -1.5);
    prints("0.1", 0.1);
    prints("0.30000000000000004", 0.1 + 0.2);
    prints("9007199254740992", 9007199254740993.0);
    prints("1e+22", 1e22);
    prints("100000", 1e5);
    prints("25000000", 25e6);
    prints("1234567890123456", 1234567890123456.0);
    prints("1000000000000000", 1e15);
    prints("1e+16", 1e16);
    prints("0.00001", 1e-5);
    prints("0.000012345", 1.2345e-5);
    prints("1e-06", 1e-6);
    prints("1.7976931348623157e+308", DBL_MAX);
    prints("2.2250738585072014e-308", DBL_MIN);
    prints("5e-324", 0x1p-1074);
    prints("1.5e-323", 0x3p-1074);
    prints("2.225073858507201e-308", DBL_MIN - 0x1p-1074);
}

static void
what_is_no_number_prints_as_null(void **state)
{
    (void)state;
    prints("null", NAN);
    prints("null", INFINITY);
    prints("null", -INFINITY);
}

/* 2^-44 has a 16-digit form, but only above it: the gap below is narrower */
static void
a_power_of_two_takes_the_neighbour_above(void **state)
{
    (void)state;
    prints("5.684341886080802e-14", 0x1p-44);
}

/* splitmix64 */
static uint64_t
next_bits(uint64_t *s)
{
    uint64_t z = *s += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int
digits_in(const char *s)
{
    int n = 0, zeros = 0;

    for (; *s && *s != 'e'; s++) {
        if (*s < '0' || *s > '9' || (*s == '0' && n == 0))
            continue;
        zeros = *s == '0' ? zeros + 1 : 0;
        n++;
    }
    return n - zeros;
}

/* Reads back, and no decimal of one digit less does. */
static void
check_shortest(double x)
{
    char buf[RW_NUMBER_MAX], less[40];
    int n;

    rw_number_print(buf, x);
    assert_true(strlen(buf) < RW_NUMBER_MAX);
    if (strtod(buf, NULL) != x)
        fail_msg("%a prints as %s", x, buf);
    n = digits_in(buf);
    if (n < 2)
        return;
    snprintf(less, sizeof less, "%.*e", n - 2, x);
    if (strtod(less, NULL) == x)
        fail_msg("%a prints as %s, and %s would do", x, buf, less);
}

static void
random_doubles_survive_in_the_fewest_digits(void **state)
{
    uint64_t s = 27032;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next_bits(&s);
        double x;

        if (i % 4 == 0)
            bits &= ~(UINT64_C(0x7ff) << 52); /* subnormal */
        memcpy(&x, &bits, sizeof x);
        if (isfinite(x) && x != 0)
            check_shortest(x);
    }
}

static void
short_decimals_keep_their_form(void **state)
{
    uint64_t s = 4;
    char text[32];

    (void)state;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next_bits(&s);

        snprintf(text, sizeof text, "%u.%02u", (unsigned)(bits >> 40),
            (unsigned)(bits % 90) / 10 * 10 + 1 + (unsigned)(bits % 9));
        prints(text, strtod(text, NULL));
    }
}

static void
powers_of_two_and_their_neighbours_survive(void **state)
{
    (void)state;
    for (int k = -1074; k < 1024; k++) {
        char buf[RW_NUMBER_MAX];
        double x = ldexp(1, k);

        check_shortest(nextafter(x, 0) > 0 ? nextafter(x, 0) : x);
        check_shortest(nextafter(x, INFINITY) < INFINITY ? nextafter(x, INFINITY) : x);
        assert_true(strtod(rw_number_print(buf, x), NULL) == x);
    }
}

static void
numbers_are_added_to_text(void **state)
{
    struct rw_text t;

    (void)state;
    rw_text_init(&t);
    rw_text_add_number(&t, 0.35);
    rw_text_add(&t, ",");
    rw_text_add_number(&t, -2);
    assert_string_equal("0.35,-2", t.s);
    rw_text_fini(&t);
}

static void
money(const char *want, double x)
{
    char buf[RW_NUMBER_MAX];

    assert_string_equal(want, rw_money_print(buf, x));
}

static void
money_prints_in_three_digits(void **state)
{
    (void)state;
    money("0", 0);
    money("12.0", 12);
    money("0.50", 0.5);
    money("450k", 450e3);
    money("1.23M", 1234567);
    money("-1.23M", -1234567);
    money("999", 999.4);
    money("1.00k", 999.6);
    money("10.0", 9.996);
    money("100", 99.96);
    money("1.00M", 999999);
    money("4.80B", 4.8e9);
    money("2.50T", 2.5e12);
    money("1.00e+15", 1e15);
    money("n/a", NAN);
    money("n/a", INFINITY);
}

CHECK_MAIN(cmocka_unit_test(known_numbers_print_as_known),
    cmocka_unit_test(what_is_no_number_prints_as_null),
    cmocka_unit_test(a_power_of_two_takes_the_neighbour_above),
    cmocka_unit_test(random_doubles_survive_in_the_fewest_digits),
    cmocka_unit_test(short_decimals_keep_their_form),
    cmocka_unit_test(powers_of_two_and_their_neighbours_survive),
    cmocka_unit_test(numbers_are_added_to_text),
    cmocka_unit_test(money_prints_in_three_digits))
