"""The workloads in NumPy.

numpy-exact   the notebook as people write it: exact quantile functions, glibc's allocator as it comes
numpy         tuned: tables instead of quantile functions, an allocator that keeps the chunks' memory
numpy-2thr    the same on two threads (NumPy's generators and loops release the lock)
All work through chunks that stay in the cache, and store the draws of the outputs.
"""
import ctypes
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from numpy_distributions import *
from results import *
from sector import *

CHUNK = 1 << 14
AI_SECTOR_CHUNK = 1 << 13       # has more live arrays


def keep_freed_memory():
    """Else glibc returns each chunk's arrays to the kernel, and every chunk pays for fresh pages again."""
    m_trim_threshold, m_mmap_threshold = -1, -3
    libc = ctypes.CDLL(None)
    libc.mallopt(m_mmap_threshold, 1 << 25)
    libc.mallopt(m_trim_threshold, 1 << 30)


def equations(x, out):
    """Fills out (output, draw)."""
    bottom_up, training, inference, fleet, emissions = out
    server_power = x["gpu_power"] * x["server_overhead"] * x["pue"]
    train_compute = 6 * x["params"] * (x["params"] * x["tokens_per_param"])
    run_energy = train_compute / (x["gpu_peak"] * x["mfu"]) * server_power / JOULES_A_TWH
    np.multiply(x["n_models"] * x["retrains"] * x["experiment_factor"], run_energy, out=training)
    np.multiply(training, (1 - x["training_share"]) / x["training_share"], out=inference)
    np.add(training, inference, out=bottom_up)
    np.multiply(x["fleet_gpus"] * x["utilisation"], server_power * WATTS_TO_TWH_A_YEAR, out=fleet)
    intensity = x["coal"] * x["ef_coal"] + x["gas"] * x["ef_gas"] + x["clean"] * x["ef_clean"]
    np.multiply(fleet, intensity, out=emissions)


def chunks(count):
    return (slice(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))


def fill_sector(laws, out):
    for part in chunks(out.shape[-1]):
        equations(laws.inputs(part.stop - part.start), out[:, part])


def fill_years(laws, out):
    """out: (year, output, draw). A quantity of one year is that of the year before times its growth."""
    for part in chunks(out.shape[-1]):
        count = part.stop - part.start
        x = laws.inputs(count)
        growth = {name: laws.lognormal(law, laws.random.standard_normal(count)) for name, law in GROWTH.items()}
        for name, factor in growth.items():
            x[name] = x[name] * factor ** (YEARS[0] - BASE_YEAR)
        for year in range(len(YEARS)):
            equations(x, out[year, :, part])
            for name, factor in growth.items():
                x[name] = x[name] * factor


def sorted_fan(x):
    x.sort()
    return sorted_quantiles(x, FAN)


class Program:
    def __init__(self, arguments):
        self.seed, self.threads = arguments.seed, 2 if arguments.peer == "numpy-2thr" else 1
        self.laws = ExactDistributions if arguments.peer == "numpy-exact" else TableDistributions
        self.pool = ThreadPoolExecutor(self.threads) if self.threads > 1 else None
        self.map = self.pool.map if self.pool else map

    def fill(self, fill, out):
        """Each thread fills its part of the draws from a stream of its own."""
        seeds = np.random.SeedSequence(self.seed).spawn(self.threads)
        shared = () if self.laws is ExactDistributions else (score_tables(),)
        bounds = np.linspace(0, out.shape[-1], self.threads + 1).astype(int)
        parts = [out[..., low:high] for low, high in zip(bounds, bounds[1:])]
        list(self.map(lambda seed, part: fill(self.laws(seed, *shared), part), seeds, parts))

    def sector(self, draws):
        out = np.empty((len(OUTPUTS), draws))
        self.fill(fill_sector, out)
        return summaries(out, self.map)

    def years(self, draws):
        out = np.empty((len(YEARS), len(OUTPUTS), draws))
        self.fill(fill_years, out)
        rows = out.reshape(-1, draws)
        return np.reshape(list(self.map(sorted_fan, rows)), (len(YEARS), len(OUTPUTS), len(FAN)))

    def ai_sector(self, draws):
        """Draws are kept in single precision: 503 rows of a million take 2 GB."""
        import ai_sector_numpy as model
        import ai_sector_outputs as outputs
        out = np.empty((outputs.ROWS, draws), np.float32)
        seeds = np.random.SeedSequence(self.seed).spawn(self.threads)
        bounds = np.linspace(0, draws, self.threads + 1).astype(int)

        def fill(seed, part):
            sector = model.Sector(seed)
            for start in range(0, part.shape[1], AI_SECTOR_CHUNK):
                sector.fill(part[:, start:start + AI_SECTOR_CHUNK])

        list(self.map(fill, seeds, (out[:, low:high] for low, high in zip(bounds, bounds[1:]))))
        probes = outputs.probes(draws)

        def row_statistics(x):
            made = summary(x, threshold=1)
            return made["mean"], made["sd"], sorted_quantiles(x, probes), made["exceeds"]

        return outputs.results(self.map(row_statistics, out), draws)

    def sweep(self):
        laws = self.laws(self.seed)
        parts = list(chunks(SWEEP_DRAWS))
        inputs = [laws.inputs(part.stop - part.start) for part in parts]
        low, _, high = TRIANGULAR["pue"]

        def variant(settings):
            mode, utilisation, fleet = settings
            out = np.empty((len(OUTPUTS), SWEEP_DRAWS))
            for part, x in zip(parts, inputs):
                changed = {"pue": triangular_quantile(x["pue_u"], low, mode, high),
                           "utilisation": x["utilisation"] * utilisation, "fleet_gpus": x["fleet_gpus"] * fleet}
                equations(x | changed, out[:, part])
            return summaries(out)
        return list(self.map(variant, SWEEP))


