"""Checks the draws of a scenario's inputs against what the file says of them."""
import csv
import math
import re

import numpy as np
from scipy import stats

import distributions
import formula
import units

DRAWS = 1024
# A design of 16 replicates puts one draw of each replicate into each of its strata, so that the empirical distribution
# function of an input is off by at most 16 of the draws; fewer draws than 8,192 are one replicate.
STRATUM = 16 / DRAWS
# Kolmogorov's bound, exceeded by independent draws with probability 1e-9 (Massart 1990, doi:10.1214/aop/1176990746).
LOOSE = math.sqrt(math.log(2 / 1e-9) / (2 * DRAWS))


class InputChecks:
    """Mixed into a check of one run, which has `folder`, `indexes`, `over`, `fail`."""

    def number(self, exact, cell, over):
        """An evaluator of constants and names inside a value, at one cell."""
        def evaluate(node):
            quantity = exact.of(node)
            data = quantity.data
            for index in quantity.over:
                data = np.take(data, self.indexes[index].index(cell[over.index(index)]), 0)
            return data if data.shape[-1] > 1 else float(data.reshape(-1)[0])
        return evaluate

    def check_input(self, exact, name, entry, drawn):
        over = self.over(entry)
        ordered = sorted(over)
        if str(entry.get("value", "")).startswith(("shares(", "dirichlet(")):
            return self.check_shares(name, entry["value"], drawn)
        if str(entry.get("value", "")).startswith("empirical("):
            return self.check_measured(name, entry, drawn)
        values = self.values(entry, over)
        stratified = all(value in ("shared", "independent") for value in flattened(entry.get("dependence", "shared")))
        for cell in values:
            text = values[cell]
            at = tuple(self.indexes[index].index(cell[over.index(index)]) for index in ordered)
            # Bare numbers count in the unit of the input, which matters for percent.
            node = formula.parse(text)
            x = drawn.data[at] / (0.01 if entry.get("unit") == "percent" else 1)
            with np.errstate(all="ignore"):
                distribution = distributions.cdf(node, self.number(exact, cell, over))
            if distribution is None:
                constant = float(exact.of(node).data.reshape(-1)[0])
                if not np.allclose(x, constant, rtol=4e-16, atol=0):
                    self.fail(name, f"{cell}: {text} is {x[0]!r}, expected {constant!r}")
                continue
            with np.errstate(all="ignore"):
                u = distribution(x)
                # Arguments that another input makes impossible in a draw leave it without a value.
                if not np.array_equal(np.isnan(u), np.isnan(x)):
                    self.fail(name, f"{cell}: {text} has {np.isnan(x).sum()} draws without a value, expected {np.isnan(u).sum()}")
                    continue
                if np.isnan(u).any():
                    continue
                distance = distance_between(x, distribution, discrete(text))
            if not distance <= (STRATUM + 1e-6 if stratified else LOOSE):
                self.fail(name, f"{cell}: {text} is off by {distance:.3g} in probability")
        if "interpolate" in entry:
            self.check_anchors(name, entry, over, values, drawn)

    def check_shares(self, name, text, drawn):
        """Parts that sum to one, each with the beta distribution that a Dirichlet distribution gives it."""
        named = {key: float(value[1]) for key, value in formula.parse(text)[3].items()}
        alphas = [named[label] * named.get("concentration", 1) for label in self.indexes["region"]]
        if not np.allclose(drawn.data.sum(0), 1, rtol=0, atol=1e-14):
            self.fail(name, f"the shares sum to {drawn.data.sum(0)[0]!r}")
        for i, label in enumerate(self.indexes["region"]):
            u = np.sort(stats.beta.cdf(drawn.data[i], alphas[i], sum(alphas) - alphas[i]))
            distance = np.max(np.abs(u - np.arange(1, DRAWS + 1) / DRAWS))
            if distance > LOOSE:
                self.fail(name, f"{label} is off by {distance:.3g} in probability")

    def check_measured(self, name, entry, drawn):
        """An input drawn from the values of a file, which are in the input's unit."""
        file, shape = re.fullmatch(r'empirical\("(.+)", column="x", shape=(\w+)\)', entry["value"]).groups()
        values = np.loadtxt(self.folder / file, skiprows=1) * float(units.parse(entry["unit"], self.declared)[0])
        distance = distance_between(drawn.data, distributions.empirical(values, shape), shape == "step")
        if not distance <= STRATUM + 1e-6:
            self.fail(name, f"{entry['value']} is off by {distance:.3g} in probability")

    def values(self, entry, over):
        """The text of each cell that has one."""
        if "table" in entry:
            header, *rows = csv.reader((self.folder / entry["table"]).read_text().splitlines())
            found = {}
            for row in rows:
                cell = tuple(self.label(index, text) for index, text in zip(over, row))
                low, high, unit = (row[len(over):] + ["", ""])[:3]
                suffix = unit and f" {unit}"
                found[cell] = f"{low}{suffix} to {high}{suffix}" if high else low
            return found
        value, found = entry["value"], {}

        def walk(node, cell):
            if isinstance(node, dict):
                for key, part in node.items():
                    walk(part, cell + (self.label(over[len(cell)], key),))
            elif len(cell) < len(over):
                for label in self.indexes[over[len(cell)]]:
                    walk(node, cell + (label,))
            else:
                found[cell] = node
        walk(value, ())
        return found

    def label(self, index, text):
        return int(text) if not isinstance(self.indexes[index][0], str) else text

    def check_anchors(self, name, entry, over, values, drawn):
        """The other labels follow from the anchors, draw by draw."""
        labels = self.indexes[over[0]]
        anchors = sorted(cell[0] for cell in values)
        at = {label: drawn.data[labels.index(label)] for label in labels}
        for label in labels:
            if label in anchors:
                continue
            below = max((a for a in anchors if a < label), default=None)
            above = min((a for a in anchors if a > label), default=None)
            if below is None or above is None or entry["interpolate"] == "step":
                expected = at[below if below is not None else above]
            else:
                part = (label - below) / (above - below)
                if entry["interpolate"] == "linear":
                    expected = at[below] * (1 - part) + at[above] * part
                else:
                    expected = at[below] ** (1 - part) * at[above] ** part
            if not np.allclose(at[label], expected, rtol=1e-11, atol=0):
                self.fail(name, f"{label} is {at[label][0]!r}, expected {expected[0]!r} between anchor points")


def distance_between(x, distribution, is_discrete):
    """The largest distance between the empirical distribution function of draws and a distribution function."""
    if is_discrete:
        return max(abs(np.mean(x <= p) - float(np.mean(distribution(p * (1 + 1e-12))))) for p in np.unique(x))
    # A value stands for all that round to it, which matters where the spread is a few units in the last place.
    rounding = 4 * np.spacing(np.abs(x))
    lower, upper = np.sort(distribution(x - rounding)), np.sort(distribution(x + rounding))
    steps = np.arange(1, DRAWS + 1) / DRAWS
    return np.max(np.maximum(steps - upper, lower - steps + 1 / DRAWS))


def discrete(text):
    return any(word in text for word in ("poisson", "binomial", "bernoulli", "geometric", "discrete"))


def flattened(value):
    return list(value.values()) if isinstance(value, dict) else [value]
