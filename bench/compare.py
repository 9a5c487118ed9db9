#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Streams of job records: footpound beside what people would use instead, side by side on this machine.

  bench/compare.py --footpound build/release/footpound --jobs build/release/bench/bench_jobs

Needs only Python, a C compiler and the two programs. A peer that is not installed is named and left out:
  apt-get install gcc mawk gawk miller jq sqlite3 python3-pandas nodejs npm
  npm i --prefix SCRATCH/npm @duckdb/node-api nodejs-polars      (SCRATCH: --scratch)
  npm may leave out the part of nodejs-polars that holds the library: add nodejs-polars-linux-x64-gnu, same version

First every peer's numbers, and footpound's, are checked against plain arithmetic on 1e5 records; who differs is
not timed. Then all run in turn (A B C, A B C ...), so that a machine that slows down slows all. A ratio is the
median over the rounds of peer / footpound of one round: above 1, footpound takes less. Input lies in the page
cache, output goes to /dev/null. Times are those of the process and its children; memory is its peak.

Modes (--modes, all by default):
  rows-csv rows-ndjson   every record with energy_kwh, co2e_kg, co2e_lb, car_lifetimes, on 2 threads
  sum-csv sum-ndjson     totals by --keys, on 2 threads
  wc                     processor time on one thread against `wc -l` of the same file
  threads                wall time on 2 threads against 1
  columns                the default columns, with intervals, against the four
  memory                 peak at 1e5, 1e6 and 1e7 records (whatever --rows says)
