/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/programme.h -- the security programme that leads to a third
 * party's statement: what a scheme asks for, how long its stages take, what
 * they cost.
 *
 * Stages, each future and strategy its own:
 *   outside -> prepare -> operate -> application [-> pre-evaluation] -> audit
 *     -> (corrective)* -> statement <-> suspended
 * The time in `operate` counts only while the controls are enough, and its
 * law has no value below RW_RECORDS_YEARS.  A stage's duration is drawn anew
 * for every visit, so the chain is semi-Markov; what an audit finds, the
 * major non-conformities, is Poisson with mean (majors - readiness)+, half of
 * that after a pre-evaluation.
 *
 * ISO/IEC 27032 is guidance and there is no accredited certification against
 * it: unless a scenario names another scheme, what the programme leads to is
 * a private scheme's conformity statement.  It changes no loss; controls do.
 *
 * Units: times in years, money in the scenario's currency.
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_PROGRAMME_H
#define RW_MODEL_PROGRAMME_H

#include "model/hook.h"
#include "model/names.h"

/* Three months of operation with records come before any application. */
#define RW_RECORDS_YEARS 0.25

enum rw_step {
    RW_STEP_OUTSIDE,
    RW_STEP_PREPARE,
    RW_STEP_OPERATE,
    RW_STEP_APPLICATION,
    RW_STEP_PRE_EVALUATION,
    RW_STEP_AUDIT,
    RW_STEP_CORRECTIVE,
    RW_STEP_STATEMENT,
    RW_STEP_SUSPENDED,
    RW_STEPS
};

/* The application's documents: three on the plan, three on what was done with
 * others, three on how it is kept up. */
enum rw_document {
    RW_DOCUMENT_POLICY,
    RW_DOCUMENT_RISK_ASSESSMENT_REPORT,
    RW_DOCUMENT_CONTROL_MEASURES,
    RW_DOCUMENT_COLLABORATION_AGREEMENT,
    RW_DOCUMENT_TECHNICAL_DEPLOYMENT_PROOF,
    RW_DOCUMENT_TRAINING_RECORDS,
    RW_DOCUMENT_INTERNAL_AUDIT_REPORT,
    RW_DOCUMENT_EVENT_RESPONSE_RECORD,
    RW_DOCUMENT_CONTINUOUS_IMPROVEMENT_PLAN,
    RW_DOCUMENTS
};

/* What shows that a document is there. */
enum rw_proof {
    RW_PROOF_PREPARATION, /* the first stage is over                    */
    RW_PROOF_AUDITS,      /* Check audited a control within a year      */
    RW_PROOF_CORRECTIONS, /* Act corrected something                    */
    RW_PROOF_IMPROVEMENT, /* Check audited, Act corrected or Plan re-plans: once */
    RW_PROOF_CYCLE,       /* it is there from a cycle on                */
    RW_PROOF_ALL,         /* all of the listed controls operate         */
    RW_PROOF_ANY,         /* any of them does                           */
    RW_PROOFS
};

struct rw_evidence {
    bool stated; /* by the scenario; else derived by rw_programme_build */
    enum rw_document document;
    enum rw_proof by;
    unsigned from;                /* RW_PROOF_CYCLE, 0-based */
    size_t *controls, n_controls; /* RW_PROOF_ALL, RW_PROOF_ANY */
};

/* What costs money, beside controls. */
enum rw_fee {
    RW_FEE_PREPARE,     /* when preparation begins     */
    RW_FEE_RUNNING,     /* a year, once it is over     */
    RW_FEE_APPLICATION, /* when handed in              */
    RW_FEE_PRE_EVALUATION,
    RW_FEE_AUDIT,        /* on site, and every re-audit */
    RW_FEE_MAJOR,        /* of correcting one major non-conformity */
    RW_FEE_SURVEILLANCE, /* each */
    RW_FEES
};

struct rw_programme {
    bool stated;
    bool accredited;
    const char *scheme;
    unsigned start;    /* cycle in which preparation begins, 0-based */
    unsigned deadline; /* cycle by whose end the statement is due, 1-based; 0: none */
    double threshold;  /* readiness that is asked for */
    unsigned pillars;  /* bit sets of what is asked for */
    unsigned principles;
    unsigned documents;
    double pre_evaluation; /* P(one is made) */
    double majors;         /* expected at an audit with readiness 0 */
    double validity, surveillance, suspension;
    struct rw_dist duration[RW_STEPS]; /* of stages with one: see rw_step_timed */
    struct rw_estimate fee[RW_FEES];
    struct rw_evidence evidence[RW_DOCUMENTS];
    bool *follows; /* (n_strategies) */
    struct rw_place place;

    struct rw_sampler sampler[RW_STEPS];
    uint64_t stage_lane[RW_STEPS]; /* durations, by the number of the visit */
    uint64_t pre_lane, major_lane; /* by the number of the application, the audit */
};

/* Figures of one strategy and cycle, as moments over futures go with it. */
enum rw_progress_row {
    RW_PROGRESS_READINESS,
    RW_PROGRESS_READY,  /* 1: all that is asked for is there */
    RW_PROGRESS_ISSUED, /* 1: a statement was issued by the cycle's end */
    RW_PROGRESS_FAILED, /* surveillance audits failed in the cycle */
    RW_PROGRESS_SPEND,  /* money in the cycle, part of the strategy's spend */
    RW_PROGRESS_STEP,   /* rows: 1 in the stage at the cycle's end, else 0 */
    RW_PROGRESS_PILLAR = RW_PROGRESS_STEP + RW_STEPS,
    RW_PROGRESS_PRINCIPLE = RW_PROGRESS_PILLAR + RW_PILLARS,
    RW_PROGRESS_DOCUMENT = RW_PROGRESS_PRINCIPLE + RW_PRINCIPLES,
    RW_PROGRESS_ROWS = RW_PROGRESS_DOCUMENT + RW_DOCUMENTS
};

static inline bool
rw_step_timed(enum rw_step s)
{
    return s >= RW_STEP_PREPARE && s <= RW_STEP_CORRECTIVE;
}

extern const char *const rw_step_names[];     /* "outside" ... */
extern const char *const rw_document_names[]; /* "policy" ...  */
extern const char *const rw_proof_names[];    /* "preparation" ... "improvement" */
extern const char *const rw_fee_names[];      /* "prepare" ... */

/* PERT months that a stage takes unless the scenario says otherwise. */
struct rw_dist rw_step_duration(enum rw_step s);

/* "private scheme's conformity statement": what outputs call it. */
const char *rw_programme_noun(const struct rw_programme *p);

#endif
