/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/stream.h"
#include "study/law.h"
#include "tests/support/check.h"
#include "tests/support/law.h"

enum { N = 1000, MANY = 70001, TEAMS = 4, KINDS = 5 };

static double x[N], tmp[N];
static struct rw_law law;

/* 1 ... N in an order that visits each once (7 and N have no common factor). */
static void
fill_scattered(double shift)
{
    for (size_t i = 0; i < N; i++)
        x[i] = (double)(i * 7 % N + 1) + shift;
}

static void
moments_of_the_first_integers_are_exact(void **state)
{
    (void)state;
    fill_scattered(0);
    law_of(&law, x, N, tmp, true);
    assert_relative(law.mean, (N + 1) / 2.0, 1e-15);
    /* sum of squared deviations of 1..n is n (n^2 - 1) / 12 */
    assert_relative(law.sd, sqrt(N * (N * (double)N - 1) / 12 / (N - 1)), 1e-14);
    assert_relative(law.mean_se, law.sd / sqrt(N), 1e-14);
    assert_close(law.min, 1, 0);
    assert_close(law.max, N, 0);
    assert_close(law.p0, 0, 0);
}

static void
quantiles_are_the_order_statistics_and_lie_in_their_intervals(void **state)
{
    (void)state;
    fill_scattered(0);
    law_of(&law, x, N, tmp, true);
    assert_close(law.quantile[0].value, 50, 0);  /* 0.05 */
    assert_close(law.quantile[1].value, 500, 0); /* 0.5  */
    assert_close(law.quantile[3].value, 900, 0); /* 0.9  */
    for (size_t k = 0; k < 4; k++) {
        assert_false(law.quantile[k].refused);
        assert_true(law.quantile[k].low < law.quantile[k].value);
        assert_true(law.quantile[k].high > law.quantile[k].value);
    }
}

static void
what_fewer_than_fifty_futures_exceed_is_refused(void **state)
{
    (void)state;
    fill_scattered(0);
    law_of(&law, x, N, tmp, true);
    assert_true(law.quantile[5].refused); /* 0.99: 10 futures beyond */
    assert_true(law.quantile[6].refused);
    assert_true(law.quantile[7].refused);
    assert_true(law.tvar[1].refused);
    law_of(&law, x, 40, tmp, true);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        assert_true(law.quantile[k].refused);
    assert_int_equal(law.n_curve, 0);
}

static void
zeros_are_counted_exactly_among_negative_and_positive_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i] = i % 10 < 3 ? (i % 2 ? -0.0 : 0.0) : i % 10 < 6 ? -1e-300 : 1e-300;
    law_of(&law, x, N, tmp, false);
    assert_close(law.p0, 0.3, 1e-15);
    for (size_t i = 300; i < 600; i++)
        assert_false(signbit(x[i])); /* no minus zero is left */
    fill_scattered(-500);
    law_of(&law, x, N, tmp, false);
    assert_close(law.p0, 0.001, 1e-15);
    assert_close(law.min, -499, 0);
    assert_close(law.quantile[1].value, 0, 0);
    assert_int_equal(law.n_curve, 0);
}

static void
the_curve_descends_to_fifty_futures_and_no_further(void **state)
{
    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i] = i % 4 == 0 ? 0 : exp((double)(i * 7 % N) / 100);
    law_of(&law, x, N, tmp, true);
    assert_true(law.n_curve > 20);
    assert_true(law.n_curve <= RW_RESULT_CURVE);
    assert_close(law.curve[0].loss, 0, 0);
    assert_close(law.curve[0].probability, 0.75, 1e-15);
    assert_close(law.curve[law.n_curve - 1].probability, 50.0 / N, 1e-15);
    for (size_t k = 0; k < law.n_curve; k++) {
        const struct rw_curve_point *p = &law.curve[k];
        size_t beyond = 0;

        for (size_t i = 0; i < N; i++)
            beyond += x[i] > p->loss;
        assert_close(p->probability, (double)beyond / N, 1e-15);
        assert_true(p->low < p->probability && p->probability < p->high);
        if (k > 0) {
            assert_true(p->loss > p[-1].loss);
            assert_true(p->probability <= p[-1].probability);
        }
    }
}

