"""The AI sector in numba, written by hand for this one model: a block of draws passes through vectorised loops over rows.

Nothing is stored but counts of 128 bins an octave, which the upper bits of a number select; moments and quantiles are computed
from these. Their width, below 0.8 %, is far less than a standard deviation of any output, so the error of interpolation in a
bin is below a tenth of a standard error at a million draws.
"""
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ai_sector_kernels import *
from ai_sector_numpy import Sector
from ai_sector_outputs import LAYOUT, ROWS, probes, results
from ai_sector_plan import *
from numba_peer import fill_uniforms, make_normal, seeded

SHIFT, OCTAVES = 52 - 7, 20
BINS = OCTAVES << 7
FIRST_YEAR = VINTAGES.index(YEARS[0])
SHIFTED_YEAR = 2018.0           # 2019 to 2031 are counted as 1 to 13, which have bins of their own
(Y_TOTAL, Y_FLEET, Y_MODELS, Y_DISCLOSURE, Y_BY_PUBLISHER, Y_EMISSIONS, Y_MARKET, Y_INTENSITY, Y_TRAINING, Y_INFERENCE,
 Y_TRAINING_SHARE, Y_WORK, Y_REGION, Y_RATED, Y_PUBLISHER, Y_GROWTH, Y_AHEAD, Y_RANK, Y_FIRST, Y_OF_WORLD, Y_HOMES, Y_CARS,
 Y_REACTORS, Y_OVER_MODELS, Y_OVER_DISCLOSURE, Y_FINAL, Y_US_2023, Y_2023, Y_2024, Y_2025, Y_DELIVERED, R_BITCOIN, R_ARGENTINA,
 R_CENTRES, R_ARTICLE, R_LBNL, R_SCHNEIDER, R_IEA, R_GAO, R_COMPANIES, R_DE_VRIES) = (place[0].start for place in LAYOUT.values())
TWH, JOULES = WATTS_TO_TWH_A_YEAR, JOULES_A_TWH
HOPPER, AMPERE = ACCELERATORS.index("hopper"), ACCELERATORS.index("ampere")
RECOMMENDERS_LAW, RECOMMENDERS_GROWTH_LAW = tuple(RECOMMENDERS_2021), tuple(RECOMMENDERS_GROWTH)
LN_LIFE, LN_SHAPE, LN_CLUSTER, LN_TUNING, LN_IDLE, LN_UNLISTED, LN_QUERY_GROWTH, LN_MEAN_QUERY, LN_MIX = (
    tuple(each[:2]) for each in (SERVICE_LIFE, LIFE_SHAPE, CLUSTER_OVERHEAD, FINE_TUNING, IDLE_OVERHEAD, UNLISTED, QUERY_GROWTH,
                               MEAN_OVER_MEDIAN, MIX_ERROR))
LN_HOMES, LN_CARS, LN_REACTORS, LN_GENERATION, LN_LBNL, LN_IEA, LN_GAO, LN_DE_VRIES = (
    tuple(each[:2]) for each in (HOME_USE, CAR_EMISSIONS, REACTOR_OUTPUT, WORLD_GENERATION[2030], LBNL_US_2023, IEA_2024,
                               DE_VRIES_GAO_2025, DE_VRIES_2023))
DRIFT_SD = FOSSIL_DRIFT.sd
LOW_RETRAININGS, MODE_RETRAININGS, HIGH_RETRAININGS = RETRAININGS
LOW_SITING, MODE_SITING, HIGH_SITING = SITING_US
OWNERS_SIZE, KINDS_SIZE, LOCATION_SIZE = len(OWNER_SHARE), len(KIND_SHARE), len(LOCATION)
BITCOIN_SIZE = len(BITCOIN)
IRELAND, FRANCE, JAPAN = (np.ascontiguousarray(COUNTRIES[name]) for name in ("ireland", "france", "japan"))
FLEET_WEIGHT, MODELS_WEIGHT, DISCLOSURE_WEIGHT = (np.ascontiguousarray(row) for row in ROUTE_WEIGHT)


