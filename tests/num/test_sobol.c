/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sobol's net is what its definition says, its scrambling is uniform and nested, and
 * means of smooth functions converge faster than chance. */
#include "num/cpu.h"
#include "num/sobol.h"
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_qrng.h>
#include <stdbool.h>

enum { SEED = 11, LANE = 4711 };

static struct rw_stream
lane(unsigned k)
{
    return (struct rw_stream){SEED, LANE + k};
}

/* --- the numbers --- */

static unsigned
degree_of(unsigned polynomial)
{
    unsigned n = 0;

    while (polynomial >> (n + 1) > 0)
        n++;
    return n;
}

/* Powers of x modulo a primitive polynomial of degree s run through all 2^s - 1
 * residues before 1 comes again. */
static void
polynomials_are_primitive_and_all_unlike(void **state)
{
    (void)state;
    for (unsigned d = 0; d + 1 < RW_SOBOL_DIMENSIONS; d++) {
        unsigned p = rw_sobol_numbers[d].polynomial, s = degree_of(p), x = 2, n = 1;

        if (s == 1) /* x + 1: the one of degree 1 */
            assert_int_equal(p, 3);
        for (; s > 1 && x != 1; n++) {
            x <<= 1;
            x = x >> s ? x ^ p : x;
        }
        assert_int_equal(n, (1u << s) - 1);
        assert_true(d == 0 || p > rw_sobol_numbers[d - 1].polynomial);
    }
}

static void
direction_numbers_are_odd_and_short(void **state)
{
    (void)state;
    for (unsigned d = 0; d + 1 < RW_SOBOL_DIMENSIONS; d++)
        for (unsigned j = 0; j < degree_of(rw_sobol_numbers[d].polynomial); j++) {
            assert_true(rw_sobol_numbers[d].first[j] % 2 == 1);
            assert_true(rw_sobol_numbers[d].first[j] < 2u << j);
        }
}

/* x[i] <- digits of point i; no scrambling. */
static void
plain_net(unsigned dimension, unsigned bits, uint32_t x[])
{
    uint32_t column[RW_SOBOL_BITS];

    rw_sobol_columns(dimension, bits, column);
    for (uint32_t i = 0; i < 1u << bits; i++) {
        x[i] = 0;
        for (unsigned j = 0; j < bits; j++)
            x[i] ^= i >> j & 1 ? column[j] : 0;
    }
}

/* The first ten points that Joe and Kuo's own program prints for three dimensions; its
 * k-th point is number k XOR k / 2. */
static void
points_are_those_of_joe_and_kuo(void **state)
{
    static const double want[10][3] = {{0, 0, 0}, {0.5, 0.5, 0.5}, {0.75, 0.25, 0.25},
        {0.25, 0.75, 0.75}, {0.375, 0.375, 0.625}, {0.875, 0.875, 0.125},
        {0.625, 0.125, 0.875}, {0.125, 0.625, 0.375}, {0.1875, 0.3125, 0.9375},
        {0.6875, 0.8125, 0.4375}};
    uint32_t x[16];

    (void)state;
    for (unsigned d = 0; d < 3; d++) {
        plain_net(d, 4, x);
        for (unsigned k = 0; k < 10; k++)
            assert_true(x[k ^ k >> 1] / 16.0 == want[k][d]);
    }
}

/* --- evenness --- */

enum { BITS = 10, N = 1 << BITS, GSL = 40 };

/* Smallest t so that every box of 2^(j - BITS - t) by 2^-j has its share of points. */
static unsigned
pair_quality(const double a[], const double b[])
{
    static unsigned count[N];

    for (unsigned t = 0; t < BITS; t++) {
        bool even = true;

        for (unsigned j = 0; even && j <= BITS - t; j++) {
            double wide = (double)(1u << j), high = (double)(1u << (BITS - t - j));

            memset(count, 0, sizeof count);
            for (unsigned i = 0; i < N; i++)
                count[(unsigned)(a[i] * wide) << (BITS - t - j) |
                      (unsigned)(b[i] * high)]++;
            for (unsigned k = 0; even && k < 1u << (BITS - t); k++)
                even = count[k] == 1u << t;
        }
        if (even)
            return t;
    }
    return BITS;
}

static double point[RW_SOBOL_DIMENSIONS][N];

static void
scrambled(uint64_t randomisation)
{
    for (unsigned d = 0; d < RW_SOBOL_DIMENSIONS; d++)
        rw_sobol_row(lane(d), 0, d, BITS, randomisation << BITS, N, point[d]);
}

