/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E[min(X, m)], the limited expected value. */
#include "num/quad.h"
#include "tests/num/laws.h"

#include <float.h>

/* Integrals of 1 - F over (low, m), and for gamma, beta and weibull the
 * incomplete functions themselves: independent computation with 40 digits. */
static const struct {
    const char *name;
    struct rw_dist_arg args[5];
    double m, lev;
} known[] = {
    {"lognormal", {{"mu", 0}, {"sigma", 2}}, 0.001, 0.00099990578385383679511},
    {"lognormal", {{"mu", 0}, {"sigma", 2}}, 1, 0.66810200122317060643},
    {"lognormal", {{"mu", 0}, {"sigma", 2}}, 1000, 7.1260220494386254618},
    {"lognormal", {{"mu", 0}, {"sigma", 2}}, 1000000000000, 7.3890560989306502272},
    {"lognormal", {{"mu", 12.7757898}, {"sigma", 1.1891706}}, 1000,
        999.99992605168040137},
    {"lognormal", {{"mu", 12.7757898}, {"sigma", 1.1891706}}, 353553,
        260800.90773857507176},
    {"lognormal", {{"mu", 12.7757898}, {"sigma", 1.1891706}}, 2500000,
        609481.14951882900485},
    {"lognormal", {{"mu", 12.7757898}, {"sigma", 1.1891706}}, 1000000000,
        717015.79929020029057},
    {"lognormal", {{"mu", 3}, {"sigma", 0.01}}, 19, 18.999999999555577979},
    {"lognormal", {{"mu", 3}, {"sigma", 0.01}}, 20, 19.955970165186022396},
    {"lognormal", {{"mu", 3}, {"sigma", 0.01}}, 20.1, 20.012930642990127218},
    {"lognormal", {{"mu", 3}, {"sigma", 0.01}}, 25, 20.086541225141166732},
    {"normal", {{"mean", 10}, {"sd", 3}}, -20, -20.0},
    {"normal", {{"mean", 10}, {"sd", 3}}, 0, -0.00033623365690494375526},
    {"normal", {{"mean", 10}, {"sd", 3}}, 9, 8.2372916571027841462},
    {"normal", {{"mean", 10}, {"sd", 3}}, 10, 8.8031731587957019662},
    {"normal", {{"mean", 10}, {"sd", 3}}, 14, 9.87281465487549062},
    {"normal", {{"mean", 10}, {"sd", 3}}, 60, 10.0},
    {"normal", {{"mean", -3}, {"sd", 0.5}}, -8, -8.0},
    {"normal", {{"mean", -3}, {"sd", 0.5}}, -3, -3.199471140200716339},
    {"normal", {{"mean", -3}, {"sd", 0.5}}, 0, -3.0000000000781784898},
    {"normal", {{"mean", -3}, {"sd", 0.5}}, 20, -3.0},
    {"gamma", {{"shape", 0.05}, {"scale", 20}}, 1.0e-10, 7.3366923143314309577e-11},
    {"gamma", {{"shape", 0.05}, {"scale", 20}}, 0.001, 0.00040376040567423769877},
    {"gamma", {{"shape", 0.05}, {"scale", 20}}, 5, 0.46274084614552054366},
    {"gamma", {{"shape", 0.05}, {"scale", 20}}, 345, 0.99999999799611794447},
    {"gamma", {{"shape", 1.2}, {"scale", 2.5}}, 1.0e-6, 9.9999999133146925675e-7},
    {"gamma", {{"shape", 1.2}, {"scale", 2.5}}, 0.23, 0.22476561218444794969},
    {"gamma", {{"shape", 1.2}, {"scale", 2.5}}, 3, 1.9793387617724982576},
    {"gamma", {{"shape", 1.2}, {"scale", 2.5}}, 60, 2.9999999998028277089},
    {"gamma", {{"shape", 10000}, {"scale", 1}}, 9000, 9000.0},
    {"gamma", {{"shape", 10000}, {"scale", 1}}, 10000, 9960.1061044103717435},
    {"gamma", {{"shape", 10000}, {"scale", 1}}, 10300, 9999.9571890713472975},
    {"exponential", {{"mean", 7}}, 1.0e-9, 9.9999999992857142857e-10},
    {"exponential", {{"mean", 7}}, 1, 0.93185470174872860748},
    {"exponential", {{"mean", 7}}, 30, 6.9036534928686471983},
    {"exponential", {{"mean", 7}}, 200, 6.9999999999972667191},
    {"weibull", {{"shape", 0.3}, {"scale", 5}}, 1.0e-8, 9.9811230280191892678e-9},
    {"weibull", {{"shape", 0.3}, {"scale", 5}}, 1, 0.62620216370793772757},
    {"weibull", {{"shape", 0.3}, {"scale", 5}}, 100, 16.94689106518050985},
    {"weibull", {{"shape", 0.3}, {"scale", 5}}, 100000, 46.302576664870231752},
    {"weibull", {{"shape", 0.58}, {"scale", 145}}, 1, 0.96541161446374367253},
    {"weibull", {{"shape", 0.58}, {"scale", 145}}, 145, 79.52250757969344991},
    {"weibull", {{"shape", 0.58}, {"scale", 145}}, 3000, 225.32086167153783009},
    {"weibull", {{"shape", 20}, {"scale", 3}}, 0.5, 0.49999999999999999349},
    {"weibull", {{"shape", 20}, {"scale", 3}}, 2.9, 2.8380686937732309725},
    {"weibull", {{"shape", 20}, {"scale", 3}}, 3.3, 2.9204867140628966989},
    {"weibull", {{"shape", 5000}, {"scale", 3}}, 2.9, 2.9},
    {"weibull", {{"shape", 5000}, {"scale", 3}}, 3, 2.9995221471633282181},
    {"weibull", {{"shape", 5000}, {"scale", 3}}, 3.01, 2.9996537892660037332},
    {"weibull", {{"shape", 0.004}, {"scale", 1e-40}, {"cap", 1e150}}, 1,
        0.23700725315443644373},
    {"weibull", {{"shape", 0.004}, {"scale", 1e-40}, {"cap", 1e150}}, 1.0e+120,
        1.2937625662575255109e+118},
    {"lomax", {{"alpha", 1.05}, {"theta", 1000}}, 1.0e-6, 9.9999999947500000036e-7},
    {"lomax", {{"alpha", 1.05}, {"theta", 1000}}, 100, 95.083439365823027975},
    {"lomax", {{"alpha", 1.05}, {"theta", 1000}}, 1000000000, 9976.2558286415248041},
    {"lomax", {{"alpha", 1.05}, {"theta", 1000}}, 1000000000000000,
        14976.227136981090966},
    {"lomax", {{"alpha", 1}, {"theta", 10}, {"cap", 1e100}}, 0.001,
        0.00099995000333308335333},
    {"lomax", {{"alpha", 1}, {"theta", 10}, {"cap", 1e100}}, 50, 17.917594692280550008},
    {"lomax", {{"alpha", 1}, {"theta", 10}, {"cap", 1e100}}, 1000000000,
        184.20680753952365422},
    {"lomax", {{"alpha", 0.4}, {"theta", 10}, {"cap", 1e100}}, 1,
        0.98088088202974233058},
    {"lomax", {{"alpha", 0.4}, {"theta", 10}, {"cap", 1e100}}, 1000000000,
        1051578.9137765621812},
    {"lomax", {{"alpha", 2.5}, {"theta", 300000}}, 10, 9.9995833495364294204},
    {"lomax", {{"alpha", 2.5}, {"theta", 300000}}, 300000, 129289.32188134524756},
    {"lomax", {{"alpha", 2.5}, {"theta", 300000}}, 100000000, 199967.28397900558947},
    {"lomax", {{"alpha", 20}, {"theta", 1000}}, 0.1, 0.099900069961517702919},
    {"lomax", {{"alpha", 20}, {"theta", 1000}}, 60, 35.236157342144754196},
    {"lomax", {{"alpha", 20}, {"theta", 1000}}, 5000, 52.631578947368334681},
    {"gpd", {{"xi", 0.4969856}, {"beta", 6.9754685}, {"threshold", 10}}, 10.001,
        10.000999928325354104},
    {"gpd", {{"xi", 0.4969856}, {"beta", 6.9754685}, {"threshold", 10}}, 15,
        13.680207690305513304},
    {"gpd", {{"xi", 0.4969856}, {"beta", 6.9754685}, {"threshold", 10}}, 100,
        22.041389025167849929},
    {"gpd", {{"xi", 0.4969856}, {"beta", 6.9754685}, {"threshold", 10}}, 1000000,
        23.867163656581257139},
    {"gpd", {{"xi", 1e-9}, {"beta", 2}, {"threshold", 0}}, 1.0e-5,
        9.9999750000416666146e-6},
    {"gpd", {{"xi", 1e-9}, {"beta", 2}, {"threshold", 0}}, 2, 1.2642411178177181509},
    {"gpd", {{"xi", 1e-9}, {"beta", 2}, {"threshold", 0}}, 30, 1.9999993901952803814},
    {"gpd", {{"xi", 0}, {"beta", 2}, {"threshold", 0}}, 2, 1.2642411176571153568},
    {"gpd", {{"xi", -1e-12}, {"beta", 2}, {"threshold", 0}}, 2, 1.264241117656954754},
    {"gpd", {{"xi", -1e-12}, {"beta", 2}, {"threshold", 0}}, 30, 1.999999388193359075},
    {"gpd", {{"xi", -0.4}, {"beta", 3}, {"threshold", 1}}, 1.1, 1.0983444259011518691},
    {"gpd", {{"xi", -0.4}, {"beta", 3}, {"threshold", 1}}, 4, 2.7843295416653705512},
    {"gpd", {{"xi", -0.4}, {"beta", 3}, {"threshold", 1}}, 8.4, 3.1428565563425836804},
    {"gpd", {{"xi", -1}, {"beta", 3}, {"threshold", 0}}, 1, 0.83333333333333333333},
    {"gpd", {{"xi", -1}, {"beta", 3}, {"threshold", 0}}, 2.9, 1.4983333333333333333},
    {"gpd", {{"xi", 1}, {"beta", 5}, {"cap", 1e100}}, 5, 3.4657359027997265471},
    {"gpd", {{"xi", 1}, {"beta", 5}, {"cap", 1e100}}, 100000000, 84.056214407591319238},
    {"gpd", {{"xi", 1.5}, {"beta", 5}, {"cap", 1e100}}, 1, 0.91392883061105845119},
    {"gpd", {{"xi", 1.5}, {"beta", 5}, {"cap", 1e100}}, 1000000000000,
        66933.295008291333627},
    {"gpd", {{"xi", 0.95}, {"beta", 100}, {"threshold", 0}}, 1, 0.99503226617491623615},
    {"gpd", {{"xi", 0.95}, {"beta", 100}, {"threshold", 0}}, 1000000000000,
        1403.1205208391621035},
    {"beta", {{"alpha", 0.05}, {"beta", 3}, {"min", 0}, {"max", 1}}, 1.0e-10,
        6.758665398343222573e-11},
    {"beta", {{"alpha", 0.05}, {"beta", 3}, {"min", 0}, {"max", 1}}, 0.01,
        0.0018621003988182076466},
    {"beta", {{"alpha", 0.05}, {"beta", 3}, {"min", 0}, {"max", 1}}, 0.9,
        0.016392966836988616472},
    {"beta", {{"alpha", 12}, {"beta", 88}, {"min", 0}, {"max", 1}}, 0.01,
        0.009999999999662688216},
    {"beta", {{"alpha", 12}, {"beta", 88}, {"min", 0}, {"max", 1}}, 0.12,
        0.10712706913968831273},
    {"beta", {{"alpha", 12}, {"beta", 88}, {"min", 0}, {"max", 1}}, 0.4,
        0.1199999999984185537},
    {"beta", {{"alpha", 2}, {"beta", 3}, {"min", -1}, {"max", 4}}, -0.9, -0.9000784096},
    {"beta", {{"alpha", 2}, {"beta", 3}, {"min", -1}, {"max", 4}}, 0.5, 0.30371},
    {"beta", {{"alpha", 2}, {"beta", 3}, {"min", -1}, {"max", 4}}, 3.9, 0.9999992096},
    {"beta", {{"alpha", 0.3}, {"beta", 0.4}, {"min", 0}, {"max", 1}}, 0.0001,
        0.000096835244268526000388},
    {"beta", {{"alpha", 0.3}, {"beta", 0.4}, {"min", 0}, {"max", 1}}, 0.4,
        0.2420717749971295061},
    {"beta", {{"alpha", 0.3}, {"beta", 0.4}, {"min", 0}, {"max", 1}}, 0.999,
        0.42854938590854744524},
    {"pert", {{"min", 10000}, {"mode", 50000}, {"max", 500000}}, 10001,
        10000.999999917127167},
    {"pert", {{"min", 10000}, {"mode", 50000}, {"max", 500000}}, 118333,
        87321.630784277278582},
    {"pert", {{"min", 10000}, {"mode", 50000}, {"max", 500000}}, 490000,
        118333.33329053280455},
    {"triangular", {{"min", 0}, {"mode", 0}, {"max", 1}}, 1.0e-6,
        9.9999900000033333333e-7},
    {"triangular", {{"min", 0}, {"mode", 0}, {"max", 1}}, 0.3, 0.219},
    {"triangular", {{"min", 0}, {"mode", 0}, {"max", 1}}, 0.999, 0.333333333},
    {"triangular", {{"min", 10}, {"mode", 40}, {"max", 100}}, 10.5,
        10.499984567901234568},
    {"triangular", {{"min", 10}, {"mode", 40}, {"max", 100}}, 40,
        36.666666666666666667},
    {"triangular", {{"min", 10}, {"mode", 40}, {"max", 100}}, 99,
        49.999938271604938272},
    {"triangular", {{"min", -5}, {"mode", 3}, {"max", 3}}, -4, -4.0052083333333333333},
    {"triangular", {{"min", -5}, {"mode", 3}, {"max", 3}}, 2.9, 0.33208854166666666667},
    {"triangular", {{"min", 0}, {"mode", 1}, {"max", 1}}, 1.0e-6,
        9.9999999999966666667e-7},
    {"uniform", {{"min", -2}, {"max", 6}}, -1.9, -1.900625},
    {"uniform", {{"min", -2}, {"max", 6}}, 1, 0.4375},
    {"uniform", {{"min", -2}, {"max", 6}}, 5.9, 1.999375},
    {"uniform", {{"min", 0}, {"max", 3}}, 1.0e-9, 9.9999999983333333333e-10},
    {"uniform", {{"min", 0}, {"max", 3}}, 2, 1.3333333333333333333},
    /* the ends of the numerical domain */
    {"gamma", {{"shape", 1e8}, {"scale", 1}}, 99990000, 99989166.925953719817},
    {"gamma", {{"shape", 1e8}, {"scale", 1}}, 100000000, 99996010.577199310192},
    {"gamma", {{"shape", 1e8}, {"scale", 1}}, 100010000, 99999166.764639903584},
    {"gamma", {{"shape", 0.001}, {"scale", 1}}, 1e-300, 4.9902477721190148826e-301},
    {"gamma", {{"shape", 0.001}, {"scale", 1}}, 1e-5, 1.186508528074755952e-7},
    {"gamma", {{"shape", 0.001}, {"scale", 1}}, 0.01, 0.000050206204549701757665},
    {"gamma", {{"shape", 0.001}, {"scale", 1}}, 5, 0.00099900106459314480338},
    {"gamma", {{"shape", 1e6}, {"scale", 2}}, 1999000, 1998604.5243112093224},
    {"gamma", {{"shape", 1e6}, {"scale", 2}}, 2002000, 1999833.2077987908928},
    {"weibull", {{"shape", 1e8}, {"scale", 3}}, 2.9999999, 2.9999998989392498942},
    {"weibull", {{"shape", 1e8}, {"scale", 3}}, 3, 2.9999999761020122885},
    {"weibull", {{"shape", 1e8}, {"scale", 3}}, 3.0000001, 2.9999999826835303497},
    {"weibull", {{"shape", 1000}, {"scale", 3}}, 2.99, 2.9898949659053006074},
    {"weibull", {{"shape", 1000}, {"scale", 3}}, 3, 2.99761287201416449},
    {"weibull", {{"shape", 1000}, {"scale", 3}}, 3.01, 2.9982713174537863167},
    {"weibull", {{"shape", 0.001}, {"scale", 1}, {"cap", 1e150}}, 1e-200,
        5.3241776826325285568e-201},
    {"weibull", {{"shape", 0.001}, {"scale", 1}, {"cap", 1e150}}, 1,
        0.36824732024510293464},
    {"weibull", {{"shape", 0.001}, {"scale", 1}, {"cap", 1e150}}, 1e100,
        2.8431657694170286156e+99},
    {"weibull", {{"shape", 0.01}, {"scale", 1}, {"cap", 1e150}}, 1e-10,
        4.5546649330779416909e-11},
    {"weibull", {{"shape", 0.01}, {"scale", 1}, {"cap", 1e150}}, 1,
        0.37155787145280981026},
    {"weibull", {{"shape", 0.01}, {"scale", 1}, {"cap", 1e150}}, 1e100,
        5.0382994806181847457e+95},
    {"weibull", {{"shape", 0.05}, {"scale", 1}}, 1e-10, 7.4002939736814393513e-11},
    {"weibull", {{"shape", 0.05}, {"scale", 1}}, 1, 0.38622990886869852792},
    {"weibull", {{"shape", 0.05}, {"scale", 1}}, 1e10, 497645249.04299704827},
    {"weibull", {{"shape", 0.05}, {"scale", 1}}, 1e30, 2406085693925628686.1},
    {"beta", {{"alpha", 1e-3}, {"beta", 1e-3}}, 1e-9, 5.1074345941266070543e-10},
    {"beta", {{"alpha", 1e-3}, {"beta", 1e-3}}, 0.5, 0.25034592340983667168},
    {"beta", {{"alpha", 1e-3}, {"beta", 50}}, 1e-9, 1.7096539608606757615e-11},
    {"beta", {{"alpha", 3000}, {"beta", 1000}}, 0.7, 0.69999999999999893999},
    {"beta", {{"alpha", 3000}, {"beta", 1000}}, 0.75, 0.74726887549449301698},
    {"beta", {{"alpha", 3000}, {"beta", 1000}}, 0.8, 0.74999999999999999375},
    {"lomax", {{"alpha", 1e8}, {"theta", 1}, {"cap", 1e100}}, 1e-9,
        9.5162581965586957538e-10},
    {"lomax", {{"alpha", 1e8}, {"theta", 1}, {"cap", 1e100}}, 1e-8,
        6.3212055963157164642e-9},
    {"lomax", {{"alpha", 1e8}, {"theta", 1}, {"cap", 1e100}}, 1, 1.0000000100000001e-8},
    {"lomax", {{"alpha", 1.0000001}, {"theta", 1}, {"cap", 1e100}}, 1,
        0.69314715653729516855},
    {"lomax", {{"alpha", 1.0000001}, {"theta", 1}, {"cap", 1e100}}, 1e10,
        23.025824420570250992},
    {"lomax", {{"alpha", 0.001}, {"theta", 1}, {"cap", 1e100}}, 1,
        0.99961379978068572957},
    {"lognormal", {{"mu", 0}, {"sigma", 0.0001}, {"cap", 1e305}}, 0.9999,
        0.99989167045591989743},
    {"lognormal", {{"mu", 0}, {"sigma", 0.0001}, {"cap", 1e305}}, 1,
        0.99996010827182688222},
    {"lognormal", {{"mu", 0}, {"sigma", 0.0001}, {"cap", 1e305}}, 1.0001,
        0.9999916714496601144},
    {"normal", {{"mean", 10}, {"sd", 1}}, 0, -7.4745602545893280366e-25},
    {"normal", {{"mean", 10}, {"sd", 1}}, -5, -5.0},
    {"normal", {{"mean", 10}, {"sd", 1}}, 40, 10.0},
    {"normal", {{"mean", 0}, {"sd", 1}}, -37, -37.0},
    {"normal", {{"mean", 0}, {"sd", 1}}, -3, -3.0003821543170477236},
    {"normal", {{"mean", 0}, {"sd", 1}}, 0, -0.39894228040143267794},
    {"normal", {{"mean", 0}, {"sd", 1}}, 1, -0.083315470587686298383},
};

