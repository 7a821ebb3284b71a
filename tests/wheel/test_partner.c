/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Partners tell of incidents elsewhere: what is counted, and when. */
#include "model/partner.h"
#include "num/belief.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/partner.h"
#include "wheel/wheel.h"

enum { N = 40000, SEED = 5 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_prior prior;
    struct rw_world *w;
    struct rw_wheel *g;
    struct rw_error e;
    double seen[N], exposure[N];
};
static struct fixture f;

/* Quarters; a rate of 4 a year that is known, or a gamma of that mean; one
 * partner that observes so many. */
static void
begin(double observes, double weight, bool known)
{
    memset(&f, 0, sizeof f);
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 1, 2, 2, 2, 8, 4);
    f.m->threats[0].frequency.dist =
        known ? rw_dist_constant(4) : SMALL_DIST("gamma", {"shape", 2}, {"scale", 2});
    f.m->n_partners = 1;
    f.m->partners = RW_ARENA_NEW(&f.a, 1, struct rw_partner);
    f.m->partners[0] =
        (struct rw_partner){.at = 1, .observes = observes, .weight = weight};
    f.m->controls[1].function = RW_FUNCTION_RECOGNITION;
    f.m->controls[1].status = RW_STATUS_OPERATING;
    f.m->controls[1].covers_threats = RW_ARENA_NEW(&f.a, 1, size_t);
    f.m->controls[1].n_covers_threats = 1; /* the first threat */
}

static void
start(void)
{
    small_build(f.m, &f.a);
    assert_int_equal(RW_OK, rw_prior_make(f.m, SEED, NULL, &f.prior, &f.e));
    assert_int_equal(RW_OK, rw_world_new(f.m, SEED, N, NULL, &f.w, &f.e));
    assert_int_equal(
        RW_OK, rw_wheel_new(f.w, &f.m->strategies[1], &f.prior, &f.g, &f.e));
    assert_int_equal(RW_OK, rw_world_begin(f.w, 0, N, &f.e));
    assert_int_equal(RW_OK, rw_wheel_begin(f.g, &f.e));
}

static void
tell(unsigned t, size_t r)
{
    assert_int_equal(RW_OK, rw_world_cycle(f.w, t, &f.e));
    assert_int_equal(RW_OK, rw_wheel_plan(f.g, &f.e));
    memset(f.seen, 0, sizeof f.seen);
    memset(f.exposure, 0, sizeof f.exposure);
    rw_partners_tell(f.g, r, f.seen, f.exposure);
}

static void
end(void)
{
    rw_wheel_free(f.g);
    rw_world_free(f.w);
    rw_prior_fini(&f.prior);
    rw_arena_fini(&f.a);
}

/* Counts of both ways to draw them: a Poisson law's mean and variance. */
static void
a_partner_tells_of_a_poisson_number_of_incidents(void **state)
{
    (void)state;
    for (int large = 0; large < 2; large++) {
        double mean = large ? 50 : 3;
        struct rw_moments x;

        begin(mean, 1, true); /* one a quarter each */
        start();
        tell(0, 0);
        x = rw_moments_array(f.seen, N);
        assert_close(x.mean, mean, CHECK_Z * sqrt(mean / N));
        /* var of a sample variance: (mu4 - s^4) / n, mu4 = m (1 + 3 m) */
        assert_close(x.m2 / (N - 1), mean, CHECK_Z * sqrt(mean * (1 + 2 * mean) / N));
        for (size_t i = 0; i < N; i++)
            assert_close(f.exposure[i], mean, 1e-12 * mean);
        end();
    }
}

/* With rates from Gamma(2, 1/2) events a quarter in units of the prior's mean,
 * E[(a0 + w n) / (b0 + w k)] is 1 and, with weight 1, so many counts close in
 * on the truth: mean square error of the posterior mean 1 / (b0 + k). */
static void
what_it_tells_updates_the_belief(void **state)
{
    double a[N], b[N], a0, b0, error[N], k = 10;
    const double *raw;
    struct rw_moments x;

    (void)state;
    begin(k, 1, false);
    start();
    tell(0, 0);
    assert_relative(f.prior.cv[0], sqrt(0.5), 1e-9);
    rw_belief_prior(1, f.prior.cv[0], &a0, &b0);
    for (size_t i = 0; i < N; i++) {
        a[i] = a0;
        b[i] = b0;
    }
    rw_belief_update(N, 1, f.seen, f.exposure, a, b);
    raw = rw_world_expected(f.w, f.m->risks[0].source);
    for (size_t i = 0; i < N; i++) {
        double off = a[i] / b[i] - raw[i] / f.prior.rate[0];

        assert_relative(b[i], b0 + k, 1e-9);
        error[i] = off * off;
    }
    x = rw_moments_array(error, N);
    assert_close(x.mean, 1 / (b0 + k), CHECK_Z * rw_moments_se(&x));
    end();
}

static void
its_weight_counts_incidents_and_exposure_alike(void **state)
{
    static double full[N];

    (void)state;
    begin(20, 1, true);
    start();
    tell(0, 0);
    memcpy(full, f.seen, sizeof full);
    end();
    begin(20, 0.25, true);
    start();
    tell(0, 0);
    for (size_t i = 0; i < N; i++) {
        assert_close(f.seen[i], 0.25 * full[i], 1e-12);
        assert_close(f.exposure[i], 5, 1e-11);
    }
    end();
}

/* Bought in the third cycle, with a cycle until it is signed; and what it
 * does not cover it does not tell. */
static void
it_tells_while_the_agreement_is_in_force(void **state)
{
    (void)state;
    begin(20, 1, true);
    f.m->controls[1].status = RW_STATUS_CANDIDATE;
    f.m->controls[1].build = 1;
    small_plan(f.m, &f.a, 1, 1, 2);
    start();
    for (unsigned t = 0; t < 5; t++) {
        tell(t, 0);
        assert_close(f.exposure[7], t >= 3 ? 20 : 0, 1e-11);
        assert_true(t >= 3 || f.seen[7] <= 0);
        tell(t, 1);
        assert_close(f.exposure[7], 0, 0);
    }
    end();
}

CHECK_MAIN(cmocka_unit_test(a_partner_tells_of_a_poisson_number_of_incidents),
    cmocka_unit_test(what_it_tells_updates_the_belief),
    cmocka_unit_test(its_weight_counts_incidents_and_exposure_alike),
    cmocka_unit_test(it_tells_while_the_agreement_is_in_force))
