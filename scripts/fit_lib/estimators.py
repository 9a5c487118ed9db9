# SPDX-License-Identifier: MIT
"""The few estimators that every fit uses. All work on natural logs of ratios.

Rows of one family (one paper, one cluster, one log) are not independent. So a family
speaks once, with the mean of its logs (its rows are different real jobs), and the median over
families is the central value: no single paper can pull it. Spreads are taken from what a fit without the
family gets wrong, so they contain the fit's own error.
"""
import math
from collections import defaultdict
from statistics import mean, median
from typing import Optional

# Weight of the common value against one family, where a class has few families. About the
# ratio of the variance between families of a class to the variance between classes.
COMMON_WEIGHT = 0.5
# A 90 % interval reaches 1.645 standard deviations to both sides of a normal.
Z90 = 1.6448536269514722


def family_means(pairs) -> list:
    """One mean per family of (family, value) pairs, in the order of family names."""
    grouped = defaultdict(list)
    for family, value in pairs:
        grouped[family].append(value)
    return [mean(grouped[family]) for family in sorted(grouped)]


def pulled(values, common: float, weight: Optional[float] = None) -> float:
    """The median of the values, drawn towards the common value the more the fewer there are."""
    weight = COMMON_WEIGHT if weight is None else weight
    if not values:
        return common
    return (len(values) * median(values) + weight * common) / (len(values) + weight)


def pulled_spread(log_sd: float, families: int, common: float, weight: Optional[float] = None) -> float:
    """As `pulled`, for spreads: a class of few families is not believed to be much tighter than all."""
    weight = COMMON_WEIGHT if weight is None else weight
    return math.sqrt((families * log_sd ** 2 + weight * common ** 2) / (families + weight))


def rms(values) -> float:
    squares = [value * value for value in values]
    return math.sqrt(mean(squares)) if squares else 0.0


def spread90(values) -> float:
    """The log sd whose 90 % interval holds 90 % of the values. For long-tailed populations: the
    tail beyond the interval does not widen it."""
    ordered = sorted(abs(value) for value in values)
    place = 0.9 * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return (ordered[low] + (place - low) * (ordered[high] - ordered[low])) / Z90


def without_family(observations, family) -> list:
    return [item for item in observations if item.family != family]


def left_out(observations, fit, predict) -> list:
    """(observation, log(predicted / published)) of each one, by a fit that never saw its family."""
    pairs = []
    for family in sorted({item.family for item in observations}):
        model = fit(without_family(observations, family))
        pairs += [(item, predict(model, item) - item.log_value)
                  for item in observations if item.family == family]
    return sorted(pairs, key=lambda pair: pair[0].id)


def family_rms(pairs) -> float:
    """Root mean square of the residuals, every family with the same weight."""
    grouped = defaultdict(list)
    for item, residual in pairs:
        grouped[item.family].append(residual * residual)
    squares = [mean(grouped[family]) for family in sorted(grouped)]
    return math.sqrt(mean(squares)) if squares else 0.0
