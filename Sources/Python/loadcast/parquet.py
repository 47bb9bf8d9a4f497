"""Tables as Parquet, with units (extra `arrow`)."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from loadcast import tables
from loadcast._files import replacing

# Stands for the unit of a row.
ROW = "\0"

if TYPE_CHECKING:
    from loadcast.result import Result


def write(result: Result, path: str | os.PathLike[str], table: str | None, output: str | None) -> None:
    """Writes a table. The metadata of a field has `unit`, or `unit_column` where each row has a unit of its own.

    The metadata of the schema has `loadcast`: title, digest, draws, seed and design as JSON.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError:
        raise ImportError("Parquet needs pyarrow: install the extra `arrow`") from None
    name = table or next(iter(result.tables), "")
    frame = result.table(name, output)
    units = frame.attrs.get("units", {})
    if "unit" in frame and "unit" not in frame.attrs:
        # Where the unit of a column depends on the row's, the metadata names the column that has it.
        units = tables.column_units(frame, name, ROW, result.indexes)
    arrow = pa.Table.from_pandas(frame.reset_index() if name == "draws" else frame, preserve_index=False)
    fields = []
    for field in arrow.schema:
        unit = units.get(field.name)
        if unit is not None and ROW in unit:
            field = field.with_metadata({"unit_column": "unit"} if unit == ROW else {"unit": unit.replace(ROW, "unit")})
        elif unit is not None:
            field = field.with_metadata({"unit": unit})
        fields.append(field)
    about = {key: value for key, value in frame.attrs.items() if key not in ("unit", "units")}
    schema = pa.schema(fields, metadata={**(arrow.schema.metadata or {}), b"loadcast": json.dumps(about).encode()})
    with replacing(path) as draft:
        pyarrow.parquet.write_table(arrow.cast(schema), draft, compression="zstd")
