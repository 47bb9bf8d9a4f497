#!/usr/bin/env python3
"""Writes elementary.txt beside it: values of the elementary functions, with mpmath at 200 bits.

    pip install mpmath==1.3.0
    python3 Tests/VectorMathTests/Reference/make_elementary.py

A line is: function, arguments, the value rounded to a double, and the rest of it as another double, so that an error of
a hundredth of an ulp can be seen. Numbers are C99 hexadecimal floats.
"""
import math
import random
from pathlib import Path

from mpmath import mp, mpf

mp.prec = 200
random.seed(20261123)
lines = []


def number(x):
    return x.hex() if math.isfinite(x) else {math.inf: "inf", -math.inf: "-inf"}.get(x, "nan")


def add(name, f, *arguments):
    exact = f(*[mpf(a) for a in arguments])
    near = float(exact)
    rest = float(exact - mpf(near)) if math.isfinite(near) else 0.0
    lines.append(" ".join([name, *map(number, arguments), number(near), number(rest)]))


def normal_cdf(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def normal_quantile(u):
    t = min(u, 1 - u)
    if t == mpf(1) / 2:
        return mpf(0)
    z = -mp.sqrt(-2 * mp.log(t)) if t < 0.4 else (t - 0.5) * mp.sqrt(2 * mp.pi)
    for _ in range(100):
        p = normal_cdf(z)
        z -= mp.log(p / t) * p / (mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi))
    return z if u < 0.5 else -z


def spread(low, high, count):
    """Numbers of which each octave between low and high has about as many."""
    return [math.exp(random.uniform(math.log(low), math.log(high))) for _ in range(count)]


u = random.uniform
for x in [u(-745, 709) for _ in range(300)] + [u(-1, 1) for _ in range(300)] + [u(-745.1, -708) for _ in range(60)] \
        + [k * math.log(2) * (1 + s * 2**-50) / 2 for k in range(-31, 32, 2) for s in (-1, 1)] + spread(1e-300, 1e-5, 40):
    add("exp", mp.exp, x)
positive = spread(5e-324, 1.7e308, 300) + [u(0.5, 2) for _ in range(300)] + [1 + u(-1, 1) * 10**-k for k in range(1, 16)
           for _ in range(8)] + [math.sqrt(0.5) * (1 + k * 2**-52) for k in range(-3, 4)] + [5e-324, 2.0**-1022, 1.7976931348623157e308]
for x in positive:
    add("log", mp.log, x)
    add("log10", mp.log10, x)
for x in [u(-700, 700) for _ in range(200)]:
    base = spread(1e-300, 1e300, 1)[0]
    add("power", mp.power, base, x / abs(math.log(base)))
for _ in range(300):
    add("power", mp.power, u(0.1, 10), u(-100, 100))
for k in range(1, 13):
    for _ in range(10):
        base = 1 + u(-1, 1) * 10.0**-k
        add("power", mp.power, base, u(-1, 1) * min(700 / abs(math.log(base)), 1e15))
for t in spread(2.0**-53, 0.5, 400) + [2.0**-53, 2.0**-52, 0.25, 0.5, math.nextafter(0.5, 0)] + [2.0**-k * 1.125 for k in range(2, 53)]:
    add("normal_quantile", normal_quantile, t)
    if t > 2.0**-50:
        add("normal_quantile", normal_quantile, 1 - t)
for z in [u(-8.2, 8.2) for _ in range(400)] + [k / 32 for k in range(-262, 263, 5)] + [0.0, 1e-10, -1e-10]:
    add("normal_cdf", normal_cdf, z)
(Path(__file__).parent / "elementary.txt").write_text("\n".join(lines) + "\n")
