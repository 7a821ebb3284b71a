/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/out/law_json.h -- laws and means as members of results.json.
 *
 * Floor: out.  Threads: pure.
 */
#ifndef RW_OUT_LAW_JSON_H
#define RW_OUT_LAW_JSON_H

#include "out/writer.h"
#include "study/result.h"

/* {"mean": ..., "se": ...} */
void rw_json_mean(struct rw_writer *w, const char *key, struct rw_mean m);

/* The law as an object that is left open where `more` is true, for further
 * members and rw_writer_end. */
void rw_json_law(
    struct rw_writer *w, const char *key, const struct rw_law *l, bool more);

/* "band": what the estimates leave open in a yearly loss. */
void rw_json_band(struct rw_writer *w, const struct rw_band *b);

/* "change": of residual risk since the last cycle, and its parts, which add up;
 * learning: that part is known, else it is within controls (attribution_json.c). */
void rw_json_attribution(
    struct rw_writer *w, const struct rw_result_cycle *c, bool learning);

/* "sampling": how futures were drawn and what that gained, where it was not by chance
 * alone (sampling.c). */
void rw_json_sampling(struct rw_writer *w, const struct rw_result *r);

/* "forecast": how well a closed loop foretold its incidents (forecast_json.c). */
void rw_json_forecast(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_strategy *s);

/* decided_json.c: of a strategy that decides (rw_strategy_decides). */
void rw_json_decided(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_strategy *r);

#endif
