/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/arithmetic.h -- a fingerprint of the machine's elementary functions.
 *
 * The C library picks exp, log, pow, sin and their like by what the processor
 * can do (fused multiply-add, for one), and their last bits differ.  Machines
 * with the same fingerprint, of RW_ARITHMETIC_POINTS arguments of each
 * function, compute the same bytes of a run.
 *
 * Floor: num.  Threads: pure.
 */
#ifndef RW_NUM_ARITHMETIC_H
#define RW_NUM_ARITHMETIC_H

#include "base/sha256.h"

enum { RW_ARITHMETIC_POINTS = 4096 };

/* hex <- SHA-256 of the functions' bits. */
void rw_arithmetic_print(char hex[RW_SHA256_HEX]);

#endif
