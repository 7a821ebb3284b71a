/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of what a strategy decides with. */
#include "read/keys.h"

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

static const struct rw_key step_keys[] = {
    {"cycle", RW_KEY_WHOLE, MUST, .min = 1, .max = RW_CYCLES_MAX,
        IN(rw_budget_step, cycle), .doc = "from which it holds, from 1"},
    {"amount", RW_KEY_ESTIMATE, MUST, .unit = RW_UNIT_MONEY, .max = RW_MONEY_MAX,
        IN(rw_budget_step, amount), .doc = "money each cycle"},
};
TABLE(step, "budget step", "strategies[].budget[]",
    "A budget from a cycle until the next step; before the first there is none.");

#define CAPACITY(word, at, text)                                                       \
    {                                                                                  \
        word, RW_KEY_WHOLE, .min = 1, .max = RW_CYCLES_MAX,                            \
                            IN(rw_strategy, deciding.capacity[at]), .doc = text        \
    }
static const struct rw_key capacity_keys[] = {
    CAPACITY("technical", RW_PILLAR_TECHNICAL, "controls of this pillar"),
    CAPACITY("organizational", RW_PILLAR_ORGANIZATIONAL, "controls of this pillar"),
    CAPACITY("physical", RW_PILLAR_PHYSICAL, "controls of this pillar"),
    CAPACITY(
        "social_engineering", RW_PILLAR_SOCIAL_ENGINEERING, "controls of this pillar"),
    CAPACITY("all", RW_PILLARS, "controls of all pillars together"),
};
TABLE(capacity, "capacity", "strategies[].capacity",
    "How many controls may be under construction at once, by pillar.");

static const struct rw_key trigger_keys[] = {
    {"on", RW_KEY_WORD, MUST, .words = rw_trigger_on_names, IN(rw_trigger, on),
        .doc =
            "what fires it at a cycle's end: audits' findings, incidents that come to "
            "light, more of them than believed (cusum), the year's loss so far, or the "
            "belief that a year exceeds the appetite more often than it tolerates"},
    {"do", RW_KEY_WORD, MUST, .words = rw_trigger_do_names, IN(rw_trigger, action),
        .doc = "the action: a `plan` in the next cycle, the same with more money "
               "(`fund`), an `audit` of all operating controls that can fail, or to "
               "`correct` at once what this cycle's audits found"},
    {"at_least", RW_KEY_WHOLE, .min = 1, .max = 1e6, .preset = "1",
        IN(rw_trigger, at_least),
        .doc = "of `finding` and `incident`: how many in one cycle"},
    {"threats", RW_KEY_IDS,
        .doc = "of `incident` and `cusum`: ids of those counted; default: all"},
    {"k", RW_KEY_NUMBER, .max = 1e6, .preset = "1.5", IN(rw_trigger, k),
        .doc =
            "of `cusum`: S grows by the incidents less k times the number believed in, "
            "and never falls below 0"},
    {"h", RW_KEY_NUMBER, .max = 1e9, .above = true, .preset = "3", IN(rw_trigger, h),
        .doc = "of `cusum`: it fires when S reaches this many incidents, and S starts "
               "again at 0"},
    {"above", RW_KEY_NUMBER, .unit = RW_UNIT_MONEY, .max = RW_MONEY_MAX,
        IN(rw_trigger, above),
        .doc = "of `loss`, required there; of `appetite`: the loss of one of its "
               "points, default: any"},
    {"amount", RW_KEY_NUMBER, .unit = RW_UNIT_MONEY, .max = RW_MONEY_MAX, .above = true,
        IN(rw_trigger, amount),
        .doc = "of `fund`, required there: money beside the budget, each time"},
    {"cost", RW_KEY_NUMBER, .unit = RW_UNIT_MONEY, .max = RW_MONEY_MAX, .preset = "0",
        IN(rw_trigger, cost),
        .doc = "of each firing, counted with audits and corrections"},
    {"delay", RW_KEY_WHOLE, .max = RW_CYCLES_MAX, .preset = "0", IN(rw_trigger, delay),
        .doc = "cycles more until the action"},
    {"pause", RW_KEY_WHOLE, .max = RW_CYCLES_MAX, .preset = "0", IN(rw_trigger, pause),
        .doc = "cycles after firing in which it does not fire again"},
};
TABLE(trigger, "trigger", "strategies[].triggers[]",
    "What starts corrective action between plans.");
