/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/plug/fixture.h"

static enum rw_err
load(struct fixture *f, const char *text)
{
    fixture_init(f, NULL);
    return fixture_load(f, "plugins/threats/test.lua", text, strlen(text));
}

static void
a_declaration_is_kept_in_full(void **state)
{
    static const char text[] =
        "return riskwheel.threat { api = 1, name = 'test', version = '2.1', doc = "
        "'about',\n"
        "  source = 'somebody', license = 'MIT', systemic = true,\n"
        "  parameters = {\n"
        "    rate = { unit = '1/year', min = 0, doc = 'how often' },\n"
        "    bias = { unit = '1', min = 0, max = 4, doc = 'how far',\n"
        "             default = { dist = 'uniform', min = 1, max = 3 } },\n"
        "    share = { unit = '1', default = 0.25, doc = 'how much' } },\n"
        "  state = { seen = 0, level = -1.5 },\n"
        "  cycle = function() end }";
    static struct fixture f;
    const struct rw_plugin *p;

    (void)state;
    assert_int_equal(load(&f, text), RW_OK);
    p = f.plugin;
    assert_int_equal(p->kind, RW_PLUGIN_THREAT);
    assert_int_equal(p->api, 1);
    assert_string_equal(p->name, "test");
    assert_string_equal(p->version, "2.1");
    assert_string_equal(p->doc, "about");
    assert_string_equal(p->source, "somebody");
    assert_string_equal(p->license, "MIT");
    assert_string_equal(p->file, "plugins/threats/test.lua");
    assert_int_equal(strlen(p->sha256), 64);
    assert_true(p->systemic);
    assert_int_equal(p->n_params, 3);
    assert_string_equal(p->params[0].name, "bias");
    assert_string_equal(p->params[1].name, "rate");
    assert_string_equal(p->params[2].name, "share");
    assert_true(p->params[0].has_default && !p->params[1].has_default);
    assert_close(rw_dist_mean(&p->params[0].preset), 2, 1e-12);
    assert_close(rw_dist_mean(&p->params[2].preset), 0.25, 0);
    assert_close(p->params[0].max, 4, 0);
    assert_true(isinf(p->params[1].max) && p->params[1].min == 0);
    assert_true(isinf(p->params[2].min) && p->params[2].min < 0);
    assert_string_equal(p->params[1].unit, "1/year");
    assert_string_equal(p->params[1].doc, "how often");
    assert_int_equal(p->n_states, 2);
    assert_string_equal(p->states[0].name, "level");
    assert_close(p->states[0].initial, -1.5, 0);
    fixture_close(&f);
}

#define HEAD                                                                           \
    "return riskwheel.threat { api = 1, name = 'test', doc = 'd', cycle = pcall, "

