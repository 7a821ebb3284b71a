/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"
#include "study/backtest.h"
#include "tests/support/check.h"

#include <unistd.h>

static enum rw_err
make(const char *bytes, const char *from, const char *to, double discount,
    double dispersion, struct rw_backtest *x, struct rw_text *report,
    struct rw_error *e)
{
    static struct rw_backtest_request q;
    static struct rw_arena a;
    static bool open;

    if (open)
        rw_arena_fini(&a);
    rw_arena_init(&a);
    open = true;
    q = (struct rw_backtest_request){{"t.csv", bytes, strlen(bytes)}, from, to,
        discount, dispersion, RW_BACKTEST_SKIP};
    rw_error_clear(e);
    return rw_backtest_make(&q, &a, x, report, e);
}

/* US health breaches of 500 people or more (HHS), January 2010 to April 2023: share of
 * counts within one-step 90 % intervals and mean log score; an independent
 * computation gave the figures in four digits. */
static void
months_of_breaches_are_forecast_as_computed_elsewhere(void **state)
{
    static const struct {
        double discount, coverage, score;
    } want[] = {{0.8, 95.9, -3.536}, {1, 46.6, -7.30}, {0.95, 70.9, -4.205},
        {0.9, 73.0, -3.844}, {0.8, 82.4, -3.712}, {0.7, 85.8, -3.687}};
    const char *data = getenv("RW_DATA");
    char path[4096], *bytes;
    struct rw_backtest x;
    struct rw_text report;
    struct rw_error e;
    size_t n;

    (void)state;
    snprintf(path, sizeof path, "%s/hhs_monthly_counts.csv", data ? data : "");
    if (data == NULL || access(path, R_OK) != 0)
        skip(); /* monthly breaches of the HHS portal, in the folder RW_DATA */
    assert_int_equal(rw_file_read(path, 1 << 20, &bytes, &n, &e), RW_OK);
    rw_text_init(&report);
    assert_int_equal(make(bytes, "2010", "2023-04", RW_BACKTEST_DISCOUNT,
                         RW_BACKTEST_DISPERSION, &x, &report, &e),
        RW_OK);
    assert_int_equal(x.n, 160);
    assert_string_equal(x.first, "2010-01");
    assert_string_equal(x.last, "2023-04");
    for (size_t k = 0; k < 6; k++) {
        assert_true(x.discount[k] == want[k].discount);
        assert_int_equal(x.score[k].n, 148);
        assert_close(100.0 * (double)x.score[k].inside / 148, want[k].coverage, 0.05);
        assert_close(x.score[k].log_score, want[k].score, k == 1 ? 5e-3 : 5e-4);
    }
    /* the part periods at the ends are no reason for it */
    assert_int_equal(make(bytes, NULL, NULL, RW_BACKTEST_DISCOUNT,
                         RW_BACKTEST_DISPERSION, &x, &report, &e),
        RW_OK);
    assert_int_equal(x.n, 164);
    assert_true((double)x.score[0].inside / (double)x.score[0].n >= 0.87);
    assert_true((double)x.score[0].inside / (double)x.score[0].n <= 0.97);
    assert_true((double)x.score[1].inside / (double)x.score[1].n < 0.6);
    assert_true(x.score[1].kupiec_p < 1e-4 && x.score[0].kupiec_p > 0.01);
    rw_text_fini(&report);
    free(bytes);
}

static void
refused(const char *bytes, const char *part)
{
    struct rw_backtest x;
    struct rw_text report;
    struct rw_error e;

    rw_text_init(&report);
    assert_int_equal(make(bytes, NULL, NULL, 0.8, 0, &x, &report, &e), RW_ERR_INPUT);
    if (strstr(report.s ? report.s : e.text, part) == NULL)
        fail_msg("\"%s\" lacks \"%s\"", report.s ? report.s : e.text, part);
    rw_text_fini(&report);
}

static void
tables_that_are_none_are_refused(void **state)
{
    (void)state;
    refused("year,month\n2020,1\n", "no column 'count'");
    refused("count\n1\n2\n", "none is left");
    refused("count\n", "none is left");
    refused("count\n1\n-2\n", "t.csv:3:1");
    refused("count\n1\n2.5\n", "whole number");
    refused("date,count\n2020-01,1\n2020-03,1\n2020-04,2\n2020-08,1\n",
        "there is a gap before this period");
    refused("date,count\n2020-01,1\n2019-12,1\n", "periods ascend");
    refused("date,count\n2020-13,1\n", "no day of the calendar");
    refused("year,month,count\n2020,13,1\n", "from 1 to 12");
}

CHECK_MAIN(cmocka_unit_test(months_of_breaches_are_forecast_as_computed_elsewhere),
    cmocka_unit_test(tables_that_are_none_are_refused))
