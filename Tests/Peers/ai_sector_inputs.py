"""The inputs of scenarios/benchmarks/ai-sector-2026-11: a distribution, or distributions by anchor year, for each."""
from ai_sector import *

# Fleet
SHIPMENTS = table("shipments", "accelerator", "vintage")
SHIPMENTS_CORRELATION = 0.6     # of neighbouring vintages
CHIP_POWER = {
    "volta": {2015: interval(170, 290)},
    "ampere": {2015: interval(330, 410)},
    "hopper": {2015: interval(560, 690)},
    "blackwell": {2024: interval(1000, 1200), 2025: interval(1050, 1300), 2026: interval(1150, 1500)},
    "custom": {2015: interval(50, 120), 2019: interval(150, 290), 2022: interval(130, 240), 2024: interval(160, 310),
               2026: interval(350, 700)},
    "card": {2018: interval(60, 110), 2023: interval(90, 210), 2025: interval(150, 350)},
    "ascend": {2015: interval(280, 420)},
}
CHIP_POWER_MATRIX = exchangeable(7, 0.3)
BUILD_OUT = {2027: interval(0.80, 1.55), 2030: interval(0.70, 1.20)}
COMMISSIONING = {2025: beta(0.10, 0.50), 2027: beta(0.15, 0.60)}
SERVICE_LIFE = interval(3.5, 8)
LIFE_SHAPE = interval(1.5, 4)
SERVER_OVERHEAD = [interval(1.35, 1.95), interval(1.50, 2.05), interval(1.45, 1.85), interval(1.40, 1.75),
                   interval(1.30, 1.85), interval(1.7, 3.5), interval(1.50, 2.10)]
CLUSTER_OVERHEAD = interval(1.08, 1.20)
LOAD_FACTOR = [beta(0.25, 0.60), beta(0.27, 0.62), beta(0.28, 0.66), beta(0.28, 0.66), beta(0.30, 0.66),
               beta(0.15, 0.48), beta(0.20, 0.60)]
LIFE_AND_LOAD_MATRIX = joined(-0.3, exchangeable(7, 0.7))
LOAD_DECLINE = 0.08             # uniform from 0
AI_SHARE = [beta(0.70, 0.95), beta(0.82, 0.97), beta(0.92, 0.99), beta(0.92, 0.99), beta(0.95, 0.995),
            beta(0.45, 0.85), beta(0.80, 0.97)]
AI_SHARE_MATRIX = exchangeable(7, 0.5)
PROCESSOR_SHARE = {2019: interval(0.20, 1.50), 2022: interval(0.08, 0.40), 2025: interval(0.03, 0.15),
                   2030: interval(0.01, 0.08)}
PUE = {2019: shifted(0.10, 0.55), 2025: shifted(0.08, 0.40), 2030: shifted(0.06, 0.36)}

# Models
RUNS = table("model_runs", "class", "year")
PARAMETERS = table("model_parameters", "class", "year")
TOKENS = table("model_tokens", "class", "year")
SIZE_MATRIX = exchangeable(2, 0.3)      # parameters and tokens of a class
RETRAININGS = Triangular(1, 1.3, 3)
FINAL_SHARE, UNLISTED = beta(0.10, 0.55), interval(0.2, 3)
HIDDEN_MATRIX = exchangeable(2, 0.4)    # final share and unlisted runs
FINE_TUNING = interval(0.02, 0.3)
IDLE_OVERHEAD = interval(0.1, 0.6)
MFU = {2019: beta(0.12, 0.42), 2022: beta(0.20, 0.52), 2030: beta(0.22, 0.55)}
PEAK_EFFICIENCY = {2019: interval(0.27e12, 0.45e12), 2021: interval(0.42e12, 0.80e12), 2023: interval(0.75e12, 1.41e12),
                   2025: interval(1.1e12, 2.2e12), 2030: interval(3e12, 8e12)}
TRAINING_DRAW = beta(0.60, 0.82)
RECOMMENDERS_2021 = interval(3, 11)
RECOMMENDERS_GROWTH = interval(1.08, 1.32)
RECOMMENDERS_TRAINING_SHARE = beta(0.20, 0.45)
QUERIES = {2019: interval(1e6, 20e6), 2022: interval(10e6, 150e6), 2023: interval(300e6, 1.5e9), 2024: interval(1.2e9, 8e9),
           2025: interval(5e9, 35e9)}
QUERY_GROWTH = interval(1.25, 1.85)
QUERY_MEDIAN = table("query_energy", "kind", "year")
QUERIES_MATRIX = joined(-0.3, exchangeable(3, 0.5))
KIND_SHARE = {2019: sticks((97, 1, 2), 100), 2024: sticks((93, 4, 3), 60), 2025: sticks((85, 11, 4), 40),
              2030: sticks((55, 36, 9), 12)}
MEAN_OVER_MEDIAN = interval(1.5, 5)

