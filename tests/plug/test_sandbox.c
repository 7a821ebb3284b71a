/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/plug/fixture.h"

static const struct rw_limits small = {
    .bytes = 1u << 20, .instructions = 200000, .seconds = 2, .rows = 64};

/* A threat whose function runs the statements. */
static enum rw_err
run(struct fixture *f, const char *statements)
{
    char text[2048];

    snprintf(text, sizeof text,
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "cycle = function(t, p, state) t.frequency = 1\n%s\nend }",
        statements);
    fixture_init(f, &small);
    return fixture_try(f, text, 8);
}

static void
the_library_behaves_as_documented(void **state)
{
    static const char *const cases[] = {
        "local s = '' for k in pairs { b = 1, [3] = 1, a = 1, [-1] = 1, ab = 1, [10] = "
        "1 } do\n"
        "s = s .. k .. ' ' end assert(s == '-1 3 10 a ab b ', s)",
        "local x, seen = { 1, 2, 3 }, '' for k in pairs(x) do seen = seen .. k x[k + "
        "1] = nil end\n"
        "assert(seen == '13')",
        "assert(not pcall(pairs, { [1.5] = 1 }) and not pcall(pairs, { [true] = 1 }))",
        "for k, v in pairs({}) do error('never') end",
        "assert(tostring({}) == 'table' and tostring(1 == 2) == 'false')",
        "assert(tostring(t) == 'threat' and tostring(t:uniform()) == 'vector')",
        "assert(tostring(1) == '1' and tostring(2.5) == '2.5' and tostring(nil) == "
        "'nil')",
        "assert(tostring(math) == 'math' and tostring(pairs) == 'function')",
        "assert(string.rep('ab', 3, ',') == 'ab,ab,ab' and ('x'):rep(0) == '')",
        "assert(string.rep('', 1 << 40) == '' and not pcall(string.rep, 'x', 1 << 40))",
        "assert(#string.rep('x', 100000) == 100000 and not pcall(string.rep, 'x', 1 << "
        "20, 'y'))",
        "assert(string.find('banana', 'nan') == 3 and ('banana'):find('nan', 4) == "
        "nil)",
        "local a, b = ('a.b.c'):find('.', 3, true) assert(a == 4 and b == 4)",
        "assert(('abc'):find('') == 1 and ('abc'):find('', 9) == nil and "
        "('abc'):find('c', -1) == 3)",
        "assert(string.format('%5.2f|%s|%d%%|%q', 1.5, {}, 3, 'a') == ' "
        "1.50|table|3%|\"a\"')",
        "assert(string.format('%s %s %s', nil, true, t) == 'nil true threat')",
        "assert(not pcall(string.format, '%p', {}) and not pcall(string.format, '%d', "
        "'x'))",
        "assert(('aBc'):upper():lower():reverse():sub(2) == 'ba' and ('a'):byte() == "
        "97)",
        "local x = { 3, 1, 2 } table.sort(x) assert(table.concat(x, ',') == '1,2,3')",
        "local x = {} for i = 1, 60 do x[i] = { i % 4, i } end\n"
        "table.sort(x, function(a, b) return a[1] < b[1] end)\n"
        "for i = 2, 60 do assert(x[i-1][1] < x[i][1] or x[i-1][1] == x[i][1] and "
        "x[i-1][2] < x[i][2]) end",
        "local x = { 1, 2, 3 } table.sort(x, function() return true end) assert(#x == "
        "3)",
        "local x = { 5, 4, 3, 2, 1 } table.sort(x, function(a, b) x[1] = 9 return a < "
        "b end)\n"
        "assert(table.concat(x) == '12345')",
        "assert(not pcall(table.sort, { 1, 'x' }) and not pcall(table.sort, { 1 }, 2))",
        "local x = { 1, 3 } table.insert(x, 2, 2) table.insert(x, 4)\n"
        "assert(table.concat(x) == '1234' and not pcall(table.insert, x, 9, 1))",
        "local x = { 1, 2, 3 } assert(table.remove(x, 1) == 1 and table.remove(x) == 3 "
        "and #x == 1)\n"
        "assert(table.remove(x) == 2 and table.remove(x) == nil)",
        "assert(select('#', table.unpack { 1, nil, 3 }) == 3 and table.pack(1, 2).n == "
        "2)",
        "assert(not pcall(table.unpack, {}, 1, 1 << 40) and not pcall(table.unpack, "
        "{}, math.mininteger, math.maxinteger))",
        "local c = setmetatable({}, { __index = { x = 7 } }) assert(c.x == 7 and "
        "rawget(c, 'x') == nil)",
        "local m = {} local c = setmetatable({}, m) m.__index = { x = 7 } assert(c.x "
        "== nil)",
        "local c = setmetatable({}, { __metatable = false }) assert(not "
        "pcall(setmetatable, c, {}))",
        "for _, k in ipairs { '__gc', '__close', '__mode', '__len', '__name' } do\n"
        "assert(not pcall(setmetatable, {}, { [k] = 1 })) end",
        "local ok, why = pcall(error, { code = 1 }) assert(not ok and why.code == 1)",
        "assert(select(2, pcall(function() return 1, 2 end)) == 1)",
        "assert(math.floor(2.5) == 2 and math.pi > 3 and math.type(1) == 'integer')",
        "local _ENV = { assert = assert, x = 1 } assert(x == 1)",
        "assert(type(t) == 'userdata' and type(vec) == 'userdata')"};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        if (run(&f, cases[k]))
            fail_msg("%s: %s", cases[k], f.e.text);
        fixture_close(&f);
    }
}

