# SPDX-License-Identifier: MIT
"""What people would use instead of footpound for the same work: scripts and command lines.

The work, for each record:
  watts = accelerator_power_w, else watts(gpu) x utilization;  pue = pue, else pue(region)
  energy_kwh = gpu_count x hours x watts x pue / 1000;         co2e_kg = energy_kwh x g/kWh(region) / 1000
  co2e_lb = co2e_kg x 2.2046226218;                            car_lifetimes = co2e_lb / 126000
"rows" keeps every column, appends these four, keeps the order. "sum" groups by KEYS: jobs, energy_kwh, co2e_kg.
Each peer is written as somebody who knows it well would, and gets its best case: awk and node split at
commas (wrong on quoted fields, of which there are none), DuckDB is told the schema and driven from C.
"""
import glob
import json
import os
import shutil
import subprocess

COLUMNS = 'job_id,user,project,start,gpu,gpu_count,hours,accelerator_power_w,utilization,region,pue'.split(',')
RESULTS = 'energy_kwh,co2e_kg,co2e_lb,car_lifetimes'.split(',')
ALL = 'duckdb2 duckdb1 duckdb2-any polars mawk gawk miller sqlite3 jq node python pandas pandas-chunks'.split()


def awk(tables, keys):
    """Field numbers are those of COLUMNS."""
    load = (f'BEGIN {{ FS = OFS = ","; f = "{tables}/gpus.csv"; while ((getline < f) > 0) watts[$1] = $2\n'
            f'  f = "{tables}/regions.csv"; while ((getline < f) > 0) {{ grams[$1] = $3; pue[$1] = $4 }} }}\n')
    work = ('w = $8 == "" ? watts[$5] * $9 : $8\n'
            'e = $6 * $7 * w * ($11 == "" ? pue[$10] : $11) / 1000; k = e * grams[$10] / 1000\n')
    key = ' "," '.join(f'${COLUMNS.index(name) + 1}' for name in keys)
    rows = load + f'NR == 1 {{ print $0, "{",".join(RESULTS)}"; next }}\n{{ {work} l = k * 2.2046226218; print $0, e, k, l, l / 126000 }}\n'
    sums = load + (f'NR > 1 {{ {work} g = {key}; n[g]++; energy[g] += e; kg[g] += k }}\n'
                   f'END {{ print "{",".join(keys)},jobs,energy_kwh,co2e_kg"; for (g in n) print g, n[g], energy[g], kg[g] }}\n')
    return rows, sums


def miller(gpus, regions):
    work = (f'begin {{ @watts = {json.dumps(gpus)}; @regions = {json.dumps(regions)} }}\n'
            'map r = @regions[$region];\n'
            'var w = is_null($accelerator_power_w) ? @watts[$gpu] * $utilization : $accelerator_power_w;\n'
            'var p = is_null($pue) ? r["pue"] : $pue;\n'
            '$energy_kwh = $gpu_count * $hours * w * p / 1000; $co2e_kg = $energy_kwh * r["ci"] / 1000;\n')
    return work + '$co2e_lb = $co2e_kg * 2.2046226218; $car_lifetimes = $co2e_lb / 126000;\n', work


def jq(keys):
    work = ('($r[0][.region]) as $x | (.accelerator_power_w // ($g[0][.gpu] * .utilization)) as $w\n'
            '| (.gpu_count * .hours * $w * (.pue // $x.pue) / 1000) as $e | ($e * $x.ci / 1000) as $k | ')
    rows = work + '. + {energy_kwh: $e, co2e_kg: $k, co2e_lb: ($k * 2.2046226218), car_lifetimes: ($k * 2.2046226218 / 126000)}\n'
    key = ' + "," + '.join('.' + name for name in keys)
    sums = (f'reduce inputs as $o ({{}}; ($o | {work} [{key}, $e, $k]) as $t\n'
            '  | .[$t[0]] |= [(.[0] // 0) + 1, (.[1] // 0) + $t[1], (.[2] // 0) + $t[2]])\n'
            '| to_entries[] | [.key] + .value | @csv\n')
    return rows, sums


