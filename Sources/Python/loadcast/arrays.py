"""Results as xarray datasets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import xarray as xr

from loadcast import tables
from loadcast.draws import parts

if TYPE_CHECKING:
    from loadcast.result import Result

STATISTICS = ["mean", "sd", "mean_standard_error", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "min", "max"]


OWN = {"probability", "statistic", "draw", "conditioning"}


def dataset(result: Result, table: str) -> xr.Dataset:
    """The outputs of a run; see `Result.xarray`."""
    if result.command != "run":
        raise ValueError(f"{result.command}() has no outputs over indexes; run() has")
    if table == "draws":
        found = _draws(result)
    elif table in ("quantiles", "summary"):
        found = _statistics(result, table)
    else:
        raise ValueError(f"`{table}` is not one of quantiles, summary and draws")
    for index in result.indexes:
        dim = _dimensions([index], result)[0]
        # Outputs over some of an index's labels share its coordinate: all labels in use, in the scenario's order.
        used = {label for array in found.values() if dim in array.dims for label in array[dim].values.tolist()}
        order = [label for label in _labels(result.indexes[index]).tolist() if label in used]
        for name, array in found.items():
            if dim in array.dims and array[dim].values.tolist() != order:
                found[name] = array.reindex({dim: np.array(order, dtype=array[dim].dtype)})
    names = ("title", "engine", "digest", "draws", "seed", "design", "conditioning")
    about = {name: result.record[name] for name in names if result.record.get(name) is not None}
    return xr.Dataset(found, attrs=about)


def _labels(labels: Sequence[str]) -> Any:
    """The labels of an index: integers or floats if all are, otherwise texts."""
    if all(tables.INTEGER.fullmatch(label) for label in labels):
        return np.array([int(label) for label in labels])
    if all(tables.NUMBER.fullmatch(label) for label in labels):
        return np.array([float(label) for label in labels])
    return np.array(labels, dtype=object)


def _attributes(result: Result, name: str, unit: str) -> dict[str, Any]:
    """Unit, source, note and formula of an input or output."""
    entries = [e for kind in ("inputs", "equations", "outputs") for e in result.record.get(kind, []) if e["name"] == name]
    found: dict[str, Any] = {"unit": unit}
    for key in ("source", "note", "formula"):
        if text := next((e[key] for e in entries if e.get(key)), None):
            found[key] = text
    for key, text in next((e["scope"] for e in entries if e.get("scope")), {}).items():
        found[f"scope_{key}"] = text
    return found


def _statistics(result: Result, table: str) -> dict[str, xr.DataArray]:
    frame = result.tables[table]
    last = "probability" if table == "quantiles" else "statistic"
    if table == "summary":
        kept = [c for c in frame.columns if c not in STATISTICS and c not in ("draws", "non_finite")]
        frame = frame.melt(kept, STATISTICS, "loadcast.statistic", "loadcast.value")
        column, value = "loadcast.statistic", "loadcast.value"
    else:
        column, value = "probability", "value"
    found = {}
    for output, rows in frame.groupby("output", sort=False, observed=True):
        entry = next(o for o in result.record["outputs"] if o["name"] == output)
        dims = list(entry["indexes"])
        columns = [tables.index_column(frame, dim) for dim in dims]
        dims = [*_dimensions(dims, result), _own(last, result)]
        if "conditioning" in frame and rows["conditioning"].nunique() > 1:
            dims, columns = [_own("conditioning", result), *dims], ["conditioning", *columns]
        found[str(output)] = _array(rows, columns + [column], value, dims)
        found[str(output)].attrs = _attributes(result, str(output), entry["unit"])
    return found


def _dimensions(names: list[str], result: Result) -> list[str]:
    """The dimensions of indexes; one called like a variable or a dimension of this package is `index.NAME`."""
    taken = {e["name"] for kind in ("inputs", "equations", "outputs") for e in result.record.get(kind, [])}
    return [f"index.{name}" if name in taken | OWN else name for name in names]


def _own(name: str, result: Result) -> str:
    """A dimension of this package, with an underscore after it if a variable has its name."""
    return name + "_" if any(e["name"] == name for k in ("inputs", "equations") for e in result.record.get(k, [])) else name


def _array(rows: pd.DataFrame, columns: list[str], value: str, dims: list[str]) -> xr.DataArray:
    """A dense array of the rows, whose labels keep their order in the table."""
    coordinates = [list(dict.fromkeys(rows[column])) for column in columns]
    values = np.full([len(labels) for labels in coordinates], np.nan)
    places = [pd.Index(labels).get_indexer(pd.Index(rows[column])) for column, labels in zip(columns, coordinates)]
    values[tuple(places)] = rows[value].to_numpy()
    arrays = {d: np.array(u, dtype=object if isinstance(u[0], str) else None) for d, u in zip(dims, coordinates)}
    return xr.DataArray(values, dims=dims, coords=arrays)


def _draws(result: Result) -> dict[str, xr.DataArray]:
    draws = result.draws()
    over = {e["name"]: e["indexes"] for kind in ("inputs", "equations") for e in result.record.get(kind, [])}
    cells: dict[str, list[int]] = {}
    for place, cell in enumerate(draws.names):
        cells.setdefault(parts(cell)[0], []).append(place)
    found = {}
    for name, places in cells.items():
        labels = [parts(draws.names[place])[1] for place in places]
        dims = list(over.get(name, []))[: len(labels[0])]
        lists = [list(dict.fromkeys(label)) for label in zip(*labels)]
        shape = [len(part) for part in lists]
        block = draws.matrix[:, places[0] : places[-1] + 1]
        if int(np.prod(shape)) != len(places):
            # A table without a row for every combination of labels: the others are missing values.
            full = np.full((len(draws), *shape), np.nan)
            at: tuple[Any, ...] = tuple(np.array([part.index(label[k]) for label in labels]) for k, part in enumerate(lists))
            full[(slice(None), *at)] = block
            block = full
        coords = {dim: _labels(part) for dim, part in zip(_dimensions(dims, result), lists)}
        array = xr.DataArray(block.reshape(len(draws), *shape), dims=[_own("draw", result), *coords], coords=coords)
        found[name] = array.assign_attrs(_attributes(result, name, draws.units[places[0]]))
    return found