static void
what_is_not_offered_is_an_error_that_says_why(void **state)
{
    static const struct {
        const char *statement, *message;
    } cases[] = {{"return io.open('/etc/passwd')",
                     "no global 'io': plugins cannot read or write"},
        {"os.time()", "no global 'os': plugins cannot see the clock"},
        {"require 'os'", "no global 'require': a plugin is one file"},
        {"load('return 1')()", "no global 'load': plugins cannot compile"},
        {"dofile('x')", "plugins cannot read files"},
        {"coroutine.create(pairs)", "coroutines could run uncounted"},
        {"debug.getinfo(1)", "no global 'debug'"},
        {"print(1)", "plugins have no output"}, {"next({})", "use pairs"},
        {"getmetatable('')", "metatables cannot be read"},
        {"xpcall(pairs, pairs)", "use pcall"}, {"_G.x = 1", "globals cannot be listed"},
        {"collectgarbage()", "memory is collected"},
        {"package.loaded.x = 1", "no global 'package'"},
        {"return math.random()", "math has no 'random': draw with t:uniform()"},
        {"return ('x'):match('x')", "string has no 'match': patterns can run for ever"},
        {"return ('x'):gsub('x', 'y')", "patterns can run for ever"},
        {"return string.dump(pairs)", "string has no 'dump'"},
        {"return table.move({}, 1, 2, 3)", "table has no 'move'"},
        {"return ('a.c'):find('a.')", "pass true as its fourth argument"},
        {"frequency = 1",
            "assignment to the global 'frequency'; write 'local frequency'"},
        {"return vex.max(1)", "there is no global 'vex'; did you mean 'vec'?"},
        {"return math.flor(1)", "math has no 'flor'; did you mean 'floor'?"},
        {"string.rep = nil", "the library 'string' is read-only"},
        {"riskwheel.threat = nil", "the library 'riskwheel' is read-only"},
        {"rawset(string, 'x', 1)", "table expected, got string"},
        {"setmetatable(_ENV, {})", "metatable is protected"},
        {"setmetatable(math, {})", "table expected, got math"},
        {"setmetatable('', {})", "table expected, got string"},
        {"return ('x').y.z", "string has no 'y'"},
        {"t.x = 1", "threat has no result 'x'"},
        {"error()", "error() was called with a nil value"},
        {"error({})", "error() was called with a table value"},
        {"error('a\\27[31mb\\nc', 0)", "a?[31mb c"}, {"error(42)", ": 42"},
        {"local x <close> = setmetatable({}, { __close = pairs })",
            "'__close' is not offered"}};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        assert_int_equal(run(&f, cases[k].statement), RW_ERR_PLUGIN);
        assert_contains(f.e.text, cases[k].message);
        assert_string_equal(f.e.file, "plugins/threats/test.lua");
        assert_int_equal(f.e.line, 3);
        fixture_close(&f);
    }
}

static void
only_plain_source_text_is_compiled(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        const char *message;
    } cases[] = {{"\x1bLua\x54", 5, "is compiled Lua"},
        {"\xef\xbb\xbfreturn 1", 11, "byte order mark"},
        {"return '\0'", 10, "NUL byte"}, {"", 0, "is empty"},
        {"return return", 13, "unexpected symbol near 'return'"},
        {"#!/usr/bin/lua\nreturn 1", 23, "unexpected symbol near '#'"},
        {"return 1", 8, "this file returns a number value"},
        {"local x", 7, "this file returns a nil value"},
        {"return {}", 9, "this file returns a table value"}};
    static struct fixture f;
    char *large = malloc(RW_SANDBOX_TEXT + 1);

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        fixture_init(&f, &small);
        assert_int_equal(
            fixture_load(&f, "x.lua", cases[k].text, cases[k].n), RW_ERR_PLUGIN);
        assert_contains(f.e.text, cases[k].message);
        assert_string_equal(f.e.file, "x.lua");
        fixture_close(&f);
    }
    memset(large, ' ', RW_SANDBOX_TEXT + 1);
    fixture_init(&f, &small);
    assert_int_equal(
        fixture_load(&f, "x.lua", large, RW_SANDBOX_TEXT + 1), RW_ERR_PLUGIN);
    assert_contains(f.e.text, "larger than 256 KiB");
    fixture_close(&f);
    free(large);
}

