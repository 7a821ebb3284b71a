/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/fit_paste.c -- a fit as members of a scenario's threat. */
#include "out/fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 512 };

/* Six digits: more than any fit knows. */
static void
number(struct rw_writer *w, const char *key, double x)
{
    char s[RW_NUMBER_MAX];

    snprintf(s, sizeof s, "%.6g", x);
    rw_writer_number(w, key, strtod(s, NULL));
}

/* Where the figures come from, as a comment. */
static void
origin(struct rw_writer *w, const struct rw_fit_result *r)
{
    const struct rw_losses *s = &r->severity->sample;
    char line[LINE], from[RW_NUMBER_MAX], how[64] = "";
    size_t used;

    if (s->from > 0)
        snprintf(how, sizeof how, " of %s or more", rw_number_print(from, s->from));
    snprintf(line, sizeof line, "%zu losses%s, column %.60s of %.120s", s->n, how,
        r->q->loss, r->q->file);
    used = strlen(line);
    for (size_t k = 0; k < r->q->n_where; k++, used = strlen(line))
        snprintf(line + used, sizeof line - used, "%s%.40s=%.40s",
            k == 0 ? " with " : " and ", r->q->where[k].column, r->q->where[k].value);
    if (r->q->money_year != 0)
        snprintf(line + used, sizeof line - used, ", in money of %d", r->q->money_year);
    rw_writer_string(w, "//", line);
}

static void
law(struct rw_writer *w, const struct rw_severity_fit *f)
{
    rw_writer_string(w, "dist", f->law->name);
    for (size_t i = 0; i < f->fit.n_params; i++)
        number(w, f->fit.name[i], f->fit.p[i]);
}

/* A law of all losses is cut where the table begins. */
static void
amount(struct rw_writer *w, const struct rw_fit_result *r)
{
    const struct rw_fit_paste *p = &r->paste;
    const struct rw_severity_fit *f = p->severity;
    double from = r->severity->sample.from;
    bool cut = from > 0 && !f->law->beyond;

    rw_writer_object(w, "amount", false);
    origin(w, r);
    if (cut)
        rw_writer_string(w, "dist", "splice");
    else
        law(w, f);
    if (from > 0)
        rw_writer_number(w, "threshold", from);
    if (cut) {
        rw_writer_object(w, "tail", true);
        law(w, f);
        if (p->wants_cap)
            rw_writer_string(w, "cap", "the most that one incident can cost");
        else if (p->cap > 0)
            rw_writer_number(w, "cap", p->cap);
        rw_writer_end(w);
    } else if (p->wants_cap)
        rw_writer_string(w, "cap", "the most that one incident can cost");
    else if (p->cap > 0)
        rw_writer_number(w, "cap", p->cap);
    rw_writer_end(w);
}

static void
count(struct rw_writer *w, const struct rw_fit_paste *p)
{
    rw_writer_object(w, "count", true);
    rw_writer_string(w, "law", rw_count_fit_name(p->law));
    number(w, p->law == RW_COUNT_NEGBIN ? "dispersion" : "zero", p->parameter);
    rw_writer_end(w);
}

void
rw_fit_paste(struct rw_writer *w, const struct rw_fit_result *r)
{
    const struct rw_fit_paste *p = &r->paste;

    if (p->frequency) {
        rw_writer_object(w, "frequency", true);
        rw_writer_string(w, "dist", "gamma");
        number(w, "mean", p->rate);
        number(w, "sd", p->rate_se);
        rw_writer_end(w);
    }
    if (p->frequency && p->law != RW_COUNT_POISSON)
        count(w, p);
    if (p->amount) {
        rw_writer_array(w, "losses", false);
        rw_writer_object(w, NULL, false);
        rw_writer_string(w, "form", "response");
        amount(w, r);
        rw_writer_end(w);
        rw_writer_end(w);
    }
}

enum rw_err
rw_fit_members(const struct rw_fit_result *r, const char *indent, struct rw_text *t,
    struct rw_error *e)
{
    struct rw_writer w;
    struct rw_text whole;
    enum rw_err err;
    char *line, *rest;

    if (!r->paste.frequency && !r->paste.amount)
        return t->failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory to print") : RW_OK;
    rw_text_init(&whole);
    rw_writer_init(&w);
    rw_writer_object(&w, NULL, false);
    rw_fit_paste(&w, r);
    rw_writer_end(&w);
    err = rw_writer_hand_over(&w, &whole, e);
    /* without the braces, which have lines of their own */
    for (line = whole.s; err == RW_OK && line != NULL && *line; line = rest) {
        rest = strchr(line, '\n');
        if (rest != NULL)
            *rest++ = '\0';
        if (strcmp(line, "{") != 0 && strcmp(line, "}") != 0)
            rw_text_addf(t, "%s%s\n", indent, line + (*line == ' '));
    }
    rw_text_fini(&whole);
    if (err == RW_OK && t->failed)
        err = rw_error_set(e, RW_ERR_MEMORY, "no memory to print");
    return err;
}
