/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_severity.c -- one amount: its atoms, its continuous rest,
 * its moments, with a cover on it.
 *
 * Under a cover the amount X becomes R = min(X, d) + max(X - d - l, 0), so
 *   P(R > x) = P(X > x) for x < d, P(X > x + l) from there on,
 * with an atom at d of P(d <= X <= d + l); moments are integrals of tails.
 */
#include "num/aggregate_parts.h"
#include "num/quad.h"
#include "num/sum.h"

#include <math.h>
#include <stdlib.h>

enum { ATOMS = RW_SEVERITY_ATOMS };

/* So much mass in atoms is all of it. */
#define DISCRETE (1 - 1e-12)

/* ---- before the cover ---- */

static double
gross_tail(const struct rw_severity *s, double x)
{
    struct rw_bounded p;

    if (isinf(x)) /* where a cover has no limit */
        return 0;
    if (s->inner == NULL)
        return rw_dist_sf(&s->amount, x / s->scale);
    if (x < 0)
        return 1;
    return rw_aggregate_sf(s->inner, x, &p, NULL) == RW_OK ? p.value : NAN;
}

static int
by_place(const void *a, const void *b)
{
    const struct rw_atom *p = a, *q = b;

    return (p->x > q->x) - (p->x < q->x);
}

static void
put_atom(struct rw_severity *s, double x, double p)
{
    if (p > 0)
        s->atom[s->n_atoms++] = (struct rw_atom){x, p};
}

/* Mass at x, with its digits at either end. */
static double
mass_at(const struct rw_dist *d, double x)
{
    if (x == d->cap)
        return rw_dist_sf(d, nextafter(x, -INFINITY));
    return rw_dist_cdf(d, x) - (x == d->floor ? 0 : rw_dist_below(d, x));
}

/* Each place once, with its mass.  Room for ATOMS.  False: there are more. */
static bool
find_atoms(struct rw_severity *s)
{
    const struct rw_dist *d = &s->amount;
    double x[ATOMS];
    size_t n = rw_dist_atoms(d, x, ATOMS);

    for (size_t i = 0; i < n && n <= ATOMS; i++) {
        bool again = false;

        for (size_t k = 0; k < i && !again; k++)
            again = x[k] == x[i];
        if (!again)
            put_atom(s, s->scale * x[i], mass_at(d, x[i]));
    }
    return n <= ATOMS;
}

/* ---- the cover ---- */

static double
retained(const struct rw_severity *s, double x)
{
    return fmin(x, s->deductible) + fmax(x - s->deductible - s->limit, 0);
}

static double
tail(const struct rw_severity *s, double x)
{
    return gross_tail(s, s->limit > 0 && x >= s->deductible ? x + s->limit : x);
}

/* Atoms that the cover moves, and the one that it makes. */
static void
cover_atoms(struct rw_severity *s)
{
    size_t n = 0;
    double d = s->deductible, moved = 0;
    double at = gross_tail(s, nextafter(d, -INFINITY)) - gross_tail(s, d + s->limit);

    for (size_t i = 0; i < s->n_atoms; i++) {
        double x = s->atom[i].x;

        if (x < d || x > d + s->limit)
            s->atom[n++] = (struct rw_atom){retained(s, x), s->atom[i].p};
        else
            moved += s->atom[i].p;
    }
    s->n_atoms = n;
    put_atom(s, d, fmax(at, moved));
}

/* In order, each place once, and what is beyond each. */
static void
tidy_atoms(struct rw_severity *s)
{
    size_t n = 0;

    qsort(s->atom, s->n_atoms, sizeof s->atom[0], by_place);
    for (size_t i = 0; i < s->n_atoms; i++) {
        if (n > 0 && s->atom[n - 1].x == s->atom[i].x)
            s->atom[n - 1].p += s->atom[i].p;
        else
            s->atom[n++] = s->atom[i];
    }
    s->n_atoms = n;
    s->beyond[n] = 0;
    while (n-- > 0)
        s->beyond[n] = s->beyond[n + 1] + s->atom[n].p;
}

/* Mass of atoms above x. */
static double
atoms_above(const struct rw_severity *s, double x)
{
    size_t low = 0, high = s->n_atoms; /* the first atom above x */

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (s->atom[mid].x <= x)
            low = mid + 1;
        else
            high = mid;
    }
    return s->beyond[low];
}

double
rw_severity_rest(const struct rw_severity *s, double x)
{
    if (rw_severity_is_discrete(s))
        return 0;
    return fmax(tail(s, x) - atoms_above(s, x), 0);
}

bool
rw_severity_is_discrete(const struct rw_severity *s)
{
    return s->beyond[0] >= DISCRETE;
}

double
rw_severity_zero(const struct rw_severity *s)
{
    return s->n_atoms > 0 && s->atom[0].x == 0 ? s->atom[0].p : 0;
}

/* ---- moments ---- */

struct integrand {
    const struct rw_severity *s;
    int power; /* of y - shift */
    double shift;
};

/* P(X > y) (y - shift)^power without the atoms, which a quadrature may not see;
 * a tail below its noise is none. */
static double
integrand_at(const void *ctx, double y)
{
    const struct integrand *f = ctx;
    double t = gross_tail(f->s, y) - atoms_above(f->s, y);

    if (t < f->s->grain / 8)
        return 0;
    return f->power == 0 ? t : t * (y - f->shift);
}

/* Over [a, b], within an octave. */
static double
octave(const struct integrand *f, double a, double b, double sum)
{
    double size = (integrand_at(f, a) + integrand_at(f, b)) * (b - a);
    double noise = f->s->grain * (b - a) * (f->power == 0 ? 1 : b);

    return rw_quad(integrand_at, f, a, b, fmax(1e-14 * fmax(sum, size), noise));
}

