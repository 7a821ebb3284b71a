/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/decode.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WHY = 256, LIST = 512 };

void
rw_decode_wrong_kind(struct rw_decode *x, const struct rw_node *node, const char *name,
    const char *wanted)
{
    rw_decode_wrong(x, node, "%s must be %s", name, wanted);
    rw_diag_label(x->d, "this is %s", rw_json_noun(node->kind));
    if (node->kind == RW_JSON_NULL)
        rw_diag_help(
            x->d, "fill it in; a key that is not required may be left out instead");
}

/* ---- quantities ---- */

struct rw_measure
rw_decode_measure(const struct rw_decode *x, const struct rw_key *key)
{
    return (struct rw_measure){.name = key->name,
        .unit = key->unit,
        .plain = key->unit == RW_UNIT_TIME ? 1 / RW_DAYS_PER_YEAR : 1,
        .scale = 1,
        .min = key->min,
        .max = key->max,
        .mean_max = key->mean_max,
        .above = key->above,
        .currency = x->m->currency};
}

/* A plain number is in days, or a year, unless a plugin declares another unit. */
static const char *
wanted(const struct rw_measure *q)
{
    double plain = q->unit == RW_UNIT_TIME ? 1 / RW_DAYS_PER_YEAR : 1;
    bool usual = fabs(q->plain / q->scale / plain - 1) < 1e-9;
    static const char *const texts[] = {"a number",
        "an amount of money such as 250000 or \"250k\"",
        "a rate such as 2 (a year) or \"2/yr\"", "a share such as 0.35 or \"35%\"",
        "a time such as 90 (days) or \"90d\""};

    if (q->unit == RW_UNIT_TIME && !usual)
        return "a time such as \"90d\"";
    if (q->unit == RW_UNIT_RATE && !usual)
        return "a rate such as \"2/yr\"";
    return texts[q->unit];
}

bool
rw_decode_quantity(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, double *to)
{
    char why[WHY];
    double v;

    if (node->kind == RW_JSON_NUMERIC) {
        *to = node->number * q->plain;
        return true;
    }
    if (node->kind != RW_JSON_STRING || q->unit == RW_UNIT_PLAIN) {
        rw_decode_wrong_kind(x, node, q->name, wanted(q));
        if (node->kind == RW_JSON_STRING && rw_unit_parse(node->text, RW_UNIT_PLAIN,
                                                NULL, &v, why, sizeof why) == RW_OK)
            rw_diag_help(x->d, "leave out the quotes");
        return false;
    }
    if (rw_unit_parse(node->text, q->unit, q->currency, &v, why, sizeof why) != RW_OK) {
        rw_decode_wrong(x, node, "%s must be %s", q->name, wanted(q));
        rw_diag_label(x->d, "%s", why);
        return false;
    }
    *to = v * q->scale;
    return true;
}

/* "between 0 and 1", "at least 0", "above 0" ... in the words of the unit. */
static void
describe_range(const struct rw_measure *q, char *s, size_t n)
{
    char low[RW_NUMBER_MAX], high[RW_NUMBER_MAX];
    double unit = q->unit == RW_UNIT_TIME && q->plain < 1 ? q->plain : 1;
    const char *noun = q->unit == RW_UNIT_TIME && q->plain < 1 ? " days" : "";

    rw_number_print(low, q->min / unit);
    rw_number_print(high, nearbyint(q->max / unit * 1e6) / 1e6);
    if (isinf(q->min) && isinf(q->max))
        snprintf(s, n, "finite");
    else if (isinf(q->min))
        snprintf(s, n, "at most %s%s", high, noun);
    else if (isinf(q->max))
        snprintf(s, n, "%s %s%s", q->above ? "above" : "at least", low, noun);
    else if (q->above)
        snprintf(s, n, "above %s and at most %s%s", low, high, noun);
    else
        snprintf(s, n, "between %s and %s%s", low, high, noun);
}

