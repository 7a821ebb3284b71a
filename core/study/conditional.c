/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/conditional.h"

#define AIM 0.99

static void
read_figures(const struct rw_conditional *c, struct rw_conditional_risk *r)
{
    r->mean = rw_conditional_mean(c);
    r->p0 = rw_conditional_p0(c);
    r->points = rw_conditional_points(c);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        r->quantile[k] =
            rw_conditional_quantile(c, rw_result_quantiles[k], RW_RESULT_LEVEL);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        r->tvar[k] = rw_conditional_tvar(c, rw_result_tvars[k], RW_RESULT_LEVEL);
}

/* A risk that the method does not serve is no error: it says why. */
static enum rw_err
draw(const struct rw_model *m, const struct rw_term *t, size_t points,
    struct rw_arena *a, struct rw_conditional_risk *r, struct rw_error *e)
{
    struct rw_stream at = {m->seed, rw_lane("risk", t->id, "conditional")};
    struct rw_conditional *c = NULL;
    struct rw_error why;
    enum rw_err err;

    rw_error_clear(&why);
    err = rw_conditional_new(&t->compound, 1, AIM, points, at, &c, &why);
    if (err == RW_OK)
        read_figures(c, r);
    rw_conditional_free(c);
    if (err == RW_ERR_INPUT) {
        r->why = rw_arena_printf(a, "%s", why.text);
        err = r->why != NULL ? RW_OK : RW_ERR_MEMORY;
    }
    return err == RW_OK ? err : rw_error_set(e, err, "risk %s: %s", t->id, why.text);
}

enum rw_err
rw_conditional_risks(const struct rw_model *m, size_t points,
    const volatile sig_atomic_t *stop, struct rw_arena *a,
    struct rw_conditional_risk **r, struct rw_error *e)
{
    struct rw_terms terms;
    enum rw_err err = rw_terms_make(m, a, &terms, e);

    *r = RW_ARENA_NEW(a, m->n_risks, struct rw_conditional_risk);
    if (err == RW_OK && *r == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the risks");
    for (size_t k = 0; k < m->n_risks && err == RW_OK; k++) {
        struct rw_conditional_risk *to = &(*r)[k];

        to->id = terms.risk[k].id;
        to->why = terms.risk[k].why;
        if (rw_stopped(stop))
            return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
        if (to->why == NULL)
            err = draw(m, &terms.risk[k], points, a, to, e);
    }
    return err;
}