static void
every_dimension_has_a_point_in_every_interval(void **state)
{
    (void)state;
    scrambled(3);
    for (unsigned d = 0; d < RW_SOBOL_DIMENSIONS; d++) {
        static bool seen[N];

        memset(seen, 0, sizeof seen);
        for (unsigned i = 0; i < N; i++) {
            unsigned k = (unsigned)(point[d][i] * N);

            assert_true(point[d][i] > 0 && point[d][i] < 1);
            assert_false(seen[k]);
            seen[k] = true;
        }
    }
}

/* The first two dimensions are a (0, m, 2)-net; all pairs of the first 40 are what Joe
 * and Kuo chose their numbers for: more even than with those that GSL has (Bratley and
 * Fox 1988). */
static void
pairs_are_more_even_than_those_of_gsl(void **state)
{
    static double theirs[GSL][N];
    gsl_qrng *g = gsl_qrng_alloc(gsl_qrng_sobol, GSL);
    unsigned ours = 0, other = 0, worst = 0, worst_other = 0;

    (void)state;
    gsl_qrng_init(g);
    for (unsigned i = 1; i < N; i++) { /* it leaves out the origin, which is there */
        double v[GSL];

        gsl_qrng_get(g, v);
        for (unsigned d = 0; d < GSL; d++)
            theirs[d][i] = v[d];
    }
    gsl_qrng_free(g);
    scrambled(0);
    assert_int_equal(pair_quality(point[0], point[1]), 0);
    for (unsigned a = 0; a < GSL; a++)
        for (unsigned b = 0; b < a; b++) {
            unsigned t = pair_quality(point[a], point[b]),
                     u = pair_quality(theirs[a], theirs[b]);

            ours += t;
            other += u;
            worst = t > worst ? t : worst;
            worst_other = u > worst_other ? u : worst_other;
        }
    assert_true(ours < other);
    assert_true(worst <= worst_other);
}

/* --- scrambling --- */

enum { REPEATS = 4096 };

/* The same point of many randomisations; by bits, so that one, two and three trees are
 * gone through. */
static void
every_point_is_uniform(void **state)
{
    static const unsigned bits[] = {1, 8, 12, 18};

    (void)state;
    for (size_t k = 0; k < sizeof bits / sizeof *bits; k++) {
        static double u[REPEATS];
        double far = 0;

        for (uint64_t r = 0; r < REPEATS; r++)
            rw_sobol_row(
                lane(0), 0, 5, bits[k], r << bits[k] | 77 % (1u << bits[k]), 1, &u[r]);
        for (size_t i = 0; i < REPEATS; i++) {
            size_t below = 0;

            for (size_t j = 0; j < REPEATS; j++)
                below += u[j] <= u[i];
            far = fmax(far, fabs((double)below / REPEATS - u[i]));
        }
        assert_true(far < check_dkw(REPEATS) + 1.0 / REPEATS);
    }
}

/* Two points that have `shared' digits alike keep them alike and the next one unlike;
 * that one of the first point and the two behind it of both are independent: 32
 * strings, each as likely. */
static void
strings_are_scrambled_as_trees(void **state)
{
    enum { M = 18, CELLS = 32 };
    static uint32_t x[1 << M];
    static const unsigned shared[] = {0, 3, 6, 7, 8, 10, 14};

    (void)state;
    plain_net(9, M, x);
    for (size_t k = 0; k < sizeof shared / sizeof *shared; k++) {
        unsigned rest = M - shared[k], cell[CELLS] = {0};
        double chi2 = 0, want = (double)REPEATS / CELLS;
        uint32_t other = 0;

        for (uint32_t i = 1; i < 1u << M && other == 0; i++)
            if ((x[i] ^ x[5]) >> (rest - 1) == 1)
                other = i;
        assert_true(other > 0);
        for (uint64_t r = 0; r < REPEATS; r++) {
            double a, b;
            uint32_t p, q;

            rw_sobol_row(lane(0), 0, 9, M, r << M | 5, 1, &a);
            rw_sobol_row(lane(0), 0, 9, M, r << M | other, 1, &b);
            p = (uint32_t)(a * (1u << M));
            q = (uint32_t)(b * (1u << M));
            assert_true((p ^ q) >> (rest - 1) == 1);
            cell[(p >> (rest - 3) & 7) << 2 | (q >> (rest - 3) & 3)]++;
        }
        for (unsigned c = 0; c < CELLS; c++)
            chi2 += (cell[c] - want) * (cell[c] - want) / want;
        assert_true(chi2 < gsl_cdf_chisq_Qinv(1e-6, CELLS - 1));
    }
}

/* The scrambled point digit by digit: what flips digit j is a bit of the tree below the
 * string of its last whole eight. */
