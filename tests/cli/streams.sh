#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Standard output that is full, closed or gone; colour only where it is wanted.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

run="$riskwheel run $small --trials 500 --no-plots"

if [ -w /dev/full ]; then
    $run --json >/dev/full 2>err
    ok "a full device is an error of output" [ $? -eq 5 ]
    ok "that is named" says "No space left"
    $run -o full >/dev/full 2>err
    ok "also for the summary" [ $? -eq 5 ]
    "$riskwheel" --help >/dev/full 2>err
    ok "also for the help" [ $? -eq 5 ]
    "$riskwheel" check "$small" >/dev/full 2>err
    ok "also for a check" [ $? -eq 5 ]
fi
$run --json >&- 2>err
ok "a closed standard output is an error" [ $? -eq 5 ]
ok "not a surprise" says "cannot write to standard output"
$run -o closed >&- 2>/dev/null
ok "and no file is taken for it" sh -c "head -c 1 closed/results.json | grep -qF {"
$run --quiet -o quiet >&- 2>&- <&-
ok "quiet runs need no stream" [ $? -eq 0 ]

{
    "$riskwheel" run "$small" --trials 1e5 --json 2>err
    echo $? >status
} | :
sleep 1
ok "a reader that goes away ends it like any other tool" [ "$(cat status)" -eq 141 ]
ok "quietly" silent

$run -o plain >out 2>err
ok "no colour in a file" not grep -q "$(printf '\033')" out
ok "no progress in a file" silent
if command -v script >/dev/null 2>&1; then
    TERM=xterm script -qec "$run -o tty" /dev/null >out 2>/dev/null </dev/null
    ok "colour on a terminal" grep -q "$(printf '\033\\[1m')" out
    TERM=xterm NO_COLOR=1 script -qec "$run -o tty" /dev/null >out 2>/dev/null </dev/null
    ok "unless NO_COLOR says no" not grep -q "$(printf '\033\\[1m')" out
    TERM=xterm NO_COLOR='' script -qec "$run -o tty" /dev/null >out 2>/dev/null </dev/null
    ok "which an empty one does not" grep -q "$(printf '\033\\[1m')" out
    TERM=dumb script -qec "$run -o tty" /dev/null >out 2>/dev/null </dev/null
    ok "none on a dumb terminal" not grep -q "$(printf '\033')" out
fi
finish
