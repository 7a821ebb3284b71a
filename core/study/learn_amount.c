/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/learn_amount.c -- the size of a loss by the losses there were. */
#include "num/belief.h"
#include "study/learn.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* No other loss of the threat has its form. */
static bool
alone(const struct rw_threat *t, size_t loss)
{
    for (size_t j = 0; j < t->n_losses; j++)
        if (j != loss && t->losses[j].form == t->losses[loss].form)
            return false;
    return true;
}

/* The table tells it in the column `loss`, or in that of its form. */
static bool
by_loss(const struct rw_learn_request *q, const struct rw_threat *t)
{
    return q->incidents->has_loss && t->n_losses == 1 && t->losses[0].secondary >= 1;
}

static bool
by_form(const struct rw_learn_request *q, const struct rw_threat *t, size_t loss)
{
    return q->incidents->has_form[t->losses[loss].form] && alone(t, loss);
}

static const char *
obstacle(
    const struct rw_learn_request *q, const struct rw_learn_move *v, struct rw_arena *a)
{
    const struct rw_threat *t = &q->m->threats[v->of];
    const struct rw_dist *d = &t->losses[v->loss].amount;
    const char *form = rw_loss_form_names[t->losses[v->loss].form], *s;

    if (q->incidents == NULL)
        return "no table of incidents";
    if (t->use.plugin != NULL)
        return "the threat's plugin may scale its losses";
    if (t->sized)
        return "the threat's loss_factor says that all losses may be wrong as a whole";
    if (q->m->risks[t->first_risk].staged != NULL)
        return "it depends on the stage in which an attack is seen";
    if (t->systemic && t->n_assets > 1)
        return "a systemic event costs something on each asset, and the table has the "
               "sum";
    if (!by_loss(q, t) && !by_form(q, t, v->loss)) {
        s = alone(t, v->loss)
                ? rw_arena_printf(a, "the table has no column '%s'", form)
                : rw_arena_printf(a, "two losses of the threat are %s", form);
        return s ? s : "no memory";
    }
    if (rw_dist_is_constant(d))
        return "it is stated as known; give it as a lognormal to let it learn";
    if (d->family != rw_dist_family("lognormal")) {
        s = rw_arena_printf(a,
            "no update of a %s by single losses; `riskwheel fit` fits laws to the "
            "table",
            d->family->name);
        return s ? s : "no memory";
    }
    if (isfinite(d->floor) || isfinite(d->cap))
        return "its floor or cap hides what losses are beyond";
    return NULL;
}

/* The loss of a row in units of the amount, before response; NAN: not known. */
static double
amount_of(const struct rw_learn_request *q, const struct rw_learn_move *v,
    const struct rw_incident *x)
{
    const struct rw_threat *t = &q->m->threats[v->of];
    const struct rw_loss *l = &t->losses[v->loss];
    double loss = by_form(q, t, v->loss) ? x->form[l->form] : NAN;
    size_t i = 0;

    if (isnan(loss) && by_loss(q, t))
        loss = x->loss;
    if (x->asset != SIZE_MAX)
        while (t->assets[i] != x->asset)
            i++;
    else if (t->n_assets > 1 && l->of != RW_OF_MONEY)
        return NAN;
    if (!(loss > 0))
        return NAN;
    return loss / q->m->risks[t->first_risk + i].scale[v->loss] /
           rw_learn_left(q->m, &q->m->risks[t->first_risk + i]);
}

/* Predictive quantiles of the law of means: lognormal of mu and sigma. */
static void
law_of(const struct rw_dist *d, struct rw_learn_law *l)
{
    *l = (struct rw_learn_law){rw_dist_mean(d), rw_dist_sd(d),
        rw_dist_quantile(d, 0.05), rw_dist_quantile(d, 0.5), rw_dist_quantile(d, 0.95)};
}

/* The text of the new amount; an `of` within the old one stays. */
static const char *
text_of(
    const struct rw_loss *l, double mu, double sigma, bool inner, struct rw_arena *a)
{
    char of[64] = "";

    if (inner)
        snprintf(of, sizeof of, ", \"of\": \"%s\"", rw_relative_names[l->of]);
    return rw_arena_printf(a,
        "{ \"dist\": \"lognormal\", \"mu\": %.10g, \"sigma\": %.10g%s }", mu, sigma,
        of);
}

enum rw_err
rw_learn_amount(const struct rw_learn_request *q, struct rw_learn_move *v,
    struct rw_arena *a, struct rw_error *e)
{
    const struct rw_threat *t = &q->m->threats[v->of];
    const struct rw_loss *l = &t->losses[v->loss];
    const struct rw_dist *d = &l->amount;
    struct rw_dist after = *d;
    struct rw_nig p;
    double k = v->weight;

    v->surprise = NAN;
    v->why = obstacle(q, v, a);
    if (v->why != NULL)
        return RW_OK;
    p = (struct rw_nig){d->p[0], k, 1 + k / 2, k / 2 * d->p[1] * d->p[1]};
    for (size_t i = 0; i < q->incidents->n; i++) {
        const struct rw_incident *x = &q->incidents->v[i];
        double amount = x->threat == v->of ? log(amount_of(q, v, x)) : NAN;

        if (isnan(amount))
            continue;
        rw_nig_update(&p, &amount, 1);
        v->n++;
    }
    if (v->n == 0) {
        v->why = "no row tells one";
        return RW_OK;
    }
    v->share = rw_learn_left(q->m, &q->m->risks[t->first_risk]);
    v->weight = p.k;
    law_of(d, &v->before);
    after.p[0] = p.m;
    after.p[1] = sqrt(p.b / (p.a - 1));
    law_of(&after, &v->after);
    v->json = text_of(l, after.p[0], after.p[1],
        v->prior != NULL && strstr(v->prior, "\"of\"") != NULL, a);
    return v->json ? RW_OK : rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
}
