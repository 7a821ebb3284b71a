/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/keys.h"

#include "num/special.h"

#include <math.h>
#include <string.h>

#define IN(type, member)                                                               \
    .offset = offsetof(struct type, member), .size = sizeof(((struct type *)0)->member)
#define TABLE(id, label, place, text)                                                  \
    const struct rw_key_table rw_keys_##id = {.name = label,                           \
        .where = place,                                                                \
        .doc = text,                                                                   \
        .keys = id##_keys,                                                             \
        .n = sizeof id##_keys / sizeof *id##_keys}

#define MONEY .unit = RW_UNIT_MONEY, .max = RW_MONEY_MAX
#define SHARE .unit = RW_UNIT_SHARE, .max = 1
#define RATE  .unit = RW_UNIT_RATE, .max = INFINITY
#define TIME  .unit = RW_UNIT_TIME, .max = 1000
#define PLAIN .unit = RW_UNIT_PLAIN
#define MUST  .required = true
#define HISTORY                                                                        \
    "what estimates were before they learned from what happened; written by "          \
    "`riskwheel learn`"

#define REFERENCE                                                                      \
    "what it is called in the catalogue it comes from, such as `T1566.001` or "        \
    "`ac-2.1`; stands in `results.json` too"

static const char *const count_laws[] = {
    "poisson", "negbin", "zip", "binomial", "bernoulli", NULL};

static const struct rw_key scenario_keys[] = {
    {"riskwheel", RW_KEY_WHOLE, MUST, .min = 1, .max = 1,
        .doc = "version of the format"},
    {"name", RW_KEY_TEXT, IN(rw_model, name),
        .doc = "title; may be left out where the organisation has a name"},
    {"currency", RW_KEY_CURRENCY, MUST, IN(rw_model, currency),
        .doc = "code of the one currency of all money, such as `USD`"},
    {"horizon", RW_KEY_OBJECT, MUST, .table = &rw_keys_horizon,
        .doc = "how far the simulation looks ahead"},
    {"simulation", RW_KEY_OBJECT, .table = &rw_keys_simulation,
        .doc = "how much is simulated"},
    {"organisation", RW_KEY_OBJECT, .table = &rw_keys_organisation,
        .doc = "who it is about"},
    {"assets", RW_KEY_OBJECTS, MUST, .table = &rw_keys_asset,
        .doc = "what can be hit, one or more"},
    {"threats", RW_KEY_OBJECTS, MUST, .table = &rw_keys_threat,
        .doc = "what may happen to assets, one or more"},
    {"controls", RW_KEY_OBJECTS, .table = &rw_keys_control,
        .doc = "what reduces risk, in operation or not yet"},
    {"dependence", RW_KEY_OBJECT, .table = &rw_keys_dependence,
        .doc = "what ties threats, controls and estimates together"},
    {"strategies", RW_KEY_OBJECTS, .table = &rw_keys_strategy,
        .doc = "ways to turn the wheel, compared over the same futures; `nothing` is "
               "always among them"},
    {"programme", RW_KEY_OBJECT, .table = &rw_keys_programme,
        .doc = "the way to a third party's statement of conformity"},
    {"partners", RW_KEY_OBJECTS, .table = &rw_keys_partner,
        .doc = "with whom threat intelligence is shared"},
    {"regulations", RW_KEY_OBJECTS, .table = &rw_keys_regulation,
        .doc = "laws and contracts under which events are fined"},
    {"appetite", RW_KEY_OBJECTS, .table = &rw_keys_appetite,
        .doc = "how much annual loss is tolerated, as points of a curve"},
};
TABLE(scenario, "scenario", "", "The whole file.");

static const struct rw_key horizon_keys[] = {
    {"cycles", RW_KEY_WHOLE, MUST, .min = 1, .max = RW_CYCLES_MAX, IN(rw_model, cycles),
        .doc = "turns of the wheel"},
    {"cycle", RW_KEY_WORD, MUST, .words = rw_cycle_names, IN(rw_model, per_year),
        .doc = "length of one turn"},
};
TABLE(horizon, "horizon", "horizon", "How far the simulation looks ahead.");

