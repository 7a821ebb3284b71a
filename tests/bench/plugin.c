/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/plugin.c -- what a plugin costs, as ratios within one run.
 *
 * Chain: tef*vuln*(1-eff)*(pl+sl*0.3) of a plugin, called as the engine does, block
 * after block of RW_RUN_BLOCK futures and CYCLES cycles, against one fused loop in C
 * over the same rows.  The whole call counts: binding, checking and copying out too.
 *
 * Threat: a whole run of one threat whose two estimates stand in the scenario, against
 * the same two given to a plugin that passes them on; with many events and with few,
 * where a plugin weighs most.
 *
 * The two sides take turns; the median of the ratios is reported. */
#include "plug/host.h"
#include "tests/bench/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 15, PARAMS = 5, N = RW_RUN_BLOCK, CYCLES = 12, BLOCKS = 400 };

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
median(double x[PAIRS])
{
    qsort(x, PAIRS, sizeof *x, ascending);
    return x[PAIRS / 2];
}

static void
must(enum rw_err err, const struct rw_error *e)
{
    if (err != RW_OK) {
        fprintf(stderr, "plugin: %s\n", e->text);
        exit(1);
    }
}

static const struct rw_plugin *
load(const char *text, struct rw_arena *a, struct rw_sampler *normal)
{
    const struct rw_dist d = SMALL_DIST("normal", {"mean", 0}, {"sd", 1});
    const struct rw_plugin *p;
    struct rw_error e;

    rw_error_clear(&e);
    must(rw_sampler_init(normal, &d, a), &e);
    must(rw_host_load(
             a, "bench.lua", text, strlen(text), &rw_limits_default, normal, &p, &e),
        &e);
    return p;
}

/* ---- the chain ---- */

static const char chain_text[] =
    "return riskwheel.threat { api = 1, name = 'bench', doc = 'd', parameters = {\n"
    "  tef = { unit = '1/year', doc = 'd' }, vuln = { unit = '1', doc = 'd' },\n"
    "  eff = { unit = '1', doc = 'd' }, pl = { unit = '1', doc = 'd' },\n"
    "  sl = { unit = '1', doc = 'd' } },\n"
    "  cycle = function(t, p)\n"
    "    t.frequency = p.tef * p.vuln * (1 - p.eff) * (p.pl + p.sl * 0.3)\n  end }\n";

struct chain {
    double rows[PARAMS][N + 8], out[N + 8];
    const double *params[PARAMS];
    struct rw_hook_field fields[RW_THREAT_FIELDS];
    struct rw_hook_call call;
    struct rw_plugin_use use;
    void *instance;
};

/* Parameters are in the order of their names. */
static __attribute__((noinline)) void
fused(size_t n, const double *const row[PARAMS], double *restrict out)
{
    const double *eff = row[0], *pl = row[1], *sl = row[2], *tef = row[3],
                 *vuln = row[4];

    for (size_t i = 0; i < n; i++)
        out[i] = tef[i] * vuln[i] * (1 - eff[i]) * (pl[i] + sl[i] * 0.3);
}

static double
fused_seconds(struct chain *c)
{
    double begun = now();

    for (int b = 0; b < BLOCKS * CYCLES; b++)
        fused(N, c->params, c->out);
    return now() - begun;
}

static double
chain_seconds(struct chain *c)
{
    const struct rw_plugin_ops *ops = c->use.plugin->ops;
    double begun = now();
    struct rw_error e;

    rw_error_clear(&e);
    for (int b = 0; b < BLOCKS; b++) {
        c->call.first = (uint64_t)b * N;
        must(ops->begin(c->instance, &e), &e);
        for (unsigned t = 0; t < CYCLES; t++) {
            c->call.cycle = t;
            c->fields[RW_THREAT_CYCLE].number = t + 1;
            must(ops->call(c->instance, &c->call, &e), &e);
        }
    }
    return now() - begun;
}

static void
chain_open(struct chain *c, const struct rw_plugin *p)
{
    struct rw_error e;

    rw_error_clear(&e);
    rw_hook_threat_fields(c->fields);
    for (size_t k = 0; k < PARAMS; k++) {
        c->params[k] = c->rows[k];
        for (size_t i = 0; i < N; i++)
            c->rows[k][i] = (double)((i * 7 + k * 13) % 100) / 100;
    }
    for (int k = RW_THREAT_FREQUENCY; k < RW_THREAT_FIELDS; k++)
        c->fields[k].x = c->out;
    c->call = (struct rw_hook_call){
        .n = N, .params = c->params, .fields = c->fields, .n_fields = RW_THREAT_FIELDS};
    c->use = (struct rw_plugin_use){.plugin = p, .owner = "threat bench"};
    must(p->ops->open(&c->use, &c->instance, &e), &e);
}

