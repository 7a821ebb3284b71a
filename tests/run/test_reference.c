/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole run against compound laws computed by other means.
 *
 * cyber_negbin_lognormal: negative binomial count (r 1.2, beta 2.5: mean 3,
 * variance 10.5) of lognormal losses whose 90 % interval is [50k, 2.5M].
 * The figures come from a tilted FFT on 2^22 points and agree with Panjer's
 * recursion (R, package actuar) to its step. */
#include "num/tail.h"
#include "tests/support/check.h"
#include "tests/support/small.h"

enum { N = 1000000 };

static void
negbin_lognormal_agrees_with_its_exact_law(void **state)
{
    static const struct {
        double p, value;
    } want[] = {{0.5, 990605.9014}, {0.9, 5795395.899}, {0.95, 8199667.559},
        {0.99, 14550464.55}, {0.995, 17707277.15}, {0.999, 26575361.93}};
    const double level = 1 - 1e-6;
    struct rw_arena a;
    struct rw_model *m;
    struct rw_outcome *o;
    struct rw_tvar v;
    double *x, *tmp = malloc(N * sizeof *tmp), zero = 0;

    (void)state;
    rw_arena_init(&a);
    m = small_model(&a, 1, 1, 0, 1, 1, 1);
    m->threats[0].frequency.dist = rw_dist_constant(3);
    m->threats[0].law = RW_COUNT_NEGBIN;
    m->threats[0].dispersion = 1 / 1.2;
    m->threats[0].losses[0].amount =
        SMALL_DIST("lognormal", {"p5", 50000}, {"p95", 2500000});
    small_build(m, &a);
    o = small_run(m, N, 27032, 0);
    x = o->year_loss[0];
    assert_close(
        rw_sum_array(x, N) / N, 2151047.26576, CHECK_Z * 3193633.42887 / sqrt(N));
    rw_sort(x, N, tmp);
    for (size_t i = 0; i < N && x[i] == 0; i++)
        zero++;
    assert_close(
        zero / N, 0.2223915833, CHECK_Z * sqrt(0.2223915833 * (1 - 0.2223915833) / N));
    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        struct rw_quantile q = rw_tail_quantile(x, N, want[k].p, level);

        assert_false(q.refused);
        if (!(q.low <= want[k].value && want[k].value <= q.high))
            fail_msg("VaR %g: %.8g outside [%.8g, %.8g]", want[k].p, want[k].value,
                q.low, q.high);
    }
    v = rw_tail_tvar(x, N, 0.95);
    assert_close(v.value, 12325470.2, CHECK_Z * v.se);
    v = rw_tail_tvar(x, N, 0.99);
    assert_close(v.value, 19769807.2, CHECK_Z * v.se);
    free(tmp);
    rw_outcome_free(o);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(negbin_lognormal_agrees_with_its_exact_law))
