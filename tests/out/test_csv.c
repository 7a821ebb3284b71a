/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/csv.h"
#include "tests/out/fake.h"
#include "tests/support/check.h"

static void
text_that_a_spreadsheet_would_run_is_guarded(void **state)
{
    static const struct {
        const char *text, *cell;
    } cases[] = {{"plain", "plain,"}, {"", ","}, {"=1+1", "\"'=1+1\","},
        {"+1", "\"'+1\","}, {"-1", "\"'-1\","}, {"@x", "\"'@x\","},
        {"\tx", "\"'\tx\","}, {"\rx", "\"'\rx\","}, {"a,b", "\"a,b\","},
        {"a\"b", "\"a\"\"b\","}, {"a\nb", "\"a\nb\","}, {"=\"x\"", "\"'=\"\"x\"\"\","},
        {"a=b", "a=b,"}};

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct rw_text t;

        rw_text_init(&t);
        rw_csv_cell(&t, cases[k].text);
        assert_string_equal(t.s, cases[k].cell);
        rw_text_fini(&t);
    }
}

/* Cells of a row that has no quotes; the row must end with CRLF. */
static size_t
cells_of(const char *row, const char **next)
{
    size_t n = 1;

    for (; *row != '\r'; row++) {
        assert_true(*row != '\0' && *row != '"' && *row != '\n');
        n += *row == ',';
    }
    assert_true(row[1] == '\n');
    *next = row + 2;
    return n;
}

static void
every_table_is_rectangular_and_has_units_in_its_header(void **state)
{
    static const struct fake_size size = {.threats = 3,
        .assets = 2,
        .strategies = 3,
        .futures = 500,
        .cycles = 4,
        .per_year = 4,
        .loss = 1e5,
        .controls = 5};
    struct rw_result *r;
    struct rw_error e;
    struct fake f;

    (void)state;
    rw_error_clear(&e);
    fake_make(&f, &size);
    fake_benefit(&f, &size);
    fake_nest(&f, &size);
    fake_programme(&f, &size);
    assert_int_equal(rw_result_make(&f.outcome, &f.arena, &r, &e), RW_OK);
    for (const struct rw_csv_table *t = rw_csv_tables; t->file; t++) {
        const char *row;
        struct rw_text text;
        size_t columns, rows = 0;

        rw_text_init(&text);
        assert_int_equal(rw_csv_table(r, t->file, &text, &e), RW_OK);
        columns = cells_of(text.s, &row);
        assert_true(columns > 3);
        assert_non_null(strstr(text.s, "["));
        for (; *row; rows++)
            assert_int_equal(cells_of(row, &row), columns);
        assert_true(rows > 0);
        rw_text_fini(&text);
    }
    fake_free(&f);
}

CHECK_MAIN(cmocka_unit_test(text_that_a_spreadsheet_would_run_is_guarded),
    cmocka_unit_test(every_table_is_rectangular_and_has_units_in_its_header))
