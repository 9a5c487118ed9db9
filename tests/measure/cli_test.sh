#!/bin/sh
# SPDX-License-Identifier: MIT
# footpound measure from outside: the command's status, streams and signals are its own.
# usage: cli_test.sh FOOTPOUND FAKE_NVML
footpound=$1
nvml=$2
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
unset SLURM_LOCALID OMPI_COMM_WORLD_LOCAL_RANK LOCAL_RANK CUDA_VISIBLE_DEVICES FOOTPOUND_TABLES
failed=0

# check WHAT GOT WANTED
check() {
  if [ "$2" = "$3" ]; then return; fi
  echo "FAILED: $1"
  echo "  got:    $2"
  echo "  wanted: $3"
  failed=1
}
# says WHAT FILE TEXT
says() {
  if grep -qF -- "$3" "$2"; then return; fi
  echo "FAILED: $1: no \"$3\" in"
  sed 's/^/  /' "$2"
  failed=1
}

# a machine with two packages whose counters a background process moves on: 100 W each
mkdir -p sys/class/powercap
for zone in 0 1; do
  mkdir -p "sys/class/powercap/intel-rapl:$zone/intel-rapl:$zone:0"
  echo "package-$zone" >"sys/class/powercap/intel-rapl:$zone/name"
  echo dram >"sys/class/powercap/intel-rapl:$zone/intel-rapl:$zone:0/name"
  for place in "intel-rapl:$zone" "intel-rapl:$zone/intel-rapl:$zone:0"; do
    echo 262143328850 >"sys/class/powercap/$place/max_energy_range_uj"
    echo 0 >"sys/class/powercap/$place/energy_uj"
  done
done
move_on() {
  for file in sys/class/powercap/intel-rapl:*/energy_uj sys/class/powercap/intel-rapl:*/intel-rapl:*/energy_uj; do
    # in one write: a reader must not find it empty
    echo "$1" >"$file.new" && mv "$file.new" "$file"
  done
}
none="--sysfs-root $dir/nowhere --nvml-library libno-such-library.so"
rapl="--sysfs-root $dir/sys --nvml-library libno-such-library.so"
# moves the counters by 50 J: what the measured command does here
work='for f in sys/class/powercap/intel-rapl:*/energy_uj sys/class/powercap/intel-rapl:*/intel-rapl:*/energy_uj; do echo 50000000 >$f.new; mv $f.new $f; done'

# --- status ---
for status in 0 1 3 125 255; do
  "$footpound" measure $none -- sh -c "exit $status" 2>err
  check "status $status is passed on" $? $status
done
"$footpound" measure $none -- ./no-such-command 2>err
check "not found is 127" $? 127
says "not found is said" err "./no-such-command: could not be started: No such file or directory"
echo text >plain
"$footpound" measure $none -- ./plain 2>err
check "not executable is 126" $? 126
"$footpound" measure $none -- sh -c 'kill -9 $$' 2>err
check "killed by 9 is 137" $? 137
says "killed is said" err "was killed by signal 9"

# --- no meter: the command runs, and the report says that nothing was measured ---
out=$("$footpound" measure $none -- sh -c 'cat; echo out; echo err >&2' <<IN 2>err
in
IN
)
check "no meter: status" $? 0
check "streams are the command's own" "$out" "in
out"
says "the command's stderr" err "err"
says "nothing was measured" err "nothing was measured"
says "and why" err "no rapl"
"$footpound" measure $none --record none.json -- true 2>err
check "no meter: no record" "$(ls none.json* 2>/dev/null)" ""
says "no meter: no record, said so" err "no record to write: none.json is as it was"

# --- arguments ---
out=$("$footpound" measure $none -- printf '%s|' --for -- 'a b' '' 2>err)
check "arguments arrive as they are" "$out" "--for|--|a b||"

# --- a record of what was measured ---
move_on 0
"$footpound" measure $rapl --record record.json --trace trace.ndjson -- sh -c "$work; exit 4" 2>err
check "measured: status" $? 4
says "record: CPUs and memory" record.json '"host_power_w":"'
says "record: hours" record.json '"hours":'
says "trace" trace.ndjson '"device":"package-1","energy_j":50}'
says "report: energy of 4 x 50 J" err "0.00005556 kWh"
"$footpound" estimate --region FR record.json >estimate.txt 2>err
check "estimate takes the record" $? 0

# --- the record is whole or not there, and an older one survives what fails ---
cp record.json older.json
"$footpound" measure $none --record older.json -- true 2>err
check "no meter: an older record stays" "$(cat older.json)" "$(cat record.json)"
"$footpound" measure $rapl --record older.json -- ./no-such-command 2>err
check "no command: an older record stays" "$(cat older.json)" "$(cat record.json)"
check "nothing half written is left" "$(ls older.json.* 2>/dev/null)" ""

