/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/incidents.h"
#include "read/table.h"

#include <string.h>

static bool
take_works(struct rw_table *t, const struct rw_cell *c, bool *to)
{
    static const char *const yes[] = {"yes", "true", "1"}, *const no[] = {
                                                               "no", "false", "0"};

    for (size_t k = 0; k < 3; k++) {
        if (strcmp(c->text, yes[k]) == 0 || strcmp(c->text, no[k]) == 0) {
            *to = strcmp(c->text, yes[k]) == 0;
            return true;
        }
    }
    rw_table_wrong(t, c, "works is yes or no");
    return false;
}

static void
read_audit(struct rw_table *t, const struct rw_cell *control,
    const struct rw_cell *date, const struct rw_cell *works, const char *const names[],
    struct rw_audit *x)
{
    rw_table_date(t, date, &x->first, &x->last);
    take_works(t, works, &x->works);
    x->control =
        rw_table_id(t, control, "control", control->text, names, t->m->n_controls);
    if (x->control == SIZE_MAX ||
        t->m->controls[x->control].status == RW_STATUS_OPERATING)
        return;
    rw_table_wrong(
        t, control, "control '%s' does not operate", t->m->controls[x->control].id);
    rw_diag_label(
        &t->d, "its status is %s", rw_status_names[t->m->controls[x->control].status]);
    rw_diag_help(&t->d, "what operates by now has the status 'operating'");
}

enum rw_err
rw_audits_read(const struct rw_table_file *f, const struct rw_model *m, long from,
    long to, struct rw_arena *a, struct rw_audits *x, struct rw_text *report,
    struct rw_error *e)
{
    const char **names = RW_ARENA_NEW(a, m->n_controls, const char *);
    struct rw_cell *control = NULL, *date = NULL, *works = NULL;
    struct rw_table t;
    enum rw_err err;

    memset(x, 0, sizeof *x);
    err = rw_table_begin(&t, f, m, from, to, a, x->sha256, e);
    if (err == RW_OK)
        err = rw_table_column(&t, "control", true, &control, e);
    if (err == RW_OK)
        err = rw_table_column(&t, "date", true, &date, e);
    if (err == RW_OK)
        err = rw_table_column(&t, "works", true, &works, e);
    if (err == RW_OK) {
        x->v = RW_ARENA_NEW(a, t.n, struct rw_audit);
        if (x->v == NULL || names == NULL)
            err = rw_error_set(e, RW_ERR_MEMORY, "no memory for '%.200s'", f->name);
    }
    for (size_t k = 0; k < m->n_controls && err == RW_OK; k++)
        names[k] = m->controls[k].id;
    for (size_t i = 0; i < t.n && err == RW_OK; i++)
        read_audit(&t, &control[i], &date[i], &works[i], names, &x->v[x->n++]);
    if (err == RW_OK)
        return rw_table_end(&t, report, e);
    rw_diags_fini(&t.d);
    return err;
}
