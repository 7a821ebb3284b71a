check_PROGRAMS += tests/world/test_events
tests_world_test_events_SOURCES = tests/world/test_events.c $(test_small)
tests_world_test_events_LDADD = $(test_ldadd)
