/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the programme, of partners and of regulations. */
#include "model/partner.h"
#include "model/regulation.h"
#include "read/keys.h"

#include <math.h>
#include <stddef.h>

#define IN(type, member)                                                               \
    .offset = offsetof(struct type, member), .size = sizeof(((struct type *)0)->member)
#define TABLE(id, label, place, text)                                                  \
    const struct rw_key_table rw_keys_##id = {.name = label,                           \
        .where = place,                                                                \
        .doc = text,                                                                   \
        .keys = id##_keys,                                                             \
        .n = sizeof id##_keys / sizeof *id##_keys}
#define MUST        .required = true
#define P(member)   IN(rw_model, programme.member)
#define SHARE       .unit = RW_UNIT_SHARE, .max = 1
#define TIME        .unit = RW_UNIT_TIME, .max = 1000
#define DURATION(s) RW_KEY_DIST, TIME, P(duration[s])
#define FEE(f)                                                                         \
    RW_KEY_ESTIMATE, .unit = RW_UNIT_MONEY, .max = INFINITY, .mean_max = RW_MONEY_MAX, \
                     .preset = "0", P(fee[f])

static const struct rw_key programme_keys[] = {
    {"accredited", RW_KEY_FLAG, .preset = "false", P(accredited),
        .doc = "false: what it leads to is called a private scheme's conformity "
               "statement. There is no accredited certification against ISO/IEC 27032, "
               "so true needs another `scheme`"},
    {"scheme", RW_KEY_TEXT, P(scheme),
        .doc = "whose requirements they are; default: based on ISO/IEC 27032"},
    {"strategies", RW_KEY_NAMES,
        .doc = "names of those that follow it; default: all but `nothing`"},
    {"start", RW_KEY_WHOLE, .min = 1, .max = RW_CYCLES_MAX, .preset = "1", P(start),
        .doc = "cycle in which preparation begins"},
    {"deadline", RW_KEY_WHOLE, .min = 1, .max = RW_CYCLES_MAX, P(deadline),
        .doc = "cycle by whose end the statement is due; left out: there is none"},
    {"readiness", RW_KEY_NUMBER, SHARE, .above = true, .preset = "0.5", P(threshold),
        .doc = "coverage of the pillars and of the principles that is asked for, each "
               "on average"},
    {"pillars", RW_KEY_WORDS, .words = rw_pillar_names, P(pillars),
        .doc = "pillars asked for; default: all four. Each must have a control in "
               "operation"},
    {"principles", RW_KEY_WORDS, .words = rw_principle_names, P(principles),
        .doc = "principles asked for, likewise; default: all six"},
    {"documents", RW_KEY_WORDS, .words = rw_document_names, P(documents),
        .doc = "documents of the application; default: all nine"},
    {"evidence", RW_KEY_OBJECTS, .table = &rw_keys_evidence,
        .doc = "what shows that a document is there; for the others it follows from "
               "controls, audits, corrections and partners"},
    {"stages", RW_KEY_OBJECT, .table = &rw_keys_stages,
        .doc = "how long the stages take, drawn anew for every visit"},
    {"pre_evaluation", RW_KEY_NUMBER, SHARE, .preset = "0.5", P(pre_evaluation),
        .doc = "probability that the application is evaluated before the audit, which "
               "halves what the audit finds"},
    {"majors", RW_KEY_NUMBER, .unit = RW_UNIT_PLAIN, .max = 100, .preset = "1.2",
        P(majors),
        .doc = "major non-conformities expected at an audit, less the readiness"},
    {"statement", RW_KEY_OBJECT, .table = &rw_keys_statement,
        .doc = "how long it stands"},
    {"cost", RW_KEY_OBJECT, .table = &rw_keys_fee,
        .doc = "what it costs beside the controls"},
};
TABLE(programme, "programme", "programme",
    "The security programme on the way to a third party's statement of conformity. "
    "The statement changes no loss.");

