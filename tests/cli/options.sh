#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line is understood to the letter, or refused with a hint.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

ok "no command is a usage error" fails_saying 2 "a command is wanted"
ok "an unknown command is answered with the nearest" \
    fails_saying 2 "unknown command 'rnu'; did you mean 'run'?" rnu
for verb in compare plan explain report new schema export rerun; do
    ok "'$verb' is no command yet" fails_saying 2 "unknown command '$verb'" "$verb"
done
ok "an option before the command is refused" fails_saying 2 "before the command" --trials 5 run
ok "an unknown option is answered with the nearest" \
    fails_saying 2 "did you mean '--trials'?" run "$small" --trails 10
ok "options are not abbreviated" fails_saying 2 "unknown option '--tri'" run "$small" --tri 10
ok "an unknown letter is refused" fails_saying 2 "unknown option '-x'" run "$small" -x
ok "the hint names the command" says "Try 'riskwheel run --help'"
ok "a scenario is wanted" fails_saying 2 "SCENARIO is missing" run
ok "one scenario only" fails_saying 2 "there is also 'two.json'" run "$small" two.json
ok "a scenario has a name" fails_saying 2 "SCENARIO has no name" run ""
ok "a value is wanted" fails_saying 2 "--trials wants a value" run "$small" --trials
ok "a flag takes none" fails_saying 2 "--json takes no value" run "$small" --json=yes
ok "a value given twice is refused" \
    fails_saying 2 "--seed is given twice" run "$small" --seed 1 --seed 1
ok "a flag given twice is refused" \
    fails_saying 2 "--json is given twice" run "$small" --json --json
ok "--json and --csv exclude each other" fails_saying 2 "only one of" run "$small" --json --csv
for n in 0 -1 1.5 1e-6 1e10 abc "" 0x10 " 5" 5x 1e 1. .5 inf nan; do
    ok "--trials '$n' is refused" \
        fails_saying 2 "--trials wants a whole number" run "$small" --trials="$n"
done
for n in -1 18446744073709551616 abc "" 1e3 1.0 +1; do
    ok "--seed '$n' is refused" \
        fails_saying 2 "--seed wants a whole number" run "$small" --seed="$n"
done
for n in 0 -1 1e9 2.5 x; do
    ok "--threads '$n' is refused" \
        fails_saying 2 "--threads wants a whole number" run "$small" --threads="$n"
done
ok "--set wants a path and a value" fails_saying 2 "PATH=VALUE" run "$small" --set trials
ok "--set wants a path" fails_saying 2 "PATH=VALUE" run "$small" --set =5
ok "an unknown strategy is answered with the nearest" \
    fails_saying 2 "did you mean 'roadmap'?" run "$small" --strategy roadmop --json
ok "an empty output folder is refused" fails_saying 2 "--output wants a value" run "$small" -o ""

ok "1e2 trials are a hundred" ends 0 "$riskwheel" run "$small" --trials 1e2 --json
ok "as the results say" prints '"trials": 100,'
ok "the largest seed is taken" \
    ends 0 "$riskwheel" run "$small" --trials=1.5e2 --seed=18446744073709551615 --json
ok "and printed in full" prints '"seed": 18446744073709551615,'
ok "options may stand before the scenario" \
    ends 0 "$riskwheel" run --trials 100 --json "$small"
ok "behind -- all is a name" fails_saying 5 "--json" run --trials 100 -- --json
cp "$small" ./-odd.json
ok "a file may be called like an option" \
    ends 0 "$riskwheel" run --trials 100 --no-plots -- -odd.json
ok "and so may its folder" [ -s ./-odd.out/results.json ]
ok "a letter takes its value with or without a space" \
    ends 0 "$riskwheel" run "$small" --trials 100 --no-plots -ohere
ok "as it was told" [ -s here/results.json ]
ok "a value of the scenario can be set" ends 0 "$riskwheel" run "$small" --json \
    --set simulation.trials=200 --set simulation.seed=5
ok "more than one" prints '"seed": 5,'
ok "and the results remember it" prints '{"path": "simulation.trials", "value": "200"}'
ok "a path that is not there is invalid input" \
    ends 3 "$riskwheel" run "$small" --json --set simulation.tirals=200
ok "one strategy can be chosen" \
    ends 0 "$riskwheel" run "$small" --trials 100 --json --strategy nothing
ok "and then there is one" lacks '"versus"'
finish
