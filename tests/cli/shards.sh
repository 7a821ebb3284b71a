#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Shards put together are the run to the byte; whatever is not one run is refused by
# name, all of it at once, and nothing is written.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

# all that a run may bring: a programme, plugins, loops with twins, benefits, a band
cp "$small" shop.json
sed -e 's/"seed": 11/"seed": 11, "trials": 9000, "band": { "truths": 60, "histories": 50 }, "benefit": true, "phases": true, "attribution": true/' \
    -e 's/"trials": 3000, //' \
    -e 's/{ "name": "nothing" },/& { "name": "pdca", "planner": "rosi", "budget": 2000, "check": { "audit": 0.8 } },/' \
    shop.json >all.json

# part NAME I N ARGUMENTS...: that shard as NAME.I
part() {
    name=$1 i=$2 n=$3
    shift 3
    "$riskwheel" run "$@" --shard "$i/$n" -o "$name.$i" --quiet
}
parts() {
    for i in $(seq "$2"); do
        name=$1 n=$2
        (shift 2 && part "$name" "$i" "$n" "$@") || return 1
    done
}
# same FOLDER: every file is that of the run in one piece
same() {
    [ "$(find whole -type f | wc -l)" = "$(find "$1" -type f | wc -l)" ] || return 1
    for file in whole/*; do
        cmp "$file" "$1/${file#whole/}" || return 1
    done
}
# merged FILES...: they are the run
merged() {
    rm -rf merged
    ends 0 "$riskwheel" merge "$@" --no-plots -o merged && same merged
}

ok "a run in one piece" ends 0 "$riskwheel" run all.json --no-plots -o whole
ok "has all there is" [ -s whole/band.csv ] && ok "benefits too" [ -s whole/benefit.csv ]
for n in 1 2 7; do
    ok "$n shards" parts s "$n" all.json
    # shellcheck disable=SC2046 # numbers
    ok "merged are the run" merged $(seq -f 's.%g' "$n")
done
ok "in any order" merged s.4 s.7 s.1 s.2 s.6 s.5 s.3
ok "the summary says what it is of" prints "Merged from 7 shards"
ok "shards of more parts than blocks" parts t 20 all.json --threads 1
# shellcheck disable=SC2046
ok "are the run as well" merged $(seq -f 't.%g' 20)
for threads in 1 2 3 8 64; do
    "$riskwheel" run all.json --json --threads $threads >many
    ok "as it is with $threads threads" cmp many whole/results.json
done
ok "--json" ends 0 "$riskwheel" merge s.* --json
ok "prints the very bytes" cmp out whole/results.json
ok "without a name it is one" ends 0 "$riskwheel" run all.json --shard 3/3
ok "which it prints" prints "all.3-of-3.shard: part 3 of 3"
ok "and leaves no results" [ ! -e all.out ]

options='--seed 5 --trials 4000 --strategy pdca --set threats.outage.frequency=2 --referee --no-band'
rm -rf whole
# shellcheck disable=SC2086 # words, below as well
ok "a run with options" ends 0 "$riskwheel" run all.json $options --no-plots -o whole
# shellcheck disable=SC2086
ok "in shards" parts o 3 all.json $options
ok "is the run" merged o.1 o.2 o.3
ok "with its referee" prints "sum"
mkdir elsewhere
ok "from elsewhere it does not find its scenario" \
    ends 5 sh -c "cd elsewhere && '$riskwheel' merge ../o.? --json"
ok "and says what to do" says "--scenario FILE says where"
ok "which does" ends 0 "$riskwheel" merge --scenario all.json o.1 o.2 o.3 --quiet --no-plots \
    -o merged
ok "the run again" same merged

# --- what is refused ---
# refuses TEXT FILES...: with that among the faults, and nothing is written
refuses() {
    text=$1
    shift
    ends 3 "$riskwheel" merge "$@" -o new && says "$text" && [ ! -e new ] && empty out
}
cat s.1 >s.same
ok "one too few" refuses "part 4 of 7 is missing" s.1 s.2 s.3 s.5 s.6 s.7
ok "some too few" refuses "parts 2 to 6 of 7 are missing" s.1 s.7
ok "one twice" refuses "'s.1' and 's.same' are both part 1 of 7" s.? s.same
sed 's/"frequency": 3/"frequency": 4/' all.json >other.json
ok "of another scenario" part other 4 7 other.json
ok "is refused" refuses "'other.4' is of another run than 's.1': scenario " \
    s.1 s.2 s.3 other.4 s.5 s.6 s.7
for case in 'seed:--seed 12' 'trials:--trials 9001' 'strategy:--strategy pdca' \
    'option --no-band:--no-band' 'option --referee:--referee' \
    '--set:--set threats.outage.frequency=3'; do
    # shellcheck disable=SC2086
    part odd 4 7 all.json ${case#*:}
    ok "of another ${case%%:*}" refuses "is of another run than 's.1': " \
        s.1 s.2 s.3 odd.4 s.5 s.6 s.7
    ok "which is named" says "${case%%:*}"
done
part odd 4 6 all.json
ok "of another number of parts" refuses "cut into 6 parts and not 7" s.1 s.2 s.3 odd.4 s.5
mkdir -p mine/planners
sed 's/return riskwheel.planner/-- mine\n&/' "$srcdir/plugins/planners/rosi.lua" \
    >mine/planners/rosi.lua
(RISKWHEEL_PLUGINS=$work/mine:$RISKWHEEL_PLUGINS part odd 4 7 all.json)
ok "of another plugin" refuses "planner rosi " s.1 s.2 s.3 odd.4 s.5 s.6 s.7
if grep -qw fma /proc/cpuinfo; then
    GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-AVX2_Usable part odd 4 7 all.json
    ok "of a machine that computes otherwise" refuses "arithmetic " s.1 s.2 s.3 odd.4 s.5
fi
cp all.json kept.json
sed 's/"frequency": 3/"frequency": 4/' kept.json >all.json
ok "when the scenario has changed" refuses "another run than 'all.json' would be here" s.?
cp kept.json all.json
ok "what is no shard" refuses "'all.json' is another kind of file" s.? all.json
head -c 20 s.1 >short
ok "what is cut to nearly nothing" refuses "'short' is too short" s.? short
ok "what is not there" ends 5 "$riskwheel" merge s.? nowhere -o new
ok "is named" says "'nowhere'"
ok "and nothing is merged" says "nothing is merged: these are not all"
ok "another scenario" refuses "'$srcdir/scenarios/smallest.json' is not the scenario of the shards" \
    --scenario "$srcdir/scenarios/smallest.json" s.?
"$riskwheel" run all.json --shard 4/7 -o part.4 --checkpoint c.4 --quiet
ok "a checkpoint of all of a shard is one" refuses "'c.4' and 's.4' are both" c.4 s.?
"$riskwheel" run all.json --checkpoint c.all --quiet --no-plots -o part.out
ok "a checkpoint of a run is none" refuses "'c.all' is of another run" s.? c.all
ok "alone it is one to go on from" refuses "which 'run --resume' goes on from" c.all
ok "all faults are told at once" refuses "'other.4' is of another run" s.1 other.4 short s.same s.7
ok "the short one" says "'short' is too short"
ok "the doubled one" says "are both part 1 of 7"
ok "the missing ones" says "parts 2 to 6 of 7 are missing, unless they are among those above"
ok "and counted" says "(4 faults)"

# a flipped bit anywhere: at the head, and in every region of it
size=$(wc -c <s.3)
flips=0
noticed=0
for at in $(seq 0 12 600) $(seq 601 $((size / 60)) "$size"); do
    [ "$at" -lt "$size" ] || continue
    flips=$((flips + 1))
    byte=$(od -An -tu1 -j "$at" -N 1 s.3)
    cp s.3 flipped
    # shellcheck disable=SC2059 # an octal escape
    printf "\\$(printf %03o $((byte ^ 16)))" |
        dd of=flipped bs=1 seek="$at" conv=notrunc 2>/dev/null
    "$riskwheel" merge s.1 s.2 flipped s.4 s.5 s.6 s.7 -o new >out 2>err
    [ $? -eq 3 ] && grep -q "'flipped' is" err && [ ! -e new ] && noticed=$((noticed + 1))
done
ok "$flips flipped bits, each refused by name" [ "$noticed" = "$flips" ]

ok "shards are wanted" fails_saying 2 "SHARDS are missing" merge
for bad in 0/3 4/3 1 1/ /2 1/0 -1/2 1/5000 a/b 1/2/3 1.5/2; do
    ok "--shard $bad" fails_saying 2 "--shard wants a part" run all.json --shard "$bad"
done
ok "a shard has no summary" fails_saying 2 "--json is for 'merge'" run all.json --shard 1/2 --json
ok "nor pictures" fails_saying 2 "--no-plots is for 'merge'" run all.json --shard 1/2 --no-plots
ok "nor a number of futures to be found" \
    fails_saying 2 "--precision finds" run all.json --shard 1/2 --precision 5%@0.9
ok "its scenario is read again" sh -c "'$riskwheel' run - --shard 1/2 <all.json 2>err; [ \$? = 2 ]"
ok "so it is a file" says "not standard input"
ok "it does not replace that" fails_saying 2 "would replace the scenario" \
    run all.json --shard 1/2 -o all.json
ok "a place that is none is found first" fails_saying 5 "no/where" \
    run all.json --shard 1/2 -o no/where --trials 1e9
mkdir -p target
cp s.1 target/results.json
ok "results replace no shard" fails_saying 2 "would replace 'target/results.json'" \
    merge target/results.json s.2 s.3 s.4 s.5 s.6 s.7 -o target

if strace -qq -o trace true 2>/dev/null; then
    for call in write fsync rename; do
        cp s.2 old
        ok "a disk that is full at $call" ends 5 env ASAN_OPTIONS=detect_leaks=0 strace -f -qq \
            -o trace -e "trace=$call" -e "inject=$call:error=ENOSPC:when=1" \
            "$riskwheel" run all.json --shard 2/7 -o old --quiet
        ok "is told" says "No space left"
        ok "and leaves the old shard" cmp old s.2
        ok "and nothing beside it" holds . 1 'old*'
    done
fi
if valgrind --version >/dev/null 2>&1 && ! nm "$riskwheel" 2>/dev/null | grep -q __asan; then
    check="valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite"
    # shellcheck disable=SC2086
    ok "no memory is misused by a shard" ends 0 $check "$riskwheel" run shop.json --trials 1500 \
        --shard 2/2 -o v.2 --quiet --threads 2
    "$riskwheel" run shop.json --trials 1500 --shard 1/2 -o v.1 --quiet
    # shellcheck disable=SC2086
    ok "nor by a merge" ends 0 $check "$riskwheel" merge v.2 v.1 --json
    # shellcheck disable=SC2086
    ok "nor by one that is refused" ends 3 $check "$riskwheel" merge v.2 s.1 short --json
fi
finish