def sqlite(tables, keys):
    load = ('CREATE TABLE g(gpu TEXT PRIMARY KEY, tdp_w REAL) WITHOUT ROWID;\n'
            'CREATE TABLE r(region TEXT PRIMARY KEY, provider TEXT, ci REAL, pue_default REAL) WITHOUT ROWID;\n'
            'CREATE TABLE j(job_id TEXT, user TEXT, project TEXT, start TEXT, gpu TEXT, gpu_count INT, hours REAL,\n'
            '  accelerator_power_w REAL, utilization REAL, region TEXT, pue REAL);\n'
            f'.mode csv\n.import --skip 1 {tables}/gpus.csv g\n.import --skip 1 {tables}/regions.csv r\n.import --skip 1 {{in}} j\n.headers on\n'
            "WITH e AS (SELECT j.*, gpu_count * hours * coalesce(nullif(accelerator_power_w, ''), tdp_w * utilization)\n"
            "  * coalesce(nullif(j.pue, ''), pue_default) / 1000.0 AS energy_kwh, ci\n"
            '  FROM j LEFT JOIN g ON g.gpu = j.gpu LEFT JOIN r ON r.region = j.region)\n')
    kg = 'energy_kwh * ci / 1000'
    rows = load + (f'SELECT {",".join(COLUMNS)}, energy_kwh, {kg} AS co2e_kg, {kg} * 2.2046226218 AS co2e_lb,\n'
                   f'  {kg} * 2.2046226218 / 126000 AS car_lifetimes FROM e;\n')
    group = ','.join(keys)
    sums = load + f'SELECT {group}, count(*) AS jobs, sum(energy_kwh) AS energy_kwh, sum({kg}) AS co2e_kg FROM e GROUP BY {group};\n'
    return rows, sums


def duckdb(tables, keys, gpus, regions, json_in, sums, threads, ordered=True):
    """DuckDB's joins keep the order of rows on one thread only, and only if the optimizers that swap the
    sides of a join are off. In order on two threads: codes of an enum that index constant lists, the
    fastest ordered form found. With ordered=False two threads join and the order is lost: it does less."""
    numbers = {'gpu_count': 'BIGINT', 'hours': 'DOUBLE', 'accelerator_power_w': 'DOUBLE', 'utilization': 'DOUBLE', 'pue': 'DOUBLE'}
    schema = '{' + ','.join(f"'{name}':'{numbers.get(name, 'VARCHAR')}'" for name in COLUMNS) + '}'
    if json_in:
        source = f"read_json('{{in}}', format='newline_delimited', columns={schema})"
    else:
        source = f"read_csv('{{in}}', header=true, auto_detect=false, delim=',', quote='\"', columns={schema})"
    if threads > 1 and ordered and not sums:
        before = 'CREATE TYPE ge AS ENUM (SELECT gpu FROM g); CREATE TYPE re AS ENUM (SELECT region FROM r);'
        watts = list(gpus.values())
        grams, pue = ([region[name] for region in regions.values()] for name in ('ci', 'pue'))
        board, place = 'enum_code(gpu::ge) + 1', 'enum_code(region::re) + 1'
        energy = (f'SELECT j.*, gpu_count * hours * coalesce(accelerator_power_w, {watts}[{board}] * utilization)'
                  f' * coalesce(j.pue, {pue}[{place}]) / 1000 AS energy_kwh, {grams}[{place}] AS ci FROM {source} j')
    else:
        before = "SET disabled_optimizers='join_order,build_side_probe_side';"
        energy = (f'SELECT j.*, gpu_count * hours * coalesce(accelerator_power_w, tdp_w * utilization)'
                  f' * coalesce(j.pue, pue_default) / 1000 AS energy_kwh, ci_g_per_kwh AS ci'
                  f' FROM {source} j LEFT JOIN g USING(gpu) LEFT JOIN r USING(region)')
    kg, group = 'energy_kwh * ci / 1000', ','.join(keys)
    if sums:
        query = f'SELECT {group}, count(*) AS jobs, sum(energy_kwh) AS energy_kwh, sum({kg}) AS co2e_kg FROM e GROUP BY {group}'
    else:
        query = (f'SELECT * EXCLUDE(ci), {kg} AS co2e_kg, {kg} * 2.2046226218 AS co2e_lb,'
                 f' {kg} * 2.2046226218 / 126000 AS car_lifetimes FROM e')
    form = 'FORMAT json' if json_in and not sums else 'FORMAT csv, HEADER'
    return (f"SET threads={threads}; CREATE TABLE g AS FROM '{tables}/gpus.csv'; CREATE TABLE r AS FROM '{tables}/regions.csv';"
            f"{before} COPY (WITH e AS ({energy}) {query}) TO '/dev/stdout' ({form});")


