/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How likely a year is believed to exceed a limit, against the exact law of the same
 * beliefs; and the trigger that holds it against the appetite. */
#include "num/aggregate.h"
#include "tests/support/turned.h"

enum { N = TURNED };

static struct rw_trigger trigger;
static struct rw_appetite point[2];

/* Quarters; one threat of known rate 2 a year whose losses are lognormal; control 0 is a
 * candidate never bought.  Fires, at most once, where the year exceeds 10 with more than
 * a chance of a tenth. */
static void
begin(struct turned *f, size_t assets, size_t threats, size_t controls)
{
    turned_begin(f, threats, controls, 8);
    f->m = small_model(&f->a, assets, threats, controls, 2, 8, 4);
    f->s = &f->m->strategies[1];
    f->s->planner.plugin = &greedy;
    for (size_t k = 0; k < threats; k++) {
        f->m->threats[k].frequency.dist = rw_dist_constant(2);
        f->m->threats[k].losses[0].amount =
            SMALL_DIST("lognormal", {"mu", 0}, {"sigma", 1});
    }
    f->m->controls[0].capital.dist = rw_dist_constant(1e9);
    point[0] = (struct rw_appetite){10, 0.1};
    f->m->appetite = point;
    f->m->n_appetite = 1;
    trigger = (struct rw_trigger){.on = RW_ON_APPETITE, .action = RW_DO_PLAN};
    f->s->deciding.triggers = &trigger;
    f->s->deciding.n_triggers = 1;
}

static void
look(struct turned *f)
{
    turned_open(f);
    turned_start(f);
    turned_plan(f, 0);
    turned_do(f);
    rw_value_now(f->g);
    rw_reckon_look(f->g, false);
}

static double
exact(const struct rw_compound c[], size_t n, double x)
{
    struct rw_aggregate *law;
    struct rw_bounded p;
    struct rw_error e;

    rw_error_clear(&e);
    if (rw_aggregate_new(c, n, &law, &e) != RW_OK ||
        rw_aggregate_sf(law, x, &p, &e) != RW_OK)
        fail_msg("%s", e.text);
    rw_aggregate_free(law);
    return p.value;
}

/* A compound whose one member has an event of one part. */
struct one {
    struct rw_compound c;
    struct rw_compound_member member;
    struct rw_event_part part[2];
    double m, weight, share[2], share_weight[2];
};

static void
one_make(struct one *x, double m, const struct rw_dist *amount)
{
    *x = (struct one){.m = m, .weight = 1};
    x->part[0] = x->part[1] =
        (struct rw_event_part){.amount = *amount, .scale = 1, .probability = 1};
    x->member = (struct rw_compound_member){
        .share = 1, .event = {.parts = x->part, .n_parts = 1}};
    x->c = (struct rw_compound){.law = RW_COUNT_POISSON,
        .m = &x->m,
        .weight = &x->weight,
        .n_nodes = 1,
        .members = &x->member,
        .n_members = 1};
}

/* Of the exact law to 1 %, as num/exceed.h is. */
static void
assert_over(
    struct turned *f, size_t i, double limit, const struct rw_compound c[], size_t n)
{
    assert_relative(rw_reckon_over(f->g, i, limit), exact(c, n, limit), 0.01);
}

