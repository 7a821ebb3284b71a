/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel import: catalogues of others as stubs of threats and controls. */
#include "base/output.h"
#include "cli/cli.h"
#include "out/import.h"
#include "read/prescan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The command line as it was written. */
struct words {
    struct rw_values operands, tactics, platforms;
    const char *file, *stubs, *matrix, *attack, *labels;
    bool json;
};

/* A file, what it holds, and whether there is one. */
struct source {
    char *bytes;
    struct rw_import x;
};

static struct rw_import_filter
filter_of(const struct words *w)
{
    return (struct rw_import_filter){.tactics = w->tactics.value,
        .n_tactics = w->tactics.n,
        .platforms = w->platforms.value,
        .n_platforms = w->platforms.n};
}

/* An output that is one of the files that are read. */
static enum rw_err
check_output(
    const struct words *w, const char *option, const char *path, struct rw_error *e)
{
    if (path == NULL)
        return RW_OK;
    if (rw_file_same(path, w->file) || (w->attack && rw_file_same(path, w->attack)))
        return rw_error_set(
            e, RW_ERR_USAGE, "%s '%.400s' is read: name another file", option, path);
    return RW_OK;
}

static enum rw_err
check(struct words *w, struct rw_error *e)
{
    enum rw_err err = rw_options_one(&w->operands, "FILE", &w->file, e);

    if (err == RW_OK && strcmp(w->file, "-") == 0)
        err = rw_error_set(e, RW_ERR_USAGE, "import wants a file, not standard input");
    if (err == RW_OK)
        err = check_output(w, "-o", w->stubs, e);
    if (err == RW_OK)
        err = check_output(w, "--matrix", w->matrix, e);
    if (err == RW_OK && w->stubs && w->matrix &&
        (strcmp(w->stubs, w->matrix) == 0 || rw_file_same(w->stubs, w->matrix)))
        err = rw_error_set(e, RW_ERR_USAGE, "-o and --matrix are the same file");
    return err;
}

/* Diagnostics are printed as they are; then e->text is "". */
static enum rw_err
read_source(const struct words *w, enum rw_import_kind kind, const char *file,
    struct source *s, struct rw_arena *a, struct rw_error *e)
{
    const struct rw_import_filter filter = filter_of(w);
    struct rw_input in = {.name = file};
    struct rw_text report;
    enum rw_err err = rw_file_read(file, RW_JSON_BYTES, &s->bytes, &in.n, e);

    if (err != RW_OK)
        return err;
    in.bytes = s->bytes;
    rw_text_init(&report);
    err = kind == RW_IMPORT_ATTACK
              ? rw_import_attack(&in, &filter, a, &s->x, &report, e)
              : rw_import_oscal(&in, a, &s->x, &report, e);
    if (report.len > 0)
        fputs(report.s, stderr);
    rw_text_fini(&report);
    return err;
}

/* Both texts are made before one is written. */
static enum rw_err
write_files(const struct words *w, const struct rw_import *x, struct rw_error *e)
{
    struct rw_text stubs, matrix;
    enum rw_err err = RW_OK;

    rw_text_init(&stubs);
    rw_text_init(&matrix);
    if (w->stubs)
        err = rw_import_stubs(x, rw_version(), &stubs, e);
    if (err == RW_OK && w->matrix)
        err = rw_import_matrix(x, &matrix, e);
    if (err == RW_OK && w->matrix)
        err = rw_file_write(w->matrix, matrix.s, matrix.len, e);
    if (err == RW_OK && w->stubs)
        err = rw_file_write(w->stubs, stubs.s, stubs.len, e);
    rw_text_fini(&stubs);
    rw_text_fini(&matrix);
    return err;
}

static enum rw_err
tell(const struct words *w, const struct rw_import *x, struct rw_error *e)
{
    const struct rw_import_written written = {w->stubs, w->matrix};
    struct rw_text t;
    enum rw_err err;

    rw_text_init(&t);
    err = w->json ? rw_import_json(x, &written, rw_version(), &t, e)
                  : rw_import_text(x, &written, &t, e);
    if (err == RW_OK)
        err = rw_stdout_text(&t, e);
    rw_text_fini(&t);
    return err;
}

