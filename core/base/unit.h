/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/unit.h -- quantities with units written as text in a scenario.
 *
 *   money  "250k", "1.2M", "3e6", "250k USD"      -> currency units
 *   rate   "2/yr", "0.5/month", "3/quarter", "1/week", "1/day" -> 1/year
 *   share  "35%", "0.35"                          -> 1
 *   time   "90d", "6h", "2w", "5mo", "1.5yr"      -> years (365 d = 1 year)
 *
 * Thousands marks ("1,000") are refused with a hint.
 * Floor: base.  Threads: pure.
 */
#ifndef RW_BASE_UNIT_H
#define RW_BASE_UNIT_H

#include "base/err.h"

#include <stddef.h>

enum rw_unit {
    RW_UNIT_PLAIN,
    RW_UNIT_MONEY,
    RW_UNIT_RATE,
    RW_UNIT_SHARE,
    RW_UNIT_TIME
};

#define RW_DAYS_PER_YEAR 365.0

/* *x <- value of s in the unit's base; currency is the only code accepted
 * behind money (NULL: none).  On RW_ERR_INPUT why[n] says what was expected,
 * and *x is as it was. */
RW_MUST_CHECK enum rw_err rw_unit_parse(const char *s, enum rw_unit unit,
    const char *currency, double *x, char *why, size_t n);

#endif
