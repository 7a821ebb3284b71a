/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditional Monte Carlo of several risks, several parts and covers on them,
 * against the exact law of the same years (num/aggregate.h, which draws
 * nothing) and against published figures. */
#include "num/conditional.h"
#include "num/sum.h"
#include "tests/num/years.h"
#include "tests/support/check.h"

enum { SEEDS = 40, COVER = 200, PARTS = 4, MEMBERS = 3, THREATS = 6, POINTS = 4000 };

struct setting {
    struct rw_event_part part[THREATS][MEMBERS][PARTS];
    struct rw_compound_member member[THREATS][MEMBERS];
    struct rw_compound c[THREATS];
    double m[THREATS][3], weight[3];
    size_t n;
};

static const double halves[] = {0.5, 0.5}, shares[] = {0.4, 1};
static const double seven_tenths[] = {0.7}, all[] = {1};

/* A threat of known frequency with one member, whose losses are to come. */
static struct rw_event_loss *
add(struct setting *s, enum rw_count_law law, double parameter, double m)
{
    size_t i = s->n++;
    struct rw_compound_member *to = s->member[i];

    s->m[i][0] = m;
    s->weight[0] = 1;
    to[0] = (struct rw_compound_member){.share = 1, .event = {.parts = s->part[i][0]}};
    s->c[i] = (struct rw_compound){.law = law,
        .dispersion = parameter,
        .zero = parameter,
        .chances = parameter,
        .m = s->m[i],
        .weight = s->weight,
        .n_nodes = 1,
        .members = to,
        .n_members = 1};
    return &to[0].event;
}

static void
loss(struct rw_event_loss *v, struct rw_dist amount, double probability)
{
    ((struct rw_event_part *)v->parts)[v->n_parts++] =
        (struct rw_event_part){amount, 1, probability};
}

/* One more member of the latest threat. */
static struct rw_event_loss *
add_member(struct setting *s, double share)
{
    size_t i = s->n - 1, j = s->c[i].n_members++;

    s->member[i][j] =
        (struct rw_compound_member){.share = share, .event = {.parts = s->part[i][j]}};
    return &s->member[i][j].event;
}

/* The latest threat's frequency is one of three. */
static void
uncertain(struct setting *s, double a, double b, double c)
{
    static const double weight[] = {0.3, 0.5, 0.2};
    size_t i = s->n - 1;

    s->m[i][0] = a;
    s->m[i][1] = b;
    s->m[i][2] = c;
    s->c[i].weight = weight;
    s->c[i].n_nodes = 3;
}

/* ---- the settings ---- */

static void
known_rates(struct setting *s)
{
    loss(add(s, RW_COUNT_POISSON, 0, 3), year_lognormal(9, 1), 1);
    loss(add(s, RW_COUNT_POISSON, 0, 0.05), year_lognormal(12, 1.5), 1);
    loss(add(s, RW_COUNT_POISSON, 0, 1),
        YEAR_LAW("gamma", {"shape", 2}, {"scale", 20000}), 0.5);
}

static void
all_count_laws(struct setting *s)
{
    loss(add(s, RW_COUNT_NEGBIN, 0.8, 2), year_lognormal(10, 1.2), 1);
    loss(add(s, RW_COUNT_ZIP, 0.6, 1.5), year_lognormal(11, 1), 1);
    loss(add(s, RW_COUNT_BINOMIAL, 5, 3.5), year_lognormal(10, 1), 1);
    loss(add(s, RW_COUNT_BERNOULLI, 1, 0.9), year_lognormal(11, 0.8), 1);
    loss(add(s, RW_COUNT_BERNOULLI, 1, 1), year_lognormal(10, 1.5), 1);
    loss(add(s, RW_COUNT_POISSON, 0, 0.7), year_lognormal(10, 1.5), 1);
}

static void
uncertain_rates(struct setting *s)
{
    loss(add(s, RW_COUNT_POISSON, 0, 1), year_lognormal(10, 1.2), 1);
    uncertain(s, 0.5, 2, 5);
    loss(add_member(s, 0.5), year_lognormal(11, 1), 1);
    loss(add(s, RW_COUNT_NEGBIN, 0.5, 1), year_lognormal(10, 1.5), 1);
    uncertain(s, 0.2, 1, 3);
    loss(add_member(s, 2), year_lognormal(9, 1), 1);
    loss(add(s, RW_COUNT_BINOMIAL, 4, 1), year_lognormal(10, 1), 1);
    uncertain(s, 0.5, 1, 2);
    loss(add_member(s, 0.5), year_lognormal(11, 1.5), 1);
    loss(add(s, RW_COUNT_BINOMIAL, 6, 1), year_lognormal(9, 1), 1);
    uncertain(s, 1, 2, 5);
}

