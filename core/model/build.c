/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/build.h"

#include "model/regulation.h"
#include "num/samplers.h"

#include <stdlib.h>
#include <string.h>

/* What the building needs besides the model: the register of lanes, so that
 * no two random variables can ever share their draws. */
struct lane_name {
    uint64_t lane;
    const char *name;
};

struct build {
    struct rw_model *m;
    struct rw_arena *a;
    struct rw_error *e;
    struct rw_samplers samplers; /* whose tables are yet to be made */
    struct lane_name *lanes;
    size_t n_lanes, max_lanes;
    size_t max_truth;
};

static enum rw_err
no_memory(struct build *b)
{
    return rw_error_set(b->e, RW_ERR_MEMORY, "no memory for the model");
}

/* Registers the lane of owner/id/variable. */
static enum rw_err
add_lane(struct build *b, const char *owner, const char *id, const char *variable,
    uint64_t *lane)
{
    char *name = rw_arena_printf(b->a, "%s %s: %s", owner, id, variable);

    RW_BUG_ASSERT(b->n_lanes < b->max_lanes);
    if (name == NULL)
        return no_memory(b);
    *lane = rw_lane(owner, id, variable);
    b->lanes[b->n_lanes++] = (struct lane_name){*lane, name};
    return RW_OK;
}

enum rw_err
rw_build_sampler(struct build *b, struct rw_sampler *s, const struct rw_dist *d)
{
    return rw_samplers_add(&b->samplers, s, d, b->a) == RW_OK ? RW_OK : no_memory(b);
}

static enum rw_err
add_estimate(struct build *b, struct rw_estimate *x, const char *owner, const char *id,
    const char *variable)
{
    enum rw_err err = add_lane(b, owner, id, variable, &x->lane);

    if (err != RW_OK)
        return err;
    err = rw_build_sampler(b, &x->sampler, &x->dist);
    if (err != RW_OK)
        return err;
    RW_BUG_ASSERT(b->m->n_truth < b->max_truth);
    x->slot = b->m->n_truth;
    b->m->truth[b->m->n_truth++] = x;
    return RW_OK;
}

enum rw_err
rw_build_lane(struct build *b, const char *owner, const char *id, const char *variable,
    uint64_t *lane)
{
    return variable == NULL ? no_memory(b) : add_lane(b, owner, id, variable, lane);
}

enum rw_err
rw_build_outage(
    struct build *b, const char *owner, const char *id, struct rw_outage_lanes *x)
{
    enum rw_err err = add_lane(b, owner, id, "fault", &x->fault);

    return err == RW_OK ? add_lane(b, owner, id, "finding", &x->finding) : err;
}

enum rw_err
rw_build_estimate(struct build *b, struct rw_estimate *x, const char *owner,
    const char *id, const char *variable)
{
    return add_estimate(b, x, owner, id, variable);
}

enum rw_err
rw_build_memory(struct build *b)
{
    return no_memory(b);
}

enum rw_err
rw_build_refuse(struct build *b, const char *why)
{
    return rw_error_set(b->e, RW_ERR_INPUT, "%s", why);
}

struct rw_arena *
rw_build_arena(struct build *b)
{
    return b->a;
}

/* The estimates a plugin's use brings, and the lane of its own draws. */
static enum rw_err
add_use(struct build *b, struct rw_plugin_use *u, const char *owner, const char *id)
{
    enum rw_err err = add_lane(b, owner, id, "plugin", &u->lane);

    for (size_t i = 0; u->plugin != NULL && i < u->plugin->n_params && err == RW_OK;
         i++)
        err = add_estimate(b, &u->values[i], owner, id,
            rw_arena_printf(b->a, "parameters/%s", u->plugin->params[i].name));
    return err;
}

static enum rw_err
build_losses(struct build *b, struct rw_threat *t)
{
    t->words = 0;
    for (size_t j = 0; j < t->n_losses; j++) {
        struct rw_loss *l = &t->losses[j];

        if (rw_build_sampler(b, &l->sampler, &l->amount) != RW_OK)
            return no_memory(b);
        l->mean = rw_dist_mean(&l->amount) * l->secondary;
        t->words += l->secondary < 1 ? 2 : 1;
        if (t->attack.n > 0 && rw_stage_build_loss(b, t, l) != RW_OK)
            return no_memory(b);
    }
    return RW_OK;
}

/* An error of the whole threat. */
static enum rw_err
refuse(struct build *b, const struct rw_threat *t, const char *why)
{
    enum rw_err err = rw_error_set(b->e, RW_ERR_INPUT, "threat '%s' %s", t->id, why);

    rw_error_place(b->e, t->place.file, t->place.line, t->place.col, t->place.pointer);
    return err;
}

