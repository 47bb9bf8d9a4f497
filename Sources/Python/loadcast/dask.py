"""A run in parts on the workers of a Dask cluster, merged to the same bytes as `loadcast.run`.

It needs `distributed` (`pip install loadcast-engine[dask]`) and, on every worker, this package and the scenario's file at the
same path. On a cluster with a scheduler of its own, `loadcast submit` needs neither.
"""

from __future__ import annotations

import os
import pathlib
import tempfile
from collections.abc import Mapping
from typing import Any, Unpack

from loadcast import _settings
from loadcast._process import Finished, call
from loadcast._program import program
from loadcast._scenario import Scenario, as_file, is_text
from loadcast.commands import Call, Folder, error_of
from loadcast.errors import InterruptedRun, UsageError
from loadcast.result import Result

# Flags of `run` that say what is written of the result: they are given to `merge`, all others to the parts.
MERGED = ("--format=", "--interval=", "--show=")


def run(
    client: Any, scenario: Scenario, *, tasks: int, out: Folder = None, retries: int = 3, **settings: Unpack[_settings.Run]
) -> Result:
    """Runs a scenario in `tasks` parts on the workers of a Dask client, and merges them here.

    Each task makes one part on one thread, or on as many as `workers` says, and returns its bytes. A task whose worker
    is lost is made on another one. Every file is that of `loadcast.run` with the same settings, byte for byte; only
    `record.json` also has the parts.

    >>> from dask.distributed import Client, LocalCluster  # doctest: +SKIP
    >>> client = Client(LocalCluster(n_workers=4, threads_per_worker=1))  # doctest: +SKIP
    >>> result = loadcast.dask.run(client, "scenarios/ai-sector.yaml", tasks=16, draws="100M")  # doctest: +SKIP

    Raises what `loadcast.run` raises, and `UsageError` for a scenario that is not a path.
    """
    if isinstance(scenario, Mapping) or is_text(scenario):
        raise UsageError("a scenario for Dask is the path of a file that every worker can read, not a text or a dict")
    if isinstance(tasks, bool) or not isinstance(tasks, int) or tasks < 1:
        raise UsageError(f"tasks is a whole number from 1 on, not {tasks!r}")
    path = os.path.abspath(os.fsdecode(os.fspath(scenario)))
    return _Divided(client, path, tasks, retries).execute(out, False, settings)


class _Divided(Call):
    """A run whose parts are made by the workers once, and merged whenever a result is asked for."""

    def __init__(self, client: Any, path: str, tasks: int, retries: int) -> None:
        super().__init__("run", [path], None, None)
        self.client, self.path, self.tasks, self.retries = client, path, tasks, retries

    def _run(self, words: list[str], folder: pathlib.Path, progress: bool | None, scratch: pathlib.Path) -> Finished:
        __tracebackhide__ = True
        parts = scratch / "parts"
        if not parts.is_dir():
            own = [word for word in words if not word.startswith(MERGED)]
            own += [] if any(word.startswith("--workers=") for word in own) else ["--workers=1"]
            numbers = range(1, self.tasks + 1)
            futures = self.client.map(
                _make, numbers, path=self.path, tasks=self.tasks, words=own, retries=self.retries, pure=False
            )
            made = self.client.gather(futures)
            parts.mkdir()
            for number, data in zip(numbers, made):
                (parts / f"{number}.part").write_bytes(data)
        merged = [word for word in words if word.startswith(MERGED)]
        done = call(program(), ["merge", str(parts), *merged, f"--out={folder}", "--json"])
        if done.code not in (0, 3):
            with as_file(self.path, None, scratch, "scenario.yaml", {}) as file:
                raise error_of("run", done, [file])
        return done


def _make(number: int, *, path: str, tasks: int, words: list[str]) -> bytes:
    """The bytes of a part; called on a worker."""
    with tempfile.TemporaryDirectory(prefix="loadcast-") as folder:
        done = call(program(), ["run", path, *words, f"--shard={number}/{tasks}", f"--out={folder}", "--json"])
        if done.code == 75:
            # Dask makes the task again.
            raise InterruptedRun(f"part {number} was interrupted", code=75)
        if done.code != 0:
            with as_file(path, None, pathlib.Path(folder), "scenario.yaml", {}) as file:
                raise error_of("run", done, [file])
        return next(pathlib.Path(folder).glob("*.part")).read_bytes()
