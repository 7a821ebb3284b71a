/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often controls fail: as it is, and as audits teach it. */
#include "num/belief.h"
#include "num/look.h"
#include "num/tail.h"
#include "tests/support/turned.h"

enum { BLOCKS = 8 };

/* One threat and one operating control, quarters, every control audited each time.
 * f ~ Lomax(4, 1 / d), found after d = 0.05 years: R = 1 / (1 + f d) ~ Beta(4, 1). */
static void
begin(struct turned *f, size_t threats, size_t controls, unsigned cycles)
{
    turned_begin(f, threats, controls, cycles);
    f->m->controls[0].status = RW_STATUS_OPERATING;
    f->m->controls[0].efficacy.dist = rw_dist_constant(0.8);
    f->m->controls[0].failing.dist = SMALL_DIST("lomax", {"alpha", 4}, {"theta", 20});
    f->m->controls[0].fail_years = 0.05;
    for (size_t c = 1; c < controls; c++)
        f->m->controls[c].capital.dist = rw_dist_constant(1e9); /* too dear */
    f->s->audit_share = 1;
}

/* r at the nodes, of the first control in future i. */
static double *
hides(const struct turned *f, size_t i)
{
    return f->g->failings.hides + i * RW_LOOK_NODES;
}

/* Missed twice, found, missed: of sensitivity 0.6, a tenth forgotten each time. */
static void
audits_move_the_belief_by_hand(void **state)
{
    static const bool found[] = {false, false, true, false};
    const double s = 0.6, d = 0.05;
    double a, b, middle, p[RW_LOOK_NODES], r[RW_LOOK_NODES];
    struct turned f;

    (void)state;
    begin(&f, 1, 1, 4);
    f.s->audit_sensitivity = s;
    f.s->discount = 0.9;
    f.s->correction_years = 0.1;
    turned_open(&f);
    turned_start(&f);
    assert_int_equal(f.g->failings.n, 1);
    /* R has a kink at 0 that the midpoints do not see the end of */
    assert_relative(f.prior.works_a[0], 4.0, 2e-3);
    assert_relative(f.prior.works_b[0], 1.0, 2e-3);
    a = f.prior.works_a[0];
    b = f.prior.works_b[0];
    middle = log(a / b);
    assert_relative(f.prior.fails[0], b / a / d, 1e-12);
    for (unsigned t = 0; t < 4; t++) {
        a = f.prior.works_a[0] + 0.9 * (a - f.prior.works_a[0]);
        b = f.prior.works_b[0] + 0.9 * (b - f.prior.works_b[0]);
        f.x->w->cycle = t;
        rw_failing_open(f.g);
        for (size_t k = 0; k < RW_LOOK_NODES; k++) {
            double rest = 1 / (1 + exp(rw_look_node(middle, k)));
            double fails = rest / (1 - rest) / d; /* R = 1 / (1 + f d) */

            p[k] = t == 0 ? rest : rest + (p[k] - rest) * exp(-(fails + 1 / d) * 0.25);
            r[k] = p[k] / rest;
            assert_relative(hides(&f, 0)[k], r[k], 1e-9);
        }
        rw_failing_audited(f.g, 0, 0, found[t]);
        rw_look_take(middle, r, s, found[t], &a, &b);
        for (size_t k = 0; k < RW_LOOK_NODES; k++)
            p[k] = found[t] ? 0 : p[k] * (1 - s) / (1 - s * p[k]);
        assert_relative(f.g->failings.a[0], a, 1e-9);
        assert_relative(f.g->failings.b[0], b, 1e-9);
        assert_relative(f.g->failings.fails[0], b / a / d, 1e-9);
        /* where there was no audit there is nothing to forget */
        assert_relative(f.g->failings.a[1], f.prior.works_a[0], 1e-14);
        assert_relative(f.g->failings.b[1], f.prior.works_b[0], 1e-14);
    }
    turned_end(&f);
}

/* Audits far apart of truths drawn from the prior: what they leave is the law of the
 * truth given what they saw, and results say so; however long corrections take. */
