#!/bin/sh
# SPDX-License-Identifier: MIT
# The recipes of docs/scale.md: a stream that GNU parallel cuts into blocks, and shards whose
# totals are merged, give the bytes of one run. Skipped (77) where GNU parallel is not installed.
# usage: parallel_test.sh FOOTPOUND
case $(parallel --version 2>/dev/null) in
  "GNU parallel"*) ;;
  *)
    echo "skipped: GNU parallel is not installed"
    exit 77
    ;;
esac
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
mkdir bin home
ln -s "$1" bin/footpound
PATH=$dir/bin:$PATH
HOME=$dir/home # parallel's own files, and none of the user's
export PATH HOME
unset FOOTPOUND_TABLES PARALLEL XDG_CONFIG_HOME
failed=0

# same WHAT GOT WANTED: files with the same bytes
same() {
  if cmp -s "$2" "$3"; then return; fi
  echo "FAILED: $1"
  diff "$2" "$3" | head -n 5
  failed=1
}
# check WHAT GOT WANTED
check() {
  if [ "$2" = "$3" ]; then return; fi
  echo "FAILED: $1: $2, not $3"
  failed=1
}

rows=2000
awk -v rows=$rows 'BEGIN {
  OFS = ","
  split("V100 A100 H100 T4", gpus, " "); split("US FR DE SE IN", places, " ")
  print "job", "user", "gpu", "gpu_count", "hours", "region"
  for (i = 0; i < rows; i++) print "j" i, "u" i % 37, gpus[i * 7 % 4 + 1], 1 + i % 8, (i * 97 % 1000 + 1) / 16, places[i % 5 + 1]
}' >jobs.csv
footpound estimate -f ndjson --columns energy_kwh jobs.csv | sed 's/,"energy_kwh":[^,}]*//' >jobs.ndjson
check "records written as NDJSON" "$(wc -l <jobs.ndjson | tr -d ' ')" $rows

# ---- records ----
footpound estimate jobs.csv >one.csv || exit 1
footpound estimate jobs.ndjson >one.ndjson || exit 1
cat >shard <<'END'
#!/bin/sh
# shard NUMBER: every block begins with the header; only the first may end up with one
no_header=--no-header
[ "$1" -ne 1 ] || no_header=
exec footpound estimate --in csv --quiet $no_header -
END
chmod +x shard

for block in 4k 30k; do
  parallel --pipe --header : --keep-order --block $block -j2 ./shard '{#}' <jobs.csv >got
  check "status of parallel --pipe, blocks of $block" $? 0
  same "parallel --pipe --header, blocks of $block" got one.csv
  parallel --pipepart -a jobs.csv --header : --keep-order --block $block -j2 ./shard '{#}' >got
  check "status of parallel --pipepart, blocks of $block" $? 0
  same "parallel --pipepart --header, blocks of $block" got one.csv
  parallel --pipe --keep-order --block $block -j2 footpound estimate --in ndjson --quiet - <jobs.ndjson >got
  same "parallel --pipe of NDJSON, blocks of $block" got one.ndjson
  parallel --pipepart -a jobs.ndjson --keep-order --block $block -j2 footpound estimate --in ndjson --quiet - >got
  same "parallel --pipepart of NDJSON, blocks of $block" got one.ndjson
done

# a block of the header alone, or of nothing, is no failure
head -n 1 jobs.csv >head.csv
footpound estimate head.csv >one
parallel --pipe --header : --keep-order ./shard '{#}' <head.csv >got
check "status on a header alone" $? 0
: >empty.ndjson
parallel --pipe --keep-order footpound estimate --in ndjson --quiet - <empty.ndjson >got
check "status on nothing" $? 0
same "nothing of nothing" got empty.ndjson

# bad records stay in their place, and parallel's status says that there were some
awk -F, 'NR % 300 == 2 { sub(/,[^,]*$/, ",Atlantis") } { print }' jobs.csv >bad.csv
footpound estimate --quiet bad.csv >one 2>/dev/null
check "status of one run over bad records" $? 1
parallel --pipe --header : --keep-order --block 20k -j2 ./shard '{#}' <bad.csv >got 2>/dev/null
check "blocks with bad records fail" "$([ $? -ne 0 ] && echo yes)" yes
same "bad records in blocks" got one

# ---- totals ----
by=region,user
footpound summarize --by $by -f csv jobs.csv >one || exit 1
for cut in 1 2 7 64; do
  rm -f shard.*
  split -n r/$cut jobs.ndjson shard.
  parallel --keep-order -j2 footpound summarize --by $by --partial -o '{}.partial' '{}' --in ndjson ::: shard.??
  check "status of $cut partials" $? 0
  footpound summarize --merge -f csv shard.*.partial >got
  same "totals of $cut shards" got one
done
parallel --pipe --header : --block 20k -j2 footpound summarize --in csv --by $by --partial -o 'block.{#}.partial' - <jobs.csv
check "status of partials from blocks" $? 0
footpound summarize --merge -f csv block.*.partial >got
same "totals of blocks" got one
footpound summarize --merge --partial shard.a*.partial >first
footpound summarize --merge --partial shard.b*.partial shard.c*.partial >second
footpound summarize --merge -f csv second first >got
same "partials of partials" got one
# what is estimated already is added as it is
parallel --pipe --keep-order --block 20k -j2 footpound estimate --in ndjson --quiet - <jobs.ndjson |
  footpound summarize --in ndjson --by $by -f csv - >got
footpound estimate jobs.ndjson | footpound summarize --in ndjson --by $by -f csv - >wanted
same "totals of records that parallel estimated" got wanted

# ---- other machines: what parallel does over ssh, with a stand-in that runs the command here ----
cat >ssh-here <<'END'
#!/bin/sh
# ssh-here HOST [--] COMMAND: sshd sets SHELL, and what parallel sends relies on it
shift
[ "$1" != -- ] || shift
SHELL=/bin/sh
export SHELL
exec sh -c "$*"
END
chmod +x ssh-here
parallel --pipe --header : --keep-order --block 20k -S "2/$dir/ssh-here far" "cd $dir && PATH='$PATH' ./shard" '{#}' <jobs.csv >got
check "status over a stand-in for ssh" $? 0
same "parallel over a stand-in for ssh" got one.csv
if ssh -o BatchMode=yes -o ConnectTimeout=2 127.0.0.1 true 2>/dev/null; then
  parallel --pipe --header : --keep-order --block 20k -S 2/127.0.0.1 "cd $dir && PATH='$PATH' ./shard" '{#}' <jobs.csv >got
  same "parallel over ssh" got one.csv
else
  echo "not tried: ssh to 127.0.0.1, which asks for a password or is not there"
fi

[ $failed -eq 0 ] && echo "same bytes"
exit $failed
