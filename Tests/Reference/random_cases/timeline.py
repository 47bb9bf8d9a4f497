"""Functions along the years: cumulative, previous, stock, and equations that name themselves at the year before."""
import numpy as np

from quantities import Quantity


class Timeline:
    """Mixed into the evaluator, which has `space`, `names` and `of`."""

    def along(self, quantity):
        """The one numeric index of a quantity."""
        return next(index for index in quantity.over if not isinstance(self.space.indexes[index][0], str))

    def _call_cumulative(self, arguments, named):
        a = self.of(arguments[0])
        return self.space.made(a.over, np.cumsum(a.data, a.over.index(self.along(a))), a.dimension)

    def _call_previous(self, arguments, named):
        a, initial = self.of(arguments[0]), self.of(named["initial"])
        index = self.along(a)
        axis = a.over.index(index)
        zeros = Quantity(a.over, np.zeros(a.data.shape), {})
        first = self.space.elementwise(np.add, a.dimension, initial, zeros)
        order = [first.over.index(name) for name in a.over]
        begin = np.transpose(first.data, order + [len(order)])
        data = np.concatenate([np.take(begin, [0], axis), np.take(a.data, range(a.data.shape[axis] - 1), axis)], axis)
        return Quantity(a.over, data, a.dimension)

    def _call_stock(self, arguments, named):
        """End: the sum of cohorts times survival at their age. Middle: the mean of the stock at both ends of the label."""
        inflow, survival = self.of(arguments[0]), self.of(named["survival"])
        middle = named["at"][1] == "middle"
        index, age = self.along(inflow), self.along(survival)
        labels, axis = self.space.indexes[index], inflow.over.index(index)
        alive = np.moveaxis(survival.data, survival.over.index(age), 0)
        cells = []
        for i, label in enumerate(labels):
            total = 0
            for j in range(i + 1):
                years = int(label - labels[j])
                share = alive[years]
                if middle:
                    share = (share + (alive[years - 1] if years else 0 * share)) / 2
                total = total + np.take(inflow.data, j, axis) * share
            cells.append(total)
        return self.space.made(inflow.over, np.stack(np.broadcast_arrays(*cells), axis), inflow.dimension)

    def recursion(self, name, node):
        """An equation that names itself inside `previous`: solved label by label, from the first one on."""
        index = next(i for i, labels in self.space.indexes.items() if not isinstance(labels[0], str) and labels[0] > 1000)
        length = len(self.space.indexes[index])
        guess = None
        self.names[name] = Quantity((index,), np.zeros((length, 1)), {})
        for _ in range(length):
            guess = self.of(node)
            self.names[name] = guess
        return guess
