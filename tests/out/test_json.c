/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/json.h"
#include "out/view.h"
#include "tests/out/fake.h"
#include "tests/support/check.h"

#include <cjson/cJSON.h>

static const struct fake_size size = {.threats = 3,
    .assets = 2,
    .strategies = 3,
    .futures = 3000,
    .cycles = 8,
    .per_year = 4,
    .loss = 1e5,
    .controls = 5};

struct made {
    struct fake f;
    struct rw_result *r;
    struct rw_text text;
    cJSON *root;
};

static void
make(struct made *m, const struct fake_size *z)
{
    static const char *const paths[] = {"/simulation/seed"}, *const values[] = {"7"};
    struct rw_json_head head = {"1.2.3", paths, values, 1, NULL};
    struct rw_error e;

    rw_error_clear(&e);
    fake_make(&m->f, z);
    fake_nest(&m->f, z);
    fake_benefit(&m->f, z);
    rw_text_init(&m->text);
    assert_int_equal(rw_result_make(&m->f.outcome, &m->f.arena, &m->r, &e), RW_OK);
    assert_int_equal(rw_json_results(m->r, &head, &m->text, &e), RW_OK);
    m->root = cJSON_Parse(m->text.s);
    assert_non_null(m->root);
}

static void
unmake(struct made *m)
{
    cJSON_Delete(m->root);
    rw_text_fini(&m->text);
    fake_free(&m->f);
}

/* "a/0/b": members by name, elements by number; NULL where it leads nowhere. */
static const cJSON *
at(const cJSON *x, const char *path)
{
    char part[64];

    while (x && *path) {
        size_t n = strcspn(path, "/");

        assert_true(n < sizeof part);
        memcpy(part, path, n);
        part[n] = '\0';
        x = cJSON_IsArray(x) ? cJSON_GetArrayItem(x, atoi(part))
                             : cJSON_GetObjectItemCaseSensitive(x, part);
        path += n + (path[n] == '/');
    }
    return x;
}

static void
every_promised_path_is_there(void **state)
{
    static const char *const paths[] = {"riskwheel", "program/version", "scenario/file",
        "scenario/sha256", "plugins", "simulation/trials", "simulation/seed",
        "strategies/0/name", "strategies/2/cycles/7/cycle",
        "strategies/0/cycles/0/residual/mean", "strategies/0/cycles/0/loss/mean",
        "strategies/0/cycles/0/spend/mean", "strategies/0/years/1/year",
        "strategies/0/years/0/loss/mean", "strategies/0/years/0/loss/mean_se",
        "strategies/0/years/0/loss/sd", "strategies/0/years/0/loss/p0",
        "strategies/0/years/0/loss/quantiles/0.5/value",
        "strategies/0/years/0/loss/quantiles/0.95/low",
        "strategies/0/years/0/loss/quantiles/0.95/high",
        "strategies/0/years/0/loss/tvar/0.95/value",
        "strategies/0/years/0/loss/tvar/0.95/se",
        "strategies/0/years/0/loss/exceedance/0/1", "strategies/1/horizon/loss/mean",
        "strategies/0/years/0/largest/mean_se", "strategies/0/years/0/largest/p0",
        "strategies/0/years/0/largest/quantiles/0.95/low",
        "strategies/0/years/0/largest/exceedance/0/1",
        "strategies/0/years/0/largest/exceedance_interval/0/1",
        "strategies/1/horizon/spend/mean", "strategies/1/horizon/total/mean",
        "strategies/1/horizon/npv/mean", "strategies/1/versus/loss/mean",
        "strategies/1/versus/total/mean_se", "simulation/band/truths",
        "simulation/band/histories", "strategies/1/years/0/band/exceedance/0/5",
        "strategies/1/years/0/band/exceedance_se/0/4",
        "strategies/1/years/0/band/levels/4", "strategies/1/years/0/band/left_out",
        "strategies/1/years/1/band/epistemic_share/value",
        "strategies/1/years/1/band/epistemic_share/se"};
    struct made m;

    (void)state;
    make(&m, &size);
    for (size_t k = 0; k < sizeof paths / sizeof *paths; k++)
        if (!at(m.root, paths[k]))
            fail_msg("%s is missing", paths[k]);
    assert_null(at(m.root, "strategies/0/versus"));
    assert_close(at(m.root, "riskwheel")->valuedouble, 1, 0);
    unmake(&m);
}

