/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/dist.h -- one small interface for every distribution.
 *
 * A family lives in a file of its own (num/lognormal.c, ...), which defines
 * one struct rw_family: its name, the sets of parameters it can be stated
 * by, and its functions.  num/dist.c holds the list of families and the
 * common parts; nothing else knows a family by name.
 *
 * A struct rw_dist is a value: copied freely, owning nothing.  Its
 * parameters p[] are the family's canonical ones (see each file).  Families
 * that need more than numbers (metalog, empirical, mixture, splice) have no
 * forms; they are made by functions of their own headers and borrow `data`
 * from the arena given there.
 *
 * Floor: num (uses base and GSL).  Threads: read-only once made.
 */
#ifndef RW_NUM_DIST_H
#define RW_NUM_DIST_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { RW_DIST_PARAMS = 5, RW_DIST_FORMS = 4, RW_DIST_WHY = 256, RW_DIST_PURE = 2 };

struct rw_dist;

/* A law that another is made of. */
struct rw_dist_part {
    const struct rw_dist *dist;
    double above, up_to; /* its values beyond are no draws of the whole */
    double chance; /* that a draw is one of its values, over P(it is not beyond) */
    char path[32]; /* below the whole: "/parts/0/of" */
};

/* One way to state a family, e.g. lognormal by {p5, p95}. */
struct rw_form {
    const char *params[RW_DIST_PARAMS + 1]; /* names, NULL-terminated      */
    int required;                           /* the first so many; others optional */
    double defaults[RW_DIST_PARAMS];        /* of the optional ones        */
    /* p[] of *d <- v[]; false and a sentence in why[] when v is no
     * distribution.  v is finite. */
    bool (*make)(struct rw_dist *d, const double v[], char why[RW_DIST_WHY]);
};

struct rw_family {
    const char *name, *doc;
    const char *pure[RW_DIST_PURE + 1];  /* parameters that are plain numbers; the
                                         * others have the unit of X */
    struct rw_form forms[RW_DIST_FORMS]; /* unused ones have params[0] NULL */
    double (*cdf)(const struct rw_dist *d, double x);
    /* Upper tail P(X > x); NULL: 1 - cdf. */
    double (*sf)(const struct rw_dist *d, double x);
    /* inf{x : F(x) >= u} for 0 < u < 1, given as lower = u and upper = 1 - u
     * so that both tails keep their digits. */
    double (*quantile)(const struct rw_dist *d, double lower, double upper);
    double (*mean)(const struct rw_dist *d); /* INFINITY where there is none */
    double (*sd)(const struct rw_dist *d);   /* INFINITY where there is none */
    /* E[min(X, m)], the limited expected value; NULL: by quadrature. */
    double (*lev)(const struct rw_dist *d, double m);
    /* Support, possibly infinite. */
    void (*support)(const struct rw_dist *d, double *low, double *high);
    /* Why the moment of this order, 1 or 2, is infinite ("xi >= 1"), or NULL
     * where it is finite; no function: always finite.  (An overflow is no
     * reason.) */
    const char *(*infinite)(const struct rw_dist *d, int order);
    /* P(X < x) of a family with atoms; NULL: it is continuous, and cdf. */
    double (*below)(const struct rw_dist *d, double x);
    /* x[] <- places that may hold atoms, at most room of them; returns how many
     * there are, which may be more.  NULL: none. */
    size_t (*atoms)(const struct rw_dist *d, double x[], size_t room);
    /* With floor and cap applied, E[X] (about NaN) or E[(X - about)^2], of a
     * family that knows better than quadrature; NULL: quadrature. */
    double (*moment)(const struct rw_dist *d, double about);
    /* Part k, counted from 0; false beyond the last.  NULL: it has none. */
    bool (*part)(const struct rw_dist *d, size_t k, struct rw_dist_part *p);
    /* quantile is smooth in u within an octave of either tail: a table pays. */
    bool tabulate;
    /* quantile is slow, so where one table does not do its cells are divided
     * until they do (num/sampler.h). */
    bool refine;
};

struct rw_dist {
    const struct rw_family *family;
    double p[RW_DIST_PARAMS];
    double floor, cap; /* -inf and +inf: none */
    const void *data;  /* of the families made from more than numbers, else NULL */
};

struct rw_dist_arg {
    const char *name;
    double value;
};

/* Known value x: the family "constant". */
struct rw_dist rw_dist_constant(double x);

/* Makes the family `name` from args in any order ("floor" and "cap"
 * included).  On RW_ERR_INPUT: why[] is one sentence with what is wrong and
 * what would be right (unknown family with the nearest one, missing or
 * unknown parameter with the forms there are, domain), and *bad is the index
 * of the argument at fault or -1 for the whole: a family names it first, as in
 * "scale must be above 0". */
RW_MUST_CHECK enum rw_err rw_dist_make(const char *name,
    const struct rw_dist_arg args[], size_t n, struct rw_dist *d, int *bad,
    char why[RW_DIST_WHY]);

/* Gives a made distribution the floor and cap among args (others are passed
 * over) and the last checks, as rw_dist_make does, for families with makers of
 * their own.  RW_ERR_INPUT: why[] and *bad as there. */
RW_MUST_CHECK enum rw_err rw_dist_bound(struct rw_dist *d,
    const struct rw_dist_arg args[], size_t n, int *bad, char why[RW_DIST_WHY]);

/* With floor and cap applied: F jumps there. */
double rw_dist_cdf(const struct rw_dist *d, double x);
double rw_dist_sf(const struct rw_dist *d, double x);
double rw_dist_below(const struct rw_dist *d, double x); /* P(X < x) */
/* The places that may hold atoms, floor and cap among them, in no order and
 * perhaps twice: x[] <- at most room of them; returns how many there are. */
size_t rw_dist_atoms(const struct rw_dist *d, double x[], size_t room);
double rw_dist_quantile(const struct rw_dist *d, double u);
double rw_dist_quantile_tails(const struct rw_dist *d, double lower, double upper);
/* Exact to about 1e-10 relative; capped ones by quadrature of the quantile. */
double rw_dist_mean(const struct rw_dist *d);
double rw_dist_sd(const struct rw_dist *d); /* may be INFINITY, the mean never */
/* E[min(X, m)]; relative error below 1e-11 where the family has it in closed
 * form. */
double rw_dist_lev(const struct rw_dist *d, double m);
void rw_dist_support(const struct rw_dist *d, double *low, double *high);
bool rw_dist_is_constant(const struct rw_dist *d);

/* Names of all families, for messages; n receives their number. */
const char *const *rw_dist_names(size_t *n);
const struct rw_family *rw_dist_family(const char *name);
/* True of a family that rw_dist_make cannot make: it takes more than numbers. */
bool rw_dist_is_of_parts(const char *name);
/* True where some form has the parameter, or it is floor or cap. */
bool rw_dist_has_param(const struct rw_family *f, const char *param);
/* True where the family's parameter of this name is a plain number. */
bool rw_dist_is_pure(const struct rw_family *f, const char *param);

/* P(X > Y) of independent X and Y, by quadrature over their quantiles; used
 * for susceptibility = P(TCap > RS).  Error below 1e-9. */
double rw_dist_prob_exceeds(const struct rw_dist *x, const struct rw_dist *y);

#endif
