#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# import: stubs out of catalogues, and what docs/import.md shows of it.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"
doc=$srcdir/docs/import.md
mkdir scenarios && cp -R "$srcdir/scenarios/catalogues" scenarios
attack=scenarios/catalogues/attack.json
oscal=scenarios/catalogues/oscal.json

# block MARK N: the Nth fenced block behind <!-- MARK -->
block() {
    awk -v mark="<!-- $1 -->" -v want="$2" '
        $0 == mark { on = 1; next }
        on && /^```/ { if (inside) { inside = 0; if (n == want) exit } else { inside = 1; n++ } next }
        on && inside && n == want' "$doc"
}
# shows NAME: the command of that name prints what the document says
shows() {
    eval "set -- $(block "run: $1" 1 | sed 's/^riskwheel//; s/\\$//' | tr '\n' ' ') '$1'"
    for name; do :; done
    words=$#
    while [ "$words" -gt 1 ]; do # all but the name, in their order
        set -- "$@" "$1"
        shift
        words=$((words - 1))
    done
    shift
    ends 0 "$riskwheel" "$@" || return 1
    block "run: $name" 2 | diff - out
}
# holds_shown FILE: its lines are among those the document shows of it
holds_shown() {
    block "shown: $2" 1 | grep -v '^\.\.\.$' >shown
    [ -s shown ] && ! tr -d '\r' <"$1" | grep -vxF -f - shown
}

ok "the report is the one in docs/import.md" shows attack
ok "and silent on standard error" silent
ok "the stubs are" holds_shown stubs.json stubs.json
tr -d '\r' <covers.csv >plain
block "shown: covers.csv" 1 >shown
ok "the matrix is" cmp plain shown
ok "rows end as RFC 4180 wants" [ "$(grep -c "$(printf '\r')\$" covers.csv)" -eq 7 ]
ok "the report of both is the one in docs/import.md" shows oscal
ok "and silent" silent
ok "what was left out is nowhere in the stubs" not grep -Eq 'T9005|T9006|M9003|M1055|Guessed PIN' stubs.json
ok "nor in those of both" not grep -Eq 'pr-1\.2|Token|T9005|T9006|T9003' joined.json
ok "the notice is" grep -q '"// notice": "Written to practise with; no part of ATT&CK."' stubs.json

# stubs do not run before they are filled in; every null is named
ok "stubs are refused" fails_saying 3 "at /threats/0/frequency" check stubs.json
ok "the places are the documents'" holds_shown err check
ok "as many as there are nulls" says "$(grep -o ': null' stubs.json | wc -l) errors"
ok "they do not run" ends 3 "$riskwheel" run stubs.json
ok "and leave nothing" [ ! -e stubs.out ]
fill() {
    sed 's/^\( "currency": \)null/\1"EUR"/
        s/^\( "horizon": \)null/\1{ "cycles": 1, "cycle": "year" }/
        s/^\( "assets": \)null/\1[ { "id": "shop" } ]/
        s/^\(   "assets": \)null/\1["shop"]/
        s/^\(   "frequency": \)null/\10.1/
        s/^\(   "losses": \)null/\1[ { "form": "response", "amount": 1000 } ]/
        s/^\(   "pillar": \)null/\1"technical"/
        s/^\(   "function": \)null/\1"resistance"/
        s/^\(   "covers": \)null/\1["shop"]/
        s/^\(   "efficacy": \)null/\10.5/
        s/"capital": null, "running": null/"capital": 100, "running": 10/' "$1"
}
fill stubs.json >filled.json
ok "filled in they are valid" ends 0 "$riskwheel" check filled.json
ok "with all threats and controls" prints "1 asset, 6 threats, 6 risks"
ok "and run" ends 0 "$riskwheel" run filled.json --trials 500 --no-plots --quiet -o filled.out
ok "results lead back to the technique" grep -q '"id": "t9001-001", "name": "Letter with a lure: Attached document", "reference": "T9001.001"' filled.out/results.json
ok "and to the mitigation" grep -q '"reference": "M9002"' filled.out/results.json
fill joined.json >filled.json
ok "so do those of both" ends 0 "$riskwheel" check filled.json
ok "with its controls" prints "4 controls"
ok "a catalogue alone" ends 0 "$riskwheel" import oscal $oscal -o controls.json
ok "asks for threats too" prints "the scenario: currency, horizon, assets, threats"
ok "one control requires another" grep -q '"requires": \["pr-1"\]' controls.json
ok "every null of it is named" fails_saying 3 "$(grep -o ': null' controls.json | wc -l) errors" check controls.json

cp stubs.json first.json
ok "again" shows attack
ok "gives the same bytes" cmp stubs.json first.json
ok "without -o nothing is written" ends 0 "$riskwheel" import attack $attack
ok "and that is said" prints "Nothing is written; -o NEW.json"
ok "--json" ends 0 "$riskwheel" import attack $attack --json
ok "has the counts" prints '"techniques": {"all": 8, "taken": 6, "revoked": 1, "deprecated": 1, "withdrawn": 0'
ok "and the techniques" prints '"reference": "T9001.002", "id": "t9001-002"'
ok "a platform" ends 0 "$riskwheel" import attack $attack --platform web --platform OFFICE
ok "keeps its techniques" prints "techniques   4 of 8"

# what is wrong, and nothing written
bad() {
    status=$1
    text=$2
    shift 2
    fails_saying "$status" "$text" import "$@" -o bad.json && [ ! -e bad.json ]
}
ok "no file" bad 2 "FILE" attack
ok "two files" bad 2 "FILE" attack $attack $oscal
ok "standard input" bad 2 "not standard input" attack -
ok "no such file" bad 5 "cannot open" attack none.json
ok "another kind" fails_saying 2 "did you mean 'attack'" import attak $attack
ok "a catalogue as a bundle" bad 3 "riskwheel import oscal" attack $oscal
ok "a bundle as a catalogue" bad 3 "riskwheel import attack" oscal $attack
ok "a scenario as a bundle" bad 3 "it looks like a scenario" attack filled.json
ok "the file itself as output" fails_saying 2 "is read: name another file" import attack $attack -o scenarios/../$attack
ok "or the bundle" fails_saying 2 "is read" import oscal $oscal --attack $attack --labels "PRACTICE 1" --matrix $attack
ok "they stay" cmp $attack "$srcdir/$attack"
ok "one output for both" bad 2 "are the same file" attack $attack --matrix bad.json
ok "a tactic misspelt" bad 2 "did you mean 'initial-access'" attack $attack --tactic initial-acces
ok "a matrix without a bundle" bad 2 "--matrix goes with --attack" oscal $oscal --matrix m.csv
ok "a tactic without a bundle" bad 2 "--tactic goes with --attack" oscal $oscal --tactic collection
ok "a bundle without labels" bad 2 "go together" oscal $oscal --attack $attack
ok "labels that are not there" bad 2 "there are labels of 'PRACTICE 1'" oscal $oscal --attack $attack --labels X
ok "a bundle that is none" bad 3 "this is no STIX bundle" oscal $oscal --attack $oscal --labels X
head -c 3000 $attack >cut.json
ok "a bundle that is cut" bad 3 "the text ends" attack cut.json
sed 's/"revoked": true/"revoked": "yes"/; s/"T9002"/"=cmd()"/' $attack >wrong.json
ok "members of a wrong kind" bad 3 "revoked must be true or false" attack wrong.json
ok "with the place" says "wrong.json:13:128"
ok "and all that is wrong" says "3 errors"
ok "an id that is none among them" says "'=cmd()' is no id"
sed 's/"T9002"/"T9003"/' $attack >twice.json
ok "two techniques of one id" bad 3 "two objects are called 'T9003'" attack twice.json
printf '{"type":"bundle","objects":[{"type":"attack-pattern","id":"attack-pattern--%s","name":"%s"}]}' \
    1 "=cmd()|\\u001b[31m\\u202e,\\n\\\"x" >hostile.json
ok "a hostile name" ends 0 "$riskwheel" import attack hostile.json -o h.json --matrix h.csv
ok "is no formula" grep -q "\"'=cmd()|" h.csv
ok "turns no text" not grep -q "$(printf '\342\200\256')" h.csv
ok "and commands no terminal" not grep -q "$(printf '\033')" h.csv out h.json
ok "the line stays one" [ "$(wc -l <h.csv)" -eq 2 ]
dd if=/dev/zero bs=1048576 count=65 2>/dev/null | tr '\0' ' ' >huge.json
ok "a huge file" bad 3 "too large" attack huge.json
ok "a folder as output" fails_saying 5 "cannot write" import attack $attack -o scenarios
ok "no leftovers" holds . 0 '*.??????'
ok "parts alone" ends 0 "$riskwheel" import attack scenarios/catalogues/attack.json --platform web -o parts.json
ok "say what they are a part of" grep -q '"// part of": "T9001"' parts.json
finish
