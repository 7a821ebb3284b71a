/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How unsure a candidate's benefit is, and how far its pillar is built, as planners
 * are shown it. */
#include "tests/support/turned.h"

/* Two threats on two assets each, of rates 4 +- 3 and 2 +- 0.5 a year; control 0, a
 * candidate never bought, prevents half of everything. */
static void
begin(struct turned *f, size_t controls)
{
    static const double mean[] = {4, 2}, sd[] = {3, 0.5};
    static size_t assets[] = {0, 1};

    turned_begin(f, 2, controls, 8);
    f->m = small_model(&f->a, 2, 2, controls, 2, 8, 4);
    f->s = &f->m->strategies[1];
    f->s->planner.plugin = &greedy;
    for (size_t k = 0; k < 2; k++) {
        f->m->threats[k].assets = assets;
        f->m->threats[k].n_assets = 2;
        f->m->threats[k].frequency.dist =
            SMALL_DIST("gamma", {"mean", mean[k]}, {"sd", sd[k]});
        f->m->threats[k].losses[0].amount =
            SMALL_DIST("lognormal", {"mu", 2 + (double)k}, {"sigma", 1});
    }
    f->m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    for (size_t c = 0; c < controls; c++)
        f->m->controls[c].capital.dist = rw_dist_constant(1e9);
}

/* Half of each risk's expected loss, times (1 - w) / sqrt(a): a threat's two added, the
 * threats' squares.  Expected: the belief, moved by w towards the truth. */
static double
spread_of(const struct turned *f, double w, size_t i)
{
    static const double mean[] = {4, 2};
    double square = 0;

    for (size_t k = 0; k < 2; k++) {
        double sum = 0, truth = rw_world_truth(f->x->w, &f->m->threats[k].frequency)[i];

        for (size_t r = 2 * k; r < 2 * k + 2; r++) {
            double a = f->g->a[r * TURNED + i], b = f->g->b[r * TURNED + i];

            sum += 0.5 * (mean[k] * (a / b) * (1 - w) + w * truth) *
                   exp(2.5 + (double)k) / sqrt(a);
        }
        square += sum * sum;
    }
    return (1 - w) * sqrt(square);
}

/* Before anything is seen 1 / sqrt(a) is sd / mean; then as beliefs go. */
static void
doubts_of_a_threat_add_and_threats_are_apart(void **state)
{
    double first =
        sqrt(pow(2 * 0.5 * 3 * exp(2.5), 2) + pow(2 * 0.5 * 0.5 * exp(3.5), 2));
    struct turned f;

    (void)state;
    begin(&f, 1);
    turned_open(&f);
    turned_start(&f);
    assert_int_equal(f.m->n_risks, 4);
    for (unsigned t = 0; t < 4; t++) {
        double want[TURNED];

        for (size_t i = 0; i < TURNED; i++)
            want[i] = spread_of(&f, 0, i);
        turned_plan(&f, t);
        for (size_t i = 0; i < TURNED; i++) {
            assert_relative(shown.spread[0][i], want[i], 1e-9);
            if (t == 0)
                assert_relative(want[i], first, 1e-9);
        }
        turned_do(&f);
        turned_check_and_act(&f, t);
    }
    turned_end(&f);
}

/* Decision support takes its share of the error; what is bought saves no more. */
static void
support_and_purchase_end_doubt(void **state)
{
    struct turned f;

    (void)state;
    begin(&f, 3);
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.3);
    f.m->controls[1].capital.dist = rw_dist_constant(0);
    f.m->controls[2].function = RW_FUNCTION_DECISION_SUPPORT;
    f.m->controls[2].upkeep.acts = RW_ACTS_PREVENTION;
    f.m->controls[2].efficacy.dist = rw_dist_constant(0.25);
    f.m->controls[2].status = RW_STATUS_OPERATING;
    f.s->budget = 1;
    turned_open(&f);
    turned_start(&f);
    turned_plan(&f, 0);
    for (size_t i = 0; i < TURNED; i++)
        assert_relative(shown.spread[0][i], spread_of(&f, 0.25, i), 1e-9);
    assert_true(shown.spread[1][0] > 0);
    turned_do(&f);
    turned_check_and_act(&f, 0);
    turned_plan(&f, 1);
    for (size_t i = 0; i < TURNED; i++)
        assert_true(shown.spread[1][i] == 0 && shown.spread[0][i] > 0);
    turned_end(&f);
}

/* Of four technical controls one operates and one costs nothing, though it takes long
 * to build: 1/4, then 2/4; of another pillar none. */
static void
pillars_count_what_is_there_or_bought(void **state)
{
    struct turned f;

    (void)state;
    begin(&f, 5);
    f.m->controls[1].status = RW_STATUS_OPERATING;
    f.m->controls[2].capital.dist = rw_dist_constant(0);
    f.m->controls[2].efficacy.dist = rw_dist_constant(0.3);
    f.m->controls[2].build = 3;
    for (size_t c = 0; c < 5; c++)
        f.m->controls[c].pillar = c < 4 ? RW_PILLAR_TECHNICAL : RW_PILLAR_PHYSICAL;
    f.s->budget = 1;
    turned_open(&f);
    turned_start(&f);
    turned_plan(&f, 0);
    assert_close(shown.covered[0], 0.25, 0);
    assert_close(shown.covered[3], 0, 0);
    turned_do(&f);
    turned_check_and_act(&f, 0);
    turned_plan(&f, 1);
    assert_close(shown.covered[0], 0.5, 0);
    assert_close(shown.covered[3], 0, 0);
    turned_end(&f);
}

CHECK_MAIN(cmocka_unit_test(doubts_of_a_threat_add_and_threats_are_apart),
    cmocka_unit_test(support_and_purchase_end_doubt),
    cmocka_unit_test(pillars_count_what_is_there_or_bought))
