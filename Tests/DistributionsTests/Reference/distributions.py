"""Reference values of the distributions, by mpmath with 60 digits.

Remake with: python3 distributions.py > distributions.csv    (mpmath 1.3.0; a minute)

Single distributions: python3 distributions.py weibull pareto ...    (skew_normal alone takes some minutes)

Columns: distribution; its canonical arguments, separated by spaces; what; where; value; condition.
`what` is quantile, quantile_survival, cdf, survival, density, mean or sd. The condition number is that of the value
by its argument: |p dx/dp / x| of the smaller tail for a quantile, |x f / F| for a cdf or survival, |x f' / f| for a
density, plus the arguments that are added on the way (locations; mu and sigma z of a lognormal), relative to the value.
Values are rounded to doubles; values that underflow are left out.
"""
import sys
from mpmath import (mp, mpf, log, exp, sqrt, pi, erfc, erfinv, gammainc, beta, gamma, diff, inf, loggamma, atan, cot, sin,
                    cosh, sinh, quad, expm1, log1p, euler, binomial as choose)

mp.dps = 60

# A distribution: cdf, survival, density, support, mean, sd, size of added arguments (function of x), log scale or not.
def normal(m, s):
    z = lambda x: (x - m) / s
    return dict(cdf=lambda x: erfc(-z(x) / sqrt(2)) / 2, sf=lambda x: erfc(z(x) / sqrt(2)) / 2,
                pdf=lambda x: exp(-z(x) ** 2 / 2) / (s * sqrt(2 * pi)), low=-inf, high=inf, mean=m, sd=s,
                added=lambda x: abs(m / x) if x else 0)

def lognormal(mu, sigma):
    z = lambda x: (log(x) - mu) / sigma
    m = exp(mu + sigma ** 2 / 2)
    return dict(cdf=lambda x: erfc(-z(x) / sqrt(2)) / 2, sf=lambda x: erfc(z(x) / sqrt(2)) / 2,
                pdf=lambda x: exp(-z(x) ** 2 / 2) / (x * sigma * sqrt(2 * pi)), low=mpf(0), high=inf, mean=m,
                sd=m * sqrt(exp(sigma ** 2) - 1), added=lambda x: abs(mu) + abs(sigma * z(x)))

def uniform(a, b):
    return dict(cdf=lambda x: (x - a) / (b - a), sf=lambda x: (b - x) / (b - a), pdf=lambda x: 1 / (b - a), low=a, high=b,
                mean=(a + b) / 2, sd=(b - a) / sqrt(12), added=lambda x: (abs(a) + abs(b)) / abs(x))

def loguniform(a, b):
    L = log(b / a)
    m = (b - a) / L
    return dict(cdf=lambda x: log(x / a) / L, sf=lambda x: log(b / x) / L, pdf=lambda x: 1 / (x * L), low=a, high=b,
                mean=m, sd=sqrt((b * b - a * a) / (2 * L) - m * m), added=lambda x: 2 + L)

def triangular(a, c, b):
    w = b - a
    cdf = lambda x: mpf(0) if x <= a else (x - a) ** 2 / (w * (c - a)) if x < c else 1 - (b - x) ** 2 / (w * (b - c)) if x < b else mpf(1)
    sf = lambda x: mpf(1) if x <= a else 1 - (x - a) ** 2 / (w * (c - a)) if x < c else (b - x) ** 2 / (w * (b - c)) if x < b else mpf(0)
    return dict(cdf=cdf, sf=sf, pdf=lambda x: 2 * (x - a) / (w * (c - a)) if x < c else 2 * (b - x) / (w * (b - c)),
                low=a, high=b, mean=(a + b + c) / 3, sd=sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18),
                added=lambda x: (abs(a) + abs(c)) / abs(x))

def exponential(m):
    return dict(cdf=lambda x: -mp.expm1(-x / m), sf=lambda x: exp(-x / m), pdf=lambda x: exp(-x / m) / m, low=mpf(0),
                high=inf, mean=m, sd=m, added=lambda x: 0)

def gamma_distribution(k, s):
    return dict(cdf=lambda x: gammainc(k, 0, x / s, regularized=True), sf=lambda x: gammainc(k, x / s, inf, regularized=True),
                pdf=lambda x: exp((k - 1) * log(x / s) - x / s - loggamma(k)) / s, low=mpf(0), high=inf, mean=k * s,
                sd=sqrt(k) * s, added=lambda x: 0)

