/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results of tallied futures against those of the same futures one by one. */
#include "study/figures.h"
#include "study/programme.h"
#include "tests/out/fake.h"
#include "tests/support/check.h"

#define MOST (RW_TALLY_ERROR * 1.0001)

static const struct fake_size size = {.threats = 2,
    .assets = 1,
    .strategies = 3,
    .futures = 20000,
    .cycles = 8,
    .per_year = 4,
    .loss = 1e5};
static struct rw_appetite appetite[] = {{1e5, 0.9}, {654321, 0.1}, {4e6, 0.01}};

/* The outcome's futures, and their tallies: both results. */
struct two {
    struct fake f;
    struct rw_outcome tallied;
    const struct rw_result *exact, *r;
};

static void
tally(struct two *t)
{
    struct rw_outcome *o = &t->f.outcome;
    struct rw_rows shape = rw_rows_of(o);
    double **rows = calloc(rw_rows_count(&shape), sizeof *rows);
    double *one = calloc(o->n, sizeof *one);
    struct rw_error e;

    rw_error_clear(&e);
    rw_outcome_rows(o, rows);
    t->tallied = *o;
    t->tallied.year_loss = t->tallied.year_largest = t->tallied.horizon_loss = NULL;
    t->tallied.spend = t->tallied.npv = t->tallied.statement = NULL;
    t->tallied.tallies = rw_tallies_new(o);
    assert_non_null(t->tallied.tallies);
    rw_tallies_note(t->tallied.tallies, rows, o->n, one, t->tallied.tallies->moments);
    assert_int_equal(RW_OK, rw_tallies_add(t->tallied.tallies, rows, o->n, one, &e));
    free(rows);
    free(one);
}

static void
make(struct two *t)
{
    struct rw_result *r;
    struct rw_error e;

    rw_error_clear(&e);
    fake_make(&t->f, &size);
    fake_nest(&t->f, &size);
    fake_programme(&t->f, &size);
    t->f.model.appetite = appetite;
    t->f.model.n_appetite = 3;
    for (size_t i = 0; i < size.futures; i++) /* spend that is known but in some */
        t->f.outcome.spend[1][i] += i % 10 == 0 ? (double)i : 0;
    tally(t);
    assert_int_equal(RW_OK, rw_result_make(&t->f.outcome, &t->f.arena, &r, &e));
    t->exact = r;
    assert_int_equal(RW_OK, rw_result_make(&t->tallied, &t->f.arena, &r, &e));
    t->r = r;
    assert_false(t->exact->tallied);
    assert_true(t->r->tallied);
}

static void
drop(struct two *t)
{
    rw_tallies_free(t->tallied.tallies);
    fake_free(&t->f);
}

static void
assert_quantile(const struct rw_quantile *q, const struct rw_quantile *exact)
{
    assert_int_equal(exact->refused, q->refused);
    assert_true(q->p == exact->p);
    if (exact->refused)
        return;
    if (isinf(exact->value))
        assert_true(isinf(q->value));
    else
        assert_close(q->value, exact->value, MOST * fabs(exact->value));
    assert_true(q->low <= exact->low && exact->high <= q->high);
}

static void
assert_law(const struct rw_law *l, const struct rw_law *exact)
{
    double wide = fmax(fabs(exact->min), fabs(exact->max));

    assert_close(l->mean, exact->mean, 1e-12 * wide);
    assert_close(l->sd, exact->sd, 1e-9 * wide);
    assert_close(l->mean_se, exact->mean_se, 1e-9 * wide);
    assert_true(l->p0 == exact->p0);
    assert_true(l->min == exact->min && l->max == exact->max);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        assert_quantile(&l->quantile[k], &exact->quantile[k]);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        const struct rw_tvar *t = &l->tvar[k], *x = &exact->tvar[k];
        double cell = MOST * fabs(x->value);

        assert_close(t->value, x->value, cell);
        /* and what is not known within the rank's cell is in its error */
        assert_true(
            t->se >= 0.99 * x->se - cell / sqrt((double)size.futures * (1 - x->p)));
        assert_true(t->se <= 1.01 * x->se + cell);
        assert_true(t->se > 0 || x->se == 0);
    }
}

