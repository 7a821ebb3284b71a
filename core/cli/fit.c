/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel fit: frequency and severity out of a table of incidents. */
#include "base/unit.h"
#include "cli/cli.h"
#include "out/fit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SEED = 1 };

/* The command line as it was written. */
struct words {
    struct rw_values operands, where;
    const char *of, *above, *cap, *per, *inflation;
    double year, replicates;
    bool year_given, replicates_given, seed_given, json, paste;
};

static enum rw_err
money(const char *option, const char *s, double *to, struct rw_error *e)
{
    char why[256];

    if (s == NULL)
        return RW_OK;
    if (rw_unit_parse(s, RW_UNIT_MONEY, NULL, to, why, sizeof why) != RW_OK)
        return rw_error_set(
            e, RW_ERR_USAGE, "--%s wants money such as 250k: %s", option, why);
    if (!(*to > 0))
        return rw_error_set(e, RW_ERR_USAGE, "--%s wants money above 0", option);
    return RW_OK;
}

static enum rw_err
take_where(const struct rw_values *texts, struct rw_fit_request *q, struct rw_arena *a,
    struct rw_error *e)
{
    for (size_t k = 0; k < texts->n; k++) {
        const char *equals = strchr(texts->value[k], '=');

        if (equals == NULL || equals == texts->value[k])
            return rw_error_set(e, RW_ERR_USAGE,
                "--where wants COLUMN=VALUE, not '%.80s'", texts->value[k]);
        q->where[k].column =
            rw_arena_strndup(a, texts->value[k], (size_t)(equals - texts->value[k]));
        q->where[k].value = equals + 1;
        if (q->where[k].column == NULL)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory for --where");
    }
    q->n_where = texts->n;
    return RW_OK;
}

static enum rw_err
take_per(const char *s, struct rw_fit_request *q, struct rw_error *e)
{
    static const enum rw_fit_per all[] = {RW_FIT_YEAR, RW_FIT_QUARTER, RW_FIT_MONTH};

    q->per = RW_FIT_YEAR;
    if (s == NULL)
        return RW_OK;
    for (size_t k = 0; k < 3; k++)
        if (strcmp(s, rw_fit_per_name(all[k])) == 0) {
            q->per = all[k];
            return RW_OK;
        }
    return rw_error_set(
        e, RW_ERR_USAGE, "--per is year, quarter or month, not '%.60s'", s);
}