def beta_distribution(a, b, lo=mpf(0), hi=mpf(1)):
    w = hi - lo
    def tail(p, q, t, s):
        # Positive terms only (DLMF 8.17.8 by Euler's transformation); mpmath's own betainc loses its way for tiny t.
        if t <= 0: return mpf(0)
        if s <= 0: return mpf(1)
        lead = t ** p * s ** q / beta(p, q)
        if t <= p / (p + q): return lead / p * mp.hyp2f1(p + q, 1, p + 1, t)
        return 1 - lead / q * mp.hyp2f1(p + q, 1, q + 1, s)
    return dict(pair=lambda t, s: tail(a, b, t, s), cdf=lambda x: tail(a, b, (x - lo) / w, (hi - x) / w), sf=lambda x: tail(b, a, (hi - x) / w, (x - lo) / w),
                pdf=lambda x: ((x - lo) / w) ** (a - 1) * ((hi - x) / w) ** (b - 1) / (beta(a, b) * w), low=lo, high=hi,
                mean=lo + w * a / (a + b), sd=w * sqrt(a * b / (a + b + 1)) / (a + b),
                added=lambda x: (abs(lo) + abs(w)) / abs(x) if lo else mpf(0))

def pert(a, c, b, lam):
    return beta_distribution(1 + lam * (c - a) / (b - a), 1 + lam * (b - c) / (b - a), a, b)

def weibull(k, s):
    t = lambda x: (x / s) ** k
    m = s * gamma(1 + 1 / k)
    return dict(cdf=lambda x: -expm1(-t(x)), sf=lambda x: exp(-t(x)), pdf=lambda x: k / x * t(x) * exp(-t(x)), low=mpf(0),
                high=inf, mean=m, sd=sqrt(s * s * gamma(1 + 2 / k) - m * m), added=lambda x: abs(log(x / s)),
                ppf=lambda p, q: s * (-log(q) if q < 0.5 else -log1p(-p)) ** (1 / k))

def pareto(a, l):
    return dict(cdf=lambda x: -expm1(a * log(l / x)), sf=lambda x: (l / x) ** a, pdf=lambda x: a / x * (l / x) ** a, low=l,
                high=inf, mean=a * l / (a - 1) if a > 1 else inf, sd=l / (a - 1) * sqrt(a / (a - 2)) if a > 2 else inf,
                added=lambda x: abs(log(x / l)), ppf=lambda p, q: l * q ** (-1 / a))

def gumbel(m, s):
    t = lambda x: exp(-(x - m) / s)
    return dict(cdf=lambda x: exp(-t(x)), sf=lambda x: -expm1(-t(x)), pdf=lambda x: t(x) * exp(-t(x)) / s, low=-inf,
                high=inf, mean=m + euler * s, sd=pi * s / sqrt(6), added=lambda x: abs(m / x),
                ppf=lambda p, q: m - s * log(-log(p) if p < 0.5 else -log1p(-q)))

def logistic(m, s):
    e = lambda x: exp(-(x - m) / s)
    return dict(cdf=lambda x: 1 / (1 + e(x)), sf=lambda x: 1 / (1 + 1 / e(x)), pdf=lambda x: e(x) / (s * (1 + e(x)) ** 2),
                low=-inf, high=inf, mean=m, sd=pi * s / sqrt(3), added=lambda x: abs(m / x),
                ppf=lambda p, q: m + s * log(p / q))

def loglogistic(k, s):
    t = lambda x: (x / s) ** k
    b = pi / k
    return dict(cdf=lambda x: t(x) / (1 + t(x)), sf=lambda x: 1 / (1 + t(x)), pdf=lambda x: k / x * t(x) / (1 + t(x)) ** 2,
                low=mpf(0), high=inf, mean=s * b / sin(b) if k > 1 else inf,
                sd=s * sqrt(2 * b / sin(2 * b) - (b / sin(b)) ** 2) if k > 2 else inf, added=lambda x: abs(log(x / s)),
                ppf=lambda p, q: s * (p / q) ** (1 / k))

def laplace(m, s):
    return dict(cdf=lambda x: exp((x - m) / s) / 2 if x < m else 1 - exp(-(x - m) / s) / 2,
                sf=lambda x: exp(-(x - m) / s) / 2 if x > m else 1 - exp((x - m) / s) / 2,
                pdf=lambda x: exp(-abs(x - m) / s) / (2 * s), low=-inf, high=inf, mean=m, sd=s * sqrt(2),
                added=lambda x: abs(m / x), ppf=lambda p, q: m + s * (log(2 * p) if p < q else -log(2 * q)))

