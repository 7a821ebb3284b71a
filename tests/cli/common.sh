# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# tests/cli/common.sh -- what the tests of the command line share.  Each case
# prints "ok N - what" or "not ok N - what"; the script ends with 1 if any
# case failed.  It works in a folder of its own, which is gone afterwards.

srcdir=$(cd "${top_srcdir:-.}" && pwd)
top_builddir=$(cd "${top_builddir:-.}" && pwd)
riskwheel=${RISKWHEEL:-$top_builddir/riskwheel}
small=$srcdir/tests/cli/small.json
RISKWHEEL_PLUGINS=$srcdir/plugins
export RISKWHEEL_PLUGINS
unset NO_COLOR CI

count=0
failed=0
work=$(mktemp -d) || exit 99
trap 'cd / && rm -rf "$work"' EXIT
cd "$work" || exit 99

# A case: its name, then a command that must succeed.
ok() {
    count=$((count + 1))
    what=$1
    shift
    if "$@"; then
        echo "ok $count - $what"
    else
        echo "not ok $count - $what"
        failed=1
    fi
}

# ends STATUS COMMAND...: the command ends with that status; out and err hold
# what it printed.
ends() {
    want=$1
    shift
    "$@" >out 2>err </dev/null
    got=$?
    [ "$got" -eq "$want" ] && return 0
    echo "# status $got instead of $want: $*"
    sed 's/^/# /' err
    return 1
}

says() { grep -qF -- "$1" err || { sed 's/^/# /' err; return 1; }; }
prints() { grep -qF -- "$1" out || { sed 's/^/# /' out; return 1; }; }
lacks() { ! grep -qF -- "$1" out; }
# holds FOLDER N [PATTERN]: so many entries of that name
holds() { [ "$(find "$1" -mindepth 1 -maxdepth 1 -name "${3:-*}" | wc -l)" -eq "$2" ]; }
silent() { [ ! -s err ] || { sed 's/^/# /' err; return 1; }; }
empty() { [ ! -s "$1" ]; }
not() { ! "$@"; }
# fails_saying STATUS TEXT ARGUMENTS...
fails_saying() {
    status=$1
    text=$2
    shift 2
    ends "$status" "$riskwheel" "$@" && says "$text" && empty out
}
finish() {
    echo "1..$count"
    exit $failed
}
