#!/bin/sh
# tests/golden/golden.sh -- a whole run against the bytes it gave before, for
# 1, 2, 3 and 8 threads.  With --accept the present bytes become the golden
# ones: look at the difference first, and say in the commit why it is right.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
cd "${top_srcdir:-.}"
program=${RISKWHEEL:-build/riskwheel}
golden=tests/golden
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM

run() # threads folder
{
    "$program" run "$golden/clinic.json" --quiet --no-plots --threads "$1" -o "$2"
}

if [ "${1:-}" = --accept ]; then
    run 2 "$scratch/new"
    for file in results.json years.csv cycles.csv; do
        cp "$scratch/new/$file" "$golden/clinic.$file"
    done
    exit 0
fi

# The C library picks another log and exp where fused multiply-add is absent;
# their last bits differ.
if ! grep -qw fma /proc/cpuinfo; then
    echo 'golden bytes are those of processors with fused multiply-add'
    exit 77
fi
failed=0
n=0
for threads in 1 2 3 8; do
    run "$threads" "$scratch/$threads"
    for file in results.json years.csv cycles.csv; do
        n=$((n + 1))
        if cmp "$golden/clinic.$file" "$scratch/$threads/$file"; then
            echo "ok $n - $threads threads give the golden $file"
        else
            echo "not ok $n - $threads threads give another $file"
            failed=1
        fi
    done
done
exit "$failed"
