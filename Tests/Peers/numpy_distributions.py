"""Draws of the inputs with NumPy: exact quantile functions, or tables of them."""
import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from sector import *

# Tables over the normal score z, linear between nodes; beyond 8.5 there are no normals among 10^16.
SCORE_LIMIT = 8.5
NODES = 2049
NODES_A_UNIT = (NODES - 1) / (2 * SCORE_LIMIT)


def beta_quantile(name, u):
    alpha, beta, low, high = BETA[name]
    return low + (high - low) * betaincinv(alpha, beta, u)


def truncated_quantile(name, u):
    mean, sd, low, high = TRUNCATED[name]
    first, last = ndtr((low - mean) / sd), ndtr((high - mean) / sd)
    return mean + sd * ndtri(first + u * (last - first))


def truncated_quantile_of_score(name, z):
    """The same from a normal score, by the upper tail where z > 0: 1 - ndtr(z) would round to 0."""
    mean, sd, low, high = TRUNCATED[name]
    first, above = ndtr((low - mean) / sd), ndtr((mean - high) / sd)
    inside = 1 - first - above
    return mean + sd * np.where(z < 0, ndtri(first + ndtr(z) * inside), -ndtri(above + ndtr(-z) * inside))


def triangular_quantile(u, low, mode, high):
    width = high - low
    rising = low + np.sqrt(u * (width * (mode - low)))
    falling = high - np.sqrt((1 - u) * (width * (high - mode)))
    return np.where(u < (mode - low) / width, rising, falling)


def score_tables(nodes=NODES):
    """name -> values at the nodes, and their differences."""
    z = np.linspace(-SCORE_LIMIT, SCORE_LIMIT, nodes)
    values = {name: beta_quantile(name, ndtr(z)) for name in BETA}
    values |= {name: truncated_quantile_of_score(name, z) for name in TRUNCATED}
    return {name: (v, np.diff(v, append=v[-1])) for name, v in values.items()}


def place_in_table(z, out=None):
    """The node below each score, and the part of the step to the next one."""
    place = np.add(z, SCORE_LIMIT, out=out)
    place *= NODES_A_UNIT
    node = place.astype(np.int64)
    place -= node
    return node, place


class Laws:
    """Draws of single inputs."""

    def __init__(self, seed):
        self.random = np.random.Generator(np.random.SFC64(seed))

    def lognormal(self, law, z):
        """Overwrites z."""
        mu, sigma = law
        z *= sigma
        z += mu
        return np.exp(z, out=z)

    def inputs(self, count):
        """name -> draws. `pue_u` is the probability of `pue`, from which a sweep makes it anew."""
        draw, x = self.random, {}
        scores = {}
        for (first, second), r in CORRELATED.items():
            a, b = draw.standard_normal((2, count))
            b *= np.sqrt(1 - r * r)
            b += r * a
            scores[first], scores[second] = a, b
        for name, z in scores.items():
            x[name] = self.lognormal(LOGNORMAL[name], z) if name in LOGNORMAL else self.of_score(name, z)
        for name in ("experiment_factor", "ef_clean"):
            x[name] = self.lognormal(LOGNORMAL[name], draw.standard_normal(count))
        for name, (mean, sd) in NORMAL.items():
            x[name] = mean + sd * draw.standard_normal(count)
        x["pue_u"] = draw.random(count)
        x["pue"] = triangular_quantile(x["pue_u"], *TRIANGULAR["pue"])
        self.add_independent(x, count)
        return x


class ExactDistributions(Laws):
    """SciPy's quantile functions where a copula ties the inputs, NumPy's samplers elsewhere."""

    def of_score(self, name, z):
        return truncated_quantile(name, ndtr(z)) if name in TRUNCATED else beta_quantile(name, ndtr(z))

    def add_independent(self, x, count):
        draw = self.random
        x["retrains"] = draw.triangular(*TRIANGULAR["retrains"], count)
        for name in ("training_share", "server_overhead"):
            alpha, beta, low, high = BETA[name]
            x[name] = low + (high - low) * draw.beta(alpha, beta, count)
        x["coal"], x["gas"], x["clean"] = draw.dirichlet(DIRICHLET, count).T


class TableDistributions(Laws):
    """A table over the normal score for every law whose quantile is dear; also cheaper than NumPy's beta sampler."""

    def __init__(self, seed, tables=None):
        super().__init__(seed)
        self.tables = tables or score_tables()

    def of_score(self, name, z):
        """Overwrites z."""
        values, steps = self.tables[name]
        node, z = place_in_table(z, out=z)
        z *= steps.take(node)
        z += values.take(node)
        return z

    def add_independent(self, x, count):
        draw = self.random
        x["retrains"] = triangular_quantile(draw.random(count), *TRIANGULAR["retrains"])
        for name in ("training_share", "server_overhead", "coal"):
            x[name] = self.of_score(name, draw.standard_normal(count))
        rest = 1 - x["coal"]
        x["gas"] = rest * self.of_score("gas_of_rest", draw.standard_normal(count))
        x["clean"] = rest - x["gas"]