@njit(**OPTIONS)
def fill_fleet(x, y, tables):
    """Rated power and electricity of the accelerators."""
    rated, working, load, space = FREE, FREE + 16, FREE + 32, FREE + 40
    correlate(x, Z_LOAD, L_LOAD)
    correlate(x, Z_AI_SHARE, L_AI_SHARE)
    correlate(x, Z_POWER, L_POWER)
    for row in range(rated, rated + 32):
        x[row, :] = 0.0
    y[Y_DELIVERED, :] = 0.0
    shipped = power = 0
    for a in range(len(SHIPPED_SIZE)):
        set_table(x, space, tables, T_LOAD + a, Z_LOAD + 1 + a)
        set_table(x, load, tables, T_AI_SHARE + a, Z_AI_SHARE + a)
        set_lognormal(x, OVERHEAD + a, OVERHEAD_MU[a], OVERHEAD_SIGMA[a], Z_OVERHEAD)
        for j in range(LANES):
            x[load, j] *= x[space, j]
        for i in range(POWER_SIZE[a]):
            set_lognormal(x, space + i, POWER_MU[power + i], POWER_SIGMA[power + i], Z_POWER + a)
        for i in range(shipped, shipped + SHIPPED_SIZE[a]):
            if i > shipped:
                for j in range(LANES):
                    x[Z_SHIPMENTS + i, j] = STEP_CORRELATION * x[Z_SHIPMENTS + i - 1, j] + STEP_REST * x[Z_SHIPMENTS + i, j]
            low, high, part = space + POWER_BETWEEN[0][i], space + POWER_BETWEEN[1][i], POWER_BETWEEN[2][i]
            v, mu, sigma = SHIPPED_VINTAGE[i], SHIPPED_MU[i], SHIPPED_SIGMA[i]
            servers = space + 8
            for j in range(LANES):
                x[servers, j] = exp(mu + sigma * x[Z_SHIPMENTS + i, j]) * x[OVERHEAD + a, j] * (
                    x[low, j] + part * (x[high, j] - x[low, j]))
            for j in range(LANES):
                x[rated + v, j] += x[servers, j]
                x[working + v, j] += x[servers, j] * x[load, j]
            if v == AT_2023 + FIRST_YEAR and (a == AMPERE or a == HOPPER):
                for j in range(LANES):
                    y[Y_DELIVERED, j] += x[servers, j] * TWH
        shipped += SHIPPED_SIZE[a]
        power += POWER_SIZE[a]
    for i in range(2):
        set_lognormal(x, space + i, BUILD_MU[i], BUILD_SIGMA[i], Z_GROWTH)
        set_table(x, space + 2 + i, tables, T_COMMISSIONING + i, Z_COMMISSIONING)
    for v in range(FIRST_PROJECTED, VINTAGE_COUNT):
        part = BUILD_BETWEEN[2][v]
        low, high = space + BUILD_BETWEEN[0][v], space + BUILD_BETWEEN[1][v]
        for first in (rated, working):
            for j in range(LANES):
                x[first + v, j] = x[first + v - 1, j] * (x[low, j] + part * (x[high, j] - x[low, j]))
    late = space + 4
    interpolate(x, late, space + 2, LATE_BETWEEN, VINTAGE_COUNT)
    for first in (rated, working):
        for v in range(VINTAGE_COUNT - 1, -1, -1):
            for j in range(LANES):
                x[first + v, j] -= x[first + v, j] * x[late + v, j]
            if v > 0:
                for j in range(LANES):
                    x[first + v, j] += x[first + v - 1, j] * x[late + v - 1, j]
    fill_stocks(x, y, rated, working, FREE + 32)
    set_lognormal(x, CLUSTER, *LN_CLUSTER, Z_CLUSTER)
    for i in range(3):
        set_lognormal(x, FREE + i, PUE_MU[i], PUE_SIGMA[i], Z_PUE)
        for j in range(LANES):
            x[FREE + i, j] += 1.0
    interpolate(x, PUE_ROWS, FREE, PUE_BETWEEN, YEAR_COUNT)
    mu, sigma = PROCESSOR_LINE
    for t in range(YEAR_COUNT):
        for j in range(LANES):
            y[Y_RATED + t, j] *= x[CLUSTER, j] * 1e-9
            y[Y_FLEET + t, j] *= x[CLUSTER, j] * TWH * x[PUE_ROWS + t, j] * (1.0 + exp(mu[t] + sigma[t] * x[Z_PROCESSORS, j]))