bool
rw_decode_number(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, double *to)
{
    char range[WHY], got[RW_NUMBER_MAX];
    double v;

    if (!rw_decode_quantity(x, node, q, &v))
        return false;
    if (v >= q->min && v <= q->max && !(q->above && v == q->min)) {
        *to = v;
        return true;
    }
    describe_range(q, range, sizeof range);
    rw_decode_wrong(x, node, "%s must be %s", q->name, range);
    if (node->kind == RW_JSON_NUMERIC)
        rw_diag_label(x->d, "got %s", rw_number_print(got, node->number));
    if (node->kind == RW_JSON_NUMERIC && q->unit == RW_UNIT_SHARE && v > 1 && v <= 100)
        rw_diag_help(x->d, "write 35 %% as 0.35 or \"35%%\"");
    return false;
}

/* ---- words ---- */

static void
help_words(struct rw_decode *x, const char *const words[])
{
    char list[LIST] = "";
    size_t at = 0;

    for (size_t i = 0; words[i]; i++)
        at += (size_t)snprintf(
            list + at, sizeof list - at, "%s%s", i ? ", " : "", words[i]);
    rw_diag_help(x->d, "there are %s", list);
}

/* *number <- which of the key's words the node is. */
static bool
decode_word(struct rw_decode *x, const struct rw_node *node, const struct rw_key *key,
    unsigned *number)
{
    if (node->kind != RW_JSON_STRING) {
        rw_decode_wrong_kind(x, node, key->name, "a word in double quotes");
        help_words(x, key->words);
        return false;
    }
    for (unsigned i = 0; key->words[i]; i++)
        if (strcmp(key->words[i], node->text) == 0) {
            *number = i;
            return true;
        }
    rw_decode_wrong(x, node,
        key->type == RW_KEY_WORDS ? "unknown word in %s: '%s'" : "unknown %s '%s'",
        key->name, rw_diag_shown(x->d, node->text));
    rw_decode_suggest(x, node->text, key->words, rw_words_count(key->words));
    help_words(x, key->words);
    return false;
}

static bool
decode_words(struct rw_decode *x, const struct rw_node *node, const struct rw_key *key,
    unsigned *set)
{
    unsigned bits = 0, i;

    if (node->kind != RW_JSON_ARRAY) {
        rw_decode_wrong_kind(x, node, key->name, "a list [ ... ] of words");
        return false;
    }
    for (const struct rw_node *c = node->first; c; c = c->next) {
        if (!decode_word(x, c, key, &i))
            continue;
        if (bits & 1u << i)
            rw_decode_wrong(x, c, "'%s' stands twice in this list", c->text);
        bits |= 1u << i;
    }
    *set = bits;
    return true;
}

/* ---- texts ---- */

static bool
is_id(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-");

    return s[0] >= 'a' && s[0] <= 'z' && s[n] == '\0' && n <= RW_ID_MAX;
}