static void
believe_truths_of_the_prior(double correction)
{
    static double u[BLOCKS * TURNED], x[BLOCKS * TURNED], off[BLOCKS * TURNED];
    const size_t n = BLOCKS * TURNED;
    struct rw_sink none = {0};
    struct rw_moments s, *all;
    double most = 0;
    struct turned f;

    begin(&f, 1, 1, 12);
    f.s->correction_years = correction;
    f.m->controls[0].upkeep.correction = correction / 2;
    turned_open(&f);
    all = calloc(f.x->layout.size, sizeof *all);
    for (size_t b = 0; b < BLOCKS; b++) {
        const double *truth;

        assert_int_equal(
            RW_OK, rw_turn_block(f.x, b * TURNED, TURNED, &none, f.ledger, &f.e));
        for (size_t k = 0; k < f.x->layout.size; k++)
            rw_moments_join(&all[k], &f.ledger[k]);
        truth = rw_world_truth(f.x->w, &f.m->controls[0].failing);
        for (size_t i = 0; i < TURNED; i++) {
            double share = 1 / (1 + truth[i] * 0.05), p = f.g->failings.a[i],
                   q = f.g->failings.b[i];

            u[b * TURNED + i] = rw_beta_place(p, q, share);
            off[b * TURNED + i] = p / (p + q) - share;
        }
    }
    rw_sort(u, n, x);
    for (size_t i = 0; i < n; i++)
        most = fmax(most,
            fmax((double)(i + 1) / (double)n - u[i], u[i] - (double)i / (double)n));
    assert_true(most < check_dkw(n));
    s = rw_moments_array(off, n);
    assert_close(s.mean, 0, CHECK_Z * rw_moments_se(&s));
    /* of the variance 2/75 of Beta(4, 1), n audits leave 5 / (5 + n); a little more
     * where an audit follows the last one after 5 mean times until found */
    for (size_t i = 0; i < n; i++)
        off[i] *= off[i];
    s = rw_moments_array(off, n);
    assert_close(
        s.mean, 2 / 75.0 * 5 / 17, exp(-5) * 2 / 75.0 + CHECK_Z * rw_moments_se(&s));
    for (unsigned t = 0; t < 12; t++) {
        const struct rw_moments *at = all + rw_layout_cycle(&f.x->layout, 1, t);

        assert_int_equal(at[RW_FIGURE_RELIABLE].n, n / RW_FORECAST_EVERY);
        assert_close(at[RW_FIGURE_RELIABLE].mean, 0.8,
            CHECK_Z * rw_moments_se(&at[RW_FIGURE_RELIABLE]));
        assert_close(at[RW_FIGURE_RELIED].mean, 0.8,
            1e-3 + CHECK_Z * rw_moments_se(&at[RW_FIGURE_RELIED]));
        assert_close(at[RW_FIGURE_RELIED_INSIDE].mean, RW_FORECAST_LEVEL,
            CHECK_Z * rw_moments_se(&at[RW_FIGURE_RELIED_INSIDE]));
        at = all + rw_layout_cycle(&f.x->layout, 0, t);
        assert_true(at[RW_FIGURE_RELIABLE].mean == 0);
    }
    free(all);
    turned_end(&f);
}

static void
truths_drawn_from_the_prior_are_believed_as_they_are(void **state)
{
    (void)state;
    believe_truths_of_the_prior(0);
    believe_truths_of_the_prior(0.15);
    believe_truths_of_the_prior(0.6);
}

/* Failures that stay hidden for four cycles, all audited in each: R ~ Beta(2, 1).  What
 * is believed of them keeps the mean it had, and is as sure as it may be. */
