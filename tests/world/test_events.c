/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/elementary.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "world/draw.h"

#include <gsl/gsl_randist.h>

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_world *w;
};

static void
open_world(struct fixture *f, size_t room)
{
    struct rw_error e;

    rw_error_clear(&e);
    small_build(f->m, &f->a);
    assert_int_equal(RW_OK, rw_world_new(f->m, 7, room, NULL, &f->w, &e));
    assert_int_equal(RW_OK, rw_world_begin(f->w, 100, room, &e));
    assert_int_equal(RW_OK, rw_world_cycle(f->w, 0, &e));
}

static void
begin(struct fixture *f, double frequency, size_t room)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 1, 1, 0, 1, 4, 4);
    f->m->threats[0].frequency.dist = rw_dist_constant(frequency);
    open_world(f, room);
}

static void
end(struct fixture *f)
{
    rw_world_free(f->w);
    rw_arena_fini(&f->a);
}

/* All events of source 0 under one bound, at most max; returns their number. */
static size_t
all_events(struct fixture *f, double bound, struct rw_event v[], size_t max)
{
    static struct rw_event_list list;
    struct rw_event_cursor at;
    double *row = calloc(f->w->n, sizeof *row);
    size_t n = 0;

    for (size_t i = 0; i < f->w->n; i++)
        row[i] = bound;
    rw_world_events_begin(f->w, 0, row, &at);
    while (rw_world_events(f->w, &at, &list))
        for (size_t j = 0; j < list.n; j++) {
            assert_true(n < max);
            v[n++] = list.event[j];
        }
    free(row);
    return n;
}

enum { MANY = 60000 };
static struct rw_event v[MANY], thin[MANY];

static void
levels_of_many_are_the_points_of_a_unit_poisson_process(void **state)
{
    struct fixture f;
    size_t n, k = 0;

    (void)state;
    /* 2500 a cycle and future: the list fills up amid futures and fours */
    begin(&f, 10000, 7);
    n = all_events(&f, 1, v, MANY);
    for (size_t i = 0; i < 7; i++) {
        struct rw_stream lane = {7, f.m->sources[0].event_lane};
        double s = 0;

        for (uint64_t j = 0;; j++) {
            s -= rw_log(rw_stream_uniform(lane, 100 + i, j));
            if (s >= 2500)
                break;
            assert_true(k < n);
            assert_int_equal(v[k].future, i);
            assert_int_equal(v[k].k, j);
            assert_close(rw_world_level(f.w, 0, &v[k]), s / 2500, 1e-13);
            k++;
        }
    }
    assert_int_equal(k, n);
    end(&f);
}

static void
counts_have_the_mean_and_emptiness_of_poisson(void **state)
{
    enum { N = 20000 };
    struct fixture f;
    size_t n, empty = N, last = SIZE_MAX;
    double m = 0.5, p0 = exp(-m);

    (void)state;
    begin(&f, 4 * m, N);
    n = all_events(&f, 1, v, MANY);
    for (size_t j = 0; j < n; j++) {
        empty -= v[j].future != last;
        last = v[j].future;
    }
    assert_close((double)n, N * m, CHECK_Z * sqrt(N * m));
    assert_close((double)empty, N * p0, CHECK_Z * sqrt(N * p0 * (1 - p0)));
    end(&f);
}

static void
a_lower_bound_gives_a_subset_of_the_same_events(void **state)
{
    struct fixture f;
    size_t n, n_thin, k = 0;

    (void)state;
    begin(&f, 20, 3000);
    n = all_events(&f, 1, v, MANY);
    n_thin = all_events(&f, 0.3, thin, MANY);
    for (size_t j = 0; j < n; j++) {
        double level = rw_world_level(f.w, 0, &v[j]);

        if (level < 0.3) {
            assert_int_equal(v[j].future, thin[k].future);
            assert_int_equal(v[j].k, thin[k].k);
            assert_true(rw_world_level(f.w, 0, &thin[k]) == level);
            k++;
        }
    }
    assert_int_equal(k, n_thin);
    end(&f);
}

/* Numbers and levels of every event under no bound: N is Poisson's by GSL, the levels
 * are uniform and independent of it and of each other. */
