/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/dist.c -- the list of families, and making one from its names. */
#include "num/dist.h"

#include "base/text.h"
#include "num/families.h"
#include "num/special.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A new family is one line here and one in num/families.h. */
static const struct rw_family *const families[] = {
    &rw_family_constant,
    &rw_family_uniform,
    &rw_family_triangular,
    &rw_family_pert,
    &rw_family_normal,
    &rw_family_lognormal,
    &rw_family_gamma,
    &rw_family_beta,
    &rw_family_exponential,
    &rw_family_weibull,
    &rw_family_lomax,
    &rw_family_gpd,
    &rw_family_metalog,
    &rw_family_empirical,
    &rw_family_mixture,
    &rw_family_splice,
};

enum { N_FAMILIES = sizeof families / sizeof families[0] };

const char *const *
rw_dist_names(size_t *n)
{
    static const char *const names[] = {"constant", "uniform", "triangular", "pert",
        "normal", "lognormal", "gamma", "beta", "exponential", "weibull", "lomax",
        "gpd", "metalog", "empirical", "mixture", "splice"};

    _Static_assert(sizeof names / sizeof names[0] == N_FAMILIES, "one name a family");
    *n = N_FAMILIES;
    return names;
}

const struct rw_family *
rw_dist_family(const char *name)
{
    for (size_t i = 0; i < N_FAMILIES; i++)
        if (strcmp(families[i]->name, name) == 0)
            return families[i];
    return NULL;
}

bool
rw_dist_is_of_parts(const char *name)
{
    const struct rw_family *f = rw_dist_family(name);

    return f != NULL && f->forms[0].params[0] == NULL;
}

bool
rw_dist_is_pure(const struct rw_family *f, const char *param)
{
    for (size_t i = 0; f->pure[i] != NULL; i++)
        if (strcmp(f->pure[i], param) == 0)
            return true;
    return false;
}

struct rw_dist
rw_dist_constant(double x)
{
    return (struct rw_dist){
        .family = &rw_family_constant, .p = {x}, .floor = -INFINITY, .cap = INFINITY};
}

bool
rw_dist_refuse(char why[RW_DIST_WHY], const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(why, RW_DIST_WHY, fmt, ap);
    va_end(ap);
    return false;
}

bool
rw_dist_check_shape(const char *what, double shape, char why[RW_DIST_WHY])
{
    if (!(shape > 0))
        return rw_dist_refuse(why, "%s must be above 0 (got %.10g)", what, shape);
    if (shape < RW_SHAPE_MIN || shape > RW_SHAPE_MAX)
        return rw_dist_refuse(why, "%s must be between %g and %g (got %.10g)%s", what,
            RW_SHAPE_MIN, RW_SHAPE_MAX, shape,
            shape > RW_SHAPE_MAX ? "; for a known value give a number" : "");
    return true;
}

/* ---- matching arguments to a form ---- */

/* Appends, and stays within why[]. */
static void RW_PRINTF(2, 3) add(char why[RW_DIST_WHY], const char *fmt, ...)
{
    size_t len = strlen(why);
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(why + len, RW_DIST_WHY - len, fmt, ap);
    va_end(ap);
}

static void
add_forms(char why[RW_DIST_WHY], const struct rw_family *f)
{
    add(why, "%s takes ", f->name);
    for (int i = 0; i < RW_DIST_FORMS && f->forms[i].params[0] != NULL; i++) {
        const struct rw_form *form = &f->forms[i];

        add(why, "%s", i == 0 ? "" : ", or ");
        for (int j = 0; form->params[j] != NULL; j++) {
            const char *before = j == 0                    ? ""
                                 : j == form->required     ? ", optionally "
                                 : j == form->required - 1 ? " and "
                                                           : ", ";

            add(why, "%s%s", before, form->params[j]);
        }
    }
    add(why, "; floor and cap may be added");
}

static bool
is_bound(const char *name)
{
    return strcmp(name, "floor") == 0 || strcmp(name, "cap") == 0;
}

static int
find_param(const struct rw_form *form, const char *name)
{
    for (int j = 0; form->params[j] != NULL; j++)
        if (strcmp(form->params[j], name) == 0)
            return j;
    return -1;
}

bool
rw_dist_has_param(const struct rw_family *f, const char *name)
{
    for (int i = 0; i < RW_DIST_FORMS && f->forms[i].params[0] != NULL; i++)
        if (find_param(&f->forms[i], name) >= 0)
            return true;
    return is_bound(name);
}