@njit(**OPTIONS)
def fill_stocks(x, y, rated, working, space):
    """Sums over vintages of what is left of them, in the mean of a year."""
    left, at_work = space, space + 16
    set_lognormal(x, space + 32, *LN_SHAPE, Z_SHAPE)
    decline, factor, means, load_means = space + 33, space + 34, space + 35, space + 51
    for j in range(LANES):
        x[decline, j] = exp(-LOAD_DECLINE * x[U_DECLINE, j])
        x[factor, j] = math.sqrt(x[decline, j])
    for age in range(VINTAGE_COUNT):
        log_age = LOG_AGE[age] - LN_LIFE[0]
        for j in range(LANES):
            hazard = exp(math.log(math.log(2.0)) + x[space + 32, j] * (log_age - LN_LIFE[1] * x[Z_LOAD, j]))
            x[left + age, j] = exp(-min(hazard, 600.0))
        for j in range(LANES):
            x[at_work + age, j] = x[left + age, j] * x[factor, j]
            x[factor, j] *= x[decline, j]
        before = max(age - 1, 0)
        part = 0.5 if age > 0 else 0.0
        for j in range(LANES):
            x[means + age, j] = 0.5 * x[left + age, j] + part * x[left + before, j]
            x[load_means + age, j] = 0.5 * x[at_work + age, j] + part * x[at_work + before, j]
    for t in range(YEAR_COUNT):
        v = FIRST_YEAR + t
        y[Y_RATED + t, :] = 0.0
        y[Y_FLEET + t, :] = 0.0
        for age in range(v + 1):
            for j in range(LANES):
                y[Y_RATED + t, j] += x[rated + v - age, j] * x[means + age, j]
                y[Y_FLEET + t, j] += x[working + v - age, j] * x[load_means + age, j]


