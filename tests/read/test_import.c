/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogues of others.  The two files of scenarios/catalogues hold one thing of
 * each kind that may become of an object; their counts were made by hand. */
#include "read/import.h"
#include "read/prescan.h"
#include "tests/read/corpus.h"
#include "tests/support/check.h"

/* One reading and all it leaves. */
struct reading {
    struct rw_arena a;
    struct rw_import x;
    struct rw_text report;
    struct rw_error e;
    enum rw_err err;
};

static const struct rw_import_filter no_filter;

static void
read_as(struct reading *r, bool oscal, const char *bytes, size_t n,
    const struct rw_import_filter *filter)
{
    const struct rw_input in = {.name = "test.json", .bytes = bytes, .n = n};

    rw_arena_init(&r->a);
    rw_text_init(&r->report);
    rw_error_clear(&r->e);
    r->err = oscal ? rw_import_oscal(&in, &r->a, &r->x, &r->report, &r->e)
                   : rw_import_attack(&in, filter ? filter : &no_filter, &r->a, &r->x,
                         &r->report, &r->e);
}

static void
done(struct reading *r)
{
    rw_text_fini(&r->report);
    rw_arena_fini(&r->a);
}

static char *
example(bool oscal, size_t *n)
{
    return corpus_read(
        "../../scenarios/catalogues", oscal ? "oscal" : "attack", ".json", n);
}

static void
read_example(struct reading *r, bool oscal, const struct rw_import_filter *filter)
{
    size_t n;
    char *bytes = example(oscal, &n);

    read_as(r, oscal, bytes, n, filter);
    free(bytes); /* nothing that is kept points into it */
    if (r->err != RW_OK && r->err != RW_ERR_USAGE)
        fail_msg("code %d: %s%s", r->err, r->e.text, r->report.s ? r->report.s : "");
}

static const struct rw_import_item *
item(const struct rw_import_item v[], size_t n, const char *reference)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(v[k].reference, reference) == 0)
            return &v[k];
    return NULL;
}
#define THREAT(r, s)  item((r)->x.threats, (r)->x.n_threats, s)
#define CONTROL(r, s) item((r)->x.controls, (r)->x.n_controls, s)

static size_t
sum_of(const struct rw_import_tally *y)
{
    return y->taken + y->revoked + y->deprecated + y->withdrawn + y->unwanted +
           y->futile;
}

static size_t
sum_of_relations(const struct rw_import_relations *r)
{
    return r->taken + r->revoked + r->deprecated + r->ended + r->unwanted + r->futile +
           r->elsewhere + r->dangling + r->repeated;
}

static void
what_is_revoked_or_deprecated_is_left_out(void **state)
{
    struct reading r;

    (void)state;
    read_example(&r, false, NULL);
    assert_int_equal(r.x.techniques.all, 8);
    assert_int_equal(r.x.techniques.taken, 6);
    assert_int_equal(r.x.techniques.revoked, 1);
    assert_int_equal(r.x.techniques.deprecated, 1);
    assert_int_equal(r.x.measures.all, 4);
    assert_int_equal(r.x.measures.taken, 2);
    assert_int_equal(r.x.measures.deprecated, 1);
    assert_int_equal(r.x.n_threats, 6);
    assert_int_equal(r.x.n_controls, 2);
    assert_null(THREAT(&r, "T9005"));
    assert_null(THREAT(&r, "T9006"));
    assert_null(CONTROL(&r, "M9003"));
    assert_string_equal(r.x.title, "Practice catalogue 1.0");
    assert_string_equal(r.x.notice, "Written to practise with; no part of ATT&CK.");
    done(&r);
}

