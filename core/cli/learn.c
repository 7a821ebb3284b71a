/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel learn: a scenario's estimates after what was observed. */
#include "base/date.h"
#include "base/output.h"
#include "base/sha256.h"
#include "base/unit.h"
#include "cli/cli.h"
#include "out/learn.h"
#include "read/column.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORTH = 10, WHY = 256 };

/* The command line as it was written. */
struct words {
    struct rw_values operands, watched;
    const char *incidents, *controls, *industry, *from, *to, *discount, *dispersion,
        *per, *output, *backtest;
    double losses, audits, skip;
    bool losses_given, audits_given, skip_given, json;
};

static enum rw_err
parse(struct words *w, int argc, char **argv, struct rw_error *e)
{
    const struct rw_option options[] = {
        {"incidents", 0, RW_OPTION_TEXT, &w->incidents, NULL, 0, 0},
        {"controls", 0, RW_OPTION_TEXT, &w->controls, NULL, 0, 0},
        {"industry", 0, RW_OPTION_TEXT, &w->industry, NULL, 0, 0},
        {"from", 0, RW_OPTION_TEXT, &w->from, NULL, 0, 0},
        {"to", 0, RW_OPTION_TEXT, &w->to, NULL, 0, 0},
        {"watched", 0, RW_OPTION_LIST, &w->watched, NULL, 0, 0},
        {"discount", 0, RW_OPTION_TEXT, &w->discount, NULL, 0, 0},
        {"dispersion", 0, RW_OPTION_TEXT, &w->dispersion, NULL, 0, 0},
        {"per", 0, RW_OPTION_TEXT, &w->per, NULL, 0, 0},
        {"loss-worth", 0, RW_OPTION_WHOLE, &w->losses, &w->losses_given, 1, 1e6},
        {"audit-worth", 0, RW_OPTION_WHOLE, &w->audits, &w->audits_given, 1, 1e6},
        {"skip", 0, RW_OPTION_WHOLE, &w->skip, &w->skip_given, 1, 1e6},
        {"backtest", 0, RW_OPTION_TEXT, &w->backtest, NULL, 0, 0},
        {"output", 'o', RW_OPTION_TEXT, &w->output, NULL, 0, 0},
        {"json", 0, RW_OPTION_FLAG, &w->json, NULL, 0, 0},
    };

    return rw_options_parse(
        options, sizeof options / sizeof *options, argc, argv, &w->operands, e);
}

/* Options that go together. */
static enum rw_err
check(const struct words *w, struct rw_error *e)
{
    if (w->backtest != NULL) {
        if (w->operands.n > 0 || w->incidents || w->controls || w->industry ||
            w->output || w->watched.n > 0 || w->per || w->losses_given ||
            w->audits_given)
            return rw_error_set(e, RW_ERR_USAGE,
                "--backtest takes a table of counts, --from, --to, --discount, "
                "--dispersion, --skip and --json, and no scenario");
        return RW_OK;
    }
    if (w->dispersion || w->skip_given)
        return rw_error_set(e, RW_ERR_USAGE, "--%s goes with --backtest",
            w->dispersion ? "dispersion" : "skip");
    if (w->incidents == NULL && w->controls == NULL)
        return rw_error_set(e, RW_ERR_USAGE,
            "nothing to learn from: --incidents FILE, --controls FILE, or both");
    if (w->incidents == NULL && w->watched.n > 0)
        return rw_error_set(e, RW_ERR_USAGE, "--watched goes with --incidents");
    if (w->incidents == NULL && w->industry)
        return rw_error_set(e, RW_ERR_USAGE,
            "--industry goes with --incidents: what others saw is where the own "
            "experience starts");
    if (w->from == NULL || w->to == NULL)
        return rw_error_set(e, RW_ERR_USAGE,
            "say which days were watched: --from DAY --to DAY; no incident is evidence "
            "only where somebody looked, so the rows' own dates would not do");
    return RW_OK;
}

