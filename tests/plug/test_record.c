/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that are made without Lua, and the programs they are made by. */
#include "num/stream.h"
#include "tests/plug/fixture.h"

#define HEAD                                                                           \
    "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"                   \
    "  parameters = { a = { unit = 'thing', doc = 'd' }, b = { unit = 'thing', doc = " \
    "'d' } "                                                                           \
    "},\n"                                                                             \
    "  state = { s = 1, r = 2 },\n"                                                    \
    "  cycle = function(t, p, state) local a, b = p.a, p.b\n"

static void
start(struct fixture *f, const char *text, size_t n)
{
    fixture_init(f, NULL);
    if (fixture_load(f, "test.lua", text, strlen(text)) || fixture_open(f, n))
        fail_msg("%s", f->e.text);
    for (size_t i = 0; i < FIXTURE_N; i++) {
        fixture_param(f, "a")[i] = ((double)i - 480) / 100; /* 0 is among them */
        fixture_param(f, "b")[i] = 0.25 + (double)(i * 7 % FIXTURE_N) / 300;
    }
    for (size_t k = 0; k < f->call.n_fields; k++) {
        f->fields[k].low = -INFINITY;
        f->fields[k].high = INFINITY;
    }
    assert_int_equal(fixture_begin(f, 0), RW_OK);
}

static void
must_call(struct fixture *f, unsigned cycle)
{
    if (fixture_call(f, cycle))
        fail_msg("%s", f->e.text);
}

/* ---- programs ---- */

enum { NODES = 60, LENGTH = 301 }; /* no multiple of a chunk or a tile */

/* A choice of 0 .. n - 1. */
static size_t
pick(uint64_t round, uint64_t index, size_t n)
{
    return (
        size_t)(rw_stream_uniform((struct rw_stream){5, 6}, round, index) * (double)n);
}

static double
operate(size_t op, double x, double y)
{
    switch (op) {
    case 0:
        return x + y;
    case 1:
        return x - y;
    case 2:
        return x * y;
    case 3:
        return x / y;
    case 4:
        return x < y || isnan(x) ? x : y; /* which zero fmin takes is left to it */
    case 5:
        return x > y || isnan(x) ? x : y;
    case 6:
        return x < y;
    default:
        return -x;
    }
}

/* Writes `local vK = OP(vI, vJ)` and does the same in C, a node after another: some
 * are read once, some often, some never, some are numbers. */
static void
write_nodes(uint64_t round, char *text, size_t size, double v[NODES][LENGTH])
{
    static const char *const ops[] = {"v%zu + v%zu", "v%zu - v%zu", "v%zu * v%zu",
        "v%zu / v%zu", "vec.min(v%zu, v%zu)", "vec.max(v%zu, v%zu)",
        "vec.lt(v%zu, v%zu)", "-v%zu"};
    size_t n = (size_t)snprintf(
        text, size, "%s local v0, v1, v2, v3 = a, b, 0.75, state.s\n", HEAD);

    for (size_t i = 0; i < LENGTH; i++) {
        v[0][i] = ((double)i - 480) / 100;
        v[1][i] = 0.25 + (double)(i * 7 % FIXTURE_N) / 300;
        v[2][i] = 0.75;
        v[3][i] = 1;
    }
    for (size_t k = 4; k < NODES; k++) {
        size_t op = pick(round, 4 * k, 8);
        /* mostly one of the last: chains; else any */
        size_t x = pick(round, 4 * k + 1, 4) ? k - 1 - pick(round, 4 * k + 2, 3)
                                             : pick(round, 4 * k + 2, k);
        size_t y = pick(round, 4 * k + 3, k);

        n += (size_t)snprintf(text + n, size - n, " local v%zu = ", k);
        n += (size_t)snprintf(text + n, size - n, ops[op], x, y);
        n += (size_t)snprintf(text + n, size - n, "\n");
        for (size_t i = 0; i < LENGTH; i++)
            v[k][i] = operate(op, v[x][i], v[y][i]);
    }
    /* nan and inf are no results */
    snprintf(text + n, size - n,
        " t.frequency = vec.where(vec.lt(vec.abs(v%d), 1e300), v%d, 7)\n"
        " state.s = vec.where(vec.lt(vec.abs(v%d), 1e300), v%d, 7)\n end }",
        NODES - 1, NODES - 1, NODES / 2, NODES / 2);
}

static double
shown(double x)
{
    return fabs(x) < 1e300 ? x : 7;
}