static struct rw_dist
dist(const char *name, const struct rw_dist_arg args[5])
{
    struct law l = {.name = name};

    memcpy(l.args, args, sizeof l.args);
    return law_dist(&l);
}

static void
limited_means_keep_eleven_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct rw_dist d = dist(known[i].name, known[i].args);
        double got = rw_dist_lev(&d, known[i].m);

        if (!(fabs(got - known[i].lev) <= 1e-11 * fabs(known[i].lev)))
            fail_msg("%s at %g, case %zu: %.17g, want %.17g (%.2g)", known[i].name,
                known[i].m, i, got, known[i].lev, fabs(got / known[i].lev - 1));
    }
}

static double
sf_at(const void *d, double x)
{
    return rw_dist_sf(d, x);
}

/* low + the integral of 1 - F from low to m, by octaves of the distance to low:
 * nothing of what rw_dist_lev does. */
static double
integrated(const struct rw_dist *d, double low, double m)
{
    double sum = 0, from = low;

    for (int k = 60; k >= 0; k--) {
        double to = low + ldexp(m - low, -k);

        sum += rw_quad(sf_at, d, from, to, 1e-14 * (to - from));
        from = to;
    }
    return low + sum;
}

static void
floor_and_cap_are_honoured(void **state)
{
    static const struct {
        const char *name;
        struct rw_dist_arg args[5];
        double m;
    } cases[] = {
        {"lognormal", {{"mu", 0}, {"sigma", 2}, {"floor", 0.1}}, 5},
        {"lognormal", {{"mu", 0}, {"sigma", 2}, {"floor", 0.1}, {"cap", 50}}, 7},
        {"lognormal", {{"mu", 0}, {"sigma", 2}, {"floor", 0.1}, {"cap", 50}}, 1e9},
        {"lognormal", {{"mu", 0}, {"sigma", 2}, {"floor", 40}}, 41},
        {"normal", {{"mean", 1}, {"sd", 2}, {"floor", 0}}, 0.5},
        {"normal", {{"mean", 1}, {"sd", 2}, {"floor", 0}}, 30},
        {"normal", {{"mean", -10}, {"sd", 1}, {"floor", 0}}, 1},
        {"normal", {{"mean", -10}, {"sd", 1}, {"floor", -9}, {"cap", 5}}, 6},
        {"pert", {{"min", -1}, {"mode", 0}, {"max", 3}, {"floor", 0}}, 0.25},
        {"gpd", {{"xi", 1.5}, {"beta", 5}, {"cap", 1e4}}, 1e4},
        {"gpd", {{"xi", -0.4}, {"beta", 3}, {"floor", 2}, {"cap", 7}}, 5},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rw_dist d = dist(cases[i].name, cases[i].args);
        double m = cases[i].m, low, high, want;

        rw_dist_support(&d, &low, &high);
        want = integrated(&d, low, fmin(m, d.cap));
        assert_relative(rw_dist_lev(&d, m), want, 1e-11);
        if (m >= high)
            assert_relative(rw_dist_mean(&d), want, 1e-11);
        assert_true(rw_dist_lev(&d, low) == low);
        assert_true(rw_dist_lev(&d, low - 1) == low - 1);
    }
}

