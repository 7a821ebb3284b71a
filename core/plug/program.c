/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/program.c -- how a program is made; program_run.c runs it. */
#include "plug/program.h"

#include <stdlib.h>
#include <string.h>

#define NOWHERE UINT32_MAX

/* Of a node while a program is made. */
struct mark {
    bool needed, delivered;
    bool inside;          /* part of its one reader's chain */
    uint32_t reads, last; /* how many steps read it, and the last of them */
    struct rw_seat seat;
};

struct making {
    const struct rw_tape *t;
    struct mark *mark;      /* (nodes) */
    struct rw_chain *chain; /* (nodes) empty where it is none */
    uint32_t *spare;        /* slots given back */
    size_t n_spare;
    struct rw_program *p;
};

static struct mark *
mark_of(const struct making *m, struct rw_term x)
{
    return rw_term_is_number(x) ? NULL : &m->mark[x.node];
}

/* A result may be written where it belongs at once if nobody reads what was there. */
static void
seat_results(
    struct making *m, const uint32_t row[], const struct rw_term deliver[], size_t n)
{
    for (size_t k = 0; k < n; k++) {
        struct mark *x = mark_of(m, deliver[k]);

        if (x == NULL)
            continue;
        if (!x->delivered && m->t->leaf[row[k]] == 0 &&
            m->t->node[deliver[k].node].kind != RW_NODE_LEAF)
            x->seat = (struct rw_seat){RW_SEAT_ROW, row[k], 0};
        x->needed = x->delivered = true;
    }
}

/* Backwards, so a node's readers are met before it. */
static void
find_needs(struct making *m)
{
    for (size_t i = m->t->n; i-- > 0;) {
        const struct rw_node *x = &m->t->node[i];

        if (x->kind != RW_NODE_MADE)
            continue;
        if (x->op->fits != NULL)
            m->mark[i].needed = true;
        for (int k = 0; k < x->op->operands && m->mark[i].needed; k++) {
            struct mark *y = mark_of(m, x->of[k]);

            if (y != NULL) {
                y->needed = true;
                y->reads++;
            }
        }
    }
}

/* The chain that x may bring into its reader; an empty one if it may not. */
static const struct rw_chain *
chain_of(const struct making *m, struct rw_term x)
{
    static const struct rw_chain none;
    const struct mark *y = mark_of(m, x);

    return y == NULL || y->delivered || y->reads != 1 ? &none : &m->chain[x.node];
}

static void
join_chains(struct making *m)
{
    static const struct rw_chain none;

    for (size_t i = 0; i < m->t->n; i++) {
        const struct rw_node *x = &m->t->node[i];
        const struct rw_chain *left, *right;
        enum rw_chain_op op;

        if (!m->mark[i].needed || x->kind != RW_NODE_MADE || x->op->chain == 0)
            continue;
        op = (enum rw_chain_op)x->op->chain;
        left = chain_of(m, x->of[0]);
        right = chain_of(m, x->of[1]);
        if (!rw_chain_join(&m->chain[i], op, x->of[0], left, x->of[1], right)) {
            right = &none;
            if (!rw_chain_join(&m->chain[i], op, x->of[0], left, x->of[1], right)) {
                left = &none;
                (void)rw_chain_join(&m->chain[i], op, x->of[0], left, x->of[1], right);
            }
        }
        if (left->depth > 0)
            mark_of(m, x->of[0])->inside = true;
        if (right->depth > 0)
            mark_of(m, x->of[1])->inside = true;
    }
}

/* Operands of the step of node i; returns their number. */
static unsigned
operands_of(const struct making *m, size_t i, const struct rw_term **x)
{
    const struct rw_node *y = &m->t->node[i];

    *x = m->chain[i].depth > 0 ? m->chain[i].operand : y->of;
    return m->chain[i].depth > 0     ? m->chain[i].n_operands
           : y->kind == RW_NODE_MADE ? (unsigned)y->op->operands
                                     : 0;
}

static void
find_last_reads(struct making *m)
{
    for (size_t i = 0; i < m->t->n; i++) {
        const struct rw_term *x;
        unsigned n = operands_of(m, i, &x);

        m->mark[i].last = (uint32_t)i;
        for (unsigned k = 0; k < n && m->mark[i].needed && !m->mark[i].inside; k++)
            if (mark_of(m, x[k]) != NULL)
                mark_of(m, x[k])->last = (uint32_t)i;
    }
}

static struct rw_seat
take_slot(struct making *m)
{
    if (m->n_spare > 0)
        return (struct rw_seat){RW_SEAT_SLOT, m->spare[--m->n_spare], 0};
    return (struct rw_seat){RW_SEAT_SLOT, (uint32_t)m->p->n_slots++, 0};
}

static struct rw_seat
seat_of(const struct making *m, struct rw_term x)
{
    const struct mark *y = mark_of(m, x);

    return y == NULL ? (struct rw_seat){RW_SEAT_NUMBER, 0, x.number} : y->seat;
}

