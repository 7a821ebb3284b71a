/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/benefit.h"

#include "out/law_json.h"
#include "study/benefit.h"
#include "wheel/benefit.h"

#include <string.h>

struct rw_benefit_name
rw_benefit_name_of(const struct rw_model *m, size_t row)
{
    size_t group = row - 1 - m->n_controls;

    if (row == 0)
        return (struct rw_benefit_name){"all", "all", false};
    if (row <= m->n_controls)
        return (struct rw_benefit_name){
            "control", m->controls[row - 1].id, rw_benefit_supports(m, row - 1)};
    if (group < RW_PILLARS)
        return (struct rw_benefit_name){"pillar", rw_pillar_names[group], false};
    group -= RW_PILLARS;
    return (struct rw_benefit_name){
        "principle", group < RW_PRINCIPLES ? rw_principle_names[group] : "none", false};
}

static void
figures(struct rw_writer *w, const struct rw_result_benefit *x, bool supports)
{
    if (supports)
        rw_writer_flag(w, "supports", true);
    else
        rw_json_mean(w, "taken_off", x->taken_off);
    rw_json_mean(w, "spend", x->spend);
    if (supports)
        return;
    rw_json_mean(w, "net", x->net);
    if (!x->has_ratio)
        return;
    rw_writer_object(w, "benefit_cost", true);
    rw_writer_number(w, "value", x->ratio);
    rw_writer_number(w, "se", x->ratio_se);
    rw_writer_end(w);
}

/* The rows from one on that are of the same. */
static size_t
list(struct rw_writer *w, const struct rw_model *m, const struct rw_result_benefit x[],
    size_t row, const char *key)
{
    const char *of = rw_benefit_name_of(m, row).of;

    rw_writer_array(w, key, false);
    for (; row < rw_benefit_rows(m); row++) {
        struct rw_benefit_name name = rw_benefit_name_of(m, row);

        if (strcmp(name.of, of) != 0)
            break;
        rw_writer_object(w, NULL, true);
        rw_writer_string(w, strcmp(of, "control") == 0 ? "id" : of, name.item);
        figures(w, &x[row], name.supports);
        rw_writer_end(w);
    }
    rw_writer_end(w);
    return row;
}

void
rw_benefit_json(
    struct rw_writer *w, const struct rw_model *m, const struct rw_result_benefit *x)
{
    size_t row = 1;

    rw_writer_object(w, "benefit", false);
    rw_writer_object(w, "all", true);
    figures(w, x, false);
    rw_writer_end(w);
    if (m->n_controls > 0)
        row = list(w, m, x, row, "controls");
    row = list(w, m, x, row, "pillars");
    list(w, m, x, row, "principles");
    rw_writer_end(w);
}

static size_t
cycle_list(struct rw_writer *w, const struct rw_model *m, const struct rw_mean x[],
    size_t row, const char *key)
{
    const char *of = rw_benefit_name_of(m, row).of;

    rw_writer_object(w, key, false);
    for (; row < rw_benefit_rows(m); row++) {
        struct rw_benefit_name name = rw_benefit_name_of(m, row);

        if (strcmp(name.of, of) != 0)
            break;
        if (!name.supports)
            rw_json_mean(w, name.item, x[row]);
    }
    rw_writer_end(w);
    return row;
}

void
rw_benefit_cycle_json(
    struct rw_writer *w, const struct rw_model *m, const struct rw_mean x[])
{
    size_t row = 1;

    rw_writer_object(w, "benefit", false);
    rw_json_mean(w, "all", x[0]);
    if (m->n_controls > 0)
        row = cycle_list(w, m, x, row, "controls");
    row = cycle_list(w, m, x, row, "pillars");
    cycle_list(w, m, x, row, "principles");
    rw_writer_end(w);
}
