/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/world/world.h -- nature: one block of futures that every strategy
 * shares.
 *
 * Truth: each estimate is drawn once per future and kept for the horizon.  In
 * a nested run (histories > 1) `histories` futures in a row, counted from
 * RW_NESTED_FIRST, share the truth of the first of them and nothing else.
 * Intensity: per source (threat on an asset, or a systemic threat on all) and
 * cycle, the expected number of loss events if no control existed,
 *   rate = frequency * susceptibility * multiplier(year) * years.
 * Events: a Poisson number of the rate, each with a level v_k uniform in (0, 1);
 * event k happens to a strategy under whose controls a share `survive` of the
 * events remains iff v_k < survive.  So every strategy thins the same events
 * exactly: a stronger control removes events and never moves one (points.c).
 * Where a count law has n chances a year, the levels are its chances' uniforms
 * in order (chances.c).  Where events bring further events,
 * those come with a level of their own, uniform in (0, 1), and are not thinned
 * by their parents' fate: excitation is the threat's own activity (cascade.c).
 * Marks: an event's time within the cycle, whether and when it can be seen,
 * and its losses are functions of (source, future, cycle, k) alone, of
 * descendants of (source, future, number).
 *
 * Floor: world.  Threads: one world per worker; the model is shared.
 */
#ifndef RW_WORLD_WORLD_H
#define RW_WORLD_WORLD_H

#include "base/stop.h"
#include "model/model.h"
#include "num/poisson.h"

enum { RW_EVENTS_ROOM = 1024 }; /* of a list */

/* Of rw_event.k: a descendant, numbered by the other bits. */
#define RW_EVENT_DESCENDANT (UINT32_C(1) << 31)

struct rw_cascade;
struct rw_quasi;

/* How many events one source or shock has in the cycle, by future (points.c). */
struct rw_numbers {
    const double *rate; /* (n) of each future */
    double *start;      /* (room) the uniform that their number comes from */
    double *level;      /* (room) of event 0, unless the rates are alike */
    uint8_t *number;    /* (room), or RW_NUMBERS_MANY */
    uint32_t *some;     /* (n_some) futures that have any, ascending */
    size_t n_some;
    bool alike;             /* all rates are that of the law */
    struct rw_poisson law;  /* of the rates that were alike last */
    double *rates, *starts; /* (room) scratch: of those that may have some */
    double *levels;
    uint8_t *numbers;
};

/* Of rates above RW_POISSON_MOST: the events are made one by one, by ascending
 * level, until none is left that may strike. */
enum { RW_NUMBERS_MANY = 255 };

/* A source's futures by how many events they have, most first (ranks.c). */
enum { RW_RANKS_STEP = 256 }; /* futures whose rows are in the nearest cache */
struct rw_ranks {
    size_t risk;
    const uint8_t *number; /* (w->n) of each future */
    unsigned most;
    size_t over[RW_POISSON_NUMBERS + 1]; /* how many have more than k, k <= most */
    uint32_t *future;                    /* (room) in that order */
    /* those at hand, `from' the first of them, and what their losses are made of */
    size_t from, n;
    uint64_t whose[RW_RANKS_STEP], four;
    double u[4 * RW_RANKS_STEP], (*scale)[RW_RANKS_STEP]; /* (n_losses) */
};

/* How a control began a cycle, and from when it worked at its end. */
struct rw_world_play {
    struct rw_outage_state from;
    double works;
};

/* Strategies that share plays, by their number; any more play alone. */
enum { RW_WORLD_PLAYERS = 63 };

struct rw_world {
    const struct rw_model *m;
    uint64_t seed, first;         /* number of the block's first future */
    size_t n, room;               /* futures in the block; at most      */
    unsigned cycle;               /* 0-based                            */
    size_t histories;             /* futures of one truth; 1 but for a nested run */
    const struct rw_quasi *quasi; /* draws of a net; NULL: all are chance's */
    const volatile sig_atomic_t *stop;

