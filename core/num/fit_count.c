/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/fit_count.h"

#include "base/stop.h"
#include "num/root.h"
#include "num/sum.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

const enum rw_count_law rw_count_fits[RW_COUNT_FITS] = {
    RW_COUNT_POISSON, RW_COUNT_NEGBIN, RW_COUNT_ZIP};

const char *
rw_count_fit_name(enum rw_count_law law)
{
    return law == RW_COUNT_POISSON  ? "poisson"
           : law == RW_COUNT_NEGBIN ? "negbin"
                                    : "zip";
}

void
rw_counts_init(struct rw_counts *s, const unsigned k[], const double e[], size_t n)
{
    *s = (struct rw_counts){.k = k, .e = e, .n = n, .equal = true};
    s->length = rw_sum_array(e, n);
    for (size_t i = 0; i < n; i++) {
        s->events += k[i];
        s->equal = s->equal && e[i] == e[0];
    }
}

double
rw_counts_scatter(const struct rw_counts *s, double *p)
{
    double m = s->events / s->length, sum = 0, free = (double)s->n - 1;

    for (size_t i = 0; i < s->n; i++) {
        double want = m * s->e[i];

        sum += (s->k[i] - want) * (s->k[i] - want) / want;
    }
    *p = gsl_cdf_chisq_Q(sum, free);
    return sum / free;
}

/* ---- likelihoods ---- */

static double
poisson_loglik(const void *ctx, const double p[])
{
    const struct rw_counts *s = ctx;
    struct rw_sum sum = {0, 0};

    if (!(p[0] > 0))
        return NAN;
    for (size_t i = 0; i < s->n; i++)
        rw_sum_add(&sum,
            s->k[i] * log(p[0] * s->e[i]) - p[0] * s->e[i] - lgamma(s->k[i] + 1.0));
    return rw_sum_value(&sum);
}

/* ln of Gamma(r + k) f^k / Gamma(r), r = 1 / f: the product of 1 + f j, which
 * keeps its digits for small f */
static double
log_rising(double f, unsigned k)
{
    double sum = 0;

    if (k > 1000 || (k > 8 && f > 1e-4))
        return lgamma(1 / f + k) - lgamma(1 / f) + k * log(f);
    for (unsigned j = 1; j < k; j++)
        sum += log1p(f * j);
    return sum;
}

static double
negbin_loglik(const void *ctx, const double p[])
{
    const struct rw_counts *s = ctx;
    struct rw_sum sum = {0, 0};

    if (!(p[0] > 0 && p[1] > 0))
        return NAN;
    for (size_t i = 0; i < s->n; i++) {
        double m = p[0] * s->e[i];

        rw_sum_add(&sum, log_rising(p[1], s->k[i]) + s->k[i] * log(m) -
                             (1 / p[1] + s->k[i]) * log1p(p[1] * m) -
                             lgamma(s->k[i] + 1.0));
    }
    return rw_sum_value(&sum);
}

static double
zip_loglik(const void *ctx, const double p[])
{
    const struct rw_counts *s = ctx;
    struct rw_sum sum = {0, 0};

    if (!(p[0] > 0 && p[1] < 1))
        return NAN;
    for (size_t i = 0; i < s->n; i++) {
        double m = p[0] * s->e[i];

        rw_sum_add(&sum,
            s->k[i] == 0 ? log(p[1] + (1 - p[1]) * exp(-m))
                         : log1p(-p[1]) + s->k[i] * log(m) - m - lgamma(s->k[i] + 1.0));
    }
    return rw_sum_value(&sum);
}

/* ---- negbin ---- */

struct given {
    const struct rw_counts *s;
    double f;
};

static double
score(const void *ctx, double m)
{
    const struct given *g = ctx;
    double sum = 0;

    for (size_t i = 0; i < g->s->n; i++)
        sum += (g->s->k[i] - m * g->s->e[i]) / (1 + g->f * m * g->s->e[i]);
    return sum;
}

/* The best m given f: between the least and the largest k / e. */
static double
mean_given(const struct rw_counts *s, double f)
{
    struct given g = {s, f};
    double low = INFINITY, high = 0;

    if (s->equal)
        return s->events / s->length;
    for (size_t i = 0; i < s->n; i++) {
        low = fmin(low, s->k[i] / s->e[i]);
        high = fmax(high, s->k[i] / s->e[i]);
    }
    return rw_root(score, &g, low, high);
}

