/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a statement of conformity: its law against an independent
 * convolution, its readiness, stages and money against what they must be. */
#include "tests/support/check.h"
#include "tests/support/greedy.h"
#include "tests/support/small.h"
#include "wheel/turn.h"

#include <gsl/gsl_cdf.h>

enum { N = 40000, SEED = 11 };

static struct rw_arena arena;

static int
setup(void **state)
{
    (void)state;
    rw_arena_init(&arena);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    rw_arena_fini(&arena);
    return 0;
}

static struct rw_evidence
from_the_start(void)
{
    return (struct rw_evidence){.stated = true, .by = RW_PROOF_CYCLE};
}

/* Months; four operating controls, one for each pillar, which between them
 * serve all principles, all standing at `stands`; all documents are there;
 * strategy 1 follows. */
static struct rw_model *
scheme(unsigned cycles, double stands)
{
    static const unsigned serves[] = {1u << 0 | 1u << 1, 1u << 2, 1u << 3, 3u << 4};
    struct rw_model *m = small_model(&arena, 1, 1, 4, 2, cycles, 12);
    struct rw_programme *p = &m->programme;

    for (size_t c = 0; c < 4; c++) {
        m->controls[c].pillar = (enum rw_pillar)c;
        m->controls[c].principles = serves[c];
        m->controls[c].status = RW_STATUS_OPERATING;
        m->controls[c].efficacy.dist = rw_dist_constant(stands);
    }
    p->stated = true;
    p->threshold = 0.5;
    p->pillars = (1u << RW_PILLARS) - 1;
    p->principles = (1u << RW_PRINCIPLES) - 1;
    p->documents = (1u << RW_DOCUMENTS) - 1;
    p->pre_evaluation = 0.5;
    p->majors = 1.2;
    p->validity = 3;
    p->surveillance = 1;
    p->suspension = 0.5;
    p->follows = RW_ARENA_NEW(&arena, m->n_strategies, bool);
    p->follows[1] = true;
    for (int s = 0; s < RW_STEPS; s++)
        p->duration[s] = rw_step_duration((enum rw_step)s);
    for (int f = 0; f < RW_FEES; f++)
        p->fee[f].dist = rw_dist_constant(0);
    for (int d = 0; d < RW_DOCUMENTS; d++)
        p->evidence[d] = from_the_start();
    return m;
}

/* Every stage takes a known time, in months; audits find nothing. */
static void
known(struct rw_model *m)
{
    static const double months[RW_STEPS] = {0, 4, 3, 1, 1, 0.5, 2, 0, 0};

    for (int s = 0; s < RW_STEPS; s++)
        m->programme.duration[s] = rw_dist_constant(months[s] / 12);
    m->programme.pre_evaluation = 0;
    m->programme.majors = 0;
}

static double
row_mean(const struct rw_outcome *o, size_t s, unsigned t, int row)
{
    return o->cells[s * o->model->cycles + t].programme[row].mean;
}

/* ---- the law of the time to a statement, by another way ---- */

enum { LATTICE = 1 << 14, ROUNDS = 12 };
#define STEP (1.0 / 256) /* months */

static double law[LATTICE], part[LATTICE], rounds[LATTICE];
static double low[LATTICE], high[LATTICE]; /* every stage rounded down, up */

/* mass[k] <- P(k STEP <= X < (k + 1) STEP), X the PERT of months; the beta
 * function is GSL's own. */
static void
pert_mass(const double x[3], double mass[LATTICE])
{
    double span = x[2] - x[0], before = 0;
    double a = 1 + 4 * (x[1] - x[0]) / span, b = 1 + 4 * (x[2] - x[1]) / span;

    for (size_t k = 0; k < LATTICE; k++) {
        double at = ((double)(k + 1) * STEP - x[0]) / span;
        double f = gsl_cdf_beta_P(fmin(fmax(at, 0), 1), a, b);

        mass[k] = f - before;
        before = f;
    }
}

