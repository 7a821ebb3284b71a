/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units through a plugin's expressions: what is found, and what never is. */
#include "tests/plug/fixture.h"

#define HEAD                                                                           \
    "return riskwheel.threat { api = 1, name = 'test', doc = 'd', parameters = {\n"    \
    "  cost = { unit = 'currency', doc = 'd' }, rate = { unit = '1/year', doc = 'd' "  \
    "},\n"                                                                             \
    "  share = { unit = '1', doc = 'd' }, years = { unit = 'year', doc = 'd' },\n"     \
    "  days = { unit = 'day', doc = 'd' }, daily = { unit = '1/day', doc = 'd' },\n"   \
    "  fee = { unit = 'currency/day', doc = 'd' },\n"                                  \
    "  size = { unit = 'Gbit/s', doc = 'd' } }, state = { s = 1, r = 2 },\n"           \
    "  cycle = function(t, p, state)\n"                                                \
    "    local cost, rate, share, years = p.cost, p.rate, p.share, p.years\n"          \
    "    local days, daily, fee, size = p.days, p.daily, p.fee, p.size\n"              \
    "    t.frequency = 1\n"                                                            \
    "    "

/* What the statement ends in when the plugin is called, three times. */
static const char *
outcome(const char *statement)
{
    static struct fixture f;
    static char text[2048], told[1024];
    enum rw_err err;

    fixture_init(&f, NULL);
    snprintf(text, sizeof text, HEAD "%s\n  end }", statement);
    err = fixture_try(&f, text, 8);
    for (unsigned cycle = 1; cycle < 3 && err == RW_OK; cycle++)
        err = fixture_call(&f, cycle);
    assert_true(err == RW_OK || err == RW_ERR_PLUGIN);
    if (err) {
        assert_string_equal(f.e.file, "plugins/threats/test.lua");
        assert_int_equal(f.e.line, 11);
    }
    snprintf(told, sizeof told, "%s", f.e.text);
    fixture_close(&f);
    return told;
}

static void
finds(const char *statement, const char *part)
{
    const char *told = outcome(statement);

    if (strstr(told, part) == NULL)
        fail_msg("%s: \"%s\" is not in \"%s\"", statement, part, told);
}

static void
accepts(const char *statement)
{
    const char *told = outcome(statement);

    if (told[0])
        fail_msg("%s: %s", statement, told);
}

static void
two_that_differ_are_not_added_or_compared(void **state)
{
    (void)state;
    finds("t.frequency = cost + rate",
        "+ cannot take money (currency) and a rate (1/year); is a factor missing");
    finds(
        "state.s = years - share", "- cannot take a time (year) and a pure number (1)");
    finds("state.s = vec.lt(rate, years)", "vec.lt cannot take a rate (1/year)");
    finds("state.s = vec.max(1, share, cost)",
        "vec.max cannot take a pure number (1) and money (currency)");
    finds("state.s = vec.clamp(rate, 0, years)", "vec.min cannot take a rate (1/year)");
    finds("state.s = vec.where(share, cost, rate)", "vec.where cannot take money");
    finds("state.s = vec.pick(1 + vec.lt(share, 0.2), { cost, rate })",
        "vec.pick cannot take a rate (1/year) and money (currency)");
    finds("state.s = vec.sum({ cost, 0, years })", "+ cannot take money (currency)");
    finds("state.s = cost * rate + years",
        "+ cannot take money a time (currency/year) and a time (year)");
    finds("state.s = (1 - share) * cost * vec.abs(-rate) + years",
        "+ cannot take money a time (currency/year) and a time (year)");
    finds("state.s = cost / cost + years",
        "+ cannot take a pure number (1) and a time (year)");
    finds("state.s = vec.sqrt(cost * cost) + rate", "+ cannot take money (currency)");
    accepts(
        "state.s = rate * (1 + rate) ^ 2 + rate"); /* growth of 1 + rate, compounded */
    finds("state.s = vec.lt(share, 0.2) * cost + rate", "+ cannot take money");
    finds("state.s = cost * t:normal() + rate", "+ cannot take money");
    finds("state.s = t:gamma(share, cost) + rate", "+ cannot take money");
    finds("state.s = t:exponential(years) + rate", "+ cannot take a time (year)");
}

static void
what_takes_a_pure_number_gets_no_other(void **state)
{
    (void)state;
    finds("t.susceptibility = 1 - vec.exp(-rate)",
        "vec.exp takes a pure number, not a rate (1/year); a rate times a time "
        "(t.years, t.time) is one");
    finds("state.s = vec.log(years)",
        "vec.log takes a pure number, not a time (year); "
        "a time by another time, or times a rate, is one");
    finds("state.s = t:happens(rate)", "t:happens takes a pure number, not a rate");
    finds("state.s = t:poisson(cost)", "t:poisson takes a pure number, not money");
    finds("state.s = t:gamma(rate, 1)", "t:gamma takes a pure number, not a rate");
    finds("state.s = t:beta(1, years)", "t:beta takes a pure number, not a time");
    finds("state.s = t:lognormal(cost, 1)", "t:lognormal takes a pure number");
}

