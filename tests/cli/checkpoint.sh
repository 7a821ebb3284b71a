#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A run that is broken off goes on from its checkpoint, to the bytes that it would have
# had; a checkpoint of anything else is refused, with the difference.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

sed 's/"seed": 11/"seed": 11, "band": { "truths": 400, "histories": 100 }/' "$small" >shop.json
run="$riskwheel run shop.json --trials 2e5"

# shellcheck disable=SC2086 # words, here and below
ok "a run without checkpoints" ends 0 $run --no-plots -o whole
# shellcheck disable=SC2086
ok "one with them" ends 0 $run --no-plots -o kept --checkpoint c --checkpoint-every 0
ok "is the same" cmp whole/results.json kept/results.json
ok "says nothing of it" silent
ok "and leaves one file" holds . 1 'c*'
# shellcheck disable=SC2086
ok "which holds all of it" ends 0 $run --no-plots -o again --resume c --quiet
ok "to the byte" cmp whole/results.json again/results.json

# The shell lets a background job ignore SIGINT; `env` gives it back.
for case in INT:130 TERM:143; do
    rm -f c
    for threads in 2 1 3; do
        resume=--checkpoint
        [ ! -f c ] || resume=--resume
        # shellcheck disable=SC2086
        env --default-signal=INT,TERM $run --threads $threads -o broken --no-plots $resume c \
            >out 2>err &
        pid=$!
        sleep 0.1
        kill -"${case%:*}" $pid 2>/dev/null
        wait $pid 2>/dev/null
        status=$?
        [ $status -eq "${case#*:}" ] || break
    done
    if [ $status -ne 0 ]; then
        ok "${case%:*} ends it as the shell expects" [ $status -eq "${case#*:}" ]
        ok "with what is there" says "'c' holds "
        ok "of all that there will be" says "futures (those of the band included)"
        ok "and how to go on" says "--resume goes on from there"
        ok "and no results" [ ! -e broken ]
    fi
    # shellcheck disable=SC2086
    ok "it goes on" ends 0 $run -o broken --no-plots --resume c
    ok "to the same bytes" cmp whole/results.json broken/results.json
    rm -rf broken
done
ok "a shard is kept as well" ends 0 "$riskwheel" run shop.json --shard 2/3 -o s.2 \
    --checkpoint c.2 --checkpoint-every 0
ok "and goes on" ends 0 "$riskwheel" run shop.json --shard 2/3 -o t.2 --resume c.2
"$riskwheel" run shop.json --json >plain
for i in 1 3; do "$riskwheel" run shop.json --shard $i/3 -o s.$i --quiet; done
ok "to the same results" sh -c "'$riskwheel' merge s.1 t.2 s.3 --json | cmp - plain"

# refused TEXT ARGUMENTS...
refused() {
    text=$1
    shift
    cp c before
    ends 3 "$riskwheel" run "$@" --quiet --no-plots -o new --resume c && says "$text" &&
        [ ! -e new ] && cmp c before
}
rm c
"$riskwheel" run shop.json --checkpoint c --quiet --no-plots
ok "what is there is not begun anew" fails_saying 2 "'c' is there already: --resume" \
    run shop.json --checkpoint c --json
ok "another seed" refused "'c' is of another run: seed 11 and not 12" shop.json --seed 12
ok "with what can be done" says "; what it was begun with goes on from it"
ok "other trials" refused "trials 3000 and not 3001" shop.json --trials 3001
ok "another strategy" refused "also strategy roadmap" shop.json --strategy nothing
ok "another setting" refused "no --set horizon.cycles=4" shop.json --set horizon.cycles=4
ok "another option" refused "no option --no-band" shop.json --no-band
sed 's/"frequency": 3/"frequency": 4/' shop.json >other.json
ok "another scenario" refused "scenario " other.json
ok "a part" fails_saying 3 "of another part of the run: all of it and not part 1 of 2" \
    run shop.json --shard 1/2 --resume c -o new
ok "which leaves nothing" [ ! -e new ]
cp c whole.c
printf x | dd of=c bs=1 seek=3000 conv=notrunc 2>/dev/null
ok "a damaged one" refused "'c' is damaged" shop.json
head -c 3000 whole.c >c
ok "one that is cut" refused "'c' is damaged" shop.json
cp shop.json c
ok "none at all" refused "'c' is another kind of file" shop.json
rm c
ok "what is not there" fails_saying 5 "cannot open 'c'" run shop.json --resume c --json
cp whole.c c
ok "it may go on elsewhere" ends 0 "$riskwheel" run shop.json --resume c --checkpoint d --json
ok "with the same bytes" cmp out plain
ok "and leaves the first as it was" cmp c whole.c

ok "how often, but not where" fails_saying 2 "there is no --checkpoint" \
    run shop.json --checkpoint-every 5
ok "a number of futures to be found" fails_saying 2 "--precision finds" \
    run shop.json --checkpoint c --precision 5%@0.9
ok "not over the scenario" fails_saying 2 "would replace the scenario" \
    run shop.json --checkpoint shop.json
ok "nor over the shard" fails_saying 2 "both the shard and its checkpoint" \
    run shop.json --shard 1/2 -o x --checkpoint x
ok "a place that is none is found first" fails_saying 5 "no/where" \
    run shop.json --trials 1e9 --no-band --checkpoint no/where --json

if strace -qq -o trace true 2>/dev/null; then
    rm -f c
    ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o trace -e trace=fsync,rename \
        "$riskwheel" run shop.json --checkpoint c --json >out
    ok "it is on the disk before it has its name, and the name after that" \
        [ "$(sed -n 's/^[0-9]* *\([a-z]*\)(.*/\1/p' trace | tr '\n' ' ')" = \
        "fsync rename fsync fsync rename fsync " ]
    rm -f c
    # a disk that is full for a while, amid the run; and one that is full at its end
    # shellcheck disable=SC2086
    ok "one that cannot be written" ends 0 env ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o trace \
        -e trace=fsync -e inject=fsync:error=ENOSPC:when=3 \
        $run --no-plots -o full --checkpoint c --checkpoint-every 0 --threads 1
    ok "is told" says "no checkpoint this time: cannot write 'c'"
    ok "and changes nothing" cmp whole/results.json full/results.json
    rm c
    ok "at the end it is an error" ends 5 env ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o trace \
        -e trace=rename -e inject=rename:error=ENOSPC:when=2+ \
        "$riskwheel" run shop.json --checkpoint c --json
    ok "that says so" says "No space left"
    ok "and leaves the one before" ends 0 "$riskwheel" run shop.json --resume c --json
    ok "whole" cmp out plain
    ok "and nothing beside it" holds . 0 'c.new'
fi
finish
