"""The workloads in numba, written by hand for this one model: fused, vectorised, parallel, nothing stored but counts.

A block of LANES draws at a time passes through loops that LLVM vectorises; each lane has a generator of its own
(xoroshiro128+, Blackman and Vigna 2018), normals come from Box and Muller's transform in pairs, and laws without a
cheap quantile function from a table over the normal score. Outputs are counted in FINE bins, even in the logarithm,
for each of the 200 that are reported; quantiles are interpolated in a bin.
"""
import math
import os

import numpy as np
from numba import njit, prange

import numpy_peer
from numba_maths import *
from numpy_distributions import SCORE_LIMIT, score_tables
from results import *
from sector import *

LANES = 128
FINE = 32
NODES = 1025                    # small enough for seven tables in the second-level cache
NODES_A_UNIT = (NODES - 1) / (2 * SCORE_LIMIT)
TASKS = 16

# Columns of a block of inputs. Normal scores lie in neighbours, for they are made in pairs.
(PARAMS, TOKENS, PEAK, POWER, MODELS, GPUS, MFU, UTILISATION, EXPERIMENTS, EF_CLEAN, SHARE, OVERHEAD, COAL, GAS, EF_COAL,
 EF_GAS, RETRAINS, PUE_U, GROWTH_GPUS, GROWTH_PARAMS, GROWTH_MODELS, SPARE) = (i * LANES for i in range(22))
COLUMNS, COLUMNS_WITH_GROWTH = 18, 22
TABLES = ("gpu_power", "mfu", "utilisation", "training_share", "server_overhead", "coal", "gas_of_rest")
T_POWER, T_MFU, T_UTILISATION, T_SHARE, T_OVERHEAD, T_COAL, T_GAS = (i * 2 * NODES for i in range(7))
R_COMPUTE, R_POWER, R_FLEET, R_USE = CORRELATED.values()
LN_PARAMS, LN_TOKENS, LN_PEAK, LN_MODELS, LN_GPUS, LN_EXPERIMENTS, LN_CLEAN = (
    LOGNORMAL[name] for name in ("params", "tokens_per_param", "gpu_peak", "n_models", "fleet_gpus",
                                 "experiment_factor", "ef_clean"))
LN_GROWTH_GPUS, LN_GROWTH_PARAMS, LN_GROWTH_MODELS = (GROWTH[name] for name in ("fleet_gpus", "params", "n_models"))
(COAL_MEAN, COAL_SD), (GAS_MEAN, GAS_SD) = NORMAL["ef_coal"], NORMAL["ef_gas"]
RETRAINS_LOW, RETRAINS_MODE, RETRAINS_HIGH = TRIANGULAR["retrains"]
PUE_LOW, PUE_MODE, PUE_HIGH = TRIANGULAR["pue"]
JOULES, TWH_A_YEAR = JOULES_A_TWH, WATTS_TO_TWH_A_YEAR
OUTPUT_COUNT = len(OUTPUTS)
# Sums of a block: of each output and of its square, then of the draws above the threshold
SUMS = (2 * OUTPUT_COUNT + 1) * LANES


