/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/terms.h"

#include <math.h>
#include <string.h>

/* What thins a risk's attempts: known factors as one number, uncertain ones
 * as a list of controls. */
struct thinning {
    double known;
    size_t *uncertain, n_uncertain; /* indices of controls */
};

struct make {
    const struct rw_model *m;
    struct rw_arena *a;
    struct rw_terms *t;
    struct rw_error *e;
    struct thinning *thinning; /* (n_risks) */
    bool memory;               /* is out */
};

static const char *
because(struct make *x, const char *fmt, const char *id)
{
    char *s = rw_arena_printf(x->a, fmt, id);

    x->memory |= s == NULL;
    return s ? s : "no memory";
}

static const char *
threat_reason(struct make *x, const struct rw_threat *k)
{
    if (k->use.plugin != NULL)
        return because(
            x, "plugin '%s' may change from cycle to cycle", k->use.plugin->name);
    if (k->sized)
        return because(
            x, "how large the losses of '%s' are as a whole is uncertain", k->id);
    if (k->attack.n > 0)
        return because(x,
            "attacks of '%s' go through stages and fall later than they begin", k->id);
    if (k->children > 0)
        return because(x, "events of '%s' bring further events", k->id);
    return NULL;
}

static bool
known(const struct rw_control *c)
{
    return rw_dist_is_constant(&c->coverage.dist) &&
           rw_dist_is_constant(&c->efficacy.dist);
}

/* Share of the events or losses that a known control takes away. */
static double
effect(const struct rw_control *c)
{
    return rw_dist_mean(&c->coverage.dist) * rw_dist_mean(&c->efficacy.dist);
}

static const char *
control_reason(struct make *x, const struct rw_control *c)
{
    if (c->use.plugin != NULL)
        return because(x, "control '%s' is a plugin's", c->id);
    if (c->fails > 0 || c->upkeep.steady_fails > 0)
        return because(x, "control '%s' fails and is mended", c->id);
    if (c->half_life > 0)
        return because(x, "control '%s' wears", c->id);
    if (c->effect != RW_EFFECT_PREVENT && !known(c))
        return because(x, "what control '%s' is worth is uncertain", c->id);
    return NULL;
}

/* Some operating control answers events that are seen. */
static bool
responds(const struct rw_model *m, const struct rw_risk *r)
{
    for (int f = RW_FUNCTION_CONTAINMENT; f <= RW_FUNCTION_LOSS_MINIMISATION; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++)
            if (m->controls[r->controls[f][k]].status == RW_STATUS_OPERATING)
                return true;
    return false;
}

/* What others it comes or stays away with. */
static const char *
touched(const struct rw_risk *r)
{
    return r->touched & RW_TOUCH_SHOCK        ? "shocks bring it events"
           : r->touched & RW_TOUCH_MULTIPLIER ? "it shares a multiplier with others"
           : r->touched & RW_TOUCH_CAUSE
               ? "controls before it have a common cause to fail"
           : r->touched & RW_TOUCH_COPULA ? "a copula ties it to others"
                                          : NULL;
}

/* The first reason against an exact law, or NULL.  Detection matters to a
 * loss only where something answers it and not all is seen anyway. */
static const char *
reason(struct make *x, size_t risk)
{
    const struct rw_risk *r = &x->m->risks[risk];
    const struct rw_threat *t = &x->m->threats[r->threat];
    const char *why = touched(r) ? touched(r) : threat_reason(x, t);
    bool answer = responds(x->m, r), detect = answer && t->seen_probability < 1;

    for (int f = 0; f < RW_FUNCTIONS && why == NULL; f++)
        for (size_t k = 0; k < r->n_controls[f] && why == NULL; k++) {
            const struct rw_control *c = &x->m->controls[r->controls[f][k]];

            if (c->status == RW_STATUS_OPERATING &&
                (detect || c->effect != RW_EFFECT_DETECT))
                why = control_reason(x, c);
        }
    return why;
}

