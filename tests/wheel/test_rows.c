/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that a cycle keeps, shares or leaves out, against what they stand for: every
 * future and every cycle of the shipped scenarios anew, one by one, from the truth, the
 * cycles of purchase and the failures, to the last bit; and what a cycle has come to in a
 * future of a block against the future alone. */
#include "plug/catalogue.h"
#include "read/read.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "wheel/turn.h"
#include "wheel/wear.h"

enum { N = 333, SEED = 77, MOST = 8 };

struct fixture {
    struct rw_arena a;
    struct rw_catalogue *c;
    struct rw_model *m;
    struct rw_prior prior;
    struct rw_world *w;
    struct rw_wheel *g[MOST];
    struct rw_strike x;
    size_t n; /* strategies */
    struct rw_error e;
};

static void
start(struct fixture *f)
{
    f->n = f->m->n_strategies < MOST ? f->m->n_strategies : MOST;
    assert_int_equal(RW_OK, rw_prior_make(f->m, SEED, NULL, &f->prior, &f->e));
    assert_int_equal(RW_OK, rw_world_new(f->m, SEED, N, NULL, &f->w, &f->e));
    assert_int_equal(RW_OK, rw_strike_init(&f->x, f->m, N, f->n));
    for (size_t s = 0; s < f->n; s++) {
        assert_int_equal(RW_OK,
            rw_wheel_new(f->w, &f->m->strategies[s], &f->prior, &f->g[s], &f->e));
        assert_int_not_equal(RW_KNOWS_TRUTH, f->g[s]->s->deciding.knows);
    }
}

static void
end(struct fixture *f)
{
    for (size_t s = 0; s < f->n; s++)
        rw_wheel_free(f->g[s]);
    rw_strike_fini(&f->x);
    rw_world_free(f->w);
    rw_prior_fini(&f->prior);
    rw_arena_fini(&f->a);
    if (f->c != NULL)
        rw_catalogue_free(f->c);
}

/* Planners have a reserve for capital, and every future another: each buys in its own
 * cycle. */
static void
part_futures(struct fixture *f)
{
    for (size_t s = 0; s < f->m->n_strategies; s++) {
        struct rw_strategy *x = &f->m->strategies[s];
        struct rw_estimate *reserve = RW_ARENA_NEW(&f->a, 1, struct rw_estimate);

        if (x->planner.plugin == NULL || x->deciding.reserve != NULL)
            continue;
        reserve->dist = SMALL_DIST("uniform", {"min", 0}, {"max", 4 * x->budget + 1});
        x->deciding.reserve = reserve;
    }
}

static void
open_scenario(struct fixture *f, const char *name, bool parted)
{
    const char *top = getenv("top_srcdir"), *folder, *file;
    struct rw_plugin_finder finder;
    struct rw_text report;

    memset(f, 0, sizeof *f);
    rw_arena_init(&f->a);
    top = top != NULL ? top : "..";
    folder = rw_arena_printf(&f->a, "%s/plugins", top);
    file = rw_arena_printf(&f->a, "%s/%s", top, name);
    rw_text_init(&report);
    assert_int_equal(RW_OK, rw_catalogue_new(&folder, 1, NULL, &f->c, &f->e));
    finder = rw_catalogue_finder(f->c);
    assert_int_equal(
        RW_OK, rw_read_scenario(file, NULL, 0, &finder, &f->a, &f->m, &report, &f->e));
    if (parted)
        part_futures(f);
    assert_int_equal(RW_OK, rw_model_build(f->m, &f->a, &f->e));
    rw_text_fini(&report);
}

/* ---- what the rows stand for ---- */

static void
same(double is, double ought)
{
    assert_memory_equal(&is, &ought, sizeof is);
}

