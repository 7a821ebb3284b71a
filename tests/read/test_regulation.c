/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fines as losses: caps to the last digit, laws that hold, partners and
 * programmes as they are stated. */
#include "model/partner.h"
#include "model/regulation.h"
#include "read/read.h"
#include "run/run.h"
#include "tests/support/check.h"

static struct rw_arena arena;
static struct rw_model *model;

static int
setup(void **state)
{
    (void)state;
    rw_arena_init(&arena);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    rw_arena_fini(&arena);
    return 0;
}

/* A shop whose revenue and further members are given. */
static void
shop(const char *currency, const char *revenue, const char *members)
{
    char *s = rw_arena_printf(&arena,
        "{ \"riskwheel\": 1, \"name\": \"shop\", \"currency\": \"%s\","
        "\"horizon\": { \"cycles\": 4, \"cycle\": \"quarter\" },"
        "\"organisation\": { \"revenue\": %s },"
        "\"assets\": [ { \"id\": \"shop\", \"records\": 5000 }, { \"id\": \"mail\" } ],"
        "\"threats\": [ { \"id\": \"breach\", \"assets\": [\"shop\", \"mail\"],"
        "  \"frequency\": 2, \"losses\": [ { \"form\": \"response\", \"amount\": 1000 }"
        "  ] } ],"
        "\"controls\": [ { \"id\": \"mfa\", \"pillar\": \"technical\","
        "  \"function\": \"resistance\", \"efficacy\": 0.5 } ],"
        "\"strategies\": [ { \"name\": \"one\", \"plan\": [ { \"cycle\": 2,"
        "  \"build\": [\"mfa\"] } ] }, { \"name\": \"two\" } ], %s }",
        currency, revenue, members);
    struct rw_text report;
    struct rw_error e;

    rw_error_clear(&e);
    rw_text_init(&report);
    if (rw_read_scenario_bytes("shop.json", s, strlen(s), NULL, 0, NULL, &arena, &model,
            &report, &e) != RW_OK)
        fail_msg("%s%s", e.text, report.s ? report.s : "");
    if (rw_model_build(model, &arena, &e) != RW_OK)
        fail_msg("%s", e.text);
    rw_text_fini(&report);
}

#define FINE(kind, rest)                                                               \
    "\"regulations\": [ { \"kind\": \"" kind "\", \"threats\": [\"breach\"], "         \
    "\"assets\": [\"shop\"], \"probability\": 0.25, " rest " } ]"

static void
caps_are_those_of_the_law(void **state)
{
    static const struct {
        const char *currency, *revenue, *members;
        double cap;
    } cases[] = {
        {"EUR", "1e6", FINE("gdpr", "\"tier\": \"lower\""), 10e6},
        {"EUR", "1e6", FINE("gdpr", "\"tier\": \"upper\""), 20e6},
        {"EUR", "1e9", FINE("gdpr", "\"tier\": \"lower\""), 20e6},
        {"EUR", "1e9", FINE("gdpr", "\"tier\": \"upper\""), 40e6},
        {"EUR", "500e6", FINE("gdpr", "\"tier\": \"upper\""), 20e6},
        {"USD", "1e6", FINE("gdpr", "\"tier\": \"upper\", \"rate\": 1.25"), 25e6},
        {"CNY", "1", FINE("china_csl", "\"operator\": \"critical\""), 10e6},
        {"CNY", "1", FINE("china_csl", "\"operator\": \"other\""), 2e6},
        {"CNY", "1", FINE("china_csl", "\"operator\": \"person\""), 1e6},
        {"USD", "1", FINE("china_csl", "\"operator\": \"other\", \"rate\": 0.125"),
            250e3},
        {"USD", "1", FINE("ccpa", "\"consumers\": 0.5"), 2500 * 799.0},
        {"EUR", "1", FINE("ccpa", "\"consumers\": 1, \"rate\": 0.5"), 5000 * 399.5},
        {"USD", "1", FINE("pci_dss", "\"cap\": 3e5"), 3e5},
        {"USD", "1",
            FINE("pci_dss", "\"cap\": 3e5, \"currency\": \"GBP\", "
                            "\"rate\": 1.5"),
            4.5e5},
    };

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double low, high;

        shop(cases[k].currency, cases[k].revenue, cases[k].members);
        assert_int_equal(model->threats[0].n_losses, 2);
        assert_int_equal(model->threats[0].losses[1].form, RW_FORM_FINES);
        assert_close(model->threats[0].losses[1].secondary, 0.25, 0);
        assert_relative(model->risks[0].scale[1], cases[k].cap, 1e-15);
        assert_close(model->risks[1].scale[1], 0, 0); /* not under it */
        rw_dist_support(&model->threats[0].losses[1].amount, &low, &high);
        assert_true(low >= 0 && high <= 1);
    }
    /* a consumer's least */
    shop("USD", "1", FINE("ccpa", "\"consumers\": 1"));
    rw_dist_support(&model->threats[0].losses[1].amount, &(double){0}, &(double){0});
    assert_relative(rw_dist_quantile(&model->threats[0].losses[1].amount, 1e-12) * 799,
        107.0, 1e-9);
}

