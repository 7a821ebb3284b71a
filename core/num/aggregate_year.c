/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_year.c -- what a year's law is made of, and its moments.
 *
 * With N events of loss X given the frequency m:
 *   E[S | m] = E[N] E[X],   Var[S | m] = E[N] Var[X] + Var[N] E[X]^2,
 * members and threats add up, and the mean's variance over m comes on top.
 */
#include "num/aggregate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- counting and making room ---- */

static size_t
terms_of(const struct rw_event_loss *e)
{
    return e->n_shares > 0 && e->n_parts > 1 ? e->n_shares : 1;
}

static enum rw_err
make_room(struct rw_year *y, const struct rw_compound c[], size_t n)
{
    size_t members = 0, terms = 0, parts = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < c[i].n_members; j++) {
            const struct rw_event_loss *e = &c[i].members[j].event;

            members++;
            terms += terms_of(e);
            parts += e->n_parts * (e->n_shares > 0 ? e->n_shares : 1);
        }
    y->threat = calloc(n + 1, sizeof *y->threat);
    y->member = calloc(members + 1, sizeof *y->member);
    y->term = calloc(terms + 1, sizeof *y->term);
    y->slot = calloc(parts + 1, sizeof *y->slot);
    y->severity = calloc(parts + 1, sizeof *y->severity);
    y->weights = calloc(parts + 1, sizeof *y->weights);
    y->indices = calloc(parts + 1, sizeof *y->indices);
    return y->threat == NULL || y->member == NULL || y->term == NULL ||
                   y->slot == NULL || y->severity == NULL || y->weights == NULL ||
                   y->indices == NULL
               ? RW_ERR_MEMORY
               : RW_OK;
}

/* ---- events ---- */

static double
share_at(const struct rw_event_loss *e, size_t i, double *weight)
{
    *weight = e->n_shares > 0 ? e->share_weight[i] : 1;
    return e->n_shares > 0 ? e->share[i] : 1;
}

/* A new slot with one severity, which is still to be made. */
static struct rw_slot *
open_slot(struct rw_year *y, double zero)
{
    struct rw_slot *s = &y->slot[y->n_slots++];

    *s = (struct rw_slot){.zero = zero,
        .weight = &y->weights[y->n_severities],
        .severity = &y->indices[y->n_severities]};
    return s;
}

static struct rw_severity *
into_slot(struct rw_year *y, struct rw_slot *s, double weight)
{
    y->weights[y->n_severities] = weight;
    y->indices[y->n_severities] = y->n_severities;
    s->n++;
    return &y->severity[y->n_severities++];
}

/* One part: its shares are a mixture, and the cover is on the amount. */
static enum rw_err
one_part(struct rw_year *y, const struct rw_event_loss *e)
{
    const struct rw_event_part *p = &e->parts[0];
    struct rw_slot *slot = open_slot(y, 1 - p->probability);
    enum rw_err err = RW_OK;

    for (size_t i = 0; err == RW_OK && i < (e->n_shares > 0 ? e->n_shares : 1); i++) {
        double weight, share = share_at(e, i, &weight);

        if (share == 0 || p->probability == 0)
            slot->zero += weight * p->probability;
        else
            err = rw_severity_init(into_slot(y, slot, weight * p->probability),
                &p->amount, share * p->scale, e->deductible, e->limit);
    }
    return err;
}

/* Atoms of a sum of independent parts: sums of one atom of each, or none of
 * those whose event did not happen. */
static enum rw_err
sum_atoms(const struct rw_year *inner, struct rw_atom **atom, size_t *n_atoms)
{
    struct rw_atom *a = malloc(sizeof *a);
    size_t n = 1;

    if (a == NULL)
        return RW_ERR_MEMORY;
    a[0] = (struct rw_atom){0, 1};
    for (size_t i = 0; i < inner->n_slots; i++) {
        const struct rw_slot *slot = &inner->slot[i];
        const struct rw_severity *s =
            slot->n > 0 ? &inner->severity[slot->severity[0]] : NULL;
        size_t more = s != NULL ? s->n_atoms : 0, made = 0;
        struct rw_atom *b = malloc(n * (more + 1) * sizeof *b);

        if (b == NULL) {
            free(a);
            return RW_ERR_MEMORY;
        }
        for (size_t k = 0; k < n; k++) {
            if (slot->zero > 0)
                b[made++] = (struct rw_atom){a[k].x, a[k].p * slot->zero};
            for (size_t l = 0; l < more; l++)
                b[made++] = (struct rw_atom){
                    a[k].x + s->atom[l].x, a[k].p * slot->weight[0] * s->atom[l].p};
        }
        free(a);
        a = b;
        n = made;
    }
    *atom = a;
    *n_atoms = n;
    return RW_OK;
}

