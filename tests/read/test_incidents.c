/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "read/incidents.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

#include <limits.h>

static struct rw_arena arena;

/* Threats t0 (assets a0, a1) and t1 (a0), controls c0 (operating) and c1. */
static struct rw_model *
model(void)
{
    struct rw_model *m;

    rw_arena_init(&arena);
    m = small_model(&arena, 2, 2, 2, 0, 1, 1);
    m->threats[0].assets = RW_ARENA_NEW(&arena, 2, size_t);
    m->threats[0].assets[1] = 1;
    m->threats[0].n_assets = 2;
    m->controls[0].status = RW_STATUS_OPERATING;
    m->currency = "EUR";
    return m;
}

static long
year(int y, bool last)
{
    struct rw_date d = {.year = y};

    return last ? rw_date_last(d) : rw_date_first(d);
}

static void
rows_are_read_by_the_names_of_columns(void **state)
{
    static const char bytes[] =
        "\xef\xbb\xbfnote;loss;risk;date;fines;asset;currency\r\n"
        "x;12k;t0/a1;2022-05;0;;EUR\r\n"
        "y;;t1;2022-12-31;7;a0;\r\n"
        "z;1;t0;2022;;;\r\n";
    const struct rw_table_file f = {"i.csv", bytes, sizeof bytes - 1};
    struct rw_model *m = model();
    struct rw_incidents x;
    struct rw_text report;
    struct rw_error e;

    (void)state;
    rw_text_init(&report);
    assert_int_equal(rw_incidents_read(&f, m, year(2022, false), year(2022, true),
                         &arena, &x, &report, &e),
        RW_OK);
    assert_int_equal(x.n, 3);
    assert_true(
        x.has_loss && x.has_form[RW_FORM_FINES] && !x.has_form[RW_FORM_RESPONSE]);
    assert_true(x.v[0].threat == 0 && x.v[0].asset == 1 && x.v[0].loss == 12000);
    assert_true(x.v[0].form[RW_FORM_FINES] == 0);
    assert_int_equal(x.v[0].last - x.v[0].first, 30);
    assert_true(x.v[1].threat == 1 && x.v[1].asset == 0 && isnan(x.v[1].loss));
    assert_true(x.v[2].asset == SIZE_MAX && isnan(x.v[2].form[RW_FORM_FINES]));
    assert_int_equal(x.n_others, 1);
    assert_string_equal(x.others[0], "note");
    rw_text_fini(&report);
    rw_arena_fini(&arena);
}

static void
complains(const char *bytes, bool audits, const char *const parts[])
{
    const struct rw_table_file f = {"i.csv", bytes, strlen(bytes)};
    struct rw_model *m = model();
    struct rw_incidents x;
    struct rw_audits y;
    struct rw_text report;
    struct rw_error e;

    rw_text_init(&report);
    rw_error_clear(&e);
    assert_int_equal(audits ? rw_audits_read(&f, m, year(2022, false), year(2022, true),
                                  &arena, &y, &report, &e)
                            : rw_incidents_read(&f, m, year(2022, false),
                                  year(2022, true), &arena, &x, &report, &e),
        RW_ERR_INPUT);
    for (; *parts; parts++)
        if (strstr(report.s ? report.s : e.text, *parts) == NULL)
            fail_msg("\"%s\" lacks \"%s\"", report.s ? report.s : e.text, *parts);
    rw_text_fini(&report);
    rw_arena_fini(&arena);
}
#define COMPLAINS(bytes, audits, ...)                                                  \
    complains(bytes, audits, (const char *const[]){__VA_ARGS__, NULL})

static void
every_wrong_cell_is_told_at_once(void **state)
{
    (void)state;
    COMPLAINS("date,risk,loss,currency,asset\n"
              "2022-02-30,t0,-1,EUR,\n"
              "2021-12-31,t9,0,USD,\n"
              "2022,t1/a1,1e3x,,\n"
              "2022,t0/a0,,,a1\n",
        false, "i.csv:2:1", "no day of the calendar", "i.csv:2:15",
        "a loss is not negative", "i.csv:3:1\n", "not within the days of watch",
        "watched from 2022-01-01 to 2022-12-31", "no threat 't9'", "a loss of 0",
        "another currency", "the scenario's is EUR", "i.csv:4:6",
        "no asset of threat 't1' called 'a1'", "no amount of money", "names two assets",
        "i.csv: 9 errors");
    COMPLAINS("control,date,works\nc0,2022,maybe\nc1,2022,yes\nc7,2022,no\n", true,
        "works is yes or no", "control 'c1' does not operate",
        "its status is candidate", "no control 'c7'", "i.csv: 3 errors");
}

static void
a_period_only_partly_watched_is_told(void **state)
{
    const char bytes[] = "date,risk\n2022-06,t0\n";
    const struct rw_table_file f = {"i.csv", bytes, strlen(bytes)};
    struct rw_model *m = model();
    struct rw_incidents x;
    struct rw_text report;
    struct rw_error e;

    (void)state;
    rw_text_init(&report);
    assert_int_equal(
        rw_incidents_read(&f, m, rw_date_first((struct rw_date){2022, 6, 15}),
            year(2022, true), &arena, &x, &report, &e),
        RW_ERR_INPUT);
    assert_non_null(strstr(report.s, "only a part of this is within"));
    rw_text_fini(&report);
    rw_arena_fini(&arena);
}

static void
a_table_without_its_columns_is_refused(void **state)
{
    (void)state;
    COMPLAINS("date,rsk\n2022,t0\n", false, "no column 'risk'", "did you mean 'rsk'");
    COMPLAINS("", false, "line 1 is empty");
    COMPLAINS("date,risk,loss\n2022,t0,1,000\n", false, "more cells");
    COMPLAINS("control,date\nc0,2022\n", true, "no column 'works'");
}

CHECK_MAIN(cmocka_unit_test(rows_are_read_by_the_names_of_columns),
    cmocka_unit_test(every_wrong_cell_is_told_at_once),
    cmocka_unit_test(a_period_only_partly_watched_is_told),
    cmocka_unit_test(a_table_without_its_columns_is_refused))
