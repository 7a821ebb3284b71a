/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/learn_failures.c -- how often a control fails by the audits there were. */
#include "num/belief.h"
#include "study/learn.h"

#include <math.h>
#include <stdio.h>

/* Failures a year that make it work this share of the time. */
static double
fails(double available, double years)
{
    return (1 - available) / (available * years);
}

static const char *
obstacle(const struct rw_control *c)
{
    if (c->fails <= 0)
        return "it is stated never to fail: give it a 'variance'";
    if (c->unsure)
        return "its failures a year are a distribution: state their mean for the "
               "audits "
               "to move";
    if (c->fail_years <= 0)
        return "its failures are stated to be found at once";
    if (c->upkeep.at_most > 0 || c->upkeep.correction > 0 || c->upkeep.supported)
        return "limits, corrections or other controls keep it working besides, so that "
               "its audits do not speak of its failures alone";
    if (c->n_causes > 0)
        return "a common cause may have brought it down; an audit does not tell";
    return NULL;
}

enum rw_err
rw_learn_failures(const struct rw_learn_request *q, struct rw_learn_move *v,
    struct rw_arena *a, struct rw_error *e)
{
    const struct rw_control *c = &q->m->controls[v->of];
    double shape, rest, low, high;

    for (size_t i = 0; i < q->audits->n; i++)
        if (q->audits->v[i].control == v->of) {
            v->n++;
            v->good += q->audits->v[i].works;
        }
    v->surprise = NAN;
    v->why = obstacle(c);
    if (v->why != NULL)
        return RW_OK;
    v->available = 1 / (1 + c->fails * c->fail_years);
    shape = v->weight * v->available;
    rest = v->weight - shape;
    rw_beta_interval(shape, rest, 0.9, &low, &high);
    v->before = (struct rw_learn_law){
        c->fails, NAN, fails(high, c->fail_years), NAN, fails(low, c->fail_years)};
    rw_beta_update(v->good, v->n - v->good, &shape, &rest);
    v->weight += v->n;
    v->available_after = shape / (shape + rest);
    rw_beta_interval(shape, rest, 0.9, &low, &high);
    v->after = (struct rw_learn_law){fails(v->available_after, c->fail_years), NAN,
        fails(high, c->fail_years), NAN, fails(low, c->fail_years)};
    if (v->after.mean > 1000) {
        v->why =
            "it would have to fail more than 1000 times a year: look at its 'days'";
        return RW_OK;
    }
    v->json = rw_arena_printf(a, "%.10g", v->after.mean);
    return v->json ? RW_OK : rw_error_set(e, RW_ERR_MEMORY, "no memory to learn");
}
