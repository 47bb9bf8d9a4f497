"""Quantities over labelled indexes and draws, in base units, and the operations on them.

The rule for values that are not finite, from scenarios/README.md: a condition on such a value has no value, so neither
has what depends on it; the side of an `if` that is not taken never counts.
"""
import numpy as np

import units


class Quantity:
    """`data` has an axis for each index of `over`, in that order, and a last one for the draws."""

    def __init__(self, over, data, dimension):
        self.over, self.data, self.dimension = tuple(over), np.asarray(data, float), dimension


class Space:
    """The indexes of a scenario, and the noise that shows how far rounding may move a result.

    Evaluated with `noise` above 0, every operation's result is multiplied by 1 + noise times a standard normal number,
    so that the spread of such evaluations is a scale for the rounding errors of any order of operations.
    """

    def __init__(self, indexes, noise=0.0, seed=0):
        self.indexes, self.noise, self.random = indexes, noise, np.random.default_rng(seed)

    def made(self, over, data, dimension):
        if self.noise:
            data = data * (1 + self.noise * self.random.standard_normal(np.shape(data)))
        return Quantity(over, data, dimension)

    def aligned(self, *quantities):
        """The union of the indexes, and each quantity's data with an axis (perhaps of length 1) for each of them."""
        over = []
        for quantity in quantities:
            over += [index for index in quantity.over if index not in over]
        arrays = []
        for quantity in quantities:
            order = [quantity.over.index(index) for index in over if index in quantity.over]
            data = np.transpose(quantity.data, order + [len(quantity.over)])
            lengths = [len(self.indexes[index]) if index in quantity.over else 1 for index in over]
            arrays.append(data.reshape(lengths + [data.shape[-1]]))
        return over, arrays

    def elementwise(self, function, dimension, *quantities):
        over, arrays = self.aligned(*quantities)
        shape = [len(self.indexes[index]) for index in over] + [max(array.shape[-1] for array in arrays)]
        return self.made(over, np.broadcast_to(function(*arrays), shape), dimension)

    def condition(self, function, *quantities):
        """1 or 0, or not a number where an operand is not finite; never noisy.

        In a noisy evaluation, operands that differ by rounding alone have no value either: both answers are right then.
        """
        noise, self.noise = self.noise, 0.0

        def masked(*arrays):
            arrays = np.broadcast_arrays(*arrays)
            decided = np.logical_and.reduce([np.isfinite(array) for array in arrays])
            if noise and len(arrays) == 2:
                a, b = arrays
                decided &= (a == b) | (np.abs(a - b) > 1e-12 * (np.abs(a) + np.abs(b)))
            return np.where(decided, function(*arrays), np.nan)
        result = self.elementwise(masked, {}, *quantities)
        self.noise = noise
        return result

    def chosen(self, condition, yes, no):
        """`if`: the side that is not taken does not count."""
        def choose(c, y, n):
            return np.where(np.isfinite(c), np.where(c != 0, y, n), np.nan)
        return self.elementwise(choose, yes.dimension or no.dimension, condition, yes, no)

    def reduced(self, function, quantity, over):
        data, left = quantity.data, list(quantity.over)
        for index in over:
            axis = left.index(index)
            data = function(data, axis)
            left.remove(index)
        return self.made(left, data, quantity.dimension)

    def at(self, quantity, index, positions):
        """The cells at positions of an index, one for each label of the indexes of `positions` and each draw.

        A position that is not finite or outside the index gives no value.
        """
        axis = quantity.over.index(index)
        rest = [name for name in quantity.over if name != index]
        data = np.moveaxis(quantity.data, axis, 0)
        stacked = [Quantity(rest, data[i], quantity.dimension) for i in range(len(data))]
        def pick(p, *cells):
            result = np.full(np.broadcast_shapes(p.shape, *(cell.shape for cell in cells)), np.nan)
            for i, cell in enumerate(cells):
                result = np.where(p == i, cell, result)
            return result
        noise, self.noise = self.noise, 0.0
        result = self.elementwise(pick, quantity.dimension, positions, *stacked)
        self.noise = noise
        return result