static void
a_syntax_error_has_its_line_and_a_long_path_its_name(void **state)
{
    static const char path[] =
        "/a/folder/with/a/very/long/name/that/Lua/would/cut/in/the/"
        "middle/plugins/threats/test.lua";
    static struct fixture f;

    (void)state;
    fixture_init(&f, &small);
    assert_int_equal(fixture_load(&f, path, "local x\nlocal = 1", 17), RW_ERR_PLUGIN);
    assert_string_equal(f.e.text, "<name> expected near '='");
    assert_string_equal(f.e.file, path);
    assert_int_equal(f.e.line, 2);
    fixture_close(&f);
}

static void
a_limit_ends_the_call_and_names_itself(void **state)
{
    static const struct {
        const char *statement, *message;
    } cases[] = {{"while true do end", "ran more than 200000 instructions in one call"},
        {"while true do pcall(error) end", "ran more than 200000 instructions"},
        {"pcall(function() while true do end end)",
            "ran more than 200000 instructions"},
        {"local s = {} while true do s[#s + 1] = {} end", "needs more than 1024 KiB"},
        {"pcall(function() local s = {} while true do s[#s + 1] = {} end end)",
            "needs more than 1024 KiB"},
        {"local s = ('x'):rep(1000) while true do s = s .. s end",
            "needs more than 1024 KiB"},
        {"local v = t:uniform() while true do v = v + 1 end", "more than 64 vectors"},
        {"local s = ('x'):rep(300000) for i = 1, 1000 do local _ = s .. i end",
            "ran more than 200000 instructions"}};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        assert_int_equal(run(&f, cases[k].statement), RW_ERR_PLUGIN);
        assert_contains(f.e.text, cases[k].message);
        assert_true(rw_host_sandbox(f.instance)->peak <= small.bytes);
        fixture_close(&f);
    }
}

static void
the_clock_ends_a_call_whose_instructions_would_last(void **state)
{
    static const char text[] =
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "cycle = function(t)\nwhile true do end\nend }";
    static struct fixture f;
    struct rw_limits limits = small;

    (void)state;
    limits.instructions = UINT64_C(1) << 60;
    limits.seconds = 0.05;
    fixture_init(&f, &limits);
    assert_int_equal(fixture_try(&f, text, 8), RW_ERR_PLUGIN);
    assert_contains(f.e.text, "ran longer than 0.05 s in one call");
    assert_int_equal(f.e.line, 3);
    fixture_close(&f);
}

static void
an_interrupt_ends_the_call_soon(void **state)
{
    static struct fixture f;

    (void)state;
    assert_int_equal(run(&f, ""), RW_OK);
    f.plugin->ops->interrupt();
    assert_int_equal(fixture_call(&f, 1), RW_OK); /* too short to notice */
    fixture_close(&f);
    assert_int_equal(run(&f, "while true do pcall(pairs) end"), RW_ERR_INTERRUPT);
    fixture_close(&f);
    rw_sandbox_interrupt(false);
    assert_int_equal(run(&f, "for i = 1, 1000 do end"), RW_OK);
    fixture_close(&f);
}

static void
an_instance_that_failed_serves_the_next_block(void **state)
{
    static struct fixture f;
    size_t before;

    (void)state;
    assert_int_equal(run(&f, "if t.cycle == 2 then while true do end end"), RW_OK);
    assert_int_equal(fixture_call(&f, 1), RW_ERR_PLUGIN);
    for (unsigned k = 0; k < 50; k++) {
        assert_int_equal(fixture_begin(&f, 0), RW_OK);
        assert_int_equal(fixture_call(&f, 0), RW_OK);
    }
    before = rw_host_sandbox(f.instance)->peak;
    for (unsigned k = 0; k < 5000; k++) {
        assert_int_equal(fixture_begin(&f, 0), RW_OK);
        assert_int_equal(fixture_call(&f, 0), RW_OK);
    }
    assert_true(rw_host_sandbox(f.instance)->peak <= 2 * before);
    fixture_close(&f);
}

CHECK_MAIN(cmocka_unit_test(the_library_behaves_as_documented),
    cmocka_unit_test(what_is_not_offered_is_an_error_that_says_why),
    cmocka_unit_test(only_plain_source_text_is_compiled),
    cmocka_unit_test(a_syntax_error_has_its_line_and_a_long_path_its_name),
    cmocka_unit_test(a_limit_ends_the_call_and_names_itself),
    cmocka_unit_test(the_clock_ends_a_call_whose_instructions_would_last),
    cmocka_unit_test(an_interrupt_ends_the_call_soon),
    cmocka_unit_test(an_instance_that_failed_serves_the_next_block))
