#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The wide kernels give the bytes of the plain ones.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"

ok "an unknown word" env RISKWHEEL_CPU=fast sh -c "'$riskwheel' --version 2>err; [ \$? -eq 2 ]"
ok "is told with those there are" says "RISKWHEEL_CPU wants auto, avx2 or plain, not 'fast'"
if ! grep -qw avx2 /proc/cpuinfo; then
    echo 'this processor has no wide kernels to compare'
    exit 77
fi

# alike NAME ARGUMENTS...: the same with every set of kernels
alike() {
    name=$1
    shift
    for cpu in auto avx2 plain; do
        RISKWHEEL_CPU=$cpu "$riskwheel" "$@" --json >"$name.$cpu" || return 1
    done
    [ -s "$name.auto" ] && cmp "$name.auto" "$name.avx2" &&
        cmp "$name.auto" "$name.plain"
}
ok "a static risk" alike static run "$srcdir/tests/bench/static.json" --trials 30001
ok "a mixed count" alike compound run "$srcdir/scenarios/compound.json" --trials 5000
ok "a shop" alike shop run "$small" --trials 5000
ok "a workshop" alike workshop run "$srcdir/scenarios/workshop.json" --trials 2000
ok "a loop" alike loop run "$srcdir/scenarios/loop.json" --trials 2100
ok "a hospital" alike hospital run "$srcdir/scenarios/hospital.json" --trials 1500
ok "the golden clinic" alike clinic run "$srcdir/tests/golden/clinic.json" --trials 1500
ok "an exact law" alike exact exact "$srcdir/scenarios/compound.json"
finish
