/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/program.h -- a tape made ready to run: what the results need, in order.
 *
 * The futures of a block are worked through in tiles of RW_PROGRAM_TILE, all
 * operations on one tile before the next, so that what lies between them stays in the
 * first cache; a slot is given back as soon as nobody reads it again.  Arithmetic
 * whose value is read once becomes part of its reader (plug/chain.h).  What no result
 * needs is left out, but for operations that demand something of their operands.
 *
 * Every row that is read keeps what it held until the tile's results are complete:
 * states may trade places.
 *
 * Floor: plug.  Threads: a program is read-only once made; a workspace belongs to one
 * thread.
 */
#ifndef RW_PLUG_PROGRAM_H
#define RW_PLUG_PROGRAM_H

#include "plug/chain.h"

enum { RW_PROGRAM_TILE = 256 };

/* Where an operand is, or a value goes: at is a row of the block, or a slot of the
 * workspace. */
enum rw_seat_kind { RW_SEAT_NUMBER, RW_SEAT_ROW, RW_SEAT_SLOT };
struct rw_seat {
    enum rw_seat_kind kind;
    uint32_t at;
    double number;
};

/* One operation, or a chain of them, or the uniforms of a draw. */
struct rw_step {
    const struct rw_operation *op; /* NULL: a chain, or a draw */
    const void *with;
    uint32_t first, n; /* operands: which seats of the program */
    uint32_t draw;
    int line;
    struct rw_seat to;
    uint8_t code[RW_CHAIN_CODES + 1]; /* of a chain, n > 0 */
};

/* A result that no step has written to its row. */
struct rw_delivery {
    uint32_t row;
    struct rw_seat from;
};

struct rw_program {
    struct rw_step *step;
    struct rw_seat *seat; /* operands, step by step */
    struct rw_delivery *delivery;
    uint32_t *result; /* rows of results that no chain has checked */
    size_t n_steps, n_seats, n_deliveries, n_slots, n_results;
};

/* deliver[k], k < n: rows and the terms of the tape that go there; rows differ.
 * False: no memory. */
RW_MUST_CHECK bool rw_program_make(struct rw_program *p, const struct rw_tape *t,
    const uint32_t row[], const struct rw_term deliver[], size_t n);
void rw_program_fini(struct rw_program *p);

/* The first place that an operation cannot take, in the order of the plugin. */
struct rw_misfit {
    const struct rw_step *step; /* NULL: there is none */
    size_t future;              /* within the block    */
    double x[RW_KERNEL_OPERANDS];
};

/* A seat that is found: element i is x[by * i]. */
struct rw_bound {
    const double *x;
    double *to;
    size_t by;
};

struct rw_workspace {
    double *slot;               /* (slots, RW_PROGRAM_TILE) */
    struct rw_bound *in, *out;  /* of the seats; of the steps */
    bool *moves;                /* (seats) it is no number    */
    size_t slots, seats, steps; /* that there is room for     */
    struct rw_misfit misfit;    /* of the last run */
    bool outside;               /* in the last run some result was out of its range */
};

/* What a run is given.  Shapes: rows (n) each. */
struct rw_block {
    size_t n;
    const double *const *row;     /* to read  */
    double *const *to;            /* to write */
    const struct rw_range *range; /* of those to write */
    /* u[i] <- the uniform of future from + i of the block */
    void (*uniforms)(const void *self, uint32_t draw, size_t from, size_t n, double *u);
    const void *self;
};

/* RW_ERR_MEMORY; RW_ERR_INTERRUPT. */
RW_MUST_CHECK enum rw_err rw_program_run(const struct rw_program *p,
    struct rw_workspace *w, const struct rw_block *b, struct rw_error *e);
void rw_workspace_fini(struct rw_workspace *w);

#endif
