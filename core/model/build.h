/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/build.h -- between the files that complete a model; private to
 * the floor.
 *
 * Floor: model.  Threads: one build, one thread.
 */
#ifndef RW_MODEL_BUILD_H
#define RW_MODEL_BUILD_H

#include "model/model.h"

struct build;

/* Registers the lane of owner/id/variable. */
enum rw_err rw_build_lane(struct build *b, const char *owner, const char *id,
    const char *variable, uint64_t *lane);
enum rw_err rw_build_outage(
    struct build *b, const char *owner, const char *id, struct rw_outage_lanes *x);
/* Registers an estimate: its lane, sampler and slot. */
enum rw_err rw_build_estimate(struct build *b, struct rw_estimate *x, const char *owner,
    const char *id, const char *variable);
/* A sampler whose table is made at the end of the build: nobody draws before. */
enum rw_err rw_build_sampler(
    struct build *b, struct rw_sampler *s, const struct rw_dist *d);
enum rw_err rw_build_memory(struct build *b);
/* RW_ERR_INPUT with that text. */
enum rw_err rw_build_refuse(struct build *b, const char *why);
struct rw_arena *rw_build_arena(struct build *b);

/* upkeep.c: adds upper bounds of what upkeep and delivery will register; the rest of
 * them, once controls are there. */
void rw_upkeep_room(const struct rw_model *m, size_t *truth, size_t *lanes);
enum rw_err rw_upkeep_build(struct build *b, struct rw_model *m);

/* stage.c: amounts of a loss by ending; what attacks in stages meet, once risks are
 * there. */
enum rw_err rw_stage_build_loss(
    struct build *b, const struct rw_threat *t, struct rw_loss *l);
enum rw_err rw_stage_build(struct build *b, struct rw_model *m);

/* bound.c: floors and caps, once all estimates are registered. */
enum rw_err rw_bound_build(struct build *b, struct rw_model *m);

/* depend.c: upper bounds of what the dependence will register, and the rest
 * of it, once risks are there. */
void rw_depend_room(const struct rw_model *m, size_t *truth, size_t *lanes);
enum rw_err rw_depend_build(struct build *b, struct rw_model *m);

/* programme.c: the same of the programme and the partners. */
void rw_programme_room(const struct rw_model *m, size_t *truth, size_t *lanes);
enum rw_err rw_programme_build(struct build *b, struct rw_model *m);

#endif
