/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fence that plugins run behind, as it is asked for. */
#include "base/fence.h"
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static enum rw_err
nothing(void *self, struct rw_error *e)
{
    (void)self, (void)e;
    return RW_OK;
}

enum rw_err
rw_fence_ask(const char *by, const char *word, struct rw_error *e)
{
    for (int k = 0; rw_fence_names[k]; k++)
        if (strcmp(word, rw_fence_names[k]) == 0) {
            rw_fence_choose((enum rw_fence)k);
            /* on: better now than when the first plugin runs */
            return k == RW_FENCE_ON ? rw_fence_call(nothing, NULL, e) : RW_OK;
        }
    return rw_error_set(
        e, RW_ERR_USAGE, "%s wants auto, on or off, not '%.60s'", by, word);
}

enum rw_err
rw_fence_ask_environment(struct rw_error *e)
{
    const char *word = getenv(RW_FENCE_VAR);

    return word && *word ? rw_fence_ask(RW_FENCE_VAR, word, e) : RW_OK;
}