def factor_quantile(name, u):
    if name in LOGNORMAL:
        mu, sigma = LOGNORMAL[name]
        return np.exp(mu + sigma * ndtri(u))
    if name in NORMAL:
        mean, sd = NORMAL[name]
        return mean + sd * ndtri(u)
    if name in TRIANGULAR:
        return triangular_quantile(u, *TRIANGULAR[name])
    return truncated_quantile(name, u) if name in TRUNCATED else beta_quantile(name, u)


def sobol_matrices(seed, run=map):
    """Two independent base samples (factor, point) of the inputs."""
    from scipy.stats import qmc
    count = len(FACTORS)
    points = qmc.Sobol(2 * count, rng=np.random.default_rng(seed)).random(SOBOL_BASE).T
    points = points.clip(1e-12, 1 - 1e-12)
    def half(u):
        return np.array([factor_quantile(name, row) for name, row in zip(FACTORS, u)])
    return list(run(half, (points[:count], points[count:])))


def targets(x):
    """fleet and log(bottom_up), (target, point), of inputs (factor, point)."""
    (n_models, params, tokens, retrains, experiments, peak, mfu, power, overhead, pue, share, gpus, utilisation, _) = x
    server_power = power * overhead * pue
    training = n_models * retrains * experiments * (6 * params * (params * tokens) / (peak * mfu))
    training = training * server_power / JOULES_A_TWH
    return np.array((gpus * server_power * utilisation * WATTS_TO_TWH_A_YEAR,
                     np.log(training + training * (1 - share) / share)))


def sobol_indices(products, replicates):
    """Indices and half-widths from means of products (target, 2 factors + 2, point), and of resampled points.

    Rows: Saltelli's (2010) first-order numerators, Jansen's total-order ones, the mean, the mean square. Every
    estimate is a ratio of such means, so all replicates together are one matrix product with their counts.
    """
    count = len(FACTORS)
    weights = np.vstack((np.ones(SOBOL_BASE), replicates)) / SOBOL_BASE
    means = (products.reshape(-1, SOBOL_BASE) @ weights.T).reshape(len(products), -1, len(weights))
    variance = means[:, 2 * count + 1] - means[:, 2 * count] ** 2
    indices = means[:, :2 * count] / variance[:, None]
    shape = (len(products), 2, count)
    return indices[..., 0].reshape(shape), 1.96 * indices[..., 1:].std(axis=-1, ddof=1).reshape(shape)


def sobol(seed):
    a, b = sobol_matrices(seed)
    at_a, at_b = targets(a), targets(b)
    centre = 0.5 * (at_a.mean(axis=1) + at_b.mean(axis=1))[:, None]
    at_a, at_b = at_a - centre, at_b - centre
    count = len(FACTORS)
    products = np.empty((2, 2 * count + 2, SOBOL_BASE))
    for factor in range(count):
        mixed = list(a)
        mixed[factor] = b[factor]
        change = targets(mixed) - centre - at_a
        products[:, factor] = at_b * change
        products[:, count + factor] = 0.5 * change ** 2
    products[:, -2] = 0.5 * (at_a + at_b)
    products[:, -1] = 0.5 * (at_a ** 2 + at_b ** 2)
    random = np.random.Generator(np.random.SFC64(seed))
    replicates = [np.bincount(random.integers(0, SOBOL_BASE, SOBOL_BASE, dtype=np.int32), minlength=SOBOL_BASE)
                  for _ in range(SOBOL_REPLICATES)]
    return sobol_indices(products, np.array(replicates))


def prepared(arguments):
    if arguments.peer != "numpy-exact":
        keep_freed_memory()
    return Program(arguments)


if __name__ == "__main__":
    main({
        "sector": lambda arguments: prepared(arguments).sector(arguments.n),
        "years": lambda arguments: prepared(arguments).years(arguments.n),
        "sweep": lambda arguments: prepared(arguments).sweep(),
        "ai-sector": lambda arguments: prepared(arguments).ai_sector(arguments.n),
        "sobol": lambda arguments: prepared(arguments) and sobol(arguments.seed),
    })
