"""The facts of scenarios/benchmarks/ai-sector-2026-11, as Python writes them: indexes, tables, distributions, outputs.

Every figure that the scenario keeps in a table is read from that table; the others are transcribed from its YAML files.
Nothing here depends on how a peer computes. Energies are in TWh, powers in W, emissions in Mt, intensities in g/kWh.
"""
import csv
import math
import pathlib
import re
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from scipy.optimize import root
from scipy.special import betaincinv

from sector import HOURS_A_YEAR, JOULES_A_TWH, WATTS_TO_TWH_A_YEAR

FOLDER = pathlib.Path(__file__).parents[2] / "scenarios/benchmarks/ai-sector-2026-11/evidence"

YEARS = range(2019, 2031)
VINTAGES = range(2015, 2031)
LAST_COUNTED = 2026             # shipments are counted in chips up to here
ACCELERATORS = ("volta", "ampere", "hopper", "blackwell", "custom", "card", "ascend")
CLASSES = ("medium", "large", "frontier")
KINDS = ("text", "reasoning", "media")
WORKS = ("listed", "unlisted", "experiments", "fine_tuning", "idle", "inference", "recommenders")
PUBLISHERS = ("google", "microsoft", "meta")
COMPANIES = (*PUBLISHERS, "amazon")
OWNERS = (*COMPANIES, "others")
REGIONS = ("us", "china", "europe", "asia")
FUELS = ("coal", "gas", "oil", "nuclear", "hydro", "wind", "solar", "other")
FOSSIL = ("coal", "gas", "oil")
MILESTONES = ("ireland", "google", "bitcoin", "argentina", "third_of_data_centres", "france", "japan")


class Lognormal(NamedTuple):
    """shift + exp(mu + sigma z)"""
    mu: float
    sigma: float
    shift: float = 0.0


class Normal(NamedTuple):
    mean: float
    sd: float


class Triangular(NamedTuple):
    low: float
    mode: float
    high: float


class Beta(NamedTuple):
    """low + (high - low) times a beta distribution on 0 to 1."""
    alpha: float
    beta: float
    low: float = 0.0
    high: float = 1.0


def interval(low, high, within=0.9):
    """The lognormal distribution with that central interval."""
    reach = NormalDist().inv_cdf(0.5 + within / 2)
    return Lognormal(0.5 * math.log(low * high), 0.5 * math.log(high / low) / reach)


def shifted(low, high):
    """1 + lognormal(low to high)"""
    return interval(low, high)._replace(shift=1.0)


def beta(low, high):
    """The beta distribution with the 5th percentile `low` and the 95th percentile `high`."""
    mean, sd = (low + high) / 2, (high - low) / 3.29
    size = mean * (1 - mean) / sd**2 - 1

    def misses(logs):
        found = betaincinv(*np.exp(logs), (0.05, 0.95))
        return found / (low, high) - 1

    fit = root(misses, np.log([mean * size, (1 - mean) * size]), tol=1e-13)
    assert np.abs(misses(fit.x)).max() < 1e-9, (low, high, fit.message)
    return Beta(*np.exp(fit.x))


def pert(low, mode, high):
    width = high - low
    return Beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, low, high)


def sticks(parts, concentration):
    """shares(...): a Dirichlet distribution by stick-breaking. Each part takes a beta-distributed share of what is left."""
    a = np.array(parts) * concentration / 100
    after = a.sum() - np.cumsum(a)
    return tuple(Beta(first, rest) for first, rest in zip(a[:-1], after[:-1]))


def number(text):
    suffixes = {"k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
    return float(text[:-1]) * suffixes[text[-1]] if text[-1] in suffixes else float(text)


def value(text):
    """A cell of a table: a number, `low to high`, or `pert(low, mode, high)`."""
    if " to " in text:
        return interval(*map(number, text.split(" to ")))
    if call := re.fullmatch(r"pert\((.*)\)", text):
        return pert(*(number(part.strip()) for part in call[1].split(",")))
    return number(text)


def table(name, *keys):
    """The rows of a table in nested dictionaries, in the order of `keys`; years are numbers."""
    made = {}
    with open(FOLDER / f"{name}.csv", newline="") as file:
        for row in csv.DictReader(file):
            place = made
            *outer, last = (int(row[key]) if row[key].isdigit() else row[key] for key in keys)
            for key in outer:
                place = place.setdefault(key, {})
            place[last] = interval(number(row["low"]), number(row["high"])) if "low" in row else value(row["value"])
    return made


def normal_correlation(rank):
    """The correlation of normal scores of a Spearman correlation."""
    return 2 * math.sin(math.pi * rank / 6)


def exchangeable(size, rank):
    matrix = np.full((size, size), normal_correlation(rank))
    np.fill_diagonal(matrix, 1)
    return matrix


def autoregressive(size, rank):
    steps = np.arange(size)
    return normal_correlation(rank) ** np.abs(steps[:, None] - steps)


def joined(rank, others):
    """A first input that is correlated with each of `others`, whose own correlations are given."""
    size = len(others) + 1
    matrix = np.empty((size, size))
    matrix[0], matrix[:, 0] = normal_correlation(rank), normal_correlation(rank)
    matrix[0, 0], matrix[1:, 1:] = 1, others
    return matrix


@cache
def weights(anchors, steps=YEARS):
    """(step, anchor): linear interpolation between anchor points, held constant outside."""
    return np.stack([np.interp(steps, anchors, unit) for unit in np.eye(len(anchors))], axis=1)
