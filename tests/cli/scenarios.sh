#!/bin/sh
# tests/cli/scenarios.sh -- every scenario that comes along is valid and runs,
# and what the page of one shows of a run is what that run prints.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/common.sh disable=SC2154
. "${top_srcdir:-.}/tests/cli/common.sh"

# after FILE MARK: the fenced block behind the mark
after() {
    awk -v mark="<!-- $2 -->" '
        inside && /^```$/ { exit }
        inside { print }
        seen && $0 == "```" { inside = 1 }
        $0 == mark { seen = 1 }' "$1"
}

runs() { ends 0 "$riskwheel" run "$1" --trials 300 --quiet --no-plots -o "$name.out"; }
finds_all() { [ -s "$name.out/results.json" ] && silent; }

# shows PAGE: the page's command prints the page's summary
shows() {
    after "$1" 'scenario command' >line
    [ "$(wc -l <line)" -eq 1 ] || { echo "# $1 shows no command"; return 1; }
    sed -n 's/^riskwheel run scenarios\/\([a-z_]*\.json\) \(--trials [0-9]*\)$/\1 \2/p' line >words
    read -r file options <words || { echo "# not understood:"; sed 's/^/# /' command; return 1; }
    # shellcheck disable=SC2086
    ends 0 "$riskwheel" run "$srcdir/scenarios/$file" $options --no-plots -o shown.out || return 1
    after "$1" 'scenario summary' >shown
    [ -s shown ] || { echo "# $1 shows no summary"; return 1; }
    head -n "$(wc -l <shown)" out | diff shown -
}

for file in "$srcdir"/scenarios/*.json; do
    name=$(basename "$file" .json)
    ok "$name is valid" ends 0 "$riskwheel" check "$file"
    ok "$name runs" runs "$file"
    ok "$name leaves results and says nothing" finds_all
done

for page in "$srcdir"/docs/scenarios/*.md; do
    name=$(basename "$page" .md)
    ok "$name has a scenario" [ -f "$srcdir/scenarios/$name.json" ]
    # other processors round otherwise in the last place
    if [ "$name" != hospital ] && grep -qw fma /proc/cpuinfo; then
        ok "the page of $name shows what is printed" shows "$page"
    fi
done
finish
