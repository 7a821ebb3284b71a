/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/partner.h -- with whom threat intelligence is shared.
 *
 * A partner is a control of recognition: while its agreement is in force, what
 * it shares recognises so large a part of what happens.  So it stands among
 * the model's controls, may be planned and bought like one, and all that holds
 * of a control holds of it.
 *
 * Beside that it tells a learning strategy of the incidents that it sees
 * itself: with exposure `observes` (organisations like this one, before any
 * control), each incident and each unit of exposure counting `weight`
 * (wheel/partner.h).
 *
 * Floor: model.  Threads: read-only once built.
 */
#ifndef RW_MODEL_PARTNER_H
#define RW_MODEL_PARTNER_H

#include "model/model.h"

enum rw_partner_kind {
    RW_PARTNER_INDIVIDUAL,
    RW_PARTNER_ENTERPRISE,
    RW_PARTNER_GOVERNMENT,
    RW_PARTNER_KINDS
};
extern const char *const rw_partner_kind_names[];

struct rw_partner {
    struct rw_control control; /* as stated: the first member */
    enum rw_partner_kind kind;
    double observes, weight;
    size_t at; /* index of its control in the model */

    uint64_t *lane; /* (n_risks) of the incidents it sees; 0: it does not look there */
};

#endif
