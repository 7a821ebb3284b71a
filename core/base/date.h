/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/date.h -- days of the calendar, as ISO 8601 writes them.
 *
 *   2023-05-17, 2023-05 (some day of that month), 2023 (some day of that year);
 *   a time of day behind the first ("2023-05-17T08:30", "2023-05-17 08:30") is
 *   passed over.
 *
 * Days are counted from 1970-01-01 = 0 in the Gregorian calendar, years from
 * 1000 to 9999.  A date that leaves something open is a range of days.
 *
 * Floor: base.  Threads: pure.
 */
#ifndef RW_BASE_DATE_H
#define RW_BASE_DATE_H

#include "base/err.h"

#include <stddef.h>

struct rw_date {
    int year;
    unsigned month, day; /* 0: not said */
};

/* RW_ERR_INPUT: why[n] is a sentence with what would be right. */
RW_MUST_CHECK enum rw_err rw_date_parse(
    const char *s, struct rw_date *d, char why[], size_t n);

/* First and last day that the date may be. */
long rw_date_first(struct rw_date d);
long rw_date_last(struct rw_date d);

/* The date of a day. */
struct rw_date rw_date_of(long day);

#endif
