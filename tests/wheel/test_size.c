/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large losses are, by those that came to light. */
#include "num/tail.h"
#include "tests/support/turned.h"

enum { BLOCKS = 8 };

/* One threat, 6 lognormal losses a year, quarters; the factor lognormal of mean 1. */
static void
begin(struct turned *f, unsigned cycles)
{
    turned_begin(f, 1, 1, cycles);
    f->m->threats[0].frequency.dist = rw_dist_constant(6);
    f->m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", 3}, {"sigma", 1.2});
    f->m->threats[0].loss_factor.dist =
        SMALL_DIST("lognormal", {"mean", 1}, {"sd", 0.8});
    f->m->controls[0].capital.dist = rw_dist_constant(1e9); /* nothing is bought */
}

/* By hand, of one cycle's losses: struct rw_nig is not asked. */
static void
update(double p[4], double discount, const double y[], size_t n)
{
    double sum = 0, mean, within = 0, off, k = p[1], keep = fmax(discount, 1 / k);

    if (keep < 1) {
        p[1] = k * keep;
        p[2] = 1 + (p[2] - 1) * keep;
        p[3] *= keep;
        k = p[1];
    }
    for (size_t i = 0; i < n; i++)
        sum += y[i];
    mean = n > 0 ? sum / (double)n : 0;
    for (size_t i = 0; i < n; i++)
        within += (y[i] - mean) * (y[i] - mean);
    off = mean - p[0];
    p[0] = (k * p[0] + (double)n * mean) / (k + (double)n);
    p[1] = k + (double)n;
    p[2] += (double)n / 2;
    p[3] += within / 2 + k * (double)n * off * off / (2 * (k + (double)n));
}

static void
assert_nig(const struct rw_nig *got, const double want[4])
{
    assert_relative(got->m, want[0], 1e-12);
    assert_relative(got->k, want[1], 1e-12);
    assert_relative(got->a, want[2], 1e-12);
    assert_relative(got->b, want[3], 1e-12);
}

/* Three cycles of known losses, one of them of an event seen a cycle late. */
static void
losses_move_the_belief_by_the_conjugate_formulas(void **state)
{
    static const double loss[] = {40, 0, 900, 3, 77};
    static const uint16_t when[] = {0, 0, 1, RW_NEVER, 0};
    static struct rw_event_list hits;
    const double share[] = {1, 1, 0.2, 1, 0.5};
    const double mu = 3, sigma = 1.2, tau2 = log1p(0.64), w = 8;

    (void)state;
    for (int stated = 0; stated < 2; stated++) {
        double want[4], y[2], v, v0, times;
        struct rw_nig *got;
        struct turned f;

        begin(&f, 3);
        f.m->threats[0].seen_delay = 0.2;
        f.m->threats[0].bias_severity = 1.5;
        f.m->threats[0].bias_worth = stated ? w : 0;
        f.s->discount = 0.9;
        turned_open(&f);
        turned_start(&f);
        got = f.g->sizes.nig;
        /* the prior, to the accuracy of its quadrature, and then as it is */
        assert_close(f.prior.log_loss[0], mu, 2e-4);
        assert_close(f.prior.log_factor[0], -tau2 / 2, 1e-4);
        assert_close(got->m, log(1.5), 1e-15);
        assert_relative(got->k, stated ? w : sigma * sigma / tau2, 2e-3);
        assert_relative(got->a, 1 + (stated ? w : 1e6) / 2, 1e-15);
        assert_relative(rw_nig_variance(got), sigma * sigma, 1e-3);
        memcpy(want, &(double[]){got->m, got->k, got->a, got->b}, sizeof want);
        v0 = rw_nig_variance(got);
        assert_relative(f.g->sizes.times[0], 1.5, 1e-14);

        hits.n = 5;
        for (size_t e = 0; e < hits.n; e++)
            hits.event[e].future = 0;
        f.x->w->cycle = 0;
        rw_size_note(f.g, 0, &hits, loss, share, when);
        for (size_t e = 0; e < 5; e++)
            hits.event[e].future = 1; /* no one is hit there */
        rw_size_note(f.g, 0, &hits, loss, (double[]){-1, -1, -1, -1, -1}, when);
        y[0] = log(40) - f.prior.log_loss[0] - f.prior.log_factor[0];
        y[1] = log(77) - f.prior.log_loss[0] - f.prior.log_factor[0];
        rw_size_learn(f.g);
        update(want, 0.9, y, 2);
        assert_nig(got, want);
        assert_true(got[1].m == log(1.5));
        f.x->w->cycle = 1;
        rw_size_learn(f.g);
        y[0] = log(900) - f.prior.log_loss[0] - f.prior.log_factor[0];
        update(want, 0.9, y, 1);
        assert_nig(got, want);
        f.x->w->cycle = 2;
        rw_size_learn(f.g);
        update(want, 0.9, y, 0);
        assert_nig(got, want);
        v = got->b / (got->a - 1);
        times = exp(want[0] - tau2 / 2 * fmax(0, 1 - f.prior.size[0].k / want[1]) +
                    fmin((v - v0) / 2, log(4)));
        assert_relative(f.g->sizes.times[0], times, 1e-4);
        turned_end(&f);
    }
}

