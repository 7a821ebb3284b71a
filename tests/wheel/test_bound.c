/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the caps of amounts hold, as a run counts it: of Poisson(m) draws of
 * which a share q is held, m q are expected and one or more come with
 * 1 - exp(-m q). */
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 40000, SEED = 31 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

/* Amounts are exponential of mean 1, with a cap at 1.5; half years for two
 * years. */
static void
begin(struct fixture *f, double frequency)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, 1, 1, 2, 4, 2);
    f->m->threats[0].frequency.dist = rw_dist_constant(frequency);
    f->m->threats[0].losses[0].amount =
        SMALL_DIST("exponential", {"mean", 1}, {"cap", 1.5});
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

static const struct rw_moments *
held(const struct fixture *f, size_t s, size_t k)
{
    return f->o->breakdown[s].held + k * RW_HELDS;
}

static void
assert_mean(const struct rw_moments *m, double want)
{
    assert_close(m->mean, want, CHECK_Z * rw_moments_se(m));
}

/* Events of a Poisson mean a year, each of which draws `each` amounts. */
static void
assert_held(const struct rw_moments *m, double mean, int each, double q)
{
    double any = 1 - pow(1 - q, each);

    assert_mean(&m[RW_HELD_YEAR_DRAWS], mean * each * q);
    assert_mean(&m[RW_HELD_YEAR], -expm1(-mean * any));
    assert_mean(&m[RW_HELD_HORIZON_DRAWS], 2 * mean * each * q);
    assert_mean(&m[RW_HELD_HORIZON], -expm1(-2 * mean * any));
}

static void
what_is_held_follows_from_the_draws(void **state)
{
    static const struct {
        int hit, each; /* assets; of them, those that have what is lost */
        double secondary, efficacy;
    } cases[] = {{1, 1, 1, 0}, {1, 1, 0.4, 0}, {2, 2, 1, 0}, {1, 1, 1, 0.7},
        {2, 2, 0.4, 0.7}, {2, 1, 1, 0}};

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double q = exp(-1.5) * cases[k].secondary;
        int each = cases[k].each;
        struct fixture f;
        struct rw_threat *t;

        begin(&f, 1.2);
        t = &f.m->threats[0];
        t->losses[0].secondary = cases[k].secondary;
        t->losses[0].of = RW_OF_RECORDS;
        f.m->assets[0].records = 10;
        f.m->assets[1].records = each > 1 ? 1 : 0;
        t->n_assets = (size_t)cases[k].hit;
        t->systemic = t->n_assets > 1;
        t->assets[1] = 1;
        f.m->controls[0].efficacy.dist = rw_dist_constant(cases[k].efficacy);
        run(&f);
        assert_int_equal(f.m->n_bounds, 1);
        assert_int_equal(f.m->n_event_bounds, 1);
        assert_relative(f.m->bounds[0].probability, exp(-1.5), 1e-14);
        assert_held(held(&f, 0, 0), 1.2, each, q);
        assert_held(held(&f, 1, 0), 1.2 * (1 - cases[k].efficacy), each, q);
        end(&f);
    }
}

/* The futures in which an event of the first year costs just the cap. */
static void
the_share_of_futures_is_that_of_the_years_with_a_capped_event(void **state)
{
    struct fixture f;
    double *seen = calloc(N, sizeof *seen);
    struct rw_moments m;
    const struct rw_moments *h;

    (void)state;
    begin(&f, 1.2);
    run(&f);
    for (size_t i = 0; i < N; i++)
        seen[i] = f.o->year_largest[0][i] == 1.5;
    m = rw_moments_array(seen, N);
    h = &held(&f, 0, 0)[RW_HELD_YEAR];
    assert_close(m.mean, h->mean, CHECK_Z * rw_moments_se(&m));
    /* it is told better than by counting */
    assert_true(rw_moments_se(h) < rw_moments_se(&m));
    free(seen);
    end(&f);
}

/* Two losses, of which the second alone is bounded, below and above; and
 * frequencies. */
