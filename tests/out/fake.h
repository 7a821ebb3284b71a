/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/out/fake.h -- a small organisation and the outcome of a run that
 * never was: enough of a struct rw_model and a struct rw_outcome for the
 * study and for every output.  All numbers come from one simple generator,
 * so that they are the same at every run.
 */
#ifndef RW_TESTS_OUT_FAKE_H
#define RW_TESTS_OUT_FAKE_H

#include "run/outcome.h"
#include "wheel/benefit.h"

#include <math.h>
#include <stdlib.h>

struct fake {
    struct rw_arena arena;
    struct rw_model model;
    struct rw_outcome outcome;
};

struct fake_size {
    size_t threats, assets, strategies, futures;
    unsigned cycles, per_year;
    double loss;     /* median of one future's loss in a cycle; 0: no losses at all */
    size_t controls; /* 0: one */
};

/* Knuth's 64-bit linear congruential generator (MMIX), upper bits. */
static inline double
fake_uniform(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(*state >> 12) + 0.5) * 0x1p-52;
}

static inline double
fake_lognormal(uint64_t *state, double median, double sigma)
{
    double u = fake_uniform(state), v = fake_uniform(state);

    return median * exp(sigma * sqrt(-2 * log(u)) * cos(6.283185307179586 * v));
}

static inline struct rw_moments
fake_moments(double mean, double sd, size_t n)
{
    return (struct rw_moments){n, mean, sd * sd * (double)(n - 1)};
}

static inline void
fake_model(struct fake *f, const struct fake_size *z)
{
    static const char *const threats[] = {"Ransomware",
        "AI-written phishing of all staff", "Supplier outage", "Insider misuse",
        "Web application attack", "Lost device", "Denial of service",
        "Business e-mail compromise", "Data theft", "Medical device tampering"};
    static const char *const assets[] = {"Electronic health records", "Imaging",
        "Laboratory", "Billing", "Building control"};
    static const char *const strategies[] = {
        "nothing", "roadmap", "pdca", "fourth", "fifth", "sixth"};
    struct rw_model *m = &f->model;
    struct rw_arena *a = &f->arena;

    m->file = "scenarios/fake.json";
    m->sha256 = "0000000000000000000000000000000000000000000000000000000000000000";
    m->name = "Regional hospital group";
    m->currency = "USD";
    m->cycles = z->cycles;
    m->per_year = z->per_year;
    m->cycle_name = z->per_year == 1 ? "year" : z->per_year == 4 ? "quarter" : "month";
    m->n_years = z->cycles / z->per_year;
    m->seed = 27032;
    m->n_threats = z->threats;
    m->n_assets = z->assets;
    m->n_risks = z->threats * 2;
    m->n_strategies = z->strategies;
    m->n_controls = z->controls > 0 ? z->controls : 1;
    m->n_appetite = 3;
    m->threats = RW_ARENA_NEW(a, m->n_threats, struct rw_threat);
    m->assets = RW_ARENA_NEW(a, m->n_assets, struct rw_asset);
    m->risks = RW_ARENA_NEW(a, m->n_risks, struct rw_risk);
    m->controls = RW_ARENA_NEW(a, m->n_controls, struct rw_control);
    m->strategies = RW_ARENA_NEW(a, m->n_strategies, struct rw_strategy);
    m->appetite = RW_ARENA_NEW(a, 3, struct rw_appetite);
    m->appetite[0] = (struct rw_appetite){1e6, 0.5};
    m->appetite[1] = (struct rw_appetite){5e6, 0.1};
    m->appetite[2] = (struct rw_appetite){2e7, 0.01};
    for (size_t k = 0; k < m->n_controls; k++) {
        struct rw_control *c = &m->controls[k];

        c->id = k == 0 ? "mfa" : rw_arena_printf(a, "control%zu", k);
        c->name = k == 0   ? "Phishing-resistant MFA"
                  : k == 1 ? "A control whose name is too long for any screen or bar"
                           : c->id;
        c->pillar = (enum rw_pillar)(k % RW_PILLARS);
        c->principles = k % 3 == 2 ? 0 : 3u << k % 3;
        c->effect = k == 3 ? RW_EFFECT_SUPPORT : RW_EFFECT_PREVENT;
    }
    for (size_t k = 0; k < m->n_threats; k++) {
        m->threats[k].id = rw_arena_printf(a, "threat%zu", k);
        m->threats[k].name = threats[k % 10];
    }
    for (size_t k = 0; k < m->n_assets; k++) {
        m->assets[k].id = rw_arena_printf(a, "asset%zu", k);
        m->assets[k].name = assets[k % 5];
    }
    for (size_t k = 0; k < m->n_risks; k++) {
        m->risks[k].threat = k / 2;
        m->risks[k].asset = k % m->n_assets;
        m->risks[k].id = rw_arena_printf(
            a, "threat%zu/asset%zu", m->risks[k].threat, m->risks[k].asset);
    }
    for (size_t k = 0; k < m->n_strategies; k++)
        m->strategies[k].name = strategies[k % 6];
}

