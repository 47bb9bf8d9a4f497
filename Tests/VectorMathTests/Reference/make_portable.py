#!/usr/bin/env python3
"""Writes portable.txt beside it: values of the functions of PortableMath, with mpmath at 1400 bits.

    pip install mpmath==1.3.0
    python3 Tests/VectorMathTests/Reference/make_portable.py

A line is: function, arguments, the value rounded to a double, and the rest of it as another double, so that an error of
a hundredth of an ulp can be seen. Numbers are C99 hexadecimal floats. Every interval on which a function is computed in
its own way has arguments of its own, near its ends too.
"""
import math
import random
from pathlib import Path

from mpmath import mp, mpf

mp.prec = 1400  # sin(1e308) loses 1024 bits to the reduction of its argument
random.seed(20261129)
u = random.uniform
lines = []


def number(x):
    return x.hex() if math.isfinite(x) else {math.inf: "inf", -math.inf: "-inf"}.get(x, "nan")


def add(name, f, *arguments):
    exact = f(*[mpf(a) for a in arguments])
    if not 2.0**-1074 <= abs(exact) <= mpf(1.7e308):
        return
    near = float(exact)
    lines.append(" ".join([name, *map(number, arguments), number(near), number(float(exact - mpf(near)))]))


def spread(low, high, signed=False):
    """A number of which each octave between low and high has about as many."""
    x = math.exp(u(math.log(low), math.log(high)))
    return -x if signed and random.random() < 0.5 else x


def around(*places):
    return [p + s * k * math.ulp(p) for p in places for k in (0, 1, 3) for s in (-1, 1)]


positive = [spread(5e-324, 1.7e308) for _ in range(60)] + [u(0.5, 2) for _ in range(40)] + [
    1 + spread(1e-16, 0.5, True) for _ in range(40)] + around(1.0, math.sqrt(0.5), math.sqrt(2), 2.0**-1022)
ANGLES = [u(-8, 8) for _ in range(80)] + [u(-2.0**20, 2.0**20) for _ in range(30)] + [
    spread(1e-10, 1.7e308, True) for _ in range(50)] + [float(random.randrange(1, 10**6) * mp.pi / 2) for _ in range(20)] + [
    # The double nearest to a multiple of pi / 2 of all (Muller 2016, table 11.1).
    6381956970095103 * 2.0**797] + around(2.0**20, math.pi / 4, 2.0**-30)
ARGUMENTS = {
    "exp": (mp.exp, [u(-745, 709.7) for _ in range(60)] + [u(-1, 1) for _ in range(60)] + around(math.log(2) / 256)),
    "exp2": (lambda x: mpf(2) ** x, [u(-1074, 1024) for _ in range(60)] + [u(-1, 1) for _ in range(60)]),
    "expm1": (mp.expm1, [spread(1e-300, 700, True) for _ in range(60)] + [u(-1, 1) for _ in range(60)] + around(
        0.125, -0.125, 40.0, -40.0, 700.0, 2.0**-54)),
    "log": (mp.log, positive),
    "log2": (lambda x: mp.log(x) / mp.log(2), positive),
    "log10": (lambda x: mp.log(x) / mp.log(10), positive),
    "log1p": (mp.log1p, [spread(1e-300, 1e300) for _ in range(50)] + [spread(1e-20, 0.999, True) for _ in range(60)] + [
        -1 + spread(1e-16, 1) for _ in range(30)] + around(2.0**-16, 2.0**-54)),
    "sinh": (mp.sinh, [spread(1e-10, 710, True) for _ in range(60)] + [u(-1, 1) for _ in range(60)] + around(0.25, 40.0)),
    "cosh": (mp.cosh, [spread(1e-10, 710, True) for _ in range(60)] + [u(-1, 1) for _ in range(30)] + around(40.0)),
    "tanh": (mp.tanh, [spread(1e-10, 25, True) for _ in range(100)] + around(20.0, 0.0625)),
    "asinh": (mp.asinh, [spread(1e-10, 1e300, True) for _ in range(60)] + [u(-3, 3) for _ in range(60)] + around(
        1.0, 2.0**28)),
    "sin": (mp.sin, ANGLES),
    "cos": (mp.cos, ANGLES),
    "tan": (mp.tan, ANGLES),
    "asin": (mp.asin, [u(-1, 1) for _ in range(60)] + [spread(1e-10, 1, True) for _ in range(40)] + [
        1 - spread(1e-16, 0.1) for _ in range(20)]),
    "erf": (mp.erf, [u(-6, 6) for _ in range(60)] + [spread(1e-300, 6, True) for _ in range(40)] + around(0.25, 0.375, 5.875)),
    "erfc": (mp.erfc, [u(-6, 27.2) for _ in range(80)] + [u(-1, 1.5) for _ in range(60)] + around(
        0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)),
}


def powers():
    for _ in range(60):
        base = spread(1e-300, 1e300)
        yield base, u(-700, 700) / abs(math.log(base))
    for _ in range(60):
        yield u(0.1, 10), u(-100, 100)
    for _ in range(60):
        base = 1 + spread(1e-12, 0.1, True)
        yield base, u(-1, 1) * min(700 / abs(math.log(base)), 1e15)


def points():
    for _ in range(60):
        yield u(-1, 1), u(-1, 1)
    for _ in range(60):
        yield spread(1e-300, 1e300, True), spread(1e-300, 1e300, True)
    for _ in range(60):
        yield 1.0, u(-100, 100)


if __name__ == "__main__":
    for name, (f, arguments) in ARGUMENTS.items():
        for x in arguments:
            add(name, f, x)
    for x, y in powers():
        add("pow", mp.power, x, y)
    for y, x in points():
        add("atan2", mp.atan2, y, x)
        add("hypot", mp.hypot, y, x)
    (Path(__file__).parent / "portable.txt").write_text("\n".join(lines) + "\n")