static void
bench_chain(void)
{
    static struct chain c;
    double ratio[PAIRS], plugin[PAIRS], loop[PAIRS], per = 1e9 / BLOCKS / CYCLES / N;
    struct rw_sampler normal;
    struct rw_arena a;

    rw_arena_init(&a);
    chain_open(&c, load(chain_text, &a, &normal));
    (void)chain_seconds(&c);
    for (int k = 0; k < PAIRS; k++) {
        double f = fused_seconds(&c), p = chain_seconds(&c);

        loop[k] = f * per;
        plugin[k] = p * per;
        ratio[k] = p / f;
    }
    printf(
        "tef*vuln*(1-eff)*(pl+sl*0.3), blocks of %d, medians of %d pairs\n", N, PAIRS);
    printf("  fused loop in C           %6.2f ns per element\n", median(loop));
    printf("  whole call of a plugin    %6.2f ns per element\n", median(plugin));
    printf(
        "  plugin / loop             %6.2f (at most 1.5 is wanted)\n", median(ratio));
    c.use.plugin->ops->close(c.instance);
    rw_arena_fini(&a);
}

/* ---- the threat ---- */

static const char threat_text[] =
    "return riskwheel.threat { api = 1, name = 'bench', doc = 'd', parameters = {\n"
    "  attempts = { unit = '1/year', min = 0, doc = 'd' },\n"
    "  success = { unit = '1', min = 0, max = 1, doc = 'd' } },\n"
    "  cycle = function(t, p)\n"
    "    t.frequency = p.attempts; t.susceptibility = p.success\n  end }\n";

/* One threat of `events` successes a year, quarters over three years. */
static struct rw_model *
threat_model(struct rw_arena *a, double events, const struct rw_plugin *p)
{
    struct rw_model *m = small_model(a, 1, 1, 0, 1, CYCLES, 4);
    struct rw_threat *t = &m->threats[0];
    struct rw_estimate *v = RW_ARENA_NEW(a, 2, struct rw_estimate);

    t->losses[0].amount = SMALL_DIST("lognormal", {"mu", 10}, {"sigma", 2});
    v[0].dist =
        SMALL_DIST("pert", {"min", events}, {"mode", 2 * events}, {"max", 3 * events});
    v[1].dist = SMALL_DIST("beta", {"alpha", 5}, {"beta", 5});
    if (p == NULL) {
        t->frequency.dist = v[0].dist;
        t->susceptibility.dist = v[1].dist;
    } else {
        t->use.plugin = p;
        t->use.owner = "threat t0";
        t->use.values = v;
    }
    small_build(m, a);
    return m;
}

static void
bench_threat(double events, size_t n)
{
    double ratio[PAIRS], built_in[PAIRS], plugin[PAIRS];
    struct rw_sampler normal;
    struct rw_arena a;
    const struct rw_model *m[2];

    rw_arena_init(&a);
    m[0] = threat_model(&a, events, NULL);
    m[1] = threat_model(&a, events, load(threat_text, &a, &normal));
    for (int k = 0; k < PAIRS; k++) {
        double b = run_seconds(m[0], n), p = run_seconds(m[1], n);

        built_in[k] = b * 1e9 / (double)n / CYCLES;
        plugin[k] = p * 1e9 / (double)n / CYCLES;
        ratio[k] = p / b;
    }
    printf("one threat, %g events a year, %zu futures of %d quarters, one thread\n",
        events, n, CYCLES);
    printf("  built in                  %6.2f ns per future and cycle\n",
        median(built_in));
    printf(
        "  a plugin                  %6.2f ns per future and cycle\n", median(plugin));
    printf(
        "  plugin / built in         %6.3f (at most 1.15 is wanted)\n", median(ratio));
    rw_arena_fini(&a);
}

int
main(void)
{
    bench_chain();
    bench_threat(5, 100000);
    bench_threat(0.1, 100000);
    return 0;
}
