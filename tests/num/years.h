/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/num/years.h -- years whose law is known to about ten digits, for the
 * tests and the bench of num/aggregate.h.
 *
 * The figures were computed apart from this program, in Python: an FFT of 2^23
 * points, severities rounded or split between lattice points, extrapolated
 * from two steps; those with exponential and gamma losses by the closed form
 * F(x) = p0 + sum p_n P(n shape, x / scale).  R's actuar (aggregateDist,
 * recursive) agrees to its 3e-6 .. 1e-3, rigorous lattice bounds enclose them.
 * Models: Poisson(50) x Exp(1) from Embrechts and Frei (2009), table 1;
 * Poisson x lognormal(0, 2) from Luo and Shevchenko, arXiv:0904.0830.
 * Digits are those printed there.
 */
#ifndef RW_TESTS_NUM_YEARS_H
#define RW_TESTS_NUM_YEARS_H

#include "num/aggregate.h"
#include "tests/support/check.h"

#include <gsl/gsl_integration.h>

enum { YEARS = 10, YEAR_VARS = 6, YEAR_TVARS = 2, YEAR_POINTS = 3, YEAR_NODES = 24 };

static const double year_q[YEAR_VARS] = {0.5, 0.9, 0.95, 0.99, 0.995, 0.999};
static const double year_tail_q[YEAR_TVARS] = {0.95, 0.99};

struct year_figures {
    const char *name;
    double mean, sd, p0, var[YEAR_VARS], tvar[YEAR_TVARS];
    struct {
        double x, sf; /* x 0: none */
    } beyond[YEAR_POINTS];
};

static const struct year_figures year_figures[YEARS] = {
    {"EF2009_pois50_exp1", 50.0, 10.0, 1.92874984796e-22,
        {49.49915737, 63.1051257, 67.2614522, 75.4145064, 78.51545093, 85.10595539},
        {72.2744814, 79.6901085}, {{60, 0.158104049}, {80, 0.00353503368}}},
    {"LS_pois1_ln0_2", 7.38905609893, 54.5981500331, 0.367879441171,
        {0.3952400563, 13.86754468, 28.93967672, 109.7797217, 178.5934703, 490.5497104},
        {98.1537511, 280.978251}, {{500, 0.000967939617}}},
    {"LS_pois10_ln0_2", 73.8905609893, 172.654510136, 4.53999297625e-05,
        {40.12756778, 150.6837136, 229.1447831, 555.7572609, 797.5195735, 1779.158482},
        {483.220554, 1094.56449}, {{1000, 0.00320800567}}},
    {"cyber_negbin_lognormal", 2151047.26576, 3193633.42887, 0.2223915833,
        {990605.9014, 5795395.899, 8199667.559, 14550464.55, 17707277.15, 26575361.93},
        {12325470.2, 19769807.2},
        {{1000000, 0.498119664}, {5000000, 0.127322203}, {10000000, 0.0307225276}}},
    {"negbin2_4_gamma2_50k", 400000.0, 374165.738677, 0.111111111111,
        {306344.7274, 902205.793, 1133998.705, 1648969.189, 1864378.981, 2355187.361},
        {1453161.06, 1956710.6}, {{1000000, 0.0748718468}}},
    {"pert_pois0_8", 376666.666667, 505234.504722, 0.449328964117,
        {145945.7878, 1092659.212, 1402647.815, 2079923.988, 2350612.682, 2950343.975},
        {1819282.68, 2460979.87}, {{1000000, 0.121783559}}},
    {"lambda_pert_lognormal", 635640.976262, 1120180.81748, 0.135037955973,
        {299445.6153, 1571066.138, 2324940.222, 4821998.562, 6356322.261, 11559476.03},
        {4065377.07, 7708988.06}, {{1000000, 0.188564307}, {5000000, 0.0091502851}}},
    {"zip_lognormal", 161002.371913, 395373.761521, 0.689252064059,
        {0.0, 554628.7852, 899470.2093, 1824991.973, 2297183.217, 3639586.038},
        {1502444.54, 2604344.22}, {{1000000, 0.0412480251}}},
    {"fair_primary_secondary", 497297.977916, 1166098.70179, 0.223130160148,
        {151404.2113, 1276832.418, 2119788.129, 5056342.392, 6867380.73, 12856177.15},
        {4146264.04, 8379910.55}, {{1000000, 0.131630182}, {5000000, 0.0102445295}}},
    {"insured_retained_pois1_2", 236553.346233, 1339447.39337, 0.301194211912,
        {100000.0, 262068.4228, 400000.0, 4030624.011, 6684167.486, 16426808.81},
        {3023726.74, 9348682.12}, {{150000, 0.26405404}, {1000000, 0.0323596842}}},
};

