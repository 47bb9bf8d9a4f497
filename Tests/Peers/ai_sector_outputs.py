"""The outputs of the AI sector's peers: a row of draws for every cell of an output and of a comparison, and their statistics."""
import numpy as np

from ai_sector import COMPANIES, MILESTONES, PUBLISHERS, REGIONS, WORKS, YEARS

INDEXES = {"company": COMPANIES, "milestone": MILESTONES, "publisher": PUBLISHERS, "region": REGIONS, "work": WORKS,
           "year": YEARS}
OUTPUTS = {
    "electricity": ("year",), "electricity_fleet": ("year",), "electricity_models": ("year",),
    "electricity_disclosure": ("year",), "electricity_by_publisher": ("publisher", "year"), "emissions": ("year",),
    "emissions_market": ("year",), "intensity": ("year",), "electricity_training": ("year",),
    "electricity_inference": ("year",), "training_share": ("year",), "work_share": ("work", "year"),
    "electricity_region": ("region", "year"), "rated_power": ("year",), "publisher_ai": ("publisher", "year"),
    "growth": (), "growth_ahead": (), "country_rank": ("year",), "first_year_above": ("milestone",),
    "share_of_world": ("year",), "homes": ("year",), "cars": ("year",), "reactors": ("year",),
    "fleet_over_models": ("year",), "fleet_over_disclosure": ("year",), "final_runs_over_fleet": ("year",),
    "electricity_us_2023": (), "electricity_2023": (), "electricity_2024": (), "electricity_2025": (), "delivered_2023": (),
}
# (output, reference): the ratio of the two
COMPARISONS = {
    ("electricity", "bitcoin[edition=revised_2023]"): ("year",), ("electricity", "argentina"): ("year",),
    ("electricity", "data_centres"): ("year",), ("training_share", "training_share_article"): ("year",),
    ("electricity_us_2023", "lbnl_us_2023"): (), ("electricity_2023", "schneider_2023"): (),
    ("electricity_2024", "iea_2024"): (), ("electricity_2025", "de_vries_gao_2025"): (),
    ("electricity_2025", "companies[year=2025]"): ("company",), ("delivered_2023", "de_vries_2023"): (),
}
PROBABILITIES = (0.05, 0.5, 0.95)
# Quantiles are reported at probabilities up to eight standard errors from these, so that a comparison can find the
# probability of another program's quantile.
OFFSETS = np.arange(-16, 17) / 2


def shape(indexes):
    return tuple(len(INDEXES[name]) for name in indexes)


def layout():
    """key -> (rows, shape), and the number of rows."""
    made, next_row = {}, 0
    for key, indexes in (OUTPUTS | COMPARISONS).items():
        size = int(np.prod(shape(indexes), dtype=int))
        made[key] = slice(next_row, next_row + size), shape(indexes)
        next_row += size
    return made, next_row


LAYOUT, ROWS = layout()


def views(matrix):
    """key -> draws (label, …, draw) of the matrix (row, draw)."""
    return {key: matrix[rows].reshape(*size, matrix.shape[1]) for key, (rows, size) in LAYOUT.items()}


def cells():
    """The output, the reference or nothing, and the labels of each row."""
    for key, indexes in (OUTPUTS | COMPARISONS).items():
        output, reference = key if isinstance(key, tuple) else (key, "")
        for place in np.ndindex(shape(indexes)):
            yield output, reference, {name: str(INDEXES[name][i]) for name, i in zip(indexes, place)}


def probes(draws):
    """The reported probabilities (probability, offset)."""
    p = np.array(PROBABILITIES)[:, None]
    return np.clip(p + OFFSETS * np.sqrt(2 * p * (1 - p) / draws), 0, 1)


def results(statistics, draws):
    """statistics: for each row its mean, standard deviation, quantiles at `probes`, and probability above 1."""
    return {
        "draws": draws,
        "probes": probes(draws).tolist(),
        "cells": [{"output": output, "reference": reference, "labels": labels, "mean": float(mean), "sd": float(sd),
                   "quantiles": np.reshape(quantiles, (len(PROBABILITIES), -1)).tolist(), "above_1": float(above)}
                  for (output, reference, labels), (mean, sd, quantiles, above) in zip(cells(), statistics, strict=True)],
    }
