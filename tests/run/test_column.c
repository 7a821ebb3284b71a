/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns out of plain rows and out of packed ones. */
#include "run/share.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 40000, S = 3, Y = 2 }; /* more than a thread takes at once */

static struct rw_arena arena;
static struct rw_error e;
static struct rw_team *team; /* that reads */

/* Three strategies that differ in some futures. */
static struct rw_model *
make(void)
{
    struct rw_model *m = small_model(&arena, 1, 2, 2, S, 4, 2);

    m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 1}, {"sd", 1});
    for (size_t k = 0; k < 2; k++) {
        m->threats[k].losses[0].amount =
            SMALL_DIST("lognormal", {"mean", 100}, {"sd", 150});
        m->controls[k].efficacy.dist =
            SMALL_DIST("pert", {"min", 0.2}, {"mode", 0.6}, {"max", 0.9});
        m->controls[k].running.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 9});
    }
    small_plan(m, &arena, 1, 0, 1);
    small_plan(m, &arena, 2, 1, 2);
    small_build(m, &arena);
    return m;
}

static struct rw_outcome *
run(const struct rw_model *m, enum rw_futures how, unsigned threads)
{
    static const size_t watched[] = {1};
    struct rw_run_options x = {.trials = N,
        .seed = 11,
        .seed_given = true,
        .threads = threads,
        .watched = watched,
        .n_watched = 1,
        .futures = how};
    struct rw_outcome *o;

    if (rw_run(m, &x, &o, &e) != RW_OK)
        fail_msg("%s", e.text);
    return o;
}

static void
assert_column(const struct rw_outcome *o, struct rw_column c, const double want[])
{
    static double got[N];

    assert_int_equal(RW_OK, rw_outcome_column(o, c, got, team, &e));
    assert_memory_equal(want, got, sizeof got);
}

/* Every row by its name, and what is made of several. */
static void
assert_columns(const struct rw_outcome *plain, const struct rw_outcome *o)
{
    struct rw_rows r = rw_rows_of(o);
    static double want[N];

    for (size_t s = 0; s < r.strategies; s++) {
        const double *l = plain->horizon_loss[s], *c = plain->spend[s];
        const double *l0 = plain->horizon_loss[0], *c0 = plain->spend[0];

        for (size_t y = 0; y < r.years; y++) {
            assert_column(o, rw_column_row(rw_row_loss(&r, s, y)),
                plain->year_loss[s * r.years + y]);
            assert_column(o, rw_column_row(rw_row_largest(&r, s, y)),
                plain->year_largest[s * r.years + y]);
        }
        assert_column(o, rw_column_row(rw_row_horizon(&r, s)), l);
        assert_column(o, rw_column_row(rw_row_spend(&r, s)), c);
        if (plain->npv != NULL)
            assert_column(o, rw_column_row(rw_row_npv(&r, s)), plain->npv[s]);
        for (size_t i = 0; i < N; i++)
            want[i] = l[i] + c[i];
        assert_column(o, rw_column_total(&r, s), want);
        for (size_t i = 0; i < N; i++)
            want[i] = (l[i] + c[i]) - (l0[i] + c0[i]);
        assert_column(o, rw_column_versus(&r, s, 0), want);
        for (size_t i = 0; i < N; i++)
            want[i] = (l[i] - l0[i]) + (c[i] - c0[i]);
        assert_column(o, rw_column_both(&r, s, 0), want);
        for (size_t i = 0; i < N; i++)
            want[i] = l[i] - l0[i];
        assert_column(
            o, rw_column_less(rw_row_horizon(&r, s), rw_row_horizon(&r, 0)), want);
    }
    assert_column(o, rw_column_row(rw_row_watched(&r, 0)), plain->risk_year[0]);
}

static void
columns_are_the_same_however_they_are_held(void **state)
{
    struct rw_model *m = make();
    struct rw_outcome *plain = run(m, RW_FUTURES_PLAIN, 1);

    (void)state;
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct rw_outcome *packed = run(m, RW_FUTURES_PACKED, threads);

        team = rw_team_new(threads);
        assert_columns(plain, plain);
        assert_null(packed->year_loss);
        assert_columns(plain, packed);
        rw_team_free(team);
        rw_outcome_free(packed);
    }
    rw_outcome_free(plain);
}

/* Packed futures have rows of their own of everything that the wheel reckons. */
static void
assert_held(const struct rw_model *m, struct rw_outcome *plain)
{
    struct rw_outcome *packed = run(m, RW_FUTURES_PACKED, 2);

    assert_columns(plain, plain);
    assert_columns(plain, packed);
    rw_outcome_free(packed);
}

