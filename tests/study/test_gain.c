/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of futures drawn evenly: every error is that of randomisations, and what they
 * gained is said as sure as it is. */
#include "study/gain.h"

#include "num/sample.h"
#include "num/stream.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

#include <gsl/gsl_cdf.h>

enum { N = 32768, EACH = 1024, R = 32, SEED = 6, REPEATS = 2000 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    const struct rw_result *r;
    double *loss[2], *total[2]; /* of both strategies, by future; N more: scratch */
};

static void
begin(struct fixture *f)
{
    struct rw_error e;
    struct rw_result *r;

    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, 1, 2, 2, 1);
    f->m->sampling = RW_SAMPLING_SOBOL;
    f->m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 3}, {"sd", 2});
    f->m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", 1}, {"sigma", 1});
    f->m->controls[0].efficacy.dist = SMALL_DIST("beta", {"alpha", 2}, {"beta", 3});
    f->m->controls[0].running.dist = rw_dist_constant(1);
    f->m->appetite = RW_ARENA_NEW(&f->a, 1, struct rw_appetite);
    f->m->n_appetite = 1;
    f->m->appetite[0] = (struct rw_appetite){30, 0.1};
    small_plan(f->m, &f->a, 1, 0, 0);
    small_build(f->m, &f->a);
    f->o = small_run(f->m, N, SEED, 0);
    for (size_t s = 0; s < 2; s++) {
        f->loss[s] = RW_ARENA_NEW(&f->a, N, double);
        f->total[s] = RW_ARENA_NEW(&f->a, N, double);
        memcpy(f->loss[s], f->o->year_loss[2 * s], N * sizeof(double));
        for (size_t i = 0; i < N; i++)
            f->total[s][i] = f->o->horizon_loss[s][i] + f->o->spend[s][i];
    }
    rw_error_clear(&e);
    assert_int_equal(RW_OK, rw_result_make(f->o, &f->a, &r, &e));
    f->r = r;
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

static double
error_of(const double x[])
{
    struct rw_moments m = rw_sample_means(x, N, EACH);

    return rw_moments_se(&m);
}

static void
every_error_is_that_of_randomisations(void **state)
{
    struct fixture f;
    struct rw_sample s;
    double *tmp, *rows, p, low, high;

    (void)state;
    begin(&f);
    tmp = RW_ARENA_NEW(&f.a, N, double);
    rows = RW_ARENA_NEW(&f.a, N, double);
    for (size_t k = 0; k < 2; k++) {
        const struct rw_result_strategy *g = &f.r->strategies[k];
        const struct rw_law *l = &g->years[0].loss;
        const struct rw_verdict *v = &g->years[0].appetite[0];
        struct rw_quantile q;

        assert_relative(l->mean_se, error_of(f.loss[k]), 1e-9);
        assert_relative(g->total.mean_se, error_of(f.total[k]), 1e-9);
        assert_relative(g->cycles[0].loss.se, error_of(f.loss[k]), 1e-9);
        s = rw_sample_sort(f.loss[k], N, EACH, tmp, rows);
        q = rw_sample_quantile(&s, 0.95, 0.95);
        assert_true(l->quantile[4].p == 0.95);
        assert_true(l->quantile[4].low == q.low && l->quantile[4].high == q.high);
        assert_true(l->tvar[0].se == rw_sample_tvar(&s, 0.95).se);
        rw_sample_exceedance(&s, 30, 0.95, &p, &low, &high);
        assert_true(v->exceeded == p && v->low == low && v->high == high);
        rw_sample_exceedance(&s, l->curve[5].loss, 0.95, &p, &low, &high);
        assert_true(l->curve[5].low == low && l->curve[5].high == high);
        assert_true(l->curve[5].se == rw_sample_share_se(&s, l->curve[5].loss));
    }
    for (size_t i = 0; i < N; i++)
        f.total[1][i] -= f.total[0][i];
    assert_relative(
        f.r->strategies[1].versus->total.mean_se, error_of(f.total[1]), 1e-9);
    end(&f);
}

static void
gains_are_those_of_the_figures(void **state)
{
    struct fixture f;
    const struct rw_sampled *s;

    (void)state;
    begin(&f);
    s = f.r->sampled;
    assert_non_null(s);
    assert_int_equal(s->randomisations, R);
    assert_int_equal(s->each, EACH);
    for (size_t k = 0; k < 2; k++) {
        const struct rw_law *l = &f.r->strategies[k].years[0].loss;

        assert_relative(s->gain[k][RW_GAIN_YEAR].ratio,
            l->sd * l->sd / N / (l->mean_se * l->mean_se), 1e-12);
    }
    /* all of what residual risk hangs on is even: E = 3 e^1.5, sd = 2 e^1.5 */
    assert_relative(f.o->residual_sd[0], 2 * exp(1.5), 0.05);
    assert_true(s->gain[0][RW_GAIN_RESIDUAL].low > 100);
    assert_int_equal(rw_gain_sign(&s->gain[0][RW_GAIN_RESIDUAL]), 1);
    assert_true(s->gain[0][RW_GAIN_VERSUS].ratio == 0); /* "nothing" against itself */
    end(&f);
}

static void
plain_futures_gain_nothing(void **state)
{
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    struct rw_result *r;
    struct rw_error e;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 1, 1, 1);
    small_build(m, &a);
    o = small_run(m, 1000, SEED, 0);
    rw_error_clear(&e);
    assert_int_equal(RW_OK, rw_result_make(o, &a, &r, &e));
    assert_null(r->sampled);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

/* R means of normal futures, each with variance 1 / EACH: the true gain is 1, and the
 * interval holds it as often as it says, exactly. */
static void
an_interval_of_a_gain_covers_it(void **state)
{
    size_t covered = 0, more = 0;
    double chance = CHECK_Z * sqrt(0.05 * 0.95 / REPEATS);

    (void)state;
    for (uint64_t k = 0; k < REPEATS; k++) {
        double u[R];
        struct rw_moments m;
        struct rw_gain g;

        rw_stream_fill((struct rw_stream){SEED, 3}, k * R, 0, R, u);
        for (size_t r = 0; r < R; r++)
            u[r] = gsl_cdf_ugaussian_Pinv(u[r]) / sqrt(EACH);
        m = rw_moments_array(u, R);
        g = rw_gain_of(1, N, rw_moments_se(&m), R);
        covered += rw_gain_sign(&g) == 0;
        more += rw_gain_sign(&g) > 0;
    }
    assert_close((double)covered / REPEATS, 0.95, chance);
    assert_close(
        (double)more / REPEATS, 0.025, CHECK_Z * sqrt(0.025 * 0.975 / REPEATS));
}

CHECK_MAIN(cmocka_unit_test(every_error_is_that_of_randomisations),
    cmocka_unit_test(gains_are_those_of_the_figures),
    cmocka_unit_test(plain_futures_gain_nothing),
    cmocka_unit_test(an_interval_of_a_gain_covers_it))