/* A control in a future: worth, working and failed, and as it stands at a time. */
static void
check_control(const struct rw_wheel *g, size_t c, size_t i)
{
    const struct rw_control *x = &g->m->controls[c];
    size_t at = c * g->room + i;
    unsigned t = g->w->cycle, since = g->since[at];
    double works, weak, coverage = rw_world_truth(g->w, &x->coverage)[i];

    if (since > t) {
        same(g->intended[at], 0);
        same(g->weak[at], 0);
        same(g->stands[at], 0);
        return;
    }
    if (x->use.plugin == NULL && x->upkeep.steady_fails <= 0) {
        works = rw_world_truth(g->w, &x->efficacy)[i] *
                rw_wear_left(x, g->m->years, t - since);
        weak = works < x->fail_efficacy ? works : x->fail_efficacy;
        same(g->intended[at], works * coverage);
        same(g->weak[at], coverage * weak);
    }
    if (rw_fail_possible(x) &&
        !rw_fail_works(g, c, i, t * g->m->years + g->m->years / 2))
        same(g->stands[at], g->weak[at]);
    else
        same(g->stands[at], g->intended[at]);
}

enum when { MIDDLE, WORST };

static double
product(const struct rw_wheel *g, size_t r, size_t i, int f, int last, enum when when)
{
    const struct rw_risk *x = &g->m->risks[r];
    double left = 1;

    for (; f <= last; f++)
        for (size_t k = 0; k < x->n_controls[f]; k++) {
            size_t at = x->controls[f][k] * g->room + i;

            left *= 1 - (when == WORST && g->changes[at] > 0 ? g->weak : g->stands)[at];
        }
    return left;
}

static bool
changes(const struct rw_wheel *g, size_t r, size_t i)
{
    const struct rw_risk *x = &g->m->risks[r];
    bool any = false;

    for (int f = 0; f < RW_FUNCTIONS; f++)
        for (size_t k = 0; k < x->n_controls[f]; k++)
            any |= g->changes[x->controls[f][k] * g->room + i] > 0;
    return any;
}

static void
check_risk(const struct rw_wheel *g, size_t r, size_t i)
{
    const struct rw_risk *x = &g->m->risks[r];
    double p0 = g->m->threats[x->threat].seen_probability, all = 1;
    double survive =
        product(g, r, i, RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE, MIDDLE);
    double left = product(
        g, r, i, RW_FUNCTION_CONTAINMENT, RW_FUNCTION_LOSS_MINIMISATION, MIDDLE);
    bool mixed = changes(g, r, i), blind = p0 >= 1;

    for (int f = RW_FUNCTION_VISIBILITY; f <= RW_FUNCTION_RECOGNITION; f++) {
        all *= 1 - product(g, r, i, f, f, MIDDLE);
        blind |= x->n_controls[f] == 0;
    }
    same(rw_guard_survive(g, r)[i], survive);
    same(rw_guard_left(g, r)[i], left);
    same(rw_guard_seen(g, r)[i], blind ? p0 : p0 + (1 - p0) * all);
    same(rw_guard_most(g, r)[i],
        product(g, r, i, RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE, WORST));
    assert_int_equal(g->mixed[r * g->room + i] > 0, mixed);
    if (g->plain[r])
        assert_false(mixed);
    if (g->untouched[r])
        assert_true(survive >= 1 && left >= 1 && !mixed);
}

static void
check_rows(const struct rw_wheel *g)
{
    for (size_t i = 0; i < g->w->n; i++) {
        for (size_t c = 0; c < g->m->n_controls; c++)
            check_control(g, c, i);
        for (size_t r = 0; r < g->m->n_risks; r++)
            check_risk(g, r, i);
    }
}

static double
believed(const struct rw_wheel *g, size_t r, size_t i, int f, int last)
{
    const struct rw_risk *x = &g->m->risks[r];
    double left = 1;

    for (; f <= last; f++)
        for (size_t k = 0; k < x->n_controls[f]; k++)
            left *= 1 - rw_believe_worth(g, x->controls[f][k], i);
    return left;
}

static void
check_trust_in(const struct rw_wheel *g, size_t r, size_t i)
{
    double p0 = g->m->threats[g->m->risks[r].threat].seen_probability, seen = 1 - p0;

    for (int f = RW_FUNCTION_VISIBILITY; f <= RW_FUNCTION_RECOGNITION; f++)
        seen *= 1 - believed(g, r, i, f, f);
    same(g->trust.survive[i],
        believed(g, r, i, RW_FUNCTION_AVOIDANCE, RW_FUNCTION_RESISTANCE));
    same(g->trust.left[i],
        believed(g, r, i, RW_FUNCTION_CONTAINMENT, RW_FUNCTION_LOSS_MINIMISATION));
    same(g->trust.seen[i], p0 + seen);
}