/* The truth given what was seen is Normal(m, v / k), and its mean exponential is
 * what is believed of an event's cost. */
static void
a_factor_drawn_from_the_prior_is_believed_as_it_is(void **state)
{
    static double u[BLOCKS * TURNED], miss[BLOCKS * TURNED], x[BLOCKS * TURNED];
    const size_t n = BLOCKS * TURNED;
    struct rw_moments s;
    struct rw_sink none = {0};
    double most = 0;
    struct turned f;

    (void)state;
    begin(&f, 8);
    turned_open(&f);
    for (size_t b = 0; b < BLOCKS; b++) {
        assert_int_equal(
            RW_OK, rw_turn_block(f.x, b * TURNED, TURNED, &none, f.ledger, &f.e));
        for (size_t i = 0; i < TURNED; i++) {
            const struct rw_nig *p = &f.g->sizes.nig[i];
            double factor = f.x->w->factor[i];
            double z = log(factor) - f.prior.log_factor[0] - p->m;

            z *= sqrt(p->k / rw_nig_variance(p));
            u[b * TURNED + i] = 0.5 * erfc(-z / M_SQRT2);
            miss[b * TURNED + i] = f.g->sizes.times[i] - factor;
        }
    }
    rw_sort(u, n, x);
    for (size_t i = 0; i < n; i++)
        most = fmax(most,
            fmax((double)(i + 1) / (double)n - u[i], u[i] - (double)i / (double)n));
    assert_true(most < check_dkw(n));
    s = rw_moments_array(miss, n);
    assert_close(s.mean, 0, CHECK_Z * rw_moments_se(&s));
    assert_true(rw_moments_sd(&s) < 0.75 * 0.8); /* and it is worth something */
    turned_end(&f);
}

static struct rw_moments *
foretell(struct turned *f)
{
    struct rw_moments *all;
    struct rw_sink none = {0};

    turned_open(f);
    all = calloc(f->x->layout.size, sizeof *all);
    for (size_t b = 0; b < BLOCKS; b++) {
        assert_int_equal(
            RW_OK, rw_turn_block(f->x, b * TURNED, TURNED, &none, f->ledger, &f->e));
        for (size_t k = 0; k < f->x->layout.size; k++)
            rw_moments_join(&all[k], &f->ledger[k]);
    }
    return all;
}

/* Foretold as well as is said, cycle by cycle and over all; a wrong start shows which
 * way it is wrong. */