static const struct rw_key simulation_keys[] = {
    {"trials", RW_KEY_WHOLE, .min = 1, .max = 1e9, .preset = "100000",
        IN(rw_model, trials), .doc = "futures"},
    {"seed", RW_KEY_WHOLE, .min = 0, .max = 0x1p53, .preset = "27032",
        IN(rw_model, seed), .doc = "same seed, same futures, bit for bit"},
    {"sampling", RW_KEY_WORD, .words = rw_sampling_names, .preset = "\"plain\"",
        IN(rw_model, sampling),
        .doc = "how futures are drawn: all by chance, or their weightiest draws evenly "
               "by scrambled Sobol nets"},
    {"band", RW_KEY_OBJECT, .table = &rw_keys_band,
        .doc = "how much more is simulated for the band of the exceedance curves; "
               "default: a quarter as many futures again, 100 histories to a truth, "
               "at most 10000 truths, "
               "from 20000 futures on"},
    {"attribution", RW_KEY_FLAG, .preset = "false", IN(rw_model, attribution),
        .doc = "whether the change of residual risk from cycle to cycle is told apart: "
               "drift of the threats, controls, wear and chance, with `phases` "
               "learning too"},
    {"benefit", RW_KEY_FLAG, .preset = "false", IN(rw_model, benefit),
        .doc = "whether it is told what each control, pillar and principle takes off "
               "residual risk, and what it costs"},
    {"phases", RW_KEY_FLAG, .preset = "false", IN(rw_model, phases),
        .doc = "whether every closed loop is simulated without Plan, without Check, "
               "without Act and with the truth known, too, to see what each is worth"},
};
TABLE(simulation, "simulation", "simulation", "How much is simulated.");

static const struct rw_key band_keys[] = {
    {"truths", RW_KEY_WHOLE, MUST, .min = 50, .max = 1e5, IN(rw_model, band_truths),
        .doc = "draws of all estimates together"},
    {"histories", RW_KEY_WHOLE, MUST, .min = 10, .max = 1e4,
        IN(rw_model, band_histories), .doc = "futures that share one truth"},
};
TABLE(band, "band", "simulation.band",
    "How much is simulated to tell what the estimates leave open from what is chance.");

static const struct rw_key organisation_keys[] = {
    {"name", RW_KEY_NAME,
        .doc = "stands for the scenario's own name where that is "
               "left out"},
    {"revenue", RW_KEY_NUMBER, MONEY, .preset = "0", IN(rw_model, revenue),
        .doc = "a year; 0: not stated"},
    {"sector", RW_KEY_TEXT, IN(rw_model, sector), .doc = "for reports"},
    {"discount_rate", RW_KEY_NUMBER, SHARE, .preset = "0", IN(rw_model, discount_rate),
        .doc = "a year, for net present values"},
};
TABLE(organisation, "organisation", "organisation", "Who it is about.");

static const struct rw_key asset_keys[] = {
    {"id", RW_KEY_ID, MUST, IN(rw_asset, id), .doc = "unique in the file"},
    {"name", RW_KEY_TEXT, IN(rw_asset, name), .doc = "for people; default: the id"},
    {"value", RW_KEY_NUMBER, MONEY, .preset = "0", IN(rw_asset, value),
        .doc = "what losses stated `\"of\": \"value\"` multiply; 0: not stated"},
    {"records", RW_KEY_NUMBER, PLAIN, .max = 1e15, .preset = "0", IN(rw_asset, records),
        .doc = "what losses stated `\"of\": \"records\"` multiply; 0: not stated"},
};
TABLE(asset, "asset", "assets[]", "Something of the organisation that can be hit.");