def cauchy(m, s):
    z = lambda x: (x - m) / s
    tail = lambda t: atan(1 / t) / pi if t > 0 else (mpf(1) / 2 if t == 0 else 1 - atan(-1 / t) / pi)
    return dict(cdf=lambda x: tail(-z(x)), sf=lambda x: tail(z(x)), pdf=lambda x: 1 / (pi * s * (1 + z(x) ** 2)), low=-inf,
                high=inf, mean=inf, sd=inf, added=lambda x: abs(m / x),
                ppf=lambda p, q: m if p == q else m - s * cot(pi * p) if p < q else m + s * cot(pi * q))

def rayleigh(s):
    t = lambda x: x * x / (2 * s * s)
    return dict(cdf=lambda x: -expm1(-t(x)), sf=lambda x: exp(-t(x)), pdf=lambda x: x / (s * s) * exp(-t(x)), low=mpf(0),
                high=inf, mean=s * sqrt(pi / 2), sd=s * sqrt(2 - pi / 2), added=lambda x: 0,
                ppf=lambda p, q: s * sqrt(-2 * (log(q) if q < 0.5 else log1p(-p))))

def chi_squared(n):
    return gamma_distribution(n / 2, mpf(2))

def kumaraswamy(a, b, lo, hi):
    w = hi - lo
    t = lambda x: (x - lo) / w
    m = b * beta(1 + 1 / a, b)
    return dict(cdf=lambda x: -expm1(b * log1p(-t(x) ** a)), sf=lambda x: (1 - t(x) ** a) ** b,
                pdf=lambda x: a * b * t(x) ** (a - 1) * (1 - t(x) ** a) ** (b - 1) / w, low=lo, high=hi, mean=lo + w * m,
                sd=w * sqrt(b * beta(1 + 2 / a, b) - m * m),
                added=lambda x: (abs(lo) + abs(w)) / abs(x) + abs(log(t(x))) if lo else abs(log(t(x))),
                ppf=lambda p, q: lo + w * (-expm1((log(q) if q < 0.5 else log1p(-p)) / b)) ** (1 / a))

def student(n, m, s):
    z = lambda x: (x - m) / s
    half = beta_distribution(n / 2, mpf(1) / 2)
    def tail(t):
        if t < 0: return 1 - tail(-t)
        # with x = n / (n + t^2) and its complement, both exact
        return half["pair"](n / (n + t * t), t * t / (n + t * t)) / 2
    return dict(cdf=lambda x: tail(-z(x)), sf=lambda x: tail(z(x)),
                pdf=lambda x: (1 + z(x) ** 2 / n) ** (-(n + 1) / 2) / (sqrt(n) * beta(n / 2, mpf(1) / 2) * s), low=-inf,
                high=inf, mean=m if n > 1 else inf, sd=s * sqrt(n / (n - 2)) if n > 2 else inf,
                added=lambda x: abs(m / x), at=lambda t: m + s * sinh(t), slope=lambda t: s * cosh(t))

def inverse_gaussian(m, k):
    z = lambda x: sqrt(k / x) * (x / m - 1)
    w = lambda x: sqrt(k / x) * (x / m + 1)
    N = lambda t: erfc(t / sqrt(2)) / 2
    return dict(cdf=lambda x: N(-z(x)) + exp(2 * k / m) * N(w(x)), sf=lambda x: N(z(x)) - exp(2 * k / m) * N(w(x)),
                pdf=lambda x: sqrt(k / (2 * pi * x ** 3)) * exp(-z(x) ** 2 / 2), low=mpf(0), high=inf, mean=m,
                sd=m * sqrt(m / k), added=lambda x: 0)

