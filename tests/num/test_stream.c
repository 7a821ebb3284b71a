/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/stream.h"
#include "tests/support/check.h"

/* Random123's published vectors for philox4x64 with 10 rounds. */
static void
philox_gives_its_published_words(void **state)
{
    static const struct {
        uint64_t c[4], k[2], r[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0},
            {0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b,
                0x7e68b68aec7ba23b}},
        {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}, {UINT64_MAX, UINT64_MAX},
            {0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6,
                0xa09caebf594f0ba0}},
        {{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0,
             0x082efa98ec4e6c89},
            {0x452821e638d01377, 0xbe5466cf34e90c6c},
            {0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5,
                0x57bd43b5e52b7fe6}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        philox4x64_ctr_t c, r;
        philox4x64_key_t k;

        memcpy(c.v, known[i].c, sizeof c.v);
        memcpy(k.v, known[i].k, sizeof k.v);
        r = philox4x64(c, k);
        assert_memory_equal(r.v, known[i].r, sizeof r.v);
    }
}

static void
a_draw_is_the_word_of_its_counter_and_key(void **state)
{
    struct rw_stream s = {.seed = 27032, .lane = 99};
    philox4x64_ctr_t c = {{3, 41, 99, 0}};
    philox4x64_key_t k = {{27032, RW_STREAM_KEY}};
    philox4x64_ctr_t r = philox4x64(c, k);

    (void)state;
    for (unsigned j = 0; j < 4; j++)
        assert_true(rw_stream_uniform(s, 41, 12 + j) == rw_uniform_from_word(r.v[j]));
}

static void
uniforms_reach_neither_zero_nor_one(void **state)
{
    (void)state;
    assert_true(rw_uniform_from_word(0) == 0x1p-54);
    assert_true(rw_uniform_from_word(2047) == 0x1p-54);
    assert_true(rw_uniform_from_word(2048) == 0x1p-53);
    assert_true(rw_uniform_from_word(UINT64_MAX) == 1 - 0x1p-53);
    assert_true(rw_uniform_from_word(UINT64_C(1) << 63) == 0.5);
}

static void
any_split_of_the_futures_gives_the_same_draws(void **state)
{
    struct rw_stream s = {.seed = 1, .lane = 2};
    double whole[40], parts[40], quad[4];

    (void)state;
    rw_stream_fill(s, 100, 7, 40, whole);
    rw_stream_fill(s, 117, 7, 23, parts + 17);
    rw_stream_fill(s, 100, 7, 17, parts);
    assert_memory_equal(whole, parts, sizeof whole);
    rw_stream_quad(s, 139, 1, quad);
    assert_true(quad[3] == whole[39]);
}

static void
seeds_lanes_futures_and_indices_are_kept_apart(void **state)
{
    double base = rw_stream_uniform((struct rw_stream){5, 6}, 7, 8);

    (void)state;
    assert_true(base != rw_stream_uniform((struct rw_stream){6, 6}, 7, 8));
    assert_true(base != rw_stream_uniform((struct rw_stream){5, 7}, 7, 8));
    assert_true(base != rw_stream_uniform((struct rw_stream){5, 6}, 8, 8));
    assert_true(base != rw_stream_uniform((struct rw_stream){5, 6}, 7, 9));
    assert_true(base != rw_stream_uniform((struct rw_stream){5, 6}, 7, 12));
}

static void
uniforms_are_uniform_over_futures_and_over_indices(void **state)
{
    enum { N = 100000, CELLS = 100 };
    /* Chi-square with 99 degrees: upper 1e-6 point by Wilson and Hilferty
     * (99 (1 - 2/891 + 4.7534 sqrt(2/891))^3), its error far below 1. */
    const double limit = 99 * pow(1 - 2.0 / 891 + 4.753424 * sqrt(2.0 / 891), 3);

    (void)state;
    for (int over_index = 0; over_index < 2; over_index++) {
        int cell[CELLS] = {0};
        double chi2 = 0;

        for (unsigned i = 0; i < N; i++) {
            double u = over_index ? rw_stream_uniform((struct rw_stream){1, 2}, 3, i)
                                  : rw_stream_uniform((struct rw_stream){1, 2}, i, 3);

            cell[(int)(u * CELLS)]++;
        }
        for (int c = 0; c < CELLS; c++)
            chi2 += pow(cell[c] - (double)N / CELLS, 2) / ((double)N / CELLS);
        assert_true(chi2 < limit);
    }
}

