check_PROGRAMS += tests/stat/test_coverage
tests_stat_test_coverage_SOURCES = tests/stat/test_coverage.c $(test_small)
tests_stat_test_coverage_LDADD = $(test_ldadd)

# Ten times the samples, and others each time.
check-stat: tests/stat/test_coverage$(EXEEXT)
	RW_STAT=long ./tests/stat/test_coverage$(EXEEXT)
