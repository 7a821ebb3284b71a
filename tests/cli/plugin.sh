#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Plugins describe themselves.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

ok "plugin alone wants a command" fails_saying 2 "a command is wanted" plugin
ok "an unknown one is answered" fails_saying 2 "did you mean 'list'?" plugin lits
ok "list" ends 0 "$riskwheel" plugin list
ok "names threats" prints ai_phishing
ok "and controls" prints awareness_training
ok "and planners" prints rosi
ok "list of a kind" ends 0 "$riskwheel" plugin list planner
ok "names no other kind" lacks ai_phishing
ok "an unknown kind" fails_saying 2 "threat, control or planner" plugin list magic
for name in ai_phishing ransomware supplier_outage awareness_training \
    threat_intelligence_sharing rosi; do
    ok "show $name" ends 0 "$riskwheel" plugin show $name
    ok "fits 80 columns" [ "$(grep -v sha256 out | grep -vF / | awk '{ print length }' | sort -n | tail -1)" -le 80 ]
    ok "tells how a scenario uses it" grep -Eq '"(plugin|planner)": "'$name'"' out
done
ok "a page has parameters with units" ends 0 "$riskwheel" plugin show ai_phishing
ok "like attempts a year" prints "[1/year]"
ok "a name nearly right" fails_saying 2 "did you mean 'ransomware'?" plugin show ransomwear
ok "a name that is none" fails_saying 2 "there is no plugin 'xyzzy'" plugin show xyzzy
ok "a path" ends 0 "$riskwheel" plugin show "$srcdir/plugins/planners/rosi.lua"
mkdir -p mine/threats
echo 'return riskwheel.threat { api = 1, name = "broken", version = "1", doc =' >mine/threats/broken.lua
RISKWHEEL_PLUGINS=mine
ok "a broken plugin does not hide the others" ends 4 "$riskwheel" plugin list
ok "and is told with its line" says "broken.lua:"
ok "show tells it too" ends 4 "$riskwheel" plugin show broken
mkdir none bare bare/threats
sed 's/, *version = "[^"]*"//' "$srcdir/plugins/threats/ai_phishing.lua" | sed '/^ *version = /d' >bare/threats/ai_phishing.lua
RISKWHEEL_PLUGINS=none
mkdir -p alone/bin && cp "$riskwheel" alone/bin/riskwheel # far from its sources
ok "no plugins" ends 0 alone/bin/riskwheel plugin list
ok "the folders searched are told" says "searched 'none'"
ok "a scenario without its plugin" ends 3 alone/bin/riskwheel check "$srcdir/tests/golden/clinic.json"
ok "is told the folders too" says "searched 'none'"
RISKWHEEL_PLUGINS=bare
ok "a plugin without a version" ends 0 "$riskwheel" plugin list
ok "has no stray blank" not grep -q ' $' out
ok "nor has its page" ends 0 "$riskwheel" plugin show ai_phishing
ok "before the comma" prints "ai_phishing, a threat"
# the author's desk
mkdir desk && cd desk || exit 1
for kind in threat control planner; do
    ok "new $kind" ends 0 "$riskwheel" plugin new $kind my_$kind
    ok "is a plugin" [ -f plugins/${kind}s/my_$kind.lua ]
    ok "that keeps what it should, by its file's name" ends 0 "$riskwheel" plugin test my_$kind.lua
    ok "with its examples" prints "ok     example 1"
    ok "and its speed" prints "ns a future and cycle"
    ok "its scenario is valid" ends 0 "$riskwheel" check my_${kind}_trial.json
    ok "and runs" ends 0 "$riskwheel" run my_${kind}_trial.json --trials 200 --no-plots --quiet
