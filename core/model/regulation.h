/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/regulation.h -- laws and contracts as heads of loss: a fine is a
 * loss form of its threats' events, drawn as a fraction of what the law allows
 * at most.
 *
 *   gdpr       Art. 83: max(10M EUR, 2 % of the revenue) at the lower tier,
 *              max(20M EUR, 4 %) at the upper
 *   ccpa       Cal. Civ. Code 1798.150: 107 to 799 USD a consumer and incident
 *              (from 1 January 2025; adjusted every other year)
 *   china_csl  Cybersecurity Law as amended on 28 October 2025, in force from
 *              1 January 2026: 10M CNY for operators of critical information
 *              infrastructure, 2M for other operators, 1M for persons
 *   pci_dss    a contract with acquirer and card brands: what it says
 *
 * The fraction is at most 1, so no fine passes its cap.
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_REGULATION_H
#define RW_MODEL_REGULATION_H

#include "model/model.h"

enum rw_regulation_kind {
    RW_REGULATION_GDPR,
    RW_REGULATION_CCPA,
    RW_REGULATION_CHINA_CSL,
    RW_REGULATION_PCI_DSS,
    RW_REGULATIONS
};
enum rw_tier { RW_TIER_LOWER, RW_TIER_UPPER };
enum rw_operator { RW_OPERATOR_CRITICAL, RW_OPERATOR_OTHER, RW_OPERATOR_PERSON };
extern const char *const rw_regulation_names[]; /* "gdpr" ... */
extern const char *const rw_tier_names[];       /* "lower" "upper" */
extern const char *const rw_operator_names[];   /* "critical" "other" "person" */

struct rw_regulation {
    enum rw_regulation_kind kind;
    enum rw_tier tier;         /* of gdpr      */
    enum rw_operator operator; /* of china_csl */
    double consumers;          /* of ccpa: share of the records */
    double cap;                /* of pci_dss: in its currency */
    const char *currency;      /* that its amounts are in, "EUR" */
    double rate;               /* the scenario's currency for one of it */
    struct rw_dist fraction;   /* of the cap, within [0, 1] */
    double probability;        /* that an event is fined */
    size_t *assets, n_assets;  /* what falls under it; empty: all */
    struct rw_place place;
};

/* The money a law itself speaks of; NULL: a contract's. */
const char *rw_regulation_currency(enum rw_regulation_kind k);

/* What its fraction multiplies in an event on the asset: the cap, of ccpa the
 * cap of all consumers; 0 for an asset that does not fall under it. */
double rw_regulation_scale(
    const struct rw_regulation *x, const struct rw_model *m, size_t asset);

/* CCPA: least and most for one consumer and incident, USD. */
#define RW_CCPA_LEAST 107.0
#define RW_CCPA_MOST  799.0

/* The fraction unless the scenario gives one: Beta(0.5, 20) for fines (mean
 * 2.4 %, nine in ten below 7 %: a judgement), uniform between least and most
 * for ccpa. */
struct rw_dist rw_regulation_fraction(enum rw_regulation_kind k);

#endif
