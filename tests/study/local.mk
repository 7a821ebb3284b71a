check_PROGRAMS += tests/study/test_law
tests_study_test_law_SOURCES = tests/study/test_law.c
tests_study_test_law_LDADD = $(test_ldadd)
check_PROGRAMS += tests/study/test_result
tests_study_test_result_SOURCES = tests/study/test_result.c tests/out/fake.h
tests_study_test_result_LDADD = $(test_ldadd)