/* Prevention, response to what is seen, and a cover. */
static void
controls_and_cover_leave_their_law(void **state)
{
    const double limit[] = {3.5, 10, 20};
    struct turned f;
    struct one x;

    (void)state;
    begin(&f, 1, 1, 3);
    f.m->controls[1].status = f.m->controls[2].status = RW_STATUS_OPERATING;
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.25);
    f.m->controls[2].function = RW_FUNCTION_RESILIENCE;
    f.m->controls[2].efficacy.dist = rw_dist_constant(0.6);
    f.m->threats[0].seen_probability = 0.7;
    look(&f);
    one_make(&x, 1.5, &f.m->threats[0].losses[0].amount);
    x.share[0] = 0.4;
    x.share_weight[0] = 0.7;
    x.share[1] = 1;
    x.share_weight[1] = 0.3;
    x.member.event.share = x.share;
    x.member.event.share_weight = x.share_weight;
    x.member.event.n_shares = 2;
    for (size_t k = 0; k < 3; k++)
        assert_over(&f, k, limit[k], &x.c, 1);
    turned_end(&f);

    begin(&f, 1, 1, 1);
    f.m->threats[0].covered = true;
    f.m->threats[0].deductible = 1;
    f.m->threats[0].limit = 2;
    look(&f);
    one_make(&x, 2, &f.m->threats[0].losses[0].amount);
    x.member.event.deductible = 1;
    x.member.event.limit = 2;
    for (size_t k = 0; k < 3; k++)
        assert_over(&f, k, limit[k], &x.c, 1);
    turned_end(&f);
}

/* What is unknown of the rate, the count's own spread, and both. */
static void
the_number_is_as_uncertain_as_the_belief(void **state)
{
    struct turned f;
    struct one x;

    (void)state;
    for (int k = 0; k < 5; k++) {
        begin(&f, 1, 1, 1);
        one_make(&x, 2, &f.m->threats[0].losses[0].amount);
        if (k == 0 || k == 2)
            f.m->threats[0].frequency.dist =
                SMALL_DIST("gamma", {"mean", 2}, {"sd", 1.5});
        if (k == 1 || k == 2) {
            f.m->threats[0].law = RW_COUNT_NEGBIN;
            f.m->threats[0].dispersion = 0.5;
        }
        x.c.law = k < 3 ? RW_COUNT_NEGBIN : k == 3 ? RW_COUNT_ZIP : RW_COUNT_BINOMIAL;
        x.c.dispersion = k == 0   ? 0.5625
                         : k == 1 ? 0.5
                                  : 1.5 * 1.5625 - 1; /* two factors of mean 1 */
        f.m->threats[0].law = k == 1 || k == 2 ? RW_COUNT_NEGBIN : RW_COUNT_POISSON;
        if (k >= 3)
            f.m->threats[0].law = x.c.law;
        f.m->threats[0].zero = x.c.zero = k == 3 ? 0.4 : 0;
        f.m->threats[0].chances = k == 4 ? 5 : 0;
        x.c.chances = 5;
        look(&f);
        assert_over(&f, 0, 5, &x.c, 1);
        assert_over(&f, 1, 15, &x.c, 1);
        turned_end(&f);
    }
}

/* A systemic threat before two assets, of which one is protected to a half: half of its
 * events hit both.  Another one beside it. */
static void
assets_of_a_systemic_threat_are_hit_together(void **state)
{
    static size_t both[] = {0, 1}, second[] = {1};
    struct turned f;
    struct one x[3];

    (void)state;
    begin(&f, 2, 2, 2);
    f.m->threats[0].assets = both;
    f.m->threats[0].n_assets = 2;
    f.m->threats[0].systemic = true;
    f.m->threats[1].frequency.dist = rw_dist_constant(0.5);
    f.m->threats[1].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", 1}, {"sigma", 1.2});
    f.m->controls[1].status = RW_STATUS_OPERATING;
    f.m->controls[1].efficacy.dist = rw_dist_constant(0.5);
    f.m->controls[1].covers_assets = second;
    f.m->controls[1].n_covers_assets = 1;
    look(&f);
    one_make(&x[0], 1, &f.m->threats[0].losses[0].amount);
    one_make(&x[1], 1, &f.m->threats[0].losses[0].amount);
    x[1].member.event.n_parts = 2;
    one_make(&x[2], 0.5, &f.m->threats[1].losses[0].amount);
    assert_over(&f, 0, 4, (struct rw_compound[]){x[0].c, x[1].c, x[2].c}, 3);
    assert_over(&f, 0, 12, (struct rw_compound[]){x[0].c, x[1].c, x[2].c}, 3);
    turned_end(&f);
}

/* Three stages never seen: as an event at once, money a day over their days.  With the
 * middle one always seen, what is left of them costs what its class costs. */
