#!/usr/bin/env python3
"""Makes the tables and prints the polynomials of Sources/CBlockKernels, with mpmath at 50 digits.

    pip install mpmath==1.3.0
    python3 Tests/VectorMathTests/Reference/make_constants.py

writes Sources/CBlockKernels/Constants/NormalQuantileRows.h and NormalCdfRows.h, and prints the coefficients that
Kernels/Exponential.h, Kernels/Logarithm.h and Kernels/Power.h hold.
"""
from pathlib import Path
from mpmath import mp, mpf, erfc, sqrt, exp, log, pi, cos, matrix, lu_solve, chebyfit, polyval, findroot

mp.dps = 50
FOLDER = Path(__file__).resolve().parents[3] / "Sources/CBlockKernels/Constants"


def cdf(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def normal_quantile(t):
    """z with cdf(z) = t for t <= 1/2, by Newton's method on log cdf, which is concave: it converges from the left."""
    z = -sqrt(-2 * log(t)) if t < mpf("0.4") else (t - mpf("0.5")) * sqrt(2 * pi)
    for _ in range(200):
        p = cdf(z)
        step = log(p / t) * p / (exp(-z * z / 2) / sqrt(2 * pi))
        z -= step
        if abs(step) < mpf(10) ** -42:
            return z
    raise ArithmeticError(f"no convergence at {t}")


def row(f, low, width, degree):
    """Coefficients, in the position s = -1/2 ... 1/2 within a cell, of the interpolant at Chebyshev nodes."""
    nodes = [cos((2 * k + 1) * pi / (2 * (degree + 1))) / 2 for k in range(degree + 1)]
    powers = matrix([[s ** j for j in range(degree + 1)] for s in nodes])
    values = matrix([f(low + width * (s + mpf("0.5"))) for s in nodes])
    return [float(c) for c in lu_solve(powers, values)]


def write(name, comment, rows):
    with open(FOLDER / name, "w") as file:
        file.write("// " + comment.replace("\n", "\n// ") + "\n")
        file.write("// Made by Tests/VectorMathTests/Reference/make_constants.py; data, hence the length.\n\n")
        for r in rows:
            file.write("  {" + ", ".join(c.hex() for c in r) + "},\n")


def quantile_factor(t):
    """z / (t - 1/2), which has a limit in the middle."""
    q = t - mpf("0.5")
    return normal_quantile(t) / q if abs(q) > mpf("1e-25") else sqrt(2 * pi)


def normal_quantile_rows():
    cells = 32
    for exponent in range(-53, -1):
        for cell in range(cells):
            width = mpf(2) ** exponent / cells
            yield row(quantile_factor, mpf(2) ** exponent + cell * width, width, 5)
    yield [float(sqrt(2 * pi))] + [0.0] * 5


def normal_cdf_rows():
    width = mpf(1) / 32
    for cell in range(264):
        yield row(lambda z: cdf(-z), cell * width, width, 7)


def polynomial(name, f, interval, degree):
    coefficients, error = chebyfit(f, interval, degree + 1, error=True)
    print(name, "largest error", mp.nstr(error, 3))
    for c in reversed(coefficients):
        print("   ", float(c).hex(), mp.nstr(c, 20))


if __name__ == "__main__":
    write("NormalQuantileRows.h", "The standard normal quantile of t, divided by t - 1/2, 2^-53 <= t <= 1/2: 32 rows an"
          "\noctave, 52 octaves, and one row for t = 1/2 itself; 6 coefficients, constant first, a row.",
          normal_quantile_rows())
    write("NormalCdfRows.h", "The standard normal probability below -z, 0 <= z <= 8.25: 32 rows a unit;"
          "\n8 coefficients, constant first, a row.", normal_cdf_rows())
    # exp(r) = 1 + r + r^2 q(r), |r| <= log(2) / 2.
    series = lambda r: (exp(r) - 1 - r) / r ** 2 if abs(r) > mpf("1e-12") else mpf(1) / 2 + r / 6
    half = log(mpf(2)) / 2 * mpf("1.0001")
    polynomial("exp", series, [-half, half], 9)
    # log((1 + s) / (1 - s)) = 2 s + s R(z), z = s^2, R(z) = z P(z); s = f / (2 + f), f = m - 1, m up to sqrt(2).
    top = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.0001")
    atanh2 = lambda z: (mp.atanh(sqrt(z)) * 2 / sqrt(z) - 2) / z if z > mpf("1e-14") else mpf(2) / 3 + 2 * z / 5
    polynomial("log", atanh2, [0, top], 6)
    tail = lambda z: ((mp.atanh(sqrt(z)) * 2 / sqrt(z) - 2) / z - mpf(2) / 3) / z if z > mpf("1e-9") else mpf(2) / 5 + 2 * z / 7
    polynomial("log tail, after the term in z", tail, [0, top], 8)
    for name, value, bits in [("log 2", log(mpf(2)), 42), ("2/3", mpf(2) / 3, 53), ("1/log 10", 1 / log(mpf(10)), 53)]:
        high = mp.floor(value * mpf(2) ** (bits)) / mpf(2) ** (bits)
        high = mpf(float(high))
        print(name, "high", float(high).hex(), "low", float(value - high).hex())
    print("log 2, 32 bits high", float(mp.floor(log(mpf(2)) * 2**32) / 2**32).hex(),
          "low", float(log(mpf(2)) - mp.floor(log(mpf(2)) * 2**32) / 2**32).hex())
    print("1 / log 2", float(1 / log(mpf(2))).hex(), "sqrt 1/2", float(sqrt(mpf("0.5"))).hex())