static void
a_sample_without_losses_has_no_curve(void **state)
{
    (void)state;
    memset(x, 0, sizeof x);
    law_of(&law, x, N, tmp, true);
    assert_int_equal(law.n_curve, 0);
    assert_close(law.p0, 1, 0);
    assert_close(law.mean_se, 0, 0);
    x[7] = 5; /* one future alone supports none either */
    law_of(&law, x, N, tmp, true);
    assert_int_equal(law.n_curve, 0);
}

/* Of 1 ... 1000, 100 exceed 900.  Clopper and Pearson (Biometrika 26 (1934)):
 * the 95 % limits of 100 in 1000 are 0.0821 and 0.1203. */
static void
a_verdict_is_open_while_the_interval_straddles_the_appetite(void **state)
{
    struct rw_appetite a = {900, 0.1};
    struct rw_verdict v;

    (void)state;
    fill_scattered(0);
    law_of(&law, x, N, tmp, false);
    v = verdict_of(x, N, &a);
    assert_close(v.exceeded, 0.1, 1e-15);
    assert_close(v.low, 0.0821, 5e-5);
    assert_close(v.high, 0.1203, 5e-5);
    assert_int_equal(v.met, 0);
    a.probability = 0.13;
    assert_int_equal(verdict_of(x, N, &a).met, 1);
    a.probability = 0.08;
    assert_int_equal(verdict_of(x, N, &a).met, -1);
}

static int
ascending(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;

    return (p > q) - (p < q);
}

/* Losses, of which some, or most, are nothing; the same less what others lose; money
 * spent; next to nothing on both sides of 0. */
static void
fill_many(double y[], int kind)
{
    for (size_t i = 0; i < MANY; i++) {
        struct rw_stream s = {7, (uint64_t)kind};
        double u = rw_stream_uniform(s, i, 0), v = rw_stream_uniform(s, i, 1);
        double loss = exp(15 * u), other = exp(15 * v);

        y[i] = kind == 0   ? loss
               : kind == 1 ? (v < 0.4 ? 0 : loss)
               : kind == 2 ? loss - other
               : kind == 3 ? 1000
               : kind == 4 ? (v < 0.97 ? 0 : loss)
                           : floor(9 * u - 4) * 0x1p-1074;
    }
}

/* By the functions of num/tail.h, of numbers that qsort has put in order. */
static void
check_against_sorted(const struct rw_law *l, const double y[])
{
    struct rw_moments m = rw_moments_array(y, MANY);

    assert_relative(l->mean, m.mean, 1e-11);
    assert_relative(l->sd, rw_moments_sd(&m), 1e-11);
    assert_true(l->min == y[0] && l->max == y[MANY - 1]);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        struct rw_quantile q =
            rw_tail_quantile(y, MANY, rw_result_quantiles[k], RW_RESULT_LEVEL);

        assert_true(l->quantile[k].value == q.value);
        assert_true(l->quantile[k].low == q.low && l->quantile[k].high == q.high);
    }
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        struct rw_tvar v = rw_tail_tvar(y, MANY, rw_result_tvars[k]);

        assert_true(l->tvar[k].value == v.value && l->tvar[k].se == v.se);
    }
    for (size_t k = 0; k < l->n_curve; k++) {
        const struct rw_curve_point *p = &l->curve[k];
        double probability, low, high;

        rw_tail_exceedance(
            y, MANY, p->loss, RW_RESULT_LEVEL, &probability, &low, &high);
        assert_true(p->probability == probability);
        assert_true(p->low == low && p->high == high);
    }
}

