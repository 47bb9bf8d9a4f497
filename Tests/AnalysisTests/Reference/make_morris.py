"""Elementary effects of 20 random models by SALib: mu* with its ranks.

    pip install SALib==1.5.1 && python3 make_morris.py > morris.csv        (ten seconds)

Each model has six inputs uniform(0, 1) and y = sum a_i x_i + sum b_i (x_i - 0.5)^2 + sum c_ij x_i x_j. SALib's grid is put
on 0.05 to 0.95, the four levels of Loadcast; its effects are per unit of that range, so they are divided by 0.9. 20,000
trajectories; the error is the standard deviation of mu* over 20 batches of 1,000, divided by sqrt(20).
"""
import numpy as np
from SALib.analyze import morris as analyse
from SALib.sample import morris as sample

K = 6
NAMES = [f"x{i + 1}" for i in range(K)]
PROBLEM = {"num_vars": K, "names": NAMES, "bounds": [[0.05, 0.95]] * K}

print("model,formula,input,mu_star,error")
rng = np.random.default_rng(17)
for model in range(20):
    a = np.round(rng.normal(0, 1, K) * 2.0 ** rng.uniform(-2, 1, K), 2)
    b = np.round(rng.normal(0, 2, K), 2)
    pairs = [(i, j) for i in range(K) for j in range(i)]
    chosen = [pairs[n] for n in rng.choice(len(pairs), 4, replace=False)]
    c = np.round(rng.normal(0, 2, 4), 2)
    text = " + ".join([f"({v}) * {n}" for v, n in zip(a, NAMES)]
                      + [f"({v}) * ({n} - 0.5) ^ 2" for v, n in zip(b, NAMES)]
                      + [f"({v}) * {NAMES[i]} * {NAMES[j]}" for v, (i, j) in zip(c, chosen)])
    batches = []
    for batch in range(20):
        x = sample.sample(PROBLEM, N=1000, num_levels=4, seed=1000 * model + batch)
        y = x @ a + (x - 0.5) ** 2 @ b + sum(v * x[:, i] * x[:, j] for v, (i, j) in zip(c, chosen))
        batches.append(analyse.analyze(PROBLEM, x, y, num_levels=4, num_resamples=2)["mu_star"] / 0.9)
    mean, error = np.mean(batches, 0), np.std(batches, 0, ddof=1) / np.sqrt(20)
    for name, value, own in zip(NAMES, mean, error):
        print(f"{model},{text},{name},{value:.6f},{own:.2g}", flush=True)