static void
every_relation_is_accounted_for(void **state)
{
    struct reading r;
    const struct rw_import_relations *y = &r.x.relations;

    (void)state;
    read_example(&r, false, NULL);
    assert_int_equal(y->all, 11);
    assert_int_equal(sum_of_relations(y), y->all);
    assert_int_equal(y->taken, 5);
    assert_int_equal(y->revoked, 1);
    assert_int_equal(y->ended, 2);
    assert_int_equal(y->futile, 1);
    assert_int_equal(y->dangling, 1);
    assert_int_equal(y->repeated, 1);
    assert_int_equal(y->elsewhere, 0);
    assert_int_equal(sum_of(&r.x.techniques), r.x.techniques.all);
    assert_int_equal(sum_of(&r.x.measures), r.x.measures.all);
    assert_int_equal(r.x.dangling[0].line, 29);
    assert_string_equal(r.x.dangling[0].missing,
        "attack-pattern--00000000-0000-4000-8000-000000000099");
    done(&r);
}

static void
a_control_covers_what_it_mitigates(void **state)
{
    struct reading r;
    const struct rw_import_item *c;

    (void)state;
    read_example(&r, false, NULL);
    c = CONTROL(&r, "M9002");
    assert_int_equal(c->n_covers, 3);
    for (size_t k = 0; k < 3; k++) /* T9001, T9001.001, T9001.002 come first */
        assert_int_equal(c->covers[k], k);
    c = CONTROL(&r, "M9001");
    assert_int_equal(c->n_covers, 2);
    assert_string_equal(r.x.threats[c->covers[0]].reference, "T9001.002");
    assert_string_equal(r.x.threats[c->covers[1]].reference, "T9002");
    assert_int_equal(THREAT(&r, "T9001.002")->n_covered, 2);
    assert_int_equal(THREAT(&r, "T9004")->n_covered, 0);
    done(&r);
}

/* "Do Not Mitigate" would make T9003 look covered. */
static void
a_statement_that_nothing_helps_is_no_control(void **state)
{
    struct reading r;

    (void)state;
    read_example(&r, false, NULL);
    assert_null(CONTROL(&r, "M1055"));
    assert_int_equal(r.x.measures.futile, 1);
    assert_string_equal(r.x.futile[0].reference, "M1055");
    assert_string_equal(r.x.futile[0].name, "Do Not Mitigate");
    assert_true(THREAT(&r, "T9003")->futile);
    assert_int_equal(THREAT(&r, "T9003")->n_covered, 0);
    assert_false(THREAT(&r, "T9004")->futile);
    done(&r);
}

static void
parts_stand_behind_their_whole_and_bear_its_name(void **state)
{
    struct reading r;

    (void)state;
    read_example(&r, false, NULL);
    assert_string_equal(r.x.threats[0].reference, "T9001");
    assert_string_equal(r.x.threats[1].reference, "T9001.001");
    assert_string_equal(r.x.threats[1].id, "t9001-001");
    assert_string_equal(r.x.threats[1].name, "Letter with a lure: Attached document");
    assert_int_equal(r.x.threats[1].parent, 0);
    assert_string_equal(r.x.threats[1].whole, "T9001");
    assert_true(r.x.threats[0].parent == SIZE_MAX && r.x.threats[3].parent == SIZE_MAX);
    assert_null(r.x.threats[0].whole);
    assert_string_equal(r.x.threats[3].within, "initial-access, lateral-movement");
    done(&r);
}

static void
a_filter_leaves_out_what_was_not_asked_for(void **state)
{
    static const char *const tactics[] = {"lateral-movement", "COLLECTION"};
    static const char *const platforms[] = {"web"};
    const struct rw_import_filter tactic = {.tactics = tactics, .n_tactics = 2};
    const struct rw_import_filter both = {
        .tactics = tactics, .n_tactics = 1, .platforms = platforms, .n_platforms = 1};
    const struct rw_import_filter web = {.platforms = platforms, .n_platforms = 1};
    struct reading r;

    (void)state;
    read_example(&r, false, &tactic);
    assert_int_equal(r.x.n_threats, 2);
    assert_int_equal(r.x.techniques.unwanted, 4);
    assert_int_equal(sum_of(&r.x.techniques), 8);
    assert_int_equal(r.x.n_controls, 1); /* training helps against none of them */
    assert_int_equal(r.x.measures.unwanted, 1);
    assert_int_equal(sum_of(&r.x.measures), 4);
    assert_int_equal(r.x.relations.unwanted, 5);
    assert_int_equal(sum_of_relations(&r.x.relations), 11);
    done(&r);
    read_example(&r, false, &both);
    assert_int_equal(r.x.n_threats, 1);
    assert_string_equal(r.x.threats[0].reference, "T9002");
    done(&r);
    /* a part whose whole is not asked for still says what it is a part of */
    read_example(&r, false, &web);
    assert_int_equal(r.x.n_threats, 2);
    assert_string_equal(r.x.threats[0].reference, "T9001.002");
    assert_string_equal(r.x.threats[0].whole, "T9001");
    assert_true(r.x.threats[0].parent == SIZE_MAX);
    done(&r);
}

