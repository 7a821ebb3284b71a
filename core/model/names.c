/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/names.h"

#include "model/deciding.h"

#include <stddef.h>

/* One word per value of the enum, and NULL. */
#define ONE_EACH(names, n)                                                             \
    _Static_assert(sizeof names / sizeof names[0] == (n) + 1, "one name a value")

const char *const rw_loss_form_names[] = {"productivity", "response", "replacement",
    "fines", "reputation", "competitive_advantage", NULL};
ONE_EACH(rw_loss_form_names, RW_FORMS);

const char *const rw_pillar_names[] = {
    "technical", "organizational", "physical", "social_engineering", NULL};
ONE_EACH(rw_pillar_names, RW_PILLARS);

const char *const rw_principle_names[] = {"identity_authentication",
    "behaviour_traceability", "data_integrity", "threat_intelligence_sharing",
    "elastic_architecture", "compliance_adaptation", NULL};
ONE_EACH(rw_principle_names, RW_PRINCIPLES);

const char *const rw_function_names[] = {"avoidance", "deterrence", "resistance",
    "visibility", "monitoring", "recognition", "containment", "resilience",
    "loss_minimisation", "variance_management", "decision_support", NULL};
ONE_EACH(rw_function_names, RW_FUNCTIONS);

const char *const rw_acts_names[] = {
    "prevention", "identification", "correction", NULL};

const char *const rw_reliability_names[] = {
    "process", "availability", "knowledge_base", NULL};

const char *const rw_per_names[] = {"event", "dwell", "outage", NULL};

const char *const rw_seen_names[] = {"early", "mid", "late", NULL};

const char *const rw_status_names[] = {"operating", "planned", "candidate", NULL};
ONE_EACH(rw_status_names, RW_STATUS_CANDIDATE + 1);

const char *const rw_relative_names[] = {"money", "value", "records", NULL};
ONE_EACH(rw_relative_names, RW_OF_RECORDS + 1);

const char *const rw_lesson_names[] = {"rates", "severity", "reliability", NULL};
ONE_EACH(rw_lesson_names, RW_LESSONS);
const char *const rw_knows_names[] = {"beliefs", "truth", NULL};
ONE_EACH(rw_knows_names, RW_KNOWS_TRUTH + 1);

const char *const rw_trigger_on_names[] = {
    "finding", "incident", "cusum", "loss", "appetite", NULL};
ONE_EACH(rw_trigger_on_names, RW_ON_APPETITE + 1);

const char *const rw_trigger_do_names[] = {"plan", "fund", "audit", "correct", NULL};
ONE_EACH(rw_trigger_do_names, RW_DO_CORRECT + 1);

const char *const rw_sampling_names[] = {"plain", "sobol", NULL};
ONE_EACH(rw_sampling_names, RW_SAMPLINGS);

const char *const rw_cycle_names[] = {"month", "quarter", "year", NULL};
const unsigned rw_cycles_per_year[] = {12, 4, 1};

enum rw_effect
rw_function_effect(enum rw_function f)
{
    if (f <= RW_FUNCTION_RESISTANCE)
        return RW_EFFECT_PREVENT;
    if (f <= RW_FUNCTION_RECOGNITION)
        return RW_EFFECT_DETECT;
    return f <= RW_FUNCTION_LOSS_MINIMISATION ? RW_EFFECT_RESPOND : RW_EFFECT_SUPPORT;
}
