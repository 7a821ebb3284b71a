/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/reliability.h"
#include "num/stream.h"
#include "tests/support/check.h"

/* Rel of 14 failures a year that last 14 days: the knowledge base prints .53
 * where its formula gives .5784; an on/off process works .6506 of the time. */
static void
two_readings_of_reliability(void **state)
{
    const struct rw_reliability x = {14, 14 / 365.0, INFINITY, 0};
    const struct rw_reliability y = {4, 5 / 365.0, INFINITY, 0};

    (void)state;
    assert_relative(
        rw_reliability_knowledge_base(14, 14 / 365.0), 0.5783617033822801, 1e-13);
    assert_relative(
        rw_reliability_knowledge_base(4, 5 / 365.0), 0.9463933658254129, 1e-13);
    assert_relative(rw_reliability_available(&x), 0.6506238859180036, 1e-15);
    assert_relative(rw_reliability_available(&y), 0.948051948051948, 1e-15);
    assert_close(rw_reliability_knowledge_base(400, 0.1), 0, 0);
    assert_close(rw_reliability_knowledge_base(0, 0.1), 1, 0);
}

static void
efficacy_is_what_is_left_over_both_states(void **state)
{
    const double op[] = {.53, .85, .70, .60};
    double left = 1;

    (void)state;
    assert_relative(rw_reliability_effect(0.9, 0.8, 0.7, 0.1), 0.9 * 0.58, 1e-15);
    assert_close(rw_reliability_effect(0.9, 1, 0.7, 0.1), 0.63, 1e-15);
    /* the knowledge base's four layers: .00846 */
    for (int k = 0; k < 4; k++)
        left *= 1 - rw_reliability_effect(1, 1, op[k], 0);
    assert_relative(left, 0.00846, 1e-13);
}

static void
a_response_overlaps_by_the_shorter_part(void **state)
{
    (void)state;
    assert_close(rw_reliability_response(3, 10, 0), 13, 0);
    assert_close(rw_reliability_response(3, 10, 1), 10, 0);
    assert_close(rw_reliability_response(10, 3, 0.5), 11.5, 0);
}

/* The process itself, in one long run of failures: time up over all time.
 * The ratio's error by the delta method over its spells. */
static void
simulate(const struct rw_reliability *x, uint64_t seed)
{
    enum { SPELLS = 200000 };
    const struct rw_stream at = {seed, 1};
    double up = 0, all = 0, want = rw_reliability_available(x), square = 0, mean;
    uint64_t k = 0;

    for (int s = 0; s < SPELLS; s++) {
        double works = -log(rw_stream_uniform(at, 0, k++)) / x->fails, down = 0, t;

        for (;;) { /* from the last failure */
            double found = -log(rw_stream_uniform(at, 0, k++)) * x->years;
            double next = -log(rw_stream_uniform(at, 0, k++)) / x->fails;

            t = fmin(found, x->at_most) + x->correction;
            if (next >= t)
                break;
            down += next;
        }
        down += t;
        up += works;
        all += works + down;
        square += pow(works - want * (works + down), 2);
    }
    mean = all / SPELLS;
    assert_close(up / all, want, CHECK_Z * sqrt(square / SPELLS) / mean / sqrt(SPELLS));
}

static void
availability_is_that_of_the_process(void **state)
{
    static const struct rw_reliability cases[] = {{14, 14 / 365.0, INFINITY, 0},
        {3, 0.2, 0.1, 0}, {3, 0.2, INFINITY, 0.15}, {6, 0.1, 0.2, 0.05}};

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        simulate(&cases[k], 11 + k);
}

static void
a_late_limit_is_none(void **state)
{
    struct rw_reliability x = {3, 0.2, 1e3, 0.1}, y = x, z = {3, 0, 1, 0};

    (void)state;
    y.at_most = INFINITY;
    assert_relative(rw_reliability_available(&x), rw_reliability_available(&y), 1e-14);
    x.at_most = 1e-9; /* found at once */
    assert_relative(rw_reliability_available(&x), exp(-0.3), 1e-8);
    assert_close(rw_reliability_available(&z), 1, 0);
}

/* The failures a year that make a share are those that it was made of; sooner or
 * later found than the limit, often and seldom failing. */
static void
a_share_tells_how_often_it_fails(void **state)
{
    static const double fails[] = {1e-9, 0.01, 1, 30, 900};
    static const struct rw_reliability laws[] = {
        {0, 0.2, INFINITY, 0}, {0, 0.2, 0.05, 0}, {0, 0.01, 3, 0}, {0, 5, 1e-3, 0}};

    (void)state;
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++) {
        for (size_t j = 0; j < sizeof fails / sizeof *fails; j++) {
            struct rw_reliability x = laws[k];
            double share;

            x.fails = fails[j];
            share = rw_reliability_available(&x);
            assert_relative(
                share, 1 / (1 + x.fails * rw_reliability_hidden(&x)), 1e-15);
            x.fails = 77; /* not looked at */
            /* 1 - share has its last digits in common with 1 */
            assert_relative(
                rw_reliability_fails(&x, share), fails[j], 1e-11 + 4e-16 / (1 - share));
        }
        assert_close(rw_reliability_fails(&laws[k], 1), 0, 0);
    }
}

CHECK_MAIN(cmocka_unit_test(a_share_tells_how_often_it_fails),
    cmocka_unit_test(two_readings_of_reliability),
    cmocka_unit_test(efficacy_is_what_is_left_over_both_states),
    cmocka_unit_test(a_response_overlaps_by_the_shorter_part),
    cmocka_unit_test(availability_is_that_of_the_process),
    cmocka_unit_test(a_late_limit_is_none))
