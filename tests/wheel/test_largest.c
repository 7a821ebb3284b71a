/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The largest event of a year.  With N events a year, of probability generating
 * function G, and losses X of each,
 *   P(largest <= x) = G(P(X <= x)),
 * and sources that do not know of each other multiply. */
#include "num/tail.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 60000, SEED = 23 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

/* Losses are exponential of mean 100; half years for two years; threat 1, where
 * there is one, is on both assets. */
static void
begin(struct fixture *f, size_t threats, size_t controls)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, threats, controls, controls > 0 ? 2 : 1, 4, 2);
    for (size_t k = 0; k < threats; k++)
        f->m->threats[k].losses[0].amount = SMALL_DIST("exponential", {"mean", 100});
    if (threats > 1) {
        f->m->threats[1].assets[1] = 1;
        f->m->threats[1].n_assets = 2;
    }
    if (controls > 0)
        small_plan(f->m, &f->a, 1, 0, 0);
}

static void
run(struct fixture *f)
{
    small_build(f->m, &f->a);
    f->o = small_run(f->m, N, SEED, 2);
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

/* P(sum of k losses <= x), Erlang. */
static double
erlang(int k, double x)
{
    double term = 1, sum = 0;

    for (int j = 0; j < k; j++) {
        sum += term;
        term *= x / 100 / (j + 1);
    }
    return 1 - exp(-x / 100) * sum;
}

/* What the law is to be, and what it needs. */
struct law {
    double (*cdf)(const struct law *l, double x);
    struct rw_count count;
    double mean, survive;
    unsigned year;
};

static void
assert_year(const double x[], const struct law *l)
{
    static const double at[] = {0, 1, 20, 60, 79.9, 80.1, 150, 250, 400, 600, 800};

    for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
        double p = l->cdf(l, at[k]), below, above;
        size_t at_most = 0;

        for (size_t i = 0; i < N; i++)
            at_most += x[i] <= at[k];
        rw_tail_binomial(N, p, at_most, &below, &above);
        assert_true(below > 5e-7 && above > 5e-7);
    }
}

static void
assert_law(const struct fixture *f, size_t s, struct law *l)
{
    for (l->year = 0; l->year < 2; l->year++)
        assert_year(f->o->year_largest[2 * s + l->year], l);
}

static double
counted(const struct law *l, double x)
{
    return rw_count_pgf(&l->count, l->mean, 1 - l->survive * exp(-x / 100));
}

static void
it_has_the_law_of_the_counts_generating_function(void **state)
{
    static const struct {
        enum rw_count_law law;
        double mean, parameter;
    } laws[] = {{RW_COUNT_POISSON, 2, 0}, {RW_COUNT_POISSON, 30, 0},
        {RW_COUNT_NEGBIN, 3, 1.5}, {RW_COUNT_ZIP, 2, 0.3}, {RW_COUNT_BINOMIAL, 2, 5},
        {RW_COUNT_BERNOULLI, 0.7, 1}};

    (void)state;
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++) {
        struct law want = {.cdf = counted, .mean = laws[k].mean, .survive = 1};
        struct fixture f;
        struct rw_threat *t;

        begin(&f, 1, 1);
        t = &f.m->threats[0];
        t->frequency.dist = rw_dist_constant(laws[k].mean);
        t->law = laws[k].law;
        t->dispersion = t->zero = laws[k].parameter;
        t->chances = (unsigned)laws[k].parameter;
        f.m->controls[0].efficacy.dist = rw_dist_constant(0.4);
        run(&f);
        assert_int_equal(
            RW_OK, rw_count_init(&want.count, laws[k].law, laws[k].parameter, &f.a));
        assert_law(&f, 0, &want);
        want.survive = 0.6; /* prevention thins */
        assert_law(&f, 1, &want);
        end(&f);
    }
}

/* 3 events a year of which response halves 70 %. */
static double
halved(const struct law *l, double x)
{
    (void)l;
    return exp(-3 * (0.3 * exp(-x / 100) + 0.7 * exp(-2 * x / 100)));
}

