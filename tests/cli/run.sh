#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A run leaves a complete folder or none, and the same bytes every time.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

cp "$small" shop.json
ok "a run without options" ends 0 "$riskwheel" run shop.json --no-plots
ok "says nothing on standard error" silent
ok "prints a summary" prints "Small shop"
ok "of the loss" prints "Loss in a year"
ok "of the appetite" prints "Appetite"
ok "and where the files are" prints "shop.out: results.json"
for file in results.json cycles.csv years.csv horizon.csv versus.csv exceedance.csv \
    largest.csv largest_exceedance.csv \
    band.csv epistemic.csv contributions.csv risks.csv controls.csv; do
    ok "writes $file" [ -s "shop.out/$file" ]
done
ok "and nothing else" holds shop.out 13
ok "and leaves no staging folder" holds . 0 '.*'

ok "--json" ends 0 "$riskwheel" run shop.json --json
ok "prints the very bytes of results.json" cmp out shop.out/results.json
ok "one future" ends 0 "$riskwheel" run shop.json --trials 1 -o single
ok "is not two" prints "1 future, seed"
rm -rf shop.out
ok "--json writes no file" ends 0 "$riskwheel" run shop.json --json
ok "at all" [ ! -e shop.out ]
ok "--csv" ends 0 "$riskwheel" run shop.json --csv -o with
ok "prints years.csv" cmp out with/years.csv
ok "--quiet" ends 0 "$riskwheel" run shop.json --quiet --no-plots -o quiet
ok "prints nothing" empty out
ok "but writes" [ -s quiet/results.json ]

"$riskwheel" run shop.json --json --threads 1 >one
ok "one thread prints results" [ -s one ]
for threads in 2 3 8; do
    "$riskwheel" run shop.json --json --threads $threads >many
    ok "the same bytes with $threads threads" cmp one many
done
"$riskwheel" run shop.json --json --seed 12 >many
ok "other bytes with another seed" not cmp -s one many
for locale in de_DE.UTF-8 tr_TR.UTF-8 C; do
    LC_ALL=$locale TZ=Asia/Tokyo "$riskwheel" run shop.json --json >many
    ok "the same bytes in $locale" cmp one many
done

# learning NAME LEARNS: the shop, unsure of how often and how much and of how often its
# guard fails, with two loops.
learning() {
    sed -e 's/"frequency": 3,/"frequency": { "dist": "gamma", "mean": 3, "sd": 2 }, "loss_factor": { "dist": "lognormal", "mean": 1, "sd": 2 },/' \
        -e 's/"controls": \[/& { "id": "guard", "pillar": "technical", "function": "resistance", "covers": ["outage"], "status": "operating", "efficacy": 0.6, "variance": { "per_year": { "dist": "lognormal", "mean": 3, "sd": 4 }, "days": 120, "bias": { "per_year": 0.2, "worth": 2 } } },/' \
        -e 's/{ "name": "nothing" },/& { "name": "oracle", "planner": "rosi", "budget": 2000 }, { "name": "pdca", "planner": "rosi", "budget": 2000, "learns": '"$2"', "check": { "audit": 0.8, "discount": 0.95 } },/' \
        shop.json >"$1.json"
    "$riskwheel" run "$1.json" --no-plots --quiet
}
of() { sed -n "/^$1,/p" "$2.out/horizon.csv" >"$2.$1" && [ -s "$2.$1" ]; }
for lessons in all:true rates:'["rates"]' severity:'["severity"]' \
    reliability:'["reliability"]' none:false; do
    name=${lessons%%:*}
    ok "a loop that learns $name" learning "$name" "${lessons#*:}"
    ok "is told of" of pdca "$name"
    ok "beside one that knows" of oracle "$name"
    ok "for which it changes nothing" cmp all.oracle "$name.oracle"
done
ok "sizes of losses were foretold" grep -q '"losses_pit"' all.out/results.json
ok "by who learns them" not grep -q '"losses_pit"' rates.out/results.json
ok "reliability was believed" grep -q '"believed"' all.out/results.json
ok "by who learns it" not grep -q '"believed"' rates.out/results.json
for name in rates severity reliability none; do
    ok "all is not $name" not cmp -s all.pdca "$name.pdca"
done
for threads in 2 3 8; do
    "$riskwheel" run all.json --json --threads $threads >many
    ok "the same bytes with $threads threads" cmp many all.out/results.json
done

ok "few futures have no band" sh -c "grep -q 'too few futures' one"
sed 's/"seed": 11/"seed": 11, "band": { "truths": 80, "histories": 40 }/' shop.json >band.json
ok "but where it is wanted" ends 0 "$riskwheel" run band.json --no-plots --threads 1
ok "it is in the summary" prints "of the variance is theirs"
ok "in results.json" grep -q '"truths": 80' band.out/results.json
ok "and in its table" [ "$(cut -d, -f1,2 band.out/band.csv | sort -u | wc -l)" -eq 5 ]
for threads in 2 3 8; do
    "$riskwheel" run band.json --json --threads $threads >many
    ok "the same bytes with $threads threads" cmp many band.out/results.json
