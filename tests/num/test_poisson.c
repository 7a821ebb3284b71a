/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/cpu.h"
#include "num/poisson.h"
#include "num/stream.h"
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static const double rates[] = {0, 1e-9, 1e-4, 0.02, 0.5, 1, 2.7, 5, 8};

enum { N_RATES = sizeof rates / sizeof rates[0], ROW = 1021 };

/* Uniforms of a row, the ends of the grid among them. */
static void
draw(uint64_t index, double u[ROW])
{
    rw_stream_fill((struct rw_stream){11, 12}, 0, index, ROW, u);
    u[0] = 1 - 0x1p-53;
    u[1] = 0x1p-53;
}

static void
the_law_is_that_of_gsl(void **state)
{
    (void)state;
    for (size_t r = 1; r < N_RATES; r++) {
        struct rw_poisson p;

        rw_poisson_init(&p, rates[r]);
        for (unsigned k = 0; k < 40; k++) {
            double want = gsl_ran_poisson_pdf(k, rates[r]);

            assert_close(p.p[k], want, 1e-13 * want + 1e-300);
            assert_close(p.cdf[k], gsl_cdf_poisson_P(k, rates[r]), 1e-14);
        }
    }
}

static void
a_number_is_the_smallest_that_reaches_the_uniform(void **state)
{
    double u[ROW];

    (void)state;
    for (size_t r = 1; r < N_RATES; r++) {
        struct rw_poisson p;

        rw_poisson_init(&p, rates[r]);
        draw(r, u);
        for (size_t i = 2; i < ROW; i++) {
            unsigned k = rw_poisson_number(&p, u[i]);

            /* roundings of GSL's functions aside */
            assert_true(u[i] < gsl_cdf_poisson_P(k, rates[r]) + 1e-12);
            assert_true(k == 0 || u[i] > gsl_cdf_poisson_P(k - 1, rates[r]) - 1e-12);
        }
    }
}

/* The row of one law, the rows of as many, and one by one: the same bits. */
static void
all_ways_give_the_same(void **state)
{
    static double u[ROW], rate[ROW], rest[ROW + 1];
    static uint8_t one[ROW + 1], each[ROW + 1];

    (void)state;
    for (size_t r = 0; r < N_RATES; r++) {
        struct rw_poisson p;

        rw_poisson_init(&p, rates[r]);
        draw(100 + r, u);
        for (size_t i = 0; i < ROW; i++)
            rate[i] = rates[r];
        for (size_t n = ROW; n > 0; n /= 2) {
            one[n] = each[n] = 222;
            rest[n] = -1;
            rw_poisson_row(&p, n, u, one);
            rw_poisson_rows(n, rate, u, each, rest);
            assert_true(one[n] == 222 && each[n] == 222 && rest[n] == -1);
            for (size_t i = 0; i < n; i++) {
                unsigned k = rw_poisson_number(&p, u[i]);

                assert_int_equal(k, one[i]);
                assert_int_equal(k, each[i]);
                assert_true(rest[i] == rw_poisson_rest(&p, u[i], k));
                assert_true(rest[i] > 0 && rest[i] < 1);
            }
        }
    }
}

/* With laws that differ, each has its own. */
static void
every_rate_has_its_own_law(void **state)
{
    static double u[ROW], rate[ROW], rest[ROW];
    static uint8_t number[ROW];

    (void)state;
    draw(300, u);
    for (size_t i = 0; i < ROW; i++)
        rate[i] = rates[i % N_RATES];
    rw_poisson_rows(ROW, rate, u, number, rest);
    for (size_t i = 0; i < ROW; i++) {
        struct rw_poisson p;

        rw_poisson_init(&p, rate[i]);
        assert_int_equal(number[i], rw_poisson_number(&p, u[i]));
        assert_true(rest[i] == rw_poisson_rest(&p, u[i], number[i]));
    }
}

/* Over a grid finer than any cell, what is left is a straight line from 0 to 1 within
 * each number. */
static void
what_is_left_is_uniform_whatever_the_number(void **state)
{
    struct rw_poisson p;

    (void)state;
    rw_poisson_init(&p, 2.7);
    for (unsigned k = 0; k < 9; k++) {
        double low = k > 0 ? gsl_cdf_poisson_P(k - 1, 2.7) : 0;
        double width = gsl_ran_poisson_pdf(k, 2.7);

        for (int j = 1; j < 10; j++) {
            double u = low + width * j / 10;

            assert_int_equal(k, rw_poisson_number(&p, u));
            assert_close(rw_poisson_rest(&p, u, k), j / 10.0, 1e-12);
        }
    }
}

static void
so_do_narrower_kernels(void **state)
{
    rw_cpu_keep_within(256);
    all_ways_give_the_same(state);
    rw_cpu_keep_within(128);
    all_ways_give_the_same(state);
    rw_cpu_keep_within(512);
}

CHECK_MAIN(cmocka_unit_test(the_law_is_that_of_gsl),
    cmocka_unit_test(a_number_is_the_smallest_that_reaches_the_uniform),
    cmocka_unit_test(all_ways_give_the_same), cmocka_unit_test(so_do_narrower_kernels),
    cmocka_unit_test(every_rate_has_its_own_law),
    cmocka_unit_test(what_is_left_is_uniform_whatever_the_number))
