"""True indices of the four models of CoverageTests, by closed forms and quadrature with NumPy and SciPy.

    python3 make_given_data.py > given_data.csv        (NumPy 2.4, SciPy 1.17, half a minute)

For every input: its first-order share, Shapley effect, rank correlation, standardised regression and partial (rank)
correlation coefficient, Borgonovo's delta, the median over its values of the Kolmogorov-Smirnov distance (PAWN), and what
the 90 % interval of y loses on average once it is known (gain). Errors are below 3e-4 of the scale.
"""
import numpy as np
from scipy.integrate import quad
from scipy.stats import norm

NU = 240
U = (np.arange(NU) + 0.5) / NU
Z = norm.ppf(U)


def width(y, cdf):
    return np.interp(0.95, cdf, y) - np.interp(0.05, cdf, y)


def report(model, name, y, whole, given, weights, share, shapley, src):
    """Indices from the distribution function `whole` and those given the input's values, with their probabilities."""
    difference = given - whole
    total = 0.5 * np.abs(np.diff(difference, axis=1)).sum(1)
    ks = np.abs(difference).max(1)
    order = np.argsort(ks)
    if np.ptp(weights) == 0:
        pawn = np.median(ks)
    else:
        pawn = ks[order][np.searchsorted(np.cumsum(weights[order]), 0.5)]
    middle = (whole[1:] + whole[:-1]) / 2
    rank_mean = (np.diff(given, axis=1) * middle).sum(1)
    places = np.cumsum(weights) - weights / 2
    spread = (weights * (places - 0.5) ** 2).sum() if len(weights) < NU else 1 / 12
    rho = (weights * (places - 0.5) * rank_mean).sum() / np.sqrt(spread / 12)
    gain = width(y, whole) - (weights * np.array([width(y, c) for c in given])).sum()
    return {"S1": share, "Sh": shapley, "rank_correlation": rho, "SRC": src, "delta": (weights * total).sum(),
            "PAWN": pawn, "gain": gain, "model": model, "input": name}


def partial(correlation, own):
    """Partial correlations of y with each input from the inputs' correlations and theirs with y."""
    inverse = np.linalg.inv(correlation)
    slopes = inverse @ own
    rest = max(0.0, 1 - own @ slopes)
    return slopes / np.sqrt(slopes**2 + rest * np.diag(inverse))


def rank_mean(shift, variance, size, share):
    """E F(Y) given Y's Gaussian part `shift` plus `variance` of noise: P(Y' <= Y) for an independent copy Y'. A discrete part
    adds `size` with probability `share`. PRCC magnifies errors of rank correlations, so these come from closed forms."""
    steps = {0: share**2 + (1 - share) ** 2, size: share * (1 - share), -size: share * (1 - share)}
    return lambda z: sum(p * norm.cdf((shift * z + d) / np.sqrt(variance)) for d, p in steps.items())


def normal_rank_correlation(shift, rest, gauss, size, share):
    """Spearman's correlation of Y with a standard normal input of factor `shift`, where `rest` is the Gaussian variance of the
    other inputs and `gauss` that of Y."""
    mean = rank_mean(shift, rest + gauss, size, share)
    return 12 * quad(lambda z: (norm.cdf(z) - 0.5) * mean(z) * norm.pdf(z), -12, 12, epsabs=1e-12)[0]


EVEN = np.full(NU, 1 / NU)
rows = []

# Ishigami: y = sin x1 (1 + 0.1 x3^4) + 7 sin^2 x2, all uniform(-pi, pi). 7 sin^2 is an arcsine variable on 0 to 7.
grid = -np.pi + 2 * np.pi * (np.arange(400) + 0.5) / 400
fine = -np.pi + 2 * np.pi * (np.arange(2000) + 0.5) / 2000
y = np.linspace(-11, 18, 3627)
arcsine = lambda w: 2 / np.pi * np.arcsin(np.sqrt(np.clip(w, 0, 7) / 7))
rest = np.sort((np.sin(fine)[:, None] * (1 + 0.1 * fine[None] ** 4)).ravel())
ranks = (np.arange(rest.size) + 0.5) / rest.size
cdf_rest = lambda t: np.interp(t, rest, ranks, left=0, right=1)
x = -np.pi + 2 * np.pi * U
whole = np.mean([cdf_rest(y - 7 * np.sin(t) ** 2) for t in fine], 0)
given = [np.array([np.mean(arcsine(y[:, None] - np.sin(t) * (1 + 0.1 * grid[None] ** 4)), 1) for t in x]),
         np.array([cdf_rest(y - 7 * np.sin(t) ** 2) for t in x]),
         np.array([np.mean(arcsine(y[:, None] - np.sin(grid)[None] * (1 + 0.1 * t**4)), 1) for t in x])]
v1, v2, v13 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8, 0.01 * np.pi**8 * 8 / 225
v = v1 + v2 + v13
# cov(x1, y) = E x sin x (1 + 0.1 pi^4 / 5) = that factor, for E x sin x = 1.
slope = (1 + 0.1 * np.pi**4 / 5) / (np.pi / np.sqrt(3) * np.sqrt(v))
own = [report("ishigami", f"x{i + 1}", y, whole, given[i], EVEN, s, sh, c) for i, (s, sh, c) in enumerate(
    [(v1 / v, (v1 + v13 / 2) / v, slope), (v2 / v, v2 / v, 0), (0, v13 / 2 / v, 0)])]
for row, pcc, prcc in zip(own, partial(np.eye(3), np.array([slope, 0, 0])),
                          partial(np.eye(3), np.array([r["rank_correlation"] for r in own]))):
    row["PCC"], row["PRCC"] = pcc, prcc
