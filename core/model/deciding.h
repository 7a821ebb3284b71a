/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/deciding.h -- on what grounds a strategy decides, and which
 * phases of the wheel it turns.
 *
 * Zero is the ordinary closed loop: it knows its beliefs, and plans, checks
 * and acts in every cycle.
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_DECIDING_H
#define RW_MODEL_DECIDING_H

#include "model/hook.h"
#include "model/names.h"

/* What its expectations are made of. */
enum rw_knows {
    RW_KNOWS_BELIEFS, /* the scenario's estimates and what it has seen */
    RW_KNOWS_TRUTH    /* the future's own truth, but not its chances */
};

extern const char *const rw_knows_names[]; /* "beliefs" "truth" */

/* What Check may revise. */
enum rw_lesson {
    RW_LESSON_RATES,       /* how often incidents come */
    RW_LESSON_SEVERITY,    /* how large their losses are */
    RW_LESSON_RELIABILITY, /* how often controls fail */
    RW_LESSONS
};
#define RW_LESSONS_ALL ((1u << RW_LESSONS) - 1)

extern const char *const rw_lesson_names[]; /* "rates" "severity" "reliability" */

/* A budget from a cycle on; drawn once per future. */
struct rw_budget_step {
    unsigned cycle; /* 0-based */
    struct rw_estimate amount;
};

/* What starts a corrective action between plans, at a cycle's end. */
enum rw_trigger_on {
    RW_ON_FINDING,  /* audits found so many controls failed */
    RW_ON_INCIDENT, /* so many incidents came to light */
    RW_ON_CUSUM,    /* sum of (incidents - k expected ones), never below 0, at h */
    RW_ON_LOSS,     /* the year's loss so far is above a limit */
    RW_ON_APPETITE  /* a loss is believed more likely than the appetite has it */
};
enum rw_trigger_do {
    RW_DO_PLAN,   /* a plan is made in the next cycle */
    RW_DO_FUND,   /* the same, with more money */
    RW_DO_AUDIT,  /* every operating control that can fail is audited */
    RW_DO_CORRECT /* what is found in this cycle works again at once */
};
extern const char *const rw_trigger_on_names[]; /* "finding" ... */
extern const char *const rw_trigger_do_names[]; /* "plan" ...    */

struct rw_trigger {
    unsigned on, action;
    size_t *threats, n_threats; /* whose incidents; none: all */
    unsigned at_least;          /* findings or incidents; 0: 1 */
    double k, h;                /* of CUSUM: times the expected; incidents */
    double above;               /* money; of RW_ON_APPETITE: a point's; 0: any */
    double amount, cost;        /* money: of RW_DO_FUND; of every firing */
    unsigned delay;             /* cycles from firing to the action */
    unsigned pause;             /* cycles after firing in which it cannot fire */
    struct rw_place place;
};

struct rw_deciding {
    unsigned knows;      /* enum rw_knows */
    bool no_plan;        /* its planner is never asked */
    bool no_check;       /* it audits nothing and learns nothing */
    bool no_act;         /* findings are left alone, what was learned changes no plan */
    unsigned unlearned;  /* lessons that it does not learn: 1u << enum rw_lesson */
    unsigned asked;      /* lessons that its list names, likewise */
    unsigned plan_every; /* cycles from plan to plan; 0, 1: each */
    /* money; steps in ascending cycles instead of the strategy's one budget */
    struct rw_budget_step *steps;
    size_t n_steps;
    double forfeited;            /* share of what is left of a cycle's money */
    struct rw_estimate *reserve; /* for capital, once; NULL: none */
    /* controls under construction at once, by pillar and (RW_PILLARS) in all;
     * 0: no limit */
    unsigned capacity[RW_PILLARS + 1];
    unsigned reassess; /* cycles from looking at the threats anew to the next
                          time; 0: their expected course is known from the start */
    struct rw_trigger *triggers;
    size_t n_triggers;
};

/* Why a trigger can never fire, or does nothing where it does. */
enum rw_trigger_fault {
    RW_TRIGGER_SOUND,
    RW_TRIGGER_UNCHECKED,  /* the strategy checks nothing */
    RW_TRIGGER_UNANSWERED, /* nobody acts */
    RW_TRIGGER_UNFAILING,  /* on or for failures, and no control can fail */
    RW_TRIGGER_UNAUDITED,  /* on findings, and nothing is audited */
    RW_TRIGGER_UNSEEN,     /* on incidents, and none comes to light */
    RW_TRIGGER_UNBELIEVED, /* on beliefs, and there are none */
    RW_TRIGGER_UNLIMITED,  /* on the appetite, and none is stated */
    RW_TRIGGER_TOO_LATE,   /* its action comes after the horizon */
    RW_TRIGGER_UNPLANNED,  /* for a plan, and no planner is asked */
    RW_TRIGGER_ALWAYS      /* for a plan, and one is made in every cycle */
};

struct build;
struct rw_model;
struct rw_strategy;

/* deciding.c: of a strategy's trigger, the scenario's threats, controls and appetite
 * being known: as a condition; as an action.  planner: it has one. */
enum rw_trigger_fault rw_trigger_never(const struct rw_model *m,
    const struct rw_strategy *s, bool planner, const struct rw_trigger *t);
enum rw_trigger_fault rw_trigger_idle(const struct rw_model *m,
    const struct rw_strategy *s, bool planner, const struct rw_trigger *t);

/* deciding.c: upper bounds of what will be registered; the estimates of all
 * strategies; exclusions, which hold both ways. */
void rw_deciding_room(const struct rw_model *m, size_t *truth);
RW_MUST_CHECK enum rw_err rw_deciding_build(struct build *b, struct rw_model *m);

#endif