static void
random_programs_equal_a_loop_in_c_bit_by_bit(void **state)
{
    static struct fixture f;
    static double v[NODES][LENGTH];
    static char text[8192];

    (void)state;
    for (uint64_t round = 0; round < 300; round++) {
        write_nodes(round, text, sizeof text, v);
        start(&f, text, LENGTH);
        must_call(&f, 0);
        for (size_t i = 0; i < LENGTH; i++) {
            double want[] = {shown(v[NODES - 1][i]), shown(v[NODES / 2][i])};

            if (memcmp(&want[0], &fixture_field(&f, "frequency")[i], sizeof want[0]))
                fail_msg("round %d, %zu: %.17g, want %.17g\n%s", (int)round, i,
                    fixture_field(&f, "frequency")[i], want[0], text);
            /* states are in the order of their names: r, s */
            assert_memory_equal(&want[1], &f.state[1][i], sizeof want[1]);
        }
        fixture_close(&f);
    }
}

static void
states_may_trade_places_and_results_may_be_rows_that_were_read(void **state)
{
    static const char text[] =
        HEAD "    state.s, state.r = state.r, state.s\n"
             "    t.frequency = state.s + state.r * 10\n"
             "    t.susceptibility = a; t.loss_factor = t.susceptibility\n  end }";
    static struct fixture f;

    (void)state;
    start(&f, text, LENGTH);
    for (unsigned k = 0; k < 3; k++) {
        must_call(&f, k);
        for (size_t i = 0; i < LENGTH; i++) {
            assert_close(f.state[0][i], k % 2 ? 2 : 1, 0);
            assert_close(f.state[1][i], k % 2 ? 1 : 2, 0);
            assert_close(fixture_field(&f, "frequency")[i], k % 2 ? 21 : 12, 0);
            assert_close(fixture_field(&f, "loss_factor")[i], f.params[0][i], 0);
        }
    }
    fixture_close(&f);
}

static void
a_long_chain_needs_no_room_of_its_own(void **state)
{
    static const char text[] = HEAD "    local x = a\n"
                                    "    for i = 1, 4000 do x = x + b * i end\n"
                                    "    t.frequency = x\n  end }";
    static const char fits[] = HEAD "    local x = a\n"
                                    "    for i = 1, 4000 do x = vec.max(x, i) end\n"
                                    "    t.frequency = x\n  end }";
    static struct fixture f;

    (void)state;
    start(&f, text, 8);
    assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
    assert_contains(f.e.text, "more than 4096 vectors in one call");
    fixture_close(&f);
    start(&f, fits, 8);
    must_call(&f, 0);
    assert_close(fixture_field(&f, "frequency")[3], 4000, 0);
    fixture_close(&f);
}

/* By a chain, by a copy and by another operation; in whole chunks and the rest. */
static void
an_element_out_of_range_is_found_wherever_it_is(void **state)
{
    static const char *const texts[] = {HEAD
        "    t.frequency = 0; t.susceptibility = a * 1\n  end }",
        HEAD "    t.frequency = 0; t.susceptibility = a\n  end }",
        HEAD "    t.frequency = 0; t.susceptibility = vec.abs(a)\n  end }",
        HEAD "    t.frequency = 0; state.s = a * 1; state.r = state.s\n"
             "    t.susceptibility = state.s\n  end }"};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < 4; k++) {
        start(&f, texts[k], LENGTH);
        f.fields[RW_THREAT_SUSCEPTIBILITY].low = 0;
        f.fields[RW_THREAT_SUSCEPTIBILITY].high = 1;
        fixture_set(&f, "a", 0.5);
        must_call(&f, 0);
        for (size_t i = 0; i < LENGTH; i++) {
            static const double bad[] = {1.5, NAN, INFINITY};
            char where[32];

            fixture_param(&f, "a")[i] = bad[i % 3];
            snprintf(where, sizeof where, " in future %zu,", i);
            assert_int_equal(fixture_begin(&f, 0), RW_OK);
            assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
            assert_contains(f.e.text, where);
            fixture_param(&f, "a")[i] = 0.5;
        }
        fixture_close(&f);
    }
}

/* ---- records ---- */

static const char with_draws[] =
    HEAD "    state.s = state.s * t:uniform() + vec.min(a, t:normal())\n"
         "    state.r = vec.max(state.r / 2, t:happens(b * t.years))\n"
         "    t.frequency = state.s + t.cycle * state.r\n  end }";