# duck QUERY_FILE: no start of an interpreter is charged to DuckDB
DUCK_C = r'''
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { unsigned long a, b, c; void *d; char *e; void *f; } Result;
int duckdb_open(const char *, void **);
int duckdb_connect(void *, void **);
int duckdb_query(void *, const char *, Result *);
const char *duckdb_result_error(Result *);
int main(int argc, char **argv) {
  static char query[1 << 16];
  FILE *file = argc == 2 ? fopen(argv[1], "r") : 0;
  if (!file) return 2;
  query[fread(query, 1, sizeof query - 1, file)] = 0;
  void *database, *connection;
  Result result;
  memset(&result, 0, sizeof result);
  if (duckdb_open(0, &database) || duckdb_connect(database, &connection)) return 3;
  if (duckdb_query(connection, query, &result)) return fprintf(stderr, "%s\n", duckdb_result_error(&result)), 1;
  fflush(0);
  _Exit(0);
}
'''

PYTHON = r'''
import csv, json, sys
form, what, path, tables, keys = sys.argv[1:]
keys = keys.split(',')
watts = json.load(open(tables + '/gpus.json'))
regions = {k: (v['ci'], v['pue']) for k, v in json.load(open(tables + '/regions.json')).items()}
sums = {}
def add(key, e, k):
    total = sums.get(key)
    if total is None: total = sums[key] = [0, 0.0, 0.0]
    total[0] += 1; total[1] += e; total[2] += k
out = csv.writer(sys.stdout, lineterminator='\n')
if form == 'csv':
    rows = csv.reader(open(path, newline=''))
    header = next(rows)
    at = [header.index(name) for name in keys]
    if what == 'rows': out.writerow(header + ['energy_kwh', 'co2e_kg', 'co2e_lb', 'car_lifetimes'])
    for r in rows:
        grams, pue = regions[r[9]]
        w = float(r[7]) if r[7] else watts[r[4]] * float(r[8])
        e = int(r[5]) * float(r[6]) * w * (float(r[10]) if r[10] else pue) / 1000
        k = e * grams / 1000
        l = k * 2.2046226218
        if what == 'rows': out.writerow(r + [e, k, l, l / 126000])
        else: add(tuple([r[i] for i in at]), e, k)
else:
    for line in open(path):
        o = json.loads(line)
        grams, pue = regions[o['region']]
        w = o['accelerator_power_w']
        if w is None: w = watts[o['gpu']] * o['utilization']
        p = o['pue']
        e = o['gpu_count'] * o['hours'] * w * (pue if p is None else p) / 1000
        k = e * grams / 1000
        if what == 'rows':
            l = k * 2.2046226218
            o['energy_kwh'] = e; o['co2e_kg'] = k; o['co2e_lb'] = l; o['car_lifetimes'] = l / 126000
            sys.stdout.write(json.dumps(o) + '\n')
        else: add(tuple([o[name] for name in keys]), e, k)
if what == 'sum':
    out.writerow(keys + ['jobs', 'energy_kwh', 'co2e_kg'])
    for key, total in sums.items(): out.writerow(list(key) + total)
'''

