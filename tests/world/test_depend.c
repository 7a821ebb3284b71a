/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copulas over estimates and years, as the world draws them. */
#include "num/sum.h"
#include "num/tail.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "world/world.h"

enum { N = 40000, FEW = 4000, SEED = 7 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_world *w;
};

/* Two threats with lognormal frequencies and beta susceptibilities. */
static void
begin(struct fixture *f, unsigned cycles, unsigned per_year)
{
    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, 2, 0, 1, cycles, per_year);
    for (size_t k = 0; k < 2; k++) {
        f->m->threats[k].frequency.dist =
            SMALL_DIST("lognormal", {"mu", 0}, {"sigma", 0.7});
        f->m->threats[k].susceptibility.dist =
            SMALL_DIST("beta", {"alpha", 2}, {"beta", 3});
    }
}

static void
start(struct fixture *f, uint64_t first, size_t n)
{
    struct rw_error e;

    rw_error_clear(&e);
    if (f->w == NULL) {
        small_build(f->m, &f->a);
        assert_int_equal(RW_OK, rw_world_new(f->m, SEED, N, NULL, &f->w, &e));
    }
    assert_int_equal(RW_OK, rw_world_begin(f->w, first, n, &e));
    assert_int_equal(RW_OK, rw_world_cycle(f->w, 0, &e));
}

static void
end(struct fixture *f)
{
    rw_world_free(f->w);
    rw_arena_fini(&f->a);
}

/* A copula over n things with all correlations r. */
static struct rw_coupling *
couple(struct fixture *f, enum rw_copula_kind kind, double df, size_t n, double r)
{
    struct rw_dependence *d = &f->m->dependence;
    struct rw_coupling *c;

    if (d->couplings == NULL)
        d->couplings = RW_ARENA_NEW(&f->a, 4, struct rw_coupling);
    c = &d->couplings[d->n_couplings++];
    *c = (struct rw_coupling){.kind = kind, .df = df, .n = n};
    c->names = RW_ARENA_NEW(&f->a, n, const char *);
    c->names[0] = rw_arena_printf(&f->a, "first%zu", d->n_couplings);
    c->estimates = RW_ARENA_NEW(&f->a, n, struct rw_estimate *);
    c->threats = RW_ARENA_NEW(&f->a, n, size_t);
    c->rho = RW_ARENA_NEW(&f->a, n * n, double);
    for (size_t k = 0; k < n * n; k++)
        c->rho[k] = k % (n + 1) == 0 ? 1 : r;
    return c;
}

static void
couple_three(struct fixture *f, enum rw_copula_kind kind, double df, double r)
{
    struct rw_coupling *c = couple(f, kind, df, 3, r);

    c->estimates[0] = &f->m->threats[0].frequency;
    c->estimates[1] = &f->m->threats[0].susceptibility;
    c->estimates[2] = &f->m->threats[1].frequency;
}

static void
assert_law(const struct fixture *f, const struct rw_estimate *x)
{
    double *v = malloc(N * sizeof *v), *tmp = malloc(N * sizeof *tmp), worst = 0;

    memcpy(v, rw_world_truth(f->w, x), N * sizeof *v);
    rw_sort(v, N, tmp);
    for (size_t i = 0; i < N; i++)
        worst = fmax(
            worst, fabs(rw_dist_cdf(&x->dist, v[i]) - ((double)i + 0.5) / N) + 0.5 / N);
    assert_true(worst <= check_dkw(N));
    free(v);
    free(tmp);
}

static void
assert_kendall(const double x[], const double y[], double tau)
{
    double sum = 0, pairs = FEW * (FEW - 1) / 2.0;

    for (size_t i = 0; i < FEW; i++)
        for (size_t j = 0; j < i; j++)
            sum += (x[i] - x[j]) * (y[i] - y[j]) > 0 ? 1 : -1;
    assert_close(sum / pairs, tau, CHECK_Z * sqrt(2 * (1 - tau * tau) / FEW));
}

