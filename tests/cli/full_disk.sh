#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that fills up amid writing or amid putting files in their places
# leaves the earlier results to the byte.  Needs strace to play the disk.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

if ! strace -qq -o trace true 2>/dev/null; then
    echo 'strace is missing or may not trace here'
    exit 77
fi
sums() { (cd shop.out && find . -type f -exec sha256sum '{}' + | sort); }

# fails_once CALL WHEN: the WHENth CALL finds no room
fails_once() {
    # leaks cannot be looked for while strace looks on
    ends 5 env ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o trace -e "trace=$1" -e "inject=$1:error=ENOSPC:when=$2" \
        "$riskwheel" run shop.json --seed 2 --no-plots --quiet && says 'No space left'
}
unchanged() { sums | cmp - before; }
no_leftovers() { [ -z "$(find . -maxdepth 1 -name '.shop*')" ]; }

cp "$small" shop.json
"$riskwheel" run shop.json --no-plots --quiet
rm shop.out/versus.csv # one that was not there before
sums >before
for call in write fsync rename; do
    for when in 1 2 5; do
        ok "$call number $when finds no room" fails_once "$call" "$when"
        ok "  and the old files stand as they were" unchanged
        ok "  and nothing is left beside them" no_leftovers
    done
done
finish
