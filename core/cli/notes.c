/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a scenario is legal and yet deserves a second look.  Notes are lines that
 * begin with "  note: ". */
#include "cli/cli.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void
heavy(const struct rw_threat *t, const struct rw_dist *d, const char *what, size_t k,
    struct rw_text *to)
{
    char place[24] = "";

    if (!isinf(rw_dist_sd(d)))
        return;
    if (k > 0)
        snprintf(place, sizeof place, " %zu", k);
    rw_text_addf(to,
        "  note: %s%s of threat '%s' has no standard deviation, so that the error "
        "beside a mean says too little; a cap would help\n",
        what, place, t->id);
}

/* ---- money for nothing: in operation only when all is over ---- */

/* Cycles that its overrun takes at the least; as many as there are: or more. */
static unsigned
least_overrun(const struct rw_model *m, const struct rw_control *c)
{
    unsigned k = 0;

    if (!c->delivery.overruns)
        return 0;
    while (k < m->cycles &&
           rw_dist_cdf(&c->delivery.overrun.dist, k * m->years * (1 + 0x1p-30)) <= 0)
        k++;
    return k;
}

/* The cycle of purchase, a planner buying what it may at once; m->cycles: never.
 * s NULL: of what is planned. */
static unsigned
bought_in(const struct rw_model *m, const struct rw_strategy *s, size_t control)
{
    const struct rw_control *c = &m->controls[control];

    if (c->status != RW_STATUS_CANDIDATE)
        return c->status == RW_STATUS_PLANNED ? c->start : 0;
    for (size_t k = 0; s != NULL && k < s->n_plan; k++)
        if (s->plan[k].control == control)
            return s->plan[k].cycle;
    return s != NULL && rw_strategy_asks(s) ? 0 : m->cycles;
}

/* The first cycle in which it may operate. */
static unsigned
earliest(const struct rw_model *m, const struct rw_strategy *s, size_t control)
{
    const struct rw_control *c = &m->controls[control];
    unsigned last = bought_in(m, s, control);

    if (c->status == RW_STATUS_OPERATING)
        return 0;
    last += c->build + least_overrun(m, c);
    for (size_t k = 0; k < c->n_requires; k++) {
        unsigned begin = earliest(m, s, c->requires[k]);

        last = begin > last ? begin : last;
    }
    return last;
}

/* Why it never operates, if it does not. */
static void
too_late(const struct rw_model *m, const struct rw_strategy *s, size_t control,
    const char *what, struct rw_text *to)
{
    const struct rw_control *c = &m->controls[control];
    unsigned ready = bought_in(m, s, control) + c->build, over = least_overrun(m, c);

    if (earliest(m, s, control) < m->cycles)
        return;
    rw_text_addf(to, "  note: %s", what);
    if (ready >= m->cycles)
        rw_text_addf(to, " takes %u cycles to build", c->build);
    else if (ready + over >= m->cycles)
        rw_text_add(to, " overruns beyond the horizon");
    for (size_t k = 0; k < c->n_requires && ready + over < m->cycles; k++)
        if (earliest(m, s, c->requires[k]) >= m->cycles) {
            rw_text_addf(to, " requires '%s', which comes too late,",
                m->controls[c->requires[k]].id);
            break;
        }
    rw_text_addf(to, " and never operates within these %u\n", m->cycles);
}

/* Of a purchase in a stated cycle. */
static void
bought_too_late(const struct rw_model *m, const struct rw_strategy *s, size_t control,
    struct rw_text *to)
{
    struct rw_text what;

    rw_text_init(&what);
    rw_text_addf(&what, "control '%s', bought in cycle %u%s%s,",
        m->controls[control].id, bought_in(m, s, control) + 1, s ? " by " : "",
        s ? s->name : "");
    if (!what.failed)
        too_late(m, s, control, what.s, to);
    to->failed |= what.failed;
    rw_text_fini(&what);
}

