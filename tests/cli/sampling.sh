#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Futures drawn evenly: one run whatever the threads and machines, and refused where
# its errors could not be told.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

sed -e 's/"seed": 11/"seed": 11, "band": { "truths": 60, "histories": 50 }/' "$small" >shop.json
run() { ends 0 "$riskwheel" run shop.json --trials 40000 "$@"; }
even() { run --sampling sobol "$@"; }

ok "an even run" even --no-plots -o whole --threads 1
ok "says so" prints "sobol"
for threads in 2 3; do
    ok "with $threads threads" even --json --threads $threads
    ok "it is the same" cmp out whole/results.json
done
sed 's/"seed": 11/"seed": 11, "sampling": "sobol"/' shop.json >key.json
ok "asked for by the scenario" ends 0 "$riskwheel" run key.json --trials 40000 --json
ok "futures are whole randomisations" prints '"trials": 40960'
ok "with the same figures" [ "$(grep -c mean_se out)" -gt 3 ]
grep -v sha256 out | sed 1,/appetite/d >figures
grep -v sha256 whole/results.json | sed 1,/appetite/d >others
ok "as asked for by the option" cmp figures others
ok "the option has the last word" \
    ends 0 "$riskwheel" run key.json --sampling plain --json --trials 40000
grep -v sha256 out | sed 1,/appetite/d >figures
run --json
grep -v sha256 out | sed 1,/appetite/d >others
ok "plain is what it was" cmp figures others
ok "without a word of sampling" lacks sampling

# what docs/method.md shows is what is printed, but for the figures
after() {
    awk -v mark="<!-- $1 -->" '
        inside && /^```$/ { exit }
        inside { print }
        seen && $0 == "```" { inside = 1 }
        $0 == mark { seen = 1 }' "$srcdir/docs/method.md"
}
words() { sed -e 's/[0-9][0-9.]*/N/g' -e 's/, not sure$//' -e 's/  */ /g'; }
after 'sampling command' >line
ok "the manual's example" ends 0 "$riskwheel" run "$srcdir/$(sed -n 's/^riskwheel run //;s/ --.*//p' line)" \
    --sampling sobol --no-plots -o shown.out
after 'sampling summary' | words >shown
words <out | sed -n '/^Sampling/,/^ *$/p' | sed '/^ *$/d' >printed
ok "shows something" [ -s shown ]
ok "and what it prints" diff shown printed

# --- shares and checkpoints ---
for i in 1 2 3; do
    ok "shard $i" ends 0 "$riskwheel" run shop.json --trials 40000 --sampling sobol \
        --shard $i/3 -o "s.$i" --quiet
done
ok "merge" ends 0 "$riskwheel" merge s.3 s.1 s.2 --json
ok "to the run" cmp out whole/results.json
"$riskwheel" run shop.json --trials 40000 --shard 2/3 -o plain.2 --quiet
ok "a plain shard among them" ends 3 "$riskwheel" merge s.1 plain.2 s.3 --json
ok "is refused by name" says "'plain.2' is of another run than 's.1': sampling plain and not sobol"
ok "with a checkpoint" even --checkpoint c --json
ok "it is the run" cmp out whole/results.json
ok "and so gone on from" even --resume c --json
ok "it is the run" cmp out whole/results.json
ok "plain is another run" ends 3 "$riskwheel" run shop.json --trials 40000 --resume c --json
ok "which is said" says "sampling sobol and not plain"

# --- what does not go ---
refuses() {
    text=$1
    shift
    ends 2 "$riskwheel" run shop.json "$@" -o new && says "$text" && [ ! -e new ]
}
ok "too few futures" refuses "ask for --trials 32768" --sampling sobol --trials 32767
ok "a referee of independent futures" \
    refuses "--referee judges by the laws of independent futures" --sampling sobol --referee \
    --trials 40000
ok "a precision to be found" refuses "--precision foresees" --sampling sobol \
    --precision 5%@0.9 --trials 40000
ok "another word" refuses "did you mean 'sobol'?" --sampling sobl
ok "another one" refuses "wants 'plain' or 'sobol', not 'halton'" --sampling halton
finish
