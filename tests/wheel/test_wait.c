/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What candidates are thought to be worth that have to wait for others. */
#include "tests/support/turned.h"

enum { CYCLES = 8 };

/* 6 events a year of 10 each, nothing learned.  Control 0 does nothing itself, takes
 * four quarters to build and is planned for the first; 1 requires it; 2 does not.  Too
 * dear unless a test says otherwise. */
static void
begin(struct turned *f)
{
    turned_begin(f, 1, 3, CYCLES);
    f->m->threats[0].frequency.dist = rw_dist_constant(6);
    f->m->threats[0].losses[0].amount = rw_dist_constant(10);
    f->m->controls[0].status = RW_STATUS_PLANNED;
    f->m->controls[0].build = 4;
    f->m->controls[1].efficacy.dist = rw_dist_constant(0.5);
    f->m->controls[1].requires[0] = 0;
    f->m->controls[1].n_requires = 1;
    f->m->controls[2].efficacy.dist = rw_dist_constant(0.2);
    for (size_t c = 1; c < 3; c++)
        f->m->controls[c].capital.dist = rw_dist_constant(1e9);
    f->s->deciding.unlearned = RW_LESSONS_ALL;
}

/* Of what is left from cycle t on, the share from cycle `from` on. */
static double
share(unsigned t, unsigned from)
{
    from = from > t ? from : t;
    return from < CYCLES ? (CYCLES - from) / (double)(CYCLES - t) : 0;
}

static void
a_candidate_is_worth_nothing_before_what_it_requires(void **state)
{
    struct turned f;

    (void)state;
    begin(&f);
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < CYCLES; t++) {
        turned_plan(&f, t);
        assert_relative(shown.benefits[0][0], 60 * 0.5 * share(t, 4), 1e-9);
        assert_relative(shown.benefits[1][0], 60 * 0.2, 1e-9);
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    turned_end(&f);
}

/* Control 1 bought at once: control 2 joins it when it can operate. */
static void
what_waits_takes_nothing_off_before(void **state)
{
    struct turned f;

    (void)state;
    begin(&f);
    f.m->controls[1].capital.dist = rw_dist_constant(1);
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < CYCLES; t++) {
        turned_plan(&f, t);
        assert_int_equal(f.g->bought[TURNED], 0);
        if (t > 0)
            assert_relative(
                shown.benefits[1][0], 60 * 0.2 * (1 - 0.5 * share(t, 4)), 1e-9);
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    turned_end(&f);
}

/* Both still to be bought, and a chain of three. */
static void
what_is_not_bought_is_taken_as_bought_now(void **state)
{
    struct turned f;

    (void)state;
    begin(&f);
    f.m->controls[0].status = RW_STATUS_CANDIDATE;
    f.m->controls[0].capital.dist = rw_dist_constant(1e9);
    f.m->controls[0].build = 1;
    f.m->controls[1].build = 3;
    f.m->controls[2].requires[0] = 1;
    f.m->controls[2].n_requires = 1;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < CYCLES; t++) {
        turned_plan(&f, t);
        if (t + 3 < CYCLES) {
            assert_relative(shown.benefits[1][0], 60 * 0.5 * share(t, t + 3), 1e-9);
            assert_relative(shown.benefits[2][0], 60 * 0.2 * share(t, t + 3), 1e-9);
        } else {
            assert_true(shown.benefits[1][0] == 0 && shown.benefits[2][0] == 0);
        }
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    turned_end(&f);
}

/* An overrun of what is required shows by its not being there, no sooner. */
static void
overruns_of_what_is_required_are_not_foreseen(void **state)
{
    struct turned f;
    bool there = false, late = false;

    (void)state;
    begin(&f);
    f.m->controls[0].delivery.overrun.dist =
        SMALL_DIST("uniform", {"min", 0}, {"max", 1});
    f.m->controls[0].delivery.overruns = true;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < CYCLES; t++) {
        unsigned next = t + 1 > 4 ? t + 1 : 4;

        turned_plan(&f, t);
        for (size_t i = 0; i < TURNED; i++) {
            bool operates = f.g->since[i] <= t;

            there |= operates;
            late |= !operates && t > 5;
            if (operates || next < CYCLES)
                assert_relative(shown.benefits[0][i],
                    60 * 0.5 * (operates ? 1 : share(t, next)), 1e-9);
        }
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    assert_true(there && late);
    turned_end(&f);
}