static void
a_filter_that_nothing_passes_is_told_what_there_is(void **state)
{
    static const char *const words[] = {"colection"}, *const pair[] = {"collection"},
                             *const web[] = {"Web"};
    const struct rw_import_filter misspelt = {.tactics = words, .n_tactics = 1};
    const struct rw_import_filter platform = {.platforms = words, .n_platforms = 1};
    const struct rw_import_filter none = {
        .tactics = pair, .n_tactics = 1, .platforms = web, .n_platforms = 1};
    struct reading r;

    (void)state;
    read_example(&r, false, &misspelt);
    assert_int_equal(r.err, RW_ERR_USAGE);
    assert_string_equal(r.e.text,
        "no technique here has the tactic 'colection'; did you mean 'collection'?; "
        "there are collection, initial-access, lateral-movement");
    done(&r);
    read_example(&r, false, &platform);
    assert_int_equal(r.err, RW_ERR_USAGE);
    assert_non_null(strstr(r.e.text, "there are Mail, Office, Web"));
    done(&r);
    read_example(&r, false, &none);
    assert_int_equal(r.err, RW_ERR_USAGE);
    assert_non_null(strstr(r.e.text, "both such a tactic and such a platform"));
    done(&r);
}

static void
withdrawn_controls_are_left_out(void **state)
{
    struct reading r;
    const struct rw_import_item *c;

    (void)state;
    read_example(&r, true, NULL);
    assert_int_equal(r.x.objects, 3);
    assert_int_equal(r.x.measures.all, 5);
    assert_int_equal(r.x.measures.withdrawn, 1);
    assert_int_equal(r.x.measures.taken, 4);
    assert_int_equal(r.x.n_controls, 4);
    assert_null(CONTROL(&r, "pr-1.2"));
    assert_string_equal(r.x.title, "Practice controls, version 1");
    c = CONTROL(&r, "pr-1.1");
    assert_string_equal(c->id, "pr-1-1");
    assert_string_equal(c->name, "Sign-in: Second factor");
    assert_string_equal(r.x.controls[c->parent].reference, "pr-1");
    assert_string_equal(c->within, "Access");
    assert_string_equal(CONTROL(&r, "pr-3")->within, "Access / Doors");
    /* its title is its id, so that the statement stands for it */
    assert_string_equal(
        CONTROL(&r, "pr-3")->name, "Doors are locked when nobody is there");
    done(&r);
}

static void
required_controls_are_required(void **state)
{
    struct reading r;
    const struct rw_import_item *c;

    (void)state;
    read_example(&r, true, NULL);
    c = CONTROL(&r, "pr-1.1");
    assert_int_equal(c->n_requires, 1);
    assert_string_equal(r.x.controls[c->requires[0]].reference, "pr-1");
    assert_int_equal(CONTROL(&r, "pr-3")->n_requires, 0);
    assert_int_equal(r.x.relations.all, 3);
    assert_int_equal(sum_of_relations(&r.x.relations), 3);
    assert_int_equal(r.x.relations.taken, 1);
    assert_int_equal(r.x.relations.ended, 1);
    assert_int_equal(r.x.relations.dangling, 1);
    assert_string_equal(r.x.dangling[0].missing, "#pr-7");
    done(&r);
}