static void
files_of_data_are_listed_with_their_hash(void **state)
{
    static struct rw_data second = {"b.csv", "22", NULL},
                          first = {"a.csv", "11", &second};
    struct rw_json_head head = {"1.2.3", NULL, NULL, 0, NULL};
    struct rw_error e;
    struct rw_text text;
    struct made m;
    cJSON *root;

    (void)state;
    make(&m, &size);
    assert_null(at(m.root, "scenario/data")); /* none, no key */
    m.f.model.data = &first;
    rw_text_init(&text);
    rw_error_clear(&e);
    assert_int_equal(rw_json_results(m.r, &head, &text, &e), RW_OK);
    root = cJSON_Parse(text.s);
    assert_string_equal(at(root, "scenario/data/0/file")->valuestring, "a.csv");
    assert_string_equal(at(root, "scenario/data/1/sha256")->valuestring, "22");
    cJSON_Delete(root);
    rw_text_fini(&text);
    unmake(&m);
}

static void
a_quantile_that_is_not_supported_is_refused_by_name(void **state)
{
    const cJSON *refused;
    struct made m;

    (void)state;
    make(&m, &size);
    assert_null(at(m.root, "strategies/0/years/0/loss/quantiles/0.999"));
    assert_null(at(m.root, "strategies/0/years/0/loss/tvar/0.99"));
    refused = at(m.root, "strategies/0/years/0/loss/refused/quantiles");
    assert_int_equal(cJSON_GetArraySize(refused), 3); /* 0.99 0.995 0.999 */
    assert_string_equal(cJSON_GetArrayItem(refused, 2)->valuestring, "0.999");
    unmake(&m);
}

static void
the_figures_are_those_of_the_result(void **state)
{
    const cJSON *x;
    struct made m;

    (void)state;
    make(&m, &size);
    x = at(m.root, "strategies/2/years/1/loss/mean");
    assert_memory_equal(
        &x->valuedouble, &m.r->strategies[2].years[1].loss.mean, sizeof(double));
    x = at(m.root, "strategies/1/contributions/loss_by_threat/threat2/mean");
    assert_memory_equal(
        &x->valuedouble, &m.r->strategies[1].threat_loss[2].mean, sizeof(double));
    unmake(&m);
}

/* Of the one that supports others nothing but its cost. */
static void
benefits_stand_beside_their_cost(void **state)
{
    const cJSON *list, *x;
    struct made m;

    (void)state;
    make(&m, &size);
    assert_null(at(m.root, "strategies/0/benefit"));
    assert_null(at(m.root, "strategies/0/cycles/0/benefit"));
    list = at(m.root, "strategies/2/benefit/controls");
    assert_int_equal(cJSON_GetArraySize(list), 5);
    assert_string_equal(at(list, "1/id")->valuestring, "control1");
    assert_close(at(list, "1/taken_off/mean")->valuedouble, 1e5, 0);
    assert_close(at(list, "1/spend/mean")->valuedouble, 3e4, 0);
    assert_close(at(list, "1/net/mean")->valuedouble, 7e4, 0);
    assert_relative(at(list, "1/benefit_cost/value")->valuedouble, 10 / 3.0, 1e-14);
    assert_null(at(list, "2/benefit_cost"));
    assert_true(cJSON_IsTrue(at(list, "3/supports")));
    assert_null(at(list, "3/taken_off"));
    assert_null(at(list, "3/net"));
    assert_close(at(list, "3/spend/mean")->valuedouble, 3e4, 0);
    list = at(m.root, "strategies/2/benefit");
    x = at(list, "pillars/1");
    assert_string_equal(at(x, "pillar")->valuestring, "organizational");
    assert_close(at(x, "taken_off/mean")->valuedouble, 1e5, 0);
    assert_int_equal(cJSON_GetArraySize(at(list, "principles")), 7);
    x = at(list, "principles/6");
    assert_string_equal(at(x, "principle")->valuestring, "none");
    assert_relative(at(x, "taken_off/mean")->valuedouble, 2e5 / 3, 1e-14);
    x = at(m.root, "strategies/2/cycles/7/benefit");
    assert_close(at(x, "controls/control1/mean")->valuedouble, 1e5, 0);
    assert_null(at(x, "controls/control3"));
    assert_close(at(x, "pillars/organizational/mean")->valuedouble, 1e5, 0);
    assert_relative(at(x, "principles/none/mean")->valuedouble, 2e5 / 3, 1e-14);
    assert_close(
        at(x, "all/mean")->valuedouble, at(list, "all/taken_off/mean")->valuedouble, 0);
    unmake(&m);
}

