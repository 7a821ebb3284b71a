/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The on/off process: its points against the Poisson law, its states against
 * closed forms, and future by future against worse ones. */
#include "num/outage.h"
#include "tests/support/check.h"

enum { N = 20000, QUARTERS = 4 };

/* Cycles are quarters. */
static struct rw_outage
outage(uint64_t future, unsigned cycle, double fails, double years)
{
    return (struct rw_outage){7,
        {rw_lane("test", "x", "fault"), rw_lane("test", "x", "finding")}, future, cycle,
        1.0 / QUARTERS, {fails, years, INFINITY, 0}};
}

static double
begin_of(const struct rw_outage *x)
{
    return x->cycle * x->years;
}

/* Every failure of the cycle into t[]; returns how many. */
static size_t
list(const struct rw_outage *x, double t[], size_t room)
{
    size_t n = 0;

    for (double at = begin_of(x); n < room; t[n++] = at) {
        at = rw_outage_fault(x, at);
        if (isinf(at))
            return n;
        assert_true(at > begin_of(x) && at < begin_of(x) + x->years);
        assert_true(n == 0 || at > t[n - 1]);
    }
    fail_msg("more than %zu failures", room);
    return n;
}

static int
ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Rates within the first band, at its edge and through several: as many points
 * as the law says, as spread, in either half, at any time alike. */
static void
failures_are_a_poisson_process(void **state)
{
    static const double means[] = {0.02, 0.5, 3.9, 4.1, 30, 300};
    static double t[2000], first[N];

    (void)state;
    for (size_t k = 0; k < sizeof means / sizeof *means; k++) {
        double m = means[k], n = m > 10 ? N / 20 : N, sum = 0, square = 0, cross = 0;
        size_t some = 0;
        double far = 0;

        for (size_t i = 0; i < (size_t)n; i++) {
            struct rw_outage x = outage(i, (unsigned)(i % 11), QUARTERS * m, 1);
            size_t count = list(&x, t, 2000), early = 0;
            double middle = begin_of(&x) + x.years / 2;

            while (early < count && t[early] < middle)
                early++;
            sum += (double)count;
            square += pow((double)count - m, 2);
            cross += ((double)early - m / 2) * ((double)(count - early) - m / 2);
            if (count > 0) /* its first, through its law: uniform */
                first[some++] = expm1(-m * (t[0] - begin_of(&x)) / x.years) / expm1(-m);
        }
        assert_close(sum / n, m, CHECK_Z * sqrt(m / n));
        /* fourth central moment m + 3 m^2 */
        assert_close(square / n, m, CHECK_Z * sqrt((m + 2 * m * m) / n));
        assert_close(cross / n, 0, CHECK_Z * m / 2 / sqrt(n));
        qsort(first, some, sizeof *first, ascending);
        for (size_t i = 0; i < some; i++)
            far = fmax(far, fabs(first[i] - ((double)i + 0.5) / (double)some));
        assert_true(far < check_dkw(some));
    }
}

/* Those of a lower rate are among those of a higher one. */
static void
a_lower_rate_thins(void **state)
{
    static const double rates[] = {0.3, 2, 15, 17, 90, 700};
    static double few[2000], many[2000];

    (void)state;
    for (size_t i = 0; i < N / 20; i++)
        for (size_t k = 0; k + 1 < sizeof rates / sizeof *rates; k++) {
            struct rw_outage low = outage(i, 3, rates[k], 1);
            struct rw_outage high = outage(i, 3, rates[k + 1], 1);
            size_t n = list(&low, few, 2000), of = list(&high, many, 2000), at = 0;

            for (size_t j = 0; j < n; j++) {
                while (at < of && many[at] < few[j])
                    at++;
                assert_true(at < of && many[at] == few[j]);
            }
        }
}

/* Through a year; at its end it has forgotten nothing that the long run knows. */
static bool
works_after_a_year(struct rw_outage x, bool running)
{
    struct rw_outage_state s = running ? rw_outage_running(&x) : rw_outage_new();
    double end = 0;

    for (; x.cycle < QUARTERS; x.cycle++) {
        end = begin_of(&x) + x.years;
        s = rw_outage_play(&x, s, rw_outage_fault(&x, begin_of(&x)), end).at;
    }
    return s.works <= end;
}

