/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/summary.h"
#include "tests/out/fake.h"
#include "tests/support/check.h"

static void
make(struct fake *f, const struct fake_size *z, bool colour, struct rw_text *t)
{
    struct rw_result *r;
    struct rw_error e;

    rw_error_clear(&e);
    fake_make(f, z);
    fake_nest(f, z);
    f->model.name =
        "A name that is far too long for one line of a terminal, so that it "
        "must be cut \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9";
    assert_int_equal(rw_result_make(&f->outcome, &f->arena, &r, &e), RW_OK);
    rw_text_init(t);
    assert_int_equal(rw_summary_print(r, colour, t, &e), RW_OK);
}

static void
it_fits_one_screen_for_any_number_of_strategies(void **state)
{
    (void)state;
    for (size_t strategies = 1; strategies <= 6; strategies++)
        for (unsigned years = 0; years <= 3; years++) {
            struct fake_size z = {.threats = 8,
                .assets = 5,
                .strategies = strategies,
                .futures = 6000,
                .cycles = years ? 4 * years : 2,
                .per_year = 4,
                .loss = 1e7};
            size_t lines = 0, width = 0;
            struct rw_text t;
            struct fake f;

            make(&f, &z, false, &t);
            for (const char *s = t.s; *s; s++) {
                if (*s == '\n') {
                    assert_true(width <= 80);
                    lines++;
                    width = 0;
                } else if (((unsigned char)*s & 0xc0) != 0x80)
                    width++;
                assert_true(*s != '\033');
            }
            assert_true(lines <= 40);
            rw_text_fini(&t);
            fake_free(&f);
        }
}

static void
it_names_strategies_appetite_and_threats(void **state)
{
    struct fake_size z = {.threats = 3,
        .assets = 2,
        .strategies = 3,
        .futures = 6000,
        .cycles = 12,
        .per_year = 4,
        .loss = 3e5};
    struct rw_text t;
    struct fake f;

    (void)state;
    make(&f, &z, true, &t);
    assert_non_null(strstr(t.s, "pdca"));
    assert_non_null(strstr(t.s, "Ransomware"));
    assert_non_null(strstr(t.s, "from year 2"));
    assert_non_null(strstr(t.s, "missed"));
    assert_non_null(strstr(t.s, "\033[1m"));
    assert_non_null(strstr(t.s, "1 in 20 may be 1 in "));
    assert_non_null(strstr(t.s, "% of the variance is theirs"));
    rw_text_fini(&t);
    fake_free(&f);
}

/* The largest first, in columns that fit; what supports others takes off nothing. */
static void
what_controls_take_off_is_a_table(void **state)
{
    struct fake_size z = {.threats = 3,
        .assets = 2,
        .strategies = 6,
        .futures = 6000,
        .cycles = 12,
        .per_year = 4,
        .loss = 3e5,
        .controls = 9};
    struct rw_result *r;
    struct rw_error e;
    struct rw_text t;
    struct fake f;
    const char *at;

    (void)state;
    rw_error_clear(&e);
    fake_make(&f, &z);
    fake_benefit(&f, &z);
    rw_text_init(&t);
    assert_int_equal(rw_result_make(&f.outcome, &f.arena, &r, &e), RW_OK);
    assert_int_equal(rw_summary_print(r, false, &t, &e), RW_OK);
    at = strstr(t.s, "Taken off residual risk    fourth           fifth            "
                     "sixth\n"
                     "Phishing-resistant MFA     300k \xc2\xb1 1.94k     400k ");
    assert_non_null(at);
    assert_non_null(strstr(at, "\nA control whose name is to"));
    assert_non_null(strstr(at, "\ncontrol2 "));
    assert_null(strstr(at, "\ncontrol3 "));
    assert_non_null(strstr(at, "\ncontrol4 "));
    assert_null(strstr(at, "\ncontrol5 "));
    assert_non_null(strstr(at, "\nall controls, 12 quarters  "));
    assert_non_null(strstr(at, "\nfor each USD they cost "));
    rw_text_fini(&t);
    fake_free(&f);
}

/* Under strategy s control c operates in these shares of the futures. */
static void
operate(struct fake *f, size_t s, size_t c, const double share[12])
{
    f->model.controls[c].status = RW_STATUS_CANDIDATE;
    for (unsigned t = 0; t < 12; t++)
        f->outcome.cells[s * 12 + t].operating[c] =
            (struct rw_moments){f->outcome.n, share[t], 0};
}

/* Candidates alone, the most frequent first and then the earlier; the third strategy
 * has a planner, and so has the sixth where it is asked for. */
