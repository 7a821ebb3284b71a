/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/conditional.h"
#include "num/mixing.h"
#include "num/sum.h"
#include "tests/support/check.h"

/* Figures of laws known to nine digits or more: a lattice of 2^22 points and
 * the FFT, with extrapolation, against gamma mixtures and bounds (Panjer's
 * recursion agrees to its own step). */
struct known {
    const char *name;
    enum rw_count_law law;
    double m, parameter;
    const char *family, *p1, *p2;
    double v1, v2;
    double q[3], var[3], tvar[3]; /* 0: not known */
    double at, sf;
    double deductible, limit;
};

static const struct known cases[] = {
    {"Poisson(1) x lognormal(0, 2)", RW_COUNT_POISSON, 1, 0, "lognormal", "mu", "sigma",
        0, 2, {0.95, 0.99, 0.999}, {28.93967672, 109.7797217, 490.5497104},
        {98.1537511, 280.978251, 0}, 500, 0.000967939617, 0, 0},
    {"NegBin(1.2, 2.5) x lognormal", RW_COUNT_NEGBIN, 3, 1 / 1.2, "lognormal", "p5",
        "p95", 50000, 2500000, {0.95, 0.99, 0.999},
        {8199667.559, 14550464.55, 26575361.93}, {12325470.2, 19769807.2, 0}, 5000000,
        0.127322203, 0, 0},
    {"Poisson(50) x exponential(1)", RW_COUNT_POISSON, 50, 0, "exponential", "mean",
        NULL, 1, 0, {0.95, 0.99, 0.999}, {67.2614522, 75.4145064, 85.10595539},
        {72.2744814, 79.6901085, 0}, 60, 0.158104049, 0, 0},
    {"zip(0.6, 1.5) x lognormal(12, 1)", RW_COUNT_ZIP, 1.5, 0.6, "lognormal", "mu",
        "sigma", 12, 1, {0.9, 0.95, 0.99}, {554628.7852, 899470.2093, 1824991.973},
        {0, 1502444.54, 2604344.22}, 1000000, 0.0412480251, 0, 0},
    {"Poisson(1.2) x lognormal(12, 1.5), insured", RW_COUNT_POISSON, 1.2, 0,
        "lognormal", "mu", "sigma", 12, 1.5, {0.9, 0.95, 0.99},
        {262068.4228, 400000, 4030624.011}, {0, 3023726.74, 9348682.12}, 150000,
        0.26405404, 100000, 2000000},
};

enum { N_CASES = sizeof cases / sizeof cases[0] };

struct setting {
    struct rw_event_part part;
    struct rw_compound_member member;
    double m, weight;
    struct rw_compound c;
};

static struct rw_dist
make(const char *name, const char *p1, double v1, const char *p2, double v2)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    assert_int_equal(
        RW_OK, rw_dist_make(name, (const struct rw_dist_arg[]){{p1, v1}, {p2, v2}},
                   p2 == NULL ? 1 : 2, &d, &bad, why));
    return d;
}

static void
set(struct setting *s, enum rw_count_law law, double parameter, double m,
    struct rw_dist amount)
{
    *s = (struct setting){
        .part = {.amount = amount, .scale = 1, .probability = 1}, .m = m, .weight = 1};
    s->member = (struct rw_compound_member){
        .share = 1, .event = {.parts = &s->part, .n_parts = 1}};
    s->c = (struct rw_compound){.law = law,
        .dispersion = parameter,
        .zero = parameter,
        .chances = parameter,
        .m = &s->m,
        .weight = &s->weight,
        .n_nodes = 1,
        .members = &s->member,
        .n_members = 1};
}

static void
set_known(struct setting *s, const struct known *k)
{
    set(s, k->law, k->parameter, k->m, make(k->family, k->p1, k->v1, k->p2, k->v2));
    s->member.event.deductible = k->deductible;
    s->member.event.limit = k->limit;
}

static struct rw_conditional *
drawn(const struct setting *s, double q, size_t n, uint64_t seed)
{
    struct rw_conditional *c;
    struct rw_error e = {0};

    if (rw_conditional_new(&s->c, 1, q, n, (struct rw_stream){seed, 9}, &c, &e) !=
        RW_OK)
        fail_msg("%s", e.text);
    return c;
}

enum { SEEDS = 60, COVER = 200 };

/* The mean over seeds lies by the truth as its own scatter allows (or within
 * the truth's last digit). */
static void
check_mean(const double x[SEEDS], double truth, const char *name, double q)
{
    struct rw_moments m = rw_moments_array(x, SEEDS);
    /* Student's t with 59 degrees of freedom at 1e-6 */
    double limit = 5.44 * rw_moments_se(&m) + 1e-8 * truth;

    if (!(fabs(m.mean - truth) <= limit))
        fail_msg(
            "%s at %g: %.10g, want %.10g within %.2g", name, q, m.mean, truth, limit);
}

