/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/read/reading.h"

#include <unistd.h>

static void
every_valid_scenario_is_read_and_built(void **state)
{
    struct corpus c = corpus_list("valid", ".json");

    (void)state;
    assert_true(c.n >= 3);
    for (size_t i = 0; i < c.n; i++) {
        struct reading r;

        read_corpus(&r, c.names[i], NULL, 0);
        assert_read(&r);
        if (rw_model_build(r.m, &r.a, &r.e) != RW_OK)
            fail_msg("%s: %s", c.names[i], r.e.text);
        done(&r);
    }
    corpus_free(&c);
}

static void
the_smallest_scenario_has_every_default(void **state)
{
    struct reading r;
    const struct rw_model *m;

    (void)state;
    read_corpus(&r, "minimal", NULL, 0);
    assert_read(&r);
    m = r.m;
    assert_string_equal(m->file, "test.json");
    assert_int_equal(strlen(m->sha256), 64);
    assert_string_equal(m->currency, "EUR");
    assert_int_equal(m->cycles, 1);
    assert_int_equal(m->per_year, 1);
    assert_string_equal(m->cycle_name, "year");
    assert_int_equal(m->trials, 100000);
    assert_int_equal(m->seed, 27032);
    assert_int_equal(m->n_strategies, 1);
    assert_string_equal(m->strategies[0].name, "nothing");
    assert_true(m->strategies[0].idle);
    assert_close(m->strategies[0].discount, 1, 0);
    assert_close(m->strategies[0].audit_sensitivity, 1, 0);
    assert_string_equal(m->assets[0].name, "server");
    assert_string_equal(m->threats[0].name, "ransomware");
    assert_close(m->threats[0].susceptibility.dist.p[0], 1, 0);
    assert_close(m->threats[0].seen_probability, 1, 0);
    assert_close(m->threats[0].losses[0].secondary, 1, 0);
    assert_int_equal(m->threats[0].law, RW_COUNT_POISSON);
    assert_close(rw_dist_quantile(&m->threats[0].losses[0].amount, 0.05), 5000, 1e-6);
    done(&r);
}

static void
units_become_years_rates_and_money(void **state)
{
    struct reading r;
    const struct rw_model *m;

    (void)state;
    read_corpus(&r, "everything", NULL, 0);
    assert_read(&r);
    m = r.m;
    assert_string_equal(m->name, "Bäckerei Étoile 😀");
    assert_close(m->revenue, 12e6, 0);
    assert_close(m->discount_rate, 0.03, 1e-17);
    assert_int_equal(m->seed, UINT64_C(1) << 53);
    assert_close(m->threats[0].use.values[0].dist.p[0], 4, 1e-15); /* 1/quarter */
    assert_close(m->threats[0].seen_delay, 14 / 365.0, 1e-17);
    assert_close(m->threats[1].frequency.dist.p[0], 6, 1e-15); /* 0.5/month */
    assert_int_equal(m->threats[1].losses[0].of, RW_OF_VALUE);
    assert_close(m->threats[1].losses[0].amount.p[0], 0.02, 1e-17);
    assert_int_equal(m->threats[1].losses[1].of, RW_OF_RECORDS);
    assert_close(m->threats[1].losses[2].amount.cap, 50e3, 0);
    assert_true(m->threats[2].contest);
    /* the parameter's unit is a day: "2w" is 14 of them */
    assert_close(m->threats[3].use.values[3].dist.p[0], 14, 1e-12);
    assert_close(rw_dist_mean(&m->threats[3].use.values[0].dist), 12, 1e-9);
    assert_close(m->controls[3].half_life, 1.5, 1e-15);
    assert_close(m->controls[3].refresh, 1, 1e-15);
    assert_close(m->controls[3].fail_years, 90 / 365.0, 1e-16);
    assert_close(m->strategies[2].correction_years, 14 / 365.0, 1e-17);
    done(&r);
}

