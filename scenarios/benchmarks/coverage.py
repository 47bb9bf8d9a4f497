#!/usr/bin/env python3
"""The true values of coverage.yaml's outputs, by closed forms and SciPy: scenarios/benchmarks/coverage.py > scenarios/benchmarks/coverage.csv

A quantile is the least value that at least the probability's share of all draws do not exceed.
"""
from math import exp, sqrt
from scipy import integrate, optimize, stats

PROBABILITIES = {"p00.1": 0.001, "p05": 0.05, "p50": 0.5, "p95": 0.95, "p99.9": 0.999}
normal = stats.norm


def inverted(cdf, low, high):
    return lambda p: optimize.brentq(lambda x: cdf(x) - p, low, high, xtol=1e-13, rtol=1e-13)


def lognormal(mean, sd):
    return exp(mean + sd * sd / 2), lambda p: exp(mean + sd * normal.ppf(p))


def two_valued(p_one):
    return p_one, lambda p: 0.0 if p <= 1 - p_one else 1.0


def pareto_sum_cdf(x, shape=2.5):
    # P(p + q <= x), p > 1 with density shape p^(-shape - 1)
    if x <= 2:
        return 0.0
    return integrate.quad(
        lambda y: shape * y ** (-shape - 1) * (1 - (x - y) ** -shape), 1, x - 1, epsabs=1e-14, epsrel=1e-12, limit=500,
        points=[1 + (x - 2) * k for k in (0.001, 0.01, 0.1, 0.9, 0.99, 0.999)],
    )[0]


def uniform_sum(p):
    return sqrt(2 * p) if p <= 0.5 else 2 - sqrt(2 * (1 - p))


def atom(p_atom, rest):
    return lambda p: 0.0 if p <= p_atom else rest((p - p_atom) / (1 - p_atom))


maximum = lambda x: normal.cdf(x - 1) * normal.cdf(x)
poisson = stats.poisson(3)
TRUTH = {
    "skewed": lognormal(0.2, sqrt(0.5**2 + 0.3**2)),
    "bell": (1.0, lambda p: normal.ppf(p, 1, sqrt(2))),
    "triangle": (1.0, uniform_sum),
    # -ln of a product of two uniforms is gamma(2).
    "curved": (0.25, lambda p: exp(-stats.gamma(2).isf(p))),
    # E max = mean + theta phi(delta / theta) + ... of two normals (Clark 1961)
    "kink": (
        normal.cdf(1 / sqrt(2)) + sqrt(2) * normal.pdf(1 / sqrt(2)), inverted(maximum, -10, 10)
    ),
    "step": two_valued(0.32),
    "rare": two_valued(normal.sf(3.5)),
    "counts": (6.0, lambda p: 2 * poisson.ppf(p)),
    "edge": (0.5 * (1 + exp(0.125)), atom(0.5, lambda p: 1 + exp(0.5 * normal.ppf(p)))),
    "loss": (0.001 * exp(0.125), atom(0.999, lambda p: exp(0.5 * normal.ppf(p)))),
    "power": (2 * 2.5 / 1.5, inverted(pareto_sum_cdf, 2, 1e4)),
    "heavy": lognormal(0, sqrt(2**2 + 0.5**2)),
}

print("output,mean," + ",".join(PROBABILITIES))
for name, (mean, quantile) in TRUTH.items():
    print(",".join([name, repr(float(mean))] + [repr(float(quantile(p))) for p in PROBABILITIES.values()]))
