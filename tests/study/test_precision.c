/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run that goes on until a quantile is known well enough. */
#include "num/tail.h"
#include "study/precision.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

static struct rw_precision
parsed(const char *s)
{
    struct rw_precision p;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_precision_parse(s, &p, &e) != RW_OK)
        fail_msg("%s: %s", s, e.text);
    return p;
}

static void
assert_refused(const char *s, const char *why)
{
    struct rw_precision p;
    struct rw_error e;

    rw_error_clear(&e);
    assert_int_equal(RW_ERR_USAGE, rw_precision_parse(s, &p, &e));
    if (strstr(e.text, why) == NULL)
        fail_msg("'%s': '%s' does not say '%s'", s, e.text, why);
}

static void
a_precision_is_an_error_at_a_quantile(void **state)
{
    struct rw_precision p = parsed("1%@0.99");

    (void)state;
    assert_close(p.wanted, 0.01, 0);
    assert_close(p.q, 0.99, 0);
    p = parsed("0.05@95%");
    assert_close(p.wanted, 0.05, 0);
    assert_close(p.q, 0.95, 0);
    assert_refused("1%", "no @");
    assert_refused("0%@0.9", "error of 0 %");
    assert_refused("-1%@0.9", "error of 0 %");
    assert_refused("100%@0.9", "below 100 %");
    assert_refused("1%@0", "between 0 and 1");
    assert_refused("1%@1", "between 0 and 1");
    assert_refused("1%@99", "between 0 and 1");
    assert_refused("1%@0.99999999", "more than 1e9");
    assert_refused("1%@0.00000001", "more than 1e9");
    assert_refused("@0.5", "does not begin with a number");
    assert_refused("1%@", "does not begin with a number");
}

static void
fifty_futures_lie_beyond_the_quantile_at_least(void **state)
{
    (void)state;
    assert_close(rw_precision_least(0.99), 5000, 0);
    assert_close(rw_precision_least(0.01), 5000, 0);
    assert_close(rw_precision_least(0.5), 100, 0);
    for (double q = 0.001; q < 1; q += 0.0373) {
        double x = rw_precision_least(q);

        assert_true(x * fmin(q, 1 - q) >= RW_TAIL_BEYOND * (1 - 1e-9));
        assert_true((x - 1) * fmin(q, 1 - q) < RW_TAIL_BEYOND);
    }
}

/* Outcomes made by hand: first year's losses of two strategies. */
enum { HAND = 10000 };
struct hand {
    struct rw_arena a;
    struct rw_model *m;
    double *rows[2];
    size_t strategy[2];
    struct rw_outcome o;
};

static void
begin(struct hand *h)
{
    rw_arena_init(&h->a);
    h->m = small_model(&h->a, 1, 1, 0, 2, 1, 1);
    h->strategy[0] = 0;
    h->strategy[1] = 1;
    for (int s = 0; s < 2; s++)
        h->rows[s] = calloc(HAND, sizeof *h->rows[s]);
    h->o = (struct rw_outcome){.model = h->m,
        .n = HAND,
        .n_strategies = 2,
        .strategy = h->strategy,
        .years = 1,
        .year_loss = h->rows};
}

static void
end(struct hand *h)
{
    free(h->rows[0]);
    free(h->rows[1]);
    rw_arena_fini(&h->a);
}

static void
the_widest_strategy_counts(void **state)
{
    struct rw_precision p = parsed("1%@0.9");
    struct rw_error e;
    struct hand h;
    size_t low, high;
    double want;

    (void)state;
    rw_error_clear(&e);
    begin(&h);
    for (size_t i = 0; i < HAND; i++) { /* 1 .. n backwards; 100 n + 1 .. */
        h.rows[0][i] = 100.0 * HAND + (double)i;
        h.rows[1][i] = (double)(HAND - i);
    }
    rw_tail_ranks(HAND, 0.9, 0.95, &low, &high);
    want = (double)(high - low) / (2 * 0.9 * HAND);
    assert_int_equal(RW_OK, rw_precision_measure(&h.o, &p, &e));
    assert_string_equal("s1", p.strategy);
    assert_relative(p.reached, want, 1e-12);
    assert_true(p.met); /* 0.65 % */
    assert_close(p.needed, HAND, 0);
    assert_true(h.rows[1][0] > h.rows[1][1]); /* the futures stay in order */
    h.o.year_loss = (double *[]){h.rows[1], h.rows[0]};
    assert_int_equal(RW_OK, rw_precision_measure(&h.o, &p, &e));
    assert_string_equal("nothing", p.strategy); /* wherever it stands */
    assert_relative(p.reached, want, 1e-12);
    h.o.year_loss = h.rows;
    p = parsed("0.1%@0.9");
    assert_int_equal(RW_OK, rw_precision_measure(&h.o, &p, &e));
    assert_false(p.met);
    assert_relative(p.needed, 1.1 * HAND * want * want / 1e-6, 1e-12);
    end(&h);
}

