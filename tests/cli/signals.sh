#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ctrl-C and a polite kill end a run within a second and leave nothing.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

mkdir old
echo mine >old/results.json

# The shell lets a background job ignore SIGINT; `env` gives it back.
stop_with() {
    signal=$1
    env --default-signal=INT,TERM "$riskwheel" run "$small" --trials 2e7 --threads 2 \
        -o old >out 2>err &
    pid=$!
    sleep 1
    kill -"$signal" $pid
    started=$(date +%s%N)
    wait $pid
    status=$?
    took=$((($(date +%s%N) - started) / 1000000))
}

for case in INT:130 TERM:143; do
    stop_with "${case%:*}"
    ok "${case%:*} ends it as the shell expects" [ $status -eq "${case#*:}" ]
    ok "within a second ($took ms)" [ $took -lt 1000 ]
    ok "with a message" says "interrupted"
    ok "and no summary" empty out
    ok "old files stay" [ "$(cat old/results.json)" = mine ]
    ok "no new ones come" holds old 1
    ok "no staging folder is left" holds . 0 '.*'
done
finish
