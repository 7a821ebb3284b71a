/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Common shocks, common multipliers, common causes and copulas, as they reach
 * losses. */
#include "num/sum.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/turn.h"

enum { N = 100000, SEED = 9 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_prior prior;
    struct rw_turn *x;
    struct rw_moments *ledger;
    double *sink[64];
};

static void
begin(struct fixture *f, size_t threats, size_t controls, unsigned cycles, unsigned per)
{
    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, threats, controls, 3, cycles, per);
}

/* All strategies over n futures in one block; per-future figures are then in
 * x->wheels[s]->acc. */
static void
run(struct fixture *f, size_t n)
{
    static const size_t strategies[] = {0, 1, 2};
    struct rw_sink sink = {.year_loss = f->sink,
        .total_loss = f->sink + 30,
        .spend = f->sink + 40,
        .npv = f->sink + 50};
    struct rw_error e;

    rw_error_clear(&e);
    small_build(f->m, &f->a);
    for (size_t k = 0; k < 64; k++)
        f->sink[k] = RW_ARENA_NEW(&f->a, n, double);
    assert_int_equal(RW_OK, rw_prior_make(f->m, SEED, NULL, &f->prior, &e));
    assert_int_equal(
        RW_OK, rw_turn_new(f->m, SEED, strategies, 3, &f->prior, n, NULL, &f->x, &e));
    f->ledger = RW_ARENA_NEW(&f->a, f->x->layout.size, struct rw_moments);
    assert_int_equal(RW_OK, rw_turn_block(f->x, 0, n, &sink, f->ledger, &e));
}

static void
end(struct fixture *f)
{
    rw_turn_free(f->x);
    rw_prior_fini(&f->prior);
    rw_arena_fini(&f->a);
}

/* Loss of a threat over the horizon, by future. */
static const double *
lost(const struct fixture *f, size_t strategy, size_t threat)
{
    return f->x->wheels[strategy]->acc.total_threat + threat * f->x->w->room;
}

/* E[(x - mx)(y - my)] against what it ought to be, by the products' spread. */
static void
assert_covariance(
    const double x[], double mx, const double y[], double my, size_t n, double want)
{
    double *xy = malloc(n * sizeof *xy);
    struct rw_moments s;

    for (size_t i = 0; i < n; i++)
        xy[i] = (x[i] - mx) * (y[i] - my);
    s = rw_moments_array(xy, n);
    assert_close(s.mean, want, CHECK_Z * rw_moments_sd(&s) / sqrt((double)n));
    free(xy);
}

static void
assert_mean(const double x[], size_t n, double want, double variance)
{
    assert_close(
        rw_sum_array(x, n) / (double)n, want, CHECK_Z * sqrt(variance / (double)n));
}

/* Shock s with so many hits of probability p[], threats 0, 1, ... */
static struct rw_shock *
add_shock(struct fixture *f, double frequency, size_t n, const double p[])
{
    struct rw_dependence *d = &f->m->dependence;
    struct rw_shock *s;

    if (d->shocks == NULL)
        d->shocks = RW_ARENA_NEW(&f->a, 4, struct rw_shock);
    s = &d->shocks[d->n_shocks++];
    s->id = rw_arena_printf(&f->a, "shock%zu", d->n_shocks);
    s->frequency.dist = rw_dist_constant(frequency);
    s->hits = RW_ARENA_NEW(&f->a, n, struct rw_hit);
    for (size_t h = 0; h < n; h++)
        s->hits[s->n_hits++] = (struct rw_hit){.threat = h, .probability = p[h]};
    return s;
}

static void
add_multiplier(struct fixture *f, double dispersion, size_t n)
{
    struct rw_dependence *d = &f->m->dependence;
    struct rw_multiplier *x = RW_ARENA_NEW(&f->a, 1, struct rw_multiplier);

    x->id = "climate";
    x->dispersion = dispersion;
    x->threats = RW_ARENA_NEW(&f->a, n, size_t);
    for (size_t k = 0; k < n; k++)
        x->threats[x->n_threats++] = k;
    d->multipliers = x;
    d->n_multipliers = 1;
}

