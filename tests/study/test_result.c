/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/programme.h"
#include "study/result.h"
#include "tests/out/fake.h"
#include "tests/support/check.h"

static const struct fake_size size = {.threats = 3,
    .assets = 2,
    .strategies = 3,
    .futures = 2000,
    .cycles = 8,
    .per_year = 4,
    .loss = 1e5};

static struct rw_result *
make(struct fake *f)
{
    struct rw_result *r = NULL;
    struct rw_error e;

    rw_error_clear(&e);
    assert_int_equal(rw_result_make(&f->outcome, &f->arena, &r, &e), RW_OK);
    return r;
}

/* Strategy 1 loses exactly half of what nothing loses, future by future. */
static void
halve_losses(struct fake *f)
{
    struct rw_outcome *o = &f->outcome;

    for (size_t i = 0; i < o->n; i++) {
        o->horizon_loss[1][i] = o->horizon_loss[0][i] / 2;
        o->spend[0][i] = 0;
        o->spend[1][i] = 50000;
        o->npv[0][i] = -o->horizon_loss[0][i];
        o->npv[1][i] = -o->horizon_loss[1][i] - 40000;
    }
}

static void
differences_are_taken_future_by_future(void **state)
{
    const struct rw_versus *v;
    struct rw_result *r;
    struct fake f;

    (void)state;
    fake_make(&f, &size);
    halve_losses(&f);
    r = make(&f);
    v = r->strategies[1].versus;
    assert_null(r->strategies[0].versus);
    /* L - 2 L = -L / 2: the sd is half of nothing's, which no other pairing of
     * the futures gives; (1 + 1/4) / (1/4) = 5 */
    assert_relative(v->loss.mean, -r->strategies[0].loss.mean / 2, 1e-12);
    assert_relative(v->loss.sd, r->strategies[0].loss.sd / 2, 1e-12);
    assert_relative(v->variance_ratio, 5.0, 1e-12);
    assert_relative(v->spend.mean, 50000.0, 1e-15);
    assert_close(v->spend.sd, 0, 0);
    assert_relative(v->total.mean, v->loss.mean + 50000, 1e-12);
    assert_relative(v->npv.mean, -v->loss.mean - 40000, 1e-12);
    assert_relative(v->benefit_cost, -v->loss.mean / 50000, 1e-12);
    fake_free(&f);
}

static void
worse_futures_are_counted(void **state)
{
    struct rw_result *r;
    struct fake f;
    size_t worse = 0;

    (void)state;
    fake_make(&f, &size);
    halve_losses(&f);
    for (size_t i = 0; i < f.outcome.n; i++)
        worse += 50000 > f.outcome.horizon_loss[0][i] / 2;
    assert_true(worse > 0 && worse < f.outcome.n);
    r = make(&f);
    assert_close(r->strategies[1].versus->p_worse, (double)worse / 2000, 1e-15);
    fake_free(&f);
}

static void
two_equal_strategies_differ_by_nothing(void **state)
{
    const struct rw_versus *v;
    struct fake f;

    (void)state;
    fake_make(&f, &size);
    for (size_t i = 0; i < f.outcome.n; i++) {
        f.outcome.horizon_loss[2][i] = f.outcome.horizon_loss[0][i];
        f.outcome.spend[2][i] = f.outcome.spend[0][i];
        f.outcome.npv[2][i] = f.outcome.npv[0][i];
    }
    v = make(&f)->strategies[2].versus;
    assert_close(v->total.mean, 0, 0);
    assert_close(v->total.p0, 1, 0);
    assert_close(v->variance_ratio, 0, 0);
    assert_close(v->benefit_cost, 0, 0);
    assert_close(v->p_worse, 0, 0);
    fake_free(&f);
}

/* Three of four sizes lay inside, four a future at most: 0.9 + (3 - 3.6) / 4. */
static void
shares_of_what_was_foretold_are_of_what_came(void **state)
{
    struct rw_result *r;
    struct rw_cell *c;
    struct fake f;

    (void)state;
    fake_make(&f, &size);
    c = &f.outcome.cells[size.cycles];
    c->met = (struct rw_moments){.n = 100, .mean = 4, .m2 = 50};
    c->met_inside = (struct rw_moments){.n = 100, .mean = 3 - 4 * 0.9, .m2 = 99};
    f.outcome.breakdown[1].met = c->met;
    f.outcome.breakdown[1].met_place = RW_ARENA_NEW(&f.arena, 10, struct rw_moments);
    f.outcome.breakdown[1].met_place[7].mean = 1 - 4 * 0.1;
    r = make(&f);
    assert_close(r->strategies[1].cycles[0].met.mean, 4, 0);
    assert_relative(r->strategies[1].cycles[0].met_inside.mean, 0.75, 1e-15);
    assert_relative(r->strategies[1].cycles[0].met_inside.se, 0.1 / 4, 1e-15);
    assert_relative(r->strategies[1].met_pit[7].mean, 0.25, 1e-15);
    assert_relative(r->strategies[1].met_pit[0].mean, 0.1, 1e-15);
    assert_null(r->strategies[0].met_pit);
    fake_free(&f);
}

