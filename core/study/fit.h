/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/fit.h -- frequency and size of losses out of a table of incidents.
 *
 * A table (CSV, see read/column.h) has one row for an incident, with the date
 * and the loss of it, or one row for a period, with the number of its
 * incidents.  From losses come the laws of num/fit_severity.h, from numbers
 * those of num/fit_count.h.
 *
 * Periods: dates are counted by calendar years, quarters or months within the
 * days from .. to that were watched; a period of which only a part was watched
 * has that part of a length.  Without from and to, the watch is as long as the
 * whole periods from the first incident to the last.
 *
 * Money: a loss of year t is worth index(Y) / index(t) times as much in money of
 * year Y, the index being a table of years or (1 + inflation)^year.
 *
 * A year's law out of months or quarters, c of them a year: c times the mean, and
 * a dispersion between f / c, where they know nothing of each other, and f, where
 * a year's are all alike.  f / c is taken, or f where neighbours are correlated
 * beyond chance (num/trend.h).
 *
 * Floor: study.  Threads: one at a time (a static of the reader).
 */
#ifndef RW_STUDY_FIT_H
#define RW_STUDY_FIT_H

#include "num/fit_count.h"
#include "num/fit_severity.h"
#include "num/hill.h"
#include "num/trend.h"
#include "base/date.h"
#include "base/sha256.h"

enum { RW_FIT_LAWS = 8, RW_FIT_TAILS = 6, RW_FIT_NOTES = 16, RW_FIT_WHERE = 64 };

/* Fewest losses that a law is fitted to, fewest periods for more than a mean,
 * most periods. */
enum { RW_FIT_LEAST = 10, RW_FIT_LEAST_PERIODS = 5, RW_FIT_MOST_PERIODS = 1200 };

/* Replicates where their number is not given: MANY, but FEW for more than LARGE
 * losses, which take as many seconds for as sure a verdict. */
#define RW_FIT_DEFAULT ((size_t)-1)
enum { RW_FIT_MANY = 999, RW_FIT_FEW = 199, RW_FIT_LARGE = 1000 };

enum rw_fit_per { RW_FIT_YEAR = 1, RW_FIT_QUARTER = 4, RW_FIT_MONTH = 12 };

struct rw_fit_where {
    const char *column, *value;
};

struct rw_fit_request {
    const char *file;
    const char *loss, *date, *counts; /* columns; NULL: none */
    bool severity, frequency;         /* what is wanted      */
    struct rw_fit_where where[RW_FIT_WHERE];
    size_t n_where;
    bool skip_empty, skip_outside;
    double above;          /* 0: none */
    double cap;            /* for the law to paste; 0: none */
    const char *from, *to; /* NULL: by the incidents */
    enum rw_fit_per per;
    int money_year;     /* 0: losses stay as they are */
    double inflation;   /* NaN: an index */
    const char *index;  /* file */
    const char *family; /* the only one; NULL: all */
    size_t replicates;  /* RW_FIT_DEFAULT: by the size of the sample */
    uint64_t seed;
};

/* What the table gave; arrays of one element a row that is kept. */
struct rw_fit_table {
    char sha256[RW_SHA256_HEX];
    size_t rows; /* of the file, as far as `where` allows */
    size_t empty, outside,
        below;          /* left out: no cell, no day of the watch, too small */
    double *loss;       /* (n), in the order of the file; NULL without a column */
    long *first, *last; /* (n) days, or NULL */
    double factor_low, factor_high; /* of money; 1 and 1 without */
    size_t n;
    /* with counts */
    unsigned *count;
};

/* What one law says of the losses that are known, each with its error. */
struct rw_fit_figures {
    double mean, mean_se, p95, p95_se, p99, p99_se; /* mean may be INFINITY */
};

struct rw_fit_tail {
    struct rw_hill hill;
    struct rw_severity_fit gpd; /* above hill.u */
};

