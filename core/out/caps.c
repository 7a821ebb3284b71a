/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/caps.c -- what the scenario's floors and caps hold. */
#include "out/caps.h"

#include "out/law_json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct rw_mean *
held(const struct rw_result *r, size_t s, size_t k)
{
    return r->strategies[s].held + k * RW_HELDS;
}

static void
span(struct rw_writer *w, const char *key, const struct rw_mean at[2])
{
    rw_writer_object(w, key, false);
    rw_json_mean(w, "draws", at[0]);
    rw_json_mean(w, "futures", at[1]);
    rw_writer_end(w);
}

static void
by_strategy(struct rw_writer *w, const struct rw_result *r, size_t k)
{
    rw_writer_array(w, "strategies", false);
    for (size_t s = 0; s < r->n_strategies; s++) {
        rw_writer_object(w, NULL, false);
        rw_writer_string(w, "name", r->strategies[s].name);
        if (r->model->n_years > 0)
            span(w, "year", held(r, s, k) + RW_HELD_YEAR_DRAWS);
        span(w, "horizon", held(r, s, k) + RW_HELD_HORIZON_DRAWS);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

void
rw_caps_json(struct rw_writer *w, const struct rw_result *r)
{
    rw_writer_array(w, "caps", false);
    for (size_t k = 0; k < r->model->n_bounds; k++) {
        const struct rw_bound *b = &r->model->bounds[k];

        rw_writer_object(w, NULL, false);
        rw_writer_string(w, "pointer", b->pointer);
        rw_writer_string(w, "bound", b->cap ? "cap" : "floor");
        rw_writer_number(w, "value", b->value);
        rw_writer_string(w, "drawn", rw_drawn_names[b->drawn]);
        rw_writer_number(w, "probability", b->probability);
        rw_writer_number(w, "mean", b->mean);
        rw_writer_number(w, "mean_shift", b->shift);
        if (b->drawn == RW_DRAWN_EVENT)
            by_strategy(w, r, k);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

/* Share of the futures in which it holds anything, under the first strategy. */
static struct rw_mean
futures(const struct rw_result *r, size_t k)
{
    const struct rw_bound *b = &r->model->bounds[k];

    return b->drawn == RW_DRAWN_EVENT ? held(r, 0, k)[RW_HELD_HORIZON]
                                      : (struct rw_mean){b->probability, 0};
}

/* It holds something in one future of a hundred, or moves a mean by a
 * hundredth. */
static bool
matters(const struct rw_result *r, size_t k)
{
    const struct rw_bound *b = &r->model->bounds[k];

    if (!(b->probability > 0))
        return false;
    return futures(r, k).mean >= 0.01 || fabs(b->shift) >= 0.01 * fabs(b->mean);
}

size_t
rw_caps_next(const struct rw_result *r, size_t k)
{
    while (k < r->model->n_bounds && !matters(r, k))
        k++;
    return k;
}

/* Whose it is: threat and form, or the pointer without its last word. */
static void
name_of(const struct rw_model *m, const struct rw_bound *b, char name[64])
{
    if (b->drawn == RW_DRAWN_EVENT) {
        const struct rw_threat *t = &m->threats[b->threat];

        snprintf(
            name, 64, "%.30s, %s", t->id, rw_loss_form_names[t->losses[b->loss].form]);
    } else {
        size_t n = strlen(b->pointer);

        while (n > 0 && b->pointer[n] != '/')
            n--;
        snprintf(name, 64, "%.*s", n < 60 ? (int)n : 60, b->pointer);
    }
}

void
rw_caps_line(const struct rw_result *r, size_t k, char what[RW_CAPS_LINE],
    char often[RW_CAPS_LINE])
{
    const struct rw_bound *b = &r->model->bounds[k];
    char name[64], money[RW_NUMBER_MAX];
    struct rw_mean f = futures(r, k);

    name_of(r->model, b, name);
    snprintf(what, RW_CAPS_LINE, "%s: %s %s", name, b->cap ? "cap" : "floor",
        rw_money_print(money, b->value));
    snprintf(often, RW_CAPS_LINE, "%.3g %% of draws", 100 * b->probability);
    if (b->drawn == RW_DRAWN_EVENT)
        snprintf(often, RW_CAPS_LINE,
            "%.3g %% of draws, %.3g \xc2\xb1 %.1g %% of futures", 100 * b->probability,
            100 * f.mean, 100 * f.se);
}