@njit(**OPTIONS)
def fill_models(x, y, tables):
    """Electricity of the work done, from below, and the part of it that is training."""
    (share, unlisted, tuning, idle, recommenders, factor, trained, draw, retrainings, mean_query, power) = range(FREE, FREE + 11)
    mfu, anchors, kinds, space = FREE + 11, FREE + 23, FREE + 26, FREE + 62
    for c in range(3):
        correlate(x, Z_SIZE + 2 * c, L_SIZE)
    correlate(x, Z_HIDDEN, L_HIDDEN)
    correlate(x, Z_QUERIES, L_QUERIES)
    set_table(x, share, tables, T_FINAL_SHARE, Z_HIDDEN)
    set_lognormal(x, unlisted, *LN_UNLISTED, Z_HIDDEN + 1)
    set_lognormal(x, tuning, *LN_TUNING, Z_TUNING)
    set_lognormal(x, idle, *LN_IDLE, Z_IDLE)
    set_lognormal(x, recommenders, RECOMMENDERS_LAW[0], RECOMMENDERS_LAW[1], Z_RECOMMENDERS)
    set_lognormal(x, factor, RECOMMENDERS_GROWTH_LAW[0], RECOMMENDERS_GROWTH_LAW[1], Z_RECOMMENDERS_GROWTH)
    set_table(x, trained, tables, T_RECOMMENDERS_SHARE, Z_RECOMMENDERS_SHARE)
    set_table(x, draw, tables, T_TRAINING_DRAW, Z_TRAINING_DRAW)
    set_triangular(x, retrainings, LOW_RETRAININGS, MODE_RETRAININGS, HIGH_RETRAININGS, U_RETRAININGS)
    set_lognormal(x, mean_query, *LN_MEAN_QUERY, Z_MEAN_QUERY)
    set_lognormal(x, power, *LN_QUERY_GROWTH, Z_GROWTH + 1)
    for i in range(3):
        set_table(x, anchors + i, tables, T_MFU + i, Z_MFU)
    interpolate(x, mfu, anchors, MFU_BETWEEN, YEAR_COUNT)
    set_sticks(x, kinds, tables, T_KINDS, KINDS_SIZE, Z_KINDS, 2, KIND_BETWEEN, YEAR_COUNT, space)
    for j in range(LANES):
        x[draw, j] *= x[OVERHEAD + HOPPER, j] * x[CLUSTER, j] * (6.0 / JOULES)
        x[share, j] = 1.0 / x[share, j]
        x[recommenders, j] /= x[factor, j] * x[factor, j]
        x[mean_query, j] *= 365.0 / 1e12
    final, queries = space, space + 1
    for t in range(YEAR_COUNT):
        mu, sigma = PEAK_LINE[0][t], PEAK_LINE[1][t]
        for j in range(LANES):
            x[final, j] = x[draw, j] * x[PUE_ROWS + t, j] / (exp(mu + sigma * x[Z_PEAK, j]) * x[mfu + t, j])
        x[queries, :] = 0.0
        for c in range(3):
            base, runs, size, data = COMPUTE_MU[c, t], RUN_SIGMA[c, t], SIZE_SIGMA[c, t], DATA_SIGMA[c, t]
            for j in range(LANES):
                x[queries, j] += exp(
                    base + runs * x[Z_RUNS + c, j] + size * x[Z_SIZE + 2 * c, j] + data * x[Z_SIZE + 2 * c + 1, j])
        for j in range(LANES):
            x[final, j] *= x[queries, j]
        x[queries, :] = 0.0
        for k in range(3):
            mu, sigma, kind = MEDIAN_MU[k, t], MEDIAN_SIGMA[k, t], kinds + k * YEAR_COUNT + t
            for j in range(LANES):
                x[queries, j] += x[kind, j] * exp(mu + sigma * x[Z_QUERIES + 1 + k, j])
        mu, sigma = QUERY_LINE[0][t], QUERY_LINE[1][t]
        if t > AT_2025:
            for j in range(LANES):
                x[mean_query, j] *= x[power, j]
        for j in range(LANES):
            x[queries, j] *= exp(mu + sigma * x[Z_QUERIES, j]) * x[mean_query, j]
        for j in range(LANES):
            listed = x[final, j] * x[retrainings, j]
            runs = listed * (1.0 + x[unlisted, j])
            developed = runs * x[share, j]
            worked = developed * (1.0 + x[tuning, j])
            training = worked * (1.0 + x[idle, j])
            models = training + x[queries, j] + x[recommenders, j]
            parts = 100.0 / models
            y[Y_MODELS + t, j] = models
            y[Y_WORK + t, j] = listed * parts
            y[Y_WORK + 12 + t, j] = listed * x[unlisted, j] * parts
            y[Y_WORK + 24 + t, j] = (developed - runs) * parts
            y[Y_WORK + 36 + t, j] = (worked - developed) * parts
            y[Y_WORK + 48 + t, j] = (training - worked) * parts
            y[Y_WORK + 60 + t, j] = x[queries, j] * parts
            y[Y_WORK + 72 + t, j] = (training + x[queries, j]) * parts     # what is left of 100 %: see `row_statistics`
            x[SHARE_OF_TRAINING + t, j] = (training + x[recommenders, j] * x[trained, j]) / models
        for j in range(LANES):
            y[Y_FINAL + t, j] = 100.0 * x[final, j] / y[Y_FLEET + t, j]
            x[recommenders, j] *= x[factor, j]


