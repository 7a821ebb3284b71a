/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel check: what a scenario holds, or everything that is wrong. */
#include "cli/cli.h"
#include "out/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void
controls(const struct rw_model *m, struct rw_text *t)
{
    size_t count[3] = {0, 0, 0};

    for (size_t k = 0; k < m->n_controls; k++)
        count[m->controls[k].status]++;
    rw_text_addf(t, "  %zu control%s", m->n_controls, plural(m->n_controls));
    if (m->n_controls > 0)
        rw_text_addf(t, ": %zu operating, %zu planned, %zu candidate",
            count[RW_STATUS_OPERATING], count[RW_STATUS_PLANNED],
            count[RW_STATUS_CANDIDATE]);
    rw_text_add(t, "\n");
}

static void
strategies(const struct rw_model *m, struct rw_text *t)
{
    rw_text_addf(
        t, "  %zu strateg%s:", m->n_strategies, m->n_strategies == 1 ? "y" : "ies");
    for (size_t k = 0; k < m->n_strategies; k++) {
        const struct rw_strategy *s = &m->strategies[k];

        rw_text_addf(t, "%s %s", k ? "," : "", s->name);
        if (s->planner.plugin)
            rw_text_addf(t, " (planner %s)", s->planner.plugin->name);
        else if (s->n_plan > 0)
            rw_text_addf(t, " (%zu in its plan)", s->n_plan);
    }
    rw_text_add(t, "\n");
}

/* The pair of a copula that is tied most. */
static void
copula(const struct rw_coupling *c, struct rw_text *t)
{
    size_t n = c->n, best = 1;
    double r;

    for (size_t k = 0; k < n * n; k++)
        if (k % n < k / n && fabs(c->rho[k]) > fabs(c->rho[best]))
            best = k;
    r = c->rho[best];
    rw_text_addf(t, "    %zu %s, at most %s with %s: correlation %.3g", n,
        c->over == RW_OVER_YEARS ? "threats' years" : "estimates", c->names[best % n],
        c->names[best / n], r);
    rw_text_addf(t, ", Kendall's tau %.2f, tail dependence %.2f\n",
        rw_copula_kendall(r), rw_copula_tail(c->kind, r, c->df));
}

static void
dependence(const struct rw_model *m, struct rw_text *t)
{
    const struct rw_dependence *d = &m->dependence;
    size_t touched = 0;

    if (d->n_couplings + d->n_multipliers + d->n_shocks + d->n_causes == 0)
        return;
    for (size_t r = 0; r < m->n_risks; r++)
        touched += m->risks[r].touched != 0;
    rw_text_addf(t,
        "  %zu copula%s, %zu common multiplier%s, %zu shock%s, %zu common cause%s: "
        "%zu risk%s touched\n",
        d->n_couplings, plural(d->n_couplings), d->n_multipliers,
        plural(d->n_multipliers), d->n_shocks, plural(d->n_shocks), d->n_causes,
        plural(d->n_causes), touched, plural(touched));
    for (size_t k = 0; k < d->n_couplings; k++)
        copula(&d->couplings[k], t);
}

static bool
plugins(const struct rw_model *m, struct rw_text *t, struct rw_arena *a)
{
    size_t n;
    const struct rw_plugin **list = rw_model_plugins(m, a, &n);

    if (n > 0)
        rw_text_addf(t, "  %zu plugin%s:", n, plural(n));
    for (size_t k = 0; list && k < n; k++) {
        const char *version = list[k]->version ? list[k]->version : "";

        rw_text_addf(t, "%s %s %s%s%s", k ? "," : "",
            rw_plugin_kind_names[list[k]->kind], list[k]->name, *version ? " " : "",
            version);
    }
    if (n > 0)
        rw_text_add(t, "\n");
    return list != NULL;
}

/* What the programme leads to, who tells of threats, what fines. */
static void
programme(const struct rw_model *m, struct rw_text *t)
{
    const struct rw_programme *p = &m->programme;

    if (m->n_partners > 0)
        rw_text_addf(t, "  %zu partner%s, among the controls\n", m->n_partners,
            plural(m->n_partners));
    if (m->n_regulations > 0)
        rw_text_addf(
            t, "  %zu regulation%s\n", m->n_regulations, plural(m->n_regulations));
    if (!p->stated)
        return;
    rw_text_addf(t, "  programme: %s, %s", rw_programme_noun(p), p->scheme);
    if (p->deadline > 0)
        rw_text_addf(t, ", by cycle %u", p->deadline);
    rw_text_add(t, "\n");
}

static enum rw_err
describe(struct rw_loaded *l, struct rw_error *e)
{
    const struct rw_model *m = l->model;
    struct rw_text t;
    enum rw_err err;

    rw_text_init(&t);
    rw_text_addf(&t, "%s is valid.\n", m->file);
    rw_text_addf(&t, "  %s, in %s\n", m->name, m->currency);
    rw_text_addf(&t, "  %u %s%s, %zu future%s, seed %" PRIu64 "\n", m->cycles,
        m->cycle_name, plural(m->cycles), m->trials, plural(m->trials), m->seed);
    rw_text_addf(&t, "  %zu asset%s, %zu threat%s, %zu risk%s\n", m->n_assets,
        plural(m->n_assets), m->n_threats, plural(m->n_threats), m->n_risks,
        plural(m->n_risks));
    controls(m, &t);
    dependence(m, &t);
    programme(m, &t);
    strategies(m, &t);
    if (m->n_appetite > 0)
        rw_text_addf(
            &t, "  appetite of %zu point%s\n", m->n_appetite, plural(m->n_appetite));
    t.failed |= !plugins(m, &t, &l->arena);
    rw_notes_add(m, &t);
    err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    return err;
}

enum rw_err
rw_command_check(int argc, char **argv, struct rw_error *e)
{
    struct rw_values settings = {.n = 0}, operands;
    bool quiet = false;
    const struct rw_option options[] = {
        {"set", 0, RW_OPTION_LIST, &settings, NULL, 0, 0},
        {"quiet", 0, RW_OPTION_FLAG, &quiet, NULL, 0, 0},
    };
    struct rw_read_set *sets;
    struct rw_arena arena;
    struct rw_loaded l;
    const char *file;
    enum rw_err err = rw_options_parse(options, 2, argc, argv, &operands, e);

    if (err == RW_OK)
        err = rw_options_one(&operands, "SCENARIO", &file, e);
    if (err != RW_OK)
        return err;
    rw_arena_init(&arena);
    err = rw_settings_parse(&settings, &arena, &sets, e);
    if (err == RW_OK) {
        err = rw_loaded_init(&l, file, sets, settings.n, 0, e);
        if (err == RW_OK && !quiet)
            err = describe(&l, e);
        rw_loaded_fini(&l);
    }
    rw_arena_fini(&arena);
    return err;
}
