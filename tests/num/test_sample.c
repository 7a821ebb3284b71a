/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors from randomisations cover what they say, however the futures of one depend on
 * each other. */
#include "num/sample.h"

#include "num/sobol.h"
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>

enum { SEED = 21, R = 32, EACH = 128, N = R * EACH, REPEATS = 2000 };

static double x[N], tmp[N], rows[N];

static struct rw_stream
lane(unsigned k)
{
    return (struct rw_stream){SEED, 90 + k};
}

/* --- independent futures --- */

static void
independent_futures_have_the_errors_of_tails(void **state)
{
    struct rw_sample s;
    struct rw_quantile q, want_q;
    struct rw_tvar v, want_v;
    struct rw_moments m;
    double p[6];

    (void)state;
    rw_stream_fill(lane(0), 0, 0, N, x);
    s = rw_sample_sort(x, N, 0, tmp, NULL);
    m = rw_moments_array(x, N);
    q = rw_sample_quantile(&s, 0.9, 0.95);
    want_q = rw_tail_quantile(x, N, 0.9, 0.95);
    v = rw_sample_tvar(&s, 0.9);
    want_v = rw_tail_tvar(x, N, 0.9);
    rw_sample_exceedance(&s, 0.7, 0.95, &p[0], &p[1], &p[2]);
    rw_tail_exceedance(x, N, 0.7, 0.95, &p[3], &p[4], &p[5]);
    assert_true(
        q.value == want_q.value && q.low == want_q.low && q.high == want_q.high);
    assert_true(v.value == want_v.value && v.se == want_v.se);
    assert_memory_equal(p, p + 3, 3 * sizeof *p);
    assert_true(rw_sample_mean_se(&s) == rw_moments_se(&m));
    assert_relative(rw_sample_share_se(&s, 0.7), sqrt(p[0] * (1 - p[0]) / N), 1e-12);
}

/* --- randomisations --- */

static struct rw_sample
sorted(void)
{
    return rw_sample_sort(x, N, EACH, tmp, rows);
}

/* What is estimated stays that of all futures; refused is what is refused. */
static void
values_are_those_of_the_whole_sample(void **state)
{
    struct rw_sample s;

    (void)state;
    rw_stream_fill(lane(0), 0, 0, N, x);
    s = sorted();
    assert_true(rw_sample_quantile(&s, 0.9, 0.95).value ==
                rw_tail_quantile(x, N, 0.9, 0.95).value);
    assert_true(rw_sample_tvar(&s, 0.9).value == rw_tail_tvar(x, N, 0.9).value);
    assert_true(rw_sample_quantile(&s, 0.999, 0.95).refused);
    assert_true(rw_sample_tvar(&s, 0.999).refused);
}

/* All futures of a randomisation alike: R observations, and not N. */
static void
alike(size_t repeat)
{
    for (size_t r = 0; r < R; r++)
        for (size_t i = 0; i < EACH; i++)
            x[r * EACH + i] =
                gsl_cdf_ugaussian_Pinv(rw_stream_uniform(lane(1), repeat * R + r, 0));
}

static void
assert_covers(size_t hits, double least, double most)
{
    double n = REPEATS;

    assert_true((double)hits > n * least - CHECK_Z * sqrt(n * least * (1 - least)));
    assert_true((double)hits < n * most + CHECK_Z * sqrt(n * most * (1 - most)));
}

/* Means of a normal law: Student's t is exact. */
static void
futures_that_are_all_alike_count_once(void **state)
{
    double t = gsl_cdf_tdist_Pinv(0.975, R - 1);
    size_t hits = 0;

    (void)state;
    for (size_t k = 0; k < REPEATS; k++) {
        struct rw_moments m;
        struct rw_sample s;

        alike(k);
        m = rw_sample_means(x, N, EACH);
        s = sorted();
        assert_int_equal(m.n, R);
        assert_relative(rw_moments_se(&m), rw_sample_mean_se(&s), 1e-9);
        hits += fabs(m.mean) < t * rw_moments_se(&m);
    }
    assert_covers(hits, 0.95, 0.95);
}

/* X = -ln u, -ln v with u of the net and v of chance: Gamma(2), P(X > x) = (1 + x) e^-x,
 * E X = 2, and with it E (X - v)+ = (2 + v) e^-v.  */
