/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/kernel.h -- what may be done with vectors, element by element.
 *
 * An operation takes one to three operands and gives one value for each element, out
 * of that element of its operands alone; in the same order of the same IEEE operations
 * however long the piece is, so a vector has the same bits in every block.  NaN in
 * gives NaN out, in min, max and where too.
 *
 * Floor: plug.  Threads: pure.
 */
#ifndef RW_PLUG_KERNEL_H
#define RW_PLUG_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

enum { RW_KERNEL_OPERANDS = 3 };

/* out[i] <- f(x[0][i], x[1][i], ...), i in [0, n); an operand that does not move is a
 * number, x[k][0].  out overlaps none of them.  `with` is what the operation was
 * recorded with. */
typedef void rw_kernel(size_t n, double *restrict out,
    const double *const x[RW_KERNEL_OPERANDS], const bool moves[RW_KERNEL_OPERANDS],
    const void *with);

/* What an operation does to units (plug/unit_rule.h). */
enum rw_unit_rule {
    RW_RULE_FREE,     /* it may give anything                              */
    RW_RULE_KEPT,     /* that of its operand                               */
    RW_RULE_ALIKE,    /* its operands must be alike, and the value is so   */
    RW_RULE_COMPARED, /* they must be alike, and the value is 0 or 1       */
    RW_RULE_CHOSEN,   /* those behind the first must be alike: the value   */
    RW_RULE_PRODUCT,
    RW_RULE_QUOTIENT,
    RW_RULE_POWER,
    RW_RULE_ROOT,
    RW_RULE_OF_PURE, /* of a pure number; it may give anything            */
    /* of draws, whose first operand is the uniform */
    RW_RULE_COUNTED, /* the others must be pure numbers, and the value is */
    RW_RULE_FORMED,  /* they must be pure; it may give anything           */
    RW_RULE_SCALED   /* the last one's; those between must be pure        */
};

struct rw_operation {
    const char *name; /* as shown */
    rw_kernel *f;
    int operands;
    /* Whether the operands of one element are such that it has a value, and what is
     * demanded of them; NULL: always. */
    bool (*fits)(const double x[RW_KERNEL_OPERANDS]);
    const char *demand;
    int chain; /* an enum rw_chain_op: it may be part of a chain (plug/chain.h) */
    enum rw_unit_rule unit;
};

/* nan is in none. */
struct rw_range {
    double least, most;
};

/* Whether some x[i], i in [0, n), is not in the range. */
bool rw_kernel_outside(size_t n, const double x[], struct rw_range r);

extern const struct rw_operation rw_op_add, rw_op_subtract, rw_op_multiply,
    rw_op_divide, rw_op_power, rw_op_negate, rw_op_same;
extern const struct rw_operation rw_op_lt, rw_op_le, rw_op_gt, rw_op_ge, rw_op_eq,
    rw_op_ne, rw_op_pow, rw_op_min, rw_op_max, rw_op_where;
extern const struct rw_operation rw_op_exp, rw_op_log, rw_op_sqrt, rw_op_abs,
    rw_op_floor;

#endif