/* Two events a year: E = 2 (1000 + 0.25 cap / 4); Var by the compound law. */
static void
a_fine_is_a_loss_like_any_other(void **state)
{
    enum { N = 40000 };
    struct rw_run_options x = {.trials = N, .threads = 2};
    struct rw_outcome *o;
    struct rw_moments loss;
    struct rw_error e;
    double cap = 3e5, want = 2 * 1000 + 2 * (1000 + 0.25 * cap / 4), most = 0;

    (void)state;
    rw_error_clear(&e);
    shop("USD", "1",
        FINE("pci_dss", "\"cap\": 3e5, \"fraction\": { \"dist\": \"beta\", "
                        "\"alpha\": 1, \"beta\": 3 }"));
    assert_int_equal(rw_run(model, &x, &o, &e), RW_OK);
    loss = rw_moments_array(o->year_loss[0], N);
    assert_close(loss.mean, want, CHECK_Z * rw_moments_se(&loss));
    assert_relative(o->breakdown[0].form_loss[RW_FORM_FINES].mean +
                        o->breakdown[0].form_loss[RW_FORM_RESPONSE].mean,
        loss.mean, 1e-12);
    for (size_t i = 0; i < N; i++)
        most = fmax(most, o->year_loss[0][i]);
    assert_true(most > cap / 2);
    rw_outcome_free(o);
}

/* Insurance sees the event's whole loss, fine included. */
static void
insurance_pays_fines_too(void **state)
{
    (void)state;
    shop("USD", "1", FINE("pci_dss", "\"cap\": 3e5, \"fraction\": 1"));
    model->threats[0].covered = true;
    model->threats[0].deductible = 5000;
    model->threats[0].limit = INFINITY;
    struct rw_error e;
    rw_error_clear(&e);
    assert_int_equal(rw_model_build(model, &arena, &e), RW_OK);
    /* 1000 in three events of four, else 5000 */
    assert_relative(rw_risk_kept(&model->risks[0], 1), 0.75 * 1000 + 0.25 * 5000, 1e-9);
}

