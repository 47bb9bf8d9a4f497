"""Taylor coefficients in eta of c_0, c_1, c_2 of Temme's uniform expansion (DLMF 8.12.10), by mpmath's taylor at 60 digits.

Remake with: python3 temme.py    (mpmath 1.3.0)
"""
from mpmath import mp, mpf, taylor, log, sqrt, findroot

mp.dps = 80
# mu(eta) from eta^2 / 2 = mu - log(1 + mu), as a power series by undetermined coefficients: mu mu' = eta (1 + mu).
N = 34
mu = [mpf(0), mpf(1)]
for n in range(2, N):
    # coefficient of eta^n in mu mu' - eta mu = 0
    s = sum(mu[i] * (n + 1 - i) * mu[n + 1 - i] for i in range(2, n))
    mu.append((mu[n - 1] - s) / (n + 1))

def product(a, b, n): return [sum(a[i] * b[k - i] for i in range(k + 1)) for k in range(n)]
def inverse(a, n):
    r = [1 / a[0]]
    for k in range(1, n): r.append(-sum(a[i] * r[k - i] for i in range(1, k + 1)) / a[0])
    return r

# 1 / mu = eta^-1 u(eta)
u = inverse(mu[1:], N - 1)
c = [u[1:]]                                           # c_0 = 1 / mu - 1 / eta
gammas = [mpf(1), -mpf(1) / 12, mpf(1) / 288]         # g_k of DLMF 5.11.3 with alternating signs (8.12.11)
for k in (1, 2):
    # c_k = (c_{k-1}' / eta) + (-1)^k g_k / mu, whose singular part cancels (DLMF 8.12.11)
    d = [i * c[-1][i] for i in range(1, len(c[-1]))]  # derivative
    g = gammas[k]
    total = [g * u[i] + d[i] for i in range(min(len(d), len(u)))]
    assert abs(total[0]) < mpf(10) ** -60, total[0]
    c.append(total[1:])
for row, count in zip(c, (18, 14, 11)):
    print([float(x) for x in row[:count]])