@njit(**OPTIONS)
def fill_disclosure(x, y, tables):
    """Electricity of AI by publishing company over their part of the world's."""
    set_sticks(x, OWNER_ROWS, tables, T_OWNERS, OWNERS_SIZE, Z_OWNERS, 4, OWNER_BETWEEN, YEAR_COUNT, FREE)
    correlate(x, Z_OTHER_GROWTH, L_OTHER_GROWTH)
    first = 0
    for c in range(4):
        for i in range(COMPANY_SIZE[c]):
            set_lognormal(x, FREE + i, COMPANY_MU[first + i], COMPANY_SIGMA[first + i], Z_COMPANIES + c)
        between = COMPANY_BETWEEN[0][c], COMPANY_BETWEEN[1][c], COMPANY_BETWEEN[2][c]
        interpolate(x, COMPANY_ROWS + 12 * c, FREE, between, YEAR_COUNT)
        first += COMPANY_SIZE[c]
    part, growth, other_growth, other, power = range(FREE, FREE + 5)
    for p in range(3):
        set_table(x, part, tables, T_PUBLISHER_SHARE + p, Z_PUBLISHER_SHARE + p)
        set_lognormal(x, growth, PUBLISHER_MU[p], PUBLISHER_SIGMA[p], Z_GROWTH + 2 + p)
        set_lognormal(x, other_growth, OTHER_MU[p], OTHER_SIGMA[p], Z_OTHER_GROWTH + p)
        x[power, :] = 1.0
        for t in range(YEAR_COUNT):
            reported, to, owned = COMPANY_ROWS + 12 * p + t, 12 * p + t, OWNER_ROWS + 12 * p + t
            if t > AT_2025:
                for j in range(LANES):
                    x[power, j] *= x[growth, j]
            if t <= AT_2021:
                for j in range(LANES):
                    x[other, j] = x[reported, j] * (1.0 - x[part, j])
            else:
                for j in range(LANES):
                    x[other, j] *= x[other_growth, j]
            for j in range(LANES):
                total = x[reported, j] * x[power, j]
                y[Y_PUBLISHER + to, j] = max(total - x[other, j], total * x[part, j])
            for j in range(LANES):
                y[Y_BY_PUBLISHER + to, j] = y[Y_PUBLISHER + to, j] / x[owned, j]
    for t in range(YEAR_COUNT):
        for j in range(LANES):
            y[Y_DISCLOSURE + t, j] = (y[Y_PUBLISHER + t, j] + y[Y_PUBLISHER + 12 + t, j] + y[Y_PUBLISHER + 24 + t, j]) / (
                x[OWNER_ROWS + t, j] + x[OWNER_ROWS + 12 + t, j] + x[OWNER_ROWS + 24 + t, j])


@njit(**OPTIONS)
def fill_total(x, y):
    """The weighted mean of the routes' logarithms, with the error that they have in common."""
    correlate(x, Z_ERROR, L_ERROR)
    left, right, weight = ERROR_BETWEEN
    for t in range(YEAR_COUNT):
        low, high = left[t], right[t]
        low_part, high_part = (1.0 - weight[t]) * ERROR_SIGMA[low], weight[t] * ERROR_SIGMA[high]
        fleet, models, disclosure = FLEET_WEIGHT[t], MODELS_WEIGHT[t], DISCLOSURE_WEIGHT[t]
        for j in range(LANES):
            x[TOTAL + t, j] = exp(low_part * x[Z_ERROR + low, j] + high_part * x[Z_ERROR + high, j]
                                  + fleet * log(y[Y_FLEET + t, j]) + models * log(y[Y_MODELS + t, j])
                                  + disclosure * log(y[Y_DISCLOSURE + t, j]))
        for j in range(LANES):
            total, training = x[TOTAL + t, j], x[SHARE_OF_TRAINING + t, j]
            y[Y_TOTAL + t, j] = total
            y[Y_TRAINING + t, j] = total * training
            y[Y_INFERENCE + t, j] = total * (1.0 - training)
            y[Y_TRAINING_SHARE + t, j] = 100.0 * training
            y[R_ARTICLE + t, j] = training / TRAINING_SHARE_ARTICLE
        for j in range(LANES):
            y[Y_OVER_MODELS + t, j] = y[Y_FLEET + t, j] / y[Y_MODELS + t, j]
            y[Y_OVER_DISCLOSURE + t, j] = y[Y_FLEET + t, j] / y[Y_DISCLOSURE + t, j]
    for j in range(LANES):
        y[Y_GROWTH, j] = math.sqrt(math.sqrt(x[TOTAL + AT_2025, j] / x[TOTAL + AT_2021, j]))
        y[Y_AHEAD, j] = exp(0.2 * log(x[TOTAL + 11, j] / x[TOTAL + AT_2025, j]))
        y[Y_2023, j] = x[TOTAL + AT_2023, j]
        y[Y_2024, j] = x[TOTAL + AT_2024, j]
        y[Y_2025, j] = x[TOTAL + AT_2025, j]