static void
names_of_lanes_do_not_run_together(void **state)
{
    (void)state;
    assert_true(rw_lane("a", "b", "c") == rw_lane("a", "b", "c"));
    assert_true(rw_lane("ab", "c", "d") != rw_lane("a", "bc", "d"));
    assert_true(rw_lane("a", "bc", "d") != rw_lane("a", "b", "cd"));
    assert_true(rw_lane("threat", "x", "y") != rw_lane("control", "x", "y"));
}

/* A change of the layout changes every result ever published: on purpose only. */
static void
the_layout_of_streams_is_pinned(void **state)
{
    (void)state;
    assert_true(
        rw_lane("threat", "phish", "frequency") == UINT64_C(0x97ebdcee947a3cc8));
    assert_true(
        rw_stream_uniform((struct rw_stream){27032, 1}, 2, 3) == 0x1.62c9cb9ea13aep-1);
}

static void
round_keys_worked_out_once_give_the_same_uniforms(void **state)
{
    struct rw_stream s = {UINT64_C(0xfedcba9876543210), UINT64_C(0x0123456789abcdef)};
    struct rw_stream_keys keys = rw_stream_keys_of(s.seed);

    (void)state;
    for (uint64_t k = 0; k < 100; k++) {
        uint64_t future = k * UINT64_C(0x9e3779b97f4a7c15);
        double plain[4], keyed[4];

        rw_stream_quad(s, future, k << 30, plain);
        rw_stream_keyed_quad(&keys, s.lane, future, k << 30, keyed);
        assert_memory_equal(plain, keyed, sizeof plain);
    }
}

/* Every length up to two of the widest batches, far and near counters. */
static void
many_at_once_are_the_same_uniforms(void **state)
{
    enum { MANY = 67 };
    struct rw_stream_keys k = rw_stream_keys_of(UINT64_C(0x9e3779b97f4a7c15));
    uint64_t lane = rw_lane("threat", "many", "loss"), future[MANY], quad[MANY];
    uint64_t word[4 * MANY];
    double u[4 * MANY + 1], want[4];

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        future[i] = rw_lane("a", "b", "c") * (i + 1) >> i % 60;
        quad[i] = i % 3 ? i : ~(i << 40);
    }
    for (size_t n = 0; n <= MANY; n++) {
        u[4 * n] = -1;
        rw_stream_quads(&k, lane, n, future, quad, u);
        rw_stream_quad_words(&k, lane, n, future, quad, word);
        assert_true(u[4 * n] == -1);
        for (size_t i = 0; i < n; i++) {
            rw_stream_quad((struct rw_stream){UINT64_C(0x9e3779b97f4a7c15), lane},
                future[i], quad[i], want);
            for (size_t j = 0; j < 4; j++)
                assert_true(u[4 * i + j] == want[j] &&
                            rw_uniform_from_word(word[4 * i + j]) == want[j]);
        }
    }
}

CHECK_MAIN(cmocka_unit_test(many_at_once_are_the_same_uniforms),
    cmocka_unit_test(round_keys_worked_out_once_give_the_same_uniforms),
    cmocka_unit_test(philox_gives_its_published_words),
    cmocka_unit_test(a_draw_is_the_word_of_its_counter_and_key),
    cmocka_unit_test(uniforms_reach_neither_zero_nor_one),
    cmocka_unit_test(any_split_of_the_futures_gives_the_same_draws),
    cmocka_unit_test(seeds_lanes_futures_and_indices_are_kept_apart),
    cmocka_unit_test(uniforms_are_uniform_over_futures_and_over_indices),
    cmocka_unit_test(names_of_lanes_do_not_run_together),
    cmocka_unit_test(the_layout_of_streams_is_pinned))