static void
what_planners_bought_is_a_table(void **state)
{
    static const double none[12] = {0};
    static const double now[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    static const double soon[12] = {0, 0, 0.1, 0.5, 0.9, 1, 1, 1, 1, 1, 1, 1};
    static const double few[12] = {
        0, 0, 0, 0, 0.09, 0.1, 0.15, 0.2, 0.2, 0.2, 0.2, 0.2};
    static const double rare[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4e-4, 4e-4};
    static const struct rw_plugin planner = {.name = "rosi"};
    struct fake_size z = {.threats = 3,
        .assets = 2,
        .strategies = 6,
        .futures = 6000,
        .cycles = 12,
        .per_year = 4,
        .loss = 3e5,
        .controls = 9};
    struct rw_result *r;
    struct rw_error e;
    struct rw_text t;

    (void)state;
    for (int both = 0; both < 2; both++) {
        struct fake f;

        rw_error_clear(&e);
        fake_make(&f, &z);
        for (size_t c = 0; c < 9; c++)
            f.model.controls[c].status = RW_STATUS_PLANNED; /* whatever its share */
        f.model.strategies[2].planner.plugin = &planner;
        operate(&f, 2, 0, soon);
        operate(&f, 2, 4, now);
        operate(&f, 2, 5, rare);
        operate(&f, 2, 6, few);
        operate(&f, 2, 7, none);
        for (size_t c = 0; c < 8; c += c == 0 ? 4 : 1)
            operate(&f, 5, c, none);
        if (both) {
            f.model.strategies[5].planner.plugin = &planner;
            operate(&f, 5, 5, now);
        }
        rw_text_init(&t);
        assert_int_equal(rw_result_make(&f.outcome, &f.arena, &r, &e), RW_OK);
        r->best = 5;
        assert_int_equal(rw_summary_print(r, false, &t, &e), RW_OK);
        if (both)
            assert_non_null(strstr(t.s,
                "\n\nBought, in use from (median)          sixth               pdca\n"
                "control5                              100 %, quarter 1    < 0.1 %, "
                "quarter 11\n"
                "control4                              -                   100 %, "
                "quarter 1\n"));
        else
            assert_non_null(strstr(t.s,
                "\n\nBought, in use from (median)                pdca\n"
                "control4                                    100 %, quarter 1\n"
                "Phishing-resistant MFA                      100 %, quarter 4\n"
                "control6                                    20 %, quarter 6\n"
                "control5                                    < 0.1 %, quarter 11\n"
                "            share of futures that have it at the end\n\n"));
        rw_text_fini(&t);
        fake_free(&f);
    }
}

/* The last columns and headlines speak of the best. */
static void
threats_are_compared_with_the_best_strategy(void **state)
{
    struct fake_size z = {.threats = 3,
        .assets = 2,
        .strategies = 3,
        .futures = 6000,
        .cycles = 12,
        .per_year = 4,
        .loss = 3e5};
    struct rw_result *r;
    struct rw_error e;
    struct rw_text t;
    struct fake f;

    (void)state;
    rw_error_clear(&e);
    fake_make(&f, &z);
    for (size_t i = 0; i < z.futures; i++)
        f.outcome.spend[2][i] += 1e9;
    rw_text_init(&t);
    assert_int_equal(rw_result_make(&f.outcome, &f.arena, &r, &e), RW_OK);
    assert_int_equal(rw_summary_print(r, false, &t, &e), RW_OK);
    assert_non_null(strstr(t.s, "nothing    \xe2\x86\x92 roadmap\n"));
    rw_text_fini(&t);
    fake_free(&f);
}

static void
no_losses_and_few_futures_are_said_in_words(void **state)
{
    struct fake_size z = {.threats = 3,
        .assets = 2,
        .strategies = 2,
        .futures = 30,
        .cycles = 4,
        .per_year = 4,
        .loss = 0};
    struct rw_text t;
    struct fake f;

    (void)state;
    make(&f, &z, false, &t);
    assert_non_null(strstr(t.s, "too few"));
    assert_null(strstr(t.s, "nan"));
    assert_null(strstr(t.s, "inf "));
    rw_text_fini(&t);
    fake_free(&f);
}

static void
known_estimates_leave_nothing_open(void **state)
{
    struct fake_size z = {.threats = 3,
        .assets = 2,
        .strategies = 2,
        .futures = 2000,
        .cycles = 4,
        .per_year = 4,
        .loss = 3e5};
    struct rw_result *r;
    struct rw_error e;
    struct rw_text t;
    struct fake f;

    (void)state;
    rw_error_clear(&e);
    fake_make(&f, &z);
    rw_text_init(&t);
    assert_int_equal(rw_result_make(&f.outcome, &f.arena, &r, &e), RW_OK);
    assert_int_equal(rw_summary_print(r, false, &t, &e), RW_OK);
    assert_null(strstr(t.s, "Estimates")); /* nobody asked */
    r->all_known = true;
    assert_int_equal(rw_summary_print(r, false, &t, &e), RW_OK);
    assert_non_null(strstr(t.s, "Estimates   all are known"));
    rw_text_fini(&t);
    fake_free(&f);
}

CHECK_MAIN(cmocka_unit_test(it_fits_one_screen_for_any_number_of_strategies),
    cmocka_unit_test(it_names_strategies_appetite_and_threats),
    cmocka_unit_test(what_controls_take_off_is_a_table),
    cmocka_unit_test(what_planners_bought_is_a_table),
    cmocka_unit_test(threats_are_compared_with_the_best_strategy),
    cmocka_unit_test(no_losses_and_few_futures_are_said_in_words),
    cmocka_unit_test(known_estimates_leave_nothing_open))
