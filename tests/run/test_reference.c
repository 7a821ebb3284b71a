/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs against compound laws computed by other means.
 *
 * The figures of the published cases come from a tilted FFT on 2^22 points,
 * and agree with Panjer's recursion (R, package actuar) to its step where that
 * was tried; the others are closed forms. */
#include "num/tail.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 1000000, LEVELS = 6 };

static const double levels[LEVELS] = {0.5, 0.9, 0.95, 0.99, 0.995, 0.999};

struct law {
    double mean, sd, p0, var[LEVELS], tvar95, tvar99;
};

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_threat *t;
};

static void
begin(struct fixture *f, enum rw_count_law law, double frequency)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, 0, 1, 4, 4);
    f->t = &f->m->threats[0];
    f->t->frequency.dist = rw_dist_constant(frequency);
    f->t->law = law;
}

/* Within the exact law's own sampling error, at 1e-6 each. */
static void
assert_law(struct fixture *f, const struct law *want)
{
    struct rw_outcome *o;
    struct rw_tvar v;
    double *x, *tmp = malloc(N * sizeof *tmp), zero = 0;

    small_build(f->m, &f->a);
    o = small_run(f->m, N, 27032, 0);
    x = o->year_loss[0];
    assert_close(rw_sum_array(x, N) / N, want->mean, CHECK_Z * want->sd / sqrt(N));
    rw_sort(x, N, tmp);
    for (size_t i = 0; i < N && x[i] == 0; i++)
        zero++;
    assert_close(zero / N, want->p0, CHECK_Z * sqrt(want->p0 * (1 - want->p0) / N));
    for (size_t k = 0; k < LEVELS; k++) {
        struct rw_quantile q = rw_tail_quantile(x, N, levels[k], 1 - 1e-6);

        assert_false(q.refused);
        if (!(q.low <= want->var[k] && want->var[k] <= q.high))
            fail_msg("VaR %g: %.8g outside [%.8g, %.8g]", levels[k], want->var[k],
                q.low, q.high);
    }
    v = rw_tail_tvar(x, N, 0.95);
    assert_close(v.value, want->tvar95, CHECK_Z * v.se);
    v = rw_tail_tvar(x, N, 0.99);
    assert_close(v.value, want->tvar99, CHECK_Z * v.se);
    free(tmp);
    rw_outcome_free(o);
    rw_arena_fini(&f->a);
}

/* cyber_negbin_lognormal: negative binomial count (r 1.2, beta 2.5: mean 3,
 * variance 10.5) of lognormal losses whose 90 % interval is [50k, 2.5M]. */
static void
negbin_lognormal_agrees_with_its_exact_law(void **state)
{
    static const struct law want = {2151047.26576, 3193633.42887, 0.2223915833,
        {990605.9014, 5795395.899, 8199667.559, 14550464.55, 17707277.15, 26575361.93},
        12325470.2, 19769807.2};
    struct fixture f;

    (void)state;
    begin(&f, RW_COUNT_NEGBIN, 3);
    f.t->dispersion = 1 / 1.2;
    f.t->losses[0].amount = SMALL_DIST("lognormal", {"p5", 50000}, {"p95", 2500000});
    assert_law(&f, &want);
}

/* zip_lognormal: no event with probability 0.6, else Poisson(1.5) of
 * lognormal(12, 1). */
static void
zip_lognormal_agrees_with_its_exact_law(void **state)
{
    static const struct law want = {161002.371913, 395373.761521, 0.689252064059,
        {0, 554628.7852, 899470.2093, 1824991.973, 2297183.217, 3639586.038},
        1502444.54, 2604344.22};
    struct fixture f;

    (void)state;
    begin(&f, RW_COUNT_ZIP, 1.5);
    f.t->zero = 0.6;
    f.t->losses[0].amount = SMALL_DIST("lognormal", {"mu", 12}, {"sigma", 1});
    assert_law(&f, &want);
}

/* insured_retained_pois1.2: Poisson(1.2) of lognormal(12, 1.5), of which min(x,
 * 100k) + (x - 2.1M)+ stays.  Two quantiles are atoms: one event and four, all
 * at the deductible. */
static void
retained_losses_agree_with_their_exact_law(void **state)
{
    static const struct law want = {236553.346233, 1339447.39337, 0.301194211912,
        {100000, 262068.4228, 400000, 4030624.011, 6684167.486, 16426808.81},
        3023726.74, 9348682.12};
    struct fixture f;

    (void)state;
    begin(&f, RW_COUNT_POISSON, 1.2);
    f.t->losses[0].amount = SMALL_DIST("lognormal", {"mu", 12}, {"sigma", 1.5});
    f.t->covered = true;
    f.t->deductible = 1e5;
    f.t->limit = 2e6;
    assert_law(&f, &want);
}

