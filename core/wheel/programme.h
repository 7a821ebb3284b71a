/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/programme.h -- how far each future has come under one strategy on
 * the way to a statement of conformity (model/programme.h), cycle by cycle.
 *
 *   readiness.c  what the controls as they stand cover, which documents there
 *                are
 *   programme.c  the stages: an alternation of drawn durations and of what
 *                the readiness decides
 *
 * Coverage of a pillar or principle: 1 - prod (1 - x_c) over its controls c,
 * x_c = coverage * efficacy as it stands at mid-cycle (0: not in operation).
 * Readiness: the least of the mean coverage of the pillars asked for, the same
 * of the principles, and the share of the documents.
 *   enough:   either mean is at least the threshold, and no pillar and no
 *             principle asked for is without a control in operation
 *   complete: every document asked for is there
 *   ready:    both
 * All of it holds for a whole cycle; stages begin and end at any time.
 *
 * Nothing here touches an event or a loss: the strategies' losses are the same
 * with and without a programme.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_PROGRAMME_H
#define RW_WHEEL_PROGRAMME_H

#include "model/model.h"

struct rw_wheel;

/* Rows of shape (room). */
struct rw_progress {
    bool follows;     /* this strategy does; else only the readiness is told */
    double *rows;     /* (RW_PROGRESS_ROWS, room), this cycle's figures */
    uint8_t *stage;   /* enum rw_step */
    double *at;       /* of the last change of stage, years from the start */
    double *until;    /* end of the present stage; operate: time with records left */
    double *limit;    /* a suspended statement is withdrawn */
    double *expires;  /* the statement */
    double *check;    /* next surveillance audit */
    double *prepared; /* when preparation was over; INFINITY: not yet */
    double *first;    /* when the first statement was issued; INFINITY: not yet */
    uint16_t *visits; /* (RW_STEPS, room) draws taken */
    uint16_t *applications, *audits; /* made so far */
    uint8_t *halved;                 /* there was a pre-evaluation */

    /* evidence */
    uint16_t *audited;  /* 1 + last cycle of an audit by Check; 0: none */
    uint8_t *corrected; /* something was */
    uint16_t *standing; /* pillars and, RW_PILLARS further, principles in operation */
    uint16_t *have;     /* documents, but for those of preparation */
    double *pillars, *principles; /* mean coverage of those asked for */
    unsigned prepared_set;        /* documents of preparation */
};

/* In the wheel's arena; *x NULL where the model has no programme. */
RW_MUST_CHECK enum rw_err rw_progress_new(struct rw_wheel *g, struct rw_progress **x);
void rw_progress_begin(struct rw_wheel *g);

/* After Act, before the account is closed: this cycle's figures and spend. */
void rw_progress_cycle(struct rw_wheel *g);

/* readiness.c: standing, have, pillars, principles and their rows. */
void rw_readiness_set(struct rw_wheel *g);
bool rw_readiness_enough(const struct rw_wheel *g, size_t i);
/* Share of the documents asked for. */
double rw_readiness_documents(const struct rw_wheel *g, size_t i);
double rw_readiness_of(const struct rw_wheel *g, size_t i);

#endif