static double
negbin_profile(const void *ctx, double log_f)
{
    double f = exp(log_f);

    return negbin_loglik(ctx, (const double[]){mean_given(ctx, f), f});
}

#define F_LEAST 1e-6
#define F_MOST  1e3

/* The slope of the profile at f = 0 has the sign of
 *   sum (k - m e)^2 - k,
 * m the Poisson estimate. */
static bool
negbin_maximise(const struct rw_counts *s, bool near, struct rw_fit *f)
{
    double m = s->events / s->length, excess = 0, v;

    for (size_t i = 0; i < s->n; i++)
        excess += (s->k[i] - m * s->e[i]) * (s->k[i] - m * s->e[i]) - s->k[i];
    if (!(excess > 0) || !rw_fit_peak(negbin_profile, s, log(F_LEAST), log(F_MOST),
                             near ? log(f->p[1]) : NAN, &v))
        return rw_fit_refuse(f, "the counts scatter no more than Poisson's");
    f->p[1] = exp(v);
    f->p[0] = mean_given(s, f->p[1]);
    return true;
}

/* ---- zip ---- */

static double
mean_of_some(const void *ctx, double m)
{
    const double *mean = ctx;

    return m / -expm1(-m) - *mean;
}

static bool
zip_maximise(const struct rw_counts *s, struct rw_fit *f)
{
    double some = 0, mean;

    if (!s->equal)
        return rw_fit_refuse(f, "its periods must be equally long");
    for (size_t i = 0; i < s->n; i++)
        some += s->k[i] > 0;
    mean = s->events / some;
    if (some == (double)s->n)
        return rw_fit_refuse(f, "no period is without an event");
    if (!(mean > 1))
        return rw_fit_refuse(f, "no period has more than one event");
    f->p[0] = rw_root(mean_of_some, &mean, 1e-9, mean);
    f->p[1] = 1 - some / (double)s->n / -expm1(-f->p[0]);
    f->p[0] /= s->e[0];
    if (!(f->p[1] > 0))
        return rw_fit_refuse(f, "there are no more empty periods than Poisson's");
    return true;
}

/* ---- all ---- */

static const char *const params[RW_COUNT_FITS][RW_FIT_PARAMS] = {
    {"mean"}, {"mean", "dispersion"}, {"mean", "zero"}};

static size_t
row(enum rw_count_law law)
{
    return law == RW_COUNT_POISSON ? 0 : law == RW_COUNT_NEGBIN ? 1 : 2;
}

static bool
maximise(enum rw_count_law law, const struct rw_counts *s, bool near, struct rw_fit *f)
{
    if (!(s->events > 0))
        return rw_fit_refuse(f, "there is no event");
    if (law == RW_COUNT_NEGBIN)
        return negbin_maximise(s, near, f);
    if (law == RW_COUNT_ZIP)
        return zip_maximise(s, f);
    f->p[0] = s->events / s->length;
    return true;
}

void
rw_count_fit(enum rw_count_law law, const struct rw_counts *s, struct rw_count_fit *f)
{
    static rw_fit_likelihood *const loglik[RW_COUNT_FITS] = {
        poisson_loglik, negbin_loglik, zip_loglik};
    size_t k = row(law);

    *f = (struct rw_count_fit){.law = law, .fit = {.ks = NAN, .ks_p = NAN}};
    for (size_t i = 0; i < RW_FIT_PARAMS && params[k][i] != NULL; i++) {
        f->fit.name[i] = params[k][i];
        f->fit.positive[i] = law != RW_COUNT_ZIP || i == 0;
        f->fit.n_params++;
    }
    if (!maximise(law, s, false, &f->fit))
        return;
    rw_fit_errors(&f->fit, loglik[k], s, s->n);
    if (law == RW_COUNT_POISSON) {
        f->fit.low[0] = gsl_cdf_chisq_Pinv(0.025, 2 * s->events) / 2 / s->length;
        f->fit.high[0] = gsl_cdf_chisq_Qinv(0.025, 2 * s->events + 2) / 2 / s->length;
    }
    if (law == RW_COUNT_ZIP) {
        f->fit.low[1] = fmax(f->fit.low[1], 0); /* a probability */
        f->fit.high[1] = fmin(f->fit.high[1], 1);
    }
    f->fit.ks = rw_count_distance(law, f->fit.p, s);
}