static void
coupled_estimates_keep_their_laws_and_move_together(void **state)
{
    (void)state;
    for (int kind = RW_COPULA_GAUSSIAN; kind <= RW_COPULA_T; kind++) {
        struct fixture f;
        const struct rw_threat *t;
        double tau = rw_copula_kendall(-0.4);

        begin(&f, 1, 1);
        couple_three(&f, (enum rw_copula_kind)kind, 3, -0.4);
        start(&f, 0, N);
        t = f.m->threats;
        for (size_t k = 0; k < 2; k++) {
            assert_law(&f, &t[k].frequency);
            assert_law(&f, &t[k].susceptibility);
        }
        assert_kendall(rw_world_truth(f.w, &t[0].frequency),
            rw_world_truth(f.w, &t[0].susceptibility), tau);
        assert_kendall(rw_world_truth(f.w, &t[0].frequency),
            rw_world_truth(f.w, &t[1].frequency), tau);
        /* left out of the copula */
        assert_kendall(rw_world_truth(f.w, &t[0].frequency),
            rw_world_truth(f.w, &t[1].susceptibility), 0);
        end(&f);
    }
}

static void
a_copula_moves_only_what_it_must(void **state)
{
    struct fixture plain, f;
    size_t bytes = N * sizeof(double);

    (void)state;
    begin(&plain, 1, 1);
    start(&plain, 0, N);
    for (int same = 0; same < 2; same++) {
        begin(&f, 1, 1);
        couple_three(&f, RW_COPULA_GAUSSIAN, 0, same ? 0 : 0.5);
        start(&f, 0, N);
        for (size_t k = 0; k < f.m->n_truth; k++) {
            bool moved = f.m->truth[k]->member > 0 && !same;

            assert_int_equal(
                !moved, memcmp(f.w->truth + k * N, plain.w->truth + k * N, bytes) == 0);
        }
        end(&f);
    }
    end(&plain);
}

static void
a_future_is_the_same_in_any_block(void **state)
{
    struct fixture f;
    double *kept = malloc(4 * N * sizeof *kept);

    (void)state;
    begin(&f, 1, 1);
    couple_three(&f, RW_COPULA_T, 4, 0.5);
    start(&f, 0, 500);
    memcpy(kept, f.w->truth, 4 * N * sizeof *kept);
    start(&f, 200, 100);
    for (size_t k = 0; k < 4; k++)
        assert_memory_equal(f.w->truth + k * N, kept + k * N + 200, 100 * sizeof *kept);
    free(kept);
    end(&f);
}

/* The futures of a nested run that have one truth have its coupled one. */
static void
futures_of_one_truth_share_its_coupled_values(void **state)
{
    struct fixture f;
    double *own = malloc(4 * N * sizeof *own);

    (void)state;
    begin(&f, 1, 1);
    couple_three(&f, RW_COPULA_T, 4, 0.5);
    start(&f, RW_NESTED_FIRST, 100);
    memcpy(own, f.w->truth, 4 * N * sizeof *own);
    f.w->histories = 8;
    start(&f, RW_NESTED_FIRST + 4, 90);
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < 90; i++)
            assert_true(f.w->truth[k * N + i] == own[k * N + (i + 4) / 8 * 8]);
    free(own);
    end(&f);
}

/* Two threats with negative binomial counts, the first on two assets. */
static void
begin_years(struct fixture *f, bool coupled)
{
    begin(f, 4, 2);
    f->m->threats[0].assets[1] = 1;
    f->m->threats[0].n_assets = 2;
    for (size_t k = 0; k < 2; k++) {
        f->m->threats[k].law = RW_COUNT_NEGBIN;
        f->m->threats[k].dispersion = 0.5 + (double)k;
    }
    if (coupled) {
        struct rw_coupling *c = couple(f, RW_COPULA_GAUSSIAN, 0, 2, 0.6);

        c->over = RW_OVER_YEARS;
        c->threats[0] = 0;
        c->threats[1] = 1;
    }
    start(f, 0, N);
}