static enum rw_err
too_frequent(struct build *b, const struct rw_threat *t)
{
    enum rw_err err = rw_error_set(b->e, RW_ERR_INPUT,
        "threat '%s' makes %.3g attempts a year; at most %.0g can be simulated one by "
        "one: state it as fewer, larger events",
        t->id, rw_dist_mean(&t->frequency.dist), RW_FREQUENCY_MAX);

    rw_error_place(b->e, t->place.file, t->place.line, t->place.col, t->place.pointer);
    return err;
}

static enum rw_err
build_count(struct build *b, struct rw_threat *t)
{
    double parameter = t->law == RW_COUNT_NEGBIN     ? t->dispersion
                       : t->law == RW_COUNT_ZIP      ? t->zero
                       : t->law == RW_COUNT_BINOMIAL ? t->chances
                                                     : 0;
    enum rw_err err = rw_count_init(&t->count, t->law, parameter, b->a);

    return err == RW_OK ? RW_OK
           : err == RW_ERR_MEMORY
               ? no_memory(b)
               : refuse(b, t, "has a count law with no such parameter");
}

/* Families must end, and the events to come be held in memory. */
static enum rw_err
check_excitation(struct build *b, const struct rw_threat *t)
{
    double mean = t->use.plugin == NULL ? rw_dist_mean(&t->frequency.dist) : 0;

    if (t->children == 0)
        return RW_OK;
    if (!(t->children > 0 && t->children < 1 && t->child_delay > 0))
        return refuse(b, t, "is excited by no number of children below 1, or at once");
    if (t->law != RW_COUNT_POISSON && t->law != RW_COUNT_NEGBIN)
        return refuse(b, t, "has excitation, which goes with poisson and negbin only");
    if (!(mean / (1 - t->children) <= RW_EXCITED_MAX))
        return refuse(b, t,
            "makes more than 10,000 attempts a year with their excitation: state it as "
            "fewer, larger events");
    return RW_OK;
}

/* What is known of the factor goes into the scales; the rest is drawn. */
static enum rw_err
build_factor(struct build *b, struct rw_threat *t)
{
    const struct rw_dist *d = &t->loss_factor.dist;

    t->factor_mean = d->family != NULL ? rw_dist_mean(d) : 1;
    t->sized = d->family != NULL && !rw_dist_is_constant(d) && t->factor_mean > 0;
    return t->sized ? add_estimate(b, &t->loss_factor, "threat", t->id, "loss_factor")
                    : RW_OK;
}

static enum rw_err
build_threat(struct build *b, struct rw_threat *t)
{
    enum rw_err err;

    if (t->contest)
        t->susceptibility.dist =
            rw_dist_constant(rw_dist_prob_exceeds(&t->capability, &t->resistance));
    err = add_use(b, &t->use, "threat", t->id);
    if (err == RW_OK && t->use.plugin == NULL) {
        if (!(rw_dist_mean(&t->frequency.dist) <= RW_FREQUENCY_MAX))
            return too_frequent(b, t);
        err = add_estimate(b, &t->frequency, "threat", t->id, "frequency");
        if (err == RW_OK)
            err =
                add_estimate(b, &t->susceptibility, "threat", t->id, "susceptibility");
    }
    t->attack.share[RW_ENDING_FULL] = 1;
    if (err == RW_OK)
        err = build_factor(b, t);
    if (err == RW_OK)
        err = build_losses(b, t);
    if (err == RW_OK)
        err = build_count(b, t);
    if (err == RW_OK)
        err = check_excitation(b, t);
    if (t->use.plugin != NULL) {
        t->state_slot = b->m->threat_state_rows;
        b->m->threat_state_rows += t->use.plugin->n_states;
    }
    return err;
}

static enum rw_err
build_control(struct build *b, struct rw_control *c)
{
    enum rw_err err = add_use(b, &c->use, "control", c->id);

    c->effect = rw_function_effect(c->function);
    if (err == RW_OK && c->use.plugin == NULL)
        err = add_estimate(b, &c->efficacy, "control", c->id, "efficacy");
    if (err == RW_OK)
        err = add_estimate(b, &c->coverage, "control", c->id, "coverage");
    if (err == RW_OK)
        err = add_estimate(b, &c->capital, "control", c->id, "capital");
    if (err == RW_OK)
        err = add_estimate(b, &c->running, "control", c->id, "running");
    if (err == RW_OK)
        err = add_lane(b, "control", c->id, "audit", &c->audit_lane);
    if (c->use.plugin != NULL) {
        c->state_slot = b->m->control_state_rows;
        b->m->control_state_rows += c->use.plugin->n_states;
    }
    return err;
}