/* Of candidates, for the first planner that is asked. */
static void
offered_too_late(const struct rw_model *m, struct rw_text *to)
{
    const struct rw_strategy *s = NULL;
    struct rw_text what;

    for (size_t k = 0; k < m->n_strategies && s == NULL; k++)
        if (rw_strategy_asks(&m->strategies[k]))
            s = &m->strategies[k];
    for (size_t c = 0; c < m->n_controls && s != NULL; c++) {
        if (m->controls[c].status != RW_STATUS_CANDIDATE)
            continue;
        rw_text_init(&what);
        rw_text_addf(&what, "candidate '%s'", m->controls[c].id);
        if (!what.failed)
            too_late(m, s, c, what.s, to);
        to->failed |= what.failed;
        rw_text_fini(&what);
    }
}

/* ---- lessons that a strategy asks for by name ---- */

static bool
audits(const struct rw_strategy *s)
{
    bool any = rw_strategy_audits(s) > 0;

    for (size_t k = 0; k < s->deciding.n_triggers; k++)
        any |= s->deciding.triggers[k].action == RW_DO_AUDIT;
    return any && s->audit_sensitivity > 0;
}

/* Neither the losses' size nor its own idea of it leaves anything open, or they are
 * those of stages. */
static bool
size_is_known(const struct rw_threat *t)
{
    return t->attack.n > 0 || (t->use.plugin == NULL && !t->sized &&
                                  t->bias_severity == 1 && !(t->bias_worth > 0));
}

static void
futile(const struct rw_model *m, const struct rw_strategy *s, struct rw_text *to)
{
    unsigned asked = s->deciding.asked;
    size_t doubtful = 0, sizes = 0;

    for (size_t k = 0; k < m->n_controls; k++)
        doubtful += rw_control_doubtful(&m->controls[k]);
    for (size_t k = 0; k < m->n_threats; k++)
        sizes += !size_is_known(&m->threats[k]);
    if (asked & 1u << RW_LESSON_RELIABILITY && doubtful == 0)
        rw_text_addf(to,
            "  note: strategy '%s' is to learn reliability, but how often controls "
            "fail "
            "is known of all: give a control's variance.per_year as a distribution, or "
            "its variance a bias\n",
            s->name);
    if (asked & 1u << RW_LESSON_RELIABILITY && !audits(s))
        rw_text_addf(to,
            "  note: strategy '%s' is to learn reliability, but audits nothing: give "
            "its "
            "check an audit share\n",
            s->name);
    if (asked & 1u << RW_LESSON_SEVERITY && sizes == 0)
        rw_text_addf(to,
            "  note: strategy '%s' is to learn severity, but how large losses are is "
            "known of all threats: give one an uncertain loss_factor, or a bias\n",
            s->name);
}

static void
add_futile(const struct rw_model *m, struct rw_text *to)
{
    for (size_t c = 0; c < m->n_controls; c++)
        if (m->controls[c].status == RW_STATUS_PLANNED)
            bought_too_late(m, NULL, c, to);
    for (size_t s = 0; s < m->n_strategies; s++) {
        const struct rw_strategy *x = &m->strategies[s];

        for (size_t k = 0; k < x->n_plan; k++)
            bought_too_late(m, x, x->plan[k].control, to);
        if (x->twin == RW_TWIN_NONE)
            futile(m, x, to);
    }
    offered_too_late(m, to);
}

static void
add_heavy(const struct rw_model *m, struct rw_text *to)
{
    for (size_t k = 0; k < m->n_threats; k++) {
        const struct rw_threat *x = &m->threats[k];

        if (x->use.plugin == NULL)
            heavy(x, &x->frequency.dist, "the frequency", 0, to);
        for (size_t j = 0; j < x->n_losses; j++)
            heavy(x, &x->losses[j].amount, "loss", j + 1, to);
    }
}

void
rw_notes_add(const struct rw_model *m, struct rw_text *to)
{
    add_futile(m, to);
    add_heavy(m, to);
}

void
rw_notes_tell(const struct rw_model *m)
{
    struct rw_text t;
    char *line, *rest;

    rw_text_init(&t);
    add_futile(m, &t);
    for (line = t.len > 0 ? t.s : NULL; line && *line; line = rest) {
        rest = strchr(line, '\n');
        *rest++ = '\0';
        rw_message("%s", line + 2);
    }
    rw_text_fini(&t);
}
