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
tests_read_test_read_SOURCES = tests/read/test_read.c tests/read/reading.h $(read_headers)
tests_read_test_read_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_members
tests_read_test_members_SOURCES = tests/read/test_members.c tests/read/reading.h \
	$(read_headers)
tests_read_test_members_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_regulation
tests_read_test_regulation_SOURCES = tests/read/test_regulation.c tests/support/check.h
tests_read_test_regulation_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_edit
tests_read_test_edit_SOURCES = tests/read/test_edit.c
tests_read_test_edit_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_incidents
tests_read_test_incidents_SOURCES = tests/read/test_incidents.c $(test_small)
tests_read_test_incidents_LDADD = $(test_ldadd)

check_PROGRAMS += tests/read/test_import
tests_read_test_import_SOURCES = tests/read/test_import.c $(read_headers)
tests_read_test_import_LDADD = $(test_ldadd)
