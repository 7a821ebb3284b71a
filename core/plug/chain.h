/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/chain.h -- several operations in one go over a piece of a block.
 *
 * + - * / min max of operands, some of which are again such, as one code for a machine
 * with RW_CHAIN_DEPTH registers, each of which holds a chunk of some 16 elements.
 * Between two operations nothing goes to memory, and an operation is told only once a
 * chunk.  Every element has its operations done in the order of the code, as one loop
 * in C for the whole expression would.
 *
 * A code pushes, works and ends; its operands are taken in order, so it names none:
 *   MM MN NM   push  x op y          M: the next elements of a row, N: a number
 *   RM RN      top <- top op x
 *   MR NR      top <- x op top
 *   RR         the two topmost <- lower op upper
 *
 * Floor: plug.  Threads: pure.
 */
#ifndef RW_PLUG_CHAIN_H
#define RW_PLUG_CHAIN_H

#include "plug/tape.h"

enum { RW_CHAIN_DEPTH = 4, RW_CHAIN_CODES = 16, RW_CHAIN_OPERANDS = 17 };

/* Operations of a chain, as rw_operation.chain counts them from 1. */
enum rw_chain_op {
    RW_CHAIN_NONE,
    RW_CHAIN_ADD,
    RW_CHAIN_SUBTRACT,
    RW_CHAIN_MULTIPLY,
    RW_CHAIN_DIVIDE,
    RW_CHAIN_LEAST,
    RW_CHAIN_GREATEST,
    RW_CHAIN_OPS
};

struct rw_chain {
    uint8_t code[RW_CHAIN_CODES + 1]; /* the last one ends */
    unsigned n_codes, n_operands;
    unsigned depth; /* registers it takes; 0: it is empty */
    struct rw_term operand[RW_CHAIN_OPERANDS];
};

/* *to <- x op y, where a chain that is not empty stands for its operand.  False: they
 * are too much for one chain. */
bool rw_chain_join(struct rw_chain *to, enum rw_chain_op op, struct rw_term x,
    const struct rw_chain *left, struct rw_term y, const struct rw_chain *right);

/* out[i] <- the value of the code for element i, i in [0, n); x[k], k < n_operands, is
 * operand k, moves[k] whether it is a row.  out overlaps none of them.  Returns whether
 * some value is not in the range. */
bool rw_chain_run(const uint8_t code[], const double *const x[], const bool moves[],
    unsigned n_operands, size_t n, double *out, struct rw_range range);

#endif