/* A year, a year and a quarter, and a year after which losses of it fall. */
static void
a_horizon_has_the_years_rows_where_it_is_one(void **state)
{
    (void)state;
    for (unsigned cycles = 4; cycles <= 5; cycles++)
        for (size_t stages = 0; stages < 2; stages++) {
            struct rw_model *m = small_model(&arena, 1, 2, 2, 2, cycles, 4);
            struct rw_stage stage = {
                .name = "in", .advance = 1, .years = 0.3, .independence = 1};
            struct rw_outcome *o;
            size_t differ = 0;

            m->threats[0].attack.n = stages;
            m->threats[0].attack.stages = &stage;
            for (size_t k = 0; k < RW_ENDINGS; k++)
                m->threats[0].attack.share[k] = 1;
            small_build(m, &arena);
            o = run(m, RW_FUTURES_PLAIN, 2);
            for (size_t i = 0; i < N; i++)
                differ += o->horizon_loss[1][i] != o->year_loss[1][i];
            assert_int_equal(differ > 0, cycles > 4 || stages > 0);
            assert_int_equal(differ > 0, o->horizon_loss[1] != o->year_loss[1]);
            assert_held(m, o);
            rw_outcome_free(o);
        }
}

/* Of one cycle, whose loss nothing follows, it is made when somebody reads it. */
static void
npv_of_one_cycle_follows_from_loss_and_spend(void **state)
{
    static double want[2][N], less[N];
    struct rw_stage stage = {
        .name = "in", .advance = 1, .years = 0.3, .independence = 1};

    (void)state;
    for (size_t stages = 0; stages < 2; stages++)
        for (unsigned cycles = 1; cycles <= 2; cycles++) {
            struct rw_model *m = small_model(&arena, 1, 2, 1, 2, cycles, 4);
            struct rw_rows r;
            struct rw_outcome *o, *packed;

            m->threats[1].losses[0].amount =
                SMALL_DIST("lognormal", {"mean", 100}, {"sd", 150});
            m->controls[0].running.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 9});
            m->discount_rate = 0.07;
            m->threats[0].attack.n = stages;
            m->threats[0].attack.stages = &stage;
            for (size_t k = 0; k < RW_ENDINGS; k++)
                m->threats[0].attack.share[k] = 1;
            small_plan(m, &arena, 1, 0, 0);
            small_build(m, &arena);
            o = run(m, RW_FUTURES_PLAIN, 2);
            packed = run(m, RW_FUTURES_PACKED, 2);
            assert_int_equal(o->npv == NULL, cycles == 1 && stages == 0);
            r = rw_rows_of(o);
            for (size_t s = 0; s < 2; s++) {
                struct rw_column c = rw_column_row(rw_row_npv(&r, s));

                assert_int_equal(
                    RW_OK, rw_outcome_column(packed, c, want[s], team, &e));
                assert_column(o, c, want[s]);
            }
            for (size_t i = 0; i < N; i++)
                less[i] = want[1][i] - want[0][i];
            assert_column(
                o, rw_column_less(rw_row_npv(&r, 1), rw_row_npv(&r, 0)), less);
            rw_outcome_free(packed);
            rw_outcome_free(o);
        }
}

/* Nothing, in every future, and in one of a thousand. */
static void
what_nobody_spends_is_not_written(void **state)
{
    struct rw_model *m = small_model(&arena, 1, 2, 2, 3, 4, 4);
    struct rw_outcome *o;
    size_t spent[3] = {0}, blocks = 0;

    (void)state;
    m->controls[0].running.dist = SMALL_DIST("uniform", {"min", 1}, {"max", 9});
    m->controls[1].running.dist =
        SMALL_DIST("normal", {"mean", -3.1}, {"sd", 1}, {"floor", 0});
    small_plan(m, &arena, 1, 0, 1);
    small_plan(m, &arena, 2, 1, 1);
    small_build(m, &arena);
    o = run(m, RW_FUTURES_PLAIN, 2);
    for (size_t s = 0; s < 3; s++) {
        for (size_t i = 0, before = 0; i < N; i++) {
            spent[s] += o->spend[s][i] != 0;
            if (s == 2 && (i + 1) % RW_RUN_BLOCK == 0) {
                blocks += spent[s] == before;
                before = spent[s];
            }
        }
        assert_int_equal(spent[s] > 0, o->spent[s]);
    }
    assert_int_equal(spent[1], N);
    assert_in_range(spent[2], 1, N / 500);
    assert_true(blocks > 0);
    assert_held(m, o);
    rw_outcome_free(o);
}

/* At least a quarter of the bytes is saved here, where strategies share futures. */
static void
packing_saves_memory(void **state)
{
    struct rw_outcome *o = run(make(), RW_FUTURES_PACKED, 2);
    const struct rw_packed *p = o->packed;
    size_t bytes = p->n_chunks * p->room - p->left;

    (void)state;
    assert_int_equal(rw_blocks(N), p->blocks);
    assert_int_equal(1, p->n_chunks);
    assert_true(bytes < N * 8 * rw_rows_count(&p->rows) * 3 / 4);
    rw_outcome_free(o);
}

static int
before(void **state)
{
    (void)state;
    rw_error_clear(&e);
    rw_arena_init(&arena);
    team = NULL;
    return 0;
}

static int
after(void **state)
{
    (void)state;
    rw_arena_fini(&arena);
    return 0;
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, before, after)

CHECK_MAIN(CASE(columns_are_the_same_however_they_are_held),
    CASE(a_horizon_has_the_years_rows_where_it_is_one),
    CASE(npv_of_one_cycle_follows_from_loss_and_spend),
    CASE(what_nobody_spends_is_not_written), CASE(packing_saves_memory))
