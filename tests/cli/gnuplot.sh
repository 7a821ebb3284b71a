#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures are welcome, never needed; the results come without them too.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

tools=$work/tools # a PATH without gnuplot
mkdir "$tools"
run="$riskwheel run $small --trials 2000"

PATH_BEFORE=$PATH
export PATH="$tools"
$run -o missing >out 2>err
status=$?
PATH=$PATH_BEFORE
ok "a missing gnuplot is no failure of a run" [ $status -eq 0 ]
ok "but it is said" says "pictures are missing: cannot run 'gnuplot'"
ok "with what to do later" says "riskwheel plot missing"
ok "the results are there" [ -s missing/results.json ]
ok "and the scripts" [ -s missing/plots/exceedance.gp ]
ok "and their data" [ -s missing/plots/exceedance.tsv ]
ok "and no empty picture" sh -c '! ls missing/plots/*.svg missing/plots/*.png' 2>/dev/null
PATH=$tools
"$riskwheel" plot missing >out 2>err
status=$?
PATH=$PATH_BEFORE
ok "it is one where pictures were asked for" [ $status -eq 5 ]

cat >"$tools/gnuplot" <<'END'
#!/bin/sh
echo "line 3: this one always fails" >&2
exit 1
END
chmod +x "$tools/gnuplot"
PATH=$tools:$PATH_BEFORE
$run -o failing >out 2>err
status=$?
ok "a failing gnuplot is no failure of a run" [ $status -eq 0 ]
ok "and is quoted" says "line 3: this one always fails"
mkdir -p stale/plots
echo old >stale/plots/risks.png
$run -o stale >out 2>err
ok "a picture of an earlier run does not stay beside new figures" [ ! -e stale/plots/risks.png ]
PATH=$PATH_BEFORE

if gnuplot --version >/dev/null 2>&1; then
    ok "pictures can be drawn later" ends 0 "$riskwheel" plot missing
    ok "six of them" [ "$(wc -l <out)" -eq 6 ]
    for name in exceedance largest residual cost risks versus; do
        ok "$name.svg" [ -s missing/plots/$name.svg ]
        ok "$name.png" [ -s missing/plots/$name.png ]
    done
    cp -r missing/plots before
    cp missing/results.json other.json
    ok "also from the file itself" ends 0 "$riskwheel" plot other.json --quiet
    mkdir old && grep -v '^ "best": ' other.json >old/results.json
    ok "also of results from before there was a best strategy" ends 0 "$riskwheel" plot old --quiet
    sed 's/^ "best": .*/ "best": "none of them",/' other.json >broken_best.json
    ok "but not of a best that is none" fails_saying 3 "/best" plot broken_best.json --quiet
    ok "to the same bytes" diff -r before plots
    $run -o whole >out 2>err
    ok "and as in a run" diff -r before whole/plots
    ok "which says nothing then" silent
    ok "-d keeps a user's settings out" \
        sh -c "grep -q . before/cost.svg && HOME=$work && echo 'system \"touch sentinel\"' >.gnuplot &&
            $riskwheel plot missing --quiet && [ ! -e sentinel ] && [ ! -e missing/plots/sentinel ]"
fi
echo '{"riskwheel": 1}' >broken.json
ok "what is no results.json is invalid input" fails_saying 3 "broken.json" plot broken.json
ok "what is not there is an error of input" ends 5 "$riskwheel" plot nowhere
finish