static void
parts_and_shares(struct setting *s)
{
    struct rw_event_loss *v = add(s, RW_COUNT_NEGBIN, 0.5, 1.5);

    loss(v, year_pert(10000, 50000, 300000), 1);
    loss(v, year_lognormal(11, 1.5), 0.3);
    loss(v, year_lognormal(10, 1), 0.6);
    v->share = shares;
    v->share_weight = halves;
    v->n_shares = 2;
    v = add(s, RW_COUNT_POISSON, 0, 1);
    loss(v, year_lognormal(11, 1), 1);
    v->share = shares;
    v->share_weight = halves;
    v->n_shares = 2;
    v = add_member(s, 0.5);
    loss(v, year_lognormal(10, 1), 0.5);
    loss(v, year_lognormal(9, 2), 0.5);
}

static void
cover(struct rw_event_loss *v, double deductible, double limit)
{
    v->deductible = deductible;
    v->limit = limit;
}

static void
covered_sums(struct setting *s)
{
    struct rw_event_loss *v = add(s, RW_COUNT_POISSON, 0, 1.2);

    loss(v, year_lognormal(11, 1.5), 1);
    loss(v, year_lognormal(11.5, 1.5), 0.4);
    cover(v, 100000, 500000);
    v = add(s, RW_COUNT_POISSON, 0, 1);
    loss(v, year_lognormal(12, 1.5), 1);
    cover(v, 100000, 2000000);
}

static void
known_amounts(struct setting *s)
{
    struct rw_event_loss *v = add(s, RW_COUNT_POISSON, 0, 1.2);

    loss(v, rw_dist_constant(70000), 1);
    v = add(s, RW_COUNT_BINOMIAL, 3, 1);
    loss(v, rw_dist_constant(100000), 1); /* 0.7 of it is left */
    v->share = seven_tenths;
    v->share_weight = all;
    v->n_shares = 1;
    v = add(s, RW_COUNT_NEGBIN, 0.5, 1);
    loss(v, rw_dist_constant(70000), 0.5);
    loss(v, rw_dist_constant(30000), 0.5);
    loss(add(s, RW_COUNT_POISSON, 0, 1), year_lognormal(10.5, 1), 1);
}

struct named {
    const char *name;
    void (*make)(struct setting *s);
};

static const struct named settings[] = {
    {"known rates", known_rates},
    {"all count laws", all_count_laws},
    {"uncertain rates", uncertain_rates},
    {"parts and shares", parts_and_shares},
    {"covered sums", covered_sums},
    {"known amounts", known_amounts},
};

enum { N_SETTINGS = sizeof settings / sizeof settings[0], FIGURES = 5 };

/* ---- figures by both ways ---- */

/* VaR at three levels, TVaR, P(S > x). */
static const double vars[] = {0.9, 0.99, 0.999}, tail = 0.99;

struct figures {
    double value[FIGURES], low[FIGURES], high[FIGURES], error[FIGURES];
};

static struct rw_conditional *
drawn(const struct rw_compound c[], size_t n, size_t points, uint64_t seed)
{
    struct rw_conditional *made;
    struct rw_error e = {0};

    if (rw_conditional_new(
            c, n, 0.99, points, (struct rw_stream){seed, 9}, &made, &e) != RW_OK)
        fail_msg("%s", e.text);
    return made;
}

static void
draw(const struct rw_compound c[], size_t n, uint64_t seed, double x, struct figures *f)
{
    struct rw_conditional *made = drawn(c, n, POINTS, seed);

    for (size_t k = 0; k < FIGURES; k++) {
        struct rw_tail_estimate e = k < 3 ? rw_conditional_quantile(made, vars[k], 0.95)
                                    : k == 3 ? rw_conditional_tvar(made, tail, 0.95)
                                             : rw_conditional_sf(made, x, 0.95);

        f->value[k] = e.value;
        f->low[k] = e.low;
        f->high[k] = e.high;
    }
    rw_conditional_free(made);
}

static void
work_out(const struct rw_compound c[], size_t n, double *x, struct figures *f)
{
    struct rw_aggregate *law;
    struct rw_bounded b;
    struct rw_error e = {0};

    if (rw_aggregate_new(c, n, &law, &e) != RW_OK)
        fail_msg("%s", e.text);
    for (size_t k = 0; k < FIGURES; k++) {
        enum rw_err err;

        *x = 0.83 * f->value[0];
        err = k < 3    ? rw_aggregate_quantile(law, vars[k], &b, &e)
              : k == 3 ? rw_aggregate_tvar(law, tail, &b, &e)
                       : rw_aggregate_sf(law, *x, &b, &e);
        assert_int_equal(err, RW_OK);
        f->value[k] = b.value;
        f->error[k] = b.error;
    }
    rw_aggregate_free(law);
}

