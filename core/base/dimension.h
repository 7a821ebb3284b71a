/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/dimension.h -- what a quantity is measured in: powers of money and time,
 * and how large its unit is.
 *
 *   currency^money  year^time  scale       "day" is year^1 at 1/365
 *
 * A unit is written as words joined by * and /: "currency", "1/year", "currency/day",
 * "day/year".  Words are 1, currency, year, quarter, month, week, day and hour, with an
 * s behind if you like.  Counts of things are pure numbers; a unit with another word
 * in it ("Gbit/s", "people") says nothing.
 *
 *   ANY    nothing is known: a number in a program may stand for any unit
 *   PURE   0 or 1, a count, a standard normal: goes with any unit as a summand, and
 *          leaves the unit of what it multiplies
 *   KNOWN  as its powers and scale say
 *
 * Rules that raise no false alarm follow: ANY with KNOWN is KNOWN where both must be
 * alike, and ANY in a product or quotient.
 *
 * Floor: base.  Threads: pure.
 */
#ifndef RW_BASE_DIMENSION_H
#define RW_BASE_DIMENSION_H

#include <stdbool.h>

enum rw_dimension_kind { RW_DIMENSION_ANY, RW_DIMENSION_PURE, RW_DIMENSION_KNOWN };

struct rw_dimension {
    enum rw_dimension_kind kind;
    double money, time; /* powers                              */
    double scale;       /* of the unit, in currency and years */
};

/* ANY if unit is NULL or has a word that is none of those. */
struct rw_dimension rw_dimension_parse(const char *unit);

struct rw_dimension rw_dimension_product(struct rw_dimension a, struct rw_dimension b);
struct rw_dimension rw_dimension_quotient(struct rw_dimension a, struct rw_dimension b);
struct rw_dimension rw_dimension_power(struct rw_dimension a, double exponent);

enum rw_likeness {
    RW_ALIKE,
    RW_ALIKE_BUT_SCALE, /* days and years */
    RW_NOT_ALIKE
};

/* Whether a and b may be added; *both <- what the sum is. */
enum rw_likeness rw_dimension_join(
    struct rw_dimension a, struct rw_dimension b, struct rw_dimension *both);

enum { RW_DIMENSION_TEXT = 96 };

/* "money (currency)", "a rate (1/year)", "a time (day)", "a pure number (1)", ...;
 * returns to. */
const char *rw_dimension_print(
    struct rw_dimension a, char to[static RW_DIMENSION_TEXT]);

#endif