move_on 0
"$footpound" measure $rapl --record - --region FR -o estimate.txt -- sh -c "$work" >out 2>err
check "--record -: is standard output" "$?$(grep -c host_power_w out)$(ls -- - 2>/dev/null)" 01
"$footpound" measure $rapl --trace - --record record.json -- sh -c "$work" >out 2>err
check "--trace -: is standard output" "$?$(grep -q energy_j out && echo 1)$(ls -- - 2>/dev/null)" 01
(ulimit -f 0; exec "$footpound" measure $rapl --record unmade.json -- sh -c "exit 7") 2>/dev/null
check "a record over the limit on files: the status is the command's" "$?$(ls unmade* 2>/dev/null)" 7
"$footpound" measure -- sh -c 'kill -XFSZ $$' 2>err
check "the command has SIGXFSZ as it was" $? 153
sleep 5 | "$footpound" measure --log - --record unmade.json 2>err &
sleep 1
kill -HUP $! 2>/dev/null
wait $! 2>/dev/null
check "a signal leaves no half a record" "$?$(ls unmade* 2>/dev/null)" 129

# --- a report that nobody can read costs neither the record nor the status ---
unread() {
  check "$1: status" $? 5
  check "$1: record" "$(grep -c host_power_w unread.json)" 1
  rm -f unread.json
  move_on 0
}
move_on 0
"$footpound" measure $rapl --record unread.json --region FR -- sh -c "$work; exit 5" 2>&-
unread "standard error closed"
"$footpound" measure $rapl --record unread.json --region FR -- sh -c "$work; exit 5" <&- >&- 2>&-
unread "all streams closed"
"$footpound" measure $rapl --record unread.json --region FR -- sh -c "$work; exit 5" 2>/dev/full
unread "standard error full"
("$footpound" measure $rapl --record unread.json -- sh -c "$work; sleep 0.3; exit 5"; echo $? >status) 2>&1 | true
(exit "$(cat status)")
unread "standard error without a reader"
"$footpound" measure $rapl --record /dev/full -- sh -c "$work; exit 0" 2>err
check "a record on a full disk: the status is the command's" $? 0
says "and it is said" err "/dev/full: cannot be written"
move_on 0
"$footpound" measure $rapl --region FR -o /dev/full -- sh -c "$work; exit 0" 2>err
check "an estimate on a full disk: the status is the command's" $? 0
says "and it is said" err "the exit status is the command's"
move_on 0
"$footpound" measure $rapl --for 100ms --record for.json >/dev/null 2>&-
check "--for with standard error closed: status" $? 3

# --- in one go ---
move_on 0
"$footpound" measure $rapl --region FR -- sh -c "$work; echo mine" >out 2>err
check "one go: standard output is the command's" "$(cat out)" "mine"
says "one go: the estimate" err "CO2e"
"$footpound" measure $rapl --region Atlantis -- touch started 2>err
check "an unknown place is usage" $? 2
check "and shows before the command runs" "$(ls started 2>/dev/null)" ""

# --- GPUs ---
export FAKE_NVML_GPUS=2
"$footpound" measure --sysfs-root "$dir/nowhere" --nvml-library "$nvml" --covers 1% --record gpu.json -- sleep 0.3 2>err
check "GPUs: status" $? 0
says "GPUs: their energy" gpu.json '"measured_accelerator_energy_kwh":"'
says "GPUs: their number and name" gpu.json '"accelerator":"NVIDIA H100 80GB HBM3","accelerator_count":2'
says "GPUs: the share" err "1 % of it was measured"
"$footpound" estimate --region FR gpu.json >out 2>err
check "estimate takes it" $? 0
move_on 0
"$footpound" measure --sysfs-root "$dir/sys" --nvml-library "$nvml" --record node.json -- sh -c "$work; sleep 0.2" 2>err
says "GPUs, CPUs and memory" node.json '"measured_it_energy_kwh":"'
CUDA_VISIBLE_DEVICES=1 "$footpound" measure --sysfs-root "$dir/nowhere" --nvml-library "$nvml" --for 200ms >out 2>err
check "--for: status" $? 0
says "one of two GPUs" out '"accelerator_count":1'
says "one of two GPUs, said so" err "1 of 2 GPUs are counted"
unset FAKE_NVML_GPUS