/* law <- of the sum with one more stage. */
static void
convolve(const double more[LATTICE])
{
    double *sum = calloc(LATTICE, sizeof *sum);
    size_t first = 0, end = LATTICE;

    while (more[first] <= 0)
        first++;
    while (more[end - 1] <= 0)
        end--;
    for (size_t i = 0; i < LATTICE; i++)
        for (size_t j = first; law[i] > 0 && j < end && i + j < LATTICE; j++)
            sum[i + j] += law[i] * more[j];
    memcpy(law, sum, sizeof law);
    free(sum);
}

static const double pert[RW_STEPS][3] = {[RW_STEP_PREPARE] = {2, 4, 8},
    [RW_STEP_OPERATE] = {3, 3, 6},
    [RW_STEP_APPLICATION] = {0.5, 1, 2},
    [RW_STEP_PRE_EVALUATION] = {0.5, 1, 1.5},
    [RW_STEP_AUDIT] = {0.25, 0.5, 1},
    [RW_STEP_CORRECTIVE] = {1, 2, 4}};

/* Adds the futures with or without a pre-evaluation, whose audits find a
 * Poisson number of mean `majors`, to low[] and high[]. */
static void
add_path(bool evaluated, double majors, double weight)
{
    double none = exp(-majors), share = weight * none;
    size_t stages = 1;

    pert_mass(pert[RW_STEP_PREPARE], law);
    pert_mass(pert[RW_STEP_CORRECTIVE], rounds);
    for (int s = RW_STEP_OPERATE; s <= RW_STEP_AUDIT; s++)
        if (s != RW_STEP_PRE_EVALUATION || evaluated) {
            pert_mass(pert[s], part);
            convolve(part);
            stages++;
        }
    for (int r = 0; r < ROUNDS; r++) {
        for (size_t k = 0; k < LATTICE; k++) {
            low[k] += share * law[k];
            high[k + stages < LATTICE ? k + stages : LATTICE - 1] += share * law[k];
        }
        convolve(rounds);
        stages++;
        share *= 1 - none;
    }
}

static int
ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void
the_time_to_a_statement_is_the_convolution_of_its_stages(void **state)
{
    struct rw_model *m = scheme(72, 0.8);
    double above = 0, below = 0, *t;
    struct rw_outcome *o;
    size_t k = 0;

    (void)state;
    small_build(m, &arena);
    o = small_run(m, N, SEED, 2);
    t = o->statement[1];
    qsort(t, N, sizeof *t, ascending);
    /* readiness 0.8 leaves 1.2 - 0.8 majors, a pre-evaluation half of them */
    add_path(false, 0.4, 0.5);
    add_path(true, 0.2, 0.5);
    for (size_t i = 0; i < LATTICE; i++) {
        above += low[i];
        below += high[i];
        while (k < N && t[k] * 12 <= (double)i * STEP)
            k++;
        if ((double)k / N > above + check_dkw(N) + 1e-5 ||
            (double)k / N < below - check_dkw(N) - 1e-5)
            fail_msg("P(T <= %.4g months) = %.6f, must be within %.6f and %.6f",
                (double)i * STEP, (double)k / N, below, above);
    }
    assert_true(above > 0.999 && t[N / 2] * 12 > 6 && t[N / 2] * 12 < 12);
    rw_outcome_free(o);
}

static double
pert_mean(int s)
{
    return (pert[s][0] + 4 * pert[s][1] + pert[s][2]) / 6;
}

/* Wald: rounds are geometric, and a round takes as long as any. */
static void
its_mean_is_the_sum_of_the_means(void **state)
{
    struct rw_model *m = scheme(120, 0.8);
    struct rw_moments x;
    struct rw_outcome *o;
    double want = 0.5 * pert_mean(RW_STEP_PRE_EVALUATION);

    (void)state;
    small_build(m, &arena);
    o = small_run(m, N, SEED + 1, 2);
    x = rw_moments_array(o->statement[1], N);
    for (int s = RW_STEP_PREPARE; s <= RW_STEP_AUDIT; s++)
        want += s == RW_STEP_PRE_EVALUATION ? 0 : pert_mean(s);
    want += pert_mean(RW_STEP_CORRECTIVE) * 0.5 * (exp(0.4) - 1 + exp(0.2) - 1);
    assert_close(x.mean * 12, want, CHECK_Z * rw_moments_se(&x) * 12);
    rw_outcome_free(o);
}