static enum rw_err
take_share(const char *name, const char *s, double most, double *to, struct rw_error *e)
{
    char why[WHY];

    if (s == NULL)
        return RW_OK;
    if (rw_unit_parse(s, most > 1 ? RW_UNIT_PLAIN : RW_UNIT_SHARE, NULL, to, why,
            sizeof why) != RW_OK)
        return rw_error_set(e, RW_ERR_USAGE, "--%s: %s", name, why);
    if (!(*to > 0 || (most > 1 && *to == 0)) || *to > most)
        return rw_error_set(e, RW_ERR_USAGE, "--%s is %s and at most %g, not %.60s",
            name, most > 1 ? "0 or more" : "above 0", most, s);
    return RW_OK;
}

static enum rw_err
take_day(const char *name, const char *s, bool end, long *day, struct rw_error *e)
{
    char why[WHY];
    struct rw_date d;

    if (rw_date_parse(s, &d, why, sizeof why) != RW_OK)
        return rw_error_set(e, RW_ERR_USAGE, "--%s: %s", name, why);
    *day = end ? rw_date_last(d) : rw_date_first(d);
    return RW_OK;
}

static enum rw_err
take_per(const char *s, const struct rw_model *m, unsigned *per, struct rw_error *e)
{
    *per = m->per_year;
    if (s == NULL)
        return RW_OK;
    *per = strcmp(s, "year") == 0      ? 1
           : strcmp(s, "quarter") == 0 ? 4
           : strcmp(s, "month") == 0   ? 12
                                       : 0;
    return *per ? RW_OK
                : rw_error_set(e, RW_ERR_USAGE,
                      "--per is year, quarter or month, not '%.60s'", s);
}

/* "all", or ids of threats. */
static enum rw_err
take_watched(const struct rw_values *v, const struct rw_model *m, bool watched[],
    struct rw_arena *a, struct rw_error *e)
{
    const char **names = RW_ARENA_NEW(a, m->n_threats, const char *), *near;

    if (names == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for --watched");
    for (size_t k = 0; k < m->n_threats; k++)
        names[k] = m->threats[k].id;
    for (size_t i = 0; i < v->n; i++) {
        bool found = false;

        for (size_t k = 0; k < m->n_threats; k++)
            if (strcmp(v->value[i], "all") == 0 || strcmp(v->value[i], names[k]) == 0)
                watched[k] = found = true;
        if (found)
            continue;
        near = rw_nearest_word(v->value[i], names, m->n_threats);
        return rw_error_set(e, RW_ERR_USAGE,
            "--watched '%.60s' is no threat of the scenario, and not 'all'%s%s%s",
            v->value[i], near ? "; did you mean '" : "", near ? near : "",
            near ? "'?" : "");
    }
    return RW_OK;
}

/* ---- files ---- */

static enum rw_err
read_table(const char *name, struct rw_table_file *f, struct rw_error *e)
{
    char *bytes = NULL;
    enum rw_err err = rw_file_read(name, RW_COLUMN_BYTES, &bytes, &f->n, e);

    f->name = name;
    f->bytes = bytes;
    return err;
}

static enum rw_err
printed(struct rw_text *report, enum rw_err err)
{
    if (report->len > 0)
        fputs(report->s, stderr);
    rw_text_fini(report);
    return err;
}

/* A table is all that it should be, or everything that is wrong is told. */
static enum rw_err
read_tables(const struct words *w, struct rw_loaded *l, struct rw_learn_request *q,
    struct rw_table_file file[3], struct rw_error *e)
{
    struct rw_incidents *incidents = RW_ARENA_NEW(&l->arena, 1, struct rw_incidents);
    struct rw_audits *audits = RW_ARENA_NEW(&l->arena, 1, struct rw_audits);
    struct rw_industry *industry = RW_ARENA_NEW(&l->arena, 1, struct rw_industry);
    struct rw_text report;
    enum rw_err err = RW_OK;

