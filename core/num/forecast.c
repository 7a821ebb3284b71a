/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/forecast.h"

#include "num/cpu.h"
#include "num/student.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* Above this mean the sum from 0 upwards is left to the incomplete beta. */
#define MEAN_MANY 50

/* Where the walk over k stands: p = P(N = k), sum = F(k). */
struct walk {
    double a, q; /* q = 1 - b / (b + x) */
    double k, p, sum;
};

static void
step(struct walk *w)
{
    w->p *= (w->a + w->k) / (w->k + 1) * w->q;
    w->k++;
    w->sum += w->p;
}

/* Smallest k with F(k) >= level, and F there; below[0] <- F(k - 1). */
static double
walk_to(struct walk *w, double level, double *below)
{
    *below = w->sum - w->p;
    while (w->sum < level && w->p > 0) {
        *below = w->sum;
        step(w);
    }
    return w->k;
}

static struct rw_forecast
forecast_few(double a, double b, double x, double n, double level)
{
    struct walk w = {.a = a, .q = x / (b + x)}, at;
    struct rw_forecast f;
    double low, high, before, rest;

    w.p = w.sum = exp(-a * log1p(x / b));
    at = w;
    while (at.k < n)
        step(&at);
    f.score = log(at.p);
    f.below = at.sum - at.p;
    f.upto = at.sum < 1 ? at.sum : 1;
    low = walk_to(&w, (1 - level) / 2, &before);
    high = walk_to(&w, (1 + level) / 2, &rest);
    f.nominal = w.sum - before;
    f.inside = n >= low && n <= high;
    return f;
}

static double
cdf(double k, double p, double a)
{
    return k < 0 ? 0 : gsl_cdf_beta_P(p, a, k + 1);
}

/* Smallest k with F(k) >= level: from the normal approximation by doubling
 * steps, then halving. */
static double
quantile(double level, double p, double a)
{
    double mean = a * (1 - p) / p, sd = sqrt(mean / p), width = 1 + sd / 8;
    double high = fmax(0, floor(mean + gsl_cdf_ugaussian_Pinv(level) * sd)), low;

    while (cdf(high, p, a) < level)
        high += width = ceil(2 * width);
    for (low = high, width = 1 + sd / 8; low >= 0 && cdf(low, p, a) >= level;)
        low -= width = ceil(2 * width);
    low = fmax(low, -1);
    while (high - low > 1) {
        double middle = floor((low + high) / 2);

        if (cdf(middle, p, a) >= level)
            high = middle;
        else
            low = middle;
    }
    return high;
}

static struct rw_forecast
forecast_many(double a, double b, double x, double n, double level)
{
    double p = b / (b + x), low = quantile((1 - level) / 2, p, a);
    double high = quantile((1 + level) / 2, p, a);

    return (struct rw_forecast){
        .score = gsl_sf_lngamma(a + n) - gsl_sf_lngamma(a) - gsl_sf_lngamma(n + 1) -
                 a * log1p(x / b) + n * log(x / (b + x)),
        .below = cdf(n - 1, p, a),
        .upto = cdf(n, p, a),
        .nominal = cdf(high, p, a) - cdf(low - 1, p, a),
        .inside = n >= low && n <= high,
    };
}

struct rw_forecast
rw_forecast_count(double a, double b, double x, double n, double level)
{
    if (!(x > 0))
        return (struct rw_forecast){.score = n > 0 ? -INFINITY : 0,
            .below = n > 0,
            .upto = 1,
            .nominal = 1,
            .inside = n <= 0};
    return a / b * x > MEAN_MANY || n > 4 * MEAN_MANY ? forecast_many(a, b, x, n, level)
                                                      : forecast_few(a, b, x, n, level);
}

/* Where the bins begin, and the last ends. */
#define EDGE(K) ((double)(K) / RW_FORECAST_BINS)
_Static_assert(RW_FORECAST_BINS == 10, "edges of all bins");
static const double edge[RW_FORECAST_BINS + 1] = {EDGE(0), EDGE(1), EDGE(2), EDGE(3),
    EDGE(4), EDGE(5), EDGE(6), EDGE(7), EDGE(8), EDGE(9), EDGE(10)};

/* All bins, most of which have a part: no branch, and quotients side by side. */
RW_CPU_EACH void
spread_by(double below, double upto, double width, double *restrict bin)
{
    for (int k = 0; k < RW_FORECAST_BINS; k++) {
        double low = below > edge[k] ? below : edge[k];
        double high = upto < edge[k + 1] ? upto : edge[k + 1];
        double part = high - low;

        bin[k] += (part > 0 ? part : 0) / width;
    }
}
RW_CPU_VARIANTS(void, spread, (double below, double upto, double width, double bin[]),
    (below, upto, width, bin))

void
rw_forecast_spread(const struct rw_forecast *f, double bin[RW_FORECAST_BINS])
{
    int first = (int)(f->below * RW_FORECAST_BINS);
    double width = f->upto - f->below;

    if (first > RW_FORECAST_BINS - 1)
        first = RW_FORECAST_BINS - 1;
    if (width > 0)
        spread(f->below > edge[first] ? f->below : edge[first], f->upto, width, bin);
    else /* far out in a tail */
        bin[first]++;
}

/* k ln(k / n / p), 0 for k = 0: one outcome's part of the ratio. */
static double
part(double k, double n, double p)
{
    return k > 0 ? k * log(k / n / p) : 0;
}

double
rw_kupiec(double n, double x, double p)
{
    return 2 * (part(x, n, p) + part(n - x, n, 1 - p));
}

double
rw_forecast_place(const struct rw_nig *p, double n, double mean)
{
    struct rw_student t = rw_student_of(2 * p->a);
    double scale = sqrt(p->b / p->a * (1 / p->k + 1 / n));

    return rw_student_cdf(&t, (mean - p->m) / scale);
}
