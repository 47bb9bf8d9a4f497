"""A scenario of any kind as a file that the program can read."""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from loadcast import _yaml
from loadcast.errors import Diagnostic, UsageError, read

Scenario = str | bytes | os.PathLike[str] | Mapping[Any, Any]
"""A path, a text of YAML, or a dict. A `str` with a line end, or one that begins with `{`, is YAML; any other is a path."""


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario as a file; `shown` is the name that messages use."""

    path: str
    shown: str
    text: str | None = None
    keys: tuple[str, ...] | None = None
    is_alone: bool = False
    """Whether the file is alone in a temporary folder."""

    def diagnostic(self, entry: dict[str, Any]) -> Diagnostic:
        """A problem in this file, with the line it is in, and the keys of a dict."""
        line = entry.get("line")
        lines = re.split("\r\n|\r|\n", self.text) if self.text is not None else []
        text = lines[line - 1] if line is not None and line <= len(lines) else None
        key = self.keys[line - 1] if self.keys and line is not None and line <= len(self.keys) else None
        entry = entry | {"path": self.shown}
        if entry["code"] == "files.missing" and self.text is not None and self.is_alone:
            hint = "files of a scenario given as text or dict are found with at=FOLDER, or given with tables="
            message = entry["message"].replace(str(pathlib.Path(self.path).parent) + "/", "")
            entry |= {"message": message, "notes": [*entry["notes"], {"message": hint}]}
        return read(entry, text=text, key=key)


def is_text(scenario: object) -> bool:
    """True for a text of YAML, as opposed to a path."""
    return isinstance(scenario, str) and ("\n" in scenario or scenario.lstrip().startswith("{"))


@contextlib.contextmanager
def as_file(
    scenario: Scenario, at: os.PathLike[str] | str | None, folder: pathlib.Path, name: str, tables: Mapping[str, Any]
) -> Iterator[ScenarioFile]:
    """The scenario as a file: the given one, or a new one in `folder`, or for the time of a command in the folder `at`.

    The program reads no file outside the scenario's folder, so a text whose tables are in `at` has to be there too.
    """
    if not isinstance(scenario, Mapping) and not is_text(scenario):
        if at is not None or tables:
            raise UsageError("`at` and `tables` are for scenarios given as a text or a dict; a path has its own folder")
        yield _at_path(scenario)
        return
    text, keys = _yaml.write(scenario) if isinstance(scenario, Mapping) else (str(scenario), None)
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"the text of the scenario is not valid Unicode, at character {error.start}") from None
    shown = pathlib.Path(name).stem
    if at is None:
        folder.mkdir(exist_ok=True)
        for table_name, table in tables.items():
            _write_table(folder, table_name, table)
        (folder / name).write_bytes(data)
        yield ScenarioFile(str(folder / name), shown, text, tuple(keys) if keys else None, is_alone=True)
        return
    if tables:
        raise UsageError("with `at`, tables are the files of that folder; give `at` or `tables`")
    descriptor, path = tempfile.mkstemp(".yaml", f".{shown}-", os.fspath(at))
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        yield ScenarioFile(path, shown, text, tuple(keys) if keys else None)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(path)


def _at_path(scenario: object) -> ScenarioFile:
    if not isinstance(scenario, (str, bytes, os.PathLike)):
        raise TypeError(f"a scenario is a path, a text of YAML or a dict, not a {type(scenario).__name__}")
    path = os.fsdecode(scenario)
    text = None
    with contextlib.suppress(OSError, ValueError):
        # Only to show lines in messages; the program reads the file itself, and refuses one of more than 16 MB.
        if os.path.isfile(path) and os.path.getsize(path) <= 16 << 20:
            text = pathlib.Path(path).read_text("utf-8", "replace")
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return ScenarioFile(os.path.join(".", path) if path.startswith("-") else path, shown, text)


def _write_table(folder: pathlib.Path, file: str, table: Any) -> None:
    """Writes a frame, or a sheet of a spreadsheet, as a CSV table of the scenario."""
    if pathlib.PurePath(file).name != file or not file.endswith(".csv"):
        raise UsageError(f"tables: `{file}` is not the name of a CSV file without a folder")
    if isinstance(table, (str, os.PathLike)):
        from loadcast.sheets import sheet

        table = sheet(table)
    if not hasattr(table, "to_csv"):
        raise UsageError(f"tables: `{file}` is a frame or the path of a spreadsheet, not a {type(table).__name__}")
    table.to_csv(folder / file, index=False)