static void
a_wrong_declaration_is_refused_with_what_would_be_right(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {{"return riskwheel.threat { name = 'test' }",
                     "api is missing; write 'api = 1'"},
        {"return riskwheel.threat { api = '1' }",
            "api must be the number 1, got a string"},
        {"return riskwheel.threat { api = 0 }",
            "needs plugin API 0; this program offers 1"},
        {"return riskwheel.threat { api = 2, unknown = 1 }",
            "needs plugin API 2; this program offers 1"},
        {"return riskwheel.threat { api = 1 }", "name is missing"},
        {"return riskwheel.threat { api = 1, name = 'x', doc = 'd' }",
            "cycle is missing (a function)"},
        {"return riskwheel.planner { api = 1, name = 'x', doc = 'd', cycle = pcall }",
            "unknown key 'cycle'"},
        {"return riskwheel.control { api = 1, name = 'x', doc = 'd', cycle = 1 }",
            "cycle must be a function, got a number"},
        {"return riskwheel.control { api = 1, name = 'x', doc = 'd', cycle = pcall, "
         "systemic = true }",
            "systemic is for threats only"},
        {"return riskwheel.control { api = 1, name = 'x', doc = 'd', cycle = pcall, "
         "needs = { 'tail' } }",
            "needs is for planners only"},
        {"return riskwheel.planner { api = 1, name = 'x', doc = 'd', score = pcall, "
         "needs = { 'tial' } }",
            "needs: there is no 'tial'; did you mean 'tail'?"},
        {"return riskwheel.planner { api = 1, name = 'x', doc = 'd', score = pcall, "
         "needs = { tail = true } }",
            "needs is no list of words, or empty"},
        {"return riskwheel.planner { api = 1, name = 'x', doc = 'd', score = pcall, "
         "needs = { 1 } }",
            "needs must be a list of words, such as { \"appetite\" }"},
        {"return riskwheel.threat { api = 1, name = 'No', doc = 'd', cycle = pcall }",
            "name 'No' is no name"},
        {"return riskwheel.threat(1)", "riskwheel.threat takes one table"},
        {"return riskwheel.thread {}",
            "riskwheel has no 'thread'; did you mean 'threat'?"},
        {HEAD "paramters = {} }",
            "unknown key 'paramters'; did you mean 'parameters'?"},
        {HEAD "[1] = 2 }", "unknown key '1'"},
        {HEAD "[{}] = 2 }", "integer and string keys only"},
        {HEAD "version = 1 }", "version must be a string, got a number"},
        {HEAD "parameters = 1 }", "parameters must be a table"},
        {HEAD "parameters = { 'a' } }", "parameters: '1' is no name"},
        {HEAD "parameters = { a = 1 } }", "parameters.a must be a table"},
        {HEAD "parameters = { a = { doc = 'd' } } }", "parameters.a.unit is missing"},
        {HEAD "parameters = { a = { unit = '1' } } }", "parameters.a.doc is missing"},
        {HEAD "parameters = { a = { unit = '1', doc = '' } } }",
            "parameters.a.doc is empty"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', mini = 1 } } }",
            "parameters.a: unknown key 'mini'; did you mean 'min'?"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', min = 2, max = 1 } } }",
            "parameters.a.min is greater than max"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', min = 0 / 0 } } }",
            "parameters.a.min is not a number"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', max = 1, default = 2 } } }",
            "parameters.a.default can be from 2.0 to 2.0, outside of min -inf and max "
            "1.0"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', min = 0, default = { dist = "
              "'normal', mean = 1, sd = 1 } } } }",
            "parameters.a.default can be from -inf to inf"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', default = 'x' } } }",
            "parameters.a.default must be a finite number or"},
        {HEAD
            "parameters = { a = { unit = '1', doc = 'd', default = { mean = 1 } } } }",
            "parameters.a.default.dist is missing"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', default = { dist = "
              "'unifrom', min = 1, max = 2 } } } }",
            "uniform"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', default = { dist = "
              "'uniform', min = 3, max = 2 } } } }",
            "parameters.a.default:"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', default = { dist = "
              "'uniform', min = '1', max = 2 } } } }",
            "parameters.a.default: 'min' must be a finite number"},
        {HEAD "parameters = { a = { unit = '1', doc = 'd', default = { dist = "
              "'empirical', values = { 1, 2 } } } } }",
            "parameters.a.default: empirical is made from more than single numbers; it "
            "can be stated in the scenario only"},
        {HEAD "state = { a = 'x' } }", "state.a must be a finite number"},
        {HEAD "state = { a = 1 / 0 } }", "state.a must be a finite number"},
        {HEAD "state = { ['a b'] = 1 } }", "state: 'a b' is no name"}};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        if (load(&f, cases[k].text) != RW_ERR_PLUGIN)
            fail_msg("%s: accepted or %s", cases[k].text, f.e.text);
        assert_contains(f.e.text, cases[k].message);
        assert_string_equal(f.e.file, "plugins/threats/test.lua");
        assert_int_equal(f.e.line, 1);
        fixture_close(&f);
    }
}

static void
hostile_declarations_run_no_metamethods(void **state)
{
    static const char text[] =
        "local function loop() while true do end end\n"
        "return riskwheel.threat(setmetatable({ api = 1, doc = 'd', cycle = pcall },\n"
        "  { __index = loop, __pairs = loop, __call = loop }))";
    static struct fixture f;

    (void)state;
    assert_int_equal(load(&f, text), RW_ERR_PLUGIN);
    assert_string_equal(f.e.text, "name is missing (a string)");
    assert_int_equal(f.e.line, 2);
    fixture_close(&f);
}

static void
what_one_run_of_the_chunk_tries_to_leave_the_next_does_not_see(void **state)
{
    static const char text[] =
        "local left = pcall(rawset, string, 'seen', true) or pcall(rawset, vec, "
        "'seen', 1)\n"
        "left = left or rawget(_ENV, 'seen')\n"
        "rawset(_ENV, 'seen', true)\n"
        "return riskwheel.threat { api = 1, name = left and 'other' or 'test', doc = "
        "'d',\n"
        "  cycle = function(t) t.frequency = seen and 1 or 2 end }";
    static struct fixture f;

    (void)state;
    fixture_init(&f, NULL);
    assert_int_equal(fixture_try(&f, text, 4), RW_OK);
    for (unsigned k = 0; k < 3; k++)
        if (fixture_begin(&f, 4 * k))
            fail_msg("%s", f.e.text);
    fixture_close(&f);
}

CHECK_MAIN(cmocka_unit_test(a_declaration_is_kept_in_full),
    cmocka_unit_test(a_wrong_declaration_is_refused_with_what_would_be_right),
    cmocka_unit_test(hostile_declarations_run_no_metamethods),
    cmocka_unit_test(what_one_run_of_the_chunk_tries_to_leave_the_next_does_not_see))
