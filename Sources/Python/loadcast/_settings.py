"""Keyword settings as flags of the program, and their types for editors and type checkers.

The program says which flags a command has; a test compares the types here with it.
"""

from __future__ import annotations

import difflib
import inspect
import math
import numbers
import os
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from loadcast._program import Flag, flags
from loadcast.errors import UnknownSetting, UsageError

Number = int | float
Path = str | os.PathLike[str]
Assignments = Mapping[str, Any] | str | list[str]


class Check(TypedDict, total=False):
    """Settings of `check`."""

    set: Assignments
    root: Path
    strict: bool
    memory: int | str


class _Drawing(TypedDict, total=False):
    set: Assignments
    root: Path
    draws: int | str
    seed: int
    design: str


class Describe(_Drawing, total=False):
    """Settings of `describe`."""

    strict: bool


class _Working(_Drawing, total=False):
    workers: int
    memory: int | str
    conditioning: str
    posterior: Path


class _Strict(_Working, total=False):
    strict: bool


class Run(_Strict, total=False):
    """Settings of `run`."""

    tolerance: Number | str | list[str]
    exact_quantiles: bool
    export_draws: int | str
    format: str | list[str]
    interval: Number | str
    show: str | list[str]
    style: Path
    checkpoint: Path


class Sweep(_Strict, total=False):
    """Settings of `sweep`."""

    vary: Assignments
    pairing: Path
    sweep: str
    show: str | list[str]


class _Explaining(_Strict, total=False):
    output: str | list[str]
    factors: str
    group: Assignments


class Sensitivity(_Explaining, total=False):
    """Settings of `sensitivity`."""

    method: str | list[str]
    all: bool
    base_samples: int | str
    second_order: bool
    estimator: str
    levels: int
    trajectories: int
    bootstrap: int


class Compare(_Working, total=False):
    """Settings of `compare`."""

    set_a: Assignments
    set_b: Assignments
    format: str | list[str]
    interval: Number | str
    show: str | list[str]
    permutations: int
    no_attribution: bool


class Discover(_Strict, total=False):
    """Settings of `discover`."""

    when: str | list[str]
    boxes: int
    inputs: int
    density: Number | str


class Disclosure(_Explaining, total=False):
    """Settings of `disclosure`."""

    steps: int


class Backtest(_Strict, total=False):
    """Settings of `backtest`."""

    cases: Any
    leave_out: str


class Draw(_Strict, total=False):
    """Settings of `draw`."""

    number: int
    near: str
    output: str


def arguments(command: str, settings: Mapping[str, Any]) -> list[str]:
    """The flags for some settings.

    >>> arguments("run", {"draws": 20_000, "set": {"pue": 1.2}, "exact_quantiles": True})
    ['--draws=20000', '--set=pue=1.2', '--exact-quantiles']
    """
    known = flags(command)
    found: list[str] = []
    for name, value in settings.items():
        if name not in known:
            nearest = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean `{nearest[0]}`?" if nearest else "it has " + ", ".join(known)
            raise UnknownSetting(f"{command}() has no setting `{name}`; {hint}")
        if value is not None:
            found += _flag(name, known[name], value)
    return found


def _flag(name: str, flag: Flag, value: Any) -> list[str]:
    if not flag.takes_value:
        if not isinstance(value, bool):
            raise UsageError(f"{name} is True or False, not {value!r}")
        return [f"--{flag.name}"] if value else []
    if isinstance(value, Mapping):
        if not flag.repeats:
            raise UsageError(f"{name} is one value, not a dict")
        return [f"--{flag.name}={key}={_listed(f'{name}[{key!r}]', item)}" for key, item in value.items()]
    if flag.repeats and _is_list(value):
        return [f"--{flag.name}={_text(name, item)}" for item in value]
    return [f"--{flag.name}={_listed(name, value)}"]


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping, set, frozenset, os.PathLike))


def _listed(name: str, value: Any) -> str:
    return ",".join(_text(name, item) for item in value) if _is_list(value) else _text(name, value)


def _text(name: str, value: Any) -> str:
    """One value as the program reads it."""
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        value = value.item()  # NumPy's scalars
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, bytes, os.PathLike)):
        return os.fsdecode(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, numbers.Real) and not math.isfinite(value):
        raise UsageError(f"{name}: `{value}` is not a number that the program takes")
    if isinstance(value, float):
        # 1e6 draws are a whole number.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    raise UsageError(f"{name}: a {type(value).__name__} is not a setting; write a number or a text")


def signature_of(function: Any, settings: Any) -> inspect.Signature:
    """The signature of a function with its settings spelt out, for completion in notebooks."""
    listed = list(inspect.signature(function).parameters.values())[:-1]
    more = [  # TypedDict keeps postponed annotations as references, whose text is shorter.
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=getattr(hint, "__forward_arg__", hint))
        for name, hint in settings.__annotations__.items()  # inherited ones too
    ]
    return inspect.signature(function).replace(parameters=listed + more)