def skew_normal(m, s, alpha):
    sign, a = (-1 if alpha < 0 else 1), abs(alpha)
    N = lambda t: erfc(t / sqrt(2)) / 2
    def below(z):  # the light tail: the probability below -z < 0 for a > 0, by Owen's integral
        if a == 0: return N(z)
        if z < 1: return quad(lambda t: exp(-z * z / (2 * sin(t) ** 2)), [0, min(z / 8, atan(1 / a)), min(z, atan(1 / a)), atan(1 / a)]) / pi
        c1, c2 = (z * a) ** 2, z * z * (1 + a * a)
        return exp(-c2 / 2) / pi * quad(lambda t: exp(-t) * z / (sqrt(c1 + 2 * t) * (c2 + 2 * t)), [0, 1, 4, 16, 40, 130])
    def light(z): return below(-z) if z < 0 else 1 - heavy(z)
    def heavy(z): return 2 * N(z) - below(z) if z >= 0 else 1 - below(-z)
    z = lambda x: sign * (x - m) / s
    d = alpha / sqrt(1 + alpha ** 2)
    return dict(cdf=lambda x: light(z(x)) if sign > 0 else heavy(z(x)), sf=lambda x: heavy(z(x)) if sign > 0 else light(z(x)),
                pdf=lambda x: 2 * exp(-z(x) ** 2 / 2) / sqrt(2 * pi) / s * N(-a * z(x)), low=-inf, high=inf,
                mean=m + s * d * sqrt(2 / pi), sd=s * sqrt(1 - 2 * d * d / pi), added=lambda x: abs(m / x))

# Counts: probability mass, ends, mean, sd, and the condition numbers of tails and mass by the arguments.
def poisson(m):
    pmf = lambda k: exp(k * log(m) - m - loggamma(k + 1))
    if m > 10000:  # sums of 80 sds of the masses, which leave out 1e-340
        first, last = int(m - 40 * sqrt(m)), int(m + 40 * sqrt(m))
        masses = [pmf(mpf(k)) for k in range(first, last)]
        below, above = list(masses), [mpf(0)] * len(masses)
        for i in range(1, len(masses)): below[i] += below[i - 1]
        for i in range(len(masses) - 2, -1, -1): above[i] = above[i + 1] + masses[i + 1]
        tails = lambda k: (mpf(0), mpf(1)) if k < first else (mpf(1), mpf(0)) if k >= last else (below[int(k) - first], above[int(k) - first])
        return dict(pmf=pmf, high=inf, mean=m, sd=sqrt(m), tails=tails, pull=lambda k: abs(k - m), push=m)
    return dict(pmf=pmf, high=inf, mean=m, sd=sqrt(m),
                tails=lambda k: (gammainc(k + 1, m, inf, regularized=True), gammainc(k + 1, 0, m, regularized=True)),
                pull=lambda k: abs(k - m), push=m)

def binomial(n, p):
    q = 1 - p
    pmf = lambda k: choose(n, k) * p ** k * q ** (n - k)
    dist = beta_distribution
    def tails(k):
        if k >= n: return mpf(1), mpf(0)
        upper = beta_distribution(k + 1, n - k)["pair"](p, q)
        lower = beta_distribution(n - k, k + 1)["pair"](q, p)
        return lower, upper
    return dict(pmf=pmf, high=n, mean=n * p, sd=sqrt(n * p * q), tails=tails, pull=lambda k: abs(k - n * p) / q, push=n * p)

def negative_binomial(r, p):
    q = 1 - p
    pmf = lambda k: exp(loggamma(k + r) - loggamma(k + 1) - loggamma(r) + r * log(p) + k * log(q))
    tails = lambda k: (beta_distribution(r, k + 1)["pair"](p, q), beta_distribution(k + 1, r)["pair"](q, p))
    return dict(pmf=pmf, high=inf, mean=r * q / p, sd=sqrt(r * q) / p, tails=tails,
                pull=lambda k: abs(r - k * p / q), push=r * q / p)

def geometric(p):
    q = 1 - p
    return dict(pmf=lambda k: p * q ** k, high=inf, mean=q / p, sd=sqrt(q) / p,
                tails=lambda k: (-expm1((k + 1) * log1p(-p)), q ** (k + 1)), pull=lambda k: abs(1 - k * p / q), push=q / p)

def bernoulli(p):
    return dict(pmf=lambda k: p if k == 1 else 1 - p, high=1, mean=p, sd=sqrt(p * (1 - p)),
                tails=lambda k: (1 - p, p) if k < 1 else (mpf(1), mpf(0)), pull=lambda k: mpf(1), push=p)

