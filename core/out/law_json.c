/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/law_json.h"

void
rw_json_mean(struct rw_writer *w, const char *key, struct rw_mean m)
{
    rw_writer_object(w, key, true);
    rw_writer_number(w, "mean", m.mean);
    rw_writer_number(w, "se", m.se);
    rw_writer_end(w);
}

static void
quantiles(struct rw_writer *w, const struct rw_law *l)
{
    rw_writer_object(w, "quantiles", false);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++) {
        const struct rw_quantile *q = &l->quantile[k];

        if (q->refused)
            continue;
        rw_writer_object(w, rw_result_quantile_names[k], true);
        rw_writer_number(w, "value", q->value);
        rw_writer_number(w, "low", q->low);
        rw_writer_number(w, "high", q->high);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

static void
tail_means(struct rw_writer *w, const struct rw_law *l)
{
    rw_writer_object(w, "tvar", false);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++) {
        if (l->tvar[k].refused)
            continue;
        rw_writer_object(w, rw_result_tvar_names[k], true);
        rw_writer_number(w, "value", l->tvar[k].value);
        rw_writer_number(w, "se", l->tvar[k].se);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

/* What the number of futures cannot support. */
static void
refused(struct rw_writer *w, const struct rw_law *l)
{
    rw_writer_object(w, "refused", true);
    rw_writer_array(w, "quantiles", true);
    for (size_t k = 0; k < RW_RESULT_QUANTILES; k++)
        if (l->quantile[k].refused)
            rw_writer_string(w, NULL, rw_result_quantile_names[k]);
    rw_writer_end(w);
    rw_writer_array(w, "tvar", true);
    for (size_t k = 0; k < RW_RESULT_TVARS; k++)
        if (l->tvar[k].refused)
            rw_writer_string(w, NULL, rw_result_tvar_names[k]);
    rw_writer_end(w);
    rw_writer_end(w);
}

/* Points [loss, probability], and their intervals [low, high] beside them. */
static void
curve(struct rw_writer *w, const struct rw_law *l)
{
    rw_writer_array(w, "exceedance", false);
    for (size_t k = 0; k < l->n_curve; k++) {
        rw_writer_array(w, NULL, true);
        rw_writer_number(w, NULL, l->curve[k].loss);
        rw_writer_number(w, NULL, l->curve[k].probability);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    rw_writer_array(w, "exceedance_interval", false);
    for (size_t k = 0; k < l->n_curve; k++) {
        rw_writer_array(w, NULL, true);
        rw_writer_number(w, NULL, l->curve[k].low);
        rw_writer_number(w, NULL, l->curve[k].high);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

void
rw_json_law(struct rw_writer *w, const char *key, const struct rw_law *l, bool more)
{
    rw_writer_object(w, key, false);
    rw_writer_number(w, "mean", l->mean);
    rw_writer_number(w, "mean_se", l->mean_se);
    rw_writer_number(w, "sd", l->sd);
    rw_writer_number(w, "p0", l->p0);
    rw_writer_number(w, "min", l->min);
    rw_writer_number(w, "max", l->max);
    quantiles(w, l);
    tail_means(w, l);
    refused(w, l);
    if (l->n_curve > 0)
        curve(w, l);
    if (!more)
        rw_writer_end(w);
}

/* Rows of a number and five, or of five alone. */
static void
band_rows(struct rw_writer *w, const char *key, const struct rw_band *b, bool errors)
{
    rw_writer_array(w, key, false);
    for (size_t k = 0; k < b->n; k++) {
        const struct rw_band_point *p = &b->points[k];

        rw_writer_array(w, NULL, true);
        if (!errors)
            rw_writer_number(w, NULL, p->loss);
        for (size_t j = 0; j < RW_BAND_LEVELS; j++)
            rw_writer_number(w, NULL, errors ? p->se[j] : p->chance[j]);
        rw_writer_end(w);
    }
    rw_writer_end(w);
}

void
rw_json_band(struct rw_writer *w, const struct rw_band *b)
{
    rw_writer_object(w, "band", false);
    rw_writer_object(w, "epistemic_share", true);
    rw_writer_number(w, "value", b->epistemic.mean);
    rw_writer_number(w, "se", b->epistemic.se);
    rw_writer_end(w);
    rw_writer_array(w, "levels", true);
    for (size_t j = 0; j < RW_BAND_LEVELS; j++)
        rw_writer_number(w, NULL, rw_band_levels[j]);
    rw_writer_end(w);
    band_rows(w, "exceedance", b, false);
    band_rows(w, "exceedance_se", b, true);
    rw_writer_count(w, "left_out", b->left_out);
    rw_writer_end(w);
}
