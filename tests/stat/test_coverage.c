/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do the intervals that the program prints hold the truth as often as they
 * say?  Many samples of a known law, each with its interval; how often the
 * truth is inside is a binomial count, judged at 1e-6 a side.
 *
 * Quantile: covers with probability P(l <= Bin(n, q) < u) exactly, whatever
 * the continuous law.  Clopper-Pearson: at least as often as it says.
 * Mean +- 1.96 se: to the order 1/n by Edgeworth's expansion (Hall, Annals of
 * Statistics 16 (1988) 927; skewness g, excess kurtosis k, z = 1.96)
 *   0.95 + 2 z phi(z) (k (z^2 - 3) / 12 - g^2 (z^4 + 2 z^2 - 3) / 18
 *                      - (z^2 + 3) / 4) / n,
 * and as much again is left to the terms beyond.  TVaR is to the first order
 * v + mean((X - v)+) / (1 - q) with the true v, so the same holds with the
 * moments of (X - v)+: light tails cover as they say, heavy ones less.  Its
 * value is too low by q / (2 n f(v)), being a minimum over v: the variance
 * q (1 - q) / n of the share beyond, times half the curvature's inverse.
 *
 * RW_STAT=long: ten times the samples, a new seed each time (it is printed;
 * RW_STAT_SEED sets it). */
#include "num/sampler.h"
#include "num/special.h"
#include "num/sum.h"
#include "num/tail.h"
#include "study/law.h"
#include "study/precision.h"
#include "tests/support/check.h"
#include "tests/support/law.h"
#include "tests/support/small.h"

#include <time.h>

#define LEVEL 0.95
#define Q     0.95
#define Z     1.959963984540054

enum { BATCH = 500, MOST = 10000 };

static size_t samples = 1000; /* of each law */
static uint64_t seed = 27032;
static double x[MOST], tmp[MOST];

/* P(Bin(n, p) >= k). */
static double
at_least(size_t n, double p, size_t k)
{
    struct rw_beta_law g;
    double upper, lower;

    if (k == 0)
        return 1;
    if (k > n)
        return 0;
    g = rw_beta_law((double)k, (double)(n - k) + 1);
    rw_beta_tails(&g, log(p) - log1p(-p), &upper, &lower);
    return upper;
}

/* So many of n is no wonder if the true share is between low and high. */
static void
assert_share(const char *what, size_t hits, size_t n, double low, double high)
{
    printf("# %-46s %6.2f %% of %zu (%.2f to %.2f)\n", what,
        100 * (double)hits / (double)n, n, 100 * low, 100 * high);
    if (high < 1 && at_least(n, high, hits) < 1e-6)
        fail_msg("%s: %zu of %zu are too many for %g", what, hits, n, high);
    if (low > 0 && at_least(n, 1 - low, n - hits) < 1e-6)
        fail_msg("%s: %zu of %zu are too few for %g", what, hits, n, low);
}

/* Cumulants 1 to 4. */
struct cumulants {
    double k[5];
};

static struct cumulants
cumulants_of_raw(const double m[5])
{
    double v = m[2] - m[1] * m[1], third, fourth;

    third = m[3] - 3 * m[1] * m[2] + 2 * pow(m[1], 3);
    fourth = m[4] - 4 * m[1] * m[3] + 6 * m[1] * m[1] * m[2] - 3 * pow(m[1], 4);
    return (struct cumulants){{0, m[1], v, third, fourth - 3 * v * v}};
}

static double
edgeworth(const struct cumulants *c, size_t n)
{
    double g2 = c->k[3] * c->k[3] / pow(c->k[2], 3), k = c->k[4] / pow(c->k[2], 2);
    double z2 = Z * Z, phi = exp(-z2 / 2) / sqrt(2 * M_PI);

    return 2 * Z * phi / (double)n *
           (k * (z2 - 3) / 12 - g2 * (z2 * z2 + 2 * z2 - 3) / 18 - (z2 + 3) / 4);
}

static void
assert_edgeworth(
    const char *what, size_t hits, size_t n, const struct cumulants *c, size_t size)
{
    double off = edgeworth(c, size);

    assert_share(what, hits, n, LEVEL + off - fabs(off), LEVEL + off + fabs(off));
}

