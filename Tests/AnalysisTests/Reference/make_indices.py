"""First- and total-order indices of the borehole and wing weight functions, with NumPy and SciPy.

    python3 make_indices.py > indices.csv        (SciPy 1.15, about a minute)

32 independent scramblings of SciPy's Sobol' points, 2^16 base points each; S1 by Saltelli et al. (2010), ST by Jansen
(1999). The error is the standard deviation of the mean over the scramblings.
"""
import numpy as np
from scipy.stats import norm, qmc


def borehole(u):
    rw = norm.ppf(u[:, 0], 0.1, 0.0161812)
    r = np.exp(norm.ppf(u[:, 1], 7.71, 1.0056))
    low = np.array([63070, 990, 63.1, 700, 1120, 9855.0])
    high = np.array([115600, 1110, 116, 820, 1680, 12045.0])
    tu, hu, tl, hl, length, kw = (low + (high - low) * u[:, 2:]).T
    log = np.log(r / rw)
    return 2 * np.pi * tu * (hu - hl) / (log * (1 + 2 * length * tu / (log * rw**2 * kw) + tu / tl))


def wing(u):
    low = np.array([150, 220, 6, -10, 16, 0.5, 0.08, 2.5, 1700, 0.025])
    high = np.array([200, 300, 10, 10, 45, 1, 0.18, 6, 2500, 0.08])
    sw, wfw, a, lam, q, taper, tc, nz, wdg, wp = (low + (high - low) * u).T
    c = np.cos(np.radians(lam))
    return (0.036 * sw**0.758 * wfw**0.0035 * (a / c**2) ** 0.6 * q**0.006 * taper**0.04
            * (100 * tc / c) ** -0.3 * (nz * wdg) ** 0.49 + sw * wp)


MODELS = {
    "borehole": (borehole, ["radius", "influence", "upper_transmissivity", "upper_head", "lower_transmissivity",
                            "lower_head", "length", "conductivity"]),
    "wing-weight": (wing, ["wing_area", "fuel_weight", "aspect_ratio", "sweep_degrees", "dynamic_pressure", "taper",
                           "thickness", "load", "gross_weight", "paint"]),
}

print("model,input,index,value,error")
for model, (f, names) in MODELS.items():
    k = len(names)
    runs = []
    for seed in range(32):
        points = qmc.Sobol(2 * k, scramble=True, seed=seed).random_base2(16)
        a, b = points[:, :k], points[:, k:]
        fa, fb = f(a), f(b)
        variance = np.concatenate([fa, fb]).var()
        mean = np.concatenate([fa, fb]).mean()
        first, total = [], []
        for i in range(k):
            c = a.copy()
            c[:, i] = b[:, i]
            fc = f(c)
            first.append(np.mean((fb - mean) * (fc - fa)) / variance)
            total.append(np.mean((fa - fc) ** 2) / (2 * variance))
        runs.append([first, total])
    runs = np.array(runs)
    value, error = runs.mean(axis=0), runs.std(axis=0, ddof=1) / np.sqrt(len(runs))
    for row, index in enumerate(["S1", "ST"]):
        for i, name in enumerate(names):
            print(f"{model},{name},{index},{value[row, i]:.9f},{error[row, i]:.2e}")