static void
numbers_are_poisson_and_levels_uniform(void **state)
{
    enum { N = 20000, MOST = 12 };
    const double m = 2.5;
    struct fixture f;
    size_t n, count[MOST] = {0};
    double sum[MOST] = {0}, first = 0, product = 0;
    uint8_t of[N] = {0};

    (void)state;
    begin(&f, 4 * m, N);
    n = all_events(&f, 1, v, MANY);
    for (size_t j = 0; j < n; j++)
        of[v[j].future]++;
    for (size_t i = 0; i < N; i++)
        count[of[i] < MOST ? of[i] : MOST - 1]++;
    for (unsigned k = 0; k < MOST - 1; k++) {
        double p = gsl_ran_poisson_pdf(k, m);

        assert_close((double)count[k], N * p, CHECK_Z * sqrt(N * p * (1 - p)) + 3);
    }
    for (size_t j = 0; j < n; j++) {
        double level = rw_world_level(f.w, 0, &v[j]);

        assert_true(level > 0 && level < 1);
        assert_int_equal(
            v[j].k, j > 0 && v[j - 1].future == v[j].future ? v[j - 1].k + 1 : 0);
        sum[of[v[j].future] < MOST ? of[v[j].future] : 0] += level - 0.5;
        first += v[j].k == 0 ? level - 0.5 : 0;
        if (v[j].k == 1)
            product += (level - 0.5) * (rw_world_level(f.w, 0, &v[j - 1]) - 0.5);
    }
    for (unsigned k = 1; k < MOST; k++)
        assert_true(fabs(sum[k]) <= CHECK_Z * sqrt((double)(k * count[k]) / 12) + 2);
    assert_close(first, 0, CHECK_Z * sqrt(N / 12.0));
    assert_close(product, 0, CHECK_Z * sqrt(N) / 12);
    end(&f);
}

/* A list of all events of its futures knows where their uniforms stand. */
static void
the_losses_of_a_whole_list_are_those_of_its_events(void **state)
{
    static struct rw_event_list list;
    static double u[RW_EVENTS_ROOM], want[RW_EVENTS_ROOM], row[700];
    struct rw_event_cursor at;
    struct fixture f;
    size_t many = 0, lists = 0;

    (void)state;
    begin(&f, 4 * 6, 700); /* of 6 a cycle, more than one list */
    for (size_t i = 0; i < 700; i++)
        row[i] = 1;
    rw_world_events_begin(f.w, 0, row, &at);
    for (; rw_world_events(f.w, &at, &list); lists++) {
        assert_true(list.whole);
        rw_world_list_uniforms(f.w, 99, &list, u);
        rw_world_uniforms(f.w, 99, list.n, list.event, want);
        assert_memory_equal(u, want, list.n * sizeof *u);
        for (size_t e = 0; e < list.n; e++)
            many += list.event[e].k > 8;
    }
    assert_true(lists > 3 && many > 50);
    end(&f);
}

/* Where all rates of a block are alike one law serves for all; a future's events are
 * the same where its neighbours' rates are others. */
static void
events_do_not_depend_on_the_neighbours_rates(void **state)
{
    enum { N = 500 };
    static struct rw_event_list list;
    static double bound[N];
    struct rw_event_cursor at;
    struct fixture f;
    size_t n, n_thin = 0, k = 0;

    (void)state;
    begin(&f, 6, N);
    n = all_events(&f, 0.8, v, MANY);
    for (size_t i = 0; i < N; i += 2) /* few, and many by ascending level */
        f.w->rate[i] = i % 4 ? 0.3 : 40;
    for (size_t i = 0; i < N; i++)
        bound[i] = 0.8;
    rw_world_events_begin(f.w, 0, bound, &at);
    while (rw_world_events(f.w, &at, &list))
        for (size_t j = 0; j < list.n; j++)
            if (list.event[j].future % 2 == 1)
                thin[n_thin++] = list.event[j];
    for (size_t j = 0; j < n; j++)
        if (v[j].future % 2 == 1) {
            assert_int_equal(v[j].future, thin[k].future);
            assert_int_equal(v[j].k, thin[k].k);
            assert_true(v[j].level == thin[k].level);
            k++;
        }
    assert_int_equal(k, n_thin);
    assert_true(k > N / 4);
    end(&f);
}

