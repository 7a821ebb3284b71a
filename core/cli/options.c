/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include "base/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS_MAX = 32 };

struct parser {
    const struct rw_option *options;
    size_t n;
    int argc, next; /* next: index of the next word */
    char **argv;
    bool given[OPTIONS_MAX];
};

static size_t
digits(const char *s)
{
    return strspn(s, "0123456789");
}

/* digits [. digits] [e [+] digits] */
static bool
looks_whole(const char *s)
{
    if (digits(s) == 0)
        return false;
    s += digits(s);
    if (*s == '.') {
        if (digits(++s) == 0)
            return false;
        s += digits(s);
    }
    if (*s == 'e' || *s == 'E') {
        s += s[1] == '+' ? 2 : 1;
        if (digits(s) == 0)
            return false;
        s += digits(s);
    }
    return *s == '\0';
}

enum rw_err
rw_option_whole(const char *name, const char *s, double min, double max, double *x,
    struct rw_error *e)
{
    double v = looks_whole(s) ? strtod(s, NULL) : NAN;

    if (!(v >= min && v <= max) || v != floor(v))
        return rw_error_set(e, RW_ERR_USAGE,
            "--%s wants a whole number from %.15g to %.15g, not '%.60s'", name, min,
            max, s);
    *x = v;
    return RW_OK;
}

enum rw_err
rw_option_counter(const char *name, const char *s, uint64_t *x, struct rw_error *e)
{
    uint64_t v = 0;
    bool good = *s != '\0';

    for (const char *p = s; good && *p; p++)
        good = *p >= '0' && *p <= '9' && !__builtin_mul_overflow(v, UINT64_C(10), &v) &&
               !__builtin_add_overflow(v, (uint64_t)(*p - '0'), &v);
    if (!good)
        return rw_error_set(e, RW_ERR_USAGE,
            "--%s wants a whole number from 0 to %" PRIu64 ", not '%.60s'", name,
            UINT64_MAX, s);
    *x = v;
    return RW_OK;
}

static enum rw_err
unknown(const struct parser *p, const char *word, struct rw_error *e)
{
    const char *names[OPTIONS_MAX], *near;
    char name[128];

    for (size_t k = 0; k < p->n; k++)
        names[k] = p->options[k].name;
    snprintf(name, sizeof name, "%.*s",
        (int)strcspn(word + (word[1] == '-' ? 2 : 1), "="),
        word + (word[1] == '-' ? 2 : 1));
    near = rw_nearest_word(name, names, p->n);
    if (near)
        return rw_error_set(e, RW_ERR_USAGE,
            "unknown option '%.80s'; did you mean '--%s'?", word, near);
    return rw_error_set(e, RW_ERR_USAGE, "unknown option '%.80s'", word);
}

/* The option that word names, and the value behind "=" or the letter. */
static const struct rw_option *
look_up(const struct parser *p, const char *word, const char **value)
{
    const char *name = word + 2;
    size_t n = strcspn(name, "=");

    *value = NULL;
    for (size_t k = 0; k < p->n; k++) {
        const struct rw_option *o = &p->options[k];

        if (word[1] == '-') {
            if (strlen(o->name) == n && memcmp(o->name, name, n) == 0) {
                *value = name[n] == '=' ? name + n + 1 : NULL;
                return o;
            }
        } else if (o->letter && word[1] == o->letter) {
            *value = word[2] ? word + 2 : NULL;
            return o;
        }
    }
    return NULL;
}

static enum rw_err
take(const struct rw_option *o, const char *value, struct rw_error *e)
{
    struct rw_values *list = o->to;

    switch (o->kind) {
    case RW_OPTION_FLAG:
        *(bool *)o->to = true;
        return RW_OK;
    case RW_OPTION_LIST:
        if (list->n == RW_VALUES_MAX)
            return rw_error_set(e, RW_ERR_USAGE, "--%s is there more than %d times",
                o->name, RW_VALUES_MAX);
        list->value[list->n++] = value;
        return RW_OK;
    case RW_OPTION_WHOLE:
        return rw_option_whole(o->name, value, o->min, o->max, o->to, e);
    case RW_OPTION_COUNTER:
        return rw_option_counter(o->name, value, o->to, e);
    case RW_OPTION_TEXT:
        if (*value == '\0')
            return rw_error_set(e, RW_ERR_USAGE, "--%s wants a value", o->name);
        *(const char **)o->to = value;
        return RW_OK;
    }
    return RW_ERR_BUG;
}

static enum rw_err
parse_option(struct parser *p, const char *word, struct rw_error *e)
{
    const char *value;
    const struct rw_option *o = look_up(p, word, &value);
    size_t k;

    if (o == NULL)
        return unknown(p, word, e);
    k = (size_t)(o - p->options);
    if (p->given[k] && o->kind != RW_OPTION_LIST)
        return rw_error_set(e, RW_ERR_USAGE, "--%s is given twice", o->name);
    p->given[k] = true;
    if (o->given)
        *o->given = true;
    if (o->kind == RW_OPTION_FLAG && value)
        return rw_error_set(e, RW_ERR_USAGE, "--%s takes no value", o->name);
    if (o->kind != RW_OPTION_FLAG && value == NULL) {
        if (p->next >= p->argc)
            return rw_error_set(e, RW_ERR_USAGE, "--%s wants a value", o->name);
        value = p->argv[p->next++];
    }
    return take(o, value, e);
}

enum rw_err
rw_options_parse(const struct rw_option options[], size_t n, int argc, char **argv,
    struct rw_values *operands, struct rw_error *e)
{
    struct parser p = {
        .options = options, .n = n, .argc = argc, .argv = argv, .next = 1};
    bool ended = false;
    enum rw_err err = RW_OK;

    RW_BUG_ASSERT(n <= OPTIONS_MAX);
    operands->n = 0;
    while (err == RW_OK && p.next < argc) {
        const char *word = argv[p.next++];

        if (!ended && strcmp(word, "--") == 0)
            ended = true;
        else if (!ended && word[0] == '-' && word[1] != '\0')
            err = parse_option(&p, word, e);
        else if (operands->n == RW_VALUES_MAX)
            err = rw_error_set(e, RW_ERR_USAGE, "too many arguments");
        else
            operands->value[operands->n++] = word;
    }
    return err;
}

enum rw_err
rw_options_one(const struct rw_values *operands, const char *what, const char **value,
    struct rw_error *e)
{
    if (operands->n == 0)
        return rw_error_set(e, RW_ERR_USAGE, "%s is missing", what);
    if (operands->n > 1)
        return rw_error_set(e, RW_ERR_USAGE,
            "one %s is wanted, but there is also '%.80s'", what, operands->value[1]);
    if (operands->value[0][0] == '\0')
        return rw_error_set(e, RW_ERR_USAGE, "%s has no name", what);
    *value = operands->value[0];
    return RW_OK;
}
