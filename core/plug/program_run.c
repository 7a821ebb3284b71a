/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/program.h"
#include "plug/sandbox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
rw_workspace_fini(struct rw_workspace *w)
{
    free(w->slot);
    free(w->in);
    free(w->out);
    free(w->moves);
    memset(w, 0, sizeof *w);
}

static bool
grow(struct rw_workspace *w, const struct rw_program *p)
{
    if (p->n_slots > w->slots) {
        free(w->slot);
        w->slot = aligned_alloc(64, p->n_slots * RW_PROGRAM_TILE * sizeof *w->slot);
        w->slots = w->slot ? p->n_slots : 0;
    }
    if (p->n_seats > w->seats) {
        free(w->in);
        free(w->moves);
        w->in = malloc(p->n_seats * sizeof *w->in);
        w->moves = malloc(p->n_seats * sizeof *w->moves);
        w->seats = w->in && w->moves ? p->n_seats : 0;
    }
    if (p->n_steps > w->steps) {
        free(w->out);
        w->out = malloc(p->n_steps * sizeof *w->out);
        w->steps = w->out ? p->n_steps : 0;
    }
    return p->n_slots <= w->slots && p->n_seats <= w->seats && p->n_steps <= w->steps;
}

static struct rw_bound
find_seat(
    const struct rw_seat *s, const struct rw_workspace *w, const struct rw_block *b)
{
    double *slot;

    switch (s->kind) {
    case RW_SEAT_NUMBER:
        return (struct rw_bound){&s->number, NULL, 0};
    case RW_SEAT_ROW:
        return (struct rw_bound){b->row[s->at], b->to[s->at], 1};
    default:
        slot = w->slot + s->at * RW_PROGRAM_TILE;
        return (struct rw_bound){slot, slot, 0};
    }
}

static void
find_seats(const struct rw_program *p, struct rw_workspace *w, const struct rw_block *b)
{
    for (size_t k = 0; k < p->n_seats; k++) {
        w->in[k] = find_seat(&p->seat[k], w, b);
        w->moves[k] = p->seat[k].kind != RW_SEAT_NUMBER;
    }
    for (size_t i = 0; i < p->n_steps; i++)
        w->out[i] = find_seat(&p->step[i].to, w, b);
}

/* Keeps the first misfit of the step that comes first in the plugin. */
static void
check_fit(struct rw_workspace *w, const struct rw_step *s,
    const double *const x[RW_KERNEL_OPERANDS], const bool moves[RW_KERNEL_OPERANDS],
    size_t from, size_t n)
{
    if (w->misfit.step != NULL && w->misfit.step <= s)
        return;
    for (size_t i = 0; i < n; i++) {
        double v[RW_KERNEL_OPERANDS] = {0, 0, 0};

        for (int k = 0; k < s->op->operands; k++)
            v[k] = x[k][moves[k] ? i : 0];
        if (!s->op->fits(v)) {
            w->misfit = (struct rw_misfit){s, from + i, {v[0], v[1], v[2]}};
            return;
        }
    }
}

/* The futures from .. from + n of a block. */
static void
run_tile(const struct rw_program *p, struct rw_workspace *w, const struct rw_block *b,
    size_t from, size_t n)
{
    static const struct rw_range any = {-INFINITY, INFINITY};

    for (size_t i = 0; i < p->n_steps; i++) {
        const struct rw_step *s = &p->step[i];
        const struct rw_bound *in = w->in + s->first;
        const bool *moves = w->moves + s->first;
        double *to = w->out[i].to + w->out[i].by * from;
        const double *x[RW_CHAIN_OPERANDS];

        for (uint32_t k = 0; k < s->n; k++)
            x[k] = in[k].x + in[k].by * from;
        if (s->n == 0) {
            b->uniforms(b->self, s->draw, from, n, to);
        } else if (s->op == NULL) {
            struct rw_range r = s->to.kind == RW_SEAT_ROW ? b->range[s->to.at] : any;
            bool out = rw_chain_run(s->code, x, moves, s->n, n, to, r);

            w->outside |= out && s->to.kind == RW_SEAT_ROW;
        } else {
            if (s->op->fits != NULL)
                check_fit(w, s, x, moves, from, n);
            s->op->f(n, to, x, moves, s->with);
        }
    }
}

/* Results go to rows that steps may have read, so only now. */
static void
deliver(const struct rw_program *p, struct rw_workspace *w, const struct rw_block *b,
    size_t from, size_t n)
{
    for (size_t k = 0; k < p->n_deliveries; k++) {
        const struct rw_delivery *d = &p->delivery[k];
        double *to = b->to[d->row] + from;

        if (d->from.kind == RW_SEAT_NUMBER)
            for (size_t i = 0; i < n; i++)
                to[i] = d->from.number;
        else
            memcpy(to,
                d->from.kind == RW_SEAT_ROW ? b->row[d->from.at] + from
                                            : w->slot + d->from.at * RW_PROGRAM_TILE,
                n * sizeof *to);
    }
}

/* While the tile is at hand. */
static void
check_results(const struct rw_program *p, struct rw_workspace *w,
    const struct rw_block *b, size_t from, size_t n)
{
    for (size_t k = 0; k < p->n_results; k++) {
        uint32_t row = p->result[k];

        if (rw_kernel_outside(n, b->to[row] + from, b->range[row]))
            w->outside = true;
    }
}

enum rw_err
rw_program_run(const struct rw_program *p, struct rw_workspace *w,
    const struct rw_block *b, struct rw_error *e)
{
    w->misfit.step = NULL;
    w->outside = false;
    if (!grow(w, p))
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a plugin's vectors");
    find_seats(p, w, b);
    for (size_t from = 0; from < b->n; from += RW_PROGRAM_TILE) {
        size_t n = b->n - from < RW_PROGRAM_TILE ? b->n - from : RW_PROGRAM_TILE;

        if (from > 0 && rw_sandbox_interrupted())
            return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
        run_tile(p, w, b, from, n);
        deliver(p, w, b, from, n);
        check_results(p, w, b, from, n);
    }
    return RW_OK;
}
