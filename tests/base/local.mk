check_PROGRAMS += tests/base/test_arena
tests_base_test_arena_SOURCES = tests/base/test_arena.c
tests_base_test_arena_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_err
tests_base_test_err_SOURCES = tests/base/test_err.c
tests_base_test_err_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_file
tests_base_test_file_SOURCES = tests/base/test_file.c tests/base/scratch.h
tests_base_test_file_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_number
tests_base_test_number_SOURCES = tests/base/test_number.c
tests_base_test_number_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_output
tests_base_test_output_SOURCES = tests/base/test_output.c tests/base/scratch.h
tests_base_test_output_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_pages
tests_base_test_pages_SOURCES = tests/base/test_pages.c
tests_base_test_pages_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_sha256
tests_base_test_sha256_SOURCES = tests/base/test_sha256.c
tests_base_test_sha256_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_text
tests_base_test_text_SOURCES = tests/base/test_text.c
tests_base_test_text_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_unit
tests_base_test_unit_SOURCES = tests/base/test_unit.c
tests_base_test_unit_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_date
tests_base_test_date_SOURCES = tests/base/test_date.c
tests_base_test_date_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_dimension
tests_base_test_dimension_SOURCES = tests/base/test_dimension.c
tests_base_test_dimension_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_fence
tests_base_test_fence_SOURCES = tests/base/test_fence.c
tests_base_test_fence_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_record
tests_base_test_record_SOURCES = tests/base/test_record.c tests/base/scratch.h
tests_base_test_record_LDADD = $(test_ldadd)

check_PROGRAMS += tests/base/test_team
tests_base_test_team_SOURCES = tests/base/test_team.c
tests_base_test_team_LDADD = $(test_ldadd)
