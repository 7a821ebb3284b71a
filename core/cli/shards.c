/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/shards.h"

#include <stdlib.h>
#include <string.h>

/* Faults so far, and of what kind the first was. */
struct faults {
    size_t n;
    enum rw_err code;
};

static void
fault(struct faults *f, enum rw_err code, const char *text)
{
    rw_message("%s", text);
    if (f->n++ == 0)
        f->code = code;
}

static void
look(struct rw_shard *s, struct faults *f)
{
    struct rw_error e;

    rw_error_clear(&e);
    s->read = rw_part_look(s->path, &s->head, &e) == RW_OK;
    if (!s->read)
        fault(f, e.code, e.text);
}

/* Of the same run, cut into as many parts. */
static bool
alike(const struct rw_shard *a, const struct rw_shard *b)
{
    return a->read && b->read && a->head.share.parts == b->head.share.parts &&
           memcmp(a->head.shape, b->head.shape, sizeof a->head.shape) == 0 &&
           rw_identity_differs(&a->head.identity, &b->head.identity, NULL) == 0;
}

/* The run that most of them are of; the first among equals. */
static void
find_run(struct rw_shards *x)
{
    size_t most = 0;

    for (size_t i = 0; i < x->n && 2 * most <= x->n; i++) {
        size_t n = 0;

        for (size_t k = i; k < x->n; k++)
            n += alike(&x->shard[i], &x->shard[k]);
        if (n > most) {
            most = n;
            x->like = &x->shard[i];
        }
    }
    for (size_t k = 0; x->like && k < x->n; k++)
        x->shard[k].ours = alike(x->like, &x->shard[k]);
}

static void
tell_foreign(const struct rw_shards *x, const struct rw_shard *s, struct faults *f)
{
    const struct rw_part_head *h = &s->head, *like = &x->like->head;
    struct rw_text t;

    rw_text_init(&t);
    rw_text_addf(
        &t, "'%.300s' is of another run than '%.300s': ", s->path, x->like->path);
    if (rw_identity_differs(&h->identity, &like->identity, &t) > 0)
        ;
    else if (h->share.parts != like->share.parts)
        rw_text_addf(&t, "it was cut into %zu parts and not %zu", h->share.parts,
            like->share.parts);
    else
        rw_text_add(&t, "another build of the program wrote it");
    fault(f, RW_ERR_INPUT, t.failed ? s->path : t.s);
    rw_text_fini(&t);
}

static void
tell_incomplete(const struct rw_shard *s, struct faults *f)
{
    const struct rw_part_head *h = &s->head;
    struct rw_text t;

    rw_text_init(&t);
    if (h->share.parts == 0)
        rw_text_addf(&t,
            "'%.300s' is a checkpoint of a whole run, which 'run --resume' goes on "
            "from",
            s->path);
    else
        rw_text_addf(&t,
            "'%.300s' holds %zu of the %zu futures of part %zu of %zu; 'run --resume' "
            "goes on from it",
            s->path, h->done, h->total, h->share.part, h->share.parts);
    fault(f, RW_ERR_INPUT, t.failed ? s->path : t.s);
    rw_text_fini(&t);
}

static void
tell_doubled(const struct rw_shard *s, const char *other, struct faults *f)
{
    struct rw_text t;

    rw_text_init(&t);
    rw_text_addf(&t, "'%.300s' and '%.300s' are both part %zu of %zu", other, s->path,
        s->head.share.part, s->head.share.parts);
    fault(f, RW_ERR_INPUT, t.failed ? s->path : t.s);
    rw_text_fini(&t);
}

/* Parts that no file has, neighbours together. */
static void
tell_missing(const struct rw_shards *x, bool perhaps, struct faults *f)
{
    for (size_t from = 0, to; from < x->parts; from = to + 1) {
        struct rw_text t;

        for (to = from; to < x->parts && x->paths[to] == NULL; to++)
            ;
        if (to == from)
            continue;
        rw_text_init(&t);
        if (to - from == 1)
            rw_text_addf(&t, "part %zu of %zu is missing", to, x->parts);
        else
            rw_text_addf(
                &t, "parts %zu to %zu of %zu are missing", from + 1, to, x->parts);
        if (perhaps)
            rw_text_addf(&t, ", unless %s among those above",
                to - from == 1 ? "it is" : "they are");
        fault(f, RW_ERR_INPUT, t.failed ? "a part is missing" : t.s);
        rw_text_fini(&t);
    }
}

/* Puts those of the run in its order; tells of all others and of what is missing. */
static enum rw_err
sort(struct rw_shards *x, struct faults *f, struct rw_error *e)
{
    bool perhaps = false;

    x->parts = x->like ? x->like->head.share.parts : 0;
    x->paths = calloc(x->parts + 1, sizeof *x->paths);
    if (x->paths == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the list of shards");
    for (size_t k = 0; k < x->n; k++) {
        const struct rw_shard *s = &x->shard[k];
        const char **place;

        perhaps |= !s->read;
        if (!s->read)
            continue;
        if (!s->ours) {
            tell_foreign(x, s, f);
            continue;
        }
        if (s->head.done < s->head.total || x->parts == 0)
            tell_incomplete(s, f);
        if (x->parts == 0)
            continue;
        place = &x->paths[s->head.share.part - 1];
        if (*place != NULL)
            tell_doubled(s, *place, f);
        else
            *place = s->path;
    }
    tell_missing(x, perhaps, f);
    return RW_OK;
}

enum rw_err
rw_shards_init(struct rw_shards *x, const struct rw_values *files, struct rw_error *e)
{
    struct faults f = {.n = 0};
    enum rw_err err;

    *x = (struct rw_shards){.n = 0};
    x->shard = calloc(files->n + 1, sizeof *x->shard);
    if (x->shard == NULL)
        return rw_error_set(e, RW_ERR_MEMORY, "no memory for the list of shards");
    for (; x->n < files->n; x->n++) {
        if (*rw_signals_flag())
            return rw_error_set(e, RW_ERR_INTERRUPT, "interrupted");
        x->shard[x->n].path = files->value[x->n];
        look(&x->shard[x->n], &f);
    }
    find_run(x);
    err = sort(x, &f, e);
    if (err == RW_OK && f.n > 0)
        err = rw_error_set(e, f.code,
            "nothing is merged: these are not all the shards of one run (%zu fault%s)",
            f.n, f.n == 1 ? "" : "s");
    return err;
}

void
rw_shards_fini(struct rw_shards *x)
{
    for (size_t k = 0; k < x->n; k++)
        rw_part_head_fini(&x->shard[k].head);
    free(x->shard);
    free(x->paths);
}
