/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/learn.h -- a scenario's estimates after what was observed.
 *
 * frequency  The estimate becomes the gamma with its mean and sd (of an infinite
 *            sd, with its p5 and p95), and num/posterior.h updates it by the
 *            incidents of the watch.  Of an attempt, Q reach the table:
 *              Q = sum over the threat's assets of
 *                  susceptibility * prod (1 - x_c) * seen
 *            with the operating preventing and detecting controls as in
 *            wheel/wheel.h, x_c = coverage * efficacy, failures and wear at their
 *            long-run means, every uncertain estimate of it spread over
 *            RW_LEARN_NODES points of a Sobol sequence.  A systemic threat's event
 *            counts once.  Incidents of the last days that are not seen yet are
 *            allowed for by detection.days.
 * amount     A lognormal: ln X ~ Normal(mu, sigma), normal-inverse-gamma of k = w,
 *            a = 1 + w / 2, b = w sigma^2 / 2, w what the estimate is worth in
 *            losses, so that the means mu and E sigma^2 are the estimate's; updated
 *            by the logarithms of the losses over what response controls leave of
 *            one.  The new estimate has the means of mu and sigma^2.
 * variance   per_year: availability A = 1 / (1 + per_year days) ~ Beta(w A, w (1 - A)),
 *            updated by audits that found the control working or failed; then
 *            per_year = (1 - A) / (A days) for the mean A.  It is the one key of
 *            A's two that an audit can speak of: `days` is how the organisation
 *            looks for failures, which it knows.
 * industry   What others of the trade saw replaces the estimate of a frequency before
 *            it is updated: with m, t2, s2, Z_i of num/credibility.h over the trade's
 *            members, an organisation that is one more of them has a rate of mean m
 *            and variance t2 + t2 / sum Z_i (the error of m), or s2 / w where no
 *            difference shows; taken for incidents that are seen, so that the
 *            frequency before is the gamma of mean m / Q and variance v / Q^2.
 * twice      An estimate that would move is refused where an entry of its history has
 *            learned from days of this watch (without days: from this very table).
 *            Entries without exposure, and those before the trade replaced the
 *            estimate, told it nothing of its own.
 * Whatever else cannot be moved is listed with the reason.
 *
 * Floor: study.  Threads: one at a time (a static of the reader).
 */
#ifndef RW_STUDY_LEARN_H
#define RW_STUDY_LEARN_H

#include "num/posterior.h"
#include "read/edit.h"
#include "read/incidents.h"
#include "read/industry.h"

#include <signal.h>

enum { RW_LEARN_NODES = 4096 };

struct rw_learn_request {
    const struct rw_model *m; /* as the file states it: no --set */
    struct rw_table_file scenario;
    const struct rw_incidents *incidents; /* NULL: no table */
    const struct rw_audits *audits;       /* NULL: no table */
    const struct rw_industry *industry;   /* NULL: no table */
    const char *incidents_file, *audits_file, *industry_file;
    long from, to;              /* days of watch */
    const bool *watched;        /* (n_threats) also without a row */
    double discount;            /* of frequencies, a period */
    unsigned per_year;          /* periods: 1, 4, 12 */
    double losses, audit_worth; /* what an estimate is worth at first; see above */
    const volatile sig_atomic_t *stop;
};

enum rw_learn_kind { RW_LEARN_FREQUENCY, RW_LEARN_AMOUNT, RW_LEARN_FAILURES };

/* mean, sd and central 90 % interval of what an estimate says. */
struct rw_learn_law {
    double mean, sd, p5, p50, p95;
};

/* What the trade's table says of a threat. */
struct rw_learn_trade {
    size_t members;         /* 0: nothing */
    double years;           /* of its rows */
    double mean, variance;  /* of the rate of one more member, incidents a year */
    double between, within; /* t2, s2 */
    const char *why;        /* NULL: it can be used */
};

/* One estimate, moved or not. */
struct rw_learn_move {
    enum rw_learn_kind kind;
    const char *owner;    /* id of the threat or control */
    const char *estimate; /* "frequency", "losses/0/amount", "variance/per_year" */
    const char *why;      /* NULL: it moved */
    struct rw_learn_law before, after; /* as the scenario states it; of per_year the
                                        * interval alone is uncertain */
    double n, good;  /* incidents, losses or audits; audits that found it working */
    double exposure; /* of a frequency: years of watch times mean Q */
    double share;    /* mean Q; of an amount: what response leaves of a loss */
    double weight;   /* of the others: worth in observations from now on */
    double available, available_after; /* of a control: A */
    size_t assets;                     /* that each have attempts of their own */
    double own;      /* of a frequency: posterior mean of F by itself */
    double expected; /* incidents that what was known before made of the watch */
    double surprise; /* NAN: not known */
    bool matched, wide;
    struct rw_learn_trade trade; /* of a frequency */
    double credibility;          /* Z of T years of Poisson counts: T / (T + m / v) */
    const char *prior, *json;    /* the text before and after */
    struct rw_place place;
    size_t of, loss; /* index of the threat or control, of the loss */
};

struct rw_learn {
    const struct rw_learn_request *q;
    struct rw_learn_move *v;
    size_t n, moved;
    double years; /* of the watch */
};

/* RW_ERR_INPUT: *report (initialised by the caller) tells what would be learned
 * twice, or *e which row keeps the table from being counted; RW_ERR_MEMORY,
 * RW_ERR_INTERRUPT. */
RW_MUST_CHECK enum rw_err rw_learn_make(const struct rw_learn_request *q,
    struct rw_arena *a, struct rw_learn *x, struct rw_text *report, struct rw_error *e);

/* Appends the scenario with the estimates that moved and their history, all other
 * bytes as they are. */
RW_MUST_CHECK enum rw_err rw_learn_write(const struct rw_learn *x, struct rw_arena *a,
    struct rw_text *to, struct rw_error *e);

/* --- private to study/learn*.c --- */

/* learn.c: the list of what a move's owner remembers; NULL: nothing. */
const struct rw_node *rw_learn_history(
    const struct rw_edit *edit, const struct rw_learn_move *v);

/* learn_twice.c: RW_ERR_INPUT: a move would count what its estimate has learned from
 * before; all such are told to *to. */
RW_MUST_CHECK enum rw_err rw_learn_twice(const struct rw_learn *x,
    const struct rw_edit *edit, struct rw_text *to, struct rw_error *e);

/* learn_share.c: Q of a threat, node[] (RW_LEARN_NODES); ratio[] (n_assets) each
 * asset's part of its mean. */
RW_MUST_CHECK enum rw_err rw_learn_share(const struct rw_learn_request *q,
    size_t threat, double node[], double ratio[], struct rw_arena *a,
    struct rw_error *e);
/* Calendar years from the first day to the last one, both whole. */
double rw_learn_years(long from, long to);
/* What response leaves of a seen event's loss, by means. */
double rw_learn_left(const struct rw_model *m, const struct rw_risk *r);

/* learn_industry.c: *x <- what the trade's table says of the threat. */
RW_MUST_CHECK enum rw_err rw_learn_trade(const struct rw_learn_request *q,
    size_t threat, struct rw_arena *a, struct rw_learn_trade *x, struct rw_error *e);

RW_MUST_CHECK enum rw_err rw_learn_frequency(const struct rw_learn_request *q,
    struct rw_learn_move *v, struct rw_arena *a, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_learn_amount(const struct rw_learn_request *q,
    struct rw_learn_move *v, struct rw_arena *a, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_learn_failures(const struct rw_learn_request *q,
    struct rw_learn_move *v, struct rw_arena *a, struct rw_error *e);

#endif