PANDAS = r'''
import sys
import pandas as pd
form, what, path, tables, keys, chunk = sys.argv[1:]
keys, chunk = keys.split(','), int(chunk)
watts = pd.read_csv(tables + '/gpus.csv', index_col=0)['tdp_w']
regions = pd.read_csv(tables + '/regions.csv', index_col=0)
def estimated(d):
    w = d.accelerator_power_w.fillna(d.gpu.map(watts) * d.utilization)
    d['energy_kwh'] = d.gpu_count * d.hours * w * d.pue.fillna(d.region.map(regions.pue_default)) / 1000
    d['co2e_kg'] = d.energy_kwh * d.region.map(regions.ci_g_per_kwh) / 1000
    if what == 'rows':
        d['co2e_lb'] = d.co2e_kg * 2.2046226218
        d['car_lifetimes'] = d.co2e_lb / 126000
    return d
options = dict(lines=True, convert_dates=False) if form == 'ndjson' else {}
read = pd.read_json if form == 'ndjson' else pd.read_csv
total = None
for i, d in enumerate(read(path, chunksize=chunk, **options) if chunk else [read(path, **options)]):
    d = estimated(d)
    if what == 'sum':
        part = d.groupby(keys).agg(jobs=('energy_kwh', 'size'), energy_kwh=('energy_kwh', 'sum'), co2e_kg=('co2e_kg', 'sum'))
        total = part if total is None else total.add(part, fill_value=0)
    elif form == 'csv': d.to_csv(sys.stdout, index=False, header=i == 0)
    else: d.to_json(sys.stdout, orient='records', lines=True, double_precision=15)
if what == 'sum': total.reset_index().to_csv(sys.stdout, index=False)
'''

NODE = r'''
const fs = require('fs');
const [form, what, path, tables, keyList] = process.argv.slice(2), keys = keyList.split(',');
const watts = JSON.parse(fs.readFileSync(tables + '/gpus.json')), regions = JSON.parse(fs.readFileSync(tables + '/regions.json'));
const columns = 'job_id,user,project,start,gpu,gpu_count,hours,accelerator_power_w,utilization,region,pue'.split(',');
const at = keys.map(k => columns.indexOf(k)), sums = new Map();
let out = [], rest = '', header = form === 'csv';
function flush() { if (out.length) fs.writeSync(1, out.join('\n') + '\n'); out = []; }
function put(s) { out.push(s); if (out.length >= 4096) flush(); }
function add(key, e, k) { let t = sums.get(key); if (!t) sums.set(key, t = [0, 0, 0]); t[0]++; t[1] += e; t[2] += k; }
function csvLine(s) {
  if (header) { header = false; if (what === 'rows') put(s + ',energy_kwh,co2e_kg,co2e_lb,car_lifetimes'); return; }
  const r = s.split(','), x = regions[r[9]], w = r[7] !== '' ? +r[7] : watts[r[4]] * +r[8];
  const e = +r[5] * +r[6] * w * (r[10] !== '' ? +r[10] : x.pue) / 1000, k = e * x.ci / 1000, l = k * 2.2046226218;
  if (what === 'rows') put(s + ',' + e + ',' + k + ',' + l + ',' + l / 126000);
  else add(at.length === 1 ? r[at[0]] : at.map(i => r[i]).join(','), e, k);
}
function jsonLine(s) {
  const o = JSON.parse(s), x = regions[o.region];
  const e = o.gpu_count * o.hours * (o.accelerator_power_w ?? watts[o.gpu] * o.utilization) * (o.pue ?? x.pue) / 1000;
  const k = e * x.ci / 1000;
  if (what === 'rows') {
    o.energy_kwh = e; o.co2e_kg = k; o.co2e_lb = k * 2.2046226218; o.car_lifetimes = o.co2e_lb / 126000; put(JSON.stringify(o));
  } else add(keys.map(i => o[i]).join(','), e, k);
}
const file = fs.openSync(path), buffer = Buffer.allocUnsafe(1 << 20), decoder = new (require('string_decoder').StringDecoder)('utf8');
const line = form === 'csv' ? csvLine : jsonLine;
for (let n; (n = fs.readSync(file, buffer, 0, buffer.length, null)) > 0;) {
  const lines = (rest + decoder.write(buffer.subarray(0, n))).split('\n');
  rest = lines.pop();
  for (const x of lines) line(x);
}
if (rest) line(rest);
if (what === 'sum') { put(keys + ',jobs,energy_kwh,co2e_kg'); for (const [key, t] of sums) put(key + ',' + t); }
flush();
'''

