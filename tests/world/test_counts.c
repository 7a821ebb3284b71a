/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of events a year by every count law, in whole runs: losses of 1, so
 * that a year's loss is its number.  Strategy 1 prevents a share. */
#include "num/special.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "world/world.h"

enum { N = 100000, YEARS = 2, BINS = 40 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
};

static void
begin(struct fixture *f, enum rw_count_law law, double frequency, unsigned per_year)
{
    struct rw_threat *t;

    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, 1, 1, 2, YEARS * per_year, per_year);
    t = &f->m->threats[0];
    t->frequency.dist = rw_dist_constant(frequency / 0.8);
    t->susceptibility.dist = rw_dist_constant(0.8);
    t->law = law;
    t->dispersion = 0.5;
    t->zero = 0.6;
    t->chances = 5;
    small_plan(f->m, &f->a, 1, 0, 0);
}

static void
run(struct fixture *f, double prevented)
{
    f->m->controls[0].efficacy.dist = rw_dist_constant(prevented);
    small_build(f->m, &f->a);
    f->o = small_run(f->m, N, 5, 0);
}

static void
end(struct fixture *f)
{
    rw_outcome_free(f->o);
    rw_arena_fini(&f->a);
}

/* Pearson's test, bins of fewer than 10 expected joined with the last. */
static void
assert_counts(const double x[], const struct rw_count *c, double m)
{
    double seen[BINS] = {0}, p[BINS] = {0}, left = 1, square = 0, below, above;
    unsigned bins = 0, possible = 0;
    struct rw_gamma_law g;

    while (bins < BINS - 1 && N * (left - rw_count_pmf(c, m, bins)) > 10) {
        p[bins] = rw_count_pmf(c, m, bins);
        left -= p[bins++];
    }
    p[bins++] = left;
    for (size_t i = 0; i < N; i++)
        seen[x[i] < bins ? (unsigned)x[i] : bins - 1]++;
    for (unsigned k = 0; k < bins; k++) {
        if (p[k] == 0) {
            assert_true(seen[k] == 0);
            continue;
        }
        square += pow(seen[k] - N * p[k], 2) / (N * p[k]);
        possible++;
    }
    if (possible == 1) /* certain */
        return;
    g = rw_gamma_law((possible - 1) / 2.0);
    (void)rw_gamma_tails(&g, log(square / 2), &below, &above);
    if (!(above > 1e-6))
        fail_msg(
            "law %d, mean %g: chi2 %g on %u", (int)c->law, m, square, possible - 1);
}

static const struct {
    enum rw_count_law law;
    double m;
} laws[] = {{RW_COUNT_POISSON, 2}, {RW_COUNT_NEGBIN, 2}, {RW_COUNT_ZIP, 1.5},
    {RW_COUNT_BINOMIAL, 2}, {RW_COUNT_BINOMIAL, 5}, {RW_COUNT_BERNOULLI, 0.3},
    {RW_COUNT_BERNOULLI, 1}};
enum { LAWS = sizeof laws / sizeof *laws };

static void
a_year_has_its_law_whatever_the_cycle(void **state)
{
    static const unsigned per_year[] = {1, 4, 12};

    (void)state;
    for (size_t k = 0; k < LAWS; k++)
        for (size_t j = 0; j < 3; j++) {
            struct fixture f;
            const struct rw_count *c;

            begin(&f, laws[k].law, laws[k].m, per_year[j]);
            run(&f, 0.4);
            c = &f.m->threats[0].count;
            for (unsigned y = 0; y < YEARS; y++)
                assert_counts(f.o->year_loss[y], c, laws[k].m);
            /* thinned it is the same law at the lower frequency */
            for (unsigned y = 0; y < YEARS; y++)
                assert_counts(f.o->year_loss[YEARS + y], c, 0.6 * laws[k].m);
            end(&f);
        }
}

static void
years_do_not_depend_on_each_other(void **state)
{
    (void)state;
    for (size_t k = 0; k < LAWS; k++) {
        struct fixture f;
        double m, v, sum = 0;

        begin(&f, laws[k].law, laws[k].m, 4);
        run(&f, 0);
        m = rw_count_mean(&f.m->threats[0].count, laws[k].m);
        v = rw_count_variance(&f.m->threats[0].count, laws[k].m);
        for (size_t i = 0; i < N; i++)
            sum += (f.o->year_loss[0][i] - m) * (f.o->year_loss[1][i] - m);
        assert_close(sum / N, 0, CHECK_Z * v / sqrt(N));
        end(&f);
    }
}

static void
a_years_events_spread_over_its_cycles(void **state)
{
    (void)state;
    for (size_t k = 0; k < LAWS; k++) {
        struct fixture f;
        double m;

        begin(&f, laws[k].law, laws[k].m, 4);
        run(&f, 0);
        m = rw_count_mean(&f.m->threats[0].count, laws[k].m) / 4;
        for (unsigned t = 0; t < 4 * YEARS; t++) {
            /* negbin's variance is the largest there is here */
            assert_close(f.o->cells[t].incidents.mean, m,
                CHECK_Z * sqrt((m + 0.5 * m * m + 0.6 * 1.5 * m) / N));
            /* residual risk is given the year's multiplier; its mean is not */
            assert_close(f.o->cells[t].residual.mean, 4 * m,
                CHECK_Z * sqrt((laws[k].law == RW_COUNT_NEGBIN   ? 0.5 * 4
                                   : laws[k].law == RW_COUNT_ZIP ? 0.24 * 1.5 * 1.5
                                                                 : 1e-20) /
                               N));
        }
        end(&f);
    }
}