static bool
holds(const struct figures *got, const struct figures *truth, size_t k)
{
    double slack = truth->error[k] + 1e-9 * truth->value[k];

    return got->low[k] <= truth->value[k] + slack &&
           truth->value[k] - slack <= got->high[k];
}

/* The mean over seeds lies by the truth as its own scatter allows; Student's t
 * with 39 degrees of freedom at 1e-6. */
static void
check_means(const char *name, const struct figures *truth, struct figures got[SEEDS])
{
    for (size_t k = 0; k < FIGURES; k++) {
        double x[SEEDS], limit;
        struct rw_moments m;

        for (int r = 0; r < SEEDS; r++)
            x[r] = got[r].value[k];
        m = rw_moments_array(x, SEEDS);
        limit = 5.80 * rw_moments_se(&m) + truth->error[k] + 1e-8 * truth->value[k];
        if (!(fabs(m.mean - truth->value[k]) <= limit))
            fail_msg("%s, figure %zu: %.10g, want %.10g within %.2g", name, k, m.mean,
                truth->value[k], limit);
    }
}

/* Among all settings, too, intervals of 95 % hold the truth as often as a
 * binomial count allows. */
static void
sums_are_those_of_the_exact_law(void **state)
{
    static struct figures got[SEEDS];
    double var = 0, tvar = 0, n = SEEDS * N_SETTINGS;

    (void)state;
    for (size_t i = 0; i < N_SETTINGS; i++) {
        struct setting s = {.n = 0};
        struct figures truth = {.value = {0}};
        double x;

        settings[i].make(&s);
        work_out(s.c, s.n, &x, &truth);
        for (uint64_t r = 0; r < SEEDS; r++) {
            draw(s.c, s.n, 1000 + r, x, &got[r]);
            var += holds(&got[r], &truth, 1);
            tvar += holds(&got[r], &truth, 3);
        }
        check_means(settings[i].name, &truth, got);
    }
    assert_close(var, 0.95 * n, CHECK_Z * sqrt(n * 0.95 * 0.05));
    assert_close(tvar, 0.95 * n, CHECK_Z * sqrt(n * 0.95 * 0.05));
}

static void
intervals_of_sums_hold_the_truth_as_often_as_they_say(void **state)
{
    struct setting s = {.n = 0};
    struct figures truth = {.value = {0}}, got;
    double held[FIGURES] = {0}, x;

    (void)state;
    parts_and_shares(&s);
    work_out(s.c, s.n, &x, &truth);
    for (uint64_t r = 0; r < COVER; r++) {
        draw(s.c, s.n, 9000 + r, x, &got);
        for (size_t k = 0; k < FIGURES; k++)
            held[k] += holds(&got, &truth, k);
    }
    for (size_t k = 0; k < FIGURES; k++)
        assert_close(held[k], 0.95 * COVER, CHECK_Z * sqrt(COVER * 0.95 * 0.05));
}

/* fair_primary_secondary of tests/num/years.h: an FFT outside this program. */
static void
primary_and_secondary_losses_as_published(void **state)
{
    static const size_t at[] = {1, 3, 5}; /* of year_q: 0.9, 0.99, 0.999 */
    static struct figures got[SEEDS];
    const struct year_figures *known = &year_figures[8];
    struct figures truth = {.error = {0}};
    struct year y;

    (void)state;
    year_make(&y, 8);
    for (size_t k = 0; k < 3; k++)
        truth.value[k] = known->var[at[k]];
    truth.value[3] = known->tvar[1];
    truth.value[4] = known->beyond[0].sf;
    for (uint64_t r = 0; r < SEEDS; r++)
        draw(&y.c, 1, 100 + r, known->beyond[0].x, &got[r]);
    check_means(known->name, &truth, got);
    for (int i = 0; i < YEARS; i++) {
        struct rw_conditional *c;

        year_make(&y, i);
        c = drawn(&y.c, 1, 100000, 7);
        assert_relative(
            rw_conditional_mean(c, 0.95).value, year_figures[i].mean, 1e-10);
        assert_close(rw_conditional_p0(c, 0.95).value, year_figures[i].p0, 1e-11);
        for (size_t k = 0; k < YEAR_VARS; k++) {
            struct rw_tail_estimate e = rw_conditional_quantile(c, year_q[k], 0.95);

            assert_close(e.value, year_figures[i].var[k],
                15.8 * e.se + 1e-8 * year_figures[i].var[k]);
        }
        rw_conditional_free(c);
    }
}

