#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# configure --enable-mpi: the processes of mpirun make the bytes of one.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

if ! grep -q '^#define RW_MPI' "$top_builddir/config.h" 2>/dev/null ||
    ! command -v mpirun >/dev/null 2>&1; then
    echo 'built without --enable-mpi, or there is no mpirun'
    exit 77
fi
OMPI_ALLOW_RUN_AS_ROOT=1
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM OMPI_MCA_rmaps_base_oversubscribe

sed 's/"seed": 11/"seed": 11, "band": { "truths": 60, "histories": 50 }/' "$small" >shop.json
run="$riskwheel run shop.json --trials 9000"
# shellcheck disable=SC2086 # words, here and below
ok "one process without mpirun" ends 0 $run --no-plots -o whole
for n in 1 2 4; do
    # shellcheck disable=SC2086
    ok "$n of mpirun" ends 0 mpirun -n $n $run --no-plots -o together
    ok "write the same results" cmp whole/results.json together/results.json
    ok "the same tables" cmp whole/years.csv together/years.csv
    ok "one summary" [ "$(grep -c 'Small shop' out)" = 1 ]
    ok "and nothing beside it" holds . 0 'together.*'
    rm -rf together
done
# shellcheck disable=SC2086
ok "--json, with a referee" ends 0 mpirun -n 3 $run --json --referee
# shellcheck disable=SC2086
$run --json --referee >plain
ok "prints the same" cmp out plain
sed 's/"frequency": 3/"frequency": -3/' shop.json >bad.json
ok "an invalid scenario" ends 3 mpirun -n 2 "$riskwheel" run bad.json -o together
ok "is told once" [ "$(grep -c '1 error$' err)" = 1 ]
ok "and leaves nothing" holds . 0 'together*'
ok "a place that is none" ends 5 mpirun -n 2 "$riskwheel" run shop.json -o no/where/at/all
ok "is told" says "no/where"
ok "what is for one process" ends 2 mpirun -n 2 "$riskwheel" run shop.json --checkpoint c
ok "is told once" [ "$(grep -c 'mpirun shares the run' err)" = 1 ]
ok "so is a number of futures to be found" \
    ends 2 mpirun -n 2 "$riskwheel" run shop.json --precision 5%@0.9
ok "all else is done once" ends 0 mpirun -n 2 "$riskwheel" check shop.json
ok "by the first" [ "$(grep -c 'Small shop' out)" = 1 ]
finish
