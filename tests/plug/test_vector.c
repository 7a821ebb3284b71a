/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/plug/fixture.h"

enum { N = 1000 }; /* no multiple of anything */

/* A threat whose susceptibility, freed of its range, is the expression. */
static void
evaluate(struct fixture *f, const char *expression)
{
    char text[1024];

    snprintf(text, sizeof text,
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "  parameters = { a = { unit = '1', doc = 'd' }, b = { unit = '1', doc = 'd' } "
        "},\n"
        "  cycle = function(t, p) local a, b = p.a, p.b\n"
        "    t.frequency = 0; t.susceptibility = %s\n  end }",
        expression);
    fixture_init(f, NULL);
    assert_int_equal(fixture_load(f, "test.lua", text, strlen(text)), RW_OK);
    assert_int_equal(fixture_open(f, N), RW_OK);
    for (size_t i = 0; i < N; i++) {
        fixture_param(f, "a")[i] = ((double)i - 480) / 100; /* 0 is among them */
        fixture_param(f, "b")[i] = 0.25 + (double)(i * 7 % N) / 300;
    }
    f->fields[RW_THREAT_SUSCEPTIBILITY].low = -INFINITY;
    f->fields[RW_THREAT_SUSCEPTIBILITY].high = INFINITY;
    assert_int_equal(fixture_begin(f, 0), RW_OK);
}

#define FORMULA(name, expression)                                                      \
    static double name(double a, double b)                                             \
    {                                                                                  \
        (void)a, (void)b;                                                              \
        return expression;                                                             \
    }
FORMULA(plus, a + b)
FORMULA(minus_number, a - 2)
FORMULA(number_minus, 2 - a)
FORMULA(times, a *b)
FORMULA(over, a / b)
FORMULA(number_over, 3 / b)
FORMULA(raised, pow(b, a))
FORMULA(raised_number, pow(b, 2.5))
FORMULA(negative, -a)
FORMULA(lt, a < b)
FORMULA(le, a <= 0)
FORMULA(gt, a > b)
FORMULA(ge, 0 >= a)
FORMULA(eq, a == 0)
FORMULA(ne, a != 0)
FORMULA(smallest, fmin(fmin(a, b), 1.5))
FORMULA(largest, fmax(0, fmax(a, b)))
FORMULA(clamped, fmin(fmax(a, -1), 2))
FORMULA(exponential, exp(a))
FORMULA(logarithm, log(b))
FORMULA(powered, pow(2, a))
FORMULA(root, sqrt(b))
FORMULA(absolute, fabs(a))
FORMULA(whole, floor(a))
FORMULA(chosen, a < b ? a : b * 10)
FORMULA(chosen_number, a < 0 ? 1 : b)
FORMULA(chosen_all, b)
FORMULA(chain, a *b *(1 - a) * (b + a * 0.3))
FORMULA(scalar, 0.5 * 8)
FORMULA(added, (a + b) + 2)
FORMULA(added_up, a + (a + b) * 10 + (a + b + 3) * 100)
FORMULA(picked, (a < b) == 0 ? a : b * 2)
FORMULA(picked_one, b)

static void
every_operation_equals_a_loop_in_c(void **state)
{
    static const struct {
        const char *expression;
        double (*formula)(double, double);
    } cases[] = {{"a + b", plus}, {"a - 2", minus_number}, {"2 - a", number_minus},
        {"a * b", times}, {"a / b", over}, {"3 / b", number_over}, {"b ^ a", raised},
        {"b ^ 2.5", raised_number}, {"-a", negative}, {"vec.lt(a, b)", lt},
        {"vec.le(a, 0)", le}, {"vec.gt(a, b)", gt}, {"vec.ge(0, a)", ge},
        {"vec.eq(a, 0)", eq}, {"vec.ne(a, 0)", ne}, {"vec.min(a, b, 1.5)", smallest},
        {"vec.max(0, a, b)", largest}, {"vec.clamp(a, -1, 2)", clamped},
        {"vec.exp(a)", exponential}, {"vec.log(b)", logarithm},
        {"vec.pow(2, a)", powered}, {"vec.sqrt(b)", root}, {"vec.abs(a)", absolute},
        {"vec.floor(a)", whole}, {"vec.where(vec.lt(a, b), a, b * 10)", chosen},
        {"vec.where(vec.lt(a, 0), 1, b)", chosen_number},
        {"vec.where(0, a, b)", chosen_all}, {"a * b * (1 - a) * (b + a * 0.3)", chain},
        {"vec.max(1, 4)", scalar}, {"vec.sum({ a, b, 2 })", added},
        {"vec.sum({ 1, 3 }) + vec.sum({})", scalar},
        {"(function() local c = vec.cumsum({ a, b, 3 })\n"
         "return c[1] + c[2] * 10 + c[3] * 100 end)()",
            added_up},
        {"vec.pick(1 + vec.lt(a, b), { a, b * 2 })", picked},
        {"vec.pick(2, { a, b })", picked_one}};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        evaluate(&f, cases[k].expression);
        if (fixture_call(&f, 0))
            fail_msg("%s: %s", cases[k].expression, f.e.text);
        for (size_t i = 0; i < N; i++) {
            double want = cases[k].formula(f.params[0][i], f.params[1][i]);

            if (f.fields[RW_THREAT_SUSCEPTIBILITY].x[i] != want)
                fail_msg("%s: element %zu is %.17g, want %.17g", cases[k].expression, i,
                    f.fields[RW_THREAT_SUSCEPTIBILITY].x[i], want);
        }
        fixture_close(&f);
    }
}

