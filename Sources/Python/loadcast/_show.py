"""Results in notebooks, and the progress of commands. All text of a scenario is escaped."""

from __future__ import annotations

import contextlib
import html
import importlib.util
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from loadcast.errors import printable

if TYPE_CHECKING:
    from loadcast.result import Result

ROWS = 12
STATISTICS = ["p05", "p50", "p95", "mean"]


def result(result: Result) -> str:
    """A result as HTML: title, settings, the first rows of its first table, and the names of the others."""

    def escaped(text: object) -> str:
        return html.escape(printable(str(text)))

    record = result.record
    facts = [f"loadcast.{result.command}"]
    if record.get("draws"):
        facts.append(f"{record['draws']:,} draws")
    facts += [f"{name} {record[name]}" for name in ("seed", "design") if record.get(name) is not None]
    parts = [f"<div><b>{escaped(result.title)}</b><br><small>{escaped(', '.join(facts))}</small></div>"]
    if result.tables:
        name = next(iter(result.tables))
        frame = result.table(name)
        if {"output", *STATISTICS} <= set(frame.columns):
            first = frame["output"].iloc[0] if len(frame) else ""
            frame = result.table(name, str(first)) if len(frame) > ROWS else frame
            labels = list(frame.columns[: frame.columns.get_loc("mean")])
            frame = frame[labels + STATISTICS]
        parts.append(frame.head(ROWS).to_html(index=False, border=0, na_rep="", float_format=lambda x: f"{x:.4g}"))
        if len(frame) > ROWS:
            parts.append(f"<small>{ROWS} of {len(frame)} rows</small> ")
        parts.append(f"<small>tables: {escaped(', '.join(result.tables))}</small>")
    if result.messages:
        parts.append(f"<pre>{escaped(result.messages)}</pre>")
    return "".join(parts)


def _is_notebook() -> bool:
    shell = sys.modules.get("IPython")
    instance: Any = shell.get_ipython() if shell is not None else None
    return instance is not None and type(instance).__name__ == "ZMQInteractiveShell"


@contextlib.contextmanager
def _display(command: str) -> Iterator[Callable[[float], None]]:
    """Progress in a notebook without widgets: an output that is updated, and empty in the end.

    tqdm would write a line for each step into the notebook.
    """
    import IPython.display

    show: Any = IPython.display.display  # It has no types.
    handles: list[Any] = []

    def update(share: float) -> None:
        text = {"text/plain": f"loadcast {command}: {share:.0%}"}
        if handles:
            handles[0].update(text, raw=True)
        else:
            handles.append(show(text, raw=True, display_id=True))

    try:
        yield update
    finally:
        for handle in handles:
            handle.update({"text/plain": ""}, raw=True)


@contextlib.contextmanager
def progress(command: str, wanted: bool | None) -> Iterator[Callable[[float], None] | None]:
    """A function that shows the completed share, or None. The program begins to report after a second.

    By default, progress is shown in notebooks and terminals if tqdm is installed.
    """
    if wanted is False or (wanted is None and not (_is_notebook() or sys.stderr is not None and sys.stderr.isatty())):
        yield None
        return
    if _is_notebook() and importlib.util.find_spec("ipywidgets") is None:
        with _display(command) as shown:
            yield shown
        return
    try:
        from tqdm.auto import tqdm
    except ImportError:
        if wanted:
            raise ImportError("progress=True needs tqdm: install the extra `progress`") from None
        yield None
        return
    bars: list[Any] = []

    def update(share: float) -> None:
        if not bars:
            bars.append(tqdm(total=100, desc=f"loadcast {command}", unit="%", leave=False, bar_format="{l_bar}{bar}"))
        # Parts of a command estimate their shares separately, so that the sum may fall; a bar does not.
        bars[0].update(max(0, round(share * 100) - bars[0].n))

    try:
        yield update
    finally:
        for bar in bars:
            bar.close()