rows += own

# Dependent linear Gaussian: y = x1 + x2 + x3, sd 1, 1, 2, correlation 0.6 of x2 and x3. V = 8.4.
y = np.linspace(-20, 20, 8001)
sd = np.sqrt(8.4)
own = []
for name, r, effect, src in [("x1", 1 / sd, 1, 1), ("x2", 2.2 / sd, 1 + 1.2 + 0.18 * 3, 1),
                             ("x3", 2.6 / sd, 4 + 1.2 - 0.18 * 3, 2)]:
    own.append(report("linear", name, y, norm.cdf(y / sd),
                      norm.cdf((y[None] - r * sd * Z[:, None]) / (sd * np.sqrt(1 - r * r))), EVEN, r * r, effect / 8.4,
                      src / sd))
    own[-1]["rank_correlation"] = 6 / np.pi * np.arcsin(r / 2)
between = np.eye(3)
between[1, 2] = between[2, 1] = 6 / np.pi * np.arcsin(0.3)
for row, prcc in zip(own, partial(between, np.array([r["rank_correlation"] for r in own]))):
    row["PCC"], row["PRCC"] = 1, prcc
rows += own

# A count: y = d + 3 e + 0.6 w, e bernoulli(0.3), d and w standard normal. V = 1 + 1.89 + 0.36.
y = np.linspace(-8, 12, 8001)
sd, v = np.sqrt(1.36), 3.25
mix = lambda centre, spread: (0.7 * norm.cdf((y[None] - centre[:, None]) / spread)
                              + 0.3 * norm.cdf((y[None] - 3 - centre[:, None]) / spread))
whole = mix(np.zeros(1), sd)[0]
own = [report("count", "d", y, whole, mix(Z, 0.6), EVEN, 1 / v, 1 / v, 1 / np.sqrt(v)),
       report("count", "e", y, whole, np.array([norm.cdf(y / sd), norm.cdf((y - 3) / sd)]), np.array([0.7, 0.3]),
              1.89 / v, 1.89 / v, np.sqrt(1.89 / v)),
       report("count", "w", y, whole, mix(0.6 * Z, 1), EVEN, 0.36 / v, 0.36 / v, 0.6 / np.sqrt(v))]
own[0]["rank_correlation"] = normal_rank_correlation(1, 0.36, 1.36, 3, 0.3)
own[2]["rank_correlation"] = normal_rank_correlation(0.6, 1, 1.36, 3, 0.3)
# The ranks of e are 0.35 and 0.85; given e, P(Y' <= Y) is 1/2 where the copy has the same e.
apart = norm.cdf(3 / np.sqrt(2.72))
below, above = 0.7 * 0.5 + 0.3 * (1 - apart), 0.7 * apart + 0.3 * 0.5
own[1]["rank_correlation"] = 0.21 * 0.5 * (above - below) / np.sqrt(0.21 * 0.25 / 12)
for row, prcc in zip(own, partial(np.eye(3), np.array([r["rank_correlation"] for r in own]))):
    row["PCC"], row["PRCC"] = 1, prcc
rows += own

# A jump: y = 2 [x1 > 0.37] + 0.7 a + 0.5 b, x1 uniform(0, 1), a and b standard normal.
sd, v1 = np.sqrt(0.74), 4 * 0.37 * 0.63
v = v1 + 0.74
step = lambda centre, spread: (0.37 * norm.cdf((y[None] - centre[:, None]) / spread)
                               + 0.63 * norm.cdf((y[None] - 2 - centre[:, None]) / spread))
whole = step(np.zeros(1), sd)[0]
corr = 2 * 0.37 * 0.63 / 2 / np.sqrt(1 / 12 * v)
own = [report("jump", "x1", y, whole, np.array([norm.cdf(y / sd), norm.cdf((y - 2) / sd)]), np.array([0.37, 0.63]),
              v1 / v, v1 / v, corr),
       report("jump", "a", y, whole, step(0.7 * Z, 0.5), EVEN, 0.49 / v, 0.49 / v, 0.7 / np.sqrt(v)),
       report("jump", "b", y, whole, step(0.5 * Z, 0.7), EVEN, 0.25 / v, 0.25 / v, 0.5 / np.sqrt(v))]
# The rank correlation with x1 itself, not with whether it is above 0.37: its mean rank is 0.185 below and 0.685 above.
apart = norm.cdf(2 / np.sqrt(1.48))
below, above = 0.37 * 0.5 + 0.63 * (1 - apart), 0.37 * apart + 0.63 * 0.5
own[0]["rank_correlation"] = 12 * (0.37 * 0.185 * below + 0.63 * 0.685 * above) - 3
own[1]["rank_correlation"] = normal_rank_correlation(0.7, 0.25, 0.74, 2, 0.63)
own[2]["rank_correlation"] = normal_rank_correlation(0.5, 0.49, 0.74, 2, 0.63)
for row, pcc, prcc in zip(own, partial(np.eye(3), np.array([corr, 0.7 / np.sqrt(v), 0.5 / np.sqrt(v)])),
                          partial(np.eye(3), np.array([r["rank_correlation"] for r in own]))):
    row["PCC"], row["PRCC"] = pcc, prcc
rows += own

print("model,input,index,value")
for row in rows:
    for index in ("S1", "Sh", "rank_correlation", "SRC", "PCC", "PRCC", "delta", "PAWN", "gain"):
        print(f"{row['model']},{row['input']},{index},{row[index]:.5f}")
