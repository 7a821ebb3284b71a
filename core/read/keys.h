/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/keys.h -- every key of a scenario: one table per object.
 *
 * The tables are the reader's knowledge of the format and its documentation
 * at once: what they say is what is checked, and docs/scenarios.md holds
 * their listing.  A new key is one line here, and where it means more than a
 * value in its range, a function in the decoder of its object.
 *
 * Units: see base/unit.h; a plain number is in the base unit (money in the
 * scenario's currency, 1/year, shares of 1), and in days for times, which
 * are kept in years.
 *
 * Floor: read (uses model).  Threads: constants.
 */
#ifndef RW_READ_KEYS_H
#define RW_READ_KEYS_H

#include "base/text.h"
#include "base/unit.h"
#include "model/model.h"

enum rw_key_type {
    RW_KEY_TEXT,       /* const char *                                     */
    RW_KEY_ID,         /* const char *: [a-z][a-z0-9_-]*                   */
    RW_KEY_CURRENCY,   /* const char *: three capital letters              */
    RW_KEY_FLAG,       /* bool                                             */
    RW_KEY_WHOLE,      /* unsigned, uint64_t or size_t                     */
    RW_KEY_NUMBER,     /* double in a unit                                 */
    RW_KEY_ESTIMATE,   /* struct rw_estimate                               */
    RW_KEY_DIST,       /* struct rw_dist                                   */
    RW_KEY_WORD,       /* an enum, by its names                            */
    RW_KEY_WORDS,      /* unsigned, a bit set of an enum                   */
    RW_KEY_OBJECT,     /* an object whose keys fill the same struct        */
    RW_KEY_OBJECTS,    /* a list of objects, decoded by the owner's code   */
    RW_KEY_IDS,        /* a list of ids, decoded by the owner's code       */
    RW_KEY_NAME,       /* a text, decoded by the owner's code              */
    RW_KEY_AMOUNT,     /* an estimate, decoded by the owner's code         */
    RW_KEY_PARAMETERS, /* an object, decoded after the plugin's own table */
    RW_KEY_NAMES,      /* a list of names, decoded by the owner's code    */
    RW_KEY_MATRIX,     /* a list of lists of numbers, likewise            */
    RW_KEY_FORM,       /* decoded by the owner's code; `form` says what    */
    RW_KEY_ANY         /* any value, which nobody looks at                */
};

struct rw_key_table;

struct rw_key {
    const char *name;
    enum rw_key_type type;
    bool required;
    const char *preset; /* the default, as JSON writes it; NULL: none  */
    enum rw_unit unit;
    double min, max;  /* of plain values and supports                */
    bool above;       /* min itself is refused                       */
    bool or_false;    /* of objects and lists: `false` may stand instead, the
                        owner's code sees to it */
    double mean_max;  /* of an estimate's mean; 0: no limit          */
    const char *form; /* in words, of RW_KEY_FORM */
    const char *const *words;
    const struct rw_key_table *table; /* of objects, also where they are one form */
    size_t offset, size;              /* of the member in the struct filled          */
    const char *doc;
};

struct rw_key_table {
    const char *name;  /* "threat": what messages call the object */
    const char *where; /* "threats[]": its place in the scenario */
    const char *doc;
    const struct rw_key *keys;
    size_t n;
};

/* Longest id, most cycles, largest plain amount of money. */
#define RW_ID_MAX       64
#define RW_CYCLES_MAX   1200
#define RW_FAILURES_MAX 1000 /* a year */
#define RW_MONEY_MAX    1e18

extern const struct rw_key_table rw_keys_scenario, rw_keys_horizon, rw_keys_simulation,
    rw_keys_band, rw_keys_organisation, rw_keys_asset, rw_keys_threat, rw_keys_count,
    rw_keys_excitation, rw_keys_loss, rw_keys_cover, rw_keys_detection, rw_keys_bias,
    rw_keys_industry, rw_keys_control, rw_keys_variance, rw_keys_distrust, rw_keys_wear,
    rw_keys_cost, rw_keys_strategy, rw_keys_plan, rw_keys_check, rw_keys_act,
    rw_keys_step, rw_keys_trigger, rw_keys_capacity, rw_keys_appetite,
    rw_keys_dependence, rw_keys_copula, rw_keys_multiplier, rw_keys_shock, rw_keys_hit,
    rw_keys_cause, rw_keys_stage, rw_keys_outcomes, rw_keys_response, rw_keys_amounts,
    rw_keys_programme, rw_keys_evidence, rw_keys_stages, rw_keys_statement, rw_keys_fee,
    rw_keys_partner, rw_keys_regulation, rw_keys_history;

/* All of them, in the order of the documentation; NULL behind. */
extern const struct rw_key_table *const rw_key_tables[];

/* NULL where the table has none. */
const struct rw_key *rw_key_find(const struct rw_key_table *t, const char *name);

/* A list's number of words. */
size_t rw_words_count(const char *const words[]);

/* "money", "share" ... as messages and documents call a unit. */
const char *rw_unit_noun(enum rw_unit unit);

/* The reference of all keys, as Markdown. */
void rw_read_keys_markdown(struct rw_text *out);

#endif
