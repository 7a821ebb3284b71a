/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/credibility.h"

#include "num/sum.h"

#include <stdlib.h>

/* What one member has seen. */
struct member {
    double weight, mean;
    size_t n;
};

static void
gather(const double x[], const double w[], const size_t of[], size_t n, size_t members,
    struct member *m)
{
    for (size_t k = 0; k < n; k++) {
        m[of[k]].weight += w[k];
        m[of[k]].mean += w[k] * x[k];
        m[of[k]].n++;
    }
    for (size_t i = 0; i < members; i++)
        if (m[i].n > 0)
            m[i].mean /= m[i].weight;
}

/* s2, and the number of degrees of freedom that it has. */
static double
within(const double x[], const double w[], const size_t of[], size_t n,
    const struct member *m, size_t freedom)
{
    struct rw_sum sum = {0};

    for (size_t k = 0; k < n; k++) {
        double off = x[k] - m[of[k]].mean;

        rw_sum_add(&sum, w[k] * off * off);
    }
    return rw_sum_value(&sum) / (double)freedom;
}

static double
between(const struct member *m, size_t members, size_t seen, double s2)
{
    double weight = 0, mean = 0, square = 0, sum = 0;

    for (size_t i = 0; i < members; i++) {
        weight += m[i].weight;
        mean += m[i].weight * m[i].mean;
        square += m[i].weight * m[i].weight;
    }
    mean /= weight;
    for (size_t i = 0; i < members; i++) {
        double off = m[i].mean - mean;

        sum += m[i].weight * off * off;
    }
    return fmax((sum - (double)(seen - 1) * s2) / (weight - square / weight), 0);
}

/* Z_i; where no difference shows, the whole weight decides on the mean. */
static double
worth(const struct rw_credibility *c, const struct member *m)
{
    if (m->n == 0 || !(c->between > 0))
        return 0;
    return m->weight / (m->weight + c->within / c->between);
}

static double
collective(const struct rw_credibility *c, const struct member *m, size_t members)
{
    double sum = 0, weight = 0;

    for (size_t i = 0; i < members; i++) {
        double z = c->between > 0 ? worth(c, &m[i]) : m[i].weight;

        sum += z * m[i].mean;
        weight += z;
    }
    return sum / weight;
}

enum rw_err
rw_credibility_make(const double x[], const double w[], const size_t of[], size_t n,
    size_t members, double z[], double premium[], struct rw_credibility *c)
{
    struct member *m = calloc(members ? members : 1, sizeof *m);
    size_t seen = 0;

    if (m == NULL)
        return RW_ERR_MEMORY;
    gather(x, w, of, n, members, m);
    for (size_t i = 0; i < members; i++)
        seen += m[i].n > 0;
    if (seen < 2 || n == seen) {
        free(m);
        return RW_ERR_DOMAIN;
    }
    c->members = seen;
    c->within = within(x, w, of, n, m, n - seen);
    c->between = between(m, members, seen, c->within);
    c->collective = collective(c, m, members);
    for (size_t i = 0; i < members; i++) {
        double own = worth(c, &m[i]);

        if (z != NULL)
            z[i] = own;
        if (premium != NULL)
            premium[i] = own * m[i].mean + (1 - own) * c->collective;
    }
    free(m);
    return RW_OK;
}
