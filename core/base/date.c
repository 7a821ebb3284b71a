/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <stdbool.h>
#include <stdio.h>

enum { DAYS_400 = 146097, DAYS_TO_1970 = 719468, SHOWN = 24 };

static bool
is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned
month_length(int year, unsigned month)
{
    static const unsigned char days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* n digits at *s as a number; *s goes behind them.  False: there are none. */
static bool
digits(const char **s, unsigned n, unsigned *to)
{
    *to = 0;
    for (unsigned i = 0; i < n; i++, ++*s) {
        if (**s < '0' || **s > '9')
            return false;
        *to = *to * 10 + (unsigned)(**s - '0');
    }
    return true;
}

static bool
ends(const char *s)
{
    return *s == '\0' || ((*s == 'T' || *s == ' ') && s[1] >= '0' && s[1] <= '9');
}

/* The form alone; what is not said is 0. */
static bool
read_form(const char *s, unsigned *year, unsigned *month, unsigned *day)
{
    *month = *day = 0;
    if (!digits(&s, 4, year))
        return false;
    if (*s == '\0')
        return true;
    if (*s++ != '-' || !digits(&s, 2, month))
        return false;
    if (*s == '\0')
        return *month > 0 || s[-1] == '0';
    return *s++ == '-' && digits(&s, 2, day) && ends(s);
}

enum rw_err
rw_date_parse(const char *s, struct rw_date *d, char why[], size_t n)
{
    unsigned year, month, day;
    int dashes = 0;

    if (!read_form(s, &year, &month, &day)) {
        snprintf(
            why, n, "'%.*s' is no date like 2023-05-17, 2023-05 or 2023", SHOWN, s);
        return RW_ERR_INPUT;
    }
    for (const char *c = s; *c; c++)
        dashes += *c == '-' && c - s < 10;
    if (year < 1000 || (dashes > 0 && (month < 1 || month > 12)) ||
        (dashes > 1 && (day < 1 || day > month_length((int)year, month)))) {
        snprintf(why, n, "'%.*s' is no day of the calendar (year-month-day)", SHOWN, s);
        return RW_ERR_INPUT;
    }
    *d = (struct rw_date){(int)year, month, day};
    return RW_OK;
}

/* Years begin with March here, so that the leap day is the last one; blocks of
 * 400 years are all alike. */
static long
count_days(int year, unsigned month, unsigned day)
{
    long y = year - (month < 3), block = y / 400, of = y - block * 400;
    long months = (long)month + (month < 3 ? 9 : -3);

    return block * DAYS_400 + of * 365 + of / 4 - of / 100 + (153 * months + 2) / 5 +
           (long)day - 1 - DAYS_TO_1970;
}

long
rw_date_first(struct rw_date d)
{
    return count_days(d.year, d.month ? d.month : 1, d.day ? d.day : 1);
}

long
rw_date_last(struct rw_date d)
{
    unsigned month = d.month ? d.month : 12;

    return count_days(d.year, month, d.day ? d.day : month_length(d.year, month));
}

struct rw_date
rw_date_of(long day)
{
    /* by the mean length of a year: the right one or a neighbour */
    int year = 1970 + (int)(day * 400 / DAYS_400);
    unsigned month = 1;

    while (count_days(year, 1, 1) > day)
        year--;
    while (count_days(year + 1, 1, 1) <= day)
        year++;
    while (month < 12 && count_days(year, month + 1, 1) <= day)
        month++;
    return (struct rw_date){
        year, month, (unsigned)(day - count_days(year, month, 1)) + 1};
}
