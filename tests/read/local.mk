read_headers = tests/read/corpus.h tests/read/finder.h

check_PROGRAMS += tests/read/test_compound
tests_read_test_compound_SOURCES = tests/read/test_compound.c tests/base/scratch.h
tests_read_test_compound_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_invalid
tests_read_test_invalid_SOURCES = tests/read/test_invalid.c $(read_headers)
tests_read_test_invalid_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_keys
tests_read_test_keys_SOURCES = tests/read/test_keys.c $(read_headers)
tests_read_test_keys_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_prescan
tests_read_test_prescan_SOURCES = tests/read/test_prescan.c $(read_headers)
tests_read_test_prescan_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_read
tests_read_test_read_SOURCES = tests/read/test_read.c $(read_headers)
tests_read_test_read_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_regulation
tests_read_test_regulation_SOURCES = tests/read/test_regulation.c tests/support/check.h
tests_read_test_regulation_LDADD = $(test_ldadd)
