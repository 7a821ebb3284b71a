/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/plug/fixture.h"

static const char counting[] =
    "local upvalue = 0\n"
    "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
    "  parameters = { a = { unit = '1', doc = 'd' } }, state = { n = 2, last = 0 },\n"
    "  cycle = function(t, p, state)\n"
    "    upvalue = upvalue + 1\n"
    "    state.n, state.last = state.n + t:uniform(), state.n\n"
    "    t.frequency = vec.exp(t:normal()) + state.n + p.a * upvalue\n"
    "    t.susceptibility = t:happens(p.a)\n"
    "    t.loss_factor = state.last\n  end }";

static void
start(struct fixture *f, const char *text, size_t n)
{
    fixture_init(f, NULL);
    if (fixture_load(f, "test.lua", text, strlen(text)) || fixture_open(f, n) ||
        fixture_begin(f, 0))
        fail_msg("%s", f->e.text);
}

static void
state_lasts_from_cycle_to_cycle_and_ends_with_the_block(void **state)
{
    static struct fixture f;
    double first, u;

    (void)state;
    start(&f, counting, 16);
    assert_int_equal(fixture_call(&f, 0), RW_OK);
    first = f.fields[RW_THREAT_FREQUENCY].x[5];
    u = rw_stream_row_uniform((struct rw_stream){27032, 99}, 5, 0);
    assert_close(fixture_field(&f, "loss_factor")[5], 2, 0); /* the old n */
    assert_close(f.state[1][5], 2 + u, 0);                   /* "n" after "last" */
    assert_int_equal(fixture_call(&f, 1), RW_OK);
    assert_close(fixture_field(&f, "loss_factor")[5], 2 + u, 0);
    assert_int_equal(fixture_begin(&f, 0), RW_OK);
    assert_int_equal(fixture_call(&f, 0), RW_OK);
    assert_close(f.fields[RW_THREAT_FREQUENCY].x[5], first, 0);
    fixture_close(&f);
}

static void
assigned_states_keep_their_values_while_others_are_written(void **state)
{
    static const char text[] =
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "  state = { a = 1, b = 2 },\n"
        "  cycle = function(t, p, state)\n"
        "    local a = state.a\n"
        "    state.a, state.b = state.b, state.a\n"
        "    t.frequency = a + 10 * state.a + 100 * state.b\n"
        "    t.loss_factor = t.susceptibility\n"
        "    t.susceptibility = 0.5\n  end }";
    static struct fixture f;

    (void)state;
    start(&f, text, 8);
    assert_int_equal(fixture_call(&f, 0), RW_OK);
    assert_close(f.state[0][7], 2, 0);
    assert_close(f.state[1][7], 1, 0);
    assert_close(f.fields[RW_THREAT_FREQUENCY].x[7], 1 + 20 + 100, 0);
    assert_close(f.fields[RW_THREAT_LOSS_FACTOR].x[7], 1, 0); /* the default read */
    assert_close(f.fields[RW_THREAT_SUSCEPTIBILITY].x[7], 0.5, 0);
    fixture_close(&f);
}

static void
draws_are_those_of_the_use_the_future_and_the_cycle(void **state)
{
    static const char text[] =
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "  cycle = function(t)\n"
        "    t.frequency = t:uniform()\n"
        "    t.loss_factor = vec.abs(t:normal())\n"
        "    t.susceptibility = t:happens(0.7)\n  end }";
    static struct fixture f;
    struct rw_stream s = {27032, 99};

    (void)state;
    start(&f, text, 100);
    f.call.first = 5000;
    assert_int_equal(fixture_call(&f, 3), RW_OK);
    for (size_t i = 0; i < 100; i++) {
        double u = rw_stream_row_uniform(s, 5000 + i, 3 * 256 + 1),
               v = rw_stream_row_uniform(s, 5000 + i, 3 * 256 + 2);

        assert_close(f.fields[RW_THREAT_FREQUENCY].x[i],
            rw_stream_row_uniform(s, 5000 + i, 3 * 256), 0);
        /* the sampler's own bound: 1e-9 of max(|x|, spread), 1e-6 in the tails */
        assert_close(f.fields[RW_THREAT_LOSS_FACTOR].x[i],
            fabs(rw_dist_quantile(&f.normal.dist, u)), 1e-5);
        assert_close(
            f.fields[RW_THREAT_SUSCEPTIBILITY].x[i], v < 1 - exp(-0.7) ? 1 : 0, 0);
    }
    fixture_close(&f);
}

