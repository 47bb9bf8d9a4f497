#!/usr/bin/env python3
"""Makes the tables of Sources/CBlockKernels/PortableMath and prints the polynomials of Kernels/Trigonometry.h.

    pip install mpmath==1.3.0
    python3 Tests/VectorMathTests/Reference/make_portable_constants.py

writes ExponentialRows.h, LogarithmRows.h, ErrorFunctionRows.h, ScaledErrorRows.h, ArctangentRows.h and TwoOverPi.h in
Sources/CBlockKernels/Constants, with mpmath at 420 digits for 2 / pi and at 60 for the rest.
"""
from pathlib import Path
from mpmath import mp, mpf, atan, chebyfit, cos, erf, erfc, exp, factorial, floor, log, pi, sin, sqrt

mp.dps = 60
FOLDER = Path(__file__).resolve().parents[3] / "Sources/CBlockKernels/Constants"


def pair(value):
    high = float(value)
    return [high, float(value - mpf(high))]


def write(name, comment, rows):
    with open(FOLDER / name, "w") as file:
        file.write("// " + comment.replace("\n", "\n// ") + "\n")
        file.write("// Made by Tests/VectorMathTests/Reference/make_portable_constants.py; data, hence the length.\n\n")
        for row in rows:
            file.write("  {" + ", ".join(c.hex() for c in row) + "},\n")


def fit(f, low, high, degree):
    """Coefficients of the near-best (Chebyshev) polynomial, constant first."""
    return [float(c) for c in reversed(chebyfit(f, [low, high], degree + 1))]


def row(f, slope, center, half, degree):
    """f(center) as a pair, then the coefficients of (f(center + t) - f(center)) / t for |t| <= half."""
    middle = f(center)
    quotient = lambda t: (f(center + t) - middle) / t if abs(t) > mpf("1e-25") else slope(center)
    return pair(middle) + fit(quotient, -half, half, degree)


def scaled(x):
    """exp(x^2) erfc(x)."""
    return exp(x * x) * erfc(x)


def scaled_rows():
    for exponent in range(-2, 5):
        width = mpf(2) ** exponent / 16
        for cell in range(16):
            center = mpf(2) ** exponent + (cell + mpf(1) / 2) * width
            yield row(scaled, lambda x: 2 * x * scaled(x) - 2 / sqrt(pi), center, width / 2, 8)


def logarithm_row(i):
    """1 / c to 10 bits for c = i / 128, -log of that as a multiple of 2^-42 and the rest."""
    inverse = floor(mpf(128) / i * 512 + mpf(1) / 2) / 512
    value = -log(inverse)
    first = floor(value * mpf(2) ** 42 + mpf(1) / 2) / mpf(2) ** 42
    return [float(inverse), float(first), float(value - first)]


def polynomial(name, f, low, high, degree):
    coefficients, error = chebyfit(f, [low, high], degree + 1, error=True)
    print(name, "largest error", mp.nstr(error, 3))
    for c in reversed(coefficients):
        print("   ", float(c).hex(), mp.nstr(c, 20))


if __name__ == "__main__":
    write("ExponentialRows.h", "2^(i / 128), i = 0 ... 127, as the sum of two doubles.",
          [pair(mpf(2) ** (mpf(i) / 128)) for i in range(128)])
    write("LogarithmRows.h", "For c = i / 128, i = 90 ... 182: d near 1 / c in 10 bits, -log d as a multiple of 2^-42, and "
          "what is left of it.", [logarithm_row(i) for i in range(90, 183)])
    write("ErrorFunctionRows.h", "erf at the middle c of cells of 1/8 from 1/4 to 6 as the sum of two doubles, then the 11 "
          "coefficients,\nconstant first, of (erf(c + t) - erf(c)) / t.",
          [row(erf, lambda x: 2 / sqrt(pi) * exp(-x * x), mpf(i) / 8 + mpf(1) / 16, mpf(1) / 16, 10)
           for i in range(2, 48)])
    write("ScaledErrorRows.h", "f(x) = exp(x^2) erfc(x) at the middle c of 16 cells an octave from 1/4 to 32 as the sum of "
          "two doubles, then\nthe 9 coefficients, constant first, of (f(c + t) - f(c)) / t.", scaled_rows())
    write("ArctangentRows.h", "atan(i / 16), i = 0 ... 16, as the sum of two doubles.",
          [pair(atan(mpf(i) / 16)) for i in range(17)])
    mp.dps = 420
    bits = int(floor(2 / pi * mpf(2) ** 1280))
    words = [0] + [bits >> (1280 - 64 * (k + 1)) & (2**64 - 1) for k in range(20)]
    with open(FOLDER / "TwoOverPi.h", "w") as file:
        file.write("// 64 zeros, and the first 1280 bits of 2 / pi after the point.\n")
        file.write("// Made by Tests/VectorMathTests/Reference/make_portable_constants.py; data, hence the length.\n\n")
        for word in words:
            file.write(f"  0x{word:016x},\n")
    mp.dps = 60
    # sin r = r + r z S(z), cos r = 1 - z / 2 + z^2 C(z), z = r^2, |r| <= pi / 4.
    top = (pi / 4) ** 2 * mpf("1.0001")
    polynomial("sin", lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z if z > mpf("1e-20") else -mpf(1) / 6, mpf(0), top, 6)
    polynomial("cos", lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2 if z > mpf("1e-20") else mpf(1) / 24, mpf(0), top, 6)
    # pi / 2 in three parts of 33 bits and the rest; as a pair; log 2 / 128 in a part of 35 bits and the rest.
    rest = pi / 2
    for part in range(3):
        lowest = mpf(2) ** -(32 + 33 * part)
        piece = floor(rest / lowest) * lowest
        print("pi / 2, part", part, float(piece).hex())
        rest -= piece
    print("pi / 2, rest", float(rest).hex())
    for name, value in [("pi / 2", pi / 2), ("pi", pi), ("1 / log 2", 1 / log(mpf(2))), ("log 2", log(mpf(2))),
                        ("2 / sqrt pi", 2 / sqrt(pi)), ("1 / log 10", 1 / log(mpf(10)))]:
        print(name, [c.hex() for c in pair(value)])
    unit = log(mpf(2)) / 128
    first = floor(unit * mpf(2) ** 42) / mpf(2) ** 42
    print("log 2 / 128", float(first).hex(), float(unit - first).hex(), "128 / log 2", float(1 / unit).hex())
    # erf x = x (2 / sqrt pi + z P(z)), z = x^2, x <= 1/4.
    head = 2 / sqrt(pi)
    polynomial("erf", lambda z: (erf(sqrt(z)) / sqrt(z) - head) / z if z > mpf("1e-20") else -head / 3, mpf(0),
               mpf(1) / 16, 8)
    # atan d = d + d^3 A(d^2), |d| <= 1/32.
    polynomial("atan", lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z if z > mpf("1e-20") else -mpf(1) / 3, mpf(0),
               mpf(1) / 1000, 4)
