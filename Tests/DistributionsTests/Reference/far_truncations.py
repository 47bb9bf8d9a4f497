"""Quantiles of distributions truncated so far out that no double holds the probability: python3 far_truncations.py
(mpmath 1.3), which writes far_truncations.csv for TruncationTests.

Each row: distribution as its family and arguments, the two ends, a probability, the quantile. A tail T is computed to 60
digits and T(x) = (1 - p) T(low) + p T(high) solved by bisection.
"""
import csv
import pathlib

from mpmath import betainc, erfc, exp, expm1, gammainc, inf, log, log1p, mp, mpf, npdf, nstr, quad, sqrt

mp.dps = 60


def normal(z):
    """The probability above z."""
    return erfc(z / sqrt(2)) / 2


def skew_normal(z, alpha):
    """Above z > 0, by quadrature over some lengths of the tail, all of whose terms are positive."""
    length = 1 / (z * (1 + min(alpha, 0) ** 2))
    return quad(lambda t: 2 * npdf(t) * normal(-alpha * t), [z + k * length for k in (0, 1, 3, 10, 30, 80, 200)])


def inverse_gaussian(x, mean, shape):
    """Above x, as the sum over both images."""
    r = sqrt(shape / x)
    return normal(r * (x / mean - 1)) - exp(2 * shape / mean) * normal(r * (x / mean + 1))


UPPER = {  # the probability above x
    "normal": lambda x, m, s: normal((x - m) / s),
    "lognormal": lambda x, m, s: normal((log(x) - m) / s),
    "exponential": lambda x, m: exp(-x / m),
    "gamma": lambda x, a, s: gammainc(a, x / s, inf, regularized=True),
    "chi_squared": lambda x, d: gammainc(mpf(d) / 2, x / 2, inf, regularized=True),
    "beta": lambda x, a, b: betainc(b, a, 0, 1 - x, regularized=True),
    "kumaraswamy": lambda x, a, b: (1 - x**a) ** b,
    "gumbel": lambda x, m, s: -expm1(-exp(-(x - m) / s)),
    "laplace": lambda x, m, s: exp(-(x - m) / s) / 2,
    "logistic": lambda x, m, s: 1 / (1 + exp((x - m) / s)),
    "loglogistic": lambda x, a, s: 1 / (1 + (x / s) ** a),
    "pareto": lambda x, a, s: (s / x) ** a,
    "rayleigh": lambda x, s: exp(-((x / s) ** 2) / 2),
    "weibull": lambda x, a, s: exp(-((x / s) ** a)),
    "student": lambda x, d: betainc(mpf(d) / 2, mpf(1) / 2, 0, d / (d + x * x), regularized=True) / 2,
    "inverse_gaussian": inverse_gaussian,
    "skew_normal": lambda x, m, s, a: skew_normal((x - m) / s, a),
}
LOWER = {  # the probability below x
    "normal": lambda x, m, s: normal((m - x) / s),
    "lognormal": lambda x, m, s: normal((m - log(x)) / s),
    "gamma": lambda x, a, s: gammainc(a, 0, x / s, regularized=True),
    "beta": lambda x, a, b: betainc(a, b, 0, x, regularized=True),
    "kumaraswamy": lambda x, a, b: -expm1(b * log1p(-(x**a))),
    "gumbel": lambda x, m, s: exp(-exp(-(x - m) / s)),
    "weibull": lambda x, a, s: -expm1(-((x / s) ** a)),
    "inverse_gaussian": lambda x, m, s: normal(-sqrt(s / x) * (x / m - 1))
    + exp(2 * s / m) * normal(sqrt(s / x) * (x / m + 1)),
}
CASES = [
    (LOWER, "normal", (50, 1), 3, 4),
    (LOWER, "normal", (50, 1), -inf, 3),
    (UPPER, "normal", (0, 0.5), 90, inf),
    (UPPER, "normal", (0, 1), 1000, 1001),
    (LOWER, "lognormal", (0, 0.1), 1e-5, 1e-3),
    (UPPER, "lognormal", (0, 0.1), 1e3, 1e9),
    (UPPER, "exponential", (2,), 3000, inf),
    (UPPER, "gamma", (3, 2), 4000, 4100),
    (UPPER, "gamma", (0.5, 2), 4000, inf),
    (LOWER, "gamma", (300, 1), 1, 2),
    (LOWER, "gamma", (40000, 1), 20000, 21000),
    (UPPER, "chi_squared", (7,), 3000, 3100),
    (LOWER, "beta", (400, 2), 0.01, 0.1),
    (UPPER, "beta", (2, 5000), 0.5, 0.9),
    (UPPER, "beta", (3000, 3000), 0.9, 0.95),
    (UPPER, "kumaraswamy", (2, 4000), 0.9, 0.99),
    (LOWER, "kumaraswamy", (200, 3), 1e-4, 1e-3),
    (LOWER, "gumbel", (0, 1), -8, -7),
    (UPPER, "gumbel", (0, 1), 900, 1000),
    (UPPER, "laplace", (1, 0.1), 200, inf),
    (UPPER, "logistic", (1, 0.1), 200, 300),
    (UPPER, "loglogistic", (100, 1), 1e5, 1e6),
    (UPPER, "pareto", (100, 1), 1e5, 1e6),
    (UPPER, "rayleigh", (1,), 60, 61),
    (UPPER, "weibull", (2, 1), 40, inf),
    (LOWER, "weibull", (80, 1), 1e-5, 1e-4),
    (UPPER, "student", (200,), 1e5, inf),
    (UPPER, "inverse_gaussian", (1, 2), 2000, 2001),
    (LOWER, "inverse_gaussian", (1, 2), 1e-4, 1e-3),
    (UPPER, "skew_normal", (0, 1, -2), 30, 31),
    (UPPER, "skew_normal", (0, 1, 2), 50, inf),
]


def solve(tail, args, low, high, p):
    args = [mpf(a) for a in args]
    low, high = mpf(low), mpf(high)
    f = lambda x: mpf(0) if abs(x) == inf else tail(x, *args)
    target = (1 - p) * f(low) + p * f(high)
    a, b = low, high
    rising = f(high) > f(low)
    step = mpf(1)
    if b == inf:
        b = a + step
        while f(b) > target:
            step *= 2
            b = a + step
    if a == -inf:
        a = b - step
        while f(a) > target:
            step *= 2
            a = b - step
    while b - a > mpf(10) ** -25 * max(abs(a), abs(b)):
        middle = sqrt(a * b) if a > 0 and b > 4 * a else (a + b) / 2
        if (f(middle) < target) == rising:
            a = middle
        else:
            b = middle
    return (a + b) / 2


rows = [["family", "arguments", "low", "high", "probability", "quantile"]]
for table, name, args, low, high in CASES:
    for p in (0.001, 0.5, 0.95):
        # A lower tail counts from the same side as p does; an upper one is 1 - p at the end.
        x = solve(table[name], args, low, high, mpf(p))
        rows.append([name, " ".join(map(repr, args)), repr(float(low)), repr(float(high)), repr(p), nstr(x, 17)])
path = pathlib.Path(__file__).with_name("far_truncations.csv")
with path.open("w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(rows)