/* --- the laws ---------------------------------------------------------------- */
struct law {
    const char *name;
    double quantile, tvar, density; /* at Q */
    struct cumulants all, beyond;   /* of X and of (X - v)+ */
    void (*draw)(const struct law *l, size_t sample, size_t n, double out[]);
    struct rw_sampler sampler;
};

static void
draw_sampler(const struct law *l, size_t sample, size_t n, double out[])
{
    struct rw_stream at = {seed, rw_lane("test", l->name, "draws")};

    rw_sampler_fill(&l->sampler, at, sample * MOST, 0, n, out);
}

static struct law
exponential(void)
{
    struct law l = {.name = "exponential", .draw = draw_sampler};
    double p = 1 - Q;

    l.quantile = -log(p);
    l.tvar = l.quantile + 1;
    l.density = p;
    l.all = (struct cumulants){{0, 1, 1, 2, 6}};
    l.beyond = cumulants_of_raw((double[]){1, p, 2 * p, 6 * p, 24 * p});
    l.sampler.dist = SMALL_DIST("exponential", {"mean", 1});
    l.sampler.high = INFINITY;
    return l;
}

/* mu 0, sigma 1: E[X^j; X > v] = exp(j^2 / 2) Phi(j - z). */
static struct law
lognormal(struct rw_arena *a)
{
    struct law l = {.name = "lognormal", .draw = draw_sampler};
    struct rw_dist d;
    double z = 1.6448536269514722, m[5], raw[5] = {1}, part[5], v = exp(z);

    for (int j = 0; j < 5; j++) {
        m[j] = exp(j * j / 2.0);
        part[j] = m[j] * erfc((z - j) * M_SQRT1_2) / 2;
    }
    raw[1] = part[1] - v * part[0];
    raw[2] = part[2] - 2 * v * part[1] + v * v * part[0];
    raw[3] = part[3] - 3 * v * part[2] + 3 * v * v * part[1] - v * v * v * part[0];
    raw[4] = part[4] - 4 * v * part[3] + 6 * v * v * part[2] - 4 * pow(v, 3) * part[1] +
             pow(v, 4) * part[0];
    l.quantile = v;
    l.tvar = part[1] / (1 - Q);
    l.density = exp(-z * z / 2) / sqrt(2 * M_PI) / v;
    l.all = cumulants_of_raw(m);
    l.beyond = cumulants_of_raw(raw);
    d = SMALL_DIST("lognormal", {"mu", 0}, {"sigma", 1});
    assert_int_equal(RW_OK, rw_sampler_init(&l.sampler, &d, a));
    return l;
}

/* Negative binomial (r 1.2, mean 3) of lognormal losses with 90 % between 50k
 * and 2.5M: whole runs.  Quantile and TVaR as in tests/run/test_reference.c;
 * cumulants from -r ln(1 - beta (M(t) - 1)), M the moments of one loss. */
static double *pool;

static void
draw_compound(const struct law *l, size_t sample, size_t n, double out[])
{
    static struct rw_arena a;

    (void)l;
    if (sample % BATCH == 0) {
        struct rw_model *m;
        struct rw_outcome *o;

        rw_arena_init(&a);
        m = small_model(&a, 1, 1, 0, 1, 1, 1);
        m->threats[0].frequency.dist = rw_dist_constant(3);
        m->threats[0].law = RW_COUNT_NEGBIN;
        m->threats[0].dispersion = 1 / 1.2;
        m->threats[0].losses[0].amount =
            SMALL_DIST("lognormal", {"p5", 50000}, {"p95", 2500000});
        small_build(m, &a);
        o = small_run(m, BATCH * n, seed + sample / BATCH, 0);
        pool = realloc(pool, BATCH * n * sizeof *pool);
        assert_non_null(pool);
        memcpy(pool, o->year_loss[0], BATCH * n * sizeof *pool);
        rw_outcome_free(o);
        rw_arena_fini(&a);
    }
    memcpy(out, pool + sample % BATCH * n, n * sizeof *out);
}

