"""Posteriors by quadrature and closed forms, for the tests of conditioning, by SciPy and NumPy.

Remake with: python3 posteriors.py > posteriors.csv    (SciPy 1.17.1, NumPy 2.4.6; seconds)

Columns: case; statistic (mean, sd, p05, p50, p95, bits, log_evidence); value.
Quadrature is on a grid of 400,001 points of the prior's normal score z around the posterior's mode: the density of z is
phi(z) times the likelihood at the prior's quantile, which is taken in the tail of z by logarithms of probabilities.
"""
import numpy as np
from scipy import optimize, special, stats

print("case,statistic,value")


def row(case, statistic, value):
    print(f"{case},{statistic},{float(value)!r}")


def quantile(prior, z):
    """The quantile at the probability of a score, from the nearer tail."""
    z = np.asarray(z, float)
    out = np.empty_like(z)
    low = z < 0
    out[low] = law.ppf(stats.norm.cdf(z[low]))
    out[~low] = law.isf(stats.norm.sf(z[~low]))
    return out


def posterior(case, law, log_likelihood, around, width):
    """Mean, sd and percentiles of law's posterior; the grid is `around` plus and minus `width` in scores."""
    z = np.linspace(around - width, around + width, 400001)
    x = quantile(prior, z)
    log_density = log_likelihood(x) - 0.5 * z * z
    weight = np.exp(log_density - log_density.max())
    assert weight[0] < 1e-12 and weight[-1] < 1e-12, (case, weight[0], weight[-1])
    total = weight.sum()
    mean = (weight * x).sum() / total
    row(case, "mean", mean)
    row(case, "sd", np.sqrt((weight * (x - mean) ** 2).sum() / total))
    middle = (np.cumsum(weight) - 0.5 * weight) / total
    for p, name in ((0.05, "p05"), (0.5, "p50"), (0.95, "p95")):
        row(case, name, np.interp(p, middle, x))


def reading(m, s):
    return lambda x: -0.5 * ((x - m) / s) ** 2


def lognormal_reading(low, high):
    """The lognormal distribution with these 5th and 95th percentiles, as a density of the logarithm."""
    m = 0.5 * (np.log(low) + np.log(high))
    s = (np.log(high) - np.log(low)) / (2 * stats.norm.ppf(0.95))
    return lambda x: -0.5 * ((np.log(x) - m) / s) ** 2


def lognormal_prior(low, high):
    m = 0.5 * (np.log(low) + np.log(high))
    s = (np.log(high) - np.log(low)) / (2 * stats.norm.ppf(0.95))
    return stats.lognorm(s, scale=np.exp(m))


# Two surveys under a lognormal prior, a survey above a bound.
first, second = lognormal_reading(1.3, 1.5), lognormal_reading(2.3, 2.6)
posterior("two_surveys", lognormal_prior(1, 3), lambda x: first(x) + second(x), 0.3, 3)
survey = lognormal_reading(2, 3)
posterior("survey_above_a_bound", stats.uniform(0, 1), survey, 3.0, 6.0)
# A prior of small and of large spread, a reading far outside.
posterior("tight_prior", stats.lognorm(np.log(1.1)), lambda x: -0.5 * (np.log(x / 3) / np.log(1.02)) ** 2, 11, 2)
posterior("ten_sigma", stats.norm(0, 1), reading(10, 0.1), 9.9, 2)

# Priors of many families with a reading at the quantile of a far score, in both tails.
priors = {
    "normal": stats.norm(5, 2), "lognormal": stats.lognorm(0.5, scale=2), "gamma": stats.gamma(3, scale=2),
    "exponential": stats.expon(scale=2), "gumbel": stats.gumbel_r(1, 2), "weibull": stats.weibull_min(1.5, scale=2),
    "logistic": stats.logistic(1, 2),
}
for name, prior in priors.items():
    for score in (-12, 12, 25):
        m = float(quantile(prior, [score])[0])
        # The reading's error is a tenth of a score.
        s = 0.1 * abs(float(quantile(prior, [score + 0.5])[0] - quantile(prior, [score - 0.5])[0]))
        row(f"{name}_{score}", "observed", m)
        row(f"{name}_{score}", "error", s)
        posterior(f"{name}_{score}", prior, reading(m, s), score * (1 - 0.01), 3)