static void
happens_has_the_probability_of_at_least_one_event(void **state)
{
    static const char text[] =
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "  cycle = function(t) t.frequency = t:happens(t.years) end }";
    static struct fixture f;
    double p = -expm1(-0.25), n = 0, hits = 0;

    (void)state;
    start(&f, text, FIXTURE_N);
    for (unsigned cycle = 0; cycle < 40; cycle++) {
        assert_int_equal(fixture_call(&f, cycle), RW_OK);
        for (size_t i = 0; i < FIXTURE_N; i++, n++)
            hits += f.fields[RW_THREAT_FREQUENCY].x[i];
    }
    assert_close(hits / n, p, CHECK_Z * sqrt(p * (1 - p) / n));
    fixture_close(&f);
}

/* Three cycles of `length` futures from `first`; rows of frequency. */
static void
run_block(const char *text, uint64_t first, size_t length, double out[])
{
    static struct fixture f;

    start(&f, text, length);
    for (size_t i = 0; i < length; i++)
        fixture_param(&f, "a")[i] = (double)(first + i) / 1000;
    assert_int_equal(fixture_begin(&f, first), RW_OK);
    for (unsigned cycle = 0; cycle < 3; cycle++)
        assert_int_equal(fixture_call(&f, cycle), RW_OK);
    memcpy(out, f.fields[RW_THREAT_FREQUENCY].x, length * sizeof *out);
    fixture_close(&f);
}

static void
any_split_of_the_futures_gives_the_same_bits(void **state)
{
    static double whole[1024], parts[1024];

    (void)state;
    run_block(counting, 0, 1024, whole);
    run_block(counting, 512, 512, parts + 512);
    run_block(counting, 0, 511, parts);
    run_block(counting, 511, 1, parts + 511);
    assert_memory_equal(whole, parts, sizeof whole);
}

static const char *
message(struct fixture *f, const char *statements)
{
    static char text[1024];

    snprintf(text, sizeof text,
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "  parameters = { click = { unit = 'thing', doc = 'd' } }, state = { adopted = "
        "0 "
        "},\n"
        "  cycle = function(t, p, state)\n%s\nend }",
        statements);
    start(f, text, 512);
    f->call.first = 1024;
    for (size_t i = 0; i < FIXTURE_N; i++)
        fixture_param(f, "click")[i] = (double)i;
    assert_int_equal(fixture_call(f, 2), RW_ERR_PLUGIN);
    return f->e.text;
}

#define FAILED                                                                         \
    "plugin 'test' failed in cycle() of threat phish, cycle 3, futures 1024..1535: "

static void
errors_name_the_place_and_the_remedy(void **state)
{
    static const struct {
        const char *statements, *message;
    } cases[] = {{"t.frequncy = 1", FAILED
                     "threat has no result 'frequncy'; did you mean 'frequency'?"},
        {"t.frequency = t.year",
            FAILED "threat has no field 'year'; did you mean 'years'?"},
        {"t.frequency = p.clik",
            FAILED "the plugin declares no parameter 'clik'; did you mean 'click'?"},
        {"p.click = 1", FAILED "parameter 'click' is given and cannot be assigned"},
        {"state.adoptd = 1",
            FAILED "the plugin declares no state 'adoptd'; did you mean 'adopted'?"},
        {"state.adopted = {}",
            FAILED "state.adopted must be a number or a vector, got a table"},
        {"t.time = 1",
            FAILED "threat.time is given by the engine and cannot be assigned"},
        {"t.frequency = t.uniform()", FAILED "draw with a colon: t:uniform(...)"},
        {"t:happens(-1)", FAILED "t:happens(-1.0): an expected count is not negative"},
        {"t:happens()", FAILED "the expected count of t:happens() must be"},
        {"for i = 1, 257 do t:uniform() end", FAILED "more than 256 draws in one call"},
        {"t.frequency = nil + 1",
            FAILED "attempt to perform arithmetic on a nil value"},
        {"t.frequency = 2e6", FAILED "frequency is 2000000 in future 1024, it must be "
                                     "from 0 to 1000000; its parameters: click = 0"},
        {"t.frequency = p.click / p.click",
            FAILED "frequency is nan in future 1024, it must be finite; its "
                   "parameters: click = 0"},
        {"t.frequency = 1 t.susceptibility = p.click / 100",
            FAILED "susceptibility is 1.01 in future 1125, it must be from 0 to 1; its "
                   "parameters: click = 101"},
        {"t.frequency = 1 state.adopted = 1 / p.click",
            FAILED "state.adopted is inf in future 1024, it must be finite"}};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        assert_contains(message(&f, cases[k].statements), cases[k].message);
        assert_string_equal(f.e.file, "test.lua");
        assert_int_equal(f.e.line, 4);
        assert_contains(f.e.detail, "scenario: hospital.json:23:9 /threats/2/plugin");
        fixture_close(&f);
    }
    assert_string_equal(
        message(&f, "t.susceptibility = 1"), FAILED "frequency was not assigned");
    fixture_close(&f);
}