"""
import argparse
import csv
import json
import math
import os
import statistics
import subprocess
import sys

import peers

MODES = ['rows-csv', 'rows-ndjson', 'sum-csv', 'sum-ndjson', 'wc', 'threads', 'columns', 'memory']
CHECKED = 100000  # records
TOLERANCE = 2e-5  # awk prints six digits

# launch REPORT COMMAND...: a small parent, so that a peak does not begin at this interpreter's own
LAUNCH_C = r'''
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec * 1e-6; }
int main(int argc, char **argv) {
  struct timespec a, b;
  struct rusage use;
  int status;
  clock_gettime(CLOCK_MONOTONIC, &a);
  pid_t child = fork();
  if (!child) { execvp(argv[2], argv + 2); _exit(127); }
  while (wait4(child, &status, 0, &use) < 0);
  clock_gettime(CLOCK_MONOTONIC, &b);
  int file = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);
  dprintf(file, "%.6f %.6f %.3f %d\n", (b.tv_sec - a.tv_sec) + (b.tv_nsec - a.tv_nsec) * 1e-9,
          seconds(use.ru_utime) + seconds(use.ru_stime), use.ru_maxrss / 1024.0,
          WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return argc < 3;
}
'''


class Run:
    """One finished command."""

    def __init__(self, wall, cpu, peak, status):
        self.wall, self.cpu, self.peak, self.status = float(wall), float(cpu), float(peak), int(status)


class Bench:
    def __init__(self, options):
        self.options = options
        self.scratch = os.path.abspath(options.scratch)
        self.scripts, self.tables = self.scratch + '/scripts', self.scratch + '/tables'
        for folder in (self.scripts, self.tables):
            os.makedirs(folder, exist_ok=True)
        self.footpound = os.path.abspath(options.footpound)
        self.jobs = os.path.abspath(options.jobs)
        subprocess.run([self.jobs, 'tables', self.tables], check=True)
        with open(self.scripts + '/launch.c', 'w') as file:
            file.write(LAUNCH_C)
        subprocess.run(['cc', '-O2', '-w', self.scripts + '/launch.c', '-o', self.scripts + '/launch'], check=True)
        self.keys = options.keys.split(',')
        self.peers = peers.Peers(self.scripts, self.tables, self.scratch + '/npm', self.keys)
        self.figures = []

    def data(self, form, rows):
        path = f'{self.scratch}/jobs-{rows}.{form}'
        if not os.path.exists(path):
            with open(path + '.part', 'wb') as file:
                subprocess.run([self.jobs, form, str(rows)], stdout=file, check=True)
            os.rename(path + '.part', path)
        with open(path, 'rb') as file:  # into the page cache
            while file.read(1 << 24):
                pass
        return path

    def tool(self, what, path, threads=2, columns=True):
        """footpound's own command line for the work."""
        shared = ['--tables', self.tables + '/overlay.json', '--boundary', 'accelerators', '--threads', str(threads), '--quiet']
        # totals of the two columns the peers add up, where this footpound can leave the others out
        wanted = {'rows': ','.join(peers.RESULTS), 'sum': 'jobs,energy_kwh,co2e_kg' if self.can_choose_totals() else ''}[what]
        chosen = ['--columns', wanted] if columns and wanted else []
        if what == 'rows':
            return [self.footpound, 'estimate'] + shared + chosen + [path]
        return [self.footpound, 'summarize', '--by', ','.join(self.keys), '-f', 'csv'] + shared + chosen + [path]

    def can_choose_totals(self):
        if not hasattr(self, '_can_choose'):
            shown = subprocess.run([self.footpound, 'summarize', '--help'], capture_output=True, text=True)
            self._can_choose = '--columns' in shown.stdout
        return self._can_choose

    def run(self, argv, stdin=None, stdout=subprocess.DEVNULL):
        report = f'{self.scripts}/report.{os.getpid()}'
        with open(stdin or os.devnull, 'rb') as given:
            subprocess.run([self.scripts + '/launch', report] + argv, stdin=given, stdout=stdout, stderr=subprocess.DEVNULL)
        with open(report) as file:
            run = Run(*file.read().split())
        os.remove(report)
        return run

    # ---- the numbers ----
    def reference(self):
        rows, sums = [], {}
        gpus, regions = self.peers.gpus, self.peers.regions
        with open(self.data('csv', CHECKED), newline='') as file:
            for r in csv.DictReader(file):
                place = regions[r['region']]
                watts = float(r['accelerator_power_w'] or gpus[r['gpu']] * float(r['utilization']))
                energy = int(r['gpu_count']) * float(r['hours']) * watts * float(r['pue'] or place['pue']) / 1000
                kg = energy * place['ci'] / 1000
                rows.append((r['job_id'], energy, kg, kg * 2.2046226218, kg * 2.2046226218 / 126000))
                total = sums.setdefault(','.join(r[key] for key in self.keys), [0, 0.0, 0.0])
                total[0] += 1
                total[1] += energy
                total[2] += kg
        return rows, sums

    def wrong(self, mode, name, argv, stdin, reference):
        """What is wrong with a command's numbers; '' where nothing is."""
        what, form = mode.split('-')
        path = f'{self.scratch}/check.{os.getpid()}'
        try:
            with open(path, 'wb') as file:
                status = self.run(argv, stdin, file).status
            if status != 0:
                return f'ended with status {status}'
            with open(path, newline='') as file:
                if what == 'rows':
                    got = list(csv.DictReader(file)) if form == 'csv' else [json.loads(line) for line in file]
                    return self.wrong_rows(got, reference[0], in_order=name != 'duckdb2-any')
                return self.wrong_sums(list(csv.reader(file)), reference[1])
        except (OSError, ValueError, KeyError, IndexError, TypeError) as problem:
            return f'its output is not what was asked: {type(problem).__name__} {problem}'
        finally:
            os.remove(path)

    def wrong_rows(self, got, wanted, in_order):
        if len(got) != len(wanted):
            return f'{len(got)} records, not {len(wanted)}'
        if not in_order:
            got.sort(key=lambda record: record['job_id'])
        for record, (job, *numbers) in zip(got, wanted):
            if record['job_id'] != job:
                return f'{record["job_id"]} where {job} should be'
            for name, number in zip(peers.RESULTS, numbers):
                if not close(record[name], number):
                    return f'{job}: {name} is {record[name]}, not {number}'
        return ''

    def wrong_sums(self, lines, wanted):
        """Columns are found by their names where a header has them; miller's and jq's stand in a known order."""
        width, got, at = len(self.keys), {}, None
        for line in lines:
            if line[0] == self.keys[0]:
                plain = {'jobs', 'energy_kwh', 'co2e_kg'} <= set(line)
                at = [line.index(name) for name in (('jobs', 'energy_kwh', 'co2e_kg') if plain else ('energy_kwh_count', 'energy_kwh_sum', 'co2e_kg_sum'))]
            elif at is None:  # jq: the keys in one field
                got[line[0]] = line[1:]
            else:
                got[','.join(line[:width])] = [line[i] for i in at]
        if len(got) != len(wanted):
            return f'{len(got)} groups, not {len(wanted)}'
        for group, numbers in wanted.items():
            if not all(close(a, b) for a, b in zip(got[group], numbers)):
                return f'{group}: {got[group]}, not {numbers}'
        return ''

    # ---- the rounds ----
    def rounds(self, commands):
        """{name: [Run]}: all in turn. Who takes too long is run once; who fails, no more."""
        runs = {name: [] for name, _, _ in commands}
        for _ in range(self.options.rounds):
            for name, argv, stdin in commands:
                if name not in runs or (runs[name] and runs[name][0].wall > self.options.longest):
                    continue
                run = self.run(argv, stdin)
                if run.status != 0:
                    print(f'{name}: left out, ended with status {run.status}')
                    del runs[name]
                else:
                    runs[name].append(run)
        return runs

    def report(self, title, runs, base, rows):
        print(f'\n{title}\n| who | rounds | wall s | cpu s | Mrow/s | peak MiB | wall / {base} | cpu / {base} |')
        print('| --- | --- | --- | --- | --- | --- | --- | --- |')
        for name, done in sorted(runs.items(), key=lambda item: median(run.wall for run in item[1])):
            wall, cpu = median(run.wall for run in done), median(run.cpu for run in done)
            peak = max(run.peak for run in done)
            ratios = ['', '']
            if base in runs:
                pairs = list(zip(done, runs[base]))
                ratios = [f'{median(a.wall / b.wall for a, b in pairs):.2f}', f'{median(a.cpu / max(b.cpu, 1e-4) for a, b in pairs):.2f}']
            print(f'| {name} | {len(done)} | {wall:.3f} | {cpu:.3f} | {rows / wall / 1e6:.2f} | {peak:.1f} | {ratios[0]} | {ratios[1]} |', flush=True)
            self.figures.append({'title': title, 'who': name, 'rounds': len(done), 'wall_s': wall, 'cpu_s': cpu, 'peak_mib': peak,
                                 'rows': rows, 'wall_ratio': ratios[0], 'cpu_ratio': ratios[1], 'against': base})

    def beside_peers(self, mode):
        what, form = mode.split('-')
        checked = self.data(form, CHECKED)
        right = set()
        for name, argv, stdin in self.commands(what, form, checked):
            problem = self.wrong(mode, name, argv, stdin, self.checked_against())
            if problem:
                print(f'{mode}: {name} is left out: {problem}')
            else:
                right.add(name)
        for rows in self.options.rows:
            path = self.data(form, rows)
            commands = [command for command in self.commands(what, form, path) if command[0] in right]
            by = f' by {self.options.keys}' if what == 'sum' else ''
            self.report(f'{mode}{by}, {rows} records, {os.path.getsize(path) / 1e6:.0f} MB', self.rounds(commands), 'footpound', rows)

    def checked_against(self):
        if not hasattr(self, '_reference'):
            self._reference = self.reference()
        return self._reference

    def commands(self, what, form, path):
        others = [c for c in self.peers.commands(what, form, path) if not self.options.only or c[0] in self.options.only]
        return [('footpound', self.tool(what, path), None)] + others

    def forms(self):
        return [(form, rows, self.data(form, rows)) for form in ('csv', 'ndjson') for rows in self.options.rows]

    def against_wc(self):
        for form, rows, path in self.forms():
            runs = self.rounds([('wc -l', ['wc', '-l', path], None), ('footpound, 1 thread', self.tool('rows', path, threads=1), None)])
            self.report(f'one thread against wc -l, {form}, {rows} records', runs, 'wc -l', rows)

    def against_one_thread(self):
        for form, rows, path in self.forms():
            runs = self.rounds([(f'{n} thread{"s" * (n > 1)}', self.tool('rows', path, threads=n), None) for n in (1, 2)])
            self.report(f'2 threads against 1, {form}, {rows} records', runs, '1 thread', rows)

    def against_four_columns(self):
        for form, rows, path in self.forms():
            runs = self.rounds([('four columns', self.tool('rows', path), None), ('default columns', self.tool('rows', path, columns=False), None)])
            self.report(f'default columns against four, {form}, {rows} records', runs, 'four columns', rows)

    def peaks(self):
        for form in ('csv', 'ndjson'):
            for what in ('rows', 'sum'):
                peaks = []
                for rows in (10**5, 10**6, 10**7):
                    path = self.data(form, rows)
                    peaks.append(median(self.run(self.tool(what, path)).peak for _ in range(3)))
                print(f'\npeak memory, {what}-{form}, 1e5 / 1e6 / 1e7 records: ' + ' / '.join(f'{peak:.1f}' for peak in peaks) + ' MiB', flush=True)
                self.figures.append({'title': f'peak memory, {what}-{form}', 'peak_mib': peaks})


