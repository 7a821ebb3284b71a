/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/study/figures.h -- what the futures of an outcome say about one column after
 * the other (run/column.h), however the outcome holds them.
 *
 * Floor: study.  Threads: as many of its own as the run had, but not more than there
 * are processors here: the run's may be other machines'.  They change no byte.  The
 * outcome stays constant.
 */
#ifndef RW_STUDY_FIGURES_H
#define RW_STUDY_FIGURES_H

#include "run/reading.h"
#include "study/law.h"
#include "study/result.h"

struct rw_figures {
    const struct rw_outcome *o;
    struct rw_rows rows;
    struct rw_team *team;
    struct rw_ascent_room room;
    struct rw_reading reading; /* of the column as it was taken */
    struct rw_values values;
    double
        *x; /* (n) the same where futures are packed or were drawn evenly; else NULL */
    struct rw_law_desk desk;
    bool ordered;  /* its numbers are in the desk's order; of even futures, spent */
    double *apart; /* (n) where futures were drawn evenly; else NULL */
    struct rw_sample sample; /* of those, as soon as they are in order */
    /* of tallied futures instead */
    struct rw_tally_view view;
    struct rw_moments moments;
};

/* Release with rw_figures_fini also after an error.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_figures_init(
    struct rw_figures *f, const struct rw_outcome *o, struct rw_error *e);
void rw_figures_fini(struct rw_figures *f);

/* All below is about this column from now on.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_figures_take(
    struct rw_figures *f, struct rw_column c, struct rw_error *e);

/* As study/law.h has it. */
void rw_figures_law(struct rw_figures *f, struct rw_law *l, bool with_curve);
/* *npv <- also the law of strategy s's npv, which falls as loss and spend together rise:
 * those are what was taken, and rw_figures_turns. */
bool rw_figures_turns(const struct rw_figures *f);
void rw_figures_law_and_npv(struct rw_figures *f, struct rw_law *l, bool with_curve,
    struct rw_law *npv, size_t s);
struct rw_verdict rw_figures_verdict(struct rw_figures *f, const struct rw_appetite *a);

/* As num/sample.h has them, at RW_RESULT_LEVEL; a figure that is infinite counts as
 * DBL_MAX. */
struct rw_quantile rw_figures_quantile(struct rw_figures *f, double q);
void rw_figures_exceedance(
    struct rw_figures *f, double at, double *p, double *low, double *high);

/* Of the column as it was taken, before anything else is asked: its mean with the error
 * that it has by how futures were drawn; its moments, whose variance is theirs. */
struct rw_mean rw_figures_mean(struct rw_figures *f);
struct rw_moments rw_figures_moments(struct rw_figures *f);

#endif