static void
the_best_costs_least_and_can_be_followed(void **state)
{
    /* money that each strategy spends in every future; who knows the truth */
    static const struct {
        size_t strategies, best;
        double spend[4];
        bool knows[4];
    } v[] = {
        {1, 0, {0}, {false}},
        {2, 1, {0, 1e12}, {false, false}}, /* dearer than the first, and the best */
        {4, 2, {0, 3e11, 1e11, 2e11}, {false, false, false, false}},
        {4, 3, {0, 3e11, 1e11, 2e11}, {false, false, true, false}},
        {4, 2, {0, 1e11, 2e11, 3e11}, {false, true, false, false}},
        {3, 2, {0, 3e11, 1e11}, {false, true, true}},
    };

    (void)state;
    for (size_t k = 0; k < sizeof v / sizeof *v; k++) {
        struct fake_size z = size;
        struct fake f;

        z.strategies = v[k].strategies;
        fake_make(&f, &z);
        for (size_t s = 0; s < z.strategies; s++) {
            f.model.strategies[s].deciding.knows =
                v[k].knows[s] ? RW_KNOWS_TRUTH : RW_KNOWS_BELIEFS;
            for (size_t i = 0; i < f.outcome.n; i++)
                f.outcome.spend[s][i] = v[k].spend[s];
        }
        assert_int_equal(make(&f)->best, v[k].best);
        fake_free(&f);
    }
}

static void
totals_and_years_belong_to_their_strategy(void **state)
{
    struct rw_result *r;
    struct fake f;
    double year = 0, total = 0;

    (void)state;
    fake_make(&f, &size);
    for (size_t i = 0; i < f.outcome.n; i++) {
        year += f.outcome.year_loss[1 * 2 + 1][i] / 2000;
        total += (f.outcome.horizon_loss[1][i] + f.outcome.spend[1][i]) / 2000;
    }
    r = make(&f);
    assert_int_equal(r->strategies[1].years[1].year, 2);
    assert_relative(r->strategies[1].years[1].loss.mean, year, 1e-10);
    assert_relative(r->strategies[1].total.mean, total, 1e-10);
    assert_string_equal(r->strategies[2].name, "pdca");
    assert_relative(r->strategies[1].cycles[3].threat_loss[2].mean,
        f.outcome.cells[1 * 8 + 3].threat_loss[2].mean, 1e-15);
    fake_free(&f);
}

static void
a_signal_stops_the_making(void **state)
{
    volatile sig_atomic_t stop = SIGINT;
    struct rw_result *r = NULL;
    struct rw_error e;
    struct fake f;

    (void)state;
    rw_error_clear(&e);
    fake_make(&f, &size);
    assert_int_equal(
        rw_result_make_unless(&f.outcome, &f.arena, &stop, &r, &e), RW_ERR_INTERRUPT);
    assert_null(r);
    fake_free(&f);
}

/* A statement after 1 + i mod 100 months; none for the first strategy. */
static void
a_statement_has_the_chances_of_its_times(void **state)
{
    const struct rw_result_programme *p;
    struct rw_result *r;
    struct fake f;
    double count = 0, months;

    (void)state;
    fake_make(&f, &size);
    fake_programme(&f, &size);
    months = 12.0 * f.model.programme.deadline / size.per_year;
    f.model.years = 1.0 / size.per_year;
    for (size_t i = 0; i < size.futures; i++)
        count += (double)(1 + i % 100) > months + 1e-9;
    r = make(&f);
    p = r->strategies[1].programme;
    assert_true(p->follows && !r->strategies[0].programme->follows);
    assert_relative(p->missed.p, count / (double)size.futures, 1e-12);
    assert_true(p->missed.low < p->missed.p && p->missed.p < p->missed.high);
    assert_relative(p->issued[f.model.programme.deadline - 1].p,
        1 - count / (double)size.futures, 1e-12);
    assert_relative(p->months[2].value, 50.0, 1e-12);
    assert_true(p->months[2].low <= 50 && p->months[2].high >= 50);
    p = r->strategies[0].programme;
    assert_true(isinf(p->months[0].value) && isinf(p->months[4].value));
    assert_close(p->missed.p, 1, 0);
    assert_close(p->issued[size.cycles - 1].p, 0, 0);
    assert_true(p->issued[size.cycles - 1].high > 0);
    fake_free(&f);
}

