/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/samplers.h"

#include "num/mixture.h"
#include "num/sampler_tree.h"
#include "tests/num/laws.h"

enum { LAWS = sizeof laws / sizeof *laws, ALL = LAWS + 2, TEAMS = 4 };

static struct rw_dist
dist_of(size_t k, struct rw_arena *a)
{
    const double weight[] = {0.6, 0.4};
    struct rw_dist d, part[2];
    char why[RW_DIST_WHY];
    size_t n = 0;
    int bad;

    if (k == LAWS)
        return rw_dist_constant(7);
    if (k > LAWS) { /* a table does not do: a tree */
        part[0] = rw_dist_constant(10);
        part[1] = dist_of(0, a);
        assert_int_equal(rw_mixture_make(weight, part, 2, a, &d, &bad, why), RW_OK);
        return d;
    }
    while (n < 5 && laws[k].args[n].name != NULL)
        n++;
    assert_int_equal(rw_dist_make(laws[k].name, laws[k].args, n, &d, &bad, why), RW_OK);
    if (k % 3 == 0)
        d.cap = laws[k].q[3];
    return d;
}

static void
check_alike(const struct rw_sampler *x, const struct rw_sampler *y)
{
    assert_int_equal(x->known, y->known);
    assert_true(x->low == y->low && x->high == y->high && x->constant == y->constant);
    assert_true(x->body_error == y->body_error && x->tail_error == y->tail_error);
    assert_int_equal(x->table == NULL, y->table == NULL);
    assert_int_equal(x->tree == NULL, y->tree == NULL);
    if (x->table != NULL)
        assert_memory_equal(x->table, y->table, RW_SAMPLER_ROWS * sizeof x->table[0]);
    for (double u = 0x1p-45; u < 1; u += u < 0.01 ? u / 2 : 0.013)
        assert_true(rw_sampler_quantile(x, u) == rw_sampler_quantile(y, u));
}

static void
tables_made_later_are_those_made_at_once(void **state)
{
    static const unsigned teams[TEAMS] = {1, 2, 3, 8};
    size_t tables = 0, trees = 0;

    (void)state;
    for (size_t w = 0; w < TEAMS; w++) {
        static struct rw_sampler later[ALL];
        struct rw_team *t = rw_team_new(teams[w]);
        struct rw_samplers list = {NULL, 0};
        struct rw_arena a;

        rw_arena_init(&a);
        for (size_t k = 0; k < ALL; k++) {
            struct rw_dist d = dist_of(k, &a);

            assert_int_equal(rw_samplers_add(&list, &later[k], &d, &a), RW_OK);
        }
        assert_int_equal(rw_samplers_make(&list, &a, t), RW_OK);
        assert_int_equal(list.n, 0);
        for (size_t k = 0; k < ALL; k++) {
            struct rw_dist d = dist_of(k, &a);
            struct rw_sampler at_once;

            assert_int_equal(rw_sampler_init(&at_once, &d, &a), RW_OK);
            check_alike(&later[k], &at_once);
            tables += at_once.table != NULL;
            trees += at_once.tree != NULL;
        }
        rw_arena_fini(&a);
        rw_team_free(t);
    }
    assert_true(tables > 0 && trees > 0);
}

static void
an_empty_list_is_made(void **state)
{
    struct rw_samplers list = {NULL, 0};
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    assert_int_equal(rw_samplers_make(&list, &a, NULL), RW_OK);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(tables_made_later_are_those_made_at_once),
    cmocka_unit_test(an_empty_list_is_made))