/* Strategy s leaves a share of the loss that falls with the cycles. */
static inline double
fake_share(size_t s, unsigned t, unsigned cycles)
{
    return 1 / (1 + 0.9 * (double)s * (t + 1.0) / cycles);
}

static inline void
fake_cell(struct fake *f, const struct fake_size *z, size_t s, unsigned t)
{
    struct rw_outcome *o = &f->outcome;
    struct rw_cell *c = &o->cells[s * z->cycles + t];
    struct rw_histogram *h = &o->bands[s * z->cycles + t];
    double share = fake_share(s, t, z->cycles), mean = 1.5 * z->loss * share;
    struct rw_arena *a = &f->arena;
    uint64_t state = 7;

    c->residual = fake_moments(mean * z->per_year, mean, z->futures);
    c->loss = fake_moments(mean, 2 * mean, z->futures);
    c->spend = fake_moments(1e4 + 3e4 * (double)s, 2e3, z->futures);
    c->incidents = fake_moments(2 * share, 1, z->futures);
    c->seen = fake_moments(share, 1, z->futures);
    c->failed = fake_moments(0.1, 0.3, z->futures);
    c->threat_loss = RW_ARENA_NEW(a, z->threats, struct rw_moments);
    c->risk_rate = RW_ARENA_NEW(a, f->model.n_risks, struct rw_moments);
    c->risk_residual = RW_ARENA_NEW(a, f->model.n_risks, struct rw_moments);
    c->operating = RW_ARENA_NEW(a, f->model.n_controls, struct rw_moments);
    for (size_t k = 0; k < f->model.n_controls; k++)
        c->operating[k] = fake_moments(s > 0 ? 0.9 : 0, 0.1, z->futures);
    for (size_t k = 0; k < z->threats; k++)
        c->threat_loss[k] = fake_moments(mean * 2 * (double)(z->threats - k) /
                                             (double)(z->threats * (z->threats + 1)),
            mean, z->futures);
    for (size_t k = 0; k < f->model.n_risks; k++) {
        double rate = share * 8 / pow(1.7, (double)(k * 5 % 13));

        if (z->loss == 0)
            rate = 0;
        c->risk_rate[k] = fake_moments(rate, rate, z->futures);
        c->risk_residual[k] = fake_moments(
            rate * 2e4 * pow(1.9, (double)(k * 7 % 11)) * sqrt(share), 1, z->futures);
    }
    for (size_t k = 0; k < 2000; k++) {
        double x = fake_lognormal(&state, mean * z->per_year * 0.85, 0.5);

        rw_histogram_add(h, &x, 1);
    }
}

static inline void
fake_breakdown(struct fake *f, const struct fake_size *z, size_t s)
{
    struct rw_breakdown *b = &f->outcome.breakdown[s];
    struct rw_arena *a = &f->arena;
    double share = fake_share(s, z->cycles / 2, z->cycles);

    b->asset_loss = RW_ARENA_NEW(a, z->assets, struct rw_moments);
    b->form_loss = RW_ARENA_NEW(a, RW_FORMS, struct rw_moments);
    b->threat_loss = RW_ARENA_NEW(a, z->threats, struct rw_moments);
    b->pillar_spend = RW_ARENA_NEW(a, RW_PILLARS, struct rw_moments);
    b->wheel_spend = fake_moments(1e4, 1e3, z->futures);
    b->pit = RW_ARENA_NEW(a, RW_FORECAST_BINS, struct rw_moments);
    for (size_t k = 0; k < z->threats; k++)
        b->threat_loss[k] = fake_moments(
            z->loss * z->cycles * share * (double)(z->threats - k), 1e5, z->futures);
    for (size_t k = 0; k < z->assets; k++)
        b->asset_loss[k] = fake_moments(z->loss * share, 1e5, z->futures);
    for (size_t k = 0; k < RW_FORMS; k++)
        b->form_loss[k] = fake_moments(z->loss * share, 1e5, z->futures);
    for (size_t k = 0; k < RW_PILLARS; k++)
        b->pillar_spend[k] = fake_moments(1e5 * (double)s, 1e3, z->futures);
}

