# SPDX-License-Identifier: MIT
"""All rows of data/spreads.json, with how each was obtained."""
import math
from statistics import median

from . import host, hours, place, power
from .estimators import rms
from .tables import row

OURS = ["footpound-fit"]
LEFT_OUT = "log sd: RMS error with the run's family left out"


def power_rows(tables) -> list:
    draws = power.draws(tables)
    fitted, spreads = power.shares(draws), power.power_spreads(draws)

    def count(chip, scope, load=None, name=None):
        return sum(draw.kind != "upper" and draw.chip == chip and draw.scope == scope and load in (None, draw.load)
                   and name in (None, draw.accelerator) for draw in draws)

    share = {"unit": "of rated power"}
    rows = [
        row("board-share-large-model", spreads.board["large-model"], count("gpu", "board", "large-model"),
            f"Median of the families of jobs on several devices, and of metered nodes less h100-p5-host, drawn to the common share; "
            f"{LEFT_OUT}, drawn to that of all", OURS,
            value=math.exp(fitted.board["large-model"]), **share),
        row("board-share-general", spreads.board["general"], count("gpu", "board", "general"),
            f"Median of the families of jobs on one device, drawn to the common share; {LEFT_OUT}, drawn to that of all", OURS,
            value=math.exp(fitted.board["general"]), **share),
        row("board-share-unknown", spreads.board["unknown"], count("gpu", "board"),
            "Mean of the two loads, each the median of its families; log sd: RMS distance of all their jobs", OURS,
            value=math.exp(fitted.board["unknown"]), **share),
        row("board-share-tpu", spreads.tpu_board, count("tpu", "board"),
            "Mean of a TPU v4 in production as Google measured it, over Epoch AI's rating; log sd as of node-share-tpu",
            ["google-cloud-tpu-docs", *OURS], value=math.exp(fitted.tpu_board), **share),
        row("board-mean-published", spreads.tpu_board, count("tpu", "node") + count("tpu", "board"),
            "As of node-share-tpu: what one family's mean leaves open for another's job on the accelerator", OURS),
        row("board-utilization", math.log(max(tucano(draws))) / 1.645, len(tucano(draws)),
            "Boards may run above their rating: the highest published mean is the end of the 90 % interval", OURS,
            method="published range"),
        row("node-share", spreads.node, count("gpu", "node"),
            f"Boards and host of SXM nodes in large jobs: median of the families; {LEFT_OUT}, one reading of heavy load "
            "added, drawn to that of TPUs", [*OURS, "newkirk-2025"], value=math.exp(fitted.node), **share),
        row("node-share-tpu", spreads.tpu_node, count("tpu", "node") + count("tpu", "board"),
            f"System share of a TPU generation without a published one: median of the families; {LEFT_OUT}", OURS,
            value=math.exp(fitted.tpu_node), **share),
        row("host-share", spreads.host, len(power.host_estimates(draws, fitted)),
            "node-share less board-share-large-model; log sd: RMS distance of nodes and of two published estimates",
            [*OURS, "luccioni-2022", "ecologits"], value=fitted.host(), **share),
    ]
    rows += [row(f"node-share-{name}", spreads.tpu_node_of[name], count("tpu", "node", name=name),
                 "System share of this generation, drawn to node-share-tpu; log sd: as of that, where one family speaks for the "
                 "generation", OURS, value=math.exp(value), **share)
             for name, value in fitted.tpu_node_of.items()]
    return rows


def tucano(draws) -> list:
    """Board shares of the one published log whose boards ran above their rating."""
    return [math.exp(draw.log_value) for draw in draws if draw.scope == "board" and draw.log_value > 0]


def host_rows(tables) -> list:
    core, core_sd, cores = host.core_watts(tables)
    memory, memory_sd, memories = host.memory_watts(tables)
    floor, floor_sd, floors = host.floor_watts(tables)
    years, years_sd, lives = host.lifetime_years(tables)
    return [
        row("host-floor", floor_sd, floors, "Cores and memory that clouds sell with one card of up to 150 W: median over the cards",
            OURS, value=floor, unit="W per device"),
        row("cpu-share", host.cpu_share_spread(), 2, "Half the rating as CodeCarbon assumes; the 90 % interval reaches from a "
            "quarter to the full rating that Green Algorithms takes", ["codecarbon-methodology", "green-algorithms"],
            value=host.CPU_SHARE, unit="of rated power", method="published range"),
        row("cpu-core", core_sd, cores, "Median rated watts per core of server CPUs since 2017, times cpu-share; log sd: "
            "their spread with that of cpu-share", ["codecarbon-intel-ark", "codecarbon-amd", "codecarbon-methodology"],
            value=core, unit="W per core"),
        row("memory", memory_sd, memories, "Median and RMS distance of the coefficients of table memory",
            ["boavizta-factors", "ccf-methodology", "codecarbon-methodology", "green-algorithms", "ccf-aws-instances"],
            value=memory, unit="W per GB", method="published range"),
        row("lifetime", years_sd, lives, "Median and RMS distance of the lifetimes that life-cycle studies assume",
            OURS, value=years, unit="years", method="published range"),
    ]