static enum rw_err
work(const struct words *w, enum rw_import_kind kind, struct rw_error *e)
{
    struct source s[2] = {{NULL, {.n_threats = 0}}, {NULL, {.n_threats = 0}}};
    struct rw_arena a;
    enum rw_err err;

    rw_arena_init(&a);
    err = read_source(w, kind, w->file, &s[0], &a, e);
    if (err == RW_OK && w->attack)
        err = read_source(w, RW_IMPORT_ATTACK, w->attack, &s[1], &a, e);
    if (err == RW_OK && w->attack)
        err = rw_import_join(&s[0].x, &s[1].x, w->labels, &a, e);
    if (err == RW_OK)
        err = write_files(w, &s[0].x, e);
    if (err == RW_OK)
        err = tell(w, &s[0].x, e);
    rw_arena_fini(&a);
    free(s[0].bytes);
    free(s[1].bytes);
    return err;
}

/* A catalogue alone knows no techniques. */
static enum rw_err
check_bundle(const struct words *w, struct rw_error *e)
{
    if (w->attack == NULL && (w->matrix || w->tactics.n + w->platforms.n > 0))
        return rw_error_set(e, RW_ERR_USAGE,
            "--%s goes with --attack BUNDLE: a catalogue of controls knows no "
            "techniques",
            w->matrix          ? "matrix"
            : w->tactics.n > 0 ? "tactic"
                               : "platform");
    if ((w->attack == NULL) != (w->labels == NULL))
        return rw_error_set(e, RW_ERR_USAGE,
            "--attack BUNDLE and --labels STANDARD go together: which of the labels of "
            "its mitigations name controls of this catalogue, such as 'NIST SP 800-53 "
            "Rev. 5'");
    return RW_OK;
}

static enum rw_err
command(enum rw_import_kind kind, int argc, char **argv, struct rw_error *e)
{
    enum { OSCAL_ALONE = 2 };
    struct words w = {.json = false};
    const struct rw_option options[] = {
        {"output", 'o', RW_OPTION_TEXT, &w.stubs, NULL, 0, 0},
        {"matrix", 0, RW_OPTION_TEXT, &w.matrix, NULL, 0, 0},
        {"tactic", 0, RW_OPTION_LIST, &w.tactics, NULL, 0, 0},
        {"platform", 0, RW_OPTION_LIST, &w.platforms, NULL, 0, 0},
        {"json", 0, RW_OPTION_FLAG, &w.json, NULL, 0, 0},
        {"attack", 0, RW_OPTION_TEXT, &w.attack, NULL, 0, 0},
        {"labels", 0, RW_OPTION_TEXT, &w.labels, NULL, 0, 0},
    };
    size_t n = sizeof options / sizeof *options;
    enum rw_err err = rw_options_parse(options,
        kind == RW_IMPORT_OSCAL ? n : n - OSCAL_ALONE, argc, argv, &w.operands, e);

    if (err == RW_OK)
        err = check(&w, e);
    if (err == RW_OK && kind == RW_IMPORT_OSCAL)
        err = check_bundle(&w, e);
    return err == RW_OK ? work(&w, kind, e) : err;
}

static enum rw_err
command_attack(int argc, char **argv, struct rw_error *e)
{
    return command(RW_IMPORT_ATTACK, argc, argv, e);
}

static enum rw_err
command_oscal(int argc, char **argv, struct rw_error *e)
{
    return command(RW_IMPORT_OSCAL, argc, argv, e);
}

const struct rw_command rw_import_commands[] = {
    {"attack", "techniques and mitigations of ATT&CK", rw_help_import_attack,
        command_attack, NULL, "import "},
    {"oscal", "controls of an OSCAL catalogue", rw_help_import_oscal, command_oscal,
        NULL, "import "},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