    double *truth;  /* (n_truth, room)            */
    double *state;  /* (threat_state_rows, room)  */
    double *factor; /* (n_threats, room) multiplies every loss of the cycle */
    double *mix;    /* (n_sources, room) the year's multiplier */
    double *rate;   /* (n_sources, room) see above, this cycle */
    /* (n_sources, room) where events bring events, else NULL: what earlier
     * ones are expected to add to the rate a year, at the cycle's end; the
     * expected number in this cycle */
    double *excited, *expected;
    /* (n_sources, room) where decision support corrects estimates, else NULL: the rate
     * before the year's multipliers and before events bring events */
    double *plain;
    /* (n_sources, room) where changes are attributed, else NULL: the multiplier of
     * the last cycle's year; what would be expected in this cycle under it */
    double *was, *before;
    struct rw_cascade *cascades; /* (n_sources) NULL: none */
    struct rw_event_list *list;  /* scratch of the cascade */
    double *ones;                /* (room) 1: the bound where there is none */
    struct rw_numbers numbers;   /* of the source or shock that was begun last */
    struct rw_ranks ranks;       /* ranks.c */
    double *fours;               /* (RW_EVENTS_ROOM, 4) scratch */
    double *words;               /* (most words of an event, RW_EVENTS_ROOM) scratch */

    /* dependence; rows only where the model has any */
    double *shared;  /* (n_threats, room) product of the year's common multipliers */
    double *brought; /* (n_threats, room) events a year that shocks bring */
    double *extra;   /* (room) the copulas' own uniforms, scratch */
    /* (n_causes, room): at the cycle's end and start, and what happened in it */
    struct rw_outage_play *causes;
    struct rw_outage_state *causes_from;
    uint8_t *cause_changes; /* at most 255 */
    /* (n_controls, room) failures in the cycle at the rate that nobody lowers, by
     * control RW_OUTAGE_POINTS rows of times, and of which cycle they are (n_controls):
     * one for all strategies */
    uint8_t *faults;
    uint32_t *fault_times;
    unsigned *faults_of;
    /* (n_controls, room) the last played, in which cycle and by whom */
    struct rw_world_play *plays;
    uint32_t *plays_of;
    const struct rw_outage_rows *players[RW_WORLD_PLAYERS];
    unsigned n_players;
    struct rw_outage_list outages; /* (room) scratch: what rw_world_play plays, */
    uint32_t *unplayed;            /* and what of it no strategy has */
    /* (room) fours by which a control is audited, and of which control and cycle: those
     * that were asked for last */
    double (*audits)[4];
    size_t audits_of;
    unsigned audits_at;

    void **threats; /* (n_threats) plugin instances, NULL where built in */
    /* scratch of the plugin calls */
    double *frequency, *susceptibility; /* (room) */
    struct rw_hook_item *assets;        /* of a threat; gather.c */
    struct rw_hook_field *asset_fields; /* (assets, RW_ASSET_FIELDS) */
    double *asset_rows;                 /* (assets, results, room) */
    const double **params;
    double **states;
};

/* An event that may strike.  The losses are drawn only when someone is hit. */
struct rw_event {
    uint32_t future; /* within the block */
    uint32_t k;      /* 0, 1, ... within source, cycle (or year) and future */
    double level;    /* NAN: not looked at yet, ask rw_world_level */
    double time;     /* within the cycle, of a descendant */
};

struct rw_event_list {
    size_t n;
    struct rw_event event[RW_EVENTS_ROOM];
    /* whole: every future that is listed has all its events here, from k = 0 up, and the
     * fours that they share are listed too: of whom (n_fours), which, and where in them
     * the one uniform of an event stands (n).  Else these are void. */
    bool whole;
    size_t n_fours;
    uint64_t four_of[RW_EVENTS_ROOM + 1], four[RW_EVENTS_ROOM + 1];
    uint16_t place[RW_EVENTS_ROOM];
};