/* prod (1 - effect) of the known operating controls of some functions. */
static double
left_by(const struct rw_model *m, const struct rw_risk *r, int f, int last)
{
    double left = 1;

    for (; f <= last; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++) {
            const struct rw_control *c = &m->controls[r->controls[f][k]];

            if (c->status == RW_STATUS_OPERATING && known(c))
                left *= 1 - effect(c);
        }
    return left;
}

static void
thin(struct make *x, size_t risk)
{
    const struct rw_risk *r = &x->m->risks[risk];
    struct thinning *t = &x->thinning[risk];

    t->known = left_by(x->m, r, RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE);
    t->uncertain = RW_ARENA_NEW(x->a, x->m->n_controls, size_t);
    x->memory |= t->uncertain == NULL;
    for (int f = RW_FUNCTION_AVOIDANCE; f <= RW_FUNCTION_RESISTANCE && !x->memory; f++)
        for (size_t k = 0; k < r->n_controls[f]; k++) {
            size_t c = r->controls[f][k];

            if (x->m->controls[c].status == RW_STATUS_OPERATING &&
                !known(&x->m->controls[c]))
                t->uncertain[t->n_uncertain++] = c;
        }
}

/* P(seen) and what response then leaves of an event's loss. */
static void
respond(struct make *x, const struct rw_risk *r, struct rw_event_loss *l)
{
    const struct rw_model *m = x->m;
    double left = left_by(m, r, RW_FUNCTION_CONTAINMENT, RW_FUNCTION_LOSS_MINIMISATION);
    double seen = m->threats[r->threat].seen_probability, all = 1;
    double *share, *weight;

    if (left >= 1)
        return;
    for (int f = RW_FUNCTION_VISIBILITY; f <= RW_FUNCTION_RECOGNITION; f++)
        all *= 1 - left_by(m, r, f, f);
    seen += (1 - seen) * all;
    share = RW_ARENA_NEW(x->a, 2, double);
    weight = RW_ARENA_NEW(x->a, 2, double);
    x->memory |= share == NULL || weight == NULL;
    if (x->memory)
        return;
    share[0] = left;
    weight[0] = seen;
    share[1] = 1;
    weight[1] = 1 - seen;
    l->share = share;
    l->share_weight = weight;
    l->n_shares = seen < 1 ? 2 : 1;
}

/* The parts of the risk's loss, appended to parts[]; returns their number. */
static size_t
add_parts(const struct rw_model *m, const struct rw_risk *r, struct rw_event_part p[])
{
    const struct rw_threat *k = &m->threats[r->threat];
    size_t n = 0;

    for (size_t j = 0; j < k->n_losses; j++)
        if (k->losses[j].secondary > 0 && r->scale[j] > 0)
            p[n++] = (struct rw_event_part){
                k->losses[j].amount, r->scale[j], k->losses[j].secondary};
    return n;
}

/* A cover without limit leaves min(loss, deductible): of one part that nothing
 * answers a cap, so that it is one distribution. */
static void
insure(const struct rw_threat *k, struct rw_event_part p[], struct rw_event_loss *l)
{
    if (!k->covered)
        return;
    if (isinf(k->limit) && l->n_parts == 1 && l->n_shares == 0) {
        p->amount.cap = fmin(p->amount.cap, k->deductible / p->scale);
        p->amount.floor = fmin(p->amount.floor, p->amount.cap);
    } else {
        l->deductible = k->deductible;
        l->limit = k->limit;
    }
}

static void
set_event(struct make *x, size_t risk, struct rw_event_loss *l)
{
    const struct rw_risk *r = &x->m->risks[risk];
    struct rw_event_part *p =
        RW_ARENA_NEW(x->a, x->m->threats[r->threat].n_losses, struct rw_event_part);

    x->memory |= p == NULL;
    if (x->memory)
        return;
    *l = (struct rw_event_loss){.parts = p, .n_parts = add_parts(x->m, r, p)};
    respond(x, r, l);
    insure(&x->m->threats[r->threat], p, l);
}

