#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 at any moment leaves the last whole checkpoint, from which the run goes on to
# the bytes that it has in one piece.  RW_KILLS times; `make check-kill' does it 200 times.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

if ! timeout -s KILL 5 true 2>/dev/null; then
    echo 'timeout is missing'
    exit 77
fi
sed 's/"seed": 11/"seed": 11, "band": { "truths": 400, "histories": 100 }/' "$small" >shop.json
started=$(date +%s%N)
"$riskwheel" run shop.json --trials 1e5 --no-plots --quiet --checkpoint c --checkpoint-every 0 \
    -o whole
length=$((($(date +%s%N) - started) / 1000000)) # ms

# go SECONDS: the run, from its checkpoint if there is one, until it is killed
go() {
    resume=--checkpoint
    [ ! -f c ] || resume=--resume
    timeout -s KILL "$1" "$riskwheel" run shop.json --trials 1e5 --no-plots --quiet \
        --checkpoint-every 0 $resume c -o killed --threads $((turn % 3 + 1)) 2>err
    status=$?
    [ $status -ne 137 ] || killed=$((killed + 1))
}
moment() { awk -v seed="$1" -v ms="$length" 'BEGIN { srand(seed); printf "%.4f", 0.001 + rand() * ms / 1000 }'; }
# what stands there is whole: refused only because it is no shard
sound() { [ ! -f c ] || { ends 3 "$riskwheel" merge c && says "is a checkpoint of a whole run"; }; }

# Killed, and half of the times killed again on the way from there; then on to the end.
once() {
    rm -rf c c.new killed
    go "$(moment $((2 * turn)))"
    sound || return 1
    [ $((turn % 2)) -eq 0 ] || go "$(moment $((2 * turn + 1)))"
    sound || return 1
    go 60
    [ $status -eq 0 ] || { sed 's/^/# /' err && return 1; }
    cmp whole/results.json killed/results.json && holds . 1 'c*'
}

killed=0
turn=${RW_KILL_SEED:-0}
last=$((turn + ${RW_KILLS:-5}))
while [ "$turn" -lt "$last" ]; do
    turn=$((turn + 1))
    ok "killed at a random moment, number $turn" once
done
echo "# killed $killed times; a run takes $length ms"
finish
