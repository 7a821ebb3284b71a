/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/histogram.h"
#include "num/stream.h"
#include "num/tail.h"
#include "tests/support/check.h"

enum { N = 20000 };

static double x[N], tmp[N];

static void
draw(void)
{
    for (unsigned i = 0; i < N; i++) {
        double u = rw_stream_uniform((struct rw_stream){1, 2}, i, 0);

        x[i] = u < 0.1 ? 0 : exp(30 * (u - 0.3));
    }
}

static void
quantiles_are_within_the_stated_error(void **state)
{
    struct rw_histogram *h = calloc(1, sizeof *h);

    (void)state;
    assert_non_null(h);
    draw();
    rw_histogram_add(h, x, N);
    rw_sort(x, N, tmp);
    for (double q = 0.005; q < 1; q += 0.0031) {
        double exact = x[rw_tail_rank(N, q) - 1];

        assert_close(rw_histogram_quantile(h, q), exact < 0x1p-10 ? 0 : exact,
            RW_HISTOGRAM_ERROR * exact);
    }
    free(h);
}

static void
parts_join_exactly_in_any_order(void **state)
{
    struct rw_histogram *h = calloc(4, sizeof *h);

    (void)state;
    assert_non_null(h);
    draw();
    rw_histogram_add(&h[0], x, N);
    rw_histogram_add(&h[1], x, N / 3);
    rw_histogram_add(&h[2], x + N / 3, N - N / 3);
    rw_histogram_join(&h[3], &h[2]);
    rw_histogram_join(&h[3], &h[1]);
    assert_memory_equal(&h[0], &h[3], sizeof *h);
    free(h);
}

/* One by one, and all at once; one number in so many is another. */
static void
numbers_that_are_alike_are_counted_once_each(void **state)
{
    static const size_t every[] = {1, 7, 255, 256, 257, N};

    (void)state;
    for (size_t k = 0; k < sizeof every / sizeof *every; k++) {
        struct rw_histogram *h = calloc(2, sizeof *h);

        assert_non_null(h);
        for (size_t i = 0; i < N; i++) {
            x[i] = (i + 1) % every[k] == 0 ? 700 + (double)k : 50;
            rw_histogram_add(&h[0], x + i, 1);
        }
        rw_histogram_add(&h[1], x, N);
        assert_memory_equal(&h[0], &h[1], sizeof *h);
        free(h);
    }
}

static void
ends_of_the_range_hold(void **state)
{
    static const double ends[] = {-1, 0, 0x1p-11, 0x1p-10, 1, 0x1p90, 1e300};
    struct rw_histogram *h = calloc(1, sizeof *h);

    (void)state;
    assert_non_null(h);
    assert_true(rw_histogram_quantile(h, 0.5) == 0); /* empty */
    rw_histogram_add(h, ends, 7);
    assert_int_equal(7, h->n);
    assert_int_equal(3, h->cell[0]);
    assert_int_equal(1, h->cell[1]);
    assert_int_equal(2, h->cell[RW_HISTOGRAM_CELLS - 1]);
    assert_true(rw_histogram_quantile(h, 3.0 / 7) == 0);
    assert_relative(rw_histogram_quantile(h, 5.0 / 7), 1.0, RW_HISTOGRAM_ERROR);
    assert_relative(rw_histogram_quantile(h, 1), 0x1p90, 2 * RW_HISTOGRAM_ERROR);
    free(h);
}

CHECK_MAIN(cmocka_unit_test(quantiles_are_within_the_stated_error),
    cmocka_unit_test(parts_join_exactly_in_any_order),
    cmocka_unit_test(numbers_that_are_alike_are_counted_once_each),
    cmocka_unit_test(ends_of_the_range_hold))