/* What other programs call a parameter; NULL: nothing that f has. */
static const char *
other_name(const struct rw_family *f, const char *name)
{
    static const char *const pairs[][2] = {{"low", "min"}, {"lower", "min"},
        {"minimum", "min"}, {"likely", "mode"}, {"most_likely", "mode"},
        {"high", "max"}, {"upper", "max"}, {"maximum", "max"}, {"average", "mean"},
        {"std", "sd"}, {"stdev", "sd"}, {"p50", "median"}, {"p05", "p5"}};

    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        if (strcmp(pairs[k][0], name) == 0 && rw_dist_has_param(f, pairs[k][1]))
            return pairs[k][1];
    return NULL;
}

static enum rw_err
refuse_param(const struct rw_family *f, const char *name, char why[RW_DIST_WHY])
{
    const char *words[RW_DIST_FORMS * RW_DIST_PARAMS + 2] = {"floor", "cap"}, *near;
    size_t n = 2;

    for (int i = 0; i < RW_DIST_FORMS && f->forms[i].params[0] != NULL; i++)
        for (int j = 0; f->forms[i].params[j] != NULL; j++)
            words[n++] = f->forms[i].params[j];
    near = other_name(f, name);
    if (near == NULL)
        near = rw_nearest_word(name, words, n);
    rw_dist_refuse(why, "%s has no \"%.40s\"", f->name, name);
    if (near != NULL)
        add(why, ", did you mean \"%s\"? ", near);
    else
        add(why, "; ");
    add_forms(why, f);
    return RW_ERR_INPUT;
}

static enum rw_err
refuse_family(const char *name, char why[RW_DIST_WHY])
{
    size_t n;
    const char *const *names = rw_dist_names(&n);
    const char *near = rw_nearest_word(name, names, n);

    rw_dist_refuse(why, "unknown distribution \"%.40s\"", name);
    if (near != NULL)
        add(why, ", did you mean \"%s\"?", near);
    add(why, near == NULL ? "; there are" : " There are");
    for (size_t i = 0; i < n; i++)
        add(why, "%s %s", i == 0 ? "" : i + 1 < n ? "," : " and", names[i]);
    return RW_ERR_INPUT;
}

/* Every argument named once, known to the family, finite. */
static enum rw_err
check_args(const struct rw_family *f, const struct rw_dist_arg args[], size_t n,
    int *bad, char why[RW_DIST_WHY])
{
    for (size_t i = 0; i < n; i++) {
        *bad = (int)i;
        if (!rw_dist_has_param(f, args[i].name))
            return refuse_param(f, args[i].name, why);
        for (size_t k = 0; k < i; k++)
            if (strcmp(args[i].name, args[k].name) == 0) {
                rw_dist_refuse(why, "%s is given twice", args[i].name);
                return RW_ERR_INPUT;
            }
        if (!isfinite(args[i].value)) {
            rw_dist_refuse(why, "%s must be a finite number", args[i].name);
            return RW_ERR_INPUT;
        }
    }
    *bad = -1;
    return RW_OK;
}

/* Number of the form's required parameters that are missing, the last of
 * them in *lacks; -1 when an argument is none of the form's. */
static int
fit(const struct rw_form *form, const struct rw_dist_arg args[], size_t n, double v[],
    const char **lacks)
{
    bool given[RW_DIST_PARAMS] = {false};
    int missing = 0;

    memcpy(v, form->defaults, sizeof form->defaults);
    for (size_t i = 0; i < n; i++) {
        int j = find_param(form, args[i].name);

        if (j >= 0) {
            given[j] = true;
            v[j] = args[i].value;
        } else if (!is_bound(args[i].name)) {
            return -1;
        }
    }
    for (int j = form->required; j-- > 0;)
        if (!given[j]) {
            missing++;
            *lacks = form->params[j];
        }
    return missing;
}

static enum rw_err
refuse_forms(const struct rw_family *f, const struct rw_dist_arg args[], size_t n,
    int near, const char *lacks, char why[RW_DIST_WHY])
{
    size_t shown = 0;

    if (near == 1) { /* of the forms only one can be meant */
        rw_dist_refuse(why, "%s is missing: ", lacks);
    } else {
        why[0] = '\0';
        for (size_t i = 0; i < n; i++)
            if (!is_bound(args[i].name))
                add(why, "%s%s", shown++ > 0 ? ", " : "only ", args[i].name);
        add(why, "%s given: ", shown > 0 ? "" : "no parameter");
        if (shown > 0 && lacks == NULL)
            memmove(why, why + strlen("only "), strlen(why + strlen("only ")) + 1);
    }
    add_forms(why, f);
    return RW_ERR_INPUT;
}