/* Over [0, b]. */
static double
below(const struct integrand *f, double b)
{
    double sum = 0, part;

    do {
        part = octave(f, b / 2, b, sum);
        sum += part;
        b /= 2;
    } while (!(part < 1e-17 * sum) && b > 1e-300);
    return sum;
}

/* Over [a, infinity); NAN where that takes too many octaves. */
static double
beyond(const struct integrand *f, double a)
{
    double sum = 0, part;

    for (int i = 0; i < 300 && a < 1e300; i++, a *= 2) {
        part = octave(f, a, 2 * a, sum);
        sum += part;
        if (gross_tail(f->s, a) < 0.01 && part <= 1e-16 * sum)
            return sum;
    }
    return NAN;
}

/* The tail's integral beyond a, of which all is the integral from 0: by
 * difference where that costs no digits, else directly. */
static double
rest_of(const struct integrand *f, double a, double all)
{
    double rest = all - below(f, a), direct;
    bool noisy = f->s->inner != NULL && gross_tail(f->s, a) > 1e-9;

    if (rest > 0.3 * all || noisy)
        return rest;
    direct = beyond(f, a);
    return isnan(direct) ? rest : direct;
}

/* E[R] = int_0^d T + int_end^inf T, E[R^2] / 2 = int_0^d y T +
 * int_end^inf (y - l) T of the rest, and the atoms'.  Those of the amount before the cover are in s. */
static void
cover_moments(struct rw_severity *s)
{
    double d = s->deductible, end = d + s->limit, rest = 0, second = 0;
    struct integrand plain = {s, 0, 0}, first = {s, 1, 0}, shifted = {s, 1, s->limit};
    struct rw_sum mean = {0, 0}, square = {0, 0}; /* of the atoms */

    for (size_t i = 0; i < s->n_atoms; i++) {
        double x = s->atom[i].x, p = s->atom[i].p, kept = retained(s, x);

        s->mean -= p * x;
        s->square -= p * x * x;
        rw_sum_add(&mean, p * kept);
        rw_sum_add(&square, p * kept * kept);
    }
    if (isfinite(end)) {
        rest = rest_of(&plain, end, s->mean);
        second = s->inner == NULL ? beyond(&shifted, end) : NAN;
        if (isnan(second))
            second = rest_of(&first, end, s->square / 2) - s->limit * rest;
        if (isinf(s->square))
            second = INFINITY;
    }
    s->square = 2 * (second + below(&first, d)) + rw_sum_value(&square);
    s->mean = below(&plain, d) + rest + rw_sum_value(&mean);
    s->slack = s->inner != NULL ? 1e-9 : fmax(s->slack, 4e-12);
}

/* An amount that is nothing but atoms has its moments from them. */
static void
atom_moments(struct rw_severity *s)
{
    struct rw_sum mean = {0, 0}, square = {0, 0};

    for (size_t i = 0; i < s->n_atoms; i++) {
        rw_sum_add(&mean, s->atom[i].p * s->atom[i].x);
        rw_sum_add(&square, s->atom[i].p * s->atom[i].x * s->atom[i].x);
    }
    s->mean = rw_sum_value(&mean);
    s->square = rw_sum_value(&square);
    s->slack = 4e-13;
}

/* The cover, on moments and atoms. */
static enum rw_err
finish(struct rw_severity *s)
{
    s->beyond = malloc((s->n_atoms + 2) * sizeof *s->beyond);
    if (s->beyond == NULL)
        return RW_ERR_MEMORY;
    tidy_atoms(s);
    if (s->limit > 0) {
        if (!rw_severity_is_discrete(s))
            cover_moments(s);
        cover_atoms(s);
        tidy_atoms(s);
    }
    if (rw_severity_is_discrete(s))
        atom_moments(s);
    return RW_OK;
}

enum rw_err
rw_severity_init(struct rw_severity *s, const struct rw_dist *amount, double scale,
    double deductible, double limit)
{
    double mean = rw_dist_mean(amount), sd = rw_dist_sd(amount);

    *s = (struct rw_severity){.amount = *amount,
        .scale = scale,
        .deductible = deductible,
        .limit = limit,
        .mean = scale * mean,
        .square = scale * scale * (mean * mean + sd * sd),
        .slack = isfinite(amount->floor) || isfinite(amount->cap) ? 1e-10 : 4e-13};
    s->atom = malloc((ATOMS + 1) * sizeof *s->atom);
    if (s->atom == NULL)
        return RW_ERR_MEMORY;
    if (!find_atoms(s))
        return RW_ERR_LIMIT;
    return finish(s);
}

enum rw_err
rw_severity_init_sum(struct rw_severity *s, struct rw_aggregate *inner,
    const struct rw_atom atom[], size_t n_atoms, double deductible, double limit)
{
    double mean = rw_aggregate_mean(inner), sd = rw_aggregate_sd(inner);

    *s = (struct rw_severity){.inner = inner,
        .scale = 1,
        .deductible = deductible,
        .limit = limit,
        .mean = mean,
        .square = mean * mean + sd * sd,
        .grain = 1e-11};
    s->atom = malloc((n_atoms + 1) * sizeof *s->atom);
    if (s->atom == NULL)
        return RW_ERR_MEMORY;
    for (size_t i = 0; i < n_atoms; i++)
        put_atom(s, atom[i].x, atom[i].p);
    return finish(s);
}

void
rw_severity_free(struct rw_severity *s)
{
    rw_aggregate_free(s->inner);
    free(s->atom);
    free(s->beyond);
}
