"""Draws of the AI sector's inputs with NumPy: every input from normal scores, by closed forms or tables over the score."""
import numpy as np

from ai_sector_inputs import *
from numpy_distributions import NODES, SCORE_LIMIT, ndtr, place_in_table

SCORES = np.linspace(-SCORE_LIMIT, SCORE_LIMIT, NODES)
TABLES = {}


def score_table(law):
    """Values at the nodes and the steps between them; the upper half from the upper tail, where 1 - ndtr would round to 0."""
    if law not in TABLES:
        lower = betaincinv(law.alpha, law.beta, ndtr(SCORES))
        upper = 1 - betaincinv(law.beta, law.alpha, ndtr(-SCORES))
        unit = np.where(SCORES < 0, lower, upper)
        values = law.low + (law.high - law.low) * unit
        TABLES[law] = values, np.diff(values, append=values[-1])
    return TABLES[law]


def factor(matrix):
    """The Cholesky factor that turns independent scores (input, draw) into correlated ones."""
    return np.linalg.cholesky(matrix)


def column(values):
    return np.array(values)[:, None]


def exp_affine(laws, z):
    """Lognormal draws (distribution, draw), each from its own row of scores, or all from one."""
    x = column([law.sigma for law in laws]) * z
    x += column([law.mu for law in laws])
    return np.exp(x, out=x)


def quantiles(laws, z):
    """Draws (distribution, draw) of lognormal or beta distributions and of constants, all from the same scores."""
    out = np.empty((len(laws), len(z)))
    node, part = place_in_table(z) if any(isinstance(law, Beta) for law in laws) else (None, None)
    for row, law in zip(out, laws):
        match law:
            case Lognormal(mu, sigma, shift):
                np.exp(mu + sigma * z, out=row)
                row += shift
            case Beta():
                values, steps = score_table(law)
                np.multiply(part, steps.take(node), out=row)
                row += values.take(node)
            case _:
                row[:] = law
    return out


def by_row(laws, z):
    """As above, each distribution from its own row of scores."""
    return np.concatenate([quantiles([law], row) for law, row in zip(laws, z, strict=True)])


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
    for row, laws in zip(z, zip(*anchors.values()), strict=True):
        taken = quantiles(laws, row)
        parts.append(rest * taken)
        rest = rest * (1 - taken)
    parts.append(rest)
    return weights(tuple(anchors)) @ np.stack(parts)