    if (incidents == NULL || audits == NULL || industry == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the tables");
    rw_text_init(&report);
    if (w->incidents)
        err = read_table(w->incidents, &file[0], e);
    if (err == RW_OK && w->controls)
        err = read_table(w->controls, &file[1], e);
    if (err == RW_OK && w->industry)
        err = read_table(w->industry, &file[2], e);
    if (err == RW_OK && w->incidents) {
        err = rw_incidents_read(
            &file[0], l->model, q->from, q->to, &l->arena, incidents, &report, e);
        q->incidents = incidents;
        q->incidents_file = w->incidents;
    }
    if (w->controls && (err == RW_OK || (err == RW_ERR_INPUT && report.len > 0))) {
        enum rw_err other = rw_audits_read(
            &file[1], l->model, q->from, q->to, &l->arena, audits, &report, e);

        err = err == RW_OK ? other : err;
        q->audits = audits;
        q->audits_file = w->controls;
    }
    if (w->industry && (err == RW_OK || (err == RW_ERR_INPUT && report.len > 0))) {
        enum rw_err other =
            rw_industry_read(&file[2], l->model, &l->arena, industry, &report, e);

        err = err == RW_OK ? other : err;
        q->industry = industry;
        q->industry_file = w->industry;
    }
    err = printed(&report, err);
    if (err == RW_OK && q->incidents && incidents->n == 0 && w->watched.n == 0 &&
        q->industry == NULL && (q->audits == NULL || audits->n == 0)) {
        rw_error_set(e, RW_ERR_INPUT,
            "the table has no row; if no incident is what was observed, say of what: "
            "--watched THREAT or --watched all");
        rw_error_place(e, w->incidents, 0, 0, "");
        return RW_ERR_INPUT;
    }
    if (err == RW_OK && q->audits && audits->n == 0) {
        rw_error_set(e, RW_ERR_INPUT, "the table has no row");
        rw_error_place(e, w->controls, 0, 0, "");
        return RW_ERR_INPUT;
    }
    return err;
}

/* The new scenario is read as `check` would read it, and then written. */
static enum rw_err
write_scenario(const struct words *w, struct rw_loaded *l, const struct rw_learn *x,
    struct rw_error *e)
{
    const struct rw_plugin_finder finder = rw_catalogue_finder(l->catalogue);
    struct rw_text t, report;
    struct rw_model *m;
    enum rw_err err;

    rw_text_init(&t);
    err = rw_learn_write(x, &l->arena, &t, e);
    if (err == RW_OK) {
        err = rw_read_scenario_bytes(
            w->output, t.s, t.len, NULL, 0, &finder, &l->arena, &m, &report, e);
        err = printed(&report, err);
        if (err == RW_ERR_INPUT)
            rw_message("the learned scenario would not be valid; nothing is written");
        else if (err == RW_OK)
            err = rw_model_build(m, &l->arena, e);
    }
    if (err == RW_OK)
        err = rw_file_write(w->output, t.s, t.len, e);
    rw_text_fini(&t);
    return err;
}

static enum rw_err
tell(const struct words *w, const struct rw_learn *x, struct rw_error *e)
{
    struct rw_text t;
    enum rw_err err;

    rw_text_init(&t);
    err = w->json ? rw_learn_json(x, w->output, rw_version(), &t, e)
                  : rw_learn_text(x, w->output, &t, e);
    if (err == RW_OK)
        err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    return err;
}

static enum rw_err
request(const struct words *w, struct rw_loaded *l, struct rw_learn_request *q,
    struct rw_error *e)
{
    bool *watched = RW_ARENA_NEW(&l->arena, l->model->n_threats, bool);
    enum rw_err err;

    *q = (struct rw_learn_request){.m = l->model,
        .watched = watched,
        .discount = 1,
        .losses = w->losses_given ? w->losses : WORTH,
        .audit_worth = w->audits_given ? w->audits : WORTH,
        .stop = rw_signals_flag()};
    if (watched == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
    err = take_day("from", w->from, false, &q->from, e);
    if (err == RW_OK)
        err = take_day("to", w->to, true, &q->to, e);
    if (err == RW_OK && q->to < q->from)
        err = rw_error_set(
            e, RW_ERR_USAGE, "--to %.20s is before --from %.20s", w->to, w->from);
    if (err == RW_OK)
        err = take_share("discount", w->discount, 1, &q->discount, e);
    if (err == RW_OK)
        err = take_per(w->per, l->model, &q->per_year, e);
    return err == RW_OK ? take_watched(&w->watched, l->model, watched, &l->arena, e)
                        : err;
}

static enum rw_err
work(const struct words *w, const struct rw_table_file *scenario, struct rw_loaded *l,
    struct rw_error *e)
{
    struct rw_table_file file[3] = {{NULL, NULL, 0}};
    struct rw_learn_request q;
    struct rw_learn x;
    struct rw_text report;
    char hex[RW_SHA256_HEX];
    enum rw_err err = request(w, l, &q, e);

