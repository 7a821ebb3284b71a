/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel merge: all shards of a run, then as if it had run in one piece. */
#include "cli/asked.h"
#include "cli/shards.h"

#include <stdio.h>
#include <string.h>

struct request {
    struct rw_values files;
    const char *scenario; /* NULL: where the shards say that it is */
    struct rw_telling telling;
    struct rw_asked asked; /* as the shards have it */
};

static enum rw_err
parse(struct request *q, int argc, char **argv, struct rw_error *e)
{
    struct rw_telling *t = &q->telling;
    const struct rw_option options[] = {
        {"scenario", 0, RW_OPTION_TEXT, &q->scenario, NULL, 0, 0},
        {"output", 'o', RW_OPTION_TEXT, &t->folder, NULL, 0, 0},
        {"json", 0, RW_OPTION_FLAG, &t->json, NULL, 0, 0},
        {"csv", 0, RW_OPTION_FLAG, &t->csv, NULL, 0, 0},
        {"quiet", 0, RW_OPTION_FLAG, &t->quiet, NULL, 0, 0},
        {"no-plots", 0, RW_OPTION_FLAG, &t->no_plots, NULL, 0, 0},
    };
    enum rw_err err = rw_options_parse(
        options, sizeof options / sizeof *options, argc, argv, &q->files, e);

    if (err == RW_OK && q->files.n == 0)
        err = rw_error_set(e, RW_ERR_USAGE, "SHARDS are missing");
    return err == RW_OK ? rw_telling_check(t, e) : err;
}

/* The results must not replace a shard either. */
static enum rw_err
guard_shards(const struct request *q, struct rw_error *e)
{
    char results[sizeof q->telling.target + 32];

    snprintf(results, sizeof results, "%s/" RW_RESULTS_FILE, q->telling.target);
    for (size_t k = 0; k < q->files.n; k++)
        if (q->telling.files && rw_file_same(q->files.value[k], results))
            return rw_error_set(e, RW_ERR_USAGE,
                "the results would replace '%.300s'; choose another folder",
                q->files.value[k]);
    return RW_OK;
}

/* The scenario, its plugins and this program are those of the shards. */
static enum rw_err
compare(const struct request *q, struct rw_loaded *l, const struct rw_shards *s,
    const struct rw_run_options *options, struct rw_error *e)
{
    struct rw_identity here;
    struct rw_text t;
    enum rw_err err = rw_asked_identity(&q->asked, l, options, &here, e);

    rw_text_init(&t);
    if (err == RW_OK && rw_identity_differs(&s->like->head.identity, &here, &t) > 0)
        err = rw_error_set(e, RW_ERR_INPUT,
            "the shards are of another run than '%.300s' would be here: %.600s",
            q->scenario, t.failed ? "" : t.s);
    rw_text_fini(&t);
    return err;
}

/* What the shards were asked for cannot be asked of this scenario. */
static enum rw_err
not_theirs(const struct request *q, struct rw_error *e)
{
    struct rw_error why = *e;

    rw_error_clear(e);
    return rw_error_set(e, RW_ERR_INPUT,
        "'%.300s' is not the scenario of the shards: %.600s", q->scenario, why.text);
}

static enum rw_err
merge(const struct request *q, struct rw_loaded *l, const struct rw_shards *s,
    struct rw_product *p, struct rw_error *e)
{
    struct rw_run_options options;
    enum rw_err err = rw_asked_options(&q->asked, l, p, &options, e);

    if (err == RW_OK)
        err = compare(q, l, s, &options, e);
    else if (err == RW_ERR_USAGE)
        err = not_theirs(q, e);
    if (err == RW_OK && q->telling.files)
        err = rw_output_open(&p->output, q->telling.target, e);
    if (err != RW_OK)
        return err;
    if (!q->telling.quiet)
        rw_notes_tell(l->model);
    err = rw_asked_merge(&q->asked, l, &options, s->paths, s->parts, p, e);
    if (err == RW_OK)
        err = rw_product_tell(&q->telling, p, &l->arena, e);
    if (q->telling.files)
        rw_output_abort(&p->output); /* nothing after a commit */
    return err;
}

static enum rw_err
work(struct request *q, const struct rw_shards *s, struct rw_arena *a,
    struct rw_error *e)
{
    struct rw_product p;
    struct rw_loaded l;
    enum rw_err err = rw_asked_recall(&q->asked, &s->like->head.identity, e);

    memset(&p, 0, sizeof p);
    p.n_sets = q->asked.settings.n;
    if (q->scenario == NULL)
        q->scenario = s->like->head.identity.scenario;
    if (err == RW_OK)
        err = rw_telling_aim(&q->telling, q->scenario, e);
    if (err == RW_OK)
        err = guard_shards(q, e);
    if (err == RW_OK)
        err = rw_settings_parse(&q->asked.settings, a, &p.sets, e);
    if (err != RW_OK)
        return err;
    err = rw_loaded_init(&l, q->scenario, p.sets, p.n_sets, 0, e);
    if (err == RW_ERR_IO)
        rw_message("--scenario FILE says where the scenario is, if it is elsewhere");
    if (err == RW_OK)
        err = merge(q, &l, s, &p, e);
    rw_loaded_fini(&l);
    return err;
}

enum rw_err
rw_command_merge(int argc, char **argv, struct rw_error *e)
{
    struct request q;
    struct rw_shards shards;
    struct rw_arena arena;
    enum rw_err err;

    memset(&q, 0, sizeof q);
    err = parse(&q, argc, argv, e);
    if (err != RW_OK)
        return err;
    rw_arena_init(&arena);
    err = rw_shards_init(&shards, &q.files, e);
    if (err == RW_OK)
        err = work(&q, &shards, &arena, e);
    rw_shards_fini(&shards);
    rw_arena_fini(&arena);
    return err;
}
