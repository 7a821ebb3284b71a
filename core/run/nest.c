/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"

static bool
all_known(const struct rw_model *m)
{
    for (size_t k = 0; k < m->n_truth; k++)
        if (!m->truth[k]->sampler.known)
            return false;
    return true;
}

struct rw_nest
rw_nest_of(const struct rw_model *m, size_t trials)
{
    size_t n = trials > 0 ? trials : m->trials;
    struct rw_nest x = {m->band_truths, m->band_histories, NULL, all_known(m)};

    if (x.truths == 0) {
        x.histories = RW_NEST_HISTORIES;
        x.truths = n / RW_NEST_SHARE / RW_NEST_HISTORIES;
        if (x.truths > RW_NEST_TRUTHS_MAX)
            x.truths = RW_NEST_TRUTHS_MAX;
        if (x.truths < RW_NEST_TRUTHS_MIN)
            x.none = "too few futures: from 20000 on, or as simulation.band says";
    }
    if (m->n_years == 0)
        x.none = "the horizon holds no whole year";
    if (x.all_known)
        x.none = "every estimate is known";
    if (x.none != NULL)
        x.truths = x.histories = 0;
    return x;
}
