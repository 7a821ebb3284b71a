#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# learn: estimates moved by incidents and audits, and what docs/learn.md shows of it.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"
doc=$srcdir/docs/learn.md
cp -R "$srcdir/scenarios" .
shop=scenarios/workshop.json
table=scenarios/workshop_incidents.csv

# block NAME N: the Nth fenced block behind <!-- run: NAME -->
block() {
    awk -v mark="<!-- run: $1 -->" -v want="$2" '
        $0 == mark { on = 1; next }
        on && /^```/ { if (inside) { inside = 0; if (n == want) exit } else { inside = 1; n++ } next }
        on && inside && n == want' "$doc"
}
# shows NAME: the command of that name prints what the document says
shows() {
    # shellcheck disable=SC2046 # words
    set -- "$1" $(block "$1" 1 | sed 's/^riskwheel//; s/\\$//')
    name=$1
    shift
    ends 0 "$riskwheel" "$@" || return 1
    block "$name" 2 | diff - out
}
# the history's and the new values taken out, a file is as it was
members() { grep -c '"history": \[ { "estimate": ' "$1"; }

ok "the report is the one in docs/learn.md" shows report
ok "and silent on standard error" silent
ok "the learned scenario is valid" ends 0 "$riskwheel" check learned.json
ok "and runs" ends 0 "$riskwheel" run learned.json --trials 2000 --no-plots --quiet -o r
ok "four owners have a history" [ "$(members learned.json)" -eq 4 ]
ok "comments stay" grep -q 'orders paid with what is not theirs' learned.json
ok "the prior is kept" grep -q '"prior": { "//": "asked around the table", "dist": "pert"' learned.json
ok "the scenario is as it was" cmp -s "$shop" "$srcdir/scenarios/workshop.json"
cp learned.json first.json
ok "again" shows report
ok "gives the same bytes" cmp learned.json first.json
printf 'date,risk,loss\n2025-03-01,fraud,700\n' >next.csv
printf 'control,date,works\nfilter,2025-06-01,yes\n' >next_audits.csv
ok "what was learned learns on" ends 0 "$riskwheel" learn learned.json --incidents next.csv \
    --controls next_audits.csv --from 2025 --to 2025 -o later.json
ok "and is valid" ends 0 "$riskwheel" check later.json --quiet
ok "without -o there is a report" ends 0 "$riskwheel" learn $shop --incidents $table --from 2023 --to 2024
ok "that says so" prints "would move; -o NEW.json"
ok "--json" ends 0 "$riskwheel" learn $shop --incidents $table --from 2023 --to 2024 --json
ok "has the exposure" prints '"exposure"'

ok "the trade's report is the one in docs/learn.md" shows trade
ok "and its scenario is valid" ends 0 "$riskwheel" check trade.json
ok "with its history" grep -q '"industry": "scenarios/workshop_industry.csv", "industry_sha256"' trade.json
ok "the trade in JSON" ends 0 "$riskwheel" learn $shop --incidents $table \
    --industry scenarios/workshop_industry.csv --from 2023 --to 2024 --json
ok "has its spread" prints '"between"'

ok "the backtest is the one in docs/learn.md" shows backtest
ok "its default covers 87 to 97 %" awk '/dispersion/ { ok = $4 >= 87 && $4 <= 97 } END { exit !ok }' out
ok "no forgetting covers under 65 %" awk '$1 == 1 { ok = $2 < 65 } END { exit !ok }' out
ok "backtest --json" ends 0 "$riskwheel" learn --backtest scenarios/monthly_counts.csv --json
ok "has the histogram" prints '"pit": ['

# what is wrong, and nothing written
bad() {
    status=$1
    text=$2
    shift 2
    fails_saying "$status" "$text" learn "$@" -o bad.json && [ ! -e bad.json ]
}
ok "no watch" bad 2 "say which days were watched" $shop --incidents $table
ok "a watch that ends before it begins" bad 2 "is before --from" $shop --incidents $table --from 2024 --to 2023
ok "no day" bad 2 "no day of the calendar" $shop --incidents $table --from 2023-13 --to 2024
ok "no table" bad 2 "nothing to learn from" $shop --from 2023 --to 2024
ok "the same table again" bad 3 "has learned from some of these days before" learned.json \
    --incidents $table --from 2023 --to 2024
ok "with its place" says "learned.json:15:"
ok "and all such estimates" says "4 errors"
ok "the same audits again" bad 3 "variance/per_year of 'filter' has learned" learned.json \
    --controls scenarios/workshop_audits.csv --from 2023 --to 2025
ok "with what would be right" says "--from 2025-01-01"
ok "a threat misspelt" bad 2 "did you mean 'theft'" $shop --incidents $table --from 2023 --to 2024 --watched thft
ok "a strange discount" bad 2 "--discount is above 0" $shop --incidents $table --from 2023 --to 2024 --discount 0
ok "a table that is not there" bad 5 "cannot open" $shop --incidents none.csv --from 2023 --to 2024
ok "a day outside the watch" bad 3 "not within the days of watch" $shop --incidents $table --from 2024 --to 2024
printf 'date,risk,loss\n2023-01-01,fruad,-5\n2023-01-01,fraud,1\n' >wrong.csv
ok "an unknown threat" bad 3 "did you mean 'fraud'" $shop --incidents wrong.csv --from 2023 --to 2024
ok "with its place" says "wrong.csv:2:12"
ok "and a negative loss beside it" says "a loss is not negative"
printf 'date,risk\n' >empty.csv
ok "an empty table" bad 3 "the table has no row" $shop --incidents empty.csv --from 2023 --to 2024
ok "that was watched" ends 0 "$riskwheel" learn $shop --incidents empty.csv --from 2023 --to 2024 --watched all
printf 'risk,member,incidents,years\nfraud,,1.5,0\nfrad,A,x,-1\n' >others.csv
ok "a trade's table that is wrong" bad 3 "incidents is a whole number" $shop --incidents $table \
    --industry others.csv --from 2023 --to 2024
ok "with its place" says "others.csv:2:8"
ok "no member" says "the row names no member"
ok "no years" says "a row of 0 years says nothing"
ok "and no such threat" says "did you mean 'fraud'"
ok "the trade alone" bad 2 "--industry goes with --incidents" $shop --industry others.csv \
    --controls scenarios/workshop_audits.csv --from 2023 --to 2024
printf 'control,date,works\n' >none.csv
ok "no audits" bad 3 "the table has no row" $shop --controls none.csv --from 2023 --to 2024
ok "the scenario itself as output" fails_saying 2 "is the scenario itself" learn $shop --incidents $table \
    --from 2023 --to 2024 -o scenarios/../$shop
ok "it stays" cmp -s "$shop" "$srcdir/scenarios/workshop.json"
ok "a folder as output" fails_saying 5 "cannot write" learn $shop --incidents $table --from 2023 --to 2024 -o scenarios
ok "a scenario with --backtest" fails_saying 2 "and no scenario" learn $shop --backtest $table
ok "--skip without it" fails_saying 2 "goes with --backtest" learn $shop --incidents $table --from 2023 --to 2024 --skip 3
ok "no leftovers" holds . 0 '*.??????'
finish