static void
references_become_indices(void **state)
{
    struct reading r;
    const struct rw_model *m;

    (void)state;
    read_corpus(&r, "everything", NULL, 0);
    assert_read(&r);
    m = r.m;
    assert_int_equal(m->threats[0].n_assets, 2);
    assert_int_equal(m->threats[0].assets[0], 2); /* network */
    assert_int_equal(m->threats[0].assets[1], 0); /* shop */
    assert_true(m->threats[0].systemic);
    assert_int_equal(m->controls[0].n_covers_assets, 1);
    assert_int_equal(m->controls[0].covers_assets[0], 0); /* shop */
    assert_int_equal(m->controls[0].n_covers_threats, 1);
    assert_int_equal(m->controls[0].covers_threats[0], 0); /* outage */
    assert_int_equal(m->controls[1].start, 2);             /* cycle 3 */
    assert_int_equal(m->controls[1].principles,
        1u << RW_PRINCIPLE_BEHAVIOUR_TRACEABILITY | 1u << RW_PRINCIPLE_DATA_INTEGRITY);
    assert_int_equal(m->controls[2].requires[0], 1);
    assert_int_equal(m->controls[2].requires[1], 0);
    assert_string_equal(m->controls[2].use.owner, "control training");
    done(&r);
}

static void
nothing_comes_first_and_plans_and_appetite_are_sorted(void **state)
{
    struct reading r;
    const struct rw_model *m;

    (void)state;
    read_corpus(&r, "everything", NULL, 0);
    assert_read(&r);
    m = r.m;
    assert_int_equal(m->n_strategies, 3);
    assert_string_equal(m->strategies[0].name, "nothing");
    assert_close(m->strategies[0].audit_share, 0.1, 0);
    assert_string_equal(m->strategies[1].name, "roadmap");
    assert_string_equal(m->strategies[2].name, "pdca");
    assert_int_equal(m->strategies[1].n_plan, 3);
    assert_int_equal(m->strategies[1].plan[0].cycle, 2);
    assert_int_equal(m->strategies[1].plan[0].control, 2);
    assert_int_equal(m->strategies[1].plan[1].control, 3);
    assert_int_equal(m->strategies[1].plan[2].cycle, 5);
    assert_close(m->strategies[2].planner.values[0].dist.p[0], -0.5, 0);
    assert_close(m->appetite[0].loss, 1e5, 0);
    assert_close(m->appetite[1].loss, 1e6, 0);
    done(&r);
}

static void
places_name_file_line_and_pointer(void **state)
{
    struct reading r;

    (void)state;
    read_corpus(&r, "minimal", NULL, 0);
    assert_read(&r);
    assert_string_equal(r.m->threats[0].frequency.place.file, "test.json");
    assert_string_equal(
        r.m->threats[0].frequency.place.pointer, "/threats/0/frequency");
    assert_int_equal(r.m->threats[0].frequency.place.line, 9);
    assert_int_equal(r.m->threats[0].frequency.place.col, 20);
    done(&r);
}

/* ---- --set ---- */

static void
a_set_replaces_every_kind_of_value(void **state)
{
    const struct rw_read_set sets[] = {{"simulation.trials", "1e3"},
        {"/currency", "USD"},
        {"/organisation", "{\"name\": \"Bakery\", \"revenue\": \"2M USD\"}"},
        {"threats.outage.systemic", "true"}, {"threats.theft.frequency", "2/yr"},
        {"threats.1.losses.0.amount",
            "{\"dist\": \"uniform\", \"min\": 0, \"max\": 1}"},
        {"threats.phish.parameters.uplift", "3"}, {"strategies.pdca.budget", "5k"},
        {"horizon.cycle", "quarter"}, {"/controls/0/covers", "[\"ovens\"]"},
        {"/controls/2/parameters/price", "120"}};
    struct reading r;

    (void)state;
    read_corpus(&r, "everything", sets, sizeof sets / sizeof *sets);
    assert_read(&r);
    assert_int_equal(r.m->trials, 1000);
    assert_string_equal(r.m->currency, "USD");
    assert_string_equal(r.m->name, "Bakery");
    assert_close(r.m->revenue, 2e6, 0);
    assert_close(r.m->threats[1].frequency.dist.p[0], 2, 0);
    assert_string_equal(r.m->threats[1].frequency.place.file, "--set");
    assert_close(rw_dist_mean(&r.m->threats[1].losses[0].amount), 0.5, 1e-15);
    assert_close(r.m->threats[3].use.values[2].dist.p[0], 3, 0);
    assert_close(r.m->strategies[2].budget, 5000, 0);
    assert_int_equal(r.m->per_year, 4);
    assert_int_equal(r.m->controls[0].n_covers_threats, 0);
    assert_close(r.m->controls[2].use.values[1].dist.p[0], 120, 0);
    done(&r);
}