static void
labels_join_a_catalogue_and_a_bundle(void **state)
{
    struct reading r, b;
    const struct rw_import_item *c;

    (void)state;
    read_example(&r, true, NULL);
    read_example(&b, false, NULL);
    assert_int_equal(rw_import_join(&r.x, &b.x, "PRACTICE 1", &r.a, &r.e), RW_OK);
    assert_int_equal(r.x.n_threats, 6);
    c = CONTROL(&r, "pr-1.1"); /* PR-1(1): what M9001 covers */
    assert_int_equal(c->n_covers, 2);
    assert_string_equal(r.x.threats[c->covers[0]].reference, "T9001.002");
    assert_string_equal(r.x.threats[c->covers[1]].reference, "T9002");
    assert_int_equal(CONTROL(&r, "pr-2")->n_covers, 3);
    assert_int_equal(CONTROL(&r, "pr-1")->n_covers, 0);
    assert_int_equal(THREAT(&r, "T9001.002")->n_covered, 2);
    assert_int_equal(THREAT(&r, "T9004")->n_covered, 0);
    assert_int_equal(r.x.join->named, 3);
    assert_int_equal(r.x.join->met, 2);
    assert_int_equal(r.x.join->n_missing, 1);
    assert_string_equal(r.x.join->missing[0], "PR-9");
    done(&r);
    read_example(&r, true, NULL);
    assert_int_equal(rw_import_join(&r.x, &b.x, "PRACTICE", &r.a, &r.e), RW_ERR_USAGE);
    assert_non_null(strstr(r.e.text, "there are labels of 'PRACTICE 1'"));
    assert_null(r.x.join);
    done(&r);
    done(&b);
}

/* ---- what does not stand in the examples ---- */

#define OSCAL(controls)                                                                \
    "{\"catalog\":{\"metadata\":{\"title\":\"t\"},\"controls\":[" controls "]}}"
#define BUNDLE(objects) "{\"type\":\"bundle\",\"objects\":[" objects "]}"
#define TECHNIQUE(n, more)                                                             \
    "{\"type\":\"attack-pattern\",\"id\":\"attack-pattern--" n "\"" more "}"
#define NAMED(n, ref)                                                                  \
    TECHNIQUE(n, ",\"name\":\"x\",\"external_references\":[{\"source_name\":"          \
                 "\"mitre-attack\",\"external_id\":\"" ref "\"}]")

static void
ids_are_unique_over_threats_and_controls(void **state)
{
    static const char bytes[] = OSCAL(
        "{\"id\":\"ac-2.1\",\"title\":\"a\"},{\"id\":\"AC-2-1\",\"title\":\"b\"},"
        "{\"id\":\"ac-2-1-2\",\"title\":\"c\"},{\"id\":\"Ac.2.1\",\"title\":\"d\"},"
        "{\"id\":\"_x\",\"title\":\"e\"}");
    static const char *const ids[] = {
        "ac-2-1", "ac-2-1-2", "ac-2-1-2-2", "ac-2-1-3", "x_x"};
    struct reading r;

    (void)state;
    read_as(&r, true, bytes, sizeof bytes - 1, NULL);
    assert_int_equal(r.err, RW_OK);
    assert_int_equal(r.x.n_controls, 5);
    for (size_t k = 0; k < 5; k++)
        assert_string_equal(r.x.controls[k].id, ids[k]);
    done(&r);
}

static void
long_ids_are_cut_and_stay_unique(void **state)
{
    char bytes[1024], name[120];
    struct reading r;

    (void)state;
    memset(name, 'a', 119);
    name[119] = '\0';
    snprintf(bytes, sizeof bytes,
        OSCAL("{\"id\":\"%s\",\"title\":\"a\"},"
              "{\"id\":\"%s.b\",\"title\":\"b\"}"),
        name, name);
    read_as(&r, true, bytes, strlen(bytes), NULL);
    assert_int_equal(r.err, RW_OK);
    assert_string_not_equal(r.x.controls[0].id, r.x.controls[1].id);
    assert_true(strlen(r.x.controls[0].id) <= 64 && strlen(r.x.controls[1].id) <= 64);
    assert_string_equal(r.x.controls[0].reference, name);
    done(&r);
}

