/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riskwheel plugin new: a plugin that works, to be changed into one's own, and a
 * scenario that uses it. */
#include "base/output.h"
#include "cli/cli.h"
#include "cli/plugin_templates.h"
#include "plug/declare.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDER = 32, PATH = 128 }; /* names have at most RW_DECLARE_NAME letters */

static const char *const templates[RW_PLUGIN_KINDS] = {
    template_threat, template_control, template_planner};
/* Of the trial's scenario: how often the threat comes, what the control does, how the
 * strategy buys it. */
static const char *const uses[RW_PLUGIN_KINDS][3] = {
    {"\"plugin\": \"@\", \"parameters\": { \"attempts\": 10 }", "\"efficacy\": 0.6",
        "\"plan\": [ { \"cycle\": 1, \"build\": [\"defence\"] } ]"},
    {"\"frequency\": 4, \"susceptibility\": 0.3", "\"plugin\": \"@\"",
        "\"plan\": [ { \"cycle\": 1, \"build\": [\"defence\"] } ]"},
    {"\"frequency\": 4, \"susceptibility\": 0.3", "\"efficacy\": 0.6",
        "\"planner\": \"@\", \"budget\": 20000"},
};

static enum rw_err
kind_of(const char *word, enum rw_plugin_kind *kind, struct rw_error *e)
{
    for (int k = 0; k < RW_PLUGIN_KINDS; k++)
        if (strcmp(word, rw_plugin_kind_names[k]) == 0) {
            *kind = (enum rw_plugin_kind)k;
            return RW_OK;
        }
    return rw_error_set(
        e, RW_ERR_USAGE, "KIND is threat, control or planner, not '%.80s'", word);
}

/* The template with the name where '@' stands, and what the kind uses at $1 .. $3. */
static void
fill(
    struct rw_text *t, const char *template, enum rw_plugin_kind kind, const char *name)
{
    for (; *template; template ++)
        if (*template == '@')
            rw_text_add(t, name);
        else if (*template == '$')
            fill(t, uses[kind][*++template - '1'], kind, name);
        else
            rw_text_addn(t, template, 1);
}

static enum rw_err
folder(const char *path, struct rw_error *e)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return RW_OK;
    return rw_error_set(
        e, RW_ERR_IO, "cannot make the folder '%s': %s", path, strerror(errno));
}

static enum rw_err
absent(const char *path, struct rw_error *e)
{
    struct stat st;

    if (lstat(path, &st) != 0)
        return RW_OK;
    return rw_error_set(
        e, RW_ERR_IO, "'%s' is there already, and is left as it is", path);
}

static enum rw_err
write_one(const char *path, const char *template, enum rw_plugin_kind kind,
    const char *name, struct rw_error *e)
{
    struct rw_text t;
    enum rw_err err;

    rw_text_init(&t);
    fill(&t, template, kind, name);
    err = t.failed ? rw_error_set(e, RW_ERR_MEMORY, "no memory for '%s'", path)
                   : rw_file_write(path, t.s, t.len, e);
    rw_text_fini(&t);
    return err;
}

static enum rw_err
make(enum rw_plugin_kind kind, const char *name, struct rw_error *e)
{
    char inner[FOLDER], plugin[PATH], scenario[PATH];
    enum rw_err err;

    snprintf(inner, sizeof inner, "plugins/%ss", rw_plugin_kind_names[kind]);
    snprintf(plugin, sizeof plugin, "%s/%.48s.lua", inner, name);
    snprintf(scenario, sizeof scenario, "%.48s_trial.json", name);
    err = absent(plugin, e);
    if (err == RW_OK)
        err = absent(scenario, e);
    if (err == RW_OK)
        err = folder("plugins", e);
    if (err == RW_OK)
        err = folder(inner, e);
    if (err == RW_OK)
        err = write_one(plugin, templates[kind], kind, name, e);
    if (err == RW_OK)
        err = write_one(scenario, template_scenario, kind, name, e);
    if (err == RW_OK)
        printf("%s: a %s to make your own\n%s: a scenario that uses it\n"
               "Next: " RW_PROGRAM " plugin test %s, then " RW_PROGRAM " run %s\n",
            plugin, rw_plugin_kind_names[kind], scenario, name, scenario);
    return err;
}

enum rw_err
rw_command_plugin_new(int argc, char **argv, struct rw_error *e)
{
    struct rw_values operands;
    enum rw_plugin_kind kind = RW_PLUGIN_THREAT;
    enum rw_err err = rw_options_parse(NULL, 0, argc, argv, &operands, e);

    if (err != RW_OK)
        return err;
    if (operands.n != 2)
        return rw_error_set(e, RW_ERR_USAGE,
            "give a KIND (threat, control or planner) and a NAME, such as "
            "'plugin new threat lost_laptop'");
    err = kind_of(operands.value[0], &kind, e);
    if (err == RW_OK && !rw_declare_is_name(operands.value[1]))
        err = rw_error_set(e, RW_ERR_USAGE,
            "'%.80s' is no name of a plugin: small letters, digits and _, a letter "
            "first, at most %d",
            operands.value[1], RW_DECLARE_NAME);
    return err == RW_OK ? make(kind, operands.value[1], e) : err;
}