LAWS = [
    ("uniform", uniform, ["0 1", "-3 17.5", "1e-9 2e-9"]),
    ("loguniform", loguniform, ["1 10", "0.001 1e6", "99 101"]),
    ("normal", normal, ["0 1", "30 7", "-1e6 0.25"]),
    ("lognormal", lognormal, ["0 1", "3 0.5", "-7 2.5", "5 0.01"]),
    ("triangular", triangular, ["1 2 5", "0 0 1", "-4 3 3", "0.1 0.15 0.3"]),
    ("exponential", exponential, ["1", "250"]),
    ("gamma", gamma_distribution, ["1 1", "0.05 1", "0.5 2", "0.95 1", "2.5 0.1", "19.9 1", "20.1 3", "300 1", "9000 1", "10000 1"]),
    ("beta", beta_distribution, ["4 6", "0.5 0.5", "0.05 3", "3 0.05", "0.05 0.05", "1 1", "2 5 100 700", "0.9 40", "25 30",
                       "1000 3", "2000 5000", "1.5 0.7", "0.3 1000"]),
    ("pert", pert, ["1 2 5 4", "0 0 1 4", "10 90 100 2"]),
    ("weibull", weibull, ["1.5 2", "0.3 1", "40 7"]),
    ("pareto", pareto, ["2.5 3", "0.7 1", "30 100"]),
    ("gumbel", gumbel, ["0 1", "30 7"]),
    ("logistic", logistic, ["0 1", "-3 0.25"]),
    ("loglogistic", loglogistic, ["2.5 3", "0.4 1", "40 7"]),
    ("laplace", laplace, ["0 1", "5 0.5"]),
    ("cauchy", cauchy, ["0 1", "5 0.5"]),
    ("rayleigh", rayleigh, ["1", "250"]),
    ("chi_squared", chi_squared, ["1", "7", "0.3"]),
    ("kumaraswamy", kumaraswamy, ["2 5 0 1", "0.3 0.6 0 1", "5 0.2 -3 10", "12 300 0 2"]),
    ("student", student, ["3 0 1", "1 0 1", "2 1 2", "4.5 -2 0.5", "0.4 0 1", "40 0 1", "3000 0 1"]),
    ("inverse_gaussian", inverse_gaussian, ["1 1", "3 0.2", "2 80", "1 0.01"]),
    ("skew_normal", skew_normal, ["0 1 3", "30 7 -1.5", "0 1 0.2"]),
]
COUNTS = [
    ("bernoulli", bernoulli, ["0.3", "0.999"]),
    ("poisson", poisson, ["0.3", "12", "900", "50000"]),
    ("binomial", binomial, ["1 0.3", "20 0.15", "1000 0.7", "60000 0.002"]),
    ("negative_binomial", negative_binomial, ["3 0.4", "0.2 0.05", "500 0.9"]),
    ("geometric", geometric, ["0.3", "0.002", "0.9"]),
]
TAILS = ["1e-300", "1e-100", "1e-30", "1e-16", "1e-9", "1e-5", "0.001", "0.02", "0.1", "0.25", "0.4", "0.5"]

def invert(dist, p, upper):
    """The x whose lower (upper) tail is p: bisection and Newton steps on the logarithm of the tail."""
    if "ppf" in dist: return dist["ppf"](1 - p, p) if upper else dist["ppf"](p, 1 - p)
    tail = dist["sf"] if upper else dist["cdf"]
    low, high = dist["low"], dist["high"]
    # a variable without bounds: x = g(t), increasing
    if "at" in dist: g, dg = dist["at"], dist["slope"]
    elif low > -inf and high < inf: g = lambda t: low + (high - low) / (1 + exp(-t)); dg = lambda t: (high - low) * exp(-t) / (1 + exp(-t)) ** 2
    elif low > -inf: g = lambda t: low + exp(t); dg = lambda t: exp(t)
    else:
        m, s = dist["mean"], dist["sd"]
        g = lambda t: m + s * t; dg = lambda t: s
    miss = lambda t: (log(tail(g(t))) - log(p)) * (-1 if upper else 1)
    a, b = mpf(-20), mpf(20)
    while miss(a) > 0:
        a *= 2
        if g(a) == low or a < -40000: raise ValueError
    while tail(g(b)) > 0 and miss(b) < 0:
        b *= 2
        if g(b) == high or b > 40000: raise ValueError
    for _ in range(25):
        c = (a + b) / 2
        if tail(g(c)) == 0: (b, a) = (c, a) if upper else (b, c); continue
        if miss(c) == 0: return g(c)
        if miss(c) < 0: a = c
        else: b = c
    t = (a + b) / 2
    for _ in range(60):
        x = g(t)
        step = miss(t) * tail(x) / (dist["pdf"](x) * dg(t))
        n = t - step
        slack = (b - a) / 100
        if n < a - slack or n > b + slack: n = (a + b) / 2
        if miss(n) < 0: a = n
        else: b = n
        if abs(n - t) < mpf(10) ** (20 - mp.dps) * max(1, abs(t)): t = n; break
        t = n
    return g(t)

