/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The instructions that kernels use, as they are asked for. */
#include "cli/cli.h"
#include "num/cpu.h"

#include <stdlib.h>
#include <string.h>

enum rw_err
rw_cpu_ask_environment(struct rw_error *e)
{
    const char *word = getenv(RW_CPU_VAR);

    if (word == NULL || *word == '\0' || strcmp(word, "auto") == 0)
        return RW_OK;
    if (strcmp(word, "avx2") == 0)
        rw_cpu_keep_within(256);
    else if (strcmp(word, "plain") == 0)
        rw_cpu_keep_within(128);
    else
        return rw_error_set(e, RW_ERR_USAGE,
            RW_CPU_VAR " wants auto, avx2 or plain, not '%.60s'", word);
    return RW_OK;
}