static void
it_works_for_its_availability(void **state)
{
    static const struct rw_reliability laws[] = {{14, 14 / 365.0, INFINITY, 0},
        {2, 45 / 365.0, INFINITY, 0}, {0.2, 2, INFINITY, 0},
        {400, 1 / 365.0, INFINITY, 0}, {900, 1e-5, INFINITY, 1 / 3650.0},
        {6, 40 / 365.0, 30 / 365.0, 12 / 365.0}, {6, 0, INFINITY, 20 / 365.0}};

    (void)state;
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++) {
        double want = rw_reliability_available(&laws[k]), works = 0;
        size_t n = laws[k].fails > 100 ? N / 20 : N;

        for (size_t i = 0; i < n; i++) {
            struct rw_outage x = outage(i, 0, 0, 0);

            x.law = laws[k];
            works += works_after_a_year(x, true);
        }
        assert_close(
            works / (double)n, want, CHECK_Z * sqrt(want * (1 - want) / (double)n));
    }
}

/* A new one: down with (1 - A) (1 - e^-(f + 1/d) t), from A = 1 / (1 + f d). */
static void
a_new_one_has_had_no_time_to_fail(void **state)
{
    const double f = 0.8, d = 0.7, down = f / (f + 1 / d) * -expm1(-(f + 1 / d));
    double works = 0;

    (void)state;
    for (size_t i = 0; i < N; i++)
        works += works_after_a_year(outage(i, 0, f, d), false);
    assert_close(works / N, 1 - down, CHECK_Z * sqrt(down * (1 - down) / N));
}

/* ---- future by future ---- */

static double
share(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*seed >> 11) * 0x1p-53;
}

/* Failures and findings from rare to many a week; either limit in half of them. */
static struct rw_reliability
any_law(uint64_t *seed)
{
    struct rw_reliability x = {
        exp(6 * share(seed) - 1), exp(6 * share(seed) - 6), INFINITY, 0};

    if (share(seed) < 0.5)
        x.at_most = exp(4 * share(seed) - 5);
    if (share(seed) < 0.5)
        x.correction = exp(4 * share(seed) - 5);
    return x;
}

/* One of its figures is better, or all. */
static struct rw_reliability
better(struct rw_reliability x, uint64_t *seed)
{
    unsigned what = (unsigned)(5 * share(seed));
    double by = share(seed);

    x.fails *= what == 0 || what == 4 ? by : 1;
    x.years *= what == 1 || what == 4 ? by : 1;
    x.at_most *= what == 2 || what == 4 ? by : 1;
    x.correction *= what == 3 || what == 4 ? by : 1;
    return x;
}

static void
where_the_worse_works_the_better_does(void **state)
{
    uint64_t seed = 3;
    size_t apart = 0;

    (void)state;
    for (size_t i = 0; i < N / 2; i++) {
        struct rw_outage x[2] = {outage(i, 0, 0, 0), outage(i, 0, 0, 0)};
        struct rw_outage_state s[2];

        x[0].law = any_law(&seed);
        x[1].law = better(x[0].law, &seed);
        for (int k = 0; k < 2; k++)
            s[k] = i % 2 ? rw_outage_running(&x[k]) : rw_outage_new();
        for (unsigned t = 0; t < 6; t++) {
            struct rw_outage_state next[2];

            for (int k = 0; k < 2; k++) /* what begins with the cycle is as new */
                s[k].works =
                    isfinite(s[k].works)
                        ? fmin(s[k].works, begin_of(&x[k]) + x[k].law.correction)
                        : s[k].works;
            for (int j = 1; j <= 20; j++) {
                double time = begin_of(&x[0]) + x[0].years * j / 20;
                bool works[2];

                for (int k = 0; k < 2; k++) {
                    double fault = rw_outage_fault(&x[k], begin_of(&x[k]));

                    next[k] = rw_outage_play(&x[k], s[k], fault, time).at;
                    works[k] = next[k].works <= time;
                }
                assert_true(works[1] || !works[0]);
                apart += works[1] != works[0];
            }
            for (int k = 0; k < 2; k++) {
                s[k] = next[k];
                x[k].cycle++;
            }
        }
    }
    assert_true(apart > N / 20);
}