static void
a_law_is_the_same_bytes_whoever_shares_its_making(void **state)
{
    static const unsigned size[TEAMS] = {1, 2, 3, 8};
    static double y[MANY], sorted[MANY];
    static struct rw_law_desk desk;
    const struct rw_values v = rw_values_array(y, MANY);
    struct rw_ascent_room room;

    (void)state;
    assert_true(rw_ascent_room_init(&room, MANY));
    for (int kind = 0; kind < KINDS; kind++) {
        static struct rw_law first, l;
        bool loss = kind < 2;

        fill_many(sorted, kind);
        qsort(sorted, MANY, sizeof *sorted, ascending);
        for (size_t w = 0; w < TEAMS; w++) {
            struct rw_team *t = rw_team_new(size[w]);

            fill_many(y, kind);
            rw_law_desk_init(&desk, MANY, &room, false, t);
            rw_law_read(&desk, &l, &v, loss);
            assert_int_equal(l.n_curve > 40, loss);
            if (w == 0)
                first = l;
            assert_true(l.mean == first.mean && l.mean_se == first.mean_se);
            assert_true(l.sd == first.sd && l.p0 == first.p0);
            assert_int_equal(l.n_curve, first.n_curve);
            assert_memory_equal(l.curve, first.curve, l.n_curve * sizeof *l.curve);
            check_against_sorted(&l, sorted);
            rw_team_free(t);
        }
    }
    rw_ascent_room_fini(&room);
}

static void
assert_same_law(const struct rw_law *one, const struct rw_law *two)
{
    assert_true(
        one->mean == two->mean && one->mean_se == two->mean_se && one->sd == two->sd);
    assert_true(one->p0 == two->p0 && one->min == two->min && one->max == two->max);
    assert_false(signbit(one->min) != signbit(two->min) && one->min == 0);
    assert_int_equal(one->n_curve, two->n_curve);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        const struct rw_quantile *p = &one->quantile[k], *q = &two->quantile[k];

        assert_int_equal(p->refused, q->refused);
        assert_true(p->refused ||
                    (p->value == q->value && p->low == q->low && p->high == q->high));
    }
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        const struct rw_tvar *v = &one->tvar[k], *w = &two->tvar[k];

        assert_int_equal(v->refused, w->refused);
        assert_true(v->refused || (v->value == w->value && v->se == w->se));
    }
}

static void
pay_back(const void *self, size_t n, const double from[], double to[])
{
    for (size_t i = 0; i < n; i++)
        to[i] = 0 - from[i] * *(const double *)self;
}

/* With factors that make 0 of numbers beside it, too, and for few and for many. */
static void
what_falls_as_losses_rise_has_their_law_turned_round(void **state)
{
    static const double factor[] = {1, 0.93, 0.3, 0.12};
    static const size_t sizes[] = {40, N, MANY};
    static double y[MANY], z[MANY];
    static struct rw_law_desk desk;
    static struct rw_law of, turned, straight;
    struct rw_ascent_room room;
    struct rw_team *t = rw_team_new(2);

    (void)state;
    assert_true(rw_ascent_room_init(&room, MANY));
    for (int kind = 0; kind <= KINDS; kind++)
        for (size_t f = 0; f < sizeof factor / sizeof *factor; f++)
            for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
                size_t n = sizes[s];
                struct rw_values v = rw_values_array(y, n);
                struct rw_law_turn turn = {rw_values_array(z, n), pay_back, &factor[f]};

                fill_many(y, kind);
                pay_back(&factor[f], n, y, z);
                rw_law_desk_init(&desk, n, &room, false, t);
                rw_law_read(&desk, &straight, &turn.y, false);
                memset(room.x, 0xff, n * sizeof *room.x);
                desk.turned = true;
                rw_law_read(&desk, &of, &v, false);
                rw_law_read_turned(&desk, &turned, &turn);
                assert_same_law(&straight, &turned);
                desk.turned = false;
                rw_law_read(&desk, &straight, &v, false);
                assert_same_law(&straight, &of);
            }
    rw_ascent_room_fini(&room);
    rw_team_free(t);
}

CHECK_MAIN(cmocka_unit_test(what_falls_as_losses_rise_has_their_law_turned_round),
    cmocka_unit_test(a_law_is_the_same_bytes_whoever_shares_its_making),
    cmocka_unit_test(moments_of_the_first_integers_are_exact),
    cmocka_unit_test(quantiles_are_the_order_statistics_and_lie_in_their_intervals),
    cmocka_unit_test(what_fewer_than_fifty_futures_exceed_is_refused),
    cmocka_unit_test(zeros_are_counted_exactly_among_negative_and_positive_values),
    cmocka_unit_test(the_curve_descends_to_fifty_futures_and_no_further),
    cmocka_unit_test(a_sample_without_losses_has_no_curve),
    cmocka_unit_test(a_verdict_is_open_while_the_interval_straddles_the_appetite))
