/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a scenario's dependence. */
#include "num/copula.h"
#include "num/special.h"
#include "read/keys.h"

#include <math.h>
#include <stddef.h>

#define IN(type, member)                                                               \
    .offset = offsetof(struct type, member), .size = sizeof(((struct type *)0)->member)
#define TABLE(id, label, place, text)                                                  \
    const struct rw_key_table rw_keys_##id = {.name = label,                           \
        .where = place,                                                                \
        .doc = text,                                                                   \
        .keys = id##_keys,                                                             \
        .n = sizeof id##_keys / sizeof *id##_keys}
#define MUST .required = true

static const char *const kinds[] = {"gaussian", "t", NULL};
static const char *const overs[] = {"estimates", "years", NULL};

static const struct rw_key dependence_keys[] = {
    {"copulas", RW_KEY_OBJECTS, .table = &rw_keys_copula,
        .doc = "estimates, or years, that are high together or low together"},
    {"multipliers", RW_KEY_OBJECTS, .table = &rw_keys_multiplier,
        .doc = "good and bad years that several threats share"},
    {"shocks", RW_KEY_OBJECTS, .table = &rw_keys_shock,
        .doc = "events that bring events of several threats at once"},
    {"causes", RW_KEY_OBJECTS, .table = &rw_keys_cause,
        .doc = "what makes several controls fail at once"},
};
TABLE(dependence, "dependence", "dependence",
    "What ties threats, controls and estimates together. What is left out is "
    "independent.");

static const struct rw_key copula_keys[] = {
    {"kind", RW_KEY_WORD, MUST, .words = kinds, IN(rw_coupling, kind),
        .doc = "`t` also has extremes together, `gaussian` has not"},
    {"df", RW_KEY_NUMBER, .min = RW_COPULA_DF_MIN, .max = RW_COPULA_DF_MAX,
        IN(rw_coupling, df),
        .doc = "degrees of freedom of `t`, required there: the fewer, the more joint "
               "extremes"},
    {"over", RW_KEY_WORD, .words = overs, .preset = "\"estimates\"",
        IN(rw_coupling, over),
        .doc = "`estimates`: what nature decides once a future; `years`: the yearly "
               "multipliers of threats with `negbin` counts"},
    {"of", RW_KEY_NAMES, MUST,
        .doc = "two or more estimates, as `\"mfa.efficacy\"`; with `years`, ids of "
               "threats"},
    {"rho", RW_KEY_NUMBER, .min = -1, .max = 1, IN(rw_coupling, every),
        .doc = "correlation of every pair, between -1 / (n - 1) and 1 for n "
               "variables; this or `matrix`"},
    {"matrix", RW_KEY_MATRIX,
        .doc = "correlations in the order of `of`: as many rows of as many numbers"},
};
TABLE(copula, "copula", "dependence.copulas[]",
    "Variables that are high together or low together, each by its own law as "
    "before.");

static const struct rw_key multiplier_keys[] = {
    {"id", RW_KEY_ID, MUST, IN(rw_multiplier, id), .doc = "unique in the file"},
    {"threats", RW_KEY_IDS, MUST,
        .doc = "ids of the threats whose rates it multiplies"},
    {"dispersion", RW_KEY_NUMBER, MUST, .min = 1 / RW_SHAPE_MAX,
        .max = 1 / RW_SHAPE_MIN, IN(rw_multiplier, dispersion),
        .doc = "f: each year's multiplier has mean 1 and variance f, so that counts "
               "with means m and n vary together by f m n"},
};
TABLE(multiplier, "multiplier", "dependence.multipliers[]",
    "One gamma variable a year that multiplies the rates of all its threats.");

static const struct rw_key shock_keys[] = {
    {"id", RW_KEY_ID, MUST, IN(rw_shock, id), .doc = "unique in the file"},
    {"frequency", RW_KEY_ESTIMATE, MUST, .unit = RW_UNIT_RATE, .max = INFINITY,
        .mean_max = RW_FREQUENCY_MAX, IN(rw_shock, frequency), .doc = "a year"},
    {"hits", RW_KEY_OBJECTS, MUST, .table = &rw_keys_hit,
        .doc = "what it may bring, one or more"},
};
TABLE(shock, "shock", "dependence.shocks[]",
    "Something that brings events of several threats at once, beside their own.");

static const struct rw_key hit_keys[] = {
    {"threat", RW_KEY_NAME, MUST,
        .doc = "id of the threat: an event on all its assets"},
    {"probability", RW_KEY_NUMBER, MUST, .unit = RW_UNIT_SHARE, .max = 1,
        IN(rw_hit, probability),
        .doc = "that the shock brings it, susceptibility included, before any control "
               "of this file"},
};
TABLE(hit, "hit", "dependence.shocks[].hits[]", "What a shock does to a threat.");

static const struct rw_key cause_keys[] = {
    {"id", RW_KEY_ID, MUST, IN(rw_cause, id), .doc = "unique in the file"},
    {"controls", RW_KEY_IDS, MUST,
        .doc = "ids of the controls that stand failed while it is down"},
    {"per_year", RW_KEY_NUMBER, MUST, .unit = RW_UNIT_RATE, .max = 1000,
        IN(rw_cause, fails), .doc = "how often it goes down a year while it is up"},
    {"days", RW_KEY_NUMBER, MUST, .unit = RW_UNIT_TIME, .max = 1000,
        IN(rw_cause, fail_years),
        .doc = "mean time it stays down; audits and corrections do not end it"},
};
TABLE(cause, "cause", "dependence.causes[]",
    "Something without which several controls do not work: a team, a platform.");
