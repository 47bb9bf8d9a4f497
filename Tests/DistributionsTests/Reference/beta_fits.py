"""Shapes of beta distributions through two quantiles, for FitSearchTests: python3 beta_fits.py (mpmath 1.3)."""
from mpmath import betainc, exp, findroot, log, mp, mpf, nstr

mp.dps = 40
CASES = [  # probability, value, probability, value, and shapes to start from
    ("0.05", "0.999", "0.95", "0.9999", 5000, 2.4),
    ("0.05", "0.0001", "0.95", "0.001", 2.4, 5000),
    ("0.05", "0.9999", "0.95", "0.99999999", 1e4, 0.5),
    ("0.5", "1e-5", "0.95", "1e-4", 0.5, 2e4),
    ("0.05", "1e-12", "0.95", "1e-3", 0.2, 500),
    ("0.1", "0.49", "0.9", "0.51", 2000, 2000),
]


def excess(p, x, a, b):
    inside = betainc(a, b, 0, x, regularized=True)
    return log(inside / (1 - inside)) - log(p / (1 - p))


for *numbers, a, b in CASES:
    p, x, q, y = (mpf(float(number)) for number in numbers)  # as a program reads them
    root = findroot(lambda s, t: (excess(p, x, exp(s), exp(t)), excess(q, y, exp(s), exp(t))), (log(a), log(b)))
    print(numbers, nstr(exp(root[0]), 16), nstr(exp(root[1]), 16))