static const struct rw_key evidence_keys[] = {
    {"document", RW_KEY_WORD, MUST, .words = rw_document_names,
        IN(rw_evidence, document), .doc = "which of the nine"},
    {"controls", RW_KEY_IDS,
        .doc = "ids of controls and partners: it is there while all of them operate"},
    {"by", RW_KEY_WORD, .words = rw_proof_names, IN(rw_evidence, by),
        .doc = "`preparation`: once the first stage is over; `audits`: while Check "
               "audited a control within a year; `corrections`: once Act corrected "
               "something; `improvement`: once it did or Check audited, or where a "
               "planner plans anew"},
    {"from", RW_KEY_WHOLE, .min = 1, .max = RW_CYCLES_MAX, IN(rw_evidence, from),
        .doc = "cycle from which it is there"},
};
TABLE(evidence, "evidence", "programme.evidence[]",
    "What shows that a document is there: one of `controls`, `by` and `from`.");

static const struct rw_key stages_keys[] = {
    {"prepare", DURATION(RW_STEP_PREPARE), .preset = "pert `2mo` `4mo` `8mo`",
        .doc = "gap analysis, policy, risk assessment"},
    {"operate", DURATION(RW_STEP_OPERATE), .preset = "pert `3mo` `3mo` `6mo`",
        .doc = "operation with records, counted while the readiness asked for is "
               "there; at least 3 months"},
    {"application", DURATION(RW_STEP_APPLICATION), .preset = "pert `0.5mo` `1mo` `2mo`",
        .doc = "application and contract"},
    {"pre_evaluation", DURATION(RW_STEP_PRE_EVALUATION),
        .preset = "pert `0.5mo` `1mo` `1.5mo`", .doc = "where one is made"},
    {"audit", DURATION(RW_STEP_AUDIT), .preset = "pert `0.25mo` `0.5mo` `1mo`",
        .doc = "on site"},
    {"corrective", DURATION(RW_STEP_CORRECTIVE), .min = 1 / RW_DAYS_PER_YEAR,
        .preset = "pert `1mo` `2mo` `4mo`",
        .doc = "one round of corrective action; there are rounds until no major "
               "non-conformity is left"},
};
TABLE(stages, "stages", "programme.stages", "How long the programme's stages take.");

static const struct rw_key statement_keys[] = {
    {"validity", RW_KEY_NUMBER, TIME, .above = true, .preset = "1095", P(validity),
        .doc = "from issue to re-audit: three years"},
    {"surveillance", RW_KEY_NUMBER, TIME, .min = 1 / RW_DAYS_PER_YEAR, .preset = "365",
        P(surveillance), .doc = "between two surveillance audits"},
    {"suspension", RW_KEY_NUMBER, TIME, .above = true, .preset = "182.5", P(suspension),
        .doc = "time after which a suspended statement is withdrawn"},
};
TABLE(statement, "statement", "programme.statement", "How long the statement stands.");

static const struct rw_key fee_keys[] = {
    {"prepare", FEE(RW_FEE_PREPARE), .doc = "when preparation begins"},
    {"running", FEE(RW_FEE_RUNNING), .doc = "a year, once preparation is over"},
    {"application", FEE(RW_FEE_APPLICATION), .doc = "each"},
    {"pre_evaluation", FEE(RW_FEE_PRE_EVALUATION), .doc = "each"},
    {"audit", FEE(RW_FEE_AUDIT), .doc = "on site, and each re-audit"},
    {"major", FEE(RW_FEE_MAJOR), .doc = "of correcting one major non-conformity"},
    {"surveillance", FEE(RW_FEE_SURVEILLANCE), .doc = "each surveillance audit"},
};
TABLE(fee, "programme cost", "programme.cost",
    "What the programme costs beside the controls; booked with audits and "
    "corrections.");

