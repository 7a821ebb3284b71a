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

/* ---- many at once ---- */

/* More than are drawn or played together, and not a multiple of it; the first of them;
 * how long the rows are. */
enum { MANY = 300, FIRST = 1000, ROOM = 310, TAG = 5 * RW_OUTAGE_TAGS };

static uint8_t count[ROOM];
static uint32_t times[RW_OUTAGE_POINTS * ROOM];
static const struct rw_outage_faults faults = {ROOM, count, times};

static struct rw_outage
one_of(const struct rw_outage_set *set, const double fails[], size_t i)
{
    struct rw_outage x = {
        set->seed, set->lanes, FIRST + i, set->cycle, set->years, set->law};

    x.law.fails = fails != NULL ? fails[i] : set->law.fails;
    return x;
}

/* The listed failures are those that outage.c draws one after the other. */
static void
check_faults(const struct rw_outage *x, size_t i)
{
    double at = begin_of(x);

    for (size_t k = 0; k < count[i]; k++) {
        at = rw_outage_fault(x, at);
        assert_true(
            at == (x->cycle + (times[k * ROOM + i] + 0.5) * 0x1p-24) * x->years);
    }
    assert_true(isinf(rw_outage_fault(x, at)));
}

static bool
same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static double row[4][ROOM], when[ROOM][RW_OUTAGE_NOTED];
static uint32_t future[ROOM];
static uint8_t changes[ROOM], worked[ROOM];
static struct rw_outage_state began[ROOM];

/* What the rows say against what outage.c plays. */
static void
check_one(const struct rw_outage *x, struct rw_outage_state from, size_t i)
{
    double begin = begin_of(x), half = begin + x->years / 2;
    double fault = rw_outage_fault(x, begin), end = (x->cycle + 1) * x->years;
    struct rw_outage_play p = rw_outage_play(x, from, fault, end);

    assert_int_equal(p.changes < UINT8_MAX ? p.changes : UINT8_MAX, changes[i]);
    assert_true(same(p.at.works, row[0][i]));
    assert_true(isinf(x->law.at_most) || same(p.at.failed, row[1][i]));
    assert_int_equal(from.works <= begin, (worked[i] & RW_OUTAGE_BEGAN) > 0);
    assert_int_equal(rw_outage_play(x, from, fault, half).at.works <= half,
        (worked[i] & RW_OUTAGE_MIDDLE) > 0);
    assert_int_equal(TAG, worked[i] / RW_OUTAGE_TAGS * RW_OUTAGE_TAGS);
    for (unsigned k = 0; k < RW_OUTAGE_NOTED; k++)
        assert_true(same(k < p.changes ? p.when[k] : INFINITY, when[i][k]));
    if (p.changes > RW_OUTAGE_NOTED)
        assert_true(same(began[i].works, from.works));
    if (p.changes > RW_OUTAGE_NOTED && isfinite(x->law.at_most))
        assert_true(same(began[i].failed, from.failed));
}

/* To the last bit, whatever the law: rates of one band and of several, findings that
 * come at once, in cells of many points and by age, corrections that are overtaken.
 * Returns how many were listed. */
static size_t
check_many(const struct rw_outage_set *set, const double fails[], const double works[])
{
    bool ages = isfinite(set->law.at_most);
    struct rw_outage_list list = {0, future, row[2], ages ? row[3] : NULL};
    const struct rw_outage_rows to = {
        row[0], ages ? row[1] : NULL, changes, worked, TAG, when, began};
    double begin = set->cycle * set->years;
    size_t listed = 0;

    for (size_t i = MANY; i-- > 0;) {
        row[0][i] = -1;
        future[list.n] = (uint32_t)i;
        row[2][list.n] = works[i];
        row[3][list.n] = works[i] > begin ? begin - 0.01 : -INFINITY;
        list.n += i % 7 > 0; /* all but some, which stay as they are */
    }
    rw_outage_faults(set, FIRST, MANY, fails, &faults);
    rw_outage_plays(set, FIRST, fails, &faults, &list, &to);
    for (size_t i = 0; i < MANY; i++) {
        struct rw_outage x = one_of(set, fails, i);
        struct rw_outage_state from = {
            works[i] > begin ? begin - 0.01 : -INFINITY, works[i]};

        if (count[i] != RW_OUTAGE_MANY) {
            check_faults(&x, i);
            listed++;
        }
        if (i % 7 > 0)
            check_one(&x, from, i);
        else
            assert_true(row[0][i] == -1);
    }
    return listed;
}

