#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every help is one screen that begins with an example.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

# shellcheck disable=SC2317 # called by ok
screen() {
    ends 0 "$riskwheel" "$@" && silent || return 1
    [ "$(wc -l <out)" -le 40 ] && [ "$(awk '{ print length }' out | sort -n | tail -1)" -le 80 ] &&
        head -n 1 out | grep -q '^Example: riskwheel ' && grep -q '^Usage: riskwheel ' out
}

ok "--help" screen --help
ok "-h" screen -h
ok "help" screen help
for command in run merge check exact fit learn import "import attack" "import oscal" plot plugin \
    "plugin list" "plugin show"; do
    # shellcheck disable=SC2086 # two words
    ok "$command --help" screen $command --help
done
ok "help run" screen help run
ok "run -h, whatever else there is" screen run --bogus x -h
ok "help of what is not there" ends 2 "$riskwheel" help rum
ok "is answered with the nearest" says "did you mean 'run'?"
ok "--version" ends 0 "$riskwheel" --version
ok "--version takes nothing" fails_saying 2 "--version stands alone" --version x
"$riskwheel" --version >out
ok "is a name and a version" grep -Eq '^riskwheel [0-9]+\.[0-9]+' out
for option in --trials --precision --trials-max --seed --threads --strategy --set \
    --output --json --csv --quiet --no-plots --quantiles --no-band --referee --fence \
    --shard --checkpoint --checkpoint-every --resume; do
    "$riskwheel" run --help >out
    ok "run --help tells $option" prints "$option"
done

# The examples of the manual, of the helps and of docs/scenarios.md, as they
# are written but with fewer futures.
cp -R "$srcdir/scenarios" scenarios
for i in 1 2 3 4 5 6 7 8; do # what the example of merge begins with
    "$riskwheel" run scenarios/hospital.json --trials 300 --shard $i/8 --quiet
done
example() {
    line=$(printf '%s\n' "$1" | sed 's/ *|.*//; s/1e6/300/; s/^riskwheel //; s/ (hospital.json)//')
    case $line in
    *--trials*) ;;
    run*) line="$line --trials 300" ;;
    esac
    # shellcheck disable=SC2086 # words
    ends 0 "$riskwheel" $line
}
{
    sed -n '/^\.SH EXAMPLES/,/^\.SH SEE/s/^\.B riskwheel /riskwheel /p' "$srcdir/docs/riskwheel.1" |
        sed 's/\\-/-/g'
    for command in run merge check exact fit learn import "import attack" "import oscal" plot plugin \
        "plugin list" "plugin show"; do
        # shellcheck disable=SC2086 # two words
        "$riskwheel" $command --help | sed -n 's/^Example: //p'
    done
    sed -n 's/^riskwheel check scenarios/riskwheel check scenarios/p' "$srcdir/docs/scenarios.md"
    "$riskwheel" run --help | sed -n 's/^ *\(--set [^ ]*\) (hospital.json)$/riskwheel run scenarios\/hospital.json \1/p'
} >examples
ok "there are examples" [ "$(wc -l <examples)" -ge 15 ]
while IFS= read -r text; do
    ok "$text" example "$text"
done <examples
finish
