EXTRA_PROGRAMS += tests/bench/bench
tests_bench_bench_SOURCES = tests/bench/bench.c $(test_small)
tests_bench_bench_LDADD = $(test_ldadd)
CLEANFILES += tests/bench/bench
