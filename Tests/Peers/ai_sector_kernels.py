"""Loops over the rows of a block of the AI sector that its parts have in common, in numba.

x is the workspace (row, draw of the block); a row is never read and written in the same loop through different names, since
such a loop would not be vectorised. Nothing is inlined by force, which would multiply the time of compilation.
"""
from numba import njit

from ai_sector_plan import NODES_A_UNIT, SCORE_LIMIT
from numba_maths import *
from numba_peer import LANES


@njit(**OPTIONS)
def correlate(x, first, matrix):
    """Multiplies neighbouring rows of independent scores by a lower triangular matrix."""
    for i in range(len(matrix) - 1, -1, -1):
        for j in range(LANES):
            x[first + i, j] *= matrix[i, i]
        for k in range(i):
            for j in range(LANES):
                x[first + i, j] += matrix[i, k] * x[first + k, j]


@njit(**OPTIONS)
def set_lognormal(x, to, mu, sigma, z):
    for j in range(LANES):
        x[to, j] = exp(mu + sigma * x[z, j])


@njit(**OPTIONS)
def set_table(x, to, tables, table, z):
    """A value of each score: that of the node below it, and a part of the step to the next."""
    values = tables[table]
    for j in range(LANES):
        place = (x[z, j] + SCORE_LIMIT) * NODES_A_UNIT
        rounded = (place - 0.5) + ROUNDER
        node = bits(rounded) - ROUNDER_BITS
        x[to, j] = values[node, 0] + (place - (rounded - ROUNDER)) * values[node, 1]


@njit(**OPTIONS)
def interpolate(x, to, first, between, count):
    """Rows between anchors that begin at row `first`."""
    left, right, weight = between
    for i in range(count):
        low, high, part = first + left[i], first + right[i], weight[i]
        for j in range(LANES):
            x[to + i, j] = x[low, j] + part * (x[high, j] - x[low, j])


@njit(**OPTIONS)
def set_sticks(x, to, tables, first_table, anchors, z, sticks, between, count, space):
    """Parts of Dirichlet distributions, interpolated between anchors: rows (part, step)."""
    for part in range(sticks + 1):
        for anchor in range(anchors):
            rest, row = space + anchor, space + anchors + anchor
            if part == 0:
                x[rest, :] = 1.0
            if part < sticks:
                set_table(x, row, tables, first_table + part * anchors + anchor, z + part)
                for j in range(LANES):
                    x[row, j] *= x[rest, j]
                    x[rest, j] -= x[row, j]
            else:
                x[row, :] = x[rest, :]
        interpolate(x, to + part * count, space + anchors, between, count)


@njit(**OPTIONS)
def set_triangular(x, to, low, mode, high, u):
    width = high - low
    for j in range(LANES):
        rising = low + math.sqrt(x[u, j] * (width * (mode - low)))
        falling = high - math.sqrt((1.0 - x[u, j]) * (width * (high - mode)))
        x[to, j] = rising if x[u, j] * width < mode - low else falling
