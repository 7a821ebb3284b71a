/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/credibility.h"
#include "tests/support/check.h"

enum { STATES = 5, QUARTERS = 12, ALL = STATES * QUARTERS };

/* Hachemeister, Credibility: Theory and Applications (1975) 129: mean bodily injury
 * claim of five states in twelve quarters, and the number of claims. */
static const double ratio[ALL] = {1738, 1642, 1794, 2051, 2079, 2234, 2032, 2035, 2115,
    2262, 2267, 2517, 1364, 1408, 1597, 1444, 1342, 1675, 1470, 1448, 1464, 1831, 1612,
    1471, 1759, 1685, 1479, 1763, 1674, 2103, 1502, 1622, 1828, 2155, 2233, 2059, 1223,
    1146, 1010, 1257, 1426, 1532, 1953, 1123, 1343, 1243, 1762, 1306, 1456, 1499, 1609,
    1741, 1482, 1572, 1606, 1735, 1607, 1573, 1613, 1690};
static const double weight[ALL] = {7861, 9251, 8706, 8575, 7917, 8263, 9456, 8003, 7365,
    7832, 7849, 9077, 1622, 1742, 1523, 1515, 1622, 1602, 1964, 1515, 1527, 1748, 1654,
    1861, 1147, 1357, 1329, 1204, 998, 1077, 1277, 1218, 896, 1003, 1108, 1121, 407,
    396, 348, 341, 315, 328, 352, 331, 287, 384, 321, 342, 2902, 3172, 3046, 3068, 2693,
    2910, 3275, 2697, 2663, 3017, 3242, 3425};

/* Figures: the R package actuar, cm(). */
static void
claims_of_five_states_have_their_published_credibility(void **state)
{
    static const double z[] = {0.9847404, 0.9276352, 0.8984754, 0.7279092, 0.9587911};
    static const double premium[] = {2055.165, 1523.706, 1793.444, 1442.967, 1603.285};
    struct rw_credibility c;
    double got_z[STATES], got[STATES];
    size_t of[ALL];

    (void)state;
    for (size_t k = 0; k < ALL; k++)
        of[k] = k / QUARTERS;
    assert_int_equal(
        rw_credibility_make(ratio, weight, of, ALL, STATES, got_z, got, &c), RW_OK);
    assert_close(c.collective, 1683.713, 5e-4);
    assert_close(c.between, 89638.73, 5e-3);
    assert_close(c.within, 139120026, 0.5);
    assert_int_equal(c.members, 5);
    for (int i = 0; i < STATES; i++) {
        assert_close(got_z[i], z[i], 5e-8);
        assert_close(got[i], premium[i], 5e-4);
    }
}

static void
members_that_do_not_differ_have_no_credibility(void **state)
{
    static const double x[] = {1, 3, 3, 1}, w[] = {1, 1, 2, 2};
    static const size_t of[] = {0, 0, 2, 2};
    struct rw_credibility c;
    double z[3], premium[3];

    (void)state;
    assert_int_equal(rw_credibility_make(x, w, of, 4, 3, z, premium, &c), RW_OK);
    assert_true(c.between == 0 && c.collective == 2 && c.members == 2);
    for (int i = 0; i < 3; i++)
        assert_true(z[i] == 0 && premium[i] == 2);
}

static void
a_member_never_seen_has_the_mean_of_the_others(void **state)
{
    static const double x[] = {1, 2, 9, 10}, w[] = {1, 1, 1, 1};
    static const size_t of[] = {0, 0, 1, 1};
    struct rw_credibility c;
    double z[3], premium[3];

    (void)state;
    assert_int_equal(rw_credibility_make(x, w, of, 4, 3, z, premium, &c), RW_OK);
    /* s2 = .5, t2 = (64 - .5) / 2 */
    assert_relative(c.within, 0.5, 1e-15);
    assert_relative(c.between, 31.75, 1e-15);
    assert_relative(z[0], 2 / (2 + 0.5 / 31.75), 1e-15);
    assert_true(z[2] == 0);
    assert_relative(premium[2], 5.5, 1e-15);
}

static void
too_little_is_refused(void **state)
{
    static const double x[] = {1, 2, 3}, w[] = {1, 1, 1};
    static const size_t one[] = {0, 0, 0}, once[] = {0, 1, 2};
    struct rw_credibility c;

    (void)state;
    assert_int_equal(
        rw_credibility_make(x, w, one, 3, 1, NULL, NULL, &c), RW_ERR_DOMAIN);
    assert_int_equal(
        rw_credibility_make(x, w, once, 3, 3, NULL, NULL, &c), RW_ERR_DOMAIN);
    assert_int_equal(
        rw_credibility_make(x, w, one, 0, 0, NULL, NULL, &c), RW_ERR_DOMAIN);
}

CHECK_MAIN(cmocka_unit_test(claims_of_five_states_have_their_published_credibility),
    cmocka_unit_test(members_that_do_not_differ_have_no_credibility),
    cmocka_unit_test(a_member_never_seen_has_the_mean_of_the_others),
    cmocka_unit_test(too_little_is_refused))
