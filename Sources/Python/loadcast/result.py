"""The files of one command as frames, arrays, draws and a page."""

from __future__ import annotations

import functools
import json
import os
import pathlib
import shutil
import weakref
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from loadcast import _show

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import xarray as xr

    from loadcast.charts import Chart
    from loadcast.draws import Draws
    from loadcast.report import Report


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables of a result by name, each read when it is first asked for."""

    def __init__(self, names: list[str], load: Callable[[str], pd.DataFrame]) -> None:
        self._names, self._load = names, load

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._names:
            raise KeyError(f"there is no table `{name}`; there are {', '.join(self._names) or 'none'}")
        return self._load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"Tables({', '.join(self._names)})"


class Result:
    """What a command has computed. Its files are in `folder`.

    Without `out=`, that is a temporary folder, which is removed with the result. Draws and frames that were taken from it
    stay usable.
    """

    def __init__(
        self,
        command: str,
        folder: pathlib.Path,
        data: dict[str, Any],
        messages: str = "",
        scratch: pathlib.Path | None = None,
        frames: Mapping[str, Callable[[], pd.DataFrame]] | None = None,
        page: Callable[[], pathlib.Path] | None = None,
    ) -> None:
        self.command = command
        self.folder = folder
        """The folder with the files of the result."""
        self.data = data
        """What `--json` prints."""
        self.messages = messages
        """What the program wrote to standard error: warnings and notes."""
        self._frames, self._page = dict(frames or {}), page
        self._loaded: dict[str, pd.DataFrame] = {}
        self._finalizer = weakref.finalize(self, _remove, scratch, os.getpid())

    def close(self) -> None:
        """Removes the temporary folder now."""
        self._finalizer()

    def __enter__(self) -> Result:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __reduce__(self) -> Any:
        raise TypeError("a Result belongs to the process that made it; pass its tables, or use out= and pass the folder")

    @functools.cached_property
    def record(self) -> dict[str, Any]:
        """The scenario, version and settings behind the result, with every input, its value, unit and source."""
        for name in ("record.json", f"{self.command}-record.json"):
            if self.command not in ("check", "describe", "draw") and (self.folder / name).is_file():
                found: dict[str, Any] = json.loads((self.folder / name).read_text("utf-8"))
                return found
        return self.data

    @property
    def title(self) -> str:
        """The scenario's title."""
        return str(self.record.get("title") or "")

    @property
    def indexes(self) -> dict[str, list[str]]:
        """The labels of each index, in their order."""
        return {index["name"]: index["labels"] for index in self.record.get("indexes", [])}

    @functools.cached_property
    def tables(self) -> Tables:
        """All tables by name."""
        listed = ["waterfall.csv"] if self.command == "draw" else []
        if "files" in self.record and self.record is not self.data:
            listed = [file["path"] for file in self.record["files"]]
        names = [name[:-4] for name in listed if name.endswith(".csv") and not name.endswith(".excel.csv")]
        names = [name for name in names if name != "draws" and (self.folder / f"{name}.csv").is_file()]
        more = ["draws"] if (self.folder / "draws.npy").is_file() and "draws.npy" in listed else []
        return Tables([*self._frames, *names, *more], self._load)

    def table(self, name: str | None = None, output: str | None = None) -> pd.DataFrame:
        """A table as a frame, by default the first.

        Index labels that are whole numbers, such as years, are integers; other labels and names are categories; numbers
        are floats. `attrs` has `unit` and `units`. With `output`, only its rows, without the columns of other indexes.

        >>> import loadcast
        >>> result = loadcast.run("title: A\\ninputs: {a: 1 MW to 2 MW}\\noutputs: {a: {unit: MW}}", draws=10_000)
        >>> frame = result.table("summary", output="a")
        >>> print(f"{frame.p50[0]:.2f} {frame.attrs['unit']}")
        1.41 MW
        """
        if name is None:
            name = next(iter(self.tables), "")
        frame = self.tables[name]
        if output is None:
            return frame.copy()
        column = next((c for c in ("output", "estimate", "input") if c in frame), None)
        if column is None or not (frame[column].astype("str") == output).any():
            known = "" if column is None else ": " + ", ".join(map(str, frame[column].dropna().unique()[:50]))
            raise KeyError(f"table `{name}` has no `{output}`{known}")
        part = frame[frame[column].astype("str") == output].reset_index(drop=True)
        from loadcast import tables

        indexes = set(self.indexes)
        for label in [c for c in part if tables.index_name(str(c)) in indexes]:
            if part[label].isna().all():
                part = part.drop(columns=label)
            elif str(part[label].dtype) == "Int64":
                part[label] = part[label].astype("int64")
        part.attrs = {k: v for k, v in frame.attrs.items() if k not in ("unit", "units")}
        return tables.describe(part, name, {}, self.indexes)

    def _load(self, name: str) -> pd.DataFrame:
        if name not in self._loaded:
            from loadcast import tables

            if name == "draws":
                self._loaded[name] = self.draws().frame()
            elif name in self._frames:
                self._loaded[name] = self._frames[name]()
            else:
                frame = tables.read(self.folder / f"{name}.csv", self.indexes)
                self._loaded[name] = tables.describe(frame, name, self._about(), self.indexes)
        return self._loaded[name]

    def _about(self) -> dict[str, Any]:
        names = ("title", "engine", "digest", "draws", "seed", "design")
        return {name: self.record[name] for name in names if self.record.get(name) is not None}

    def xarray(self, table: Literal["quantiles", "summary", "draws"] = "quantiles") -> xr.Dataset:
        """The outputs as labelled arrays: one variable an output, one dimension an index, with unit and source.

        The last dimension is `probability` for quantiles and `statistic` for the summary; for draws, the first is
        `draw`, and the inputs are variables too.
        """
        from loadcast import arrays

        return arrays.dataset(self, table)

    def draws(self) -> Draws:
        """The draws of `run(..., export_draws=N)` as a memory-mapped matrix with names and units."""
        from loadcast.draws import Draws

        return Draws.read(self.folder, self.indexes)

    def report(self) -> Report:
        """The report page with charts, comparisons and assumptions; a notebook shows it in a sandboxed frame.

        It is made by a second run with the same settings, unless the first had `format="html"`.
        """
        from loadcast.report import Report

        if self._page is None:
            raise ValueError(f"{self.command}() has no report; run() has")
        return Report(self._page())

    def chart(self, output: str | None = None, kind: Literal["fan", "density"] | None = None, **labels: Any) -> Chart:
        """A chart of an output, which `save` writes as PNG, SVG or PDF (extra `charts`).

        A `fan` shows the median and the 50 % and 90 % intervals over a numeric index, a `density` the distribution in
        one cell. `labels` chooses the labels of the other indexes, as in `year=2030`; by default it is the last of a
        numeric index and the first of any other.
        """
        from loadcast import charts

        return charts.chart(self, output, kind, labels)

    def parquet(self, path: str | os.PathLike[str], table: str | None = None, output: str | None = None) -> None:
        """Writes a table as Parquet, with the units in the metadata of its fields (extra `arrow`)."""
        from loadcast import parquet

        parquet.write(self, path, table, output)

    def excel(self, path: str | os.PathLike[str]) -> None:
        """Writes all tables as an Excel workbook: a sheet each, a row of units, a sheet of sources (extra `excel`)."""
        from loadcast import workbook

        workbook.write(self, path)

    def __repr__(self) -> str:
        return f"<Result of {self.command}: {self.title!r}, tables {', '.join(self.tables) or 'none'}>"

    def _repr_html_(self) -> str:
        return _show.result(self)


def _remove(folder: pathlib.Path | None, process: int) -> None:
    # A forked process ends with copies of its parent's results, and must not remove them.
    if folder is not None and os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
