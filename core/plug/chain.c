/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/chain.h"

#include "num/cpu.h"

#include <math.h>
#include <string.h>

enum form { MM, MN, NM, PMM, PMN, PNM, RM, RN, MR, NR, RR, FORMS };
#define CODE(form, op) ((unsigned)(form)*RW_CHAIN_OPS + (unsigned)(op))
#define END            CODE(FORMS, 0)

/* ---- writing ---- */

/* Appends the codes of a chain; behind another its first one has to push. */
static void
copy_codes(struct rw_chain *to, const struct rw_chain *from)
{
    unsigned below = to->n_codes > 0, first = to->n_codes;

    for (unsigned k = 0; k < from->n_codes; k++)
        to->code[to->n_codes++] = from->code[k];
    if (below && from->n_codes > 0)
        to->code[first] = (uint8_t)(to->code[first] + CODE(PMM, 0) - CODE(MM, 0));
    for (unsigned k = 0; k < from->n_operands; k++)
        to->operand[to->n_operands++] = from->operand[k];
    if (from->depth + below > to->depth)
        to->depth = from->depth + below;
}

static enum form
form_of(bool left, bool right, struct rw_term x, struct rw_term y)
{
    if (left && right)
        return RR;
    if (left)
        return rw_term_is_number(y) ? RN : RM;
    if (right)
        return rw_term_is_number(x) ? NR : MR;
    return rw_term_is_number(x) ? NM : rw_term_is_number(y) ? MN : MM;
}

bool
rw_chain_join(struct rw_chain *to, enum rw_chain_op op, struct rw_term x,
    const struct rw_chain *left, struct rw_term y, const struct rw_chain *right)
{
    bool both = left->depth > 0 && right->depth > 0;

    if (left->n_codes + right->n_codes + 1 > RW_CHAIN_CODES ||
        right->depth + both > RW_CHAIN_DEPTH)
        return false;
    to->n_codes = to->n_operands = 0;
    to->depth = 1;
    copy_codes(to, left);
    copy_codes(to, right);
    if (left->depth == 0)
        to->operand[to->n_operands++] = x;
    if (right->depth == 0)
        to->operand[to->n_operands++] = y;
    to->code[to->n_codes++] =
        (uint8_t)CODE(form_of(left->depth > 0, right->depth > 0, x, y), op);
    to->code[to->n_codes] = END;
    return true;
}

/* ---- running ---- */

/* A value is VECTORS of these: the topmost one in the processor's registers, those
 * below it in memory that is never far. */
#define VECTORS 8
typedef double two __attribute__((vector_size(16)));
typedef double four __attribute__((vector_size(32)));
typedef double two_anywhere __attribute__((vector_size(16), aligned(8), may_alias));
typedef double four_anywhere __attribute__((vector_size(32), aligned(8), may_alias));
typedef int64_t two_bits __attribute__((vector_size(16)));
typedef int64_t four_bits __attribute__((vector_size(32)));

#define ADD(T, x, y)      ((x) + (y))
#define SUBTRACT(T, x, y) ((x) - (y))
#define MULTIPLY(T, x, y) ((x) * (y))
#define DIVIDE(T, x, y)   ((x) / (y))
/* x where m, all bits or none, else y */
#define CHOOSE(T, m, x, y) ((T)(((m) & (T##_bits)(x)) | (~(m) & (T##_bits)(y))))
#define LEAST(T, x, y)     CHOOSE(T, ((x) < (y)) | ((x) != (x)), x, y)
#define GREATEST(T, x, y)  CHOOSE(T, ((x) > (y)) | ((x) != (x)), x, y)

/* The next operand: where its elements of this chunk begin, or a number (less 0, which
 * leaves every number as it is). */
#define NEXT      (*operand++ + i)
#define NUMBER(T) (**operand++ - (T){0})

/* Vector k of an operand: of rows x and y, the number v, the topmost value, the one
 * that was below it. */
#define AT(T, x, k)    (*(T##_anywhere *)((x) + (size_t)(k) * (sizeof(T) / 8)))
#define OF_X(T, k)     (*(const T##_anywhere *)(x + (size_t)(k) * (sizeof(T) / 8)))
#define OF_Y(T, k)     (*(const T##_anywhere *)(y + (size_t)(k) * (sizeof(T) / 8)))
#define OF_V(T, k)     v
#define OF_TOP(T, k)   a##k
#define OF_BELOW(T, k) below[k]

#define WORK(T, OP, X, Y)                                                              \
    a0 = OP(T, X(T, 0), Y(T, 0));                                                      \
    a1 = OP(T, X(T, 1), Y(T, 1));                                                      \
    a2 = OP(T, X(T, 2), Y(T, 2));                                                      \
    a3 = OP(T, X(T, 3), Y(T, 3));                                                      \
    a4 = OP(T, X(T, 4), Y(T, 4));                                                      \
    a5 = OP(T, X(T, 5), Y(T, 5));                                                      \
    a6 = OP(T, X(T, 6), Y(T, 6));                                                      \
    a7 = OP(T, X(T, 7), Y(T, 7));                                                      \
    break
#define PUSH                                                                           \
    below[0] = a0, below[1] = a1, below[2] = a2, below[3] = a3;                        \
    below[4] = a4, below[5] = a5, below[6] = a6, below[7] = a7;                        \
    below += VECTORS

