"""Reference values of copulas, by mpmath and SciPy.

Remake with: (echo what,a,b,value; python3 copulas.py) > copulas.csv    (mpmath 1.3.0, SciPy 1.14; a minute)

Columns: what; a; b; value.
frank: Kendall's correlation at theta = a.
student_rank: Spearman's correlation at df = a and score correlation b, as a threefold integral over the chi-squared
values (SciPy's nquad is too slow: Gauss-Legendre of 200 points in each probability, raised to a power at the ends).
student_tail: the tail dependence at df = a and score correlation b.
student_joint: P(U <= 0.001, V <= 0.001) at df = a and score correlation b, by the mixture over W of bivariate normal
probabilities (SciPy's multivariate_normal is exact to 1e-10 in two dimensions), 400 points.
"""
import numpy as np
from mpmath import mp, mpf, quad, exp, betainc, sqrt
from scipy import stats

mp.dps = 30

def frank(t):
    debye = quad(lambda x: x / (exp(x) - 1), [0, 1, 5, t] if t > 5 else [0, t]) / t
    return 1 - 4 * (1 - debye) / t

for t in ["0.009", "0.05", "0.2", "1", "1.9", "2.1", "5", "14", "60", "190"]:
    print("frank", t, 0, float(frank(mpf(t))), sep=",")

def points(n):
    x, w = np.polynomial.legendre.leggauss(n)
    return (x + 1) / 2, w / 2

def rank(df, r, n=200):
    x, w = points(n)
    w = w * 30 * x * x * (1 - x) ** 2
    near = np.minimum(x, 1 - x)
    tail = near ** 3 * (10 - 15 * near + 6 * near ** 2)
    v = np.where(x < 0.5, stats.chi2.ppf(tail, df), stats.chi2.isf(tail, df))
    total = 0.0
    for i in range(n):
        f = np.sqrt(v / (v[i] + v))
        total += w[i] * np.sum(w[:, None] * w[None, :] * np.arcsin(r * f[:, None] * f[None, :]))
    return 6 / np.pi * total

def tail(df, r):
    k = mpf(df) + 1
    t2 = k * (1 - mpf(r)) / (1 + mpf(r))
    return betainc(k / 2, mpf(1) / 2, 0, k / (k + t2), regularized=True)

def joint(df, r, t=0.001, n=400):
    x, w = points(n)
    q = stats.t.ppf(t, df)
    # P(W) = x^4 thins out small W, where the probability is largest.
    p, weight = x ** 4, 4 * x ** 3 * w
    scale = np.sqrt(stats.chi2.ppf(p, df) / df)
    normal = stats.multivariate_normal([0, 0], [[1, r], [r, 1]])
    return float(sum(g * normal.cdf([q * s, q * s]) for g, s in zip(weight, scale)))

for df in [1, 4, 10, 300]:
    for r in [-0.6, 0.3, 0.95]:
        print("student_rank", df, r, rank(df, r), sep=",")
        print("student_tail", df, r, float(tail(df, r)), sep=",")
        print("student_joint", df, r, joint(df, r), sep=",")