# --- signals ---
"$footpound" measure $none -- sh -c ': >ready; exec sleep 20' 2>err &
pid=$!
while [ ! -e ready ]; do sleep 0.01; done
# in the background sh ignores SIGINT; TERM goes the same way
kill -TERM $pid
wait $pid
check "a signal sent to us reaches the command" $? 143
says "the report still comes" err "was killed by signal 15"

# timeout signals its whole group, the command among it; with --foreground footpound alone
count='n=0; trap "n=\$((n+1)); echo \$n >caught" TERM; : >ready; i=0; while [ $i -lt 20 ]; do sleep 0.05; i=$((i+1)); done; exit 9'
for how in "" --foreground; do
  # shellcheck disable=SC2086
  timeout $how --preserve-status 0.5 "$footpound" measure $none -- sh -c "$count" 2>err
  check "timeout $how: the status is the command's" $? 9
  check "timeout $how: the command has the signal once" "$(cat caught)" 1
  rm -f caught
done

# --- ranks ---
move_on 0
SLURM_LOCALID=1 "$footpound" measure $rapl --record other.json -- sh -c "$work; exit 6" 2>err
check "another rank: status" $? 6
says "another rank: said" err "local rank 1 (SLURM_LOCALID): the meters are the whole node's, and local rank 0 reports them"
check "another rank: no record" "$(ls other.json 2>/dev/null)" ""
move_on 0
SLURM_LOCALID=0 "$footpound" measure $rapl -- sh -c "$work" 2>err
says "local rank 0 reports, and says so" err "local rank 0 (SLURM_LOCALID): reports the whole node"

# --- without a command ---
"$footpound" measure $none --for 1s >out 2>err
check "--for without a meter" $? 3
"$footpound" measure --log "$here/samples/nvidia-smi-units.csv" 2>err >out
check "--log: status" $? 0
says "--log: record on standard output" out '"measured_accelerator_energy_kwh":"'
"$footpound" measure --log "$here/samples/nvidia-smi-units.csv" 2>err | "$footpound" estimate --region FR - >out 2>err2
check "--log | estimate" $? 0
"$footpound" measure --log - <"$here/samples/perf-stat-x.csv" >out 2>err
says "--log -: CPUs and memory" out '"host_power_w":"'
"$footpound" measure --log "$here/samples/zeus-monitor.csv" --total-hours 100 >out 2>err
says "--total-hours" out '"hours":100.0'
"$footpound" measure --log "$here/samples/nvidia-smi-units.csv" --covers 1% --region FR >out 2>err
check "--covers and --region" $? 0
says "the covered share" err "1 % of it was measured"
"$footpound" measure --log "$here/samples/nvidia-smi-units.csv" --covers 1% --warm-up 1h >out 2>err
check "a warm-up longer than the log" $? 2
printf '0,7,100\n1,8,100\n' >plain.csv
"$footpound" measure --log plain.csv --log-columns time,-,watts >out 2>err
check "named columns are a format" $? 0
says "named columns: what they are of" err "--log-part"
printf 'time,power_w\n0,1\n1,x\n' >bad.csv
"$footpound" measure --log bad.csv >out 2>err
check "a bad log is 3" $? 3
check "and names its line" "$(cat err)" 'footpound: bad.csv:3: "x" is not a power; write a power such as 300W or 12.04kW'
"$footpound" measure --log . >out 2>err
check "a folder is no log" $? 3
"$footpound" measure --log "$here/samples/nvidia-smi-units.csv" >/dev/full 2>err
check "a full disk is 4" $? 4

# --- usage ---
for bad in "" "--for 60s --log x" "--for" "--for 1W" "--covers 3% --total-hours 5 --for 1s" "--covers 3 --for 1s" \
  "--interval 1ms --for 1s" "--interval 90s --for 1s" "--meters rappl --for 1s" "--log-format x --for 1s" \
  "--log x --trace y" "--record x --trace x --for 1s" "--record x --trace ./x --for 1s" "--log x --record x" "--for 1s --record - --region FR" "--for 1s --trace -" "--for 1s --record - --trace -" "--log x --log-part roof" "--for nan" "--for 1e300" "--log-format nvidia --log x" \
  "--covers 1e-9 --for 1s" "--for 100ms --covers 1% --warm-up 1s"; do
  # shellcheck disable=SC2086
  "$footpound" measure $bad >out 2>err
  check "usage: $bad" $? 2
done
"$footpound" measure -- >out 2>err
check "usage: nothing behind --" $? 2
"$footpound" measure --record no/such/folder/x -- touch started 2>err
check "a record that cannot be written is 4" $? 4
check "before the command runs" "$(ls started 2>/dev/null)" ""

exit $failed
