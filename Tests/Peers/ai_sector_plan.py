"""Constants of the numba program of the AI sector: rows of its workspace, tables of beta distributions, interpolation.

A block's inputs and intermediate values are rows of one workspace, one column for each draw of the block.
"""
from ai_sector_draws import factor, score_table
from ai_sector_inputs import *
from numpy_distributions import SCORE_LIMIT

NODES = 513                     # small enough for eighty tables in the second-level cache
NODES_A_UNIT = (NODES - 1) / (2 * SCORE_LIMIT)
YEAR_COUNT, VINTAGE_COUNT = len(YEARS), len(VINTAGES)
FIRST_PROJECTED = VINTAGES.index(LAST_COUNTED) + 1
AT_2021, AT_2023, AT_2024, AT_2025 = (YEARS.index(year) for year in (2021, 2023, 2024, 2025))


class Rows:
    """Hands out rows of the workspace."""

    def __init__(self):
        self.count = 0

    def take(self, size=1):
        self.count += size
        return self.count - size


class Tables:
    """Collects beta distributions; each becomes a table with a node's value and the step to the next side by side."""

    def __init__(self):
        self.distributions = []

    def take(self, *distributions):
        self.distributions += distributions
        return len(self.distributions) - len(distributions)

    def words(self):
        step = (len(score_table(self.distributions[0])[0]) - 1) // (NODES - 1)
        made = np.empty((len(self.distributions), NODES, 2))
        for at, distribution in enumerate(self.distributions):
            values = score_table(distribution)[0][::step]
            made[at] = np.stack((values, np.diff(values, append=values[-1])), axis=-1)
        return made


def between(anchors, steps=YEARS):
    """For each step the anchor at or below it, the one above, and the latter's weight."""
    place = np.interp(steps, list(anchors), range(len(anchors)))
    # Interpolation is linear in the label, and np.interp over places is linear between two anchors: the fraction is the weight.
    left = np.minimum(place.astype(np.int64), len(anchors) - 1)
    return left, np.minimum(left + 1, len(anchors) - 1), place - left


def lognormals(distributions):
    """mu and sigma of each."""
    return tuple(np.array([(each.mu, each.sigma) for each in distributions]).T.copy())


def log_lines(anchors):
    """mu and sigma of each year of log-linear anchors."""
    return tuple(np.ascontiguousarray(part) for part in (weights(tuple(anchors)) @ np.array(list(anchors.values()))).T[:2])


def mixed(anchors):
    """For each anchor mu and sigma, or the logarithm of a constant and 0."""
    return lognormals(each if isinstance(each, Lognormal) else Lognormal(math.log(each), 0.0) for each in anchors.values())


rows, tables = Rows(), Tables()
# Normal scores, made in pairs. Correlated groups are neighbours.
Z_GROWTH, Z_LOAD, Z_AI_SHARE, Z_POWER = (rows.take(size) for size in (5, 8, 7, 7))
Z_SHIPMENTS = rows.take(sum(len(SHIPMENTS[name]) for name in ACCELERATORS))
Z_OVERHEAD, Z_CLUSTER, Z_PUE, Z_COMMISSIONING, Z_SHAPE, Z_PROCESSORS = (rows.take() for _ in range(6))
Z_SIZE, Z_RUNS, Z_HIDDEN, Z_QUERIES, Z_KINDS = (rows.take(size) for size in (6, 3, 2, 4, 2))
(Z_PEAK, Z_MFU, Z_TRAINING_DRAW, Z_TUNING, Z_IDLE, Z_RECOMMENDERS, Z_RECOMMENDERS_GROWTH, Z_RECOMMENDERS_SHARE,
 Z_MEAN_QUERY) = (rows.take() for _ in range(9))