/* Several parts under a cover: the law of their sum first, then what the
 * cover leaves of it. */
static enum rw_err
covered_sum(struct rw_year *y, const struct rw_event_loss *e, double share,
    struct rw_severity *s, struct rw_error *err_text)
{
    const double one = 1;
    struct rw_compound_member member = {.share = 1, .event = *e};
    struct rw_compound c = {.law = RW_COUNT_BERNOULLI,
        .chances = 1,
        .m = &one,
        .weight = &one,
        .n_nodes = 1,
        .members = &member,
        .n_members = 1};
    struct rw_aggregate *inner = NULL;
    struct rw_atom *atom = NULL;
    size_t n = 0;
    struct rw_year part = {0};
    enum rw_err err;

    (void)y;
    member.event.n_shares = 1;
    member.event.share = &share;
    member.event.share_weight = &one;
    member.event.limit = 0;
    if ((err = rw_year_init(&part, &c, 1, err_text)) == RW_OK)
        err = sum_atoms(&part, &atom, &n);
    rw_year_free(&part);
    if (err == RW_OK)
        err = rw_aggregate_new(&c, 1, &inner, err_text);
    if (err == RW_OK)
        err = rw_severity_init_sum(s, inner, atom, n, e->deductible, e->limit);
    free(atom);
    return err;
}

static enum rw_err
several_parts(struct rw_year *y, const struct rw_event_loss *e, struct rw_error *error)
{
    enum rw_err err = RW_OK;

    for (size_t i = 0; err == RW_OK && i < terms_of(e); i++) {
        double weight, share = share_at(e, i, &weight);
        struct rw_term *t = &y->term[y->n_terms++];

        *t = (struct rw_term){.weight = weight, .first = y->n_slots};
        if (e->limit > 0 && share > 0) {
            struct rw_slot *slot = open_slot(y, 0);

            err = covered_sum(y, e, share, into_slot(y, slot, 1), error);
        } else {
            for (size_t j = 0; err == RW_OK && j < e->n_parts; j++) {
                const struct rw_event_part *p = &e->parts[j];
                bool some = share > 0 && p->probability > 0;
                struct rw_slot *slot = open_slot(y, some ? 1 - p->probability : 1);

                if (some)
                    err = rw_severity_init(into_slot(y, slot, p->probability),
                        &p->amount, share * p->scale, 0, 0);
            }
        }
        t->n = y->n_slots - t->first;
    }
    return err;
}

double
rw_member_mean(
    const struct rw_year *y, const struct rw_member *e, double h, double (*to)(double))
{
    double mean = 0;

    for (size_t t = e->first; t < e->first + e->n; t++) {
        const struct rw_term *term = &y->term[t];

        for (size_t i = term->first; i < term->first + term->n; i++)
            for (size_t k = 0; k < y->slot[i].n; k++) {
                const struct rw_severity *s = &y->severity[y->slot[i].severity[k]];
                double weight = term->weight * y->slot[i].weight[k];

                for (size_t l = 0; l < s->n_atoms; l++)
                    mean += weight * s->atom[l].p * to(s->atom[l].x / h) * h;
            }
    }
    return mean;
}

/* Mean, mean square and P(0) of a member's event. */
static void
member_moments(struct rw_year *y, struct rw_member *e)
{
    e->mean = e->square = e->zero = 0;
    for (size_t t = e->first; t < e->first + e->n; t++) {
        const struct rw_term *term = &y->term[t];
        double mean = 0, variance = 0, zero = 1;

        for (size_t i = term->first; i < term->first + term->n; i++) {
            const struct rw_slot *slot = &y->slot[i];
            double m = 0, square = 0, z = slot->zero;

            for (size_t k = 0; k < slot->n; k++) {
                const struct rw_severity *s = &y->severity[slot->severity[k]];

                m += slot->weight[k] * s->mean;
                square += slot->weight[k] * s->square;
                z += slot->weight[k] * rw_severity_zero(s);
                y->slack = fmax(y->slack, s->slack);
            }
            mean += m;
            variance += square - m * m;
            zero *= z;
        }
        e->mean += term->weight * mean;
        e->square += term->weight * (variance + mean * mean);
        e->zero += term->weight * zero;
    }
}

static enum rw_err
add_member(
    struct rw_year *y, const struct rw_compound_member *c, struct rw_error *error)
{
    struct rw_member *e = &y->member[y->n_members++];
    enum rw_err err;

    *e = (struct rw_member){.share = c->share, .first = y->n_terms};
    if (c->event.n_parts == 1) {
        y->term[y->n_terms++] = (struct rw_term){1, y->n_slots, 1};
        err = one_part(y, &c->event);
    } else {
        err = several_parts(y, &c->event, error);
    }
    e->n = y->n_terms - e->first;
    if (err == RW_OK)
        member_moments(y, e);
    return err;
}

