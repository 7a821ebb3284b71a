/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_list.c -- adding and multiplying laws that are lists of
 * values.
 *
 * All values are positive, so what comes above the reach may go at once: what
 * is below does not know it.  What is too rare to matter goes into `lost`, and
 * so less than that is missing from every F made of it, since the other factor
 * is a law.
 */
#include "num/aggregate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Values so near, relative, are one that was added up in another order. */
#define SAME 0x1p-44

enum {
    CHUNK = 1 << 20, /* atoms that are merged at a time, if there is a choice */
    VALUES = 1 << 22 /* of a list, at most */
};

#define WORK 1e8 /* atoms moved, at most */

void
rw_list_free(struct rw_list *l)
{
    free(l->atom);
    *l = (struct rw_list){0};
}

enum rw_err
rw_list_alloc(struct rw_list *l, size_t room)
{
    *l = (struct rw_list){.atom = malloc((room + 1) * sizeof *l->atom)};
    return l->atom == NULL ? RW_ERR_MEMORY : RW_OK;
}

enum rw_err
rw_list_one(struct rw_list *l, double p)
{
    enum rw_err err = rw_list_alloc(l, 1);

    if (err == RW_OK)
        l->atom[l->n++] = (struct rw_atom){0, p};
    return err;
}

/* ---- adding lists ---- */

size_t
rw_list_put(struct rw_atom out[], size_t n, struct rw_atom a)
{
    if (n > 0 && a.x - out[n - 1].x <= SAME * a.x) {
        out[n - 1].p += a.p;
        return n;
    }
    out[n] = a;
    return n + 1;
}

/* Two lists that ascend into one. */
static size_t
merge(const struct rw_atom a[], size_t n, const struct rw_atom b[], size_t m,
    struct rw_atom out[])
{
    size_t i = 0, j = 0, k = 0;

    while (i < n && j < m)
        k = rw_list_put(out, k, a[i].x <= b[j].x ? a[i++] : b[j++]);
    while (i < n)
        k = rw_list_put(out, k, a[i++]);
    while (j < m)
        k = rw_list_put(out, k, b[j++]);
    return k;
}

/* l <- l + m */
enum rw_err
rw_list_add(struct rw_lists *w, struct rw_list *l, const struct rw_list *m)
{
    struct rw_list sum;

    if (rw_list_alloc(&sum, l->n + m->n) != RW_OK)
        return RW_ERR_MEMORY;
    sum.n = merge(l->atom, l->n, m->atom, m->n, sum.atom);
    w->work += (double)(l->n + m->n);
    rw_list_free(l);
    *l = sum;
    return sum.n <= VALUES && w->work <= WORK ? RW_OK : RW_ERR_LIMIT;
}

static void
drop_rare(struct rw_lists *w, struct rw_list *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->n; i++)
        if (l->atom[i].p >= RW_LIST_RARE || l->atom[i].x == 0)
            l->atom[n++] = l->atom[i];
        else
            w->lost += l->atom[i].p;
    l->n = n;
}

/* ---- multiplying lists ---- */

/* Runs end[r - 1] .. end[r] of from, each ascending, into one; both buffers
 * are used, *sum is where it ends up. */
static void
merge_runs(struct rw_lists *w, struct rw_atom *from, struct rw_atom *to, size_t end[],
    size_t runs, struct rw_list *sum)
{
    while (runs > 1) {
        size_t begin = 0, filled = 0, made = 0;
        struct rw_atom *swap = from;

        w->work += (double)end[runs - 1];
        for (size_t r = 0; r < runs; r += 2) {
            size_t middle = end[r], last = r + 1 < runs ? end[r + 1] : middle;

            filled += merge(from + begin, middle - begin, from + middle, last - middle,
                to + filled);
            begin = last;
            end[made++] = filled;
        }
        runs = made;
        from = to;
        to = swap;
    }
    *sum = (struct rw_list){.atom = from, .n = end[0]};
}

/* Atoms first .. first + runs - 1 of b times all of a. */
static enum rw_err
multiply_chunk(struct rw_lists *w, const struct rw_list *a, const struct rw_atom b[],
    size_t runs, struct rw_list *product)
{
    struct rw_atom *buffer = malloc((2 * a->n * runs + 1) * sizeof *buffer);
    size_t *end = malloc(runs * sizeof *end), n = 0;
    struct rw_list sum;
    enum rw_err err = buffer == NULL || end == NULL ? RW_ERR_MEMORY : RW_OK;

    for (size_t r = 0; err == RW_OK && r < runs; r++) {
        for (size_t i = 0; i < a->n && a->atom[i].x + b[r].x <= w->reach; i++)
            buffer[n++] =
                (struct rw_atom){a->atom[i].x + b[r].x, a->atom[i].p * b[r].p};
        end[r] = n;
    }
    w->work += (double)n;
    if (err == RW_OK) {
        merge_runs(w, buffer, buffer + a->n * runs, end, runs, &sum);
        drop_rare(w, &sum);
        err = rw_list_add(w, product, &sum);
    }
    free(end);
    free(buffer);
    return err;
}

/* a <- a * b */
enum rw_err
rw_list_multiply(struct rw_lists *w, struct rw_list *a, const struct rw_list *b)
{
    const struct rw_list *longer = a->n >= b->n ? a : b, *other = longer == a ? b : a;
    size_t chunk = longer->n < CHUNK ? CHUNK / (longer->n + 1) : 1;
    struct rw_list product = {0};
    enum rw_err err = RW_OK;

    for (size_t i = 0; err == RW_OK && i < other->n; i += chunk)
        err = multiply_chunk(w, longer, other->atom + i,
            other->n - i < chunk ? other->n - i : chunk, &product);
    rw_list_free(a);
    *a = product;
    return err;
}
