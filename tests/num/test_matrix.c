/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/matrix.h"
#include "num/stream.h"
#include "tests/support/check.h"

static const struct rw_stream lane = {11, 22};

static double
uniform(uint64_t k)
{
    return rw_stream_uniform(lane, 0, k);
}

/* A correlation matrix with n rows, from n random directions. */
static void
random_correlation(size_t n, uint64_t seed, double a[])
{
    double v[8][8];

    for (size_t i = 0; i < n; i++) {
        double size = 0;

        for (size_t k = 0; k < n; k++) {
            v[i][k] = 2 * uniform(1000 * seed + 8 * i + k) - 1;
            size += v[i][k] * v[i][k];
        }
        for (size_t k = 0; k < n; k++)
            v[i][k] /= sqrt(size);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;

            for (size_t k = 0; k < n; k++)
                sum += v[i][k] * v[j][k];
            a[i * n + j] = a[j * n + i] = i == j ? 1 : sum;
        }
}

/* Any symmetric matrix with ones on the diagonal. */
static void
random_symmetric(size_t n, uint64_t seed, double a[])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            a[i * n + j] = a[j * n + i] =
                i == j ? 1 : 2 * uniform(1000 * seed + 8 * i + j) - 1;
}

static void
a_factor_times_itself_is_the_matrix(void **state)
{
    double a[36], l[36];

    (void)state;
    for (uint64_t seed = 0; seed < 50; seed++) {
        random_correlation(6, seed, a);
        assert_true(rw_matrix_cholesky(6, a, l));
        for (size_t i = 0; i < 6; i++)
            for (size_t j = 0; j < 6; j++) {
                double sum = 0;

                for (size_t k = 0; k < 6; k++)
                    sum += l[i * 6 + k] * l[j * 6 + k];
                assert_close(sum, a[i * 6 + j], 1e-14);
                assert_true(j <= i || l[i * 6 + j] == 0);
            }
    }
}

static void
what_is_wrong_is_named_with_its_place(void **state)
{
    double range[] = {1, 0.2, 1.2, 1}, diagonal[] = {1, 0.2, 0.2, 0.9};
    double lopsided[] = {1, 0.2, 0.3, 1}, fine[] = {1, -0.99, -0.99, 1};
    struct rw_correlation_fault f = rw_correlation_check(2, range);

    (void)state;
    assert_int_equal(f.wrong, RW_CORRELATION_RANGE);
    assert_true(f.i == 1 && f.j == 0);
    f = rw_correlation_check(2, diagonal);
    assert_int_equal(f.wrong, RW_CORRELATION_DIAGONAL);
    assert_true(f.i == 1 && f.j == 1);
    f = rw_correlation_check(2, lopsided);
    assert_int_equal(f.wrong, RW_CORRELATION_ASYMMETRY);
    assert_true(f.i == 1 && f.j == 0);
    assert_int_equal(rw_correlation_check(2, fine).wrong, RW_CORRELATION_FINE);
}

/* All pairs equal: positive definite above -1 / (n - 1).  (Of two variables
 * it is the end of the range.) */
static void
exchangeable_matrices_end_at_their_limit(void **state)
{
    (void)state;
    for (size_t n = 3; n <= 8; n++)
        for (int side = -1; side <= 1; side += 2) {
            double a[64], r = -1.0 / ((double)n - 1) + side * 1e-6;

            for (size_t k = 0; k < n * n; k++)
                a[k] = k % (n + 1) == 0 ? 1 : r;
            assert_int_equal(rw_correlation_check(n, a).wrong,
                side > 0 ? RW_CORRELATION_FINE : RW_CORRELATION_INDEFINITE);
        }
}

static bool
mends(size_t n, const double a[], size_t i, size_t j, double value)
{
    double b[64], l[64];

    memcpy(b, a, n * n * sizeof *b);
    b[i * n + j] = b[j * n + i] = value;
    return rw_matrix_cholesky(n, b, l);
}

/* Smallest move of one pair on a grid of 0.001 that mends; 9: none. */
static double
search(size_t n, const double a[], size_t *i, size_t *j)
{
    double least = 9;

    for (size_t r = 1; r < n; r++)
        for (size_t c = 0; c < r; c++)
            for (int k = -999; k <= 999; k++) {
                double move = fabs(k / 1000.0 - a[r * n + c]);

                if (move < least && mends(n, a, r, c, k / 1000.0)) {
                    least = move;
                    *i = r;
                    *j = c;
                }
            }
    return least;
}

