#!/usr/bin/env python3
"""Quantiles and means of the flat-sector workload by NumPy and SciPy, independently of the engine.

    python3 flat_sector.py 16000000 > flat_sector.csv

Inputs as in scenarios/benchmarks/flat-sector.yaml; energies in W, emissions in kg/s. Draws are NumPy's (PCG64, seed 20),
marginals under the copula by SciPy's exact inverse functions. `error` is the standard error of the figure: sd/sqrt(n) of
means; half the distance of the quantiles one standard error of the probability to either side.
"""
import math
import sys

import numpy as np
from scipy import special

Z95 = special.ndtri(0.95)
PROBABILITIES = (0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999)
YEAR = 8760 * 3600.0


def interval(low, high, z):
    return np.exp((math.log(low) + math.log(high)) / 2 + (math.log(high) - math.log(low)) / (2 * Z95) * z)


def triangular(u, a, c, b):
    return np.where(u < (c - a) / (b - a), a + np.sqrt(u * (b - a) * (c - a)),
                    b - np.sqrt((1 - u) * (b - a) * (b - c)))


def draws(rng, n):
    g, u = lambda: rng.standard_normal(n), lambda: rng.random(n)

    def pair(r):
        a = g()
        return a, r * a + math.sqrt(1 - r * r) * g()

    z1, z2 = pair(0.5)
    params, tokens = interval(1.5e9, 175e9, z1), interval(2, 40, z2)
    z1, z2 = pair(0.6)
    peak = interval(1e14, 6e14, z1)
    low, high = special.ndtr((200 - 450) / 80), special.ndtr((800 - 450) / 80)
    power = 450 + 80 * special.ndtri(low + special.ndtr(z2) * (high - low))
    z1, z2 = pair(0.4)
    models, gpus = interval(20, 80, z1), interval(1e6, 3e6, z2)
    z1, z2 = pair(0.3)
    mfu = special.betaincinv(4, 6, special.ndtr(z1))
    utilisation = special.betaincinv(6, 4, special.ndtr(z2))
    retrains, experiments = triangular(u(), 1, 2, 5), interval(1.5, 5, g())
    overhead = 1.2 + 0.8 * rng.beta(2.5, 3.5, n)
    pue, share = triangular(u(), 1.07, 1.2, 1.6), rng.beta(4, 6, n)
    mix = rng.dirichlet((6, 4, 5), n).T
    kwh = 3.6e6
    factors = (0.95 + 0.05 * g()) / kwh, (0.45 + 0.04 * g()) / kwh, interval(0.01, 0.05, g()) / kwh

    run = 6 * params * params * tokens / (peak * mfu) * power * overhead * pue
    training = models / YEAR * retrains * experiments * run
    inference = training * (1 - share) / share
    fleet = gpus * power * overhead * utilisation * pue
    intensity = sum(m * f for m, f in zip(mix, factors))
    return {"bottom_up": training + inference, "training": training, "inference": inference, "fleet": fleet,
            "emissions": fleet * intensity}


def main():
    n = int(sys.argv[1])
    rng = np.random.default_rng(20)
    parts = [draws(rng, min(1_000_000, n - first)) for first in range(0, n, 1_000_000)]
    print("output,figure,value,error")
    for name in parts[0]:
        x = np.concatenate([p[name] for p in parts])
        print(f"{name},mean,{x.mean()!r},{x.std(ddof=1) / math.sqrt(n)!r}")
        x.sort()
        for p in PROBABILITIES:
            step = math.sqrt(p * (1 - p) / n)
            value, low, high = np.quantile(x, (p, p - step, p + step))
            print(f"{name},{p},{float(value)!r},{float((high - low) / 2)!r}")


main()