static inline void
fake_futures(struct fake *f, const struct fake_size *z)
{
    struct rw_outcome *o = &f->outcome;
    uint64_t state = 1;

    for (size_t i = 0; i < z->futures; i++)
        for (unsigned t = 0; t < z->cycles; t++) {
            double u = fake_uniform(&state);
            double x = fake_lognormal(&state, z->loss, 1.4);

            for (size_t s = 0; s < z->strategies; s++) {
                double loss = u < 0.7 ? x * fake_share(s, t, z->cycles) : 0;
                double spend = 1e4 + 3e4 * (double)s;

                if (t / z->per_year < o->years) {
                    size_t at = s * o->years + t / z->per_year;

                    o->year_loss[at][i] += loss;
                    o->year_largest[at][i] = fmax(o->year_largest[at][i], loss);
                }
                o->horizon_loss[s][i] += loss;
                o->spend[s][i] += spend;
                o->npv[s][i] -= loss + spend;
            }
        }
}

static inline double **
fake_rows(struct rw_arena *a, size_t rows, size_t n)
{
    double **x = RW_ARENA_NEW(a, rows, double *);

    for (size_t k = 0; k < rows; k++)
        x[k] = RW_ARENA_NEW(a, n, double);
    return x;
}

static inline void
fake_make(struct fake *f, const struct fake_size *z)
{
    struct rw_outcome *o = &f->outcome;
    struct rw_arena *a = &f->arena;
    size_t *index;

    *f = (struct fake){.outcome = {.n = z->futures}};
    rw_arena_init(a);
    fake_model(f, z);
    o->model = &f->model;
    o->n_strategies = z->strategies;
    index = RW_ARENA_NEW(a, z->strategies, size_t);
    for (size_t s = 0; s < z->strategies; s++)
        index[s] = s;
    o->strategy = index;
    o->years = f->model.n_years;
    o->year_loss = fake_rows(a, z->strategies * o->years, z->futures);
    o->year_largest = fake_rows(a, z->strategies * o->years, z->futures);
    o->horizon_loss = fake_rows(a, z->strategies, z->futures);
    o->spend = fake_rows(a, z->strategies, z->futures);
    o->npv = fake_rows(a, z->strategies, z->futures);
    o->cells = RW_ARENA_NEW(a, z->strategies * z->cycles, struct rw_cell);
    o->bands = RW_ARENA_NEW(a, z->strategies * z->cycles, struct rw_histogram);
    o->breakdown = RW_ARENA_NEW(a, z->strategies, struct rw_breakdown);
    fake_futures(f, z);
    for (size_t s = 0; s < z->strategies; s++) {
        for (unsigned t = 0; t < z->cycles; t++)
            fake_cell(f, z, s, t);
        fake_breakdown(f, z, s);
    }
    o->wall_seconds = 1.25;
    o->threads = 2;
    o->events = 1000;
}

/* Adds a nested run: 60 truths, which move every loss and its chance, with 60
 * histories each. */
static inline void
fake_nest(struct fake *f, const struct fake_size *z)
{
    struct rw_outcome *o = &f->outcome;
    size_t truths = 60, histories = 60;
    uint64_t state = 3;

    o->nested = (struct rw_nested){
        .truths = truths, .histories = histories, .n_strategies = o->n_strategies};
    o->nested.year_loss =
        fake_rows(&f->arena, o->n_strategies * o->years, truths * histories);
    for (size_t g = 0; g < truths; g++) {
        double size = fake_lognormal(&state, z->per_year * z->loss, 0.5);
        double chance = 0.4 + 0.6 * fake_uniform(&state);

        for (size_t i = g * histories; i < (g + 1) * histories; i++)
            for (size_t k = 0; k < o->n_strategies * o->years; k++) {
                double u = fake_uniform(&state);
                double x = fake_lognormal(&state, size, 0.8);

                o->nested.year_loss[k][i] = u < chance ? x : 0;
            }
    }
}

