"""SALib's sampler and analyser with the NumPy model: how its users compute Sobol' indices.

SALib knows neither beta nor PERT laws, so its unit hypercube goes through this folder's quantile functions; it
resamples on two processes.
"""
from SALib.analyze import sobol as analyser
from SALib.sample import sobol as sampler

from numpy_peer import *


def sobol(seed):
    problem = {"num_vars": len(FACTORS), "names": list(FACTORS), "bounds": [[0.0, 1.0]] * len(FACTORS)}
    points = sampler.sample(problem, SOBOL_BASE, calc_second_order=False, seed=seed).T.clip(1e-12, 1 - 1e-12)
    values = targets([factor_quantile(name, row) for name, row in zip(FACTORS, points)])
    found = [analyser.analyze(problem, row, calc_second_order=False, num_resamples=SOBOL_REPLICATES, seed=seed,
                              parallel=True, n_processors=2) for row in values]
    return [np.array([[indices[name + end] for name in ("S1", "ST")] for indices in found]) for end in ("", "_conf")]


if __name__ == "__main__":
    main({"sobol": lambda arguments: prepared(arguments) and sobol(arguments.seed)})
