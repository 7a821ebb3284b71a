#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/many-machines.md: its commands and job files do what it says, with fewer futures
# and fewer parts.
# shellcheck source=tests/cli/common.sh
. "${top_srcdir:-.}/tests/cli/common.sh"
doc=$srcdir/docs/many-machines.md

# block NAME: the fenced block behind <!-- run: NAME -->, for 3 parts of 4000 futures
block() {
    awk -v name="<!-- run: $1 -->" '
        $0 == name { wanted = 1; next }
        /^```/ && inside { exit }
        /^```/ && wanted { inside = 1; next }
        inside' "$doc" | sed 's/100/3/g; s/1e7/4000/'
}
mkdir bin
cat >bin/riskwheel <<END
#!/bin/sh
exec '$riskwheel' "\$@"
END
# a parallel that does one thing after the other, in case there is none
cat >bin/parallel <<'END'
#!/bin/sh
while [ "$1" != riskwheel ]; do shift; done
line=''
while [ "$1" != ::: ]; do line="$line $1"; shift; done
shift
for part; do sh -c "$(echo "$line" | sed "s/{}/$part/g")" || exit; done
END
chmod +x bin/*
PATH=$work/bin:$PATH
cp -R "$srcdir/scenarios" scenarios
plain() { "$riskwheel" run scenarios/hospital.json --json "$@" >plain; }

block loop >loop.sh
plain --trials 8000
ok "the loop" ends 0 sh loop.sh
ok "makes four shards" holds . 4 'hospital.*-of-4.shard'
ok "which are the run" cmp hospital/results.json plain

block kept >kept.sh
rm -rf hospital
ok "a run with a checkpoint, and on from it" ends 0 sh -e kept.sh
ok "is the run" cmp hospital/results.json plain

plain --trials 4000
block slurm >slurm.sh
SLURM_CPUS_PER_TASK=2
export SLURM_CPUS_PER_TASK
for task in 1 2 3 2; do # the second is started again
    ok "task $task of the array" ends 0 env SLURM_ARRAY_TASK_ID=$task sh slurm.sh
done
ok "merged" ends 0 sh -c 'riskwheel merge hospital.?.shard -o slurm --no-plots --quiet'
ok "is the run" cmp slurm/results.json plain

rm -rf hospital hospital.*
block parallel >parallel.sh
ok "parallel" ends 0 sh -e parallel.sh
ok "is the run" cmp hospital/results.json plain

rm -rf hospital.?.shard
block condor | sed -n 's/^arguments *= //p' >condor
ok "there are arguments" grep -q 'shard $(part)/3' condor
cp scenarios/hospital.json .
for part in 1 2 3; do
    sed "s/\$(part)/$part/g; s/^/riskwheel /" condor >condor.sh
    ok "part $part" ends 0 sh condor.sh
done
"$riskwheel" run hospital.json --trials 4000 --json >plain
ok "merged" ends 0 sh -c 'riskwheel merge hospital.?.shard -o pool --no-plots --quiet'
ok "is the run" cmp pool/results.json plain
finish
