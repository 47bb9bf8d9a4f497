"""CSV tables of the program as pandas frames with the right types, and the units of their columns."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

INTEGER = re.compile(r"-?\d{1,18}")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|-?inf(?:inity)?|nan", re.IGNORECASE)

# Columns of words, even where every word of a table happens to be a number: the unit of a pure number is `1`.
WORDS = frozenset(
    "output unit input inputs conditioning reference name kind source note url quote claim verdict holds origin quality "
    "disclosable_by case group estimate first second first_input second_input latent parameter publisher formula "
    "observation left_out method index part basis dependence scope input_unit revealed condition".split()
)
COUNTS = frozenset("draws non_finite count rank step variant draw box boxes".split())
# Columns whose numbers do not have the unit of their row.
PURE = re.compile(
    r"probability.*|ratio_.*|width_ratio|weight|share|factor|factor_standard_error|p_value.*|z|cochran_q|heterogeneity_.*"
    r"|percentile.*|standardised_shift|posterior_sd_ratio|.*rank_correlation|curvature|draws|non_finite|count|rank|step"
)
VALUES = re.compile(
    r"mean|sd|mean_standard_error|p\d\d|min|max|value|low|high|difference(_standard_error)?|contribution|width_.*|reduction"
    r"|reading|observed.*|prior_p\d\d|posterior_p\d\d|predicted_p\d\d|reconciled_p\d\d|standard_error"
)
# Tables whose standard errors are those of a probability.
OF_PROBABILITY = frozenset(["comparisons", "outcomes", "route_differences", "learned_correlations", "learning"])


def column_unit(table: str, column: str, unit: str) -> str | None:
    """The unit of a column in rows whose column `unit` says `unit`, or None if it has no number, or an index's.

    >>> column_unit("histogram", "density", "GW"), column_unit("comparisons", "ratio_p50", "GW")
    ('1/(GW)', '1')
    """
    if column == "percent":
        return "percent"
    if column in ("bits", "surprise_bits", "surprise_standard_error") or (table, column) == ("learning", "standard_error"):
        return "bit"
    if column == "density":
        return f"1/({unit})"
    if PURE.fullmatch(column) or (column == "standard_error" and table in OF_PROBABILITY):
        return "1"
    if table == "indices" and column in ("value", "low", "high", "standard_error", "noise_floor"):
        return unit or "1"
    return unit if VALUES.fullmatch(column) else None


def index_name(column: str) -> str:
    """The index of a column; one called like another column of the table is written `index.NAME`."""
    return column.removeprefix("index.")


def index_column(frame: pd.DataFrame, index: str) -> str:
    """The column with the labels of an index."""
    return f"index.{index}" if f"index.{index}" in frame else index


def typed(name: str, column: pd.Series, labels: list[str] | None = None) -> pd.Series:
    """A column of texts with its type: labels and counts, numbers, true and false, or categories.

    A whole number is an `int64`, or an `Int64` if cells are blank; other numbers are `float64`. `labels` are those of an
    index, in order.
    """
    filled = column[column != ""]
    is_blank = len(filled) < len(column)
    if labels is not None and not all(NUMBER.fullmatch(label) for label in labels):
        return column.where(column != "").astype(pd.CategoricalDtype(labels, ordered=False))
    is_whole = labels is not None or name in COUNTS
    if is_whole and all(INTEGER.fullmatch(cell) for cell in (labels if labels is not None else filled)):
        return column.where(column != "").astype("Int64") if is_blank else column.astype("int64")
    if labels is None and name in WORDS:
        return column.where(column != "").astype(pd.CategoricalDtype(list(dict.fromkeys(filled))))
    if len(filled) and set(filled.unique()) <= {"true", "false"}:
        return column.map({"true": True, "false": False}).astype("boolean" if is_blank else "bool")
    if filled.map(lambda cell: NUMBER.fullmatch(cell) is not None).all():
        return column.where(column != "", "nan").astype("float64")
    return column.where(column != "").astype("str")


def read(path: str | os.PathLike[str], indexes: Mapping[str, list[str]]) -> pd.DataFrame:
    """A table of the program with the right types. Labels such as `NA` stay labels; blank cells are missing values."""
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    # A table may have a column of its own with the name of an index, which is then in `index.NAME`.
    own = {index_name(column) for column in frame.columns if column.startswith("index.")}
    for column in frame.columns:
        labels = None if column in own else indexes.get(index_name(column))
        if labels is not None and not set(frame[column].unique()) <= {*labels, ""}:
            labels = None
        frame[column] = typed(column, frame[column], labels)
    return frame


def column_units(frame: pd.DataFrame, table: str, unit: str, indexes: Mapping[str, Any]) -> dict[str, str]:
    """The units of the columns with numbers, other than labels, in rows whose unit is `unit`."""
    own = [c for c in frame.columns if f"index.{c}" in frame or index_name(c) not in indexes]
    numbers = [c for c in own if pd.api.types.is_numeric_dtype(frame[c])]
    return {c: found for c in numbers if (found := column_unit(table, c, unit)) is not None}


def describe(frame: pd.DataFrame, table: str, about: dict[str, Any], indexes: Mapping[str, Any]) -> pd.DataFrame:
    """Adds units and origin to a frame's `attrs`: `unit` and the `units` of columns if all rows have the same unit,
    otherwise the `units` of outputs."""
    units = list(frame["unit"].dropna().astype("str").unique()) if "unit" in frame else []
    frame.attrs.update(about)
    if len(units) == 1:
        frame.attrs["unit"] = units[0]
        frame.attrs["units"] = column_units(frame, table, units[0], indexes)
    elif units and "output" in frame:
        pairs = frame[["output", "unit"]].drop_duplicates().itertuples(index=False)
        frame.attrs["units"] = {str(output): str(unit) for output, unit in pairs}
    elif not units:
        frame.attrs["units"] = column_units(frame, table, "", indexes)
    return frame
