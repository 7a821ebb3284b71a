/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plugins that come with the program give the figures their heads say. */
#include "tests/plug/fixture.h"

enum { N = 8 };

static struct rw_catalogue *catalogue;

static int
open_catalogue(void **state)
{
    const char *folders[] = {source_path("plugins")};
    struct rw_error e = {0};

    (void)state;
    return rw_catalogue_new(folders, 1, NULL, &catalogue, &e) == RW_OK ? 0 : -1;
}

static int
close_catalogue(void **state)
{
    (void)state;
    rw_catalogue_free(catalogue);
    return 0;
}

static void
start(struct fixture *f, enum rw_plugin_kind kind, const char *name, size_t n)
{
    fixture_init(f, NULL);
    if (rw_catalogue_find(catalogue, kind, name, &f->plugin, &f->e) ||
        fixture_open(f, n) || fixture_begin(f, 0))
        fail_msg("%s:%d: %s", f->e.file, f->e.line, f->e.text);
}

static void
call(struct fixture *f, unsigned cycle)
{
    if (fixture_call(f, cycle))
        fail_msg("%s:%d: %s\n%s", f->e.file, f->e.line, f->e.text, f->e.detail);
}

static void
every_plugin_loads_and_says_where_its_figures_come_from(void **state)
{
    const struct rw_catalogue_entry *entries;
    size_t n;

    (void)state;
    entries = rw_catalogue_list(catalogue, &n);
    assert_int_equal(n, 36);
    for (size_t k = 0; k < n; k++) {
        const struct rw_plugin *p = entries[k].plugin;

        if (p == NULL)
            fail_msg("%s: %s", entries[k].file, entries[k].error.text);
        assert_contains(p->source, "judgement");
        assert_string_equal(p->license, "GPL-3.0-or-later");
        for (size_t i = 0; i < p->n_params; i++) {
            double mean;

            if (!p->params[i].has_default)
                continue;
            mean = rw_dist_mean(&p->params[i].preset);
            assert_true(mean >= p->params[i].min && mean <= p->params[i].max);
        }
    }
}

static void
ai_phishing_succeeds_more_often_once_attackers_have_adopted_it(void **state)
{
    static struct fixture f;

    (void)state;
    start(&f, RW_PLUGIN_THREAT, "ai_phishing", N);
    fixture_set(&f, "attempts", 24);
    fixture_set(&f, "click", 0.12);
    fixture_set(&f, "uplift", 3);
    fixture_set(&f, "growth", 0.1);
    fixture_set(&f, "adoption", 0);
    call(&f, 0);
    assert_close(fixture_field(&f, "susceptibility")[3], 0.12, 1e-15);
    assert_close(fixture_field(&f, "frequency")[3], 24, 0);
    fixture_set(&f, "adoption", 1e6);
    call(&f, 4);
    assert_close(fixture_field(&f, "susceptibility")[3], 0.36, 1e-15);
    assert_close(fixture_field(&f, "frequency")[3], 24 * exp(0.1), 1e-12);
    fixture_set(&f, "adoption", 0); /* what is known stays known */
    fixture_set(&f, "uplift", 4.5);
    fixture_set(&f, "click", 0.5);
    call(&f, 5);
    assert_close(fixture_field(&f, "susceptibility")[3], 1, 0);
    fixture_close(&f);
}

static void
ransomware_follows_its_trend_and_walks_without_drift(void **state)
{
    static struct fixture f;
    double mean = 0;

    (void)state;
    start(&f, RW_PLUGIN_THREAT, "ransomware", FIXTURE_N);
    fixture_set(&f, "attempts", 4);
    fixture_set(&f, "growth", 0.1);
    fixture_set(&f, "volatility", 0);
    fixture_set(&f, "success", 0.4);
    fixture_set(&f, "backup", 0.5);
    fixture_set(&f, "restored", 0.4);
    fixture_set(&f, "theft", 0.7);
    fixture_set(&f, "extortion", 0.14);
    call(&f, 8);
    assert_close(fixture_field(&f, "frequency")[7], 4 * exp(0.2), 1e-12);
    assert_close(fixture_field(&f, "susceptibility")[7], 0.4, 0);
    assert_close(
        fixture_field(&f, "loss_factor")[7], 1 - 0.5 * 0.6 + 0.7 * 0.14, 1e-15);
    /* after 8 quarters the walk's exponential has mean 1, variance exp(0.18) - 1 */
    fixture_set(&f, "volatility", 0.3);
    fixture_set(&f, "growth", 0);
    assert_int_equal(fixture_begin(&f, 0), RW_OK);
    for (unsigned cycle = 0; cycle < 9; cycle++)
        call(&f, cycle);
    for (size_t i = 0; i < FIXTURE_N; i++)
        mean += fixture_field(&f, "frequency")[i] / (4 * FIXTURE_N);
    assert_close(mean, 1, CHECK_Z * sqrt(expm1(0.09 * 2) / FIXTURE_N));
    assert_true(fabs(mean - 1) > 1e-9);
    fixture_close(&f);
}

