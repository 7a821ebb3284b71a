/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assets that a threat's plugin reads, and what it says of each. */
#include "tests/plug/fixture.h"

#define HEAD                                                                           \
    "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"                   \
    "  parameters = { rate = { unit = '1/year', doc = 'd' } }, state = { s = 0 },\n"   \
    "  cycle = function(t, p, state)\n"

enum { N = 300 };

/* Two assets, a rate that differs from future to future; calls once. */
static enum rw_err
try(struct fixture *f, const char *body)
{
    char text[2048];

    fixture_init(f, NULL);
    snprintf(text, sizeof text, HEAD "%s\n  end }", body);
    if (fixture_load(f, "test.lua", text, strlen(text)) || fixture_open(f, N))
        fail_msg("%s", f->e.text);
    for (size_t i = 0; i < N; i++)
        fixture_param(f, "rate")[i] = 1 + (double)i / 64;
    fixture_asset(f, "large", 3e6, 100);
    fixture_asset(f, "small", 1e6, 0);
    assert_int_equal(fixture_begin(f, 0), RW_OK);
    return fixture_call(f, 0);
}

static void
must(struct fixture *f, const char *body)
{
    if (try(f, body))
        fail_msg("%s", f->e.text);
}

static void
refused(const char *body, const char *part)
{
    static struct fixture f;

    assert_int_equal(try(&f, body), RW_ERR_PLUGIN);
    assert_contains(f.e.text, part);
    fixture_close(&f);
}

static void
each_asset_has_what_was_assigned_to_it(void **state)
{
    static struct fixture f;

    (void)state;
    must(&f, "    for _, a in ipairs(t.assets) do\n"
             "      a.frequency = p.rate * (a.value / t.value)\n"
             "      if a.id == 'small' then a.susceptibility = a.records / t.records "
             "end\n    end");
    for (size_t i = 0; i < N; i++) {
        double rate = 1 + (double)i / 64;

        assert_close(f.item_fields[0][RW_ASSET_FREQUENCY].x[i], 0.75 * rate, 0);
        assert_close(f.item_fields[1][RW_ASSET_FREQUENCY].x[i], 0.25 * rate, 0);
        assert_close(f.item_fields[1][RW_ASSET_SUSCEPTIBILITY].x[i], 0, 0);
    }
    assert_true(f.item_fields[0][RW_ASSET_FREQUENCY].assigned);
    assert_true(f.item_fields[1][RW_ASSET_SUSCEPTIBILITY].assigned);
    assert_false(f.item_fields[0][RW_ASSET_SUSCEPTIBILITY].assigned);
    assert_false(f.fields[RW_THREAT_FREQUENCY].assigned);
    fixture_close(&f);
}

static void
what_was_not_assigned_reads_as_the_threats(void **state)
{
    static struct fixture f;

    (void)state;
    must(&f, "    local one, two = t.assets[1], t.assets[2]\n"
             "    t.frequency = p.rate\n"
             "    one.frequency = two.frequency * 2\n"
             "    t.frequency = one.frequency + two.frequency\n"
             "    state.s = one.susceptibility + #t.assets");
    for (size_t i = 0; i < N; i++) {
        double rate = 1 + (double)i / 64;

        assert_close(f.item_fields[0][RW_ASSET_FREQUENCY].x[i], 2 * rate, 0);
        assert_close(fixture_field(&f, "frequency")[i], 3 * rate, 0);
        assert_close(f.state[0][i], 3, 0);
    }
    assert_false(f.item_fields[1][RW_ASSET_FREQUENCY].assigned);
    fixture_close(&f);
}

static void
errors_name_the_asset(void **state)
{
    (void)state;
    refused("    t.assets[1].frequency = p.rate",
        "futures 0..299: frequency was not assigned");
    refused("    t.frequency = 1; t.assets[2].susceptibility = p.rate * 0.9",
        "asset small: susceptibility is 1.0125 in future 8, it must be from 0 to 1");
    refused("    t.assets[2].frequency = p.rate * p.rate",
        "asset.frequency is a rate (1/year), and what is assigned is a quantity "
        "(1/year^2)");
    refused("    t.assets[1].frequncy = 1",
        "asset has no result 'frequncy'; did you mean 'frequency'?");
    refused("    t.frequency = t.assets[1].worth", "an asset has no field 'worth'");
    refused("    t.assets[1].value = 2",
        "asset.value is given by the engine and cannot be assigned");
    refused("    t.assets[1].loss_factor = 2",
        "asset.loss_factor is what all assets have: assign t.loss_factor");
    refused("    t.frequency = t.candidates", "threat has no field 'candidates'");
}

static void
a_systemic_threat_has_one_rate(void **state)
{
    static const char text[] =
        HEAD "    t.assets[1].frequency = t.assets[1].value\n  end }";
    static struct fixture f;

    (void)state;
    fixture_init(&f, NULL);
    if (fixture_load(&f, "test.lua", text, strlen(text)) || fixture_open(&f, N))
        fail_msg("%s", f.e.text);
    fixture_asset(&f, "large", 3e6, 100);
    f.items[0].n_fields = RW_ASSET_GIVEN;
    assert_int_equal(fixture_begin(&f, 0), RW_OK);
    assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
    assert_contains(f.e.text, "asset.frequency is what all assets have: assign "
                              "t.frequency, as one event of a systemic threat");
    fixture_close(&f);
}

/* A block that is given other assets is not made by the record of the one before. */
static void
other_assets_wake_lua(void **state)
{
    static struct fixture f;

    (void)state;
    must(&f, "    for _, a in ipairs(t.assets) do a.frequency = a.value / 1e6 end");
    for (int k = 0; k < 2; k++) {
        assert_int_equal(fixture_begin(&f, N), RW_OK);
        f.item_fields[1][RW_ASSET_VALUE].number = 5e6 + k;
        assert_int_equal(fixture_call(&f, 0), RW_OK);
        assert_close(f.item_fields[1][RW_ASSET_FREQUENCY].x[7], (5e6 + k) / 1e6, 0);
    }
    fixture_close(&f);
}

CHECK_MAIN(cmocka_unit_test(each_asset_has_what_was_assigned_to_it),
    cmocka_unit_test(what_was_not_assigned_reads_as_the_threats),
    cmocka_unit_test(errors_name_the_asset),
    cmocka_unit_test(a_systemic_threat_has_one_rate),
    cmocka_unit_test(other_assets_wake_lua))
