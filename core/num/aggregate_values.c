/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_values.c -- the atoms of a year's loss: every value that
 * it can take with a mass, of losses that are atoms.
 *
 * With E the atoms of one event that is no zero (a law, if these are all) and P(N = n) the number of such,
 * Horner's scheme in the algebra of laws,
 *   S = P(0) + E (P(1) + E (P(2) + ...)),
 * makes every value that S can take, with its mass, out of sums and products
 * alone; equal values meet and become one.  Poisson events come independently
 * for each value of E: there the sums of each are multiplied, which is faster.
 *
 * The zeros of an event thin the count: each pgf of num/count.h is a function
 * of m (z - 1), and stays itself with m times the chance of a loss.
 */
#include "num/aggregate_parts.h"
#include "num/sum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    KINDS = 1 << 14,  /* values of an event, at most */
    NUMBERS = 1 << 17 /* of events, at most          */
};

struct maker {
    const struct rw_year *y;
    struct rw_lists lists;
};

/* ---- events ---- */

static int
by_place(const void *a, const void *b)
{
    const struct rw_atom *p = a, *q = b;

    return (p->x > q->x) - (p->x < q->x);
}

static enum rw_err
list_of_slot(struct maker *w, const struct rw_slot *s, struct rw_list *l)
{
    struct rw_atom zero = {0, s->zero};
    size_t n = 1;

    for (size_t i = 0; i < s->n; i++)
        n += w->y->severity[s->severity[i]].n_atoms;
    if (rw_list_alloc(l, n) != RW_OK)
        return RW_ERR_MEMORY;
    n = 0;
    l->atom[n++] = zero;
    for (size_t i = 0; i < s->n; i++) {
        const struct rw_severity *v = &w->y->severity[s->severity[i]];

        for (size_t k = 0; k < v->n_atoms; k++)
            l->atom[n++] = (struct rw_atom){v->atom[k].x, s->weight[i] * v->atom[k].p};
    }
    qsort(l->atom, n, sizeof *l->atom, by_place);
    for (size_t i = 0; i < n; i++)
        l->n = rw_list_put(l->atom, l->n, l->atom[i]);
    return RW_OK;
}

/* event += weight * (a member's event), zeros and all. */
static enum rw_err
add_event(
    struct maker *w, const struct rw_member *e, double weight, struct rw_list *event)
{
    enum rw_err err = RW_OK;

    for (size_t t = e->first; err == RW_OK && t < e->first + e->n; t++) {
        const struct rw_term *term = &w->y->term[t];
        struct rw_list product = {0}, slot = {0};

        for (size_t i = term->first; err == RW_OK && i < term->first + term->n; i++) {
            struct rw_list *l = i == term->first ? &product : &slot;

            err = list_of_slot(w, &w->y->slot[i], l);
            if (err == RW_OK && l == &slot)
                err = rw_list_multiply(&w->lists, &product, &slot);
            rw_list_free(&slot);
        }
        for (size_t k = 0; k < product.n; k++)
            product.atom[k].p *= weight * term->weight;
        if (err == RW_OK)
            err = rw_list_add(&w->lists, event, &product);
        rw_list_free(&product);
    }
    return err == RW_OK && event->n > KINDS ? RW_ERR_LIMIT : err;
}

/* Takes the mass at 0 out of a list of events. */
static double
take_zero(struct rw_list *event)
{
    double zero = 0;

    if (event->n > 0 && event->atom[0].x == 0) {
        zero = event->atom[0].p;
        memmove(event->atom, event->atom + 1, --event->n * sizeof *event->atom);
    }
    return zero;
}

static double
mass_of(const struct rw_list *l)
{
    struct rw_sum sum = {0, 0};

    for (size_t i = 0; i < l->n; i++)
        rw_sum_add(&sum, l->atom[i].p);
    return rw_sum_value(&sum);
}

/* ---- years ---- */

/* *sum <- the law of N events, P(N = n) = p[n], n < numbers. */
static enum rw_err
horner(struct maker *w, const struct rw_list *event, const double p[], size_t numbers,
    struct rw_list *sum)
{
    enum rw_err err = RW_OK;

    *sum = (struct rw_list){0};
    for (size_t n = numbers; err == RW_OK && n-- > 0;) {
        struct rw_atom atom = {0, p[n]};
        struct rw_list zero = {&atom, 1};

        if (sum->n > 0)
            err = rw_list_multiply(&w->lists, sum, event);
        if (err == RW_OK && (p[n] >= RW_LIST_RARE || n == 0))
            err = rw_list_add(&w->lists, sum, &zero);
        else
            w->lists.lost += p[n];
    }
    return err;
}

/* A frequency: m[k] with weight[k]. */
struct nodes {
    const double *m, *weight;
    size_t n;
};

/* P(N = n), n < *numbers: more events than that, none below `least`, are
 * beyond the reach. */
static enum rw_err
numbers_of(struct maker *w, const struct rw_threat *t, struct nodes f, double loss,
    double least, double **p, size_t *numbers)
{
    double most = floor(w->lists.reach / least) + 1, left = 0;
    enum rw_err err = RW_OK;

    *numbers = most < NUMBERS ? (size_t)most : NUMBERS;
    *p = calloc(*numbers, sizeof **p);
    if (*p == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = 0; err == RW_OK && k < f.n; k++) {
        err = rw_number_add(t, f.m[k] * loss, f.weight[k], *p, *numbers);
        left += f.weight[k];
    }
    for (size_t n = 0; n < *numbers; n++)
        left -= (*p)[n];
    if (most > NUMBERS)
        w->lists.lost += fmax(left, 0);
    return err;
}

