/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/bench.h -- what the parts of the benchmark share.  Times are seconds of
 * processor time but for rw_bench_wall. */
#ifndef RW_TESTS_BENCH_BENCH_H
#define RW_TESTS_BENCH_BENCH_H

#include "tests/bench/clock.h"

enum { BENCH_PAIRS = 9, BENCH_MEAN = 5, BENCH_MU = 10, BENCH_SIGMA = 2 };

/* The middle of n numbers, which are put in order. */
double bench_median(double x[], size_t n);

/* ---- floor.c: parts of the engine on the static risk ---- */

/* n uniforms of rows; n fours of their own. */
double bench_raw(size_t n);
double bench_fours(size_t n);
/* The draws that n futures need and nothing else: their numbers of events, uniforms by
 * fours, a block of RW_RUN_BLOCK futures at a time, and the losses' quantiles from the
 * table.  *events: how many losses. */
double bench_floor(const struct rw_sampler *amount, size_t n, size_t *events);
/* The world alone: events, losses, their sums by future. */
double bench_kernel(const struct rw_model *m, size_t n);
/* n draws of a sampler, uniforms included. */
double bench_draws(const struct rw_sampler *s, size_t n);

/* ---- child.c: whole programs ---- */

/* User and system seconds of a command that must succeed, and on the wall; negative
 * where it ends with 77. */
double bench_child(char *const argv[], double *wall);

/* ---- laws.c ---- */

/* Prints what the laws of a model's losses cost. */
void bench_laws(const struct rw_model *m);

/* ---- threads.c ---- */

/* Prints what a second thread gains, of so many futures. */
void bench_threads(size_t static_risk, size_t hospital);

#endif