POLARS = r'''
const [form, what, path, tables, keyList, library] = process.argv.slice(2), keys = keyList.split(',');
const pl = require(library), c = pl.col;
const columns = 'job_id,user,project,start,gpu,gpu_count,hours,accelerator_power_w,utilization,region,pue'.split(',');
const gpus = pl.readCSV(tables + '/gpus.csv').lazy(), regions = pl.readCSV(tables + '/regions.csv').lazy();
let q = form === 'csv' ? pl.scanCSV(path) : pl.scanJson(path);
q = q.join(gpus, {on: 'gpu', how: 'left'}).join(regions, {on: 'region', how: 'left'});
const w = c('accelerator_power_w').fillNull(c('tdp_w').mul(c('utilization')));
q = q.withColumns(c('gpu_count').mul(c('hours')).mul(w).mul(c('pue').fillNull(c('pue_default'))).div(1000).alias('energy_kwh'));
q = q.withColumns(c('energy_kwh').mul(c('ci_g_per_kwh')).div(1000).alias('co2e_kg'));
if (what === 'rows') {
  const pounds = c('co2e_kg').mul(2.2046226218);
  q = q.withColumns(pounds.alias('co2e_lb'), c('co2e_kg').mul(2.2046226218 / 126000).alias('car_lifetimes'));
  const d = q.select(...[...columns, 'energy_kwh', 'co2e_kg', 'co2e_lb', 'car_lifetimes'].map(x => c(x))).collectSync();
  if (form === 'csv') d.writeCSV('/dev/stdout'); else d.writeJSON('/dev/stdout', {format: 'lines'});
} else {
  q.groupBy(keys).agg(pl.len().alias('jobs'), c('energy_kwh').sum(), c('co2e_kg').sum()).collectSync().writeCSV('/dev/stdout');
}
'''


