"""A latent total by a Kalman filter and smoother, and its unknown standard deviations by quadrature, by NumPy.

Remake with: python3 latent.py > latent.csv    (NumPy 2.4.6, SciPy; minutes)

Columns: case; statistic; value.

state_space: labels 2019, 2020, 2021, 2023, 2024, 2025. Two routes at each label, with biases of variance 0.3^2 (half of it
constant, half with correlation exp(-dt / 4)), a common bias of sd 0.2 (correlation exp(-dt / 6)) and an own error of 0.1;
figures of publisher A in 2021 and 2024 and of B in 2025, with publisher biases of sd 0.25, a common one of sd 0.15 and an own
error of 0.12. Every bias is a state of the filter: Ornstein-Uhlenbeck processes are exact at any distance.

variances: the same readings; the sd of the routes' bias and of the publishers' bias are half-normal(0.35), all else fixed.
Quadrature over 1,200 by 1,200 points of the two, with the filter's covariance in dense form.

scenario and left_out_*: the scenario of LatentConditioningTests, and its published figures left out alone, by publisher, by
label, and (with dates and a fourth figure) after the end of a label. trend: a regression line through five points.
"""
import numpy as np
from scipy import integrate, stats
from scipy.special import ndtr

LABELS = np.array([2019.0, 2020, 2021, 2023, 2024, 2025])
START, GROWTH, CHANGE = (np.log(6), 1.5), (np.log(1.35), 0.4), 0.3
ROUTES = np.log([[5, 7, 10, 22, 30, 45], [8, 10, 13, 20, 35, 60]])
FIGURES = [(2021, 0, 16.0), (2024, 0, 40.0), (2025, 1, 90.0)]  # label, publisher, value

print("case,statistic,value")


def row(case, statistic, value):
    print(f"{case},{statistic},{float(value)!r}")


def kalman():
    """States: x, growth, (constant, drifting) bias of each route, common route bias, two publisher biases, common one."""
    n = 10
    mean = np.zeros(n)
    mean[0], mean[1] = START[0], GROWTH[0]
    sds = np.array([START[1], GROWTH[1]] + [0.3 * np.sqrt(0.5)] * 4 + [0.2, 0.25, 0.25, 0.15])
    cov = np.diag(sds ** 2)
    stationary = {2: None, 3: 4.0, 4: None, 5: 4.0, 6: 6.0}
    log_likelihood = 0.0
    filtered, predicted, steps = [], [], []
    for k, label in enumerate(LABELS):
        step = np.eye(n)
        if k > 0:
            dt = label - LABELS[k - 1]
            noise = np.zeros((n, n))
            if k > 1:  # the first growth has no change before it
                noise[1, 1] = CHANGE ** 2 * dt
            first = np.eye(n)
            first[0, 1] = dt  # x moves by the new growth
            spread = np.eye(n)
            for state, length in stationary.items():
                if length:
                    rho = np.exp(-dt / length)
                    spread[state, state] = rho
                    noise[state, state] = sds[state] ** 2 * (1 - rho ** 2)
            step = first @ spread
            noise = first @ noise @ first.T
            mean, cov = step @ mean, step @ cov @ step.T + noise
        predicted.append((mean.copy(), cov.copy()))
        steps.append(step)
        rows, values, errors = [], [], []
        for r in range(2):
            h = np.zeros(n)
            h[[0, 2 + 2 * r, 3 + 2 * r, 6]] = 1
            rows.append(h), values.append(ROUTES[r, k]), errors.append(0.1)
        for when, publisher, value in FIGURES:
            if when == label:
                h = np.zeros(n)
                h[[0, 7 + publisher, 9]] = 1
                rows.append(h), values.append(np.log(value)), errors.append(0.12)
        h, y, r = np.array(rows), np.array(values), np.diag(np.square(errors))
        s = h @ cov @ h.T + r
        d = y - h @ mean
        log_likelihood -= 0.5 * (d @ np.linalg.solve(s, d) + np.linalg.slogdet(2 * np.pi * s)[1])
        gain = np.linalg.solve(s, h @ cov).T
        mean, cov = mean + gain @ d, cov - gain @ h @ cov
        filtered.append((mean.copy(), cov.copy()))
    smoothed = [filtered[-1]]
    for k in range(len(LABELS) - 2, -1, -1):
        m, c = filtered[k]
        pm, pc = predicted[k + 1]
        gain = np.linalg.solve(pc, steps[k + 1] @ c).T
        sm, sc = smoothed[0]
        smoothed.insert(0, (m + gain @ (sm - pm), c + gain @ (sc - pc) @ gain.T))
    row("state_space", "log_likelihood", log_likelihood)
    for k, (m, c) in enumerate(smoothed):
        row("state_space", f"mean{k}", m[0])
        row("state_space", f"sd{k}", np.sqrt(c[0, 0]))
    return log_likelihood