static void
the_detail_is_a_traceback_of_the_plugin(void **state)
{
    static struct fixture f;

    (void)state;
    message(&f, "local function deep(n) if n == 0 then error('bottom') end deep(n - 1) "
                "return 1 end deep(3)");
    assert_string_equal(f.e.text, FAILED "bottom");
    assert_contains(f.e.detail, "stack traceback:");
    assert_contains(f.e.detail, "test.lua:4: in ");
    fixture_close(&f);
}

static void
a_failure_of_the_main_chunk_says_so(void **state)
{
    static const char text[] =
        "local x = 0\nfor i = 1, 1000 do x = x + i end\n"
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "  cycle = function(t) t.frequency = x end }";
    static struct fixture f;

    (void)state;
    start(&f, text, 4);
    rw_sandbox_interrupt(true);
    assert_int_equal(fixture_begin(&f, 0), RW_ERR_INTERRUPT);
    rw_sandbox_interrupt(false);
    assert_string_equal(f.e.text,
        "plugin 'test' failed in its main chunk for threat phish: interrupted");
    assert_int_equal(f.e.line, 2);
    assert_contains(f.e.detail, "scenario: hospital.json:23:9");
    fixture_close(&f);
}

static void
a_planner_scores_candidates_it_knows_by_their_fields(void **state)
{
    static const char text[] =
        "return riskwheel.planner { api = 1, name = 'test', doc = 'd',\n"
        "  score = function(plan, p)\n"
        "    for i, c in ipairs(plan.candidates) do\n"
        "      if c.id == 'mfa' then c.score = plan.budget * i else c.score = "
        "c.benefit - c.capital end\n"
        "    end\n  end }";
    static const char lazy[] =
        "return riskwheel.planner { api = 1, name = 'test', doc = 'd',\n"
        "  score = function(plan) plan.candidates[1].score = 1 end }";
    static const char wrong[] =
        "return riskwheel.planner { api = 1, name = 'test', doc = 'd',\n"
        "  score = function(plan) plan.candidates[1].benefitt = 1 end }";
    static const char dear[] =
        "return riskwheel.planner { api = 1, name = 'test', doc = 'd',\n"
        "  needs = { 'appetite' },\n"
        "  score = function(plan)\n"
        "    plan.candidates[1].score = plan.over + plan.candidates[1].tail end }";
    static struct fixture f;

    (void)state;
    start(&f, dear, 8);
    fixture_item(&f, "backup", 100, 30, 0, 0);
    assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
    assert_contains(f.e.text,
        "tail is worked out for those alone that declare needs = { \"tail\" }");
    assert_int_equal(f.e.line, 4);
    fixture_close(&f);
    start(&f, text, 8);
    fixture_item(&f, "backup", 100, 30, 0, 0);
    fixture_item(&f, "mfa", 100, 30, 0, 0);
    fixture_field(&f, "budget")[3] = 7;
    assert_int_equal(fixture_call(&f, 0), RW_OK);
    assert_close(f.item_fields[0][RW_ITEM_SCORE].x[3], 70, 0);
    assert_close(f.item_fields[1][RW_ITEM_SCORE].x[3], 14, 0);
    assert_true(f.item_fields[1][RW_ITEM_SCORE].assigned);
    fixture_close(&f);
    start(&f, lazy, 8);
    fixture_item(&f, "backup", 100, 30, 0, 0);
    fixture_item(&f, "mfa", 100, 30, 0, 0);
    assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
    assert_contains(f.e.text,
        "failed in score() of threat phish, cycle 1, futures 0..7: "
        "candidate mfa: score was not assigned");
    fixture_close(&f);
    start(&f, wrong, 8);
    fixture_item(&f, "backup", 100, 30, 0, 0);
    assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
    assert_contains(f.e.text, "candidate has no result 'benefitt'; there are: score");
    fixture_close(&f);
}