/* The first audit finds none with probability e^-mean; until one finds none
 * there are e^mean audits, and each finds `mean` (Wald). */
static void
an_audit_finds_a_poisson_number(void **state)
{
    (void)state;
    for (int evaluated = 0; evaluated < 2; evaluated++) {
        struct rw_model *m = scheme(60, 0.7);
        double mean = evaluated ? 0.25 : 0.5, p = exp(-mean), count = 0;
        double at = (8.5 + evaluated) / 12;
        struct rw_moments money;
        struct rw_outcome *o;

        known(m);
        m->programme.majors = 1.2;
        m->programme.pre_evaluation = evaluated;
        m->programme.surveillance = m->programme.validity = 10;
        m->programme.fee[RW_FEE_MAJOR].dist = rw_dist_constant(1);
        small_build(m, &arena);
        o = small_run(m, N, SEED, 2);
        for (size_t i = 0; i < N; i++)
            count += fabs(o->statement[1][i] - at) < 1e-9;
        assert_close(count / N, p, CHECK_Z * sqrt(p * (1 - p) / N));
        money = rw_moments_array(o->spend[1], N);
        assert_close(money.mean, mean / p, CHECK_Z * rw_moments_se(&money));
        rw_outcome_free(o);
    }
}

/* A geometric number A of rounds, each with a duration of its own: the variance
 * is E[A] var + mean^2 Var A, and not E[A^2] var + ... */
static void
every_round_takes_its_own_time(void **state)
{
    struct rw_model *m = scheme(120, 0.7);
    double p = exp(-1), mean = 2.05, var = 3.9 * 3.9 / 12, want, fourth = 0;
    struct rw_moments x;
    struct rw_outcome *o;

    (void)state;
    known(m);
    m->programme.majors = 1.7;
    m->programme.duration[RW_STEP_CORRECTIVE] =
        SMALL_DIST("uniform", {"min", 0.1 / 12}, {"max", 4.0 / 12});
    m->programme.surveillance = m->programme.validity = 10;
    small_build(m, &arena);
    o = small_run(m, N, SEED, 2);
    x = rw_moments_array(o->statement[1], N);
    for (size_t i = 0; i < N; i++)
        fourth += pow((o->statement[1][i] - x.mean) * 12, 4) / N;
    want = (1 - p) / p * var + mean * mean * (1 - p) / (p * p);
    assert_close(
        x.m2 / (N - 1) * 144, want, CHECK_Z * sqrt((fourth - want * want) / N));
    rw_outcome_free(o);
}

/* ---- what must hold in every future ---- */

static void
without_controls_nobody_is_ever_ready(void **state)
{
    struct rw_model *m = scheme(24, 0.8);
    struct rw_outcome *o;

    (void)state;
    for (size_t c = 0; c < 4; c++)
        m->controls[c].status = RW_STATUS_CANDIDATE;
    m->programme.threshold = 1e-9;
    small_build(m, &arena);
    o = small_run(m, 2000, SEED, 1);
    for (size_t i = 0; i < 2000; i++)
        assert_true(isinf(o->statement[1][i]));
    for (unsigned t = 0; t < 24; t++) {
        assert_close(row_mean(o, 1, t, RW_PROGRESS_READINESS), 0, 0);
        assert_close(row_mean(o, 1, t, RW_PROGRESS_READY), 0, 0);
        for (int s = RW_STEP_APPLICATION; s < RW_STEPS; s++)
            assert_close(row_mean(o, 1, t, RW_PROGRESS_STEP + s), 0, 0);
    }
    rw_outcome_free(o);
}