static void
coupled_years_keep_their_laws_and_move_together(void **state)
{
    struct fixture f, plain;
    struct rw_error e;
    double *mix, *first = malloc(3 * N * sizeof *first);

    (void)state;
    begin_years(&f, true);
    begin_years(&plain, false);
    mix = f.w->mix;
    /* one multiplier for the first threat's two assets, and the first's own */
    assert_memory_equal(mix, mix + N, N * sizeof *mix);
    assert_memory_equal(mix, plain.w->mix, N * sizeof *mix);
    assert_kendall(mix, mix + 2 * N, rw_copula_kendall(0.6));
    memcpy(first, mix, 3 * N * sizeof *first);
    assert_int_equal(RW_OK, rw_world_cycle(f.w, 1, &e)); /* the same year */
    assert_memory_equal(mix, first, 3 * N * sizeof *first);
    assert_int_equal(RW_OK, rw_world_cycle(f.w, 2, &e)); /* another */
    assert_memory_not_equal(mix, first, 3 * N * sizeof *first);
    assert_kendall(mix, mix + 2 * N, rw_copula_kendall(0.6));
    assert_kendall(mix, first, 0);
    for (size_t k = 0; k < 2; k++) {
        struct rw_moments s = rw_moments_array(mix + 2 * k * N, N);
        double v = 0.5 + (double)k;

        /* gamma: kurtosis 3 + 6 v */
        assert_close(s.mean, 1, CHECK_Z * sqrt(v / N));
        assert_close(
            pow(rw_moments_sd(&s), 2), v, CHECK_Z * sqrt((2 + 6 * v) * v * v / N));
    }
    free(first);
    end(&f);
    end(&plain);
}

/* How far a variable lies out if not for its neighbour's lying out.  Of a t
 * copula of one degree at correlation 0, given t1 the divisor is
 * W = Q / (1 + t1^2), Q ~ chi^2 of two degrees, so that
 *   r = |t2| / sqrt(1 + t1^2) = |z2| / sqrt(Q),   P(r < x) = x / sqrt(1 + x^2):
 * what the year's divisor makes of a normal variable.  The multipliers are
 * exponential, t is Cauchy's, and ln r has a variance of pi^2 / 6, of which
 * Q's part is a quarter. */
static void
outlying(const struct fixture *f, double r[N])
{
    for (size_t i = 0; i < N; i++) {
        double t1 = tan(M_PI * (0.5 - exp(-f->w->mix[i])));
        double t2 = tan(M_PI * (0.5 - exp(-f->w->mix[N + i])));

        r[i] = fabs(t2) / sqrt(1 + t1 * t1);
    }
}

static void
assert_divided(const double r[N])
{
    double *v = malloc(N * sizeof *v), *tmp = malloc(N * sizeof *tmp), worst = 0;

    memcpy(v, r, N * sizeof *v);
    rw_sort(v, N, tmp);
    for (size_t i = 0; i < N; i++)
        worst = fmax(worst,
            fabs(v[i] / sqrt(1 + v[i] * v[i]) - ((double)i + 0.5) / N) + 0.5 / N);
    assert_true(worst <= check_dkw(N));
    free(v);
    free(tmp);
}

/* At correlation 0 a t copula ties by its common divisor alone: within a year,
 * and not from year to year.  One divisor for both years would make the
 * correlation of ln r 1/4, fifty standard errors. */
static void
every_year_has_a_divisor_of_its_own(void **state)
{
    struct fixture f;
    struct rw_error e;
    struct rw_coupling *c;
    double *first = malloc(2 * N * sizeof *first), *second = first + N, sum = 0;
    double middle = -log(2); /* E ln r */

    (void)state;
    begin(&f, 2, 1);
    for (size_t k = 0; k < 2; k++) {
        f.m->threats[k].law = RW_COUNT_NEGBIN;
        f.m->threats[k].dispersion = 1;
    }
    c = couple(&f, RW_COPULA_T, 1, 2, 0);
    c->over = RW_OVER_YEARS;
    c->threats[0] = 0;
    c->threats[1] = 1;
    start(&f, 0, N);
    outlying(&f, first);
    assert_divided(first);
    assert_int_equal(RW_OK, rw_world_cycle(f.w, 1, &e));
    outlying(&f, second);
    assert_divided(second);
    for (size_t i = 0; i < N; i++)
        sum += (log(first[i]) - middle) * (log(second[i]) - middle);
    assert_close(sum / N / (M_PI * M_PI / 6), 0, CHECK_Z / sqrt(N));
    free(first);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(coupled_estimates_keep_their_laws_and_move_together),
    cmocka_unit_test(a_copula_moves_only_what_it_must),
    cmocka_unit_test(a_future_is_the_same_in_any_block),
    cmocka_unit_test(futures_of_one_truth_share_its_coupled_values),
    cmocka_unit_test(coupled_years_keep_their_laws_and_move_together),
    cmocka_unit_test(every_year_has_a_divisor_of_its_own))