static void
audits_close_together_are_believed_for_what_they_tell(void **state)
{
    static double mean[BLOCKS * TURNED], inside[BLOCKS * TURNED];
    const size_t n = BLOCKS * TURNED;
    struct rw_sink none = {0};
    struct rw_moments s;
    struct turned f;

    (void)state;
    begin(&f, 1, 1, 40);
    f.m->controls[0].failing.dist = SMALL_DIST("lomax", {"alpha", 2}, {"theta", 1});
    f.m->controls[0].fail_years = 1;
    turned_open(&f);
    for (size_t b = 0; b < BLOCKS; b++) {
        const double *truth;

        assert_int_equal(
            RW_OK, rw_turn_block(f.x, b * TURNED, TURNED, &none, f.ledger, &f.e));
        truth = rw_world_truth(f.x->w, &f.m->controls[0].failing);
        for (size_t i = 0; i < TURNED; i++) {
            double p = f.g->failings.a[i], q = f.g->failings.b[i], low, high;

            mean[b * TURNED + i] = p / (p + q) - 1 / (1 + truth[i]);
            rw_beta_interval(p, q, 0.9, &low, &high);
            inside[b * TURNED + i] =
                low < 1 / (1 + truth[i]) && 1 / (1 + truth[i]) < high;
        }
    }
    s = rw_moments_array(mean, n);
    assert_close(s.mean, 0, 1e-3 + CHECK_Z * rw_moments_se(&s));
    s = rw_moments_array(inside, n);
    assert_close(s.mean, 0.9, 0.01 + CHECK_Z * rw_moments_se(&s));
    turned_end(&f);
}

/* What is forgotten leaves a belief that is as unsure as it says: of a truth that stays
 * it holds at least as often as it claims, and the mean is where it was. */
static void
what_is_forgotten_leaves_no_certainty(void **state)
{
    enum { CYCLES = 40 };
    const size_t n = BLOCKS * TURNED;
    struct rw_sink none = {0};
    struct rw_moments *all;
    struct turned f;

    (void)state;
    begin(&f, 1, 1, CYCLES);
    f.s->discount = 0.7;
    f.s->audit_share = 0.5;
    turned_open(&f);
    all = calloc(f.x->layout.size, sizeof *all);
    for (size_t b = 0; b < BLOCKS; b++) {
        assert_int_equal(
            RW_OK, rw_turn_block(f.x, b * TURNED, TURNED, &none, f.ledger, &f.e));
        for (size_t k = 0; k < f.x->layout.size; k++)
            rw_moments_join(&all[k], &f.ledger[k]);
    }
    for (unsigned t = 0; t < CYCLES; t++) {
        const struct rw_moments *at = all + rw_layout_cycle(&f.x->layout, 1, t);
        double se = CHECK_Z * rw_moments_se(&at[RW_FIGURE_RELIED_INSIDE]);

        assert_int_equal(at[RW_FIGURE_RELIED].n, n / RW_FORECAST_EVERY);
        assert_close(at[RW_FIGURE_RELIED].mean, 0.8,
            1e-3 + CHECK_Z * rw_moments_se(&at[RW_FIGURE_RELIED]));
        assert_true(at[RW_FIGURE_RELIED_INSIDE].mean > RW_FORECAST_LEVEL - se);
        assert_true(at[RW_FIGURE_RELIED_INSIDE].mean < 0.96 + se);
    }
    free(all);
    turned_end(&f);
}

/* Of one whose failures a year are known as good as exactly: in each cycle as many
 * have failed without anybody's knowing as are believed to, corrections be they long
 * or short by themselves, by audits and with what supports them. */
static void
as_many_have_failed_unknown_as_are_believed_to(void **state)
{
    static const double mends[] = {0, 0.16, 0.6};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct turned f;

        begin(&f, 1, 2, 24);
        f.m->controls[0].failing.dist = rw_dist_constant(3);
        f.m->controls[0].bias_audits = 1e9;
        f.m->controls[0].fail_years = 0.8;
        f.m->controls[0].upkeep.correction = mends[k] / 2;
        f.m->controls[1].function = RW_FUNCTION_VARIANCE_MANAGEMENT;
        f.m->controls[1].upkeep.acts = RW_ACTS_CORRECTION;
        f.m->controls[1].status = RW_STATUS_OPERATING;
        f.m->controls[1].efficacy.dist = rw_dist_constant(0.5);
        f.s->audit_share = 0.9;
        f.s->audit_sensitivity = 0.6;
        f.s->correction_years = mends[k];
        turned_open(&f);
        turned_start(&f);
        assert_int_equal(f.g->failings.n, 1);
        for (unsigned t = 0; t < 24; t++) {
            double off[TURNED];
            struct rw_moments s;

            turned_plan(&f, t);
            turned_do(&f);
            turned_check_and_act(&f, t);
            for (size_t i = 0; i < TURNED; i++)
                off[i] = rw_fail_unknown(f.g, 0, i) -
                         rw_look_chance(f.g->failings.middle[0], hides(&f, i),
                             f.g->failings.a[i], f.g->failings.b[i]);
            s = rw_moments_array(off, TURNED);
            assert_close(s.mean, 0, CHECK_Z * rw_moments_se(&s));
        }
        turned_end(&f);
    }
}

