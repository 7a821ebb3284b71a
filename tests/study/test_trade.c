/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Learning that starts from what others of the trade saw. */
#include "tests/study/lesson.h"

#define THREAT(more)                                                                   \
    "\"threats\": [ { \"id\": \"t\", \"assets\": [\"a\"], " GAMMA ", " more LOSSES     \
    " } ]"
/* Two members of two years each: s2 = (1 + 1 + 1 + 1) / 2 = 2, t2 = (25 - 2) / 2 =
 * 11.5, Z = 2 / (2 + 2 / 11.5) = 0.92, m = 4.5; one more member's rate has the
 * variance 11.5 (1 + 1 / 1.84) = 17.75. */
#define TRADE "risk,member,incidents\nt,one,1\nt,one,3\nt,other,6\nt,other,8\n"
#define M     4.5
#define V     17.75

static void
the_trade_is_where_the_own_experience_starts(void **state)
{
    const struct rw_learn_move *v;
    struct lesson l;

    (void)state;
    begin(&l, THREAT(), EIGHT, NULL);
    trade(&l, TRADE);
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_int_equal(v->trade.members, 2);
    assert_relative(v->trade.mean, M, 1e-12);
    assert_relative(v->trade.within, 2.0, 1e-12);
    assert_relative(v->trade.between, 11.5, 1e-12);
    assert_relative(v->trade.variance, V, 1e-12);
    /* gamma of that mean and variance, eight in three years */
    assert_relative(v->after.mean, (M * M / V + 8) / (M / V + 3), 1e-9);
    assert_relative(v->after.sd, sqrt(M * M / V + 8) / (M / V + 3), 1e-9);
    assert_relative(v->credibility, 3 / (3 + M / V), 1e-12);
    /* and so the mean is what credibility makes of both */
    assert_relative(
        v->after.mean, v->credibility * 8 / 3. + (1 - v->credibility) * M, 1e-9);
    end(&l);
}

/* Of a frequency of attempts, a quarter is seen, by the trade's members too. */
static void
the_trade_counts_what_is_seen(void **state)
{
    struct lesson l;

    (void)state;
    begin(&l, THREAT("\"susceptibility\": 0.25, "), EIGHT, NULL);
    trade(&l, TRADE);
    learn(&l);
    assert_relative(move(&l, "t", "frequency")->after.mean,
        4 * (M * M / V + 8) / (M / V + 3), 1e-9);
    end(&l);
}

/* Nobody watched the threat here: the trade alone speaks of it. */
static void
what_nobody_watched_is_as_in_the_trade(void **state)
{
    const struct rw_learn_move *v;
    struct lesson l;

    (void)state;
    begin(&l, THREAT(), "date,risk\n", NULL);
    trade(&l, TRADE);
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_null(v->why);
    assert_true(v->exposure == 0);
    assert_relative(v->after.mean, M, 1e-9);
    assert_relative(v->after.sd, sqrt(V), 1e-9);
    end(&l);
}

/* Years of 2 with twice the incidents are the same ratios of twice the weight:
 * s2 = 4, t2 = (4 * 2.5^2 * 2 - 4) / (8 - 4) = 11.5. */
static void
years_weigh_a_row(void **state)
{
    const struct rw_learn_move *v;
    struct lesson l;

    (void)state;
    begin(&l, THREAT(), EIGHT, NULL);
    trade(&l, "years,incidents,member,risk\n2,2,one,t\n2,6,one,t\n2,12,other,t\n"
              "2,16,other,t\n");
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_relative(v->trade.mean, M, 1e-12);
    assert_relative(v->trade.within, 4.0, 1e-12);
    assert_relative(v->trade.between, 11.5, 1e-12);
    assert_true(v->trade.years == 8);
    end(&l);
}

/* No difference between members: the error of their mean is all that is open. */
static void
members_that_do_not_differ_are_one(void **state)
{
    const struct rw_learn_move *v;
    struct lesson l;

    (void)state;
    begin(&l, THREAT(), EIGHT, NULL);
    trade(&l, "risk,member,incidents\nt,one,1\nt,one,3\nt,other,0\nt,other,4\n");
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_true(v->trade.between == 0);
    assert_relative(v->trade.mean, 2.0, 1e-12);
    assert_relative(v->trade.variance, 5 / 4., 1e-12); /* s2 = (2 + 8) / 2 */
    end(&l);
}

static void
a_trade_too_small_is_told(void **state)
{
    const struct rw_learn_move *v;
    struct lesson l;

    (void)state;
    begin(&l, THREAT(), EIGHT, NULL);
    trade(&l, "risk,member,incidents\nt,one,1\nt,one,3\n");
    learn(&l);
    v = move(&l, "t", "frequency");
    assert_non_null(v->why);
    assert_non_null(strstr(v->why, "fewer than two members"));
    end(&l);
}

static void
the_history_names_both_tables(void **state)
{
    struct lesson l;

    (void)state;
    begin(&l, THREAT(), EIGHT, NULL);
    trade(&l, TRADE);
    learn(&l);
    assert_non_null(strstr(l.written.s, "\"source\": \"i.csv\""));
    assert_non_null(strstr(l.written.s, "\"industry\": \"b.csv\""));
    end(&l);
}

CHECK_MAIN(cmocka_unit_test(the_trade_is_where_the_own_experience_starts),
    cmocka_unit_test(the_trade_counts_what_is_seen),
    cmocka_unit_test(what_nobody_watched_is_as_in_the_trade),
    cmocka_unit_test(years_weigh_a_row),
    cmocka_unit_test(members_that_do_not_differ_are_one),
    cmocka_unit_test(a_trade_too_small_is_told),
    cmocka_unit_test(the_history_names_both_tables))
