/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/prior.h"

#include "base/fence.h"
#include "num/belief.h"
#include "num/hawkes.h"
#include "num/sum.h"
#include "wheel/ages.h"
#include "wheel/wear.h"
#include "world/quasi.h"

#include <math.h>

/* Mean and coefficient of variation of x, 0 for a mean of 0. */
static double
variation(const double x[], size_t n)
{
    struct rw_moments s = rw_moments_array(x, n);

    return s.mean > 0 ? rw_moments_sd(&s) / s.mean : 0;
}

/* (sd / mean)^2.  An infinite sd would be a belief worth nothing; there the
 * belief is the gamma whose 90 % interval is as wide as the estimate's, whose
 * middle says what its author thinks and whose far tail he cannot know. */
static double
square_ratio(const struct rw_dist *d)
{
    double mean = rw_dist_mean(d), sd = rw_dist_sd(d), a, b;

    if (isfinite(sd))
        return mean > 0 ? pow(sd / mean, 2) : 0;
    rw_belief_prior_interval(
        rw_dist_quantile(d, 0.05), rw_dist_quantile(d, 0.95), 0.9, &a, &b);
    return 1 / a;
}

/* What a copula does to the mean of a product. */
static struct rw_copula_product
product_of(
    const struct rw_model *m, const struct rw_estimate *x, const struct rw_estimate *y)
{
    const struct rw_coupling *c;

    if (x->coupling == 0 || x->coupling != y->coupling)
        return (struct rw_copula_product){1, 1};
    c = &m->dependence.couplings[x->coupling - 1];
    return rw_copula_product(
        &c->copula, c->rho[x->member * c->n + y->member], &x->sampler, &y->sampler);
}

/* A risk whose threat is stated by two estimates. */
static void
expect_stated(const struct rw_model *m, size_t r, struct rw_prior *p)
{
    const struct rw_threat *x = &m->threats[m->risks[r].threat];
    const struct rw_dist *f = &x->frequency.dist, *s = &x->susceptibility.dist;
    const struct rw_hawkes h = {x->children, x->child_delay};
    struct rw_copula_product both = product_of(m, &x->frequency, &x->susceptibility);
    double square = (1 + square_ratio(f)) * (1 + square_ratio(s)) *
                    (both.square / (both.mean * both.mean));
    double excited = 0;

    for (unsigned t = 0; t < m->cycles; t++) {
        double mean = rw_dist_mean(f) * rw_dist_mean(s) * m->years * both.mean;

        p->plain[r * m->cycles + t] = mean;
        if (x->law == RW_COUNT_ZIP)
            mean *= rw_count_share(&x->count);
        if (x->children > 0)
            mean = rw_hawkes_step(&h, mean / m->years, m->years, &excited);
        p->rate[r * m->cycles + t] = mean;
        p->money[r * m->cycles + t] = m->risks[r].mean_loss;
    }
    p->cv[r] = sqrt(fmax(square - 1, 0));
}

/* Adds what shocks bring to such a risk: p l events a year, l independent of
 * the threat's own rate and of other shocks, or (spread) coupled with them. */
static void
expect_shocks(const struct rw_model *m, size_t r, struct rw_prior *p)
{
    double own =
        rw_sum_array(p->rate + r * m->cycles, m->cycles) / (m->cycles * m->years);
    double rate = 0, square = pow(p->cv[r] * own, 2);

    for (size_t s = 0; s < m->dependence.n_shocks; s++) {
        const struct rw_shock *x = &m->dependence.shocks[s];

        for (size_t h = 0; h < x->n_hits; h++)
            if (x->hits[h].threat == m->risks[r].threat) {
                const struct rw_dist *d = &x->frequency.dist;

                rate += x->hits[h].probability * rw_dist_mean(d);
                square += pow(x->hits[h].probability * rw_dist_sd(d), 2);
            }
    }
    p->brought[r] = rate * m->years;
    for (unsigned t = 0; t < m->cycles; t++)
        p->rate[r * m->cycles + t] += p->brought[r];
    p->cv[r] = own + rate > 0 ? sqrt(square) / (own + rate) : 0;
}

