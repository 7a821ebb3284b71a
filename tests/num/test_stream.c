/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/cpu.h"
#include "num/stream.h"
#include "tests/support/check.h"

/* Random123's published vectors for threefry4x64: of 13 and of 20 rounds, so all kinds
 * of rounds and keys that 16 take are among them. */
static void
threefry_gives_its_published_words(void **state)
{
    static const struct {
        unsigned rounds;
        uint64_t all, r[4]; /* all words of counter and key */
    } known[] = {
        {13, 0,
            {0x4071fabee1dc8e05, 0x02ed3113695c9c62, 0x397311b5b89f9d49,
                0xe21292c3258024bc}},
        {13, UINT64_MAX,
            {0x7eaed935479722b5, 0x90994358c429f31c, 0x496381083e07a75b,
                0x627ed0d746821121}},
        {20, 0,
            {0x09218ebde6c85537, 0x55941f5266d86105, 0x4bd25e16282434dc,
                0xee29ec846bd2e40b}},
        {20, UINT64_MAX,
            {0x29c24097942bba1b, 0x0371bbfb0f6f4e11, 0x3c231ffa33f83a1c,
                0xcd29113fde32d168}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint64_t x = known[i].all;
        threefry4x64_ctr_t c = {{x, x, x, x}}, r;
        threefry4x64_key_t k = {{x, x, x, x}};

        r = threefry4x64_R(known[i].rounds, c, k);
        assert_memory_equal(r.v, known[i].r, sizeof r.v);
    }
}

static void
a_draw_is_the_word_of_its_counter_and_key(void **state)
{
    struct rw_stream s = {.seed = 27032, .lane = 99};
    threefry4x64_ctr_t own = {{41, 3, 0, 0}}, row = {{8 * 1 + 9 % 8, 12, 1, 0}};
    threefry4x64_key_t k = {{27032, 99, RW_STREAM_KEY, 0}};

    (void)state;
    own = threefry4x64_R(16, own, k);
    row = threefry4x64_R(16, row, k);
    for (unsigned j = 0; j < 4; j++)
        assert_true(rw_stream_uniform(s, 41, 12 + j) == rw_uniform_from_word(own.v[j]));
    /* futures 32 .. 63 are the second group; 41 is its place 9, 33 is place 1 */
    assert_true(rw_stream_row_uniform(s, 41, 12) == rw_uniform_from_word(row.v[1]));
    assert_true(rw_stream_row_uniform(s, 33, 12) == rw_uniform_from_word(row.v[0]));
}

static void
uniforms_reach_neither_zero_nor_one(void **state)
{
    (void)state;
    assert_true(rw_uniform_from_word(0) == 0x1p-53);
    assert_true(rw_uniform_from_word(4095) == 0x1p-53);
    assert_true(rw_uniform_from_word(4096) == 0x3p-53);
    assert_true(rw_uniform_from_word(UINT64_MAX) == 1 - 0x1p-53);
    assert_true(rw_uniform_from_word(UINT64_C(1) << 63) == 0.5 + 0x1p-53);
}

static void
any_split_of_the_futures_gives_the_same_draws(void **state)
{
    struct rw_stream s = {.seed = 1, .lane = 2};
    double whole[40], parts[40];

    (void)state;
    rw_stream_fill(s, 100, 7, 40, whole);
    rw_stream_fill(s, 117, 7, 23, parts + 17);
    rw_stream_fill(s, 100, 7, 17, parts);
    assert_memory_equal(whole, parts, sizeof whole);
    for (unsigned i = 0; i < 40; i++)
        assert_true(whole[i] == rw_stream_row_uniform(s, 100 + i, 7));
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
    base = rw_stream_row_uniform((struct rw_stream){5, 6}, 7, 8);
    assert_true(base != rw_stream_row_uniform((struct rw_stream){6, 6}, 7, 8));
    assert_true(base != rw_stream_row_uniform((struct rw_stream){5, 7}, 7, 8));
    assert_true(base != rw_stream_row_uniform((struct rw_stream){5, 6}, 15, 8));
    assert_true(base != rw_stream_row_uniform((struct rw_stream){5, 6}, 7 + 32, 8));
    assert_true(base != rw_stream_row_uniform((struct rw_stream){5, 6}, 7, 9));
    /* a row's counter is none of a future's own */
    assert_true(rw_stream_row_uniform((struct rw_stream){5, 6}, 7, 8) !=
                rw_stream_uniform((struct rw_stream){5, 6}, 7, 4 * 8));
}

static void
uniforms_are_uniform_over_futures_and_over_indices(void **state)
{
    enum { N = 100000, CELLS = 100 };
    /* Chi-square with 99 degrees: upper 1e-6 point by Wilson and Hilferty
     * (99 (1 - 2/891 + 4.7534 sqrt(2/891))^3), its error far below 1. */
    const double limit = 99 * pow(1 - 2.0 / 891 + 4.753424 * sqrt(2.0 / 891), 3);

    (void)state;
    for (int way = 0; way < 4; way++) {
        const struct rw_stream lane = {1, 2};
        int cell[CELLS] = {0};
        double chi2 = 0;

        for (unsigned i = 0; i < N; i++) {
            double u = way == 0   ? rw_stream_uniform(lane, i, 3)
                       : way == 1 ? rw_stream_uniform(lane, 3, i)
                       : way == 2 ? rw_stream_row_uniform(lane, i, 3)
                                  : rw_stream_row_uniform(lane, 3, i);

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
        rw_stream_uniform((struct rw_stream){27032, 1}, 2, 3) == 0x1.9894a7bd25ed8p-4);
    assert_true(rw_stream_row_uniform((struct rw_stream){27032, 1}, 34, 3) ==
                0x1.22fd425e49973p-1);
}

/* Every length up to two of the widest batches, far and near counters. */
static void
many_at_once_are_the_same_uniforms(void **state)
{
    enum { MANY = 67 };
    struct rw_stream s = {
        UINT64_C(0x9e3779b97f4a7c15), rw_lane("threat", "many", "loss")};
    uint64_t future[MANY], quad[MANY], word[4 * MANY];
    double u[4 * MANY + 1], want[4];

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        future[i] = rw_lane("a", "b", "c") * (i + 1) >> i % 60;
        quad[i] = i % 3 ? i : ~(i << 40);
    }
    for (size_t n = 0; n <= MANY; n++) {
        u[4 * n] = -1;
        rw_stream_quads(s, n, future, quad, u);
        rw_stream_quad_words(s, n, future, quad, MANY, word);
        assert_true(u[4 * n] == -1);
        for (size_t i = 0; i < n; i++) {
            rw_stream_quad(s, future[i], quad[i], want);
            assert_memory_equal(u + 4 * i, want, sizeof want);
            for (size_t j = 0; j < 4; j++)
                assert_true(rw_uniform_from_word(word[j * MANY + i]) == want[j]);
        }
    }
}

/* Rows of one four: words of many futures side by side. */
static void
rows_of_fours_are_the_same_uniforms(void **state)
{
    enum { MANY = 3 * RW_STREAM_ROW };
    struct rw_stream s = {17, rw_lane("threat", "rows", "loss")};
    uint64_t future[MANY], quad = UINT64_C(3) << 30;
    double u[4 * MANY], want[4];

    (void)state;
    for (size_t i = 0; i < MANY; i++)
        future[i] = ~(uint64_t)0 / (i + 1);
    for (size_t n = 0; n <= MANY; n++) {
        for (size_t i = 0; i < 4 * MANY; i++)
            u[i] = -1;
        rw_stream_quad_rows(s, n, future, quad, MANY, u);
        for (size_t i = 0; i < n; i++) {
            rw_stream_quad(s, future[i], quad, want);
            for (size_t k = 0; k < 4; k++)
                assert_true(u[k * MANY + i] == want[k]);
        }
        for (size_t i = (n + RW_STREAM_ROW - 1) / RW_STREAM_ROW * RW_STREAM_ROW;
             i < MANY; i++)
            for (size_t k = 0; k < 4; k++)
                assert_true(u[k * MANY + i] == -1);
    }
}

/* Every length up to two of the widest batches and a bit, from every place of a
 * group. */
static void
a_row_is_the_same_uniforms(void **state)
{
    enum { MANY = 3 * RW_STREAM_GROUP + 5 };
    struct rw_stream s = {UINT64_C(0xfedcba9876543210), 3};
    uint64_t index = UINT64_C(5) << 40;
    double u[MANY + 1];

    (void)state;
    for (size_t n = 0; n <= MANY; n++) {
        uint64_t first = (UINT64_C(1) << 45) + n * 7 % RW_STREAM_GROUP;

        u[n] = -1;
        rw_stream_fill(s, first, index, n, u);
        assert_true(u[n] == -1);
        for (size_t i = 0; i < n; i++)
            assert_true(u[i] == rw_stream_row_uniform(s, first + i, index));
    }
}

static void
narrower_kernels_draw_the_same(void **state)
{
    static const unsigned bits[] = {256, 128};

    for (size_t k = 0; k < sizeof bits / sizeof *bits; k++) {
        rw_cpu_keep_within(bits[k]);
        many_at_once_are_the_same_uniforms(state);
        rows_of_fours_are_the_same_uniforms(state);
        a_row_is_the_same_uniforms(state);
    }
    rw_cpu_keep_within(512);
}

CHECK_MAIN(cmocka_unit_test(many_at_once_are_the_same_uniforms),
    cmocka_unit_test(rows_of_fours_are_the_same_uniforms),
    cmocka_unit_test(a_row_is_the_same_uniforms),
    cmocka_unit_test(narrower_kernels_draw_the_same),
    cmocka_unit_test(threefry_gives_its_published_words),
    cmocka_unit_test(a_draw_is_the_word_of_its_counter_and_key),
    cmocka_unit_test(uniforms_reach_neither_zero_nor_one),
    cmocka_unit_test(any_split_of_the_futures_gives_the_same_draws),
    cmocka_unit_test(seeds_lanes_futures_and_indices_are_kept_apart),
    cmocka_unit_test(uniforms_are_uniform_over_futures_and_over_indices),
    cmocka_unit_test(names_of_lanes_do_not_run_together),
    cmocka_unit_test(the_layout_of_streams_is_pinned))
