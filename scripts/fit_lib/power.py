# SPDX-License-Identifier: MIT
"""Power when only the hardware is known: shares of the rated power.

Two totals are published: what the boards alone draw (driver readings), and what the whole
system draws per device (wall meters, operators). Each is fitted as a share of rated power,
because watts do not carry over to the next generation and shares do: V100 nodes of 2018 and
H100 nodes of 2024 both draw 1.1 to 1.3 x the rated power of their boards.

What decides the share of a GPU board is the job: one device that waits for its input draws
half of its rating, a job spread over several devices nearly all of it. The count that a run
states tells these apart well, so no workload need be stated.
A TPU's rating is an outsider's estimate and differs in meaning by generation; its system
share is fitted by generation, and drawn towards the common TPU value.
"""
import math
from dataclasses import dataclass
from statistics import mean, median

from .estimators import family_means, family_rms, left_out, pulled, pulled_spread, rms
from .tables import per_device

# Published means that the runs do not hold already. A reading that averages runs of a family goes
# when the family is left out; maxima, limits and assumptions are no means.
READING_FAMILY = {"patterson-tpu-v2": "strubell2019", "patterson-tpu-v3": "llmcarbon-anchor",
                  "tpu-v4-docs-mean": "tpu-v4-docs", "h100-node-heavy": "newkirk-2025"}
# What compute-heavy jobs draw is no mean of all jobs: it widens the spread and does not move the centre.
UPPER_READINGS = ("h100-node-heavy",)
# What a GPU server draws without its GPUs, as published: what is left of a metered node is an opinion on its
# boards. BLOOM's share holds idle time and network too: it widens the host's spread, and no more.
SERVER_READING = "h100-p5-host"
HOST_READINGS = ("bloom-a100-idle-share", SERVER_READING)
# The forms whose whole nodes were metered; others take boards and host apart, with a wider interval.
METERED_FORMS = ("sxm", "oam")
# Device-hours that no single device spends on one job: a month.
LARGE_JOB_DEVICE_HOURS = 720
# That no single device spends, whatever count is stated: a year.
SEVERAL_DEVICES_HOURS = 8760


@dataclass(frozen=True)
class Draw:
    """One published mean draw per device, over the rated power of the device."""
    id: str
    family: str
    kind: str        # of the run; "reading", "upper" (no mean: spreads only)
    accelerator: str
    chip: str        # "tpu" or "gpu" (everything else)
    scope: str       # "board": accelerators alone; "node": hosts included; "host": the rest
    load: str        # "large-model", "general" or "unknown", from the stated count and hours
    form: str        # of the accelerator
    rated_w: float
    hours: float     # device-hours
    pue: float       # that the published energy contains
    energy_kwh: float
    log_value: float


def load_of(count, device_hours) -> str:
    """What a job's size says of its load. Where no count is stated (None; an assumed one says nothing),
    a month of device-hours does; a year of them is no one device's whatever is stated."""
    if (device_hours or 0) >= SEVERAL_DEVICES_HOURS:
        return "large-model"
    if count is not None:
        return "large-model" if count > 1 else "general"
    return "large-model" if (device_hours or 0) >= LARGE_JOB_DEVICE_HOURS else "unknown"


def chip_of(accelerator: dict) -> str:
    return "tpu" if accelerator["kind"] == "tpu" else "gpu"


def draws_of_runs(tables) -> list:
    """The runs that can test power: measured, not computed from rated power (circular)."""
    parts = {part["id"]: part for part in tables["accelerators"]}
    found = []
    for run in tables["runs"]:
        hours = run.get("accelerator_hours")
        if "H" not in run.get("usable_for", []) or run.get("circular") != "no" or not hours:
            continue
        part = parts[run["accelerator"]]
        # Logs that add a modelled host (CodeCarbon's RAM model) count by their boards alone.
        board = "gpu_energy_kwh" in run
        energy = run["gpu_energy_kwh"] if board else run["energy_kwh"]
        pue = 1.0 if board else run.get("pue", 1.0)  # benchmark meters hang before the building
        rated = per_device(part, "rated_power_w")
        found.append(Draw(run["id"], run["family"], run["kind"], part["id"], chip_of(part),
                          "board" if board else "node", load_of(run.get("accelerator_count"), hours), part["form"], rated, hours,
                          pue, energy, math.log(energy * 1000 / pue / hours / rated)))
    return found


def draws_of_readings(tables) -> list:
    parts = {part["id"]: part for part in tables["accelerators"]}
    found = []
    for reading in tables["measured_power"]:
        if reading["id"] not in READING_FAMILY and reading["id"] not in HOST_READINGS:
            continue
        part = parts[reading["accelerator"]]
        scope = {"board": "board", "system": "node", "rest_of_node": "host"}[reading["scope"]]
        rated = per_device(part, "rated_power_w")
        found.append(Draw(reading["id"], READING_FAMILY.get(reading["id"], reading["id"]),
                          "upper" if reading["id"] in UPPER_READINGS else "reading", part["id"],
                          chip_of(part), scope, "large-model", part["form"], rated, 0.0, 1.0, 0.0,
                          math.log(reading["watts"] / rated)))
    return found


def draws(tables) -> list:
    return sorted(draws_of_runs(tables) + draws_of_readings(tables), key=lambda draw: draw.id)


