/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/kernel.h"
#include "num/cpu.h"
#include "plug/chain.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define PARAMETERS                                                                     \
    size_t n, double *restrict out, const double *const operand[], const bool moves[], \
        const void *with
#define INLINE static inline __attribute__((always_inline))

#define EACH(f)                                                                        \
    for (size_t k = 0; k < n; k++)                                                     \
    out[k] = (f)

#define ONE(name, f)                                                                   \
    INLINE double name##_of(double a)                                                  \
    {                                                                                  \
        return f;                                                                      \
    }                                                                                  \
    static void name(PARAMETERS)                                                       \
    {                                                                                  \
        const double *x = operand[0];                                                  \
        (void)moves, (void)with;                                                       \
        EACH(name##_of(x[k]));                                                         \
    }
ONE(same, a)
ONE(negate, -a)
ONE(exponential, exp(a))
ONE(logarithm, log(a))
ONE(root, sqrt(a))
ONE(absolute, fabs(a))
ONE(whole, floor(a))

#define TWO(name, f)                                                                   \
    INLINE double name##_of(double a, double b)                                        \
    {                                                                                  \
        return f;                                                                      \
    }                                                                                  \
    static void name(PARAMETERS)                                                       \
    {                                                                                  \
        const double *x = operand[0], *y = operand[1], a = *x, b = *y;                 \
        (void)with;                                                                    \
        if (moves[0] && moves[1])                                                      \
            EACH(name##_of(x[k], y[k]));                                               \
        else if (moves[0])                                                             \
            EACH(name##_of(x[k], b));                                                  \
        else                                                                           \
            EACH(name##_of(a, y[k]));                                                  \
    }
TWO(add, a + b)
TWO(subtract, a - b)
TWO(multiply, a *b)
TWO(divide, a / b)
TWO(power, pow(a, b))
TWO(less, a < b ? 1.0 : 0.0)
TWO(less_equal, a <= b ? 1.0 : 0.0)
TWO(greater, a > b ? 1.0 : 0.0)
TWO(greater_equal, a >= b ? 1.0 : 0.0)
TWO(equal, a == b ? 1.0 : 0.0)
TWO(not_equal, a != b ? 1.0 : 0.0)
TWO(least, a < b || a != a ? a : b)
TWO(greatest, a > b || a != a ? a : b)

INLINE double
chosen_of(double m, double a, double b)
{
    double y = m != 0 ? a : b;

    return m != m ? m : y;
}

static void
choose(PARAMETERS)
{
    const double *m = operand[0], *x = operand[1], *y = operand[2], a = *x, b = *y;

    (void)with;
    if (moves[1] && moves[2])
        EACH(chosen_of(m[k], x[k], y[k]));
    else if (moves[1])
        EACH(chosen_of(m[k], x[k], b));
    else if (moves[2])
        EACH(chosen_of(m[k], a, y[k]));
    else
        EACH(chosen_of(m[k], a, b));
}

/* Whether some x[i] is outside [least, most]: two vectors at once, the rest one by
 * one. */
#define OUTSIDE(T)                                                                     \
    const T low = least - (T){0}, high = most - (T){0};                                \
    const size_t step = sizeof(T) / sizeof(double);                                    \
    T##_bits in = ~(T##_bits){0}, in2 = in;                                            \
    bool out = false;                                                                  \
    size_t i = 0;                                                                      \
                                                                                       \
    for (; i + 2 * step <= n; i += 2 * step) {                                         \
        T a, b;                                                                        \
                                                                                       \
        memcpy(&a, x + i, sizeof a);                                                   \
        memcpy(&b, x + i + step, sizeof b);                                            \
        in &= (a >= low) & (a <= high);                                                \
        in2 &= (b >= low) & (b <= high);                                               \
    }                                                                                  \
    for (; i < n; i++)                                                                 \
        out |= !((x[i] >= least) & (x[i] <= most));                                    \
    in &= in2;                                                                         \
    for (size_t k = 0; k < step; k++)                                                  \
        out |= in[k] == 0;                                                             \
    return out

typedef double two __attribute__((vector_size(16)));
typedef double four __attribute__((vector_size(32)));
typedef int64_t two_bits __attribute__((vector_size(16)));
typedef int64_t four_bits __attribute__((vector_size(32)));

static bool
outside(size_t n, const double x[], double least, double most)
{
    OUTSIDE(two);
}

RW_CPU_WIDE static bool
outside_wide(size_t n, const double x[], double least, double most)
{
    OUTSIDE(four);
}

bool
rw_kernel_outside(size_t n, const double x[], struct rw_range r)
{
    return (rw_cpu_wide() ? outside_wide : outside)(n, x, r.least, r.most);
}

#define OPERATION(op, shown, kernel, n, rule)                                          \
    const struct rw_operation rw_op_##op = {                                           \
        .name = shown, .f = kernel, .operands = n, .unit = rule}
#define CHAINED(op, shown, kernel, part, rule)                                         \
    const struct rw_operation rw_op_##op = {                                           \
        .name = shown, .f = kernel, .operands = 2, .chain = part, .unit = rule}
CHAINED(add, "+", add, RW_CHAIN_ADD, RW_RULE_ALIKE);
CHAINED(subtract, "-", subtract, RW_CHAIN_SUBTRACT, RW_RULE_ALIKE);
CHAINED(multiply, "*", multiply, RW_CHAIN_MULTIPLY, RW_RULE_PRODUCT);
CHAINED(divide, "/", divide, RW_CHAIN_DIVIDE, RW_RULE_QUOTIENT);
OPERATION(power, "^", power, 2, RW_RULE_POWER);
OPERATION(same, "", same, 1, RW_RULE_KEPT);
OPERATION(negate, "-", negate, 1, RW_RULE_KEPT);
OPERATION(lt, "vec.lt", less, 2, RW_RULE_COMPARED);
OPERATION(le, "vec.le", less_equal, 2, RW_RULE_COMPARED);
OPERATION(gt, "vec.gt", greater, 2, RW_RULE_COMPARED);
OPERATION(ge, "vec.ge", greater_equal, 2, RW_RULE_COMPARED);
OPERATION(eq, "vec.eq", equal, 2, RW_RULE_COMPARED);
OPERATION(ne, "vec.ne", not_equal, 2, RW_RULE_COMPARED);
OPERATION(pow, "vec.pow", power, 2, RW_RULE_POWER);
CHAINED(min, "vec.min", least, RW_CHAIN_LEAST, RW_RULE_ALIKE);
CHAINED(max, "vec.max", greatest, RW_CHAIN_GREATEST, RW_RULE_ALIKE);
OPERATION(where, "vec.where", choose, 3, RW_RULE_CHOSEN);
OPERATION(exp, "vec.exp", exponential, 1, RW_RULE_OF_PURE);
OPERATION(log, "vec.log", logarithm, 1, RW_RULE_OF_PURE);
OPERATION(sqrt, "vec.sqrt", root, 1, RW_RULE_ROOT);
OPERATION(abs, "vec.abs", absolute, 1, RW_RULE_KEPT);
OPERATION(floor, "vec.floor", whole, 1, RW_RULE_KEPT);