done
ok "--no-band" ends 0 "$riskwheel" run band.json --no-plots --no-band -o without
ok "leaves it out" lacks "of the variance is theirs"
ok "and tells so" grep -q 'left out by --no-band' without/results.json
for file in cycles years horizon versus exceedance largest largest_exceedance contributions \
    risks controls; do
    ok "$file.csv is the same without" cmp band.out/$file.csv without/$file.csv
done
ok "no band of known estimates" ends 0 "$riskwheel" run "$srcdir/scenarios/compound.json" \
    --trials 1000 --no-plots -o known
ok "says that all are known" prints "Estimates   all are known"
ok "and results.json too" grep -q '"none": "every estimate is known"' known/results.json

mkdir old
echo mine >old/results.json
echo other >old/note.txt
sed 's/"frequency": 3/"frequency": -3/' shop.json >bad.json
ok "an invalid scenario" ends 3 "$riskwheel" run bad.json -o old
ok "is told with its line" says "bad.json:"
ok "leaves old files alone" [ "$(cat old/results.json)" = mine ]
ok "and makes no new ones" holds old 2
ok "a good one replaces them" ends 0 "$riskwheel" run shop.json --no-plots -o old
ok "as a whole" cmp one old/results.json
ok "and keeps what is not its own" [ "$(cat old/note.txt)" = other ]

ok "a missing scenario" fails_saying 5 "nowhere.json" run nowhere.json
ok "a folder is no scenario" ends 3 "$riskwheel" run old
echo file >plain
ok "a file is no output folder" ends 5 "$riskwheel" run shop.json -o plain
ok "and stays" [ "$(cat plain)" = file ]
ok "there is no folder to write in" ends 5 "$riskwheel" run shop.json -o no/where/at/all
mkdir self
cp shop.json self/results.json
ok "results do not replace their scenario" \
    fails_saying 2 "would replace the scenario" run self/results.json -o self
ok "check says what it holds" ends 0 "$riskwheel" check shop.json
ok "in numbers" prints "1 asset, 2 threats, 2 risks"
ok "check tells what is wrong" ends 3 "$riskwheel" check bad.json
ok "check --quiet" ends 0 "$riskwheel" check shop.json --quiet
ok "is quiet" empty out
ok "check takes --set" ends 3 "$riskwheel" check shop.json --set horizon.cycles=0
amount=threats.outage.losses.0.amount
tail='{"dist": "gpd", "xi": 0.6, "beta": "50k"}'
ok "check of a loss without a deviation" ends 0 "$riskwheel" check shop.json --set "$amount=$tail"
ok "notes it" prints "note: loss 1 of threat 'outage' has no standard deviation"
tail='{"dist": "gpd", "xi": 0.6, "beta": "50k", "cap": "9M"}'
ok "check of one with a cap" ends 0 "$riskwheel" check shop.json --set "$amount=$tail"
ok "does not" [ "$(grep -c note out)" = 0 ]
cat >late.json <<'END'
{ "riskwheel": 1, "name": "late", "currency": "EUR", "horizon": { "cycles": 8, "cycle": "month" },
  "assets": [ { "id": "a" } ],
  "threats": [ { "id": "t", "assets": ["a"], "frequency": 1,
    "losses": [ { "form": "response", "amount": 1 } ] } ],
  "controls": [ { "id": "idea", "pillar": "technical", "function": "resistance", "efficacy": 0.5,
    "build": 6 } ],
  "strategies": [ { "name": "slow", "plan": [ { "cycle": 3, "build": ["idea"] } ] } ] }
END
ok "check of a purchase that comes to nothing" ends 0 "$riskwheel" check late.json
ok "notes it" prints "note: control 'idea', bought in cycle 3 by slow, takes 6 cycles"
ok "of one in time" ends 0 "$riskwheel" check late.json --set controls.idea.build=5
ok "does not" [ "$(grep -c note out)" = 0 ]
ok "a run" ends 0 "$riskwheel" run late.json --trials 100 --no-plots -o late
ok "notes it too" says "riskwheel: note: control 'idea', bought in cycle 3 by slow"
ok "a quiet one" ends 0 "$riskwheel" run late.json --trials 100 --no-plots --quiet -o late
ok "does not" silent
cat >waits.json <<'END'
{ "riskwheel": 1, "name": "waits", "currency": "EUR", "horizon": { "cycles": 8, "cycle": "month" },
  "assets": [ { "id": "a" } ],
  "threats": [ { "id": "t", "assets": ["a"], "frequency": 1,
    "losses": [ { "form": "response", "amount": 1 } ] } ],
  "controls": [
    { "id": "base", "pillar": "technical", "function": "resistance", "efficacy": 0.5,
      "status": "planned", "start": 2, "build": 1 },
    { "id": "top", "pillar": "technical", "function": "resistance", "efficacy": 0.5,
      "status": "planned", "start": 2, "requires": ["base"] },
    { "id": "idea", "pillar": "technical", "function": "resistance", "efficacy": 0.5,
      "requires": ["top"] } ],
  "strategies": [ { "name": "slow", "plan": [ { "cycle": 3, "build": ["idea"] } ] },
    { "name": "loop", "planner": "rosi", "budget": 100 } ] }