static const struct rw_key threat_keys[] = {
    {"id", RW_KEY_ID, MUST, IN(rw_threat, id), .doc = "unique in the file"},
    {"name", RW_KEY_TEXT, IN(rw_threat, name), .doc = "for people; default: the id"},
    {"reference", RW_KEY_TEXT, IN(rw_threat, reference), .doc = REFERENCE},
    {"assets", RW_KEY_IDS, MUST,
        .doc = "ids of what it hits; every pair of threat and "
               "asset is one risk"},
    {"systemic", RW_KEY_FLAG, .preset = "false", IN(rw_threat, systemic),
        .doc = "one event hits all listed assets at once, instead of each on its own; "
               "a plugin may demand it"},
    {"plugin", RW_KEY_NAME,
        .doc = "threat plugin that supplies frequency and "
               "susceptibility, instead of the next four keys"},
    {"parameters", RW_KEY_PARAMETERS, .doc = "of the plugin, by its own table"},
    {"frequency", RW_KEY_ESTIMATE, RATE, .mean_max = RW_FREQUENCY_MAX,
        IN(rw_threat, frequency),
        .doc = "attempts a year on each asset (on all "
               "together if systemic); required without plugin"},
    {"susceptibility", RW_KEY_ESTIMATE, SHARE, .preset = "1",
        IN(rw_threat, susceptibility),
        .doc = "share of the attempts that succeed, "
               "before any control of this file"},
    {"capability", RW_KEY_DIST, PLAIN, .min = -INFINITY, .max = INFINITY,
        IN(rw_threat, capability),
        .doc = "threat capability, on any scale shared with "
               "`resistance`: an attempt succeeds where it "
               "is the larger; instead of susceptibility"},
    {"resistance", RW_KEY_DIST, PLAIN, .min = -INFINITY, .max = INFINITY,
        IN(rw_threat, resistance), .doc = "resistance strength, with `capability`"},
    {"loss_factor", RW_KEY_ESTIMATE, PLAIN, .max = INFINITY, .mean_max = 1e6,
        .preset = "1", IN(rw_threat, loss_factor),
        .doc =
            "multiplies every loss of its events, beside a plugin's own factor: how "
            "far "
            "the amounts may be wrong as a whole, which is decided once a future and "
            "learned from losses"},
    {"count", RW_KEY_OBJECT, .table = &rw_keys_count,
        .doc = "law of the number of events a year"},
    {"excitation", RW_KEY_OBJECT, .table = &rw_keys_excitation,
        .doc = "events that bring further events; left out: they do not"},
    {"losses", RW_KEY_OBJECTS, MUST, .table = &rw_keys_loss,
        .doc = "what an event costs, one or more loss forms that add up"},
    {"cover", RW_KEY_OBJECT, .table = &rw_keys_cover,
        .doc = "insurance of each event; left out: there is none"},
    {"detection", RW_KEY_OBJECT, .table = &rw_keys_detection,
        .doc = "whether and when the organisation sees an event"},
    {"bias", RW_KEY_OBJECT, .table = &rw_keys_bias,
        .doc = "what the organisation thinks of it at first, if not what stands here"},
    {"industry", RW_KEY_OBJECT, .table = &rw_keys_industry,
        .doc =
            "what is known of others like it, which it weighs with its own estimate"},
    {"stages", RW_KEY_OBJECTS, .table = &rw_keys_stage,
        .doc = "what an attack goes through, in this order; left out: events happen at "
               "once"},
    {"outcomes", RW_KEY_OBJECT, .table = &rw_keys_outcomes,
        .doc = "with `stages`: what a loss is by how the attack ends"},
    {"response", RW_KEY_OBJECT, .table = &rw_keys_response,
        .doc = "with `stages`: how long containing and restoring take; left out: "
               "response controls reduce money only"},
    {"history", RW_KEY_OBJECTS, .table = &rw_keys_history, .doc = HISTORY},
};
TABLE(threat, "threat", "threats[]", "Something that may happen to assets.");