/* What multiplies to the risk's yearly frequency; the last factor is what the
 * known controls leave. */
static void
set_factors(struct make *x, const struct rw_threat *k, const struct thinning *t,
    struct rw_term *term)
{
    size_t n = t->n_uncertain + 3;
    struct rw_mixing_factor *f = RW_ARENA_NEW(x->a, n, struct rw_mixing_factor);

    x->memory |= f == NULL;
    if (x->memory)
        return;
    f[0].x = k->frequency.dist;
    f[1].x = k->susceptibility.dist;
    for (size_t j = 0; j < t->n_uncertain; j++)
        f[j + 2] = (struct rw_mixing_factor){
            .x = x->m->controls[t->uncertain[j]].coverage.dist,
            .y = x->m->controls[t->uncertain[j]].efficacy.dist,
            .complement = true};
    f[n - 1].x = rw_dist_constant(t->known);
    term->factors = f;
    term->n_factors = n;
}

/* The count law, and the quadrature of what is uncertain about the frequency;
 * the members' shares have the known factor. */
static enum rw_err
set_count(struct make *x, const struct rw_count *count, struct rw_term *term)
{
    struct rw_mixing mixing;
    enum rw_err err = rw_mixing_make(term->factors, term->n_factors - 1, x->a, &mixing);

    term->compound = (struct rw_compound){.law = count->law,
        .dispersion = count->dispersion,
        .zero = count->zero,
        .chances = count->chances,
        .m = mixing.node,
        .weight = mixing.weight,
        .n_nodes = mixing.n};
    return err;
}

static enum rw_err
make_risk(struct make *x, size_t r)
{
    const struct rw_threat *k = &x->m->threats[x->m->risks[r].threat];
    struct rw_term *term = &x->t->risk[r];
    struct rw_compound_member *one = RW_ARENA_NEW(x->a, 1, struct rw_compound_member);
    enum rw_err err = RW_OK;

    term->risk = r;
    term->id = x->m->risks[r].id;
    term->why = reason(x, r);
    if (term->why != NULL)
        return x->memory ? RW_ERR_MEMORY : RW_OK;
    thin(x, r);
    set_factors(x, k, &x->thinning[r], term);
    if (one == NULL || x->memory)
        return RW_ERR_MEMORY;
    err = set_count(x, &k->count, term);
    one->share = x->thinning[r].known;
    set_event(x, r, &one->event);
    term->compound.members = one;
    term->compound.n_members = one->share > 0; /* else nothing ever happens */
    x->t->n_exact++;
    return x->memory ? RW_ERR_MEMORY : err;
}

/* ---- the sum ---- */

static bool
same_thinning(const struct thinning *a, const struct thinning *b)
{
    return a->n_uncertain == b->n_uncertain &&
           memcmp(a->uncertain, b->uncertain, a->n_uncertain * sizeof *a->uncertain) ==
               0;
}

/* An uncertain control before risks of two threats couples them. */
static const char *
coupled(struct make *x)
{
    const size_t none = SIZE_MAX;
    size_t *threat = RW_ARENA_NEW(x->a, x->m->n_controls, size_t);

    if (threat == NULL) {
        x->memory = true;
        return NULL;
    }
    for (size_t c = 0; c < x->m->n_controls; c++)
        threat[c] = none;
    for (size_t r = 0; r < x->m->n_risks; r++)
        for (size_t k = 0; x->t->risk[r].why == NULL && k < x->thinning[r].n_uncertain;
             k++) {
            size_t c = x->thinning[r].uncertain[k], own = x->m->risks[r].threat;

            if (threat[c] != none && threat[c] != own)
                return because(x,
                    "control '%s', whose worth is uncertain, stands before several "
                    "threats",
                    x->m->controls[c].id);
            threat[c] = own;
        }
    return NULL;
}

