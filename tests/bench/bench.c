/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/bench.c -- how fast the engine is, as ratios within one run.
 *
 * Static risk: Poisson(5) events of lognormal(10, 2) a year.  The yardsticks are the
 * loop anyone would write with GSL (one mt19937, gsl_ran_poisson, gsl_ran_lognormal, one
 * array of yearly losses) and the floor: the draws that the problem needs from our
 * generator, with their quantiles, and nothing else.  All is per event, a long run
 * less a short one, so that set-up does not count.
 *
 * Hospital: scenarios/hospital.json with `nothing' alone and with its three strategies.
 * Its floor is what the draws cost at least (draws_of).
 *
 * Yardstick and engine take turns; medians of the ratios are reported.  docs/performance.md
 * says more. */
#include "tests/bench/bench.h"

#include "plug/catalogue.h"
#include "read/read.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 1000000, FEW = 100000 };

static const double per_event = 1e9 / ((double)BENCH_MEAN * (N - FEW));

static double
gsl_seconds(size_t n)
{
    gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
    double *loss = malloc(n * sizeof *loss), begun = now(), spent;

    if (r == NULL || loss == NULL)
        abort();
    for (size_t i = 0; i < n; i++) {
        unsigned events = gsl_ran_poisson(r, BENCH_MEAN);

        loss[i] = 0;
        while (events-- > 0)
            loss[i] += gsl_ran_lognormal(r, BENCH_MU, BENCH_SIGMA);
    }
    spent = now() - begun;
    free(loss);
    gsl_rng_free(r);
    return spent;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double
bench_median(double x[], size_t n)
{
    qsort(x, n, sizeof *x, ascending);
    return x[n / 2];
}

static struct rw_model *
read_model(const char *name, struct rw_arena *a)
{
    const char *top = getenv("top_srcdir");
    const char *folder = rw_arena_printf(a, "%s/plugins", top ? top : ".."), *file;
    struct rw_catalogue *c;
    struct rw_plugin_finder finder;
    struct rw_text report;
    struct rw_model *m;
    struct rw_error e;

    rw_error_clear(&e);
    rw_text_init(&report);
    file = rw_arena_printf(a, "%s/%s", top ? top : "..", name);
    if (folder == NULL || file == NULL ||
        rw_catalogue_new(&folder, 1, NULL, &c, &e) != RW_OK)
        abort();
    finder = rw_catalogue_finder(c);
    if (rw_read_scenario(file, NULL, 0, &finder, a, &m, &report, &e) != RW_OK ||
        rw_model_build(m, a, &e) != RW_OK) {
        fprintf(
            stderr, "bench: %s\n%s%s\n", file, report.len > 0 ? report.s : "", e.text);
        exit(1);
    }
    rw_text_fini(&report);
    return m;
}

/* ---- the static risk ---- */

enum side { GSL, NUMPY, RAW, FLOOR, KERNEL, RUN, PROGRAM, AVX2, PLAIN, SIDES };

static double
program_seconds(const char *name, size_t n, int threads, double *wall)
{
    const char *program = getenv("RISKWHEEL"), *top = getenv("top_srcdir");
    char file[4096], trials[32], count[16];
    char *argv[] = {(char *)(program ? program : "./riskwheel"), "run", file,
        "--trials", trials, "--threads", count, "--no-plots", "--no-band", "--quiet",
        "-o", "bench.out", NULL};

    (void)snprintf(file, sizeof file, "%s/%s", top ? top : "..", name);
    (void)snprintf(trials, sizeof trials, "%zu", n);
    (void)snprintf(count, sizeof count, "%d", threads);
    return bench_child(argv, wall);
}

static double
numpy_seconds(size_t n)
{
    const char *python = getenv("PYTHON"), *top = getenv("top_srcdir");
    char file[4096], trials[32];
    char *argv[] = {(char *)(python ? python : "python3"), file, trials, NULL};
    double wall;

    (void)snprintf(file, sizeof file, "%s/tests/bench/numpy_loop.py", top ? top : "..");
    (void)snprintf(trials, sizeof trials, "%zu", n);
    return bench_child(argv, &wall);
}

/* Its kernels as RISKWHEEL_CPU has it. */
static double
program_within(const char *registers, size_t n)
{
    double wall, used;

    (void)setenv("RISKWHEEL_CPU", registers, 1);
    used = program_seconds("tests/bench/static.json", n, 1, &wall);
    (void)unsetenv("RISKWHEEL_CPU");
    return used;
}

static double
side_seconds(enum side side, const struct rw_model *m, size_t n)
{
    double wall;
    size_t events;

    switch (side) {
    case GSL:
        return gsl_seconds(n);
    case NUMPY:
        return numpy_seconds(n);
    case RAW: /* of a uniform */
        return bench_raw(n * BENCH_MEAN);
    case FLOOR:
        return bench_floor(&m->threats[0].losses[0].sampler, n, &events);
    case KERNEL:
        return bench_kernel(m, n);
    case RUN:
        return run_seconds(m, n);
    case AVX2:
        return program_within("avx2", n);
    case PLAIN:
        return program_within("plain", n);
    case PROGRAM:
    case SIDES:
        break;
    }
    return program_seconds("tests/bench/static.json", n, 1, &wall);
}

/* Nanoseconds an event; negative: there is none. */
static double
each_event(enum side side, const struct rw_model *m)
{
    double few = side_seconds(side, m, FEW);

    return few < 0 ? few : (side_seconds(side, m, N) - few) * per_event;
}

static void
ratio(const char *what, double t[SIDES][BENCH_PAIRS], enum side above, enum side below)
{
    double x[BENCH_PAIRS];

    for (int k = 0; k < BENCH_PAIRS; k++)
        x[k] = t[above][k] / t[below][k];
    if (t[above][0] < 0)
        printf("  %-36s skipped: there is no numpy\n", what);
    else
        printf("  %-36s %8.2f\n", what, bench_median(x, BENCH_PAIRS));
}

static void
static_risk(struct rw_arena *a)
{
    static const char *const name[SIDES] = {"scalar GSL loop",
        "numpy, vectorised, whole program", "raw generator, a uniform",
        "floor: the draws it needs", "world: events and their losses",
        "engine: world, wheel, accounts", "whole program",
        "the same, with AVX2 at most", "the same, with plain kernels"};
    static double t[SIDES][BENCH_PAIRS];
    const struct rw_model *m = read_model("tests/bench/static.json", a);

    printf(
        "Static risk, Poisson(5) x lognormal(10, 2), one thread; %d futures less %d, "
        "medians of %d turns\n",
        N, FEW, BENCH_PAIRS);
    for (int k = 0; k < BENCH_PAIRS; k++)
        for (enum side s = 0; s < SIDES; s++)
            t[s][k] = s == NUMPY && k > 0 && t[s][0] < 0 ? -1 : each_event(s, m);
    for (enum side s = 0; s < SIDES; s++) {
        double x[BENCH_PAIRS];

        for (int k = 0; k < BENCH_PAIRS; k++)
            x[k] = t[s][k];
        if (x[0] >= 0)
            printf("  %-36s %8.2f ns\n", name[s], bench_median(x, BENCH_PAIRS));
    }
    ratio("GSL loop / whole program", t, GSL, PROGRAM);
    ratio("GSL loop / engine", t, GSL, RUN);
    ratio("GSL loop / floor", t, GSL, FLOOR);
    ratio("numpy / whole program", t, NUMPY, PROGRAM);
    ratio("whole program / floor", t, PROGRAM, FLOOR);
    ratio("engine / floor", t, RUN, FLOOR);
    bench_laws(m);
}

/* ---- the hospital ---- */

enum { HOSPITAL_PAIRS = 5, HOSPITAL = 12288, HOSPITAL_FEW = 2048 };

static double
hospital_seconds(
    const struct rw_model *m, size_t n, bool nothing_alone, uint64_t *events)
{
    const size_t nothing = 0;
    struct rw_run_options x = {
        .trials = n, .seed = 1, .seed_given = true, .threads = 1};
    struct rw_outcome *o;
    struct rw_error e;
    double begun = now(), spent;

    rw_error_clear(&e);
    x.strategies = nothing_alone ? &nothing : NULL;
    x.n_strategies = nothing_alone ? 1 : 0;
    if (rw_run(m, &x, &o, &e) != RW_OK)
        abort();
    spent = now() - begun;
    *events = o->events;
    rw_outcome_free(o);
    return spent;
}

/* What a future's draws cost, seconds: a draw with its quantile for every estimate, a
 * uniform for every source in a cycle, a four for every failing control in a cycle and
 * every audit, and for every event a four for its loss, its quantile, and a four for
 * when it comes and whether it is seen. */
static double
draws_of(const struct rw_model *m, bool nothing_alone, double events)
{
    double fails = 0, audits = 0, raw = bench_raw(N) / N, four = bench_fours(N) / N;
    double draw = bench_draws(&m->threats[0].losses[0].sampler, N) / N;

    for (size_t c = 0; c < m->n_controls; c++)
        fails += m->controls[c].fails > 0;
    for (size_t s = 0; s < m->n_strategies && !nothing_alone; s++)
        audits += rw_strategy_audits(&m->strategies[s]) * fails;
    return (double)m->n_truth * draw +
           m->cycles * ((double)m->n_sources * raw + (fails + audits) * four) +
           events * (2 * four + draw - raw);
}

static void
hospital(struct rw_arena *a)
{
    const struct rw_model *m = read_model("scenarios/hospital.json", a);

    for (int all = 0; all < 2; all++) {
        double each[HOSPITAL_PAIRS], over[HOSPITAL_PAIRS], events = 0;
        size_t wheels = all ? m->n_strategies : 1;
        double turns = (double)(m->n_risks * m->cycles * wheels);

        for (int k = 0; k < HOSPITAL_PAIRS; k++) {
            uint64_t few, n;
            double t_few = hospital_seconds(m, HOSPITAL_FEW, !all, &few);
            double t = hospital_seconds(m, HOSPITAL, !all, &n);

            each[k] = (t - t_few) / (HOSPITAL - HOSPITAL_FEW);
            events = (double)(n - few) / (HOSPITAL - HOSPITAL_FEW);
            over[k] = each[k] / draws_of(m, !all, events);
        }
        printf(
            "Hospital, %s: %zu risks, %u cycles, %zu wheel%s, %.1f events a future\n",
            all ? "its three strategies" : "nothing alone", m->n_risks, m->cycles,
            wheels, wheels > 1 ? "s" : "", events);
        printf("  %-36s %8.2f\n", "engine / floor", bench_median(over, HOSPITAL_PAIRS));
        printf("  %-36s %8.2f us\n", "engine, a future",
            1e6 * bench_median(each, HOSPITAL_PAIRS));
        printf("  %-36s %8.1f million a second\n", "risks x cycles x wheels",
            1e-6 * turns / each[HOSPITAL_PAIRS / 2]);
    }
}

int
main(void)
{
    struct rw_arena a;

    rw_arena_init(&a);
    static_risk(&a);
    hospital(&a);
    bench_threads(8 * N, 4 * HOSPITAL);
    rw_arena_fini(&a);
    return 0;
}
