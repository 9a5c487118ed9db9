# SPDX-License-Identifier: MIT
"""Reads data/*.json and writes data/spreads.json."""
import csv
import json
from pathlib import Path


class Tables:
    """Rows by table name, read when first asked for."""

    def __init__(self, directory: Path):
        self.directory = Path(directory)
        self.read: dict = {}

    def __getitem__(self, name: str) -> list:
        if name not in self.read:
            text = (self.directory / f"{name}.json").read_text(encoding="utf-8")
            self.read[name] = sorted(json.loads(text)["rows"], key=lambda row: row["id"])
        return self.read[name]

    def shapes(self) -> list:
        """Layers and context of published runs, where their papers print them: data/curation/shapes.csv."""
        path = self.directory / "curation" / "shapes.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return sorted(csv.DictReader(file), key=lambda row: row["id"])


def per_device(accelerator: dict, key: str):
    """A figure of a board, per device that the driver lists; None where it is not published."""
    value = accelerator.get(key)
    return None if value is None else value / accelerator["devices_per_board"]


def significant(value: float, digits: int = 3):
    """Rounded to what a fit on a few dozen runs can carry; whole numbers without a point."""
    rounded = float(f"{value:.{digits}g}")
    return int(rounded) if rounded == int(rounded) else rounded


def spreads_text(rows) -> str:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in sorted(rows, key=lambda row: row["id"]))
    return f'{{"table": "spreads", "schema": 1, "rows": [\n{lines}\n]}}\n'


def row(name: str, log_sd: float, count: int, how: str, source, *, value=None, unit="", method="fitted") -> dict:
    """One row of data/spreads.json; keys in column order, what is missing has no key."""
    made = {"id": name}
    if value is not None:
        made["value"] = significant(value)
    if unit:
        made["unit"] = unit
    made.update(log_sd=significant(log_sd), n=count, how=how, source=list(source), year=2026, method=method)
    return made
