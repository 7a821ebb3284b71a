/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/pack.h"
#include "num/stream.h"
#include "tests/support/check.h"

enum { N = RW_PACK_MOST };

static double x[N], y[N], expected[N];
static unsigned char bytes[2 * (1 + N / 8 + 8 * N + 8)];

/* Numbers of every kind: zeros of both signs, huge, tiny, infinite. */
static double
odd_number(unsigned i)
{
    static const double odd[] = {0, -0.0, INFINITY, -INFINITY, 0x1p-1074, -0x1p-1060,
        0x1.fffffffffffffp1023, 1, 3};
    double u = rw_stream_uniform((struct rw_stream){7, 1}, i, 0);

    return u < 0.5 ? odd[(size_t)(u * 18)] : exp(60 * (u - 0.75));
}

static size_t
pack_and_back(const double *e, size_t n)
{
    size_t size = rw_pack(x, e, n, bytes);

    assert_true(size + 8 <= rw_pack_room(n));
    memset(bytes + size, 0xff, 8); /* what lies behind does not count */
    memset(y, 0xff, sizeof y);
    rw_unpack(bytes, e, n, y);
    assert_memory_equal(x, y, n * sizeof *x);
    return size;
}

static void
every_bit_comes_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < N; i++) {
        x[i] = odd_number(i);
        expected[i] = i % 3 == 0 ? x[i] : i % 3 == 1 ? odd_number(i + N) : x[i] * 1.001;
    }
    for (size_t n = 0; n <= N; n += n < 40 ? 1 : 123) {
        pack_and_back(NULL, n);
        pack_and_back(expected, n);
    }
}

static void
what_was_expected_costs_a_bit(void **state)
{
    (void)state;
    for (unsigned i = 0; i < N; i++)
        x[i] = expected[i] = odd_number(i);
    assert_int_equal(1 + N / 8, pack_and_back(expected, N));
    for (unsigned i = 0; i < N; i++)
        x[i] = 1290000;
    assert_int_equal(1 + N / 8 + 8, pack_and_back(NULL, N));
}

/* One byte differs in half of them, all of a few: lengths, not the widest, count. */
static void
the_shorter_way_is_taken(void **state)
{
    (void)state;
    for (unsigned i = 0; i < N; i++) {
        expected[i] = 1.5;
        x[i] = i % 2 ? 1.5 : nextafter(1.5, 2);
    }
    assert_int_equal(1 + N / 8 + N / 2, pack_and_back(expected, N));
    x[0] = -1.5;
    assert_int_equal(1 + N / 2 + N / 2 - 1 + 8, pack_and_back(expected, N));
}

/* What nothing lets expect is a bit longer than it was, and no more. */
static void
chance_costs_little(void **state)
{
    (void)state;
    for (unsigned i = 0; i < N; i++)
        x[i] = exp(30 * rw_stream_uniform((struct rw_stream){7, 2}, i, 0));
    assert_true(pack_and_back(NULL, N) <= 1 + N / 8 + 8 * N);
}

CHECK_MAIN(cmocka_unit_test(every_bit_comes_back),
    cmocka_unit_test(what_was_expected_costs_a_bit),
    cmocka_unit_test(the_shorter_way_is_taken), cmocka_unit_test(chance_costs_little))