static void
check_trust(struct rw_wheel *g, bool held)
{
    rw_value_now(g);
    if (held)
        rw_trust_hold(g);
    for (size_t r = 0; r < g->m->n_risks; r++) {
        rw_trust_risk(g, r);
        for (size_t i = 0; i < g->w->n; i++)
            check_trust_in(g, r, i);
    }
    rw_trust_release(g);
}

/* Twice, as two strategies would ask. */
static void
check_audits(struct rw_world *w)
{
    for (size_t k = 0; k < 2 * w->m->n_controls; k++) {
        size_t c = k / 2;
        const double(*u)[4] = NULL;

        if (w->m->controls[c].fails <= 0)
            continue;
        u = rw_world_audits(w, c);
        for (size_t i = 0; i < w->n; i++) {
            struct rw_stream at = {w->seed, w->m->controls[c].audit_lane};
            double four[4];

            rw_stream_quad(at, w->first + i, w->cycle, four);
            assert_memory_equal(u[i], four, sizeof four);
        }
    }
}

/* What the account has gathered of a cycle, risk by risk. */
static void
check_gathered(const struct rw_wheel *g)
{
    const struct rw_account *a = &g->acc;

    for (size_t i = 0; i < g->w->n; i++) {
        double all = 0;

        for (size_t k = 0; k < g->m->n_threats; k++) {
            const struct rw_threat *x = &g->m->threats[k];
            double sum = 0;

            for (size_t r = x->first_risk; r < x->first_risk + x->n_assets; r++)
                sum += a->risk_loss[r * g->room + i];
            same(a->threat_loss[k * g->room + i], sum);
        }
        for (size_t r = 0; r < g->m->n_risks; r++)
            all += a->risk_loss[r * g->room + i];
        same(a->loss[i], all);
    }
}

/* ---- a block, cycle by cycle ---- */

static void
turn(struct fixture *f, unsigned t)
{
    assert_int_equal(RW_OK, rw_world_cycle(f->w, t, &f->e));
    for (size_t s = 0; s < f->n; s++) {
        rw_account_open(&f->g[s]->acc, f->m, t);
        assert_int_equal(RW_OK, rw_wheel_plan(f->g[s], &f->e));
        assert_int_equal(RW_OK, rw_wheel_do(f->g[s], &f->e));
        check_rows(f->g[s]);
        if (f->g[s]->plans)
            check_trust(f->g[s], t % 2 > 0);
    }
    check_audits(f->w);
    for (size_t k = 0; k < f->m->n_sources; k++)
        rw_strike(&f->x, f->w, f->g, f->n, k);
    for (size_t k = 0; k < f->m->dependence.n_shocks; k++)
        rw_strike_shock(&f->x, f->w, f->g, f->n, k);
    for (size_t s = 0; s < f->n; s++) {
        rw_stage_due(f->g[s]);
        rw_account_gather(&f->g[s]->acc, f->m, f->w->n);
        check_gathered(f->g[s]);
        rw_wheel_check(f->g[s]);
        rw_wheel_act(f->g[s]);
        rw_progress_cycle(f->g[s]);
        rw_account_close(&f->g[s]->acc, f->m, f->w->n, t);
    }
}

/* Two blocks, so that the second finds what the first has left. */
static void
check_blocks(struct fixture *f)
{
    for (uint64_t first = 0; first < 2 * N; first += N) {
        assert_int_equal(RW_OK, rw_world_begin(f->w, first, N, &f->e));
        for (size_t s = 0; s < f->n; s++)
            assert_int_equal(RW_OK, rw_wheel_begin(f->g[s], &f->e));
        for (unsigned t = 0; t < f->m->cycles; t++)
            turn(f, t);
    }
}

