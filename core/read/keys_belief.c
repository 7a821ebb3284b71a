/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of what an organisation believes at first. */
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

static const struct rw_key bias_keys[] = {
    {"frequency", RW_KEY_NUMBER, .above = true, .max = 1e6, .preset = "1",
        IN(rw_threat, bias_frequency),
        .doc = "how many times too often the organisation expects it; below 1: too "
               "seldom"},
    {"severity", RW_KEY_NUMBER, .above = true, .max = 1e6, .preset = "1",
        IN(rw_threat, bias_severity),
        .doc = "how many times too dear it holds one event"},
    {"worth", RW_KEY_NUMBER, .above = true, .max = 1e6, IN(rw_threat, bias_worth),
        .doc = "how many losses its idea of their size and spread counts for when it "
               "learns. Left out: of the size it is as sure as `loss_factor` and the "
               "plugin are, of the spread entirely; where those leave nothing open a "
               "`severity` other than 1 is worth 10 losses"},
};
TABLE(bias, "bias", "threats[].bias",
    "A wrong start of the organisation's beliefs. Nature keeps to the estimates of the "
    "threat; only what planners believe, and learn from, begins elsewhere.");

static const struct rw_key industry_keys[] = {
    {"frequency", RW_KEY_DIST, .required = true, .unit = RW_UNIT_RATE, .max = INFINITY,
        .mean_max = RW_FREQUENCY_MAX, IN(rw_threat, industry),
        .doc = "loss events a year on one asset at comparable organisations, before "
               "controls like those of this file; its spread is that between "
               "organisations"},
};
TABLE(industry, "industry", "threats[].industry",
    "What is known of others. The organisation starts from the mean of its own "
    "estimate and this one, each weighed by how sure it is.");
