# SPDX-License-Identifier: MIT
"""The rest of a node from its parts, and the years that hardware serves.

Tools agree on memory and differ by 2x on processors: CodeCarbon takes half the rated power where
it cannot read a meter, Green Algorithms all of it for the cores in use.
"""
import math
from collections import defaultdict
from statistics import median

from .estimators import Z90, rms, spread90
from .tables import per_device

CPU_SHARE, CPU_SHARE_LOW, CPU_SHARE_HIGH = 0.5, 0.25, 1.0
# Hosts of accelerators are servers of about their age.
CORES_SINCE = 2017
# Below this rating a card's share of the host is set by the cores and memory sold with it.
SMALL_CARD_W = 150


def cpu_share_spread() -> float:
    return math.log(CPU_SHARE_HIGH / CPU_SHARE_LOW) / (2 * Z90)


def rated_watts_per_core(tables) -> list:
    return [cpu["rated_power_w"] / cpu["cores"] for cpu in tables["cpus"]
            if cpu["class"] == "server" and cpu.get("launched", 0) >= CORES_SINCE]


def core_watts(tables):
    """Value, log sd and n of the draw of one allocated core of an unknown CPU."""
    rated = rated_watts_per_core(tables)
    typical = median(rated)
    return CPU_SHARE * typical, math.hypot(spread90(math.log(w / typical) for w in rated), cpu_share_spread()), len(rated)


def memory_watts(tables):
    values = [row["w_per_gb"] for row in tables["memory"]]
    return median(values), rms(math.log(value / median(values)) for value in values), len(values)


def small_card_hosts(tables) -> list:
    """Watts of the cores and memory that clouds sell with one small card, one value per card."""
    parts = {part["id"]: part for part in tables["accelerators"]}
    core, memory = core_watts(tables)[0], memory_watts(tables)[0]
    found = defaultdict(list)
    for machine in tables["instances"]:
        rated = per_device(parts[machine["accelerator"]], "rated_power_w")
        if rated and rated <= SMALL_CARD_W and "vcpus" in machine and "memory_gb" in machine:
            # Two virtual processors are one core.
            watts = machine["vcpus"] / 2 * core + machine["memory_gb"] * memory
            found[machine["accelerator"]].append(watts / machine["accelerator_count"])
    return [median(found[card]) for card in sorted(found)]


def floor_watts(tables):
    values = small_card_hosts(tables)
    return median(values), rms(math.log(value / median(values)) for value in values), len(values)


def lifetimes(tables) -> list:
    return [row["lifetime_years"] for row in tables["embodied"]
            if "lifetime_years" in row and row["component"] in ("accelerator", "tpu with host share", "server")]


def lifetime_years(tables):
    values = lifetimes(tables)
    return median(values), rms(math.log(value / median(values)) for value in values), len(values)
