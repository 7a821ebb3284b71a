/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/regulation.h"

#include <math.h>

const char *const rw_regulation_names[] = {
    "gdpr", "ccpa", "china_csl", "pci_dss", NULL};
const char *const rw_tier_names[] = {"lower", "upper", NULL};
const char *const rw_operator_names[] = {"critical", "other", "person", NULL};

const char *
rw_regulation_currency(enum rw_regulation_kind k)
{
    static const char *const codes[RW_REGULATIONS] = {"EUR", "USD", "CNY", NULL};

    return codes[k];
}

static bool
falls_under(const struct rw_regulation *x, size_t asset)
{
    for (size_t k = 0; k < x->n_assets; k++)
        if (x->assets[k] == asset)
            return true;
    return x->n_assets == 0;
}

static double
cap_of(const struct rw_regulation *x, const struct rw_model *m, size_t asset)
{
    static const double operators[] = {10e6, 2e6, 1e6};
    bool upper = x->tier == RW_TIER_UPPER;

    switch (x->kind) {
    case RW_REGULATION_GDPR:
        return fmax(
            (upper ? 20e6 : 10e6) * x->rate, (upper ? 0.04 : 0.02) * m->revenue);
    case RW_REGULATION_CCPA:
        return RW_CCPA_MOST * x->rate * x->consumers * m->assets[asset].records;
    case RW_REGULATION_CHINA_CSL:
        return operators[x->operator] * x->rate;
    default:
        return x->cap * x->rate;
    }
}

double
rw_regulation_scale(
    const struct rw_regulation *x, const struct rw_model *m, size_t asset)
{
    return falls_under(x, asset) ? cap_of(x, m, asset) : 0;
}

struct rw_dist
rw_regulation_fraction(enum rw_regulation_kind k)
{
    const struct rw_dist_arg skewed[] = {{"alpha", 0.5}, {"beta", 20}};
    const struct rw_dist_arg between[] = {
        {"min", RW_CCPA_LEAST / RW_CCPA_MOST}, {"max", 1}};
    char why[RW_DIST_WHY];
    struct rw_dist d;
    int bad;
    enum rw_err err = k == RW_REGULATION_CCPA
                          ? rw_dist_make("uniform", between, 2, &d, &bad, why)
                          : rw_dist_make("beta", skewed, 2, &d, &bad, why);

    RW_BUG_ASSERT(err == RW_OK);
    return d;
}
