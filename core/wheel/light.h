/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/wheel/light.h -- incidents by the cycle in which they come to light.
 *
 * Most do at once: those of the present cycle have one row a risk, which Check empties.
 * Those of later cycles have rows of their own, and a flag tells whether anything is in
 * one, so that only what was written is read and cleared.
 *
 * Floor: wheel.  Threads: part of one wheel.
 */
#ifndef RW_WHEEL_LIGHT_H
#define RW_WHEEL_LIGHT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rw_wheel;

struct rw_light {
    uint32_t *now;   /* (n_risks, room) */
    bool *any;       /* (n_risks) something was noted for this cycle */
    uint32_t *later; /* (cycles, n_risks, room) */
    bool *waits;     /* (cycles, n_risks) something was */
};

RW_MUST_CHECK enum rw_err rw_light_init(struct rw_wheel *g);
void rw_light_begin(struct rw_wheel *g);
/* An incident of risk r in future i; when: this cycle or a later one. */
void rw_light_note(struct rw_wheel *g, size_t r, size_t i, unsigned when);
/* seen[] <- those of risk r in this cycle, once; shape (n). */
void rw_light_take(struct rw_wheel *g, size_t r, double seen[]);

#endif