CLASS_TEXT = {
    "tpu": "TPUs", "early": f"GPUs launched before {hours.BF16_YEAR}",
    "balanced": f"Others with a 16-bit peak of up to {hours.FAST_PEAK_TFLOPS} TFLOP/s per device",
    "fast": f"Others with a higher 16-bit peak than {hours.FAST_PEAK_TFLOPS} TFLOP/s",
}


def hours_rows(tables) -> list:
    runs = hours.trainings(tables)
    fitted, total = hours.fit_mfu(runs), hours.hours_spread(runs)
    logs = hours.overheads(runs)
    overhead, overhead_sd = median(logs), rms(value - median(logs) for value in logs)
    attention = hours.attention_shares(tables)
    typical, attention_sd = median(attention), rms(value - median(attention) for value in attention)
    # The errors are those of published hours, so they hold the overhead's spread already.
    mfu_sd = math.sqrt(total ** 2 - overhead_sd ** 2)

    def mfu(name, log_value, log_sd, count, how, method="fitted"):
        return row(name, log_sd, count, how, OURS, value=math.exp(log_value + overhead), unit="of peak", method=method)

    rows = [mfu(f"mfu-{name}", fitted.of_class[name], mfu_sd, sum(run.mfu_class == name for run in runs),
                f"{CLASS_TEXT[name]}: median of the families, drawn to the common MFU, times hours-overhead; log sd: its 90 % "
                "interval holds 90 % of all hours with the run's family left out") for name in hours.CLASSES]
    return rows + [
        mfu("mfu-fp32", fitted.common, 2 * mfu_sd, 0,
            "Of the FP32 peak, where no 16-bit one is known: the common MFU with twice the spread, as no run tells", "assumed"),
        row("mfu-attention", attention_sd, len(attention), "Model FLOPs with attention over 6 x active parameters x tokens, of the "
            "runs in curation/shapes.csv: median of the families; turns an MFU fitted on the one into that of the other", OURS,
            value=math.exp(typical), unit="FLOPs per 6ND"),
        row("hours-overhead", overhead_sd, len(logs), "Restarts, evaluation and idle time: median of MFU as logged over MFU "
            "that the device-hours imply", OURS, value=math.exp(overhead), unit="hours per hour of training"),
    ]


PLACE_TEXT = {
    "intensity-own-row": "How far two publishers' series of one country move apart, their constant offset aside",
    "intensity-per-year-of-gap": "Change of a country's figure in a year, 90 % of all; grows with the root of the years",
    "intensity-direct-to-lifecycle": "RMS distance of the countries' lifecycle over direct ratios from their mean",
    "intensity-zone-for-region": "RMS over Google's regions of their own figure over their zone's, where that is part of a country",
    "intensity-country-for-region": "RMS over Google's regions of their own figure over their country's, where that is the zone",
    "intensity-country-for-zone": "RMS distance of subdivisions from their country, median of the countries",
    "intensity-world": "RMS distance of countries from the world mean, weighted by cloud regions",
    "pue-site": "Year-on-year change of a site's PUE over root 2: what an annual figure of the year leaves open",
    "pue-per-year-of-gap": "Change of a site's PUE in a year, 90 % of all; grows with the root of the years",
    "pue-fleet-for-site": "RMS distance of sites from their operator's fleet mean",
    "pue-world": "RMS distance of operators' sites from the world mean of their year",
}
NATIONAL = ["owid-ember-2026", "desnz-2025", "epa-egrid-2023", "uba-2026"]
PLACE_SOURCE = {
    "intensity-own-row": NATIONAL,
    "intensity-per-year-of-gap": ["owid-ember-2026"],
    "intensity-direct-to-lifecycle": NATIONAL,
    "intensity-zone-for-region": ["gcp-region-carbon-2025", "epa-egrid-2023", "eccc-2026"],
    "intensity-country-for-region": ["gcp-region-carbon-2025", "owid-ember-2026"],
    "intensity-country-for-zone": ["owid-ember-2026", "eccc-2026", "epa-egrid-2023", "nga-2025"],
    "intensity-world": ["owid-ember-2026"],
    "pue-site": ["gsf-real-time-cloud-2026"],
    "pue-per-year-of-gap": ["gsf-real-time-cloud-2026"],
    "pue-fleet-for-site": ["gsf-real-time-cloud-2026", "computerweekly-2025", "dcd-2024", "google-pue-2025"],
    "pue-world": ["gsf-real-time-cloud-2026", "uptime-series-2024"],
}


def place_rows(tables) -> list:
    return [row(name, log_sd, count, PLACE_TEXT[name], [*OURS, *PLACE_SOURCE[name]])
            for name, (log_sd, count) in place.spreads(tables).items()]


def all_rows(tables) -> list:
    return power_rows(tables) + host_rows(tables) + hours_rows(tables) + place_rows(tables)
