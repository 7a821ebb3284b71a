/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditional Monte Carlo where a year's law has steps though no loss has: a
 * cover on the sum of several parts leaves exactly its deductible of most
 * events.  Truths: the exact law (num/aggregate.h, which draws nothing), and
 * counts by hand. */
#include "num/conditional.h"
#include "num/sum.h"
#include "tests/num/years.h"
#include "tests/support/check.h"

#include <gsl/gsl_cdf.h>

enum { SEEDS = 24, POINTS = 2000, PARTS = 2, VARS = 6, TVARS = 2 };

struct setting {
    const char *name;
    enum rw_count_law law;
    double m, chances, deductible, limit;
    struct rw_event_part part[PARTS];
    size_t n_parts;
    bool beside; /* a risk of its own, rare and large */
};

static struct rw_dist
gpd(double xi, double beta)
{
    return YEAR_LAW("gpd", {"xi", xi}, {"beta", beta});
}

static struct rw_dist
weibull(double shape, double scale)
{
    return YEAR_LAW("weibull", {"shape", shape}, {"scale", scale});
}

static struct rw_dist
uniform(double min, double max)
{
    return YEAR_LAW("uniform", {"min", min}, {"max", max});
}

enum { TALL, SECONDARY, CHANCES, ENDLESS, STEEP, BESIDE, SETTINGS };

static struct setting
setting(int i)
{
    switch (i) {
    case TALL:
        return (struct setting){"two primaries", RW_COUNT_POISSON, 1, 0, 100000, 1e7,
            {{year_lognormal(12, 1.5), 1, 1}, {year_lognormal(12, 1), 1, 1}}, 2, false};
    case SECONDARY:
        return (struct setting){"a secondary", RW_COUNT_POISSON, 1, 0, 100000, 2e6,
            {{year_lognormal(12, 1.5), 1, 1}, {year_lognormal(12, 1), 1, 0.3}}, 2,
            false};
    case CHANCES:
        return (struct setting){"chances", RW_COUNT_BINOMIAL, 2, 12, 500, 5000,
            {{gpd(0.3, 1000), 1, 1}, {weibull(0.6, 3000), 1, 0.3}}, 2, false};
    case ENDLESS:
        return (struct setting){"no limit", RW_COUNT_POISSON, 0.8, 0, 5000, INFINITY,
            {{year_lognormal(9, 1), 1, 1}, {year_lognormal(9, 1), 1, 1}}, 2, false};
    case STEEP:
        return (struct setting){"all but steps", RW_COUNT_POISSON, 1, 0, 0, 0,
            {{uniform(100000, 100001), 1, 1}}, 1, true};
    default:
        return (struct setting){"one beside", RW_COUNT_NEGBIN, 1.5, 0.5, 100000, 1e6,
            {{year_lognormal(11, 1), 1, 1}, {year_lognormal(12, 1), 1, 0.6}}, 2, true};
    }
}

/* The setting as compounds; s must stay. */
struct years {
    struct rw_compound_member member[2];
    struct rw_event_part large;
    double m[2];
    struct rw_compound c[2];
    size_t n;
};

static void
make_years(const struct setting *s, struct years *y)
{
    static const double one = 1;

    *y = (struct years){.m = {s->m, 0.1}, .large = {year_lognormal(13, 1), 1, 1}};
    y->member[0] = (struct rw_compound_member){.share = 1,
        .event = {.parts = s->part,
            .n_parts = s->n_parts,
            .deductible = s->deductible,
            .limit = s->limit}};
    y->member[1] = (struct rw_compound_member){
        .share = 1, .event = {.parts = &y->large, .n_parts = 1}};
    y->c[0] = (struct rw_compound){
        .law = s->law, .dispersion = s->chances, .chances = s->chances};
    y->c[1] = (struct rw_compound){.law = RW_COUNT_POISSON};
    y->n = s->beside ? 2 : 1;
    for (int i = 0; i < 2; i++) {
        y->c[i].m = &y->m[i];
        y->c[i].weight = &one;
        y->c[i].n_nodes = 1;
        y->c[i].members = &y->member[i];
        y->c[i].n_members = 1;
    }
}

static struct rw_conditional *
drawn(const struct years *y, size_t points, uint64_t seed)
{
    struct rw_conditional *made;
    struct rw_error e = {0};

    if (rw_conditional_new(
            y->c, y->n, 0.99, points, (struct rw_stream){seed, 9}, &made, &e) != RW_OK)
        fail_msg("%s", e.text);
    return made;
}

/* ---- against the exact law ---- */

static const double var_q[VARS] = {0.5, 0.75, 0.9, 0.95, 0.99, 0.999};
static const double tvar_q[TVARS] = {0.95, 0.99};

struct truth {
    struct rw_bounded var[VARS], tvar[TVARS];
};