static void
add_cause(struct fixture *f, double per_year, double years, size_t n)
{
    struct rw_dependence *d = &f->m->dependence;
    struct rw_cause *x = RW_ARENA_NEW(&f->a, 1, struct rw_cause);

    x->id = "team";
    x->fails = per_year;
    x->fail_years = years;
    x->controls = RW_ARENA_NEW(&f->a, n, size_t);
    for (size_t k = 0; k < n; k++)
        x->controls[x->n_controls++] = k;
    d->causes = x;
    d->n_causes = 1;
}

/* Losses of 1, so that losses count events.  Threat 1 hits two assets. */
static void
shocks_tie_counts_by_rate_and_probabilities(void **state)
{
    static const double p[] = {0.6, 0.3};
    const double l = 2, own0 = 1, own1 = 0.5;
    struct fixture f;
    double m0 = own0 + l * 0.6, m1 = 2 * (own1 + l * 0.3);

    (void)state;
    begin(&f, 2, 0, 4, 4);
    f.m->threats[0].frequency.dist = rw_dist_constant(own0);
    f.m->threats[1].frequency.dist = rw_dist_constant(own1);
    f.m->threats[1].n_assets = 2;
    f.m->threats[1].assets[1] = 1;
    add_shock(&f, l, 2, p);
    run(&f, N);
    assert_mean(lost(&f, 0, 0), N, m0, m0);
    /* a shock hits both assets at once: variance 2 own + 4 l p */
    assert_mean(lost(&f, 0, 1), N, m1, 2 * own1 + 4 * l * 0.3);
    assert_covariance(lost(&f, 0, 0), m0, lost(&f, 0, 0), m0, N, m0);
    assert_covariance(
        lost(&f, 0, 1), m1, lost(&f, 0, 1), m1, N, 2 * own1 + 4 * l * 0.3);
    assert_covariance(lost(&f, 0, 0), m0, lost(&f, 0, 1), m1, N, 2 * l * 0.6 * 0.3);
    /* residual risk and the prior hold the shock's events */
    assert_close(f.x->wheels[0]->acc.residual[0], m0 + m1, 1e-12);
    assert_close(f.prior.rate[0] * 4, m0, 1e-15);
    assert_close(f.prior.rate[4] * 4, m1 / 2, 1e-15);
    end(&f);
}

/* Two kinds of loss, X1 lognormal(11, 1.3), X2 gamma(0.8, 250k); Poisson rates
 * 1.0 (X1), 0.5 (X2) and 0.5 (both at once). */
static void
two_lines_with_a_common_shock_have_their_moments(void **state)
{
    static const double p[] = {1, 1};
    double x1 = exp(11 + 1.3 * 1.3 / 2), x1x1 = exp(22 + 2 * 1.3 * 1.3);
    double x2 = 0.8 * 250e3, x2x2 = 0.8 * 1.8 * 250e3 * 250e3;
    double mean = 1.5 * x1 + x2, variance = 1.5 * x1x1 + x2x2 + x1 * x2;
    struct fixture f;
    const double *sum;

    (void)state;
    begin(&f, 2, 0, 1, 1);
    f.m->threats[1].frequency.dist = rw_dist_constant(0.5);
    f.m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", 11}, {"sigma", 1.3});
    f.m->threats[1].losses[0].amount =
        SMALL_DIST("gamma", {"shape", 0.8}, {"scale", 250e3});
    add_shock(&f, 0.5, 2, p);
    run(&f, 4 * N);
    sum = f.x->wheels[0]->acc.total_loss;
    assert_mean(sum, 4 * N, mean, variance);
    assert_mean(lost(&f, 0, 0), 4 * N, 1.5 * x1, 1.5 * x1x1);
    assert_mean(lost(&f, 0, 1), 4 * N, x2, x2x2);
    assert_covariance(sum, mean, sum, mean, 4 * N, variance);
    assert_covariance(
        lost(&f, 0, 0), 1.5 * x1, lost(&f, 0, 1), x2, 4 * N, 0.5 * x1 * x2);
    end(&f);
}

