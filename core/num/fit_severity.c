/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/fit_severity.h"

#include "base/stop.h"
#include "num/fit_laws.h"
#include "num/sampler.h"
#include "num/sum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table ---- */

/* lightest tail first */
static const struct rw_severity_law *const laws[] = {&rw_fit_exponential, &rw_fit_gamma,
    &rw_fit_weibull, &rw_fit_lognormal, &rw_fit_lomax, &rw_fit_gpd};

enum { LAWS = sizeof laws / sizeof *laws };

const struct rw_severity_law *const *
rw_severity_laws(size_t *n)
{
    *n = LAWS;
    return laws;
}

const struct rw_severity_law *
rw_severity_law(const char *name)
{
    for (size_t k = 0; k < LAWS; k++)
        if (strcmp(laws[k]->name, name) == 0)
            return laws[k];
    return NULL;
}

/* ---- the sample ---- */

void
rw_losses_init(
    struct rw_losses *s, const double x[], double logs[], size_t n, double from)
{
    struct rw_sum log2 = {0, 0};

    *s = (struct rw_losses){.x = x, .log = logs, .n = n, .from = from};
    for (size_t i = 0; i < n; i++)
        logs[i] = log(x[i]);
    s->mean = rw_sum_array(x, n) / (double)n;
    s->log1 = rw_sum_array(logs, n) / (double)n;
    for (size_t i = 0; i < n; i++)
        rw_sum_add(&log2, (logs[i] - s->log1) * (logs[i] - s->log1));
    s->log2 = rw_sum_value(&log2) / (double)n;
}

/* ---- the fit ---- */

bool
rw_severity_dist(
    const struct rw_severity_law *law, double from, const double p[], struct rw_dist *d)
{
    double v[RW_DIST_PARAMS] = {0};
    char why[RW_DIST_WHY];
    size_t n = 0;

    for (; n < RW_FIT_PARAMS && law->param[n] != NULL; n++)
        v[n] = p[n];
    if (law->beyond)
        v[n] = from;
    /* not rw_dist_make, which wants a cap where there is no mean */
    *d = (struct rw_dist){
        .family = rw_dist_family(law->name), .floor = -INFINITY, .cap = INFINITY};
    return d->family->forms[0].make(d, v, why);
}

/* Parameters and nothing else. */
static bool
maximise(const struct rw_severity_law *law, const struct rw_losses *s, bool near,
    struct rw_severity_fit *f)
{
    return law->maximise(s, near, &f->fit) &&
           (rw_severity_dist(law, s->from, f->fit.p, &f->dist) ||
               rw_fit_refuse(
                   &f->fit, "its parameters are beyond what riskwheel takes"));
}

void
rw_severity_fit(const struct rw_severity_law *law, const struct rw_losses *s,
    struct rw_severity_fit *f)
{
    *f = (struct rw_severity_fit){.law = law, .fit = {.ks = NAN, .ks_p = NAN}};
    for (size_t i = 0; i < RW_FIT_PARAMS && law->param[i] != NULL; i++) {
        f->fit.name[i] = law->param[i];
        f->fit.positive[i] = law->positive[i];
        f->fit.n_params++;
    }
    if (!maximise(law, s, false, f))
        return;
    rw_fit_errors(&f->fit, law->loglik, s, s->n);
    f->seen = rw_dist_sf(&f->dist, s->from);
    f->fit.ks = rw_severity_distance(&f->dist, s);
}

/* ---- the law of the losses that are known ---- */

double
rw_severity_quantile(const struct rw_dist *d, double from, double u)
{
    double upper = (from > 0 ? rw_dist_sf(d, from) : 1) * (1 - u);

    return rw_dist_quantile_tails(d, 1 - upper, upper);
}

/* d + E (X - d)+ / P(X > d) */
double
rw_severity_mean(const struct rw_dist *d, double from)
{
    double mean = d->family->mean(d);

    if (!isfinite(mean) || from <= 0)
        return mean;
    return from + (mean - rw_dist_lev(d, from)) / rw_dist_sf(d, from);
}

/* ---- the test ---- */

double
rw_severity_distance(const struct rw_dist *d, const struct rw_losses *s)
{
    double seen = rw_dist_sf(d, s->from), n = (double)s->n, most = 0;

    for (size_t i = 0; i < s->n; i++) {
        double f = 1 - rw_dist_sf(d, s->x[i]) / seen;

        most = fmax(most, fmax(f - (double)i / n, (double)(i + 1) / n - f));
    }
    return most;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* x[n] <- sample b of the fitted law from d on. */
static void
draw(const struct rw_sampler *q, struct rw_stream lane, uint64_t b, double seen,
    double from, double x[], size_t n)
{
    double u[4];

    for (size_t i = 0; i < n; i++) {
        if (i % 4 == 0)
            rw_stream_quad(lane, b, i / 4, u);
        x[i] = fmax(rw_sampler_quantile(q, 1 - seen * u[i % 4]), from);
    }
    qsort(x, n, sizeof *x, ascending);
}

/* The replicates: how many could be fitted, and how many are further off. */
static enum rw_err
replicate(const struct rw_severity_fit *f, const struct rw_losses *s, size_t replicates,
    struct rw_stream lane, const volatile sig_atomic_t *stop, struct rw_arena *a,
    size_t *fitted, size_t *further)
{
    double *x = RW_ARENA_NEW(a, s->n, double), *logs = RW_ARENA_NEW(a, s->n, double);
    struct rw_sampler q;

    if (x == NULL || logs == NULL || rw_sampler_init(&q, &f->dist, a) != RW_OK)
        return RW_ERR_MEMORY;
    *fitted = *further = 0;
    for (size_t b = 0; b < replicates; b++) {
        struct rw_severity_fit again = {.law = f->law, .fit = f->fit};
        struct rw_losses t;

        if (rw_stopped(stop))
            return RW_ERR_INTERRUPT;
        draw(&q, lane, b, f->seen, s->from, x, s->n);
        rw_losses_init(&t, x, logs, s->n, s->from);
        if (!maximise(f->law, &t, true, &again))
            continue;
        ++*fitted;
        *further += rw_severity_distance(&again.dist, &t) >= f->fit.ks;
    }
    return RW_OK;
}

enum rw_err
rw_severity_test(struct rw_severity_fit *f, const struct rw_losses *s,
    size_t replicates, uint64_t seed, const volatile sig_atomic_t *stop)
{
    struct rw_stream lane = {seed, rw_lane("fit", f->law->name, "replicate")};
    struct rw_arena a;
    size_t fitted = 0, further = 0;
    enum rw_err err;

    if (f->fit.why[0] != '\0' || replicates == 0)
        return RW_OK;
    rw_arena_init(&a);
    err = replicate(f, s, replicates, lane, stop, &a, &fitted, &further);
    rw_arena_fini(&a);
    f->fit.replicates = fitted;
    if (err == RW_OK && fitted > 0)
        f->fit.ks_p = (1 + (double)further) / (1 + (double)fitted);
    return err;
}
