/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/sum.h"
#include "tests/study/lesson.h"

/* Gamma(2, 1) and 8 incidents in 3 years: Gamma(10, 4), mean 2.5. */
static void
eight_incidents_in_three_years(void **state)
{
    struct lesson l;
    const struct rw_learn_move *v;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], " GAMMA ", " LOSSES
        " } ]",
        EIGHT, NULL);
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_null(v->why);
    assert_string_equal(
        v->json, "{ \"dist\": \"gamma\", \"shape\": 10, \"scale\": 0.25 }");
    assert_relative(v->after.mean, 2.5, 1e-12);
    assert_relative(v->after.p5, 1.3563514242728238, 1e-11);
    assert_relative(v->after.p95, 3.9263041055288648, 1e-11);
    assert_true(v->n == 8 && v->exposure == 3 && !v->matched && !v->wide);
    assert_relative(l.x.years, 3.0, 1e-15);
    end(&l);
}

/* .5 succeed, .6 pass a filter, .9 of these are seen: .27. */
static void
what_thins_attempts_thins_the_exposure(void **state)
{
    struct lesson l;
    const struct rw_learn_move *v;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], " GAMMA
        ", \"susceptibility\": 0.5, \"detection\": { \"probability\": 0.8 }, " LOSSES
        " } ],\n\"controls\": [ { \"id\": \"f\", \"pillar\": \"technical\", "
        "\"function\": "
        "\"resistance\", \"status\": \"operating\", \"efficacy\": 0.5, \"coverage\": "
        "0.8 },"
        "{ \"id\": \"later\", \"pillar\": \"technical\", \"function\": \"resistance\", "
        "\"efficacy\": 0.9 },"
        "{ \"id\": \"v\", \"pillar\": \"technical\", \"function\": \"visibility\", "
        "\"status\": \"operating\", \"efficacy\": 1 },"
        "{ \"id\": \"m\", \"pillar\": \"technical\", \"function\": \"monitoring\", "
        "\"status\": \"operating\", \"efficacy\": 1 },"
        "{ \"id\": \"r\", \"pillar\": \"technical\", \"function\": \"recognition\", "
        "\"status\": \"operating\", \"efficacy\": 0.5 } ]",
        EIGHT, NULL);
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_relative(v->share, 0.27, 1e-12);
    assert_relative(v->after.mean, 10 / (1 + 0.27 * 3), 1e-9);
    end(&l);
}

/* Share uniform over (0, 1): a midpoint rule of 2000 x 2000 over both. */
static void
an_uncertain_susceptibility_is_integrated_over(void **state)
{
    enum { POINTS = 2000 };
    struct lesson l;
    const struct rw_learn_move *v;
    double whole = 0, own = 0, seen = 0;

    (void)state;
    for (int i = 0; i < POINTS; i++)
        for (int j = 0; j < POINTS; j++) {
            double f = 60 * (i + 0.5) / POINTS, s = (j + 0.5) / POINTS;
            /* prior f e^-f, likelihood (f s)^8 e^(-3 f s) */
            double w = f * exp(-f - 3 * f * s) * pow(f * s, 8);

            whole += w;
            own += w * f;
            seen += w * f * s;
        }
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], " GAMMA
        ", \"susceptibility\": { \"dist\": \"uniform\", \"min\": 0, \"max\": 1 "
        "}, " LOSSES " } ]",
        EIGHT, NULL);
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_relative(v->own, own / whole, 1e-5);
    /* the new scenario expects as many incidents a year as the posterior */
    assert_relative(v->after.mean * v->share, seen / whole, 1e-5);
    assert_true(v->wide);
    end(&l);
}

static void
each_asset_is_watched_and_a_systemic_event_counts_once(void **state)
{
    struct lesson l;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\", \"b\"], " GAMMA ", " LOSSES
        " }, { \"id\": \"s\", \"systemic\": true, \"assets\": [\"a\", \"b\"], " GAMMA
        ", " LOSSES " } ]",
        EIGHT "2022-01-01,s\n2023-05-05,t/b\n", NULL);
    learn(&l);
    assert_relative(move(&l, "t", "frequency")->after.mean, 11 / 7., 1e-9);
    assert_relative(move(&l, "s", "frequency")->after.mean, 3 / 4., 1e-9);
    end(&l);
}