static void
work_out(const struct years *y, struct truth *t)
{
    struct rw_aggregate *law;
    struct rw_error e = {0};

    if (rw_aggregate_new(y->c, y->n, &law, &e) != RW_OK)
        fail_msg("%s", e.text);
    for (int k = 0; k < VARS; k++)
        assert_int_equal(RW_OK, rw_aggregate_quantile(law, var_q[k], &t->var[k], &e));
    for (int k = 0; k < TVARS; k++)
        assert_int_equal(RW_OK, rw_aggregate_tvar(law, tvar_q[k], &t->tvar[k], &e));
    rw_aggregate_free(law);
}

/* Of one figure over the seeds. */
struct seen {
    double value[SEEDS];
    int held;
};

static void
see(struct seen *s, int r, struct rw_tail_estimate e, const struct rw_bounded *truth)
{
    double slack = truth->error + 1e-9 * truth->value;

    if (!(e.low >= 0 && e.low <= e.value && e.value <= e.high && isfinite(e.high)))
        fail_msg("%.10g in [%.10g, %.10g]", e.value, e.low, e.high);
    s->value[r] = e.value;
    s->held += e.low <= truth->value + slack && truth->value - slack <= e.high;
}

/* The mean lies by the truth as its scatter allows (Student's t with 23
 * degrees of freedom), and intervals of 95 % hold it often enough (they may do
 * so always, on a step): each at 1e-6 over all figures. */
static void
check_seen(const char *name, double q, const struct seen *s, const struct rw_bounded *x)
{
    double each = 1e-6 / 2 / (SETTINGS * (VARS + TVARS));
    struct rw_moments m = rw_moments_array(s->value, SEEDS);
    double limit = gsl_cdf_tdist_Qinv(each / 2, SEEDS - 1) * rw_moments_se(&m);

    if (!(fabs(m.mean - x->value) <= limit + x->error + 1e-9 * x->value))
        fail_msg("%s at %g: %.10g, want %.10g within %.2g", name, q, m.mean, x->value,
            limit);
    if (gsl_cdf_binomial_P((unsigned)s->held, 0.95, SEEDS) < each)
        fail_msg("%s at %g: %d of %d intervals hold it", name, q, s->held, SEEDS);
}

static void
steps_are_those_of_the_exact_law(void **state)
{
    (void)state;
    for (int i = 0; i < SETTINGS; i++) {
        struct setting s = setting(i);
        struct seen var[VARS] = {{.held = 0}}, tvar[TVARS] = {{.held = 0}};
        struct truth truth;
        struct years y;

        make_years(&s, &y);
        work_out(&y, &truth);
        for (int r = 0; r < SEEDS; r++) {
            struct rw_conditional *c = drawn(&y, POINTS, 700 + (uint64_t)r);

            for (int k = 0; k < VARS; k++)
                see(&var[k], r, rw_conditional_quantile(c, var_q[k], 0.95),
                    &truth.var[k]);
            for (int k = 0; k < TVARS; k++)
                see(&tvar[k], r, rw_conditional_tvar(c, tvar_q[k], 0.95),
                    &truth.tvar[k]);
            rw_conditional_free(c);
        }
        for (int k = 0; k < VARS; k++)
            check_seen(s.name, var_q[k], &var[k], &truth.var[k]);
        for (int k = 0; k < TVARS; k++)
            check_seen(s.name, tvar_q[k], &tvar[k], &truth.tvar[k]);
    }
}

/* ---- by hand ---- */

/* Poisson(1) events of which each costs more than the deductible and less than
 * it and the limit: 10 times N.  P(N > 0, 1, 2, 3) = 0.632, 0.264, 0.080,
 * 0.019. */
static void
events_above_the_deductible_are_counted(void **state)
{
    static const struct {
        double q, value;
    } want[] = {{0.3, 0}, {0.5, 10}, {0.9, 20}, {0.95, 30}, {0.99, 40}};
    const struct setting s = {"", RW_COUNT_POISSON, 1, 0, 10, 1000,
        {{uniform(20, 90), 1, 1}, {uniform(30, 50), 1, 1}}, 2, false};
    struct rw_tail_estimate tail;
    struct rw_conditional *c;
    struct years y;
    double sum = 0;

    (void)state;
    make_years(&s, &y);
    c = drawn(&y, POINTS, 1);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        struct rw_tail_estimate e = rw_conditional_quantile(c, want[i].q, 0.95);

        assert_close(e.value, want[i].value, 1e-10);
        assert_close(e.low, want[i].value, 1e-10);
        assert_close(e.high, want[i].value, 1e-10);
    }
    for (int n = 4; n < 40; n++) /* (N - 3)+ */
        sum += (n - 3) * exp(-1 - lgamma(n + 1.0));
    tail = rw_conditional_tvar(c, 0.95, 0.95);
    assert_true(tail.se > 0 && tail.se < 0.01 * tail.value);
    assert_close(tail.value, 30 + 10 * sum / 0.05, 15.8 * tail.se); /* t, 7 */
    rw_conditional_free(c);
}

