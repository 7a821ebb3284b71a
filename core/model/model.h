/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/model.h -- the organisation, its assets, threats, controls and
 * strategies: stated by a scenario, completed and frozen by rw_model_build.
 *
 * The reader fills the stated part (everything in the first block of a
 * struct) in one arena, references as indices; rw_model_build derives the
 * rest.  From then on the model is const and shared by all threads; what
 * happens in a simulation lives in workspaces elsewhere.
 *
 * Units: money in the scenario's currency, rates 1/year, times in years,
 * shares in [0, 1].  Cycles are 0-based here, 1-based in scenarios and
 * results.
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_MODEL_H
#define RW_MODEL_MODEL_H

#include "base/arena.h"
#include "base/team.h"
#include "model/deciding.h"
#include "model/bound.h"
#include "model/dependence.h"
#include "model/guard.h"
#include "model/hook.h"
#include "model/names.h"
#include "model/stage.h"
#include "model/upkeep.h"
#include "model/programme.h"
#include "model/phases.h"
#include "num/count.h"
#include "num/cover.h"

struct rw_asset {
    const char *id, *name;
    double value;   /* money, 0 if not stated */
    double records; /* 0 if not stated        */
    struct rw_place place;
};

struct rw_partner;    /* model/partner.h    */
struct rw_regulation; /* model/regulation.h */

/* One loss form of a threat's events. */
struct rw_loss {
    enum rw_loss_form form;
    struct rw_dist amount; /* per event: money, or times the asset's `of` */
    enum rw_relative of;
    double secondary;     /* SLEF: it happens with this probability; 1: primary */
    enum rw_per per;      /* of attacks in stages: money, or money a day */
    struct rw_amounts by; /* by ending of the attack */
    const struct rw_regulation *fine; /* the amount is a fraction of its cap, or NULL */
    struct rw_place place;

    struct rw_sampler sampler;
    double mean;              /* E[amount] * secondary */
    size_t drawn[RW_ENDINGS]; /* 1 + row of the draws that an event with that ending
                               * makes, FULL also without stages; 0: no bound */
};

struct rw_threat {
    const char *id, *name;
    const char *reference;        /* NULL: none */
    size_t *assets, n_assets;     /* indices */
    bool systemic;                /* one event hits every listed asset */
    struct rw_plugin_use use;     /* use.plugin NULL: stated by the two estimates */
    struct rw_estimate frequency; /* attempts a year, per risk */
    struct rw_estimate susceptibility; /* constant 1 if not stated */
    /* capability (TCap) and resistance (RS) instead of susceptibility:
     * P(TCap > RS) per event, both drawn anew for every event; thinning by
     * that probability has the same law, so it becomes the susceptibility. */
    bool contest;
    struct rw_dist capability, resistance;
    enum rw_count_law law;
    double dispersion; /* of negbin */
    double zero;       /* of zip: P(a year without any event) */
    unsigned chances;  /* of binomial: n a year */
    /* excitation: every event brings Poisson(children) more, each after an
     * exponential delay; 0: none.  With the Poisson laws only. */
    double children, child_delay; /* below 1; mean, years */
    /* insurance of each event on each asset, after response (num/cover.h) */
    bool covered;
    double deductible, limit; /* limit INFINITY: all above is paid */
    struct rw_loss *losses;
    size_t n_losses;
    /* multiplies all losses of its events, beside a plugin's factor: what is not known
     * of their size as a whole; constant 1 if not stated */
    struct rw_estimate loss_factor;
    double seen_probability; /* detection.probability, without controls; default 1 */
    double seen_delay; /* detection.days in years, mean of an exponential; default 0 */
    /* what the organisation thinks of it before it has seen anything, over what
     * the scenario says; default 1 */
    double bias_frequency, bias_severity;
    double
        bias_worth; /* losses that its idea of their size counts for; 0: not stated */
    bool has_industry;
    struct rw_dist industry; /* loss events a year at others like it, per asset */
    struct rw_attack attack; /* its stages, if it has any */
    struct rw_place place;

