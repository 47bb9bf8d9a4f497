"""Reference values of the laws, by mpmath with 60 digits.

Remake with: python3 laws.py > laws.csv    (mpmath 1.3.0; a minute)

Columns: law; its canonical arguments, separated by spaces; what; where; value; condition.
`what` is quantile, quantile_survival, cdf, survival, density, mean or sd. The condition number is that of the value
by its argument: |p dx/dp / x| of the smaller tail for a quantile, |x f / F| for a cdf or survival, |x f' / f| for a
density, plus the arguments that are added on the way (locations; mu and sigma z of a lognormal), relative to the value.
Values are rounded to doubles; values that underflow are left out.
"""
import sys
from mpmath import (mp, mpf, log, exp, sqrt, pi, erfc, erfinv, gammainc, beta, gamma, diff, inf, loggamma)

mp.dps = 60

# A law: cdf, survival, density, support, mean, sd, size of added arguments (function of x), log scale or not.
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

def gammalaw(k, s):
    return dict(cdf=lambda x: gammainc(k, 0, x / s, regularized=True), sf=lambda x: gammainc(k, x / s, inf, regularized=True),
                pdf=lambda x: exp((k - 1) * log(x / s) - x / s - loggamma(k)) / s, low=mpf(0), high=inf, mean=k * s,
                sd=sqrt(k) * s, added=lambda x: 0)

def betalaw(a, b, lo=mpf(0), hi=mpf(1)):
    w = hi - lo
    def tail(p, q, t, s):
        # Positive terms only (DLMF 8.17.8 by Euler's transformation); mpmath's own betainc loses its way for tiny t.
        if t <= 0: return mpf(0)
        if s <= 0: return mpf(1)
        lead = t ** p * s ** q / beta(p, q)
        if t <= p / (p + q): return lead / p * mp.hyp2f1(p + q, 1, p + 1, t)
        return 1 - lead / q * mp.hyp2f1(p + q, 1, q + 1, s)
    return dict(cdf=lambda x: tail(a, b, (x - lo) / w, (hi - x) / w), sf=lambda x: tail(b, a, (hi - x) / w, (x - lo) / w),
                pdf=lambda x: ((x - lo) / w) ** (a - 1) * ((hi - x) / w) ** (b - 1) / (beta(a, b) * w), low=lo, high=hi,
                mean=lo + w * a / (a + b), sd=w * sqrt(a * b / (a + b + 1)) / (a + b),
                added=lambda x: (abs(lo) + abs(w)) / abs(x) if lo else mpf(0))

def pert(a, c, b, lam):
    return betalaw(1 + lam * (c - a) / (b - a), 1 + lam * (b - c) / (b - a), a, b)

LAWS = [
    ("uniform", uniform, ["0 1", "-3 17.5", "1e-9 2e-9"]),
    ("loguniform", loguniform, ["1 10", "0.001 1e6", "99 101"]),
    ("normal", normal, ["0 1", "30 7", "-1e6 0.25"]),
    ("lognormal", lognormal, ["0 1", "3 0.5", "-7 2.5", "5 0.01"]),
    ("triangular", triangular, ["1 2 5", "0 0 1", "-4 3 3", "0.1 0.15 0.3"]),
    ("exponential", exponential, ["1", "250"]),
    ("gamma", gammalaw, ["1 1", "0.05 1", "0.5 2", "0.95 1", "2.5 0.1", "19.9 1", "20.1 3", "300 1", "9000 1", "10000 1"]),
    ("beta", betalaw, ["4 6", "0.5 0.5", "0.05 3", "3 0.05", "0.05 0.05", "1 1", "2 5 100 700", "0.9 40", "25 30",
                       "1000 3", "2000 5000", "1.5 0.7", "0.3 1000"]),
    ("pert", pert, ["1 2 5 4", "0 0 1 4", "10 90 100 2"]),
]
TAILS = ["1e-300", "1e-100", "1e-30", "1e-16", "1e-9", "1e-5", "0.001", "0.02", "0.1", "0.25", "0.4", "0.5"]

def invert(law, p, upper):
    """The x whose lower (upper) tail is p: bisection and Newton steps on the logarithm of the tail."""
    tail = law["sf"] if upper else law["cdf"]
    low, high = law["low"], law["high"]
    # a variable without bounds: x = g(t), increasing
    if low > -inf and high < inf: g = lambda t: low + (high - low) / (1 + exp(-t)); dg = lambda t: (high - low) * exp(-t) / (1 + exp(-t)) ** 2
    elif low > -inf: g = lambda t: low + exp(t); dg = lambda t: exp(t)
    else:
        m, s = law["mean"], law["sd"]
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
        step = miss(t) * tail(x) / (law["pdf"](x) * dg(t))
        n = t - step
        slack = (b - a) / 100
        if n < a - slack or n > b + slack: n = (a + b) / 2
        if miss(n) < 0: a = n
        else: b = n
        if abs(n - t) < mpf(10) ** -40 * max(1, abs(t)): t = n; break
        t = n
    return g(t)

def row(name, args, what, at, value, condition):
    v = float(value)
    if v == 0 or abs(v) < 1e-300 or abs(v) == float("inf"): return
    print(f"{name},{args},{what},{at!r},{v!r},{float(condition):.3g}")

def rows(name, args, law):
    points = []
    for text in TAILS:
        p = mpf(float(text))
        for upper in (False, True):
            try: x = invert(law, p, upper)
            except (ZeroDivisionError, ValueError): continue  # closer to an end of the support than 60 digits
            if x == 0 or x in (law["low"], law["high"]): continue
            added = law["added"](x)
            f = law["pdf"](x)
            condition = 1 + added + abs(p / (x * f))
            row(name, args, "quantile_survival" if upper else "quantile", float(text), x, condition)
            points.append(float(x))
    for q in [1e-16, 1e-12, 1e-6, 0.001]:
        p = mpf(1 - q)
        try: x = invert(law, 1 - p, True)
        except (ZeroDivisionError, ValueError): continue
        if x == 0 or x in (law["low"], law["high"]): continue
        row(name, args, "quantile", 1 - q, x, 1 + law["added"](x) + abs((1 - p) / (x * law["pdf"](x))))
    for x in sorted(set(points)):
        X = mpf(x)
        if not law["low"] < X < law["high"]: continue
        f, F, S = law["pdf"](X), law["cdf"](X), law["sf"](X)
        added = law["added"](X)
        row(name, args, "cdf", x, F, 1 + abs(X * f / F) * (1 + added))
        row(name, args, "survival", x, S, 1 + abs(X * f / S) * (1 + added))
        h = abs(X) * mpf(10) ** -25
        slope = (law["pdf"](X + h) - law["pdf"](X - h)) / (2 * h)
        row(name, args, "density", x, f, 1 + abs(X * slope / f) * (1 + added))
    row(name, args, "mean", 0.0, law["mean"], 1)
    row(name, args, "sd", 0.0, law["sd"], 1)

if __name__ == "__main__":
    only = sys.argv[1:]
    print("law,arguments,what,at,value,condition")
    for name, make, cases in LAWS:
        if only and name not in only: continue
        mp.dps = 700 if name == "triangular" else 60  # its cdf is a difference that cancels to 1e-600
        for args in cases:
            try: rows(name, args, make(*[mpf(float(a)) for a in args.split()]))
            except Exception as error: print("FAILED", name, args, repr(error), file=sys.stderr)
            sys.stdout.flush()