/* beta is a number of a beta and money of a gpd. */
static void
parameters_have_the_unit_that_their_family_gives_them(void **state)
{
    static const struct {
        const char *amount;
        double p[3];
    } cases[] = {
        {"{\"dist\": \"gpd\", \"xi\": 0.4, \"beta\": \"250k\", \"threshold\": \"1M\"}",
            {0.4, 250e3, 1e6}},
        {"{\"dist\": \"gpd\", \"xi\": 1.4, \"beta\": \"250k\", \"cap\": \"9M\"}",
            {1.4, 250e3, 0}},
        {"{\"dist\": \"lomax\", \"alpha\": 2.5, \"theta\": \"30k\"}", {2.5, 30e3, 0}},
        {"{\"dist\": \"weibull\", \"shape\": 0.6, \"scale\": \"30k\"}", {0.6, 30e3, 0}},
        {"{\"dist\": \"beta\", \"alpha\": 2, \"beta\": 3, \"max\": \"30k\"}",
            {0, 30e3, 2}}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct rw_read_set set = {"threats.0.losses.0.amount", cases[i].amount};
        struct reading r;

        read_corpus(&r, "everything", &set, 1);
        assert_read(&r);
        for (int k = 0; k < 3; k++)
            assert_close(r.m->threats[0].losses[0].amount.p[k], cases[i].p[k], 0);
        done(&r);
    }
}

static void
sets_are_applied_in_order_and_may_add_keys(void **state)
{
    const struct rw_read_set sets[] = {{"simulation", "{}"}, {"simulation.seed", "7"},
        {"simulation.seed", "8"}, {"threats.ransomware.detection", "{\"days\": 365}"},
        {"organisation", "{\"sector\": \"retail\"}"},
        {"assets.server.value", "1k EUR"}};
    struct reading r;

    (void)state;
    read_corpus(&r, "minimal", sets, 6);
    assert_read(&r);
    assert_int_equal(r.m->seed, 8);
    assert_int_equal(r.m->trials, 100000);
    assert_close(r.m->threats[0].seen_delay, 1, 1e-15);
    assert_close(r.m->assets[0].value, 1000, 0);
    assert_string_equal(r.m->sector, "retail");
    done(&r);
}

/* Not so lists' elements: assert_set_refused below. */
static void
a_set_makes_the_objects_on_its_way(void **state)
{
    const struct rw_read_set sets[] = {{"simulation.trials", "1e3"},
        {"simulation.band.truths", "50"}, {"/simulation/band/histories", "60"},
        {"threats.ransomware.detection.days", "365"}, {"organisation.sector", "retail"},
        {"strategies", "[{\"name\": \"a\", \"planner\": \"rosi\", \"budget\": 1}]"},
        {"strategies.a.parameters.caution", "-0.5"},
        {"strategies.a.capacity.technical", "3"}};
    struct reading r;
    const struct rw_strategy *s;

    (void)state;
    read_corpus(&r, "minimal", sets, sizeof sets / sizeof *sets);
    assert_read(&r);
    s = &r.m->strategies[r.m->n_strategies - 1];
    assert_string_equal(s->name, "a");
    assert_close(s->planner.values[0].dist.p[0], -0.5, 0);
    assert_int_equal(s->deciding.capacity[RW_PILLAR_TECHNICAL], 3);
    assert_int_equal(r.m->trials, 1000);
    assert_int_equal(r.m->seed, 27032);
    assert_int_equal(r.m->band_truths, 50);
    assert_int_equal(r.m->band_histories, 60);
    assert_close(r.m->threats[0].seen_delay, 1, 1e-15);
    assert_string_equal(r.m->sector, "retail");
    done(&r);
}

