#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Laws fitted to tables, as a user sees them.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

table=$srcdir/scenarios/incidents.csv
cp -R "$srcdir/scenarios" scenarios
manual=$srcdir/docs/fit.md

# ---- the manual ----

# command N: the Nth command of the manual; output N: what it is said to print.
command_of() {
    awk -v want="$1" 'inside && /^```$/ { inside = 0 } inside && n == want { print }
        $0 == "```sh" { inside = 1; n++ }' "$manual"
}
output_of() {
    awk -v want="$1" 'shown && /^```$/ { exit } shown { print }
        n == want && !inside && $0 == "```" { shown = 1 }
        inside && /^```$/ { inside = 0 }
        $0 == "```sh" { inside = 1; n++ }' "$manual"
}
as_told() {
    line=$(command_of "$1" | sed 's/^riskwheel //')
    output_of "$1" >told
    # shellcheck disable=SC2086 # words
    [ -s told ] && ends 0 "$riskwheel" $line && diff told out
}
ok "the manual begins with the table" [ "$(sed -n '/^```csv/,/^```/p' "$manual" | sed '1d;$d')" = "$(head -n 3 "$table")" ]
if grep -qw fma /proc/cpuinfo; then
    for example in 1 2 3; do
        ok "example $example of the manual" as_told $example
    done
fi
for option in --loss --date --counts --of --where --skip-empty --above --family --cap --from --to \
    --skip-outside --per --currency-year --inflation --index --replicates --seed --json --paste; do
    "$riskwheel" fit --help >out
    ok "fit --help tells $option" prints " $option "
    ok "the manual tells $option" grep -qF -- "\`$option" "$manual"
    ok "so does the manual page" grep -qF -- "$(echo "$option" | sed 's/-/\\-/g')" "$srcdir/docs/riskwheel.1"
done

# ---- what is pasted is a scenario's ----