/* A shock's events are beside the threat's own and change none of them. */
static void
shocks_add_to_what_was_there(void **state)
{
    static const double p[] = {0.7, 0.2};
    static const double own[] = {3, 0, 3}, rate[] = {0, 1.5, 1.5};
    double *loss[3];
    struct fixture f;

    (void)state;
    for (int k = 0; k < 3; k++) {
        begin(&f, 2, 0, 4, 4);
        for (size_t t = 0; t < 2; t++) {
            f.m->threats[t].frequency.dist = rw_dist_constant(own[k]);
            f.m->threats[t].losses[0].amount =
                SMALL_DIST("lognormal", {"mu", 0}, {"sigma", 1});
        }
        add_shock(&f, rate[k], 2, p);
        run(&f, 2000);
        loss[k] = malloc(2000 * sizeof **loss);
        memcpy(loss[k], f.x->wheels[0]->acc.total_loss, 2000 * sizeof **loss);
        end(&f);
    }
    for (size_t i = 0; i < 2000; i++)
        assert_relative(loss[0][i] + loss[1][i], loss[2][i], 1e-13);
    for (int k = 0; k < 3; k++)
        free(loss[k]);
}

static void
controls_thin_a_shock_on_each_risk_by_itself(void **state)
{
    static const double p[] = {0.5, 0.8};
    const double l = 3, s0 = 1 - 0.4, s1 = 1 - 0.7;
    struct fixture f;

    (void)state;
    begin(&f, 2, 2, 1, 1);
    for (size_t c = 0; c < 2; c++) {
        f.m->controls[c].efficacy.dist = rw_dist_constant(c == 0 ? 0.4 : 0.7);
        f.m->controls[c].covers_threats = RW_ARENA_NEW(&f.a, 1, size_t);
        f.m->controls[c].covers_threats[0] = c;
        f.m->controls[c].n_covers_threats = 1;
        f.m->threats[c].frequency.dist = rw_dist_constant(0);
        small_plan(f.m, &f.a, 1, c, 0);
    }
    add_shock(&f, l, 2, p);
    run(&f, N);
    assert_mean(lost(&f, 1, 0), N, l * 0.5 * s0, l * 0.5 * s0);
    assert_mean(lost(&f, 1, 1), N, l * 0.8 * s1, l * 0.8 * s1);
    assert_covariance(lost(&f, 1, 0), l * 0.5 * s0, lost(&f, 1, 1), l * 0.8 * s1, N,
        l * 0.5 * s0 * 0.8 * s1);
    assert_close(f.x->wheels[1]->acc.residual[0], l * (0.5 * s0 + 0.8 * s1), 1e-14);
    end(&f);
}

/* A shock hits both assets of a threat at once, each with a loss of its own. */
static void
assets_that_a_shock_hits_lose_by_themselves(void **state)
{
    static const double p[] = {1};
    const double l = 2;
    struct fixture f;

    (void)state;
    begin(&f, 1, 0, 1, 1);
    f.m->threats[0].frequency.dist = rw_dist_constant(0);
    f.m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
    f.m->threats[0].n_assets = 2;
    f.m->threats[0].assets[1] = 1;
    add_shock(&f, l, 1, p);
    run(&f, N);
    /* E (X + Y)^2 = 2 E X^2 + 2 (E X)^2 = 6; of one loss twice it were 8 */
    assert_mean(lost(&f, 0, 0), N, 2 * l, 6 * l);
    assert_covariance(lost(&f, 0, 0), 2 * l, lost(&f, 0, 0), 2 * l, N, 6 * l);
    end(&f);
}

