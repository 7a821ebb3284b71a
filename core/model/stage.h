/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/stage.h -- attacks that go through stages (num/detect.h).
 *
 * An attack begins with its event and meets the controls that stand then.  How
 * it ends decides what it costs: each loss has an amount by ending, or its one
 * amount times the threat's share of that ending.  An attack that fails costs
 * as one seen in that stage, unless amount or share say otherwise.  A loss may
 * be money a day: of dwell, from the event until the attack is contained, or of
 * outage, the time of the response.  What is seen is answered: containment and
 * resilience shorten the stated times, or reduce the money where none are
 * stated; what is not seen takes the whole times.
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_STAGE_H
#define RW_MODEL_STAGE_H

#include "model/hook.h"
#include "num/detect.h"

/* What an amount is for. */
enum rw_per { RW_PER_EVENT, RW_PER_DWELL_DAY, RW_PER_OUTAGE_DAY, RW_PERS };

struct rw_stage {
    const char *name;
    double advance, years, base, independence; /* as in struct rw_stage_law */
    unsigned class;                            /* enum rw_ending, early .. late */
    struct rw_place place;
};

/* Of a threat. */
struct rw_attack {
    struct rw_stage *stages;
    size_t n;                 /* 0: its events happen at once */
    double share[RW_ENDINGS]; /* of a loss's amount; of FULL 1 */
    bool fails;               /* that of FAILS is stated       */
    bool times;               /* of the response are stated    */
    double contain, restore;  /* years */
    double overlap;           /* share of the shorter that is done beside */
};

/* Amounts by ending, of one loss. */
struct rw_amounts {
    bool given[RW_ENDINGS]; /* else `amount` times the threat's share */
    struct rw_dist amount[RW_ENDINGS];

    struct rw_sampler sampler[RW_ENDINGS];
    double mean[RW_ENDINGS]; /* of every ending, share and probability included */
};

/* The controls that see a stage, by visibility, monitoring, recognition. */
struct rw_watch {
    size_t *controls[3], n[3];
};

/* Of a risk: mean money (per event, per year of dwell, per year of outage) by
 * ending, and of an attack that fails by the class of the stage. */
struct rw_staged {
    struct rw_watch *watch; /* (stages) */
    size_t slot;            /* among the risks with stages */
    double mean[RW_PERS][RW_ENDINGS], failed[RW_PERS][RW_ENDING_FULL];
};

#endif
