/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/study/lesson.h -- a scenario, its tables, and what is learned of them. */
#ifndef RW_TESTS_STUDY_LESSON_H
#define RW_TESTS_STUDY_LESSON_H

#include "base/date.h"
#include "read/read.h"
#include "study/learn.h"
#include "tests/support/check.h"

/* A case: a scenario, its tables, and what was learned. */
struct lesson {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_learn_request q;
    struct rw_incidents incidents;
    struct rw_audits audits;
    struct rw_industry industry;
    struct rw_learn x;
    bool watched[8];
    struct rw_text scenario, written;
};

static const char head[] =
    "{ \"riskwheel\": 1, \"name\": \"x\", \"currency\": \"EUR\",\n"
    "  \"horizon\": { \"cycles\": 4, \"cycle\": \"quarter\" },\n"
    "  \"assets\": [ { \"id\": \"a\", \"records\": 100 }, { \"id\": \"b\", "
    "\"records\": "
    "10 } ],\n";

static inline long
day(int year, unsigned month, unsigned d)
{
    return rw_date_first((struct rw_date){year, month, d});
}

static inline void
read_model(struct lesson *l, const char *bytes, size_t n)
{
    struct rw_text report;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_read_scenario_bytes(
            "x.json", bytes, n, NULL, 0, NULL, &l->a, &l->m, &report, &e) != RW_OK)
        fail_msg("%s%s", e.text, report.s ? report.s : "");
    rw_text_fini(&report);
    assert_int_equal(rw_model_build(l->m, &l->a, &e), RW_OK);
}

/* threats and controls: members of the scenario; tables may be NULL. */
static inline void
begin(struct lesson *l, const char *members, const char *incidents, const char *audits)
{
    struct rw_text report;
    struct rw_error e;

    memset(l, 0, sizeof *l);
    rw_arena_init(&l->a);
    rw_text_init(&l->scenario);
    rw_text_init(&l->written);
    rw_text_addf(&l->scenario, "%s%s\n}\n", head, members);
    read_model(l, l->scenario.s, l->scenario.len);
    l->q = (struct rw_learn_request){.m = l->m,
        .scenario = {"x.json", l->scenario.s, l->scenario.len},
        .from = day(2021, 1, 1),
        .to = day(2023, 12, 31),
        .watched = l->watched,
        .discount = 1,
        .per_year = 1,
        .losses = 10,
        .audit_worth = 10};
    rw_text_init(&report);
    rw_error_clear(&e);
    if (incidents) {
        const struct rw_table_file f = {"i.csv", incidents, strlen(incidents)};

        if (rw_incidents_read(&f, l->m, l->q.from, l->q.to, &l->a, &l->incidents,
                &report, &e) != RW_OK)
            fail_msg("%s%s", e.text, report.s ? report.s : "");
        l->q.incidents = &l->incidents;
        l->q.incidents_file = "i.csv";
    }
    if (audits) {
        const struct rw_table_file f = {"a.csv", audits, strlen(audits)};

        if (rw_audits_read(
                &f, l->m, l->q.from, l->q.to, &l->a, &l->audits, &report, &e) != RW_OK)
            fail_msg("%s%s", e.text, report.s ? report.s : "");
        l->q.audits = &l->audits;
        l->q.audits_file = "a.csv";
    }
    rw_text_fini(&report);
}

/* A table of the trade beside them. */
static inline void
trade(struct lesson *l, const char *table)
{
    const struct rw_table_file f = {"b.csv", table, strlen(table)};
    struct rw_text report;
    struct rw_error e;

    rw_text_init(&report);
    rw_error_clear(&e);
    if (rw_industry_read(&f, l->m, &l->a, &l->industry, &report, &e) != RW_OK)
        fail_msg("%s%s", e.text, report.s ? report.s : "");
    l->q.industry = &l->industry;
    l->q.industry_file = "b.csv";
    rw_text_fini(&report);
}

static inline void
learn(struct lesson *l)
{
    struct rw_text report;
    struct rw_error e;

    rw_error_clear(&e);
    rw_text_init(&report);
    if (rw_learn_make(&l->q, &l->a, &l->x, &report, &e) != RW_OK)
        fail_msg("%s%s", e.text, report.s ? report.s : "");
    rw_text_fini(&report);
    assert_int_equal(rw_learn_write(&l->x, &l->a, &l->written, &e), RW_OK);
}

static inline void
end(struct lesson *l)
{
    rw_text_fini(&l->scenario);
    rw_text_fini(&l->written);
    rw_arena_fini(&l->a);
}

static inline const struct rw_learn_move *
move(const struct lesson *l, const char *owner, const char *estimate)
{
    for (size_t k = 0; k < l->x.n; k++)
        if (strcmp(l->x.v[k].owner, owner) == 0 &&
            strcmp(l->x.v[k].estimate, estimate) == 0)
            return &l->x.v[k];
    fail_msg("no %s of %s", estimate, owner);
    return NULL;
}

#define LOSSES "\"losses\": [ { \"form\": \"response\", \"amount\": 1 } ]"
#define GAMMA  "\"frequency\": { \"dist\": \"gamma\", \"shape\": 2, \"scale\": 1 }"
/* eight in three years */
#define EIGHT                                                                          \
    "date,risk\n2021-01-01,t\n2021-06-02,t\n2021-12-31,t\n2022-05,t\n2023-02-01,t\n"   \
    "2023,t\n2023-03-01,t\n2023-12-31,t\n"

#endif