/* Where the generation of a source's events stands. */
struct rw_event_cursor {
    size_t source;
    size_t next; /* future, or place among those that have some */
    bool chances, excited;
    const double *bound;
    bool free; /* no bound is below 1 */
    uint64_t k;
    size_t descendant; /* next to be looked at */
    double sum;        /* where the last event made for this future lies */
};

/* Where the generation of a shock's events stands. */
struct rw_shock_cursor {
    size_t shock;
    struct rw_event_cursor at;
};

/* Marks that do not depend on losses. */
struct rw_fate {
    double time; /* share of the cycle that has passed, (0, 1) */
    double seen; /* uniform: it is seen iff below P(seen)      */
    double wait; /* uniform of the delay until it is seen      */
};

RW_MUST_CHECK enum rw_err rw_world_new(const struct rw_model *m, uint64_t seed,
    size_t room, const volatile sig_atomic_t *stop, struct rw_world **w,
    struct rw_error *e);
void rw_world_free(struct rw_world *w);

/* Turns to the futures first .. first + n - 1 at the start of the horizon. */
RW_MUST_CHECK enum rw_err rw_world_begin(
    struct rw_world *w, uint64_t first, size_t n, struct rw_error *e);

/* Threat intensity of cycle t: fills rate and factor.  Cycles in order. */
RW_MUST_CHECK enum rw_err rw_world_cycle(
    struct rw_world *w, unsigned t, struct rw_error *e);

/* Begins with a source's events of this cycle that have v_k < bound[future];
 * bound, shape (n), must stay until the last list. */
void rw_world_events_begin(struct rw_world *w, size_t source, const double bound[],
    struct rw_event_cursor *at);

/* The next of them, in ascending order of (future, k), behind them descendants
 * in an order that is each future's own; false when the list is empty because
 * all were made.  The bound may let a few more through
 * (relatively 1e-12): strategies decide by the level. */
bool rw_world_events(
    struct rw_world *w, struct rw_event_cursor *at, struct rw_event_list *list);

/* ---- ranks.c: events where every one of them strikes, k-th by k-th ---- */

/* Whether the source's events of this cycle can be had so: Poisson, few a future, on
 * one risk, not in stages. */
bool rw_world_ranked(const struct rw_world *w, size_t source);
/* Draws how many each future has, and ranks them; until another source is begun. */
const struct rw_ranks *rw_world_rank(struct rw_world *w, size_t source);
/* To the futures at from .. from + n - 1 of those ranked, from below over[0]. */
void rw_world_rank_turn(struct rw_world *w, size_t from);
/* Losses of event k, k = 0, 1, ... in order, of the first of these futures, as
 * rw_world_losses has them; returns how many have one.  *sum is total[] or, where there
 * is one form, its row.  Shapes: loss (n_losses, RW_EVENTS_ROOM), total (n). */
size_t rw_world_rank_losses(struct rw_world *w, unsigned k,
    double loss[][RW_EVENTS_ROOM], double total[], const double **sum);

/* v_k; of a source's events until the next source begins. */
double rw_world_level(
    const struct rw_world *w, size_t source, const struct rw_event *v);

/* out[e] <- the one uniform that event e has in a lane; shape (n). */
void rw_world_uniforms(const struct rw_world *w, uint64_t lane, size_t n,
    const struct rw_event v[], double out[]);

/* lane: the source's or shock's fate_lane. */
struct rw_fate rw_world_fate_in(
    const struct rw_world *w, uint64_t lane, const struct rw_event *v);
/* The fours of all listed events, and what one of them says.  Shape (list->n). */
void rw_world_fates(const struct rw_world *w, uint64_t lane,
    const struct rw_event_list *list, double u[][4]);
static inline struct rw_fate
rw_world_fate_of(const struct rw_event *v, const double u[4])
{
    return (struct rw_fate){.time = v->k & RW_EVENT_DESCENDANT ? v->time : u[0],
        .seen = u[1],
        .wait = u[2]};
}

