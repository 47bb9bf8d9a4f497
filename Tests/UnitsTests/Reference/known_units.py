"""Writes KnownUnitValues.swift: what every known unit, some compound ones and some conversions are worth, from SciPy's
constants in exact fractions, and roots from mpmath. SciPy's year is the 365 days that scenarios use.

    pip install scipy mpmath
    python3 Tests/UnitsTests/Reference/known_units.py > Tests/UnitsTests/KnownUnitValues.swift
"""
from fractions import Fraction
import mpmath
from scipy import constants as si

mpmath.mp.dps = 60
exact = lambda constant: Fraction(repr(float(constant)))
PREFIX = {"n": si.nano, "u": si.micro, "m": si.milli, "c": si.centi, "k": si.kilo, "M": si.mega, "G": si.giga,
          "T": si.tera, "P": si.peta, "E": si.exa, "Z": si.zetta, "Y": si.yotta}
PREFIX = {letter: exact(value) for letter, value in PREFIX.items()} | {"B": Fraction(10**9)}
ENERGY, POWER = {"kg": 1, "m": 2, "s": -2}, {"kg": 1, "m": 2, "s": -3}

# spelling: (value in base units, dimension, prefixes, the power of the metre that a prefix belongs to)
UNITS = {
    "W": (Fraction(1), POWER, "numkMGTPE", 1),
    "J": (Fraction(1), ENERGY, "numkMGTPE", 1),
    "Wh": (exact(si.hour), ENERGY, "numkMGTPE", 1),
    "gCO2e": (exact(si.gram), {"kgCO2e": 1}, "umkMGTP", 1),
    "tCO2e": (exact(si.metric_ton), {"kgCO2e": 1}, "kMG", 1),
    "FLOP": (Fraction(1), {"FLOP": 1}, "kMGTPEZY", 1),
    "USD": (Fraction(1), {"USD": 1}, "kMBT", 1),
    "g": (exact(si.gram), {"kg": 1}, "umkMGTP", 1),
    "t": (exact(si.metric_ton), {"kg": 1}, "kMG", 1),
    "m": (Fraction(1), {"m": 1}, "numck", 1),
    "m2": (Fraction(1), {"m": 2}, "mck", 2),
    "m3": (Fraction(1), {"m": 3}, "", 1),
    "L": (exact(si.litre), {"m": 3}, "mkMG", 1),
    "s": (Fraction(1), {"s": 1}, "num", 1), "second": (Fraction(1), {"s": 1}, "", 1),
    "min": (exact(si.minute), {"s": 1}, "", 1), "minute": (exact(si.minute), {"s": 1}, "", 1),
    "h": (exact(si.hour), {"s": 1}, "", 1), "hour": (exact(si.hour), {"s": 1}, "", 1),
    "day": (exact(si.day), {"s": 1}, "", 1),
    "week": (exact(si.week), {"s": 1}, "", 1),
    "year": (exact(si.year), {"s": 1}, "", 1),
    "percent": (Fraction(1, 100), {}, "", 1), "%": (Fraction(1, 100), {}, "", 1),
}
known = {}
for name, (value, dimension, prefixes, power) in UNITS.items():
    known[name] = (value, dimension)
    for letter in prefixes:
        known[letter + name] = (value * PREFIX[letter] ** power, dimension)
v = {name: value for name, (value, _) in known.items()}
root = lambda fraction, n: mpmath.root(mpmath.mpf(fraction.numerator) / fraction.denominator, n)

compounds = {
    "TWh/year": v["TWh"] / v["year"],
    "gCO2e/kWh": v["gCO2e"] / v["kWh"],
    "kWh/year/day": v["kWh"] / v["year"] / v["day"],
    "kW/m2*h": v["kW"] / v["m2"] * v["h"],
    "kW/(m2*h)": v["kW"] / (v["m2"] * v["h"]),
    "YFLOP/EJ": v["YFLOP"] / v["EJ"],
    "YFLOP*EWh/nJ/ns": v["YFLOP"] * v["EWh"] / v["nJ"] / v["ns"],
    "percent/week^2": v["percent"] / v["week"] ** 2,
    "(nWh/year)^5": (v["nWh"] / v["year"]) ** 5,
    "year^20": v["year"] ** 20,
    "1/min^-3": v["min"] ** 3,
    "Wh^(1/2)": Fraction(60),
}
roots = {
    "kWh^(1/2)": root(v["kWh"], 2),
    "year^(-1/2)": 1 / root(v["year"], 2),
    "(TWh/year)^(2/3)": root((v["TWh"] / v["year"]) ** 2, 3),
    "km^(-7/5)": 1 / root(v["km"] ** 7, 5),
}
factors = [("TWh", "GWh"), ("TWh/year", "W"), ("TWh/year", "GW"), ("GW", "TWh/year"), ("gCO2e/kWh", "kgCO2e/J"),
           ("Mt", "g"), ("g", "Mt"), ("EJ", "TWh"), ("nWh", "EJ"), ("YFLOP", "kFLOP"), ("km2", "mm2"), ("GL", "mL"),
           ("percent", "1"), ("1", "%"), ("year", "h"), ("week", "year"), ("1/year", "percent/day"), ("W*h", "J")]


def eval_product(text):
    value, sign, name = Fraction(1), 1, ""
    for character in text + "*":
        if character in "*/":
            value *= (Fraction(1) if name == "1" else v[name]) ** sign
            sign, name = (1 if character == "*" else -1), ""
        else:
            name += character
    return value


def dimension(exponents):
    return "[" + (", ".join(f'"{base}": {power}' for base, power in exponents.items()) or ":") + "]"


print("// Written by Reference/known_units.py from SciPy's constants; not edited by hand.\n")
print("/// Spelling, value in base units, exponents of the base units.")
print("let knownUnitValues: [(name: String, scale: Double, exponents: [String: Int])] = [")
for name, (value, exponents) in known.items():
    print(f'  ("{name}", {float(value)!r}, {dimension(exponents)}),')
print("]\n\n/// Compound units with whole exponents: the nearest floating-point number to the exact fraction.")
print("let compoundUnitValues: [(text: String, scale: Double)] = [")
for text, value in compounds.items():
    print(f'  ("{text}", {float(value)!r}),')
print("]\n\n/// Units with roots, to 60 digits and then rounded.")
print("let rootUnitValues: [(text: String, scale: Double)] = [")
for text, value in roots.items():
    print(f'  ("{text}", {float(value)!r}),')
print("]\n\n/// What a value in the first unit is multiplied by to be told in the second.")
print("let conversionFactors: [(from: String, to: String, factor: Double)] = [")
for a, b in factors:
    print(f'  ("{a}", "{b}", {float(eval_product(a) / eval_product(b))!r}),')
print("]")