static void
rows_of_the_scenarios_are_what_they_stand_for(void **state)
{
    static const char *const name[] = {"scenarios/hospital.json",
        "scenarios/critical_infrastructure.json", "scenarios/cybercrime_response.json",
        "scenarios/cloud_iot.json", "scenarios/loop.json",
        "scenarios/intelligence_sharing.json", "scenarios/workshop.json",
        "tests/golden/clinic.json"};

    (void)state;
    for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
        struct fixture f;

        open_scenario(&f, name[k], false);
        start(&f);
        check_blocks(&f);
        end(&f);
    }
}

/* ---- one future alone ---- */

enum { CHOSEN = 16, ROWS = 400 };

/* What a strategy's cycle has come to: rows of the account, and what candidates were
 * believed to save. */
static size_t
list_rows(const struct rw_wheel *g, const double *rows[])
{
    const struct rw_account *a = &g->acc;
    const struct {
        const double *row;
        size_t n;
    } list[] = {
        {a->loss, 1},
        {a->plain, 1},
        {a->spend, 1},
        {a->incidents, 1},
        {a->seen, 1},
        {a->failed, 1},
        {a->residual, 1},
        {a->year_loss, 1},
        {a->total_loss, 1},
        {a->total_spend, 1},
        {a->npv, 1},
        {a->wheel_spend, 1},
        {a->after, 1},
        {a->year_largest, rw_model_begun_years(g->m)},
        {a->threat_loss, g->m->n_threats},
        {a->total_threat, g->m->n_threats},
        {a->asset_loss, g->m->n_assets},
        {a->form_loss, RW_FORMS},
        {a->pillar_spend, RW_PILLARS},
        {a->control_spend, g->m->benefit ? g->m->n_controls : 0},
        {a->risk_loss, g->m->n_risks},
        {a->risk_rate, g->m->n_risks},
        {a->risk_residual, g->m->n_risks},
        {g->benefit, g->plans ? g->m->n_controls : 0},
        {g->doubt.spread, g->plans ? g->m->n_controls : 0},
    };
    size_t n = 0;

    for (size_t k = 0; k < sizeof list / sizeof *list; k++)
        for (size_t j = 0; j < list[k].n; j++) {
            assert_true(n < ROWS);
            rows[n++] = list[k].row + j * g->room;
        }
    return n;
}

/* Of futures first .. first + n - 1 those chosen are kept, in places by cycle and
 * strategy, or compared with what was. */
static void
follow(struct fixture *f, uint64_t first, size_t n, const size_t chosen[],
    size_t n_chosen, double (*kept)[ROWS], bool compare)
{
    const double *rows[ROWS];

    assert_int_equal(RW_OK, rw_world_begin(f->w, first, n, &f->e));
    for (size_t s = 0; s < f->n; s++)
        assert_int_equal(RW_OK, rw_wheel_begin(f->g[s], &f->e));
    for (unsigned t = 0; t < f->m->cycles; t++) {
        turn(f, t);
        for (size_t s = 0; s < f->n && t + 1 == f->m->cycles; s++)
            rw_stage_close(f->g[s]);
        for (size_t s = 0; s < f->n; s++)
            for (size_t k = 0; k < n_chosen; k++) {
                double *place = kept[(k * f->m->cycles + t) * f->n + s];

                for (size_t j = list_rows(f->g[s], rows); j-- > 0;)
                    if (compare)
                        same(rows[j][chosen[k]], place[j]);
                    else
                        place[j] = rows[j][chosen[k]];
            }
    }
}

/* In a block, alone, and behind what another block has left. */
static void
a_future_does_not_know_its_neighbours(void **state)
{
    static const char *const name[] = {"scenarios/hospital.json",
        "scenarios/cybercrime_response.json", "scenarios/loop.json",
        "tests/golden/clinic.json"};
    size_t chosen[CHOSEN];

    (void)state;
    for (size_t j = 0; j < CHOSEN; j++) /* the first is none of them, the last is */
        chosen[j] = (j + 1) * (N - 1) / CHOSEN;
    for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
        struct fixture f;
        double(*kept)[ROWS];
        size_t each, zero = 0;

        open_scenario(&f, name[k], true);
        start(&f);
        each = f.m->cycles * f.n;
        kept = calloc(CHOSEN * each, sizeof *kept);
        for (size_t j = 0; j < CHOSEN; j++)
            follow(&f, chosen[j], 1, &zero, 1, kept + j * each, false);
        follow(&f, 0, N, chosen, CHOSEN, kept, true);
        free(kept);
        end(&f);
    }
}