static void
incidents_not_seen_yet_are_allowed_for(void **state)
{
    struct lesson l;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], " GAMMA
        ", \"detection\": { \"days\": 365 }, " LOSSES " } ]",
        EIGHT, NULL);
    l.q.per_year = 12; /* no matter for what is not forgotten */
    learn(&l);
    assert_relative(move(&l, "t", "frequency")->exposure, 3 - (1 - exp(-3)), 1e-12);
    end(&l);
}

/* 3, 1 and 4 in three years, each half forgotten: a = 2/8 + 3/4 + 1/2 + 4. */
static void
a_discount_works_year_by_year(void **state)
{
    struct lesson l;
    const struct rw_learn_move *v;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], " GAMMA ", " LOSSES
        " } ]",
        EIGHT, NULL);
    l.q.discount = 0.5;
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_relative(
        v->after.mean, (0.25 + 0.75 + 0.5 + 4) / (0.125 + 0.25 + 0.5 + 1), 1e-9);
    end(&l);
}

static void
a_frequency_of_another_law_is_matched_by_mean_and_sd(void **state)
{
    struct lesson l;
    const struct rw_learn_move *v;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], \"frequency\": { "
        "\"dist\": "
        "\"uniform\", \"min\": 0, \"max\": 6 }, " LOSSES " } ]",
        EIGHT, NULL);
    learn(&l);
    v = move(&l, "t", "frequency");
    /* mean 3, variance 3: Gamma(3, 1) */
    assert_true(v->matched);
    assert_relative(v->after.mean, 11 / 4., 1e-9);
    end(&l);
}

/* w losses of the stated law beside n observed ones. */
static void
losses_move_a_lognormal(void **state)
{
    static const double loss[] = {120000, 450000, 80000, 2100000, 300000};
    struct lesson l;
    const struct rw_learn_move *v;
    double x[5], mean, mu, square, want;

    (void)state;
    for (int i = 0; i < 5; i++)
        x[i] = log(loss[i] / 0.7);
    mean = rw_sum_array(x, 5) / 5;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], \"frequency\": 1, "
        "\"losses\": [ { \"form\": \"response\", \"amount\": { \"dist\": "
        "\"lognormal\", "
        "\"mu\": 12, \"sigma\": 1.5 } } ] } ],\n\"controls\": [ { \"id\": \"c\", "
        "\"pillar\": \"technical\", \"function\": \"containment\", \"status\": "
        "\"operating\", \"efficacy\": 0.3 } ]",
        "date,risk,loss\n2021,t,120k\n2021,t,450k\n2022,t,80000\n2022,t,2.1M\n2022,t,\n"
        "2023,t,300k\n",
        NULL);
    learn(&l);
    v = move(&l, "t", "losses/0/amount");
    assert_null(v->why);
    mu = (10 * 12 + 5 * mean) / 15;
    square = 10 * 1.5 * 1.5 + 50. / 15 * (mean - 12) * (mean - 12);
    for (int i = 0; i < 5; i++)
        square += (x[i] - mean) * (x[i] - mean);
    want = exp(mu);
    assert_relative(v->after.p50, want, 1e-12);
    assert_relative(
        v->after.p95, exp(mu + 1.6448536269514722 * sqrt(square / 15)), 1e-12);
    assert_true(v->n == 5 && v->weight == 15);
    assert_non_null(move(&l, "t", "frequency")->why);
    end(&l);
}

static void
an_amount_of_records_learns_by_its_form(void **state)
{
    struct lesson l;
    const struct rw_learn_move *v;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\", \"b\"], \"frequency\": 1, "
        "\"losses\": [ { \"form\": \"response\", \"amount\": { \"dist\": "
        "\"lognormal\", "
        "\"mu\": 0, \"sigma\": 1, \"of\": \"records\" } }, { \"form\": \"fines\", "
        "\"secondary\": 0.5, \"amount\": 5 } ] } ]",
        "date,risk,response,fines\n2021,t/a,100,0\n2022,t/b,10,5\n2023,t,77,\n", NULL);
    learn(&l);
    v = move(&l, "t", "losses/0/amount");
    /* both are 1 a record: ln 1 = 0; the third does not say of how many */
    assert_true(v->n == 2);
    assert_string_equal(v->json, "{ \"dist\": \"lognormal\", \"mu\": 0, \"sigma\": "
                                 "0.9128709292, \"of\": \"records\" }");
    end(&l);
}

