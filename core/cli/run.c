/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel run: read, simulate, study, write, print; or simulate a share and keep it. */
#include "cli/asked.h"
#include "cli/kept.h"
#include "cli/progress.h"
#include "cli/ranks.h"

#include <string.h>
#include <unistd.h>

enum { THREADS_MAX = 1024 };
#define TRIALS_MAX 1e9

/* What the command line says. */
struct request {
    const char *scenario, *output;
    struct rw_telling telling;
    struct rw_asked asked;
    struct rw_kept kept;
    bool most_given;
    double most;
    const char *fence;     /* NULL: as the environment has it */
    const char *precision; /* NULL: the given number of futures will do */
};

/* What does not go together. */
static enum rw_err
check(struct request *q, struct rw_error *e)
{
    enum rw_err err = rw_telling_check(&q->telling, e);

    if (err == RW_OK && q->asked.sampling)
        err = rw_asked_sampling(q->asked.sampling, e);
    if (err == RW_OK && q->most_given && !q->precision)
        err = rw_error_set(e, RW_ERR_USAGE,
            "--trials-max is a limit of --precision, which is missing");
    if (err == RW_OK)
        err = rw_asked_check(&q->asked, e);
    if (err == RW_OK)
        err = rw_kept_check(&q->kept, &q->telling, q->scenario, q->precision, e);
    if (err == RW_OK)
        err = rw_telling_aim(&q->telling, q->scenario, e);
    if (err != RW_OK || rw_ranks() == 1)
        return err;
    if (strcmp(q->scenario, "-") == 0)
        return rw_error_set(e, RW_ERR_USAGE,
            "of mpirun's processes only one has the standard input; name a file");
    if (q->precision)
        return rw_error_set(e, RW_ERR_USAGE,
            "--precision finds the number of futures while it runs, which mpirun's "
            "processes must know before; give it as --trials");
    return rw_kept_among(&q->kept, &q->telling, rw_rank(), rw_ranks(), e);
}

static enum rw_err
parse(struct request *q, int argc, char **argv, struct rw_error *e)
{
    struct rw_asked *a = &q->asked;
    struct rw_telling *t = &q->telling;
    struct rw_kept *k = &q->kept;
    const struct rw_option options[] = {
        {"trials", 0, RW_OPTION_WHOLE, &a->trials, &a->trials_given, 1, TRIALS_MAX},
        {"trials-max", 0, RW_OPTION_WHOLE, &q->most, &q->most_given, 1, TRIALS_MAX},
        {"precision", 0, RW_OPTION_TEXT, &q->precision, NULL, 0, 0},
        {"sampling", 0, RW_OPTION_TEXT, &a->sampling, NULL, 0, 0},
        {"seed", 0, RW_OPTION_COUNTER, &a->seed, &a->seed_given, 0, 0},
        {"threads", 0, RW_OPTION_WHOLE, &a->threads, &a->threads_given, 1, THREADS_MAX},
        {"strategy", 0, RW_OPTION_LIST, &a->strategies, NULL, 0, 0},
        {"set", 0, RW_OPTION_LIST, &a->settings, NULL, 0, 0},
        {"output", 'o', RW_OPTION_TEXT, &t->folder, NULL, 0, 0},
        {"json", 0, RW_OPTION_FLAG, &t->json, NULL, 0, 0},
        {"csv", 0, RW_OPTION_FLAG, &t->csv, NULL, 0, 0},
        {"quiet", 0, RW_OPTION_FLAG, &t->quiet, NULL, 0, 0},
        {"no-plots", 0, RW_OPTION_FLAG, &t->no_plots, NULL, 0, 0},
        {"referee", 0, RW_OPTION_FLAG, &a->referee, NULL, 0, 0},
        {"quantiles", 0, RW_OPTION_TEXT, &a->quantiles, NULL, 0, 0},
        {"no-band", 0, RW_OPTION_FLAG, &a->no_band, NULL, 0, 0},
        {"shard", 0, RW_OPTION_TEXT, &k->share, NULL, 0, 0},
        {"checkpoint", 0, RW_OPTION_TEXT, &k->checkpoint, NULL, 0, 0},
        {"checkpoint-every", 0, RW_OPTION_WHOLE, &k->every, &k->every_given, 0, 1e6},
        {"resume", 0, RW_OPTION_TEXT, &k->resume, NULL, 0, 0},
        {"fence", 0, RW_OPTION_TEXT, &q->fence, NULL, 0, 0},
    };
    struct rw_values operands;
    enum rw_err err = rw_options_parse(
        options, sizeof options / sizeof *options, argc, argv, &operands, e);

    if (err == RW_OK)
        err = rw_options_one(&operands, "SCENARIO", &q->scenario, e);
    return err == RW_OK ? check(q, e) : err;
}

