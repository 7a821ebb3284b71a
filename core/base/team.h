/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/team.h -- threads that share out jobs which do not touch each other.
 *
 * rw_team_do calls f(self, 0) ... f(self, n - 1), each once, in any order and on any
 * thread of the team, the calling one included, and returns when all have returned.
 * Whatever a job makes goes into a place of its own, so that nobody can tell from the
 * result who did what, or how many there were.
 *
 * The threads wait between two calls: to wake them costs some microseconds.  Where they
 * cannot be had, those that are there do all the jobs; no team (NULL) is the calling
 * thread alone.
 *
 * Floor: base.  Threads: a team serves the one that made it; a job starts no other of
 * the same team.
 */
#ifndef RW_BASE_TEAM_H
#define RW_BASE_TEAM_H

#include <stddef.h>

struct rw_team;

/* The calling thread and up to threads - 1 more; NULL where that is but one. */
struct rw_team *rw_team_new(unsigned threads);
void rw_team_free(struct rw_team *t);

/* How many can work at once; 1 for NULL. */
unsigned rw_team_size(const struct rw_team *t);

void rw_team_do(
    struct rw_team *t, size_t n, void (*f)(void *self, size_t k), void *self);

#endif