/* A wrong start is forgotten: of the distance to the truth at most what the prior is
 * worth among all is left.  Whether audits are rare, close, or see half; whether the
 * control is often down or seldom. */
static void
many_audits_come_to_the_truth(void **state)
{
    static const struct {
        double fails, days, share, sensitivity, bias;
    } cases[] = {{3, 36.5, 1, 1, 4}, {3, 36.5, 0.5, 0.5, 0.2}, {0.5, 730, 1, 0.5, 3},
        {2, 365, 1, 1, 0.2}};

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double share, start, left = 0, mean[TURNED];
        struct rw_sink none = {0};
        struct rw_moments s;
        struct turned f;

        begin(&f, 1, 1, 200);
        f.m->controls[0].failing.dist = rw_dist_constant(cases[k].fails);
        f.m->controls[0].fail_years = cases[k].days / 365;
        f.m->controls[0].bias_fails = cases[k].bias;
        f.s->audit_share = cases[k].share;
        f.s->audit_sensitivity = cases[k].sensitivity;
        turned_open(&f);
        assert_int_equal(RW_OK, rw_turn_block(f.x, 0, TURNED, &none, f.ledger, &f.e));
        share = 1 / (1 + cases[k].fails * cases[k].days / 365);
        start = 1 / (1 + cases[k].bias * cases[k].fails * cases[k].days / 365);
        assert_relative(f.prior.works_a[0], RW_FAILING_WRONG * start, 1e-9);
        for (size_t i = 0; i < TURNED; i++) {
            double all = f.g->failings.a[i] + f.g->failings.b[i];

            mean[i] = f.g->failings.a[i] / all;
            left += RW_FAILING_WRONG / all / TURNED;
            /* close together an audit tells of f, which is more than a trial of R */
            assert_true(all <= RW_FAILING_WRONG + 200 / (share * share));
        }
        /* least where audits show a fifth of the failures: worth some 20 in 200 */
        assert_true(left < 0.5);
        s = rw_moments_array(mean, TURNED);
        assert_close(
            s.mean, share, fabs(start - share) * left + CHECK_Z * rw_moments_se(&s));
        turned_end(&f);
    }
}

/* An audit of one that is known to be down may find it failed anew, and tells as much
 * as another; where failures are found sooner with support, fewer are hidden. */
static void
an_audit_tells_what_nobody_knew(void **state)
{
    struct turned f;

    (void)state;
    begin(&f, 1, 1, 3);
    turned_open(&f);
    turned_start(&f);
    turned_plan(&f, 0);
    turned_do(&f);
    for (size_t i = 0; i < TURNED; i += 2)
        f.g->fail.own.works[i] = 0.25 + 1;
    turned_check_and_act(&f, 0);
    for (size_t i = 0; i < TURNED; i += 2) {
        assert_true(f.g->failings.a[i] > f.prior.works_a[0]);
        for (size_t k = 0; k < RW_LOOK_NODES; k++)
            assert_true(hides(&f, i)[k] == 0);
    }
    turned_end(&f);

    begin(&f, 1, 2, 3);
    f.m->controls[1].function = RW_FUNCTION_VARIANCE_MANAGEMENT;
    f.m->controls[1].upkeep.acts = RW_ACTS_IDENTIFICATION;
    f.m->controls[1].status = RW_STATUS_OPERATING;
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.4);
    f.s->audit_share = 0;
    turned_open(&f);
    turned_start(&f);
    turned_plan(&f, 0);
    turned_do(&f);
    turned_check_and_act(&f, 0);
    for (size_t i = 0; i < TURNED; i++)
        for (size_t k = 0; k < RW_LOOK_NODES; k++) {
            double odds = exp(rw_look_node(f.g->failings.middle[0], k));
            double fails = 1 / odds / 0.05;

            assert_relative(
                hides(&f, i)[k] / (1 + odds), fails / (fails + 1 / (0.05 * 0.6)), 1e-9);
        }
    turned_end(&f);
}

