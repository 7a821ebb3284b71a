/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"
#include "tests/support/check.h"

static void
pieces_are_zeroed_and_aligned(void **state)
{
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (size_t n = 1; n < 300; n += 7) {
        unsigned char *p = rw_arena_alloc(&a, n, 3);
        assert_non_null(p);
        assert_int_equal(0, (uintptr_t)p % 64);
        for (size_t i = 0; i < 3 * n; i++)
            assert_int_equal(0, p[i]);
        memset(p, 0xff, 3 * n); /* the next piece must not be this one */
        assert_non_null(rw_arena_strdup(&a, "x"));
    }
    rw_arena_fini(&a);
}

static void
pieces_keep_their_place_and_content(void **state)
{
    enum { N = 2000 };
    static int *piece[N];
    struct rw_arena a;

    (void)state;
    rw_arena_init(&a);
    for (int i = 0; i < N; i++) {
        piece[i] = RW_ARENA_NEW(&a, 10, int);
        assert_non_null(piece[i]);
        for (int k = 0; k < 10; k++)
            piece[i][k] = 10 * i + k;
    }
    for (int i = 0; i < N; i++)
        for (int k = 0; k < 10; k++)
            assert_int_equal(10 * i + k, piece[i][k]);
    assert_int_equal(N * 10 * sizeof(int), a.bytes);
    rw_arena_fini(&a);
    assert_int_equal(0, a.bytes);
}

static void
a_piece_may_be_larger_than_any_chunk(void **state)
{
    struct rw_arena a;
    unsigned char *p;

    (void)state;
    rw_arena_init(&a);
    assert_non_null(rw_arena_alloc(&a, 1, 1));
    p = rw_arena_alloc(&a, 1 << 20, 5);
    assert_non_null(p);
    p[5 * (1 << 20) - 1] = 1;
    rw_arena_fini(&a);
}

static void
nothing_asked_gives_a_valid_pointer(void **state)
{
    struct rw_arena a;
    void *p, *q;

    (void)state;
    rw_arena_init(&a);
    p = rw_arena_alloc(&a, 0, 8);
    q = rw_arena_alloc(&a, 8, 0);
    assert_non_null(p);
    assert_non_null(q);
    assert_ptr_not_equal(p, q);
    rw_arena_fini(&a);
}

static void
an_impossible_size_gives_null(void **state)
{
    struct rw_arena a;
    /* volatile: the compiler would warn about what is meant here */
    volatile size_t half = SIZE_MAX / 2, most = SIZE_MAX;

    (void)state;
    rw_arena_init(&a);
    assert_null(rw_arena_alloc(&a, half, 3));
    assert_null(rw_arena_alloc(&a, most, 1));
    assert_null(rw_arena_alloc(&a, half - 4096, 2));
    assert_int_equal(0, a.bytes);
    assert_non_null(rw_arena_alloc(&a, 1, 1));
    rw_arena_fini(&a);
}

static void
texts_are_copied(void **state)
{
    struct rw_arena a;
    char s[] = "regional";

    (void)state;
    rw_arena_init(&a);
    char *whole = rw_arena_strdup(&a, s), *part = rw_arena_strndup(&a, s, 3),
         *more = rw_arena_strndup(&a, s, 100),
         *made = rw_arena_printf(&a, "%s-%d", s, 7), *none = rw_arena_strdup(&a, "");
    memset(s, '?', sizeof s - 1);
    assert_string_equal("regional", whole);
    assert_string_equal("reg", part);
    assert_string_equal("regional", more);
    assert_string_equal("regional-7", made);
    assert_string_equal("", none);
    rw_arena_fini(&a);
}

CHECK_MAIN(cmocka_unit_test(pieces_are_zeroed_and_aligned),
    cmocka_unit_test(pieces_keep_their_place_and_content),
    cmocka_unit_test(a_piece_may_be_larger_than_any_chunk),
    cmocka_unit_test(nothing_asked_gives_a_valid_pointer),
    cmocka_unit_test(an_impossible_size_gives_null), cmocka_unit_test(texts_are_copied))
