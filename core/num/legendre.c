/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/legendre.h"

#include <gsl/gsl_integration.h>

enum rw_err
rw_legendre_nodes(size_t n, double x[], double w[])
{
    gsl_integration_fixed_workspace *rule =
        gsl_integration_fixed_alloc(gsl_integration_fixed_legendre, n, 0, 1, 0, 0);

    if (rule == NULL)
        return RW_ERR_MEMORY;
    for (size_t k = 0; k < n; k++) {
        x[k] = gsl_integration_fixed_nodes(rule)[k];
        w[k] = gsl_integration_fixed_weights(rule)[k];
    }
    gsl_integration_fixed_free(rule);
    return RW_OK;
}
