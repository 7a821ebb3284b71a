#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What floors and caps hold is told where it matters, and only there.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

scenario() # AMOUNT
{
    cat <<EOF
{ "riskwheel": 1, "name": "Caps", "currency": "EUR",
  "horizon": { "cycles": 2, "cycle": "year" }, "simulation": { "trials": 1000 },
  "assets": [ { "id": "a" } ],
  "threats": [ { "id": "theft", "assets": [ "a" ], "frequency": 1, "losses": [
    { "form": "response", "amount": { "dist": "lognormal", "mu": 10, "sigma": 2$1 } } ] } ] }
EOF
}

scenario '' >none.json
scenario ', "cap": "1M"' >some.json
scenario ', "cap": 1e30' >far.json
ok "a scenario without a bound" ends 0 "$riskwheel" run none.json --no-plots
ok "has no such section" not grep -q '"caps"' none.out/results.json
ok "and no such line" lacks Bounds
ok "one with a cap" ends 0 "$riskwheel" run some.json --no-plots
ok "tells what it holds" prints "Bounds      theft, response: cap 1.00M"
ok "and how often" prints "2.82 % of draws, 5."
ok "with the place" grep -q '"pointer": "/threats/0/losses/0/amount/cap"' some.out/results.json
ok "the probability" grep -q '"probability": 0.0282114266645' some.out/results.json
ok "and each strategy" grep -q '"horizon": {' some.out/results.json
ok "a cap that is never reached" ends 0 "$riskwheel" run far.json --no-plots
ok "is no news" lacks Bounds
ok "and listed" grep -q '"value": 1e+30' far.out/results.json
for threads in 1 3; do
    "$riskwheel" run some.json --json --threads $threads >many
    ok "the same bytes with $threads threads" cmp many some.out/results.json
done
finish
