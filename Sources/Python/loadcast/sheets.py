"""Sheets of spreadsheets as frames whose CSV a scenario can read (extra `excel`)."""

from __future__ import annotations

import datetime
import os
import pathlib
from typing import TYPE_CHECKING, Any

from loadcast.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


def sheet(path: str | os.PathLike[str], name: str | int = 0, *, skip_rows: int = 0) -> pd.DataFrame:
    """A sheet of an .xlsx, .xls, .xlsb or .ods file as a frame of texts, as a CSV table of a scenario wants them.

    The first row, after `skip_rows`, has the names of the columns. Whole numbers have no decimal point (`2025`, which
    spreadsheets keep as 2025.0), dates are written as `2025-04-30`, blank cells are empty texts. Formulas are their last
    computed values. Rows and columns without any value are left out.

        table = loadcast.sheet("fleet.ods", "Shipments")
        loadcast.run(text, tables={"fleet.csv": table})
    """
    import pandas as pd

    try:
        import python_calamine
    except ImportError:
        raise ImportError("reading spreadsheets needs python-calamine: install the extra `excel`") from None
    if not pathlib.Path(path).is_file():
        raise FileNotFoundError(f"there is no file {os.fspath(path)!r}")
    try:
        book = python_calamine.CalamineWorkbook.from_path(os.fspath(path))
    except python_calamine.CalamineError as error:
        raise UsageError(f"{os.fspath(path)!r} is not a spreadsheet: {error}") from None
    names = book.sheet_names
    if isinstance(name, str) and name not in names or isinstance(name, int) and not 0 <= name < len(names):
        raise UsageError(f"{os.fspath(path)!r} has no sheet {name!r}; it has {', '.join(map(repr, names))}")
    found = book.get_sheet_by_name(name) if isinstance(name, str) else book.get_sheet_by_index(name)
    rows = [[_text(cell) for cell in row] for row in found.to_python(skip_empty_area=True)[skip_rows:]]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise UsageError(f"sheet {name!r} of {os.fspath(path)!r} is empty")
    kept = [at for at in range(len(rows[0])) if any(row[at] for row in rows)]
    header = [rows[0][at] for at in kept]
    if "" in header or len(set(header)) < len(header):
        raise UsageError(f"the first row of sheet {name!r} has a blank or repeated name: {header}; skip_rows= skips rows")
    return pd.DataFrame([[row[at] for at in kept] for row in rows[1:]], columns=header, dtype="str")


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell).strip()