static inline struct rw_fate
rw_world_fate(const struct rw_world *w, size_t source, const struct rw_event *v)
{
    return rw_world_fate_in(w, w->m->sources[source].fate_lane, v);
}

/* The same of all events of a list. */
void rw_world_list_uniforms(
    struct rw_world *w, uint64_t lane, const struct rw_event_list *list, double out[]);

/* loss[j][e] <- what loss form j of the threat costs in event e on this risk,
 * before response controls; 0 for a secondary loss that does not happen.
 * Returns their sums by event, in total[] or, where there is one form, the
 * row itself.  Shapes: loss (n_losses, RW_EVENTS_ROOM), total (n). */
const double *rw_world_losses_in(struct rw_world *w, size_t risk, uint64_t lane,
    const struct rw_event_list *list, double loss[][RW_EVENTS_ROOM], double total[]);

/* Of the risk's own events; a shock's have a lane of their own. */
static inline const double *
rw_world_losses(struct rw_world *w, size_t risk, const struct rw_event_list *list,
    double loss[][RW_EVENTS_ROOM], double total[])
{
    return rw_world_losses_in(w, risk, w->m->risks[risk].loss_lane, list, loss, total);
}

/* ---- stage.c: attacks in stages ---- */

/* u <- the stage's uniforms of an event: seen by controls, by other means, on
 * to the next stage.  lane: the source's or shock's stage_lane. */
void rw_world_stage_draws(const struct rw_world *w, uint64_t lane,
    const struct rw_event *v, size_t stage, double u[4]);

/* amount[j * RW_ENDINGS + k][e] <- what loss j costs in event e if its attack
 * ends as k, before response; money, or money a day.  All endings of a loss take
 * the same uniforms. */
void rw_world_stage_losses(struct rw_world *w, size_t risk, uint64_t lane, size_t n,
    const struct rw_event v[], double amount[][RW_EVENTS_ROOM]);

/* u[i] <- the uniform of every future of the block at one index of a lane. */
void rw_world_row(const struct rw_world *w, uint64_t lane, uint64_t index, double u[]);
/* row[i] <- the sampler's draw from it. */
void rw_world_sample(const struct rw_world *w, const struct rw_sampler *s,
    uint64_t lane, uint64_t index, double row[]);

/* ---- couple.c: copulas and common multipliers ---- */

/* row[i] <- uniform 0 of a lane, that of the future whose truth i has. */
void rw_world_truth_uniforms(const struct rw_world *w, uint64_t lane, double row[]);
/* Truth of the estimates that are in copulas. */
void rw_world_couple_truth(struct rw_world *w);
/* At a year's first cycle: multipliers in copulas, common multipliers. */
void rw_world_couple_year(struct rw_world *w);

/* ---- shock.c: events that come from outside and hit several threats ----
 *
 * A shock's events in a cycle are a Poisson process of its own; event k
 * brings an event of a listed threat iff its uniform in that hit's lane is
 * below the probability.  On each risk it has a level, a uniform of its own:
 * the controls let it through iff it is below `survive`.  Time, being seen and
 * delay are one for all it hits; losses are the risk's.  No draw is shared
 * with the events of sources. */

/* brought <- events a year by threat; after the truth is known. */
void rw_world_shock_rates(struct rw_world *w);
void rw_world_shock_begin(struct rw_world *w, size_t shock, struct rw_shock_cursor *at);
/* The next events in ascending order of (future, k); false: none are left. */
bool rw_world_shock_events(
    struct rw_world *w, struct rw_shock_cursor *at, struct rw_event_list *list);
/* hits <- those of them that hit the threat. */
void rw_world_shock_hits(struct rw_world *w, const struct rw_hit *x,
    const struct rw_event_list *list, struct rw_event_list *hits);

/* ---- outage.c: what fails, as far as all strategies share it ---- */

/* Common causes: on/off processes (num/outage.h), the same for every strategy, long
 * running when the horizon begins.  Only its own duration ends a failure. */