static void
draw(size_t repeat, bool net)
{
    rw_stream_fill(lane(2), repeat * N, 0, N, x);
    if (net)
        rw_sobol_row(lane(5), 0, 1, 7, repeat * N, N, tmp);
    else
        rw_stream_fill(lane(3), repeat * N, 0, N, tmp);
    for (size_t i = 0; i < N; i++)
        x[i] = -log(x[i]) - log(tmp[i]);
}

enum { MEAN, SHARE, QUANTILE, TVAR, FIGURES };

/* Means of 128 futures are nearly normal: with their skewness g = 1.4 / sqrt(128) and
 * kurtosis k = 3 / 128 Edgeworth's (k (z^2 - 3) / 12 - g^2 (z^4 + 2 z^2 - 3) / 18) 2 z
 * phi(z) / R takes 0.02 % off Student's interval.  Shares of 1/10 have g = 0.24 and
 * k = 0.04: 0.1 %, and go by steps of 1 / N, an eighteenth of their mean's sd: 0.7 %. */
static void
intervals_of(bool net)
{
    const double at = gsl_cdf_gamma_Qinv(0.1, 2, 1),
                 t = gsl_cdf_tdist_Pinv(0.975, R - 1);
    const double tvar = at + (2 + at) * exp(-at) / 0.1;
    size_t hits[FIGURES] = {0};

    for (size_t k = 0; k < REPEATS; k++) {
        struct rw_quantile q;
        struct rw_tvar v;
        struct rw_moments m;
        struct rw_sample s;
        double p, low, high;

        draw(k, net);
        m = rw_sample_means(x, N, EACH);
        s = sorted();
        rw_sample_exceedance(&s, at, 0.95, &p, &low, &high);
        q = rw_sample_quantile(&s, 0.9, 0.95);
        v = rw_sample_tvar(&s, 0.9);
        hits[MEAN] += fabs(m.mean - 2) < t * rw_moments_se(&m);
        hits[SHARE] += low <= 0.1 && 0.1 <= high;
        hits[QUANTILE] += q.low <= at && at <= q.high;
        hits[TVAR] += fabs(v.value - tvar) < t * v.se;
    }
    for (int f = 0; f < FIGURES; f++)
        assert_covers(hits[f], 0.94, 0.96);
}

static void
intervals_cover_where_a_net_evens_the_futures(void **state)
{
    (void)state;
    intervals_of(true);
}

static void
intervals_cover_where_it_does_not(void **state)
{
    (void)state;
    intervals_of(false);
}

/* Half of all futures at 0, four tenths at 1: an interval inside an atom is that atom,
 * at its edge it has both. */
static void
intervals_end_at_atoms(void **state)
{
    struct rw_sample s;
    struct rw_quantile inside, edge;

    (void)state;
    rw_stream_fill(lane(4), 0, 0, N, x);
    for (size_t i = 0; i < N; i++)
        x[i] = x[i] < 0.5 ? 0 : x[i] < 0.9 ? 1 : 2;
    s = sorted();
    inside = rw_sample_quantile(&s, 0.6, 0.95);
    edge = rw_sample_quantile(&s, 0.5, 0.95);
    assert_true(inside.low == 1 && inside.value == 1 && inside.high == 1);
    assert_true(edge.low == 0 && edge.high == 1);
}

/* Few futures above: never narrower than the interval of independent futures, nor
 * of width zero because no randomisation has any. */
static void
what_hardly_happens_keeps_its_doubt(void **state)
{
    struct rw_sample s;
    double p, low, high, most;

    (void)state;
    rw_stream_fill(lane(4), 0, 0, N, x);
    s = sorted();
    rw_sample_exceedance(&s, 2, 0.95, &p, &low, &high);
    rw_tail_exceedance(s.x, N, 2, 0.95, &p, &low, &most);
    assert_true(p == 0 && low == 0);
    assert_true(high == most && most > 0);
}

CHECK_MAIN(cmocka_unit_test(independent_futures_have_the_errors_of_tails),
    cmocka_unit_test(values_are_those_of_the_whole_sample),
    cmocka_unit_test(futures_that_are_all_alike_count_once),
    cmocka_unit_test(intervals_cover_where_a_net_evens_the_futures),
    cmocka_unit_test(intervals_cover_where_it_does_not),
    cmocka_unit_test(intervals_end_at_atoms),
    cmocka_unit_test(what_hardly_happens_keeps_its_doubt))
