"""Reference values for the back-test's tests and the pool of random effects, by SciPy and NumPy.

Remake with: python3 evidence.py > evidence.csv    (SciPy 1.17.1, NumPy 2.4.6; seconds)

Columns: what; arguments, separated by spaces; value.
coverage_low, coverage_high, coverage_p   k n nominal: scipy.stats.binomtest, exact interval of 95 %, two-sided
crps        y, then draws: by the definition, all pairs
baseline    y, then values: 2 * integral of (1[y < q(p)] - p) (q(p) - y) over p, Student's distribution of the values' logarithms
tau, theta, theta_sd, weight_k   means | covariance rows | scale: random effects with half-normal(scale) for tau
"""
import numpy as np
from scipy import integrate, stats

print("what,arguments,value")
def row(what, arguments, value): print(f"{what},{' '.join(repr(float(a)) for a in arguments)},{float(value)!r}")

for k, n, p in [(0, 5, 0.9), (5, 5, 0.9), (9, 11, 0.9), (6, 11, 0.5), (1, 11, 0.5), (30, 87, 0.5), (80, 87, 0.9), (60, 87, 0.9)]:
    test = stats.binomtest(k, n, p)
    low, high = test.proportion_ci(0.95, "exact")
    row("coverage_low", (k, n, p), low)
    row("coverage_high", (k, n, p), high)
    row("coverage_p", (k, n, p), test.pvalue)

rng = np.random.default_rng(1)
for n in (1, 2, 7, 40):
    x = rng.lognormal(0, 1, n).round(6)
    for y in (-1.0, 0.5, 1.3, 40.0, float(x[0])):
        crps = np.abs(x - y).mean() - 0.5 * np.abs(x[:, None] - x[None, :]).mean()
        row("crps", [y, *x], crps)

for n in (3, 5, 12):
    v = rng.lognormal(2, 1.5, n).round(6)
    l = np.log(v)
    dist = stats.t(n - 1, l.mean(), l.std(ddof=1) * np.sqrt(1 + 1 / n))
    for y in (0.1, 8.0, 900.0):
        z = np.log(y)
        # E|X - z| - E|X - X'| / 2 = integral of (F - 1[x >= z])^2
        below = integrate.quad(lambda x: dist.cdf(x) ** 2, -np.inf, z, epsabs=0, epsrel=1e-11, limit=2000)[0]
        above = integrate.quad(lambda x: dist.sf(x) ** 2, z, np.inf, epsabs=0, epsrel=1e-11, limit=2000)[0]
        row("baseline", [y, *v], below + above)

for means, covariance, scale in [
    ([0.0, 0.5], [[0.04, 0], [0, 0.09]], 0.5),
    ([0.0, 2.0], [[0.01, 0], [0, 0.01]], 0.5),
    ([1.0, 1.2, 2.1], [[0.10, 0.04, 0.02], [0.04, 0.20, 0.03], [0.02, 0.03, 0.05]], 0.5),
    ([1.0, 1.2, 2.1], [[0.10, 0.04, 0.02], [0.04, 0.20, 0.03], [0.02, 0.03, 0.05]], 0.1),
]:
    y, S = np.array(means), np.array(covariance)
    one = np.ones(len(y))
    def fit(tau):
        V = S + tau**2 * np.eye(len(y))
        W = np.linalg.inv(V)
        precision = one @ W @ one
        theta = one @ W @ y / precision
        r = y - theta
        return theta, 1 / precision, -0.5 * (np.linalg.slogdet(V)[1] + np.log(precision) + r @ W @ r)
    grid = np.linspace(0, 8 * scale, 200001)
    logs = np.array([fit(t)[2] for t in grid[::50]])
    logs = np.interp(grid, grid[::50], logs)
    density = np.exp(logs - logs.max() - 0.5 * (grid / scale) ** 2)
    cumulative = np.concatenate([[0], np.cumsum(0.5 * (density[1:] + density[:-1]))])
    arguments = [*means, *S.ravel(), scale]
    for p in (0.05, 0.5, 0.95): row(f"tau_{p}", arguments, np.interp(p * cumulative[-1], cumulative, grid))
    thetas = np.array([fit(t)[:2] for t in grid[::50]])
    w = density[::50]
    mean = (w * thetas[:, 0]).sum() / w.sum()
    variance = (w * (thetas[:, 1] + thetas[:, 0] ** 2)).sum() / w.sum() - mean**2
    row("theta", arguments, mean)
    row("theta_sd", arguments, np.sqrt(variance))
