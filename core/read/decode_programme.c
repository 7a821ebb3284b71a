/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <string.h>

#define THIS_STANDARD "27032"

/* A certificate that does not exist cannot be simulated. */
static void
check_scheme(struct rw_decode *x, const struct rw_node *node, struct rw_programme *p)
{
    const struct rw_node *flag = rw_node_get(node, "accredited");

    if (p->accredited && (p->scheme == NULL || strstr(p->scheme, THIS_STANDARD))) {
        rw_decode_wrong(x, flag,
            "there is no accredited certification against ISO/IEC 27032, which is "
            "guidance");
        rw_diag_help(x->d,
            "leave 'accredited' out: what it leads to is a private "
            "scheme's statement; or name with 'scheme' another standard, "
            "such as ISO/IEC 27001");
    }
    if (p->scheme == NULL)
        p->scheme = "based on ISO/IEC 27032";
}

static void
check_cycles(struct rw_decode *x, const struct rw_node *node, struct rw_programme *p)
{
    const struct rw_node *start = rw_node_get(node, "start");
    const struct rw_node *deadline = rw_node_get(node, "deadline");
    unsigned cycles = x->m->cycles;

    if (start && cycles > 0 && p->start > cycles)
        rw_decode_wrong(
            x, start, "cycle %u is beyond the horizon of %u cycles", p->start, cycles);
    if (deadline && cycles > 0 && p->deadline > cycles)
        rw_decode_wrong(x, deadline, "cycle %u is beyond the horizon of %u cycles",
            p->deadline, cycles);
    else if (deadline && p->deadline < p->start && p->deadline > 0) {
        rw_decode_wrong(x, deadline, "the deadline is before the programme begins");
        rw_decode_also(x, start, "it begins here");
    }
    p->start -= p->start > 0;
}

static void
ask_for_all(struct rw_decode *x, const struct rw_node *node, const char *key,
    unsigned n, unsigned *set)
{
    const struct rw_node *list = rw_decode_list(node, key);

    if (list && list->n == 0) {
        rw_decode_wrong(x, list, "%s is empty", key);
        rw_diag_help(x->d, "list one or more, or leave the key out for all of them");
    }
    if (list == NULL)
        *set = (1u << n) - 1;
}

/* ---- durations ---- */

static void
check_duration(struct rw_decode *x, const struct rw_node *stages, enum rw_step s,
    struct rw_programme *p)
{
    const struct rw_node *given = rw_node_get(stages, rw_step_names[s]);
    double low, high;

    if (given == NULL) {
        p->duration[s] = rw_step_duration(s);
        return;
    }
    if (s != RW_STEP_OPERATE)
        return;
    rw_dist_support(&p->duration[s], &low, &high);
    if (low >= RW_RECORDS_YEARS * (1 - 1e-12))
        return;
    rw_decode_wrong(x, given, "'operate' must be 3 months or more in every case");
    rw_diag_label(x->d, "down to %.3g months", low * 12);
    rw_diag_help(
        x->d, "an application needs 3 months of operation with records at least");
}

static void
check_statement(
    struct rw_decode *x, const struct rw_node *node, const struct rw_programme *p)
{
    const struct rw_node *s = rw_node_get(node, "statement");
    const struct rw_node *validity = rw_node_get(s, "validity");
    const struct rw_node *surveillance = rw_node_get(s, "surveillance");

    if (p->validity >= p->surveillance || (!validity && !surveillance))
        return;
    rw_decode_wrong(x, validity ? validity : surveillance,
        "the statement would expire before its first surveillance audit");
    if (validity && surveillance)
        rw_decode_also(x, surveillance, "this comes later");
    rw_diag_help(x->d,
        "'validity' is the time to re-audit, %.4g days here; "
        "'surveillance' that between audits before it, %.4g days",
        p->validity * RW_DAYS_PER_YEAR, p->surveillance * RW_DAYS_PER_YEAR);
}

/* ---- evidence ---- */

/* One of three keys says what shows the document. */
static void
check_ways(struct rw_decode *x, const struct rw_node *node)
{
    static const char *const ways[] = {"controls", "by", "from"};
    const struct rw_node *found = NULL;

    for (int k = 0; k < 3; k++) {
        const struct rw_node *given = rw_node_get(node, ways[k]);

        if (given && found)
            rw_decode_conflict(x, found, given, "one of them shows the document");
        else if (given)
            found = given;
    }
    if (found)
        return;
    rw_decode_wrong(x, node, "nothing shows that this document is there");
    rw_diag_help(x->d, "give one of 'controls', 'by' and 'from'");
}

