dist_check_SCRIPTS += \
	tests/cli/caps.sh \
	tests/cli/checkpoint.sh \
	tests/cli/cpu.sh \
	tests/cli/exact.sh \
	tests/cli/fence.sh \
	tests/cli/fit.sh \
	tests/cli/fit_published.sh \
	tests/cli/full_disk.sh \
	tests/cli/gather.sh \
	tests/cli/gnuplot.sh \
	tests/cli/import.sh \
	tests/cli/import_published.sh \
	tests/cli/kill.sh \
	tests/cli/learn.sh \
	tests/cli/help.sh \
	tests/cli/many_machines.sh \
	tests/cli/mpi.sh \
	tests/cli/options.sh \
	tests/cli/plugin.sh \
	tests/cli/precision.sh \
	tests/cli/programme.sh \
	tests/cli/quantiles.sh \
	tests/cli/readme.sh \
	tests/cli/run.sh \
	tests/cli/scenarios.sh \
	tests/cli/sampling.sh \
	tests/cli/shards.sh \
	tests/cli/signals.sh \
	tests/cli/streams.sh
EXTRA_DIST += tests/cli/common.sh tests/cli/small.json
