/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "3/8" */
static enum rw_err
parse_share(const char *s, struct rw_run_share *share, struct rw_error *e)
{
    size_t n = strcspn(s, "/");
    char part[32];
    double x = 0, of = 0;

    snprintf(part, sizeof part, "%.*s", n < sizeof part ? (int)n : 0, s);
    if (s[n] == '\0' ||
        rw_option_whole("shard", s + n + 1, 1, RW_RUN_SHARES_MAX, &of, NULL) != RW_OK ||
        rw_option_whole("shard", part, 1, of, &x, NULL) != RW_OK)
        return rw_error_set(e, RW_ERR_USAGE,
            "--shard wants a part and of how many, such as 3/8 (at most %d), not "
            "'%.60s'",
            RW_RUN_SHARES_MAX, s);
    *share = (struct rw_run_share){(size_t)x, (size_t)of};
    return RW_OK;
}

static enum rw_err
check_share(struct rw_kept *k, const struct rw_telling *t, const char *scenario,
    struct rw_error *e)
{
    char name[sizeof k->shard - 64];
    const struct rw_run_share *s = &k->keep.share;

    if (t->json || t->csv || t->no_plots)
        return rw_error_set(e, RW_ERR_USAGE,
            "--shard writes one file and has no results; --%s is for 'merge'",
            t->json  ? "json"
            : t->csv ? "csv"
                     : "no-plots");
    if (strcmp(scenario, "-") == 0)
        return rw_error_set(e, RW_ERR_USAGE,
            "--shard wants a scenario that 'merge' can read again, not standard input");
    rw_telling_name(scenario, name, sizeof name);
    if (t->folder)
        snprintf(k->shard, sizeof k->shard, "%s", t->folder);
    else
        snprintf(
            k->shard, sizeof k->shard, "%s.%zu-of-%zu.shard", name, s->part, s->parts);
    k->keep.shard = k->shard;
    return RW_OK;
}

/* A checkpoint that is there holds hours of another run, or of this one. */
static enum rw_err
check_new(const struct rw_kept *k, struct rw_error *e)
{
    struct stat st;

    if (!k->checkpoint || stat(k->checkpoint, &st) != 0 ||
        (k->resume && rw_file_same(k->checkpoint, k->resume)))
        return RW_OK;
    return rw_error_set(e, RW_ERR_USAGE,
        "'%.300s' is there already: --resume goes on from it; else remove it, or name "
        "another",
        k->checkpoint);
}

/* A file of ours takes the place of none that is read or written beside it. */
static enum rw_err
check_files(const struct rw_kept *k, const char *scenario, struct rw_error *e)
{
    const char *files[] = {k->keep.shard, k->keep.checkpoint};

    for (int i = 0; i < 2; i++)
        if (files[i] && rw_file_same(files[i], scenario))
            return rw_error_set(e, RW_ERR_USAGE,
                "'%.300s' would replace the scenario; choose another name", files[i]);
    if (files[0] && files[1] &&
        (strcmp(files[0], files[1]) == 0 || rw_file_same(files[0], files[1])))
        return rw_error_set(e, RW_ERR_USAGE,
            "'%.300s' cannot be both the shard and its checkpoint", files[0]);
    return RW_OK;
}

enum rw_err
rw_kept_check(struct rw_kept *k, const struct rw_telling *t, const char *scenario,
    const char *precision, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    if (k->every_given && !k->checkpoint && !k->resume)
        return rw_error_set(e, RW_ERR_USAGE,
            "--checkpoint-every says how often, but there is no --checkpoint");
    if (!rw_kept_wanted(k))
        return RW_OK;
    if (precision)
        return rw_error_set(e, RW_ERR_USAGE,
            "--precision finds the number of futures while it runs, which --%s must "
            "know before; give it as --trials",
            k->share        ? "shard"
            : k->checkpoint ? "checkpoint"
                            : "resume");
    k->keep.checkpoint = k->checkpoint ? k->checkpoint : k->resume;
    k->keep.resume = k->resume;
    k->keep.every = k->every_given ? k->every : RW_CHECKPOINT_SECONDS;
    if (k->share)
        err = parse_share(k->share, &k->keep.share, e);
    if (err == RW_OK && k->share)
        err = check_share(k, t, scenario, e);
    if (err == RW_OK)
        err = check_files(k, scenario, e);
    return err == RW_OK ? check_new(k, e) : err;
}

void
rw_kept_rank_name(const struct rw_telling *t, size_t rank, size_t ranks, char *name)
{
    snprintf(name, sizeof((struct rw_kept *)0)->shard, "%.4000s.rank-%zu-of-%zu",
        t->target, rank + 1, ranks);
}

enum rw_err
rw_kept_among(struct rw_kept *k, const struct rw_telling *t, size_t rank, size_t ranks,
    struct rw_error *e)
{
    if (rw_kept_wanted(k))
        return rw_error_set(e, RW_ERR_USAGE,
            "mpirun shares the run among its %zu processes; --%s is for runs without "
            "it",
            ranks,
            k->share        ? "shard"
            : k->checkpoint ? "checkpoint"
                            : "resume");
    rw_kept_rank_name(t, rank, ranks, k->shard);
    k->share = "mpirun's";
    k->keep.share = (struct rw_run_share){rank + 1, ranks};
    k->keep.shard = k->shard;
    return RW_OK;
}

/* The run goes on: the next one may succeed, and its end will tell. */
static void
not_written(void *self, const struct rw_error *e)
{
    (void)self;
    rw_message("no checkpoint this time: %s", e->text);
}

struct rw_keep *
rw_kept_open(struct rw_kept *k, const struct rw_identity *identity)
{
    k->keep.identity = identity;
    k->keep.tell = not_written;
    return &k->keep;
}

void
rw_kept_interrupted(const struct rw_kept *k, struct rw_error *e)
{
    if (k->keep.checkpoint == NULL || k->keep.total == 0)
        return; /* nothing is kept, or it had not begun */
    rw_error_clear(e);
    rw_error_set(e, RW_ERR_INTERRUPT,
        "interrupted; '%.300s' holds %zu of %zu futures (those of the band included): "
        "the "
        "same command with --resume goes on from there",
        k->keep.checkpoint, k->keep.saved, k->keep.total);
}

enum rw_err
rw_kept_tell(const struct rw_kept *k, struct rw_error *e)
{
    struct rw_text t;
    enum rw_err err;

    rw_text_init(&t);
    rw_text_addf(&t, "%s: part %zu of %zu, %zu futures\n", k->shard, k->keep.share.part,
        k->keep.share.parts, k->keep.saved);
    err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    return err;
}