/* One Gamma(1/f, f) a year; cycles are quarters, so it spans four of them. */
static void
a_common_multiplier_spreads_and_ties_counts(void **state)
{
    const double d = 0.4, m0 = 2, m1 = 3;
    struct fixture f;

    (void)state;
    begin(&f, 3, 0, 4, 4);
    f.m->threats[0].frequency.dist = rw_dist_constant(m0);
    f.m->threats[1].frequency.dist = rw_dist_constant(m1);
    add_multiplier(&f, d, 2);
    run(&f, N);
    assert_mean(lost(&f, 0, 0), N, m0, m0 + d * m0 * m0);
    assert_covariance(lost(&f, 0, 0), m0, lost(&f, 0, 0), m0, N, m0 + d * m0 * m0);
    assert_covariance(lost(&f, 0, 1), m1, lost(&f, 0, 1), m1, N, m1 + d * m1 * m1);
    assert_covariance(lost(&f, 0, 0), m0, lost(&f, 0, 1), m1, N, d * m0 * m1);
    /* a threat it does not name stays by itself */
    assert_covariance(lost(&f, 0, 2), 1, lost(&f, 0, 2), 1, N, 1);
    assert_covariance(lost(&f, 0, 0), m0, lost(&f, 0, 2), 1, N, 0);
    assert_close(f.prior.rate[0] * 4, m0, 1e-15);
    end(&f);
}

/* On top of a negative binomial count both multiply: with independent mean 1
 * variables G, H the rate varies by (1 + g)(1 + h) - 1. */
static void
a_common_multiplier_comes_on_top_of_the_threats_own(void **state)
{
    const double g = 0.4, h = 0.25, m = 2;
    struct fixture f;

    (void)state;
    begin(&f, 1, 0, 1, 1);
    f.m->threats[0].frequency.dist = rw_dist_constant(m);
    f.m->threats[0].law = RW_COUNT_NEGBIN;
    f.m->threats[0].dispersion = h;
    add_multiplier(&f, g, 1);
    run(&f, N);
    assert_covariance(
        lost(&f, 0, 0), m, lost(&f, 0, 0), m, N, m + m * m * ((1 + g) * (1 + h) - 1));
    end(&f);
}

static struct rw_coupling *
couple(struct fixture *f, enum rw_copula_kind kind, size_t n, double r)
{
    struct rw_coupling *c = RW_ARENA_NEW(&f->a, 1, struct rw_coupling);

    *c = (struct rw_coupling){.kind = kind, .df = 4, .n = n};
    c->names = RW_ARENA_NEW(&f->a, n, const char *);
    c->names[0] = "first";
    c->estimates = RW_ARENA_NEW(&f->a, n, struct rw_estimate *);
    c->threats = RW_ARENA_NEW(&f->a, n, size_t);
    c->rho = RW_ARENA_NEW(&f->a, n * n, double);
    for (size_t k = 0; k < n * n; k++)
        c->rho[k] = k % (n + 1) == 0 ? 1 : r;
    f->m->dependence.couplings = c;
    f->m->dependence.n_couplings = 1;
    return c;
}

static void
coupled_years_tie_counts(void **state)
{
    struct fixture f;
    struct rw_coupling *c;
    struct rw_copula_product p;
    const double m0 = 4, m1 = 5;

    (void)state;
    begin(&f, 2, 0, 2, 2);
    for (size_t k = 0; k < 2; k++) {
        f.m->threats[k].frequency.dist = rw_dist_constant(4 + (double)k);
        f.m->threats[k].law = RW_COUNT_NEGBIN;
        f.m->threats[k].dispersion = 0.5 + (double)k;
    }
    c = couple(&f, RW_COPULA_T, 2, 0.7);
    c->over = RW_OVER_YEARS;
    c->threats[1] = 1;
    run(&f, N);
    p = rw_copula_product(
        &c->copula, 0.7, &f.m->threats[0].count.mixing, &f.m->threats[1].count.mixing);
    assert_true(p.mean > 1.3);
    assert_covariance(
        lost(&f, 0, 0), m0, lost(&f, 0, 1), m1, N, m0 * m1 * (p.mean - 1));
    assert_covariance(lost(&f, 0, 1), m1, lost(&f, 0, 1), m1, N, m1 + 1.5 * m1 * m1);
    end(&f);
}

