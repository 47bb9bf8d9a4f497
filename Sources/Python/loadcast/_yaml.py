"""A scenario given as a dict, written as YAML whose every line remembers the keys that lead to it."""

from __future__ import annotations

import datetime
import decimal
import json
import math
import numbers
import os
import re
from collections.abc import Mapping
from typing import Any

from loadcast.errors import Diagnostic, ScenarioError

# Printable in JSON, but a line end or not allowed in YAML.
SPECIAL = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
DEEPEST = 64


class Writer:
    """Writes one value; `lines` and `keys` belong together."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.keys: list[str] = []
        self.problems: list[Diagnostic] = []

    def value(self, value: Any, keys: tuple[str, ...], head: str, tail: str) -> None:
        """Adds the lines of a value; `head` comes before it, `tail` after it."""
        if isinstance(value, Mapping):
            self._items(value.items(), keys, head + "{", "}" + tail)
        elif isinstance(value, (list, tuple, range)) or type(value).__name__ in ("ndarray", "Index"):
            self._items([(None, item) for item in value], keys, head + "[", "]" + tail)
        else:
            self._line(head + self._scalar(value, keys) + tail, keys)

    def _line(self, text: str, keys: tuple[str, ...]) -> None:
        self.lines.append(text)
        self.keys.append(".".join(keys))

    def _items(self, items: Any, keys: tuple[str, ...], opening: str, closing: str) -> None:
        if len(keys) >= DEEPEST:
            self._problem(keys, f"more than {DEEPEST} levels; does the value contain itself?")
            return
        items = list(items)
        self._line(opening, keys)
        for number, (key, item) in enumerate(items):
            name = str(number) if key is None else self._key(key, keys)
            head = " " * (len(keys) + 1) + ("" if key is None else self._text(name, keys) + ": ")
            self.value(item, (*keys, name), head, "," if number + 1 < len(items) else "")
        self._line(" " * len(keys) + closing, keys)

    def _key(self, key: Any, keys: tuple[str, ...]) -> str:
        if isinstance(key, str):
            return key
        if isinstance(key, (datetime.date, numbers.Real)) and not isinstance(key, bool):
            return self._scalar(key, (*keys, str(key)))
        self._problem((*keys, str(key)), f"a key is a name or a number, and this is a {type(key).__name__}")
        return str(key)

    def _scalar(self, value: Any, keys: tuple[str, ...]) -> str:
        if hasattr(value, "item") and getattr(value, "shape", None) == ():
            value = value.item()  # NumPy's scalars
        if value is None or isinstance(value, bool):
            return json.dumps(value)
        if isinstance(value, int):
            return str(value)
        if isinstance(value, (float, decimal.Decimal)):
            if math.isfinite(value):
                return repr(value) if isinstance(value, float) else str(value)
            self._problem(keys, f"`{value}` is not a value of a scenario", "leave the key out if the value is unknown")
        elif isinstance(value, datetime.date):
            return self._text(value.isoformat(), keys)
        elif isinstance(value, (str, os.PathLike)):
            return self._text(os.fspath(value), keys)
        elif isinstance(value, (set, frozenset)):
            self._problem(keys, "a set has no order, on which draws depend", "a list")
        else:
            self._problem(keys, f"a {type(value).__name__} is not a value of a scenario")
        return "null"

    def _text(self, text: str | bytes, keys: tuple[str, ...]) -> str:
        try:
            text = text.decode() if isinstance(text, bytes) else text
            text.encode()
        except UnicodeError:
            self._problem(keys, "the text is not valid Unicode")
            return '""'
        quoted = json.dumps(text, ensure_ascii=False)
        return SPECIAL.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)

    def _problem(self, keys: tuple[str, ...], message: str, suggestion: str | None = None) -> None:
        self.problems.append(Diagnostic("python.value", message, key=".".join(keys), suggestion=suggestion))


def write(scenario: Mapping[Any, Any]) -> tuple[str, list[str]]:
    """The YAML of a dict, and for each line the keys that lead to it. All values that have no YAML are one error.

    >>> text, keys = write({"title": "A", "inputs": {"pue": 1.2}})
    >>> print(text, end="")
    {
     "title": "A",
     "inputs": {
      "pue": 1.2
     }
    }
    >>> keys[3]
    'inputs.pue'
    """
    writer = Writer()
    writer.value(scenario, (), "", "")
    if writer.problems:
        raise ScenarioError("the dict is not a scenario", tuple(writer.problems))
    return "\n".join(writer.lines) + "\n", writer.keys
