# SPDX-License-Identifier: MIT
"""Leave-one-family-out cross-validation, beside two baselines, as text.

Each run is predicted by shares and spreads fitted without its family. Like is scored with like:
where only the boards were measured, the boards are predicted.
"""
import math
from statistics import mean, median

from . import host, hours, power
from .estimators import Z90, left_out, rms, without_family
from .tables import per_device

KINDS = (("measured_system", "system, per device"), ("measured_gpu_log", "GPU logs"),
         ("mlperf_power", "MLPerf nodes"), ("measured_gpu_trace", "single-GPU traces"))
JOULES_PER_KWH = 3.6e6
HEADER = f"{'':34}{'n':>4}{'mean':>9}{'median':>9}{'RMS x':>8}{'cover':>8}{'width':>8}"


def line(label: str, residuals, log_sds=None) -> str:
    """Mean and median of |predicted/published - 1|, RMS factor; share inside the 90 % interval, and its
    mean log width."""
    errors = [abs(math.exp(value) - 1) for value in residuals]
    text = f"{label:34}{len(errors):>4}{mean(errors):>9.1%}{median(errors):>9.1%}{math.exp(rms(residuals)):>8.2f}"
    if log_sds is None:
        return f"{text}{'-':>8}{'-':>8}"
    inside = [abs(value) <= Z90 * log_sd for value, log_sd in zip(residuals, log_sds)]
    return f"{text}{mean(inside):>8.0%}{mean(2 * Z90 * log_sd for log_sd in log_sds):>8.2f}"


def power_predictions(draws) -> list:
    """(draw, residual, log sd), from a fit that never saw the draw's family."""
    found = []
    for family in sorted({draw.family for draw in draws if draw.energy_kwh}):
        rest = without_family(draws, family)
        fitted, spreads = power.shares(rest), power.power_spreads(rest)
        found += [(draw, fitted.predict(draw) - draw.log_value, spreads.of(fitted, draw))
                  for draw in draws if draw.family == family and draw.energy_kwh]
    return found


def green_algorithms(tables, draw) -> float:
    """Log of rated power at full use plus memory, over the published draw; Lannelongue et al. 2021,
    doi:10.1002/advs.202100707. Memory: what clouds sell per device, else its calculator's 64 GB."""
    if draw.scope == "board":
        return -draw.log_value
    per_card = [machine["memory_gb"] / machine["accelerator_count"] for machine in tables["instances"]
                if machine["accelerator"] == draw.accelerator and "memory_gb" in machine]
    watts = draw.rated_w + 0.3725 * (median(per_card) if per_card else 64)
    return math.log(watts / draw.rated_w) - draw.log_value


def hours_predictions(runs) -> list:
    found = []
    for family in sorted({run.family for run in runs}):
        rest = without_family(runs, family)
        fitted, spread = hours.fit_mfu(rest), hours.hours_spread(rest)
        found += [(run, run.log_value - fitted.predict(run), spread) for run in runs if run.family == family]
    return found


def energy_table(tables) -> list:
    draws = power.draws(tables)
    predicted = power_predictions(draws)
    lines = ["Energy from hardware and hours (H), leave one family out", HEADER]

    def block(label, pick):
        mine = [entry for entry in predicted if pick(entry[0])]
        lines.append(line(label, [residual for _, residual, _ in mine], [log_sd for _, _, log_sd in mine]))
        lines.append(line("  rated power x hours", [-draw.log_value for draw, _, _ in mine]))
        lines.append(line("  Green Algorithms", [green_algorithms(tables, draw) for draw, _, _ in mine]))

    for kind, label in KINDS:
        block(label, lambda draw, kind=kind: draw.kind == kind)
    block("all", lambda draw: True)
    return lines


