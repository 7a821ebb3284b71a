/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/exact.h"

struct make {
    const double *at;
    size_t n_at;
    const volatile sig_atomic_t *stop;
    struct rw_arena *a;
    struct rw_error *e;
};

static enum rw_err
read_figures(struct rw_aggregate *s, struct rw_exact_law *l, struct rw_error *e)
{
    enum rw_err err = RW_OK;

    l->mean = rw_aggregate_mean(s);
    l->sd = rw_aggregate_sd(s);
    l->p0 = rw_aggregate_p0(s);
    for (size_t k = 0; k < RW_RESULT_QUANTILES && err == RW_OK; k++)
        err = rw_aggregate_quantile(s, rw_result_quantiles[k], &l->quantile[k], e);
    for (size_t k = 0; k < RW_RESULT_TVARS && err == RW_OK; k++)
        err = rw_aggregate_tvar(s, rw_result_tvars[k], &l->tvar[k], e);
    return err;
}

enum rw_err
rw_exact_read(
    const struct rw_compound c[], size_t n, struct rw_exact_law *l, struct rw_error *e)
{
    struct rw_aggregate *s = NULL;
    enum rw_err err = rw_aggregate_new(c, n, &s, e);

    if (err == RW_OK)
        err = read_figures(s, l, e);
    rw_aggregate_free(s);
    return err;
}

static enum rw_err
read_law(struct make *x, struct rw_aggregate *s, struct rw_exact_law *l)
{
    enum rw_err err = read_figures(s, l, x->e);

    l->exceed = RW_ARENA_NEW(x->a, x->n_at, struct rw_exact_point);
    if (err == RW_OK && l->exceed == NULL)
        return rw_error_set(x->e, RW_ERR_MEMORY, "no memory for the exact laws");
    for (; l->n_exceed < x->n_at && err == RW_OK; l->n_exceed++) {
        struct rw_exact_point *p = &l->exceed[l->n_exceed];

        p->loss = x->at[l->n_exceed];
        err = rw_aggregate_sf(s, p->loss, &p->p, x->e);
    }
    return err;
}

static enum rw_err
make_law(struct make *x, const struct rw_compound c[], size_t n, struct rw_exact_law *l)
{
    struct rw_aggregate *s = NULL;
    enum rw_err err;

    if (rw_stopped(x->stop))
        return rw_error_set(x->e, RW_ERR_INTERRUPT, "interrupted");
    err = rw_aggregate_new(c, n, &s, x->e);
    if (err == RW_OK)
        err = read_law(x, s, l);
    rw_aggregate_free(s);
    return err;
}

/* A risk whose law cannot be had after all, and with it the sum. */
static enum rw_err
leave_out(struct make *x, struct rw_terms *t, size_t r)
{
    const char *why = rw_arena_printf(x->a, "%s", x->e->text);

    rw_error_clear(x->e);
    if (why == NULL)
        return rw_error_set(x->e, RW_ERR_MEMORY, "no memory for the exact laws");
    t->risk[r].why = why;
    t->n_exact--;
    if (t->sum_why == NULL)
        t->sum_why = "one of the risks has no exact law after all";
    return RW_OK;
}

enum rw_err
rw_exact_make(const struct rw_model *m, const double at[], size_t n_at,
    const volatile sig_atomic_t *stop, struct rw_arena *a, struct rw_exact *x,
    struct rw_error *e)
{
    struct make make = {at, n_at, stop, a, e};
    enum rw_err err;

    *x = (struct rw_exact){.model = m};
    err = rw_terms_make(m, a, &x->terms, e);
    if (err != RW_OK)
        return err;
    x->risk = RW_ARENA_NEW(a, m->n_risks, struct rw_exact_law);
    if (x->risk == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the exact laws");
    for (size_t r = 0; r < m->n_risks && err == RW_OK; r++)
        if (x->terms.risk[r].why == NULL) {
            err = make_law(&make, &x->terms.risk[r].compound, 1, &x->risk[r]);
            if (err == RW_ERR_INPUT)
                err = leave_out(&make, &x->terms, r);
        }
    if (err == RW_OK && x->terms.n_exact > 0 && x->terms.sum_why == NULL)
        err = make_law(&make, x->terms.sum, x->terms.n_sum, &x->sum);
    return err;
}
