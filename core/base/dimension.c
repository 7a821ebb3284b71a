/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/dimension.h"
#include "base/text.h"
#include "base/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* How many of it make a year, of periods; 0: it is none. */
struct word {
    const char *name;
    double a_year;
};

static const struct word words[] = {{"1", 0}, {"currency", 0}, {"year", 1},
    {"quarter", 4}, {"month", 12}, {"week", RW_DAYS_PER_YEAR / 7},
    {"day", RW_DAYS_PER_YEAR}, {"hour", RW_DAYS_PER_YEAR * 24}};
enum { CURRENCY = 1, PERIODS, WORDS = sizeof words / sizeof words[0] };

static const struct rw_dimension one = {RW_DIMENSION_KNOWN, 0, 0, 1};

/* *a <- the dimension of the n bytes at s; false: they are no word. */
static bool
read_word(const char *s, size_t n, struct rw_dimension *a)
{
    for (size_t k = 0; k < WORDS; k++) {
        size_t length = strlen(words[k].name);
        bool many = k >= PERIODS && n == length + 1 && s[length] == 's';

        if ((n != length && !many) || strncmp(words[k].name, s, length) != 0)
            continue;
        *a = one;
        if (k == CURRENCY)
            a->money = 1;
        if (k >= PERIODS) {
            a->time = 1;
            a->scale = 1 / words[k].a_year;
        }
        return true;
    }
    return false;
}

struct rw_dimension
rw_dimension_parse(const char *unit)
{
    struct rw_dimension all = one, a;
    char sign = '*';

    while (unit != NULL) {
        size_t n = strcspn(unit, "*/");

        if (!read_word(unit, n, &a))
            break;
        all =
            sign == '*' ? rw_dimension_product(all, a) : rw_dimension_quotient(all, a);
        sign = unit[n];
        if (sign == '\0')
            return all;
        unit += n + 1;
    }
    return (struct rw_dimension){.kind = RW_DIMENSION_ANY};
}

struct rw_dimension
rw_dimension_product(struct rw_dimension a, struct rw_dimension b)
{
    if (a.kind == RW_DIMENSION_ANY || b.kind == RW_DIMENSION_PURE)
        return a;
    if (b.kind == RW_DIMENSION_ANY || a.kind == RW_DIMENSION_PURE)
        return b;
    a.money += b.money;
    a.time += b.time;
    a.scale *= b.scale;
    return a;
}

struct rw_dimension
rw_dimension_power(struct rw_dimension a, double exponent)
{
    if (a.kind != RW_DIMENSION_KNOWN)
        return a;
    a.money *= exponent;
    a.time *= exponent;
    a.scale = pow(a.scale, exponent);
    return a;
}

struct rw_dimension
rw_dimension_quotient(struct rw_dimension a, struct rw_dimension b)
{
    return rw_dimension_product(a, rw_dimension_power(b, -1));
}

static bool
near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static bool
same_power(double a, double b)
{
    return fabs(a - b) <= 1e-9;
}

enum rw_likeness
rw_dimension_join(
    struct rw_dimension a, struct rw_dimension b, struct rw_dimension *both)
{
    *both = a.kind == RW_DIMENSION_KNOWN || b.kind == RW_DIMENSION_PURE ? a : b;
    if (a.kind != RW_DIMENSION_KNOWN || b.kind != RW_DIMENSION_KNOWN)
        return RW_ALIKE;
    if (!same_power(a.money, b.money) || !same_power(a.time, b.time))
        return RW_NOT_ALIKE;
    return near(a.scale, b.scale) ? RW_ALIKE : RW_ALIKE_BUT_SCALE;
}

/* The period of which the unit is made; NULL: it is none of those. */
static const char *
period_of(struct rw_dimension a)
{
    for (size_t k = PERIODS; k < WORDS; k++)
        if (near(words[k].a_year, pow(a.scale, -1 / a.time)))
            return words[k].name;
    return NULL;
}

/* "day/year" of a scale without a time. */
static void
add_ratio(struct rw_text *to, double scale)
{
    for (size_t i = PERIODS; i < WORDS; i++)
        for (size_t k = PERIODS; k < WORDS; k++)
            if (near(scale, words[k].a_year / words[i].a_year)) {
                rw_text_addf(to, "%s/%s", words[i].name, words[k].name);
                return;
            }
    rw_text_addf(to, "%g", scale);
}

/* word^power behind the mark, if its power goes that way. */
static void
add_power(struct rw_text *to, const char *mark, const char *word, double power)
{
    if (same_power(power, 0) || power < 0)
        return;
    rw_text_addf(to, "%s%s", mark, word);
    if (!same_power(power, 1))
        rw_text_addf(to, "^%g", power);
}

/* "currency/year": what has a power above 0, then what has one below. */
static void
add_unit(struct rw_text *to, struct rw_dimension a)
{
    bool money = !same_power(a.money, 0), time = !same_power(a.time, 0);
    const char *period = time ? period_of(a) : NULL;

    if (!time && !money && near(a.scale, 1))
        rw_text_add(to, "1");
    if (time && period == NULL)
        rw_text_addf(to, "%g ", a.scale);
    if (period == NULL)
        period = "year";
    add_power(to, "", "currency", a.money);
    add_power(to, a.money > 0 && money ? "*" : "", period, a.time);
    if ((money || time) && !(money && a.money > 0) && !(time && a.time > 0))
        rw_text_add(to, "1");
    add_power(to, "/", "currency", -a.money);
    add_power(to, "/", period, -a.time);
    if (!time && !near(a.scale, 1)) {
        rw_text_add(to, money ? "*" : "");
        add_ratio(to, a.scale);
    }
}

const char *
rw_dimension_print(struct rw_dimension a, char to[static RW_DIMENSION_TEXT])
{
    static const struct {
        double money, time;
        const char *name;
    } names[] = {{0, 0, "a pure number"}, {1, 0, "money"}, {0, 1, "a time"},
        {0, -1, "a rate"}, {1, -1, "money a time"}};
    const char *name = "a quantity";
    struct rw_text unit;

    if (a.kind != RW_DIMENSION_KNOWN)
        a = one;
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
        if (same_power(names[k].money, a.money) && same_power(names[k].time, a.time))
            name = names[k].name;
    rw_text_init(&unit);
    add_unit(&unit, a);
    snprintf(to, RW_DIMENSION_TEXT, "%s (%s)", name, unit.s ? unit.s : "?");
    rw_text_fini(&unit);
    return to;
}