Z_COMPANIES, Z_PUBLISHER_SHARE, Z_OTHER_GROWTH, Z_OWNERS, Z_ERROR = (rows.take(size) for size in (4, 3, 3, 4, 3))
Z_LOCATION, Z_DRIFT, Z_FACTORS, Z_SITING, Z_MIX, Z_UNMATCHED = (rows.take(size) for size in (3, 1, 8, 3, 32, 5))
(Z_HOMES, Z_CARS, Z_REACTORS, Z_GENERATION, Z_BITCOIN, Z_DATA_CENTRES, Z_SERVERS, Z_LBNL, Z_IEA, Z_GAO,
 Z_DE_VRIES) = (rows.take() for _ in range(11))
rows.take(rows.count % 2)
SCORES = rows.count
U_DECLINE, U_RETRAININGS, U_SITING = (rows.take() for _ in range(3))
UNIFORMS = rows.count
# Values that several parts use, then space that each part uses as it likes
OVERHEAD, CLUSTER, PUE_ROWS, OWNER_ROWS, COMPANY_ROWS = (rows.take(size) for size in (7, 1, 12, 60, 48))
TOTAL, SHARE_OF_TRAINING, GROWTH_POWER = (rows.take(size) for size in (12, 12, 1))
FREE = rows.count
WORKSPACE = FREE + 112

T_LOAD, T_AI_SHARE = tables.take(*LOAD_FACTOR), tables.take(*AI_SHARE)
T_COMMISSIONING, T_MFU = tables.take(*COMMISSIONING.values()), tables.take(*MFU.values())
T_TRAINING_DRAW, T_FINAL_SHARE, T_RECOMMENDERS_SHARE, T_SERVERS = (
    tables.take(distribution) for distribution in (TRAINING_DRAW, FINAL_SHARE, RECOMMENDERS_TRAINING_SHARE, SERVER_PART))
T_PUBLISHER_SHARE, T_BITCOIN = tables.take(*PUBLISHER_AI_SHARE), tables.take(*BITCOIN.values())
# By stick, then by anchor
T_OWNERS, T_KINDS, T_LOCATION = (tables.take(*(stick for sticks_of_anchors in zip(*anchors.values()) for stick in sticks_of_anchors))
                                 for anchors in (OWNER_SHARE, KIND_SHARE, LOCATION))
# The table of each anchor, or -1 and its constant
UNMATCHED_SIZE = np.array([len(UNMATCHED[owner]) for owner in OWNERS])
UNMATCHED_TABLE, UNMATCHED_VALUE = np.full((5, 6), -1), np.zeros((5, 6))
for _i, _owner in enumerate(OWNERS):
    for _k, _distribution in enumerate(UNMATCHED[_owner].values()):
        if isinstance(_distribution, Beta):
            UNMATCHED_TABLE[_i, _k] = tables.take(_distribution)
        else:
            UNMATCHED_VALUE[_i, _k] = _distribution
UNMATCHED_BETWEEN = tuple(map(np.stack, zip(*(between(UNMATCHED[owner]) for owner in OWNERS))))