static void
nothing_happens_at_rate_zero_or_bound_zero(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, 0, 100);
    assert_int_equal(0, all_events(&f, 1, v, MANY));
    end(&f);
    begin(&f, 20, 100);
    assert_int_equal(0, all_events(&f, 0, v, MANY));
    end(&f);
}

/* The losses of one event; returns their sum. */
static double
one_loss(struct fixture *f, struct rw_event e, double loss[3])
{
    static double row[3][RW_EVENTS_ROOM];
    static struct rw_event_list one = {.n = 1};
    double total;

    one.event[0] = e;
    total = *rw_world_losses(f->w, 0, &one, row, &total);
    for (size_t j = 0; j < f->m->threats[0].n_losses; j++)
        loss[j] = row[j][0];
    return total;
}

static void
losses_do_not_depend_on_the_company_they_are_drawn_in(void **state)
{
    static double all[3][RW_EVENTS_ROOM], total[RW_EVENTS_ROOM];
    static struct rw_event_list many = {.n = 40};
    struct fixture f;
    struct rw_threat *t;

    (void)state;
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 1, 1, 0, 1, 1, 1);
    t = &f.m->threats[0];
    t->n_losses = 3;
    for (size_t j = 0; j < 3; j++) {
        t->losses[j].amount = SMALL_DIST("exponential", {"mean", 10});
        t->losses[j].secondary = j == 1 ? 0.5 : 1;
    }
    open_world(&f, 10);
    for (uint32_t k = 0; k < 40; k++)
        many.event[k] = (struct rw_event){.future = k / 4, .k = 3 * (k % 4)};
    (void)rw_world_losses(f.w, 0, &many, all, total);
    for (size_t k = 40; k-- > 0;) {
        double loss[3], sum = one_loss(&f, many.event[k], loss);

        for (size_t j = 0; j < 3; j++)
            assert_true(loss[j] == all[j][k]);
        assert_true(sum == total[k]);
        assert_true(sum == loss[0] + loss[1] + loss[2]);
    }
    end(&f);
}

/* Full and short lists, of events that do and do not share fours. */
static void
the_words_of_listed_events_are_those_of_each(void **state)
{
    static const size_t lengths[] = {0, 1, 5, 127, RW_EVENTS_ROOM};
    static struct rw_event_list list;
    static double four[RW_EVENTS_ROOM][4];
    struct fixture f;

    (void)state;
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 1, 1, 0, 1, 1, 1);
    f.m->threats[0].words = 1;
    open_world(&f, 100);
    free(f.w->words); /* room for more than the model wants */
    f.w->words = calloc(4100, sizeof *f.w->words * RW_EVENTS_ROOM);
    for (uint32_t e = 0; e < RW_EVENTS_ROOM; e++)
        list.event[e] = (struct rw_event){.future = e / 11,
            .k = e % 11 == 10 ? RW_EVENT_DESCENDANT | e : e % 11,
            .time = 0.25};
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        list.n = lengths[l];
        for (unsigned words = 1; words <= 4100; words += words < 9 ? 1 : 4091) {
            rw_world_words(f.w, 31, list.n, list.event, words);
            for (size_t e = 0; e < list.n; e++) {
                const struct rw_event *one = &list.event[e];
                uint64_t first = rw_world_event_word(f.w, one, words);

                for (unsigned j = 0; j < words; j++)
                    assert_true(f.w->words[j * RW_EVENTS_ROOM + e] ==
                                rw_stream_uniform((struct rw_stream){7, 31},
                                    f.w->first + one->future, first + j));
            }
        }
        rw_world_fates(f.w, 31, &list, four);
        for (size_t e = 0; e < list.n; e++) {
            struct rw_fate one = rw_world_fate_in(f.w, 31, &list.event[e]);
            struct rw_fate all = rw_world_fate_of(&list.event[e], four[e]);

            assert_true(
                one.time == all.time && one.seen == all.seen && one.wait == all.wait);
        }
    }
    end(&f);
}

