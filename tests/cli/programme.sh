#!/bin/sh
# tests/cli/programme.sh -- docs/programme.md runs as it says; without a
# programme nothing of one is there.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/common.sh disable=SC2154
. "${top_srcdir:-.}/tests/cli/common.sh"
doc=$srcdir/docs/programme.md
results=clinic.out/results.json

# after MARK LANGUAGE: the fenced block behind the mark
after() {
    awk -v mark="<!-- $1 -->" -v fence="\`\`\`$2" '
        inside && /^```$/ { exit }
        inside { print }
        seen && $0 == fence { inside = 1 }
        $0 == mark { seen = 1 }' "$doc"
}

same_summary() {
    after 'programme summary' '' >shown
    grep -A2 '^Statement' out | diff shown -
}

after 'programme example' json >clinic.json
ok 'the example is valid' ends 0 "$riskwheel" check clinic.json
ok 'check says what the programme leads to' \
    prints "programme: private scheme's conformity statement, based on ISO/IEC 27032, by cycle 5"
ok 'and counts partners' prints '1 partner, among the controls'
ok 'the example runs' ends 0 "$riskwheel" run clinic.json
if grep -qw fma /proc/cpuinfo; then
    ok 'and its summary is the one shown' same_summary
fi
ok 'the results say whose statement it is' \
    grep -q "\"statement\": \"private scheme's conformity statement\"" "$results"
ok 'and that it is not accredited' grep -q '"accredited": false' "$results"
ok 'no output speaks of a certificate' not grep -rqi certif clinic.out
ok 'there is a table' [ -s clinic.out/programme.csv ]
ok 'and a picture, or its script' [ -s clinic.out/plots/programme.gp ]
ok 'the table counts' prints '13 tables'
cp -r clinic.out old.out
ok 'plot draws it again' ends 0 "$riskwheel" plot clinic.out
ok 'as it was' cmp old.out/plots/programme.tsv clinic.out/plots/programme.tsv
"$riskwheel" run clinic.json --quiet --no-plots --threads 1 -o one
"$riskwheel" run clinic.json --quiet --no-plots --threads 3 -o three
ok 'threads do not matter' cmp one/results.json three/results.json
ok 'nor do they to the table' cmp one/programme.csv three/programme.csv

# shares of the stages add up to 1 in every cycle
adds_up() {
    awk -F, '$3 == "stage" { sum[$1 "," $2] += $5 }
        END { for (k in sum) { n++; if (sum[k] < 0.999999 || sum[k] > 1.000001) exit 1 }
              exit n != 48 }' one/programme.csv
}
ok 'the stages add up' adds_up

ok 'a scenario without runs into the same folder' \
    ends 0 "$riskwheel" run "$small" --trials 500 -o clinic.out
ok 'and nothing of a programme is left' \
    [ ! -e clinic.out/programme.csv ] && [ ! -e clinic.out/plots/programme.gp ]
ok 'nor told' not grep -q '"programme"' "$results"
ok 'nor shown' lacks 'Statement'

ok 'the fine is known exactly' ends 0 "$riskwheel" exact clinic.json
ok 'and the simulation agrees' ends 0 "$riskwheel" run clinic.json --referee --no-plots

sed 's/"deadline": 5,/"deadline": 5, "accredited": true,/' clinic.json >certified.json
ok 'a certificate that does not exist is refused' fails_saying 3 \
    'there is no accredited certification against ISO/IEC 27032' run certified.json -o none
ok 'and nothing is written' [ ! -e none ]
finish
