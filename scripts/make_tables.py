#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns fact CSVs into footpound's data tables, writes their schemas, checks them.

  make_tables.py TABLE CSV... [-o FILE]   one table from its fact CSVs
  make_tables.py all CSV... -o DIR        every table whose CSVs are all given, then sources
  make_tables.py sources JSON... [-o FILE]  the sources that the given tables cite
  make_tables.py schemas -o DIR           one JSON Schema per table
  make_tables.py check DIR                unique ids, order, types, references, folded names

data/schema/tables.json declares the tables and their columns; here is how rows are made of facts.
A fact CSV is known by its file name. What no fact CSV says (public sources, our own notes,
other names of places, corrections) lies in data/curation/*.csv. The same input gives the
same bytes. Numbers are decimals from end to end: no digit is gained or lost.
"""
import argparse
import csv
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Callable, Optional

ROOT = Path(__file__).resolve().parent.parent
SCHEMA_VERSION = 1


class DataError(Exception):
    """Something in the facts, the curation or a table breaks a rule."""


# ---------------------------------------------------------------- columns

@dataclass(frozen=True)
class Column:
    """One key of a row, as data/schema/tables.json declares it; docs/data.md tells its words."""
    key: str
    type: str  # text | texts | number | integer | flag
    help: str  # carries the unit
    required: bool = False
    values: tuple = ()
    least: Optional[Decimal] = None
    above: Optional[Decimal] = None  # least, itself outside
    most: Optional[Decimal] = None
    refers_to: str = ""  # the table that has the id

    @staticmethod
    def declared(said: dict) -> "Column":
        return Column(said["key"], said["type"], said["help"], said.get("required", False),
                      tuple(said.get("values", ())), said.get("from"), said.get("above"), said.get("to"),
                      said.get("refers_to", ""))

    def schema(self) -> dict:
        """JSON Schema of the value."""
        types = {"number": "number", "integer": "integer", "flag": "boolean"}
        one: dict = {"type": types.get(self.type, "string")}
        if self.values:
            one["enum"] = list(self.values)
        elif one["type"] == "string":
            one["minLength"] = 1
        if self.least is not None:
            one["minimum"] = self.least
        if self.above is not None:
            one["exclusiveMinimum"] = self.above
        if self.most is not None:
            one["maximum"] = self.most
        if self.type == "texts":
            return {"description": self.help, "type": "array", "items": one, "minItems": 1,
                    "uniqueItems": True}
        return {"description": self.help, **one}

    def problem(self, value) -> str:
        """Why the value does not fit the column; empty when it does."""
        if self.type == "texts":
            if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
                return "must be a list of distinct texts"
            return next(filter(None, (self._problem_of_one(item) for item in value)), "")
        return self._problem_of_one(value)

    def _problem_of_one(self, value) -> str:
        if self.type == "flag":
            return "" if isinstance(value, bool) else "must be true or false"
        if self.type in ("number", "integer"):
            if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
                return "must be a number"
            if self.type == "integer" and value != int(value):
                return "must be a whole number"
            if self.least is not None and value < self.least:
                return f"is below {self.least}"
            if self.above is not None and value <= self.above:
                return f"is not above {self.above}"
            if self.most is not None and value > self.most:
                return f"is above {self.most}"
            return ""
        if not isinstance(value, str) or not value:
            return "must be a text that is not empty"
        return "" if not self.values or value in self.values else f"must be one of {self.values}"

    def parse(self, text: str):
        """The value that a text of a curation file stands for."""
        if self.type == "texts":
            return text.split("|")
        if self.type == "flag":
            return {"true": True, "false": False}[text]
        return number(text) if self.type in ("number", "integer") else text


@dataclass(frozen=True)
class Declared:
    """One table of data/schema/tables.json."""
    help: str
    columns: list
    one_of: tuple  # each row has exactly one of these


def read_declaration(path: Path) -> dict:
    said = json.loads(path.read_text(encoding="utf-8"), parse_int=Decimal, parse_float=Decimal)
    return {table["table"]: Declared(table["help"], [
        Column.declared({**said["shared"].get(column["key"], {}), **column}) for column in table["columns"]],
        tuple(table.get("one_of", ()))) for table in said["tables"]}


DECLARED = read_declaration(ROOT / "data" / "schema" / "tables.json")


def columns_of(name: str) -> list:
    return DECLARED[name].columns


# ---------------------------------------------------------------- values and rows

def number(text: str):
    """The exact decimal of a printed number (thousands commas allowed); None when empty."""
    text = text.strip().replace(",", "")
    return Decimal(text) if text else None


def scaled(text: str, factor: str):
    """An exact unit conversion by a power of ten or another exact decimal."""
    value = number(text)
    return None if value is None else value * Decimal(factor)


def without_float_noise(text: str):
    """A number that was printed from binary floating point, rounded to ten digits."""
    value = number(text)
    return None if value is None else Decimal(f"{value:.9e}")


def number_text(value) -> str:
    """Shortest JSON text of a decimal: no trailing zeros, an exponent only where it is shorter."""
    value = Decimal(value).normalize()
    sign, digits, exponent = value.as_tuple()
    if -7 <= value.adjusted() < 16:
        return f"{value:f}"
    mantissa = "".join(map(str, digits))
    mantissa = mantissa[0] + ("." + mantissa[1:] if len(mantissa) > 1 else "")
    return f"{'-' if sign else ''}{mantissa}e{value.adjusted():+03d}"


def json_text(value) -> str:
    """Compact one-line JSON with exact decimals."""
    if isinstance(value, bool) or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, Decimal)):
        return number_text(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    return "{" + ", ".join(f"{json_text(key)}: {json_text(item)}" for key, item in value.items()) + "}"


def table_text(name: str, rows: list) -> str:
    """The file of a table: one row per line."""
    lines = ",\n".join(json_text(row) for row in rows)
    return f'{{"table": {json_text(name)}, "schema": {SCHEMA_VERSION}, "rows": [\n{lines}\n]}}\n'


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def fold(name: str) -> str:
    """How names are compared: case, blanks, - and _ do not count."""
    return re.sub(r"[\s_-]", "", name.lower())


def plain(name: str) -> str:
    """As typed on a keyboard without accents."""
    letters = name.translate(str.maketrans("øØłŁđĐıß’", "oOlLdDis'"))
    return "".join(c for c in unicodedata.normalize("NFD", letters) if not unicodedata.combining(c))


def with_plain(names) -> list:
    """Each name, and behind those with accents the same without: the program looks for both."""
    return distinct(each for name in names for each in (name, plain(name)))


def listed(text: str) -> list:
    """The items of a fact's cell."""
    return [item.strip() for item in text.split(";") if item.strip()]


def other_names(names, *taken) -> list:
    """Distinct names of a row, but those that are compared alike with one that it has."""
    seen, others = {fold(name) for name in taken}, []
    for name in with_plain([*taken, *names]):
        if fold(name) not in seen:
            seen.add(fold(name))
            others.append(name)
    return others


def distinct(items) -> list:
    return list(dict.fromkeys(items))


# ---------------------------------------------------------------- facts and curation

# Second readings that only confirm a figure of a row's first source; they are not cited.
CONFIRMING_ONLY = frozenset("""
    oci-names-list awesome-llms-catalogue bingo-repro codecarbon-docs codecarbon-model-examples codellama-card-mirror
    emissions-table-2024-html hardware-costs-course literature-dossier vstudy-dataset""".split())


def read_csv(path: Path) -> list:
    with open(path, newline="", encoding="utf-8") as file:
        return [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)]


class Facts:
    """Fact CSVs by file name, with the curation beside them."""

    def __init__(self, paths, curation: Path):
        self.files = {Path(path).stem: read_csv(Path(path)) for path in paths}
        self.sources = read_csv(curation / "sources.csv")
        self.overrides = read_csv(curation / "overrides.csv")
        self.place_names = read_csv(curation / "place_names.csv")
        self.towns = read_csv(curation / "towns.csv")
        self.providers = {row["id"]: row for row in read_csv(curation / "providers.csv")}
        self.energy_scopes = {row["energy_scope"]: row for row in read_csv(curation / "energy_scopes.csv")}
        self.public_id = {name: row["id"] for row in self.sources
                          for name in [row["id"], *row["known_as"].split()]}
        self.edition = {row["id"]: int(row["year"]) for row in self.sources}

    def __getitem__(self, stem: str) -> list:
        if stem not in self.files:
            raise DataError(f"{stem}.csv is needed")
        return self.files[stem]

    def cite(self, text: str) -> list:
        """Public source ids for the ids that a fact row names, split at ; and |."""
        named = [name.strip() for name in re.split(r"[;|]", text) if name.strip()]
        cited = distinct(self.public_id[name] if name in self.public_id else self._confirming(name)
                         for name in named)
        return [name for name in cited if name]

    @staticmethod
    def _confirming(name: str) -> str:
        if name in CONFIRMING_ONLY:
            return ""
        raise DataError(f"source {name!r} is not in curation/sources.csv")

    def what_energy_counts(self, scope: str) -> dict:
        """Columns of a run for the words with which its source tells what the energy covers."""
        if not scope:
            return {}
        if scope not in self.energy_scopes:
            raise DataError(f"energy scope {scope!r} is not in curation/energy_scopes.csv")
        row = self.energy_scopes[scope]
        return {"energy_of": row["energy_of"],
                "energy_has_pue": row["energy_has_pue"] == "true" if row["energy_has_pue"] else None}

    def newest(self, sources: list) -> int:
        return max(self.edition[source] for source in sources)


# ---------------------------------------------------------------- hardware

# Parts that run models but cannot train them.
INFERENCE_ONLY = frozenset("""tpu-v1 tpu-v4i inferentia1 inferentia2 mtia-v1 mtia-v2 ascend-310 groq-lpu-v1""".split())
# A slice of a pod, or an instance family, is not a name of one chip.
NOT_A_CHIP = re.compile(r"v\d+(p|e|litepod)?(-\d+)?|(trn|inf)\d", re.IGNORECASE)
RATED_BY = {
    "techpowerup-gpudb": "rated power as compiled by TechPowerUp",
    "epoch-ml-hardware": "rated power as compiled by Epoch AI",
    "gpumap": "maker's rating via secondary compilation",
    "green-algorithms": "rated power as compiled by Green Algorithms",
}


def kept_accelerators(facts) -> list:
    return [row for row in facts["accelerators"]
            if row["form"] != "laptop" and row["id"] not in INFERENCE_ONLY]


def accelerator_ids(facts) -> set:
    return {row["id"] for row in kept_accelerators(facts)}


def chip_aliases(row) -> list:
    """Distinct other names of a part: no slices, nothing that folds to its id or name."""
    seen, aliases = {fold(row["id"]), fold(row["name"])}, []
    for alias in row["aliases"].split("|"):
        if alias and not NOT_A_CHIP.fullmatch(alias) and fold(alias) not in seen:
            seen.add(fold(alias))
            aliases.append(alias)
    return aliases


def build_accelerators(facts):
    for row in kept_accelerators(facts):
        source = facts.cite(row["source_id"])
        rated = RATED_BY.get(row["source_id"].split("|")[0], "press or community report")
        yield {
            "id": row["id"], "vendor": row["vendor"], "name": row["name"], "aliases": chip_aliases(row),
            "kind": row["kind"], "form": row["form"], "launched": number(row["year"]),
            "memory_gb": number(row["memory_gb"]), "rated_power_w": number(row["tdp_w"]),
            "devices_per_board": number(row["devices_per_board"]),
            "peak_fp32_tflops": number(row["peak_tflops_fp32"]),
            "peak_16bit_tflops": number(row["peak_tflops_fp16_or_bf16_dense"]),
            "peak_fp8_tflops": number(row["peak_tflops_fp8_dense"]),
            "idle_w": number(row["idle_w"]), "source": source, "year": facts.newest(source),
            "method": rated if row["tdp_w"] else "no published rated power",
        }


def build_ambiguous_names(facts):
    parts = {row["id"]: row for row in kept_accelerators(facts)}
    taken = set()
    for row in facts["ambiguous_aliases"]:
        candidates = [name for name in row["candidate_ids"].split("|") if name in parts]
        key = fold(re.sub(r"^NVIDIA\s+(?=[A-Z]\d)", "", row["alias"]))
        if not candidates or key in taken:
            continue
        taken.add(key)
        source = distinct(facts.cite(parts[name]["source_id"])[0] for name in candidates)
        yield {
            "id": row["alias"], "accelerator": row["default_id"], "candidates": candidates,
            "how_to_tell": row["how_to_tell"], "source": source, "year": facts.newest(source),
            "method": "one name printed for several parts",
        }


def measured_scope(text: str) -> str:
    if text.startswith("rest of node"):
        return "rest_of_node"
    return "system" if "share" in text else "board"


def build_measured_power(facts):
    parts = accelerator_ids(facts)
    for row in facts["measured_power"]:
        source = facts.cite(row["source_id"])
        if row["accelerator_id"] in parts:
            yield {
                "id": row["id"], "accelerator": row["accelerator_id"], "scope": measured_scope(row["scope"]),
                "watts": number(row["watts"]), "statistic": row["statistic"],
                "workload": row["workload"].replace("; ", ", "), "source": source,
                "year": facts.newest(source), "method": "published measurement",
            }


# Names of processors that people put under a desk or in a rack; first match wins, no class = left out.
CPU_CLASSES = [(re.compile(pattern), kind) for pattern, kind in (
    (r"Embedded|Intel Core i7\+|Xeon Phi [357]1", ""),
    (r"Xeon (E3-\d+M|E-\d+M|W-1\d{4}M)", ""),
    (r"Threadripper|Xeon [Ww]\d?-|Xeon W\d", "workstation"),
    (r"Xeon|EPYC|Opteron|Graviton|Ampere", "server"),
    (r"Intel Core 2 Quad|Intel Core i\d-\d{3,5}(K|KF|KS|F|S|T|X|XE|C)?( X-series| Extreme Edition)?$", "desktop"),
    (r"Ryzen \d (PRO )?\d{4}(X|XT|X3D|G|GE|F|E|AF|GT|XE)?$", "desktop"),
    (r"Apple M\d|AMD FX-|AMD A8-|Athlon 3000G", "desktop"),
)]


def cpu_class(name: str) -> str:
    return next((kind for pattern, kind in CPU_CLASSES if pattern.search(name)), "")


def cpu_method(row) -> str:
    if row["vendor"] == "AWS":
        return "community estimate"
    if row["vendor"] == "Apple":
        return "community figure for the whole chip, GPU included"
    first = row["source_id"].split("|")[0]
    if first in ("codecarbon-intel-ark", "codecarbon-amd"):
        return "maker's rating via CodeCarbon"
    return "rated power via secondary compilation"


def build_cpus(facts):
    for row in facts["cpus"]:
        kind = cpu_class(row["name"])
        if kind and row["cores"] and row["tdp_w"]:
            source = facts.cite(row["source_id"])
            yield {
                "id": row["id"], "vendor": row["vendor"], "name": row["name"], "class": kind,
                "cores": number(row["cores"]), "rated_power_w": number(row["tdp_w"]),
                "launched": number(row["year"]), "source": source, "year": facts.newest(source),
                "method": cpu_method(row),
            }


def build_memory(facts):
    for row in facts["memory"]:
        source = facts.cite(row["source_id"])
        if row["w_per_gb"]:
            yield {
                "id": row["id"], "applies_to": row["applies_to"], "w_per_gb": number(row["w_per_gb"]),
                "source": source, "year": facts.newest(source), "method": "tool's coefficient",
            }


EMBODIED_COMPONENTS = {
    "gpu": "accelerator", "tpu chip": "accelerator", "gpu (1/8 of instance)": "accelerator with host share",
    "gpu baseboard (8 GPUs)": "accelerator baseboard", "chip (die only)": "die",
    "tpu chip with host share": "tpu with host share", "server without gpu": "server",
    "server without tpu": "server", "server base": "server",
}
CARD = "accelerator"
# The part that a study meant where it only says "A100": its own machines.
STUDIED_PART = {"a100 (generic)": "a100-sxm4-80gb", "a100 (p4d share)": "a100-sxm4-40gb"}


def build_embodied(facts):
    """Whole parts only: model coefficients per cm2 or per kg of material are left out."""
    parts = accelerator_ids(facts)
    for row in facts["embodied"]:
        about = STUDIED_PART.get(row["id_or_model"], row["id_or_model"])
        if re.search(r" per (cm2|kg)\b", row["unit"]) or about in INFERENCE_ONLY:
            continue
        component = EMBODIED_COMPONENTS.get(row["component"], row["component"])
        source = facts.cite(row["source_id"])
        whole_part = about in parts and component != "die"
        subject = about if whole_part else slug(f"{component} {about}")
        yield {
            "id": f"{subject}:{source[0]}", "component": component,
            "accelerator": about if about in parts else "", "kgco2e": number(row["kgco2e"]),
            "unit": row["unit"], "lifetime_years": number(row["lifetime_years"]),
            "boundary": row["boundary"], "source": source, "year": facts.newest(source),
            "method": "published figure",
        }


def add_embodied_ranges(rows):
    """On the preferred row of an accelerator: lowest and highest of the card-level figures, where they differ."""
    for row in rows:
        if row.get("preferred"):
            cards = [other["kgco2e"] for other in rows
                     if other.get("accelerator") == row["accelerator"] and other["component"] == CARD]
            if len(set(cards)) > 1:
                row["low_kgco2e"], row["high_kgco2e"] = min(cards), max(cards)


def build_instances(facts):
    parts = accelerator_ids(facts)
    for row in facts["cloud_instances"]:
        if row["accelerator_id"] in parts:
            source = facts.cite(row["source_id"])
            tpu = row["accelerator_id"].startswith("tpu-")
            yield {
                "id": f"{row['provider']}:{row['instance_type']}", "provider": row["provider"],
                "name": row["instance_type"], "accelerator": row["accelerator_id"],
                "accelerator_count": number(row["accelerator_count"]), "vcpus": number(row["vcpus"]),
                "memory_gb": number(row["memory_gb"]), "source": source, "year": facts.newest(source),
                "method": "operator's naming rule" if tpu else
                          "operator's page" if source[0] == "azure-vm-sizes" else "secondary list of the operator's offer",
                "note": row["note"] if tpu else "",
            }


PAPER_PRICES = {  # printed name in the paper's notation -> accelerator, what is priced, counted devices in it
    "P100 GPU-hour": ("p100", "tesla-p100-pcie-16gb", "GPU-hour", Decimal(1)),
    "V100 GPU-hour": ("v100", "tesla-v100-sxm2-16gb", "GPU-hour", Decimal(1)),
    "TPU v2 device-hour": ("tpu-v2", "tpu-v2", "device-hour (4 chips)", Decimal(4)),
    "TPU v3 device-hour": ("tpu-v3", "tpu-v3", "device-hour (4 chips)", Decimal(4)),
}


def build_prices(facts):
    """The paper's own prices, then whole instances of the exports that name a month."""
    paper = {"source": ["strubell-2019"], "year": 2019, "method": "inferred from the printed costs"}
    for row in facts["strubell2019"]:
        name = row["row"].removeprefix("cloud price ")
        if name in PAPER_PRICES:
            key, accelerator, unit, devices = PAPER_PRICES[name]
            low, high = map(number, row["printed"].split(" to "))
            yield {"id": f"strubell2019:{key}", "set": "strubell2019", "provider": "gcp", "name": name.rsplit(" ", 1)[0],
                   "accelerator": accelerator, "unit": unit, "devices": devices, "usd_per_hour_on_demand": high,
                   "usd_per_hour_spot": low, "date": "2019", **paper}
        elif row["row"] == "electricity price":
            yield {"id": "strubell2019:electricity-us", "set": "strubell2019", "name": "electricity, US average",
                   "unit": "kWh", "usd_per_kwh": number(row["printed"]), "date": "2019", **paper}
    parts = accelerator_ids(facts)
    for row in facts["cloud_prices"]:
        source = facts.cite(row["source_id"])
        if row["accelerator_id"] in parts and source != ["strubell-2019"]:
            group = f"{row['provider']}-{row['date']}"
            yield {"id": f"{group}:{row['accelerator_or_instance']}", "set": group, "provider": row["provider"],
                   "name": row["accelerator_or_instance"], "accelerator": row["accelerator_id"],
                   "unit": "instance-hour", "usd_per_hour_on_demand": number(row["usd_per_hour_on_demand"]),
                   "usd_per_hour_spot": number(row["usd_per_hour_spot"]), "date": row["date"], "source": source,
                   "year": int(row["date"][:4]), "method": "price list export, Linux"}


# ---------------------------------------------------------------- places, grids, buildings

LISTED_BY = {
    "gcp-region-carbon-2025": "operator's published list", "aws-botocore-2024": "operator's SDK",
    "oracle-oci-sdk-2024": "operator's SDK, place read from the code",
    "aws-regions-2026": "operator's page via secondary list", "boavizta-cloud-regions-2026": "community list",
    "claranet-azure-regions-2024": "community list", "alibaba-regions-2025": "operator's page via secondary lists",
}
PUERTO_RICO = {"PRMS", "US-PR"}  # parts of the US grid data, a country in the lifecycle data


def country_id(row) -> str:
    return row["iso3166_alpha2"] or row["iso3166_alpha3"]


def by_year(rows, key) -> list:
    return sorted(rows, key=lambda row: int(row[key] or 0))


# Parts of a country that lie on the grid of another.
GRID_OF = {"AU-ACT": "AU-NSW"}
# How clouds that have no list of their own among the facts are called in print.
RENTED_NAMES = {"coreweave": "CoreWeave", "runpod": "RunPod", "seeweb": "Seeweb"}
# Names of sites that are ordinary words or short for much else: only as their id, or with more words beside.
NOT_ALONE = "bare word"


def state_of(text: str, country: str) -> str:
    """The state or province, where it is a region of ours."""
    state = GRID_OF.get(text, text)
    return state if country in ("AU", "CA", "US") else ""


def console_names(row) -> list:
    """What a console prints for a region; a name that holds the code is read by its parts."""
    names = [name for name in listed(row["display_names"])
             if not (" " in name and row["region_code"].lower() in name.lower()) and "," not in re.sub(r"\(.*?\)", "", name)]  # "Osaka, Japan" is nobody's own name
    return names if row["provider"] != "ovh" else [name for name in names if "(" not in name]


def site_names(row) -> list:
    names = listed(row["names"])
    if row["kind"] == "rental":  # its halls are numbered as zones are, by another count
        return [name for name in names if row["operator"] in name]
    if NOT_ALONE in row["notes"]:
        return [name for name in names if fold(name) == fold(row["id"]) or re.search(r"[ (]", name)]
    return names


def known_sites(facts) -> list:
    """Sites whose place was read in a public source; the others are hearsay."""
    return [row for row in facts["sites"] if row["confidence"] == "verified" and row["grid_zone"]
            and row["location_source"] and row["kind"] != "notebook" and row["id"] not in facts.providers]


def build_regions(facts):
    names: dict = {}
    for row in facts.place_names:
        names.setdefault(row["id"], []).append(row["name"])
    printed = {row["region_id"]: row for row in facts["region_names"] if row["region_id"] and row["source"]}
    regions: dict = {}

    def add(region, kind, name, row, year_key, aliases=(), source_id="", **rest):
        source = facts.cite(f"{row['source_id']};{source_id}")
        regions[region] = {
            "id": region, "kind": kind, "name": name,
            "aliases": other_names([*aliases, *names.get(region, [])], region, name),
            **rest, "source": source, "year": int(row[year_key]) if row.get(year_key) else facts.newest(source),
            "method": LISTED_BY.get(source[0], "place of the grid data"),
        }

    for row in by_year([r for r in facts["countries"] if r["method"] == "lifecycle"], "year"):
        alpha3 = row["iso3166_alpha3"]
        kind = "country" if row["iso3166_alpha2"] else "aggregate"
        add(country_id(row), kind, row["name"], row, "year", [alpha3] if kind == "country" else [])
    for row in by_year(facts["subdivisions"], "year"):
        home = "PR" if row["iso3166_2"] in PUERTO_RICO else row["iso3166_2"][:2]
        zone = {"zone": "PR"} if home == "PR" else {}
        add(row["iso3166_2"], "subdivision", row["name"], row, "year", **zone, country=home)
    for row in by_year(facts["us_egrid_subregions"], "egrid_year"):
        if row["subregion"] != "US":
            home = "PR" if row["subregion"] in PUERTO_RICO else "US"
            zone = {"zone": "PR"} if home == "PR" else {}
            add(row["subregion"], "egrid_subregion", row["name"], row, "egrid_year", **zone, country=home)
    for row in by_year(facts["cloud_regions"], "year"):
        region = f"{row['provider']}:{row['region']}"
        shown = printed.get(region)
        add(region, "cloud", row["location"], row, "", console_names(shown) if shown else (),
            shown["source"] if shown else "", provider=row["provider"], code=row["region"],
            zone=row["grid_zone"], state=state_of(shown["state"] if shown else "", row["country_alpha2"]),
            country=row["country_alpha2"])
    for row in facts["region_names"]:  # of clouds that only rent
        if row["provider"] in RENTED_NAMES and row["confidence"] == "verified":
            town = f" ({row['city']})" if row["city"] else ""
            source = facts.cite(row["source"])
            region = f"{row['provider']}:{row['region_code']}"
            name = f"{RENTED_NAMES[row['provider']]} {row['region_code']}{town}"
            regions[region] = {
                "id": region, "kind": "cloud", "name": name,
                "aliases": other_names(listed(row["display_names"]), region, name, row["region_code"]),
                "provider": row["provider"], "code": row["region_code"], "zone": row["grid_zone"],
                "state": state_of(row["state"], row["country"]), "country": row["country"], "source": source,
                "year": facts.newest(source), "method": "operator's page" if "docs" in source[0] else "secondary list",
            }
    for row in known_sites(facts):
        kept = site_names(row)
        source = facts.cite(row["location_source"].replace("+", ";"))
        country = row["country"][:2]
        regions[row["id"]] = {
            "id": row["id"], "kind": "site", "name": kept[0], "aliases": other_names(kept, row["id"], kept[0]),
            "operator": row["operator"], "city": row["city"], "zone": row["grid_zone"],
            "state": state_of(row["country"] if "-" in row["country"] else "", country), "country": country,
            "source": source, "year": facts.newest(source), "method": "place read in a public source",
        }
    yield from regions.values()


def build_cities(facts):
    """Cities and parts of countries, with the grid they draw on: those that have clouds and sites, then others."""
    of_region = {f"{row['provider']}:{row['region_code']}": row["source"] for row in facts["region_names"]}
    of_site = {row["id"]: row["location_source"].replace("+", ";") for row in facts["sites"]}
    places: dict = {}

    def add(kind, name, aliases, state, country, region, source, method):
        key = f"{name}, {state or country}"
        if key not in places and source:
            places[key] = {"id": key, "kind": kind, "name": name, "aliases": other_names(aliases, name),
                           "state": state, "country": country, "region": region, "source": source,
                           "year": facts.newest(source), "method": method}

    for row in facts["cities"]:
        named_by = [of_site.get(name[5:], "") if name.startswith("site:") else of_region.get(name, "")
                    for name in listed(row["named_by"])]
        if row["confidence"] == "verified":
            add("city", row["city"], listed(row["aliases"]), state_of(row["subdivision"], row["country"]), row["country"],
                row["id"], facts.cite(";".join(named_by)), "place of a cloud region or a site")
    for row in facts.towns:
        add(row["kind"], row["name"], listed(row["aliases"]), row["state"], row["country"], row["region"],
            facts.cite(row["source"]), "gazetteer" if row["kind"] == "city" else "list of the parts of countries")
    yield from places.values()


def build_providers(facts):
    """Who lends computers, by the names that people write; those of kind none are words for nobody."""
    names = {row["provider"]: listed(row["names"]) for row in facts["provider_names"]}
    for row in facts.providers.values():
        called = [*names.get(row["id"], []), *listed(row["names"])]
        source = facts.cite(row["source"])
        yield {"id": row["id"], "kind": row["kind"], "name": called[0],
               "aliases": other_names(called, row["id"], called[0]), "runs_on": row["runs_on"], "source": source,
               "year": facts.newest(source), "method": "name in use", "note": row["note"]}


def basis_of(text: str) -> str:
    return "consumption" if "consumption" in text else "generation" if "generation" in text else ""


def build_grid(facts):
    """One row per place, year and method. Of two roundings of the same figure the finer one stays."""
    rows: dict = {}

    def add(region, grams, year, method, row, basis="", free=""):
        key = f"{region}:{year}:{method}"
        value, old = number(grams), rows.get(key)
        if old is not None:
            if abs(old["intensity_g_per_kwh"] - value) > Decimal("0.02"):
                raise DataError(f"{key}: {old['intensity_g_per_kwh']} and {value}")
            if value.as_tuple().exponent >= old["intensity_g_per_kwh"].as_tuple().exponent:
                return
        rows[key] = {"id": key, "region": region, "intensity_g_per_kwh": value, "basis": basis,
                     "carbon_free_percent": number(free), "source": facts.cite(row["source_id"]),
                     "year": int(year), "method": method}

    for row in facts["countries"]:
        basis = "" if row["source_id"].startswith("uba") else "generation"
        add(country_id(row), row["gco2e_per_kwh"], row["year"], row["method"], row, basis)
    for row in facts["subdivisions"]:
        add(row["iso3166_2"], row["gco2e_per_kwh"], row["year"], row["method"], row, basis_of(row["basis"]))
    for row in facts["us_egrid_subregions"]:
        add(row["subregion"], row["gco2e_per_kwh"], row["egrid_year"], "direct", row, "generation")
    for row in facts["cloud_regions"]:
        if row["gco2e_per_kwh"]:
            add(f"{row['provider']}:{row['region']}", row["gco2e_per_kwh"], row["year"], row["method"], row,
                free=row["cfe_percent"])
    yield from rows.values()


FLEETS = {"Google (fleet)": "gcp", "AWS (global)": "aws", "Microsoft (global)": "azure",
          "Microsoft (global FY24)": "azure", "Microsoft (global FY25)": "azure",
          "Meta (fleet)": "meta", "OVHcloud (fleet)": "ovh"}
UNCONFIRMED = {"provider_pue_review_2026"}
BY_PRESS = "operator's report via press"
# Published figures of sites: whose they are. Design values, tools' estimates and "as low as" are none.
SITE_PUE = {
    "jean-zay": ("luccioni-2022", "stated in a paper of its users"),
    "puhti": ("csc-env-2019", "operator's annual figure"),
    "archer2": ("epcc-green-hpc-2025", "operator's annual mean"),
    "abci": ("nikkei-abci-2018", "operator's upper bound of the annual mean, via press"),
    **{f"scaleway-{hall}": ("silicon-scaleway-2022", BY_PRESS) for hall in ("dc2", "dc3", "dc4", "dc5", "ams1", "waw1")},
}


def build_pue(facts):
    """World means, whole fleets, and sites that are regions of ours; nothing recalled or planned."""
    sites = {}
    for row in facts["cloud_regions"]:
        site = f"{row['provider']}:{row['region']}"
        sites.setdefault(site, {})
        if row["pue"]:
            sites[site][int(row["pue_year"])] = number(row["pue"])
    for row in facts["pue"]:
        source, year, pue = row["source_id"], int(row["year"]), number(row["pue"])
        if source in UNCONFIRMED or row["verification"] == "recalled":
            continue
        proof = {"pue": pue, "source": facts.cite(source), "year": year}
        if row["scope"] == "global average":
            yield {"id": f"world:{year}", "scope": "world", **proof, "method": "survey average"}
        elif row["scope"] == "provider fleet" and row["name"] in FLEETS:
            provider = FLEETS[row["name"]]
            yield {"id": f"{provider}:{year}", "scope": "fleet", "provider": provider, **proof,
                   "method": "operator disclosure via secondary source"}
        elif row["scope"] == "provider site" and "(planned)" not in row["name"]:
            provider, code = row["name"].split(" ")[:2]
            site = f"{provider}:{code}"
            if site in sites:
                if year in sites[site] and sites[site][year] != pue:
                    raise DataError(f"{site}:{year}: PUE {pue} and {sites[site][year]}")
                yield {"id": f"{site}:{year}", "scope": "site", "region": site, "provider": provider, **proof,
                       "method": "operator disclosure via secondary compilation"}
    for row in known_sites(facts):
        if row["id"] in SITE_PUE:
            source, method = SITE_PUE[row["id"]]
            yield {"id": f"{row['id']}:{row['pue_year']}", "scope": "site", "region": row["id"], "pue": number(row["pue"]),
                   "source": facts.cite(source), "year": int(row["pue_year"]), "method": method}


# ---------------------------------------------------------------- comparisons

EQUIVALENT_SETS = (  # id prefix, set, source; {year} is the row's year
    ("strubell-", "strubell2019", "strubell-2019"), ("patterson-", "patterson2021", "patterson-2021"),
    ("epahub-", "epa-hub{year}", "epa-emission-factors-hub-{year}"), ("epa", "epa{year}", "epa-equivalencies-{year}"),
    ("ga-", "green-algorithms{year}", "green-algorithms"), ("codecarbon-", "codecarbon{year}", "codecarbon-viz"),
    ("defra", "desnz{year}", "desnz-{year}"), ("gcb-", "gcb{year}", "global-carbon-budget-2023"),
)


def build_equivalents(facts):
    """Things people can picture; plain electricity factors are grid data and stay out."""
    for row in facts["equivalents"]:
        if row["unit"].startswith(("kWh", "home-year (kWh")) or row["confidence"] == "unverified_from_memory":
            continue
        prefix, group, source = next(entry for entry in EQUIVALENT_SETS if row["id"].startswith(entry[0]))
        year = int(row["year"])
        pounds = prefix == "strubell-"
        cited = facts.cite(source.format(year=year))
        yield {
            "id": row["id"], "set": group.format(year=year), "text": row["label"], "unit": row["unit"],
            "kg_per_unit": None if pounds else number(row["kgco2e_per_unit"]),
            "lb_per_unit": number(row["value_printed"]) if pounds else None,
            "source": cited, "year": year,
            "method": "printed in the paper" if prefix in ("strubell-", "patterson-") else "published factor",
        }


# ---------------------------------------------------------------- published runs

RUN_METHODS = {
    "strubell2019": "printed in the paper", "measured_system": "measured system power",
    "measured_gpu_log": "measured GPU energy", "mlperf_power": "benchmark power log",
    "measured_gpu_trace": "measured GPU power trace", "reported_tdp_based": "reported, from rated or category power",
    "hours_only": "reported hours", "energy_or_co2_only": "reported totals",
}


def build_runs(facts):
    for row in facts["published_runs"]:
        is_mfu = "MFU" in row["utilisation_kind"]
        stated = number(row["utilisation_stated"])
        yield {
            "id": row["run_id"], "kind": row["kind"], "family": row["family"], "model": row["model"],
            "organisation": row["organisation"], "accelerator": row["accelerator_id"],
            "accelerator_printed": row["accelerator_printed"],
            "accelerator_count": number(row["accelerator_count"]), "hours": number(row["wall_hours"]),
            "accelerator_hours": number(row["accelerator_hours"]),
            "parameters": scaled(row["params_total_b"], "1e9"),
            "active_parameters": scaled(row["params_active_b"], "1e9"), "tokens": scaled(row["tokens_b"], "1e9"),
            "flops": without_float_noise(row["total_flops"]), "flops_basis": row["flops_basis"],
            "mfu": stated if is_mfu else None, "hardware_utilization": None if is_mfu else stated,
            "utilization_basis": row["utilisation_kind"],
            "achieved_tflops_per_accelerator": number(row["achieved_tflops_per_device"]),
            "accelerator_power_w": number(row["avg_power_w_per_device"]), "power_basis": row["power_basis"],
            "rated_power_w": number(row["tdp_w_stated"]), "location": row["location"], "pue": number(row["pue"]),
            "intensity_g_per_kwh": scaled(row["grid_kgco2e_per_kwh"], "1000"), "intensity_basis": row["grid_accounting"],
            "energy_kwh": number(row["energy_kwh"]), "energy_scope": row["energy_scope"],
            **facts.what_energy_counts(row["energy_scope"]),
            "energy_basis": row["energy_basis"], "gpu_energy_kwh": number(row["energy_gpu_only_kwh"]),
            "co2e_kg": scaled(row["co2e_t"], "1000"), "co2e_basis": row["co2e_accounting"],
            "net_co2e_kg": scaled(row["co2e_net_t"], "1000"), "printed_co2e_lb": number(row["co2e_lb_printed"]),
            "embodied_kgco2e": scaled(row["embodied_t"], "1000"), "embodied_basis": row["embodied_basis"],
            "cost_low_usd": number(row["cost_usd_low"]), "cost_high_usd": number(row["cost_usd_high"]),
            "cost_basis": row["cost_basis"],
            "usable_for": [use for use in row["usable_for"].split(",") if use], "circular": row["circular"],
            "confidence": row["confidence"],
            "source": facts.cite(f"{row['source_id']};{row['source_id_2']}"),
            "year": int(row["year"]), "method": RUN_METHODS[row["kind"]],
        }


PAPER_ROWS = {"Transformer_base P100x8": "transformer-base", "Transformer_big P100x8": "transformer-big",
              "ELMo P100x3": "elmo", "BERT_base V100x64": "bert-v100", "BERT_base TPUv2x16": "bert-tpu",
              "NAS P100x8": "nas-p100", "NAS TPUv2x1": "nas-tpu", "GPT-2 TPUv3x32": "gpt-2"}
PAPER_FIELDS = {"power": "power_w", "kWh x PUE": "energy_kwh", "CO2e lb": "co2e_lb", "cloud cost low": "cost_low_usd",
                "cloud cost high": "cost_high_usd", "cloud cost": "cloud_cost_usd",
                "electricity cost": "electricity_cost_usd", "span": "span_days"}
PAPER_HARDWARE = {"P100": "p100", "V100": "v100", "TPUv2": "tpu-v2", "TPUv3": "tpu-v3"}  # its price


def build_paper_strubell2019(facts):
    """The cells of the paper's tables and its formula; slides of other versions and doubts stay out."""
    for row in facts["strubell2019"]:
        if row["table"] not in ("formula", "1", "2", "3", "4"):
            continue
        table = row["table"] if row["table"] == "formula" else f"table{row['table']}"
        field = PAPER_FIELDS.get(row["field"], row["field"].replace(" ", "_"))
        field = {"percent": f"{field}_percent", "GPU-hours": "gpu_hours"}.get(row["unit"], field)
        plain = re.fullmatch(r"[\d,]*\.?\d+", row["printed"])
        value, unit, price = number(row["printed"]) if plain else None, row["unit"], ""
        if field == "hardware":  # "P100x8"
            name, count = row["printed"].rsplit("x", 1)
            value, unit, price = number(count), "devices", f"strubell2019:{PAPER_HARDWARE[name]}"
        yield {
            "id": f"{table}:{PAPER_ROWS.get(row['row'], slug(row['row']))}:{field}", "table": table,
            "row": row["row"], "field": field, "printed": row["printed"],
            "value": value, "unit": unit, "price": price,
            "check": row["check"] + (f": {row['recomputed']}" if row["recomputed"] else ""),
            "source": ["strubell-2019"], "year": 2019,
            "method": "inferred from the printed costs" if row["check"] == "inferred" else "printed in the paper",
        }


# ---------------------------------------------------------------- the recipes

@dataclass(frozen=True)
class Recipe:
    """How the rows of a table are made of fact CSVs; scripts/fit makes table spreads."""
    inputs: tuple
    build: Callable
    finish: Callable = lambda rows: None  # sees all rows, after the overrides


RECIPES = {
    "accelerators": Recipe(("accelerators",), build_accelerators),
    "ambiguous_names": Recipe(("ambiguous_aliases", "accelerators"), build_ambiguous_names),
    "measured_power": Recipe(("measured_power", "accelerators"), build_measured_power),
    "cpus": Recipe(("cpus",), build_cpus),
    "memory": Recipe(("memory",), build_memory),
    "embodied": Recipe(("embodied", "accelerators"), build_embodied, add_embodied_ranges),
    "regions": Recipe(("countries", "subdivisions", "us_egrid_subregions", "cloud_regions", "region_names", "sites"),
                      build_regions),
    "cities": Recipe(("cities", "region_names", "sites"), build_cities),
    "providers": Recipe(("provider_names",), build_providers),
    "grid": Recipe(("countries", "subdivisions", "us_egrid_subregions", "cloud_regions"), build_grid),
    "pue": Recipe(("pue", "cloud_regions", "sites"), build_pue),
    "equivalents": Recipe(("equivalents",), build_equivalents),
    "instances": Recipe(("cloud_instances", "accelerators"), build_instances),
    "prices": Recipe(("strubell2019", "cloud_prices", "accelerators"), build_prices),
    "runs": Recipe(("published_runs",), build_runs),
    "paper_strubell2019": Recipe(("strubell2019",), build_paper_strubell2019),
}


# ---------------------------------------------------------------- building

def tidy(row: dict, columns: list) -> dict:
    """Keys in column order; what is missing has no key."""
    keys = [column.key for column in columns]
    strange = set(row) - set(keys)
    if strange:
        raise DataError(f"{row['id']}: no such column: {sorted(strange)}")
    return {key: row[key] for key in keys if row.get(key) not in (None, "", [])}


def override(name: str, rows: list, facts) -> None:
    """Lay the curated cells of a table over its rows; an empty cell takes the key away."""
    by_id = {row["id"]: row for row in rows}
    columns = {column.key: column for column in columns_of(name)}
    for line in facts.overrides:
        if line["table"] == name:
            if line["id"] not in by_id or line["column"] not in columns:
                raise DataError(f"overrides.csv: {name}: no {line['id']}.{line['column']}")
            value = columns[line["column"]].parse(line["value"]) if line["value"] else None
            by_id[line["id"]][line["column"]] = value


def problems_of(name: str, rows: list) -> list:
    """What is wrong with the rows of a table, one text each."""
    found, columns = [], {column.key: column for column in columns_of(name)}
    ids = [row.get("id", "") for row in rows]
    if ids != sorted(set(ids)):
        found.append(f"{name}: ids are not unique and sorted")
    for row in rows:
        for key in row:
            if key not in columns:
                found.append(f"{name}: {row.get('id')}: unknown column {key}")
            elif columns[key].problem(row[key]):
                found.append(f"{name}: {row.get('id')}: {key} {columns[key].problem(row[key])}")
        found += [f"{name}: {row.get('id')}: {key} is missing" for key, column in columns.items()
                  if column.required and key not in row]
    return found


def build_table(name: str, facts) -> list:
    recipe, columns = RECIPES[name], columns_of(name)
    rows = [tidy(row, columns) for row in recipe.build(facts)]
    override(name, rows, facts)
    recipe.finish(rows)
    rows = sorted((tidy(row, columns) for row in rows), key=lambda row: row["id"])
    problems = problems_of(name, rows)
    if problems:
        raise DataError("\n".join(problems))
    return rows


def build_sources(facts, tables: dict) -> list:
    cited = {source for rows in tables.values() for row in rows for source in row.get("source", [])}
    known = {row["id"]: row for row in facts.sources}
    if cited - set(known):
        raise DataError(f"cited but not in curation/sources.csv: {sorted(cited - set(known))}")
    rows = [{**known[name], "year": int(known[name]["year"])} for name in sorted(cited)]
    return [tidy({key: value for key, value in row.items() if key != "known_as"}, columns_of("sources")) for row in rows]


# ---------------------------------------------------------------- checking

def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def read_tables(paths) -> dict:
    """Rows by table name; decimals stay exact."""
    tables = {}
    for path in sorted(map(Path, paths)):
        file = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        tables[file["table"]] = file["rows"]
    return tables


def reference_problems(tables: dict) -> list:
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    found = []
    for name, rows in tables.items():
        for column in columns_of(name):
            for row in rows if column.refers_to else ():
                named = row.get(column.key, [])
                for target in named if isinstance(named, list) else [named]:
                    if target not in ids.get(column.refers_to, set()):
                        found.append(f"{name}: {row['id']}: {column.key}: no {target!r} in {column.refers_to}")
    return found


def name_problems(tables: dict) -> list:
    """A folded name leads to one accelerator, or is listed as ambiguous."""
    listed = {fold(row["id"]) for row in tables.get("ambiguous_names", [])}
    owner: dict = {}
    found = []
    for row in tables.get("accelerators", []):
        for name in {fold(text) for text in [row["id"], row["name"], *row.get("aliases", [])]}:
            if owner.setdefault(name, row["id"]) != row["id"] and name not in listed:
                found.append(f"accelerators: {name!r} names {owner[name]} and {row['id']}")
    return found


def embodied_problems(tables: dict) -> list:
    found, rows = [], tables.get("embodied", [])
    whole = {row["accelerator"] for row in rows if "accelerator" in row and row["component"] != "die"}
    for accelerator in sorted(whole):
        preferred = [row for row in rows if row.get("accelerator") == accelerator and row.get("preferred")]
        if len(preferred) != 1 or preferred[0]["component"] == "die":
            found.append(f"embodied: {accelerator}: exactly one row must be preferred, and no die")
    return found


def one_of_problems(tables: dict) -> list:
    return [f"{name}: {row['id']}: exactly one of {' and '.join(DECLARED[name].one_of)}"
            for name, rows in tables.items() if DECLARED[name].one_of
            for row in rows if sum(key in row for key in DECLARED[name].one_of) != 1]


def check(directory: Path) -> list:
    tables = read_tables(directory.glob("*.json"))
    cited = {source for rows in tables.values() for row in rows for source in row.get("source", [])}
    ours = {name: rows for name, rows in tables.items() if name in DECLARED}
    found = [f"{name}: no such table in {directory}" for name in DECLARED if name not in ours]
    found += [f"{name}: not declared in schema/tables.json" for name in tables if name not in DECLARED]
    for name, rows in ours.items():
        found += problems_of(name, rows)
        if (directory / f"{name}.json").read_text(encoding="utf-8") != table_text(name, rows):
            found.append(f"{name}: not written as this script writes it")
    found += [f"{name}: its schema is not what schema/tables.json declares: make_tables.py schemas"
              for name in DECLARED if read_text(directory / "schema" / f"{name}.schema.json") != schema_text(name)]
    found += [f"sources: {row['id']} is cited nowhere" for row in ours.get("sources", []) if row["id"] not in cited]
    return found + reference_problems(ours) + name_problems(ours) + embodied_problems(ours) + one_of_problems(ours)


# ---------------------------------------------------------------- schemas

def schema_text(name: str) -> str:
    table = DECLARED[name]
    row = {"type": "object", "additionalProperties": False,
           "required": [column.key for column in table.columns if column.required],
           "properties": {column.key: column.schema() for column in table.columns}}
    if table.one_of:
        row["oneOf"] = [{"required": [key]} for key in table.one_of]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"footpound table: {name}",
              "description": table.help, "type": "object", "additionalProperties": False,
              "required": ["table", "schema", "rows"],
              "properties": {"table": {"const": name}, "schema": {"const": SCHEMA_VERSION},
                             "rows": {"type": "array", "items": row}}}
    plain = json.dumps(schema, indent=2, ensure_ascii=False,
                       default=lambda d: int(d) if d == int(d) else float(d))
    return plain + "\n"


# ---------------------------------------------------------------- command line

def write(text: str, output: Optional[Path]) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")


def parse_arguments(argv):
    names = "\n".join(f"  {name:20} {DECLARED[name].help}\n  {'':20} from {', '.join(i + '.csv' for i in recipe.inputs)}"
                      for name, recipe in RECIPES.items())
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description=__doc__, epilog="tables:\n" + names)
    parser.add_argument("table", metavar="TABLE", choices=[*RECIPES, "sources", "all", "schemas", "check"])
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path)
    parser.add_argument("-o", "--output", type=Path, help="file (or directory for all and schemas)")
    parser.add_argument("--curation", type=Path, default=ROOT / "data" / "curation", help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.table in ("all", "schemas") and arguments.output is None:
        parser.error(f"{arguments.table} needs -o DIR")
    return arguments


def run(arguments) -> int:
    name, files, output = arguments.table, arguments.files, arguments.output
    if name == "check":
        problems = check(files[0] if files else ROOT / "data")
        print("\n".join(problems) or "all tables are sound")
        return 1 if problems else 0
    if name == "schemas":
        for table in DECLARED:
            write(schema_text(table), output / f"{table}.schema.json")
    elif name == "sources":
        tables = read_tables(path for path in files if path.name != "sources.json")
        write(table_text(name, build_sources(Facts([], arguments.curation), tables)), output)
    elif name == "all":
        facts = Facts(files, arguments.curation)
        for table in (name for name, recipe in RECIPES.items() if set(recipe.inputs) <= set(facts.files)):
            write(table_text(table, build_table(table, facts)), output / f"{table}.json")
        tables = read_tables(path for path in output.glob("*.json") if path.name != "sources.json")
        write(table_text("sources", build_sources(facts, tables)), output / "sources.json")
    else:
        write(table_text(name, build_table(name, Facts(files, arguments.curation))), output)
    return 0


def main(argv=None) -> int:
    try:
        return run(parse_arguments(argv))
    except (DataError, OSError) as error:
        print(f"make_tables.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
