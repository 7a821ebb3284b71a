/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/stream.h"
#include "num/sum.h"
#include "num/tally.h"
#include "tests/support/check.h"

enum { N = 60000 };
#define LEVEL 0.95

static double x[N], tmp[N];
static struct rw_tally t;
static struct rw_tally_view v;

/* A tenth zeros, a tenth atoms, the others over many powers of 2; sign: of all but
 * every third. */
static void
draw(double sign)
{
    for (unsigned i = 0; i < N; i++) {
        double u = rw_stream_uniform((struct rw_stream){3, 2}, i, 0);
        double z = u < 0.1 ? 0 : u < 0.2 ? 50000 : exp(30 * (u - 0.4));

        x[i] = i % 3 == 0 ? z : sign * z;
    }
}

static void
tally(const double at[], size_t n_at)
{
    assert_int_equal(RW_OK, rw_tally_init(&t, at, n_at));
    assert_int_equal(RW_OK, rw_tally_add(&t, x, N));
    assert_int_equal(RW_OK, rw_tally_look(&v, &t));
}

static void
drop(void)
{
    rw_tally_view_fini(&v);
    rw_tally_fini(&t);
}

static void
assert_quantiles(void)
{
    for (double q = 0.005; q < 0.999; q += 0.0031) {
        struct rw_quantile exact = rw_tail_quantile(x, N, q, LEVEL);
        struct rw_quantile got = rw_tally_quantile(&v, q, LEVEL);

        assert_int_equal(exact.refused, got.refused);
        if (exact.refused)
            continue;
        assert_close(got.value, exact.value, RW_TALLY_ERROR * fabs(exact.value));
        assert_true(got.low <= exact.low && got.high >= exact.high);
        assert_close(got.low, exact.low, RW_TALLY_ERROR * fabs(exact.low) * 1.001);
        assert_close(got.high, exact.high, RW_TALLY_ERROR * fabs(exact.high) * 1.001);
    }
}

static void
quantiles_are_within_the_stated_error(void **state)
{
    (void)state;
    for (double sign = -1; sign <= 1; sign += 2) {
        draw(sign);
        tally(NULL, 0);
        rw_sort(x, N, tmp);
        assert_quantiles();
        assert_true(t.min == x[0] && t.max == x[N - 1]);
        drop();
    }
}

/* An atom that has its cell for itself is told to all digits. */
static void
atoms_are_told_exactly(void **state)
{
    struct rw_quantile q;

    (void)state;
    for (unsigned i = 0; i < N; i++)
        x[i] = i % 4 == 0 ? 0 : i % 4 == 1 ? -7.3 : i % 4 == 2 ? 1234567.89 : 1e-3;
    tally(NULL, 0);
    q = rw_tally_quantile(&v, 0.1, LEVEL);
    assert_relative(q.value, -7.3, 1e-12);
    q = rw_tally_quantile(&v, 0.4, LEVEL);
    assert_true(q.value == 0 && q.low == 0 && q.high == 0);
    q = rw_tally_quantile(&v, 0.6, LEVEL);
    assert_relative(q.value, 1e-3, 1e-12);
    q = rw_tally_quantile(&v, 0.9, LEVEL);
    assert_relative(q.value, 1234567.89, 1e-12);
    drop();
}

static void
tail_means_are_nearer_still(void **state)
{
    (void)state;
    draw(1);
    tally(NULL, 0);
    rw_sort(x, N, tmp);
    for (double q = 0.5; q < 0.999; q += 0.0171) {
        struct rw_tvar exact = rw_tail_tvar(x, N, q), got = rw_tally_tvar(&v, q);

        assert_relative(got.value, exact.value, RW_TALLY_ERROR);
        if (q > 0.9) /* the rank's cell has few of those beyond */
            assert_relative(got.value, exact.value, 0.02 * RW_TALLY_ERROR);
        assert_relative(got.se, exact.se, 0.01);
    }
    drop();
}

/* All values in a cell or two: nothing of the tail is known but that. */
static void
tail_means_of_narrow_laws_own_what_they_do_not_know(void **state)
{
    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i] = 5e6 + 5e3 * (double)i / N;
    tally(NULL, 0);
    rw_sort(x, N, tmp);
    for (double q = 0.5; q < 0.999; q += 0.0171) {
        struct rw_tvar exact = rw_tail_tvar(x, N, q), got = rw_tally_tvar(&v, q);

        assert_true(fabs(got.value - exact.value) <= 2 * got.se);
        assert_true(got.se > exact.se && got.se < RW_TALLY_ERROR * exact.value);
    }
    drop();
}

/* At ends of cells and at named amounts by counting; elsewhere both ends hold what
 * counting says. */
