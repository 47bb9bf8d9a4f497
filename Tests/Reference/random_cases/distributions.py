"""Distribution functions of a scenario's values by SciPy, from the parameterisations in scenarios/README.md.

`cdf(node, number)` gives a function of x; x, locations and scales are in the units that `number` gives (base units).
"""
import math

import numpy as np
from scipy import optimize, special, stats


def call(kind, *shapes, loc=0, scale=1):
    """The distribution function of a SciPy distribution (a frozen object would take longer to make than to use)."""
    if isinstance(kind, stats.rv_discrete):
        return lambda x: kind.cdf(x, *shapes)
    return lambda x: kind.cdf(x, *shapes, loc=loc, scale=scale)


def by_name(name, p, n):
    """A distribution function by name; `p` are positional arguments, `n` named ones, in base units."""
    def get(position, key, default=None):
        return n[key] if key in n else p[position] if position < len(p) else default
    if name == "normal":
        return call(stats.norm, loc=get(0, "mean"), scale=get(1, "sd"))
    if name == "lognormal":
        if "median" in n:
            return call(stats.lognorm, np.log(n["gsd"]), scale=n["median"])
        if "mean" in n:
            sigma2 = np.log1p((n["sd"] / n["mean"]) ** 2)
            return call(stats.lognorm, np.sqrt(sigma2), scale=n["mean"] / np.exp(sigma2 / 2))
        return call(stats.lognorm, get(1, "sigma"), scale=np.exp(get(0, "mu")))
    if name == "uniform":
        return call(stats.uniform, loc=get(0, "low"), scale=get(1, "high") - get(0, "low"))
    if name == "loguniform":
        return call(stats.loguniform, get(0, "low"), get(1, "high"))
    if name == "triangular":
        low, mode, high = get(0, "low"), get(1, "mode"), get(2, "high")
        return call(stats.triang, (mode - low) / (high - low), loc=low, scale=high - low)
    if name == "pert":
        low, mode, high, weight = get(0, "low"), get(1, "mode"), get(2, "high"), get(3, "lambda", 4)
        a = 1 + weight * (mode - low) / (high - low)
        b = 1 + weight * (high - mode) / (high - low)
        return call(stats.beta, a, b, loc=low, scale=high - low)
    if name == "beta":
        low, high = get(2, "low", 0), get(3, "high", 1)
        if "mean" in n:
            mean, sd = (n["mean"] - low) / (high - low), n["sd"] / (high - low)
            both = mean * (1 - mean) / sd**2 - 1
            return call(stats.beta, mean * both, (1 - mean) * both, loc=low, scale=high - low)
        return call(stats.beta, get(0, "alpha"), get(1, "beta"), loc=low, scale=high - low)
    if name == "gamma":
        return call(stats.gamma, get(0, "shape"), scale=get(1, "scale"))
    if name == "weibull":
        return call(stats.weibull_min, get(0, "shape"), scale=get(1, "scale"))
    if name == "exponential":
        return call(stats.expon, scale=1 / n["rate"] if "rate" in n else get(0, "mean"))
    if name == "gumbel":
        return call(stats.gumbel_r, loc=get(0, "location"), scale=get(1, "scale"))
    if name in ("laplace", "logistic", "cauchy"):
        return call(getattr(stats, name), loc=get(0, "location"), scale=get(1, "scale"))
    if name == "loglogistic":
        return call(stats.fisk, get(0, "shape"), scale=get(1, "scale"))
    if name == "rayleigh":
        return call(stats.rayleigh, scale=get(0, "scale"))
    if name == "pareto":
        return call(stats.pareto, get(0, "shape"), scale=get(1, "low"))
    if name == "student":
        return call(stats.t, get(0, "df"), loc=get(1, "location", 0), scale=get(2, "scale", 1))
    if name == "chi_squared":
        return call(stats.chi2, get(0, "df"))
    if name == "inverse_gaussian":
        mean, shape = get(0, "mean"), get(1, "shape")
        return call(stats.invgauss, mean / shape, scale=shape)
    if name == "skew_normal":
        return call(stats.skewnorm, get(2, "alpha"), loc=get(0, "location"), scale=get(1, "scale"))
    if name == "bernoulli":
        return call(stats.bernoulli, get(0, "p"))
    if name == "binomial":
        return call(stats.binom, get(0, "n"), get(1, "p"))
    if name == "poisson":
        return call(stats.poisson, get(0, "mean"))
    if name == "negative_binomial":
        return call(stats.nbinom, get(0, "r"), get(1, "p"))
    if name == "geometric":
        # The number of failures; SciPy's `geom` counts the trials.
        return call(stats.nbinom, 1, get(0, "p"))
    raise KeyError(name)