/* Threats of which one never happens, or whose losses are 0, or no threat. */
static void
nothing_is_a_sum_too(void **state)
{
    struct setting s = {.n = 0};
    struct rw_conditional *c = drawn(s.c, 0, 1000, 1);

    (void)state;
    assert_true(rw_conditional_p0(c, 0.95).value == 1);
    assert_true(rw_conditional_quantile(c, 0.99, 0.95).value == 0);
    assert_true(rw_conditional_tvar(c, 0.99, 0.95).value == 0);
    rw_conditional_free(c);
    loss(add(&s, RW_COUNT_POISSON, 0, 0), year_lognormal(0, 1), 1);
    loss(add(&s, RW_COUNT_NEGBIN, 1, 2), year_lognormal(0, 1), 0);
    loss(add(&s, RW_COUNT_BERNOULLI, 1, 0.3), rw_dist_constant(5), 1);
    c = drawn(s.c, s.n, 1000, 1);
    assert_close(rw_conditional_p0(c, 0.95).value, 0.7, 1e-15);
    assert_close(rw_conditional_sf(c, 4.9, 0.95).value, 0.3, 1e-12);
    assert_close(rw_conditional_tvar(c, 0.6, 0.95).value, 0.3 * 5 / 0.4, 1e-12);
    rw_conditional_free(c);
}

/* So many that the law of their total would take too long. */
static void
counts_without_a_total_are_drawn_apart(void **state)
{
    struct setting s = {.n = 0};
    struct rw_tail_estimate e;
    struct rw_conditional *c;
    struct figures truth = {.value = {0}};
    double x;

    (void)state;
    for (int i = 0; i < 2; i++)
        loss(add(&s, RW_COUNT_NEGBIN, 0.5, 1500), year_lognormal(0, 2), 1);
    work_out(s.c, s.n, &x, &truth);
    c = drawn(s.c, s.n, 1000, 3);
    for (size_t k = 0; k < 3; k++) {
        e = rw_conditional_sf(c, truth.value[k], 0.95);
        assert_close(e.value, 1 - vars[k], 15.8 * e.se);
        /* hardly worse than counting as many years */
        assert_true(e.se < 2 * sqrt((1 - vars[k]) * vars[k] /
                                    (double)rw_conditional_points(c)));
    }
    rw_conditional_free(c);
}

/* Without a deductible even P(S = 0) is estimated: min(X, l) is paid of an
 * event, X = X1 + X2 exponential, so that X <= l has 1 - (1 + l) e^-l. */
static void
figures_that_are_not_closed_have_an_error(void **state)
{
    struct setting s = {.n = 0};
    struct rw_event_loss *v = add(&s, RW_COUNT_POISSON, 0, 2);
    double some = 2 * 4 * exp(-3); /* P(X > 3) = (1 + 3) e^-3 */
    struct rw_tail_estimate e;
    struct rw_conditional *c;

    (void)state;
    loss(v, YEAR_LAW("exponential", {"mean", 1}), 1);
    loss(v, YEAR_LAW("exponential", {"mean", 1}), 1);
    cover(v, 0, 3);
    c = drawn(s.c, s.n, 100000, 1);
    e = rw_conditional_p0(c, 0.95);
    assert_close(e.value, exp(-some), 15.8 * e.se);
    assert_true(e.se > 0 && e.se < 5e-4 && e.low < e.value && e.value < e.high);
    e = rw_conditional_mean(c, 0.95);
    assert_close(e.value, 2 * 5 * exp(-3), 15.8 * e.se); /* E(X - 3)+ = 5 e^-3 */
    assert_true(e.se > 0 && e.se < 1e-3);
    rw_conditional_free(c);
}

static void
a_sum_that_it_cannot_do_it_says(void **state)
{
    struct setting s = {.n = 0};
    struct rw_conditional *c;
    struct rw_error e = {0};

    (void)state;
    loss(add(&s, RW_COUNT_POISSON, 0, 1), year_lognormal(0, 1), 1);
    loss(add(&s, RW_COUNT_NEGBIN, 1, 1), YEAR_LAW("normal", {"mean", 1}, {"sd", 1}), 1);
    assert_int_equal(RW_ERR_INPUT,
        rw_conditional_new(s.c, s.n, 0.99, 100, (struct rw_stream){1, 1}, &c, &e));
    assert_non_null(strstr(e.text, "floor"));
    assert_null(c);
}

CHECK_MAIN(cmocka_unit_test(sums_are_those_of_the_exact_law),
    cmocka_unit_test(intervals_of_sums_hold_the_truth_as_often_as_they_say),
    cmocka_unit_test(primary_and_secondary_losses_as_published),
    cmocka_unit_test(nothing_is_a_sum_too),
    cmocka_unit_test(counts_without_a_total_are_drawn_apart),
    cmocka_unit_test(figures_that_are_not_closed_have_an_error),
    cmocka_unit_test(a_sum_that_it_cannot_do_it_says))
