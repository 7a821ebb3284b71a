/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/options.h -- the command line after a command's name.
 *
 * --name VALUE, --name=VALUE, -n VALUE, -nVALUE; options and operands in any
 * order, "--" ends the options.  Names are not abbreviated; a misspelt one is
 * answered with the nearest.  What is given twice is an error unless it is a
 * list.
 *
 * Floor: cli.  Threads: pure.
 */
#ifndef RW_CLI_OPTIONS_H
#define RW_CLI_OPTIONS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RW_VALUES_MAX = 4096 };

struct rw_values {
    const char *value[RW_VALUES_MAX];
    size_t n;
};

enum rw_option_kind {
    RW_OPTION_FLAG,   /* bool                                         */
    RW_OPTION_TEXT,   /* const char *, not empty                      */
    RW_OPTION_LIST,   /* struct rw_values; may be repeated            */
    RW_OPTION_WHOLE,  /* double, a whole number in [min, max]; "1e6"  */
    RW_OPTION_COUNTER /* uint64_t, decimal digits                     */
};

struct rw_option {
    const char *name; /* without dashes */
    char letter;      /* 0: none        */
    enum rw_option_kind kind;
    void *to;
    bool *given; /* NULL, or set when the option was there */
    double min, max;
};

/* argv[0] is the command; operands go to *operands.  RW_ERR_USAGE. */
RW_MUST_CHECK enum rw_err rw_options_parse(const struct rw_option options[], size_t n,
    int argc, char **argv, struct rw_values *operands, struct rw_error *e);

/* Exactly one operand, called `what`. */
RW_MUST_CHECK enum rw_err rw_options_one(const struct rw_values *operands,
    const char *what, const char **value, struct rw_error *e);

/* One number as an option's value. */
RW_MUST_CHECK enum rw_err rw_option_whole(const char *name, const char *s, double min,
    double max, double *x, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_option_counter(
    const char *name, const char *s, uint64_t *x, struct rw_error *e);

#endif