/* Of support by which audits see better only the estimate is known: where it does all
 * or nothing, a miss is a miss of the mean sensitivity in every future, and the belief
 * of one is that of all. */
static void
what_support_does_for_audits_is_not_known(void **state)
{
    const double s = 0.2;
    struct turned f;
    bool all = false, nothing = false;

    (void)state;
    begin(&f, 1, 2, 3);
    f.m->controls[1].function = RW_FUNCTION_DECISION_SUPPORT;
    f.m->controls[1].upkeep.acts = RW_ACTS_IDENTIFICATION;
    f.m->controls[1].upkeep.supports = RW_ARENA_NEW(&f.a, 1, size_t);
    f.m->controls[1].upkeep.n_supports = 1;
    f.m->controls[1].status = RW_STATUS_OPERATING;
    f.m->controls[1].efficacy.dist = SMALL_DIST("beta", {"alpha", 0.1}, {"beta", 0.1});
    f.s->audit_sensitivity = s;
    turned_open(&f);
    turned_start(&f);
    turned_plan(&f, 0);
    turned_do(&f);
    turned_check_and_act(&f, 0);
    for (size_t i = 0; i < TURNED; i++) {
        double a = f.prior.works_a[0], b = f.prior.works_b[0], r[RW_LOOK_NODES];

        for (size_t k = 0; k < RW_LOOK_NODES; k++)
            r[k] = 1; /* of one that has long been running: p = 1 - R */
        all |= f.g->stands[TURNED + i] > 0.9;
        nothing |= f.g->stands[TURNED + i] < 0.1;
        rw_look_take(log(a / b), r, 1 - (1 - s) * 0.5, f.g->found[i], &a, &b);
        assert_relative(f.g->failings.a[i], a, 1e-9);
        assert_relative(f.g->failings.b[i], b, 1e-9);
    }
    assert_true(all && nothing);
    turned_end(&f);
}

/* What the next control would save depends on how often this one is believed to
 * work, audits that shorten its failures included. */
static void
planners_are_shown_what_controls_are_believed_to_be_worth(void **state)
{
    struct turned f;
    bool moved = false;

    (void)state;
    begin(&f, 1, 2, 6);
    f.m->threats[0].frequency.dist = rw_dist_constant(6);
    f.m->threats[0].losses[0].amount = rw_dist_constant(10);
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.5);
    f.s->audit_share = 0.7;
    f.s->audit_sensitivity = 0.9;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < 6; t++) {
        double a[TURNED], b[TURNED];

        memcpy(a, f.g->failings.a, sizeof a);
        memcpy(b, f.g->failings.b, sizeof b);
        turned_plan(&f, t);
        for (size_t i = 0; i < TURNED; i++) {
            double fails = b[i] / a[i] / 0.05;
            double works = 1 / (1 + fails / (1 / 0.05 + 0.7 * 0.9 * 4));

            assert_relative(shown.benefits[0][i],
                f.g->a[i] / f.g->b[i] * 6 * 10 * 0.5 * (1 - 0.8 * works), 1e-9);
            moved |= b[i] != b[0];
        }
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    assert_true(moved);
    turned_end(&f);
}

/* A trigger on the appetite reckons with what this cycle's audits told. */
static void
the_appetite_is_looked_at_after_the_audits(void **state)
{
    struct rw_trigger trigger = {
        .on = RW_ON_APPETITE, .action = RW_DO_FUND, .amount = 1};
    struct rw_appetite point = {1e6, 1};
    struct turned f;

    (void)state;
    begin(&f, 1, 1, 4);
    f.m->threats[0].frequency.dist = rw_dist_constant(6);
    f.m->appetite = &point;
    f.m->n_appetite = 1;
    f.s->deciding.triggers = &trigger;
    f.s->deciding.n_triggers = 1;
    f.s->deciding.unlearned = ~(1u << RW_LESSON_RELIABILITY);
    f.s->audit_share = 0.7;
    f.s->audit_sensitivity = 0.9;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < 4; t++) {
        turned_plan(&f, t);
        turned_do(&f);
        turned_check_and_act(&f, t);
        for (size_t i = 0; i < TURNED; i++) {
            double fails = f.g->failings.b[i] / f.g->failings.a[i] / 0.05;
            double works = 1 / (1 + fails / (1 / 0.05 + 0.7 * 0.9 * 4));

            assert_relative(f.g->reckon.events[i], 6 * (1 - 0.8 * works), 1e-9);
        }
    }
    turned_end(&f);
}

