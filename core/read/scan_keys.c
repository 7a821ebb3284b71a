/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/scan.h"

#include <stdlib.h>
#include <string.h>

bool
rw_scan_key(struct rw_scan *x, size_t mark)
{
    if (x->n_keys == x->cap_keys) {
        size_t cap = x->cap_keys ? 2 * x->cap_keys : 64;
        uint32_t *keys = realloc(x->keys, cap * sizeof *keys);

        if (keys == NULL) {
            x->memory = true;
            return false;
        }
        x->keys = keys;
        x->cap_keys = cap;
    }
    x->keys[x->n_keys++] = (uint32_t)mark;
    return true;
}

/* A key's raw text, without quotes. */
struct key {
    const unsigned char *s;
    size_t n;
    uint32_t mark;
};

static size_t
encode(unsigned c, unsigned char out[4])
{
    if (c < 0x80) {
        out[0] = (unsigned char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (unsigned char)(0xc0 | c >> 6);
        out[1] = (unsigned char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (unsigned char)(0xe0 | c >> 12);
        out[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (unsigned char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (unsigned char)(0xf0 | c >> 18);
    out[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (unsigned char)(0x80 | (c & 0x3f));
    return 4;
}

/* The next bytes of k behind *at with escapes resolved; 0 at the end.  Broken
 * escapes, reported elsewhere, stand for themselves. */
static size_t
next(const struct key *k, size_t *at, unsigned char out[4])
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const unsigned char *s = k->s + *at;
    size_t left = k->n - *at;
    const char *letter;
    int c, low;

    if (left == 0)
        return 0;
    out[0] = *s;
    *at += 1;
    if (*s != '\\' || left < 2)
        return 1;
    letter = strchr(letters, s[1]);
    if (s[1] != 'u') {
        *at += 1;
        out[0] = s[1] && letter ? (unsigned char)meant[letter - letters] : s[1];
        return 1;
    }
    c = rw_scan_hex4(s + 2, left - 2);
    if (c < 0)
        return 1;
    *at += 5;
    low = c >= 0xd800 && c < 0xdc00 && left >= 12 ? rw_scan_hex4(s + 8, left - 8) : -1;
    if (low >= 0xdc00 && low < 0xe000) {
        *at += 6;
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    return encode((unsigned)c, out);
}

/* Order of two keys as they are meant. */
static int
compare(const struct key *a, const struct key *b)
{
    unsigned char s[4], t[4];
    size_t i = 0, j = 0;

    if (memchr(a->s, '\\', a->n) == NULL && memchr(b->s, '\\', b->n) == NULL) {
        int c = memcmp(a->s, b->s, a->n < b->n ? a->n : b->n);
        return c ? c : (a->n > b->n) - (a->n < b->n);
    }
    for (;;) {
        size_t n = next(a, &i, s), m = next(b, &j, t);
        int c = memcmp(s, t, n < m ? n : m);

        if (c || n != m)
            return c ? c : (n > m) - (n < m);
        if (n == 0)
            return 0;
    }
}

static int
by_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int c = compare(x, y);

    return c ? c : (x->mark > y->mark) - (x->mark < y->mark);
}

static void
report(struct rw_scan *x, const struct key *first, const struct key *again)
{
    struct rw_span a = rw_mark_span(x->in, &x->marks->v[first->mark]);
    struct rw_span b = rw_mark_span(x->in, &x->marks->v[again->mark]);
    char *name = rw_arena_strndup(&x->d->arena, (const char *)first->s, first->n);

    rw_diag_add(x->d, &b, rw_scan_pointer(x), "the key '%s' stands twice in one object",
        name ? rw_diag_shown(x->d, name) : "");
    rw_diag_label(x->d, "again");
    rw_diag_also(x->d, &a, "");
    rw_diag_label(x->d, "first");
}

void
rw_scan_keys_end(struct rw_scan *x, struct rw_scan_frame *f)
{
    size_t n = x->n_keys - f->first_key;
    struct key *keys;

    x->n_keys = f->first_key;
    if (n < 2)
        return;
    keys = malloc(n * sizeof *keys);
    if (keys == NULL) {
        x->memory = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t mark = x->keys[f->first_key + i];
        const struct rw_mark *m = &x->marks->v[mark];

        keys[i] = (struct key){x->s + m->at + 1, m->len - 2, mark};
    }
    qsort(keys, n, sizeof *keys, by_key);
    for (size_t i = 1, first = 0; i < n; i++) {
        if (compare(&keys[first], &keys[i]) != 0)
            first = i;
        else {
            f->key = keys[i].mark;
            report(x, &keys[first], &keys[i]);
        }
    }
    free(keys);
}
