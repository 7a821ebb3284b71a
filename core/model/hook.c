/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hook.h"

#include <math.h>
#include <string.h>

const char *const rw_plugin_kind_names[] = {"threat", "control", "planner", NULL};

const char *const rw_need_names[] = {"appetite", "tail", NULL};

static const struct rw_hook_field threat_fields[RW_THREAT_FIELDS] = {
    [RW_THREAT_CYCLE] = {.name = "cycle", .unit = "1", .kind = RW_FIELD_NUMBER},
    [RW_THREAT_YEARS] = {.name = "years", .unit = "year", .kind = RW_FIELD_NUMBER},
    [RW_THREAT_TIME] = {.name = "time", .unit = "year", .kind = RW_FIELD_NUMBER},
    [RW_THREAT_VALUE] = {.name = "value", .unit = "currency", .kind = RW_FIELD_NUMBER},
    [RW_THREAT_RECORDS] = {.name = "records", .unit = "1", .kind = RW_FIELD_NUMBER},
    [RW_THREAT_FREQUENCY] = {.name = "frequency",
        .unit = "1/year",
        .kind = RW_FIELD_RESULT,
        .low = 0,
        .high = RW_FREQUENCY_MAX,
        .required = true},
    [RW_THREAT_SUSCEPTIBILITY] = {.name = "susceptibility",
        .unit = "1",
        .kind = RW_FIELD_RESULT,
        .number = 1,
        .low = 0,
        .high = 1},
    [RW_THREAT_LOSS_FACTOR] = {.name = "loss_factor",
        .unit = "1",
        .kind = RW_FIELD_RESULT,
        .number = 1,
        .low = 0,
        .high = INFINITY},
};

static const struct rw_hook_field asset_fields[RW_ASSET_FIELDS] = {
    [RW_ASSET_VALUE] = {.name = "value", .unit = "currency", .kind = RW_FIELD_NUMBER},
    [RW_ASSET_RECORDS] = {.name = "records", .unit = "1", .kind = RW_FIELD_NUMBER},
    [RW_ASSET_FREQUENCY] = {.name = "frequency",
        .unit = "1/year",
        .kind = RW_FIELD_RESULT,
        .low = 0,
        .high = RW_FREQUENCY_MAX},
    [RW_ASSET_SUSCEPTIBILITY] = {.name = "susceptibility",
        .unit = "1",
        .kind = RW_FIELD_RESULT,
        .number = 1,
        .low = 0,
        .high = 1},
};

static const struct rw_hook_field control_fields[RW_CONTROL_FIELDS] = {
    [RW_CONTROL_CYCLE] = {.name = "cycle", .unit = "1", .kind = RW_FIELD_NUMBER},
    [RW_CONTROL_YEARS] = {.name = "years", .unit = "year", .kind = RW_FIELD_NUMBER},
    [RW_CONTROL_TIME] = {.name = "time", .unit = "year", .kind = RW_FIELD_NUMBER},
    [RW_CONTROL_AGE] = {.name = "age", .unit = "year", .kind = RW_FIELD_VECTOR},
    [RW_CONTROL_EFFICACY] = {.name = "efficacy",
        .unit = "1",
        .kind = RW_FIELD_RESULT,
        .low = 0,
        .high = 1,
        .required = true},
};

static const struct rw_hook_field planner_fields[RW_PLAN_FIELDS] = {
    [RW_PLAN_CYCLE] = {.name = "cycle", .unit = "1", .kind = RW_FIELD_NUMBER},
    [RW_PLAN_YEARS] = {.name = "years", .unit = "year", .kind = RW_FIELD_NUMBER},
    [RW_PLAN_TIME] = {.name = "time", .unit = "year", .kind = RW_FIELD_NUMBER},
    [RW_PLAN_YEARS_LEFT] = {.name = "years_left",
        .unit = "year",
        .kind = RW_FIELD_NUMBER},
    [RW_PLAN_DISCOUNT_RATE] = {.name = "discount_rate",
        .unit = "1/year",
        .kind = RW_FIELD_NUMBER},
    [RW_PLAN_BUDGET] = {.name = "budget", .unit = "currency", .kind = RW_FIELD_VECTOR},
    [RW_PLAN_RESERVE] = {.name = "reserve",
        .unit = "currency",
        .kind = RW_FIELD_VECTOR},
    [RW_PLAN_OVER] = {.name = "over",
        .unit = "1",
        .kind = RW_FIELD_VECTOR,
        .need = 1 + RW_NEED_APPETITE},
};

static const struct rw_hook_field item_fields[RW_ITEM_FIELDS] = {
    [RW_ITEM_BENEFIT] = {.name = "benefit",
        .unit = "currency/year",
        .kind = RW_FIELD_VECTOR},
    [RW_ITEM_CAPITAL] = {.name = "capital",
        .unit = "currency",
        .kind = RW_FIELD_NUMBER},
    [RW_ITEM_RUNNING] = {.name = "running",
        .unit = "currency/year",
        .kind = RW_FIELD_NUMBER},
    [RW_ITEM_BUILD_YEARS] = {.name = "build_years",
        .unit = "year",
        .kind = RW_FIELD_NUMBER},
    [RW_ITEM_SPREAD] = {.name = "spread",
        .unit = "currency/year",
        .kind = RW_FIELD_VECTOR},
    [RW_ITEM_PILLAR_COVERED] = {.name = "pillar_covered",
        .unit = "1",
        .kind = RW_FIELD_VECTOR},
    [RW_ITEM_RELIEF] = {.name = "relief",
        .unit = "1",
        .kind = RW_FIELD_VECTOR,
        .need = 1 + RW_NEED_APPETITE},
    [RW_ITEM_TAIL] = {.name = "tail",
        .unit = "currency/year",
        .kind = RW_FIELD_VECTOR,
        .need = 1 + RW_NEED_TAIL},
    [RW_ITEM_SCORE] = {.name = "score",
        .kind = RW_FIELD_RESULT,
        .low = -INFINITY,
        .high = INFINITY,
        .required = true},
};

void
rw_hook_threat_fields(struct rw_hook_field f[RW_THREAT_FIELDS])
{
    memcpy(f, threat_fields, sizeof threat_fields);
}

void
rw_hook_asset_fields(struct rw_hook_field f[RW_ASSET_FIELDS])
{
    memcpy(f, asset_fields, sizeof asset_fields);
}

void
rw_hook_control_fields(struct rw_hook_field f[RW_CONTROL_FIELDS])
{
    memcpy(f, control_fields, sizeof control_fields);
}

void
rw_hook_planner_fields(struct rw_hook_field f[RW_PLAN_FIELDS])
{
    memcpy(f, planner_fields, sizeof planner_fields);
}

void
rw_hook_item_fields(struct rw_hook_field f[RW_ITEM_FIELDS])
{
    memcpy(f, item_fields, sizeof item_fields);
}