static void
every_law_is_within_the_stated_error(void **state)
{
    struct two t;

    (void)state;
    make(&t);
    for (size_t s = 0; s < size.strategies; s++) {
        const struct rw_result_strategy *g = &t.r->strategies[s];
        const struct rw_result_strategy *x = &t.exact->strategies[s];

        assert_law(&g->loss, &x->loss);
        assert_law(&g->spend, &x->spend);
        assert_law(&g->total, &x->total);
        assert_law(&g->npv, &x->npv);
        for (unsigned y = 0; y < 2; y++) {
            assert_law(&g->years[y].loss, &x->years[y].loss);
            assert_law(&g->years[y].largest, &x->years[y].largest);
        }
        if (s == 0)
            continue;
        assert_law(&g->versus->loss, &x->versus->loss);
        assert_law(&g->versus->spend, &x->versus->spend);
        assert_law(&g->versus->total, &x->versus->total);
        assert_law(&g->versus->npv, &x->versus->npv);
        assert_true(g->versus->p_worse == x->versus->p_worse);
        assert_close(g->versus->variance_ratio, x->versus->variance_ratio,
            1e-9 * x->versus->variance_ratio);
    }
    assert_int_equal(t.exact->best, t.r->best);
    drop(&t);
}

/* What the appetite asks was counted, and so was every loss of a curve. */
static void
chances_are_exact(void **state)
{
    struct rw_figures f;
    struct two t;
    size_t points = 0;

    (void)state;
    make(&t);
    assert_int_equal(RW_OK, rw_figures_init(&f, &t.f.outcome, NULL));
    for (size_t s = 0; s < size.strategies; s++)
        for (unsigned y = 0; y < 2; y++) {
            const struct rw_result_year *got = &t.r->strategies[s].years[y];
            const struct rw_law *l = &got->loss;

            assert_memory_equal(got->appetite, t.exact->strategies[s].years[y].appetite,
                3 * sizeof *got->appetite);
            assert_int_equal(RW_OK,
                rw_figures_take(&f, rw_column_row(rw_row_loss(&f.rows, s, y)), NULL));
            for (size_t k = 0; k < l->n_curve; k++) {
                const struct rw_curve_point *p = &l->curve[k];
                double chance, low, high;

                rw_figures_exceedance(&f, p->loss, &chance, &low, &high);
                assert_true(p->probability == chance);
                assert_true(p->low == low && p->high == high);
                assert_true(k == 0 || (p->loss > p[-1].loss &&
                                          p->probability <= p[-1].probability));
                assert_true(chance * (double)size.futures >= RW_TAIL_BEYOND);
                points++;
            }
            assert_true(got->band != NULL && got->band->n > 0);
        }
    assert_true(points > 200);
    rw_figures_fini(&f);
    drop(&t);
}

/* Of the curve's losses of round chances none is missing. */
static void
curves_have_their_round_chances(void **state)
{
    static const double round[] = {0.5, 0.1, 0.05, 0.01, 0.005};
    struct two t;

    (void)state;
    make(&t);
    for (size_t k = 0; k < 5; k++) {
        const struct rw_law *l = &t.r->strategies[0].years[0].loss;
        double nearest = 1;

        for (size_t i = 0; i < l->n_curve; i++)
            nearest = fmin(nearest, fabs(l->curve[i].probability - round[k]));
        /* a cell holds 2^-10 of the logarithm's range of a factor e */
        assert_close(nearest, 0, 0.002 * round[k] + 2.0 / (double)size.futures);
    }
    drop(&t);
}

static void
the_way_to_a_statement_is_told_exactly(void **state)
{
    struct two t;

    (void)state;
    make(&t);
    for (size_t s = 0; s < size.strategies; s++) {
        const struct rw_result_programme *p = t.r->strategies[s].programme;
        const struct rw_result_programme *x = t.exact->strategies[s].programme;

        assert_memory_equal(&p->missed, &x->missed, sizeof p->missed);
        assert_memory_equal(p->issued, x->issued, size.cycles * sizeof *p->issued);
        for (size_t k = 0; k < RW_STATEMENT_QUANTILES; k++)
            assert_quantile(&p->months[k], &x->months[k]);
    }
    drop(&t);
}

CHECK_MAIN(cmocka_unit_test(every_law_is_within_the_stated_error),
    cmocka_unit_test(chances_are_exact),
    cmocka_unit_test(curves_have_their_round_chances),
    cmocka_unit_test(the_way_to_a_statement_is_told_exactly))