# scenario ARGUMENTS...: fitted.json with what fit pastes.
scenario() {
    ends 0 "$riskwheel" fit "$@" --paste --replicates 0 || return 1
    {
        cat <<'END'
{ "riskwheel": 1, "name": "fitted", "currency": "EUR", "horizon": { "cycles": 1, "cycle": "year" },
  "assets": [ { "id": "firm" } ],
  "threats": [ { "id": "incident", "assets": ["firm"],
END
        grep -q frequency out || echo '"frequency": 1,'
        cat out
        grep -q losses out || echo ', "losses": [ { "form": "response", "amount": 1000 } ]'
        echo '} ] }'
    } >fitted.json
}
valid() { scenario "$@" && ends 0 "$riskwheel" check fitted.json; }
for law in exponential gamma weibull lognormal lomax gpd; do
    ok "$law to paste" valid "$table" --loss loss --date date --family $law
    [ $law != gamma ] || continue
    ok "$law cut at a threshold" valid "$table" --loss loss --date date --family $law --above 5000
    ok "has that threshold" grep -q '"threshold": 5000' fitted.json
    ok "$law with a cap" valid "$table" --loss loss --family $law --above 5000 --cap 5M
    ok "has it" grep -q '"cap": 5000000' fitted.json
done
ok "no law at all" ends 0 "$riskwheel" fit "$table" --loss loss --above 5000 --family gamma
ok "is told" prints "none of these laws can be fitted"
ok "and not pasted" fails_saying 3 "no law to paste: gamma: the losses fall off" \
    fit "$table" --loss loss --above 5000 --family gamma --paste
ok "a frequency alone" valid "$table" --date date --per quarter
ok "is runnable" ends 0 "$riskwheel" run fitted.json --trials 1000 --no-plots -o f
# the pasted law says what the fit said: mean of gpd, 20 + beta / (1 - xi)
ok "a tail" valid "$table" --loss loss --family gpd --above 20k
"$riskwheel" fit "$table" --loss loss --family gpd --above 20k --json --replicates 0 >told.json
mean_of_both() {
    ends 0 "$riskwheel" exact fitted.json || return 1
    awk 'FNR == NR { if ($1 == "mean") exact = $2; next }
        /^   *"laws"/ { laws = 1 }
        laws && $1 == "\"mean\":" { sub(/.*"value": /, ""); fit = $0 + 0; exit }
        END { d = exact - fit; exit !(fit > 0 && d * d < 1e-10 * fit * fit) }' out told.json
}
ok "has the mean that the fit told" mean_of_both

# Pareto's law with exponent 1/2, evenly spread: no mean
awk 'BEGIN { print "loss"; for (i = 1; i <= 60; i++) print 1000 / ((i - 0.5) / 60) ^ 2 }' >heavy.csv
ok "a law without a mean" ends 0 "$riskwheel" fit heavy.csv --loss loss --above 1000
ok "is told" prints "has no mean (xi is 1 or more)"
ok "and asks for a cap" prints '"cap": "the most that one incident can cost"'
ok "which check refuses" scenario heavy.csv --loss loss --above 1000
ok "until there is one" fails_saying 3 "/amount/cap" check fitted.json
ok "with --cap it is taken" valid heavy.csv --loss loss --above 1000 --cap 1M
ok "without a threshold too" valid heavy.csv --loss loss --cap 1B

# ---- the same figures twice, by streams of their own ----

ok "--json" ends 0 "$riskwheel" fit "$table" --loss loss --date date --json
cp out first
ok "again" ends 0 "$riskwheel" fit "$table" --loss loss --date date --json
ok "gives the same bytes" cmp out first
ok "another seed" ends 0 "$riskwheel" fit "$table" --loss loss --date date --json --seed 2
ok "gives other p" not cmp -s out first
ks_p() { grep -v '"ks_p"' "$1" | grep -v '"seed"'; }
ks_p out >a
ks_p first >b
ok "and nothing else" cmp a b

# ---- counting ----

cat >few.csv <<'END'
day;cost;what
2020-02-29;100;a
2020-12-31;"200";b
2022-01-01;300;a
2022-03;400;a
2022;500;b
END
printf 'day;cost\n2020;1\n\n2021;2\n' >gap.csv
ok "an empty line is no row" fails_saying 3 "line 3 is empty: take it out" fit gap.csv --date day
ok "dates by years" ends 0 "$riskwheel" fit few.csv --date day --json --from 2020 --to 2023
ok "count years without any" prints '"counts": [2, 0, 3, 0]'
ok "by quarters" ends 0 "$riskwheel" fit few.csv --date day --per quarter --where what=a --json
ok "too" prints '"counts": [1, 0, 0, 0, 0, 0, 0, 0, 2]'
ok "part of a year" ends 0 "$riskwheel" fit few.csv --date day --from 2020-01-01 --to 2022-12-31 --where what=a --json
ok "is whole" prints '"years": 3'
ok "or a part" ends 0 "$riskwheel" fit few.csv --date day --from 2019-07-03 --to 2022-12-31 --json
ok "by its days" prints '"years": 3.4986301369863013'
ok "what it does not say" fails_saying 3 "few.csv:6: column 'day': 2022 does not say the quarter" \
    fit few.csv --date day --per quarter --where cost=500
ok "a month is enough for quarters" ends 0 "$riskwheel" fit few.csv --date day --per quarter --where cost=400
printf 'n\n3\n0\n1\n4\n0\n2\n' >counts.csv
ok "a table of counts" ends 0 "$riskwheel" fit counts.csv --counts n
ok "has its mean" prints "poisson      "
ok "and error" grep -q "1.667 ± 0.527" out
ok "by months" ends 0 "$riskwheel" fit counts.csv --counts n --per month --paste
ok "is a year's" prints '"mean": 20,'

printf 'n\n9\n0\n1\n0\n14\n2\n0\n21\n3\n0\n5\n' >waves.csv
dispersion() { "$riskwheel" fit waves.csv --counts n --per "$1" --paste 2>&1 | sed -n 's/.*"dispersion": \([0-9.]*\).*/\1/p'; }
twelfth() { awk -v y="$(dispersion year)" -v m="$(dispersion month)" 'BEGIN { d = y / 12 - m; exit !(y > 0.1 && d * d < 1e-10) }'; }
ok "months that know nothing of each other share a year's dispersion" twelfth
printf 'n\n0\n1\n0\n2\n1\n9\n14\n21\n12\n10\n5\n' >waves.csv
same() { [ "$(dispersion year)" = "$(dispersion month)" ]; }
ok "months that are alike do not" same
ok "and are told" ends 0 "$riskwheel" fit waves.csv --counts n --per month
ok "as alike" prints "Neighbouring months are alike"

# ---- money ----

awk 'BEGIN { print "year,loss"; for (i = 1; i <= 20; i++) print 2000 + i % 2 "," i * 100 }' >old.csv
awk 'BEGIN { print "year,loss"; for (i = 1; i <= 20; i++) print 2000 + i % 2 "," (i % 2 ? i * 100 : i * 150) }' >new.csv
printf 'year,index\n2001,120\n2000,80\n' >prices.csv
law() { "$riskwheel" fit "$@" --loss loss --family exponential --replicates 0 --json | grep '"mean"'; }
law old.csv --date year --of severity --currency-year 2001 --index prices.csv >a
law new.csv >b
ok "an index makes old money new" cmp a b
law old.csv --date year --of severity --currency-year 2001 --inflation 50% >a
ok "so does inflation" cmp a b
printf 'year,index\n2001,120\n' >short.csv
ok "a year without an index" fails_saying 3 "short.csv: there is no index of the year 2000" \
    fit old.csv --loss loss --date year --currency-year 2001 --index short.csv
printf 'year,index\n2001,120\n2000,-8\n' >short.csv
ok "an index below 0" fails_saying 3 "short.csv:3: column 'index'" \
    fit old.csv --loss loss --date year --currency-year 2001 --index short.csv
printf 'year,index\n2001,120\n2001,8\n' >short.csv
ok "a year twice" fails_saying 3 "short.csv:3: column 'year': this year stands twice" \
    fit old.csv --loss loss --date year --currency-year 2001 --index short.csv
ok "money without dates" fails_saying 2 "--currency-year wants --loss and --date" \
    fit old.csv --loss loss --currency-year 2001 --inflation 3%
ok "3 for 3%" fails_saying 2 "is 30 meant as 30%?" fit old.csv --loss loss --date year --currency-year 2001 --inflation 30

# ---- bad tables ----

bad() { # NAME LINES WANTED: what a table of these lines is told
    printf "$2" >"$1.csv"
    want=$3
    shift 3
    fails_saying 3 "$want" fit "$@"
}
ok "no file" fails_saying 5 "cannot open 'none.csv'" fit none.csv --loss loss
ok "no column" fails_saying 3 "there is no column 'los' in line 1, did you mean 'loss'?" fit "$table" --loss los
ok "no columns named" fails_saying 2 "incidents.csv' has date, kind, loss" fit "$table"
ok "no filter column" fails_saying 3 "there is no column 'sort'" fit "$table" --loss loss --where sort=x
ok "nothing left" fails_saying 3 "no row has 'x' in the column 'kind'; it has" fit "$table" --loss loss --where kind=x
printf 'kind,unit,cost\n' >values.csv
for kind in a a a bb bb malware c d e f g h h i; do printf '%s,%s,1\n' $kind $kind$kind; done >>values.csv
printf '"\033[1m",aa,1\n' >>values.csv
ok "the nearest value first, then the frequent ones" fails_saying 3 "values.csv: no row has 'malwar' in the \
column 'kind', did you mean 'malware'?; it has 'malware' in 1 row, 'a' in 3 rows, 'bb' in 2 rows, 'h' in 2 rows, " \
    fit values.csv --loss cost --where kind=malwar
ok "not all of them" says "and 3 more"
ok "none that turns a terminal's colours" sh -c "! grep -q '$(printf '\033')' err"
ok "each is there, not both" fails_saying 3 "no row has all that --where asks for: 'a' stands in 3 rows, \
'bbbb' stands in 2 rows" fit values.csv --loss cost --where kind=a --where unit=bbbb
ok "an empty file" bad empty '' "line 1 is empty" empty.csv --loss x
ok "no rows" bad rows 'loss\n' "rows.csv: there is no row below" rows.csv --loss loss
ok "a word" bad word 'd,loss\n1,5\n2,abc\n' "word.csv:3: column 'loss': 'abc' is no amount of money" word.csv --loss loss
ok "1,000" bad thousand 'loss\n"1,000"\n' "write 1000 and not 1,000" thousand.csv --loss loss
ok "negative money" bad minus 'loss\n5\n-7\n' "minus.csv:3: column 'loss': '-7' is negative" minus.csv --loss loss
ok "an empty cell" bad hole 'a,loss\n1,5\n2,\n' "hole.csv:3: column 'loss': the cell is empty; leave such rows out with --skip-empty" hole.csv --loss loss
ok "a loss of 0" bad zero 'loss\n5\n0\n' "zero.csv:3: column 'loss': a loss of 0 has no law" zero.csv --loss loss
ok "a day that is none" bad day 'd\n2023-02-29\n' "day.csv:2: column 'd': '2023-02-29' is no day of the calendar" day.csv --date d
ok "a strange date" bad form 'd\n05/17/2023\n' "is no date like 2023-05-17" form.csv --date d
ok "a day outside" bad out 'd\n2020-01-01\n2024-05-05\n' "out.csv:3: column 'd': 2024-05-05 is not between --from and --to" out.csv --date d --from 2020 --to 2022
ok "which may be left out" ends 0 "$riskwheel" fit out.csv --date d --from 2020 --to 2022 --skip-outside
ok "and is told" prints "1 left out: not between --from and --to"
ok "a date partly outside" bad part 'd\n2020\n' "2020 is only partly between" part.csv --date d --from 2020-02-01 --to 2022
ok "half an incident" bad half 'n\n3\n2.5\n' "half.csv:3: column 'n': '2.5' is no number of incidents" half.csv --counts n
ok "no incident" bad none 'n\n0\n0\n0\n' "a rate of up to 1 a year is possible" none.csv --counts n
ok "too few" bad few 'loss\n1\n2\n3\n' "few.csv: there are 3 losses, and a law takes 10 or more" few.csv --loss loss
ok "too few above" fails_saying 3 "of the 116 losses are large enough for --above" fit "$table" --loss loss --above 1M
ok "all equal" bad same 'loss\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n' "all 11 losses are 7" same.csv --loss loss
ok "an open quote" bad quote 'loss\n"7\n' "does not end with it" quote.csv --loss loss
ok "a wrong year" bad far 'd\n2020-01-01\n9020-01-01\n' "is a date wrong, or --per too short?" far.csv --date d
awk 'BEGIN { print "loss"; for (i = 0; i < 30; i++) print "x" i }' >many.csv
ok "many wrong cells" fails_saying 3 "and 20 more" fit many.csv --loss loss
ok "the first with its line" says "many.csv:2: column 'loss': 'x0'"
ok "the second too" says "line 3, column 'loss': 'x1'"
printf 'loss\n\033[2J\n' >escape.csv
ok "a terminal's controls" fails_saying 3 "escape.csv:2" fit escape.csv --loss loss
ok "do not reach it" not grep -q "$(printf '\033')" err

# ---- options that do not go together ----

ok "counts and losses" fails_saying 2 "--counts is for a table with one row a period" fit counts.csv --counts n --loss n
ok "--of what is not there" fails_saying 2 "--of severity wants --loss" fit few.csv --date d --of severity
ok "--of something" fails_saying 2 "--of is severity or frequency" fit "$table" --loss loss --of both
ok "a family" fails_saying 2 "did you mean 'lognormal'?" fit "$table" --loss loss --family lognorma
ok "--per" fails_saying 2 "--per is year, quarter or month" fit "$table" --date date --per week
ok "--above" fails_saying 2 "--above wants money such as 250k" fit "$table" --loss loss --above much
ok "--above 0" fails_saying 2 "--above wants money above 0" fit "$table" --loss loss --above 0
ok "a cap below" fails_saying 2 "--cap must be more than --above" fit "$table" --loss loss --above 20k --cap 10k
ok "--from behind --to" fails_saying 2 "lies behind --to" fit "$table" --date date --from 2022 --to 2020
ok "--from of nothing" fails_saying 2 "go with --date" fit "$table" --loss loss --from 2022
ok "--where" fails_saying 2 "--where wants COLUMN=VALUE" fit "$table" --loss loss --where kind
ok "--json and --paste" fails_saying 2 "which of them?" fit "$table" --loss loss --json --paste
ok "two files" fails_saying 2 "one FILE is wanted" fit "$table" "$table" --loss loss
ok "no file at all" fails_saying 2 "FILE is missing" fit --loss loss
finish
