/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/product.h -- what a run or a merge of its shards has found, and how it is
 * told: files in a folder, and one thing on standard output.
 *
 * Floor: cli.  Threads: the main one.
 */
#ifndef RW_CLI_PRODUCT_H
#define RW_CLI_PRODUCT_H

#include "cli/cli.h"
#include "out/exact.h"
#include "out/plot.h"
#include "study/precision.h"
#include "study/referee.h"

/* How it is to be told, after the command line. */
struct rw_telling {
    const char *folder; /* as it was typed; NULL: NAME.out */
    bool json, csv, quiet, no_plots;
    bool files; /* anything is written to disk */
    char target[4096];
};

/* What there is to tell; all but the marked is made by rw_product_tell. */
struct rw_product {
    struct rw_read_set *sets; /* the caller's, from here */
    size_t n_sets;
    struct rw_result *result;
    bool asks_precision, asks_referee;
    struct rw_precision precision;
    struct rw_exact exact;
    struct rw_referee referee;
    size_t shards;           /* that it was merged from; 0: it was run */
    struct rw_output output; /* to here */
    struct rw_text json;
    struct rw_plot_report plots;
};

/* Completes t, whose first line was read.  RW_ERR_USAGE: no two ways to print. */
RW_MUST_CHECK enum rw_err rw_telling_check(struct rw_telling *t, struct rw_error *e);
/* Where files go, NAME.out for any/where/NAME.json; results must not replace the
 * scenario.  RW_ERR_USAGE. */
RW_MUST_CHECK enum rw_err rw_telling_aim(
    struct rw_telling *t, const char *scenario, struct rw_error *e);
/* name <- NAME of any/where/NAME.json, fit to begin a file's name with. */
void rw_telling_name(const char *scenario, char *name, size_t size);

/* Writes and prints.  The output, where there are files, is open; rw_output_abort is
 * the caller's.  RW_ERR_VERDICT or RW_ERR_LIMIT once all is told, where that is so. */
RW_MUST_CHECK enum rw_err rw_product_tell(const struct rw_telling *t,
    struct rw_product *p, struct rw_arena *a, struct rw_error *e);

#endif
