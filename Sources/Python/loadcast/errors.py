"""Diagnostics of the program as values, and the exceptions that carry them."""

from __future__ import annotations

import html
import pathlib
import traceback
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loadcast.result import Result


def printable(text: str) -> str:
    r"""The text without characters that control a terminal or the direction of writing; they become escapes.

    >>> print(printable("a\x1b[31mb\u202ec"))
    a\u001b[31mb\u202ec
    """
    return "".join(
        f"\\u{ord(c):04x}" if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c
        for c in text
    )


@dataclass(frozen=True)
class Diagnostic:
    """One problem of a scenario or a setting, with its place."""

    code: str
    """Its code, which `loadcast explain` explains, such as `units.mismatch`."""
    message: str
    severity: str = "error"
    path: str | None = None
    """The file, a setting such as `--set`, or None for the command as a whole."""
    line: int | None = None
    column: int | None = None
    length: int | None = None
    key: str | None = None
    """In a scenario given as a dict: the keys that lead to the value, such as `inputs.pue.value`."""
    text: str | None = None
    """The line of the scenario."""
    expected: str | None = None
    found: str | None = None
    suggestion: str | None = None
    """What to write instead; following it corrects the mistake."""
    notes: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The place, as `scenario.yaml:3:15`, as the keys of a dict, or as the setting."""
        if self.key is not None:
            return self.key
        parts = (self.path, self.line, self.column)
        if self.path is not None and self.path.startswith("--"):
            return self.path
        return ":".join(str(part) for part in parts if part is not None)

    def _details(self) -> list[str]:
        pairs = (("did you mean", self.suggestion), ("expected", self.expected), ("found", self.found))
        return [f"{name}: {text}" for name, text in pairs if text] + [f"note: {note}" for note in self.notes]

    def __str__(self) -> str:
        head = f"{self.place}: " if self.place else ""
        lines = [f"{head}{self.severity}[{self.code}]: {self.message}"]
        if self.text is not None and self.key is None:
            lines += [f"  {self.text}", "  " + " " * ((self.column or 1) - 1) + "^" * max(self.length or 1, 1)]
        return printable("\n".join(lines + [f"  {line}" for line in self._details()]))

    def _repr_html_(self) -> str:
        def escaped(text: str) -> str:
            return html.escape(printable(text))

        parts = [
            f"<div style='margin:.6em 0'><code>{escaped(self.place)}</code> <b>{escaped(self.severity)}</b> "
            f"{escaped(self.message)} <small style='opacity:.65'>{escaped(self.code)}</small>"
        ]
        if self.text is not None and self.key is None:
            at = (self.column or 1) - 1
            end = at + max(self.length or 1, 1)
            before, marked, after = (escaped(part) for part in (self.text[:at], self.text[at:end], self.text[end:]))
            parts.append(
                "<pre style='margin:.3em 0;padding:.3em .6em;border-left:3px solid #c0392b;white-space:pre-wrap;font-family:monospace'>"
                f"{before}<mark style='background:#c0392b40;color:inherit'>{marked}</mark>{after}</pre>"
            )
        parts += [f"<div style='padding-left:1em'>{escaped(line)}</div>" for line in self._details()]
        return "".join(parts) + "</div>"


def read(entry: dict[str, Any], **more: Any) -> Diagnostic:
    """A diagnostic from the program's JSON."""
    names = ("code", "message", "severity", "path", "line", "column", "length", "expected", "found", "suggestion")
    values: dict[str, Any] = {name: entry.get(name) for name in names} | {k: v for k, v in more.items() if v is not None}
    notes = tuple(note["message"] for note in entry.get("notes", ()))
    readings = tuple(f"possible reading: {reading}" for reading in entry.get("readings", ()))
    return Diagnostic(notes=readings + notes, **values)


class LoadcastError(Exception):
    """A command of the program failed. Each exit code has its own class."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = (), code: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.diagnostics = diagnostics
        """All problems that were found, with their places."""
        self.code = code
        """The exit code of the program, or None if it did not run."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.diagnostics, self.code)

    def __str__(self) -> str:
        return "\n\n".join([printable(self.message), *(str(diagnostic) for diagnostic in self.diagnostics)])

    def _render_traceback_(self) -> list[str]:
        """What IPython shows for the error: the caller's lines, without those of this package and of IPython."""
        own = str(pathlib.Path(__file__).parent)
        frames = traceback.extract_tb(self.__traceback__)
        callers = [f for f in frames if not f.filename.startswith(own) and "IPython" not in pathlib.Path(f.filename).parts]
        return [*(printable(line.rstrip("\n")) for line in traceback.format_list(callers)), f"{type(self).__name__}: {self}"]

    def _repr_html_(self) -> str:
        shown = "".join(diagnostic._repr_html_() for diagnostic in self.diagnostics)
        return f"<div><b>{html.escape(printable(self.message))}</b>{shown}</div>"


class ScenarioError(LoadcastError, ValueError):
    """A scenario, or a table that it reads, has mistakes; all of them are in `diagnostics` (exit code 65)."""


class UsageError(LoadcastError, ValueError):
    """A setting has a value that the program refuses (exit code 64)."""


class UnknownSetting(UsageError, TypeError):
    """A keyword is not a setting of the command."""


class MissingFileError(LoadcastError, FileNotFoundError):
    """A file that the command needs does not exist (exit code 66)."""


class LibraryError(LoadcastError):
    """OpenBLAS, which correlations need, cannot be loaded (exit code 69)."""


class MemoryRefused(LoadcastError, MemoryError):
    """More memory is needed than `memory` allows, or the system has refused it (exit code 71)."""


class OutputError(LoadcastError, OSError):
    """A file could not be written, for example because the disk is full (exit code 74)."""


class InterruptedRun(LoadcastError):
    """A signal has ended the program (exit codes 129, 130 and 143, or a signal that it cannot catch)."""


class ProgramError(LoadcastError):
    """The program is missing, or does not run on this system."""


class NoFiniteDraw(LoadcastError):
    """No draw of some output is finite (exit code 3); `result` has the files, which are written all the same."""

    result: Result


class ScenarioWarning(UserWarning):
    """What the program warns of in a scenario that it accepts."""


BY_EXIT_CODE: dict[int, type[LoadcastError]] = {
    3: NoFiniteDraw,
    64: UsageError,
    65: ScenarioError,
    66: MissingFileError,
    69: LibraryError,
    71: MemoryRefused,
    74: OutputError,
    126: ProgramError,
    127: ProgramError,
    129: InterruptedRun,
    130: InterruptedRun,
    143: InterruptedRun,
}