    rw_text_init(&report);
    rw_sha256_hex(scenario->bytes, scenario->n, hex);
    if (err == RW_OK && strcmp(hex, l->model->sha256) != 0)
        err = rw_error_set(
            e, RW_ERR_IO, "'%.800s' changed while it was read", scenario->name);
    q.scenario = *scenario;
    if (err == RW_OK)
        err = read_tables(w, l, &q, file, e);
    if (err == RW_OK)
        err = printed(&report, rw_learn_make(&q, &l->arena, &x, &report, e));
    if (err == RW_OK && w->output)
        err = write_scenario(w, l, &x, e);
    if (err == RW_OK)
        err = tell(w, &x, e);
    for (int k = 0; k < 3; k++)
        free((void *)(uintptr_t)file[k].bytes);
    return err;
}

static enum rw_err
learn(const struct words *w, struct rw_error *e)
{
    struct rw_table_file scenario = {NULL, NULL, 0};
    struct rw_loaded l;
    char *bytes = NULL;
    enum rw_err err = rw_options_one(&w->operands, "SCENARIO", &scenario.name, e);

    if (err != RW_OK)
        return err;
    if (w->output && rw_file_same(w->output, scenario.name))
        return rw_error_set(e, RW_ERR_USAGE,
            "-o '%.400s' is the scenario itself, which stays as it is: name another "
            "file",
            w->output);
    if (strcmp(scenario.name, "-") == 0)
        return rw_error_set(e, RW_ERR_USAGE, "learn wants a file, not standard input");
    err = rw_loaded_init(&l, scenario.name, NULL, 0, 0, e);
    if (err == RW_OK)
        err = rw_file_read(scenario.name, RW_COLUMN_BYTES, &bytes, &scenario.n, e);
    scenario.bytes = bytes;
    if (err == RW_OK)
        err = work(w, &scenario, &l, e);
    free(bytes);
    rw_loaded_fini(&l);
    return err;
}

static enum rw_err
backtest(const struct words *w, struct rw_error *e)
{
    struct rw_backtest_request q = {.from = w->from,
        .to = w->to,
        .discount = RW_BACKTEST_DISCOUNT,
        .dispersion = RW_BACKTEST_DISPERSION,
        .skip = w->skip_given ? (size_t)w->skip : RW_BACKTEST_SKIP};
    struct rw_text report, t;
    struct rw_backtest x;
    struct rw_arena a;
    enum rw_err err = take_share("discount", w->discount, 1, &q.discount, e);

    if (err == RW_OK)
        err = take_share("dispersion", w->dispersion, 1000, &q.dispersion, e);
    if (err == RW_OK)
        err = read_table(w->backtest, &q.file, e);
    if (err != RW_OK)
        return err;
    rw_arena_init(&a);
    rw_text_init(&report);
    rw_text_init(&t);
    err = printed(&report, rw_backtest_make(&q, &a, &x, &report, e));
    if (err == RW_OK)
        err = w->json ? rw_backtest_json(&x, rw_version(), &t, e)
                      : rw_backtest_text(&x, &t, e);
    if (err == RW_OK)
        err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    rw_arena_fini(&a);
    free((void *)(uintptr_t)q.file.bytes);
    return err;
}

enum rw_err
rw_command_learn(int argc, char **argv, struct rw_error *e)
{
    struct words w = {.json = false};
    enum rw_err err = parse(&w, argc, argv, e);

    if (err == RW_OK)
        err = check(&w, e);
    if (err != RW_OK)
        return err;
    return w.backtest ? backtest(&w, e) : learn(&w, e);
}
