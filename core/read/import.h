/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/read/import.h -- catalogues of others as stubs of threats and controls.
 *
 * ATT&CK (or any STIX 2 bundle): https://docs.oasis-open.org/cti/stix/v2.1/
 *   attack-pattern     -> threat; T1566.001 belongs to T1566
 *   course-of-action   -> control
 *   relationship_type "mitigates" from the latter to the former -> covers
 *   `revoked` and `x_mitre_deprecated` objects and relations are left out.
 * M0816, M1055 and M1059 of ATT&CK are no controls: they state that a technique
 * cannot or should not be mitigated ("futile" below).
 *
 * OSCAL catalogues: https://pages.nist.gov/OSCAL/reference/latest/catalog/
 *   controls, in groups or within controls (enhancements) -> controls
 *   links of rel "required" to another of them -> requires
 *   controls whose prop `status` is "withdrawn" are left out.
 *
 * A catalogue holds no estimate, and none is made up: frequencies, losses,
 * efficacies and costs of the stubs are left to the user.
 *
 * Names are made safe to print (read/diag.h), of one line and cut; references
 * are ASCII letters, digits and . _ - with a letter or _ first, or refused.
 *
 * Floor: read (uses base and cJSON).  Threads: as node.h.
 */
#ifndef RW_READ_IMPORT_H
#define RW_READ_IMPORT_H

#include "base/arena.h"
#include "base/sha256.h"
#include "base/text.h"
#include "read/span.h"

#include <stdint.h>

enum {
    RW_IMPORT_NAME = 120,      /* characters of a name */
    RW_IMPORT_REFERENCE = 128, /* bytes of a reference */
    RW_IMPORT_SHOWN = 32,      /* dangling relations and futile statements kept */
    RW_IMPORT_WORDS = 64       /* of a filter, and told where none fits */
};

enum rw_import_kind { RW_IMPORT_ATTACK, RW_IMPORT_OSCAL };

struct rw_import_item {
    const char *id;        /* of the stub, made from the reference; unique */
    const char *reference; /* what the file calls it */
    const char *name;      /* "Phishing: Spearphishing Attachment" with its parent */
    const char *within;    /* its tactics, or the groups it stands in; "" none */
    size_t parent;         /* in the same list; SIZE_MAX: none */
    const char *whole; /* what the file calls that which it is a part of, also where a
                        * filter leaves it out; NULL: of nothing */
    size_t *covers, n_covers;     /* of a control: threats, ascending */
    size_t *requires, n_requires; /* of a control: controls, ascending */
    size_t n_covered;             /* of a threat: controls that cover it */
    bool futile;                  /* of a threat: it is stated that nothing helps */
    const char **labels;          /* of a mitigation: other standards' names for it */
    size_t n_labels;
};

/* What became of the things of a kind: all is the sum of the others. */
struct rw_import_tally {
    size_t all, taken;
    size_t revoked, deprecated, withdrawn;
    size_t unwanted; /* by --tactic and --platform */
    size_t futile;   /* mitigations that say that nothing helps */
};

/* Of relations, likewise. */
struct rw_import_relations {
    size_t all, taken;
    size_t revoked, deprecated; /* themselves */
    size_t ended;               /* an end is revoked, deprecated or withdrawn */
    size_t unwanted, futile;    /* an end is */
    size_t elsewhere;           /* they join other things than these */
    size_t dangling;            /* an end is not in the file */
    size_t repeated;
};

struct rw_import_dangling {
    const char *source, *target, *missing;
    int line, col;
};

struct rw_import_futile {
    const char *reference, *name;
};

struct rw_import_join;

struct rw_import {
    enum rw_import_kind kind;
    const char *file, *title, *notice; /* title, notice: "" none */
    char sha256[RW_SHA256_HEX];
    size_t objects; /* of a bundle; groups of a catalogue */
    struct rw_import_item *threats, *controls;
    size_t n_threats, n_controls;
    struct rw_import_tally techniques, measures;
    struct rw_import_relations relations; /* mitigates, or required */
    struct rw_import_dangling dangling[RW_IMPORT_SHOWN];
    struct rw_import_futile futile[RW_IMPORT_SHOWN];
    const struct rw_import_join *join; /* of a catalogue with a bundle; NULL: none */
};

/* The threats of a bundle under the controls of a catalogue: a mitigation's label
 * "STANDARD - ID; ID" says which controls of that standard it consists of. */
struct rw_import_join {
    const struct rw_import *bundle;
    const char *standard;
    size_t named, met;          /* ids in labels of it; those that are controls here */
    size_t n_missing;           /* different ids that are not */
    const char *const *missing; /* (n_missing) ascending */
};

/* A technique is wanted if it has one of the tactics and one of the platforms;
 * n 0: any.  Mitigations of none that is wanted are unwanted too. */
struct rw_import_filter {
    const char *const *tactics, *const *platforms;
    size_t n_tactics, n_platforms;
};

/* in->bytes end with a NUL behind n.  threats are ascending by reference, controls
 * too; those of a catalogue are in its order.  All lives in the arena.
 * RW_ERR_INPUT: *report (initialised by the caller) tells all that is wrong.
 * RW_ERR_USAGE: a filter that nothing passes.  RW_ERR_MEMORY, RW_ERR_BUG. */
RW_MUST_CHECK enum rw_err rw_import_attack(const struct rw_input *in,
    const struct rw_import_filter *filter, struct rw_arena *a, struct rw_import *x,
    struct rw_text *report, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_import_oscal(const struct rw_input *in, struct rw_arena *a,
    struct rw_import *x, struct rw_text *report, struct rw_error *e);

/* Gives the catalogue x the threats of the bundle, and its controls what the
 * mitigations with their labels cover; both live as long as x.  RW_ERR_USAGE: the
 * bundle has no label of that standard.  RW_ERR_MEMORY. */
RW_MUST_CHECK enum rw_err rw_import_join(struct rw_import *x,
    const struct rw_import *bundle, const char *standard, struct rw_arena *a,
    struct rw_error *e);

#endif
