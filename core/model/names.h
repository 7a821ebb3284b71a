/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/names.h -- the closed vocabularies of a scenario, in the order
 * of their enums; every table ends with NULL.
 *
 * Loss forms: Open FAIR (O-RT 3.0).  Control functions: FAIR-CAM.  Pillars
 * and principles: docs/scenarios.md says where they come from.
 *
 * Floor: model.  Threads: constants.
 */
#ifndef RW_MODEL_NAMES_H
#define RW_MODEL_NAMES_H

enum rw_loss_form {
    RW_FORM_PRODUCTIVITY,
    RW_FORM_RESPONSE,
    RW_FORM_REPLACEMENT,
    RW_FORM_FINES,
    RW_FORM_REPUTATION,
    RW_FORM_COMPETITIVE_ADVANTAGE,
    RW_FORMS
};

enum rw_pillar {
    RW_PILLAR_TECHNICAL,
    RW_PILLAR_ORGANIZATIONAL,
    RW_PILLAR_PHYSICAL,
    RW_PILLAR_SOCIAL_ENGINEERING,
    RW_PILLARS
};

enum rw_principle {
    RW_PRINCIPLE_IDENTITY_AUTHENTICATION,
    RW_PRINCIPLE_BEHAVIOUR_TRACEABILITY,
    RW_PRINCIPLE_DATA_INTEGRITY,
    RW_PRINCIPLE_THREAT_INTELLIGENCE_SHARING,
    RW_PRINCIPLE_ELASTIC_ARCHITECTURE,
    RW_PRINCIPLE_COMPLIANCE_ADAPTATION,
    RW_PRINCIPLES
};

/* Prevention (any one protects): avoidance, deterrence, resistance.
 * Detection (all three needed):  visibility, monitoring, recognition.
 * Response (needs detection):    containment, resilience, loss_minimisation.
 * Support (of other controls):   variance_management, decision_support. */
enum rw_function {
    RW_FUNCTION_AVOIDANCE,
    RW_FUNCTION_DETERRENCE,
    RW_FUNCTION_RESISTANCE,
    RW_FUNCTION_VISIBILITY,
    RW_FUNCTION_MONITORING,
    RW_FUNCTION_RECOGNITION,
    RW_FUNCTION_CONTAINMENT,
    RW_FUNCTION_RESILIENCE,
    RW_FUNCTION_LOSS_MINIMISATION,
    RW_FUNCTION_VARIANCE_MANAGEMENT,
    RW_FUNCTION_DECISION_SUPPORT,
    RW_FUNCTIONS
};

/* What a control function acts on. */
enum rw_effect {
    RW_EFFECT_PREVENT,
    RW_EFFECT_DETECT,
    RW_EFFECT_RESPOND,
    RW_EFFECT_SUPPORT,
    RW_EFFECTS
};

enum rw_status { RW_STATUS_OPERATING, RW_STATUS_PLANNED, RW_STATUS_CANDIDATE };

/* What an amount is a multiple of. */
/* How the futures of a run are drawn: all by chance, or evenly by nets (world/quasi.h). */
enum rw_sampling { RW_SAMPLING_PLAIN, RW_SAMPLING_SOBOL, RW_SAMPLINGS };

enum rw_relative { RW_OF_MONEY, RW_OF_VALUE, RW_OF_RECORDS };

extern const char *const rw_loss_form_names[];   /* "productivity" ... */
extern const char *const rw_pillar_names[];      /* "technical" ...    */
extern const char *const rw_principle_names[];   /* "identity_authentication" ... */
extern const char *const rw_function_names[];    /* "avoidance" ...    */
extern const char *const rw_acts_names[];        /* "prevention" ...   */
extern const char *const rw_reliability_names[]; /* "process" ...    */
extern const char *const rw_per_names[];         /* "event" "dwell" "outage" */
extern const char *const rw_seen_names[];        /* "early" "mid" "late" */
extern const char *const rw_status_names[];      /* "operating" ...    */
extern const char *const rw_relative_names[];    /* "money" "value" "records" */
extern const char *const rw_sampling_names[];    /* "plain" "sobol" */
extern const char *const rw_cycle_names[];       /* "month" "quarter" "year"  */
extern const unsigned rw_cycles_per_year[];      /* 12 4 1             */

enum rw_effect rw_function_effect(enum rw_function f);

#endif
