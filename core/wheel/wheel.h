/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/wheel.h -- one strategy's turn of Plan, Do, Check and Act over a
 * block of futures.
 *
 *   plan.c   what is scheduled and what the planner chooses; purse.c what it can
 *            pay, site.c what may be built beside what
 *   value.c  what the organisation believes a control to be worth; believe.c
 *            where others keep it working or its coming is uncertain, oracle.c
 *            what it is worth, for a strategy that knows the truth; trust.c
 *            what guards leave by that
 *   do.c     pay, bring into operation, fail; stand.c how controls stand
 *   guard.c  the share of events that they leave
 *   fail.c   controls that stop working and work again; support.c how others
 *            change their rates
 *   deliver.c  overruns, failed roll-outs, what running costs rise by
 *   benefit.c  what each control takes off residual risk; benefit_line.c,
 *            benefit_order.c
 *   attribute.c  why residual risk is not what it was a cycle ago
 *   strike.c the world's events meet the controls of every strategy
 *   stage.c  attacks that go through stages; stage_strike.c
 *   check.c  incidents seen, audits, beliefs
 *   size.c   how large losses are, by those that came to light
 *   reckon.c  how likely it thinks that a year exceeds the appetite
 *   relief.c  what candidates take off bad years
 *   failing.c  how often controls fail, by the audits
 *   aware.c  estimates that decision support makes better
 *   forecast.c  how well the beliefs foretold the incidents
 *   partner.c  what partners tell of incidents elsewhere
 *   act.c    found failures corrected; trigger.c what acts between plans
 *   programme.h  how far the way to a statement of conformity has come
 *
 * The organisation's decisions use beliefs, means and what it has seen; the
 * truth of a future (world->truth, fail.own) is used only where nature acts,
 * and by a strategy that is stated to know it (foresight.h).
 *
 * Effects of controls on a risk, each control c standing at x_c = coverage *
 * efficacy (working, failed or absent):
 *   prevention  survive = prod (1 - x_c)              any one protects
 *   detection   seen = p0 + (1 - p0) V M R            all three needed
 *               V, M, R = 1 - prod (1 - x_c) of visibility, monitoring,
 *               recognition
 *   response    left = prod (1 - x_c)                 of a seen event's loss
 *
 * Floor: wheel.  Threads: one wheel per worker and strategy.
 */
#ifndef RW_WHEEL_WHEEL_H
#define RW_WHEEL_WHEEL_H

#include "num/row.h"
#include "wheel/account.h"
#include "wheel/benefit.h"
#include "wheel/doubt.h"
#include "wheel/believe.h"
#include "wheel/deliver.h"
#include "wheel/attribute.h"
#include "wheel/aware.h"
#include "wheel/fail.h"
#include "wheel/failing.h"
#include "wheel/forecast.h"
#include "wheel/foresight.h"
#include "wheel/guard.h"
#include "wheel/light.h"
#include "wheel/prior.h"
#include "wheel/reckon.h"
#include "wheel/relief.h"
#include "wheel/size.h"
#include "wheel/stage.h"
#include "wheel/stand.h"
#include "wheel/support.h"
#include "wheel/programme.h"
#include "wheel/trigger.h"
#include "wheel/trust.h"
#include "world/world.h"

#define RW_NEVER UINT16_MAX /* cycle in which a control never comes into operation */

struct rw_wheel {
    const struct rw_model *m;
    const struct rw_strategy *s;
    const struct rw_prior *prior;
    struct rw_world *w;
    struct rw_arena arena;
    size_t room;
    bool plans;       /* closed loop: has a planner that is asked */
    bool watches;     /* and holds what it sees against beliefs */
    unsigned lessons; /* bits of enum rw_lesson: they change by it */
    const struct rw_foresight *foresight; /* the block's; NULL: it knows no truth */