/* What is noted of a cycle against what is played up to a time. */
static void
the_changes_tell_when_it_works(void **state)
{
    size_t seen[RW_OUTAGE_NOTED + 2] = {0};
    uint64_t seed = 5;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        struct rw_outage x = outage(i, 2, 0, 0);
        struct rw_outage_state from;
        struct rw_outage_play p;
        double begin = begin_of(&x), fault;

        x.law = any_law(&seed);
        from = rw_outage_running(&x);
        fault = rw_outage_fault(&x, begin);
        p = rw_outage_play(&x, from, fault, begin + x.years);
        seen[p.changes < RW_OUTAGE_NOTED ? p.changes : RW_OUTAGE_NOTED + 1]++;
        for (int j = 0; j <= 16 && p.changes <= RW_OUTAGE_NOTED; j++) {
            double time = begin + x.years * j / 16;

            assert_true(rw_outage_works(from.works <= begin, p.changes, p.when, time) ==
                        (rw_outage_play(&x, from, fault, time).at.works <= time));
        }
    }
    for (size_t k = 0; k < RW_OUTAGE_NOTED; k++)
        assert_true(seen[k] > 100);
}

/* To the last bit, whatever the law: rates of one band and of several, findings that
 * come at once, in cells of many points and by age, corrections that are overtaken. */
static void
check_many(const struct rw_outage_set *set, const double fails[], const double works[])
{
    static double fault[RW_OUTAGE_ITEMS], next[RW_OUTAGE_ITEMS];
    struct rw_outage_play play[RW_OUTAGE_ITEMS];
    struct rw_outage_item item[RW_OUTAGE_ITEMS];
    double begin = set->cycle * set->years, end = (set->cycle + 1) * set->years;

    rw_outage_faults(set, 1000, RW_OUTAGE_ITEMS, fails, fault, next);
    for (size_t i = 0; i < RW_OUTAGE_ITEMS; i++)
        item[i] = (struct rw_outage_item){1000 + i, fails[i], fault[i], next[i],
            {works[i] > begin ? begin - 0.01 : -INFINITY, works[i]}, &play[i]};
    rw_outage_plays(set, RW_OUTAGE_ITEMS, item);
    for (size_t i = 0; i < RW_OUTAGE_ITEMS; i++) {
        struct rw_outage x = {
            set->seed, set->lanes, 1000 + i, set->cycle, set->years, set->law};
        struct rw_outage_play p;
        size_t noted;

        x.law.fails = fails[i];
        assert_true(rw_outage_fault(&x, begin) == fault[i]);
        if (!isnan(next[i]) && !isinf(fault[i]))
            assert_true(rw_outage_fault(&x, fault[i]) == next[i]);
        p = rw_outage_play(&x, item[i].from, fault[i], end);
        noted = p.changes < RW_OUTAGE_NOTED ? p.changes : RW_OUTAGE_NOTED;
        assert_int_equal(p.changes, play[i].changes);
        assert_memory_equal(&p.at, &play[i].at, sizeof p.at);
        assert_true(p.now == play[i].now);
        assert_memory_equal(p.when, play[i].when, noted * sizeof *p.when);
    }
}

static void
many_at_once_are_what_each_is(void **state)
{
    static const double rates[] = {0, 0.1, 3, 15.9, 16.1, 70, 700};
    static const struct rw_reliability laws[] = {{0, 0.05, INFINITY, 0},
        {0, 0.4, INFINITY, 0.02}, {0, 0.01, INFINITY, 0.1}, {0, 1e-3, 5e-4, 1e-3},
        {0, 0, INFINITY, 0.01}, {0, 2, 0.06, 0}};
    double fails[RW_OUTAGE_ITEMS], works[RW_OUTAGE_ITEMS];

    (void)state;
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++)
        for (size_t r = 0; r <= sizeof rates / sizeof *rates; r++)
            for (unsigned cycle = 0; cycle < 9; cycle += 4) {
                struct rw_outage x = outage(0, cycle, 0, 1);
                struct rw_outage_set set = {7, x.lanes, cycle, x.years, laws[k]};
                const double from[] = {-INFINITY, INFINITY, begin_of(&x) + 0.01};

                for (size_t i = 0; i < RW_OUTAGE_ITEMS; i++) {
                    fails[i] = rates[r < 7 ? r : i % 7]; /* at last all of them */
                    works[i] = from[i % 3];
                }
                check_many(&set, fails, works);
            }
}

CHECK_MAIN(cmocka_unit_test(failures_are_a_poisson_process),
    cmocka_unit_test(a_lower_rate_thins),
    cmocka_unit_test(many_at_once_are_what_each_is),
    cmocka_unit_test(it_works_for_its_availability),
    cmocka_unit_test(a_new_one_has_had_no_time_to_fail),
    cmocka_unit_test(where_the_worse_works_the_better_does),
    cmocka_unit_test(the_changes_tell_when_it_works))