static void
a_secondary_loss_happens_with_its_probability_whatever_its_size(void **state)
{
    enum { N = 40000 };
    struct fixture f;
    size_t happened = 0;
    double sum = 0;

    (void)state;
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 1, 1, 0, 1, 1, 1);
    f.m->threats[0].losses[0].secondary = 0.3;
    f.m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    open_world(&f, N);
    for (uint32_t i = 0; i < N; i++) {
        double loss[3];

        sum += one_loss(&f, (struct rw_event){.future = i}, loss);
        happened += loss[0] > 0;
    }
    assert_close((double)happened, N * 0.3, CHECK_Z * sqrt(N * 0.3 * 0.7));
    /* E[X^2] = 0.3 x 200 */
    assert_close(sum, N * 3.0, CHECK_Z * sqrt(N * (60.0 - 9)));
    end(&f);
}

/* Truth, the year's multiplier, events and losses are those of the future, and
 * not of its place in a block. */
static void
a_future_is_the_same_in_any_block(void **state)
{
    enum { N = 40, OFF = 13 };
    double loss[N][3], rate[N], sum[N], other[3];
    struct fixture f;
    struct rw_error e;
    size_t n, k;

    (void)state;
    rw_error_clear(&e);
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 1, 1, 0, 1, 1, 1);
    f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 9}, {"sd", 3});
    f.m->threats[0].law = RW_COUNT_NEGBIN;
    f.m->threats[0].dispersion = 0.5;
    f.m->threats[0].losses[0].amount = SMALL_DIST("exponential", {"mean", 10});
    open_world(&f, N);
    for (uint32_t i = 0; i < N; i++) {
        rate[i] = f.w->rate[i];
        assert_true(i == 0 || rate[i] != rate[i - 1]);
        sum[i] = one_loss(&f, (struct rw_event){.future = i}, loss[i]);
    }
    n = all_events(&f, 1, v, MANY);
    for (size_t j = 0; j < n; j++)
        v[j].level = rw_world_level(f.w, 0, &v[j]);
    for (k = 0; k < n && v[k].future < OFF; k++)
        ;
    assert_int_equal(RW_OK, rw_world_begin(f.w, 100 + OFF, N - OFF, &e));
    assert_int_equal(RW_OK, rw_world_cycle(f.w, 0, &e));
    for (uint32_t i = 0; i < N - OFF; i++) {
        assert_true(f.w->rate[i] == rate[OFF + i]);
        assert_true(
            one_loss(&f, (struct rw_event){.future = i}, other) == sum[OFF + i]);
    }
    assert_int_equal(n - k, all_events(&f, 1, thin, MANY));
    for (size_t j = k; j < n; j++) {
        assert_int_equal(v[j].future, thin[j - k].future + OFF);
        assert_int_equal(v[j].k, thin[j - k].k);
        assert_true(v[j].level == rw_world_level(f.w, 0, &thin[j - k]));
    }
    end(&f);
}

static void
an_amount_may_be_a_multiple_of_the_asset(void **state)
{
    struct fixture f;
    double loss[3];

    (void)state;
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 1, 1, 0, 1, 1, 1);
    f.m->assets[0].records = 1000;
    f.m->threats[0].losses[0].of = RW_OF_RECORDS;
    f.m->threats[0].losses[0].amount = rw_dist_constant(2.5);
    open_world(&f, 1);
    assert_true(one_loss(&f, (struct rw_event){0}, loss) == 2500);
    assert_true(f.m->risks[0].mean_loss == 2500);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(numbers_are_poisson_and_levels_uniform),
    cmocka_unit_test(the_losses_of_a_whole_list_are_those_of_its_events),
    cmocka_unit_test(events_do_not_depend_on_the_neighbours_rates),
    cmocka_unit_test(levels_of_many_are_the_points_of_a_unit_poisson_process),
    cmocka_unit_test(counts_have_the_mean_and_emptiness_of_poisson),
    cmocka_unit_test(a_lower_bound_gives_a_subset_of_the_same_events),
    cmocka_unit_test(nothing_happens_at_rate_zero_or_bound_zero),
    cmocka_unit_test(losses_do_not_depend_on_the_company_they_are_drawn_in),
    cmocka_unit_test(the_words_of_listed_events_are_those_of_each),
    cmocka_unit_test(a_secondary_loss_happens_with_its_probability_whatever_its_size),
    cmocka_unit_test(a_future_is_the_same_in_any_block),
    cmocka_unit_test(an_amount_may_be_a_multiple_of_the_asset))