static const struct rw_key count_keys[] = {
    {"law", RW_KEY_WORD, MUST, .words = count_laws, IN(rw_threat, law),
        .doc = "`poisson` where the whole object is left out"},
    {"dispersion", RW_KEY_NUMBER, PLAIN, .min = 1 / RW_SHAPE_MAX,
        .max = 1 / RW_SHAPE_MIN, IN(rw_threat, dispersion),
        .doc = "f of `negbin`, required there: events a year "
               "vary by m + f m² around their mean m"},
    {"zero", RW_KEY_NUMBER, SHARE, IN(rw_threat, zero),
        .doc = "q of `zip`, required there: probability of a year without any event; "
               "other years are Poisson with the stated frequency"},
    {"n", RW_KEY_WHOLE, .min = 1, .max = RW_COUNT_CHANCES_MAX, IN(rw_threat, chances),
        .doc = "of `binomial`, required there: chances a year, each an event with "
               "probability frequency / n. `bernoulli` has one"},
};
TABLE(count, "count", "threats[].count", "Law of the number of events a year.");

static const struct rw_key excitation_keys[] = {
    {"children", RW_KEY_NUMBER, MUST, PLAIN, .max = 0.99, IN(rw_threat, children),
        .doc = "mean number of further events that every event brings, those included "
               "that were brought; in the long run there are 1 / (1 - children) times "
               "as many as the frequency says"},
    {"days", RW_KEY_NUMBER, MUST, TIME, .above = true, IN(rw_threat, child_delay),
        .doc = "mean time from an event to one that it brings, exponential"},
};
TABLE(excitation, "excitation", "threats[].excitation",
    "Events that bring further events, with the laws `poisson` and `negbin`.");

static const struct rw_key loss_keys[] = {
    {"form", RW_KEY_WORD, MUST, .words = rw_loss_form_names, IN(rw_loss, form),
        .doc = "loss form of Open FAIR"},
    {"amount", RW_KEY_AMOUNT, MUST, .unit = RW_UNIT_MONEY, .max = INFINITY,
        .mean_max = RW_MONEY_MAX,
        .doc = "cost of one event, drawn anew for each: money; with `of`, the share of "
               "the asset's value, or money for one record"},
    {"of", RW_KEY_WORD, .words = rw_relative_names, .preset = "\"money\"",
        IN(rw_loss, of),
        .doc = "what the amount multiplies; may also stand within the "
               "amount's object"},
    {"secondary", RW_KEY_NUMBER, SHARE, .preset = "1", IN(rw_loss, secondary),
        .doc = "probability that an event has this loss at all (1: a primary loss)"},
    {"per", RW_KEY_WORD, .words = rw_per_names, .preset = "\"event\"", IN(rw_loss, per),
        .doc =
            "of a threat with `stages`, what the amount is for: `event`, or each day "
            "of `dwell` (until it is contained) or of `outage` (the response's "
            "time)"},
    {"outcomes", RW_KEY_OBJECT, .table = &rw_keys_amounts,
        .doc = "of a threat with `stages`: amounts by how the attack ends"},
};
TABLE(loss, "loss", "threats[].losses[]", "One loss form of a threat's events.");

static const struct rw_key cover_keys[] = {
    {"deductible", RW_KEY_NUMBER, MUST, MONEY, IN(rw_threat, deductible),
        .doc = "of an event's whole loss on one asset, after response controls, what "
               "stays with the organisation at most below the cover"},
    {"limit", RW_KEY_NUMBER, MONEY, .above = true, IN(rw_threat, limit),
        .doc = "most that is paid for one event on one asset; what is beyond stays "
               "too. Left out: all above the deductible is paid"},
};
TABLE(cover, "cover", "threats[].cover", "Insurance of each event on each asset.");

static const struct rw_key detection_keys[] = {
    {"probability", RW_KEY_NUMBER, SHARE, .preset = "1",
        IN(rw_threat, seen_probability),
        .doc = "that an event is ever seen, without detection controls"},
    {"days", RW_KEY_NUMBER, TIME, .preset = "0", IN(rw_threat, seen_delay),
        .doc = "mean time until it is seen"},
};
TABLE(detection, "detection", "threats[].detection",
    "Whether and when the organisation sees an event. What it does not see it cannot "
    "learn from.");