/* The ledger of a block, again behind another block's. */
static void
a_block_finds_nothing_of_the_block_before(void **state)
{
    static const char *const name[] = {"scenarios/hospital.json", "scenarios/loop.json",
        "tests/golden/clinic.json", "tests/bench/static.json"};

    (void)state;
    for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
        static const size_t all[MOST] = {0, 1, 2, 3, 4, 5, 6, 7};
        static const uint64_t first[] = {0, 3 * N, 0};
        struct fixture f;
        struct rw_sink sink = {0};
        struct rw_moments *ledger[3];
        struct rw_turn *x;

        open_scenario(&f, name[k], true);
        f.n = f.m->n_strategies < MOST ? f.m->n_strategies : MOST;
        assert_int_equal(RW_OK, rw_prior_make(f.m, SEED, NULL, &f.prior, &f.e));
        assert_int_equal(
            RW_OK, rw_turn_new(f.m, SEED, all, f.n, &f.prior, N, NULL, &x, &f.e));
        for (size_t j = 0; j < 3; j++) {
            ledger[j] = calloc(x->layout.size, sizeof **ledger);
            assert_int_equal(
                RW_OK, rw_turn_block(x, first[j], N, &sink, ledger[j], &f.e));
        }
        for (size_t j = 0; j < x->layout.size; j++)
            assert_memory_equal(&ledger[0][j], &ledger[2][j], sizeof **ledger);
        for (size_t s = 0; s < f.n; s++) { /* who watches foretells of all risks */
            const struct rw_moments *at = ledger[2] + rw_layout_cycle(&x->layout, s, 0);

            assert_true(x->wheels[s]->watches
                            ? at[RW_FIGURE_NOMINAL].mean >= 0.9 - 1e-12
                            : at[RW_FIGURE_NOMINAL].mean == 0);
        }
        for (size_t j = 0; j < 3; j++)
            free(ledger[j]);
        rw_turn_free(x);
        rw_prior_fini(&f.prior);
        rw_arena_fini(&f.a);
        rw_catalogue_free(f.c);
    }
}

/* Bought in a cycle that is each future's own: 0 to 4 of building. */
static void
each_future_wears_at_its_own_age(void **state)
{
    struct fixture f;
    double ages = 0;

    (void)state;
    memset(&f, 0, sizeof f);
    rw_arena_init(&f.a);
    f.m = small_model(&f.a, 1, 1, 1, 2, 8, 4);
    f.m->controls[0].efficacy.dist = rw_dist_constant(0.8);
    f.m->controls[0].half_life = 0.6;
    f.m->controls[0].delivery.overruns = true;
    f.m->controls[0].delivery.overrun.dist =
        SMALL_DIST("uniform", {"min", 0}, {"max", 1});
    small_plan(f.m, &f.a, 1, 0, 0);
    small_build(f.m, &f.a);
    start(&f);
    check_blocks(&f);
    for (size_t i = 0; i < N; i++) { /* mean of 2^-(a / h) over the last cycle */
        double a = (7 - f.g[1]->since[i]) * 0.25, h = 0.6;

        ages += f.g[1]->since[i] != f.g[1]->since[0];
        assert_close(f.g[1]->stands[i],
            0.8 * h / M_LN2 * (exp2(-a / h) - exp2(-(a + 0.25) / h)) / 0.25, 1e-12);
    }
    assert_true(ages > N / 2.0);
    end(&f);
}

CHECK_MAIN(cmocka_unit_test(rows_of_the_scenarios_are_what_they_stand_for),
    cmocka_unit_test(a_future_does_not_know_its_neighbours),
    cmocka_unit_test(a_block_finds_nothing_of_the_block_before),
    cmocka_unit_test(each_future_wears_at_its_own_age))