def dense(tau, pi):
    """Log likelihoods for arrays of sds, by an eigenbasis-free dense solution."""
    count = len(LABELS)
    lower = np.zeros((count, count))
    for k in range(count):
        lower[k, 0] = START[1]
        for j in range(1, k + 1):  # the j-th score enters the growth of labels j..k
            own = GROWTH[1] if j == 1 else CHANGE * np.sqrt(LABELS[j] - LABELS[j - 1])
            lower[k, j] = own * (LABELS[k] - LABELS[j - 1])
    when = np.concatenate([np.arange(count)] * 2 + [[int(np.where(LABELS == f[0])[0][0]) for f in FIGURES]])
    route = np.array([0] * count + [1] * count + [-1] * 3)
    publisher = np.array([-1] * (2 * count) + [f[1] for f in FIGURES])
    t = LABELS[when]
    dt = np.abs(t[:, None] - t)
    same = (route[:, None] == route) & (route[:, None] >= 0)
    both = (route[:, None] >= 0) & (route >= 0)
    known = (lower @ lower.T)[np.ix_(when, when)] + both * 0.04 * np.exp(-dt / 6)
    known += ((publisher[:, None] >= 0) & (publisher >= 0)) * 0.15 ** 2
    known += np.diag(np.where(route >= 0, 0.01, 0.12 ** 2))
    bias = same * (0.5 + 0.5 * np.exp(-dt / 4))
    shared = ((publisher[:, None] == publisher) & (publisher >= 0)) * 1.0
    y = np.concatenate([ROUTES.ravel(), np.log([f[2] for f in FIGURES])])
    d = y - START[0] - GROWTH[0] * (t - LABELS[0])
    out = np.empty((len(tau), len(pi)))
    for a, first in enumerate(tau):
        v = known + first ** 2 * bias + pi[:, None, None] ** 2 * shared
        w = np.linalg.solve(v, np.broadcast_to(d, (len(pi), len(d)))[..., None])[..., 0]
        out[a] = -0.5 * (w @ d + np.linalg.slogdet(2 * np.pi * v)[1])
    return out


expected = kalman()
assert abs(dense(np.array([0.3]), np.array([0.25]))[0, 0] - expected) < 1e-9
# Midpoints of equal probability of the half-normal prior.
p = (np.arange(1200) + 0.5) / 1200
grid = 0.35 * stats.norm.isf(0.5 * (1 - p))
log_likelihood = dense(grid, grid)
weights = np.exp(log_likelihood - log_likelihood.max())
row("variances", "log_evidence", log_likelihood.max() + np.log(weights.mean()))
for name, axis in (("route_bias", 1), ("publisher_bias", 0)):
    marginal = weights.sum(axis=axis)
    middle = (np.cumsum(marginal) - 0.5 * marginal) / marginal.sum()
    for q in (0.05, 0.5, 0.95):
        row("variances", f"{name}_p{int(100 * q):02}", np.interp(q, middle, grid))


def readings(dated=False):
    """The readings of the scenario of LatentConditioningTests: everything is linear in logarithms.

    Scores: three of the latent total, then those of load, chips, queries at each label, and part. Each reading is H z + error;
    its value less its mean, its kind, and the patterns of the three unknown errors.
    """
    t = np.array([2024.0, 2025, 2026])
    sd = {"load": np.log(1.3), "chips": np.log(1.5), "queries": np.log(1.6), "part": np.log(1.1)}
    start, growth = (np.log(3), np.log(3)), (np.log(1.5), np.log(1.4))
    lower = np.array([[start[1], 0, 0], [start[1], growth[1], 0], [start[1], 2 * growth[1], 0.3]])
    x_mean = start[0] + growth[0] * (t - t[0])
    # Columns of the state: 3 latent, load, chips, 3 queries, part.
    x = np.hstack([lower, np.zeros((3, 6))])
    rows, values, kinds = [], [], []
    for k in range(3):
        fleet, models = np.zeros(9), np.zeros(9)
        fleet[3], fleet[4] = sd["load"], sd["chips"]
        models[3], models[5 + k] = sd["load"], sd["queries"]
        for r, (h, level) in enumerate(((fleet, [2, 4, 7]), (models, [3, 5, 6]))):
            rows.append(h - x[k]), values.append(-(np.log(level[k]) - x_mean[k])), kinds.append(("route", r, t[k], 0.01))
    part = np.zeros(9)
    part[8] = sd["part"]
    z90 = stats.norm.ppf(0.95)
    rows.append(x[1]), values.append(np.log(6) - x_mean[1]), kinds.append(("total", 0, 2025, 0.0))
    rows.append(x[1] + part), values.append(0.5 * np.log(3 * 6) - x_mean[1] - np.log(0.8))
    kinds.append(("total", 1, 2025, (np.log(6 / 3) / (2 * z90)) ** 2))
    rows.append(x[2] - x[1]), values.append(np.log(1.6) - (x_mean[2] - x_mean[1])), kinds.append(("growth", 0, 2026, 0.0))
    if dated:
        rows.append(x[2]), values.append(np.log(9) - x_mean[2]), kinds.append(("total", 0, 2026, 0.0))
    h, y = np.array(rows), np.array(values)
    n = len(y)
    bias, shared, own = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    known = h @ h.T + np.diag([k[3] for k in kinds])
    for a in range(n):
        for b in range(n):
            if kinds[a][0] == kinds[b][0] == "route" and kinds[a][1] == kinds[b][1]:
                bias[a, b] = 0.5 + 0.5 * np.exp(-abs(kinds[a][2] - kinds[b][2]) / 4)
            if kinds[a][0] == kinds[b][0] == "total" and kinds[a][1] == kinds[b][1]:
                shared[a, b] = 1
        own[a, a] = kinds[a][0] != "route"
    return x, x_mean, sd, h, y, known, bias, shared, own