static const struct rw_key control_keys[] = {
    {"id", RW_KEY_ID, MUST, IN(rw_control, id), .doc = "unique in the file"},
    {"name", RW_KEY_TEXT, IN(rw_control, name), .doc = "for people; default: the id"},
    {"reference", RW_KEY_TEXT, IN(rw_control, reference), .doc = REFERENCE},
    {"pillar", RW_KEY_WORD, MUST, .words = rw_pillar_names, IN(rw_control, pillar),
        .doc = "pillar of the security programme"},
    {"principles", RW_KEY_WORDS, .words = rw_principle_names,
        IN(rw_control, principles), .doc = "principles it serves"},
    {"function", RW_KEY_WORD, MUST, .words = rw_function_names,
        IN(rw_control, function), .doc = "what it does, after FAIR-CAM"},
    {"acts", RW_KEY_WORD, .words = rw_acts_names, IN(rw_control, upkeep.acts),
        .doc = "of `variance_management` and `decision_support`, required there: what "
               "it does for the controls it supports"},
    {"stages", RW_KEY_NAMES,
        .doc = "of visibility, monitoring and recognition: names of the stages it sees "
               "of attacks that have any; default: all"},
    {"every", RW_KEY_NUMBER, TIME, .above = true, IN(rw_control, every),
        .doc = "of monitoring: time between reviews, required before threats with "
               "`stages`; efficacy is then the share of reviews that take place"},
    {"supports", RW_KEY_IDS,
        .doc = "of the same two: ids of controls with `variance`; default: all that "
               "reduce loss"},
    {"covers", RW_KEY_IDS,
        .doc = "ids of threats and assets; default: all. With both, "
               "the named threats on the named assets"},
    {"status", RW_KEY_WORD, .words = rw_status_names, .preset = "\"candidate\"",
        IN(rw_control, status),
        .doc = "`operating` now, `planned` (bought in cycle "
               "`start` by every strategy but `nothing`), or "
               "`candidate` (bought by plans and planners)"},
    {"efficacy", RW_KEY_ESTIMATE, SHARE, IN(rw_control, efficacy),
        .doc = "how much it takes away while it works as intended; required without "
               "plugin"},
    {"plugin", RW_KEY_NAME, .doc = "control plugin that supplies the efficacy instead"},
    {"parameters", RW_KEY_PARAMETERS, .doc = "of the plugin, by its own table"},
    {"coverage", RW_KEY_ESTIMATE, SHARE, .preset = "1", IN(rw_control, coverage),
        .doc = "share of the exposure it stands before"},
    {"variance", RW_KEY_OBJECT, .table = &rw_keys_variance,
        .doc = "how it fails and is found failed; left out: it never fails"},
    {"wear", RW_KEY_OBJECT, .table = &rw_keys_wear,
        .doc = "how its efficacy fades; left out: it does not"},
    {"cost", RW_KEY_OBJECT, .table = &rw_keys_cost, .doc = "what it costs"},
    {"build", RW_KEY_WHOLE, .min = 0, .max = RW_CYCLES_MAX, .preset = "0",
        IN(rw_control, build), .doc = "cycles from purchase to operation"},
    {"overrun", RW_KEY_ESTIMATE, .unit = RW_UNIT_TIME, .max = INFINITY, .preset = "0",
        IN(rw_control, delivery.overrun),
        .doc = "how much longer building takes; it operates from the first cycle that "
               "begins after that"},
    {"rollout", RW_KEY_NUMBER, SHARE, .above = true, .preset = "1",
        IN(rw_control, delivery.rollout),
        .doc = "probability that it comes into operation once it is built. Else its "
               "capital is lost: what was scheduled is bought again at once, what a "
               "planner chose is a candidate again"},
    {"start", RW_KEY_WHOLE, .min = 1, .max = RW_CYCLES_MAX, .preset = "1",
        IN(rw_control, start), .doc = "cycle of purchase, with status `planned` only"},
    {"requires", RW_KEY_IDS,
        .doc = "ids of controls that must be there before: one bought sooner is paid, "
               "and waits"},
    {"excludes", RW_KEY_IDS, .doc = "ids of controls that may never stand beside it"},
    {"history", RW_KEY_OBJECTS, .table = &rw_keys_history, .doc = HISTORY},
};
TABLE(control, "control", "controls[]", "Something that reduces risk.");