/* sum <- sum * (a Poisson number, each with a chance p, of losses x). */
static enum rw_err
multiply_kind(struct maker *w, const struct rw_threat *t, struct nodes f,
    struct rw_atom kind, struct rw_list *sum)
{
    struct rw_list l = {0};
    double *p = NULL;
    size_t numbers;
    enum rw_err err = numbers_of(w, t, f, kind.p, kind.x, &p, &numbers);

    if (err == RW_OK)
        err = rw_list_alloc(&l, numbers);
    for (size_t n = 0; err == RW_OK && n < numbers; n++)
        if (p[n] >= RW_LIST_RARE)
            l.atom[l.n++] = (struct rw_atom){(double)n * kind.x, p[n]};
        else
            w->lists.lost += p[n];
    free(p);
    if (err == RW_OK)
        err = rw_list_multiply(&w->lists, sum, &l);
    rw_list_free(&l);
    return err;
}

/* *sum <- as many of `event`, whose mass is their number for each unit of
 * frequency, as the count law makes, and no others: `all` is the number of
 * events of any kind. */
static enum rw_err
compound(struct maker *w, const struct rw_threat *t, struct nodes f, double all,
    struct rw_list *event, struct rw_list *sum)
{
    double zero = take_zero(event), atoms = mass_of(event), *p = NULL;
    double loss = w->y->discrete ? atoms : fmax(all - zero, atoms);
    size_t numbers;
    enum rw_err err;

    if (t->law == RW_COUNT_POISSON && f.n == 1) {
        err = rw_list_one(sum, exp(-f.m[0] * (loss - atoms)));
        for (size_t i = event->n; err == RW_OK && i-- > 0;)
            err = multiply_kind(w, t, f, event->atom[i], sum);
        return err;
    }
    for (size_t i = 0; i < event->n; i++)
        event->atom[i].p /= loss;
    err = numbers_of(
        w, t, f, loss, event->n > 0 ? event->atom[0].x : INFINITY, &p, &numbers);
    if (err == RW_OK)
        err = horner(w, event, p, numbers, sum);
    free(p);
    return err;
}

/* *event <- the events of members first .. first + n - 1. */
static enum rw_err
events(struct maker *w, size_t first, size_t n, struct rw_list *event)
{
    double reach = w->lists.reach;
    enum rw_err err = RW_OK;

    *event = (struct rw_list){0};
    w->lists.reach = INFINITY; /* all of it, so that its mass is known */
    for (size_t j = first; err == RW_OK && j < first + n; j++)
        err = add_event(w, &w->y->member[j], w->y->member[j].share, event);
    w->lists.reach = reach;
    return err;
}

/* product <- product * (compound of members first .. first + n - 1, together) */
static enum rw_err
multiply_compound(struct maker *w, const struct rw_threat *t, struct nodes f,
    size_t first, size_t n, struct rw_list *product)
{
    struct rw_list event = {0}, sum = {0};
    enum rw_err err = events(w, first, n, &event);
    double all = 0;

    for (size_t j = first; j < first + n; j++)
        all += w->y->member[j].share;
    if (err == RW_OK)
        err = compound(w, t, f, all, &event, &sum);
    if (err == RW_OK)
        err = rw_list_multiply(&w->lists, product, &sum);
    rw_list_free(&event);
    rw_list_free(&sum);
    return err;
}

/* Poisson events of all members are those of one mixture.  Else members are
 * independent given the frequency only: node by node. */
static enum rw_err
multiply_threat(struct maker *w, const struct rw_threat *t, struct rw_list *year)
{
    struct rw_list law = {0}, given = {0};
    const double one = 1;
    enum rw_err err = RW_OK;

    if (t->law == RW_COUNT_POISSON || t->n == 1)
        return multiply_compound(
            w, t, (struct nodes){t->m, t->weight, t->n_nodes}, t->first, t->n, year);
    for (size_t k = 0; err == RW_OK && k < t->n_nodes; k++) {
        err = rw_list_one(&given, t->weight[k]);
        for (size_t j = t->first; err == RW_OK && j < t->first + t->n; j++)
            err = multiply_compound(
                w, t, (struct nodes){&t->m[k], &one, 1}, j, 1, &given);
        if (err == RW_OK)
            err = rw_list_add(&w->lists, &law, &given);
        rw_list_free(&given);
    }
    if (err == RW_OK)
        err = rw_list_multiply(&w->lists, year, &law);
    rw_list_free(&law);
    return err;
}

enum rw_err
rw_values_list(
    struct rw_list *year, const struct rw_year *y, double reach, double *lost)
{
    struct maker w = {.y = y, .lists = {.reach = reach}};
    enum rw_err err = rw_list_one(year, 1);

    for (size_t i = 0; err == RW_OK && i < y->n_threats; i++)
        err = multiply_threat(&w, &y->threat[i], year);
    if (err != RW_OK)
        rw_list_free(year);
    else
        *lost = w.lists.lost;
    return err;
}