static void
a_result_is_what_it_is(void **state)
{
    (void)state;
    finds("t.frequency = cost", "threat.frequency is a rate (1/year), and what is "
                                "assigned is money (currency)");
    finds("t.frequency = share", "threat.frequency is a rate (1/year), and what is "
                                 "assigned is a pure number (1)");
    finds("t.susceptibility = rate", "threat.susceptibility is a pure number (1)");
    finds("t.loss_factor = years * cost", "what is assigned is a quantity "
                                          "(currency*year)");
    finds("state.s = t.susceptibility + rate", "+ cannot take a pure number (1)");
    finds("t.frequency = rate; t.susceptibility = t.frequency",
        "what is assigned is a rate (1/year)");
}

static void
days_are_no_years(void **state)
{
    (void)state;
    finds("state.s = days + years", "+ cannot take a time (day) and a time (year); "
                                    "convert one of them: a year is 365 days");
    finds("t.frequency = daily", "threat.frequency is a rate (1/year), and what is "
                                 "assigned is a rate (1/day); convert one of them");
    finds("state.s = t:happens(rate * days)",
        "t:happens takes a pure number, not a pure number (day/year); convert");
    finds("t.susceptibility = days / years", "is a pure number (day/year)");
    finds("state.s = fee * days + rate * cost",
        "+ cannot take money (currency) and money a time (currency/year)");
    accepts("state.s = fee * days + cost");
    accepts("t.susceptibility = vec.min(1, daily * days)");
    accepts("state.s = days / 365 + years");
    accepts("t.frequency = daily * 365");
    accepts("state.s = t:happens(rate * days / 365)");
}

static void
a_state_is_known_once_something_known_was_assigned(void **state)
{
    (void)state;
    finds("state.s = state.s + rate; state.s = state.s + cost",
        "+ cannot take a rate (1/year) and money (currency)");
    /* in the second cycle */
    finds("state.s = vec.max(state.r, cost); state.r = rate",
        "cycle 2, futures 0..7: vec.max cannot take a rate (1/year) and money");
    accepts("state.s = state.s + rate; state.r = state.r + cost");
    accepts("state.s = vec.max(state.s, t:happens(rate * t.years))");
    accepts("state.s = state.s * rate; state.s = 1");
    accepts("if t.cycle == 1 then state.s = rate else state.s = state.s / rate end\n"
            "    t.susceptibility = vec.min(1, state.s / 2)");
}

/* A number may be anything, so what it multiplies is not known any more. */
static void
numbers_stand_for_any_unit(void **state)
{
    (void)state;
    accepts("t.frequency = 1 + rate + 0.5");
    accepts("t.frequency = cost / 50000");
    accepts("t.frequency = vec.clamp(rate, 0, 1e6)");
    accepts("t.frequency = share * 12");
    accepts("t.frequency = 1 / years");
    accepts("t.frequency = vec.min(1e6, rate * vec.exp(share * t.time))");
    accepts("t.frequency = vec.exp(share + share * t:normal())");
    accepts("t.frequency = vec.lt(share, 0.5)");
    accepts("t.frequency = vec.where(vec.lt(share, 0.5), 0, rate)");
    accepts("t.frequency = rate * t:gamma(1 / share, share)");
    accepts("t.frequency = rate * t:poisson(2)");
    accepts("t.susceptibility = 0.5 ^ years");
    accepts("t.susceptibility = 2 ^ -(years / years)");
    accepts("t.susceptibility = vec.exp(-(years * 1))");
    accepts("t.susceptibility = 1 - (1 - share) ^ size");
    accepts("t.susceptibility = vec.min(1, (size / size) ^ share)");
    accepts("state.s = size + rate; state.r = size + cost");
    accepts("state.s = t:uniform() * rate + cost");
    accepts("state.s = vec.exp(share) * cost + rate");
    accepts("state.s = years ^ share + cost");
    accepts("local _, x = pcall(function() return cost + rate end)");
    accepts("t.frequency = vec.sum({ rate, rate, 0.5 }) * (share / share)");
}

CHECK_MAIN(cmocka_unit_test(two_that_differ_are_not_added_or_compared),
    cmocka_unit_test(what_takes_a_pure_number_gets_no_other),
    cmocka_unit_test(a_result_is_what_it_is), cmocka_unit_test(days_are_no_years),
    cmocka_unit_test(a_state_is_known_once_something_known_was_assigned),
    cmocka_unit_test(numbers_stand_for_any_unit))