static void
attacks_in_stages_cost_by_their_ending(void **state)
{
    static const char *const name[] = {"a", "b"};
    struct turned f;
    struct one x[2];

    (void)state;
    for (int seen = 0; seen < 2; seen++) {
        struct rw_stage stage[2] = {0};
        struct rw_attack *a;
        struct rw_dist early;

        begin(&f, 1, 1, 1);
        a = &f.m->threats[0].attack;
        a->stages = stage;
        a->n = 2;
        for (int k = 0; k < 2; k++)
            stage[k] = (struct rw_stage){.name = name[k],
                .advance = 1,
                .years = 5 / 365.0,
                .independence = 1,
                .base = seen > 0 && k == 1 ? 0.4 : 0,
                .class = RW_ENDING_EARLY};
        a->share[RW_ENDING_EARLY] = 0.2;
        a->share[RW_ENDING_FULL] = 1;
        f.m->threats[0].losses[0].per = RW_PER_DWELL_DAY;
        f.m->threats[0].losses[0].amount =
            SMALL_DIST("lognormal", {"mu", -log(10)}, {"sigma", 1});
        look(&f);
        early = SMALL_DIST("lognormal", {"mu", 0}, {"sigma", 1});
        one_make(&x[0], 2 * (seen > 0 ? 0.6 : 1), &early);
        /* seen half way through its stage, by a uniform time in it */
        one_make(&x[1], seen > 0 ? 0.8 : 1e-9, &early);
        x[1].part[0].scale = 0.2 * 0.75;
        assert_over(&f, 0, 5, (struct rw_compound[]){x[0].c, x[1].c}, 2);
        assert_over(&f, 0, 12, (struct rw_compound[]){x[0].c, x[1].c}, 2);
        turned_end(&f);
    }
}

/* Negbin of mean m and shape c: P(n or fewer). */
static double
up_to(int n, double m, double c)
{
    double sum = 0;

    for (int k = 0; k <= n; k++)
        sum += exp(lgamma(k + c) - lgamma(c) - lgamma(k + 1.0) - c * log1p(m / c) +
                   k * log(m / (m + c)));
    return sum;
}

/* Each event costs 1: the year exceeds 4 where five or more events come.  The belief is
 * that of the conjugate update, apart from the wheel; a point is exceeded by more than
 * it tolerates, not by as much; twice the losses or the half of a candidate that nobody
 * bought change nothing. */
static void
it_fires_by_what_was_seen(void **state)
{
    static struct turned f;
    static double seen[N];
    size_t fired = 0, quiet = 0;

    (void)state;
    begin(&f, 1, 1, 1);
    f.m->threats[0].frequency.dist = SMALL_DIST("gamma", {"mean", 3}, {"sd", 1.5});
    f.m->threats[0].losses[0].amount = rw_dist_constant(1);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.5);
    point[0] = (struct rw_appetite){4, 0.2};
    point[1] = (struct rw_appetite){9, 1};
    f.m->n_appetite = 2;
    f.s->deciding.plan_every = 50;
    trigger.pause = 1;
    trigger.cost = 2;
    memset(seen, 0, sizeof seen);
    turned_open(&f);
    turned_start(&f);
    for (unsigned t = 0; t < 8; t++) {
        static bool before[N];

        turned_plan(&f, t);
        turned_do(&f);
        turned_check_and_act(&f, t);
        for (size_t i = 0; i < N; i++) {
            double a = 4, b = 4 / 3.0, p;
            bool now = f.g->triggers.firings[i] > 0, may = t == 0 || !before[i];

            seen[i] += f.g->acc.seen[i];
            a += seen[i];
            b += 0.25 * (t + 1);
            p = 1 - up_to(4, a / b, a);
            if (fabs(p - 0.2) > 1e-9)
                assert_true(now == (may && p > 0.2));
            assert_close(f.g->acc.spend[i], now ? 2 : 0, 0);
            before[i] = now;
            fired += now;
            quiet += !now && may;
        }
    }
    assert_true(fired > N && quiet > N);
    turned_end(&f);
}

