/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/upkeep.h -- how a control is kept working, and how it comes into
 * operation.
 *
 * Controls of the functions variance_management and decision_support reduce no
 * loss themselves: they support others.  Standing at x = coverage * efficacy
 * in the middle of a cycle, in that cycle they leave
 *
 *   kind      a share prod (1 - x) of            acts, of which function
 *   FAILS     the failures a year                prevention, both
 *   FINDS     the mean time until found          identification, variance
 *   CORRECTS  the times of corrections           correction, both
 *   AUDITS    what audits pass over or miss      identification, decision
 *
 * of the controls they support.  They too may fail, wear and be supported.
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_UPKEEP_H
#define RW_MODEL_UPKEEP_H

#include "model/hook.h"
#include "num/outage.h"

enum rw_acts { RW_ACTS_PREVENTION, RW_ACTS_IDENTIFICATION, RW_ACTS_CORRECTION };

enum rw_support {
    RW_SUPPORT_FAILS,
    RW_SUPPORT_FINDS,
    RW_SUPPORT_CORRECTS,
    RW_SUPPORT_AUDITS,
    RW_SUPPORTS
};

/* What a control's failures make of it: in each future an on/off process
 * (num/outage.h), or in all of them the same share of its efficacy
 * (num/reliability.h). */
enum rw_reliability_law {
    RW_RELIABILITY_PROCESS,
    RW_RELIABILITY_AVAILABILITY,
    RW_RELIABILITY_KNOWLEDGE_BASE
};

/* Of one control. */
struct rw_upkeep {
    enum rw_reliability_law law;
    double at_most;    /* years until a failure is noticed in any case; 0: no limit */
    double correction; /* years from found to working again                        */
    enum rw_acts acts; /* of the two supporting functions                          */
    size_t *supports, n_supports; /* likewise; empty: all that reduce loss and fail */

    double steady_fails; /* failures a year that no process plays: law is another;
                            their mean where they are uncertain */
    size_t *by[RW_SUPPORTS], n_by[RW_SUPPORTS]; /* controls that support it */
    bool supported;                             /* by any */
    struct rw_outage_lanes lanes;
};

/* From purchase to operation. */
struct rw_delivery {
    struct rw_estimate overrun; /* years that building takes longer */
    double rollout;             /* P(a roll-out succeeds); 0: not stated, 1 */
    double inflation;           /* of the running cost, a year              */

    bool overruns, may_fail;
    uint64_t rollout_lane; /* index: the attempt */
};

/* Of all controls. */
struct rw_upkeeps {
    size_t *order;          /* (n_controls) supporters before what they support */
    size_t *aware, n_aware; /* decision support that prevents: what the
                               organisation knows of itself is the better for it */
    bool supports, delays, inflates; /* some control needs it */
};

#endif
