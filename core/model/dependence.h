/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/dependence.h -- what ties threats, controls and estimates
 * together beyond systemic events.
 *
 *   coupling    a copula over estimates, or over the yearly multipliers of
 *               threats with negative binomial counts
 *   multiplier  one Gamma(1/f, f) a year times the rates of all its threats:
 *               Var N_j = m_j + f m_j^2, Cov(N_j, N_k) = f m_j m_k
 *   shock       events of a rate l that each bring an event of threat j with
 *               probability p_j, on all its assets, beside the threat's own:
 *               Cov(N_j, N_k) = l p_j p_k
 *   cause       an on/off process (num/outage.h); while it is down, all its
 *               controls stand failed.  Joint failure has at least the cause's probability.
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_DEPENDENCE_H
#define RW_MODEL_DEPENDENCE_H

#include "model/hook.h"
#include "num/copula.h"
#include "num/outage.h"

enum rw_over { RW_OVER_ESTIMATES, RW_OVER_YEARS };

struct rw_coupling {
    enum rw_copula_kind kind;
    double df; /* t only */
    enum rw_over over;
    const char **names; /* (n) as the scenario writes them */
    size_t n;
    struct rw_estimate **estimates; /* (n), or NULL */
    size_t *threats;                /* (n), or NULL */
    double every; /* correlation of every pair, where one was stated */
    double *rho;  /* (n, n) */
    struct rw_place place;

    struct rw_copula copula;
    uint64_t lane; /* of the t copula's own uniform: index 0, or the year */
};

struct rw_multiplier {
    const char *id;
    size_t *threats, n_threats;
    double dispersion; /* f */
    struct rw_place place;

    struct rw_sampler mixing;
    uint64_t lane; /* index: the year */
};

/* What a shock does to one threat. */
struct rw_hit {
    size_t threat;
    double probability;

    uint64_t lane; /* whether: (cycle << 32 | shock event) */
    /* (assets of the threat) levels by the same index, losses as a risk's own */
    uint64_t *level_lane, *loss_lane;
};

struct rw_shock {
    const char *id;
    struct rw_estimate frequency; /* a year */
    struct rw_hit *hits;
    size_t n_hits;
    struct rw_place place;

    uint64_t event_lane, fate_lane, stage_lane; /* as those of a struct rw_source */
};

struct rw_cause {
    const char *id;
    size_t *controls, n_controls;
    double fails, fail_years; /* failures a year while it works; mean time down */
    struct rw_place place;

    struct rw_outage_lanes lanes;
};

struct rw_dependence {
    struct rw_coupling *couplings;
    struct rw_multiplier *multipliers;
    struct rw_shock *shocks;
    struct rw_cause *causes;
    size_t n_couplings, n_multipliers, n_shocks, n_causes;
};

/* What touches a risk: bits. */
enum rw_touch {
    RW_TOUCH_COPULA = 1,
    RW_TOUCH_MULTIPLIER = 2,
    RW_TOUCH_SHOCK = 4,
    RW_TOUCH_CAUSE = 8
};

#endif