static double
by_definition(uint64_t index, unsigned dimension, unsigned bits, uint64_t future)
{
    uint32_t column[RW_SOBOL_BITS], x = 0;
    uint64_t y = 0;
    double u = rw_stream_row_uniform(lane(0), future, index);

    rw_sobol_columns(dimension, bits, column);
    for (unsigned j = 0; j < bits; j++)
        x ^= (uint32_t)(future >> j & 1) * column[j];
    for (unsigned j = 0; j < bits; j++) {
        unsigned whole = j / 8 * 8, more = j - whole;
        uint64_t string = (uint64_t)x >> (bits - whole),
                 digit = x >> (bits - 1 - j) & 1;
        uint64_t node = UINT64_C(1) << more |
                        ((uint64_t)x >> (bits - j) & ((UINT64_C(1) << more) - 1));
        threefry4x64_ctr_t tree =
            rw_stream_words(lane(0), RW_SOBOL_FIRST + (future >> bits),
                (uint64_t)dimension << 32 | UINT64_C(1) << whole | string);

        y = y << 1 | (digit ^ (tree.v[node / 64] >> node % 64 & 1));
    }
    return rw_uniform_from_word(
        y << (64 - bits) | (uint64_t)(u * 0x1p52) << 12 >> bits);
}

/* However many are asked for at once. */
static void
check_definition(unsigned bits)
{
    enum { ROW = 600, FEW = 40, INDEX = 3, DIMENSION = 9 };
    uint64_t first = (UINT64_C(5) << bits) + 77, each = UINT64_C(1) << bits;
    uint64_t future[FEW];
    double row[ROW], few[FEW];

    rw_sobol_row(lane(0), INDEX, DIMENSION, bits, first, ROW, row);
    for (size_t i = 0; i < ROW; i++)
        assert_true(row[i] == by_definition(INDEX, DIMENSION, bits, first + i));
    for (size_t wide = 1; wide <= 100000; wide *= 10) { /* dense and scattered */
        for (size_t i = 0; i < FEW; i++)
            future[i] = (UINT64_C(5) << bits) + i * i * wide % each;
        rw_sobol_some(lane(0), INDEX, DIMENSION, bits, FEW, future, few);
        for (size_t i = 0; i < FEW; i++)
            assert_true(few[i] == by_definition(INDEX, DIMENSION, bits, future[i]));
    }
}

/* And however many digits there are, on any registers. */
static void
points_are_those_of_the_definition(void **state)
{
    (void)state;
    for (unsigned width = 512; width >= 128; width /= 2) {
        rw_cpu_keep_within(width);
        for (unsigned bits = 1; bits <= RW_SOBOL_BITS; bits++)
            check_definition(bits);
    }
    rw_cpu_keep_within(512);
}

/* Below its net's digits a draw is the plain draw of its future, lane and index. */
static void
what_is_below_the_net_is_the_plain_draw(void **state)
{
    enum { M = 11, INDEX = 6 };
    double u[300], v[300];

    (void)state;
    rw_sobol_row(lane(0), INDEX, 3, M, 5000, 300, u);
    rw_stream_fill((struct rw_stream){SEED, LANE}, 5000, INDEX, 300, v);
    for (size_t i = 0; i < 300; i++)
        assert_close(u[i] * (1 << M) - floor(u[i] * (1 << M)), v[i], 0x1p-40);
}

/* The same of any futures of a randomisation. */
static void
some_futures_have_the_draws_of_their_row(void **state)
{
    enum { M = 18, FIRST = 3 << M, MANY = 700 };
    static double row[1 << 12], some[MANY];
    uint64_t future[MANY];

    (void)state;
    rw_sobol_row(lane(0), 1, 8, M, FIRST, 1 << 12, row);
    for (size_t i = 0; i < MANY; i++)
        future[i] = FIRST + (i < 300 ? i : i * i % (1 << 12));
    rw_sobol_some(lane(0), 1, 8, M, MANY, future, some);
    for (size_t i = 0; i < MANY; i++)
        assert_true(some[i] == row[future[i] - FIRST]);
}

static void
a_row_is_made_of_any_pieces(void **state)
{
    enum { M = 10, ROW = 3000, FROM = 700 };
    static double whole[ROW], piece[ROW];
    static const size_t step[] = {1, 17, 256, 511, 1024};

    (void)state;
    rw_sobol_row(lane(0), 2, 7, M, FROM, ROW, whole);
    for (size_t i = 0, k = 0, n; i < ROW; i += n, k++) {
        n = step[k % 5] < ROW - i ? step[k % 5] : ROW - i;
        rw_sobol_row(lane(0), 2, 7, M, FROM + i, n, piece + i);
    }
    assert_memory_equal(whole, piece, sizeof whole);
}

