/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/law_json.h"

void
rw_json_attribution(struct rw_writer *w, const struct rw_result_cycle *c, bool learning)
{
    rw_writer_object(w, "change", false);
    rw_json_mean(w, "residual", c->change);
    rw_json_mean(w, "drift", c->drift);
    rw_json_mean(w, "controls", c->controls);
    rw_json_mean(w, "wear", c->wear);
    if (learning)
        rw_json_mean(w, "learning", c->learning);
    rw_json_mean(w, "chance", c->chance);
    rw_writer_end(w);
}
