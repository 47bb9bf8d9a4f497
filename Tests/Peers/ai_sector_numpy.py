"""The AI sector in NumPy: three routes to one total, its emissions, equivalents and comparisons, for a chunk of draws.

As an analyst writes it who knows NumPy well: everything linear is summed before it is propagated, matrices do the interpolation,
inputs that share their scores share the work.
"""
import numpy as np

from ai_sector_draws import *
from ai_sector_outputs import views
from numpy_distributions import triangular_quantile

SHARED_LOADS = factor(LIFE_AND_LOAD_MATRIX)
SHARED_GROWTH = factor(GROWTH_MATRIX)
SHARED_POWER, SHARED_AI_SHARE = factor(CHIP_POWER_MATRIX), factor(AI_SHARE_MATRIX)
SHARED_SIZE, SHARED_HIDDEN, SHARED_QUERIES = factor(SIZE_MATRIX), factor(HIDDEN_MATRIX), factor(QUERIES_MATRIX)
SHARED_OTHER_GROWTH, SHARED_ERROR = factor(OTHER_GROWTH_MATRIX), factor(COMMON_ERROR_MATRIX)
YEAR = {year: i for i, year in enumerate(YEARS)}
AFTER_2025 = column([max(year - 2025, 0) for year in YEARS])
SINCE_2021 = column([year - 2021 for year in YEARS])
FIRST_YEAR = VINTAGES.index(YEARS[0])
AGES = len(VINTAGES)


