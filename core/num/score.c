/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/score.h"

#include "num/belief.h"
#include "num/sum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double
rw_score_beyond(double x)
{
    return x > 0 ? erfc(sqrt(x / 2)) : 1;
}

/* k ln p, 0 for k = 0. */
static double
part(double k, double p)
{
    return k > 0 ? k * log(p) : 0;
}

double
rw_score_clusters(const unsigned char miss[], size_t n)
{
    double k[2][2] = {{0, 0}, {0, 0}}, hit, all, p, p0, p1;

    for (size_t t = 1; t < n; t++)
        k[miss[t - 1] != 0][miss[t] != 0]++;
    hit = k[0][1] + k[1][1];
    all = k[0][0] + k[1][0] + hit;
    if (!(hit > 0 && hit < all) || k[0][0] + k[0][1] <= 0 || k[1][0] + k[1][1] <= 0)
        return NAN;
    p = hit / all;
    p0 = k[0][1] / (k[0][0] + k[0][1]);
    p1 = k[1][1] / (k[1][0] + k[1][1]);
    return fmax(
        0, 2 * (part(k[0][0], 1 - p0) + part(k[0][1], p0) + part(k[1][0], 1 - p1) +
                   part(k[1][1], p1) - part(all - hit, 1 - p) - part(hit, p)));
}

/* What is said of the next count before it comes. */
static struct rw_forecast
say(const struct rw_score_rule *r, double a, double b, double x, double n)
{
    double f = r->dispersion;

    return f > 0 ? rw_forecast_count(1 / f, b / (a * f), x, n, r->level)
                 : rw_forecast_count(a, b, x, n, r->level);
}

/* The row's forecasts; miss[] (n - skip). */
static void
roll(const struct rw_score_rule *r, const double count[], const double exposure[],
    size_t n, unsigned char miss[], struct rw_score *s)
{
    struct rw_sum score = {0}, nominal = {0};

    s->a = r->a;
    s->b = r->b;
    for (size_t t = 0; t < n; t++) {
        if (t >= r->skip) {
            struct rw_forecast f = say(r, s->a, s->b, exposure[t], count[t]);

            rw_sum_add(&score, f.score);
            rw_sum_add(&nominal, f.nominal);
            rw_forecast_spread(&f, s->bin);
            miss[s->n++] = !f.inside;
            s->inside += f.inside;
        }
        rw_belief_update(1, r->discount, &count[t], &exposure[t], &s->a, &s->b);
    }
    s->log_score = rw_sum_value(&score) / (double)s->n;
    s->nominal = rw_sum_value(&nominal) / (double)s->n;
}

enum rw_err
rw_score_make(const struct rw_score_rule *r, const double count[],
    const double exposure[], size_t n, struct rw_score *s)
{
    unsigned char *miss;

    memset(s, 0, sizeof *s);
    if (n <= r->skip)
        return RW_ERR_DOMAIN;
    miss = malloc(n - r->skip);
    if (miss == NULL)
        return RW_ERR_MEMORY;
    roll(r, count, exposure, n, miss, s);
    s->kupiec = rw_kupiec((double)s->n, (double)(s->n - s->inside), 1 - s->nominal);
    s->kupiec_p = rw_score_beyond(s->kupiec);
    s->cluster = rw_score_clusters(miss, s->n);
    s->cluster_p = isnan(s->cluster) ? NAN : rw_score_beyond(s->cluster);
    free(miss);
    return RW_OK;
}
