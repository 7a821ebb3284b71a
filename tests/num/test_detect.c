/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/detect.h"
#include "num/stream.h"
#include "tests/num/six_stages.h"
#include "tests/support/check.h"

#include "num/dist.h"

/* The example of the knowledge base, recomputed from its inputs: it prints
 * .372 .790 .721 .795 .606 .276, of which the first and the last do not follow
 * from its own table. */
static void
six_stages_of_ransomware(void **state)
{
    static const double want[] = {0.4015301265819461, 0.7859891355680766,
        0.7215388161454517, 0.7948755046568144, 0.6033619170183616,
        0.29869347657907686};
    static const double endings[] = {0.8248818632061993, 0.08804647116821573,
        0.0023045315746608105, 0.0006211506228844041, 0.08414598342803978};
    struct rw_stage_law x[SIX_STAGES];
    struct rw_endings e;
    double loss = 0;

    (void)state;
    six_stages_laws(x);
    for (int k = 0; k < SIX_STAGES; k++)
        assert_relative(rw_stage_seen(&x[k]), want[k], 1e-13);
    rw_stages_end(x, SIX_STAGES, &e);
    for (int k = 0; k < RW_ENDINGS; k++) {
        struct rw_dist d = six_stages_amount(k);

        assert_relative(e.chance[k], endings[k], 1e-12);
        loss += e.chance[k] * rw_dist_mean(&d);
    }
    assert_close(loss, 21232.053633, 0.005); /* from means to the cent */
    assert_relative(rw_stages_reach(x, 3), 0.021827007703660493, 1e-12);
}

static void
a_single_kind_of_review_counts_once(void **state)
{
    struct rw_stage_law x = {
        .years = 0.1, .advance = 1, .visible = 0.8, .reviews = 50, .recognised = 0.5};

    (void)state;
    assert_close(rw_stage_seen(&x), 0.4, 1e-16);
    assert_close(rw_stage_when(&x, 0.39, 1), 0.02, 1e-16);
    assert_true(isinf(rw_stage_when(&x, 0.41, 1)));
    /* seen at .02 for sure: E[(t - .005)^+] */
    assert_relative(rw_stage_after(&x, 0.005), 0.4 * 0.015, 1e-12);
    x.reviews = 5; /* none within the stage: at its end */
    assert_close(rw_stage_when(&x, 0.39, 1), 0.1, 1e-16);
    x.reviews = 0;
    assert_close(rw_stage_seen(&x), 0, 0);
}

static void
more_reviews_see_no_more_than_is_visible(void **state)
{
    struct rw_stage_law x = {.years = 1,
        .advance = 1,
        .visible = 0.7,
        .reviews = 1e6,
        .recognised = 0.5,
        .independence = 0.3};

    (void)state;
    assert_close(rw_stage_seen(&x), 0.7, 1e-15);
    x.recognised = 1;
    assert_close(rw_stage_when(&x, 0.6, 1), 0, 0);
    assert_close(rw_stage_after(&x, 0), 0, 1e-16);
    x = (struct rw_stage_law){.years = 0, .advance = 1, .base = 0.2};
    assert_close(rw_stage_seen(&x), 0.2, 0);
    assert_close(rw_stage_when(&x, 0.9, 0.1), 0, 0);
    x.base = 1;
    assert_close(rw_stage_when(&x, 0.9, 0.99), 0, 0);
}

/* The mean beyond c by the midpoints of both uniforms. */
static double
after_by_points(const struct rw_stage_law *x, double c)
{
    enum { POINTS = 1500 };
    double sum = 0;

    for (int i = 0; i < POINTS; i++)
        for (int j = 0; j < POINTS; j++) {
            double t = rw_stage_when(x, (i + 0.5) / POINTS, (j + 0.5) / POINTS);

            if (isfinite(t) && t > c)
                sum += t - c;
        }
    return sum / POINTS / POINTS;
}