/* Adds cycle t of a pilot world to a plugin's risk; total (room) gathers the
 * futures' rates over the horizon. */
static void
expect_cycle(const struct rw_world *w, size_t r, struct rw_prior *p, double total[])
{
    const struct rw_risk *x = &w->m->risks[r];
    const double *rate = rw_world_expected(w, x->source);
    const double *factor = w->factor + x->threat * w->room;
    const double *brought = w->brought + x->threat * w->room;
    bool shocked = w->m->threats[x->threat].shocked;
    size_t at = r * w->m->cycles + w->cycle;
    struct rw_sum sum = {0}, weighted = {0};

    for (size_t i = 0; i < w->n; i++) {
        double y = rate[i] + (shocked ? brought[i] * w->m->years : 0);

        total[i] += y;
        rw_sum_add(&sum, y);
        rw_sum_add(&weighted, y * factor[i]);
    }
    p->rate[at] = rw_sum_value(&sum) / (double)w->n;
    if (w->plain != NULL)
        p->plain[at] =
            rw_sum_array(w->plain + x->source * w->room, w->n) / (double)w->n;
    if (shocked)
        p->brought[r] = rw_sum_array(brought, w->n) / (double)w->n * w->m->years;
    p->money[at] = x->mean_loss;
    if (rw_sum_value(&sum) > 0)
        p->money[at] *= rw_sum_value(&weighted) / rw_sum_value(&sum);
}