/* Of which a cover pays up to 100 above 80. */
static double
covered(const struct law *l, double x)
{
    (void)l;
    return exp(-3 * exp(-(x < 80 ? x : x + 100) / 100));
}

static void
it_is_what_response_and_cover_leave(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct law want = {.cdf = k == 0 ? halved : covered};
        struct fixture f;
        struct rw_threat *t;

        begin(&f, 1, 1);
        t = &f.m->threats[0];
        t->frequency.dist = rw_dist_constant(3);
        t->seen_probability = 0.7;
        t->covered = k == 1;
        t->deductible = 80;
        t->limit = 100;
        f.m->controls[0].function = RW_FUNCTION_CONTAINMENT;
        f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
        run(&f);
        assert_law(&f, k == 0, &want);
        end(&f);
    }
}

/* 7 systemic events a year on two assets; a control keeps them from the first
 * one but for the share that survives. */
static double
systemic(const struct law *l, double x)
{
    return exp(-7 * (1 - l->survive * erlang(2, x) - (1 - l->survive) * erlang(1, x)));
}

static void
a_systemic_event_is_the_sum_over_its_assets(void **state)
{
    struct law want = {.cdf = systemic, .survive = 1};
    struct fixture f;
    struct rw_control *c;

    (void)state;
    begin(&f, 2, 1);
    f.m->threats[0].frequency.dist = rw_dist_constant(0);
    f.m->threats[1].frequency.dist = rw_dist_constant(7);
    f.m->threats[1].systemic = true;
    c = &f.m->controls[0];
    c->efficacy.dist = rw_dist_constant(0.4);
    c->covers_assets = RW_ARENA_NEW(&f.a, 1, size_t);
    c->n_covers_assets = 1;
    run(&f);
    assert_law(&f, 0, &want);
    want.survive = 0.6;
    assert_law(&f, 1, &want);
    end(&f);
}

/* 12 shocks a year that bring the first threat with probability 0.6 s and the
 * second, on both its assets, with 0.3; beside own events, 1 and 2 * 0.5. */
static double
shocked(const struct law *l, double x)
{
    double s = l->survive, one = erlang(1, x), first = 1 - 0.6 * s + 0.6 * s * one;
    double both =
        0.7 * first + 0.3 * ((1 - 0.6 * s) * erlang(2, x) + 0.6 * s * erlang(3, x));

    return exp(-12 * (1 - both) - (s + 1) * (1 - one));
}

static void
a_shock_is_one_event_whatever_it_hits(void **state)
{
    struct law want = {.cdf = shocked, .survive = 1};
    struct fixture f;
    struct rw_shock *s;
    struct rw_control *c;

    (void)state;
    begin(&f, 2, 1);
    f.m->threats[1].frequency.dist = rw_dist_constant(0.5);
    s = RW_ARENA_NEW(&f.a, 1, struct rw_shock);
    s->id = "shock";
    s->frequency.dist = rw_dist_constant(12);
    s->hits = RW_ARENA_NEW(&f.a, 2, struct rw_hit);
    s->n_hits = 2;
    s->hits[0] = (struct rw_hit){.threat = 0, .probability = 0.6};
    s->hits[1] = (struct rw_hit){.threat = 1, .probability = 0.3};
    f.m->dependence.shocks = s;
    f.m->dependence.n_shocks = 1;
    c = &f.m->controls[0];
    c->efficacy.dist = rw_dist_constant(0.4);
    c->covers_threats = RW_ARENA_NEW(&f.a, 1, size_t);
    c->n_covers_threats = 1;
    run(&f);
    assert_law(&f, 0, &want);
    want.survive = 0.6;
    assert_law(&f, 1, &want);
    end(&f);
}

/* Attacks that take 0.6 years: those of the first year fall in its last 0.4, and
 * those of one on both assets at once. */
static double
slow(const struct law *l, double x)
{
    return exp(-7 * (l->year == 0 ? 0.4 : 1) * (1 - erlang((int)l->mean, x)));
}

