/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days of the calendar, against the C library's. */
#include "base/date.h"
#include "tests/support/check.h"

#include <time.h>

static struct rw_date
date(const char *s)
{
    struct rw_date d;
    char why[128];

    if (rw_date_parse(s, &d, why, sizeof why) != RW_OK)
        fail_msg("%s: %s", s, why);
    return d;
}

static void
days_are_those_of_the_c_library(void **state)
{
    (void)state;
    for (long day = -354000; day < 2930000; day += 37) {
        time_t seconds = (time_t)day * 86400;
        struct rw_date d = rw_date_of(day);
        struct tm t;

        gmtime_r(&seconds, &t);
        assert_int_equal(d.year, t.tm_year + 1900);
        assert_int_equal(d.month, t.tm_mon + 1);
        assert_int_equal(d.day, t.tm_mday);
        assert_int_equal(rw_date_first(d), day);
        assert_int_equal(rw_date_last(d), day);
    }
}

static void
what_is_not_said_is_a_range(void **state)
{
    (void)state;
    assert_int_equal(rw_date_first(date("1970-01-01")), 0);
    assert_int_equal(rw_date_first(date("1970")), 0);
    assert_int_equal(rw_date_last(date("1970")), 364);
    assert_int_equal(rw_date_last(date("2024-02")), rw_date_first(date("2024-02-29")));
    assert_int_equal(rw_date_last(date("1900-02")) + 1, rw_date_first(date("1900-03")));
    assert_int_equal(
        rw_date_first(date("2023-05-17T08:30:00Z")), rw_date_first(date("2023-05-17")));
    assert_int_equal(
        rw_date_first(date("2023-05-17 08:30")), rw_date_first(date("2023-05-17")));
}

static void
what_is_no_date_is_refused(void **state)
{
    static const char *const wrong[] = {"", "2023-02-29", "2023-13-01", "2023-00-01",
        "2023-01-00", "2023-00", "2023-1-1", "17.05.2023", "05/17/2023", "23-05-17",
        "2023-05-17x", "2023-05-", "2023-", "0999-01-01", "today", "20230517",
        "2100-02-29", "2023-05-17T"};
    struct rw_date d;
    char why[128];

    (void)state;
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        if (rw_date_parse(wrong[k], &d, why, sizeof why) != RW_ERR_INPUT)
            fail_msg("'%s' is taken", wrong[k]);
        assert_true(strlen(why) > 10);
    }
}

CHECK_MAIN(cmocka_unit_test(days_are_those_of_the_c_library),
    cmocka_unit_test(what_is_not_said_is_a_range),
    cmocka_unit_test(what_is_no_date_is_refused))