static void
a_quantile_of_zero_has_no_relative_error(void **state)
{
    struct rw_precision p = parsed("1%@0.5");
    struct rw_error e;
    struct hand h;

    (void)state;
    rw_error_clear(&e);
    begin(&h);
    for (size_t i = 0; i < HAND; i++) /* 50.1 % lose nothing: the interval goes on */
        h.rows[0][i] = h.rows[1][i] = i < HAND / 1000 * 501 ? 0 : (double)i;
    assert_int_equal(RW_ERR_USAGE, rw_precision_measure(&h.o, &p, &e));
    assert_non_null(strstr(e.text, "50.1 % of its futures lose nothing"));
    /* of a strategy that is known to be 0 there is nothing to narrow */
    for (size_t i = 0; i < HAND; i++) {
        h.rows[0][i] = 7;
        h.rows[1][i] = i < HAND / 4 * 3 ? 0 : 5;
    }
    rw_error_clear(&e);
    assert_int_equal(RW_OK, rw_precision_measure(&h.o, &p, &e));
    assert_string_equal("nothing", p.strategy);
    assert_true(p.met && p.reached == 0);
    memset(h.rows[0], 0, HAND * sizeof **h.rows);
    rw_error_clear(&e);
    assert_int_equal(RW_ERR_USAGE, rw_precision_measure(&h.o, &p, &e));
    assert_non_null(strstr(e.text, "'nothing' is 0"));
    assert_non_null(strstr(e.text, "100 % of its futures"));
    end(&h);
}

/* Two exponential losses of mean 1 a year on average. */
static struct rw_model *
exponential(struct rw_arena *a, unsigned per_year)
{
    struct rw_model *m = small_model(a, 1, 1, 0, 1, 1, per_year);

    m->threats[0].frequency.dist = rw_dist_constant(2.0 * per_year);
    m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
    small_build(m, a);
    return m;
}

/* P(S > x) and its density: Poisson(2) mixture of gamma(k, 1). */
static double
beyond(double x, double *density)
{
    double sf = 0, pk = exp(-2), inner = 0, term = exp(-x);

    *density = 0;
    for (int k = 1; k < 80; k++) { /* inner: P(gamma(k) > x), term: its density */
        pk *= 2.0 / k;
        inner += term;
        sf += pk * inner;
        *density += pk * term;
        term *= x / k;
    }
    return sf;
}

static void
a_run_has_as_many_futures_as_the_law_asks_for(void **state)
{
    struct rw_run_options x = {.trials = 50000, .seed = 5, .seed_given = true};
    struct rw_precision p = parsed("0.5%@0.95");
    double low = 0, high = 50, density, need, m, *copy;
    struct rw_outcome *o, *plain;
    struct rw_error e;
    struct rw_arena a;

    (void)state;
    rw_error_clear(&e);
    rw_arena_init(&a);
    while (high - low > 1e-12)
        *(beyond((low + high) / 2, &density) > 0.05 ? &low : &high) = (low + high) / 2;
    /* variance of a sample quantile: q (1 - q) / (n f^2) */
    need = pow(1.959964 / (0.005 * low * density), 2) * 0.95 * 0.05;
    assert_true(need > 100000);
    assert_int_equal(RW_OK, rw_precision_run(exponential(&a, 1), &x, &p, &o, &e));
    assert_true(p.met && p.reached <= 0.005 && p.reached > 0);
    assert_true(p.runs >= 2);
    /* a pilot's width is a sum of m spacings: of its square, 2 / sqrt(m) */
    m = 2 * 1.959964 * sqrt(50000 * 0.95 * 0.05);
    assert_close((double)o->n / need, 1.1, 1.1 * CHECK_Z * 2 / sqrt(m));
    /* the same futures as those of a plain run with as many */
    copy = malloc(o->n * sizeof *copy);
    memcpy(copy, o->year_loss[0], o->n * sizeof *copy);
    plain = small_run(exponential(&a, 1), o->n, 5, 1);
    assert_memory_equal(copy, plain->year_loss[0], o->n * sizeof *copy);
    free(copy);
    rw_outcome_free(plain);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
a_limit_ends_it_and_says_what_would_be_needed(void **state)
{
    struct rw_run_options x = {.trials = 2000, .seed = 5, .seed_given = true};
    struct rw_precision p = parsed("0.1%@0.99");
    struct rw_outcome *o;
    struct rw_error e;
    struct rw_arena a;

    (void)state;
    rw_error_clear(&e);
    rw_arena_init(&a);
    p.most = 7000;
    /* a quarter: the horizon's loss */
    assert_int_equal(RW_OK, rw_precision_run(exponential(&a, 4), &x, &p, &o, &e));
    assert_false(p.met);
    assert_int_equal(2, p.runs); /* 5000, the fewest that support it; then 7000 */
    assert_int_equal(7000, o->n);
    assert_relative(p.needed, 1.1 * 7000 * pow(p.reached / 0.001, 2), 1e-12);
    rw_outcome_free(o);
    p = parsed("0.1%@0.99");
    p.most = 4999;
    assert_int_equal(
        RW_ERR_LIMIT, rw_precision_run(exponential(&a, 4), &x, &p, &o, &e));
    assert_non_null(strstr(e.text, "5000 futures"));
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

static void
the_default_limit_is_two_gigabytes(void **state)
{
    struct rw_arena a;
    struct rw_model *m;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 3, 8, 4);
    small_build(m, &a);
    /* 3 strategies x (2 years + horizon's loss, spend, npv) + 2 to sort in */
    assert_int_equal((size_t)(2e9 / (8 * 17)), rw_precision_most(m, 3));
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(a_precision_is_an_error_at_a_quantile),
    cmocka_unit_test(fifty_futures_lie_beyond_the_quantile_at_least),
    cmocka_unit_test(the_widest_strategy_counts),
    cmocka_unit_test(a_quantile_of_zero_has_no_relative_error),
    cmocka_unit_test(a_run_has_as_many_futures_as_the_law_asks_for),
    cmocka_unit_test(a_limit_ends_it_and_says_what_would_be_needed),
    cmocka_unit_test(the_default_limit_is_two_gigabytes))
