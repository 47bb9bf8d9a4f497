"""Loadcast from Python: Monte Carlo simulation of an industry's electricity use.

Each command of the program is a function. It takes a path, a text of YAML or a dict, keyword settings that are the
program's flags, and returns a `Result` of pandas frames, xarray datasets, draws and charts.
"""

from importlib.metadata import PackageNotFoundError, version

from loadcast.commands import (
    backtest,
    check,
    compare,
    describe,
    disclosure,
    discover,
    draw,
    run,
    sensitivity,
    sweep,
    verify,
)
from loadcast.errors import (
    Diagnostic,
    InterruptedRun,
    LibraryError,
    LoadcastError,
    MemoryRefused,
    MissingFileError,
    NoFiniteDraw,
    OutputError,
    ProgramError,
    ScenarioError,
    ScenarioWarning,
    UnknownSetting,
    UsageError,
)
from loadcast.result import Result
from loadcast.sheets import sheet

try:
    __version__ = version("loadcast-engine")
except PackageNotFoundError:  # a checkout on the path
    __version__ = "0"

__all__ = [
    "Diagnostic",
    "InterruptedRun",
    "LibraryError",
    "LoadcastError",
    "MemoryRefused",
    "MissingFileError",
    "NoFiniteDraw",
    "OutputError",
    "ProgramError",
    "Result",
    "ScenarioError",
    "ScenarioWarning",
    "UnknownSetting",
    "UsageError",
    "__version__",
    "backtest",
    "check",
    "compare",
    "describe",
    "disclosure",
    "discover",
    "draw",
    "run",
    "sensitivity",
    "sheet",
    "sweep",
    "verify",
]
