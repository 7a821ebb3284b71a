EXTRA_PROGRAMS += tests/bench/bench
tests_bench_bench_SOURCES = tests/bench/bench.c tests/bench/bench.h tests/bench/child.c \
	tests/bench/clock.h tests/bench/floor.c tests/bench/laws.c \
	tests/bench/threads.c $(test_small)
tests_bench_bench_LDADD = $(test_ldadd)
CLEANFILES += tests/bench/bench

EXTRA_PROGRAMS += tests/bench/tail
tests_bench_tail_SOURCES = tests/bench/tail.c tests/bench/clock.h $(test_small)
tests_bench_tail_LDADD = $(test_ldadd)
CLEANFILES += tests/bench/tail

EXTRA_PROGRAMS += tests/bench/aggregate
tests_bench_aggregate_SOURCES = tests/bench/aggregate.c tests/num/years.h
tests_bench_aggregate_LDADD = $(test_ldadd)
CLEANFILES += tests/bench/aggregate

EXTRA_PROGRAMS += tests/bench/plugin
tests_bench_plugin_SOURCES = tests/bench/plugin.c tests/bench/clock.h $(test_small)
tests_bench_plugin_LDADD = $(test_ldadd)
CLEANFILES += tests/bench/plugin

EXTRA_PROGRAMS += tests/bench/peak
tests_bench_peak_SOURCES = tests/bench/peak.c
CLEANFILES += tests/bench/peak