@njit(**OPTIONS)
def fill_emissions(x, y, tables):
    """Location-based from the regions' mixes, and market-based by the owners' contracts."""
    location, drift, siting, power, factors = FREE, FREE + 48, FREE + 49, FREE + 53, FREE + 54
    errors, weighted, space = FREE + 62, FREE + 70, FREE + 78
    set_sticks(x, location, tables, T_LOCATION, LOCATION_SIZE, Z_LOCATION, 3, LOCATION_BETWEEN, YEAR_COUNT, space)
    set_lognormal(x, drift, 0.0, DRIFT_SD, Z_DRIFT)
    for f in range(8):
        set_lognormal(x, factors + f, FACTOR_MU[f], FACTOR_SIGMA[f], Z_FACTORS + f)
    set_triangular(x, siting, LOW_SITING, MODE_SITING, HIGH_SITING, U_SITING)
    for r in range(3):
        set_lognormal(x, siting + 1 + r, SITING_MU[r], SITING_SIGMA[r], Z_SITING + r)
    for t in range(YEAR_COUNT):
        y[Y_INTENSITY + t, :] = 0.0
    for r in range(4):
        e, w = errors, weighted
        for f in range(8):
            set_lognormal(x, e + f, *LN_MIX, Z_MIX + 8 * r + f)
            for j in range(LANES):
                x[w + f, j] = x[e + f, j] * x[factors + f, j]
        x[power, :] = 1.0
        for t in range(YEAR_COUNT):
            if t > AT_2025:
                for j in range(LANES):
                    x[power, j] *= x[drift, j]
            m0, m1, m2, m3, m4, m5, m6, m7 = (MIX[r, t, 0], MIX[r, t, 1], MIX[r, t, 2], MIX[r, t, 3], MIX[r, t, 4], MIX[r, t, 5],
                                              MIX[r, t, 6], MIX[r, t, 7])
            for j in range(LANES):
                generation = x[power, j] * (m0 * x[e, j] + m1 * x[e + 1, j] + m2 * x[e + 2, j]) + (
                    m3 * x[e + 3, j] + m4 * x[e + 4, j] + m5 * x[e + 5, j] + m6 * x[e + 6, j] + m7 * x[e + 7, j])
                emission = x[power, j] * (m0 * x[w, j] + m1 * x[w + 1, j] + m2 * x[w + 2, j]) + (
                    m3 * x[w + 3, j] + m4 * x[w + 4, j] + m5 * x[w + 5, j] + m6 * x[w + 6, j] + m7 * x[w + 7, j])
                y[Y_INTENSITY + t, j] += emission / generation * x[location + 12 * r + t, j] * x[siting + r, j]
            for j in range(LANES):
                y[Y_REGION + 12 * r + t, j] = x[TOTAL + t, j] * x[location + 12 * r + t, j]
    for j in range(LANES):
        y[Y_US_2023, j] = y[Y_REGION + AT_2023, j]
    market, anchors = FREE + 54, FREE + 66
    for t in range(YEAR_COUNT):
        x[market + t, :] = 0.0
    for o in range(5):
        for i in range(UNMATCHED_SIZE[o]):
            if UNMATCHED_TABLE[o, i] >= 0:
                set_table(x, anchors + i, tables, UNMATCHED_TABLE[o, i], Z_UNMATCHED + o)
            else:
                x[anchors + i, :] = UNMATCHED_VALUE[o, i]
        for t in range(YEAR_COUNT):
            low, high = anchors + UNMATCHED_BETWEEN[0][o, t], anchors + UNMATCHED_BETWEEN[1][o, t]
            part, owned = UNMATCHED_BETWEEN[2][o, t], OWNER_ROWS + 12 * o + t
            for j in range(LANES):
                x[market + t, j] += x[owned, j] * (x[low, j] + part * (x[high, j] - x[low, j]))
    set_lognormal(x, power, *LN_CARS, Z_CARS)
    for t in range(YEAR_COUNT):
        for j in range(LANES):
            emissions = x[TOTAL + t, j] * y[Y_INTENSITY + t, j] * 1e-3
            y[Y_EMISSIONS + t, j] = emissions
            y[Y_MARKET + t, j] = emissions * x[market + t, j]
            y[Y_CARS + t, j] = emissions * 1e6 / x[power, j]


