/* tests/support/check.h -- cmocka with assertions for doubles that stay
 * doubles (cmocka's own cast to float).
 *
 * A test names its cases as sentences and ends with
 *   int main(void) { const struct CMUnitTest tests[] = {...};
 *                    return cmocka_run_group_tests(tests, NULL, NULL); }
 */
#ifndef RW_TESTS_SUPPORT_CHECK_H
#define RW_TESTS_SUPPORT_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* |got - want| <= tol, absolute; NaN never passes. */
#define assert_close(got, want, tol)                                                   \
    check_close_((got), (want), (tol), #got, __FILE__, __LINE__)

/* |got - want| <= rel |want|. */
#define assert_relative(got, want, rel)                                                \
    check_close_((got), (want), (rel)*fabs(want), #got, __FILE__, __LINE__)

static inline void
check_close_(
    double got, double want, double tol, const char *what, const char *file, int line)
{
    if (fabs(got - want) <= tol)
        return;
    print_error("%s = %.17g, want %.17g within %.3g (off by %.3g)\n", what, got, want,
        tol, got - want);
    _fail(file, line);
}

/* Normal limit of a two-sided test at alpha = 1e-6. */
#define CHECK_Z 4.891638475698590

/* Dvoretzky-Kiefer-Wolfowitz limit of sup |Fn - F| at alpha = 1e-6. */
static inline double
check_dkw(size_t n)
{
    return sqrt(log(2 / 1e-6) / (2 * (double)n));
}

#define CHECK_MAIN(...)                                                                \
    int main(void)                                                                     \
    {                                                                                  \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                               \
        return cmocka_run_group_tests(tests, NULL, NULL);                              \
    }

#endif