static void
assert_set_refused(const char *path, const char *value, const char *want)
{
    const struct rw_read_set set = {path, value};
    struct reading r;

    read_corpus(&r, "minimal", &set, 1);
    assert_int_equal(r.err, RW_ERR_INPUT);
    if (strcmp(r.report.s, want) != 0)
        print_error("got\n%s", r.report.s);
    assert_string_equal(r.report.s, want);
    done(&r);
}

static void
a_wrong_set_is_told_with_its_own_line(void **state)
{
    (void)state;
    assert_set_refused("threats.ransomwre.frequency", "2",
        "error: there is no 'ransomwre' at /threats\n"
        " --> --set:1:9\n"
        "1 | threats.ransomwre.frequency=2\n"
        "  |         ^^^^^^^^^ did you mean 'ransomware'?\n"
        "  = help: there is 1 element, by number from 0, or ransomware\n\n"
        "test.json: 1 error\n");
    assert_set_refused("appetite.0.loss", "5",
        "error: there is no 'appetite' at the top level\n"
        " --> --set:1:1\n"
        "1 | appetite.0.loss=5\n"
        "  | ^^^^^^^^\n"
        "  = help: set it whole, as in appetite=[ ... ]; there are riskwheel, name, "
        "currency, horizon, assets, threats\n\n"
        "test.json: 1 error\n");
    assert_set_refused("threats.ransomware.susceptibility.min", "0",
        "error: there is no 'susceptibility' at /threats/0\n"
        " --> --set:1:20\n"
        "1 | threats.ransomware.susceptibility.min=0\n"
        "  |                    ^^^^^^^^^^^^^^\n"
        "  = help: set it whole, as in susceptibility={ ... }; there are id, assets, "
        "frequency, losses\n\n"
        "test.json: 1 error\n");
    /* what the reader calls near, of keys that may be there */
    assert_set_refused("threats.ransomware.det.days", "2",
        "error: there is no 'det' at /threats/0\n"
        " --> --set:1:20\n"
        "1 | threats.ransomware.det.days=2\n"
        "  |                    ^^^ did you mean 'detection'?\n"
        "  = help: there are id, assets, frequency, losses\n\n"
        "test.json: 1 error\n");
    /* of two objects that are not there none is added, so that none lacks a key */
    assert_set_refused("programme.stags.cost", "2",
        "error: there is no 'stags' at /programme\n"
        " --> --set:1:11\n"
        "1 | programme.stags.cost=2\n"
        "  |           ^^^^^ did you mean 'stages'?\n"
        "  = help: there are no others\n\n"
        "test.json: 1 error\n");
    assert_set_refused("simulation.band.truths", "90",
        "error: the key 'histories' is missing in this band\n"
        " --> --set:1:12   at /simulation/band\n"
        "1 | simulation.band.truths=90\n"
        "  |            ^^^^\n\n"
        "test.json: 1 error\n");
    assert_set_refused("/threats/0/frequency", "-1",
        "error: frequency must be at least 0\n"
        " --> --set:1:22   at /threats/0/frequency\n"
        "1 | /threats/0/frequency=-1\n"
        "  |                      ^^ got -1\n\n"
        "test.json: 1 error\n");
    assert_set_refused("horizon", "{\"cycles\": 1,}",
        "error: a comma before the closing '}'\n"
        " --> --set:1:21\n"
        "1 | horizon={\"cycles\": 1,}\n"
        "  |                     ^ remove it\n\n"
        "test.json: 1 error\n");
    assert_set_refused("horizon.cyclse", "1",
        "error: unknown key 'cyclse' in this horizon\n"
        " --> --set:1:9   at /horizon/cyclse\n"
        "1 | horizon.cyclse=1\n"
        "  |         ^^^^^^ did you mean 'cycles'?\n"
        "  = help: the keys here are cycles, cycle\n\n"
        "test.json: 1 error\n");
    assert_set_refused("name.first", "x",
        "error: there is no 'first' at /name\n"
        " --> --set:1:6\n"
        "1 | name.first=x\n"
        "  |      ^^^^^\n"
        "  = help: it is a text and has no parts\n\n"
        "test.json: 1 error\n");
}