/* One with an overrun of its own, of 1 to 4 quarters: there and waiting, or later. */
static void
an_overrun_and_a_wait_pass_together(void **state)
{
    struct turned f;

    (void)state;
    begin(&f);
    f.m->controls[1].delivery.overrun.dist =
        SMALL_DIST("uniform", {"min", 0}, {"max", 1});
    f.m->controls[1].delivery.overruns = true;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < 4; t++) {
        double mean = 0;

        turned_plan(&f, t);
        for (unsigned k = 1; k <= 4; k++)
            mean += share(t, t + k > 4 ? t + k : 4) / 4;
        assert_relative(shown.benefits[0][0], 60 * 0.5 * mean, 1e-9);
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    turned_end(&f);
}

/* Who knows the truth knows when what is required comes. */
static void
who_knows_waits_for_it_as_well(void **state)
{
    struct turned f;

    (void)state;
    begin(&f);
    f.m->controls[0].delivery.overrun.dist =
        SMALL_DIST("uniform", {"min", 0}, {"max", 0.6});
    f.m->controls[0].delivery.overruns = true;
    f.s->deciding.knows = RW_KNOWS_TRUTH;
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < CYCLES; t++) {
        turned_plan(&f, t);
        for (size_t i = 0; i < TURNED; i++)
            assert_relative(
                f.g->offer[TURNED + i], 0.5 * share(t, f.g->since[i]), 1e-9);
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    turned_end(&f);
}

/* Thirty layers of two, each of which requires both of the layer below: a billion ways
 * down, and sixty controls. */
static void
a_ladder_of_requirements_is_climbed_once(void **state)
{
    enum { LAYERS = 30, N = 2 * LAYERS + 1 };
    struct turned f;

    (void)state;
    for (int knows = 0; knows < 2; knows++) {
        turned_begin(&f, 1, N, CYCLES);
        f.s->deciding.knows = knows > 0 ? RW_KNOWS_TRUTH : RW_KNOWS_BELIEFS;
        f.m->threats[0].losses[0].amount = rw_dist_constant(10);
        for (size_t c = 0; c + 1 < N; c++) {
            f.m->controls[c].status = RW_STATUS_PLANNED;
            f.m->controls[c].build = c < 2 ? 3 : 0;
        }
        for (size_t c = 2; c < N; c++) {
            size_t below = (c / 2 - 1) * 2;

            f.m->controls[c].n_requires = 2;
            f.m->controls[c].requires[0] = below;
            f.m->controls[c].requires[1] = below + 1;
        }
        f.m->controls[N - 1].efficacy.dist = rw_dist_constant(0.5);
        f.m->controls[N - 1].capital.dist = rw_dist_constant(1e9);
        turned_open(&f);
        turned_start(&f);
        turned_plan(&f, 0);
        assert_relative(shown.benefits[0][0], 10 * 0.5 * share(0, 3), 1e-9);
        turned_end(&f);
    }
}

CHECK_MAIN(cmocka_unit_test(a_candidate_is_worth_nothing_before_what_it_requires),
    cmocka_unit_test(what_waits_takes_nothing_off_before),
    cmocka_unit_test(what_is_not_bought_is_taken_as_bought_now),
    cmocka_unit_test(overruns_of_what_is_required_are_not_foreseen),
    cmocka_unit_test(an_overrun_and_a_wait_pass_together),
    cmocka_unit_test(who_knows_waits_for_it_as_well),
    cmocka_unit_test(a_ladder_of_requirements_is_climbed_once))
