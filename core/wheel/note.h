/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/note.h -- what of a turn goes into the ledger: moments over the block's
 * futures, in the order of struct rw_layout.  A row that is known to be 0 is not gone
 * through.
 *
 * Floor: wheel.  Threads: part of one turn.
 */
#ifndef RW_WHEEL_NOTE_H
#define RW_WHEEL_NOTE_H

#include "wheel/turn.h"

/* Strategy s at the end of the present cycle, and of the horizon. */
void rw_note_cycle(struct rw_turn *x, size_t s, struct rw_moments ledger[]);
void rw_note_horizon(struct rw_turn *x, size_t s, struct rw_moments ledger[]);
/* What floors and caps of amounts have held since the start. */
void rw_note_held(
    struct rw_turn *x, size_t s, enum rw_held first, struct rw_moments ledger[]);

#endif