/* One pillar is empty: the average would do. */
static void
an_empty_pillar_is_not_averaged_away(void **state)
{
    struct rw_model *m = scheme(24, 1);
    struct rw_outcome *o;

    (void)state;
    m->controls[2].status = RW_STATUS_CANDIDATE;
    m->controls[3].principles = 7u << 3;
    small_build(m, &arena);
    o = small_run(m, 100, SEED, 1);
    assert_close(row_mean(o, 1, 23, RW_PROGRESS_READINESS), 0.75, 1e-15);
    assert_close(row_mean(o, 1, 23, RW_PROGRESS_READY), 0, 0);
    assert_true(isinf(o->statement[1][0]));
    rw_outcome_free(o);
}

/* The last control is bought in cycle 5 (from 0): whatever came before, three
 * months with all of them follow. */
static void
no_application_comes_before_three_months_of_operation(void **state)
{
    struct rw_model *m = scheme(24, 0.8);
    double first = INFINITY;
    struct rw_outcome *o;

    (void)state;
    known(m);
    m->controls[3].status = RW_STATUS_CANDIDATE;
    small_plan(m, &arena, 1, 3, 5);
    m->programme.duration[RW_STEP_OPERATE] = rw_step_duration(RW_STEP_OPERATE);
    for (int s = RW_STEP_APPLICATION; s <= RW_STEP_AUDIT; s++)
        m->programme.duration[s] = rw_dist_constant(0);
    small_build(m, &arena);
    o = small_run(m, N, SEED, 2);
    for (size_t i = 0; i < N; i++)
        first = fmin(first, o->statement[1][i]);
    assert_true(first >= 8.0 / 12 && first < 8.01 / 12);
    rw_outcome_free(o);
}

/* Records rest while the controls are not enough. */
static void
records_grow_only_while_the_controls_are_enough(void **state)
{
    struct rw_model *m = scheme(24, 0.8);
    struct rw_outcome *o;

    (void)state;
    known(m);
    /* efficacy 0.8 again with each refresh, every four months; its half-life
     * of a month takes it below 0.5 (on average with three at 0.6) soon */
    for (size_t c = 0; c < 3; c++)
        m->controls[c].efficacy.dist = rw_dist_constant(0.6);
    m->controls[3].half_life = 1.0 / 12;
    m->controls[3].refresh = 4.0 / 12;
    m->controls[3].efficacy.dist = rw_dist_constant(1);
    m->programme.principles = 7;
    small_build(m, &arena);
    o = small_run(m, 10, SEED, 1);
    /* pillars (1.8 + 2^-(k + 1/2)) / 4: enough in months k = 0, 1 of four.
     * After four months of preparation the fifth, sixth and ninth make three;
     * 1.5 later the audit meets the eleventh, in which they are not enough, and
     * the round of two months ends in the thirteenth, in which they are */
    assert_close(o->statement[1][0] * 12, 9 + 1.5 + 2, 1e-9);
    rw_outcome_free(o);
}

/* ---- stages and money along a known way ---- */

static void
every_stage_comes_in_its_time(void **state)
{
    static const struct {
        unsigned month; /* at whose end */
        enum rw_step stage;
    } want[] = {{1, RW_STEP_PREPARE}, {4, RW_STEP_PREPARE}, {5, RW_STEP_OPERATE},
        {7, RW_STEP_OPERATE}, {8, RW_STEP_APPLICATION}, {9, RW_STEP_STATEMENT},
        {60, RW_STEP_STATEMENT}};
    struct rw_model *m = scheme(60, 0.8);
    struct rw_outcome *o;

    (void)state;
    known(m);
    m->programme.duration[RW_STEP_PREPARE] = rw_dist_constant(4.2 / 12);
    small_build(m, &arena);
    o = small_run(m, 50, SEED, 1);
    for (size_t k = 0; k < sizeof want / sizeof *want; k++)
        for (int s = 0; s < RW_STEPS; s++)
            assert_close(row_mean(o, 1, want[k].month - 1, RW_PROGRESS_STEP + s),
                s == (int)want[k].stage, 0);
    for (unsigned t = 0; t < 60; t++) {
        assert_close(row_mean(o, 1, t, RW_PROGRESS_ISSUED), t >= 8, 0);
        assert_close(row_mean(o, 0, t, RW_PROGRESS_STEP + RW_STEP_OUTSIDE), 1, 0);
    }
    rw_outcome_free(o);
}