static void
every_bound_is_listed_with_its_own_figures(void **state)
{
    const struct rw_bound *b;
    struct fixture f;
    struct rw_threat *t;

    (void)state;
    begin(&f, 1);
    t = &f.m->threats[0];
    t->place.pointer = "/threats/0";
    t->losses[0].amount = SMALL_DIST("exponential", {"mean", 1});
    t->losses[1] = t->losses[0];
    t->losses[1].form = RW_FORM_FINES;
    t->losses[1].place.pointer = "/threats/0/losses/1";
    t->losses[1].amount =
        SMALL_DIST("exponential", {"mean", 1}, {"floor", 0.5}, {"cap", 2});
    t->n_losses = 2;
    t->frequency.dist = SMALL_DIST("exponential", {"mean", 3}, {"cap", 6});
    t->frequency.place.pointer = "/threats/0/frequency";
    t->contest = true;
    t->capability = SMALL_DIST("normal", {"mean", 0}, {"sd", 1}, {"cap", 0});
    t->resistance = SMALL_DIST("normal", {"mean", -9}, {"sd", 1});
    run(&f);
    b = f.m->bounds;
    assert_int_equal(f.m->n_bounds, 4);
    assert_int_equal(f.m->n_event_bounds, 2);
    assert_int_equal(f.m->n_drawn, 1); /* of one amount */
    assert_string_equal(b[0].pointer, "/threats/0/losses/1/amount/floor");
    assert_string_equal(b[1].pointer, "/threats/0/losses/1/amount/cap");
    assert_string_equal(b[2].pointer, "/threats/0/frequency/cap");
    assert_string_equal(b[3].pointer, "/threats/0/capability/cap");
    assert_true(b[0].loss == 1 && b[1].loss == 1);
    assert_true(b[2].drawn == RW_DRAWN_FUTURE && b[3].drawn == RW_DRAWN_NEVER);
    assert_relative(b[2].probability, exp(-2), 1e-13);
    assert_relative(b[3].probability, 0.5, 1e-14);
    assert_relative(b[2].mean, 3 * (1 - exp(-2)), 1e-9);
    assert_relative(b[2].shift, -3 * exp(-2), 1e-9);
    /* given the frequency: 3 (1 - e^-2) events a year on average */
    assert_mean(
        &held(&f, 0, 0)[RW_HELD_YEAR_DRAWS], 3 * (1 - exp(-2)) * (1 - exp(-0.5)));
    assert_mean(&held(&f, 0, 1)[RW_HELD_YEAR_DRAWS], 3 * (1 - exp(-2)) * exp(-2));
    end(&f);
}

/* Half of the attacks are seen early and have an amount of their own. */
static void
an_ending_draws_its_own_amount(void **state)
{
    struct fixture f;
    struct rw_threat *t;
    struct rw_loss *l;

    (void)state;
    begin(&f, 3);
    t = &f.m->threats[0];
    l = &t->losses[0];
    t->attack.n = 1;
    t->attack.stages = RW_ARENA_NEW(&f.a, 1, struct rw_stage);
    t->attack.stages[0] = (struct rw_stage){.name = "one",
        .advance = 1,
        .base = 0.5,
        .independence = 1,
        .class = RW_ENDING_EARLY};
    for (int e = 0; e < RW_ENDINGS; e++)
        t->attack.share[e] = 1;
    l->by.given[RW_ENDING_EARLY] = true;
    l->by.amount[RW_ENDING_EARLY] =
        SMALL_DIST("exponential", {"mean", 1}, {"cap", 0.2});
    run(&f);
    assert_int_equal(f.m->n_drawn, 2);
    assert_held(held(&f, 0, 0), 1.5, 1, exp(-1.5));
    assert_held(held(&f, 0, 1), 1.5, 1, exp(-0.2));
    end(&f);
}

static void
any_number_of_threads_holds_the_same(void **state)
{
    struct fixture f;
    struct rw_outcome *o;

    (void)state;
    begin(&f, 1);
    run(&f);
    o = small_run(f.m, N, SEED, 3);
    for (size_t s = 0; s < 2; s++)
        for (size_t k = 0; k < RW_HELDS; k++) {
            const struct rw_moments *x = &held(&f, s, 0)[k];
            const struct rw_moments *y = &o->breakdown[s].held[k];

            assert_true(x->n == y->n && x->mean == y->mean && x->m2 == y->m2);
        }
    rw_outcome_free(o);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(what_is_held_follows_from_the_draws),
    cmocka_unit_test(the_share_of_futures_is_that_of_the_years_with_a_capped_event),
    cmocka_unit_test(every_bound_is_listed_with_its_own_figures),
    cmocka_unit_test(an_ending_draws_its_own_amount),
    cmocka_unit_test(any_number_of_threads_holds_the_same))
