#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --quantiles histogram: the figures of the exact run within the stated error, and the
# same bytes whoever counts.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

sed -e 's/"seed": 11/"seed": 11, "trials": 9000, "band": { "truths": 60, "histories": 50 }, "benefit": true, "phases": true/' \
    -e 's/"trials": 3000, //' \
    -e 's/{ "name": "nothing" },/& { "name": "pdca", "planner": "rosi", "budget": 2000, "check": { "audit": 0.8 } },/' \
    "$small" >all.json

# run NAME ARGUMENTS...
run() {
    name=$1
    shift
    ends 0 "$riskwheel" run all.json --no-plots -o "$name" "$@"
}
# same FOLDER: every file is that of the run in one piece
same() {
    [ "$(find whole -type f | wc -l)" = "$(find "$1" -type f | wc -l)" ] || return 1
    for file in whole/*; do
        cmp "$file" "$1/${file#whole/}" || return 1
    done
}

ok "exact, as it is by itself" run exact
ok "is what exact is" run asked --quantiles exact
ok "to the byte" cmp exact/results.json asked/results.json
ok "and does not speak of it" not grep -q '"quantiles": {"method"' exact/results.json
ok "a histogram" run whole --quantiles histogram --threads 1
ok "says so" prints "quantiles from a histogram, within 0.098 %"
ok "in the results too" \
    grep -q '"quantiles": {"method": "histogram", "error": 0.0009765625}' whole/results.json
ok "other bytes" not cmp -s exact/years.csv whole/years.csv
ok "as many files" [ "$(find exact | wc -l)" = "$(find whole | wc -l)" ]
ok "the same means by cycle" cmp exact/cycles.csv whole/cycles.csv

# near FILE KEYS: of each line those columns of both runs within 0.1 %
near() {
    paste -d, "exact/$1" "whole/$1" | awk -F, -v keys="$2" '
        NR == 1 {
            n = NF / 2
            for (i = 1; i <= n; i++) { sub(/ .*/, "", $i); at[$i] = i }
            m = split(keys, key, " ")
        }
        NR > 1 { for (k = 1; k <= m; k++) {
            x = $(at[key[k]]); y = $(at[key[k]] + n); d = x - y; if (d < 0) d = -d
            if (x < 0) x = -x
            if (d > 0.000977 * x) { print "# " NR " " key[k] ": " x " " y; bad = 1 }
            seen += x > 0
        } }
        END { exit bad || seen == 0 }'
}
ok "yearly quantiles and tail means are near" near years.csv "mean sd p0 q0.5 q0.95 q0.99 tvar0.95"
ok "those of the horizon" near horizon.csv "mean sd q0.5 q0.95 q0.99 tvar0.95"
ok "those of differences" near versus.csv "mean sd q0.5 q0.95"

for threads in 2 3; do
    ok "$threads threads" run many --quantiles histogram --threads $threads
    ok "the same bytes" same many
    rm -rf many
done
for i in 1 2 3; do
    "$riskwheel" run all.json --quantiles histogram --shard $i/3 -o "s.$i" --quiet
done
ok "three shards" ends 0 "$riskwheel" merge s.3 s.1 s.2 --no-plots -o merged
ok "merged are the run" same merged
"$riskwheel" run all.json --shard 2/3 -o exact.2 --quiet
ok "an exact one among them" fails_saying 3 "option --quantiles histogram" \
    merge s.1 exact.2 s.3 --json
ok "with a checkpoint" run kept --quantiles histogram --checkpoint c --checkpoint-every 0
ok "they are the same" same kept
ok "as they are of one that goes on" run on --quantiles histogram --resume c
ok "to the end" same on
ok "which is no exact one's" fails_saying 3 "option --quantiles histogram" \
    run all.json --resume c --json

# a 4096th of a run says which run it is
for trials in 1e8 1.01e8; do
    "$riskwheel" run "$small" --trials $trials --no-band --shard 4096/4096 -o "of.$trials" --quiet
done
ok "1e8 futures are exact" not grep -qa -e '--quantiles histogram' of.1e8
ok "more are a histogram" grep -qa -e '--quantiles histogram' of.1.01e8

# a horizon of no whole year has a loss of its own
part_year() {
    "$riskwheel" run "$srcdir/scenarios/smallest.json" --trials 20000 --no-plots --json \
        --set horizon.cycle=month --set horizon.cycles=2 --quantiles "$1" |
        sed -n '/"horizon": {/,/"mean"/s/.*"mean": \([0-9.e+]*\).*/\1/p' | head -1
}
ok "a horizon of months" sh -c "[ -n '$(part_year exact)' ]"
ok "has the mean of an exact run" [ "$(part_year exact)" = "$(part_year histogram)" ]
ok "a referee has its futures" ends 0 "$riskwheel" run all.json --quantiles histogram --referee \
    --no-band --no-plots -o referee
ok "no precision finer than its cells" fails_saying 2 "is finer than a histogram" \
    run all.json --quantiles histogram --precision 0.05%@0.95
ok "a precision" ends 0 "$riskwheel" run all.json --quantiles histogram --precision 10%@0.95 \
    --no-plots -o precise
ok "is told" prints "0.95 quantile known to"
ok "neither word" fails_saying 2 "--quantiles wants 'exact' or 'histogram', not 'some'" \
    run all.json --quantiles some
ok "nor futures drawn evenly" fails_saying 2 "ask for --quantiles exact" \
    run all.json --quantiles histogram --sampling sobol --trials 40000
ok "which are exact when asked" ends 0 "$riskwheel" run all.json --quantiles exact \
    --sampling sobol --trials 40000 --no-band --no-plots -o even
finish
