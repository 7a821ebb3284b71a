check_PROGRAMS += tests/model/test_build
tests_model_test_build_SOURCES = tests/model/test_build.c $(test_small)
tests_model_test_build_LDADD = $(test_ldadd)
