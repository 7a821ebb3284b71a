/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/shards.h -- whether files are all shards of one run.
 *
 * Floor: cli.  Threads: the main one.
 */
#ifndef RW_CLI_SHARDS_H
#define RW_CLI_SHARDS_H

#include "cli/cli.h"
#include "run/part_head.h"

struct rw_shard {
    const char *path;
    struct rw_part_head head;
    bool read; /* and not damaged */
    bool ours; /* of the same run as most of them */
};

struct rw_shards {
    struct rw_shard *shard; /* (n) as they were named */
    size_t n;
    const struct rw_shard *like; /* the first of those that are alike; NULL: none */
    const char **paths;          /* (parts) in the order of the run */
    size_t parts;
};

/* Reads all of them.  Every fault of every file, and what is missing, is printed to
 * standard error, and then RW_ERR_INPUT (or RW_ERR_IO) says that there were some.
 * Release with rw_shards_fini also after an error. */
RW_MUST_CHECK enum rw_err rw_shards_init(
    struct rw_shards *x, const struct rw_values *files, struct rw_error *e);
void rw_shards_fini(struct rw_shards *x);

#endif
