/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/incidents.h"

#include "base/unit.h"
#include "read/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char **
asset_names(struct rw_table *t, const struct rw_threat *k)
{
    const char **names = RW_ARENA_NEW(t->a, k->n_assets, const char *);

    for (size_t i = 0; names && i < k->n_assets; i++)
        names[i] = t->m->assets[k->assets[i]].id;
    t->d.failed |= names == NULL;
    return names;
}

/* An asset that the threat hits. */
static bool
take_asset(struct rw_table *t, const struct rw_cell *c, const char *id, size_t threat,
    size_t *asset)
{
    const struct rw_threat *k = &t->m->threats[threat];
    const char **names = asset_names(t, k);
    char what[RW_TABLE_WHY];
    size_t at;

    if (names == NULL)
        return false;
    snprintf(what, sizeof what, "asset of threat '%.64s' called", k->id);
    at = rw_table_id(t, c, what, id, names, k->n_assets);
    if (at != SIZE_MAX)
        *asset = k->assets[at];
    return at != SIZE_MAX;
}

static bool
take_risk(struct rw_table *t, const struct rw_cell *c, const struct rw_cell *asset,
    struct rw_incident *x)
{
    const char **names = rw_table_threats(t);
    const char *slash = strchr(c->text, '/');
    char *id = rw_arena_strndup(
        t->a, c->text, slash ? (size_t)(slash - c->text) : strlen(c->text));

    x->asset = SIZE_MAX;
    if (names == NULL || id == NULL) {
        t->d.failed = true;
        return false;
    }
    x->threat = rw_table_id(t, c, "threat", id, names, t->m->n_threats);
    if (x->threat == SIZE_MAX)
        return false;
    if (slash != NULL && asset != NULL && asset->text[0] != '\0' &&
        strcmp(slash + 1, asset->text) != 0) {
        rw_table_wrong(t, asset, "the row names two assets");
        rw_diag_label(&t->d, "and '%s'", rw_diag_shown(&t->d, slash + 1));
        return false;
    }
    if (slash != NULL)
        return take_asset(t, c, slash + 1, x->threat, &x->asset);
    if (asset != NULL && asset->text[0] != '\0')
        return take_asset(t, asset, asset->text, x->threat, &x->asset);
    return true;
}

static bool
take_money(struct rw_table *t, const struct rw_cell *c, bool zero, double *to)
{
    char why[RW_TABLE_WHY];

    *to = NAN;
    if (c == NULL || c->text[0] == '\0')
        return true;
    if (rw_unit_parse(c->text, RW_UNIT_MONEY, t->m->currency, to, why, sizeof why) !=
        RW_OK) {
        rw_table_wrong(t, c, "this is no amount of money");
        rw_diag_label(&t->d, "%s", why);
    } else if (*to < 0) {
        rw_table_wrong(t, c, "a loss is not negative");
        rw_diag_help(&t->d, "write what the incident cost as a positive amount");
    } else if (*to == 0 && !zero) {
        rw_table_wrong(t, c, "a loss of 0 has no size to learn from");
        rw_diag_help(&t->d, "leave the cell empty where the loss is not known");
    } else
        return true;
    return false;
}

static bool
take_currency(struct rw_table *t, const struct rw_cell *c)
{
    if (c == NULL || c->text[0] == '\0' || strcmp(c->text, t->m->currency) == 0)
        return true;
    rw_table_wrong(t, c, "this row is in another currency than the scenario");
    rw_diag_label(&t->d, "the scenario's is %s", t->m->currency);
    rw_diag_help(&t->d, "convert the amount; riskwheel knows no rates of exchange");
    return false;
}

/* ---- rows ---- */

/* The columns of incidents. */
struct incident_cells {
    struct rw_cell *date, *risk, *asset, *loss, *currency, *form[RW_FORMS];
};

static enum rw_err
read_columns(struct rw_table *t, struct incident_cells *c, struct rw_incidents *x,
    struct rw_error *e)
{
    enum rw_err err = rw_table_column(t, "date", true, &c->date, e);

    if (err == RW_OK)
        err = rw_table_column(t, "risk", true, &c->risk, e);
    if (err == RW_OK)
        err = rw_table_column(t, "asset", false, &c->asset, e);
    if (err == RW_OK)
        err = rw_table_column(t, "loss", false, &c->loss, e);
    if (err == RW_OK)
        err = rw_table_column(t, "currency", false, &c->currency, e);
    for (size_t k = 0; rw_loss_form_names[k] && err == RW_OK; k++) {
        err = rw_table_column(t, rw_loss_form_names[k], false, &c->form[k], e);
        x->has_form[k] = c->form[k] != NULL;
    }
    x->has_loss = c->loss != NULL;
    return err;
}

static void
list_others(const struct rw_table *t, struct rw_incidents *x)
{
    static const char *const known[] = {"date", "risk", "asset", "loss", "currency"};

    for (size_t k = 0; k < t->n_columns && x->n_others < RW_TABLE_OTHERS; k++) {
        bool used = false;

        for (size_t j = 0; j < sizeof known / sizeof *known; j++)
            used = used || strcmp(t->columns[k], known[j]) == 0;
        for (size_t j = 0; rw_loss_form_names[j]; j++)
            used = used || strcmp(t->columns[k], rw_loss_form_names[j]) == 0;
        if (!used)
            x->others[x->n_others++] = t->columns[k];
    }
}

#define CELL(column, i) ((column) ? &(column)[i] : NULL)

static void
read_incident(
    struct rw_table *t, const struct incident_cells *c, size_t i, struct rw_incident *x)
{
    rw_table_date(t, &c->date[i], &x->first, &x->last);
    take_risk(t, &c->risk[i], CELL(c->asset, i), x);
    take_currency(t, CELL(c->currency, i));
    take_money(t, CELL(c->loss, i), false, &x->loss);
    for (size_t k = 0; rw_loss_form_names[k]; k++)
        take_money(t, CELL(c->form[k], i), true, &x->form[k]);
}

enum rw_err
rw_incidents_read(const struct rw_table_file *f, const struct rw_model *m, long from,
    long to, struct rw_arena *a, struct rw_incidents *x, struct rw_text *report,
    struct rw_error *e)
{
    struct incident_cells c;
    struct rw_table t;
    enum rw_err err;

    memset(x, 0, sizeof *x);
    memset(&c, 0, sizeof c);
    err = rw_table_begin(&t, f, m, from, to, a, x->sha256, e);
    if (err == RW_OK)
        err = read_columns(&t, &c, x, e);
    if (err == RW_OK) {
        list_others(&t, x);
        x->v = RW_ARENA_NEW(a, t.n, struct rw_incident);
        if (x->v == NULL)
            err = rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", f->name);
    }
    for (size_t i = 0; i < t.n && err == RW_OK; i++)
        read_incident(&t, &c, i, &x->v[x->n++]);
    if (err == RW_OK)
        return rw_table_end(&t, report, e);
    rw_diags_fini(&t.d);
    return err;
}
