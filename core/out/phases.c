/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/phases.h"

#include "out/law_json.h"
#include "study/phases.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Standard errors beyond which a sign is told. */
#define SURE 1.959963984540054

enum { NAME = 12, COLUMN = 17, CELL = 96 };

/* Worth less than nothing by more than its error. */
static bool
harms(const struct rw_phase_worth *x, int twin)
{
    return x->has[twin] && x->total[twin].mean < -SURE * x->total[twin].se;
}

/* Why a phase is worth less than nothing: what it does to loss, and to spend. */
static void
explain(struct rw_text *t, const struct rw_phase_worth *x, int twin)
{
    double loss = x->loss[twin].mean, spend = x->spend[twin].mean;
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], c[RW_NUMBER_MAX], d[RW_NUMBER_MAX];

    rw_text_addf(t,
        "%s does not pay here: it %s %s \xc2\xb1 %s of loss and %s %s \xc2\xb1 %s",
        rw_twin_worths[twin], loss < 0 ? "brings" : "avoids",
        rw_money_print(a, fabs(loss)), rw_money_print(b, x->loss[twin].se),
        spend > 0 ? "saves" : "costs", rw_money_print(c, fabs(spend)),
        rw_money_print(d, x->spend[twin].se));
}

static void
add_note(struct rw_writer *w, const struct rw_phase_worth *x, int twin)
{
    struct rw_text t;

    rw_text_init(&t);
    explain(&t, x, twin);
    rw_writer_string(w, "note", t.s ? t.s : "");
    rw_text_fini(&t);
}

void
rw_phases_json(struct rw_writer *w, const struct rw_result *r)
{
    if (r->n_worth == 0)
        return;
    rw_writer_array(w, "phases", false);
    for (size_t k = 0; k < r->n_worth; k++) {
        const struct rw_phase_worth *x = &r->worth[k];

        rw_writer_object(w, NULL, false);
        rw_writer_string(w, "strategy", r->strategies[x->strategy].name);
        for (int t = RW_TWIN_NONE + 1; t < RW_TWINS; t++) {
            if (!x->has[t])
                continue;
            rw_writer_object(w, rw_twin_worths[t], true);
            rw_json_mean(w, "total", x->total[t]);
            rw_json_mean(w, "loss", x->loss[t]);
            rw_json_mean(w, "spend", x->spend[t]);
            if (harms(x, t))
                add_note(w, x, t);
            rw_writer_end(w);
        }
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

/* The plus-minus sign is two bytes wide. */
static void
add_worth(struct rw_text *t, const struct rw_phase_worth *x, int twin)
{
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], cell[CELL] = "-";
    bool has = x->has[twin];

    if (has)
        snprintf(cell, sizeof cell, "%s \xc2\xb1 %s",
            rw_money_print(a, x->total[twin].mean),
            rw_money_print(b, x->total[twin].se));
    rw_text_addf(t, " %-*s", COLUMN + has, cell);
}

static bool
has_triggers(const struct rw_model *m, const char *strategy)
{
    for (size_t s = 0; m != NULL && s < m->n_strategies; s++)
        if (strcmp(m->strategies[s].name, strategy) == 0)
            return m->strategies[s].deciding.n_triggers > 0;
    return false;
}

/* Twins have not all of the triggers, nor the money that these bring (model/phases.h). */
static void
add_triggers(struct rw_text *t, const struct rw_result *r)
{
    for (size_t k = 0; k < r->n_worth; k++) {
        const char *name = r->strategies[r->worth[k].strategy].name;

        if (has_triggers(r->model, name))
            rw_text_addf(t,
                "%s: what it is compared with lacks the triggers that need the phase, "
                "and what they start\n",
                name);
    }
}

void
rw_phases_text(struct rw_text *t, const struct rw_result *r, bool colour)
{
    if (r->n_worth == 0)
        return;
    rw_text_addf(t, "\n%s%-*s", colour ? "\033[1m" : "", NAME - 1, "Worth of");
    for (int k = RW_TWIN_NONE + 1; k < RW_TWINS; k++)
        rw_text_addf(
            t, k + 1 < RW_TWINS ? " %-*s" : " %.*s", COLUMN, rw_twin_worths[k]);
    rw_text_addf(t, "%s\n", colour ? "\033[0m" : "");
    for (size_t k = 0; k < r->n_worth; k++) {
        rw_text_addf(
            t, "%-*.*s", NAME - 1, NAME - 1, r->strategies[r->worth[k].strategy].name);
        for (int j = RW_TWIN_NONE + 1; j < RW_TWINS; j++)
            add_worth(t, &r->worth[k], j);
        while (t->len > 0 && t->s[t->len - 1] == ' ')
            t->s[--t->len] = '\0';
        rw_text_add(t, "\n");
    }
    for (size_t k = 0; k < r->n_worth; k++)
        for (int j = RW_TWIN_NONE + 1; j < RW_TWINS; j++) {
            if (!harms(&r->worth[k], j))
                continue;
            rw_text_addf(t, "%s: ", r->strategies[r->worth[k].strategy].name);
            explain(t, &r->worth[k], j);
            rw_text_add(t, "\n");
        }
    add_triggers(t, r);
}