static void
known_laws_are_met_without_bias(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_CASES; i++) {
        const struct known *k = &cases[i];
        double var[3][SEEDS], tvar[3][SEEDS], sf[SEEDS];
        struct setting s;

        set_known(&s, k);
        for (int r = 0; r < SEEDS; r++) {
            struct rw_conditional *c = drawn(&s, 0.99, 8000, 1000 + (uint64_t)r);

            for (int j = 0; j < 3; j++) {
                var[j][r] = rw_conditional_quantile(c, k->q[j], 0.95).value;
                tvar[j][r] = rw_conditional_tvar(c, k->q[j], 0.95).value;
            }
            sf[r] = rw_conditional_sf(c, k->at, 0.95).value;
            rw_conditional_free(c);
        }
        for (int j = 0; j < 3; j++) {
            check_mean(var[j], k->var[j], k->name, k->q[j]);
            if (k->tvar[j] > 0)
                check_mean(tvar[j], k->tvar[j], k->name, k->q[j]);
        }
        check_mean(sf, k->sf, k->name, k->at);
    }
}

/* Of 200 intervals of 95 % as many hold the truth as a binomial count
 * allows. */
static void
intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    double limit = CHECK_Z * sqrt(COVER * 0.95 * 0.05);

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const struct known *k = &cases[i];
        double var = 0, tvar = 0, sf = 0;
        struct setting s;

        set_known(&s, k);
        for (uint64_t r = 0; r < COVER; r++) {
            struct rw_conditional *c = drawn(&s, 0.95, 4000, 5000 + r);
            struct rw_tail_estimate v = rw_conditional_quantile(c, 0.95, 0.95);
            struct rw_tail_estimate t = rw_conditional_tvar(c, 0.95, 0.95);
            struct rw_tail_estimate p = rw_conditional_sf(c, k->at, 0.95);
            int j = k->q[0] < 0.95;

            var += v.low <= k->var[j] && k->var[j] <= v.high;
            tvar += t.low <= k->tvar[j] && k->tvar[j] <= t.high;
            sf += p.low <= k->sf && k->sf <= p.high;
            rw_conditional_free(c);
        }
        assert_close(var, 0.95 * COVER, limit);
        assert_close(tvar, 0.95 * COVER, limit);
        assert_close(sf, 0.95 * COVER, limit);
    }
}

static void
at_most_one_event_needs_no_points(void **state)
{
    struct rw_dist d = make("lognormal", "mu", 1, "sigma", 1);
    struct rw_conditional *c;
    struct rw_tail_estimate v;
    struct setting s;

    (void)state;
    set(&s, RW_COUNT_BERNOULLI, 0, 0.3, d);
    c = drawn(&s, 0.99, 1000, 1);
    for (double x = 0; x < 50; x += 3.5)
        assert_close(
            rw_conditional_sf(c, x, 0.95).value, 0.3 * rw_dist_sf(&d, x), 1e-9);
    v = rw_conditional_quantile(c, 0.99, 0.95);
    assert_relative(v.value, rw_dist_quantile(&d, 1 - 0.01 / 0.3), 1e-8);
    assert_true(v.se <= 1e-15 * v.value);
    assert_close(rw_conditional_p0(c, 0.95).value, 0.7, 1e-15);
    assert_true(rw_conditional_quantile(c, 0.7, 0.95).value == 0);
    rw_conditional_free(c);
}

/* Every loss is 10: then the sum passes x as often as N passes x / 10, and
 * ties share the place of the largest.  N ~ binomial(4, 1/2). */
static void
known_losses_leave_nothing_to_chance(void **state)
{
    static const double sf[] = {15, 11, 5, 1}; /* sixteenths of P(N > k) */
    struct rw_conditional *c;
    struct rw_tail_estimate v;
    struct setting s;

    (void)state;
    set(&s, RW_COUNT_BINOMIAL, 4, 2, rw_dist_constant(10));
    c = drawn(&s, 0.9, 1000, 1);
    for (int k = 0; k < 4; k++) {
        assert_close(rw_conditional_sf(c, 10.0 * k, 0.95).value, sf[k] / 16, 1e-12);
        assert_close(rw_conditional_sf(c, 10.0 * k + 5, 0.95).value, sf[k] / 16, 1e-12);
    }
    v = rw_conditional_quantile(c, 0.9, 0.95);
    assert_relative(v.value, 30.0, 1e-12);
    assert_relative(v.low, 30.0, 1e-12);
    assert_relative(v.high, 30.0, 1e-12);
    assert_relative(rw_conditional_tvar(c, 0.9, 0.95).value, 30 + 10 / 1.6, 1e-12);
    assert_relative(rw_conditional_mean(c, 0.95).value, 20.0, 1e-12);
    rw_conditional_free(c);
}

