check_PROGRAMS += tests/stat/test_coverage
tests_stat_test_coverage_SOURCES = tests/stat/test_coverage.c tests/support/law.h $(test_small)
tests_stat_test_coverage_LDADD = $(test_ldadd)
dist_check_SCRIPTS += tests/stat/referee.sh

# Ten to fifty times the samples, and others each time.
check-stat: tests/stat/test_coverage$(EXEEXT) riskwheel$(EXEEXT)
	RW_STAT=long ./tests/stat/test_coverage$(EXEEXT)
	RW_STAT=long top_srcdir='$(abs_top_srcdir)' $(SHELL) '$(top_srcdir)/tests/stat/referee.sh'
