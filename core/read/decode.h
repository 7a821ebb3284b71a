/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/decode.h -- from the tree to the model, shared by the decoder's
 * files: decode.c (objects by their tables), decode_value.c (plain values),
 * decode_dist.c (estimates; those of parts: decode_dist.h), decode_ids.c
 * (references), decode_plugin.c,
 * and one file for each large object of a scenario.
 *
 * A decoder never stops at an error: it reports it, leaves a harmless value
 * and goes on, so that one reading tells all that is wrong.
 *
 * Floor: read (uses model).  Threads: one decoder, one thread.
 */
#ifndef RW_READ_DECODE_H
#define RW_READ_DECODE_H

#include "model/model.h"
#include "read/keys.h"
#include "read/node.h"

/* What an id names. */
enum rw_id_kind {
    RW_ID_ASSET,
    RW_ID_THREAT,
    RW_ID_CONTROL,
    RW_ID_STRATEGY,
    RW_ID_MULTIPLIER,
    RW_ID_SHOCK,
    RW_ID_CAUSE,
    RW_ID_PARTNER /* index: of its control */
};

struct rw_id {
    const char *id;
    enum rw_id_kind kind;
    size_t index;                /* within its list           */
    const struct rw_node *node;  /* where it was given        */
    const struct rw_node *asked; /* last reference found to it */
    size_t asked_by;             /* the list that holds that  */
};

/* Sorted by id. */
struct rw_ids {
    struct rw_id *v;
    size_t n;
};

struct rw_decode {
    struct rw_arena *a; /* of the model */
    struct rw_diags *d;
    const struct rw_plugin_finder *plugins; /* NULL: there are none */
    struct rw_model *m;
    struct rw_ids ids, strategies;
    size_t n_lists;         /* of references, so far            */
    enum rw_err plugin_err; /* of the first plugin that does not load */
    size_t broken;          /* such plugins */
    struct rw_error *e;     /* its message                      */
    bool memory;            /* out of memory                    */
};

/* The whole scenario into x->m. */
void rw_decode_scenario(struct rw_decode *x, const struct rw_node *root);
void rw_decode_threats(struct rw_decode *x, const struct rw_node *list);
void rw_decode_controls(struct rw_decode *x, const struct rw_node *list);
/* A threat's stages and what belongs to them; then of each loss, in the threat's
 * node; then, once controls are there, which stages they see. */
void rw_decode_attack(
    struct rw_decode *x, const struct rw_node *node, struct rw_threat *t);
void rw_decode_loss_outcomes(struct rw_decode *x, const struct rw_node *node,
    const struct rw_node *threat, const struct rw_threat *t, struct rw_loss *l);
void rw_decode_watches(struct rw_decode *x, const struct rw_node *list);
/* What a control says of its support and upkeep; then, once all are there, of all. */
void rw_decode_upkeep(
    struct rw_decode *x, const struct rw_node *node, struct rw_control *c);
void rw_decode_supports(struct rw_decode *x, const struct rw_node *list);
/* After threats and controls. */
void rw_decode_dependence(struct rw_decode *x, const struct rw_node *object);
void rw_decode_copulas(struct rw_decode *x, const struct rw_node *list);
/* The correlations of a copula's n variables, called names[i], into rho (n, n). */
void rw_decode_correlations(struct rw_decode *x, const struct rw_node *copula, size_t n,
    const char *const names[], double rho[]);
/* Of a control or a partner: what it covers; the purchase of a planned one. */
void rw_decode_covers(
    struct rw_decode *x, const struct rw_node *list, struct rw_control *c);
void rw_decode_check_start(
    struct rw_decode *x, const struct rw_node *node, struct rw_control *c);
/* Partners' controls behind the others; after controls and before whatever may
 * refer to controls by address. */
void rw_decode_partners(struct rw_decode *x, const struct rw_node *list);
/* Fines as losses of their threats, whose own are decoded. */
void rw_decode_regulations(struct rw_decode *x, const struct rw_node *list);
/* After strategies; object NULL: there is none. */
void rw_decode_programme(struct rw_decode *x, const struct rw_node *object);
/* Prerequisites of controls that operate or are planned; in list their objects. */
void rw_decode_required(struct rw_decode *x, const struct rw_node *list);
/* decode_exclude.c: exclusions that cannot be kept; list: of the controls. */
void rw_decode_exclusions(struct rw_decode *x, const struct rw_node *list);
bool rw_decode_excluded(const struct rw_model *m, size_t a, size_t b);
/* decode_deciding.c: what a strategy's grounds and phases are; its other keys
 * are decoded. */
void rw_decode_deciding(
    struct rw_decode *x, const struct rw_node *node, struct rw_strategy *s);
/* decode_trigger.c */
void rw_decode_triggers(struct rw_decode *x, const struct rw_node *list,
    const struct rw_node *strategy, struct rw_strategy *s);