static void
why_there_is_no_band_is_said(void **state)
{
    struct rw_json_head head = {"1.2.3", NULL, NULL, 0, NULL};
    struct rw_result *r;
    struct rw_text t;
    struct rw_error e;
    struct fake f;
    cJSON *root;

    (void)state;
    rw_error_clear(&e);
    fake_make(&f, &size);
    f.outcome.nested.none = "every estimate is known";
    rw_text_init(&t);
    assert_int_equal(rw_result_make(&f.outcome, &f.arena, &r, &e), RW_OK);
    assert_int_equal(rw_json_results(r, &head, &t, &e), RW_OK);
    root = cJSON_Parse(t.s);
    assert_close(at(root, "simulation/band/truths")->valuedouble, 0, 0);
    assert_string_equal(
        at(root, "simulation/band/none")->valuestring, "every estimate is known");
    assert_null(at(root, "strategies/0/years/0/band"));
    cJSON_Delete(root);
    rw_text_fini(&t);
    fake_free(&f);
}

/* Time, threads and machine leave no trace. */
static void
the_run_itself_leaves_no_trace(void **state)
{
    struct made a, b;
    struct rw_json_head head = {"1.2.3", NULL, NULL, 0, NULL};
    struct rw_text x, y;
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    make(&a, &size);
    make(&b, &size);
    rw_text_init(&x);
    rw_text_init(&y);
    b.r->threads = 77;
    b.r->wall_seconds = 1e9;
    b.r->events = 123456789;
    assert_int_equal(rw_json_results(a.r, &head, &x, &e), RW_OK);
    assert_int_equal(rw_json_results(b.r, &head, &y, &e), RW_OK);
    assert_string_equal(x.s, y.s);
    rw_text_fini(&x);
    rw_text_fini(&y);
    unmake(&a);
    unmake(&b);
}

static void
a_view_reads_back_what_was_written(void **state)
{
    struct rw_arena arena;
    struct rw_view *v;
    struct rw_error e;
    struct made m;

    (void)state;
    rw_error_clear(&e);
    make(&m, &size);
    rw_arena_init(&arena);
    assert_int_equal(rw_view_read(m.text.s, m.text.len, &arena, &v, &e), RW_OK);
    assert_int_equal(v->n_strategies, 3);
    assert_int_equal(v->n_cycles, 8);
    assert_int_equal(v->n_years, 2);
    assert_int_equal(v->n_risks, 6);
    assert_string_equal(v->strategies[2].name, "pdca");
    assert_close(v->strategies[1].cycles[4].threat_loss[1],
        m.r->strategies[1].cycles[4].threat_loss[1].mean, 0);
    assert_close(v->strategies[2].total.mean, m.r->strategies[2].versus->total.mean, 0);
    assert_int_equal(
        v->strategies[0].years[1].n_curve, m.r->strategies[0].years[1].loss.n_curve);
    assert_true(v->strategies[0].years[1].n_band > 10);
    assert_int_equal(
        v->strategies[0].years[1].n_band, m.r->strategies[0].years[1].band->n);
    assert_close(v->strategies[0].years[1].band[3].at[4],
        m.r->strategies[0].years[1].band->points[3].chance[4], 0);
    assert_null(v->strategies[0].benefit);
    assert_int_equal(v->n_controls, 5);
    assert_int_equal(v->controls[2].pillar, RW_PILLAR_PHYSICAL);
    assert_close(v->strategies[2].benefit[1].taken_off.mean, 1e5, 0);
    assert_close(v->strategies[2].benefit[1].spend, 3e4, 0);
    assert_true(v->strategies[2].benefit[2].told && !v->strategies[2].benefit[3].told);
    rw_arena_fini(&arena);
    unmake(&m);
}

