"""Evaluates formulas of a scenario on given draws of its inputs."""
import numpy as np

import formula
import units
from quantities import Quantity
from timeline import Timeline

ELEMENTARY = {"exp": np.exp, "log": np.log, "log10": np.log10, "sin": np.sin, "cos": np.cos, "tan": np.tan}
COMPARE = {"==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater,
           ">=": np.greater_equal}


class Evaluator(Timeline):
    """`names`: quantities of inputs; `formulas`: texts of equations; `choices`: label-valued inputs as (index, positions)."""

    def __init__(self, space, names, formulas, choices=None, declared=()):
        self.space, self.names, self.formulas = space, dict(names), formulas
        self.choices, self.declared = choices or {}, declared

    def named(self, name):
        if name not in self.names:
            self.names[name] = self.of_text(name, self.formulas[name])
        return self.names[name]

    def of_text(self, name, text):
        node = formula.parse(text)
        if name and node_names(node, name):
            return self.recursion(name, node)
        return self.of(node)

    def constant(self, value, dimension=None):
        return Quantity((), np.array([float(value)]), dimension or {})

    def of(self, node):
        return getattr(self, "_" + node[0])(*node[1:])

    def _num(self, value, unit):
        if unit is None:
            return self.constant(value)
        scale, dimension = units.parse(unit, self.declared)
        return self.constant(value * scale, dimension)

    def _name(self, name):
        if name in self.space.indexes:
            labels = np.array(self.space.indexes[name], float)
            return Quantity((name,), labels[:, None], {})
        return self.named(name)

    def _neg(self, a):
        a = self.of(a)
        return Quantity(a.over, -a.data, a.dimension)

    def _not(self, a):
        return self.space.condition(lambda x: x == 0, self.of(a))

    def _bin(self, operator, left, right):
        if operator in ("==", "!=") and (pair := self.label_test(left, right)):
            return self.space.condition(COMPARE[operator], *pair)
        a, b = self.of(left), self.of(right)
        if operator in COMPARE:
            return self.space.condition(COMPARE[operator], a, b)
        if operator in ("and", "or"):
            both = np.logical_and if operator == "and" else np.logical_or
            return self.space.condition(lambda x, y: both(x != 0, y != 0), a, b)
        if operator in "+-":
            dimension = a.dimension or b.dimension
            return self.space.elementwise(np.add if operator == "+" else np.subtract, dimension, a, b)
        if operator == "^":
            return self.space.elementwise(np.power, {}, a, b)
        sign = 1 if operator == "*" else -1
        dimension = units.multiplied(a.dimension, b.dimension, sign)
        return self.space.elementwise(np.multiply if sign == 1 else np.divide, dimension, a, b)

    def label_test(self, left, right):
        """An index or a label-valued input compared with a label, as two quantities of positions."""
        for this, other in ((left, right), (right, left)):
            if this[0] == "name" and other[0] == "name" and this[1] in self.choices:
                index, positions = self.choices[this[1]]
                return positions, self.constant(self.space.indexes[index].index(other[1]))
            if this[0] == "name" and other[0] == "name" and this[1] in self.space.indexes \
                    and other[1] in self.space.indexes[this[1]]:
                labels = self.space.indexes[this[1]]
                return Quantity((this[1],), np.arange(len(labels))[:, None], {}), self.constant(labels.index(other[1]))
        return None

    def _if(self, condition, yes, no):
        condition = self.of(condition)
        return self.space.chosen(condition, self.of(yes), self.of(no))

    def _select(self, node, selections):
        quantity = self.of(node)
        for index, wanted in selections:
            labels = self.space.indexes[index]
            if isinstance(wanted, list):
                raise ValueError("several labels outside a reduction")
            if wanted[0] == "name" and wanted[1] in self.choices:
                positions = self.choices[wanted[1]][1]
            elif wanted[0] == "name" and wanted[1] in labels:
                positions = self.constant(labels.index(wanted[1]))
            else:
                at = self.of(wanted)
                positions = Quantity(at.over, np.full_like(at.data, np.nan), {})
                for i, label in enumerate(labels):
                    positions.data[np.isclose(at.data, float(label), rtol=0, atol=1e-6)] = i
            quantity = self.space.at(quantity, index, positions)
        return quantity

    def _call(self, name, arguments, named):
        if name in ELEMENTARY:
            return self.space.elementwise(ELEMENTARY[name], {}, self.of(arguments[0]))
        if name == "sqrt":
            a = self.of(arguments[0])
            return self.space.elementwise(np.sqrt, {k: v / 2 for k, v in a.dimension.items()}, a)
        if name == "abs":
            a = self.of(arguments[0])
            return Quantity(a.over, np.abs(a.data), a.dimension)
        if name == "clamp":
            x, low, high = map(self.of, arguments)
            return self.space.elementwise(lambda v, l, h: np.minimum(np.maximum(v, l), h), x.dimension, x, low, high)
        if name in ("min", "max") and "over" not in named:
            function = np.minimum if name == "min" else np.maximum
            result = self.of(arguments[0])
            for argument in arguments[1:]:
                result = self.space.elementwise(function, result.dimension, result, self.of(argument))
            return result
        return getattr(self, "_call_" + name, self.reduction(name))(arguments, named)

    def reduction(self, name):
        functions = {"sum": np.sum, "mean": np.mean, "min": np.min, "max": np.max, "product": np.prod}

        def apply(arguments, named):
            node = arguments[0]
            over = [named["over"][1]] if named["over"][0] == "name" else [item[1] for item in named["over"][1]]
            limits = {}
            if node[0] == "select" and any(isinstance(wanted, list) for _, wanted in node[2]):
                limits = {index: wanted for index, wanted in node[2] if isinstance(wanted, list)}
                rest = [(index, wanted) for index, wanted in node[2] if not isinstance(wanted, list)]
                node = ("select", node[1], rest) if rest else node[1]
            quantity = self.of(node)
            for index, labels in limits.items():
                axis = quantity.over.index(index)
                at = [self.space.indexes[index].index(label) for label in labels]
                quantity = Quantity(quantity.over, np.take(quantity.data, at, axis), quantity.dimension)
            return self.space.reduced(functions[name], quantity, over)
        return apply

    def _call_share(self, arguments, named):
        a = self.of(arguments[0])
        total = self.space.reduced(np.sum, a, [named["over"][1]])
        return self.space.elementwise(np.divide, {}, a, total)

    def _call_stack(self, arguments, named):
        index, parts = arguments[0][1], [self.of(node) for node in named.values()]
        position = Quantity((index,), np.arange(len(parts))[:, None], {})
        noise, self.space.noise = self.space.noise, 0.0
        dimension = next((part.dimension for part in parts if part.dimension), {})
        result = self.space.elementwise(lambda at, *cells: np.choose(np.broadcast_to(at, np.broadcast_shapes(
            at.shape, *(cell.shape for cell in cells))).astype(int), cells), dimension, position, *parts)
        self.space.noise = noise
        return result


def node_names(node, name):
    """Whether a node names something."""
    if isinstance(node, tuple):
        return node[:2] == ("name", name) or any(node_names(part, name) for part in node)
    if isinstance(node, list):
        return any(node_names(part, name) for part in node)
    return any(node_names(part, name) for part in node.values()) if isinstance(node, dict) else False