static void
errors_of_file_and_sets_come_together(void **state)
{
    static const char bytes[] = "{\"riskwheel\": 1, \"nam\": 2}";
    const struct rw_read_set sets[] = {{"a.b", "1"}, {"currency", "euro"}};
    struct reading r;

    (void)state;
    read_bytes(&r, bytes, sizeof bytes - 1, sets, 2);
    assert_int_equal(r.err, RW_ERR_INPUT);
    assert_non_null(strstr(r.report.s, "unknown key 'nam'"));
    assert_non_null(strstr(r.report.s, "the key 'threats' is missing"));
    assert_non_null(strstr(r.report.s, "there is no 'a' at the top level"));
    assert_non_null(strstr(r.report.s, "three capital letters"));
    assert_non_null(strstr(r.report.s, "test.json: 6 errors\n"));
    done(&r);
}

/* ---- files and plugins ---- */

static void
a_file_that_cannot_be_read_is_no_input_error(void **state)
{
    struct reading r;

    (void)state;
    rw_arena_init(&r.a);
    rw_error_clear(&r.e);
    r.err = rw_read_scenario(
        "/no/such/file", NULL, 0, &finder, &r.a, &r.m, &r.report, &r.e);
    assert_int_equal(r.err, RW_ERR_IO);
    assert_non_null(strstr(r.e.text, "/no/such/file"));
    done(&r);
    rw_arena_init(&r.a);
    rw_error_clear(&r.e);
    r.err = rw_read_scenario("/", NULL, 0, &finder, &r.a, &r.m, &r.report, &r.e);
    assert_int_equal(r.err, RW_ERR_INPUT);
    assert_string_equal(r.report.s, "error: '/' is a folder, and a file is needed\n");
    done(&r);
}

static void
a_scenario_may_come_through_a_pipe(void **state)
{
    struct reading r;
    int ends[2], kept = dup(STDIN_FILENO);
    size_t n;
    char *bytes = corpus_read("valid", "minimal", ".json", &n);

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, n), (int)n);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    rw_arena_init(&r.a);
    rw_error_clear(&r.e);
    r.err = rw_read_scenario("-", NULL, 0, &finder, &r.a, &r.m, &r.report, &r.e);
    assert_read(&r);
    assert_string_equal(r.m->file, "stdin");
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(ends[0]);
    free(bytes);
    done(&r);
}

static void
a_plugin_that_does_not_load_is_a_plugin_error_with_its_place(void **state)
{
    const struct rw_read_set sets[] = {{"threats.0",
        "{\"id\": \"t\", \"assets\": [\"server\"], \"plugin\": "
        "\"broken\", \"losses\": [{\"form\": \"fines\", \"amount\": 1}]}"}};
    struct reading r;

    (void)state;
    read_corpus(&r, "minimal", sets, 1);
    assert_int_equal(r.err, RW_ERR_PLUGIN);
    assert_string_equal(r.e.text, "plugin 'broken' does not load");
    assert_string_equal(r.e.pointer, "/threats/0/plugin");
    assert_int_equal(r.report.len, 0);
    done(&r);
}

CHECK_MAIN(cmocka_unit_test(every_valid_scenario_is_read_and_built),
    cmocka_unit_test(the_smallest_scenario_has_every_default),
    cmocka_unit_test(units_become_years_rates_and_money),
    cmocka_unit_test(references_become_indices),
    cmocka_unit_test(nothing_comes_first_and_plans_and_appetite_are_sorted),
    cmocka_unit_test(places_name_file_line_and_pointer),
    cmocka_unit_test(a_set_replaces_every_kind_of_value),
    cmocka_unit_test(parameters_have_the_unit_that_their_family_gives_them),
    cmocka_unit_test(sets_are_applied_in_order_and_may_add_keys),
    cmocka_unit_test(a_set_makes_the_objects_on_its_way),
    cmocka_unit_test(a_wrong_set_is_told_with_its_own_line),
    cmocka_unit_test(errors_of_file_and_sets_come_together),
    cmocka_unit_test(a_file_that_cannot_be_read_is_no_input_error),
    cmocka_unit_test(a_scenario_may_come_through_a_pipe),
    cmocka_unit_test(a_plugin_that_does_not_load_is_a_plugin_error_with_its_place))