static void
exceedance_is_exact_or_holds_the_exact(void **state)
{
    static const double at[] = {50000, 0, 0.3};

    (void)state;
    for (double sign = -1; sign <= 1; sign += 2) {
        draw(sign);
        tally(at, 3);
        rw_sort(x, N, tmp);
        for (unsigned k = 0; k < 400; k++) {
            double loss = exp(-11 + 0.07 * k), p, low, high, q, low_q, high_q;

            rw_tail_exceedance(x, N, loss, LEVEL, &p, &low, &high);
            rw_tally_exceedance(&v, loss, LEVEL, &q, &low_q, &high_q);
            assert_true(low_q <= low && high <= high_q);
            assert_close(p, q, 400.0 / N);
            loss = rw_tally_end(loss);
            rw_tail_exceedance(x, N, loss, LEVEL, &p, &low, &high);
            rw_tally_exceedance(&v, loss, LEVEL, &q, &low_q, &high_q);
            assert_true(p == q && low == low_q && high == high_q);
            rw_tail_exceedance(x, N, -loss, LEVEL, &p, &low, &high);
            rw_tally_exceedance(&v, -loss, LEVEL, &q, &low_q, &high_q);
            assert_true(low_q <= low && high <= high_q);
        }
        for (int k = 0; k < 3; k++) {
            double p, low, high, q, low_q, high_q;

            rw_tail_exceedance(x, N, at[k], LEVEL, &p, &low, &high);
            rw_tally_exceedance(&v, at[k], LEVEL, &q, &low_q, &high_q);
            assert_true(p == q && low == low_q && high == high_q);
        }
        drop();
    }
}

static void
assert_same(const struct rw_tally *a, const struct rw_tally *b)
{
    static const struct rw_tally_cell empty[RW_TALLY_PAGE];

    assert_int_equal(a->n, b->n);
    assert_int_equal(a->zero, b->zero);
    assert_int_equal(a->infinite, b->infinite);
    assert_true(a->min == b->min && a->max == b->max);
    assert_memory_equal(a->over, b->over, a->n_at * sizeof *a->over);
    for (size_t k = 0; k < RW_TALLY_PAGES; k++)
        assert_memory_equal(a->page[k] ? a->page[k] : empty,
            b->page[k] ? b->page[k] : empty, sizeof empty);
}

static void
parts_join_to_the_same_bytes_in_any_order(void **state)
{
    static const double at[] = {50000};
    static const size_t ends[] = {0, 1, 1000, 20000, 20001, 45000, N};
    static const int orders[3][6] = {
        {0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {3, 0, 5, 1, 4, 2}};

    (void)state;
    draw(-1);
    x[7] = INFINITY;
    tally(at, 1);
    for (int o = 0; o < 3; o++) {
        struct rw_tally sum;

        assert_int_equal(RW_OK, rw_tally_init(&sum, at, 1));
        for (int k = 0; k < 6; k++) {
            size_t from = ends[orders[o][k]], to = ends[orders[o][k] + 1];
            struct rw_tally part;

            assert_int_equal(RW_OK, rw_tally_init(&part, at, 1));
            assert_int_equal(RW_OK, rw_tally_add(&part, x + from, to - from));
            assert_int_equal(RW_OK, rw_tally_join(&sum, &part));
            rw_tally_fini(&part);
        }
        assert_same(&t, &sum);
        rw_tally_fini(&sum);
    }
    drop();
}

/* Powers of 2 are ends of cells, which are theirs. */
static void
ends_of_the_range_hold(void **state)
{
    static const double odd[] = {-0x1.fffffffffffffp1023, -4, -0x1p-1074, -0.0, 0,
        0x1p-1074, 0x1p-1022, 1, 4, 0x1.fffffffffffffp1023, INFINITY, INFINITY};

    (void)state;
    for (unsigned i = 0; i < N; i++)
        x[i] = odd[i % 12];
    tally(NULL, 0);
    assert_int_equal(N / 6, t.zero);
    assert_int_equal(N / 6, t.infinite);
    rw_sort(x, N / 12 * 12, tmp);
    for (int k = 0; k < 12; k++) {
        struct rw_quantile q = rw_tally_quantile(&v, (k + 0.5) / 12, LEVEL);
        double p, low, high;

        if (isinf(odd[k]))
            assert_true(isinf(q.value) && q.value > 0);
        else if (fabs(odd[k]) >= 0x1p-1022 || odd[k] == 0)
            assert_close(q.value, odd[k], RW_TALLY_ERROR * fabs(odd[k]));
        if (odd[k] < 1 || isinf(odd[k]))
            continue;
        rw_tally_exceedance(&v, odd[k], LEVEL, &p, &low, &high);
        assert_close(p, (11 - k) / 12.0, 1e-12);
    }
    drop();
}

CHECK_MAIN(cmocka_unit_test(quantiles_are_within_the_stated_error),
    cmocka_unit_test(atoms_are_told_exactly),
    cmocka_unit_test(tail_means_are_nearer_still),
    cmocka_unit_test(tail_means_of_narrow_laws_own_what_they_do_not_know),
    cmocka_unit_test(exceedance_is_exact_or_holds_the_exact),
    cmocka_unit_test(parts_join_to_the_same_bytes_in_any_order),
    cmocka_unit_test(ends_of_the_range_hold))
