"""Draws of the AI sector's inputs with NumPy: every input from normal scores, by closed forms or tables over the score."""
import numpy as np

from ai_sector_inputs import *
from numpy_distributions import NODES, SCORE_LIMIT, ndtr, place_in_table

SCORES = np.linspace(-SCORE_LIMIT, SCORE_LIMIT, NODES)
TABLES = {}


def score_table(distribution):
    """Values at the nodes and the steps between them; the upper half from the upper tail, where 1 - ndtr would round to 0."""
    if distribution not in TABLES:
        lower = betaincinv(distribution.alpha, distribution.beta, ndtr(SCORES))
        upper = 1 - betaincinv(distribution.beta, distribution.alpha, ndtr(-SCORES))
        unit = np.where(SCORES < 0, lower, upper)
        values = distribution.low + (distribution.high - distribution.low) * unit
        TABLES[distribution] = values, np.diff(values, append=values[-1])
    return TABLES[distribution]


def factor(matrix):
    """The Cholesky factor that turns independent scores (input, draw) into correlated ones."""
    return np.linalg.cholesky(matrix)


def column(values):
    return np.array(values)[:, None]


def exp_affine(distributions, z):
    """Lognormal draws (distribution, draw), each from its own row of scores, or all from one."""
    x = column([distribution.sigma for distribution in distributions]) * z
    x += column([distribution.mu for distribution in distributions])
    return np.exp(x, out=x)


def quantiles(distributions, z):
    """Draws (distribution, draw) of lognormal or beta distributions and of constants, all from the same scores."""
    out = np.empty((len(distributions), len(z)))
    node, part = place_in_table(z) if any(isinstance(distribution, Beta) for distribution in distributions) else (None, None)
    for row, distribution in zip(out, distributions):
        match distribution:
            case Lognormal(mu, sigma, shift):
                np.exp(mu + sigma * z, out=row)
                row += shift
            case Beta():
                values, steps = score_table(distribution)
                np.multiply(part, steps.take(node), out=row)
                row += values.take(node)
            case _:
                row[:] = distribution
    return out


def by_row(distributions, z):
    """As above, each distribution from its own row of scores."""
    return np.concatenate([quantiles([distribution], row) for distribution, row in zip(distributions, z, strict=True)])


def linear(anchors, z, steps=YEARS):
    """Draws (step, draw) interpolated between anchor points that share their scores."""
    return weights(tuple(anchors), steps) @ quantiles(list(anchors.values()), z)


def log_linear(anchors, z, steps=YEARS):
    """The same, linear in the logarithm: with shared scores, each step is itself lognormal."""
    mu, sigma, _ = (weights(tuple(anchors), steps) @ np.array(list(anchors.values()))).T
    x = sigma[:, None] * z
    x += mu[:, None]
    return np.exp(x, out=x)


def broken_sticks(anchors, z):
    """Dirichlet draws (part, year, draw) interpolated between anchor points; z has a row of scores for each stick."""
    rest, parts = 1.0, []
    for row, distributions in zip(z, zip(*anchors.values()), strict=True):
        taken = quantiles(distributions, row)
        parts.append(rest * taken)
        rest = rest * (1 - taken)
    parts.append(rest)
    return weights(tuple(anchors)) @ np.stack(parts)