/* How long the nested run is to be is known after the last of the others. */
static enum rw_err
run_until_precise(const struct request *q, const struct rw_model *m,
    struct rw_run_options *options, struct rw_precision *p, struct rw_outcome **o,
    struct rw_error *e)
{
    enum rw_err err;

    if (options->futures == RW_FUTURES_TALLIED && p->wanted < RW_TALLY_ERROR)
        return rw_error_set(e, RW_ERR_USAGE,
            "--precision %.3g%% is finer than a histogram, which knows quantiles "
            "within 0.1 %%: ask for 0.1%% or more, or for --quantiles exact",
            100 * p->wanted);
    options->nest = (struct rw_nest){.none = NULL};
    err = rw_precision_run(m, options, p, o, e);
    if (err != RW_OK)
        return err;
    options->nest = rw_asked_nest(&q->asked, m, (*o)->n);
    return rw_run_nested(m, options, *o, e);
}

/* The outcome, which must be released also after an error. */
static enum rw_err
run(const struct request *q, struct rw_loaded *l, struct rw_product *p,
    struct rw_run_options *options, struct rw_outcome **outcome, struct rw_error *e)
{
    struct rw_progress progress = {.shown = false};
    enum rw_err err;

    progress.years = l->model->n_years > 0;
    progress.strategy =
        l->model
            ->strategies[options->n_strategies
                             ? options->strategies[options->n_strategies - 1]
                             : l->model->n_strategies - 1]
            .name;
    if (!q->telling.quiet && rw_rank() == 0 && rw_stderr_progress()) {
        options->progress = rw_progress_show;
        options->self = &progress;
    }
    if (q->precision)
        err = run_until_precise(q, l->model, options, &p->precision, outcome, e);
    else
        err = rw_run(l->model, options, outcome, e);
    rw_progress_erase(&progress);
    return err;
}

/* Simulates and makes the result, or keeps its share; the outcome is gone afterwards. */
static enum rw_err
simulate(
    struct request *q, struct rw_loaded *l, struct rw_product *p, struct rw_error *e)
{
    struct rw_run_options options;
    struct rw_identity identity;
    struct rw_outcome *outcome = NULL;
    enum rw_err err = rw_asked_options(&q->asked, l, p, &options, e);

    if (err == RW_OK && rw_kept_wanted(&q->kept)) {
        err = rw_asked_identity(&q->asked, l, &options, &identity, e);
        options.keep = rw_kept_open(&q->kept, &identity);
    }
    if (err != RW_OK)
        return err;
    err = run(q, l, p, &options, &outcome, e);
    if (err == RW_OK && !q->kept.share)
        err =
            rw_result_make_unless(outcome, &l->arena, rw_signals_flag(), &p->result, e);
    if (err == RW_OK && !q->kept.share && q->precision)
        p->result->precision = &p->precision;
    if (err == RW_OK && !q->kept.share && q->asked.referee)
        err = rw_referee_make(&p->exact, outcome, &l->arena, &p->referee, e);
    rw_outcome_free(outcome);
    return err;
}

/* The shares of all processes into one result. */
static enum rw_err
merge_ranks(const struct request *q, struct rw_loaded *l, struct rw_product *p,
    struct rw_error *e)
{
    const char **paths = RW_ARENA_NEW(&l->arena, rw_ranks(), const char *);
    struct rw_run_options options;
    enum rw_err err = rw_asked_options(&q->asked, l, p, &options, e);