/* The argument that is the first word of a sentence, or -1. */
static int
named(const char *sentence, const struct rw_dist_arg args[], size_t n)
{
    size_t len = strcspn(sentence, " ");

    for (size_t i = 0; i < n; i++)
        if (strlen(args[i].name) == len && memcmp(args[i].name, sentence, len) == 0)
            return (int)i;
    return -1;
}

/* ---- floor and cap ---- */

static enum rw_err
check_bounds(const struct rw_dist *d, char why[RW_DIST_WHY])
{
    double low, high;

    d->family->support(d, &low, &high);
    if (d->floor > d->cap)
        rw_dist_refuse(why,
            "floor must not be above cap (got floor = %.10g, cap = %.10g)", d->floor,
            d->cap);
    else if (d->cap < low)
        rw_dist_refuse(why,
            "cap = %.10g lies below every value of this %s, the smallest is %.10g",
            d->cap, d->family->name, low);
    else if (d->floor > high)
        rw_dist_refuse(why,
            "floor = %.10g lies above every value of this %s, the largest is %.10g",
            d->floor, d->family->name, high);
    else
        return RW_OK;
    return RW_ERR_INPUT;
}

/* A tail of infinite variance is a law like any other; one of infinite mean
 * wants a cap; and what is finite but beyond the largest number is refused. */
static enum rw_err
check_moments(const struct rw_dist *d, const struct rw_dist_arg args[], size_t n,
    int *bad, char why[RW_DIST_WHY])
{
    const struct rw_family *f = d->family;
    const char *no_mean = rw_dist_infinite(d, 1);
    bool heavy = f->infinite != NULL && f->infinite(d, 2) != NULL;
    double low, high;

    if (isfinite(rw_dist_mean(d)) && (heavy || isfinite(rw_dist_sd(d))))
        return RW_OK;
    if (no_mean != NULL) {
        rw_dist_support(d, &low, &high);
        *bad = named(no_mean, args, n);
        rw_dist_refuse(why,
            "the mean of this %s is infinite because %s: add a %s, the %s value that "
            "there can be",
            f->name, no_mean, isinf(high) ? "cap" : "floor",
            isinf(high) ? "largest" : "smallest");
    } else {
        rw_dist_refuse(why, "the mean or sd of this %s is beyond the largest number%s",
            f->name, isinf(d->cap) ? "; a cap would help" : "");
    }
    return RW_ERR_INPUT;
}

enum rw_err
rw_dist_bound(struct rw_dist *d, const struct rw_dist_arg args[], size_t n, int *bad,
    char why[RW_DIST_WHY])
{
    double low, high;

    d->floor = -INFINITY;
    d->cap = INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (!is_bound(args[i].name))
            continue;
        if (strcmp(args[i].name, "floor") == 0)
            d->floor = args[i].value;
        else
            d->cap = args[i].value;
        *bad = (int)i;
        if (check_bounds(d, why) != RW_OK)
            return RW_ERR_INPUT;
    }
    *bad = -1;
    rw_dist_support(d, &low, &high);
    if (low == high)
        *d = rw_dist_constant(low);
    return check_moments(d, args, n, bad, why);
}

enum rw_err
rw_dist_make(const char *name, const struct rw_dist_arg args[], size_t n,
    struct rw_dist *d, int *bad, char why[RW_DIST_WHY])
{
    const struct rw_family *f = rw_dist_family(name);
    const char *lacks = NULL;
    double v[RW_DIST_PARAMS];
    enum rw_err err;
    int near = 0, missing;

    *bad = -1;
    why[0] = '\0';
    if (f == NULL)
        return refuse_family(name, why);
    if (rw_dist_is_of_parts(name)) {
        rw_dist_refuse(why,
            "%s is made from more than single numbers; it can be stated in the "
            "scenario only",
            name);
        return RW_ERR_INPUT;
    }
    if ((err = check_args(f, args, n, bad, why)) != RW_OK)
        return err;
    for (int i = 0; i < RW_DIST_FORMS && f->forms[i].params[0] != NULL; i++) {
        struct rw_dist made = {.family = f, .floor = -INFINITY, .cap = INFINITY};

        missing = fit(&f->forms[i], args, n, v, &lacks);
        near += missing > 0;
        if (missing != 0)
            continue;
        if (!f->forms[i].make(&made, v, why)) {
            *bad = named(why, args, n);
            return RW_ERR_INPUT;
        }
        if ((err = rw_dist_bound(&made, args, n, bad, why)) == RW_OK)
            *d = made;
        return err;
    }
    return refuse_forms(f, args, n, near, lacks, why);
}