/* The chance of three or more events is known to be 0.3233: a point that tolerates as
 * much is not exceeded, and of two points only the one asked for counts. */
static void
only_more_than_is_tolerated_counts(void **state)
{
    const double chance = 1 - 5 * exp(-2);
    const struct {
        double more, above;
        bool fires;
    } of[] = {{1e-6, 0, false}, {-1e-6, 0, true}, {-1e-6, 2, true}, {-1e-6, 30, false}};
    static struct turned f;

    (void)state;
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        begin(&f, 1, 1, 1);
        f.m->threats[0].losses[0].amount = rw_dist_constant(1);
        point[0] = (struct rw_appetite){2, chance + of[k].more};
        point[1] = (struct rw_appetite){30, 1e-3};
        f.m->n_appetite = 2;
        f.s->deciding.unlearned = RW_LESSONS_ALL;
        trigger.above = of[k].above;
        turned_open(&f);
        turned_start(&f);
        turned_plan(&f, 0);
        turned_do(&f);
        turned_check_and_act(&f, 0);
        for (size_t i = 0; i < N; i++)
            assert_true((f.g->triggers.firings[i] > 0) == of[k].fires);
        turned_end(&f);
    }
}

/* Each event costs 1: the year exceeds n where more than n come (a known rate is
 * one to a thousandth), though the limit is a sum of losses itself. */
static void
round_sums_are_not_above_themselves(void **state)
{
    static const int n[] = {1, 2, 3, 4, 5, 6, 10};
    struct turned f;

    (void)state;
    begin(&f, 1, 1, 1);
    f.m->threats[0].losses[0].amount = rw_dist_constant(1);
    look(&f);
    for (size_t k = 0; k < sizeof n / sizeof *n; k++) {
        double want = 1, p = exp(-2);

        for (int j = 0; j <= n[k]; p *= 2.0 / ++j)
            want -= p;
        assert_close(rw_reckon_over(f.g, 0, n[k]), want, 1e-6);
        for (int side = -1; side <= 1; side += 2) {
            const struct rw_appetite at = {n[k], want + side * 1e-5};

            assert_true(rw_reckon_exceeds(f.g, 0, &at) == (side < 0));
        }
    }
    turned_end(&f);
}

/* Losses twice as large as thought, and thought of so in the end. */
static void
learned_sizes_count(void **state)
{
    struct turned f;
    struct one x;

    (void)state;
    begin(&f, 1, 1, 1);
    f.m->threats[0].bias_severity = 0.5;
    f.m->threats[0].bias_worth = 2;
    look(&f);
    one_make(&x, 2, &f.m->threats[0].losses[0].amount);
    x.part[0].scale = 0.5;
    assert_over(&f, 0, 6, &x.c, 1);
    rw_wheel_check(f.g);
    rw_value_now(f.g);
    rw_reckon_look(f.g, false);
    for (size_t i = 0; i < 20; i++) {
        double a = f.g->a[i], b = f.g->b[i];

        one_make(&x, 2 * a / b, &f.m->threats[0].losses[0].amount);
        x.part[0].scale = rw_size_times(f.g, 0)[i];
        x.c.law = RW_COUNT_NEGBIN;
        x.c.dispersion = 1 / a;
        assert_over(&f, i, 6, &x.c, 1);
    }
    turned_end(&f);
}

CHECK_MAIN(cmocka_unit_test(controls_and_cover_leave_their_law),
    cmocka_unit_test(the_number_is_as_uncertain_as_the_belief),
    cmocka_unit_test(assets_of_a_systemic_threat_are_hit_together),
    cmocka_unit_test(attacks_in_stages_cost_by_their_ending),
    cmocka_unit_test(it_fires_by_what_was_seen),
    cmocka_unit_test(only_more_than_is_tolerated_counts),
    cmocka_unit_test(round_sums_are_not_above_themselves),
    cmocka_unit_test(learned_sizes_count))
