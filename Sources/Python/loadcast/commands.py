"""The commands of the program as functions."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Mapping
from typing import Any, Unpack

from loadcast import _settings, _show
from loadcast._process import Finished, call
from loadcast._program import program
from loadcast._scenario import Scenario, ScenarioFile, as_file
from loadcast.errors import BY_EXIT_CODE, Diagnostic, InterruptedRun, LoadcastError, NoFiniteDraw, ScenarioWarning, read
from loadcast.result import Result

Folder = str | os.PathLike[str] | None


class Call:
    """One call of a command: what to read, where to write, and how to do it again."""

    def __init__(self, command: str, scenarios: list[Scenario], at: Folder, tables: Mapping[str, Any] | None) -> None:
        self.command, self.scenarios, self.at, self.tables = command, scenarios, at, tables or {}

    def files(self, stack: contextlib.ExitStack, scratch: pathlib.Path) -> list[ScenarioFile]:
        """The scenarios as files, which exist until the stack is left."""
        names = ["scenario.yaml"] if len(self.scenarios) == 1 else ["a.yaml", "b.yaml"]
        folder = scratch / "scenario"
        pairs = zip(self.scenarios, names)
        files = [stack.enter_context(as_file(s, self.at, folder, name, self.tables)) for s, name in pairs]
        return files

    def execute(self, out: Folder, progress: bool | None, settings: Mapping[str, Any]) -> Result:
        """Runs the command and takes its result."""
        __tracebackhide__ = True
        scratch = pathlib.Path(tempfile.mkdtemp(prefix="loadcast-"))
        try:
            words, needs_draws = self._words(settings, scratch)
            folder = pathlib.Path(out) if out is not None else scratch / "results"
            done = self._run(words, folder, progress, scratch)
            if needs_draws and out is None:
                # The program writes draws as text too, which nobody reads here and which may be large.
                (folder / "draws.csv").unlink(missing_ok=True)
            page = self._page(words, folder, progress, scratch) if self.command == "run" else None
            data = json.loads(done.output)
            result = Result(self.command, folder, data, done.messages, scratch, self._frames(data, words, scratch), page)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        if done.code == 3:
            error = NoFiniteDraw(done.messages or "an output has no finite draw", code=3)
            error.result = result
            raise error
        if done.messages:
            warnings.warn(done.messages, ScenarioWarning, stacklevel=3)
        return result

    def _words(self, settings: Mapping[str, Any], scratch: pathlib.Path) -> tuple[list[str], bool]:
        settings = dict(settings)
        if hasattr(settings.get("cases"), "to_csv"):
            settings["cases"].to_csv(scratch / "cases.csv", index=False)
            settings["cases"] = scratch / "cases.csv"
        needs_draws = settings.get("export_draws") is not None
        if self.command == "run":
            asked = settings.pop("format", None) or []
            asked = asked.split(",") if isinstance(asked, str) else list(asked)
            formats = ["csv", *(["npy"] if needs_draws else []), *asked]
            settings["format"] = list(dict.fromkeys(formats))
        return _settings.arguments(self.command, settings), needs_draws

    def _run(self, words: list[str], folder: pathlib.Path, progress: bool | None, scratch: pathlib.Path) -> Finished:
        __tracebackhide__ = True
        with contextlib.ExitStack() as stack:
            files = self.files(stack, scratch)
            # The program writes files of a draw only if there are contributions to write.
            is_silent = self.command in ("check", "describe") or (
                self.command == "draw" and not any(word.startswith("--output=") for word in words)
            )
            where = [] if is_silent else [f"--out={folder}"]
            show = stack.enter_context(_show.progress(self.command, progress))
            done = call(program(), [self.command, *(file.path for file in files), *words, *where, "--json"], show)
            if done.code not in (0, 3):
                raise error_of(self.command, done, files)
        return done

    def _page(
        self, words: list[str], folder: pathlib.Path, progress: bool | None, scratch: pathlib.Path
    ) -> Callable[[], pathlib.Path]:
        digest = _digest(folder)

        def page() -> pathlib.Path:
            if "html" in next(word for word in words if word.startswith("--format=")).split("=")[1].split(","):
                return folder / "report.html"
            second = scratch / "report"
            if not (second / "report.html").is_file():
                kept = [word for word in words if not word.startswith(("--format=", "--export-draws="))]
                self._run([*kept, "--format=html"], second, progress, scratch)
            if _digest(second) != digest:
                raise ValueError("the scenario has changed since it was run; run it again")
            return second / "report.html"

        return page

    def _frames(self, data: dict[str, Any], words: list[str], scratch: pathlib.Path) -> dict[str, Callable[[], Any]]:
        """Tables that the program prints and does not write."""
        if self.command == "describe":
            with contextlib.ExitStack() as stack:
                files = self.files(stack, scratch)
                done = call(program(), ["describe", files[0].path, *words, "--format=csv"])
                (scratch / "inputs.csv").write_bytes(done.output)
        elif self.command != "draw":
            return {}

        def load() -> Any:
            import pandas as pd

            from loadcast import tables

            if self.command == "describe":
                return tables.read(scratch / "inputs.csv", {})
            rows = [(c["name"], v["kind"], c["value"], v["unit"]) for v in data["values"] for c in v["cells"]]
            return pd.DataFrame(rows, columns=["name", "kind", "value", "unit"])

        return {"inputs" if self.command == "describe" else "values": load}


def _digest(folder: pathlib.Path) -> str:
    return str(json.loads((folder / "record.json").read_text("utf-8"))["digest"])


def error_of(command: str, done: Finished, files: list[ScenarioFile]) -> LoadcastError:
    """The exception for an exit code, with the problems that the program names."""
    if done.code < 0:
        name = signal.Signals(-done.code).name
        hint = "; the system does that when memory runs out" if name == "SIGKILL" else ""
        return InterruptedRun(f"{command} was ended by {name}{hint}", code=done.code)
    try:
        entries = json.loads(done.output)["diagnostics"]
    except (ValueError, KeyError, TypeError):
        entries = []
    found = []
    for entry in entries:
        file = next((file for file in files if entry["path"] is not None and entry["path"] == file.path), None)
        found.append(file.diagnostic(entry) if file is not None else _elsewhere(entry))
    wrong = sum(diagnostic.severity == "error" for diagnostic in found)
    if found:
        names = " and ".join(dict.fromkeys(file.shown for file in files))
        message = f"{command} {names}: {wrong or len(found)} {'errors' if wrong > 1 else 'error'}"
    else:
        message = done.messages or f"{command} ended with exit code {done.code}"
    return BY_EXIT_CODE.get(done.code, LoadcastError)(message, tuple(found), done.code)


def _elsewhere(entry: dict[str, Any]) -> Diagnostic:
    """A problem in an included file, a table or a setting."""
    path, line = entry["path"], entry["line"]
    with contextlib.suppress(OSError, ValueError):
        if path is not None and line is not None and os.path.getsize(path) <= 16 << 20:
            return read(entry, text=pathlib.Path(path).read_text("utf-8", "replace").split("\n")[line - 1].rstrip("\r"))
    return read(entry)


def check(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    **settings: Unpack[_settings.Check],
) -> Result:
    """Checks a scenario without running it, and estimates what a run needs.

    All mistakes are in the `diagnostics` of the `ScenarioError` that it raises; warnings are in `result.data`.

    >>> check("title: A\\ninputs: {a: 1 MW to 2 MW}\\noutputs: {a: {unit: MW}}").data["valid"]
    True
    >>> check({"title": "A", "inputs": {"a": "1 MW"}, "outputs": {"b": {}}})
    Traceback (most recent call last):
        ...
    loadcast.errors.ScenarioError: check scenario: 1 error
    <BLANKLINE>
    outputs.b: error[names.unknown]: unknown name `b`
      expected: an input or an equation
    """
    __tracebackhide__ = True
    return Call("check", [scenario], at, tables).execute(None, False, settings)


def run(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    out: Folder = None,
    progress: bool | None = None,
    **settings: Unpack[_settings.Run],
) -> Result:
    """Runs a scenario.

    `at` is the folder of the tables and included files of a scenario given as text or dict; `tables` gives tables as
    frames or spreadsheets by file name instead. `out` keeps the files in a folder.

    >>> result = run({"title": "A", "inputs": {"a": "1 MW to 2 MW"}, "outputs": {"a": {"unit": "MW"}}}, draws=10_000)
    >>> result.table("summary")["p50"].round(2).item()
    1.41
    >>> run(..., drws=5)
    Traceback (most recent call last):
        ...
    loadcast.errors.UnknownSetting: run() has no setting `drws`; did you mean `draws`?
    """
    __tracebackhide__ = True
    return Call("run", [scenario], at, tables).execute(out, progress, settings)


def sweep(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    out: Folder = None,
    progress: bool | None = None,
    **settings: Unpack[_settings.Sweep],
) -> Result:
    """Runs variants on the same draws and compares each with the base scenario.

    >>> scenario = "title: A\\ninputs: {a: 1 to 2, b: 3}\\nequations: {c: a * b}\\noutputs: {c: {}}"
    >>> frame = sweep(scenario, vary={"b": [1, 2]}, draws=10_000).table("sweep")
    >>> frame["p50"].round(2).tolist()
    [4.24, 1.41, 2.83]
    """
    __tracebackhide__ = True
    return Call("sweep", [scenario], at, tables).execute(out, progress, settings)


def sensitivity(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    out: Folder = None,
    progress: bool | None = None,
    **settings: Unpack[_settings.Sensitivity],
) -> Result:
    """Estimates which inputs drive an output and by how much.

    >>> scenario = "title: A\\ninputs: {a: 'normal(0, 1)', b: 'normal(0, 2)'}\\nequations: {c: a + b}\\noutputs: {c: {}}"
    >>> indices = sensitivity(scenario, method="sobol").table("indices")
    >>> indices[indices["index"] == "S1"].set_index("input")["value"].round(2).to_dict()
    {'a': 0.2, 'b': 0.8}
    """
    __tracebackhide__ = True
    return Call("sensitivity", [scenario], at, tables).execute(out, progress, settings)


def compare(
    a: Scenario,
    b: Scenario | None = None,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    out: Folder = None,
    progress: bool | None = None,
    **settings: Unpack[_settings.Compare],
) -> Result:
    """Compares two scenarios on the same draws, by default one with itself under `set_b`, and attributes the difference.

    >>> scenario = "title: A\\ninputs: {a: 1 to 2, b: 3}\\nequations: {c: a * b}\\noutputs: {c: {}}"
    >>> compare(scenario, set_b={"b": 6}, draws=10_000).table("attribution")["part"].tolist()
    ['b', 'total']
    """
    __tracebackhide__ = True
    return Call("compare", [a, a if b is None else b], at, tables).execute(out, progress, settings)


def discover(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    out: Folder = None,
    progress: bool | None = None,
    **settings: Unpack[_settings.Discover],
) -> Result:
    """Finds the circumstances in which a condition holds, as ranges of a few inputs.

    >>> scenario = "title: A\\ninputs: {a: 'uniform(0, 1)', b: 'uniform(0, 1)'}\\nequations: {c: a + b / 9}\\noutputs: {c: {}}"
    >>> result = discover(scenario, when="c > 0.8", draws=10_000)
    >>> result.tables
    Tables(boxes, tradeoff)
    """
    __tracebackhide__ = True
    return Call("discover", [scenario], at, tables).execute(out, progress, settings)


def disclosure(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    out: Folder = None,
    progress: bool | None = None,
    **settings: Unpack[_settings.Disclosure],
) -> Result:
    """Estimates the value of information: which inputs, if published, would narrow an output's interval most.

    >>> scenario = "title: A\\ninputs: {a: 'normal(0, 1)', b: 'normal(0, 2)'}\\nequations: {c: a + b}\\noutputs: {c: {}}"
    >>> disclosure(scenario, draws=10_000).table("disclosure_order")["inputs"].tolist()
    ['b', 'b; a']
    """
    __tracebackhide__ = True
    return Call("disclosure", [scenario], at, tables).execute(out, progress, settings)


def backtest(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    out: Folder = None,
    progress: bool | None = None,
    **settings: Unpack[_settings.Backtest],
) -> Result:
    """Compares a scenario with observed cases, given as a frame or a CSV file.

    >>> import pandas as pd
    >>> cases = pd.DataFrame({"case": ["x", "y", "z"], "b": [1, 2, 3], "observed.c": [1.2, 3.1, 4.0]})
    >>> scenario = "title: A\\ninputs: {a: 1 to 2, b: 3 to 4}\\nequations: {c: a * b}\\noutputs: {c: {}}"
    >>> len(backtest(scenario, cases=cases).table("backtest"))
    3
    """
    __tracebackhide__ = True
    return Call("backtest", [scenario], at, tables).execute(out, progress, settings)


def draw(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    out: Folder = None,
    progress: bool | None = None,
    **settings: Unpack[_settings.Draw],
) -> Result:
    """Shows one draw with every value, or explains the draws near a quantile of an output.

    >>> scenario = "title: A\\ninputs: {a: 1 to 2, b: 3 to 4}\\nequations: {c: a * b}\\noutputs: {c: {}}"
    >>> draw(scenario, number=5).table("values")["name"].tolist()
    ['a', 'b', 'c']
    """
    __tracebackhide__ = True
    return Call("draw", [scenario], at, tables).execute(out, progress, settings)


def describe(
    scenario: Scenario,
    *,
    at: Folder = None,
    tables: Mapping[str, Any] | None = None,
    **settings: Unpack[_settings.Describe],
) -> Result:
    """Lists the assumptions: the table `inputs` has value, unit, source and origin; `data` has the equations.

    >>> describe("title: A\\ninputs: {a: 1 MW to 2 MW}\\noutputs: {a: {unit: MW}}").table("inputs")["value"].tolist()
    ['1 MW to 2 MW']
    """
    __tracebackhide__ = True
    return Call("describe", [scenario], at, tables).execute(None, False, settings)


for _function in (check, run, sweep, sensitivity, compare, discover, disclosure, backtest, draw, describe):
    _types: Any = getattr(_settings, _function.__name__.capitalize())
    setattr(_function, "__signature__", _settings.signature_of(_function, _types))


def verify(
    folder: str | os.PathLike[str],
    *,
    again: bool = False,
    strict: bool = False,
    start: Folder = None,
    minutes: int | None = None,
) -> dict[str, Any]:
    """Compares the files of a results folder with the digests in its records.

    The result has `intact`, and `differences`, `unlisted` and `scenario` with what was found. `again` runs the
    recorded commands anew, for at most `minutes` (60); `start` is the folder from which the recorded paths of the
    scenario lead.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = run("title: A\\ninputs: {a: 1 to 2}\\noutputs: {a: {}}", draws=10_000, out=folder)
    ...     verify(folder)["intact"]
    True
    """
    words = ["verify", os.fsdecode(folder), "--json"]
    words += ["--again"] * again + ["--strict"] * strict + ([f"--from={os.fsdecode(start)}"] if start is not None else [])
    words += [f"--minutes={minutes}"] if minutes is not None else []
    done = call(program(), words)
    if done.code not in (0, 4):
        raise error_of("verify", done, [])
    found: dict[str, Any] = json.loads(done.output)
    return found