    struct rw_count count;
    uint64_t state_slot; /* first row of its plugin's state */
    unsigned words;      /* uniforms one event's losses take */
    size_t first_risk;   /* its risks follow each other      */
    bool coupled_year;   /* its year's multiplier is in a copula: one for all assets */
    bool shared_year;    /* some multiplier works on it       */
    bool shocked;        /* some shock hits it                */
    bool bounded;        /* some amount has a floor or cap    */
    bool sized;          /* loss_factor is uncertain          */
    double factor_mean;  /* its mean: part of the risks' scales */
};

struct rw_control {
    const char *id, *name;
    const char *reference; /* NULL: none */
    enum rw_pillar pillar;
    unsigned principles; /* bit set of 1u << enum rw_principle */
    enum rw_function function;
    size_t *covers_threats, n_covers_threats; /* empty: all */
    size_t *covers_assets, n_covers_assets;   /* empty: all */
    enum rw_status status;
    struct rw_plugin_use use;    /* supplies the efficacy, or NULL */
    struct rw_estimate efficacy; /* intended, fresh; without plugin */
    struct rw_estimate coverage; /* share of the exposure, default 1 */
    /* variance.per_year: failures a year while intended; `fails` is their mean, and all
     * of it where none is stated as an estimate (no family) */
    struct rw_estimate failing;
    double fails;
    double fail_years; /* variance.days in years, mean until found unaided */
    /* how often the organisation thinks that it fails, over what the scenario says, and
     * the audits that this counts for; 0: not stated */
    double bias_fails, bias_audits;
    double fail_efficacy; /* variance.efficacy: while failed; at most the intended */
    double half_life;     /* years; 0: does not wear */
    double refresh;       /* years between refreshes; 0: never */
    struct rw_estimate capital, running; /* money; money a year */
    unsigned build;                      /* cycles from purchase to operation */
    unsigned start;                      /* planned ones: cycle of purchase, 0-based */
    size_t *requires, n_requires;        /* prerequisites, indices */
    size_t *excludes, n_excludes;        /* never bought beside these */
    double every;                        /* monitoring: years between reviews */
    const char **stages; /* detection: names of the stages it sees; none: all */
    size_t n_stages;
    struct rw_upkeep upkeep;
    struct rw_delivery delivery;
    struct rw_place place;

    bool unsure; /* how often it fails is uncertain: ask rw_world_fails */
    enum rw_effect effect;
    uint64_t audit_lane;
    uint64_t state_slot;
    size_t *causes, n_causes; /* common causes of its failing */
};

/* It fails in each future at its own times, and how often is not taken as known:
 * audits may tell. */
static inline bool
rw_control_doubtful(const struct rw_control *c)
{
    bool biased = c->bias_fails > 0 && c->bias_fails != 1;

    return c->fails > 0 && c->fail_years > 0 &&
           (c->unsure || c->bias_audits > 0 || biased);
}

struct rw_plan_item {
    unsigned cycle; /* 0-based */
    size_t control;
};

/* How a strategy turns the wheel.  Open loop: a fixed plan.  Closed loop: a
 * planner that decides from beliefs. */
struct rw_strategy {
    const char *name;
    struct rw_plan_item *plan; /* ascending cycles */
    size_t n_plan;
    struct rw_plugin_use planner; /* plugin NULL: open loop */
    double budget;                /* money a cycle, unless there are steps */
    bool idle;                    /* "nothing": planned controls are not built either */
    /* check */
    double audit_share;       /* of operating controls audited per cycle, default 0 */
    double audit_sensitivity; /* P(a failure is found | audited), default 1 */
    double audit_cost;        /* money per audited control */
    double discount;          /* of beliefs per cycle, default 1 */
    /* act */
    double correction_years; /* from finding to working again, default 0 */
    double correction_cost;  /* money per correction */
    struct rw_deciding deciding;
    unsigned twin;  /* enum rw_twin: it stands beside another one (phases.h) */
    size_t twin_of; /* which */
    struct rw_place place;
};