/* Futures first .. first + n, three cycles; frequencies of the last. */
static void
run_block(struct fixture *f, size_t first, size_t n, double out[])
{
    assert_int_equal(fixture_begin(f, first), RW_OK);
    f->call.n = n;
    for (size_t i = 0; i < n; i++) {
        fixture_param(f, "a")[i] = ((double)(first + i) - 480) / 100;
        fixture_param(f, "b")[i] = 0.25 + (double)((first + i) % 100) / 300;
    }
    for (unsigned k = 0; k < 3; k++)
        must_call(f, k);
    memcpy(out + first, fixture_field(f, "frequency"), n * sizeof *out);
}

static void
a_block_without_lua_gives_the_bits_of_one_with_it(void **state)
{
    static struct fixture f, fresh;
    static double got[FIXTURE_N], want[FIXTURE_N];
    double deadline;

    (void)state;
    start(&f, with_draws, 7);
    run_block(&f, 0, 7, got);
    deadline = rw_host_sandbox(f.instance)->deadline;
    run_block(&f, 7, 1000, got);
    run_block(&f, 1007, 500, got);
    /* no call was armed: Lua slept */
    assert_memory_equal(
        &deadline, &rw_host_sandbox(f.instance)->deadline, sizeof deadline);
    for (size_t from = 0; from < 1507; from += 300) { /* Lua in every one */
        start(&fresh, with_draws, 7);
        run_block(&fresh, from, from + 300 > 1507 ? 1507 - from : 300, want);
        fixture_close(&fresh);
    }
    assert_memory_equal(got, want, 1507 * sizeof *got);
    fixture_close(&f);
}

/* What Lua keeps from call to call of a block is as if it had made them all. */
static void
a_block_that_is_given_something_else_wakes_lua_where_it_would_be(void **state)
{
    static const char text[] =
        "local calls, seen = 0, ''\n" HEAD
        "    calls = calls + 1; seen = seen .. string.format('%d', t.cycle)\n"
        "    t.frequency = calls; t.susceptibility = 0\n"
        "    t.loss_factor = a * 0 + tonumber(seen)\n  end }";
    static const unsigned cycles[][4] = {{0, 1, 2, 3}, {0, 1, 2, 3}, {0, 2, 3, 4},
        {1, 2, 3, 4}, {0, 1, 2, 4}, {0, 1, 2, 3}};
    static struct fixture f;

    (void)state;
    start(&f, text, 8);
    for (size_t block = 0; block < 6; block++) {
        double seen = 0;

        assert_int_equal(fixture_begin(&f, 0), RW_OK);
        for (size_t k = 0; k < 4; k++) {
            must_call(&f, cycles[block][k]);
            seen = 10 * seen + cycles[block][k] + 1;
            assert_close(fixture_field(&f, "frequency")[5], (double)k + 1, 0);
            assert_close(fixture_field(&f, "loss_factor")[5], seen, 0);
        }
    }
    fixture_close(&f);
}

/* Elements come after Lua, so no pcall sees what they are. */
static void
an_operand_that_cannot_be_is_told_with_its_future_and_line(void **state)
{
    static const char text[] =
        HEAD "    local _, x = pcall(function() return t:happens(a) end)\n"
             "    t.frequency = 0\n"
             "    if type(x) == 'string' then t.frequency = 1 end\n  end }";
    static struct fixture f;

    (void)state;
    start(&f, text, 100);
    fixture_set(&f, "a", 0.5);
    must_call(&f, 0);
    assert_int_equal(fixture_begin(&f, 1024), RW_OK); /* without Lua */
    fixture_param(&f, "a")[37] = -0.5;
    assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
    assert_contains(f.e.text, "failed in cycle() of threat phish, cycle 1, futures "
                              "1024..1123: t:happens(-0.5) in future 1061: an expected "
                              "count is not negative; its parameters: a = -0.5, b = ");
    assert_int_equal(f.e.line, 5);
    assert_string_equal(f.e.file, "test.lua");
    fixture_close(&f);
}

CHECK_MAIN(cmocka_unit_test(random_programs_equal_a_loop_in_c_bit_by_bit),
    cmocka_unit_test(states_may_trade_places_and_results_may_be_rows_that_were_read),
    cmocka_unit_test(a_long_chain_needs_no_room_of_its_own),
    cmocka_unit_test(an_element_out_of_range_is_found_wherever_it_is),
    cmocka_unit_test(a_block_without_lua_gives_the_bits_of_one_with_it),
    cmocka_unit_test(a_block_that_is_given_something_else_wakes_lua_where_it_would_be),
    cmocka_unit_test(an_operand_that_cannot_be_is_told_with_its_future_and_line))