# Two correlated normal inputs, correlation 0.8, both observed where the other makes it unlikely.
prior = np.array([[1, 0.8], [0.8, 1]])
precision = np.linalg.inv(prior) + np.diag([100.0, 4.0])
covariance = np.linalg.inv(precision)
mean = covariance @ (np.diag([100.0, 4.0]) @ np.array([6.0, -4.0]))
for k, name in enumerate("xy"):
    row(f"correlated_{name}", "mean", mean[k])
    row(f"correlated_{name}", "sd", np.sqrt(covariance[k, k]))

# Sums of standard normals observed normal(4 sqrt(d), 0.5).
for d in (5, 40, 200, 500):
    share = 1 / (d + 0.25)
    m = 4 * np.sqrt(d)
    row(f"sum_{d}", "mean", m * d * share)
    row(f"sum_{d}", "sd", np.sqrt(d - d * d * share))
    row(f"first_{d}", "mean", m * share)
    row(f"first_{d}", "sd", np.sqrt(1 - share))

# Surprise of normal(m, s) under a normal prior: -log2 of twice the tail of normal(0, 1 + s^2).
for m, s in ((8, 0.2), (12, 0.1), (20.2, 0.1)):
    tail = stats.norm.logsf(m / np.sqrt(1 + s * s))
    row(f"surprise_{m}", "bits", -(tail + np.log(2)) / np.log(2))

# x = 1 + 3 z with x^2 observed normal(20, 0.5): the share of the positive root, and |x|.
z = np.linspace(-12, 12, 4000001)
x = 1 + 3 * z
weight = np.exp(-0.5 * ((x * x - 20) / 0.5) ** 2 - 0.5 * z * z)
row("square", "share", weight[x > 0].sum() / weight.sum())
size = (weight * abs(x)).sum() / weight.sum()
row("square", "mean", size)
row("square", "sd", np.sqrt((weight * (abs(x) - size) ** 2).sum() / weight.sum()))

# Bernoulli inputs times 3 2 1 1.5 .7 4, a Poisson input and ten normal ones of sd 0.3, their sum observed normal(14, .1).
ps, cs = (0.1, 0.2, 0.3, 0.4, 0.5, 0.05), (3, 2, 1, 1.5, 0.7, 4)
variance = 10 * 0.09 + 0.01
total, shares, count, squares = 0.0, np.zeros(6), 0.0, 0.0
for n in range(60):
    for bits in range(64):
        own = [bits >> k & 1 for k in range(6)]
        probability = stats.poisson(4).pmf(n) * np.prod([p if b else 1 - p for p, b in zip(ps, own)])
        probability *= np.exp(-0.5 * (14 - n - np.dot(own, cs)) ** 2 / variance)
        total += probability
        shares += probability * np.array(own)
        count += probability * n
        squares += probability * n * n
for k in (0, 2, 5):
    row("discrete", f"share_{k}", shares[k] / total)
row("discrete", "mean", count / total)
row("discrete", "sd", np.sqrt(squares / total - (count / total) ** 2))

# Poisson input of mean 4 observed normal(60, 2): far beyond what probabilities near 1 can tell apart.
n = np.arange(400)
weight = stats.poisson(4).logpmf(n) - 0.5 * ((n - 60) / 2) ** 2
weight = np.exp(weight - weight.max())
mean = (weight * n).sum() / weight.sum()
row("poisson_far", "mean", mean)
row("poisson_far", "sd", np.sqrt((weight * (n - mean) ** 2).sum() / weight.sum()))

# a < b with probability 0.001 under a ~ N(0, 1), b ~ N(-4.370248, 1): (a - b) / sqrt 2 and a.
m = 4.370248 / np.sqrt(2)
law = stats.truncnorm(-np.inf, -m)
row("inequality", "share", stats.norm.cdf(-m))
row("inequality", "mean", (law.mean() + m - m) * np.sqrt(0.5))
row("inequality", "sd", np.sqrt(0.5 * law.var() + 0.5))