static void
give_back(struct making *m, struct mark *y, size_t by)
{
    if (y == NULL || y->last != by || y->delivered || y->seat.kind != RW_SEAT_SLOT)
        return;
    m->spare[m->n_spare++] = y->seat.at;
    y->last = NOWHERE; /* once, if it is read twice there */
}

static void
add_step(struct making *m, size_t i)
{
    const struct rw_node *x = &m->t->node[i];
    const struct rw_term *operand;
    struct rw_program *p = m->p;
    struct mark *own = &m->mark[i];
    struct rw_step s = {.with = x->with,
        .first = (uint32_t)p->n_seats,
        .n = operands_of(m, i, &operand),
        .draw = x->at,
        .line = x->line};

    if (own->seat.kind == RW_SEAT_NUMBER)
        own->seat = take_slot(m); /* before operands give theirs back */
    s.to = own->seat;
    if (m->chain[i].depth > 0)
        memcpy(s.code, m->chain[i].code, sizeof s.code);
    else
        s.op = x->kind == RW_NODE_MADE ? x->op : NULL;
    for (unsigned k = 0; k < s.n; k++)
        p->seat[p->n_seats++] = seat_of(m, operand[k]);
    for (unsigned k = 0; k < s.n; k++)
        give_back(m, mark_of(m, operand[k]), i);
    give_back(m, own, i); /* wanted for what it demands alone */
    p->step[p->n_steps++] = s;
}

static void
add_steps(struct making *m)
{
    for (size_t i = 0; i < m->t->n; i++) {
        const struct rw_node *x = &m->t->node[i];

        if (x->kind == RW_NODE_LEAF)
            m->mark[i].seat = (struct rw_seat){RW_SEAT_ROW, x->at, 0};
        else if (m->mark[i].needed && !m->mark[i].inside)
            add_step(m, i);
    }
}

/* Results whose own rows are results too, as where states trade places, are put aside
 * before the first of them is written. */
static struct rw_seat
put_aside(struct making *m, struct rw_seat from, const uint32_t row[], size_t n)
{
    struct rw_program *p = m->p;
    struct rw_step s = {.op = &rw_op_same, .first = (uint32_t)p->n_seats, .n = 1};
    bool written = false;

    for (size_t k = 0; k < n; k++)
        written = written || row[k] == from.at;
    if (!written || from.kind != RW_SEAT_ROW || m->t->leaf[from.at] == 0)
        return from;
    s.to = take_slot(m);
    p->seat[p->n_seats++] = from;
    p->step[p->n_steps++] = s;
    return s.to;
}

static void
add_deliveries(
    struct making *m, const uint32_t row[], const struct rw_term deliver[], size_t n)
{
    for (size_t k = 0; k < n; k++) {
        struct rw_seat from = seat_of(m, deliver[k]);
        bool there = from.kind == RW_SEAT_ROW && from.at == row[k];

        if (!there || m->chain[deliver[k].node].depth == 0)
            m->p->result[m->p->n_results++] = row[k];
        if (there)
            continue;
        from = put_aside(m, from, row, n);
        m->p->delivery[m->p->n_deliveries++] = (struct rw_delivery){row[k], from};
    }
}

static bool
make_room(struct making *m, size_t n)
{
    size_t nodes = m->t->n;
    struct rw_program *p = m->p;

    m->mark = calloc(nodes + 1, sizeof *m->mark);
    m->chain = calloc(nodes + 1, sizeof *m->chain);
    m->spare = calloc(nodes + 1, sizeof *m->spare);
    p->step = calloc(nodes + n + 1, sizeof *p->step);
    p->seat = calloc(RW_KERNEL_OPERANDS * nodes + n + 1, sizeof *p->seat);
    p->delivery = calloc(n + 1, sizeof *p->delivery);
    p->result = calloc(n + 1, sizeof *p->result);
    return m->mark && m->chain && m->spare && p->step && p->seat && p->delivery &&
           p->result;
}

bool
rw_program_make(struct rw_program *p, const struct rw_tape *t, const uint32_t row[],
    const struct rw_term deliver[], size_t n)
{
    struct making m = {.t = t, .p = p};
    bool made;

    memset(p, 0, sizeof *p);
    made = make_room(&m, n);
    if (made) {
        seat_results(&m, row, deliver, n);
        find_needs(&m);
        join_chains(&m);
        find_last_reads(&m);
        add_steps(&m);
        add_deliveries(&m, row, deliver, n);
    } else {
        rw_program_fini(p);
    }
    free(m.mark);
    free(m.chain);
    free(m.spare);
    return made;
}

void
rw_program_fini(struct rw_program *p)
{
    free(p->step);
    free(p->seat);
    free(p->delivery);
    free(p->result);
    memset(p, 0, sizeof *p);
}