/* A future adopts in the cycle whose uniform falls below 1 - exp(-rate years). */
static void
the_phishing_example_of_the_design_works_as_printed(void **state)
{
    static const char text[] =
        "-- plugins/threats/ai_phishing.lua -- phishing written by language models\n"
        "return riskwheel.threat {\n"
        "  api = 1, name = \"ai_phishing\", version = \"1.0.0\",\n"
        "  doc = \"Credential phishing whose volume and quality grow with attacker "
        "AI.\",\n"
        "  source = \"Heiding et al. 2024 (arXiv 2412.00586): 54 % against 12 % click "
        "rate.\",\n"
        "  parameters = {\n"
        "    attempts   = { unit = \"1/year\", min = 0, doc = \"campaigns that reach "
        "staff\" },\n"
        "    click      = { unit = \"1\", min = 0, max = 1, doc = \"success of one "
        "campaign, untrained staff\" },\n"
        "    uplift     = { unit = \"1\", default = { dist = \"uniform\", min = 1, max "
        "= 3 }, doc = \"click multiplier once AI is adopted\" },\n"
        "    adoption   = { unit = \"1/year\", default = 0.5, doc = \"rate at which "
        "attackers adopt it\" },\n"
        "  },\n"
        "  state = { adopted = 0 },                      -- a vector kept from cycle "
        "to cycle\n"
        "  cycle = function(t, p, state)                 -- every value a vector or a "
        "number\n"
        "    state.adopted = vec.max(state.adopted, t:happens(p.adoption * t.years))\n"
        "    t.frequency = p.attempts\n"
        "    t.susceptibility = vec.min(1, p.click * (1 + (p.uplift - 1) * "
        "state.adopted))\n"
        "  end,\n"
        "}\n";
    static struct fixture f;
    bool adopted[64] = {false};

    (void)state;
    start(&f, text, 64);
    fixture_set(&f, "uplift", 2.5);
    fixture_set(&f, "click", 0.2);
    for (unsigned cycle = 0; cycle < 8; cycle++) {
        assert_int_equal(fixture_call(&f, cycle), RW_OK);
        for (size_t i = 0; i < 64; i++) {
            struct rw_stream s = {27032, 99};

            if (rw_stream_row_uniform(s, i, cycle * 256) < -expm1(-0.5 * 0.25))
                adopted[i] = true;
            assert_close(
                f.fields[RW_THREAT_SUSCEPTIBILITY].x[i], adopted[i] ? 0.5 : 0.2, 1e-15);
            assert_close(f.fields[RW_THREAT_FREQUENCY].x[i], 0.5, 0);
        }
    }
    fixture_close(&f);
}

CHECK_MAIN(cmocka_unit_test(the_phishing_example_of_the_design_works_as_printed),
    cmocka_unit_test(state_lasts_from_cycle_to_cycle_and_ends_with_the_block),
    cmocka_unit_test(assigned_states_keep_their_values_while_others_are_written),
    cmocka_unit_test(draws_are_those_of_the_use_the_future_and_the_cycle),
    cmocka_unit_test(happens_has_the_probability_of_at_least_one_event),
    cmocka_unit_test(any_split_of_the_futures_gives_the_same_bits),
    cmocka_unit_test(errors_name_the_place_and_the_remedy),
    cmocka_unit_test(the_detail_is_a_traceback_of_the_plugin),
    cmocka_unit_test(a_failure_of_the_main_chunk_says_so),
    cmocka_unit_test(a_planner_scores_candidates_it_knows_by_their_fields))