static void
decode_controls(struct rw_decode *x, const struct rw_node *list, struct rw_evidence *v)
{
    struct rw_id **refs = RW_DECODE_NEW(x, list->n, struct rw_id *);
    size_t n;

    v->controls = RW_DECODE_NEW(x, list->n, size_t);
    if (refs == NULL || v->controls == NULL)
        return;
    n = rw_decode_refs(x, list, 1u << RW_ID_CONTROL | 1u << RW_ID_PARTNER, refs, NULL);
    for (size_t k = 0; k < n; k++)
        v->controls[v->n_controls++] = refs[k]->index;
}

static void
decode_evidence(struct rw_decode *x, const struct rw_node *node, struct rw_programme *p,
    const struct rw_node *first[RW_DOCUMENTS])
{
    struct rw_evidence v = {.stated = true};
    const struct rw_node *document = rw_decode_text(node, "document");
    const struct rw_node *list = rw_decode_list(node, "controls");
    const struct rw_node *from = rw_node_get(node, "from");
    size_t before = x->d->total;

    if (!rw_decode_object(x, node, &rw_keys_evidence, &v))
        return;
    check_ways(x, node);
    v.by = list ? RW_PROOF_ALL : from ? RW_PROOF_CYCLE : v.by;
    if (v.from > x->m->cycles && x->m->cycles > 0)
        rw_decode_wrong(x, from, "cycle %u is beyond the horizon of %u cycles", v.from,
            x->m->cycles);
    v.from -= v.from > 0;
    if (list)
        decode_controls(x, list, &v);
    if (x->d->total != before || document == NULL)
        return;
    if (first[v.document]) {
        rw_decode_wrong(x, document, "'%s' stands twice in this list", document->text);
        rw_decode_also(x, first[v.document], "first");
    }
    first[v.document] = document;
    p->evidence[v.document] = v;
}

/* ---- who follows it ---- */

static void
decode_follower(struct rw_decode *x, const struct rw_node *node, struct rw_programme *p)
{
    const struct rw_model *m = x->m;
    const char **names;
    size_t s = 0;

    if (node->kind != RW_JSON_STRING) {
        rw_decode_wrong_kind(x, node, "strategies", "a list [ ... ] of names");
        return;
    }
    while (s < m->n_strategies && strcmp(m->strategies[s].name, node->text) != 0)
        s++;
    if (s < m->n_strategies && m->strategies[s].idle) {
        rw_decode_wrong(x, node, "the strategy 'nothing' follows no programme");
        rw_diag_help(x->d, "it is what operates today and no more");
    } else if (s < m->n_strategies && p->follows[s]) {
        rw_decode_wrong(x, node, "'%s' stands twice in this list", node->text);
    } else if (s < m->n_strategies) {
        p->follows[s] = true;
    } else {
        rw_decode_wrong(x, node, "'%s' is not the name of a strategy",
            rw_diag_shown(x->d, node->text));
        names = RW_DECODE_NEW(x, m->n_strategies, const char *);
        for (s = 0; names && s < m->n_strategies; s++)
            names[s] = m->strategies[s].name;
        if (names)
            rw_decode_suggest(x, node->text, names, m->n_strategies);
    }
}

static void
decode_followers(
    struct rw_decode *x, const struct rw_node *node, struct rw_programme *p)
{
    const struct rw_node *list = rw_decode_list(node, "strategies");

    p->follows = RW_DECODE_NEW(x, x->m->n_strategies, bool);
    if (p->follows == NULL)
        return;
    for (size_t s = 0; list == NULL && s < x->m->n_strategies; s++)
        p->follows[s] = !x->m->strategies[s].idle;
    if (list && list->n == 0) {
        rw_decode_wrong(x, list, "strategies is empty");
        rw_diag_help(x->d, "list one or more, or leave the key out");
    }
    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next)
        decode_follower(x, c, p);
}

void
rw_decode_programme(struct rw_decode *x, const struct rw_node *object)
{
    struct rw_programme *p = &x->m->programme;
    const struct rw_node *first[RW_DOCUMENTS] = {NULL}, *list;

    if (object == NULL || object->kind != RW_JSON_OBJECT)
        return;
    p->stated = true;
    p->place = rw_decode_place(x, object);
    check_scheme(x, object, p);
    check_cycles(x, object, p);
    ask_for_all(x, object, "pillars", RW_PILLARS, &p->pillars);
    ask_for_all(x, object, "principles", RW_PRINCIPLES, &p->principles);
    ask_for_all(x, object, "documents", RW_DOCUMENTS, &p->documents);
    for (int s = RW_STEP_PREPARE; s <= RW_STEP_CORRECTIVE; s++)
        check_duration(x, rw_node_get(object, "stages"), (enum rw_step)s, p);
    check_statement(x, object, p);
    decode_followers(x, object, p);
    list = rw_decode_list(object, "evidence");
    for (const struct rw_node *c = list ? list->first : NULL; c; c = c->next)
        decode_evidence(x, c, p, first);
}
