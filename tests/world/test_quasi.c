/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What futures hang on is drawn evenly, everything else by chance, and every draw has
 * its law. */
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "world/quasi.h"
#include "world/world.h"

enum { N = 1024, SEED = 9, CYCLES = 4 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_world *w;
    struct rw_quasi q;
};

/* Two years of half-years, two threats: one of a known frequency and a year's
 * multiplier, the other of an uncertain frequency. */
static void
begin(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 2, 1, 1, CYCLES, 2);
    f->m->threats[0].law = RW_COUNT_NEGBIN;
    f->m->threats[0].dispersion = 0.5;
    f->m->threats[1].frequency.dist =
        SMALL_DIST("lognormal", {"mu", 0}, {"sigma", 0.7});
    f->m->controls[0].efficacy.dist = SMALL_DIST("beta", {"alpha", 2}, {"beta", 3});
    small_build(f->m, &f->a);
}

static void
start(struct fixture *f, bool even, uint64_t first)
{
    struct rw_error e;

    rw_error_clear(&e);
    if (f->w == NULL)
        assert_int_equal(RW_OK, rw_world_new(f->m, SEED, N, NULL, &f->w, &e));
    f->w->quasi = even ? &f->q : NULL;
    assert_int_equal(RW_OK, rw_world_begin(f->w, first, N, &e));
    assert_int_equal(RW_OK, rw_world_cycle(f->w, 0, &e));
}

static void
end(struct fixture *f)
{
    rw_world_free(f->w);
    rw_arena_fini(&f->a);
}

static void
randomisations_are_powers_of_two_and_enough(void **state)
{
    (void)state;
    assert_int_equal(rw_quasi_each(31), 0);
    assert_int_equal(rw_quasi_each(32), 1);
    assert_int_equal(rw_quasi_each(65535), 1024);
    assert_int_equal(rw_quasi_each(65536), 2048);
    assert_int_equal(rw_quasi_each(100000), 2048);
    assert_int_equal(rw_quasi_each(1000000000), 1 << 24);
}

static bool
is_even(const struct rw_quasi *q, uint64_t lane, uint64_t index)
{
    double u[1];

    return rw_quasi_row(q, lane, index, 0, 1, u);
}

static void
what_a_future_hangs_on_is_even_and_nothing_twice(void **state)
{
    struct fixture f;
    const struct rw_threat *t;

    (void)state;
    begin(&f);
    t = f.m->threats;
    rw_quasi_make(&f.q, f.m, SEED, N);
    assert_true(is_even(&f.q, t[1].frequency.lane, 0));
    assert_true(is_even(&f.q, f.m->controls[0].efficacy.lane, 0));
    assert_false(is_even(&f.q, t[0].frequency.lane, 0)); /* it is known */
    for (uint64_t year = 0; year < 2; year++)
        assert_true(is_even(&f.q, f.m->sources[0].mix_lane, year));
    assert_false(is_even(&f.q, f.m->sources[0].mix_lane, 2)); /* beyond the horizon */
    assert_false(is_even(&f.q, f.m->sources[1].mix_lane, 0)); /* it has none */
    for (uint64_t cycle = 0; cycle <= CYCLES; cycle++) {
        assert_true(
            is_even(&f.q, f.m->sources[1].event_lane, cycle) == (cycle < CYCLES));
        assert_true(
            is_even(&f.q, f.m->risks[1].loss_lane, cycle << 32) == (cycle < CYCLES));
        assert_false(is_even(&f.q, f.m->risks[1].loss_lane, (cycle << 32) + 1));
    }
    for (size_t k = 0; k < f.q.n; k++)
        for (size_t j = 0; j < k; j++)
            assert_false(f.q.draw[j].lane == f.q.draw[k].lane &&
                         f.q.draw[j].index == f.q.draw[k].index);
    end(&f);
}

/* A horizon of more draws than there are dimensions: the first of the order. */
static void
dimensions_go_to_the_first_of_the_order(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_quasi q;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 20, 0, 1, 40, 1);
    for (size_t k = 0; k < 20; k++) {
        m->threats[k].law = RW_COUNT_NEGBIN;
        m->threats[k].dispersion = 1;
        m->threats[k].frequency.dist =
            SMALL_DIST("lognormal", {"mu", 0}, {"sigma", 0.7});
    }
    small_build(m, &a);
    rw_quasi_make(&q, m, SEED, N);
    assert_int_equal(q.n, RW_QUASI_MOST);
    assert_true(q.wanted >= 20 + 20 * 40);
    for (size_t k = 0; k < 20; k++)
        assert_true(is_even(&q, m->threats[k].frequency.lane, 0));
    assert_true(is_even(&q, m->sources[19].mix_lane, 0));
    assert_false(is_even(&q, m->sources[19].mix_lane, 39));
    rw_arena_fini(&a);
}

/* Of 2^k futures of a randomisation one is in every interval of probability 2^-k, of
 * truths and of a year's multipliers; by chance 1 - 1/e of the intervals have any. */