def hours_table(tables) -> list:
    runs = hours.trainings(tables)
    predicted = hours_predictions(runs)
    constant = {run.id: -residual for run, residual in left_out(runs, hours.constant_mfu, hours.Mfu.predict)}
    lines = ["Hours from parameters, tokens and hardware (F-hours), leave one family out", HEADER]
    for label, mine in (("hours-only runs, not circular", [entry for entry in predicted if entry[0].marked]),
                        ("all runs with real device-hours", predicted)):
        lines.append(line(label, [residual for _, residual, _ in mine], [log_sd for _, _, log_sd in mine]))
        lines.append(line("  one MFU for all", [constant[run.id] for run, _, _ in mine]))
    lines.append(f"tried and left out: MFU ~ devices^{hours.scale_exponent(runs):+.3f}, "
                 f"MFU ~ (active/total)^{hours.sparsity_exponent(runs):+.3f}")
    return lines


def flops_energy_table(tables) -> list:
    """Energy from FLOPs and hardware alone, for measured GPU energies whose hours were not published: no
    fit has seen these runs."""
    parts = {part["id"]: part for part in tables["accelerators"]}
    mfu, shares = hours.fit_mfu(hours.trainings(tables)), power.shares(power.draws(tables))
    spread = math.hypot(hours.hours_spread(hours.trainings(tables)),
                        power.power_spreads(power.draws(tables)).board["large-model"])
    residuals = []
    for run in tables["runs"]:
        flops = hours.flops_of(run)
        if ("F" not in run.get("usable_for", []) or "accelerator" not in run or "gpu_energy_kwh" not in run
                or "accelerator_hours" in run or run.get("circular") != "no" or not flops):
            continue
        part = parts[run["accelerator"]]
        seconds = flops / (per_device(part, "peak_16bit_tflops") * 1e12) / math.exp(mfu.of_class[hours.class_of(part)])
        watts = per_device(part, "rated_power_w") * math.exp(shares.board["large-model"])
        residuals.append(math.log(watts * seconds / JOULES_PER_KWH / run["gpu_energy_kwh"]))
    return ["Energy from parameters, tokens and hardware (F), boards alone", HEADER,
            line("GPU energy without hours", residuals, [spread] * len(residuals))]


# Sources print days with one decimal (3.1 days is right within 1.6 %) and watts without.
PRINT_ROUNDING = 0.015


def arithmetic_table(tables) -> list:
    """Published power and hours, or FLOPs and rate, against the printed energy (P)."""
    off = {}
    for run in tables["runs"]:
        if "P" in run.get("usable_for", []) and "accelerator_power_w" in run and "accelerator_hours" in run:
            board = "gpu_energy_kwh" in run
            energy = run["accelerator_power_w"] * run["accelerator_hours"] / 1000 * (1 if board else run.get("pue", 1))
            off[run["id"]] = energy / run["gpu_energy_kwh" if board else "energy_kwh"] - 1
    from_flops = {run["id"]: anchor_energy_kwh(run) / run["energy_kwh"] - 1 for run in tables["runs"]
                  if run["family"] == "llmcarbon-anchor"}
    return ["Arithmetic (P)", within("power x hours x PUE", off),
            within("FLOPs / achieved rate x power x PUE, LLMCarbon's five", from_flops)]


def anchor_energy_kwh(run: dict) -> float:
    """Energy without the published hours: from FLOPs, the achieved rate and the power per device."""
    seconds = run["flops"] / (run["achieved_tflops_per_accelerator"] * 1e12)
    return seconds / JOULES_PER_KWH * run["accelerator_power_w"] * run["pue"]


def within(label: str, off: dict) -> str:
    beyond = ", ".join(f"{name} {value:+.1%}" for name, value in sorted(off.items()) if abs(value) > PRINT_ROUNDING)
    inside = sum(abs(value) <= PRINT_ROUNDING for value in off.values())
    return f"{label}: {inside} of {len(off)} within {PRINT_ROUNDING:.1%}; beyond: {beyond or 'none'}"


def table(tables) -> str:
    blocks = (energy_table, hours_table, flops_energy_table, arithmetic_table)
    return "\n\n".join("\n".join(block(tables)) for block in blocks) + "\n"