/* P(S > x) = 0.3 e^-x/100. */
static void
bernoulli_exponential_agrees_with_its_closed_form(void **state)
{
    struct law want = {30, sqrt(0.3 * 20000 - 900), 0.7, {0}, 0, 0};
    struct fixture f;

    (void)state;
    for (int k = 1; k < LEVELS; k++)
        want.var[k] = 100 * log(0.3 / (1 - levels[k]));
    want.tvar95 = want.var[2] + 100;
    want.tvar99 = want.var[3] + 100;
    begin(&f, RW_COUNT_BERNOULLI, 0.3);
    f.t->losses[0].amount = SMALL_DIST("exponential", {"mean", 100});
    assert_law(&f, &want);
}

/* Two chances of p = 0.4, each an exponential of mean 1: P(S > x) = 2 p (1 - p)
 * e^-x + p^2 (1 + x) e^-x, E(S - x)+ = 2 p (1 - p) e^-x + p^2 (2 + x) e^-x. */
static void
binomial_exponential_agrees_with_its_closed_form(void **state)
{
    const double one = 2 * 0.4 * 0.6, two = 0.4 * 0.4;
    struct law want = {0.8, sqrt(0.8 + 2 * 0.4 * 0.6), 0.36, {0}, 0, 0};
    struct fixture f;

    (void)state;
    for (int k = 0; k < LEVELS; k++)
        for (int turn = 0; turn < 60; turn++) /* e^x = (...) / (1 - q) */
            want.var[k] = log((one + two * (1 + want.var[k])) / (1 - levels[k]));
    want.tvar95 = want.var[2] +
                  (one + two * (2 + want.var[2])) * exp(-want.var[2]) / (1 - levels[2]);
    want.tvar99 = want.var[3] +
                  (one + two * (2 + want.var[3])) * exp(-want.var[3]) / (1 - levels[3]);
    begin(&f, RW_COUNT_BINOMIAL, 0.8);
    f.t->chances = 2;
    f.t->losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
    assert_law(&f, &want);
}

/* Two years of 3 events each of exactly 10 F, F uniform between 0.5 and 2.5 and one
 * for all of a future's losses: of the whole S, E S = 6 10 E F and
 * Var S = 6 100 E F^2 + (60)^2 Var F. */
static void
losses_of_uncertain_size_are_of_one_size_in_a_future(void **state)
{
    const double n = 6, mean = 1.5, variance = 1.0 / 3;
    const double square = variance + mean * mean;
    struct rw_moments s, fourth;
    struct rw_outcome *o;
    struct fixture f;
    double *y, want;

    (void)state;
    begin(&f, RW_COUNT_POISSON, 3);
    f.m->cycles = 8;
    f.t->losses[0].amount = rw_dist_constant(10);
    f.t->loss_factor.dist = SMALL_DIST("uniform", {"min", 0.5}, {"max", 2.5});
    small_build(f.m, &f.a);
    o = small_run(f.m, N, 27032, 0);
    s = rw_moments_array(o->horizon_loss[0], N);
    assert_close(s.mean, 10 * n * mean, CHECK_Z * rw_moments_se(&s));
    y = malloc(N * sizeof *y);
    for (size_t i = 0; i < N; i++)
        y[i] = pow(o->horizon_loss[0][i] - s.mean, 2);
    fourth = rw_moments_array(y, N);
    want = n * 100 * square + 100 * n * n * variance;
    assert_close(fourth.mean, want, CHECK_Z * rw_moments_se(&fourth));
    free(y);
    rw_outcome_free(o);
    rw_arena_fini(&f.a);
}

/* Residual risk is given the factor, behind a cover too. */
static void
residual_risk_knows_the_size_of_losses(void **state)
{
    struct rw_outcome *o;
    struct rw_moments loss, residual;
    struct fixture f;

    (void)state;
    begin(&f, RW_COUNT_POISSON, 3);
    f.t->losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    f.t->loss_factor.dist = SMALL_DIST("uniform", {"min", 0.5}, {"max", 2.5});
    f.t->covered = true;
    f.t->deductible = 8;
    f.t->limit = INFINITY;
    small_build(f.m, &f.a);
    o = small_run(f.m, N, 27032, 0);
    loss = rw_moments_array(o->year_loss[0], N);
    residual = o->cells[0].residual;
    assert_close(loss.mean, residual.mean,
        CHECK_Z * hypot(rw_moments_se(&loss), rw_moments_se(&residual)));
    rw_outcome_free(o);
    rw_arena_fini(&f.a);
}

CHECK_MAIN(cmocka_unit_test(losses_of_uncertain_size_are_of_one_size_in_a_future),
    cmocka_unit_test(residual_risk_knows_the_size_of_losses),
    cmocka_unit_test(negbin_lognormal_agrees_with_its_exact_law),
    cmocka_unit_test(zip_lognormal_agrees_with_its_exact_law),
    cmocka_unit_test(retained_losses_agree_with_their_exact_law),
    cmocka_unit_test(bernoulli_exponential_agrees_with_its_closed_form),
    cmocka_unit_test(binomial_exponential_agrees_with_its_closed_form))
