#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The laws of tests/num/test_aggregate and some more, simulated and refereed.
# As a test 20,000 futures each; with RW_STAT=long a million.  The referee's
# limit is 1e-6 for all figures of one run.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

trials=2e4
[ "${RW_STAT:-short}" = long ] && trials=1e6

# scenario NAME THREAT: one asset, one year, one threat given by its members
scenario() {
    printf '{ "riskwheel": 1, "name": "%s", "currency": "USD",
  "horizon": { "cycles": %s },
  "assets": [ { "id": "firm", "value": 1e6 }, { "id": "branch", "value": 4e5 } ],
  "threats": [ { "id": "t", "assets": ["firm"], %s } ] }\n' \
        "$1" "${cycles:-1, \"cycle\": \"year\"}" "$2" >"$1.json"
}

loss() { printf '"losses": [ { "form": "response", "amount": %s } ]' "$1"; }

# agrees NAME: the run and the exact law do
agrees() {
    ends 0 "$riskwheel" run "$1.json" --trials "$trials" --referee --no-band --json &&
        prints '"verdict": "agrees"'
}

n='{ "dist": "lognormal", "mu": 0, "sigma": 2 }'
scenario poisson50_exponential "\"frequency\": 50, $(loss '{ "dist": "exponential", "mean": 1 }')"
scenario poisson1_lognormal "\"frequency\": 1, $(loss "$n")"
scenario poisson10_lognormal "\"frequency\": 10, $(loss "$n")"
scenario negbin_lognormal "\"frequency\": 3, \"count\": { \"law\": \"negbin\", \"dispersion\": 0.8333333333333334 },
  $(loss '{ "dist": "lognormal", "p5": 50000, "p95": 2500000 }')"
scenario negbin_gamma "\"frequency\": 4, \"count\": { \"law\": \"negbin\", \"dispersion\": 0.5 },
  $(loss '{ "dist": "gamma", "shape": 2, "scale": 50000 }')"
scenario poisson_pert "\"frequency\": 0.8, $(loss '{ "dist": "pert", "min": 25000, "mode": 200000, "max": 2e6 }')"
scenario mixed_lognormal "\"frequency\": { \"dist\": \"pert\", \"min\": 0.5, \"mode\": 2, \"max\": 6 },
  $(loss '{ "dist": "lognormal", "mu": 11.5, "sigma": 1.4 }')"
scenario zip_lognormal "\"frequency\": 1.5, \"count\": { \"law\": \"zip\", \"zero\": 0.6 },
  $(loss '{ "dist": "lognormal", "mu": 12, "sigma": 1 }')"
scenario primary_secondary '"frequency": 1.5, "losses": [
  { "form": "response", "amount": { "dist": "pert", "min": 10000, "mode": 50000, "max": 300000 } },
  { "form": "fines", "secondary": 0.3, "amount": { "dist": "lognormal", "mu": 12.89921982609012, "sigma": 1.2 } } ]'
scenario insured "\"frequency\": 1.2, \"cover\": { \"deductible\": 100000, \"limit\": 2e6 },
  $(loss '{ "dist": "lognormal", "mu": 12, "sigma": 1.5 }')"
scenario weibull "\"frequency\": 2.5, $(loss '{ "dist": "weibull", "shape": 0.6, "scale": 1e5 }')"
scenario lomax "\"frequency\": 2, $(loss '{ "dist": "lomax", "alpha": 2.5, "theta": 1e5 }')"
scenario gpd "\"frequency\": 0.5, $(loss '{ "dist": "gpd", "xi": 0.7, "beta": 1e5 }')"
scenario splice "\"frequency\": 4, $(loss '{ "dist": "splice", "threshold": 250000,
  "body": { "dist": "lognormal", "mu": 10.5, "sigma": 1.2 }, "tail": { "dist": "gpd", "xi": 0.45, "beta": 3e5 } }')"
scenario metalog "\"frequency\": 3, $(loss '{ "dist": "metalog", "lower": 0,
  "quantiles": [ [0.1, 50000], [0.5, 200000], [0.9, 700000] ], "cap": 1e8 }')"
scenario empirical "\"frequency\": 3, $(loss '{ "dist": "empirical", "values": [1e3, 2e3, 5e3, 1e4, 9e4] }')"
scenario mixture "\"frequency\": 3, $(loss '{ "dist": "mixture", "parts": [ { "weight": 0.8, "of": 1000 },
  { "weight": 0.2, "of": { "dist": "lognormal", "mu": 10, "sigma": 1 } } ] }')"
cycles='12, "cycle": "month"'
scenario binomial_monthly "\"frequency\": 3, \"count\": { \"law\": \"binomial\", \"n\": 8 }, \"susceptibility\": 0.7,
  $(loss '{ "dist": "lognormal", "mu": 10, "sigma": 1 }')"
scenario bernoulli_monthly "\"frequency\": 0.3, \"count\": { \"law\": \"bernoulli\" },
  $(loss '{ "dist": "beta", "alpha": 2, "beta": 5, "of": "value" }')"

for file in *.json; do
    ok "$file" agrees "${file%.json}"
done
finish