static void
names_are_safe_short_and_of_one_line(void **state)
{
    char bytes[12000], *big = malloc(10001);
    struct reading r;

    (void)state;
    memset(big, 'x', 10000);
    big[10000] = '\0';
    snprintf(bytes, sizeof bytes,
        OSCAL("{\"id\":\"a\",\"title\":\" two\\n \\tlines "
              "\\u202eback\\u0007\\u001b[31m \"},"
              "{\"id\":\"b\",\"title\":\"%s\"}"),
        big);
    read_as(&r, true, bytes, strlen(bytes), NULL);
    assert_int_equal(r.err, RW_OK);
    assert_string_equal(r.x.controls[0].name, "two lines \xef\xbf\xbd"
                                              "back\xef\xbf\xbd\xef\xbf\xbd[31m");
    assert_int_equal(strlen(r.x.controls[1].name), RW_IMPORT_NAME + 3);
    assert_string_equal(r.x.controls[1].name + RW_IMPORT_NAME, "...");
    done(&r);
    free(big);
}

/* Bundles of others have no ids of ATT&CK. */
static void
without_an_id_of_attack_the_one_of_stix_is_kept(void **state)
{
    static const char bytes[] = BUNDLE(
        TECHNIQUE("b", ",\"name\":\"x\",\"external_references\":[{\"source_name\":"
                       "\"capec\",\"external_id\":\"CAPEC-163\"}]") "," TECHNIQUE("a",
            ",\"name\":\"y\"") "," NAMED("c", "T0001"));
    struct reading r;

    (void)state;
    read_as(&r, false, bytes, sizeof bytes - 1, NULL);
    assert_int_equal(r.err, RW_OK);
    assert_string_equal(r.x.threats[0].id, "t0001");
    assert_string_equal(r.x.threats[1].reference, "attack-pattern--a");
    assert_string_equal(r.x.threats[2].id, "attack-pattern--b");
    done(&r);
}

static void
relations_with_other_things_are_counted_apart(void **state)
{
    static const char bytes[] =
        BUNDLE(NAMED("a", "T0001") ","
                                   "{\"type\":\"malware\",\"id\":\"malware--a\"},"
                                   "{\"type\":\"relationship\",\"id\":\"relationship--"
                                   "a\",\"relationship_type\":"
                                   "\"mitigates\",\"source_ref\":\"malware--a\","
                                   "\"target_ref\":\"attack-pattern--a\"},"
                                   "{\"type\":\"relationship\",\"id\":\"relationship--"
                                   "b\",\"relationship_type\":"
                                   "\"uses\",\"source_ref\":\"malware--b\",\"target_"
                                   "ref\":\"attack-pattern--a\"},"
                                   "{\"type\":\"relationship\",\"id\":\"relationship--"
                                   "c\",\"x_mitre_deprecated\":true,"
                                   "\"relationship_type\":\"mitigates\"}");
    struct reading r;

    (void)state;
    read_as(&r, false, bytes, sizeof bytes - 1, NULL);
    assert_int_equal(r.err, RW_OK);
    assert_int_equal(r.x.relations.all, 2);
    assert_int_equal(r.x.relations.elsewhere, 1);
    assert_int_equal(r.x.relations.deprecated, 1);
    assert_int_equal(r.x.relations.dangling, 0);
    done(&r);
}

/* ---- what is wrong ---- */

