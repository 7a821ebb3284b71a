/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/hawkes.h"
#include "tests/support/check.h"

/* Intensity mu + sum alpha exp(-beta t): n = alpha / beta, d = 1 / beta.  The
 * figures are the solution of the mean's differential equation, computed
 * apart with 16 digits. */
static void
means_are_those_of_the_differential_equation(void **state)
{
    const struct rw_hawkes a = {0.5, 1 / 30.0}, b = {0.3, 1 / 20.0};

    (void)state;
    assert_relative(rw_hawkes_mean(&a, 2, 1), 3.8666667074536427, 2e-16);
    assert_relative(rw_hawkes_rate(&a, 2), 4.0, 1e-15);
    assert_relative(rw_hawkes_dispersion(&a), 4.0, 1e-15);
    assert_relative(rw_hawkes_mean(&b, 1, 1), 1.3979592091284303, 2e-16);
    assert_relative(rw_hawkes_rate(&b, 1), 1.4285714285714286, 2e-16);
    assert_relative(rw_hawkes_dispersion(&b), 2.0408163265306127, 3e-16);
}

static void
steps_add_up_to_the_whole(void **state)
{
    const struct rw_hawkes h = {0.7, 0.4};
    double excited = 0, sum = 0;

    (void)state;
    for (int t = 0; t < 36; t++)
        sum += rw_hawkes_step(&h, 5, 1 / 12.0, &excited);
    assert_relative(sum, rw_hawkes_mean(&h, 5, 3), 1e-13);
    /* what is excited after three years: n mu / (1 - n) (1 - e^-gT) */
    assert_relative(excited, 0.7 / 0.3 * 5 * -expm1(-0.75 * 3), 1e-13);
    /* a pause: only what is excited goes on, (1 - e^-gT) / g of it */
    assert_relative(rw_hawkes_step(&h, 0, 1000, &(double){2}), 2 / 0.75, 1e-13);
}

static void
without_children_it_is_poisson(void **state)
{
    const struct rw_hawkes h = {0, 0.1};

    (void)state;
    assert_true(rw_hawkes_mean(&h, 3, 2) == 6 && rw_hawkes_variance(&h, 3, 2) == 6);
    assert_int_equal(rw_hawkes_children(&h, 1 - 0x1p-53), 0);
}

/* mu times the integral of E C^2 over the ages, its differential equation
 * solved in small steps of Heun's rule. */
static double
variance_by_steps(const struct rw_hawkes *h, double mu, double years)
{
    enum { STEPS = 200000 };
    double g = (1 - h->children) / h->delay, dt = years / STEPS, v = 0, sum = 0;

    for (int k = 0; k < STEPS; k++) {
        double m[2], slope[2];

        for (int j = 0; j < 2; j++)
            m[j] = (1 - h->children * exp(-g * (k + j) * dt)) / (1 - h->children);
        slope[0] = -g * v + h->children / h->delay * m[0] * m[0];
        slope[1] = -g * (v + dt * slope[0]) + h->children / h->delay * m[1] * m[1];
        sum += dt / 2 * (v + m[0] * m[0]);
        v += dt / 2 * (slope[0] + slope[1]);
        sum += dt / 2 * (v + m[1] * m[1]);
    }
    return mu * sum;
}

static void
the_variance_solves_its_equation_and_settles(void **state)
{
    static const struct rw_hawkes laws[] = {{0.5, 0.1}, {0.9, 0.3}, {0.1, 2}};

    (void)state;
    for (int i = 0; i < 3; i++) {
        const struct rw_hawkes *h = &laws[i];

        assert_relative(
            rw_hawkes_variance(h, 2, 1.5), variance_by_steps(h, 2, 1.5), 1e-7);
        assert_relative(rw_hawkes_variance(h, 2, 1e7) / rw_hawkes_mean(h, 2, 1e7),
            rw_hawkes_dispersion(h), 1e-4);
    }
}

static void
children_are_poisson_by_inversion(void **state)
{
    const struct rw_hawkes h = {0.8, 1};
    double p = exp(-0.8);

    (void)state;
    assert_int_equal(rw_hawkes_children(&h, p - 1e-9), 0);
    assert_int_equal(rw_hawkes_children(&h, p + 1e-9), 1);
    assert_int_equal(rw_hawkes_children(&h, p * 1.8 + 1e-9), 2);
    assert_true(rw_hawkes_children(&h, 1 - 0x1p-53) < 30);
}

CHECK_MAIN(cmocka_unit_test(means_are_those_of_the_differential_equation),
    cmocka_unit_test(steps_add_up_to_the_whole),
    cmocka_unit_test(without_children_it_is_poisson),
    cmocka_unit_test(the_variance_solves_its_equation_and_settles),
    cmocka_unit_test(children_are_poisson_by_inversion))
