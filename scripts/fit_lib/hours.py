# SPDX-License-Identifier: MIT
"""Hours when only parameters, tokens and hardware are known: a prior of the MFU.

MFU here is what a run's published device-hours imply: model FLOPs over device-hours x dense
16-bit peak. It thus contains restarts, evaluation and idle time, which an MFU quoted from a
training log does not; where both are published their ratio is the overhead.
Model FLOPs are 6 x active parameters x tokens (Kaplan et al. 2020, arXiv:2001.08361, section
2.1), so attention is inside the MFU. Where a user states layers and context, attention is counted,
and the MFU is the larger by the attention of typical runs (`attention_shares`): it is counted once.

The one thing that clearly decides the MFU is how far the peak outruns memory and network, so
classes are by kind, launch year and peak. Scale (devices, where stated) and sparsity (active over
total parameters) explain nothing within a class: their exponents come out near 0 and make
cross-validation no better, so they are left out; `scripts/fit --table` prints them.
"""
import math
from dataclasses import dataclass
from statistics import median
from typing import Optional

from .estimators import family_means, left_out, pulled, spread90
from .tables import per_device

CLASSES = ("tpu", "early", "balanced", "fast")
# A GPU of before this year trains in FP16 with loss scaling, on young software.
BF16_YEAR = 2020
# Above this peak per device memory and network no longer keep up (A100: 312, H100: 989).
FAST_PEAK_TFLOPS = 500
# Scale is counted from this many devices, within the counts that were published.
SCALE_REFERENCE, SCALE_LOW, SCALE_HIGH = 512, 8, 16384
# How large an exponent we would believe before looking: 0.05 changes the MFU by 41 % over 1,000x.
EXPONENT_PRIOR_SD = 0.05
RESIDUAL_SD = 0.3
# Pruned and distilled from larger models: 6 x N x D is not what was computed.
NOT_FROM_SCRATCH = ("llama32",)


@dataclass(frozen=True)
class Training:
    """One published run with FLOPs, devices and device-hours."""
    id: str
    family: str
    mfu_class: str
    marked: bool                 # the table marks it as testing hours from FLOPs
    count: Optional[float]       # as stated
    sparsity: float              # log(active / total parameters)
    flops: float
    peak_tflops: float
    hours: float                 # device-hours
    stated_mfu: Optional[float]  # from the run's own log
    log_value: float             # log of the implied MFU


def class_of(part: dict) -> str:
    if part["kind"] == "tpu":
        return "tpu"
    if part["launched"] < BF16_YEAR:
        return "early"
    return "balanced" if per_device(part, "peak_16bit_tflops") <= FAST_PEAK_TFLOPS else "fast"


def flops_of(run: dict) -> Optional[float]:
    """6 x active parameters x tokens; else stated FLOPs, unless they may come from the hours themselves."""
    if "active_parameters" in run and "tokens" in run:
        return 6.0 * run["active_parameters"] * run["tokens"]
    return None if run.get("circular") == "FLOPs may be derived from hours" else run.get("flops")


def trainings(tables) -> list:
    parts = {part["id"]: part for part in tables["accelerators"]}
    found = []
    for run in tables["runs"]:
        uses, hours, flops = run.get("usable_for", []), run.get("accelerator_hours"), flops_of(run)
        if not {"F", "F-hours"} & set(uses) or not hours or not flops or run["family"] in NOT_FROM_SCRATCH:
            continue
        part = parts[run["accelerator"]]
        peak = per_device(part, "peak_16bit_tflops")
        total, active = run.get("parameters"), run.get("active_parameters")
        # Epoch's utilisations are its own estimates, often from these same hours.
        logged = "tokens" in run and run.get("utilization_basis") != "Epoch"
        found.append(Training(
            run["id"], run["family"], class_of(part), "F-hours" in uses and run.get("circular") == "no",
            run.get("accelerator_count"), math.log(active / total) if active and total else 0.0, flops, peak, hours,
            (run.get("mfu") or run.get("hardware_utilization")) if logged else None,
            math.log(flops / (hours * 3600 * peak * 1e12))))
    return sorted(found, key=lambda training: training.id)


def log_scale(count: Optional[float]) -> float:
    """Log of the devices over the reference; 0 where no count was stated."""
    return math.log(min(max(count, SCALE_LOW), SCALE_HIGH) / SCALE_REFERENCE) if count else 0.0


@dataclass(frozen=True)
class Mfu:
    """Log MFU by class, and the common value."""
    of_class: dict
    common: float

    def predict(self, training: Training) -> float:
        """Log MFU; hours are its inverse."""
        return self.of_class[training.mfu_class]


def fit_mfu(items) -> Mfu:
    groups = {name: family_means((item.family, item.log_value) for item in items if item.mfu_class == name)
              for name in CLASSES}
    common = median(value for values in groups.values() for value in values)
    return Mfu({name: pulled(values, common) for name, values in groups.items()}, common)


def exponent(items, x_of) -> float:
    """Slope of the log MFU against x within classes: families weigh the same, and a slope of 0 is the
    first guess (ridge), because a few runs of one class can fake any slope."""
    model = fit_mfu(items)
    sizes = {item.family: sum(other.family == item.family for other in items) for item in items}
    above = sum(x_of(item) * (item.log_value - model.predict(item)) / sizes[item.family] for item in items)
    below = sum(x_of(item) ** 2 / sizes[item.family] for item in items)
    return above / (below + (RESIDUAL_SD / EXPONENT_PRIOR_SD) ** 2)


def scale_exponent(items) -> float:
    return exponent(items, lambda item: log_scale(item.count))


def sparsity_exponent(items) -> float:
    return exponent(items, lambda item: item.sparsity)


def overheads(items) -> list:
    """Logs of the MFU that a run's log states over the one that its device-hours imply."""
    return [math.log(item.stated_mfu) - item.log_value for item in items if item.stated_mfu]


def attention_shares(tables) -> list:
    """Log of FLOPs with attention over 6 N D, one mean per family, for the runs whose layers and context were
    published. Attention takes 12 x layers x width x context per token (Chowdhery et al. 2022, arXiv:2204.02311), with
    12 x layers x width^2 parameters (Kaplan et al. 2020)."""
    runs = {run["id"]: run for run in tables["runs"]}
    pairs = []
    for shape in tables.shapes():
        run = runs[shape["id"]]
        per_token = float(shape["context_tokens"]) * math.sqrt(12 * float(shape["layers"]) * run["active_parameters"])
        pairs.append((run["family"], math.log(1 + per_token / (6 * run["active_parameters"]))))
    return family_means(pairs)


def hours_spread(items) -> float:
    """The spread whose 90 % interval holds 90 % of the hours that no fit has seen."""
    return spread90(residual for _, residual in left_out(items, fit_mfu, Mfu.predict))


def constant_mfu(items) -> Mfu:
    """The baseline: one MFU for all."""
    common = median(family_means((item.family, item.log_value) for item in items))
    return Mfu({name: common for name in CLASSES}, common)
