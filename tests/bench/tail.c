/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/tail.c -- what conditional Monte Carlo is worth: mean squared
 * error of a year's 0.99 quantile against counting years, at equal CPU time.
 *
 * Counting is done as fast as it honestly can: counts by a search in a table,
 * all losses from the quantile table in bulk, the order statistic by
 * selection.  Its number of years is set so that it takes the time of the
 * other, set-up included on both sides; what is left of a difference in time
 * is allowed for (its squared error goes with 1 / time).  The true values are
 * known to ten digits from the exact law by FFT. */
#include "num/conditional.h"
#include "num/sampler.h"
#include "tests/bench/clock.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { REPEATS = 200, MOST_COUNT = 256, STEP = 1024 };

struct problem {
    const char *name;
    enum rw_count_law law;
    double m, dispersion, quantile;
    struct rw_dist amount;
    double cumulative[MOST_COUNT];
};

static struct rw_dist
lognormal(const char *p1, double v1, const char *p2, double v2)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_make("lognormal", (const struct rw_dist_arg[]){{p1, v1}, {p2, v2}}, 2,
            &d, &bad, why) != RW_OK)
        abort();
    return d;
}

/* ---- counting ---- */

/* x[k] becomes what it were if x were sorted. */
static double
selected(double x[], size_t n, size_t k)
{
    size_t low = 0, high = n - 1;

    while (low < high) {
        double a = x[low], b = x[low + (high - low) / 2], c = x[high];
        double pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
        size_t i = low, j = high;

        for (;;) {
            double t;

            while (x[i] < pivot)
                i++;
            while (x[j] > pivot)
                j--;
            if (i >= j)
                break;
            t = x[i];
            x[i++] = x[j];
            x[j--] = t;
        }
        if (k <= j)
            high = j;
        else
            low = j + 1;
    }
    return x[k];
}

/* Losses of year after year, refilled in bulk. */
struct losses {
    uint64_t seed;
    const struct rw_sampler *sampler;
    uint64_t quad;
    size_t at;
    double x[STEP];
};

static double
next_loss(struct losses *l)
{
    if (l->at == STEP) {
        for (size_t i = 0; i < STEP; i += 4)
            rw_stream_quad((struct rw_stream){l->seed, 2}, 0, l->quad++, &l->x[i]);
        rw_sampler_map(l->sampler, STEP, l->x, l->x);
        l->at = 0;
    }
    return l->x[l->at++];
}

/* The order statistic of n years. */
static double
counted(const struct problem *p, const struct rw_sampler *s, uint64_t seed, size_t n,
    double year[])
{
    struct losses l = {.seed = seed, .sampler = s, .at = STEP, .quad = 0};
    double u[4];

    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        unsigned events = 0;

        if (i % 4 == 0)
            rw_stream_quad((struct rw_stream){seed, 1}, 0, i / 4, u);
        while (u[i % 4] > p->cumulative[events])
            events++;
        while (events-- > 0)
            sum += next_loss(&l);
        year[i] = sum;
    }
    return selected(year, n, (size_t)ceil((double)n * 0.99) - 1);
}

/* ---- conditional ---- */

static double
conditional(const struct problem *p, uint64_t seed, size_t n)
{
    struct rw_event_part part = {.amount = p->amount, .scale = 1, .probability = 1};
    struct rw_compound_member member = {
        .share = 1, .event = {.parts = &part, .n_parts = 1}};
    double one = 1, value;
    struct rw_compound c = {.law = p->law,
        .dispersion = p->dispersion,
        .m = &p->m,
        .weight = &one,
        .n_nodes = 1,
        .members = &member,
        .n_members = 1};
    struct rw_conditional *made;

    if (rw_conditional_new(&c, 1, 0.99, n, (struct rw_stream){seed, 3}, &made, NULL) !=
        RW_OK)
        abort();
    value = rw_conditional_quantile(made, 0.99, 0.95).value;
    rw_conditional_free(made);
    return value;
}

/* ---- against each other ---- */

struct score {
    double seconds, square, fourth; /* sums of (error / truth)^2 and ^4 */
};

static void
add(struct score *s, double seconds, double value, double truth)
{
    double error = (value / truth - 1) * (value / truth - 1);

    s->seconds += seconds;
    s->square += error;
    s->fourth += error * error;
}

/* Relative variance of the mean square. */
static double
noise(const struct score *s)
{
    return s->fourth / (s->square * s->square) - 1.0 / REPEATS;
}

/* Set-up of the quantile table is the crude loop's too. */
static double
counting_run(const struct problem *p, uint64_t seed, size_t n, double year[])
{
    struct rw_arena a;
    struct rw_sampler s;
    double v;

    rw_arena_init(&a);
    if (rw_sampler_init(&s, &p->amount, &a) != RW_OK)
        abort();
    v = counted(p, &s, seed, n, year);
    rw_arena_fini(&a);
    return v;
}

static void
compare(const struct problem *p, size_t n_points)
{
    size_t n = 200000, most = 50000000;
    double *year = malloc(most * sizeof *year), begun, each, ratio;
    struct score crude = {0}, other = {0};

    if (year == NULL)
        abort();
    begun = now();
    (void)counting_run(p, 0, n, year);
    each = (now() - begun) / (double)n;
    begun = now();
    for (uint64_t r = 0; r < 5; r++)
        (void)conditional(p, r, n_points);
    n = (size_t)fmin(fmax((now() - begun) / 5 / each, 1000), (double)most);
    for (uint64_t r = 0; r < REPEATS; r++) {
        double v;

        begun = now();
        v = counting_run(p, 100 + r, n, year);
        add(&crude, now() - begun, v, p->quantile);
        begun = now();
        v = conditional(p, 100 + r, n_points);
        add(&other, now() - begun, v, p->quantile);
    }
    ratio = crude.square * crude.seconds / (other.square * other.seconds);
    printf("%-32s %8zu points %7.2f ms %9.2g %9zu years %7.2f ms %9.2g %9.3g +- %.2g\n",
        p->name, n_points, 1e3 * other.seconds / REPEATS, sqrt(other.square / REPEATS),
        n, 1e3 * crude.seconds / REPEATS, sqrt(crude.square / REPEATS), ratio,
        ratio * sqrt(noise(&crude) + noise(&other)));
    free(year);
}

int
main(void)
{
    struct problem problems[] = {
        {.name = "Poisson(1) x lognormal(0, 2)",
            .law = RW_COUNT_POISSON,
            .m = 1,
            .quantile = 109.7797217,
            .amount = lognormal("mu", 0, "sigma", 2)},
        {.name = "NegBin(1.2, 2.5) x [50k, 2.5M]",
            .law = RW_COUNT_NEGBIN,
            .m = 3,
            .dispersion = 1 / 1.2,
            .quantile = 14550464.55,
            .amount = lognormal("p5", 50000, "p95", 2500000)},
    };

    printf(
        "0.99 quantile of a year: relative error and CPU time, %d times, one thread; "
        "ratio of mean squared errors at equal CPU time\n",
        REPEATS);
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        struct problem *p = &problems[i];
        struct rw_count c = {.law = p->law, .dispersion = p->dispersion};
        double sum = 0;

        for (unsigned k = 0; k < MOST_COUNT; k++) {
            sum += rw_count_pmf(&c, p->m, k);
            p->cumulative[k] = k + 1 == MOST_COUNT ? 1 : sum;
        }
        for (size_t n = 4000; n <= 400000; n *= 10)
            compare(p, n);
    }
    return 0;
}