/* Another lane, dimension, seed or randomisation is another scrambling: of one point in
 * each of PAIRS randomisations, (2 u - 1)(2 v - 1) has mean 0 and sd 1 / 3. */
static void
randomisations_are_independent(void **state)
{
    enum { PAIRS = 256 };
    struct rw_stream other = {SEED + 1, LANE};
    double sum[4] = {0};

    (void)state;
    for (uint64_t r = 0; r < PAIRS; r++) {
        double u, v[4];

        rw_sobol_row(lane(0), 0, 2, BITS, r << BITS, 1, &u);
        rw_sobol_row(lane(1), 0, 2, BITS, r << BITS, 1, &v[0]);
        rw_sobol_row(lane(0), 0, 4, BITS, r << BITS, 1, &v[1]);
        rw_sobol_row(other, 0, 2, BITS, r << BITS, 1, &v[2]);
        rw_sobol_row(lane(0), 0, 2, BITS, (r + PAIRS) << BITS, 1, &v[3]);
        for (int j = 0; j < 4; j++)
            sum[j] += (2 * u - 1) * (2 * v[j] - 1);
    }
    for (int j = 0; j < 4; j++)
        assert_close(sum[j] / PAIRS, 0, CHECK_Z / 3 / sqrt(PAIRS));
}

/* --- means --- */

enum { FACTORS = 6, RANDOMISATIONS = 64 };

/* prod (1 + (u_j - 1/2) / j): mean 1. */
static double
smooth(unsigned bits, uint64_t r)
{
    static double f[1 << 12], u[1 << 12];
    double sum = 0;
    size_t n = (size_t)1 << bits;

    for (size_t i = 0; i < n; i++)
        f[i] = 1;
    for (unsigned j = 0; j < FACTORS; j++) {
        rw_sobol_row(lane(j), 0, j, bits, r << bits, n, u);
        for (size_t i = 0; i < n; i++)
            f[i] *= 1 + (u[i] - 0.5) / (j + 1);
    }
    for (size_t i = 0; i < n; i++)
        sum += f[i];
    return sum / (double)n;
}

/* Mean and variance over randomisations. */
static void
over_randomisations(unsigned bits, double *mean, double *variance)
{
    double x[RANDOMISATIONS];

    *mean = *variance = 0;
    for (uint64_t r = 0; r < RANDOMISATIONS; r++) {
        x[r] = smooth(bits, r);
        *mean += x[r] / RANDOMISATIONS;
    }
    for (size_t r = 0; r < RANDOMISATIONS; r++)
        *variance += (x[r] - *mean) * (x[r] - *mean) / (RANDOMISATIONS - 1);
}

/* The variance of a smooth function's mean goes like n^-3 up to logarithms (Owen,
 * Annals of Statistics 25 (1997) 1541), that of chance like n^-1.  Asked: better than
 * n^-2 from 64 points to 4096, whatever luck both variances had (F at 1e-6); and no
 * bias. */
static void
means_converge_faster_than_chance(void **state)
{
    double f = RANDOMISATIONS - 1, luck = gsl_cdf_fdist_Qinv(1e-6, f, f);
    double mean[2], variance[2];

    (void)state;
    over_randomisations(6, &mean[0], &variance[0]);
    over_randomisations(12, &mean[1], &variance[1]);
    assert_true(variance[1] * luck < variance[0] / (64.0 * 64.0));
    for (int k = 0; k < 2; k++)
        assert_close(mean[k], 1,
            gsl_cdf_tdist_Qinv(5e-7, f) * sqrt(variance[k] / RANDOMISATIONS));
}

CHECK_MAIN(cmocka_unit_test(polynomials_are_primitive_and_all_unlike),
    cmocka_unit_test(direction_numbers_are_odd_and_short),
    cmocka_unit_test(points_are_those_of_joe_and_kuo),
    cmocka_unit_test(every_dimension_has_a_point_in_every_interval),
    cmocka_unit_test(pairs_are_more_even_than_those_of_gsl),
    cmocka_unit_test(every_point_is_uniform),
    cmocka_unit_test(strings_are_scrambled_as_trees),
    cmocka_unit_test(points_are_those_of_the_definition),
    cmocka_unit_test(what_is_below_the_net_is_the_plain_draw),
    cmocka_unit_test(some_futures_have_the_draws_of_their_row),
    cmocka_unit_test(a_row_is_made_of_any_pieces),
    cmocka_unit_test(randomisations_are_independent),
    cmocka_unit_test(means_converge_faster_than_chance))