static const struct rw_key variance_keys[] = {
    {"per_year", RW_KEY_ESTIMATE, MUST, .unit = RW_UNIT_RATE, .max = INFINITY,
        .mean_max = RW_FAILURES_MAX, IN(rw_control, failing),
        .doc = "failures a year while it works, decided once a future where they are "
               "uncertain; then audits may teach how many"},
    {"days", RW_KEY_NUMBER, MUST, TIME, IN(rw_control, fail_years),
        .doc = "mean time until a failure is found, unless an audit finds it first"},
    {"efficacy", RW_KEY_NUMBER, SHARE, .preset = "0", IN(rw_control, fail_efficacy),
        .doc = "what is left while it has failed, at most the intended efficacy"},
    {"at_most", RW_KEY_NUMBER, TIME, .above = true, IN(rw_control, upkeep.at_most),
        .doc = "time after which a failure is noticed in any case; left out: never"},
    {"correction", RW_KEY_NUMBER, TIME, .preset = "0",
        IN(rw_control, upkeep.correction),
        .doc = "time from a failure being found, other than by an audit, to the "
               "control working again"},
    {"reliability", RW_KEY_WORD, .words = rw_reliability_names, .preset = "\"process\"",
        IN(rw_control, upkeep.law),
        .doc = "`process`: it fails and works again in each future at its own times; "
               "`availability`, `knowledge_base`: it always stands at its mean over "
               "both states, by the long run or by FAIR-CAM's formula"},
    {"bias", RW_KEY_OBJECT, .table = &rw_keys_distrust,
        .doc = "what the organisation thinks of it at first, if not what stands here"},
};
TABLE(variance, "variance", "controls[].variance", "How a control fails.");

static const struct rw_key distrust_keys[] = {
    {"per_year", RW_KEY_NUMBER, .above = true, .max = 1e6, .preset = "1",
        IN(rw_control, bias_fails),
        .doc = "how many times too often the organisation expects it to fail; below 1: "
               "too seldom"},
    {"worth", RW_KEY_NUMBER, .above = true, .max = 1e6, IN(rw_control, bias_audits),
        .doc =
            "how many audits its idea counts for when it learns. Left out: as many as "
            "the estimate `per_year` leaves it unsure; where that is a number a bias "
            "other than 1 is worth 10 audits"},
};
TABLE(distrust, "variance bias", "controls[].variance.bias",
    "A wrong start of the organisation's beliefs. Nature keeps to the estimate.");

static const struct rw_key wear_keys[] = {
    {"half_life", RW_KEY_NUMBER, MUST, TIME, .above = true, IN(rw_control, half_life),
        .doc = "time after which half of the efficacy is gone"},
    {"refresh", RW_KEY_NUMBER, TIME, .above = true, IN(rw_control, refresh),
        .doc = "time between refreshes that restore all of it; left out: never"},
};
TABLE(wear, "wear", "controls[].wear", "How a control's efficacy fades.");

static const struct rw_key cost_keys[] = {
    {"capital", RW_KEY_ESTIMATE, .unit = RW_UNIT_MONEY, .max = INFINITY,
        .mean_max = RW_MONEY_MAX, .preset = "0", IN(rw_control, capital),
        .doc = "once, at the purchase"},
    {"running", RW_KEY_ESTIMATE, .unit = RW_UNIT_MONEY, .max = INFINITY,
        .mean_max = RW_MONEY_MAX, .preset = "0", IN(rw_control, running),
        .doc = "a year, while it is in operation"},
    {"inflation", RW_KEY_NUMBER, SHARE, .preset = "0",
        IN(rw_control, delivery.inflation),
        .doc = "by which the running cost rises a year, from the start of the horizon"},
};
TABLE(cost, "cost", "controls[].cost", "What a control costs.");