/* Five years: preparation 4 months, statement after 8.5, surveillance after
 * 20.5, 32.5 and 56.5, re-audit after 44.5. */
static void
every_stage_is_paid_for_when_it_comes(void **state)
{
    struct rw_model *m = scheme(60, 0.8);
    double want = 1 + 10 * 56.0 / 12 + 100 + 2 * 10000 + 3 * 1e6;
    double sum = 0;
    struct rw_outcome *o;

    (void)state;
    known(m);
    m->programme.fee[RW_FEE_PREPARE].dist = rw_dist_constant(1);
    m->programme.fee[RW_FEE_RUNNING].dist = rw_dist_constant(10);
    m->programme.fee[RW_FEE_APPLICATION].dist = rw_dist_constant(100);
    m->programme.fee[RW_FEE_PRE_EVALUATION].dist = rw_dist_constant(1e3);
    m->programme.fee[RW_FEE_AUDIT].dist = rw_dist_constant(1e4);
    m->programme.fee[RW_FEE_SURVEILLANCE].dist = rw_dist_constant(1e6);
    small_build(m, &arena);
    o = small_run(m, 50, SEED, 1);
    assert_relative(o->spend[1][0], want, 1e-12);
    assert_close(o->spend[0][0], 0, 0);
    assert_relative(o->breakdown[1].wheel_spend.mean, want, 1e-12);
    assert_relative(row_mean(o, 1, 20, RW_PROGRESS_SPEND), 1e6 + 10.0 / 12, 1e-12);
    for (unsigned t = 0; t < 60; t++)
        sum += row_mean(o, 1, t, RW_PROGRESS_SPEND);
    assert_relative(sum, want, 1e-12);
    rw_outcome_free(o);
}

/* One control wears out: the audit after 20.5 months fails, two rounds change
 * nothing, and after six months the statement is withdrawn. */
static void
who_fails_surveillance_is_suspended_and_then_withdrawn(void **state)
{
    struct rw_model *m = scheme(36, 0.8);
    struct rw_outcome *o;

    (void)state;
    known(m);
    for (size_t c = 0; c < 4; c++)
        m->controls[c].half_life = 2;
    small_build(m, &arena);
    o = small_run(m, 50, SEED, 1);
    assert_close(o->statement[1][0] * 12, 8.5, 1e-9);
    assert_close(row_mean(o, 1, 19, RW_PROGRESS_STEP + RW_STEP_STATEMENT), 1, 0);
    assert_close(row_mean(o, 1, 20, RW_PROGRESS_FAILED), 1, 0);
    for (unsigned t = 20; t < 26; t++)
        assert_close(row_mean(o, 1, t, RW_PROGRESS_STEP + RW_STEP_SUSPENDED), 1, 0);
    assert_close(row_mean(o, 1, 26, RW_PROGRESS_STEP + RW_STEP_OPERATE), 1, 0);
    assert_close(row_mean(o, 1, 35, RW_PROGRESS_STEP + RW_STEP_OPERATE), 1, 0);
    assert_close(row_mean(o, 1, 35, RW_PROGRESS_ISSUED), 1, 0);
    rw_outcome_free(o);
}

