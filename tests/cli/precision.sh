#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --precision runs until a quantile is known well enough, or says what it takes.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

cp "$small" shop.json
ok "a precision within reach" ends 0 "$riskwheel" run shop.json --no-plots --precision 10%@0.95
ok "is told in the summary" prints "0.95 quantile known to"
ok "with what was wanted" prints "wanted ± 10 %"
trials=$(sed -n 's/^ *"trials": \([0-9]*\),$/\1/p' shop.out/results.json)
ok "needs more than the scenario's futures" [ "$trials" -gt 3000 ]
ok "is in the results" grep -q '"precision": {"wanted": 0.1, "quantile": 0.95, "reached": 0.0' \
    shop.out/results.json
ok "as met" grep -q '"verdict": "met", "runs": [2-6], "trials_needed": '"$trials", \
    shop.out/results.json
"$riskwheel" run shop.json --json --trials "$trials" >plain
ok "and nothing of it where it is not asked for" not grep -q precision plain
sed '/"precision":/d' shop.out/results.json >without
sed 's/^\( *"band_error": .*[0-9]\)$/\1,/' plain >with
ok "the rest are the bytes of a plain run" cmp without with
"$riskwheel" run shop.json --json --precision 10%@0.95 --threads 1 >one
"$riskwheel" run shop.json --json --precision 10%@0.95 --threads 3 >three
ok "threads do not matter" cmp one three
"$riskwheel" run shop.json --json --precision 2%@0.95 >fine
trials=$(sed -n 's/^ *"trials": \([0-9]*\),$/\1/p' fine)
ok "the band belongs to the last of its runs" grep -q "\"truths\": $((trials / 400))," fine

ok "a limit before the goal" ends 6 \
    "$riskwheel" run shop.json --no-plots --precision 1%@0.99 --trials-max 6000 -o limited
ok "says what it would take" says "which would need about"
ok "and that results are there" says "all results are there, of 6000 futures (the limit"
ok "which they are" grep -q '"verdict": "missed"' limited/results.json
ok "and are printed" prints "Loss in a year"
ok "a limit below the first run" fails_saying 6 "the first run alone needs 5000 futures" \
    run shop.json --json --precision 1%@0.99 --trials-max 4000
ok "a limit of nothing" fails_saying 2 "--trials-max is a limit of --precision" \
    run shop.json --trials-max 4000
ok "no error at all" fails_saying 2 "no number of futures has an error of 0 %" \
    run shop.json --precision 0%@0.9
ok "no quantile" fails_saying 2 "there is no @ in it" run shop.json --precision 1%
ok "too far out" fails_saying 2 "more than 1e9 futures" run shop.json --precision 1%@0.99999999
ok "a quantile of zero" fails_saying 2 "ask for a higher quantile" run shop.json --json \
    --precision 5%@0.5 --set threats.outage.frequency=0.1 --set threats.theft.frequency=0.1
ok "says how many futures lose nothing" says "% of its futures lose nothing"
finish