/* The history of a threat's or control's estimates: checked, and passed over. */
void rw_decode_history(struct rw_decode *x, const struct rw_node *owner);
/* list: the strategies, or the root where none are listed. */
void rw_decode_strategies(struct rw_decode *x, const struct rw_node *list);

/* n zeroed pieces in the model's arena; a valid address even without memory
 * (x->memory then) is not promised: NULL. */
#define RW_DECODE_NEW(x, n, type) ((type *)rw_decode_alloc((x), (n), sizeof(type)))
void *rw_decode_alloc(struct rw_decode *x, size_t n, size_t size);
const char *rw_decode_copy(struct rw_decode *x, const char *s);
struct rw_place rw_decode_place(struct rw_decode *x, const struct rw_node *node);

/* Begins a diagnostic at a value, or at its key. */
void rw_decode_wrong(struct rw_decode *x, const struct rw_node *value, const char *fmt,
    ...) RW_PRINTF(3, 4);
void rw_decode_wrong_key(struct rw_decode *x, const struct rw_node *value,
    const char *fmt, ...) RW_PRINTF(3, 4);
/* A second place for it. */
void rw_decode_also(
    struct rw_decode *x, const struct rw_node *value, const char *label);
/* Two keys that may not stand together. */
void rw_decode_conflict(struct rw_decode *x, const struct rw_node *a,
    const struct rw_node *b, const char *help);
/* A key that must be there: reported at the object's bracket, unless an unknown key
 * was meant for it.  help: NULL for none. */
void rw_decode_missing(struct rw_decode *x, const struct rw_node *object,
    const char *what, const char *key, const char *help);
/* "did you mean" behind the carets where a word is near. */
void rw_decode_suggest(
    struct rw_decode *x, const char *s, const char *const words[], size_t n);

/* "//...", "_comment" and "x-...": for people and other programs. */
bool rw_decode_is_comment(const char *key);

/* Fills *to by the table; absent keys get their presets.  false: no object. */
bool rw_decode_object(struct rw_decode *x, const struct rw_node *node,
    const struct rw_key_table *table, void *to);
/* The presets alone. */
void rw_decode_presets(struct rw_decode *x, const struct rw_node *owner,
    const struct rw_key_table *table, void *to);
/* One value by its key; false: reported. */
bool rw_decode_value(struct rw_decode *x, const struct rw_node *node,
    const struct rw_key *key, void *to);
/* Members of the object that are what their table says, NULL otherwise. */
const struct rw_node *rw_decode_list(const struct rw_node *object, const char *key);
const struct rw_node *rw_decode_text(const struct rw_node *object, const char *key);

/* How a quantity is written: plain numbers times `plain`, texts with a unit
 * times `scale` from the unit's base. */
struct rw_measure {
    const char *name;
    enum rw_unit unit;
    double plain, scale, min, max, mean_max;
    bool above;
    const char *currency;
};
struct rw_measure rw_decode_measure(
    const struct rw_decode *x, const struct rw_key *key);
bool rw_decode_number(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, double *to);
/* The number without a look at its range; false: reported. */
bool rw_decode_quantity(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, double *to);
/* Number, text with a unit or {"dist": ...}.  `skip` is a key of the object
 * that belongs to somebody else, or NULL. */
bool rw_decode_dist(struct rw_decode *x, const struct rw_node *node,
    const struct rw_measure *q, const char *skip, struct rw_dist *to);
/* Reports a value of the wrong kind. */
void rw_decode_wrong_kind(struct rw_decode *x, const struct rw_node *node,
    const char *name, const char *wanted);

/* Collects the ids of a list of objects (NULL: none). */
void rw_ids_add(struct rw_decode *x, struct rw_ids *ids, const struct rw_node *list,
    const char *key, enum rw_id_kind kind);
/* Sorts them and reports those given twice. */
void rw_ids_sort(struct rw_decode *x, struct rw_ids *ids);
/* The one thing a text names, NULL: reported. */
struct rw_id *rw_decode_ref(
    struct rw_decode *x, const struct rw_node *node, unsigned kinds);
/* The things a list of ids names, of the kinds in the bit set; unknown,
 * unfit and repeated ones are reported and left out.  Shape of refs: (list->n);
 * from[i], unless NULL, is where refs[i] stands. */
size_t rw_decode_refs(struct rw_decode *x, const struct rw_node *list, unsigned kinds,
    struct rw_id *refs[], const struct rw_node *from[]);
/* Those of one kind, as indices in the model's arena. */
size_t *rw_decode_indices(struct rw_decode *x, struct rw_id *const refs[], size_t n,
    enum rw_id_kind kind, size_t *count);

/* The plugin that member `key` of the object names, its parameters with
 * defaults filled in; owner is "threat phish". */
void rw_decode_plugin(struct rw_decode *x, const struct rw_node *object,
    const char *key, enum rw_plugin_kind kind, const char *owner,
    struct rw_plugin_use *use);

#endif
