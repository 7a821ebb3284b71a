/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/json.h -- results.json: every figure of a run with its error, and
 * what is needed to make it again.
 *
 * The bytes depend on the scenario, its plugins, the settings, the number of
 * futures or the precision asked for, and the seed alone: nothing of time,
 * threads or machine is in them.
 * docs/riskwheel.1, FILES, says what is in it.  A quantile or tail mean that the
 * run cannot support is left out and named under "refused".
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_JSON_H
#define RW_OUT_JSON_H

#include "base/text.h"
#include "study/referee.h"

#define RW_RESULTS_FORMAT 1

/* What the result itself does not know. */
struct rw_json_head {
    const char *version; /* of the program */
    /* what --set changed in the scenario, (n_settings) each */
    const char *const *paths, *const *values;
    size_t n_settings;
    const struct rw_referee *referee; /* NULL: not asked for */
};

/* Appends results.json to *text; RW_ERR_MEMORY only. */
RW_MUST_CHECK enum rw_err rw_json_results(const struct rw_result *r,
    const struct rw_json_head *head, struct rw_text *text, struct rw_error *e);

/* The document's first members: format, program, scenario. */
struct rw_writer;
void rw_json_program(
    struct rw_writer *w, const struct rw_model *m, const struct rw_json_head *head);

/* Every plugin that the model uses, by kind and name, each once; *plugins is
 * in the arena.  Returns NULL when memory is out. */
const struct rw_plugin **rw_model_plugins(
    const struct rw_model *m, struct rw_arena *a, size_t *n);

#endif
