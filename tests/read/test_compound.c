/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates made of lists, files and other estimates, from the scenario to the
 * law; what is refused within a scenario alone is in tests/read/invalid. */
#include "num/splice.h"
#include "read/read.h"
#include "tests/base/scratch.h"
#include "tests/support/check.h"

struct reading {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_text report;
    struct rw_error e;
    enum rw_err err;
};

static void
write_file(const char *name, const char *bytes, size_t n)
{
    char path[600];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", scratch, name);
    f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

/* A scenario in the scratch folder whose one loss has this amount, or whose
 * threat has this susceptibility. */
static void
read_estimate(struct reading *r, const char *amount, const char *susceptibility)
{
    char path[600];
    struct rw_text t;

    rw_text_init(&t);
    rw_text_addf(&t,
        "{\"riskwheel\": 1, \"name\": \"x\", \"currency\": \"EUR\",\n"
        "\"horizon\": {\"cycles\": 1, \"cycle\": \"year\"}, \"assets\": [{\"id\": "
        "\"a\"}],\n"
        "\"threats\": [{\"id\": \"t\", \"assets\": [\"a\"], \"frequency\": 1, "
        "\"susceptibility\": %s,\n"
        "\"losses\": [{\"form\": \"response\", \"amount\":\n%s}]}]}",
        susceptibility, amount);
    write_file("scenario.json", t.s, t.len);
    rw_text_fini(&t);
    snprintf(path, sizeof path, "%s/scenario.json", scratch);
    rw_arena_init(&r->a);
    rw_error_clear(&r->e);
    r->err = rw_read_scenario(path, NULL, 0, NULL, &r->a, &r->m, &r->report, &r->e);
}

static void
done(struct reading *r)
{
    rw_text_fini(&r->report);
    rw_arena_fini(&r->a);
}

static struct rw_dist
amount_of(struct reading *r, const char *amount)
{
    read_estimate(r, amount, "1");
    if (r->err != RW_OK)
        fail_msg("code %d: %s%s", r->err, r->e.text, r->report.s ? r->report.s : "");
    return r->m->threats[0].losses[0].amount;
}

static void
quantiles_are_read_in_their_unit(void **state)
{
    struct reading r;
    struct rw_dist d =
        amount_of(&r, "{\"dist\": \"metalog\", \"quantiles\": [[\"10%\", "
                      "\"50k\"], [0.5, 200000], [0.9, \"1.2M\"]], "
                      "\"lower\": 0, \"cap\": \"9M\"}");

    (void)state;
    assert_relative(rw_dist_quantile(&d, 0.1), 5e4, 1e-12);
    assert_relative(rw_dist_quantile_tails(&d, 0.9, 0.1), 1.2e6, 1e-12);
    assert_true(rw_dist_quantile_tails(&d, 0.9999, 0.0001) == 9e6);
    done(&r);
    d = amount_of(&r,
        "{\"dist\": \"metalog\", \"terms\": 3, \"upper\": \"3M\", \"quantiles\": "
        "[[0.05, 40000], [0.25, 100000], [0.5, 200000], [0.95, 2000000]], "
        "\"lower\": 0}");
    assert_true(rw_dist_cdf(&d, 3e6) == 1 && rw_dist_cdf(&d, 0) == 0);
    done(&r);
}

static void
a_gpd_tail_begins_at_the_threshold_of_its_splice(void **state)
{
    struct reading r;
    struct rw_dist d = amount_of(&r,
        "{\"dist\": \"splice\", \"threshold\": \"250k\", \"body\": {\"dist\": "
        "\"lognormal\", "
        "\"mu\": 10.5, \"sigma\": 1.2}, \"tail\": {\"dist\": \"gpd\", \"xi\": 0.45, "
        "\"beta\": \"300k\"}}");

    (void)state;
    assert_relative(rw_dist_mean(&d), 92027.109410790452, 1e-12);
    assert_relative(rw_dist_quantile_tails(&d, 0.99, 0.01), 1006692.140278126, 1e-12);
    done(&r);
    d = amount_of(&r, "{\"dist\": \"splice\", \"threshold\": \"250k\", \"body\": "
                      "{\"dist\": \"lognormal\", "
                      "\"mu\": 10.5, \"sigma\": 1.2}, \"weight\": \"90%\", \"tail\": "
                      "{\"dist\": \"gpd\", "
                      "\"xi\": 0.45, \"beta\": \"300k\", \"threshold\": 0}}");
    assert_relative(rw_dist_cdf(&d, 250000), 0.9, 1e-15);
    /* of a gpd from 0, excesses over u have beta + xi u */
    assert_relative(rw_dist_quantile_tails(&d, 0.95, 0.05),
        250000 + (300000 + 0.45 * 250000) / 0.45 * (pow(0.5, -0.45) - 1), 1e-12);
    done(&r);
}

/* xi above 1 has no mean; a cap on the whole is as good as one on the tail. */
static void
a_cap_on_the_whole_serves_a_part_without_mean(void **state)
{
    struct reading r;
    struct rw_dist d = amount_of(&r,
        "{\"dist\": \"mixture\", \"cap\": \"1M\", \"parts\": [{\"weight\": 0.5, "
        "\"of\": 10}, "
        "{\"weight\": 0.5, \"of\": {\"dist\": \"gpd\", \"xi\": 2, \"beta\": 1000}}]}");

    (void)state;
    /* E min(X, m) = beta ((1 + xi m / beta)^(1 - 1/xi) - 1) / (xi - 1) */
    assert_relative(rw_dist_mean(&d), 5 + 500 * (sqrt(1 + 2000) - 1), 1e-12);
    assert_true(rw_dist_cdf(&d, 1e6) == 1);
    done(&r);
}

static void
parts_may_reach_further_than_the_whole(void **state)
{
    struct reading r;
    struct rw_dist d;

    (void)state;
    read_estimate(&r, "1000",
        "{\"dist\": \"mixture\", \"floor\": 0, \"cap\": 1, \"parts\": [{\"weight\": "
        "0.25, "
        "\"of\": {\"dist\": \"normal\", \"mean\": \"50%\", \"sd\": 0.5}}, {\"weight\": "
        "0.75, \"of\": {\"dist\": \"mixture\", \"parts\": [{\"weight\": 1, \"of\": "
        "\"20%\"}]}}]}");
    if (r.err != RW_OK)
        fail_msg("%s%s", r.e.text, r.report.s);
    d = r.m->threats[0].susceptibility.dist;
    assert_relative(rw_dist_mean(&d), 0.25 * 0.5 + 0.75 * 0.2, 1e-10);
    done(&r);
}

static void
a_column_of_a_file_is_read(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        double mean;
    } files[] = {{"loss\n1000\n3000\n", 2, 2000},
        {"\xef\xbb\xbfid,loss,what\r\n1, 1k ,a\r\n2,\"3000 EUR\",\"b, "
         "\"\"c\"\"\nd\"\r\n",
            2, 2000},
        {"id;loss\n1;1000\n2;2e3\n3;6000", 3, 3000},
        {"when\tloss\n1 Jan\t500\n", 1, 500}};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct reading r;
        struct rw_dist d;

        write_file("losses.csv", files[i].bytes, strlen(files[i].bytes));
        d = amount_of(&r, "{\"dist\": \"empirical\", \"file\": \"losses.csv\", "
                          "\"column\": \"loss\"}");
        assert_relative(rw_dist_mean(&d), files[i].mean, 1e-14);
        assert_non_null(r.m->data);
        assert_string_equal(r.m->data->file, "losses.csv");
        assert_int_equal(strlen(r.m->data->sha256), 64);
        assert_null(r.m->data->next);
        done(&r);
    }
    struct reading r;
    struct rw_dist d;

    write_file("losses.csv", "id,\"a \"\"loss\"\"\"\n1,\"70\"\n", 23);
    d = amount_of(&r, "{\"dist\": \"empirical\", \"file\": \"losses.csv\", \"column\": "
                      "\"a \\\"loss\\\"\"}");
    assert_relative(rw_dist_mean(&d), 70.0, 1e-14);
    done(&r);
}