static void
a_supplier_outage_is_systemic_and_dependence_grows_to_one(void **state)
{
    static struct fixture f;

    (void)state;
    start(&f, RW_PLUGIN_THREAT, "supplier_outage", N);
    assert_true(f.plugin->systemic);
    fixture_set(&f, "outages", 2);
    fixture_set(&f, "impact", 0.25);
    fixture_set(&f, "dependence", 0.6);
    fixture_set(&f, "drift", 0.5);
    call(&f, 0);
    assert_close(fixture_field(&f, "frequency")[0], 2, 0);
    assert_close(fixture_field(&f, "susceptibility")[0], 0.25, 0);
    assert_close(fixture_field(&f, "loss_factor")[0], 0.6, 1e-15);
    call(&f, 8);
    assert_close(fixture_field(&f, "loss_factor")[0], 1 - 0.4 * exp(-1), 1e-15);
    fixture_close(&f);
}

static void
training_halves_in_a_half_life_and_is_refreshed(void **state)
{
    static struct fixture f;
    double *age, *efficacy;

    (void)state;
    start(&f, RW_PLUGIN_CONTROL, "awareness_training", N);
    fixture_set(&f, "efficacy", 0.4);
    fixture_set(&f, "half_life", 0.4);
    fixture_set(&f, "refresh", 0.5);
    fixture_set(&f, "ramp", 0.125);
    age = fixture_field(&f, "age");
    efficacy = fixture_field(&f, "efficacy");
    age[0] = 0;
    age[1] = 0.0625; /* half of the staff reached */
    age[2] = 0.4;    /* one half-life */
    age[3] = 0.5;    /* just refreshed */
    age[4] = 1.9;    /* one half-life after the third refresh */
    age[5] = -1;     /* not yet in operation */
    call(&f, 0);
    assert_close(efficacy[0], 0, 0);
    assert_close(efficacy[1], 0.2 * exp2(-0.0625 / 0.4), 1e-15);
    assert_close(efficacy[2], 0.2, 1e-15);
    assert_close(efficacy[3], 0.4, 1e-15);
    assert_close(efficacy[4], 0.2, 1e-14);
    assert_close(efficacy[5], 0, 0);
    fixture_close(&f);
}

static void
sharing_grows_with_partners_and_saturates(void **state)
{
    static struct fixture f;
    double before = -1;

    (void)state;
    start(&f, RW_PLUGIN_CONTROL, "threat_intelligence_sharing", N);
    fixture_set(&f, "overlap", 0.05);
    fixture_set(&f, "use", 0.3);
    fixture_set(&f, "ramp", 0.75);
    fixture_set(&f, "partners", 10);
    fixture_field(&f, "age")[0] = 0.75;
    fixture_field(&f, "age")[1] = 0;
    call(&f, 0);
    assert_close(fixture_field(&f, "efficacy")[0],
        0.3 * (1 - pow(0.95, 10 * (1 - exp(-1)))), 1e-15);
    assert_close(fixture_field(&f, "efficacy")[1], 0, 0);
    fixture_field(&f, "age")[0] = 2;
    for (int partners = 0; partners <= 100; partners += 5) {
        fixture_set(&f, "partners", partners);
        call(&f, 0);
        assert_true(fixture_field(&f, "efficacy")[0] > before);
        before = fixture_field(&f, "efficacy")[0];
    }
    fixture_set(&f, "partners", 10000);
    call(&f, 0);
    assert_close(fixture_field(&f, "efficacy")[0], 0.3, 1e-12);
    fixture_close(&f);
}

/* 100 thousand a year over three years, half a year of building included: 120 in each
 * of two and a half. */
static void
rosi_is_loss_avoided_less_cost_over_cost(void **state)
{
    static struct fixture f;
    double working = (exp(-0.05 * 0.5) - exp(-0.05 * 3)) / 0.05;

    (void)state;
    start(&f, RW_PLUGIN_PLANNER, "rosi", N);
    fixture_set(&f, "hurdle", 0);
    *fixture_field(&f, "years_left") = 3;
    fixture_item(&f, "mfa", 100e3, 100e3, 20e3, 0.5);
    fixture_item(&f, "free", 5, 0, 0, 0);
    fixture_item(&f, "harm", -5, 0, 0, 0);
    fixture_item(&f, "late", 100e3, 50e3, 20e3, 4);
    call(&f, 0);
    assert_close(f.item_fields[0][RW_ITEM_SCORE].x[2], 1, 1e-15);
    assert_close(f.item_fields[1][RW_ITEM_SCORE].x[2], 1, 0);
    assert_close(f.item_fields[2][RW_ITEM_SCORE].x[2], 0, 0);
    assert_close(f.item_fields[3][RW_ITEM_SCORE].x[2], -1, 0);
    *fixture_field(&f, "discount_rate") = 0.05;
    fixture_set(&f, "hurdle", 0.5);
    call(&f, 0);
    assert_close(f.item_fields[0][RW_ITEM_SCORE].x[2],
        (120 * working - 100 - 20 * working) / (100 + 20 * working) - 0.5, 1e-14);
    fixture_close(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_plugin_loads_and_says_where_its_figures_come_from),
        cmocka_unit_test(
            ai_phishing_succeeds_more_often_once_attackers_have_adopted_it),
        cmocka_unit_test(ransomware_follows_its_trend_and_walks_without_drift),
        cmocka_unit_test(a_supplier_outage_is_systemic_and_dependence_grows_to_one),
        cmocka_unit_test(training_halves_in_a_half_life_and_is_refreshed),
        cmocka_unit_test(sharing_grows_with_partners_and_saturates),
        cmocka_unit_test(rosi_is_loss_avoided_less_cost_over_cost)};

    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
