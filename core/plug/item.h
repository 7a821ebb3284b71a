/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/plug/item.h -- the list of a call: plan.candidates and t.assets.
 *
 *   it.id            a text
 *   it.FIELD         of the item's fields (model/hook.h)
 *   it.RESULT = ...  a candidate's score; what an asset has otherwise than the threat
 *
 * A result of an asset that was not assigned reads as what the threat has by then.
 *
 * Floor: plug.  Threads: as the state.
 */
#ifndef RW_PLUG_ITEM_H
#define RW_PLUG_ITEM_H

#include "plug/border.h"

/* "candidate", "asset"; of the list with an s.  NULL: the kind has none. */
const char *rw_item_name(enum rw_plugin_kind kind);
const char *rw_item_list_name(enum rw_plugin_kind kind);

/* [-0, +0, e]  Makes the metatable of items. */
void rw_item_open(lua_State *L, enum rw_plugin_kind kind);

/* [-0, +1, e]  The list of the call under way; returns 1. */
int rw_item_push_list(lua_State *L);

#endif