static void
what_is_wrong_is_told_with_its_place(void **state)
{
    static const struct {
        bool oscal;
        const char *bytes, *want, *place;
    } cases[] = {
        {false, "", "the file is empty", "test.json:1:1"},
        {false, "[1]", "the file must be an object", "test.json:1:1"},
        {false, "{\"type\":\"bundle\"", "", "test.json:1:"},
        {false, "{\"riskwheel\":1}", "it looks like a scenario", "test.json:1:1"},
        {false, OSCAL(""), "riskwheel import oscal", "test.json:1:1"},
        {true, BUNDLE(""), "riskwheel import attack", "test.json:1:1"},
        {true, "{\"profile\":{}}", "another model of OSCAL: profile", "test.json:1:1"},
        {true, "{\"riskwheel\":1}", "it looks like a scenario", "test.json:1:1"},
        {true, "{}", "a catalogue has \"catalog\"", "test.json:1:1"},
        {false, "{\"type\":7}", "this is no STIX bundle", "test.json:1:1"},
        {false, "{\"type\":\"bundle\"}", "the key 'objects' is missing", ""},
        {false, "{\"type\":\"bundle\",\"objects\":{}}", "objects must be a list",
            "1:28"},
        {false, BUNDLE(""), "holds no attack-pattern", "/objects"},
        {false, BUNDLE("7"), "must be an object", "/objects/0"},
        {false, BUNDLE("{\"id\":\"x--1\"}"), "lacks the key 'type'", "/objects/0"},
        {false, BUNDLE("{\"type\":\"x\"}"), "'id' is missing", "/objects/0"},
        {false, BUNDLE("{\"type\":\"x\",\"id\":\"y--1\"}"), "is no id of STIX",
            "/objects/0/id"},
        {false, BUNDLE(TECHNIQUE("a", "")), "lacks the key 'name'", "/objects/0"},
        {false, BUNDLE(TECHNIQUE("a", ",\"name\":5")), "name must be a text",
            "/objects/0/name"},
        {false, BUNDLE(TECHNIQUE("a", ",\"name\":\" \"")), "the name is empty",
            "/objects/0/name"},
        {false, BUNDLE(TECHNIQUE("a", ",\"name\":\"x\",\"revoked\":\"yes\"")),
            "revoked must be true or false", "/objects/0/revoked"},
        {false, BUNDLE(TECHNIQUE("a", ",\"name\":\"x\",\"x_mitre_deprecated\":1")),
            "x_mitre_deprecated must be true or false",
            "/objects/0/x_mitre_deprecated"},
        {false, BUNDLE(TECHNIQUE("a", ",\"name\":\"x\",\"revoked\":true")),
            "all of it is revoked or deprecated", "/objects"},
        {false, BUNDLE(NAMED("a", "=cmd()")), "'=cmd()' is no id that can be kept",
            "/objects/0/external_references/0/external_id"},
        {false, BUNDLE(NAMED("a", "T1") "," NAMED("a", "T2")),
            "is the id of two objects", "/objects/1/id"},
        {false, BUNDLE(NAMED("a", "T1") "," NAMED("b", "T1")),
            "two objects are called 'T1'",
            "/objects/1/external_references/0/external_id"},
        {false,
            BUNDLE(NAMED("a", "T1") ",{\"type\":\"relationship\",\"id\":"
                                    "\"relationship--a\"}"),
            "lacks the key 'relationship_type'", "/objects/1"},
        {false,
            BUNDLE(NAMED("a", "T1") ",{\"type\":\"relationship\",\"id\":"
                                    "\"relationship--a\",\"relationship_type\":"
                                    "\"mitigates\",\"source_ref\":1}"),
            "source_ref must be a text", "/objects/1/source_ref"},
        {false, BUNDLE(TECHNIQUE("a", ",\"name\":\"x\",\"external_references\":{}")),
            "external_references must be a list", "/objects/0/external_references"},
        {true, "{\"catalog\":[]}", "catalog must be an object", "/catalog"},
        {true, "{\"catalog\":{}}", "the key 'metadata' is missing", ""},
        {true, OSCAL(""), "the catalogue holds no control", "/catalog"},
        {true, OSCAL("7"), "a control must be an object", "/catalog/controls/0"},
        {true, OSCAL("{\"title\":\"x\"}"), "'id' is missing", "/catalog/controls/0"},
        {true, OSCAL("{\"id\":\"a\"}"), "lacks the key 'title'", "/catalog/controls/0"},
        {true, OSCAL("{\"id\":\"a b\",\"title\":\"x\"}"),
            "'a b' is no id that can be kept", "/catalog/controls/0/id"},
        {true, OSCAL("{\"id\":\"a\",\"title\":\"\"}"), "title of this control is empty",
            "/catalog/controls/0/id"},
        {true, OSCAL("{\"id\":\"a\",\"title\":\"x\"},{\"id\":\"a\",\"title\":\"y\"}"),
            "'a' is the id of two controls", "/catalog/controls/1/id"},
        {true,
            OSCAL("{\"id\":\"a\",\"title\":\"x\",\"props\":[{\"name\":\"status\","
                  "\"value\":\"Withdrawn\"}]}"),
            "all controls of it are withdrawn", "/catalog"},
        {true,
            OSCAL("{\"id\":\"a\",\"title\":\"x\",\"props\":[{\"name\":\"status\","
                  "\"value\":true}]}"),
            "value must be a text", "/catalog/controls/0/props/0/value"},
        {true,
            OSCAL("{\"id\":\"a\",\"title\":\"x\",\"links\":[{\"rel\":\"required\","
                  "\"href\":\"#a\"}]}"),
            "a control requires itself", "/catalog/controls/0/links/0/href"},
    };

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct reading r;

        read_as(&r, cases[k].oscal, cases[k].bytes, strlen(cases[k].bytes), NULL);
        if (r.err != RW_ERR_INPUT || r.report.s == NULL ||
            strstr(r.report.s, cases[k].want) == NULL ||
            strstr(r.report.s, cases[k].place) == NULL)
            fail_msg("%s: code %d, wanted '%s' at '%s', got %s", cases[k].bytes, r.err,
                cases[k].want, cases[k].place, r.report.s ? r.report.s : "nothing");
        done(&r);
    }
}