/* Poisson(2), every second event without a loss, each in thousands: the law
 * of Poisson(1), a thousandfold. */
static void
events_without_a_loss_thin_the_counts(void **state)
{
    double var[SEEDS], tvar[SEEDS];
    struct setting s;

    (void)state;
    set(&s, RW_COUNT_POISSON, 0, 1, make("lognormal", "mu", 0, "sigma", 2));
    s.part.probability = 0.5;
    s.part.scale = 1000;
    s.member.share = 2;
    for (uint64_t r = 0; r < SEEDS; r++) {
        struct rw_conditional *c = drawn(&s, 0.99, 8000, 300 + r);

        assert_close(rw_conditional_p0(c, 0.95).value, exp(-1), 1e-12);
        assert_relative(rw_conditional_mean(c, 0.95).value, 7389.05609893, 1e-10);
        var[r] = rw_conditional_quantile(c, 0.99, 0.95).value;
        tvar[r] = rw_conditional_tvar(c, 0.99, 0.95).value;
        rw_conditional_free(c);
    }
    check_mean(var, 109779.7217, "thinned", 0.99);
    check_mean(tvar, 280978.251, "thinned", 0.99);
}

/* The frequency is PERT(0.5, 2, 6), drawn once a year; lognormal(11.5, 1.4). */
static void
an_uncertain_frequency_mixes_the_counts(void **state)
{
    struct rw_mixing_factor f = {.y = {0}};
    double var[SEEDS], tvar[SEEDS];
    char why[RW_DIST_WHY];
    struct rw_mixing m;
    struct rw_arena a;
    struct setting s;
    int bad;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(
        RW_OK, rw_dist_make("pert",
                   (const struct rw_dist_arg[]){{"min", 0.5}, {"mode", 2}, {"max", 6}},
                   3, &f.x, &bad, why));
    assert_int_equal(RW_OK, rw_mixing_make(&f, 1, &a, &m));
    set(&s, RW_COUNT_POISSON, 0, 1, make("lognormal", "mu", 11.5, "sigma", 1.4));
    s.c.m = m.node;
    s.c.weight = m.weight;
    s.c.n_nodes = m.n;
    for (uint64_t r = 0; r < SEEDS; r++) {
        struct rw_conditional *c = drawn(&s, 0.99, 8000, 300 + r);

        assert_close(rw_conditional_p0(c, 0.95).value, 0.135037955973, 1e-10);
        assert_relative(rw_conditional_mean(c, 0.95).value, 635640.976262, 1e-10);
        var[r] = rw_conditional_quantile(c, 0.99, 0.95).value;
        tvar[r] = rw_conditional_tvar(c, 0.99, 0.95).value;
        rw_conditional_free(c);
    }
    check_mean(var, 4821998.562, "mixed", 0.99);
    check_mean(tvar, 7708988.06, "mixed", 0.99);
    rw_arena_fini(&a);
}

static void
a_seed_says_everything(void **state)
{
    struct setting s;
    double v[3];

    (void)state;
    set_known(&s, &cases[1]);
    for (uint64_t r = 0; r < 3; r++) {
        struct rw_conditional *c = drawn(&s, 0.99, 4000, 1 + r / 2);

        v[r] = rw_conditional_quantile(c, 0.99, 0.95).value;
        assert_true(rw_conditional_points(c) >= 2000);
        rw_conditional_free(c);
    }
    assert_true(v[0] == v[1] && v[1] != v[2]);
}

static void
what_it_cannot_do_it_says(void **state)
{
    struct rw_conditional *c;
    struct rw_error e = {0};
    struct setting s;

    (void)state;
    set_known(&s, &cases[0]);
    s.part.amount = make("normal", "mean", 1, "sd", 1);
    assert_int_equal(RW_ERR_INPUT,
        rw_conditional_new(&s.c, 1, 0.99, 100, (struct rw_stream){1, 1}, &c, &e));
    assert_non_null(strstr(e.text, "floor"));
    rw_error_clear(&e);
    set_known(&s, &cases[0]);
    s.m = 1e6;
    assert_int_equal(RW_ERR_INPUT,
        rw_conditional_new(&s.c, 1, 0.99, 100, (struct rw_stream){1, 1}, &c, &e));
    assert_non_null(strstr(e.text, "events a year"));
}

CHECK_MAIN(cmocka_unit_test(known_laws_are_met_without_bias),
    cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
    cmocka_unit_test(at_most_one_event_needs_no_points),
    cmocka_unit_test(known_losses_leave_nothing_to_chance),
    cmocka_unit_test(events_without_a_loss_thin_the_counts),
    cmocka_unit_test(an_uncertain_frequency_mixes_the_counts),
    cmocka_unit_test(a_seed_says_everything),
    cmocka_unit_test(what_it_cannot_do_it_says))
