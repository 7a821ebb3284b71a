/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/model/programme.c -- completes the programme and the partners of a
 * model. */
#include "model/programme.h"

#include "model/build.h"
#include "model/partner.h"

#define ONE_EACH(names, n)                                                             \
    _Static_assert(sizeof names / sizeof names[0] == (n) + 1, "one name a value")

const char *const rw_step_names[] = {"outside", "prepare", "operate", "application",
    "pre_evaluation", "audit", "corrective", "statement", "suspended", NULL};
ONE_EACH(rw_step_names, RW_STEPS);

const char *const rw_document_names[] = {"policy", "risk_assessment_report",
    "control_measures", "collaboration_agreement", "technical_deployment_proof",
    "training_records", "internal_audit_report", "event_response_record",
    "continuous_improvement_plan", NULL};
ONE_EACH(rw_document_names, RW_DOCUMENTS);

/* Those that a scenario names; the others it states by keys of their own. */
const char *const rw_proof_names[] = {
    "preparation", "audits", "corrections", "improvement", NULL};
ONE_EACH(rw_proof_names, RW_PROOF_CYCLE);

const char *const rw_fee_names[] = {"prepare", "running", "application",
    "pre_evaluation", "audit", "major", "surveillance", NULL};
ONE_EACH(rw_fee_names, RW_FEES);

const char *const rw_partner_kind_names[] = {
    "individual", "enterprise", "government", NULL};
ONE_EACH(rw_partner_kind_names, RW_PARTNER_KINDS);

struct rw_dist
rw_step_duration(enum rw_step s)
{
    static const double months[RW_STEPS][3] = {[RW_STEP_PREPARE] = {2, 4, 8},
        [RW_STEP_OPERATE] = {3, 3, 6},
        [RW_STEP_APPLICATION] = {0.5, 1, 2},
        [RW_STEP_PRE_EVALUATION] = {0.5, 1, 1.5},
        [RW_STEP_AUDIT] = {0.25, 0.5, 1},
        [RW_STEP_CORRECTIVE] = {1, 2, 4}};
    const struct rw_dist_arg args[] = {{"min", months[s][0] / 12},
        {"mode", months[s][1] / 12}, {"max", months[s][2] / 12}};
    char why[RW_DIST_WHY];
    struct rw_dist d = rw_dist_constant(0);
    int bad;

    if (rw_step_timed(s)) {
        enum rw_err err = rw_dist_make("pert", args, 3, &d, &bad, why);

        RW_BUG_ASSERT(err == RW_OK);
    }
    return d;
}

const char *
rw_programme_noun(const struct rw_programme *p)
{
    return p->accredited ? "accredited certificate"
                         : "private scheme's conformity statement";
}

void
rw_programme_room(const struct rw_model *m, size_t *truth, size_t *lanes)
{
    size_t risks = 0;

    for (size_t t = 0; t < m->n_threats; t++)
        risks += m->threats[t].n_assets;
    *truth = m->programme.stated ? RW_FEES : 0;
    *lanes = (m->programme.stated ? RW_STEPS + 2 : 0) + m->n_partners * risks;
}

/* ---- evidence that follows from the model ---- */

/* Which controls evidence a document. */
static bool
evidences(const struct rw_model *m, enum rw_document d, size_t control)
{
    const struct rw_control *c = &m->controls[control];
    bool partner = control >= m->n_controls - m->n_partners;

    switch (d) {
    case RW_DOCUMENT_CONTROL_MEASURES:
        return !partner;
    case RW_DOCUMENT_COLLABORATION_AGREEMENT:
        return c->principles >> RW_PRINCIPLE_THREAT_INTELLIGENCE_SHARING & 1u;
    case RW_DOCUMENT_TECHNICAL_DEPLOYMENT_PROOF:
        return c->pillar == RW_PILLAR_TECHNICAL;
    case RW_DOCUMENT_TRAINING_RECORDS:
        return c->pillar == RW_PILLAR_SOCIAL_ENGINEERING;
    case RW_DOCUMENT_EVENT_RESPONSE_RECORD:
        return c->effect == RW_EFFECT_RESPOND;
    default:
        return false;
    }
}

