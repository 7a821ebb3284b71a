#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A plugin gives each asset a rate of its own: what happens to the asset is, byte by
# byte, what a threat does that states this rate.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

mkdir -p mine/threats
RISKWHEEL_PLUGINS=$PWD/mine
# the one of docs/plugins.md, and a susceptibility that differs too
awk '/^```lua$/ { block = ""; inside = 1; next } /^```$/ { inside = 0 } inside { block = block $0 "\n" }
    !inside && block ~ /"by_value"/ { printf "%s", block; exit }' "$srcdir/docs/plugins.md" |
    sed 's/a.frequency = .*/&; a.susceptibility = a.records > 0 and 0.5 or 1/' >mine/threats/by_value.lua
# one rate: assigned to each asset alike, to the threat, or stated
sed -e 's/by_value/alike/' -e 's/a.value . t.value/3 \/ 4/' -e 's/a.records > 0 and 0.5 or 1/1/' \
    -e '/^  examples/,/^  },/d' mine/threats/by_value.lua >mine/threats/alike.lua
cat >mine/threats/shared.lua <<'END'
return riskwheel.threat {
  api = 1, name = "shared", doc = "One rate, and the assets only looked at.",
  parameters = { attacks = { unit = "1/year", doc = "attacks a year on all of them" } },
  cycle = function(t, p)
    local seen = 0
    for _, a in ipairs(t.assets) do seen = seen + a.value / t.value * (a.records + 1) * 0 end
    t.frequency = p.attacks * (3 / 4) + seen
  end,
}
END
threat() {
    cat <<END
{ "riskwheel": 1, "name": "two", "currency": "USD",
  "horizon": { "cycles": 4, "cycle": "quarter" }, "simulation": { "trials": 9000, "seed": 3 },
  "assets": [ { "id": "large", "value": "3M" }, { "id": "small", "value": "1M", "records": 5000 } ],
  "threats": [ { "id": "theft", "assets": ["large", "small"], $1,
    "losses": [ { "form": "response", "amount": { "dist": "lognormal", "p5": 5000, "p95": 200000 } } ] } ],
  "controls": [ { "id": "guard", "pillar": "technical", "function": "resistance", "covers": ["theft"],
    "efficacy": 0.6, "cost": { "running": 20000 } } ],
  "strategies": [ { "name": "guarded", "plan": [ { "cycle": 2, "build": ["guard"] } ] } ] }
END
}
run() { ends 0 "$riskwheel" run "$1.json" --no-plots --quiet "$2" "$3"; }
plugin() { threat "\"plugin\": \"$1\", \"parameters\": { \"attacks\": 4 }"; }
plugin by_value >by_value.json
plugin alike >alike.json
plugin shared >shared.json
threat '"frequency": 3' >three.json
threat '"frequency": 1, "susceptibility": 0.5' >half.json
for name in by_value alike shared three half; do
    ok "$name runs" run $name --threads 2
done
ok "and again on one thread" run by_value --threads 1
of_asset() { sed -n "/^[a-z]*,loss by asset,$2,/p" "$1.out/contributions.csv"; }
same_for() { of_asset "$1" "$3" >"$1.$3" && of_asset "$2" "$3" | cmp -s - "$1.$3" && [ -s "$1.$3" ]; }
risk_of() { sed -n "/,theft,$2,/p" "$1.out/risks.csv"; }
same_risk() { risk_of "$1" "$3" >"$1.$3" && risk_of "$2" "$3" | cmp -s - "$1.$3" && [ -s "$1.$3" ]; }
ok "the large asset loses what it does at three a year" same_for by_value three large
ok "the small one what it does at half of one" same_for by_value half small
ok "which is not the same" not same_for by_value three small
ok "nor for the other" not same_for by_value half large
ok "so is what is expected of the large one" same_risk by_value three large
ok "and of the small one" same_risk by_value half small
for table in cycles years horizon exceedance largest contributions risks versus; do
    ok "$table.csv is the same with the rates alike" cmp alike.out/$table.csv three.out/$table.csv
    ok "and with one that nobody changed" cmp shared.out/$table.csv three.out/$table.csv
done
cp by_value.out/results.json one
ok "more threads" run by_value --threads 3
same_but_command() { sed '/"command"/d' "$1" >a && sed '/"command"/d' "$2" | cmp - a; }
ok "give the same" same_but_command one by_value.out/results.json

sed 's/"frequency"/"systemic": true, "frequency"/' three.json >systemic.json
sed 's/"plugin"/"systemic": true, "plugin"/' by_value.json >systemic_by_value.json
ok "a systemic threat is simulated" run systemic --threads 1
ok "and has one rate" ends 4 "$riskwheel" run systemic_by_value.json --no-plots --quiet
ok "as is told" says "asset.frequency is what all assets have: assign t.frequency"
finish