struct rw_fit_severity_result {
    struct rw_losses sample;
    struct rw_severity_fit fit[RW_FIT_LAWS];
    struct rw_fit_figures figures[RW_FIT_LAWS];
    size_t n, best; /* best: least AIC of those that may be used; n: none */
    size_t first;   /* least AIC of all */
    struct rw_fit_tail tail[RW_FIT_TAILS];
    size_t n_tails;
    double median, p95, p99, se; /* of the sample; se of its mean */
};

struct rw_fit_frequency_result {
    struct rw_counts sample;
    struct rw_count_fit fit[RW_COUNT_FITS];
    size_t best, to_paste; /* to_paste: one that has a law of years */
    double scatter, scatter_p;
    struct rw_trend trend;
    unsigned per_year;
    bool watched; /* by dates: from, to, begin hold */
    bool assumed; /* from and to were not given */
    bool alike;   /* neighbouring months or quarters: correlated beyond chance */
    long from, to;
    double rate[RW_COUNT_FITS], rate_se[RW_COUNT_FITS]; /* mean a year */
    double rate_low[RW_COUNT_FITS], rate_high[RW_COUNT_FITS];
};

/* What is to be written into a threat. */
struct rw_fit_paste {
    bool frequency, amount;
    double rate, rate_se; /* of the incidents that the amount's law is about */
    enum rw_count_law law;
    double parameter; /* of a year: dispersion or zero */
    const struct rw_severity_fit *severity;
    bool wants_cap; /* no mean, and no cap */
    double cap;     /* 0: none */
};

struct rw_fit_result {
    const struct rw_fit_request *q;
    struct rw_fit_table table;
    struct rw_fit_severity_result *severity;   /* NULL: not wanted */
    struct rw_fit_frequency_result *frequency; /* NULL: not wanted */
    struct rw_fit_paste paste;
    const char *note[RW_FIT_NOTES]; /* sentences to heed */
    size_t n_notes;
};

/* RW_ERR_INPUT: e names file, line and column of what is wrong, all of it; or
 * what is too little.  RW_ERR_IO, RW_ERR_MEMORY, RW_ERR_INTERRUPT. */
RW_MUST_CHECK enum rw_err rw_fit_make(const struct rw_fit_request *q,
    const volatile sig_atomic_t *stop, struct rw_arena *a, struct rw_fit_result *r,
    struct rw_error *e);

/* --- fit_table.c: private to study/fit*.c --- */

RW_MUST_CHECK enum rw_err rw_fit_read(const struct rw_fit_request *q,
    struct rw_arena *a, struct rw_fit_table *t, struct rw_error *e);

/* --- fit_money.c --- */

/* factor[i] <- what money of first[i]'s year is worth in q->money_year. */
RW_MUST_CHECK enum rw_err rw_fit_money(const struct rw_fit_request *q,
    struct rw_arena *a, const long first[], size_t n, double factor[],
    struct rw_error *e);

/* --- fit_where.c --- */

/* RW_ERR_INPUT: e says what no row has, with what is there: the nearest value, then
 * the most frequent ones; cells[k][i] stands in row i of column k. */
RW_MUST_CHECK enum rw_err rw_fit_nowhere(const struct rw_fit_request *q,
    const char **const cells[], size_t n, struct rw_arena *a, struct rw_error *e);

/* --- fit_periods.c --- */

/* The counts of the periods, or those of the table. */
RW_MUST_CHECK enum rw_err rw_fit_periods(const struct rw_fit_request *q,
    const struct rw_fit_table *t, struct rw_arena *a, struct rw_fit_frequency_result *f,
    struct rw_error *e);

/* Number of the period that holds a day. */
long rw_fit_period(enum rw_fit_per per, long day);

/* First and last day of the watch that was asked for; LONG_MIN and LONG_MAX where
 * nothing was.  RW_ERR_USAGE. */
RW_MUST_CHECK enum rw_err rw_fit_watch(
    const struct rw_fit_request *q, long *from, long *to, struct rw_error *e);

/* --- fit_notes.c --- */

/* The sentences. */
RW_MUST_CHECK enum rw_err rw_fit_notes(struct rw_fit_result *r, struct rw_arena *a);

#endif
