#!/bin/sh
# SPDX-License-Identifier: MIT
# installed_test.sh BUILD SOURCE PROGRAM [CMAKE_OPTION...]: a project that finds the installed library, and
# nothing else of this tree, builds, and prints what the program does.
set -eu
build=$1 source=$2 program=$3
shift 3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
run() { "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; echo "installed_test: failed: $*" >&2; exit 1; }; }

run cmake --install "$build" --component library --prefix "$work/prefix"
cp -r "$source/examples/library" "$work/example"
run cmake -S "$work/example" -B "$work/example/build" "-DCMAKE_PREFIX_PATH=$work/prefix" "$@"
run cmake --build "$work/example/build"
"$work/example/build/bert" >"$work/out"

# the program's own figures, to the same digits
"$program" estimate --gpu V100 --gpu-count 64 --hours 79 --region US \
  -f csv --no-header --columns energy_kwh,energy_low_kwh,energy_high_kwh |
  LC_ALL=C awk -F, '{printf "%.1f kWh (%.1f to %.1f)\n", $1, $2, $3}' >"$work/expected"
head -n 1 "$work/out" | diff "$work/expected" - || { echo "installed_test: not the program's figures" >&2; exit 1; }

# what docs/library.md shows is the example, and what it prints
fence() { awk -v begin="\`\`\`$1" '$0 == begin {on = 1; next} $0 == "```" {on = 0} on' "$source/docs/library.md"; }
fence cpp | diff - "$source/examples/library/bert.cpp" &&
  fence text | diff - "$work/out" || { echo "installed_test: docs/library.md shows it otherwise" >&2; exit 1; }