/* The same with a refresh: what was suspended is in force again. */
static void
who_mends_in_time_has_the_statement_back(void **state)
{
    struct rw_model *m = scheme(36, 0.8);
    struct rw_outcome *o;

    (void)state;
    known(m);
    for (size_t c = 0; c < 4; c++) {
        m->controls[c].half_life = 2;
        m->controls[c].refresh = 22.0 / 12;
    }
    small_build(m, &arena);
    o = small_run(m, 50, SEED, 1);
    assert_close(row_mean(o, 1, 20, RW_PROGRESS_FAILED), 1, 0);
    assert_close(row_mean(o, 1, 21, RW_PROGRESS_STEP + RW_STEP_SUSPENDED), 1, 0);
    assert_close(row_mean(o, 1, 22, RW_PROGRESS_STEP + RW_STEP_STATEMENT), 1, 0);
    rw_outcome_free(o);
}

/* ---- readiness ---- */

static void
a_pillar_is_covered_by_any_of_its_controls(void **state)
{
    struct rw_model *m = scheme(12, 0.5);
    struct rw_outcome *o;

    (void)state;
    m->controls[1].pillar = RW_PILLAR_TECHNICAL;
    m->controls[1].coverage.dist = rw_dist_constant(0.8);
    m->programme.pillars = 1u << RW_PILLAR_TECHNICAL | 1u << RW_PILLAR_PHYSICAL;
    m->programme.documents = 7;
    m->programme.evidence[1].from = 6;
    small_build(m, &arena);
    o = small_run(m, 10, SEED, 1);
    assert_close(row_mean(o, 1, 0, RW_PROGRESS_PILLAR), 1 - 0.5 * 0.6, 1e-15);
    assert_close(row_mean(o, 1, 0, RW_PROGRESS_PILLAR + 1), 0, 0);
    assert_close(row_mean(o, 1, 0, RW_PROGRESS_PILLAR + 2), 0.5, 0);
    assert_close(row_mean(o, 1, 0, RW_PROGRESS_PRINCIPLE + 2), 0.4, 1e-15);
    /* the principles, (0.5 + 0.5 + 0.4 + 0.5 + 0.5 + 0.5) / 6, are the least of
     * 0.6, that and two of three documents, then three */
    assert_close(row_mean(o, 1, 0, RW_PROGRESS_READINESS), 2.9 / 6, 1e-15);
    m->programme.threshold = 2.9 / 6 - 1e-9;
    rw_outcome_free(o);
    o = small_run(m, 10, SEED, 1);
    assert_close(row_mean(o, 1, 5, RW_PROGRESS_READY), 0, 0);
    assert_close(row_mean(o, 1, 6, RW_PROGRESS_READY), 1, 0);
    rw_outcome_free(o);
}

/* A failed control covers nothing, and what works part of the time covers on
 * average so much of it: 1 / (1 + 14 * 14 / 365 ...). */
static void
a_failed_control_covers_nothing(void **state)
{
    struct rw_model *m = scheme(12, 0.8);
    double works = 1 / (1 + 14 * 14 / 365.0), se;
    struct rw_outcome *o;

    (void)state;
    m->controls[2].fails = 14;
    m->controls[2].fail_years = 14 / 365.0;
    small_build(m, &arena);
    o = small_run(m, N, SEED, 2);
    se = sqrt(works * (1 - works) / N);
    for (unsigned t = 0; t < 12; t += 11)
        assert_close(
            row_mean(o, 0, t, RW_PROGRESS_PILLAR + 2), 0.8 * works, 0.8 * CHECK_Z * se);
    rw_outcome_free(o);
}

static double
document(const struct rw_outcome *o, size_t s, unsigned t, enum rw_document d)
{
    return row_mean(o, s, t, RW_PROGRESS_DOCUMENT + (int)d);
}