    for (size_t k = 0; paths && k < rw_ranks(); k++) {
        char name[sizeof q->kept.shard];

        rw_kept_rank_name(&q->telling, k, rw_ranks(), name);
        paths[k] = rw_arena_strdup(&l->arena, name);
        if (paths[k] == NULL)
            paths = NULL;
    }
    if (err == RW_OK && paths == NULL)
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory for the names of shares");
    if (err == RW_OK)
        err = rw_asked_merge(&q->asked, l, &options, paths, rw_ranks(), p, e);
    return err == RW_OK ? rw_product_tell(&q->telling, p, &l->arena, e) : err;
}

/* Each process its share; what one cannot do ends all of them. */
static enum rw_err
work_together(
    struct request *q, struct rw_loaded *l, struct rw_product *p, struct rw_error *e)
{
    bool first = rw_rank() == 0;
    enum rw_err err = RW_OK;

    if (first && q->telling.files)
        err = rw_output_open(&p->output, q->telling.target, e);
    err = rw_ranks_agree(err, e);
    if (err == RW_OK && first && !q->telling.quiet)
        rw_notes_tell(l->model);
    if (err == RW_OK)
        err = rw_ranks_agree(simulate(q, l, p, e), e);
    if (err == RW_OK && first)
        err = merge_ranks(q, l, p, e);
    err = rw_ranks_agree(err, e);
    (void)unlink(q->kept.shard); /* it may not be there */
    if (first && q->telling.files)
        rw_output_abort(&p->output); /* nothing after a commit */
    return err;
}

static enum rw_err
work(struct request *q, struct rw_loaded *l, struct rw_product *p, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    if (rw_ranks() > 1)
        return work_together(q, l, p, e);
    if (q->kept.share) {
        err = simulate(q, l, p, e);
        return err == RW_OK && !q->telling.quiet ? rw_kept_tell(&q->kept, e) : err;
    }
    if (q->telling.files)
        err = rw_output_open(&p->output, q->telling.target, e);
    if (err == RW_OK && !q->telling.quiet)
        rw_notes_tell(l->model);
    if (err == RW_OK)
        err = simulate(q, l, p, e);
    if (err == RW_OK)
        err = rw_product_tell(&q->telling, p, &l->arena, e);
    if (q->telling.files)
        rw_output_abort(&p->output); /* nothing after a commit */
    return err;
}

/* The first process looks at the scenario before all others, and tells what is wrong. */
static enum rw_err
load(const struct request *q, const struct rw_product *p, struct rw_loaded *l,
    struct rw_error *e)
{
    unsigned threads = (unsigned)q->asked.threads;
    enum rw_err err = RW_OK;

    memset(l, 0, sizeof *l);
    if (rw_rank() == 0)
        err = rw_loaded_init(l, q->scenario, p->sets, p->n_sets, threads, e);
    err = rw_ranks_agree(err, e);
    if (err != RW_OK)
        return err;
    if (rw_rank() > 0)
        err = rw_loaded_init(l, q->scenario, p->sets, p->n_sets, threads, e);
    return rw_ranks_agree(err, e);
}

enum rw_err
rw_command_run(int argc, char **argv, struct rw_error *e)
{
    struct request q;
    struct rw_product p;
    struct rw_arena arena;
    struct rw_loaded l;
    enum rw_err err;

    memset(&q, 0, sizeof q);
    memset(&p, 0, sizeof p);
    err = parse(&q, argc, argv, e);
    if (err == RW_OK && q.precision)
        err = rw_precision_parse(q.precision, &p.precision, e);
    if (err == RW_OK && q.fence)
        err = rw_fence_ask("--fence", q.fence, e);
    if (err != RW_OK)
        return err;
    p.precision.most = (size_t)q.most;
    p.asks_precision = q.precision != NULL;
    p.n_sets = q.asked.settings.n;
    rw_arena_init(&arena);
    err = rw_settings_parse(&q.asked.settings, &arena, &p.sets, e);
    if (err == RW_OK) {
        err = load(&q, &p, &l, e);
        if (err == RW_OK)
            err = work(&q, &l, &p, e);
        if (err == RW_ERR_INTERRUPT)
            rw_kept_interrupted(&q.kept, e);
        rw_loaded_fini(&l);
    }
    rw_arena_fini(&arena);
    return err;
}
