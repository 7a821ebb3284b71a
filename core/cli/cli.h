/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/cli/cli.h -- what the commands share: their table, the streams, the
 * signals and the loading of a scenario.
 *
 * Results go to standard output, messages to standard error.  Only main()
 * ends the process.
 *
 * Floor: cli.  Threads: the main one.
 */
#ifndef RW_CLI_CLI_H
#define RW_CLI_CLI_H

#include "base/text.h"
#include "cli/options.h"
#include "plug/catalogue.h"
#include "read/read.h"

#include <signal.h>

#define RW_PROGRAM       "riskwheel"
#define RW_GNUPLOT       "gnuplot"
#define RW_PLOT_SECONDS  30.0
#define RW_PLUGIN_VAR    "RISKWHEEL_PLUGINS"
#define RW_FENCE_VAR     "RISKWHEEL_FENCE"
#define RW_CPU_VAR       "RISKWHEEL_CPU"
#define RW_RESULTS_FILE  "results.json"
#define RW_RESULTS_BYTES ((size_t)256 << 20) /* largest results.json read back */

struct rw_command {
    const char *name, *brief;
    const char *help; /* a screen, an example first */
    /* argv[0] is the command's name */
    enum rw_err (*run)(int argc, char **argv, struct rw_error *e);
    const struct rw_command *commands; /* its own ones, instead of run */
    const char *parent;                /* "plugin " of those           */
};

extern const struct rw_command rw_commands[]; /* ends with name NULL */
extern const struct rw_command rw_plugin_commands[];
extern const struct rw_command rw_import_commands[];

enum rw_err rw_command_run(int argc, char **argv, struct rw_error *e);
enum rw_err rw_command_check(int argc, char **argv, struct rw_error *e);
enum rw_err rw_command_exact(int argc, char **argv, struct rw_error *e);
enum rw_err rw_command_fit(int argc, char **argv, struct rw_error *e);
enum rw_err rw_command_learn(int argc, char **argv, struct rw_error *e);
enum rw_err rw_command_merge(int argc, char **argv, struct rw_error *e);
enum rw_err rw_command_plot(int argc, char **argv, struct rw_error *e);
enum rw_err rw_command_plugin_new(int argc, char **argv, struct rw_error *e);
enum rw_err rw_command_plugin_test(int argc, char **argv, struct rw_error *e);

const char *rw_version(void);
extern const char rw_help_main[], rw_help_run[], rw_help_check[], rw_help_exact[],
    rw_help_fit[], rw_help_learn[], rw_help_merge[], rw_help_plot[], rw_help_plugin[],
    rw_help_plugin_list[], rw_help_plugin_new[], rw_help_plugin_show[],
    rw_help_plugin_test[], rw_help_import[], rw_help_import_attack[],
    rw_help_import_oscal[];

/* The command of that name; else RW_ERR_USAGE with the nearest one. */
RW_MUST_CHECK enum rw_err rw_command_find(const struct rw_command *list,
    const char *name, const struct rw_command **found, struct rw_error *e);

/* --- plugin_name.c --- */

/* What a command does with a plugin; appends to the text. */
typedef enum rw_err rw_plugin_action(const struct rw_plugin *p, struct rw_arena *a,
    struct rw_text *t, struct rw_error *e);
/* Does it with all that the NAME of the command line names, a file's path too, and
 * prints the text, of a verdict as well. */
RW_MUST_CHECK enum rw_err rw_plugin_named(
    int argc, char **argv, rw_plugin_action *act, struct rw_error *e);

/* --- streams.c --- */

/* Writes to standard output at once.  RW_ERR_IO; a reader that went away is
 * noted for rw_streams_pipe_broken and ends the program quietly. */
RW_MUST_CHECK enum rw_err rw_stdout_write(
    const char *bytes, size_t n, struct rw_error *e);
/* The same for a text; also says when it ran out of memory. */
RW_MUST_CHECK enum rw_err rw_stdout_text(const struct rw_text *t, struct rw_error *e);
bool rw_streams_pipe_broken(void);
/* Every standard stream is open from here on, and none by accident. */
void rw_streams_init(void);
bool rw_stdout_colour(void); /* a terminal, and NO_COLOR is not set */
bool rw_stderr_progress(void);
void rw_message(const char *fmt, ...) RW_PRINTF(1, 2);
void rw_error_print(const struct rw_error *e);

/* --- signals.c --- */

/* SIGINT and SIGTERM set the flag; the second one ends the process at once. */
void rw_signals_init(void);
const volatile sig_atomic_t *rw_signals_flag(void); /* the signal, or 0 */
/* Ends as that signal would have ended the process; returns if it cannot. */
void rw_signals_die(int signal);

/* --- scenario.c --- */

struct rw_loaded {
    struct rw_arena arena;
    struct rw_catalogue *catalogue;
    struct rw_model *model; /* built; const from here on but for trials, seed */
};

/* Reads and builds, by that many threads (0: the processors); diagnostics are printed
 * as they are (then e->text is "").  Release with rw_loaded_fini also after an error. */
RW_MUST_CHECK enum rw_err rw_loaded_init(struct rw_loaded *l, const char *file,
    const struct rw_read_set sets[], size_t n_sets, unsigned threads,
    struct rw_error *e);
void rw_loaded_fini(struct rw_loaded *l);

/* Chooses the fence (base/fence.h) by the word that `by` was given, or that the
 * environment has.  RW_ERR_USAGE: no such word; RW_ERR_TOOL: there is none to be had,
 * and it must be. */
RW_MUST_CHECK enum rw_err rw_fence_ask(
    const char *by, const char *word, struct rw_error *e);
RW_MUST_CHECK enum rw_err rw_fence_ask_environment(struct rw_error *e);

/* RISKWHEEL_CPU: auto, avx2 or plain kernels. */
RW_MUST_CHECK enum rw_err rw_cpu_ask_environment(struct rw_error *e);

/* Folders of plugins, first ones first: those of RISKWHEEL_PLUGINS (parted by
 * colons), plugins/ beside the scenario and one level up, plugins/ here, and
 * those that belong to the program.  scenario NULL: none. */
RW_MUST_CHECK enum rw_err rw_catalogue_open(const char *scenario, struct rw_arena *a,
    struct rw_catalogue **c, struct rw_error *e);
/* The same folders in words, for messages; lives in *a, never NULL. */
const char *rw_catalogue_places(const char *scenario, struct rw_arena *a);

/* --- notes.c --- */

/* Appends a line "  note: ..." for everything legal that deserves a second look. */
void rw_notes_add(const struct rw_model *m, struct rw_text *to);
/* To standard error, those of what is asked for and comes to nothing: purchases that
 * never operate, lessons that nothing teaches. */
void rw_notes_tell(const struct rw_model *m);

/* "PATH=VALUE" cut at its first "="; RW_ERR_USAGE. */
RW_MUST_CHECK enum rw_err rw_settings_parse(const struct rw_values *texts,
    struct rw_arena *a, struct rw_read_set **sets, struct rw_error *e);

#endif
