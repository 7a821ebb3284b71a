/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/span.h"
#include "num/cpu.h"
#include "num/stream.h"
#include "tests/support/check.h"

#include <float.h>

enum { N = 1003 };

static double x[N];

static double
distance(int64_t bits)
{
    double d;

    memcpy(&d, &bits, sizeof d);
    return d;
}

/* By comparing doubles. */
static void
check(size_t n)
{
    struct rw_span s = rw_span_of(x, n);
    double least = INFINITY, most = 0;
    bool below = false, above = false, zero = false, minus = false, alike = true;

    for (size_t i = 0; i < n; i++) {
        if (x[i] != 0 && fabs(x[i]) < least)
            least = fabs(x[i]);
        most = fmax(most, fabs(x[i]));
        below |= x[i] < 0;
        above |= x[i] > 0;
        zero |= x[i] == 0;
        minus |= signbit(x[i]) != 0;
        alike &= x[i] == x[0];
    }
    if (isfinite(least))
        assert_true(distance(s.least) == least);
    else
        assert_true(s.least == INT64_MAX);
    assert_true(distance(s.most) == most);
    assert_int_equal(s.below < 0, below);
    assert_int_equal(s.above < 0, above);
    assert_int_equal(s.never < 0, !zero);
    assert_int_equal(s.minus < 0, minus);
    assert_int_equal(rw_span_is_point(&s), alike);
}

static void
a_span_is_what_comparing_finds(void **state)
{
    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        for (int kind = 0; kind < 9; kind++) {
            for (size_t i = 0; i < N; i++) {
                double u = rw_stream_uniform((struct rw_stream){1, 2}, i, 0);

                x[i] = kind == 0   ? exp(1000 * (u - 0.5))
                       : kind == 1 ? u - 0.5
                       : kind == 2 ? -u
                       : kind == 3 ? (u < 0.5 ? 0 : u)
                       : kind == 4 ? (u < 0.5 ? -0.0 : 0.0)
                       : kind == 5 ? 12
                       : kind == 6 ? (u < 0.5 ? 12 : -12)
                       : kind == 7 ? (u < 0.5 ? 12 : 0)
                                   : (u < 0.5 ? -0x1p-1074 : DBL_MAX);
            }
            for (size_t n = 0; n < N; n = n < 20 ? n + 1 : n + 197)
                check(n);
        }
        rw_cpu_keep_within(128);
    }
}

static void
parts_join_to_the_whole(void **state)
{
    struct rw_span all, parts = rw_span_empty();

    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i] = i == 17 ? 0 : i == 900 ? -1e9 : 1 + (double)i;
    all = rw_span_of(x, N);
    for (size_t i = 0; i < N; i += 100) {
        struct rw_span part = rw_span_of(x + i, N - i < 100 ? N - i : 100);

        rw_span_join(&parts, &part);
    }
    assert_memory_equal(&all, &parts, sizeof all);
}

CHECK_MAIN(cmocka_unit_test(a_span_is_what_comparing_finds),
    cmocka_unit_test(parts_join_to_the_whole))