static void
a_partner_is_a_control_that_plans_may_buy(void **state)
{
    const struct rw_control *c;

    (void)state;
    shop("USD", "1",
        "\"partners\": [ { \"id\": \"cert\", \"kind\": \"government\", "
        "\"recognition\": 0.3 }, { \"id\": \"isac\", \"kind\": \"enterprise\", "
        "\"status\": \"planned\", \"start\": 3, \"observes\": 12, \"weight\": 0.5, "
        "\"covers\": [\"breach\", \"mail\"], \"cost\": { \"running\": 9 } } ],"
        "\"programme\": { \"strategies\": [\"two\"], \"deadline\": 3, \"evidence\": [ "
        "{ \"document\": \"policy\", \"from\": 2 }, { \"document\": "
        "\"collaboration_agreement\", \"controls\": [\"isac\"] } ], "
        "\"documents\": [\"policy\", \"training_records\"] }");
    assert_int_equal(model->n_controls, 3);
    c = &model->controls[1];
    assert_string_equal(c->id, "cert");
    assert_int_equal(c->function, RW_FUNCTION_RECOGNITION);
    assert_int_equal(c->status, RW_STATUS_OPERATING);
    assert_close(c->delivery.rollout, 1, 0); /* presets of a control stand */
    assert_close(rw_dist_mean(&c->efficacy.dist), 0.3, 0);
    assert_true(model->partners[0].lane[0] == 0); /* it observes nothing */
    c = &model->controls[2];
    assert_int_equal(c->start, 2);
    assert_close(rw_dist_mean(&c->running.dist), 9, 0);
    assert_int_equal(model->partners[1].at, 2);
    assert_int_equal(model->partners[1].kind, RW_PARTNER_ENTERPRISE);
    assert_true(model->partners[1].lane[0] == 0 && model->partners[1].lane[1] != 0);
    assert_int_equal(
        model->programme.evidence[RW_DOCUMENT_COLLABORATION_AGREEMENT].controls[0], 2);
}

static void
a_programme_is_as_stated(void **state)
{
    const struct rw_programme *p;

    (void)state;
    shop("USD", "1",
        "\"programme\": { \"strategies\": [\"two\"], \"deadline\": 3, \"start\": 2, "
        "\"evidence\": [ { \"document\": \"policy\", \"from\": 2 } ], "
        "\"documents\": [\"policy\", \"training_records\"], "
        "\"stages\": { \"audit\": \"2mo\" } }");
    p = &model->programme;
    assert_true(p->stated && !p->accredited && p->follows[2] && !p->follows[1]);
    assert_int_equal(p->start, 1);
    assert_int_equal(p->deadline, 3);
    assert_int_equal(
        p->documents, 1u << RW_DOCUMENT_POLICY | 1u << RW_DOCUMENT_TRAINING_RECORDS);
    assert_int_equal(p->evidence[RW_DOCUMENT_POLICY].by, RW_PROOF_CYCLE);
    assert_int_equal(p->evidence[RW_DOCUMENT_POLICY].from, 1);
    assert_close(rw_dist_mean(&p->duration[RW_STEP_AUDIT]), 1.0 / 6, 1e-15);
    assert_close(rw_dist_mean(&p->duration[RW_STEP_PREPARE]), 26.0 / 72, 1e-12);
    assert_close(p->validity, 3, 1e-15);
    assert_close(p->surveillance, 1, 1e-15);
    assert_close(p->suspension, 0.5, 1e-15);
    assert_string_equal(rw_programme_noun(p), "private scheme's conformity statement");
    shop("USD", "1",
        "\"programme\": { \"accredited\": true, \"scheme\": \"ISO/IEC "
        "27001:2022\" }");
    assert_string_equal(rw_programme_noun(&model->programme), "accredited certificate");
    assert_true(model->programme.follows[1] && !model->programme.follows[0]);
}

CHECK_MAIN(cmocka_unit_test_setup_teardown(caps_are_those_of_the_law, setup, teardown),
    cmocka_unit_test_setup_teardown(a_fine_is_a_loss_like_any_other, setup, teardown),
    cmocka_unit_test_setup_teardown(insurance_pays_fines_too, setup, teardown),
    cmocka_unit_test_setup_teardown(
        a_partner_is_a_control_that_plans_may_buy, setup, teardown),
    cmocka_unit_test_setup_teardown(a_programme_is_as_stated, setup, teardown))