/* Share of the operating controls that it audits; 0 where it does not check. */
static inline double
rw_strategy_audits(const struct rw_strategy *s)
{
    return s->deciding.no_check ? 0 : s->audit_share;
}

/* A closed loop that holds what comes to light against what it believes. */
static inline bool
rw_strategy_watches(const struct rw_strategy *s)
{
    const struct rw_deciding *d = &s->deciding;

    return s->planner.plugin != NULL && d->knows == RW_KNOWS_BELIEFS && !d->no_plan &&
           !d->no_check && !d->no_act;
}

/* Bits, 1u << enum rw_lesson: what its beliefs change by. */
static inline unsigned
rw_strategy_lessons(const struct rw_strategy *s)
{
    return rw_strategy_watches(s) ? RW_LESSONS_ALL & ~s->deciding.unlearned : 0;
}

/* It reckons how likely a year exceeds the appetite, for a trigger. */
static inline bool
rw_strategy_fears(const struct rw_strategy *s)
{
    const struct rw_deciding *d = &s->deciding;
    bool asks = false;

    for (size_t k = 0; k < d->n_triggers; k++)
        asks |= d->triggers[k].on == RW_ON_APPETITE;
    return asks && rw_strategy_watches(s);
}

/* It has a planner, which is asked. */
static inline bool
rw_strategy_asks(const struct rw_strategy *s)
{
    return s->planner.plugin != NULL && !s->deciding.no_plan;
}

/* Bits of what its planner needs, if that is asked. */
static inline unsigned
rw_strategy_needs(const struct rw_strategy *s)
{
    return rw_strategy_asks(s) ? s->planner.plugin->needs : 0;
}

/* It reckons with the law of a year's loss. */
static inline bool
rw_strategy_reckons(const struct rw_strategy *s)
{
    return rw_strategy_fears(s) || rw_strategy_needs(s) != 0;
}

/* What it decided is told: it does more than plan each cycle from one budget. */
static inline bool
rw_strategy_decides(const struct rw_strategy *s)
{
    const struct rw_deciding *d = &s->deciding;
    bool limited = false;

    for (size_t p = 0; p <= RW_PILLARS; p++)
        limited |= d->capacity[p] > 0;
    return limited || d->n_triggers > 0 || d->n_steps > 0 || d->forfeited > 0 ||
           d->reserve != NULL || d->plan_every > 1 || d->reassess > 0;
}

struct rw_appetite {
    double loss, probability; /* P(annual loss > loss) <= probability */
};

/* threat x asset, and the events they share. */
struct rw_risk {
    size_t threat, asset, source;
    const char *id;   /* "threat/asset" */
    double mean_loss; /* E[loss of one event], no response controls, no cover */
    struct rw_cover_mean *cover; /* NULL: not covered */
    double *scale; /* (n_losses of the threat): what `of` multiplies by, times the
                    * mean of the threat's loss_factor */
    /* controls that cover it, by function; indices into controls */
    size_t *controls[RW_FUNCTIONS], n_controls[RW_FUNCTIONS];
    size_t guard[RW_GUARD_PARTS], sight; /* of these the lists, in model.guards */
    struct rw_staged *staged;            /* NULL: its threat has no stages */
    uint64_t loss_lane;
    uint64_t order_lane; /* in which controls join (wheel/benefit.h) */
    unsigned touched;    /* bits of enum rw_touch: its law is not its own alone */
};

/* One stream of events: a threat on one asset, or a systemic threat on all. */
struct rw_source {
    size_t threat, first_risk, n_risks;
    uint64_t event_lane; /* numbers, levels of many: world/points.c, chances.c */
    uint64_t fate_lane; /* time in the cycle, seen, delay, level: four words an event */
    uint64_t offspring_lane; /* children, delay, level: four words an event */
    uint64_t mix_lane;       /* the year's multiplier (negbin, zip) */
    uint64_t stage_lane;     /* of attacks: RW_STAGES_MAX fours an event */
};

