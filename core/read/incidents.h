/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/incidents.h -- tables of what happened to the things of a scenario.
 *
 * Incidents: one row each, columns by name in any order (read/column.h), others
 * are passed over:
 *   date      day, month or year it happened on (base/date.h)
 *   risk      id of the threat, or threat/asset
 *   asset     id, where `risk` is the threat alone; may be empty
 *   loss      money, or empty where it is not known
 *   currency  of the row's money, or empty; only the scenario's is accepted
 *   productivity, response, ... (loss forms of Open FAIR) money of that form; 0:
 *             the incident had none; empty: not known
 * date and risk must be there.
 *
 * Audits: control (id of one that operates), date, works (yes or no).
 *
 * Every row that is wrong is told, with its line and what would be right.
 *
 * Floor: read (uses model).  Threads: pure.
 */
#ifndef RW_READ_INCIDENTS_H
#define RW_READ_INCIDENTS_H

#include "base/sha256.h"
#include "base/text.h"
#include "model/model.h"

enum { RW_TABLE_OTHERS = 32 };

struct rw_incident {
    size_t threat, asset;  /* asset SIZE_MAX: not said */
    long first, last;      /* days it may have happened on */
    double loss;           /* NAN: not known */
    double form[RW_FORMS]; /* by enum rw_loss_form; NAN: not known */
};

struct rw_audit {
    size_t control;
    long first, last;
    bool works;
};

/* A file, its bytes and a NUL behind them. */
struct rw_table_file {
    const char *name, *bytes;
    size_t n;
};

struct rw_incidents {
    struct rw_incident *v;
    size_t n;
    bool has_loss, has_form[RW_FORMS];
    char sha256[RW_SHA256_HEX];
    const char *others[RW_TABLE_OTHERS]; /* columns passed over, the first ones */
    size_t n_others;
};

struct rw_audits {
    struct rw_audit *v;
    size_t n;
    char sha256[RW_SHA256_HEX];
};

/* All rows lie between the days from and to.  RW_ERR_INPUT: *report (initialised
 * by the caller) tells all that is wrong, or *e what keeps the table from being
 * read at all.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_incidents_read(const struct rw_table_file *f,
    const struct rw_model *m, long from, long to, struct rw_arena *a,
    struct rw_incidents *x, struct rw_text *report, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_audits_read(const struct rw_table_file *f,
    const struct rw_model *m, long from, long to, struct rw_arena *a,
    struct rw_audits *x, struct rw_text *report, struct rw_error *e);

#endif
