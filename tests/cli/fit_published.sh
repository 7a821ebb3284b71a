#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fits of published data, in the folder that RW_DATA names: losses of at least a
# million Danish crowns of 1985 (danish_fire_losses.csv: date, loss_mdkk1985, as
# in the R packages evir and fitdistrplus), and the monthly number of breaches
# reported to the US Department of Health (hhs_monthly_counts.csv: count).
# shellcheck source=tests/cli/common.sh disable=SC2154
. "${top_srcdir:-.}/tests/cli/common.sh"

data=${RW_DATA:-$srcdir/../shared/data}
if [ ! -f "$data/danish_fire_losses.csv" ] || [ ! -f "$data/hhs_monthly_counts.csv" ]; then
    echo "RW_DATA names no folder with danish_fire_losses.csv; skipped"
    exit 77
fi

# near KEY WANT WITHIN [WHAT]: the value (or se) of a parameter of the first law
near() {
    awk -v key="\"$1\":" -v want="$2" -v within="$3" -v what="\"${4:-value}\": " '
        $1 == key && /"se"/ {
            at = index($0, what)
            got = substr($0, at + length(what)) + 0
            bad = (got > want ? got - want : want - got) > within
            if (bad) print "# " key " " got " instead of " want
            found = 1
            exit
        }
        END { exit !found || bad }' out
}
danish() {
    ends 0 "$riskwheel" fit "$data/danish_fire_losses.csv" --loss loss_mdkk1985 --family gpd \
        --above "$1" --json
}

# McNeil, ASTIN Bulletin 27 (1997) 117; errors at the estimates by the expected
# information, (1 + xi) / sqrt n and beta sqrt(2 (1 + xi) / n), which the observed
# one comes near to: within a tenth for 109 losses, a fifth for 36
ok "losses of 10 million and more" danish 10
ok "are 109" prints '"losses": 109'
ok "with xi 0.497" near xi 0.497 0.0005
ok "and beta 6.975" near beta 6.975 0.001
ok "xi is known to 0.143" near xi 0.1434 0.0143 se
ok "beta to 1.16" near beta 1.156 0.116 se
ok "losses of 20 million and more" danish 20
ok "are 36" prints '"losses": 36'
ok "with xi 0.684" near xi 0.684 0.0005
ok "and beta 9.63" near beta 9.63 0.01
ok "xi is known to 0.28" near xi 0.2807 0.0561 se
ok "beta to 2.95" near beta 2.947 0.59 se
ok "monthly breaches" ends 0 "$riskwheel" fit "$data/hhs_monthly_counts.csv" --counts count --per month
ok "are no Poisson" prints "Poisson, p below 1e-6"
ok "rise" prints "The counts rise from month to month"
ok "and come in waves" prints "Neighbouring months are alike"
finish