static void
documents_follow_from_the_model(void **state)
{
    struct rw_model *m = scheme(30, 0.8);
    struct rw_outcome *o;

    (void)state;
    known(m);
    for (int d = 0; d < RW_DOCUMENTS; d++)
        m->programme.evidence[d] = (struct rw_evidence){.stated = false};
    /* technical from cycle 2, training from 5; nothing fails, so no audits */
    m->controls[0].status = m->controls[3].status = RW_STATUS_CANDIDATE;
    small_plan(m, &arena, 1, 0, 2);
    small_plan(m, &arena, 1, 3, 5);
    m->controls[1].function = RW_FUNCTION_CONTAINMENT;
    m->controls[1].principles = 1u << RW_PRINCIPLE_THREAT_INTELLIGENCE_SHARING;
    small_build(m, &arena);
    o = small_run(m, 10, SEED, 1);
    assert_close(document(o, 1, 2, RW_DOCUMENT_POLICY), 0, 0);
    assert_close(document(o, 1, 4, RW_DOCUMENT_POLICY), 1, 0);
    assert_close(document(o, 1, 4, RW_DOCUMENT_RISK_ASSESSMENT_REPORT), 1, 0);
    assert_close(document(o, 0, 29, RW_DOCUMENT_POLICY), 0, 0);
    assert_close(document(o, 0, 0, RW_DOCUMENT_CONTROL_MEASURES), 1, 0);
    assert_close(document(o, 1, 1, RW_DOCUMENT_TECHNICAL_DEPLOYMENT_PROOF), 0, 0);
    assert_close(document(o, 1, 2, RW_DOCUMENT_TECHNICAL_DEPLOYMENT_PROOF), 1, 0);
    assert_close(document(o, 1, 4, RW_DOCUMENT_TRAINING_RECORDS), 0, 0);
    assert_close(document(o, 1, 5, RW_DOCUMENT_TRAINING_RECORDS), 1, 0);
    assert_close(document(o, 1, 0, RW_DOCUMENT_EVENT_RESPONSE_RECORD), 1, 0);
    assert_close(document(o, 1, 0, RW_DOCUMENT_COLLABORATION_AGREEMENT), 1, 0);
    assert_close(document(o, 1, 29, RW_DOCUMENT_INTERNAL_AUDIT_REPORT), 0, 0);
    assert_close(document(o, 1, 29, RW_DOCUMENT_CONTINUOUS_IMPROVEMENT_PLAN), 0, 0);
    rw_outcome_free(o);
}

/* Each cycle an audit with probability 1/20: a report within 12 cycles. */
static void
an_audit_report_is_a_year_old_at_most(void **state)
{
    struct rw_model *m = scheme(30, 0.8);
    double p = 1 - pow(0.95, 12);
    struct rw_outcome *o;

    (void)state;
    m->programme.evidence[RW_DOCUMENT_INTERNAL_AUDIT_REPORT].stated = false;
    m->programme.evidence[RW_DOCUMENT_CONTINUOUS_IMPROVEMENT_PLAN].stated = false;
    m->controls[0].fails = 1e-6;
    m->controls[0].fail_years = 0.1;
    m->strategies[1].audit_share = 0.05;
    small_build(m, &arena);
    o = small_run(m, N, SEED, 2);
    assert_close(document(o, 1, 29, RW_DOCUMENT_INTERNAL_AUDIT_REPORT), p,
        CHECK_Z * sqrt(p * (1 - p) / N));
    p = 1 - pow(0.95, 30);
    assert_close(document(o, 1, 29, RW_DOCUMENT_CONTINUOUS_IMPROVEMENT_PLAN), p,
        CHECK_Z * sqrt(p * (1 - p) / N));
    assert_close(document(o, 0, 29, RW_DOCUMENT_INTERNAL_AUDIT_REPORT), 0, 0);
    rw_outcome_free(o);
}

/* ---- beside the rest ---- */

static void
a_programme_changes_no_loss(void **state)
{
    struct rw_outcome *o[2];

    (void)state;
    for (int k = 0; k < 2; k++) {
        struct rw_model *m = scheme(36, 0.8);

        m->threats[0].frequency.dist = rw_dist_constant(5);
        m->programme.stated = k == 1;
        m->programme.fee[RW_FEE_AUDIT].dist = rw_dist_constant(7);
        small_build(m, &arena);
        o[k] = small_run(m, 3000, SEED, 2);
    }
    for (size_t s = 0; s < 2; s++)
        assert_memory_equal(
            o[0]->horizon_loss[s], o[1]->horizon_loss[s], 3000 * sizeof(double));
    assert_memory_equal(o[0]->spend[0], o[1]->spend[0], 3000 * sizeof(double));
    assert_null(o[0]->statement);
    rw_outcome_free(o[0]);
    rw_outcome_free(o[1]);
}