/* A = .8 worth 10 audits, 45 of 50 good: Beta(53, 7). */
static void
audits_move_the_failures(void **state)
{
    struct lesson l;
    const struct rw_learn_move *v;
    struct rw_text t;

    (void)state;
    rw_text_init(&t);
    rw_text_add(&t, "control,date,works\n");
    for (int i = 0; i < 50; i++)
        rw_text_addf(&t, "c,2022-01-%02d,%s\n", i % 28 + 1, i < 5 ? "no" : "yes");
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], \"frequency\": 1, " LOSSES
        " } ],\n\"controls\": [ { \"id\": \"c\", \"pillar\": \"technical\", "
        "\"function\": "
        "\"resistance\", \"status\": \"operating\", \"efficacy\": 0.3, \"variance\": { "
        "\"per_year\": 2.5, \"days\": 36.5 } } ]",
        NULL, t.s);
    learn(&l);
    v = move(&l, "c", "variance/per_year");
    assert_relative(v->available, 0.8, 1e-12);
    assert_relative(v->available_after, 0.8833333333333333, 1e-12);
    assert_relative(v->after.mean, 7 / 53. / 0.1, 1e-12);
    assert_relative(1 / (1 + v->after.p95 * 0.1), 0.8091210768501578, 1e-11);
    assert_relative(1 / (1 + v->after.p5 * 0.1), 0.94297149639884, 1e-11);
    rw_text_fini(&t);
    end(&l);
}

#define ALL_KINDS                                                                      \
    "\"threats\": [ { \"//\": \"see the minutes\",\n    \"id\": \"t\", \"assets\": "   \
    "[\"a\"],"                                                                         \
    "\n    \"frequency\": %s,\n    \"losses\": [ { \"form\": \"response\", "           \
    "\"amount\": %s "                                                                  \
    "} ] } ],\n\"controls\": [ { \"id\": \"c\", \"pillar\": \"technical\", "           \
    "\"function\": "                                                                   \
    "\"containment\", \"status\": \"operating\", \"efficacy\": 0, \"variance\": { "    \
    "\"per_year\": 2, \"days\": 60 } } ]"

/* Twice half is the whole: the history keeps what an estimate is worth. */
static void
what_is_learned_in_two_parts_is_learned_whole(void **state)
{
    static const char *const row[] = {"2021-03-01,t,10\n", "2021-09-01,t,70\n",
        "2022-03-01,t,400\n", "2022-10-01,t,7\n"};
    static const char *const audit[] = {"c,2021-03-01,yes\n", "c,2021-06-01,no\n",
        "c,2022-03-01,no\n", "c,2022-06-01,yes\n"};
    struct rw_text text[3][2], members;
    struct lesson l[3];

    (void)state;
    for (int k = 0; k < 3; k++) {
        rw_text_init(&text[k][0]);
        rw_text_init(&text[k][1]);
        rw_text_add(&text[k][0], "date,risk,loss\n");
        rw_text_add(&text[k][1], "control,date,works\n");
        for (int i = 0; i < 4; i++)
            if (k == 2 || i / 2 == k) {
                rw_text_add(&text[k][0], row[i]);
                rw_text_add(&text[k][1], audit[i]);
            }
    }
    rw_text_init(&members);
    rw_text_addf(&members, ALL_KINDS,
        "{ \"dist\": \"gamma\", \"shape\": 2, \"scale\": 0.5 }",
        "{ \"dist\": \"lognormal\", \"mu\": 4, \"sigma\": 1 }");
    begin(&l[2], members.s, text[2][0].s, text[2][1].s);
    l[2].q.to = day(2022, 12, 31);
    learn(&l[2]);
    begin(&l[0], members.s, text[0][0].s, text[0][1].s);
    l[0].q.to = day(2021, 12, 31);
    learn(&l[0]);
    begin(&l[1], members.s, text[1][0].s, text[1][1].s);
    read_model(&l[1], l[0].written.s, l[0].written.len);
    l[1].q.m = l[1].m;
    l[1].q.scenario =
        (struct rw_table_file){"y.json", l[0].written.s, l[0].written.len};
    l[1].q.from = day(2022, 1, 1);
    l[1].q.to = day(2022, 12, 31);
    learn(&l[1]);
    for (size_t k = 0; k < 3; k++) {
        const struct rw_learn_move *v = &l[1].x.v[k], *w = &l[2].x.v[k];

        assert_null(v->why);
        assert_relative(v->after.mean, w->after.mean, 1e-8);
        assert_relative(v->after.p95, w->after.p95, 1e-8);
        assert_relative(v->weight, w->weight, 1e-12);
    }
    /* four entries of a threat's history and two of a control's; it is valid */
    read_model(&l[0], l[1].written.s, l[1].written.len);
    for (int k = 0; k < 3; k++) {
        end(&l[k]);
        rw_text_fini(&text[k][0]);
        rw_text_fini(&text[k][1]);
    }
    rw_text_fini(&members);
}