def interval(low, high, within=0.9):
    """`low to high`: lognormal where low is positive, else normal."""
    z = special.ndtri((1 + within) / 2)
    if low > 0:
        return call(stats.lognorm, math.log(high / low) / (2 * z), scale=math.sqrt(low) * math.sqrt(high))
    return call(stats.norm, loc=(low + high) / 2, scale=(high - low) / (2 * z))


def fitted_beta(low, high, within=0.9):
    """The beta distribution with these tail quantiles."""
    tail = (1 - within) / 2

    def miss(logs):
        a, b = np.exp(logs)
        return [stats.beta.cdf(low, a, b) - tail, stats.beta.sf(high, a, b) - tail]
    start = [math.log(4 * (low + high) / 2 + 0.5), math.log(4 * (1 - (low + high) / 2) + 0.5)]
    solution = optimize.root(miss, start, method="hybr", options={"xtol": 1e-13})
    return call(stats.beta, *np.exp(solution.x))


def metalog(points):
    """The distribution function of the metalog through as many points as it has terms (Keelin 2016, equation 6)."""
    def terms(u, count):
        logit, middle = np.log(u) - np.log1p(-u), u - 0.5
        return np.stack([np.ones_like(u), logit, middle * logit, middle][:count], -1)
    probabilities, values = map(np.array, zip(*sorted(points)))
    coefficients = np.linalg.solve(terms(probabilities, len(points)), values)

    def function(x):
        x = np.asarray(x, float)
        # In the logit, where a probability near 1 is as exact as one near 0 for the bisection.
        low, high = np.full(x.shape, -36.0), np.full(x.shape, 36.0)
        for _ in range(60):
            middle = (low + high) / 2
            below = terms(special.expit(middle), len(points)) @ coefficients < x
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return special.expit((low + high) / 2)
    return function


def empirical(values, shape):
    """The distribution function of values that are drawn as they are (`step`) or joined by lines (`linear`)."""
    values = np.sort(values)
    if shape == "step":
        return lambda x: np.searchsorted(values, x, side="right") / len(values)
    return lambda x: np.interp(x, values, np.arange(len(values)) / (len(values) - 1))


def cdf(node, number):
    """The distribution function of a value's node; None for a constant. `number(node)` evaluates constants and names."""
    if node[0] == "to":
        within = float(number(node[3])) if node[3] else 0.9
        return interval(number(node[1]), number(node[2]), within)
    if node[0] == "bin" and node[1] in "+*":
        for inner, outer in ((node[2], node[3]), (node[3], node[2])):
            if (distribution := cdf(inner, number)) is not None:
                c = number(outer)
                return (lambda x: distribution(x - c)) if node[1] == "+" else (lambda x: distribution(x / c))
        return None
    if node[0] != "call":
        return None
    name, arguments, named = node[1:]
    if name == "truncate":
        distribution = cdf(arguments[0], number)
        below = distribution(number(named["low"])) if "low" in named else 0.0
        above = distribution(number(named["high"])) if "high" in named else 1.0
        return lambda x: (distribution(x) - below) / (above - below)
    if name == "mixture":
        distributions = [cdf(part, number) for part in arguments]
        weights = [float(number(weight)) for weight in named["weights"][1]]
        return lambda x: sum(weight * distribution(x) for weight, distribution in zip(weights, distributions))
    if name == "discrete":
        steps = sorted((float(value), float(number(share))) for value, share in named.items())
        return lambda x: sum(share * (np.asarray(x) >= value) for value, share in steps)
    if name == "quantiles":
        return metalog([(float(key), number(value)) for key, value in named.items()])
    if name == "kumaraswamy":
        a, b = map(number, arguments)
        return lambda x: -np.expm1(b * np.log1p(-np.clip(x, 0, 1) ** a))
    if name == "beta" and arguments and arguments[0][0] == "to":
        return fitted_beta(number(arguments[0][1]), number(arguments[0][2]))
    try:
        return by_name(name, [number(a) for a in arguments], {key: number(a) for key, a in named.items()})
    except KeyError:
        return None
