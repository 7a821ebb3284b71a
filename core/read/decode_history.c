/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"
#include "read/history.h"

void
rw_decode_history(struct rw_decode *x, const struct rw_node *owner)
{
    const struct rw_node *list = rw_decode_list(owner, "history");
    struct rw_history h;

    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next)
        rw_decode_object(x, c, &rw_keys_history, &h);
}