/* ---- the year ---- */

static enum rw_err
add_threat(struct rw_year *y, const struct rw_compound *c, struct rw_error *error)
{
    struct rw_threat *t = &y->threat[y->n_threats++];
    enum rw_err err = RW_OK;

    *t = (struct rw_threat){.law = c->law,
        .dispersion = c->dispersion,
        .zero = c->law == RW_COUNT_ZIP ? c->zero : 0,
        .chances = c->law == RW_COUNT_BERNOULLI ? 1 : c->chances,
        .n_nodes = c->n_nodes,
        .first = y->n_members};
    t->m = malloc((2 * c->n_nodes + 1) * sizeof *t->m);
    if (t->m == NULL)
        return RW_ERR_MEMORY;
    t->weight = t->m + c->n_nodes;
    memcpy(t->m, c->m, c->n_nodes * sizeof *t->m);
    memcpy(t->weight, c->weight, c->n_nodes * sizeof *t->m);
    for (size_t j = 0; err == RW_OK && j < c->n_members; j++)
        err = add_member(y, &c->members[j], error);
    t->n = y->n_members - t->first;
    return err;
}

/* E[N], *variance of a member's events at frequency m. */
static double
count_moments(const struct rw_threat *t, double m, double *variance)
{
    switch (t->law) {
    case RW_COUNT_NEGBIN:
        *variance = m + t->dispersion * m * m;
        return m;
    case RW_COUNT_ZIP:
        *variance = (1 - t->zero) * m * (1 + t->zero * m);
        return (1 - t->zero) * m;
    case RW_COUNT_BINOMIAL:
    case RW_COUNT_BERNOULLI:
        *variance = m * (1 - m / t->chances);
        return m;
    default:
        *variance = m;
        return m;
    }
}

static void
year_moments(struct rw_year *y)
{
    double variance = 0;

    for (size_t i = 0; i < y->n_threats; i++) {
        const struct rw_threat *t = &y->threat[i];
        double mean = 0, square = 0;

        for (size_t k = 0; k < t->n_nodes; k++) {
            double given = 0, spread = 0;

            for (size_t j = t->first; j < t->first + t->n; j++) {
                const struct rw_member *e = &y->member[j];
                double v, n = count_moments(t, t->m[k] * e->share, &v);

                if (n == 0)
                    continue;
                given += n * e->mean;
                spread += n * (e->square - e->mean * e->mean) + v * e->mean * e->mean;
                y->events += t->weight[k] * n;
            }
            mean += t->weight[k] * given;
            square += t->weight[k] * given * given;
            variance += t->weight[k] * spread;
        }
        y->mean += mean;
        variance += fmax(square - mean * mean, 0);
    }
    y->sd = sqrt(variance);
}

/* P(S = 0): the transform where every slot is its mass at 0. */
static enum rw_err
year_zero(struct rw_year *y)
{
    double(*at)[2] = calloc(y->n_slots + 1, sizeof *at), psi[1][2];
    double(**phi)[2] = calloc(y->n_slots + 1, sizeof *phi);

    if (at == NULL || phi == NULL) {
        free(at);
        free(phi);
        return RW_ERR_MEMORY;
    }
    for (size_t i = 0; i < y->n_slots; i++) {
        at[i][0] = y->slot[i].zero;
        for (size_t k = 0; k < y->slot[i].n; k++)
            at[i][0] += y->slot[i].weight[k] *
                        rw_severity_zero(&y->severity[y->slot[i].severity[k]]);
        phi[i] = &at[i];
    }
    rw_year_transform(y, phi, psi, 1);
    y->p0 = fmin(fmax(psi[0][0], 0), 1);
    free(at);
    free(phi);
    return RW_OK;
}

enum rw_err
rw_year_init(
    struct rw_year *y, const struct rw_compound c[], size_t n, struct rw_error *e)
{
    enum rw_err err;

    *y = (struct rw_year){0};
    err = make_room(y, c, n);
    for (size_t i = 0; err == RW_OK && i < n; i++)
        err = add_threat(y, &c[i], e);
    if (err != RW_OK)
        return err;
    year_moments(y);
    rw_year_unit(y);
    return year_zero(y);
}

void
rw_year_free(struct rw_year *y)
{
    for (size_t i = 0; y->severity != NULL && i < y->n_severities; i++)
        rw_severity_free(&y->severity[i]);
    for (size_t i = 0; y->threat != NULL && i < y->n_threats; i++)
        free(y->threat[i].m);
    free(y->severity);
    free(y->slot);
    free(y->term);
    free(y->member);
    free(y->threat);
    free(y->weights);
    free(y->indices);
    *y = (struct rw_year){0};
}