/* How many begin that have been running for long. */
static void
check_runnings(const struct rw_outage_set *set, const double fails[], size_t seen[3])
{
    bool ages = isfinite(set->law.at_most);
    struct rw_outage_list list = {MANY - 1, future, row[0], ages ? row[1] : NULL};

    for (size_t j = 0; j < list.n; j++)
        future[j] = (uint32_t)(MANY - 1 - j);
    rw_outage_runnings(set, FIRST, fails, &list);
    for (size_t j = 0; j < list.n; j++) {
        struct rw_outage x = one_of(set, fails, future[j]);
        struct rw_outage_state s = rw_outage_running(&x);

        if (s.works > begin_of(&x)) {
            assert_true(same(s.works, row[0][j]));
            seen[isinf(s.works) ? 1 : 2]++;
        } else {
            assert_true(row[0][j] <= begin_of(&x));
            seen[0]++;
        }
        if (ages)
            assert_true(same(s.failed, row[1][j]));
    }
}

static void
many_begin_as_each_does(void **state)
{
    uint64_t seed = 3;
    size_t seen[3] = {0};

    (void)state;
    for (size_t k = 0; k < 300; k++) {
        struct rw_outage x = outage(0, (unsigned)(k * k % 40), 0, 1);
        struct rw_outage_set set = {k, x.lanes, x.cycle, x.years, any_law(&seed)};
        double fails[MANY];

        for (size_t i = 0; i < MANY; i++)
            fails[i] = i % 50 ? any_law(&seed).fails : 0;
        check_runnings(&set, k % 2 ? fails : NULL, seen);
    }
    for (size_t k = 0; k < 3; k++)
        assert_true(seen[k] > 1000);
}

static void
many_at_once_are_what_each_is(void **state)
{
    static const double rates[] = {0, 0.1, 3, 11, 15.9, 16.1, 70, 700};
    static const struct rw_reliability laws[] = {{0, 0.05, INFINITY, 0},
        {0, 0.4, INFINITY, 0.02}, {0, 0.01, INFINITY, 0.1}, {0, 1e-3, 5e-4, 1e-3},
        {0, 0, INFINITY, 0.01}, {0, 0, INFINITY, 0}, {0, 2, 0.06, 0},
        {0, 0.0625, 0.1, 0.03}, {0, 1e-9, INFINITY, 0}, {0, 1e9, INFINITY, 0}};
    enum { RATES = sizeof rates / sizeof *rates };
    double fails[MANY], works[MANY];
    size_t listed = 0;

    (void)state;
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++)
        for (size_t r = 0; r <= RATES; r++)
            for (unsigned cycle = 0; cycle < 9; cycle += 4) {
                struct rw_outage x = outage(0, cycle, 0, 1);
                struct rw_outage_set set = {7, x.lanes, cycle, x.years, laws[k]};
                const double from[] = {-INFINITY, INFINITY, begin_of(&x) + 0.01};

                set.law.fails = rates[r % RATES];
                for (size_t i = 0; i < MANY; i++) {
                    fails[i] = rates[(r + i) % RATES];
                    works[i] = from[i % 3];
                }
                listed += check_many(&set, r < RATES ? NULL : fails, works);
            }
    assert_true(listed > 10000);
}

/* Laws, cycles and states at random, extreme ones among them. */
static void
many_at_once_are_what_each_is_under_any_law(void **state)
{
    uint64_t seed = 11;

    (void)state;
    for (size_t k = 0; k < 300; k++) {
        struct rw_outage x = outage(0, (unsigned)(k * k % 40), 0, 1);
        struct rw_outage_set set = {k, x.lanes, x.cycle, x.years, any_law(&seed)};
        double fails[MANY], works[MANY];

        if (k % 3 == 0)
            set.years = 1;
        for (size_t i = 0; i < MANY; i++) {
            struct rw_reliability law = any_law(&seed);

            fails[i] = k % 2 ? law.fails : set.law.fails;
            works[i] = set.cycle * set.years + law.years - 0.1;
            works[i] = i % 3 ? works[i] : i % 2 ? INFINITY : -INFINITY;
        }
        check_many(&set, k % 5 ? fails : NULL, works);
    }
}

CHECK_MAIN(cmocka_unit_test(failures_are_a_poisson_process),
    cmocka_unit_test(a_lower_rate_thins), cmocka_unit_test(many_begin_as_each_does),
    cmocka_unit_test(many_at_once_are_what_each_is),
    cmocka_unit_test(many_at_once_are_what_each_is_under_any_law),
    cmocka_unit_test(it_works_for_its_availability),
    cmocka_unit_test(a_new_one_has_had_no_time_to_fail),
    cmocka_unit_test(where_the_worse_works_the_better_does),
    cmocka_unit_test(the_changes_tell_when_it_works))