@njit(**OPTIONS)
def seeded(seed):
    """Words of state for every lane, by SplitMix64 (Steele, Lea and Flood 2014)."""
    state = np.empty(2 * LANES, np.uint64)
    counter = np.uint64(seed)
    for i in range(2 * LANES):
        counter += np.uint64(0x9E3779B97F4A7C15)
        word = (counter ^ (counter >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state[i] = word ^ (word >> np.uint64(31))
    return state


@njit(**INLINE)
def fill_uniforms(state, x, columns):
    """Uniforms in (0, 1]: the upper 52 bits are the fraction of a number in 1 ... 2, taken from 2."""
    for column in range(columns):
        at = column * LANES
        for j in range(LANES):
            first, second = state[j], state[LANES + j]
            word = first + second
            second ^= first
            state[j] = ((first << np.uint64(24)) | (first >> np.uint64(40))) ^ second ^ (second << np.uint64(16))
            state[LANES + j] = (second << np.uint64(37)) | (second >> np.uint64(27))
            x[at + j] = 2.0 - from_bits(np.int64((word >> np.uint64(12)) | np.uint64(ONE)))


@njit(**INLINE)
def make_normal(x, a, b):
    """Box and Muller: a radius from one uniform; from the other an angle of the right half circle, and a side."""
    for j in range(LANES):
        radius = math.sqrt(-2.0 * log(x[a + j]))
        u = 2.0 * x[b + j]
        left = u > 1.0
        sine, cosine = right_half_circle(u - 1.0 if left else u)
        radius = -radius if left else radius
        x[a + j] = radius * cosine
        x[b + j] = radius * sine


@njit(**INLINE)
def tie(x, a, b, correlation):
    rest = math.sqrt(1.0 - correlation * correlation)
    for j in range(LANES):
        x[b + j] = correlation * x[a + j] + rest * x[b + j]


@njit(**INLINE)
def make_lognormal(x, at, law):
    mu, sigma = law
    for j in range(LANES):
        x[at + j] = exp(mu + sigma * x[at + j])


@njit(**INLINE)
def make_tabulated(x, at, tables, first):
    """From a normal score to a value; a node's value and the step to the next lie side by side."""
    for j in range(LANES):
        place = (x[at + j] + SCORE_LIMIT) * NODES_A_UNIT
        rounded = (place - 0.5) + ROUNDER
        node = first + 2 * (bits(rounded) - ROUNDER_BITS)
        x[at + j] = tables[node] + (place - (rounded - ROUNDER)) * tables[node + 1]


@njit(**INLINE)
def triangular(u, low, mode, high):
    width = high - low
    rising = low + math.sqrt(u * (width * (mode - low)))
    falling = high - math.sqrt((1.0 - u) * (width * (high - mode)))
    return rising if u * width < mode - low else falling


@njit(**OPTIONS)
def fill_inputs(state, x, tables, with_growth):
    """A block of all inputs but `pue`, of which it leaves the probability."""
    fill_uniforms(state, x, COLUMNS_WITH_GROWTH if with_growth else COLUMNS)
    for column in range(0, 16, 2):
        make_normal(x, column * LANES, (column + 1) * LANES)
    tie(x, PARAMS, TOKENS, R_COMPUTE)
    tie(x, PEAK, POWER, R_POWER)
    tie(x, MODELS, GPUS, R_FLEET)
    tie(x, MFU, UTILISATION, R_USE)
    make_lognormal(x, PARAMS, LN_PARAMS)
    make_lognormal(x, TOKENS, LN_TOKENS)
    make_lognormal(x, PEAK, LN_PEAK)
    make_lognormal(x, MODELS, LN_MODELS)
    make_lognormal(x, GPUS, LN_GPUS)
    make_lognormal(x, EXPERIMENTS, LN_EXPERIMENTS)
    make_lognormal(x, EF_CLEAN, LN_CLEAN)
    make_tabulated(x, POWER, tables, T_POWER)
    make_tabulated(x, MFU, tables, T_MFU)
    make_tabulated(x, UTILISATION, tables, T_UTILISATION)
    make_tabulated(x, SHARE, tables, T_SHARE)
    make_tabulated(x, OVERHEAD, tables, T_OVERHEAD)
    make_tabulated(x, COAL, tables, T_COAL)
    make_tabulated(x, GAS, tables, T_GAS)
    for j in range(LANES):
        x[GAS + j] *= 1.0 - x[COAL + j]
        x[EF_COAL + j] = COAL_MEAN + COAL_SD * x[EF_COAL + j]
        x[EF_GAS + j] = GAS_MEAN + GAS_SD * x[EF_GAS + j]
        x[RETRAINS + j] = triangular(x[RETRAINS + j], RETRAINS_LOW, RETRAINS_MODE, RETRAINS_HIGH)
    if with_growth:
        make_normal(x, GROWTH_GPUS, GROWTH_PARAMS)
        make_normal(x, GROWTH_MODELS, SPARE)
        make_lognormal(x, GROWTH_GPUS, LN_GROWTH_GPUS)
        make_lognormal(x, GROWTH_PARAMS, LN_GROWTH_PARAMS)
        make_lognormal(x, GROWTH_MODELS, LN_GROWTH_MODELS)


@njit(**INLINE)
def evaluate(x, y, mode, utilisation, gpus):
    """The equations, of a block of inputs x into a block of outputs y; a sweep changes three inputs."""
    for j in range(LANES):
        power = x[POWER + j] * x[OVERHEAD + j] * triangular(x[PUE_U + j], PUE_LOW, mode, PUE_HIGH)
        compute = 6.0 * x[PARAMS + j] * (x[PARAMS + j] * x[TOKENS + j])
        run = compute / (x[PEAK + j] * x[MFU + j]) * power / JOULES
        training = x[MODELS + j] * x[RETRAINS + j] * x[EXPERIMENTS + j] * run
        inference = training * (1.0 - x[SHARE + j]) / x[SHARE + j]
        fleet = (x[GPUS + j] * gpus) * (x[UTILISATION + j] * utilisation) * power * TWH_A_YEAR
        clean = 1.0 - x[COAL + j] - x[GAS + j]
        intensity = x[COAL + j] * x[EF_COAL + j] + x[GAS + j] * x[EF_GAS + j] + clean * x[EF_CLEAN + j]
        y[j] = training + inference
        y[LANES + j] = training
        y[2 * LANES + j] = inference
        y[3 * LANES + j] = fleet
        y[4 * LANES + j] = fleet * intensity


@njit(**INLINE)
def count(y, at, counts, sums, lows, scales, bins, used):
    """Adds the first `used` draws of a block: bins first, in a vector loop, then the counting, which cannot be one."""
    for output in range(OUTPUT_COUNT):
        first, low, scale, last = output * LANES, lows[output], scales[output], bins - 1.0
        for j in range(LANES):
            at[j] = np.int32(min(max((log(y[first + j]) - low) * scale, 0.0), last))
        cells = counts[output * bins:(output + 1) * bins]
        for j in range(used):
            cells[at[j]] += 1
        for j in range(used):
            value = y[first + j]
            sums[first + j] += value
            sums[(OUTPUT_COUNT * LANES) + first + j] += value * value
    for j in range(used):
        sums[2 * OUTPUT_COUNT * LANES + j] += 1.0 if y[3 * LANES + j] > THRESHOLD else 0.0


@njit(parallel=True, **OPTIONS)
def sector_counts(draws, seeds, tables, lows, scales, bins):
    counts = np.zeros((TASKS, OUTPUT_COUNT * bins), np.int64)
    sums = np.zeros((TASKS, SUMS))
    for task in prange(TASKS):
        state, at = seeded(seeds[task]), np.empty(LANES, np.int32)
        x, y = np.empty(COLUMNS * LANES), np.empty(OUTPUT_COUNT * LANES)
        left = draws * (task + 1) // TASKS - draws * task // TASKS
        while left > 0:
            fill_inputs(state, x, tables, False)
            evaluate(x, y, PUE_MODE, 1.0, 1.0)
            count(y, at, counts[task], sums[task], lows, scales, bins, min(left, LANES))
            left -= LANES
    return counts, sums


@njit(parallel=True, **OPTIONS)
def years_counts(draws, seeds, tables, lows, scales, bins, first_step):
    """As above, by year: lows and scales are (year, output)."""
    years = len(lows)
    counts = np.zeros((TASKS, years, OUTPUT_COUNT * bins), np.int32)
    sums = np.zeros((TASKS, SUMS))
    for task in prange(TASKS):
        state, at = seeded(seeds[task]), np.empty(LANES, np.int32)
        x, y = np.empty(COLUMNS_WITH_GROWTH * LANES), np.empty(OUTPUT_COUNT * LANES)
        left = draws * (task + 1) // TASKS - draws * task // TASKS
        while left > 0:
            fill_inputs(state, x, tables, True)
            for j in range(LANES):
                for _ in range(-first_step):
                    x[GPUS + j] /= x[GROWTH_GPUS + j]
                    x[PARAMS + j] /= x[GROWTH_PARAMS + j]
                    x[MODELS + j] /= x[GROWTH_MODELS + j]
            for year in range(years):
                evaluate(x, y, PUE_MODE, 1.0, 1.0)
                count(y, at, counts[task, year], sums[task], lows[year], scales[year], bins, min(left, LANES))
                for j in range(LANES):
                    x[GPUS + j] *= x[GROWTH_GPUS + j]
                    x[PARAMS + j] *= x[GROWTH_PARAMS + j]
                    x[MODELS + j] *= x[GROWTH_MODELS + j]
            left -= LANES
    return counts


@njit(parallel=True, **OPTIONS)
def sweep_counts(draws, variants, seeds, tables, lows, scales, bins):
    """All variants of the same draws, whose inputs are made once and kept."""
    blocks = (draws + LANES - 1) // LANES
    inputs = np.empty((blocks, COLUMNS * LANES))
    for task in prange(TASKS):
        state = seeded(seeds[task])
        for block in range(blocks * task // TASKS, blocks * (task + 1) // TASKS):
            fill_inputs(state, inputs[block], tables, False)
    counts = np.zeros((len(variants), OUTPUT_COUNT * bins), np.int64)
    sums = np.zeros((len(variants), SUMS))
    for variant in prange(len(variants)):
        at, y = np.empty(LANES, np.int32), np.empty(OUTPUT_COUNT * LANES)
        mode, utilisation, gpus = variants[variant]
        for block in range(blocks):
            evaluate(inputs[block], y, mode, utilisation, gpus)
            used = min(draws - block * LANES, LANES)
            count(y, at, counts[variant], sums[variant], lows, scales, bins, used)
    return counts, sums


@njit(**OPTIONS)
def pilot(blocks, seed, tables, years, first_step):
    """Logarithms (year, output, draw) of a few draws, from which the range of the bins is chosen."""
    state = seeded(seed)
    x, y = np.empty(COLUMNS_WITH_GROWTH * LANES), np.empty(OUTPUT_COUNT * LANES)
    logs = np.empty((years, OUTPUT_COUNT, blocks * LANES))
    for block in range(blocks):
        fill_inputs(state, x, tables, years > 1)
        for year in range(years):
            step = first_step + year
            if year == 0 and step != 0 or year > 0:
                for j in range(LANES):
                    change = step if year == 0 else 1
                    x[GPUS + j] *= x[GROWTH_GPUS + j] ** change
                    x[PARAMS + j] *= x[GROWTH_PARAMS + j] ** change
                    x[MODELS + j] *= x[GROWTH_MODELS + j] ** change
            evaluate(x, y, PUE_MODE, 1.0, 1.0)
            for output in range(OUTPUT_COUNT):
                for j in range(LANES):
                    logs[year, output, block * LANES + j] = log(y[output * LANES + j])
    return logs


def table_words():
    made = score_tables(NODES)
    return np.concatenate([np.stack(made[name], axis=-1).ravel() for name in TABLES])


def ranges(seed, tables, bins, years=1, first_step=0, wider=0.0):
    """Low ends and bins a unit of the logarithm: eight standard deviations about the mean, and `wider` on each side."""
    logs = pilot(160, seed, tables, years, first_step)
    mean, reach = logs.mean(axis=-1), 8 * logs.std(axis=-1) + wider
    lows, scales = mean - reach, bins / (2 * reach)
    return (lows, scales) if years > 1 else (lows[0], scales[0])


def counted_quantiles(counts, low, scale, probabilities):
    below = np.concatenate(([0], np.cumsum(counts)))
    target = np.asarray(probabilities) * below[-1]
    cell = np.searchsorted(below, target, side="right") - 1
    return np.exp(low + (cell + (target - below[cell]) / counts[cell]) / scale)


def counted_summaries(counts, sums, draws, lows, scales):
    counts, sums = counts.reshape(OUTPUT_COUNT, -1), sums.reshape(-1, LANES).sum(axis=1)
    made = {}
    for i, name in enumerate(OUTPUTS):
        mean = sums[i] / draws
        square = sums[OUTPUT_COUNT + i] / draws
        made[name] = {
            "mean": mean,
            "sd": math.sqrt(max(square - mean * mean, 0) * draws / (draws - 1)),
            "quantiles": counted_quantiles(counts[i], lows[i], scales[i], PROBABILITIES).tolist(),
            "histogram": counts[i].reshape(HISTOGRAM_BINS, -1).sum(axis=1),
            "edges": np.exp(lows[i] + np.arange(HISTOGRAM_BINS + 1) * (counts.shape[1] / HISTOGRAM_BINS / scales[i])),
        }
    made["fleet"]["exceeds"] = sums[-1] / draws
    return made


def task_seeds(seed):
    return np.random.SeedSequence(seed).generate_state(TASKS, np.uint64)


def sector(draws, seed):
    bins, tables = HISTOGRAM_BINS * FINE, table_words()
    lows, scales = ranges(seed, tables, bins)
    counts, sums = sector_counts(draws, task_seeds(seed), tables, lows, scales, bins)
    return counted_summaries(counts.sum(axis=0), sums.sum(axis=0), draws, lows, scales)


def years(draws, seed):
    bins, tables, first_step = 2048, table_words(), YEARS[0] - BASE_YEAR
    lows, scales = ranges(seed, tables, bins, len(YEARS), first_step)
    counts = years_counts(draws, task_seeds(seed), tables, lows, scales, bins, first_step)
    counts = counts.sum(axis=0).reshape(len(YEARS), OUTPUT_COUNT, bins)
    return np.array([[counted_quantiles(*cell, FAN) for cell in zip(*year)] for year in zip(counts, lows, scales)])


def sweep(seed):
    bins, tables = HISTOGRAM_BINS * FINE, table_words()
    lows, scales = ranges(seed, tables, bins, wider=1.0)
    counts, sums = sweep_counts(SWEEP_DRAWS, np.array(SWEEP), task_seeds(seed), tables, lows, scales, bins)
    return [counted_summaries(*variant, SWEEP_DRAWS, lows, scales) for variant in zip(counts, sums)]


@njit(**INLINE)
def targets(v):
    """fleet and log(bottom_up) of one point, in the order of FACTORS."""
    power = v[7] * v[8] * v[9]
    training = v[0] * v[3] * v[4] * (6.0 * v[1] * (v[1] * v[2]) / (v[5] * v[6]) * power / JOULES)
    return v[11] * power * v[12] * TWH_A_YEAR, log(training + training * (1.0 - v[10]) / v[10])


@njit(parallel=True, **OPTIONS)
def sobol_products(a, b, centre, products):
    """The rows that numpy_peer.sobol_indices reads, point by point."""
    factors, points = a.shape
    for task in prange(TASKS):
        v = np.empty(factors)
        for i in range(points * task // TASKS, points * (task + 1) // TASKS):
            at_a, at_b = targets(a[:, i]), targets(b[:, i])
            for factor in range(factors):
                v[factor] = a[factor, i]
            for factor in range(factors):
                v[factor] = b[factor, i]
                mixed = targets(v)
                v[factor] = a[factor, i]
                for target in range(2):
                    change = mixed[target] - at_a[target]
                    products[target, factor, i] = (at_b[target] - centre[target]) * change
                    products[target, factors + factor, i] = 0.5 * change * change
            for target in range(2):
                p, q = at_a[target] - centre[target], at_b[target] - centre[target]
                products[target, 2 * factors, i] = 0.5 * (p + q)
                products[target, 2 * factors + 1, i] = 0.5 * (p * p + q * q)


@njit(parallel=True, **OPTIONS)
def resampled_counts(points, seeds):
    """How often each replicate drew each point."""
    counts = np.zeros((len(seeds), points))
    for replicate in prange(len(seeds)):
        state = seeded(seeds[replicate])
        u = np.empty(LANES)
        for _ in range(points // LANES):
            fill_uniforms(state, u, 1)
            for j in range(LANES):
                counts[replicate, np.int64((1.0 - u[j]) * points)] += 1.0
    return counts


def sobol(seed):
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(2) as pool:
        a, b = numpy_peer.sobol_matrices(seed, pool.map)
    products = np.empty((2, 2 * len(FACTORS) + 2, SOBOL_BASE))
    sobol_products(a, b, numpy_peer.targets(a).mean(axis=1), products)
    seeds = np.random.SeedSequence(seed).generate_state(SOBOL_REPLICATES, np.uint64)
    return numpy_peer.sobol_indices(products, resampled_counts(SOBOL_BASE, seeds))


def ai_sector(arguments):
    import ai_sector_numba
    return ai_sector_numba.ai_sector(arguments.n, arguments.seed, 1 if arguments.peer == "numba-1thr" else os.cpu_count())


if __name__ == "__main__":
    main({
        "sector": lambda arguments: sector(arguments.n, arguments.seed),
        "years": lambda arguments: years(arguments.n, arguments.seed),
        "sweep": lambda arguments: sweep(arguments.seed),
        "sobol": lambda arguments: sobol(arguments.seed),
        "ai-sector": ai_sector,
    })