/* What is not uncertain, not audited by its beliefs or not asked for is not learned. */
static void
nothing_is_kept_where_nothing_can_be_learned(void **state)
{
    enum { UNASKED, KNOWN, OF_THE_TRUTH, WITHOUT_ACT, AT_ONCE, STEADY, CASES };

    (void)state;
    for (int k = 0; k < CASES; k++) {
        struct turned f;

        begin(&f, 1, 2, 3);
        f.m->controls[1].efficacy.dist = rw_dist_constant(0.5);
        if (k == UNASKED)
            f.s->deciding.unlearned = 1u << RW_LESSON_RELIABILITY;
        if (k == KNOWN)
            f.m->controls[0].failing.dist = rw_dist_constant(3);
        if (k == OF_THE_TRUTH)
            f.s->deciding.knows = RW_KNOWS_TRUTH;
        f.s->deciding.no_act = k == WITHOUT_ACT;
        if (k == AT_ONCE)
            f.m->controls[0].fail_years = 0;
        if (k == STEADY)
            f.m->controls[0].upkeep.law = RW_RELIABILITY_AVAILABILITY;
        turned_open(&f);
        turned_run(&f);
        assert_int_equal(f.g->failings.n, 0);
        assert_true(rw_failing_row(f.g, 0) == NULL);
        for (unsigned t = 0; t < 3; t++)
            assert_true(
                f.ledger[rw_layout_cycle(&f.x->layout, 1, t) + RW_FIGURE_RELIABLE]
                    .mean == 0);
        turned_end(&f);
    }
}

/* Each future fails as often as its truth says: over the years, and by what a steady
 * share and a strategy that knows the truth make of it. */
static void
every_future_fails_by_its_own_truth(void **state)
{
    enum { CYCLES = 120 };
    static double works[TURNED];
    double off[TURNED], tilt[TURNED];
    const double *truth;
    struct rw_moments s;
    struct turned f;

    (void)state;
    begin(&f, 1, 1, CYCLES);
    f.m->controls[0].failing.dist = SMALL_DIST("uniform", {"min", 0.5}, {"max", 8});
    f.m->controls[0].fail_years = 0.2;
    f.s->audit_share = 0;
    turned_open(&f);
    turned_start(&f);
    memset(works, 0, sizeof works);
    for (unsigned t = 0; t < CYCLES; t++) {
        turned_plan(&f, t);
        turned_do(&f);
        for (size_t i = 0; i < TURNED; i++)
            works[i] += (f.g->stands[i] > 0) / (double)CYCLES;
        turned_check_and_act(&f, t);
    }
    truth = rw_world_truth(f.x->w, &f.m->controls[0].failing);
    for (size_t i = 0; i < TURNED; i++) {
        off[i] = works[i] - 1 / (1 + truth[i] * 0.2);
        tilt[i] = off[i] * (truth[i] - 4.25);
    }
    s = rw_moments_array(off, TURNED);
    assert_close(s.mean, 0, CHECK_Z * rw_moments_se(&s));
    s = rw_moments_array(tilt, TURNED);
    assert_close(s.mean, 0, CHECK_Z * rw_moments_se(&s));
    turned_end(&f);

    for (int steady = 0; steady < 2; steady++) {
        begin(&f, 1, 2, 4);
        f.m->controls[1].efficacy.dist = rw_dist_constant(0.5);
        if (steady)
            f.m->controls[0].upkeep.law = RW_RELIABILITY_AVAILABILITY;
        f.s->deciding.knows = RW_KNOWS_TRUTH;
        turned_open(&f);
        turned_start(&f);
        turned_plan(&f, 0);
        turned_do(&f);
        truth = rw_world_truth(f.x->w, &f.m->controls[0].failing);
        for (size_t i = 0; i < TURNED; i++) {
            double ends = 1 / 0.05 + (steady ? 0 : 4);

            assert_relative(f.g->known[i], 0.8 * ends / (truth[i] + ends), 1e-12);
            if (steady)
                assert_relative(f.g->stands[i], 0.8 / (1 + truth[i] * 0.05), 1e-12);
        }
        turned_end(&f);
    }
}

