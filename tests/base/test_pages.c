/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pages.h"
#include "tests/support/check.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGES = 64 };

/* Only they, and nothing that is in them changes; an old kernel does nothing. */
static void
pages_that_end_within_the_bytes_are_there(void **state)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), first = 10, last = 20;
    unsigned char *x = mmap(
        NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    unsigned char there[PAGES];

    (void)state;
    assert_true(x != MAP_FAILED);
    (void)madvise(x, PAGES * page, MADV_NOHUGEPAGE);
    x[12 * page + 7] = 42;
    errno = ERANGE;
    rw_pages_ready(x + first * page + 100, (last - first) * page + page / 2);
    assert_int_equal(ERANGE, errno);
    assert_int_equal(0, mincore(x, PAGES * page, there));
    for (size_t k = 0; k < PAGES; k++)
        if (k != 12 && (there[first] & 1 || k < first || k >= last))
            assert_int_equal(there[k] & 1, k >= first && k < last);
    assert_int_equal(42, x[12 * page + 7]);
    assert_int_equal(0, munmap(x, PAGES * page));
}

/* Only pages that lie within the bytes as a whole lose what they hold. */
static void
pages_within_the_bytes_are_gone(void **state)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), bytes = PAGES * page;
    unsigned char *x =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)state;
    assert_true(x != MAP_FAILED);
    memset(x, 7, bytes);
    errno = ERANGE;
    rw_pages_gone(x + 10 * page + 100, 10 * page);
    assert_int_equal(ERANGE, errno);
    for (size_t i = 0; i < bytes; i++)
        assert_int_equal(x[i], i / page > 10 && i / page < 20 ? 0 : 7);
    assert_int_equal(0, munmap(x, bytes));
}

/* Less than a page, or nothing. */
static void
a_few_bytes_need_nothing(void **state)
{
    static double few[4];

    (void)state;
    few[1] = 17;
    rw_pages_ready(few, sizeof few);
    rw_pages_ready(few, 0);
    rw_pages_gone(few, sizeof few);
    rw_pages_gone(few, 0);
    assert_true(few[1] == 17);
}

CHECK_MAIN(cmocka_unit_test(pages_that_end_within_the_bytes_are_there),
    cmocka_unit_test(pages_within_the_bytes_are_gone),
    cmocka_unit_test(a_few_bytes_need_nothing))