/* Cut anywhere, results.json is refused in words and nothing breaks. */
static void
a_view_refuses_what_is_cut_or_not_its_own(void **state)
{
    static const char *const others[] = {"", "{}", "[]", "7", "{\"riskwheel\": 2}",
        "{\"riskwheel\": 1, \"scenario\": 3}",
        ("{\"riskwheel\": 1, \"scenario\": "
         "{\"name\": 1, \"currency\": \"\"}, \"simulation\": {\"cycle\": \"\"}}")};
    struct rw_arena arena;
    struct rw_view *v;
    struct rw_error e;
    struct made m;

    (void)state;
    make(&m, &size);
    for (size_t n = 0; n + 2 < m.text.len; n += m.text.len / 97) {
        rw_error_clear(&e);
        rw_arena_init(&arena);
        assert_int_equal(rw_view_read(m.text.s, n, &arena, &v, &e), RW_ERR_INPUT);
        rw_arena_fini(&arena);
    }
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        rw_error_clear(&e);
        rw_arena_init(&arena);
        assert_int_equal(
            rw_view_read(others[k], strlen(others[k]), &arena, &v, &e), RW_ERR_INPUT);
        assert_true(strlen(e.text) > 0);
        rw_arena_fini(&arena);
    }
    unmake(&m);
}

static void
references_stand_beside_what_has_them(void **state)
{
    struct made m;
    struct rw_json_head head = {"1.2.3", NULL, NULL, 0, NULL};
    struct rw_error e;

    (void)state;
    make(&m, &size);
    assert_null(at(m.root, "threats/0/reference"));
    m.f.model.threats[1].reference = "T1566.001";
    m.f.model.controls[0].reference = "ac-2.1";
    cJSON_Delete(m.root);
    rw_text_fini(&m.text);
    rw_text_init(&m.text);
    rw_error_clear(&e);
    assert_int_equal(rw_json_results(m.r, &head, &m.text, &e), RW_OK);
    m.root = cJSON_Parse(m.text.s);
    assert_null(at(m.root, "threats/0/reference"));
    assert_string_equal(at(m.root, "threats/1/reference")->valuestring, "T1566.001");
    assert_string_equal(at(m.root, "controls/0/reference")->valuestring, "ac-2.1");
    unmake(&m);
}

CHECK_MAIN(cmocka_unit_test(every_promised_path_is_there),
    cmocka_unit_test(references_stand_beside_what_has_them),
    cmocka_unit_test(files_of_data_are_listed_with_their_hash),
    cmocka_unit_test(a_quantile_that_is_not_supported_is_refused_by_name),
    cmocka_unit_test(the_figures_are_those_of_the_result),
    cmocka_unit_test(benefits_stand_beside_their_cost),
    cmocka_unit_test(why_there_is_no_band_is_said),
    cmocka_unit_test(the_run_itself_leaves_no_trace),
    cmocka_unit_test(a_view_reads_back_what_was_written),
    cmocka_unit_test(a_view_refuses_what_is_cut_or_not_its_own))