static void
a_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    for (int oscal = 0; oscal < 2; oscal++) {
        size_t n, end;
        char *bytes = example(oscal, &n);

        for (end = n; bytes[end - 1] != '}';)
            end--; /* blanks at the end may go */
        for (size_t k = 0; k < end; k++) {
            char *cut = strndup(bytes, k); /* a block of its own: no byte behind */
            struct reading r;

            read_as(&r, oscal, cut, k, NULL);
            assert_int_equal(r.err, RW_ERR_INPUT);
            assert_true(r.report.len > 0);
            done(&r);
            free(cut);
        }
        free(bytes);
    }
}

CHECK_MAIN(cmocka_unit_test(what_is_revoked_or_deprecated_is_left_out),
    cmocka_unit_test(every_relation_is_accounted_for),
    cmocka_unit_test(a_control_covers_what_it_mitigates),
    cmocka_unit_test(a_statement_that_nothing_helps_is_no_control),
    cmocka_unit_test(parts_stand_behind_their_whole_and_bear_its_name),
    cmocka_unit_test(a_filter_leaves_out_what_was_not_asked_for),
    cmocka_unit_test(a_filter_that_nothing_passes_is_told_what_there_is),
    cmocka_unit_test(withdrawn_controls_are_left_out),
    cmocka_unit_test(required_controls_are_required),
    cmocka_unit_test(labels_join_a_catalogue_and_a_bundle),
    cmocka_unit_test(ids_are_unique_over_threats_and_controls),
    cmocka_unit_test(long_ids_are_cut_and_stay_unique),
    cmocka_unit_test(names_are_safe_short_and_of_one_line),
    cmocka_unit_test(without_an_id_of_attack_the_one_of_stix_is_kept),
    cmocka_unit_test(relations_with_other_things_are_counted_apart),
    cmocka_unit_test(what_is_wrong_is_told_with_its_place),
    cmocka_unit_test(a_file_cut_anywhere_is_refused))