static void
every_stratum_of_a_law_has_its_future(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    rw_quasi_make(&f.q, f.m, SEED, N);
    for (int even = 0; even < 2; even++) {
        size_t filled[2] = {0};

        start(&f, even, 5 * N);
        for (int k = 0; k < 2; k++) {
            static bool seen[N];
            const double *row = k ? rw_world_truth(f.w, &f.m->threats[1].frequency)
                                  : f.w->mix + 0 * f.w->room;
            const struct rw_dist *law = k ? &f.m->threats[1].frequency.dist
                                          : &f.m->threats[0].count.mixing.dist;

            memset(seen, 0, sizeof seen);
            for (size_t i = 0; i < N; i++) {
                double p = 1 - rw_dist_sf(law, row[i]);
                size_t at = (size_t)(p * N);

                filled[k] += at < N && !seen[at];
                seen[at < N ? at : N - 1] = true;
            }
            /* the sampler's own error, 1e-9, may put one over an edge */
            assert_true(even ? filled[k] >= N - 2 : (double)filled[k] < 0.7 * N);
        }
    }
    end(&f);
}

/* Rate 0.3: a future has an event iff its number's uniform is above e^-0.3, and in a
 * randomisation of N that is N (1 - e^-0.3) futures, up to one; by chance the number
 * has the sd 14.  Of those the first event's loss is even: its law's tenths have their
 * share of them, within what a net of two dimensions leaves. */
static void
first_events_and_their_losses_are_even(void **state)
{
    struct rw_arena a;
    struct fixture f = {.w = NULL};
    struct rw_event_cursor at;
    struct rw_event_list list;
    double loss[1][RW_EVENTS_ROOM], total[RW_EVENTS_ROOM], bound[N];
    size_t hit = 0, tenth[10] = {0}, firsts = 0;
    double want = N * -expm1(-0.3), chi2 = 0;

    (void)state;
    rw_arena_init(&a);
    f.m = small_model(&a, 1, 1, 0, 1, 1, 1);
    f.m->threats[0].frequency.dist = rw_dist_constant(0.3);
    f.m->threats[0].losses[0].amount = SMALL_DIST("uniform", {"min", 0}, {"max", 10});
    small_build(f.m, &a);
    rw_quasi_make(&f.q, f.m, SEED, N);
    assert_int_equal(f.q.n, 2);
    start(&f, true, 7 * N);
    for (size_t i = 0; i < N; i++)
        bound[i] = 1;
    rw_world_events_begin(f.w, 0, bound, &at);
    while (rw_world_events(f.w, &at, &list)) {
        const double *x = rw_world_losses(f.w, 0, &list, loss, total);

        for (size_t e = 0; e < list.n; e++) {
            uint64_t future = 7 * N + list.event[e].future;
            double u;

            if (list.event[e].k > 0)
                continue;
            hit++;
            tenth[(size_t)x[e]]++;
            assert_true(
                rw_quasi_some(&f.q, f.m->risks[0].loss_lane, 0, 1, &future, &u));
            assert_close(x[e], 10 * u, 1e-6); /* its own */
        }
    }
    assert_close((double)hit, want, 1);
    for (size_t k = 0; k < 10; k++) {
        firsts += tenth[k];
        chi2 += pow((double)tenth[k] - (double)hit / 10, 2) / ((double)hit / 10);
    }
    assert_int_equal(firsts, hit);
    /* chance: chi2 with 9 degrees of freedom, below 1.2 in one run of a thousand */
    assert_true(chi2 < 1.2);
    rw_world_free(f.w);
    rw_arena_fini(&a);
}

/* Which draws are even changes no other one. */
static void
all_other_draws_stay_those_of_chance(void **state)
{
    struct fixture f;
    double plain[64], even[64];
    uint64_t lane = UINT64_C(123456789);

    (void)state;
    begin(&f);
    rw_quasi_make(&f.q, f.m, SEED, N);
    start(&f, false, 0);
    f.w->n = 64;
    rw_world_row(f.w, lane, 3, plain);
    f.w->quasi = &f.q;
    rw_world_row(f.w, lane, 3, even);
    assert_memory_equal(plain, even, sizeof plain);
    rw_world_row(f.w, f.m->threats[1].frequency.lane, 0, even);
    rw_stream_fill(
        (struct rw_stream){SEED, f.m->threats[1].frequency.lane}, 0, 0, 64, plain);
    assert_memory_not_equal(plain, even, sizeof plain);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(randomisations_are_powers_of_two_and_enough),
    cmocka_unit_test(what_a_future_hangs_on_is_even_and_nothing_twice),
    cmocka_unit_test(dimensions_go_to_the_first_of_the_order),
    cmocka_unit_test(every_stratum_of_a_law_has_its_future),
    cmocka_unit_test(first_events_and_their_losses_are_even),
    cmocka_unit_test(all_other_draws_stay_those_of_chance))
