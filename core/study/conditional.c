/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/conditional.h"

#define AIM 0.99

struct make {
    const struct rw_model *m;
    size_t points;
    const volatile sig_atomic_t *stop;
    struct rw_arena *a;
};

static enum rw_err
interrupted(const struct make *x, struct rw_error *e)
{
    if (rw_stopped(x->stop))
        return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
    return RW_OK;
}

static enum rw_err
read_figures(const struct make *x, const struct rw_conditional *c,
    struct rw_conditional_law *l, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    l->mean = rw_conditional_mean(c, RW_RESULT_LEVEL);
    l->p0 = rw_conditional_p0(c, RW_RESULT_LEVEL);
    l->points = rw_conditional_points(c);
    for (size_t k = 0; k < RW_RESULT_QUANTILES && err == RW_OK; k++) {
        err = interrupted(x, e);
        l->quantile[k] =
            rw_conditional_quantile(c, rw_result_quantiles[k], RW_RESULT_LEVEL);
    }
    for (size_t k = 0; k < RW_RESULT_TVARS && err == RW_OK; k++) {
        err = interrupted(x, e);
        l->tvar[k] = rw_conditional_tvar(c, rw_result_tvars[k], RW_RESULT_LEVEL);
    }
    return err;
}

/* *why <- the sentence where the method does not serve, which is no error. */
static enum rw_err
make_law(const struct make *x, const struct rw_compound c[], size_t n, const char *id,
    struct rw_conditional_law *l, const char **why, struct rw_error *e)
{
    struct rw_stream at = {x->m->seed, rw_lane("risk", id, "conditional")};
    struct rw_conditional *made = NULL;
    struct rw_error own;
    enum rw_err err = interrupted(x, e);

    if (err != RW_OK)
        return err;
    rw_error_clear(&own);
    err = rw_conditional_new(c, n, AIM, x->points, at, &made, &own);
    if (err == RW_OK)
        err = read_figures(x, made, l, &own);
    rw_conditional_free(made);
    if (err == RW_ERR_INPUT) {
        *why = rw_arena_printf(x->a, "%s", own.text);
        err = *why != NULL ? RW_OK : RW_ERR_MEMORY;
    }
    return err == RW_OK ? err : rw_error_set(e, err, "%s: %s", id, own.text);
}

/* A risk that the method does not serve is no part of the sum, which then is
 * not the sum of the static risks. */
static enum rw_err
make_risk(const struct make *x, size_t r, struct rw_conditional_laws *laws,
    struct rw_error *e)
{
    struct rw_term *t = &laws->terms.risk[r];
    enum rw_err err;

    if (t->why != NULL)
        return RW_OK;
    err = make_law(x, &t->compound, 1, t->id, &laws->risk[r], &t->why, e);
    if (t->why != NULL) {
        laws->terms.n_exact--;
        if (laws->terms.sum_why == NULL)
            laws->terms.sum_why = "one of the risks is not served";
    }
    return err;
}

static enum rw_err
make_sum(const struct make *x, struct rw_conditional_laws *laws, struct rw_error *e)
{
    const struct rw_terms *t = &laws->terms;

    if (t->n_exact == 0 || t->sum_why != NULL)
        return RW_OK;
    if (t->n_exact > 1)
        return make_law(
            x, t->sum, t->n_sum, "the sum", &laws->sum, &laws->terms.sum_why, e);
    for (size_t r = 0; r < t->n_risks; r++)
        if (t->risk[r].why == NULL)
            laws->sum = laws->risk[r];
    return RW_OK;
}

enum rw_err
rw_conditional_laws_make(const struct rw_model *m, size_t points,
    const volatile sig_atomic_t *stop, struct rw_arena *a,
    struct rw_conditional_laws *laws, struct rw_error *e)
{
    struct make x = {m, points, stop, a};
    enum rw_err err;

    *laws = (struct rw_conditional_laws){.model = m};
    err = rw_terms_make(m, a, &laws->terms, e);
    if (err != RW_OK)
        return err;
    laws->risk = RW_ARENA_NEW(a, m->n_risks, struct rw_conditional_law);
    if (laws->risk == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the risks");
    for (size_t r = 0; r < m->n_risks && err == RW_OK; r++)
        err = make_risk(&x, r, laws, e);
    return err == RW_OK ? make_sum(&x, laws, e) : err;
}
