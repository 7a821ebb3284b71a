/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/depend.c -- completes the dependence of a model. */
#include "model/build.h"

void
rw_depend_room(const struct rw_model *m, size_t *truth, size_t *lanes)
{
    const struct rw_dependence *d = &m->dependence;

    *truth = d->n_shocks;
    *lanes = d->n_couplings + d->n_multipliers + 4 * d->n_shocks + 2 * d->n_causes;
    for (size_t k = 0; k < d->n_shocks; k++)
        for (size_t h = 0; h < d->shocks[k].n_hits; h++)
            *lanes += 1 + 2 * m->threats[d->shocks[k].hits[h].threat].n_assets;
}

static enum rw_err
build_coupling(struct build *b, struct rw_model *m, size_t at)
{
    struct rw_coupling *x = &m->dependence.couplings[at];
    enum rw_err err = rw_build_lane(b, "copula", x->names[0], "chi2", &x->lane);

    if (err != RW_OK)
        return err;
    err = rw_copula_init(&x->copula, x->kind, x->df, x->n, x->rho, rw_build_arena(b));
    RW_BUG_ASSERT(err != RW_ERR_INPUT); /* the reader saw to that */
    if (err != RW_OK)
        return rw_build_memory(b);
    for (size_t k = 0; k < x->n; k++)
        if (x->over == RW_OVER_ESTIMATES) {
            x->estimates[k]->coupling = at + 1;
            x->estimates[k]->member = k;
        } else {
            m->threats[x->threats[k]].coupled_year = true;
        }
    return RW_OK;
}

static enum rw_err
build_multiplier(struct build *b, struct rw_model *m, struct rw_multiplier *x)
{
    struct rw_count law;
    enum rw_err err = rw_build_lane(b, "multiplier", x->id, "year", &x->lane);

    if (err != RW_OK)
        return err;
    if (rw_count_init(&law, RW_COUNT_NEGBIN, x->dispersion, rw_build_arena(b)) != RW_OK)
        return rw_build_memory(b);
    x->mixing = law.mixing;
    for (size_t k = 0; k < x->n_threats; k++)
        m->threats[x->threats[k]].shared_year = true;
    return RW_OK;
}

static enum rw_err
build_hit(
    struct build *b, struct rw_model *m, const struct rw_shock *s, struct rw_hit *x)
{
    struct rw_arena *a = rw_build_arena(b);
    const struct rw_threat *t = &m->threats[x->threat];
    enum rw_err err = rw_build_lane(
        b, "shock", s->id, rw_arena_printf(a, "hits/%s", t->id), &x->lane);

    x->level_lane = RW_ARENA_NEW(a, t->n_assets, uint64_t);
    x->loss_lane = RW_ARENA_NEW(a, t->n_assets, uint64_t);
    if (x->level_lane == NULL || x->loss_lane == NULL)
        return rw_build_memory(b);
    for (size_t j = 0; j < t->n_assets && err == RW_OK; j++) {
        const char *id = m->risks[t->first_risk + j].id;

        err = rw_build_lane(
            b, "shock", s->id, rw_arena_printf(a, "level/%s", id), &x->level_lane[j]);
        if (err == RW_OK)
            err = rw_build_lane(
                b, "shock", s->id, rw_arena_printf(a, "loss/%s", id), &x->loss_lane[j]);
    }
    return err;
}

static enum rw_err
build_shock(struct build *b, struct rw_model *m, struct rw_shock *x)
{
    enum rw_err err = rw_build_estimate(b, &x->frequency, "shock", x->id, "frequency");

    if (err == RW_OK)
        err = rw_build_lane(b, "shock", x->id, "events", &x->event_lane);
    if (err == RW_OK)
        err = rw_build_lane(b, "shock", x->id, "fate", &x->fate_lane);
    if (err == RW_OK)
        err = rw_build_lane(b, "shock", x->id, "stages", &x->stage_lane);
    for (size_t h = 0; h < x->n_hits && err == RW_OK; h++) {
        m->threats[x->hits[h].threat].shocked = true;
        err = build_hit(b, m, x, &x->hits[h]);
    }
    return err;
}

/* The causes of every control. */
static enum rw_err
list_causes(struct build *b, struct rw_model *m)
{
    const struct rw_dependence *d = &m->dependence;

    for (size_t k = 0; k < d->n_causes; k++)
        for (size_t j = 0; j < d->causes[k].n_controls; j++) {
            struct rw_control *c = &m->controls[d->causes[k].controls[j]];

            if (c->causes == NULL)
                c->causes = RW_ARENA_NEW(rw_build_arena(b), d->n_causes, size_t);
            if (c->causes == NULL)
                return rw_build_memory(b);
            c->causes[c->n_causes++] = k;
        }
    return RW_OK;
}

static bool
any_coupled(const struct rw_plugin_use *u)
{
    for (size_t k = 0; u->plugin != NULL && k < u->plugin->n_params; k++)
        if (u->values[k].coupling > 0)
            return true;
    return false;
}

static unsigned
touch_of_threat(const struct rw_threat *t)
{
    unsigned touch = 0;

    if (t->coupled_year || t->frequency.coupling > 0 ||
        t->susceptibility.coupling > 0 || any_coupled(&t->use))
        touch |= RW_TOUCH_COPULA;
    if (t->shared_year)
        touch |= RW_TOUCH_MULTIPLIER;
    if (t->shocked)
        touch |= RW_TOUCH_SHOCK;
    return touch;
}

static unsigned
touch_of_control(const struct rw_control *c)
{
    unsigned touch = c->n_causes > 0 ? RW_TOUCH_CAUSE : 0;

    if (c->efficacy.coupling > 0 || c->coverage.coupling > 0 || any_coupled(&c->use))
        touch |= RW_TOUCH_COPULA;
    return touch;
}

static void
touch_risks(struct rw_model *m)
{
    for (size_t r = 0; r < m->n_risks; r++) {
        struct rw_risk *x = &m->risks[r];

        x->touched = touch_of_threat(&m->threats[x->threat]);
        for (int f = 0; f < RW_FUNCTIONS; f++)
            for (size_t k = 0; k < x->n_controls[f]; k++)
                x->touched |= touch_of_control(&m->controls[x->controls[f][k]]);
    }
}

enum rw_err
rw_depend_build(struct build *b, struct rw_model *m)
{
    struct rw_dependence *d = &m->dependence;
    enum rw_err err = RW_OK;

    for (size_t k = 0; k < d->n_shocks && err == RW_OK; k++)
        err = build_shock(b, m, &d->shocks[k]);
    for (size_t k = 0; k < d->n_couplings && err == RW_OK; k++)
        err = build_coupling(b, m, k);
    for (size_t k = 0; k < d->n_multipliers && err == RW_OK; k++)
        err = build_multiplier(b, m, &d->multipliers[k]);
    for (size_t k = 0; k < d->n_causes && err == RW_OK; k++)
        err = rw_build_outage(b, "cause", d->causes[k].id, &d->causes[k].lanes);
    if (err == RW_OK)
        err = list_causes(b, m);
    touch_risks(m);
    return err;
}