/* What is believed at first is what is true on average. */
static void
the_prior_is_the_mean_of_the_truth(void **state)
{
    static const double p[] = {0.6};

    (void)state;
    for (int shocked = 0; shocked < 2; shocked++) {
        struct fixture f;
        struct rw_threat *t;
        struct rw_coupling *c;
        struct rw_moments s;
        double *rate = malloc(N * sizeof *rate), alone;

        begin(&f, 1, 1, 2, 2);
        t = &f.m->threats[0];
        t->frequency.dist = SMALL_DIST("lognormal", {"mu", 0.5}, {"sigma", 0.8});
        t->susceptibility.dist = SMALL_DIST("beta", {"alpha", 2}, {"beta", 3});
        f.m->controls[0].efficacy.dist = SMALL_DIST("uniform", {"min", 0}, {"max", 1});
        f.m->controls[0].coverage.dist =
            SMALL_DIST("uniform", {"min", 0.2}, {"max", 1});
        f.m->controls[0].status = RW_STATUS_OPERATING;
        if (shocked)
            add_shock(&f, 1, 1, p)->frequency.dist =
                SMALL_DIST("gamma", {"mean", 2}, {"sd", 1});
        c = couple(&f, RW_COPULA_T, shocked ? 5 : 4, -0.15);
        c->estimates[0] = &t->frequency;
        c->estimates[1] = &t->susceptibility;
        c->estimates[2] = &f.m->controls[0].efficacy;
        c->estimates[3] = &f.m->controls[0].coverage;
        if (shocked)
            c->estimates[4] = &f.m->dependence.shocks[0].frequency;
        c->rho[1] = c->rho[c->n] = -0.7;
        c->rho[2 * c->n + 3] = c->rho[3 * c->n + 2] = 0.8;
        run(&f, N);
        for (size_t i = 0; i < N; i++)
            rate[i] = f.x->w->rate[i] * 2 + (shocked ? f.x->w->brought[i] : 0);
        s = rw_moments_array(rate, N);
        alone = rw_dist_mean(&t->frequency.dist) * 0.4 + (shocked ? 0.6 * 2 : 0);
        assert_true(f.prior.rate[0] * 2 < alone - 0.2); /* the copula matters */
        assert_close(
            f.prior.rate[0] * 2, s.mean, CHECK_Z * rw_moments_sd(&s) / sqrt(N));
        /* an sd from n draws has the relative error sqrt((kurtosis - 1) / 4 n),
         * kurtosis about 30; a pilot of 4096 where a shock is coupled too */
        assert_relative(
            f.prior.cv[0], rw_moments_sd(&s) / s.mean, shocked ? 0.25 : 0.05);
        for (size_t i = 0; i < N; i++)
            rate[i] = f.x->wheels[0]->intended[i];
        s = rw_moments_array(rate, N);
        assert_true(f.prior.intended[0] > 0.6 * 0.5 + 0.03);
        assert_close(
            f.prior.intended[0], s.mean, CHECK_Z * rw_moments_sd(&s) / sqrt(N));
        free(rate);
        end(&f);
    }
}