    /* programme, (n_controls, room) */
    uint16_t *since;         /* cycle from which it operates */
    uint16_t *bought;        /* cycle of purchase            */
    double *intended, *weak; /* coverage * efficacy, working and failed, this cycle */
    double *stands;          /* of these the one at mid-cycle; 0 not in operation  */
    uint8_t *changes;        /* how often it changes within this cycle */
    /* (n_controls): when it operates from, `now` this cycle; whether it changes within
     * this cycle in any future */
    struct rw_row_cycles *operation;
    bool *changing;
    double *worn;              /* (n_controls, cycles) what wear leaves, by age */
    uint32_t *due;             /* (room) scratch: futures in which one is audited */
    uint8_t *found;            /* an audit found it failed at the cycle's end */
    double *planner_state;     /* (its states, room) */
    double *state;             /* (control_state_rows, room) of plugins */
    void **controls, *planner; /* plugin instances */

    struct rw_fail fail;
    struct rw_deliver deliver;
    struct rw_believe believe;
    struct rw_sizes sizes;
    struct rw_failings failings;
    struct rw_aware aware;
    struct rw_doubt doubt;
    struct rw_stages stages;
    struct rw_reckon reckon;
    struct rw_relief relief;

    struct rw_guarding guards;
    bool *untouched; /* (n_risks) plain, and no control covers it in any future */
    bool *plain;     /* (n_risks) nothing changes and everything is seen at once */
    uint8_t *mixed;  /* (n_risks, room) a covering control changes within this cycle */

    /* beliefs, (n_risks, room); closed loop only */
    double *a, *b; /* multiplier of the prior rate ~ Gamma(a, rate b) */
    /* b and waits as they will be once the threats are looked at anew: evidence
     * counted against the rates that were expected all the while */
    double *b_anew, *waits_anew;
    double *waits;         /* exposure whose incidents have not come to light yet */
    double *new_seen;      /* incidents seen in this cycle */
    struct rw_light light; /* incidents by cycle of detection */
    double *believed;      /* (n_controls, cycles + 1) running sums over ages of
                           coverage * efficacy, failures allowed for */
    double *worth;         /* (n_controls, cycles + 1) the same for this cycle's
                           question, by the cycle of operation's start */
    /* the truth of controls, (n_controls, room): mean effects over what is left
     * of the horizon, of what is bought and of candidates if bought now;
     * (n_controls, cycles + 1) running sums over ages of what wear leaves */
    double *known, *offer, *oracle_wear;
    double *costs;         /* (n_controls, 2, room) capital and running */
    struct rw_trust trust; /* guards as believed */
    double *rate_ahead, *events_ahead, *money_ahead, *effect,
        *saved; /* (room) scratch of value.c */

    /* plan, (room) or (n_controls, room) */
    double *budget;     /* of this cycle */
    double *balance;    /* money at hand for the planner */
    double *reserve;    /* left for capital beyond that */
    bool limited;       /* by capacity or exclusions */
    uint16_t *building; /* (RW_PILLARS + 1, room) under construction, and in all */
    double *committed;  /* running cost a cycle of what the planner bought */
    uint8_t *chosen;    /* (n_controls, room) bought by the planner */
    bool *open; /* (n_controls) a candidate that some future has not bought yet */
    double *benefit, *score;
    double *covered; /* (RW_PILLARS, room) share of a pillar's controls in hand */
    struct rw_hook_item *items;
    struct rw_hook_field *item_fields;
    size_t *item_control;

    /* scratch of plugin calls */
    double *age, *row; /* (room) */
    const double **params;
    double **states;

    struct rw_account acc;
    struct rw_foretold told;
    struct rw_triggers triggers;
    struct rw_attribution parts;
    struct rw_benefit benefits;
    struct rw_progress *progress; /* NULL: the model has no programme */
};

RW_MUST_CHECK enum rw_err rw_wheel_new(struct rw_world *w, const struct rw_strategy *s,
    const struct rw_prior *prior, struct rw_wheel **g, struct rw_error *e);
void rw_wheel_free(struct rw_wheel *g);

/* The start of the horizon for the world's present block. */
RW_MUST_CHECK enum rw_err rw_wheel_begin(struct rw_wheel *g, struct rw_error *e);

/* The phases of the world's present cycle, in this order.  Do ends where the
 * events strike (rw_strike). */