/* ---- the test ---- */

/* The law without its mean; no mixing table, since nothing is drawn from it. */
static struct rw_count
law_of(enum rw_count_law law, const double p[])
{
    struct rw_count c = {.law = law};

    if (law == RW_COUNT_NEGBIN)
        c.dispersion = p[1];
    if (law == RW_COUNT_ZIP)
        c.zero = p[1];
    return c;
}

/* mean over the periods of F_i(j); equal lengths count once */
static double
mean_cdf(const struct rw_count *c, double m, const struct rw_counts *s, unsigned j)
{
    double sum = 0, last = 0;

    if (s->equal)
        return rw_count_cdf(c, m * s->e[0], j);
    for (size_t i = 0; i < s->n; i++) {
        if (i == 0 || s->e[i] != s->e[i - 1])
            last = rw_count_cdf(c, m * s->e[i], j);
        sum += last;
    }
    return sum / (double)s->n;
}

static double
share_up_to(const struct rw_counts *s, unsigned j)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        n += s->k[i] <= j;
    return (double)n / (double)s->n;
}

/* Between two counts that occur, F rises and the share stays: the sup is at a
 * count that occurs or just below one. */
double
rw_count_distance(enum rw_count_law law, const double p[], const struct rw_counts *s)
{
    struct rw_count c = law_of(law, p);
    double most = 0;

    for (size_t i = 0; i < s->n; i++)
        for (unsigned back = 0; back < 2 && back <= s->k[i]; back++) {
            unsigned j = s->k[i] - back;

            most = fmax(most, fabs(share_up_to(s, j) - mean_cdf(&c, p[0], s, j)));
        }
    return most;
}

static enum rw_err
replicate(const struct rw_count_fit *f, const struct rw_counts *s, size_t replicates,
    struct rw_stream lane, const volatile sig_atomic_t *stop, unsigned k[],
    size_t *fitted, size_t *further)
{
    struct rw_count c = law_of(f->law, f->fit.p);

    for (size_t b = 0; b < replicates; b++) {
        struct rw_fit again = f->fit;
        struct rw_counts t;

        if (rw_stopped(stop))
            return RW_ERR_INTERRUPT;
        for (size_t i = 0; i < s->n; i++)
            k[i] = rw_count_quantile(
                &c, f->fit.p[0] * s->e[i], rw_stream_uniform(lane, b, i));
        rw_counts_init(&t, k, s->e, s->n);
        if (!(t.events > 0))
            continue;
        ++*fitted;
        /* where there is no maximum the limit is Poisson's law */
        *further +=
            (maximise(f->law, &t, true, &again)
                    ? rw_count_distance(f->law, again.p, &t)
                    : rw_count_distance(RW_COUNT_POISSON,
                          (const double[]){t.events / t.length}, &t)) >= f->fit.ks;
    }
    return RW_OK;
}

enum rw_err
rw_count_test(struct rw_count_fit *f, const struct rw_counts *s, size_t replicates,
    uint64_t seed, const volatile sig_atomic_t *stop)
{
    struct rw_stream lane = {
        seed, rw_lane("fit", rw_count_fit_name(f->law), "replicate")};
    struct rw_arena a;
    size_t fitted = 0, further = 0;
    unsigned *k;
    enum rw_err err;

    if (f->fit.why[0] != '\0' || replicates == 0)
        return RW_OK;
    rw_arena_init(&a);
    k = RW_ARENA_NEW(&a, s->n, unsigned);
    err = k ? replicate(f, s, replicates, lane, stop, k, &fitted, &further)
            : RW_ERR_MEMORY;
    rw_arena_fini(&a);
    f->fit.replicates = fitted;
    if (err == RW_OK && fitted > 0)
        f->fit.ks_p = (1 + (double)further) / (1 + (double)fitted);
    return err;
}