static const struct rw_key strategy_keys[] = {
    {"name", RW_KEY_ID, MUST, IN(rw_strategy, name),
        .doc = "unique among strategies, written like an id. `nothing`: what operates "
               "today and no more; `oracle`: a closed loop that knows the truth"},
    {"plan", RW_KEY_OBJECTS, .table = &rw_keys_plan, .or_false = true,
        .doc = "fixed schedule; `false`: the planner is not asked"},
    {"planner", RW_KEY_NAME,
        .doc = "planner plugin that chooses among candidates from "
               "what the organisation believes"},
    {"parameters", RW_KEY_PARAMETERS, .doc = "of the planner, by its own table"},
    {"knows", RW_KEY_WORD, .words = rw_knows_names, .preset = "\"beliefs\"",
        IN(rw_strategy, deciding.knows),
        .doc =
            "what a planner's expectations are made of: `beliefs`, or the `truth` of "
            "each future, which is what `oracle` knows"},
    {"learns", RW_KEY_FORM, .preset = "true",
        .form = "true or false, or list of `rates`, `severity`, `reliability`",
        .doc = "of a planner that believes: what it revises by what it sees: how often "
               "incidents come, how large their losses are, how often controls fail; "
               "`false`: nothing"},
    {"budget", RW_KEY_FORM, MONEY,
        .form = "estimate (money), or list of [budget steps](#budget-step)",
        .doc = "of a planner, required there: money each cycle; what is left is "
               "carried over"},
    {"carry_over", RW_KEY_FORM, SHARE, .preset = "true",
        .form = "true or false, or a share",
        .doc = "what of a cycle's money that is left the next one may spend"},
    {"reserve", RW_KEY_FORM, MONEY, .form = "estimate (money)",
        .doc = "at hand once, beside the budget, for capital that the budget does not "
               "reach; left out: none"},
    {"capacity", RW_KEY_FORM, .min = 1, .max = RW_CYCLES_MAX,
        .table = &rw_keys_capacity,
        .form = "whole number, from 1 to 1200, or object, see [capacity](#capacity)",
        .doc = "how many controls may be under construction at once when the planner "
               "begins another; left out: any number"},
    {"plan_every", RW_KEY_WHOLE, .min = 1, .max = RW_CYCLES_MAX, .preset = "1",
        IN(rw_strategy, deciding.plan_every),
        .doc = "cycles from plan to plan, the first in cycle 1; between them the "
               "planner buys nothing"},
    {"reassess", RW_KEY_WHOLE, .min = 1, .max = RW_CYCLES_MAX,
        IN(rw_strategy, deciding.reassess),
        .doc =
            "of a planner: cycles from looking at the threats anew to the next time, "
            "the first in cycle 1; between them it takes them for as frequent and as "
            "costly as they were expected to be then. Left out: it knows from the "
            "start "
            "how they are expected to change"},
    {"triggers", RW_KEY_OBJECTS, .table = &rw_keys_trigger,
        .doc = "what starts corrective action between plans"},
    {"check", RW_KEY_OBJECT, .table = &rw_keys_check, .or_false = true,
        .doc = "the wheel's Check; `false`: no audits, and nothing is learned"},
    {"act", RW_KEY_OBJECT, .table = &rw_keys_act, .or_false = true,
        .doc = "the wheel's Act; `false`: what is found is left alone, and the plan "
               "made at the start is carried out whatever is learned"},
};
TABLE(strategy, "strategy", "strategies[]", "A way to turn the wheel.");

