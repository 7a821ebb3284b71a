/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/exact.h"

#include <math.h>
#include <stdio.h>

static const char *
figure(const struct rw_referee_line *l, char name[32])
{
    static const char *const names[] = {
        "mean", "mean to VaR", "P(no loss)", "VaR", "TVaR"};

    if (l->p > 0)
        snprintf(name, 32, "%s %g", names[l->kind], l->p);
    else
        snprintf(name, 32, "%s", names[l->kind]);
    return name;
}

static void
line(struct rw_text *t, const struct rw_referee_line *l)
{
    char name[32];

    rw_text_addf(t, "  %-18s %17.9g %17.9g %+11.2f%s\n", figure(l, name), l->exact,
        l->seen, l->z, l->judged ? "" : "  (not judged)");
}

static void
risk(struct rw_text *t, const struct rw_referee_risk *r)
{
    if (r->why != NULL)
        return;
    rw_text_addf(
        t, "\n%-20s %17s %17s %11s\n", r->id, "exact", "this run", "difference");
    for (size_t k = 0; k < r->n; k++)
        line(t, &r->line[k]);
}

enum rw_err
rw_referee_text(const struct rw_referee *r, struct rw_text *t, struct rw_error *e)
{
    size_t risks = r->n_risks - 1;

    rw_text_addf(t,
        "\nReferee: the first year under 'nothing' against the exact laws; "
        "differences\n"
        "in standard errors, beyond chance above %.2f (1e-6 for all %zu together).\n",
        r->limit, r->n_judged);
    for (size_t k = 0; k < r->n_risks; k++)
        risk(t, &r->risk[k]);
    if (r->n_refereed < risks)
        rw_text_addf(
            t, "\nNot refereed: %zu of %zu risks\n", risks - r->n_refereed, risks);
    for (size_t k = 0; k < risks; k++)
        if (r->risk[k].why != NULL)
            rw_text_addf(t, "  %s: %s\n", r->risk[k].id, r->risk[k].why);
    if (r->n_refereed > 1 && r->risk[risks].why != NULL)
        rw_text_addf(t, "\nThe sum is not refereed: %s.\n", r->risk[risks].why);
    rw_text_add(t, "\n");
    if (r->n_judged == 0)
        rw_text_add(t, "Verdict: none; no risk of this scenario has an exact law.\n");
    else
        rw_text_addf(t,
            "Verdict: the run %s of %zu of %zu risk%s;\nthe largest of %zu differences "
            "is %.2f.\n",
            r->agrees ? "agrees with the exact laws"
                      : "DISAGREES beyond chance with the exact laws",
            r->n_refereed, risks, risks == 1 ? "" : "s", r->n_judged, r->worst);
    return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory to print") : RW_OK;
}

static void
lines_json(struct rw_writer *w, const struct rw_referee_risk *r)
{
    char name[32];

    rw_writer_array(w, "figures", false);
    for (size_t k = 0; k < r->n; k++) {
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, "figure", figure(&r->line[k], name));
        rw_writer_number(w, "exact", r->line[k].exact);
        rw_writer_number(w, "run", r->line[k].seen);
        rw_writer_number(w, "z", r->line[k].z);
        rw_writer_flag(w, "judged", r->line[k].judged);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

void
rw_referee_json(struct rw_writer *w, const struct rw_referee *r)
{
    rw_writer_object(w, "referee", false);
    rw_writer_number(w, "alpha", RW_REFEREE_ALPHA);
    rw_writer_count(w, "judged", r->n_judged);
    rw_writer_number(w, "limit", r->limit);
    rw_writer_number(w, "worst", r->worst);
    rw_writer_string(w, "verdict",
        r->n_judged == 0 ? "none"
        : r->agrees      ? "agrees"
                         : "disagrees");
    rw_writer_array(w, "risks", false);
    for (size_t k = 0; k < r->n_risks; k++) {
        rw_writer_object(w, NULL, false);
        rw_writer_string(w, "id", r->risk[k].id);
        if (r->risk[k].why != NULL)
            rw_writer_string(w, "without", r->risk[k].why);
        else
            lines_json(w, &r->risk[k]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_end(w);
}