END
# of the waiting ones: check has so many notes with a SETTING
waits() {
    want=$1
    shift
    "$riskwheel" check waits.json "$@" >out 2>err && [ "$(grep -c note: out)" -eq "$want" ]
}
base=controls.base
over=$base.overrun
ok "what waits in vain" waits 0
ok "in time to the last cycle" waits 0 --set "$base.build=6"
ok "and a cycle later" waits 4 --set "$base.build=7"
ok "the first of them" prints "note: control 'base', bought in cycle 2, takes 7 cycles to build and never"
ok "the next" prints "note: control 'top', bought in cycle 2, requires 'base', which comes too late, and never"
ok "by way of others" prints "note: control 'idea', bought in cycle 3 by slow, requires 'top', which comes too late"
ok "a candidate" prints "note: candidate 'idea' requires 'top', which comes too late, and never operates within"
ok "a candidate that takes too long" waits 2 --set controls.idea.build=8
ok "for planners" prints "note: candidate 'idea' takes 8 cycles to build and never operates within these 8"
ok "one that comes too late in a plan alone" waits 1 --set controls.idea.build=6
ok "an overrun" waits 4 --set "$over=10yr"
ok "of that much at least" prints "note: control 'base', bought in cycle 2, overruns beyond the horizon and never"
ok "one that may be short" waits 0 --set "$over={\"dist\":\"exponential\",\"mean\":\"10yr\"}"
ok "one that just leaves a cycle" waits 0 --set "$over=150d"
ok "one that does not" waits 4 --set "$over=185d"
cat >lessons.json <<'END'
{ "riskwheel": 1, "name": "lessons", "currency": "EUR", "horizon": { "cycles": 4, "cycle": "quarter" },
  "assets": [ { "id": "a" } ],
  "threats": [ { "id": "t", "assets": ["a"], "frequency": 1, "loss_factor": 1,
    "losses": [ { "form": "response", "amount": 1000 } ] } ],
  "controls": [ { "id": "c", "pillar": "technical", "function": "resistance", "status": "operating",
    "efficacy": 0.5, "variance": { "per_year": 1, "days": 30 } } ],
  "strategies": [ { "name": "loop", "planner": "rosi", "budget": 100,
    "learns": ["reliability", "severity"], "check": { "audit": 0 } } ] }
END
# notes N SETTING...: check of the lessons has so many
notes() {
    want=$1
    shift
    "$riskwheel" check lessons.json "$@" >out 2>err && [ "$(grep -c note: out)" -eq "$want" ]
}
unsure='controls.c.variance.per_year={"dist":"uniform","min":1,"max":2}'
ok "lessons that nothing teaches" notes 3
ok "failures that are known" prints "'loop' is to learn reliability, but how often controls fail"
ok "no audits" prints "is to learn reliability, but audits nothing"
ok "sizes that are known" prints "'loop' is to learn severity, but"
ok "an uncertain one" notes 2 --set "$unsure"
ok "and audits" notes 1 --set "$unsure" --set strategies.loop.check.audit=0.5
ok "that find nothing" notes 2 --set "$unsure" --set strategies.loop.check.audit=0.5 \
    --set strategies.loop.check.sensitivity=0
ok "a bias" notes 2 --set 'controls.c.variance.bias={"per_year":2}'
ok "an uncertain size" notes 2 --set 'threats.t.loss_factor={"dist":"uniform","min":1,"max":2}'
ok "nothing to learn" notes 0 --set strategies.loop.learns=false
ok "and all that there is" notes 0 --set strategies.loop.learns=true
ok "a scenario from standard input" sh -c "'$riskwheel' run - --json <shop.json >stdin"
ok "gives the same figures" sh -c "grep -v '\"file\"' one >a; grep -v '\"file\"' stdin | cmp a -"
triggers_of_twins() {
    ends 0 "$riskwheel" run "$srcdir/tests/read/valid/deciding.json" --trials 300 \
        --set simulation.phases=true --no-plots -o twins.out && prints 'lacks the triggers'
}
ok 'what a phase is worth says which triggers its twin lacks' triggers_of_twins

finish