static const struct rw_key partner_keys[] = {
    {"id", RW_KEY_ID, MUST, IN(rw_control, id), .doc = "unique in the file"},
    {"name", RW_KEY_TEXT, IN(rw_control, name), .doc = "for people; default: the id"},
    {"kind", RW_KEY_WORD, MUST, .words = rw_partner_kind_names, IN(rw_partner, kind),
        .doc = "who they are"},
    {"status", RW_KEY_WORD, .words = rw_status_names, .preset = "\"operating\"",
        IN(rw_control, status),
        .doc = "of the sharing agreement, as of a control: `operating` is in force "
               "today"},
    {"start", RW_KEY_WHOLE, .min = 1, .max = RW_CYCLES_MAX, .preset = "1",
        IN(rw_control, start), .doc = "cycle of the agreement, with status `planned`"},
    {"covers", RW_KEY_IDS,
        .doc = "ids of threats and assets that it knows of; default: all"},
    {"recognition", RW_KEY_ESTIMATE, SHARE, .preset = "0", IN(rw_control, efficacy),
        .doc = "share of the events that what it shares lets the organisation "
               "recognise, if they are visible and monitored"},
    {"observes", RW_KEY_NUMBER, .unit = RW_UNIT_PLAIN, .max = 1e4, .preset = "0",
        IN(rw_partner, observes),
        .doc = "organisations like this one whose incidents it tells of"},
    {"weight", RW_KEY_NUMBER, SHARE, .preset = "1", IN(rw_partner, weight),
        .doc = "of what it tells against own experience"},
    {"cost", RW_KEY_OBJECT, .table = &rw_keys_cost, .doc = "of the agreement"},
};
TABLE(partner, "partner", "partners[]",
    "With whom threat intelligence is shared: a control of recognition that also "
    "tells of its own incidents. Plans and planners may choose it like a control.");

static const struct rw_key regulation_keys[] = {
    {"kind", RW_KEY_WORD, MUST, .words = rw_regulation_names, IN(rw_regulation, kind),
        .doc = "the law, or the contract"},
    {"threats", RW_KEY_IDS, MUST, .doc = "ids of those whose events may be fined"},
    {"assets", RW_KEY_IDS, .doc = "ids of what falls under it; default: all"},
    {"probability", RW_KEY_NUMBER, SHARE, MUST, IN(rw_regulation, probability),
        .doc = "that an event is fined"},
    {"fraction", RW_KEY_DIST, SHARE, IN(rw_regulation, fraction),
        .doc = "of the most that is allowed; default: beta 0.5 20, of `ccpa` uniform "
               "from 107/799 to 1"},
    {"tier", RW_KEY_WORD, .words = rw_tier_names, IN(rw_regulation, tier),
        .doc = "of `gdpr`, required there: `lower` is max(10M EUR, 2 % of the "
               "revenue), `upper` max(20M EUR, 4 %)"},
    {"operator", RW_KEY_WORD, .words = rw_operator_names, IN(rw_regulation, operator),
        .doc = "of `china_csl`, required there: of critical infrastructure 10M CNY, "
               "other 2M, a person 1M"},
    {"consumers", RW_KEY_NUMBER, SHARE, .above = true, IN(rw_regulation, consumers),
        .doc = "of `ccpa`, required there: share of the asset's records that are "
               "Californian consumers', 107 to 799 USD each"},
    {"cap", RW_KEY_NUMBER, .unit = RW_UNIT_PLAIN, .max = RW_MONEY_MAX, .above = true,
        IN(rw_regulation, cap),
        .doc = "of `pci_dss`, required there: the most that the contract allows for an "
               "event, in `currency`"},
    {"currency", RW_KEY_CURRENCY, IN(rw_regulation, currency),
        .doc = "of `pci_dss`: the contract's, default the scenario's. A law has its "
               "own: EUR, USD, CNY"},
    {"rate", RW_KEY_NUMBER, .unit = RW_UNIT_PLAIN, .max = 1e9, .above = true,
        IN(rw_regulation, rate),
        .doc = "the scenario's currency for one of the regulation's, required where "
               "they differ"},
};
TABLE(regulation, "regulation", "regulations[]",
    "A law or contract under which events are fined: one more loss of form `fines`.");