/* Taken back, the changes leave the file as it was. */
static void
all_other_bytes_stay(void **state)
{
    struct rw_text members, back;
    struct lesson l;
    const char *at, *from;

    (void)state;
    rw_text_init(&members);
    rw_text_addf(&members, ALL_KINDS,
        "{ \"dist\": \"gamma\",   \"mean\": 2, \"sd\": 1 }",
        "{ \"//\": \"]}\", \"dist\": \"lognormal\", \"mu\": 4, \"sigma\": 1 }");
    begin(&l, members.s, "date,risk,loss\n2021-03-01,t,10\n", NULL);
    learn(&l);
    rw_text_init(&back);
    from = l.written.s;
    for (size_t k = 0; k < 2; k++) {
        at = strstr(from, l.x.v[k].json);
        assert_non_null(at);
        rw_text_addn(&back, from, (size_t)(at - from));
        rw_text_add(&back, l.x.v[k].prior);
        from = at + strlen(l.x.v[k].json);
    }
    at = strstr(from, "\"history\": [ ");
    assert_non_null(at);
    while (*--at != ',')
        assert_true(*at == ' ' || *at == '\n');
    rw_text_addn(&back, from, (size_t)(at - from));
    from = strstr(at, " } ] } ],\n\"controls\"");
    assert_non_null(from);
    rw_text_add(&back, from + 4);
    assert_string_equal(back.s, l.scenario.s);
    rw_text_fini(&back);
    rw_text_fini(&members);
    end(&l);
}

static void
stays(const struct lesson *l, const char *owner, const char *estimate, const char *why)
{
    const struct rw_learn_move *v = move(l, owner, estimate);

    if (v->why == NULL || strstr(v->why, why) == NULL)
        fail_msg("%s of %s: \"%s\" lacks \"%s\"", estimate, owner, v->why ? v->why : "",
            why);
}

static void
what_cannot_learn_says_why(void **state)
{
    struct lesson l;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"known\", \"assets\": [\"a\"], \"frequency\": "
        "2, " LOSSES " }, { \"id\": \"silent\", \"assets\": [\"a\"], " GAMMA
        ", \"losses\": [ { \"form\": "
        "\"fines\", \"amount\": { \"dist\": \"gamma\", \"shape\": 1, \"scale\": 2 } }, "
        "{ "
        "\"form\": \"response\", \"amount\": { \"dist\": \"lognormal\", \"mu\": 1, "
        "\"sigma\": 1, \"cap\": 9 } } ] }, { \"id\": \"more\", \"assets\": "
        "[\"a\"], " GAMMA
        ", \"excitation\": { \"children\": 0.2, \"days\": 9 }, " LOSSES
        " }, { \"id\": \"once\", \"assets\": [\"a\"], \"frequency\": { \"dist\": "
        "\"uniform\", \"min\": 0, \"max\": 1 }, \"count\": { \"law\": \"bernoulli\" "
        "}, " LOSSES
        " } ],\n\"controls\": [ { \"id\": \"sure\", \"pillar\": \"technical\", "
        "\"function\": \"resistance\", \"status\": \"operating\", \"efficacy\": 0.3 } "
        "]",
        "date,risk,fines,response\n2021,known,,\n2021,more,,\n2021,once,,\n",
        "control,date,works\nsure,2022-01-01,no\n");
    learn(&l);
    stays(&l, "known", "frequency", "stated as known");
    stays(&l, "silent", "frequency", "--watched silent");
    stays(&l, "silent", "losses/0/amount", "no update of a gamma");
    stays(&l, "silent", "losses/1/amount", "floor or cap");
    stays(&l, "more", "frequency", "further events");
    stays(&l, "once", "frequency", "bernoulli");
    stays(&l, "sure", "variance/per_year", "never to fail");
    assert_int_equal(l.x.moved, 0);
    assert_string_equal(l.written.s, l.scenario.s);
    end(&l);
}

