check_PROGRAMS += tests/run/test_run tests/run/test_reference tests/run/test_metamorphic
tests_run_test_run_SOURCES = tests/run/test_run.c $(test_small)
tests_run_test_run_LDADD = $(test_ldadd)
tests_run_test_reference_SOURCES = tests/run/test_reference.c $(test_small)
tests_run_test_reference_LDADD = $(test_ldadd)
tests_run_test_metamorphic_SOURCES = tests/run/test_metamorphic.c $(test_small)
tests_run_test_metamorphic_LDADD = $(test_ldadd)
