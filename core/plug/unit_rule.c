/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/unit_rule.h"

#include <lauxlib.h>

static const struct rw_dimension any = {.kind = RW_DIMENSION_ANY},
                                 pure = {.kind = RW_DIMENSION_PURE},
                                 one = {RW_DIMENSION_KNOWN, 0, 0, 1};

static const char *
hint_of(enum rw_likeness how)
{
    return how == RW_ALIKE_BUT_SCALE
               ? "convert one of them: a year is 365 days, 12 months, 4 quarters"
               : "is a factor missing, or has a parameter another unit than it "
                 "declares?";
}

static struct rw_dimension
alike(lua_State *L, const char *name, struct rw_dimension a, struct rw_dimension b)
{
    char first[RW_DIMENSION_TEXT], second[RW_DIMENSION_TEXT];
    struct rw_dimension both;
    enum rw_likeness how = rw_dimension_join(a, b, &both);

    if (how != RW_ALIKE)
        luaL_error(L, "%s cannot take %s and %s; %s", name,
            rw_dimension_print(a, first), rw_dimension_print(b, second), hint_of(how));
    return both;
}

static void
must_be_pure(lua_State *L, const char *name, struct rw_dimension a)
{
    char text[RW_DIMENSION_TEXT];
    struct rw_dimension both;
    enum rw_likeness how = rw_dimension_join(one, a, &both);

    if (how == RW_ALIKE)
        return;
    luaL_error(L, "%s takes a pure number, not %s; %s", name,
        rw_dimension_print(a, text),
        how == RW_ALIKE_BUT_SCALE    ? hint_of(how)
        : a.money == 0 && a.time < 0 ? "a rate times a time (t.years, t.time) is one"
        : a.money == 0 && a.time > 0 ? "a time by another time, or times a rate, is one"
                                     : hint_of(how));
}

/* Draws: all operands between the uniform and `last` are pure numbers. */
static void
must_all_be_pure(lua_State *L, const struct rw_operation *op, int last,
    const struct rw_dimension unit[])
{
    for (int k = 1; k < last; k++)
        must_be_pure(L, op->name, unit[k]);
}

struct rw_dimension
rw_unit_rule_apply(lua_State *L, const struct rw_operation *op,
    const struct rw_dimension unit[RW_KERNEL_OPERANDS])
{
    switch (op->unit) {
    case RW_RULE_FREE:
        break;
    case RW_RULE_KEPT:
        return unit[0];
    case RW_RULE_ALIKE:
        return alike(L, op->name, unit[0], unit[1]);
    case RW_RULE_COMPARED:
        alike(L, op->name, unit[0], unit[1]);
        return pure;
    case RW_RULE_CHOSEN:
        return alike(L, op->name, unit[1], unit[2]);
    case RW_RULE_PRODUCT:
        return rw_dimension_product(unit[0], unit[1]);
    case RW_RULE_QUOTIENT:
        return rw_dimension_quotient(unit[0], unit[1]);
    case RW_RULE_POWER:
        return any; /* (1 + growth) ^ years is a number, whatever growth is a year */
    case RW_RULE_ROOT:
        return rw_dimension_power(unit[0], 0.5);
    case RW_RULE_OF_PURE:
        must_be_pure(L, op->name, unit[0]);
        return any;
    case RW_RULE_COUNTED:
        must_all_be_pure(L, op, op->operands, unit);
        return pure;
    case RW_RULE_FORMED:
        must_all_be_pure(L, op, op->operands, unit);
        return any;
    case RW_RULE_SCALED:
        must_all_be_pure(L, op, op->operands - 1, unit);
        return unit[op->operands - 1];
    }
    return any;
}

void
rw_unit_rule_assign(
    lua_State *L, const char *what, struct rw_dimension wanted, struct rw_dimension got)
{
    char own[RW_DIMENSION_TEXT], other[RW_DIMENSION_TEXT];
    struct rw_dimension both;
    enum rw_likeness how = rw_dimension_join(wanted, got, &both);

    if (how == RW_ALIKE)
        return;
    luaL_error(L, "%s is %s, and what is assigned is %s; %s", what,
        rw_dimension_print(wanted, own), rw_dimension_print(got, other), hint_of(how));
}