static void
strategies_share_the_draws_of_their_stages(void **state)
{
    struct rw_model *m;
    struct rw_outcome *o;

    (void)state;
    m = scheme(36, 0.8);
    m->n_strategies = 3;
    m->strategies = RW_ARENA_NEW(&arena, 3, struct rw_strategy);
    for (size_t s = 0; s < 3; s++) {
        m->strategies[s].name = s == 0 ? "nothing" : s == 1 ? "one" : "two";
        m->strategies[s].discount = 1;
    }
    m->programme.follows = RW_ARENA_NEW(&arena, 3, bool);
    m->programme.follows[1] = m->programme.follows[2] = true;
    small_build(m, &arena);
    o = small_run(m, 3000, SEED, 3);
    assert_memory_equal(o->statement[1], o->statement[2], 3000 * sizeof(double));
    rw_outcome_free(o);
}

/* They are there only once the scenario has been read. */
static void
twins_follow_it_where_theirs_does(void **state)
{
    (void)state;
    for (int follows = 0; follows < 2; follows++) {
        struct rw_model *m = scheme(24, 0.8);

        m->phases = true;
        m->strategies[1].planner.plugin = &greedy;
        m->programme.follows[0] = !follows;
        m->programme.follows[1] = follows;
        small_build(m, &arena);
        assert_int_equal(m->n_strategies, 2 + RW_TWINS - 1);
        assert_int_equal(m->programme.follows[0], !follows);
        for (size_t s = 1; s < m->n_strategies; s++)
            assert_int_equal(m->programme.follows[s], follows);
    }
}

CHECK_MAIN(
    cmocka_unit_test_setup_teardown(twins_follow_it_where_theirs_does, setup, teardown),
    cmocka_unit_test_setup_teardown(
        the_time_to_a_statement_is_the_convolution_of_its_stages, setup, teardown),
    cmocka_unit_test_setup_teardown(its_mean_is_the_sum_of_the_means, setup, teardown),
    cmocka_unit_test_setup_teardown(an_audit_finds_a_poisson_number, setup, teardown),
    cmocka_unit_test_setup_teardown(every_round_takes_its_own_time, setup, teardown),
    cmocka_unit_test_setup_teardown(
        without_controls_nobody_is_ever_ready, setup, teardown),
    cmocka_unit_test_setup_teardown(
        an_empty_pillar_is_not_averaged_away, setup, teardown),
    cmocka_unit_test_setup_teardown(
        no_application_comes_before_three_months_of_operation, setup, teardown),
    cmocka_unit_test_setup_teardown(
        records_grow_only_while_the_controls_are_enough, setup, teardown),
    cmocka_unit_test_setup_teardown(every_stage_comes_in_its_time, setup, teardown),
    cmocka_unit_test_setup_teardown(
        every_stage_is_paid_for_when_it_comes, setup, teardown),
    cmocka_unit_test_setup_teardown(
        who_fails_surveillance_is_suspended_and_then_withdrawn, setup, teardown),
    cmocka_unit_test_setup_teardown(
        who_mends_in_time_has_the_statement_back, setup, teardown),
    cmocka_unit_test_setup_teardown(
        a_pillar_is_covered_by_any_of_its_controls, setup, teardown),
    cmocka_unit_test_setup_teardown(a_failed_control_covers_nothing, setup, teardown),
    cmocka_unit_test_setup_teardown(documents_follow_from_the_model, setup, teardown),
    cmocka_unit_test_setup_teardown(
        an_audit_report_is_a_year_old_at_most, setup, teardown),
    cmocka_unit_test_setup_teardown(a_programme_changes_no_loss, setup, teardown),
    cmocka_unit_test_setup_teardown(
        strategies_share_the_draws_of_their_stages, setup, teardown))