RW_MUST_CHECK bool rw_world_outages_init(struct rw_world *w);
void rw_world_outages_fini(struct rw_world *w);
void rw_world_outages_begin(struct rw_world *w);
void rw_world_outages_cycle(struct rw_world *w);
/* At a time (years from the start) within the present cycle. */
bool rw_world_cause_down(
    const struct rw_world *w, size_t cause, size_t future, double time);
/* Where cycle `from` begins, the present one or the next. */
bool rw_world_cause_up(
    const struct rw_world *w, size_t cause, size_t future, unsigned from);

/* Row of how many failures a control has in this cycle, or RW_OUTAGE_MANY. */
const uint8_t *rw_world_faults(struct rw_world *w, size_t control);
/* w->outages <- how a control begins that has been running for long, at rates that nobody
 * changes. */
void rw_world_running(struct rw_world *w, size_t control);
/* A strategy's rows (n_controls, room) of all controls join, to stay where they are as
 * long as the world: sets their tag. */
void rw_world_join(struct rw_world *w, struct rw_outage_rows *rows);
/* w->outages through the whole cycle, of a control whose rates nobody changes, after its
 * row of faults was asked for: most strategies find them as another did in this cycle.
 * Then `when' and `from' are left in that one's rows, by the tag of `worked'.  The list's
 * states do not stay as they are. */
void rw_world_play(struct rw_world *w, size_t control, const struct rw_outage_rows *by);
/* Whose rows they are in. */
static inline const struct rw_outage_rows *
rw_world_player(
    const struct rw_world *w, const struct rw_outage_rows *own, uint8_t worked)
{
    unsigned k = worked / RW_OUTAGE_TAGS;

    return k < RW_WORLD_PLAYERS ? w->players[k] : own;
}
/* Of one control. */
static inline struct rw_outage_rows
rw_world_rows(const struct rw_world *w, const struct rw_outage_rows *by, size_t control)
{
    size_t at = control * w->room;

    return (struct rw_outage_rows){by->works + at, by->failed + at, by->changes + at,
        by->worked + at, by->tag, by->when + at, by->from + at};
}
/* Row (n) of the fours by which a control is audited in this cycle; until those of
 * another one are asked for. */
const double (*rw_world_audits(struct rw_world *w, size_t control))[4];

/* The truth of a future: failures a year of a control while it works, whatever law
 * it fails by; and the law of one that fails by a process. */
static inline double
rw_world_fails(const struct rw_world *w, const struct rw_control *x, size_t future)
{
    if (x->unsure)
        return w->truth[x->failing.slot * w->room + future];
    return x->fails > 0 ? x->fails : x->upkeep.steady_fails;
}
struct rw_reliability rw_world_reliability(
    const struct rw_world *w, const struct rw_control *x, size_t future);

/* For num/outage.h: the present cycle of a future. */
static inline struct rw_outage
rw_world_outage(const struct rw_world *w, struct rw_outage_lanes lanes,
    struct rw_reliability law, size_t future)
{
    return (struct rw_outage){
        w->seed, lanes, w->first + future, w->cycle, w->m->years, law};
}

/* Number of events expected in this cycle if no control existed, given the
 * truth and the year's multiplier but not what has happened; shape (n). */
static inline const double *
rw_world_expected(const struct rw_world *w, size_t source)
{
    const struct rw_threat *t = &w->m->threats[w->m->sources[source].threat];

    return (t->children > 0 ? w->expected : w->rate) + source * w->room;
}

/* One row. */
static inline const double *
rw_world_truth(const struct rw_world *w, const struct rw_estimate *x)
{
    return w->truth + x->slot * w->room;
}

static inline bool
rw_world_stopped(const struct rw_world *w)
{
    return rw_stopped(w->stop);
}

/* Points call->params and ->state at the rows of a use; `params` and
 * `states` are the caller's scratch. */
void rw_world_bind(const struct rw_world *w, const struct rw_plugin_use *u,
    double state[], const double *params[], double *states[],
    struct rw_hook_call *call);

#endif