static enum rw_err
expect_plugins(struct rw_world *w, struct rw_prior *p, struct rw_error *e)
{
    const struct rw_model *m = w->m;
    double *total = RW_ARENA_NEW(&p->arena, m->n_risks * w->room, double);
    enum rw_err err = rw_world_begin(w, RW_PILOT_FIRST, RW_PRIOR_FUTURES, e);

    if (total == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the beliefs");
    for (unsigned t = 0; t < m->cycles && err == RW_OK; t++) {
        if (rw_world_stopped(w))
            return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
        err = rw_world_cycle(w, t, e);
        for (size_t r = 0; r < m->n_risks && err == RW_OK; r++)
            if (m->threats[m->risks[r].threat].use.plugin != NULL)
                expect_cycle(w, r, p, total + r * w->room);
        if (err == RW_OK)
            rw_prior_size_cycle(w, p);
    }
    for (size_t r = 0; r < m->n_risks && err == RW_OK; r++)
        if (m->threats[m->risks[r].threat].use.plugin != NULL)
            p->cv[r] = variation(total + r * w->room, w->n);
    return err;
}

/* A stated threat's rate and that of a shock that hits it are not independent. */
static bool
coupled_with_shock(const struct rw_model *m, size_t r)
{
    const struct rw_threat *x = &m->threats[m->risks[r].threat];
    bool own = x->frequency.coupling > 0 || x->susceptibility.coupling > 0;
    size_t coupled = 0;

    for (size_t s = 0; s < m->dependence.n_shocks; s++) {
        const struct rw_shock *k = &m->dependence.shocks[s];

        for (size_t h = 0; h < k->n_hits; h++)
            coupled +=
                k->frequency.coupling > 0 && k->hits[h].threat == m->risks[r].threat;
    }
    return own ? coupled > 0 : coupled > 1;
}

/* That of the pilot's futures; its rows are as the last cycle left them. */
static double
pilot_variation(const struct rw_world *w, size_t r)
{
    const struct rw_risk *x = &w->m->risks[r];
    double *total = w->extra; /* (room) scratch */

    for (size_t i = 0; i < w->n; i++)
        total[i] = w->rate[x->source * w->room + i] * w->m->per_year +
                   w->brought[x->threat * w->room + i];
    return variation(total, w->n);
}

static void
look_ahead(const struct rw_model *m, struct rw_prior *p)
{
    for (size_t r = 0; r < m->n_risks; r++) {
        const double *rate = p->rate + r * m->cycles, *money = p->money + r * m->cycles;
        double events = 0, cost = 0;

        for (unsigned t = m->cycles; t-- > 0;) {
            events += rate[t];
            cost += rate[t] * money[t];
            p->rate_ahead[r * m->cycles + t] = events / ((m->cycles - t) * m->years);
            p->money_ahead[r * m->cycles + t] = events > 0 ? cost / events : money[t];
        }
    }
}

/* Mean of the efficacies, weighted by the coverage where a copula may tie the
 * two: what the mean coverage is to be multiplied by. */
static double
mean_covered(const struct rw_world *w, const struct rw_estimate *coverage,
    const double efficacy[])
{
    const double *share = rw_world_truth(w, coverage);
    struct rw_sum sum = {0}, weight = {0};

    if (coverage->coupling == 0)
        return rw_sum_array(efficacy, w->n) / (double)w->n;
    for (size_t i = 0; i < w->n; i++) {
        rw_sum_add(&sum, share[i] * efficacy[i]);
        rw_sum_add(&weight, share[i]);
    }
    return rw_sum_value(&weight) > 0 ? rw_sum_value(&sum) / rw_sum_value(&weight) : 0;
}

/* Efficacy of a plugin's control by age; mean[] (cycles). */
static enum rw_err
expect_control(
    struct rw_world *w, size_t c, double mean[], struct rw_prior *p, struct rw_error *e)
{
    struct rw_ages ages;
    enum rw_err err = rw_ages_open(w, c, &p->arena, &ages, e);

    if (err == RW_OK)
        err = rw_ages_begin(w, &ages, e);
    for (unsigned t = 0; t < w->m->cycles && err == RW_OK; t++) {
        err = rw_ages_next(w, &ages, t, e);
        mean[t] = mean_covered(w, &w->m->controls[c].coverage, ages.efficacy);
    }
    rw_ages_close(w, &ages);
    return err;
}

static enum rw_err
expect_controls(struct rw_world *w, struct rw_prior *p, struct rw_error *e)
{
    const struct rw_model *m = w->m;
    enum rw_err err = RW_OK;

    for (size_t c = 0; c < m->n_controls && err == RW_OK; c++) {
        const struct rw_control *x = &m->controls[c];
        double *row = p->intended + c * m->cycles;
        double coverage = rw_dist_mean(&x->coverage.dist);
        double both = product_of(m, &x->coverage, &x->efficacy).mean;

        if (x->use.plugin != NULL)
            err = expect_control(w, c, row, p, e);
        else
            for (unsigned t = 0; t < m->cycles; t++)
                row[t] = rw_dist_mean(&x->efficacy.dist) * rw_wear_left(x, m->years, t);
        for (unsigned t = 0; t < m->cycles; t++) {
            p->weak[c * m->cycles + t] = coverage * fmin(x->fail_efficacy, row[t]);
            row[t] *= coverage * both;
        }
        p->capital[c] = rw_dist_mean(&x->capital.dist);
        p->running[c] = rw_dist_mean(&x->running.dist);
    }
    return err;
}

static enum rw_err
make_room(const struct rw_model *m, struct rw_prior *p, struct rw_error *e)
{
    double **risk[] = {&p->rate, &p->money, &p->rate_ahead, &p->money_ahead, &p->plain};
    double **one[] = {&p->brought, &p->cv, &p->theta, &p->theta_cv, &p->dear};
    double **control[] = {&p->intended, &p->weak};
    double **threat[] = {&p->log_variance, &p->log_bend};
    bool ok;

    p->sized = RW_ARENA_NEW(&p->arena, m->n_threats, bool);
    p->size = RW_ARENA_NEW(&p->arena, m->n_threats, struct rw_nig);
    p->log_loss = RW_ARENA_NEW(&p->arena, m->n_risks, double);
    p->log_factor = RW_ARENA_NEW(&p->arena, m->n_threats * m->cycles, double);
    p->scratch = RW_ARENA_NEW(&p->arena, RW_PRIOR_FUTURES, double);
    p->capital = RW_ARENA_NEW(&p->arena, m->n_controls, double);
    p->running = RW_ARENA_NEW(&p->arena, m->n_controls, double);
    p->fails = RW_ARENA_NEW(&p->arena, m->n_controls, double);
    p->works_a = RW_ARENA_NEW(&p->arena, m->n_controls, double);
    p->works_b = RW_ARENA_NEW(&p->arena, m->n_controls, double);
    p->doubted = RW_ARENA_NEW(&p->arena, m->n_controls, bool);
    ok = p->capital != NULL && p->running != NULL && p->fails != NULL &&
         p->works_a != NULL && p->works_b != NULL && p->doubted != NULL &&
         p->sized != NULL && p->size != NULL && p->log_loss != NULL &&
         p->log_factor != NULL && p->scratch != NULL;
    for (size_t k = 0; k < sizeof threat / sizeof *threat; k++) {
        *threat[k] = RW_ARENA_NEW(&p->arena, m->n_threats, double);
        ok = ok && *threat[k] != NULL;
    }
    for (size_t k = 0; k < sizeof one / sizeof *one; k++) {
        *one[k] = RW_ARENA_NEW(&p->arena, m->n_risks, double);
        ok = ok && *one[k] != NULL;
    }
    for (size_t k = 0; k < sizeof risk / sizeof *risk; k++) {
        *risk[k] = RW_ARENA_NEW(&p->arena, m->n_risks * m->cycles, double);
        ok = ok && *risk[k] != NULL;
    }
    for (size_t k = 0; k < sizeof control / sizeof *control; k++) {
        *control[k] = RW_ARENA_NEW(&p->arena, m->n_controls * m->cycles, double);
        ok = ok && *control[k] != NULL;
    }
    return ok ? RW_OK : rw_error_set(e, RW_ERR_MEMORY, "no memory for the beliefs");
}

/* What rw_prior_make is asked for. */
struct request {
    const struct rw_model *m;
    uint64_t seed;
    const volatile sig_atomic_t *stop;
    struct rw_prior *p;
};

/* Where plugins run. */
static enum rw_err
make(void *self, struct rw_error *e)
{
    const struct request *q = self;
    const struct rw_model *m = q->m;
    struct rw_prior *p = q->p;
    struct rw_world *w = NULL;
    struct rw_quasi even;
    enum rw_err err = make_room(m, p, e);

    rw_quasi_make(&even, m, q->seed, RW_PRIOR_FUTURES);
    if (err == RW_OK)
        err = rw_world_new(m, q->seed, RW_PRIOR_FUTURES, q->stop, &w, e);
    if (err == RW_OK) {
        w->quasi = &even;
        err = expect_plugins(w, p, e);
    }
    for (size_t r = 0; r < m->n_risks && err == RW_OK; r++)
        if (m->threats[m->risks[r].threat].use.plugin == NULL) {
            expect_stated(m, r, p);
            if (m->threats[m->risks[r].threat].shocked)
                expect_shocks(m, r, p);
            if (coupled_with_shock(m, r))
                p->cv[r] = pilot_variation(w, r);
        }
    if (err == RW_OK &&
        (rw_prior_size(m, p) != RW_OK || rw_prior_losses(m, p) != RW_OK))
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory for the beliefs");
    if (err == RW_OK) {
        rw_prior_opinion(m, p);
        rw_prior_failing(m, p);
        look_ahead(m, p);
        err = expect_controls(w, p, e);
    }
    rw_world_free(w);
    return err;
}

enum rw_err
rw_prior_make(const struct rw_model *m, uint64_t seed,
    const volatile sig_atomic_t *stop, struct rw_prior *p, struct rw_error *e)
{
    rw_arena_init(&p->arena); /* also where make is not reached */
    return rw_fence_call(make, &(struct request){m, seed, stop, p}, e);
}

void
rw_prior_fini(struct rw_prior *p)
{
    rw_arena_fini(&p->arena);
}