/* A file of data that the scenario names. */
struct rw_data {
    const char *file, *sha256; /* as the scenario has it; of its bytes */
    struct rw_data *next;
};

struct rw_model {
    const char *file, *sha256, *name, *currency, *sector;
    struct rw_data *data;      /* in the order of reading; NULL: none */
    unsigned cycles, per_year; /* length of the horizon; cycles in a year */
    const char *cycle_name;
    size_t trials;
    uint64_t seed;
    enum rw_sampling sampling;
    size_t band_truths, band_histories; /* simulation.band; 0: not stated */
    bool attribution; /* what residual risk changes by is told apart */
    bool benefit;     /* what each control takes off residual risk is told */
    bool phases;      /* closed loops have twins by which their phases are valued */
    double revenue, discount_rate;
    struct rw_asset *assets;
    struct rw_threat *threats;
    struct rw_control *controls;
    struct rw_strategy *strategies; /* [0] is always "nothing" */
    struct rw_appetite *appetite;   /* ascending loss */
    size_t n_assets, n_threats, n_controls, n_strategies, n_appetite;
    struct rw_dependence dependence;
    struct rw_upkeeps upkeep;
    struct rw_programme programme;
    struct rw_partner *partners; /* their controls are the last ones */
    struct rw_regulation *regulations;
    size_t n_partners, n_regulations;

    double years;     /* of one cycle: 1 / per_year */
    unsigned n_years; /* whole years in the horizon */
    struct rw_risk *risks;
    struct rw_source *sources;
    struct rw_estimate **truth; /* every estimate, by slot */
    size_t n_risks, n_sources, n_truth;
    struct rw_guards guards;
    size_t threat_state_rows, control_state_rows;
    size_t n_staged; /* risks of threats with stages */
    /* floors and caps: of amounts, by threat, then the others */
    struct rw_bound *bounds;
    size_t n_bounds, n_event_bounds;
    size_t n_drawn; /* rows of draws that may be held */
};

/* stage.c: by which amount of the loss an attack is counted that fails in a stage of
 * the class. */
enum rw_ending rw_stage_failed_as(
    const struct rw_threat *t, const struct rw_loss *l, enum rw_ending class);

/* The last one perhaps not whole. */
static inline unsigned
rw_model_begun_years(const struct rw_model *m)
{
    return (m->cycles + m->per_year - 1) / m->per_year;
}

/* The horizon is one year, and nothing of it falls later: its loss is the year's, to the
 * bit. */
static inline bool
rw_model_is_one_year(const struct rw_model *m)
{
    return m->cycles == m->per_year && m->n_staged == 0;
}

/* E[what stays of one event's loss] when a share of it is lost. */
static inline double
rw_risk_kept(const struct rw_risk *r, double share)
{
    return r->cover != NULL ? rw_cover_mean_kept(r->cover, share)
                            : share * r->mean_loss;
}

/* insure.c: what the threat's cover, if it has one, leaves of the risk's
 * events; mean_loss and scale are set.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_risk_insure(
    struct rw_risk *r, const struct rw_threat *t, struct rw_arena *a);

/* Completes and checks *m in the arena that holds it.  RW_ERR_INPUT: two
 * lanes share a hash (rename one of the two named things), or the model asks
 * for more events than can be simulated. */
RW_MUST_CHECK enum rw_err rw_model_build(
    struct rw_model *m, struct rw_arena *a, struct rw_error *e);
/* The same, its tables by a team (or NULL); they do not depend on it. */
RW_MUST_CHECK enum rw_err rw_model_build_by(
    struct rw_team *team, struct rw_model *m, struct rw_arena *a, struct rw_error *e);

#endif