static void
nothing_seen_by_who_watched_lowers_a_frequency(void **state)
{
    struct lesson l;

    (void)state;
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], " GAMMA ", " LOSSES
        " } ]",
        "date,risk\n", NULL);
    l.watched[0] = true;
    learn(&l);
    assert_relative(move(&l, "t", "frequency")->after.mean, 2 / 4., 1e-9);
    end(&l);
}

/* One year of two assets with swings of their own; the rows name theirs. */
static void
swings_of_each_asset_are_their_own(void **state)
{
    enum { POINTS = 200000 };
    struct lesson l;
    double whole = 0, mean = 0;

    (void)state;
    for (int i = 0; i < POINTS; i++) {
        double f = 60 * (i + 0.5) / POINTS;
        /* f e^-f; negbin of dispersion 1: m^k / (1 + m)^(k + 1); counts 5, 0 */
        double w = f * exp(-f) * pow(f / (1 + f), 5) / (1 + f) / (1 + f);

        whole += w;
        mean += w * f;
    }
    begin(&l,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\", \"b\"], " GAMMA
        ", \"count\": { \"law\": \"negbin\", \"dispersion\": 1 }, " LOSSES " } ]",
        "date,risk\n2023-01-01,t/a\n2023-02-01,t/a\n2023-03-01,t/a\n2023-04-01,t/a\n"
        "2023-05-01,t/a\n",
        NULL);
    l.q.from = day(2023, 1, 1);
    learn(&l);
    assert_relative(move(&l, "t", "frequency")->after.mean, mean / whole, 1e-6);
    end(&l);
}

/* A scenario that remembers learning, with eight incidents and one audit of 2021 to
 * 2023; returns what it is told, to be freed. */
static struct rw_text
told(const char *threat_history, const char *control_history, bool trade_too)
{
    struct rw_text members, report;
    struct lesson l;
    struct rw_error e;

    rw_text_init(&members);
    rw_text_init(&report);
    rw_text_addf(&members,
        "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], " GAMMA ", " LOSSES
        ",\n \"history\": [ %s ] } ],\n\"controls\": [ { \"id\": \"c\", \"pillar\": "
        "\"technical\", \"function\": \"containment\", \"status\": \"operating\", "
        "\"efficacy\": 0, \"variance\": { \"per_year\": 2, \"days\": 60 },\n "
        "\"history\": [ %s ] } ]",
        threat_history, control_history);
    begin(&l, members.s, EIGHT, "control,date,works\nc,2021-03-01,yes\n");
    if (trade_too)
        trade(&l, "risk,member,incidents\nt,A,1\nt,A,2\nt,B,4\nt,B,5\n");
    rw_error_clear(&e);
    if (rw_learn_make(&l.q, &l.a, &l.x, &report, &e) != RW_OK)
        assert_true(report.len > 0);
    else
        assert_true(report.len == 0);
    rw_text_fini(&members);
    end(&l);
    return report;
}

#define OF(estimate, more) "{ \"estimate\": \"" estimate "\", \"prior\": 1" more " }"
#define DAYS(from, to)     ", \"from\": \"" from "\", \"to\": \"" to "\""
#define SEEN               ", \"exposure\": 3"
#define TRADE              ", \"industry\": \"b.csv\""