static void
sizes_are_foretold_as_well_as_is_said(void **state)
{
    const struct rw_moments *at;
    struct rw_moments *all;
    struct turned f;

    (void)state;
    begin(&f, 8);
    f.m->threats[0].seen_delay = 0.2;
    all = foretell(&f);
    for (unsigned t = 0; t < 8; t++) {
        at = all + rw_layout_cycle(&f.x->layout, 1, t);
        assert_int_equal(at[RW_FIGURE_MET].n, BLOCKS * TURNED / RW_FORECAST_EVERY);
        assert_true(at[RW_FIGURE_MET].mean > 0.3 && at[RW_FIGURE_MET].mean < 1);
        assert_close(at[RW_FIGURE_MET_INSIDE].mean, 0,
            CHECK_Z * rw_moments_se(&at[RW_FIGURE_MET_INSIDE]));
    }
    at = all + rw_layout_horizon(&f.x->layout, 1);
    assert_true(at[f.x->layout.met].mean > 3);
    for (size_t k = f.x->layout.met_place; k < f.x->layout.met; k++)
        assert_close(at[k].mean, 0, CHECK_Z * rw_moments_se(&at[k]));
    at = all +
         rw_layout_horizon(&f.x->layout, 0); /* who does not learn foretells none */
    assert_true(at[f.x->layout.met].mean == 0);
    free(all);
    turned_end(&f);

    begin(&f, 1);
    f.m->threats[0].loss_factor.dist = rw_dist_constant(1);
    f.m->threats[0].bias_severity = 1e6;
    f.m->threats[0].bias_worth = 1e5;
    all = foretell(&f);
    at = all + rw_layout_cycle(&f.x->layout, 1, 0);
    assert_relative(
        at[RW_FIGURE_MET_INSIDE].mean, -0.9 * at[RW_FIGURE_MET].mean, 1e-12);
    at = all + rw_layout_horizon(&f.x->layout, 1) + f.x->layout.met_place;
    assert_relative(at[0].mean, 0.9 * at[RW_FORECAST_BINS].mean, 1e-12);
    assert_relative(at[9].mean, -0.1 * at[RW_FORECAST_BINS].mean, 1e-12);
    free(all);
    turned_end(&f);
}

/* With a worth of w, n losses leave a share w / (w + n) of a bias in logarithms,
 * whatever the losses' law: m (w + n) = w ln bias + sum of y, E y = 0. */
static void
a_wrong_start_is_forgotten_as_losses_come(void **state)
{
    const struct rw_dist laws[] = {SMALL_DIST("lognormal", {"mu", 3}, {"sigma", 1.2}),
        SMALL_DIST("gpd", {"xi", 0.6}, {"beta", 20}),
        SMALL_DIST("pert", {"min", 1}, {"mode", 30}, {"max", 90})};
    struct rw_sink none = {0};

    (void)state;
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++) {
        double left[TURNED], times[TURNED], spread;
        struct rw_moments s;
        struct turned f;

        begin(&f, 40);
        f.m->threats[0].frequency.dist = rw_dist_constant(50);
        f.m->threats[0].losses[0].amount = laws[k];
        f.m->threats[0].loss_factor.dist = rw_dist_constant(1);
        f.m->threats[0].bias_severity = 4;
        turned_open(&f);
        assert_int_equal(RW_OK, rw_turn_block(f.x, 0, TURNED, &none, f.ledger, &f.e));
        spread = rw_nig_variance(&f.prior.size[0]);
        for (size_t i = 0; i < TURNED; i++) {
            const struct rw_nig *p = &f.g->sizes.nig[i];

            assert_true(p->k > 10 + 300);
            left[i] = p->m * p->k / (10 * log(4));
            /* the spread's part aside */
            times[i] = f.g->sizes.times[i] / exp((rw_nig_variance(p) - spread) / 2);
        }
        s = rw_moments_array(left, TURNED);
        assert_close(s.mean, 1, CHECK_Z * rw_moments_se(&s));
        s = rw_moments_array(
            times, TURNED); /* e^(0.027): of ln 4, 10 of 510 are left */
        assert_close(s.mean, pow(4, 10.0 / 510), 0.01);
        turned_end(&f);
    }
}

/* What response saves and a cover pays is added again; what is never seen or costs
 * nothing teaches nothing; all assets teach of one factor. */
static void
seen(struct turned *f, double n[TURNED])
{
    turned_open(f);
    turned_start(f);
    for (size_t i = 0; i < TURNED; i++)
        n[i] = 0;
    for (unsigned t = 0; t < f->m->cycles; t++) {
        turned_plan(f, t);
        turned_do(f);
        turned_check_and_act(f, t);
        for (size_t i = 0; i < TURNED; i++)
            n[i] += f->g->acc.seen[i];
    }
}

