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
    cmocka_unit_test(no_losses_and_few_futures_are_said_in_words),
    cmocka_unit_test(known_estimates_leave_nothing_open))
