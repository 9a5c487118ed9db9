# SPDX-License-Identifier: MIT
"""What the cross-validation hangs on: the same table under other choices."""
from dataclasses import replace
from statistics import mean
import math

from . import estimators, hours, power, scores
from .estimators import Z90, rms

HEADER = f"{'mean error':34}{'system':>8}{'logs':>8}{'MLPerf':>8}{'traces':>8}{'cover':>8}{'width':>7}{'hours x':>9}{'cover':>7}"


def one_project(draws) -> list:
    """Tucano, its tuning and ViTucano: three families, but one laboratory's."""
    return [replace(draw, family="tucano") if "tucano" in draw.family else draw for draw in draws]


def one_line(label: str, draws, runs) -> str:
    predicted = scores.power_predictions(draws)
    text = f"{label:34}"
    for kind, _ in scores.KINDS:
        text += f"{mean(abs(math.exp(residual) - 1) for draw, residual, _ in predicted if draw.kind == kind):>8.1%}"
    timed = scores.hours_predictions(runs)
    inside = mean(abs(residual) <= Z90 * log_sd for _, residual, log_sd in predicted)
    inside_hours = mean(abs(residual) <= Z90 * log_sd for _, residual, log_sd in timed)
    return (f"{text}{inside:>8.0%}{mean(2 * Z90 * log_sd for _, _, log_sd in predicted):>7.2f}"
            f"{math.exp(rms(residual for _, residual, _ in timed)):>9.2f}{inside_hours:>7.0%}")


def table(tables) -> list:
    draws, runs = power.draws(tables), hours.trainings(tables)
    lines = ["What this hangs on", HEADER, one_line("as shipped", draws, runs)]
    shipped = estimators.COMMON_WEIGHT
    for weight in (0.25, 1.0, 2.0):
        try:
            estimators.COMMON_WEIGHT = weight
            lines.append(one_line(f"common value weighs {weight:g} families", draws, runs))
        finally:
            estimators.COMMON_WEIGHT = shipped
    lines.append(one_line("three Tucano families as one", one_project(draws), runs))
    for label, left_out in (("without the TPU v4 chip reading", "tpu-v4-docs-mean"),
                            ("without the server reading", power.SERVER_READING)):
        lines.append(one_line(label, [draw for draw in draws if draw.id != left_out], runs))
    return lines
