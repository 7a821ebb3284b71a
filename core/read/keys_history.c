/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of what estimates were before they learned. */
#include "read/history.h"
#include "read/keys.h"

#include <math.h>
#include <stddef.h>

#define IN(member)                                                                     \
    .offset = offsetof(struct rw_history, member),                                     \
    .size = sizeof(((struct rw_history *)0)->member)
#define MUST  .required = true
#define COUNT .unit = RW_UNIT_PLAIN, .max = INFINITY

static const struct rw_key history_keys[] = {
    {"estimate", RW_KEY_TEXT, MUST, IN(estimate),
        .doc = "which one moved, as a path from the threat or control: `frequency`, "
               "`losses/0/amount`, `variance/per_year`"},
    {"prior", RW_KEY_ANY, MUST, .doc = "what stood there before"},
    {"from", RW_KEY_TEXT, IN(from), .doc = "first day that was watched"},
    {"to", RW_KEY_TEXT, IN(to), .doc = "last day"},
    {"source", RW_KEY_TEXT, IN(source), .doc = "table of what was observed"},
    {"sha256", RW_KEY_TEXT, IN(sha256), .doc = "of its bytes"},
    {"industry", RW_KEY_TEXT, IN(industry),
        .doc = "table of the trade that the update began with, in place of `prior`"},
    {"industry_sha256", RW_KEY_TEXT, IN(industry_sha256), .doc = "of its bytes"},
    {"events", RW_KEY_NUMBER, COUNT, .preset = "0", IN(events),
        .doc = "incidents, losses or audits that the estimate was moved by"},
    {"exposure", RW_KEY_NUMBER, COUNT, .preset = "0", IN(exposure),
        .doc = "of a frequency: years of watch, times the share of the attempts that "
               "were expected to become incidents and be seen"},
    {"weight", RW_KEY_NUMBER, COUNT, .preset = "0", IN(weight),
        .doc = "of a loss or a control's failures: how many observations the estimate "
               "is worth since then"},
};
const struct rw_key_table rw_keys_history = {.name = "history entry",
    .where = "threats[].history[], controls[].history[]",
    .doc = "What an estimate was before `riskwheel learn` moved it, and by what. No "
           "simulation looks at it.",
    .keys = history_keys,
    .n = sizeof history_keys / sizeof *history_keys};