struct year {
    struct rw_event_part part[2];
    struct rw_compound_member member;
    struct rw_compound c;
    double m[YEAR_NODES], weight[YEAR_NODES];
};

#define YEAR_LAW(name, ...)                                                            \
    year_law(name, (const struct rw_dist_arg[]){__VA_ARGS__},                          \
        sizeof((const struct rw_dist_arg[]){__VA_ARGS__}) /                            \
            sizeof(struct rw_dist_arg))

static inline struct rw_dist
year_law(const char *name, const struct rw_dist_arg args[], size_t n)
{
    struct rw_dist d;
    char why[RW_DIST_WHY];
    int bad;

    if (rw_dist_make(name, args, n, &d, &bad, why) != RW_OK)
        fail_msg("%s: %s", name, why);
    return d;
}

/* Poisson(m) of one amount. */
static inline void
year_plain(struct year *y, double m, struct rw_dist amount)
{
    *y = (struct year){.m = {m}, .weight = {1}};
    y->part[0] = (struct rw_event_part){.amount = amount, .scale = 1, .probability = 1};
    y->part[1] = y->part[0];
    y->member.share = 1;
    y->member.event.parts = y->part;
    y->member.event.n_parts = 1;
    y->c = (struct rw_compound){.law = RW_COUNT_POISSON,
        .m = y->m,
        .weight = y->weight,
        .n_nodes = 1,
        .members = &y->member,
        .n_members = 1};
}

static inline struct rw_dist
year_lognormal(double mu, double sigma)
{
    return YEAR_LAW("lognormal", {"mu", mu}, {"sigma", sigma});
}

static inline struct rw_dist
year_pert(double min, double mode, double max)
{
    return YEAR_LAW("pert", {"min", min}, {"mode", mode}, {"max", max});
}

/* m ~ PERT(0.5, 2, 6): Gauss and Jacobi's quadrature of its beta density. */
static inline void
year_mixed(struct year *y)
{
    double above = 4 * 1.5 / 5.5, beneath = 4 * 4 / 5.5, sum = 0;
    gsl_integration_fixed_workspace *g = gsl_integration_fixed_alloc(
        gsl_integration_fixed_jacobi, YEAR_NODES, 0.5, 6, beneath, above);

    for (size_t k = 0; k < YEAR_NODES; k++) {
        y->m[k] = gsl_integration_fixed_nodes(g)[k];
        sum += y->weight[k] = gsl_integration_fixed_weights(g)[k];
    }
    for (size_t k = 0; k < YEAR_NODES; k++)
        y->weight[k] /= sum;
    gsl_integration_fixed_free(g);
    y->c.n_nodes = YEAR_NODES;
}

static inline void
year_make(struct year *y, int i)
{
    static const double m[YEARS] = {50, 1, 10, 3, 4, 0.8, 1, 1.5, 1.5, 1.2};
    struct rw_dist amount;

    switch (i) {
    case 0:
        amount = YEAR_LAW("exponential", {"mean", 1});
        break;
    case 1:
    case 2:
        amount = year_lognormal(0, 2);
        break;
    case 3:
        amount = year_lognormal(12.775789787124356, 1.1891705563730266);
        break;
    case 4:
        amount = YEAR_LAW("gamma", {"shape", 2}, {"scale", 50000});
        break;
    case 5:
        amount = year_pert(25000, 200000, 2000000);
        break;
    case 8:
        amount = year_pert(10000, 50000, 300000);
        break;
    default:
        amount = year_lognormal(i == 6 ? 11.5 : 12, i == 6 ? 1.4 : i == 7 ? 1 : 1.5);
    }
    year_plain(y, m[i], amount);
    if (i == 3 || i == 4) {
        y->c.law = RW_COUNT_NEGBIN;
        y->c.dispersion = i == 3 ? 1 / 1.2 : 0.5;
    } else if (i == 6) {
        year_mixed(y);
    } else if (i == 7) {
        y->c.law = RW_COUNT_ZIP;
        y->c.zero = 0.6;
    } else if (i == 8) {
        y->part[1].amount = year_lognormal(12.89921982609012, 1.2);
        y->part[1].probability = 0.3;
        y->member.event.n_parts = 2;
    } else if (i == 9) {
        y->member.event.deductible = 100000;
        y->member.event.limit = 2000000;
    }
}

#endif