static struct law
compound(void)
{
    struct law l = {.name = "compound of whole runs", .draw = draw_compound};
    double mu = (log(50000) + log(2500000)) / 2, r = 1.2, b = 2.5, a[5];
    double sigma = (log(2500000) - log(50000)) / (2 * 1.6448536269514722);

    for (int k = 0; k < 5; k++)
        a[k] = exp(k * mu + k * k * sigma * sigma / 2);
    l.all.k[1] = r * b * a[1];
    l.all.k[2] = r * (b * a[2] + b * b * a[1] * a[1]);
    l.all.k[3] =
        r * (b * a[3] + 3 * b * b * a[1] * a[2] + 2 * pow(b, 3) * pow(a[1], 3));
    l.all.k[4] =
        r * (b * a[4] + b * b * (3 * a[2] * a[2] + 4 * a[1] * a[3]) +
                12 * pow(b, 3) * a[1] * a[1] * a[2] + 6 * pow(b, 4) * pow(a[1], 4));
    assert_relative(l.all.k[1], 2151047.26576, 1e-9);
    assert_relative(sqrt(l.all.k[2]), 3193633.42887, 1e-9);
    l.quantile = 8199667.559;
    l.tvar = 12325470.2;
    return l;
}

/* --- the intervals ----------------------------------------------------------- */
static double
quantile_cover(size_t n)
{
    size_t l, u;

    rw_tail_ranks(n, Q, LEVEL, &l, &u);
    return at_least(n, Q, l) - at_least(n, Q, u);
}

/* Means and quantiles of samples of 2000. */
static void
check_mean_and_quantile(const struct law *l)
{
    enum { SIZE = 2000 };
    size_t mean = 0, quantile = 0;
    double cover = quantile_cover(SIZE);
    char what[80];

    for (size_t k = 0; k < samples; k++) {
        struct rw_law law;

        l->draw(l, k, SIZE, x);
        law_of(&law, x, SIZE, tmp, false);
        mean += fabs(law.mean - l->all.k[1]) <= Z * law.mean_se;
        quantile +=
            law.quantile[4].low <= l->quantile && l->quantile <= law.quantile[4].high;
    }
    snprintf(what, sizeof what, "%s: mean +- 1.96 se", l->name);
    assert_edgeworth(what, mean, samples, &l->all, SIZE);
    snprintf(what, sizeof what, "%s: 0.95 quantile", l->name);
    assert_true(cover >= LEVEL && cover < LEVEL + 0.02);
    assert_share(what, quantile, samples, cover, cover);
}

/* TVaR of samples of `size`; its mean is too low by q / (2 n f). */
static void
check_tvar(const struct law *l, size_t size)
{
    struct rw_moments m = {0};
    size_t hits = 0;
    char what[80];

    for (size_t k = 0; k < samples; k++) {
        struct rw_moments one = {.n = 1};
        struct rw_tvar t;

        l->draw(l, k, size, x);
        rw_sort(x, size, tmp);
        t = rw_tail_tvar(x, size, Q);
        assert_false(t.refused);
        hits += fabs(t.value - l->tvar) <= Z * t.se;
        one.mean = t.value;
        rw_moments_join(&m, &one);
    }
    snprintf(what, sizeof what, "%s: 0.95 TVaR of %zu", l->name, size);
    if (l->density > 0) {
        double low = Q / (2 * (double)size * l->density);

        assert_edgeworth(what, hits, samples, &l->beyond, size);
        assert_close(m.mean, l->tvar - low, CHECK_Z * rw_moments_se(&m));
    } else
        assert_share(what, hits, samples, LEVEL - 0.03, LEVEL + 0.01);
}

static void
means_and_quantiles_cover_as_they_say(void **state)
{
    struct rw_arena a;
    struct law light, heavy, whole;

    (void)state;
    rw_arena_init(&a);
    light = exponential();
    heavy = lognormal(&a);
    whole = compound();
    check_mean_and_quantile(&light);
    check_mean_and_quantile(&heavy);
    check_mean_and_quantile(&whole);
    rw_arena_fini(&a);
}

static void
tail_means_cover_as_their_tails_let_them(void **state)
{
    struct rw_arena a;
    struct law light, heavy, whole;

    (void)state;
    rw_arena_init(&a);
    light = exponential();
    heavy = lognormal(&a);
    whole = compound();
    check_tvar(&light, 1000);
    check_tvar(&light, MOST);
    check_tvar(&heavy, MOST);
    check_tvar(&whole, 2000);
    rw_arena_fini(&a);
}

