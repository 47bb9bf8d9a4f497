"""The facts of the benchmark scenarios (scenarios/benchmarks/*.yaml), as Python writes them.

Every peer computes from these numbers; nothing here depends on how it computes.
"""
import math

import numpy as np

Z_95 = 1.6448536269514722       # 95th percentile of the standard normal distribution
HOURS_A_YEAR = 8760
JOULES_A_TWH = 3.6e15
WATTS_TO_TWH_A_YEAR = HOURS_A_YEAR / 1e12


def interval(low, high):
    """Mean and standard deviation of the logarithm of a lognormal from its 90 % interval."""
    return 0.5 * math.log(low * high), 0.5 * math.log(high / low) / Z_95


LOGNORMAL = {
    "n_models": interval(20, 80),
    "params": interval(1.5e9, 175e9),
    "tokens_per_param": interval(2, 40),
    "experiment_factor": interval(1.5, 5),
    "gpu_peak": interval(1e14, 6e14),
    "fleet_gpus": interval(1e6, 3e6),
    "ef_clean": interval(0.01, 0.05),
}
NORMAL = {"ef_coal": (0.95, 0.05), "ef_gas": (0.45, 0.04)}
TRUNCATED = {"gpu_power": (450, 80, 200, 800)}              # mean, sd, low, high
TRIANGULAR = {"retrains": (1, 2, 5), "pue": (1.07, 1.2, 1.6)}   # low, mode, high
# alpha, beta, low, high. A PERT law of low, mode, high is a beta law with alpha = 1 + 4 (mode - low) / (high - low).
# The grid's Dirichlet(6, 4, 5) is broken like a stick: coal takes Beta(6, 9) of the whole, gas Beta(4, 5) of the rest.
BETA = {
    "mfu": (4, 6, 0, 1),
    "training_share": (4, 6, 0, 1),
    "utilisation": (6, 4, 0, 1),
    "server_overhead": (2.5, 3.5, 1.2, 2.0),
    "coal": (6, 9, 0, 1),
    "gas_of_rest": (4, 5, 0, 1),
}
DIRICHLET = (6, 4, 5)           # coal, gas, clean
# (first, second): correlation of their normal scores
CORRELATED = {
    ("params", "tokens_per_param"): 0.5,
    ("gpu_peak", "gpu_power"): 0.6,
    ("n_models", "fleet_gpus"): 0.4,
    ("mfu", "utilisation"): 0.3,
}

OUTPUTS = ("bottom_up", "training", "inference", "fleet", "emissions")
PROBABILITIES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
HISTOGRAM_BINS = 200
THRESHOLD = 12.1                # TWh/year, held against `fleet`

# years.yaml
YEARS = range(2015, 2031)
BASE_YEAR = 2023
GROWTH = {"fleet_gpus": interval(1.15, 1.50), "params": interval(1.30, 2.00), "n_models": interval(1.05, 1.25)}
FAN = (0.05, 0.25, 0.5, 0.75, 0.95)

# The sweep of flat-sector: every combination, with the same draws for all.
SWEEP_DRAWS = 100_000
SWEEP = [
    (mode, utilisation, fleet)
    for mode in np.linspace(1.10, 1.50, 10)
    for utilisation in np.linspace(0.55, 1.00, 10)
    for fleet in (0.5, 0.75, 1.0, 1.5, 2.0)
]

# sobol.yaml: independent inputs, two targets
FACTORS = (
    "n_models", "params", "tokens_per_param", "retrains", "experiment_factor", "gpu_peak", "mfu", "gpu_power",
    "server_overhead", "pue", "training_share", "fleet_gpus", "utilisation", "ef_gas",
)
SOBOL_BASE = 65_536
SOBOL_REPLICATES = 100