done
cp plugins/threats/my_threat.lua kept
ok "new over an old one" fails_saying 5 "is there already" plugin new threat my_threat
ok "leaves it" cmp -s kept plugins/threats/my_threat.lua
ok "new of no kind" fails_saying 2 "threat, control or planner" plugin new magic x
ok "a name that is none" fails_saying 2 "no name of a plugin" plugin new threat ../x
ok "too few words" fails_saying 2 "give a KIND" plugin new threat
sed 's/susceptibility = 0.3 }/susceptibility = 0.4 }/' kept >plugins/threats/my_threat.lua
ok "an example that does not hold" ends 1 "$riskwheel" plugin test my_threat
ok "is told" prints "susceptibility is 0.3, and 0.4 is expected"
ok "a plugin that is none" fails_saying 2 "there is no plugin 'xyzzy'" plugin test xyzzy
# one that lies about its units is found before it counts
sed 's/t.frequency = .*/t.frequency = 1 + p.fee/; s/^  parameters = {/& fee = { unit = "currency", default = 1, doc = "d" },/' \
    kept >plugins/threats/my_threat.lua
ok "a wrong unit" ends 1 "$riskwheel" plugin test my_threat
ok "is told with its line" prints "my_threat.lua:$(grep -n 't.frequency =' plugins/threats/my_threat.lua | head -n 1 | cut -d: -f1): "
ok "with both units" prints "threat.frequency is a rate (1/year), and what is assigned is money (currency)"
ok "and ends a run" ends 4 "$riskwheel" run my_threat_trial.json --trials 200 --no-plots --quiet
ok "in its first call" says "of threat attack, cycle 1, "
cd .. || exit 1
for file in "$srcdir"/plugins/*/*.lua; do
    name=$(basename "$file" .lua)
    ok "$name keeps what it should" ends 0 "$riskwheel" plugin test "$file"
    ok "and has an example" prints "ok     example 1"
done
cp -R "$srcdir/plugins" library && RISKWHEEL_PLUGINS=$PWD/library
export RISKWHEEL_PLUGINS
ok "the list" ends 0 "$riskwheel" plugin list
listed() { awk '/^```$/ { n++; next } n == 3' "$srcdir/docs/library.md" | diff - out; }
ok "is the one in docs/library.md" listed

# a program in a build folder knows the plugins of its sources, wherever it is called
above=$(cd "$(dirname "$riskwheel")/.." && pwd -P)
if [ "$above" = "$(cd "$srcdir" && pwd -P)" ]; then
    mkdir -p elsewhere
    ok "a program in its sources finds theirs" \
        sh -c "cd elsewhere && env -u RISKWHEEL_PLUGINS '$riskwheel' plugin show rosi >shown"
fi

# the editor's types know every function of vec, and no other
mkdir -p names/threats && echo 'return vec.qqqqqqqqqqqq' >names/threats/names.lua
ok "an unknown function is answered by all there are" ends 4 "$riskwheel" plugin test names/threats/names.lua
editor_knows() {
    have=$(sed -n 's/.*there are: \([a-z, ]*\).*/\1/p' err | tr -d ,)
    want=$(sed -n 's/^function vec\.\([a-z]*\).*/\1/p' "$srcdir/docs/editor/riskwheel.lua" | sort | tr '\n' ' ')
    [ -n "$have" ] && [ "$have" = "${want% }" ]
}
ok "the editor knows just these" editor_knows

# a scenario's texts are read by the same words as the plugin's own expressions
mkdir -p plugins/threats
cat >plugins/threats/worded.lua <<'END'
return riskwheel.threat { api = 1, name = "worded", doc = "d",
  parameters = { rest = { unit = "days", doc = "d" }, rate = { unit = "1/hour", doc = "d" } },
  cycle = function(t, p) t.frequency = p.rate * 24 / p.rest * 5000 end }
END
worded() {
    cat >"$1.json" <<END
{ "riskwheel": 1, "name": "w", "currency": "EUR", "horizon": { "cycles": 1, "cycle": "year" },
  "simulation": { "trials": 500 }, "assets": [ { "id": "a" } ],
  "threats": [ { "id": "t", "assets": ["a"], "plugin": "worded",
    "parameters": { "rest": $2, "rate": $3 }, "losses": [ { "form": "response", "amount": 5 } ] } ] }
END
    ends 0 "$riskwheel" run "$1.json" --csv --no-plots && mv out "$1.csv"
}
ok "texts for units in the plural and by the hour" worded texts '"2w"' '"0.048/day"'
ok "and the numbers that they are" worded numbers 14 0.002
ok "are one scenario" cmp texts.csv numbers.csv
finish