/* Counts of futures above the truth, at every share. */
static void
clopper_pearson_covers_at_least_as_it_says(void **state)
{
    enum { SIZE = 300 };
    double low[SIZE + 1], high[SIZE + 1], share;

    (void)state;
    for (size_t k = 0; k <= SIZE; k++) { /* k of SIZE above 0.5 */
        for (size_t i = 0; i < SIZE; i++)
            x[i] = i + k < SIZE ? 0 : 1;
        rw_tail_exceedance(x, SIZE, 0.5, LEVEL, &share, &low[k], &high[k]);
        assert_close(share, (double)k / SIZE, 1e-15);
    }
    for (double p = 0.0005; p < 1; p += 0.0005) {
        double cover = 0;

        for (size_t k = 0; k <= SIZE; k++)
            if (low[k] <= p && p <= high[k])
                cover += at_least(SIZE, p, k) - at_least(SIZE, p, k + 1);
        if (cover < LEVEL - 1e-9)
            fail_msg("covers %.17g at %g", cover, p);
    }
}

/* An appetite at the very edge: either verdict is wrong, or as good as wrong,
 * and at most 2.5 % of runs may give it. */
static void
verdicts_at_the_edge_are_seldom_sure(void **state)
{
    enum { SIZE = 2000 };
    const struct rw_appetite at = {.loss = -log(0.05), .probability = 0.05};
    struct law l = exponential();
    size_t met = 0, missed = 0;

    (void)state;
    for (size_t k = 0; k < samples; k++) {
        struct rw_verdict v;

        l.draw(&l, k, SIZE, x);
        rw_sort(x, SIZE, tmp);
        v = verdict_of(x, SIZE, &at);
        met += v.met > 0;
        missed += v.met < 0;
    }
    assert_share("appetite wrongly met", met, samples, 0, (1 - LEVEL) / 2);
    assert_share("appetite wrongly missed", missed, samples, 0, (1 - LEVEL) / 2);
}

/* Ends where its interval is narrow, and intervals are narrow rather where
 * they are wrong.  Two exponential losses a year on average: quantile by the
 * exact mixture of gammas. */
static void
intervals_of_a_precision_cover_a_little_less(void **state)
{
    struct rw_run_options run = {.trials = 1000, .seed_given = true, .threads = 1};
    struct rw_arena a;
    struct rw_model *m;
    double low = 0, high = 50;
    size_t hits = 0, met = 0, n = samples / 2;

    (void)state;
    while (high - low > 1e-12) { /* P(S > v) = 1 - Q */
        double v = (low + high) / 2, sf = 0, pk = exp(-2), inner = 0, term = exp(-v);

        for (int k = 1; k < 80; k++) {
            pk *= 2.0 / k;
            inner += term;
            sf += pk * inner;
            term *= v / k;
        }
        *(sf > 1 - Q ? &low : &high) = v;
    }
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 1, 1, 1);
    m->threats[0].frequency.dist = rw_dist_constant(2);
    m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
    small_build(m, &a);
    for (size_t k = 0; k < n; k++) {
        struct rw_precision p = {.wanted = 0.04, .q = Q};
        struct rw_quantile q;
        struct rw_outcome *o;
        struct rw_error e;

        rw_error_clear(&e);
        run.seed = seed + k;
        assert_int_equal(RW_OK, rw_precision_run(m, &run, &p, &o, &e));
        rw_sort(o->year_loss[0], o->n, o->year_largest[0]);
        q = rw_tail_quantile(o->year_loss[0], o->n, Q, LEVEL);
        hits += q.low <= low && low <= q.high;
        met += p.met;
        rw_outcome_free(o);
    }
    assert_int_equal(n, met);
    assert_share("--precision 4%@0.95 from 1000", hits, n, LEVEL - 0.02, LEVEL + 0.01);
    rw_arena_fini(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_and_quantiles_cover_as_they_say),
        cmocka_unit_test(tail_means_cover_as_their_tails_let_them),
        cmocka_unit_test(clopper_pearson_covers_at_least_as_it_says),
        cmocka_unit_test(verdicts_at_the_edge_are_seldom_sure),
        cmocka_unit_test(intervals_of_a_precision_cover_a_little_less),
    };
    const char *how = getenv("RW_STAT"), *given = getenv("RW_STAT_SEED");
    int failed;

    if (how && strcmp(how, "long") == 0) {
        samples *= 10;
        seed = (uint64_t)time(NULL) * 1000003;
    }
    if (given)
        seed = strtoull(given, NULL, 10);
    printf("# seed %llu\n", (unsigned long long)seed);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(pool);
    return failed;
}
