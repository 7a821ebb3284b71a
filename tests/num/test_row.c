/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows, element by element, of every length that a register may leave a rest of, and
 * nothing beyond their end. */
#include "num/cpu.h"
#include "num/row.h"
#include "tests/support/check.h"

enum { MOST = 70, BEYOND = 8 };

struct rows {
    double x[MOST + BEYOND], row[MOST + BEYOND], want[MOST + BEYOND];
    uint8_t bits[MOST + BEYOND], flags[MOST + BEYOND], both[MOST + BEYOND];
    uint16_t cycles[MOST + BEYOND];
};

static void
set(struct rows *r, size_t seed)
{
    for (size_t i = 0; i < MOST + BEYOND; i++) {
        uint64_t h = (seed * 1000 + i) * UINT64_C(0x9e3779b97f4a7c15);

        r->x[i] = (double)(h >> 40) * 0x1p-24;
        r->row[i] = r->want[i] = (double)(h >> 20 & 0xfffff) * 0x1p-20;
        r->bits[i] = (uint8_t)(h >> 8 & 5);
        r->flags[i] = r->both[i] = (uint8_t)(h >> 12 & 3);
        r->cycles[i] = (uint16_t)(10 + (h >> 16) % 50);
    }
}

static void
same(const struct rows *r)
{
    assert_memory_equal(r->row, r->want, sizeof r->row);
    assert_memory_equal(r->flags, r->both, sizeof r->flags);
}

#define EACH(EXPRESSION)                                                               \
    for (size_t i = 0; i < n; i++)                                                     \
    r.want[i] = (EXPRESSION)

static void
check_arithmetic(size_t n)
{
    struct rows r;

    set(&r, n);
    rw_row_fill(n, 0.25, r.row);
    EACH(0.25);
    rw_row_add(n, r.x, r.row);
    EACH(r.want[i] + r.x[i]);
    rw_row_times(n, r.x, r.row);
    EACH(r.want[i] * r.x[i]);
    rw_row_leave(n, r.x, r.row);
    EACH(r.want[i] * (1 - r.x[i]));
    rw_row_scale(n, 1.0 / 3, r.row);
    EACH(r.want[i] * (1.0 / 3));
    rw_row_copy(n, r.x, r.row);
    EACH(r.x[i]);
    rw_row_scale(n, 0.3, r.row);
    EACH(r.want[i] * 0.3);
    rw_row_most(n, r.x, r.row);
    EACH(r.x[i] > r.want[i] ? r.x[i] : r.want[i]);
    rw_row_or(n, r.bits, r.flags);
    for (size_t i = 0; i < n; i++)
        r.both[i] |= r.bits[i];
    same(&r);
}

/* One that differs, at any place. */
static void
check_looks(size_t n)
{
    struct rows r;

    set(&r, n);
    for (size_t at = 0; at < n; at++) {
        struct rw_row_cycles o;
        uint16_t first = UINT16_MAX, last = 0;

        memset(r.flags, 0, sizeof r.flags);
        r.flags[n] = 1; /* not its own */
        assert_false(rw_row_any(n, r.flags));
        r.flags[at] = 4;
        assert_true(rw_row_any(n, r.flags));
        rw_row_fill(n, 0, r.row);
        r.row[n] = 1;
        assert_true(rw_row_nothing(n, r.row));
        r.row[at] = -0.0;
        assert_false(rw_row_nothing(n, r.row));
        rw_row_fill(n, 1, r.row);
        assert_false(rw_row_nothing(n, r.row));
        r.row[n] = 0;
        assert_false(rw_row_below(n, r.row, 1));
        r.row[at] = nextafter(1, 0);
        assert_true(rw_row_below(n, r.row, 1));
        r.row[at] = 1;
        r.row[n] = 2;
        assert_false(rw_row_above(n, r.row, 1));
        r.row[at] = nextafter(1, 2);
        assert_true(rw_row_above(n, r.row, 1));
        set(&r, n);
        assert_false(rw_row_cycles(n, r.cycles, 5).now);
        r.cycles[at] = at % 2 > 0 ? 5 : 99;
        for (size_t i = 0; i < n; i++) {
            first = r.cycles[i] < first ? r.cycles[i] : first;
            last = r.cycles[i] > last ? r.cycles[i] : last;
        }
        o = rw_row_cycles(n, r.cycles, r.cycles[at]);
        assert_true(o.now);
        assert_int_equal(o.first, first);
        assert_int_equal(o.last, last);
    }
}

static void
rows_are_gone_through_one_by_one(void **state)
{
    (void)state;
    for (size_t n = 0; n <= MOST; n++) {
        check_arithmetic(n);
        check_looks(n);
    }
}

static void
so_do_narrower_kernels(void **state)
{
    rw_cpu_keep_within(256);
    rows_are_gone_through_one_by_one(state);
    rw_cpu_keep_within(128);
    rows_are_gone_through_one_by_one(state);
}

CHECK_MAIN(cmocka_unit_test(rows_are_gone_through_one_by_one),
    cmocka_unit_test(so_do_narrower_kernels))