/* A twin's planner has the draws of the one it stands beside. */
static enum rw_err
build_strategy(struct build *b, struct rw_strategy *s)
{
    if (s->twin == RW_TWIN_NONE)
        return add_use(b, &s->planner, "strategy", s->name);
    s->planner = b->m->strategies[s->twin_of].planner;
    return RW_OK;
}

static bool
holds(const size_t *list, size_t n, size_t x)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == x)
            return true;
    return false;
}

static bool
covers(const struct rw_control *c, const struct rw_risk *r)
{
    return (c->n_covers_threats == 0 ||
               holds(c->covers_threats, c->n_covers_threats, r->threat)) &&
           (c->n_covers_assets == 0 ||
               holds(c->covers_assets, c->n_covers_assets, r->asset));
}

static enum rw_err
list_controls(struct build *b, struct rw_risk *r)
{
    for (int f = 0; rw_function_effect((enum rw_function)f) != RW_EFFECT_SUPPORT; f++) {
        size_t *list = RW_ARENA_NEW(b->a, b->m->n_controls, size_t);

        if (list == NULL)
            return no_memory(b);
        r->controls[f] = list;
        r->n_controls[f] = 0;
        for (size_t c = 0; c < b->m->n_controls; c++)
            if ((int)b->m->controls[c].function == f && covers(&b->m->controls[c], r))
                list[r->n_controls[f]++] = c;
    }
    return RW_OK;
}

/* What a loss's amount multiplies on an asset. */
static double
scale_of(const struct rw_model *m, const struct rw_loss *l, size_t asset)
{
    const struct rw_asset *x = &m->assets[asset];

    if (l->fine != NULL)
        return rw_regulation_scale(l->fine, m, asset);
    switch (l->of) {
    case RW_OF_VALUE:
        return x->value;
    case RW_OF_RECORDS:
        return x->records;
    default:
        return 1;
    }
}

static enum rw_err
build_risk(
    struct build *b, struct rw_risk *r, size_t threat, size_t asset, size_t source)
{
    const struct rw_threat *t = &b->m->threats[threat];
    const struct rw_asset *x = &b->m->assets[asset];
    enum rw_err err;

    r->threat = threat;
    r->asset = asset;
    r->source = source;
    r->id = rw_arena_printf(b->a, "%s/%s", t->id, x->id);
    r->scale = RW_ARENA_NEW(b->a, t->n_losses, double);
    if (r->id == NULL || r->scale == NULL)
        return no_memory(b);
    r->mean_loss = 0;
    for (size_t j = 0; j < t->n_losses; j++) {
        r->scale[j] = scale_of(b->m, &t->losses[j], asset) * t->factor_mean;
        r->mean_loss += r->scale[j] * t->losses[j].mean;
    }
    err = add_lane(b, "risk", r->id, "loss", &r->loss_lane);
    if (err == RW_OK)
        err = add_lane(b, "risk", r->id, "order", &r->order_lane);
    if (err == RW_OK && rw_risk_insure(r, t, b->a) != RW_OK)
        err = no_memory(b);
    return err == RW_OK ? list_controls(b, r) : err;
}

static enum rw_err
build_source(struct build *b, size_t threat, const size_t *assets, size_t n)
{
    struct rw_model *m = b->m;
    size_t at = m->n_sources++;
    struct rw_source *s = &m->sources[at];
    const struct rw_threat *t = &m->threats[threat];
    const char *id;
    enum rw_err err = RW_OK;

    s->threat = threat;
    s->first_risk = m->n_risks;
    s->n_risks = n;
    for (size_t j = 0; j < n && err == RW_OK; j++)
        err = build_risk(b, &m->risks[m->n_risks++], threat, assets[j], at);
    if (err != RW_OK)
        return err;
    id = t->systemic ? t->id : m->risks[s->first_risk].id;
    err = add_lane(b, "source", id, "events", &s->event_lane);
    if (err == RW_OK)
        err = add_lane(b, "source", id, "fate", &s->fate_lane);
    if (err == RW_OK)
        err = add_lane(b, "source", id, "multiplier", &s->mix_lane);
    if (err == RW_OK)
        err = add_lane(b, "source", id, "offspring", &s->offspring_lane);
    if (err == RW_OK)
        err = add_lane(b, "source", id, "stages", &s->stage_lane);
    return err;
}

/* threat x asset: one source per asset, or one for all if systemic. */
static enum rw_err
build_risks(struct build *b)
{
    struct rw_model *m = b->m;
    size_t n = 0;
    enum rw_err err = RW_OK;

    for (size_t t = 0; t < m->n_threats; t++)
        n += m->threats[t].n_assets;
    m->risks = RW_ARENA_NEW(b->a, n, struct rw_risk);
    m->sources = RW_ARENA_NEW(b->a, n, struct rw_source);
    if (m->risks == NULL || m->sources == NULL)
        return no_memory(b);
    m->n_risks = m->n_sources = 0;
    for (size_t t = 0; t < m->n_threats && err == RW_OK; t++) {
        struct rw_threat *x = &m->threats[t];

        x->first_risk = m->n_risks;
        if (x->systemic)
            err = build_source(b, t, x->assets, x->n_assets);
        else
            for (size_t j = 0; j < x->n_assets && err == RW_OK; j++)
                err = build_source(b, t, &x->assets[j], 1);
    }
    return err;
}