def scenario():
    """Sums over a grid of the three unknown standard deviations."""
    x, x_mean, sd, h, y, known, bias, shared, own = readings()
    n = len(y)
    p = (np.arange(80) + 0.5) / 80
    grid = stats.norm.isf(0.5 * (1 - p))
    parts = []
    for tau in 0.35 * grid:
        for pi in 0.35 * grid:
            v = known + tau ** 2 * bias + pi ** 2 * shared + (0.12 * grid[:, None, None]) ** 2 * own
            solved = np.linalg.solve(v, np.broadcast_to(np.hstack([h, y[:, None]]), (80, n, 10)))
            logl = -0.5 * (solved[:, :, 9] @ y + np.linalg.slogdet(2 * np.pi * v)[1])
            mean = np.einsum("na,gn->ga", h, solved[:, :, 9])
            variance = 1 - np.einsum("na,gna->ga", h, solved[:, :, :9])
            xm = mean @ x[2]
            xv = x[2] @ x[2] - np.einsum("a,na,gnb,b->g", x[2], h, solved[:, :, :9], x[2])
            parts.append(np.column_stack([logl, mean[:, 3], variance[:, 3], xm, xv]))
    parts = np.concatenate(parts)
    weight = np.exp(parts[:, 0] - parts[:, 0].max())
    row("scenario", "log_evidence", parts[:, 0].max() + np.log(weight.mean()))
    weight /= weight.sum()
    for name, m, v, scale, shift in (
            ("load", parts[:, 1], parts[:, 2], sd["load"], 0.0), ("electricity", parts[:, 3], parts[:, 4], 1, x_mean[2])):
        for q in (0.05, 0.5, 0.95):
            low, high = -20.0, 20.0
            for _ in range(80):
                middle = 0.5 * (low + high)
                if (weight * stats.norm.cdf((middle - m) / np.sqrt(v))).sum() < q:
                    low = middle
                else:
                    high = middle
            row("scenario", f"{name}_p{int(100 * q):02}", np.exp(shift + scale * low))


scenario()