static enum rw_err
derive(struct build *b, const struct rw_model *m, enum rw_document d,
    struct rw_evidence *x)
{
    x->by = d == RW_DOCUMENT_POLICY || d == RW_DOCUMENT_RISK_ASSESSMENT_REPORT
                ? RW_PROOF_PREPARATION
            : d == RW_DOCUMENT_INTERNAL_AUDIT_REPORT       ? RW_PROOF_AUDITS
            : d == RW_DOCUMENT_CONTINUOUS_IMPROVEMENT_PLAN ? RW_PROOF_IMPROVEMENT
                                                           : RW_PROOF_ANY;
    x->controls = RW_ARENA_NEW(rw_build_arena(b), m->n_controls, size_t);
    x->n_controls = 0;
    if (x->controls == NULL)
        return rw_build_memory(b);
    for (size_t c = 0; c < m->n_controls; c++)
        if (evidences(m, d, c))
            x->controls[x->n_controls++] = c;
    return RW_OK;
}

/* ---- lanes and tables ---- */

static enum rw_err
build_stages(struct build *b, struct rw_programme *p)
{
    enum rw_err err = RW_OK;

    for (int s = RW_STEP_PREPARE; s <= RW_STEP_CORRECTIVE && err == RW_OK; s++) {
        err =
            rw_build_lane(b, "programme", "stage", rw_step_names[s], &p->stage_lane[s]);
        if (err == RW_OK)
            err = rw_build_sampler(b, &p->sampler[s], &p->duration[s]);
    }
    if (err == RW_OK)
        err = rw_build_lane(b, "programme", "audit", "pre-evaluation", &p->pre_lane);
    if (err == RW_OK)
        err = rw_build_lane(b, "programme", "audit", "majors", &p->major_lane);
    for (int k = 0; k < RW_FEES && err == RW_OK; k++)
        err = rw_build_estimate(b, &p->fee[k], "programme", "cost", rw_fee_names[k]);
    return err;
}

static bool
in(const size_t list[], size_t n, size_t x)
{
    for (size_t k = 0; k < n; k++)
        if (list[k] == x)
            return true;
    return n == 0;
}

static enum rw_err
build_partner(struct build *b, const struct rw_model *m, struct rw_partner *x)
{
    struct rw_arena *a = rw_build_arena(b);
    const struct rw_control *c = &m->controls[x->at];
    enum rw_err err = RW_OK;

    x->lane = RW_ARENA_NEW(a, m->n_risks, uint64_t);
    if (x->lane == NULL)
        return rw_build_memory(b);
    for (size_t r = 0; r < m->n_risks && err == RW_OK; r++)
        if (x->observes > 0 &&
            in(c->covers_threats, c->n_covers_threats, m->risks[r].threat) &&
            in(c->covers_assets, c->n_covers_assets, m->risks[r].asset))
            err = rw_build_lane(b, "partner", c->id,
                rw_arena_printf(a, "sees/%s", m->risks[r].id), &x->lane[r]);
    return err;
}

/* Twins, which came after the scenario was read, follow it where theirs does. */
static enum rw_err
include_twins(struct build *b, struct rw_model *m)
{
    bool *follows = RW_ARENA_NEW(rw_build_arena(b), m->n_strategies, bool);

    if (follows == NULL)
        return rw_build_memory(b);
    for (size_t s = 0; s < m->n_strategies; s++) {
        const struct rw_strategy *x = &m->strategies[s];

        follows[s] = m->programme.follows[x->twin != RW_TWIN_NONE ? x->twin_of : s];
    }
    m->programme.follows = follows;
    return RW_OK;
}

enum rw_err
rw_programme_build(struct build *b, struct rw_model *m)
{
    struct rw_programme *p = &m->programme;
    enum rw_err err = RW_OK;

    for (size_t k = 0; k < m->n_partners && err == RW_OK; k++)
        err = build_partner(b, m, &m->partners[k]);
    if (err != RW_OK || !p->stated)
        return err;
    err = include_twins(b, m);
    for (int d = 0; d < RW_DOCUMENTS && err == RW_OK; d++)
        if (!p->evidence[d].stated)
            err = derive(b, m, (enum rw_document)d, &p->evidence[d]);
    return err == RW_OK ? build_stages(b, p) : err;
}