def close(text, number):
    return math.isclose(float(text), number, rel_tol=TOLERANCE, abs_tol=1e-12)


def median(values):
    return statistics.median(list(values))


def chosen(allowed):
    def parse(text):
        names = [name for name in text.split(',') if name]
        for name in names:
            if name not in allowed:
                raise argparse.ArgumentTypeError(f'{name} is none of {", ".join(allowed)}')
        return names
    return parse


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--footpound', required=True, help='the program')
    parser.add_argument('--jobs', required=True, help='bench_jobs, which writes the records')
    parser.add_argument('--rows', type=lambda text: [int(float(n)) for n in text.split(',')], default=[10**6], help='1e6,1e7 ...')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--only', type=chosen(peers.ALL), default=[], help='these peers: ' + ','.join(peers.ALL))
    parser.add_argument('--modes', type=chosen(MODES), default=MODES)
    parser.add_argument('--keys', default='region', help='of the totals: region, or project,region,gpu')
    parser.add_argument('--longest', type=float, default=60, help='a command that takes more seconds is run once')
    parser.add_argument('--scratch', default='build/compare', help='records, scripts and npm packages')
    parser.add_argument('--json', help='write the figures to this file too')
    options = parser.parse_args()

    bench = Bench(options)
    special = {'wc': bench.against_wc, 'threads': bench.against_one_thread, 'columns': bench.against_four_columns, 'memory': bench.peaks}
    for mode in options.modes:
        if mode in special:
            special[mode]()
        else:
            bench.beside_peers(mode)
    for name, why in sorted(bench.peers.missing.items()):
        print(f'\nnot compared with {name}: {why}')
    if options.json:
        with open(options.json, 'w') as file:
            json.dump(bench.figures, file, indent=1)


if __name__ == '__main__':
    sys.exit(main())