/* All exact risks of one systemic threat as one member: one event, the parts
 * of every asset. */
static const char *
join_systemic(struct make *x, const struct rw_threat *k, const size_t risks[], size_t n,
    struct rw_compound *c, struct rw_compound_member *to)
{
    struct rw_event_part *p = RW_ARENA_NEW(x->a, n * k->n_losses, struct rw_event_part);
    size_t used = 0;

    if (k->covered)
        return because(x, "an event of '%s' has a deductible on each asset", k->id);
    x->memory |= p == NULL;
    for (size_t j = 0; j < n && !x->memory; j++) {
        const struct rw_term *t = &x->t->risk[risks[j]];

        if (x->thinning[risks[j]].known != x->thinning[risks[0]].known ||
            t->compound.members[0].event.n_shares > 0)
            return because(
                x, "an event of '%s' meets different controls on its assets", k->id);
        used += add_parts(x->m, &x->m->risks[risks[j]], p + used);
    }
    *to = (struct rw_compound_member){
        .share = x->thinning[risks[0]].known, .event = {.parts = p, .n_parts = used}};
    c->members = to;
    c->n_members = to->share > 0;
    return NULL;
}

/* The exact risks of one threat as one compound. */
static const char *
join_threat(struct make *x, const struct rw_threat *k, const size_t risks[], size_t n)
{
    struct rw_compound *c = &x->t->sum[x->t->n_sum++];
    struct rw_compound_member *to = RW_ARENA_NEW(x->a, n, struct rw_compound_member);

    x->memory |= to == NULL;
    *c = x->t->risk[risks[0]].compound;
    for (size_t j = 1; j < n; j++)
        if (!same_thinning(&x->thinning[risks[0]], &x->thinning[risks[j]]))
            return because(x,
                "an uncertain control stands before some assets of '%s' and not before "
                "others",
                k->id);
    if (x->memory)
        return NULL;
    if (k->systemic && n > 1)
        return join_systemic(x, k, risks, n, c, to);
    c->members = to;
    c->n_members = 0;
    for (size_t j = 0; j < n; j++)
        if (x->t->risk[risks[j]].compound.n_members > 0)
            to[c->n_members++] = x->t->risk[risks[j]].compound.members[0];
    return NULL;
}

static void
make_sum(struct make *x)
{
    const struct rw_model *m = x->m;
    size_t *risks = RW_ARENA_NEW(x->a, m->n_risks, size_t);

    x->t->sum = RW_ARENA_NEW(x->a, m->n_threats, struct rw_compound);
    x->memory |= risks == NULL || x->t->sum == NULL;
    x->t->sum_why = x->memory ? NULL : coupled(x);
    for (size_t k = 0; k < m->n_threats && !x->memory && x->t->sum_why == NULL; k++) {
        size_t n = 0;

        for (size_t r = 0; r < m->n_risks; r++)
            if (m->risks[r].threat == k && x->t->risk[r].why == NULL)
                risks[n++] = r;
        if (n > 0)
            x->t->sum_why = join_threat(x, &m->threats[k], risks, n);
    }
}

enum rw_err
rw_terms_make(const struct rw_model *m, struct rw_arena *a, struct rw_terms *t,
    struct rw_error *e)
{
    struct make x = {.m = m, .a = a, .t = t, .e = e};
    enum rw_err err = RW_OK;

    *t = (struct rw_terms){.n_risks = m->n_risks};
    t->risk = RW_ARENA_NEW(a, m->n_risks, struct rw_term);
    x.thinning = RW_ARENA_NEW(a, m->n_risks, struct thinning);
    x.memory = t->risk == NULL || x.thinning == NULL;
    for (size_t r = 0; r < m->n_risks && err == RW_OK && !x.memory; r++)
        err = make_risk(&x, r);
    if (err == RW_OK && !x.memory)
        make_sum(&x);
    if (x.memory || err != RW_OK)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the exact laws");
    return RW_OK;
}