static void
the_pair_at_fault_is_the_one_that_a_search_finds(void **state)
{
    size_t mended = 0, hopeless = 0;

    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        double a[16];
        size_t i = 0, j = 0;
        struct rw_correlation_fault f;

        random_symmetric(4, seed, a);
        f = rw_correlation_check(4, a);
        if (f.wrong == RW_CORRELATION_FINE)
            continue;
        double least = search(4, a, &i, &j);

        if (f.low > f.high || f.high - f.low < 0.002) {
            hopeless += least > 2;
            continue;
        }
        double was = a[f.i * 4 + f.j];
        double move = fmax(f.low - was, was - f.high);

        mended++;
        assert_true(move > 0);
        /* just within the interval it is mended, at its ends it is not */
        assert_true(mends(4, a, f.i, f.j, f.low + 1e-5 + 1e-3 * (f.high - f.low)));
        assert_true(mends(4, a, f.i, f.j, f.high - 1e-5 - 1e-3 * (f.high - f.low)));
        assert_false(mends(4, a, f.i, f.j, f.low));
        assert_false(mends(4, a, f.i, f.j, f.high));
        /* the search sees a grid only: no pair needs less, and its own needs
         * at most a step more */
        assert_true(least >= move - 1e-9);
        assert_true(i == f.i && j == f.j ? least <= move + 0.002 : least >= move);
    }
    assert_true(mended > 10 && hopeless > 5);
}

/* Higham (2002), section 5: the example that has its answer in print. */
static void
the_nearest_matrix_is_the_published_one(void **state)
{
    static const double a[] = {1, 1, 0, 1, 1, 1, 0, 1, 1};
    double x[9];

    (void)state;
    assert_int_equal(RW_OK, rw_correlation_nearest(3, a, x));
    assert_close(x[1], 0.7607, 5e-5);
    assert_close(x[2], 0.1573, 5e-5);
    assert_close(x[5], 0.7607, 5e-5);
    assert_true(x[0] == 1 && x[4] == 1 && x[8] == 1);
}

/* X is the point of a convex set nearest to A iff <A - X, C - X> <= 0 for all
 * C of the set. */
static void
the_nearest_matrix_is_a_projection(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        double a[25], x[25], c[25];

        random_symmetric(5, seed, a);
        assert_int_equal(RW_OK, rw_correlation_nearest(5, a, x));
        for (uint64_t other = 0; other < 200; other++) {
            double product = 0;

            random_correlation(5, 500 + other, c);
            for (size_t k = 0; k < 25; k++)
                product += (a[k] - x[k]) * (c[k] - x[k]);
            assert_true(product <= 1e-6);
        }
    }
}

static void
what_is_offered_is_positive_definite_as_it_is_printed(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 30; seed++) {
        double a[64], x[64], near[64], l[64];

        random_symmetric(8, seed, a);
        assert_int_equal(RW_OK, rw_correlation_nearest(8, a, near));
        assert_int_equal(RW_OK, rw_correlation_offer(8, a, x));
        assert_int_equal(rw_correlation_check(8, x).wrong, RW_CORRELATION_FINE);
        assert_true(rw_matrix_cholesky(8, x, l));
        for (size_t k = 0; k < 64; k++) {
            char text[32];

            snprintf(text, sizeof text, "%.3f", x[k]);
            assert_true(strtod(text, NULL) == x[k] || x[k] == 0);
            /* it is still near: 8 rounded eigenvectors, 0.0005 each */
            assert_close(x[k], near[k], 0.008);
        }
    }
}

CHECK_MAIN(cmocka_unit_test(a_factor_times_itself_is_the_matrix),
    cmocka_unit_test(what_is_wrong_is_named_with_its_place),
    cmocka_unit_test(exchangeable_matrices_end_at_their_limit),
    cmocka_unit_test(the_pair_at_fault_is_the_one_that_a_search_finds),
    cmocka_unit_test(the_nearest_matrix_is_the_published_one),
    cmocka_unit_test(the_nearest_matrix_is_a_projection),
    cmocka_unit_test(what_is_offered_is_positive_definite_as_it_is_printed))