static bool
decode_text(struct rw_decode *x, const struct rw_node *node, const struct rw_key *key,
    const char **to)
{
    if (node->kind != RW_JSON_STRING) {
        rw_decode_wrong_kind(x, node, key->name, "a text in double quotes");
        return false;
    }
    if (node->text[strspn(node->text, " \t\r\n")] == '\0') {
        rw_decode_wrong(x, node, "%s is empty", key->name);
        return false;
    }
    if (key->type == RW_KEY_ID && !is_id(node->text)) {
        rw_decode_wrong(
            x, node, "'%s' is no valid %s", rw_diag_shown(x->d, node->text), key->name);
        rw_diag_help(x->d,
            "small letters, digits, '_' and '-', a letter first, at most %d: like "
            "mail_server",
            RW_ID_MAX);
        return false;
    }
    if (key->type == RW_KEY_CURRENCY &&
        (strspn(node->text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3 ||
            strlen(node->text) != 3)) {
        rw_decode_wrong(x, node, "currency must be a code of three capital letters");
        rw_diag_help(x->d, "such as USD, EUR or CNY");
        return false;
    }
    *to = rw_decode_copy(x, node->text);
    return true;
}

/* ---- the rest ---- */

/* Above 2^53 whole numbers are rounded to even ones; 2^53 + 1 becomes 2^53. */
static bool
lost_digits(const struct rw_node *node)
{
    static const char exact[] = "9007199254740992";
    const struct rw_span *s = &node->span;

    return node->number == 0x1p53 &&
           (s->len != sizeof exact - 1 || memcmp(s->in->bytes + s->at, exact, s->len));
}

static bool
decode_whole(
    struct rw_decode *x, const struct rw_node *node, const struct rw_key *key, void *to)
{
    double v = node->number;
    char low[RW_NUMBER_MAX], high[RW_NUMBER_MAX], got[RW_NUMBER_MAX];

    if (node->kind != RW_JSON_NUMERIC) {
        rw_decode_wrong_kind(x, node, key->name, "a whole number");
        return false;
    }
    if (!(v >= key->min && v <= key->max) || v != floor(v) || lost_digits(node)) {
        rw_decode_wrong(x, node, "%s must be a whole number between %s and %s",
            key->name, rw_number_print(low, key->min), rw_number_print(high, key->max));
        rw_diag_label(
            x->d, "got %s", lost_digits(node) ? "more" : rw_number_print(got, v));
        return false;
    }
    if (key->size == sizeof(uint64_t))
        *(uint64_t *)to = (uint64_t)v;
    else if (key->size == sizeof(unsigned))
        *(unsigned *)to = (unsigned)v;
    return true;
}

static bool
decode_flag(
    struct rw_decode *x, const struct rw_node *node, const struct rw_key *key, bool *to)
{
    if (node->kind != RW_JSON_TRUE && node->kind != RW_JSON_FALSE) {
        rw_decode_wrong_kind(x, node, key->name, "true or false");
        if (node->kind == RW_JSON_STRING)
            rw_diag_help(x->d, "leave out the quotes");
        return false;
    }
    *to = node->kind == RW_JSON_TRUE;
    return true;
}

/* A container or name whose content its owner decodes. */
static bool
check_kind(struct rw_decode *x, const struct rw_node *node, const struct rw_key *key)
{
    enum rw_json kind = key->type == RW_KEY_NAME         ? RW_JSON_STRING
                        : key->type == RW_KEY_PARAMETERS ? RW_JSON_OBJECT
                                                         : RW_JSON_ARRAY;

    if (node->kind != kind) {
        rw_decode_wrong_kind(x, node, key->name,
            kind == RW_JSON_STRING       ? "a text in double quotes"
            : kind == RW_JSON_OBJECT     ? "an object { ... }"
            : key->type == RW_KEY_IDS    ? "a list [ ... ] of ids"
            : key->type == RW_KEY_NAMES  ? "a list [ ... ] of names"
            : key->type == RW_KEY_MATRIX ? "a list [ ... ] of rows [ ... ]"
                                         : "a list [ ... ] of objects");
        return false;
    }
    if (kind == RW_JSON_ARRAY && node->n == 0 &&
        (key->required || key->type == RW_KEY_IDS)) {
        rw_decode_wrong(x, node, "%s is empty", key->name);
        rw_diag_help(x->d, key->required ? "list one or more"
                                         : "list one or more, or leave the key out");
        return false;
    }
    return true;
}

bool
rw_decode_value(
    struct rw_decode *x, const struct rw_node *node, const struct rw_key *key, void *to)
{
    struct rw_measure q = rw_decode_measure(x, key);
    struct rw_estimate *estimate = to;

    switch (key->type) {
    case RW_KEY_TEXT:
    case RW_KEY_ID:
    case RW_KEY_CURRENCY:
        return decode_text(x, node, key, to);
    case RW_KEY_FLAG:
        return decode_flag(x, node, key, to);
    case RW_KEY_WHOLE:
        return decode_whole(x, node, key, to);
    case RW_KEY_NUMBER:
        return rw_decode_number(x, node, &q, to);
    case RW_KEY_ESTIMATE:
        estimate->place = rw_decode_place(x, node);
        return rw_decode_dist(x, node, &q, NULL, &estimate->dist);
    case RW_KEY_DIST:
        return rw_decode_dist(x, node, &q, NULL, to);
    case RW_KEY_WORD:
        return decode_word(x, node, key, to);
    case RW_KEY_WORDS:
        return decode_words(x, node, key, to);
    case RW_KEY_AMOUNT:
    case RW_KEY_FORM:
    case RW_KEY_ANY:
        return true;
    default:
        return check_kind(x, node, key);
    }
}