static void
a_stronger_control_never_adds_an_event(void **state)
{
    (void)state;
    for (size_t k = 0; k < LAWS; k++) {
        struct fixture f[2];

        for (int strong = 0; strong < 2; strong++) {
            begin(&f[strong], laws[k].law, laws[k].m, 12);
            run(&f[strong], strong ? 0.7 : 0.3);
        }
        for (unsigned y = 0; y < YEARS; y++)
            for (size_t i = 0; i < N; i++) {
                assert_true(
                    f[1].o->year_loss[YEARS + y][i] <= f[0].o->year_loss[YEARS + y][i]);
                assert_true(f[0].o->year_loss[YEARS + y][i] <= f[0].o->year_loss[y][i]);
            }
        end(&f[0]);
        end(&f[1]);
    }
}

static void
a_systemic_chance_hits_every_asset(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, RW_COUNT_BERNOULLI, 0.3, 12);
    f.m->threats[0].systemic = true;
    f.m->threats[0].assets[1] = 1;
    f.m->threats[0].n_assets = 2;
    run(&f, 0);
    for (size_t i = 0; i < N; i++)
        assert_true(f.o->year_loss[0][i] == 0 || f.o->year_loss[0][i] == 2);
    end(&f);
}

/* Levels below the bound come in lists of 1024, uniform, each chance once. */
static void
many_chances_fill_many_lists(void **state)
{
    static struct rw_event_list list;
    enum { ROOM = 3, CHANCES = 20000 };
    const double bound[ROOM] = {0.5, 0.25, 1};
    double n[ROOM] = {0}, sum = 0, square = 0, all = 0;
    struct rw_event_cursor at;
    struct rw_world *w;
    struct rw_error e = {0};
    struct fixture f;

    (void)state;
    begin(&f, RW_COUNT_BINOMIAL, 8000, 4);
    f.m->threats[0].chances = CHANCES;
    small_build(f.m, &f.a);
    assert_int_equal(RW_OK, rw_world_new(f.m, 7, ROOM, NULL, &w, &e));
    assert_int_equal(RW_OK, rw_world_begin(w, 0, ROOM, &e));
    assert_int_equal(RW_OK, rw_world_cycle(w, 0, &e));
    rw_world_events_begin(w, 0, bound, &at);
    while (rw_world_events(w, &at, &list))
        for (size_t j = 0; j < list.n; j++) {
            const struct rw_event *v = &list.event[j];
            double level = rw_world_level(w, 0, v) / bound[v->future];

            assert_true(j == 0 || v->future > v[-1].future || v->k > v[-1].k);
            assert_true(level < 1 + 1e-9);
            n[v->future]++;
            all++;
            sum += level;
            square += level * level;
        }
    for (int i = 0; i < ROOM; i++) { /* a quarter of them fall into this cycle */
        double p = 0.4 * bound[i] / 4;

        assert_close(n[i], CHANCES * p, CHECK_Z * sqrt(CHANCES * p * (1 - p)));
    }
    assert_close(sum / all, 0.5, CHECK_Z * sqrt(1 / 12.0 / all));
    assert_close(square / all, 1 / 3.0, CHECK_Z * sqrt(4 / 45.0 / all));
    rw_world_free(w);
    rw_arena_fini(&f.a);
}

static void
more_events_than_chances_are_an_error(void **state)
{
    struct rw_world *w;
    struct rw_error e = {0};
    struct fixture f;

    (void)state;
    begin(&f, RW_COUNT_BINOMIAL, 5.01, 12);
    small_build(f.m, &f.a);
    assert_int_equal(RW_OK, rw_world_new(f.m, 7, 10, NULL, &w, &e));
    assert_int_equal(RW_OK, rw_world_begin(w, 0, 10, &e));
    assert_int_equal(RW_ERR_INPUT, rw_world_cycle(w, 0, &e));
    assert_non_null(strstr(e.text, "threat 't0' has 5.01 events a year in cycle 1"));
    rw_world_free(w);
    rw_arena_fini(&f.a);
}

CHECK_MAIN(cmocka_unit_test(a_year_has_its_law_whatever_the_cycle),
    cmocka_unit_test(years_do_not_depend_on_each_other),
    cmocka_unit_test(a_years_events_spread_over_its_cycles),
    cmocka_unit_test(a_stronger_control_never_adds_an_event),
    cmocka_unit_test(a_systemic_chance_hits_every_asset),
    cmocka_unit_test(many_chances_fill_many_lists),
    cmocka_unit_test(more_events_than_chances_are_an_error))
