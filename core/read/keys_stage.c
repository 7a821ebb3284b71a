/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of attacks that go through stages. */
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
#define SHARE .unit = RW_UNIT_SHARE, .max = 1
#define TIME  .unit = RW_UNIT_TIME, .max = 1000
#define MUST  .required = true
#define AMOUNT                                                                         \
    RW_KEY_AMOUNT, .unit = RW_UNIT_MONEY, .max = INFINITY, .mean_max = RW_MONEY_MAX

static const struct rw_key stage_keys[] = {
    {"name", RW_KEY_ID, MUST, IN(rw_stage, name),
        .doc = "unique in the threat; controls name it in their `stages`"},
    {"days", RW_KEY_NUMBER, MUST, TIME, IN(rw_stage, years),
        .doc = "time that the attacker spends in it"},
    {"advance", RW_KEY_NUMBER, SHARE, .preset = "1", IN(rw_stage, advance),
        .doc = "probability that an attack not seen in it goes on; else it fails"},
    {"seen", RW_KEY_NUMBER, SHARE, .preset = "0", IN(rw_stage, base),
        .doc = "probability that it is seen in this stage without any control"},
    {"independence", RW_KEY_NUMBER, .max = 1, .preset = "1", IN(rw_stage, independence),
        .doc =
            "how far reviews of this stage see what others missed: 0 (all are alike) "
            "to 1"},
    {"class", RW_KEY_WORD, .words = rw_seen_names, IN(rw_stage, class),
        .doc = "how an attack seen here counts; default: the first third of the stages "
               "is `early`, the second `mid`, the last `late`"},
};
TABLE(stage, "stage", "threats[].stages[]", "A stage of an attack.");

static const struct rw_key outcomes_keys[] = {
    {"early", RW_KEY_NUMBER, SHARE, .preset = "1",
        IN(rw_threat, attack.share[RW_ENDING_EARLY]), .doc = "seen early"},
    {"mid", RW_KEY_NUMBER, SHARE, .preset = "1",
        IN(rw_threat, attack.share[RW_ENDING_MID]), .doc = "seen midway"},
    {"late", RW_KEY_NUMBER, SHARE, .preset = "1",
        IN(rw_threat, attack.share[RW_ENDING_LATE]), .doc = "seen late"},
    {"fails", RW_KEY_NUMBER, SHARE, IN(rw_threat, attack.share[RW_ENDING_FAILS]),
        .doc = "failed by itself; left out: as if seen where it failed, and not "
               "answered"},
};
TABLE(outcomes, "outcomes", "threats[].outcomes",
    "What share of a loss is left by how the attack ends; of the full impact all.");

static const struct rw_key response_keys[] = {
    {"contain", RW_KEY_NUMBER, MUST, TIME, IN(rw_threat, attack.contain),
        .doc = "time to contain an attack, without controls"},
    {"restore", RW_KEY_NUMBER, TIME, .preset = "0", IN(rw_threat, attack.restore),
        .doc = "time to restore what it did, likewise"},
    {"overlap", RW_KEY_NUMBER, SHARE, .preset = "0", IN(rw_threat, attack.overlap),
        .doc = "share of the shorter of the two that is done beside the longer"},
};
TABLE(response, "response", "threats[].response",
    "How long the response to an attack takes; containment and resilience shorten it.");

static const struct rw_key amounts_keys[] = {
    {"early", AMOUNT, .doc = "seen early"},
    {"mid", AMOUNT, .doc = "seen midway"},
    {"late", AMOUNT, .doc = "seen late"},
    {"fails", AMOUNT, .doc = "failed by itself"},
};
TABLE(amounts, "amounts", "threats[].losses[].outcomes",
    "What an event costs by how the attack ends, drawn by the same chance as the "
    "`amount`, which is that of the full impact. Without its own amount an ending "
    "takes the threat's share.");
