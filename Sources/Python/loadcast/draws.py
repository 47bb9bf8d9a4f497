"""Exported draws as a memory-mapped matrix with names."""

from __future__ import annotations

import csv
import json
import pathlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

CELL = re.compile(r"([^\[]+)\[(.*)\]", re.DOTALL)


@dataclass(frozen=True)
class Draws:
    """Draws: one row a draw, one column a cell of an input or output, named as in `pue[2025]`.

    NumPy functions take it as the matrix.
    """

    matrix: npt.NDArray[np.float64]
    """The numbers, mapped from a file: only what is used is read."""
    names: tuple[str, ...]
    units: tuple[str, ...]
    indexes: Mapping[str, list[str]]

    @staticmethod
    def read(folder: pathlib.Path, indexes: Mapping[str, list[str]]) -> Draws:
        """The draws in a folder of results."""
        if not (folder / "draws.npy").is_file():
            raise FileNotFoundError("the run has no draws; ask for them with run(..., export_draws=10_000)")
        columns = json.loads((folder / "draws.json").read_text("utf-8"))["columns"]
        matrix = np.load(folder / "draws.npy", mmap_mode="r", allow_pickle=False)
        return Draws(matrix, tuple(c["name"] for c in columns), tuple(c["unit"] for c in columns), indexes)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.matrix, dtype=dtype) if copy else np.asarray(self.matrix, dtype=dtype)

    def __len__(self) -> int:
        return len(self.matrix)

    def __getitem__(self, name: str) -> npt.NDArray[np.float64]:
        """The column of a cell, such as `pue[2025]`; of a name over an index, the matrix of all its cells."""
        if name in self.names:
            column: npt.NDArray[np.float64] = self.matrix[:, self.names.index(name)]
            return column
        places = [i for i, cell in enumerate(self.names) if parts(cell)[0] == name]
        if not places:
            raise KeyError(f"there are no draws of `{name}`")
        cells: npt.NDArray[np.float64] = self.matrix[:, places[0] : places[-1] + 1]
        return cells

    def frame(self) -> pd.DataFrame:
        """All draws as a frame, with the units of its columns in `attrs`."""
        import pandas as pd

        frame = pd.DataFrame(np.asarray(self.matrix), columns=list(self.names))
        frame.attrs["units"] = dict(zip(self.names, self.units, strict=True))
        frame.index.name = "draw"
        return frame


def parts(cell: str) -> tuple[str, tuple[str, ...]]:
    """The name and the labels of a cell.

    >>> parts("shipments[volta,2015]")
    ('shipments', ('volta', '2015'))
    """
    match = CELL.fullmatch(cell)
    return (match[1], tuple(next(csv.reader([match[2]])))) if match else (cell, ())