static const struct rw_key plan_keys[] = {
    {"cycle", RW_KEY_WHOLE, MUST, .min = 1, .max = RW_CYCLES_MAX,
        IN(rw_plan_item, cycle), .doc = "of the purchase, from 1"},
    {"build", RW_KEY_IDS, MUST, .doc = "ids of the controls bought"},
};
TABLE(plan, "plan item", "strategies[].plan[]", "What is bought in one cycle.");

static const struct rw_key check_keys[] = {
    {"audit", RW_KEY_NUMBER, SHARE, .preset = "0", IN(rw_strategy, audit_share),
        .doc = "share of the operating controls that can fail (with variance) audited "
               "each cycle"},
    {"sensitivity", RW_KEY_NUMBER, SHARE, .preset = "1",
        IN(rw_strategy, audit_sensitivity),
        .doc = "probability that an audit finds a failure that is there"},
    {"cost", RW_KEY_NUMBER, MONEY, .preset = "0", IN(rw_strategy, audit_cost),
        .doc = "of auditing one control"},
    {"discount", RW_KEY_NUMBER, SHARE, .above = true, .preset = "1",
        IN(rw_strategy, discount),
        .doc = "weight that older evidence keeps from cycle to cycle"},
};
TABLE(check, "check", "strategies[].check", "How a strategy audits and learns.");

static const struct rw_key act_keys[] = {
    {"days", RW_KEY_NUMBER, TIME, .preset = "0", IN(rw_strategy, correction_years),
        .doc = "from finding a failure to the control working again"},
    {"cost", RW_KEY_NUMBER, MONEY, .preset = "0", IN(rw_strategy, correction_cost),
        .doc = "of one correction"},
};
TABLE(act, "act", "strategies[].act", "How a strategy corrects what it found.");

static const struct rw_key appetite_keys[] = {
    {"loss", RW_KEY_NUMBER, MUST, MONEY, .above = true, IN(rw_appetite, loss),
        .doc = "of one year"},
    {"probability", RW_KEY_NUMBER, MUST, SHARE, IN(rw_appetite, probability),
        .doc = "at most tolerated that a year's loss exceeds it"},
};
TABLE(appetite, "appetite point", "appetite[]",
    "A point of the tolerated exceedance curve; probabilities may not rise with loss.");

const struct rw_key_table *const rw_key_tables[] = {&rw_keys_scenario, &rw_keys_horizon,
    &rw_keys_simulation, &rw_keys_band, &rw_keys_organisation, &rw_keys_asset,
    &rw_keys_threat, &rw_keys_count, &rw_keys_excitation, &rw_keys_loss,
    &rw_keys_amounts, &rw_keys_cover, &rw_keys_detection, &rw_keys_stage,
    &rw_keys_outcomes, &rw_keys_response, &rw_keys_bias, &rw_keys_industry,
    &rw_keys_control, &rw_keys_variance, &rw_keys_distrust, &rw_keys_wear,
    &rw_keys_cost, &rw_keys_dependence, &rw_keys_copula, &rw_keys_multiplier,
    &rw_keys_shock, &rw_keys_hit, &rw_keys_cause, &rw_keys_strategy, &rw_keys_plan,
    &rw_keys_step, &rw_keys_capacity, &rw_keys_trigger, &rw_keys_check, &rw_keys_act,
    &rw_keys_programme, &rw_keys_evidence, &rw_keys_stages, &rw_keys_statement,
    &rw_keys_fee, &rw_keys_partner, &rw_keys_regulation, &rw_keys_appetite,
    &rw_keys_history, NULL};

const struct rw_key *
rw_key_find(const struct rw_key_table *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->keys[i].name, name) == 0)
            return &t->keys[i];
    return NULL;
}

size_t
rw_words_count(const char *const words[])
{
    size_t n = 0;

    while (words && words[n])
        n++;
    return n;
}

const char *
rw_unit_noun(enum rw_unit unit)
{
    static const char *const nouns[] = {"number", "money", "rate", "share", "time"};

    return nouns[unit];
}
