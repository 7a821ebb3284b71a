/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plugins printed in docs/plugins.md load and run. */
#include "base/output.h"
#include "tests/plug/fixture.h"

/* Three cycles, inputs within the declared ranges. */
/* How often the large one, 0.2 of 1.7 failures a year, is the one that fails. */
static void
check_suppliers(struct fixture *f)
{
    double p = 0.2 / 1.7, n = (double)f->call.n, large = 0;

    for (size_t i = 0; i < f->call.n; i++)
        large += fixture_field(f, "loss_factor")[i] == 3;
    assert_close(large / n, p, CHECK_Z * sqrt(p * (1 - p) / n));
}

static void
run_example(const char *text, size_t n)
{
    static struct fixture f;

    fixture_init(&f, NULL);
    if (fixture_load(&f, "docs/plugins.md", text, n) || fixture_open(&f, FIXTURE_N))
        fail_msg("line %d: %s", f.e.line, f.e.text);
    if (f.plugin->kind == RW_PLUGIN_PLANNER) {
        *fixture_field(&f, "years_left") = 3;
        fixture_item(&f, "mfa", 100e3, 50e3, 20e3, 0.5);
    }
    if (f.plugin->kind == RW_PLUGIN_THREAT) {
        fixture_asset(&f, "shop", 3e6, 0);
        fixture_asset(&f, "ledger", 1e6, 500);
    }
    for (size_t k = 0; k < f.plugin->n_params; k++)
        if (f.plugin->params[k].has_default)
            fixture_set(&f, f.plugin->params[k].name,
                rw_dist_mean(&f.plugin->params[k].preset));
    if (fixture_begin(&f, 0))
        fail_msg("line %d: %s", f.e.line, f.e.text);
    for (unsigned cycle = 0; cycle < 3; cycle++)
        if (fixture_call(&f, cycle))
            fail_msg("line %d: %s", f.e.line, f.e.text);
    if (f.plugin->kind == RW_PLUGIN_PLANNER) /* 0.5 + 50 / 80 years */
        assert_close(f.item_fields[0][RW_ITEM_SCORE].x[0], 1 / 1.125, 1e-15);
    if (strcmp(f.plugin->name, "lost_laptop") == 0)
        assert_close(fixture_field(&f, "susceptibility")[0], 0.4 * exp(-0.25), 1e-15);
    if (strcmp(f.plugin->name, "suppliers") == 0)
        check_suppliers(&f);
    if (strcmp(f.plugin->name, "by_value") == 0)
        assert_close(f.item_fields[1][RW_ASSET_FREQUENCY].x[0], 0.25 * 4, 1e-15);
    fixture_close(&f);
}

static void
every_plugin_of_the_manual_runs(void **state)
{
    static const char opening[] = "\n```lua\n", closing[] = "\n```\n";
    char *text, *at;
    size_t n, found = 0;
    struct rw_error e = {0};

    (void)state;
    assert_int_equal(
        rw_file_read(source_path("docs/plugins.md"), 1 << 20, &text, &n, &e), RW_OK);
    for (at = text; (at = strstr(at, opening)) != NULL; found++) {
        char *end;

        at += sizeof opening - 1;
        end = strstr(at, closing);
        assert_non_null(end);
        run_example(at, (size_t)(end - at));
        at = end;
    }
    assert_int_equal(found, 5);
    free(text);
}

CHECK_MAIN(cmocka_unit_test(every_plugin_of_the_manual_runs))
