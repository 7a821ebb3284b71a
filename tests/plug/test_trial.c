/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trial says what a plugin keeps, and what it does not. */
#include "plug/trial.h"
#include "tests/plug/fixture.h"

/* Tries the plugin; *good and the report, or the error of loading it. */
static void
try(const char *text, bool *good, struct rw_text *report, struct rw_error *why)
{
    static struct fixture f;
    static struct rw_trial t;
    const struct rw_host_plugin *self;

    fixture_init(&f, NULL);
    rw_text_init(report);
    *good = true;
    if (fixture_load(&f, "plugins/threats/test.lua", text, strlen(text)) == RW_OK) {
        self = f.plugin->self;
        if (rw_trial_open(&t, f.plugin, &self->examples, &f.arena, &f.e) ||
            rw_trial_examples(&t, report, good, &f.e) ||
            rw_trial_probes(&t, report, good, &f.e))
            fail_msg("%s", f.e.text);
        rw_trial_close(&t);
    } else
        *good = false;
    *why = f.e;
    fixture_close(&f);
}

#define THREAT(more, body)                                                             \
    "return riskwheel.threat { api = 1, name = 'test', doc = 'd', " more               \
    " parameters = { a = { unit = '1/year', min = 0, max = 8, doc = 'd' },"            \
    " b = { unit = '1', min = 0, max = 1, default = 0.5, doc = 'd' } },"               \
    " state = { s = 3 }, cycle = function(t, p, state) " body " end }"

static void
holds(const char *text, const char *part)
{
    struct rw_text report;
    struct rw_error why;
    bool good;

    try(text, &good, &report, &why);
    if (!good)
        fail_msg("%s%s", why.text, report.s ? report.s : "");
    assert_contains(report.s, part);
    rw_text_fini(&report);
}

static void
fails(const char *text, const char *part)
{
    struct rw_text report;
    struct rw_error why;
    bool good;

    try(text, &good, &report, &why);
    assert_false(good);
    assert_contains(report.s ? report.s : why.text, part);
    rw_text_fini(&report);
}

static void
an_example_that_holds_is_told(void **state)
{
    (void)state;
    holds(
        THREAT("examples = { { doc = 'twice', parameters = { a = 2 }, given = { "
               "time = 5 }, state = { s = 1 }, draws = { 0.25 }, expect = { frequency "
               "= 7.25 }, after = { s = 2 } } },",
            "t.frequency = p.a + t.time + t:uniform() state.s = state.s + 1"),
        "ok     example 1: twice");
}

static void
an_example_that_does_not_hold_says_by_how_much(void **state)
{
    (void)state;
    fails(THREAT("examples = { { doc = 'x', parameters = { a = 2 }, expect = { "
                 "frequency = 3 } } },",
              "t.frequency = p.a"),
        "frequency is 2, and 3 is expected");
    fails(
        THREAT("examples = { { doc = 'x', parameters = { a = 2 }, after = { s = 3 } } "
               "},",
            "t.frequency = p.a state.s = state.s + p.b"),
        "state.s is 3.5, and 3 is expected");
    fails(THREAT("examples = { { doc = 'x', parameters = { a = 2 }, draws = { 0.5 }, "
                 "after = { s = 3 } } },",
              "t.frequency = t:uniform() + t:uniform()"),
        "more draws than the 1 given");
}

static void
a_result_out_of_range_at_a_parameters_end_is_found(void **state)
{
    (void)state;
    fails(THREAT("", "t.frequency = p.a t.susceptibility = p.b * 1.5"),
        "FAILED results within their ranges");
    holds(THREAT("", "t.frequency = p.a t.susceptibility = vec.min(1, p.b * 1.5)"),
        "ok     results within their ranges");
}

static void
monotony_is_tried(void **state)
{
    (void)state;
    holds(THREAT("monotone = { frequency = { a = 1, b = -1 } },",
              "t.frequency = p.a * (1 - p.b) + t:uniform()"),
        "frequency never rises as b rises");
    fails(THREAT("monotone = { frequency = { a = 1 } },",
              "t.frequency = vec.max(0, 3 - p.a)"),
        "FAILED frequency never falls as a rises");
    fails(THREAT("monotone = { frequency = { a = 1 } },",
              "t.frequency = p.a t.assets[2].frequency = 8 - p.a"),
        "FAILED frequency never falls as a rises");
    holds(THREAT("monotone = { frequency = { a = 1 } },",
              "t.frequency = p.a t.assets[2].frequency = p.a * p.b"),
        "ok     frequency never falls as a rises");
}

static void
blocks_are_compared(void **state)
{
    (void)state;
    holds(THREAT("", "state.s = state.s + t:normal() t.frequency = vec.abs(state.s)"),
        "ok     the same bits in other blocks");
}

static void
what_is_wrong_in_an_example_is_told_when_the_plugin_is_loaded(void **state)
{
    static const struct {
        const char *text, *told;
    } cases[] = {{"examples = 3,", "examples must be a table"},
        {"examples = { 3 },", "examples[1] must be a table"},
        {"examples = { { expect = { frequency = 1 } } },",
            "examples[1].doc is missing"},
        {"examples = { { doc = 'x', parameters = { c = 1 } } },", "'c'"},
        {"examples = { { doc = 'x', parameters = {}, expect = { frequency = 1 } } },",
            "examples[1].parameters lacks 'a'"},
        {"examples = { { doc = 'x', parameters = { a = 1 }, expect = { frequncy = 1 } "
         "} "
         "},",
            "did you mean 'frequency'"},
        {"examples = { { doc = 'x', parameters = { a = 1 } } },", "expects nothing"},
        {"examples = { { doc = 'x', parameters = { a = 1 }, draws = { 1 }, after = { s "
         "= 1 } } },",
            "a draw lies between 0 and 1"},
        {"examples = { { doc = 'x', parameter = { a = 1 } } },",
            "did you mean 'parameters'"},
        {"monotone = { frequency = { a = 2 } },", "is 1 (rises) or -1 (falls)"},
        {"monotone = { frequency = { z = 1 } },", "monotone.frequency"}};

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[1024];

        snprintf(text, sizeof text,
            "return riskwheel.threat { api = 1, name = 'test', doc = 'd', %s "
            "parameters "
            "= { a = { unit = '1/year', min = 0, doc = 'd' } }, state = { s = 0 }, "
            "cycle = function(t, p) t.frequency = p.a end }",
            cases[k].text);
        fails(text, cases[k].told);
    }
}

CHECK_MAIN(cmocka_unit_test(an_example_that_holds_is_told),
    cmocka_unit_test(an_example_that_does_not_hold_says_by_how_much),
    cmocka_unit_test(a_result_out_of_range_at_a_parameters_end_is_found),
    cmocka_unit_test(monotony_is_tried), cmocka_unit_test(blocks_are_compared),
    cmocka_unit_test(what_is_wrong_in_an_example_is_told_when_the_plugin_is_loaded))
