/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/readings.h"

#include <math.h>

const char *const rw_reading_names[RW_READINGS] = {
    "compound", "product", "at_most_one"};

/* scale * amount with some probability, else 0: the loss of one event. */
struct part_law {
    const struct rw_event_part *part;
    double share; /* that response leaves of it */
};

static double
part_scale(const struct part_law *l)
{
    return l->part->scale * l->share;
}

static double
part_sf(const void *ctx, double x)
{
    const struct part_law *l = ctx;

    return l->part->probability * rw_dist_sf(&l->part->amount, x / part_scale(l));
}

static double
part_lev(const void *ctx, double x)
{
    const struct part_law *l = ctx;
    double scale = part_scale(l);

    return l->part->probability * scale * rw_dist_lev(&l->part->amount, x / scale);
}

static double
part_quantile(const void *ctx, double lower, double upper)
{
    const struct part_law *l = ctx;
    double p = l->part->probability, beyond = upper / p;

    if (p >= 1)
        return part_scale(l) * rw_dist_quantile_tails(&l->part->amount, lower, upper);
    if (beyond >= 1)
        return 0;
    return part_scale(l) * rw_dist_quantile_tails(&l->part->amount, 1 - beyond, beyond);
}

static struct rw_loss_law
law_of(const struct part_law *l)
{
    double scale = part_scale(l), p = l->part->probability;
    double mean = scale * rw_dist_mean(&l->part->amount);
    double sd = scale * rw_dist_sd(&l->part->amount);

    return (struct rw_loss_law){.ctx = l,
        .sf = part_sf,
        .lev = part_lev,
        .quantile = part_quantile,
        .mean = p * mean,
        .sd = sqrt(p * (sd * sd + (1 - p) * mean * mean))};
}

/* Why the event's loss is not one distribution, or NULL. */
static const char *
reason(const struct rw_event_loss *l)
{
    if (l->n_parts != 1)
        return l->n_parts == 0 ? "an event costs nothing"
                               : "an event's loss has several parts";
    if (l->n_shares > 1)
        return "response leaves one of two shares of a loss";
    if (l->limit > 0)
        return "an event's loss is insured";
    return NULL;
}

static void
read_compound(const struct rw_exact_law *x, struct rw_reading_law *l)
{
    l->mean = x->mean;
    l->sd = x->sd;
    l->p0 = x->p0;
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        l->quantile[k] = (struct rw_figure){x->quantile[k].value, x->quantile[k].error};
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        l->tvar[k] = (struct rw_figure){x->tvar[k].value, x->tvar[k].error};
}

static enum rw_err
read_other(enum rw_reading_kind kind, const struct rw_term *t, struct rw_reading_law *l,
    struct rw_error *e)
{
    const struct rw_compound *c = &t->compound;
    const struct rw_event_loss *event = &c->members[0].event;
    struct part_law part = {event->parts, event->n_shares ? event->share[0] : 1};
    struct rw_frequency f = {
        c->law, c->dispersion, c->zero, c->chances, t->factors, t->n_factors};
    struct rw_reading *r = NULL;
    struct rw_loss_law x;
    enum rw_err err;

    l->why = c->n_members == 0 ? "it cannot happen" : reason(event);
    if (l->why != NULL)
        return RW_OK;
    x = law_of(&part);
    err = rw_reading_new(kind, &f, &x, &r, e);
    if (err == RW_OK) {
        l->mean = rw_reading_mean(r);
        l->sd = rw_reading_sd(r);
        l->p0 = rw_reading_p0(r);
        for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
            l->quantile[k] = rw_reading_quantile(r, rw_result_quantiles[k]);
        for (size_t k = 0; k < RW_RESULT_TVARS; k++)
            l->tvar[k] = rw_reading_tvar(r, rw_result_tvars[k]);
    }
    rw_reading_free(r);
    return err;
}

/* At most one event whose loss is of any kind: a compound of one chance. */
static enum rw_err
read_one_event(
    const struct rw_term *t, double p0, struct rw_reading_law *l, struct rw_error *e)
{
    double chance = 1 - p0, certain = 1;
    struct rw_compound_member one = {1, t->compound.members[0].event};
    struct rw_compound c = {.law = RW_COUNT_BERNOULLI,
        .chances = 1,
        .m = &chance,
        .weight = &certain,
        .n_nodes = 1,
        .members = &one,
        .n_members = 1};
    struct rw_exact_law x = {.n_exceed = 0};
    enum rw_err err = rw_exact_read(&c, 1, &x, e);

    l->why = NULL;
    read_compound(&x, l);
    return err;
}

enum rw_err
rw_readings_make(const struct rw_exact *x, const volatile sig_atomic_t *stop,
    struct rw_arena *a, struct rw_readings **r, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    *r = RW_ARENA_NEW(a, x->terms.n_risks, struct rw_readings);
    if (*r == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the readings");
    for (size_t k = 0; k < x->terms.n_risks && err == RW_OK; k++) {
        const struct rw_term *t = &x->terms.risk[k];
        struct rw_reading_law *law = (*r)[k].law;

        if (t->why != NULL)
            continue;
        if (rw_stopped(stop))
            return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
        read_compound(&x->risk[k], &law[0]);
        err = read_other(RW_READING_PRODUCT, t, &law[1], e);
        if (err == RW_OK)
            err = read_other(RW_READING_AT_MOST_ONE, t, &law[2], e);
        if (err == RW_OK && law[2].why != NULL && t->compound.n_members > 0)
            err = read_one_event(t, law[0].p0, &law[2], e);
        if (err != RW_OK)
            rw_error_prepend(e, "risk %s", t->id);
    }
    return err;
}