static void
what_an_estimate_has_learned_from_is_refused(void **state)
{
    static const struct {
        const char *threat, *control, *says; /* NULL: nothing */
        bool trade;
    } v[] = {
        {OF("frequency", DAYS("2020-01-01", "2020-12-31") SEEN), "", NULL, false},
        {OF("frequency", DAYS("2020-01-01", "2021-01-01") SEEN), "",
            "--from 2021-01-02", false},
        {OF("frequency", DAYS("2023-12-31", "2024-12-31") SEEN), "",
            "at /threats/0/history/0/from", false},
        {OF("frequency", DAYS("2024", "2024-06") SEEN), "", NULL, false},
        {OF("frequency", DAYS("2020", "2021") SEEN), "",
            "frequency of 't' has learned from some of these days before", false},
        /* another estimate, which does not move */
        {OF("losses/0/amount", DAYS("2021", "2021")), "", NULL, false},
        /* the trade alone; what was known before it; it replaces all again */
        {OF("frequency", DAYS("2021", "2021") TRADE ", \"exposure\": 0"), "", NULL,
            false},
        {OF("frequency", DAYS("2021", "2021") SEEN) ", " OF(
             "frequency", DAYS("2019", "2020") SEEN TRADE),
            "", NULL, false},
        {OF("frequency", DAYS("2021", "2021") SEEN TRADE), "", "1 error", false},
        {OF("frequency", DAYS("2021", "2021") SEEN), "", NULL, true},
        {"", OF("variance/per_year", DAYS("2020", "2020")), NULL, false},
        {"", OF("variance/per_year", DAYS("2022", "2022")), "--from 2023-01-01", false},
        {OF("frequency", DAYS("2022", "2030") SEEN),
            OF("variance/per_year", DAYS("2022", "2022")), "2 errors", false},
    };

    (void)state;
    for (size_t k = 0; k < sizeof v / sizeof *v; k++) {
        struct rw_text t = told(v[k].threat, v[k].control, v[k].trade);

        if (v[k].says ? t.s == NULL || strstr(t.s, v[k].says) == NULL : t.len > 0)
            fail_msg("%zu: \"%s\" lacks \"%s\"", k, t.s ? t.s : "",
                v[k].says ? v[k].says : "");
        rw_text_fini(&t);
    }
}

/* By hand, without days: the table's own bytes tell. */
static void
a_table_is_known_again_by_its_bytes(void **state)
{
    char hex[RW_SHA256_HEX], entry[256];
    struct rw_text t;

    (void)state;
    rw_sha256_hex(EIGHT, strlen(EIGHT), hex);
    for (int k = 0; k < 2; k++) {
        hex[0] ^= (char)k; /* another digit */
        snprintf(entry, sizeof entry, OF("frequency", ", \"sha256\": \"%s\""), hex);
        t = told(entry, "", false);
        assert_true((t.s && strstr(t.s, "has learned from this table before")) == !k);
        rw_text_fini(&t);
    }
}

CHECK_MAIN(cmocka_unit_test(eight_incidents_in_three_years),
    cmocka_unit_test(what_thins_attempts_thins_the_exposure),
    cmocka_unit_test(an_uncertain_susceptibility_is_integrated_over),
    cmocka_unit_test(each_asset_is_watched_and_a_systemic_event_counts_once),
    cmocka_unit_test(incidents_not_seen_yet_are_allowed_for),
    cmocka_unit_test(a_discount_works_year_by_year),
    cmocka_unit_test(a_frequency_of_another_law_is_matched_by_mean_and_sd),
    cmocka_unit_test(losses_move_a_lognormal),
    cmocka_unit_test(an_amount_of_records_learns_by_its_form),
    cmocka_unit_test(audits_move_the_failures),
    cmocka_unit_test(what_is_learned_in_two_parts_is_learned_whole),
    cmocka_unit_test(what_an_estimate_has_learned_from_is_refused),
    cmocka_unit_test(a_table_is_known_again_by_its_bytes),
    cmocka_unit_test(all_other_bytes_stay),
    cmocka_unit_test(what_cannot_learn_says_why),
    cmocka_unit_test(nothing_seen_by_who_watched_lowers_a_frequency),
    cmocka_unit_test(swings_of_each_asset_are_their_own))
