"""Reference values of `quantiles`, the metalog distribution, by NumPy from the formulas of the paper.

Remake with: python3 metalog.py > metalog.csv    (NumPy 2.4.6, SciPy 1.17.1; a second)

T. W. Keelin, The metalog distributions, Decision Analysis 13 (2016) 243-277, doi:10.1287/deca.2016.0338:
- the basis of the quantile function, equation 6: 1, L, c L, c, c^2, c^2 L, c^3, c^3 L, ... with L = log(y / (1 - y)) and
  c = y - 1/2;
- its coefficients as the solution of Y a = x, equation 7, for as many points as terms;
- the semi-bounded and bounded ones by the transforms of table 2: log(x - low), -log(high - x), and
  log((x - low) / (high - x));
- the density as the reciprocal of the quantile function's slope, equation 9, here by differences of it;
- the mean by quadrature of the quantile function.

Columns: points, the quantiles as probability=value, separated by spaces; low; high; what; where; value. `what` is
quantile, density (at the quantile of the probability `where`) or mean.
"""
import numpy as np
from scipy.integrate import quad


def basis(y, terms):
    """The first terms of equation 6 at probabilities y, one column a term."""
    y = np.atleast_1d(np.asarray(y, float))
    log_odds, c = np.log(y) - np.log1p(-y), y - 0.5
    columns = [np.ones_like(y), log_odds, c * log_odds, c]
    for n in range(5, terms + 1):
        columns.append(c ** ((n - 1) // 2) if n % 2 else c ** (n // 2 - 1) * log_odds)
    return np.stack(columns[:terms], axis=1)


def transformed(x, low, high):
    if low is None and high is None:
        return x
    if high is None:
        return np.log(x - low)
    if low is None:
        return -np.log(high - x)
    return np.log((x - low) / (high - x))


def restored(z, low, high):
    if low is None and high is None:
        return z
    if high is None:
        return low + np.exp(z)
    if low is None:
        return high - np.exp(-z)
    return (low + high * np.exp(z)) / (1 + np.exp(z))


def metalog(points, low=None, high=None):
    y, x = np.array(sorted(points.items())).T
    a = np.linalg.solve(basis(y, len(y)), transformed(x, low, high))
    return lambda p: restored(basis(p, len(y)) @ a, low, high)


# Seven quantiles have no symmetric probabilities: four of the terms are odd in c, and the equations would be singular.
CASES = [
    ({0.1: 10, 0.5: 20, 0.9: 45}, None, None),
    ({0.1: 10, 0.5: 20, 0.9: 45}, 0, None),
    ({0.1: 10, 0.5: 20, 0.9: 45}, None, 100),
    ({0.1: 10, 0.5: 20, 0.9: 45}, 0, 100),
    ({0.25: -3, 0.75: 2}, None, None),
    ({0.25: 0.2, 0.75: 0.6}, 0, 1),
    ({0.05: 1, 0.5: 6, 0.75: 9, 0.95: 16}, None, None),
    ({0.05: 1, 0.25: 4, 0.5: 6, 0.75: 9, 0.95: 16}, None, None),
    ({0.05: 1, 0.25: 4, 0.5: 6, 0.75: 9, 0.95: 16}, 0, None),
    ({0.01: -7.787, 0.1: -3.267, 0.25: -1.197, 0.5: 1, 0.7: 2.895, 0.9: 6.114, 0.98: 10.038}, None, None),
    ({0.05: 0.12, 0.2: 0.21, 0.4: 0.31, 0.6: 0.41, 0.8: 0.54, 0.95: 0.71}, 0, 1),
]

print("points,low,high,what,where,value")
for points, low, high in CASES:
    quantile = metalog(points, low, high)
    at = lambda p: float(quantile(p)[0])
    # Slopes that are all positive: the distribution exists.
    grid = quantile(np.linspace(1e-6, 1 - 1e-6, 100_001))
    assert (np.diff(grid) > 0).all(), points
    head = ",".join([" ".join(f"{p}={x}" for p, x in points.items()), "" if low is None else str(low),
                     "" if high is None else str(high)])
    for p in [0.001, 0.01, 0.07, 0.25, 0.33, 0.5, 0.62, 0.88, 0.975, 0.999]:
        print(f"{head},quantile,{p},{at(p)!r}")
    for p in [0.03, 0.4, 0.8]:
        # Richardson's extrapolation of central differences: an error of about 1e-10.
        slope = lambda h: (at(p + h) - at(p - h)) / (2 * h)
        h = 1e-3 * min(p, 1 - p)
        print(f"{head},density,{p},{1 / ((4 * slope(h / 2) - slope(h)) / 3)!r}")
    mean = quad(at, 0, 0.5, epsabs=0, epsrel=1e-11, limit=500)[0] + quad(at, 0.5, 1, epsabs=0, epsrel=1e-11, limit=500)[0]
    print(f"{head},mean,,{mean!r}")