#define CASES(T, OP)                                                                   \
    PLACE(PMM, OP) PUSH;                                                               \
    __attribute__((fallthrough));                                                      \
    PLACE(MM, OP)                                                                      \
    {                                                                                  \
        const double *x = NEXT, *y = NEXT;                                             \
        WORK(T, OP, OF_X, OF_Y);                                                       \
    }                                                                                  \
    PLACE(PMN, OP) PUSH;                                                               \
    __attribute__((fallthrough));                                                      \
    PLACE(MN, OP)                                                                      \
    {                                                                                  \
        const double *x = NEXT;                                                        \
        const T v = NUMBER(T);                                                         \
        WORK(T, OP, OF_X, OF_V);                                                       \
    }                                                                                  \
    PLACE(PNM, OP) PUSH;                                                               \
    __attribute__((fallthrough));                                                      \
    PLACE(NM, OP)                                                                      \
    {                                                                                  \
        const T v = NUMBER(T);                                                         \
        const double *x = NEXT;                                                        \
        WORK(T, OP, OF_V, OF_X);                                                       \
    }                                                                                  \
    PLACE(RM, OP)                                                                      \
    {                                                                                  \
        const double *x = NEXT;                                                        \
        WORK(T, OP, OF_TOP, OF_X);                                                     \
    }                                                                                  \
    PLACE(MR, OP)                                                                      \
    {                                                                                  \
        const double *x = NEXT;                                                        \
        WORK(T, OP, OF_X, OF_TOP);                                                     \
    }                                                                                  \
    PLACE(RN, OP)                                                                      \
    {                                                                                  \
        const T v = NUMBER(T);                                                         \
        WORK(T, OP, OF_TOP, OF_V);                                                     \
    }                                                                                  \
    PLACE(NR, OP)                                                                      \
    {                                                                                  \
        const T v = NUMBER(T);                                                         \
        WORK(T, OP, OF_V, OF_TOP);                                                     \
    }                                                                                  \
    PLACE(RR, OP)                                                                      \
    {                                                                                  \
        below -= VECTORS;                                                              \
        WORK(T, OP, OF_BELOW, OF_TOP);                                                 \
    }

#define PLACE(form, OP) case CODE(form, RW_CHAIN_##OP):

#define WITHIN(a) (((a) >= least) & ((a) <= most))

/* Whole chunks of [0, n); returns how many elements they are.  *outside <- true if
 * some value is not in the range. */
#define MACHINE(T)                                                                     \
    const size_t chunk = VECTORS * sizeof(T) / sizeof(double);                         \
    const T least = range->least - (T){0}, most = range->most - (T){0};                \
    const double *const *operand = given;                                              \
    const uint8_t *now = code;                                                         \
    T stack[RW_CHAIN_DEPTH * VECTORS], *below = stack;                                 \
    T a0 = {0}, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;         \
    T##_bits in = ~(T##_bits){0};                                                      \
    size_t i = 0;                                                                      \
                                                                                       \
    while (n >= chunk)                                                                 \
        switch (*now++) {                                                              \
            CASES(T, ADD)                                                              \
            CASES(T, SUBTRACT)                                                         \
            CASES(T, MULTIPLY)                                                         \
            CASES(T, DIVIDE)                                                           \
            CASES(T, LEAST)                                                            \
            CASES(T, GREATEST)                                                         \
        case END:                                                                      \
            in &= WITHIN(a0) & WITHIN(a1) & WITHIN(a2) & WITHIN(a3) & WITHIN(a4) &     \
                  WITHIN(a5) & WITHIN(a6) & WITHIN(a7);                                \
            AT(T, out + i, 0) = a0, AT(T, out + i, 1) = a1, AT(T, out + i, 2) = a2;    \
            AT(T, out + i, 3) = a3, AT(T, out + i, 4) = a4, AT(T, out + i, 5) = a5;    \
            AT(T, out + i, 6) = a6, AT(T, out + i, 7) = a7;                            \
            i += chunk;                                                                \
            if (i + chunk > n)                                                         \
                goto done;                                                             \
            operand = given;                                                           \
            now = code;                                                                \
            break;                                                                     \
        default:                                                                       \
            __builtin_unreachable();                                                   \
        }                                                                              \
    done:                                                                              \
    for (size_t k = 0; k < sizeof(T) / sizeof(double); k++)                            \
        *outside |= in[k] == 0;                                                        \
    return i

static size_t
run_two(const uint8_t code[], const double *const given[], size_t n, double *out,
    const struct rw_range *range, bool *outside)
{
    MACHINE(two);
}

RW_CPU_WIDE static size_t
run_four(const uint8_t code[], const double *const given[], size_t n, double *out,
    const struct rw_range *range, bool *outside)
{
    MACHINE(four);
}

#define CHUNK (VECTORS * 4) /* the longest */

/* The rest of a piece, less than a chunk, in room of its own. */
static void
run_rest(const uint8_t code[], const double *const x[], const bool moves[],
    unsigned n_operands, size_t from, size_t n, double *out)
{
    static const struct rw_range any = {-INFINITY, INFINITY};
    double room[RW_CHAIN_OPERANDS][CHUNK], got[CHUNK];
    const double *y[RW_CHAIN_OPERANDS];
    bool outside = false;

    memset(room, 0, n_operands * sizeof room[0]);
    for (unsigned k = 0; k < n_operands; k++) {
        y[k] = x[k];
        if (moves[k])
            y[k] = memcpy(room[k], x[k] + from, (n - from) * sizeof(double));
    }
    (void)run_two(code, y, CHUNK, got, &any, &outside);
    memcpy(out + from, got, (n - from) * sizeof(double));
}

bool
rw_chain_run(const uint8_t code[], const double *const x[], const bool moves[],
    unsigned n_operands, size_t n, double *out, struct rw_range range)
{
    bool outside = false;
    size_t done =
        (rw_cpu_wide() ? run_four : run_two)(code, x, n, out, &range, &outside);

    if (done < n)
        run_rest(code, x, moves, n_operands, done, n, out);
    return outside || rw_kernel_outside(n - done, out + done, range);
}