static void
what_is_learned_from_is_the_gross_loss_of_what_was_seen(void **state)
{
    double n[TURNED], all = 0, half[TURNED], late = 0;
    struct turned f, g, h;

    (void)state;
    begin(&f, 6);
    seen(&f, n);
    begin(&g, 6);
    g.m->controls[0].function = RW_FUNCTION_CONTAINMENT;
    g.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    g.m->controls[0].status = RW_STATUS_OPERATING;
    g.m->threats[0].covered = true;
    g.m->threats[0].deductible = 10;
    g.m->threats[0].limit = 50;
    seen(&g, n);
    begin(&h, 6);
    h.m->threats[0].seen_probability = 0.5;
    h.m->threats[0].seen_delay = 0.3;
    seen(&h, half);
    for (size_t i = 0; i < TURNED; i++) {
        const struct rw_nig *p = &f.g->sizes.nig[i], *q = &g.g->sizes.nig[i];

        assert_true(p->m == q->m && p->k == q->k && p->b == q->b);
        assert_close(p->k - f.prior.size[0].k, n[i], 1e-9);
        assert_close(h.g->sizes.nig[i].k - h.prior.size[0].k, half[i], 1e-9);
        all += n[i];
        late += half[i];
    }
    assert_true(late > 0.2 * all && late < 0.5 * all);
    turned_end(&f);
    turned_end(&g);
    turned_end(&h);
}

/* Two assets, one worth ten times the other: their losses differ by ln 10 and no
 * more, and a systemic event teaches twice.  Half of the events cost nothing. */
static void
all_assets_of_a_threat_teach_of_one_factor(void **state)
{
    double n[TURNED], k = 0, all = 0;
    struct turned f;

    (void)state;
    begin(&f, 6);
    f.m = small_model(&f.a, 2, 1, 1, 2, 6, 4);
    f.s = &f.m->strategies[1];
    f.s->planner.plugin = &greedy;
    f.m->assets[0].value = 100;
    f.m->assets[1].value = 1000;
    f.m->threats[0].assets[1] = 1;
    f.m->threats[0].n_assets = 2;
    f.m->threats[0].systemic = true;
    f.m->threats[0].frequency.dist = rw_dist_constant(6);
    f.m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", -3}, {"sigma", 1});
    f.m->threats[0].losses[0].of = RW_OF_VALUE;
    f.m->threats[0].losses[0].secondary = 0.5;
    f.m->threats[0].loss_factor.dist = SMALL_DIST("lognormal", {"mean", 2}, {"sd", 1});
    seen(&f, n);
    assert_close(f.prior.log_loss[1] - f.prior.log_loss[0], log(10), 1e-12);
    assert_close(f.prior.log_loss[0], log(100) - 3 + log(2), 2e-3);
    assert_int_equal(f.g->sizes.n, 1);
    for (size_t i = 0; i < TURNED; i++) {
        k += f.g->sizes.nig[i].k - f.prior.size[0].k;
        all += n[i];
    }
    assert_close(k / all, 0.5, CHECK_Z * 0.5 / sqrt(all));
    turned_end(&f);
}

/* What is believed of the size is what planners are shown. */
static void
planners_are_shown_what_losses_are_believed_to_be(void **state)
{
    struct turned f;

    (void)state;
    begin(&f, 4);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    f.m->threats[0].bias_severity = 3;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < 3; t++) {
        double times[TURNED];

        memcpy(times, f.g->sizes.times, sizeof times);
        turned_plan(&f, t);
        for (size_t i = 0; i < TURNED; i++)
            assert_relative(shown.benefits[0][i],
                f.g->a[i] / f.g->b[i] * 6 * 0.5 * f.m->risks[0].mean_loss * times[i],
                1e-12);
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    turned_end(&f);
}