def row(name, args, what, at, value, condition):
    v = float(value)
    if v == 0 or abs(v) < 1e-300 or abs(v) == float("inf"): return
    print(f"{name},{args},{what},{at!r},{v!r},{float(condition):.3g}")

def rows(name, args, dist):
    points = []
    for text in TAILS:
        p = mpf(float(text))
        for upper in (False, True):
            try: x = invert(dist, p, upper)
            except (ZeroDivisionError, ValueError): continue  # closer to an end of the support than 60 digits
            if x == 0 or x in (dist["low"], dist["high"]): continue
            added = dist["added"](x)
            f = dist["pdf"](x)
            condition = 1 + added + abs(p / (x * f))
            row(name, args, "quantile_survival" if upper else "quantile", float(text), x, condition)
            points.append(float(x))
    for q in [1e-16, 1e-12, 1e-6, 0.001]:
        p = mpf(1 - q)
        try: x = invert(dist, 1 - p, True)
        except (ZeroDivisionError, ValueError): continue
        if x == 0 or x in (dist["low"], dist["high"]): continue
        row(name, args, "quantile", 1 - q, x, 1 + dist["added"](x) + abs((1 - p) / (x * dist["pdf"](x))))
    for x in sorted(set(points)):
        X = mpf(x)
        if not dist["low"] < X < dist["high"]: continue
        f, F, S = dist["pdf"](X), dist["cdf"](X), dist["sf"](X)
        added = dist["added"](X)
        row(name, args, "cdf", x, F, 1 + abs(X * f / F) * (1 + added))
        row(name, args, "survival", x, S, 1 + abs(X * f / S) * (1 + added))
        h = abs(X) * mpf(10) ** -25
        slope = (dist["pdf"](X + h) - dist["pdf"](X - h)) / (2 * h)
        row(name, args, "density", x, f, 1 + abs(X * slope / f) * (1 + added))
    row(name, args, "mean", 0.0, dist["mean"], 1)
    row(name, args, "sd", 0.0, dist["sd"], 1)

def count_rows(name, args, dist):
    """The least count at or below which lies a probability, or above which lies no more than one; tails and masses."""
    points = set()
    for text in TAILS:
        p = mpf(float(text))
        for upper in (False, True):
            reached = (lambda k: dist["tails"](k)[1] <= p) if upper else (lambda k: dist["tails"](k)[0] >= p)
            low, high = mpf(-1), mpf(1)
            while not reached(high): low, high = high, high * 2
            while high - low > 1:
                middle = mp.floor((low + high) / 2)
                if reached(middle): high = middle
                else: low = middle
            row(name, args, "quantile_survival" if upper else "quantile", float(text), high, 1)
            points.add(high)
    for k in sorted(points):
        lower, upper = dist["tails"](k)
        mass = dist["pmf"](k)
        row(name, args, "cdf", float(k), lower, 1 + dist["push"] * mass / lower)
        if upper > 0: row(name, args, "survival", float(k), upper, 1 + dist["push"] * mass / upper)
        row(name, args, "density", float(k), mass, 1 + dist["pull"](k))
    row(name, args, "mean", 0.0, dist["mean"], 1)
    row(name, args, "sd", 0.0, dist["sd"], 1)

if __name__ == "__main__":
    only = sys.argv[1:]
    print("distribution,arguments,what,at,value,condition")
    for name, make, cases in LAWS:
        if only and name not in only: continue
        # The cdf of triangular is a difference that cancels to 1e-600, those of others by the size of a tail.
        mp.dps = {"triangular": 700, "kumaraswamy": 400, "inverse_gaussian": 700, "cauchy": 400, "skew_normal": 45}.get(name, 60)
        for args in cases:
            try: rows(name, args, make(*[mpf(float(a)) for a in args.split()]))
            except Exception as error: print("FAILED", name, args, repr(error), file=sys.stderr)
            sys.stdout.flush()
    for name, make, cases in COUNTS:
        if only and name not in only: continue
        mp.dps = 60
        for args in cases:
            try: count_rows(name, args, make(*[mpf(float(a)) for a in args.split()]))
            except Exception as error: print("FAILED", name, args, repr(error), file=sys.stderr)
            sys.stdout.flush()
