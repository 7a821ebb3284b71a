#!/bin/sh
# tests/cli/readme.sh -- what README.md shows is what the program does: the
# summary of the hospital, the picture, the first scenarios and the plugin.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/common.sh disable=SC2154
. "${top_srcdir:-.}/tests/cli/common.sh"
readme=$srcdir/README.md

# block N LANGUAGE: the Nth fenced block of that language.
block() {
    awk -v want="$1" -v fence="\`\`\`$2" '
        inside && /^```$/ { inside = 0; next }
        inside == 2 { print }
        !inside && $0 == fence { inside = ++n == want ? 2 : 1; next }
        !inside && /^```/ && $0 != "```" { inside = 1 }' "$readme"
}

same_summary() {
    block 2 '' >shown
    head -n "$(wc -l <shown)" out | diff shown -
}

same_picture() { cmp "$srcdir/docs/exceedance.svg" hospital.out/plots/exceedance.svg; }

add_members() {
    # the members go behind the last but one line, after a comma
    sed '$d' "$srcdir/scenarios/smallest.json" | sed '$s/$/,/' >mine.json
    { block 1 json; echo '}'; } >>mine.json
    ends 0 "$riskwheel" run mine.json --trials 2000 && prints 'backup'
}

# the loop is the file, and its run prints what is shown of it
same_loop() { block 2 json | diff - "$srcdir/scenarios/loop.json"; }
same_lines() {
    block 1 text >lines
    first=$(grep -nxF "$(head -n 1 lines)" out | cut -d: -f1)
    [ -n "$first" ] && tail -n "+$first" out | head -n "$(wc -l <lines)" | diff lines -
}

use_plugin() {
    mkdir -p plugins/threats
    block 1 lua >plugins/threats/lost_keys.lua
    cat >keys.json <<'END'
{ "riskwheel": 1, "name": "keys", "currency": "EUR", "horizon": { "cycles": 1, "cycle": "year" },
  "assets": [ { "id": "doors" } ],
  "threats": [ { "id": "keys", "assets": ["doors"], "plugin": "lost_keys", "parameters": { "staff": 300 },
    "losses": [ { "form": "replacement", "amount": 80 } ] } ] }
END
    ends 0 "$riskwheel" run keys.json --trials 2000 && prints 'keys'
}

ok 'the closed loop in README is the scenario that comes along' same_loop
ok 'it runs' ends 0 "$riskwheel" run "$srcdir/scenarios/loop.json" --no-plots
if grep -qw fma /proc/cpuinfo; then
    ok 'and prints what README shows of it' same_lines
    (cd "$srcdir" && "$riskwheel" run scenarios/hospital.json -o "$work/hospital.out") >out 2>err
    ok 'the summary in README is the one that is printed' same_summary
    if command -v gnuplot >/dev/null 2>&1; then
        ok 'the picture in README is the one that is drawn' same_picture
    fi
fi
ok 'the members to add make a scenario that compares' add_members
ok 'the plugin in README works in a scenario' use_plugin
finish