class Sector:
    """Draws chunks of the whole model from one stream of random numbers."""

    def __init__(self, seed):
        self.random = np.random.Generator(np.random.SFC64(seed))

    def fill(self, out):
        """Fills out (row, draw)."""
        self.count = out.shape[1]
        y = views(out)
        growth = SHARED_GROWTH @ self.scores(5)
        fleet = self.fleet(growth[0], y)
        models, training_share = self.models(growth[1], fleet, y)
        owner_share = broken_sticks(OWNER_SHARE, self.scores(4))
        companies = self.disclosure(growth[2:], owner_share, y)
        total = self.total(training_share, y)
        self.emissions(total, owner_share, y)
        self.equivalents(total, y)
        self.comparisons(total, companies, y)

    def scores(self, *size):
        return self.random.standard_normal((*size, self.count))

    def uniforms(self):
        return self.random.random(self.count)

    def draw(self, distribution):
        return quantiles([distribution], self.scores())[0]

    def triangular(self, distribution):
        return triangular_quantile(self.uniforms(), *distribution)

    def fleet(self, growth, y):
        """Rated power and electricity of the accelerators. Returns what the route of models shares with it."""
        scores = SHARED_LOADS @ self.scores(8)
        load = by_row(LOAD_FACTOR, scores[1:])
        ai_share = by_row(AI_SHARE, SHARED_AI_SHARE @ self.scores(7))
        overhead = exp_affine(SERVER_OVERHEAD, self.scores())
        cluster, pue = self.draw(CLUSTER_OVERHEAD), linear(PUE, self.scores())
        power_scores = SHARED_POWER @ self.scores(7)
        # Rated power of servers by vintage, and the part that is drawn for AI when new, summed over accelerators.
        rated, working = np.zeros((2, len(VINTAGES), self.count))
        flagships_2023 = 0.0
        for i, name in enumerate(ACCELERATORS):
            rows = SHIPMENTS[name]
            first, steps = VINTAGES.index(min(rows)), range(min(rows), max(rows) + 1)
            correlated = factor(autoregressive(len(steps), SHIPMENTS_CORRELATION)) @ self.scores(len(steps))
            servers = exp_affine([rows[vintage] for vintage in steps], correlated)
            servers *= linear(CHIP_POWER[name], power_scores[i], steps)
            servers *= overhead[i]
            if name in ("ampere", "hopper"):
                flagships_2023 = flagships_2023 + servers[steps.index(2023)]
            part = slice(first, first + len(steps))
            rated[part] += servers
            servers *= load[i] * ai_share[i]
            working[part] += servers
        build_out = linear(BUILD_OUT, growth, VINTAGES)
        late = linear(COMMISSIONING, self.scores(), VINTAGES)
        for shipped in (rated, working):
            for v in range(VINTAGES.index(LAST_COUNTED) + 1, len(VINTAGES)):
                np.multiply(shipped[v - 1], build_out[v], out=shipped[v])
            delayed = shipped * late
            shipped -= delayed
            shipped[1:] += delayed[:-1]
        survival, load_left = self.survival(scores[0])
        in_service = self.stock(rated, survival)
        at_work = self.stock(working, survival * load_left)
        np.multiply(in_service, cluster * 1e-9, out=y["rated_power"])
        processors = log_linear(PROCESSOR_SHARE, self.scores())
        at_work *= cluster * WATTS_TO_TWH_A_YEAR
        at_work *= pue
        np.multiply(at_work, 1 + processors, out=y["electricity_fleet"])
        np.multiply(flagships_2023, WATTS_TO_TWH_A_YEAR, out=y["delivered_2023"])
        return overhead[ACCELERATORS.index("hopper")] * cluster, pue

    def survival(self, score):
        """The parts (age, draw) of a vintage that are in service, and of its load that are left, at the end of its year."""
        age = column(np.arange(AGES) + 0.5)
        log_age = np.log(age) - (SERVICE_LIFE.mu + SERVICE_LIFE.sigma * score)
        survival = np.exp(-np.log(2) * np.exp(self.draw(LIFE_SHAPE) * log_age))
        return survival, np.exp(-LOAD_DECLINE * self.uniforms() * age)

    def stock(self, installed, left):
        """(year, draw): the mean over a year, half of whose own vintage counts."""
        means = 0.5 * left
        means[1:] += 0.5 * left[:-1]
        stock = np.empty((len(YEARS), self.count))
        for year, row in enumerate(stock):
            last = FIRST_YEAR + year
            np.einsum("ij,ij->j", installed[last::-1], means[:last + 1], out=row)
        return stock

    def models(self, growth, fleet, y):
        """Electricity of the work done, from below, and the part of it that is training."""
        server_over_chip, pue = fleet
        compute = 0.0
        for name in CLASSES:
            size, data = SHARED_SIZE @ self.scores(2)
            compute += (log_linear(RUNS[name], self.scores()) * log_linear(PARAMETERS[name], size)
                        * log_linear(TOKENS[name], data))
        final_share, unlisted = by_row([FINAL_SHARE, UNLISTED], SHARED_HIDDEN @ self.scores(2))
        efficiency = log_linear(PEAK_EFFICIENCY, self.scores()) * linear(MFU, self.scores())
        # 6 FLOP for each parameter and token, in joules, in TWh
        final = compute / efficiency * pue * (server_over_chip * self.draw(TRAINING_DRAW) * (6 / JOULES_A_TWH))
        listed, unlisted_runs, experiments, tuning, idle, inference, recommenders = work = y["work_share"]
        np.multiply(final, self.triangular(RETRAININGS), out=listed)
        np.multiply(listed, unlisted, out=unlisted_runs)
        np.multiply(listed + unlisted_runs, 1 / final_share - 1, out=experiments)
        np.multiply(listed + unlisted_runs + experiments, self.draw(FINE_TUNING), out=tuning)
        np.multiply(listed + unlisted_runs + experiments + tuning, self.draw(IDLE_OVERHEAD), out=idle)
        generative_training = work[:5].sum(axis=0)
        np.multiply(self.draw(RECOMMENDERS_2021), self.draw(RECOMMENDERS_GROWTH) ** SINCE_2021, out=recommenders)
        self.inference(growth, inference)
        models = y["electricity_models"]
        np.sum(work, axis=0, out=models)
        training = generative_training + recommenders * self.draw(RECOMMENDERS_TRAINING_SHARE)
        training /= models
        work *= 100 / models
        np.multiply(final, 100 / y["electricity_fleet"], out=y["final_runs_over_fleet"])
        return models, training

    def inference(self, growth, out):
        scores = SHARED_QUERIES @ self.scores(4)
        shares = broken_sticks(KIND_SHARE, self.scores(2))
        energy = sum(share * log_linear(QUERY_MEDIAN[kind], score) for kind, share, score in zip(KINDS, shares, scores[1:]))
        queries = log_linear(QUERIES, scores[0]) * exp_affine([QUERY_GROWTH], growth) ** AFTER_2025
        np.multiply(queries * energy, self.draw(MEAN_OVER_MEDIAN) * (365 / 1e12), out=out)

    def disclosure(self, growth, owner_share, y):
        """Electricity of AI by publishing company over their part of the world's. Returns the companies' electricity."""
        companies = {name: linear(REPORTED[name], self.scores()) for name in COMPANIES}
        growth = exp_affine(PUBLISHER_GROWTH, growth)
        ai_share = by_row(PUBLISHER_AI_SHARE, self.scores(3))
        other_growth = exp_affine(PUBLISHER_OTHER_GROWTH, SHARED_OTHER_GROWTH @ self.scores(3))
        at = YEAR[2021]
        for i, name in enumerate(PUBLISHERS):
            total = companies[name] * growth[i] ** AFTER_2025
            other = total * (1 - ai_share[i])
            other[at + 1:] = other[at] * other_growth[i] ** SINCE_2021[at + 1:]
            ai = np.maximum(total - other, total * ai_share[i], out=total)
            y["publisher_ai"][i] = ai
            np.divide(ai, owner_share[i], out=y["electricity_by_publisher"][i])
        np.divide(y["publisher_ai"].sum(axis=0), owner_share[:3].sum(axis=0), out=y["electricity_disclosure"])
        return companies

    def total(self, training_share, y):
        """The weighted mean of the routes' logarithms, with the error that they have in common."""
        routes = y["electricity_fleet"], y["electricity_models"], y["electricity_disclosure"]
        errors = column([distribution.sigma for distribution in COMMON_ERROR.values()]) * (SHARED_ERROR @ self.scores(3))
        log_total = weights(tuple(COMMON_ERROR)) @ errors
        for weight, route in zip(ROUTE_WEIGHT, routes):
            log_total += weight[:, None] * np.log(route)
        total = np.exp(log_total, out=log_total)
        y["electricity"][:] = total
        training = np.multiply(total, training_share)
        y["electricity_training"][:] = training
        np.subtract(total, training, out=y["electricity_inference"])
        np.multiply(training_share, 100, out=y["training_share"])
        y["growth"][:] = (total[YEAR[2025]] / total[YEAR[2021]]) ** (1 / 4)
        y["growth_ahead"][:] = (total[YEAR[2030]] / total[YEAR[2025]]) ** (1 / 5)
        np.divide(routes[0], routes[1], out=y["fleet_over_models"])
        np.divide(routes[0], routes[2], out=y["fleet_over_disclosure"])
        for year in (2023, 2024, 2025):
            y[f"electricity_{year}"][:] = total[YEAR[year]]
        return total

    def emissions(self, total, owner_share, y):
        """Location-based from the regions' mixes, and market-based by the owners' contracts."""
        location = broken_sticks(LOCATION, self.scores(3))
        np.multiply(total, location, out=y["electricity_region"])
        y["electricity_us_2023"][:] = y["electricity_region"][0, YEAR[2023]]
        drift = np.exp(FOSSIL_DRIFT.sd * self.scores() * AFTER_2025)
        factors = exp_affine(EMISSION_FACTOR, self.scores(len(FUELS)))
        siting = self.triangular(SITING_US), *exp_affine(SITING_OTHERS, self.scores(3))
        fossil = [i for i, fuel in enumerate(FUELS) if fuel in FOSSIL]
        clean = [i for i, fuel in enumerate(FUELS) if fuel not in FOSSIL]
        intensity = np.zeros_like(total)
        for region in range(len(REGIONS)):
            error = exp_affine([MIX_ERROR] * len(FUELS), self.scores(len(FUELS)))
            # Generation and emissions of all years are products of the table (year, fuel) with the errors (fuel, draw).
            mix = MIX_MEAN[region].T
            emitted = error * factors
            generation = (mix[:, fossil] @ error[fossil]) * drift + mix[:, clean] @ error[clean]
            emission = (mix[:, fossil] @ emitted[fossil]) * drift + mix[:, clean] @ emitted[clean]
            emission /= generation
            emission *= location[region]
            emission *= siting[region]
            intensity += emission
        y["intensity"][:] = intensity
        emissions = np.multiply(total, intensity * 1e-3, out=intensity)
        y["emissions"][:] = emissions
        market = sum(share * linear(UNMATCHED[owner], self.scores()) for owner, share in zip(OWNERS, owner_share))
        np.multiply(emissions, market, out=y["emissions_market"])
        np.divide(emissions * 1e6, self.draw(CAR_EMISSIONS), out=y["cars"])

    def equivalents(self, total, y):
        np.divide(total * 1e9, self.draw(HOME_USE), out=y["homes"])
        np.divide(total, self.draw(REACTOR_OUTPUT), out=y["reactors"])
        np.divide(total * 100, linear(WORLD_GENERATION, self.scores()), out=y["share_of_world"])
        for year, row in enumerate(total):
            using = np.sort([values[year] for values in COUNTRIES.values()])
            y["country_rank"][year] = 1 + len(using) - np.searchsorted(using, row, side="right")

    def comparisons(self, total, companies, y):
        bitcoin, data_centres = linear(BITCOIN, self.scores()), log_linear(DATA_CENTRES, self.scores())
        milestones = (column(COUNTRIES["ireland"]), companies["google"], bitcoin, column(ARGENTINA), data_centres / 3,
                      column(COUNTRIES["france"]), column(COUNTRIES["japan"]))
        for row, milestone in zip(y["first_year_above"], milestones, strict=True):
            row[:] = np.where(total > milestone, column(YEARS), 2031).min(axis=0)
        np.divide(total, bitcoin, out=y["electricity", "bitcoin[edition=revised_2023]"])
        np.divide(total, column(ARGENTINA), out=y["electricity", "argentina"])
        np.divide(total, data_centres, out=y["electricity", "data_centres"])
        np.divide(y["training_share"], 100 * TRAINING_SHARE_ARTICLE, out=y["training_share", "training_share_article"])
        servers = self.draw(SERVER_PART)
        y["electricity_us_2023", "lbnl_us_2023"][:] = y["electricity_us_2023"] * servers / self.draw(LBNL_US_2023)
        y["electricity_2023", "schneider_2023"][:] = total[YEAR[2023]] / SCHNEIDER_2023
        y["electricity_2024", "iea_2024"][:] = total[YEAR[2024]] * servers / self.draw(IEA_2024)
        y["electricity_2025", "de_vries_gao_2025"][:] = total[YEAR[2025]] * servers / self.draw(DE_VRIES_GAO_2025)
        for row, values in zip(y["electricity_2025", "companies[year=2025]"], companies.values(), strict=True):
            np.divide(total[YEAR[2025]], values[YEAR[2025]], out=row)
        y["delivered_2023", "de_vries_2023"][:] = y["delivered_2023"] / self.draw(DE_VRIES_2023)
