/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/run/run.h -- all futures of a model: blocks over threads, merged in
 * block order, so that the outcome is the same to the byte for any number of
 * threads.
 *
 * A nested run may follow: G truths with K histories each, through the same
 * engine, in futures of their own (from RW_NESTED_FIRST).  It shows what of
 * the uncertainty is the estimates' and what is chance; the ordinary futures
 * do not know of it.
 *
 * Memory: 2 n doubles per strategy for each whole year and three for the
 * horizon, of which packing (run/packed.h) leaves about two thirds, G K for each
 * year of the nested run, and per thread one workspace that does not grow with n.
 *
 * Floor: run.  Threads: starts its own; the caller's model stays const.
 */
#ifndef RW_RUN_RUN_H
#define RW_RUN_RUN_H

#include "base/stop.h"
#include "run/identity.h"
#include "run/outcome.h"
#include "run/share.h"

struct rw_run_progress {
    size_t done, total;   /* futures */
    double seconds, left; /* since the start; estimated to the end */
    double mean,
        mean_se; /* first year's (else horizon's) loss of the last strategy so far */
};

/* Of a nested run. */
struct rw_nest {
    size_t truths, histories; /* 0: none, because of `none` (may be NULL) */
    const char *none;
    bool all_known; /* the reason is that every estimate is known */
};

enum {
    RW_NEST_HISTORIES = 100, /* of a truth, unless the scenario says otherwise */
    RW_NEST_SHARE = 4,       /* futures for each of a nested run */
    RW_NEST_TRUTHS_MIN = 50, /* fewer are no band */
    RW_NEST_TRUTHS_MAX = 10000
};

/* What the model's nested run looks like in a run of so many trials (0: the
 * model's): as the scenario says, else a quarter as many futures again, at most
 * RW_NEST_TRUTHS_MAX truths and RW_NEST_HISTORIES to each.  None where every estimate is known, where
 * the horizon holds no whole year, or where that makes too few truths. */
struct rw_nest rw_nest_of(const struct rw_model *m, size_t trials);

/* What a run keeps of itself in files (run/part.h). */
struct rw_keep {
    const struct rw_identity *identity;
    struct rw_run_share share; /* 0 of 0: the whole run */
    const char *shard;      /* where its share goes at the end; the outcome has neither
                             * cells nor bands.  NULL: the run is whole */
    const char *checkpoint; /* what there is goes here every so often, at an
                             * interruption and at the end; NULL: nowhere */
    double every;           /* seconds */
    const char *resume;     /* what it goes on from; NULL: from nothing */
    /* told of a checkpoint that could not be written amid the run, which goes on */
    void (*tell)(void *self, const struct rw_error *e);
    void *self;

    size_t saved, total; /* futures in the last file written, and wanted */
    double due;          /* when the next one is written */
};

/* How the outcome holds its futures: the figures are the same to the byte, but for
 * tallied ones. */
enum rw_futures {
    RW_FUTURES_ANY,   /* rows up to RW_FUTURES_ROWS bytes, packed beyond */
    RW_FUTURES_PLAIN, /* rows, for those who read them future by future */
    RW_FUTURES_PACKED,
    RW_FUTURES_TALLIED /* not at all: tallies (run/tallies.h), of fixed size */
};
#define RW_FUTURES_ROWS 0x1p28

struct rw_run_options {
    size_t trials; /* 0: the model's */
    uint64_t seed;
    bool seed_given;          /* else the model's */
    unsigned threads;         /* 0: the processors this process may use */
    const size_t *strategies; /* indices; NULL: all.  "nothing" is always simulated */
    size_t n_strategies;
    /* Risks whose loss of the first year under "nothing" is kept, future by
     * future, in outcome->risk_year; NULL: none.  Needs a whole year. */
    const size_t *watched;
    size_t n_watched;
    enum rw_futures futures;
    struct rw_nest nest;  /* zero: no nested run */
    struct rw_keep *keep; /* NULL: nothing is kept */
    /* Called from the calling thread about twice a second; NULL: silent. */
    void (*progress)(void *self, const struct rw_run_progress *p);
    void *self;
    const volatile sig_atomic_t *stop; /* nonzero: end soon with RW_ERR_INTERRUPT */
};

/* How many futures the run has: as asked, but whole randomisations where the model's
 * sampling is of nets; *each <- of a randomisation, or 0.  RW_ERR_USAGE: too few. */
RW_MUST_CHECK enum rw_err rw_run_futures(const struct rw_model *m,
    const struct rw_run_options *options, size_t *n, size_t *each, struct rw_error *e);

/* *o must be released with rw_outcome_free also after an error. */
RW_MUST_CHECK enum rw_err rw_run(const struct rw_model *m,
    const struct rw_run_options *options, struct rw_outcome **o, struct rw_error *e);

/* The nested run of options->nest behind a run that had none: the same model
 * and otherwise the same options; o->nested is filled. */
RW_MUST_CHECK enum rw_err rw_run_nested(const struct rw_model *m,
    const struct rw_run_options *options, struct rw_outcome *o, struct rw_error *e);

/* The outcome of a run out of the files of all its shares, in their order: to the byte
 * that of rw_run with the same model and options, whose keep is NULL.  RW_ERR_INPUT: a
 * file is damaged, of another run, or one is missing. */
RW_MUST_CHECK enum rw_err rw_run_merge(const struct rw_model *m,
    const struct rw_run_options *options, const char *const shards[], size_t n_shards,
    struct rw_outcome **o, struct rw_error *e);

/* Its model may be gone.  Threads: the calling one, which starts others for a while
 * where the run had some and there is much to free. */
void rw_outcome_free(struct rw_outcome *o);

/* Processors this process may run on. */
unsigned rw_run_processors(void);

#endif