/* Each lesson by itself; what is not learned stays as it was believed at first. */
static void
a_strategy_learns_what_it_is_told_to(void **state)
{
    (void)state;
    for (unsigned unlearned = 0; unlearned <= RW_LESSONS_ALL; unlearned++) {
        bool rates = !(unlearned & 1u << RW_LESSON_RATES);
        bool severity = !(unlearned & 1u << RW_LESSON_SEVERITY), moved = false;
        struct turned f;
        double a, b;

        begin(&f, 4);
        f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 6}, {"sd", 3});
        f.s->deciding.unlearned = unlearned;
        f.s->deciding.reassess = 2;
        f.s->discount = 0.8;
        turned_open(&f);
        turned_start(&f);
        a = f.g->a[0];
        b = f.g->b[0];
        assert_int_equal(f.g->sizes.n, severity);
        assert_true((rw_size_times(f.g, 0) != NULL) == severity);
        for (unsigned t = 0; t < 4; t++) {
            turned_plan(&f, t);
            turned_do(&f);
            turned_check_and_act(&f, t);
        }
        for (size_t i = 0; i < TURNED; i++) {
            assert_true(rates || (f.g->a[i] == a && f.g->b[i] == b));
            moved = moved || f.g->a[i] != a;
        }
        assert_true(moved == rates);
        turned_end(&f);
    }
}

/* Neither a known size nor one that knows the truth has anything to learn. */
static void
nothing_is_kept_where_nothing_can_be_learned(void **state)
{
    struct turned f;

    (void)state;
    begin(&f, 2);
    f.m->threats[0].loss_factor.dist = rw_dist_constant(2);
    turned_open(&f);
    assert_int_equal(f.g->sizes.n, 0);
    turned_end(&f);
    begin(&f, 2);
    f.s->deciding.knows = RW_KNOWS_TRUTH;
    turned_open(&f);
    assert_int_equal(f.g->sizes.n, 0);
    turned_end(&f);
    begin(&f, 2);
    f.s->deciding.no_act = true;
    turned_open(&f);
    assert_int_equal(f.g->sizes.n, 0);
    turned_end(&f);
}

/* Losses double in each cycle, as was expected from the start.  Between looks they
 * show as larger than at the last look; at the next look as nothing new. */
static void
growth_that_was_expected_teaches_nothing_at_the_next_look(void **state)
{
    static struct rw_event_list hits;
    const double step = log(2);
    double base, k, loss[1];
    struct turned f;

    (void)state;
    begin(&f, 4);
    f.s->deciding.reassess = 2;
    turned_open(&f);
    for (unsigned t = 0; t < 4; t++)
        f.prior.log_factor[t] += t * step;
    turned_start(&f);
    base = f.prior.log_loss[0] + f.prior.log_factor[0];
    k = f.prior.size[0].k;
    hits.n = 1;
    hits.event[0].future = 0;
    for (unsigned t = 0; t < 3; t++) {
        f.x->w->cycle = t;
        rw_check_assess(f.g);
        if (t == 2) /* looked at anew */
            assert_close(f.g->sizes.nig[0].m, 0, 1e-12);
        loss[0] = exp(base + t * step);
        rw_size_note(f.g, 0, &hits, loss, NULL, NULL);
        rw_size_learn(f.g);
        if (t == 1)
            assert_close(f.g->sizes.nig[0].m, step / (k + 2), 1e-12);
    }
    assert_close(f.g->sizes.nig[0].m, 0, 1e-12);
    turned_end(&f);
}

CHECK_MAIN(cmocka_unit_test(losses_move_the_belief_by_the_conjugate_formulas),
    cmocka_unit_test(a_factor_drawn_from_the_prior_is_believed_as_it_is),
    cmocka_unit_test(sizes_are_foretold_as_well_as_is_said),
    cmocka_unit_test(a_wrong_start_is_forgotten_as_losses_come),
    cmocka_unit_test(what_is_learned_from_is_the_gross_loss_of_what_was_seen),
    cmocka_unit_test(all_assets_of_a_threat_teach_of_one_factor),
    cmocka_unit_test(planners_are_shown_what_losses_are_believed_to_be),
    cmocka_unit_test(a_strategy_learns_what_it_is_told_to),
    cmocka_unit_test(nothing_is_kept_where_nothing_can_be_learned),
    cmocka_unit_test(growth_that_was_expected_teaches_nothing_at_the_next_look))