/* Shocks, 5 a year, bring one of these and, at once, an event on two assets:
 * the two of a shock are one event in the years in which both fall. */
static double
torn(const struct law *l, double x)
{
    double one = 1 - erlang(1, x), two = 1 - erlang(2, x), all = 1 - erlang(3, x);

    return exp(-5 * ((l->year == 0 ? 0 : 0.6) * one + 0.6 * two + 0.4 * all));
}

static void
make_slow(struct fixture *f, size_t threat)
{
    struct rw_attack *a = &f->m->threats[threat].attack;

    a->n = 2;
    a->stages = RW_ARENA_NEW(&f->a, 2, struct rw_stage);
    for (size_t k = 0; k < 2; k++)
        a->stages[k] = (struct rw_stage){.name = k == 0 ? "enters" : "strikes",
            .advance = 1,
            .years = 0.3,
            .independence = 1};
    for (int e = 0; e < RW_ENDINGS; e++)
        a->share[e] = 1;
}

static void
an_attack_in_stages_counts_in_the_year_in_which_it_falls(void **state)
{
    (void)state;
    for (int k = 0; k < 3; k++) {
        struct law want = {.cdf = k < 2 ? slow : torn, .mean = 1 + k};
        struct fixture f;
        struct rw_shock *s;

        begin(&f, 2, 0);
        make_slow(&f, k == 1);
        f.m->threats[0].frequency.dist = rw_dist_constant(k == 0 ? 7 : 0);
        f.m->threats[1].frequency.dist = rw_dist_constant(k == 1 ? 7 : 0);
        f.m->threats[1].systemic = k == 1;
        s = RW_ARENA_NEW(&f.a, 1, struct rw_shock);
        s->id = "shock";
        s->frequency.dist = rw_dist_constant(5);
        s->hits = RW_ARENA_NEW(&f.a, 2, struct rw_hit);
        s->n_hits = 2;
        s->hits[0] = (struct rw_hit){.threat = 0, .probability = 1};
        s->hits[1] = (struct rw_hit){.threat = 1, .probability = 1};
        f.m->dependence.shocks = s;
        f.m->dependence.n_shocks = k == 2;
        run(&f);
        assert_law(&f, 0, &want);
        end(&f);
    }
}

/* Whatever the controls do within a cycle. */
static void
it_is_within_the_year_and_a_stronger_control_never_raises_it(void **state)
{
    struct fixture f;
    size_t alone = 0;

    (void)state;
    begin(&f, 2, 1);
    f.m->threats[0].law = RW_COUNT_BERNOULLI;
    f.m->threats[0].frequency.dist = rw_dist_constant(0.5);
    f.m->threats[1].systemic = true;
    f.m->threats[1].frequency.dist = rw_dist_constant(0.3);
    f.m->threats[1].children = 0.5;
    f.m->threats[1].child_delay = 0.1;
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.7);
    f.m->controls[0].fails = 2;
    f.m->controls[0].fail_years = 0.2;
    run(&f);
    for (unsigned y = 0; y < 2; y++)
        for (size_t i = 0; i < N; i++) {
            const double *largest = &f.o->year_largest[y][i];
            double all = f.o->year_loss[y][i];

            assert_true(*largest <= all);
            assert_true((*largest == 0) == (all == 0));
            assert_true(f.o->year_largest[2 + y][i] <= *largest);
            assert_true(f.o->year_largest[2 + y][i] <= f.o->year_loss[2 + y][i]);
            alone += all > 0 && *largest == all;
        }
    assert_true(alone > N / 4); /* years with one event */
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(it_has_the_law_of_the_counts_generating_function),
    cmocka_unit_test(it_is_what_response_and_cover_leave),
    cmocka_unit_test(a_systemic_event_is_the_sum_over_its_assets),
    cmocka_unit_test(a_shock_is_one_event_whatever_it_hits),
    cmocka_unit_test(an_attack_in_stages_counts_in_the_year_in_which_it_falls),
    cmocka_unit_test(it_is_within_the_year_and_a_stronger_control_never_raises_it))
