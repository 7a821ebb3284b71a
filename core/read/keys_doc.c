/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/keys.h"

#include <math.h>
#include <string.h>

static void
add_words(struct rw_text *out, const char *const words[])
{
    for (size_t i = 0; words[i]; i++)
        rw_text_addf(out, "%s`%s`", i ? ", " : "", words[i]);
}

static void
add_range(struct rw_text *out, const struct rw_key *k)
{
    /* a bound in days is a whole number but for its way through years */
    bool time = k->unit == RW_UNIT_TIME;
    double max = time ? round(k->max * RW_DAYS_PER_YEAR) : k->max;
    double min = time ? round(k->min * RW_DAYS_PER_YEAR) : k->min;
    char low[RW_NUMBER_MAX], high[RW_NUMBER_MAX];

    rw_number_print(low, min);
    rw_number_print(high, max);
    if (isinf(k->min))
        return;
    rw_text_addf(out, k->above ? ", above %s" : ", from %s", low);
    if (isfinite(k->max))
        rw_text_addf(out, " to %s", high);
    if (k->unit == RW_UNIT_TIME)
        rw_text_add(out, " days");
}

static void
add_type(struct rw_text *out, const struct rw_key *k)
{
    static const char *const nouns[] = {"text", "id", "currency code", "true or false",
        "whole number", NULL, NULL, NULL, NULL, NULL, NULL, NULL, "list of ids", "name",
        NULL, "object", "list of names", "list of rows of numbers", NULL, "any value"};

    switch (k->type) {
    case RW_KEY_NUMBER:
        rw_text_add(out, rw_unit_noun(k->unit));
        add_range(out, k);
        break;
    case RW_KEY_ESTIMATE:
    case RW_KEY_DIST:
    case RW_KEY_AMOUNT:
        rw_text_addf(out, "estimate (%s)", rw_unit_noun(k->unit));
        add_range(out, k);
        break;
    case RW_KEY_WHOLE:
        rw_text_add(out, nouns[k->type]);
        add_range(out, k);
        break;
    case RW_KEY_WORD:
        rw_text_add(out, "one of ");
        add_words(out, k->words);
        break;
    case RW_KEY_WORDS:
        rw_text_add(out, "list of ");
        add_words(out, k->words);
        break;
    case RW_KEY_FORM:
        rw_text_add(out, k->form);
        break;
    case RW_KEY_OBJECT:
    case RW_KEY_OBJECTS:
        rw_text_addf(out, "%s, see [%s](#%s)",
            k->type == RW_KEY_OBJECT ? "object" : "list of objects", k->table->name,
            k->table->name);
        if (k->or_false)
            rw_text_add(out, ", or `false`");
        break;
    default:
        rw_text_add(out, nouns[k->type]);
    }
}

/* A heading's address: blanks become '-'. */
static void
add_anchors(struct rw_text *out, size_t from)
{
    bool inside = false;

    for (size_t i = from; out->s && i < out->len; i++) {
        if (out->s[i] == '#')
            inside = true;
        else if (out->s[i] == ')')
            inside = false;
        else if (inside && out->s[i] == ' ')
            out->s[i] = '-';
    }
}

static void
add_key(struct rw_text *out, const struct rw_key *k)
{
    size_t from;

    rw_text_addf(out, "| `%s` | ", k->name);
    from = out->len;
    add_type(out, k);
    add_anchors(out, from);
    if (k->required)
        rw_text_add(out, " | **required**");
    else if (k->preset)
        rw_text_addf(out, " | %s", k->preset);
    else
        rw_text_add(out, " |");
    rw_text_addf(out, " | %s |\n", k->doc);
}

void
rw_read_keys_markdown(struct rw_text *out)
{
    for (size_t i = 0; rw_key_tables[i]; i++) {
        const struct rw_key_table *t = rw_key_tables[i];

        rw_text_addf(out, "%s### %s\n\n", i ? "\n" : "", t->name);
        if (t->where[0])
            rw_text_addf(out, "At `%s`. ", t->where);
        rw_text_addf(out,
            "%s\n\n| key | value | default | meaning |\n|---|---|---|---|\n", t->doc);
        for (size_t k = 0; k < t->n; k++)
            add_key(out, &t->keys[k]);
    }
}
