/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/conditional.c -- strata of counts, and their numbers of points. */
#include "num/conditional_parts.h"

#include <math.h>
#include <stdlib.h>

enum {
    REPLICATES = RW_CONDITIONAL_REPLICATES,
    STRATA_PER_MASS = 64, /* a stratum holds a 64th of the mass, or one count */
    LEAST = 16,           /* points of a stratum in a replicate */
    MOST = 1 << 20,
    PILOT = 32,
    EVALUATION = 4,   /* what the use of a point costs, in draws of a loss */
    NUMBERS = 1 << 25 /* of all points, at most */
};

/* Strata of totals, where nothing is drawn without others from 1 on: each has
 * a STRATA_PER_MASS-th of the mass, or is one count, or spans a fourth. */
static void
make_strata(struct rw_conditional *c)
{
    const double *mass = c->others.mass;
    size_t n = c->others.n_mass, first = c->others.plain ? 1 : 0;
    double total = 0, left;

    for (size_t k = first; k < n; k++)
        total += mass[k];
    left = total;
    for (size_t k = first; k < n; k++) {
        struct rw_stratum *s = &c->stratum[c->n_strata];

        if (s->mass <= 0)
            s->first = k;
        s->last = k;
        s->mass += mass[k];
        left -= mass[k];
        if (s->mass > 0 && (k + 1 == n || (left > 1e-9 * total &&
                                              (s->mass >= total / STRATA_PER_MASS ||
                                                  k > s->first + (s->first + 1) / 4))))
            c->n_strata++;
    }
}

/* Weights of the year without others. */
static void
weigh_alone(struct rw_others *o)
{
    for (size_t t = 0; t < o->n_tagged && o->plain; t++) {
        const struct rw_counts *n = o->group[o->tagged[t].group].counts;

        o->tagged[t].alone = o->mass[0] * (o->single           ? 1
                                              : n->base[0] > 0 ? n->size[0] / n->base[0]
                                                               : 0);
    }
}

static void
draw(struct rw_conditional *c, struct rw_stream at, uint64_t replicate, size_t from)
{
    for (size_t k = 0; k < c->n_strata; k++) {
        rw_points_draw(&c->others, &c->stratum[k], at, replicate, &c->points, from);
        from += c->stratum[k].n;
    }
}

/* sd of what a point of the stratum says of P(S > x), and a little of the
 * mean: so few points may not have seen the rare. */
static double
scatter(const struct rw_conditional *c, size_t from, double x)
{
    double mean = 0, square = 0, each[PILOT];

    rw_conditional_each(c, x, from, PILOT, each);
    for (size_t i = 0; i < PILOT; i++) {
        mean += each[i] / PILOT;
        square += each[i] * each[i] / PILOT;
    }
    return sqrt(fmax(square - mean * mean, 0) + 0.01 * mean * mean);
}

/* What a point costs besides the stratum's own events. */
static double
fixed_cost(const struct rw_others *o)
{
    double cost = EVALUATION * (double)o->n_tagged;

    for (size_t g = 0; g < o->n_groups; g++)
        if (!o->single && o->group[g].split == RW_NO_PLACE)
            cost += o->group[g].events;
    return cost;
}

/* A pilot's points, and by them a guess of the quantile. */
static enum rw_err
pilot(struct rw_conditional *c, double q, struct rw_stream at)
{
    struct rw_others *o = &c->others;
    enum rw_err err;

    for (size_t k = 0; k < c->n_strata; k++)
        c->stratum[k].n = PILOT;
    c->n_points = PILOT * c->n_strata;
    err = rw_points_init(&c->points, o, c->n_points, PILOT);
    if (err != RW_OK)
        return err;
    draw(c, at, REPLICATES, 0);
    c->p0 = rw_conditional_quiet(c, 1);
    if (1 - q < 1 - c->p0 && o->scale > 0)
        c->guess = rw_conditional_solve(c, 1 - q, o->scale, 1, 1e-3);
    if (!(c->guess > 0 && isfinite(c->guess)))
        c->guess = o->scale;
    return RW_OK;
}

/* Numbers of points by a pilot: in proportion to mass times scatter by the
 * root of the cost, as powers of 2. */
static enum rw_err
allot(struct rw_conditional *c, double q, size_t n_points, struct rw_stream at)
{
    double want[RW_STRATA_MAX], cost = 0, fixed = fixed_cost(&c->others);
    double numbers = NUMBERS / (double)rw_points_size(&c->others);
    size_t n = 0, most = 0;
    enum rw_err err = pilot(c, q, at);

    if (err != RW_OK)
        return err;
    for (size_t t = 0; t < c->others.n_tagged; t++)
        rw_event_table_make(
            &c->others.tagged[t].table, &c->others.tagged[t].law, c->guess, true);
    for (size_t k = 0; k < c->n_strata; k++) {
        const struct rw_stratum *s = &c->stratum[k];

        want[k] = s->mass * scatter(c, k * PILOT, c->guess) /
                  sqrt((double)(s->first + s->last) / 2 + fixed);
        cost += want[k];
    }
    for (size_t k = 0; k < c->n_strata; k++) {
        double m = want[k] / cost * fmin((double)n_points, numbers) / REPLICATES;

        c->stratum[k].n = (size_t)exp2(rint(log2(fmin(fmax(m, LEAST), MOST))));
        n += c->stratum[k].n;
        most = c->stratum[k].n > most ? c->stratum[k].n : most;
    }
    c->n_points = n;
    rw_points_free(&c->points);
    return rw_points_init(&c->points, &c->others, n * REPLICATES, most);
}

static enum rw_err
make(struct rw_conditional *c, const struct rw_compound of[], size_t n, double q,
    size_t n_points, struct rw_stream at, struct rw_error *e)
{
    enum rw_err err = rw_others_make(&c->others, of, n, e);

    if (err != RW_OK)
        return err;
    weigh_alone(&c->others);
    make_strata(c);
    err = allot(c, q, n_points, at);
    if (err != RW_OK)
        return rw_error_set(e, err, "out of memory");
    for (uint64_t r = 0; r < REPLICATES; r++)
        draw(c, at, r, (size_t)r * c->n_points);
    c->p0 = rw_conditional_p0(c, 0.95).value;
    return RW_OK;
}

enum rw_err
rw_conditional_new(const struct rw_compound c[], size_t n, double q, size_t n_points,
    struct rw_stream at, struct rw_conditional **made, struct rw_error *e)
{
    enum rw_err err;

    *made = NULL;
    if (!(q > 0 && q < 1))
        return rw_error_set(
            e, RW_ERR_INPUT, "the quantile must be between 0 and 1 (got %g)", q);
    *made = calloc(1, sizeof **made);
    if (*made == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "out of memory");
    err = make(*made, c, n, q, n_points, at, e);
    if (err != RW_OK) {
        rw_conditional_free(*made);
        *made = NULL;
    }
    return err;
}

void
rw_conditional_free(struct rw_conditional *c)
{
    if (c == NULL)
        return;
    rw_others_free(&c->others);
    rw_points_free(&c->points);
    free(c);
}