RW_MUST_CHECK enum rw_err rw_wheel_plan(struct rw_wheel *g, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_wheel_do(struct rw_wheel *g, struct rw_error *e);
void rw_wheel_check(struct rw_wheel *g);
void rw_wheel_act(struct rw_wheel *g);

/* It operates in no future.  After rw_stand_look. */
static inline bool
rw_wheel_absent(const struct rw_wheel *g, size_t c)
{
    return g->operation[c].first > g->w->cycle;
}

/* do.c: what the guards as they are set (rw_guard_stand) leave of a risk with so many
 * events expected in the cycle, raw (n): its rows of rate and residual. */
void rw_do_assess(struct rw_wheel *g, size_t r, const double raw[]);
/* check.c: the threats are looked at anew, if that is due, before a plan. */
void rw_check_assess(struct rw_wheel *g);

/* check.c: the parts of rw_wheel_check, so that strategies may take turns: what came to
 * light; the audits of a control, one after the other; the rest. */
void rw_check_learn(struct rw_wheel *g);
void rw_check_audit(struct rw_wheel *g, size_t c);
void rw_check_close(struct rw_wheel *g);

/* check.c: an audit of all that operates and can fail, in one future. */
void rw_check_all(struct rw_wheel *g, size_t i);

/* purse.c: the start of the horizon; a cycle's money; in one future, the running
 * cost of a cycle now as far as it is known, whether candidate c can be paid, and
 * its payment. */
double rw_purse_running(const struct rw_wheel *g, size_t c, size_t i);
void rw_purse_begin(struct rw_wheel *g);
void rw_purse_fill(struct rw_wheel *g);
bool rw_purse_affords(const struct rw_wheel *g, size_t c, size_t i);
void rw_purse_pay(struct rw_wheel *g, size_t c, size_t i);

/* site.c: whether the strategy has any limit; building <- as it stands before the
 * planner chooses; in one future, whether candidate c may be begun, and its
 * beginning. */
bool rw_site_limits(const struct rw_wheel *g);
void rw_site_count(struct rw_wheel *g);
bool rw_site_admits(const struct rw_wheel *g, size_t c, size_t i);
void rw_site_open(struct rw_wheel *g, size_t c, size_t i);

/* value.c: sums of believed effects by age, for this strategy's audits. */
void rw_value_init(struct rw_wheel *g);
/* benefit <- believed reduction of expected loss by buying each candidate
 * now, money a year averaged over the rest of the horizon. */
void rw_value_candidates(struct rw_wheel *g);
/* cost <- believed loss of a risk, money a year over what is ahead; after
 * rw_value_candidates has asked.  Shape (room). */
void rw_value_cost(struct rw_wheel *g, size_t r, double cost[]);
/* What the loss believed of the risks that c covers falls by if its row of
 * worths (oracle.c: known) turns from worse[] to better[]; shapes (n). */
void rw_value_change(struct rw_wheel *g, size_t c, const double worse[],
    const double better[], double benefit[]);
/* times[] <- by how much the rate of risk r is believed to be larger than was to be
 * expected at first; shape (n). */
void rw_value_believed(const struct rw_wheel *g, size_t r, double times[]);
/* What is believed of risk r in a year like this cycle or, ahead, on average of what is
 * left: events after prevention (before it, of attacks in stages), the chance that
 * response acts, what it leaves, an event's money over what the scenario says; shapes
 * (n).  The question of worths being answered for the same. */
void rw_value_year(struct rw_wheel *g, size_t r, bool ahead, double events[],
    double seen[], double left[], double money[]);
/* By how much a detection control of that worth raises the chance that an event is seen,
 * risk r being the present one (trust.h). */
double rw_value_more_seen(
    const struct rw_wheel *g, size_t r, size_t c, double effect, size_t i);
/* Before exposures are asked for in a cycle. */
void rw_value_now(struct rw_wheel *g);
/* exposure[] <- incidents this cycle ought to show on risk r if the prior
 * rate of cycle `assessed` were right; shape (n). */
void rw_value_exposure(
    struct rw_wheel *g, size_t r, unsigned assessed, double exposure[]);

/* The cycle whose expected rates the organisation holds for those of today. */
static inline unsigned
rw_wheel_assessed(const struct rw_wheel *g)
{
    unsigned every = g->s->deciding.reassess, t = g->w->cycle;

    return every > 0 ? t / every * every : t;
}

/* oracle.c: known and offer from cycle `from` on, this one or the next;
 * found <- those failures whose correction pays. */
void rw_oracle_init(struct rw_wheel *g);
void rw_oracle_look(struct rw_wheel *g, unsigned from);
void rw_oracle_sift(struct rw_wheel *g);

/* Audits as they shorten failures: share of the controls and sensitivity.  Who
 * knows the truth finds all, who does not mend none. */
static inline bool rw_wheel_mends(const struct rw_wheel *g);
static inline double
rw_wheel_audits(const struct rw_wheel *g)
{
    if (!rw_wheel_mends(g))
        return 0;
    return g->foresight != NULL ? 1 : g->s->audit_share;
}
static inline double
rw_wheel_sensitivity(const struct rw_wheel *g)
{
    return g->foresight != NULL ? 1 : g->s->audit_sensitivity;
}

/* What it finds failed is put right. */
static inline bool
rw_wheel_mends(const struct rw_wheel *g)
{
    return !g->s->deciding.no_check && !g->s->deciding.no_act;
}

/* strike.c: the events of one source and cycle meet all strategies. */
struct rw_strike_rows;
struct rw_strike {
    struct rw_event_list list;
    struct rw_event_list all; /* of a shock, before it is known whom they hit */
    /* where the listed events have their marks; level NULL: v_k of their source */
    uint64_t fate_lane, loss_lane, stage_lane;
    const double *level; /* (RW_EVENTS_ROOM) */
    double (*fates)[4];  /* (RW_EVENTS_ROOM), void unless `fated' */
    bool fated;
    double levels[RW_EVENTS_ROOM];
    double *bound;               /* (room) */
    struct rw_strike_rows *rows; /* (strategies) */
    struct rw_event_list hits;   /* of these, those that hit any strategy */
    double (*share)
        [RW_EVENTS_ROOM]; /* (strategies) of its loss that remains; < 0: no hit */
    uint16_t (*light)[RW_EVENTS_ROOM]; /* (strategies) cycle in which a hit comes to
                                          light; RW_NEVER: not within the horizon */
    double (*loss)[RW_EVENTS_ROOM];    /* (most loss forms of a threat) */
    /* events that may hit several risks: what each has cost every strategy so
     * far, where a listed one stands in it, and one that hits (largest.h) */
    bool several;
    unsigned ahead; /* rows of whole for a strategy, a year each */
    unsigned years; /* of these, in which the events' losses may fall; from this on */
    double (*whole)[RW_EVENTS_ROOM]; /* (strategies, ahead) */
    uint16_t place[RW_EVENTS_ROOM], hit_place[RW_EVENTS_ROOM];
    double sums[RW_EVENTS_ROOM];
    const double *total; /* of the listed hits: sums, or the one form's row */
    /* of a source that nothing stands against (strike_bare.c): sums by future (room), and
     * what each form has cost (strategies, losses) */
    double *cost, *largest, (*formed)[RW_RANKS_STEP];
    /* of attacks in stages: amounts by loss and ending, (strategies, RW_EVENTS_ROOM) */
    double (*amount)[RW_EVENTS_ROOM];
    struct rw_attack_outcome *outcome;
    uint64_t events; /* looked at so far */
};
/* Room for n strategies; fini also after an error. */
RW_MUST_CHECK enum rw_err rw_strike_init(
    struct rw_strike *x, const struct rw_model *m, size_t room, size_t n);
void rw_strike_fini(struct rw_strike *x);
void rw_strike(struct rw_strike *x, struct rw_world *w, struct rw_wheel *const g[],
    size_t n, size_t source);
/* The events of one shock and cycle, after those of the sources. */
void rw_strike_shock(struct rw_strike *x, struct rw_world *w,
    struct rw_wheel *const g[], size_t n, size_t shock);

#endif