/* Two controls that never fail but for their team. */
static void
a_common_cause_fails_its_controls_together(void **state)
{
    const double per_year = 2, years = 0.25, up = 1 / (1 + per_year * years);
    const double e0 = 0.6, e1 = 0.5, rate = 5, T = 2;
    struct fixture f;
    double want, apart, var, both = 0, one = 0;

    (void)state;
    begin(&f, 1, 2, 8, 4);
    f.m->threats[0].frequency.dist = rw_dist_constant(rate);
    for (size_t c = 0; c < 2; c++) {
        f.m->controls[c].efficacy.dist = rw_dist_constant(c == 0 ? e0 : e1);
        f.m->controls[c].status = RW_STATUS_OPERATING;
    }
    add_cause(&f, per_year, years, 2);
    run(&f, N);
    for (size_t i = 0; i < N; i++) {
        bool down0 = f.x->wheels[0]->stands[i] == 0;
        bool down1 = f.x->wheels[0]->stands[f.x->w->room + i] == 0;

        both += down0 && down1;
        one += down0 != down1;
    }
    /* jointly failed: 1 - A, and not (1 - A)^2 */
    assert_close(both / N, 1 - up, CHECK_Z * sqrt(up * (1 - up) / N));
    assert_true(one == 0);
    want = rate * T * (1 - up + up * (1 - e0) * (1 - e1));
    apart = rate * T * (1 - up * e0) * (1 - up * e1);
    assert_true(want > 1.1 * apart);
    /* as of a single control: relaxation rate per_year + 1 / years */
    var = want + pow(rate * 0.8, 2) * 2 * up * (1 - up) * T / (per_year + 1 / years);
    assert_mean(lost(&f, 0, 0), N, want, var);
    end(&f);
}

/* A control's own failures come beside: it works while both do. */
static void
own_failures_and_a_cause_do_not_hide_each_other(void **state)
{
    const double up = 1 / (1 + 2 * 0.25), own = 1 / (1 + 3 * 0.1);
    struct fixture f;
    double works = 0;

    (void)state;
    begin(&f, 1, 1, 4, 4);
    f.m->threats[0].frequency.dist = rw_dist_constant(5);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.9);
    f.m->controls[0].status = RW_STATUS_OPERATING;
    f.m->controls[0].fails = 3;
    f.m->controls[0].fail_years = 0.1;
    f.m->controls[0].fail_efficacy = 0.2;
    add_cause(&f, 2, 0.25, 1);
    run(&f, N);
    for (size_t i = 0; i < N; i++)
        works += f.x->wheels[0]->stands[i] > 0.5;
    assert_close(works / N, up * own, CHECK_Z * sqrt(up * own * (1 - up * own) / N));
    assert_mean(lost(&f, 0, 0), N, 5 * (1 - 0.2 - 0.7 * up * own),
        5 + 25 * 0.7 * 0.7 * up * own * (1 - up * own));
    end(&f);
}

/* Everything at once: strategy 1 has the weaker, 2 the stronger control. */
static void
begin_all(struct fixture *f)
{
    static const double p[] = {0.6, 0.9};
    struct rw_coupling *c;

    begin(f, 2, 2, 6, 4);
    for (size_t k = 0; k < 2; k++) {
        f->m->threats[k].frequency.dist =
            SMALL_DIST("lognormal", {"mu", 1}, {"sigma", 0.6});
        f->m->threats[k].losses[0].amount =
            SMALL_DIST("lognormal", {"mu", 2}, {"sigma", 1});
        f->m->threats[k].seen_probability = 0.7;
        f->m->controls[k].efficacy.dist = rw_dist_constant(k == 0 ? 0.3 : 0.6);
        small_plan(f->m, &f->a, k + 1, k, 1);
    }
    f->m->threats[1].n_assets = 2;
    f->m->threats[1].assets[1] = 1;
    f->m->threats[1].systemic = true;
    add_shock(f, 2, 2, p);
    add_multiplier(f, 0.5, 2);
    add_cause(f, 1, 0.3, 2);
    c = couple(f, RW_COPULA_T, 2, 0.5);
    c->estimates[0] = &f->m->threats[0].frequency;
    c->estimates[1] = &f->m->threats[1].frequency;
}

