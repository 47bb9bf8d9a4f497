"""All tables of a result as one Excel workbook (extra `excel`)."""

from __future__ import annotations

import datetime
import math
import os
from typing import TYPE_CHECKING, Any

from loadcast import tables
from loadcast._files import replacing
from loadcast.errors import printable

if TYPE_CHECKING:
    import pandas as pd

    from loadcast.result import Result

# Excel's own limits.
MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767
SOURCES = ["name", "kind", "unit", "value", "source", "note", "quality", "disclosable_by", "origin"]


def write(result: Result, path: str | os.PathLike[str]) -> None:
    """Writes the workbook. Every text is a text, also one that begins with `=`, `+`, `-` or `@`, and never a link."""
    try:
        import xlsxwriter
    except ImportError:
        raise ImportError("Excel workbooks need XlsxWriter: install the extra `excel`") from None
    for name, frame in result.tables.items():
        if len(frame) + 2 > MOST_ROWS:
            raise ValueError(f"table `{name}` has {len(frame):,} rows, and a sheet holds {MOST_ROWS:,}; use parquet()")
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replacing(path) as draft, xlsxwriter.Workbook(draft, plain) as book:
        # Excel's field for the title holds 255 characters. The time is that of the run, so that bytes do not change.
        created = result.record.get("time", {}).get("finished", "2000-01-01T00:00:00Z")
        title = printable(result.title)[:255]
        book.set_properties({"title": title, "created": datetime.datetime.fromisoformat(created.rstrip("Z"))})
        styles = {"head": book.add_format({"bold": True}), "unit": book.add_format({"italic": True, "font_color": "#666666"})}
        for name, frame in result.tables.items():
            rows = [list(row) for row in frame.itertuples(index=False)]
            _sheet(book.add_worksheet(name[:31]), [*map(str, frame.columns)], _units(result, name, frame), rows, styles)
        _sheet(book.add_worksheet("sources"), SOURCES, [""] * len(SOURCES), _sources(result), styles)


def _units(result: Result, name: str, frame: pd.DataFrame) -> list[str]:
    """The unit of each column; `see unit` if each row has its own."""
    units = frame.attrs.get("units", {})
    if "unit" in frame and "unit" not in frame.attrs:
        units = tables.column_units(frame, name, "see unit", result.indexes)
    return [str(units.get(column, "")) for column in frame.columns]


def _sources(result: Result) -> list[list[Any]]:
    """A row for each value of an input or reference."""
    rows = []
    for entry in result.record.get("inputs", []):
        if not isinstance(entry, dict):  # The JSON of some commands lists only names.
            continue
        for value in entry["values"] or [{}]:
            rows.append([{**entry, **value}.get(column) for column in SOURCES])
    return rows


def _sheet(sheet: Any, header: list[str], units: list[str], rows: list[list[Any]], styles: dict[str, Any]) -> None:
    for at, (name, unit) in enumerate(zip(header, units, strict=True)):
        sheet.write_string(0, at, name, styles["head"])
        sheet.write_string(1, at, unit, styles["unit"])
        longest = max([len(name), len(unit), *(len(str(row[at])) for row in rows[:50])])
        sheet.set_column(at, at, min(max(longest + 2, 8), 60))
    sheet.freeze_panes(2, 0)
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row):
            _cell(sheet, number, at, value)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or str(value) in ("nan", "<NA>") and not isinstance(value, str):
        return
    if isinstance(value, str):
        sheet.write_string(row, column, printable(value)[:MOST_CHARACTERS])
    elif isinstance(value, bool) or type(value).__name__ == "bool":
        sheet.write_boolean(row, column, bool(value))
    elif math.isfinite(value):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))
