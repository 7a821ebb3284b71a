/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What looks teach of a share, against closed forms and dense integrals. */
#include "num/look.h"

#include "tests/support/check.h"

/* E R^k after a trial that would have shown a failure with chance s and showed nothing,
 * from the likelihood R + (1 - s) (1 - R) by integrals of Euler's. */
static double
missed_moment(double a, double b, double s, double k)
{
    double n = lgamma(a + b + 1);
    double all = exp(lgamma(a + 1) + lgamma(b) - n) +
                 (1 - s) * exp(lgamma(a) + lgamma(b + 1) - n);
    double m = lgamma(a + b + 1 + k);

    return (exp(lgamma(a + 1 + k) + lgamma(b) - m) +
               (1 - s) * exp(lgamma(a + k) + lgamma(b + 1) - m)) /
           all;
}

/* Where r is 1 a look is a trial of the share itself. */
static void
looks_far_apart_are_trials_of_the_share(void **state)
{
    static const double start[][2] = {
        {8, 2}, {2, 8}, {1, 1}, {90, 0.7}, {1, 40}, {300, 500}};
    double r[RW_LOOK_NODES];

    (void)state;
    for (size_t k = 0; k < RW_LOOK_NODES; k++)
        r[k] = 1;
    for (size_t k = 0; k < sizeof start / sizeof *start; k++)
        for (int j = 0; j <= 4; j++) {
            double s = j / 4.0, a = start[k][0], b = start[k][1];
            double mean = missed_moment(a, b, s, 1), square = missed_moment(a, b, s, 2);

            assert_relative(rw_look_chance(0.3, r, a, b), b / (a + b), 2e-3);
            rw_look_take(0.3, r, s, false, &a, &b);
            assert_relative(a / (a + b), mean, 3e-4);
            assert_relative(a + b, (mean - square) / (square - mean * mean), 5e-3);
            a = start[k][0];
            b = start[k][1];
            rw_look_take(0.3, r, s, j > 0, &a, &b); /* s = 0: nothing at all */
            assert_relative(b / (a + b),
                (start[k][1] + (j > 0)) / (start[k][0] + start[k][1] + (j > 0)), 2e-3);
            if (j == 0)
                assert_relative(a, start[k][0], 1e-12);
        }
}

/* The share of what might have failed that can have, T after a look at all: of one
 * found after h years, 1 - e^-(T / h R). */
static double
since(double odds, double t)
{
    return -expm1(-t * (1 + exp(-odds)));
}

/* Mean and variance by midpoints in R^(1/4) and (1 - R)^(1/4), half each. */
static void
dense(double a, double b, double t, double s, bool found, double *mean, double *var)
{
    enum { N = 40000 };
    double all = 0, first = 0, second = 0;

    for (int side = 0; side < 2; side++)
        for (int k = 0; k < N; k++) {
            double v = (k + 0.5) / N * pow(0.5, 0.25), near = pow(v, 4);
            double x = side ? 1 - near : near, rest = side ? near : 1 - near;
            double p = rest * since(log(x / rest), t);
            double w = pow(x, a - 1) * pow(rest, b - 1) * 4 * pow(v, 3);

            w *= found ? s * p : 1 - s * p;
            all += w;
            first += w * x;
            second += w * x * x;
        }
    *mean = first / all;
    *var = second / all - *mean * *mean;
}

static void
looks_close_together_teach_what_their_likelihood_says(void **state)
{
    static const double start[][2] = {{4, 1}, {1.2, 2.5}, {20, 30}, {0.8, 5}, {150, 9}};
    static const double times[] = {0.01, 0.1, 1};

    (void)state;
    for (size_t k = 0; k < sizeof start / sizeof *start; k++)
        for (size_t j = 0; j < 3; j++)
            for (int found = 0; found < 2; found++) {
                double a = start[k][0], b = start[k][1], mean, var, r[RW_LOOK_NODES];
                double m, middle = log(a / b) - 0.2;

                for (size_t i = 0; i < RW_LOOK_NODES; i++)
                    r[i] = since(rw_look_node(middle, i), times[j]);
                dense(a, b, times[j], 0.7, found, &mean, &var);
                rw_look_take(middle, r, 0.7, found, &a, &b);
                m = a / (a + b);
                assert_relative(m, mean, 3e-3);
                assert_relative(1 - m, 1 - mean, 3e-3);
                assert_relative(m * (1 - m) / (a + b + 1), var, 1e-2);
            }
}

static void
what_can_show_nothing_teaches_nothing(void **state)
{
    const double none[RW_LOOK_NODES] = {0};
    double a = 0.4, b = 7;

    (void)state;
    for (int k = 0; k < 1000; k++)
        rw_look_take(-1, none, 1, false, &a, &b);
    assert_relative(a, 0.4, 1e-10);
    assert_relative(b, 7.0, 1e-10);
    assert_true(rw_look_chance(-1, none, a, b) == 0);
    rw_look_take(-1, none, 1, true, &a, &b); /* cannot be: it is left as it is */
    assert_relative(a, 0.4, 1e-10);
}

/* Whatever is believed and whatever may have failed. */
static void
a_belief_stays_one(void **state)
{
    static const double shapes[] = {1e-2, 0.3, 1, 50, 1e5, 1e9};
    double r[RW_LOOK_NODES];

    (void)state;
    for (size_t k = 0; k < 36; k++)
        for (int j = 0; j < 6; j++) {
            double a = shapes[k / 6], b = shapes[k % 6], middle = 3.0 * (j - 2);

            for (size_t i = 0; i < RW_LOOK_NODES; i++)
                r[i] = since(rw_look_node(middle, i), pow(10, -j));
            for (size_t n = 0; n < 40; n++) {
                rw_look_take(middle, r, j % 2 ? 1 : 0.3, n % (k + 2) == 0, &a, &b);
                assert_true(a >= 1e-2 && b >= 1e-2 && a < 1e12 && b < 1e12);
            }
        }
}

CHECK_MAIN(cmocka_unit_test(looks_far_apart_are_trials_of_the_share),
    cmocka_unit_test(looks_close_together_teach_what_their_likelihood_says),
    cmocka_unit_test(a_belief_stays_one),
    cmocka_unit_test(what_can_show_nothing_teaches_nothing))