@njit(**OPTIONS)
def fill_comparisons(x, y, tables):
    """Equivalents, ranks, first years, and ratios to references."""
    homes, reactors, generation, servers, lbnl, iea, gao, de_vries = range(FREE, FREE + 8)
    bitcoin, centres, anchors = FREE + 8, FREE + 20, FREE + 32
    set_lognormal(x, homes, *LN_HOMES, Z_HOMES)
    set_lognormal(x, reactors, *LN_REACTORS, Z_REACTORS)
    set_lognormal(x, generation, *LN_GENERATION, Z_GENERATION)
    set_table(x, servers, tables, T_SERVERS, Z_SERVERS)
    set_lognormal(x, lbnl, *LN_LBNL, Z_LBNL)
    set_lognormal(x, iea, *LN_IEA, Z_IEA)
    set_lognormal(x, gao, *LN_GAO, Z_GAO)
    set_lognormal(x, de_vries, *LN_DE_VRIES, Z_DE_VRIES)
    for i in range(BITCOIN_SIZE):
        set_table(x, anchors + i, tables, T_BITCOIN + i, Z_BITCOIN)
    interpolate(x, bitcoin, anchors, BITCOIN_BETWEEN, YEAR_COUNT)
    mu, sigma = CENTRES_LINE
    for m in range(7):
        y[Y_FIRST + m, :] = 2031.0 - SHIFTED_YEAR
    for t in range(YEAR_COUNT - 1, -1, -1):
        set_lognormal(x, centres + t, mu[t], sigma[t], Z_DATA_CENTRES)
        constant, part, year = GENERATION_CONSTANT[min(t, AT_2025)], GENERATION_WEIGHT[t], 2019.0 + t - SHIFTED_YEAR
        argentina, ireland, france, japan = ARGENTINA[t], IRELAND[t], FRANCE[t], JAPAN[t]
        for j in range(LANES):
            total = x[TOTAL + t, j]
            y[Y_HOMES + t, j] = total * 1e9 / x[homes, j]
            y[Y_REACTORS + t, j] = total / x[reactors, j]
            y[Y_OF_WORLD + t, j] = 100.0 * total / (constant + part * (x[generation, j] - constant))
        for j in range(LANES):
            total = x[TOTAL + t, j]
            y[R_BITCOIN + t, j] = total / x[bitcoin + t, j]
            y[R_ARGENTINA + t, j] = total / argentina
            y[R_CENTRES + t, j] = total / x[centres + t, j]
        y[Y_RANK + t, :] = 1.0
        for c in range(COUNTRY_TABLE.shape[1]):
            using = COUNTRY_TABLE[t, c]
            for j in range(LANES):
                y[Y_RANK + t, j] += 1.0 if using > x[TOTAL + t, j] else 0.0
        for j in range(LANES):
            total = x[TOTAL + t, j]
            y[Y_FIRST, j] = year if total > ireland else y[Y_FIRST, j]
            y[Y_FIRST + 1, j] = year if total > x[COMPANY_ROWS + t, j] else y[Y_FIRST + 1, j]
            y[Y_FIRST + 2, j] = year if total > x[bitcoin + t, j] else y[Y_FIRST + 2, j]
            y[Y_FIRST + 3, j] = year if total > argentina else y[Y_FIRST + 3, j]
            y[Y_FIRST + 4, j] = year if total * 3.0 > x[centres + t, j] else y[Y_FIRST + 4, j]
            y[Y_FIRST + 5, j] = year if total > france else y[Y_FIRST + 5, j]
            y[Y_FIRST + 6, j] = year if total > japan else y[Y_FIRST + 6, j]
    for j in range(LANES):
        y[R_LBNL, j] = y[Y_US_2023, j] * x[servers, j] / x[lbnl, j]
        y[R_SCHNEIDER, j] = x[TOTAL + AT_2023, j] / SCHNEIDER_2023
        y[R_IEA, j] = x[TOTAL + AT_2024, j] * x[servers, j] / x[iea, j]
        y[R_GAO, j] = x[TOTAL + AT_2025, j] * x[servers, j] / x[gao, j]
        y[R_DE_VRIES, j] = y[Y_DELIVERED, j] / x[de_vries, j]
    for c in range(4):
        for j in range(LANES):
            y[R_COMPANIES + c, j] = x[TOTAL + AT_2025, j] / x[COMPANY_ROWS + 12 * c + AT_2025, j]