static void
times_follow_the_law_of_the_stage(void **state)
{
    static const struct rw_stage_law cases[] = {
        {0.5, 1, 0.3, 0.8, 12, 0.4, 0.7, RW_ENDING_EARLY},
        {0.5, 1, 0, 0.8, 12, 0.4, 1, RW_ENDING_EARLY},
        {2, 1, 0.6, 0, 0, 0, 1, RW_ENDING_EARLY},
        {0.5, 1, 0.3, 0.8, 12, 0.4, 0, RW_ENDING_EARLY}};
    static const double from[] = {-0.3, 0, 0.1, 0.45};

    (void)state;
    for (size_t k = 0; k < 4; k++)
        for (size_t j = 0; j < 4; j++)
            /* a jump may lie anywhere within a cell of either uniform */
            assert_close(rw_stage_after(&cases[k], from[j]),
                after_by_points(&cases[k], from[j]), 2 * 2.3 / 1500);
}

/* Endings and their times of attacks that are played. */
static void
played_attacks_end_as_they_should(void **state)
{
    enum { ATTACKS = 200000 };
    struct rw_stage_law x[SIX_STAGES];
    struct rw_endings e;
    double n[RW_ENDINGS] = {0}, years[RW_ENDINGS] = {0}, late = 0, all = 0, c;

    (void)state;
    six_stages_laws(x);
    for (int k = 0; k < SIX_STAGES; k++)
        x[k].visible *= 0.6; /* so that all endings are met */
    x[2].base = 0.3;
    rw_stages_end(x, SIX_STAGES, &e);
    for (int k = 0; k < SIX_STAGES; k++)
        all += x[k].years;
    c = all / 3;
    for (uint64_t a = 0; a < ATTACKS; a++) {
        double begun = 0;
        int end = RW_ENDING_FULL;

        for (uint64_t k = 0; k < SIX_STAGES && end == RW_ENDING_FULL; k++) {
            double u[4], when;

            rw_stream_quad((struct rw_stream){5, 7}, a, k, u);
            when = rw_stage_when(&x[k], u[0], u[1]);
            if (isfinite(when)) {
                end = (int)x[k].class;
                begun += when;
                late += fmax(begun - c, 0);
                break;
            }
            begun += x[k].years;
            if (u[2] >= x[k].advance)
                end = RW_ENDING_FAILS;
        }
        n[end]++;
        years[end] += begun;
    }
    for (int k = 0; k < RW_ENDINGS; k++) {
        double p = e.chance[k];

        assert_close(n[k] / ATTACKS, p, CHECK_Z * sqrt(p * (1 - p) / ATTACKS));
        assert_close(years[k] / ATTACKS, e.years[k], CHECK_Z * all * sqrt(p / ATTACKS));
    }
    assert_close(late / ATTACKS, rw_stages_after(x, SIX_STAGES, c),
        CHECK_Z * (all - c) / sqrt(ATTACKS));
}

/* Uniforms given, whatever is better sees no later. */
static void
better_detection_is_never_later(void **state)
{
    const struct rw_stage_law plain = {0.3, 0.9, 0.1, 0.5, 20, 0.3, 0.6, 0};

    (void)state;
    for (uint64_t a = 0; a < 20000; a++) {
        double u[4], when;
        struct rw_stage_law y[4] = {plain, plain, plain, plain};

        rw_stream_quad((struct rw_stream){6, 7}, a, 0, u);
        when = rw_stage_when(&plain, u[0], u[1]);
        y[0].base = 0.2;
        y[1].visible = 0.6;
        y[2].reviews = 25;
        y[3].recognised = 0.35;
        for (int k = 0; k < 4; k++)
            assert_true(rw_stage_when(&y[k], u[0], u[1]) <= when);
    }
}

CHECK_MAIN(cmocka_unit_test(six_stages_of_ransomware),
    cmocka_unit_test(a_single_kind_of_review_counts_once),
    cmocka_unit_test(more_reviews_see_no_more_than_is_visible),
    cmocka_unit_test(times_follow_the_law_of_the_stage),
    cmocka_unit_test(played_attacks_end_as_they_should),
    cmocka_unit_test(better_detection_is_never_later))