# Shipments, row by row: vintage, accelerator, mu and sigma, and interpolation of the chip's power
SHIPPED_VINTAGE = np.array([VINTAGES.index(vintage) for name in ACCELERATORS for vintage in sorted(SHIPMENTS[name])])
SHIPPED_SIZE = np.array([len(SHIPMENTS[name]) for name in ACCELERATORS])
SHIPPED_MU, SHIPPED_SIGMA = lognormals([SHIPMENTS[name][vintage] for name in ACCELERATORS for vintage in sorted(SHIPMENTS[name])])
POWER_BETWEEN = tuple(map(np.concatenate, zip(*(between(CHIP_POWER[name], sorted(SHIPMENTS[name])) for name in ACCELERATORS))))
POWER_SIZE = np.array([len(CHIP_POWER[name]) for name in ACCELERATORS])
POWER_MU, POWER_SIGMA = lognormals([distribution for name in ACCELERATORS for distribution in CHIP_POWER[name].values()])
STEP_CORRELATION = normal_correlation(SHIPMENTS_CORRELATION)
STEP_REST = math.sqrt(1 - STEP_CORRELATION**2)
OVERHEAD_MU, OVERHEAD_SIGMA = lognormals(SERVER_OVERHEAD)
BUILD_MU, BUILD_SIGMA = lognormals(BUILD_OUT.values())
BUILD_BETWEEN, LATE_BETWEEN = between(BUILD_OUT, VINTAGES), between(COMMISSIONING, VINTAGES)
PUE_MU, PUE_SIGMA = lognormals(PUE.values())
PUE_BETWEEN, MFU_BETWEEN = between(PUE), between(MFU)
KIND_BETWEEN, OWNER_BETWEEN, LOCATION_BETWEEN = between(KIND_SHARE), between(OWNER_SHARE), between(LOCATION)
LOG_AGE = np.log(np.arange(VINTAGE_COUNT) + 0.5)
PROCESSOR_LINE, PEAK_LINE, QUERY_LINE, CENTRES_LINE = map(log_lines, (PROCESSOR_SHARE, PEAK_EFFICIENCY, QUERIES, DATA_CENTRES))
RUN_MU, RUN_SIGMA = map(np.stack, zip(*(log_lines(RUNS[name]) for name in CLASSES)))
SIZE_MU, SIZE_SIGMA = map(np.stack, zip(*(log_lines(PARAMETERS[name]) for name in CLASSES)))
DATA_MU, DATA_SIGMA = map(np.stack, zip(*(log_lines(TOKENS[name]) for name in CLASSES)))
COMPUTE_MU = RUN_MU + SIZE_MU + DATA_MU
MEDIAN_MU, MEDIAN_SIGMA = map(np.stack, zip(*(log_lines(QUERY_MEDIAN[name]) for name in KINDS)))
COMPANY_SIZE = np.array([len(REPORTED[name]) for name in COMPANIES])
COMPANY_MU, COMPANY_SIGMA = map(np.concatenate, zip(*(mixed(REPORTED[name]) for name in COMPANIES)))
COMPANY_BETWEEN = tuple(map(np.stack, zip(*(between(REPORTED[name]) for name in COMPANIES))))
PUBLISHER_MU, PUBLISHER_SIGMA = lognormals(PUBLISHER_GROWTH)
OTHER_MU, OTHER_SIGMA = lognormals(PUBLISHER_OTHER_GROWTH)
ERROR_SIGMA = np.array([distribution.sigma for distribution in COMMON_ERROR.values()])
ERROR_BETWEEN = between(COMMON_ERROR)
FACTOR_MU, FACTOR_SIGMA = lognormals(EMISSION_FACTOR)
SITING_MU, SITING_SIGMA = lognormals(SITING_OTHERS)
BITCOIN_BETWEEN = between(BITCOIN)
COUNTRY_TABLE = np.ascontiguousarray(np.array(list(COUNTRIES.values())).T)
GENERATION_CONSTANT = np.array([float(WORLD_GENERATION.get(year, 0)) if year < 2026 else 0.0 for year in YEARS])
GENERATION_WEIGHT = np.array([max(year - 2025, 0) / 5 for year in YEARS])
# The matrix (year, fuel) of a region, contiguous
MIX = np.ascontiguousarray(MIX_MEAN.transpose(0, 2, 1))
(L_GROWTH, L_LOAD, L_AI_SHARE, L_POWER, L_SIZE, L_HIDDEN, L_QUERIES, L_OTHER_GROWTH, L_ERROR) = (
    np.ascontiguousarray(factor(matrix)) for matrix in (
        GROWTH_MATRIX, LIFE_AND_LOAD_MATRIX, AI_SHARE_MATRIX, CHIP_POWER_MATRIX, SIZE_MATRIX, HIDDEN_MATRIX, QUERIES_MATRIX,
        OTHER_GROWTH_MATRIX, COMMON_ERROR_MATRIX))
