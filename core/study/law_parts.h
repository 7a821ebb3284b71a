/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/law_parts.h -- what laws of futures and laws of tallies have in common.
 *
 * Floor: study.  Threads: pure.
 */
#ifndef RW_STUDY_LAW_PARTS_H
#define RW_STUDY_LAW_PARTS_H

#include "study/law.h"

enum {
    RW_LAW_ROUND = 20,
    RW_LAW_SPACED = RW_RESULT_CURVE - RW_LAW_ROUND - 1 /* one for the loss of zero */
};

/* Probabilities at which people read a curve. */
extern const double rw_law_round[RW_LAW_ROUND];

/* How many of the smallest of n numbers are the tail of what falls as they rise. */
size_t rw_law_turned_tail(size_t n);

/* Inserts loss into the ascending at[n] unless it is there; returns the new n. */
size_t rw_law_insert(double at[], size_t n, double loss);

#endif
