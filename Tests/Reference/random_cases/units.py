"""Units of the scenario language, written from scenarios/README.md: a text is an exact scale and powers of dimensions.

Symbols and factors are those of the SI (The International System of Units, 9th edition 2019, tables 2, 7 and 8); a year
is 365 days, and the unit of CO2 equivalents is a dimension of its own.
"""
from fractions import Fraction

PREFIXES = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
POWER = {"kg": 1, "m": 2, "s": -3}
ENERGY = {"kg": 1, "m": 2, "s": -2}


def _table():
    known = {"percent": (Fraction(1, 100), {}), "%": (Fraction(1, 100), {}), "1": (Fraction(1), {})}
    for name, scale, dimension, prefixes in [
        ("W", 1, POWER, "numkMGTPE"), ("J", 1, ENERGY, "numkMGTPE"), ("Wh", 3600, ENERGY, "numkMGTPE"),
        ("g", Fraction(1, 1000), {"kg": 1}, "mk"), ("t", 1000, {"kg": 1}, "kMG"),
        ("gCO2e", Fraction(1, 1000), {"CO2e": 1}, "mk"), ("tCO2e", 1000, {"CO2e": 1}, "kMG"),
        ("FLOP", 1, {"FLOP": 1}, "kMGTPE"), ("USD", 1, {"USD": 1}, "kM"), ("s", 1, {"s": 1}, "num"), ("h", 3600, {"s": 1}, ""),
        ("day", 86400, {"s": 1}, ""), ("year", 365 * 86400, {"s": 1}, "")]:
        known[name] = (Fraction(scale), dimension)
        for prefix in prefixes:
            known[prefix + name] = (Fraction(scale) * Fraction(10) ** PREFIXES[prefix], dimension)
    return known


KNOWN = _table()


def multiplied(a, b, sign=1):
    """The dimension of a product (sign 1) or a quotient (sign -1)."""
    result = dict(a)
    for base, power in b.items():
        result[base] = result.get(base, 0) + sign * power
    return {base: power for base, power in result.items() if power}


def raised(dimension, power):
    return {base: exponent * power for base, exponent in dimension.items() if exponent * power}


def parse(text, declared=()):
    """(scale, dimension) of a unit's text: factors, `*` and `/` from left to right, `^` with a whole exponent."""
    scale, dimension, sign, factor = Fraction(1), {}, 1, ""
    for character in text + "*":
        if character not in "*/":
            factor += character
            continue
        name, _, exponent = factor.partition("^")
        power = sign * int(exponent or 1)
        size, kind = (Fraction(1), {name: 1}) if name in declared else KNOWN[name]
        scale *= size ** power
        dimension = multiplied(dimension, raised(kind, power))
        sign, factor = (1 if character == "*" else -1), ""
    return scale, dimension
