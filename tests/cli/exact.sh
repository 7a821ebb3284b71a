#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The exact laws as a user sees them, and the referee of a run.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

compound=$srcdir/scenarios/compound.json

# near NAME WANT REL: the figure of the row NAME is WANT to REL
near() {
    awk -v name="$1" -v want="$2" -v rel="$3" '
        index($0, "  " name " ") == 1 {
            got = substr($0, length(name) + 3) + 0
            found = 1
            bad = (got > want ? got - want : want - got) > rel * want
            if (bad) print "# " name ": " got " instead of " want
        }
        END { exit !found || bad }' out
}

ok "exact" ends 0 "$riskwheel" exact "$compound"
ok "is silent on standard error" silent
# negative binomial x lognormal, by Fourier transform on 2^22 points and by
# Panjer's recursion (see the scenario)
ok "prints the mean" near mean 2151047.26576 1e-9
ok "the chance of no loss" near "P(no loss)" 0.2223915833 1e-9
ok "the 0.95 quantile" near "VaR 0.95" 8199667.559 1e-6
ok "the 0.999 quantile" near "VaR 0.999" 26575361.93 1e-6
ok "the tail mean" near "TVaR 0.99" 19769807.2 1e-6

ok "--json" ends 0 "$riskwheel" exact "$compound" --json --exceed 10M
ok "has the risk" prints '"id": "incident/firm"'
ok "and the exceedance" prints '"loss": 10000000'
cp out first
ok "again" ends 0 "$riskwheel" exact "$compound" --json --exceed 10M
ok "gives the same bytes" cmp out first

readings=$srcdir/scenarios/readings.json
ok "--semantics" ends 0 "$riskwheel" exact "$readings" --semantics
ok "has the mean" near mean 1057500 1e-9
ok "three readings" prints "compound            product        at most one"
ok "of the 0.95 quantile" grep -Eq "VaR 0.95 +2397622\.[0-9]+ +2753211\.[0-9]+ +535526\." out
ok "--semantics --json" ends 0 "$riskwheel" exact "$readings" --semantics --json
ok "has them by name" prints '"at_most_one"'
ok "--method conditional" ends 0 "$riskwheel" exact "$compound" --method conditional --points 2e4
ok "is near the 0.99 quantile" near "VaR 0.99" 14550465 0.005
cp out first
ok "again" ends 0 "$riskwheel" exact "$compound" --method conditional --points 2e4
ok "draws the same" cmp out first
ok "another seed" ends 0 "$riskwheel" exact "$compound" --method conditional --points 2e4 --seed 5
ok "draws others" not cmp -s out first
ok "conditional as JSON" ends 0 "$riskwheel" exact "$compound" --method conditional --json
ok "has its points" prints '"points"'
cat >two.json <<'END'
{
  "riskwheel": 1, "name": "Two threats", "currency": "EUR",
  "horizon": { "cycles": 1, "cycle": "year" },
  "assets": [ { "id": "a" } ],
  "threats": [
    { "id": "rare", "assets": ["a"], "frequency": 0.1,
      "losses": [ { "form": "response", "amount": 500000 },
                  { "form": "fines", "secondary": 0.5, "amount": 250000 } ] },
    { "id": "often", "assets": ["a"], "frequency": { "dist": "pert", "min": 1, "mode": 2, "max": 5 },
      "losses": [ { "form": "response", "amount": { "dist": "lognormal", "p5": 1000, "p95": 50000 } } ] } ]
}
END
ok "several risks and parts" ends 0 "$riskwheel" exact two.json --method conditional --points 2e4
ok "have a sum" prints "sum of all 2"
ok "in which nobody is missing" not grep -q "Not served" out
ok "and in JSON" ends 0 "$riskwheel" exact two.json --method conditional --points 2e4 --json
ok "a sum too" grep -q '"sum": {' out
ok "with its mean's error" grep -q '"mean_se"' out
ok "too many events" ends 0 "$riskwheel" exact two.json --method conditional --points 2e4 \
    --set threats.often.frequency=300000
ok "are not served" prints "often/a: more than 200000 events a year"
ok "and no part of a sum" prints "No sum: one of the risks is not served."

ok "a strange method" fails_saying 2 "fft or conditional" exact "$compound" --method mc
ok "points of nothing" fails_saying 2 "--points goes with" exact "$compound" --points 2e4