# Disclosure and market
REPORTED = table("company_electricity", "company", "year")
PUBLISHER_GROWTH = [interval(1.10, 1.38), interval(1.10, 1.38), interval(1.05, 1.38)]
_growth = np.eye(4)             # of queries and of publishers
_growth[1:, 1:] = exchangeable(3, 0.6)
GROWTH_MATRIX = joined(0.5, _growth)
PUBLISHER_AI_SHARE = [beta(0.10, 0.15), beta(0.03, 0.12), beta(0.12, 0.32)]
PUBLISHER_OTHER_GROWTH = [interval(1.06, 1.20), interval(1.15, 1.35), interval(1.10, 1.30)]
OTHER_GROWTH_MATRIX = exchangeable(3, 0.3)
OWNER_SHARE = {2019: sticks((24, 9, 17, 12, 38), 30), 2021: sticks((22, 10, 17, 12, 39), 40),
               2023: sticks((20, 13, 12, 10, 45), 70), 2025: sticks((20, 13, 10, 11, 46), 80),
               2030: sticks((18, 13, 10, 12, 47), 30)}
UNMATCHED = {
    "google": {2019: 0.155, 2021: 0.277, 2023: 0.370, 2024: 0.271, 2025: beta(0.22, 0.36), 2030: beta(0.04, 0.40)},
    "microsoft": {2019: 0.077, 2021: 0.035, 2023: 0.049, 2024: 0.026, 2025: beta(0.005, 0.05), 2030: beta(0.005, 0.12)},
    "meta": {2019: beta(0.05, 0.20), 2020: 0.001, 2024: 0.001, 2030: beta(0.001, 0.06)},
    "amazon": {2019: beta(0.45, 0.62), 2021: beta(0.14, 0.28), 2023: beta(0.14, 0.24), 2025: beta(0.08, 0.24),
               2030: beta(0.02, 0.22)},
    "others": {2019: beta(0.75, 0.98), 2025: beta(0.60, 0.95), 2030: beta(0.45, 0.92)},
}

# The mean of the routes
ROUTE_WEIGHT = np.stack([
    np.interp(YEARS, (2019, 2022, 2025, 2030), values)
    for values in ((0.30, 0.35, 0.50, 0.70), (0.25, 0.25, 0.10, 0.10), (0.45, 0.40, 0.40, 0.20))])
COMMON_ERROR = {2019: Lognormal(0, math.log(1.25)), 2025: Lognormal(0, math.log(1.15)), 2030: Lognormal(0, math.log(1.25))}
COMMON_ERROR_MATRIX = autoregressive(3, 0.5)

# Grid
LOCATION = {2019: sticks((52, 21, 15, 12), 25), 2025: sticks((64, 14, 11, 11), 30), 2030: sticks((60, 15, 12, 13), 15)}
_mix = table("grid_mix", "region", "fuel", "year")
MIX_MEAN = np.array([[np.interp(YEARS, *zip(*sorted(_mix[region][fuel].items()))) for fuel in FUELS] for region in REGIONS])
MIX_ERROR = interval(0.80, 1.25)
FOSSIL_DRIFT = Normal(0, 0.05 / NormalDist().inv_cdf(0.95))
SITING_US = Triangular(0.85, 1.05, 1.45)
SITING_OTHERS = [interval(0.85, 1.12), interval(0.85, 1.20), interval(0.90, 1.12)]
EMISSION_FACTOR = [interval(820, 1080), interval(430, 620), interval(547, 935), interval(4, 20), interval(6, 100),
                   interval(7, 25), interval(18, 80), interval(60, 420)]

# Equivalents and references
HOME_USE = interval(10300, 10800)           # kWh/year
CAR_EMISSIONS = interval(3.9, 4.9)          # t/year
REACTOR_OUTPUT = interval(6.6, 8.2)
SERVER_PART = beta(0.72, 0.86)
BITCOIN = table("bitcoin", "edition", "year")["revised_2023"]
ARGENTINA = np.interp(YEARS, *zip(*sorted(table("argentina", "year").items())))
_countries = table("countries", "country", "year")
COUNTRIES = {name: np.interp(YEARS, *zip(*sorted(rows.items()))) for name, rows in _countries.items()}
DATA_CENTRES = {2019: interval(220, 260), 2024: interval(370, 460), 2025: interval(430, 540), 2030: interval(700, 1250)}
WORLD_GENERATION = {2019: 26832, 2020: 26723, 2021: 28259, 2022: 28918, 2023: 29665, 2024: 30930, 2025: 31772,
                    2030: interval(35500, 39500)}
TRAINING_SHARE_ARTICLE = 0.40
LBNL_US_2023 = interval(32, 48)
SCHNEIDER_2023 = 39
DE_VRIES_2023 = interval(5.7, 8.9, within=0.99)
IEA_2024 = interval(42, 83)
DE_VRIES_GAO_2025 = interval(46, 82)