/* Adds a programme that all but the first strategy follow: a month to a future
 * in a hundred, strategy after strategy a month later. */
static inline void
fake_programme(struct fake *f, const struct fake_size *z)
{
    struct rw_programme *p = &f->model.programme;
    struct rw_outcome *o = &f->outcome;

    p->stated = true;
    p->scheme = "based on ISO/IEC 27032";
    p->deadline = (z->cycles + 1) / 2;
    p->pillars = p->principles = p->documents = 3;
    p->follows = RW_ARENA_NEW(&f->arena, z->strategies, bool);
    o->statement = fake_rows(&f->arena, z->strategies, z->futures);
    for (size_t s = 0; s < z->strategies; s++) {
        p->follows[s] = s > 0;
        for (size_t i = 0; i < z->futures; i++)
            o->statement[s][i] = s == 0 ? INFINITY : (double)(s + i % 100) / 12;
        for (unsigned t = 0; t < z->cycles; t++) {
            struct rw_cell *c = &o->cells[s * z->cycles + t];
            double done = (t + 1.0) / z->cycles;

            c->programme = RW_ARENA_NEW(&f->arena, RW_PROGRESS_ROWS, struct rw_moments);
            for (int k = 0; k < RW_PROGRESS_ROWS; k++)
                c->programme[k] = fake_moments(0, 0, z->futures);
            c->programme[RW_PROGRESS_STEP].mean = s == 0;
            if (s > 0) {
                c->programme[RW_PROGRESS_STEP + RW_STEP_STATEMENT].mean = done;
                c->programme[RW_PROGRESS_STEP + RW_STEP_OPERATE].mean = 1 - done;
            }
        }
    }
}

/* Rows of wheel/benefit.h from those of the controls. */
static inline struct rw_moments *
fake_groups(struct fake *f, const struct fake_size *z, const double each[])
{
    const struct rw_model *m = &f->model;
    struct rw_moments *x =
        RW_ARENA_NEW(&f->arena, rw_benefit_rows(m), struct rw_moments);
    double all = 0;

    for (size_t c = 0; c < m->n_controls; c++) {
        all += each[c];
        x[1 + c] = fake_moments(each[c], fabs(each[c]) / 2, z->futures);
    }
    x[0] = fake_moments(all, fabs(all) / 2, z->futures);
    for (size_t k = 0; k < RW_BENEFIT_GROUPS; k++) {
        double sum = 0;

        for (size_t c = 0; c < m->n_controls; c++)
            sum += each[c] * rw_benefit_share(&m->controls[c], k);
        x[1 + m->n_controls + k] = fake_moments(sum, fabs(sum) / 2, z->futures);
    }
    return x;
}

/* Adds what controls take off: strategy s 100k s of control 0, half of that of the
 * next, a third of the next; each costs 30k, the third one nothing. */
static inline void
fake_benefit(struct fake *f, const struct fake_size *z)
{
    struct rw_model *m = &f->model;
    double *off = RW_ARENA_NEW(&f->arena, m->n_controls, double);
    double *cost = RW_ARENA_NEW(&f->arena, m->n_controls, double);
    double *net = RW_ARENA_NEW(&f->arena, m->n_controls, double);

    m->benefit = true;
    m->strategies[0].idle = true;
    for (size_t s = 0; s < z->strategies; s++) {
        struct rw_breakdown *b = &f->outcome.breakdown[s];

        for (size_t c = 0; c < m->n_controls; c++) {
            off[c] = c == 3 ? 0 : 1e5 * (double)s / (double)(c + 1);
            cost[c] = c == 2 ? 0 : 3e4;
            net[c] = off[c] - cost[c];
        }
        b->taken_off = fake_groups(f, z, off);
        b->costs = fake_groups(f, z, cost);
        b->net = fake_groups(f, z, net);
        for (unsigned t = 0; t < z->cycles; t++)
            f->outcome.cells[s * z->cycles + t].benefit = b->taken_off;
    }
}

static inline void
fake_free(struct fake *f)
{
    rw_arena_fini(&f->arena);
}

#endif