/* One event for certain, X = X1 + X2 exponential (gamma of shape 2), of which
 * min(X, 2) stays: P(X > x) = (1 + x) e^-x, E min(X, x) = 2 - (2 + x) e^-x. */
static void
a_cover_without_limit_leaves_no_more_than_its_deductible(void **state)
{
    const struct rw_dist one = YEAR_LAW("exponential", {"mean", 1});
    const struct setting s = {"", RW_COUNT_BERNOULLI, 1, 1, 2, INFINITY,
        {{one, 1, 1}, {one, 1, 1}}, 2, false};
    double mean = 2 - 4 * exp(-2), var = 1.1, q = 1 - 2.1 * exp(-1.1), tail;
    struct rw_tail_estimate e;
    struct rw_conditional *c;
    struct rw_aggregate *law;
    struct rw_bounded x;
    struct years y;

    (void)state;
    tail = var + (mean - 2 + 3.1 * exp(-1.1)) / (1 - q);
    make_years(&s, &y);
    assert_int_equal(RW_OK, rw_aggregate_new(y.c, 1, &law, NULL));
    assert_relative(rw_aggregate_mean(law), mean, 1e-9);
    assert_int_equal(RW_OK, rw_aggregate_quantile(law, q, &x, NULL));
    assert_relative(x.value, var, 1e-8);
    assert_int_equal(RW_OK, rw_aggregate_tvar(law, q, &x, NULL));
    assert_relative(x.value, tail, 1e-8);
    assert_int_equal(RW_OK, rw_aggregate_quantile(law, 0.9, &x, NULL));
    assert_relative(x.value, 2.0, 1e-12);
    rw_aggregate_free(law);
    c = drawn(&y, 100000, 1);
    e = rw_conditional_mean(c, 0.95);
    assert_close(e.value, mean, 15.8 * e.se);
    e = rw_conditional_quantile(c, q, 0.95);
    assert_close(e.value, var, 15.8 * e.se);
    e = rw_conditional_tvar(c, q, 0.95);
    assert_close(e.value, tail, 15.8 * e.se);
    assert_true(e.se > 0 && e.se < 0.01 * tail);
    e = rw_conditional_quantile(c, 0.9, 0.95);
    assert_true(e.value == 2 && e.low == 2 && e.high == 2);
    rw_conditional_free(c);
}

/* All but a step, and no cover: uniform over a hundred-thousandth of itself. */
static void
steep_laws_are_as_good_as_steps(void **state)
{
    const struct setting s = {
        "", RW_COUNT_POISSON, 1, 0, 0, 0, {{uniform(100000, 100001), 1, 1}}, 1, false};
    struct years y;
    struct truth t;

    (void)state;
    make_years(&s, &y);
    work_out(&y, &t);
    for (uint64_t r = 0; r < 10; r++) {
        struct rw_conditional *c = drawn(&y, POINTS, r);

        for (int k = 0; k < VARS; k++) {
            struct rw_tail_estimate e = rw_conditional_quantile(c, var_q[k], 0.95);

            assert_close(e.value, t.var[k].value, 10); /* the law's own width */
            assert_true(e.low >= t.var[k].value - 10 && e.high <= t.var[k].value + 10);
        }
        rw_conditional_free(c);
    }
}

/* Three chances, each of them happens; an event costs 150 to 300, of which the
 * cover leaves 100 to 160. */
static void
no_figure_leaves_what_a_year_can_cost(void **state)
{
    const struct setting s = {"", RW_COUNT_BINOMIAL, 3, 3, 100, 140,
        {{uniform(50, 100), 1, 1}, {uniform(100, 200), 1, 1}}, 2, false};
    static const double q[] = {1e-6, 0.01, 0.3, 0.9, 0.999, 0.999999};
    struct years y;

    (void)state;
    make_years(&s, &y);
    for (uint64_t r = 0; r < 20; r++) {
        struct rw_conditional *c = drawn(&y, 200, r);

        for (size_t k = 0; k < sizeof q / sizeof q[0]; k++) {
            struct rw_tail_estimate v = rw_conditional_quantile(c, q[k], 0.95);
            struct rw_tail_estimate t = rw_conditional_tvar(c, q[k], 0.95);

            assert_true(300 <= v.low && v.low <= v.value && v.value <= v.high);
            assert_true(v.high <= 480 && t.high <= 480);
            assert_true(v.low <= t.low && t.low <= t.value && t.value <= t.high);
        }
        assert_true(rw_conditional_mean(c, 0.95).low >= 300);
        rw_conditional_free(c);
    }
}

CHECK_MAIN(cmocka_unit_test(steps_are_those_of_the_exact_law),
    cmocka_unit_test(events_above_the_deductible_are_counted),
    cmocka_unit_test(a_cover_without_limit_leaves_no_more_than_its_deductible),
    cmocka_unit_test(steep_laws_are_as_good_as_steps),
    cmocka_unit_test(no_figure_leaves_what_a_year_can_cost))