def left_out(name, group, rest, system, values, prefix="", walk=None):
    """Published figures given the other readings, by conditioning on those alone at each point of a grid.

    Rows: quantiles, the probability below what was published, the log density and the CRPS of the logarithm, quantiles of the
    formula. `walk` is a covariance that is added to the formulas of the group.
    """
    h, y, known, bias, shared, own = system
    walk = np.zeros((len(group), len(group))) if walk is None else walk
    p = (np.arange(40) + 0.5) / 40
    grid = stats.norm.isf(0.5 * (1 - p))
    logl, mean, cov, fmean, fvar, joint = [], [], [], [], [], []
    for tau in 0.35 * grid:
        for pi in 0.35 * grid:
            v = known + tau ** 2 * bias + pi ** 2 * shared + (0.12 * grid[:, None, None]) ** 2 * own
            vr = v[:, rest][:, :, rest]
            inverse = np.linalg.inv(vr)
            w = inverse @ y[rest]
            logl.append(-0.5 * (w @ y[rest] + np.linalg.slogdet(2 * np.pi * vr)[1]))
            c = v[:, group][:, :, rest]
            m = np.einsum("gij,gj->gi", c, w)
            s = v[:, group][:, :, group] + walk - c @ inverse @ c.transpose(0, 2, 1)
            d = y[group] - m
            mean.append(m), cov.append(np.diagonal(s, axis1=1, axis2=2))
            joint.append(-0.5 * (np.einsum("gi,gi->g", d, np.linalg.solve(s, d[..., None])[..., 0])
                                 + np.linalg.slogdet(2 * np.pi * s)[1]))
            # The formula has no error, and only the covariance of the scores with the other readings.
            f = h[group] @ h[rest].T
            fmean.append(w @ f.T)
            fvar.append(np.sum(h[group] ** 2, axis=1) + np.diag(walk) - np.einsum("ij,gjk,ik->gi", f, inverse, f))
    logl, mean, cov, fmean, fvar, joint = map(np.concatenate, (logl, mean, cov, fmean, fvar, joint))
    weight = np.exp(logl - logl.max())
    weight /= weight.sum()
    row(name, "+".join(values[k][0] for k in group) + "_joint", np.log(weight @ np.exp(joint)))
    for member, reading in enumerate(group):
        own_name, value = prefix + values[reading][0], values[reading][1]
        shift = np.log(value) - y[reading]
        m, v = mean[:, member], cov[:, member]
        # Symmetric around the published value, which splits the integral of the score.
        axis = y[reading] + np.linspace(-4, 4, 1201)
        cdf = np.array([weight @ ndtr((a - m) / np.sqrt(v)) for a in axis])
        for q in (0.05, 0.25, 0.5, 0.75, 0.95):
            row(name, f"{own_name}_p{int(100 * q):02}", np.exp(shift + np.interp(q, cdf, axis)))
        row(name, own_name + "_percentile", weight @ stats.norm.cdf((y[reading] - m) / np.sqrt(v)))
        row(name, own_name + "_log_score", np.log(weight @ stats.norm.pdf(y[reading], m, np.sqrt(v))))
        row(name, own_name + "_crps",
            np.trapezoid(cdf[:601] ** 2, axis[:601]) + np.trapezoid((1 - cdf[600:]) ** 2, axis[600:]))
        m, v = fmean[:, member], fvar[:, member]
        cdf = np.array([weight @ ndtr((a - m) / np.sqrt(v)) for a in axis])
        for q in (0.05, 0.5, 0.95):
            row(name, f"{own_name}_formula_p{int(100 * q):02}", np.exp(shift + np.interp(q, cdf, axis)))


def left_out_groups():
    """Of the figures (readings 6, 7 and 8) `first` and `third` are of publisher A, `first` and `second` of 2025."""
    system = readings()[3:]
    values = {6: ("first", 6.0), 7: ("second", np.sqrt(18)), 8: ("third", 1.6)}
    groups = {"observation": [[6], [7], [8]], "publisher": [[6, 8], [7]], "year": [[6, 7], [8]]}
    for kind, lists in groups.items():
        for group in lists:
            left_out("left_out_" + kind, group, [k for k in range(9) if k not in group], system, values)


def left_out_later():
    """The figures were published in June 2024, March and September 2025 and February 2026; `fourth` (reading 9) is of A.

    At the end of 2024 `first` is known, a forecast whose error up to then is 0; at the end of 2025 its error is that of 6.5
    months, and the others but `fourth` are known. The growth `third` is not predicted. The walk's variance is 0.25 a year.
    """
    values = {7: ("second", np.sqrt(18)), 9: ("fourth", 9.0)}
    routes = list(range(6))
    system = readings(dated=True)[3:]
    left_out("left_out_later", [7, 9], routes + [6], system, values, "after 2024 ", 0.25 * np.array([[1, 1], [1, 2]]))
    system[2][6, 6] += 0.25 * 6.5 / 12
    left_out("left_out_later", [9], routes + [6, 7, 8], system, values, "after 2025 ", np.array([[0.25]]))


left_out_groups()
left_out_later()


def trend():
    """The CRPS of the Student forecast of a regression line, by integration."""
    t = np.array([2021.0, 2023, 2024, 2024, 2026])
    x = np.array([1.0, 1.9, 2.2, 2.6, 3.1])
    slope, intercept = np.polyfit(t - 2024, x, 1)
    rest = x - intercept - slope * (t - 2024)
    for label, value in ((2025.0, 2.9), (2030.0, 3.0)):
        scale = np.sqrt(np.sum(rest ** 2) / 3 * (1 + 1 / 5 + (label - t.mean()) ** 2 / np.sum((t - t.mean()) ** 2)))
        law = stats.t(3, intercept + slope * (label - 2024), scale)
        below = integrate.quad(lambda a: law.cdf(a) ** 2, -np.inf, value, epsabs=1e-12, limit=500)[0]
        above = integrate.quad(lambda a: law.sf(a) ** 2, value, np.inf, epsabs=1e-12, limit=500)[0]
        row("trend", f"crps_{int(label)}", below + above)


trend()