/* A control that is held for sound and mostly is not.  There is money for one more,
 * for this threat or for another, two years from the start: who has looked buys it
 * here, who has not, there; who knows, at least as well as either. */
static void
run_choice(struct turned *f, unsigned knows, bool learns)
{
    static size_t first[] = {0}, second[] = {1};

    begin(f, 2, 3, 14);
    f->m->threats[0].frequency.dist = rw_dist_constant(10);
    f->m->threats[1].frequency.dist = rw_dist_constant(3);
    for (size_t c = 0; c < 3; c++) {
        struct rw_control *x = &f->m->controls[c];

        x->covers_threats = c == 2 ? second : first;
        x->n_covers_threats = 1;
        x->efficacy.dist = rw_dist_constant(0.9);
        x->capital.dist = rw_dist_constant(1);
    }
    f->m->controls[0].failing.dist = rw_dist_constant(20);
    f->m->controls[0].fail_years = 0.5;
    f->m->controls[0].bias_fails = 0.01;
    f->m->controls[0].bias_audits = 2;
    f->s->budget = 0.125;
    f->s->deciding.knows = knows;
    f->s->deciding.unlearned = learns ? 0 : 1u << RW_LESSON_RELIABILITY;
    turned_open(f);
    turned_run(f);
}

static void
knowing_beats_learning_beats_not_looking(void **state)
{
    static struct turned know, learn, hope;
    double gain[TURNED], rest[TURNED];
    size_t right = 0;
    struct rw_moments s;

    (void)state;
    run_choice(&know, RW_KNOWS_TRUTH, false);
    run_choice(&learn, RW_KNOWS_BELIEFS, true);
    run_choice(&hope, RW_KNOWS_BELIEFS, false);
    for (size_t i = 0; i < TURNED; i++) {
        gain[i] = hope.loss[1][i] - learn.loss[1][i];
        rest[i] = learn.loss[1][i] - know.loss[1][i];
        assert_true(know.g->bought[TURNED + i] == 7);
        assert_true(hope.g->bought[TURNED + i] != 7);
        right += learn.g->bought[TURNED + i] == 7;
    }
    s = rw_moments_array(gain, TURNED);
    assert_true(s.mean > CHECK_Z * rw_moments_se(&s));
    s = rw_moments_array(rest, TURNED);
    assert_true(s.mean > -CHECK_Z * rw_moments_se(&s));
    assert_true(right > TURNED * 9 / 10);
    turned_end(&know);
    turned_end(&learn);
    turned_end(&hope);
}

CHECK_MAIN(cmocka_unit_test(audits_move_the_belief_by_hand),
    cmocka_unit_test(truths_drawn_from_the_prior_are_believed_as_they_are),
    cmocka_unit_test(audits_close_together_are_believed_for_what_they_tell),
    cmocka_unit_test(what_is_forgotten_leaves_no_certainty),
    cmocka_unit_test(as_many_have_failed_unknown_as_are_believed_to),
    cmocka_unit_test(many_audits_come_to_the_truth),
    cmocka_unit_test(an_audit_tells_what_nobody_knew),
    cmocka_unit_test(what_support_does_for_audits_is_not_known),
    cmocka_unit_test(planners_are_shown_what_controls_are_believed_to_be_worth),
    cmocka_unit_test(the_appetite_is_looked_at_after_the_audits),
    cmocka_unit_test(nothing_is_kept_where_nothing_can_be_learned),
    cmocka_unit_test(every_future_fails_by_its_own_truth),
    cmocka_unit_test(knowing_beats_learning_beats_not_looking))