# 2 attacks a year x 100, of which "today" leaves a half; planned and bought controls
# leave .6 and .8 from year 3 on, "late" would leave nothing
cat >built.json <<'END'
{
  "riskwheel": 1, "name": "Built", "currency": "EUR", "horizon": { "cycles": 4, "cycle": "year" },
  "assets": [ { "id": "a" } ],
  "threats": [ { "id": "t", "assets": ["a"], "frequency": 2,
      "losses": [ { "form": "response", "amount": 100 } ] } ],
  "controls": [
    { "id": "today", "pillar": "technical", "function": "resistance", "status": "operating", "efficacy": 0.5 },
    { "id": "planned", "pillar": "technical", "function": "avoidance", "status": "planned", "start": 2,
      "efficacy": 0.4, "build": 1 },
    { "id": "bought", "pillar": "technical", "function": "resistance", "efficacy": 0.2 },
    { "id": "other", "pillar": "technical", "function": "resistance", "efficacy": 0.9 },
    { "id": "late", "pillar": "technical", "function": "resistance", "efficacy": 1, "build": 2 } ],
  "strategies": [ { "name": "nothing" },
    { "name": "roadmap", "plan": [ { "cycle": 1, "build": ["bought"] }, { "cycle": 3, "build": ["late"] } ] },
    { "name": "pdca", "planner": "rosi", "budget": 10 } ]
}
END
ok "under 'nothing'" ends 0 "$riskwheel" exact built.json
ok "only what operates today does" near mean 100 1e-12
ok "--strategy roadmap" ends 0 "$riskwheel" exact built.json --strategy roadmap
ok "takes what its plan builds" near mean 48 1e-12
ok "and says so" prints "All that it builds operates (from year 3 on): bought, planned"
ok "and what is too late" prints "come only after the horizon: late"
sed -n '/^t\/a/,$p' out >built
sed 's/"planned", "start": 2/"operating"/; s/"efficacy": 0.4, "build": 1/"efficacy": 0.4/' built.json >stated.json
ok "the same stated to operate" ends 0 "$riskwheel" exact stated.json --set controls.bought.status=operating \
    --set 'strategies=[{"name": "nothing"}]'
sed -n '/^t\/a/,$p' out >stated
ok "prints a law" test -s stated
ok "has the same law" cmp built stated
ok "in JSON" ends 0 "$riskwheel" exact built.json --strategy roadmap --json
ok "with the strategy" prints '"strategy": "roadmap"'
ok "and what it builds" prints '"built": ["bought", "planned"]'
ok "by conditional Monte Carlo" ends 0 "$riskwheel" exact built.json --strategy roadmap --method conditional
ok "the same mean" near mean 48 1e-9
ok "--semantics" ends 0 "$riskwheel" exact built.json --strategy roadmap --semantics
ok "the same mean again" near mean 48 1e-9
ok "a run" ends 0 "$riskwheel" run built.json --strategy roadmap --trials 1e5 --no-plots -o built.out
# sd of a year: sqrt(0.48) 100 = 69.3; 4.9 standard errors are 1.07
ok "has that mean in year 4" awk -F, 'NR > 1 && $1 == "roadmap" && $2 == 4 { d = $3 - 48; found = 1 }
    END { exit !(found && d < 1.07 && d > -1.07) }' built.out/years.csv
ok "a planner" fails_saying 2 "'pdca' has a planner" exact built.json --strategy pdca
ok "no such strategy" fails_saying 2 "did you mean 'roadmap'" exact built.json --strategy raodmap
ok "a wrong loss" fails_saying 2 "--exceed wants a loss" exact "$compound" --exceed 1,000
ok "no scenario" fails_saying 2 "SCENARIO is missing" exact
ok "a strange option" fails_saying 2 "did you mean '--exceed'" exact "$compound" --exced 1

ok "what has no exact law" ends 0 "$riskwheel" exact "$srcdir/scenarios/hospital.json"
ok "is said at the top" prints "No risk has one"
ok "is named" prints "Without an exact law"
ok "with the reason" prints "plugin 'ai_phishing' may change"

ok "the referee" ends 0 "$riskwheel" run "$compound" --trials 1e5 --referee --no-plots -o r
ok "agrees" prints "Verdict: the run agrees"
ok "and says so in the results" grep -q '"verdict": "agrees"' r/results.json
ok "without it" ends 0 "$riskwheel" run "$compound" --trials 1e5 --no-plots -o s
ok "the results have no such member" not grep -q '"referee"' s/results.json
lines=$(($(wc -l <s/results.json) - 2))
head -n $lines s/results.json >without
head -n $lines r/results.json >with
ok "and are otherwise the same" cmp with without
finish
