/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events k-th by k-th against the lists of them. */
#include "num/cpu.h"
#include "tests/support/check.h"
#include "tests/support/small.h"
#include "world/world.h"

enum { ROOM = 1024, CYCLES = 4 };

struct fixture {
    struct rw_arena a;
    struct rw_model *m;
    struct rw_world *w;
};

static void
begin(struct fixture *f)
{
    rw_arena_init(&f->a);
    f->m = small_model(&f->a, 2, 1, 0, 1, CYCLES, 4);
    f->m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"mu", 3}, {"sigma", 1.5});
}

static void
open_world(struct fixture *f, size_t n)
{
    struct rw_error e;

    rw_error_clear(&e);
    small_build(f->m, &f->a);
    assert_int_equal(RW_OK, rw_world_new(f->m, 7, n, NULL, &f->w, &e));
    assert_int_equal(RW_OK, rw_world_begin(f->w, 3 * RW_STREAM_GROUP, n, &e));
}

static void
turn_to(struct fixture *f, unsigned t)
{
    struct rw_error e;

    assert_int_equal(RW_OK, rw_world_cycle(f->w, t, &e));
}

static void
end(struct fixture *f)
{
    rw_world_free(f->w);
    rw_arena_fini(&f->a);
}

enum { FORMS = 3 };

/* By future. */
struct rows {
    uint8_t number[ROOM];
    double cost[ROOM], form[FORMS][ROOM];
};

/* As the lists with no bound have it. */
static void
take_lists(struct fixture *f, struct rows *r)
{
    static struct rw_event_list list;
    static double loss[FORMS][RW_EVENTS_ROOM], total[RW_EVENTS_ROOM];
    struct rw_event_cursor at;

    memset(r, 0, sizeof *r);
    rw_world_events_begin(f->w, 0, f->w->ones, &at);
    while (rw_world_events(f->w, &at, &list)) {
        const double *x = rw_world_losses(f->w, 0, &list, loss, total);

        for (size_t e = 0; e < list.n; e++) {
            size_t i = list.event[e].future;

            r->number[i]++;
            r->cost[i] += x[e];
            for (size_t j = 0; j < f->m->threats[0].n_losses; j++)
                r->form[j][i] += loss[j][e];
        }
    }
}

static void
take_ranks(struct fixture *f, struct rows *r)
{
    static double loss[FORMS][RW_EVENTS_ROOM], total[RW_EVENTS_ROOM];
    const struct rw_ranks *x = rw_world_rank(f->w, 0);
    const double *sum;

    memset(r, 0, sizeof *r);
    memcpy(r->number, x->number, f->w->n * sizeof *r->number);
    for (size_t from = 0; from < x->over[0]; from += RW_RANKS_STEP) {
        size_t have = 1;

        rw_world_rank_turn(f->w, from);
        for (unsigned k = 0; have > 0; k++) {
            have = rw_world_rank_losses(f->w, k, loss, total, &sum);
            for (size_t e = 0; e < have; e++) {
                size_t i = x->future[from + e];

                assert_true(x->number[i] > k);
                r->cost[i] += sum[e];
                for (size_t j = 0; j < f->m->threats[0].n_losses; j++)
                    r->form[j][i] += loss[j][e];
            }
        }
    }
}

static void
check(struct fixture *f)
{
    static struct rows want, have;

    take_lists(f, &want);
    assert_true(rw_world_ranked(f->w, 0));
    take_ranks(f, &have);
    assert_memory_equal(&want, &have, sizeof want);
}

/* One certain loss, or three, the second of which may not happen. */
static void
check_rate(double rate, bool unsure, size_t n, size_t losses)
{
    struct fixture f;

    begin(&f);
    f.m->threats[0].n_losses = losses;
    for (size_t j = 1; j < losses; j++) {
        f.m->threats[0].losses[j] = f.m->threats[0].losses[0];
        f.m->threats[0].losses[j].form = (enum rw_loss_form)j;
    }
    if (losses > 1)
        f.m->threats[0].losses[1].secondary = 0.4;
    f.m->threats[0].frequency.dist =
        unsure ? SMALL_DIST("uniform", {"min", 0}, {"max", rate})
               : rw_dist_constant(rate);
    f.m->threats[0].loss_factor.dist =
        SMALL_DIST("uniform", {"min", 0.5}, {"max", 1.5});
    open_world(&f, n);
    for (unsigned t = 0; t < CYCLES; t++) {
        turn_to(&f, t);
        check(&f);
    }
    end(&f);
}

/* Quarters: the highest rate has 8 events a cycle. */
static void
ranked_events_are_those_of_lists(void **state)
{
    static const double rates[] = {0, 0.01, 1, 4, 20, 32};
    static const size_t rooms[] = {1, 7, 255, 256, 257, 1024};

    (void)state;
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++)
        for (size_t j = 0; j < sizeof rooms / sizeof *rooms; j++) {
            for (size_t losses = 1; losses < 4; losses += 2) {
                check_rate(rates[k], false, rooms[j], losses);
                if (rates[k] > 0)
                    check_rate(rates[k], true, rooms[j], losses);
            }
        }
}

static void
narrower_kernels_have_the_same_events(void **state)
{
    rw_cpu_keep_within(256);
    ranked_events_are_those_of_lists(state);
    rw_cpu_keep_within(128);
    ranked_events_are_those_of_lists(state);
    rw_cpu_keep_within(512);
}

static void
change(struct fixture *f, unsigned how)
{
    struct rw_threat *t;

    begin(f);
    t = &f->m->threats[0];
    switch (how) {
    case 0:
        t->frequency.dist =
            rw_dist_constant(33); /* more than RW_POISSON_MOST a cycle */
        break;
    case 1:
        t->assets[1] = 1;
        t->n_assets = 2;
        t->systemic = true;
        break;
    case 2:
        t->law = RW_COUNT_BINOMIAL;
        t->chances = 12;
        break;
    case 3:
        t->children = 0.5;
        t->child_delay = 0.1;
        break;
    }
}

static void
what_is_of_another_kind_is_not_ranked(void **state)
{
    (void)state;
    for (unsigned how = 0; how < 4; how++) {
        struct fixture f;

        change(&f, how);
        open_world(&f, 64);
        turn_to(&f, 0);
        assert_false(rw_world_ranked(f.w, 0));
        end(&f);
    }
}

CHECK_MAIN(cmocka_unit_test(ranked_events_are_those_of_lists),
    cmocka_unit_test(narrower_kernels_have_the_same_events),
    cmocka_unit_test(what_is_of_another_kind_is_not_ranked))
