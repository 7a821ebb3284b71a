/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/history.h -- what a scenario tells of its own estimates' past.
 *
 * The member `history` of a threat or control is read, checked and else passed
 * over: no simulation looks at it.
 *
 * Floor: read.  Threads: plain data.
 */
#ifndef RW_READ_HISTORY_H
#define RW_READ_HISTORY_H

struct rw_history {
    const char *estimate; /* path below the owner: "frequency", "losses/0/amount" */
    const char *from, *to, *source, *sha256, *industry, *industry_sha256;
    double events, exposure, weight;
};

#endif