class Peers:
    """The peers that are installed, their scripts written to `folder`; `missing` says what is not, and why."""

    def __init__(self, folder, tables, npm, keys):
        self.folder, self.tables, self.npm, self.keys = folder, tables, npm, keys
        self.gpus = json.load(open(tables + '/gpus.json'))
        self.regions = json.load(open(tables + '/regions.json'))
        self.missing = {}
        self.python = shutil.which('python3', path='/usr/bin:/bin') or 'python3'  # Debian's has pandas
        self.duck = self._build_duck()
        self.polars = self._find_polars()
        self.pandas = subprocess.run([self.python, '-c', 'import pandas'], stderr=subprocess.DEVNULL).returncode == 0

    def _put(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as file:
            file.write(text)
        return path

    def _build_duck(self):
        found = glob.glob(self.npm + '/node_modules/@duckdb/node-bindings-linux-*/libduckdb.so')
        if not found:
            return None
        source, program = self._put('duck.c', DUCK_C), os.path.join(self.folder, 'duck')
        where = os.path.dirname(os.path.abspath(found[0]))
        subprocess.run(['cc', '-O2', source, '-o', program, '-L' + where, '-lduckdb', '-Wl,-rpath,' + where], check=True)
        return program

    def _find_polars(self):
        """The package is a shell around one with the library for this machine, which npm may have left out."""
        library = os.path.abspath(self.npm + '/node_modules/nodejs-polars')
        if not shutil.which('node') or not os.path.isdir(library):
            return None
        tried = subprocess.run(['node', '-e', 'require(process.argv[1]).DataFrame({a: [1]})', library], capture_output=True)
        return library if tried.returncode == 0 else None

    def commands(self, what, form, path):
        """[(name, argv, input or None)] for 'rows' or 'sum' over a file of form 'csv' or 'ndjson'."""
        out, sums, csv_in = [], what == 'sum', form == 'csv'
        keys = ','.join(self.keys)

        def add(name, ok, why, argv, stdin=None):
            if ok:
                out.append((name, argv() if callable(argv) else argv, stdin))
            else:
                self.missing[name] = why

        def has(program):
            return shutil.which(program) is not None

        def duck(threads, ordered=True):
            name = f'{what}-{form}-{threads}-{ordered}.sql'
            query = duckdb(self.tables, self.keys, self.gpus, self.regions, not csv_in, sums, threads, ordered)
            return [self.duck, self._put(name, query.replace('{in}', path))]

        no_duck = 'no libduckdb.so of the npm package @duckdb/node-api'
        add('duckdb2', self.duck, no_duck, lambda: duck(2))
        add('duckdb1', self.duck, no_duck, lambda: duck(1))
        if not sums:
            add('duckdb2-any', self.duck, no_duck, lambda: duck(2, False))
        script = [form, what, path, self.tables, keys]
        add('polars', self.polars, 'the npm package nodejs-polars is not there or does not load',
            lambda: ['env', 'POLARS_MAX_THREADS=2', 'node', self._put('polars.js', POLARS)] + script + [self.polars])
        pick = 1 if sums else 0
        if csv_in:
            program = self._put(what + '.awk', awk(self.tables, self.keys)[pick])
            add('mawk', has('mawk'), 'no mawk', ['mawk', '-f', program, path])
            add('gawk', has('gawk'), 'no gawk', ['env', 'LC_ALL=C', 'gawk', '-b', '-f', program, path])
            add('sqlite3', has('sqlite3'), 'no sqlite3',
                lambda: ['sqlite3', ':memory:'], self._put(what + '.sql', sqlite(self.tables, self.keys)[pick].replace('{in}', path)))
        else:
            add('jq', has('jq'), 'no jq',
                ['jq'] + (['-n', '-r'] if sums else ['-c']) + ['--slurpfile', 'g', self.tables + '/gpus.json', '--slurpfile', 'r',
                 self.tables + '/regions.json', '-f', self._put(what + '.jq', jq(self.keys)[pick]), path])
        verbs = ['put', '-f', self._put(what + '.mlr', miller(self.gpus, self.regions)[pick])]
        if sums:
            verbs += ['then', 'stats1', '-a', 'count,sum', '-f', 'energy_kwh,co2e_kg', '-g', keys]
        add('miller', has('mlr'), 'no mlr',
            ['mlr', '--icsv' if csv_in else '--ijsonl', '--ocsv' if csv_in or sums else '--ojsonl'] + verbs + [path])
        add('node', has('node'), 'no node', ['node', self._put('loop.js', NODE)] + script)
        add('python', True, '', [self.python, self._put('loop.py', PYTHON)] + script)
        pandas = [self.python, self._put('frame.py', PANDAS)] + script
        add('pandas', self.pandas, 'no pandas', pandas + ['0'])
        add('pandas-chunks', self.pandas, 'no pandas', pandas + ['100000'])
        return out