static enum rw_err
take_family(const struct rw_fit_request *q, struct rw_error *e)
{
    const char *names[16], *near;
    size_t n;
    const struct rw_severity_law *const *laws = rw_severity_laws(&n);

    if (q->family == NULL || rw_severity_law(q->family) != NULL)
        return RW_OK;
    for (size_t k = 0; k < n; k++)
        names[k] = laws[k]->name;
    near = rw_nearest_word(q->family, names, n);
    return rw_error_set(e, RW_ERR_USAGE,
        "--family '%.60s' is none of exponential, gamma, weibull, lognormal, lomax, "
        "gpd%s%s%s",
        q->family, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* What is wanted, from --of or from the columns there are. */
static enum rw_err
take_of(const char *of, struct rw_fit_request *q, struct rw_error *e)
{
    bool counted = q->counts != NULL || q->date != NULL;

    if (of != NULL && strcmp(of, "severity") != 0 && strcmp(of, "frequency") != 0)
        return rw_error_set(
            e, RW_ERR_USAGE, "--of is severity or frequency, not '%.60s'", of);
    q->severity = of ? strcmp(of, "severity") == 0 : q->loss != NULL;
    q->frequency = of ? strcmp(of, "frequency") == 0 : counted;
    if (q->severity && q->loss == NULL)
        return rw_error_set(e, RW_ERR_USAGE, "--of severity wants --loss COLUMN");
    if (q->frequency && !counted)
        return rw_error_set(e, RW_ERR_USAGE,
            "--of frequency wants --date COLUMN, or --counts COLUMN for a table of "
            "numbers");
    return RW_OK;
}

static enum rw_err
take_money_year(const struct words *w, struct rw_fit_request *q, struct rw_error *e)
{
    char why[256];

    q->inflation = NAN;
    if (!w->year_given) {
        if (q->index || w->inflation)
            return rw_error_set(e, RW_ERR_USAGE,
                "--%s goes with --currency-year, the year whose money is wanted",
                q->index ? "index" : "inflation");
        return RW_OK;
    }
    q->money_year = (int)w->year;
    if ((q->index != NULL) == (w->inflation != NULL))
        return rw_error_set(e, RW_ERR_USAGE,
            "--currency-year wants either --inflation, such as 3%%, or --index FILE");
    if (q->loss == NULL || q->date == NULL)
        return rw_error_set(
            e, RW_ERR_USAGE, "--currency-year wants --loss and --date: old from new");
    if (q->index)
        return RW_OK;
    if (rw_unit_parse(
            w->inflation, RW_UNIT_SHARE, NULL, &q->inflation, why, sizeof why) != RW_OK)
        return rw_error_set(
            e, RW_ERR_USAGE, "--inflation wants a share a year such as 3%%: %s", why);
    return q->inflation > -0.5 && q->inflation < 1
               ? RW_OK
               : rw_error_set(e, RW_ERR_USAGE,
                     "--inflation is a share a year, between -50%% and 100%%: is %.20s "
                     "meant as %.20s%%? (beyond, use --index)",
                     w->inflation, w->inflation);
}

/* Options that go together. */
static enum rw_err
check(const struct words *w, const struct rw_fit_request *q, struct rw_error *e)
{
    if (q->counts && (q->date || q->loss))
        return rw_error_set(e, RW_ERR_USAGE,
            "--counts is for a table with one row a period, --%s for one with one row "
            "an incident",
            q->date ? "date" : "loss");
    if ((q->from || q->to || q->skip_outside) && q->date == NULL)
        return rw_error_set(
            e, RW_ERR_USAGE, "--from, --to and --skip-outside go with --date");
    if (q->skip_outside && !q->from && !q->to)
        return rw_error_set(e, RW_ERR_USAGE, "--skip-outside goes with --from or --to");
    if (w->per && !q->frequency)
        return rw_error_set(e, RW_ERR_USAGE, "--per goes with --date or --counts");
    if (w->above && q->loss == NULL)
        return rw_error_set(e, RW_ERR_USAGE, "--above goes with --loss");
    if ((q->family || w->cap) && !q->severity)
        return rw_error_set(
            e, RW_ERR_USAGE, "--%s goes with --loss", q->family ? "family" : "cap");
    if (w->json && w->paste)
        return rw_error_set(e, RW_ERR_USAGE, "--json and --paste: which of them?");
    if (q->cap > 0 && q->cap <= q->above)
        return rw_error_set(e, RW_ERR_USAGE, "--cap must be more than --above");
    return RW_OK;
}

/* Without columns the table is opened all the same, to say which it has. */
static enum rw_err
understand(const struct words *w, struct rw_fit_request *q, struct rw_arena *a,
    struct rw_error *e)
{
    enum rw_err err = rw_options_one(&w->operands, "FILE", &q->file, e);

    if (err == RW_OK)
        err = take_where(&w->where, q, a, e);
    if (err == RW_OK)
        err = take_per(w->per, q, e);
    if (err == RW_OK)
        err = money("above", w->above, &q->above, e);
    if (err == RW_OK)
        err = money("cap", w->cap, &q->cap, e);
    if (err == RW_OK)
        err = take_family(q, e);
    if (err != RW_OK || (!q->loss && !q->date && !q->counts))
        return err;
    err = take_of(w->of, q, e);
    if (err == RW_OK)
        err = take_money_year(w, q, e);
    if (w->replicates_given)
        q->replicates = (size_t)w->replicates;
    return err == RW_OK ? check(w, q, e) : err;
}

static enum rw_err
parse(struct words *w, struct rw_fit_request *q, struct rw_arena *a, int argc,
    char **argv, struct rw_error *e)
{
    const struct rw_option options[] = {
        {"loss", 0, RW_OPTION_TEXT, &q->loss, NULL, 0, 0},
        {"date", 0, RW_OPTION_TEXT, &q->date, NULL, 0, 0},
        {"counts", 0, RW_OPTION_TEXT, &q->counts, NULL, 0, 0},
        {"of", 0, RW_OPTION_TEXT, &w->of, NULL, 0, 0},
        {"where", 0, RW_OPTION_LIST, &w->where, NULL, 0, 0},
        {"skip-empty", 0, RW_OPTION_FLAG, &q->skip_empty, NULL, 0, 0},
        {"skip-outside", 0, RW_OPTION_FLAG, &q->skip_outside, NULL, 0, 0},
        {"above", 0, RW_OPTION_TEXT, &w->above, NULL, 0, 0},
        {"cap", 0, RW_OPTION_TEXT, &w->cap, NULL, 0, 0},
        {"family", 0, RW_OPTION_TEXT, &q->family, NULL, 0, 0},
        {"from", 0, RW_OPTION_TEXT, &q->from, NULL, 0, 0},
        {"to", 0, RW_OPTION_TEXT, &q->to, NULL, 0, 0},
        {"per", 0, RW_OPTION_TEXT, &w->per, NULL, 0, 0},
        {"currency-year", 0, RW_OPTION_WHOLE, &w->year, &w->year_given, 1000, 9999},
        {"inflation", 0, RW_OPTION_TEXT, &w->inflation, NULL, 0, 0},
        {"index", 0, RW_OPTION_TEXT, &q->index, NULL, 0, 0},
        {"replicates", 0, RW_OPTION_WHOLE, &w->replicates, &w->replicates_given, 0,
            1e6},
        {"seed", 0, RW_OPTION_COUNTER, &q->seed, &w->seed_given, 0, 0},
        {"json", 0, RW_OPTION_FLAG, &w->json, NULL, 0, 0},
        {"paste", 0, RW_OPTION_FLAG, &w->paste, NULL, 0, 0},
    };
    enum rw_err err;

    q->seed = SEED;
    q->replicates = RW_FIT_DEFAULT;
    err = rw_options_parse(
        options, sizeof options / sizeof *options, argc, argv, &w->operands, e);
    return err == RW_OK ? understand(w, q, a, e) : err;
}

/* Losses were to be pasted, but no law fits. */
static enum rw_err
nothing(const struct rw_fit_result *r, struct rw_error *e)
{
    const struct rw_fit_severity_result *s = r->severity;

    rw_error_set(e, RW_ERR_INPUT, "there is no law to paste: %s: %s",
        s->fit[0].law->name,
        s->fit[0].fit.why[0] ? s->fit[0].fit.why : "it is hardly one");
    rw_error_place(e, r->q->file, 0, 0, "");
    return RW_ERR_INPUT;
}

static enum rw_err
work(const struct words *w, const struct rw_fit_request *q, struct rw_arena *a,
    struct rw_error *e)
{
    struct rw_fit_result *r = RW_ARENA_NEW(a, 1, struct rw_fit_result);
    struct rw_text t;
    enum rw_err err;

    if (r == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for a fit");
    err = rw_fit_make(q, rw_signals_flag(), a, r, e);
    if (err != RW_OK)
        return err;
    if (w->paste && r->severity != NULL && !r->paste.amount)
        return nothing(r, e);
    rw_text_init(&t);
    if (w->json)
        err = rw_fit_json(r, rw_version(), &t, e);
    else
        err = w->paste ? rw_fit_members(r, "", &t, e) : rw_fit_text(r, &t, e);
    if (err == RW_OK)
        err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    if (err == RW_OK && w->paste)
        for (size_t k = 0; k < r->n_notes; k++)
            rw_message("note: %s", r->note[k]);
    return err;
}

enum rw_err
rw_command_fit(int argc, char **argv, struct rw_error *e)
{
    struct words w = {.year = 0};
    struct rw_fit_request q = {.file = NULL};
    struct rw_arena a;
    enum rw_err err;

    rw_arena_init(&a);
    err = parse(&w, &q, &a, argc, argv, e);
    if (err == RW_OK)
        err = work(&w, &q, &a, e);
    rw_arena_fini(&a);
    return err;
}
