#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The fence that plugins run behind: asked for, seen, refused, and without effect on
# what comes out.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

ok "a word that is none" fails_saying 2 "--fence wants auto, on or off, not 'high'" \
    run "$small" --fence high
ok "nor in the environment" ends 2 env RISKWHEEL_FENCE=high "$riskwheel" check "$small"
ok "is told whose it is" says "RISKWHEEL_FENCE wants auto, on or off, not 'high'"
ok "an empty one says nothing" ends 0 env RISKWHEEL_FENCE= "$riskwheel" check "$small"

clinic=$srcdir/tests/golden/clinic.json
simulate() { ends 0 env "$1" "$riskwheel" run "$clinic" --trials 3000 -o "$2"; }
if env RISKWHEEL_FENCE=on "$riskwheel" plugin list >out 2>err; then
    ok "with a fence" simulate RISKWHEEL_FENCE=on on
    ok "the option says the same" ends 0 "$riskwheel" run "$clinic" --trials 3000 --fence on -o option
    ok "without one" simulate RISKWHEEL_FENCE=off off
    ok "as it comes" simulate RISKWHEEL_FENCE=auto auto
    for results in option off auto; do
        ok "$results: the same bytes" cmp on/results.json $results/results.json
    done
    if command -v gnuplot >/dev/null; then
        ok "gnuplot draws in front of the fence" [ -s on/plots/exceedance.svg ]
    fi
    ok "plugins are tried behind it" \
        ends 0 env RISKWHEEL_FENCE=on "$riskwheel" plugin test "$srcdir/plugins/threats/insider.lua"
    # valgrind's own calls would be denied too
    if command -v valgrind >/dev/null; then
        ok "under valgrind there is none" ends 5 env RISKWHEEL_FENCE=on valgrind -q "$riskwheel" check "$small"
        ok "and that is told" says "plugins cannot be fenced off here"
    fi
else
    # a sanitizer, an old kernel or another system
    ok "where there is none" says "plugins cannot be fenced off here"
    ok "it is an error to want one" ends 5 env RISKWHEEL_FENCE=on "$riskwheel" check "$small"
    ok "and else none" simulate RISKWHEEL_FENCE=auto auto
fi
finish