static void
a_bad_file_is_told_with_line_column_and_text(void **state)
{
    static const struct {
        const char *bytes, *told[3];
    } files[] = {{"loss\n1000\n1,200\n", {"losses.csv: there is no column", NULL}},
        {"id,loss\n1,1000\n2,n/a\n3,oops\n",
            {"losses.csv line 3, column 'loss': 'n/a' is no value:",
                "losses.csv line 4, column 'loss': 'oops' is no value:",
                "/threats/0/losses/0/amount/column"}},
        {"id,loss\n1,a\n2,b\n3,c\n4,d\n5,e\n6,f\n7,g\n",
            {"line 6, column 'loss': 'e'", "and 2 more of its 7 cells", NULL}},
        {"id,loss\n1,\"1,000\"\n",
            {"line 2, column 'loss': '1,000' is no value:", NULL}},
        {"id,loss\n1,\n", {"line 2: the cell of column 'loss' is empty", NULL}},
        {"id,loss\n1,nan\n", {"line 2, column 'loss': 'nan' is no value", NULL}},
        {"id,loss\n1,1e999\n", {"line 2, column 'loss': '1e999' is no value", NULL}},
        {"id,loss\n1\n", {"line 2 is too short: 'loss' is column 2", NULL}},
        {"id,loss\n\n1,2\n\r\n3,4\n", {"losses.csv: line 2 is empty: take it out",
                                          "the row that is missing", NULL}},
        {"loss\r\n1000\r\n\r\n", {"losses.csv: line 3 is empty", NULL}},
        {"loss\n1000\n \n",
            {"losses.csv line 3: the cell of column 'loss' is empty", NULL}},
        {"id,loss\n1,\"12\n3\n",
            {"line 2: a cell begins with \" and does not end", NULL}},
        {"id,loss\n1,\"12\"500\n",
            {"line 2: a cell begins with \" and does not end", NULL}},
        {"loss\n1,000\n", {"line 2 has more cells than line 1 has names (1): '000'",
                              "write 1000 and not 1,000", NULL}},
        {"id,loss\n1,2,\n2,1,5\n",
            {"line 3 has more cells than line 1 has names (2): '5'", NULL}},
        {"id,loss\n", {"has no line below that with the names", NULL}},
        {"", {"line 1 is empty, and has to name the columns", NULL}},
        {"id,los\n1,2\n", {"there is no column 'loss' in line 1, did you mean 'los'?",
                              "there are 'id', 'los'", NULL}},
        {"loss,loss\n1,2\n", {"line 1 names column 'loss' 2 times", NULL}},
        {"id,loss\n1,5\n2,-5\n3,x\n",
            {"line 3, column 'loss': '-5' is no value: amount must be at least 0",
                "line 4, column 'loss': 'x' is no value", NULL}},
        {"id,loss\n1,\x1b[31m5\n", {"is no value", NULL}}};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct reading r;

        write_file("losses.csv", files[i].bytes, strlen(files[i].bytes));
        if (i == 0) /* the header has one column, called otherwise */
            read_estimate(&r,
                "{\"dist\": \"empirical\", \"file\": \"losses.csv\", \"column\": "
                "\"x\"}",
                "1");
        else
            read_estimate(&r,
                "{\"dist\": \"empirical\", \"file\": \"losses.csv\", \"column\": "
                "\"loss\"}",
                "1");
        assert_int_equal(r.err, RW_ERR_INPUT);
        for (int k = 0; k < 3 && files[i].told[k]; k++)
            if (strstr(r.report.s, files[i].told[k]) == NULL)
                fail_msg("file %zu, \"%s\": %s", i, files[i].told[k], r.report.s);
        assert_null(strchr(r.report.s, '\x1b'));
        done(&r);
    }
    write_file("losses.csv", "loss\n1\0\n", 8);
    struct reading r;
    read_estimate(&r,
        "{\"dist\": \"empirical\", \"file\": \"losses.csv\", \"column\": \"loss\"}",
        "1");
    assert_non_null(strstr(r.report.s, "it is no text: it holds a zero byte"));
    done(&r);
}

static void
a_folder_is_no_file_of_data(void **state)
{
    struct reading r;

    (void)state;
    read_estimate(
        &r, "{\"dist\": \"empirical\", \"file\": \".\", \"column\": \"loss\"}", "1");
    assert_int_equal(r.err, RW_ERR_INPUT);
    assert_non_null(strstr(r.report.s, "is a folder, and a file is needed"));
    done(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_read_in_their_unit),
        cmocka_unit_test(a_gpd_tail_begins_at_the_threshold_of_its_splice),
        cmocka_unit_test(a_cap_on_the_whole_serves_a_part_without_mean),
        cmocka_unit_test(parts_may_reach_further_than_the_whole),
        cmocka_unit_test(a_column_of_a_file_is_read),
        cmocka_unit_test(a_bad_file_is_told_with_line_column_and_text),
        cmocka_unit_test(a_folder_is_no_file_of_data)};

    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
