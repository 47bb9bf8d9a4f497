"""Conditional quantiles of copulas of two coordinates, by mpmath with 50 digits.

Remake with: python3 make_copulas.py > copulas.txt    (mpmath 1.3.0; half a minute)

Columns: copula; theta; u; w; v with dC/du(u, v) = w; 1 - v. Probabilities are doubles, values are rounded to doubles.
The derivative is written out for Clayton and Frank, and solved for v in closed form; for Gumbel the equation
x (exp(r) - 1) + (theta - 1) r = -log w is solved by bisection.
"""
import random
from mpmath import mp, mpf, log, exp, expm1, findroot

mp.dps = 50

def clayton(t, u, w):
    return ((w ** (-t / (1 + t)) - 1) * u ** -t + 1) ** (-1 / t)

def frank(t, u, w):
    return log(1 + w * (1 - exp(-t)) / ((1 - w) * exp(-t * u) + w * exp(-t))) / t

def gumbel(t, u, w):
    x, depth = -log(u), -log(w)
    f = lambda r: x * expm1(r) + (t - 1) * r - depth
    low, high = mpf(0), min(depth / (x + t - 1), log(1 + depth / x)) * 2
    for _ in range(200):
        middle = (low + high) / 2
        if f(middle) < 0: low = middle
        else: high = middle
    return exp(-x * expm1(t * low) ** (1 / t))

random.seed(7)
cases = {"clayton": (clayton, [0.002, 0.1, 1, 4, 30, 98]), "frank": (frank, [0.009, 0.5, 4, 30, 190]),
         "gumbel": (gumbel, [1.001, 1.2, 2, 7, 50])}
for name, (f, thetas) in cases.items():
    for theta in thetas:
        for _ in range(40):
            def probability():
                kind = random.random()
                if kind < 0.5: return (random.randrange(2 ** 52) + 0.5) * 2.0 ** -52
                tail = 2.0 ** -random.uniform(1, 52)
                return tail if kind < 0.75 else 1 - tail
            u, w = probability(), probability()
            v = f(mpf(theta), mpf(u), mpf(w))
            print(name, theta, repr(u), repr(w), repr(float(v)), repr(float(1 - v)))
