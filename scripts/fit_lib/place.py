# SPDX-License-Identifier: MIT
"""Spreads of what stands in for a place's own figure: another year, a wider area, a wider mean.

Each is the log distance between figures that were both published, of the near and of the far rung.
"""
import math
from collections import defaultdict
from statistics import mean, median

from .estimators import rms, spread90

WORLD = "X-WORLD"


def intensities(tables) -> dict:
    """(region, year, method) -> g/kWh; places without any (0) carry no ratio."""
    return {(row["region"], row["year"], row["method"]): row["intensity_g_per_kwh"]
            for row in tables["grid"] if row["intensity_g_per_kwh"] > 0}


def year_changes(series: dict) -> list:
    """Logs of each value over that of the year before; `series` is (key, year) -> value."""
    return [math.log(value / series[key, year - 1]) for (key, year), value in sorted(series.items())
            if (key, year - 1) in series]


def country_year_changes(tables) -> list:
    kinds = {row["id"]: row["kind"] for row in tables["regions"]}
    return year_changes({(region, year): value for (region, year, method), value in intensities(tables).items()
                         if method == "lifecycle" and kinds[region] == "country"})


def method_ratios(tables) -> dict:
    """country -> logs of lifecycle over direct, of the years that have both."""
    known, kinds = intensities(tables), {row["id"]: row["kind"] for row in tables["regions"]}
    ratios = defaultdict(list)
    for (region, year, method), value in sorted(known.items()):
        if method == "direct" and kinds[region] == "country" and (region, year, "lifecycle") in known:
            ratios[region].append(math.log(known[region, year, "lifecycle"] / value))
    return dict(ratios)


def own_row_wobble(tables) -> list:
    """How far two publishers' series of one country move apart, their constant offset aside."""
    return [value - mean(values) for values in method_ratios(tables).values() for value in values if len(values) > 1]


def direct_scaling(tables) -> list:
    """How far the countries' ratios lie apart: a region's mix differs from its country's about as much."""
    means = [mean(values) for values in method_ratios(tables).values()]
    return [value - mean(means) for value in means]


def zone_distances(tables, whole_country: bool) -> dict:
    """region -> mean log of a cloud region's own figure over its zone's, of the same year and method.
    Operators choose clean corners of a zone and count what they buy in another way."""
    known, kinds = intensities(tables), {row["id"]: row["kind"] for row in tables["regions"]}
    found = defaultdict(list)
    for region in tables["regions"]:
        zone = region.get("zone")
        if region["kind"] != "cloud" or not zone or (kinds[zone] == "country") != whole_country:
            continue
        for (place, year, method), value in sorted(known.items()):
            if place == region["id"] and (zone, year, method) in known:
                found[place].append(math.log(value / known[zone, year, method]))
    return {place: mean(values) for place, values in found.items()}


def country_distances(tables) -> dict:
    """country -> logs of its subdivisions' figures over its own, same year (same method where it has one)."""
    known = intensities(tables)
    found = defaultdict(list)
    for region in tables["regions"]:
        if region["kind"] in ("subdivision", "egrid_subregion"):
            for (place, year, method), value in sorted(known.items()):
                if place == region["id"]:
                    country = known.get((region["country"], year, method)) or known.get((region["country"], year, "lifecycle"))
                    if country:
                        found[region["country"]].append(math.log(value / country))
    return dict(found)


def world_distances(tables) -> list:
    """(log of a country's newest figure over the world's, cloud regions in it): where computers stand,
    not where people live, is the population that an unknown place stands for."""
    known = intensities(tables)
    newest = {}
    for (region, year, method), value in sorted(known.items()):
        if method == "lifecycle":
            newest[region] = value
    sites = defaultdict(int)
    for region in tables["regions"]:
        if region["kind"] == "cloud" and region.get("country") in newest:
            sites[region["country"]] += 1
    return [(math.log(newest[country] / newest[WORLD]), count) for country, count in sorted(sites.items())]


def weighted_rms(pairs) -> float:
    return math.sqrt(sum(weight * value * value for value, weight in pairs) / sum(weight for _, weight in pairs))


def pue_series(tables, scope: str) -> dict:
    key = {"site": "region", "fleet": "provider"}.get(scope)
    return {(row[key] if key else "world", row["year"]): row["pue"] for row in tables["pue"] if row["scope"] == scope}


def pue_site_over_world(tables) -> list:
    world = pue_series(tables, "world")
    return [math.log(pue / world["world", year]) for (_, year), pue in sorted(pue_series(tables, "site").items())
            if ("world", year) in world]


def pue_site_over_fleet(tables) -> list:
    """Logs of a site's PUE over its operator's fleet mean of the nearest year, the earlier of two."""
    fleets = pue_series(tables, "fleet")
    found = []
    for (site, year), pue in sorted(pue_series(tables, "site").items()):
        years = sorted((abs(have - year), have) for provider, have in fleets if provider == site.split(":")[0])
        if years:
            found.append(math.log(pue / fleets[site.split(":")[0], years[0][1]]))
    return found


def pue_year_changes(tables) -> list:
    return year_changes(pue_series(tables, "site"))


def spreads(tables) -> dict:
    """Log sd and number of published values behind it, by row id."""
    def of(values, estimate=rms):
        return estimate(values), len(values)

    country = country_distances(tables)
    world = world_distances(tables)
    return {
        "intensity-own-row": of(own_row_wobble(tables)),
        "intensity-per-year-of-gap": of(country_year_changes(tables), spread90),
        "intensity-direct-to-lifecycle": of(direct_scaling(tables)),
        "intensity-zone-for-region": of(list(zone_distances(tables, whole_country=False).values())),
        "intensity-country-for-region": of(list(zone_distances(tables, whole_country=True).values())),
        "intensity-country-for-zone": (median(rms(values) for values in country.values()),
                                       sum(map(len, country.values()))),
        "intensity-world": (weighted_rms(world), sum(count for _, count in world)),
        "pue-site": (rms(pue_year_changes(tables)) / math.sqrt(2), len(pue_year_changes(tables))),
        "pue-per-year-of-gap": of(pue_year_changes(tables), spread90),
        "pue-fleet-for-site": of(pue_site_over_fleet(tables)),
        "pue-world": of(pue_site_over_world(tables)),
    }