static int
by_lane(const void *a, const void *b)
{
    const struct lane_name *x = a, *y = b;

    return (x->lane > y->lane) - (x->lane < y->lane);
}

static enum rw_err
refuse_collisions(struct build *b)
{
    qsort(b->lanes, b->n_lanes, sizeof *b->lanes, by_lane);
    for (size_t i = 1; i < b->n_lanes; i++)
        if (b->lanes[i - 1].lane == b->lanes[i].lane)
            return rw_error_set(b->e, RW_ERR_INPUT,
                "%s and %s would share their random numbers: rename one of them",
                b->lanes[i - 1].name, b->lanes[i].name);
    return RW_OK;
}

/* Upper bounds of what will be registered. */
static enum rw_err
make_room(struct build *b)
{
    struct rw_model *m = b->m;
    size_t uses = 0, risks = 0, truth, lanes;

    for (size_t t = 0; t < m->n_threats; t++) {
        risks += m->threats[t].n_assets;
        if (m->threats[t].use.plugin != NULL)
            uses += m->threats[t].use.plugin->n_params;
    }
    for (size_t c = 0; c < m->n_controls; c++)
        if (m->controls[c].use.plugin != NULL)
            uses += m->controls[c].use.plugin->n_params;
    for (size_t s = 0; s < m->n_strategies; s++)
        if (m->strategies[s].planner.plugin != NULL)
            uses += m->strategies[s].planner.plugin->n_params;
    b->max_truth = uses + 3 * m->n_threats + 4 * m->n_controls;
    b->max_lanes =
        b->max_truth + m->n_threats + 2 * m->n_controls + m->n_strategies + 7 * risks;
    rw_depend_room(m, &truth, &lanes);
    rw_upkeep_room(m, &truth, &lanes);
    b->max_truth += truth;
    b->max_lanes += truth + lanes;
    rw_programme_room(m, &truth, &lanes);
    b->max_truth += truth;
    b->max_lanes += truth + lanes;
    rw_deciding_room(m, &truth);
    b->max_truth += truth;
    b->max_lanes += truth;
    m->truth = RW_ARENA_NEW(b->a, b->max_truth, struct rw_estimate *);
    b->lanes = RW_ARENA_NEW(b->a, b->max_lanes, struct lane_name);
    m->n_truth = 0;
    m->threat_state_rows = m->control_state_rows = 0;
    return m->truth == NULL || b->lanes == NULL ? no_memory(b) : RW_OK;
}

enum rw_err
rw_model_build_by(
    struct rw_team *team, struct rw_model *m, struct rw_arena *a, struct rw_error *e)
{
    struct build b = {.m = m, .a = a, .e = e};
    enum rw_err err = m->phases ? rw_model_add_twins(m, a, e) : RW_OK;

    if (err == RW_OK)
        err = make_room(&b);
    m->years = 1.0 / m->per_year;
    m->n_years = m->cycles / m->per_year;
    for (size_t i = 0; i < m->n_threats && err == RW_OK; i++)
        err = build_threat(&b, &m->threats[i]);
    for (size_t i = 0; i < m->n_controls && err == RW_OK; i++)
        err = build_control(&b, &m->controls[i]);
    if (err == RW_OK)
        err = rw_upkeep_build(&b, m);
    for (size_t i = 0; i < m->n_strategies && err == RW_OK; i++)
        err = build_strategy(&b, &m->strategies[i]);
    if (err == RW_OK)
        err = rw_deciding_build(&b, m);
    if (err == RW_OK)
        err = build_risks(&b);
    if (err == RW_OK && rw_guard_build(m, a) != RW_OK)
        err = no_memory(&b);
    if (err == RW_OK)
        err = rw_stage_build(&b, m);
    if (err == RW_OK)
        err = rw_depend_build(&b, m);
    if (err == RW_OK)
        err = rw_programme_build(&b, m);
    if (err == RW_OK)
        err = rw_bound_build(&b, m);
    if (err == RW_OK)
        err = refuse_collisions(&b);
    if (err == RW_OK && rw_samplers_make(&b.samplers, a, team) != RW_OK)
        err = no_memory(&b);
    return err;
}

enum rw_err
rw_model_build(struct rw_model *m, struct rw_arena *a, struct rw_error *e)
{
    return rw_model_build_by(NULL, m, a, e);
}