@njit(**OPTIONS)
def fill_scores(state, flat):
    fill_uniforms(state, flat, UNIFORMS)
    for row in range(0, SCORES, 2):
        make_normal(flat, row * LANES, (row + 1) * LANES)


@njit(**OPTIONS)
def count_draws(draws, seed, tables, first_bins):
    """Counts (row, bin) of the draws of one stream."""
    counts = np.zeros((ROWS, BINS), np.int32)
    state, at = seeded(seed), np.empty(LANES, np.int32)
    x, y = np.zeros((WORKSPACE, LANES)), np.empty((ROWS, LANES))
    while draws > 0:
        fill_scores(state, x.reshape(-1))
        correlate(x, Z_GROWTH, L_GROWTH)
        fill_fleet(x, y, tables)
        fill_models(x, y, tables)
        fill_disclosure(x, y, tables)
        fill_total(x, y)
        fill_emissions(x, y, tables)
        fill_comparisons(x, y, tables)
        for row in range(ROWS):
            first, cells = first_bins[row], counts[row]
            for j in range(LANES):
                at[j] = np.int32(min(max((bits(y[row, j]) >> SHIFT) - first, 0), BINS - 1))
            for j in range(min(draws, LANES)):
                cells[at[j]] += 1
        draws -= LANES
    return counts


def origin_of(row):
    """A counted value v stands for origin + sign v: early years' recommenders are close to 100 %, where bins would be too wide."""
    if Y_FIRST <= row < Y_FIRST + len(MILESTONES):
        return SHIFTED_YEAR, 1
    if Y_WORK + 6 * YEAR_COUNT <= row < Y_WORK + 7 * YEAR_COUNT:
        return 100.0, -1
    return 0.0, 1


def row_statistics(row, counts, first, draws):
    """Mean, sd, quantiles at the probes, and the probability of more than 1, from counts of bins."""
    origin, sign = origin_of(row)
    discrete = Y_RANK <= row < Y_FIRST + len(MILESTONES)
    edges = origin + sign * (np.arange(first, first + BINS + 1, dtype=np.int64) << SHIFT).view(np.float64)
    if sign < 0:
        edges, counts = edges[::-1], counts[::-1]
    values = edges[:-1] if discrete else 0.5 * (edges[1:] + edges[:-1])
    mean = values @ counts / draws
    sd = math.sqrt((values - mean) ** 2 @ counts / (draws - 1))
    below = np.concatenate(([0], np.cumsum(counts)))
    target = probes(draws) * draws
    cell = np.minimum(np.searchsorted(below, target, side="right") - 1, np.flatnonzero(counts)[-1])
    part = 0 if discrete else (target - below[cell]) / counts[cell]
    quantiles = edges[cell] + part * (edges[cell + 1] - edges[cell])
    return mean, sd, quantiles, counts[edges[:-1] >= 1].sum() / draws


def ai_sector(draws, seed, threads):
    words = tables.words()
    # The NumPy program's draws only choose the range of the bins.
    sample = np.empty((ROWS, 2048))
    Sector(seed).fill(sample)
    medians = [sign * (median - origin) for median, (origin, sign) in
               zip(np.median(sample, axis=1), map(origin_of, range(ROWS)))]
    first_bins = (np.array(medians).view(np.int64) >> SHIFT) - BINS // 2
    parts = np.diff(np.linspace(0, draws, threads + 1).astype(int))
    seeds = np.random.SeedSequence(seed).generate_state(threads, np.uint64)
    with ThreadPoolExecutor(threads) as pool:
        counts = sum(pool.map(lambda part, seed: count_draws(int(part), seed, words, first_bins), parts, seeds))
    return results((row_statistics(row, counts[row], first_bins[row], draws) for row in range(ROWS)), draws)
