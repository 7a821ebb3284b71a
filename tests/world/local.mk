check_PROGRAMS += tests/world/test_events
tests_world_test_events_SOURCES = tests/world/test_events.c $(test_small)
tests_world_test_events_LDADD = $(test_ldadd)
check_PROGRAMS += tests/world/test_counts tests/world/test_cascade
tests_world_test_counts_SOURCES = tests/world/test_counts.c $(test_small)
tests_world_test_counts_LDADD = $(test_ldadd)
tests_world_test_cascade_SOURCES = tests/world/test_cascade.c $(test_small)
tests_world_test_cascade_LDADD = $(test_ldadd)

check_PROGRAMS += tests/world/test_depend
tests_world_test_depend_SOURCES = tests/world/test_depend.c $(test_small)
tests_world_test_depend_LDADD = $(test_ldadd)

check_PROGRAMS += tests/world/test_ranks
tests_world_test_ranks_SOURCES = tests/world/test_ranks.c $(test_small)
tests_world_test_ranks_LDADD = $(test_ldadd)

check_PROGRAMS += tests/world/test_quasi
tests_world_test_quasi_SOURCES = tests/world/test_quasi.c $(test_small)
tests_world_test_quasi_LDADD = $(test_ldadd)
