/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of plain and of packed futures: packed, every row is kept and has a law of its
 * own. */
#include "study/result.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 30000, S = 3 };

static struct rw_arena arena;

/* Of one cycle; the third strategy spends something in one future of a thousand. */
static struct rw_model *
make(unsigned cycles, bool stages)
{
    static struct rw_stage stage = {
        .name = "in", .advance = 1, .years = 0.3, .independence = 1};
    static struct rw_appetite appetite[] = {{300, 0.1}, {0, 0.5}};
    struct rw_model *m = small_model(&arena, 1, 2, 2, S, cycles, cycles);

    m->threats[0].frequency.dist = rw_dist_constant(2);
    m->threats[0].attack.n = stages;
    m->threats[0].attack.stages = &stage;
    for (size_t k = 0; k < RW_ENDINGS; k++)
        m->threats[0].attack.share[k] = 1;
    m->threats[1].losses[0].amount =
        SMALL_DIST("lognormal", {"mean", 100}, {"sd", 150});
    m->controls[0].efficacy.dist = rw_dist_constant(0.3);
    m->controls[0].running.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 9});
    m->controls[1].running.dist =
        SMALL_DIST("normal", {"mean", -3.1}, {"sd", 1}, {"floor", 0});
    m->discount_rate = 0.07;
    m->appetite = appetite;
    m->n_appetite = 2;
    small_plan(m, &arena, 1, 0, 0);
    small_plan(m, &arena, 2, 1, 0);
    small_build(m, &arena);
    return m;
}

static struct rw_result *
results(const struct rw_model *m, enum rw_futures how, unsigned threads)
{
    struct rw_run_options x = {.trials = N, .threads = threads, .futures = how};
    struct rw_outcome *o;
    struct rw_result *r;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_run(m, &x, &o, &e) != RW_OK || rw_result_make(o, &arena, &r, &e) != RW_OK)
        fail_msg("%s", e.text);
    rw_outcome_free(o);
    return r;
}

static void
assert_law(const struct rw_law *l, const struct rw_law *want)
{
    assert_true(l->mean == want->mean && l->sd == want->sd);
    assert_true(l->mean_se == want->mean_se && l->p0 == want->p0);
    assert_true(l->min == want->min && l->max == want->max);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        const struct rw_quantile *p = &l->quantile[k], *q = &want->quantile[k];

        assert_int_equal(p->refused, q->refused);
        assert_true(p->refused ||
                    (p->value == q->value && p->low == q->low && p->high == q->high));
    }
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        assert_true(l->tvar[k].value == want->tvar[k].value &&
                    l->tvar[k].se == want->tvar[k].se);
    assert_int_equal(l->n_curve, want->n_curve);
    for (size_t k = 0; k < l->n_curve; k++)
        assert_true(l->curve[k].loss == want->curve[k].loss &&
                    l->curve[k].low == want->curve[k].low &&
                    l->curve[k].high == want->curve[k].high);
}

static void
assert_year(const struct rw_result_year *y, const struct rw_result_year *want)
{
    assert_law(&y->loss, &want->loss);
    assert_law(&y->largest, &want->largest);
    for (size_t k = 0; k < 2; k++)
        assert_true(y->appetite[k].exceeded == want->appetite[k].exceeded &&
                    y->appetite[k].low == want->appetite[k].low &&
                    y->appetite[k].high == want->appetite[k].high);
}

static void
laws_are_the_same_however_futures_are_held(void **state)
{
    (void)state;
    for (unsigned cycles = 1; cycles <= 4; cycles += 3)
        for (int stages = 0; stages < 2; stages++) {
            struct rw_model *m = make(cycles, stages);
            struct rw_result *want = results(m, RW_FUTURES_PACKED, 1);

            for (unsigned threads = 1; threads <= 2; threads++) {
                struct rw_result *r = results(m, RW_FUTURES_PLAIN, threads);

                for (size_t s = 0; s < S; s++) {
                    const struct rw_result_strategy *x = &r->strategies[s],
                                                    *y = &want->strategies[s];

                    assert_law(&x->loss, &y->loss);
                    assert_law(&x->spend, &y->spend);
                    assert_law(&x->total, &y->total);
                    assert_law(&x->npv, &y->npv);
                    assert_year(&x->years[0], &y->years[0]);
                    if (s > 0)
                        assert_law(&x->versus->npv, &y->versus->npv);
                }
            }
        }
}

static int
before(void **state)
{
    (void)state;
    rw_arena_init(&arena);
    return 0;
}

static int
after(void **state)
{
    (void)state;
    rw_arena_fini(&arena);
    return 0;
}

CHECK_MAIN(cmocka_unit_test_setup_teardown(
    laws_are_the_same_however_futures_are_held, before, after))