/* Eight randomisations of futures that are all alike: what is said of the deadline rests
 * on eight observations, four of them late. */
static void
a_statement_of_even_futures_counts_randomisations(void **state)
{
    enum { EACH = 250, R = 8 };
    const struct rw_result_programme *p;
    struct rw_result *r;
    struct fake f;
    double months, t = 2.3646242515927844; /* Student's 0.975 quantile, 7 */

    (void)state;
    fake_make(&f, &size);
    fake_programme(&f, &size);
    months = 12.0 * f.model.programme.deadline / size.per_year;
    f.model.years = 1.0 / size.per_year;
    f.outcome.each = EACH;
    f.outcome.residual_sd =
        RW_ARENA_NEW(&f.arena, size.strategies * size.cycles, double);
    for (size_t i = 0; i < size.futures; i++)
        f.outcome.statement[1][i] = (months + (i / EACH % 2 ? 1 : -1)) / 12;
    r = make(&f);
    p = r->strategies[1].programme;
    assert_close(p->missed.p, 0.5, 1e-12);
    assert_close(p->missed.high, 0.5 + t * 0.5 / sqrt(R - 1), 1e-9);
    assert_close(p->missed.low, 0.5 - t * 0.5 / sqrt(R - 1), 1e-9);
    assert_relative(p->months[2].low, months - 1, 1e-12);
    assert_relative(p->months[2].high, months + 1, 1e-12);
    fake_free(&f);
}

/* Where the horizon holds a year and a part, its losses are not the year's; where it
 * is the year, both laws are one.  The futures stay as they are. */
static void
a_years_law_is_the_horizons_only_where_they_agree(void **state)
{
    struct fake_size one = size;

    (void)state;
    for (one.cycles = 4; one.cycles <= 5; one.cycles++) {
        struct rw_result *r;
        struct fake f;
        double *year, *all;

        fake_make(&f, &one);
        year = f.outcome.year_loss[0];
        all = f.outcome.horizon_loss[0];
        for (size_t i = 0; i < f.outcome.n; i++) {
            year[i] = (double)((7 * i) % f.outcome.n);
            all[i] = year[i] + (one.cycles > 4 ? 10 : 0);
            f.outcome.spend[0][i] = one.cycles > 4 ? 1 : 0;
        }
        r = make(&f);
        assert_close(r->strategies[0].years[0].loss.mean, (double)(f.outcome.n - 1) / 2,
            1e-9 * (double)f.outcome.n);
        assert_close(r->strategies[0].loss.mean - r->strategies[0].years[0].loss.mean,
            one.cycles > 4 ? 10 : 0, 1e-6);
        assert_close(r->strategies[0].total.mean - r->strategies[0].loss.mean,
            one.cycles > 4 ? 1 : 0, 1e-6);
        assert_close(r->strategies[0].years[0].loss.min, 0, 0);
        assert_close(r->strategies[0].years[0].loss.max, (double)(f.outcome.n - 1), 0);
        for (size_t i = 0; i < f.outcome.n; i++) /* and all is as it was */
            assert_true(year[i] == (double)((7 * i) % f.outcome.n));
        fake_free(&f);
    }
}

CHECK_MAIN(cmocka_unit_test(a_years_law_is_the_horizons_only_where_they_agree),
    cmocka_unit_test(a_statement_has_the_chances_of_its_times),
    cmocka_unit_test(a_statement_of_even_futures_counts_randomisations),
    cmocka_unit_test(differences_are_taken_future_by_future),
    cmocka_unit_test(worse_futures_are_counted),
    cmocka_unit_test(two_equal_strategies_differ_by_nothing),
    cmocka_unit_test(shares_of_what_was_foretold_are_of_what_came),
    cmocka_unit_test(the_best_costs_least_and_can_be_followed),
    cmocka_unit_test(totals_and_years_belong_to_their_strategy),
    cmocka_unit_test(a_signal_stops_the_making))