static void
what_a_vector_is_not_is_refused_with_a_hint(void **state)
{
    static const struct {
        const char *expression, *message;
    } cases[] = {{"a[1]", "vec.where"}, {"a:max(b)", "no elements or methods"},
        {"#a", "length of a vector is not offered"},
        {"a < b and 1 or 2", "vec.lt, le, gt, ge, eq or ne"},
        {"a <= 1 and 1 or 2", "vec.lt, le, gt, ge, eq or ne"},
        {"a == b and 1 or 2", "vec.lt, le, gt, ge, eq or ne"},
        {"(function() a[1] = 2 end)()", "elements cannot be written"},
        {"a + nil", "argument 2 of + must be a number or a vector, got a nil"},
        {"vec.exp('1')",
            "argument 1 of vec.exp must be a number or a vector, got a string"},
        {"vec.exp()", "vec.exp lacks its argument 1"}, {"vec.max()", "vec.max lacks"},
        {"p + a", "argument 1 of + must be a number or a vector, got a parameters"},
        {"vec.sum(a)", "vec.sum wants a list of vectors or numbers, got a vector; over "
                       "the futures of one vector nothing is added up"},
        {"vec.sum({ a, {} })", "element 2 of the list of vec.sum must be a number or a "
                               "vector, got a table"},
        {"vec.pick(3, { a, b })", "there is no element 3.0 in a list of 2"},
        {"vec.pick({}, { a, b })",
            "the index of vec.pick must be a number or a vector"},
        {"t:poisson(-1)", "t:poisson(-1.0): a mean is from 0 to 1e6"},
        {"t:gamma(1)", "the scale of t:gamma() must be a number or a vector, got a "
                       "nil"},
        {"t:gamma(0, 2)",
            "t:gamma(0.0, 2.0): a shape is from 0.001 to 1e8, a scale above 0"},
        {"t.beta(1, 2)", "draw with a colon: t:beta(...)"},
        {"vec.mean(a)", "vec has no 'mean': a future must not depend on others"},
        {"(function() vec.max = 1 end)()", "the library 'vec' is read-only"},
        {"rawset(vec, 'x', 1)", "table expected, got vec"},
        {"'x' .. a", "attempt to concatenate a vector value"},
        {"math.exp(a)", "number expected, got vector"},
        {"'1'", "threat.susceptibility must be a number or a vector, got a string"},
        {"nil", "threat.susceptibility must be a number or a vector, got a nil"}};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        evaluate(&f, cases[k].expression);
        assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
        assert_contains(f.e.text, cases[k].message);
        assert_int_equal(f.e.line, 4);
        fixture_close(&f);
    }
}

static void
not_a_number_goes_through_min_and_max_and_is_refused_as_result(void **state)
{
    static const char *const expressions[] = {"vec.min(1, vec.log(a))",
        "vec.max(vec.log(a), 1)", "vec.max(0, vec.sqrt(a))",
        "vec.where(vec.log(a), 1, 2)", "vec.clamp(vec.log(a), 0, 1)",
        "vec.pick(vec.log(a), { 1, 2 })", "vec.pick(vec.floor(a), { 1, 2 })"};
    static struct fixture f;

    (void)state;
    for (size_t k = 0; k < sizeof expressions / sizeof expressions[0]; k++) {
        evaluate(&f, expressions[k]);
        assert_int_equal(fixture_call(&f, 0), RW_ERR_PLUGIN);
        assert_contains(f.e.text,
            "susceptibility is nan in future 0, it must be finite; its "
            "parameters: a = -4.8, b = 0.25");
        fixture_close(&f);
    }
}

static void
a_vector_kept_from_an_earlier_call_is_refused(void **state)
{
    static const char text[] =
        "local kept\n"
        "return riskwheel.threat { api = 1, name = 'test', doc = 'd',\n"
        "  cycle = function(t)\n"
        "    kept = kept or t:uniform()\n"
        "    t.frequency = kept + 1\n  end }";
    static struct fixture f;

    (void)state;
    fixture_init(&f, NULL);
    assert_int_equal(fixture_try(&f, text, N), RW_OK);
    assert_int_equal(fixture_call(&f, 1), RW_ERR_PLUGIN);
    assert_contains(
        f.e.text, "is of an earlier call (only what is in the declared state");
    assert_int_equal(f.e.line, 5);
    assert_int_equal(fixture_begin(&f, 0), RW_OK);
    assert_int_equal(fixture_call(&f, 0), RW_OK);
    fixture_close(&f);
}

static void
a_block_of_another_length_takes_rows_of_its_own(void **state)
{
    static struct fixture f;

    (void)state;
    evaluate(&f, "a + b * 2 - a * 3");
    for (size_t round = 0; round < 3; round++) {
        f.call.n = round == 1 ? FIXTURE_N : 3;
        assert_int_equal(fixture_call(&f, (unsigned)round), RW_OK);
        for (size_t i = 0; i < f.call.n && i < N; i++)
            assert_close(f.fields[RW_THREAT_SUSCEPTIBILITY].x[i],
                f.params[0][i] + f.params[1][i] * 2 - f.params[0][i] * 3, 0);
    }
    fixture_close(&f);
}

CHECK_MAIN(cmocka_unit_test(every_operation_equals_a_loop_in_c),
    cmocka_unit_test(what_a_vector_is_not_is_refused_with_a_hint),
    cmocka_unit_test(not_a_number_goes_through_min_and_max_and_is_refused_as_result),
    cmocka_unit_test(a_vector_kept_from_an_earlier_call_is_refused),
    cmocka_unit_test(a_block_of_another_length_takes_rows_of_its_own))