@dataclass(frozen=True)
class PowerShares:
    """Log shares of rated power."""
    board: dict           # load -> GPU boards
    tpu_board: float
    node: float           # GPU boards and host of a large job, per rated watt of the boards
    tpu_node: float
    tpu_node_of: dict     # TPU id -> its own share

    def host(self) -> float:
        """Host per rated watt of the boards; no log, as it adds to the boards."""
        return math.exp(self.node) - math.exp(self.board["large-model"])

    def predict(self, draw: Draw) -> float:
        if draw.chip == "tpu":
            return self.tpu_board if draw.scope == "board" else self.tpu_node_of.get(draw.accelerator, self.tpu_node)
        if draw.scope == "board":
            return self.board[draw.load]
        if draw.load == "large-model" and draw.form in METERED_FORMS:
            return self.node
        return math.log(math.exp(self.board[draw.load]) + self.host())


def shares(items) -> PowerShares:
    """Fits the shares; every class is drawn a little towards the value of all of them."""
    def means(chip, scope, load=None, accelerator=None):
        return family_means((item.family, item.log_value) for item in items
                            if item.kind != "upper" and item.chip == chip and item.scope == scope
                            and load in (None, item.load) and accelerator in (None, item.accelerator))

    nodes = means("gpu", "node")
    by_load = {load: means("gpu", "board", load) for load in ("large-model", "general")}
    by_load["large-model"] += boards_of_nodes(items, nodes)
    # The classes weigh the same: how many families of each were published says nothing of a job.
    common = mean(median(values) for values in by_load.values() if values)
    board = {load: pulled(values, common) for load, values in by_load.items()}
    board["unknown"] = common
    # Without any metered node: the boards and what a server was published to draw without them.
    node = median(nodes) if nodes else math.log(math.exp(board["large-model"]) + server_share(items))
    # Google publishes a chip's mean without a host: with the host of a GPU node it is one more
    # opinion on the system share, and one that no training paper holds.
    host = math.exp(node) - math.exp(board["large-model"])
    chips = means("tpu", "board")
    tpu_node = median(means("tpu", "node") + [math.log(math.exp(chip) + host) for chip in chips] or [node])
    tpu_board = median(chips) if chips else tpu_node + board["large-model"] - node
    own = {name: means("tpu", "node", accelerator=name)
           for name in sorted({item.accelerator for item in items if item.chip == "tpu" and item.scope == "node"})}
    return PowerShares(board, tpu_board, node, tpu_node,
                       {name: pulled(values, tpu_node) for name, values in own.items()})


def server_share(items) -> float:
    """What a server was published to draw without its boards, per rated watt of them."""
    return sum(math.exp(item.log_value) for item in items if item.id == SERVER_READING)


def boards_of_nodes(items, nodes) -> list:
    """Log shares that metered nodes leave for their boards."""
    host = server_share(items)
    return [math.log(math.exp(node) - host) for node in nodes if math.exp(node) > host] if host else []


@dataclass(frozen=True)
class PowerSpreads:
    """Log standard deviations beside PowerShares."""
    board: dict
    tpu_board: float
    node: float
    tpu_node: float
    tpu_node_of: dict     # as of the shares
    host: float

    def of(self, shares_: PowerShares, draw: Draw) -> float:
        if draw.chip == "tpu":
            if draw.scope == "board":
                return self.tpu_board
            return self.tpu_node_of.get(draw.accelerator, self.tpu_node)
        if draw.scope == "board":
            return self.board[draw.load]
        if draw.load == "large-model" and draw.form in METERED_FORMS:
            return self.node
        boards, host = math.exp(shares_.board[draw.load]), shares_.host()
        return math.hypot(boards * self.board[draw.load], host * self.host) / (boards + host)


def power_spreads(items) -> PowerSpreads:
    """What fits without the family get wrong, class by class."""
    pairs = left_out([item for item in items if item.scope != "host"], shares, PowerShares.predict)

    def wrong(chip, scope, load=None):
        return [(item, residual) for item, residual in pairs
                if item.chip == chip and item.scope == scope and load in (None, item.load)]

    fitted = shares(items)
    common = rms(item.log_value - fitted.board["unknown"]
                 for item in items if item.chip == "gpu" and item.scope == "board")

    def drawn(pairs_, log_sd, towards):
        return pulled_spread(log_sd, len({item.family for item, _ in pairs_}), towards)

    loads = {load: wrong("gpu", "board", load) for load in ("large-model", "general")}
    board = {load: drawn(wrongs, rms(residual for _, residual in wrongs), common) for load, wrongs in loads.items()}
    board["unknown"] = common
    tpu_node = family_rms(wrong("tpu", "node"))
    nodes = wrong("gpu", "node")
    return PowerSpreads(board, tpu_node, drawn(nodes, family_rms(nodes), tpu_node), tpu_node,
                        {name: own_spread(items, name, tpu_node) for name in fitted.tpu_node_of},
                        host_spread(items, fitted))


def own_spread(items, accelerator: str, between: float) -> float:
    """Of a share that rests on one accelerator's own readings. What one family tells of the next is the spread
    between families: jobs within a family differ less than that, and say nothing of it."""
    mine = [item for item in items if item.accelerator == accelerator and item.scope == "node" and item.kind != "upper"]
    families = family_means((item.family, item.log_value) for item in mine)
    if len(families) < 2:
        return between
    return pulled_spread(rms(value - mean(families) for value in families), len(families), between)


def host_estimates(items, fitted: PowerShares) -> list:
    """Published opinions on the host's share: totals less the boards' share, and estimates of the rest."""
    nodes = family_means((item.family, item.log_value) for item in items if item.chip == "gpu" and item.scope == "node")
    found = [math.exp(value) - math.exp(fitted.board["large-model"]) for value in nodes]
    found += [math.exp(item.log_value) for item in items if item.scope == "host"]
    return [share for share in found if share > 0]


def host_spread(items, fitted: PowerShares) -> float:
    return rms(math.log(share / fitted.host()) for share in host_estimates(items, fitted)) if fitted.host() > 0 else 0.0
