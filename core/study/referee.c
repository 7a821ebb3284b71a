/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/referee.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* |skewness| / sqrt(n) up to which a mean is judged. */
#define MOST_SKEW 0.0144
/* Losses this much above a quantile are not above it: sums of one atom added
 * in different orders differ in their last digits. */
#define TOUCH (1 + 1e-9)

enum rw_err
rw_referee_watch(const struct rw_exact *x, struct rw_arena *a, const size_t **risks,
    size_t *n, struct rw_error *e)
{
    size_t *list = RW_ARENA_NEW(a, x->terms.n_risks, size_t);

    *risks = list;
    *n = 0;
    if (list == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the referee");
    for (size_t r = 0; r < x->terms.n_risks && x->model->n_years > 0; r++)
        if (x->terms.risk[r].why == NULL)
            list[(*n)++] = r;
    return RW_OK;
}

/* A sample of yearly losses, sorted. */
struct sample {
    const double *x;
    size_t n;
    double *tmp; /* (n) */
};

/* Nearest value to `seen` that the numerical error leaves possible. */
static double
nearest(const struct rw_bounded *b, double seen)
{
    return fmin(fmax(seen, b->value - b->error), b->value + b->error);
}

static struct rw_referee_line *
add(struct rw_referee_risk *r, enum rw_referee_kind kind, double p, double exact,
    double seen)
{
    struct rw_referee_line *l = &r->line[r->n++];

    RW_BUG_ASSERT(r->n <= RW_REFEREE_LINES);
    *l = (struct rw_referee_line){
        .kind = kind, .p = p, .exact = exact, .seen = seen, .chance = 1};
    return l;
}

/* `over` of n where each is so with probability p; figures that grow with
 * the count have sign 1. */
static void
judge_count(struct rw_referee_line *l, size_t over, size_t n, double p, double sign)
{
    double below, above, half;

    rw_tail_binomial(n, p, over, &below, &above);
    half = fmin(fmin(below, above), 0.5);
    l->chance = 2 * half;
    l->z = sign * (below < above ? -1 : 1) *
           (half > 0 ? gsl_cdf_ugaussian_Qinv(half) : INFINITY);
    l->judged = true;
}

static void
judge_mean(struct rw_referee_line *l, const struct rw_bounded *exact, double se,
    double skew, size_t n)
{
    l->z = se > 0 ? (l->seen - nearest(exact, l->seen)) / se : 0;
    l->chance = 2 * gsl_cdf_ugaussian_Q(fabs(l->z));
    l->judged = se > 0 && fabs(skew) <= MOST_SKEW * sqrt((double)n);
}

/* Mean, sd and skewness of min(x, cap). */
static void
moments(const struct sample *s, double cap, double *mean, double *sd, double *skew)
{
    struct rw_moments m;
    struct rw_sum cube = {0, 0};

    for (size_t i = 0; i < s->n; i++)
        s->tmp[i] = fmin(s->x[i], cap);
    m = rw_moments_array(s->tmp, s->n);
    *mean = m.mean;
    *sd = rw_moments_sd(&m);
    for (size_t i = 0; i < s->n; i++)
        rw_sum_add(&cube, pow((s->tmp[i] - m.mean) / *sd, 3));
    *skew = rw_sum_value(&cube) / (double)s->n;
}

static void
compare_means(
    struct rw_referee_risk *r, const struct sample *s, const struct rw_exact_law *law)
{
    double mean, sd, skew, root = sqrt((double)s->n);
    struct rw_bounded exact = {.value = law->mean, .error = 1e-9 * law->mean};
    struct rw_referee_line *l;

    moments(s, INFINITY, &mean, &sd, &skew);
    l = add(r, RW_REFEREE_MEAN, 0, law->mean, mean);
    judge_mean(l, &exact, (isfinite(law->sd) ? law->sd : sd) / root, skew, s->n);
    if (!isfinite(law->sd))
        l->judged = false;
    /* E[min(L, v)] = E[L] - (TVaR - v) (1 - q), with the tail cut off */
    for (size_t k = RW_RESULT_TVARS; k-- > 0 && !l->judged;) {
        const struct rw_bounded *tvar = &law->tvar[k];
        double q = rw_result_tvars[k];

        for (size_t j = 0; j < RW_RESULT_QUANTILES; j++)
            if (rw_result_quantiles[j] == q)
                exact.value = law->quantile[j].value;
        moments(s, exact.value, &mean, &sd, &skew);
        exact.value = law->mean - (tvar->value - exact.value) * (1 - q);
        exact.error = 1e-9 * law->mean + tvar->error * (1 - q);
        if (k > 0 && fabs(skew) > MOST_SKEW * root)
            continue;
        l = add(r, RW_REFEREE_CAPPED, q, exact.value, mean);
        judge_mean(l, &exact, sd / root, skew, s->n);
        break;
    }
}

static size_t
count_over(const struct sample *s, double at)
{
    size_t low = 0, high = s->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (s->x[mid] <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return s->n - low;
}

static enum rw_err
compare_tails(struct rw_referee_risk *r, const struct sample *s,
    const struct rw_exact_law *law, const struct rw_compound c[], size_t n_c,
    struct rw_error *e)
{
    struct rw_aggregate *exact = NULL;
    enum rw_err err = rw_aggregate_new(c, n_c, &exact, e);
    double n = (double)s->n;

    for (size_t k = 0; k < RW_RESULT_QUANTILES && err == RW_OK; k++) {
        double q = rw_result_quantiles[k], at = law->quantile[k].value * TOUCH;
        struct rw_quantile seen = rw_tail_quantile(s->x, s->n, q, RW_RESULT_LEVEL);
        struct rw_bounded p;
        size_t over;

        if (law->quantile[k].value <= 0 || seen.refused)
            continue;
        err = rw_aggregate_sf(exact, at, &p, e);
        over = count_over(s, at);
        judge_count(add(r, RW_REFEREE_VAR, q, law->quantile[k].value, seen.value), over,
            s->n, nearest(&p, (double)over / n), 1);
    }
    rw_aggregate_free(exact);
    return err;
}

static void
compare_tvars(
    struct rw_referee_risk *r, const struct sample *s, const struct rw_exact_law *law)
{
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        struct rw_tvar seen = rw_tail_tvar(s->x, s->n, rw_result_tvars[k]);
        struct rw_referee_line *l;

        if (seen.refused)
            continue;
        l = add(r, RW_REFEREE_TVAR, seen.p, law->tvar[k].value, seen.value);
        judge_mean(l, &law->tvar[k], seen.se, INFINITY, s->n);
    }
}

static enum rw_err
compare(struct rw_referee_risk *r, struct sample *s, const struct rw_exact_law *law,
    const struct rw_compound c[], size_t n_c, struct rw_error *e)
{
    size_t zeros = s->n - count_over(s, 0);
    enum rw_err err;

    compare_means(r, s, law);
    judge_count(add(r, RW_REFEREE_NONE, 0, law->p0, (double)zeros / (double)s->n),
        zeros, s->n, law->p0, 1);
    err = compare_tails(r, s, law, c, n_c, e);
    if (err == RW_OK)
        compare_tvars(r, s, law);
    return err;
}

static void
conclude(struct rw_referee *r)
{
    double each;

    r->agrees = true;
    for (size_t k = 0; k < r->n_risks; k++)
        for (size_t j = 0; j < r->risk[k].n; j++)
            r->n_judged += r->risk[k].line[j].judged;
    each = RW_REFEREE_ALPHA / (double)(r->n_judged > 0 ? r->n_judged : 1);
    r->limit = gsl_cdf_ugaussian_Qinv(each / 2);
    for (size_t k = 0; k < r->n_risks; k++)
        for (size_t j = 0; j < r->risk[k].n; j++) {
            const struct rw_referee_line *l = &r->risk[k].line[j];

            if (!l->judged)
                continue;
            r->worst = fmax(r->worst, fabs(l->z));
            r->agrees = r->agrees && l->chance >= each;
        }
}

/* loss <- what the k-th watched risk cost in the first year. */
static enum rw_err
take(const struct rw_outcome *o, size_t k, double *loss, struct rw_error *e)
{
    struct rw_rows rows = rw_rows_of(o);

    return rw_outcome_column(o, rw_column_row(rw_row_watched(&rows, k)), loss, NULL, e);
}

/* The watched risks, each against its law; loss, tmp: (n) scratch. */
static enum rw_err
compare_risks(const struct rw_exact *x, const struct rw_outcome *o, double *loss,
    double *tmp, struct rw_referee *r, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    for (size_t k = 0; k < o->n_watched && err == RW_OK; k++) {
        size_t risk = o->watched[k];
        struct sample s = {loss, o->n, tmp};

        err = take(o, k, loss, e);
        if (err != RW_OK)
            break;
        rw_sort(loss, o->n, tmp);
        err = compare(
            &r->risk[risk], &s, &x->risk[risk], &x->terms.risk[risk].compound, 1, e);
        r->n_refereed++;
    }
    return err;
}

/* Their sum: added up again here. */
static enum rw_err
compare_sum(const struct rw_exact *x, const struct rw_outcome *o, double *total,
    double *tmp, struct rw_referee_risk *r, struct rw_error *e)
{
    struct sample s = {total, o->n, tmp};

    for (size_t i = 0; i < o->n; i++)
        total[i] = 0;
    for (size_t k = 0; k < o->n_watched; k++) {
        enum rw_err err = take(o, k, tmp, e);

        if (err != RW_OK)
            return err;
        for (size_t i = 0; i < o->n; i++)
            total[i] += tmp[i];
    }
    rw_sort(total, o->n, tmp);
    return compare(r, &s, &x->sum, x->terms.sum, x->terms.n_sum, e);
}

enum rw_err
rw_referee_make(const struct rw_exact *x, const struct rw_outcome *o,
    struct rw_arena *a, struct rw_referee *r, struct rw_error *e)
{
    size_t n = x->terms.n_risks;
    double *total = malloc(o->n * sizeof *total), *tmp = malloc(o->n * sizeof *tmp);
    enum rw_err err = RW_OK;

    *r = (struct rw_referee){.n_risks = n + 1};
    r->risk = RW_ARENA_NEW(a, n + 1, struct rw_referee_risk);
    if (r->risk == NULL || total == NULL || tmp == NULL)
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory for the referee");
    for (size_t k = 0; k < n && err == RW_OK; k++)
        r->risk[k] = (struct rw_referee_risk){.id = x->terms.risk[k].id,
            .why = x->model->n_years > 0 ? x->terms.risk[k].why
                                         : "the horizon holds no whole year"};
    if (err == RW_OK) {
        r->risk[n] = (struct rw_referee_risk){.id = "sum",
            .why = o->n_watched < 2 ? "fewer than two risks are refereed"
                                    : x->terms.sum_why};
        if (r->risk[n].why == NULL)
            err = compare_sum(x, o, total, tmp, &r->risk[n], e);
    }
    if (err == RW_OK)
        err = compare_risks(x, o, total, tmp, r, e);
    if (err == RW_OK)
        conclude(r);
    free(total);
    free(tmp);
    return err;
}