static void
the_limit_of_limits_is_the_mean(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);

        assert_close(rw_dist_lev(&d, INFINITY), laws[i].mean,
            1e-13 * fmax(fabs(laws[i].mean), law_width(&laws[i])));
    }
}

/* A family without a closed form of its own is served by quadrature. */
static void
closed_forms_meet_the_quadrature(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]), bare = d;
        struct rw_family f = *d.family;

        assert_non_null(f.lev);
        f.lev = NULL;
        bare.family = &f;
        for (int k = 0; k < 5; k++) {
            double m = laws[i].q[k], want = rw_dist_lev(&d, m);

            assert_close(rw_dist_lev(&bare, m), want,
                1e-11 * fmax(fabs(want),
                            isfinite(laws[i].q[0]) && m < 0 ? law_width(&laws[i]) : 0));
        }
    }
}

/* d/dm E min(X, m) = P(X > m); the central difference errs by h^2 / 6 times
 * the slope of the density, of order 1 / spread^2, and by rounding / h. */
static void
the_slope_of_a_limited_mean_is_the_upper_tail(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LAWS; i++) {
        struct rw_dist d = law_dist(&laws[i]);

        for (int k = 1; k < 4; k++) {
            double m = laws[i].q[k], low, high, h;

            rw_dist_support(&d, &low, &high);
            h = 1e-5 * fmin(laws[i].q[3] - laws[i].q[1], fmin(m - low, high - m));
            assert_close((rw_dist_lev(&d, m + h) - rw_dist_lev(&d, m - h)) / (2 * h),
                rw_dist_sf(&d, m), 1e-7);
        }
    }
}

CHECK_MAIN(cmocka_unit_test(limited_means_keep_eleven_digits),
    cmocka_unit_test(floor_and_cap_are_honoured),
    cmocka_unit_test(the_limit_of_limits_is_the_mean),
    cmocka_unit_test(closed_forms_meet_the_quadrature),
    cmocka_unit_test(the_slope_of_a_limited_mean_is_the_upper_tail))