static void
a_stronger_control_never_raises_a_loss(void **state)
{
    struct fixture f;
    size_t less = 0;

    (void)state;
    begin_all(&f);
    run(&f, 5000);
    for (size_t i = 0; i < 5000; i++) {
        double none = f.x->wheels[0]->acc.total_loss[i];
        double weak = f.x->wheels[1]->acc.total_loss[i];
        double strong = f.x->wheels[2]->acc.total_loss[i];

        assert_true(strong <= weak && weak <= none);
        less += strong < weak;
        assert_relative(lost(&f, 1, 0)[i] + lost(&f, 1, 1)[i], weak, 1e-12);
    }
    assert_true(less > 4000);
    end(&f);
}

static void
threads_and_blocks_change_no_bit(void **state)
{
    struct fixture f;
    struct rw_outcome *one, *three;

    (void)state;
    begin_all(&f);
    small_build(f.m, &f.a);
    one = small_run(f.m, 9000, SEED, 1);
    three = small_run(f.m, 9000, SEED, 3);
    for (size_t s = 0; s < 3; s++)
        assert_memory_equal(
            one->horizon_loss[s], three->horizon_loss[s], 9000 * sizeof(double));
    assert_memory_equal(&one->cells[7].residual, &three->cells[7].residual,
        sizeof one->cells[7].residual);
    rw_outcome_free(one);
    rw_outcome_free(three);
    rw_arena_fini(&f.a);
}

static void
the_model_knows_what_is_touched(void **state)
{
    static const double p[] = {1};
    struct fixture f;

    (void)state;
    begin(&f, 4, 2, 1, 1);
    for (size_t c = 0; c < 2; c++) {
        f.m->controls[c].covers_threats = RW_ARENA_NEW(&f.a, 1, size_t);
        f.m->controls[c].covers_threats[0] = c + 1;
        f.m->controls[c].n_covers_threats = 1;
    }
    add_shock(&f, 1, 1, p);
    add_multiplier(&f, 0.3, 2);
    add_cause(&f, 1, 0.1, 2);
    f.m->controls[1].efficacy.dist = SMALL_DIST("uniform", {"min", 0}, {"max", 1});
    f.m->threats[0].frequency.dist = SMALL_DIST("uniform", {"min", 0}, {"max", 1});
    couple(&f, RW_COPULA_GAUSSIAN, 2, 0.5)->estimates[0] = &f.m->controls[1].efficacy;
    f.m->dependence.couplings->estimates[1] = &f.m->threats[0].frequency;
    small_build(f.m, &f.a);
    assert_int_equal(
        f.m->risks[0].touched, RW_TOUCH_SHOCK | RW_TOUCH_MULTIPLIER | RW_TOUCH_COPULA);
    assert_int_equal(f.m->risks[1].touched, RW_TOUCH_MULTIPLIER | RW_TOUCH_CAUSE);
    assert_int_equal(f.m->risks[2].touched, RW_TOUCH_CAUSE | RW_TOUCH_COPULA);
    assert_int_equal(f.m->risks[3].touched, 0);
    rw_arena_fini(&f.a);
}

CHECK_MAIN(cmocka_unit_test(shocks_tie_counts_by_rate_and_probabilities),
    cmocka_unit_test(two_lines_with_a_common_shock_have_their_moments),
    cmocka_unit_test(shocks_add_to_what_was_there),
    cmocka_unit_test(controls_thin_a_shock_on_each_risk_by_itself),
    cmocka_unit_test(assets_that_a_shock_hits_lose_by_themselves),
    cmocka_unit_test(a_common_multiplier_spreads_and_ties_counts),
    cmocka_unit_test(a_common_multiplier_comes_on_top_of_the_threats_own),
    cmocka_unit_test(coupled_years_tie_counts),
    cmocka_unit_test(the_prior_is_the_mean_of_the_truth),
    cmocka_unit_test(a_common_cause_fails_its_controls_together),
    cmocka_unit_test(own_failures_and_a_cause_do_not_hide_each_other),
    cmocka_unit_test(a_stronger_control_never_raises_a_loss),
    cmocka_unit_test(threads_and_blocks_change_no_bit),
    cmocka_unit_test(the_model_knows_what_is_touched))
